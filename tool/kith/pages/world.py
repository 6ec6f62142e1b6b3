"""What the pages are made from: a journal on a day, indexed once, and each page's view of it."""

import datetime as dt
import posixpath
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import msgspec
from markupsafe import Markup

from kith import markdown
from kith.dates import short_date
from kith.diagnostics import Finding
from kith.followups import next_due
from kith.letters import Desk, read_desk
from kith.load import fold_name
from kith.model import (
    AnyNote,
    CareerPath,
    Contact,
    FollowUp,
    Item,
    Journal,
    Letter,
    Meeting,
    Organization,
    QuestionSection,
    Reference,
)
from kith.pages.address import question_address, relative_href, root_of, safe_name
from kith.pages.parts import Frame, Link, Page, Section, key_of
from kith.pages.words import listed
from kith.study.items import all_items
from kith.study.referrals import Introduction, Named, introductions, named_people, referrers
from kith.study.timeline import Timeline, people_of

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
_FOLDERS: Mapping[type[AnyNote], str] = {
    Contact: "contacts",
    Meeting: "meetings",
    Organization: "organizations",
    CareerPath: "paths",
}

T = TypeVar("T")


class Given(msgspec.Struct, frozen=True):
    """What else a site is made from.

    The findings and the `sources` (texts by path) that they show, the paths of the attachments that the site will hold,
    and whether it is for others' eyes.
    """

    findings: tuple[Finding, ...] = ()
    sources: Mapping[str, str] = {}
    attachments: frozenset[str] = frozenset()
    public: bool = False


class World(msgspec.Struct, frozen=True):
    """A journal on a day, with what many pages need worked out once.

    `addresses` and `titles` are those of each note that has a page, `digests` a hash of each note; `spoken_of` maps an
    id to the notes whose prose links to it.
    """

    journal: Journal
    timeline: Timeline
    followups: tuple[FollowUp, ...]
    next_due: Mapping[str, dt.date]
    given: Given
    notes: Mapping[str, AnyNote]
    addresses: Mapping[str, str]
    titles: Mapping[str, str]
    digests: Mapping[str, str]
    items_of: Mapping[str, tuple[Item, ...]]
    meetings_of: Mapping[str, tuple[Meeting, ...]]
    members_of: Mapping[str, tuple[Contact, ...]]
    spoken_of: Mapping[str, tuple[AnyNote, ...]]
    tags: Mapping[str, tuple[str, ...]]
    referrer: Mapping[str, str]
    introduced: Mapping[str, tuple[Introduction, ...]]
    named: tuple[Named, ...]
    question_pages: frozenset[str]
    desk: Desk

    @property
    def today(self) -> dt.date:
        """The day of the build."""
        return self.timeline.today

    def short(self, day: dt.date) -> str:
        """A day in few letters, without the year when it is this one."""
        return short_date(day, self.today)

    def title(self, id_: str) -> str:
        """What a note is called; its id where it could not be read."""
        return self.titles.get(id_, id_)

    def name(self, target: str) -> str:
        """What to call the note that a link's target means."""
        ids = self.journal.names.get(fold_name(target), ())
        return self.title(ids[0]) if ids else target


def read_world(journal: Journal, timeline: Timeline, followups: tuple[FollowUp, ...], given: Given) -> World:
    """Index a journal for its pages."""
    notes = {note.id: note for note in journal.notes()}
    return World(
        journal=journal,
        timeline=timeline,
        followups=followups,
        next_due=next_due(journal, timeline.today, timeline),
        given=given,
        notes=notes,
        addresses={
            id_: f"{_FOLDERS[type(note)]}/{safe_name(id_)}.html"
            for id_, note in notes.items()
            if type(note) in _FOLDERS
        },
        titles={id_: title_of(note, journal, timeline.today) for id_, note in notes.items()},
        digests={id_: key_of(note) for id_, note in notes.items()},
        items_of=_grouped((id_, item) for item in all_items(journal) for id_ in item.contacts),
        meetings_of=_grouped((id_, one) for one in journal.meetings.values() for id_ in people_of(one)),
        members_of=_members(journal),
        spoken_of=_mentions(journal),
        tags=_tags(notes.values()),
        referrer=referrers(timeline),
        introduced=introductions(timeline),
        named=tuple(named_people(journal)),
        desk=read_desk(timeline),
        question_pages=frozenset(
            question_address(question.key) for section in journal.questions.values() for question in section.questions
        ),
    )


def title_of(note: AnyNote, journal: Journal, today: dt.date) -> str:
    """What a note is called on pages: a meeting by its people and day."""
    match note:
        case Contact() | Organization():
            return note.name
        case CareerPath() | QuestionSection():
            return note.title
        case Meeting():
            return f"{people_title(note, journal)}, {short_date(note.date, today)}"
        case Letter():
            return note.subject
    return note.title or "Journal"


def people_title(meeting: Meeting, journal: Journal) -> str:
    """The people of a meeting; an event is called by its place."""
    names = [person_name(ref, journal) for ref in meeting.contacts]
    if meeting.mode == "event" and meeting.where:
        return meeting.where
    return listed(names) if names else meeting.where or ("An event" if meeting.mode == "event" else "A conversation")


def person_name(ref: Reference, journal: Journal) -> str:
    """The name of somebody who may have no file."""
    contact = journal.contacts.get(ref.id or "")
    return contact.name if contact else ref.label or ref.text


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _members(journal: Journal) -> dict[str, tuple[Contact, ...]]:
    """The people of each organisation and path, by its id."""
    people = sorted(journal.contacts.values(), key=lambda contact: (fold_name(contact.name), contact.id))
    return _grouped(
        (ref.id, contact)
        for contact in people
        for ref in (contact.organization, *contact.paths)
        if ref is not None and ref.id is not None
    )


def _mentions(journal: Journal) -> dict[str, tuple[AnyNote, ...]]:
    """The notes whose bodies link to each id, except its own; a letter or a bank speaks of nobody."""
    found: dict[str, dict[str, AnyNote]] = {}
    for note in journal.notes():
        if isinstance(note, Contact | Meeting | Organization | CareerPath):
            for ref in note.body.links:
                if ref.id is not None and ref.id != note.id:
                    found.setdefault(ref.id, {})[note.id] = note
    return {id_: tuple(notes.values()) for id_, notes in found.items()}


def _tags(notes: Iterable[AnyNote]) -> dict[str, tuple[str, ...]]:
    """The ids of the notes of each tag, in the order of tags; `Night` and `night` are one, spelt as met first."""
    spelt: dict[str, str] = {}
    found: dict[str, list[str]] = {}
    for note in notes:
        for tag in getattr(note, "tags", ()):
            name = spelt.setdefault(fold_name(tag), tag)
            found.setdefault(name, []).append(note.id)
    return {tag: tuple(dict.fromkeys(found[tag])) for tag in sorted(found, key=fold_name)}


class View(msgspec.Struct, frozen=True):
    """The world as one page sees it: links and prose depend on where the page lies. `section` is where it belongs."""

    world: World
    address: str
    section: str

    # --- links ---

    def to(self, address: str) -> str:
        """The relative link to an address of the site."""
        return relative_href(address, self.address)

    def link(self, id_: str | None, text: str = "") -> Link:
        """A link to a note by its name, or by other words; plain words where it has no page."""
        address = self.world.addresses.get(id_ or "")
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
        bare = path.partition("#")[0]
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(note), bare))
        for candidate in (beside, posixpath.normpath(bare), f"attachments/{posixpath.basename(bare)}"):
            if candidate in self.world.given.attachments:
                return self.to(candidate)
        return ""

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
            if kind == "file" and target in self.world.question_pages:
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

    def page(self, template: str, context: Callable[[], object], *shown: object) -> Page:
        """The page at this address. `shown` is all that its context is made from besides the journal's title."""
        world = self.world
        base = (self.address, world.journal.owner.title, world.given.public, world.today.year, tuple(SECTIONS))
        return Page(self.address, template, key_of(base, *shown), context)

    def shown(self, notes: Iterable[AnyNote]) -> object:
        """What a page shows of notes, for its key: the notes, and the names and addresses of what they link to."""
        world = self.world
        found: dict[str, object] = {}
        for note in notes:
            found[note.id] = world.digests.get(note.id, "")
            for ref in _references(note):
                if ref.id is not None and ref.id not in found:
                    found.setdefault(f"to {ref.id}", (world.titles.get(ref.id), world.addresses.get(ref.id)))
                if not ref.link:
                    found.setdefault(f"file {ref.text}", self.file(ref.text, note.file))
        return found


def _references(note: AnyNote) -> Iterable[Reference]:
    """All that a note refers to."""
    yield from note.body.links
    match note:
        case Contact():
            yield from (ref for ref in (note.organization, note.via, *note.paths) if ref is not None)
        case Meeting():
            yield from (*note.contacts, *note.paths)
        case _:
            return


def tag_address(tag: str) -> str:
    """The address of the page of a tag."""
    return f"tags/{safe_name(fold_name(tag))}.html"
