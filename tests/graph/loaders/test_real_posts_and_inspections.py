"""The lists of public bodies and the inspections of councils, row by row where they are treacherous."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from graph.loaders.holders import plain_name
from graph.loaders.judgements.files import read_judgement_files
from graph.loaders.seeds import seeds_folder
from graph.schema import Certainty, Claim, GivenDates
from graph.schema.dates import days_of

Claims = Callable[..., list[Claim]]
YEARS = ("2013", "2014", "2015")


def values(claims: list[Claim]) -> list[str]:
    return sorted({str(claim.value.value) for claim in claims if claim.value is not None})


@pytest.fixture
def holders(say: Claims) -> Callable[..., list[tuple[str, dict[str, Any]]]]:
    """Give whom a list of public bodies names in a post, as (name, qualifiers)."""

    def find(year: str, post: str, body: str) -> list[tuple[str, dict[str, Any]]]:
        source = f"public-bodies-{year}"
        held = say(source, "HELD", target=f"office:public-body.{post}~{body}")
        return [(values(say(source, "name", subject=claim.subject))[0], claim.qualifiers) for claim in held]

    return find


def remarks(source: Callable[[str], Any], name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in source(name).load.problems.remarks:
        found.setdefault(problem.key, []).append(problem.reason)
    return found


# Public bodies


@pytest.mark.parametrize(
    ("year", "bodies", "offices", "terms"), [("2013", 287, 477, 477), ("2014", 278, 475, 477), ("2015", 277, 474, 479)]
)
def test_bodies_posts_and_terms_are_as_many_as_expected(
    year: str, bodies: int, offices: int, terms: int, say: Claims
) -> None:
    own = {claim.subject_ref or claim.subject for claim in say(f"public-bodies-{year}", "kind")}
    named = [entity for entity in own if entity.startswith("body:public-body.")]
    held = say(f"public-bodies-{year}", "HELD")
    assert (len(named), len({claim.object for claim in held}), len(held)) == (bodies, offices, terms)


@pytest.mark.parametrize(
    ("year", "body", "name"),
    [
        ("2013", "office-of-the-childrens-commissioner-the", "Office of the Children’s Commissioner, The"),
        ("2014", "office-of-the-childrens-commissioner-the", "Office of the Children’s Commissioner, The"),
        (
            "2015",
            "review-body-on-doctors-and-dentists-remuneration",
            "Review Body on Doctors’ and Dentists’ Remuneration",
        ),
    ],
)
def test_apostrophes_are_those_that_were_printed(year: str, body: str, name: str, say: Claims) -> None:
    source, own = f"public-bodies-{year}", f"body:public-body.{body}"
    assert values([*say(source, "name", subject=own), *say(source, "other_name", subject=own)]) == [name]


def test_letters_that_were_read_wrongly_are_put_right(holders: Callable[..., Any]) -> None:
    assert holders("2015", "chair", "wallace-collection") == [("António Horta-Osório", {})]


@pytest.mark.parametrize("year", YEARS)
def test_no_telephone_number_address_or_pay_is_kept(year: str, source: Callable[[str], Any]) -> None:
    loaded = source(f"public-bodies-{year}")
    texts = [str(claim.value.value) for claim in loaded.claims if claim.value is not None and claim.predicate != "url"]
    texts += [problem.reason for problem in loaded.load.problems]
    assert not [text for text in texts if re.search(r"@|£|\b0\d{3,4} ?\d{3}|[A-Z]{1,2}\d{1,2} \d[A-Z]{2}\b", text)]


def test_a_sum_and_a_note_are_no_bodies(source: Callable[[str], Any]) -> None:
    told = remarks(source, "public-bodies-2015")
    note = "arm's length bodies abolished before 31st March 2015 show zero in Number of Bodies column"
    assert (told[""], told[note]) == (["a sum or a note, and no body"], ["a sum or a note, and no body"])


def test_a_row_for_many_bodies_is_left_out_and_told(say: Claims, source: Callable[[str], Any]) -> None:
    told = remarks(source, "public-bodies-2013")
    assert told["Agricultural Wages Committees (x15)"] == ["it stands for 15 bodies, of which none is named: left out"]
    assert say("public-bodies-2013", "name", subject="body:public-body.agricultural-wages-committees-x15") == []


def test_a_body_that_was_abolished_before_the_list_has_no_chair_in_it(holders: Callable[..., Any]) -> None:
    body = "olympic-delivery-authority"
    assert [holders(year, "chair", body) for year in YEARS] == [[("John Armitt", {})], [("John Armitt", {})], []]


@pytest.mark.parametrize(
    ("year", "post", "body", "expected"),
    [
        ("2013", "chair", "big-lottery-fund", [("Peter Ainsworth", {})]),
        ("2013", "chair", "advisory-committee-on-pesticides", []),  # Vacant
        ("2013", "chair", "boundary-commission-for-england", []),  # Speaker of the House of Commons (ex officio)
        ("2013", "chair", "senior-salaries-review-body", [("Bill Cockburn", {})]),  # Bill Cockburn, CBE TD
        ("2013", "chair", "school-teachers-review-body", [("Patricia Hodgson", {})]),  # Dame … DBE - Chair
        ("2013", "chief-executive", "government-procurement-service", [("Sally Collier", {})]),  # MD - …
        ("2013", "chair", "forestry-commission", [("Henry Studholme", {"interim": "yes"})]),
        ("2014", "chief-executive", "national-archives-the", [("Clem Brohier", {"acting": "yes"})]),
        ("2014", "chief-executive", "met-office", [("John Hirst", {}), ("Rob Varley", {})]),
        ("2014", "chief-executive", "pensions-regulator", [("Stephen Soper", {"interim": "yes"})]),  # Vacant-Interim …
        ("2015", "chair", "civil-justice-council", [("Lord Dyson", {})]),  # The Master of the Rolls - …
        ("2015", "chief-executive", "pensions-regulator", []),  # two names, and no word on which is which
        (
            "2015",
            "chair",
            "pensions-advisory-service-the",
            [("Partha Dasgupta", {}), ("David Harker", {}), ("Geoff Shanks", {"interim": "yes"})],
        ),
        (
            "2015",
            "chief-executive",
            "industrial-injuries-advisory-council",
            [("Rebecca Murphy", {"joint": "yes"}), ("Annette Loakes", {"joint": "yes"})],
        ),
    ],
)
def test_a_cell_is_read_as_the_names_in_it(
    year: str, post: str, body: str, expected: list[Any], holders: Callable[..., Any]
) -> None:
    assert holders(year, post, body) == expected


@pytest.mark.parametrize(("year", "left_out"), [("2013", 0), ("2014", 0), ("2015", 3)])
def test_a_cell_that_is_not_plainly_a_name_is_told(year: str, left_out: int, source: Callable[[str], Any]) -> None:
    told = [r for reasons in remarks(source, f"public-bodies-{year}").values() for r in reasons if "not plainly" in r]
    assert len(told) == left_out


def test_every_reading_and_every_word_of_a_description_is_of_its_list(source: Callable[[str], Any]) -> None:
    for year in YEARS:
        load = source(f"public-bodies-{year}").load
        settings = load.description.settings
        rows = list(load.reading.rows("bodies"))
        cells = {text for row in rows for post in settings["posts"] if (text := row.text(post)) is not None}
        sponsors = {row.text("sponsor") for row in rows}
        assert {*settings["read_as"], *settings["nobody"]} <= cells
        assert set(settings["sponsors"]) <= sponsors


def test_who_is_named_in_two_years_under_other_titles_is_one_person(say: Claims) -> None:
    terms = [
        claim.subject
        for year in YEARS
        for claim in say(f"public-bodies-{year}", "HELD", target="office:public-body.chair~natural-england")
    ]
    assert Counter(terms)["person:public-body.natural-england~andrew-sells"] == 2


def test_one_name_at_two_bodies_is_two_people(say: Claims) -> None:
    named = say("public-bodies-2015", "name")
    chairs = {c.subject for c in named if c.value is not None and c.value.value == "Elizabeth France"}
    assert len(chairs) == 2


def test_a_term_is_of_its_year_without_start_or_end(say: Claims) -> None:
    term = say("public-bodies-2014", "HELD", target="office:public-body.chair~big-lottery-fund")[0]
    assert term.dates == GivenDates(on="2014")
    assert [term.bounds.on(days_of(day)[0]) for day in ("2014-06-01", "2016-01-01")] == [Certainty.POSSIBLE] * 2


def test_a_body_is_part_of_the_department_that_sponsored_it(say: Claims) -> None:
    mine = say("public-bodies-2013", "PART_OF", subject="body:public-body.health-and-safety-executive")
    assert [(claim.object, claim.dates.on) for claim in mine] == [
        ("body:ifg.fec96b64-de5a-4c15-be6a-da1f69dc5920", "2013")
    ]


def test_names_join_no_body_but_judgements_do(say: Claims) -> None:
    """The shipped judgements, each read by somebody, are all of bodies that the lists hold."""
    joined = {c.subject_ref: c.subject for year in YEARS for c in say(f"public-bodies-{year}", "kind") if c.subject_ref}
    pairs = [pair for file in read_judgement_files(seeds_folder() / "judgements") for pair in file.pairs]
    judged = {pair.other for pair in pairs if pair.other.startswith("body:public-body.")}
    assert set(joined) == judged
    assert len(judged) == 286
    assert joined["body:public-body.care-quality-commission"] == "body:cqc"
    assert joined["body:public-body.environment-agency"] == "body:govuk.environment-agency"
    assert "body:public-body.medical-research-council-mrc" not in joined  # not what UK Research and Innovation has now


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("Dr James Parker OBE", "James Parker"),
        ("The Rt Hon The Lord Sterling of Plaistow GCVO, CBE", "Lord Sterling of Plaistow"),
        ("Professor Lord Renfrew of Kaimsthorn", "Lord Renfrew of Kaimsthorn"),
        ("Mr Justice Morgan", "Mr Justice Morgan"),
        ("Keir Starmer Q.C.", "Keir Starmer"),
        ("Sir John de Trafford Bt. MBE", "John de Trafford"),
        ("Professor Blain", "Professor Blain"),
        ("Lucy Armstrong.", "Lucy Armstrong"),
        ("General Sir Richard Shirreff KCB CBE", "Richard Shirreff"),
    ],
)
def test_titles_and_letters_are_no_part_of_a_name(printed: str, plain: str) -> None:
    assert plain_name(printed) == plain


# Inspections


def test_inspections_and_grades_are_as_many_as_expected(say: Claims) -> None:
    assert len({claim.subject for claim in say("ofsted-ilacs", "EXAMINES")}) == 153
    assert len({claim.object for claim in say("ofsted-ilacs", "EXAMINES")}) == 153
    grades = say("ofsted-ilacs", "CONCERNS")
    assert len(grades) == 5 * 153 - 2 - 7
    overall = [str(c.qualifiers["grade"]) for c in grades if c.subject.endswith("~overall")]
    assert Counter(overall) == {"good": 63, "outstanding": 46, "requires improvement": 29, "inadequate": 13}


def test_both_forms_of_dates_in_one_row_are_read(say: Claims) -> None:
    barnsley = "inquiry:ofsted-ilacs.50231520"
    assert [values(say("ofsted-ilacs", predicate, barnsley)) for predicate in ("started", "ended")] == [
        ["2023-09-11"], ["2023-09-15"],
    ]  # fmt: skip
    assert values(say("ofsted-ilacs", "published", "document:ofsted-ilacs.50231520")) == ["2023-10-27"]


@pytest.mark.parametrize(("code", "report"), [("846", "50246981"), ("892", "50192198")])
def test_blank_days_are_unknown_and_told(code: str, report: str, say: Claims, source: Callable[[str], Any]) -> None:
    assert say("ofsted-ilacs", "started", f"inquiry:ofsted-ilacs.{report}") == []
    assert len(say("ofsted-ilacs", "CONCERNS", f"finding:ofsted-ilacs.{report}~overall")) == 1
    assert remarks(source, "ofsted-ilacs")[code] == [
        "the day on which the inspection started is blank", "the day on which the inspection ended is blank",
    ]  # fmt: skip


@pytest.mark.parametrize(("code", "report"), [("304", "50304386"), ("933", "50304387")])
def test_nan_is_no_grade(code: str, report: str, say: Claims, source: Callable[[str], Any]) -> None:
    assert say("ofsted-ilacs", "CONCERNS", f"finding:ofsted-ilacs.{report}~overall") == []
    assert len(say("ofsted-ilacs", "MADE_IN", target=f"document:ofsted-ilacs.{report}")) == 4
    assert remarks(source, "ofsted-ilacs")[code] == ["`overall` has no grade"]


def test_the_two_councils_after_cumbria_have_an_inspection_each(say: Claims) -> None:
    for code, report in (("CBD", "50262710"), ("WAF", "50252261")):
        examined = say("ofsted-ilacs", "EXAMINES", f"inquiry:ofsted-ilacs.{report}")
        assert [claim.object for claim in examined] == [f"body:local-authority.{code}"]
    assert say("ofsted-ilacs", "EXAMINES", target="body:local-authority.CMA") == []


def test_a_council_of_the_seeds_is_that_of_the_seeds(say: Claims) -> None:
    rotherham = say("ofsted-ilacs", "CONCERNS", target="body:rotherham-council")
    assert {claim.object_ref for claim in rotherham} == {"body:gss.E08000018"}


def test_every_report_is_published_by_ofsted(say: Claims) -> None:
    assert {claim.object for claim in say("ofsted-ilacs", "PUBLISHED_BY")} == {"body:ofsted", "body:data-to-insight"}
