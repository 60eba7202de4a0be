"""What somebody may have meant: a key of another spelling or language, or the id of an entity given by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Lookup
from typing import Final

from graph.loaders.facts.yaml_tree import Mapping, Node, Scalar, Sequence
from graph.schema import SCHEMA, Kind, RelationshipType
from graph.schema.ids import kind_prefix, name_key
from graph.schema.model import did_you_mean
from graph.schema.relationships import ANY

__all__ = [
    "CONTEXT_KEYS",
    "DATE_KEYS",
    "DOCUMENT_ALIASES",
    "Names",
    "names_of",
    "slug_of",
    "suggest_entry_key",
    "suggest_id",
    "suggest_key",
]

Names = Lookup[str, frozenset[str]]
"""The ids of the entities that bear a name, by the form in which names are compared."""

CONTEXT_KEYS: Final = ("at", "page", "anchor", "said_by", "method", "review", "deprecated")
DATE_KEYS: Final = {"from": "since", "until": "until", "through": "through", "on": "on"}
DOCUMENT_ALIASES: Final = {"title": "name", "publisher": "published_by", "author": "written_by"}

_BLOCK_SYNONYMS: Final = {
    **DOCUMENT_ALIASES, "description": "summary", "location": "at", "quote": "anchor", "type": "kind",
    "alias": "other_name",
}  # fmt: skip
_DATE_SYNONYMS: Final = {"since": "from", "start": "from", "begin": "from", "end": "until", "till": "until"}
_ENTRY_SYNONYMS: Final = {
    **_DATE_SYNONYMS, "started": "from", "ended": "until", "date": "on", "entity": "to", "id": "to", "quote": "anchor",
    "location": "at",
}  # fmt: skip


def suggest_key(kind: Kind, key: str, *, is_description: bool = False) -> str:
    """A hint for a line of a block that its kind does not have; `is_description` for what stands under `document`."""
    known = [*_keys_of(kind), *CONTEXT_KEYS]
    if is_description:
        known += ["id", "version", *DOCUMENT_ALIASES]
    if _BLOCK_SYNONYMS.get(key) in known:
        return f"did you mean `{_BLOCK_SYNONYMS[key]}`?"
    date_key = key if key in DATE_KEYS else _DATE_SYNONYMS.get(key)
    if date_key is not None:
        return f"a date belongs to the line that it dates, written out: `{{to: kind:slug, {date_key}: 2020}}`"
    return did_you_mean(key, known) or _said_of_others(key)


def _keys_of(kind: Kind) -> list[str]:
    links = [r.key for r in SCHEMA.relationships if any(kind.label in ends.subjects for ends in r.ends)]
    return [p.name for p in kind.properties if p.seeds] + links


def _said_of_others(key: str) -> str:
    kinds = [kind.with_article for kind in SCHEMA.kinds if key in _keys_of(kind)]
    return f"`{key}` is said of {', '.join(kinds[:-1])}{' or ' if kinds[1:] else ''}{kinds[-1]}" if kinds else ""


def suggest_entry_key(key: str, known: Iterable[str]) -> str:
    """A hint for a key that an entry such as `{to: …, role: …}` does not take."""
    words = list(known)
    meant = _ENTRY_SYNONYMS.get(key)
    return f"did you mean `{meant}`?" if meant in words else did_you_mean(key, words)


def suggest_id(text: str, names: Names, relationship: RelationshipType | None = None) -> str:
    """A hint for a `text` that is no id: the entity with that name or slug, or else how its id may look."""
    prefix, _, rest = text.partition(":")
    if prefix.lower() in SCHEMA.by_prefix:
        wanted = [prefix.lower()]
    else:
        wanted, rest = _prefixes(relationship), text
    bearers = [e for e in sorted(names.get(name_key(rest), ())) if not wanted or kind_prefix(e) in wanted]
    if bearers:
        return f"did you mean {' or '.join(f'`{entity}`' for entity in bearers[:3])}?"
    known = [e for e in sorted({e for ids in names.values() for e in ids}) if not wanted or kind_prefix(e) in wanted]
    same = [entity for entity in known if entity.partition(":")[2] == slug_of(rest)]
    if same:
        return f"did you mean {' or '.join(f'`{entity}`' for entity in same[:3])}?"
    return f"write kind:slug, such as {', '.join(f'{p}:{slug_of(rest)}' for p in (wanted or ['body'])[:3])}"


def _prefixes(relationship: RelationshipType | None) -> list[str]:
    if relationship is None:
        return []
    labels = sorted({label for ends in relationship.ends if ends.objects != ANY for label in ends.objects})
    return [SCHEMA.by_label[label].prefix for label in labels]


def slug_of(name: str) -> str:
    """A slug for a name: `Home Office` becomes `home-office`."""
    plain = "".join(c for c in name_key(name) if c.isascii())
    return "-".join(plain.split())[:60].strip("-") or "slug"


def names_of(trees: Iterable[Mapping]) -> Names:
    """The names that stand in the trees; for suggestions only, so that what cannot be read is passed over."""
    names: dict[str, frozenset[str]] = {}
    for name, entity in _pairs(trees):
        key = name_key(name)
        names[key] = names.get(key, frozenset()) | {entity}
    return names


def _pairs(trees: Iterable[Mapping]) -> Iterator[tuple[str, str]]:
    for tree in trees:
        document = tree.items.get("document")
        if isinstance(document, Mapping):
            yield from _named(document, "id", ("title", "name", "other_name"))
        says = tree.items.get("says")
        for block in says.items if isinstance(says, Sequence) else []:
            if isinstance(block, Mapping):
                yield from _named(block, "entity", ("name", "other_name"))


def _named(block: Mapping, id_key: str, name_keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    entity = block.items.get(id_key)
    if not isinstance(entity, Scalar) or kind_prefix(entity.text) not in SCHEMA.by_prefix:
        return
    for key in name_keys:
        for name in _texts(block.items.get(key)):
            yield name, entity.text


def _texts(node: Node | None) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _texts(item)
    elif isinstance(node, Mapping):
        yield from _texts(node.items.get("value"))
