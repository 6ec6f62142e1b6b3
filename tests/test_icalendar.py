"""Calendars: what a phone reads, the same bytes every time."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import icalendar
import pytest

from kith.diagnostics import Place
from kith.followups import followups
from kith.formats.icalendar import write_calendar, write_todos
from kith.load import read_journal
from kith.model import Event, FollowUp, Journal
from kith.study.timeline import read_timeline

TODAY = date(2026, 11, 23)
OWNER = "---\ntitle: J\nname: Robin\n---\n"
DANA = "---\nname: Dana Lee\n---\n"


def journal_of(**files: str) -> Journal:
    """Return a journal with Dana in it and one meeting, whose file is made of the fields in `meeting`."""
    notes = {"journal.md": OWNER, "contacts/dana-lee.md": DANA, **files}
    return read_journal({name: text.encode() for name, text in notes.items()})[0]


def with_meeting(fields: str, owner: str = OWNER, name: str = "2026-12-01-dana-lee") -> Journal:
    return journal_of(**{"journal.md": owner, f"meetings/{name}.md": f"---\ncontacts: dana-lee\n{fields}\n---\n"})


def lines_of(journal: Journal, today: date = TODAY) -> list[str]:
    """Return the unfolded lines of the calendar of a journal."""
    data = write_calendar(read_timeline(journal, today), followups(journal, today))
    return unfold(data)


def unfold(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def follow_up(**changes: object) -> FollowUp:
    values: dict[str, object] = {
        "rule": "thank-you",
        "contacts": ("dana-lee",),
        "due": date(2026, 11, 24),
        "weight": 1,
        "action": "Thank Dana.",
        "why": "No thank-you yet.",
        "source": "000",
        "event": Event(TODAY, Place("meetings/a.md", 3)),
        "settle": "kith log dana-lee thank-you",
        **changes,
    }
    return FollowUp(**values)  # type: ignore[arg-type]  # the values are those of the fields


def uids(*items: FollowUp) -> list[str]:
    return [line for line in unfold(write_todos(items)) if line.startswith("UID:")]


# --- follow-ups ------------------------------------------------------------------------------------------------------


def test_follow_up_is_a_task_due_on_a_day() -> None:
    lines = unfold(write_todos([follow_up(details=("read: Being Mortal",))]))
    assert {
        "BEGIN:VTODO",
        "DUE;VALUE=DATE:20261124",
        "DTSTAMP:20261123T000000Z",
        "SUMMARY:Thank Dana.",
        "DESCRIPTION:No thank-you yet.\\nread: Being Mortal\\nkith log dana-lee thank-you",
        "CATEGORIES:kith,thank-you",
    } <= set(lines)


def test_task_stays_the_same_while_its_note_is_edited() -> None:
    changed = follow_up(
        action="Thank Dana warmly.", due=date(2026, 12, 1), event=Event(TODAY, Place("meetings/a.md", 9))
    )
    assert uids(follow_up()) == uids(changed)


def test_tasks_of_other_things_are_others() -> None:
    others = [
        follow_up(rule="nudge"),
        follow_up(contacts=("priya-shah",)),
        follow_up(subject=("sam-ortiz",)),
        follow_up(event=Event(date(2026, 11, 1), Place("meetings/a.md"))),
        follow_up(event=Event(TODAY, Place("meetings/b.md"))),
        follow_up(),
        follow_up(),  # a second promise of one note
    ]
    assert len(set(uids(*others))) == len(others)


def test_search_for_people_is_one_task_from_day_to_day() -> None:
    days = [
        follow_up(rule="find-people", contacts=(), event=Event(day, Place("journal.md")))
        for day in (TODAY, date(2026, 12, 1))
    ]
    assert uids(days[0]) == uids(days[1])


@pytest.mark.parametrize(
    "text",
    ["commas, semicolons; and \\ backslashes", "two\nlines", "李" * 100, "👩\u200d🔬" * 40, "x" * 300, "zoë: =1+1"],
)
def test_text_of_any_kind_comes_back_as_it_was(text: str) -> None:
    data = write_todos([follow_up(action=text)])
    (todo,) = icalendar.Calendar.from_ical(data).walk("VTODO")
    assert str(todo["summary"]) == text
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_control_characters_are_stripped() -> None:
    data = write_todos([follow_up(action="a\x00b\x07c\rd\x7fe\x85f\r\ng")])
    assert b"SUMMARY:abcdef\\ng\r\n" in data


# --- meetings --------------------------------------------------------------------------------------------------------


def test_meeting_stands_in_its_own_time_zone() -> None:
    lines = lines_of(with_meeting("time: 14:30\ntimezone: Europe/Berlin\nminutes: 25\nplace: Café, 1st floor"))
    assert {
        "DTSTART;TZID=Europe/Berlin:20261201T143000",
        "DURATION:PT25M",
        "SUMMARY:Conversation with Dana Lee",
        "LOCATION:Café\\, 1st floor",
        "TZID:Europe/Berlin",
        "STATUS:CONFIRMED",
    } <= set(lines)


def test_meeting_without_a_zone_stands_in_that_of_the_journal_else_in_none() -> None:
    owner = "---\ntitle: J\nname: Robin\ntimezone: America/Chicago\n---\n"
    assert "DTSTART;TZID=America/Chicago:20261201T143000" in lines_of(with_meeting("time: 14:30", owner))
    lines = lines_of(with_meeting("time: 14:30"))
    assert "DTSTART:20261201T143000" in lines
    assert "BEGIN:VTIMEZONE" not in lines


def test_meeting_in_utc_needs_no_description_of_it() -> None:
    lines = lines_of(with_meeting("time: 14:30\ntimezone: UTC"))
    assert "DTSTART:20261201T143000Z" in lines
    assert "BEGIN:VTIMEZONE" not in lines


def test_meeting_without_a_time_takes_the_day() -> None:
    assert "DTSTART;VALUE=DATE:20261201" in lines_of(with_meeting("minutes: 20"))


@pytest.mark.parametrize("status,day", [("cancelled", "2026-12-01"), ("no-show", "2026-11-20")])
def test_meeting_that_does_not_take_place_is_cancelled(status: str, day: str) -> None:
    assert "STATUS:CANCELLED" in lines_of(with_meeting(f"status: {status}", name=f"{day}-dana-lee"))


@pytest.mark.parametrize(
    "fields,title",
    [
        ("contacts: [dana-lee, Sam Ortiz, Priya Shah]", "Conversation with Dana Lee\\, Sam Ortiz and Priya Shah"),
        ("mode: event\nplace: Fenn Hall", "Fenn Hall"),
        ("mode: event", "2026-12-01-fair"),
    ],
)
def test_title_says_with_whom_or_where(fields: str, title: str) -> None:
    journal = journal_of(**{"meetings/2026-12-01-fair.md": f"---\n{fields}\n---\n"})
    assert f"SUMMARY:{title}" in lines_of(journal)


@pytest.mark.parametrize(
    "day,zone", [("2026-03-29", "Europe/Berlin"), ("2026-10-25", "Europe/Berlin"), ("2028-02-29", "Asia/Kathmandu")]
)
def test_clock_on_the_wall_is_kept_on_odd_days(day: str, zone: str) -> None:
    lines = lines_of(with_meeting(f"time: 02:30\ntimezone: {zone}", name=f"{day}-dana-lee"))
    assert f"DTSTART;TZID={zone}:{day.replace('-', '')}T023000" in lines


@pytest.mark.parametrize("year", ["0001", "1066", "9999"])
def test_mistyped_year_ends_soon(year: str) -> None:
    data = lines_of(with_meeting("time: 10:00\ntimezone: Europe/Berlin", name=f"{year}-01-01-dana-lee"))
    assert len(data) < 200


def test_zones_are_described_once_each_and_in_order() -> None:
    zones = ["Europe/Berlin", "America/Chicago", "Asia/Tokyo", "Europe/Berlin"]
    meetings = {
        f"meetings/2026-12-0{number}-dana-lee.md": f"---\ncontacts: dana-lee\ntime: 10:00\ntimezone: {zone}\n---\n"
        for number, zone in enumerate(zones, 1)
    }
    lines = lines_of(journal_of(**meetings))
    assert [line for line in lines if line.startswith("TZID:")] == [
        "TZID:America/Chicago",
        "TZID:Asia/Tokyo",
        "TZID:Europe/Berlin",
    ]


# --- the whole file --------------------------------------------------------------------------------------------------


def test_bytes_are_the_same_whatever_the_seed_the_zone_and_the_clock(demo: Path) -> None:
    script = (
        "import sys, datetime; from pathlib import Path; from kith.pipeline import review\n"
        "from kith.formats.icalendar import write_calendar\n"
        "r = review(Path(sys.argv[1]), datetime.date(2026, 11, 23))\n"
        "sys.stdout.buffer.write(write_calendar(r.timeline, r.followups))"
    )
    command = [sys.executable, "-c", script, str(demo)]
    variables = [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago"},
    ]
    one, other = (subprocess.run(command, capture_output=True, check=True, env=env).stdout for env in variables)
    assert one == other
    calendar = icalendar.Calendar.from_ical(one)
    names = [str(part["uid"]) for part in calendar.walk() if part.name in ("VEVENT", "VTODO")]
    assert len(names) == len(set(names)) > 10
