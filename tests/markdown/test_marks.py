"""Marks: they show what the Markdown does that they stand for, and nothing where Markdown means nothing."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.markdown import Target, mark_label, mark_link, mark_note, to_html
from kith.markdown.parsing import WORDS

PAGE = "questions/what-else.html"
AROUND = st.sampled_from(["", " and more", " *more*", " [[dana-lee]]", "\n  > more"])


def resolve(kind: str, target: str) -> Target | None:
    """Know one page."""
    return Target(f"../{PAGE}", "What else?") if (kind, target) == ("file", PAGE) else None


def shown(text: str) -> str:
    """Return the HTML of a paragraph within its tags."""
    return to_html(text, resolve).removeprefix("<p>").removesuffix("</p>\n")


@given(st.sampled_from(["- ", "- [x] ", "", "a "]), st.from_regex(WORDS, fullmatch=True), AROUND)
def test_a_mark_shows_what_its_markdown_does(before: str, words: str, after: str) -> None:
    bare = words.replace('"', "").strip()
    for mark, markdown in (
        (mark_label(bare), f"***{bare}***"),
        (mark_note(bare), f"*{bare}*"),
        (mark_link(bare, PAGE), f"[{bare}]({PAGE})"),
    ):
        assert mark != markdown
        assert to_html(f"{before}{mark}{after}", resolve) == to_html(f"{before}{markdown}{after}", resolve)


@pytest.mark.parametrize("words", ["pro ([[dana-lee]])", "pro (*a*)", "pro (`a`)", 'pro ("a")', "pro (a > b)"])
def test_words_with_signs_are_left_to_markdown(words: str) -> None:
    assert mark_label(words) == f"***{words}***"
    assert mark_link(words, PAGE) == f"[{words}]({PAGE})"


def test_a_mark_between_signs_is_shown() -> None:
    assert shown(f"*a* {mark_label('pro')} `b`") == "<em>a</em> <em><strong>pro</strong></em> <code>b</code>"
    assert shown(f"**a {mark_note('(due)')}**") == "<strong>a <em>(due)</em></strong>"


@pytest.mark.parametrize("text", ["`a {}`", "```\n{}\n```", "    {}", "![a {} `b`](c)", "[a {} *b*](#c)"])
def test_where_markdown_means_nothing_the_words_are_left(text: str) -> None:
    for mark in (mark_note("(due 1 May)"), mark_label("pro"), mark_link("What else?", PAGE)):
        html = to_html(text.format(mark), resolve)
        assert not set(html) & set("\x01\x02\x03")
        assert PAGE not in html


def test_nesting_without_end_keeps_the_words() -> None:
    assert to_html("> " * 100 + mark_note("(due)")) == "<pre>" + escape("> " * 100) + "(due)</pre>\n"


def test_an_address_that_is_no_page_is_no_link() -> None:
    assert shown("\x01javascript:a\x02words\x03") == '<span class="no-link">words</span>'
    assert shown("\x01nowhere\x02words\x03") == '<span class="no-link">words</span>'
