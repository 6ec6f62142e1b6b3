"""`kith review`: everything late, one key each."""

import shlex
from collections.abc import Mapping, Sequence

import click

from kith.cli.asking import ask, ask_key, ask_until
from kith.cli.opening import find_root, find_today, open_journal
from kith.cli.options import Command
from kith.cli.terminal import complain, say, write
from kith.cli.writing import can_ask
from kith.diagnostics.report import printable
from kith.edit.people import find_reason
from kith.errors import JournalError
from kith.followups.agenda import Entry, agenda, when_words
from kith.model import CLOSED_BECAUSE, LOG_KINDS, Journal
from kith.pipeline import Review

_RUNNABLE = ("close", "debrief", "done", "log")  # what settles a thing without asking for more than `debrief` does
_KEYS: Mapping[str, str] = {
    "d": "done", "l": "log", "s": "snooze", "c": "close", "p": "park", "k": "skip", "q": "quit",
}  # fmt: skip
_NEEDS_PERSON = frozenset("lscp")


@click.command("review", cls=Command)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Go through everything late or due today, one key each, on a terminal.

    d: done, by the command that settles it. l: log a line. s: snooze. c: close. p: park. k or the return key: skip.
    q: quit. Each key runs the command of that name, so what was done before Ctrl-C stays done.
    """
    if not can_ask():
        raise JournalError("nobody is here to be asked", "kith due shows what is late, and the command that settles it")
    root, today = find_root(), find_today()
    skipped: set[object] = set()
    done = 0
    while True:
        reviewed = open_journal(root, today)
        waiting = [entry for entry in _late(reviewed) if _identity(entry) not in skipped]
        if not waiting:
            break
        entry = waiting[0]
        _show(entry, reviewed, len(waiting))
        settled = _act(ctx, entry, reviewed.journal)
        if settled is None:
            break
        done += settled
        # what was acted on and is still there does not come up twice
        skipped.add(_identity(entry))
    left = len(_late(open_journal(root, today)))
    write(f"{done} done, {left} left.\n")


def _late(reviewed: Review) -> list[Entry]:
    """What is late or due today, as `kith due` orders it; what can wait for a free hour comes last."""
    shown = agenda(reviewed.followups, reviewed.background, everything=True)
    entries = [entry for block in shown.blocks for entry in block.entries]
    return sorted(entries, key=lambda entry: entry.weight == 3)


def _identity(entry: Entry) -> object:
    """What makes an entry the same one after lines have moved."""
    return (entry.rule, entry.followups[0].contacts, entry.action)


def _show(entry: Entry, reviewed: Review, left: int) -> None:
    contact = reviewed.journal.contacts.get(next(iter(entry.followups[0].contacts), ""))
    when = when_words(entry.due, entry.weight, reviewed.today)
    say(f"\n{printable(contact.name) if contact else 'Your list'}, {when} ({left} to go)")
    for line in (entry.action, f"{entry.why} ({entry.source})"):
        say(f"  {printable(line)}")


def _act(ctx: click.Context, entry: Entry, journal: Journal) -> int | None:
    """Do what a key says: 1 where a command was carried out, 0 where not, None to quit."""
    people = [id_ for id_ in entry.followups[0].contacts if id_ in journal.contacts]
    keys = {key: text for key, text in _KEYS.items() if people or key not in _NEEDS_PERSON}
    while True:
        key = ask_key("", keys, "k")
        if key in "kq":
            return 0 if key == "k" else None
        arguments = _arguments(key, entry, people, journal)
        if arguments and _run(ctx, arguments):
            return 1


def _arguments(key: str, entry: Entry, people: Sequence[str], journal: Journal) -> list[str]:
    """The command that a key stands for, with what it needs; nothing where that was left out."""
    if key == "d":
        return _settling(entry)
    who = people[0] if len(people) == 1 else _whom(people, journal)
    match key:
        case "l":
            return _logging(entry, who)
        case "s":
            until = ask("Until (+2w, monday)", "+1w")
            return ["snooze", who, until]
        case "c":
            reason = ask_until(f"Why ({', '.join(CLOSED_BECAUSE)})", find_reason)
            return ["close", who, reason] if reason else []
        case _:
            return ["park", who]


def _settling(entry: Entry) -> list[str]:
    words = shlex.split(entry.settle)
    if words[0] == "kith" and words[1] in _RUNNABLE:
        return words[1:]
    say("It is done by: " + "; ".join(entry.settles))
    return []


def _logging(entry: Entry, who: str) -> list[str]:
    words = shlex.split(entry.settle)
    usual = words[3] if words[:2] == ["kith", "log"] else ""
    kind = ask_until(f"Kind ({' '.join(LOG_KINDS)})", _read_kind, usual)
    if not kind:
        return []
    channel, text = ask("By (email, phone, …)", ""), ask("Text", "")
    day = ask("When", "today")
    by = ["--by", channel] if channel else []
    return ["log", *by, "--on", day, "--", who, kind, *([text] if text else [])]


def _read_kind(text: str) -> str:
    found = [kind for kind in LOG_KINDS if kind.startswith(text.casefold())]
    if text.casefold() in found or len(found) == 1:
        return text.casefold() if text.casefold() in found else found[0]
    raise JournalError(f"`{text}` may be {' or '.join(found)}" if found else f"`{text}` is no kind of log line")


def _whom(people: Sequence[str], journal: Journal) -> str:
    choices = {str(number): printable(journal.contacts[id_].name) for number, id_ in enumerate(people[:9], 1)}
    return people[int(ask_key("Whom?", choices)) - 1]


def _run(ctx: click.Context, arguments: Sequence[str]) -> bool:
    """Carry out a command as if it had been typed; what it refuses is said, and it is asked again."""
    group = ctx.find_root().command
    found = group.get_command(ctx, arguments[0]) if isinstance(group, click.Group) else None
    say(f"$ kith {shlex.join(arguments)}")
    if found is None:  # pragma: no cover  # the commands above are all there
        return False
    try:
        with found.make_context(arguments[0], list(arguments[1:]), parent=ctx) as inner:
            found.invoke(inner)
    except JournalError as error:
        complain(str(error), error.hint)
        return False
    except click.UsageError as error:
        complain(error.format_message())
        return False
    return True
