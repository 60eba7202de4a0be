"""People in posts, on small invented tables of the layout of the ministers' database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import LoadRefused, SourceError
from graph.loaders.catalogue import SourceCatalogue
from graph.loaders.identity import Identified
from graph.loaders.judgements import read_judgements
from graph.loaders.problems import Problem
from graph.loaders.registry import SourceLoad, prepare_load
from graph.schema import Certainty, Claim, GivenDates
from graph.schema.dates import days_of
from graph.store.connection import Connection
from graph.store.writer import write_load

TABLES = {
    "organisation.csv": "id,name,short_name,start_date,end_date\n"
    "d1,Ministry of Maps,MoM,2001-06-08,2010-05-11\n"
    "d2,Ministry of Maps,MoM,2010-05-11,\n",
    "person.csv": "id,id_parliament,id_ifg_website,name,display_name,normalized_name,short_name,gender,"
    "start_date,end_date\n"
    "p1,7.0,,Lady Ann,Lady Ann,Lady Ann,Ann,F,2008-10-03,\n"
    "p1,7.0,,Ann Oak,Ann Oak,Ann Oak,Oak,F,,2008-10-03\n"
    "p2,,,Bo Elm,Bo Elm,Bo Elm,Elm,M,,\n",
    "post.csv": "id,id_ifg_website,organisation_id,name,display_name,rank_equivalence,rank_equivalence_value\n"
    "o1,,d1,Minister,Minister of Maps,SoS,1\n",
    "appointment.csv": "id,person_id,post_id,start_date,end_date\n"
    "t1,p1,o1,2002-01-01,2006-01-01\n"
    "t2,p2,o1,2006-01-01,\n",
    "appointment_characteristics.csv": "id,appointment_id,cabinet_status,is_acting,is_on_leave,leave_reason,"
    "start_date,end_date\n"
    "c1,t1,Full cabinet,True,False,,2002-01-01,2002-03-01\n"
    "c2,t1,Full cabinet,False,False,,2002-03-01,2003-01-01\n"
    "c3,t1,Non-cabinet,False,False,,2003-01-01,2004-01-01\n"
    "c4,t1,Non-cabinet,False,True,Maternity leave,2004-01-01,2006-01-01\n"
    "c5,t2,Full cabinet,False,False,,2006-01-01,\n",
    "organisation_link.csv": "id,predecessor_organisation_id,successor_organisation_id,type,"
    "link_start_date,link_end_date\n"
    "l1,d1,d2,Name change,2010-05-11,2010-05-13\n",
    "post_relationship.csv": "id,post_id,group_name,group_seniority\nr1,o1,Maps,SoS\n",
    "representation.csv": "id,person_id,house,type,constituency_id,start_date,end_date\n"
    "s1,p1,Commons,,k1,1997-05-01,2008-10-03\n",
    "representation_characteristics.csv": "id,representation_id,party,start_date,end_date\n"
    "h1,s1,Labour,1997-05-01,2001-01-01\nh2,s1,Independent,2001-01-01,2008-10-03\n",
}  # fmt: skip

Read = Callable[..., SourceLoad]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read the invented tables, some of them changed."""

    def prepare(known: tuple[Identified, ...] = (), as_at: str | None = None, **changed: str) -> SourceLoad:
        folder = tmp_path / "ifg-ministers"
        folder.mkdir(exist_ok=True)
        for name, text in {**TABLES, **{f"{key}.csv": value for key, value in changed.items()}}.items():
            (folder / name).write_text(text, encoding="utf-8")
        description = SourceCatalogue()["ifg-ministers"]
        return prepare_load(description, tmp_path, known, judged=read_judgements(), as_at=as_at, accept_shrinkage=True)

    return prepare


def of(claims: list[Claim], predicate: str) -> list[Claim]:
    return [claim for claim in claims if claim.predicate == predicate]


def terms(load: SourceLoad) -> list[tuple[str, GivenDates, dict[str, str | int]]]:
    return [(claim.subject, claim.dates, claim.qualifiers) for claim in of(list(load), "HELD")]


def test_a_term_that_is_cut_up_is_a_claim_for_each_part(read: Read) -> None:
    assert terms(read()) == [
        ("person:ifg.p1", GivenDates("2002-01-01", "2002-03-01"), {"acting": "yes"}),
        ("person:ifg.p1", GivenDates("2002-03-01", "2004-01-01"), {}),
        ("person:ifg.p1", GivenDates("2004-01-01", "2006-01-01"), {"on_leave": "yes"}),
        ("person:ifg.p2", GivenDates("2006-01-01", None), {}),
    ]


def test_a_claim_cites_the_version_and_both_rows(read: Read) -> None:
    held = of(list(read()), "HELD")[1]
    citation = held.citations[0]
    assert (citation.document, citation.version) == (
        "document:ifg-ministers-database", "version:ifg-ministers-database~2026-06-12",
    )  # fmt: skip
    assert citation.locator == "appointment.csv, row 2; appointment_characteristics.csv, row 3, 4"
    assert held.method == "structured"


def test_an_open_end_is_certain_until_the_day_of_the_data_and_possible_after(read: Read) -> None:
    bounds = of(list(read()), "HELD")[-1].bounds
    certainty = [bounds.on(days_of(day)[0]) for day in ("2006-01-01", "2026-06-12", "2026-06-13", "2026-07-20")]
    assert certainty == [Certainty.CERTAIN, Certainty.CERTAIN, Certainty.POSSIBLE, Certainty.POSSIBLE]


def test_rows_that_move_change_nothing(read: Read) -> None:
    before = {claim.id for claim in read()}
    turned = {}
    for name, text in TABLES.items():
        header, *rows = text.splitlines(keepends=True)
        turned[name.removesuffix(".csv")] = "".join([header, *reversed(rows)])
    assert {claim.id for claim in read(**turned)} == before


def test_a_row_that_is_inserted_adds_its_own_claims_only(read: Read) -> None:
    before = {claim.id for claim in read()}
    header, *rows = TABLES["appointment.csv"].splitlines(keepends=True)
    more = {claim.id: claim for claim in read(appointment="".join([header, "t0,p2,o1,2003-01-01,2003-02-01\n", *rows]))}
    assert [more[claim].predicate for claim in more.keys() - before] == ["HELD"]
    assert not before - more.keys()


def test_names_have_the_days_on_which_they_were_borne(read: Read) -> None:
    names = [(c.value.value, c.dates) for c in of(list(read()), "name") if c.subject == "person:ifg.p1" and c.value]
    assert names == [("Lady Ann", GivenDates("2008-10-03", None)), ("Ann Oak", GivenDates(None, "2008-10-03"))]


def test_two_bodies_of_one_name_stay_two(read: Read) -> None:
    bodies = {c.subject for c in of(list(read()), "name") if c.value and c.value.value == "Ministry of Maps"}
    assert bodies == {"body:ifg.d1", "body:ifg.d2"}


def test_a_post_is_of_its_body_from_its_first_term(read: Read) -> None:
    assert [(c.subject, c.object, c.dates) for c in of(list(read()), "OFFICE_OF")] == [
        ("office:ifg.o1", "body:ifg.d1", GivenDates("2002-01-01", None))
    ]


def test_independents_are_members_of_no_party(read: Read) -> None:
    members = [
        (c.subject, c.object, c.object_ref) for c in of(list(read()), "MEMBER_OF") if c.subject == "person:ifg.p1"
    ]
    assert members == [
        ("person:ifg.p1", "body:house-of-commons", "body:ifg-house.Commons"),
        ("person:ifg.p1", "body:labour-party", "body:ifg-party.Labour"),
    ]


def test_a_person_known_by_a_strong_identifier_is_that_person(read: Read) -> None:
    load = read(known=(Identified("person:ann-oak", "parliament:7", frozenset({"ann oak"})),))
    claims = list(load)
    assert {c.subject for c in of(claims, "HELD")} == {"person:ann-oak", "person:ifg.p2"}
    assert {c.id for c in claims} == {c.id for c in read()}
    assert [(c.predicate, c.value.value) for c in claims if c.subject == "person:ann-oak" and c.value][:3] == [
        ("kind", "Person"), ("other_name", "Lady Ann"), ("identifier", "ifg:p1"),
    ]  # fmt: skip


def test_nothing_private_is_kept(read: Read) -> None:
    text = "\n".join(str(claim) for claim in read())
    assert "aternity" not in text
    assert "gender" not in text


def test_an_end_before_its_start_is_kept_as_given_and_is_certain_on_no_day(read: Read) -> None:
    bad = TABLES["appointment.csv"] + "t3,p2,o1,2025-09-01,2025-05-14\n"
    load = read(appointment=bad)
    held = of(list(load), "HELD")[-1]
    assert (held.dates, held.dates_refused) == (GivenDates("2025-09-01", "2025-05-14"), True)
    assert held.bounds.on(days_of("2025-09-02")[0]) is Certainty.POSSIBLE
    assert [(p.file, p.row, p.key, p.is_refused) for p in load.problems] == [("appointment.csv", 4, "t3", False)]


def test_years_alone_are_possible(read: Read) -> None:
    vague = TABLES["appointment.csv"].replace("2006-01-01,\n", "2006,2008\n")
    bounds = of(list(read(appointment=vague)), "HELD")[-1].bounds
    days = ("2006-06-01", "2007-06-01", "2008-06-01", "2009-01-01")
    assert [bounds.on(days_of(day)[0]).value for day in days] == ["possible", "certain", "possible", "no"]


def test_bad_rows_are_refused_with_the_reason_and_the_rest_is_loaded(read: Read) -> None:
    bad = TABLES["appointment.csv"] + "t3,nobody,o1,2003-01-01,\nt4,p1,o1,01/02/2003,\nt5,p1\nt6,p1,o1,,2003-01-01\n"
    load = read(appointment=bad)
    assert len(of(list(load), "HELD")) == 5
    reasons = {(p.row, p.key): p.reason for p in load.problems.refused}
    assert reasons[4, "t3"] == "there is no person nobody"
    assert reasons[5, "t4"].startswith("`since`: '01/02/2003' is not a date")
    assert reasons[6, ""] == "the row has 2 of the 5 fields of the header"


def test_a_problem_is_told_once_however_often_the_table_is_read(read: Read) -> None:
    load = read(appointment=TABLES["appointment.csv"] + "t5,p1\nt6,p1,o1,2006-01-01,2007-01-01\n")
    for _ in range(2):
        list(load)
        assert list(load.problems) == [Problem("appointment.csv", 4, "", "the row has 2 of the 5 fields of the header")]


def test_a_word_that_the_description_does_not_explain_is_refused(read: Read) -> None:
    load = read(organisation_link=TABLES["organisation_link.csv"].replace("Name change", "Takeover"))
    assert of(list(load), "SUCCEEDED_BY") == []
    assert [p.reason for p in load.problems] == ["`type`: 'Takeover' is not among the successions of the description"]


def test_far_fewer_rows_than_described_are_refused(read: Read, tmp_path: Path) -> None:
    read()
    with pytest.raises(LoadRefused, match="the file has 2 rows; 69 were there in the version of 2026-06-12"):
        prepare_load(SourceCatalogue()["ifg-ministers"], tmp_path)


def test_a_mistake_in_the_settings_is_told(read: Read) -> None:
    load = read()
    settings = {**load.description.settings, "houses": ["Commons"]}
    load.reading.description = load.description.model_copy(update={"settings": settings})
    with pytest.raises(SourceError, match=r"sources/ifg-ministers.yaml: `settings.houses`"):
        list(load)


def test_a_missing_file_stops_the_load_before_it_begins(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="a file of ifg-ministers is not there"):
        prepare_load(SourceCatalogue()["ifg-ministers"], tmp_path)


def test_a_newer_version_closes_what_is_no_longer_said_and_opens_what_is_new(
    read: Read, clean_graph: Connection
) -> None:
    first = write_load(clean_graph, read().request())
    newer = TABLES["appointment.csv"].replace("2006-01-01,\n", "2006-01-01,2026-07-01\nt3,p1,o1,2026-07-01,\n")
    parts = TABLES["appointment_characteristics.csv"].replace(
        "2006-01-01,\n", "2006-01-01,2026-07-01\nc6,t3,Full cabinet,False,False,,2026-07-01,\n"
    )
    second = write_load(
        clean_graph, read(as_at="2026-09-01", appointment=newer, appointment_characteristics=parts).request()
    )
    assert (second.new, second.closed, second.unchanged) == (2, 1, first.new - 1)
    open_terms = clean_graph.read(
        "MATCH (c:Claim {predicate: 'HELD'}) WHERE c.retracted_at IS NULL AND c.until_latest = date('9999-12-31') "
        "RETURN c.subject AS person, toString(c.until_earliest) AS certain_until"
    )
    assert open_terms == [{"person": "person:ifg.p1", "certain_until": "2026-09-02"}]


def test_a_newer_version_that_blanks_an_earlier_one_is_refused(read: Read, clean_graph: Connection) -> None:
    write_load(clean_graph, read().request())
    blank = TABLES["appointment.csv"].splitlines(keepends=True)[0] + "t9,p2,o1,2006-01-01,\n"
    with pytest.raises(LoadRefused, match="this load would drop"):
        write_load(clean_graph, read(as_at="2026-09-01", appointment=blank).request())
