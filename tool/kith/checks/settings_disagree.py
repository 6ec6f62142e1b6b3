"""Two settings that contradict each other.

## Why

With a least that is more than the most, nothing can be right, and preparation would never be complete.

## Bad

    journal.md
    ---
    title: A journal
    name: Robin Vale
    questions-min: 12
    ---

## Good

    journal.md
    ---
    title: A journal
    name: Robin Vale
    questions-min: 12
    questions-max: 14
    ---
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.study.timeline import Timeline

CODE = "K902"
NAME = "settings-disagree"
SEVERITY: Severity = "warning"

_PAIRS = (("questions-min", "questions-max"), ("minutes", "minutes-max"))


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each least that is more than its most, at whichever was written."""
    owner = timeline.journal.owner
    for least, most in _PAIRS:
        written = [key for key in (least, most) if key in owner.places]
        low, high = (getattr(owner.settings, key.replace("-", "_")) for key in (least, most))
        if low > high and written:
            message = f"`{least}` is {low}, which is more than the {high} of `{most}`"
            yield Finding(CODE, NAME, SEVERITY, message, owner.place_of(written[0]), f"write `{most}: {low}`")
