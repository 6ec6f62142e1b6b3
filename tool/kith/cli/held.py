"""`kith held`: a meeting took place."""

import click
import msgspec

from kith.cli.choosing import choose_meeting, complete_contact, describe_meeting
from kith.cli.options import Command
from kith.cli.terminal import say, write
from kith.cli.writing import DRY_RUN, carry_out, on_option, read_day, tell_next, writing
from kith.edit.meetings import (
    STATUS_ALONE,
    change_of,
    held_with,
    plan_move,
    read_minutes,
    set_status,
    to_come,
    to_write_up,
)
from kith.edit.plan import combine, outcome
from kith.edit.source import read_source
from kith.errors import JournalError


@click.command("held", cls=Command)
@click.argument("who", shell_complete=complete_contact)
@click.option("--took", metavar="MINUTES", help="How long it took: 25, or 25m.")
@on_option("The day it took place, where that is another than was planned; its file is renamed.")
@DRY_RUN
def command(who: str, took: str | None, on: str | None, dry_run: bool) -> None:
    """Say that a meeting took place; `kith debrief` asks for more.

    WHO is a person, whose meeting of today or earlier is meant that nobody has written up (with --on also the next one
    planned), or the id of a meeting.
    """
    minutes = None if took is None else read_minutes(took)
    with writing(dry_run=dry_run) as (root, reviewed):
        others = (held_with,) if on is None else (to_come, held_with)
        meeting = choose_meeting(reviewed.timeline, who, to_write_up, *others, several=True)
        day = meeting.date if on is None else read_day(on, reviewed.today, "back", "--on")
        if day > reviewed.today:
            hint = f"kith held {meeting.id} --on {reviewed.today}\nkith move {meeting.id} DATE"
            raise JournalError(f"the meeting of {day} has not come yet", hint)
        changes = plan_move(reviewed.journal, reviewed.files, meeting, day) if day != meeting.date else ()
        files = outcome(reviewed.files, changes)
        file = next((change.target for change in changes if change.path == meeting.file), meeting.file)
        source = set_status(read_source(file, files[file]), "held", minutes)
        changes = combine(changes, (change_of(files, source, STATUS_ALONE),))
        carry_out(root, changes, dry_run=dry_run)
        if dry_run:
            return
        said = f", {minutes} minutes" if minutes is not None else ""
        now = msgspec.structs.replace(meeting, date=day)
        write(f"held: {describe_meeting(reviewed.journal, now)}{said}\n")
        if file != meeting.file:
            say(f"{meeting.file} is now {file}")
        tell_next(reviewed, root, meeting.contact_ids)
