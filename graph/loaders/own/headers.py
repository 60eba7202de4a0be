"""The documented headers of tables that nobody publishes openly, and the templates made of them."""

from __future__ import annotations

from typing import Final, NamedTuple

from graph.errors import InputError
from graph.schema.model import did_you_mean

__all__ = ["HEADERS", "Column", "Header", "header_of", "template"]


class Column(NamedTuple):
    """A column with what it holds; the header must have a `needed` one."""

    name: str
    meaning: str
    needed: bool = False


class Header(NamedTuple):
    """The columns of a kind of table; `key` are those that tell its records apart where `key` is blank."""

    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The names of the columns in their order."""
        return [column.name for column in self.columns]


_SOURCE: Final = (
    Column("source", "The document that says so: its title, its address (https://…) or its id (document:…).", True),
    Column("place", "Where in it: `page 12`, `table 3, row 4`.", True),
    Column("published", "When that document was published; an open end is certain until then."),
    Column("source_form", "What kind of document it is: report, letter, web_page …; `other` where this is blank."),
    Column("key", "What tells this record apart from all others, where the file has something that does."),
)

HEADERS: Final[dict[str, Header]] = {
    "people-in-posts": Header(
        ("person", "post", "body", "from"),
        (
            Column("person", "The name of the person. In one file one name is one person.", True),
            Column("post", "The name of the post: Home Secretary, chief constable.", True),
            Column("body", "The body in which the post exists.", True),
            Column("from", "The first day: 2024, 2024-07 or 2024-07-05; blank where it is not known.", True),
            Column("until", "The first day on which it was no longer held; blank while it is held.", True),
            *_SOURCE,
            Column("through", "Instead of `until`: the last day on which it was held."),
            Column("acting", "yes for somebody who acts in the post."),
            Column("interim", "yes for somebody who holds it as an interim."),
            Column("person_id", "An identifier, which joins: wikidata:Q264766, parliament:8; or a key of your own."),
            Column("post_id", "The same for the post: ifg:…, wikidata:Q…, or a key of your own."),
            Column("body_id", "The same for the body: govuk:home-office, local-authority:ROT, or a key of your own."),
            Column("body_kind", "Department, Council, PoliceForce …; Body where this is blank."),
        ),
    ),
    "recommendations": Header(
        ("report", "number", "responder"),
        (
            Column("report", "The report that makes it: its title, its address or its id (document:…).", True),
            Column("number", "The number as printed.", True),
            Column("summary", "What it recommends, in your own words.", True),
            Column("targets", "Who is to act, as written, with | between several.", True),
            Column("response", "The words of the answer that decide, at most eight.", True),
            Column("position", "accepted, accepted_in_principle, rejected … (`inquiry schema` lists them).", True),
            *_SOURCE,
            Column("responder", "Who answered; a recommendation that two answered has two rows."),
            Column("responded", "When."),
            Column("target_ids", "Identifiers of the targets, with | between them: govuk:home-office||ifg:…"),
            Column("target_kind", "Body, Office or Group, or a kind of body such as Department; Body where blank."),
            Column("responder_id", "An identifier of the responder."),
        ),
    ),
}  # fmt: skip


def header_of(kind: str) -> Header:
    """The header of a kind of table; InputError names the kinds."""
    if kind not in HEADERS:
        raise InputError(
            f"there is no template `{kind}`",
            hint=did_you_mean(kind, list(HEADERS)) or f"the templates are {', '.join(HEADERS)}",
        )
    return HEADERS[kind]


def template(kind: str) -> str:
    """An empty table: its header, with a line end. Columns that are not needed may be removed or stay blank."""
    return ",".join(header_of(kind).names) + "\n"
