"""The real data sets, row by row where they are treacherous; each row is named by its source's own key."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from graph.loaders.catalogue import SourceCatalogue, SourceDescription
from graph.loaders.identity import own_id
from graph.loaders.judgements import read_judgements
from graph.loaders.registry import LOADERS
from graph.loaders.seeds import read_seeds
from graph.schema import Certainty, Claim, GivenDates
from graph.schema.dates import days_of

SOURCES = [source.name for source in SourceCatalogue()]
Claims = Callable[..., list[Claim]]
Loaded = Any
"""A source with its claims; `conftest.py` makes it."""


def values(claims: list[Claim]) -> list[str]:
    return sorted({str(claim.value.value) for claim in claims if claim.value is not None})


def own_ends(claims: list[Claim]) -> set[tuple[str, str | None]]:
    """Subjects and objects by the ids that the source gives them, whatever these are joined with."""
    return {(claim.subject_ref or claim.subject, claim.object_ref or claim.object) for claim in claims}


def ifg(prefix: str, key: str, claims: list[Claim]) -> list[Claim]:
    """Claims on an entity by the first digits of its key in the ministers' database."""
    return [c for c in claims if (c.subject_ref or c.subject).startswith(f"{prefix}:ifg.{key}")]


@pytest.mark.parametrize("name", SOURCES)
def test_every_table_has_the_rows_that_are_expected(name: str, source: Callable[[str], Loaded]) -> None:
    load = source(name).load
    rows = {file.path.name: file.rows for file in load.files}
    assert rows == {table.file: table.rows for table in load.description.tables.values()}


@pytest.mark.parametrize("name", SOURCES)
def test_every_file_of_a_source_is_read_or_left_out_with_a_reason(name: str, shared_data: Path) -> None:
    description = SourceCatalogue()[name]
    sharing = [other for other in SourceCatalogue() if other.folder == description.folder]
    named = {table.file for other in sharing for table in other.tables.values()}
    named |= {file for other in sharing for file in other.files_unused}
    there = {
        path.name for path in (shared_data / description.folder).iterdir() if path.suffix in {".csv", ".tsv", ".json"}
    }
    assert there <= named


@pytest.mark.parametrize("name", SOURCES)
def test_no_row_is_refused(name: str, source: Callable[[str], Loaded]) -> None:
    assert source(name).load.problems.refused == []


@pytest.mark.parametrize("name", SOURCES)
def test_what_a_source_mentions_has_a_name(name: str, shared_data: Path, source: Callable[[str], Loaded]) -> None:
    named = {c.subject for files in read_seeds().values() for f in files for c in f.claims if c.predicate == "name"}
    for needed in SourceCatalogue().with_needed([name]):
        named |= {claim.subject for claim in source(needed.name).claims if claim.predicate == "name"}
    mentioned = {
        entity for claim in source(name).claims for entity in (claim.subject, claim.object) if entity is not None
    }
    assert mentioned - named == set()


@pytest.mark.parametrize("name", SOURCES)
def test_the_licence_travels_with_the_document(name: str, source: Callable[[str], Loaded]) -> None:
    loaded = source(name)
    description = loaded.load.description
    said = {c.predicate: c.value.value for c in loaded.claims if c.subject == description.document and c.value}
    assert (said["licence"], said["attribution"]) == (description.licence, description.attribution)
    assert {c.citations[0].document for c in loaded.claims} == {description.document}
    assert all(c.citations[0].version and c.citations[0].locator for c in loaded.claims)


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_names_its_loader_and_its_seeds(name: str) -> None:
    description: SourceDescription = SourceCatalogue()[name]
    named = {c.subject for files in read_seeds().values() for f in files for c in f.claims if c.predicate == "name"}
    assert description.loader in LOADERS
    kept = {entity for group in read_judgements().groups_of(description.schemes) for entity in group}
    assert {entity for entity in kept if "." not in entity} <= named


# Ministers


def test_every_term_is_claimed_once_and_those_with_leave_in_parts(say: Claims, source: Callable[[str], Loaded]) -> None:
    held = say("ifg-ministers", "HELD")
    keys = defaultdict(list)
    for claim in held:
        keys[(claim.citations[0].locator or "").partition(";")[0]].append(claim)
    assert (len(keys), len(held)) == (3667, 3687)
    assert sum(len(parts) > 1 for parts in keys.values()) == 12
    assert sum("acting" in claim.qualifiers for claim in held) == 11
    assert sum("on_leave" in claim.qualifiers for claim in held) == 12


def test_people_posts_departments_and_successions_are_as_many_as_expected(say: Claims) -> None:
    assert len({claim.subject for claim in say("ifg-ministers", "HELD")}) == 1149
    assert len({claim.subject for claim in say("ifg-ministers", "OFFICE_OF")}) == 926
    assert len({claim.object for claim in say("ifg-ministers", "OFFICE_OF")}) == 69
    assert len(say("ifg-ministers", "SUCCEEDED_BY")) == 60


def test_a_person_with_two_names_is_one_person(say: Claims) -> None:
    mandelson = ifg("person", "002a6349", say("ifg-ministers", "name"))
    assert [(c.value.value, c.dates) for c in mandelson if c.value] == [
        ("Lord Mandelson", GivenDates("2008-10-03", None)), ("Peter Mandelson", GivenDates(None, "2008-10-03")),
    ]  # fmt: skip
    identifiers = values(ifg("person", "002a6349", say("ifg-ministers", "identifier")))
    assert identifiers == ["ifg:002a6349-2ee5-44b0-9b33-000baae8c737", "parliament:500"]


def test_four_people_have_no_number_of_parliament(say: Claims) -> None:
    numbers = [value for value in values(say("ifg-ministers", "identifier")) if value.startswith("parliament:")]
    assert len(numbers) == 1149 - 4


@pytest.mark.parametrize(
    ("one", "other"),
    [("cd9a4a3e", "dc163b92"), ("d5b4a523", "af3124a8"), ("43f14c03", "de2ce45b"), ("1c22b544", "27521f4d")],
)
def test_departments_of_one_name_are_two(one: str, other: str, say: Claims) -> None:
    identifiers = say("ifg-ministers", "identifier")
    entities = [{c.subject for c in ifg("body", key, identifiers)} for key in (one, other)]
    assert [len(found) for found in entities] == [1, 1]
    assert entities[0] != entities[1]


@pytest.mark.parametrize(
    ("person", "dates"),
    [("92de7c03", GivenDates("2025-09-01", "2025-05-14")), ("9acc1fd8", GivenDates("2025-09-06", "2025-05-14"))],
)
def test_a_term_that_ends_before_it_starts_is_kept_and_certain_on_no_day(
    person: str, dates: GivenDates, say: Claims
) -> None:
    term = next(c for c in ifg("person", person, say("ifg-ministers", "HELD")) if c.dates == dates)
    assert term.dates_refused
    assert all(term.bounds.on(days_of(day)[0]) is Certainty.POSSIBLE for day in ("2025-05-14", "2025-09-07"))


def test_the_terms_that_end_before_they_start_are_told_by_their_keys(source: Callable[[str], Loaded]) -> None:
    remarks = source("ifg-ministers").load.problems.remarks
    assert [p.key[:8] for p in remarks if "before it starts" in p.reason] == ["b10eac21", "acf055e5"]
    assert sum("the term counts" in p.reason for p in remarks) == 9


def test_twenty_five_departments_have_no_start(say: Claims) -> None:
    assert len({claim.subject for claim in say("ifg-ministers", "started")}) == 69 - 25


def test_links_that_share_an_id_are_all_there(say: Claims) -> None:
    beis = ifg("body", "00150781", say("ifg-ministers", "SUCCEEDED_BY"))
    assert sorted(str(claim.qualifiers["how"]) for claim in beis) == ["functions_moved", "split", "split"]


def test_ministries_for_housing_follow_each_other(say: Claims) -> None:
    steps = {c.subject: (c.object, c.dates.on, c.qualifiers["how"]) for c in say("ifg-ministers", "SUCCEEDED_BY")}
    assert steps["body:dclg"] == ("body:mhclg-2018", "2018-01-08", "renamed")
    assert steps["body:mhclg-2018"] == ("body:dluhc", "2021-09-20", "renamed")
    assert steps["body:dluhc"] == ("body:mhclg-2024", "2024-07-09", "renamed")


def test_posts_and_people_of_the_seeds_are_those_of_the_seeds(say: Claims) -> None:
    holders = say("ifg-ministers", "HELD", target="office:home-secretary")
    on = {
        day: [c.subject for c in holders if c.bounds.on(days_of(day)[0]) is Certainty.CERTAIN]
        for day in ("2022-09-01", "2022-10-22", "2022-10-25")
    }
    assert on == {
        "2022-09-01": ["person:priti-patel"],
        "2022-10-22": ["person:grant-shapps"],
        "2022-10-25": ["person:suella-braverman"],
    }


def test_several_hold_one_post_at_a_time(say: Claims) -> None:
    """Junior ministers share a title; whoever takes over starts on the day on which the one before ends."""
    holders = defaultdict(dict)
    for claim in say("ifg-ministers", "HELD"):
        term = (claim.subject, (claim.citations[0].locator or "").partition(";")[0])
        since, until = claim.dates.since or "", claim.dates.until or "9999"
        first, last = holders[claim.object].get(term, (since, until))
        holders[claim.object][term] = (min(first, since), max(last, until))
    overlapping = sum(
        one[0] < other[1] and other[0] < one[1]
        for terms in holders.values()
        for one, other in combinations(terms.values(), 2)
    )
    assert overlapping == 2761


def test_who_is_on_leave_still_holds_the_post(say: Claims) -> None:
    braverman = say("ifg-ministers", "HELD", subject="person:suella-braverman", target="office:attorney-general")
    parts = [
        (c.dates.since, c.dates.until, c.qualifiers) for c in braverman if c.dates.since and c.dates.since < "2022"
    ]
    assert parts == [
        ("2020-02-13", "2021-03-02", {}),
        ("2021-03-02", "2021-09-10", {"on_leave": "yes"}),
        ("2021-09-10", "2022-09-06", {}),
    ]


def test_no_reason_for_leave_and_no_gender_is_kept(source: Callable[[str], Loaded]) -> None:
    text = "\n".join(f"{claim.value} {claim.qualifiers}" for claim in source("ifg-ministers").claims)
    assert not [word for word in ("Maternity", "Health leave", "Covering another", "gender") if word in text]


def test_an_open_term_is_possible_after_the_day_of_the_data(say: Claims) -> None:
    term = next(c for c in say("ifg-ministers", "HELD", subject="person:keir-starmer", target="office:prime-minister"))
    certainty = [term.bounds.on(days_of(day)[0]).value for day in ("2026-06-12", "2026-06-13", "2026-07-20")]
    assert certainty == ["certain", "possible", "possible"]


# Organisations of GOV.UK


def test_organisations_parents_and_successions_are_as_many_as_expected(say: Claims) -> None:
    assert len(say("govuk-organisations", "identifier")) == 2 * 1262
    assert len(own_ends(say("govuk-organisations", "PART_OF"))) == 859
    assert len(own_ends(say("govuk-organisations", "SUCCEEDED_BY"))) == 290
    assert len(say("govuk-organisations", "ended")) == 170


def test_a_succession_that_one_side_forgets_is_there(say: Claims) -> None:
    forgotten = say("govuk-organisations", "SUCCEEDED_BY", subject="body:govuk.service-complaints-ombudsman")
    assert [c.object for c in forgotten] == ["body:govuk.armed-forces-commissioner"]


def test_the_link_that_leads_nowhere_is_left_out_and_told(say: Claims, source: Callable[[str], Loaded]) -> None:
    assert [(p.key, "wales-office" in p.reason) for p in source("govuk-organisations").load.problems.remarks] == [
        ("office-of-the-secretary-of-state-for-wales", True)
    ]
    assert say("govuk-organisations", "SUCCEEDED_BY", target="body:govuk.wales-office") == []


def test_a_closed_body_was_part_of_another_until_it_closed_or_until_an_unknown_day(say: Claims) -> None:
    dates = {c.dates for c in say("govuk-organisations", "PART_OF", subject="body:govuk.accelerated-access-review")}
    assert dates == {GivenDates(until="unknown")}
    wide = [c for c in say("govuk-organisations", "PART_OF") if c.dates.until == "unknown"]
    assert not any(c.bounds.on(days_of("2026-08-21")[0]) is Certainty.CERTAIN for c in wide)


def test_a_closing_day_is_the_one_in_london(say: Claims) -> None:
    assert values(say("govuk-organisations", "ended", subject="body:mhclg-2018")) == ["2021-09-20"]


def test_closing_days_that_are_not_given_are_unknown(say: Claims, source: Callable[[str], Loaded]) -> None:
    rows = source("govuk-organisations").load.reading.rows("organisations")
    closed = {row.needed("slug") for row in rows if row.text("status") == "closed"}
    ended = {str(c.subject_ref or c.subject).removeprefix("body:govuk.") for c in say("govuk-organisations", "ended")}
    assert (len(closed), len(closed - ended)) == (595, 425)


def test_departments_of_the_seeds_are_those_of_the_seeds(say: Claims) -> None:
    named = say("govuk-organisations", "name", subject="body:govuk.home-office")
    assert [(c.subject, c.subject_ref) for c in named] == [("body:home-office", "body:govuk.home-office")]
    assert say("ifg-ministers", "started", subject="body:mhclg-2024")[0].subject == "body:mhclg-2024"


def test_departments_that_were_judged_one_are_those_of_the_ministers(say: Claims) -> None:
    joined = {
        (c.subject_ref or c.subject): c.subject
        for name in ("govuk-organisations", "registers-2017")
        for c in say(name, "kind")
        if c.subject_ref is not None and c.subject.startswith("body:ifg.")
    }
    assert len(joined) == 39
    assert joined["body:govuk.hm-treasury"] == "body:ifg.3b2301a5-f2a5-44a8-aa67-1cf2bbafe704"
    assert joined["body:govuk.department-of-health"] == "body:ifg.12390fca-213d-4045-b45a-0d33c14f633d"
    ends = {c.subject for c in say("govuk-organisations", "ended", subject="body:govuk.foreign-commonwealth-office")}
    assert ends == {"body:ifg.33a2ae61-e756-40ca-96da-c708a022b702"}


def test_departments_for_culture_stay_three_and_a_live_one_under_an_ended_name_is_a_fourth(say: Claims) -> None:
    slugs = {
        "department-for-culture-media-and-sport": "ifg.de2ce45b-01e2-493b-a3b6-53be4e88f166",
        "department-for-digital-culture-media-sport": "ifg.4436bde2-d717-42d6-aa2c-3ab701ea14f5",
        "department-for-digital-culture-media-and-sport": "govuk.department-for-digital-culture-media-and-sport",
    }
    for slug, own in slugs.items():
        (kind,) = say("govuk-organisations", "kind", subject=f"body:govuk.{slug}")
        assert kind.subject == f"body:{own}"
    (first,) = ifg("body", "43f14c03", say("ifg-ministers", "kind"))
    assert first.subject == "body:ifg.43f14c03-ebec-4ff4-9800-945f5a8e053c"


def test_what_a_joined_department_is_called_elsewhere_is_another_name(say: Claims) -> None:
    culture = "body:govuk.department-for-digital-culture-media-sport"
    names = say("govuk-organisations", "other_name", subject=culture)
    assert "Department for Digital, Culture, Media & Sport (2017 to 2023)" in values(names)
    assert say("govuk-organisations", "name", subject=culture) == []


# The register of organisation codes


def test_names_and_ends_of_the_register_are_as_many_as_expected(say: Claims) -> None:
    assert len(say("registers-2017", "identifier")) == 981
    assert len({c.subject_ref or c.subject for c in say("registers-2017", "identifier")}) == 980
    assert len(say("registers-2017", "ended")) == 283


def test_a_code_that_stands_twice_is_one_body_with_two_names(say: Claims) -> None:
    names = [*say("registers-2017", "name"), *say("registers-2017", "other_name")]
    litigation = [c for c in names if (c.subject_ref or c.subject) == "body:govuk.nhs-litigation-authority"]
    assert {"NHS Litigation Authority", "NHS Resolution"} <= set(values(litigation))


def test_an_ampersand_is_no_other_name(say: Claims) -> None:
    business = "body:govuk.department-for-business-innovation-skills"
    assert values(say("registers-2017", "name", subject=business)) == ["Department for Business, Innovation & Skills"]
    assert values(say("registers-2017", "ended", subject=business)) == ["2016-07-14"]


def test_a_renamed_body_keeps_its_old_address_and_is_not_the_new_one(say: Claims) -> None:
    found = [
        c.subject
        for c in say("registers-2017", "identifier")
        if c.value and c.value.value == "government-organisation:D12"
    ]
    assert found == ["body:ifg.12390fca-213d-4045-b45a-0d33c14f633d"]


# Councils and their areas


def test_councils_successions_and_areas_are_as_many_as_expected(say: Claims) -> None:
    councils = {c.subject for c in say("uk-local-authorities", "COVERS")}
    assert len(councils) == 470 - 25
    assert len(say("uk-local-authorities", "SUCCEEDED_BY")) == 50
    ended = {c.subject for c in say("uk-local-authorities", "ended")}
    assert len(ended) == 470 - 397


@pytest.mark.parametrize(
    ("council", "successors", "on"),
    [
        ("NTH", ["body:local-authority.NNT", "body:local-authority.WNT"], "2021-04-01"),
        ("CMA", ["body:local-authority.CBD", "body:local-authority.WAF"], "2023-04-01"),
        ("DOR", ["body:local-authority.DST"], "2019-04-01"),
    ],
)
def test_a_council_is_succeeded_on_the_first_day_of_the_next(
    council: str, successors: list[str], on: str, say: Claims
) -> None:
    steps = say("uk-local-authorities", "SUCCEEDED_BY", subject=f"body:local-authority.{council}")
    assert sorted((c.object, c.dates.on) for c in steps) == [(after, on) for after in successors]


@pytest.mark.parametrize(("council", "ended"), [("DOR", "2019-03-31"), ("NTH", "2021-04-01")])
def test_a_last_day_and_a_first_day_after_end_on_the_same_side(council: str, ended: str, say: Claims) -> None:
    body = f"body:local-authority.{council}"
    assert values(say("uk-local-authorities", "ended", subject=body)) == [ended]
    covers = say("uk-local-authorities", "COVERS", subject=body)[0].bounds
    assert covers.until_earliest.day == covers.until_latest.day == 1


def test_no_succession_contradicts_the_start_of_the_successor(source: Callable[[str], Loaded]) -> None:
    remarks = source("uk-local-authorities").load.problems.remarks
    assert [p for p in remarks if "starts on" in p.reason] == []


def test_days_on_which_a_list_was_begun_are_no_starts(say: Claims, source: Callable[[str], Loaded]) -> None:
    assert say("uk-local-authorities", "started", subject="body:local-authority.ABD") == []
    remarks = source("uk-local-authorities").load.problems.remarks
    assert {p.reason.partition(" is not taken")[0][:17] for p in remarks} == {"the start 2005-05", "the start 2005-06"}
    assert values(say("uk-local-authorities", "started", subject="body:local-authority.NNT")) == ["2021-04-01"]


def test_blank_starts_are_unknown(say: Claims) -> None:
    started = {claim.subject_ref or claim.subject for claim in say("uk-local-authorities", "started")}
    assert len(started) == 470 - 280 - 77  # 77 are days on which an earlier list was begun


def test_two_councils_of_one_name_are_two(say: Claims) -> None:
    for name, codes in (("North Yorkshire", "NYE NYK"), ("Somerset", "SMT SOM")):
        bodies = {c.subject for c in say("uk-local-authorities", "other_name") if c.value and c.value.value == name}
        assert bodies == {f"body:local-authority.{code}" for code in codes.split()}


def test_names_with_commas_are_whole(say: Claims) -> None:
    body = "body:local-authority.ABC"
    names = values([*say("uk-local-authorities", "name", body), *say("uk-local-authorities", "other_name", body)])
    assert names == [
        "Armagh City, Banbridge and Craigavon",
        "Armagh City, Banbridge and Craigavon Borough Council",
        "armagh, banbridge and craigavon",
    ]


def test_a_council_and_its_area_of_the_seeds_are_those_of_the_seeds(say: Claims) -> None:
    covers = say("uk-local-authorities", "COVERS", subject="body:rotherham-council")
    assert [(c.object, c.subject_ref) for c in covers] == [("place:rotherham", "body:local-authority.ROT")]


# Police


def test_forces_are_those_of_the_seeds(say: Claims) -> None:
    forces = {c.subject for c in say("police-forces", "identifier")}
    assert len(forces) == 44
    assert not any(force.startswith("body:police-force.") for force in forces)


@pytest.mark.parametrize(("name", "districts"), [("ons-lad-pfa-2018", 348), ("ons-lad-pfa-2019", 339)])
def test_a_district_that_stands_three_times_lies_in_its_area_once(name: str, districts: int, say: Claims) -> None:
    pairs = {claim.id: (claim.subject, claim.object) for claim in say(name, "PART_OF")}
    assert len(pairs) == len(set(pairs.values())) == districts
    assert len({claim.object for claim in say(name, "POLICES")}) == 43


def test_every_area_has_the_force_that_a_person_judged(say: Claims) -> None:
    polices = {(c.subject, c.object) for c in say("ons-lad-pfa-2019", "POLICES")}
    assert ("body:metropolitan-police", "place:gss.E23000001") in polices
    assert ("body:west-mercia-police", "place:west-mercia") in polices
    assert {c.method for c in say("ons-lad-pfa-2019", "POLICES")} == {"reading"}


def test_an_area_is_that_of_its_day(say: Claims) -> None:
    bounds = say("ons-lad-pfa-2019", "PART_OF", subject="place:rotherham")[0].bounds
    assert [bounds.on(days_of(day)[0]).value for day in ("2018-01-01", "2019-12-15", "2022-01-01")] == ["possible"] * 3


def test_a_district_keeps_the_name_of_the_list_of_councils(say: Claims) -> None:
    bristol = say("ons-lad-pfa-2019", "other_name", subject="place:gss.E06000023")
    assert values(bristol) == ["Bristol, City of"]


SAMPLES = Path(__file__).parent / "samples"


class Judged(NamedTuple):
    """One entry of a sample: its report and words, whom it names by reading, and whom the rules find."""

    report: tuple[str, str, str]
    name: str
    expected: str
    found: str


@pytest.fixture
def judged(say: Claims, shared_data: Path) -> Callable[[str], list[Judged]]:
    """Give the entries of a sample with what the rules find."""
    with (shared_data / "pfd-reports" / "pfd_reports_redacted.csv").open(encoding="utf-8") as file:
        place = {line["row"]: number for number, line in enumerate(csv.DictReader(file), start=2)}
    found: dict[tuple[int, str], str] = {}
    for claim in say("pfd-reports", "ADDRESSED_TO"):
        row = int((claim.citations[0].locator or "").rpartition(" ")[2])
        found[row, str(claim.qualifiers["as_written"])] = (claim.object or "") if claim.object_ref else ""
    entities = {
        claim.subject_ref or claim.subject: claim.subject
        for name in SourceCatalogue()["pfd-reports"].needs
        for claim in say(name, "kind")
    }

    def read(name: str) -> list[Judged]:
        with (SAMPLES / f"addressees-{name}.csv").open(encoding="utf-8") as file:
            lines = list(csv.DictReader(line for line in file if not line.startswith("#")))
        return [
            Judged(
                (line["row"], line["ref"], line["date"]),
                line["as_written"],
                line["expected"]
                if line["expected"].startswith("body:") or not line["expected"]
                else entities[own_id("body", line["expected"])],
                found.get((place[line["row"]], line["as_written"]), ""),
            )
            for line in lines
        ]

    return read


@pytest.mark.parametrize("name", ["first", "second"])
def test_addressees_are_found_as_a_reader_judged_them(name: str, judged: Callable[[str], list[Judged]]) -> None:
    entries = judged(name)
    assert len(entries) == 300
    wrong = [entry for entry in entries if entry.found and entry.found != entry.expected]
    missed = [entry for entry in entries if entry.expected and entry.found != entry.expected]
    assert 1 - len(wrong) / sum(bool(entry.found) for entry in entries) >= 0.99, wrong
    assert 1 - len(missed) / sum(bool(entry.expected) for entry in entries) >= 0.95, missed


def test_the_two_samples_share_no_entry(judged: Callable[[str], list[Judged]]) -> None:
    first, second = ({(entry.report, entry.name) for entry in judged(name)} for name in ("first", "second"))
    assert (len(first), len(second), len(first & second)) == (300, 300, 0)


def test_reports_addressees_and_words_on_replies_are_as_many_as_expected(say: Claims) -> None:
    reports = say("pfd-reports", "form")
    assert sum(claim.value is not None and claim.value.value == "coroner_report" for claim in reports) == 6150
    addressed = say("pfd-reports", "ADDRESSED_TO")
    assert (len(addressed), sum(claim.object_ref is not None for claim in addressed)) == (9950, 4138)
    assert len({claim.object for claim in say("pfd-reports", "ASSESSES")}) == 6150
    assert say("pfd-reports", "TARGETS") == []


def test_a_number_that_is_blank_or_stands_twice_makes_no_report_disappear(say: Claims) -> None:
    numbers = [str(c.value.value) for c in say("pfd-reports", "publisher_number") if c.value]
    assert (len(numbers), len(numbers) - len(set(numbers))) == (6150 - 99, 51)


def test_days_are_read_day_first(say: Claims) -> None:
    assert values(say("pfd-reports", "published", "document:pfd.2025-0347~2025-07-08")) == ["2025-07-08"]


def test_a_body_that_stands_twice_in_a_list_is_addressed_once(say: Claims) -> None:
    addressed = say("pfd-reports", "ADDRESSED_TO", "document:pfd.2019-0504~2019-05-16")
    health = [claim for claim in addressed if "Health and" in str(claim.qualifiers)]
    assert [claim.object for claim in health] == ["body:department-of-health-and-social-care"]


def test_redacted_is_no_addressee_and_is_told(source: Callable[[str], Loaded]) -> None:
    loaded = source("pfd-reports")
    reasons = [p.reason for p in loaded.load.problems if p.key.strip() == "11/09/2015 South Wales Central"]
    assert reasons == ["'REDACTED' names no addressee"]
    assert not any("REDACTED" in str(claim.qualifiers) for claim in loaded.claims)


def test_the_met_is_one_body_in_three_spellings(say: Claims) -> None:
    met = {c.qualifiers["as_written"] for c in say("pfd-reports", "ADDRESSED_TO", target="body:metropolitan-police")}
    assert met == {"Metropolitan Police Service", "Metropolitan Police Service (MPS)", "London Metropolitan Police"}


def test_curly_and_straight_apostrophes_are_one_name(say: Claims) -> None:
    trust = say("pfd-reports", "ADDRESSED_TO", target="body:pfd.the-childrens-trust")
    assert {c.qualifiers["as_written"] for c in trust} == {"The Children’s Trust", "The Children's Trust"}
    council = say("pfd-reports", "ADDRESSED_TO", "document:pfd.2024-0446~2024-08-13", "body:npcc")
    assert [c.qualifiers["as_written"] for c in council] == ["National Police Chiefs’ Council"]


def test_reports_that_only_the_older_capture_holds_are_there(say: Claims, source: Callable[[str], Loaded]) -> None:
    captures = Counter(row.text("captured") for row in source("pfd-reports").load.reading.rows("reports"))
    assert captures == {"2025-07-31": 5376, "2026-02-01": 774}
    assert values(say("pfd-reports", "date")) == ["2025-07-31", "2026-02-01"]
    assert sum(c.value is not None and c.value.value == "2025-07-31" for c in say("pfd-reports", "date")) == 5376


def test_a_later_name_on_an_earlier_day_leads_to_the_body_of_that_day(say: Claims) -> None:
    before = say("pfd-reports", "ADDRESSED_TO", target="body:ifg.12390fca-213d-4045-b45a-0d33c14f633d")
    assert len({claim.subject for claim in before}) == 211
    assert {c.qualifiers["as_written"] for c in before} == {"Department of Health and Social Care"}


def test_overdue_is_the_word_of_the_tracker(say: Claims) -> None:
    words = {str(c.value.value) for c in say("pfd-reports", "words") if c.value}
    assert words == {"completed", "overdue", "partial", "pending", "received", "no sent_to"}
    assert {c.object for c in say("pfd-reports", "ASSESSED_BY")} == {"body:preventable-deaths-tracker"}
    assert say("pfd-reports", "stage") == []


def test_no_private_person_is_in_the_reports(source: Callable[[str], Loaded]) -> None:
    loaded = source("pfd-reports")
    assert not any(claim.subject.startswith("person:") for claim in loaded.claims)
    for private in ("Nick Mallaband", "SN3 6BB", "Mrs ", "Theresa"):
        assert not any(private in str(claim) for claim in loaded.claims)
        assert not any(private in f"{problem.key} {problem.reason}" for problem in loaded.load.problems)


def test_every_recommendation_has_an_answer_with_its_position(say: Claims) -> None:
    answers = say("inquiry-recommendations", "RESPONDS_TO")
    assert len({claim.object for claim in answers}) == len(answers) == 68
    assert Counter(claim.qualifiers["position"] for claim in answers) == {
        "accepted": 41, "accepted_in_principle": 9, "supported": 8, "need_accepted": 7, "accepted_in_part": 2,
        "under_consideration": 1,
    }  # fmt: skip


def test_thirteen_of_the_grenfell_recommendations_are_answered_by_others_than_the_government(say: Claims) -> None:
    made = say("inquiry-recommendations", "MADE_BY")
    grenfell = [claim for claim in made if "grenfell" in claim.subject]
    assert len({claim.subject for claim in grenfell}) == 58
    assert len({claim.subject for claim in grenfell if claim.object != "body:uk-government"}) == 13


def test_the_49_of_the_headline_are_28_of_the_government_13_of_others_and_8_supported(say: Claims) -> None:
    by_others = {c.subject for c in say("inquiry-recommendations", "MADE_BY") if c.object != "body:uk-government"}
    grenfell = [c for c in say("inquiry-recommendations", "RESPONDS_TO") if "grenfell" in c.subject]
    positions = Counter((c.qualifiers["position"], c.subject in by_others) for c in grenfell)
    assert (positions["accepted", False], positions["accepted", True], positions["supported", False]) == (28, 13, 8)


def test_two_who_answer_together_both_made_the_answer(say: Claims) -> None:
    made = say("inquiry-recommendations", "MADE_BY", "decision:inquiry-answers.grenfell-p2-19")
    assert {claim.object for claim in made} == {"body:govuk.architects-registration-board", "body:riba"}


def test_an_answer_is_dated_by_the_month_where_the_source_gives_no_day(say: Claims) -> None:
    dates = {claim.dates.on for claim in say("inquiry-recommendations", "RESPONDS_TO")}
    assert dates == {"2025-02", "2025-01-16"}


def test_a_text_that_runs_into_the_answer_is_left_out(say: Claims, source: Callable[[str], Loaded]) -> None:
    assert len(say("inquiry-recommendations", "text")) == 66
    remarks = [problem.key for problem in source("inquiry-recommendations").load.problems]
    assert remarks == ["covid-m1-09", "covid-m1-10"]


def test_targets_keep_the_words_of_the_recommendation(say: Claims) -> None:
    targets = say("inquiry-recommendations", "TARGETS", "recommendation:inquiry-answers.grenfell-p2-32")
    assert [(c.object, c.qualifiers["as_written"], c.method) for c in targets] == [
        ("body:hmicfrs", "the Inspectorate", "reading")
    ]


@pytest.mark.parametrize("name", ["pfd-reports", "inquiry-recommendations"])
def test_reading_a_source_again_makes_the_same_claims(name: str, source: Callable[[str], Loaded]) -> None:
    loaded = source(name)
    again = list(loaded.load)
    assert [(c.id, c.object) for c in again] == [(c.id, c.object) for c in loaded.claims]


# Office holders of Wikidata, and members of the Commons


@pytest.mark.parametrize(
    ("name", "keys"),
    [("Andrew Mitchell", "Q333261 Q57820261"), ("David Cairns", "Q3275 Q56301236"),
     ("Jenny Jones", "Q16121348 Q6179340"), ("Jonathan Evans", "Q303716 Q587759"),
     ("David Anderson", "Q3409354 Q58652056"), ("Mike Wood", "Q20648325 Q261323"),
     ("Gareth Thomas", "Q272452 Q5522982"), ("Paul Holmes", "Q13195141 Q76450648"),
     ("Tony Wright", "Q337556 Q337582")],
)  # fmt: skip
def test_two_people_of_one_name_are_two(name: str, keys: str, say: Claims) -> None:
    people = {c.subject for c in say("wikidata-uk-officeholders", "name") if c.value and c.value.value == name}
    assert people == {f"person:wikidata.{key}" for key in keys.split()}


def test_terms_and_seats_of_wikidata_are_as_many_as_expected(say: Claims) -> None:
    assert len({c.id for c in say("wikidata-uk-officeholders", "MEMBER_OF")}) == 6072
    assert len({c.subject for c in say("wikidata-uk-officeholders", "MEMBER_OF")}) == 2694
    assert {c.object for c in say("wikidata-uk-officeholders", "MEMBER_OF")} == {
        "body:house-of-commons", "body:house-of-lords",
    }  # fmt: skip


def test_a_row_that_stands_twice_is_one_term(say: Claims) -> None:
    terms = say("wikidata-uk-officeholders", "HELD", subject="person:wikidata.Q57542761")
    mozambique = [c for c in terms if c.object == own_id("office", "wikidata-position:ambassador to Mozambique")]
    assert (len(mozambique), len({c.id for c in mozambique})) == (2, 1)


def test_a_year_is_possible_at_its_edges_and_certain_between(say: Claims) -> None:
    term = next(
        c
        for c in say("wikidata-uk-officeholders", "HELD", subject="person:wikidata.Q57542761")
        if c.dates.since == "2010"
    )
    certainty = [
        term.bounds.on(days_of(day)[0]).value for day in ("2010-06-01", "2011-06-01", "2014-06-01", "2015-01-01")
    ]
    assert certainty == ["possible", "certain", "possible", "no"]


def test_a_blank_end_of_wikidata_is_unknown_and_certain_on_no_day(say: Claims) -> None:
    wide = [c for c in say("wikidata-uk-officeholders", "MEMBER_OF") if c.dates.until == "unknown"]
    assert len(wide) == 1454
    assert not any(
        c.bounds.on(days_of(day)[0]) is Certainty.CERTAIN for c in wide for day in ("2021-01-01", "2023-01-01")
    )


def test_offices_of_ministers_are_left_to_the_database_of_ministers(
    say: Claims, source: Callable[[str], Loaded]
) -> None:
    offices = set(values(say("wikidata-uk-officeholders", "name")))
    assert {"Mayor of London", "Cabinet Secretary", "Information Commissioner", "ambassador to France"} <= offices
    assert not {"Prime Minister", "Secretary of State for Justice", "Minister of State for Schools"} & offices
    told = {p.reason for p in source("wikidata-uk-officeholders").load.problems.remarks}
    assert "terms as Prime Minister are left out: no office that the description names" in told


def test_members_are_those_of_the_database_of_ministers_by_their_numbers(say: Claims) -> None:
    assert len({c.subject for c in say("parliament-current-mps", "MEMBER_OF", target="body:house-of-commons")}) == 650
    joined = {
        c.subject for c in say("parliament-current-mps", "identifier") if not c.subject.startswith("person:parliament.")
    }
    assert say("parliament-current-mps", "MEMBER_OF", subject="person:keir-starmer")
    assert len(joined) > 200


def test_a_member_is_of_a_party_on_the_day_of_the_list(say: Claims) -> None:
    abbott = say("parliament-current-mps", "MEMBER_OF", subject="person:parliament.172")
    assert [(c.object, c.dates) for c in abbott] == [
        ("body:house-of-commons", GivenDates("2024-07-04")), ("body:labour-party", GivenDates(on="2024-10-29")),
    ]  # fmt: skip


def test_a_member_bears_the_name_of_the_list_on_its_day(say: Claims) -> None:
    jones = ifg("person", "10349375", say("ifg-ministers", "name"))
    assert {c.value.value for c in jones if c.value} == {"Louise Jones", "Louise Sandher-Jones"}
    listed = say("parliament-current-mps", "name", subject="person:parliament.5258")
    assert [(c.value.value, c.dates, c.subject) for c in listed if c.value] == [
        ("Louise Jones", GivenDates(on="2024-10-29"), jones[0].subject),
    ]
