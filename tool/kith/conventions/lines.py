"""One line of a log: `DATE KIND [by CHANNEL][: text]`, and what is understood besides."""

import re
from datetime import date

import msgspec

from kith.dates import DateError, read_date
from kith.model import CHANNELS, LOG_KINDS

SYNONYMS = {
    "thanks": "thank-you",
    "thanked": "thank-you",
    "thank you": "thank-you",
    "nudged": "nudge",
    "replied": "reply",
    "updated": "update",
}

_KIND_WORDS = sorted([*LOG_KINDS, *SYNONYMS], key=len, reverse=True)
# Case is folded within ASCII only: elsewhere `ı` and `ſ` would pass for letters of a kind.
_LINE = re.compile(
    rf"(?P<date>\S+?)(?P<colon>:)?\s+(?P<kind>(?ai:{'|'.join(map(re.escape, _KIND_WORDS))}))(?![\w-])(?P<rest>.*)",
    re.DOTALL,
)
_TEXT = re.compile(r"(?P<gap>\s*):\s*(?P<text>.*)", re.DOTALL)
_BY = re.compile(
    r"\s+(?P<by>(?ai:by)\s+)?(?P<channel>[\w-]+)(?P<gap>\s*)(?P<colon>:)?\s*(?P<text>.*)",
    re.DOTALL,
)
_BY_UNKNOWN = re.compile(r"\s+(?ai:by)\s+(?P<text>.+)", re.DOTALL)


class Mend(msgspec.Struct, frozen=True):
    """What would make a line usual: `text` in place of what stands from `start` to `end`, counted from 0."""

    start: int
    end: int
    text: str


class ParsedLine(msgspec.Struct, frozen=True):
    """What a log line says, and what would bring it into its usual form. `str()` is that form."""

    date: date
    kind: str
    channel: str = ""
    text: str = ""
    mends: tuple[Mend, ...] = ()

    def __str__(self) -> str:
        by = f" by {self.channel}" if self.channel else ""
        return f"{self.date} {self.kind}{by}" + (f": {self.text}" if self.text else "")


def parse_log_line(line: str) -> ParsedLine | str:
    """A log line such as `2026-10-01 outreach by email: asked`, or why it is none."""
    match = _LINE.fullmatch(line)
    words = line.split(maxsplit=2)
    try:
        day = read_date(match["date"] if match else words[0].rstrip(":") if words else "")
    except DateError as error:
        return f"the log line does not begin with a date: {error}"
    if match is None:
        return f"`{words[1].rstrip(':')}` is no kind of log line" if len(words) > 1 else "the log line has no kind"
    kind = match["kind"].lower()
    kind = SYNONYMS.get(kind, kind)
    mends = [Mend(*match.span("colon"), "")] if match["colon"] else []
    if kind != match["kind"]:
        mends.append(Mend(*match.span("kind"), kind))
    channel, text, more = _parse_rest(match["rest"], match.start("rest"))
    return ParsedLine(day, kind, channel, text.strip(), (*mends, *more))


def _parse_rest(rest: str, at: int) -> tuple[str, str, tuple[Mend, ...]]:
    """Channel, text and mends of what follows the kind; it begins at `at` in its line."""
    if not rest.strip():
        return "", "", ()
    if match := _TEXT.fullmatch(rest):
        return "", match["text"], (Mend(at, at + len(match["gap"]), ""),) if match["gap"] else ()
    match = _BY.fullmatch(rest)
    if match and match["channel"].lower() in CHANNELS and (match["by"] or match["colon"] or not match["text"]):
        return match["channel"].lower(), match["text"], tuple(_channel_mends(match, at))
    if match := _BY_UNKNOWN.fullmatch(rest):
        start = at + match.start("text")
        return "other", match["text"], (Mend(start, start, "other: "),)
    return "other", rest, (Mend(at, at, " by other:"),)


def _channel_mends(match: re.Match[str], at: int) -> list[Mend]:
    """What a known channel lacks: its `by`, its colon, small letters."""
    start, end = at + match.start("channel"), at + match.end("channel")
    gap_end = at + match.end("gap")
    by = "" if match["by"] else "by "
    mends = []
    if by or not match["channel"].islower():
        mends.append(Mend(start, end, by + match["channel"].lower()))
    if match["text"] and not match["colon"]:
        mends.append(Mend(end, gap_end, ": "))
    elif match["colon"] and match["gap"]:
        mends.append(Mend(end, gap_end, ""))
    return mends
