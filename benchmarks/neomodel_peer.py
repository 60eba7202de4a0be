"""Writes the elements with neomodel; run by `orm.py` in an environment of its own, since neomodel pins the driver.

    python neomodel_peer.py bolt://user:password@host:port elements.pickle

Nodes go in bulk, relationships one by one (neomodel 7 has no other way), each batch in one transaction. Prints the
seconds and the version as JSON.
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from neomodel import ArrayProperty, DateProperty, JSONProperty, RelationshipTo, StringProperty, StructuredRel, db
from neomodel import config as neomodel_config
from neomodel.contrib import SemiStructuredNode

BATCH = 5_000


class Citation(StructuredRel):
    locator = StringProperty()
    page = JSONProperty()
    anchor = StringProperty()
    version = StringProperty()


class PlainLink(StructuredRel):
    claims = ArrayProperty(StringProperty())
    documents = JSONProperty()
    reading = JSONProperty()
    disputed = JSONProperty()
    from_earliest = DateProperty()
    from_latest = DateProperty()
    until_earliest = DateProperty()
    until_latest = DateProperty()
    role = StringProperty()
    as_written = StringProperty()
    due = StringProperty()
    how = StringProperty()
    explicit = StringProperty()
    position = StringProperty()
    words = StringProperty()


def identity() -> StringProperty:
    """The property `id`, under the only kind of name that neomodel allows for it."""
    return StringProperty(db_property="id", unique_index=True, required=True)


def main() -> None:
    url, path = sys.argv[1:]
    elements: dict[str, Any] = pickle.loads(Path(path).read_bytes())
    neomodel_config.get_config().database_url = url
    types = list(elements["relationships"])
    links = {type_: RelationshipTo("Entity", type_, model=PlainLink) for type_ in types}
    entity = type("Entity", (SemiStructuredNode,), {"uid": identity(), **links})
    globals()["Entity"] = entity  # where neomodel looks for the other end of relationships
    claim = type(
        "Claim",
        (SemiStructuredNode,),
        {
            "uid": identity(),
            "about": RelationshipTo("Entity", "SUBJECT"),
            "target": RelationshipTo("Entity", "OBJECT"),
            "cites": RelationshipTo("Entity", "CITES", model=Citation),
        },
    )
    load = type("Load", (SemiStructuredNode,), {"uid": identity()})
    db.cypher_query("RETURN 1")
    begun = time.perf_counter()
    write(elements, entity, claim, load)
    print(json.dumps({"seconds": time.perf_counter() - begun, "version": version("neomodel")}))


def write(elements: dict[str, Any], entity: Any, claim: Any, load: Any) -> None:
    entities = write_entities(elements["entities"], entity)
    for batch in batches(elements["claims"]):
        with db.transaction:
            nodes = claim.nodes.bulk_create(*[renamed(row["properties"]) for row in batch])
            for node, row in zip(nodes, batch, strict=True):
                node.about.connect(entities[row["subject"]])
                if "object" in row:
                    node.target.connect(entities[row["object"]])
                node.cites.connect(entities[row["document"]], row["citation"])
    for type_, rows in elements["relationships"].items():
        for batch in batches(rows):
            with db.transaction:
                for row in batch:
                    getattr(entities[row["subject"]], type_).connect(entities[row["object"]], row["properties"])
    load.nodes.bulk_create(renamed(elements["load"]))


def write_entities(elements: dict[tuple[str, ...], Any], entity: Any) -> dict[str, Any]:
    entities: dict[str, Any] = {}
    classes: dict[tuple[str, ...], Any] = {("Entity",): entity}
    for labels, rows in elements.items():
        for depth in range(2, len(labels) + 1):
            path = labels[:depth]
            if path not in classes:
                classes[path] = type(path[-1], (classes[path[:-1]],), {"__label__": path[-1]})
        for batch in batches(rows):
            with db.transaction:
                nodes = classes[labels].nodes.bulk_create(*map(renamed, batch))
                entities |= {node.uid: node for node in nodes}
    return entities


def renamed(row: dict[str, Any]) -> dict[str, Any]:
    return {("uid" if name == "id" else name): value for name, value in row.items()}


def batches(rows: list[Any]) -> Any:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch


main()
