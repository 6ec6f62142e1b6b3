"""The last net under a public site: its files are searched for every name, id, address and number of the journal.

A word that is found may still be kith's own, as May is in a date and Will in a sentence. So the site is made once more
from the same journal in other words: what stands in that one too was not taken from the notes.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

import msgspec

from kith.dates import Duration
from kith.diagnostics import Place
from kith.load import fold_name
from kith.model import (
    CHANNELS,
    LABELS,
    LEVELS,
    LOG_KINDS,
    MEETING_STATUSES,
    MODES,
    PATH_STATUSES,
    SOURCES,
    Contact,
    Journal,
    Meeting,
    Owner,
    Reference,
    Settings,
)
from kith.study.referrals import named_people

Site = Mapping[str, bytes]

_MIN_DIGITS = 5  # a shorter number is a house's or a room's, and looked for as it is written
_LAST_DIGITS = 7  # with these a number is known, with the code of its country or without
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]*>")
_NUMBER = re.compile(r"\d(?:[\s()./-]{0,3}\d)+")
_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)(?:www\.)?")

# What a closed list allows is nobody's word, even where somebody is called so.
_LISTED = frozenset(
    {
        *(*CHANNELS, *LABELS, *LEVELS, *LOG_KINDS, *MEETING_STATUSES, *MODES, *PATH_STATUSES, *SOURCES),
        *("", "open", "done", "dropped"),
    }
)


class Told(msgspec.Struct, frozen=True):
    """A word that tells of somebody or something, and the note that has it."""

    word: str
    file: str


class Leak(msgspec.Struct, frozen=True):
    """A word of the notes in a file of a site."""

    told: Told
    address: str


def find_leaks(site: Site, journal: Journal, build: Callable[[Journal], Site]) -> tuple[Leak, ...]:
    """What of a journal stands in the site that `build` made of it, and would not stand there in other words."""
    found = search(site, words_of(journal))
    if not found:
        return ()
    own = search(build(disguise(journal)), dict.fromkeys(leak.told for leak in found))
    return tuple(leak for leak in found if leak not in own)


# --- searching -----------------------------------------------------------------------------------------------------


def search(site: Site, words: Iterable[Told]) -> tuple[Leak, ...]:
    """The files in which words stand: whole words in any case, however HTML or an address writes them.

    A number is found by its digits, whatever stands between them.
    """
    sought = [_Sought(one, word := fold_name(one.word), _WORD.findall(word), _digits(one.word)) for one in words]
    return tuple(leak for address, data in sorted(site.items()) for leak in _search_file(address, data, sought))


class _Sought(NamedTuple):
    """A word as it is looked for: folded, the words it is made of, and its digits where it is a number."""

    told: Told
    text: str
    words: list[str]
    digits: str


def _search_file(address: str, data: bytes, sought: Iterable[_Sought]) -> Iterator[Leak]:
    text = f"{address}\n{data.decode('utf-8', 'replace')}"
    plain = html.unescape(unquote(text))
    # with tags and without: a name may stand in an attribute, and a tag within a name
    read = "\n".join(fold_name(form) for form in (text, plain, _TAG.sub("", plain), _TAG.sub(" ", plain)))
    words = set(_WORD.findall(read))
    numbers = "\n".join(re.sub(r"\D", "", found) for found in _NUMBER.findall(plain))
    for one in sought:
        # the set first: of the many words of a journal next to none are in a site
        whole = words.issuperset(one.words) and re.search(rf"(?<!\w){re.escape(one.text)}(?!\w)", read)
        if whole or (one.digits and one.digits in numbers):
            yield Leak(one.told, address)


def _digits(word: str) -> str:
    """The digits that a number is known by; nothing where a word is no number."""
    digits = re.sub(r"\D", "", word)
    return digits[-_LAST_DIGITS:] if len(digits) >= _MIN_DIGITS and not re.search(r"[^\W\d_]", word) else ""


# --- what tells of somebody ----------------------------------------------------------------------------------------


def words_of(journal: Journal) -> tuple[Told, ...]:
    """Every name, id, address and number that the notes hold, those of people without a card among them."""
    found = (Told(word, file) for text, file in _texts_of(journal) if (word := _SCHEME.sub("", text).strip(" /")))
    return tuple(dict.fromkeys(found))


def _texts_of(journal: Journal) -> Iterator[tuple[str, str]]:
    for note in journal.notes():
        names = [
            getattr(note, key, "") for key in ("name", "title", "called", "school", "linkedin", "location", "where")
        ]
        for key in ("aliases", "email", "phone", "website"):
            names += getattr(note, key, ())
        match note:
            case Contact():
                names += [note.id, *note.name.split(), *_named(note.organization, note.via)]
            case Meeting():
                names += [note.id, *_named(*note.contacts)]
            case Owner():
                names += note.name.split()
            case _:
                names += [note.id]
        yield from ((name, note.file) for name in names)
    yield from journal.unreadable.items()
    yield from ((named.name, named.item.place.file) for named in named_people(journal))


def _named(*those: Reference | None) -> Iterator[str]:
    """What references call those they lead to."""
    for ref in those:
        if ref is not None:
            yield from (ref.text, ref.label)


# --- the same in other words ---------------------------------------------------------------------------------------


def disguise(journal: Journal) -> Journal:
    """The same journal with a meaningless word for each text, the same for equal ones, in the same order."""
    texts: list[str] = []
    _with_texts(journal, texts.append)
    words = {text: f"x{number:07}" for number, text in enumerate(sorted(set(map(fold_name, texts))))}
    changed: Journal = _with_texts(journal, lambda text: text if text in _LISTED else words[fold_name(text)])
    return changed


def _with_texts(value: Any, change: Callable[[str], object]) -> Any:  # noqa: ANN401 - whatever notes are made of
    """A value with every text in it changed."""
    match value:
        case str():
            return change(value)
        case Place() | Settings() | Duration():
            return value
        case msgspec.Struct():
            fields = {name: _with_texts(getattr(value, name), change) for name in value.__struct_fields__}
            return type(value)(**fields)
        case dict():
            return {_with_texts(key, change): _with_texts(one, change) for key, one in value.items()}
        case tuple() | frozenset():
            return type(value)(_with_texts(one, change) for one in value)
    return value
