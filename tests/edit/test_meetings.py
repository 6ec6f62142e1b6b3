"""What became of meetings: which is meant, how it moves, and what is written down of it."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.edit.meetings import (
    Debrief,
    allowed_by,
    change_of,
    held_with,
    labelled_line,
    plan_move,
    read_minutes,
    set_status,
    to_come,
    to_write_up,
    write_debrief,
)
from kith.edit.plan import outcome
from kith.edit.source import read_source
from kith.errors import JournalError
from kith.study.timeline import read_timeline
from tests.edit.journals import JOURNAL, journals, read

TODAY = date(2026, 11, 22)
CARD = b"---\nname: Dana Lee\n---\n"


def meeting(**keys: str) -> bytes:
    """Return a note with some keys."""
    return "".join(["---\n", *(f"{key}: {value}\n" for key, value in keys.items()), "---\n"]).encode()


def test_which_meetings_are_meant() -> None:
    files = {
        "journal.md": JOURNAL,
        "contacts/dana-lee.md": CARD,
        "meetings/2026-11-10-dana-lee.md": meeting(),
        "meetings/2026-11-11-dana-lee.md": meeting(took="20"),
        "meetings/2026-11-12-dana-lee.md": meeting(status="cancelled"),
        "meetings/2026-11-13-dana-lee.md": meeting(status="held"),
        "meetings/2026-11-14-dana-lee.md": meeting(status="planned", time="9:00"),
        "meetings/2026-11-22-dana-lee.md": meeting(),
        "meetings/2026-11-29-dana-lee.md": meeting(),
        "meetings/2026-11-30-fair.md": meeting(mode="event"),
    }
    timeline = read_timeline(read(files), TODAY)

    def days(states: list[object]) -> list[int]:
        return [state.meeting.date.day for state in states]  # type: ignore[attr-defined]

    assert days([*to_write_up(timeline, "dana-lee")]) == [10, 14, 22]
    assert days([*to_write_up(timeline)]) == [10, 14, 22]
    assert days([*to_come(timeline, "dana-lee")]) == [22, 29]
    assert days([*to_come(timeline, "")]) == [22, 29, 30]
    assert days([*held_with(timeline, "dana-lee")]) == [13, 11]


@settings(max_examples=25)
@given(journals(), st.sampled_from(["held", "cancelled", "no-show"]), st.none() | st.integers(1, 999))
def test_a_status_adds_its_lines_alone(files: dict[str, bytes], status: str, took: int | None) -> None:
    (file,) = (one for one in files if one.startswith("meetings/"))
    change = change_of(files, set_status(read_source(file, files[file]), status, took), {"status": 1, "took": 1})
    assert change.after is not None
    rows = change.after.splitlines()
    added = [f"status: {status}".encode(), *([f"took: {took}".encode()] if took is not None else [])]
    for row in added:
        rows.remove(row)
    assert rows == files[file].splitlines()
    (note,) = read({**files, file: change.after}).meetings.values()
    assert (note.status, note.took) == (status, took)


@settings(max_examples=25)
@given(journals(), st.dates(date(2026, 11, 4), date(2027, 2, 1)))
def test_moving_there_and_back_gives_the_old_bytes(files: dict[str, bytes], day: date) -> None:
    (before,) = read(files).meetings.values()
    link = f"- 2026-10-01 update: see [[{before.id}]] and [it](../{before.file})\n".encode()
    files = {**files, "contacts/kim.md": b"---\nname: Kim\n---\n\n## Log\n\n" + link}
    journal = read(files)
    there = outcome(files, plan_move(journal, files, journal.meetings[before.id], day))
    moved = read(there)
    (now,) = moved.meetings.values()
    assert now.date == day
    assert now.file == before.file.replace(str(before.date), str(day))
    assert [entry.links[0].id for entry in moved.contacts["kim"].log] == [now.id]
    assert outcome(there, plan_move(moved, there, now, before.date)) == files


def test_a_day_within_the_note_is_written_there() -> None:
    files = {
        "journal.md": JOURNAL,
        "contacts/dana-lee.md": CARD,
        "meetings/first.md": b"---\ndate: 2026-11-24 # Tue\n---\n",
    }
    journal = read(files)
    (change,) = plan_move(journal, files, journal.meetings["first"], date(2026, 12, 1), time(9, 5))
    assert (change.path, change.moved_to) == ("meetings/first.md", "")
    assert change.after == b"---\ndate: 2026-12-01 # Tue\ntime: 09:05\n---\n"


def test_an_irregular_name_becomes_a_regular_one() -> None:
    files = {
        "journal.md": JOURNAL,
        "contacts/dana-lee.md": CARD,
        "meetings/2026-11-24-Dana_Lee.md": meeting(contacts="dana-lee"),
    }
    journal = read(files)
    (note,) = journal.meetings.values()
    (change,) = plan_move(journal, files, note, date(2026, 12, 1))
    assert change.moved_to == "meetings/2026-12-01-dana-lee.md"


def test_a_note_that_is_there_is_not_overwritten() -> None:
    files = {
        "journal.md": JOURNAL,
        "contacts/dana-lee.md": CARD,
        "meetings/2026-11-24-dana-lee.md": meeting(),
        "meetings/late/2026-12-01-dana-lee.md": b"---\nnot: [closed\n---\n",
    }
    journal = read(files)
    with pytest.raises(JournalError, match="exists already"):
        plan_move(journal, files, journal.meetings["2026-11-24-dana-lee"], date(2026, 12, 1))


# --- labelled lines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "label,text,line",
    [
        ("pro", "calm  days", "pro: calm days"),
        ("con", "(hours) every  weekend", "con (hours): every weekend"),
        ("con", "pros (pay): good", "pro (pay): good"),
        ("advice", "shadow a night", "[ ] advice: shadow a night"),
        ("advice", "read: *Being Mortal*", "[ ] read: *Being Mortal*"),
        ("referral", "Priya Shah, nurse", "referral: Priya Shah, nurse"),
        ("promise", "send it due:friday", "[ ] promise: send it due:2026-11-27"),
        ("waiting", "the form due:+2w", "[ ] waiting: the form due:2026-12-06"),
        ("pro", "see https://a.example/x", "pro: see https://a.example/x"),
    ],
)
def test_typed_texts_become_labelled_lines(label: str, text: str, line: str) -> None:
    assert labelled_line(label, text, date(2026, 11, 20), TODAY) == line


@pytest.mark.parametrize("text", ["", "promise:", "x due:2026-11-01", "x due:someday", "x done:2026-02-30", "a\x00b"])
def test_what_would_be_misread_is_refused(text: str) -> None:
    with pytest.raises(JournalError):
        labelled_line("promise", text, date(2026, 11, 20), TODAY)


@pytest.mark.parametrize("text,minutes", [("25", 25), ("25m", 25), ("0", 0)])
def test_minutes(text: str, minutes: int) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "m", "2h", "-5", "20 m m", "soon"])
def test_no_minutes(text: str) -> None:
    with pytest.raises(JournalError):
        read_minutes(text)


# --- debriefing ------------------------------------------------------------------------------------------------------

PRO, CON = "pro: calm", "con (hours): long"
TO_DO = ("referral: Kim Lee", "[ ] promise: call due:2026-12-01", "[ ] read: a book")


@settings(max_examples=25)
@given(journals(), st.lists(st.sampled_from([PRO, CON, *TO_DO]), unique=True), st.booleans())
def test_a_debriefing_adds_lines_and_takes_none(files: dict[str, bytes], lines: list[str], asked: bool) -> None:  # noqa: FBT001
    (note,) = read(files).meetings.values()
    debrief = Debrief(25, (("Why you?", "chance"),) if asked else (), tuple(lines))
    source = write_debrief(read_source(note.file, files[note.file]), note, debrief)
    change = change_of(files, source, allowed_by(debrief))
    assert change.after is not None
    old, new = files[note.file].splitlines(), change.after.splitlines()
    rest = iter(new)
    assert all(row in rest for row in old)  # in this order
    (now,) = read({**files, note.file: change.after}).meetings.values()
    assert (now.status, now.took) == ("held", 25)
    assert [(one.text, one.answer) for one in now.questions] == ([("Why you?", "- chance")] if asked else [])
    assert [item.label for item in now.items if item not in note.items][-len(lines) :] if lines else True
    added = [(item.label, item.text, item.due) for item in now.items]
    for item in note.items:
        added.remove((item.label, item.text, item.due))
    assert len(added) == len(lines)
    assert sorted(label for label, _, _ in added) == sorted(
        line.removeprefix("[ ] ").partition(":")[0].partition(" ")[0] for line in lines
    )


def test_questions_asked_twice_over_are_two() -> None:
    note = b"## Questions\n\n- [ ] Why?\n- [ ] why\n"
    files = {"journal.md": JOURNAL, "contacts/dana-lee.md": CARD, "meetings/2026-11-20-dana-lee.md": note}
    (before,) = read(files).meetings.values()
    debrief = Debrief(asked=(("Why?", "one"), ("Why?", "two"), ("WHY", "three")))
    after = write_debrief(read_source(before.file, note), before, debrief).to_bytes()
    assert b"- [x] Why?\n  - one\n- [x] why\n  - two\n- [x] WHY\n  - three\n" in after
