"""A log line of a day that has not come.

## Why

The log is what happened, so until its day comes the line counts for nothing. Either the date is a slip, and something
that did happen is not counted, or it is a plan, which nobody will be reminded of.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    ## Log

    - 2027-01-12 outreach by email

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    - [ ] write to her again due:2027-01-12
"""

from collections.abc import Iterator

from kith.dates import likely_years
from kith.diagnostics import Finding, Severity, span
from kith.study.timeline import Timeline

CODE = "K312"
NAME = "logged-ahead"
SEVERITY: Severity = "warning"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each log line of a later day."""
    _, last = likely_years(timeline.today)  # beyond it the year is a slip, and said to be one
    for contact in timeline.journal.contacts.values():
        for entry in contact.log:
            if entry.date > timeline.today and entry.date.year <= last:
                message = f"the log line is of {entry.date}, which has not come, so it does not count yet"
                place = span(entry.place.file, entry.place.line, entry.place.column, len("2026-11-03"))
                hint = f"mend the date, or write what you plan as a task: `- [ ] … due:{entry.date}`"
                yield Finding(CODE, NAME, SEVERITY, message, place, hint)
