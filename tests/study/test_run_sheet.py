"""The clock of the run sheet adds up, whatever is agreed."""

from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from kith.study.run_sheet import CLOSING, CLOSING_LINES, LEAST, OBSTACLES, OPENING, OPENING_LINES, clock, run_sheet


def test_twenty_minutes_for_ten_questions() -> None:
    assert [(slot.start, slot.minutes) for slot in run_sheet(10, 20)] == [
        (0, 2), (2, 3), (5, 2), (7, 2), (9, 2), (11, 2), (13, 2), (15, 2), (17, 0), (17, 0), (17, 0), (17, 3),
    ]  # fmt: skip


@given(st.integers(0, 40), st.integers(0, 600))
def test_minutes_add_up(count: int, minutes: int) -> None:
    slots = run_sheet(count, minutes)
    assert sum(slot.minutes for slot in slots) == minutes
    assert [slot.kind for slot in slots] == ["opening", *["question"] * count, "closing"]
    assert [slot.question for slot in slots[1:-1]] == list(range(count))
    starts = [slot.start for slot in slots]
    assert starts == [sum(slot.minutes for slot in slots[:index]) for index in range(len(slots))]
    lengths = [slot.minutes for slot in slots[1:-1]]
    assert all(length >= 0 for length in lengths)
    assert lengths == sorted(lengths, reverse=True)
    if minutes >= OPENING + CLOSING:
        assert slots[-1].minutes >= CLOSING
    if sum(lengths) >= LEAST:
        assert all(length >= LEAST or length == 0 for length in lengths)


def test_clock() -> None:
    assert clock(time(14, 30), 35) == "15:05"
    assert clock(time(23, 50), 20) == "00:10"
    assert clock(None, 7) == "+7"


def test_every_line_has_a_source() -> None:
    for line in (*OPENING_LINES, *CLOSING_LINES, *OBSTACLES):
        assert all(part in ("000", "001", "002", "003", "004") for part in line.source.split(", "))
        assert line.text[-1] in ".?"
