"""Stories: saved views in an order, each with a caption and the claims on which the caption rests.

A story is a small YAML file:

    story: From the report to the inquiry
    summary: What it tells.
    steps:
      - title: The report
        caption: The council asked for it in 2013.
        view: "?entity=inquiry:first&preset=responses#sel=inquiry:first"
        rests_on:
          - {subject: inquiry:first, predicate: COMMISSIONED_BY, object: body:council}
          - {subject: document:report, predicate: published}

`view` is what follows `/explore` in the address of a view; without it, a step shows what its caption rests on.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError, field_validator

from graph.errors import FactFileError, InputError
from graph.loaders.facts.yaml_tree import Mapping, Node, Place, Scalar, read_trees
from graph.loaders.seeds import stories_folder
from graph.schema import SCHEMA
from graph.schema.ids import ENTITY_ID
from graph.schema.model import did_you_mean
from viz.asked import Asked

__all__ = ["Basis", "Step", "Story", "packaged_stories", "read_story", "seed_stories"]

_MOST: Final = 50
"""Steps of a story, and claims that a step names."""
_Id = Annotated[str, StringConstraints(pattern=ENTITY_ID)]
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
_WORDS_FOR: Final = {
    "missing": "`{name}` is missing",
    "extra_forbidden": "there is no `{name}` here",
    "string_pattern_mismatch": "`{name}` is no id: {given}",
    "string_too_long": "`{name}` is too long",
    "string_too_short": "`{name}` is empty",
}


def _check_count(items: tuple[Any, ...]) -> tuple[Any, ...]:
    # Not `min_length`: pydantic counts only what is right, and would call a list with one mistake empty.
    if not 1 <= len(items) <= _MOST:
        raise ValueError(f"between 1 and {_MOST} entries are taken here, not {len(items)}")
    return items


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Basis(_Told):
    """What a caption rests on: all claims of a subject with this predicate, to this object or of any value."""

    subject: _Id
    predicate: str
    object: _Id | None = None

    @field_validator("predicate")
    @classmethod
    def _is_known(cls, name: str) -> str:
        known = [*SCHEMA.by_type, *dict.fromkeys(one.name for kind in SCHEMA.kinds for one in kind.properties)]
        if name not in known:
            raise ValueError(f"`{name}` is neither a relationship nor a property. {did_you_mean(name, known)}".strip())
        return name


class Step(_Told):
    """A saved view with its caption."""

    title: _Words
    caption: _Words
    rests_on: Annotated[tuple[Basis, ...], AfterValidator(_check_count)]
    view: str | None = None

    @field_validator("view")
    @classmethod
    def _can_be_read(cls, address: str | None) -> str | None:
        if address is not None:
            try:
                Asked.read(_parts(address)[0]).check()
            except InputError as error:
                raise ValueError(error.message) from error
        return address

    @property
    def asked(self) -> Asked | None:
        """What its view shows; none where that is what the caption rests on."""
        return Asked.read(_parts(self.view)[0]) if self.view is not None and self.view.startswith("?") else None

    @property
    def fragment(self) -> str:
        """What was done to the view, as its address holds it."""
        return _parts(self.view or "")[1]

    @property
    def entities(self) -> list[str]:
        """Those that its caption speaks of."""
        ends = (end for basis in self.rests_on for end in (basis.subject, basis.object))
        return list(dict.fromkeys(end for end in ends if end is not None))


class Story(_Told):
    """What it is called, what it tells, and its steps."""

    story: _Words
    summary: _Words
    steps: Annotated[tuple[Step, ...], AfterValidator(_check_count)]


def seed_stories() -> dict[str, Path]:
    """The files of the stories that come with the package, by name."""
    return {path.stem: path for path in sorted(stories_folder().glob("*.yaml"))}


@cache
def packaged_stories() -> dict[str, Story]:
    """The stories that come with the package, by name; their files do not change while they are told."""
    return {name: read_story(path) for name, path in seed_stories().items()}


def read_story(path: Path) -> Story:
    """The story in a file; raises FactFileError with every problem, each with file, line and column."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", where=str(path)) from error
    trees = list(read_trees(content, str(path)))
    if len(trees) != 1:
        raise InputError("a file of a story holds one story", where=str(path), hint="begin it with `story:`")
    places: dict[tuple[int | str, ...], Place] = {}
    try:
        return Story.model_validate(_plain(trees[0], (), places))
    except ValidationError as error:
        raise FactFileError([_problem(one, places) for one in error.errors()], "the story") from error


def _parts(address: str) -> tuple[str, str]:
    query, _, fragment = address.partition("#")
    return query, fragment


def _plain(node: Node, at: tuple[int | str, ...], places: dict[tuple[int | str, ...], Place]) -> Any:
    """Texts, lists and mappings, and where each of them stands."""
    places[at] = node.place
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        found = {key: _plain(item, (*at, key), places) for key, item in node.items.items()}
        places |= {(*at, key): node.place_of(key) for key in node.items}
        return found
    return [_plain(item, (*at, number), places) for number, item in enumerate(node.items)]


def _problem(error: Any, places: dict[tuple[int | str, ...], Place]) -> InputError:
    at: tuple[int | str, ...] = tuple(error["loc"])
    name = next((str(part) for part in reversed(at) if isinstance(part, str)), "the file")
    told = _WORDS_FOR.get(error["type"], "{message}")
    message = str(error["msg"]).removeprefix("Value error, ")
    words = told.format(name=name, given=repr(error["input"])[:80], message=message)
    return InputError(words, where=str(_nearest(at, places)), hint=_hint(error["type"], at))


def _nearest(at: tuple[int | str, ...], places: dict[tuple[int | str, ...], Place]) -> Place:
    return next(places[at[:length]] for length in range(len(at), -1, -1) if at[:length] in places)


def _hint(kind: str, at: tuple[int | str, ...]) -> str | None:
    if kind != "extra_forbidden":
        return None
    model: type[BaseModel] = Basis if "rests_on" in at else Step if "steps" in at else Story
    return did_you_mean(str(at[-1]), list(model.model_fields)) or f"it takes {', '.join(model.model_fields)}"
