"""Events: what happened with people, as the journal and each person's story show it."""

import datetime as dt
from collections.abc import Iterator

from markupsafe import Markup

from kith.model import FROM_THEM, AnyNote, LogEntry, Meeting
from kith.pages.parts import Event, Link
from kith.pages.view import View
from kith.pages.words import dotted, minutes_line, questions_line, said, talked
from kith.pages.world import people_title
from kith.study.timeline import MeetingState, people_of


def log_event(entry: LogEntry, note: AnyNote, view: View, *, who: bool) -> Event:
    """A line of a log; `who` names the person."""
    first, _, rest = entry.text.partition("\n")
    return Event(
        iso=entry.date.isoformat(),
        day=view.world.short(entry.date),
        time="",
        side="in" if entry.kind in FROM_THEM else "out",
        kind=said(entry.kind, entry.channel),
        who=(view.link(note.id),) if who else (),
        text=view.line(first, note) if first else Markup(),
        prose=view.block(rest, note, 4) if rest.strip() else Markup(),
    )


def meeting_event(state: MeetingState, view: View, *, who: bool) -> Event:
    """A conversation, planned, held or missed; `who` heads it with the people instead of what it was."""
    meeting = state.meeting
    what = talked(meeting, state.status)
    heading = people_title(meeting, view.world.journal) if who else what
    return Event(
        iso=meeting.date.isoformat(),
        day=view.world.short(meeting.date),
        time=f"{meeting.time:%H:%M}" if meeting.time else "",
        side="talk" if state.status == "held" else "planned",
        kind=dotted(
            what.lower() if who else "",
            meeting.where if heading != meeting.where else "",
            minutes_line(meeting),
            questions_line(meeting),
        ),
        heading=view.link(meeting.id, heading),
        prose=view.block(first_words(meeting, 1 if who else 3), meeting, 4),
    )


def first_words(note: AnyNote, paragraphs: int) -> str:
    """The first paragraphs of a note, before its first heading."""
    return "\n\n".join(note.body.opening.split("\n\n")[:paragraphs])


def story_of(contact_id: str, view: View) -> tuple[Event, ...]:
    """All that happened with one person, oldest first: log, conversations, who named and who mentioned them."""
    world = view.world
    history = world.timeline.histories[contact_id]
    entries = [moment.entry for moment in history.moments if moment.entry is not None]
    meetings = world.meetings_of.get(contact_id, ())
    return tuple(
        sorted(
            (
                *_spoken_of(contact_id, view),
                *(log_event(entry, history.contact, view, who=False) for entry in entries),
                *(meeting_event(world.timeline.meetings[meeting.id], view, who=False) for meeting in meetings),
            ),
            key=lambda event: event.iso,
        )
    )


def _spoken_of(contact_id: str, view: View) -> Iterator[Event]:
    """Where others named or mentioned a person, as far as it has a day."""
    world = view.world
    told: set[str] = set()
    for item in world.named_as.get(contact_id, ()):
        if item.day is not None and item.day <= world.today:
            told.add(item.note)
            text = view.line(item.text, world.notes[item.note])
            yield _other(item.day, "named by", view.links(item.contacts) or (view.link(item.note),), text, view)
    for note in world.spoken_of.get(contact_id, ()):
        if isinstance(note, Meeting) and note.id not in told and contact_id not in people_of(note):
            link = view.link(note.id, people_title(note, world.journal))
            yield _other(note.date, "mentioned in your conversation with", (link,), Markup(), view)


def _other(day: dt.date, kind: str, who: tuple[Link, ...], text: Markup, view: View) -> Event:
    return Event(iso=day.isoformat(), day=view.world.short(day), time="", side="in", kind=kind, named=who, text=text)
