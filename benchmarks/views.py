"""Views in Chromium, beside the page that pyvis makes of the same graph, and the time in which a server builds one.

pyvis's own page asks other machines for styles; these requests are refused here, which it bears.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import httpx2
import networkx as nx
import pyvis.network

from benchmarks.bulk import stream_request
from benchmarks.generator import GOVERNMENT, INQUIRY, KEY
from benchmarks.results import Result
from benchmarks.server import fresh_server, serving_command
from graph.queries.lines import Line, Place, Said
from graph.queries.subgraph import Cited, Shown, Subgraph
from graph.schema.dates import Bounds, TimeClass
from graph.store.bulk import BulkLoad
from viz.force import force_layout
from viz.network import Network

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from browsing import chromium  # of the tests' support, which stands in no package

__all__ = ["measure_drawing", "measure_serving_views"]

_LONGEST: Final = 60.0
"""Seconds after which a page that has drawn nothing is given up; its time then counts as this."""
_GOALS: Final = {150: 0.8, 1_000: 1.0, 2_000: 1.5, 5_000: 3.0}
"""Seconds until the first picture, by the number of entities."""
_AT_ONCE: Final = 150.0
"""Milliseconds in which what somebody does is to be seen."""
_SMOOTH: Final = 30.0
"""Frames a second."""
_BUILT: Final = 300.0
"""Milliseconds in which a server has a view."""
_RUNS: Final = 7
_WARMING: Final = 75.0
"""Seconds: so long Neo4j plans the named queries after a start, which takes one of two processors."""
_LARGEST_OF_NETWORKX: Final = 400
"""Entities; from 500 its layout wants a package that nothing else here needs."""
_KINDS: Final = ("inquiry", "document", "recommendation", "decision", "body", "office", "person")
_FIRST_DRAWING: Final = """
(() => {
  const note = () => requestAnimationFrame(() => { window.drawnAfter ??= performance.now(); });
  const ours = new MutationObserver(() => { if (document.documentElement?.dataset.ready === "yes") note(); });
  ours.observe(document, { subtree: true, attributes: true, attributeFilter: ["data-ready"] });
  const theirs = () => {
    if (typeof network !== "undefined" && network?.once) network.once("afterDrawing", note);
    else requestAnimationFrame(theirs);
  };
  theirs();
})();
"""
"""Ours says when it has drawn; the page of pyvis shows nothing before physics has come to rest."""
_TIMED: Final = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  await frame();
  const begun = performance.now();
  await (WORK)();
  await frame();
  return performance.now() - begun;
}"""
_COUNTING: Final = """() => {
  const begun = performance.now();
  let frames = 0;
  const count = () => {
    frames += 1;
    window.frameRate = frames / ((performance.now() - begun) / 1000);
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
}"""


def measure_drawing(sizes: tuple[int, ...]) -> list[Result]:
    """The first picture, the size of the file and the layout, at each size."""
    return [*_layouts(sizes), *_pages(sizes)]


def _layouts(sizes: tuple[int, ...]) -> Iterator[Result]:
    for size in (*sizes[:1], _LARGEST_OF_NETWORKX, *sizes[1:]):
        graph = nx.barabasi_albert_graph(size, 2, seed=1)
        ids = [f"body:n{number}" for number in graph]
        links = [(ids[one], ids[other]) for one, other in graph.edges]
        ours = _milliseconds(lambda ids=ids, links=links: force_layout(ids, links))
        if size <= _LARGEST_OF_NETWORKX:
            peer = _milliseconds(lambda graph=graph: nx.spring_layout(graph, seed=1))
            yield Result(f"layout, {size:,} entities, by networkx's own", "ms", ours, peer)
        else:
            yield Result(f"layout, {size:,} entities, by a second", "ms", ours, 1_000)


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def _pages(sizes: tuple[int, ...]) -> Iterator[Result]:
    with TemporaryDirectory(prefix="benchmark-") as folder, chromium() as browser:
        for size in sizes:
            subgraph = _invented(size)
            ours, theirs = Path(folder) / f"ours-{size}.html", Path(folder) / f"pyvis-{size}.html"
            Network.of(subgraph, "Invented").write_html(str(ours))
            theirs.write_text(_of_pyvis(subgraph), encoding="utf-8")
            drawn = median(_first_drawing(browser, ours) for _ in range(3))
            peer = _first_drawing(browser, theirs)
            note = f" (given up after {_LONGEST:.0f} s)" if peer >= _LONGEST else ""
            yield Result(f"first picture, {size:,} entities, by pyvis's own page{note}", "s", drawn, peer)
            yield Result(f"first picture, {size:,} entities, by the goal", "s", drawn, _GOALS[size], at_most=1)
            megabytes = ours.stat().st_size / 1e6, theirs.stat().st_size / 1e6
            yield Result(f"saved file with all evidence, {size:,} entities, by pyvis's own without", "MB", *megabytes)


def _first_drawing(browser: Any, file: Path) -> float:
    """Seconds from the beginning of the navigation."""
    # Without the page's policy, which refuses the evaluations by which one waits for it.
    with browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True) as context:
        context.route("http*://**", lambda route: route.abort())
        context.add_init_script(_FIRST_DRAWING)
        page = context.new_page()
        page.goto(file.as_uri(), wait_until="commit")
        try:
            page.wait_for_function("window.drawnAfter !== undefined", timeout=1000 * _LONGEST)
        except Exception:  # noqa: BLE001  # playwright's own has no public base
            return _LONGEST
        return float(page.evaluate("window.drawnAfter")) / 1000


def _of_pyvis(subgraph: Subgraph) -> str:
    peer = pyvis.network.Network(height="900px", width="100%", directed=True, cdn_resources="in_line")
    for entity in subgraph.entities:
        peer.add_node(entity.id, label=entity.name, title=entity.summary)
    for line in subgraph.relationships:
        peer.add_edge(line.subject, line.object, title=line.predicate)
    return str(peer.generate_html())


def measure_serving_views(claims: int) -> list[Result]:
    """How long a server takes for a view, and what somebody does takes on one of 1,500 entities."""
    with fresh_server() as (connection, settings):
        with BulkLoad(connection, settings) as bulk:
            bulk.add(stream_request(claims))
            bulk.finish()
        with serving_command(settings) as served:
            return [*_built(served.address, claims), *_done(served.address)]


def _built(address: str, claims: int) -> Iterator[Result]:
    begins = {"an inquiry": INQUIRY, "a council": f"body:{KEY}-council", "the government": GOVERNMENT}
    with httpx2.Client(base_url=address, timeout=120) as client:
        warm = time.perf_counter() + _WARMING
        while time.perf_counter() < warm:
            client.get("/explore", params={"entity": INQUIRY}).raise_for_status()
        for what, entity in begins.items():
            taken = []
            for run in range(_RUNS + 3):
                begun = time.perf_counter()
                client.get("/explore", params={"entity": entity}).raise_for_status()
                if run >= 3:
                    taken.append(1000 * (time.perf_counter() - begun))
            yield Result(
                f"a view of 150 around {what}, {claims:,} claims, by the goal", "ms", median(taken), _BUILT, at_most=1
            )


def _done(address: str) -> Iterator[Result]:
    with (
        chromium() as browser,
        browser.new_context(viewport={"width": 1440, "height": 900}) as context,
    ):
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{address}/explore?entity={GOVERNMENT}&limit=1450")
        page.wait_for_selector("html[data-ready=yes]", state="attached")
        ids = page.evaluate("[...inquiryView.shown().entities]")
        works = {
            "select": [f"() => inquiryView.select({entity!r})" for entity in ids[10 : 10 + _RUNS]],
            "filter": [
                f"() => inquiryView.change((state) => {{ state.kinds = {kinds}; }})"
                for kinds in (["Document"], [], ["Decision"], [], ["Person", "Office"], [])
            ],
            "path": [
                f"() => {{ inquiryView.way({ids[3]!r}); inquiryView.way({entity!r}); }}" for entity in ids[-_RUNS:]
            ],
            "expand": [f"() => inquiryView.expand({entity!r})" for entity in ids[-_RUNS:]],
        }
        for what, given in works.items():
            taken = [float(page.evaluate(_TIMED.replace("WORK", work))) for work in given]
            yield Result(f"{what}, {len(ids):,} entities, by the goal", "ms", median(taken), _AT_ONCE, at_most=1)
        page.evaluate("inquiryView.clear()")
        yield Result(
            f"dragging the picture, {len(ids):,} entities, by the goal",
            "frames a second",
            _drag(page),
            _SMOOTH,
            at_least=1,
        )


def _drag(page: Any) -> float:
    """Frames a second while the picture is dragged by a corner in which nothing lies."""
    page.mouse.move(300, 120)
    page.mouse.down()
    page.evaluate(_COUNTING)
    for step in range(120):
        page.mouse.move(300 + step, 120 + step // 2)
    rate = float(page.evaluate("window.frameRate"))
    page.mouse.up()
    return rate


def _invented(size: int) -> Subgraph:
    """A graph in which few have many relationships, two for each entity, each with its evidence."""
    graph = nx.barabasi_albert_graph(size, 2, seed=1)
    ids = [f"{_KINDS[number % len(_KINDS)]}:n{number}" for number in graph]
    day = date(2020, 1, 1)
    entities = [
        Shown(
            id=one, name=f"Entity {number} with a name of usual length", label=one.partition(":")[0].title(),
            sub_kind=None, summary="What it is, in some words.", is_unchecked=False, relationships=4, values=[],
        )
        for number, one in enumerate(ids)
    ]  # fmt: skip
    lines = []
    for number, (one, other) in enumerate(graph.edges):
        place = Place(document="document:d", locator=f"page {number}", page=number, anchor="some words", version=None)
        said = Said(
            id=f"claim:{number}", subject=ids[one], predicate="CONCERNS", object=ids[other], value=None, qualifiers={},
            dates="", bounds=Bounds(day, day, day, day), known_by=day, is_register=False,
            recorded_at="2020-01-01T00:00:00Z", method="curated", review="checked", said_by=None, places=(place,),
            rivals=(),
        )  # fmt: skip
        lines.append(
            Line(
                id=said.id, subject=said.subject, predicate=said.predicate, object=ids[other],
                time_class=TimeClass.TIMELESS, bounds=None, known_by=day, documents=1, is_reading=False,
                is_disputed=False, is_unchecked=False, claims=(said,),
            )
        )  # fmt: skip
    return Subgraph(
        seeds=[ids[0]], entities=entities, relationships=lines, rivals={}, names={},
        documents={"document:d": Cited(title="A document", url="https://documents.example.org/d")}, chosen="All.",
        limit=size, total=size, truncated=False, left_out={"unchecked": 0, "relation": "eq"}, times={},
    )  # fmt: skip
