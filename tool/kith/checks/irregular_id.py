"""A note whose file name is no plain id.

## Why

The file's name is what links, commands and addresses of pages call the note. Small letters, digits and hyphens can be
typed everywhere; blanks and capitals have to be quoted or are easily written in two ways. The name in small letters
serves until the file is renamed.

## Bad

    contacts/Dana Lee.md
    ---
    name: Dana Lee
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---
"""

import re
import unicodedata
from collections.abc import Iterator

from kith.diagnostics import Finding, Place, Severity
from kith.study.timeline import Timeline

CODE = "K214"
NAME = "irregular-id"
SEVERITY: Severity = "warning"

_PLAIN = re.compile(r"[a-z0-9-]+")
_FORBIDDEN = frozenset('<>:"\\|?*')  # K009
_RUN = re.compile(r"[^\w]+|_+")


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each note whose id has to be folded or quoted."""
    names = timeline.journal.names
    for note in timeline.journal.notes():
        stem = unicodedata.normalize("NFC", note.file.rpartition("/")[2].removesuffix(".md"))
        if _PLAIN.fullmatch(stem) or all(map(_is_allowed, stem)) or not _FORBIDDEN.isdisjoint(stem):
            continue
        wanted = "-".join(part for part in _RUN.split(unicodedata.normalize("NFC", stem.casefold())) if part)
        free = wanted and wanted != note.id and wanted not in names
        hint = f'rename it: `kith mv "{note.id}" {wanted}`' if free else "rename the file"
        if wanted == note.id:
            hint = f"rename the file to `{wanted}.md`"
        message = f"`{stem}` has other signs than small letters, digits and hyphens"
        yield Finding(CODE, NAME, SEVERITY, message, Place(note.file), hint)


def _is_allowed(sign: str) -> bool:
    """Small letters of any script, and letters without case; the marks that some scripts put on them."""
    return sign in "0123456789-" or unicodedata.category(sign) in ("Ll", "Lo", "Lm", "Mn", "Mc")
