"""What the lists of a body mean: log lines, labelled items, questions, preparation steps.

People write these lists anyway; three conventions turn them into data. They are lines, so they diff and merge well.
A line that is not understood is kept and shown, and reported where it looks as if it was meant to be understood.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Literal

import msgspec

from kith import markdown
from kith.conventions.labels import Labelled, read_label
from kith.conventions.lines import ParsedLine, parse_log_line
from kith.dates import DateError, read_date
from kith.diagnostics import Edit, Finding, Fix, Place, Severity, span
from kith.markdown import Document, ListItem
from kith.model import (
    QUESTION_MARKS,
    TASK,
    BankQuestion,
    Body,
    Heading,
    Item,
    JottedLine,
    Kind,
    LogEntry,
    Question,
    Reference,
    Step,
    Stray,
)

__all__ = ["ParsedLine", "Reading", "fold", "parse_log_line", "read_body", "read_inbox"]

LOG, QUESTIONS, BEFORE = "log", "questions", "before"
ANSWER = "answer"  # nested below a question: only a label makes it more than its answer

_SECTIONS: dict[str, Kind] = {LOG: "contact", QUESTIONS: "meeting", BEFORE: "meeting"}
_ENDS = re.compile(r"(?:^|\s+)(?P<key>(?ai:due|done)):(?: (?=\d))?(?P<value>\S*)\s*$")
_MARK = re.compile(rf"(?P<mark>(?ai:{'|'.join(QUESTION_MARKS)}))\s*:\s*(?P<text>.+)", re.DOTALL)
_WORD = re.compile(r"\w+")
_FILE = re.compile(r".*\.(?!md$)[a-z0-9]{2,5}", re.IGNORECASE)
_STATES: dict[str, Literal["open", "done", "dropped"]] = {"": "open", " ": "open", "x": "done", "-": "dropped"}


class Reading(msgspec.Struct, frozen=True):
    """All that the body of a note says."""

    body: Body
    log: tuple[LogEntry, ...] = ()
    items: tuple[Item, ...] = ()
    questions: tuple[Question, ...] = ()
    bank: tuple[BankQuestion, ...] = ()
    before: tuple[Step, ...] = ()
    strays: tuple[Stray, ...] = ()
    findings: tuple[Finding, ...] = ()


def fold(text: str) -> str:
    """A text as questions are compared: without case, punctuation and doubled spaces."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def read_body(document: Document, kind: Kind, file: str, note: str, first_line: int, day: date | None) -> Reading:
    """What the body of `note` says; it begins on `first_line` of `file`. `day` is the date of a meeting."""
    return _BodyReader(document, kind, file, note, first_line, day).read()


def read_inbox(document: Document, file: str, first_line: int) -> tuple[tuple[JottedLine, ...], tuple[Finding, ...]]:
    """The jotted lines of an inbox: its list items, and every other line of text that is no `# heading`."""
    reader = _BodyReader(document, "contact", file, "inbox", first_line, None)
    reader.add_oddities()
    jotted = [reader.jotted(item) for item in document.items]
    taken = {line for item in document.items for line in range(item.line, item.last_line + 1)}
    taken.update(heading.line for heading in document.headings if reader.rows[heading.line - 1].lstrip()[0] == "#")
    for number, row in enumerate(reader.rows, 1):
        if number not in taken and _WORD.search(row):
            text = row.strip()
            jotted.append(JottedLine(text, reader.span(number, row.find(text) + 1, len(text)), bullet=False))
    return tuple(sorted(jotted, key=lambda one: one.place)), tuple(reader.findings)


class _BodyReader:
    """Reads the lists of one body."""

    def __init__(self, document: Document, kind: Kind, file: str, note: str, first_line: int, day: date | None) -> None:
        self.document = document
        self.kind = kind
        self.file = file
        self.note = note
        self.offset = first_line - 1
        self.day = day
        self.rows = document.source.split("\n")
        self.findings: list[Finding] = []
        self.strays: list[Stray] = []
        self.log: list[LogEntry] = []
        self.items: list[Item] = []
        self.questions: list[Question] = []
        self.bank: list[BankQuestion] = []
        self.before: list[Step] = []
        self.titles = [fold(heading.title) for heading in document.headings]

    def read(self) -> Reading:
        self.add_oddities()
        for item in self.document.items:
            self.top_level(item)
        return Reading(
            Body(self.document.source, self.offset + 1, self.headings(), self.references(self.document.links)),
            _in_log_order(self.log),
            tuple(self.items),
            tuple(self.questions),
            tuple(self.bank),
            tuple(self.before),
            tuple(self.strays),
            tuple(self.findings),
        )

    def headings(self) -> tuple[Heading, ...]:
        return tuple(
            Heading(
                heading.title,
                heading.level,
                self.span(heading.line, heading.column, len(heading.title.split("\n", 1)[0])),
                self.offset + heading.first,
                self.offset + heading.last,
                None if heading.link is None else self.reference(heading.link),
            )
            for heading in self.document.headings
        )

    def references(self, links: Iterable[markdown.Link]) -> tuple[Reference, ...]:
        """Links to notes and files of the journal; those to the web are none."""
        return tuple(
            self.reference(link)
            for link in links
            if link.kind in ("wiki", "embed") or (markdown.classify_target(link.target) == "relative" and link.target)
        )

    def reference(self, link: markdown.Link) -> Reference:
        """A wikilink leads to a note, and so does `![[dana-lee]]`; anything else is the path of a file."""
        note = link.kind == "wiki" or (link.kind == "embed" and not _FILE.fullmatch(link.target))
        target = markdown.wikilink_target(link.target) if note else link.target
        return Reference(target, self.span(link.line, link.column, link.length), link.label, link=note, kind=link.kind)

    def wikilinks(self, item: ListItem) -> tuple[Reference, ...]:
        return self.references(link for link in item.links if link.kind == "wiki")

    # --- lists ---

    def section(self, item: ListItem) -> str:
        """The innermost heading with a meaning that the item stands under, `""` where there is none."""
        titles = (self.titles[index] for index in reversed(item.headings))
        return next((title for title in titles if _SECTIONS.get(title) == self.kind), "")

    def under(self, item: ListItem) -> Reference | None:
        """The innermost heading that is a link, where the item stands below one."""
        links = (self.document.headings[index].link for index in reversed(item.headings))
        return next((self.reference(link) for link in links if link is not None), None)

    def top_level(self, item: ListItem) -> None:
        section = self.section(item)
        if self.kind == "questions":
            self.bank_question(item)
        elif section == LOG and self.is_log_line(item):
            self.log_line(item)
        elif self.kind != "letter":
            self.item(item, section, self.day)

    def item(self, item: ListItem, section: str, day: date | None) -> None:
        """A labelled item, a question, a step, a task; or, where it is none, whatever is nested below it."""
        label = read_label(item.text)
        if label is not None and label.meant:
            self.mistyped(item, label)
        if not item.text or (label is not None and not label.text):
            pass  # a blank to be filled in
        elif label is not None and not label.meant and not (section == QUESTIONS and _asks_for_names(label)):
            self.items.append(self.finish(item, label.label, label.topic, label.text, day))
        elif section == QUESTIONS:
            self.question(item)
        elif section == BEFORE:
            self.before.append(Step(item.text, item.box == "x", self.place(item)))
        elif item.box and section != ANSWER:
            self.items.append(self.finish(item, TASK, "", item.text, day))
        for nested in item.nested:
            self.item(nested, ANSWER if section == QUESTIONS else section, day)

    def mistyped(self, item: ListItem, label: Labelled) -> None:
        place = self.span(item.line, item.text_column, len(label.label))
        fix = Fix(f"write `{label.meant}:`", (Edit(place, label.meant),))
        message = f"`{label.label}:` is no label, so the line counts for nothing"
        self.findings.append(Finding("K403", "mistyped-label", "warning", message, place, fix.title, fix))

    def finish(self, item: ListItem, label: str, topic: str, text: str, day: date | None) -> Item:
        dates: dict[str, date] = {}
        while match := _ENDS.search(text):
            text = text[: match.start()]
            self.ending(item, match["key"], match["value"], dates)
        if "done" in dates and item.box in ("", " "):
            self.findings.append(self.not_done(item))
        return Item(
            label=label,
            text=text.strip(),
            place=self.place(item),
            note=self.note,
            readable=_readable(text.strip()),
            topic=topic,
            box=bool(item.box),
            state=_STATES[item.box],
            due=dates.get("due"),
            done=dates.get("done"),
            links=self.wikilinks(item),
            under=self.under(item),
            day=day,
        )

    def not_done(self, item: ListItem) -> Finding:
        message, hint, fix = "the line has no box, but it says `done:`", "write `[x]` before it", None
        if item.box:
            message, hint = "the box is open, but the line says `done:`", "tick it with `[x]`, or take the date away"
            fix = Fix("tick the box", (Edit(self.span(item.line, item.column + 1, 1), "x"),))
        return Finding("K310", "done-on-open-box", "warning", message, self.place(item), hint, fix)

    def ending(self, item: ListItem, key: str, value: str, dates: dict[str, date]) -> None:
        """Take the date of a `due:` or `done:`; the first from the left wins, as it is read last."""
        try:
            dates[key.lower()] = read_date(value)
        except DateError as error:
            message = f"{error} in `{key}:{value}`" if value else f"no date stands behind `{key}:`"
            place = self.find(item, f"{key}:")
            self.findings.append(Finding("K309", "impossible-due", "error", message, place, error.hint))

    def question(self, item: ListItem) -> None:
        mark, text = _read_mark(item.text)
        self.questions.append(
            Question(
                text=text,
                key=fold(text),
                place=self.place(item),
                asked=item.box == "x" or bool(item.below),
                answer=item.below,
                mark=mark,
                under=self.under(item),
            )
        )

    def bank_question(self, item: ListItem) -> None:
        mark, text = _read_mark(item.text)
        earlier = tuple(fold(nested.text) for nested in item.nested)
        if item.text:
            self.bank.append(BankQuestion(text, fold(text), self.place(item), mark, earlier))

    def jotted(self, item: ListItem) -> JottedLine:
        before = len(self.items)
        for nested in item.nested:
            self.item(nested, "", None)
        text = f"[{item.box}] {item.text}" if item.box else item.text
        place = msgspec.structs.replace(self.place(item), column=self.document.column(item.line, item.column))
        return JottedLine(text, place, item.below, links=self.wikilinks(item), items=tuple(self.items[before:]))

    # --- the log ---

    def is_log_line(self, item: ListItem) -> bool:
        """Whether an item below `Log` is a line of it; what has a label or a box is mostly something else."""
        label = read_label(item.text)
        if label is not None and not label.meant:
            return False
        return not item.box or not isinstance(parse_log_line(item.text), str)

    def log_line(self, item: ListItem) -> None:
        parsed = parse_log_line(item.text)
        place = self.place(item)
        if isinstance(parsed, str):
            hint = "write `DATE KIND by CHANNEL: text`"
            self.findings.append(Finding("K401", "log-line-not-understood", "warning", parsed, place, hint))
            self.strays.append(Stray(item.text, place))
            day = None
        else:
            if parsed.mends or item.bullet != "-" or item.box:
                self.findings.append(self.unusual(item, parsed))
            text = "\n\n".join(part for part in (parsed.text, item.below) if part)
            links = tuple(link for one in _with_nested(item) for link in self.wikilinks(one))
            self.log.append(LogEntry(parsed.date, parsed.kind, place, len(self.log), parsed.channel, text, links))
            day = parsed.date
        for nested in item.nested:
            self.item(nested, "", day)

    def unusual(self, item: ListItem, parsed: ParsedLine) -> Finding:
        edits = self.log_edits(item, parsed)
        fix = Fix("write it the usual way", edits) if edits else None
        message = "the log line is understood, but not in its usual form"
        return Finding("K402", "unusual-log-form", "info", message, self.place(item), f"write `- {parsed}`", fix)

    def log_edits(self, item: ListItem, parsed: ParsedLine) -> tuple[Edit, ...]:
        """What makes a log line usual, touching nothing else; nothing where its first line does not say it all."""
        row = self.rows[item.line - 1]
        again = parse_log_line(row[item.text_column - 1 :].rstrip())
        if item.line in self.document.gaps or isinstance(again, str) or again.kind != parsed.kind:
            return ()
        edits = []
        if item.bullet != "-":
            start = row.rindex(item.bullet, 0, item.column - 1)
            edits.append(Edit(self.span(item.line, start + 1, len(item.bullet)), "-"))
        if item.box:
            edits.append(Edit(self.span(item.line, item.column, item.text_column - item.column), ""))
        for mend in again.mends:
            place = self.span(item.line, item.text_column + mend.start, mend.end - mend.start)
            edits.append(Edit(place, mend.text))
        return tuple(edits)

    # --- places ---

    def span(self, line: int, column: int, length: int) -> Place:
        return span(self.file, self.offset + line, self.document.column(line, column), length)

    def place(self, item: ListItem) -> Place:
        column = self.document.column(item.line, item.text_column)
        end = self.document.column(item.end_line, item.end_column - 1) + 1
        return Place(self.file, self.offset + item.line, column, self.offset + item.end_line, max(end, 1))

    def find(self, item: ListItem, piece: str) -> Place:
        """Where the last occurrence of a piece of an item begins, to the end of its word."""
        lines = range(item.end_line, item.line - 1, -1)
        line = next(line for line in lines if piece in self.rows[line - 1])
        at = self.rows[line - 1].rindex(piece)
        return self.span(line, at + 1, len(self.rows[line - 1][at:].split(maxsplit=1)[0]))

    def add_oddities(self) -> None:
        for oddity in self.document.oddities:
            place = self.span(oddity.line, oddity.column, oddity.length)
            code, name, severity, message, hint = _ODDITIES[oddity.kind]
            self.findings.append(Finding(code, name, severity, message.format(oddity.text), place, hint))


_ODDITIES: dict[str, tuple[str, str, Severity, str, str]] = {
    "raw-html": (
        "K501",
        "raw-html",
        "info",
        "`{}` is HTML, which is shown as text",
        "write Markdown, or put it in backticks",
    ),
    "remote-image": (
        "K502",
        "remote-image",
        "info",
        "the picture `{}` lies elsewhere, so it is shown as a link and never loaded",
        "save it in `attachments/`",
    ),
    "blocked-link": (
        "K503",
        "blocked-link",
        "warning",
        "`{}` is an address that a note may not lead to, so it is shown as text",
        "write `https:`, `mailto:`, `tel:` or the path of a file of the journal",
    ),
    "tangle": (
        "K012",
        "tangled-paragraph",
        "info",
        "what begins with `{}` has more brackets, marks or nesting than can be read, so it is shown as it is",
        "put it in a code block, or break it up",
    ),
}


def _read_mark(text: str) -> tuple[str, str]:
    """The mark of a question and its text."""
    match = _MARK.fullmatch(text)
    return (match["mark"].lower(), match["text"]) if match else ("", text)


def _asks_for_names(label: Labelled) -> bool:
    """Whether `referral: Whom else should I talk to?` is a question with its mark from the bank, and names nobody."""
    return label.label == "referral" and label.text.rstrip().endswith("?")


def _with_nested(item: ListItem) -> Iterable[ListItem]:
    yield item
    for nested in item.nested:
        yield from _with_nested(nested)


def _in_log_order(entries: list[LogEntry]) -> tuple[LogEntry, ...]:
    """The entries with their order read upwards where the dates of the log run downwards."""
    down = sum((later.date < earlier.date) - (later.date > earlier.date) for earlier, later in pairwise(entries))
    if down > 0:
        return tuple(msgspec.structs.replace(entry, order=-entry.order) for entry in entries)
    return tuple(entries)


def _readable(text: str) -> str:
    """A line without its markup, for those who need not load a parser then; nothing where it has none, or links."""
    plain = "" if "[[" in text else markdown.plain(text)
    return "" if plain == text else plain
