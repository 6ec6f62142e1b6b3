"""Dialogues at a real terminal: what is asked, what each answer writes, and that Ctrl-C harms nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.run import ROOT

pytest.importorskip("pty")
from tests.terminal import CTRL_C, CTRL_D, RETURN, Terminal  # needs a pty

Ask = Callable[..., Terminal]
TODAY = "2026-11-25"
HANA = "meetings/2026-11-24-hana-kimura.md"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a copy of the demo journal."""
    folder = tmp_path / "journal"
    shutil.copytree(ROOT / "content", folder, ignore=shutil.ignore_patterns("_site", ".kith"))
    return folder


@pytest.fixture
def kith(journal: Path) -> Ask:
    """Return a function that runs a command at a terminal in the demo journal."""
    return lambda *arguments, today=TODAY: Terminal(list(arguments), journal, {"KITH_TODAY": today})


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".kith" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# --- debrief ---------------------------------------------------------------------------------------------------------


def test_debrief_writes_what_was_said_in_canonical_form(kith: Ask, journal: Path) -> None:
    before = contents(journal)
    with kith("debrief") as terminal:
        terminal.expect("Hana Kimura, Tuesday 24 November 2026 at 14:30")
        terminal.press("Did it take place?", "y")
        terminal.answer("Minutes it took (agreed: 20):", "soon")
        terminal.answer("Minutes it took", "25m")
        terminal.expect("6. Whom else should I talk to?")
        terminal.answer("Which did you ask", "9")
        terminal.answer("Which did you ask", "1-2 6")
        terminal.answer("What did they say", "- # a heading")
        terminal.answer("What did they say", "Eight people, one gym.")
        terminal.answer("What did they say", "")
        terminal.answer("What did they say", "Kim Lee")
        terminal.answer("Whom else did they name", "Kim Lee, hand surgeon")
        terminal.answer("and:", "")
        terminal.answer("What did you promise", "send her the sheet")
        terminal.answer("by when", "someday")
        terminal.answer("by when", "friday")
        terminal.answer("and:", "")
        terminal.answer("What did they promise", "an introduction due:+2w")
        terminal.answer("and:", "")
        terminal.answer("What did they advise", "read: *The Body*")
        terminal.answer("and:", "watch a class")
        terminal.answer("and:", "")
        terminal.answer("What speaks for Physical therapy", "(hours) out by four")
        terminal.answer("and:", "")
        terminal.answer("What speaks against", "")
        assert contents(journal) == before
        terminal.answer("Write this?", "y")
        assert terminal.end() == 0
        assert "settled: Write up what became of your meeting with Hana." in terminal.shown
    after = contents(journal)
    assert {file for file in after if after[file] != before.get(file)} == {HANA}
    text = after[HANA].decode()
    assert "status: held\n" in text
    assert "took: 25\n" in text
    assert "- [x] What does an ordinary day look like?\n  - Eight people, one gym.\n- [x] You came" in text
    assert "- [x] Whom else should I talk to?\n  - Kim Lee\n" in text
    assert text.endswith(
        "\n## What stays\n\n- pro (hours): out by four\n\n## To do\n\n- referral: Kim Lee, hand surgeon\n"
        "- [ ] promise: send her the sheet due:2026-11-27\n- [ ] waiting: an introduction due:2026-12-09\n"
        "- [ ] read: *The Body*\n- [ ] advice: watch a class\n"
    )


def test_debrief_may_be_skipped_question_by_question(kith: Ask, journal: Path) -> None:
    with kith("debrief", "hana") as terminal:
        terminal.press("Did it take place?", RETURN)
        for question in ("Minutes", "Which", "name", "promise", "promise", "advise", "for", "against"):
            terminal.answer(question, "")
        terminal.answer("Write this?", "")
        assert terminal.end() == 0
    before = (ROOT / "content" / HANA).read_bytes()
    assert (journal / HANA).read_bytes() == before.replace(b"status: planned", b"status: held")


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("steps", range(4))
def test_debrief_interrupted_writes_nothing(kith: Ask, journal: Path, steps: int, key: str) -> None:
    before = contents(journal)
    with kith("debrief", "hana") as terminal:
        if steps:
            terminal.press("Did it take place?", "y")
        answers = (("Minutes it took", "20"), ("Which did you ask", "1"))
        for question, text in answers[: max(steps - 1, 0)]:
            terminal.answer(question, text)
        terminal.expect((["Did it take place?", "Minutes it took", "Which did you ask", "What did they say"])[steps])
        terminal.expect(": ")
        terminal.hit(key)
        assert terminal.end() == 130
    assert contents(journal) == before


@pytest.mark.parametrize("key,status", [("n", "no-show"), ("c", "cancelled")])
def test_debrief_of_what_did_not_happen_asks_no_more(kith: Ask, journal: Path, key: str, status: str) -> None:
    with kith("debrief", "hana") as terminal:
        terminal.press("Did it take place?", key)
        assert terminal.end() == 0
    assert f"status: {status}\n" in (journal / HANA).read_text()


def test_debrief_moves_what_was_put_off(kith: Ask, journal: Path) -> None:
    with kith("debrief", "hana") as terminal:
        terminal.press("Did it take place?", "m")
        terminal.answer("To which day", "next friday")
        terminal.answer("To which day", "friday")
        assert terminal.end() == 0
    assert not (journal / HANA).exists()
    assert "date: 2026-11-27\n" in (journal / "meetings/2026-11-27-hana-kimura.md").read_text()


def test_debrief_writes_into_the_note_as_it_is_by_then(kith: Ask, journal: Path) -> None:
    with kith("debrief", "hana") as terminal:
        terminal.press("Did it take place?", "y")
        terminal.answer("Minutes", "")
        terminal.answer("Which", "1 2")
        terminal.answer("What did they say", "one")
        path = journal / HANA
        text = path.read_text().replace("- [ ] What does an ordinary day look like?\n", "- [ ] A new one?\n")
        path.write_text(text.replace("## Before", "A line more.\n\n## Before"))
        terminal.answer("What did they say", "two")
        for question in ("name", "promise", "promise", "advise", "for", "against"):
            terminal.answer(question, "")
        terminal.answer("Write this?", "y")
        assert terminal.end() == 0
    text = path.read_text()
    assert "- [ ] A new one?\n- [x] You came from athletics. What did you have to unlearn?\n  - two\n" in text
    assert "- [x] What does an ordinary day look like?\n  - one\n" in text


# --- review ----------------------------------------------------------------------------------------------------------


def test_review_has_one_key_for_each_thing(kith: Ask, journal: Path) -> None:
    with kith("review", today="2026-11-22") as terminal:
        terminal.expect("Dana Lee, 12 days late")
        terminal.press("[d] done", "x")
        terminal.press("[d] done", "d")
        terminal.expect("$ kith done dana-lee recording")
        terminal.expect("settled: Keep your promise to Dana")
        terminal.expect("Sam Ortiz")
        terminal.press("[d] done", "s")
        terminal.answer("Until", "+3d")
        terminal.expect("$ kith snooze sam-ortiz +3d")
        terminal.expect("Priya Shah, 1 day late")
        terminal.press("[d] done", "l")
        terminal.answer("Kind", "nothing")
        terminal.answer("[thank-you]", "")
        terminal.answer("By", "email")
        terminal.answer("Text", 'for the car outside -- "and" her time')
        terminal.answer("When [today]", "yesterday")
        terminal.expect("settled: Thank Priya")
        terminal.press("[d] done", "k")
        terminal.press("[d] done", "q")
        assert terminal.end() == 0
        assert "3 done, 7 left." in terminal.shown
    assert "due:2026-11-10 done:2026-11-22" in (journal / "meetings/2026-11-03-dana-lee.md").read_text()
    assert "snooze: 2026-11-25\n" in (journal / "contacts/sam-ortiz.md").read_text()
    line = '- 2026-11-21 thank-you by email: for the car outside -- "and" her time\n'
    assert (journal / "contacts/priya-shah.md").read_text().endswith(line)


def test_review_keeps_what_was_done_before_an_interruption(kith: Ask, journal: Path) -> None:
    before = contents(journal)
    with kith("review", today="2026-11-22") as terminal:
        terminal.press("[d] done", "d")
        terminal.expect("settled: Keep")
        terminal.press("[d] done", "c")
        terminal.answer("Why", "other reasons")
        terminal.expect("is no reason for closing")
        terminal.expect(": ")
        terminal.hit(CTRL_C)
        assert terminal.end() == 130
    after = contents(journal)
    assert [file for file in after if after[file] != before[file]] == ["meetings/2026-11-03-dana-lee.md"]


def test_review_closes_and_parks(kith: Ask, journal: Path) -> None:
    with kith("review", today="2026-11-22") as terminal:
        terminal.press("Dana Lee", "p")
        terminal.expect("$ kith park dana-lee")
        terminal.press("Sam Ortiz", "c")
        terminal.answer("Why", "mo")
        terminal.expect("$ kith close sam-ortiz moved-on")
        terminal.press("[d] done", "q")
        assert terminal.end() == 0
    assert "parked: yes\n" in (journal / "contacts/dana-lee.md").read_text()
    assert "closed: 2026-11-22\nclosed-because: moved-on\n" in (journal / "contacts/sam-ortiz.md").read_text()


def test_review_ends_where_nothing_is_late(kith: Ask, journal: Path) -> None:
    for path in (journal / "contacts").iterdir():
        path.write_text(path.read_text().replace("---\n", "---\nparked: yes\n", 1))
    for folder in ("meetings", "paths"):
        shutil.rmtree(journal / folder)
    with kith("review", today="2026-11-22") as terminal:
        terminal.press("Your list", "k")
        assert terminal.end() == 0
        assert "0 done, 1 left." in terminal.shown


# --- inbox -----------------------------------------------------------------------------------------------------------

JOTTED = """\
- 2026-11-14 yusuf-demir thank-you by text: for the lunch break
- 2026-11-20 the panel recording is online
  - [ ] promise: tell Dana due:2026-12-01
- nights are paid double
- milk
"""


def test_inbox_asks_what_each_line_is(kith: Ask, journal: Path) -> None:
    inbox = journal / "inbox.md"
    inbox.write_text(JOTTED)
    with kith("inbox") as terminal:
        terminal.press("move into yusuf-demir's log", "m")
        terminal.expect("Write this?")
        assert inbox.read_text() == JOTTED
        terminal.type("y" + RETURN)
        terminal.expect("filed in contacts/yusuf-demir.md")
        terminal.press("[l] log", "l")
        terminal.answer("Whom", "dana")
        terminal.answer("Kind", "upd")
        terminal.answer("When [2026-11-20]", "")
        terminal.answer("By", "email")
        terminal.answer("Text [the panel recording is online]", "")
        terminal.answer("Write this?", "")
        terminal.press("[l] log", "i")
        terminal.answer("In which note", "nursing")
        terminal.answer("Label", "pro")
        terminal.answer("Text", "(pay) nights are paid double")
        terminal.answer("Write this?", "n")
        terminal.press("", "i")
        terminal.answer("In which note", "nursing")
        terminal.answer("Label", "pro")
        terminal.answer("Text", "(pay) nights are paid double")
        terminal.answer("Write this?", "y")
        terminal.press("milk", "d")
        terminal.answer("Throw it away?", "y")
        assert terminal.end() == 0
        assert "4 filed, 0 left." in terminal.shown
    assert inbox.read_bytes() == b""
    assert "- 2026-11-14 thank-you by text: for the lunch break\n" in (journal / "contacts/yusuf-demir.md").read_text()
    dana = (journal / "contacts/dana-lee.md").read_text()
    assert dana.endswith("online\n  - [ ] promise: tell Dana due:2026-12-01\n")
    assert "- pro (pay): nights are paid double\n" in (journal / "paths/nursing.md").read_text()


def test_inbox_interrupted_keeps_its_bytes(kith: Ask, journal: Path) -> None:
    (journal / "inbox.md").write_text(JOTTED)
    before = contents(journal)
    with kith("inbox") as terminal:
        terminal.press("[l] log", "k")
        terminal.press("[l] log", "n")
        terminal.answer("In which note", "nobody at all")
        terminal.answer("In which note", "dana-lee")
        terminal.answer("Text", "")
        terminal.expect("Write this?")
        terminal.hit(CTRL_C)
        assert terminal.end() == 130
    assert contents(journal) == before


# --- wake ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer,code", [("y", 0), ("n", 2)])
def test_wake_asks_before_it_opens_what_was_closed(kith: Ask, journal: Path, answer: str, code: int) -> None:
    card = journal / "contacts/dana-lee.md"
    card.write_text(card.read_text().replace("---\n", "---\nclosed: 2026-11-10\n", 1))
    with kith("wake", "dana") as terminal:
        terminal.answer("Open it again?", answer)
        assert terminal.end() == code
    assert ("closed:" in card.read_text()) is bool(code)
