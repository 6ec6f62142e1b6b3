"""The journals that are measured: as large as asked for, always the same, and of one piece."""

import re
from pathlib import PurePosixPath

import pytest

from kith.load import read_journal
from tests.bench.generate import FEWEST, generate


@pytest.mark.parametrize("notes", [FEWEST, 61, 1000])
def test_journal_has_as_many_notes_as_asked_for(notes: int) -> None:
    assert len(generate(notes, seed=1)) == notes


def test_same_seed_gives_the_same_journal() -> None:
    assert generate(100, seed=1) == generate(100, seed=1)
    assert generate(100, seed=1) != generate(100, seed=2)


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    files = generate(1000, seed=1)
    ids = [PurePosixPath(name).stem for name in files]
    linked = {link for text in files.values() for link in re.findall(r"\[\[(.+?)\]\]", text)}
    assert len(set(ids)) == len(ids)
    assert linked <= set(ids)


def test_nothing_is_wrong_with_the_notes() -> None:
    files = {name: text.encode() for name, text in generate(300, seed=1).items()}
    assert read_journal(files)[1] == ()
