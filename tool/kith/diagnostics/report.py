"""Findings to what people and programs read: `text concise json jsonl github sarif`.

Everything here is a function of the findings and the texts they speak of. JSON names paths from the journal; the other
formats put `prefix` before them, so that an editor or a code host finds the file. Columns count characters from 1.
"""

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

import msgspec

from kith import __version__
from kith.diagnostics import SEVERITIES, Finding, Place, Severity, count_by_severity

TAB = 4  # columns, as editors show Markdown
MAX_COLUMNS = 100  # of an excerpt: a paragraph may be one line

_COLORS: Mapping[str, str] = {"error": "31", "warning": "33", "info": "36", "gutter": "34"}
_GITHUB_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_SARIF_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Report(msgspec.Struct, frozen=True):
    """What is to be shown: findings in order, the texts by path, how many files were looked at."""

    findings: Sequence[Finding]
    sources: Mapping[str, str] = {}
    files: int = 0
    prefix: str = ""
    color: bool = False

    def path(self, place: Place) -> str:
        """The path as it is shown to people and code hosts."""
        return self.prefix + place.file


# --- for people ----------------------------------------------------------------------------------------------------


def to_text(report: Report) -> str:
    """The findings one below the other, each with its excerpt, its help and its fix; then the summary."""
    blocks = [_describe(finding, report) for finding in report.findings]
    return "\n".join([*blocks, summarize(report) + "\n"])


def summarize(report: Report) -> str:
    """The sentence with the counts, as in `Found 2 errors and 1 warning in 42 files.`."""
    files = _count(report.files, "file")
    counts = count_by_severity(tuple(report.findings))
    parts = [_count(counts[severity], severity) for severity in SEVERITIES if counts[severity]]
    if not parts:
        return f"Nothing found in {files}."
    *first, last = parts
    return f"Found {' and '.join([', '.join(first), last] if first else [last])} in {files}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _describe(finding: Finding, report: Report) -> str:
    place = finding.place
    margin = " " * len(str(place.line))
    bar = _paint("|", "gutter", report)
    title = _paint(f"{finding.severity}[{finding.code}]", finding.severity, report, bold=True)
    where = f"{printable(report.path(place))}:{place.line}:{place.column}"
    lines = [
        f"{title} {finding.name}: {printable(finding.message)}",
        f"{margin}{_paint('-->', 'gutter', report)} {where}",
    ]
    if (shown := excerpt(place, report.sources)) is not None:
        text, carets = shown
        lines += [
            f"{margin} {bar}",
            f"{_paint(str(place.line), 'gutter', report)} {bar} {text}".rstrip(),
            f"{margin} {bar} {_paint(carets, finding.severity, report, indented=True)}",
        ]
    equals = _paint("=", "gutter", report)
    lines += [f"{margin} {equals} help: {printable(line)}" for line in finding.hint.splitlines()[:1]]
    lines += [f"{margin}   {printable(line)}" for line in finding.hint.splitlines()[1:]]
    if finding.fix is not None:
        lines.append(f"{margin} {equals} fix: {printable(finding.fix.title)}")
    return "\n".join(lines) + "\n"


def _paint(text: str, color: str, report: Report, *, bold: bool = False, indented: bool = False) -> str:
    """The text in a colour, where colour is wanted; `indented` leaves the spaces in front of it alone."""
    if not report.color:
        return text
    spaces = " " * (len(text) - len(text.lstrip(" "))) if indented else ""
    return f"{spaces}\x1b[{'1;' if bold else ''}{_COLORS[color]}m{text[len(spaces) :]}\x1b[0m"


def excerpt(place: Place, sources: Mapping[str, str]) -> tuple[str, str] | None:
    """The line that a place begins on and carets below it, both as a terminal shows them.

    None for a place without an end (a whole file), and where the text is not known.
    """
    if not place.end_line or (text := sources.get(place.file)) is None:
        return None
    lines = text.split("\n")
    if not 1 <= place.line <= len(lines):
        return None
    line = lines[place.line - 1]
    begin = min(place.column - 1, len(line))
    end = min(place.end_column - 1, len(line)) if place.end_line == place.line else len(line)
    shown, at = _lay_out(line)
    left, right = at[begin], max(at[max(end, begin)], at[begin] + 1)
    shown, left, right = _narrow(shown, left, right)
    return shown.rstrip(), _fill(shown, left) + "^" * max(_columns(shown[left:right]), 1)


def _lay_out(line: str) -> tuple[str, Sequence[int]]:
    """The line with tabs as spaces and nothing that moves the cursor; for each index of it, the index in the result."""
    if line.isascii() and line.isprintable():
        return line, range(len(line) + 1)
    shown: list[str] = []
    at: list[int] = []
    column = length = 0
    for char in line:
        at.append(length)
        piece = " " * (TAB - column % TAB) if char == "\t" else printable(char)
        shown.append(piece)
        length += len(piece)
        column += _columns(piece)
    return "".join(shown), [*at, length]


def _narrow(shown: str, left: int, right: int) -> tuple[str, int, int]:
    """A window of a long line around what is marked, and the mark in it."""
    if len(shown) <= MAX_COLUMNS:
        return shown, left, right
    begin = max(0, min(left - MAX_COLUMNS // 3, len(shown) - MAX_COLUMNS))
    end = begin + MAX_COLUMNS
    before, after = ("…" if begin else ""), ("…" if end < len(shown) else "")
    moved = begin - len(before)
    return f"{before}{shown[begin:end]}{after}", left - moved, min(right, end) - moved


def _fill(shown: str, index: int) -> str:
    return " " * _columns(shown[:index])


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(_width(char) for char in text)


def _width(char: str) -> int:
    if char.isascii():
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def printable(text: str) -> str:
    """The text without what moves the cursor, turns the direction of writing or starts a terminal's command."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if _is_unsafe(char) else char for char in text)


def _is_unsafe(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")
        or char in "\u202a\u202b\u202c\u202d\u202e"
        or ("\u2066" <= char <= "\u2069")
    )


def to_concise(report: Report) -> str:
    """One line for each finding: `path:line:col: CODE severity message`."""
    return "".join(
        f"{printable(report.path(finding.place))}:{finding.place.line}:{finding.place.column}: "
        f"{finding.code} {finding.severity} {printable(finding.message)}\n"
        for finding in report.findings
    )


# --- for programs --------------------------------------------------------------------------------------------------


def to_json(report: Report) -> str:
    """One object with a version, a summary and the findings."""
    counts = count_by_severity(tuple(report.findings))
    summary = {f"{severity}s": counts[severity] for severity in SEVERITIES} | {"files": report.files}
    findings = [_as_object(finding) for finding in report.findings]
    return _dump({"version": 1, "summary": summary, "findings": findings}, indent=2)


def to_jsonl(report: Report) -> str:
    """One line for each finding, the object that `json` has for it."""
    return "".join(_dump(_as_object(finding)) for finding in report.findings)


def _as_object(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        **_span(finding.place),
        "hint": finding.hint or None,
        "fix": None
        if finding.fix is None
        else {
            "title": finding.fix.title,
            "edits": [{**_span(edit.place), "text": edit.text} for edit in finding.fix.edits],
        },
    }


def _span(place: Place) -> dict[str, str | int]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line or place.line,
        "end_column": place.end_column or place.column,
    }


def _dump(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"


def to_github(report: Report) -> str:
    """Annotations of a GitHub workflow.

    A column over several lines makes GitHub drop the whole annotation, so it is left out there.
    """
    return "".join(_annotation(finding, report) for finding in report.findings)


def _annotation(finding: Finding, report: Report) -> str:
    place = finding.place
    end_line = place.end_line or place.line
    properties = {"title": f"{finding.code} {finding.name}", "file": report.path(place), "line": str(place.line)}
    if end_line == place.line:
        properties["col"] = str(place.column)
    properties["endLine"] = str(end_line)
    if end_line == place.line:
        properties["endColumn"] = str(place.end_column or place.column)
    shown = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    message = finding.message + (f"\nhelp: {finding.hint}" if finding.hint else "")
    return f"::{_GITHUB_LEVELS[finding.severity]} {shown}::{_escape(message)}\n"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def to_sarif(report: Report) -> str:
    """A SARIF 2.1.0 log with one run; columns count characters."""
    rules = sorted({(finding.code, finding.name) for finding in report.findings})
    index = {code: number for number, (code, _) in enumerate(rules)}
    driver = {
        "name": "kith",
        "version": __version__,
        "rules": [{"id": code, "name": name, "help": {"text": f"kith explain {code}"}} for code, name in rules],
    }
    results = [
        {
            "ruleId": finding.code,
            "ruleIndex": index[finding.code],
            "level": _SARIF_LEVELS[finding.severity],
            "message": {"text": finding.message + (f"\n{finding.hint}" if finding.hint else "")},
            "locations": [{"physicalLocation": _location(finding.place, report)}],
            **_sarif_fixes(finding, report),
        }
        for finding in report.findings
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _dump({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _location(place: Place, report: Report) -> dict[str, object]:
    return {"artifactLocation": {"uri": quote(report.path(place))}, "region": _region(place)}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line or place.line,
        "endColumn": place.end_column or place.column,
    }


def _sarif_fixes(finding: Finding, report: Report) -> dict[str, object]:
    if finding.fix is None:
        return {}
    changes = [
        {
            "artifactLocation": {"uri": quote(report.path(edit.place))},
            "replacements": [{"deletedRegion": _region(edit.place), "insertedContent": {"text": edit.text}}],
        }
        for edit in finding.fix.edits
    ]
    return {"fixes": [{"description": {"text": finding.fix.title}, "artifactChanges": changes}]}


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": to_text,
    "concise": to_concise,
    "json": to_json,
    "jsonl": to_jsonl,
    "github": to_github,
    "sarif": to_sarif,
}
