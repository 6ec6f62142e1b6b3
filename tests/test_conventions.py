"""What the lists of a body mean: the log, labelled items, questions, steps, the bank and the inbox."""

from datetime import date

import pytest

from kith.conventions import Reading, fold, parse_log_line, read_body, read_inbox
from kith.conventions.labels import label_meant, read_label
from kith.conventions.lines import ParsedLine
from kith.diagnostics import Finding
from kith.markdown import read
from kith.model import CHANNELS, LABELS, LOG_KINDS, Item, Kind
from tests.checks.cases import apply_edits

DAY = date(2026, 11, 3)
MARKS = "marks or nesting than can be read, so it is shown as it is"


def reading(text: str, kind: Kind = "contact", first_line: int = 1, day: date | None = None) -> Reading:
    """Return what a body says that begins on this line of its file."""
    return read_body(read(text), kind, "a.md", "a", first_line, day)


def said(finding: Finding) -> str:
    """Return the code, severity, place and message of a finding."""
    place = finding.place
    end = f"{place.end_column}" if place.end_line == place.line else f"{place.end_line}:{place.end_column}"
    return f"{finding.code} {finding.severity} {place.line}:{place.column}-{end} {finding.message}"


def mended(text: str, found: Reading) -> str:
    """Return the body with every fix."""
    fixes = [finding.fix for finding in found.findings if finding.fix is not None]
    return apply_edits(text, tuple(edit for fix in fixes for edit in fix.edits))


# --- the log: one line -----------------------------------------------------------------------------------------------


def test_every_kind_and_channel_is_understood() -> None:
    for kind in LOG_KINDS:
        assert parse_log_line(f"2026-11-03 {kind}") == ParsedLine(DAY, kind)
        for channel in CHANNELS:
            line = f"2026-11-03 {kind} by {channel}: asked: twice"
            assert parse_log_line(line) == ParsedLine(DAY, kind, channel, "asked: twice")
            assert str(parse_log_line(line)) == line


@pytest.mark.parametrize(
    "line,usual",
    [
        ("2026-11-03 thank-you", None),
        ("2026-11-03 reply: yes, Tuesdays", None),
        ("2026-11-03 reply by email: yes", None),
        ("2026-11-03  reply  by  email:  yes", None),
        ("2026-11-03 reply:yes", None),
        # synonyms and capitals
        ("2026-11-03 thanks by email", "2026-11-03 thank-you by email"),
        ("2026-11-03 thanked", "2026-11-03 thank-you"),
        ("2026-11-03 thank you: for the tea", "2026-11-03 thank-you: for the tea"),
        ("2026-11-03 nudged by phone", "2026-11-03 nudge by phone"),
        ("2026-11-03 replied", "2026-11-03 reply"),
        ("2026-11-03 Updated by Letter: x", "2026-11-03 update by letter: x"),
        ("2026-11-03 Outreach BY Email", "2026-11-03 outreach BY email"),
        # colons
        ("2026-11-03: outreach by email", "2026-11-03 outreach by email"),
        ("2026-11-03 reply : yes", "2026-11-03 reply: yes"),
        ("2026-11-03 reply by email : yes", "2026-11-03 reply by email: yes"),
        # a missing `by`
        ("2026-11-03 reply email", "2026-11-03 reply by email"),
        ("2026-11-03 reply email: yes", "2026-11-03 reply by email: yes"),
        ("2026-11-03 reply In-Person : yes", "2026-11-03 reply by in-person: yes"),
        # a missing colon
        ("2026-11-03 reply by email yes", "2026-11-03 reply by email: yes"),
        ("2026-11-03 reply by email, yes", "2026-11-03 reply by email: , yes"),
        ("2026-11-03 met her at the fair", "2026-11-03 met by other: her at the fair"),
        ("2026-11-03 gave text of the poster", "2026-11-03 gave by other: text of the poster"),
        ("2026-11-03 met, at the fair", "2026-11-03 met by other:, at the fair"),
        # an unknown channel
        ("2026-11-03 hello by pigeon", "2026-11-03 hello by other: pigeon"),
        ("2026-11-03 hello by pigeon: coo", "2026-11-03 hello by other: pigeon: coo"),
        ("2026-11-03 hello pigeon: coo", "2026-11-03 hello by other: pigeon: coo"),
        ("2026-11-03 hello by", "2026-11-03 hello by other: by"),
        ("2026-11-03 hello by: coo", "2026-11-03 hello by other: by: coo"),
        ("2026-11-03: Thanks Email coo", "2026-11-03 thank-you by other: Email coo"),
    ],
)
def test_other_forms_are_understood_and_mended_without_touching_more(line: str, usual: str | None) -> None:
    parsed = parse_log_line(line)
    assert isinstance(parsed, ParsedLine)
    fixed = line
    for mend in reversed(parsed.mends):
        fixed = fixed[: mend.start] + mend.text + fixed[mend.end :]
    assert fixed == (usual or line)
    again = parse_log_line(fixed)
    assert isinstance(again, ParsedLine)
    assert again.mends == ()
    said_before = (parsed.date, parsed.kind, parsed.channel, parsed.text)
    assert (again.date, again.kind, again.channel, again.text) == said_before
    assert parse_log_line(str(parsed)) == ParsedLine(*said_before)


@pytest.mark.parametrize(
    "line,why",
    [
        ("yesterday outreach by email", "the log line does not begin with a date: `yesterday` is not a date"),
        ("outreach by email", "the log line does not begin with a date: `outreach` is not a date"),
        ("2026-02-30 outreach", "the log line does not begin with a date: there is no day `2026-02-30`"),
        ("11/3/2026: met", "the log line does not begin with a date: `11/3/2026` is not a date"),
        ("", "the log line does not begin with a date: `` is not a date"),
        ("2026-11-03", "the log line has no kind"),
        ("2026-11-03:", "the log line has no kind"),
        ("2026-11-03 phoned: left word", "`phoned` is no kind of log line"),
        ("2026-11-03 metro", "`metro` is no kind of log line"),
        ("2026-11-03 met-up", "`met-up` is no kind of log line"),
        ("2026-11-03 decl\u0131ned", "`decl\u0131ned` is no kind of log line"),
        ("2026-11-03 DECL\u0130NED", "`DECL\u0130NED` is no kind of log line"),
        ("2026-11-03 thank\u017f", "`thank\u017f` is no kind of log line"),
        ("2026-11-03reply", "the log line does not begin with a date: `2026-11-03reply` is not a date"),
    ],
)
def test_a_line_without_a_date_or_kind_is_none(line: str, why: str) -> None:
    assert parse_log_line(line) == why


# --- the log: a body -------------------------------------------------------------------------------------------------


def log(text: str) -> list[str]:
    """Return the log of a contact, in the order of its days."""
    entries = sorted(reading(text).log, key=lambda entry: (entry.date, entry.order))
    return [f"{entry.date:%m-%d} {entry.kind} {entry.channel} {entry.text}".strip() for entry in entries]


@pytest.mark.parametrize(
    "heading", ["## Log", "# LOG", "###### log", "## Log:", "**Log**\n===", "## *Log* <!-- mine -->"]
)
def test_a_log_may_stand_under_a_heading_of_any_level_and_case(heading: str) -> None:
    assert log(f"- 2026-11-01 met\n\n{heading}\n\n- 2026-11-03 met") == ["11-03 met"]


@pytest.mark.parametrize("heading", ["## Logs", "## The log", "Log", "> ## Log"])
def test_other_headings_are_no_log(heading: str) -> None:
    found = reading(f"{heading}\n\n- 2026-11-03 met")
    assert (found.log, found.findings) == ((), ())


def test_several_logs_and_lists_add_up_to_the_end_of_their_parts() -> None:
    text = (
        "## Log\n- 2026-11-01 met\n\ntext\n\n* 2026-11-02 met\n### 2025\n- 2026-11-03 met\n## Else\n- 2026-11-04 met\n"
    )
    assert log(text + "# Log\n- 2026-11-05 met") == ["11-01 met", "11-02 met", "11-03 met", "11-05 met"]


def test_a_log_is_a_contacts() -> None:
    for kind in ("meeting", "organization", "path", "journal", "letter"):
        assert reading("## Log\n- 2026-11-03 met", kind).log == ()


def test_an_entry_knows_its_place_its_links_and_all_that_was_said() -> None:
    text = """## Log

- 2026-11-06 introduced by email: [[priya-shah]] and
  [web](https://x)

  both copied in
  - [[tomas]]
"""
    (entry,) = reading(text, first_line=10).log
    assert (entry.place.line, entry.place.column, entry.place.end_line, entry.place.end_column) == (12, 3, 13, 19)
    assert [(link.text, str(link.place)) for link in entry.links] == [
        ("priya-shah", "a.md:12:35"),
        ("tomas", "a.md:16:5"),
    ]
    assert entry.text == "[[priya-shah]] and [web](https://x)\n\nboth copied in\n- [[tomas]]"


def test_what_a_line_says_below_may_be_all_it_says() -> None:
    (entry,) = reading("## Log\n- 2026-11-06 met\n\n  at the fair").log
    assert entry.text == "at the fair"


@pytest.mark.parametrize(
    "days,expected",
    [
        ([1, 1, 2, 2], ["a", "b", "c", "d"]),
        ([2, 2, 1, 1], ["d", "c", "b", "a"]),
        ([1, 1, 1], ["a", "b", "c"]),
        ([3, 3, 2, 2, 1, 1, 2], ["f", "e", "g", "d", "c", "b", "a"]),
        ([1, 1, 2, 3, 1], ["a", "b", "e", "c", "d"]),
        ([2, 2, 1], ["c", "b", "a"]),
    ],
)
def test_within_a_day_the_order_of_the_log_decides_read_upwards_where_it_runs_downwards(
    days: list[int], expected: list[str]
) -> None:
    lines = (f"- 2026-11-0{day} met: {name}" for day, name in zip(days, "abcdefg", strict=False))
    assert [line[-1] for line in log("## Log\n" + "\n".join(lines))] == expected


def test_items_below_a_log_line_take_its_date_and_are_tasks_or_labelled() -> None:
    found = reading(
        "## Log\n- 2026-11-06 met\n  - promise: send it\n  - [ ] call\n    - offer: a poster\n- no date\n  - promise: x"
    )
    assert [(item.label, item.text, item.day) for item in found.items] == [
        ("promise", "send it", date(2026, 11, 6)),
        ("task", "call", date(2026, 11, 6)),
        ("offer", "a poster", date(2026, 11, 6)),
        ("promise", "x", None),
    ]


def test_a_line_that_is_not_understood_is_kept_and_found() -> None:
    found = reading("## Log\n- 2026-11-06 phoned: left word\n- some day\n  or other\n")
    assert [(stray.text, str(stray.place)) for stray in found.strays] == [
        ("2026-11-06 phoned: left word", "a.md:2:3"),
        ("some day or other", "a.md:3:3"),
    ]
    assert [said(finding) for finding in found.findings] == [
        "K401 warning 2:3-31 `phoned` is no kind of log line",
        "K401 warning 3:3-4:11 the log line does not begin with a date: `some` is not a date",
    ]


def test_labels_and_boxes_within_a_log_are_what_they_are_elsewhere() -> None:
    found = reading("## Log\n- promise: send it\n- [ ] call Sam\n- promises: x")
    assert [(item.label, item.day) for item in found.items] == [("promise", None), ("task", None)]
    assert [stray.text for stray in found.strays] == ["promises: x"]


@pytest.mark.parametrize(
    "line,fixed",
    [
        ("* 2026-11-03 met", "- 2026-11-03 met"),
        ("+ 2026-11-03: Thanks email: a  b `c`  ", "- 2026-11-03 thank-you by email: a  b `c`  "),
        ("10. 2026-11-03 met", "- 2026-11-03 met"),
        ("-   2026-11-03   met   at   the fair", "-   2026-11-03   met by other:   at   the fair"),
        ("- [x] 2026-11-03 met", "- 2026-11-03 met"),
        (
            "- 2026-11-03 reply email\n  and [[more]]\n\n      code",
            "- 2026-11-03 reply by email\n  and [[more]]\n\n      code",
        ),
    ],
)
def test_an_unusual_line_counts_and_is_mended_where_it_differs(line: str, fixed: str) -> None:
    text = f"## Log\n\n{line}\n"
    found = reading(text)
    assert [finding.code for finding in found.findings] == ["K402"]
    assert found.findings[0].severity == "info"
    assert mended(text, found) == f"## Log\n\n{fixed}\n"
    again = reading(f"## Log\n\n{fixed}\n")
    assert [(entry.date, entry.kind) for entry in again.log] == [(entry.date, entry.kind) for entry in found.log]


@pytest.mark.parametrize(
    "line", ["- 2026-11-03\n  thanks", "* 2026-11-03 met <!-- why -->", "- 2026-11-03 <!-- why --> thanks"]
)
def test_a_line_that_cannot_be_mended_in_place_has_no_fix(line: str) -> None:
    (finding,) = reading(f"## Log\n{line}").findings
    assert (finding.code, finding.fix) == ("K402", None)


def test_the_hint_gives_the_usual_form() -> None:
    (finding,) = reading("## Log\n* 2026-11-03 Thanks  email").findings
    assert said(finding) == "K402 info 2:3-27 the log line is understood, but not in its usual form"
    assert finding.hint == "write `- 2026-11-03 thank-you by email`"


# --- labelled items --------------------------------------------------------------------------------------------------


def items(text: str, kind: Kind = "meeting") -> list[str]:
    """Return the items of a body without findings."""
    found = reading(text, kind)
    assert found.findings == ()
    return [f"{item.label}({item.topic}) {item.text} {item.state}" for item in found.items]


@pytest.mark.parametrize("label", LABELS)
def test_every_label(label: str) -> None:
    assert items(f"- {label}: most days") == [f"{label}() most days open"]
    assert items(f"* {label.upper()} (Hours,  nights):most days") == [f"{label}(Hours, nights) most days open"]
    assert items(f"1. [x] {label} : a: b") == [f"{label}() a: b done"]


@pytest.mark.parametrize("kind", ["contact", "meeting", "organization", "path", "journal"])
def test_items_count_in_every_body_but_a_letter_and_the_bank(kind: Kind) -> None:
    assert items("- [ ] promise: x", kind) == ["promise() x open"]


@pytest.mark.parametrize("kind", ["letter", "questions"])
def test_letters_and_the_bank_have_no_items(kind: Kind) -> None:
    assert items("- [ ] promise: x", kind) == []


@pytest.mark.parametrize(
    "text",
    [
        "> - pro: x",
        "```\n- pro: x\n```",
        "- `pro: x`",
        "pro: x",
        "<!--\n- pro: x\n-->",
        "%%\n- [ ] promise: x\n%%",
        "- pro",
        "- pro://x",
    ],
)
def test_quotations_code_comments_and_plain_text_hold_no_items(text: str) -> None:
    assert items(text) == []


@pytest.mark.parametrize("text", ["- pro:", "- [ ] promise:  ", "- [ ]", "- con (hours):"])
def test_a_blank_to_be_filled_in_is_nothing(text: str) -> None:
    assert items(text) == []
    assert reading(f"## Questions\n{text}", "meeting").questions == ()
    assert reading(f"## Before\n{text}", "meeting").before == ()


@pytest.mark.parametrize(
    "box,state,has_box",
    [
        ("", "open", False),
        ("[ ] ", "open", True),
        ("[x] ", "done", True),
        ("[X] ", "done", True),
        ("[-] ", "dropped", True),
    ],
)
def test_boxes(box: str, state: str, has_box: bool) -> None:  # noqa: FBT001 - a column of the table
    (item,) = reading(f"- {box}read: a book").items
    assert (item.state, item.box) == (state, has_box)


def test_a_task_without_a_label_is_ones_own() -> None:
    assert items("- [ ] call Sam\n- no task\n- [x] Note: to self") == [
        "task() call Sam open",
        "task() Note: to self done",
    ]


def test_items_are_found_however_deep_and_wherever_they_stand() -> None:
    assert items("- text\n  1. pro: a\n     * [ ] b\n       - con: c") == [
        "pro() a open",
        "task() b open",
        "con() c open",
    ]


@pytest.mark.parametrize(
    "text,due,done,left",
    [
        ("[ ] promise: x due:2026-11-10", "2026-11-10", None, "x"),
        ("[x] promise: x done:2026-11-10", None, "2026-11-10", "x"),
        ("[x] read: x due:2026-11-10 done:2026-11-09", "2026-11-10", "2026-11-09", "x"),
        ("[x] read: x DONE:2026-11-09 Due:2026-11-10  ", "2026-11-10", "2026-11-09", "x"),
        ("[ ] x\n  due:2026-11-10", "2026-11-10", None, "x"),
        ("[ ] promise: x due: 2026-11-10", "2026-11-10", None, "x"),
        ("[ ] promise: due:2026-11-10", "2026-11-10", None, ""),
        ("[ ] promise: x due:2026-11-10 due:2026-12-10", "2026-11-10", None, "x"),
        ("[ ] promise: due:2026-11-10 is the day", None, None, "due:2026-11-10 is the day"),
        ("[ ] promise: ask what is due: money", None, None, "ask what is due: money"),
        ("[ ] promise: overdue:2026-11-10", None, None, "overdue:2026-11-10"),
    ],
)
def test_due_and_done_stand_at_the_end(text: str, due: str | None, done: str | None, left: str) -> None:
    found = reading(f"- {text}")
    (item,) = found.items
    assert found.findings == ()
    assert (item.due and item.due.isoformat(), item.done and item.done.isoformat(), item.text) == (due, done, left)


@pytest.mark.parametrize(
    "text,expected",
    [
        ("- [ ] promise: x due:2026-02-30", ["K309 error 1:18-32 there is no day `2026-02-30` in `due:2026-02-30`"]),
        ("- [ ] promise: x\n  Due:soon", ["K309 error 2:3-11 `soon` is not a date in `Due:soon`"]),
        (
            "- [ ] x due:no done:2026-11-09",
            [
                "K309 error 1:9-15 `no` is not a date in `due:no`",
                "K310 warning 1:7-31 the box is open, but the line says `done:`",
            ],
        ),
        ("- read: x done:2026-11-09", ["K310 warning 1:3-26 the line has no box, but it says `done:`"]),
    ],
)
def test_bad_endings_are_found(text: str, expected: list[str]) -> None:
    found = reading(text)
    assert [said(finding) for finding in found.findings] == expected
    (item,) = found.items
    assert item.state == "open"


def test_no_date_behind_due_is_found() -> None:
    (finding,) = reading("- [ ] promise: x due:").findings
    assert (finding.code, str(finding.place), finding.place.end_column) == ("K309", "a.md:1:18", 22)


def test_the_fix_of_an_open_box_ticks_it() -> None:
    text = "  * [ ] read: x done:2026-11-09"
    fixed = mended(text, reading(text))
    assert fixed == "  * [x] read: x done:2026-11-09"
    assert reading(fixed).findings == ()


def test_an_item_knows_its_place_links_note_day_and_heading() -> None:
    text = """
## [[dana-lee|Dana]]
### Aside

- [ ] waiting: Dana introduces [[priya]]
  and [a](b.pdf) due:2026-11-20
# Else
- pro: x"""
    first, second = reading(text, "meeting", first_line=8, day=DAY).items
    assert first == Item(
        label="waiting",
        text="Dana introduces [[priya]] and [a](b.pdf)",
        place=first.place,
        note="a",
        box=True,
        due=date(2026, 11, 20),
        links=first.links,
        under=first.under,
        day=DAY,
    )
    assert (str(first.place), first.place.end_line, first.place.end_column) == ("a.md:12:7", 13, 32)
    assert [(link.text, str(link.place)) for link in first.links] == [("priya", "a.md:12:32")]
    assert first.under is not None
    assert (first.under.text, first.under.label, str(first.under.place)) == ("dana-lee", "Dana", "a.md:9:4")
    assert (second.under, second.day) == (None, DAY)


# --- near-miss labels ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word,meant",
    [
        *[
            ("pros", "pro"),
            ("cons", "con"),
            ("skills", "skill"),
            ("reads", "read"),
            ("advices", "advice"),
            ("tries", "try"),
        ],
        *[("vacancies", "vacancy"), ("promises", "promise"), ("trys", "try"), ("waitings", "waiting")],
        *[
            ("promisse", "promise"),
            ("promis", "promise"),
            ("promize", "promise"),
            ("promsie", "promise"),
            ("pprommise", "promise"),
        ],
        *[
            ("refferal", "referral"),
            ("referal", "referral"),
            ("refferral", "referral"),
            ("refrral", "referral"),
            ("referrral", "referral"),
        ],
        *[
            ("skil", "skill"),
            ("skkil", "skill"),
            ("sklil", "skill"),
            ("spill", "skill"),
            ("offers", "offer"),
            ("ofer", "offer"),
        ],
        *[
            ("waitng", "waiting"),
            ("wiating", "waiting"),
            ("vacansy", "vacancy"),
            ("atend", "attend"),
            ("advise", "advice"),
        ],
        # another first letter, labels of four letters, two slips, other words
        *[
            ("eskill", ""),
            ("fkill", ""),
            ("ksill", ""),
            ("raed", ""),
            ("reed", ""),
            ("joins", "join"),
            ("jion", ""),
            ("po", ""),
        ],
        *[
            ("procon", ""),
            ("pormsie", ""),
            ("note", ""),
            ("prose", ""),
            ("prom", ""),
            ("related-to", ""),
            ("update", ""),
            ("skills-x", ""),
        ],
    ],
)
def test_what_a_word_nearly_is(word: str, meant: str) -> None:
    assert label_meant(word) == meant


def test_a_near_miss_is_found_with_a_fix_and_counts_for_nothing() -> None:
    text = "* [x] Promisses (a): b\n- cons: c\n"
    found = reading(text)
    assert [said(finding) for finding in found.findings] == [
        "K403 warning 2:3-7 `cons:` is no label, so the line counts for nothing",
    ]
    text = "* [x] Promises (a): b\n- cons: c\n"
    found = reading(text)
    assert [said(finding) for finding in found.findings] == [
        "K403 warning 1:7-15 `Promises:` is no label, so the line counts for nothing",
        "K403 warning 2:3-7 `cons:` is no label, so the line counts for nothing",
    ]
    assert [item.label for item in found.items] == ["task"]
    fixed = mended(text, found)
    assert fixed == "* [x] promise (a): b\n- con: c\n"
    assert items(fixed) == ["promise(a) b done", "con() c open"]


def test_labels_are_words_with_a_colon() -> None:
    for text in ("no label", "3: x", "a: x", "_x: y", "pro (a(b)): c", "pro (" + "x" * 81 + "): c", "x" * 30 + ": y"):
        assert read_label(text) is None


# --- questions, steps, the bank --------------------------------------------------------------------------------------


def test_questions_of_a_meeting_in_order_with_what_was_answered() -> None:
    text = """## Questions

- [x] What does an ordinary day look like?
  - Eight patients at once.

    And more.
- [ ] What *weighs* on you?
  Most?
  - [ ] not a task
  - con (nights): the third night
- [-] Skip this
- must: Who else?
"""
    found = reading(text, "meeting", day=DAY)
    assert [(question.text, question.key, question.asked, question.mark) for question in found.questions] == [
        ("What does an ordinary day look like?", "what does an ordinary day look like", True, ""),
        ("What *weighs* on you? Most?", "what weighs on you most", True, ""),
        ("Skip this", "skip this", False, ""),
        ("Who else?", "who else", False, "must"),
    ]
    assert found.questions[0].answer == "- Eight patients at once.\n\n  And more."
    assert [str(question.place) for question in found.questions] == ["a.md:3:7", "a.md:7:7", "a.md:11:7", "a.md:12:3"]
    assert [(item.label, item.text) for item in found.items] == [("con", "the third night")]
    assert found.findings == ()


def test_an_explicit_label_means_what_it_says_under_any_heading() -> None:
    found = reading("## Questions\n- [ ] promise: x\n- referral: Priya Shah\n## Before\n- [ ] advice: y", "meeting")
    assert [item.label for item in found.items] == ["promise", "referral", "advice"]
    assert (found.questions, found.before) == ((), ())


def test_the_question_that_asks_for_names_is_a_question() -> None:
    found = reading(
        "## Questions\n- [x] referral: Whom else should I talk to?\n\n## Notes\n- referral: Ann?", "meeting"
    )
    assert [(question.text, question.mark) for question in found.questions] == [
        ("Whom else should I talk to?", "referral")
    ]
    assert [item.text for item in found.items] == ["Ann?"]


def test_questions_know_whose_part_they_stand_in() -> None:
    found = reading("## [[dana]]\n### Questions\n- [ ] a\n## [[sam]]\n### Questions\n- [ ] b", "meeting")
    assert [question.under and question.under.text for question in found.questions] == ["dana", "sam"]


def test_steps_before_a_meeting() -> None:
    found = reading("## Before\n- [x] bus 14\n- [ ] resume\n  - [ ] two copies\n- [-] dress\n- aloud", "meeting")
    assert [(step.text, step.done) for step in found.before] == [
        *[("bus 14", True), ("resume", False), ("two copies", False), ("dress", False), ("aloud", False)],
    ]
    assert found.items == ()


def test_elsewhere_these_headings_mean_nothing() -> None:
    assert items("## Questions\n- [ ] a\n## Before\n- [ ] b", "contact") == ["task() a open", "task() b open"]


def test_the_bank_has_marks_and_earlier_wordings() -> None:
    text = """# Any
- must: What does *a day* look like?
  - Describe a day!
  - Your day
- Spare : Why
- if-relevant: pay
- referral: Who?
- plain
- [ ]
- [x] boxed
"""
    found = reading(text, "questions")
    assert [(question.mark, question.text, question.key, question.earlier) for question in found.bank] == [
        ("must", "What does *a day* look like?", "what does a day look like", ("describe a day", "your day")),
        ("spare", "Why", "why", ()),
        ("if-relevant", "pay", "pay", ()),
        ("referral", "Who?", "who", ()),
        ("", "plain", "plain", ()),
        ("", "boxed", "boxed", ()),
    ]
    assert [str(question.place) for question in found.bank][:2] == ["a.md:2:3", "a.md:5:3"]


@pytest.mark.parametrize(
    "one,other",
    [
        ("What's a day?", "what\u2019s A DAY"),
        ("Caf\u00e9", "cafe\u0301"),
        ("STRASSE", "straße"),
        ("a -- b", "a b"),
        ("  a\n b ", "a b"),
    ],
)
def test_texts_are_compared_without_case_punctuation_and_spaces(one: str, other: str) -> None:
    assert fold(one) == fold(other)


# --- body ------------------------------------------------------------------------------------------------------------


def test_the_body_has_its_headings_with_parts_and_its_links() -> None:
    text = """[[a]] ![[card.png]] ![[dana-lee]] [b](c.md) [d](https://x) [e]()

## Goals <!-- x -->

- g

### [[f]]

## Research

<!-- todo -->
"""
    body = reading(text, first_line=5).body
    assert (body.line, body.text) == (5, text.replace("<!-- x -->", "").replace("<!-- todo -->", ""))
    assert [(h.title, h.level, str(h.place), h.place.end_column, body.part_of(h)) for h in body.headings] == [
        ("Goals", 2, "a.md:7:4", 9, "- g\n\n### [[f]]"),
        ("[[f]]", 3, "a.md:11:5", 10, ""),
        ("Research", 2, "a.md:13:4", 12, ""),
    ]
    assert [(link.text, link.link, str(link.place)) for link in body.links] == [
        ("a", True, "a.md:5:1"),
        ("card.png", False, "a.md:5:7"),
        ("dana-lee", True, "a.md:5:21"),
        ("c.md", False, "a.md:5:39"),
        ("f", True, "a.md:11:5"),
    ]


def test_oddities_are_found_where_they_stand_even_behind_comments() -> None:
    text = "%%c%% <b> [a](javascript:x) ![p](https://x/p)\n\n" + "[x " * 60
    assert [said(finding) for finding in reading(text, first_line=3).findings] == [
        "K501 info 3:7-10 `<b>` is HTML, which is shown as text",
        "K503 warning 3:15-27 `javascript:x` is an address that a note may not lead to, so it is shown as text",
        "K502 info 3:34-45 the picture `https://x/p` lies elsewhere, so it is shown as a link and never loaded",
        f"K012 info 5:1-21 what begins with `{'[x ' * 6}[x` has more brackets, {MARKS}",
    ]


def test_places_and_fixes_behind_a_comment_are_right() -> None:
    text = "<!-- a --> x\n\n- %%b%% promises: c\n- %%b%% [ ] read: c done:2026-11-03"
    found = reading(text)
    assert mended(text, found) == "<!-- a --> x\n\n- %%b%% promise: c\n- %%b%% [x] read: c done:2026-11-03"
    assert [said(finding).split(" ")[2] for finding in found.findings] == ["3:9-17", "4:13-36"]


# --- the inbox -------------------------------------------------------------------------------------------------------


def test_the_inbox_is_every_line_that_was_jotted() -> None:
    text = """# Inbox

- 2026-11-04 dana-lee thank-you by email
  - promise: send [[x]]
  more
* [ ] call Sam
-

a thought
another [[link]]
---

> quoted

1. last <b>
"""
    jotted, findings = read_inbox(read(text), "inbox.md", 2)
    assert [(one.text, str(one.place), one.bullet) for one in jotted] == [
        ("2026-11-04 dana-lee thank-you by email", "inbox.md:4:3", True),
        ("[ ] call Sam", "inbox.md:7:3", True),
        ("a thought", "inbox.md:10:1", False),
        ("another [[link]]", "inbox.md:11:1", False),
        ("> quoted", "inbox.md:14:1", False),
        ("last <b>", "inbox.md:16:4", True),
    ]
    assert jotted[0].below == "- promise: send [[x]]\nmore"
    assert [(item.label, item.text, item.day) for item in jotted[0].items] == [("promise", "send [[x]] more", None)]
    assert jotted[1].items == ()
    assert [said(finding) for finding in findings] == ["K501 info 16:9-12 `<b>` is HTML, which is shown as text"]
