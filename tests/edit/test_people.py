"""Snoozing, parking and closing add keys; waking takes them away again, and not one byte more."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.edit.people import close, find_reason, park, snooze, wake
from kith.edit.source import Source, read_source
from kith.errors import JournalError
from tests.edit.journals import IDS, JOURNAL, journals, read

DAY = date(2026, 12, 1)
EDITS: list[tuple[Callable[[Source], Source], tuple[str, ...]]] = [
    (lambda source: snooze(source, DAY), ("snooze",)),
    (park, ("parked",)),
    (lambda source: close(source, DAY, "moved-on"), ("closed", "closed-because")),
]


@settings(max_examples=25)
@given(journals(), st.sampled_from(IDS), st.sampled_from(EDITS))
def test_waking_gives_the_old_bytes_back(
    files: dict[str, bytes], who: str, edit: tuple[Callable[[Source], Source], tuple[str, ...]]
) -> None:
    change, keys = edit
    file = f"contacts/{who}.md"
    after = change(read_source(file, files[file]))
    assert after.to_bytes() != files[file]
    contact = read({**files, file: after.to_bytes()}).contacts[who]
    assert (contact.snooze == DAY, contact.parked, contact.closed == DAY) == tuple(
        key in keys for key in ("snooze", "parked", "closed")
    )
    assert wake(after, keys).to_bytes() == files[file]


def test_a_key_that_is_there_keeps_its_place_and_its_comment() -> None:
    source = read_source("contacts/dana-lee.md", b"---\nparked: no # for now\nname: Dana\nsnooze:\n---\n")
    after = snooze(park(source), DAY).to_bytes()
    assert after == b"---\nparked: yes # for now\nname: Dana\nsnooze: 2026-12-01\n---\n"
    assert read({"journal.md": JOURNAL, "contacts/dana-lee.md": after}).contacts["dana-lee"].parked


@pytest.mark.parametrize(
    "word,reason", [("n", "no-reply"), ("Declined", "declined"), ("a", "asked-to-stop"), ("other", "other")]
)
def test_reasons_by_their_beginning(word: str, reason: str) -> None:
    assert find_reason(word) == reason


@pytest.mark.parametrize("word", ["", "x", "no reply"])
def test_other_words_are_no_reason(word: str) -> None:
    with pytest.raises(JournalError):
        find_reason(word)
