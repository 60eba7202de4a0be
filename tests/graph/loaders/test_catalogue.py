"""Descriptions of sources: what is wrong with one is told with the file and the field."""

from __future__ import annotations

import pytest
import yaml

from graph.errors import SourceError
from graph.loaders.catalogue import SourceCatalogue, read_description

GOOD = {
    "name": "maps", "loader": "posts", "title": "Maps", "document": "document:maps",
    "publisher": {"id": "body:maps", "name": "Maps"}, "licence": "CC0", "licence_url": "https://example.org/cc0",
    "attribution": "Maps.", "as_at": "2024-02", "folder": "maps", "schemes": ["map"],
    "tables": {"maps": {"file": "maps.csv", "key": ["map"], "columns": {"map": "id"}}},
}  # fmt: skip


def test_a_description_is_read_and_hashed() -> None:
    content = yaml.safe_dump(GOOD).encode()
    description = read_description(content, "maps.yaml")
    assert (description.name, description.as_at, len(description.sha256)) == ("maps", "2024-02", 64)
    assert read_description(content + b"# more\n", "maps.yaml").sha256 != description.sha256


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"licence": ""}, "`licence`"),
        ({"license": "CC0"}, "`license`"),
        ({"as_at": "yesterday"}, "'yesterday' is not a date"),
        ({"same": {"map:1": "body:x"}}, "`same`"),
        ({"document": "body:maps"}, "`document`"),
        ({"tables": {"maps": {"file": "maps.csv", "key": [], "columns": {"map": "id"}}}}, "`tables.maps.key`"),
    ],
)
def test_a_mistake_in_a_description_is_told(change: dict[str, object], where: str) -> None:
    with pytest.raises(SourceError, match=where) as caught:
        read_description(yaml.safe_dump({**GOOD, **change}).encode(), "maps.yaml")
    assert caught.value.where == "maps.yaml"


@pytest.mark.parametrize("content", [b"", b"[1", b"- a\n- b\n"])
def test_what_is_no_description_is_told(content: bytes) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_description(content, "maps.yaml")


def test_an_unknown_source_is_compared_with_the_known_ones() -> None:
    with pytest.raises(SourceError, match="there is no source `ifg-minister`") as caught:
        SourceCatalogue()["ifg-minister"]
    assert caught.value.hint == "did you mean `ifg-ministers`?"


def test_what_a_source_needs_comes_before_it() -> None:
    names = [source.name for source in SourceCatalogue().with_needed(["ons-lad-pfa-2019"])]
    needed = {"ifg-ministers", "govuk-organisations", "police-forces", "uk-local-authorities"}
    assert set(names) == {*needed, "ons-lad-pfa-2019"}
    assert names[-1] == "ons-lad-pfa-2019"
    assert names.index("govuk-organisations") < names.index("police-forces")


@pytest.mark.parametrize("name", [source.name for source in SourceCatalogue()])
def test_addresses_are_those_of_files_that_are_read(name: str) -> None:
    description = SourceCatalogue()[name]
    assert set(description.addresses) <= {table.file for table in description.tables.values()}
    assert all(address.startswith("https://") for address in description.addresses.values())
