"""Renaming a note: its file, every link to it, and its old id as an alias."""

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping

from kith.edit.front import add_to_list, set_key
from kith.edit.links import Sources, files_of, find_spots, lead, prove_led
from kith.edit.plan import Change, combine, outcome
from kith.edit.source import Source
from kith.errors import JournalError
from kith.load import Remembered, fold_id, fold_name, read_journal
from kith.load.note import split_meeting_stem
from kith.model import AnyNote, CareerPath, Contact, Journal, Meeting, Organization

MAX_BYTES = 200  # of a stem: with a folder, `.md` and a conflict's suffix it still fits every file system

_RESERVED = re.compile(r"con|prn|aux|nul|com[1-9]|lpt[1-9]")
_RUN = re.compile(r"[^\w]+|_+")


def plan_rename(
    journal: Journal, files: Mapping[str, bytes], note: AnyNote, new: str, remembered: Remembered | None = None
) -> tuple[Change, ...]:
    """The changes that give `note` the id `new`; raises JournalError where that cannot be.

    A meeting keeps the date that its file name begins with where `new` begins with none.
    """
    old_stem = posixpath.basename(note.file).removesuffix(".md")
    new = _full_id(note, old_stem, new)
    _check_id(new)
    if new == old_stem:
        raise JournalError(f"`{note.file}` is called that already")
    _check_free(journal, note, new)
    target = posixpath.join(posixpath.dirname(note.file), f"{new}.md")
    sources = Sources(files)
    led = lead(find_spots(journal, sources, frozenset({note.id})), sources, {note.id: new}, {note.id: target})
    for meeting in meetings_by_name(journal, note.id):
        led[meeting.file] = set_key(led.get(meeting.file) or sources.source(meeting.file), "contacts", [new])
    own = led.pop(note.file, None) or sources.source(note.file)
    says_whom = split_meeting_stem(new)[1] == split_meeting_stem(old_stem)[1]
    if isinstance(note, Meeting) and "contacts" not in note.places and note.contacts and not says_whom:
        own = set_key(own, "contacts", note.contact_ids)  # the name of the file said it
    own = _with_alias(own, note, new, journal)
    changes = [Change(note.file, files[note.file], own.to_bytes(), target)]
    changes += [Change(file, files[file], source.to_bytes()) for file, source in led.items()]
    prove_plan(journal, files, changes, {note.id: new}, remembered=remembered)
    return tuple(changes)


def meetings_by_name(journal: Journal, id_: str) -> list[Meeting]:
    """The meetings that say whom they were with by the name of their file alone."""
    return [
        meeting
        for meeting in journal.meetings.values()
        if "contacts" not in meeting.places and any(ref.id == id_ for ref in meeting.contacts)
    ]


def prove_plan(
    journal: Journal,
    files: Mapping[str, bytes],
    changes: list[Change],
    renamed: Mapping[str, str],
    changed: frozenset[str] = frozenset(),
    remembered: Remembered | None = None,
) -> Journal:
    """The journal after the changes, with every link where it led; raises JournalError where one would not be."""
    read, _ = read_journal(outcome(files, changes), journal.attachments, remembered)
    prove_led(journal, read, renamed, changed)
    return read


def plan_redating(
    files: Mapping[str, bytes], attachments: frozenset[str], misdated: Iterable[str], remembered: Remembered
) -> tuple[tuple[Change, ...], dict[str, str]]:
    """The changes that name meeting files for the day of their note; for those that cannot be, by file, why."""
    changes: tuple[Change, ...] = ()
    refused = {}
    for file in misdated:
        now = outcome(files, changes)
        journal, _ = read_journal(now, attachments, remembered)
        meeting = next(one for one in journal.meetings.values() if one.file == file)
        stem = posixpath.basename(file).removesuffix(".md")
        day, _ = split_meeting_stem(stem)
        try:
            more = plan_rename(journal, now, meeting, stem.replace(day, meeting.date.isoformat(), 1), remembered)
        except JournalError as error:
            refused[file] = str(error)
        else:
            changes = combine(changes, more)
    return changes, refused


def suggest_id(text: str) -> str:
    """A text as an id: small letters, digits and hyphens."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return "-".join(part for part in _RUN.split(folded) if part)


def _full_id(note: AnyNote, old: str, new: str) -> str:
    new = unicodedata.normalize("NFC", new.removesuffix(".md"))
    day, _ = split_meeting_stem(old)
    if isinstance(note, Meeting) and day and not split_meeting_stem(new)[0]:
        return f"{day}-{new}"
    return new


def _check_id(new: str) -> None:
    wanted = suggest_id(new)
    if new != wanted or not new:
        hint = f"write `{wanted}`" if wanted else ""
        raise JournalError(f"`{new}` is no id: it takes small letters, digits and hyphens", hint)
    if _RESERVED.fullmatch(new):
        raise JournalError(f"`{new}` is no id: Windows keeps that name for itself")
    if len(new.encode()) > MAX_BYTES:
        raise JournalError(f"`{new[:40]}…` is too long for an id")


def _check_free(journal: Journal, note: AnyNote, new: str) -> None:
    """Refuse an id that leads somewhere else already, because links by that word would change sides."""
    taken = files_of(journal)
    if fold_id(new) != note.id and new in taken:
        raise JournalError(f"`{new}` is the id of `{taken[new]}` already", f"kith merge {new} {note.id}")
    others = [id_ for id_ in journal.names.get(fold_name(new), ()) if id_ != note.id]
    if others:
        where = taken.get(others[0], others[0])
        raise JournalError(f"`{new}` is a name or an alias of `{where}` already, and links by it would change sides")


def _with_alias(source: Source, note: AnyNote, new: str, journal: Journal) -> Source:
    """The source with the old id among its aliases, unless it names the note anyway, or somebody else."""
    if not isinstance(note, Contact | Organization | CareerPath) or note.id == new:
        return source
    name = note.title if isinstance(note, CareerPath) else note.name
    own = {fold_name(name), *map(fold_name, note.aliases)}
    if note.id in own or any(note.id in _names_of(other) for other in journal.notes() if other.id != note.id):
        return source
    return add_to_list(source, "aliases", note.id)


def _names_of(note: AnyNote) -> set[str]:
    names = {getattr(note, "name", ""), getattr(note, "title", ""), *getattr(note, "aliases", ())}
    return set(map(fold_name, names))
