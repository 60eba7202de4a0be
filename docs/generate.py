"""Writes the reference pages from the code: `python docs/generate.py [FOLDER]`; a test holds them up to date."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from api.addresses import ADDRESSES
from graph.cli import app
from graph.loaders.catalogue import SourceCatalogue, SourceDescription
from graph.queries import Catalogue, NamedQuery
from graph.schema import SCHEMA, Kind, RelationshipType
from graph.schema.constraints import schema_statements
from graph.schema.fact_file import fact_file_schema
from graph.schema.vocabulary import BOUNDS, CLOSINGS, METHODS, REVIEWS, VOCABULARIES
from graph.settings import Settings

HERE = Path(__file__).parent / "reference"
MADE = "<!-- Made by docs/generate.py; change the code instead. -->\n"


def pages() -> dict[str, str]:
    """The reference: file name to text."""
    return {
        "model.md": _model(),
        "queries.md": _queries(),
        "commands.md": _commands(),
        "settings.md": _settings(),
        "sources.md": _sources(),
        "constraints.cypher": "".join(f"{statement};\n" for statement in schema_statements(SCHEMA)),
        "fact-file.schema.json": json.dumps(fact_file_schema(SCHEMA), indent=2, ensure_ascii=False) + "\n",
    }


def _model() -> str:
    return "\n".join(
        [
            "# The model\n",
            MADE,
            "Every entity has the label `Entity`, the label of its kind, and where it helps that of a sub-kind. Its id",
            "is `kind:slug`. A property with several values is a list in the current view; of a property with one,",
            "documents may give competing values, which then stand in `<property>_values`.\n",
            "## Kinds\n",
            *(_kind(kind) for kind in SCHEMA.kinds),
            "## Relationships\n",
            "Direction reads as a sentence. States have a start and an end, happenings a day from which they are so.\n",
            *(_relationship(relationship) for relationship in SCHEMA.relationships),
            "## Claims\n",
            "`(:Claim)-[:SUBJECT]->(entity)`, `-[:OBJECT]->(entity)` for a relationship, "
            "`-[:CITES {locator, page, anchor, version}]->(:Document)`, `-[:SAID_BY]->(speaker)`, "
            "`-[:CORRECTS]->(:Claim)`; `(:Version)-[:VERSION_OF]->(:Document)`; `(:Load)`.\n",
            _table(("property", "meaning"), _CLAIM_PROPERTIES),
            "\n## Vocabularies\n",
            _table(
                ("vocabulary", "words"),
                [
                    ("method", ", ".join(METHODS)),
                    ("review", ", ".join(REVIEWS)),
                    ("bound", ", ".join(BOUNDS)),
                    ("closing", ", ".join(CLOSINGS)),
                    *((name, ", ".join(words)) for name, words in VOCABULARIES.items()),
                ],
            ),
            "",
        ]
    )


_CLAIM_PROPERTIES = [
    ("id", "a hash of what it says, the document and the place or record"),
    ("subject, predicate, object", "what is said; `object` for relationships only"),
    ("subject_ref, object_ref", "the ids as the document's claim was first made"),
    ("value, value_text, bound", "the value, how the document prints it, and exact, about, at_least or at_most"),
    ("value_low, value_high", "from where to where a number reaches; absent where it is not limited"),
    ("value_earliest, value_latest", "the days that a date can mean"),
    ("value_key, name_key", "texts and names in the form in which they are compared"),
    ("from_earliest, from_latest", "between which days it began to be so"),
    ("until_earliest, until_latest", "between which days it ended; the first day after"),
    ("from_text, until_text, on_text", "the dates as the document gives them"),
    ("known_earliest, known_latest", "between which days it became public"),
    ("register", "true for states taken from registers, to which known time is not applied"),
    ("recorded_at, retracted_at", "from when to when this graph makes the claim"),
    ("closing, closing_note, closed_by", "why it was closed, and by which load"),
    ("method, review", "how it was read, and whether the document was seen"),
    ("unchecked", "true where `review` is unchecked"),
    ("deprecated", "why a curator holds it to be mistaken"),
    ("contested", "true where another claim has ever contradicted it"),
    ("single", "true where a second, different value or object is a contradiction"),
    ("load, source, also_from", "the load that wrote it, the source that makes it, others that make it too"),
    ("redacted", "true for what is left of a redacted claim"),
]


def _kind(kind: Kind) -> str:
    rows = [
        (f"`{p.name}`" + (" (list)" if p.many else ""), _type(p.type, p.vocabulary, p.unit), p.description)
        for p in kind.own_properties
    ]
    parts = [f"### {kind.label}\n", f"{kind.description} Ids begin with `{kind.prefix}:`.\n"]
    if kind.sub_kinds:
        parts.append(f"Sub-kinds: {', '.join(kind.sub_kinds)}.\n")
    if rows:
        parts.append(_table(("property", "type", "meaning"), rows) + "\n")
    if kind is SCHEMA.kinds[0]:
        common = [(f"`{p.name}`" + (" (list)" if p.many else ""), p.type.value, p.description) for p in kind.properties]
        parts.append("Properties of every kind:\n\n" + _table(("property", "type", "meaning"), common[:6]) + "\n")
    return "\n".join(parts)


def _relationship(relationship: RelationshipType) -> str:
    ends = [(" or ".join(e.subjects), " or ".join(e.objects), e.time_class.value) for e in relationship.ends]
    parts = [
        f"### {relationship.name}\n",
        f"{relationship.description} “{relationship.forward}”, and the other way round “{relationship.backward}”."
        + (" One at a time: two at once are a dispute." if relationship.one_at_a_time else "")
        + "\n",
        _table(("from", "to", "time"), ends) + "\n",
    ]
    if relationship.qualifiers:
        rows = [
            (
                f"`{q.name}`",
                _type(q.type, q.vocabulary, None),
                q.description + (" Two that differ are a dispute." if q.exclusive else ""),
            )
            for q in relationship.qualifiers
        ]
        parts.append(_table(("qualifier", "type", "meaning"), rows) + "\n")
    return "\n".join(parts)


def _type(type_: str, vocabulary: str | None, unit: str | None) -> str:
    if vocabulary is not None:
        return "yes or no" if vocabulary == "yes_no" else f"a word of `{vocabulary}`"
    return f"{type_}, {unit}" if unit else str(type_)


def _queries() -> str:
    return "\n".join(
        [
            "# Named queries\n",
            MADE,
            "`inquiry ask NAME --parameter value` asks one; `--json`, `--csv` and `--cypher` change what is printed.",
            "Each row brings its evidence: the claims that make it, with document, place, anchor phrase and speaker.\n",
            *(_query(query) for query in Catalogue()),
        ]
    )


def _query(query: NamedQuery) -> str:
    when = {
        "parameter": "States are asked about on the day of `--valid-at` (default: today).",
        "row": "States are asked about on the day of each row.",
        "none": "States are not asked about a day.",
    }[query.valid_time.value]
    parameters = [
        (f"`{p.name}`", p.type.replace("|", " or "), p.description + (" (required)" if p.required else ""))
        for p in query.parameters
    ]
    columns = [(f"`{c.name}`", c.type.replace("|", " or "), c.description) for c in query.columns]
    addresses = [f"/v1/queries/{query.name}", *(one.template for one in ADDRESSES if one.query == query.name)]
    over_http = f"Over HTTP: {', '.join(f'`{address}`' for address in addresses)}."
    parts = [f"## {query.name}\n", f"{query.question}\n", f"{when}\n", f"{over_http}\n"]
    if parameters:
        parts.append(_table(("parameter", "type", "meaning"), parameters) + "\n")
    if query.needs_one_of:
        parts.append(f"It needs {' or '.join(f'`{name}`' for name in query.needs_one_of)}.\n")
    parts.append(_table(("column", "type", "meaning"), columns) + "\n")
    return "\n".join(parts)


def _commands() -> str:
    group = typer.main.get_command(app)
    commands: dict[str, Any] = getattr(group, "commands", {})
    return "\n".join(
        [
            "# Commands\n",
            MADE,
            "Results go to standard output and talk to standard error. The exit code is 0, 1 where something was found",
            "or went wrong, and 2 where what was typed cannot be used.\n",
            *_described(commands),
        ]
    )


def _described(commands: dict[str, Any], before: str = "") -> Iterator[str]:
    """Each command in the order of their names; those within another one come after it."""
    for name, command in sorted(commands.items()):
        yield _command(f"{before}{name}", command)
        yield from _described(getattr(command, "commands", {}), f"{before}{name} ")


def _command(name: str, command: Any) -> str:
    rows = [(", ".join(f"`{o}`" for o in _names(p)), str(getattr(p, "help", None) or "")) for p in command.params]
    arguments = " ".join(_metavar(p) for p in command.params if p.param_type_name == "argument")
    parts = [f"## inquiry {name} {arguments}".rstrip() + "\n", re.sub(r"\s+", " ", command.help or "") + "\n"]
    if rows:
        parts.append(_table(("option or argument", "meaning"), rows) + "\n")
    return "\n".join(parts)


def _metavar(parameter: Any) -> str:
    word = str(parameter.metavar or parameter.name.upper())
    return word if parameter.required or word.startswith("[") else f"[{word}]"


def _names(parameter: Any) -> Iterator[str]:
    if parameter.param_type_name == "option":
        yield from [*parameter.opts, *parameter.secondary_opts]
    else:
        yield _metavar(parameter)


def _settings() -> str:
    rows = []
    for name, field in Settings.model_fields.items():
        default = field.get_default()
        shown = (
            "the platform's folder" if field.default_factory is not None else "" if default is None else str(default)
        )
        rows.append((f"`INQUIRY_{name.upper()}`", shown, field.description or ""))
    return "\n".join(
        [
            "# Settings\n",
            MADE,
            "Settings are environment variables.\n",
            _table(("variable", "default", "meaning"), rows),
            "",
        ]
    )


def _sources() -> str:
    return "\n".join(
        [
            "# Sources\n",
            MADE,
            "Data sets that `inquiry load NAME` knows, in the order in which `inquiry load --all` takes them.\n",
            *(_source(source) for source in SourceCatalogue()),
        ]
    )


def _source(source: SourceDescription) -> str:
    lines = [
        f"## {source.name}\n",
        f"{source.title}. Published by {source.publisher.name}; licence: [{source.licence}]({source.licence_url}); "
        f"data as at {source.as_at}.\n",
        f"Attribution: {source.attribution}\n",
    ]
    lines.append(_how_to_get(source))
    if source.needs:
        lines.append(f"Loaded before it: {', '.join(f'`{name}`' for name in source.needs)}.\n")
    rows = [
        (
            f"`{source.folder}/{t.file}`",
            f"{t.rows:,}" if t.rows else "",
            ", ".join(f"`{c}`" for c in t.columns.values()),
        )
        for t in source.tables.values()
    ]
    lines.append(_table(("file", "rows", "columns that are read"), rows) + "\n")
    left = [
        (f"`{t.file}`", f"`{c}`", why) for t in source.tables.values() for c, why in {**t.dropped, **t.unused}.items()
    ]
    left += [(f"`{file}`", "all", why) for file, why in source.files_unused.items()]
    if left:
        lines.append(_table(("file", "column left out", "why"), left) + "\n")
    return "\n".join(lines)


def _how_to_get(source: SourceDescription) -> str:
    missing = [table.file for table in source.tables.values() if table.file not in source.addresses]
    parts = []
    if source.addresses:
        newest = ", and the newest one with `--newest`" if source.newest else ""
        hosts = sorted({address.split("/")[2] for address in source.addresses.values()})
        parts.append(f"`inquiry fetch {source.name}` gets the version described from {', '.join(hosts)}{newest}.")
    if missing:
        parts.append(f"By hand: {source.by_hand}.")
    return " ".join(parts) + "\n"


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    lines += [f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |" for row in rows]
    return "\n".join(lines)


def main(folder: Path = HERE) -> None:
    """Writes all pages into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
