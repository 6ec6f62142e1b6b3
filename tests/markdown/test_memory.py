"""Short ways and memory give what the parser gives."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith import markdown
from kith.markdown import Target, _plain, forget_unasked, keep_rendered, memory, plain, to_html

PIECES = st.sampled_from(
    ["[[", "]]", "[", "]", "!", "|", " ", "a", "Dana Lee", "#", "`", "*", "\n", "\\", "&amp;", "x.md"]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_line_of_nothing_but_wikilinks_needs_no_parser(text: str) -> None:
    if markdown._MARKUP.search(text):
        assert plain(text, str.upper) == _plain(text, str.upper)


@pytest.fixture
def _memory() -> Iterator[None]:
    keep_rendered(2)
    yield
    keep_rendered(0)


def leading_to(*known: str) -> Callable[[str, str], Target | None]:
    """Return a resolver that knows some names."""
    return lambda _kind, target: Target(f"{target}.html", target.upper()) if target in known else None


@pytest.mark.usefixtures("_memory")
def test_what_was_rendered_counts_as_long_as_links_lead_where_they_led() -> None:
    text = "See [[dana]] and [[sam]]."
    for known in ((), ("dana",), ("dana", "sam"), ("sam",), ("sam",), ()):
        made = to_html(text, leading_to(*known))
        for name in ("dana", "sam"):
            assert (f'href="{name}.html"' in made) is (name in known)
    for number in range(5):
        assert f"<em>number</em> {number}" in to_html(f"*number* {number}")


@pytest.mark.usefixtures("_memory")
def test_what_nobody_asks_for_is_forgotten() -> None:
    asked: list[str] = []

    def resolve(_kind: str, target: str) -> None:
        asked.append(target)

    for text in ("*the* [[kept]]", "*the* [[left]]"):
        to_html(text, resolve)
    for _ in range(2):
        forget_unasked()
        to_html("*the* [[kept]]", resolve)
    assert asked == ["kept", "left", "kept", "kept"]  # each time whether it still leads where it led
    assert [key[1] for kept in memory._kept for key in kept] == ["*the* [[kept]]"] * 2
