"""Text to front matter: the split at the fences, and one walk over the events of the YAML between them."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import yaml

from kith.diagnostics import Edit, Finding, Fix, Place, span
from kith.frontmatter.mending import LOADER, quote, quoting_fix, spacing_finding, syntax_finding
from kith.frontmatter.values import Field, FrontMatter, Mapping, Node, Scalar, Sequence

MAX_CHARACTERS = 65_536
MAX_DEPTH = 4  # the mapping, a list, and the two that `- [[dana-lee]]` makes

FENCE = re.compile(r"---[ \t]*")
CLOSING_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*")
# what was meant to be a fence: other dashes, which editors make of three, or spaces before them
_NEARLY_FENCE = re.compile(r"[ \t]*(?:--+|[–—]+-?)[ \t]*")
_KEY = re.compile(r"[^\W\d_][\w-]*:(?:\s|$)")
_LINE_SEPARATORS = re.compile("[\x85\u2028\u2029]")
_EATEN = re.compile(r"[ \t]+(#\S[^\n]*)")


class Refused(Exception):  # noqa: N818 - it carries a finding and never leaves this package
    """The front matter cannot be read as a whole."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class Split(msgspec.Struct, frozen=True):
    """A note in its parts: `yaml` is None where there is no front matter, or (`closed` False) none with an end."""

    yaml: str | None
    yaml_line: int
    body: str
    body_line: int
    closed: bool = True


def split(text: str) -> Split:
    r"""The front matter and the body of a note whose newlines are `\n`; only a first line of `---` opens one."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines) or not FENCE.fullmatch(lines[first]):
        return Split(None, 0, text, 1)
    for last in range(first + 1, len(lines)):
        if CLOSING_FENCE.fullmatch(lines[last]):
            yaml_text = "\n".join(lines[first + 1 : last])
            return Split(yaml_text, first + 2, "\n".join(lines[last + 1 :]), last + 2)
    return Split(None, first + 1, text, 1, closed=False)


def read(text: str, file: str) -> FrontMatter:
    r"""Read the front matter of a note whose newlines are `\n`. Never raises: what is wrong comes as findings."""
    parts = split(text)
    if parts.yaml is None:
        return _without(parts, file)
    where = (parts.body, parts.body_line, parts.yaml_line - 1, parts.body_line - 1)
    try:
        fields, findings = read_block(parts.yaml, file, parts.yaml_line)
    except Refused as refused:
        return FrontMatter((), *where, readable=False, findings=(refused.finding,))
    return FrontMatter(fields, *where, findings=findings)


def _without(parts: Split, file: str) -> FrontMatter:
    if parts.closed:
        return FrontMatter((), parts.body, parts.body_line)
    finding = Finding(
        "K102",
        "unclosed-front-matter",
        "error",
        "the front matter that begins here has no closing `---`",
        span(file, parts.yaml_line, 1, 3),
        "put a line of `---` after the last key; if this is a dividing line, write `***`",
    )
    return FrontMatter((), parts.body, parts.body_line, readable=False, findings=(finding,))


def nearly_fenced(text: str, file: str) -> Finding | None:
    """The finding for a text without front matter that begins with keys below what is not quite a fence."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), len(lines) - 1)
    if not _NEARLY_FENCE.fullmatch(lines[first]) or not any(map(_KEY.match, lines[first + 1 : first + 2])):
        return None
    place = span(file, first + 1, 1, len(lines[first]))
    message = f"front matter begins with a line of `---`, and here stands `{lines[first].rstrip()}`"
    fix = Fix("write `---`", (Edit(place, "---"),))
    return Finding("K101", "syntax-error", "error", message, place, fix.title, fix)


def read_block(text: str, file: str, line: int) -> tuple[tuple[Field, ...], tuple[Finding, ...]]:
    """The fields of the YAML `text`, which begins on `line` of `file`; raises Refused for the block as a whole."""
    if len(text) > MAX_CHARACTERS:
        message = f"the front matter has {len(text)} characters, more than {MAX_CHARACTERS}"
        place = span(file, line, 1, min(1, text.index("\n") if "\n" in text else 1))
        hint = "move the text below the second `---`"
        raise Refused(Finding("K113", "front-matter-too-large", "error", message, place, hint))
    findings: list[Finding] = []
    if _LINE_SEPARATORS.search(text):
        findings.append(_separator_finding(text, file, line))
        text = _LINE_SEPARATORS.sub(" ", text)
    walk = _Walk(text, file, line)
    try:
        fields = walk.mapping()
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        mark: Any = getattr(error, "problem_mark", None)
        if getattr(error, "problem", "") == "exceeded maximum nesting depth":
            # libyaml counts depth while it looks ahead, before it tells of the first bracket; what stands before the
            # one that it refuses is deep enough for the walk to refuse it at its place.
            _Walk(text[: mark.index], file, line).mapping()
        raise Refused(syntax_finding(error, text, file, line)) from None
    return fields, (*findings, *walk.findings)


def _separator_finding(text: str, file: str, line: int) -> Finding:
    """One finding for all the invisible line separators of a block, at the first."""
    found = [
        (match[0], span(file, line + row, match.start() + 1, 1))
        for row, row_text in enumerate(text.split("\n"))
        for match in _LINE_SEPARATORS.finditer(row_text)
    ]
    sign, place = found[0]
    message = f"an invisible line separator, U+{ord(sign):04X}, stands in the front matter"
    message += f", and {len(found) - 1} more below" if len(found) > 1 else ""
    fix = Fix("put a space there", tuple(Edit(place, " ") for _, place in found))
    return Finding("K115", "line-separator", "warning", message, place, fix.title, fix)


class _Walk:
    """One pass over the events of a block."""

    def __init__(self, text: str, file: str, line: int) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.file = file
        self.line = line
        self.findings: list[Finding] = []
        self.events: Iterator[Any] = yaml.parse(text, Loader=LOADER)

    def place(self, start: Any, end: Any) -> Place:
        if end.line >= len(self.lines):  # a block of text ends behind the last line
            return Place(self.file, self.line + start.line, start.column + 1, *self.end())
        return Place(self.file, self.line + start.line, start.column + 1, self.line + end.line, end.column + 1)

    def end(self) -> tuple[int, int]:
        return self.line + len(self.lines) - 1, len(self.lines[-1]) + 1

    def mapping(self) -> tuple[Field, ...]:
        """The fields of the block's one mapping."""
        next(self.events)  # the stream begins
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return ()  # nothing, or comments alone
        event = next(self.events)  # the document has begun
        self.refuse_magic(event)
        if isinstance(event, yaml.MappingStartEvent):
            fields = self.fields()
        elif isinstance(event, yaml.ScalarEvent) and not event.value:
            fields = ()
        elif finding := spacing_finding(self.lines, event.start_mark.line, self.file, self.line):
            raise Refused(finding)
        else:
            hint = "write each line as `key: value`; if this is text, begin the note with another line than `---`"
            raise Refused(self.not_a_mapping("the front matter is not a list of keys and values", event, hint))
        next(self.events)  # the document ends
        if not isinstance(extra := next(self.events), yaml.StreamEndEvent):
            place = self.rest_of_line(extra)
            message, hint = "a second YAML document begins here", "a note has one block of keys"
            raise Refused(Finding("K101", "syntax-error", "error", message, place, hint))
        return fields

    def not_a_mapping(self, message: str, event: Any, hint: str = "") -> Finding:
        return Finding("K104", "not-a-mapping", "error", message, self.rest_of_line(event), hint)

    def rest_of_line(self, event: Any) -> Place:
        row, column = event.start_mark.line, event.start_mark.column
        return span(self.file, self.line + row, column + 1, len(self.lines[row]) - column)

    def fields(self) -> tuple[Field, ...]:
        found: dict[str, Field] = {}
        while not isinstance(key := next(self.events), yaml.MappingEndEvent):
            self.refuse_magic(key)
            if not isinstance(key, yaml.ScalarEvent):
                raise Refused(self.not_a_mapping("a key has to be a word", key))
            field = Field(key.value, self.place(key.start_mark, key.end_mark), self.node(next(self.events), 2))
            if (first := found.get(key.value)) is None:
                found[key.value] = field
            else:
                self.findings.append(_duplicate(field, first))
        return tuple(found.values())

    def node(self, event: Any, depth: int) -> Node:
        self.refuse_magic(event)
        if isinstance(event, yaml.ScalarEvent):
            scalar = Scalar(event.value, self.place(event.start_mark, event.end_mark), not event.style)
            if scalar.plain:
                self.check_comment(scalar, event)
            return scalar
        start: Any = event.start_mark
        if depth > MAX_DEPTH:
            place = span(self.file, self.line + start.line, start.column + 1, 1)
            hint = "a field takes a value or a flat list"
            raise Refused(Finding("K111", "too-deep", "error", "the value is nested too deep", place, hint))
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, depth)
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            self.node(event, depth + 1)
        end: Any = event.end_mark
        return Mapping(self.place(start, end), self.text[start.index : end.index].rstrip())

    def sequence(self, event: Any, depth: int) -> Sequence:
        start, flow, items = event.start_mark, bool(event.flow_style), []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event, depth + 1))
        place = self.place(start, event.end_mark)
        if not flow:  # its end mark stands before the next key
            last = items[-1].place
            place = Place(self.file, place.line, place.column, last.end_line, last.end_column)
        return Sequence(tuple(items), place, flow)

    def refuse_magic(self, event: Any) -> None:
        """Refuse anchors, aliases and tags: a note needs none, and they are how small files explode."""
        if isinstance(event, yaml.AliasEvent):
            what, sign = "an alias", f"*{event.anchor}"
        elif getattr(event, "anchor", None):
            what, sign = "an anchor", f"&{event.anchor}"
        elif getattr(event, "tag", None):
            what, sign = "a tag", str(event.tag)
        else:
            return
        row = event.start_mark.line
        fix = quoting_fix(self.lines[row], self.file, self.line + row)
        message = f"`{sign}` is read by YAML as {what}, which a note cannot have"
        hint = fix.title if fix else "put the value in quotes"
        place = self.place(event.start_mark, event.end_mark)
        raise Refused(Finding("K110", "anchor-or-tag", "error", message, place, hint, fix))

    def check_comment(self, scalar: Scalar, event: Any) -> None:
        """Find a value that YAML took for a comment, all of it (`tags: #ai`) or its end (`role: nurse #2`)."""
        match = _EATEN.match(self.text, event.end_mark.index)
        if match is None or event.start_mark.line != event.end_mark.line:
            return
        lost = match[1].rstrip()
        start = event.start_mark.column if scalar.text else event.end_mark.column + match.start(1) - match.start()
        end = event.end_mark.column + match.start(1) - match.start() + len(lost)
        row = event.end_mark.line
        quoted = quote(self.lines[row][start:end])
        rest = f"all that is left is `{scalar.text}`" if scalar.text else "nothing is left of the value"
        message = f"`{lost}` is read by YAML as a comment, and {rest}"
        place = span(self.file, self.line + row, start + 1, end - start)
        fix = Fix(f"write `{quoted}`", (Edit(place, quoted),))
        hint = f"write `{quoted}`, or a space behind the `#` of a comment"
        self.findings.append(Finding("K114", "value-is-comment", "warning", message, place, hint, fix))


def _duplicate(field: Field, first: Field) -> Finding:
    message = f"`{field.key}` was given already on line {first.place.line}, and that one counts"
    return Finding("K105", "duplicate-key", "error", message, field.place, "keep one of the two, or make it a list")
