"""What the graph holds already, so that fact files can refer to it."""

from __future__ import annotations

from graph.loaders.facts import Known
from graph.schema import DocumentVersion, Source
from graph.store.connection import Connection
from graph.store.statements import statement

__all__ = ["known_in_graph"]


def known_in_graph(connection: Connection) -> Known:
    """Ids, documents and people of the graph."""
    ids = {row["id"] for row in connection.read(statement("known_entities"))}
    sources = {}
    for row in connection.read(statement("known_documents")):
        version = DocumentVersion(document=row["id"], **row["versions"][-1]) if row["versions"] else None
        sources[row["id"]] = Source(
            document=row["id"],
            published=row["published"],
            retrieved_at=version.retrieved_at if version is not None else None,
            is_register=row["form"] == "dataset",
            version=version,
        )
    return Known(ids, sources, {entity for entity in ids if entity.startswith("person:")})
