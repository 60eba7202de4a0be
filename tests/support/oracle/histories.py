"""Invented histories: claims about a small world, told by several documents in loads that follow one another.

Few entities, few dates, so that claims meet: agree, contradict, correct and withdraw one another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from hypothesis import assume
from hypothesis import strategies as st

from graph.queries.definition import NamedQuery, Parameter
from graph.schema import SCHEMA, DocumentVersion, GivenDates, Source, make_claim
from graph.schema.loads import Closing
from graph.schema.vocabulary import VOCABULARIES
from oracle.record import Load, Stated, mentioned
from oracle.spans import after, before, days_meant
from oracle.world import Question

BEGIN: Final = datetime(2026, 1, 1, 12, tzinfo=UTC)
_TEXTS: Final = (
    *("2010", "2012", "2014", "2015", "2012-03", "2012-07", "2014-07", "2015-06"),
    *("2010-05-12", "2012-03-01", "2012-03-15", "2012-03-31", "2014-07-01", "2014-07-13", "2015-06-16", "2018-01-08"),
)
_BODIES: Final = ("body:a", "body:b", "body:c", "body:d")
_OFFICES: Final = ("office:m", "office:n")
_PEOPLE: Final = ("person:p", "person:q")
_GROUPS: Final = ("group:g", "group:h")
_INQUIRIES: Final = ("inquiry:i", "inquiry:j")
_REPORTS: Final = ("document:report", "document:second")
_DOCUMENTS: Final = (*_REPORTS, "document:list", "document:paper", "document:note")
_ITEMS: Final = ("recommendation:r-1", "recommendation:r-2", "recommendation:r-10")
_DECISIONS: Final = ("decision:x", "decision:y", "decision:z")
_JUDGEMENTS: Final = ("assessment:s", "assessment:t")
_VERSIONS: Final = ("2019-05-01", "2020-02", "2021")

Draw = st.DrawFn
Maker = Callable[[Draw], dict[str, Any]]


def _one(draw: Draw, of: Sequence[Any]) -> Any:
    return draw(st.sampled_from(of))


def _link(predicate: str, subjects: Sequence[str], targets: Sequence[str], **qualifiers: Sequence[Any]) -> Maker:
    """A relationship between two different entities, with some of the qualifiers and with dates where it has any."""

    def make(draw: Draw) -> dict[str, Any]:
        subject = _one(draw, (*subjects, subjects[0], subjects[0]))
        others = [one for one in targets if one != subject]
        target = _one(draw, (*others, others[0], others[0]))
        given = {name: value for name, among in qualifiers.items() if (value := _one(draw, [None, *among])) is not None}
        kinds = SCHEMA.kind_of(subject), SCHEMA.kind_of(target)
        time_class = SCHEMA.time_class(SCHEMA.relationship(predicate), *kinds).value
        return {
            "subject": subject,
            "predicate": predicate,
            "target": target,
            "qualifiers": given,
            "dates": _dates(draw, time_class),
        }

    return make


def _value(predicate: str, subjects: Sequence[str], among: Sequence[Any], *, bounds: Sequence[str] = ()) -> Maker:
    def make(draw: Draw) -> dict[str, Any]:
        subject = _one(draw, (*subjects, subjects[0], subjects[0]))
        time_class = SCHEMA.property_of(SCHEMA.kind_of(subject), predicate).time_class.value
        bound = _one(draw, ["exact", *bounds])
        return {
            "subject": subject,
            "predicate": predicate,
            "value": _one(draw, among),
            "bound": bound,
            "dates": _dates(draw, time_class),
        }

    return make


def _dates(draw: Draw, time_class: str) -> GivenDates:
    """Dates of every form: from, until, through, on, open ends, unknown; some terms end before they start."""
    if time_class == "timeless":
        return GivenDates()
    if time_class == "happening":
        return GivenDates(on=_one(draw, [None, None, "unknown", *_TEXTS]))
    form = _one(draw, ["open", "open", "open", "both", "both", "both", "through", "on", "none"])
    since = _one(draw, [None, "unknown", *_TEXTS])
    end = _one(draw, ["unknown", *_TEXTS])
    if form == "on":
        return GivenDates(on=_one(draw, _TEXTS))
    if form == "through":
        return GivenDates(since=since, through=_one(draw, _TEXTS))
    if form == "both":
        return GivenDates(since=since, until=end)
    return GivenDates(since=since) if form == "open" else GivenDates()


_COUNTS: Final = {"count": (2, 3), "of": (3,)}
_POSITIONS: Final = ("accepted", "accepted", "rejected")
_DATED: Final = _value("published", _REPORTS, _TEXTS)
_DECIDED: Final = _value("date", _DECISIONS, _TEXTS)
_MADE: Final = _link("MADE_IN", _ITEMS, _REPORTS)
_PRODUCED: Final = _link("PRODUCED", _INQUIRIES, _REPORTS)
_NAMES: Final = _value("name", (*_BODIES[:2], *_OFFICES[:1], *_PEOPLE[:1], *_REPORTS[:1]), ("One", "one", "Two"))
_TARGETS: Final = _link(
    "TARGETS",
    _ITEMS,
    (*_BODIES[:2], *_OFFICES[:1], *_GROUPS),
    role=VOCABULARIES["target_role"],
    due=("2014", "2015-06", "2015-06-16"),
    as_written=("the body",),
)
_ANSWERS: Final = _link(
    "RESPONDS_TO", _DECISIONS, (*_ITEMS, *_REPORTS), position=_POSITIONS, words=("we agree",), **_COUNTS
)
_ANSWERED_BY: Final = _link("MADE_BY", _DECISIONS, (*_BODIES, *_OFFICES, "person:p"))
_HELD: Final = _link("HELD", _PEOPLE, _OFFICES, acting=("yes",), interim=("yes",), on_leave=("yes",))
_OFFICE_OF: Final = _link("OFFICE_OF", _OFFICES, _BODIES[:3])
_PARTS: Final = _link("PART_OF", _BODIES, _BODIES)
_MEMBERS: Final = _link("MEMBER_OF", (*_BODIES[:2], *_OFFICES, "group:g"), _GROUPS)

THEMES: Final[dict[str, tuple[Maker, ...]]] = {
    "offices": (
        *(_HELD,) * 16, *(_OFFICE_OF,) * 5, *(_DECIDED,) * 3, *(_ANSWERED_BY,) * 3, _NAMES, _PARTS,
        _link("CONCERNS", _DECISIONS, (*_OFFICES, *_BODIES, *_GROUPS)),
        _link("ADDRESSED_TO", (*_DECISIONS, *_REPORTS), (*_OFFICES, *_BODIES[:2], "group:g")),
        _link("INVOLVED", ("event:e",), (*_OFFICES, *_BODIES[:2]), role=("host", "guest")),
        _value("date", ("event:e",), _TEXTS),
        _link("RESPONSIBLE_FOR", _OFFICES, (*_ITEMS[:1], "topic:t")), _link("ABOUT", _ITEMS, ("topic:t",)),
        _TARGETS, _MADE, _DATED, _link("LED_BY", _INQUIRIES, _PEOPLE, role=("chair", "reviewer")),
        *(_value("kind", _BODIES[:3], ("Government", "Department")),) * 2,
        _link("REQUESTED_BY", _INQUIRIES, (*_BODIES, *_OFFICES)),
        _PARTS, _link("ANNOUNCED_IN", _DECISIONS, _REPORTS), _link("PUBLISHED_BY", _REPORTS, _BODIES[:2]),
        _link("RESPONDS_TO", _DECISIONS, _ITEMS), _link("CONCERNS", _DECISIONS, ("topic:t",)),
    ),
    "recommendations": (
        *(_TARGETS,) * 3, *(_MADE,) * 4, *(_ANSWERS,) * 4, *(_ANSWERED_BY,) * 3, *(_DECIDED,) * 2, *(_DATED,) * 2,
        *(_PRODUCED,) * 2, _NAMES, _OFFICE_OF, _PARTS, *(_MEMBERS,) * 2,
        *(_link("SUCCEEDED_BY", _BODIES, _BODIES, how=VOCABULARIES["succession_how"], scope=("a part",)),) * 3,
        _link("TARGETS", _REPORTS, (*_BODIES[:2], "group:g"), count=(3,)),
        _link("ADDRESSED_TO", (*_DECISIONS, *_REPORTS), (*_OFFICES, *_BODIES[:2])),
        _value("number", _ITEMS, ("1", "1.1", "2")),
        _link("SERVES", ("action:w",), (*_ITEMS, *_DECISIONS), stage=VOCABULARIES["action_stage"]),
        _link("CARRIED_OUT_BY", ("action:w",), (*_BODIES, "group:g")), _value("date", ("action:w",), _TEXTS),
    ),
    "judgements": (
        *(_link("ASSESSES", _JUDGEMENTS, (*_ITEMS, *_REPORTS, "decision:x"), **_COUNTS),) * 4,
        *(_link("ASSESSED_BY", _JUDGEMENTS, ("body:a", "body:b", "inquiry:j")),) * 3,
        *(_value("stage", _JUDGEMENTS, ("done", "in_progress")),) * 3,
        _value("words", _JUDGEMENTS, ("delivered", "under way")), _value("date", _JUDGEMENTS, _TEXTS),
        *(_link("REPEATS", _ITEMS, _ITEMS, how=("cites", "amends"), explicit=("yes",)),) * 4,
        *(_MADE,) * 3, *(_PRODUCED,) * 3, *(_DATED,) * 2, *(_ANSWERS,) * 3, *(_DECIDED,) * 2, _NAMES,
        _value("recommendation_count", (*_REPORTS, *_INQUIRIES), (1, 2, 3), bounds=("about", "at_least")),
        _value("name", _INQUIRIES, ("An inquiry",)),
    ),
    "bodies": (
        *(_link("SUCCEEDED_BY", _BODIES, _BODIES, how=VOCABULARIES["succession_how"], scope=("a part",),
                instrument=("an Order",)),) * 4,
        *(_link("REVERSES", _DECISIONS, _DECISIONS),) * 3, *(_ANSWERED_BY,) * 3, *(_DECIDED,) * 3,
        _link("ANNOUNCED_IN", _DECISIONS, _REPORTS), _PARTS, _OFFICE_OF, _NAMES, _NAMES, _PRODUCED, _DATED,
        *(_value("value", ("observation:o",), (690, 700, 717, 719), bounds=("about", "at_least", "at_most")),) * 3,
        _value("started", _BODIES, _TEXTS), _value("form", _INQUIRIES, ("audit", "review")),
        _value("other_name", _BODIES, ("Old", "New")), _link("EXAMINES", _INQUIRIES, _BODIES),
        _link("COPY_OF", ("document:paper",), _REPORTS), _link("PUBLISHED_BY", _REPORTS, _BODIES),
        _link("FOLLOWS", _INQUIRIES, _INQUIRIES), _link("REPLACES", _INQUIRIES, _INQUIRIES),
        _link("CONCERNS", ("observation:o", *_JUDGEMENTS), _BODIES),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class History:
    """Loads in their order; the dates that the claims give, to ask about."""

    loads: tuple[Load, ...]
    days: tuple[date, ...]

    def entities(self, kinds: Sequence[str]) -> list[str]:
        """Entities of some kinds, each as often as something is said of it."""
        return [one for one in sorted(mentioned(self.loads)) if _fits(one, kinds)]

    @property
    def states(self) -> list[Stated]:
        """Everything that is ever told and not redacted."""
        redacted = {closing.claim for load in self.loads for closing in load.closings if closing.reason == "redacted"}
        return [stated for load in self.loads for stated in load.states if stated.claim.id not in redacted]


@dataclass(frozen=True)
class _Draft:
    """A claim before it is told: what it says, and how each load may read it."""

    says: dict[str, Any]
    document: str
    place: str
    method: str
    review: str
    deprecated: str | None
    said_by: str | None
    corrects: int | None
    teller: str


@st.composite
def histories(draw: Draw) -> History:
    """One to four loads of two sources, mostly about one theme."""
    makers = THEMES[_one(draw, sorted(THEMES))]
    published = {document: _one(draw, _TEXTS) for document in _DOCUMENTS}
    drafts = [_draft(draw, makers, number) for number in range(_one(draw, (16, 32, 48, 56)))]
    withdrawn: set[int] = set()
    loads: list[Load] = []
    told: dict[int, str] = {}
    versions = dict.fromkeys(_DOCUMENTS, -1) | {"document:list": 0}
    for number in range(_one(draw, (2, 3, 4, 1))):
        teller = "one" if number == 0 else _one(draw, ("one", "two"))
        for document in versions:
            if versions[document] < len(_VERSIONS) - 1 and draw(st.booleans()):
                versions[document] += 1
        closings = []
        states = []
        for index, draft in enumerate(drafts):
            if draft.teller != teller or index in withdrawn:
                continue
            fate = _one(draw, ("told",) * 12 + ("untold", "withdrawn", "redacted", "read", "checked", "deprecated"))
            if fate in {"withdrawn", "redacted"} and index in told:
                withdrawn.add(index)
                reason = _one(draw, ("our_error", "document_withdrawn")) if fate == "withdrawn" else "redacted"
                closings.append(Closing(claim=told[index], reason=reason))
            elif fate not in {"untold", "withdrawn"}:
                states.append(_state(draft, fate, published, versions, told))
                told[index] = states[-1].claim.id
        once = {stated.claim.id: stated for stated in reversed(states)}
        gone = {closing.claim for closing in closings}
        kept = tuple(stated for stated in reversed(once.values()) if stated.claim.id not in gone)
        loads.append(Load(BEGIN + timedelta(days=10 * number), teller, kept, tuple(closings)))
    history = History(tuple(loads), _interesting_days([stated for load in loads for stated in load.states]))
    assume(history.states)
    return history


def _draft(draw: Draw, makers: Sequence[Maker], number: int) -> _Draft:
    return _Draft(
        says=_one(draw, makers)(draw),
        document=_one(draw, _DOCUMENTS),
        place=f"row {number + 1}",
        method=_one(draw, ("curated", "curated", "reading")),
        review=_one(draw, ("checked",) * 6 + ("unchecked",)),
        deprecated=_one(draw, (None,) * 8 + ("a slip",)),
        said_by=_one(draw, (None,) * 6 + ("body:a",)),
        corrects=_one(draw, (None,) * 6 + (number - 1,)) if number else None,
        teller=_one(draw, ("one", "one", "one", "two")),
    )


def _state(
    draft: _Draft, fate: str, published: dict[str, str], versions: dict[str, int], told: dict[int, str]
) -> Stated:
    """A draft as a load tells it; `fate` changes how it is read."""
    source = _source(draft.document, published[draft.document], versions[draft.document])
    deprecated = "a slip" if fate == "deprecated" else draft.deprecated
    claim = make_claim(
        source=source,
        locator=draft.place,
        method="reading" if fate == "read" else draft.method,
        review="checked" if fate == "checked" else draft.review,
        deprecated=deprecated,
        said_by=draft.said_by,
        corrects=told.get(draft.corrects) if draft.corrects is not None else None,
        mark_bad_dates=True,
        **draft.says,
    )
    return Stated(claim, source)


def _source(document: str, published: str, version: int) -> Source:
    """A register was only retrieved, a note has no date at all, the others were published, and later again."""
    if document == "document:note":
        return Source(document=document)
    if document == "document:list":
        day = _VERSIONS[max(0, version)]
        retrieved = DocumentVersion(document=document, retrieved_at=day)
        return Source(document=document, retrieved_at=day, is_register=True, version=retrieved)
    again = DocumentVersion(document=document, published=_VERSIONS[version]) if version >= 0 else None
    return Source(document=document, published=published, version=again)


def _interesting_days(states: Sequence[Stated]) -> tuple[date, ...]:
    """The first and last day of each date that is given, and the days beside them."""
    texts = {"2010"}
    for stated in states:
        source, value = stated.source, stated.claim.value
        texts |= {text for text in (*stated.claim.dates, source.published, source.retrieved_at) if text}
        if source.version is not None and source.version.published is not None:
            texts.add(source.version.published)
        if value is not None and value.earliest is not None:
            texts.add(str(value.value))
    days = {day for text in texts - {"unknown"} for day in days_meant(text)}
    return tuple(sorted({near for day in days for near in (before(day), day, after(day))}))


@st.composite
def questions(draw: Draw, query: NamedQuery, history: History) -> Question | None:
    """A question that the history may answer; nothing where it knows no entity of the kind that is needed."""
    given: dict[str, Any] = {}
    needed = _one(draw, query.needs_one_of) if query.needs_one_of else None
    about = _one(draw, history.states)
    for parameter in query.parameters:
        is_needed = parameter.required or parameter.name == needed
        # Of many parameters few are given, else no row fits them all.
        if not is_needed and draw(st.integers(0, max(2, len(query.parameters) // 2))):
            continue
        if parameter.needs is not None and parameter.needs not in given:
            continue
        among = _among(parameter, history, about, draw(st.booleans()))
        if among:
            given[parameter.name] = _one(draw, among)
        elif is_needed:
            return None
    moments = [load.at + timedelta(days=shift) for load in history.loads for shift in (-1, 0, 1)]
    return Question(
        query=query.name,
        given=given,
        valid_at=_one(draw, history.days if draw(st.booleans()) else _interesting_days([about])),
        known_at=_one(draw, history.days) if draw(st.booleans()) else None,
        recorded_at=_one(draw, moments) if draw(st.booleans()) else None,
        include_unchecked=draw(st.booleans()),
    )


def _among(parameter: Parameter, history: History, about: Stated, is_close: bool) -> Sequence[Any]:
    """Values that a parameter may take; `is_close` asks of what the claim speaks that the question is made from."""
    claim = about.claim
    if parameter.name in {"subject", "predicate", "object"}:
        return [value] if (value := getattr(claim, parameter.name)) is not None else []
    if parameter.is_entity:
        ends = [end for end in (claim.subject, claim.object) if end is not None and _fits(end, parameter.kinds)]
        return ends if ends and is_close else history.entities(parameter.kinds)
    if parameter.type == "date":
        return [day.isoformat() for day in history.days]
    if parameter.type == "boolean":
        return ["true", "false"]
    if parameter.type == "integer":
        return ["1", "3", "20"]
    if parameter.type == "predicate":
        return sorted(stated.claim.predicate for stated in history.states)
    if parameter.words:
        return parameter.words
    what = f"`{parameter.name}` of the type {parameter.type}"
    raise NotImplementedError(f"say in `oracle.histories` which values {what} may take")


def _fits(entity: str, kinds: Sequence[str]) -> bool:
    return not kinds or SCHEMA.kind_of(entity).label in kinds
