"""`kith snooze`: a person comes up again on a later day."""

import click

from kith.cli.choosing import choose_contact, complete_contact
from kith.cli.options import Command
from kith.cli.terminal import write
from kith.cli.writing import DRY_RUN, carry_out, changed, read_day, source_of, tell_next, writing
from kith.dates import long_date, weekday_name
from kith.diagnostics.report import printable
from kith.edit.people import snooze
from kith.errors import JournalError
from kith.followups.world import quoted


@click.command("snooze", cls=Command)
@click.argument("who", shell_complete=complete_contact)
@click.argument("day", metavar="DATE")
@DRY_RUN
def command(who: str, day: str, dry_run: bool) -> None:
    """Let nothing come up for a person before a day.

    WHO is an id, a name, an alias or the beginning of one. DATE is 2026-12-01, monday, +2w, in 3 months.
    """
    with writing(dry_run=dry_run) as (root, reviewed):
        contact = choose_contact(reviewed.journal, who)
        until = read_day(day, reviewed.today, "ahead", "DATE")
        if until <= reviewed.today:
            raise JournalError(f"{until} is not ahead", f"kith snooze {quoted(contact.id)} +2w")
        change = changed(reviewed, snooze(source_of(reviewed, contact.file), until), {"snooze": 1})
        carry_out(root, [change], dry_run=dry_run)
        if not dry_run:
            write(f"{printable(contact.name)} comes up again on {weekday_name(until)} {long_date(until)}.\n")
            tell_next(reviewed, root, [contact.id], "put off")
