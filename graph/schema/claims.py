"""Claims, citations and versions of documents: what one document says in one place, and where."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, field_validator

from graph.errors import SchemaError
from graph.schema.dates import ANY_TIME, Bounds, GivenDates, TimeClass, days_of, public_by, valid_bounds
from graph.schema.ids import digest_of
from graph.schema.kinds import Kind, PropertyType, ValueType
from graph.schema.model import SCHEMA, did_you_mean
from graph.schema.relationships import Qualifier, RelationshipType
from graph.schema.safety import check_no_private_field, check_person_name, check_place, check_public_text, check_said
from graph.schema.values import Value, read_value
from graph.schema.vocabulary import METHODS, REVIEWS

__all__ = [
    "LONGEST_ANCHOR",
    "Citation",
    "Claim",
    "DocumentVersion",
    "Source",
    "check_anchor",
    "check_method",
    "check_review",
    "check_speaker",
    "make_claim",
]

LONGEST_ANCHOR: Final = 8
LONGEST_SLUG: Final = 90
"""Words of a document that an anchor phrase may take: enough to find a place, too few to copy it."""

_LAST_PAGE: Final = 1_000_000

_SPEAKERS: Final = frozenset({"Person", "Office", "Body", "Inquiry"})


def check_anchor(anchor: str) -> str:
    """`anchor` normalised; raises SchemaError where it is too long."""
    if len(anchor.split()) > LONGEST_ANCHOR:
        raise SchemaError(
            f"the anchor has {len(anchor.split())} words: {anchor!r}",
            hint=f"keep at most {LONGEST_ANCHOR} words, enough to find the place again",
        )
    return check_said(anchor)


def check_speaker(speaker: str) -> str:
    """`speaker` itself; raises SchemaError where an entity of its kind cannot say anything."""
    if SCHEMA.kind_of(speaker).label not in _SPEAKERS:
        raise SchemaError(
            f"{speaker} cannot say anything", hint="a speaker is a person, an office, a body or an inquiry"
        )
    return speaker


class DocumentVersion(BaseModel):
    """A document as published or retrieved once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    published: str | None = None
    retrieved_at: str | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None

    @property
    def id(self) -> str:
        """`version:` and the document's slug, with the day that tells versions apart."""
        slug = self.document.partition(":")[2]
        if len(slug) > LONGEST_SLUG:
            slug = f"{slug[: LONGEST_SLUG - 9]}~{digest_of(slug)[:8]}"
        return f"version:{slug}~{self.published or self.retrieved_at or 'undated'}"


class Source(BaseModel):
    """What a claim needs to know of the document that makes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    published: str | None = None
    retrieved_at: str | None = None
    is_register: bool = False
    """A list of states, such as a register of office holders: its publication does not make the past unknown."""
    version: DocumentVersion | None = None

    @property
    def known(self) -> tuple[date, date]:
        """By when it was public, as (earliest, latest) day: its publication, or that of the version that was read."""
        if self.published is None and self.version is not None and self.version.published is not None:
            return public_by(None, self.version.published)
        return public_by(self.published, self.retrieved_at)

    @property
    def as_at(self) -> tuple[date, date]:
        """When it speaks: its newest version counts, because it still says so then."""
        published, retrieved = self.published, self.retrieved_at
        if self.version is not None:
            published = self.version.published or published
            retrieved = self.version.retrieved_at or retrieved
        if published is None and retrieved is not None:
            return days_of(retrieved)
        return public_by(published)


class Citation(BaseModel):
    """The place in a document: a locator in words, a page where there is one, a short anchor phrase."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    locator: str | None = None
    page: int | None = Field(None, ge=1)
    anchor: str | None = None
    version: str | None = None

    @field_validator("anchor")
    @classmethod
    def _is_short(cls, anchor: str | None) -> str | None:
        return check_anchor(anchor) if anchor is not None else None


class Claim(BaseModel):
    """What one document says in one place; made by `make_claim`, which checks it against the schema."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    subject: str
    predicate: str
    object: str | None = None
    value: Value | None = None
    qualifiers: dict[str, str | int] = Field(default_factory=dict)
    dates: GivenDates = GivenDates()
    bounds: Bounds
    dates_refused: bool = False
    known_earliest: date
    known_latest: date
    register_state: bool = False
    said_by: str | None = None
    method: Literal["curated", "reading", "structured", "extracted"]
    review: Literal["checked", "unchecked"]
    deprecated: str | None = None
    corrects: str | None = None
    subject_ref: str | None = None
    object_ref: str | None = None
    """What the source itself calls subject and object, where identity leads elsewhere; the id is made from these."""
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]

    @property
    def is_relationship(self) -> bool:
        """Whether it links two entities, rather than giving one a value."""
        return self.object is not None


def make_claim(
    subject: str,
    predicate: str,
    *,
    source: Source,
    target: str | None = None,
    value: object = None,
    value_text: str | None = None,
    bound: str = "exact",
    qualifiers: dict[str, Any] | None = None,
    dates: GivenDates = GivenDates(),  # noqa: B008  # an immutable tuple
    locator: str | None = None,
    page: int | None = None,
    anchor: str | None = None,
    said_by: str | None = None,
    method: str = "curated",
    review: str = "checked",
    deprecated: str | None = None,
    corrects: str | None = None,
    record_key: str | None = None,
    mark_bad_dates: bool = False,
) -> Claim:
    """The claim that `source` makes about `subject`; either `target` (a relationship) or `value` is given.

    `record_key` is the record's own key in a data set; without it the locator tells two records apart. A loader sets
    `mark_bad_dates`, so that an end before its start keeps its text, gets no bounds and is marked. Raises SchemaError
    with what was wrong and what to do: unknown predicates, wrong ends, private fields, bad dates, long anchors, and
    a missing place for a checked claim.
    """
    check_no_private_field(predicate)
    kind = SCHEMA.kind_of(subject)
    if review == "checked" and locator is None and page is None and anchor is None:
        raise SchemaError(
            f"the claim {subject} {predicate} has no citation",
            hint="give `at:` with the place in the document, or mark it `review: unchecked`",
        )
    checked_value = None
    if target is not None:
        relationship = SCHEMA.relationship(predicate)
        time_class = SCHEMA.time_class(relationship, kind, SCHEMA.kind_of(target))
        given_qualifiers = _read_qualifiers(relationship, qualifiers or {})
    else:
        property_type = SCHEMA.property_of(kind, predicate)
        time_class = property_type.time_class
        checked_value = _read_checked_value(kind, property_type, value, value_text, bound)
        given_qualifiers = {}
    if said_by is not None:
        check_speaker(said_by)
    bounds, refused = _bounds(time_class, dates, source, mark_bad_dates=mark_bad_dates)
    known_earliest, known_latest = source.known
    citation = Citation(
        document=source.document,
        locator=check_place(locator) if locator is not None else None,
        page=_check_page(page) if page is not None else None,
        anchor=anchor,
        version=source.version.id if source.version is not None else None,
    )
    says = [
        subject, predicate, target, checked_value.identity if checked_value else None, given_qualifiers, list(dates),
        said_by, source.document, record_key if record_key is not None else [locator, page],
    ]  # fmt: skip
    # A copy of a blank claim takes a third of the time of `model_construct`; all has been checked above.
    return _BLANK.model_copy(
        update={
            "id": f"claim:{digest_of(says)}",
            "subject": subject,
            "predicate": predicate,
            "object": target,
            "value": checked_value,
            "qualifiers": given_qualifiers,
            "dates": dates,
            "bounds": bounds,
            "dates_refused": refused,
            "known_earliest": known_earliest,
            "known_latest": known_latest,
            "register_state": source.is_register and time_class is TimeClass.STATE,
            "said_by": said_by,
            "method": check_method(method),
            "review": check_review(review),
            "deprecated": check_said(deprecated) if deprecated is not None else None,
            "corrects": corrects,
            "citations": (citation,),
        }
    )


_BLANK: Final = Claim.model_construct(
    id="", subject="", predicate="", bounds=ANY_TIME, known_earliest=ANY_TIME[0], known_latest=ANY_TIME[1],
    method="curated", review="checked", citations=(),
)  # fmt: skip


def _check_page(page: int) -> int:
    if not 1 <= page <= _LAST_PAGE:
        raise SchemaError(f"there is no page {page}", hint="check the page, or put words into `at`")
    return page


def _bounds(time_class: TimeClass, dates: GivenDates, source: Source, *, mark_bad_dates: bool) -> tuple[Bounds, bool]:
    try:
        return valid_bounds(time_class, dates, source.as_at), False
    except SchemaError:
        if not mark_bad_dates:
            raise
        for given in dates:
            if given is not None:
                check_said(given)
        return ANY_TIME, True


def _read_checked_value(
    kind: Kind, property_type: PropertyType, value: object, value_text: str | None, bound: str
) -> Value:
    read = read_value(property_type, value, value_text, bound)
    if isinstance(read.value, str) and property_type.type is ValueType.TEXT:
        if kind.label == "Person" and property_type.name in {"name", "other_name"}:
            check_person_name(read.value)
        check_public_text(read.value)
    if property_type.name == "kind" and read.value != kind.label and read.value not in kind.sub_kinds:
        raise SchemaError(
            f"`{read.value}` is not a kind of {kind.label}",
            hint=did_you_mean(str(read.value), (kind.label, *kind.sub_kinds)),
        )
    return read


def _read_qualifiers(relationship: RelationshipType, given: dict[str, Any]) -> dict[str, str | int]:
    allowed = {qualifier.name: qualifier for qualifier in relationship.qualifiers}
    read: dict[str, str | int] = {}
    for name, value in given.items():
        check_no_private_field(name)
        qualifier = allowed.get(name)
        if qualifier is None:
            raise SchemaError(f"{relationship.name} takes no `{name}`", hint=did_you_mean(name, list(allowed)))
        read[name] = _read_qualifier(qualifier, value)
    return read


def _read_qualifier(qualifier: Qualifier, value: object) -> str | int:
    as_property = PropertyType(
        name=qualifier.name, type=qualifier.type, vocabulary=qualifier.vocabulary, description=""
    )
    if qualifier.vocabulary == "yes_no" and isinstance(value, bool):
        value = "yes" if value else "no"
    read = read_value(as_property, value, None, "exact").value
    if isinstance(read, str) and qualifier.type is ValueType.TEXT:
        check_public_text(read)
        if qualifier.name == "words" and len(read.split()) > LONGEST_ANCHOR:
            raise SchemaError(f"`words` has more than {LONGEST_ANCHOR} words", hint="give the few words that decide")
    return read if isinstance(read, int) else str(read)


def check_method(method: str) -> Literal["curated", "reading", "structured", "extracted"]:
    """`method` itself; raises SchemaError where there is no such method."""
    return cast('Literal["curated", "reading", "structured", "extracted"]', _one_of("method", method, METHODS))


def check_review(review: str) -> Literal["checked", "unchecked"]:
    """`review` itself; raises SchemaError where it is another word."""
    return cast('Literal["checked", "unchecked"]', _one_of("review", review, REVIEWS))


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise SchemaError(
            f"`{value}` is not a {name}", hint=did_you_mean(value, allowed) or f"one of {', '.join(allowed)}"
        )
    return value
