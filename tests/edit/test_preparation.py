"""Preparation is added to a meeting's note: nothing is replaced, and a second time nothing is added."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kith.edit.plan import Change
from kith.edit.preparation import INVITATION, Added, add_preparation
from kith.edit.proof import prove
from kith.edit.source import read_source
from kith.load import read_journal
from kith.study.briefing import Briefing, brief, read_ground
from kith.study.timeline import read_timeline

FILE = "meetings/2026-11-24-ann.md"
FILES = {
    "journal.md": b"---\ntitle: A\nname: R\n---\n",
    "contacts/ann.md": b"---\nname: Ann\n---\n",
    "questions/a.md": b"---\ntitle: A\n---\n\n- Why?\n- must: [[ann]] said so?\n- `How`, *then*?\n"
    b"- referral: Whom else?\n",
}


def prepare(note: bytes) -> tuple[Briefing, Added]:
    """Add what preparation proposes to the note of a meeting, and prove that it alters nothing else."""
    journal, _ = read_journal({**FILES, FILE: note})
    ground = read_ground(read_timeline(journal, date(2026, 11, 22)))
    briefing = brief(ground, journal.meetings["2026-11-24-ann"])
    added = add_preparation(read_source(FILE, note), briefing)
    prove(Change(FILE, note, added.source.to_bytes()), added.allowed)
    return briefing, added


def test_into_an_empty_note() -> None:
    _, added = prepare(b"")
    text = added.source.to_bytes().decode()
    assert text.startswith(f"## Goals\n\n{INVITATION}\n\n## Before\n\n- [ ] propose their workplace first\n")
    assert text.endswith("## Questions\n\n- [ ] [[ann]] said so?\n- [ ] Why?\n- [ ] `How`, *then*?\n- [ ] Whom else?\n")
    assert (added.goals, len(added.steps), len(added.questions)) == (True, 7, 4)


def test_new_parts_stand_above_the_questions_and_have_their_level() -> None:
    _, added = prepare(b"A walk.\r\n\r\n# Questions\r\n\r\n- [ ] Mine?\r\n")
    text = added.source.to_bytes().decode()
    assert text.startswith(f"A walk.\r\n\r\n# Goals\r\n\r\n{INVITATION}\r\n\r\n# Before\r\n\r\n- [ ] propose")
    assert "\r\n\r\n# Questions\r\n\r\n- [ ] Mine?\r\n- [ ] [[ann]] said so?\r\n" in text
    assert "\n" not in text.replace("\r\n", "")


def test_an_empty_heading_is_left_as_it_is() -> None:
    _, added = prepare(b"## Goals\n\n## Notes\n")
    assert not added.goals
    assert b"<!--" not in added.source.to_bytes()


PARTS = st.sampled_from(
    [
        *(
            "## Goals\n",
            "## Goals\n\n- to see\n",
            "# Before\n\n* [ ] shoes\n",
            "## Before\n",
            "### Questions\n\n1. Mine?\n",
        ),
        *(
            "## Questions\n\n- [ ] why\n  - So.\n",
            "A walk.\n",
            "<!-- a comment\n\n## Questions\n-->\n",
            "```\n## Before\n```\n",
        ),
        *("## Said\n\n- pro: calm\n- promise: a book\n", "> ## Questions\n", "- [ ] mine\n", "---\nmode: phone\n---\n"),
    ]
)


@given(parts=st.lists(PARTS, max_size=5, unique=True), newline=st.sampled_from(["\n", "\r\n"]), cut=st.booleans())
def test_nothing_is_lost_and_the_second_time_nothing_is_added(parts: list[str], newline: str, *, cut: bool) -> None:
    text = "\n".join(sorted(parts, key=lambda part: not part.startswith("---")))
    note = (text.rstrip("\n") if cut else text).replace("\n", newline).encode()
    briefing, added = prepare(note)
    after = added.source.to_bytes()
    rows = iter(after.decode().splitlines())
    assert all(any(row == found for found in rows) for row in note.decode().splitlines() if row)
    again, second = prepare(after)
    assert second.source.to_bytes() == after
    assert (second.questions, second.steps, second.goals) == ((), (), False)
    # two parts of one name: what is new stands at the end of the first
    assert sorted(one.text for one in again.questions) == sorted(one.text for one in briefing.questions)
    assert ("no goals yet" in again.lacks) == ("no goals yet" in briefing.lacks)
