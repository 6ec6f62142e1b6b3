"""Comments of a body, `<!-- -->` and `%%…%%`: they are neither shown nor read, and code keeps what looks like one.

A comment that begins a line may hold anything, blank lines and code blocks too; one within a line ends before the next
blank line. What has no end is no comment: nothing disappears because of two stray signs.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping

import msgspec

_CLOSERS = {"<!--": "-->", "%%": "%%"}
# Quotation signs and bullets before a line's own text; the quantifiers give nothing back, so time stays linear.
_CONTAINERS = re.compile(r"(?:[ \t]*+(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*+[ \t]*+")
_FENCE = re.compile(r"`{3,}+(?!.*`)|~{3,}+")
_BACKTICKS = re.compile(r"`+")
_TOKEN = re.compile(r"\\.|`+|<!--|%%", re.DOTALL)


class Stripped(msgspec.Struct, frozen=True):
    """A text without its comments; lines keep their numbers.

    `gaps` says for each line that lost something: behind how many of the characters that are left, and how many.
    """

    text: str
    gaps: Mapping[int, tuple[tuple[int, int], ...]] = {}

    def column(self, line: int, column: int) -> int:
        """The column that a character of `text` has in the text with its comments."""
        return column + sum(length for kept, length in self.gaps.get(line, ()) if column > kept)


def strip(text: str) -> Stripped:
    r"""`text`, whose newlines are `\n`, without its comments."""
    if "<!--" not in text and "%%" not in text:
        return Stripped(text)
    return _without(text, _Scanner(text).scan())


def _without(text: str, comments: list[tuple[int, int]]) -> Stripped:
    pieces: list[str] = []
    gaps: dict[int, list[tuple[int, int]]] = {}
    end = line = line_start = lost = 0
    for start, stop in comments:
        before, inside = text[end:start], text[start:stop]
        if "\n" in before:
            line, line_start, lost = line + before.count("\n"), end + before.rindex("\n") + 1, 0
        kept, length = start - line_start - lost, stop - start
        if "\n" in inside:
            line, line_start, lost = line + inside.count("\n"), start + inside.rindex("\n") + 1, 0
            kept, length = 0, stop - line_start
        gaps.setdefault(line + 1, []).append((kept, length))
        lost += length
        pieces += [before, "\n" * inside.count("\n")]
        end = stop
    pieces.append(text[end:])
    return Stripped("".join(pieces), {number: tuple(found) for number, found in gaps.items()})


class _Scanner:
    """Finds the comments of a text, line by line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.comments: list[tuple[int, int]] = []
        self.unclosed: set[str] = set()  # signs that nothing closes in the rest of the text
        self.in_list = False

    def scan(self) -> list[tuple[int, int]]:
        at = 0
        while at < len(self.text):
            row = bisect_right(self.starts, at) - 1
            line = self.lines[row]
            if at > self.starts[row]:
                at = self.paragraph(at)
            elif fence := self.fence(row):
                at = self.starts[self.after_fence(row, fence)]
            elif not line.strip() or self.is_indented_code(row):
                at = self.starts[row + 1]
            else:
                at = self.paragraph(at)
        return self.comments

    def own_start(self, row: int) -> int:
        """Where a line's own text begins, behind quotation signs and bullets."""
        match = _CONTAINERS.match(self.text, self.starts[row], self.starts[row + 1] - 1)
        return match.end() if match else self.starts[row]

    def fence(self, row: int) -> str:
        match = _FENCE.match(self.text, self.own_start(row), self.starts[row + 1] - 1)
        return match[0] if match else ""

    def after_fence(self, row: int, fence: str) -> int:
        for after in range(row + 1, len(self.lines)):
            line = self.lines[after].strip(" \t>")
            if len(line) >= len(fence) and not line.strip(fence[0]):
                return after + 1
        return len(self.lines)

    def is_indented_code(self, row: int) -> bool:
        """Whether a line is code by its indentation, which within a list it hardly ever is."""
        line = self.lines[row]
        if not line.startswith((" ", "\t")):
            self.in_list = self.own_start(row) > self.starts[row] and not line.startswith(">")
        after_blank = row == 0 or not self.lines[row - 1].strip() or self.lines[row - 1].startswith(("    ", "\t"))
        return line.startswith(("    ", "\t")) and after_blank and not self.in_list

    def paragraph(self, at: int) -> int:
        """Find the comments of the paragraph from a place on; return the place behind it, or behind the last one."""
        row = bisect_right(self.starts, at)
        while row < len(self.lines) and self.goes_on(row):
            row += 1
        stop = self.starts[row] - 1
        code = _CodeSpans(self.text, at, stop)
        unclosed: set[str] = set()
        while match := _TOKEN.search(self.text, at, stop):
            sign, at = match[0], match.end()
            if sign[0] == "`":
                at = code.end_of(match) or at
            elif sign in _CLOSERS and sign not in unclosed:
                if not (end := self.close(match, stop)):
                    unclosed.add(sign)
                elif end > stop:
                    return end
                else:
                    at = end
        return stop + 1

    def goes_on(self, row: int) -> bool:
        """Whether a line belongs to the paragraph before it."""
        line = self.lines[row].lstrip(" \t")
        indent = len(self.lines[row]) - len(line)
        plain = self.own_start(row) == self.starts[row] + indent
        return bool(line) and plain and not line.startswith("#") and not self.fence(row)

    def close(self, opening: re.Match[str], stop: int) -> int:
        """The end of the comment that a sign opens, 0 where it opens none."""
        sign, at = opening[0], opening.start()
        begins_line = at == self.own_start(bisect_right(self.starts, at) - 1)
        if begins_line and sign in self.unclosed:
            return 0
        found = self.text.find(_CLOSERS[sign], opening.end(), len(self.text) if begins_line else stop)
        if found < 0:
            if begins_line:
                self.unclosed.add(sign)
            return 0
        self.comments.append((at, found + len(_CLOSERS[sign])))
        return self.comments[-1][1]


class _CodeSpans:
    """Where runs of backticks of each length stand in a paragraph."""

    def __init__(self, text: str, start: int, stop: int) -> None:
        self.runs: dict[int, list[int]] = {}
        for match in _BACKTICKS.finditer(text, start, stop):
            self.runs.setdefault(len(match[0]), []).append(match.start())

    def end_of(self, opening: re.Match[str]) -> int:
        """The end of the code that a run of backticks opens, 0 where it opens none."""
        length = len(opening[0])
        runs = self.runs.get(length, [])
        index = bisect_left(runs, opening.end())
        return runs[index] + length if index < len(runs) else 0
