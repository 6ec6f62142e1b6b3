"""`kith cancelled`: a meeting did not take place."""

import click

from kith.cli.choosing import choose_meeting, complete_contact, describe_meeting
from kith.cli.options import Command
from kith.cli.terminal import write
from kith.cli.writing import DRY_RUN, carry_out, source_of, tell_next, writing
from kith.edit.meetings import STATUS_ALONE, change_of, set_status, to_come, to_write_up
from kith.errors import JournalError


@click.command("cancelled", cls=Command)
@click.argument("who", shell_complete=complete_contact)
@click.option("--no-show", is_flag=True, help="They did not come, or you did not: its day has passed.")
@DRY_RUN
def command(who: str, no_show: bool, dry_run: bool) -> None:
    """Say that a meeting was cancelled, or with --no-show that somebody did not come. Its note is kept.

    WHO is a person, whose next planned meeting is meant, else the last one that nobody has written up (with --no-show
    that one), or the id of a meeting. Once another day is agreed: kith move, before; kith new meeting, after.
    """
    status = "no-show" if no_show else "cancelled"
    with writing(dry_run=dry_run) as (root, reviewed):
        pools = (to_write_up,) if no_show else (to_come, to_write_up)
        meeting = choose_meeting(reviewed.timeline, who, *pools)
        if no_show and meeting.date > reviewed.today:
            hint = f"kith cancelled {meeting.id}\nkith move {meeting.id} DATE"
            raise JournalError(f"the meeting of {meeting.date} has not come yet", hint)
        source = set_status(source_of(reviewed, meeting.file), status)
        changes = [change_of(reviewed.files, source, STATUS_ALONE)]
        carry_out(root, changes, dry_run=dry_run)
        if not dry_run:
            write(f"{status}: {describe_meeting(reviewed.journal, meeting)}\n")
            gone = "no longer due" if meeting.date >= reviewed.today else "settled"
            tell_next(reviewed, root, meeting.contact_ids, gone)
