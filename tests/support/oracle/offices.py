"""The naive answers about offices and bodies: who held what when, and what came before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from oracle.record import Said, ids_of
from oracle.spans import ANY_TIME, FIRST, LAST, before
from oracle.world import Row, World, agreed_days, answers, are_of_one_kind, disagree, first_of, in_order, is_one_period

_OF_A_TERM = ("person", "since", "until", "still_on", "end_before_start", "seen_on", "disputed")
_SEPARATE = ("acting", "interim", "on_leave")
_Key = tuple[tuple[Any, ...], date, bool, date]
"""A term, the day by which all its claims let it end, whether it is sure, and the day after which it need not go on."""


def _terms(world: World, office: str) -> list[Said]:
    return [said for said in world.said("HELD", to=office) if not said.is_deprecated]


def _peers(term: Said, terms: list[Said]) -> list[Said]:
    """The claims of the same term that agree with it, itself among them."""
    return [
        other
        for other in terms
        if other.subject == term.subject
        and are_of_one_kind(term, other)
        and is_one_period(term, other)
        and not disagree(term, other)
    ]


@answers("office-holders")
def office_holders(world: World) -> list[Row]:
    asked = world.question.asked
    one_day = asked("from") is None and asked("until") is None
    first = world.question.valid_at if one_day else _day(asked("from"), FIRST)
    end = world.question.valid_at + timedelta(days=1) if one_day else _day(asked("until"), LAST)
    ways: dict[str, set[str]] = defaultdict(set)
    if asked("office"):
        ways[asked("office")] = ids_of(world.said("name", "OFFICE_OF", "kind", of=asked("office")))
    of_body: dict[str, str] = {}
    for post in world.said("OFFICE_OF", to=asked("body")) if asked("body") else ():
        if post.span.begin_low < end and post.span.end_high > first:
            ways[post.subject].add(post.id)
            low, high = post.span.begin_high, post.span.end_low
            is_sure = low < high and low < end and high > first
            of_body[post.subject] = "certain" if is_sure else of_body.get(post.subject, "possible")
    rows = []
    for office, way in ways.items():
        terms = _terms(world, office)
        groups: dict[_Key, list[Said]] = defaultdict(list)
        behind: dict[_Key, list[Said]] = defaultdict(list)
        for term in terms:
            peers = _peers(term, terms)
            if all(peer.span.begin_low < end and peer.span.end_high > first for peer in peers):
                is_sure = any(low < high and low < end and high > first for low, high in _sure_days(peers))
                until = min(peer.span.end_high for peer in peers)
                key = (_term(term, peers), until, is_sure, _went_on(peers))
                groups[key].append(term)
                behind[key] += peers
        for key, claims in groups.items():
            (person, *kinds, _), _, is_sure, went_on = key
            rivals = [other for term in claims for other in terms if other.subject == person and disagree(term, other)]
            rows.append(
                {
                    "office": office,
                    "person": person,
                    "held": "certain" if is_sure else "possible",
                    "since": _since(claims),
                    "until": _until(claims),
                    "still_on": _still_on(claims, went_on),
                    "end_before_start": any(term.span == ANY_TIME for term in claims),
                    "seen_on": _seen_on(claims),
                    **dict(zip(_SEPARATE, kinds, strict=True)),
                    "disputed": bool(rivals),
                    "of_body": of_body.get(office),
                    "claims": ids_of(behind[key]) | ids_of(rivals) | way,
                }
            )
        if not groups:
            nobody = dict.fromkeys((*_OF_A_TERM, *_SEPARATE))
            rows.append({"office": office, "held": "unknown", **nobody, "of_body": of_body.get(office), "claims": way})
    return rows


def _day(given: str | None, otherwise: date) -> date:
    return date.fromisoformat(given) if given else otherwise


def _is_dated(said: Said) -> bool:
    """Whether it gives a start or an end; else it says only that somebody was there on a day."""
    return said.span.begin_low != FIRST or said.span.end_high != LAST


def _sure_days(peers: list[Said]) -> list[tuple[date, date]]:
    """From when until when somebody surely was there: by one claim, or by two of one term that give dates."""
    found = [(peer.span.begin_high, peer.span.end_low) for peer in peers]
    dated = [peer for peer in peers if _is_dated(peer)]
    for begins in dated:
        found += [(begins.span.begin_high, ends.span.end_low) for ends in _peers(begins, dated)]
    return found


def _went_on(peers: list[Said]) -> date:
    """The first day after the last one on which a claim says that somebody was there."""
    days = [
        peer.span.end_low
        for peer in peers
        if peer.span.begin_high < peer.span.end_low or (_is_dated(peer) and peer.span.begin_low < peer.span.end_low)
    ]
    return max(days, default=FIRST)


def _term(term: Said, peers: list[Said]) -> tuple[object, ...]:
    """Whose term it is, of which kind, and the first day on which all its claims let it begin."""
    return (
        term.subject,
        *(term.qualifier(name) for name in _SEPARATE),
        max(peer.span.begin_low for peer in peers),
    )


def _since(terms: list[Said]) -> str | None:
    given = [term for term in terms if term.claim.dates.since]
    span = min(given, key=lambda t: (t.span.begin_high - t.span.begin_low, t.span.begin_low, t.id), default=None)
    return span.claim.dates.since if span else None


def _until(terms: list[Said]) -> str | None:
    given = [term for term in terms if term.claim.dates.until or term.claim.dates.through]
    best = min(given, key=lambda t: (t.span.end_high - t.span.end_low, t.id), default=None)
    return best.claim.dates.until or best.claim.dates.through if best else None


def _seen_on(terms: list[Said]) -> list[str]:
    return sorted({term.claim.dates.on for term in terms if term.claim.dates.on})


def _still_on(terms: list[Said], went_on: date) -> str | None:
    """Where no end is given, the last day for which a document says that the term went on."""
    return before(went_on).isoformat() if _until(terms) is None and went_on > FIRST else None


@answers("in-office-when")
def in_office_when(world: World) -> list[Row]:
    about = world.question.asked("about")
    dated = [[said] for said in world.said("date", "published", of=about)]
    for made in world.said("MADE_IN", of=about):
        dated += [[made, said] for said in world.said("published", of=made.object)]
    days = agreed_days([way[-1] for way in dated])
    first, last = days or (FIRST, LAST)
    dating = {said.id for way in dated for said in way}
    matters = _matters(world, about)
    rows = []
    for (named, part), names in _naming(world, about, matters, first, last).items() or [((None, None), set())]:
        for office, whole, posts, is_sure in _offices(world, named, first, last):
            for row in _holders(world, office, matters, first, last, is_sure=is_sure):
                claims = row.pop("claims") | names | dating | ids_of(posts)
                rows.append(
                    {
                        "named": named,
                        "as": part,
                        "part": whole,
                        "office": office,
                        **row,
                        "first_day": first.isoformat() if days else None,
                        "last_day": last.isoformat() if days else None,
                        "claims": claims,
                    }
                )
    return rows


def _matters(world: World, about: str) -> list[tuple[str, list[Said]]]:
    """What somebody may have been responsible for: the thing itself, its topics, what it answers and its topics."""
    found: list[tuple[str, list[Said]]] = [(about, [])]
    for topic in world.said("ABOUT", "CONCERNS", of=about):
        if topic.object and topic.object.startswith("topic:"):
            found.append((topic.object, [topic]))
    for answer in world.said("RESPONDS_TO", of=about):
        found.append((answer.object or "", [answer]))
        found += [(topic.object or "", [answer, topic]) for topic in world.said("ABOUT", of=answer.object)]
    return found


def _naming(
    world: World, about: str, matters: list[tuple[str, list[Said]]], first: date, last: date
) -> dict[tuple[str | None, str | None], set[str]]:
    """Who is named, in which part, and the claims that do it."""
    found: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    for said in world.said("MADE_BY", "ADDRESSED_TO", "CONCERNS", "INVOLVED", "TARGETS", of=about):
        if said.object and said.object.split(":")[0] in {"body", "office", "group"}:
            found[said.object, said.predicate].add(said.id)
    for told in world.said("ANNOUNCED_IN", of=about):
        for said in world.said("PUBLISHED_BY", of=told.object):
            if said.object and said.object.startswith("body:"):
                found[said.object, said.predicate] |= {told.id, said.id}
    for matter, through in matters:
        for said in world.said("RESPONSIBLE_FOR", to=matter):
            if said.subject.startswith("office:") and said.span.is_possible(first, last):
                found[said.subject, said.predicate] |= {said.id} | ids_of(through)
    return found


def _offices(
    world: World, named: str | None, first: date, last: date
) -> list[tuple[str | None, str | None, list[Said], bool]]:
    """The offices of a body on a day; of a government also those of its parts; an office is its own.

    Each with the part of the government, with the claims that say so, and whether they are sure.
    """
    if named is None:
        return [(None, None, [], True)]
    if named.startswith("office:"):
        return [(named, None, [], True)]

    def on_the_day(claims: list[Said]) -> list[Said]:
        return [said for said in claims if said.span.is_possible(first, last)]

    def by_subject(claims: list[Said]) -> dict[str, list[Said]]:
        return {one: [said for said in claims if said.subject == one] for one in {said.subject for said in claims}}

    def is_sure(claims: list[Said]) -> bool:
        return any(said.span.is_certain(first, last) for said in claims)

    found: list[tuple[str | None, str | None, list[Said], bool]] = [
        (office, None, posts, is_sure(posts))
        for office, posts in by_subject(on_the_day(world.said("OFFICE_OF", to=named))).items()
    ]
    kinds = [said for said in world.said("kind", of=named) if said.text == "Government"]
    for part, links in by_subject(on_the_day(world.said("PART_OF", to=named))).items() if kinds else ():
        for office, posts in by_subject(on_the_day(world.said("OFFICE_OF", to=part))).items():
            found.append((office, part, [*kinds, *links, *posts], is_sure(posts) and is_sure(links)))
    return found or [(None, None, [], True)]


def _holders(
    world: World,
    office: str | None,
    matters: list[tuple[str, list[Said]]],
    first: date,
    last: date,
    *,
    is_sure: bool,
) -> list[Row]:
    """Who held an office, in a row for each person and kind of term, and for what it was responsible."""
    terms = _terms(world, office) if office else []
    duties = [
        [said, *through]
        for matter, through in matters
        for said in (world.said("RESPONSIBLE_FOR", of=office, to=matter) if office else [])
        if said.span.is_possible(first, last)
    ]
    sure_duty = any(duty[0].span.is_certain(first, last) for duty in duties)
    duty = {
        "responsible": "unknown" if not duties else "certain" if sure_duty else "possible",
        "responsible_for": in_order(duty[0].object for duty in duties),
    }
    behind = {said.id for duty in duties for said in duty}
    found: dict[_Key, list[Said]] = defaultdict(list)
    witnesses: dict[_Key, list[Said]] = defaultdict(list)
    for term in terms:
        peers = _peers(term, terms)
        if all(peer.span.is_possible(first, last) for peer in peers):
            is_held = any(low <= first and last < high for low, high in _sure_days(peers))
            key = (_term(term, peers), LAST, is_held, _went_on(peers))
            found[key].append(term)
            witnesses[key] += peers
    rows: list[Row] = []
    for key, claims in found.items():
        (person, *kinds, _), _, is_held, went_on = key
        rows.append(
            {
                "person": person,
                "held": "certain" if is_held and is_sure else "possible",
                **dict(zip(_SEPARATE, kinds, strict=True)),
                **duty,
                "since": _since(claims),
                "until": _until(claims),
                "still_on": _still_on(claims, went_on),
                "end_before_start": any(term.span == ANY_TIME for term in claims),
                "seen_on": _seen_on(claims),
                "shown_public_then": any(term.stated.public_at_latest <= last for term in claims),
                "claims": ids_of(witnesses[key]) | behind,
            }
        )
    nobody = dict.fromkeys((*_OF_A_TERM, *_SEPARATE, "shown_public_then"))
    return rows or [{**nobody, "seen_on": [], "held": "unknown", **duty, "claims": behind}]


@answers("body-succession")
def body_succession(world: World) -> list[Row]:
    body = world.question.asked("body")
    rows = []
    for direction in ("successor", "predecessor"):
        steps: dict[str, int] = {}
        is_open: dict[str, bool] = {}
        links: dict[str, Said] = {}
        for way in _ways(world, [], body, direction):
            last = way[-1]
            links[last.id] = last
            steps[last.id] = min(len(way), steps.get(last.id, len(way)))
            is_open[last.id] = is_open.get(last.id, True) and any(_leaves_open(world, step) for step in way)
        pairs = {(link.subject, link.object) for link in links.values()}
        for earlier, later in pairs:
            told = [link for link in links.values() if (link.subject, link.object) == (earlier, later)]
            told.sort(key=lambda link: (link.span.begin_low, link.id))
            rows.append(
                {
                    "direction": direction,
                    "step": min(steps[link.id] for link in told),
                    "earlier": earlier,
                    "later": later,
                    "on": next((link.claim.dates.on for link in told if link.claim.dates.on), None),
                    "how": first_of(told, "how"),
                    "scope": first_of(told, "scope"),
                    "instrument": first_of(told, "instrument"),
                    "certainty": "possible" if all(is_open[link.id] for link in told) else "certain",
                    "claims": ids_of(told),
                }
            )
    return rows


def _ways(world: World, so_far: list[Said], body: str, direction: str) -> Iterable[list[Said]]:
    """Every way of successions from a body, at most eight steps long; none goes through a claim twice."""
    ends = {"of": body} if direction == "successor" else {"to": body}
    for link in world.said("SUCCEEDED_BY", **ends):
        if link not in so_far and len(so_far) < 8:
            way = [*so_far, link]
            yield way
            onward = link.object if direction == "successor" else link.subject
            yield from _ways(world, way, onward or "", direction)


def _leaves_open(world: World, step: Said) -> bool:
    """Whether a step leaves open who answers: it was of a part, or one of several of which nothing is said."""
    told = world.said("SUCCEEDED_BY", of=step.subject, to=step.object)
    if any(is_of_a_part(said) for said in told):
        return True
    others = [said for said in world.said("SUCCEEDED_BY", of=step.subject) if said.object != step.object]
    return bool(others) and all(said.qualifier("how") is None for said in told)


def is_of_a_part(step: Said) -> bool:
    return step.qualifier("how") in {"split", "functions_moved"} or step.qualifier("scope") is not None
