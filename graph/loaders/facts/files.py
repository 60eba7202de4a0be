"""Fact files: documents with what they say, in YAML, checked as a whole and turned into claims."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, get_args

from graph.errors import FactFileError, InputError
from graph.loaders.facts.blocks import BlockReader, Context, Said, as_list, as_text, expect_mapping, iterate_blocks
from graph.loaders.facts.checks import (
    NOTHING_KNOWN,
    Known,
    check_closings,
    check_mentions,
    check_names,
    check_people,
    public_people,
)
from graph.loaders.facts.documents import Part, read_documents
from graph.loaders.facts.suggestions import DOCUMENT_ALIASES, Names, names_of
from graph.loaders.facts.yaml_tree import LARGEST_FILE, Mapping, Node, Place, Scalar, read_trees
from graph.schema import Claim, DocumentVersion, Source
from graph.schema.ids import check_text
from graph.schema.loads import Closing, ClosingReason, LoadInput, LoadRequest
from graph.schema.model import did_you_mean

__all__ = ["FactFile", "FactSet", "load_request", "read_fact_files"]

TITLE_PAGE: Final = "title and imprint"
"""Where a document gives its own title, date and publisher, unless its block says another place."""

_ID_IN_TEXT: Final = re.compile(r"\b[a-z]+:[A-Za-z0-9._~-]{1,120}")


@dataclass(frozen=True)
class FactFile:
    """What one fact file says, names and mentions."""

    path: str
    input: LoadInput
    claims: tuple[Claim, ...]
    versions: tuple[DocumentVersion, ...]
    closings: tuple[Closing, ...]
    mentioned: frozenset[str]

    @property
    def named(self) -> set[str]:
        """The entities that have a name here."""
        return {claim.subject for claim in self.claims if claim.predicate == "name"}


@dataclass(frozen=True)
class FactSet:
    """All that a set of fact files says."""

    files: tuple[FactFile, ...]
    sources: dict[str, Source]
    names: Names

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all files."""
        return tuple(claim for file in self.files for claim in file.claims)

    @property
    def named(self) -> set[str]:
        """The entities that have a name here."""
        return {entity for file in self.files for entity in file.named}

    def known(self) -> Known:
        """What other files may refer to."""
        return Known(self.named, self.sources, set(public_people(self.claims)), self.names)


def read_fact_files(paths: Iterable[Path], *, known: Known = NOTHING_KNOWN) -> FactSet:
    """The claims of all `paths` (files, or folders with `*.yaml`).

    Raises FactFileError with every problem, each with file, line, column and, where one can be given, a suggestion.
    """
    said = Said()
    inputs: dict[str, LoadInput] = {}
    trees: list[Mapping] = []
    for path in _files(paths):
        content = _read(path, said)
        if content is None:
            continue
        inputs[str(path)] = LoadInput(name=path.name, sha256=sha256(content).hexdigest())
        trees.extend(_trees(content, str(path), said))
    names = names_of(trees)
    all_names = _joined(names, known.names)
    parts, versions = read_documents(trees, known.sources, said)
    closings: list[tuple[Closing, Place]] = []
    for part in parts:
        _read_part(part, said, closings, all_names)
    check_mentions(said, known)
    check_names(said)
    check_people(said, known)
    check_closings(said, closings)
    if said.problems:
        raise FactFileError(sorted(said.problems, key=_in_file_order))
    return _by_file(inputs, said, versions, closings, {part.source.document: part.source for part in parts}, names)


def load_request(files: Iterable[FactFile], source: str) -> LoadRequest:
    """What the writer needs to write fact files as one source."""
    together = tuple(files)
    claims = tuple(claim for file in together for claim in file.claims)
    return LoadRequest(
        loader="facts",
        source=source,
        inputs=tuple(file.input for file in together),
        claims=claims,
        versions=tuple(version for file in together for version in file.versions),
        closings=tuple(closing for file in together for closing in file.closings),
        expected_claims=len(claims),
    )


def _by_file(
    inputs: dict[str, LoadInput],
    said: Said,
    versions: list[tuple[DocumentVersion, Place]],
    closings: list[tuple[Closing, Place]],
    sources: dict[str, Source],
    names: Names,
) -> FactSet:
    """Sorts what was read by file; a claim that is made twice counts where it stands first."""
    once = {claim.id: (claim, place) for claim, place in reversed(said.claims)}
    claims = defaultdict(list)
    for claim, place in reversed(once.values()):
        claims[place.file].append(claim)
    mentioned = defaultdict(set)
    for entity, place in said.mentioned:
        mentioned[place.file].add(entity)
    files = tuple(
        FactFile(
            path=path,
            input=given,
            claims=tuple(claims[path]),
            versions=tuple(version for version, place in versions if place.file == path),
            closings=tuple(closing for closing, place in closings if place.file == path),
            mentioned=frozenset(mentioned[path]),
        )
        for path, given in inputs.items()
    )
    return FactSet(files, sources, names)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("*.yaml"))
        else:
            yield path


def _read(path: Path, said: Said) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as error:
        said.problems.append(InputError(f"the file cannot be read: {error.strerror}", where=str(path)))
        return None


def _trees(content: bytes, file: str, said: Said) -> list[Mapping]:
    try:
        trees = list(read_trees(content, file))
    except InputError as error:
        said.problems.append(error)
        # What the file would have named must not be called unknown elsewhere.
        ids = set(_ID_IN_TEXT.findall(content.decode(errors="replace"))) if len(content) <= LARGEST_FILE else set()
        said.spoilt |= ids
        said.in_question |= ids
        return []
    if not trees:
        said.problems.append(InputError("the file is empty", where=file, hint="begin with `document:`"))
    found = []
    for tree in trees:
        try:
            found.append(expect_mapping(tree, "the file"))
        except InputError as error:
            said.problems.append(error)
    return found


def _joined(names: Names, others: Names) -> Names:
    return {key: names.get(key, frozenset()) | others.get(key, frozenset()) for key in names.keys() | others.keys()}


def _read_part(part: Part, said: Said, closings: list[tuple[Closing, Place]], names: Names) -> None:
    node = part.tree.items.get("document")
    reader = BlockReader(part.source, said, names)
    if node is not None:
        said.mentioned.append((part.source.document, node.place))
    if isinstance(node, Mapping):
        _read_description(node, part.source, reader, said)
    if "says" in part.tree.items:
        for block in iterate_blocks(part.tree.items["says"], said):
            reader.read(block, Context())
    for item in as_list(part.tree.items.get("corrections")):
        try:
            correction = expect_mapping(item, "a correction")
            closings.extend((c, item.place) for c in _read_correction(correction, part.source, said, names))
        except InputError as error:
            said.report(error, item.place)


def _read_description(node: Mapping, source: Source, reader: BlockReader, said: Said) -> None:
    """What stands under `document:` is said by the document of itself."""
    statements: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    for key, value in node.items.items():
        name = DOCUMENT_ALIASES.get(key, key)
        if name in statements:
            error = InputError(f"`{key}` repeats line {keys[name].line}", hint="keep one of the two, or write a list")
            said.report(error, node.place_of(key))
        elif key not in {"id", "version"}:
            statements[name] = value
            keys[name] = node.place_of(key)
    review = node.items.get("review")
    unchecked = isinstance(review, Scalar) and review.text == "unchecked"
    context = Context(at=None if unchecked else TITLE_PAGE)
    reader.read_statements(source.document, Mapping(statements, node.place, keys), context, is_description=True)


def _read_correction(item: Mapping, source: Source, said: Said, names: Names) -> Iterator[Closing]:
    """Closes the claims of `was` and makes those of `now`, which correct them."""
    for key in item.items:
        if key not in {"reason", "note", "was", "now"}:
            raise InputError(
                f"a correction has no `{key}`",
                where=str(item.place_of(key)),
                hint=did_you_mean(key, ["reason", "note", "was", "now"]),
            )
    reasons = get_args(ClosingReason)
    reason = as_text(item.items["reason"], "reason") if "reason" in item.items else "our_error"
    if reason not in reasons:
        raise InputError(
            f"`{reason}` is not a reason",
            where=str(item.items["reason"].place),
            hint=did_you_mean(reason, reasons) or f"one of {', '.join(reasons)}",
        )
    if "was" not in item.items:
        raise InputError("the correction does not say what was wrong", hint="repeat the mistaken block under `was:`")
    mistaken = Said()
    BlockReader(source, mistaken, names).read(expect_mapping(item.items["was"], "`was`"), Context())
    said.problems.extend(mistaken.problems)
    note = as_text(item.items["note"], "note") if "note" in item.items else None
    implied = {"kind"} if "kind" not in expect_mapping(item.items["was"], "`was`").items else set()
    wrong = [claim for claim, _ in mistaken.claims if claim.predicate not in implied]
    for claim in wrong:
        yield Closing(claim=claim.id, reason=reason, note=check_text(note) if note else None)
    if "now" in item.items:
        context = Context(corrects=wrong[0].id if wrong else None)
        BlockReader(source, said, names).read(expect_mapping(item.items["now"], "`now`"), context)


def _in_file_order(error: InputError) -> tuple[str, int, int]:
    file, _, rest = (error.where or "").partition(":")
    line, _, column = rest.partition(":")
    return file, int(line) if line.isdigit() else 0, int(column) if column.isdigit() else 0
