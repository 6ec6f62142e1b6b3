"""Meetings: all in one table, and a page for each: the note as it stands, and what surrounds it."""

from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from kith.dates import long_date, weekday_name
from kith.model import Contact, Meeting
from kith.pages.bodies import readable_body
from kith.pages.parts import Command, Fact, Frame, Link, Page, Person
from kith.pages.runsheet import sheet_link
from kith.pages.tasks import role_line
from kith.pages.view import View
from kith.pages.words import MODE_WORDS, STATUS_WORDS, counted, minutes_line, questions_line, talked, upper_first
from kith.pages.world import World, people_title, person_name
from kith.study.timeline import people_of


class Row(msgspec.Struct, frozen=True):
    """One meeting of the table. `taken` sorts by minutes."""

    link: Link
    iso: str
    day: str
    time: str
    status: str
    how: str
    place: str
    paths: tuple[Link, ...]
    minutes: str
    taken: int
    questions: str
    ahead: bool
    sheet: Link | None


class Meetings(msgspec.Struct, frozen=True):
    """What `meetings.html` shows: those ahead first, then the newest."""

    frame: Frame
    count: str
    standfirst: str
    rows: tuple[Row, ...]
    empty: Command | None


class MeetingPage(msgspec.Struct, frozen=True):
    """What the page of a meeting shows: `body` is the note, `others` the meetings with the same people.

    `sheet` leads to the run sheet of one that is ahead.
    """

    frame: Frame
    title: str
    iso: str
    day: str
    time: str
    standfirst: str
    sheet: Link | None
    body: Markup
    empty: Command | None
    people: tuple[Person, ...]
    facts: tuple[Fact, ...]
    others: tuple[Link, ...]
    spoken_of: tuple[Link, ...]


def pages(world: World) -> Iterator[Page]:
    """The table, and a page for each meeting."""
    view = View(world, "meetings.html", "meetings.html")
    meetings = world.journal.meetings.values()

    def shown() -> object:
        states = [(state.meeting.id, state.status, state.ahead) for state in world.timeline.meetings.values()]
        return world.today, states, [world.stories[meeting.id] for meeting in meetings]

    yield view.page("meetings.html", lambda: _meetings(view), shown)
    for meeting in meetings:
        yield _page(meeting, View(world, world.addresses[meeting.id], "meetings.html"))


# --- the table -----------------------------------------------------------------------------------------------------


def _meetings(view: View) -> Meetings:
    world = view.world
    rows = sorted(
        (_row(meeting, view) for meeting in world.journal.meetings.values()),
        key=lambda row: (row.iso, row.time),
        reverse=True,
    )
    held = sum(state.status == "held" for state in world.timeline.meetings.values())
    ahead = sum(state.ahead for state in world.timeline.meetings.values())
    standfirst = f"{upper_first(counted(held, 'conversation'))} so far"
    return Meetings(
        frame=view.frame("Meetings"),
        count=f"{len(rows)} {'meeting' if len(rows) == 1 else 'meetings'}",
        standfirst=f"{standfirst}, {counted(ahead, 'more', 'more')} arranged." if ahead else f"{standfirst}.",
        rows=(*(row for row in reversed(rows) if row.ahead), *(row for row in rows if not row.ahead)),
        empty=None if rows else Command("No conversation is arranged or written down yet.", "kith new meeting WHO"),
    )


def _row(meeting: Meeting, view: View) -> Row:
    state = view.world.timeline.meetings[meeting.id]
    return Row(
        link=view.link(meeting.id, people_title(meeting, view.world.journal)),
        iso=meeting.date.isoformat(),
        day=view.world.short(meeting.date),
        time=f"{meeting.time:%H:%M}" if meeting.time else "",
        status=STATUS_WORDS[state.status] if state.ahead or state.status != "planned" else "to write up",
        how=MODE_WORDS.get(meeting.mode, ""),
        place=meeting.where,
        paths=tuple(view.reference(ref) for ref in meeting.paths),
        minutes=_minutes(meeting),
        taken=meeting.took or meeting.minutes or 0,
        questions=_questions(meeting),
        ahead=state.ahead,
        sheet=sheet_link(meeting, view),
    )


def _minutes(meeting: Meeting) -> str:
    """`19 of 20`, `20 agreed`."""
    if meeting.took is not None:
        return f"{meeting.took} of {meeting.minutes}" if meeting.minutes is not None else f"{meeting.took}"
    return f"{meeting.minutes} agreed" if meeting.minutes is not None else ""


def _questions(meeting: Meeting) -> str:
    """`8 of 9 asked`, `6 listed`."""
    asked = sum(question.asked for question in meeting.questions)
    if asked:
        return f"{asked} of {len(meeting.questions)} asked"
    return f"{len(meeting.questions)} listed" if meeting.questions else ""


# --- one meeting ---------------------------------------------------------------------------------------------------


def _page(meeting: Meeting, view: View) -> Page:
    world = view.world

    def shown() -> object:
        people = _contacts(meeting, world)
        state = world.timeline.meetings[meeting.id]
        return (
            world.digests[meeting.id],
            meeting.resume and world.file(meeting.resume, meeting.file),
            [(world.fronts[contact.id], role_line(contact, view)) for contact in people],
            (state.status, state.ahead),
            [(contact.id, world.timeline.histories[contact.id].stage) for contact in people],
            [(one.id, world.title(one.id), one.date < meeting.date) for one in _same_people(people, world)],
            [(note.id, world.title(note.id)) for note in world.spoken_of.get(meeting.id, ())],
        )

    return view.page("meeting.html", lambda: _context(meeting, view), shown)


def _contacts(meeting: Meeting, world: World) -> list[Contact]:
    """The people of a meeting who have a card."""
    return [world.journal.contacts[id_] for id_ in people_of(meeting) if id_ in world.journal.contacts]


def _context(meeting: Meeting, view: View) -> MeetingPage:
    world = view.world
    people = _contacts(meeting, world)
    state = world.timeline.meetings[meeting.id]
    body = view.block(readable_body(meeting, view), meeting, 2)
    what = talked(meeting, state.status)
    where = f"{what}, {meeting.where}" if meeting.where else what
    pieces = [where, minutes_line(meeting), questions_line(meeting)]
    unwritten = state.status == "planned" and not state.ahead
    return MeetingPage(
        frame=view.frame(world.title(meeting.id)),
        title=people_title(meeting, world.journal),
        iso=meeting.date.isoformat(),
        day=f"{weekday_name(meeting.date)}, {_unbroken(long_date(meeting.date))}",
        time=f"{meeting.time:%H:%M}" if meeting.time else "",
        standfirst=" ".join(f"{upper_first(piece)}." for piece in pieces if piece)
        + (" What became of it is not written down yet." if unwritten else ""),
        sheet=sheet_link(meeting, view),
        body=body,
        empty=None if body.strip() else _empty(meeting, ahead=state.ahead),
        people=tuple(_people(meeting, people, view)),
        facts=tuple(_facts(meeting, view)),
        others=tuple(view.link(one.id) for one in _same_people(people, world) if one.id != meeting.id),
        spoken_of=view.links(note.id for note in world.spoken_of.get(meeting.id, ())),
    )


def _unbroken(words: str) -> str:
    """Words that stay on one line: a margin is narrow."""
    return words.replace(" ", "\u00a0")


def _empty(meeting: Meeting, *, ahead: bool) -> Command:
    if ahead:
        return Command("Nothing is prepared yet.", f"kith prep {meeting.id} --write")
    return Command(
        "Nothing is written down yet.",
        f"kith debrief {meeting.contact_ids[0]}" if meeting.contact_ids else "kith debrief",
    )


def _same_people(people: list[Contact], world: World) -> list[Meeting]:
    """The meetings with any of these people, oldest first."""
    found = {one.id: one for contact in people for one in world.meetings_of.get(contact.id, ())}
    return sorted(found.values(), key=lambda one: (one.date, one.id))


def _people(meeting: Meeting, people: list[Contact], view: View) -> Iterator[Person]:
    for contact in people:
        yield Person(view.link(contact.id), role_line(contact, view))
    for ref in meeting.contacts:
        if ref.id not in view.world.journal.contacts:
            yield Person(Link(person_name(ref, view.world.journal)), "no card yet")


def _facts(meeting: Meeting, view: View) -> Iterator[Fact]:
    """The lines beside the note, those with a value."""
    href = view.file(meeting.resume, meeting.file) if meeting.resume else ""
    facts = {
        "Place": (Link(meeting.where),),
        "Time zone": (Link(meeting.timezone),),
        "Paths": tuple(view.reference(ref) for ref in meeting.paths),
        "Tags": tuple(view.tag(tag) for tag in meeting.tags),
        "Resume": (Link(meeting.resume.rpartition("/")[2], href),),
        "Note": (Link(meeting.file),),
    }
    for name, values in facts.items():
        if said := tuple(value for value in values if value.text):
            yield Fact(name, said)
