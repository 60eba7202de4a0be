"""How alike two names are: folded to the same words, or to the same but for one that is spelt nearly alike.

Names are put into Latin letters by anyascii, and words compared by rapidfuzz. rigour, which knows more of legal forms,
needs PyICU, and that is built against a C library on the user's machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from anyascii import anyascii
from rapidfuzz import fuzz

from graph.schema.ids import name_key

__all__ = ["Words", "alike_words", "likeness", "near_words", "words_of"]

Words = frozenset[str]
_GENERIC: Final = frozenset(
    {"the", "of", "and", "for", "in", "at", "his", "her", "hm", "majestys", "ltd", "limited", "plc", "llp"}
    | {"foundation", "metropolitan", "borough", "royal"}
    | {"sir", "dame", "lord", "lady", "baron", "baroness", "rt", "hon", "mp", "dr"}
)
"""Words that one list has and another leaves out for the same body or person."""
_DIRECTIONS: Final = frozenset({"northern", "southern", "eastern", "western"})
"""Words that differ in few letters and mean two places."""
_SAME: Final = {"constabulary": "police", "organisation": "organization", "saint": "st"}
_SHORTEST: Final = 5
"""Letters that a name of one word needs: CAT, HA and MoD mean too many things."""
_NEAR: Final = 85.0
"""Likeness (0 to 100) of two words that may be one word misspelt; `safeguarding` and `safegarding` have 96."""
_LEFT_OUT: Final = 2.0
"""What names lose that are the same only without the words that some lists leave out."""
_STEM: Final = 6
"""Letters that a word shares with a longer one that it begins: `Nottingham` and `Nottinghamshire`."""


def words_of(name: str) -> Words:
    """The words of a name that tell it from others; empty where they do not suffice."""
    all_words = name_key(anyascii(name)).split()
    words = frozenset(_SAME.get(word, word) for word in all_words if word not in _GENERIC)
    if len(words) == 1 and len(next(iter(words))) < _SHORTEST:
        return frozenset()
    return words


def likeness(one: str, other: str) -> float:
    """How alike (0 to 100) two names are whose words have been found alike."""
    mine, theirs = (" ".join(sorted(words_of(name))) for name in (one, other))
    whole = fuzz.token_sort_ratio(name_key(anyascii(one)), name_key(anyascii(other)))
    return max(whole, fuzz.ratio(mine, theirs) - _LEFT_OUT)


def alike_words(all_words: Iterable[Words]) -> Iterator[tuple[Words, Words]]:
    """Pairs, also of one and the same, that differ in no word or in one that is spelt nearly alike."""
    without_one: dict[Words, set[Words]] = {}
    for words in set(all_words):
        yield words, words
        for word in words:
            without_one.setdefault(words - {word}, set()).add(words)
    for rest, found in without_one.items():
        if not rest:
            continue  # names of a single word are told apart by each letter
        for one, other in combinations(sorted(found, key=sorted), 2):
            (mine,), (theirs,) = one - rest, other - rest
            if near_words(mine, theirs):
                yield one, other


def near_words(one: str, other: str) -> bool:
    """Whether two words may be one: misspelt, or the beginning of the other."""
    short, long = sorted((one, other), key=len)
    if any(letter.isdigit() for letter in one + other) or {one, other} <= _DIRECTIONS:
        return False
    if len(short) >= _STEM and long.startswith(short):
        return True
    return len(short) >= _SHORTEST and fuzz.ratio(one, other) >= _NEAR
