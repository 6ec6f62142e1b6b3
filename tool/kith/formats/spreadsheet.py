"""Rows as CSV that a spreadsheet may open: what would be a formula there is made text by a leading `'`."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from kith.model import FollowUp

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

FOLLOW_UP_COLUMNS = (
    "due", "state", "weight", "rule", "contacts", "action", "why", "source",
    "event date", "file", "line", "letter", "settle",
)  # fmt: skip


def write_followups(items: Iterable[FollowUp], today: date) -> str:
    """Follow-ups as CSV, one line each, with a header."""
    return write_rows(
        FOLLOW_UP_COLUMNS,
        (
            (
                item.due.isoformat(),
                item.state(today),
                str(item.weight),
                item.rule,
                " ".join(item.contacts),
                item.action,
                item.why,
                item.source,
                item.event.date.isoformat(),
                item.event.place.file,
                str(item.event.place.line),
                item.letter or "",
                item.settle,
            )
            for item in items
        ),
    )


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A header and rows as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([defuse(cell) for cell in row] for row in rows)
    return out.getvalue()


def defuse(cell: str) -> str:
    """The cell as text for a spreadsheet: `=1+1` becomes `'=1+1`."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
