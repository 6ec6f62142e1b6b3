"""Search: an index that `search.js` loads when it is first asked, and a page that lists everything without scripts."""

import json
import re
from collections.abc import Callable, Iterator

import msgspec

from kith.markdown import known, plain
from kith.model import AnyNote, CareerPath, Contact, Meeting, Organization
from kith.pages.contact import without_log
from kith.pages.parts import Asset, Frame, Link, Page
from kith.pages.tasks import role_line
from kith.pages.words import said
from kith.pages.world import View, World, people_title, tag_address
from kith.study.search import fold_text

INDEX = "assets/search-index.js"
# what a line of Markdown begins with
_SIGNS = re.compile(r"^[\s#>|*+-]*(?:\[[ xX-]\]\s)?|\s(?:due|done):\d{4}-\d{2}-\d{2}")
GROUPS = ("People", "Answers", "Meetings", "Organisations", "Paths", "Tags")


class Letter(msgspec.Struct, frozen=True):
    """Everything in one group that begins with one letter."""

    heading: str
    links: tuple[Link, ...]


class Search(msgspec.Struct, frozen=True):
    """What `search.html` shows: names from A to Z, for readers without scripts."""

    frame: Frame
    groups: tuple[Letter, ...]


class Entry(msgspec.Struct, frozen=True):
    """One thing that can be found: its group, title, address, what it is, and its text."""

    group: int
    title: str
    address: str
    about: str
    text: str


def pages(world: World) -> Iterator[Page]:
    """The page and the index."""
    view = View(world, "search.html", "")

    def shown() -> object:
        return [(world.addresses[id_], world.title(id_)) for id_ in world.addresses], list(world.tags)

    yield view.page("search.html", lambda: _search(view), shown)
    index = View(world, INDEX, "")
    yield index.page("", lambda: _index(index), lambda: list(world.digests.items()))


def _search(view: View) -> Search:
    world = view.world
    kinds: dict[str, type[AnyNote]] = {
        "People": Contact,
        "Organisations": Organization,
        "Paths": CareerPath,
        "Meetings": Meeting,
    }
    groups = []
    for heading, kind in kinds.items():
        ids = [id_ for id_ in world.addresses if isinstance(world.notes[id_], kind)]
        key = (lambda id_: id_) if kind is Meeting else (lambda id_: fold_text(world.title(id_)))
        groups.append(Letter(heading, view.links(sorted(ids, key=key))))
    groups.append(Letter("Tags", tuple(view.tag(tag) for tag in world.tags)))
    return Search(view.frame("Search"), tuple(group for group in groups if group.links))


def _index(view: View) -> Asset:
    """The index as a script that sets `window.KITH_SEARCH`: a page opened from the disk may not fetch anything else.

    Signs that end a script or a line of one are written as escapes.
    """
    entries = [msgspec.structs.astuple(entry) for entry in _entries(view)]
    text = json.dumps({"groups": GROUPS, "entries": entries}, ensure_ascii=False, separators=(",", ":"))
    for sign in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Asset(f"window.KITH_SEARCH = {text};\n".encode("utf-8", "replace"))


def _entries(view: View) -> Iterator[Entry]:
    world = view.world
    for contact in world.journal.contacts.values():
        lines = "\n".join(f"{said(entry.kind, entry.channel)} {entry.text}" for entry in contact.log)
        card = " ".join((*contact.aliases, *contact.tags, *contact.email, contact.location))
        text = f"{without_log(contact, contact.body.text)}\n{lines}\n{card}"
        yield _entry(0, contact, role_line(contact, view), text, view)
    for meeting in world.journal.meetings.values():
        people = people_title(meeting, world.journal)
        about = world.short(meeting.date)
        yield Entry(2, people, world.addresses[meeting.id], about, _text(f"{meeting.where}\n{meeting.body.text}", view))
        for question in meeting.questions:
            if question.answer:
                title = plain(question.text, world.name)
                yield Entry(1, title, world.addresses[meeting.id], f"{people}, {about}", _text(question.answer, view))
    for organization in world.journal.organizations.values():
        yield _entry(3, organization, organization.industry, organization.body.text, view)
    for path in world.journal.paths.values():
        yield _entry(4, path, path.status.replace("-", " "), f"{path.question}\n{path.body.text}", view)
    for tag, ids in world.tags.items():
        count = len(ids)
        yield Entry(5, tag, tag_address(tag), f"{count} note" if count == 1 else f"{count} notes", "")


def _entry(group: int, note: AnyNote, about: str, text: str, view: View) -> Entry:
    return Entry(group, view.world.title(note.id), view.world.addresses[note.id], about, _text(text, view))


def _text(markdown: str, view: View) -> str:
    """Markdown as words: what people search for, without signs."""

    def words(name_of: Callable[[str], str]) -> str:
        lines = (plain(_SIGNS.sub("", line), name_of) for line in markdown.split("\n"))
        return " ".join(" ".join(lines).split())

    return known(("words", markdown), view.world.name, words)
