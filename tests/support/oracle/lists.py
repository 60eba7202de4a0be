"""The naive answers that list: recommendations and inquiries, answers, offices, relationships, what a document says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from oracle.documents import in_words
from oracle.inheriting import Line, choose, lines_to
from oracle.recommendations import is_of_all
from oracle.record import Said, ids_of
from oracle.spans import FIRST, LAST
from oracle.world import Row, World, answers, disagree, first_of, in_order

_RANKS = ("certain", "possible", "unknown")


@answers("recommendations")
def recommendations(world: World) -> list[Row]:
    everybody = {end for said in world.claims for end in (said.subject, said.object) if end is not None}
    known = sorted(one for one in everybody if one.startswith("recommendation:"))
    lines = _lines(world)
    return [row for one in known for row in _recommendation(world, one, lines)]


def _lines(world: World) -> dict[str, list[Line]]:
    target = world.question.asked("target")
    if target is None or world.question.asked("with_predecessors") != "true":
        return {}
    return lines_to(world, target, None)


def _recommendation(world: World, one: str, lines: dict[str, list[Line]]) -> Iterator[Row]:
    asked = world.question.asked
    made = world.said("MADE_IN", of=one)
    documents = in_order(said.object for said in made)
    days = sorted(
        (day for document in documents for day in world.said("published", of=document)),
        key=lambda day: (day.first, day.id),
    )
    produced = [said for document in documents for said in world.said("PRODUCED", to=document)]
    about = world.said("ABOUT", of=one, to=asked("topic")) if asked("topic") else []
    if (asked("inquiry") and asked("inquiry") not in {said.subject for said in produced}) or (
        asked("topic") and not about
    ):
        return
    if days and not _can_be_within(world, days[0].first, days[0].last):
        return
    told, reached, reasons = _told(world, one, days, lines)
    if asked("target") is not None and told is None:
        return
    heard = [(link, world.said("MADE_BY", of=link.subject)) for link in _of_one_or_all(world, "RESPONDS_TO", one)]
    if not _is_answered_as_asked(world, heard):
        return
    judged = [
        (link, world.said("stage", "ASSESSED_BY", of=link.subject)) for link in _of_one_or_all(world, "ASSESSES", one)
    ]
    if asked("assessor") and not any(said.object == asked("assessor") for _, told_ in judged for said in told_):
        return
    repeats = world.said("REPEATS", to=one)
    rivals = _rivals(world, one)
    number, numbers = world.number_of(one)
    targets = world.said("TARGETS", of=one)
    count = len({link.subject for link, _ in heard})
    conditions = (("unanswered", count == 0), ("repeated", bool(repeats)), ("disputed", bool(rivals)))
    behind = [said for link, more in [*heard, *judged] for said in [link, *more]]
    yield {
        "recommendation": one,
        "number": number,
        "date": days[0].text if days else None,
        "documents": documents,
        "inquiry": in_order(said.subject for said in produced),
        "targets": in_order(said.object for said in targets),
        "told": told,
        "reached": reached,
        "answers": count,
        "positions": in_order(str(at) for link, _ in heard if (at := link.qualifier("position"))),
        "stages": in_order(said.text for _, more in judged for said in more if said.predicate == "stage"),
        "repeated_by": in_order(said.subject for said in repeats),
        "disputed": bool(rivals),
        "shown": all(asked(name) in {None, str(is_so).lower()} for name, is_so in conditions),
        "claims": ids_of([*made, *days, *produced, *about, *targets, *numbers, *behind, *repeats]) | reasons | rivals,
    }


def _can_be_within(world: World, first: date, last: date) -> bool:
    since, until = world.question.asked("from"), world.question.asked("until")
    return (since is None or last.isoformat() >= since) and (until is None or first.isoformat() < until)


def _of_one_or_all(world: World, predicate: str, one: str) -> list[Said]:
    links = world.said(predicate, to=one)
    for document in in_order(said.object for said in world.said("MADE_IN", of=one)):
        links += [link for link in world.said(predicate, to=document) if is_of_all(link)]
    return links


def _is_answered_as_asked(world: World, heard: list[tuple[Said, list[Said]]]) -> bool:
    position, responder = world.question.asked("position"), world.question.asked("responder")
    if position is None and responder is None:
        return True
    return any(
        position in {None, link.qualifier("position")}
        and (responder is None or responder in {maker.object for maker in makers})
        for link, makers in heard
    )


def _told(
    world: World, one: str, days: list[Said], lines: dict[str, list[Line]]
) -> tuple[str | None, list[str], set[str]]:
    """Whether and in which ways the target that is asked about was told, and why."""
    target = world.question.asked("target")
    if target is None:
        return None, [], set()
    day = (days[0].first, days[0].last) if days else None
    ranks: set[int] = set()
    reached: set[str] = set()
    reasons: set[str] = set()
    for told in [target, *lines]:
        line, inherited = choose(lines.get(told, []), day)
        if told != target and line is None:
            continue
        for how, through, steps in _ways(world, told):
            links = world.said("TARGETS", of=one, to=through)
            rank = _rank(steps, day)
            if links and rank is not None:
                ranks.add(max(rank, 1 if inherited == "possible" else 0))
                reached.add(how if told == target else "from_predecessor")
                reasons |= ids_of([*links, *steps]) | set(line.claims if line else [])
    return (_RANKS[min(ranks)] if ranks else None), sorted(reached), reasons


def _ways(world: World, told: str) -> Iterator[tuple[str, str, list[Said]]]:
    """The entity itself, its offices, its classes and theirs, and those of its offices."""
    yield "by_name", told, []
    for office in world.said("OFFICE_OF", to=told):
        yield "by_office", office.subject, [office]
        for member in world.said("MEMBER_OF", of=office.subject):
            yield "as_member", member.object or "", [office, member]
    for member in world.said("MEMBER_OF", of=told):
        yield "as_member", member.object or "", [member]
        for wider in world.said("MEMBER_OF", of=member.object):
            yield "as_member", wider.object or "", [member, wider]


def _rank(steps: list[Said], day: tuple[date, date] | None) -> int | None:
    if not steps:
        return 0
    if day is None:
        return 2
    if all(step.span.is_certain(*day) for step in steps):
        return 0
    return 1 if all(step.span.is_possible(*day) for step in steps) else None


def _rivals(world: World, one: str) -> set[str]:
    """Claims on a recommendation, or of answers to it, that contradict each other."""
    groups: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for said in world.claims:
        if said.subject == one or (said.predicate == "RESPONDS_TO" and said.object == one):
            groups[said.subject, said.predicate].append(said)
    pairs = [pair for group in groups.values() for pair in combinations(group, 2) if disagree(*pair)]
    return {said.id for pair in pairs for said in pair}


@answers("recommendation-responses")
def recommendation_responses(world: World) -> list[Row]:
    one = world.question.asked("recommendation")
    found: dict[tuple[str, str], tuple[set[Said], set[str]]] = defaultdict(lambda: (set(), set()))
    for link in world.said("RESPONDS_TO", to=one):
        found[link.subject, "item"][0].add(link)
    for made in world.said("MADE_IN", of=one):
        for link in world.said("RESPONDS_TO", to=made.object):
            links, reasons = found[link.subject, "set" if is_of_all(link) else "unclear"]
            links.add(link)
            reasons.add(made.id)
    rows = []
    for (decision, extent), (links, reasons) in found.items():
        told = sorted(links, key=lambda said: said.id)
        dates, makers = world.said("date", of=decision), world.said("MADE_BY", of=decision)
        announced = world.said("ANNOUNCED_IN", of=decision)
        by = {said.object for said in makers}
        answering = [said for said in world.said("TARGETS", of=one) if said.object in by]
        rows.append(
            {
                "decision": decision,
                "extent": extent,
                "date": in_order(said.text for said in dates),
                "by": in_order(by),
                "by_target": bool(answering),
                "position": in_order(str(at) for link in told if (at := link.qualifier("position"))),
                "words": in_order(str(at) for link in told if (at := link.qualifier("words"))),
                "count": first_of(told, "count"),
                "of": first_of(told, "of"),
                "announced_in": in_order(said.object for said in announced),
                "claims": ids_of([*told, *dates, *makers, *announced, *answering]) | reasons,
            }
        )
    return rows


@answers("inquiries")
def inquiries(world: World) -> list[Row]:
    known = {end for said in world.claims for end in (said.subject, said.object) if end is not None}
    rows = (_inquiry(world, one) for one in sorted(known) if one.startswith("inquiry:"))
    return [row for row in rows if row is not None]


def _inquiry(world: World, one: str) -> Row | None:
    told = {
        predicate: world.said(predicate, of=one)
        for predicate in (
            *("name", "kind", "form", "announced", "started", "ended"),
            *("REQUESTED_BY", "COMMISSIONED_BY", "LED_BY", "EXAMINES", "ABOUT", "PRODUCED"),
        )
    }
    if not _is_asked_for(world, told):
        return None
    made: dict[str, str] = {}
    for document in in_order(said.object for said in told["PRODUCED"]):
        for said in world.recommendations_in(document):
            made[said.subject] = min(said.id, made.get(said.subject, said.id))
    values = {name: in_order(said.text for said in told[name]) for name in ("form", "announced", "started", "ended")}
    ends = {
        name.lower(): in_order(said.object for said in told[name])
        for name in ("REQUESTED_BY", "COMMISSIONED_BY", "LED_BY", "EXAMINES")
    }
    return {
        "inquiry": one,
        **values,
        **ends,
        "documents": in_order(said.object for said in told["PRODUCED"]),
        "recommendations": len(made),
        "claims": {said.id for some in told.values() for said in some} | set(made.values()),
    }


def _is_asked_for(world: World, told: dict[str, list[Said]]) -> bool:
    asked = world.question.asked
    ways = {
        "body": ("REQUESTED_BY", "COMMISSIONED_BY", "LED_BY", "EXAMINES"),
        "place": ("EXAMINES",),
        "topic": ("EXAMINES", "ABOUT"),
    }
    for name, predicates in ways.items():
        if asked(name) is not None and not any(said.object == asked(name) for p in predicates for said in told[p]):
            return False
    if asked("form") is not None and asked("form") not in {said.text for said in told["form"]}:
        return False
    ended, begun = told["ended"], told["announced"] + told["started"]
    if asked("from") is not None and ended and max(said.last for said in ended).isoformat() < asked("from"):
        return False
    return asked("until") is None or not begun or min(said.first for said in begun).isoformat() < asked("until")


@answers("body-offices")
def body_offices(world: World) -> list[Row]:
    day = world.question.valid_at
    posts: dict[str, list[Said]] = defaultdict(list)
    for said in world.said("OFFICE_OF", to=world.question.asked("body")):
        if said.span.is_possible(day, day):
            posts[said.subject].append(said)
    rows = []
    for office, links in posts.items():
        terms = [
            said for said in world.said("HELD", to=office) if not said.is_deprecated and said.span.is_possible(day, day)
        ]
        is_certain = any(said.span.is_certain(day, day) for said in links)
        dates = [said.claim.dates for said in links]
        rows.append(
            {
                "office": office,
                "exists": "certain" if is_certain else "possible",
                "since": in_order(given.since or given.on for given in dates),
                "until": in_order(given.until or given.through for given in dates),
                "holders": in_order(said.subject for said in terms),
                "claims": ids_of([*links, *terms]),
            }
        )
    return rows


@answers("document-claims")
def document_claims(world: World) -> list[Row]:
    document, predicate = world.question.asked("document"), world.question.asked("predicate")
    return [
        {
            "subject": said.subject,
            "predicate": said.predicate,
            "object": said.object,
            "says": in_words(said),
            "locator": in_order(place.claim.citations[0].locator for place in said.places),
            "method": said.claim.method,
            "recorded": _moment(said),
            "claims": {said.id},
        }
        for said in world.claims
        if said.document == document and predicate in {None, said.predicate}
    ]


@answers("entity-relationships")
def entity_relationships(world: World) -> list[Row]:
    entity, type_, direction = (world.question.asked(name) for name in ("entity", "type", "direction"))
    rows = []
    for said in world.claims:
        if said.object is None or type_ not in {None, said.predicate}:
            continue
        ends = (("forward", said.subject, said.object), ("backward", said.object, said.subject))
        for way, one, other in ends:
            if one == entity and direction in {None, way}:
                rows.append(_relationship(said, way, other))
    return rows


def _relationship(said: Said, direction: str, other: str) -> Row:
    span = said.span
    return {
        "type": said.predicate,
        "direction": direction,
        "other": other,
        "says": in_words(said),
        "from_earliest": _day(span.begin_low),
        "from_latest": _day(span.begin_high),
        "until_earliest": _day(span.end_low),
        "until_latest": _day(span.end_high),
        "known_by": _day(said.stated.public_at_latest),
        "recorded": _moment(said),
        "method": said.claim.method,
        "deprecated": said.claim.deprecated,
        "claims": {said.id},
    }


def _day(day: date) -> str | None:
    return None if day in {FIRST, LAST} else day.isoformat()


def _moment(said: Said) -> str:
    return said.recorded_at.isoformat().replace("+00:00", "Z")
