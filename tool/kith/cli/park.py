"""`kith park`: keep a card, and compute nothing for it."""

import click

from kith.cli.choosing import choose_contact, complete_contact
from kith.cli.options import Command
from kith.cli.terminal import write
from kith.cli.writing import DRY_RUN, carry_out, changed, source_of, tell_next, writing
from kith.diagnostics.report import printable
from kith.edit.people import park
from kith.followups.world import quoted


@click.command("park", cls=Command)
@click.argument("who", shell_complete=complete_contact)
@DRY_RUN
def command(who: str, dry_run: bool) -> None:
    """Keep a person's card, and let nothing come up for them until `kith wake`.

    WHO is an id, a name, an alias or the beginning of one.
    """
    with writing(dry_run=dry_run) as (root, reviewed):
        contact = choose_contact(reviewed.journal, who)
        if contact.parked:
            write(f"{printable(contact.name)} is parked already.\n")
            return
        change = changed(reviewed, park(source_of(reviewed, contact.file)), {"parked": 1})
        carry_out(root, [change], dry_run=dry_run)
        if not dry_run:
            write(f"{printable(contact.name)} is parked; kith wake {quoted(contact.id)} brings them back.\n")
            tell_next(reviewed, root, [contact.id], "no longer due")
