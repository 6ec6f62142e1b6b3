"""Each page's view of the journal: where links lead from where it lies, prose as HTML, what surrounds it, its key."""

from collections.abc import Callable, Iterable, Mapping

import msgspec
from markupsafe import Markup

from kith import markdown
from kith.load import fold_name
from kith.model import AnyNote, Reference
from kith.pages.address import relative_href, root_of, safe_name
from kith.pages.parts import Frame, Link, Page, Section
from kith.pages.world import World

# The navigation: the address of each section's page and its name. `tags.html` is reached from the foot of every page.
SECTIONS: Mapping[str, str] = {
    "index.html": "Today",
    "journal.html": "Journal",
    "contacts.html": "Contacts",
    "meetings.html": "Meetings",
    "organizations.html": "Organisations",
    "paths.html": "Paths",
    "questions.html": "Questions",
    "advice.html": "Advice",
    "network.html": "Network",
    "insights.html": "Insights",
}


class View(msgspec.Struct, frozen=True):
    """The world as one page sees it: links and prose depend on where the page lies. `section` is where it belongs.

    A page that is `alone` is read apart from the site, so it links to no other.
    """

    world: World
    address: str
    section: str
    alone: bool = False

    # --- links ---

    def to(self, address: str) -> str:
        """The relative link to an address of the site."""
        return relative_href(address, self.address)

    def link(self, id_: str | None, text: str = "") -> Link:
        """A link to a note by its name, or by other words; plain words where it has no page."""
        address = None if self.alone else self.world.addresses.get(id_ or "")
        return Link(text or self.world.title(id_ or ""), self.to(address) if address else "")

    def links(self, ids: Iterable[str]) -> tuple[Link, ...]:
        """Links to several notes."""
        return tuple(self.link(id_) for id_ in ids)

    def reference(self, ref: Reference) -> Link:
        """A link to what a field names; its words where that has no file."""
        return self.link(ref.id) if ref.id in self.world.titles else Link(ref.label or ref.text)

    def tag(self, tag: str) -> Link:
        """A link to the page of a tag."""
        return Link(tag, self.to(tag_address(tag)))

    def file(self, path: str, note: str) -> str:
        """The link to a file of the journal named in the note at path `note`; empty where the site holds none."""
        if self.alone:
            return ""
        address = self.world.file(path, note)
        return self.to(address) if address else ""

    # --- prose ---

    def block(self, text: str, note: AnyNote, level: int = 3) -> Markup:
        """The Markdown of a note as HTML; headings begin at `level`."""
        return Markup(markdown.to_html(text, self._resolver(note), level=level, doc_id=safe_name(note.id)))  # noqa: S704 - to_html escapes

    def line(self, text: str, note: AnyNote) -> Markup:
        """One line of a note as HTML, without blocks."""
        return Markup(markdown.inline_html(text, self._resolver(note)))  # noqa: S704 - inline_html escapes

    def _resolver(self, note: AnyNote) -> markdown.Resolve:
        def resolve(kind: str, target: str) -> markdown.Target | None:
            if kind != "wiki" and (href := self.file(target, note.file)):
                return markdown.Target(href)
            if kind == "file" and not self.alone and target in self.world.question_addresses:
                return markdown.Target(self.to(target))  # written by `bodies.readable_body`
            if kind == "file":
                return self._target(
                    next((ref.id for ref in note.body.links if not ref.link and ref.text == target), None)
                )
            return self._wiki(markdown.wikilink_target(target))

        return resolve

    def _wiki(self, name: str) -> markdown.Target | None:
        ids = self.world.journal.names.get(fold_name(name), ())
        return self._target(ids[0]) if len(ids) == 1 else None

    def _target(self, id_: str | None) -> markdown.Target | None:
        if id_ is None or (id_ not in self.world.titles and id_ not in self.world.journal.unreadable):
            return None
        link = self.link(id_)
        return markdown.Target(link.href, link.text)

    # --- pages ---

    def frame(self, title: str) -> Frame:
        """What surrounds the page."""
        sections = tuple(
            Section(
                name, self.to(address), "page" if address == self.address else "true" if address == self.section else ""
            )
            for address, name in SECTIONS.items()
        )
        return Frame(
            title=title,
            journal=self.world.journal.owner.title or "Journal",
            root=root_of(self.address),
            home=self.to("index.html"),
            search=self.to("search.html"),
            tags=self.to("tags.html"),
            sections=sections,
        )

    def page(self, template: str, context: Callable[[], object], shown: Callable[[], object]) -> Page:
        """The page at this address. `shown` gives all that its context is made from besides the journal's title."""
        world = self.world

        def all_shown() -> object:
            title = world.journal.owner.title
            return (self.address, title, world.today.year, tuple(SECTIONS), shown())

        return Page(self.address, template, all_shown, context)


def tag_address(tag: str) -> str:
    """The address of the page of a tag."""
    return f"tags/{safe_name(fold_name(tag))}.html"
