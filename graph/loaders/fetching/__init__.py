"""Fetches the files of known sources into the cache: only from the addresses described, and whole or not at all."""

from graph.loaders.fetching.records import FetchedFile, FetchRecord, check_dated, read_record
from graph.loaders.fetching.sources import SourceFetch, fetch_source, no_address, presence

__all__ = [
    "FetchRecord",
    "FetchedFile",
    "SourceFetch",
    "check_dated",
    "fetch_source",
    "no_address",
    "presence",
    "read_record",
]
