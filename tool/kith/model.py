"""The nouns: what a journal is made of, once it has been read.

Everything here is frozen and knows its file and line. Nothing is computed but what a note says; what follows from the
notes stands in `kith.study` and `kith.followups`. Ids are the folded stems of files. Tuples keep the notes' order.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Literal

from kith.dates import Duration
from kith.diagnostics import Extent, Place, Value, span

Kind = Literal["journal", "contact", "meeting", "organization", "path", "questions", "letter"]

FOLDERS: Mapping[str, Kind] = {
    "contacts": "contact",
    "meetings": "meeting",
    "organizations": "organization",
    "paths": "path",
    "questions": "questions",
    "letters": "letter",
}

# --- the vocabularies of front matter and bodies -------------------------------------------------------------------

LEVELS = ("peer", "manager", "executive", "recruiter", "academic", "other")
SOURCES = (
    "family", "friend", "neighbor", "coworker", "classmate", "alumni", "professor", "supervisor", "association",
    "conference", "event", "referral", "social-network", "company-website", "article", "cold", "other",
)  # fmt: skip
CLOSED_BECAUSE = ("declined", "no-reply", "asked-to-stop", "moved-on", "uncomfortable", "other")
MODES = ("in-person", "phone", "video", "email", "event")
MEETING_STATUSES = ("planned", "held", "cancelled", "no-show")
PATH_STATUSES = ("exploring", "pursuing", "paused", "ruled-out")
LETTER_WHEN = ("referred", "not-referred")
STAGES = ("lead", "contacted", "replied", "scheduled", "met", "closed", "parked")

CHANNELS = ("email", "phone", "video", "in-person", "letter", "text", "linkedin", "other")

LOG_KINDS: Mapping[str, str] = {
    "outreach": "you asked for a conversation",
    "nudge": "you asked again",
    "proposed": "you answered an arrangement: dates, a question; it is their turn",
    "asked": "you asked a favour, not a conversation: names, a look at the resume",
    "reply": "they answered",
    "declined": "they said no",
    "heard": "they wrote first",
    "got": "they gave what you asked",
    "introduced": "they connected you with someone",
    "thank-you": "you thanked them",
    "update": "you told them what came of their advice or introduction",
    "hello": "you stayed in touch",
    "gave": "you gave something back",
    "met": "a chance encounter",
}
ASKS = frozenset({"outreach", "nudge", "proposed", "asked"})
ANSWERS = frozenset({"reply", "declined", "heard", "got", "introduced", "met"})
FROM_THEM = frozenset({"reply", "declined", "heard", "got", "introduced"})

EVIDENCE_LABELS = ("pro", "con")
LEARNED_LABELS = ("skill", "trend", "insight")
ADVICE_LABELS = ("read", "join", "attend", "try", "advice")
LABELS = (
    *EVIDENCE_LABELS, *LEARNED_LABELS, *ADVICE_LABELS, "related", "referral", "promise", "waiting", "offer", "vacancy",
)  # fmt: skip
TASK = "task"  # the label of a task that has none: a plain to-do

QUESTION_MARKS = ("must", "spare", "if-relevant", "referral")


# --- parts of notes ------------------------------------------------------------------------------------------------


class Reference(Value, frozen=True):
    """Somebody or something named by a link or in plain text, and the note it leads to.

    `text` is the target as written; `id` is None until the journal is linked, and stays None where it leads nowhere.
    `link` tells a link from a plain name; an unresolved plain name is a person or organisation without a file.
    `kind` is that of a link in a body: `wiki`, `embed`, `link`, `image`.
    """

    text: str
    place: Place
    label: str = ""
    link: bool = False
    id: str | None = None
    kind: str = ""


class Heading(Value, frozen=True):
    """A heading of a body; `link` if it is one.

    Its part begins on line `first` of the file and ends before `last`: at the next heading of its level or above.
    """

    title: str
    level: int
    place: Place
    first: int = 0
    last: int = 0
    link: Reference | None = None


class Body(Value, frozen=True):
    """The Markdown of a note. `line` is the line of the file on which `text` begins."""

    text: str = ""
    line: int = 1
    headings: tuple[Heading, ...] = ()
    links: tuple[Reference, ...] = ()

    @property
    def opening(self) -> str:
        """What stands before the first heading."""
        if not self.headings:
            return self.text.strip("\n")
        return "\n".join(self.text.split("\n")[: self.headings[0].place.line - self.line]).strip("\n")

    def part_of(self, heading: Heading) -> str:
        """What stands below a heading of this body."""
        return "\n".join(self.text.split("\n")[heading.first - self.line : heading.last - self.line]).strip("\n")


class LogEntry(Value, frozen=True):
    """One line of a log: something that happened outside a meeting, on a day.

    `order` counts within its file so that the entries of one day keep their order (read upwards where the dates of a
    log run downwards, see `kith.conventions`).
    """

    date: dt.date
    kind: str
    place: Place
    order: int
    channel: str = ""
    text: str = ""
    links: tuple[Reference, ...] = ()


class Stray(Value, frozen=True):
    """A line that could not be understood: kept and shown, it counts for nothing."""

    text: str
    place: Place


class Item(Value, frozen=True):
    """A labelled list item, or a task without a label (`label` is then `task`).

    `state` is `open`, `done` or `dropped`; an item without a box is open and has `box` False. `day` is the day of the
    log line it stands under, or of its meeting; None in a note without a date. `under` is the heading that is a link,
    where the item stands below one; `contacts` are the ids of the people it concerns, known once the journal is linked.
    `readable` is the text without its markup, where it has some and no links.
    """

    label: str
    text: str
    place: Place
    note: str
    topic: str = ""
    box: bool = False
    state: Literal["open", "done", "dropped"] = "open"
    due: dt.date | None = None
    done: dt.date | None = None
    links: tuple[Reference, ...] = ()
    under: Reference | None = None
    day: dt.date | None = None
    contacts: tuple[str, ...] = ()
    readable: str = ""


class JottedLine(Value, frozen=True):
    """A line of `inbox.md` as it stands there: `text` behind its bullet, `below` what is nested under it.

    `bullet` is False for a line outside every list, which counts for nothing until it is filed. `items` are the
    labelled items nested below it.
    """

    text: str
    place: Place
    below: str = ""
    bullet: bool = True
    links: tuple[Reference, ...] = ()
    items: tuple[Item, ...] = ()


class Step(Value, frozen=True):
    """A preparation step: a task under a heading `Before`."""

    text: str
    done: bool
    place: Place


class Question(Value, frozen=True):
    """A question listed in a meeting, in order of priority. `key` is its text folded, as the bank's are compared.

    `answer` is the Markdown nested below it. `bank` is the key of the bank's question it is, if it is one.
    """

    text: str
    key: str
    place: Place
    asked: bool = False
    answer: str = ""
    mark: str = ""
    under: Reference | None = None
    bank: str | None = None


class BankQuestion(Value, frozen=True):
    """A question of the bank: `earlier` holds the keys of its former wordings."""

    text: str
    key: str
    place: Place
    mark: str = ""
    earlier: tuple[str, ...] = ()


# --- notes ---------------------------------------------------------------------------------------------------------


class Note(Value, frozen=True, kw_only=True):
    """What every note has.

    `places` says where each key of the front matter has its value, readable or not, and (`aliases 1`) where the items
    of a list stand, counted from 0.
    """

    id: str
    file: str
    places: dict[str, Extent] = {}  # noqa: RUF012 - msgspec gives each note its own
    body: Body = Body()
    items: tuple[Item, ...] = ()
    strays: tuple[Stray, ...] = ()

    def place_of(self, key: str, index: int | None = None) -> Place:
        """Where the value of `key`, or the item `index` of a list, stands; the top of the file without the key."""
        whole = self.places.get(key, Extent())
        return (whole if index is None else self.places.get(f"{key} {index}", whole)).in_file(self.file)

    def place_within(self, place: Place, piece: str) -> Place:
        """Where `piece` stands last within the lines of `place` in the body; `place` where it does not."""
        rows = self.body.text.split("\n") if place.file == self.file and place.line >= self.body.line else []
        found = re.compile(re.escape(piece), re.IGNORECASE)
        for line in range(place.end_line, place.line - 1, -1):
            matches = list(found.finditer("".join(rows[line - self.body.line : line - self.body.line + 1])))
            if matches:
                return span(self.file, line, matches[-1].start() + 1, len(matches[-1][0]))
        return place


class Contact(Note, frozen=True, kw_only=True, tag="contact"):
    """One person. `receptive` is None where the note does not say; `cadence` may be the word `never`."""

    name: str
    called: str = ""
    aliases: tuple[str, ...] = ()
    pronouns: str = ""
    organization: Reference | None = None
    role: str = ""
    level: str = ""
    source: str = ""
    via: Reference | None = None
    school: str = ""
    email: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    website: tuple[str, ...] = ()
    linkedin: str = ""
    location: str = ""
    timezone: str = ""
    paths: tuple[Reference, ...] = ()
    tags: tuple[str, ...] = ()
    added: dt.date | None = None
    cadence: Duration | Literal["never"] | None = None
    receptive: bool | None = None
    snooze: dt.date | None = None
    parked: bool = False
    closed: dt.date | None = None
    closed_because: str = ""
    card: str = ""
    private: bool = False
    log: tuple[LogEntry, ...] = ()

    @property
    def address(self) -> str:
        """How you address them: `called`, else the first word of the name, unless that is but a title or an initial.

        Of `Shah, Priya` it is the word behind the comma.
        """
        words = self.name.split()
        first = next((word for word in words if not word.endswith(",")), self.name)
        return self.called or (self.name if first.endswith(".") else first)


class Meeting(Note, frozen=True, kw_only=True, tag="meeting"):
    """One conversation, planned or held. `status` is what the note says; what it means on a day: `study.timeline`."""

    date: dt.date
    contacts: tuple[Reference, ...] = ()
    time: dt.time | None = None
    timezone: str = ""
    minutes: int | None = None
    took: int | None = None
    mode: str = ""
    where: str = ""
    status: str = ""
    paths: tuple[Reference, ...] = ()
    tags: tuple[str, ...] = ()
    resume: str = ""
    private: bool = False
    questions: tuple[Question, ...] = ()
    before: tuple[Step, ...] = ()

    @property
    def contact_ids(self) -> tuple[str, ...]:
        """The ids of those of its contacts that have a file, in the note's order."""
        return tuple(dict.fromkeys(ref.id for ref in self.contacts if ref.id is not None))

    @property
    def headed_ids(self) -> tuple[str, ...]:
        """The ids of the people who have a heading of their own (`## [[dana-lee]]`), in the note's order."""
        links = (heading.link for heading in self.body.headings if heading.link is not None)
        return tuple(dict.fromkeys(link.id for link in links if link.id is not None))


class Organization(Note, frozen=True, kw_only=True, tag="organization"):
    """One organisation and the research on it."""

    name: str
    aliases: tuple[str, ...] = ()
    industry: str = ""
    website: tuple[str, ...] = ()
    location: str = ""
    tags: tuple[str, ...] = ()


class CareerPath(Note, frozen=True, kw_only=True, tag="path"):
    """One career path that is being explored."""

    title: str
    aliases: tuple[str, ...] = ()
    status: str = ""
    question: str = ""
    decided: dt.date | None = None
    tags: tuple[str, ...] = ()


class QuestionSection(Note, frozen=True, kw_only=True, tag="questions"):
    """One section of the question bank."""

    title: str
    questions: tuple[BankQuestion, ...] = ()


class Letter(Note, frozen=True, kw_only=True, tag="letter"):
    """One letter template. `serves` is the follow-up rule or log kind it is for (key `for`)."""

    serves: str
    subject: str
    when: str = ""
    channel: str = ""


class Settings(Value, frozen=True):
    """The settings of `journal.md` with their defaults (minutes, counts and durations)."""

    reach_out_within: Duration = Duration(14, "d")
    nudge_after: Duration = Duration(7, "d")
    nudges: int = 1
    schedule_within: Duration = Duration(2, "d")
    prepare_before: Duration = Duration(2, "d")
    thank_you_within: Duration = Duration(1, "d")
    second_thank_you_after: Duration = Duration(30, "d")
    tell_referrer_within: Duration = Duration(7, "d")
    keep_in_touch_every: Duration = Duration(90, "d")
    lead_reserve: int = 3
    horizon: Duration = Duration(14, "d")
    questions_min: int = 8
    questions_max: int = 10
    minutes: int = 20
    minutes_max: int = 30


class Owner(Note, frozen=True, kw_only=True, tag="journal"):
    """`journal.md`: whose journal it is. `pause` hides until its day what nobody waits for."""

    title: str = ""
    name: str = ""
    email: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    school: str = ""
    field_of_study: str = ""
    graduation: str = ""
    status: str = ""
    timezone: str = ""
    resume: str = ""
    pause: dt.date | None = None
    settings: Settings = Settings()


AnyNote = Owner | Contact | Meeting | Organization | CareerPath | QuestionSection | Letter


class Journal(Value, frozen=True):
    """Everything that could be read, linked; each mapping by id, in the order of ids.

    `inbox` holds the lines of `inbox.md` still to be filed (those that count stand in their person's log already).
    `unreadable` maps the ids of notes that could not be parsed to their files, so that links to them are not dead.
    `names` maps folded ids, names and aliases to the ids they lead to: more than one is an ambiguity.
    """

    owner: Owner
    contacts: Mapping[str, Contact] = {}
    meetings: Mapping[str, Meeting] = {}
    organizations: Mapping[str, Organization] = {}
    paths: Mapping[str, CareerPath] = {}
    questions: Mapping[str, QuestionSection] = {}
    letters: Mapping[str, Letter] = {}
    inbox: tuple[JottedLine, ...] = ()
    unreadable: Mapping[str, str] = {}
    names: Mapping[str, tuple[str, ...]] = {}
    attachments: frozenset[str] = frozenset()

    @property
    def settings(self) -> Settings:
        """The settings of `journal.md`."""
        return self.owner.settings

    def notes(self) -> "tuple[AnyNote, ...]":
        """All notes, `journal.md` first, then kind by kind in the order of ids."""
        return (
            self.owner,
            *self.contacts.values(),
            *self.meetings.values(),
            *self.organizations.values(),
            *self.paths.values(),
            *self.questions.values(),
            *self.letters.values(),
        )


# --- what follows from the notes -----------------------------------------------------------------------------------


class Event(Value, frozen=True):
    """What a follow-up counts from: a day, and the line of the date, log line, item or key that says so."""

    date: dt.date
    place: Place


class FollowUp(Value, frozen=True):
    """Something to do by a day, for people, and why. `weight` 1: somebody waits; 2: a good moment; 3: with an hour.

    `letter` is the id of the letter that serves it, None where none does. `settle` is the command that settles it, or
    `edit FILE:LINE` where no command does. `subject` is the id of whom or what it is about besides its contacts (the
    people met for `tell-referrer`, the person named for `write-down`, the meeting for `prepare`).
    """

    rule: str
    contacts: tuple[str, ...]
    due: dt.date
    weight: Literal[1, 2, 3]
    action: str
    why: str
    source: str
    event: Event
    settle: str
    letter: str | None = None
    subject: tuple[str, ...] = ()
    details: tuple[str, ...] = ()

    def state(self, today: dt.date) -> Literal["overdue", "today", "upcoming"]:
        """By the date alone."""
        return "overdue" if self.due < today else "today" if self.due == today else "upcoming"

    def days_left(self, today: dt.date) -> int:
        """Days until it is due, negative when it is late."""
        return (self.due - today) // dt.timedelta(days=1)
