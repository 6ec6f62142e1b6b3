"""`kith debrief`: what became of a meeting, in two minutes."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click
import msgspec

from kith.cli.asking import ask_key, ask_until, confirm
from kith.cli.choosing import choose_meeting, complete_contact, describe_meeting
from kith.cli.options import Command
from kith.cli.terminal import say, write
from kith.cli.writing import DRY_RUN, can_ask, carry_out, source_of, tell_next, writing
from kith.dates import DateError, read_day_words
from kith.diagnostics.report import printable
from kith.edit.boxes import refuse_misread_answer
from kith.edit.meetings import (
    STATUS_ALONE,
    Debrief,
    allowed_by,
    change_of,
    held_with,
    labelled_line,
    plan_move,
    read_minutes,
    set_status,
    to_write_up,
    write_debrief,
)
from kith.edit.plan import Change
from kith.errors import JournalError
from kith.model import Journal, Meeting
from kith.pipeline import Review

_RANGE = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?")

# option, label, what it is for; the prompts come in this order, which is the importance of what is forgotten first
_LINES = (
    ("name", "referral", "A name they gave you: `Priya Shah, hospice nurse`."),
    ("promise", "promise", "What you promised; it may end with due:friday."),
    ("waiting", "waiting", "What they promised; it may end with due:+2w."),
    ("advice", "advice", "What they advised; it may begin with read: join: attend: or try:."),
    ("pro", "pro", "What speaks for the path; a topic may stand first, as in `(hours) most days end at four`."),
    ("con", "con", "What speaks against it."),
)


class Outcome(msgspec.Struct, frozen=True):
    """What the person says became of a meeting; `day` where it is on another one."""

    status: str = "held"
    debrief: Debrief = Debrief()
    day: date | None = None


def _line_options(command: Callable[..., None]) -> Callable[..., None]:
    for option, _, text in reversed(_LINES):
        command = click.option(f"--{option}", metavar="TEXT", multiple=True, help=text)(command)
    return command


@click.command("debrief", cls=Command)
@click.argument("who", required=False, shell_complete=complete_contact)
@click.option("--took", metavar="MINUTES", help="How long it took: 25, or 25m.")
@click.option("--asked", metavar="NUMBERS", multiple=True, help="The questions asked, by their place: 1 3-5, or all.")
@click.option("--answer", "answers", metavar="'N TEXT'", multiple=True, help="The answer to question N.")
@_line_options
@DRY_RUN
def command(
    who: str | None,
    took: str | None,
    asked: tuple[str, ...],
    answers: tuple[str, ...],
    dry_run: bool,
    **lines: tuple[str, ...],
) -> None:
    """Write down what became of a meeting while you still remember it.

    On a terminal it asks: whether it took place, the minutes, the questions asked, names, promises, advice, what speaks
    for and against. Every question may be skipped; nothing is written before the end. Elsewhere, and where any of them
    is given, options say it.

    WHO is a person, whose oldest meeting is meant that nobody has written up, else the last one held, or the id of a
    meeting. Without WHO: the one meeting to write up.
    """
    by_options = bool(took or asked or answers or any(lines.values()))
    if not by_options and not can_ask():
        name = who or "WHO"
        raise JournalError(
            "nobody is here to be asked", f"kith held {name} --took 25\nkith debrief {name} --promise TEXT --pro TEXT"
        )
    with writing(dry_run=True) as (_, reviewed):
        pass  # the lock is not held while somebody types
    meeting = _choose(reviewed, who)
    if by_options:
        outcome = Outcome(debrief=_from_options(meeting, reviewed.today, took, asked, answers, lines))
    else:
        outcome = _from_dialogue(reviewed, meeting)
    try:
        _write(meeting, outcome, dry_run)
    except JournalError:
        if not by_options:
            _show(outcome)  # two minutes of typing are not thrown away
        raise


def _write(read_before: Meeting, outcome: Outcome, dry_run: bool) -> None:
    """Write what was said, under the lock, into the note as it is by now."""
    with writing(dry_run=dry_run) as (root, reviewed):
        meeting = reviewed.journal.meetings.get(read_before.id)
        if meeting is None:
            raise JournalError(f"`{read_before.file}` is gone, so nothing was written", "kith list meetings")
        changes = _plan(reviewed, meeting, outcome)
        carry_out(root, changes, dry_run=dry_run)
        if not dry_run:
            _tell(reviewed, root, meeting, outcome)


def _plan(reviewed: Review, meeting: Meeting, outcome: Outcome) -> Sequence[Change]:
    if outcome.day is not None:
        return plan_move(reviewed.journal, reviewed.files, meeting, outcome.day)
    source = source_of(reviewed, meeting.file)
    if outcome.status != "held":
        return [change_of(reviewed.files, set_status(source, outcome.status), STATUS_ALONE)]
    debriefed = write_debrief(source, meeting, outcome.debrief)
    return [change_of(reviewed.files, debriefed, allowed_by(outcome.debrief))]


def _tell(reviewed: Review, root: Path, meeting: Meeting, outcome: Outcome) -> None:
    now = msgspec.structs.replace(meeting, date=outcome.day or meeting.date)
    write(f"{'moved' if outcome.day else outcome.status}: {describe_meeting(reviewed.journal, now)}\n")
    tell_next(reviewed, root, meeting.contact_ids)


def _choose(reviewed: Review, who: str | None) -> Meeting:
    timeline = reviewed.timeline
    if who is not None:
        return choose_meeting(timeline, who, to_write_up, held_with)
    waiting = [state.meeting for state in to_write_up(timeline)]
    if len(waiting) == 1:
        return waiting[0]
    if not waiting:
        raise JournalError("every meeting that has been is written up", "kith list meetings")
    shown = "\n".join(describe_meeting(reviewed.journal, meeting, with_id=True) for meeting in waiting)
    raise JournalError(f"{len(waiting)} meetings are to be written up", shown)


# --- by options ------------------------------------------------------------------------------------------------------


def _from_options(
    meeting: Meeting,
    today: date,
    took: str | None,
    asked: tuple[str, ...],
    answers: tuple[str, ...],
    lines: dict[str, tuple[str, ...]],
) -> Debrief:
    _refuse_ahead(meeting, today)
    said = dict.fromkeys(number for one in asked for number in _read_numbers(meeting, one))
    found: dict[int, str] = dict.fromkeys(said, "")
    for one in answers:
        number, _, text = one.strip().partition(" ")
        found.update(dict.fromkeys(_read_numbers(meeting, number.rstrip(".:")), _read_answer(text)))
    return Debrief(
        None if took is None else read_minutes(took),
        tuple((meeting.questions[number - 1].text, text) for number, text in sorted(found.items())),
        tuple(labelled_line(label, text, meeting.date, today) for option, label, _ in _LINES for text in lines[option]),
    )


def _refuse_ahead(meeting: Meeting, today: date) -> None:
    if meeting.date > today:
        raise JournalError(f"the meeting of {meeting.date} has not come yet", f"kith move {meeting.id} DATE")


def _read_numbers(meeting: Meeting, text: str) -> list[int]:
    """Questions by their place in the note: `1 3-5`, `2,4`, `all`."""
    count = len(meeting.questions)
    if text.casefold() == "all":
        return list(range(1, count + 1))
    found: list[int] = []
    for word in text.replace(",", " ").split():
        match = _RANGE.fullmatch(word)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= count:
            raise JournalError(f"`{word}` is no question of this note, which has {count}", "write `1 3-5`, or `all`")
        found.extend(range(first, last + 1))
    return found


def _read_answer(text: str) -> str:
    refuse_misread_answer(text)
    return " ".join(text.split())


# --- by a dialogue ---------------------------------------------------------------------------------------------------


def _from_dialogue(reviewed: Review, meeting: Meeting) -> Outcome:
    """Ask for everything; any question may be skipped."""
    journal, today = reviewed.journal, reviewed.today
    say(describe_meeting(journal, meeting))
    say("The return key skips a question. Nothing is written before the end; Ctrl-C writes nothing.\n")
    outcome = _ask_status(meeting, today)
    if outcome.status != "held" or outcome.day is not None:
        return outcome
    agreed = f" (agreed: {meeting.minutes})" if meeting.minutes else ""
    took = ask_until(f"Minutes it took{agreed}", read_minutes)
    asked = _ask_questions(meeting)
    lines = _ask_lines(journal, meeting, today)
    outcome = Outcome(debrief=Debrief(took, asked, lines))
    say("")
    _show(outcome)
    if not confirm("Write this?"):
        raise JournalError("nothing was written")
    return outcome


def _ask_status(meeting: Meeting, today: date) -> Outcome:
    choices = {"y": "yes", "n": "nobody came", "c": "cancelled", "m": "moved to another day"}
    if meeting.date > today:
        choices = {"c": "cancelled", "m": "moved to another day"}
    key = ask_key("Did it take place?", choices, "y" if "y" in choices else "")
    if key != "m":
        return Outcome({"y": "held", "n": "no-show", "c": "cancelled"}[key])
    day = ask_until("To which day", partial(_read_day, today))
    if day is None:
        raise JournalError("nothing was written")
    return Outcome("planned", day=day)


def _read_day(today: date, text: str) -> date:
    try:
        return read_day_words(text, today, "ahead")
    except DateError as error:
        raise JournalError(str(error), error.hint) from None


def _ask_questions(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """The questions of the note that were asked, by number, and their answers."""
    if not meeting.questions:
        return ()
    say("\nYour questions:")
    for number, question in enumerate(meeting.questions, 1):
        say(f"{number:>3}. {'[x] ' if question.asked else ''}{printable(question.text)}")
    numbers = ask_until("Which did you ask (1 3-5, or all)", partial(_read_numbers, meeting)) or []
    asked = []
    for number in dict.fromkeys(numbers):
        question = meeting.questions[number - 1]
        answer = ask_until(f"{number}. {printable(question.text)}\n    What did they say", _read_answer)
        asked.append((question.text, answer or ""))
    return tuple(asked)


def _ask_lines(journal: Journal, meeting: Meeting, today: date) -> tuple[str, ...]:
    """The labelled lines, kind by kind, each until an empty line."""
    paths = [path for ref in meeting.paths if (path := journal.paths.get(ref.id or ""))]
    about = " and ".join(printable(path.title) for path in paths) or "it"
    questions = {
        "referral": "\nWhom else did they name (`Priya Shah, hospice nurse`)",
        "promise": "What did you promise",
        "waiting": "What did they promise",
        "advice": "What did they advise (read: join: attend: try: may stand first)",
        "pro": f"What speaks for {about} (a topic in brackets may stand first)",
        "con": f"What speaks against {about}",
    }
    found: list[str] = []
    for _, label, _ in _LINES:
        question, read = questions[label], partial(_read_line, label, meeting.date, today)
        while (line := ask_until(question, read)) is not None:
            found.append(_with_due(line, meeting, today) if label in ("promise", "waiting") else line)
            question = "  and"
    return tuple(found)


def _read_line(label: str, day: date, today: date, text: str) -> str:
    return labelled_line(label, text, day, today)


def _with_due(line: str, meeting: Meeting, today: date) -> str:
    """The line of a promise with the day by which, where there is one and it is not there already."""
    if " due:" in line:
        return line

    def read(text: str) -> date:
        day = _read_day(today, text)
        if day < meeting.date:
            raise JournalError(f"{day} is before the meeting")
        return day

    day = ask_until("  by when (friday, +2w)", read)
    return line if day is None else f"{line} due:{day}"


def _show(outcome: Outcome) -> None:
    """Say what will be written."""
    debrief = outcome.debrief
    say(f"status: {outcome.status}" if outcome.day is None else f"date: {outcome.day}")
    if debrief.took is not None:
        say(f"took: {debrief.took}")
    for text, answer in debrief.asked:
        say(f"- [x] {printable(text)}" + (f"\n  - {printable(answer)}" if answer else ""))
    for line in debrief.lines:
        say(f"- {printable(line)}")
