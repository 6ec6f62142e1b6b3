"""Contacts: everybody in one table."""

import datetime as dt
from collections.abc import Iterator

import msgspec

from kith.dates import shift
from kith.model import Contact, FollowUp
from kith.pages.parts import Command, Due, Frame, Link, Page, Stage
from kith.pages.tasks import role_line
from kith.pages.view import View
from kith.pages.words import SOURCE_WORDS, counted, due_on, number, stage_of, upper_first
from kith.pages.world import World
from kith.study.search import fold_text

RULE_WORDS = {
    "answer": "answer",
    "reach-out": "reach out",
    "nudge": "nudge",
    "let-go": "let rest",
    "schedule": "agree on a day",
    "prepare": "prepare",
    "debrief": "write it up",
    "thank-you": "thank-you",
    "second-thank-you": "second thank-you",
    "tell-referrer": "tell them what came of it",
    "keep-in-touch": "stay in touch",
    "promise": "promise",
    "waiting": "they owe you",
    "task": "on your list",
    "write-down": "write down",
    "find-people": "find people",
}


class Row(msgspec.Struct, frozen=True):
    """One person. `last_iso` and `next_iso` sort; `due` is set within the horizon, else `next_day` says it in words.

    `tags` and `recency` are there for the filters.
    """

    person: Link
    about: str
    sort_name: str
    stage: Stage
    found: str
    via: Link | None
    paths: tuple[Link, ...]
    last_iso: str
    last_day: str
    due: Due | None
    next_iso: str
    next_day: str
    next_word: str
    quiet: bool
    tags: tuple[str, ...]
    recency: str


class Contacts(msgspec.Struct, frozen=True):
    """What `contacts.html` shows: a sentence, and the rows by next due date."""

    frame: Frame
    count: str
    standfirst: str
    rows: tuple[Row, ...]
    empty: Command | None


def pages(world: World) -> Iterator[Page]:
    """The page of everybody."""
    view = View(world, "contacts.html", "contacts.html")

    def shown() -> object:
        histories = world.timeline.histories.items()
        return (
            world.today,
            [(id_, world.fronts[id_], history.stage, history.last_contact) for id_, history in histories],
            dict(world.next_due),
            [(one.rule, one.contacts, one.due) for one in world.followups],
            dict(world.titles),
            world.journal.settings,
        )

    yield view.page("contacts.html", lambda: _contacts(view), shown)


def _contacts(view: View) -> Contacts:
    world = view.world
    histories = world.timeline.histories.values()
    met = sum(history.is_met for history in histories)
    through = sum(id_ in world.referrer for id_ in world.timeline.histories)
    people = upper_first(counted(len(histories), "person", "people"))
    standfirst = f"{people}, {number(met) if met else 'none'} of them met."
    if through:
        standfirst += f" {upper_first(counted(through, 'person', 'people'))} came through somebody else you know."
    first = _first_followups(world)
    rows = [_row(history.contact, first.get(history.contact.id), view) for history in histories]
    empty = Command("No one is on your list yet.", 'kith new contact "Sam Ortiz" --source supervisor')
    return Contacts(
        frame=view.frame("Contacts"),
        count=f"{len(rows)} {'person' if len(rows) == 1 else 'people'}",
        standfirst=standfirst if rows else "",
        rows=tuple(sorted(rows, key=lambda row: (row.next_iso or "9", row.quiet, row.sort_name))),
        empty=None if rows else empty,
    )


def _first_followups(world: World) -> dict[str, FollowUp]:
    """What brings each person up next."""
    found: dict[str, FollowUp] = {}
    for followup in world.followups:
        for id_ in followup.contacts:
            found.setdefault(id_, followup)
    return found


def _row(contact: Contact, first: FollowUp | None, view: View) -> Row:
    world = view.world
    history = world.timeline.histories[contact.id]
    soonest = world.next_due.get(contact.id)
    near = soonest is not None and soonest <= shift(world.today, world.journal.settings.horizon)
    via = world.referrer.get(contact.id)
    last = history.last_contact
    return Row(
        person=view.link(contact.id),
        about=role_line(contact, view),
        sort_name=fold_text(contact.name),
        stage=stage_of(history.stage),
        found=found_through(contact),
        via=view.link(via) if via else None,
        paths=tuple(view.reference(ref) for ref in contact.paths),
        last_iso=last.isoformat() if last else "",
        last_day=world.short(last) if last else "",
        due=due_on(soonest, world.today, first.weight if first else 2) if soonest and near else None,
        next_iso=soonest.isoformat() if soonest else "",
        next_day=world.short(soonest) if soonest else "",
        next_word=_next_word(contact, first, history.stage, world.today),
        quiet=history.stage in ("closed", "parked"),
        tags=contact.tags,
        recency=_recency(last, world.today),
    )


def _next_word(contact: Contact, first: FollowUp | None, stage: str, today: dt.date) -> str:
    """What brings a person up next, or why nothing does."""
    if contact.snooze is not None and contact.snooze > today and stage not in ("closed", "parked"):
        return "resting until then"
    return RULE_WORDS[first.rule] if first is not None else closed_words(contact, stage)


def found_through(contact: Contact) -> str:
    """Where somebody was found, in words."""
    return SOURCE_WORDS.get(contact.source, contact.source.replace("-", " "))


def closed_words(contact: Contact, stage: str) -> str:
    """`closed, declined`, `parked`; empty for everybody else."""
    if stage == "closed":
        return f"closed, {contact.closed_because.replace('-', ' ')}" if contact.closed_because else "closed"
    return stage if stage == "parked" else ""


def _recency(last: dt.date | None, today: dt.date) -> str:
    if last is None:
        return "not yet"
    days = (today - last).days
    return "within a month" if days <= 30 else "within three months" if days <= 90 else "longer ago"
