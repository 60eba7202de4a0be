"""One row of a table of one's own: its cells with what the mapping adds, its entities, and what it cites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict

from graph.errors import SchemaError
from graph.loaders.identity import own_id
from graph.loaders.reading import Reading
from graph.loaders.rows import Row
from graph.schema import SCHEMA, Claim, GivenDates, Source

__all__ = ["Cells", "Settings"]

_ADDRESSES = ("https://", "http://")


class Settings(BaseModel):
    """What a mapping says of all rows. `scheme` is that of the keys of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    constants: dict[str, str] = {}
    dates: tuple[str, ...] = ()
    words: dict[str, dict[str, str]] = {}
    is_document: bool = True
    """Whether the table itself is cited, and not what each row names."""


class Cells:
    """A row in the columns of the documented header; a column that the file has not is blank."""

    def __init__(self, reading: Reading, row: Row, settings: Settings) -> None:
        self._reading = reading
        self._row = row
        self._settings = settings
        self._cited: tuple[Reading, str] | None = None
        self._key = row.key

    def text(self, name: str) -> str | None:
        """A cell, or what the mapping gives for all rows, in our words."""
        text = self._row.text(name) if name in self._row.left else None
        if text is None:
            text = self._settings.constants.get(name)
        return self._settings.words.get(name, {}).get(text, text) if text is not None else None

    def needed(self, name: str) -> str:
        """A cell that must not be blank."""
        text = self.text(name)
        if text is None:
            raise SchemaError(f"`{name}` is blank")
        return text

    def date(self, name: str) -> str | None:
        """A day, month or year in one of the forms that the mapping names."""
        if name not in self._row.left:
            return None
        return self._row.date(name, forms=self._settings.dates)

    def flag(self, name: str) -> bool:
        """Yes or no; a blank is no."""
        return self._row.flag(name) if name in self._row.left else False

    def terms(self) -> GivenDates:
        """From when to when, in the words of the row."""
        since, until, through = (self.date(name) for name in ("from", "until", "through"))
        if until is not None and through is not None:
            raise SchemaError("`until` and `through` are both given", hint="`until` is the first day after")
        return GivenDates(since, until, through)

    def own(self, prefix: str, key: str, identifier: str | None) -> str:
        """The id of an entity: by an identifier with its scheme, or else by the file's own key."""
        scheme = self._settings.scheme
        if identifier is None:
            return self._reading.own(prefix, f"{scheme}:{key}")
        if identifier.startswith(f"{prefix}:"):
            SCHEMA.kind_of(identifier)
            return identifier
        return self._reading.own(prefix, identifier if ":" in identifier else f"{scheme}:{identifier}")

    def describe(self, entity: str, kind: str, name: str, identifier: str | None = None) -> Iterator[Claim]:
        """Kind, name and identifier of an entity; nothing of one that the row calls by its id in the graph."""
        if identifier is not None and identifier == entity:
            return
        yield self.says(entity, "kind", value=kind, key=entity)
        yield self.says(entity, "name", value=name, key=entity)
        if identifier is not None and ":" in identifier:
            yield self.says(entity, "identifier", value=identifier, key=entity)

    def document(self, text: str, form: str) -> tuple[str, Iterator[Claim]]:
        """The document that a cell names by id, address or title, and what is said of it.

        Two files that name one address mean one document; a title is that of the file's own document.
        """
        if text.startswith("document:"):
            SCHEMA.kind_of(text)
            return text, iter(())
        is_address = text.startswith(_ADDRESSES)
        document = own_id("document", f"{'url' if is_address else self._settings.scheme}:{text}")
        return document, self._introduce(document, text, form, is_address=is_address)

    def _introduce(self, document: str, text: str, form: str, *, is_address: bool) -> Iterator[Claim]:
        if self._reading.is_first(document):
            yield self.says(document, "kind", value="Document", key=document)
            yield self.says(document, "name", value=text, key=document)
            yield self.says(document, "form", value=form, key=document)
            if is_address:
                yield self.says(document, "url", value=text, key=document)

    def cite(self) -> Iterator[Claim]:
        """Reads what the row cites, and yields what is said of it; before this a row says nothing."""
        source, place = self.text("source"), self.text("place")
        published, form = self.date("published"), self.text("source_form")
        self._key = self.text("key") or self._key
        if self._settings.is_document:
            self._cited = self._reading, f"{self._row.place}; {place}" if place else self._row.place
            return
        if source is None or place is None:
            blank = "source" if source is None else "place"
            raise SchemaError(f"`{blank}` is blank", hint="nothing is stated that no document states")
        document, claims = self.document(source, form or "other")
        cited = Source(document=document, published=published, is_register=form == "dataset")
        self._cited = replace(self._reading, source=cited), place
        yield from claims
        if published is not None and self._reading.is_first(f"{document} {published}"):
            yield self.says(document, "published", value=published, key=document)

    def says(self, subject: str, predicate: str, target: str | None = None, **more: Any) -> Claim:
        """The claim that the row makes, in the document that it cites; its key does not name the file."""
        if self._cited is None:
            raise SchemaError("the row cites nothing yet")
        reading, locator = self._cited
        more.setdefault("key", self._key)
        return reading.says(self._row, subject, predicate, target, locator=locator, **more)
