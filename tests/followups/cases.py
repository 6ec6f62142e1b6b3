"""Cases written in Markdown: what the files say, the day, and what should follow.

A file is about the rule it is called after. A case begins with a heading of the second level; after its prose come its
files, each a code block introduced by its path in backticks, and then, for each day of reading, `today: DATE` and
what is expected of the rule (or, with `today: DATE, every rule`, of all rules). A block called `due` has one line for
each follow-up, `2026-11-04 thank-you dana-lee`; one called `words` has below it what a person reads. `none` is nothing.

`journal.md` need not be written. A journal with errors is a mistake in the case, unless its prose says `with errors`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kith.followups import followups
from kith.load import read_journal
from kith.model import FollowUp, Journal

FOLDER = Path(__file__).parent
OWNER = "---\ntitle: A case\nname: Robin Vale\n---\n"

_CASE = re.compile(r"## (.+)")
_PATH = re.compile(r"`([^`]+\.md)`:?")
_TODAY = re.compile(r"today: (\d{4}-\d{2}-\d{2})(, every rule)?")


@dataclass(frozen=True)
class Expectation:
    """What should follow on a day: the lines of a block, which begin on line `first` of the file, counted from 0."""

    today: date
    every_rule: bool
    style: str
    lines: tuple[str, ...]
    first: int


@dataclass(frozen=True)
class Case:
    """One case: its files by path and its expectations."""

    rule: str
    title: str
    files: Mapping[str, str]
    expectations: tuple[Expectation, ...]
    with_errors: bool


def read_cases(path: Path) -> list[Case]:
    """Read the cases of a file; raises ValueError where it is not written as a case is."""
    lines = path.read_text(encoding="utf-8").split("\n")
    starts = [number for number, line in _outside_blocks(lines) if _CASE.fullmatch(line)]
    return [_read_case(path, lines, start, end) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _outside_blocks(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that stand in no code block: a note has headings too."""
    inside = False
    for number, line in enumerate(lines):
        if line.startswith("```"):
            inside = not inside
        elif not inside:
            yield number, line


def _read_case(path: Path, lines: list[str], start: int, end: int) -> Case:
    files: dict[str, str] = {}
    expectations = []
    prose = []
    awaited: str | tuple[date, bool] | None = None
    number = start + 1
    while number < end:
        line = lines[number]
        number += 1
        if match := _PATH.fullmatch(line):
            awaited = match[1]
        elif match := _TODAY.fullmatch(line):
            awaited = (date.fromisoformat(match[1]), bool(match[2]))
        elif line.startswith("```"):
            close = lines.index("```", number, end)
            block = lines[number:close]
            if isinstance(awaited, str):
                files[awaited] = "\n".join([*block, ""])
            elif awaited is not None and line[3:] in ("due", "words"):
                expectations.append(Expectation(*awaited, line[3:], tuple(block), number))
            else:
                raise ValueError(f"{path.name}:{number}: a block without a path or a day")
            awaited, number = None, close + 1
        else:
            prose.append(line)
    if not expectations:
        raise ValueError(f"{path.name}:{start + 1}: a case that expects nothing, not even `none`")
    return Case(path.stem, lines[start][3:], files, tuple(expectations), "with errors" in " ".join(prose))


def rewrite(path: Path, found: Mapping[int, list[str]]) -> None:
    """Replace blocks by what was found; the key is the line on which a block begins."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for first in sorted(found, reverse=True):
        lines[first : lines.index("```", first)] = found[first]
    path.write_text("\n".join(lines), encoding="utf-8")


# --- from files to follow-ups ----------------------------------------------------------------------------------------


def make_journal(files: Mapping[str, str], *, with_errors: bool = False) -> Journal:
    """Return the journal that some files make up; they are right unless `with_errors`."""
    given = {"journal.md": OWNER, **files}
    journal, findings = read_journal({path: text.encode() for path, text in given.items()})
    errors = [f"{finding.place}: {finding.message}" for finding in findings if finding.severity == "error"]
    assert with_errors == bool(errors), "\n".join(errors)
    return journal


def find(case: Case, journal: Journal, expectation: Expectation) -> list[str]:
    """Return what follows on the day, written as the expectation is."""
    shown = [
        one
        for one in followups(journal, expectation.today)
        if expectation.every_rule or one.rule.replace("-", "_") == case.rule
    ]
    return list(write(shown, words=expectation.style == "words")) or ["none"]


def write(shown: Iterable[FollowUp], *, words: bool = False) -> Iterator[str]:
    """Write follow-ups as cases do."""
    for one in shown:
        yield f"{one.due} {one.rule} {' '.join(one.contacts) or '-'}"
        if words:
            yield f"  {one.action}"
            yield f"  {one.why} ({one.source})"
            yield from (f"  * {detail}" for detail in one.details)
            yield f"  from {one.event.date} {one.event.place.file}:{one.event.place.line}"
            yield f"  $ {one.settle}" + (f"  letter: {one.letter}" if one.letter else "")
