"""Bulk loads: a new store is built beside the old one, put in its place, proved, and only then the old one goes.

`neo4j-admin database import full` writes many times faster than transactions do, but only a whole new store. So what
the graph holds is streamed out, the new claims are added with the meaning that `graph.store.writer` gives them, the
plain graph is worked out subject by subject, and all of it is written as CSV. Until the new store is in place nothing
of the old one is touched.
"""

from __future__ import annotations

from graph.store.bulk.build import BulkLoad
from graph.store.bulk.choice import can_be_bulk, is_worth_a_store
from graph.store.bulk.notes import Notes
from graph.store.bulk.unsuited import Unsuited

__all__ = ["BulkLoad", "Notes", "Unsuited", "can_be_bulk", "is_worth_a_store"]
