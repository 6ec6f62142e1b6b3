"""CSV that a spreadsheet may open."""

import csv
import io

import pytest

from kith.formats.spreadsheet import defuse, write_rows


@pytest.mark.parametrize("cell", ["=1+1", "+15550100", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "=cmd|' /C calc'!A0"])
def test_what_would_be_computed_is_made_text(cell: str) -> None:
    assert defuse(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Dana Lee", "2026-11-03", "a=b", "555 0100", "'quoted'", "ё", "12"])
def test_all_else_stays(cell: str) -> None:
    assert defuse(cell) == cell


def test_rows_come_back_as_they_were() -> None:
    rows = [["a, b", 'say "hi"'], ["two\nlines", "李"]]
    text = write_rows(("one", "two"), rows)
    assert list(csv.reader(io.StringIO(text))) == [["one", "two"], *rows]
    assert "\r" not in text
