"""`kith log`: write down what has happened with a person, in one line."""

import re
import sys

import click

from kith.cli.choosing import choose_contact, complete_contact, suggest
from kith.cli.manners import mind_manners, warn_of_minutes
from kith.cli.options import Command
from kith.cli.terminal import write
from kith.cli.writing import (
    DRY_RUN,
    carry_out,
    changed,
    force_option,
    on_option,
    read_day,
    source_of,
    tell_next,
    writing,
)
from kith.conventions.lines import SYNONYMS
from kith.diagnostics.report import printable
from kith.edit.body import add_log_line, log_lines
from kith.errors import JournalError
from kith.followups.world import quoted
from kith.model import ASKS, CHANNELS, LOG_KINDS

_MINUTES = re.compile(r"\b(\d{2,3})[ -]?min(?:ute)?s?\b", re.IGNORECASE)


def complete_kind(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """The kinds of log lines that begin so."""
    return [kind for kind in LOG_KINDS if kind.startswith(incomplete)]


@click.command("log", cls=Command)
@click.argument("who", shell_complete=complete_contact)
@click.argument("kind", shell_complete=complete_kind)
@click.argument("text", nargs=-1, metavar="[TEXT]")
@on_option("When it happened: 2026-11-03, yesterday, tuesday, 2 weeks ago; else today.")
@click.option("--by", "channel", type=click.Choice(CHANNELS), help="How.")
@force_option("Log an ask although the matter is closed, or past the last nudge.")
@DRY_RUN
def command(
    who: str, kind: str, text: tuple[str, ...], *, on: str | None, channel: str | None, force: bool, dry_run: bool
) -> None:
    """Write down what has happened with a person, then say what that settles and what comes next.

    WHO is an id, a name, an alias or the beginning of one. KIND is one of: outreach, nudge, proposed, asked (you
    asked); reply, declined, heard, got, introduced (they answered or wrote first); thank-you, update, hello, gave (you
    wrote); met (a chance encounter). TEXT may be several words; `-` reads it from stdin.
    """
    kind = _read_kind(kind)
    said = _read_text(text)
    with writing(dry_run=dry_run) as (root, reviewed):
        contact = choose_contact(reviewed.journal, who, or_new=True)
        day = read_day(on, reviewed.today, "back", "--on")
        if day > reviewed.today:
            hint = f"kith new meeting {quoted(contact.id)} --on {day}"
            raise JournalError(f"{day} is ahead, and a log says what has happened", hint)
        lines = log_lines(day, kind, channel or "", said)
        source = add_log_line(source_of(reviewed, contact.file), lines)
        change = changed(reviewed, source, {"log": 1, "items": len(lines) - 1})
        if kind in ASKS:
            mind_manners(reviewed, contact, kind, day, force=force)
            warn_of_minutes(reviewed, map(int, _MINUTES.findall(said)))
        carry_out(root, [change], dry_run=dry_run)
        if not dry_run:
            write(f"{printable(contact.name)}: {printable(lines[0])}\n")
            tell_next(reviewed, root, [contact.id])


def _read_kind(word: str) -> str:
    kind = " ".join(word.casefold().split())
    kind = SYNONYMS.get(kind, kind)
    if kind not in LOG_KINDS:
        near = suggest(kind, LOG_KINDS, 1)
        raise JournalError(f"`{word}` is no kind of log line", f"{near}\n{_kinds()}" if near else _kinds())
    return kind


def _kinds() -> str:
    width = max(map(len, LOG_KINDS))
    return "\n".join(f"{kind:{width}}  {what}" for kind, what in LOG_KINDS.items())


def _read_text(words: tuple[str, ...]) -> str:
    if words != ("-",):
        return " ".join(words)
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise JournalError("what came on stdin is not UTF-8") from None
