"""What speaks for and against each path, and who said it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from kith.conventions import fold
from kith.model import EVIDENCE_LABELS, AnyNote, CareerPath, Contact, Item, Journal, Meeting
from kith.study.items import noted_items
from kith.study.timeline import people_of

_LAST_LINK = re.compile(r"\s*\[\[[^\[\]]*\]\]$")


class Claim(msgspec.Struct, frozen=True):
    """A `pro` or `con` and all who said it: items of one label and topic are one claim.

    `witnesses` are those who said it, each once: the id of a person, or of the meeting where several people said it
    together. What stands in the note of a path or an organisation is yours and has no witness.
    """

    label: str
    topic: str
    items: tuple[Item, ...]
    witnesses: tuple[str, ...]


class PathEvidence(msgspec.Struct, frozen=True):
    """The claims about one path, those with the most witnesses first, and the topics on which people disagree."""

    pro: tuple[Claim, ...] = ()
    con: tuple[Claim, ...] = ()
    contradictions: tuple[tuple[Claim, Claim], ...] = ()

    @property
    def witnesses(self) -> tuple[str, ...]:
        """All who said something for or against."""
        return tuple(dict.fromkeys(one for claim in (*self.pro, *self.con) for one in claim.witnesses))


class Evidence(msgspec.Struct, frozen=True):
    """The evidence on every path, by its id, and the claims of which it is not clear what path they are about."""

    paths: Mapping[str, PathEvidence]
    unsorted: tuple[Item, ...]


def gather_evidence(journal: Journal, today: date | None = None) -> Evidence:
    """Sort all `pro` and `con` items by path; on a day, if one is given."""
    found: dict[str, list[Item]] = {id_: [] for id_ in journal.paths}
    unsorted = []
    for note, item in noted_items(journal, today):
        if item.label in EVIDENCE_LABELS:
            ids = paths_of(item, note, journal)
            for id_ in ids:
                found[id_].append(item)
            if not ids:
                unsorted.append(item)
    return Evidence({id_: _path_evidence(items, journal) for id_, items in found.items()}, tuple(unsorted))


def paths_of(item: Item, note: AnyNote, journal: Journal) -> tuple[str, ...]:
    """The paths that an item speaks about: those it links to, else its note's, else its contacts' if that is one."""
    linked = tuple(link.id for link in item.links if link.id in journal.paths)
    if linked:
        return tuple(dict.fromkeys(id_ for id_ in linked if id_ is not None))
    if isinstance(note, CareerPath):
        return (note.id,)
    if isinstance(note, Contact | Meeting) and (own := _known(note, journal)):
        return own
    if isinstance(note, Meeting):
        people = item.contacts or people_of(note)
        theirs = {
            id_: None for who in people if who in journal.contacts for id_ in _known(journal.contacts[who], journal)
        }
        return tuple(theirs) if len(theirs) == 1 else ()
    return ()


def _known(note: Contact | Meeting, journal: Journal) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref.id for ref in note.paths if ref.id is not None and ref.id in journal.paths))


def _path_evidence(items: Iterable[Item], journal: Journal) -> PathEvidence:
    claims: dict[tuple[str, str, str], list[Item]] = {}
    for item in items:
        topic = fold(item.topic)
        claims.setdefault((item.label, topic, "" if topic else fold(item.text) or item.text), []).append(item)
    made = [_claim(label, found, journal) for (label, *_), found in claims.items()]
    made.sort(key=lambda claim: (-len(claim.witnesses), claim.items[0].day or date.min, claim.items[0].place))
    pro, con = (tuple(claim for claim in made if claim.label == label) for label in EVIDENCE_LABELS)
    return PathEvidence(pro, con, tuple(_contradictions(pro, con)))


def _claim(label: str, items: list[Item], journal: Journal) -> Claim:
    items.sort(key=lambda item: (item.day or date.min, item.place))
    witnesses = dict.fromkeys(one for item in items if (one := witness(item, journal)))
    return Claim(label, items[0].topic, tuple(items), tuple(witnesses))


def words_of(item: Item, journal: Journal) -> str:
    """The words of a claim without the link at its end that says which path it is about."""
    text = item.text.removesuffix(".").rstrip()
    match = _LAST_LINK.search(text)
    last = item.links[-1] if item.links else None
    about_path = last is not None and last.id in journal.paths
    return text[: match.start()] if match is not None and match.start() > 0 and about_path else text


def witness(item: Item, journal: Journal) -> str:
    """Who said it: a person, a meeting for several people together, `""` for yourself."""
    if len(item.contacts) == 1:
        return item.contacts[0]
    return item.note if item.note in journal.meetings else ""


def _contradictions(pro: tuple[Claim, ...], con: tuple[Claim, ...]) -> Iterator[tuple[Claim, Claim]]:
    """The topics with claims for and against from different people."""
    against = {fold(claim.topic): claim for claim in con}
    for claim in pro:
        other = against.get(fold(claim.topic)) if fold(claim.topic) else None
        if other is None or not claim.witnesses or not other.witnesses:
            continue
        if len({*claim.witnesses, *other.witnesses}) > 1:
            yield claim, other
