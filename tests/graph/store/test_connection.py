"""Connecting, reading and writing on a real server, and what is said when that fails."""

from __future__ import annotations

from graph.store.connection import Connection


def test_a_write_counts_and_a_read_gives_rows(clean_graph: Connection) -> None:
    written = clean_graph.write(
        "UNWIND $names AS name CREATE (n:Thing {name: name}) RETURN name", {"names": ["a", "b"]}
    )

    assert written.rows == [{"name": "a"}, {"name": "b"}]
    assert written.counters == {"nodes_created": 2, "labels_added": 2, "properties_set": 2}
    assert clean_graph.read("MATCH (n:Thing) RETURN n.name AS name ORDER BY name") == [{"name": "a"}, {"name": "b"}]
