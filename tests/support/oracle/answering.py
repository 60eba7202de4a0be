"""The naive answers about who was told what and who answered: by body, and what has no answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from oracle.inheriting import Line, choose, lines_to
from oracle.recommendations import is_of_all
from oracle.record import Said, ids_of
from oracle.spans import days_meant
from oracle.world import Row, World, answers, in_order


@answers("unanswered-recommendations")
def unanswered_recommendations(world: World) -> list[Row]:
    rows = (_unanswered(world, *one) for one in _told(world))
    return [row for row in rows if row is not None]


def _inheritance(world: World, by_day: date | None) -> dict[str, list[Line]]:
    if world.question.asked("with_predecessors") != "true":
        return {}
    return lines_to(world, world.question.asked("body"), by_day)


def _told(world: World) -> Iterator[tuple[str, str | None, list[Line], set[str]]]:
    """Recommendations, each with one whom it targets, or with nobody, and the claims that lead there.

    With what was told to predecessors, and the paths of successions from them.
    """
    inquiry, body = world.question.asked("inquiry"), world.question.asked("body")
    lines = _inheritance(world, world.question.valid_at)
    ways: dict[str, set[str]] = defaultdict(set)
    if inquiry is not None:
        for produced in world.said("PRODUCED", of=inquiry):
            for made in world.recommendations_in(produced.object or ""):
                ways[made.subject].add(produced.id)
    else:
        for said in world.said("MADE_IN", "TARGETS"):
            if said.subject.startswith("recommendation:"):
                ways[said.subject] = set()
    for recommendation, way in ways.items():
        targets = {said.object for said in world.said("TARGETS", of=recommendation)}
        for target in targets or {None}:
            if body is None or target == body or target in lines:
                yield recommendation, target, lines.get(target or "", []), way


def _unanswered(world: World, recommendation: str, target: str | None, lines: list[Line], way: set[str]) -> Row | None:
    made = world.said("MADE_IN", of=recommendation)
    days = [day for one in made for day in world.said("published", of=one.object)]
    first = min(days, key=lambda day: (day.first, day.id), default=None)
    line, inherited = choose(lines, (first.first, first.last) if first else None)
    if lines and line is None:
        return None
    links = world.said("TARGETS", of=recommendation, to=target) if target else []
    number, numbers = world.number_of(recommendation)
    heard = [(link, True) for link in world.said("RESPONDS_TO", to=recommendation)]
    for document in {one.object for one in made}:
        heard += [(link, is_of_all(link)) for link in world.said("RESPONDS_TO", to=document)]
    makers = {link.id: world.said("MADE_BY", of=link.subject) for link, _ in heard}
    clear = [link for link, says_which in heard if says_which]
    by_target = target is None or any(maker.object == target for link in clear for maker in makers[link.id])
    whole = _answers_of_the_whole(world, target, clear) if target else set()
    dues = in_order(str(due) for link in links if (due := link.qualifier("due")))
    done = [said for said in world.said("SERVES", to=recommendation) if said.qualifier("stage") == "done"]
    state = []
    if heard and not clear:
        state.append("not_shown")
    elif not heard:
        state.append("none")
    elif not by_target:
        heirs = set(line.entities if line else [])
        by_heir = any(maker.object in heirs for link in clear for maker in makers[link.id])
        state.append("answered_by_successor" if by_heir else "answered_by_whole" if whole else "none_by_target")
    if dues and max(days_meant(due)[1] for due in dues) < world.question.valid_at and not done:
        state.append("overdue")
    behind = ids_of([link for link, _ in heard]) | {maker.id for told in makers.values() for maker in told}
    return {
        "recommendation": recommendation,
        "number": number,
        "target": target,
        "state": state,
        "due": " or ".join(dues) or None,
        "answered_by": in_order(maker.object for told in makers.values() for maker in told),
        "inherited": inherited,
        "path": line.entities if line else [],
        "successions": line.words if line else [],
        "shown": bool(state),
        "claims": (set(line.claims) | ids_of(days) if line else set())
        | ids_of(links)
        | way
        | ids_of(made)
        | ids_of(numbers)
        | behind
        | (ids_of(done) if dues else set())
        | (whole if "answered_by_whole" in state else set()),
    }


def _answers_of_the_whole(world: World, target: str, clear: list[Said]) -> set[str]:
    """Why an answer is one of the body that the target was part or an office of when it was given; empty if none is."""
    wholes = [[one] for one in world.said("PART_OF", "OFFICE_OF", of=target)]
    wholes += [[one, two] for [one] in wholes for two in world.said("PART_OF", of=one.object)]
    found: set[str] = set()
    for answer in clear:
        dates = world.said("date", of=answer.subject)
        first = min((day.first for day in dates), default=answer.span.begin_low)
        last = max((day.last for day in dates), default=answer.span.begin_high)
        for way in wholes:
            is_maker = bool(world.said("MADE_BY", of=answer.subject, to=way[-1].object))
            if is_maker and all(step.span.is_possible(first, last) for step in way):
                found |= ids_of(way) | ids_of(dates)
    return found


@answers("body-recommendations")
def body_recommendations(world: World) -> list[Row]:
    body = world.question.asked("body")
    return [row for told, lines in [(body, []), *_inheritance(world, None).items()] for row in _of(world, told, lines)]


def _of(world: World, body: str, lines: list[Line]) -> Iterator[Row]:
    """What one body was told; `lines` are the paths by which it came down, where it is a predecessor."""
    ways: dict[tuple[str, str], list[list[Said]]] = {(body, "by_name"): []}
    for way in _ways(world, body):
        last = way[-1]
        how = "by_office" if last.predicate == "OFFICE_OF" else "as_member"
        through = last.subject if how == "by_office" else last.object or ""
        ways.setdefault((through, how), []).append(way)
    for (through, how), all_ways in ways.items():
        for item, kind, links in _items(world, through, how):
            for document, made in _documents(world, item):
                row = _told_to(world, body, through, all_ways, item, document, lines)
                if row["membership"] != "no" and (row["path"] or not lines):
                    claims = row["claims"] | ids_of(links) | ids_of(made)
                    role = in_order(str(role) for link in links if (role := link.qualifier("role")))
                    yield {**row, "how": kind, "role": role, "claims": claims}


def _ways(world: World, body: str) -> Iterator[list[Said]]:
    """The offices of a body, the classes that it or they are in, and the classes of these."""
    for office in world.said("OFFICE_OF", to=body):
        yield [office]
        for member in world.said("MEMBER_OF", of=office.subject):
            yield [office, member]
    for member in world.said("MEMBER_OF", of=body):
        yield [member]
        for wider in world.said("MEMBER_OF", of=member.object):
            yield [member, wider]


def _items(world: World, through: str, how: str) -> Iterator[tuple[str, str, list[Said]]]:
    groups: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for link in world.said("TARGETS", to=through):
        groups[link.subject, "document" if link.subject.startswith("document:") else how].append(link)
    for link in world.said("ADDRESSED_TO", to=through) if how != "as_member" else ():
        groups[link.subject, "addressee"].append(link)
    for (item, kind), links in groups.items():
        yield item, kind, links


def _documents(world: World, item: str) -> list[tuple[str | None, list[Said]]]:
    """The documents in which an item is made; where none is known the item stays."""
    if item.startswith("document:"):
        return [(item, [])]
    made = world.said("MADE_IN", of=item)
    documents = sorted({one.object or "" for one in made})
    return [(document, [one for one in made if one.object == document]) for document in documents] or [(None, [])]


def _told_to(
    world: World,
    body: str,
    through: str,
    ways: list[list[Said]],
    item: str,
    document: str | None,
    lines: list[Line],
) -> Row:
    days = sorted(world.said("published", "date", of=document or item), key=lambda day: (day.first, day.id))
    day = (days[0].first, days[0].last) if days else None
    produced = world.said("PRODUCED", to=document) if document else []
    number, numbers = world.number_of(item)
    line, inherited = choose(lines, day)
    targets = {through, *(line.entities if line else [body])}
    own, others, behind = _answers_to(world, targets, item, document)
    steps = [step for way in ways for step in way]
    return {
        "through": through if through != body else None,
        "membership": _membership(ways, day),
        "item": item,
        "number": number,
        "document": document,
        "inquiry": in_order(said.subject for said in produced),
        "date": days[0].text if days else None,
        "answers_of_target": sorted(own),
        "answers_of_others": sorted(others),
        "predecessor": body if lines else None,
        "inherited": inherited,
        "path": line.entities if line else [],
        "successions": line.words if line else [],
        "claims": ids_of(steps)
        | ids_of(days)
        | ids_of(produced)
        | ids_of(numbers)
        | behind
        | set(line.claims if line else []),
    }


def _membership(ways: list[list[Said]], day: tuple[date, date] | None) -> str | None:
    if not ways:
        return None
    if day is None:
        return "unknown"
    if any(all(step.span.is_certain(*day) for step in way) for way in ways):
        return "certain"
    return "possible" if any(all(step.span.is_possible(*day) for step in way) for way in ways) else "no"


def _answers_to(world: World, target: set[str], item: str, document: str | None) -> tuple[set[str], set[str], set[str]]:
    """What the target and what others answered, and the claims behind it."""
    links = [(link, False) for link in world.said("RESPONDS_TO", to=item)]
    if document is not None and document != item:
        links += [(link, True) for link in world.said("RESPONDS_TO", to=document) if is_of_all(link)]
    own: set[str] = set()
    others: set[str] = set()
    behind: set[str] = set()
    for link, blanket in links:
        makers = world.said("MADE_BY", of=link.subject)
        days = sorted(world.said("date", of=link.subject), key=lambda day: (day.first, day.id))
        by = sorted({maker.object or "" for maker in makers})
        text = f"{days[0].text} " if days else ""
        text += " and ".join(world.name_now(one) or one for one in by) + ": " if by else ""
        text += str(link.qualifier("position") or "no position") + (" (all)" if blanket else "")
        text += f" (“{link.qualifier('words')}”)" if link.qualifier("words") else ""
        (own if target & set(by) else others).add(text)
        behind |= ids_of([link, *makers, *days])
    return own, others, behind
