"""A record that is joined with an entity, or no longer is: its claims move, closed ones too; the rest stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from graph.errors import AmbiguousName
from graph.loaders.identity import Identified, Identity
from graph.queries.names import find_entity
from graph.schema import Claim, DocumentVersion, GivenDates, Source, make_claim
from graph.schema.loads import LoadInput, LoadRequest
from graph.store.connection import Connection
from graph.store.integrity import check_graph
from graph.store.writer import LoadReport, write_load

APART = Identity([])
JOINED = Identity([Identified("body:ministry", "govuk:ministry", frozenset({"ministry of works"}))])
NODES = "MATCH (n) WHERE NOT n:Load RETURN labels(n) AS labels, properties(n) AS properties"
LINKS = "MATCH (a)-[r]->(b) RETURN a.id AS start, type(r) AS type, b.id AS end, properties(r) AS properties"
LEFT_OUT = {"load", "recorded_at", "contested"}


def seeds() -> list[Claim]:
    source = Source(document="document:seed", published="2015")
    return [make_claim("body:ministry", "name", value="Ministry of Works", source=source, locator="p. 1")]


def register(identity: Identity, *, with_parent: bool = True) -> list[Claim]:
    version = DocumentVersion(document="document:register", published="2020-01-01")
    source = Source(document="document:register", version=version, is_register=True)

    def says(subject: str, predicate: str, target: str | None = None, value: str | None = None) -> Claim:
        dates = GivenDates(since="2014") if predicate == "PART_OF" else GivenDates()
        return make_claim(
            subject, predicate, target=target, value=value, source=source, locator="row 1", record_key="1", dates=dates
        )

    claims = [
        says("body:govuk.ministry", "kind", value="Department"),
        says("body:govuk.ministry", "name", value="Works Ministry"),
        says("body:govuk.agency", "name", value="Works Agency"),
        says("body:govuk.agency", "PART_OF", "body:govuk.ministry"),
    ]
    if with_parent:
        claims.append(says("body:govuk.ministry", "PART_OF", "body:govuk.crown"))
    return [identity.settle(claim) for claim in claims]


def load(connection: Connection, day: int, name: str, claims: Iterable[Claim], source: str = "register") -> LoadReport:
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
    request = LoadRequest("test", source, (LoadInput(name=name, sha256="0" * 64),), list(claims))
    return write_load(connection, request, now=lambda: moment, accept_shrinkage=True)


def everything(connection: Connection) -> list[str]:
    """All but the loads, and the mark of what was in dispute at some time."""
    rows = [*connection.read(NODES), *connection.read(LINKS)]
    for row in rows:
        row["properties"] = sorted((k, str(v)) for k, v in row["properties"].items() if k not in LEFT_OUT)
    return sorted(map(str, rows))


def entities(connection: Connection) -> list[str]:
    return [row["id"] for row in connection.read("MATCH (e:Entity) RETURN e.id AS id ORDER BY id")]


def test_a_claim_keeps_what_its_source_calls_subject_and_object(clean_graph: Connection) -> None:
    load(clean_graph, 0, "register", register(JOINED))
    rows = clean_graph.read(
        "MATCH (c:Claim {predicate: 'PART_OF'}) RETURN c.subject AS s, c.subject_ref AS sr, c.object AS o, "
        "c.object_ref AS orf ORDER BY s"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("body:govuk.agency", "body:govuk.agency", "body:ministry", "body:govuk.ministry"),
        ("body:ministry", "body:govuk.ministry", "body:govuk.crown", "body:govuk.crown"),
    ]


def test_a_join_moves_claims_and_taking_it_back_gives_the_graph_as_it_was(clean_graph: Connection) -> None:
    load(clean_graph, 0, "seeds", seeds(), "seeds")
    load(clean_graph, 1, "apart", register(APART))
    before = everything(clean_graph)
    joined = load(clean_graph, 2, "joined", register(JOINED))
    assert (joined.new, joined.moved, joined.unchanged, joined.closed) == (0, 4, 1, 0)
    assert "body:govuk.ministry" not in entities(clean_graph)
    (row,) = clean_graph.read(
        "MATCH (e:Department {id: 'body:ministry'}) RETURN e.name AS name, e.other_names AS other"
    )
    assert row == {"name": "Ministry of Works", "other": ["Works Ministry"]}
    assert list(check_graph(clean_graph)) == []
    back = load(clean_graph, 3, "apart again", register(APART))
    assert (back.new, back.moved, back.unchanged, back.closed) == (0, 4, 1, 0)
    assert everything(clean_graph) == before
    assert list(check_graph(clean_graph)) == []


def test_a_join_made_later_gives_the_same_graph_as_one_from_the_beginning(clean_graph: Connection) -> None:
    load(clean_graph, 0, "seeds", seeds(), "seeds")
    load(clean_graph, 1, "joined", register(JOINED))
    from_the_beginning = everything(clean_graph)
    clean_graph.execute("MATCH (n) DETACH DELETE n")
    load(clean_graph, 0, "seeds", seeds(), "seeds")
    load(clean_graph, 1, "apart", register(APART))
    load(clean_graph, 2, "joined", register(JOINED))
    assert everything(clean_graph) == from_the_beginning


def test_closed_claims_of_a_record_move_with_it(clean_graph: Connection) -> None:
    load(clean_graph, 0, "apart", register(APART))
    load(clean_graph, 1, "less", register(APART, with_parent=False))
    load(clean_graph, 2, "joined", register(JOINED, with_parent=False))
    (closed,) = clean_graph.read(
        "MATCH (c:Claim)-[:SUBJECT]->(e) WHERE c.retracted_at IS NOT NULL RETURN c.subject AS subject, e.id AS entity"
    )
    assert closed == {"subject": "body:ministry", "entity": "body:ministry"}
    assert "body:govuk.ministry" not in entities(clean_graph)


def test_closed_claims_that_lead_to_a_record_move_with_it(clean_graph: Connection) -> None:
    load(clean_graph, 0, "apart", register(APART))
    load(clean_graph, 1, "fewer", [claim for claim in register(APART) if claim.object != "body:govuk.ministry"])
    load(clean_graph, 2, "again", register(APART))
    load(clean_graph, 3, "joined", register(JOINED))
    rows = clean_graph.read(
        "MATCH (c:Claim {subject: 'body:govuk.agency', predicate: 'PART_OF'})-[:OBJECT]->(e) "
        "RETURN c.object AS object, e.id AS entity, c.retracted_at IS NULL AS live ORDER BY live"
    )
    assert rows == [
        {"object": "body:ministry", "entity": "body:ministry", "live": False},
        {"object": "body:ministry", "entity": "body:ministry", "live": True},
    ]


def test_an_id_of_a_record_leads_to_what_it_is_joined_with(clean_graph: Connection) -> None:
    load(clean_graph, 0, "seeds", seeds(), "seeds")
    load(clean_graph, 1, "apart", register(APART))
    assert find_entity(clean_graph, "body:govuk.ministry") == "body:govuk.ministry"
    load(clean_graph, 2, "joined", register(JOINED))
    assert find_entity(clean_graph, "body:govuk.ministry") == "body:ministry"
    with pytest.raises(AmbiguousName, match=r"no entity is called 'body:govuk\.nobody'"):
        find_entity(clean_graph, "body:govuk.nobody")
