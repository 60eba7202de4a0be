"""Who may ask: keys, rates, pages from elsewhere; and what the access log says of it."""

from __future__ import annotations

import json
import logging
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from api.envelope import ACCESS
from api.keys import add_key, remove_key
from graph.settings import Settings
from serving import serving

ASKED = "/v1/schema"
"""Needs no Neo4j."""


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """Settings whose file of keys is of this test."""
    return settings.model_copy(update={"api_keys_file": tmp_path / "keys.json", "data_dir": tmp_path / "none"})


def refused(reply: httpx2.Response, status: int, slug: str) -> httpx2.Response:
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json"), reply.text
    assert reply.json()["type"] == f"/v1/problems#{slug}"
    return reply


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_without_keys_anybody_on_this_machine_may_ask(own: Settings) -> None:
    with serving(own) as client:
        reply = client.get(ASKED)
        assert (reply.status_code, "ratelimit" in reply.headers) == (200, False)


def test_only_the_hash_of_a_key_is_kept_and_nobody_else_reads_it(own: Settings) -> None:
    key = add_key(own.api_keys_path, "press")
    written = own.api_keys_path.read_text()
    assert (key in written, "press" in written) == (False, True)
    assert stat.S_IMODE(own.api_keys_path.stat().st_mode) == 0o600
    assert len(key) >= 43
    assert key != add_key(own.api_keys_path, "other")


def test_where_there_are_keys_one_is_needed(own: Settings) -> None:
    key = add_key(own.api_keys_path, "press")
    with serving(own) as client:
        missing = refused(client.get(ASKED), 401, "no-key")
        assert missing.headers["www-authenticate"] == 'Bearer realm="inquiry"'
        for sent in (bearer(key[:-1]), bearer(f"{key}x"), {"X-API-Key": "x"}, {"Authorization": f"Basic {key}"}):
            reply = refused(client.get(ASKED, headers=sent), 401, "no-key")
            assert key not in reply.text
        refused(client.get("/v1/nothing"), 401, "no-key")
        for sent in (bearer(key), {"X-API-Key": key}, {"Authorization": f"bearer  {key}"}):
            assert client.get(ASKED, headers=sent).status_code == 200
        for path in ("/healthz", "/openapi.json", "/v1/problems"):
            assert client.get(path).status_code == 200
        described = client.get("/openapi.json").json()
        assert set(described["components"]["securitySchemes"]) == {"bearer", "header"}
        assert described["paths"]["/healthz"]["get"]["security"] == []
        assert {"401", "429"} <= set(described["paths"][ASKED]["get"]["responses"])


def test_a_browser_asks_its_user_for_the_key_and_sends_it_as_a_password(own: Settings) -> None:
    key = add_key(own.api_keys_path, "press")
    with serving(own) as client:
        asked = client.get(ASKED, headers={"Accept": "text/html,*/*"})
        assert asked.status_code == 401
        assert asked.headers["www-authenticate"] == 'Bearer realm="inquiry", Basic realm="inquiry", charset="UTF-8"'
        assert client.get(ASKED, auth=("anybody", key)).status_code == 200
        refused(client.get(ASKED, auth=(key, "")), 401, "no-key")


def test_a_key_may_come_from_a_setting(own: Settings) -> None:
    key = add_key(own.api_keys_path, "press")
    digest = json.loads(own.api_keys_path.read_text())["keys"][0]["sha256"]
    own.api_keys_path.unlink()
    with serving(own.model_copy(update={"api_keys": f" desk:{digest} "})) as client:
        assert client.get(ASKED, headers=bearer(key)).status_code == 200
        refused(client.get(ASKED), 401, "no-key")


def test_keys_are_made_and_revoked_while_it_runs(own: Settings) -> None:
    with serving(own) as client:
        assert client.get(ASKED).status_code == 200
        key = add_key(own.api_keys_path, "press")
        refused(client.get(ASKED), 401, "no-key")
        assert client.get(ASKED, headers=bearer(key)).status_code == 200
        remove_key(own.api_keys_path, "press")
        refused(client.get(ASKED, headers=bearer(key)), 401, "no-key")
        own.api_keys_path.write_text("{")
        refused(client.get(ASKED), 401, "no-key")
        own.api_keys_path.unlink()
        refused(client.get(ASKED), 401, "no-key")


def test_each_key_has_a_rate_of_its_own(own: Settings) -> None:
    slow = add_key(own.api_keys_path, "slow", rate="2/hour")
    other = add_key(own.api_keys_path, "other")
    with serving(own.model_copy(update={"api_rate": "3/hour"})) as client:
        first = client.get(ASKED, headers=bearer(slow))
        assert first.headers["ratelimit-policy"] == '"default";q=2;w=3600'
        assert re.fullmatch(r'"default";r=1;t=\d+', first.headers["ratelimit"])
        assert client.get(ASKED, headers=bearer(slow)).status_code == 200
        told = refused(client.get(ASKED, headers=bearer(slow)), 429, "too-often")
        assert 0 < int(told.headers["retry-after"]) <= 3600
        assert told.headers["ratelimit"].startswith('"default";r=0;')
        assert [client.get(ASKED, headers=bearer(other)).status_code for _ in range(4)] == [200, 200, 200, 429]
        assert client.get("/healthz").status_code == 200


def test_without_keys_the_public_is_counted_by_address(own: Settings) -> None:
    with serving(own.model_copy(update={"api_rate": "1/hour"}), is_public=True) as client:
        assert client.get(ASKED).status_code == 200
        refused(client.get(ASKED), 429, "too-often")


def test_pages_from_elsewhere_read_answers_where_that_is_set(own: Settings) -> None:
    key = add_key(own.api_keys_path, "press")
    origin = {"Origin": "https://example.org"}
    with serving(own) as client:
        assert "access-control-allow-origin" not in client.get(ASKED, headers={**origin, **bearer(key)}).headers
    with serving(own.model_copy(update={"api_origins": "https://example.org https://example.com"})) as client:
        reply = client.get(ASKED, headers={**origin, **bearer(key)})
        assert reply.headers["access-control-allow-origin"] == "https://example.org"
        assert "access-control-allow-credentials" not in reply.headers
        assert "Inquiry-Cursor" in reply.headers["access-control-expose-headers"]
        refusal = refused(client.get(ASKED, headers=origin), 401, "no-key")
        assert refusal.headers["access-control-allow-origin"] == "https://example.org"
        preflight = {
            **origin, "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization, content-type",
        }  # fmt: skip
        allowed = client.options("/v1/cypher", headers=preflight)
        assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, "https://example.org")
        assert allowed.headers["x-content-type-options"] == "nosniff"
        other = client.get(ASKED, headers={"Origin": "https://evil.example", **bearer(key)})
        assert "access-control-allow-origin" not in other.headers
    with serving(own.model_copy(update={"api_origins": "*"})) as client:
        reply = client.get(ASKED, headers={**origin, **bearer(key)})
        assert reply.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in reply.headers


def test_every_reply_forbids_what_data_does_not_need(own: Settings) -> None:
    add_key(own.api_keys_path, "press")
    with serving(own) as client:
        for reply in (client.get("/healthz"), client.get(ASKED), client.get(f"/{'x' * 9_000}")):
            assert reply.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
            for name, value in (("x-frame-options", "DENY"), ("referrer-policy", "no-referrer")):
                assert reply.headers[name] == value
            assert reply.headers["cross-origin-resource-policy"] == "same-origin"


def test_the_access_log_says_what_was_asked_of_which_route_and_no_more(
    own: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    key = add_key(own.api_keys_path, "press")
    caplog.set_level(logging.INFO, ACCESS)
    with serving(own) as client:
        replies = [
            client.get(ASKED, headers=bearer(key)),
            client.head(ASKED, headers=bearer(key)),
            client.get("/v1/queries/somebody", params={"q": "a-name"}, headers=bearer(key)),
            client.get("/v1/a-name"),
            client.post("/v1/cypher", json={"query": "RETURN 'a-name'"}, headers=bearer(key)),
        ]
    lines = [json.loads(record.getMessage()) for record in caplog.records if record.name == ACCESS]
    assert [set(line) for line in lines] == [{"time", "request", "method", "route", "status", "ms", "bytes", "key"}] * 5
    assert [(line["method"], line["route"], line["status"], line["key"]) for line in lines] == [
        ("GET", ASKED, 200, "press"),
        ("HEAD", ASKED, 200, "press"),
        ("GET", "/v1/queries/{name}", 422, "press"),
        ("GET", None, 401, None),
        ("POST", "/v1/cypher", 503, "press"),
    ]
    assert [line["request"] for line in lines] == [reply.headers["x-request-id"] for reply in replies]
    assert [line["bytes"] for line in lines] == [len(reply.content) for reply in replies]
    assert not any(word in caplog.text for word in ("a-name", "somebody", key))


def test_keys_on_the_command_line(inquiry: Callable[..., Any], tmp_path: Path) -> None:
    file = {"INQUIRY_API_KEYS_FILE": str(tmp_path / "keys.json")}
    made = inquiry("keys", "new", "press", "--rate", "60/minute", **file)
    assert (made.returncode, made.stdout.startswith("iq_")) == (0, True), made.stderr
    again = inquiry("keys", "new", "press", **file)
    assert (again.returncode, "there is a key called press already" in again.stderr) == (2, True)
    for wrong in (("keys", "new", "a b"), ("keys", "new", "x", "--rate", "often"), ("keys", "revoke", "nobody")):
        assert inquiry(*wrong, **file).returncode == 2
    listed = inquiry("keys", "list", "--json", **file)
    assert [(key["name"], key["rate"]) for key in json.loads(listed.stdout)] == [("press", "60/minute")]
    assert made.stdout.strip() not in listed.stdout
    assert inquiry("keys", "revoke", "press", **file).returncode == 0
    assert json.loads(inquiry("keys", "list", "--json", **file).stdout) == []
