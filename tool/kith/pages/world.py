"""What the pages are made from: a journal on a day, indexed once."""

import datetime as dt
import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import msgspec

from kith.dates import short_date
from kith.diagnostics import Finding
from kith.followups import next_due
from kith.followups.agenda import Background, read_background
from kith.history import History
from kith.letters import Desk, letter_context, read_desk
from kith.load import fold_name
from kith.model import (
    AnyNote,
    Body,
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
from kith.pages.address import question_address, safe_name
from kith.pages.parts import key_of
from kith.pages.words import listed
from kith.study.briefing import Ground, read_ground
from kith.study.coverage import Coverage, Covered, read_coverage
from kith.study.evidence import Evidence, gather_evidence
from kith.study.exchange import Exchange, read_exchanges
from kith.study.forest import Tree, referral_forest
from kith.study.items import all_items
from kith.study.learned import Learnings, gather_learned
from kith.study.ledger import Advice, advice_by_giver, advice_ledger
from kith.study.referrals import Named, named_people, referrers
from kith.study.search import fold_text
from kith.study.timeline import Timeline, people_of

_FOLDERS: Mapping[type[AnyNote], str] = {
    Contact: "contacts",
    Meeting: "meetings",
    Organization: "organizations",
    CareerPath: "paths",
}

T = TypeVar("T")


class OnDemand(dict[str, str]):
    """Values by key, each made when it is first asked for: who looks at one page waits for what that shows."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> str:
        value = self[key] = self._make(key)
        return value


class Given(msgspec.Struct, frozen=True):
    """What else a site is made from.

    `followups` and `findings` are asked for by pages that show them: to work them out takes a while. `sources` are the
    texts of notes by path, `attachments` the paths of files that the site will hold, `history` is what git knows.
    """

    followups: Callable[[], tuple[FollowUp, ...]] = tuple
    findings: Callable[[], tuple[Finding, ...]] = tuple
    sources: Mapping[str, str] = {}
    attachments: frozenset[str] = frozenset()
    history: History = History()


@dataclass(frozen=True)
class World:
    """A journal on a day, with what many pages need worked out once, when it is first asked for."""

    journal: Journal
    timeline: Timeline
    given: Given

    @property
    def today(self) -> dt.date:
        """The day of the build."""
        return self.timeline.today

    def short(self, day: dt.date) -> str:
        """A day in few letters, without the year when it is this one."""
        return short_date(day, self.today)

    @cached_property
    def background(self) -> Background:
        """What agendas are made from, besides follow-ups."""
        return read_background(self.timeline)

    # --- notes ---

    @cached_property
    def notes(self) -> Mapping[str, AnyNote]:
        """The notes by id."""
        return {note.id: note for note in self.journal.notes()}

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """The address of each note that has a page."""
        return {
            id_: f"{_FOLDERS[type(note)]}/{safe_name(id_)}.html"
            for id_, note in self.notes.items()
            if type(note) in _FOLDERS
        }

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What each note is called."""
        return {id_: title_of(note, self.journal, self.today) for id_, note in self.notes.items()}

    # Hashes of notes, for the keys of pages. None holds where the front matter stands in the file: no page shows that.

    @cached_property
    def digests(self) -> OnDemand:
        """A hash of each note, and of where its links lead."""
        return OnDemand(lambda id_: key_of(self.leads[id_], msgspec.structs.replace(self.notes[id_], places={})))

    @cached_property
    def stories(self) -> OnDemand:
        """A hash of what tables and stories tell of a person or meeting: front, opening, log, questions, links."""

        def story(id_: str) -> str:
            note = self.journal.contacts.get(id_) or self.journal.meetings[id_]
            return key_of(self.fronts[id_], self.leads[id_], note.body.opening, _told(note))

        return OnDemand(story)

    @cached_property
    def fronts(self) -> OnDemand:
        """A hash of the front matter of each note, and of what it is called."""
        return OnDemand(lambda id_: key_of(_front(self.notes[id_]), self.titles[id_]))

    @cached_property
    def leads(self) -> OnDemand:
        """A hash of where the links of each note lead: names and addresses of notes, files that the site has."""

        def lead(id_: str) -> str:
            note = self.notes[id_]
            return key_of([self._lead(ref, note) for ref in _references(note)])

        return OnDemand(lead)

    def _lead(self, ref: Reference, note: AnyNote) -> tuple[str | None, str | None, str]:
        id_ = ref.id or ""
        return self.titles.get(id_), self.addresses.get(id_), "" if ref.link else self.file(ref.text, note.file)

    def leads_in(self, text: str, id_: str) -> str:
        """A hash of where the links in a text of a note lead; empty where no link can stand in it."""
        return self.leads[id_] if "[" in text or "<" in text else ""

    def items_shown(self, items: Iterable[Item]) -> list[object]:
        """What a page shows of items: them, whom they concern, and what it needs of the notes that they stand in."""
        return [
            (
                item,
                self.fronts[item.note],
                self.leads_in(item.text, item.note),
                [self.titles.get(id_) for id_ in item.contacts],
            )
            for item in items
        ]

    @cached_property
    def drafts(self) -> Mapping[tuple[str, str], str]:
        """A hash of what each letter is filled from that serves a follow-up, by its id and the person's."""
        wanted = {(one.letter, one.contacts[0]) for one in self.followups if one.letter and one.contacts}
        letters = self.journal.letters
        return {
            (letter, who): key_of(self.digests[letter], letter_context(letters[letter], self.desk, who))
            for letter, who in sorted(wanted)
            if letter in letters
        }

    def file(self, path: str, note: str) -> str:
        """The address of the file of the journal that the note at path `note` names; empty where the site has none."""
        bare = path.partition("#")[0]
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(note), bare))
        for candidate in (beside, posixpath.normpath(bare), f"attachments/{posixpath.basename(bare)}"):
            if candidate in self.given.attachments:
                return candidate
        return ""

    def title(self, id_: str) -> str:
        """What a note is called; its id where it could not be read."""
        return self.titles.get(id_, id_)

    def name(self, target: str) -> str:
        """What to call the note that a link's target means."""
        ids = self.journal.names.get(fold_name(target), ())
        return self.title(ids[0]) if ids else target

    # --- what is told ---

    @cached_property
    def followups(self) -> tuple[FollowUp, ...]:
        """What to do next."""
        return self.given.followups()

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the notes."""
        return self.given.findings()

    # --- what belongs to a note ---

    @cached_property
    def next_due(self) -> Mapping[str, dt.date]:
        """The day on which each person comes up next."""
        return next_due(self.journal, self.today, self.timeline, self.followups)

    @cached_property
    def followups_of(self) -> Mapping[str, tuple[FollowUp, ...]]:
        """The follow-ups of each person."""
        return _grouped((id_, followup) for followup in self.followups for id_ in followup.contacts)

    @cached_property
    def items_of(self) -> Mapping[str, tuple[Item, ...]]:
        """The labelled items of each person."""
        return _grouped((id_, item) for item in all_items(self.journal) for id_ in item.contacts)

    @cached_property
    def meetings_of(self) -> Mapping[str, tuple[Meeting, ...]]:
        """The meetings of each person."""
        return _grouped((id_, one) for one in self.journal.meetings.values() for id_ in people_of(one))

    @cached_property
    def members_of(self) -> Mapping[str, tuple[Contact, ...]]:
        """The people of each organisation and path."""
        return _members(self.journal)

    @cached_property
    def spoken_of(self) -> Mapping[str, tuple[AnyNote, ...]]:
        """The notes whose prose links to each note."""
        return _mentions(self.journal)

    @cached_property
    def tags(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the notes of each tag."""
        return _tags(self.notes.values())

    @cached_property
    def advice_of(self) -> Mapping[str, tuple[Advice, ...]]:
        """The advice of each person."""
        return advice_by_giver(self.ledger)

    @cached_property
    def exchanges(self) -> Mapping[str, Exchange]:
        """What passed both ways with each person."""
        return read_exchanges(self.timeline)

    # --- what the notes add up to ---

    @cached_property
    def ledger(self) -> tuple[Advice, ...]:
        """All advice."""
        return advice_ledger(self.journal, self.today)

    @cached_property
    def forest(self) -> tuple[Tree, ...]:
        """Who led to whom."""
        return referral_forest(self.timeline)

    @cached_property
    def trees(self) -> Mapping[str, Tree]:
        """Those whom each person led to."""
        return {tree.id: tree for root in self.forest for tree in root.walk() if tree.id}

    @cached_property
    def referrer(self) -> Mapping[str, str]:
        """Who led to each person."""
        return referrers(self.timeline)

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """Everybody whom somebody named."""
        return tuple(named_people(self.journal))

    @cached_property
    def named_as(self) -> Mapping[str, tuple[Item, ...]]:
        """The items that name each person."""
        return _grouped((one.id, one.item) for one in self.named if one.id)

    @cached_property
    def named_without_card(self) -> Mapping[str, tuple[Item, ...]]:
        """The items in which each person names somebody without a card."""
        return _grouped((id_, one.item) for one in self.named if one.id is None for id_ in one.item.contacts)

    @cached_property
    def coverage(self) -> Coverage:
        """Who was asked what."""
        return read_coverage(self.timeline)

    @cached_property
    def evidence(self) -> Evidence:
        """What speaks for and against each path."""
        return gather_evidence(self.journal, self.today)

    @cached_property
    def learned(self) -> Learnings:
        """What else was learned about each path."""
        return gather_learned(self.journal, self.today)

    @cached_property
    def ground(self) -> Ground:
        """What preparation stands on."""
        return read_ground(self.timeline, self.coverage, self.ledger)

    @cached_property
    def desk(self) -> Desk:
        """What letters are filled from."""
        return read_desk(self.timeline)

    @cached_property
    def questions_at(self) -> Mapping[str, Covered]:
        """The questions of the bank by the address of their page; one that stands twice in the bank is one."""
        found: dict[str, Covered] = {}
        for covered in self.coverage.questions:
            found.setdefault(question_address(covered.question.key), covered)
        return found

    @cached_property
    def question_addresses(self) -> Mapping[str, None]:
        """The addresses of the pages of questions, as in `questions_at`."""
        sections = self.journal.questions.values()
        return {question_address(question.key): None for section in sections for question in section.questions}


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


def _front(note: AnyNote) -> AnyNote:
    """A note without what stands in its body."""
    match note:
        case Contact():
            return msgspec.structs.replace(note, body=Body(), places={}, items=(), strays=(), log=())
        case Meeting():
            return msgspec.structs.replace(note, body=Body(), places={}, items=(), strays=(), questions=(), before=())
        case QuestionSection():
            return msgspec.structs.replace(note, body=Body(), places={}, items=(), strays=(), questions=())
    return msgspec.structs.replace(note, body=Body(), places={}, items=(), strays=())


def _told(note: Contact | Meeting) -> object:
    if isinstance(note, Contact):
        return [(entry.date, entry.kind, entry.order, entry.channel, entry.text) for entry in note.log]
    return len(note.questions), sum(question.asked for question in note.questions)


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


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _members(journal: Journal) -> dict[str, tuple[Contact, ...]]:
    """The people of each organisation and path, by its id."""
    people = sorted(journal.contacts.values(), key=lambda contact: (fold_text(contact.name), contact.id))
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
    return {tag: tuple(dict.fromkeys(found[tag])) for tag in sorted(found, key=lambda tag: (fold_text(tag), tag))}
