"""What a view expands and holds: neighbours by rank and type, a subgraph of limited size, evidence for all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph.errors import QueryError
from graph.queries import Times
from graph.queries.neighbours import NeighboursOfType, ranked, read_neighbours
from graph.queries.subgraph import Subgraph, read_around, read_beside, read_between
from graph.store.connection import Connection

Load = Callable[..., Any]
HEAD = """\
document: {{id: document:{name}, title: The {name}, form: report, published: {published}, publisher: body:a}}
says:
  - {{entity: body:a, at: page 1, name: A body}}
"""


def report(name: str, published: str, *lines: str) -> str:
    return HEAD.format(name=name, published=published) + "".join(f"  - {{{line}}}\n" for line in lines)


def recommendation(number: int, *, page: int = 1) -> str:
    return f"entity: recommendation:r-{number:02}, at: page {page}, name: Recommendation {number}, targets: body:a"


def around(connection: Connection, *seeds: str, times: Times | None = None, **options: Any) -> Subgraph:
    return connection.read_together(lambda reader: read_around(reader, seeds, times or Times(), **options))


def neighbours(
    connection: Connection, entity: str, times: Times | None = None, **options: Any
) -> dict[tuple[str, str], NeighboursOfType]:
    groups = connection.read_together(lambda reader: read_neighbours(reader, [entity], times or Times(), **options))
    return {(group.predicate, group.direction): group for group in groups}


def test_neighbours_come_by_type_those_of_most_documents_first(load_facts: Load, connection: Connection) -> None:
    first = report("first", "2020", *(recommendation(number) for number in range(5)))
    second = report("second", "2021", recommendation(3), "entity: body:b, at: page 2, name: B, part_of: body:a")
    load_facts(f"{first}---\n{second}")
    found = neighbours(connection, "body:a", most=2)
    targets = found["TARGETS", "backward"]
    assert [(one.id, one.documents) for one in targets.others] == [
        ("recommendation:r-03", 2),
        ("recommendation:r-00", 1),
    ]
    assert (targets.total, targets.beside, targets.words) == (5, 5, "is a target of")
    assert targets.left_out({"recommendation:r-03"}) == 4
    assert found["PART_OF", "backward"].total == 1
    beside = neighbours(connection, "body:a", most=9, shown=["recommendation:r-03"], types=["TARGETS"])
    assert list(beside) == [("TARGETS", "backward")]
    assert [one.id for one in beside["TARGETS", "backward"].others] == [
        f"recommendation:r-{number:02}" for number in (0, 1, 2, 4)
    ]
    assert neighbours(connection, "body:a", most=9, widest=3) == {}


def test_the_current_view_has_the_same_neighbours_as_the_claims(load_facts: Load, connection: Connection) -> None:
    first = report("first", "2020", *(recommendation(number) for number in range(5)))
    second = report("second", "2021", recommendation(3), "entity: body:b, at: page 2, name: B, part_of: body:a")
    load_facts(f"{first}---\n{second}")
    for options in ({"shown": ["recommendation:r-00"]}, {"types": ["PART_OF"]}, {"widest": 3}):
        asked = {"most": 3, **options}
        now = neighbours(connection, "body:a", **asked)
        assert neighbours(connection, "body:a", times=Times(known_at=date(2100, 1, 1)), **asked) == now


def test_no_type_hides_another() -> None:
    def group(predicate: str, *ids: str) -> NeighboursOfType:
        others = [{"id": one, "documents": 1} for one in ids]
        return NeighboursOfType.model_validate(
            {"id": "body:a", "direction": "forward", "predicate": predicate, "total": 9, "beside": 9, "others": others}
        )

    assert ranked([group("PART_OF", "a", "b", "c"), group("COVERS", "d", "a")]) == ["a", "d", "b", "c"]


def test_what_comes_next_says_what_is_left_out(load_facts: Load, connection: Connection) -> None:
    load_facts(report("first", "2020", *(recommendation(number) for number in range(9))))
    shown = ["body:a", "document:first", "recommendation:r-00"]
    found, left = connection.read_together(lambda reader: read_beside(reader, "body:a", Times(), limit=3, shown=shown))
    assert [one.id for one in found.entities] == ["body:a", *(f"recommendation:r-0{number}" for number in (1, 2, 3))]
    assert [(one.words, one.total, one.left_out) for one in left] == [("published", 1, 0), ("is a target of", 9, 5)]
    assert found.truncated
    assert (found.limit, found.total) == (3, 8)
    lines = {(line.subject, line.predicate) for line in found.relationships}
    assert ("recommendation:r-00", "TARGETS") in lines, "what was shown is related to what is shown"


def test_a_view_has_a_size_and_says_what_it_left_out(load_facts: Load, connection: Connection) -> None:
    many = [recommendation(number) for number in range(40)]
    load_facts(report("first", "2020", *many, "entity: body:b, at: page 3, name: B, part_of: body:a"))
    whole = around(connection, "body:a")
    assert (len(whole.entities), whole.total, whole.truncated) == (43, 43, False)
    part = around(connection, "body:b", limit=10)
    assert part.entities[0].id == "body:b"
    assert [one.id for one in part.entities[:2]] == ["body:b", "body:a"]
    assert (len(part.entities), part.truncated, part.limit) == (10, True, 10)
    assert part.total > 10
    ends = {one.id for one in part.entities}
    assert all({line.subject, line.object} <= ends for line in part.relationships)
    assert part.chosen
    for limit in (0, 1_501):
        with pytest.raises(QueryError):
            around(connection, "body:a", limit=limit)


def test_each_relationship_brings_its_evidence_and_three_times(load_facts: Load, connection: Connection) -> None:
    load_facts(
        report(
            "first",
            "2020-05",
            "entity: office:o, at: page 2, name: Office, office_of: body:a",
            "entity: person:p, at: page 7, anchor: held the office, said_by: body:a, name: Ada Example, "
            "held: {to: office:o, from: 2001-02, until: 2004}",
        )
    )
    [held] = [line for line in around(connection, "person:p").relationships if line.predicate == "HELD"]
    [claim] = held.claims
    assert (claim.dates, claim.said_by, claim.method, claim.review) == (
        "from 2001-02 until 2004",
        "body:a",
        "curated",
        "checked",
    )
    assert [str(day) for day in claim.bounds] == ["2001-02-01", "2001-02-28", "2004-01-01", "2005-01-01"]
    assert (str(claim.known_by), claim.recorded_at[:10]) == ("2020-05-31", "2026-01-01")
    [place] = claim.places
    assert (place.document, place.locator, place.anchor) == ("document:first", "page 7", "held the office")
    assert (held.documents, held.is_reading, held.is_disputed, held.is_unchecked) == (1, False, False, False)
    assert held.bounds == claim.bounds


def test_what_was_not_public_or_recorded_then_is_not_there(load_facts: Load, connection: Connection) -> None:
    load_facts(report("first", "2020-05", recommendation(1)) + "---\n" + report("second", "2022", recommendation(2)))
    ids = {one.id for one in around(connection, "body:a", times=Times.read(None, "2021-01-01", None)).entities}
    assert "recommendation:r-01" in ids
    assert "recommendation:r-02" not in ids
    assert len(around(connection, "body:a", times=Times.read(None, None, "2025-12-31")).entities) == 1


def test_a_dispute_shows_what_it_is_about(load_facts: Load, connection: Connection) -> None:
    office = "entity: office:o, at: page 2, name: Office, office_of: {{to: body:{}, from: 2010}}"
    other = "entity: body:b, at: page 1, name: B"
    load_facts(
        report("first", "2020", office.format("a")) + "---\n" + report("second", "2020", other, office.format("b"))
    )
    found = connection.read_together(lambda reader: read_between(reader, ["office:o", "body:a"], Times()))
    [line] = [line for line in found.relationships if line.predicate == "OFFICE_OF"]
    assert line.is_disputed
    [rival] = line.claims[0].rivals
    assert found.rivals[rival].object == "body:b"
    assert found.names["body:b"] == "B"
    assert found.documents["document:second"].title == "The second"


def test_terms_are_lines_of_their_own_as_in_the_current_view(load_facts: Load, connection: Connection) -> None:
    held = "held: [{to: office:o, from: 2001, until: 2003}, {to: office:o, from: 2010, until: 2012}]"
    load_facts(
        report(
            "first",
            "2020",
            "entity: office:o, at: page 2, name: Office, office_of: body:a",
            f"entity: person:p, at: page 7, name: Ada Example, {held}",
        )
    )
    found = around(connection, "body:a")
    lines = {
        (line.subject, line.predicate, line.object, claim.id) for line in found.relationships for claim in line.claims
    }
    plain = connection.read(
        "MATCH (a:Entity)-[r]->(b:Entity) RETURN a.id AS a, type(r) AS type, b.id AS b, r.claims AS claims"
    )
    assert lines == {(row["a"], row["type"], row["b"], claim) for row in plain for claim in row["claims"]}
    assert sorted(len(line.claims) for line in found.relationships) == sorted(len(row["claims"]) for row in plain)
    assert {one.id: one.relationships for one in found.entities}["office:o"] == 3


def test_unchecked_claims_are_counted_and_shown_only_when_asked_for(load_facts: Load, connection: Connection) -> None:
    load_facts(
        report(
            "first",
            "2020",
            "entity: body:b, at: page 1, name: B",
            "entity: body:b, review: unchecked, part_of: body:a",
        )
    )
    found = connection.read_together(lambda reader: read_between(reader, ["body:a", "body:b"], Times()))
    assert ([line.predicate for line in found.relationships], found.left_out["unchecked"]) == ([], 1)
    both = connection.read_together(
        lambda reader: read_between(reader, ["body:a", "body:b"], Times(), include_unchecked=True)
    )
    assert [(line.predicate, line.is_unchecked) for line in both.relationships] == [("PART_OF", True)]
    assert both.left_out["unchecked"] == 0
