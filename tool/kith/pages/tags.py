"""Tags: all of them, and a page for each with what carries it."""

from collections.abc import Iterator, Mapping

import msgspec

from kith.model import AnyNote, CareerPath, Contact, Meeting, Organization
from kith.pages.parts import Command, Frame, Link, Page
from kith.pages.view import View, tag_address
from kith.pages.words import counted, upper_first
from kith.pages.world import World

_KINDS: Mapping[type[AnyNote], str] = {
    Contact: "People",
    Meeting: "Meetings",
    Organization: "Organisations",
    CareerPath: "Paths",
}


class TagCount(msgspec.Struct, frozen=True):
    """A tag and how many notes carry it."""

    link: Link
    count: int


class Tags(msgspec.Struct, frozen=True):
    """What `tags.html` shows."""

    frame: Frame
    standfirst: str
    count: str
    tags: tuple[TagCount, ...]
    empty: Command | None


class Kind(msgspec.Struct, frozen=True):
    """The notes of one kind with a tag."""

    heading: str
    links: tuple[Link, ...]


class TagPage(msgspec.Struct, frozen=True):
    """What the page of a tag shows."""

    frame: Frame
    tag: str
    standfirst: str
    kinds: tuple[Kind, ...]


def pages(world: World) -> Iterator[Page]:
    """The list of tags, and a page for each."""
    view = View(world, "tags.html", "")
    yield view.page("tags.html", lambda: _tags(view), lambda: dict(world.tags))
    for tag, ids in world.tags.items():
        yield _page(tag, ids, View(world, tag_address(tag), "tags.html"))


def _page(tag: str, ids: tuple[str, ...], view: View) -> Page:
    def shown() -> object:
        return tag, [(view.world.addresses.get(id_), view.world.title(id_)) for id_ in ids]

    return view.page("tag.html", lambda: _context(tag, ids, view), shown)


def _tags(view: View) -> Tags:
    tags = tuple(TagCount(view.tag(tag), len(ids)) for tag, ids in view.world.tags.items())
    empty = Command("Nothing has a tag yet: write `tags: [night-shifts]` at the top of a note.", "kith list contacts")
    notes = {id_ for ids in view.world.tags.values() for id_ in ids}
    words = f"{upper_first(counted(len(tags), 'word'))} to find {counted(len(notes), 'note')} by." if tags else ""
    return Tags(view.frame("Tags"), words, counted(len(tags), "tag") if tags else "", tags, None if tags else empty)


def _context(tag: str, ids: tuple[str, ...], view: View) -> TagPage:
    notes = [view.world.notes[id_] for id_ in ids]
    kinds = [
        Kind(heading, view.links(note.id for note in notes if isinstance(note, kind)))
        for kind, heading in _KINDS.items()
    ]
    return TagPage(
        frame=view.frame(tag),
        tag=tag,
        standfirst=f"{upper_first(counted(len(ids), 'note'))} with this tag.",
        kinds=tuple(kind for kind in kinds if kind.links),
    )
