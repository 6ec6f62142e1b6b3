"""Words on the command line to the one thing they name; where it is none or several, the candidates."""

import difflib
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath

import click

from kith.dates import long_date, weekday_name
from kith.diagnostics.report import printable
from kith.errors import JournalError
from kith.followups.world import quoted
from kith.load import find_journal, fold_name
from kith.model import AnyNote, Contact, Journal, Meeting
from kith.study.timeline import MeetingState, Timeline

Pool = Callable[[Timeline, str], list[MeetingState]]  # some meetings with a person, the likeliest first


def suggest(word: str, known: Iterable[str], count: int = 2) -> str:
    """`did you mean …?` with the nearest of the words known, at most `count`; `""` where none is near."""
    folded = {one.casefold(): one for one in known}
    near = [f"`{folded[one]}`" for one in difflib.get_close_matches(word.casefold(), folded, count, 0.6)]
    return f"did you mean {' or '.join(near)}?" if near else ""


def choose_contact(journal: Journal, who: str, *, or_new: bool = False) -> Contact:
    """The person that an id, a name, an alias or the beginning of one names; raises JournalError with candidates.

    The path of a note names it too, as a shell completes it. `or_new`: it may be somebody without a card.
    """
    wanted = _name_of(who)
    found = _people_called(journal, wanted)
    if len(found) == 1:
        return journal.contacts[found[0]]
    if found:
        shown = "\n".join(describe_contact(journal, journal.contacts[id_]) for id_ in sorted(found))
        raise JournalError(f"`{who}` may be {len(found)} people", shown)
    _refuse_unreadable(journal, wanted)
    names = {name for name, ids in journal.names.items() if any(id_ in journal.contacts for id_ in ids)}
    hint = suggest(wanted, names) or "kith list contacts"
    new = f"\nsomebody new: kith new contact {quoted(who)}" if or_new else ""
    raise JournalError(f"nobody here is called `{who}`", f"{hint}{new}")


def _name_of(text: str) -> str:
    """What names a note, folded: a name, or the path of its file without all but the stem."""
    return fold_name(PurePath(text).stem if text.endswith(".md") else text)


def _refuse_unreadable(journal: Journal, wanted: str) -> None:
    """Raise JournalError where what is meant is a note that cannot be read."""
    file = journal.unreadable.get(wanted)
    begun = [its for id_, its in journal.unreadable.items() if wanted and id_.startswith(wanted)]
    if file or len(begun) == 1:
        raise JournalError(f"`{file or begun[0]}` cannot be read", f"kith check {quoted(file or begun[0])}")


def _people_called(journal: Journal, wanted: str) -> list[str]:
    """The ids of those who are called so, else of those whose id, name or alias begins so."""
    exact = [id_ for id_ in journal.names.get(wanted, ()) if id_ in journal.contacts]
    begun = (ids for name, ids in journal.names.items() if wanted and name.startswith(wanted))
    return exact or list(dict.fromkeys(id_ for ids in begun for id_ in ids if id_ in journal.contacts))


def choose_note(journal: Journal, what: str) -> AnyNote:
    """The note of any kind that an id, a name, an alias or the beginning of one names, of several the one person."""
    wanted = _name_of(what)
    notes = {note.id: note for note in journal.notes()[1:]}
    exact = [id_ for id_ in journal.names.get(wanted, ()) if id_ in notes]
    begun = (ids for name, ids in journal.names.items() if wanted and name.startswith(wanted))
    found = exact or list(dict.fromkeys(id_ for ids in begun for id_ in ids if id_ in notes))
    people = [id_ for id_ in found if id_ in journal.contacts]
    if len(found) == 1 or len(people) == 1:
        return notes[(people if len(people) == 1 else found)[0]]
    if found:
        shown = "\n".join(
            describe_contact(journal, note) if isinstance(note := notes[id_], Contact) else f"{id_}  {note.file}"
            for id_ in sorted(found)
        )
        raise JournalError(f"`{what}` may be {len(found)} notes", shown)
    _refuse_unreadable(journal, wanted)
    raise JournalError(f"nothing here is called `{what}`", suggest(wanted, journal.names) or f"kith search {what}")


def choose_meeting(timeline: Timeline, who: str, *pools: Pool, several: bool = False) -> Meeting:
    """The meeting of an id, or its beginning; else that with a person from the first of `pools` that holds any.

    An event may also be named by what stands behind the day in its id. Of several in a pool the first is meant; with
    `several` those of the first pool are listed. Raises JournalError.
    """
    journal, wanted = timeline.journal, _name_of(who)
    if (found := journal.meetings.get(wanted)) is not None:
        return found
    if not _people_called(journal, wanted):
        begun = [id_ for id_ in journal.meetings if wanted and (id_.startswith(wanted) or id_[11:].startswith(wanted))]
        if len(begun) == 1:
            return journal.meetings[begun[0]]
        if begun:
            raise JournalError(f"`{who}` may mean {len(begun)} meetings", _rows(timeline, begun))
        if wanted[:1].isdecimal():
            raise JournalError(
                f"there is no meeting `{who}`", suggest(wanted, journal.meetings) or "kith list meetings"
            )
    contact = choose_contact(journal, who)
    for pool in pools:
        states = pool(timeline, contact.id)
        if several and pool is pools[0] and len(states) > 1:
            shown = _rows(timeline, [state.meeting.id for state in states])
            raise JournalError(f"`{who}` may mean {len(states)} meetings", shown)
        if states:
            return states[0].meeting
    raise _no_meeting(timeline, contact, pools)


def _no_meeting(timeline: Timeline, contact: Contact, pools: Iterable[Pool]) -> JournalError:
    """What to say where no meeting with a person is one that a command is about."""
    from kith.edit.meetings import held_with, to_come, to_write_up  # most commands choose no meeting

    ahead = to_come(timeline, contact.id)
    if ahead and to_come not in pools:
        day, id_ = ahead[0].meeting.date, quoted(ahead[0].meeting.id)
        said = f"the meeting with {contact.name} is planned for {weekday_name(day)} {long_date(day)}"
        hint = f"it was earlier: kith held {id_} --on DAY\nit is on another day: kith move {id_} DAY"
        return JournalError(f"{said}, which has not come yet", f"{hint}\nit will not be: kith cancelled {id_}")
    known = [id_ for id_, state in timeline.meetings.items() if contact.id in state.meeting.contact_ids]
    new = f"kith new meeting {quoted(contact.id)} --on DAY"
    if not known:
        return JournalError(f"no meeting with {contact.name} is written down", new)
    words: dict[Pool, str] = {
        to_come: "is planned",
        to_write_up: "waits to be written up",
        held_with: "has taken place",
    }
    lacking = " or ".join(words[pool] for pool in pools)
    hint = f"{_rows(timeline, known)}\n{new}" if to_come in pools else _rows(timeline, known)
    return JournalError(f"no meeting with {contact.name} {lacking}", hint)


def _rows(timeline: Timeline, ids: Iterable[str]) -> str:
    """Meetings to choose from, one a line, with what became of them."""
    states = [timeline.meetings[id_] for id_ in ids]
    return "\n".join(
        f"{describe_meeting(timeline.journal, state.meeting, with_id=True)}: {state.status}" for state in states
    )


def describe_meeting(journal: Journal, meeting: Meeting, *, with_id: bool = False) -> str:
    """Whom a meeting is with, and when: `Dana Lee, Tuesday 3 November 2026 at 16:30`."""
    people = (journal.contacts.get(ref.id or "") for ref in meeting.contacts)
    names = [contact.name if contact else ref.text for ref, contact in zip(meeting.contacts, people, strict=True)]
    at = f" at {meeting.time:%H:%M}" if meeting.time else ""
    day = f"{weekday_name(meeting.date)} {long_date(meeting.date)}{at}"
    said = printable(f"{', '.join(names) or meeting.where or 'the event'}, {day}")
    return f"{meeting.id}  {said}" if with_id else said


def describe_contact(journal: Journal, contact: Contact) -> str:
    """A line that tells a person from others of a like name: id, name, organisation or role."""
    where = contact.role
    if (organization := contact.organization) is not None:
        known = journal.organizations.get(organization.id or "")
        where = known.name if known is not None else organization.text
    return printable(f"{contact.id}  {contact.name}" + (f", {where}" if where else ""))


def complete_contact(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """The ids that begin so, for the shell: from the names of files alone."""
    root = find_journal(Path(ctx.meta.get("kith.directory", ".")).absolute())
    files = () if root is None else root.glob("contacts/**/*.md")
    return sorted(path.stem for path in files if path.stem.startswith(incomplete))
