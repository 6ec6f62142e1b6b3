"""Mending what findings offer a fix for, as `check --fix` does.

Each fix is proved by reading the journal again: its finding is gone and no other has come. One that fails the proof is
left out, and so is every fix in a file that cannot be read, but for the one that makes it readable.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import msgspec

from kith import frontmatter
from kith.diagnostics import Edit, Finding, Place
from kith.edit.plan import Change
from kith.edit.source import apply_edits, read_source
from kith.errors import JournalError
from kith.load import decode

MAX_ROUNDS = 20
MAX_LINKS = 4  # of a chain of fixes, each of which leads to the next
GUESSES = {"K203": "unknown-link"}  # their fix guesses who is meant, so it is made only when asked for by name

MISDATED = "K303"  # mended by renaming the file, which is no edit of its text

Find = Callable[[Mapping[str, bytes]], Sequence[Finding]]
_Key = tuple[str, str, str]
_Spot = tuple[_Key, str]

_NUMBERED = re.compile(r"\bline \d+")


class Skipped(msgspec.Struct, frozen=True):
    """A finding whose fix was left out, and why."""

    finding: Finding
    reason: str


class Mended(msgspec.Struct, frozen=True):
    """What became of the fixes.

    `findings` is what is wrong afterwards; `revealed` are those of them that nobody could see while a file was
    unreadable.
    """

    changes: tuple[Change, ...]
    mended: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    findings: tuple[Finding, ...]
    revealed: tuple[Finding, ...] = ()


def mend(files: Mapping[str, bytes], find: Find, is_wanted: Callable[[Finding], bool]) -> Mended:
    """Apply the fixes of the wanted findings; `find` says what is wrong with a journal of such files."""
    mender = _Mender(files, find, is_wanted)
    mender.run()
    return Mended(
        tuple(Change(file, files[file], data) for file, data in mender.files.items() if data != files[file]),
        tuple(mender.mended),
        tuple(mender.skipped.values()),
        tuple(mender.found),
        tuple(mender.revealed),
    )


def may_mend(finding: Finding, named: Collection[str]) -> bool:
    """Whether a fix keeps what was meant; `named` are the codes and names, in lower case, that were asked for."""
    guess = GUESSES.get(finding.code)
    return guess is None or guess in named or finding.code.lower() in named


def add_renames(
    mended: Mended, changes: tuple[Change, ...], renamed: Sequence[Finding], refused: Sequence[Skipped]
) -> Mended:
    """What became of the fixes with the renames that followed them, all in `changes`."""
    return msgspec.structs.replace(
        mended, changes=changes, mended=(*mended.mended, *renamed), skipped=(*mended.skipped, *refused)
    )


def describe(outcome: Mended, *, dry_run: bool) -> str:
    """The sentence that says how much was, or would be, mended."""
    verb = "Would mend" if dry_run else "Mended"
    where = f" in {_count(len(outcome.changes), 'file')}" if outcome.changes else ""
    said = f"{verb} {_count(len(outcome.mended), 'finding')}{where}."
    if outcome.skipped:
        said += f" Left {_count(len(outcome.skipped), 'fix', 'fixes')} out."
    if outcome.revealed:
        said += f" {_count(len(outcome.revealed), 'finding')} could not be seen before."
    return said


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number or 'no'} {one if number == 1 else several or f'{one}s'}"


class _Mender:
    """Mends in rounds: within one, all places are those of the files as they were when it began."""

    def __init__(self, files: Mapping[str, bytes], find: Find, is_wanted: Callable[[Finding], bool]) -> None:
        self.files = dict(files)
        self.find = find
        self.is_wanted = is_wanted
        self.found = find(self.files)
        self.mended: list[Finding] = []
        self.skipped: dict[_Spot, Skipped] = {}
        self.revealed: list[Finding] = []
        self.chosen: list[Finding] = []  # the fixes of this round that have been proved together
        self.chained: list[Finding] = []  # those that they led to, whose places are those after them
        self.outcome = (self.files, self.found)

    def run(self) -> None:
        for _ in range(MAX_ROUNDS):
            candidates = self.candidates()
            if not candidates:
                return
            closed = [finding for finding in candidates if not self.is_open(finding, self.files)]
            if closed:
                for finding in closed:
                    self.open(finding)
                continue
            self.chosen, self.chained, self.outcome = [], [], (self.files, self.found)
            self.accept(_without_overlaps(candidates))
            self.files, self.found = self.outcome
            self.mended += self.chosen + self.chained

    def candidates(self) -> list[Finding]:
        return [
            finding
            for finding in self.found
            if finding.fix is not None and self.is_wanted(finding) and self.spot(finding) not in self.skipped
        ]

    def open(self, finding: Finding) -> None:
        """Make a file readable again; what could not be seen in it before is revealed."""
        after = self.apply([finding], self.files)
        if after is None or not self.is_open(finding, after):
            self.skip(finding, "the file could not be read afterwards either")
            return
        before, found = Counter(map(_key, self.found)), self.find(after)
        self.revealed += _newcomers(found, before)
        self.files, self.found = after, found
        self.mended.append(finding)

    def accept(self, batch: Sequence[Finding]) -> None:
        """Choose all of a batch that keep the proof; halving finds those that do not without trying each."""
        if not batch:
            return
        reason = self.attempt([*self.chosen, *batch])
        if not reason:
            return
        if len(batch) == 1:
            self.skip(batch[0], reason)
            return
        middle = len(batch) // 2
        self.accept(batch[:middle])
        self.accept(batch[middle:])

    def attempt(self, trial: Sequence[Finding]) -> str:
        """Choose these findings if they are gone without others in their place; else say why not.

        What they lead to, and what that leads to, may be mended with them: `organisation: [[x]]` wants two fixes.
        """
        files, mending, chained = self.files, list(trial), list[Finding]()
        allowed = Counter(map(_key, self.found))
        allowed.subtract(map(_key, trial))
        for _ in range(MAX_LINKS):
            after = self.apply(mending, files)
            if after is None:
                return "its place cannot be changed"
            found = self.find(after)
            mending = _newcomers(found, allowed)
            if not mending:
                self.chosen, self.chained, self.outcome = list(trial), chained, (after, found)
                return ""
            stays = [one for one in mending if one.fix is None or not self.is_wanted(one)]
            if stays:
                mending = stays
                break
            files, mending = after, _without_overlaps(mending)
            chained += mending
        return f"it would lead to {mending[0].code} at {mending[0].place}: {mending[0].message}"

    def apply(self, mended: Iterable[Finding], files: Mapping[str, bytes]) -> dict[str, bytes] | None:
        """The files with the fixes of findings applied, None where one of them has no place."""
        edits: dict[str, list[Edit]] = {}
        for edit in _edits(mended):
            edits.setdefault(edit.place.file, []).append(edit)
        after = dict(files)
        for file, its in edits.items():
            try:
                after[file] = apply_edits(read_source(file, files[file]), its).to_bytes()
            except (JournalError, KeyError):
                return None
        return after

    def skip(self, finding: Finding, reason: str) -> None:
        self.skipped[self.spot(finding)] = Skipped(finding, reason)

    def spot(self, finding: Finding) -> _Spot:
        """A finding and the text of its line, which tell two that say the same apart."""
        text = decode(self.files.get(finding.place.file, b""), finding.place.file)[0] or ""
        return _key(finding), (text.split("\n")[finding.place.line - 1 :] or [""])[0]

    def is_open(self, finding: Finding, files: Mapping[str, bytes]) -> bool:
        """Whether all that a fix changes can be read."""
        return all(is_readable(edit.place.file, files) for edit in _edits([finding]))


def is_readable(file: str, files: Mapping[str, bytes]) -> bool:
    """Whether a file has neither a merge conflict nor front matter that cannot be read."""
    text = decode(files[file], file)[0] if file in files else None
    return text is not None and frontmatter.read(text, file).readable


def _key(finding: Finding) -> _Key:
    """What makes a finding the same one after an edit has moved lines."""
    return finding.code, finding.place.file, _NUMBERED.sub("line", finding.message)


def _newcomers(found: Iterable[Finding], known: Mapping[_Key, int]) -> list[Finding]:
    """The findings beyond those that were known, each as often as it was."""
    left = Counter(known)
    new = []
    for finding in found:
        key = _key(finding)
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(finding)
    return new


def _edits(findings: Iterable[Finding]) -> Iterable[Edit]:
    return (edit for finding in findings if finding.fix is not None for edit in finding.fix.edits)


def _without_overlaps(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose fixes touch nothing that an earlier one's touches; the others wait for the next round."""
    taken: dict[tuple[str, int], list[Place]] = {}
    kept = []
    for finding in findings:
        spots = [(row, edit.place) for edit in _edits([finding]) for row in _rows(edit.place)]
        if any(_touches(place, other) for row, place in spots for other in taken.get(row, ())):
            continue
        kept.append(finding)
        for row, place in spots:
            taken.setdefault(row, []).append(place)
    return kept


def _rows(place: Place) -> list[tuple[str, int]]:
    return [(place.file, line) for line in range(place.line, place.end_line + 1)]


def _touches(one: Place, other: Place) -> bool:
    """Whether two places overlap, or meet, so that the order of their changes would count."""
    start = max((one.line, one.column), (other.line, other.column))
    return start <= min((one.end_line, one.end_column), (other.end_line, other.end_column))
