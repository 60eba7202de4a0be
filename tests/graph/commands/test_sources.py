"""Known sources in a graph: loaded with the seeds, loaded again, loaded newer, and asked."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.commands.load import seed_requests, write_requests
from graph.commands.sources import SourceReport, load_sources
from graph.errors import LoadRefused
from graph.loaders.catalogue import SourceCatalogue
from graph.settings import Settings
from graph.store.connection import Connection
from graph.store.integrity import check_graph

AskRows = Callable[..., list[dict[str, Any]]]
Inquiry = Callable[..., subprocess.CompletedProcess[str]]
Holders = Callable[..., list[tuple[str, str, str]]]
HEALTH = "body:ifg.12390fca-213d-4045-b45a-0d33c14f633d"
NAMES = [source.name for source in SourceCatalogue()]


@pytest.fixture(scope="module")
def loaded(connection: Connection, settings: Settings, shared_data: Path) -> Iterator[list[SourceReport]]:
    """Give the reports of loading the seeds and all sources into the empty graph, once for this module."""
    connection.execute("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS")
    write_requests(connection, seed_requests())
    yield load_sources(connection, settings, NAMES, shared_data)
    connection.execute("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS")


def claims_there(connection: Connection) -> set[str]:
    return {row["id"] for row in connection.read("MATCH (c:Claim) WHERE c.retracted_at IS NULL RETURN c.id AS id")}


@pytest.fixture
def holders(ask_rows: AskRows, connection: Connection) -> Callable[..., list[tuple[str, str, str]]]:
    """Give who held offices on a day, as (name of the office, name of the person, certainty)."""

    def ask(day: str, **given: str) -> list[tuple[str, str, str]]:
        rows = [row for row in ask_rows("office-holders", valid_at=day, **given) if row["person"] is not None]
        ids = [row[key] for row in rows for key in ("office", "person")]
        query = "MATCH (e:Entity) WHERE e.id IN $ids RETURN e.id AS id, e.name AS name"
        names = {row["id"]: row["name"] for row in connection.read(query, {"ids": ids})}
        return sorted((names[row["office"]], names[row["person"]], row["held"]) for row in rows)

    return ask


def test_all_sources_are_loaded_and_no_row_is_refused(loaded: list[SourceReport]) -> None:
    outcomes = {report.load.source: (report.load.outcome, report.refused) for report in loaded}
    assert outcomes == dict.fromkeys(NAMES, ("loaded", 0))
    assert {report.load.source: (report.rows, report.remarks) for report in loaded} == {
        "inquiry-recommendations": (68, 2),
        "pfd-reports": (7495, 143),  # 6,150 reports and 1,345 states of replies
        "govuk-organisations": (1262, 1),
        "ifg-ministers": (20511, 11),
        "uk-local-authorities": (470, 77),
        "police-forces": (44, 0),
        "registers-2017": (3774, 0),
        "ons-lad-pfa-2018": (348, 0),
        "ons-lad-pfa-2019": (342, 0),
        "wikidata-uk-officeholders": (8373, 198),
        "parliament-current-mps": (650, 0),
    }


def test_the_graph_says_what_its_claims_say(loaded: list[SourceReport], connection: Connection) -> None:
    assert list(check_graph(connection)) == []


def test_loading_twice_changes_nothing(
    loaded: list[SourceReport], connection: Connection, settings: Settings, shared_data: Path
) -> None:
    before = claims_there(connection)
    again = load_sources(connection, settings, NAMES, shared_data)
    assert {report.load.outcome for report in again} == {"unchanged"}
    through = load_sources(connection, settings, ["ifg-ministers"], shared_data, again=True)[0].load
    assert (through.new, through.closed, through.renewed, through.cited_again) == (0, 0, 0, 0)
    assert claims_there(connection) == before


def test_other_bytes_of_one_day_are_refused(
    loaded: list[SourceReport], connection: Connection, settings: Settings, shared_data: Path, tmp_path: Path
) -> None:
    before = claims_there(connection)
    shutil.copytree(shared_data / "ifg-ministers", tmp_path / "ifg-ministers")
    path = tmp_path / "ifg-ministers" / "appointment.csv"
    path.chmod(0o644)
    header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([header, *reversed(rows)]), encoding="utf-8")
    with pytest.raises(LoadRefused, match="its bytes differ from those loaded before"):
        load_sources(connection, settings, ["ifg-ministers"], tmp_path)
    assert claims_there(connection) == before


@pytest.mark.parametrize(
    ("office", "day", "person"),
    [
        ("office:home-secretary", "2022-09-01", "Priti Patel"),
        ("office:home-secretary", "2022-10-18", "Suella Braverman"),
        ("office:home-secretary", "2022-10-22", "Grant Shapps"),
        ("office:justice-secretary", "2021-06-01", "Robert Buckland"),
        ("office:justice-secretary", "2021-09-15", "Dominic Raab"),
        ("office:communities-secretary-dclg", "2017-06-14", "Sajid Javid"),
    ],
)
def test_known_holders_of_offices(
    office: str, day: str, person: str, loaded: list[SourceReport], holders: Holders
) -> None:
    assert [(name, held) for _, name, held in holders(day, office=office)] == [(person, "certain")]


@pytest.mark.parametrize(
    ("body", "office", "day", "person"),
    [
        (HEALTH, "Secretary of State for Health", "2015-06-01", "Jeremy Hunt"),
        ("body:dclg", "Secretary of State for Communities and Local Government", "2017-06-14", "Sajid Javid"),
        ("body:mhclg-2024", "Secretary of State for Housing, Communities and Local Government", "2025-02-15",
         "Angela Rayner"),
    ],
)  # fmt: skip
def test_known_holders_at_their_departments(
    body: str, office: str, day: str, person: str, loaded: list[SourceReport], holders: Holders
) -> None:
    assert [row for row in holders(day, body=body) if row[0] == office] == [(office, person, "certain")]


def test_health_was_not_yet_health_and_social_care(loaded: list[SourceReport], holders: Holders) -> None:
    assert holders("2015-06-01", body="body:department-of-health-and-social-care") == []


def test_the_ministry_of_2024_is_not_that_of_2018(loaded: list[SourceReport], connection: Connection) -> None:
    rows = connection.read(
        "MATCH (b:Body)<-[:OFFICE_OF]-(:Office)<-[h:HELD]-(p:Person {name: 'Angela Rayner'}) "
        "WHERE b.id STARTS WITH 'body:mhclg' RETURN DISTINCT b.id AS id"
    )
    assert rows == [{"id": "body:mhclg-2024"}]


def test_no_police_force_of_the_lists_is_there_twice(loaded: list[SourceReport], connection: Connection) -> None:
    forces = connection.read(
        "MATCH (b:PoliceForce) WHERE any(i IN b.identifiers WHERE i STARTS WITH 'police-force:') "
        "RETURN count(b) AS forces, count(DISTINCT b.identifiers) AS identifiers"
    )
    assert forces == [{"forces": 44, "identifiers": 44}]


def test_forces_that_only_coroners_name_stand_apart_until_somebody_judges(
    loaded: list[SourceReport], connection: Connection
) -> None:
    """Two are forces that no list has; two are spellings of Nottinghamshire Police, which no rule may join."""
    rows = connection.read("MATCH (b:PoliceForce) WHERE b.identifiers IS NULL RETURN b.name AS name ORDER BY name")
    assert [row["name"] for row in rows] == [
        "British Transport Police",
        "Ministry of Defence Police",
        "Nottingham Police",
        "Nottingham and Nottinghamshire Police",
    ]


def test_northamptonshire_was_succeeded_by_two(loaded: list[SourceReport], connection: Connection) -> None:
    rows = connection.read(
        "MATCH (:Body {id: 'body:local-authority.NTH'})-[s:SUCCEEDED_BY]->(b) "
        "RETURN b.name AS name, toString(s.from_earliest) AS on ORDER BY name"
    )
    assert [(row["name"], row["on"]) for row in rows] == [
        ("North Northamptonshire Council", "2021-04-01"),
        ("West Northamptonshire Council", "2021-04-01"),
    ]


def test_names_of_sources_do_not_dispute_each_other_but_for_one_without_a_start(
    loaded: list[SourceReport], connection: Connection
) -> None:
    rows = connection.read("MATCH (e:Entity) WHERE 'name' IN e.disputed_properties RETURN e.id AS id ORDER BY id")
    # The members of 2024 have Louise Jones; the ministers' database gives her later name without a start.
    assert rows == [{"id": "person:ifg.10349375-18e5-4b33-86be-865082852ffe"}]


def test_the_sources_are_listed_with_what_is_loaded(loaded: list[SourceReport], inquiry: Inquiry) -> None:
    rows = {row["source"]: row for row in json.loads(inquiry("sources", "--json").stdout)}
    assert list(rows) == NAMES
    ministers = rows["ifg-ministers"]
    assert (ministers["licence"], ministers["as_at"], ministers["rows"]) == ("CC BY 4.0", "2026-06-12", 20511)
    assert ministers["claims"] > 20_000
    assert "uk-local-authorities" in inquiry("sources").stdout


def test_the_command_loads_a_source_and_says_where_the_remarks_are(
    loaded: list[SourceReport], inquiry: Inquiry, shared_data: Path
) -> None:
    result = inquiry("load", "uk-local-authorities", "--again", "--data", str(shared_data))
    assert result.returncode == 0, result.stderr
    assert "0 refused rows and 77 remarks are listed in" in result.stderr
    listed = Path(result.stderr.rpartition("listed in ")[2].strip())
    assert len(listed.read_text(encoding="utf-8").splitlines()) == 78
