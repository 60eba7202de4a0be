"""The named queries: one `.cypher` file each, with its parameters and rows, and one catalogue of them."""

from graph.queries.catalogue import Catalogue
from graph.queries.definition import NamedQuery
from graph.queries.names import find_entity
from graph.queries.paste import compose
from graph.queries.run import LONGEST_ANSWER, Answer, Times, ask, ask_streaming, ask_within, flat_row

__all__ = [
    "LONGEST_ANSWER",
    "Answer",
    "Catalogue",
    "NamedQuery",
    "Times",
    "ask",
    "ask_streaming",
    "ask_within",
    "compose",
    "find_entity",
    "flat_row",
]
