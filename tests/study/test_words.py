"""Words that sentences share."""

import pytest

from kith.study.words import join_words, number_word, plain_item, plain_names, with_names
from tests.followups.cases import make_journal


@pytest.mark.parametrize(
    "words,expected", [(["Ann"], "Ann"), (["Ann", "Bo"], "Ann and Bo"), (["Ann", "Bo", "Cy"], "Ann, Bo and Cy")]
)
def test_join(words: list[str], expected: str) -> None:
    assert join_words(words) == expected


def test_numbers() -> None:
    assert [number_word(count) for count in (0, 1, 10, 11)] == ["no", "one", "ten", "11"]


def test_a_link_to_somebody_is_their_name() -> None:
    journal = make_journal({"contacts/ann.md": "---\nname: Ann Lee\n---\n", "paths/law.md": "---\ntitle: Law\n---\n"})
    assert plain_names("*met*  [[ann]], [[ann|her]], [[law]] and [[bo]]", journal) == "met Ann Lee, her, law and bo"


def test_items_are_plain_with_and_without_links() -> None:
    text = "- read: *Being  Mortal*\n- promise: [[ann]] *again*\n- try: rest\n"
    journal = make_journal({"contacts/ann.md": f"---\nname: Ann Lee\n---\n{text}"})
    items = journal.contacts["ann"].items
    assert [plain_item(item, journal) for item in items] == ["Being Mortal", "Ann Lee again", "rest"]


def test_links_in_a_text_that_stays_as_it_is_are_names() -> None:
    files = {"contacts/ann.md": "---\nname: Ann Lee\n---\n"}
    text = "- what *she* and [[ann]] said\n- [[ann|Ann]], not [[nobody]]"
    assert with_names(text, make_journal(files)) == "- what *she* and Ann Lee said\n- Ann, not nobody"
