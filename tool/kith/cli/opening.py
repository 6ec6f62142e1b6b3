"""Which journal a command is about, and which day it is."""

import os
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from kith.cache import remembering
from kith.cli.options import given
from kith.cli.terminal import say
from kith.dates import DateError, read_day_words
from kith.errors import JournalError
from kith.load import ParsedFile, find_journal
from kith.pipeline import Review, review

_CREATE = "this makes one here: kith init"


def find_root() -> Path:
    """The folder of the journal; raises JournalError where there is none."""
    if (named := given("directory")) is not None:
        return _journal_in(named, "-C")
    if (found := find_journal(Path.cwd())) is not None:
        return found
    if named := os.environ.get("KITH_JOURNAL"):
        return _journal_in(named, "$KITH_JOURNAL")
    raise JournalError(f"there is no journal in `{Path.cwd()}` or above it", _CREATE)


def open_journal(root: Path, today: date, instead: Mapping[str, bytes] | None = None) -> Review:
    """The journal as `pipeline.review` gives it, from what was parsed before where that still holds."""
    with remembering(root, ParsedFile) as remembered:
        return review(root, today, remembered, instead)


def _journal_in(named: str, by: str) -> Path:
    """The journal in the folder that `by` names."""
    folder = Path(named)
    if not folder.is_dir():
        raise JournalError(f"{by} names `{named}`, which is no folder")
    for candidate in (folder, folder / "content"):
        if (candidate / "journal.md").is_file():
            return candidate
    above = find_journal(folder.resolve())
    raise JournalError(f"there is no journal in `{named}`", f"did you mean -C {above}" if above else _CREATE)


def find_today() -> date:
    """The day to read the journal on; words are resolved against the clock and the result is said on stderr."""
    day, text = _read_today()
    if text and day.isoformat() != text:
        say(f"read on {day}")
    return day


def follow_today() -> Callable[[], date]:
    """What tells the day to read the journal on whenever it is asked, said once as `find_today` does."""
    find_today()
    return lambda: _read_today()[0]


def _read_today() -> tuple[date, str]:
    """The day as of now, and what was given for it."""
    clock = datetime.now().astimezone().date()
    text = given("today") or os.environ.get("KITH_TODAY")
    if not text:
        return clock, ""
    try:
        return read_day_words(text, clock), text
    except DateError as error:
        where = "--today" if given("today") else "$KITH_TODAY"
        raise JournalError(f"{where}: {error}", error.hint) from None
