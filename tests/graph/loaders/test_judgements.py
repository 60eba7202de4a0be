"""Files of judgements: what they may say, what they add up to, and how mistakes in them are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from graph.errors import FactFileError
from graph.loaders.identity import Identified, Identity
from graph.loaders.judgements import Judged, Verdict, read_judgement_files, read_judgements
from graph.loaders.judgements import joined as joined_module
from graph.loaders.judgements.own import Answer, add_judgement
from graph.loaders.judgements.settling import settled
from graph.schema import Source, make_claim
from graph.schema.loads import LoadInput, LoadRequest

Write = Callable[..., Path]
HEAD = "who: Ann\nwhen: 2026-01-02\njudgements:\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of judgements into a folder of its own and give the folder."""

    def written(text: str, name: str = "mine.yaml", folder: str = "own") -> Path:
        place = tmp_path / folder
        place.mkdir(exist_ok=True)
        (place / name).write_text(dedent(text), encoding="utf-8")
        return place

    return written


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder in the place of the judgements that ship."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    monkeypatch.setattr(joined_module, "judgements_folder", lambda: folder)
    return folder


def pair(one: str, other: str, verdict: str = "same", more: str = "") -> str:
    return f'  - pair: ["{one}", "{other}"]\n    verdict: {verdict}\n    why: seen\n{more}'


def problems_of(folder: Path) -> list[tuple[str, str | None]]:
    with pytest.raises(FactFileError) as caught:
        read_judgements(folder)
    return [(f"{Path(p.where or '').name} {p.message}", p.hint) for p in caught.value.problems]


def test_a_pair_may_be_ids_or_identifiers(write: Write, shipped: Path) -> None:
    judged = read_judgements(write(HEAD + pair("body:ministry", "govuk:ministry")))
    (judgement,) = judged.pairs
    assert (judgement.one, judgement.other) == ("body:ministry", "body:govuk.ministry")
    assert (judgement.verdict, judgement.who, judgement.when, judgement.why) == (
        Verdict.SAME, "Ann", "2026-01-02", "seen",
    )  # fmt: skip
    assert judged.groups == (("body:ministry", "body:govuk.ministry"),)


def test_two_identifiers_need_a_kind_and_an_entry_may_say_who_and_when(write: Write, shipped: Path) -> None:
    more = "    kind: person\n    who: Bo\n    when: 2025\n"
    (judgement,) = read_judgements(write(HEAD + pair("wikidata:Q1", "ifg:x", "different", more))).pairs
    assert (judgement.one, judgement.other) == ("person:wikidata.Q1", "person:ifg.x")
    assert (judgement.who, judgement.when, judgement.verdict) == ("Bo", "2025", Verdict.DIFFERENT)


def test_spellings_lead_to_a_body_or_to_nobody(write: Write, shipped: Path) -> None:
    text = HEAD + '  - {written_as: MoJ, names: "body:justice", why: seen}\n'
    text += "  - {written_as: Heritage, names: nobody, why: a charity}\n"
    assert read_judgements(write(text)).written_as == {"MoJ": "body:justice", "Heritage": None}


def test_those_that_are_one_by_way_of_others_are_one_group(write: Write, shipped: Path) -> None:
    chain = pair("body:b", "body:c") + pair("body:a", "body:b") + pair("body:c", "body:a") + pair("body:x", "body:y")
    judged = read_judgements(write(HEAD + chain))
    assert judged.groups == (("body:b", "body:c", "body:a"), ("body:x", "body:y"))
    assert frozenset({"body:a", "body:c"}) in judged.decided


def test_a_judgement_of_ones_own_stands_in_place_of_a_shipped_one(write: Write, shipped: Path) -> None:
    write(HEAD + pair("body:a", "body:b") + pair("body:c", "body:d"), folder="shipped")
    judged = read_judgements(write(HEAD + pair("body:b", "body:a", "not_sure")))
    assert judged.groups == (("body:c", "body:d"),)


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert read_judgement_files(tmp_path / "nowhere") == []


@pytest.mark.parametrize(
    ("entry", "message", "hint"),
    [
        (pair("bdy:a", "body:b"), "mine.yaml:4:12 there is no kind `bdy`", "did you mean `body`?"),
        (pair("ifg:a", "govuk:b"), "mine.yaml:4:12 there is no kind `ifg`", "say of which kind of entity"),
        (pair("ifg:a", "govuk:b", more="    kind: boddy\n"), "mine.yaml:7:5 there is no kind `boddy`", "`body`?"),
        (pair("body:a", "person:b"), "mine.yaml:4:11 body:a and person:b are of two kinds", None),
        (pair("body:a", "body:a"), "mine.yaml:4:11 both ends are body:a", "name the two"),
        (pair("body:a", "a b"), "mine.yaml:4:22 'a b' is neither the id of an entity nor an identifier", "such as"),
        (pair("body:a", "body:b", "sames"), "mine.yaml:5:5 `sames` is no verdict", "did you mean `same`?"),
        ('  - {pair: ["body:a"], verdict: same, why: x}\n', "mine.yaml:4:6 a judgement is about a pair", "OTHER"),
        ('  - {pair: ["body:a", "body:b"], verdict: same}\n', "does not say `why`", "add `why: …`"),
        (pair("body:a", "body:b", more="    wen: 2026\n"), "mine.yaml:7:5 unknown key `wen`", "`when`?"),
        (pair("body:a", "body:b", more="    when: soon\n"), "mine.yaml:7:5 'soon' is not a date", None),
        ('  - {written_as: X, names: "person:a", why: x}\n', "person:a is no body", None),
    ],
)
def test_mistakes_are_told_with_their_place(
    entry: str, message: str, hint: str | None, write: Write, shipped: Path
) -> None:
    ((told, advice),) = problems_of(write(HEAD + entry))
    assert message in told
    assert (hint or "") in (advice or "")


def test_all_mistakes_of_all_files_are_told_at_once(write: Write, shipped: Path) -> None:
    write(HEAD + pair("bdy:a", "body:b") + pair("body:a", "body:b", "maybe"))
    folder = write("judgements: nothing\n", "other.yaml")
    assert [told for told, _ in problems_of(folder)] == [
        "mine.yaml:4:12 there is no kind `bdy`",
        "mine.yaml:8:5 `maybe` is no verdict",
        "other.yaml:1:1 there is no list of judgements",
    ]


def test_who_and_when_are_needed(write: Write, shipped: Path) -> None:
    ((told, hint),) = problems_of(write("judgements:\n" + pair("body:a", "body:b")))
    assert told == "mine.yaml:2:5 the judgement does not say `who`"
    assert hint == "say it here or for the whole file"


def test_two_verdicts_on_one_pair_are_told_with_both_places(write: Write, shipped: Path) -> None:
    ((told, _),) = problems_of(write(HEAD + pair("body:a", "body:b") + pair("body:b", "body:a", "different")))
    first, second = "body:b and body:a are judged `different`", "body:a and body:b are judged `same`"
    assert told.startswith(f"mine.yaml:7:5 {first}, but {second}")
    assert "mine.yaml:4:5" in told


def test_two_bodies_of_one_spelling_are_told(write: Write, shipped: Path) -> None:
    names = '  - {written_as: MoJ, names: "body:a", why: x}\n  - {written_as: moj, names: "body:b", why: x}\n'
    ((told, _),) = problems_of(write(HEAD + names))
    assert told.startswith("mine.yaml:5:5 'moj' names body:b, but 'MoJ' names body:a in")


def test_two_that_are_different_but_one_by_way_of_others_are_told_with_the_way(write: Write, shipped: Path) -> None:
    write(HEAD + pair("body:a", "body:b"), folder="shipped")
    folder = write(HEAD + pair("body:b", "body:c") + pair("body:a", "body:c", "different"))
    ((told, _),) = problems_of(folder)
    assert told.startswith("mine.yaml:7:5 body:a and body:c are judged different, but others make them one: body:a =")
    assert "; body:b = body:c (" in told


def test_shipped_judgements_agree_and_say_why() -> None:
    judged = read_judgements()
    assert len(judged.pairs) > 50
    assert all(judgement.who and judgement.when and judgement.why for judgement in (*judged.pairs, *judged.names))
    apart = {judgement.pair for judgement in judged.pairs if judgement.verdict is Verdict.DIFFERENT}
    assert frozenset({"body:mhclg-2018", "body:mhclg-2024"}) in apart
    assert not any({"body:mhclg-2018", "body:mhclg-2024"} <= set(group) for group in judged.groups)


def test_an_answer_is_added_to_the_file_of_reviews_and_read_again(tmp_path: Path, shipped: Path) -> None:
    folder = tmp_path / "judgements"
    whys = ['one: name, "quoted" # no comment', "- a dash", "ŵ & é"]
    for number, why in enumerate(whys):
        pair_of_two = (f"body:a{number}", f"body:b{number}")
        add_judgement(folder, Answer(pair_of_two, Verdict.SAME, "Ann: B.", "2026-01-02", why))
    judged = read_judgements(folder)
    assert [judgement.why for judgement in judged.pairs] == whys
    assert {judgement.who for judgement in judged.pairs} == {"Ann: B."}
    assert judged.groups == tuple((f"body:a{number}", f"body:b{number}") for number in range(3))


def test_a_group_leads_to_the_curated_entity_that_an_identifier_gives() -> None:
    known = [Identified("body:home-office", "govuk:home-office", frozenset({"home office"}))]
    identity = Identity(known, [("body:ifg.1", "body:govuk.home-office")])
    assert [identity.entity(own) for own in ("body:ifg.1", "body:govuk.home-office")] == ["body:home-office"] * 2


def test_groups_of_schemes_are_those_that_hold_one_of_their_records() -> None:
    judged = Judged()
    assert judged.groups_of(["ifg"]) == ()
    assert judged.schemes_with(["ifg"]) == {"ifg"}


@pytest.mark.parametrize("ends", [("body:govuk.xyz", "body:xyz"), ("body:xyz", "body:govuk.xyz")])
def test_a_judgement_holds_for_a_fact_file_whichever_end_it_names_first(
    ends: tuple[str, str], write: Write, shipped: Path
) -> None:
    judged = read_judgements(write(HEAD + pair(*ends)))
    source = Source(document="document:d", published="2020")
    said = [make_claim("body:govuk.xyz", "name", value="Xyz", source=source, locator="p. 1")]
    request = LoadRequest("facts", "facts.yaml", (LoadInput(name="facts.yaml", sha256="0" * 64),), said)
    assert [claim.subject for claim in settled(request, judged, lambda _: ()).claims] == ["body:xyz"]
