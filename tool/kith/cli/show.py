"""`kith show`: one person's whole story, or one meeting, organisation, path or other note."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

import click

from kith.cli.choosing import choose_note, complete_contact
from kith.cli.opening import find_root, find_today, open_journal
from kith.cli.options import Command
from kith.cli.terminal import say, use_color, write
from kith.conventions import fold
from kith.dates import long_date
from kith.diagnostics.report import Report, printable, summarize
from kith.followups.agenda import when_words
from kith.markdown import plain
from kith.model import (
    ADVICE_LABELS,
    AnyNote,
    Body,
    CareerPath,
    Contact,
    Heading,
    Item,
    LogEntry,
    Meeting,
    Organization,
    Reference,
)
from kith.pipeline import Review
from kith.study.evidence import Claim, gather_evidence, witness, words_of
from kith.study.learned import Learned, gather_learned
from kith.study.timeline import MeetingState, people_of
from kith.study.words import number_word

INDENT = "  "
_TALKS = {
    "held": "conversation",
    "planned": "planned conversation",
    "cancelled": "cancelled conversation",
    "no-show": "missed conversation",
}
_BOXES = {"open": "[ ]", "done": "[x]", "dropped": "[-]"}


@click.command("show", cls=Command)
@click.argument("who", shell_complete=complete_contact)
def command(who: str) -> None:
    """Show one person's whole story, the last conversation first; or one meeting, organisation or path.

    WHO is an id, a name, an alias or the beginning of one.
    """
    root, today = find_root(), find_today()
    reviewed = open_journal(root, today)
    note = choose_note(reviewed.journal, who)
    lines = [line.rstrip() for line in _Teller(reviewed, note).lines()]
    while lines and not lines[-1]:
        lines.pop()
    write("".join(f"{line}\n" for line in lines))
    if reviewed.findings:
        say(f"{summarize(Report(reviewed.findings, files=len(reviewed.files)))} See kith check.")


class _Teller:
    """Tells what the journal knows of one note, line by line."""

    def __init__(self, reviewed: Review, note: AnyNote) -> None:
        self.reviewed = reviewed
        self.journal = reviewed.journal
        self.timeline = reviewed.timeline
        self.today = reviewed.today
        self.note = note
        self.color = use_color()

    def lines(self) -> Iterator[str]:
        match self.note:
            case Contact() as contact:
                yield from self.contact(contact)
            case Meeting() as meeting:
                yield from self.meeting(meeting)
            case Organization() as organization:
                yield from self.organization(organization)
            case CareerPath() as path:
                yield from self.path(path)
            case other:
                yield self.title(other.id)
                yield f"{INDENT}{other.file}"
                yield from self.part("", self.body(other.body))

    # --- people ---

    def contact(self, contact: Contact) -> Iterator[str]:
        history = self.timeline.histories[contact.id]
        last = history.last_contact
        yield self.title(contact.name, contact.pronouns and f"({contact.pronouns})")
        where = self.name_of(contact.organization)
        yield from _facts(
            _joined(", ", contact.role, where),
            _joined(" · ", history.stage, last is not None and f"last contact {self.day(last)}"),
            _joined(" · ", *contact.email, *contact.phone, *contact.website, contact.linkedin),
            _joined(" · ", contact.location, contact.timezone, contact.school),
            contact.via is not None and f"through {self.name_of(contact.via)}",
            _joined(", ", *(self.name_of(path) for path in contact.paths)),
            _joined(" ", *(f"#{tag}" for tag in contact.tags)),
            contact.closed is not None and _joined(" ", f"closed {self.day(contact.closed)}", contact.closed_because),
            contact.snooze is not None and contact.snooze > self.today and f"snoozed until {self.day(contact.snooze)}",
            contact.file,
        )
        yield from self.part("To do", self.todo(contact.id))
        yield from self.part("Between you", self.items(contact.id, ("promise", "waiting", "offer")))
        yield from self.part("Advice", self.items(contact.id, ADVICE_LABELS))
        yield from self.part("Story", self.story(contact.id))
        yield from self.part("Notes", self.body(contact.body, without="log"))
        yield from self.part("Mentioned in", self.mentions(contact.id))

    def todo(self, id_: str) -> Iterator[str]:
        for item in self.reviewed.followups:
            if id_ in item.contacts:
                yield f"{when_words(item.due, item.weight, self.today)}: {printable(item.action)}"
                yield f"{INDENT}{item.settle}"

    def items(self, id_: str, labels: tuple[str, ...]) -> Iterator[str]:
        found = [item for note in self.journal.notes() for item in note.items if id_ in item.contacts]
        for item in sorted(found, key=lambda item: item.state != "open"):
            if item.label in labels:
                yield self.item(item)

    def item(self, item: Item) -> str:
        box = f"{_BOXES[item.state]} " if item.box else ""
        topic = f" ({item.topic})" if item.topic else ""
        dates = "".join(f" {key}:{day}" for key, day in (("due", item.due), ("done", item.done)) if day)
        return f"{box}{item.label}{topic}: {self.line(item.text)}{dates}"

    def story(self, id_: str) -> Iterator[str]:
        """All that happened and is arranged, the newest first; a conversation with all that was written down."""
        history = self.timeline.histories[id_]
        entries = [moment.entry for moment in history.moments if moment.entry is not None]
        meetings = [state for state in self.timeline.meetings.values() if id_ in people_of(state.meeting)]
        told: list[tuple[date, int, int, LogEntry | MeetingState]] = [
            *((entry.date, 0, entry.order, entry) for entry in entries),
            *((state.meeting.date, 1, 0, state) for state in meetings),
        ]
        for *_, event in sorted(told, key=lambda one: one[:3], reverse=True):
            yield from self.entry(event) if isinstance(event, LogEntry) else self.talk(event)

    def entry(self, entry: LogEntry) -> Iterator[str]:
        by = f" by {entry.channel}" if entry.channel else ""
        first, _, rest = entry.text.partition("\n")
        said = f"{entry.kind}{by}" + (f": {self.line(first)}" if first else "")
        yield f"{self.strong(self.day(entry.date))}  {said}"
        yield from (f"{INDENT}{self.line(line)}" for line in rest.strip("\n").split("\n") if rest.strip())

    def talk(self, state: MeetingState) -> Iterator[str]:
        meeting = state.meeting
        people = [one for one in people_of(meeting) if one != self.note.id]
        said = _joined(
            ", ",
            _TALKS[state.status],
            meeting.mode,
            meeting.took is not None and f"{meeting.took} minutes",
            people and f"with {_joined(', ', *map(self.name, people))}",
        )
        yield f"{self.strong(self.day(meeting.date))}  {said}  {meeting.file}"
        yield from (f"{INDENT}{line}" for line in self.body(meeting.body))

    def mentions(self, id_: str) -> Iterator[str]:
        for note in self.journal.notes():
            told = isinstance(note, Meeting) and id_ in people_of(note)  # in the story
            links = [*note.body.links, *_front_links(note)]
            if note.id != id_ and not told and any(link.id == id_ for link in links):
                yield f"{self.name(note.id)}  {note.file}"

    # --- other notes ---

    def meeting(self, meeting: Meeting) -> Iterator[str]:
        state = self.timeline.meetings[meeting.id]
        people = _joined(", ", *(self.name_of(one) for one in meeting.contacts)) or meeting.where or meeting.id
        yield self.title(people)
        time = f"{meeting.time:%H:%M}" if meeting.time else ""
        yield from _facts(
            _joined(" ", self.day(meeting.date), time, meeting.timezone),
            _joined(", ", state.status, meeting.mode, meeting.where),
            meeting.minutes is not None and f"{meeting.minutes} minutes agreed",
            meeting.took is not None and f"{meeting.took} minutes taken",
            _joined(", ", *(self.name_of(path) for path in meeting.paths)),
            _joined(" ", *(f"#{tag}" for tag in meeting.tags)),
            meeting.file,
        )
        todo = (item for item in self.reviewed.followups if item.event.place.file == meeting.file)
        yield from self.part("To do", (f"{when_words(one.due, one.weight, self.today)}: {one.action}" for one in todo))
        yield from self.part("", self.body(meeting.body))
        yield from self.part("Mentioned in", self.mentions(meeting.id))

    def organization(self, organization: Organization) -> Iterator[str]:
        yield self.title(organization.name)
        yield from _facts(
            _joined(", ", organization.industry, organization.location),
            _joined(" · ", *organization.website),
            _joined(" ", *(f"#{tag}" for tag in organization.tags)),
            organization.file,
        )
        people = (
            contact
            for contact in self.journal.contacts.values()
            if contact.organization is not None and contact.organization.id == organization.id
        )
        yield from self.part("People", map(self.person, people))
        yield from self.part("", self.body(organization.body))
        yield from self.part("Mentioned in", self.mentions(organization.id))

    def path(self, path: CareerPath) -> Iterator[str]:
        yield self.title(path.title)
        decided = path.decided is not None and f"decided {self.day(path.decided)}"
        tags = _joined(" ", *(f"#{tag}" for tag in path.tags))
        evidence = gather_evidence(self.journal, self.today).paths[path.id]
        rests = len(evidence.witnesses)
        on = f"rests on {number_word(rests)} {'person' if rests == 1 else 'people'}"
        said = on if rests else "nobody has said anything for or against it yet"
        yield from _facts(_joined(", ", path.status, decided), path.question, said, tags, path.file)
        yield from self.part("For", chain.from_iterable(map(self.claim, evidence.pro)))
        yield from self.part("Against", chain.from_iterable(map(self.claim, evidence.con)))
        yield from self.part("Where they contradict each other", (pro.topic for pro, _ in evidence.contradictions))
        learned = gather_learned(self.journal, self.today)
        yield from self.part("What you learned", map(self.learned, learned.paths[path.id]))
        related = (item for item, leads in learned.related[path.id] if leads != path.id)
        yield from self.part("Work they pointed to instead", map(self.statement, related))
        people = (
            contact
            for contact in self.journal.contacts.values()
            if any(reference.id == path.id for reference in contact.paths)
        )
        yield from self.part("People", map(self.person, people))
        yield from self.part("", self.body(path.body))
        yield from self.part("Mentioned in", self.mentions(path.id))

    def claim(self, claim: Claim) -> Iterator[str]:
        topic = printable(f"{claim.topic}:") if claim.topic else ""
        if len(claim.items) == 1:
            yield _joined(" ", topic, self.statement(claim.items[0]))
            return
        yield topic or f"{self.line(words_of(claim.items[0], self.journal))}:"
        yield from (f"{INDENT}{self.statement(item)}" for item in claim.items)

    def statement(self, item: Item) -> str:
        """What somebody said, and who."""
        who = _joined(", ", *map(self.name, item.contacts)) or self.name(witness(item, self.journal)) or "you"
        return f"{self.line(words_of(item, self.journal))} ({printable(who)})"

    def learned(self, learned: Learned) -> str:
        who = _joined(", ", *map(self.name, learned.witnesses)) or "you"
        return f"{learned.label}: {self.line(words_of(learned.items[0], self.journal))} ({printable(who)})"

    def person(self, contact: Contact) -> str:
        return _joined(", ", contact.name, contact.role, self.timeline.histories[contact.id].stage)

    # --- words ---

    def title(self, *words: str) -> str:
        return self.strong(printable(_joined(" ", *words)))

    def strong(self, text: str) -> str:
        return click.style(text, bold=True) if self.color else text

    def part(self, title: str, lines: Iterable[str]) -> Iterator[str]:
        shown = list(lines)
        if any(shown):
            yield ""
            if title:
                yield self.strong(title)
            yield from (f"{INDENT}{line}" if line else "" for line in shown)

    def day(self, day: date) -> str:
        return long_date(day, self.today)

    def name_of(self, reference: Reference | None) -> str:
        if reference is None:
            return ""
        return reference.text if reference.id is None else self.name(reference.id)

    def name(self, id_: str) -> str:
        """What people call the note of an id."""
        journal = self.journal
        if (note := journal.contacts.get(id_) or journal.organizations.get(id_)) is not None:
            return note.name
        if (meeting := journal.meetings.get(id_)) is not None:
            people = _joined(", ", *map(self.name_of, meeting.contacts)) or meeting.where or id_
            return f"{people}, {self.day(meeting.date)}"
        path = journal.paths.get(id_)
        return path.title if path is not None else id_

    def line(self, text: str) -> str:
        return printable(plain(text, self.named))

    def named(self, target: str) -> str:
        found = self.journal.names.get(target.casefold(), ())
        return self.name(found[0]) if len(found) == 1 else target

    def body(self, body: Body, without: str = "") -> Iterator[str]:
        """The lines of a body; without the parts under a heading."""
        hidden = {line for span in _parts(body, without) for line in span}
        lines = [line for number, line in enumerate(body.text.split("\n"), body.line) if number not in hidden]
        text = "\n".join(lines).strip("\n")
        before = "x"
        for line in text.split("\n"):
            if line.strip() or before.strip():
                yield printable(line)
            before = line


def _parts(body: Body, title: str) -> Iterator[range]:
    """The lines of each part under a heading of a title."""
    end = body.line + body.text.count("\n") + 1
    for index, heading in enumerate(body.headings):
        if title and fold(heading.title) == title:
            yield range(heading.place.line, _end(body.headings[index + 1 :], heading.level, end))


def _end(later: Iterable[Heading], level: int, end: int) -> int:
    return next((heading.place.line for heading in later if heading.level <= level), end)


def _front_links(note: AnyNote) -> Iterator[Reference]:
    """The links in the front matter of a note."""
    for value in (getattr(note, key, None) for key in ("organization", "via", "contacts", "paths")):
        if isinstance(value, Reference):
            yield value
        elif isinstance(value, tuple):
            yield from value


def _joined(separator: str, *parts: object) -> str:
    return separator.join(str(part) for part in parts if part)


def _facts(*facts: object) -> Iterator[str]:
    yield from (f"{INDENT}{printable(str(fact))}" for fact in facts if fact)
