"""The run sheet: a conversation minute by minute on one page, and what to do when it takes another turn (000)."""

from collections.abc import Iterator
from datetime import time
from typing import Literal

import msgspec

OPENING = 2  # minutes: thanks, what you admire, who you are
CLOSING = 3  # minutes before the end at which one begins to close
LEAST = 2  # minutes without which no question is worth asking

SlotKind = Literal["opening", "question", "closing"]


class Slot(msgspec.Struct, frozen=True):
    """A line of the run sheet's clock: minutes from the start, how long, and what.

    A question of no minutes is one for the time that is left. `question` counts from 0.
    """

    start: int
    minutes: int
    kind: SlotKind
    question: int = -1


class Line(msgspec.Struct, frozen=True):
    """A line of the sheet: what it is about, what to do, and the document it comes from."""

    title: str
    text: str
    source: str


OPENING_LINES = (
    Line("thanks", "Thank them for making time, and say by when you will be gone.", "000"),
    Line("admiration", "Name one thing of theirs that you admire.", "002, 003"),
    Line("purpose", "Say that you came to learn about the work, and not to ask for a job.", "001, 003, 004"),
    Line("introduction", "Say who you are, in half a minute.", "000"),
)

CLOSING_LINES = (
    Line("names", "Whom else should I talk to?", "000, 002, 004"),
    Line("resume", "Would you look at my resume and tell me what is missing?", "000, 004"),
    Line("give", "Is there something I can do for you?", "000, 002"),
    Line("again", "May I call again if another question comes up?", "004"),
    Line("card", "Take their business card, or their address.", "004"),
    Line("thanks", "Thank them, and go when you said you would.", "000"),
)

OBSTACLES = (
    Line(
        "You feel awkward", "Most people do, and most like to be asked. Practise with a friend beforehand.", "000, 002"
    ),
    Line("Silence", "Take one of your open questions: none of them can be answered with yes or no.", "000"),
    Line(
        "A long answer",
        "If it helps you, let it run. If not, let them finish, mind their time aloud, and ask the next question.",
        "000",
    ),
    Line(
        "It turns into a job interview",
        "Ask what skills and experience count before you answer anything, or ask to come back when you are prepared.",
        "000",
    ),
    Line(
        "Asking for a job closed a door",
        "Go back to their work: this is for learning, advice and names, and a job is never what it is for.",
        "000, 001",
    ),
    Line("They tell you of a vacancy", "Write it down as a bonus, and go on with your questions.", "001"),
    Line("They want it to end", "Thank them and let it end; do not press.", "002"),
    Line("Behaviour out of line", "Thank them and leave, or hang up. You owe nobody the rest of the time.", "000"),
)


def run_sheet(count: int, minutes: int) -> tuple[Slot, ...]:
    """Share the minutes of a conversation among `count` questions: they add up to `minutes`.

    The first questions get the most, and those for which less than two minutes would be left get none: you may get to
    only a few (000). The end keeps three minutes for names, thanks and what comes next.
    """
    opening = min(OPENING, max(minutes - 1, 0))
    closing = min(CLOSING, max(minutes - opening, 0))
    slots = [Slot(0, opening, "opening")]
    start = opening
    for index, length in enumerate(_shares(minutes - opening - closing, count)):
        slots.append(Slot(start, length, "question", index))
        start += length
    slots.append(Slot(start, minutes - start, "closing"))
    return tuple(slots)


def _shares(minutes: int, count: int) -> Iterator[int]:
    """Whole minutes for each of `count` questions, the earlier the more; without questions the end has them all."""
    timed = min(count, max(minutes // LEAST, 1))
    left = minutes
    for index in range(count):
        share = -(-left // (timed - index)) if index < timed else 0
        yield share
        left -= share


def clock(begins: time | None, minute: int) -> str:
    """The time of a slot: `14:32` where the meeting has a time, else `+2`."""
    if begins is None:
        return f"+{minute}"
    total = (begins.hour * 60 + begins.minute + minute) % (24 * 60)
    return f"{total // 60:02}:{total % 60:02}"
