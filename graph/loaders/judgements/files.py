"""Files of judgements: which two entities are one, which are two, and to which body a spelling leads.

A file is a list that people can share; the form is in `docs/how-to/judge-identity.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from graph.errors import FactFileError, InputError, SchemaError
from graph.loaders.facts.blocks import as_text, expect_mapping
from graph.loaders.facts.yaml_tree import Mapping, Node, Place, Scalar, Sequence, read_trees
from graph.loaders.identity import own_id
from graph.schema import SCHEMA
from graph.schema.dates import days_of
from graph.schema.ids import check_entity_id, kind_prefix
from graph.schema.model import did_you_mean

__all__ = [
    "NOBODY",
    "JudgementFile",
    "NameJudgement",
    "PairJudgement",
    "Verdict",
    "holds_judgements",
    "read_judgement_files",
]

NOBODY: Final = "nobody"
"""What a spelling names that leads to no body of the loaded data, although a body has this name."""
_MISSPELT: Final = 75
"""Likeness (0 to 100) from which a prefix is a misspelt kind; `bdy` and `body` have 86, `govuk` and `group` 60."""
_ABOUT: Final = ("who", "when")
_PAIR: Final = ("pair", "kind", "verdict", "why", *_ABOUT)
_NAME: Final = ("written_as", "names", "why", *_ABOUT)
_FILE: Final = ("judgements", *_ABOUT)
_LIST: Final = re.compile(r"^judgements:", re.MULTILINE)


class Verdict(StrEnum):
    """What somebody judged of two entities."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_SURE = "not_sure"


@dataclass(frozen=True)
class PairJudgement:
    """Two entities, by their ids, and what was judged of them."""

    one: str
    other: str
    verdict: Verdict
    who: str
    when: str
    why: str
    place: str
    """The file, line and column, for messages."""

    @property
    def pair(self) -> frozenset[str]:
        """The two in any order."""
        return frozenset((self.one, self.other))


@dataclass(frozen=True)
class NameJudgement:
    """A spelling and the body that it names, or None where it names none of the loaded data."""

    written_as: str
    entity: str | None
    who: str
    when: str
    why: str
    place: str


@dataclass(frozen=True)
class JudgementFile:
    """What one file holds."""

    path: Path
    pairs: tuple[PairJudgement, ...] = ()
    names: tuple[NameJudgement, ...] = ()


@dataclass(frozen=True)
class _About:
    """Who judged and when, for all entries of a file that do not say it themselves."""

    who: str = ""
    when: str = ""


def holds_judgements(path: Path) -> bool:
    """Whether a file is one of judgements, by the key that its list has; a file that cannot be read is not."""
    try:
        return _LIST.search(path.read_text(encoding="utf-8")) is not None
    except (OSError, UnicodeDecodeError):
        return False


def read_judgement_files(where: Path) -> list[JudgementFile]:
    """The file, or all `*.yaml` of a folder, in the order of their names; none where the folder is not there.

    Raises FactFileError with every problem, each with file, line and column.
    """
    problems: list[InputError] = []
    found = []
    for path in [where] if where.is_file() else sorted(where.glob("*.yaml")):
        try:
            found.append(_read_file(path, problems))
        except InputError as error:
            problems.append(error)
        except OSError as error:
            problems.append(InputError(f"the file cannot be read: {error.strerror}", where=str(path)))
    if problems:
        raise FactFileError(problems, "the files of judgements")
    return found


def _read_file(path: Path, problems: list[InputError]) -> JudgementFile:
    pairs: list[PairJudgement] = []
    names: list[NameJudgement] = []
    for tree in read_trees(path.read_bytes(), str(path)):
        file = expect_mapping(tree, "a file of judgements")
        _check_keys(file, _FILE)
        about = _about(file, _About())
        entries = file.items.get("judgements")
        if not isinstance(entries, Sequence):
            if isinstance(entries, Scalar) and not entries.text:
                continue  # a list that holds nothing yet
            where = str(file.place_of("judgements"))
            raise InputError("there is no list of judgements", where=where, hint="begin it with `judgements:`")
        for entry in entries.items:
            try:
                read = _read_entry(entry, about)
            except InputError as error:
                where = error.where or str(entry.place)
                problems.append(InputError(error.message, where=where, hint=error.hint))
            else:
                if isinstance(read, PairJudgement):
                    pairs.append(read)
                else:
                    names.append(read)
    return JudgementFile(path, tuple(pairs), tuple(names))


def _read_entry(node: Node, about: _About) -> PairJudgement | NameJudgement:
    entry = expect_mapping(node, "a judgement")
    if "written_as" in entry.items:
        return _read_name(entry, about)
    return _read_pair(entry, about)


def _read_pair(entry: Mapping, about: _About) -> PairJudgement:
    _check_keys(entry, _PAIR)
    ends = entry.items.get("pair")
    if not isinstance(ends, Sequence) or len(ends.items) != 2:
        raise InputError(
            "a judgement is about a pair of two", where=str(entry.place_of("pair")), hint="write `pair: [ONE, OTHER]`"
        )
    texts = [as_text(item, "pair") for item in ends.items]
    kind = _given_kind(entry, texts)
    one, other = (_entity(text, kind, item.place) for text, item in zip(texts, ends.items, strict=True))
    if kind_prefix(one) != kind_prefix(other):
        raise InputError(f"{one} and {other} are of two kinds: they are two in any case", where=str(ends.place))
    if one == other:
        raise InputError(f"both ends are {one}", where=str(ends.place), hint="name the two that are compared")
    about = _about(entry, about)
    return PairJudgement(one, other, _verdict(entry), about.who, about.when, _why(entry), str(entry.place))


def _read_name(entry: Mapping, about: _About) -> NameJudgement:
    _check_keys(entry, _NAME)
    written_as = as_text(entry.items["written_as"], "written_as")
    text = _needed(entry, "names")
    place = entry.place_of("names")
    entity = None if text == NOBODY else _entity(text, "body", place)
    if entity is not None and kind_prefix(entity) != "body":
        raise InputError(f"{entity} is no body; only bodies are found by their names", where=str(place))
    about = _about(entry, about)
    return NameJudgement(written_as, entity, about.who, about.when, _why(entry), str(entry.place))


def _given_kind(entry: Mapping, texts: list[str]) -> str | None:
    """The kind of the ends: as given, or that of the end which is the id of an entity."""
    if "kind" in entry.items:
        given = as_text(entry.items["kind"], "kind").casefold()
        if given not in SCHEMA.by_prefix:
            known = list(SCHEMA.by_prefix)
            hint = did_you_mean(given, known) or f"the kinds are {', '.join(known)}"
            raise InputError(f"there is no kind `{given}`", where=str(entry.place_of("kind")), hint=hint)
        return given
    return next((kind_prefix(text) for text in texts if kind_prefix(text) in SCHEMA.by_prefix), None)


def _entity(text: str, kind: str | None, place: Place) -> str:
    """The id of an entity; an identifier such as `govuk:home-office` becomes the id that its source gives."""
    prefix, _, value = text.partition(":")
    if prefix in SCHEMA.by_prefix:
        try:
            return check_entity_id(text)
        except SchemaError as error:
            raise InputError(error.message, where=str(place), hint=error.hint) from error
    if not prefix or not value:
        raise InputError(
            f"{text!r} is neither the id of an entity nor an identifier",
            where=str(place),
            hint="an id is such as body:home-office, an identifier such as govuk:home-office",
        )
    meant = process.extractOne(prefix, list(SCHEMA.by_prefix), scorer=fuzz.ratio, score_cutoff=_MISSPELT)
    if meant is None and kind is not None:
        return own_id(kind, text)
    hint = f"if {text} is an identifier, say of which kind of entity: `kind: body`"
    if meant is not None:
        hint = f"did you mean `{meant[0]}`?"
    raise InputError(f"there is no kind `{prefix}`", where=str(place), hint=hint)


def _verdict(entry: Mapping) -> Verdict:
    text = _needed(entry, "verdict")
    try:
        return Verdict(text)
    except ValueError as error:
        words = [verdict.value for verdict in Verdict]
        raise InputError(
            f"`{text}` is no verdict",
            where=str(entry.place_of("verdict")),
            hint=did_you_mean(text, words) or f"a verdict is {', '.join(words)}",
        ) from error


def _about(entry: Mapping, whole: _About) -> _About:
    who, when = entry.items.get("who"), entry.items.get("when")
    given = replace(
        whole,
        who=as_text(who, "who") if who is not None else whole.who,
        when=as_text(when, "when") if when is not None else whole.when,
    )
    if when is not None:
        try:
            days_of(given.when)
        except SchemaError as error:
            raise InputError(error.message, where=str(entry.place_of("when")), hint=error.hint) from error
    is_file = "judgements" in entry.items
    for key, value in (("who", given.who), ("when", given.when)):
        if not value and not is_file:
            raise InputError(
                f"the judgement does not say `{key}`", where=str(entry.place), hint="say it here or for the whole file"
            )
    return given


def _why(entry: Mapping) -> str:
    return _needed(entry, "why")


def _needed(entry: Mapping, key: str) -> str:
    if key not in entry.items:
        raise InputError(f"the judgement does not say `{key}`", where=str(entry.place), hint=f"add `{key}: …`")
    return as_text(entry.items[key], key)


def _check_keys(entry: Mapping, known: Iterable[str]) -> None:
    words = list(known)
    for key in entry.items:
        if key not in words:
            hint = did_you_mean(key, words) or f"the keys here are {', '.join(words)}"
            raise InputError(f"unknown key `{key}`", where=str(entry.place_of(key)), hint=hint)
