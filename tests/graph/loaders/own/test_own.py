"""Tables of one's own, and mappings of other people's columns, on invented rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import InputError, SourceError
from graph.loaders.identity import Identified
from graph.loaders.own import HEADERS, describe, read_mapping, template
from graph.loaders.registry import SourceLoad, prepare_load
from graph.schema import Certainty, Claim, GivenDates
from graph.schema.dates import days_of

HEADER = "person,post,body,from,until,source,place,published,person_id,body_id,key\n"
ROWS = (
    "Ann Oak,Clerk,Board,2009-04,2014-09-19,Report,page 3,2014-11,,,\n"
    "Bo Elm,Clerk,Board,2014-10-01,,https://example.org/clerks,row 7,2020,wikidata:Q1,govuk:board,\n"
)
Read = Callable[..., SourceLoad]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Prepare a table, and perhaps a mapping, for loading."""

    def prepare(
        text: str, mapping: str | None = None, known: tuple[Identified, ...] = (), encoding: str = "utf-8"
    ) -> SourceLoad:
        path = tmp_path / "clerks.csv"
        path.write_text(text, encoding=encoding)
        explained = None
        if mapping is not None:
            (tmp_path / "clerks.yaml").write_text(mapping, encoding="utf-8")
            explained = read_mapping(tmp_path / "clerks.yaml")
        return prepare_load(describe(path, explained), tmp_path, known)

    return prepare


def of(claims: list[Claim], predicate: str) -> list[Claim]:
    return [claim for claim in claims if claim.predicate == predicate]


def reasons(load: SourceLoad) -> list[tuple[int, str]]:
    list(load)
    return [(problem.row, problem.reason) for problem in load.problems]


def test_each_row_cites_its_own_document_and_place(read: Read) -> None:
    held = of(list(read(HEADER + ROWS)), "HELD")
    assert [(c.citations[0].document.split(".")[0], c.citations[0].locator) for c in held] == [
        ("document:clerks", "page 3"), ("document:url", "row 7"),
    ]  # fmt: skip
    assert {c.citations[0].version for c in held} == {None}


def test_an_open_end_is_certain_until_the_document_was_published(read: Read) -> None:
    bounds = of(list(read(HEADER + ROWS)), "HELD")[1].bounds
    certainty = [bounds.on(days_of(day)[0]) for day in ("2014-10-01", "2020-01-01", "2021-01-01")]
    assert certainty == [Certainty.CERTAIN, Certainty.CERTAIN, Certainty.POSSIBLE]


def test_an_open_end_is_never_certain_where_nobody_says_when_it_was_published(read: Read) -> None:
    bounds = of(list(read(HEADER + "Ann Oak,Clerk,Board,2009,,Report,page 3,,,,\n")), "HELD")[0].bounds
    assert bounds.on(days_of("2010-01-01")[0]) is Certainty.POSSIBLE


def test_a_name_is_one_person_in_its_file_and_another_in_any_other(read: Read) -> None:
    row = "Ann Oak,Clerk,Board,2009,2010,Report,page 3,,,,\nAnn Oak,Clerk,Board,2012,2013,Report,page 4,,,,\n"
    people = {c.subject for c in of(list(read(HEADER + row)), "HELD")}
    other = {c.subject for c in of(list(read(HEADER + row, "{kind: people-in-posts, name: other}")), "HELD")}
    assert (len(people), len(other), people & other) == (1, 1, set())


def test_namesakes_with_keys_of_their_own_stay_apart(read: Read) -> None:
    row = "Ann Oak,Clerk,Board,2009,2010,Report,page 3,,1,,\nAnn Oak,Clerk,Board,2009,2010,Report,page 3,,2,,\n"
    assert [c.subject for c in of(list(read(HEADER + row)), "HELD")] == ["person:clerks.1", "person:clerks.2"]


def test_identifiers_join_and_names_do_not(read: Read) -> None:
    known = (
        Identified("body:the-board", "govuk:board", frozenset({"the board"})),
        Identified("person:ann", "wikidata:Q9", frozenset({"ann oak"})),
    )
    load = read(HEADER + ROWS, known=known)
    offices = of(list(load), "OFFICE_OF")
    assert offices[1].object == "body:the-board"
    assert offices[0].object != "body:the-board"
    assert "person:ann" not in {c.subject for c in load}


def test_an_id_of_the_graph_is_taken_as_it_is_and_not_described(read: Read) -> None:
    claims = list(read(HEADER + "Ann Oak,Clerk,Home Office,2009,2010,Report,page 3,,,body:home-office,\n"))
    assert of(claims, "OFFICE_OF")[0].object == "body:home-office"
    assert [c for c in claims if c.subject == "body:home-office"] == []


def test_a_row_without_a_source_or_a_place_states_nothing(read: Read) -> None:
    rows = "Ann Oak,Clerk,Board,2009,2010,,page 3,,,,\nAnn Oak,Clerk,Board,2009,2010,Report,,,,,\n"
    assert reasons(read(HEADER + rows)) == [
        (2, "`source` is blank (nothing is stated that no document states)"),
        (3, "`place` is blank (nothing is stated that no document states)"),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Clerk,Board,2009,2010,Report,page 3,,,,", "`person` is blank"),
        ("Ann Oak,Clerk,Board,2009,soon,Report,page 3,,,,", "`until`: 'soon' is not a date"),
        ("Call 020 7946 0000,Clerk,Board,2009,2010,Report,page 3,,,,", "the text holds a telephone number"),
        ("Victim A,Clerk,Board,2009,2010,Report,page 3,,,,", "the name of a person holds 'Victim'"),
        ("Ann Oak,Clerk,Board,2012,2010,Report,page 3,,,,", "it ends (2010) before it starts (2012)"),
    ],
)
def test_a_bad_row_is_told_with_its_reason_and_the_others_load(row: str, reason: str, read: Read) -> None:
    load = read(HEADER + row + "\n" + ROWS)
    assert reasons(load)[0][1].startswith(reason)
    assert len(of(list(load), "HELD")) >= 2


def test_rows_that_move_and_files_that_change_their_name_change_nothing(read: Read) -> None:
    first, second = ROWS.splitlines(keepends=True)
    named = "{kind: people-in-posts, name: clerks}"
    assert {c.id for c in read(HEADER + first + second)} == {c.id for c in read(HEADER + second + first, named)}


def test_a_key_of_the_file_tells_two_equal_terms_apart(read: Read) -> None:
    row = "Ann Oak,Clerk,Board,2009,2010,Report,page 3,,,,{}\n"
    assert len({c.id for c in of(list(read(HEADER + row.format("a") + row.format("b"))), "HELD")}) == 2
    assert len({c.id for c in of(list(read(HEADER + row.format("") * 2)), "HELD")}) == 1


LIST = "Minister;Portfolio;In;Out;Phone\nZoë Ash;Health (acting);05/07/2019;31/12/2021;1\nBo Elm;Works;2022;now;2\n"
MAPPING = """\
kind: people-in-posts
name: mapland
encoding: cp1252
delimiter: ";"
dates: ["%d/%m/%Y"]
blanks: [now]
columns: {person: Minister, post: Portfolio, from: In, through: Out}
constants: {body: Government of Mapland, body_kind: Government}
words: {post: {Health (acting): Health}}
dropped: {Phone: private}
document: {title: Ministers, publisher: Mapland, licence: CC BY 4.0, url: "https://example.org/m", as_at: 2024-03-01}
"""


def test_a_list_of_another_layout_loads_without_code(read: Read) -> None:
    claims = list(read(LIST, MAPPING, encoding="cp1252"))
    held = of(claims, "HELD")
    assert [(c.dates, c.citations[0].document, c.citations[0].locator) for c in held] == [
        (GivenDates("2019-07-05", None, "2021-12-31"), "document:mapland", "clerks.csv, row 2"),
        (GivenDates("2022", None, None), "document:mapland", "clerks.csv, row 3"),
    ]
    assert held[1].bounds.until_earliest == days_of("2024-03-02")[0]
    named = {c.value.value for c in of(claims, "name") if c.value}
    assert named == {"Ministers", "Mapland", "Zoë Ash", "Bo Elm", "Health", "Works", "Government of Mapland"}
    assert {c.value.value for c in of(claims, "licence") if c.value} == {"CC BY 4.0"}
    assert [c.citations[0].version for c in held] == ["version:mapland~2024-03-01"] * 2


@pytest.mark.parametrize(
    ("text", "mapping", "message"),
    [
        ("a,b\n1,2\n", None, "the header is none of those that are documented"),
        ("person,post,body,from,until,source\nA,B,C,,,D\n", None, "there is no column `place`"),
        (HEADER.replace("place", "place,fon") + "x\n", None, "unknown column `fon`"),
        (LIST, MAPPING.replace("cp1252", "utf-8").replace("Phone: private", "Fax: private"), "unknown column `Phone`"),
        (LIST, MAPPING.replace("person: Minister", "persons: Minister"), "`persons` is no column of people-in-posts"),
        (LIST, MAPPING.replace("constants: {body: Government of Mapland, body_kind: Government}\n", ""),
         "there is no column `body`"),
        (LIST, MAPPING.replace("through: Out", "acting: In, through: Out").replace("from: In", "from: Begun"),
         "there is no column `Begun`"),
        (LIST, MAPPING.replace("kind: people-in-posts", "kind: people"), "`kind`: Input should be"),
        (LIST, MAPPING.replace("name: mapland", "name: ifg-ministers"), "`ifg-ministers` is the name of a known"),
        (LIST, "kind: [", "the mapping cannot be read"),
        (LIST, "- a", "the mapping gives no fields"),
    ],
)  # fmt: skip
def test_a_layout_that_nobody_explains_is_refused(text: str, mapping: str | None, message: str, read: Read) -> None:
    with pytest.raises(SourceError) as caught:
        read(text, mapping)
    assert caught.value.message.startswith(message)


RECOMMENDATIONS = "report,number,summary,targets,response,position,source,place,responder,responded,target_ids\n"


def test_a_recommendation_with_two_answers_is_one_with_two_decisions(read: Read) -> None:
    row = "Review,1,Publish maps,Board|Ministry,we agree,{},https://example.org/a,page 2,{},2021-05,|govuk:ministry\n"
    claims = list(read(RECOMMENDATIONS + row.format("accepted", "Board") + row.format("rejected", "Ministry")))
    assert len({c.subject for c in of(claims, "MADE_IN")}) == 1
    assert {c.object for c in of(claims, "TARGETS")} >= {"body:govuk.ministry"}
    assert {(c.qualifiers["position"], c.qualifiers["words"]) for c in of(claims, "RESPONDS_TO")} == {
        ("accepted", "we agree"), ("rejected", "we agree"),
    }  # fmt: skip
    assert len({c.object for c in of(claims, "MADE_BY")}) == 2


def test_nobody_is_said_to_have_answered_where_the_row_does_not_say_who(read: Read) -> None:
    claims = list(read(RECOMMENDATIONS + "Review,1,Publish maps,Board,,accepted,Letter,page 2,,,\n"))
    assert (len(of(claims, "RESPONDS_TO")), of(claims, "MADE_BY")) == (1, [])
    claims = list(read(RECOMMENDATIONS + "Review,1,Publish maps,Board,,,Letter,page 2,,,\n"))
    assert of(claims, "RESPONDS_TO") == []


def test_words_of_others_become_positions(read: Read) -> None:
    row = "Review,1,Publish maps,Board,,Agreed,Letter,page 2,Board,2021,\n"
    mapping = "{kind: recommendations, words: {position: {Agreed: accepted}}}"
    answer = of(list(read(RECOMMENDATIONS + row, mapping)), "RESPONDS_TO")[0]
    assert answer.qualifiers == {"position": "accepted"}
    assert "Agreed" in reasons(read(RECOMMENDATIONS + row))[0][1]


def test_a_long_answer_keeps_its_position_only(read: Read) -> None:
    load = read(RECOMMENDATIONS + f"Review,1,Publish maps,Board,{'word ' * 9},accepted,Letter,page 2,Board,2021,\n")
    assert of(list(load), "RESPONDS_TO")[0].qualifiers == {"position": "accepted"}
    assert [problem.is_refused for problem in load.problems] == [False]


@pytest.mark.parametrize("kind", HEADERS)
def test_a_template_is_a_header_that_is_read(kind: str, read: Read) -> None:
    with pytest.raises(SourceError, match="the file has no rows"):
        read(template(kind))
    with pytest.raises(InputError, match="there is no template"):
        template(kind + "s")
