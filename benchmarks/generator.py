"""Invented claims in the shape of the real ones: reports, recommendations, answers, offices, and some hubs.

The stream is made of rounds. A round is one inquiry with its report, the answers to it and what became of it, and one
council with its office and the people who held it. The same seed gives the same claims, and a shorter stream is the
beginning of a longer one; so an entity of an early round has about the same claims in both, while the hubs (the
government, the class of all councils) grow with the stream.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any, Final

from graph.schema import SCHEMA, Claim, GivenDates, Source, make_claim
from graph.schema.vocabulary import STAGES

__all__ = ["GOVERNMENT", "HELD_OFFICE", "INQUIRY", "KEY", "RECOMMENDATION", "generate_claims"]

GOVERNMENT: Final = "body:government"
"""The hub: a third of all recommendations are addressed to it, and it makes half of the decisions."""
COUNCILS: Final = "group:councils"
KEY: Final = "n3"
"""What an early round calls its entities."""
INQUIRY: Final = f"inquiry:{KEY}"
RECOMMENDATION: Final = f"recommendation:{KEY}-4"
HELD_OFFICE: Final = f"office:{KEY}-leader"
_MEMORY: Final = 200
"""Recommendations that a later report may still repeat."""
_FORCES: Final = 40
_DEPARTMENTS: Final = 12
_POSITIONS: Final = ("accepted", "accepted_in_principle", "accepted_in_part", "rejected", "noted", "need_accepted")
_TOPICS: Final = ("data", "training", "oversight", "funding", "reporting", "leadership", "victims-services", "audit")


def generate_claims(n: int, seed: int = 1) -> Iterator[Claim]:
    """About `n` claims: whole rounds, until there are as many."""
    made = 0
    for claims in _rounds(Random(seed)):
        yield from claims
        made += len(claims)
        if made >= n:
            return


def _rounds(random: Random) -> Iterator[list[Claim]]:
    earlier: deque[str] = deque(maxlen=_MEMORY)
    yield _background(random)
    for number in count(1):
        yield _Round(number, random, earlier).claims()


def _background(random: Random) -> list[Claim]:
    """The bodies, classes and offices that every round speaks of."""
    notes = _Notes(random, _source("document:register", 2024, is_register=True))
    notes.entity("document:register", "Register of bodies", form="dataset", published="2024-01-01")
    notes.entity(GOVERNMENT, "The Government", kind="Government")
    notes.entity(COUNCILS, "All councils")
    notes.entity("group:forces", "All police forces")
    for number in range(_DEPARTMENTS):
        body = f"body:department-{number}"
        notes.entity(body, f"Department {_word(number)}", kind="Department")
        notes.link(body, "PART_OF", GOVERNMENT, dates=GivenDates(since=str(1990 + number)))
        notes.entity(f"office:secretary-{number}", f"Secretary of State for {_word(number)}")
        notes.link(f"office:secretary-{number}", "OFFICE_OF", body, dates=GivenDates(since=str(1990 + number)))
    for number in range(_FORCES):
        body = f"body:force-{number}"
        notes.entity(body, f"{_word(number)} Police", kind="PoliceForce")
        notes.link(body, "MEMBER_OF", "group:forces", dates=GivenDates(since=str(1970 + number % 30)))
    for topic in _TOPICS:
        notes.entity(f"topic:{topic}", topic.replace("-", " ").capitalize())
    return notes.claims


@dataclass
class _Notes:
    """Collects the claims of one document after another; each has a row of its own as its place."""

    random: Random
    source: Source
    claims: list[Claim] = field(default_factory=list)

    def say(self, subject: str, predicate: str, **more: Any) -> None:
        """One claim; three in a hundred relationships of recommendations were not checked yet."""
        unchecked = predicate in {"TARGETS", "RESPONDS_TO"} and self.random.random() < 0.03
        more.setdefault("review", "unchecked" if unchecked else "checked")
        if more["review"] == "checked":
            more.setdefault("locator", f"row {len(self.claims) + 1}")
            more.setdefault("page", self.random.randint(1, 200))
        self.claims.append(make_claim(subject, predicate, source=self.source, **more))

    def link(self, subject: str, predicate: str, target: str, **more: Any) -> None:
        self.say(subject, predicate, target=target, **more)

    def entity(self, entity: str, name: str, **values: str | int) -> None:
        """The kind, the name and further values of an entity."""
        values.setdefault("kind", SCHEMA.kind_of(entity).label)
        for predicate, value in {"name": name, **values}.items():
            self.say(entity, predicate, value=value)


class _Round:
    """One inquiry with what led to it and what followed."""

    def __init__(self, number: int, random: Random, earlier: deque[str]) -> None:
        self._key = f"n{number}"
        self._number = number
        self._random = random
        self._earlier = earlier
        self._year = 1998 + number % 26
        self._report = f"document:{self._key}-report"
        self._notes = _Notes(random, _source(self._report, self._year))
        self._recommendations: list[str] = []

    def claims(self) -> list[Claim]:
        self._add_council()
        self._add_inquiry()
        for number in range(1, self._random.randint(12, 30)):
            self._add_recommendation(number)
        self._add_observations()
        self._add_answers()
        self._add_assessments()
        return self._notes.claims

    def _speak(self, document: str, year: int, *, is_register: bool = False) -> None:
        self._notes.source = _source(document, year, is_register=is_register)

    def _add_council(self) -> None:
        """A council, which may have been renamed, its leader's office and who held it."""
        notes, random, council = self._notes, self._random, f"body:{self._key}-council"
        self._speak("document:register", 2024, is_register=True)
        notes.entity(council, f"{_word(self._number)} Council", kind="Council", identifier=f"gss:E{self._number:08}")
        notes.say(council, "other_name", value=f"{_word(self._number)} Borough")
        notes.link(council, "MEMBER_OF", COUNCILS, dates=GivenDates(since="1974"))
        office = f"office:{self._key}-leader"
        notes.entity(office, f"Leader of {_word(self._number)} Council")
        notes.link(office, "OFFICE_OF", council, dates=GivenDates(since="1974-04-01"))
        year = 2000
        for term in range(random.randint(2, 5)):
            person, end = f"person:{self._key}-{term}", year + random.randint(2, 6)
            notes.entity(person, f"{_word(self._number * 5 + term)} {_word(term + self._number)}")
            dates = GivenDates(since=_partial(random, year), until=_partial(random, end) if end < 2023 else None)
            notes.link(person, "HELD", office, dates=dates)
            year = end + 1
        if self._number % 8 == 0:
            before = f"body:n{self._number - 1}-council"
            how = {"how": random.choice(("renamed", "merged", "split"))}
            notes.link(before, "SUCCEEDED_BY", council, qualifiers=how, dates=GivenDates(on=str(self._year)))

    def _add_inquiry(self) -> None:
        notes, inquiry, day = self._notes, f"inquiry:{self._key}", _day(self._random, self._year)
        self._speak(self._report, self._year)
        notes.entity(self._report, f"Report {self._number}", form="report", published=day, recommendation_count=20)
        notes.entity(inquiry, f"Inquiry {self._number}", form="review", started=str(self._year - 1))
        notes.link(inquiry, "PRODUCED", self._report, dates=GivenDates(on=day))
        notes.link(inquiry, "COMMISSIONED_BY", GOVERNMENT if self._number % 2 else f"body:{self._key}-council")
        chair = f"person:{self._key}-chair"
        notes.entity(chair, f"{_word(self._number)} {_word(self._number // 7)}")
        notes.link(inquiry, "LED_BY", chair, qualifiers={"role": "chair"}, dates=GivenDates(since=str(self._year - 1)))
        notes.link(self._report, "PUBLISHED_BY", inquiry)

    def _add_recommendation(self, number: int) -> None:
        notes, random, item = self._notes, self._random, f"recommendation:{self._key}-{number}"
        notes.entity(item, f"Recommendation {number} of report {self._number}", number=str(number))
        notes.link(item, "MADE_IN", self._report)
        notes.link(item, "ABOUT", f"topic:{random.choice(_TOPICS)}")
        for target in sorted({self._pick_target() for _ in range(random.randint(1, 2))}):
            due = {"due": f"{self._year + 1}-{random.randint(1, 12):02}"} if random.random() < 0.2 else {}
            notes.link(item, "TARGETS", target, qualifiers={"role": "must_act", "as_written": "those named", **due})
        if self._earlier and random.random() < 0.1:
            how = {"how": random.choice(("cites", "reissues", "overlaps")), "explicit": random.choice(("yes", "no"))}
            notes.link(item, "REPEATS", random.choice(self._earlier), qualifiers=how)
        self._recommendations.append(item)

    def _pick_target(self) -> str:
        random = self._random
        draw = random.random()
        if draw < 0.35:
            return GOVERNMENT
        if draw < 0.5:
            return random.choice((COUNCILS, "group:forces"))
        if draw < 0.8:
            return f"body:{self._key}-council"
        if draw < 0.9:
            return f"body:force-{random.randrange(_FORCES)}"
        return f"office:secretary-{random.randrange(_DEPARTMENTS)}"

    def _add_observations(self) -> None:
        """Numbers that two documents give; in one of three cases they differ."""
        notes, random = self._notes, self._random
        for number in range(3):
            item, value = f"observation:{self._key}-{number}", random.randint(100, 5000)
            notes.entity(item, f"Measure {number} of report {self._number}", unit="cases", period=str(self._year - 1))
            notes.say(item, "value", value=value)
            notes.link(item, "MADE_IN", self._report)
            self._speak(f"document:{self._key}-response", self._year + 1)
            notes.say(item, "value", value=value if number else value + 7)
            self._speak(self._report, self._year)

    def _add_answers(self) -> None:
        notes, random, document = self._notes, self._random, f"document:{self._key}-response"
        self._speak(document, self._year + 1)
        day = _day(random, self._year + 1)
        notes.entity(document, f"Response to report {self._number}", form="response", published=day)
        notes.link(document, "REPLIES_TO", self._report)
        for number, recommendation in enumerate(self._recommendations):
            if random.random() < 0.2:
                continue
            decision = f"decision:{self._key}-{number}"
            notes.entity(decision, f"Answer {number} to report {self._number}", form="response", date=day)
            maker = GOVERNMENT if number % 2 else f"body:{self._key}-council"
            notes.link(decision, "MADE_BY", maker, dates=GivenDates(on=day))
            said = {"position": random.choice(_POSITIONS), "words": "in the words of the answer"}
            notes.link(decision, "RESPONDS_TO", recommendation, qualifiers=said, dates=GivenDates(on=day))
            if random.random() < 0.04:
                self._add_reversal(decision, number, maker)
        self._earlier.extend(self._recommendations)

    def _add_reversal(self, decision: str, number: int, maker: str) -> None:
        day, later = _day(self._random, self._year + 2), f"decision:{self._key}-{number}-later"
        self._notes.entity(later, f"Reversal of answer {number} to report {self._number}", form="commission", date=day)
        self._notes.link(later, "MADE_BY", maker, dates=GivenDates(on=day))
        self._notes.link(later, "REVERSES", decision, dates=GivenDates(on=day))

    def _add_assessments(self) -> None:
        notes, random, document = self._notes, self._random, f"document:{self._key}-progress"
        self._speak(document, self._year + 3)
        day = _day(random, self._year + 3)
        notes.entity(document, f"Progress since report {self._number}", form="progress_report", published=day)
        for number, recommendation in enumerate(self._recommendations):
            if random.random() < 0.7:
                continue
            item = f"assessment:{self._key}-{number}"
            notes.entity(item, f"Judgement {number} on report {self._number}", date=day, words="largely delivered")
            notes.say(item, "stage", value=random.choice(STAGES))
            notes.link(item, "ASSESSES", recommendation)
            notes.link(item, "ASSESSED_BY", f"body:department-{number % _DEPARTMENTS}")
            notes.link(item, "MADE_IN", document)


def _source(document: str, year: int, *, is_register: bool = False) -> Source:
    return Source(document=document, published=f"{year}-01-01", is_register=is_register)


def _day(random: Random, year: int) -> str:
    return f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


def _partial(random: Random, year: int) -> str:
    """A year, a month or a day."""
    return _day(random, year)[: random.choice((4, 7, 10))]


def _word(number: int) -> str:
    """A pronounceable name that is the same for the same number."""
    consonants, vowels = "bdfghklmnprstvw", "aeiou"
    letters = []
    for _ in range(3):
        number, first = divmod(number, len(consonants))
        number, second = divmod(number + first, len(vowels))
        letters += [consonants[first], vowels[second]]
    return "".join(letters).capitalize()
