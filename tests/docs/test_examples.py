"""Examples in the how-to pages run as they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from graph.errors import LoadRefused
from graph.loaders.facts import Known, load_request, read_fact_files
from graph.loaders.judgements import read_judgement_files
from graph.loaders.known import known_in_graph
from graph.loaders.seeds import seed_files
from graph.queries.definition import read_query
from graph.store.connection import Connection
from graph.store.writer import write_load
from viz.stories import read_story

PAGES = Path(__file__).parents[2] / "docs"


def blocks(language: str) -> list[object]:
    """Each block of a language in the tutorial and the how-to pages, with the page and line where it begins."""
    return list(_blocks(language))


def _blocks(language: str) -> Iterator[object]:
    for page in sorted([*PAGES.glob("*.md"), *PAGES.glob("how-to/*.md")]):
        text = page.read_text(encoding="utf-8")
        for match in re.finditer(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            line = text[: match.start()].count("\n") + 2
            yield pytest.param(match[1], id=f"{page.name}:{line}")


@cache
def what_the_seeds_say() -> Known:
    return read_fact_files(seed_files()).known()


@pytest.mark.parametrize("text", blocks("yaml"))
def test_a_file_in_a_page_passes_the_check(text: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    if "\njudgements:\n" in text:
        assert read_judgement_files(tmp_path)[0].pairs
    elif text.startswith("story:"):
        assert read_story(path).steps
    else:
        assert read_fact_files([path], known=what_the_seeds_say()).files


NAMED = re.findall(
    r"^```cypher\n(.*?)^```$",
    (PAGES / "how-to" / "write-named-queries.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)
"""Cypher of other pages is run in `test_worked_queries.py`."""


@pytest.mark.parametrize("text", NAMED)
def test_a_named_query_in_a_page_can_be_read(text: str) -> None:
    assert read_query("mine", text, "mine.cypher").question


def test_pages_have_examples() -> None:
    assert len(blocks("yaml")) >= 8
    assert len(NAMED) >= 1


def test_the_correction_that_is_shown_closes_the_mistaken_claim(clean_graph: Connection, tmp_path: Path) -> None:
    page = (PAGES / "how-to" / "correct-and-withdraw.md").read_text(encoding="utf-8")
    corrected = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[0]
    description, _, _ = corrected.partition("corrections:")
    mistaken = "says:\n  - entity: document:example-report-2024\n    at: imprint\n    pages: 159\n"
    path = tmp_path / "mine.yaml"
    for text in (description + mistaken, corrected):
        path.write_text(text, encoding="utf-8")
        facts = read_fact_files([path], known=what_the_seeds_say())
        write_load(clean_graph, load_request(facts.files, "mine.yaml"))
    assert clean_graph.read(
        "MATCH (new:Claim)-[:CORRECTS]->(old:Claim) RETURN new.value AS now, old.value AS was, old.closing AS reason, "
        "old.closing_note AS note, old.retracted_at IS NOT NULL AS closed, new.retracted_at IS NULL AS live"
    ) == [
        {
            "now": 153,
            "was": 159,
            "reason": "our_error",
            "note": "the page number belongs to the summary",
            "closed": True,
            "live": True,
        }
    ]


def test_a_file_of_one_line_withdraws_what_it_said(clean_graph: Connection, tmp_path: Path) -> None:
    page = (PAGES / "how-to" / "write-fact-files.md").read_text(encoding="utf-8")
    first = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[0]
    path = tmp_path / "mine.yaml"
    path.write_text(first, encoding="utf-8")
    facts = read_fact_files([path], known=what_the_seeds_say())
    report = write_load(clean_graph, load_request(facts.files, "mine.yaml"))
    assert report.new > 10
    path.write_text("document: document:example-report-2024\n", encoding="utf-8")
    nothing = load_request(read_fact_files([path], known=known_in_graph(clean_graph)).files, "mine.yaml")
    with pytest.raises(LoadRefused, match="would drop"):
        write_load(clean_graph, nothing)
    assert write_load(clean_graph, nothing, accept_shrinkage=True).closed == report.new
    rows = clean_graph.read("MATCH (c:Claim) RETURN DISTINCT c.closing AS closing, c.retracted_at IS NULL AS live")
    assert rows == [{"closing": "source_changed", "live": False}]
    assert clean_graph.read("MATCH (e:Entity) WHERE e.name IS NOT NULL RETURN count(e) AS n") == [{"n": 0}]
    path.write_text(first, encoding="utf-8")
    facts = read_fact_files([path], known=what_the_seeds_say())
    assert write_load(clean_graph, load_request(facts.files, "mine.yaml")).returned == report.new
