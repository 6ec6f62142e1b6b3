"""Follow-ups as people read them: person by person, what is due in full, the rest behind one line."""

import datetime as dt
from collections.abc import Sequence

from kith.dates import long_date
from kith.followups.agenda import Block, Entry
from kith.model import Contact
from kith.pages.drafts import letter_of
from kith.pages.parts import Link, Task, TaskBlock
from kith.pages.view import View
from kith.pages.words import due_on, number, upper_first


def task_of(entry: Entry, view: View) -> Task:
    """One entry of the agenda."""
    who = next((id_ for item in entry.followups for id_ in item.contacts), "")
    said = f"{entry.action} {entry.why}"
    commands = tuple(settle for settle in entry.settles if not settle.startswith("edit "))
    return Task(
        action=entry.action,
        why=entry.why,
        source=entry.source,
        details=tuple(detail for detail in entry.details if detail not in said),
        due=due_on(entry.due, view.world.today, entry.weight),
        draft=f"kith draft {who} {entry.letter}" if entry.letter and who else "",
        settles=commands,
        place="" if commands else entry.settle.removeprefix("edit "),
        letter=letter_of(entry, view),
    )


def block_of(block: Block, view: View) -> TaskBlock:
    """What concerns one person, or nobody but you."""
    contact = view.world.journal.contacts.get(block.contact or "")
    person = view.link(contact.id) if contact else Link("Your list")
    return block_with(person, role_line(contact, view) if contact else "", block.entries, block.later, view)


def block_with(person: Link, about: str, entries: Sequence[Entry], later: Sequence[Entry], view: View) -> TaskBlock:
    """Entries under a name; what is not due yet is shown in full where nothing else is."""
    today = view.world.today
    if not entries:
        entries, later = later, ()
    return TaskBlock(
        person=person,
        about=about,
        tasks=tuple(task_of(entry, view) for entry in entries),
        later=tuple(task_of(entry, view) for entry in later),
        later_line=_later_line(later, today) if later else "",
    )


def _later_line(entries: Sequence[Entry], today: dt.date) -> str:
    """`Three more, next 10 November`."""
    first = long_date(min(entry.due for entry in entries), today)
    count = len(entries)
    return f"One more, {first}" if count == 1 else f"{upper_first(number(count))} more, next {first}"


def role_line(contact: Contact, view: View) -> str:
    """`Physician assistant, Mercy Hospital`."""
    organization = view.reference(contact.organization).text if contact.organization else ""
    return ", ".join(piece for piece in (contact.role, organization) if piece)
