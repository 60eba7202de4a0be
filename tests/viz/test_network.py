"""`Network` is a network of pyvis in which nothing is drawn without evidence; and where things are drawn."""

from __future__ import annotations

from itertools import combinations
from math import hypot
from pathlib import Path

import pytest
import pyvis.network

import viz.bundle
from graph.errors import SchemaError
from graph.queries.subgraph import Subgraph
from graph.schema import SCHEMA
from viz import Network
from viz.bundle import BundleChanged, vis_network
from viz.force import force_layout
from viz.kinds import KINDS, outline_of
from viz.payload import as_script, safe_address, without_controls
from viz.timeline import LAYERS, time_layout


def test_it_is_a_network_of_pyvis(subgraph: Subgraph, tmp_path: Path) -> None:
    network = Network.of(subgraph, "First inquiry")
    assert isinstance(network, pyvis.network.Network)
    assert {node["id"] for node in network.nodes} == {one.id for one in subgraph.entities}
    assert len(network.edges) == len(subgraph.relationships)
    network.write_html(str(tmp_path / "view.html"))
    assert (tmp_path / "view.html").read_text(encoding="utf-8") == network.generate_html()


def test_nothing_is_drawn_without_evidence(subgraph: Subgraph) -> None:
    network = Network.of(subgraph, "First inquiry")
    with pytest.raises(SchemaError, match="in the view already"):
        network.add_entity(subgraph.entities[0], (0, 0), (0, 0))
    line = subgraph.relationships[0]
    with pytest.raises(SchemaError, match="nothing is cited"):
        network.add_line(line.model_copy(update={"claims": ()}))
    with pytest.raises(SchemaError, match="is not in the view"):
        network.add_line(line.model_copy(update={"object": "body:elsewhere"}))
    network.add_node("body:by-hand", label="By hand")
    with pytest.raises(SchemaError, match="has no evidence"):
        network.generate_html()


@pytest.mark.parametrize("identifier", ["", "1", "__proto__", "constructor", "body:<b>", "body:a b", "x" * 200])
def test_ids_that_a_page_could_trip_over_are_refused(subgraph: Subgraph, identifier: str) -> None:
    entity = subgraph.entities[0].model_copy(update={"id": identifier})
    with pytest.raises(SchemaError):
        Network("A view").add_entity(entity, (0, 0), (0, 0))


def test_another_bundle_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = vis_network()
    assert text.startswith("/**\n * vis-network")
    assert "innerHTML" not in text
    monkeypatch.setattr(viz.bundle, "_SHA512", "0" * 128)
    vis_network.cache_clear()
    with pytest.raises(BundleChanged):
        vis_network()
    monkeypatch.undo()
    assert vis_network() == text


def test_each_kind_has_a_shape_of_its_own() -> None:
    outlines = [outline_of(kind) for kind in SCHEMA.kinds]
    assert len(set(outlines)) == len(SCHEMA.kinds)
    assert list(KINDS) == [kind.label for kind in SCHEMA.kinds]
    assert all(abs(x) <= 1 and abs(y) <= 1 for outline in outlines for x, y in outline)


def test_everything_is_placed_apart_and_always_the_same() -> None:
    ids = [f"body:{number}" for number in range(120)]
    links = [(ids[number], ids[number // 3]) for number in range(1, 90)] + [(ids[1], ids[40]), (ids[2], ids[80])]
    places = force_layout(ids, links)
    assert list(places) != []
    assert places.keys() == set(ids)
    assert places == force_layout(ids, links)
    near = sum(hypot(a[0] - b[0], a[1] - b[1]) < 40 for a, b in combinations(places.values(), 2))
    assert near < 12
    assert force_layout([], []) == {}


def test_time_has_a_column_for_each_year_and_a_layer_for_each_stage() -> None:
    labels = {
        "inquiry:i": "Inquiry",
        "document:d": "Document",
        "decision:x": "Decision",
        "body:b": "Body",
        "place:p": "Place",
    }
    years = {"inquiry:i": 2013, "document:d": 2014, "decision:x": 2016, "body:b": None, "place:p": None}
    found = time_layout(labels, years, [("inquiry:i", "document:d"), ("decision:x", "body:b")])
    x = {identifier: place[0] for identifier, place in found.places.items()}
    y = {identifier: place[1] for identifier, place in found.places.items()}
    assert x["place:p"] < x["inquiry:i"] < x["document:d"] < x["decision:x"] == x["body:b"]
    assert y["inquiry:i"] < y["document:d"] < y["decision:x"] < y["body:b"]
    assert [year for year, _, _ in found.years] == [0, 2013, 2014, 2016]
    assert {label for _, labels_of in LAYERS for label in labels_of} == set(SCHEMA.by_label)


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://www.example.org/a", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https:///x", False),
        ("https://a b", False),
        ("java\nscript:alert(1)", False),
        ("https://[", False),
        (None, False),
    ],
)
def test_links_lead_to_the_web_only(address: str | None, is_safe: bool) -> None:
    assert safe_address(address) == (address if is_safe else None)


def test_json_in_a_page_closes_nothing() -> None:
    text = as_script({"a": "</script><!--&\u2028", "b": "é"})
    assert not any(character in text for character in "<>&\u2028")
    assert "é" in text
    with pytest.raises(ValueError, match="Out of range"):
        as_script({"a": float("nan")})
    assert without_controls({"a\u202e": ["b\x00c", 1, None]}) == {"a": ["bc", 1, None]}
