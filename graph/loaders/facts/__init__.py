"""Fact files: curated YAML, one block for each entity and place in a document."""

from graph.loaders.facts.files import FactSet, Known, load_request, read_fact_files

__all__ = ["FactSet", "Known", "load_request", "read_fact_files"]
