"""Known sources in a graph: loaded with the seeds, counted, loaded again, and refused where they have changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from graph.loaders.catalogue import SourceCatalogue
from graph.store.integrity import check_graph

NAMES = [source.name for source in SourceCatalogue()]
Record = Any
"""The graph of all sources; `tests/graph/conftest.py` makes it."""


def claims_there(record: Record) -> set[str]:
    return {
        row["id"] for row in record.connection.read("MATCH (c:Claim) WHERE c.retracted_at IS NULL RETURN c.id AS id")
    }


def test_all_sources_are_loaded_and_no_row_is_refused(record: Record) -> None:
    loaded = [load for load in record.loads if not load["source"].startswith("seeds/")]
    outcomes = {load["source"]: (load["outcome"], load["refused"]) for load in loaded}
    assert outcomes == dict.fromkeys(NAMES, ("loaded", 0))
    assert {load["source"]: (load["rows"], load["remarks"]) for load in loaded} == {
        "inquiry-recommendations": (68, 2),
        "pfd-reports": (7495, 140),  # 6,150 reports and 1,345 states of replies
        "govuk-organisations": (1262, 1),
        "ifg-ministers": (20511, 11),
        "uk-local-authorities": (470, 77),
        "police-forces": (44, 0),
        "registers-2017": (3774, 0),
        "ons-lad-pfa-2018": (348, 0),
        "ons-lad-pfa-2019": (342, 0),
        "wikidata-uk-officeholders": (8373, 198),
        "parliament-current-mps": (650, 0),
        "public-bodies-2013": (295, 9),
        "public-bodies-2014": (283, 7),
        "public-bodies-2015": (283, 21),
        "ofsted-ilacs": (309, 13),  # 153 inspections and 156 councils of the look-up
    }


@pytest.mark.parametrize(
    ("source", "predicate", "what", "count"),
    [
        ("ifg-ministers", "HELD", "subject", 1149),
        ("ifg-ministers", "HELD", "id", 3687),  # 3,667 terms, 12 of them in parts
        ("ifg-ministers", "OFFICE_OF", "subject", 926),
        ("ifg-ministers", "OFFICE_OF", "object", 69),
        ("ifg-ministers", "SUCCEEDED_BY", "id", 60),
        ("govuk-organisations", "identifier", "subject_ref", 1262),
        ("registers-2017", "identifier", "subject_ref", 980),  # of 981 rows; one code stands twice
        ("uk-local-authorities", "COVERS", "subject", 445),  # 25 of 470 have no code
        ("uk-local-authorities", "SUCCEEDED_BY", "id", 50),
        ("ons-lad-pfa-2018", "PART_OF", "subject", 348),
        ("ons-lad-pfa-2019", "PART_OF", "subject", 339),
        ("police-forces", "identifier", "subject", 44),
        ("inquiry-recommendations", "RESPONDS_TO", "object", 68),
        ("pfd-reports", "WRITTEN_BY", "subject", 6150),
        ("pfd-reports", "ADDRESSED_TO", "id", 9950),  # of 10,161 entries, without those that stand twice or name nobody
        ("public-bodies-2013", "HELD", "id", 477),
        ("public-bodies-2014", "HELD", "id", 477),
        ("public-bodies-2015", "HELD", "id", 479),
        ("ofsted-ilacs", "EXAMINES", "object", 153),
        ("wikidata-uk-officeholders", "MEMBER_OF", "id", 6072),
        ("parliament-current-mps", "identifier", "subject", 650),
    ],
)
def test_what_a_source_holds_is_in_the_graph(
    source: str, predicate: str, what: str, count: int, record: Record
) -> None:
    query = (
        "MATCH (c:Claim {source: $source, predicate: $predicate}) WHERE c.retracted_at IS NULL "
        "RETURN count(DISTINCT c[$what]) AS count"
    )
    given = {"source": source, "predicate": predicate, "what": what}
    assert record.connection.read(query, given) == [{"count": count}]


def test_the_graph_says_what_its_claims_say(record: Record) -> None:
    assert list(check_graph(record.connection)) == []


def test_loading_twice_changes_nothing(record: Record) -> None:
    before = claims_there(record)
    again = json.loads(record.run("load", "--all", "--json").stdout)["loads"]
    assert {load["outcome"] for load in again} == {"unchanged"}
    needed = json.loads(record.run("load", "ofsted-ilacs", "--again", "--json").stdout)["loads"]
    assert {load[what] for load in needed for what in ("new", "closed", "renewed", "cited_again")} == {0}
    assert claims_there(record) == before


def test_other_bytes_of_one_day_are_refused(record: Record, shared_data: Path, tmp_path: Path) -> None:
    before = claims_there(record)
    shutil.copytree(shared_data / "ifg-ministers", tmp_path / "ifg-ministers")
    path = tmp_path / "ifg-ministers" / "appointment.csv"
    path.chmod(0o644)
    header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([header, *reversed(rows)]), encoding="utf-8")
    result = record.run("load", "ifg-ministers", "--data", str(tmp_path))
    assert (result.returncode, "its bytes differ from those loaded before" in result.stderr) == (1, True)
    assert claims_there(record) == before


def test_no_police_force_of_the_lists_is_there_twice(record: Record) -> None:
    forces = record.connection.read(
        "MATCH (b:PoliceForce) WHERE any(i IN b.identifiers WHERE i STARTS WITH 'police-force:') "
        "RETURN count(b) AS forces, count(DISTINCT b.identifiers) AS identifiers"
    )
    assert forces == [{"forces": 44, "identifiers": 44}]


def test_forces_that_only_coroners_name_stand_apart_until_somebody_judges(record: Record) -> None:
    """Two are forces that no list has; two spellings of Nottinghamshire Police lead to it, since they were judged."""
    query = "MATCH (b:PoliceForce) WHERE b.identifiers IS NULL RETURN b.name AS name ORDER BY name"
    assert [row["name"] for row in record.connection.read(query)] == [
        "British Transport Police",
        "Ministry of Defence Police",
    ]


def test_names_of_sources_do_not_dispute_each_other(record: Record) -> None:
    query = "MATCH (e:Entity) WHERE 'name' IN e.disputed_properties RETURN e.id AS id ORDER BY id"
    assert record.connection.read(query) == []


def test_a_name_that_was_given_up_on_no_known_day_is_another_name(record: Record) -> None:
    """The members of 2024 have Louise Jones; the ministers of 2026 have a later name, and not since when."""
    query = "MATCH (p:Person) WHERE 'parliament:5258' IN p.identifiers RETURN p.name AS name, p.other_names AS others"
    assert record.connection.read(query) == [{"name": "Louise Sandher-Jones", "others": ["Louise Jones"]}]


def test_the_sources_are_listed_with_what_is_loaded(record: Record) -> None:
    rows = {row["source"]: row for row in json.loads(record.run("sources", "--json").stdout)}
    assert list(rows) == NAMES
    ministers = rows["ifg-ministers"]
    assert (ministers["licence"], ministers["as_at"], ministers["rows"]) == ("CC BY 4.0", "2026-06-12", 20511)
    assert ministers["claims"] > 20_000
    assert "uk-local-authorities" in record.run("sources").stdout


def test_the_command_loads_a_source_and_says_where_the_remarks_are(record: Record) -> None:
    result = record.run("load", "uk-local-authorities", "--again")
    assert result.returncode == 0, result.stderr
    assert "0 refused rows and 77 remarks are listed in" in result.stderr
    listed = Path(result.stderr.rpartition("listed in ")[2].strip())
    assert len(listed.read_text(encoding="utf-8").splitlines()) == 78
