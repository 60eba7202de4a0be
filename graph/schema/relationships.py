"""The relationship types: their ends, qualifiers, words for both directions and classes of time."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict

from graph.schema.dates import TimeClass
from graph.schema.kinds import ValueType

__all__ = ["RELATIONSHIPS", "Ends", "Qualifier", "RelationshipType"]


class Qualifier(BaseModel):
    """Something a claim adds to a relationship.

    Two claims that differ in an `exclusive` one are incompatible; those that differ in a `separating` one speak of two
    things, as an acting term in an office is another than the one that follows it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    type: ValueType
    description: str
    vocabulary: str | None = None
    exclusive: bool = False
    separating: bool = False


class Ends(BaseModel):
    """Which kinds a relationship may join; `any` as an object stands for every kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    time_class: TimeClass


class RelationshipType(BaseModel):
    """A directed, typed link; `forward` reads from subject to object, `backward` from object to subject."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    forward: str
    backward: str
    description: str
    ends: tuple[Ends, ...]
    qualifiers: tuple[Qualifier, ...] = ()
    one_at_a_time: bool = False
    """Whether a subject can have but one of these at once, so that two different objects are a dispute."""

    @property
    def key(self) -> str:
        """The short form used in fact files: the name in small letters."""
        return self.name.lower()


ANY: Final = ("any",)
_ACTORS: Final = ("Body", "Office", "Person")
_ADDRESSEES: Final = ("Body", "Office", "Group")
_STATE, _HAPPENING, _TIMELESS = TimeClass.STATE, TimeClass.HAPPENING, TimeClass.TIMELESS


def _word(name: str, vocabulary: str, description: str) -> Qualifier:
    return Qualifier(
        name=name, type=ValueType.VOCABULARY, vocabulary=vocabulary, description=description, exclusive=True
    )


def _text(name: str, description: str) -> Qualifier:
    return Qualifier(name=name, type=ValueType.TEXT, description=description)


def _yes_no(name: str, description: str, *, separating: bool = False) -> Qualifier:
    return Qualifier(
        name=name, type=ValueType.VOCABULARY, vocabulary="yes_no", description=description, separating=separating
    )


def _number(name: str, description: str) -> Qualifier:
    return Qualifier(name=name, type=ValueType.INTEGER, description=description)


_AS_WRITTEN = _text("as_written", "How the document writes the name.")
_COUNT = _number("count", "How many items of a set are meant, where the document does not say which.")
_OF = _number("of", "Of how many items the set consists.")


def _type(
    name: str,
    forward: str,
    backward: str,
    description: str,
    *ends: tuple[tuple[str, ...], tuple[str, ...], TimeClass],
    qualifiers: tuple[Qualifier, ...] = (),
    one_at_a_time: bool = False,
) -> RelationshipType:
    return RelationshipType(
        name=name,
        forward=forward,
        backward=backward,
        description=description,
        ends=tuple(Ends(subjects=s, objects=o, time_class=t) for s, o, t in ends),
        qualifiers=qualifiers,
        one_at_a_time=one_at_a_time,
    )


RELATIONSHIPS: Final = (
    _type("REQUESTED_BY", "was requested by", "requested", "Who asked for an inquiry.",
          (("Inquiry",), _ACTORS, _HAPPENING)),
    _type("COMMISSIONED_BY", "was commissioned by", "commissioned", "Who ordered an inquiry.",
          (("Inquiry",), _ACTORS, _HAPPENING)),
    _type("LED_BY", "was led by", "led", "Who chaired, reviewed for or sat on the panel of an inquiry.",
          (("Inquiry",), ("Person",), _STATE),
          qualifiers=(_word("role", "leader_role", "Chair, panel member or reviewer."),)),
    _type("EXAMINES", "examines", "is examined by", "What an inquiry looks at.",
          (("Inquiry",), ("Body", "Group", "Place", "Topic"), _TIMELESS)),
    _type("PRODUCED", "produced", "was produced by", "A document that an inquiry brought forth.",
          (("Inquiry",), ("Document",), _HAPPENING)),
    _type("PART_OF", "is part of", "has as a part", "A whole and its parts.",
          (("Inquiry",), ("Inquiry",), _TIMELESS), (("Document",), ("Document",), _TIMELESS),
          (("Recommendation",), ("Recommendation",), _TIMELESS), (("Action",), ("Action", "Document"), _TIMELESS),
          (("Body",), ("Body",), _STATE), (("Place",), ("Place",), _STATE)),
    _type("FOLLOWS", "follows", "is followed by", "An inquiry that takes up another.",
          (("Inquiry",), ("Inquiry",), _TIMELESS)),
    _type("REPLACES", "replaces", "is replaced by", "An inquiry or document that takes the place of another.",
          (("Inquiry",), ("Inquiry",), _HAPPENING), (("Document",), ("Document",), _HAPPENING)),
    _type("PUBLISHED_BY", "was published by", "published", "Who published a document.",
          (("Document",), ("Body", "Inquiry"), _TIMELESS)),
    _type("WRITTEN_BY", "was written by", "wrote", "Who wrote a document.",
          (("Document",), ("Person", "Body", "Inquiry"), _TIMELESS)),
    _type("REPLIES_TO", "replies to", "is replied to by", "A document that answers another.",
          (("Document",), ("Document",), _TIMELESS)),
    _type("COPY_OF", "is a copy of", "is copied by", "A re-publication of a document, whole or in part.",
          (("Document",), ("Document",), _TIMELESS), one_at_a_time=True),
    _type("ADDRESSED_TO", "is addressed to", "is the addressee of", "To whom a document or decision is sent.",
          (("Document", "Decision"), _ADDRESSEES, _TIMELESS), qualifiers=(_AS_WRITTEN,)),
    _type("MADE_IN", "is made in", "makes", "The document in which something is said or measured.",
          (("Recommendation", "Finding", "Observation", "Assessment"), ("Document",), _TIMELESS)),
    _type("CONCERNS", "concerns", "is the concern of", "What something is about.",
          (("Finding", "Observation", "Assessment", "Decision"), ANY, _TIMELESS),
          qualifiers=(_text("grade", "The grade that a finding gives."),)),
    _type("TARGETS", "targets", "is a target of", "Whom a recommendation asks to act, to be consulted, or to oversee.",
          (("Recommendation", "Document"), ("Body", "Office", "Group", "Inquiry"), _TIMELESS),
          qualifiers=(
              _word("role", "target_role", "Must act, be consulted, or oversee."),
              Qualifier(name="due", type=ValueType.DATE, description="By when.", exclusive=True),
              _AS_WRITTEN, _COUNT)),
    _type("ABOUT", "is about", "is the subject of", "A subject of the topic vocabulary.",
          (("Recommendation", "Finding", "Inquiry", "Document"), ("Topic",), _TIMELESS)),
    _type("REPEATS", "repeats", "is repeated by", "A recommendation that says again what an earlier one said.",
          (("Recommendation",), ("Recommendation",), _TIMELESS),
          qualifiers=(
              _word("how", "repeat_how", "In which way."),
              _yes_no("explicit", "Whether the text itself says that it repeats."))),
    _type("MEMBER_OF", "is a member of", "has as a member", "Membership of a class, a party or a house of Parliament.",
          (("Body", "Office", "Group"), ("Group",), _STATE), (("Person",), ("Body",), _STATE)),
    _type("SUCCEEDED_BY", "was succeeded by", "succeeded", "What came after a body, an office or a class.",
          (("Body",), ("Body",), _HAPPENING), (("Office",), ("Office",), _HAPPENING),
          (("Group",), ("Group",), _HAPPENING),
          qualifiers=(
              _word("how", "succession_how", "Renamed, merged, split, or functions moved."),
              _text("scope", "Which functions, where not all."),
              _text("instrument", "The Act or order by which it was done."))),
    _type("RESPONSIBLE_FOR", "is responsible for", "is the responsibility of", "Who answers for something.",
          (("Office", "Body"), ("Recommendation", "Topic", "Group"), _STATE)),
    _type("MADE_BY", "was made by", "made", "Who took a decision, as the document names them.",
          (("Decision",), ("Body", "Office", "Person", "Inquiry"), _HAPPENING)),
    _type("RESPONDS_TO", "responds to", "is answered by", "What a decision answers, and with which position.",
          (("Decision",), ("Recommendation", "Document", "Decision"), _HAPPENING),
          qualifiers=(
              _word("position", "position", "What the responder said about it."),
              _text("words", "The responder's own words, at most eight."), _COUNT, _OF)),
    _type("REVERSES", "reverses", "is reversed by", "A decision that takes back an earlier one.",
          (("Decision",), ("Decision",), _HAPPENING)),
    _type("ANNOUNCED_IN", "was announced in", "announces", "The document that made a decision known.",
          (("Decision",), ("Document",), _HAPPENING)),
    _type("SERVES", "serves", "is served by", "What an action is meant to fulfil, with the stage that is claimed.",
          (("Action",), ("Recommendation", "Decision"), _HAPPENING),
          qualifiers=(_word("stage", "action_stage", "Planned, begun or done, as claimed."),)),
    _type("CARRIED_OUT_BY", "is carried out by", "carries out", "Who acts.",
          (("Action",), ("Body", "Group"), _TIMELESS)),
    _type("ASSESSES", "assesses", "is assessed by", "What an assessment judges.",
          (("Assessment",), ("Recommendation", "Decision", "Action", "Document"), _TIMELESS),
          qualifiers=(_COUNT, _OF)),
    _type("ASSESSED_BY", "was made by", "made the assessment", "Who judges.",
          (("Assessment",), ("Body", "Person", "Inquiry"), _TIMELESS)),
    _type("HELD", "held", "was held by", "A person in an office, over time.",
          (("Person",), ("Office",), _STATE),
          qualifiers=(
              _yes_no("acting", "Whether acting or temporary.", separating=True),
              _yes_no("interim", "Whether as an interim.", separating=True),
              _yes_no("on_leave", "Whether on leave while holding it.", separating=True),
              _yes_no("joint", "Whether two hold it together."))),
    _type("OFFICE_OF", "is an office of", "has the office", "The body or inquiry in which a post exists.",
          (("Office",), ("Body", "Inquiry"), _STATE), one_at_a_time=True),
    _type("OVERSEES", "oversees", "is overseen by", "Who supervises a body.",
          (("Body", "Office"), ("Body",), _STATE)),
    _type("COVERS", "covers", "is covered by", "The area for which a body acts.",
          (("Body",), ("Place",), _STATE)),
    _type("POLICES", "polices", "is policed by", "The area of a police force.",
          (("Body",), ("Place",), _STATE)),
    _type("INVOLVED", "involved", "was involved in", "Who or what took part in an event.",
          (("Event",), ANY, _HAPPENING), qualifiers=(_text("role", "In which part."),)),
    _type("OCCURRED_IN", "occurred in", "was the place of", "Where an event happened.",
          (("Event",), ("Place",), _TIMELESS)),
    _type("LED_TO", "led to", "was brought about by", "What somebody says an event brought about.",
          (("Event",), ("Event", "Decision", "Inquiry"), _HAPPENING)),
)  # fmt: skip
