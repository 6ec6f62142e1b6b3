"""The run sheet: one printed page to take along to a meeting, and to an event a list of people."""

from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from kith.dates import long_date, shift, weekday_name
from kith.model import Meeting
from kith.pages.parts import Frame, Link, Page
from kith.pages.tasks import role_line
from kith.pages.view import View
from kith.pages.world import World, people_title
from kith.study.briefing import Briefing, brief
from kith.study.preparation import Choice
from kith.study.run_sheet import OBSTACLES, Slot, clock

MOST_RULES = 11  # ruled lines that one page of Letter has room for
_SPARES = 3
_GUESTS = 6
_CUT = 3  # the questions before the line at which ten minutes end
_OBSTACLES = frozenset({"A long answer", "It turns into a job interview", "Asking for a job closed a door",
                        "They want it to end", "Behaviour out of line"})  # fmt: skip
_MARKS = {"must": "ask everyone", "referral": "asks for names"}


class Asked(msgspec.Struct, frozen=True):
    """A question with the time to begin it (empty for the time that is left) and its ruled lines; `cut` goes before."""

    at: str
    text: str
    mark: str
    rules: int
    cut: bool


class Guest(msgspec.Struct, frozen=True):
    """Somebody you may meet at an event."""

    name: str
    about: str


class Rescue(msgspec.Struct, frozen=True):
    """What to do when it takes another turn."""

    title: str
    text: str


class RunSheet(msgspec.Struct, frozen=True):
    """What a run sheet shows. `lines` are empty ruled places for guests that the note does not name."""

    frame: Frame
    title: str
    meeting: Link
    when: str
    where: str
    phones: tuple[str, ...]
    goals: Markup
    introduction: Markup
    admire: Markup
    begins: str
    opening: tuple[str, ...]
    questions: tuple[Asked, ...]
    closes: str
    closing: tuple[str, ...]
    resume: str
    spares: tuple[str, ...]
    rescues: tuple[Rescue, ...]
    afterwards: str
    guests: tuple[Guest, ...]
    lines: int
    is_event: bool


def sheet_address(meeting: Meeting, world: World) -> str:
    """The address of a meeting's run sheet."""
    return world.addresses[meeting.id].replace("meetings/", "sheets/", 1)


def has_sheet(meeting: Meeting, world: World) -> bool:
    """Whether a meeting has a run sheet: it is ahead, and not by email."""
    return world.timeline.meetings[meeting.id].ahead and meeting.mode != "email"


def sheet_link(meeting: Meeting, view: View) -> Link | None:
    """The way to a meeting's run sheet; None where it has none."""
    if not has_sheet(meeting, view.world):
        return None
    return Link(
        "List of people" if meeting.mode == "event" else "Run sheet", view.to(sheet_address(meeting, view.world))
    )


def pages(world: World) -> Iterator[Page]:
    """A run sheet for each meeting ahead."""
    for meeting in world.journal.meetings.values():
        if has_sheet(meeting, world):
            yield _page(meeting, View(world, sheet_address(meeting, world), "meetings.html"))


def _page(meeting: Meeting, view: View) -> Page:
    world = view.world

    def shown() -> object:
        known = brief(world.ground, meeting)
        return (
            world.digests[meeting.id],
            [world.fronts[person.contact.id] for person in known.people],
            world.digests[world.journal.owner.id],
            (known.questions, known.slots, known.goals, known.introduction, known.admire, known.spares, known.resume),
            [role_line(person.contact, view) for person in known.people],
            people_title(meeting, world.journal),
            world.journal.settings,
        )

    return view.page("runsheet.html", lambda: run_sheet_of(meeting, view), shown)


def run_sheet_of(meeting: Meeting, view: View) -> RunSheet:
    """The run sheet of one meeting."""
    return _context(brief(view.world.ground, meeting), view)


def _context(known: Briefing, view: View) -> RunSheet:
    meeting, world = known.meeting, view.world
    title = people_title(meeting, world.journal)
    event = known.kind == "people"
    contacts = [person.contact for person in known.people]
    closing = next((slot for slot in known.slots if slot.kind == "closing"), None)
    return RunSheet(
        frame=view.frame(f"Run sheet: {title}"),
        title=title,
        meeting=Link("The meeting", view.link(meeting.id).href),
        when=_when(meeting, known.minutes),
        where=meeting.where,
        phones=contacts[0].phone[:2] if len(contacts) == 1 else (),
        goals=view.block(known.goals, meeting, 3),
        introduction=view.block(known.introduction, world.journal.owner, 3),
        admire=view.line(known.admire, meeting),
        begins=clock(meeting.time, 0),
        opening=tuple(line.text for line in known.opening),
        questions=() if event else _questions(known),
        closes=clock(meeting.time, closing.start) if closing else "",
        closing=tuple(line.text for line in known.closing),
        resume=known.resume,
        spares=known.spares[:_SPARES],
        rescues=tuple(Rescue(line.title, line.text) for line in OBSTACLES if line.title in _OBSTACLES),
        afterwards=_afterwards(meeting, view),
        guests=tuple(Guest(contact.name, role_line(contact, view)) for contact in contacts) if event else (),
        lines=max(_GUESTS - len(contacts), 0),
        is_event=event,
    )


def _when(meeting: Meeting, minutes: int) -> str:
    """`Tuesday 24 November 2026, 14:30 to 14:50`."""
    day = f"{weekday_name(meeting.date)} {long_date(meeting.date)}"
    if meeting.time is None:
        return day
    begins = clock(meeting.time, 0)
    return f"{day}, {begins}" if meeting.mode == "event" else f"{day}, {begins} to {clock(meeting.time, minutes)}"


def _afterwards(meeting: Meeting, view: View) -> str:
    world = view.world
    due = shift(meeting.date, world.journal.settings.thank_you_within)
    return f"Write it down tonight. The thank-you is due on {weekday_name(due)} {long_date(due, world.today)}."


def _questions(known: Briefing) -> tuple[Asked, ...]:
    """The questions with their times; the first ones get two ruled lines while there is room on the page."""
    slots = {slot.question: slot for slot in known.slots if slot.kind == "question"}
    asked = [(choice, slots[index]) for index, choice in enumerate(known.questions) if index in slots]
    spare = max(MOST_RULES - len(asked), 0)
    return tuple(
        Asked(
            at=_at(slot, known),
            text=choice.text,
            mark=" · ".join(_marks(choice)),
            rules=2 if index < spare else 1,
            cut=index == _CUT and len(asked) > _CUT + 1,
        )
        for index, (choice, slot) in enumerate(asked)
    )


def _at(slot: Slot, known: Briefing) -> str:
    return clock(known.meeting.time, slot.start) if slot.minutes else ""


def _marks(choice: Choice) -> Iterator[str]:
    """What to know about a question before it is asked."""
    if choice.mark in _MARKS:
        yield _MARKS[choice.mark]
    if choice.closed:
        yield "yes or no: ask it openly"
    if choice.personal:
        yield "personal: ask what is usual"
    if choice.researched:
        yield "your research may say"
