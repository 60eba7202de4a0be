"""Blocks of a fact file to claims: an entity, a place in the document, and what the document says there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from graph.errors import InputError, SchemaError
from graph.loaders.facts.yaml_tree import Mapping, Node, Place, Scalar, Sequence
from graph.schema import SCHEMA, Claim, GivenDates, Kind, RelationshipType, Source, make_claim
from graph.schema.model import did_you_mean
from graph.schema.relationships import ANY
from graph.schema.safety import check_no_private_field

__all__ = ["BlockReader", "Context", "Said", "as_text", "expect_mapping"]

CONTEXT_KEYS: Final = ("at", "page", "anchor", "said_by", "method", "review", "deprecated")
_DATE_KEYS: Final = {"from": "since", "until": "until", "through": "through", "on": "on"}
_VALUE_KEYS: Final = ("value", "as_printed", "bound")
_BOUND_WORDS: Final = re.compile(r"(?P<word>about|at least|at most) +(?P<number>[\d.,]+)")


@dataclass(frozen=True)
class Context:
    """What holds for all claims of a block unless one says otherwise."""

    at: str | None = None
    page: int | None = None
    anchor: str | None = None
    said_by: str | None = None
    method: str = "curated"
    review: str = "checked"
    deprecated: str | None = None
    corrects: str | None = None


@dataclass
class Said:
    """What was read: claims with their places, ids that were named or only mentioned, and problems."""

    claims: list[tuple[Claim, Place]] = field(default_factory=list)
    mentioned: list[tuple[str, Place]] = field(default_factory=list)
    problems: list[InputError] = field(default_factory=list)

    def report(self, error: InputError, place: Place) -> None:
        """Keeps a problem, placed where it was found."""
        self.problems.append(error if error.where else InputError(error.message, where=str(place), hint=error.hint))


def as_text(node: Node, what: str) -> str:
    """The text of a scalar that is not empty; InputError for a list, a mapping or nothing."""
    if not isinstance(node, Scalar):
        raise InputError(f"`{what}` takes one word or text here", where=str(node.place))
    if node.is_plain and node.text in {"", "null", "~"}:
        raise InputError(f"`{what}` is empty", where=str(node.place), hint="give a value or leave the line out")
    return node.text


def expect_mapping(node: Node, what: str) -> Mapping:
    """`node` as a mapping; InputError where it is something else."""
    if not isinstance(node, Mapping):
        raise InputError(f"{what} takes `key: value` lines here", where=str(node.place))
    return node


class BlockReader:
    """Reads the blocks of one document into `said`."""

    def __init__(self, source: Source, said: Said) -> None:
        self._source = source
        self._said = said

    def read(self, block: Mapping, context: Context) -> None:
        """The claims of a block `entity: …`."""
        if "entity" not in block.items:
            self._said.report(
                InputError("the block has no `entity`", hint="begin it with `- entity: kind:slug`"), block.place
            )
            return
        try:
            subject = as_text(block.items["entity"], "entity")
            kind = SCHEMA.kind_of(subject)
        except InputError as error:
            self._said.report(error, block.place_of("entity"))
            return
        self._said.mentioned.append((subject, block.place_of("entity")))
        statements = {key: node for key, node in block.items.items() if key != "entity"}
        self.read_statements(subject, kind, Mapping(statements, block.place, block.keys), context)

    def read_statements(self, subject: str, kind: Kind, block: Mapping, context: Context) -> None:
        """The claims about `subject`; each problem is reported at its key and the rest is read all the same."""
        try:
            context = self._context(block, context)
        except InputError as error:
            self._said.report(error, block.place)
            return
        statements = [key for key in block.items if key not in CONTEXT_KEYS]
        if "name" in statements and "kind" not in statements:
            self._add(block.place_of("name"), subject, "kind", context, value=kind.label)
        for key in statements:
            place = block.place_of(key)
            try:
                self._read_statement(subject, kind, key, block.items[key], place, context)
            except InputError as error:
                self._said.report(error, place)

    def _read_statement(self, subject: str, kind: Kind, key: str, node: Node, place: Place, context: Context) -> None:
        check_no_private_field(key)
        relationship = SCHEMA.by_key.get(key)
        if relationship is None:
            property_type = SCHEMA.property_of(kind, key)
            if not property_type.seeds:
                raise SchemaError(
                    f"`{key}` is not taken from fact files", hint="say it in your own words under `name` or `summary`"
                )
        for item in node.items if isinstance(node, Sequence) else [node]:
            try:
                if relationship is not None:
                    self._read_relationship(subject, relationship, item, context)
                else:
                    self._read_value(subject, key, item, context)
            except InputError as error:
                self._said.report(error, item.place if isinstance(node, Sequence) else place)

    def _read_relationship(self, subject: str, relationship: RelationshipType, node: Node, context: Context) -> None:
        if isinstance(node, Scalar):
            target = self._target(relationship, as_text(node, relationship.key), node.place)
            self._add(node.place, subject, relationship.name, context, target=target)
            return
        item = expect_mapping(node, f"`{relationship.key}`")
        if "to" not in item.items:
            raise InputError(
                f"`{relationship.key}` does not say to what", where=str(item.place), hint="add `to: kind:slug`"
            )
        target = self._target(relationship, as_text(item.items["to"], "to"), item.place_of("to"))
        qualifiers = {
            key: as_text(value, key)
            for key, value in item.items.items()
            if key != "to" and key not in CONTEXT_KEYS and key not in _DATE_KEYS
        }
        self._add(
            item.place,
            subject,
            relationship.name,
            self._context(item, context),
            target=target,
            qualifiers=qualifiers,
            dates=_dates(item),
        )

    def _read_value(self, subject: str, key: str, node: Node, context: Context) -> None:
        if isinstance(node, Scalar):
            self._add(node.place, subject, key, context, **_value(as_text(node, key)))
            return
        item = expect_mapping(node, f"`{key}`")
        if "value" not in item.items:
            raise InputError(f"`{key}` has no value", where=str(item.place), hint="add `value: …`")
        for other in item.items:
            if other not in _VALUE_KEYS and other not in CONTEXT_KEYS and other not in _DATE_KEYS:
                known = (*_VALUE_KEYS, *CONTEXT_KEYS, *_DATE_KEYS)
                raise InputError(
                    f"`{key}` takes no `{other}`", where=str(item.place_of(other)), hint=did_you_mean(other, known)
                )
        given = _value(as_text(item.items["value"], "value"))
        if "as_printed" in item.items:
            given["value_text"] = as_text(item.items["as_printed"], "as_printed")
        if "bound" in item.items:
            given["bound"] = as_text(item.items["bound"], "bound")
        self._add(item.place, subject, key, self._context(item, context), dates=_dates(item), **given)

    def _target(self, relationship: RelationshipType, target: str, place: Place) -> str:
        if ":" not in target:
            possible = sorted({label for ends in relationship.ends for label in ends.objects if ends.objects != ANY})
            prefixes = ", ".join(f"{SCHEMA.by_label[label].prefix}:{target}"[:60] for label in possible[:3])
            raise InputError(
                f"{target[:80]!r} is not an id", where=str(place), hint=f"write kind:slug, such as {prefixes}"
            )
        self._said.mentioned.append((target, place))
        return target

    def _context(self, block: Mapping, context: Context) -> Context:
        given: dict[str, Any] = {
            key: as_text(block.items[key], key) for key in CONTEXT_KEYS if key in block.items and key != "page"
        }
        if "page" in block.items:
            text = as_text(block.items["page"], "page")
            if not text.isdigit() or int(text) < 1:
                raise InputError(f"`page` is a number from 1, not {text!r}", where=str(block.place_of("page")))
            given["page"] = int(text)
        if "said_by" in given:
            self._said.mentioned.append((given["said_by"], block.place_of("said_by")))
        if given.get("review") == "unchecked" and "at" not in given:
            context = replace(context, at=None, page=None, anchor=None)
        if "at" in given or "page" in given:
            context = replace(context, at=None, page=None, anchor=None)
        return replace(context, **given)

    def _add(self, place: Place, subject: str, predicate: str, context: Context, **says: Any) -> None:
        try:
            claim = make_claim(
                subject,
                predicate,
                source=self._source,
                locator=context.at,
                page=context.page,
                anchor=context.anchor,
                said_by=context.said_by,
                method=context.method,
                review=context.review,
                deprecated=context.deprecated,
                corrects=context.corrects,
                **says,
            )
        except InputError as error:
            self._said.report(error, place)
        else:
            self._said.claims.append((claim, place))


def _value(text: str) -> dict[str, Any]:
    """`about 700` as a number with its bound; anything else as it stands."""
    match = _BOUND_WORDS.fullmatch(text)
    if match is None:
        return {"value": text}
    return {"value": match["number"], "bound": match["word"].replace(" ", "_"), "value_text": text}


def _dates(item: Mapping) -> GivenDates:
    return GivenDates(**{name: as_text(item.items[key], key) for key, name in _DATE_KEYS.items() if key in item.items})


def iterate_blocks(node: Node, said: Said) -> Iterator[Mapping]:
    """The blocks under `says`; what is not a block is reported."""
    if not isinstance(node, Sequence):
        said.report(InputError("`says` takes a list", hint="begin each block with `- entity: kind:slug`"), node.place)
        return
    for item in node.items:
        if isinstance(item, Mapping):
            yield item
        else:
            said.report(InputError("a block begins with `entity:`"), item.place)
