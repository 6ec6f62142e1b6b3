"""A journal for others' eyes: what happened and when, and no word that anybody typed.

The notes are made anew rather than stripped: a date, a count or a word of a closed list is carried over by name, so
what a later version learns to read stays out until somebody lets it in. People and meetings are numbered in the order
in which they came up, paths by how much they are spoken of. What is `private` is not there at all, nor is what concerns
nobody but private people.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from kith.conventions import fold
from kith.diagnostics import Place
from kith.load import fold_name
from kith.model import (
    ADVICE_LABELS,
    CHANNELS,
    EVIDENCE_LABELS,
    LEARNED_LABELS,
    LEVELS,
    LOG_KINDS,
    MEETING_STATUSES,
    MODES,
    PATH_STATUSES,
    SOURCES,
    AnyNote,
    BankQuestion,
    Body,
    CareerPath,
    Contact,
    Heading,
    Item,
    Journal,
    LogEntry,
    Meeting,
    Organization,
    Owner,
    Question,
    QuestionSection,
    Reference,
)

Known = TypeVar("Known", Contact, Meeting, Organization, CareerPath, QuestionSection)

_SAID = frozenset({*EVIDENCE_LABELS, *LEARNED_LABELS})  # what several people may say: the same words stay the same
_GIVEN = frozenset({*ADVICE_LABELS, "referral"})
_ANSWER = "answered"


def redact(journal: Journal) -> Journal:
    """The journal without names, ids, addresses and prose, and without private notes."""
    return _Redaction(journal).journal()


class _Redaction:
    """The new ids of the notes that stay, by their old ones."""

    def __init__(self, journal: Journal) -> None:
        self.source = journal
        self.people = {id_: one for id_, one in journal.contacts.items() if not one.private}
        self.meetings = {id_: one for id_, one in journal.meetings.items() if self.is_shown(one)}
        self.ids = {
            **self.numbered("person", sorted(self.people, key=lambda id_: (self.since(id_), id_))),
            **self.numbered("meeting", sorted(self.meetings, key=lambda id_: (self.meetings[id_].date, id_))),
            **self.numbered("organisation", journal.organizations),
            **self.numbered("path", self.paths_by_use()),
            **self.numbered("section", journal.questions),
        }
        bank = (question.key for section in journal.questions.values() for question in section.questions)
        self.questions = self.numbered("question", dict.fromkeys(bank))
        self.topics: dict[str, str] = {}
        self.claims: dict[str, str] = {}

    def numbered(self, word: str, those: Iterable[str]) -> dict[str, str]:
        """`person-01` and so on, as wide as the last; a number that would make somebody's name or id is left out."""
        old = list(those)
        width = len(str(len(old)))
        new = (f"{word}-{number:0{width}}" for number in itertools.count(1))
        free = (id_ for id_ in new if not {id_, fold_name(_label(id_))} & self.source.names.keys())
        return dict(zip(old, free, strict=False))

    def is_shown(self, meeting: Meeting) -> bool:
        """Whether a meeting stays: not a private one, nor one with nobody but private people."""
        private = [ref.id in self.source.contacts and ref.id not in self.people for ref in meeting.contacts]
        return not meeting.private and not (private and all(private))

    def paths_by_use(self) -> list[str]:
        """The paths, those first of which the most people and meetings speak."""
        said = (*(one.paths for one in self.people.values()), *(one.paths for one in self.meetings.values()))
        uses = Counter(ref.id for paths in said for ref in paths)
        return sorted(self.source.paths, key=lambda id_: (-uses[id_], id_))

    def since(self, id_: str) -> date:
        """The day on which a person came up first."""
        days = [entry.date for entry in self.people[id_].log]
        added = self.people[id_].added
        return min([*days, *([added] if added else [])], default=date.max)

    def journal(self) -> Journal:
        source = self.source
        return Journal(
            owner=Owner(id="journal", file="journal.md", settings=source.settings),
            contacts=_by_id(map(self.contact, self.people.values())),
            meetings=_by_id(map(self.meeting, self.meetings.values())),
            organizations=_by_id(map(self.organization, source.organizations.values())),
            paths=_by_id(map(self.path, source.paths.values())),
            questions=_by_id(map(self.section, source.questions.values())),
        )

    # --- notes ---

    def contact(self, contact: Contact) -> Contact:
        id_ = self.ids[contact.id]
        return Contact(
            id=id_,
            file=_file(id_),
            name=_label(id_),
            level=_known(contact.level, LEVELS),
            source=_known(contact.source, SOURCES),
            via=next(self.references([contact.via] if contact.via else []), None),
            paths=tuple(self.references(contact.paths)),
            added=contact.added,
            log=tuple(self.entry(entry, id_) for entry in contact.log),
            items=tuple(self.items(contact)),
        )

    def entry(self, entry: LogEntry, id_: str) -> LogEntry:
        return LogEntry(
            date=entry.date,
            kind=_known(entry.kind, LOG_KINDS),
            place=Place(_file(id_), entry.place.line),
            order=entry.order,
            channel=_known(entry.channel, CHANNELS),
            links=tuple(self.references(entry.links)),
        )

    def meeting(self, meeting: Meeting) -> Meeting:
        id_ = self.ids[meeting.id]
        headed = self.references(heading.link for heading in meeting.body.headings if heading.link is not None)
        return Meeting(
            id=id_,
            file=_file(id_),
            date=meeting.date,
            contacts=tuple(self.references(meeting.contacts)),
            minutes=meeting.minutes,
            took=meeting.took,
            mode=_known(meeting.mode, MODES),
            status=_known(meeting.status, MEETING_STATUSES),
            paths=tuple(self.references(meeting.paths)),
            body=Body(headings=tuple(Heading("", 2, link.place, link=link) for link in headed)),
            questions=tuple(self.question(question, id_) for question in meeting.questions),
            items=tuple(self.items(meeting)),
        )

    def question(self, question: Question, id_: str) -> Question:
        bank = self.questions.get(question.bank or "")
        return Question(
            text=_label(bank) if bank else "",
            key=bank or "",
            place=Place(_file(id_), question.place.line),
            asked=question.asked,
            answer=_ANSWER if question.answer else "",
            under=next(self.references([question.under] if question.under else []), None),
            bank=bank,
        )

    def organization(self, organization: Organization) -> Organization:
        id_ = self.ids[organization.id]
        return Organization(id=id_, file=_file(id_), name=_label(id_), items=tuple(self.items(organization)))

    def path(self, path: CareerPath) -> CareerPath:
        id_ = self.ids[path.id]
        status = _known(path.status, PATH_STATUSES)
        return CareerPath(id=id_, file=_file(id_), title=_label(id_), status=status, items=tuple(self.items(path)))

    def section(self, section: QuestionSection) -> QuestionSection:
        id_ = self.ids[section.id]
        questions = (
            BankQuestion(_label(self.questions[one.key]), self.questions[one.key], Place(_file(id_), one.place.line))
            for one in section.questions
        )
        return QuestionSection(id=id_, file=_file(id_), title=_label(id_), questions=tuple(questions))

    # --- parts of notes ---

    def references(self, those: Iterable[Reference]) -> Iterator[Reference]:
        """The references to notes that stay; a name without a card leads to nothing."""
        for ref in those:
            if ref.id is not None and ref.id in self.ids:
                id_ = self.ids[ref.id]
                yield Reference(id_, Place(_file(id_)), link=True, id=id_)

    def items(self, note: AnyNote) -> Iterator[Item]:
        """What a note says was learned, advised or given, of somebody who stays or of nobody.

        What is still to be done is nobody else's business.
        """
        id_ = self.ids[note.id]
        for item in note.items:
            people = tuple(self.ids[one] for one in item.contacts if one in self.people)
            kept = item.label in _SAID or item.label in _GIVEN or (item.label == "promise" and item.state == "done")
            if kept and (people or not item.contacts):
                yield Item(
                    label=item.label,
                    text=_token("claim", fold(item.text) or item.text, self.claims) if item.label in _SAID else "",
                    place=Place(_file(id_), item.place.line),
                    note=id_,
                    topic=_token("topic", fold(item.topic), self.topics) if item.topic else "",
                    box=item.box,
                    state=item.state,
                    done=item.done,
                    links=tuple(self.references(item.links)),
                    day=item.day,
                    contacts=people,
                )


def _by_id(notes: Iterable[Known]) -> Mapping[str, Known]:
    return {note.id: note for note in sorted(notes, key=lambda note: note.id)}


def _file(id_: str) -> str:
    return f"{id_}.md"


def _label(id_: str) -> str:
    """`person-07` as people read it: `Person 07`."""
    return id_.capitalize().replace("-", " ")


def _known(word: str, words: Iterable[str]) -> str:
    """A word of a closed list; nothing where it is not one."""
    return word if word in words else ""


def _token(word: str, text: str, known: dict[str, str]) -> str:
    """The same words for the same text, so that what several people said stays one claim."""
    return known.setdefault(text, f"{word} {len(known) + 1}")
