"""Plans: what will be written, as values. Nothing here touches the disk."""

import difflib
import re
from collections.abc import Iterable, Mapping

import msgspec

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class Change(msgspec.Struct, frozen=True):
    """One file before and after; `before` None: it is new, `after` None: it is deleted.

    `moved_to` is the path it moves to, where it does.
    """

    path: str
    before: bytes | None
    after: bytes | None
    moved_to: str = ""

    @property
    def target(self) -> str:
        """The path that the file has afterwards."""
        return self.moved_to or self.path


class Plan(msgspec.Struct, frozen=True):
    """Changes that belong together: all of them are made, or none."""

    changes: tuple[Change, ...]

    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return all(change.before == change.after and not change.moved_to for change in self.changes)


def combine(first: Iterable[Change], then: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that do at once what `first` does and `then`, planned on its outcome, does after it."""
    done = {change.target: change for change in first}
    for change in then:
        before = done.pop(change.path, None)
        if before is None:
            done[change.target] = change
        else:
            moved = change.moved_to or before.moved_to
            moved = "" if moved == before.path else moved
            done[change.target] = Change(before.path, before.before, change.after, moved)
    return tuple(done.values())


def outcome(files: Mapping[str, bytes], changes: Iterable[Change]) -> dict[str, bytes]:
    """The files as they are after changes."""
    after = dict(files)
    made = list(changes)
    for change in made:
        after.pop(change.path, None)
    after.update({change.target: change.after for change in made if change.after is not None})
    return after


def show_diff(plan: Plan) -> str:
    """The plan as a unified diff, as git shows it."""
    pieces: list[str] = []
    for change in plan.changes:
        if change.moved_to:
            pieces.append(f"rename from {change.path}\nrename to {change.moved_to}\n")
        old = "/dev/null" if change.before is None else f"a/{change.path}"
        new = "/dev/null" if change.after is None else f"b/{change.target}"
        pieces.extend(difflib.unified_diff(_lines(change.before), _lines(change.after), old, new))
    return "".join(piece if piece.endswith("\n") else f"{piece}\n\\ No newline at end of file\n" for piece in pieces)


def _lines(data: bytes | None) -> list[str]:
    """The lines of a file; a lone carriage return ends one too, and is shown as a line feed."""
    if data is None:
        return []
    rows = _LINE.findall(data.decode("utf-8", "backslashreplace"))
    return [f"{row[:-1]}\n" if row.endswith("\r") else row for row in rows]
