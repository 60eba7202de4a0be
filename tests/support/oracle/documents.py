"""The naive answers about what documents say: disputes, reasons, what rests on one, what is loaded, reversals."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from oracle.record import Said, ids_of
from oracle.world import (
    Row,
    World,
    agreed_days,
    answers,
    are_of_one_kind,
    begins_meet,
    disagree,
    in_order,
    is_one_period,
    is_single,
    qualifiers,
    values_meet,
)


@answers("disputed-claims")
def disputed_claims(world: World) -> list[Row]:
    entity, predicate = world.question.asked("entity"), world.question.asked("predicate")
    groups: dict[tuple[str, str, str | None], list[Said]] = defaultdict(list)
    for said in world.claims:
        groups[said.subject, said.predicate, None if is_single(said) else said.object].append(said)
    rows = []
    for (subject, what, target), group in groups.items():
        counted = [said for said in group if not said.is_deprecated]
        is_asked = entity in {None, subject} and predicate in {None, what}
        if is_asked and any(disagree(one, other) for one, other in combinations(counted, 2)):
            rows.append(
                {
                    "subject": subject,
                    "predicate": what,
                    "object": target,
                    "says": in_order(_says_in_dispute(said, target) for said in counted),
                    "documents": len({said.document for said in counted}),
                    "deprecated": len(group) - len(counted),
                    "claims": ids_of(counted),
                }
            )
    return rows


def _says_in_dispute(said: Said, target: str | None) -> str:
    text = said.text or (said.object if target is None else "") or ""
    if said.claim.value is not None and said.claim.value.bound != "exact" and " " not in text:
        text += f" ({said.claim.value.bound.replace('_', ' ')})"
    words = [str(said.qualifier(name)) for name in ("role", "position", "stage", "how", "due") if said.qualifier(name)]
    return " ".join([text, *words, *_dates(said)]).strip()


def _dates(said: Said) -> list[str]:
    given = said.claim.dates
    end = given.until or given.through
    begin = [f"on {given.on}"] if given.on else [f"from {given.since}"] if given.since else []
    return [*begin, *([f"until {end}"] if end else [])]


@answers("why")
def why(world: World) -> list[Row]:
    subject, predicate, target = (world.question.asked(name) for name in ("subject", "predicate", "object"))
    told = world.said(predicate, of=subject)
    if target is not None:
        told = [said for said in told if said.object == target or is_single(said)]
    supporting = [said for said in told if said.object == target and not said.is_deprecated]
    rows = []
    for said in told:
        rivals = [other for other in told if disagree(said, other)]
        if said.is_deprecated:
            stance = "deprecated"
        elif None not in {target, said.object} and said.object != target:
            if supporting and not any(disagree(said, other) for other in supporting):
                continue  # of another time: neither for nor against
            stance = "contradicts"
        elif said.object is not None:
            stance = "supports"
        else:
            stance = "contested" if rivals else "agreed"
        against = [other.object if other.object != said.object else in_words(other) for other in rivals]
        rows.append(
            {
                "subject": subject,
                "predicate": predicate,
                "object": said.object,
                "says": in_words(said),
                "stance": stance,
                "contradicted_by": sorted(text or "" for text in against),
                "recorded": said.recorded_at.isoformat().replace("+00:00", "Z"),
                "deprecated": said.claim.deprecated,
                "corrects": sorted(said.corrects),
                "claims": {said.id},
            }
        )
    return rows


def in_words(said: Said) -> str:
    names = ("role", "position", "stage", "how", "due", "words", "as_written")
    words = [str(said.qualifier(name)) for name in names if said.qualifier(name)]
    words += [name.replace("_", " ") for name in ("acting", "interim", "on_leave") if said.qualifier(name) == "yes"]
    return " ".join([said.text or "", *words, *_dates(said)]).strip()


@answers("document-impact")
def document_impact(world: World) -> list[Row]:
    document = world.question.asked("document")
    rows = []
    for said in world.claims:
        if said.document == document:
            others = {
                other.document
                for other in world.said(said.predicate, of=said.subject)
                if other.document != document and not other.is_deprecated and _says_the_same(said, other)
            }
            rows.append(
                {
                    "subject": said.subject,
                    "predicate": said.predicate,
                    "object": said.object,
                    "says": said.text,
                    "falls": not others,
                    "other_documents": sorted(others),
                    "claims": {said.id},
                }
            )
    return rows


def _says_the_same(said: Said, other: Said) -> bool:
    """Whether another claim would uphold this one: of one period, with all that this one says."""
    if not is_one_period(said, other):
        return False
    if said.object is None or other.object is None:
        return values_meet(said, other)
    names = [name for name in qualifiers(said.predicate, separating=False) if said.qualifier(name) is not None]
    return (
        said.object == other.object
        and are_of_one_kind(said, other)
        and all(said.qualifier(name) == other.qualifier(name) for name in names)
        and (said.is_state or begins_meet(said, other))
    )


@answers("coverage")
def coverage(world: World) -> list[Row]:
    asked = world.question.asked("inquiry")
    known = {said.subject for said in world.claims} | {said.object or "" for said in world.claims}
    inquiries = [asked] if asked else sorted(one for one in known if one.startswith("inquiry:"))
    rows = []
    for inquiry in inquiries:
        produced = world.said("PRODUCED", of=inquiry)
        documents = sorted({said.object or "" for said in produced})
        for document in documents or [None]:
            links = [said for said in produced if said.object == document]
            made: dict[str, Said] = {}
            for said in world.recommendations_in(document) if document else ():
                made.setdefault(said.subject, said)
            counts = world.said("recommendation_count", of=document) if document else []
            if len(documents) <= 1:
                counts += world.said("recommendation_count", of=inquiry)
            stated = sorted({int(said.claim.value.value) for said in counts if said.claim.value})
            bare = [] if document else world.said("name", "kind", "recommendation_count", of=inquiry)
            rows.append(
                {
                    "inquiry": inquiry,
                    "document": document,
                    "recommendations": len(made),
                    "stated": stated,
                    "missing": [max(0, number - len(made)) for number in stated],
                    "answered": sum(bool(world.said("RESPONDS_TO", to=one)) for one in made),
                    "answered_as_set": len({said.subject for said in world.said("RESPONDS_TO", to=document)})
                    if document
                    else 0,
                    "assessed": sum(bool(world.said("ASSESSES", to=one)) for one in made),
                    "claims": ids_of(links) | ids_of(counts) | ids_of(list(made.values())) | ids_of(bare),
                }
            )
    return rows


@answers("decision-reversals")
def decision_reversals(world: World) -> list[Row]:
    body = world.question.asked("body")
    rows = []
    pairs = {(link.subject, link.object or "") for link in world.said("REVERSES")}
    for later, earlier in pairs:
        links = world.said("REVERSES", of=later, to=earlier)
        makers = {one: world.said("MADE_BY", of=one) for one in (later, earlier)}
        if body is not None and body not in {maker.object for told in makers.values() for maker in told}:
            continue
        days = {one: world.said("date", of=one) for one in (later, earlier)}
        before, after = agreed_days(days[earlier]), agreed_days(days[later])
        by = {
            one: [all(said.is_reading for said in told if said.object == maker.object) for maker in told]
            for one, told in makers.items()
        }
        is_reading = all(link.is_reading for link in links) or any(by[later]) or any(by[earlier])
        is_known = before is not None and after is not None
        exact = before is not None and after is not None and before[0] == before[1] and after[0] == after[1]
        rows.append(
            {
                "earlier": earlier,
                "earlier_date": in_order(day.text for day in days[earlier]),
                "earlier_by": in_order(maker.object for maker in makers[earlier]),
                "later": later,
                "later_date": in_order(day.text for day in days[later]),
                "later_by": in_order(maker.object for maker in makers[later]),
                "days": (after[0] - before[0]).days if exact and before and after else None,
                "at_least": (after[0] - before[1]).days if is_known and before and after else None,
                "at_most": (after[1] - before[0]).days if is_known and before and after else None,
                "method": "reading" if is_reading else "stated",
                "claims": ids_of(links)
                | {said.id for told in [*makers.values(), *days.values()] for said in told}
                | ids_of(world.said("ANNOUNCED_IN", of=later)),
            }
        )
    return rows
