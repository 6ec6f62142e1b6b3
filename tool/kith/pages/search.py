"""Search: an index that `search.js` loads when it is first asked, and a page that lists everything without scripts.

The index lies in parts, each of the same few hundred notes from one build to the next, so that an edit makes one of
them again.
"""

import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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
MOST_IN_PART = 320  # notes, on average
MOST_PARTS = 64  # scripts that a browser loads when somebody first searches
# what a line of Markdown begins with
_SIGNS = re.compile(r"^[\s#>|*+-]*(?:\[[ xX-]\]\s)?|\s(?:due|done):\d{4}-\d{2}-\d{2}")
_TARGET = re.compile(r"\[\[([^\[\]|\n]+)")
_DATE_IN_BRACKETS = re.compile(r"\[[^\[\]\n]*\s(?:due|done):")  # without it there may be another link
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
    """The page, and the index with its parts."""
    view = View(world, "search.html", "")

    def shown() -> object:
        return [(world.addresses[id_], world.title(id_)) for id_ in world.addresses], list(world.tags)

    yield view.page("search.html", lambda: _search(view), shown)
    index = View(world, INDEX, "")
    parts = _parts(world)
    yield index.page("", lambda: _index(len(parts), index), lambda: (len(parts), list(_tags(index))))
    for number, notes in enumerate(parts, 1):
        yield _part_page(notes, View(world, part_address(number), ""))


def part_address(number: int) -> str:
    """Where a part of the index lies, counted from 1, as `results.js` knows."""
    return INDEX.replace(".js", f"-{number}.js")


def _parts(world: World) -> list[list[AnyNote]]:
    """The notes of each part: where a note belongs depends on its id and, in large steps, on how many there are."""
    count = 1
    while count * MOST_IN_PART < len(world.addresses) and count < MOST_PARTS:
        count *= 2
    parts: list[list[AnyNote]] = [[] for _ in range(count)]
    for id_ in world.addresses:
        parts[zlib.crc32(id_.encode("utf-8", "replace")) % count].append(world.notes[id_])
    return parts


def _part_page(notes: Sequence[AnyNote], view: View) -> Page:
    world = view.world

    def shown() -> object:
        return [
            (
                world.digests[note.id],
                world.title(note.id),
                role_line(note, view) if isinstance(note, Contact) else "",
                {target: world.name(target) for target in sorted(_targets(note))},
            )
            for note in notes
        ]

    return view.page("", lambda: _part(notes, view), shown)


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


def _index(count: int, view: View) -> Asset:
    """The script that sets `window.KITH_SEARCH`: a page opened from the disk may not fetch anything else.

    Its `parts` are to be joined by those of `count` further scripts; the one that is there has the tags.
    """
    parts = [{"words": [], "entries": [_row(entry, {}) for entry in _tags(view)]}]
    return _script("window.KITH_SEARCH = {};\n", {"groups": GROUPS, "count": count, "parts": parts})


def _part(notes: Iterable[AnyNote], view: View) -> Asset:
    """One part of the index.

    `words` are all the words of its texts, the most frequent first, and each text is written as one sign for a word:
    that is a third of its size, and a word is compared with what somebody types once, however often it was written. An
    entry is group, title, address, about, text, and then question and answer by turns.
    """
    entries = [_entry(note, view) for note in notes]
    signs, words = alphabet(Counter(word for entry in entries for text in _texts(entry) for word in text.split()))
    rows = [_row(entry, signs) for entry in entries]
    return _script("window.KITH_SEARCH.parts.push({});\n", {"words": words, "entries": rows})


def _row(entry: Entry, signs: Mapping[str, str]) -> tuple[int | str, ...]:
    texts = ("".join([signs[word] for word in text.split()]) for text in _texts(entry))
    return (entry.group, entry.title, entry.address, entry.about, *texts)


def _script(statement: str, value: object) -> Asset:
    """A statement about a value as a script; signs that end it, or a line of one, are written as escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Asset(statement.format(text).encode("utf-8", "replace"))


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


# --- entries -------------------------------------------------------------------------------------------------------


def _entry(note: AnyNote, view: View) -> Entry:
    """How a note that has a page is found."""
    world = view.world
    title, address = world.title(note.id), world.addresses[note.id]
    match note:
        case Contact():
            text = "\n".join((without_log(note, note.body.text), *_lines_of_card(note)))
            return Entry(0, title, address, role_line(note, view), _text(text, world))
        case Meeting():
            answered = [question for question in note.questions if question.answer]
            return Entry(
                group=2,
                title=people_title(note, world.journal),
                address=address,
                about=world.short(note.date),
                text=_text(f"{note.where}\n{_without(answered, note)}", world),
                answers=tuple((plain(one.text, world.name), _text(one.answer, world)) for one in answered),
            )
        case Organization():
            return Entry(3, title, address, note.industry, _text(note.body.text, world))
        case CareerPath():
            status = note.status.replace("-", " ")
            return Entry(4, title, address, status, _text(f"{note.question}\n{note.body.text}", world))
    raise AssertionError(note)  # pragma: no cover  # no other note has an address


def _targets(note: AnyNote) -> set[str]:
    """The targets of the wikilinks that may stand in an entry, where the name of another note is written for them."""
    text = "\n".join(_sources(note))
    found = _TARGET.findall(text)
    if _DATE_IN_BRACKETS.search(text):
        found += _TARGET.findall("\n".join(_SIGNS.sub("", line) for line in text.split("\n")))
    return {target.strip() for target in found}


def _sources(note: AnyNote) -> Iterator[str]:
    """The texts that an entry is made of, with the lines that it leaves out."""
    yield note.body.text
    match note:
        case Contact():
            yield from _lines_of_card(note)
        case Meeting():
            yield note.where
            for question in note.questions:
                yield question.text
                yield question.answer
        case CareerPath():
            yield note.question
        case _:
            return


def _lines_of_card(contact: Contact) -> Iterator[str]:
    for entry in contact.log:
        yield f"{said(entry.kind, entry.channel)} {entry.text}"
    yield " ".join((*contact.aliases, *contact.tags, *contact.email, contact.location))


def _tags(view: View) -> Iterator[Entry]:
    for tag, ids in view.world.tags.items():
        count = len(ids)
        yield Entry(5, tag, tag_address(tag), f"{count} note" if count == 1 else f"{count} notes", "")


def _without(answered: Iterable[Question], meeting: Meeting) -> str:
    """The body of a meeting without the questions that were answered: they are found by themselves."""
    lines = meeting.body.text.split("\n")
    hidden = lines_of_items(lines, {question.place.line - meeting.body.line for question in answered})
    return "\n".join(line for at, line in enumerate(lines) if at not in hidden)


def _text(markdown: str, world: World) -> str:
    """Markdown as words: what people search for, without signs."""

    def words(name_of: Callable[[str], str]) -> str:
        lines = (plain(_SIGNS.sub("", line), name_of) for line in markdown.split("\n"))
        return " ".join(" ".join(lines).split())

    return known(("words", markdown), world.name, words)
