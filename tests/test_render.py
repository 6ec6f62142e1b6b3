"""Contexts become files: escaped, complete, and only where something changed."""

import base64
import hashlib
from collections.abc import Callable, Iterator

import jinja2
import msgspec
import pytest
from jinja2 import meta, nodes

from kith import assets
from kith.pages import Asset, Page
from kith.pages.advice import AdvicePage
from kith.pages.contact import ContactPage
from kith.pages.contacts import Contacts
from kith.pages.diary import Diary
from kith.pages.insights import Insights
from kith.pages.meetings import MeetingPage, Meetings
from kith.pages.network import Network
from kith.pages.organizations import OrganizationPage, Organizations
from kith.pages.paths import PathPage, Paths
from kith.pages.pocket import Pocket
from kith.pages.problems import Problems
from kith.pages.public import Public
from kith.pages.questions import QuestionPage, Questions
from kith.pages.runsheet import RunSheet
from kith.pages.search import Search
from kith.pages.tags import TagPage, Tags
from kith.pages.today import Today
from kith.render import Preview, Site, make_environment, render_page
from tests.site.small import JOURNAL, pages_of, public_pages_of, tree_of

TEMPLATES = assets.template_files()
CONTEXTS: dict[str, type[msgspec.Struct]] = {
    "advice.html": AdvicePage,
    "contact.html": ContactPage,
    "contacts.html": Contacts,
    "insights.html": Insights,
    "journal.html": Diary,
    "meeting.html": MeetingPage,
    "meetings.html": Meetings,
    "network.html": Network,
    "organization.html": OrganizationPage,
    "organizations.html": Organizations,
    "path.html": PathPage,
    "paths.html": Paths,
    "pocket.html": Pocket,
    "problems.html": Problems,
    "public.html": Public,
    "question.html": QuestionPage,
    "questions.html": Questions,
    "runsheet.html": RunSheet,
    "search.html": Search,
    "tag.html": TagPage,
    "tags.html": Tags,
    "today.html": Today,
}
POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file:; "
    "form-action 'self' file:; base-uri 'none'"
)


class Greeting(msgspec.Struct, frozen=True):
    """A context to try the machinery with."""

    name: str


def page(template: str = "a.html", key: str = "k", context: object = Greeting("<b>")) -> Page:
    """Return a page at `a.html`."""
    return Page("a.html", template, lambda: key, lambda: context)


def test_text_is_escaped_and_folders_are_copied() -> None:
    files = {"templates/a.html": b'<p title="{{ name }}">{{ name }}</p>', "css/a.css": b"p {}", "README.md": b"read"}
    assert Site([page()], files) == {
        "a.html": b'<p title="&lt;b&gt;">&lt;b&gt;</p>',
        "css/a.css": b"p {}",
    }


def test_an_asset_is_written_as_it_is() -> None:
    assert Site([page("", context=Asset(b"<&>"))], {}) == {"a.html": b"<&>"}


def test_a_name_that_the_context_lacks_is_an_error() -> None:
    environment = make_environment({"templates/a.html": b"{{ nmae }}"})
    with pytest.raises(jinja2.UndefinedError, match="nmae"):
        render_page(page(), environment)


def test_a_page_has_another_version_when_what_it_shows_or_a_template_changed() -> None:
    files = {"templates/a.html": b"{{ name }}", "css/a.css": b"p {}"}
    never = Page("a.html", "a.html", lambda: "k", lambda: pytest.fail("composed"))
    versions = Site([never], files, {"attachments/map.png": b"map"}).versions
    assert set(versions) == {"a.html"}
    assert Site([page()], {**files, "css/a.css": b"p { }"}).versions == versions
    assert Site([page(key="other")], files).versions != versions
    assert Site([page()], {**files, "templates/a.html": b"Dear {{ name }}"}).versions != versions


def test_a_preview_renders_what_is_looked_at_and_only_once() -> None:
    files = {"templates/a.html": b"{{ name }}", "css/a.css": b"p {}"}
    never = Page("b.html", "a.html", lambda: "b", lambda: pytest.fail("nobody looked at it"))
    first = Preview([page(), never], files, {"attachments/map.png": b"map"})
    assert set(first) == {"a.html", "b.html", "css/a.css", "attachments/map.png"}
    assert len(first) == 4
    assert "b.html" in first
    assert "c.html" not in first
    assert first["a.html"] == b"&lt;b&gt;"
    assert (first["css/a.css"], first["attachments/map.png"]) == (b"p {}", b"map")
    again = Page("a.html", "a.html", lambda: "k", lambda: pytest.fail("composed again"))
    assert Preview([again], files, {}, first)["a.html"] == b"&lt;b&gt;"
    assert Preview([page(key="other", context=Greeting("new"))], files, {}, first)["a.html"] == b"new"
    assert Preview([page()], {"templates/a.html": b"Dear {{ name }}"}, {}, first)["a.html"] == b"Dear &lt;b&gt;"
    assert Preview([never], files, {}, first).rendered == {}  # a page that is gone is not kept


def test_two_builds_are_the_same_bytes() -> None:
    first, second = (Site(pages_of(JOURNAL).values(), TEMPLATES) for _ in range(2))
    assert first == second


# --- templates and contexts ------------------------------------------------------------------------------------------


def test_each_template_of_a_page_has_its_context() -> None:
    made = (*pages_of(JOURNAL).values(), *public_pages_of(JOURNAL).values())
    used = {page.template: type(page.context()) for page in made if page.template}
    assert used == CONTEXTS


def names_used(template: str, environment: jinja2.Environment) -> Iterator[str]:
    """Yield the names that a template and those it extends take from the context."""
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, template)
    tree = environment.parse(source)
    made = {node.target for node in tree.find_all(nodes.Import)} | {node.name for node in tree.find_all(nodes.Macro)}
    inherited = {"parts"}  # the frame imports these macros for all
    yield from meta.find_undeclared_variables(tree) - made - inherited
    for other in tree.find_all(nodes.Extends):
        assert isinstance(other.template, nodes.Const)
        yield from names_used(other.template.value, environment)


@pytest.mark.parametrize("template", sorted(CONTEXTS))
def test_a_template_shows_exactly_the_fields_of_its_context(template: str) -> None:
    used = set(names_used(template, make_environment(TEMPLATES)))
    assert used == set(CONTEXTS[template].__struct_fields__)


def structs(kind: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    """Yield a context and all structs inside it."""
    yield kind
    for field in msgspec.inspect.type_info(kind).fields:  # type: ignore[attr-defined]  # of a struct, there are fields
        yield from structs_in(field.type)


def structs_in(info: object) -> Iterator[type[msgspec.Struct]]:
    """Yield the structs of a field's type."""
    if isinstance(info, msgspec.inspect.StructType):
        yield from structs(info.cls)
    for name in ("item_type", "types"):
        for part in value if isinstance(value := getattr(info, name, ()), tuple) else (value,):
            yield from structs_in(part)


@pytest.mark.parametrize("template", sorted(CONTEXTS))
def test_contexts_are_frozen_and_documented(template: str) -> None:
    for kind in structs(CONTEXTS[template]):
        assert kind.__struct_config__.frozen, kind
        assert kind.__doc__, kind
        assert "Struct" not in kind.__doc__


# --- every page ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    """Return the HTML of the small journal, what is framed alike: all but the file for the phone."""
    made = pages_of(JOURNAL)
    site = Site(made.values(), TEMPLATES)
    return {
        address: site[address].decode()
        for address, page in made.items()
        if address.endswith(".html") and page.template != "pocket.html"
    }


def test_the_file_for_the_phone_needs_no_other() -> None:
    html = Site(pages_of(JOURNAL).values(), TEMPLATES)["pocket.html"].decode()
    tree_of(html)
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"content=\"default-src 'none'; style-src 'sha256-{digest}'; form-action 'none'; base-uri 'none'\"" in html
    links = [part.partition('"')[0] for part in html.split(' href="')[1:]]
    assert links
    assert all(link.startswith(("tel:", "mailto:", "https:")) for link in links)
    for forbidden in ("<script", " src=", "url(", "@import", " style="):
        assert forbidden not in html


def test_pages_are_whole(site: dict[str, str]) -> None:
    for address, html in site.items():
        tree = tree_of(html)  # fails where elements do not nest
        lines = [line.strip().split(" ")[0] for line in tree.splitlines()]
        assert html.startswith('<!doctype html>\n<html lang="en">'), address
        assert lines.count("h1") == lines.count("main") == lines.count("nav") == html.count("<title>") == 1, address
        assert 'href="#main"' in html
        assert " – " not in html.partition("<title>")[2][:5]


def test_pages_forbid_what_they_do_not_need(site: dict[str, str]) -> None:
    for address, html in site.items():
        assert f'http-equiv="Content-Security-Policy" content="{POLICY}"' in html
        assert '<meta name="referrer" content="no-referrer">' in html
        for forbidden in (" style=", "<style", " onclick=", " onload=", "<script>", 'type="module"', "http:"):
            assert forbidden not in html.replace("http-equiv", ""), (address, forbidden)


def test_the_current_section_is_marked(site: dict[str, str]) -> None:
    assert site["index.html"].count('aria-current="page"') == 1
    assert '<a href="../contacts.html" aria-current="true">Contacts</a>' in site["contacts/sam.html"]
    assert "aria-current" not in site["search.html"]


def test_ids_are_unique_on_each_page(site: dict[str, str]) -> None:
    for address, html in site.items():
        ids = [part.partition('"')[0] for part in html.split(' id="')[1:]]
        assert len(ids) == len(set(ids)), address


def test_day_and_counts_stand_on_today_alone(site: dict[str, str]) -> None:
    for address, html in site.items():
        assert ("Built from" in html) == (address == "index.html")
        assert ("Problems:" in html) == (address == "index.html")


@pytest.mark.parametrize(
    "name",
    [
        *("index", "journal", "contacts/dana-lee", "meetings/2026-11-03-dana-lee", "paths/pa", "problems"),
        *("questions", "questions/what-does-an-ordinary-day-look-like", "advice", "network", "insights"),
        "sheets/2026-11-23-priya",
    ],
)
def test_snapshots(name: str, site: dict[str, str], snapshot: Callable[[str, str], None]) -> None:
    snapshot(f"site/{name}.html", site[f"{name}.html"])
    snapshot(f"site/{name}.txt", tree_of(site[f"{name}.html"]))
