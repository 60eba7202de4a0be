"""`inquiry fetch` on the command line; the outer network is a server in this process."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from graph.cli import app
from graph.loaders import catalogue
from graph.loaders.catalogue import SourceDescription

Inquiry = Callable[..., subprocess.CompletedProcess[str]]
Run = Callable[..., Any]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def network(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Give the address of a server and the folder that it serves."""
    folder = tmp_path / "network"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", folder
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def run(network: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process, with the addresses of all sources on the server."""
    address, _ = network

    def moved(source: SourceDescription) -> SourceDescription:
        addresses = {file: f"{address}/{source.name}/{file}" for file in source.addresses}
        return source.model_copy(update={"addresses": addresses, "checksums": {}})

    known = {name: moved(source) for name, source in catalogue._packaged().items()}
    monkeypatch.setattr(catalogue, "_packaged", lambda: known)
    for name in ("INQUIRY_DATA", "INQUIRY_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("INQUIRY_CACHE_DIR", str(tmp_path / "cache"))
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def publish(folder: Path, source: str, file: str, text: str) -> None:
    (folder / source).mkdir(exist_ok=True)
    (folder / source / file).write_text(text, encoding="utf-8")


def publish_needed(network: Path) -> None:
    """What the sources on bodies need: the organisations, and the ministers with whose departments they are joined."""
    publish(network, "govuk-organisations", "organisations.json", "[]\n")
    for file in catalogue.SourceCatalogue()["ifg-ministers"].addresses:
        publish(network, "ifg-ministers", file, "id\n")


def test_files_come_into_the_cache_with_those_of_the_sources_that_are_needed(
    run: Run, network: tuple[str, Path], tmp_path: Path
) -> None:
    publish(network[1], "police-forces", "police-force.tsv", "police-force\tname\n")
    publish_needed(network[1])
    result = run("fetch", "police-forces", "--json")
    assert result.exit_code == 0, result.stderr
    rows = {row["source"]: row for row in json.loads(result.stdout)}
    assert list(rows) == ["ifg-ministers", "govuk-organisations", "police-forces"]
    path = tmp_path / "cache" / "sources" / "registers-2017" / "police-force.tsv"
    assert rows["police-forces"]["path"] == str(path)
    assert path.read_text(encoding="utf-8") == "police-force\tname\n"
    assert (rows["police-forces"]["outcome"], rows["police-forces"]["size"]) == ("fetched", 18)
    again = run("fetch", "police-forces")
    assert again.stdout.count("unchanged") == 2 + len(catalogue.SourceCatalogue()["ifg-ministers"].addresses)


def test_what_fails_is_told_and_the_rest_is_fetched(run: Run, network: tuple[str, Path], tmp_path: Path) -> None:
    publish(network[1], "police-forces", "police-force.tsv", "police-force\tname\n")
    result = run("fetch", "police-forces")
    assert result.exit_code == 1
    assert "the file is not at its address (404 File not found)" in result.stderr
    assert (tmp_path / "cache" / "sources" / "registers-2017" / "police-force.tsv").exists()


def test_a_source_without_an_address_says_where_a_person_gets_it(run: Run) -> None:
    result = run("fetch", "wikidata-uk-officeholders")
    assert result.exit_code == 1
    assert "the files of wikidata-uk-officeholders have no address" in result.stderr
    assert "https://github.com/every-politician-scrapers/united-kingdom-cabinet" in result.stderr


def test_one_file_of_a_source_may_have_to_be_got_by_hand(run: Run, network: tuple[str, Path]) -> None:
    publish_needed(network[1])
    for file in ("government-organisation.tsv", "map-govuk-slug.tsv"):
        publish(network[1], "registers-2017", file, "a\tb\n")
    result = run("fetch", "registers-2017")
    assert result.exit_code == 0, result.stderr
    assert "map-name-mapped.tsv has no address; map-name-mapped.tsv is made by hand" in result.stderr.replace("\n", " ")


def test_another_folder_for_data_is_told(run: Run, network: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    publish(network[1], "govuk-organisations", "organisations.json", "[]\n")
    monkeypatch.setenv("INQUIRY_DATA", "/somewhere/else")
    result = run("fetch", "govuk-organisations")
    assert "INQUIRY_DATA is set, so that `inquiry load` reads /somewhere/else" in result.stderr.replace("\n", " ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "no source is named"),
        (("police-force",), "there is no source `police-force`"),
        (("police-forces", "--largest", "0"), "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_fetched_is_a_mistake(arguments: tuple[str, ...], message: str, inquiry: Inquiry) -> None:
    result = inquiry("fetch", *arguments)
    assert (result.returncode, message in result.stderr) == (2, True), result.stderr


def test_a_closed_network_is_told(inquiry: Inquiry, tmp_path: Path) -> None:
    closed = "http://127.0.0.1:9"
    result = inquiry(
        "fetch",
        "uk-local-authorities",
        INQUIRY_CACHE_DIR=str(tmp_path),
        HTTPS_PROXY=closed,
        https_proxy=closed,
        NO_PROXY="",
    )
    assert result.returncode == 1
    assert "the file could not be fetched: the connection failed" in result.stderr
    assert "is the network closed?" in result.stderr
    assert "Traceback" not in result.stderr


# The command itself in a process of its own; all sources are on the server whose address comes first.
MOVED = """
import signal, sys
from graph.cli import main
from graph.loaders import catalogue

address = sys.argv.pop(1)

def moved(source):
    addresses = {file: f"{address}/{source.name}/{file}" for file in source.addresses}
    return source.model_copy(update={"addresses": addresses, "checksums": {}, "needs": ()})

known = {name: moved(source) for name, source in catalogue._packaged().items()}
catalogue._packaged = lambda: known
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where the tests run in the background
main()
"""


class _Stops(BaseHTTPRequestHandler):
    """Sends the first half of a file, and the other one when it is told to, or to whoever asks for it."""

    protocol_version = "HTTP/1.1"
    body = b"[" + b" " * 200_000 + b"]"
    is_halfway = threading.Event()
    may_go_on = threading.Event()

    def do_GET(self) -> None:  # the name that http.server looks for
        begin = int(self.headers.get("Range", "bytes=0-")[6:-1])
        self.send_response(206 if begin else 200)
        self.send_header("ETag", '"one"')
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.body) - begin))
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(self.body) - 1}/{len(self.body)}")
        self.end_headers()
        if not begin:
            self.wfile.write(self.body[:100_000])
            self.is_halfway.set()
            self.may_go_on.wait(60)
            return
        self.wfile.write(self.body[begin:])

    def log_message(self, *_: Any) -> None:
        pass


def test_ctrl_c_keeps_what_has_come_and_the_next_fetch_takes_it_up(environment: dict[str, str], tmp_path: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Stops)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    command = [sys.executable, "-c", MOVED, address, "fetch", "govuk-organisations", "--json"]
    mine = {**environment, "INQUIRY_CACHE_DIR": str(tmp_path)}
    part = tmp_path / "sources" / ".fetching" / "govuk-organisations" / "organisations.json"
    try:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=mine) as process:
            assert _Stops.is_halfway.wait(60)
            until = time.monotonic() + 60
            while not part.exists() or part.stat().st_size == 0:
                assert process.poll() is None
                assert time.monotonic() < until
            process.send_signal(signal.SIGINT)
            printed, told = process.communicate(timeout=60)
        assert (process.returncode, printed) == (130, "")
        assert told == "Stopped. What has come is kept, and the same command takes it up where it stopped.\n"
        assert 0 < part.stat().st_size < len(_Stops.body)
        again = subprocess.run(command, capture_output=True, text=True, env=mine, check=False, timeout=60)
        (row,) = json.loads(again.stdout)
        assert (row["outcome"], row["size"]) == ("resumed", len(_Stops.body))
        assert Path(row["path"]).read_bytes() == _Stops.body
    finally:
        _Stops.may_go_on.set()
        server.shutdown()
        thread.join()
        server.server_close()
