"""Pages as a reader finds them: texts, links, and everything in them that could do something."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["Page", "read_page"]

_QUIET = {
    "a", "body", "button", "caption", "circle", "datalist", "dd", "details", "div", "dl", "dt", "fieldset", "footer",
    "form", "h1", "h2", "h3", "head", "header", "html", "input", "label", "legend", "li", "link", "main", "meta", "nav",
    "option", "p", "polygon", "pre", "q", "script", "section", "select", "span", "strong", "summary", "svg", "table",
    "tbody", "td", "textarea", "th", "thead", "title", "tr", "ul",
}  # fmt: skip
"""The elements of our own templates; none of them but `script` does anything by itself."""


@dataclass
class Page(HTMLParser):
    """What stands in a page."""

    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    """Address and text of each link, in their order."""
    scripts: list[str | None] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    """Elements and attributes that none of our templates has, and addresses that are none of the web."""

    def __post_init__(self) -> None:
        super().__init__()
        self._link: str | None = None
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.text += " "
        if tag not in _QUIET:
            self.strange.append(tag)
        self.strange += [f"{tag} {name}" for name, _ in attrs if name.startswith("on") or name in {"style", "srcdoc"}]
        address = given.get("href") or given.get("action") or given.get("src") or "/"
        if not address.startswith(("/", "#", "https://", "http://", "mailto:", "data:,")) or address.startswith("//"):
            self.strange.append(f"{tag} to {address}")
        if tag == "script":
            self.scripts.append(given.get("src") or given.get("type"))
        if tag == "a":
            self._link, self._words = given.get("href"), ""

    def handle_endtag(self, tag: str) -> None:
        self.text += " "
        if tag == "a" and self._link is not None:
            self.links.append((self._link, " ".join(self._words.split())))
            self._link = None

    def handle_data(self, data: str) -> None:
        self.text += data
        self._words += data

    def leading(self, words: str) -> list[str]:
        """Addresses of the links with these words."""
        return [address for address, text in self.links if text == words or text.startswith(f"{words}:")]


def read_page(html: str) -> Page:
    """The page that `html` is."""
    page = Page()
    page.feed(html)
    page.close()
    page.text = " ".join(page.text.split())
    return page
