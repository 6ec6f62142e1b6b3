"""Full text: what is found, in which order, and where."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kith.study.search import WIDTH, fold_text, read_terms, search

CARD = "---\nname: Zoë González\naliases: Zo\nrole: nurse\n---\n\n## Night work\n\nShe nurses at night.\n"
TEXTS = {
    "contacts/zoe.md": CARD,
    "contacts/sam.md": "---\nname: Sam Nurse\n---\nKnows Zoë.\n",
    "meetings/2026-11-03-zoe.md": "---\nstatus: held\n---\nTalked of nursing.\n",
}


def found(*words: str) -> list[tuple[str, list[int]]]:
    """Return the files found with the lines shown."""
    return [(hit.file, [spot.line for spot in hit.spots]) for hit in search(TEXTS, read_terms(words))]


def test_all_terms_begin_a_word_somewhere_in_the_note() -> None:
    assert found("gonzalez") == [("contacts/zoe.md", [2])]
    assert found("GONZÁ", "night") == [("contacts/zoe.md", [2, 7])]
    assert found("zález") == []
    assert found("zoe", "sam") == [("contacts/sam.md", [2, 4])]


def test_names_count_more_than_text_and_words_more_than_beginnings() -> None:
    assert [file for file, _ in found("nurs")] == [
        "contacts/sam.md",
        "contacts/zoe.md",
        "meetings/2026-11-03-zoe.md",
    ]
    assert found("night") == [("contacts/zoe.md", [7])]


def test_a_word_of_the_id_counts_as_a_name_and_shows_the_first_line() -> None:
    assert found("2026") == [("meetings/2026-11-03-zoe.md", [1])]
    assert found("zoe", "nursing") == [("meetings/2026-11-03-zoe.md", [4])]


def test_excerpts_of_long_lines_hold_the_word() -> None:
    text = "x " * 200 + "needle " + "y " * 200
    ((hit,)) = search({"a.md": text}, ("needle",))
    (spot,) = hit.spots
    assert "needle" in spot.text
    assert spot.text.startswith("…")
    assert spot.text.endswith("…")
    assert len(spot.text) <= WIDTH + 2
    assert spot.column == 401


def test_nothing_to_look_for_finds_nothing() -> None:
    assert read_terms(["...", "-"]) == ()
    assert search(TEXTS, ()) == ()


@given(st.text())
def test_folding_keeps_lines_and_knows_no_form_of_unicode(text: str) -> None:
    assert fold_text(text).count("\n") == text.count("\n")
    assert fold_text(unicodedata.normalize("NFD", text)) == fold_text(unicodedata.normalize("NFC", text))


@given(st.lists(st.text(st.characters(categories=["L", "N", "Zs"]), max_size=20), max_size=5), st.integers(0, 20))
def test_every_word_of_a_text_is_found_at_its_line(lines: list[str], seed: int) -> None:
    text = "\n".join(lines)
    terms = read_terms([text])
    if terms:
        term = terms[seed % len(terms)]
        (hit,) = search({"a.md": text}, (term,))
        assert all(1 <= spot.line <= len(lines) for spot in hit.spots)
