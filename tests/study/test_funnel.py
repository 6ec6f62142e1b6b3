"""How far it has gone with everybody, from the list to a thank-you."""

from datetime import date

import pytest

from kith.study.funnel import Funnel, funnel
from kith.study.timeline import read_timeline
from tests.followups.cases import make_journal

TODAY = date(2026, 11, 22)


def count(*log: str, meeting: str = "", day: str = "2026-11-03", front: str = "") -> Funnel:
    """Count one person with a log and, if its front matter is given, a meeting."""
    lines = "".join(f"- {line}\n" for line in log)
    files = {"contacts/ann.md": f"---\nname: Ann\n{front}\n---\n\n## Log\n\n{lines}"}
    if meeting:
        files[f"meetings/{day}-ann.md"] = f"---\n{meeting}\n---\n"
    return funnel(read_timeline(make_journal(files), TODAY))


@pytest.mark.parametrize(
    "log, expected",
    [
        ((), Funnel(1, 0, 0, 0, 0)),
        (("2026-11-01 met", "2026-11-01 heard", "2026-11-02 thank-you"), Funnel(1, 0, 0, 0, 0)),
        (("2026-11-01 outreach",), Funnel(1, 1, 0, 0, 0)),
        (("2026-11-01 declined",), Funnel(1, 1, 0, 0, 0)),
        (("2026-11-01 outreach", "2026-11-02 declined"), Funnel(1, 1, 0, 0, 0)),
        (("2026-11-01 reply",), Funnel(1, 1, 1, 0, 0)),
        (("2026-11-01 got",), Funnel(1, 1, 1, 0, 0)),
        (("2026-11-01 asked", "2026-11-02 heard"), Funnel(1, 1, 1, 0, 0)),
        (("2026-11-02 heard", "2026-11-03 asked"), Funnel(1, 1, 0, 0, 0)),
        (("2026-11-23 outreach",), Funnel(1, 0, 0, 0, 0)),
    ],
)
def test_log_lines(log: tuple[str, ...], expected: Funnel) -> None:
    assert count(*log) == expected


@pytest.mark.parametrize(
    "meeting, day, expected",
    [
        ("status: held", "2026-11-03", Funnel(1, 1, 1, 1, 0)),
        ("status: held\nmode: email", "2026-11-03", Funnel(1, 1, 1, 1, 0)),
        ("status: planned", "2026-11-24", Funnel(1, 1, 1, 0, 0)),
        ("status: planned", "2026-11-03", Funnel(1, 1, 1, 0, 0)),
        ("status: cancelled", "2026-11-03", Funnel(1, 1, 0, 0, 0)),
        ("mode: email", "2026-11-03", Funnel(1, 1, 0, 0, 0)),
        ("mode: event\nstatus: held", "2026-11-03", Funnel(1, 0, 0, 0, 0)),
        ("mode: event\nstatus: cancelled", "2026-11-03", Funnel(1, 0, 0, 0, 0)),
    ],
)
def test_a_meeting_implies_that_they_were_asked_and_answered(meeting: str, day: str, expected: Funnel) -> None:
    assert count(meeting=meeting, day=day) == expected


def test_thanked_are_those_one_met_and_thanked_since() -> None:
    assert count("2026-11-03 thank-you", meeting="status: held").thanked == 1
    assert count("2026-11-02 thank-you", meeting="status: held").thanked == 0


def test_whoever_ever_got_there_is_counted_closed_and_parked_too() -> None:
    assert count("2026-11-01 reply", front="closed: 2026-11-02") == Funnel(1, 1, 1, 0, 0)
    assert count("2026-11-01 reply", front="parked: yes") == Funnel(1, 1, 1, 0, 0)


def test_nobody() -> None:
    assert funnel(read_timeline(make_journal({}), TODAY)) == Funnel(0, 0, 0, 0, 0)
