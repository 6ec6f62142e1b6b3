"""Notes to a journal: names and links become ids, items know whom they concern, jotted lines find their log."""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from kith.diagnostics import Edit, Finding, Fix, Place, Severity
from kith.load.names import Names, are_named_alike
from kith.load.note import EMPTY, ParsedFile, fold_id, fold_name, split_meeting_stem
from kith.markdown import is_wikilink, wikilink_target
from kith.model import (
    AnyNote,
    Body,
    CareerPath,
    Contact,
    Heading,
    Item,
    JottedLine,
    Journal,
    Letter,
    LogEntry,
    Meeting,
    Organization,
    Owner,
    Question,
    QuestionSection,
    Reference,
)

N = TypeVar("N", bound=AnyNote)
_replace = msgspec.structs.replace
_KIND_NAMES = {
    "contact": "a person",
    "meeting": "a meeting",
    "organization": "an organisation",
    "path": "a path",
    "questions": "a section of the question bank",
    "letter": "a letter",
}
_MAX_NAME_WORDS = 6
MAX_SUGGESTIONS = 50  # dead links whose nearest name is looked for: each costs a look at every name
_UNQUOTED = re.compile(r"[^\W_][\w-]*")

if TYPE_CHECKING:
    from kith.conventions import ParsedLine


class Linked(msgspec.Struct, frozen=True):
    """The journal that `files` by path make up, and what is wrong between them.

    What is known of it for the next time: the names that links were resolved by, and the notes without a finding, by
    id, each as it was parsed and as it was linked.
    """

    journal: Journal
    findings: tuple[Finding, ...]
    files: Mapping[str, ParsedFile]
    names: Names
    clean: Mapping[str, tuple[AnyNote, AnyNote]]


def link(parsed: Iterable[ParsedFile], attachments: frozenset[str], before: Linked | None = None) -> Linked:
    """Link notes; those that are the same objects as `before`, among the same names, are not done again."""
    files = {one.file: one for one in parsed}
    if before is None or attachments != before.journal.attachments or not are_named_alike(files, before.files):
        return _Linker(files, attachments, Names(files.values()), {}).link()
    return _Linker(files, attachments, before.names, before.clean).link()


class _Linker:
    """Links the notes of one journal."""

    def __init__(
        self,
        files: Mapping[str, ParsedFile],
        attachments: frozenset[str],
        names: Names,
        known: Mapping[str, tuple[AnyNote, AnyNote]],
    ) -> None:
        self.files = files
        self.attachments = attachments
        self.attachment_names = frozenset(posixpath.basename(file) for file in attachments)
        self.names = names
        self.known = known
        self.clean: dict[str, tuple[AnyNote, AnyNote]] = {}
        self.findings: list[Finding] = []
        self.looked_for: set[tuple[str, str]] = set()

    def link(self) -> Linked:
        self.report_doubles()
        notes: dict[type, dict[str, Any]] = {}
        unreadable: dict[str, str] = {}
        for id_, file in self.names.files.items():
            note = self.files[file].note
            if note is None:
                unreadable[id_] = file
            else:
                notes.setdefault(type(note), {})[id_] = note
        contacts = self.each(notes.get(Contact, {}), self.contact)
        inbox = self.file_jotted(contacts)
        owner = next((one.note for one in self.files.values() if isinstance(one.note, Owner)), None)
        journal = Journal(
            owner=EMPTY.owner if owner is None else self.common(owner, ()),
            contacts=contacts,
            meetings=self.each(notes.get(Meeting, {}), self.meeting),
            organizations=self.each(notes.get(Organization, {}), self.other),
            paths=self.each(notes.get(CareerPath, {}), self.other),
            questions=self.each(notes.get(QuestionSection, {}), self.other),
            letters=self.each(notes.get(Letter, {}), self.other),
            inbox=inbox,
            unreadable=unreadable,
            names=self.names.table,
            attachments=self.attachments,
        )
        return Linked(journal, tuple(self.findings), self.files, self.names, self.clean)

    def each(self, notes: Mapping[str, N], link: Callable[[N], N]) -> dict[str, N]:
        """The notes of one kind, linked; of what is known only what has a finding is linked again, to report it."""
        linked: dict[str, N] = {}
        for id_, note in notes.items():
            known = self.known.get(id_)
            if known is None or known[0] is not note:
                count = len(self.findings)
                known = note, link(note)
                if len(self.findings) > count:
                    linked[id_] = known[1]
                    continue
            self.clean[id_] = known
            linked[id_] = cast("N", known[1])
        return linked

    def report_doubles(self) -> None:
        for first, second in self.names.doubles:
            message = f"the id `{self.files[second].id}` is that of `{first}` already, so this note is left out"
            hint = "rename one of the two files"
            if unicodedata.normalize("NFC", first) == unicodedata.normalize("NFC", second):
                hint += "; they look alike, but in one of them an accent is a sign of its own"
            self.findings.append(Finding("K206", "duplicate-id", "error", message, Place(second), hint))

    # --- notes ---

    def common(self, note: N, contacts: tuple[str, ...], **changes: object) -> N:
        """The note with the links of its body and items resolved; its items concern `contacts`."""
        body = self.body(note)
        items = tuple(self.item(item, contacts) for item in note.items)
        return _replace(note, body=body, items=items, **changes)

    def other(self, note: N) -> N:
        return self.common(note, ())

    def contact(self, note: Contact) -> Contact:
        return self.common(
            note,
            (note.id,),
            organization=self.field(note.organization, "organization"),
            via=self.field(note.via, "contact"),
            paths=self.fields(note.paths, "path"),
            log=tuple(_replace(entry, links=self.again(entry.links)) for entry in note.log),
        )

    def meeting(self, note: Meeting) -> Meeting:
        contacts = self.fields(note.contacts, "contact") or self.from_file_name(note)
        unclear = "contacts" in note.places or ("mode" in note.places and not note.mode)  # has a finding of its own
        if not contacts and note.mode != "event" and not unclear:
            self.nobody(note)
        linked = _replace(note, contacts=contacts, paths=self.fields(note.paths, "path"))
        questions = tuple(self.question(question) for question in note.questions)
        linked = self.common(linked, linked.contact_ids, questions=questions)
        people = [heading for heading in linked.body.headings if self.is_person(heading.link)]
        if not people:
            return linked
        headings = linked.body.headings
        items = tuple(
            item if (who := _whose(item, people, headings)) is None else _replace(item, under=who, contacts=_ids(who))
            for item in linked.items
        )
        questions = tuple(
            question if (who := _whose(question, people, headings)) is None else _replace(question, under=who)
            for question in linked.questions
        )
        return _replace(linked, items=items, questions=questions)

    def nobody(self, note: Meeting) -> None:
        """Report a conversation with nobody: neither its note nor the name of its file says with whom it is."""
        _, name = split_meeting_stem(posixpath.basename(note.file).removesuffix(".md"))
        near = self.nearest(name, "contact") if name else ""
        hint = f"did you mean `contacts: {near}`?" if near else "write `contacts: dana-lee`, or `mode: event`"
        message = "`contacts` is missing, and the name of the file ends in nobody's id"
        self.findings.append(
            Finding("K210", "meeting-without-contact", "warning", message, Place(note.file, 1, 1, 1, 1), hint)
        )

    def is_person(self, ref: Reference | None) -> bool:
        return ref is not None and ref.id is not None and self.names.kinds[ref.id] == "contact"

    def from_file_name(self, note: Meeting) -> tuple[Reference, ...]:
        """The contact that a meeting's file name ends in, where that is a known id."""
        _, name = split_meeting_stem(posixpath.basename(note.file).removesuffix(".md"))
        id_ = fold_id(name)
        return (Reference(name, Place(note.file), link=True, id=id_),) if self.names.kinds.get(id_) == "contact" else ()

    def body(self, note: AnyNote) -> Body:
        body = note.body
        headings = tuple(
            heading if heading.link is None else _replace(heading, link=self.resolved(heading.link))
            for heading in body.headings
        )
        # whom a referral names may be nobody yet: a lead to write down (K219), not a dead link
        leads = {item.links[0].place for item in note.items if _links_to_lead(item)}
        links = tuple(self.resolved(ref) if ref.place in leads else self.prose(ref, note.file) for ref in body.links)
        return _replace(body, links=links, headings=headings)

    def item(self, item: Item, contacts: tuple[str, ...]) -> Item:
        under = None if item.under is None else self.resolved(item.under)
        return _replace(item, links=self.again(item.links), under=under, contacts=contacts)

    def question(self, question: Question) -> Question:
        under = None if question.under is None else self.resolved(question.under)
        return _replace(question, bank=self.names.bank.get(question.key), under=under)

    # --- links ---

    def again(self, refs: Iterable[Reference]) -> tuple[Reference, ...]:
        """Links that also stand in the body, where what is wrong with them has been said."""
        return tuple(self.resolved(ref) for ref in refs)

    def resolved(self, ref: Reference) -> Reference:
        found = self.names.candidates(ref.text)
        return _replace(ref, id=found[0]) if len(found) == 1 else ref

    def prose(self, ref: Reference, file: str) -> Reference:
        """A link in a body: a wikilink, or the path of a file."""
        if not ref.link:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(file), ref.text.partition("#")[0]))
            return _replace(ref, id=self.names.ids.get(unicodedata.normalize("NFC", path)))
        found = self.names.candidates(ref.text)
        if len(found) == 1:
            return _replace(ref, id=found[0])
        if found:
            self.ambiguous(ref, found)
        elif ref.text in self.attachment_names:
            return _replace(ref, link=False)  # `[[card.png]]` leads to the file
        else:
            self.dead(ref, "", "K201", "dead-link", "warning")
        return ref

    def fields(self, refs: Iterable[Reference], kind: str) -> tuple[Reference, ...]:
        return tuple(found for ref in refs if (found := self.field(ref, kind)) is not None)

    def field(self, ref: Reference | None, kind: str) -> Reference | None:
        """A link in front matter that leads to a note of `kind`, or stays plain text where it may."""
        if ref is None:
            return None
        found = self.names.candidates(ref.text, kind)
        right = [id_ for id_ in found if self.names.kinds[id_] == kind]
        if len(right) > 1:
            self.ambiguous(ref, right)
        elif right:
            return _replace(ref, id=right[0], link=True)
        elif found and ref.link:
            what = _KIND_NAMES[self.names.kinds[found[0]]]
            message = f"`{ref.text}` is {what}, and this key takes {_KIND_NAMES[kind]}"
            hint = "write it at the key that takes it"
            self.findings.append(Finding("K215", "wrong-kind-of-link", "error", message, ref.place, hint))
        elif ref.link:
            self.dead(ref, kind, "K203", "unknown-link", "error")
        return ref

    def ambiguous(self, ref: Reference, found: Iterable[str]) -> None:
        files = " and ".join(f"`{self.names.files[id_]}`" for id_ in found)
        message = f"`{ref.text}` may mean {files}"
        self.findings.append(Finding("K204", "ambiguous-link", "error", message, ref.place, "write the id"))

    def dead(self, ref: Reference, kind: str, code: str, name: str, severity: Severity) -> None:
        """Report a link that leads nowhere: an error in front matter (of `kind`), a warning in prose."""
        near = self.nearest(ref.text, kind)
        who = "nobody" if kind == "contact" else "nothing"
        hint = f"did you mean `{near}`?" if near else f'write one: `kith new {kind} "{ref.text}"`' if kind else ""
        fix = Fix(f"write `{near}`", (Edit(ref.place, _as_written(ref, near)),)) if near and kind else None
        message = f"the link `{ref.text}` names {who}"
        self.findings.append(Finding(code, name, severity, message, ref.place, hint, fix))

    def nearest(self, text: str, kind: str) -> str:
        """The id nearest to a text that means none, `""` where none is near, or too many were looked for."""
        wanted = fold_name(text), kind
        if wanted not in self.looked_for and len(self.looked_for) == MAX_SUGGESTIONS:
            return ""
        self.looked_for.add(wanted)
        return self.names.nearest(*wanted)

    # --- the inbox ---

    def file_jotted(self, contacts: dict[str, Contact]) -> tuple[JottedLine, ...]:
        """Add the jotted lines that are somebody's log to that log, and return the others."""
        rest = []
        for jotted in self.files["inbox.md"].jotted if "inbox.md" in self.files else ():
            links = tuple(self.prose(ref, "inbox.md") for ref in jotted.links)
            if (found := self.read_jotted(jotted, contacts)) is None:
                rest.append(_replace(jotted, links=links))
                continue
            who, parsed = found
            contact = contacts[who]
            text = "\n\n".join(part for part in (parsed.text, jotted.below) if part)
            others = tuple(ref for ref in links if ref.id != who)
            # behind everything in the card's own log, so that it comes last on its day
            order = 10**6 + jotted.place.line
            entry = LogEntry(parsed.date, parsed.kind, jotted.place, order, parsed.channel, text, others)
            items = tuple(_replace(self.item(item, (who,)), note=who, day=parsed.date) for item in jotted.items)
            contacts[who] = _replace(contact, log=(*contact.log, entry), items=(*contact.items, *items))
        return tuple(rest)

    def read_jotted(self, jotted: JottedLine, contacts: Collection[str]) -> "tuple[str, ParsedLine] | None":
        """Whose log line a jotted `DATE WHO KIND by CHANNEL: text` is; the name may have several words."""
        from kith.conventions import parse_log_line  # what reads notes is loaded where there is something to read

        words = jotted.text.split() if jotted.bullet else []
        for count in range(1, min(len(words) - 1, _MAX_NAME_WORDS + 1)):
            parsed = parse_log_line(" ".join([words[0], *words[count + 1 :]]))
            if isinstance(parsed, str):
                continue
            name = " ".join(words[1 : count + 1])
            match = is_wikilink(name)
            found = self.names.candidates(wikilink_target(match[1]) if match else name, "contact")
            if len(found) == 1 and found[0] in contacts:
                return found[0], parsed
        return None


def _whose(part: Item | Question, people: Iterable[Heading], headings: tuple[Heading, ...]) -> Reference | None:
    """The person below whose heading an item or question of a meeting stands."""
    line = part.place.line
    for heading in reversed([one for one in people if one.place.line < line]):
        between = (one for one in headings if heading.place.line < one.place.line < line)
        if all(one.level > heading.level for one in between):
            return heading.link
    return None


def _ids(ref: Reference) -> tuple[str, ...]:
    return () if ref.id is None else (ref.id,)


def _links_to_lead(item: Item) -> bool:
    return item.label == "referral" and item.text.startswith("[[") and bool(item.links)


def _as_written(ref: Reference, id_: str) -> str:
    """The link again, leading to `id_`, in the brackets and quotes it has."""
    from kith.frontmatter import quote  # see read_jotted

    length = ref.place.end_column - ref.place.column
    if length == len(ref.text) and _UNQUOTED.fullmatch(id_):
        return id_
    return quote(f"[[{id_}|{ref.label}]]" if ref.label else f"[[{id_}]]")
