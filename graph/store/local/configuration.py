"""What the local server is told: neo4j.conf, the arguments of its Java, and how much memory it takes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from graph.settings import Settings

__all__ = ["ADMIN_TOOL", "ENTRY_POINT", "Memory", "Ports", "choose_memory", "java_arguments", "neo4j_conf", "quote"]

ENTRY_POINT = "org.neo4j.server.CommunityEntryPoint"
ADMIN_TOOL = "org.neo4j.cli.AdminTool"

_MEGABYTE = 1024 * 1024
_UNITS = {"k": 1024, "m": _MEGABYTE, "g": 1024 * _MEGABYTE}

# What Neo4j's own start script gives its Java, without what only its developers need.
_JAVA_OPTIONS = (
    "-XX:+UseG1GC",
    # Neo4j reads and plans an expression by recursion, and a connection whose query is nested too deep for its stack
    # hangs (5.26.30: 400 brackets, with the 1 MB that is usual). Stacks take memory only as they are used.
    "-Xss16m",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+UnlockExperimentalVMOptions",
    "-XX:+TrustFinalNonStaticFields",
    "-XX:+DisableExplicitGC",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
)


@dataclass(frozen=True)
class Ports:
    """Where the server listens, on the loopback address only."""

    bolt: int
    http: int


@dataclass(frozen=True)
class Memory:
    """Bytes for the heap and for the page cache."""

    heap: int
    page_cache: int


def choose_memory(settings: Settings) -> Memory:
    """Take an eighth of the machine's memory for each, within bounds, unless the settings say otherwise."""
    share = _machine_memory() // 8
    heap = min(max(share, 512 * _MEGABYTE), 8192 * _MEGABYTE)
    page_cache = min(max(share, 256 * _MEGABYTE), 16384 * _MEGABYTE)
    return Memory(
        heap=_bytes(settings.heap) if settings.heap else heap,
        page_cache=_bytes(settings.page_cache) if settings.page_cache else page_cache,
    )


def _machine_memory() -> int:
    """Return the machine's memory, or what a container may use of it."""
    total = psutil.virtual_memory().total
    for name in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            limit = Path(name).read_text(encoding="ascii").strip()
        except OSError:
            continue
        if limit.isdigit():
            return min(total, int(limit))
    return total


def _bytes(size: str) -> int:
    return int(size[:-1]) * _UNITS[size[-1].lower()]


def neo4j_conf(ports: Ports, memory: Memory, *, cut_torn_log: bool = False) -> str:
    """Return the text of neo4j.conf. Its folders are relative to the data folder.

    With `cut_torn_log` a transaction log whose end cannot be read is cut there, instead of refusing to start.
    """
    address = "127.0.0.1"
    return _as_text(
        {
            # The owner's door is this machine's loopback address and nothing else.
            "server.default_listen_address": address,
            "server.bolt.listen_address": f"{address}:{ports.bolt}",
            "server.bolt.advertised_address": f"{address}:{ports.bolt}",
            "server.http.listen_address": f"{address}:{ports.http}",
            "server.http.advertised_address": f"{address}:{ports.http}",
            "server.https.enabled": "false",
            # A client notices after half a minute, instead of two, that its connection hangs.
            "server.bolt.connection_keep_alive": "10s",
            "server.bolt.connection_keep_alive_probes": "3",
            "dbms.security.auth_enabled": "true",
            # A web page from elsewhere that is open in the same browser gets no answer.
            "dbms.security.http_access_control_allow_origin": f"http://{address}:{ports.http}",
            # LOAD CSV reads neither files nor addresses; without the first setting it reads any file of the user.
            "server.directories.import": "import",
            "dbms.security.allow_csv_import_from_file_urls": "false",
            "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
            # One query takes at most half of the heap, all together 70 %, and no transaction lasts longer than this
            # unless its client asks for it.
            "db.memory.transaction.max": str(memory.heap // 2),
            "dbms.memory.transaction.total.max": str(memory.heap * 7 // 10),
            "db.transaction.timeout": "30m",
            "server.memory.pagecache.size": str(memory.page_cache),
            # A long query takes seconds to plan, and by default its plan is thrown away after ten seconds where the
            # graph has grown meanwhile, as it does with each batch of a load. A bulk load starts the server anew.
            "dbms.cypher.min_replan_interval": "10m",
            # Community has neither replication nor incremental backup, so old transaction logs serve nobody.
            "db.tx_log.preallocate": "false",
            "db.tx_log.rotation.retention_policy": "256M size",
            "dbms.usage_report.enabled": "false",
            "client.allow_telemetry": "false",
            "server.config.strict_validation.enabled": "true",
            **({"internal.dbms.tx_log.fail_on_corrupted_log_files": "false"} if cut_torn_log else {}),
        }
    )


def _as_text(lines: Mapping[str, str]) -> str:
    return "# Written by inquiry at each start: changes here are lost.\n" + "".join(
        f"{name}={value}\n" for name, value in lines.items()
    )


def java_arguments(class_path: tuple[Path, ...], memory: Memory) -> list[str]:
    """Return the arguments of the server's Java up to the class that is run."""
    joined = os.pathsep.join(str(path) for path in class_path)
    return [f"-Xmx{memory.heap // 1024}k", *_JAVA_OPTIONS, "-cp", joined]


def quote(argument: str) -> str:
    """Write one argument for a file of arguments (`java @file`)."""
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
