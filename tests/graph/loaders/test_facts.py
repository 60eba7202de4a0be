"""Fact files: what is read, and what bad input gets."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from graph.errors import FactFileError
from graph.loaders.facts import Known, read_fact_files
from graph.loaders.seeds import read_seeds, seed_files
from graph.schema import SCHEMA
from graph.schema.fact_file import fact_file_schema

HEAD = """\
document:
  id: document:report
  title: A report
  form: report
  published: 2024-03-01
says:
  - entity: body:council
    at: page 1
    name: A council
  - entity: body:other
    at: page 1
    name: Another body
  - entity: office:leader
    at: page 1
    name: Leader of the council
"""


def problems(path: Path, known: Known | None = None) -> list[tuple[str, str, str]]:
    with pytest.raises(FactFileError) as caught:
        read_fact_files([path], known=known or Known())
    found = []
    for problem in caught.value.problems:
        where = (problem.where or "").removeprefix(str(path)).removeprefix(":")
        found.append((where, problem.message, problem.hint or ""))
    return found


@pytest.mark.parametrize(
    ("body", "where", "message", "hint"),
    [
        ("- entity: body:council\n  at: p\n  published_bi: body:other\n", "18:5", "a Body has no `published_bi`", ""),
        ("- entity: bodi:council\n  at: p\n  name: X\n", "16:5", "unknown kind `bodi`", "did you mean `body`?"),
        (
            "- entity: body:council\n  at: p\n  part_of: body:counsil\n",
            "18:14",
            "unknown body `counsil`",
            "did you mean `council`?",
        ),
        (
            "- entity: body:council\n  at: p\n  targets: body:other\n",
            "18:14",
            "TARGETS cannot lead from a Body to a Body",
            "it leads from Recommendation or Document",
        ),
        ("- entity: body:council\n  started: 2020\n", "17:14", "has no citation", "give `at:`"),
        (
            "- entity: body:council\n  at: p\n  started: 2024-02-30\n",
            "18:14",
            "there is no day 2024-02-30",
            "calendar",
        ),
        (
            "- entity: body:council\n  at: p\n  part_of: {to: body:other, from: 2020, until: 2019}\n",
            "18:14",
            "the end (2019) lies before the start (2020)",
            "check both dates",
        ),
        (
            "- entity: body:council\n  at: p\n  name: A different council\n",
            "18:11",
            "is named twice with different content: 'A council'",
            "as `other_name`",
        ),
        (
            "- entity: person:jane\n  at: p\n  name: Jane Example\n",
            "18:11",
            "person:jane holds no office here",
            "only as holders of offices",
        ),
        ("- entity: body:council\n  at: p\n  text: words\n", "18:5", "a Body has no `text`", ""),
        ("- at: p\n  name: X\n", "16:5", "the block has no `entity`", "begin it with"),
        ("- entity: body:council\n  at: p\n  name: a@b.example.org\n", "18:11", "the text holds an e-mail address", ""),
        ("- entity: body:council\n  at: p\n  date_of_birth: 1990\n", "18:5", "private field", ""),
    ],
)
def test_a_mistake_is_told_with_line_column_and_suggestion(
    facts_file: Callable[..., Path], body: str, where: str, message: str, hint: str
) -> None:
    path = facts_file(HEAD + "".join(f"  {line}\n" for line in body.splitlines()))
    found = problems(path)
    assert [p for p in found if p[0] == where and message in p[1] and hint in p[2]], found


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"document: [unclosed\n", "this is not YAML"),
        (b"", "the file is empty"),
        (b"just words\n", "takes `key: value` lines"),
        (b"says: []\n", "no document is named"),
        (b"document: document:nowhere\n", "unknown document `document:nowhere`"),
        (b"documents: x\n", "unknown key `documents`"),
        (b"document:\n  id: document:x\n  title: caf\xe9\n", "not UTF-8: byte 0xe9"),
        (b"document: &a\n  id: document:x\nsays: *a\n", "anchors and aliases"),
        (b"document: &a [*a]\n", "anchors and aliases"),
        ("document:\n  title: a\u202eb\n".encode(), "invisible character U+202E"),
        (b"document:\n  title: a\x00b\n", "invisible character U+0000"),
        (b"[" * 5000, "this is not YAML"),
        (b"a: " * 400 + b"x", "this is not YAML"),
        (b"document:\n  id: document:x\n  id: document:y\n", "`id` stands here twice"),
        (b"x" * (8 * 1024 * 1024 + 1), "bytes; at most"),
    ],
)
def test_unreadable_files_are_clear_errors(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "facts.yaml"
    path.write_bytes(content)
    assert any(message in text for _, text, _ in problems(path)), problems(path)


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("[" * 5000 + "]" * 5000)
    assert "nest" in problems(path)[0][1]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert problems(tmp_path / "none.yaml")[0][1].startswith("the file cannot be read")


def test_all_mistakes_of_a_file_are_told_at_once(facts_file: Callable[..., Path]) -> None:
    path = facts_file(HEAD + "  - entity: body:council\n    at: p\n    nme: X\n    started: soon\n")
    assert [where for where, _, _ in problems(path)] == ["18:5", "19:14"]


def test_a_document_is_described_once(facts_file: Callable[..., Path]) -> None:
    assert "is described twice; first at" in problems(facts_file(HEAD + "---\n" + HEAD))[0][1]


def test_nothing_is_converted(facts_file: Callable[..., Path]) -> None:
    path = facts_file(HEAD + "  - entity: recommendation:r\n    at: p\n    name: no\n    number: 007\n")
    values = {
        c.predicate: c.value.value
        for c in read_fact_files([path]).claims
        if c.subject == "recommendation:r" and c.value
    }
    assert values == {"kind": "Recommendation", "name": "no", "number": "007"}


def test_short_and_long_forms_say_the_same(facts_file: Callable[..., Path]) -> None:
    short = facts_file(HEAD + "  - entity: body:council\n    at: page 2\n    part_of: body:other\n", "a.yaml")
    long = facts_file(HEAD + "  - entity: body:council\n    part_of: {to: body:other, at: page 2}\n", "b.yaml")
    assert {c.id for c in read_fact_files([short]).claims} == {c.id for c in read_fact_files([long]).claims}


def test_a_correction_closes_the_old_claim_and_points_at_it(facts_file: Callable[..., Path]) -> None:
    before = facts_file(HEAD + "  - entity: document:report\n    at: page 2\n    pages: 159\n", "a.yaml")
    after = facts_file(
        HEAD
        + """\
corrections:
  - note: misread
    was: {entity: document:report, at: page 2, pages: 159}
    now: {entity: document:report, at: page 2, pages: 153}
""",
        "b.yaml",
    )
    wrong = next(c for c in read_fact_files([before]).claims if c.predicate == "pages")
    facts = read_fact_files([after])
    right = next(c for c in facts.claims if c.predicate == "pages")
    assert [(c.claim, c.reason, c.note) for c in facts.files[0].closings] == [(wrong.id, "our_error", "misread")]
    assert right.corrects == wrong.id


def test_what_is_corrected_must_not_stand_in_the_file(facts_file: Callable[..., Path]) -> None:
    path = facts_file(
        HEAD
        + """\
  - entity: document:report
    at: page 2
    pages: 159
corrections:
  - was: {entity: document:report, at: page 2, pages: 159}
"""
    )
    assert "still stands in the file" in problems(path)[0][1]


def test_the_seeds_are_sound() -> None:
    claims = [claim for parts in read_seeds().values() for file in parts for claim in file.claims]
    assert len(claims) > 4_000
    assert all(claim.citations for claim in claims)


def _texts_only() -> type[yaml.SafeLoader]:
    class Loader(yaml.SafeLoader):
        """Reads every plain scalar as the text it is."""

    Loader.yaml_implicit_resolvers = {}
    return Loader


@pytest.mark.parametrize("path", seed_files(), ids=lambda path: path.name)
def test_the_seeds_fit_the_json_schema(path: Path) -> None:
    validator = Draft202012Validator(fact_file_schema(SCHEMA))
    for tree in yaml.load_all(path.read_text(encoding="utf-8"), Loader=_texts_only()):  # texts only
        errors = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(tree)]
        assert errors == []


def test_the_json_schema_finds_a_wrong_key() -> None:
    validator = Draft202012Validator(fact_file_schema(SCHEMA))
    tree = {"document": "document:x", "says": [{"entity": "body:x", "at": "p", "targets": "body:y"}]}
    assert list(validator.iter_errors(json.loads(json.dumps(tree))))
