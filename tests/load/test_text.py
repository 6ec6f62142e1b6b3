"""Bytes to text: newlines, encodings, merge conflicts, control characters."""

import pytest

from kith.diagnostics import Finding
from kith.load.text import MAX_BYTES, decode, normalize_newlines


def said(finding: Finding) -> str:
    """Return the code, severity, place and message of a finding."""
    place = finding.place
    return f"{finding.code} {finding.severity} {place.line}:{place.column} {finding.message}"


def refusal(data: bytes) -> Finding:
    """Return the one finding of bytes that cannot be read."""
    text, findings = decode(data, "a.md")
    assert text is None
    (finding,) = findings
    assert finding.severity == "error"
    return finding


@pytest.mark.parametrize("data,text", [(b"", ""), (b"a\nb\n", "a\nb\n"), (b"a\r\nb", "a\nb"), (b"a\rb\r", "a\nb\n")])
def test_any_one_newline_is_a_newline(data: bytes, text: str) -> None:
    assert decode(data, "a.md") == (text, ())


@pytest.mark.parametrize(
    "text,names",
    [
        ("a", ("LF",)),
        ("a\r\nb\r\n", ("CRLF",)),
        ("a\rb", ("CR",)),
        ("a\nb\nc\r\n", ("LF", "CRLF")),
        ("a\r\r\n\n\rb\r", ("CR", "CRLF", "LF")),
    ],
)
def test_newlines_are_named_the_most_usual_first(text: str, names: tuple[str, ...]) -> None:
    assert normalize_newlines(text) == (text.replace("\r\n", "\n").replace("\r", "\n"), names)


def test_mixed_newlines_are_read_and_found() -> None:
    text, (finding,) = decode(b"a\r\nb\nc\n", "a.md")
    assert text == "a\nb\nc\n"
    assert said(finding) == "K003 info 1:1 the lines end in LF and CRLF"


def test_a_byte_order_mark_is_accepted() -> None:
    text, (finding,) = decode(b"\xef\xbb\xbf---\nname: a", "a.md")
    assert text == "---\nname: a"
    assert said(finding) == "K002 info 1:1 the file begins with a byte order mark, which is accepted"


@pytest.mark.parametrize(
    "data,expected,guess",
    [
        (b"a\ncaf\xe9\n", "K001 error 2:4 byte 5 (`0xe9`) is not UTF-8, so the note is not read", "WINDOWS-1252"),
        ("é".encode("utf-16"), "K001 error 1:1 byte 0 (`0xff`) is not UTF-8, so the note is not read", "UTF-16"),
        (b"\xfe\xff\x00a", "K001 error 1:1 byte 0 (`0xfe`) is not UTF-8, so the note is not read", "UTF-16"),
        (b"\xef\xbb\xbfa\xff", "K001 error 1:2 byte 4 (`0xff`) is not UTF-8, so the note is not read", "WINDOWS-1252"),
        (b"\xed\xa0\x80", "K001 error 1:1 byte 0 (`0xed`) is not UTF-8, so the note is not read", "WINDOWS-1252"),
        (b"ab\xc3", "K001 error 1:3 byte 2 (`0xc3`) is not UTF-8, so the note is not read", "WINDOWS-1252"),
    ],
)
def test_bytes_that_are_not_utf8_are_named_by_their_offset(data: bytes, expected: str, guess: str) -> None:
    finding = refusal(data)
    assert said(finding) == expected
    assert finding.hint == f"if it is {guess}: iconv -f {guess} -t UTF-8"


def test_a_note_beyond_all_measure_is_not_read() -> None:
    assert decode(b"a" * MAX_BYTES, "a.md")[0] is not None
    assert said(refusal(b"a" * 10 * MAX_BYTES)) == (
        "K006 error 1:1 the note has 10485760 bytes, more than 1048576, and is not read"
    )


CONFLICT = "---\nname: a\n<<<<<<< HEAD\nrole: b\n||||||| base\n=======\nrole: c\n>>>>>>> theirs\n---\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_merge_conflict_is_the_one_thing_to_say(newline: str) -> None:
    data = b"\xef\xbb\xbf" + CONFLICT.replace("\n", newline).encode() + b"\n\x00"
    finding = refusal(data)
    assert said(finding) == (
        "K005 error 3:1 a merge conflict stands here, and until it is resolved the note is not read"
    )
    assert finding.place.end_column == 8


@pytest.mark.parametrize(
    "text",
    [
        "<<<<<<< HEAD",
        ">>>>>>> theirs\n<<<<<<< HEAD",
        "<<<<<<<< HEAD\n>>>>>>>> x",
        " <<<<<<< a\n >>>>>>> b",
        "=======",
        "<<<<<<<x\n>>>>>>>x",
    ],
)
def test_signs_that_only_look_like_a_conflict_are_text(text: str) -> None:
    assert decode(text.encode(), "a.md") == (text, ())


def test_control_characters_are_replaced_and_found_once() -> None:
    text, (finding,) = decode("a\tb\nc\x00d\x1b[0m\ufeff\x7f\x9f\ufffe".encode(), "a.md")
    assert text == "a\tb\nc\ufffdd\ufffd[0m\ufffd\ufffd\ufffd\ufffd"
    assert said(finding) == "K004 warning 2:2 the control character U+0000 stands here, and 5 more below"
    assert decode(b"a\x0c", "a.md")[1][0].message == "the control character U+000C stands here"


def test_line_separators_are_left_to_the_front_matter() -> None:
    assert decode("a\x85\u2028\u2029".encode(), "a.md") == ("a\x85\u2028\u2029", ())
