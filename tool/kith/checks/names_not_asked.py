"""A conversation with somebody who was never asked whom else to talk to.

## Why

Two names from each person are how a list of contacts grows by itself. It counts as asked when a question of the bank
that is marked `referral:` was asked, when a `referral` stands in a note about them, or when they introduced somebody.

## Bad

    meetings/2026-11-20-dana-lee.md
    ---
    status: held
    ---

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

## Good

    meetings/2026-11-20-dana-lee.md
    ---
    status: held
    ---

    - referral: Priya Shah, hospice nurse

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

## Source

000, 002, 003 and 004: ask each person for others to talk to.
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.model import Contact, Meeting
from kith.study.items import all_items
from kith.study.timeline import MEETING, History, Timeline

CODE = "K408"
NAME = "names-not-asked"
SEVERITY: Severity = "info"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for the newest conversation with each person who was never asked, one for each meeting."""
    asked = _asked(timeline)
    unasked: dict[str, list[Contact]] = {}
    for id_, history in timeline.histories.items():
        silent = not history.active or history.contact.receptive is False or id_ in asked
        if not silent and (newest := _newest_conversation(history)) is not None:
            unasked.setdefault(newest.id, []).append(history.contact)
    for meeting_id, people in unasked.items():
        meeting = timeline.journal.meetings[meeting_id]
        names = " and ".join(f"`{contact.name}`" for contact in people)
        message = f"{names} {'was' if len(people) == 1 else 'were'} not asked whom else to talk to"
        hint = "ask in your next letter; write a name down as `- referral: NAME`"
        yield Finding(CODE, NAME, SEVERITY, message, meeting.place_of("date"), hint)


def _newest_conversation(history: History) -> Meeting | None:
    """The newest meeting in which there was room for one more question; an interview by email has its few."""
    held = (one.meeting for one in reversed(history.moments) if one.kind == MEETING and one.meeting is not None)
    return next((meeting for meeting in held if meeting.mode != "email"), None)


def _asked(timeline: Timeline) -> set[str]:
    """The people who were asked for names, or gave some."""
    journal = timeline.journal
    marked = {one.key for section in journal.questions.values() for one in section.questions if one.mark == "referral"}
    asked = {id_ for item in all_items(journal) if item.label == "referral" for id_ in item.contacts}
    for meeting in journal.meetings.values():
        if marked and _was_asked(meeting, marked):
            asked.update(meeting.contact_ids)
    asked.update(id_ for id_, history in timeline.histories.items() if history.newest({"introduced"}) is not None)
    return asked


def _was_asked(meeting: Meeting, marked: set[str]) -> bool:
    return any(question.asked and question.bank in marked for question in meeting.questions)
