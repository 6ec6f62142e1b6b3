"""`kith wake`: let a person come up again."""

import click

from kith.cli.choosing import choose_contact, complete_contact
from kith.cli.options import Command
from kith.cli.terminal import write
from kith.cli.writing import (
    DRY_RUN,
    ask_or_refuse,
    carry_out,
    changed,
    force_option,
    source_of,
    tell_next,
    writing,
)
from kith.dates import long_date
from kith.diagnostics.report import printable
from kith.edit.people import wake
from kith.followups.world import quoted
from kith.model import Contact
from kith.pipeline import Review


@click.command("wake", cls=Command)
@click.argument("who", shell_complete=complete_contact)
@force_option("Open a matter that was closed, too.")
@DRY_RUN
def command(who: str, force: bool, dry_run: bool) -> None:
    """Let a person come up again: clear `snooze` and `parked`, and, after asking, `closed`.

    WHO is an id, a name, an alias or the beginning of one. A matter that they opened again themselves needs no waking.
    """
    with writing(dry_run=dry_run) as (root, reviewed):
        contact = choose_contact(reviewed.journal, who)
        keys = _keys(reviewed, contact, force)
        if not keys:
            write(f"{printable(contact.name)} is awake.\n")
            return
        source = wake(source_of(reviewed, contact.file), keys)
        change = changed(reviewed, source, {key.replace("-", "_"): 1 for key in keys})
        carry_out(root, [change], dry_run=dry_run)
        if not dry_run:
            write(f"{printable(contact.name)} comes up again: {', '.join(keys)} cleared.\n")
            tell_next(reviewed, root, [contact.id])


def _keys(reviewed: Review, contact: Contact, force: bool) -> list[str]:
    """The keys to clear; asks about a matter that is closed."""
    keys: list[str] = [key for key in ("snooze", "parked") if key in contact.places]
    closed = reviewed.timeline.histories[contact.id].closed_on
    if closed is None:
        return keys
    because = f" ({contact.closed_because})" if contact.closed_because else ""
    reason = f"the matter with {printable(contact.address)} was closed on {long_date(closed)}{because}"
    hint = f"if they wrote: kith log {quoted(contact.id)} heard"
    ask_or_refuse(reason, "Open it again?", hint, force=force)
    return [*keys, *(key for key in ("closed", "closed-because") if key in contact.places)]
