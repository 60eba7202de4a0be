"""The documents of fact files: which one each part cites, when it was published, and its versions."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from typing import Final

from graph.errors import InputError
from graph.loaders.facts.blocks import Said, as_list, as_text, check_date, expect_mapping
from graph.loaders.facts.suggestions import slug_of
from graph.loaders.facts.yaml_tree import Mapping, Node, Place, Scalar
from graph.schema import SCHEMA, DocumentVersion, Source
from graph.schema.dates import is_partial_date
from graph.schema.ids import check_entity_id
from graph.schema.model import did_you_mean

__all__ = ["Part", "read_documents"]

_TOP_KEYS: Final = ("document", "says", "corrections")
_VERSION_KEYS: Final = ("published", "retrieved_at", "sha256")
_Declared = dict[str, tuple[Source, Place]]
_Versions = list[tuple[DocumentVersion, Place]]


@dataclass(frozen=True)
class Part:
    """One YAML document of a file: the published document and what it says.

    Where the document itself cannot be told, `source` is a stand-in, so that the rest is checked all the same.
    """

    tree: Mapping
    source: Source


def read_documents(trees: list[Mapping], known: Lookup[str, Source], said: Said) -> tuple[list[Part], _Versions]:
    """The parts of all files with their documents, and the versions these describe."""
    declared: _Declared = {}
    versions: _Versions = []
    described: dict[int, Source] = {}
    for number, tree in enumerate(trees):
        for key in tree.items:
            if key not in _TOP_KEYS:
                said.report(InputError(f"unknown key `{key}`", hint=did_you_mean(key, _TOP_KEYS)), tree.place_of(key))
                said.pass_over(tree.items[key])
        node = tree.items.get("document")
        if isinstance(node, Mapping):
            described[number] = _read_source(node, number, versions, said)
            _declare(described[number], node.place, declared, said)
    parts = [
        Part(tree, described[n] if n in described else _source_of(tree, n, declared, known, said))
        for n, tree in enumerate(trees)
    ]
    return parts, versions


def _declare(source: Source, place: Place, declared: _Declared, said: Said) -> None:
    earlier = declared.setdefault(source.document, (source, place))
    if earlier[1] != place:
        error = InputError(
            f"{source.document} is described twice; first at {earlier[1]}",
            hint=f"describe it once; elsewhere write `document: {source.document}`",
        )
        said.report(error, place)


def _read_source(node: Mapping, number: int, versions: _Versions, said: Said) -> Source:
    document = _read_id(node, said) or _stand_in(number, said)
    published = node.items.get("published")
    read = [version for item in as_list(node.items.get("version")) for version in _read_version(item, document, said)]
    versions.extend((version, node.place) for version in read)
    form = node.items.get("form")
    return Source(
        document=document,
        # What is no date is told where the other lines of the description are read.
        published=published.text if isinstance(published, Scalar) and is_partial_date(published.text) else None,
        retrieved_at=read[-1].retrieved_at if read else None,
        is_register=isinstance(form, Scalar) and form.text == "dataset",
        version=read[-1] if read else None,
    )


def _read_id(node: Mapping, said: Said) -> str | None:
    if "id" not in node.items:
        said.report(InputError("the document has no `id`", hint="add `id: document:slug`"), node.place)
        return None
    given = node.items["id"]
    try:
        return _check_document_id(as_text(given, "id"))
    except InputError as error:
        said.report(error, given.place)
        if isinstance(given, Scalar):
            said.spoilt_slugs.add(slug_of(given.text.rpartition(":")[2]))
        return None


def _check_document_id(text: str) -> str:
    try:
        check_entity_id(text)
    except InputError as error:
        slug = slug_of(text.removeprefix("document:"))
        raise InputError(f"{text[:80]!r} is not an id", hint=f"write kind:slug, such as document:{slug}") from error
    if SCHEMA.kind_of(text).label != "Document":
        raise InputError(f"{text} is not a document", hint="its id begins with document:")
    return text


def _stand_in(number: int, said: Said) -> str:
    document = f"document:unnamed-{number}"
    said.spoilt.add(document)
    return document


def _read_version(node: Node, document: str, said: Said) -> list[DocumentVersion]:
    """The version, or nothing where something of it is wrong."""
    problems = len(said.problems)
    given: dict[str, str] = {}
    try:
        item = expect_mapping(node, "`version`")
    except InputError as error:
        said.report(error, node.place)
        return []
    for key, value in item.items.items():
        try:
            given[key] = _read_version_value(key, value)
        except InputError as error:
            said.report(error, item.place_of(key))
    return [DocumentVersion.model_validate({"document": document, **given})] if len(said.problems) == problems else []


def _read_version_value(key: str, node: Node) -> str:
    if key not in _VERSION_KEYS:
        raise InputError(f"a version has no `{key}`", hint=did_you_mean(key, _VERSION_KEYS))
    text = as_text(node, key)
    if key != "sha256":
        return check_date(text, node.place)
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise InputError("`sha256` is 64 digits 0-9 a-f", where=str(node.place))
    return text


def _source_of(tree: Mapping, number: int, declared: _Declared, known: Lookup[str, Source], said: Said) -> Source:
    """The document that a part names by its id; a stand-in where it is unknown, which is reported."""
    node = tree.items.get("document")
    if isinstance(node, Scalar) and node.text in declared:
        return declared[node.text][0]
    if isinstance(node, Scalar) and node.text in known:
        return known[node.text]
    if node is None:
        # A misspelt `document` has been told as an unknown key.
        if not any(did_you_mean(key, ["document"]) for key in tree.items):
            error = InputError("no document is named", hint="every claim cites one: begin with `document:`")
            said.report(error, tree.place)
    elif not isinstance(node, Scalar):
        said.report(InputError("`document` takes an id or a description"), node.place)
    else:
        said.spoilt.add(node.text)
        hint = did_you_mean(node.text, [*declared, *known])
        said.report(InputError(f"unknown document `{node.text}`", hint=hint), node.place)
    return Source(document=_stand_in(number, said))
