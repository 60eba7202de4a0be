"""Loads: whole or not there, the same twice as once, and nothing ever deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import LoadRefused, StoreError
from graph.loaders.facts import load_request, read_fact_files
from graph.loaders.known import known_in_graph
from graph.schema import Source, make_claim
from graph.schema.loads import Closing, LoadInput, LoadRequest
from graph.store.connection import Connection
from graph.store.digest import graph_digest
from graph.store.integrity import check_graph
from graph.store.preview import preview_load
from graph.store.writer import write_load

FACTS = """\
document:
  id: document:report
  title: A report
  form: report
  published: 2024-03-01
  version: {retrieved_at: 2024-05-01}
says:
  - entity: body:council
    at: page 1
    kind: Council
    name: Example Council
    other_name: The council
  - entity: body:department
    at: page 1
    kind: Department
    name: Example Department
  - entity: recommendation:r-1
    at: page 2
    name: Publish the figures
    number: "1"
    made_in: document:report
    targets:
      - {to: body:council, role: must_act}
      - {to: body:department, role: consulted, method: reading}
"""
MORE = "".join(f"  - entity: topic:t{n}\n    at: page {n}\n    name: Topic {n}\n" for n in range(3, 23))


def plain(connection: Connection, entity: str) -> dict[str, Any]:
    return connection.read("MATCH (e:Entity {id: $id}) RETURN labels(e) AS labels, properties(e) AS p", {"id": entity})[
        0
    ]


def test_claims_become_plain_entities_and_relationships(load_facts: Callable[..., Any], connection: Connection) -> None:
    report = load_facts(FACTS)
    assert (report.outcome, report.new, report.unchanged, report.closed) == ("loaded", 15, 0, 0)
    assert plain(connection, "body:council") == {
        "labels": ["Entity", "Body", "Council"],
        "p": {"id": "body:council", "name": "Example Council", "other_names": ["The council"]},
    }
    links = connection.read(
        "MATCH (:Recommendation {id: 'recommendation:r-1'})-[t:TARGETS]->(b) "
        "RETURN b.id AS body, t.role AS role, t.reading AS reading, t.disputed AS disputed, t.documents AS documents, "
        "size(t.claims) AS claims ORDER BY body"
    )
    assert links == [
        {"body": "body:council", "role": "must_act", "reading": False, "disputed": False, "documents": 1, "claims": 1},
        {
            "body": "body:department",
            "role": "consulted",
            "reading": True,
            "disputed": False,
            "documents": 1,
            "claims": 1,
        },
    ]


def test_loading_twice_changes_nothing(load_facts: Callable[..., Any], connection: Connection) -> None:
    load_facts(FACTS)
    before = graph_digest(connection)
    assert load_facts(FACTS).outcome == "unchanged"
    assert graph_digest(connection) == before
    again = load_facts(FACTS, again=True)
    assert (again.new, again.unchanged, again.closed, again.refreshed) == (0, 15, 0, 0)
    assert connection.read("MATCH (c:Claim) RETURN count(c) AS n")[0]["n"] == 15


def test_a_row_inserted_at_the_top_changes_nothing_else(load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)
    report = load_facts(FACTS.replace("says:\n", "says:\n  - entity: topic:t\n    at: page 9\n    name: T\n"))
    assert (report.new, report.unchanged, report.closed) == (2, 15, 0)


def test_what_a_source_no_longer_says_is_closed_and_stays(
    load_facts: Callable[..., Any], connection: Connection
) -> None:
    load_facts(FACTS + MORE)
    report = load_facts(FACTS.replace("    other_name: The council\n", "") + MORE)
    assert report.closed == 1
    assert "other_names" not in plain(connection, "body:council")["p"]
    closed = connection.read(
        "MATCH (c:Claim {predicate: 'other_name'}) "
        "RETURN c.closing AS why, c.value AS value, toString(c.retracted_at) AS at, "
        "EXISTS { (c)-[:CITES]->(:Document) } AS cited"
    )
    assert closed == [
        {"why": "source_changed", "value": "The council", "at": "2026-01-02T12:00:00Z[UTC]", "cited": True}
    ]


def test_a_closed_claim_that_returns_is_a_new_node(load_facts: Callable[..., Any], connection: Connection) -> None:
    without = FACTS.replace("    other_name: The council\n", "") + MORE
    for text in (FACTS + MORE, without, FACTS + MORE, without, FACTS + MORE):
        report = load_facts(text)
    assert report.returned == 1
    rows = connection.read(
        "MATCH (c:Claim {predicate: 'other_name'}) RETURN c.retracted_at IS NULL AS live ORDER BY c.recorded_at"
    )
    assert [row["live"] for row in rows] == [False, False, True]
    assert list(check_graph(connection)) == []


def test_a_load_that_shrinks_is_refused_and_changes_nothing(
    load_facts: Callable[..., Any], connection: Connection
) -> None:
    load_facts(FACTS)
    before = graph_digest(connection)
    small = FACTS[: FACTS.index("  - entity: recommendation")]
    with pytest.raises(LoadRefused, match="would drop 6 of the 15 claims") as caught:
        load_facts(small)
    assert "--accept-shrinkage" in (caught.value.hint or "")
    assert graph_digest(connection) == before
    assert load_facts(small, accept_shrinkage=True).closed == 6


def test_a_correction_is_seen_at_its_time(load_facts: Callable[..., Any], connection: Connection) -> None:
    wrong = FACTS + "  - entity: document:report\n    at: page 2\n    pages: 159\n"
    right = FACTS + (
        "corrections:\n  - note: misread\n    was: {entity: document:report, at: page 2, pages: 159}\n"
        "    now: {entity: document:report, at: page 2, pages: 153}\n"
    )
    load_facts(wrong)
    assert load_facts(right).closed == 1
    assert plain(connection, "document:report")["p"]["pages"] == 153
    rows = connection.read(
        "MATCH (new:Claim)-[:CORRECTS]->(old:Claim) RETURN new.value AS new, old.value AS old, old.closing AS why, "
        "old.closing_note AS note"
    )
    assert rows == [{"new": 153, "old": 159, "why": "our_error", "note": "misread"}]


def test_a_newer_version_adds_a_citation_and_prolongs_an_open_end(
    load_facts: Callable[..., Any], connection: Connection
) -> None:
    text = FACTS + "  - entity: body:council\n    at: page 7\n    part_of: {to: body:department, from: 2020}\n"
    text = text.replace("retrieved_at: 2024-05-01", "published: 2024-05-01")
    load_facts(text)
    report = load_facts(text.replace("2024-05-01", "2025-07-01"))
    assert (report.new, report.unchanged, report.cited_again) == (0, 16, 16)
    row = connection.read(
        "MATCH (c:Claim {predicate: 'PART_OF'}) "
        "RETURN toString(c.until_earliest) AS until, COUNT { (c)-[:CITES]->() } AS citations"
    )[0]
    assert row == {"until": "2025-07-02", "citations": 2}
    assert connection.read("MATCH (v:Version)-[:VERSION_OF]->(d) RETURN v.published AS at ORDER BY at") == [
        {"at": "2024-05-01"},
        {"at": "2025-07-01"},
    ]


def test_one_version_with_two_contents_is_refused(load_facts: Callable[..., Any]) -> None:
    version = "version: {retrieved_at: 2024-05-01, sha256: %s}"
    load_facts(FACTS.replace("version: {retrieved_at: 2024-05-01}", version % ("a" * 64)))
    with pytest.raises(LoadRefused, match="claims to be the version of 2024-05-01, but its bytes differ"):
        load_facts(FACTS.replace("version: {retrieved_at: 2024-05-01}", version % ("b" * 64)))


def test_what_two_sources_say_stays_when_one_drops_it(load_facts: Callable[..., Any], connection: Connection) -> None:
    load_facts(FACTS + MORE, name="a.yaml")
    load_facts(FACTS + MORE, name="b.yaml")
    report = load_facts(FACTS.replace("    other_name: The council\n", "") + MORE, name="a.yaml")
    assert report.closed == 0
    assert plain(connection, "body:council")["p"]["other_names"] == ["The council"]
    last = load_facts(FACTS.replace("    other_name: The council\n", "") + MORE, name="b.yaml")
    assert last.closed == 1


def test_a_redaction_leaves_a_tombstone_that_no_load_brings_back(
    load_facts: Callable[..., Any], connection: Connection
) -> None:
    load_facts(FACTS)
    claim = connection.read("MATCH (c:Claim {predicate: 'other_name'}) RETURN c.id AS id")[0]["id"]
    closing = Closing(claim=claim, reason="redacted", note="asked for by the body")
    request = LoadRequest(
        "facts", "redactions", (LoadInput(name="redactions", sha256="0" * 64),), (), closings=(closing,)
    )
    write_load(connection, request)
    load_facts(FACTS, again=True)
    rows = connection.read(
        "MATCH (c:Claim {id: $id}) RETURN properties(c) AS p, COUNT { (c)-->() } AS links", {"id": claim}
    )
    assert set(rows[0]["p"]) == {
        "id",
        "redacted",
        "closing",
        "closing_note",
        "recorded_at",
        "retracted_at",
        "load",
        "closed_by",
    }
    assert rows[0]["links"] == 0
    assert "other_names" not in plain(connection, "body:council")["p"]


def test_a_failed_batch_leaves_nothing(clean_graph: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(document="document:report", published="2024")
    claims = [make_claim(f"body:b{n}", "name", source=source, value=f"B {n}", locator=f"page {n}") for n in range(50)]
    # Somebody deletes the document by hand between the check and the write: its citations cannot be made.
    original = "graph.store.batches.merge_entities"
    monkeypatch.setattr(original, lambda transaction, entities: None)
    request = LoadRequest("test", "test", (LoadInput(name="x", sha256="1" * 64),), claims)
    with pytest.raises(StoreError, match="50 claims were to be written, but Neo4j wrote 0") as caught:
        write_load(clean_graph, request)
    assert "load again" in (caught.value.hint or "")
    assert clean_graph.read("MATCH (c:Claim) RETURN count(c) AS n")[0]["n"] == 0


def test_values_that_contradict_each_other_stand_side_by_side(
    load_facts: Callable[..., Any], connection: Connection
) -> None:
    other = "---\ndocument: {id: document:press, title: Press, form: article, published: 2024-04}\nsays:\n"
    load_facts(
        FACTS
        + "  - entity: document:report\n    at: page 9\n    pages: 159\n"
        + other
        + "  - entity: document:report\n    at: headline\n    pages: 153\n    published: 2024-03\n"
    )
    properties = plain(connection, "document:report")["p"]
    assert properties["pages_values"] == ["153", "159"]
    assert properties["disputed_properties"] == ["pages"]
    assert properties["published"] == "2024-03-01"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("on: 2024-10-29", "on: 2026-06-12", {"name": "Ann Later", "other_names": ["Ann Example"]}),
        ("until: 2025", "from: 2025", {"name": "Ann Later", "other_names": ["Ann Example"]}),
        ("from: 2020, until: 2025", "on: 2022", {"name_values": ["Ann Example", "Ann Later"]}),
        ("on: 2022-03-01", "on: 2022-03-01", {"name_values": ["Ann Example", "Ann Later"]}),
    ],
)
def test_two_names_contradict_each_other_where_one_cannot_have_followed_the_other(
    one: str, other: str, expected: dict[str, Any], load_facts: Callable[..., Any], connection: Connection
) -> None:
    load_facts(
        "document: {id: document:list, title: List, form: dataset, published: 2026-06-12}\nsays:\n"
        "  - entity: person:ann\n    at: row 1\n    name:\n"
        f"      - {{value: Ann Example, {one}}}\n      - {{value: Ann Later, at: row 2, {other}}}\n"
        "    held: {to: office:clerk, on: 2024}\n"
        "  - {entity: office:clerk, at: row 3, name: Clerk}\n"
    )
    properties = plain(connection, "person:ann")["p"]
    assert {name: properties.get(name) for name in expected} == expected
    assert ("name" in properties.get("disputed_properties", [])) == ("name_values" in expected)
    assert list(check_graph(connection)) == []


def test_an_entity_known_from_unchecked_claims_only_says_nothing(
    load_facts: Callable[..., Any], connection: Connection
) -> None:
    load_facts(FACTS + "  - entity: topic:rumour\n    review: unchecked\n    name: A rumour\n")
    assert plain(connection, "topic:rumour") == {
        "labels": ["Entity", "Topic"],
        "p": {"id": "topic:rumour", "unchecked": True},
    }


def test_two_terms_are_two_relationships_and_two_dates_of_one_term_a_dispute(
    load_facts: Callable[..., Any], connection: Connection
) -> None:
    text = FACTS + (
        "  - entity: office:leader\n    at: page 3\n    name: Leader\n"
        "  - entity: person:jane\n    at: page 3\n    name: Jane Example\n    held:\n"
        "      - {to: office:leader, from: 2001, until: 2003}\n"
        "      - {to: office:leader, from: 2010-05, until: 2012-06-01}\n"
        "---\ndocument: {id: document:press, title: Press, form: article, published: 2024-04}\nsays:\n"
        "  - entity: person:jane\n    at: page 3\n    held: {to: office:leader, from: 2010-07, until: 2012-06}\n"
    )
    load_facts(text)
    rows = connection.read(
        "MATCH (:Person)-[h:HELD]->(:Office) RETURN toString(h.from_earliest) AS since, h.documents AS documents, "
        "h.disputed AS disputed ORDER BY since"
    )
    assert rows == [
        {"since": "2001-01-01", "documents": 1, "disputed": False},
        {"since": "2010-05-01", "documents": 2, "disputed": True},
    ]


def test_a_dry_run_tells_what_would_change(
    load_facts: Callable[..., Any], connection: Connection, facts_file: Callable[..., Path]
) -> None:
    load_facts(FACTS)
    before = graph_digest(connection)
    path = facts_file(FACTS.replace("The council", "Our council"))
    preview = preview_load(connection, load_request(read_fact_files([path]).files, "facts.yaml"))
    assert (preview.new, preview.unchanged, preview.closed) == (1, 14, 1)
    assert preview.examples_new == ["body:council other_name Our council"]
    assert preview.examples_closed == ["body:council other_name The council"]
    assert graph_digest(connection) == before


def test_fact_files_can_add_to_documents_of_the_graph(
    load_facts: Callable[..., Any], connection: Connection, facts_file: Callable[..., Path]
) -> None:
    load_facts(FACTS)
    path = facts_file(
        "document: document:report\nsays:\n  - entity: body:council\n    at: page 8\n    started: 1974\n", "b.yaml"
    )
    facts = read_fact_files([path], known=known_in_graph(connection))
    write_load(connection, load_request(facts.files, "b.yaml"))
    assert plain(connection, "body:council")["p"]["started"] == "1974"


def test_what_is_read_again_is_renewed_and_the_old_reading_stays_in_the_past(
    load_facts: Callable[..., Any], connection: Connection
) -> None:
    load_facts(FACTS)
    report = load_facts(FACTS.replace("method: reading", "method: curated, anchor: asked to"))
    assert (report.new, report.unchanged, report.renewed, report.closed) == (0, 14, 1, 0)
    rows = connection.read(
        "MATCH (c:Claim {predicate: 'TARGETS', object: 'body:department'}) "
        "RETURN c.method AS method, c.retracted_at IS NULL AS live, c.closing_note AS note ORDER BY method"
    )
    assert rows == [
        {"method": "curated", "live": True, "note": None},
        {"method": "reading", "live": False, "note": "read again"},
    ]
    assert list(check_graph(connection)) == []
