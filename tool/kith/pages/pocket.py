"""Pocket: one file to send to a phone, with the next meetings and what is to do today. It leads nowhere else."""

from collections.abc import Iterator

import msgspec

from kith.dates import long_date, weekday_name
from kith.followups.agenda import agenda
from kith.model import Contact, Meeting
from kith.pages.contact import mail_link, phone_link
from kith.pages.drafts import letter_of, what_is_due
from kith.pages.parts import Link, Page
from kith.pages.runsheet import RunSheet, has_sheet, run_sheet_of
from kith.pages.today import meetings_ahead
from kith.pages.view import View
from kith.pages.words import dotted, minutes_line, talked, weekday_date
from kith.pages.world import World, people_title
from kith.study.timeline import people_of

ADDRESS = "pocket.html"
MOST_MEETINGS = 3


class Soon(msgspec.Struct, frozen=True):
    """One of the next meetings: when, where, whom to call, and its run sheet."""

    title: str
    when: str
    how: str
    phones: tuple[Link, ...]
    sheet: RunSheet | None


class Errand(msgspec.Struct, frozen=True):
    """Something that is late or for today; `mail` opens the letter that serves it, or an empty one."""

    who: str
    action: str
    why: str
    due: str
    mail: Link | None


class Pocket(msgspec.Struct, frozen=True):
    """What `pocket.html` shows."""

    title: str
    day: str
    meetings: tuple[Soon, ...]
    errands: tuple[Errand, ...]


def pages(world: World) -> Iterator[Page]:
    """The file."""
    view = View(world, ADDRESS, "", alone=True)

    def shown() -> object:
        sheets = [run_sheet_of(meeting, view) for meeting in _soon(world) if has_sheet(meeting, world)]
        return what_is_due(world), sheets, [(meeting.id, people_of(meeting)) for meeting in _soon(world)]

    yield view.page("pocket.html", lambda: _pocket(view), shown)


def _pocket(view: View) -> Pocket:
    world = view.world
    return Pocket(
        title=world.journal.owner.title or "Journal",
        day=f"{weekday_name(world.today)}, {long_date(world.today)}",
        meetings=tuple(_meetings(view)),
        errands=tuple(_errands(view)),
    )


def _meetings(view: View) -> Iterator[Soon]:
    world = view.world
    for meeting in _soon(world):
        at = f", {meeting.time:%H:%M}" if meeting.time else ""
        title = people_title(meeting, world.journal)
        sheet = run_sheet_of(meeting, view) if has_sheet(meeting, world) else None
        yield Soon(
            title=title,
            when=f"{weekday_date(meeting.date, world.today)}{at}",
            how=dotted(
                talked(meeting, "planned"), meeting.where if meeting.where != title else "", minutes_line(meeting)
            ),
            phones=tuple(_phones(meeting, world)),
            sheet=sheet,
        )


def _soon(world: World) -> list[Meeting]:
    return list(meetings_ahead(world))[:MOST_MEETINGS]


def _phones(meeting: Meeting, world: World) -> Iterator[Link]:
    for id_ in people_of(meeting):
        contact = world.journal.contacts.get(id_)
        for one in contact.phone if contact is not None else ():
            yield phone_link(one)


def _errands(view: View) -> Iterator[Errand]:
    world = view.world
    plan = agenda(world.followups, world.background)
    for block in plan.blocks:
        contact = world.journal.contacts.get(block.contact or "")
        for entry in block.entries:
            letter = letter_of(entry, view)
            mail = Link(letter.to, letter.mailto) if letter is not None and letter.mailto else _mail(contact)
            due = long_date(entry.due, world.today)
            yield Errand(contact.name if contact else "", entry.action, entry.why, due, mail)


def _mail(contact: Contact | None) -> Link | None:
    return mail_link(contact.email[0]) if contact is not None and contact.email else None
