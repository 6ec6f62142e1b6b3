"""What every command that writes does alike: lock, plan, show or apply, and say what it settled and what comes next."""

import contextlib
import sys
from collections import ChainMap, Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import Any

import click

from kith.cache import remembering
from kith.cli.opening import find_root, find_today, forget_conclusions
from kith.cli.terminal import is_terminal, say, write
from kith.dates import DateError, Direction, long_date, read_day_words, weekday_name
from kith.diagnostics import Finding
from kith.diagnostics.report import printable
from kith.edit.apply import apply, locked
from kith.edit.plan import Change, Plan, show_diff
from kith.edit.proof import prove
from kith.edit.source import Source, read_source
from kith.errors import JournalError
from kith.followups.agenda import when_words
from kith.load import ParsedFile, Remembered, fold_id
from kith.model import FollowUp
from kith.pipeline import Review, review

DRY_RUN = click.option("--dry-run", is_flag=True, help="Print what would change as a diff, and change nothing.")

_DOUBLE_ID = "K206"


@contextlib.contextmanager
def writing(*, dry_run: bool) -> Iterator[tuple[Path, Review]]:
    """The journal's folder and the journal on the day, under its lock, so that what is planned is still true."""
    root, today = find_root(), find_today()
    lock = contextlib.nullcontext() if dry_run else locked(root)
    with lock, remembering(root, ParsedFile) as remembered:
        yield root, review(root, today, remembered)


def beside(reviewed: Review) -> Remembered:
    """What was parsed before, as proofs may use it: what is tried out is not kept for the next time."""
    return ChainMap({}, reviewed.remembered) if reviewed.remembered is not None else {}


def source_of(reviewed: Review, file: str) -> Source:
    """The lines of a note of the journal; raises JournalError where its id is that of another file too."""
    stem = fold_id(PurePath(file).stem)
    for finding in reviewed.loaded.findings:
        if finding.code == _DOUBLE_ID and fold_id(PurePath(finding.place.file).stem) == stem:
            said = f"`{file}` and `{finding.place.file}` have one id, so it is not known which is meant"
            raise JournalError(said, finding.hint)
    return read_source(file, reviewed.files[file])


def changed(reviewed: Review, source: Source, allowed: dict[str, int]) -> Change:
    """The change that writes `source`, proved to alter `allowed` alone (see `kith.edit.proof`)."""
    return prove(Change(source.file, reviewed.files[source.file], source.to_bytes()), allowed)


def carry_out(root: Path, changes: Sequence[Change], *, dry_run: bool) -> None:
    """Apply the changes together, or print them."""
    plan = Plan(tuple(changes))
    if dry_run:
        write(show_diff(plan))
    else:
        apply(root, plan)
        forget_conclusions(root)


def read_day(text: str | None, today: date, direction: Direction, option: str) -> date:
    """The day that an option names, `today` without one; a day in other words than ISO is said on stderr."""
    if text is None:
        return today
    try:
        day = read_day_words(text, today, direction)
    except DateError as error:
        raise JournalError(f"{option}: {error}", error.hint) from None
    if day.isoformat() != text:
        say(f"{option} {text}: {weekday_name(day)} {long_date(day)}")
    return day


def tell_next(
    before: Review, root: Path, people: Sequence[str], gone: str = "settled", about: Sequence[str] = ()
) -> None:
    """Say what a written change has settled for these people and what comes next; on stderr what is newly wrong.

    `gone` is the word for what is no longer due. What comes next is said of `about`, where that is fewer people.
    """
    after = review(root, before.today, before.remembered)
    for item in _settled(before, after):
        if not people or set(item.contacts) & set(people):
            write(f"{gone}: {printable(item.action)}\n")
    coming = next((item for item in after.followups if set(item.contacts) & set(about or people)), None)
    if coming is not None:
        write(f"next: {printable(coming.action)} ({when_words(coming.due, coming.weight, before.today)})\n")
    say_new_findings(before, after)


def say_new_findings(before: Review, after: Review, file: str = "") -> None:
    """Say on stderr what is wrong after a change that was not before it, in `file` alone where that is given."""
    for finding in new_findings(before, after):
        if file in ("", finding.place.file):
            say(printable(f"{finding.place}: {finding.severity} {finding.code}: {finding.message}"))


def _settled(before: Review, after: Review) -> Iterator[FollowUp]:
    """The follow-ups that are gone; one that has only moved to another day is not."""
    kept = {_identity(item) for item in after.followups}
    left = Counter((item.rule, item.contacts) for item in after.followups)
    had = Counter((item.rule, item.contacts) for item in before.followups)
    for item in before.followups:
        kind = (item.rule, item.contacts)
        if _identity(item) not in kept and left[kind] < had[kind]:
            yield item


def new_findings(before: Review, after: Review) -> list[Finding]:
    """What is wrong after a change and was not before, wherever its lines are now."""
    candidates = _unknown(after.findings, before.loaded.findings)
    return _unknown(candidates, before.findings) if candidates else []


def _unknown(found: Iterable[Finding], known: Iterable[Finding]) -> list[Finding]:
    keys = {(one.code, one.place.file, one.message) for one in known}
    return [one for one in found if (one.code, one.place.file, one.message) not in keys]


def _identity(item: FollowUp) -> tuple[Any, ...]:
    """What makes a follow-up the same one after an edit has moved lines."""
    of_a_box = item.rule in ("promise", "waiting", "task")  # a note may hold several, which only their words tell apart
    said = item.action if of_a_box else ""
    return (item.rule, item.contacts, item.event.date, item.event.place.file, item.subject, said)


def on_option(help_text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--on DAY`."""
    return click.option("--on", "on", metavar="DAY", help=help_text)


def force_option(help_text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--force`, which says a thing twice."""
    return click.option("--force", is_flag=True, help=help_text)


def can_ask() -> bool:
    """Whether somebody is there to answer: only on a terminal, in and out."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout)


def ask_or_refuse(reason: str, question: str, hint: str = "", *, force: bool, rows: Sequence[str] = ()) -> None:
    """Go on past the manners only where somebody says so, here or by `--force`; raises JournalError.

    `rows` are what the reason is about, shown below it.
    """
    below = "".join(f"\n  {row}" for row in rows)
    if force:
        say(f"{reason}; done all the same, because of --force{below}")
        return
    if can_ask():
        say(f"{reason}{':' if rows else '.'}{below}")
        if click.confirm(question, default=False, err=True):
            return
        raise JournalError("nothing was changed", hint)
    anyway = "to do it all the same: --force"
    raise JournalError(f"{reason}{':' if rows else ''}{below}", f"{hint}\n{anyway}" if hint else anyway)
