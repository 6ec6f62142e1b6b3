"""Places and findings as values; the formats that print them are tested in test_report.py."""

from kith.diagnostics import Finding, Place, count_by_severity, sort_key, span


def test_span_lies_within_a_line() -> None:
    assert span("a.md", 3, 5, 4) == Place("a.md", 3, 5, 3, 9)
    assert str(span("a.md", 3, 5, 4)) == "a.md:3:5"


def finding(file: str, line: int = 1, column: int = 1, code: str = "K101", message: str = "wrong") -> Finding:
    """Return a finding that differs from others in its place, code and message alone."""
    return Finding(code, "name", "error", message, Place(file, line, column))


def test_findings_sort_by_nfc_path_line_column_code_and_message() -> None:
    expected = [
        finding("contacts/Zoe.md"),
        finding("contacts/a.md", 2, 9),
        finding("contacts/a.md", 10, 1),
        finding("contacts/a.md", 10, 2, "K105", "z"),
        finding("contacts/a.md", 10, 2, "K106", "a"),
        finding("contacts/a.md", 10, 2, "K106", "b"),
        finding("contacts/e\u0301a.md"),  # sorts as é, behind f
        finding("contacts/\u00e9b.md"),
    ]
    assert sorted((*expected[4:], *expected[:4]), key=sort_key) == expected
    assert sort_key(finding("contacts/f.md")) < sort_key(finding("contacts/e\u0301a.md"))


def test_of_a_long_value_the_beginning_is_shown() -> None:
    long = Finding("K108", "name", "error", f"`{'9' * 5000}` is wrong, not `7`", Place("a.md"), f"write `{'x' * 500}`")
    assert long.message == f"`{'9' * 100}…` is wrong, not `7`"
    assert long.hint == f"write `{'x' * 400}…`"
    sentence = "word " * 100 + f"`{'9' * 100}`"
    assert finding("a.md", message=sentence).message == sentence


def test_counts_every_severity() -> None:
    warning = Finding("K106", "name", "warning", "wrong", Place("a.md"))
    assert count_by_severity((finding("a.md"), warning, finding("b.md"))) == {"error": 2, "warning": 1, "info": 0}
    assert count_by_severity([]) == {"error": 0, "warning": 0, "info": 0}
