"""A file name that another system cannot hold.

## Why

A journal moves: to a phone, to Windows, to a git host. A name that one of them refuses makes the whole copy fail
there, and two names that differ only in case become one file.

## Bad

    contacts/aux.md
    ---
    name: Auxiliadora Reyes
    ---

## Good

    contacts/auxiliadora-reyes.md
    ---
    name: Auxiliadora Reyes
    ---
"""

import re
import unicodedata
from collections.abc import Iterator

from kith.diagnostics import Finding, Place, Severity
from kith.model import Journal
from kith.study.timeline import Timeline

CODE = "K009"
NAME = "unportable-name"
SEVERITY: Severity = "warning"

MAX_BYTES = 200  # Linux takes 255, but encrypted folders, sync tools and longer endings take from that

_NOT_UTF8 = re.compile(r"\\x[0-9a-f]{2}")
_SUSPECT = re.compile(
    r"""(?P<sign>[<>:"\\|?*\x00-\x1f])"""
    r"|(?P<end>[. ])(?=/|$)"
    r"|(?:^|/)(?P<reserved>con|prn|aux|nul|com[1-9]|lpt[1-9])\s*(?:\.[^/]*)?(?=/|$)",
    re.IGNORECASE,
)


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each path that does not travel."""
    seen: dict[str, str] = {}
    for file in _paths(timeline.journal):
        message = _trouble(file)
        folded = unicodedata.normalize("NFC", file).casefold()
        if not message and (first := seen.setdefault(folded, file)) != file:
            message = f"`{file}` and `{first}` are one file on Windows and macOS"
        if message:
            yield Finding(CODE, NAME, SEVERITY, message, Place(file), "rename the file")


def _paths(journal: Journal) -> list[str]:
    notes = (note.file for note in journal.notes())
    return sorted({*notes, *journal.unreadable.values(), *journal.attachments})


def _trouble(file: str) -> str:
    """What is wrong with a path by itself, `""` where nothing is."""
    if (match := _SUSPECT.search(file)) is not None:
        start, end = file.rfind("/", 0, match.end()) + 1, file.find("/", match.end())
        name = file[start : end if end >= 0 else None]
        if _NOT_UTF8.search(name):
            return f"the name `{name}` has bytes that are not UTF-8"
        if match["sign"]:
            return f"`{match['sign']}` in the name `{name}` is not allowed on Windows"
        if match["end"]:
            return f"the name `{name}` ends in a dot or a space, which Windows drops"
        return f"the name `{name}` is reserved on Windows"
    longest = max(len(name.encode()) for name in file.split("/")) if len(file) > MAX_BYTES // 4 else 0
    if longest > MAX_BYTES:
        return f"the name has {longest} bytes, and not every system takes more than {MAX_BYTES}"
    return ""
