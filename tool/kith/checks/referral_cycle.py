"""People who led you to each other in a circle.

## Why

Somebody must have been first. In a circle nobody is, so the tree of who led to whom has no place for them.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    via: sam-ortiz
    ---

    contacts/sam-ortiz.md
    ---
    name: Sam Ortiz
    via: dana-lee
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    via: sam-ortiz
    ---

    contacts/sam-ortiz.md
    ---
    name: Sam Ortiz
    source: professor
    ---
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.study.timeline import Timeline

CODE = "K216"
NAME = "referral-cycle"
SEVERITY: Severity = "warning"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield one finding for each circle, at the `via` of its first person."""
    contacts = timeline.journal.contacts
    via = {id_: one.via.id for id_, one in contacts.items() if one.via is not None and one.via.id in contacts}
    done: set[str] = set()
    for start in via:
        walked: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in done and at not in walked:
            walked[at] = None
            at = via.get(at)
        if at is not None and at in walked:
            circle = list(walked)[list(walked).index(at) :]
            least = circle.index(min(circle))
            circle = circle[least:] + circle[:least]
            yield _finding(timeline, circle)
        done.update(walked)


def _finding(timeline: Timeline, circle: list[str]) -> Finding:
    first = timeline.journal.contacts[circle[0]]
    hint = "leave `via` out where you knew the person yourself"
    if len(circle) == 1:
        message = f"`{first.id}` is said to have led you to themselves"
    else:
        message = "the people of `via` form a circle: " + " ← ".join(f"`{id_}`" for id_ in (*circle, circle[0]))
    return Finding(CODE, NAME, SEVERITY, message, first.place_of("via"), hint)
