"""Problems: what `kith check` finds, in the manner of a compiler. Never part of a public site."""

from collections.abc import Iterator

import msgspec

from kith.diagnostics import SEVERITIES, Finding, count_by_severity, sort_key
from kith.pages.parts import Command, Frame, Link, Page
from kith.pages.view import View
from kith.pages.words import counted, listed, upper_first
from kith.pages.world import World

_MOST = 160  # characters of a line that are shown
_MOST_FINDINGS = 400  # a page of more would be megabytes, and nobody reads on so far


class Piece(msgspec.Struct, frozen=True):
    """A piece of a sentence, or a quoted value of a note."""

    text: str
    code: bool


class Problem(msgspec.Struct, frozen=True):
    """One finding: `before`, `marked` and `after` are its line, empty where there is none to show."""

    code: str
    name: str
    severity: str
    message: tuple[Piece, ...]
    place: str
    note: Link
    line: int
    before: str
    marked: str
    after: str
    hint: tuple[Piece, ...]
    fix: str


class Problems(msgspec.Struct, frozen=True):
    """What `problems.html` shows. Of very many findings only the worst are `problems`; `more` counts the others."""

    frame: Frame
    standfirst: str
    problems: tuple[Problem, ...]
    more: str
    command: str
    empty: Command | None


def pages(world: World) -> Iterator[Page]:
    """The page of problems."""
    view = View(world, "problems.html", "")

    def shown() -> object:
        findings, sources = world.findings, world.given.sources
        excerpts = [_excerpt(finding, sources.get(finding.place.file, "")) for finding in findings]
        return findings, excerpts, dict(world.titles)

    yield view.page("problems.html", lambda: _problems(view), shown)


def _problems(view: View) -> Problems:
    world = view.world
    findings = world.findings
    counts = count_by_severity(findings)
    words = [counted(counts[one], one if one != "info" else "remark") for one in SEVERITIES if counts[one]]
    pages_of = {note.file: note.id for note in world.notes.values() if note.id in world.addresses}
    fixable = any(finding.fix for finding in findings)
    worst = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))[:_MOST_FINDINGS]
    others = len(findings) - len(worst)
    return Problems(
        frame=view.frame("Problems"),
        standfirst=f"{upper_first(listed(words))}." if findings else "",
        problems=tuple(
            _problem(finding, pages_of.get(finding.place.file), view) for finding in sorted(worst, key=sort_key)
        ),
        more=f"{upper_first(counted(others, 'more', 'more'))}; kith check says them all." if others else "",
        command="kith check --fix" if fixable else "kith check",
        empty=None if findings else Command("Every note could be read as it was meant.", "kith check"),
    )


def _problem(finding: Finding, note: str | None, view: View) -> Problem:
    place = finding.place
    before, marked, after = _excerpt(finding, view.world.given.sources.get(place.file, ""))
    return Problem(
        code=finding.code,
        name=finding.name,
        severity=finding.severity,
        message=_pieces(finding.message),
        place=str(place),
        note=view.link(note) if note else Link(""),
        line=place.line,
        before=before,
        marked=marked,
        after=after,
        hint=_pieces(finding.hint),
        fix=finding.fix.title if finding.fix else "",
    )


def _pieces(text: str) -> tuple[Piece, ...]:
    """A sentence with its values in backticks."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:  # an odd backtick: the value holds one
        return (Piece(text, code=False),)
    return tuple(Piece(piece, code=bool(index % 2)) for index, piece in enumerate(pieces) if piece)


def _excerpt(finding: Finding, source: str) -> tuple[str, str, str]:
    """The line of a finding: what stands before it, the finding itself, and what follows."""
    place = finding.place
    lines = source.split("\n")
    if place.line > len(lines) or not lines[place.line - 1].strip():
        return "", "", ""
    line = lines[place.line - 1]
    start = min(place.column - 1, len(line))
    end = place.end_column - 1 if place.end_line in (0, place.line) and place.end_column else start
    marked = line[start:end] if place.end_line in (0, place.line) else line[start:]
    first = max(start - _MOST // 2, 0)
    before = ("…" if first else "") + line[first:start]
    after = line[start + len(marked) :]
    return before, marked[:_MOST], after[:_MOST] + ("…" if len(after) > _MOST else "")
