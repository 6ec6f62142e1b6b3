"""What pages are made of: a `Page` for each address, and the small values that several templates show.

A template shows these and decides nothing. Fields that hold `Markup` are HTML that `kith.markdown` made safe; all
others are plain text, which the templates escape.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import msgspec
from markupsafe import Markup

State = Literal["overdue", "today", "upcoming"]


@dataclass(frozen=True)
class Page:
    """One file of the site.

    `shown` gives all that the page shows, `context` makes of it what `template` shows. Where `template` is empty, the
    context is an `Asset`, written as it is.
    """

    address: str
    template: str
    shown: Callable[[], object]
    context: Callable[[], object]

    @cached_property
    def key(self) -> str:
        """A hash of all that the page shows: as long as it is the same, the page of the last build will do."""
        return key_of(self.shown())


class Asset(msgspec.Struct, frozen=True):
    """A file that no template makes."""

    content: bytes


def _encode_html(value: object) -> str:
    if isinstance(value, Markup):
        return str(value)
    raise NotImplementedError


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_encode_html)


def key_of(*shown: object) -> str:
    """The hash of values: structs, dates, texts, HTML, numbers, tuples and dictionaries."""
    return hashlib.blake2b(_ENCODER.encode(shown), digest_size=16).hexdigest()


class Link(msgspec.Struct, frozen=True):
    """Words that lead somewhere; plain words where `href` is empty."""

    text: str
    href: str = ""


class Section(msgspec.Struct, frozen=True):
    """One entry of the navigation. `current` is `page` on the section's own page, `true` below it, else empty."""

    text: str
    href: str
    current: str


class Frame(msgspec.Struct, frozen=True):
    """What surrounds every page.

    `root` leads to the top of the site (`../` or nothing), `title` is the page's own, `journal` the journal's. `tags`
    and `home` are addresses; `sections` the navigation.
    """

    title: str
    journal: str
    root: str
    home: str
    search: str
    tags: str
    sections: tuple[Section, ...]


class Due(msgspec.Struct, frozen=True):
    """A day on which something is due: `iso` and, as of the day of the build, its state and words."""

    iso: str
    day: str
    state: State
    label: str
    weight: int = 1


class Passage(msgspec.Struct, frozen=True):
    """A piece of a letter; a `blank` is for a person to write."""

    text: str
    blank: bool


class LetterShown(msgspec.Struct, frozen=True):
    """A draft: `to` and `mailto` (the link that opens it) are empty where the person has no address."""

    subject: str
    to: str
    passages: tuple[Passage, ...]
    mailto: str
    remarks: tuple[str, ...]


class Task(msgspec.Struct, frozen=True):
    """One thing to do: the sentence, why, what supports it, and the commands that draft and settle it.

    `place` is `FILE:LINE`, the line to edit, where no command settles it. `letter` is the draft that serves it.
    """

    action: str
    why: str
    source: str
    details: tuple[str, ...]
    due: Due
    draft: str
    settles: tuple[str, ...]
    place: str
    letter: LetterShown | None = None


class TaskBlock(msgspec.Struct, frozen=True):
    """What concerns one person: what is due in full, the rest behind one line (`later_line`)."""

    person: Link
    about: str
    tasks: tuple[Task, ...]
    later: tuple[Task, ...]
    later_line: str


class Stage(msgspec.Struct, frozen=True):
    """How far it has gone with a person: the word, and how many of five steps are reached (0: closed or parked)."""

    word: str
    steps: int


class Event(msgspec.Struct, frozen=True):
    """One event of a story or of the journal.

    `side` is `out` (you to them), `in` (they to you), `talk` or `planned` (a meeting). `heading` leads to a meeting;
    `who` stands before `kind` and `named` behind it, `text` is the rest of the line and `prose` what follows below.
    """

    iso: str
    day: str
    time: str
    side: Literal["out", "in", "talk", "planned"]
    kind: str
    who: tuple[Link, ...] = ()
    named: tuple[Link, ...] = ()
    heading: Link | None = None
    text: Markup = Markup()
    prose: Markup = Markup()


class Check(msgspec.Struct, frozen=True):
    """An item with a box: `state` is `open`, `done` or `dropped`; `when` says since or until when; `due` where open."""

    state: str
    label: str
    say: Markup
    who: tuple[Link, ...]
    when: str
    due: Due | None = None


class Bar(msgspec.Struct, frozen=True):
    """A count with its name; `width` is what the bar is long, in pixels."""

    name: Link
    count: int
    width: int


class Count(msgspec.Struct, frozen=True):
    """A count shown as dots, or as a figure where there are too many to count."""

    name: str
    count: int
    dots: int


def count_of(name: str, count: int) -> Count:
    """A count with its dots, twenty at most."""
    return Count(name, count, min(count, 20))


class Branch(msgspec.Struct, frozen=True):
    """One person of a list of introductions, which is nested without recursion: a chain of them may be long.

    `mark` is the stage, `named` for somebody without a card. `opens` says that a list of those they led to follows,
    `closes` how many lists end behind this person.
    """

    link: Link
    meta: str
    mark: str
    opens: bool
    closes: int


class Person(msgspec.Struct, frozen=True):
    """A person in a short list."""

    link: Link
    meta: str


class Fact(msgspec.Struct, frozen=True):
    """One line of a side column: its name and its values."""

    name: str
    values: tuple[Link, ...]


class Command(msgspec.Struct, frozen=True):
    """An empty page's sentence, and the one command that would change it."""

    sentence: str
    command: str
