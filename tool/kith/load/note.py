"""What a file of the journal is by its name, and what is known of it by itself."""

import re
import unicodedata
from typing import Literal

from kith.diagnostics import Finding, Value
from kith.model import (
    FOLDERS,
    AnyNote,
    Body,
    JottedLine,
    Journal,
    Kind,
    Owner,
)

_DATED_STEM = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-(.+))?", re.ASCII)
_LEFTOVER = re.compile(
    r"\..*|#.*#|.*~|4913|.*\.(?:sw[a-z]|tmp|bak|bck|orig|kate-swp|crswap)|.*___jb_\w+___|~\$.*|Thumbs\.db|desktop\.ini",
    re.IGNORECASE | re.DOTALL,
)
_CONFLICTED = re.compile(r"\([^()]*conflicted copy[^()]*\)|\.sync-conflict-|\(case conflict", re.IGNORECASE)

FileKind = Kind | Literal["inbox"]


class ParsedFile(Value, frozen=True):
    """What one file says before it is linked to the others. `note` is None where it could not be read as a whole."""

    file: str
    id: str
    kind: FileKind
    note: AnyNote | None = None
    jotted: tuple[JottedLine, ...] = ()
    findings: tuple[Finding, ...] = ()


def fold_name(text: str) -> str:
    """A name as links are compared: NFC, without case, spaces single."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return " ".join((folded if folded.isascii() else unicodedata.normalize("NFC", folded)).split())


def fold_id(stem: str) -> str:
    """The id that a file's stem gives: folded as the links that name it are."""
    return fold_name(stem) or stem


def is_leftover(name: str) -> bool:
    """Whether a file or folder is hidden, or was left behind by an editor or a system."""
    if name.endswith(".md") and name[0] not in ".~":
        return False  # as most names are
    return _LEFTOVER.fullmatch(name) is not None


def kind_of(file: str) -> FileKind | Literal["stray", "conflicted"] | None:
    """What a file of the journal is: the folder says the kind. None: nothing of ours, silently left alone."""
    if file in ("journal.md", "inbox.md"):
        return "journal" if file == "journal.md" else "inbox"
    folder, *rest = file.split("/")
    if not rest or folder not in FOLDERS or any(map(is_leftover, rest)):
        return None
    if _CONFLICTED.search(rest[-1]):
        return "conflicted"
    return FOLDERS[folder] if rest[-1].endswith(".md") else "stray"


def split_meeting_stem(stem: str) -> tuple[str, str]:
    """The date and the contact that a meeting's file name begins with and ends in, each `""` where there is none."""
    match = _DATED_STEM.fullmatch(stem)
    return (match[1], match[2] or "") if match else ("", "")


EMPTY = Journal(Owner(id="journal", file="journal.md", body=Body()))
