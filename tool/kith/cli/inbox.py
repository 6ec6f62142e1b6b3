"""`kith inbox`: file the jotted lines."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

import click
import msgspec

from kith.cli.asking import ask, ask_key, ask_until, confirm
from kith.cli.choosing import choose_contact, choose_note, suggest
from kith.cli.manners import mind_manners
from kith.cli.options import Command
from kith.cli.terminal import complain, say, write
from kith.cli.writing import DRY_RUN, can_ask, carry_out, force_option, on_option, read_day, tell_next, writing
from kith.conventions.lines import SYNONYMS
from kith.dates import DateError, Direction, Duration, read_day_words, shift
from kith.diagnostics.report import printable
from kith.edit.inbox import INBOX, Filing, Jotted, own_filing, plan_drop, plan_filing, read_jotted
from kith.edit.plan import Change, combine, outcome
from kith.errors import JournalError
from kith.followups import promise, waiting
from kith.followups.world import WAITING_WITHIN, quoted
from kith.load import fold_name, read_journal
from kith.model import ASKS, CHANNELS, LABELS, LOG_KINDS, Journal, Meeting, Note
from kith.pipeline import Review

_LINE = re.compile(rf"(?:{re.escape(INBOX)}:)?(?P<line>\d{{1,6}})")
_KINDS = {"l": "log", "i": "item", "n": "note", "d": "delete", "k": "skip", "q": "quit"}

T = TypeVar("T")

Decision = Filing | None  # None: the line is thrown away


@click.command("inbox", cls=Command)
@click.argument("line", required=False)
@click.option(
    "--to", "note", metavar="NOTE", help="The note it belongs to: a person, a meeting, an organisation or a path."
)
@click.option("--as", "filed_as", metavar="KIND|LABEL", help="A kind of log line, or a label; else plain text.")
@on_option("The day of a log line; else the one that the line begins with, else today.")
@click.option("--by", "channel", type=click.Choice(CHANNELS), help="The channel of a log line.")
@click.option("--text", help="What it says there; else what it says here.")
@click.option("--delete", is_flag=True, help="Throw the line away.")
@click.option("--counted", is_flag=True, help="Move every line that counts already into its person's log.")
@force_option("File an ask although the matter is closed, or past the last nudge.")
@DRY_RUN
def command(line: str | None, *, delete: bool, counted: bool, force: bool, dry_run: bool, **given: str | None) -> None:
    """File the lines of inbox.md: each leaves it and goes where it belongs, with what is nested below it.

    On a terminal it shows line by line and asks what each of them is; nothing is written before you confirm. Elsewhere
    it lists them, and LINE (its number, or some of its words) with --to, --as or --delete files one of them.
    """
    if line is None and not counted:
        if can_ask():
            _go_through(dry_run)
        else:
            _list()
        return
    if counted:
        _move_counted(dry_run)
        return
    which = line or ""

    def decide(reviewed: Review, jotted: Jotted) -> Decision:
        if delete:
            return None
        own = own_filing(jotted)
        if given["note"] is None:
            if own is None:
                raise JournalError("where does it belong?", f"kith inbox {quoted(which)} --to WHO --as promise")
            return own
        return _filing(reviewed, jotted, given["note"], given, force=force)

    _file(which, decide, dry_run)


# --- carrying out ----------------------------------------------------------------------------------------------------


def _file(which: str, decide: Callable[[Review, Jotted], Decision], dry_run: bool) -> None:
    """File the line that `which` names: by its number or by some of its words."""
    with writing(dry_run=dry_run) as (root, reviewed):
        jotted = _find(reviewed, which)
        filing = decide(reviewed, jotted)
        changes = _plan(reviewed, jotted, filing)
        carry_out(root, changes, dry_run=dry_run)
        if dry_run:
            return
        if filing is None:
            write(f"thrown away: {printable(jotted.line.text)}\n")
        else:
            write(f"filed in {changes[0].target}: {printable(_preview(filing))}\n")
        concerned = (jotted.who, "" if filing is None else filing.to)
        if people := [id_ for id_ in dict.fromkeys(concerned) if id_ in reviewed.journal.contacts]:
            tell_next(reviewed, root, people)


def _find(reviewed: Review, which: str) -> Jotted:
    """The line of a number, or the one that holds a text."""
    lines = read_jotted(reviewed.journal, reviewed.files)
    match = _LINE.fullmatch(which)
    if match is not None:
        found = [one for one in lines if one.number == int(match["line"])]
    else:
        found = [one for one in lines if fold_name(which) in fold_name(one.line.text)]
    if len(found) == 1:
        return found[0]
    shown = "\n".join(f"{INBOX}:{one.number}  {printable(one.line.text)}" for one in found)
    raise JournalError(
        f"{len(found) or 'no'} jotted lines hold `{which}`"
        if not match
        else f"no jotted line begins at {INBOX}:{match['line']}",
        shown or "kith inbox",
    )


def _again(reviewed: Review, jotted: Jotted) -> Jotted:
    """A line that was read a while ago, where it stands by now."""
    lines = read_jotted(reviewed.journal, reviewed.files)
    same = [one for one in lines if (one.line.text, one.line.below) == (jotted.line.text, jotted.line.below)]
    if not same:
        raise JournalError("the line is no longer in the inbox")
    return min(same, key=lambda one: abs(one.number - jotted.number))


def _unchanged(_: Review, now: Jotted, before: Jotted, filing: Decision) -> Decision:
    """The filing, if the line is still the one it was decided for."""
    if now.line.text != before.line.text:
        raise JournalError("the inbox has changed meanwhile, so nothing was written", "file the line again")
    return filing


def _plan(reviewed: Review, jotted: Jotted, filing: Decision) -> Sequence[Change]:
    if filing is None:
        return plan_drop(reviewed.files, jotted)
    return plan_filing(reviewed.journal, reviewed.files, jotted, filing, reviewed.today)


def _move_counted(dry_run: bool) -> None:
    """Move every line that counts already, all of them together."""
    with writing(dry_run=dry_run) as (root, reviewed):
        changes: tuple[Change, ...] = ()
        journal, files, moved = reviewed.journal, dict(reviewed.files), 0
        left = 0  # lines that stay, which come first
        while len(lines := [one for one in read_jotted(journal, files) if one.who]) > left:
            try:
                more = _plan_counted(journal, files, lines[left], reviewed)
            except JournalError as error:
                say(f"{error}; {error.hint}")
                left += 1
                continue
            changes, files, moved = combine(changes, more), outcome(files, more), moved + 1
            journal, _ = read_journal(files, journal.attachments, reviewed.remembered)
        carry_out(root, changes, dry_run=dry_run)
        if not dry_run:
            write(f"{moved} {'line' if moved == 1 else 'lines'} moved.\n")


def _plan_counted(journal: Journal, files: Mapping[str, bytes], jotted: Jotted, reviewed: Review) -> tuple[Change, ...]:
    filing = own_filing(jotted)
    return () if filing is None else plan_filing(journal, files, jotted, filing, reviewed.today)


def _list() -> None:
    """List the lines, where nobody is there to be asked."""
    with writing(dry_run=True) as (_, reviewed):
        lines = read_jotted(reviewed.journal, reviewed.files)
    for one in lines:
        counts = f" (counts for {one.who})" if one.who else ""
        write(f"{INBOX}:{one.number}{counts}  {printable(one.line.text)}\n")
    if lines:
        say("file one: kith inbox LINE --to NOTE --as KIND|LABEL; all that count: kith inbox --counted")


# --- deciding --------------------------------------------------------------------------------------------------------


def _filing(reviewed: Review, jotted: Jotted, to: str, given: Mapping[str, str | None], *, force: bool) -> Filing:
    """What options say of a line."""
    journal, on, text = reviewed.journal, given["on"], given["text"]
    word = _read_word(given["filed_as"]) if given["filed_as"] else ""
    note = choose_contact(journal, to) if word in LOG_KINDS else choose_note(journal, to)
    dated, rest = jotted.dated if word in LOG_KINDS else (None, jotted.line.text)
    day = read_day(on, reviewed.today, "back", "--on") if on is not None else dated or reviewed.today
    filing = Filing(note.id, rest if text is None else text, word, day, given["channel"] or "")
    if (within := _within(filing, note)) is not None:
        filing = _with_due(filing, shift(jotted.dated[0] or reviewed.today, within))
    _mind(reviewed, filing, force=force)
    return filing


def _mind(reviewed: Review, filing: Filing, *, force: bool) -> None:
    """What holds for `kith log` holds here."""
    if filing.word not in LOG_KINDS or filing.day is None:
        return
    if filing.day > reviewed.today:
        raise JournalError(f"{filing.day} is ahead, and a log says what has happened", "kith new meeting")
    if filing.word in ASKS:
        mind_manners(reviewed, reviewed.journal.contacts[filing.to], filing.word, filing.day, force=force)


def _read_word(text: str) -> str:
    word = SYNONYMS.get(text.casefold(), text.casefold())
    known = (*LOG_KINDS, *LABELS)
    begun = [one for one in known if one.startswith(word)]
    if word in known or len(begun) == 1:
        return word if word in known else begun[0]
    hint = suggest(word, known) or f"one of {', '.join(known)}"
    raise JournalError(f"`{text}` is neither a kind of log line nor a label", hint)


# --- a dialogue ------------------------------------------------------------------------------------------------------


def _go_through(dry_run: bool) -> None:
    """Show each line and ask what it is."""
    with writing(dry_run=True) as (_, reviewed):
        lines = read_jotted(reviewed.journal, reviewed.files)
    filed = 0
    for count, jotted in enumerate(lines):
        _show(jotted, len(lines) - count)
        while (done := _ask_one(jotted, dry_run)) is None:
            pass
        if done == "q":
            break
        filed += done == "filed"
    write(f"{filed} filed, {len(lines) - filed} left.\n")


def _show(jotted: Jotted, left: int) -> None:
    say(f"\n{INBOX}:{jotted.number} ({left} to go)")
    for row in (jotted.line.text, *jotted.line.below.splitlines()):
        say(f"  {printable(row)}")


def _ask_one(jotted: Jotted, dry_run: bool) -> str | None:
    """Ask about a line: `filed`, `k` or `q`; None to ask again."""
    keys = {"m": f"move into {jotted.who}'s log", **_KINDS} if jotted.who else _KINDS
    key = ask_key("", keys, "k")
    if key in "kq":
        return key

    try:
        # what is asked is asked of the journal as it was; the lock is held for the moment of writing
        with writing(dry_run=True) as (_, reviewed):
            found = _again(reviewed, jotted)
        filing = _ask_filing(reviewed, found, key)
        said = "Throw it away?" if filing is None else f"{filing.to}: {_preview(filing)}\nWrite this?"
        if not confirm(said):
            return None
        _file(f"{found.number}", lambda later, now: _unchanged(later, now, found, filing), dry_run)
    except JournalError as error:
        complain(str(error), error.hint)
        return None
    return "filed"


def _preview(filing: Filing) -> str:
    if filing.word in LOG_KINDS:
        by = f" by {filing.channel}" if filing.channel else ""
        return f"{filing.day} {filing.word}{by}" + (f": {filing.text}" if filing.text else "")
    return f"{filing.word}: {filing.text.removeprefix('[ ] ')}" if filing.word else filing.text


def _ask_filing(reviewed: Review, jotted: Jotted, key: str) -> Decision:
    journal, today = reviewed.journal, reviewed.today
    if key == "d":
        return None
    if key == "m":
        return own_filing(jotted)
    if key == "l":
        who = _required(ask_until("Whom", partial(choose_contact, journal), jotted.who))
        kind = _required(ask_until(f"Kind ({' '.join(LOG_KINDS)})", partial(_one_of, tuple(LOG_KINDS))))
        dated, rest = jotted.dated
        day = _required(ask_until("When", partial(_read_day, today, "back"), (dated or today).isoformat()))
        channel = ask_until(f"By ({' '.join(CHANNELS)})", partial(_one_of, CHANNELS)) or ""
        filing = Filing(who.id, ask("Text", rest), kind, day, channel)
        _mind(reviewed, filing, force=False)
        return filing
    note = _required(ask_until("In which note (a name, an id)", partial(choose_note, journal)))
    if key == "n":
        return Filing(note.id, ask("Text", jotted.line.text))
    label = _required(ask_until(f"Label ({' '.join(LABELS)})", partial(_one_of, LABELS)))
    filing = Filing(note.id, ask("Text", jotted.line.text), label)
    if (within := _within(filing, note)) is None:
        return filing
    soon = shift(today, within).isoformat()
    return _with_due(filing, _required(ask_until("By when (friday, +2w)", partial(_read_day, today, "ahead"), soon)))


def _within(filing: Filing, note: Note) -> Duration | None:
    """How long a promise gets that names no day, in a note that has none: else it would count from when it was made."""
    if isinstance(note, Meeting) or " due:" in filing.text:
        return None
    return {promise.NAME: promise.WITHIN, waiting.NAME: WAITING_WITHIN}.get(filing.word)


def _with_due(filing: Filing, day: date) -> Filing:
    return msgspec.structs.replace(filing, text=f"{filing.text} due:{day}")


def _required(value: T | None) -> T:
    if value is None:
        raise JournalError("nothing was written")
    return value


def _one_of(words: Sequence[str], text: str) -> str:
    found = [word for word in words if word.startswith(text.casefold())]
    if text.casefold() in found or len(found) == 1:
        return text.casefold() if text.casefold() in found else found[0]
    raise JournalError(f"`{text}` may be {' or '.join(found)}" if found else f"`{text}` is none of these")


def _read_day(today: date, direction: Direction, text: str) -> date:
    try:
        return read_day_words(text, today, direction)
    except DateError as error:
        raise JournalError(str(error), error.hint) from None
