"""What `prep --write` puts into the note of a meeting: goals to be filled in, steps, questions. Nothing is replaced."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from kith.conventions import fold
from kith.edit.body import add_under, document_of
from kith.edit.source import Source, insert_lines
from kith.study.briefing import Briefing

# A comment: it is neither shown nor read, so a heading with nothing else below it is still lacking.
INVITATION = "<!-- One line each: what do you want to be able to say when you leave? -->"


class Added(msgspec.Struct, frozen=True):
    """The note afterwards, and what came to it. `allowed` is what may differ (see `kith.edit.proof`)."""

    source: Source
    goals: bool
    steps: tuple[str, ...]
    questions: tuple[str, ...]

    @property
    def allowed(self) -> Mapping[str, int]:
        """How many questions and steps are new."""
        return {"questions": len(self.questions), "before": len(self.steps)}


def add_preparation(source: Source, briefing: Briefing) -> Added:
    """The note with what preparation proposes and it does not hold yet."""
    document, _ = document_of(source)
    titles = {fold(heading.title) for heading in document.headings}
    goals = briefing.kind != "message" and not briefing.goals and "goals" not in titles
    questions = tuple(" ".join(one.text.split()) for one in briefing.questions if not one.listed)
    steps = briefing.missing_steps
    if goals:
        source = _add_part(source, "Goals", [INVITATION], above=("before", "questions"))
    if steps:
        rows = [f"- [ ] {text}" for text in steps]
        known = "before" in titles
        source = add_under(source, "Before", rows) if known else _add_part(source, "Before", rows, above=("questions",))
    if questions:
        source = add_under(source, "Questions", [f"- [ ] {text}" for text in questions])
    return Added(source, goals, steps, questions)


def _add_part(source: Source, title: str, rows: Sequence[str], above: Collection[str]) -> Source:
    """The note with a new part above the first of the headings `above`, else at its end."""
    document, offset = document_of(source)
    first = next((heading for heading in document.headings if fold(heading.title) in above), None)
    if first is not None:
        return insert_lines(source, offset + first.line, [f"{'#' * first.level} {title}", "", *rows, ""])
    lines = source.lines if source.lines[-1] else source.lines[:-1]
    blank = [""] if lines and lines[-1].strip() else []
    return insert_lines(source, len(lines) + 1, [*blank, f"## {title}", "", *rows])
