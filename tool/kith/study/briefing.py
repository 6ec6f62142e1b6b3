"""Everything to know before a conversation: who they are, what was said, what was promised, what to ask.

`brief` is a function of the notes and the day; `kith prep` prints it and the run-sheet page shows it. A conversation by
email gets a message instead of a sheet, an event a sheet of people.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec

from kith.conventions import fold
from kith.diagnostics import Place
from kith.markdown import plain, strip_comments
from kith.model import CareerPath, Contact, Item, Journal, Meeting, Organization, Reference, Step
from kith.study.before import missing_steps
from kith.study.coverage import Coverage, read_coverage
from kith.study.forest import chain_to
from kith.study.items import is_open, items_on
from kith.study.ledger import Advice, advice_by_giver, advice_ledger
from kith.study.preparation import (
    Choice,
    goals_of,
    lacking,
    part_of,
    prepare_questions,
    readable,
    research_notes,
)
from kith.study.referrals import named_people, referrers
from kith.study.run_sheet import CLOSING_LINES, OPENING_LINES, Line, Slot, run_sheet
from kith.study.timeline import MeetingState, Timeline, people_of
from kith.study.words import join_words

# How you found somebody, in words behind "through".
FOUND: Mapping[str, str] = {
    "family": "your family",
    "friend": "your friends",
    "neighbor": "your neighbourhood",
    "coworker": "work you did together",
    "classmate": "your class",
    "alumni": "the alumni network",
    "professor": "your professors",
    "supervisor": "your supervisors",
    "association": "an association",
    "conference": "a conference",
    "event": "an event",
    "referral": "a referral",
    "social-network": "a social network",
    "company-website": "their organisation's website",
    "article": "something you read",
    "cold": "your own search",
}
_BULLET = re.compile(r"^(?:[-*+]|\d+[.)])\s+")
_PREPARATION = frozenset({"before", "goals", "research", "questions"})


class Ground(msgspec.Struct, frozen=True):
    """What the briefings of all meetings share, worked out once: linear in the notes."""

    timeline: Timeline
    coverage: Coverage
    parents: Mapping[str, str]
    items: Mapping[str, tuple[Item, ...]]
    advice: Mapping[str, tuple[Advice, ...]]
    named: Mapping[str, tuple[str, ...]]


class Said(msgspec.Struct, frozen=True):
    """Something that has happened: a log line, or a conversation with its notes and the answers that were given."""

    date: date
    what: str
    text: str
    place: Place
    answers: tuple[tuple[str, str], ...] = ()


class PersonBrief(msgspec.Struct, frozen=True):
    """One person: how you found them, who led you there (ids, the first of them first), and all there is between you.

    `promised` is what you owe them, `awaited` what they owe you, `named` whom they named.
    """

    contact: Contact
    organization: str
    found: str
    chain: tuple[str, ...]
    said: tuple[Said, ...]
    promised: tuple[Item, ...]
    awaited: tuple[Item, ...]
    offers: tuple[Item, ...]
    advice: tuple[Advice, ...]
    named: tuple[str, ...]


class Passage(msgspec.Struct, frozen=True):
    """Research, and the note it stands in: its title and file."""

    title: str
    file: str
    text: str


class Briefing(msgspec.Struct, frozen=True):
    """A meeting as one prepares for it.

    `lacks` is what the follow-up `prepare` asks for, `gaps` what would be good to know besides. `strangers` are people
    without a card. `opening` and `closing` are the lines around the questions, `slots` the clock (empty by email and
    for an event); its slots count `questions`, and those that belong to the last minutes have none. `missing_steps`
    are steps to take before that the note does not list yet.
    """

    meeting: Meeting
    state: MeetingState
    kind: Literal["sheet", "message", "people"]
    people: tuple[PersonBrief, ...]
    strangers: tuple[str, ...]
    paths: tuple[CareerPath, ...]
    research: tuple[Passage, ...]
    lacks: tuple[str, ...]
    gaps: tuple[str, ...]
    introduction: str
    resume: str
    goals: str
    questions: tuple[Choice, ...]
    spares: tuple[str, ...]
    if_relevant: tuple[str, ...]
    minutes: int
    slots: tuple[Slot, ...]
    opening: tuple[Line, ...]
    closing: tuple[Line, ...]
    admire: str
    steps: tuple[Step, ...]
    missing_steps: tuple[str, ...]


def read_ground(
    timeline: Timeline, coverage: Coverage | None = None, ledger: tuple[Advice, ...] | None = None
) -> Ground:
    """Work out what all briefings share; `coverage` and `ledger` are those of the day, where they were read already."""
    journal, today = timeline.journal, timeline.today
    items: dict[str, list[Item]] = {}
    for item in items_on(journal, today):
        for id_ in item.contacts:
            items.setdefault(id_, []).append(item)
    named: dict[str, dict[str, None]] = {}
    for one in named_people(journal, today):
        for id_ in one.item.contacts:
            named.setdefault(id_, {})[one.name if one.id is None else _name_of(journal, one.id)] = None
    return Ground(
        timeline=timeline,
        coverage=read_coverage(timeline) if coverage is None else coverage,
        parents=referrers(timeline),
        items={id_: tuple(found) for id_, found in items.items()},
        advice=advice_by_giver(advice_ledger(journal, today) if ledger is None else ledger),
        named={id_: tuple(found) for id_, found in named.items()},
    )


def brief(ground: Ground, meeting: Meeting) -> Briefing:
    """The briefing for a meeting."""
    timeline = ground.timeline
    journal = timeline.journal
    ids = readable(journal, people_of(meeting))
    prepared = prepare_questions(timeline, meeting, ground.coverage)
    kind: Literal["sheet", "message", "people"] = "sheet"
    if meeting.mode in ("email", "event"):
        kind = "message" if meeting.mode == "email" else "people"
    minutes = meeting.minutes or journal.settings.minutes
    passages = tuple(_passage(note) for note in research_notes(journal, meeting))
    return Briefing(
        meeting=meeting,
        state=timeline.meetings[meeting.id],
        kind=kind,
        people=tuple(_person(ground, id_) for id_ in ids),
        strangers=tuple(ref.label or ref.text for ref in meeting.contacts if ref.id not in journal.contacts),
        paths=_paths(journal, meeting, ids),
        research=passages,
        lacks=lacking(journal, meeting),
        gaps=tuple(_gaps(journal, meeting, ids)),
        introduction=strip_comments(journal.owner.body.text).strip(),
        resume=meeting.resume or journal.owner.resume,
        goals=goals_of(journal, meeting),
        questions=prepared.questions,
        spares=prepared.spares,
        if_relevant=prepared.if_relevant,
        minutes=minutes,
        slots=_slots(prepared.questions, minutes) if kind == "sheet" else (),
        opening=OPENING_LINES,
        closing=tuple(_closing(prepared.questions)),
        admire=_first_line(passages),
        steps=meeting.before,
        missing_steps=missing_steps(meeting),
    )


# --- people ----------------------------------------------------------------------------------------------------------


def _person(ground: Ground, id_: str) -> PersonBrief:
    timeline = ground.timeline
    journal, today = timeline.journal, timeline.today
    contact = journal.contacts[id_]
    items = ground.items.get(id_, ())
    still_open = [item for item in items if is_open(item, today)]
    return PersonBrief(
        contact=contact,
        organization=organization_name(journal, contact.organization),
        found=FOUND.get(contact.source, ""),
        chain=chain_to(ground.parents, id_),
        said=tuple(_said(timeline, id_)),
        promised=tuple(item for item in still_open if item.label == "promise"),
        awaited=tuple(item for item in still_open if item.label == "waiting"),
        offers=tuple(item for item in still_open if item.label == "offer"),
        advice=ground.advice.get(id_, ()),
        named=ground.named.get(id_, ()),
    )


def _said(timeline: Timeline, id_: str) -> Iterator[Said]:
    """What has happened with a person, oldest first."""
    for moment in timeline.histories[id_].moments:
        entry, meeting = moment.entry, moment.meeting
        if entry is not None:
            by = f" by {entry.channel}" if entry.channel else ""
            yield Said(moment.date, f"{entry.kind}{by}", entry.text, moment.place)
        elif meeting is not None:  # pragma: no branch  # a moment is the one or the other
            answers = (
                (question.text, question.answer)
                for question in meeting.questions
                if question.answer and (question.under is None or question.under.id in (id_, None))
            )
            yield Said(moment.date, _conversation(meeting), notes_of(meeting), moment.place, tuple(answers))


def _conversation(meeting: Meeting) -> str:
    what = {"email": "answers by email", "event": "event"}.get(meeting.mode)
    if what is None:
        what = f"conversation, {meeting.mode.replace('-', ' ')}" if meeting.mode else "conversation"
    return f"{what}, {meeting.took} minutes" if meeting.took is not None else what


def notes_of(meeting: Meeting) -> str:
    """What was written down of a conversation: its body without the parts that prepared it."""
    body = meeting.body
    rows = strip_comments(body.text).split("\n")
    hidden: set[int] = set()
    for index, heading in enumerate(body.headings):
        if fold(heading.title) in _PREPARATION:
            later = (one.place.line for one in body.headings[index + 1 :] if one.level <= heading.level)
            hidden.update(range(heading.place.line, next(later, body.line + len(rows))))
    kept = [row for line, row in enumerate(rows, body.line) if line not in hidden]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def organization_name(journal: Journal, reference: Reference | None) -> str:
    """The name of an organisation, as its file says it or as it is written."""
    if reference is None:
        return ""
    known = journal.organizations.get(reference.id or "")
    return known.name if known is not None else reference.label or reference.text


def _name_of(journal: Journal, id_: str) -> str:
    contact = journal.contacts.get(id_)
    return contact.name if contact is not None else id_


# --- what is known and what is not -----------------------------------------------------------------------------------


def _passage(note: Contact | Meeting | Organization) -> Passage:
    title = "this meeting" if isinstance(note, Meeting) else note.name
    return Passage(title, note.file, part_of(note, "research"))


def _paths(journal: Journal, meeting: Meeting, ids: tuple[str, ...]) -> tuple[CareerPath, ...]:
    """The paths of a meeting, else those of its people."""
    references = meeting.paths or tuple(ref for id_ in ids for ref in journal.contacts[id_].paths)
    found = dict.fromkeys(ref.id for ref in references if ref.id is not None)
    return tuple(journal.paths[id_] for id_ in found if id_ in journal.paths)


def _gaps(journal: Journal, meeting: Meeting, ids: tuple[str, ...]) -> Iterator[str]:
    """What would be good to know besides goals, research and questions."""
    if not strip_comments(journal.owner.body.text).strip():
        yield "your own introduction: write it below the front matter of `journal.md` (000)"
    if meeting.mode != "email" and not (meeting.resume or journal.owner.resume):
        yield "which resume you take along: the key `resume` (000, 004)"
    seen: set[str] = set()
    for id_ in ids:
        contact = journal.contacts[id_]
        if not contact.role:
            yield f"what {contact.address} does: the key `role` (000, 004)"
        if not (contact.linkedin or contact.website or part_of(contact, "research")):
            yield f"{contact.address}'s profile or page: read it before you meet (000, 003)"
        name = organization_name(journal, contact.organization)
        if not name:
            yield f"where {contact.address} works: the key `organization`"
        elif name not in seen and not _is_researched(journal, contact):
            seen.add(name)
            yield f"what {name} does: nothing stands under a heading Research of its note (000, 002, 004)"


def _is_researched(journal: Journal, contact: Contact) -> bool:
    reference = contact.organization
    organization = journal.organizations.get(reference.id or "") if reference is not None else None
    return organization is not None and bool(part_of(organization, "research"))


def _first_line(passages: tuple[Passage, ...]) -> str:
    """The first thing the research says: something of theirs that one may admire."""
    rows = (row.strip() for passage in passages for row in passage.text.split("\n"))
    return next(
        (plain(_BULLET.sub("", row, count=1)) for row in rows if row and not row.startswith(("#", "|", ">"))), ""
    )


# --- the sheet -------------------------------------------------------------------------------------------------------


def _slots(questions: tuple[Choice, ...], minutes: int) -> tuple[Slot, ...]:
    """The clock: every question but those of the last minutes."""
    timed = [index for index, choice in enumerate(questions) if not choice.closes]
    return tuple(
        msgspec.structs.replace(slot, question=timed[slot.question]) if slot.kind == "question" else slot
        for slot in run_sheet(len(timed), minutes)
    )


def _closing(questions: tuple[Choice, ...]) -> Iterator[Line]:
    """The lines of the last minutes, in the words of the questions chosen where there are some."""
    own: dict[str, str] = {}
    for choice in questions:
        own.setdefault(choice.closes, choice.text)
    for line in CLOSING_LINES:
        yield msgspec.structs.replace(line, text=own.get(line.title, line.text))


# --- by email ---------------------------------------------------------------------------------------------------------


def write_message(briefing: Briefing, journal: Journal) -> str:
    """The message that puts the questions of an interview by email."""
    called = [*(person.contact.address for person in briefing.people), *briefing.strangers]
    rows = [f"Dear {join_words(called)}," if called else "Hello,", ""]
    agreed = any(said.what.startswith("reply") for person in briefing.people for said in person.said)
    ask = "May I ask you a few questions in writing, to learn about your work?"
    rows += ["Thank you for agreeing to answer a few questions in writing." if agreed else ask]
    if briefing.introduction:
        rows += ["", " ".join(briefing.introduction.split())]
    rows += ["", *(f"{number}. {choice.text}" for number, choice in enumerate(briefing.questions, 1))]
    rows += ["", "A line for each is plenty, and leave out what you would rather not answer.", "", "With many thanks"]
    return "\n".join([*rows, journal.owner.name]) + "\n"
