"""`kith prep`: everything to know before a conversation, the best next questions, the run sheet."""

import click

from kith.cli.choosing import choose_meeting, complete_contact, describe_meeting
from kith.cli.opening import find_root, find_today, open_journal
from kith.cli.options import Command
from kith.cli.terminal import say, write
from kith.cli.writing import DRY_RUN, carry_out, changed, source_of, tell_next, writing
from kith.diagnostics.report import Report, printable, summarize
from kith.edit.meetings import to_come
from kith.edit.preparation import Added, add_preparation
from kith.errors import JournalError
from kith.model import Meeting
from kith.pipeline import Review, review
from kith.study.briefing import Briefing, brief, read_ground
from kith.study.words import number_word


@click.command("prep", cls=Command)
@click.argument("meeting", shell_complete=complete_contact)
@click.option("--write", "writes", is_flag=True, help="Put goals, questions and steps into the note.")
@click.option(
    "--format", "form", type=click.Choice(["plain", "json"]), default="plain", help="For people, or programs."
)
@DRY_RUN
def command(meeting: str, writes: bool, form: str, dry_run: bool) -> None:
    """Prepare a conversation: research, promises, the best next questions with their reasons, the run sheet.

    MEETING is the id of a meeting, or a person, whose next meeting is meant. With --write, what the note does not hold
    yet is added to it; what stands there stays.
    """
    if writes or dry_run:
        _write(meeting, dry_run=dry_run)
        return
    from kith.formats.briefing import to_json, to_text

    root, today = find_root(), find_today()
    reviewed = open_journal(root, today)
    _, briefing = _brief(reviewed, meeting)
    if form == "json":
        write(to_json(briefing, reviewed.journal, today))
    else:
        text = to_text(briefing, reviewed.journal, today)
        write("".join(f"{printable(line)}\n" for line in text.splitlines()))
    if reviewed.findings:
        say(f"{summarize(Report(reviewed.findings, files=len(reviewed.files)))} See kith check.")


def _brief(reviewed: Review, who: str) -> tuple[Meeting, Briefing]:
    meeting = choose_meeting(reviewed.timeline, who, to_come)
    return meeting, brief(read_ground(reviewed.timeline), meeting)


def _write(who: str, *, dry_run: bool) -> None:
    with writing(dry_run=dry_run) as (root, reviewed):
        meeting, briefing = _brief(reviewed, who)
        if not briefing.state.ahead:
            said = {"planned": "has passed", "held": "took place"}.get(briefing.state.status, "did not take place")
            hint = f"kith debrief {meeting.id}" if briefing.state.status == "planned" else f"kith show {meeting.id}"
            raise JournalError(f"the meeting of {meeting.date} {said}, so there is nothing to prepare", hint)
        added = add_preparation(source_of(reviewed, meeting.file), briefing)
        change = changed(reviewed, added.source, dict(added.allowed))
        carry_out(root, [change], dry_run=dry_run)
        if dry_run:
            return
        write(f"{describe_meeting(reviewed.journal, meeting)}: {_describe(added)}\n")
        tell_next(reviewed, root, meeting.contact_ids)
        _say_what_lacks(review(root, reviewed.today), meeting)


def _describe(added: Added) -> str:
    """What came to the note."""
    counts = ((len(added.questions), "question"), (len(added.steps), "step"))
    parts = [f"{number_word(count)} {word}{'s' if count > 1 else ''}" for count, word in counts if count]
    if added.goals:
        parts.append("a heading for goals")
    return f"added {', '.join(parts)}" if parts else "the note holds all of it already"


def _say_what_lacks(after: Review, meeting: Meeting) -> None:
    briefing = brief(read_ground(after.timeline), after.journal.meetings[meeting.id])
    for what in (*briefing.lacks, *briefing.gaps):
        write(f"still lacking: {printable(what)}\n")
