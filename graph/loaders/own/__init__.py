"""Tables of your own: CSV files with a documented header, or with another that a mapping explains."""

from graph.loaders.own.headers import HEADERS, Column, template
from graph.loaders.own.mapping import Mapping, describe, read_mapping

__all__ = ["HEADERS", "Column", "Mapping", "describe", "read_mapping", "template"]
