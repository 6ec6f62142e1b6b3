"""Civil dates, durations and the date words of the command line.

A date here is a day in somebody's calendar: it has no time zone and never passes through one. Nothing in this module
knows what day it is; whoever calls says so.
"""

import re
from calendar import monthrange
from datetime import date, time, timedelta
from typing import Literal

import msgspec

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Unit = Literal["m", "d", "w", "mo", "y"]
Direction = Literal["back", "ahead"]

# Years that a date may have. Nobody's journal leaves them, and reckoning from within them never leaves the calendar.
FIRST_YEAR, LAST_YEAR = 1000, 9000
_MAX_DAYS = 36_525  # of a duration: a hundred years

_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_OTHER_ORDER = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})", re.ASCII)
_DURATION = re.compile(r"(\d{1,4})\s*(mo|[mdwy])", re.ASCII)
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_SHIFT = re.compile(r"([+-])(\d{1,4}\s*(?:mo|[mdwy]))", re.ASCII)
_AGO = re.compile(r"(?:in\s+(?P<ahead>\w{1,9})\s+(?P<unit1>\w+)|(?P<back>\w{1,9})\s+(?P<unit2>\w+)\s+ago)", re.ASCII)
_HALVES = re.compile(r"(1[0-2]|[1-9])(?::([0-5]\d))?\s*([ap])\.?m\.?", re.ASCII | re.IGNORECASE)
_WORDS_HINT = "write a date such as `2026-11-03`, `friday` or `+3d`"
_UNIT_DAYS = {"d": 1, "w": 7, "mo": 30, "y": 365}
_UNIT_WORDS: dict[str, Unit] = {"day": "d", "week": "w", "month": "mo", "year": "y"}
_NUMBER_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


class DateError(ValueError):
    """A text that is not the date, time or duration it should be; `str()` says why, `hint` what to write instead."""

    def __init__(self, message: str, hint: str = "", *, impossible: bool = False) -> None:
        super().__init__(message)
        self.hint = hint
        self.impossible = impossible


class Duration(msgspec.Struct, frozen=True):
    """A length of time as a person writes it: `20m`, `7d`, `2w`, `3mo`, `1y`."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


def likely_years(today: date) -> tuple[int, int]:
    """The first and the last year that somebody means; another is a slip of the keys, `2062` for `2026`."""
    return 1990, today.year + 10


# --- reading -------------------------------------------------------------------------------------------------------


def read_date(text: str) -> date:
    """The day that an ISO date names, such as `2026-11-03`; raises DateError for anything else."""
    match = _ISO_DATE.fullmatch(text)
    if match is None:
        raise DateError(f"`{text}` is not a date", _date_hint(text))
    year, month, day = map(int, match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        hint = f"years run from {FIRST_YEAR} to {LAST_YEAR}"
        raise DateError(f"the year of `{text}` is none that a journal knows", hint, impossible=True)
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(f"there is no day `{text}`", _impossible_hint(year, month), impossible=True) from None


def _date_hint(text: str) -> str:
    """What to write instead of a date in another order, or with a time behind it."""
    match = _OTHER_ORDER.match(text)
    if match is None:
        return "write year, month and day, as in `2026-11-03`"
    first, second, third = (int(part) for part in match.groups())
    year, rest = (first, (second, third)) if first > 31 else (third, (first, second))
    readings = {
        date(year, month, day).isoformat()
        for month, day in (rest, rest[::-1])
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    }
    if first > 31:
        readings = {reading for reading in readings if reading.endswith(f"-{second:02}-{third:02}")}
    if not readings:
        return "write year, month and day, as in `2026-11-03`"
    return "write " + " or ".join(f"`{reading}`" for reading in sorted(readings))


def _impossible_hint(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        return "months run from 01 to 12"
    return f"{MONTHS[month - 1]} {year} has {monthrange(year, month)[1]} days"


def read_duration(text: str, *, minutes: bool = False) -> Duration:
    """A duration such as `7d`; `minutes` says that `m` is meant (and days are not). Raises DateError.

    Where days or longer are meant, `m` is refused: it could be minutes or months. So is more than a hundred years.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        raise DateError(f"`{text}` is not a duration", "write `20m`" if minutes else "write `7d`, `2w`, `3mo` or `1y`")
    count, unit = int(match[1]), match[2]
    if (unit == "m") != minutes:
        hint = f"write `{count}m`" if minutes else f"write `{count}mo` for months, or `{count}d` for days"
        raise DateError(f"`{text}` does not say {'minutes' if minutes else 'days or longer'}", hint)
    if count * _UNIT_DAYS.get(unit, 0) > _MAX_DAYS:
        raise DateError(f"`{text}` is longer than a hundred years", "write at most `100y`")
    return Duration(count, unit)  # type: ignore[arg-type]  # the pattern admits units alone


def read_time(text: str) -> time:
    """A time of day such as `14:30`; raises DateError."""
    match = _TIME.fullmatch(text)
    if match is None:
        halves = _HALVES.fullmatch(text)
        hour = int(halves[1]) % 12 + (12 if halves[3] in "pP" else 0) if halves else 0
        hint = f"write `{hour:02}:{halves[2] or '00'}`" if halves else "write hours and minutes, as in `14:30`"
        raise DateError(f"`{text}` is not a time of day", hint)
    return time(int(match[1]), int(match[2]))


def read_day_words(text: str, today: date, direction: Direction = "back") -> date:
    """The day that words on the command line mean, read on `today`; raises DateError with the candidates.

    Understands ISO dates, `today`, `yesterday`, `tomorrow`, weekday names (the nearest in `direction`, never today),
    `+3d`, `-2w`, `in 2 weeks` and `2 weeks ago`. `next friday` may mean two days and is refused with both.
    """
    words = " ".join(text.casefold().split())
    named = {"today": 0, "yesterday": -1, "tomorrow": 1}
    try:
        if words in named:
            return today + timedelta(days=named[words])
        if weekday := _weekday(words):
            return _nearest(weekday - 1, today, direction)
        if match := _SHIFT.fullmatch(words):
            return shift(today, read_duration(match[2]), -1 if match[1] == "-" else 1)
        if match := _AGO.fullmatch(words):
            return _counted(match, today)
    except (OverflowError, KeyError):
        raise DateError(f"`{text}` is not a day", _WORDS_HINT) from None
    first, _, rest = words.partition(" ")
    if first in ("next", "last", "this") and (weekday := _weekday(rest)):
        one = _nearest(weekday - 1, today, "back" if first == "last" else "ahead")
        other = one + timedelta(days=-7 if first == "last" else 7)
        raise DateError(f"`{text}` may mean two days", f"write `{one}` or `{other}`")
    if not any(map(str.isdecimal, words)):
        raise DateError(f"`{text}` is not a day", _WORDS_HINT)
    return read_date(" ".join(text.split()))


def _weekday(word: str) -> int:
    """1 for Monday to 7 for Sunday, 0 for a word that names no weekday; three letters and more are enough."""
    hits = [i for i, name in enumerate(WEEKDAYS, 1) if len(word) >= 3 and name.casefold().startswith(word)]
    return hits[0] if hits else 0


def _nearest(weekday: int, today: date, direction: Direction) -> date:
    days = (weekday - today.weekday()) % 7 or 7
    return today + timedelta(days=days if direction == "ahead" else days - 7 if days < 7 else -7)


def _counted(match: re.Match[str], today: date) -> date:
    number, word = match["ahead"] or match["back"], match["unit1"] or match["unit2"]
    count = int(number) if number.isdecimal() else _NUMBER_WORDS[number]
    return shift(today, Duration(count, _UNIT_WORDS[word.removesuffix("s")]), 1 if match["ahead"] else -1)


# --- reckoning -----------------------------------------------------------------------------------------------------


def shift(day: date, duration: Duration, times: int = 1) -> date:
    """`day` moved by `times` times `duration`; months clamp to the month's end. Raises OverflowError past year 9999.

    29 February and a year is 28 February; minutes move no day.
    """
    count = duration.count * times
    if duration.unit == "m":
        return day
    if duration.unit in ("d", "w"):
        return day + timedelta(days=count * (7 if duration.unit == "w" else 1))
    month = day.year * 12 + day.month - 1 + count * (12 if duration.unit == "y" else 1)
    year, month = divmod(month, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"no calendar holds the year {year}")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def half(day: date, duration: Duration) -> date:
    """`day` plus half of `duration`, counted in its real days and rounded up."""
    days = (shift(day, duration) - day).days
    return day + timedelta(days=(days + 1) // 2)


# --- words ---------------------------------------------------------------------------------------------------------


def long_date(day: date, today: date | None = None) -> str:
    """`3 November 2026`; without the year when that is also the year of `today`."""
    year = "" if today is not None and day.year == today.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def short_date(day: date, today: date | None = None) -> str:
    """`3 Nov 2026`; without the year when that is also the year of `today`."""
    year = "" if today is not None and day.year == today.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1][:3]}{year}"


def weekday_name(day: date) -> str:
    """`Tuesday`."""
    return WEEKDAYS[day.weekday()]


def count_days(days: int) -> str:
    """`1 day`, `13 days`."""
    return f"{days} day" if days == 1 else f"{days} days"
