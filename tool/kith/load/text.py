"""Bytes of a note to its text."""

import re

from kith.diagnostics import Finding, Place, span

MAX_BYTES = 1_048_576

_BOM = b"\xef\xbb\xbf"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_CONFLICT_START = re.compile(r"^<{7}(?: |$)", re.MULTILINE)
_CONFLICT_END = re.compile(r"^>{7}(?: |$)", re.MULTILINE)


def decode(data: bytes, file: str) -> tuple[str | None, tuple[Finding, ...]]:
    r"""The text of a note with `\n` for every newline, and what is wrong with its bytes.

    The text is None where the note cannot be read as a whole; then there is exactly one finding, an error.
    """
    if len(data) > MAX_BYTES:
        message = f"the note has {len(data)} bytes, more than {MAX_BYTES}, and is not read"
        hint = "split it, or keep it as a file in `attachments/`"
        return None, (Finding("K006", "note-too-large", "error", message, Place(file), hint),)
    findings: list[Finding] = []
    if data.startswith(_BOM):
        message = "the file begins with a byte order mark, which is accepted"
        hint = "save it as UTF-8 without one"
        findings.append(Finding("K002", "byte-order-mark", "info", message, Place(file), hint))
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        return None, (_not_utf8(data, error.start + len(data) - len(error.object), file),)
    text, newlines = normalize_newlines(text)
    if len(newlines) > 1:
        names = " and ".join(newlines)
        findings.append(Finding("K003", "mixed-newlines", "info", f"the lines end in {names}", Place(file)))
    if (conflict := _find_conflict(text, file)) is not None:
        return None, (conflict,)
    if match := _CONTROL.search(text):
        count = len(_CONTROL.findall(text))
        place = _place(text, match.start(), file)
        message = f"the control character U+{ord(match[0]):04X} stands here" + (
            f", and {count - 1} more below" if count > 1 else ""
        )
        findings.append(Finding("K004", "control-character", "warning", message, place, "delete it"))
        text = _CONTROL.sub("\ufffd", text)
    return text, tuple(findings)


def normalize_newlines(text: str) -> tuple[str, tuple[str, ...]]:
    r"""The text with `\n` for every newline, and the names of the newlines it had, most usual first."""
    if "\r" not in text:
        return text, ("LF",)
    counts = {"CRLF": text.count("\r\n")}
    counts["LF"] = text.count("\n") - counts["CRLF"]
    counts["CR"] = text.count("\r") - counts["CRLF"]
    used = sorted((name for name in counts if counts[name]), key=lambda name: -counts[name])
    return text.replace("\r\n", "\n").replace("\r", "\n"), tuple(used)


def _not_utf8(data: bytes, at: int, file: str) -> Finding:
    """The finding for the byte at `at`; the bytes before it are UTF-8."""
    before = data[:at].decode("utf-8", "replace").removeprefix("\ufeff")
    guess = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "WINDOWS-1252"
    message = f"byte {at} (`0x{data[at]:02x}`) is not UTF-8, so the note is not read"
    hint = f"if it is {guess}: iconv -f {guess} -t UTF-8"
    text, _ = normalize_newlines(before)
    return Finding("K001", "not-utf8", "error", message, _place(text, len(text), file), hint)


def _find_conflict(text: str, file: str) -> Finding | None:
    start = _CONFLICT_START.search(text)
    if start is None or not _CONFLICT_END.search(text, start.end()):
        return None
    message = "a merge conflict stands here, and until it is resolved the note is not read"
    place = _place(text, start.start(), file, 7)
    hint = "keep what is right and delete the lines of `<<<<<<<`, `=======` and `>>>>>>>`"
    return Finding("K005", "merge-conflict", "error", message, place, hint)


def _place(text: str, index: int, file: str, length: int = 1) -> Place:
    line = text.count("\n", 0, index) + 1
    return span(file, line, index - (text.rfind("\n", 0, index) + 1) + 1, length)
