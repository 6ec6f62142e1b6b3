"""Every reference to a note, with its exact place, and leading it elsewhere without touching anything else."""

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal
from urllib.parse import unquote

import msgspec

from kith import frontmatter, markdown
from kith.conventions import parse_log_line
from kith.diagnostics import Edit, Place, span
from kith.edit.source import Source, apply_edits, front_matter, read_source, text_at
from kith.errors import JournalError
from kith.frontmatter import FrontMatter, Node, Scalar
from kith.load import fold_name
from kith.model import AnyNote, Journal, Kind, Reference
from kith.schema import FIELDS

INBOX = "inbox.md"

Form = Literal["wiki", "plain", "path"]

# a pipe within a table has a backslash before it
_WIKILINK = re.compile(r"!?\[\[(?P<target>[^\[\]\n|]*?)(?:\\?\|[^\[\]\n]*)?\]\]")
_DEFINITION = re.compile(r" {0,3}\[[^\]\n]+\]:\s*<?(?P<path>[^\s<>]+)")
_JOTTED = re.compile(r"(?P<head>\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[.\]\s+)?)(?P<day>\S+)\s+(?P<who>\S+)\s+(?P<rest>\S.*)$")


class Spot(msgspec.Struct, frozen=True):
    """One reference: the note that it leads to, all of it (`place`), and what of it names the note (`target`).

    `by_id`: it names the note by its id or its path; else by a name or an alias, which a renaming leaves alone. `field`
    is the key that it stands at, `""` in a body.
    """

    id: str
    place: Place
    target: Place
    form: Form
    by_id: bool = True
    field: str = ""


class Sources:
    """The lines of the notes of a journal, read when they are looked at; those that cannot be written to are absent."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self._known: dict[str, tuple[Source, FrontMatter] | None] = {}

    def get(self, file: str) -> tuple[Source, FrontMatter] | None:
        """The lines and the front matter of a file, None where it cannot be read."""
        if file not in self._known:
            try:
                source = read_source(file, self.files[file])
                self._known[file] = (source, front_matter(source))
            except (JournalError, KeyError):
                self._known[file] = None
        return self._known[file]

    def source(self, file: str) -> Source:
        """The lines of a file; raises JournalError where it cannot be read."""
        source = read_source(file, self.files[file])
        front_matter(source)
        return source


def find_spots(journal: Journal, sources: Sources, ids: frozenset[str]) -> dict[str, list[Spot]]:
    """All references to the notes of `ids`, by file; raises JournalError for one whose place cannot be told."""
    finder = _Finder(journal, sources, ids)
    found = {note.file: list(finder.note(note)) for note in journal.notes()}
    found[INBOX] = list(finder.inbox())
    return {file: list(dict.fromkeys(spots)) for file, spots in found.items() if spots}


def lead(
    spots: Mapping[str, Iterable[Spot]], sources: Sources, ids: Mapping[str, str], files: Mapping[str, str]
) -> dict[str, Source]:
    """The sources of all files whose references to renamed notes lead to their new `ids` and `files`."""
    led = {}
    for file, its in spots.items():
        source = sources.source(file)
        edits = [edit for spot in its if spot.by_id and (edit := _lead_one(spot, source, ids, files)) is not None]
        if edits:
            led[file] = apply_edits(source, edits)
    return led


def _lead_one(spot: Spot, source: Source, ids: Mapping[str, str], files: Mapping[str, str]) -> Edit | None:
    old = text_at(source, spot.target)
    if spot.form != "path":
        new = ids.get(spot.id, old)
        return Edit(spot.target, new) if new != old else None
    if spot.id not in files:
        return None
    new = posixpath.relpath(files[spot.id], posixpath.dirname(source.file) or ".")
    kept, _, _ = old.rpartition("/")
    if posixpath.normpath(posixpath.join(posixpath.dirname(source.file), unquote(kept))) == posixpath.dirname(
        files[spot.id]
    ):
        new = posixpath.join(kept, posixpath.basename(new))
    new = new.replace(" ", "%20")
    return Edit(spot.target, new) if new != old else None


# --- finding -------------------------------------------------------------------------------------------------------


class _Finder:
    """Finds the references to some notes."""

    def __init__(self, journal: Journal, sources: Sources, ids: frozenset[str]) -> None:
        self.journal = journal
        self.sources = sources
        self.ids = ids
        self.paths = {nfc(file): id_ for id_, file in files_of(journal).items() if id_ in ids}

    def note(self, note: AnyNote) -> Iterator[Spot]:
        if not self.is_mentioned(note) or (known := self.sources.get(note.file)) is None:
            return
        source, front = known
        yield from self.front(note, source, front)
        yield from self.body(note.body.links, source, front)

    def is_mentioned(self, note: AnyNote) -> bool:
        """Whether a note needs to be looked at closely: most do not, and taking one apart costs time."""
        if any(ref.id in self.ids for ref in (*note.body.links, *_field_references(note))):
            return True
        text = fold_name(self.sources.files.get(note.file, b"").decode("utf-8", "replace"))
        return "[[" in text and any(id_ in text for id_ in self.ids)

    # --- front matter ---

    def front(self, note: AnyNote, source: Source, front: FrontMatter) -> Iterator[Spot]:
        kind: Kind = kind_of_note(note)
        specs = {spec.name: spec for spec in FIELDS[kind]}
        for field in front.fields:
            spec = specs.get(field.key)
            refs = {} if spec is None or spec.type != "link" else _by_place(getattr(note, spec.key, None))
            for scalar in _scalars(field.value):
                ref = refs.get(scalar.place)
                if ref is not None:
                    yield from self.field(ref, field.key, scalar, source)
                elif spec is None or spec.type != "link":
                    yield from self.wikilinks(text_at(source, scalar.place), scalar.place, field.key)

    def field(self, ref: Reference, key: str, scalar: Scalar, source: Source) -> Iterator[Spot]:
        """A link field's reference: a wikilink, or the id or name itself."""
        if ref.id not in self.ids:
            return
        raw = text_at(source, scalar.place)
        by_id = fold_name(ref.text) == ref.id
        match = _WIKILINK.search(raw)
        if match is not None and match["target"]:
            at, length = _name_span(match["target"])
            at, form = at + match.start("target"), "wiki"
        else:
            at, length, form = raw.find(scalar.text.strip()), len(scalar.text.strip()), "plain"
        if at < 0 or "\n" in raw or (by_id and fold_name(raw[at : at + length]) != ref.id):
            if not by_id:
                at, length = 0, len(raw.split("\n", 1)[0])
            else:
                raise _unclear(ref.place)
        target = span(source.file, scalar.place.line, scalar.place.column + at, length)
        yield Spot(str(ref.id), scalar.place, target, "wiki" if form == "wiki" else "plain", by_id, key)

    def wikilinks(self, raw: str, place: Place, field: str = "") -> Iterator[Spot]:
        """The wikilinks by id in a text that stands at a place."""
        for match in _WIKILINK.finditer(raw):
            at, length = _name_span(match["target"])
            id_ = fold_name(match["target"][at : at + length])
            if id_ in self.ids:
                whole = _within(place, raw, match.start(), match.end() - match.start())
                target = _within(place, raw, match.start("target") + at, length)
                yield Spot(id_, whole, target, "wiki", field=field)

    # --- bodies ---

    def body(self, links: Iterable[Reference], source: Source, front: FrontMatter) -> Iterator[Spot]:
        for ref in links:
            if ref.id in self.ids:
                if ref.link:
                    yield self.wiki(ref, source)
                else:
                    yield from self.path(ref, source, front)

    def wiki(self, ref: Reference, source: Source) -> Spot:
        raw = text_at(source, ref.place)
        start, match = 0, _WIKILINK.fullmatch(raw)
        if match is None or fold_name(markdown.wikilink_target(match["target"])) != fold_name(ref.text):
            row = source.lines[ref.place.line - 1]
            start = 1 - ref.place.column
            fits = (one for one in _WIKILINK.finditer(row) if markdown.wikilink_target(one["target"]) == ref.text)
            match = next(fits, None)
        if match is None:
            raise _unclear(ref.place)
        at, length = _name_span(match["target"])
        line, column = ref.place.line, ref.place.column + start
        whole = span(source.file, line, column + match.start(), match.end() - match.start())
        target = span(source.file, line, column + match.start("target") + at, length)
        return Spot(str(ref.id), whole, target, "wiki", by_id=fold_name(ref.text) == ref.id)

    def path(self, ref: Reference, source: Source, front: FrontMatter) -> Iterator[Spot]:
        """The path of a link in Markdown's own form, or that of the definition that it refers to."""
        raw = text_at(source, ref.place)
        if self.leads_to(raw, source.file) == ref.id:
            yield Spot(str(ref.id), ref.place, _path_span(ref.place, raw), "path")
            return
        found = False
        for number in range(front.body_line, len(source.lines) + 1):
            match = _DEFINITION.match(source.lines[number - 1])
            if match is not None and self.leads_to(match["path"], source.file) == ref.id:
                place = span(source.file, number, match.start("path") + 1, len(match["path"]))
                yield Spot(str(ref.id), place, _path_span(place, match["path"]), "path")
                found = True
        if not found:
            raise _unclear(ref.place)

    def leads_to(self, href: str, file: str) -> str | None:
        path = unquote(href).partition("#")[0]
        return self.paths.get(nfc(posixpath.normpath(posixpath.join(posixpath.dirname(file), path))))

    def inbox(self) -> Iterator[Spot]:
        """The links of the inbox, and the ids of those whose log its lines are."""
        if (known := self.sources.get(INBOX)) is None:
            return
        source, front = known
        document = markdown.read(front.body)
        offset = front.body_line - 1
        for link in document.links:
            if link.kind in ("wiki", "embed"):
                text = markdown.wikilink_target(link.target)
                id_ = self.resolve(text)
                if id_ in self.ids:
                    place = span(INBOX, offset + link.line, document.column(link.line, link.column), link.length)
                    yield self.wiki(Reference(text, place, link.label, link=True, id=id_), source)
            elif (id_ := self.leads_to(link.target, INBOX)) is not None:
                place = span(INBOX, offset + link.line, document.column(link.line, link.column), link.length)
                yield from self.path(Reference(link.target, place, id=id_), source, front)
        for item in document.items:
            match = _JOTTED.match(source.lines[offset + item.line - 1])
            if match is not None and not isinstance(parse_log_line(f"{match['day']} {match['rest']}"), str):
                id_ = fold_name(match["who"])
                if id_ in self.ids and id_ in self.journal.contacts:
                    place = span(INBOX, offset + item.line, match.start("who") + 1, len(match["who"]))
                    yield Spot(id_, place, place, "plain", field="who")

    def resolve(self, text: str) -> str | None:
        found = self.journal.names.get(fold_name(text), ())
        return found[0] if len(found) == 1 else None


def nfc(path: str) -> str:
    """A path as it is compared."""
    return unicodedata.normalize("NFC", path)


def files_of(journal: Journal) -> dict[str, str]:
    """The files of all notes by id, unreadable ones too."""
    return {**{note.id: note.file for note in journal.notes()[1:]}, **journal.unreadable}


def kind_of_note(note: AnyNote) -> Kind:
    """The kind of a note, as the table of fields calls it."""
    tag = type(note).__struct_config__.tag
    return tag if isinstance(tag, str) else "journal"  # type: ignore[return-value]


def _field_references(note: AnyNote) -> Iterator[Reference]:
    """The references in the front matter of a note."""
    for spec in FIELDS[kind_of_note(note)]:
        if spec.type == "link":
            value = getattr(note, spec.key)
            yield from value if isinstance(value, tuple) else () if value is None else (value,)


def _by_place(value: object) -> dict[Place, Reference]:
    refs = value if isinstance(value, tuple) else (value,)
    return {ref.place: ref for ref in refs if isinstance(ref, Reference)}


def _scalars(node: Node) -> Iterator[Scalar]:
    """The values in a node; `[[x]]` without quotes, a list in a list to YAML, is one value."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, frontmatter.Sequence):
        inner = node.items[0] if len(node.items) == 1 else None
        if isinstance(inner, frontmatter.Sequence) and len(inner.items) == 1 and isinstance(inner.items[0], Scalar):
            yield Scalar(inner.items[0].text, node.place)
            return
        for item in node.items:
            yield from _scalars(item)


def _name_span(target: str) -> tuple[int, int]:
    """Where the id or name stands in the target of a wikilink: `contacts/dana-lee#Log` holds `dana-lee`."""
    path = target.partition("#")[0]
    start = path.rfind("/") + 1
    name = path[start:]
    start += len(name) - len(name.lstrip())
    return start, len(name.strip().removesuffix(".md").rstrip())


def _path_span(place: Place, raw: str) -> Place:
    """The part of a place that is a path, without what follows `#`."""
    return span(place.file, place.line, place.column, len(raw.partition("#")[0]))


def _within(place: Place, raw: str, at: int, length: int) -> Place:
    """A piece of the text at a place."""
    before = raw[:at]
    line = place.line + before.count("\n")
    column = at - (before.rfind("\n") + 1) + 1
    return span(place.file, line, column if "\n" in before else place.column + at, length)


def _unclear(place: Place) -> JournalError:
    return JournalError(
        f"{place}: where exactly this link stands cannot be told, so nothing is changed",
        "write the link on one line by itself, and run the command again",
    )


# --- the proof -----------------------------------------------------------------------------------------------------


def prove_led(
    before: Journal, after: Journal, renamed: Mapping[str, str], changed: frozenset[str] = frozenset()
) -> None:
    """Raise JournalError unless every reference leads where it led, but for `renamed` ids, under the same label.

    `changed` are the new ids of notes whose references are not compared, because they were meant to change.
    """
    old, new = _all_references(before), _all_references(after)
    for id_, refs in old.items():
        now = renamed.get(id_, id_)
        if now in changed:
            continue
        expected = [(key, label, renamed.get(str(target), target)) for key, label, target in refs]
        if new.get(now) != expected:
            raise JournalError(
                f"nothing was changed: links of `{id_}` would not lead where they do now",
                "look at its links in code or tables, and please report this",
            )


def _all_references(journal: Journal) -> dict[str, list[tuple[str, str, object]]]:
    """For each note its references in order: key or kind, label, and the id, or the text where it leads nowhere."""
    return {note.id: list(_references(note)) for note in journal.notes()}


def _references(note: AnyNote) -> Iterator[tuple[str, str, object]]:
    for ref in _field_references(note):
        yield "field", ref.label, ref.id or ref.text
    for ref in note.body.links:
        yield ref.kind, ref.label, ref.id or ref.text
    for item in note.items:
        yield item.label, "", " ".join(sorted(item.contacts)) if item.note != note.id else ""
    for entry in getattr(note, "log", ()):
        yield entry.kind, entry.date.isoformat(), entry.channel
