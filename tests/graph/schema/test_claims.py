"""What can be said, and what cannot be made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.errors import InputError, SchemaError
from graph.schema import SCHEMA, GivenDates, Source, make_claim
from graph.schema.dates import days_of
from graph.schema.loads import Closing
from graph.schema.model import did_you_mean
from graph.schema.safety import check_person_name, check_public_text
from graph.schema.values import are_compatible, read_value
from graph.schema.vocabulary import VOCABULARIES

SOURCE = Source(document="document:report", published="2024-03-01")


def claim(subject: str = "recommendation:r-1", predicate: str = "TARGETS", **more: Any) -> Any:
    if "target" not in more and "value" not in more:
        more["target"] = "body:council"
    return make_claim(subject, predicate, source=SOURCE, **{"locator": "page 1", **more})


@pytest.mark.parametrize(
    ("says", "message", "hint"),
    [
        ({"predicate": "TARGTS"}, "unknown relationship `TARGTS`", "did you mean `TARGETS`?"),
        ({"target": "place:x"}, "TARGETS cannot lead from a Recommendation to a Place", "it leads from"),
        ({"target": "bdy:x"}, "unknown kind `bdy` in bdy:x", "did you mean `body`?"),
        ({"target": "body: x"}, "'body: x' is not an id", "an id is kind:slug"),
        ({"locator": None}, "has no citation", "give `at:`"),
        ({"qualifiers": {"role": "must"}}, "`must` is not a word of target_role", "did you mean `must_act`?"),
        ({"qualifiers": {"rol": "must_act"}}, "TARGETS takes no `rol`", "did you mean `role`?"),
        ({"qualifiers": {"due": "2024-02-30"}}, "there is no day 2024-02-30", "calendar"),
        ({"anchor": "one two three four five six seven eight nine"}, "the anchor has 9 words", "at most 8"),
        ({"method": "guess"}, "`guess` is not a method", "one of curated"),
        ({"said_by": "place:x"}, "place:x cannot say anything", "a speaker is"),
        (
            {"predicate": "numbr", "value": "X", "target": None},
            "a Recommendation has no `numbr`",
            "did you mean `number`?",
        ),
        ({"predicate": "date_of_birth", "value": "X", "target": None}, "private field", "only as holders"),
        ({"predicate": "name", "value": "x" * 10_000, "target": None}, "10,000 characters", "say it shorter"),
        (
            {"predicate": "name", "value": "a\u202eb", "target": None},
            "invisible character U+202E",
            "type the text again",
        ),
        ({"predicate": "name", "value": "a\x07b", "target": None}, "invisible character U+0007", "type the text again"),
        ({"predicate": "url", "value": "javascript:x", "target": None}, "is not an address", "http"),
        ({"predicate": "kind", "value": "Council", "target": None}, "`Council` is not a kind of Recommendation", ""),
    ],
)
def test_invalid_things_cannot_be_made(says: dict[str, Any], message: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        claim(**says)
    assert message in caught.value.message
    assert hint in (caught.value.hint or "")


def test_an_unchecked_claim_needs_no_place() -> None:
    assert claim(locator=None, review="unchecked").review == "unchecked"


def test_the_id_is_what_is_said_and_where_but_not_how_it_was_read() -> None:
    first = claim(qualifiers={"role": "must_act"})
    assert first.id == claim(qualifiers={"role": "must_act"}, method="reading", anchor="some words").id
    assert first.id != claim(qualifiers={"role": "consulted"}).id
    assert first.id != claim(qualifiers={"role": "must_act"}, locator="page 2").id
    assert first.id != claim(qualifiers={"role": "must_act"}, said_by="body:council").id


def test_a_record_key_takes_the_place_of_the_locator() -> None:
    assert claim(record_key="a", locator="row 17").id == claim(record_key="a", locator="row 18").id


def test_a_loader_keeps_bad_dates_as_text_and_marks_them() -> None:
    dates = GivenDates(since="2020", until="2019")
    with pytest.raises(SchemaError, match="lies before the start"):
        claim("person:p", "HELD", target="office:o", dates=dates)
    marked = claim("person:p", "HELD", target="office:o", dates=dates, mark_bad_dates=True)
    assert (marked.dates_refused, marked.dates) == (True, dates)


def number(text: str, bound: str = "exact") -> Any:
    return read_value(SCHEMA.property_of(SCHEMA.by_label["Observation"], "value"), text, None, bound)


def test_about_700_agrees_with_717_and_717_contradicts_719() -> None:
    assert are_compatible(number("700", "about"), number("717"))
    assert are_compatible(number("700", "about"), number("750"))
    assert not are_compatible(number("700", "about"), number("751"))
    assert not are_compatible(number("717"), number("719"))
    assert are_compatible(number("1,400", "at_least"), number("1510"))
    assert not are_compatible(number("1400", "at_most"), number("1510"))


def test_dates_agree_within_their_precision() -> None:
    published = SCHEMA.property_of(SCHEMA.by_label["Document"], "published")

    def day(text: str) -> Any:
        return read_value(published, text, None, "exact")

    assert are_compatible(day("2015-01"), day("2015-01-16"))
    assert not are_compatible(day("2015-01"), day("2015-02"))


@pytest.mark.parametrize(
    "text",
    [
        "write to jane@example.org",
        "call 01709 382121",
        "of 12 High Street, S60 1AE",
        "the account of Girl A",
        "a girl aged 14",
        "a 15-year-old girl",
        "the victim Jane Example",
        "he was convicted of it",
        "born on 1 May 1990",
        "called her an apologist",
    ],
)
def test_what_could_point_at_a_private_person_is_refused(text: str) -> None:
    with pytest.raises(SchemaError, match="the text holds"):
        check_public_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "Independent Inquiry into Child Sexual Abuse",
        "Child Protection Authority",
        "Victim Support",
        "A charge of rape for adults who penetrate a child under 16",
        "Children aged 13 to 15",
        "Costs of £185,000,000 over 7 years",
        "HC 1050, published 2015-02-04",
    ],
)
def test_public_words_are_taken(text: str) -> None:
    check_public_text(text)


@pytest.mark.parametrize("target", ["body:council", "inquiry:one"])
def test_an_office_is_one_of_a_body_or_of_an_inquiry(target: str) -> None:
    assert claim(subject="office:chair", predicate="OFFICE_OF", target=target).object == target


def test_an_office_is_not_one_of_a_document() -> None:
    with pytest.raises(SchemaError, match="OFFICE_OF cannot lead from an Office to a Document"):
        claim(subject="office:chair", predicate="OFFICE_OF", target="document:report")


@pytest.mark.parametrize("name", ["Victim Sarah Example", "Jo Example (convicted)", "survivor", "Witness B"])
def test_the_name_of_a_person_says_nothing_of_a_crime(name: str) -> None:
    with pytest.raises(SchemaError, match="the name of a person holds"):
        claim(subject="person:x", predicate="name", value=name)
    with pytest.raises(SchemaError, match="the name of a person holds"):
        claim(subject="person:x", predicate="other_name", value=name)


@pytest.mark.parametrize("name", ["Vera Child", "Claire, Victims' Commissioner", "Suspecta Example"])
def test_names_that_only_resemble_such_words_are_taken(name: str) -> None:
    check_person_name(name)


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("pubisher", ["published", "publisher", "published_by"], "did you mean `publisher`?"),
        ("ancor", ["at", "author", "anchor"], "did you mean `anchor`?"),
        ("Title", ["until", "title"], "did you mean `title`?"),
        ("since", ["licence", "commissioned_by", "announced"], ""),
        ("description", ["on", "version"], ""),
        ("telford", ["telford-and-wrekin-council", "rotherham-council"], "did you mean `telford-and-wrekin-council`?"),
        ("council", ["telford-and-wrekin-council", "oldham-metropolitan-council"], ""),
    ],
)
def test_a_suggestion_is_the_nearest_word_or_none(word: str, known: list[str], hint: str) -> None:
    assert did_you_mean(word, known) == hint


def test_every_vocabulary_that_the_schema_names_exists() -> None:
    named = {p.vocabulary for kind in SCHEMA.kinds for p in kind.properties}
    named |= {q.vocabulary for r in SCHEMA.relationships for q in r.qualifiers}
    assert named - {None} <= VOCABULARIES.keys()


def test_every_end_of_a_relationship_is_a_kind() -> None:
    labels = SCHEMA.by_label.keys() | {"any"}
    assert {label for r in SCHEMA.relationships for e in r.ends for label in (*e.subjects, *e.objects)} <= labels


NUMBERS = {"subject": "observation:o", "predicate": "value"}


@pytest.mark.parametrize("number", ["99999999999999999999", 10**20, "-99,999,999,999,999,999,999", 1e300, "9" * 400])
def test_a_number_that_the_graph_cannot_hold_is_refused(number: Any) -> None:
    with pytest.raises(SchemaError, match=r"`value` is too large|is not a number"):
        claim(**NUMBERS, value=number)
    assert claim(**NUMBERS, value=2**53).value.value == 2**53


@pytest.mark.parametrize("number", ["\u0664\u0662", "\u00b2", "\uff11\uff12"])
def test_digits_of_other_scripts_are_no_number_and_no_date(number: str) -> None:
    with pytest.raises(SchemaError, match="is not a number"):
        claim(**NUMBERS, value=number)
    with pytest.raises(SchemaError, match="is not a date"):
        days_of("\u0662\u0660\u0662\u0664")


@pytest.mark.parametrize("page", [0, -1, 10**20])
def test_a_page_that_no_document_has_is_refused(page: int) -> None:
    with pytest.raises(SchemaError, match="there is no page"):
        claim(page=page)


PRIVATE = [
    "the victim called Jane Smith",
    "Girl A said so",
    "a boy aged 12",
    "write to jane.smith@example.org",
    "hidden \u202e words",
]


@pytest.mark.parametrize("text", [*PRIVATE, "call 07700 900123"])
@pytest.mark.parametrize(
    "make",
    [
        lambda text: claim(**NUMBERS, value=700, value_text=text),
        lambda text: claim("decision:d", "RESPONDS_TO", target="recommendation:r", qualifiers={"words": text}),
        lambda text: claim(anchor=text),
        lambda text: claim(deprecated=text),
        lambda text: Closing(claim="claim:0", reason="our_error", note=text),
    ],
    ids=["value_text", "words", "anchor", "deprecated", "note"],
)
def test_no_text_of_a_claim_names_or_describes_a_private_person(make: Callable[[str], Any], text: str) -> None:
    with pytest.raises(SchemaError, match=r"the text holds"):
        make(text)


@pytest.mark.parametrize("text", PRIVATE)
def test_no_place_names_a_private_person(text: str) -> None:
    with pytest.raises(SchemaError, match=r"the text holds"):
        claim(locator=text)


@pytest.mark.parametrize("place", ["row 07700 900123", "paper SW1A 2AA", "page 12, paragraph 3.4", "HC 2021-22, 151"])
def test_a_place_may_be_a_number_that_looks_like_that_of_a_telephone(place: str) -> None:
    assert claim(locator=place).citations[0].locator == place


def test_printed_words_that_are_empty_are_refused() -> None:
    with pytest.raises(SchemaError, match="`as_printed` is empty"):
        claim(**NUMBERS, value=700, value_text=" ")
    assert claim(**NUMBERS, value=700, value_text="about 700").value.text == "about 700"


def test_dates_that_are_kept_as_text_are_looked_at() -> None:
    with pytest.raises(SchemaError, match="the text holds"):
        claim(
            "person:a", "HELD", target="office:o", mark_bad_dates=True, dates=GivenDates(since="when Girl A was there")
        )
