"""Search: an index that `search.js` loads when it is first asked, and a page that lists everything without scripts."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from kith.markdown import known, plain
from kith.model import AnyNote, CareerPath, Contact, Meeting, Organization, Question
from kith.pages.bodies import lines_of_items
from kith.pages.contact import without_log
from kith.pages.parts import Asset, Frame, Link, Page
from kith.pages.tasks import role_line
from kith.pages.view import View, tag_address
from kith.pages.words import said
from kith.pages.world import World, people_title
from kith.study.search import fold_text

INDEX = "assets/search-index.js"
# what a line of Markdown begins with
_SIGNS = re.compile(r"^[\s#>|*+-]*(?:\[[ xX-]\]\s)?|\s(?:due|done):\d{4}-\d{2}-\d{2}")
# the signs that stand for words: all from the first on but those that a script has to escape, and surrogates
FIRST = ord("#")
_NO_SIGNS = frozenset("&<>\\\u2028\u2029") | frozenset(map(chr, range(0x7F, 0xA1)))
_LAST = 0xD7FF
_SKIPPED = 0x10000 - 0xD800
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
    """One thing that can be found: its group, title, address, what it is, and its text.

    `answers` are pairs of a question and what was answered, found by themselves at the same address.
    """

    group: int
    title: str
    address: str
    about: str
    text: str
    answers: tuple[tuple[str, str], ...] = ()


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

    `words` are all the words of texts, the most frequent first, and each text is written as one sign for a word: that
    is a third of its size, and a word is compared with what somebody types once, however often it was written. An
    entry is group, title, address, about, text, and then question and answer by turns. Signs that end a script or a
    line of one are written as escapes.
    """
    entries = tuple(_entries(view))
    signs, words = alphabet(Counter(word for entry in entries for text in _texts(entry) for word in text.split()))
    rows = []
    for entry in entries:
        texts = ("".join([signs[word] for word in text.split()]) for text in _texts(entry))
        rows.append((entry.group, entry.title, entry.address, entry.about, *texts))
    index = {"groups": GROUPS, "words": words, "entries": rows}
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    for sign in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Asset(f"window.KITH_SEARCH = {text};\n".encode("utf-8", "replace"))


def _texts(entry: Entry) -> Iterator[str]:
    yield entry.text
    for pair in entry.answers:
        yield from pair


def alphabet(counts: Mapping[str, int]) -> tuple[dict[str, str], list[str]]:
    """A sign for each word, and the words in the order of the signs; a sign that needs an escape stands for no word.

    `search.js` reads them: the first word is `#`, and what comes after U+D7FF goes on at U+10000.
    """
    signs: dict[str, str] = {}
    words: list[str] = []
    code = FIRST
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        while chr(code) in _NO_SIGNS:
            words.append("")
            code += 1
        signs[word] = chr(code)
        words.append(word)
        code += 1 if code != _LAST else _SKIPPED + 1
    return signs, words


def _entries(view: View) -> Iterator[Entry]:
    world = view.world
    for contact in world.journal.contacts.values():
        lines = "\n".join(f"{said(entry.kind, entry.channel)} {entry.text}" for entry in contact.log)
        card = " ".join((*contact.aliases, *contact.tags, *contact.email, contact.location))
        text = f"{without_log(contact, contact.body.text)}\n{lines}\n{card}"
        yield _entry(0, contact, role_line(contact, view), text, view)
    for meeting in world.journal.meetings.values():
        answered = [question for question in meeting.questions if question.answer]
        yield Entry(
            group=2,
            title=people_title(meeting, world.journal),
            address=world.addresses[meeting.id],
            about=world.short(meeting.date),
            text=_text(f"{meeting.where}\n{_without(answered, meeting)}", view),
            answers=tuple((plain(one.text, world.name), _text(one.answer, view)) for one in answered),
        )
    for organization in world.journal.organizations.values():
        yield _entry(3, organization, organization.industry, organization.body.text, view)
    for path in world.journal.paths.values():
        yield _entry(4, path, path.status.replace("-", " "), f"{path.question}\n{path.body.text}", view)
    for tag, ids in world.tags.items():
        count = len(ids)
        yield Entry(5, tag, tag_address(tag), f"{count} note" if count == 1 else f"{count} notes", "")


def _without(answered: Iterable[Question], meeting: Meeting) -> str:
    """The body of a meeting without the questions that were answered: they are found by themselves."""
    lines = meeting.body.text.split("\n")
    hidden = lines_of_items(lines, {question.place.line - meeting.body.line for question in answered})
    return "\n".join(line for at, line in enumerate(lines) if at not in hidden)


def _entry(group: int, note: AnyNote, about: str, text: str, view: View) -> Entry:
    return Entry(group, view.world.title(note.id), view.world.addresses[note.id], about, _text(text, view))


def _text(markdown: str, view: View) -> str:
    """Markdown as words: what people search for, without signs."""

    def words(name_of: Callable[[str], str]) -> str:
        lines = (plain(_SIGNS.sub("", line), name_of) for line in markdown.split("\n"))
        return " ".join(" ".join(lines).split())

    return known(("words", markdown), view.world.name, words)
