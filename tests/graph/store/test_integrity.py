"""`check --graph`: what no claim supports is found, whoever made it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.store.connection import Connection
from graph.store.integrity import check_graph

FACTS = """\
document: {id: document:report, title: A report, form: report, published: 2024-03-01}
says:
  - entity: body:council
    at: page 1
    kind: Council
    name: Example Council
  - entity: recommendation:r-1
    at: page 2
    name: Publish the figures
    made_in: document:report
    targets: {to: body:council, role: must_act}
"""


@pytest.mark.parametrize(
    ("by_hand", "message"),
    [
        (
            "MATCH (r:Recommendation), (b:Body) CREATE (:Claim {id: 'claim:hand', subject: r.id, predicate: 'TARGETS', "
            "object: b.id, recorded_at: datetime(), known_latest: date(), from_earliest: date(), method: 'curated', "
            "review: 'checked'})-[:SUBJECT]->(r)",
            "the claim claim:hand (recommendation:r-1 TARGETS) cites no document",
        ),
        (
            "MATCH (r:Recommendation), (b:Body) CREATE (r)-[:TARGETS]->(b)",
            "no live claim supports recommendation:r-1 TARGETS body:council",
        ),
        ("MATCH (r:Recommendation)-[t:TARGETS]->() DELETE t", "recommendation:r-1 TARGETS body:council is missing"),
        ("MATCH (r:Recommendation)-[t:TARGETS]->() SET t.role = 'consulted'", "no live claim supports"),
        (
            "MATCH (b:Body) SET b.name = 'Another'",
            "body:council has name = 'Another', but the claims give 'Example Council'",
        ),
        ("MATCH (b:Body) SET b.motto = 'X'", "body:council has motto = 'X', but the claims give None"),
        ("MATCH (b:Body) REMOVE b:Council", "but the claims give Body, Council, Entity"),
        ("CREATE (:Note {id: 'x'})", "the node x with the labels ['Note'] was not made by a load"),
        (
            "CREATE (:Entity:Body {id: 'body:ghost', name: 'Ghost'})",
            "body:ghost has name = 'Ghost', but the claims give None",
        ),
        ("CREATE (:Entity {id: 'thing:x'})", "the entity thing:x is of no known kind"),
        ("MATCH (c:Claim {predicate: 'TARGETS'})-[o:OBJECT]->() DELETE o", "does not fit its links"),
        ("MATCH (c:Claim {predicate: 'TARGETS'})-[o:CITES]->() DELETE o", "cites no document"),
        ("CREATE (:Load {id: 'load:x', status: 'running', source: 'a'})", "the load load:x of a broke off"),
    ],
)
def test_what_was_made_by_hand_is_found(
    load_facts: Callable[..., Any], connection: Connection, by_hand: str, message: str
) -> None:
    load_facts(FACTS)
    assert list(check_graph(connection)) == []
    connection.write(by_hand)
    findings = [finding.message for finding in check_graph(connection)]
    assert any(message in finding for finding in findings), findings


def test_a_person_without_a_public_part_is_found(load_facts: Callable[..., Any], connection: Connection) -> None:
    load_facts(
        FACTS
        + "  - entity: office:leader\n    at: p\n    name: Leader\n"
        + "  - entity: person:jane\n    at: p\n    name: Jane Example\n    held: office:leader\n"
    )
    connection.write("MATCH (c:Claim {predicate: 'HELD'}) DETACH DELETE c")
    assert "person:jane holds no office, and chairs or writes nothing" in [f.message for f in check_graph(connection)]


def test_an_uncited_claim_made_by_hand_never_shows(
    load_facts: Callable[..., Any], connection: Connection, ask_rows: Callable[..., Any]
) -> None:
    load_facts(
        FACTS + "  - entity: body:other\n    at: page 3\n    name: Other Body\n"
        "  - entity: inquiry:i\n    at: page 1\n    name: An inquiry\n    produced: document:report\n"
    )
    before = ask_rows("recommendation-targets", inquiry="inquiry:i")
    connection.write(
        "MATCH (r:Recommendation), (b:Body {id: 'body:other'}), (c:Claim {predicate: 'TARGETS'}) "
        "WITH r, b, properties(c) AS said "
        "CREATE (b)<-[:OBJECT]-(n:Claim)-[:SUBJECT]->(r) SET n = said {.*, id: 'claim:hand', object: b.id}"
    )
    assert ask_rows("recommendation-targets", inquiry="inquiry:i") == before
    assert [row["target"] for row in before] == ["body:council"]
