"""What has happened with each person, as of a day.

A journal can be read on any day: log lines dated later do not count yet, a meeting that was still ahead counts as
planned. Everything that asks "when did we last …" starts here.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Literal

import msgspec

from kith.diagnostics import Place
from kith.model import ANSWERS, ASKS, FROM_THEM, LOG_KINDS, Contact, Journal, LogEntry, Meeting

MEETING = "meeting"  # the kind of a conversation that was held
QUESTIONS_SENT = "questions"  # the kind of an interview by email whose answers have not come: an ask on its day

Status = Literal["planned", "held", "cancelled", "no-show"]


class MeetingState(msgspec.Struct, frozen=True):
    """A meeting and its status as it counts on the day. `ahead`: planned, and its day is today or later."""

    meeting: Meeting
    status: Status
    ahead: bool


class Moment(msgspec.Struct, frozen=True):
    """Something that has happened with a person: a log line, a conversation held, an encounter at an event."""

    date: date
    kind: str
    place: Place
    entry: LogEntry | None = None
    meeting: Meeting | None = None


class Ask(msgspec.Struct, frozen=True):
    """An ask without an answer: what was asked first, the newest line that asks, and the nudges between them."""

    base: Moment
    newest: Moment
    nudges: int


class History(msgspec.Struct, frozen=True):
    """What has happened with one person until the day, oldest first, and what is arranged.

    `planned` are the meetings that count as planned, past ones that nobody has debriefed among them; `missed` those
    cancelled or not attended. An event is in neither: it is an encounter once it was held. `closed_on` is the day the
    matter ended, None where it has not, or began again.
    """

    contact: Contact
    moments: tuple[Moment, ...]
    planned: tuple[MeetingState, ...]
    missed: tuple[MeetingState, ...]
    closed_on: date | None
    stage: str
    last_contact: date | None

    @property
    def active(self) -> bool:
        """Whether anything may be due for this person."""
        return self.closed_on is None and not self.contact.parked

    @property
    def is_met(self) -> bool:
        """Whether a conversation was ever held."""
        return self.newest({MEETING}) is not None

    @property
    def meetings_ahead(self) -> tuple[MeetingState, ...]:
        """The planned meetings whose day is today or later."""
        return tuple(state for state in self.planned if state.ahead)

    def open_letter(self, today: date) -> Moment | None:
        """The newest line by which they wrote first, where you have not answered and it is not too late to."""
        heard = self.newest({"heard"})
        if heard is None or today > heard.date + ANSWER_LAPSES:
            return None
        answered = self.any_after(heard, YOURS) or self.arranged_since(heard.date)
        return None if answered else heard

    def newest(self, kinds: Collection[str]) -> Moment | None:
        """The newest moment of one of `kinds`."""
        return next((moment for moment in reversed(self.moments) if moment.kind in kinds), None)

    def any_after(self, moment: Moment, kinds: Collection[str]) -> bool:
        """Whether a moment of one of `kinds` came after `moment`, which is one of this history's."""
        for later in reversed(self.moments):
            if later is moment:
                return False
            if later.kind in kinds:
                return True
        return False  # pragma: no cover  # the moment is one of this history's

    def any_on_or_after(self, day: date, kinds: Collection[str]) -> bool:
        """Whether a moment of one of `kinds` came on `day` or later."""
        return any(moment.date >= day and moment.kind in kinds for moment in self.moments)

    def arranged_since(self, day: date) -> bool:
        """Whether a meeting is ahead, or was planned or held on `day` or later."""
        return any(state.ahead or state.meeting.date >= day for state in self.planned) or self.any_on_or_after(
            day, {MEETING}
        )

    @property
    def open_ask(self) -> Ask | None:
        """The newest ask, where it is unanswered. Nudges count since the last ask that is not one (2.3)."""
        asks = [moment for moment in self.moments if moment.kind in ASK_KINDS]
        if not asks:
            return None
        newest = asks[-1]
        planned = any(state.ahead or state.meeting.date >= newest.date for state in self.planned)
        if planned or self.any_after(newest, ANSWER_KINDS):
            return None
        start = next((i for i in range(len(asks) - 1, -1, -1) if asks[i].kind != "nudge"), -1)
        return Ask(asks[max(start, 0)], newest, len(asks) - 1 - start)


ANSWER_LAPSES = timedelta(days=21)
YOURS = (frozenset(LOG_KINDS) - FROM_THEM) | {MEETING, QUESTIONS_SENT}
ASK_KINDS = ASKS | {QUESTIONS_SENT}
ANSWER_KINDS = ANSWERS | {MEETING}
_NOT_CONTACT = ASK_KINDS
_REOPENS = frozenset({"reply", "heard", "met", MEETING})


class Timeline(msgspec.Struct, frozen=True):
    """A journal read on a day."""

    journal: Journal
    today: date
    histories: Mapping[str, History]
    meetings: Mapping[str, MeetingState]


def read_timeline(journal: Journal, today: date, before: Timeline | None = None) -> Timeline:
    """Read the journal on `today`. What an earlier timeline of that day holds of the same notes is not read again."""
    known = before if before is not None and before.today == today else Timeline(journal, today, {}, {})
    states = {id_: _state(meeting, known.meetings.get(id_), today) for id_, meeting in journal.meetings.items()}
    with_whom: dict[str, list[MeetingState]] = {id_: [] for id_ in journal.contacts}
    for state in states.values():
        for id_ in people_of(state.meeting):
            if id_ in with_whom:
                with_whom[id_].append(state)
    affected = {*_people_of_others(states, known.meetings), *_people_of_others(known.meetings, states)}
    histories = {
        id_: last
        if (last := known.histories.get(id_)) is not None and last.contact is contact and id_ not in affected
        else _history(contact, with_whom[id_], today)
        for id_, contact in journal.contacts.items()
    }
    return Timeline(journal, today, histories, states)


def _state(meeting: Meeting, known: MeetingState | None, today: date) -> MeetingState:
    return known if known is not None and known.meeting is meeting else MeetingState(meeting, *_status(meeting, today))


def _people_of_others(states: Mapping[str, MeetingState], others: Mapping[str, MeetingState]) -> Iterator[str]:
    """The people of the meetings whose state is not among `others`."""
    for id_, state in states.items():
        if others.get(id_) is not state:
            yield from people_of(state.meeting)


def people_of(meeting: Meeting) -> tuple[str, ...]:
    """The ids of those who were there: its contacts; at an event also everybody with a heading of their own."""
    if meeting.mode != "event":
        return meeting.contact_ids
    return tuple(dict.fromkeys((*meeting.contact_ids, *meeting.headed_ids)))


def _status(meeting: Meeting, today: date) -> tuple[Status, bool]:
    """Status and whether it is ahead (2.3, A meeting's status)."""
    if meeting.status == "cancelled":
        return "cancelled", False
    if meeting.date > today:
        return "planned", True
    if meeting.status in ("held", "no-show"):
        return ("held" if meeting.status == "held" else "no-show"), False
    if meeting.date == today:
        return "planned", True
    written = meeting.took is not None or any(question.asked for question in meeting.questions)
    return ("held" if written else "planned"), False


def _history(contact: Contact, states: list[MeetingState], today: date) -> History:
    moments = [Moment(entry.date, entry.kind, entry.place, entry) for entry in contact.log if entry.date <= today]
    planned: list[MeetingState] = []
    missed: list[MeetingState] = []
    for state in states:
        meeting, kind = state.meeting, _moment_kind(state)
        if kind:
            moments.append(Moment(meeting.date, kind, meeting.place_of("date"), meeting=meeting))
        elif meeting.mode != "event":
            (planned if state.status == "planned" else missed).append(state)
    moments.sort(key=_order)
    closed_on = _closed_on(contact, moments, today)
    return History(
        contact=contact,
        moments=tuple(moments),
        planned=tuple(sorted(planned, key=_meeting_order)),
        missed=tuple(sorted(missed, key=_meeting_order)),
        closed_on=closed_on,
        stage=_stage(contact, moments, planned, missed, closed_on),
        last_contact=max((moment.date for moment in moments if moment.kind not in _NOT_CONTACT), default=None),
    )


def _moment_kind(state: MeetingState) -> str:
    """What a meeting is in a person's history, `""` where it has not happened."""
    mode = state.meeting.mode
    if state.status == "held":
        return "met" if mode == "event" else MEETING
    return QUESTIONS_SENT if mode == "email" and state.status == "planned" and not state.ahead else ""


def _order(moment: Moment) -> tuple[date, bool, int, time, str, int]:
    """A meeting comes after its day's log lines; those keep the log's order, and meetings that of their times."""
    entry, meeting = moment.entry, moment.meeting
    at = (meeting.time if meeting else None) or time.min
    file = unicodedata.normalize("NFC", moment.place.file)
    return (moment.date, entry is None, entry.order if entry else 0, at, file, moment.place.line)


def _meeting_order(state: MeetingState) -> tuple[date, str, str]:
    return (state.meeting.date, str(state.meeting.time or ""), state.meeting.id)


def _closed_on(contact: Contact, moments: list[Moment], today: date) -> date | None:
    """The day from which nothing is due; a later day's answer or meeting opens the matter again."""
    closed = contact.closed
    if closed is None or closed > today:
        return None
    reopened = any(moment.date > closed and moment.kind in _REOPENS for moment in moments)
    return None if reopened else closed


def _stage(
    contact: Contact,
    moments: list[Moment],
    planned: list[MeetingState],
    missed: list[MeetingState],
    closed_on: date | None,
) -> str:
    kinds = {moment.kind for moment in moments}
    if closed_on is not None:
        return "closed"
    if contact.parked:
        return "parked"
    if any(state.ahead for state in planned):
        return "scheduled"
    if MEETING in kinds:
        return "met"
    if has_replied(moments, planned):
        return "replied"
    if kinds & (ASK_KINDS | {"declined"}) or planned or missed:
        return "contacted"
    return "lead"


def has_replied(moments: Sequence[Moment], planned: Iterable[MeetingState]) -> bool:
    """Whether an ask was ever answered by more than `declined`, or they answered or gave something unasked."""
    if any(moment.kind in ("reply", "got") for moment in moments):
        return True
    first = next((index for index, moment in enumerate(moments) if moment.kind in ASK_KINDS), None)
    if first is None:
        return False
    answered = any(moment.kind in ANSWER_KINDS - {"declined"} for moment in moments[first + 1 :])
    return answered or any(state.meeting.date >= moments[first].date for state in planned)


def is_lead(history: History) -> bool:
    """Whether nobody has asked this person for anything yet (2.3, Leads); open leads are also `active`."""
    kinds = {moment.kind for moment in history.moments}
    return not kinds & _NO_LEAD and not history.planned and not history.missed


_NO_LEAD = frozenset({"outreach", "nudge", "asked", "proposed", "reply", "declined", "got", MEETING, QUESTIONS_SENT})


def is_passed_over(journal: Journal, contact: Contact) -> bool:
    """Whether all the paths a person could speak about are ruled out or paused."""
    paths = [journal.paths.get(ref.id or "") for ref in contact.paths]
    return bool(paths) and all(path is not None and path.status in ("ruled-out", "paused") for path in paths)
