"""Fact files: documents with what they say, in YAML, checked as a whole and turned into claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final, get_args

from graph.errors import FactFileError, InputError
from graph.loaders.facts.blocks import BlockReader, Context, Said, as_text, expect_mapping, iterate_blocks
from graph.loaders.facts.yaml_tree import Mapping, Node, Place, Scalar, Sequence, read_trees
from graph.schema import SCHEMA, Claim, DocumentVersion, Source
from graph.schema.dates import days_of
from graph.schema.ids import check_text, kind_prefix
from graph.schema.loads import Closing, ClosingReason, LoadInput, LoadRequest
from graph.schema.model import did_you_mean

__all__ = ["FactFile", "FactSet", "Known", "load_request", "read_fact_files"]

TITLE_PAGE: Final = "title and imprint"
"""Where a document gives its own title, date and publisher, unless its block says another place."""

_TOP_KEYS: Final = ("document", "says", "corrections")
_DOCUMENT_ALIASES: Final = {"title": "name", "publisher": "published_by", "author": "written_by"}
_VERSION_KEYS: Final = ("published", "retrieved_at", "sha256")
_PUBLIC_ROLES: Final = frozenset({"HELD", "MEMBER_OF"})
_PUBLIC_PARTS: Final = frozenset({"LED_BY", "WRITTEN_BY"})


@dataclass(frozen=True)
class Known:
    """What exists outside the files that are read: ids that may be mentioned, documents, people known to be public."""

    ids: Collection[str] = frozenset()
    sources: Lookup[str, Source] = field(default_factory=dict)
    people: Collection[str] = frozenset()


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
        return Known(self.named, self.sources, set(_public_people(self.claims)))


@dataclass(frozen=True)
class _Part:
    """One YAML document of a file: the published document and what it says."""

    tree: Mapping
    source: Source


def read_fact_files(paths: Iterable[Path], *, known: Known = Known()) -> FactSet:  # frozen
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
    parts, versions = _read_documents(trees, known, said)
    closings: list[tuple[Closing, Place]] = []
    for part in parts:
        _read_part(part, said, closings)
    claims = [claim for claim, _ in said.claims]
    _check_mentions(claims, said, known)
    _check_names(said)
    _check_people(claims, said, known)
    _check_closings(said, closings)
    if said.problems:
        raise FactFileError(sorted(said.problems, key=_in_file_order))
    return _by_file(inputs, said, versions, closings, {part.source.document: part.source for part in parts})


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
    return FactSet(files, sources)


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


def _read_documents(
    trees: list[Mapping], known: Known, said: Said
) -> tuple[list[_Part], list[tuple[DocumentVersion, Place]]]:
    declared: dict[str, tuple[Source, Place]] = {}
    versions: list[tuple[DocumentVersion, Place]] = []
    for tree in trees:
        for key in tree.items:
            if key not in _TOP_KEYS:
                said.report(InputError(f"unknown key `{key}`", hint=did_you_mean(key, _TOP_KEYS)), tree.place_of(key))
        node = tree.items.get("document")
        if isinstance(node, Mapping):
            try:
                source = _read_source(node, versions)
            except InputError as error:
                said.report(error, node.place)
                continue
            _declare(source, node.place, declared, said)
    parts = []
    for tree in trees:
        found = _source_of(tree, declared, known, said)
        if found is not None:
            parts.append(_Part(tree, found))
    return parts, versions


def _declare(source: Source, place: Place, declared: dict[str, tuple[Source, Place]], said: Said) -> None:
    earlier = declared.get(source.document)
    if earlier is not None:
        error = InputError(
            f"{source.document} is described twice; first at {earlier[1]}",
            hint=f"describe it once; elsewhere write `document: {source.document}`",
        )
        said.report(error, place)
        return
    declared[source.document] = (source, place)


def _read_source(node: Mapping, versions: list[tuple[DocumentVersion, Place]]) -> Source:
    if "id" not in node.items:
        raise InputError("the document has no `id`", where=str(node.place), hint="add `id: document:slug`")
    document = as_text(node.items["id"], "id")
    if SCHEMA.kind_of(document).label != "Document":
        raise InputError(
            f"{document} is not a document", where=str(node.place_of("id")), hint="its id begins with document:"
        )
    published = (
        as_text(node.items["published"], "published") if isinstance(node.items.get("published"), Scalar) else None
    )
    read = [_read_version(item, document) for item in _as_list(node.items.get("version"))]
    versions.extend((version, node.place) for version in read)
    if published is not None:
        days_of(published)
    return Source(
        document=document,
        published=published,
        retrieved_at=read[-1].retrieved_at if read else None,
        is_register="form" in node.items and as_text(node.items["form"], "form") == "dataset",
        version=read[-1] if read else None,
    )


def _read_version(node: Node, document: str) -> DocumentVersion:
    item = expect_mapping(node, "`version`")
    given = {key: as_text(value, key) for key, value in item.items.items()}
    for key in given:
        if key not in _VERSION_KEYS:
            raise InputError(
                f"a version has no `{key}`", where=str(item.place_of(key)), hint=did_you_mean(key, _VERSION_KEYS)
            )
    for key in ("published", "retrieved_at"):
        if key in given:
            days_of(given[key])
    digest = given.get("sha256")
    if digest is not None and (len(digest) != 64 or set(digest) - set("0123456789abcdef")):
        raise InputError("`sha256` is 64 digits 0-9 a-f", where=str(item.place_of("sha256")))
    return DocumentVersion(document=document, **given)


def _as_list(node: Node | None) -> list[Node]:
    if node is None:
        return []
    return node.items if isinstance(node, Sequence) else [node]


def _source_of(tree: Mapping, declared: dict[str, tuple[Source, Place]], known: Known, said: Said) -> Source | None:
    node = tree.items.get("document")
    if node is None:
        said.report(
            InputError("no document is named", hint="every claim cites one: begin with `document:`"), tree.place
        )
        return None
    if isinstance(node, Mapping):
        identifier = node.items.get("id")
        found = declared.get(identifier.text) if isinstance(identifier, Scalar) else None
        return found[0] if found else None
    if not isinstance(node, Scalar):
        said.report(InputError("`document` takes an id or a description"), node.place)
        return None
    if node.text in declared:
        return declared[node.text][0]
    if node.text in known.sources:
        return known.sources[node.text]
    said.report(
        InputError(f"unknown document `{node.text}`", hint=did_you_mean(node.text, [*declared, *known.sources])),
        node.place,
    )
    return None


def _read_part(part: _Part, said: Said, closings: list[tuple[Closing, Place]]) -> None:
    node = part.tree.items["document"]
    said.mentioned.append((part.source.document, node.place))
    reader = BlockReader(part.source, said)
    if isinstance(node, Mapping):
        _read_metadata(node, part.source, reader)
    if "says" in part.tree.items:
        for block in iterate_blocks(part.tree.items["says"], said):
            reader.read(block, Context())
    for item in _as_list(part.tree.items.get("corrections")):
        try:
            correction = expect_mapping(item, "a correction")
            closings.extend((c, item.place) for c in _read_correction(correction, part.source, said))
        except InputError as error:
            said.report(error, item.place)


def _read_metadata(node: Mapping, source: Source, reader: BlockReader) -> None:
    statements: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    for key, value in node.items.items():
        if key not in {"id", "version"}:
            name = _DOCUMENT_ALIASES.get(key, key)
            statements[name] = value
            keys[name] = node.place_of(key)
    unchecked = isinstance(node.items.get("review"), Scalar) and as_text(node.items["review"], "review") == "unchecked"
    context = Context(at=None if unchecked else TITLE_PAGE)
    reader.read_statements(source.document, SCHEMA.by_label["Document"], Mapping(statements, node.place, keys), context)


def _read_correction(item: Mapping, source: Source, said: Said) -> Iterator[Closing]:
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
            f"`{reason}` is not a reason", hint=did_you_mean(reason, reasons) or f"one of {', '.join(reasons)}"
        )
    if "was" not in item.items:
        raise InputError("the correction does not say what was wrong", hint="repeat the mistaken block under `was:`")
    mistaken = Said()
    BlockReader(source, mistaken).read(expect_mapping(item.items["was"], "`was`"), Context())
    said.problems.extend(mistaken.problems)
    note = as_text(item.items["note"], "note") if "note" in item.items else None
    implied = {"kind"} if "kind" not in expect_mapping(item.items["was"], "`was`").items else set()
    wrong = [claim for claim, _ in mistaken.claims if claim.predicate not in implied]
    for claim in wrong:
        yield Closing(claim=claim.id, reason=reason, note=check_text(note) if note else None)
    if "now" in item.items:
        context = Context(corrects=wrong[0].id if wrong else None)
        BlockReader(source, said).read(expect_mapping(item.items["now"], "`now`"), context)


def _check_mentions(claims: list[Claim], said: Said, known: Known) -> None:
    named = {claim.subject for claim in claims if claim.predicate == "name"} | set(known.ids) | set(known.sources)
    for entity, place in said.mentioned:
        if entity in named:
            continue
        prefix = kind_prefix(entity)
        if prefix not in SCHEMA.by_prefix:
            said.report(
                InputError(f"unknown kind `{prefix}`", hint=did_you_mean(prefix, list(SCHEMA.by_prefix))), place
            )
            continue
        slugs = [other.partition(":")[2] for other in named if kind_prefix(other) == prefix]
        hint = did_you_mean(entity.partition(":")[2], slugs) or f"give it a name in a block `entity: {entity}`"
        said.report(InputError(f"unknown {prefix} `{entity.partition(':')[2]}`", hint=hint), place)


def _check_names(said: Said) -> None:
    """One document gives an entity one name; another name is an `other_name`."""
    names: dict[tuple[str, str], tuple[str, Place]] = {}
    for claim, place in said.claims:
        if claim.predicate != "name" or claim.value is None or not claim.dates.is_empty:
            continue
        key = (claim.citations[0].document, claim.subject)
        earlier = names.setdefault(key, (str(claim.value.value), place))
        if earlier[0] != claim.value.value:
            said.report(
                InputError(
                    f"{claim.subject} is named twice with different content: {earlier[0]!r} at {earlier[1]}",
                    hint="give a second name as `other_name`, or the second entity another id",
                ),
                place,
            )


def _public_people(claims: Iterable[Claim]) -> Iterator[str]:
    for claim in claims:
        if claim.predicate in _PUBLIC_ROLES and kind_prefix(claim.subject) == "person":
            yield claim.subject
        elif claim.predicate in _PUBLIC_PARTS and claim.object is not None and kind_prefix(claim.object) == "person":
            yield claim.object


def _check_people(claims: list[Claim], said: Said, known: Known) -> None:
    public = set(_public_people(claims)) | set(known.people)
    reported: set[str] = set()
    for claim, place in said.claims:
        if (
            claim.predicate == "name"
            and kind_prefix(claim.subject) == "person"
            and claim.subject not in public | reported
        ):
            reported.add(claim.subject)
            said.report(
                InputError(
                    f"{claim.subject} holds no office here, and chairs or writes nothing",
                    hint="the graph names people only as holders of offices, chairs, panel members and authors",
                ),
                place,
            )


def _check_closings(said: Said, closings: list[tuple[Closing, Place]]) -> None:
    made = {claim.id for claim, _ in said.claims}
    for closing, place in closings:
        if closing.claim in made:
            said.report(
                InputError("what this correction closes still stands in the file", hint="take the mistaken line out"),
                place,
            )


def _in_file_order(error: InputError) -> tuple[str, int, int]:
    file, _, rest = (error.where or "").partition(":")
    line, _, column = rest.partition(":")
    return file, int(line) if line.isdigit() else 0, int(column) if column.isdigit() else 0
