"""`kith due`: what to do next, and for whom."""

from collections.abc import Callable, Mapping
from datetime import date

import click
import msgspec

from kith.cli.choosing import choose_contact, complete_contact, suggest
from kith.cli.opening import find_root, find_today, open_journal
from kith.cli.options import Command
from kith.cli.terminal import is_terminal, say, use_color, write
from kith.dates import DateError, Duration, count_days, long_date, read_duration, shift, short_date, weekday_name
from kith.diagnostics.report import Report, printable, summarize
from kith.errors import JournalError
from kith.followups import RULES
from kith.followups.agenda import Agenda, Block, Entry, agenda
from kith.model import FollowUp
from kith.pipeline import Review

FORMATS = ("table", "plain", "json", "csv", "ics")
NOBODY = "Your list"
_MARGIN = 20  # columns for "since 30 September"


@click.command("due", cls=Command)
@click.argument("who", required=False, shell_complete=complete_contact)
@click.option("--why", is_flag=True, help="Say why, with the source.")
@click.option("--within", metavar="DURATION", help="How far ahead: 7d, 2w, 3mo; else the journal's `horizon`.")
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="Only what this rule asks for.")
@click.option("--all", "everything", is_flag=True, help="Everything in full, nothing summed up.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="A table on a terminal, else plain.")
def command(
    who: str | None, why: bool, within: str | None, rules: tuple[str, ...], everything: bool, form: str | None
) -> None:
    """Show what to do next, and for whom: people who wait first, then what is late.

    WHO is an id, a name, an alias or the beginning of one.
    """
    span = _read_within(within)
    _check_rules(rules)
    root, today = find_root(), find_today()
    reviewed = open_journal(root, today)
    items = _choose(reviewed, who, rules)
    form = form or ("table" if is_terminal() else "plain")
    if form in ("table", "plain"):
        full = everything or who is not None
        shown = agenda(items, reviewed.background, within=span, everything=full)
        if full:
            shown = msgspec.structs.replace(shown, blocks=tuple(map(_unfold, shown.blocks)))
        (_print_table if form == "table" else _print_plain)(shown, reviewed.background.names, why)
    else:
        last = shift(today, span or reviewed.background.horizon)
        write(_MACHINE_FORMATS[form]([item for item in items if item.due <= last], today))
    if reviewed.findings:
        say(f"{summarize(Report(reviewed.findings, files=len(reviewed.files)))} See kith check.")


def _read_within(text: str | None) -> Duration | None:
    if text is None:
        return None
    try:
        return read_duration(text)
    except DateError as error:
        raise JournalError(f"--within: {error}", error.hint) from None


def _check_rules(rules: tuple[str, ...]) -> None:
    known = [rule.NAME for rule in RULES]
    for name in rules:
        if name not in known:
            raise JournalError(f"there is no rule `{name}`", suggest(name, known) or f"one of {', '.join(known)}")


def _choose(reviewed: Review, who: str | None, rules: tuple[str, ...]) -> tuple[FollowUp, ...]:
    """The follow-ups of one person or of all, of some rules or of all."""
    contact = None if who is None else choose_contact(reviewed.journal, who).id
    return tuple(
        item
        for item in reviewed.followups
        if (contact is None or contact in item.contacts) and (not rules or item.rule in rules)
    )


# --- for programs --------------------------------------------------------------------------------------------------


def _to_json(items: list[FollowUp], today: date) -> str:
    import json

    value = {"version": 1, "today": today.isoformat(), "followups": [_as_object(item, today) for item in items]}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _as_object(item: FollowUp, today: date) -> dict[str, object]:
    event = {"date": item.event.date.isoformat(), "file": item.event.place.file, "line": item.event.place.line}
    return {
        "rule": item.rule,
        "contacts": list(item.contacts),
        "due": item.due.isoformat(),
        "state": item.state(today),
        "weight": item.weight,
        "action": item.action,
        "why": item.why,
        "source": item.source,
        "event": event,
        "letter": item.letter,
        "settle": item.settle,
    }


def _to_csv(items: list[FollowUp], today: date) -> str:
    from kith.formats.spreadsheet import write_followups

    return write_followups(items, today)


def _to_ics(items: list[FollowUp], _today: date) -> str:
    from kith.formats.icalendar import write_todos

    return write_todos(items).decode()


_MACHINE_FORMATS: Mapping[str, Callable[[list[FollowUp], date], str]] = {
    "json": _to_json,
    "csv": _to_csv,
    "ics": _to_ics,
}


# --- for people ----------------------------------------------------------------------------------------------------


def _unfold(block: Block) -> Block:
    """The block with what it sums up in full."""
    return msgspec.structs.replace(block, entries=(*block.entries, *block.later), later=())


def _print_plain(shown: Agenda, names: Mapping[str, str], why: bool) -> None:
    lines = [_heading(shown)]
    for block in shown.blocks:
        lines += ["", _whose(block, names, shown.today)]
        for entry in block.entries:
            first, *rest = _say(entry, why)
            lines.append(f"  {when(entry.due, shown.today, entry.weight):<{_MARGIN}}  {first}")
            lines += [f"{'':{_MARGIN + 4}}{line}" for line in rest]
        lines += [f"  {line}" for line in _later(block, shown.today)]
    write("".join(f"{line}\n" for line in [*lines, *_endings(shown)]))


def _print_table(shown: Agenda, names: Mapping[str, str], why: bool) -> None:
    from shutil import get_terminal_size

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    color = use_color()
    width = min(get_terminal_size().columns, 100)
    console = Console(width=width, force_terminal=color, no_color=not color, highlight=False, legacy_windows=False)
    with console.capture() as captured:
        console.print(Text(_heading(shown), "bold"))
        for block in shown.blocks:
            console.print()
            console.print(Text(_whose(block, names, shown.today), "bold" if block.entries else "dim"))
            table = Table.grid(padding=(0, 0, 0, 2), pad_edge=True)
            table.add_column(width=_MARGIN)
            table.add_column()
            for entry in block.entries:
                first, *rest = _say(entry, why)
                style = _style(entry, shown.today)
                text = Text.assemble(first, *((f"\n{line}", "dim") for line in rest))
                table.add_row(Text(when(entry.due, shown.today, entry.weight), style), text)
            console.print(table)
            for line in _later(block, shown.today):
                console.print(Text(f"  {line}", "dim"))
        for line in _endings(shown):
            console.print(Text(line, "dim"))
    write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def _style(entry: Entry, today: date) -> str:
    if entry.weight == 3 or entry.due > today:
        return "dim"
    return "red" if entry.due < today else "yellow"


def when(due: date, today: date, weight: int) -> str:
    """A day in words, as of today; what waits for a free hour (weight 3) is never late."""
    days = (due - today).days
    if days < 0:
        return f"since {long_date(due, today)}" if weight == 3 else f"{count_days(-days)} late"
    if days < 2:
        return "tomorrow" if days else "today"
    return f"in {days} days" if days < 14 else short_date(due, today)


def _heading(shown: Agenda) -> str:
    day = f"{weekday_name(shown.today)} {long_date(shown.today)}"
    return day if shown.blocks else f"{day}: nothing to do."


def _whose(block: Block, names: Mapping[str, str], today: date) -> str:
    """The name above a block; a block with nothing late or due today is this line alone."""
    name = NOBODY if block.contact is None else printable(names[block.contact])
    return name if block.entries else f"{name}: {_sum_up(block, today)}"


def _say(entry: Entry, why: bool) -> list[str]:
    """What to do; why, where that was asked for; and the command that settles it."""
    lines = [entry.action]
    if why:
        lines.append(f"{entry.why} ({entry.source})")
        lines += [detail for detail in entry.details if not any(detail in line for line in lines)]
    return [printable(line) for line in [*lines, *entry.settles]]


def _later(block: Block, today: date) -> list[str]:
    return [_sum_up(block, today)] if block.entries and block.later else []


def _sum_up(block: Block, today: date) -> str:
    """What is not due yet in a few words, as in `three more, next 10 November`."""
    first = min(entry.due for entry in block.later)
    count = len(block.later)
    numbers = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    words = numbers[count - 1] if count <= len(numbers) else str(count)
    more = " more" if block.entries else ""
    return f"{words}{more}, {'on' if count == 1 else 'next'} {long_date(first, today)}"


def _endings(shown: Agenda) -> list[str]:
    """What was left out, and how to see it."""
    lines = []
    if shown.hidden_late:
        lines.append(f"{shown.hidden_late} more late: kith due --all")
    if shown.hidden_reach_outs:
        lines.append(f"{shown.hidden_reach_outs} more to write to, when you have an hour: kith due --all")
    return ["", *lines] if lines else []
