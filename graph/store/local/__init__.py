"""The local server: a Neo4j Community that `inquiry` fetches, configures, starts and stops as a child process."""

from __future__ import annotations

from graph.store.local.progress import Progress, terminal_progress
from graph.store.local.server import LocalServer, ServerStatus
from graph.store.local.watch import Watch

__all__ = ["LocalServer", "Progress", "ServerStatus", "Watch", "terminal_progress"]
