"""A server of the benchmark's own: a data folder that is removed afterwards, the jars of the user's cache."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.settings import Settings
from graph.store.connection import Connection, connect
from graph.store.local import LocalServer

__all__ = ["HEAP", "PAGE_CACHE", "fresh_server", "own_settings"]

HEAP = "2g"
PAGE_CACHE = "1g"


def own_settings(data_dir: Path) -> Settings:
    """Lead to a local server in this folder, whatever the environment says; a port in use is replaced."""
    plain = Settings.model_construct()
    return Settings(
        neo4j_uri=None,
        neo4j_database="neo4j",
        neo4j_home=None,
        neo4j_jars=None,
        data_dir=data_dir,
        cache_dir=plain.cache_dir,
        heap=HEAP,
        page_cache=PAGE_CACHE,
    )


@contextmanager
def fresh_server() -> Iterator[tuple[Connection, Settings]]:
    """A connection to a new, empty server, which ends with the `with`."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        settings = own_settings(Path(folder) / "data")
        server = LocalServer(settings)
        server.up()
        try:
            with connect(settings, start=False) as connection:
                yield connection, settings
        finally:
            server.down()
