"""Numbers, lists and days in words, as people read them on a page."""

import datetime as dt
from collections.abc import Sequence

from kith.dates import short_date, weekday_name
from kith.followups.agenda import when_words
from kith.model import Meeting
from kith.pages.parts import Due, Stage, State

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_STEPS = {"lead": 1, "contacted": 2, "replied": 3, "scheduled": 4, "met": 5}

CHANNEL_WORDS = {"in-person": "in person", "other": "another way", "phone": "by phone", "text": "by text"}
MODE_WORDS = {"in-person": "in person", "phone": "by phone", "video": "by video", "email": "by email", "event": "event"}
SOURCE_WORDS = {"neighbor": "neighbour", "cold": "no introduction", "social-network": "social network"}
LABEL_WORDS = {"waiting": "they owe you", "vacancy": "job heard of"}
STATUS_WORDS = {"planned": "planned", "held": "held", "cancelled": "cancelled", "no-show": "did not happen"}


def number(count: int) -> str:
    """A small number as a word: `no`, `one` … `twelve`, then figures."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def share(count: int, total: int) -> str:
    """`two of four`, `none of one`."""
    return f"{number(count) if count else 'none'} of {number(total)}"


def counted(count: int, one: str, many: str = "") -> str:
    """`one person`, `seven people`, `no people`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def upper_first(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str]) -> str:
    """`Dana`, `Dana and Sam`, `Dana, Sam and Priya`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def due_on(due: dt.date, today: dt.date, weight: int) -> Due:
    """A due day as of today. What waits for a free hour (weight 3) is never late: it is open since a day.

    `scripts/relabel.js` says the same by the reader's clock.
    """
    state: State = "overdue" if due < today and weight < 3 else "today" if due == today else "upcoming"
    day = "" if due < today and weight == 3 else short_date(due, today)  # the words say it already
    return Due(due.isoformat(), day, state, when_words(due, weight, today), weight)


def weekday_date(day: dt.date, today: dt.date) -> str:
    """`Tue 24 Nov`."""
    return f"{weekday_name(day)[:3]} {short_date(day, today)}"


def stage_of(word: str) -> Stage:
    """A stage with its steps."""
    return Stage(word, _STEPS.get(word, 0))


def said(kind: str, channel: str) -> str:
    """What a log line says happened: `thank-you by email`, `met in person`."""
    by = CHANNEL_WORDS.get(channel, f"by {channel}" if channel else "")
    return f"{kind.replace('-', ' ') if kind != 'thank-you' else kind} {by}".strip()


def talked(meeting: Meeting, status: str) -> str:
    """What a meeting was or will be: `Talked by phone`, `An event`, `To talk in person`, `Cancelled`."""
    if meeting.mode == "event":
        word = "An event"
    elif meeting.mode == "email":
        word = "Questions by email"
    else:
        word = f"{'To talk' if status == 'planned' else 'Talked'} {MODE_WORDS.get(meeting.mode, '')}".strip()
    if status in ("cancelled", "no-show"):
        return f"{upper_first(STATUS_WORDS[status])}: {word[0].lower()}{word[1:]}".replace("talked", "to talk")
    return word


def minutes_line(meeting: Meeting) -> str:
    """`20 minutes agreed, 24 taken`, as far as it is known."""
    if meeting.minutes is not None and meeting.took is not None:
        return f"{meeting.minutes} minutes agreed, {meeting.took} taken"
    if meeting.took is not None:
        return f"{meeting.took} minutes taken"
    return f"{meeting.minutes} minutes" if meeting.minutes is not None else ""


def questions_line(meeting: Meeting) -> str:
    """`nine questions, seven asked`."""
    if not meeting.questions:
        return ""
    asked = sum(question.asked for question in meeting.questions)
    return counted(len(meeting.questions), "question") + (f", {number(asked)} asked" if asked else "")


def dotted(*pieces: str) -> str:
    """The pieces that say something, with dots between."""
    return " · ".join(piece for piece in pieces if piece)
