"""A bulk load and the batched writer make the same graph, down to the last property."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from benchmarks.generator import generate_claims
from graph.commands.bulk import load_alone, load_together
from graph.commands.load import Allowed, seed_requests, write_requests
from graph.commands.sources import load_sources
from graph.errors import LoadRefused
from graph.loaders.catalogue import SourceCatalogue
from graph.loaders.judgements import read_judgements
from graph.schema import Claim, DocumentVersion, GivenDates, Source, make_claim
from graph.schema.loads import Closing, LoadInput, LoadRequest
from graph.settings import Settings
from graph.store.bulk import BulkLoad, Unsuited
from graph.store.connection import Connection, connect
from graph.store.digest import graph_digest
from graph.store.integrity import check_graph
from graph.store.local import LocalServer
from graph.store.writer import LoadReport, write_load

BEGIN = datetime(2026, 1, 1, 12, tzinfo=UTC)
EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS"


@pytest.fixture(scope="module")
def own_settings(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A server of its own, since a bulk load starts it anew."""
    mine = settings.model_copy(update={"data_dir": tmp_path_factory.mktemp("bulk") / "data", "bulk": "on"})
    yield mine
    LocalServer(mine).down()


@pytest.fixture
def other(own_settings: Settings) -> Iterator[Connection]:
    with connect(own_settings) as connection:
        connection.execute(EMPTY)
        yield connection


def clock(day: int) -> Callable[[], datetime]:
    return lambda: BEGIN + timedelta(days=day)


def request(
    name: str, source: str, claims: list[Claim], *, closings: tuple[Closing, ...] = (), versions: bool = True
) -> LoadRequest:
    inputs = (LoadInput(name=name, sha256="0" * 64),)
    given = {VERSIONS[claim.citations[0].version] for claim in claims if claim.citations[0].version in VERSIONS}
    return LoadRequest(
        "test",
        source,
        inputs,
        claims,
        closings=closings,
        versions=tuple(sorted(given, key=lambda version: version.id)) if versions else (),
    )


def version(document: str, published: str, sha256: str | None = None) -> DocumentVersion:
    return DocumentVersion(document=document, published=published, sha256=sha256)


VERSIONS = {
    v.id: v
    for v in (
        version("document:a", "2020-01-01"),
        version("document:a", "2021-01-01", "b" * 64),
        version("document:b", "2020-06", "c" * 64),
    )
}
ODD = (
    'a "quoted" name, with a comma',
    "one\nline\tand another",
    "back\\slash and 'quote' ; semicolon",
    "  spaces around  ",
    "Ünïcode – “curly” 名 🙂",
    "=1+1",
    "null",
    "&",
)


def odd_claims() -> list[Claim]:
    """Values that a CSV file could garble."""
    source = Source(document="document:odd", published="2020")
    claims = [
        make_claim(
            f"body:odd-{number}", predicate, source=source, value=text, locator=f'row {number}, "{text.strip()}"'
        )
        for number, text in enumerate(ODD)
        for predicate in ("name", "other_name")
    ]
    more = [
        ("value", "1"), ("value", "1.5"), ("value", "-0.25"), ("value", "9007199254740992"), ("unit", "1"),
    ]  # fmt: skip
    claims += [
        make_claim(f"observation:odd-{number}", predicate, source=source, value=value, locator=f"row {number}", bound=b)
        for number, (predicate, value) in enumerate(more)
        for b in (("exact", "about", "at_least", "at_most") if predicate == "value" else ("exact",))
    ]
    claims.append(
        make_claim(
            "decision:odd", "RESPONDS_TO", source=source, target="recommendation:odd", said_by="person:odd",
            qualifiers={"position": "accepted", "count": 19, "of": 20}, locator="page 1", page=7, anchor="as it says",
        )
    )  # fmt: skip
    claims.append(
        make_claim("body:odd-0", "PART_OF", source=source, target="body:odd-1", review="unchecked", deprecated="no")
    )
    return claims


def some_claim(key: str, draw: random.Random) -> Claim:
    """One of the claims of a history; what does not make it another claim is drawn anew each time."""
    source = Source(
        document=draw.choice(("document:a", "document:a", "document:b")),
        is_register=draw.random() < 0.5,
        version=draw.choice([*VERSIONS.values(), None]),
    )
    if source.version is not None:
        source = source.model_copy(update={"document": source.version.document})
    what = draw.randrange(6)
    more = {
        "source": source,
        "locator": f"row {draw.randrange(3)}",
        "record_key": str(draw.randrange(2)),
        "method": draw.choice(("structured", "structured", "reading")),
        "anchor": draw.choice((None, None, "these words")),
    }
    if what == 0:
        return make_claim(f"body:{key}", "name", value=draw.choice(("One", "Two")), **more)
    if what == 1:
        dates = GivenDates(since=draw.choice(("2001", "2003-05", None)), until=draw.choice((None, "2009")))
        return make_claim(f"person:{key}", "HELD", target=f"office:{key}", dates=dates, **more)
    if what == 2:
        return make_claim(f"office:{key}", "OFFICE_OF", target=f"body:{key}-{draw.randrange(2)}", **more)
    if what == 3:
        qualifiers = {"role": draw.choice(("must_act", "consulted"))}
        return make_claim(f"recommendation:{key}", "TARGETS", target=f"body:{key}", qualifiers=qualifiers, **more)
    if what == 4:
        return make_claim(f"observation:{key}", "value", value=draw.choice(("700", "717")), **more)
    return make_claim(f"body:{key}", "identifier", value=f"test:{draw.randrange(2)}", **more)


def claims_of(draw: random.Random, histories: int, most: int = 8) -> list[Claim]:
    return [some_claim(f"h{number}", draw) for number in range(histories) for _ in range(draw.randrange(most))]


def history(connection: Connection, seed: int, histories: int) -> None:
    """Loads of two sources, again and otherwise, with withdrawals and redactions, by the batched writer."""
    draw = random.Random(seed)
    for day, source in enumerate(("first", "second", "first", "first", "second")):
        claims = claims_of(draw, histories)
        some = sorted({claim.id for claim in claims})
        closings = tuple(
            Closing(claim=claim, reason=draw.choice(("our_error", "redacted")), note="asked for")
            for claim in draw.sample(some, len(some) // 20)
        )
        write_load(
            connection,
            request(f"{source} {day}", source, claims, closings=closings if day else ()),
            now=clock(day),
            accept_shrinkage=True,
        )


def by_batches(connection: Connection, requests: list[LoadRequest]) -> list[LoadReport]:
    return [write_load(connection, item, now=clock(10 + number)) for number, item in enumerate(requests)]


def days_from(first: int) -> Callable[[], datetime]:
    """Each time asked it is a day later."""
    days = count(first)
    return lambda: BEGIN + timedelta(days=next(days))


def changes(report: LoadReport) -> dict[str, object]:
    return report.model_dump(exclude={"refreshed"})


BothWays = Callable[[int, int, int], None]


@pytest.fixture
def both_ways(clean_graph: Connection, settings: Settings, digest_of_csv: Callable[..., str]) -> BothWays:
    """Compare what would be imported with what the batches write, after a history.

    The new loads make claims that are there, closed, redacted, read otherwise, cited in another version, or that they
    make twice.
    """
    return lambda seed, histories, processes: compare(clean_graph, settings, digest_of_csv, seed, histories, processes)


def compare(
    connection: Connection,
    settings: Settings,
    digest_of_csv: Callable[..., str],
    seed: int,
    histories: int,
    processes: int,
) -> None:
    history(connection, seed, histories)
    draw = random.Random(seed + 100)
    requests = [request(source, source, claims_of(draw, 4 * histories // 3)) for source in ("third", "fourth", "fifth")]
    requests += [request("odd", "odd", odd_claims()), request("generated", "generated", list(generate_claims(2_000)))]
    with BulkLoad(connection, settings, now=days_from(10), processes=processes) as bulk:
        for item in requests:
            bulk.add(item)
        built = bulk.build()
        digest = digest_of_csv(built.folder, built.shapes)
    batched = by_batches(connection, requests)
    assert list(map(changes, built.reports)) == list(map(changes, batched))
    for name in ("unchanged", "returned", "renewed", "cited_again"):
        assert sum(getattr(report, name) for report in batched) > 0
    assert digest == graph_digest(connection)


@pytest.mark.parametrize(("seed", "processes"), [(1, 1), (2, 2)])
def test_new_sources_on_top_of_a_history(seed: int, processes: int, both_ways: BothWays) -> None:
    both_ways(seed, 60, processes)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3, 9))
def test_more_histories(seed: int, both_ways: BothWays) -> None:
    both_ways(seed, 600, 2)


@pytest.mark.fuzz
def test_a_new_store_is_the_same_graph(clean_graph: Connection, other: Connection, own_settings: Settings) -> None:
    for connection in (clean_graph, other):
        history(connection, 1, 10)
    requests = [request("third", "third", claims_of(random.Random(9), 20)), request("odd", "odd", odd_claims())]
    requests += [request("generated", "generated", list(generate_claims(2_000)))]
    by_batches(clean_graph, requests)
    with BulkLoad(other, own_settings, now=days_from(10)) as bulk:
        for item in requests:
            bulk.add(item)
        bulk.finish()
    assert graph_digest(other) == graph_digest(clean_graph)
    assert list(check_graph(other)) == []
    # Times are kept with their zone, as the driver writes them.
    zones = (
        "MATCH (n:Load|Claim) UNWIND [n.recorded_at, n.retracted_at, n.finished_at] AS moment "
        "WITH labels(n) AS labels, moment WHERE moment IS NOT NULL "
        "RETURN DISTINCT labels, right(toString(moment), 5) AS zone ORDER BY labels, zone"
    )
    assert other.read(zones) == clean_graph.read(zones)


def test_what_does_not_fit_is_refused_and_changes_nothing(
    other: Connection, own_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = claims_of(random.Random(3), 20)
    write_load(other, request("one", "one", claims), now=clock(0))
    before = graph_digest(other)
    closing = Closing(claim=claims[0].id, reason="our_error")
    for wrong, words in (
        (request("again", "one", claims), "one was loaded before"),
        (request("two", "two", claims, closings=(closing,)), "two ends claims"),
    ):
        with pytest.raises(Unsuited, match=words), BulkLoad(other, own_settings) as bulk:
            bulk.add(wrong)
    other.write("CREATE (:Stranger)")
    with pytest.raises(Unsuited, match="nodes that no load made"), BulkLoad(other, own_settings):
        pass
    assert load_alone(other, own_settings, request("two", "two", claims)) is None
    assert "the load goes on in batches: the graph holds nodes that no load made" in capsys.readouterr().err
    other.write("MATCH (n:Stranger) DELETE n")
    assert graph_digest(other) == before
    assert not (own_settings.data_dir / "bulk").exists()


def test_a_load_that_wrote_meanwhile_is_kept(other: Connection, own_settings: Settings) -> None:
    claims = claims_of(random.Random(4), 20)
    with BulkLoad(other, own_settings) as bulk:
        bulk.add(request("one", "one", claims))
        write_load(other, request("two", "two", claims), now=clock(0))
        with pytest.raises(Unsuited, match="another load wrote"):
            bulk.finish()
    assert [row["source"] for row in other.read("MATCH (l:Load) RETURN l.source AS source")] == ["two"]
    assert list(check_graph(other)) == []


def test_a_load_that_is_at_work_when_a_bulk_load_ends_is_neither_lost_nor_half_there(
    other: Connection, own_settings: Settings
) -> None:
    claims = claims_of(random.Random(4), 20)

    class Slow:
        def __iter__(self) -> Iterator[Claim]:
            with pytest.raises(Unsuited, match="another load wrote"):
                bulk.finish()
            yield from claims

    with BulkLoad(other, own_settings) as bulk:
        bulk.add(request("one", "one", claims))
        with pytest.raises(LoadRefused, match="took over"):
            write_load(
                other, LoadRequest("test", "two", (LoadInput(name="two", sha256="0" * 64),), Slow()), now=clock(0)
            )
    assert other.read("MATCH (l:Load) RETURN l.status AS status") == [{"status": "broken off"}]
    assert write_load(other, request("two", "two", claims), now=clock(1)).outcome == "loaded"
    assert list(check_graph(other)) == []


@pytest.mark.soak
def test_seeds_and_all_real_sources(
    clean_graph: Connection, settings: Settings, other: Connection, own_settings: Settings, shared_data: Path
) -> None:
    """The loads of one way are also those that the other one recognises."""
    names = [source.name for source in SourceCatalogue()]
    batches = settings.model_copy(update={"bulk": "off"})
    judged = read_judgements(settings.judgements_folder)
    write_requests(clean_graph, batches, seed_requests(judged=judged))
    load_sources(clean_graph, batches, names, shared_data)
    seeds = list(seed_requests(judged=judged))
    loaded = load_together(other, own_settings, seeds, names, shared_data, judged=judged, as_at=None, allowed=Allowed())
    assert loaded is not None
    clocks = frozenset({"recorded_at", "until_recorded", "retracted_at"})
    assert graph_digest(other, leave_out=clocks) == graph_digest(clean_graph, leave_out=clocks)
    assert list(check_graph(other)) == []
    again = load_sources(other, own_settings, names, shared_data)
    assert {report.load.outcome for report in again} == {"unchanged"}
