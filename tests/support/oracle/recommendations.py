"""The naive answers about recommendations: their targets, what became of them, what was judged, what was said again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from oracle.record import Said, ids_of
from oracle.world import Row, World, answers, first_of, in_order

_STAGES_OF_LINKS = ("role", "position", "words", "stage", "how", "due")


@answers("recommendation-targets")
def recommendation_targets(world: World) -> list[Row]:
    role = world.question.asked("role")
    inquiry, recommendation = world.question.asked("inquiry"), world.question.asked("recommendation")
    ways: dict[str, set[str]] = defaultdict(set)
    for produced in world.said("PRODUCED", of=inquiry) if inquiry is not None else ():
        for made in world.recommendations_in(produced.object or ""):
            if recommendation in {None, made.subject}:
                ways[made.subject] |= {produced.id, made.id}
    if inquiry is None:
        ways[recommendation] = ids_of(world.said("MADE_IN", of=recommendation))
    rows = []
    for recommendation, way in ways.items():
        number, numbers = world.number_of(recommendation)
        told = world.said("TARGETS", of=recommendation)
        fitting = [said for said in told if role is None or said.qualifier("role") in {None, role}]
        targets = {said.object for said in fitting} if told else {None}
        for target in targets:
            links = [said for said in fitting if said.object == target]
            rows.append(
                {
                    "recommendation": recommendation,
                    "number": number,
                    "target": target,
                    "role": _qualifiers(links, "role"),
                    "due": _qualifiers(links, "due"),
                    "as_written": _qualifiers(links, "as_written"),
                    "method": _method(links) if target else None,
                    "unchecked": target is not None and all(link.is_unchecked for link in links),
                    "claims": ids_of(links) | ids_of(numbers) | way,
                }
            )
    return rows


def _qualifiers(links: list[Said], name: str) -> list[str]:
    return in_order(str(given) for link in links if (given := link.qualifier(name)) is not None)


def _method(links: list[Said]) -> str:
    return "reading" if all(link.is_reading for link in links) else "stated"


@answers("recommendation-trail")
def recommendation_trail(world: World) -> list[Row]:
    steps: dict[tuple[str, str, bool], tuple[set[Said], set[str]]] = defaultdict(lambda: (set(), set()))
    for what, entity, blanket, link, behind in _steps(world, world.question.asked("recommendation")):
        links, reasons = steps[what, entity, blanket]
        links.add(link)
        reasons |= behind
    rows = []
    for (what, entity, blanket), (links, reasons) in steps.items():
        dates, dating = _dates(world, what, entity)
        makers = world.said("MADE_BY", "ASSESSED_BY", "CARRIED_OUT_BY", of=entity)
        judged = world.said("words", "stage", of=entity)
        told = [str(link.qualifier(name)) for link in links for name in _STAGES_OF_LINKS if link.qualifier(name)]
        rows.append(
            {
                "date": " or ".join(dates) or None,
                "what": what,
                "entity": entity,
                "by": in_order(maker.object for maker in makers),
                "says": in_order([*told, *(said.text for said in judged)]),
                "blanket": blanket,
                "claims": ids_of(list(links)) | reasons | dating | ids_of(makers) | ids_of(judged),
            }
        )
    return rows


_OUT_OF_IT = {"MADE_IN": "made", "TARGETS": "target", "REPEATS": "repeats"}
_INTO_IT = {"REPEATS": "repeated", "RESPONDS_TO": "response", "ASSESSES": "assessment", "SERVES": "action"}


def _steps(world: World, recommendation: str) -> Iterator[tuple[str, str, bool, Said, set[str]]]:
    for link in world.said(*_OUT_OF_IT, of=recommendation):
        yield _OUT_OF_IT[link.predicate], link.object or "", False, link, set()
    for link in world.said(*_INTO_IT, to=recommendation):
        yield _INTO_IT[link.predicate], link.subject, False, link, set()
    for made in world.said("MADE_IN", of=recommendation):
        for link in world.said("RESPONDS_TO", "ASSESSES", to=made.object):
            if is_of_all(link):
                yield _INTO_IT[link.predicate], link.subject, True, link, set()
    for response in world.said("RESPONDS_TO", to=recommendation):
        for link in world.said("SERVES", to=response.subject):
            yield "action", link.subject, False, link, {response.id}


def is_of_all(link: Said) -> bool:
    """Whether an answer or judgement of a set is of each of its items."""
    return link.qualifier("count") is not None and link.qualifier("count") == link.qualifier("of")


def _dates(world: World, what: str, entity: str) -> tuple[list[str], set[str]]:
    """The dates of a step as documents give them, the earliest first, and the claims that do."""
    if what == "target":
        return [], set()
    ways: list[list[Said]] = []
    if what in {"repeats", "repeated"}:
        for made in world.said("MADE_IN", of=entity):
            ways += [[day, made] for day in world.said("published", of=made.object)]
    else:
        ways = [[day] for day in world.said("published" if what == "made" else "date", of=entity)]
    ways.sort(key=lambda way: (way[0].first, way[0].id))
    return list(dict.fromkeys(way[0].text or "" for way in ways)), {said.id for way in ways for said in way}


@answers("recommendation-assessments")
def recommendation_assessments(world: World) -> list[Row]:
    inquiry, recommendation = world.question.asked("inquiry"), world.question.asked("recommendation")
    ways: dict[str, set[str]] = defaultdict(set)
    if inquiry is None:
        ways |= {link.object or "": set() for link in world.said("ASSESSES")}
    else:
        for produced in world.said("PRODUCED", of=inquiry):
            ways[produced.object or ""].add(produced.id)
            for made in world.said("MADE_IN", to=produced.object):
                ways[made.subject] |= {made.id, produced.id}
    return [
        row
        for assessed, way in ways.items()
        if recommendation in {None, assessed}
        for row in _judgements(world, assessed, way)
    ]


def _judgements(world: World, assessed: str, way: set[str]) -> list[Row]:
    rows = []
    links_of: dict[str, list[Said]] = defaultdict(list)
    for link in world.said("ASSESSES", to=assessed):
        links_of[link.subject].append(link)
    counted = {assessment: _stage_that_counts(world, assessment, links) for assessment, links in links_of.items()}
    for assessment, links in links_of.items():
        told = world.said("date", "words", "stage", "ASSESSED_BY", of=assessment)
        dates = sorted((said for said in told if said.predicate == "date"), key=lambda s: (s.first, s.text or ""))
        words = in_order(said.text for said in told if said.predicate == "words")
        stages = [said for said in told if said.predicate == "stage"]
        kept = [said for said in stages if not said.is_deprecated] or stages
        mine = counted[assessment]
        rows.append(
            {
                "assessed": assessed,
                "count": first_of(links, "count"),
                "of": first_of(links, "of"),
                "assessment": assessment,
                "judges": len({link.object for link in world.said("ASSESSES", of=assessment)}),
                "date": dates[0].text if dates else None,
                "assessor": in_order(said.object for said in told if said.predicate == "ASSESSED_BY"),
                "words": words[0] if words else None,
                "stage": min((said.text or "" for said in kept), default=None),
                "disputed": any(_differ(mine, theirs) for other, theirs in counted.items() if other != assessment),
                "claims": ids_of(links) | ids_of(told) | way,
            }
        )
    return rows


def _stage_that_counts(world: World, assessment: str, links: list[Said]) -> tuple[str, list[str]] | None:
    """The stage and the assessors of a judgement that nobody holds to be mistaken."""
    stages = [said.text or "" for said in world.said("stage", of=assessment) if not said.is_deprecated]
    if not stages or all(link.is_deprecated for link in links):
        return None
    return min(stages), in_order(said.object for said in world.said("ASSESSED_BY", of=assessment))


def _differ(mine: tuple[str, list[str]] | None, theirs: tuple[str, list[str]] | None) -> bool:
    """Whether others come to another stage."""
    return mine is not None and theirs is not None and mine[0] != theirs[0] and mine[1] != theirs[1]


@answers("repeated-recommendations")
def repeated_recommendations(world: World) -> list[Row]:
    inquiry, recommendation = world.question.asked("inquiry"), world.question.asked("recommendation")
    chains: dict[tuple[str, str], list[Said]] = {}
    for chain in sorted(_chains(world), key=lambda links: (len(links), [link.id for link in links])):
        later, earlier = chain[0].subject, chain[-1].object or ""
        if later != earlier:
            chains.setdefault((later, earlier), chain)
    rows = []
    for (later, earlier), chain in chains.items():
        if recommendation is not None and recommendation not in {later, earlier}:
            continue
        if inquiry is not None and not any(_is_of(world, one, inquiry) for one in (later, earlier)):
            continue
        rows.append(_repetition(world, later, earlier, chain))
    return rows


def _chains(world: World, so_far: tuple[Said, ...] = ()) -> Iterator[list[Said]]:
    """Every chain of at most six repetitions; none goes through a claim twice."""
    for link in world.said("REPEATS", of=so_far[-1].object if so_far else None):
        if link not in so_far and len(so_far) < 6:
            yield [*so_far, link]
            yield from _chains(world, (*so_far, link))


def _is_of(world: World, recommendation: str, inquiry: str) -> bool:
    documents = {made.object for made in world.said("MADE_IN", of=recommendation)}
    return any(produced.object in documents for produced in world.said("PRODUCED", of=inquiry))


def _repetition(world: World, later: str, earlier: str, chain: list[Said]) -> Row:
    later_days, later_made = _made(world, later)
    earlier_days, earlier_made = _made(world, earlier)
    links = [(link, False) for link in world.said("RESPONDS_TO", to=earlier)]
    for document in {made.object for made in world.said("MADE_IN", of=earlier)}:
        links += [(link, True) for link in world.said("RESPONDS_TO", to=document) if is_of_all(link)]
    heard: list[tuple[Said, bool, list[Said], bool]] = []
    for link, blanket in links:
        days = sorted(world.said("date", of=link.subject), key=lambda day: (day.first, day.id))
        if later_days and any(day.first < later_days[0].last for day in days):
            heard.append((link, blanket, days, all(day.last < later_days[0].first for day in days)))
    heard.sort(key=lambda one: (one[2][0].first, one[0].id))
    accepted = [(link, is_before) for link, _, _, is_before in heard if link.qualifier("position") == "accepted"]
    if any(is_before and not link.is_reading for link, is_before in accepted):
        verdict = "yes"
    elif any(is_before for _, is_before in accepted):
        verdict = "yes (a reading)"
    elif accepted:
        verdict = "possibly"
    else:
        verdict = "no" if any(is_before for *_, is_before in heard) else "unknown"
    behind = {said.id for link, _, days, _ in heard for said in [link, *days]}
    return {
        "later": later,
        "earlier": earlier,
        "steps": len(chain),
        "how": [link.qualifier("how") or "not said" for link in chain],
        "explicit": [link.qualifier("explicit") or "not said" for link in chain],
        "method": "reading" if any(link.is_reading for link in chain) else "stated",
        "later_date": later_days[0].text if later_days else None,
        "earlier_date": earlier_days[0].text if earlier_days else None,
        "accepted_then": verdict,
        "positions": [_answer(*one) for one in heard],
        "claims": ids_of(chain) | behind | later_made | earlier_made,
    }


def _made(world: World, recommendation: str) -> tuple[list[Said], set[str]]:
    """When a recommendation was made, the earliest date first, and all claims that say where and when."""
    made = world.said("MADE_IN", of=recommendation)
    days = [day for one in made for day in world.said("published", of=one.object)]
    return sorted(days, key=lambda day: (day.first, day.id)), ids_of(made) | ids_of(days)


def _answer(link: Said, blanket: bool, days: list[Said], is_before: bool) -> str:
    when = " or ".join(dict.fromkeys(day.text or "" for day in days))
    said = f"{when} {link.qualifier('position') or 'no position'}"
    return said + (" (all)" if blanket else "") + ("" if is_before else " (perhaps later)")
