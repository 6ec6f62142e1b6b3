"""`kith close`: let a person be."""

import click

from kith.cli.choosing import choose_contact, complete_contact
from kith.cli.options import Command
from kith.cli.terminal import say, write
from kith.cli.writing import DRY_RUN, carry_out, changed, on_option, read_day, source_of, tell_next, writing
from kith.dates import long_date
from kith.diagnostics.report import printable
from kith.edit.people import close, find_reason
from kith.errors import JournalError
from kith.followups.world import quoted
from kith.model import CLOSED_BECAUSE


def complete_reason(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """The reasons that begin so."""
    return [reason for reason in CLOSED_BECAUSE if reason.startswith(incomplete)]


@click.command("close", cls=Command)
@click.argument("who", shell_complete=complete_contact)
@click.argument("reason", shell_complete=complete_reason)
@on_option("The day it ended; else today.")
@DRY_RUN
def command(who: str, reason: str, on: str | None, dry_run: bool) -> None:
    """Let a person be: nothing is due for them until they write or meet you again.

    WHO is an id, a name, an alias or the beginning of one. REASON is the beginning of declined, no-reply,
    asked-to-stop, moved-on, uncomfortable or other.
    """
    because = find_reason(reason)
    with writing(dry_run=dry_run) as (root, reviewed):
        contact = choose_contact(reviewed.journal, who)
        day = read_day(on, reviewed.today, "back", "--on")
        if day > reviewed.today:
            raise JournalError(f"{day} is ahead", f"kith snooze {quoted(contact.id)} {day}")
        history = reviewed.timeline.histories[contact.id]
        if history.closed_on is not None and on is None:
            day = history.closed_on  # it ended then; only the reason is another
        source = close(source_of(reviewed, contact.file), day, because)
        change = changed(reviewed, source, {"closed": 1, "closed_because": 1})
        carry_out(root, [change], dry_run=dry_run)
        if dry_run:
            return
        write(f"{printable(contact.name)}: closed on {long_date(day)}, {because}.\n")
        tell_next(reviewed, root, [contact.id], "no longer due")
        for state in history.meetings_ahead:
            say(f"a meeting is planned for {state.meeting.date}: kith cancelled {quoted(state.meeting.id)}")
