"""Rows alone come as Neo4j gives them: all of them, and nothing is left open where nobody listens any more."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from graph.queries import Answer
from graph.store.connection import Connection

IMPACT = "/v1/queries/document-impact?document=document:d"
BODIES = 700
"""Two claims each: more rows than the driver fetches at once."""
HEAD = """\
document: {id: document:d, title: The report, form: report, published: 2024-03-01}
says:
"""


@pytest.fixture
def long(load_facts: Callable[..., Any]) -> None:
    lines = (f"  - {{entity: body:b{number:04}, at: page {number}, name: Body {number}}}\n" for number in range(BODIES))
    load_facts(HEAD + "".join(lines))


@pytest.mark.usefixtures("long")
def test_all_rows_of_a_long_answer_come(client: httpx2.Client, ask_query: Callable[..., Answer]) -> None:
    whole = ask_query("document-impact", document="document:d", limit=100_000)
    assert len(whole.rows) >= BODIES
    reply = client.get(f"{IMPACT}&format=ndjson&limit=100000")
    assert "content-length" not in reply.headers
    assert [json.loads(line) for line in reply.text.splitlines()] == whole.rows
    assert (reply.headers["inquiry-total"], reply.headers["inquiry-truncated"]) == (str(len(whole.rows)), "false")
    table = client.get(f"{IMPACT}&format=csv&limit=100000")
    assert [row["subject"] for row in csv.DictReader(io.StringIO(table.text))] == [row["subject"] for row in whole.rows]


@pytest.mark.usefixtures("long")
def test_pages_of_rows_alone_follow_one_another(client: httpx2.Client, ask_query: Callable[..., Answer]) -> None:
    whole = ask_query("document-impact", document="document:d", limit=100_000).rows
    rows = []
    path = f"{IMPACT}&format=ndjson&limit=900"
    while path:
        reply = client.get(path)
        rows += [json.loads(line) for line in reply.text.splitlines()]
        path = reply.headers.get("link", "").partition("<")[2].partition(">")[0]
    assert rows == whole


def test_what_is_made_whole_before_it_is_sent_has_a_lower_limit(client: httpx2.Client) -> None:
    reply = client.get(f"{IMPACT}&limit=10001")
    assert (reply.status_code, reply.json()["parameter"]) == (422, "limit")


@pytest.mark.usefixtures("long")
def test_whoever_goes_away_in_the_middle_leaves_no_query_behind(client: httpx2.Client, connection: Connection) -> None:
    with client.stream("GET", f"{IMPACT}&format=ndjson&limit=100000") as reply:
        assert next(reply.iter_raw())
    text = "SHOW TRANSACTIONS YIELD currentQuery, status WHERE NOT currentQuery STARTS WITH 'SHOW' RETURN count(*) AS n"
    begun = time.monotonic()
    while connection.execute(text).rows != [{"n": 0}]:
        assert time.monotonic() - begun < 30
