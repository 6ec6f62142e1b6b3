"""A question that stands in the bank twice.

## Why

Answers are gathered by question, across everybody who was asked. Of two entries one stays empty, and the other is asked
twice.

## Bad

    questions/career-path.md
    ---
    title: Career path
    ---

    - What does an ordinary day look like?
    - what does an ordinary day look like

## Good

    questions/career-path.md
    ---
    title: Career path
    ---

    - What does an ordinary day look like?
      - What is a typical day?
"""

from collections.abc import Iterator

from kith.diagnostics import Finding, Severity
from kith.model import BankQuestion
from kith.study.timeline import Timeline

CODE = "K416"
NAME = "duplicate-question"
SEVERITY: Severity = "warning"


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each question of the bank that is there already, as it stands or as an earlier wording."""
    seen: dict[str, BankQuestion] = {}
    for section in timeline.journal.questions.values():
        for question in section.questions:
            for key in dict.fromkeys((question.key, *question.earlier)):
                first = seen.setdefault(key, question)
                if first is not question:
                    where = f"line {first.place.line} of `{first.place.file}`"
                    message = f"`{question.text}` stands in the bank already, on {where}"
                    hint = "keep one; write an earlier wording below the question"
                    yield Finding(CODE, NAME, SEVERITY, message, question.place, hint)
                    break
