"""One reading of a source: its rows for a loader, and claims that cite the data set and the row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from graph.errors import InputError, SourceError
from graph.loaders.catalogue import SourceDescription, mistake_in
from graph.loaders.directory import Said
from graph.loaders.identity import Identity
from graph.loaders.problems import Problem, Problems, reason_of
from graph.loaders.rows import Row
from graph.loaders.tables import read_rows
from graph.schema import Claim, GivenDates, Source, make_claim

__all__ = ["Reading"]

_STEP: Final = 200
"""Rows after which progress is told."""
T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)


@dataclass
class Reading:
    """What a loader is given. A row that a loader cannot use is refused whole; the others go on."""

    description: SourceDescription
    folder: Path
    source: Source
    identity: Identity
    problems: Problems = field(default_factory=Problems)
    bodies: tuple[Said, ...] = ()
    """What is known of the bodies of other sources, for loaders that find bodies by name and date."""
    written_as: Mapping[str, str | None] = field(default_factory=dict)
    """Which body a spelling names, or that it names none, as people judged."""
    watch: Callable[[int], None] = lambda _: None
    """Told now and then how many rows of this reading were made into claims."""
    _said: set[str] = field(default_factory=set)
    _done: int = 0

    def settings(self, model: type[M]) -> M:
        """What the description gives to its loader; SourceError names the field that is wrong."""
        try:
            return model.model_validate(self.description.settings)
        except ValidationError as error:
            raise mistake_in(error, f"sources/{self.description.name}.yaml", "settings.") from error

    @property
    def as_at(self) -> str:
        """The day of the data."""
        version = self.source.version
        return (version.published if version is not None else None) or self.description.as_at

    def each(self, table: str, read: Callable[[Row], Iterable[Claim]]) -> Iterator[Claim]:
        """The claims that `read` makes of each row of a table.

        Raises SourceError where `read` leaves a field untouched: that is a mistake of the loader or the description.
        """
        for row in self.rows(table):
            try:
                claims = list(read(row))
            except SourceError:
                raise
            except InputError as error:
                self.refuse(row, reason_of(error))
                continue
            if row.left:
                raise SourceError(
                    f"nothing reads `{row.left[0]}`",
                    where=row.place,
                    hint="read it in the loader, or give it under `unused` in the description",
                )
            yield from claims
            self._done += 1
            if self._done % _STEP == 0:
                self.watch(self._done)

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table."""
        described = self.description.tables[table]
        yield from read_rows(self.folder / described.file, described, self.problems)

    def look(self, table: str, read: Callable[[Row], T]) -> Iterator[T]:
        """What `read` finds in each row, before claims are made: for keys that other tables follow.

        A row that cannot be read is refused, with the same words as when claims are made of it.
        """
        for row in self.rows(table):
            try:
                found = read(row)
            except InputError as error:
                self.refuse(row, reason_of(error))
                continue
            yield found

    def refuse(self, row: Row, reason: str) -> None:
        """Keeps that a row is not loaded."""
        self.problems.add(Problem(row.file, row.number, row.key, reason))

    def remark(self, row: Row, reason: str, *, key: str | None = None) -> None:
        """Keeps that a row is loaded, but not as it stands. `key` stands for its own where that may be private."""
        self.problems.add(Problem(row.file, row.number, row.key if key is None else key, reason, is_refused=False))

    def is_first(self, key: str) -> bool:
        """Whether this is asked for the first time: for the few things that many rows say again, such as parties."""
        if key in self._said:
            return False
        self._said.add(key)
        return True

    def begin(self) -> None:
        """Forgets what an earlier reading found."""
        self.problems.clear()
        self._said.clear()
        self._done = 0

    def own(self, prefix: str, identifier: str, *others: str | None) -> str:
        """The source's own id of a record."""
        return self.identity.own(prefix, identifier, *others)

    def says(
        self,
        row: Row,
        subject: str,
        predicate: str,
        target: str | None = None,
        *,
        value: object = None,
        dates: GivenDates = GivenDates(),  # noqa: B008  # an immutable tuple
        key: str | None = None,
        also_at: str | None = None,
        locator: str | None = None,
        **more: Any,
    ) -> Claim:
        """The claim that a row makes. `key` is that of the record, where it is not the row's; `also_at` a second place,
        `locator` the place in another document than the data set.

        An end before its start keeps its text, gets no bounds, and is remarked upon.
        """
        claim = make_claim(
            subject,
            predicate,
            source=self.source,
            target=target,
            value=value,
            dates=dates,
            locator=locator or (f"{row.place}; {also_at}" if also_at else row.place),
            record_key=key if key is not None else f"{row.file} {row.key}",
            method=more.pop("method", "structured"),
            mark_bad_dates=True,
            **more,
        )
        if claim.dates_refused:
            end = dates.until or dates.through
            self.remark(
                row, f"it ends ({end}) before it starts ({dates.since}): kept as given, true on no day for certain"
            )
        return claim

    def names(
        self, row: Row, entity: str, label: str, name: str, *identifiers: str | None, **more: Any
    ) -> Iterator[Claim]:
        """What every record says of itself: its kind, name and identifiers."""
        yield self.says(row, entity, "kind", value=label)
        yield self.says(row, entity, "name", value=name, **more)
        for identifier in identifiers:
            if identifier is not None:
                yield self.says(row, entity, "identifier", value=identifier)
