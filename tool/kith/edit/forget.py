"""Forgetting a person: their card goes, and what else tells of them is blotted out in all other notes.

Names, aliases and the id, addresses, numbers and pages give way to a neutral mark everywhere; the first and the last
name alone only in notes about the person, because elsewhere they may be anybody's.
"""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from kith.diagnostics import Edit
from kith.edit.body import document_of, tick
from kith.edit.front import remove_key
from kith.edit.links import INBOX, Sources, Spot, find_spots
from kith.edit.plan import Change, combine, outcome
from kith.edit.rename import plan_rename
from kith.edit.source import Source, apply_edits, front_matter, replace_lines, text_at
from kith.errors import JournalError
from kith.frontmatter import Node, Scalar
from kith.frontmatter import Sequence as YamlList
from kith.load import Remembered, decode, fold_name, read_journal
from kith.load.note import split_meeting_stem
from kith.model import TASK, Contact, Item, Journal, Letter, Meeting
from kith.schema import FIELDS
from kith.study.referrals import named_people

MARK = "(forgotten)"
ID_MARK = "forgotten"
MIN_DIGITS = 5

_LINK_FIELDS = frozenset(spec.name for specs in FIELDS.values() for spec in specs if spec.type == "link")
_INLINE = r"\[[^\[\]]*\]\(<?{}[^()\n]*\)"


class Traces(msgspec.Struct, frozen=True):
    """What tells of a person: patterns for every note, and those for notes about the person.

    `shared` are words that tell of somebody else too and so are left, with the file of the other.
    """

    everywhere: tuple[re.Pattern[str], ...]
    nearby: tuple[re.Pattern[str], ...]
    shared: Mapping[str, str]


class Forgotten(msgspec.Struct, frozen=True):
    """The changes that forget a person; `words` are those to look for in the history of the repository."""

    changes: tuple[Change, ...]
    words: tuple[str, ...]
    shared: Mapping[str, str]


def plan_forget(
    journal: Journal,
    files: Mapping[str, bytes],
    contact: Contact,
    attachments: Mapping[str, bytes],
    remembered: Remembered | None = None,
) -> Forgotten:
    """The changes that forget `contact`; `attachments` are the bytes of their business card, by path."""
    traces = find_traces(journal, files, contact)
    _refuse_unreadable(files, traces)
    sources = Sources(files)
    spots = find_spots(journal, sources, frozenset({contact.id}))
    about = _files_about(journal, contact, spots)
    changes = [Change(contact.file, files[contact.file], None)]
    changes += [Change(path, data, None) for path, data in attachments.items()]
    ended = list(_ended(journal, contact))
    for file in sorted(files):
        its, patterns = spots.get(file, []), (*traces.everywhere, *(traces.nearby if file in about else ()))
        text = files[file].decode("utf-8", "replace")
        told = its or any(pattern.search(text) for pattern in patterns)
        if told and file != contact.file and sources.get(file) is not None:
            blotted = _blot(sources.source(file), its, [one for one in ended if one.place.file == file], contact)
            changes.append(Change(file, files[file], _substituted(blotted, patterns).to_bytes()))
    changes = [change for change in changes if change.before != change.after]
    done = _with_meetings_renamed(journal, files, contact, changes, remembered)
    _prove(journal, outcome(files, done), contact, traces, _errors(files, journal, remembered), remembered)
    return Forgotten(done, tuple(_words(contact)), traces.shared)


def card_of(journal: Journal, contact: Contact) -> frozenset[str]:
    """The path of a person's business card, if it is there and nobody else's note names it."""
    wanted = {contact.card, f"attachments/{contact.card}"} if contact.card else set()
    others = {other.card for other in journal.contacts.values() if other.id != contact.id and other.card}
    linked = {
        posixpath.basename(link.text) for note in journal.notes() if note.id != contact.id for link in note.body.links
    }
    found = wanted & journal.attachments
    return frozenset(path for path in found if contact.card not in others and posixpath.basename(path) not in linked)


# --- what tells of a person ----------------------------------------------------------------------------------------


def find_traces(journal: Journal, files: Mapping[str, bytes], contact: Contact) -> Traces:
    """What tells of a person; what is also somebody else's is left out.

    The first or last name alone tells of the person everywhere if nobody else has it and it is no common word here.
    """
    others = list(_words_of_others(journal, contact))
    shared: dict[str, str] = {}
    everywhere, nearby = [], []
    for word in _words(contact):
        if (file := _owner(word, others)) is None:
            everywhere.append(_pattern(word, contact))
        else:
            shared[word] = file
    full = {fold_name(word) for word in _words(contact)}
    names = [name.split() for name in (contact.name, contact.called, *contact.aliases)]
    parts = sorted({part.strip(",.") for words in names for part in (*words[:1], *words[-1:])})
    for part in parts:
        if len(part) < 2 or fold_name(part) in full or part.islower():
            continue
        if (file := _owner(part, others)) is not None:
            shared[part] = file
        elif _is_common(part, files):
            nearby.append(_pattern(part, contact))
        else:
            everywhere.append(_pattern(part, contact))
    return Traces(tuple(everywhere), tuple(nearby), shared)


def _is_common(part: str, files: Mapping[str, bytes]) -> bool:
    """Whether a name is also a word of the notes, as Will and Rose are."""
    pattern = re.compile(rf"(?<![\w.@-]){re.escape(part.lower())}(?!\w|-|[.@]\w)".encode())
    return any(pattern.search(data) for data in files.values())


def _owner(word: str, others: Iterable[tuple[str, str]]) -> str | None:
    """The file of somebody else whom a word tells of too, by itself or within a longer one."""
    bare = _bare(word)
    within = re.compile(rf"(?<![\w]){re.escape(bare)}(?!\w)") if not bare.isdigit() else re.compile(rf"^{bare}$")
    return next((file for other, file in others if within.search(other)), None)


def _words(contact: Contact) -> Iterator[str]:
    """All words that tell of a person wherever they stand, longest first where one may hold another."""
    pages = (*contact.website, *([contact.linkedin] if contact.linkedin else []))
    found = (contact.name, contact.id, *contact.aliases, *contact.email, *contact.phone, *map(_without_scheme, pages))
    kept = (word for word in dict.fromkeys(found) if len(_bare(word)) > 1)
    return iter(sorted(kept, key=lambda word: (-len(word), word)))


def _without_scheme(page: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", page).rstrip("/")


def _bare(word: str) -> str:
    """A word as it is compared with those of others: a number by its digits."""
    digits = re.sub(r"\D", "", word)
    return digits if digits and not re.search(r"[^\W\d_]", word) else fold_name(_without_scheme(word))


def _words_of_others(journal: Journal, contact: Contact) -> Iterator[tuple[str, str]]:
    """The words that tell of other notes, with the file of each."""
    for note in journal.notes():
        if note.id != contact.id and not isinstance(note, Meeting | Letter):
            names = (getattr(note, "name", ""), getattr(note, "title", ""), *getattr(note, "aliases", ()))
            reached = (*getattr(note, "email", ()), *getattr(note, "phone", ()), *getattr(note, "website", ()))
            yield from ((_bare(word), note.file) for word in (*names, *reached) if word)


def _pattern(word: str, contact: Contact) -> re.Pattern[str]:
    if word == contact.id:
        # other ids may begin or end with it
        return re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])", re.IGNORECASE if "-" in word else 0)
    return _number_pattern(word) if word in contact.phone else _word_pattern(word)


def _word_pattern(word: str) -> re.Pattern[str]:
    """A pattern for a word or several, in any form of Unicode; a single one counts in its own case only."""
    forms = dict.fromkeys(unicodedata.normalize(form, word) for form in ("NFC", "NFD"))
    alternatives = "|".join(r"[\s>]+".join(map(re.escape, form.split())) for form in forms)
    alone = re.fullmatch(r"[^\W\d_]+", word) is not None
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", 0 if alone else re.IGNORECASE)


def _number_pattern(number: str) -> re.Pattern[str]:
    """A pattern for a number with any signs between its digits, with and without the code of its country."""
    digits = re.sub(r"\D", "", number)
    if len(digits) < MIN_DIGITS:
        return _word_pattern(number)
    between = r"[\s()./-]{0,3}"
    match = re.match(r"\+\s*(\d{1,3})\D", number)
    code = match[1] if match else digits[:-10] if number.startswith("+") else ""
    national = digits[len(code) :]
    if not code or len(national) < MIN_DIGITS:
        return re.compile(r"(?<!\d)\+?\(?" + between.join(digits) + r"(?!\d)")
    prefix = rf"(?:\+?{between.join(code)}{between}(?:0{between})?|0{between})?"
    return re.compile(rf"(?<!\d){prefix}\(?{between.join(national)}(?!\d)")


def _files_about(journal: Journal, contact: Contact, spots: Mapping[str, Iterable[Spot]]) -> frozenset[str]:
    """The files of notes about a person: they link to them, or something in them concerns them."""
    concerned = {note.file for note in journal.notes() if any(contact.id in item.contacts for item in note.items)}
    return frozenset({file for file in spots if file != INBOX} | concerned)


# --- blotting out --------------------------------------------------------------------------------------------------


def _blot(source: Source, spots: Iterable[Spot], ended: Iterable[Item], contact: Contact) -> Source:
    """One file without its links to the person, the items that came to nothing ended."""
    blotted = _without_links(source, spots)
    for item in ended:
        blotted = tick(blotted, item.place, "-")
    gone = {_named_at(source, spot) for spot in spots if spot.field in _LINK_FIELDS}
    for key in dict.fromkeys(spot.field for spot in spots if spot.field in _LINK_FIELDS):
        blotted = _drop(blotted, key, lambda text: _target(text) in gone or _target(text) == contact.id)
    return _without_jotted(blotted, spots) if source.file == INBOX else blotted


def _ended(journal: Journal, contact: Contact) -> Iterator[Item]:
    """The open items that came to nothing: referrals to the person, and what concerned nobody else."""
    yield from (one.item for one in named_people(journal) if one.id == contact.id and one.item.state == "open")
    for note in journal.notes():
        for item in note.items:
            if item.contacts == (contact.id,) and item.state == "open" and item.label in ("promise", "waiting", TASK):
                yield item


def _without_links(source: Source, spots: Iterable[Spot]) -> Source:
    """The source without the links of its body to the person."""
    edits = [Edit(spot.place, MARK) for spot in spots if not spot.field and spot.form == "wiki"]
    result = apply_edits(source, edits)
    for spot in spots:
        if spot.form == "path":
            path = source.lines[spot.target.line - 1][spot.target.column - 1 : spot.target.end_column - 1]
            row = re.sub(_INLINE.format(re.escape(path)), MARK, result.lines[spot.target.line - 1])
            result = replace_lines(result, spot.target.line, spot.target.line + 1, [row])
    return result


def _without_jotted(source: Source, spots: Iterable[Spot]) -> Source:
    """The inbox without the lines that are the person's log, and all that is nested below them."""
    gone = {spot.place.line for spot in spots if spot.field == "who"}
    document, offset = document_of(source)
    for item in reversed(document.items):
        if offset + item.line in gone:
            source = replace_lines(source, offset + item.line, offset + item.last_line + 1, [])
    return source


def _texts(node: Node) -> list[str]:
    if isinstance(node, Scalar):
        return [node.text]
    return [text for item in node.items for text in _texts(item)] if isinstance(node, YamlList) else []


def _named_at(source: Source, spot: Spot) -> str:
    """What a reference in front matter names, folded."""
    return _target(text_at(source, spot.place).strip("\"'"))


def _target(value: str) -> str:
    """The folded id or name that a value of a link field names."""
    inner = re.sub(r"^!?\[\[|\]\]$", "", value.strip()).partition("|")[0].partition("#")[0]
    return fold_name(inner.rpartition("/")[2].removesuffix(".md"))


def _drop(source: Source, key: str, is_gone: Callable[[str], bool]) -> Source:
    """The source without some values of a key, and without the key where none is left."""
    field = next((field for field in front_matter(source).fields if field.key == key), None)
    if field is None:
        return source
    node = field.value
    if all(map(is_gone, _texts(node))) or not isinstance(node, YamlList):
        return remove_key(source, key)
    if node.flow:
        kept = [text_at(source, item.place) for item in node.items if not all(map(is_gone, _texts(item)))]
        return apply_edits(source, [Edit(node.place, f"[{', '.join(kept)}]")])
    for item in reversed(node.items):
        if all(map(is_gone, _texts(item))):
            source = replace_lines(source, item.place.line, item.place.end_line + 1, [])
    return source


def _substituted(source: Source, patterns: Iterable[re.Pattern[str]]) -> Source:
    """The source with every match replaced; one that goes over a line's end leaves the end."""
    text = "\n".join(source.lines)
    for pattern in patterns:
        text = pattern.sub(lambda match: MARK + "\n" * match[0].count("\n"), text)
    lines = tuple(text.split("\n"))
    return msgspec.structs.replace(source, lines=lines)


# --- the rest ------------------------------------------------------------------------------------------------------


def _with_meetings_renamed(
    journal: Journal,
    files: Mapping[str, bytes],
    contact: Contact,
    changes: Iterable[Change],
    remembered: Remembered | None,
) -> tuple[Change, ...]:
    """The changes, and those that take the person's id from the names of meeting files."""
    done = tuple(changes)
    segment = re.compile(rf"(?<![^-]){re.escape(contact.id)}(?![^-])")
    for meeting in journal.meetings.values():
        day, name = split_meeting_stem(posixpath.basename(meeting.file).removesuffix(".md"))
        name = fold_name(name)
        if segment.search(name) is None or (name in journal.contacts and name != contact.id):
            continue
        now = outcome(files, done)
        after, _ = read_journal(now, journal.attachments, remembered)
        renamed = next(one for one in after.meetings.values() if one.file == meeting.file)
        base = f"{day}-{segment.sub(ID_MARK, name)}"
        tries = (base + (f"-{number}" if number > 1 else "") for number in range(1, 1000))
        new = next(one for one in tries if one not in after.names)
        done = combine(done, plan_rename(after, now, renamed, new, remembered))
    return done


def _refuse_unreadable(files: Mapping[str, bytes], traces: Traces) -> None:
    """Refuse where a file that cannot be written to tells of the person."""
    sources = Sources(files)
    for file, data in files.items():
        if data and sources.get(file) is None:
            text = data.decode("utf-8", "replace")
            if any(pattern.search(text) for pattern in traces.everywhere):
                raise JournalError(f"nothing was changed: {file} tells of the person and cannot be read", "kith check")


def _errors(files: Mapping[str, bytes], journal: Journal, remembered: Remembered | None) -> set[str]:
    return {one.message for one in read_journal(files, journal.attachments, remembered)[1] if one.severity == "error"}


def _prove(
    journal: Journal,
    after: Mapping[str, bytes],
    contact: Contact,
    traces: Traces,
    known: set[str],
    remembered: Remembered | None,
) -> None:
    """Raise JournalError unless every other note is still there, nothing tells of the person and nothing broke."""
    read, findings = read_journal(after, journal.attachments, remembered)
    if len(read.notes()) != len(journal.notes()) - 1 or contact.id in read.contacts:
        raise JournalError("nothing was changed: a note would be lost", "please report this")
    broken = {one.message for one in findings if one.severity == "error"} - known
    if broken:
        raise JournalError(f"nothing was changed: afterwards {min(broken)}", "mend it by hand first")
    for file, data in after.items():
        text = decode(data, file)[0] or ""
        if match := next((match for pattern in traces.everywhere if (match := pattern.search(text))), None):
            said = f"nothing was changed: `{match[0]}` would be left in {file}"
            raise JournalError(said, "take it out by hand first")
