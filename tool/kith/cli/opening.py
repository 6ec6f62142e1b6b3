"""Which journal a command is about, and which day it is."""

import os
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

import click

from kith.cache import Kept, remembering
from kith.cli.options import given
from kith.cli.terminal import say
from kith.dates import DateError, read_day_words
from kith.errors import JournalError
from kith.load import Loaded, ParsedFile, Unread, find_journal, list_files, load_journal
from kith.pipeline import NOTHING_KNOWN, Conclusions, Review, review

_CONCLUSIONS = "conclusions"  # the file of what was concluded last
_UNREADABLE = "K007"  # what the next command may find mended, though the file has not changed
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
    """The journal as `pipeline.review` gives it, from what was parsed before where that still holds.

    Where no file has changed since another command was asked on the same day, what that has concluded still holds too,
    and notes are read only where there is more to be told of them.
    """
    if instead:
        with remembering(root, ParsedFile) as remembered:
            return review(root, today, remembered, instead)
    listing = list_files(root)
    kept = Kept(root, _CONCLUSIONS, Conclusions)
    state = listing.state + today.isoformat().encode() if listing.state else b""
    known = kept.find(state) or NOTHING_KNOWN
    is_settled = known != NOTHING_KNOWN or kept.may_keep(listing.newest)

    def load() -> Loaded:
        with remembering(root, ParsedFile) as remembered:
            return load_journal(root, remembered, listing=listing)

    reviewed = Review(Unread(listing, load), today, known=known)

    def keep() -> None:
        concluded = reviewed.conclusions
        if concluded == known:
            return
        may_pass = any(one.code == _UNREADABLE for one in concluded.findings or ())
        if state and is_settled and not may_pass:
            kept.keep(state, concluded)

    _at_the_end(keep)
    return reviewed


def _at_the_end(keep: Callable[[], None]) -> None:
    """Call `keep` when the command ends, unless the journal is opened again or changed by then."""
    command = click.get_current_context()
    is_first = _CONCLUSIONS not in command.meta
    command.meta[_CONCLUSIONS] = keep

    def keep_last() -> None:
        command.meta[_CONCLUSIONS]()

    if is_first:
        command.call_on_close(keep_last)


def forget_conclusions(root: Path) -> None:
    """Forget what commands have concluded from notes that are other ones now: it names people who may be gone."""
    Kept(root, _CONCLUSIONS, Conclusions).forget()
    _at_the_end(lambda: None)


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
