r"""The cases of `tests/checks/*.md`: how they are read, run, and written anew.

A file is a code: `K209-missing-attachment.md` with the title `# K209 missing-attachment` and a few words. Each `##`
begins a case. In a case

    `contacts/dana-lee.md`:

and the fence below it are a file; its info string is `note`, or

- `note escaped`: with `\xe9` (a byte), `\u2028` (a character), `\r`, `\t`, `\\`, and `\{500|ab}` for five hundred
  times `ab`; a `\` at the end of a line joins it to the next
- `note unreadable`: the computer does not let us read it
- `link`: a symbolic link to what the fence says, from the folder of the link

A line "There is `attachments/card.png`." puts an empty file there; "Today is 2026-12-24." sets the day, which else is
2026-11-22. A journal without a `journal.md` gets a plain one. The fence `findings` is the expectation: every finding of
the journal, as `CODE severity file:line:column-end message` with its help and its fix below it, or `none`. It is
written by `--snapshot-update`.
"""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from kith import checks
from kith.diagnostics import Edit, Finding, Place, sort_key
from kith.load import decode, load_journal, read_journal

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 22)
JOURNAL = b"---\ntitle: A journal\nname: Robin Vale\n---\n"

_FILE = re.compile(r"`(?P<path>[^`]+)`:\n\n(?P<fence>`{3,}|~{3,})(?P<info>.*)\n(?P<text>(?:.*\n)*?)(?P=fence)\n")
_FENCE = re.compile(r"`{3,}|~{3,}")
_THERE = re.compile(r"^There is `([^`]+)`\.$", re.MULTILINE)
_TODAY = re.compile(r"^Today is (\d{4}-\d{2}-\d{2})\.$", re.MULTILINE)
_FINDINGS = re.compile(r"^```findings\n(?P<text>(?:.*\n)*?)```\n", re.MULTILINE)
_ESCAPE = re.compile(rb"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|\{(\d+)\|([^}]*)\}|(.|\n))")
_LETTERS = {b"r": b"\r", b"t": b"\t", b"n": b"\n", b"\\": b"\\", b"\n": b""}


@dataclass(frozen=True)
class Case:
    """A journal and what is expected of it; `source` is the case as it stands in its file."""

    title: str
    source: str
    files: Mapping[str, bytes]
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    unreadable: frozenset[str] = frozenset()
    today: date = TODAY
    expected: str | None = None

    def run(self) -> tuple[Finding, ...]:
        """Return the findings of the journal."""
        if not self.links and not self.unreadable:
            journal, found = read_journal(self.files, frozenset(self.attachments))
        else:
            with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
                self.write(Path(folder), patch)
                loaded = load_journal(Path(folder))
                journal, found = loaded.journal, loaded.findings
        return tuple(sorted((*found, *checks.check(journal, self.today)), key=sort_key))

    def write(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        """Write the journal into a folder."""
        files = {**self.files, **self.attachments}
        for name in (*files, *self.links):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (root / name).write_bytes(data)
        for name, target in self.links.items():
            (root / name).symlink_to(target)
        # root may read everything, so that permissions alone would not do
        closed, read = {root / name for name in self.unreadable}, Path.read_bytes

        def read_bytes(path: Path) -> bytes:
            if path in closed:
                raise PermissionError(13, os.strerror(13))
            return read(path)

        patch.setattr(Path, "read_bytes", read_bytes)

    def texts(self) -> dict[str, str]:
        """Return the texts of those files that have one."""
        decoded = ((name, decode(data, name)[0]) for name, data in self.files.items())
        return {name: text for name, text in decoded if text is not None}


def read_cases(text: str) -> tuple[str, list[Case]]:
    """Return what stands above the first case of a file, and its cases."""
    parts = [""]
    fence = ""
    for line in text.splitlines(keepends=True):
        if not fence and line.startswith("## "):
            parts.append("")
        elif (match := _FENCE.match(line)) and (not fence or line.rstrip() == fence):
            fence = "" if fence else match[0]
        parts[-1] += line
    return parts[0], [read_case(part) for part in parts[1:]]


def read_case(source: str) -> Case:
    """Return the case that the part of a file under one `##` states."""
    files: dict[str, bytes] = {}
    links: dict[str, str] = {}
    unreadable = set()
    for match in _FILE.finditer(source):
        words = match["info"].split()
        if words[0] == "link":
            links[match["path"]] = match["text"].strip()
            continue
        data = match["text"].encode()
        files[match["path"]] = unescape(data) if "escaped" in words else data
        if "unreadable" in words:
            unreadable.add(match["path"])
    expected = _FINDINGS.search(source)
    today = _TODAY.search(source)
    attachments = dict.fromkeys(_THERE.findall(source), b"")
    attachments |= {name: data for name, data in files.items() if name.startswith("attachments/")}
    files = {name: data for name, data in files.items() if name not in attachments}
    return Case(
        title=source.partition("\n")[0].removeprefix("## "),
        source=source,
        files={"journal.md": JOURNAL, **files},
        attachments=attachments,
        links=links,
        unreadable=frozenset(unreadable),
        today=date.fromisoformat(today[1]) if today else TODAY,
        expected=expected["text"] if expected else None,
    )


def unescape(data: bytes) -> bytes:
    """Return the bytes that an escaped block states."""

    def value(match: re.Match[bytes]) -> bytes:
        byte, sign, count, text, letter = match.groups()
        if byte:
            return bytes.fromhex(byte.decode())
        if sign:
            return chr(int(sign, 16)).encode("utf-8", "surrogatepass")
        return text * int(count) if count else _LETTERS[letter]

    return _ESCAPE.sub(value, data)


def describe(findings: tuple[Finding, ...]) -> str:
    """Return findings as the fence `findings` holds them."""
    return "".join(_lines(finding) for finding in findings) or "none\n"


def _lines(finding: Finding) -> str:
    title = f"{finding.code} {finding.severity} {show_place(finding.place)} {finding.message}\n"
    help_ = f"    help: {finding.hint}\n" if finding.hint else ""
    return title + help_ + (f"    fix: {finding.fix.title}\n" if finding.fix else "")


def show_place(place: Place) -> str:
    """Return a place with its end; a place without one is a whole file."""
    if not place.end_line:
        return str(place)
    return f"{place}-{f'{place.end_line}:' if place.end_line != place.line else ''}{place.end_column}"


def with_expectation(case: Case, text: str) -> str:
    """Return the source of a case with this text in its fence `findings`."""
    block = f"```findings\n{text}```\n"
    if case.expected is not None:
        return _FINDINGS.sub(lambda _: block, case.source, count=1)
    return f"{case.source.rstrip()}\n\n{block}\n"


def apply_edits(text: str, edits: tuple[Edit, ...]) -> str:
    """Return the text after edits that do not overlap."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for edit in sorted(edits, key=lambda one: one.place, reverse=True):
        place = edit.place
        begin = starts[place.line - 1] + place.column - 1
        end = starts[place.end_line - 1] + place.end_column - 1
        text = text[:begin] + edit.text + text[end:]
    return text


def case_files() -> Iterator[Path]:
    """Yield the files of cases in the order of their codes."""
    yield from sorted(FOLDER.glob("K*.md"))
