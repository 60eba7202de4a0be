"""Fact files: curated YAML, one block for each entity and place in a document."""

from graph.loaders.facts.checks import Known
from graph.loaders.facts.files import FactFile, FactSet, load_request, read_fact_files

__all__ = ["FactFile", "FactSet", "Known", "load_request", "read_fact_files"]
