"""The local server: started once, found again, recovered, and reachable from this machine only."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import psutil
import pytest
from neo4j.exceptions import ServiceUnavailable

from graph.errors import LocalServerError, StoreError
from graph.settings import Settings
from graph.store.connection import Connection, connect
from graph.store.local import LocalServer
from graph.store.local.jars import fetch_jars, find_distribution, read_lock
from graph.store.local.readiness import ask


def at(folder: Path, **more: object) -> Settings:
    """Settings of a server of its own in `folder`, small, with the jars of the user's cache."""
    cache = Settings.model_construct().cache_dir
    return Settings.model_validate(
        {"data_dir": folder, "cache_dir": cache, "heap": "512m", "page_cache": "64m", "neo4j_uri": None, **more}
    )


def process_of(folder: Path) -> psutil.Process:
    return psutil.Process(json.loads((folder / "server.json").read_text())["pid"])


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data"
    LocalServer(at(tmp_path / "data")).down()


def test_the_running_server_listens_on_this_machine_only(server: LocalServer, settings: Settings) -> None:
    listening = [
        c.laddr.ip for c in process_of(settings.data_dir).net_connections("tcp") if c.status == psutil.CONN_LISTEN
    ]
    assert listening
    assert all(ip in {"127.0.0.1", "::1", "::ffff:127.0.0.1"} for ip in listening), listening


def test_the_password_is_the_users_alone(server: LocalServer, settings: Settings) -> None:
    file = server.status().password_file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.data_dir.stat().st_mode) == 0o700
    assert len(server.password()) >= 16
    assert server.password().isalnum(), "neo4j-admin takes what begins with a dash for an option"


def test_a_server_that_another_process_runs_is_not_asked(server: LocalServer, settings: Settings) -> None:
    state = json.loads((settings.data_dir / "server.json").read_text())
    assert ask(state["pid"], state["bolt_port"], "neo4j", server.password()).version
    for _ in range(5):
        assert ask(os.getpid(), state["bolt_port"], "neo4j", "another password").version is None
    with connect(settings, start=False) as connection:
        assert connection.read("RETURN 1 AS x") == [{"x": 1}]


def test_up_again_finds_the_running_server(server: LocalServer, settings: Settings) -> None:
    before = process_of(settings.data_dir).pid
    status = LocalServer(settings).up()
    assert (status.running, process_of(settings.data_dir).pid) == (True, before)
    assert status.browser is not None
    assert server.logs(lines=5)


def test_the_caps_of_memory_hold(connection: Connection) -> None:
    rows = connection.execute("SHOW SETTINGS YIELD name, value RETURN name, value").rows
    values = {row["name"]: row["value"] for row in rows}
    assert values["server.directories.import"].endswith("import")
    assert values["dbms.security.allow_csv_import_from_file_urls"] == "false"
    assert values["db.memory.transaction.max"] != "0B"
    assert values["dbms.memory.transaction.total.max"] != "0B"
    assert values["dbms.usage_report.enabled"] == "false"


@pytest.mark.fuzz
def test_a_killed_server_is_noticed_and_started_again_with_its_data(folder: Path) -> None:
    settings = at(folder)
    LocalServer(settings).up()
    with connect(settings, start=False) as connection:
        connection.write("CREATE (:Kept {x: 1})")
    process_of(folder).send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while LocalServer(settings).status().running and time.monotonic() < deadline:
        time.sleep(0.1)
    assert LocalServer(settings).status().running is False
    with pytest.raises(StoreError, match="does not run"):
        connect(settings, start=False)
    with connect(settings) as connection:
        assert connection.read("MATCH (n:Kept) RETURN n.x AS x") == [{"x": 1}]
    assert LocalServer(settings).down() is True
    assert LocalServer(settings).down() is False


@pytest.mark.fuzz
def test_a_pid_that_now_belongs_to_another_process_is_left_alone(folder: Path) -> None:
    settings = at(folder)
    LocalServer(settings).up()
    state = json.loads((folder / "server.json").read_text())
    LocalServer(settings).down()
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        (folder / "server.json").write_text(json.dumps({**state, "pid": bystander.pid}))
        assert LocalServer(settings).status().running is False
        assert LocalServer(settings).down() is False
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_the_data_of_another_version_is_refused_and_left_alone(folder: Path) -> None:
    settings = at(folder)
    LocalServer(settings)
    (folder / "data").mkdir(parents=True)
    (folder / "neo4j-version").write_text("4.4.1\n")
    (folder / "data" / "something").write_text("kept")
    with pytest.raises(LocalServerError) as caught:
        LocalServer(settings).up()
    assert "4.4.1" in str(caught.value)
    assert caught.value.hint
    assert (folder / "data" / "something").read_text() == "kept"


@pytest.mark.fuzz
def test_a_taken_port_is_not_insisted_on(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status = LocalServer(at(folder, bolt_port=port)).up()
        assert status.uri != f"bolt://127.0.0.1:{port}"
        with connect(at(folder), start=False) as connection:
            assert connection.read("RETURN 1 AS x") == [{"x": 1}]


@pytest.mark.fuzz
def test_two_commands_start_one_server(folder: Path) -> None:
    environment = {**os.environ, "INQUIRY_DATA_DIR": str(folder), "INQUIRY_HEAP": "512m", "INQUIRY_PAGE_CACHE": "64m"}
    command = [str(Path(sys.executable).with_name("inquiry")), "up", "--json"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(2)]
    answers = [json.loads(process.communicate(timeout=120)[0]) for process in both]
    assert answers[0]["uri"] == answers[1]["uri"]
    mine = [p for p in psutil.process_iter(["cmdline"]) if str(folder) in " ".join(p.info["cmdline"] or [])]
    assert len([p for p in mine if "java" in p.name()]) == 1


def start_and_kill(folder: Path, is_time: Callable[[], bool]) -> None:
    """Start a server from another process, which is killed when it is time."""
    environment = {**os.environ, "INQUIRY_DATA_DIR": str(folder), "INQUIRY_HEAP": "512m", "INQUIRY_PAGE_CACHE": "64m"}
    code = "from graph.cli import main; main()"
    process = subprocess.Popen([sys.executable, "-c", code, "up"], env=environment)
    deadline = time.monotonic() + 60
    while not is_time() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.wait()


def keep_something(settings: Settings) -> None:
    with connect(settings) as connection:
        connection.write("CREATE (:Kept {x: 1})")


@pytest.mark.fuzz
def test_what_is_loaded_after_a_first_start_was_killed_is_kept(folder: Path) -> None:
    """The server outlives who started it, the next command finds it and loads, and the start after that keeps it."""
    settings = at(folder)
    start_and_kill(folder, (folder / "server.json").exists)
    keep_something(settings)
    LocalServer(settings).down()
    with connect(settings) as connection:
        assert connection.read("MATCH (n:Kept) RETURN n.x AS x") == [{"x": 1}]
    assert list(folder.glob("data-unfinished-*")) == []


@pytest.mark.fuzz
def test_what_went_in_past_us_after_a_first_start_was_killed_is_kept(folder: Path) -> None:
    """Somebody used the Browser, so that no command of ours has seen the server answer."""
    start_and_kill(folder, (folder / "server.json").exists)
    password = (folder / "password").read_text().strip()
    uri = LocalServer(at(folder)).status().uri
    assert uri is not None
    deadline = time.monotonic() + 60
    while True:
        try:
            with neo4j.GraphDatabase.driver(uri, auth=("neo4j", password)) as driver:
                driver.execute_query("CREATE (:Kept {x: 1})", database_="neo4j")
            break
        except ServiceUnavailable:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    process_of(folder).kill()
    with connect(at(folder)) as connection:
        assert connection.read("MATCH (n:Kept) RETURN n.x AS x") == [{"x": 1}]
    assert not (folder / "unfinished").exists()


@pytest.mark.fuzz
@pytest.mark.parametrize("server_too", [False, True])
@pytest.mark.parametrize("seconds", [0.3, 1.0, 3.0, 6.0])
def test_a_start_that_was_killed_is_made_good(folder: Path, seconds: float, server_too: bool) -> None:
    settings = at(folder)
    deadline = time.monotonic() + seconds
    start_and_kill(folder, lambda: time.monotonic() > deadline)
    if server_too and LocalServer(settings).status().running:
        process_of(folder).kill()
    keep_something(settings)
    LocalServer(settings).down()
    with connect(settings) as connection:
        assert connection.read("MATCH (n:Kept) RETURN n.x AS x") == [{"x": 1}]


@pytest.mark.fuzz
def test_a_folder_of_jars_brought_by_hand_serves(folder: Path, tmp_path: Path) -> None:
    jars = find_distribution(at(folder)).class_path[0].parent
    by_hand = at(folder, neo4j_jars=jars, cache_dir=tmp_path / "empty")
    assert find_distribution(by_hand).version == read_lock().neo4j
    assert not (tmp_path / "empty").exists()
    with pytest.raises(LocalServerError, match="is missing in"):
        find_distribution(at(folder, neo4j_jars=tmp_path))


def test_a_jar_with_other_bytes_is_not_started(folder: Path, tmp_path: Path) -> None:
    lock = read_lock()
    source = find_distribution(at(folder)).class_path[0]
    shutil.copy(source, tmp_path / source.name)
    with (tmp_path / source.name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(LocalServerError, match=r"sha256 differs|is missing"):
        find_distribution(at(folder, neo4j_jars=tmp_path))
    assert lock.jars


@pytest.mark.fuzz
def test_a_fetch_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    """Fetches a dozen jars over the network, is killed, and takes no partial file for a whole one."""
    jars = read_lock().jars[:12]
    target = tmp_path / "jars"
    code = (
        "import sys; from pathlib import Path; from graph.store.local.jars import fetch_jars, read_lock; "
        "fetch_jars(read_lock().jars[:12], Path(sys.argv[1]))"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(target)])
    deadline = time.monotonic() + 60
    while not list(target.glob("*.jar")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.wait()
    paths = fetch_jars(jars, target)
    assert all(path.is_file() for path in paths)
    assert {path.name for path in target.glob("*.jar")} == {jar.filename for jar in jars}


def test_a_closed_network_is_told_clearly(tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if "proxy" not in name.lower()},
        "HTTP_PROXY": "http://127.0.0.1:1", "HTTPS_PROXY": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1",
        "INQUIRY_DATA_DIR": str(tmp_path / "data"), "INQUIRY_CACHE_DIR": str(tmp_path / "cache"), "PATH": "/nowhere",
        "HOME": str(tmp_path),
    }  # fmt: skip
    result = subprocess.run(
        [str(Path(sys.executable).with_name("inquiry")), "up"],
        capture_output=True, text=True, env=environment, check=False, timeout=300,
    )  # fmt: skip
    assert result.returncode == 1
    assert "INQUIRY_NEO4J_JARS" in result.stderr, result.stderr
    assert "Traceback" not in result.stderr
