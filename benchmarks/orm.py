"""How fast an object mapper writes the same elements: neomodel, in an environment of its own."""

from __future__ import annotations

import dataclasses
import json
import os
import pickle
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.elements import Elements
from graph.settings import Settings
from graph.store.connection import Connection
from graph.store.local import LocalServer

__all__ = ["load_by_neomodel"]


def load_by_neomodel(connection: Connection, settings: Settings, elements: Elements) -> tuple[float, str]:
    """Seconds that neomodel takes, and its version; raises RuntimeError where it writes another number of elements."""
    status, password = LocalServer(settings).status(), LocalServer(settings).password()
    scheme, _, address = str(status.uri).partition("://")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "elements.pickle"
        path.write_bytes(
            pickle.dumps({part.name: getattr(elements, part.name) for part in dataclasses.fields(elements)})
        )
        script = Path(__file__).with_name("neomodel_peer.py")
        command = [_python(), str(script), f"{scheme}://{status.user}:{password}@{address}", str(path)]
        answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    (nodes,) = connection.read("MATCH (n) RETURN count(n) AS n")
    (links,) = connection.read("MATCH ()-[r]->() RETURN count(r) AS n")
    if nodes["n"] + links["n"] != elements.count:
        raise RuntimeError(f"neomodel wrote {nodes['n'] + links['n']} elements, not {elements.count}")
    return float(answer["seconds"]), str(answer["version"])


def _python() -> str:
    """The interpreter of the environment that `make bench` makes for neomodel."""
    python = os.environ.get("NEOMODEL_PYTHON")
    if python is None:
        raise RuntimeError("NEOMODEL_PYTHON does not lead to a Python with neomodel; `make bench` sets it")
    return python
