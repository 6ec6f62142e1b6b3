"""A letter uses a name that letters do not know.

A letter is filled with `me person via meeting done open met promise today` and their attributes, such as
`person.called`. With any other name it could never be filled.

## Why

What is found when a letter is due is found too late.

## Bad

    letters/thanks.md
    ---
    for: thank-you
    subject: Thank you
    ---

    Dear {{ person.calld }},

## Good

    letters/thanks.md
    ---
    for: thank-you
    subject: Thank you
    ---

    Dear {{ person.called }},
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.study.timeline import Timeline

CODE = "K417"
NAME = "unknown-letter-name"
SEVERITY: Severity = "error"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each name, on each line, that letters do not know."""
    letters = timeline.journal.letters.values()
    if not letters:
        return
    from kith.letters.templates import check_template

    for letter in letters:
        for problem in check_template(letter):
            if problem.name:
                yield Finding(CODE, NAME, SEVERITY, problem.message, problem.place, problem.hint)
