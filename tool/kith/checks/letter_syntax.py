"""A letter cannot be read as a template.

## Why

`{{ … }}` takes a name, `{% if … %}` and `{% for … %}` need their end. Filters are few, and nothing is taken from other
files. Nothing is called or reckoned and no loop stands in another, so that every letter is filled at once. Until it is
mended the letter cannot be filled.

## Bad

    letters/thanks.md
    ---
    for: thank-you
    subject: Thank you
    ---

    {% if done %}
    I have read the book.

## Good

    letters/thanks.md
    ---
    for: thank-you
    subject: Thank you
    ---

    {% if done %}
    I have read the book.
    {% endif %}
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.study.timeline import Timeline

CODE = "K418"
NAME = "letter-syntax"
SEVERITY: Severity = "error"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for the first mistake in the subject and in the body of each letter."""
    letters = timeline.journal.letters.values()
    if not letters:
        return
    from kith.letters.templates import check_template

    for letter in letters:
        for problem in check_template(letter):
            if not problem.name:
                yield Finding(CODE, NAME, SEVERITY, problem.message, problem.place, problem.hint)
