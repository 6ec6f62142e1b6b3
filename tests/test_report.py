"""Findings as people and programs read them."""

import json

import pytest

from kith.diagnostics import Edit, Finding, Fix, Place, Severity, span
from kith.diagnostics.report import FORMATS, Report, excerpt, printable, summarize, to_text

LINK = Finding(
    "K203",
    "unknown-link",
    "error",
    "the link `ann-le` names nobody",
    span("meetings/a.md", 3, 5, 6),
    "did you mean `ann-lee`?",
    Fix("write `ann-lee`", (Edit(span("meetings/a.md", 3, 5, 6), "ann-lee"),)),
)
WHOLE = Finding("K006", "note-too-large", "warning", "the note is too large", Place("big.md"))
SOURCES = {"meetings/a.md": "---\ncontacts:\n  - ann-le\n---\n"}


def marked(line: str, column: int, length: int) -> str:
    """Return the line and the carets that a place in it is shown with."""
    shown = excerpt(span("a.md", 1, column, length), {"a.md": line})
    assert shown is not None
    return "\n".join(shown)


def finding(severity: Severity) -> Finding:
    return Finding("K1", "name", severity, "message", Place("a.md"))


# --- text ------------------------------------------------------------------------------------------------------------


def test_text_has_title_place_excerpt_help_and_fix() -> None:
    assert to_text(Report([LINK], SOURCES, 2)) == (
        "error[K203] unknown-link: the link `ann-le` names nobody\n"
        " --> meetings/a.md:3:5\n"
        "  |\n"
        "3 |   - ann-le\n"
        "  |     ^^^^^^\n"
        "  = help: did you mean `ann-lee`?\n"
        "  = fix: write `ann-lee`\n"
        "\n"
        "Found 1 error in 2 files.\n"
    )


def test_text_without_an_end_or_a_source_has_no_excerpt() -> None:
    assert to_text(Report([WHOLE], {"big.md": "text"}, 1)) == (
        "warning[K006] note-too-large: the note is too large\n --> big.md:1:1\n\nFound 1 warning in 1 file.\n"
    )
    assert excerpt(LINK.place, {}) is None
    assert excerpt(span("a.md", 9, 1, 1), {"a.md": "one line"}) is None


def test_text_aligns_what_has_line_numbers_of_several_digits() -> None:
    place = span("a.md", 10, 1, 1)
    shown = to_text(Report([Finding("K1", "n", "info", "m", place, "one\ntwo")], {"a.md": "\n" * 9 + "x"}))
    assert "  --> a.md:10:1\n   |\n10 | x\n   | ^\n   = help: one\n     two\n" in shown


def test_prefix_leads_to_the_journal() -> None:
    report = Report([LINK], SOURCES, 1, prefix="site/content/")
    assert " --> site/content/meetings/a.md:3:5\n" in to_text(report)
    assert FORMATS["concise"](report).startswith("site/content/meetings/a.md:3:5: K203 error the link")
    assert '"file": "meetings/a.md"' in FORMATS["json"](report)


def test_color_paints_titles_and_carets_and_changes_no_letter() -> None:
    plain = to_text(Report([LINK, WHOLE], SOURCES, 1))
    colored = to_text(Report([LINK, WHOLE], SOURCES, 1, color=True))
    assert "\x1b[1;31merror[K203]\x1b[0m" in colored
    assert "    \x1b[31m^^^^^^\x1b[0m" in colored
    assert "\x1b" not in plain
    without = "".join(part.partition("m")[2] if number else part for number, part in enumerate(colored.split("\x1b[")))
    assert without == plain


@pytest.mark.parametrize(
    "severities,sentence",
    [
        ([], "Nothing found in 3 files."),
        (["error"], "Found 1 error in 3 files."),
        (["error", "error", "info"], "Found 2 errors and 1 info in 3 files."),
        (["error", "warning", "warning", "info"], "Found 1 error, 2 warnings and 1 info in 3 files."),
    ],
)
def test_summary_is_a_sentence(severities: list[Severity], sentence: str) -> None:
    assert summarize(Report([finding(severity) for severity in severities], files=3)) == sentence


# --- excerpts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line,column,length,shown",
    [
        ("name: x", 7, 1, "name: x\n      ^"),
        ("\tname: x", 2, 4, "    name: x\n    ^^^^"),
        ("a\tb", 3, 1, "a   b\n    ^"),
        ("a\tb", 2, 1, "a   b\n ^^^"),
        ("名前: 李", 5, 1, "名前: 李\n      ^^"),
        ("e\u0301te\u0301 x", 7, 1, "e\u0301te\u0301 x\n    ^"),
        ("a \x1b[31m b", 3, 1, "a \ufffd[31m b\n  ^"),
        ("a \u202eb", 4, 1, "a \ufffdb\n   ^"),
        ("end", 4, 0, "end\n   ^"),
        ("end", 9, 4, "end\n   ^"),
        ("trailing   ", 1, 8, "trailing\n^^^^^^^^"),
    ],
)
def test_carets_stand_below_what_they_mark(line: str, column: int, length: int, shown: str) -> None:
    assert marked(line, column, length) == shown


def test_place_of_several_lines_marks_the_rest_of_its_first() -> None:
    assert excerpt(Place("a.md", 1, 3, 2, 2), {"a.md": "abcdef\nghi"}) == ("abcdef", "  ^^^^")


@pytest.mark.parametrize("column", [1, 20, 500, 997])
def test_long_line_is_shown_around_what_is_marked(column: int) -> None:
    line = ("x" * (column - 1) + "HERE").ljust(1000, "y")
    text, carets = marked(line, column, 4).split("\n")
    assert len(text) <= 102
    assert text[carets.index("^") : len(carets)] == "HERE"
    assert text.startswith("…") is (column > 20)
    assert text.endswith("…") is (column < 997)


def test_marked_text_that_is_too_long_ends_where_the_excerpt_ends() -> None:
    text, carets = marked("x" * 500, 1, 500).split("\n")
    assert (text, carets) == ("x" * 100 + "…", "^" * 100)


def test_printable_keeps_letters_of_every_script_and_joined_emoji() -> None:
    text = "Zoë 李 عمر 👩\u200d🔬 a\u00a0b"
    assert printable(text) == text
    assert printable("a\x00b\x1bc\u2028d\u2066e\x85f") == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf"


# --- for programs ----------------------------------------------------------------------------------------------------


def test_json_is_what_the_design_says() -> None:
    value = json.loads(FORMATS["json"](Report([LINK, WHOLE], SOURCES, 2)))
    assert (value["version"], value["summary"]) == (1, {"errors": 1, "warnings": 1, "infos": 0, "files": 2})
    first, second = value["findings"]
    at = {"file": "meetings/a.md", "line": 3, "column": 5, "end_line": 3, "end_column": 11}
    assert first == {
        "code": "K203",
        "name": "unknown-link",
        "severity": "error",
        "message": "the link `ann-le` names nobody",
        **at,
        "hint": "did you mean `ann-lee`?",
        "fix": {"title": "write `ann-lee`", "edits": [{**at, "text": "ann-lee"}]},
    }
    assert (second["line"], second["end_line"], second["end_column"], second["fix"]) == (1, 1, 1, None)


@pytest.mark.parametrize("nasty", ['"quoted"', "back\\slash", "a\u2028b", "李", "\x07", "</script>"])
def test_json_survives_any_text(nasty: str) -> None:
    report = Report([Finding("K1", "n", "info", nasty, Place(f"{nasty}.md"), nasty)])
    assert json.loads(FORMATS["json"](report))["findings"][0]["message"] == nasty
    (line,) = FORMATS["jsonl"](report).rstrip("\n").split("\n")
    assert json.loads(line)["file"] == f"{nasty}.md"
    assert json.loads(FORMATS["sarif"](report))["version"] == "2.1.0"


def test_concise_is_a_line_for_each_finding_whatever_it_holds() -> None:
    report = Report([LINK, Finding("K1", "n", "info", "two\nlines", Place("a\nb.md"))])
    assert FORMATS["concise"](report) == (
        "meetings/a.md:3:5: K203 error the link `ann-le` names nobody\na\ufffdb.md:1:1: K1 info two\ufffdlines\n"
    )


def test_github_escapes_and_leaves_out_columns_over_several_lines() -> None:
    over = Finding("K1", "n", "info", "100%\nsure", Place("a,b:c.md", 1, 3, 2, 2))
    assert FORMATS["github"](Report([LINK, over])) == (
        "::error title=K203 unknown-link,file=meetings/a.md,line=3,col=5,endLine=3,endColumn=11::"
        "the link `ann-le` names nobody%0Ahelp: did you mean `ann-lee`?\n"
        "::notice title=K1 n,file=a%2Cb%3Ac.md,line=1,endLine=2::100%25%0Asure\n"
    )


def test_sarif_names_each_rule_once_and_quotes_paths() -> None:
    odd = Finding("K203", "unknown-link", "error", "m", span("a b#é.md", 2, 1, 3))
    (run,) = json.loads(FORMATS["sarif"](Report([LINK, odd, WHOLE])))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["K006", "K203"]
    assert [result["ruleIndex"] for result in run["results"]] == [1, 1, 0]
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning"]
    location = run["results"][1]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "a%20b%23%C3%A9.md"
    assert location["region"] == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 4}
    (change,) = run["results"][0]["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": "ann-lee"}


@pytest.mark.parametrize("form", FORMATS)
def test_formats_are_functions_of_their_input(form: str) -> None:
    assert FORMATS[form](Report([LINK, WHOLE], SOURCES, 2)) == FORMATS[form](Report([LINK, WHOLE], dict(SOURCES), 2))
