"""What became of meetings: which one is meant, its status, another day, and what is written down of it."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from datetime import date, time

import msgspec

from kith.conventions import fold, read_body
from kith.conventions.labels import read_label
from kith.dates import DateError, read_day_words, read_duration
from kith.edit.body import add_under, refuse_signs
from kith.edit.boxes import CLAIMS, answer_question
from kith.edit.front import set_key
from kith.edit.links import files_of
from kith.edit.plan import Change, combine, outcome
from kith.edit.proof import prove
from kith.edit.rename import plan_rename, suggest_id
from kith.edit.source import Source, read_source
from kith.errors import JournalError
from kith.load import fold_id
from kith.load.note import split_meeting_stem
from kith.markdown import read
from kith.model import ADVICE_LABELS, LABELS, Journal, Meeting, Question
from kith.study.timeline import MeetingState, Timeline, people_of

STAYS, TO_DO, QUESTIONS = "What stays", "To do", "Questions"

_BOXED = frozenset({"promise", "waiting", *ADVICE_LABELS})
_TOPIC = re.compile(r"\((?P<topic>[^()]{1,80})\)\s*(?P<text>.+)")
_DUE = re.compile(r"\s+due:\s*(?P<day>\S+)$")


# --- which one -------------------------------------------------------------------------------------------------------


def to_write_up(timeline: Timeline, who: str = "") -> list[MeetingState]:
    """The meetings with a person, or with anybody, whose day has come and of which nothing is written, oldest first."""
    return [state for state in _with(timeline, who) if _is_to_write_up(state, timeline.today)]


def to_come(timeline: Timeline, who: str) -> list[MeetingState]:
    """The planned meetings with a person of today and later, the next one first."""
    return [state for state in _with(timeline, who) if state.ahead]


def held_with(timeline: Timeline, who: str) -> list[MeetingState]:
    """The meetings with a person that took place, the newest first."""
    return [state for state in reversed(_with(timeline, who)) if state.status == "held"]


def _with(timeline: Timeline, who: str) -> list[MeetingState]:
    found = (state for state in timeline.meetings.values() if not who or who in people_of(state.meeting))
    return sorted(found, key=lambda one: (one.meeting.date, one.meeting.time or time.min, one.meeting.id))


def _is_to_write_up(state: MeetingState, today: date) -> bool:
    return state.status == "planned" and state.meeting.date <= today


# --- status and day --------------------------------------------------------------------------------------------------


def set_status(source: Source, status: str, took: int | None = None) -> Source:
    """The meeting with a status, and with the minutes it took."""
    after = set_key(source, "status", status)
    return after if took is None else set_key(after, "took", str(took), word=True)


def read_minutes(text: str) -> int:
    """A number of minutes, with or without its `m`; raises JournalError."""
    try:
        return read_duration(text if text.endswith("m") else f"{text}m", minutes=True).count
    except DateError:
        raise JournalError(f"`{text}` is no number of minutes", "write `25`") from None


STATUS_ALONE: Mapping[str, int] = {"status": 1, "took": 1}


def plan_move(
    journal: Journal, files: Mapping[str, bytes], meeting: Meeting, day: date, at: time | None = None
) -> tuple[Change, ...]:
    """The changes that move a meeting to another day.

    Where its file's name says the day, the file is renamed, and every link to it leads there; raises JournalError where
    a note of that name exists.
    """
    file = renamed_file(meeting, day)
    changes: tuple[Change, ...] = ()
    if file != meeting.file:
        stem = suggest_id(_stem(file))
        file = posixpath.join(posixpath.dirname(file), f"{stem}.md")
        taken = files_of(journal).get(fold_id(stem), meeting.file)
        if taken != meeting.file:
            raise JournalError(f"`{meeting.file}` cannot be moved there: `{taken}` exists already", f"kith show {stem}")
        changes = plan_rename(journal, files, meeting, stem)
    source = read_source(file, outcome(files, changes)[file])
    if "date" in meeting.places or file == meeting.file:
        source = set_key(source, "date", day.isoformat())
    if at is not None:
        source = set_key(source, "time", f"{at:%H:%M}")
    # what stands in a meeting's note is of its day
    allowed = {"date": 1, "time": 1, "items": len(meeting.items)}
    return combine(changes, (change_of(outcome(files, changes), source, allowed),))


def change_of(files: Mapping[str, bytes], source: Source, allowed: Mapping[str, int]) -> Change:
    """The change that writes `source`, proved to alter `allowed` alone."""
    return prove(Change(source.file, files[source.file], source.to_bytes()), allowed)


def renamed_file(meeting: Meeting, day: date) -> str:
    """The path of a meeting's file once it is on another day; the same where its name says no day."""
    folder, name = posixpath.split(meeting.file)
    old, _ = split_meeting_stem(name.removesuffix(".md"))
    return posixpath.join(folder, f"{day}{name[len(old) :]}") if old else meeting.file


def _stem(file: str) -> str:
    return posixpath.basename(file).removesuffix(".md")


# --- what is written down --------------------------------------------------------------------------------------------


class Debrief(msgspec.Struct, frozen=True):
    """What became of a meeting: minutes it took, the questions asked with their answers, labelled lines.

    Questions are named by their text, because the note may change while its owner types.
    """

    took: int | None = None
    asked: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()


def labelled_line(label: str, text: str, day: date, today: date) -> str:
    """A typed text as a labelled line without its bullet: `pro (hours): most days end at four`.

    A text with a label of its own keeps that; `(hours) …` names the topic; `due:friday` becomes a day, ahead of
    `today`. Raises JournalError for what would be read as something else, and for a day before `day`.
    """
    refuse_signs(text)
    text, topic = " ".join(text.split()), ""
    if (own := read_label(text)) is not None:
        label, topic, text = own.meant or own.label, own.topic, own.text
    elif match := _TOPIC.fullmatch(text):
        topic, text = match["topic"].strip(), match["text"]
    text, due = _split_due(text, day, today)
    if not text:
        raise JournalError("there is no text behind the label")
    ending = f" due:{due}" if due is not None else ""
    line = f"{'[ ] ' if label in _BOXED else ''}{label}{f' ({topic})' if topic else ''}: {text}"
    _refuse_misread(line, ending, label, text)
    return line + ending


def _split_due(text: str, day: date, today: date) -> tuple[str, date | None]:
    match = _DUE.search(text)
    if match is None:
        return text, None
    try:
        due = read_day_words(match["day"], today, "ahead")
    except DateError as error:
        raise JournalError(f"due: {error}", error.hint) from None
    if due < day:
        raise JournalError(f"{due} is before the meeting, which is of {day}")
    return text[: match.start()], due


def _refuse_misread(line: str, ending: str, label: str, text: str) -> None:
    """Raise JournalError unless a line is read as one item that says this."""
    read_again = read_body(read(f"- {line}{ending}\n"), "meeting", "", "", 1, None)
    items = read_again.items
    wrong = [finding for finding in read_again.findings if finding.severity == "error"]
    if wrong or label not in LABELS or len(items) != 1 or (items[0].label, items[0].text) != (label, text):
        raise JournalError(f"`{line}` would not be read as it is meant", "use other words")


def write_debrief(source: Source, meeting: Meeting, debrief: Debrief) -> Source:
    """The note of a meeting that was held, with what is written down of it."""
    known, new = _match_questions(meeting, debrief.asked)
    for question, answer in sorted(known, key=lambda one: one[0].place.line, reverse=True):
        source = answer_question(source, question.place, answer)
    rows = [row for text, answer in new for row in (f"- [x] {text}", *([f"  - {answer}"] if answer else []))]
    if rows:
        source = add_under(source, QUESTIONS, rows)
    for title in (STAYS, TO_DO):
        if lines := [f"- {line}" for line in debrief.lines if section_of(line) == title]:
            source = add_under(source, title, lines)
    return set_status(source, "held", debrief.took)


def allowed_by(debrief: Debrief) -> dict[str, int]:
    """What a debriefing may alter in its note (see `kith.edit.proof`); an answer may have a label of its own."""
    count = len(debrief.asked)
    return {**STATUS_ALONE, "questions": count, "items": len(debrief.lines) + count}


def _match_questions(
    meeting: Meeting, asked: Iterable[tuple[str, str]]
) -> tuple[list[tuple[Question, str]], list[tuple[str, str]]]:
    """The questions of the note that were asked, and those that stand nowhere in it, each with its answer."""
    waiting = list(meeting.questions)
    known, new = [], []
    for text, answer in asked:
        question = next((one for one in waiting if one.key == fold(text)), None)
        if question is None:
            new.append((" ".join(text.split()), " ".join(answer.split())))
        else:
            waiting.remove(question)
            known.append((question, answer))
    return known, new


def section_of(line: str) -> str:
    """The heading under which a labelled line is written: what was learned, or what is to be done."""
    found = read_label(line.removeprefix("[ ] "))
    return STAYS if found is not None and found.label in CLAIMS else TO_DO
