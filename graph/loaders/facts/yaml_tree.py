"""YAML as a tree of texts that know their line and column.

Nothing is converted: `no`, `on`, `2024-02-30` and `007` stay the texts they are, so that a file means what its author
sees. Anchors and aliases are refused; they let a small file stand for an immense or a self-referring one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from graph.errors import InputError
from graph.loaders.facts.yaml_hints import hint_for
from graph.schema.ids import check_text

__all__ = ["LARGEST_FILE", "Mapping", "Node", "Place", "Scalar", "Sequence", "read_trees", "texts_of"]

LARGEST_FILE = 8 * 1024 * 1024
"""Bytes; the largest seed has under a tenth of this."""
DEEPEST = 30
_LINE_ENDS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""The line ends that YAML counts."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; `is_plain` where it stands without quotes."""

    text: str
    place: Place
    is_plain: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: list[Node]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their places, and what stands under them, in the order of the file."""

    items: dict[str, Node]
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)

    def place_of(self, key: str) -> Place:
        """Where `key` stands, or the beginning where it does not."""
        return self.keys.get(key, self.place)


Node = Scalar | Sequence | Mapping


def texts_of(node: Node) -> Iterator[str]:
    """All texts below a node, in the order of the file."""
    if isinstance(node, Scalar):
        yield node.text
        return
    for item in node.items.values() if isinstance(node, Mapping) else node.items:
        yield from texts_of(item)


def read_trees(content: bytes, file: str) -> Iterator[Node]:
    """The documents of a YAML stream; raises InputError with the place of what cannot be read."""
    if len(content) > LARGEST_FILE:
        raise InputError(
            f"the file has {len(content):,} bytes; at most {LARGEST_FILE:,} are read",
            where=file,
            hint="split it into several files",
        )
    text = _decode(content, file)
    try:
        yield from (_convert(node, file, set(), 1) for node in yaml.compose_all(text, Loader=_Loader) if node)
    except yaml.reader.ReaderError as error:
        raise _unreadable(text, error.position, file) from error
    except yaml.MarkedYAMLError as error:
        raise _not_yaml(text, error, file) from error
    except RecursionError as error:
        raise InputError(
            "the file is nested too deeply", where=file, hint="write it flat, as the template shows"
        ) from error


def _decode(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"the file is not UTF-8: byte 0x{content[error.start]:02x}",
            where=f"{file}:{line}",
            hint="save it as UTF-8 in your editor",
        ) from error


def _not_yaml(text: str, error: yaml.MarkedYAMLError, file: str) -> InputError:
    problem = error.problem or error.context or "it cannot be read"
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and ("end of stream" in problem or "expected ':'" in problem):
        mark = error.context_mark  # what was left open begins here; the parser notices it lines later
    if mark is None:
        return InputError(f"this is not YAML: {problem}", where=file)
    return InputError(
        f"this is not YAML: {problem}",
        where=str(Place(file, mark.line + 1, mark.column + 1)),
        hint=hint_for(problem, _LINE_ENDS.split(text), mark.line, mark.column),
    )


def _unreadable(text: str, position: int, file: str) -> InputError:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    code = ord(text[position]) if position < len(text) else 0
    return InputError(
        f"the text holds the invisible character U+{code:04X}",
        where=str(Place(file, line, column)),
        hint="type the text again instead of pasting it",
    )


def _convert(node: yaml.Node, file: str, seen: set[int], depth: int) -> Node:
    place = Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
    if id(node) in seen:
        raise InputError("anchors and aliases (& and *) are not taken", where=str(place), hint="write it out")
    seen.add(id(node))
    if depth > DEEPEST:
        raise InputError("the file is nested too deeply", where=str(place), hint="write it flat, as the template shows")
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, place)
    if isinstance(node, yaml.SequenceNode):
        return Sequence([_convert(item, file, seen, depth + 1) for item in node.value], place)
    return _mapping(node, file, seen, depth, place)


def _scalar(node: yaml.ScalarNode, place: Place) -> Scalar:
    try:
        text = check_text(node.value)
    except InputError as error:
        raise InputError(error.message, where=str(place), hint=error.hint) from error
    return Scalar(text, place, not node.style)  # libyaml gives '' where the Python parser gives None


def _mapping(node: yaml.Node, file: str, seen: set[int], depth: int, place: Place) -> Mapping:
    mapping = Mapping({}, place)
    for key_node, value_node in node.value:
        key_place = Place(file, key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            raise InputError("a key must be a word", where=str(key_place), hint="write `key: value`")
        if key_node.value in mapping.items:
            raise InputError(
                f"`{key_node.value}` stands here twice", where=str(key_place), hint="keep one, or write a list under it"
            )
        mapping.keys[key_node.value] = key_place
        mapping.items[key_node.value] = _convert(value_node, file, seen, depth + 1)
    return mapping
