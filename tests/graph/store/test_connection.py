"""Connecting, reading and writing on a real server, and what is said when that fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import SecretStr

from graph.errors import StoreError
from graph.settings import Settings
from graph.store.connection import Connection, connect
from graph.store.local import LocalServer


def test_a_write_counts_and_a_read_gives_rows(clean_graph: Connection) -> None:
    written = clean_graph.write(
        "UNWIND $names AS name CREATE (n:Thing {name: name}) RETURN name", {"names": ["a", "b"]}
    )

    assert written.rows == [{"name": "a"}, {"name": "b"}]
    assert written.counters == {"nodes_created": 2, "labels_added": 2, "properties_set": 2}
    assert clean_graph.read("MATCH (n:Thing) RETURN n.name AS name ORDER BY name") == [{"name": "a"}, {"name": "b"}]


@pytest.mark.parametrize(
    "read",
    [
        lambda connection, text: connection.read(text),
        lambda connection, text: connection.read_together(lambda reader: reader.read(text)),
        lambda connection, text: list(connection.stream(text)),
    ],
    ids=["read", "read_together", "stream"],
)
def test_reads_are_declared_as_reads(
    clean_graph: Connection, read: Callable[[Connection, str], list[dict[str, int]]]
) -> None:
    """A cluster sends them to any member by that, and a server of one's own refuses writes among them."""
    with pytest.raises(StoreError, match="only reads are allowed"):
        read(clean_graph, "CREATE (n:Thing) RETURN 1 AS x")
    assert clean_graph.read("MATCH (n:Thing) RETURN count(n) AS n") == [{"n": 0}]


def test_an_address_whose_driver_routes(clean_graph: Connection, server: LocalServer, settings: Settings) -> None:
    """As of a cluster or Aura; a read knows of the write before it, whichever member answers."""
    address = str(server.status().uri).replace("bolt://", "neo4j://")
    routed = settings.model_copy(update={"neo4j_uri": address, "neo4j_password": SecretStr(server.password())})
    with connect(routed) as connection:
        connection.write("CREATE (n:Thing {name: 'a'})")
        assert connection.read("MATCH (n:Thing) RETURN n.name AS name") == [{"name": "a"}]
