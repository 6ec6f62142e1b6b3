"""`kith move`: a meeting is on another day."""

import click
import msgspec

from kith.cli.choosing import choose_meeting, complete_contact, describe_meeting
from kith.cli.options import Command
from kith.cli.terminal import say, write
from kith.cli.writing import DRY_RUN, carry_out, read_day, tell_next, writing
from kith.dates import DateError, read_time
from kith.edit.meetings import plan_move, to_come, to_write_up
from kith.errors import JournalError


@click.command("move", cls=Command)
@click.argument("who", shell_complete=complete_contact)
@click.argument("day", metavar="DATE")
@click.argument("time", required=False)
@DRY_RUN
def command(who: str, day: str, time: str | None, dry_run: bool) -> None:
    """Move a meeting to another day. Where its file's name says the day, it is renamed, and every link to it follows.

    WHO is a person, whose next planned meeting is meant, else the last one that nobody has written up, or the id of a
    meeting. DATE is 2026-11-30, tuesday, +3d; TIME is 14:30, and stays what it was where it is left out.
    """
    try:
        at = None if time is None else read_time(time)
    except DateError as error:
        raise JournalError(str(error), error.hint) from None
    with writing(dry_run=dry_run) as (root, reviewed):
        meeting = choose_meeting(reviewed.timeline, who, to_come, to_write_up)
        to = read_day(day, reviewed.today, "ahead", "DATE")
        status = reviewed.timeline.meetings[meeting.id].status
        if status in ("cancelled", "no-show"):
            hint = f"kith new meeting {meeting.contact_ids[0]} --on {to}" if meeting.contact_ids else "kith new meeting"
            raise JournalError(f"the meeting of {meeting.date} did not take place, and its note says so", hint)
        if status == "held" and to > reviewed.today:
            raise JournalError(f"the meeting of {meeting.date} has taken place, so it cannot be on {to}")
        changes = plan_move(reviewed.journal, reviewed.files, meeting, to, at)
        carry_out(root, changes, dry_run=dry_run)
        if dry_run:
            return
        now = msgspec.structs.replace(meeting, date=to, time=at or meeting.time)
        write(f"moved: {describe_meeting(reviewed.journal, now)}\n")
        for change in changes:
            if change.moved_to:
                say(f"{change.path} is now {change.moved_to}")
            elif change.path != meeting.file:
                say(f"{change.path}: its link to the meeting follows")
        tell_next(reviewed, root, meeting.contact_ids)
