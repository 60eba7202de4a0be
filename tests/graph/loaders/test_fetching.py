"""Files of sources over HTTP, from a real server in this process that breaks off, changes its mind and lies."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from graph.errors import FetchError, SourceError
from graph.loaders.catalogue import SourceCatalogue, SourceDescription, read_description
from graph.loaders.fetching import check_dated, fetch_source, presence, read_record
from graph.loaders.tables import examine_file
from graph.store.local.lock import hold_lock

ROWS = b"key,name\n" + b"".join(b"%d,Body %d\n" % (number, number) for number in range(20_000))
NEWER = ROWS.replace(b"Body", b"Town")


@dataclass
class Page:
    """What the server holds at a path. `breaks` are the numbers of bytes after which the next answers break off."""

    body: bytes = ROWS
    etag: str | None = '"one"'
    last_modified: str | None = None
    kind: str = "text/csv"
    statuses: list[int] = field(default_factory=list)
    location: str | None = None
    breaks: list[int] = field(default_factory=list)
    after_break: Page | None = None
    ignores_if_range: bool = False
    says_length: bool = True
    headers: dict[str, str] = field(default_factory=dict)


class Site:
    """A server on a free port; `asked` lists the requests as (path, headers)."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        class Handler(_Answers):
            site = self

        return Handler


class _Answers(BaseHTTPRequestHandler):
    """Answers as the page says."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:  # the name that http.server looks for
        self.site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        page = self.site.pages.get(self.path)
        if page is None:
            self.send_error(404)
        elif page.statuses:
            self._plain(page.statuses.pop(0), page)
        elif page.location is not None:
            self._plain(302, page)
        elif page.etag is not None and self.headers.get("If-None-Match") == page.etag:
            self._plain(304, page)
        else:
            self._send(page)

    def _plain(self, status: int, page: Page) -> None:
        self.send_response(status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        if page.location is not None:
            self.send_header("Location", page.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _begin(self, page: Page) -> int:
        validator = page.etag or page.last_modified
        wanted = self.headers.get("Range")
        if wanted is None or not (page.ignores_if_range or self.headers.get("If-Range") == validator):
            return 0
        return int(wanted.removeprefix("bytes=").removesuffix("-"))

    def _send(self, page: Page) -> None:
        body, begin = page.body, self._begin(page)
        if begin >= len(body):
            self._plain(416, page)
            return
        self.send_response(206 if begin else 200)
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(body) - 1}/{len(body)}")
        for name, value in (("ETag", page.etag), ("Last-Modified", page.last_modified), *page.headers.items()):
            if value is not None:
                self.send_header(name, value)
        self.send_header("Content-Type", page.kind)
        if page.says_length:
            self.send_header("Content-Length", str(len(body) - begin))
        else:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self._write(page, body[begin:])

    def _write(self, page: Page, body: bytes) -> None:
        stop = page.breaks.pop(0) if page.breaks else len(body)
        self.wfile.write(body[:stop])
        if stop < len(body):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            if page.after_break is not None:
                self.site.pages[self.path] = page.after_break

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def described(site: Site, *files: str, **more: Any) -> SourceDescription:
    """A source whose tables lie on the server, under /{revision}/."""
    names = files or ("bodies.csv",)
    fields: dict[str, Any] = {
        "name": "test", "loader": "posts", "title": "Test", "document": "document:test",
        "publisher": {"id": "body:test", "name": "Test"}, "licence": "CC0", "licence_url": "https://example.org/",
        "attribution": "Test", "as_at": "2026-01-01", "folder": "test", "schemes": ["test"],
        "revision": "v1", "newest": "main",
        "addresses": {name: f"{site.address}/{{revision}}/{name}" for name in names},
        "tables": {name.partition(".")[0]: {"file": name, "key": ["key"], "columns": {"key": "key", "name": "name"}}
                   for name in names},
    }  # fmt: skip
    return read_description(json.dumps({**fields, **more}).encode(), "test.yaml")


@pytest.fixture
def fetch(site: Site, tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Fetch a source into `tmp_path`, without waiting between tries; give how each file came."""

    def run(*files: str, version: Any = "described", largest: int | None = None, **more: Any) -> dict[str, str]:
        done = fetch_source(
            described(site, *files, **more), tmp_path, version=version, largest=largest, pause=lambda _: None
        )
        return dict(done.outcomes)

    return run


Fetch = Callable[..., dict[str, str]]


def whole(tmp_path: Path, file: str = "bodies.csv") -> bytes:
    return (tmp_path / "test" / file).read_bytes()


def test_a_file_is_fetched_and_recorded(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    site.pages["/v1/bodies.csv"] = Page(last_modified="Mon, 05 Jan 2026 10:00:00 GMT")
    assert fetch() == {"bodies.csv": "fetched"}
    assert whole(tmp_path) == ROWS
    record = read_record(tmp_path, "test")
    assert record is not None
    assert record.version == "described"
    file = record.files["bodies.csv"]
    assert (file.sha256, file.size) == (sha256(ROWS).hexdigest(), len(ROWS))
    assert (file.etag, file.last_modified) == ('"one"', "Mon, 05 Jan 2026 10:00:00 GMT")
    assert file.address == f"{site.address}/v1/bodies.csv"
    assert site.asked[0][1]["accept-encoding"] == "identity"


def test_an_unchanged_file_is_not_sent_again(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    site.pages["/v1/bodies.csv"] = Page()
    fetch()
    assert fetch() == {"bodies.csv": "unchanged"}
    assert site.asked[1][1]["if-none-match"] == '"one"'
    site.pages["/v1/bodies.csv"] = Page(NEWER, etag='"two"')
    assert fetch() == {"bodies.csv": "fetched"}
    assert whole(tmp_path) == NEWER


def test_a_file_that_was_changed_by_hand_is_fetched_anew(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    site.pages["/v1/bodies.csv"] = Page()
    fetch()
    (tmp_path / "test" / "bodies.csv").write_bytes(b"key,name\n")
    assert fetch() == {"bodies.csv": "fetched"}
    assert whole(tmp_path) == ROWS


def test_what_is_there_with_the_described_checksum_needs_no_network(site: Site, fetch: Fetch) -> None:
    site.pages["/v1/bodies.csv"] = Page()
    checksums = {"bodies.csv": sha256(ROWS).hexdigest()}
    fetch(checksums=checksums)
    assert fetch(checksums=checksums) == {"bodies.csv": "unchanged"}
    assert len(site.asked) == 1


def test_a_file_that_breaks_off_is_taken_up_where_it_stopped(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    site.pages["/v1/bodies.csv"] = Page(breaks=[100_000, 50_000])
    assert fetch() == {"bodies.csv": "resumed"}
    assert whole(tmp_path) == ROWS
    ranges = [headers.get("range") for _, headers in site.asked]
    assert ranges == [None, "bytes=100000-", "bytes=150000-"]
    assert site.asked[1][1]["if-range"] == '"one"'


def test_without_an_etag_the_last_change_tells_versions_apart(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    moment = "Mon, 05 Jan 2026 10:00:00 GMT"
    site.pages["/v1/bodies.csv"] = Page(etag=None, last_modified=moment, breaks=[100_000])
    assert fetch() == {"bodies.csv": "resumed"}
    assert site.asked[1][1]["if-range"] == moment
    assert whole(tmp_path) == ROWS


@pytest.mark.parametrize("etag", ['W/"one"', None])
def test_without_a_strong_validator_a_file_begins_anew(
    etag: str | None, site: Site, fetch: Fetch, tmp_path: Path
) -> None:
    site.pages["/v1/bodies.csv"] = Page(etag=etag, breaks=[100_000])
    assert fetch() == {"bodies.csv": "fetched"}
    assert [headers.get("range") for _, headers in site.asked] == [None, None]
    assert whole(tmp_path) == ROWS


@pytest.mark.parametrize("ignores_if_range", [False, True])
def test_a_file_that_changes_meanwhile_begins_anew(
    ignores_if_range: bool, site: Site, fetch: Fetch, tmp_path: Path
) -> None:
    """A server that forgets about If-Range sends the rest of another file; its ETag gives it away."""
    newer = Page(NEWER, etag='"two"', ignores_if_range=ignores_if_range)
    site.pages["/v1/bodies.csv"] = Page(breaks=[100_000], after_break=newer)
    assert fetch() == {"bodies.csv": "fetched"}
    assert whole(tmp_path) == NEWER
    record = read_record(tmp_path, "test")
    assert record is not None
    assert record.files["bodies.csv"].etag == '"two"'


def test_a_later_fetch_takes_up_what_an_earlier_one_left(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    """And until the file is whole, the one of before stays in its place."""
    site.pages["/v1/bodies.csv"] = Page()
    fetch()
    site.pages["/v1/bodies.csv"] = Page(NEWER, etag='"two"', breaks=[100_000, 0, 0, 0, 0, 0])
    with pytest.raises(FetchError, match="could not be fetched") as caught:
        fetch()
    assert "what has come is kept" in str(caught.value.hint)
    assert whole(tmp_path) == ROWS
    site.pages["/v1/bodies.csv"].breaks.clear()
    assert fetch() == {"bodies.csv": "resumed"}
    assert site.asked[-1][1]["range"] == "bytes=100000-"
    assert whole(tmp_path) == NEWER


def test_the_files_of_a_source_change_together(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    names = ("bodies.csv", "posts.csv")
    for name in names:
        site.pages[f"/v1/{name}"] = Page()
    fetch(*names)
    site.pages["/v1/bodies.csv"] = Page(NEWER, etag='"two"')
    site.pages["/v1/posts.csv"] = Page(statuses=[500] * 9)
    with pytest.raises(FetchError, match="500"):
        fetch(*names)
    assert [whole(tmp_path, name) for name in names] == [ROWS, ROWS]
    site.pages["/v1/posts.csv"] = Page(NEWER, etag='"two"')
    before = len(site.asked)
    assert fetch(*names) == {"bodies.csv": "resumed", "posts.csv": "fetched"}
    assert [headers.get("if-none-match") for _, headers in site.asked[before:]] == ['"two"', '"one"']
    assert [whole(tmp_path, name) for name in names] == [NEWER, NEWER]


def test_a_file_that_breaks_before_its_first_byte_is_fetched_again(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    """The note of what was begun has the newer file's validators by then, which must not be taken for those we have."""
    site.pages["/main/bodies.csv"] = Page(body=b"key,name\nold,Old\n", etag='"old"')
    assert fetch(version="newest") == {"bodies.csv": "fetched"}
    site.pages["/main/bodies.csv"] = Page(etag='"new"', breaks=[0])
    assert fetch(version="newest") == {"bodies.csv": "fetched"}
    assert whole(tmp_path) == ROWS


def test_a_first_file_that_breaks_before_its_first_byte_is_fetched_again(
    site: Site, fetch: Fetch, tmp_path: Path
) -> None:
    site.pages["/v1/bodies.csv"] = Page(breaks=[0])
    assert fetch() == {"bodies.csv": "fetched"}
    assert whole(tmp_path) == ROWS


def test_a_server_that_fails_is_asked_again(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    site.pages["/v1/bodies.csv"] = Page(statuses=[500, 503, 429])
    assert fetch() == {"bodies.csv": "fetched"}
    assert len(site.asked) == 4


def test_the_pauses_grow_and_heed_what_the_server_asks_for(site: Site, tmp_path: Path) -> None:
    site.pages["/v1/bodies.csv"] = Page(statuses=[500, 500, 503], headers={"Retry-After": "7"})
    pauses: list[float] = []
    fetch_source(described(site), tmp_path, pause=pauses.append)
    assert pauses == [7.0, 7.0, 7.0]
    pauses.clear()
    site.pages["/v1/bodies.csv"] = Page(NEWER, etag='"two"', statuses=[500, 500, 503])
    fetch_source(described(site), tmp_path, pause=pauses.append)
    assert pauses == [0.5, 1.0, 2.0]


@pytest.mark.parametrize(
    ("page", "message", "requests"),
    [
        (None, r"the file is not at its address \(404 Not Found\)", 1),
        (Page(statuses=[403] * 9), "the server answers 403 Forbidden", 1),
        (Page(statuses=[500] * 9), "could not be fetched: the server answers 500", 4),
        (Page(statuses=[503] * 9, headers={"Retry-After": "3600"}), "asks to wait 3,600 seconds", 1),
        (Page(b"<!DOCTYPE html><html></html>", kind="text/html; charset=utf-8"), "a web page came", 1),
        (Page(b"\n <html><body>Log in</body></html>"), "a web page came", 1),
        (Page(headers={"Content-Encoding": "gzip"}), r"sends the file packed \(gzip\)", 1),
        (Page(says_length=False), "does not say how long the file is", 1),
        (Page(b"key,name\n" + b"x" * 1_000_001), "has 1,000,010 bytes, and at most 1,000,000", 1),
    ],
)
def test_what_is_refused(
    page: Page | None, message: str, requests: int, site: Site, fetch: Fetch, tmp_path: Path
) -> None:
    if page is not None:
        page.statuses, page.breaks = list(page.statuses), []
        site.pages["/v1/bodies.csv"] = page
    with pytest.raises(FetchError, match=message) as caught:
        fetch(largest=1)
    assert caught.value.where == f"{site.address}/v1/bodies.csv"
    assert len(site.asked) == requests
    assert not (tmp_path / "test").exists()


def test_a_file_that_is_larger_than_its_server_says_is_cut(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    """Without a length only the checksum tells whether a file is whole, and the limit counts what comes."""
    site.pages["/v1/bodies.csv"] = Page(b"x" * 1_000_001, says_length=False)
    with pytest.raises(FetchError, match="more than 1,000,000 bytes"):
        fetch(largest=1, checksums={"bodies.csv": "0" * 64})
    assert list((tmp_path / ".fetching" / "test").iterdir()) == [tmp_path / ".fetching" / "test" / "lock"]


def test_other_bytes_than_described_are_thrown_away(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    site.pages["/v1/bodies.csv"] = Page(NEWER)
    with pytest.raises(FetchError, match="not the file of the version that is described"):
        fetch(checksums={"bodies.csv": sha256(ROWS).hexdigest()})
    assert not (tmp_path / "test").exists()


def test_the_newest_version_has_an_address_of_its_own_and_no_checksum(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    checksums = {"bodies.csv": sha256(ROWS).hexdigest()}
    site.pages["/v1/bodies.csv"] = Page()
    site.pages["/main/bodies.csv"] = Page(NEWER)
    fetch(checksums=checksums)
    assert fetch(version="newest", checksums=checksums) == {"bodies.csv": "fetched"}
    assert whole(tmp_path) == NEWER
    record = read_record(tmp_path, "test")
    assert record is not None
    assert record.version == "newest"
    with pytest.raises(FetchError, match="leads to one version only"):
        fetch(version="newest", newest=None)


def test_an_address_may_lead_on_only_within_its_host(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    site.pages["/v1/bodies.csv"] = Page(location="/moved/bodies.csv")
    site.pages["/moved/bodies.csv"] = Page()
    assert fetch() == {"bodies.csv": "fetched"}
    assert [path for path, _ in site.asked] == ["/v1/bodies.csv", "/moved/bodies.csv"]


def test_an_address_that_leads_to_another_host_is_not_followed(site: Site, fetch: Fetch) -> None:
    other = Site()
    other.pages["/bodies.csv"] = Page()
    elsewhere = f"{other.address}/bodies.csv".replace("127.0.0.1", "localhost")
    try:
        for location in (elsewhere, f"{other.address}/bodies.csv"):
            site.pages["/v1/bodies.csv"] = Page(location=location)
            with pytest.raises(FetchError, match="which the description does not allow"):
                fetch()
        assert other.asked == []
        site.pages["/v1/bodies.csv"] = Page(location=elsewhere)
        assert fetch(redirects=["localhost"]) == {"bodies.csv": "fetched"}
    finally:
        other.close()


@pytest.mark.parametrize("location", ["http://example.org/bodies.csv", "file:///etc/passwd", "ftp://127.0.0.1/x"])
def test_no_redirect_leaves_encryption_or_the_network(location: str, site: Site, fetch: Fetch) -> None:
    site.pages["/v1/bodies.csv"] = Page(location=location)
    with pytest.raises(FetchError, match="which the description does not allow"):
        fetch(redirects=["example.org", ""])


def test_an_address_that_leads_in_a_circle_is_told(site: Site, fetch: Fetch) -> None:
    site.pages["/v1/bodies.csv"] = Page(location="/v1/bodies.csv")
    with pytest.raises(FetchError, match="in a circle"):
        fetch()


def test_a_closed_network_is_told_after_some_tries(site: Site, tmp_path: Path) -> None:
    description = described(site)
    site.close()
    pauses: list[float] = []
    with pytest.raises(FetchError, match="could not be fetched: the connection failed") as caught:
        fetch_source(description, tmp_path, pause=pauses.append)
    assert "is the network closed?" in str(caught.value.hint)
    assert pauses == [0.5, 1.0, 2.0]


def test_two_fetches_of_one_source_do_not_meet(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    site.pages["/v1/bodies.csv"] = Page()
    aside = tmp_path / ".fetching" / "test"
    aside.mkdir(parents=True)
    with hold_lock(aside / "lock", seconds=0), pytest.raises(FetchError, match="another inquiry is fetching test"):
        fetch()
    assert site.asked == []


def test_a_source_without_an_address_says_how_a_person_gets_it(site: Site, fetch: Fetch) -> None:
    with pytest.raises(FetchError, match="have no address") as caught:
        fetch(addresses={}, by_hand="ask the archive at https://example.org/")
    assert "ask the archive at https://example.org/; put them into FOLDER/test" in str(caught.value.hint)


@pytest.mark.parametrize(
    "address",
    ["http://example.org/{revision}/x.csv", "ftp://127.0.0.1/x", "https://user:word@example.org/x", "file:///x"],
)
def test_a_description_gives_encrypted_addresses_only(address: str, site: Site) -> None:
    with pytest.raises(SourceError, match="begins with https://"):
        described(site, addresses={"bodies.csv": address})


def test_each_file_of_the_known_sources_has_an_address_or_is_told_to_be_got_by_hand() -> None:
    for source in SourceCatalogue():
        files = {table.file for table in source.tables.values()}
        assert source.addresses.keys() == source.checksums.keys(), source.name
        assert files == source.addresses.keys() or "https://" in str(source.by_hand), source.name


def test_presence_is_told_in_a_few_words(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    names = ("bodies.csv", "posts.csv")
    description = described(site, *names)
    told = [presence(description, tmp_path)]
    for name in names:
        site.pages[f"/v1/{name}"] = Page()
        (tmp_path / "test").mkdir(exist_ok=True)
        (tmp_path / "test" / name).write_bytes(ROWS)
        told.append(presence(description, tmp_path))
    fetch(*names)
    record = read_record(tmp_path, "test")
    assert record is not None
    day = record.files["posts.csv"].fetched_at.date().isoformat()
    assert [*told, presence(description, tmp_path)] == ["can be fetched", "1 of 2", "there", f"fetched {day}"]


def test_the_newest_files_are_loaded_only_with_their_day(site: Site, fetch: Fetch, tmp_path: Path) -> None:
    checksums = {"bodies.csv": sha256(ROWS).hexdigest()}
    description = described(site, checksums=checksums, url="https://example.org/")
    facts = [examine_file(place(tmp_path, NEWER), description.tables["bodies"])]
    check_dated(description, tmp_path, facts, as_at=None)
    site.pages["/main/bodies.csv"] = Page(NEWER)
    fetch(version="newest", checksums=checksums)
    with pytest.raises(SourceError, match="not those of 2026-01-01") as caught:
        check_dated(description, tmp_path, facts, as_at=None)
    assert "--as-at DAY" in str(caught.value.hint)
    check_dated(description, tmp_path, facts, as_at="2026-02-01")
    described_ones = [examine_file(place(tmp_path, ROWS), description.tables["bodies"])]
    check_dated(description, tmp_path, described_ones, as_at=None)


def place(tmp_path: Path, rows: bytes) -> Path:
    path = tmp_path / "bodies.csv"
    path.write_bytes(rows)
    return path
