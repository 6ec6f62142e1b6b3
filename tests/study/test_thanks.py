"""Thanks given and owed."""

from datetime import date

import pytest

from kith.dates import Duration
from kith.study.thanks import read_second
from kith.study.timeline import read_timeline
from tests.followups.cases import make_journal

TODAY = date(2027, 11, 22)
MONTH = Duration(30, "d")


def read(*log: str, front: str = "", meetings: tuple[str, ...] = ("2026-11-03",)) -> tuple[str, bool, bool] | None:
    """Read the second thank-you: its day, whether a first was sent, and whether it is settled."""
    lines = "".join(f"- {line}\n" for line in log)
    files = {"contacts/ann.md": f"---\nname: Ann\n{front}\n---\n\n## Log\n\n{lines}"}
    files |= {f"meetings/{day}-ann.md": "---\nstatus: held\n---\n" for day in meetings}
    second = read_second(read_timeline(make_journal(files), TODAY).histories["ann"], MONTH)
    return None if second is None else (second.due.isoformat()[5:], second.thanked, second.settled)


def test_none_for_those_never_met_and_those_who_would_rather_not() -> None:
    assert read(meetings=()) is None
    assert read(front="receptive: no") is None
    assert read(front="receptive: yes") == ("12-03", False, False)


@pytest.mark.parametrize(
    "log, expected",
    [
        ((), ("12-03", False, False)),
        (("2026-11-02 thank-you", "2026-11-02 update"), ("12-03", False, False)),
        (("2026-11-03 thank-you",), ("12-03", True, False)),
        (("2026-11-18 thank-you",), ("12-03", True, False)),
        (("2026-11-19 thank-you",), ("12-04", True, False)),
        (("2026-12-02 thank-you",), ("12-17", True, False)),
        (("2026-12-03 thank-you",), ("12-18", True, True)),
        (("2026-11-17 update",), ("12-03", False, False)),
        (("2026-11-18 update",), ("12-03", False, True)),
        (("2026-11-04 thank-you", "2026-11-17 thank-you"), ("12-03", True, False)),
        (("2026-11-04 thank-you", "2026-11-18 thank-you"), ("12-03", True, True)),
    ],
)
def test_first_and_second(log: tuple[str, ...], expected: tuple[str, bool, bool]) -> None:
    assert read(*log) == expected


def test_the_newest_meeting_counts() -> None:
    assert read("2026-10-02 thank-you", meetings=("2026-10-01", "2026-11-03")) == ("12-03", False, False)


def test_it_lapses_three_intervals_after_the_meeting() -> None:
    journal = make_journal(
        {"contacts/ann.md": "---\nname: Ann\n---\n", "meetings/2026-11-30-ann.md": "---\ntook: 20\n---\n"}
    )
    second = read_second(read_timeline(journal, TODAY).histories["ann"], Duration(1, "mo"))
    assert second is not None
    assert (second.due, second.lapses) == (date(2026, 12, 30), date(2027, 2, 28))
