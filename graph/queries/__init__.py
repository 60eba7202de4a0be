"""The named queries: one `.cypher` file each, with its parameters and rows, and one catalogue of them."""

from graph.queries.catalogue import Catalogue
from graph.queries.definition import NamedQuery
from graph.queries.names import find_entity
from graph.queries.paste import compose
from graph.queries.run import Answer, Times, ask

__all__ = ["Answer", "Catalogue", "NamedQuery", "Times", "ask", "compose", "find_entity"]
