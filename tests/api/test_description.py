"""The description of the API: every field explained, every link leads somewhere, every problem documented."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.addresses import ADDRESSES
from api.app import create_app
from graph.settings import Settings


@pytest.fixture(scope="module")
def described(settings: Settings) -> dict[str, Any]:
    return create_app(settings).openapi()


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def is_explained(field: dict[str, Any]) -> bool:
    return bool(field.get("description")) and bool(field.get("examples"))


def test_every_field_and_parameter_has_a_description_and_an_example(described: dict[str, Any]) -> None:
    lacking = [
        f"{path} {parameter['name']}"
        for path, _, operation in operations(described)
        for parameter in operation.get("parameters", ())
        if not is_explained({**parameter["schema"], **parameter})
    ]
    lacking += [
        f"{name}.{field}"
        for name, schema in described["components"]["schemas"].items()
        for field, about in schema.get("properties", {}).items()
        if not is_explained(about)
    ]
    assert lacking == []


def test_links_lead_to_operations_that_take_what_they_give(described: dict[str, Any]) -> None:
    named = {operation["operationId"]: operation for _, _, operation in operations(described)}
    links = [
        (path, link)
        for path, _, operation in operations(described)
        for reply in operation["responses"].values()
        for link in reply.get("links", {}).values()
    ]
    assert len(links) > 100
    for path, link in links:
        taken = {parameter["name"] for parameter in named[link["operationId"]].get("parameters", ())}
        assert set(link["parameters"]) <= taken, path
        assert all(value.startswith("$response.body#/") for value in link["parameters"].values()), path


def test_every_route_documents_its_problems(described: dict[str, Any]) -> None:
    paths = described["paths"]
    for path, method, operation in operations(described):
        replies = set(operation["responses"])
        assert {"413", "414", "422", "500", "503"} <= replies, (path, method)
        if "{id}" in path:
            assert {"404", "410", "304"} <= replies, path
    for address in ADDRESSES:
        replies = set(paths[address.template]["get"]["responses"])
        assert {"200", "304", "406"} <= replies
        assert ({"308", "404", "410"} <= replies) == (address.kind is not None)
        content = paths[address.template]["get"]["responses"]["200"]["content"]
        assert set(content) == {"application/json", "text/csv", "application/x-ndjson"}
