"""Places in files and findings about them: what is wrong, where, and what would mend it.

A finding is a value. Whoever reads notes returns findings beside what was read and never raises for what a person
wrote. `kith.checks` documents each code; `report` beside this file prints them.
"""

import re
import unicodedata
from typing import Literal

import msgspec

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Value(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One of the hundred thousands of small values that a journal is made of.

    It is kept in caches as a list, without the names of its attributes, and is read from there three times as fast. It
    is whole before anything can refer to it, so there are no cycles and nothing for the garbage collector to find.
    """


class Place(Value, frozen=True, order=True):
    """A span in a file: path from the journal with `/`, lines and columns from 1 in characters, the end excluded."""

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def extent(self) -> "Extent":
        """The place without the file."""
        return Extent(self.line, self.column, self.end_line, self.end_column)


class Extent(Value, frozen=True):
    """What a place says besides the file, for a note that knows its own."""

    line: int = 1
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def in_file(self, file: str) -> Place:
        """The place of this extent."""
        return Place(file, self.line, self.column, self.end_line, self.end_column)


def span(file: str, line: int, column: int, length: int) -> Place:
    """A place of `length` characters within one line."""
    return Place(file, line, column, line, column + length)


class Edit(Value, frozen=True):
    """Replace what stands at `place` by `text`."""

    place: Place
    text: str


class Fix(Value, frozen=True):
    """A mend that keeps the meaning: one sentence for a person, and the edits, which do not overlap."""

    title: str
    edits: tuple[Edit, ...]


class Finding(Value, frozen=True):
    """One thing that is wrong: `message` is one sentence in lower case, the offending value in backticks.

    A value may have sixty thousand characters, a sentence about it has not: of a long one its beginning is shown.
    """

    code: str
    name: str
    severity: Severity
    message: str
    place: Place
    hint: str = ""
    fix: Fix | None = None

    def __post_init__(self) -> None:
        """Shorten what is quoted."""
        msgspec.structs.force_setattr(self, "message", _shortened(self.message, 100))
        msgspec.structs.force_setattr(self, "hint", _shortened(self.hint, 400))


def _shortened(text: str, longest: int) -> str:
    """A text whose quotations have at most so many characters."""
    return re.sub(rf"`([^`]{{{longest}}})[^`]+`", r"`\1…`", text) if len(text) > longest else text


def sort_key(finding: Finding) -> tuple[str, int, int, str, str]:
    """By place: NFC path in code points, line, column; then code and message, so that the order never varies."""
    place = finding.place
    return (unicodedata.normalize("NFC", place.file), place.line, place.column, finding.code, finding.message)


def count_by_severity(findings: "tuple[Finding, ...] | list[Finding]") -> dict[Severity, int]:
    """How many findings there are of each severity."""
    counts: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return counts
