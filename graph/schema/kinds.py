"""The kinds of entities: labels, sub-kinds, captions and the properties that claims may give a value."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict

from graph.schema.dates import TimeClass

__all__ = ["KINDS", "Kind", "PropertyType", "ValueType"]


class ValueType(StrEnum):
    """What a property's value is; a `date` may be a year, a month or a day."""

    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    URL = "url"
    IDENTIFIER = "identifier"
    VOCABULARY = "vocabulary"


class PropertyType(BaseModel):
    """A property that claims may give a value; `many` where several values stand together without dispute."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    type: ValueType
    description: str
    many: bool = False
    vocabulary: str | None = None
    time_class: TimeClass = TimeClass.TIMELESS
    unit: str | None = None
    seeds: bool = True
    """Whether a fact file may give it (the words of others come with loaders only)."""


class Kind(BaseModel):
    """A kind of entity; ids begin with `prefix`, nodes carry `label`, and one of `sub_kinds` where it helps."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    description: str
    sub_kinds: tuple[str, ...] = ()
    own_properties: tuple[PropertyType, ...] = ()
    required: tuple[str, ...] = ("name",)
    featured: tuple[str, ...] = ("name",)
    caption: tuple[str, ...] = ("name",)
    colour: str = "#6b7280"
    """For legends; of the palette of Okabe and Ito, which people with colour-blindness tell apart. Kinds that are alike
    share one: whoever draws them gives each a shape of its own."""

    @property
    def prefix(self) -> str:
        """The first part of the ids of this kind."""
        return self.label.lower()

    @property
    def with_article(self) -> str:
        """`a Body`, `an Office`: for messages."""
        return f"{'an' if self.label[0] in 'AEIOU' else 'a'} {self.label}"

    @property
    def properties(self) -> tuple[PropertyType, ...]:
        """The properties of every kind, then its own."""
        return COMMON_PROPERTIES + self.own_properties


def _text(name: str, description: str, **more: object) -> PropertyType:
    return PropertyType.model_validate({"name": name, "type": ValueType.TEXT, "description": description, **more})


def _date(name: str, description: str) -> PropertyType:
    return PropertyType(name=name, type=ValueType.DATE, description=description)


def _count(name: str, description: str) -> PropertyType:
    return PropertyType(name=name, type=ValueType.INTEGER, description=description)


def _word(name: str, vocabulary: str, description: str) -> PropertyType:
    return PropertyType(name=name, type=ValueType.VOCABULARY, vocabulary=vocabulary, description=description)


COMMON_PROPERTIES: Final = (
    _text("name", "The name, or the title of a document.", time_class=TimeClass.STATE),
    _text("other_name", "Another name: a short form, a former or a later name.", many=True, time_class=TimeClass.STATE),
    PropertyType(
        name="identifier",
        type=ValueType.IDENTIFIER,
        description="An identifier as `scheme:value`, such as gss:E08000018.",
        many=True,
    ),
    _text("summary", "What it is or says, in the curator's own words.", many=True),
    PropertyType(name="url", type=ValueType.URL, description="An address where it can be read.", many=True),
    _text("kind", "The label of its kind, or of its sub-kind, which becomes a second label.", many=True),
)

KINDS: Final = (
    Kind(
        label="Body",
        description="An organisation that can be told, answer or decide.",
        sub_kinds=(
            "Government", "Department", "Council", "PoliceForce", "Agency", "Regulator", "Committee", "Partnership",
            "HealthBody", "Party", "MediaOutlet", "Company", "OtherBody",
        ),
        own_properties=(_date("started", "When it began to exist."), _date("ended", "When it ceased to exist.")),
        featured=("name", "kind", "started", "ended"),
        colour="#0072b2",
    ),
    Kind(
        label="Group",
        description="A class of bodies or offices as a document names it: police forces, all chief constables.",
        own_properties=(_text("jurisdiction", "Where it applies: England, Wales, UK …"),),
        featured=("name", "jurisdiction"),
        colour="#56b4e9",
    ),
    Kind(
        label="Office",
        description="A post in a body: Home Secretary, leader of a council.",
        colour="#56b4e9",
    ),
    Kind(
        label="Person",
        description="Someone acting in a public office, or chair, author or panel member of a public document.",
        colour="#56b4e9",
    ),
    Kind(
        label="Place",
        description="An area with its code.",
        own_properties=(_text("code", "Its code."),),
        colour="#999999",
    ),
    Kind(
        label="Inquiry",
        description="An inquiry, audit, review, inspection, committee inquiry or inquest.",
        own_properties=(
            _word("form", "inquiry_form", "What kind of inquiry it is."),
            _date("announced", "When it was announced."),
            _date("started", "When it was set up or began."),
            _date("ended", "When it ended."),
            _text("powers", "Which powers it has or lacks, in the curator's own words.", many=True),
            PropertyType(name="budget", type=ValueType.NUMBER, unit="GBP", description="Its budget."),
            _count("recommendation_count", "How many recommendations it made in all its reports."),
        ),
        featured=("name", "form", "announced", "started", "ended"),
        colour="#e69f00",
    ),
    Kind(
        label="Document",
        description="Anything published that can be cited.",
        own_properties=(
            _word("form", "document_form", "What kind of document it is."),
            _date("published", "When it was published."),
            _text("publisher_number", "The publisher's number: HC 1050, CP 1248."),
            _count("pages", "How many pages it has."),
            _count("recommendation_count", "How many recommendations it makes."),
            _text("language", "Its language, as a BCP 47 tag."),
            _text("licence", "The licence under which it may be used."),
            _text("attribution", "The words that the licence asks to print."),
            _date("withdrawn_on", "When its publisher withdrew it."),
        ),
        required=("name", "form"),
        featured=("name", "form", "published", "pages"),
        colour="#009e73",
    ),
    Kind(
        label="Recommendation",
        description="One numbered item, or sub-item, of a document.",
        own_properties=(
            _text("number", "Its number as printed."),
            _text("jurisdiction", "Where it applies."),
            _text("text", "Its words; only under an open licence, and only from a loader.", seeds=False),
        ),
        featured=("number", "name", "jurisdiction"),
        caption=("number", "name"),
        colour="#cc79a7",
    ),
    Kind(
        label="Finding",
        description="A conclusion of a document about a body, an office or a topic.",
        own_properties=(_text("number", "Its number as printed."),),
        featured=("number", "name"),
        colour="#cc79a7",
    ),
    Kind(
        label="Decision",
        description="Something decided: a request, vote, response, refusal, commission, appointment and the like.",
        own_properties=(
            _word("form", "decision_form", "What kind of decision it is."),
            _date("date", "When it was taken."),
        ),
        required=("name", "form"),
        featured=("name", "form", "date"),
        colour="#d55e00",
    ),
    Kind(
        label="Action",
        description="Something planned, begun or done: a section of an Act, a police operation, a programme, money.",
        own_properties=(_date("date", "When it was done, began, or is planned for."),),
        featured=("name", "date"),
        colour="#d55e00",
    ),
    Kind(
        label="Assessment",
        description="An assessor's judgement of what has become of something, in that assessor's own vocabulary.",
        own_properties=(
            _date("date", "As at which day the judgement was made."),
            _text("words", "The assessor's own word or phrase for the result, at most eight words."),
            _word("stage", "assessment_stage", "The neutral stage to which the curator maps those words."),
        ),
        featured=("name", "date", "words", "stage"),
        colour="#f0e442",
    ),
    Kind(
        label="Observation",
        description="What was measured; each document's number is a value claim.",
        own_properties=(
            _text("measure", "What was counted or measured."),
            _text("population", "Of whom or of what."),
            _text("place", "Where."),
            _text("period", "Over which time."),
            _text("how_measured", "By which method; `method` says how the claim was read."),
            _text("unit", "The unit: offences, people, GBP, per cent."),
            PropertyType(name="value", type=ValueType.NUMBER, description="The number that a document gives."),
        ),
        featured=("name", "value", "unit", "period"),
        colour="#009e73",
    ),
    Kind(
        label="Event",
        description="Something that happened on a day and is neither a document nor a decision.",
        own_properties=(_date("date", "When it happened."),),
        featured=("name", "date"),
        colour="#f0e442",
    ),
    Kind(
        label="Topic",
        description="A subject of the controlled vocabulary.",
        own_properties=(_text("broader", "The id of the wider topic."),),
        colour="#999999",
    ),
)  # fmt: skip
