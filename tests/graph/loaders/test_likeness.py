"""When two names propose that their bodies may be one."""

from __future__ import annotations

import pytest

from graph.loaders.judgements.likeness import alike_words, likeness, near_words, words_of


def are_alike(one: str, other: str) -> bool:
    mine, theirs = words_of(one), words_of(other)
    if not mine or not theirs:
        return False
    return any({mine, theirs} == set(pair) for pair in alike_words([mine, theirs]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Foreign & Commonwealth Office", "The Foreign and Commonwealth Office"),
        ("National Highways", "National Highways Limited"),
        ("Norfolk Constabulary", "Norfolk Police"),
        ("Nottingham Police", "Nottinghamshire Police"),
        ("Barnsley Hospital NHS Foundation Trust", "Barnsley Hospital NHS Trust"),
        ("Cornwall Safeguarding Board", "Cornwall Safegarding Board"),
        ("Cyngor Ynys Môn", "Cyngor Ynys Mon"),
        ("Sir Keir Starmer", "Keir Starmer"),
        ("Łódź Council", "Lodz Council"),
    ],
)
def test_names_that_propose(one: str, other: str) -> None:
    assert are_alike(one, other)
    assert likeness(one, other) >= 60


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("North London NHS Trust", "South London NHS Trust"),
        ("HM Prison Leeds", "HM Prison Lewes"),
        ("Leicester City Council", "Leicestershire County Council"),
        ("Competition Appeal Tribunal", "CAT"),
        ("CAT", "CAT"),
        ("Ward 1", "Ward 2"),
        ("Bolton Council", "Bolton NHS Foundation Trust"),
        ("John Smith", "Jane Smith"),
        ("Coroner for Yorkshire West Eastern", "Coroner for Yorkshire West Western"),
    ],
)
def test_names_that_do_not(one: str, other: str) -> None:
    assert not are_alike(one, other)


def test_a_word_that_begins_another_is_near() -> None:
    assert near_words("nottingham", "nottinghamshire")
    assert not near_words("kent", "kentish")
