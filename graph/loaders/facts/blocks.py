"""Blocks of a fact file to claims: an entity, a place in the document, and what the document says there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from graph.errors import InputError, SchemaError
from graph.loaders.facts.suggestions import (
    CONTEXT_KEYS,
    DATE_KEYS,
    Names,
    slug_of,
    suggest_entry_key,
    suggest_id,
    suggest_key,
)
from graph.loaders.facts.yaml_tree import Mapping, Node, Place, Scalar, Sequence, texts_of
from graph.schema import SCHEMA, Claim, GivenDates, Kind, RelationshipType, Source, make_claim
from graph.schema.claims import check_anchor, check_method, check_review, check_speaker
from graph.schema.dates import UNKNOWN, days_of
from graph.schema.ids import check_entity_id
from graph.schema.model import did_you_mean
from graph.schema.safety import check_no_private_field, check_person_name

__all__ = ["BlockReader", "Context", "Said", "as_list", "as_text", "check_date", "expect_mapping", "iterate_blocks"]

_VALUE_KEYS: Final = ("value", "as_printed", "bound")
_LONGEST_PAGE: Final = 9
_MEANT_A_PLACE: Final = frozenset(f"did you mean `{key}`?" for key in ("at", "page", "anchor", "review"))
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
    """What was read: claims with their places, ids that were named or only mentioned, and problems.

    One mistake is told once: what a block with a problem would have named or made public is kept in `spoilt` (its
    subject), `spoilt_slugs` (where the id itself was wrong) and `in_question` (all ids it holds).
    """

    claims: list[tuple[Claim, Place]] = field(default_factory=list)
    mentioned: list[tuple[str, Place]] = field(default_factory=list)
    problems: list[InputError] = field(default_factory=list)
    spoilt: set[str] = field(default_factory=set)
    spoilt_slugs: set[str] = field(default_factory=set)
    in_question: set[str] = field(default_factory=set)

    def pass_over(self, node: Node) -> None:
        """What `node` holds is not read; nothing else may complain that it is missing."""
        texts = set(texts_of(node))
        self.spoilt |= texts
        self.in_question |= texts

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


def as_list(node: Node | None) -> list[Node]:
    """The items of a list, a single thing as a list of one, nothing as an empty one."""
    if node is None:
        return []
    return node.items if isinstance(node, Sequence) else [node]


def expect_mapping(node: Node, what: str) -> Mapping:
    """`node` as a mapping; InputError where it is something else."""
    if not isinstance(node, Mapping):
        raise InputError(f"{what} takes `key: value` lines here", where=str(node.place))
    return node


class BlockReader:
    """Reads the blocks of one document into `said`."""

    def __init__(self, source: Source, said: Said, names: Names) -> None:
        self._source = source
        self._said = said
        self._names = names
        self._uncited: dict[str, Place] = {}

    def read(self, block: Mapping, context: Context) -> None:
        """The claims of a block `entity: …`."""
        if "entity" not in block.items:
            self._report_no_entity(block)
            return
        node = block.items["entity"]
        try:
            subject = self._id(as_text(node, "entity"))
        except InputError as error:
            self._said.report(error, block.place_of("entity"))
            if isinstance(node, Scalar):
                self._said.spoilt_slugs.add(slug_of(node.text.rpartition(":")[2]))
            return
        self._said.mentioned.append((subject, block.place_of("entity")))
        statements = {key: node for key, node in block.items.items() if key != "entity"}
        self.read_statements(subject, Mapping(statements, block.place, block.keys), context)

    def _report_no_entity(self, block: Mapping) -> None:
        misspelt = next((key for key in block.items if did_you_mean(key, ["entity"])), None)
        if misspelt is None:
            error = InputError("the block has no `entity`", hint="begin it with `- entity: kind:slug`")
            self._said.report(error, block.place)
            return
        error = InputError(f"the block has no `entity`, but `{misspelt}`", hint="write `entity:`")
        self._said.report(error, block.place_of(misspelt))
        self._said.pass_over(block.items[misspelt])

    def read_statements(self, subject: str, block: Mapping, context: Context, *, is_description: bool = False) -> None:
        """The claims about `subject`; each problem is reported at its key and the rest is read all the same."""
        problems, mentioned = len(self._said.problems), len(self._said.mentioned)
        self._uncited = {}
        context = self._context(block, context)
        statements = [key for key in block.items if key not in CONTEXT_KEYS]
        kind = SCHEMA.kind_of(subject)
        if "name" in statements and "kind" not in statements:
            self._add(block.place_of("name"), subject, "kind", context, value=kind.label)
            self._uncited.pop("kind", None)
        is_place_misspelt = False
        for key in statements:
            try:
                self._read_statement(subject, kind, key, block.items[key], context, is_description=is_description)
            except InputError as error:
                self._said.report(error, block.place_of(key))
                self._said.in_question.update(texts_of(block.items[key]))
                is_place_misspelt = is_place_misspelt or error.hint in _MEANT_A_PLACE
        if self._uncited and not is_place_misspelt:
            self._report_uncited(subject)
        if len(self._said.problems) > problems:
            self._said.spoilt.add(subject)
            self._said.in_question |= {subject, *(entity for entity, _ in self._said.mentioned[mentioned:])}

    def _report_uncited(self, subject: str) -> None:
        keys = [f"`{key}`" for key in self._uncited]
        shown = ", ".join(keys[:3]) + (f" and {len(keys) - 3} more" if len(keys) > 3 else "")
        error = InputError(
            f"{shown} of {subject} {'has' if len(keys) == 1 else 'have'} no citation",
            hint="give `at:` with the place in the document, or mark it `review: unchecked`",
        )
        self._said.report(error, next(iter(self._uncited.values())))

    def _read_statement(
        self, subject: str, kind: Kind, key: str, node: Node, context: Context, *, is_description: bool
    ) -> None:
        check_no_private_field(key)
        relationship = SCHEMA.by_key.get(key)
        if relationship is None:
            _check_property(kind, key, is_description=is_description)
        told = set()
        for item in as_list(node):
            try:
                if relationship is not None:
                    self._read_relationship(subject, relationship, item, context)
                else:
                    self._read_value(subject, key, item, context)
            except InputError as error:
                if error.where or error.message not in told:
                    self._said.report(error, item.place)
                told.add(error.message)

    def _read_relationship(self, subject: str, relationship: RelationshipType, node: Node, context: Context) -> None:
        if isinstance(node, Scalar):
            target = self._target(relationship, as_text(node, relationship.key), node.place)
            self._add(node.place, subject, relationship.name, context, target=target)
            return
        item = expect_mapping(node, f"`{relationship.key}`")
        allowed = [qualifier.name for qualifier in relationship.qualifiers]
        _check_keys(item, relationship.key, ("to", *allowed, *CONTEXT_KEYS, *DATE_KEYS))
        if "to" not in item.items:
            raise InputError(
                f"`{relationship.key}` does not say to what", where=str(item.place), hint="add `to: kind:slug`"
            )
        target = self._target(relationship, as_text(item.items["to"], "to"), item.place_of("to"))
        self._add(
            item.place,
            subject,
            relationship.name,
            self._context(item, context),
            target=target,
            qualifiers={key: as_text(value, key) for key, value in item.items.items() if key in allowed},
            dates=_dates(item),
        )

    def _read_value(self, subject: str, key: str, node: Node, context: Context) -> None:
        if isinstance(node, Scalar):
            self._add(node.place, subject, key, context, **_value(as_text(node, key)))
            return
        item = expect_mapping(node, f"`{key}`")
        _check_keys(item, key, (*_VALUE_KEYS, *CONTEXT_KEYS, *DATE_KEYS))
        if "value" not in item.items:
            raise InputError(f"`{key}` has no value", where=str(item.place), hint="add `value: …`")
        given = _value(as_text(item.items["value"], "value"))
        if "as_printed" in item.items:
            given["value_text"] = as_text(item.items["as_printed"], "as_printed")
        if "bound" in item.items:
            given["bound"] = as_text(item.items["bound"], "bound")
        self._add(item.place, subject, key, self._context(item, context), dates=_dates(item), **given)

    def _id(self, text: str, relationship: RelationshipType | None = None) -> str:
        """`text` where it is the id of a known kind; InputError where it is not, which suggests one."""
        try:
            check_entity_id(text)
        except InputError as error:
            raise InputError(f"{text[:80]!r} is not an id", hint=suggest_id(text, self._names, relationship)) from error
        if SCHEMA.kind_of(text).label == "Person":
            check_person_name(text.partition(":")[2].replace("-", " "))
        return text

    def _target(self, relationship: RelationshipType, text: str, place: Place) -> str:
        try:
            target = self._id(text, relationship)
        except InputError as error:
            raise InputError(error.message, where=str(place), hint=error.hint) from error
        self._said.mentioned.append((target, place))
        return target

    def _context(self, block: Mapping, context: Context) -> Context:
        """`context` with what the block gives; what is wrong is reported here, once, and left out."""
        given: dict[str, Any] = {}
        for key in CONTEXT_KEYS:
            if key not in block.items:
                continue
            try:
                given[key] = self._context_value(key, block.items[key])
            except InputError as error:
                self._said.report(error, block.items[key].place)
                if key in {"at", "page", "anchor", "review"}:
                    given["review"] = "unchecked"  # so that no line complains of the place that is missing now
        if given.get("review") == "unchecked" and "at" not in given:
            context = replace(context, at=None, page=None, anchor=None)
        if "at" in given or "page" in given:
            context = replace(context, at=None, page=None, anchor=None)
        return replace(context, **given)

    def _context_value(self, key: str, node: Node) -> str | int:
        text = as_text(node, key)
        if key == "page":
            if not text.isdecimal() or len(text) > _LONGEST_PAGE or int(text) < 1:
                raise InputError(f"`page` is a number from 1, not {text[:80]!r}", hint="put words into `at`")
            return int(text)
        if key == "said_by":
            self._said.mentioned.append((check_speaker(self._id(text)), node.place))
        check = {"anchor": check_anchor, "method": check_method, "review": check_review}.get(key)
        return check(text) if check is not None else text

    def _add(self, place: Place, subject: str, predicate: str, context: Context, **says: Any) -> None:
        """Makes the claim; a place that is missing is kept for one report about the block."""
        review = context.review
        if review == "checked" and context.at is None and context.page is None and context.anchor is None:
            self._uncited.setdefault(predicate.lower(), place)
            review = "unchecked"
        claim = make_claim(
            subject,
            predicate,
            source=self._source,
            locator=context.at,
            page=context.page,
            anchor=context.anchor,
            said_by=context.said_by,
            method=context.method,
            review=review,
            deprecated=context.deprecated,
            corrects=context.corrects,
            **says,
        )
        self._said.claims.append((claim, place))


def _check_property(kind: Kind, key: str, *, is_description: bool) -> None:
    found = next((p for p in kind.properties if p.name == key), None)
    if found is None:
        hint = suggest_key(kind, key, is_description=is_description)
        raise SchemaError(f"{kind.with_article} has no `{key}`", hint=hint)
    if not found.seeds:
        raise SchemaError(
            f"`{key}` is not taken from fact files", hint="say it in your own words under `name` or `summary`"
        )


def _check_keys(item: Mapping, what: str, known: tuple[str, ...]) -> None:
    for key in item.items:
        if key not in known:
            check_no_private_field(key)
            raise InputError(
                f"`{what}` takes no `{key}`", where=str(item.place_of(key)), hint=suggest_entry_key(key, known)
            )


def _value(text: str) -> dict[str, Any]:
    """`about 700` as a number with its bound; anything else as it stands."""
    match = _BOUND_WORDS.fullmatch(text)
    if match is None:
        return {"value": text}
    return {"value": match["number"], "bound": match["word"].replace(" ", "_"), "value_text": text}


def _dates(item: Mapping) -> GivenDates:
    given = {}
    for key, name in DATE_KEYS.items():
        if key in item.items:
            given[name] = as_text(item.items[key], key)
            check_date(given[name], item.items[key].place, also=UNKNOWN)
    return GivenDates(**given)


def check_date(text: str, place: Place, *, also: str | None = None) -> str:
    """`text` where it is a year, a month or a day, or `also`; InputError at `place` where it is not."""
    if text != also:
        try:
            days_of(text)
        except InputError as error:
            raise InputError(error.message, where=str(place), hint=error.hint) from error
    return text


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
