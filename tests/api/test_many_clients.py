"""200 clients at once for a minute, with a restart of Neo4j in the middle: nothing but answers, and 503 meanwhile."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from graph.commands.load import seed_requests
from graph.settings import Settings
from graph.store.connection import connect
from graph.store.local import LocalServer
from graph.store.writer import write_load
from serving import command_serving

pytestmark = pytest.mark.soak
_log = logging.getLogger(__name__)
CLIENTS = 200
SECONDS = 60
TARGETS = "/v1/queries/recommendation-targets?inquiry=inquiry:casey-audit-2025&limit=20"
CYPHER = {
    "query": "MATCH (r:Recommendation)-[:TARGETS]->(b) RETURN b.id AS id, count(*) AS n ORDER BY n DESC, id LIMIT 5"
}
ASKED: list[tuple[str, str, dict[str, Any] | None]] = [
    ("GET", TARGETS, None),
    ("GET", "/v1/entities/inquiry:casey-audit-2025", None),
    ("GET", "/v1/entities/inquiry:casey-audit-2025/claims", None),
    ("GET", "/v1/entities?q=audit", None),
    ("POST", "/v1/cypher", CYPHER),
]


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    """Lead to a server of this test alone, with the audit on it."""
    own = settings.model_copy(update={"data_dir": tmp_path / "data", "heap": "1g", "page_cache": "128m"})
    with connect(own) as connection:
        for request in seed_requests(["casey-audit-2025"]):
            write_load(connection, request)
        connection.execute("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    yield own
    LocalServer(own).down()


@pytest.fixture
def address(own: Settings, tmp_path: Path) -> Iterator[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INQUIRY_")}
    names = {"DATA_DIR": own.data_dir, "CACHE_DIR": own.cache_dir, "HEAP": own.heap, "PAGE_CACHE": own.page_cache}
    with command_serving({**kept, **{f"INQUIRY_{name}": str(value) for name, value in names.items()}}, tmp_path) as at:
        yield at


class Seen:
    """What came: how often each status, before and after Neo4j was back, and answers that were other than expected."""

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()
        self.after: Counter[int] = Counter()
        self.wrong: list[str] = []
        self.is_back = False
        self.end = float("inf")

    def note(self, reply: httpx2.Response, asked: str, expected: Any) -> None:
        self.statuses[reply.status_code] += 1
        self.after[reply.status_code] += self.is_back
        if reply.status_code not in {200, 304, 503}:
            self.wrong.append(f"{asked}: {reply.status_code} {reply.text[:200]}")
        elif reply.status_code == 503 and int(reply.headers["retry-after"]) < 1:
            self.wrong.append(f"{asked}: no Retry-After")
        elif reply.status_code == 200 and reply.json() != expected:
            self.wrong.append(f"{asked}: {reply.text[:500]}")


async def be_a_client(client: httpx2.AsyncClient, number: int, expected: list[Any], seen: Seen) -> None:
    tags: dict[str, str] = {}
    for step in itertools.count(number):
        if asyncio.get_running_loop().time() > seen.end:
            return
        method, path, body = ASKED[step % len(ASKED)]
        headers = {"If-None-Match": tags[path]} if path in tags and step % 2 else {}
        reply = await client.request(method, path, json=body, headers=headers)
        if "etag" in reply.headers:
            tags[path] = reply.headers["etag"]
        seen.note(reply, path, expected[step % len(ASKED)])


async def restart(server: LocalServer, seen: Seen) -> None:
    """Stop and start Neo4j in the middle; the clients go on for a while after that, however long it takes."""
    clock = asyncio.get_running_loop().time
    begun = clock()
    await asyncio.sleep(SECONDS / 4)
    await asyncio.to_thread(server.down)
    await asyncio.to_thread(server.up)
    seen.is_back = True
    seen.end = max(begun + SECONDS, clock() + SECONDS / 4)


async def ask_together(address: str, server: LocalServer, seen: Seen) -> None:
    # Each client has a connection of its own; what it waits for may take as long as a start of Neo4j.
    limits = httpx2.Limits(max_connections=CLIENTS, max_keepalive_connections=CLIENTS)
    async with httpx2.AsyncClient(base_url=address, timeout=180, limits=limits) as client:
        expected = [(await client.request(method, path, json=body)).json() for method, path, body in ASKED]
        assert len(expected[0]["rows"]) == 20, json.dumps(expected[0])[:500]
        clients = [be_a_client(client, number, expected, seen) for number in range(CLIENTS)]
        await asyncio.gather(*clients, restart(server, seen))


def test_many_clients_and_a_restart_of_neo4j(own: Settings, address: str) -> None:
    seen = Seen()
    asyncio.run(ask_together(address, LocalServer(own), seen))
    _log.info("statuses %s, of these after the restart %s", dict(seen.statuses), dict(seen.after))
    assert seen.wrong == []
    assert set(seen.statuses) == {200, 304, 503}
    assert seen.after[200] > 0
