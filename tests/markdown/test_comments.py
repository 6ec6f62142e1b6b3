"""Comments are neither shown nor read; code keeps what looks like one, and every character keeps its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.markdown import strip_comments
from kith.markdown.comments import strip


@pytest.mark.parametrize(
    "text,expected",
    [
        ("a <!-- b --> c", "a  c"),
        ("a %%b%% c", "a  c"),
        ("a <!-- b\nc --> d", "a \n d"),
        ("%%\na\n\nb\n%%\nc", "\n\n\n\n\nc"),
        ("<!--\n\n- [ ] promise: x\n\n-->\nc", "\n\n\n\n\nc"),
        ("<!-- a --><!-- b -->c %%d%%e%%f%%", "c e"),
        ("- <!-- a --> b\n- %%c%%", "-  b\n- "),
        ("> <!-- a\n> b --> c", "> \n c"),
        ("## Log <!-- mine -->", "## Log "),
        ("<!-- a -->\n\n<!-- b -->\n\n<!-- c\n\n--> d <!-- e -->", "\n\n\n\n\n\n d "),
        ("<!-- `a --> b` c", " b` c"),
        ("<!--\n```\n-->\nb\n```\n<!-- c -->\n```", "\n\n\nb\n```\n<!-- c -->\n```"),
        ("a <!-- b -->\n<!-- c\n\nd -->", "a \n\n\n"),
    ],
)
def test_comments_go_and_lines_keep_their_numbers(text: str, expected: str) -> None:
    assert strip_comments(text) == expected
    assert text.count("\n") == expected.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        "no comment",
        "100%% sure",
        "%% of what\n\nanother paragraph\n\n%d",
        "<!-- never closed\n\n- [ ] promise: x",
        "a <!-- not closed in its paragraph\n\nb -->",
        "a %% b\n\n`c %% d`",
        "a %% b\n- c %% d",
        "a %% b\n## c %%",
        "a %% b\n```\n%%d\n```",
        "`<!-- a -->` and ``%%b`%%``",
        "```\n<!-- a -->\n```",
        "~~~ x\n%%a%%\n~~~~\n",
        "```\n%%a%%\n~~~\n``\n%%b%%",
        "- ```\n  %%a%%\n  ```",
        "> ```\n> <!-- a -->\n> ```",
        "1. - ~~~\n     %%a%%",
        "text\n\n    <!-- code -->\n    %%code%%",
        "    %%code%%",
        "- list\n\ntext\n\n    %%code%%",
        "\t%%code%%",
        r"\<!-- a --> and \%%b%%",
        "<!-- a -- b",
    ],
)
def test_what_is_no_comment_stays(text: str) -> None:
    stripped = strip(text)
    assert stripped.text == text
    assert stripped.gaps == {}


@pytest.mark.parametrize(
    "text,expected",
    [
        ("`a` <!-- b --> `c`", "`a`  `c`"),
        ("`a <!-- b -->", "`a "),
        ("``a` <!-- b -->", "``a` "),
        ("```\na\n```\n<!-- b -->", "```\na\n```\n"),
        ("```a`b``` <!-- c -->", "```a`b``` "),
        ("- list\n\n    <!-- a paragraph of the item -->", "- list\n\n    "),
        ("1. list\n    - more\n        %%a%%", "1. list\n    - more\n        "),
        ("> quoted\n\n    text\n\nmore %%a%%", "> quoted\n\n    text\n\nmore "),
        (r"\` <!-- a --> `", r"\`  `"),
        ("100%% sure <!-- a -->", "100%% sure "),
        ("a <!-- b\n\n%%c%%", "a <!-- b\n\n"),
        ("<!-- b\n\n%%c%% <!-- d", "<!-- b\n\n <!-- d"),
        ("<!-- b\n<!-- c\n\n%%d%%", "<!-- b\n<!-- c\n\n"),
    ],
)
def test_what_stands_beside_code_or_an_open_sign_is_a_comment(text: str, expected: str) -> None:
    assert strip_comments(text) == expected


@pytest.mark.parametrize(
    "text,word,column",
    [
        ("abc", "abc", 1),
        ("<!-- x --> abc", "abc", 12),
        ("a <!-- x --> b %%y%% abc", "abc", 22),
        ("a <!-- x\n--> abc %%y%% d", "abc", 5),
        ("a <!-- x\n--> abc %%y%% d", "d", 15),
        ("%%\n\n%%  abc", "abc", 5),
        ("a %%b%%\nc %%d%% abc", "abc", 9),
        ("%%b%%\n\nabc", "abc", 1),
    ],
)
def test_columns_are_found_again(text: str, word: str, column: int) -> None:
    stripped = strip(text)
    line = next(i for i, row in enumerate(stripped.text.split("\n"), 1) if word in row)
    at = stripped.text.split("\n")[line - 1].index(word) + 1
    assert stripped.column(line, at) == column
    assert text.split("\n")[line - 1][column - 1 :].startswith(word)


PIECES = st.sampled_from(
    ["<!--", "-->", "%%", "`", "``", "```\n", "~~~\n", "\n", "\n\n", "- ", "> ", "    ", "\\", "# ", "word", " ", "1. "]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_character_left_is_found_where_it_was(text: str) -> None:
    stripped = strip(text)
    rows, before = stripped.text.split("\n"), text.split("\n")
    assert len(rows) == len(before)
    for line, row in enumerate(rows, 1):
        columns = [stripped.column(line, column) for column in range(1, len(row) + 1)]
        assert columns == sorted(set(columns))
        assert "".join(before[line - 1][column - 1] for column in columns) == row


@pytest.mark.parametrize(
    "text",
    [
        "%%" * 300_000,
        "<!--" * 200_000,
        "<!--\n\n" * 100_000,
        "<!--\n\n-->\n" * 80_000,
        "<!-- a --> b %%c%% " * 50_000,
        "%%" + "".join("a " + "`" * length for length in range(1, 1400)),
        "%% " + "- " * 400_000,
        "%% -" + " " * 900_000 + "x",
        "%%\n" + "> " * 400_000,
        "%%\n" + "```\n" * 200_000,
        "%%\n" + "``` `\n" * 150_000,
    ],
    ids=range(11),
)
def test_time_grows_with_the_length_alone(text: str) -> None:
    """A megabyte of signs takes a second or so; its square would take the day."""
    assert strip(text).text.count("\n") == text.count("\n")
