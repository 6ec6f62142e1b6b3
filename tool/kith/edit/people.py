"""Whether and when a person comes up: the keys `snooze`, `parked`, `closed` and `closed-because`."""

from collections.abc import Iterable
from datetime import date

from kith.edit.front import remove_key, set_key
from kith.edit.source import Source
from kith.errors import JournalError
from kith.model import CLOSED_BECAUSE


def find_reason(word: str) -> str:
    """The reason for closing that a word begins; raises JournalError for none and for several."""
    wanted = word.casefold()
    found = [one for one in CLOSED_BECAUSE if wanted and one.startswith(wanted)]
    if len(found) == 1 or wanted in found:
        return wanted if wanted in found else found[0]
    if found:
        raise JournalError(f"`{word}` may mean {' or '.join(found)}", "write more of it")
    raise JournalError(f"`{word}` is no reason for closing", f"one of {', '.join(CLOSED_BECAUSE)}")


def close(source: Source, day: date, reason: str) -> Source:
    """The card closed on a day, and why."""
    return set_key(set_key(source, "closed", day.isoformat()), "closed-because", reason)


def snooze(source: Source, until: date) -> Source:
    """The card put off until a day."""
    return set_key(source, "snooze", until.isoformat())


def park(source: Source) -> Source:
    """The card kept, with nothing due for it."""
    return set_key(source, "parked", "yes", word=True)


def wake(source: Source, keys: Iterable[str]) -> Source:
    """The card without the keys that keep it from coming up."""
    for key in keys:
        source = remove_key(source, key)
    return source
