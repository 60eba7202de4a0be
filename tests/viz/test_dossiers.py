"""What pages say: dossiers, who was in charge, disputes, documents, sources, and where each of them leads."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx2
import pytest

from graph.loaders.catalogue import SourceCatalogue
from graph.settings import Settings
from reading import Page, read_page
from serving import serving
from viz.evidence import place_address

REPORT = "https://documents.example.org/first-report"
TODAY = datetime.now(UTC).date().isoformat()


def page_at(client: httpx2.Client, address: str, status: int = 200) -> Page:
    reply = client.get(address)
    assert reply.status_code == status, reply.text
    page = read_page(reply.text)
    assert page.strange == []
    return page


@pytest.mark.parametrize(
    ("url", "page", "anchor", "address"),
    [
        ("https://a.example/x", 3, "co-operate, now", "https://a.example/x#:~:text=co%2Doperate%2C%20now"),
        ("https://a.example/x", 3, None, "https://a.example/x"),
        ("https://a.example/x.pdf", 3, "words", "https://a.example/x.pdf#page=3"),
        ("https://a.example/X.PDF?v=1", "iv", "words", "https://a.example/X.PDF?v=1"),
        ("https://a.example/x#part", 3, "words", "https://a.example/x#part"),
        ("javascript:alert(1)", 3, "words", None),
        (None, 3, "words", None),
    ],
)
def test_a_place_is_led_to_as_closely_as_its_document_allows(
    url: str | None, page: object, anchor: str | None, address: str | None
) -> None:
    assert place_address(url, page, anchor) == address


def test_a_body_is_told_what_was_recommended_to_it_by_whom_and_what_came_of_it(client: httpx2.Client) -> None:
    page = page_at(client, "/entities/body:council")
    told = page.text.rpartition("The question : What was recommended to it")[0]
    for words in (
        "No. 1 Share records First inquiry Report of the first inquiry 2014-08-26 by name must act "
        "2015-02-10 Example Council: accepted",
        "No. 2 Train all staff",
        "partly done",
    ):
        assert words in told
    assert "/in-charge?body=body%3Acouncil&on=2014-08-26" in page.leading("who was")
    assert f"{REPORT}#:~:text=should%20share%20its%20records" in page.leading("Read it there")
    assert page.leading("JSON: What was recommended to it") == ["/v1/queries/body-recommendations?body=body%3Acouncil"]
    assert page.leading("Cypher: In office now") == ["/cypher?query=office-holders&body=body%3Acouncil"]
    assert page.leading("Explore what lies around it") == ["/explore?entity=body%3Acouncil"]
    assert "the loaded documents name nobody unknown" in page.text.rpartition("The question : In office now")[0]


def test_an_inquiry_shows_answers_actions_assessments_of_each_recommendation(client: httpx2.Client) -> None:
    page = page_at(client, "/entities/inquiry:first")
    table = page.text.partition("The question : What it recommended")[0].rpartition("No. 1")[2]
    first, _, second = table.partition("No. 2")
    assert "The council accepts recommendation 1 (position: accepted / position: rejected)" in first
    assert "none in the loaded documents" in second
    assert "Training for all staff (stage: begun)" in second
    assert "Example Parliament: 2016-05; partly done" in second


def test_what_documents_disagree_on_stands_side_by_side(client: httpx2.Client) -> None:
    for address in ("/entities/decision:answer-1", "/disputes", "/disputes?entity=decision:answer-1"):
        text = page_at(client, address).text
        dispute = text.partition("responds to Share records")[2]
        assert dispute.index("position: accepted") < dispute.index("Answer of the council") < dispute.index("rejected")
        assert "Debate on the answer" in dispute
    assert (
        "None. No checked claims of the loaded documents contradict"
        in page_at(client, "/disputes?entity=body:police").text
    )
    marked = page_at(client, "/entities/decision:answer-1").text.rpartition("All that documents say of it")[2]
    assert marked.count("documents disagree") == 2


def test_who_was_in_charge_is_certain_possible_or_unknown(client: httpx2.Client) -> None:
    def rows(address: str) -> str:
        return page_at(client, address).text.partition("which document says so, and where")[2].partition("The quest")[0]

    assert "Ada Example certain" in rows("/in-charge?body=Example Council&on=2014-08-26")
    assert "Ada Example possible" in rows("/in-charge?body=body:council&on=2003-06-01")
    assert "the loaded documents name nobody unknown" in rows("/in-charge?body=body:council&on=2016-01-01")
    assert "Example Council TARGETS Leader of the council Ada Example certain" in rows(
        "/in-charge?about=recommendation:first-1"
    )
    assert (
        "Unknown. No checked claim that is loaded names an office"
        in page_at(client, "/in-charge?body=body:police").text
    )
    for address, words in (
        ("/in-charge?body=Exampel Council&on=2014-08-26", "no Body is called"),
        ("/in-charge?body=body:council&on=2014", "takes a day"),
        ("/in-charge?about=body:council", "is a Body, not a Decision"),
        ("/in-charge?about=recommendation:first-1&body=body:council", "ask about a body on a day, or about"),
    ):
        assert words in page_at(client, address, 422).text


def test_a_permanent_link_keeps_the_times(client: httpx2.Client) -> None:
    page = page_at(client, "/queries/office-holders?office=office:leader&body=&valid_at=&limit=")
    (link,) = page.leading("Permanent link")
    assert f"&valid_at={TODAY}" in link
    assert "&recorded_at=2026-01-01T12" in link
    answered = page.text.partition("Answer")[2].partition("The question")[0]
    assert page_at(client, link).text.partition("Answer")[2].partition("The question")[0] == answered
    (link,) = page_at(client, "/entities/body:council?known_at=2014-12-31").leading("Permanent link")
    assert link.startswith("/entities/body%3Acouncil?known_at=2014-12-31&recorded_at=")


def test_documents_come_with_what_rests_on_them(client: httpx2.Client) -> None:
    page = page_at(client, "/documents")
    assert [text for address, text in page.links if address.startswith("/entities/document")] == [
        "Report of the first inquiry",
        "Debate on the answer",
        "Answer of the council",
    ]
    (impact, *_) = page.leading("What would fall with it")
    assert "Share records" in page_at(client, impact).text
    assert "What rests on it" in page_at(client, "/entities/document:first-report").text
    found = page_at(client, "/documents?q=debate")
    assert "1 found." in found.text
    assert page_at(client, "/documents?skip=2").text.count("What would fall with it") == 1


def test_sources_are_named_with_licence_and_attribution(client: httpx2.Client) -> None:
    text = page_at(client, "/sources").text
    for source in SourceCatalogue():
        assert source.licence in text
        assert " ".join(source.attribution.split()) in text
    assert "facts.yaml 2026-01-01T12:00:00Z" in text


def test_pages_say_where_mistakes_are_told(client: httpx2.Client, settings: Settings) -> None:
    assert page_at(client, "/about").leading("Tell a mistake") == ["/about#corrections"]
    for given, address in (("a@b.example", "mailto:a@b.example"), ("https://b.example/x", "https://b.example/x")):
        with serving(settings.model_copy(update={"corrections": given})) as other:
            page = page_at(other, "/about")
            assert page.leading("Tell a mistake") == [address]
            assert given in page.text.partition("Corrections")[2]


def test_every_page_is_led_to_from_every_other(client: httpx2.Client) -> None:
    ways = {address for address, _ in page_at(client, "/about").links if address.startswith("/")}
    assert {"/", "/in-charge", "/disputes", "/documents", "/queries", "/cypher", "/sources"} <= ways
    for address in sorted(ways):
        assert client.get(address).status_code == 200, address
