"""Lines that YAML cannot read: why, and the corrected line where one correction makes the block readable."""

import re
from collections.abc import Iterator

import msgspec
import yaml

from kith.diagnostics import Edit, Finding, Fix, Place, span

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_HEAD = re.compile(r"[ \t]*+(?:-[ \t]++|[^\s:#'\"\[\]{}-][^:#]*:[ \t]++)")
_KEY = r"[ \t]*+[^\W\d_][\w-]*:"
_TIGHT = re.compile(_KEY + r"(?=[^\s:/])")
_NO_BREAK = re.compile(_KEY + "\xa0")
_WIKILINK = re.compile(r"\[\[[^\[\]\n]+\]\]")
_OPEN_LIST = re.compile(r"\[[^\[\]]*\]?")
_PLAIN_ITEM = re.compile(r"\w[\w .@/+-]*|'[^']*'|\"[^\"]*\"")
_OPENING = "@`%*&!|>"  # signs that no plain value may begin with


class Correction(msgspec.Struct, frozen=True):
    """A line written anew: replace what stands from `start` to `end`, counted from 0, by `text`; and why."""

    start: int
    end: int
    text: str
    reason: str


def quote(value: str) -> str:
    """`value` as a YAML scalar in quotes."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def syntax_finding(error: Exception, text: str, file: str, line: int) -> Finding:
    """The finding for a YAML error in `text`, which begins on `line`: with the corrected line where there is one."""
    lines = text.split("\n")
    marks = [mark for name in ("problem_mark", "context_mark") if (mark := getattr(error, name, None)) is not None]
    rows = dict.fromkeys(row for mark in marks for row in (mark.line, mark.line - 1) if 0 <= row < len(lines))
    for row in rows:
        for correction in corrections(lines[row]):
            corrected = apply(correction, lines[row])
            if corrected != lines[row] and _parses([*lines[:row], corrected, *lines[row + 1 :]]):
                return _corrected(correction, lines[row], file, line + row)
    row = min(marks[0].line, len(lines) - 1) if marks else 0
    column = min(marks[0].column, len(lines[row])) if marks else 0
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    message = f"the front matter is not valid YAML: {problem}"
    place = span(file, line + row, column + 1, min(1, len(lines[row]) - column))
    return Finding("K101", "syntax-error", "error", message, place, _advice(lines[row]))


def spacing_finding(lines: list[str], row: int, file: str, line: int) -> Finding | None:
    """The finding for a key with no space behind its colon, `name:Dana`, or no plain one: YAML takes it for text."""
    if match := _TIGHT.match(lines[row]):
        return _corrected(_with_space(match), lines[row], file, line + row)
    if _NO_BREAK.match(lines[row]):
        return _corrected(_with_plain_spaces(lines[row]), lines[row], file, line + row)
    return None


def quoting_fix(line_text: str, file: str, line: int) -> Fix | None:
    """The fix that puts the value of a line in quotes, where it begins with a sign that means something to YAML."""
    start, end = _value(line_text)
    if start == end or line_text[start] not in _OPENING:
        return None
    return _fix(Correction(start, end, quote(line_text[start:end]), ""), line_text, file, line)


def apply(correction: Correction, line_text: str) -> str:
    """The line with its correction."""
    return line_text[: correction.start] + correction.text + line_text[correction.end :]


def corrections(line_text: str) -> Iterator[Correction]:
    """What may be wrong with a line, the surest first."""
    indent = len(line_text) - len(line_text.lstrip())
    if "\t" in line_text[:indent]:
        for spaces in (line_text[:indent].replace("\t", "  "), ""):
            yield Correction(0, indent, spaces, "a tab (`→`) stands where YAML takes spaces only")
    if "\xa0" in line_text:
        yield _with_plain_spaces(line_text)
    if match := _TIGHT.match(line_text):
        yield _with_space(match)
    start, end = _value(line_text)
    value = line_text[start:end]
    for text in _rewritings(value) if value else ():
        yield Correction(start, end, text, f"the value `{value}` {_reason(value)}")


def _with_space(match: re.Match[str]) -> Correction:
    return Correction(match.end(), match.end(), " ", f"a space is missing behind `{match[0].strip()}`")


def _with_plain_spaces(line_text: str) -> Correction:
    reason = "a no-break space, which looks like any other, stands where YAML takes plain spaces only"
    return Correction(0, len(line_text), line_text.replace("\xa0", " "), reason)


def _value(line_text: str) -> tuple[int, int]:
    """Where the value of a line stands that has a key or a dash; an empty span where there is none."""
    match = _HEAD.match(line_text)
    start = match.end() if match else len(line_text)
    value = line_text[start:]
    if value[:1] not in ("'", '"') and (comment := re.search(r"\s#", value)):
        value = value[: comment.start()]
    return start, start + len(value.rstrip())


def _rewritings(value: str) -> Iterator[str]:
    """The ways to write a value so that YAML may take it."""
    if links := _only_links(value):
        yield "[" + ", ".join(map(quote, links)) + "]"
    elif _OPEN_LIST.fullmatch(value):
        yield value + "]"
        items = filter(None, (item.strip() for item in value.strip("[]").split(",")))
        yield "[" + ", ".join(item if _PLAIN_ITEM.fullmatch(item) else quote(item) for item in items) + "]"
    elif value[:1] in ("'", '"'):
        yield value + value[0]
    yield quote(value)


def _only_links(value: str) -> list[str]:
    """The wikilinks of a value that holds nothing else: `[[a]], [[b]]`."""
    return [] if _WIKILINK.sub("", value).strip("[], ") else _WIKILINK.findall(value)


def _reason(value: str) -> str:
    """Why YAML does not take `value` without quotes."""
    if value[0] == "`":
        return "begins with a backtick, so YAML wants it in quotes"
    if value[0] in _OPENING or value[:2] in ("- ", "? "):
        return f"begins with `{value[0]}`, so YAML wants it in quotes"
    if value[0] in "\"'":
        return "has text behind its closing quote, or no closing quote"
    if value[0] in "[{":
        return f"begins with `{value[0]}`, which opens a list or mapping that does not end well"
    if re.search(r":(\s|$)", value):
        return "holds a colon and a space, so YAML wants it in quotes"
    return "is not valid YAML without quotes"


def _corrected(correction: Correction, line_text: str, file: str, line: int) -> Finding:
    fix = _fix(correction, line_text, file, line)
    return Finding("K101", "syntax-error", "error", correction.reason, fix.edits[0].place, fix.title, fix)


def _fix(correction: Correction, line_text: str, file: str, line: int) -> Fix:
    place = Place(file, line, correction.start + 1, line, correction.end + 1)
    return Fix(f"write `{apply(correction, line_text).strip()}`", (Edit(place, correction.text),))


def _parses(lines: list[str]) -> bool:
    try:
        return not any(isinstance(event, yaml.AliasEvent) for event in yaml.parse("\n".join(lines), Loader=LOADER))
    except yaml.YAMLError:
        return False


def _advice(line_text: str) -> str:
    if any(sign in line_text for sign in "“”‘’"):
        return "use straight quotes, not curly ones"
    return "look for a missing quote, bracket or colon here or on the line above"
