"""Follow-ups as people read them: what goes together, what is shown first, and never too much at once."""

from datetime import date, timedelta

import pytest

from kith.dates import Duration
from kith.followups import followups
from kith.followups.agenda import Agenda, Block, agenda, read_background, when_words
from kith.study.timeline import read_timeline
from tests.followups.cases import make_journal

TODAY = date(2026, 11, 22)


def card(id_: str, *log: str, front: str = "", body: str = "") -> dict[str, str]:
    lines = "".join(f"- {line}\n" for line in log)
    front = f"{front}\n" if front else ""
    return {f"contacts/{id_}.md": f"---\nname: {id_.title()}\n{front}---\n\n{body}\n\n## Log\n\n{lines}"}


def held(who: str, day: str, body: str = "") -> dict[str, str]:
    return {f"meetings/{day}-{who}.md": f"---\nstatus: held\n---\n\n{body}\n"}


def read(files: dict[str, str], today: date = TODAY, *, within: str = "14d", everything: bool = False) -> Agenda:
    """Read the agenda of a journal with no need for more leads."""
    owner = {"journal.md": "---\ntitle: A case\nname: Robin Vale\nlead-reserve: 0\n---\n"}
    journal = make_journal({**owner, **files})
    span = Duration(int(within[:-1]), "d")
    background = read_background(read_timeline(journal, today))
    return agenda(followups(journal, today), background, within=span, everything=everything)


def block_of(shown: Agenda, who: str | None) -> Block:
    return next(block for block in shown.blocks if block.contact == who)


def rules(block: Block) -> list[list[str]]:
    return [[item.rule for item in entry.followups] for entry in (*block.entries, *block.later)]


# --- one block a person ----------------------------------------------------------------------------------------------


def test_nothing_is_an_empty_agenda() -> None:
    assert read({}) == Agenda(TODAY, ())


def test_a_person_is_one_block_with_what_is_due_in_full_and_the_rest_aside() -> None:
    body = "- [ ] promise: one due:2026-11-20\n- [ ] promise: two due:2026-11-22\n- [ ] promise: three due:2026-11-23\n"
    shown = read(card("ann", "2026-11-01 declined", body=body))
    (block,) = shown.blocks
    assert [entry.due.day for entry in block.entries] == [20, 22]
    assert [entry.state for entry in (*block.entries, *block.later)] == ["overdue", "today", "upcoming"]
    assert [entry.due.day for entry in block.later] == [23]
    assert block.first == block.entries[0]


def test_a_block_with_nothing_due_begins_with_what_comes_first() -> None:
    (block,) = read(card("ann", "2026-11-01 declined", body="- [ ] promise: one due:2026-11-25\n")).blocks
    assert block.entries == ()
    assert block.first.due == date(2026, 11, 25)


def test_blocks_are_sorted_by_what_is_due_then_weight_then_date() -> None:
    files = {
        **card("ahead", body="- [ ] promise: a due:2026-11-23"),
        **card("heavy", body="- [ ] promise: a due:2026-11-22"),
        **card("early", body="- [ ] waiting: a due:2026-11-01"),
        **card("late", body="- [ ] waiting: a due:2026-11-02"),
        "paths/law.md": "---\ntitle: Law\n---\n\n- [ ] a due:2026-11-02\n",
    }
    assert [block.contact for block in read(files).blocks] == ["heavy", "early", "late", None, "ahead"]


def test_the_horizon_of_the_journal_bounds_what_is_ahead() -> None:
    files = card("ann", body="- [ ] promise: one due:2026-12-06\n- [ ] promise: two due:2026-12-07\n")
    journal = make_journal(files)
    found = [item for item in followups(journal, TODAY) if item.rule == "promise"]
    (block,) = agenda(found, read_background(read_timeline(journal, TODAY))).blocks
    assert len(block.later) == 1
    assert len(read(files, within="15d").blocks[0].later) == 2


# --- one entry for what one line settles -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "log, meeting, expected, command",
    [
        # thanks for two things, and the answer to a line of theirs
        (("2026-11-15 got: a", "2026-11-20 introduced"), "", [["thank-you", "thank-you"]], "thank-you"),
        (("2026-11-15 got: a", "2026-11-20 heard"), "", [["thank-you", "answer"]], "thank-you"),
        # sixteen days apart are two things
        (("2026-11-01 got: a", "2026-11-17 got: b"), "", [["thank-you"], ["thank-you"]], "thank-you"),
        # the second thank-you is an answer too
        (("2026-10-22 thank-you", "2026-11-19 heard"), "2026-10-21", [["answer", "second-thank-you"]], "update"),
        # a thank-you for a gift is the second thank-you too, if that is due
        (("2026-10-22 thank-you", "2026-11-19 got: a"), "2026-10-21", [["thank-you", "second-thank-you"]], "thank-you"),
        (
            ("2026-10-31 thank-you", "2026-11-21 got: a"),
            "2026-10-30",
            [["thank-you"], ["second-thank-you"]],
            "thank-you",
        ),
    ],
)
def test_what_one_line_settles_is_one_entry(
    log: tuple[str, ...], meeting: str, expected: list[list[str]], command: str
) -> None:
    shown = read({**card("ann", *log), **(held("ann", meeting) if meeting else {})})
    (block,) = shown.blocks
    assert [entry for entry in rules(block) if entry != ["reach-out"]] == expected
    assert block.first.settle == f"kith log ann {command}"
    assert block.first.settles == (block.first.settle,)


def test_an_update_is_a_hello_and_a_second_thank_you() -> None:
    (block,) = read({**card("ann", "2026-10-22 thank-you", front="cadence: 4w"), **held("ann", "2026-10-21")}).blocks
    assert rules(block) == [["keep-in-touch", "second-thank-you"]]
    assert block.first.settle == "kith log ann update"


def test_all_of_one_entry_are_due_within_ten_days_of_each_other() -> None:
    log = ("2026-10-31 got: a", "2026-11-05 got: b", "2026-11-15 got: c")
    (block,) = read(card("ann", *log)).blocks
    days = [[item.due.isoformat()[5:] for item in entry.followups] for entry in block.entries]
    assert days == [["11-01", "11-06"], ["11-16"]]


def test_an_update_tells_the_referrer_and_is_their_second_thank_you() -> None:
    files = {
        **card("ann", "2026-10-22 thank-you"),
        **held("ann", "2026-10-21"),
        **card("bo", "2026-11-16 thank-you", front="via: ann"),
        **held("bo", "2026-11-15"),
        "letters/news.md": "---\nfor: tell-referrer\nsubject: News\n---\n\nDear {{ person.called }}\n",
        "letters/second.md": "---\nfor: second-thank-you\nsubject: News\n---\n\nDear {{ person.called }}\n",
    }
    entry = block_of(read(files), "ann").first
    assert [item.rule for item in entry.followups] == ["tell-referrer", "second-thank-you"]
    assert entry.action == (
        "Tell Ann, who led you to Bo, that you have met. Write Ann a second thank-you: what came of their advice."
    )
    assert (
        entry.why
        == "You met on 15 November; Ann has not heard since 22 October. You talked on 21 October; say what it changed."
    )
    assert (entry.settle, entry.letter, entry.source, entry.weight) == ("kith log ann update", "second", "000, 003", 1)
    assert (entry.due, entry.rule) == (date(2026, 11, 20), "tell-referrer")


def test_an_update_that_is_too_early_to_be_the_second_thank_you_is_not_both() -> None:
    fields = "lead-reserve: 0\nsecond-thank-you-after: 10d\ntell-referrer-within: 1d"
    owner = f"---\ntitle: A case\nname: Robin Vale\n{fields}\n---\n"
    files = {
        "journal.md": owner,
        **card("ann", "2026-11-20 thank-you"),
        **held("ann", "2026-11-20"),
        **card("bo", "2026-11-21 thank-you", front="via: ann"),
        **held("bo", "2026-11-21"),
    }
    assert rules(block_of(read(files), "ann")) == [["tell-referrer"], ["second-thank-you"]]


def test_the_letter_is_that_of_the_line_which_settles_all() -> None:
    letters = {
        f"letters/{rule}.md": f"---\nfor: {rule}\nsubject: A line\n---\n\nDear {{{{ person.called }}}}\n"
        for rule in ("thank-you", "answer")
    }
    (block,) = read({**card("ann", "2026-11-15 heard", "2026-11-17 got: a"), **letters}).blocks
    (entry,) = block.entries
    assert [item.rule for item in entry.followups] == ["answer", "thank-you"]
    assert (entry.letter, entry.settle) == ("thank-you", "kith log ann thank-you")
    assert entry.details == ()


# --- written down ----------------------------------------------------------------------------------------------------


def test_those_named_in_one_meeting_are_one_sentence_and_keep_their_commands() -> None:
    named = "- referral: Noor Haddad, a therapist\n- referral: Ida Ives\n- referral: Ada Ash\n"
    files = {
        **card("ann", "2026-11-20 thank-you"),
        **held("ann", "2026-11-19", named),
        **card("bo"),
        "meetings/2026-11-18-bo.md": "---\nstatus: cancelled\n---\n\n- referral: Ed Ems\n",
        "meetings/2026-11-17-lunch.md": "---\nstatus: held\ncontacts: [Kim Kay, Lou Lee]\n---\n",
        "paths/law.md": "---\ntitle: Law\n---\n\n- referral: Mo Mar\n",
    }
    shown = read(files)
    entry = block_of(shown, "ann").first
    assert entry.action == "Write down Noor Haddad, Ida Ives and Ada Ash, whom Ann named."
    assert entry.settles == (
        'kith new contact "Noor Haddad" --via ann',
        'kith new contact "Ida Ives" --via ann',
        'kith new contact "Ada Ash" --via ann',
    )
    assert entry.why == "Named on 19 November: “a therapist”. Named on 19 November."
    assert [entry.action for entry in block_of(shown, None).entries] == [
        "Write down Kim Kay and Lou Lee.",
        "Write down Mo Mar.",
    ]
    assert "Write down Ed Ems, whom Bo named." in [entry.action for entry in block_of(shown, "bo").entries]


def test_those_of_different_namers_stay_apart() -> None:
    files = {
        **card("ann", "2026-11-20 thank-you"),
        **card("bo", "2026-11-20 thank-you"),
        "meetings/2026-11-19-lunch.md": (
            "---\nstatus: held\ncontacts: [ann, bo]\n---\n\n- referral: Ida Ives\n\n## [[ann]]\n\n- referral: Ada Ash\n"
        ),
    }
    actions = [entry.action for entry in block_of(read(files), "ann").entries]
    assert actions == ["Write down Ida Ives, whom Ann and Bo named.", "Write down Ada Ash, whom Ann named."]


# --- not too many ----------------------------------------------------------------------------------------------------


def test_at_most_three_to_reach_out_to_introductions_first_then_peers() -> None:
    files = {
        **card("ann", front="added: 2026-10-01"),
        **card("bo", front="added: 2026-10-02\nlevel: peer"),
        **card("cy", front="added: 2026-10-03\nlevel: manager"),
        **card("dee", front="added: 2026-10-04"),
        **card("eli", "2026-11-10 introduced: [[dee]]", "2026-11-24 introduced: [[cy]]", front="parked: yes"),
    }
    shown = read(files)
    assert [block.contact for block in shown.blocks] == ["ann", "bo", "dee"]
    assert shown.hidden_reach_outs == 1
    assert read(files, everything=True).hidden_reach_outs == 0
    assert len(read(files, everything=True).blocks) == 4


@pytest.mark.parametrize("day, asks", [(date(2026, 12, 14), False), (date(2026, 12, 15), True)])
def test_after_sixty_days_it_asks_whether_one_is_still_interested(day: date, asks: bool) -> None:  # noqa: FBT001
    (block,) = read(card("ann", front="added: 2026-10-01"), day).blocks
    assert block.first.action.endswith("Still of interest?") == asks
    assert block.first.due == date(2026, 10, 15)


def late(count: int) -> dict[str, str]:
    """So many late promises, one waiting later than they are, and one thing ahead."""
    promises = "".join(f"- [ ] promise: number {number} due:2026-11-{number:02}\n" for number in range(1, count + 1))
    body = f"- [ ] waiting: the address due:2026-10-01\n{promises}- [ ] promise: ahead due:2026-11-30\n"
    return card("ann", front="added: 2026-10-01", body=body)


def test_after_an_absence_only_the_first_five_by_weight() -> None:
    shown = read(late(7))
    (block,) = shown.blocks
    assert [entry.due.day for entry in block.entries] == [1, 2, 3, 4, 5]
    assert block.later == ()
    assert shown.hidden_late == 4  # two promises, the waiting and the reach-out
    assert read(late(7), everything=True).hidden_late == 0


def test_seven_late_are_not_too_many() -> None:
    assert read(late(6)).hidden_late == 0


@pytest.mark.parametrize("day, catching_up", [("2026-11-01", True), ("2026-11-02", False)])
def test_a_line_within_three_weeks_is_no_absence(day: str, catching_up: bool) -> None:  # noqa: FBT001
    files = {**late(7), **card("bo", f"{day} hello")}
    assert bool(read(files).hidden_late) == catching_up


@pytest.mark.parametrize("day, catching_up", [("2026-11-01", True), ("2026-11-02", False)])
def test_a_meeting_within_three_weeks_is_no_absence_not_even_an_event_of_nobody(day: str, catching_up: bool) -> None:  # noqa: FBT001
    event = {f"meetings/{day}-fair.md": "---\nmode: event\nstatus: held\n---\n"}
    assert bool(read({**late(7), **event}).hidden_late) == catching_up


def test_blocks_that_are_left_out_while_catching_up_are_counted() -> None:
    files = {
        **late(7),
        **card("zoe", body="- [ ] waiting: a due:2026-11-01"),
        "contacts/yan.md": "---\nname: Yan\nadded: 2026-11-20\n---\n",
    }
    shown = read(files)
    assert [block.contact for block in shown.blocks] == ["ann"]
    assert shown.hidden_late == 6


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "days, weight, words",
    [
        (-3, 1, "3 days late"),
        (-1, 2, "1 day late"),
        (-13, 3, "since 9 November"),
        (0, 3, "today"),
        (1, 1, "tomorrow"),
        (5, 2, "in 5 days"),
    ],
)
def test_what_can_wait_is_never_late(days: int, weight: int, words: str) -> None:
    assert when_words(TODAY + timedelta(days=days), weight, TODAY) == words
