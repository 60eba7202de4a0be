"""Reviewing on the command line: names propose, people judge, the next load merges, and all of it can be taken back."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.commands.sources import load_sources
from graph.settings import Settings
from graph.store.connection import Connection
from graph.store.digest import graph_digest
from graph.store.integrity import check_graph
from graph.store.writer import LoadReport

Inquiry = Callable[..., subprocess.CompletedProcess[str]]
ONE = """\
document: {id: document:one, title: First list, form: report, published: 2020-01-01, url: "https://example.org/one"}
says:
  - entity: body:ministry-of-works
    at: page 1
    kind: Department
    name: Ministry of Works
    started: 1990
    part_of: body:crown
  - {entity: body:crown, at: page 1, name: Crown}
  - {entity: body:old-mill, at: page 1, name: Mill Council, ended: 1950}
"""
OTHER = """\
document: {id: document:other, title: Second list, form: report, published: 2021-01-01, url: "https://example.org/2"}
says:
  - entity: body:works
    at: page 2
    name: The Ministry of Works
    other_name: Works Department
    ended: 2010
  - {entity: body:yard, at: page 2, name: Yard, part_of: body:works}
  - {entity: body:new-mill, at: page 2, name: Mill Council, started: 1974}
  - {entity: body:works-canteen, at: page 3, name: Minstry of Works}
"""
PAIR = ["body:ministry-of-works", "body:works"]


@pytest.fixture
def lists(inquiry: Inquiry, clean_graph: Connection, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Load the two lists with the judgements that are in the folder `judgements`."""
    (tmp_path / "one.yaml").write_text(ONE, encoding="utf-8")
    (tmp_path / "other.yaml").write_text(OTHER, encoding="utf-8")

    def load(*options: str) -> subprocess.CompletedProcess[str]:
        result = inquiry("load", "one.yaml", "other.yaml", *options, INQUIRY_JUDGEMENTS=str(tmp_path / "judgements"))
        assert result.returncode == 0, result.stderr
        return result

    return load


@pytest.fixture
def review(inquiry: Inquiry, tmp_path: Path) -> Inquiry:
    """Run `inquiry review` with its judgements in a folder of this test."""

    def run(*options: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return inquiry("review", *options, stdin=stdin, INQUIRY_JUDGEMENTS=str(tmp_path / "judgements"))

    return run


def digest(connection: Connection) -> str:
    """Of all but the loads themselves, and when and by which of them a claim came."""
    connection.execute("MATCH (l:Load) DETACH DELETE l")
    return graph_digest(connection, leave_out=frozenset({"load", "recorded_at", "contested"}))


def proposed(review: Inquiry) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(review("--json").stdout)
    return found


def ends(proposal: dict[str, Any]) -> list[str]:
    return [proposal["one"]["id"], proposal["other"]["id"]]


def test_a_load_ends_with_the_number_of_pairs_that_are_proposed(lists: Any, review: Inquiry) -> None:
    assert "2 pairs of entities are proposed for review: `inquiry review` walks" in lists().stdout
    assert json.loads(lists("--json").stdout)["summary"]["proposed"] == 2
    found = proposed(review)
    assert [ends(proposal) for proposal in found] == [PAIR, ["body:ministry-of-works", "body:works-canteen"]]
    assert [proposal["score"] for proposal in found] == sorted((p["score"] for p in found), reverse=True)
    names = "'Ministry of Works' and 'The Ministry of Works'"
    assert found[0]["reasons"] == [f"the same words: {names}", "their times meet"]
    assert (found[0]["one"]["since"], found[0]["other"]["until"]) == ("1990-01-01", "2010-12-31")


def test_bodies_of_one_name_whose_lifetimes_do_not_meet_are_not_proposed(lists: Any, review: Inquiry) -> None:
    lists()
    assert not any("mill" in end for proposal in proposed(review) for end in ends(proposal))


def test_a_judgement_merges_at_the_next_load_and_taking_it_back_splits_again(
    lists: Any, review: Inquiry, inquiry: Inquiry, clean_graph: Connection, tmp_path: Path
) -> None:
    lists()
    apart = digest(clean_graph)
    clean_graph.execute("MATCH (n) DETACH DELETE n")
    lists()
    result = review(stdin="Ann Archer\nx\ns\n\ns\nBoth lists describe one ministry.\nq\n")
    assert result.returncode == 0
    assert "Type one of the letters in brackets." in result.stderr
    assert "A judgement needs a reason; nothing is kept." in result.stderr
    path = tmp_path / "judgements" / "review.yaml"
    assert result.stdout.splitlines() == [
        f"1 judgement is added to {path}.",
        "Nothing is merged yet: the next load of their files does it.",
    ]
    text = path.read_text(encoding="utf-8")
    assert "Ann Archer" in text
    assert "Both lists describe one ministry." in text
    assert {row["id"] for row in clean_graph.read("MATCH (e:Body) RETURN e.id AS id")} >= set(PAIR)

    merged = lists().stdout
    assert "pair of entities is proposed" not in merged
    (row,) = clean_graph.read(
        "MATCH (e:Body {id: 'body:ministry-of-works'}) RETURN e.other_names AS other, e.ended AS ended, "
        "[(y)-[:PART_OF]->(e) | y.id] AS parts"
    )
    assert row == {"other": ["The Ministry of Works", "Works Department"], "ended": "2010", "parts": ["body:yard"]}
    assert clean_graph.read("MATCH (e {id: 'body:works'}) RETURN e") == []
    assert "Ministry of Works" in inquiry("show", "body:works").stdout
    assert list(check_graph(clean_graph)) == []
    assert proposed(review) == []  # the second list now has the ministry and the canteen under two ids

    path.unlink()
    lists()
    assert list(check_graph(clean_graph)) == []
    assert digest(clean_graph) == apart


def test_a_judgement_made_before_the_first_load_gives_the_graph_of_one_made_later(
    lists: Any, review: Inquiry, clean_graph: Connection
) -> None:
    lists()
    review("--who", "Ann", stdin="s\none ministry\nq\n")
    lists()
    later = digest(clean_graph)
    clean_graph.execute("MATCH (n) DETACH DELETE n")
    lists()
    assert digest(clean_graph) == later


def test_different_and_not_sure_merge_nothing_and_are_not_asked_again(
    lists: Any, review: Inquiry, clean_graph: Connection
) -> None:
    lists()
    result = review("--who", "Ann", stdin="d\ntwo ministries\nn\nit may be a slip\n")
    assert "2 judgements are added" in result.stdout
    assert "merged" not in result.stdout
    assert proposed(review) == []
    assert review("--who", "Ann").stdout == "There is nothing to judge.\n"
    lists("--again")
    assert clean_graph.read("MATCH (e:Body {id: 'body:works'}) RETURN e.name AS name") == [
        {"name": "The Ministry of Works"}
    ]


def test_an_answer_that_contradicts_others_is_told_and_not_kept(lists: Any, review: Inquiry, tmp_path: Path) -> None:
    lists()
    folder = tmp_path / "judgements"
    folder.mkdir()
    (folder / "mine.yaml").write_text(
        "who: Bo\nwhen: 2026-01-02\njudgements:\n"
        "  - {pair: ['body:works', 'body:yard'], verdict: same, why: one place}\n"
        "  - {pair: ['body:ministry-of-works', 'body:yard'], verdict: different, why: two places}\n",
        encoding="utf-8",
    )
    result = review("--who", "Ann", stdin="s\none ministry\nk\nk\n")
    assert "are judged different, but others make them one" in result.stderr
    assert result.stdout == "Nothing was judged.\n"
    assert not (folder / "review.yaml").exists()


def test_the_end_of_the_input_ends_the_review(lists: Any, review: Inquiry) -> None:
    lists()
    assert review("--who", "Ann", stdin="").stdout == "Nothing was judged.\n"
    assert review(stdin="").returncode == 2


def test_pairs_are_listed_by_kind_and_likeness(lists: Any, review: Inquiry) -> None:
    lists()
    listed = review("--list", "--kind", "body", "--least", "96").stdout
    assert "The Ministry of Works (body:works)" in " ".join(listed.split()) or "body:works" in listed
    assert "canteen" not in listed
    assert json.loads(review("--json", "--kind", "person").stdout) == []
    wrong = review("--kind", "boddy")
    assert (wrong.returncode, "did you mean `body`?" in wrong.stderr) == (2, True)


def test_a_bad_file_of_judgements_stops_a_load_with_its_place(
    lists: Any, inquiry: Inquiry, clean_graph: Connection, tmp_path: Path
) -> None:
    folder = tmp_path / "judgements"
    folder.mkdir()
    (folder / "mine.yaml").write_text("judgements:\n  - pair: [body:a, body:b]\n", encoding="utf-8")
    for command in (("load", "one.yaml"), ("review", "--list"), ("check",)):
        result = inquiry(*command, INQUIRY_JUDGEMENTS=str(folder))
        assert result.returncode == 1
        assert "mine.yaml:2:5: the judgement does not say `who`" in result.stderr
    assert clean_graph.read("MATCH (n) RETURN n") == []


def everything(connection: Connection) -> list[str]:
    """What each claim says of which entities, and all entities with their properties."""
    claims = "MATCH (c:Claim) RETURN [c.id, c.subject, c.predicate, coalesce(c.object, '')] AS row"
    entities = "MATCH (e:Entity) RETURN properties(e) AS row"
    return sorted(str(row["row"]) for query in (claims, entities) for row in connection.read(query))


@pytest.mark.fuzz
def test_a_shipped_judgement_is_taken_back_by_one_of_ones_own_and_counts_again_without_it(
    clean_graph: Connection, settings: Settings, shared_data: Path, tmp_path: Path
) -> None:
    """On the real departments: GOV.UK's Treasury and that of the ministers' data."""
    folder = tmp_path / "judgements"
    folder.mkdir()
    treasury = {"ministers": "body:ifg.3b2301a5-f2a5-44a8-aa67-1cf2bbafe704", "listed": "body:govuk.hm-treasury"}

    mine = settings.model_copy(update={"judgements": folder})

    def load() -> LoadReport:
        return load_sources(clean_graph, mine, ["govuk-organisations"], shared_data)[-1].load

    def there() -> set[str]:
        rows = clean_graph.read("MATCH (e:Body) WHERE e.id IN $ids RETURN e.id AS id", {"ids": list(treasury.values())})
        return {row["id"] for row in rows}

    load()
    joined = everything(clean_graph)
    assert there() == {treasury["ministers"]}
    (folder / "mine.yaml").write_text(
        "who: Ann\nwhen: 2026-11-26\njudgements:\n"
        f"  - {{pair: ['{treasury['listed']}', '{treasury['ministers']}'], verdict: not_sure, why: to see}}\n",
        encoding="utf-8",
    )
    apart = load()
    assert (apart.source, apart.new, apart.closed, apart.moved > 0) == ("govuk-organisations", 0, 0, True)
    assert there() == set(treasury.values())
    assert list(check_graph(clean_graph)) == []
    (folder / "mine.yaml").unlink()
    back = load()
    assert (back.new, back.closed, back.moved) == (0, 0, apart.moved)
    assert everything(clean_graph) == joined
    assert list(check_graph(clean_graph)) == []
