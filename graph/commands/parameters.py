"""Parameters as they are typed after a command: read, and where one is not known, the likely one suggested."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from typing import Final

from graph.errors import InputError, QueryError
from graph.queries import NamedQuery
from graph.schema.model import did_you_mean

__all__ = ["check_is_query", "check_names", "read_arguments", "read_pairs"]

_OPTIONS: Final = ("valid-at", "known-at", "recorded-at", "include-unchecked", "limit", "json", "csv", "cypher", "help")
"""What `inquiry ask` takes beside the parameters of a query."""
_SYNONYMS: Final = {
    "body": ("council", "organisation", "organization", "department", "police", "force", "agency", "target"),
    "office": ("post", "job", "minister", "title"),
    "inquiry": ("review", "audit", "enquiry", "investigation"),
    "document": ("report", "response", "letter", "source"),
    "recommendation": ("rec", "recommendations", "number"),
    "entity": ("id", "name", "body", "council", "organisation", "inquiry", "person", "office", "place", "of"),
    "subject": ("entity", "id", "name", "of", "who"),
    "about": ("entity", "decision", "event", "recommendation"),
    "predicate": ("property", "relationship", "type", "field"),
    "from": ("since", "start", "after"),
    "until": ("to", "end", "before", "through"),
    "start": ("from", "source"),
    "end": ("to", "target"),
    "with-predecessors": ("predecessors", "with-predecessor", "inherited", "with-succession", "successions"),
    "target": ("body", "office", "group", "council", "force", "department", "to", "addressee"),
    "responder": ("answered-by", "by", "answer", "responded-by"),
    "assessor": ("assessed-by", "judge", "assessment"),
    "topic": ("about", "theme", "on"),
    "type": ("predicate", "relationship", "kind"),
    "most": ("max", "limit", "count"),
    "valid-at": ("on", "at", "date", "day", "when", "as-of", "valid"),
    "known-at": ("known", "public-by"),
    "recorded-at": ("recorded",),
    "include-unchecked": ("unchecked", "all"),
    "limit": ("max", "rows", "count", "top", "n"),
}
"""The other words for a parameter or option that people try."""


def read_arguments(arguments: Iterable[str], flags: Collection[str] = ()) -> dict[str, str]:
    """Parameters given as `--name value` or `--name=value`; one of `flags` alone means yes."""
    given: dict[str, str] = {}
    waiting = deque(arguments)
    while waiting:
        argument = waiting.popleft()
        if not argument.startswith("--"):
            raise InputError(f"{argument!r} stands alone", hint="give parameters as --name value; put names in quotes")
        name, equals, value = argument[2:].partition("=")
        if not equals and name.replace("-", "_") in flags and (not waiting or waiting[0].startswith("--")):
            value = "yes"
        elif not equals:
            value = waiting.popleft() if waiting else ""
        if not value:
            raise InputError(f"--{name} has no value", hint=f"write --{name} VALUE")
        if name in given:
            raise InputError(f"--{name} is given twice")
        given[name] = value
    return given


def read_pairs(given: Iterable[str]) -> dict[str, str]:
    """Parameters given as `name=value`."""
    pairs = [item.partition("=") for item in given]
    for name, equals, _ in pairs:
        if not equals:
            raise InputError(f"--parameter {name} has no value", hint="write it as name=value")
    return {name: value for name, _, value in pairs}


def check_names(query: NamedQuery, names: Iterable[str]) -> None:
    """Raises QueryError for a name that is no parameter of the query, with the option that is likely meant."""
    known = [parameter.name.replace("_", "-") for parameter in query.parameters]
    for name in names:
        word = name.replace("_", "-").lower()
        if name.replace("_", "-") in known:
            continue
        raise QueryError(f"`{query.name}` has no parameter `{name}`", hint=_suggest(word, known))


def check_is_query(name: str) -> None:
    """Raises InputError where an option that is not known stands in the place of the query's name."""
    if name.startswith("-"):
        option = name.partition("=")[0]
        meant = _suggest(option.strip("-").replace("_", "-").lower(), [])
        raise InputError(
            f"there is no option `{option}`, and no query is named before it",
            hint=f"{meant}; name the query first: inquiry ask NAME …",
        )


def _suggest(word: str, known: list[str]) -> str:
    options = [*known, *(option for option in _OPTIONS if option not in known)]
    if word in options:
        return f"did you mean `--{word}`?"
    meant = [option for option in options if word in _SYNONYMS.get(option, ())]
    if meant:
        return f"did you mean {' or '.join(f'`--{option}`' for option in meant)}?"
    takes = ", ".join(f"--{option}" for option in known or _OPTIONS)
    return did_you_mean(word, options).replace("`", "`--", 1) or f"it takes {takes}"
