"""Commands one after the other: what is refused changes nothing, and what is wrong afterwards was said."""

import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.checks import check
from kith.load import read_journal
from kith.model import CHANNELS, CLOSED_BECAUSE, LABELS, LOG_KINDS
from tests.edit.journals import IDS, journals
from tests.test_cli import Answer, run_kith

TODAY = date(2026, 11, 5)
NEW = ("nora-bell", "Null", "#ai", "a: b", "😀", "דנה", "Dana", "O'Neil, Ed")
TEXTS = (
    "",
    "yes, gladly",
    "it's: #1",
    "- a list",
    "[[sam-ortiz]] was there",
    "`code",
    "a  b\tc",
    "é ü",
    "due:friday",
    "*b*",
)
DAYS = ("2026-10-10", "2026-11-04", "yesterday", "tuesday", "today")
AHEAD = ("+2w", "2026-11-05", "monday", "2027-01-01")


def _words(*options: st.SearchStrategy[str] | str) -> st.SearchStrategy[list[str]]:
    return st.tuples(*(st.just(one) if isinstance(one, str) else one for one in options)).map(list)


who = st.sampled_from((*IDS, *IDS, *IDS, "nora", "Dana", "Null"))
meeting = st.sampled_from((*IDS, "2026-11-03", "2026-11-03", "2026-11", "2027"))
text, day, ahead = st.sampled_from(TEXTS), st.sampled_from(DAYS), st.sampled_from(AHEAD)
COMMANDS = st.one_of(
    _words("log", "--on", day, "--by", st.sampled_from(CHANNELS), "--", who, st.sampled_from(tuple(LOG_KINDS)), text),
    _words("log", "--force", "--", who, st.sampled_from(("outreach", "nudge", "asked")), text),
    _words("intro", "--by", who, "--on", day, "--text", text, "--", st.sampled_from((*NEW, *IDS))),
    _words("new", "contact", "--force", "--via", who, "--role", text, "--", st.sampled_from(NEW)),
    _words("new", "meeting", "--force", "--on", st.one_of(day, ahead), "--mode", "phone", "--", who),
    _words("held", meeting, "--took", "20", "--on", day),
    _words("cancelled", meeting),
    _words("park", who),
    _words("move", meeting, st.one_of(day, ahead)),
    _words("debrief", meeting, "--promise", text, "--pro", text, "--name", st.sampled_from(NEW)),
    _words("done", "--on", day, "--", who, st.sampled_from(("call", "x", "who knows", "her"))),
    _words("done", "--not-for-me", st.sampled_from(("call", "knows", "contacts/dana-lee.md:9"))),
    _words("snooze", who, ahead),
    _words("close", who, st.sampled_from(CLOSED_BECAUSE), "--on", day),
    _words("wake", who, "--force"),
    _words("inbox", "--counted"),
    _words("inbox", "call", "--to", who, "--as", st.sampled_from(tuple(LABELS))),
    _words("check", "--fix"),
    _words("mv", who, st.sampled_from(("dana-lee", "anna-b", "ö-k", "Dana"))),
    _words("merge", who, who, "--keep", st.sampled_from("ab")),
    _words("forget", who, "--yes"),
)


def contents(root: Path) -> dict[str, bytes]:
    """Return the bytes of all notes."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.md")}


def wrong(files: Mapping[str, bytes]) -> set[tuple[str, str, str]]:
    """Return what is wrong, wherever its lines are."""
    journal, findings = read_journal(files)
    return {(one.code, one.place.file, one.message) for one in (*findings, *check(journal, TODAY))}


def run(root: Path, words: list[str]) -> Answer:
    """Run a command on the journal."""
    return run_kith(["-C", str(root), "--today", str(TODAY), *words])


@settings(suppress_health_check=list(HealthCheck))
@given(journals(), st.lists(COMMANDS, min_size=1, max_size=6))
def test_any_commands_keep_the_journal_whole(files: dict[str, bytes], commands: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for file, data in files.items():
            (root / file).parent.mkdir(exist_ok=True)
            (root / file).write_bytes(data)
        for words in commands:
            before = contents(root)
            if words[0] != "check":
                run(root, [words[0], *_dry(words)])
                assert contents(root) == before, f"{words} wrote although it was dry"
            answer = run(root, words)
            after = contents(root)
            if answer.code == 2:
                assert after == before, f"{words} was refused, and wrote"
                assert answer.stderr.startswith(b"kith: ") or b"\nkith: " in answer.stderr
                continue
            said = answer.shown
            for code, file, message in wrong(after) - wrong(before):
                assert f"{code}: {message}" in said or words[0] == "check", (
                    f"{words} did not say {code} {file} {message}"
                )
            assert not wrong(after) - wrong(before) or words[0] != "check"
            if words[0] not in ("mv", "merge", "forget", "check"):
                _changed_little(before, after)


def _dry(words: list[str]) -> list[str]:
    rest = words[1:]
    at = 1 if words[0] == "new" else 0
    return [*rest[:at], "--dry-run", *rest[at:]]


def _changed_little(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Lines may be added; few go, and every file keeps its newlines and its byte order mark."""
    old, new = (Counter(row for data in files.values() for row in rows(data)) for files in (before, after))
    assert sum((old - new).values()) <= 6
    for file in before.keys() & after.keys():
        assert before[file].startswith(b"\xef\xbb\xbf") == after[file].startswith(b"\xef\xbb\xbf")
        if b"\n" in before[file] and b"\r\n" not in before[file]:
            assert b"\r" not in after[file]
        if b"\r\n" in before[file]:
            assert after[file].count(b"\n") == after[file].count(b"\r\n")


def rows(data: bytes) -> list[str]:
    """Return the lines of a file without what ends them."""
    return data.decode().removeprefix("\ufeff").splitlines()
