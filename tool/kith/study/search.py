"""Full text: the notes in which all terms begin a word, the best first, without an index.

Case and diacritics do not count: `gonzalez` finds `González`. A word of a name weighs more than one of a heading, that
more than one of the text, and a whole word more than a beginning.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import msgspec

WIDTH = 100  # characters of an excerpt

_NAMES = re.compile(r"(?:name|title|called|aliases)\s*:")
_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_WORD = re.compile(r"\w+")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ſ": "s", "þ": "th"})


class Spot(msgspec.Struct, frozen=True):
    """A line that holds terms: its number and the column of the first, from 1, and the text around it."""

    line: int
    column: int
    text: str


class Hit(msgspec.Struct, frozen=True):
    """A note that holds all terms, and the fewest of its lines that show them."""

    file: str
    score: int
    spots: tuple[Spot, ...]


def fold_text(text: str) -> str:
    """A text without case and diacritics; newlines stay."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


def read_terms(words: Iterable[str]) -> tuple[str, ...]:
    """The terms in what was typed, folded, each once."""
    return tuple(dict.fromkeys(term for word in words for term in _WORD.findall(fold_text(word))))


def search(texts: Mapping[str, str], terms: Sequence[str]) -> tuple[Hit, ...]:
    """The notes in which each of the folded `terms` begins a word, the best first, then by path."""
    patterns = [re.compile(rf"(?<!\w){re.escape(term)}(?P<more>\w?)") for term in terms]
    found = (_look_into(file, text, patterns, terms) for file, text in texts.items())
    return tuple(sorted((hit for hit in found if hit is not None), key=lambda hit: (-hit.score, hit.file)))


def _look_into(file: str, text: str, patterns: Sequence[re.Pattern[str]], terms: Sequence[str]) -> Hit | None:
    folded = fold_text(text)
    stem = fold_text(file.rpartition("/")[2].removesuffix(".md"))
    # most notes are ruled out here, so nothing dearer comes before it
    if not patterns or not all(term in folded or term in stem for term in terms):
        return None
    in_text = [pattern.search(folded) is not None for pattern in patterns]
    in_stem = [pattern.search(stem.replace("-", " ")) is not None for pattern in patterns]
    if not all(one or other for one, other in zip(in_text, in_stem, strict=True)):
        return None
    lines = folded.split("\n")
    body = _first_of_body(lines)
    rows = sorted({row for pattern in patterns for row in _rows_of(pattern, folded)})
    weights = {row: _weight(lines[row], front=row < body) for row in rows}
    values = {row: [_value(pattern, lines[row]) * weights[row] for pattern in patterns] for row in rows}
    best = [max((its[index] for its in values.values()), default=0) for index in range(len(patterns))]
    score = 10 * sum(best) + 60 * sum(in_stem) + min(len(rows), 9)
    return Hit(file, score, _spots(text.split("\n"), values, terms))


def _rows_of(pattern: re.Pattern[str], folded: str) -> Iterable[int]:
    row = at = 0
    for match in pattern.finditer(folded):
        row, at = row + folded.count("\n", at, match.start()), match.start()
        yield row


def _value(pattern: re.Pattern[str], line: str) -> int:
    """2 for a whole word in a line, 1 for the beginning of one, 0 for neither."""
    return max((1 if match["more"] else 2 for match in pattern.finditer(line)), default=0)


def _first_of_body(lines: Sequence[str]) -> int:
    """The first row below the front matter."""
    fences = [row for row, line in enumerate(lines[:200]) if _FENCE.match(line)]
    return fences[1] + 1 if len(fences) > 1 and not "".join(lines[: fences[0]]).strip() else 0


def _weight(line: str, *, front: bool) -> int:
    """What a line of the front matter or the body weighs."""
    if front:
        return 8 if _NAMES.match(line) else 2
    return 4 if line.startswith("#") else 1


def _spots(lines: Sequence[str], values: Mapping[int, Sequence[int]], terms: Sequence[str]) -> tuple[Spot, ...]:
    """The fewest lines that show all terms that the text holds, in their order; the first line where it holds none."""
    missing = {index for its in values.values() for index, value in enumerate(its) if value}
    chosen = []
    while missing:
        row = max(values, key=lambda row: (sum(values[row][index] > 0 for index in missing), sum(values[row]), -row))
        chosen.append(row)
        missing -= {index for index in missing if values[row][index]}
    return tuple(_spot(lines[row], row, terms) for row in sorted(chosen)) or (_spot(lines[0], 0, terms),)


def _spot(line: str, row: int, terms: Sequence[str]) -> Spot:
    column = next((match.start() for match in _WORD.finditer(line) if _begins(match[0], terms)), 0)
    start = 0 if len(line) <= WIDTH else max(0, min(column - WIDTH // 3, len(line) - WIDTH))
    piece = line[start : start + WIDTH].strip()
    text = ("…" if start else "") + piece + ("…" if start + WIDTH < len(line) else "")
    return Spot(row + 1, column + 1, text)


def _begins(word: str, terms: Sequence[str]) -> bool:
    return fold_text(word).startswith(tuple(terms))
