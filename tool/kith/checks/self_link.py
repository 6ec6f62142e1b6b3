"""A link in a note that leads to the note itself.

## Why

It was mostly meant for somebody else. Links to a heading of the same note, `[[dana-lee#Log]]`, are fine.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    Shares an office with [[dana-lee]].

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    Shares an office with [[sam-ortiz]].

    contacts/sam-ortiz.md
    ---
    name: Sam Ortiz
    ---
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Place, Severity
from kith.model import Body
from kith.study.timeline import Timeline

CODE = "K208"
NAME = "self-link"
SEVERITY: Severity = "info"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each link of a note to itself as a whole."""
    for note in timeline.journal.notes():
        for link in note.body.links:
            if link.id == note.id and "#" not in _written(note.body, link.place):
                message = f"`{link.text}` is the note that the link stands in"
                yield Finding(CODE, NAME, SEVERITY, message, link.place, "write whom or what you meant")


def _written(body: Body, place: Place) -> str:
    row = body.text.split("\n")[place.line - body.line]
    return row[place.column - 1 : place.end_column - 1]
