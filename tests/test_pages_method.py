"""The pages of the method: questions, advice, network, insights, run sheets, and what leads to them."""

import functools
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kith.pages import Asset, Page
from kith.pages.advice import AdvicePage
from kith.pages.contact import ContactPage
from kith.pages.insights import Insights
from kith.pages.meetings import MeetingPage, Meetings
from kith.pages.network import DEEPEST, Network
from kith.pages.organizations import OrganizationPage
from kith.pages.paths import PathPage
from kith.pages.pocket import Pocket
from kith.pages.questions import MOST_PEOPLE, QuestionPage, Questions
from kith.pages.runsheet import MOST_RULES, RunSheet
from kith.pages.today import Today
from tests.site.small import JOURNAL, TODAY, pages_of, site_of, tree_of
from tests.test_pages import BARE, context, differing, person

METHOD = {
    **BARE,
    "journal.md": "---\ntitle: J\nname: Robin Vale\nresume: resume.txt\n---\n\nI study biology.\n",
    "questions/a-path.md": """\
---
title: Path
---

- must: What does an ordinary day look like?
  - How do you spend your days?
- if-relevant: How do people pay for it?
- referral: Whom else should I talk to?
- What is `changing`?
- must: Is it worth it?
""",
    "questions/b-silence.md": """\
---
title: Silences
---

- spare: What made you stay?
- must: What does an ordinary day look like?
""",
    "contacts/ada.md": person("Ada Ek", "source: friend\nlevel: peer\n", "## Log\n\n- 2026-10-01 outreach by email\n"),
    "contacts/ben.md": person(
        "Ben Oh", "via: '[[ada]]'\nlevel: manager\nphone: [1, 2, 3]\n", "## Research\n\n- a talk\n"
    ),
    "contacts/cy.md": person("Cy Day", "via: '[[ben]]'\nlevel: executive\n"),
    "contacts/dee.md": person("Dee", "via: '[[cy]]'\nparked: yes\n"),
    "contacts/eve.md": person("Eve", "via: Old Tom\nclosed: 2026-10-01\n"),
    "meetings/2026-10-10-ada.md": """\
---
minutes: 20
took: 35
paths: '[[vet]]'
---

## Questions

- [x] What does an ordinary day look like?
  - Dogs.
- [x] What is `changing`?
- [ ] Is it worth it?

- related: [[farm]], she thinks
- related: taxidermy
- trend (horses): fewer horses
- [x] read: *Dogs* done:2026-10-20
- [-] join: a club
- [ ] try: a night due:2026-12-01
- referral: Zed Zane, farrier
- vacancy: a kennel hand
- vacancy: another [[nowhere]]
""",
    "meetings/2026-10-12-two.md": """\
---
contacts: ['[[ada]]', '[[ben]]']
date: 2026-10-12
took: 20
minutes: 20
---

## Questions

- [x] How do you spend your days?
  - Cats.

- [ ] read: a paper
- trend (horses): fewer of them [[vet]]
- referral: Yan Yo
""",
    "meetings/2026-11-23-ben.md": """\
---
time: 14:30
minutes: 25
place: The gym
---

## Goals

- the *hours*

## Questions

- What does an ordinary day look like?
- Do you like it?
""",
    "meetings/2026-11-30-fair.md": (
        "---\nmode: event\ndate: 2026-11-30\ntime: 18:00\nplace: The fair\ncontacts: '[[ada]]'\n---\n"
    ),
    "meetings/2026-12-01-cy.md": "---\n---\n",
    "meetings/2026-12-02-mail.md": "---\nmode: email\ndate: 2026-12-02\ncontacts: '[[ada]]'\n---\n",
    "paths/vet.md": "---\ntitle: Vet\n---\n",
    "paths/farm.md": "---\ntitle: Farming\n---\n",
}


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    """Return the pages of the journal above, composed once."""
    made = pages_of(METHOD)
    return {address: replace(page, context=functools.cache(page.context)) for address, page in made.items()}


@pytest.mark.parametrize("file", sorted(set(METHOD) - set(JOURNAL) | {"journal.md"}))
def test_a_page_whose_key_is_the_same_is_the_same(file: str, pages: dict[str, Page]) -> None:
    lines = METHOD[file].split("\n")
    for number in (number for number, line in enumerate(lines) if line not in ("", "---")):
        without = "\n".join(lines[:number] + lines[number + 1 :])
        assert differing(pages, pages_of({**METHOD, file: without})) == [], lines[number]
    assert differing(pages, pages_of({name: text for name, text in METHOD.items() if name != file})) == []


@pytest.mark.parametrize("days", [1, 3, 10, 400])
def test_keys_know_the_day(days: int, pages: dict[str, Page]) -> None:
    assert differing(pages, pages_of(METHOD, TODAY + timedelta(days=days))) == []


# --- journals of every size ------------------------------------------------------------------------------------------


def test_an_empty_journal_says_how_to_begin() -> None:
    site = site_of(BARE)
    for address in ("questions", "advice", "network", "insights"):
        assert 'class="empty"' in site[f"{address}.html"], address
        assert "<code>kith " in site[f"{address}.html"]


def test_one_contact_is_a_network() -> None:
    files = {**BARE, "contacts/kim.md": person("Kim")}
    network = context(files, "network.html", Network)
    assert [row.link.text for row in network.forest] == ["Kim"]
    assert network.standfirst.startswith("Nobody has led you to anybody yet")
    assert network.count == "1 name"
    assert network.figure is not None
    assert network.figure.words == "Referral tree: nobody has led to anybody yet."
    insights = context(files, "insights.html", Insights)
    assert insights.empty is not None
    assert insights.exchange.heading == "You have asked for nothing yet"
    tree_of(site_of(files)["network.html"])


def test_a_circle_of_referrals_is_drawn() -> None:
    files = {**BARE, "contacts/a.md": person("A", "via: '[[b]]'\n"), "contacts/b.md": person("B", "via: '[[a]]'\n")}
    site = site_of(files)
    for address in ("network.html", "contacts/a.html", "contacts/b.html"):
        tree_of(site[address])
    assert [row.link.text for row in context(files, "network.html", Network).forest] == ["A", "B"]


def test_a_long_chain_of_introductions_is_a_list_that_a_phone_can_show() -> None:
    files = {f"contacts/p{n}.md": person(f"P{n}", f"via: p{n - 1}\n" if n else "") for n in range(1200)}
    made = pages_of({**BARE, **files})
    network = made["network.html"].context()
    assert isinstance(network, Network)
    assert network.figure is None
    assert sum(row.opens for row in network.forest) == sum(row.closes for row in network.forest) == DEEPEST
    page = made["contacts/p0.html"].context()
    assert isinstance(page, ContactPage)
    assert [row.link.text for row in page.led] == ["P1", "P2"]
    assert page.led_more == "1197 more names further on."


def test_a_great_network_is_drawn_as_far_as_there_is_room() -> None:
    files = {f"contacts/p{n}.md": person(f"P{n}") for n in range(250)}
    files["contacts/q.md"] = person("Q", "via: p1\n")
    figure = context({**BARE, **files}, "network.html", Network).figure
    assert figure is not None
    assert [spot.link.text for spot in figure.spots] == ["P1", "Q"]


def test_forty_people_and_more_were_asked_one_question() -> None:
    asked = (
        "---\ndate: 2026-10-{0:02}\ncontacts: '[[p{1}]]'\nstatus: held\n---\n\n## Questions\n\n- [x] How?\n  - So.\n"
    )
    files = {
        **BARE,
        "questions/q.md": "---\ntitle: Q\n---\n\n- How?\n",
        **{f"contacts/p{n}.md": person(f"P{n}") for n in range(45)},
        **{f"meetings/m{n}.md": asked.format(1 + n % 28, n) for n in range(45)},
    }
    table = context(files, "questions.html", Questions)
    assert len(table.people) == MOST_PEOPLE
    assert table.older == "The last 40 people; five more people on the questions' pages."
    assert table.groups[0].rows[0].asked == "45 of 45"
    assert len(context(files, "questions/how.html", QuestionPage).answers) == 45


def test_many_conversations_a_week_are_counted_by_the_week_and_stay_on_the_page() -> None:
    files = {**BARE, **{f"contacts/p{n}.md": person(f"P{n}") for n in range(30)}}
    files |= {f"meetings/2026-11-{9 + n % 2:02}-p{n}.md": "---\nstatus: held\n---\n" for n in range(30)}
    found = context(files, "insights.html", Insights).pace
    assert found is not None
    assert found.heading == "You have about 15 conversations a week"
    assert found.radius < 3
    discs = [y for week in found.weeks for y in week.discs]
    assert len(discs) == 30
    assert min(discs) - found.radius > -found.above


def test_where_nobody_was_met_nobody_was_asked_for_names() -> None:
    page = context({**BARE, "contacts/a.md": person("A")}, "network.html", Network)
    assert page.unasked_count == ""
    assert "Nobody was met yet." in site_of({**BARE, "contacts/a.md": person("A")})["network.html"]


def test_long_names_and_names_from_right_to_left() -> None:
    names = {"a": "ש" * 300, "b": "محمد بن عبد الله", "c": "A" * 400}
    files = {f"contacts/{id_}.md": person(name, "via: '[[a]]'\n" if id_ != "a" else "") for id_, name in names.items()}
    meetings = {
        f"meetings/2026-11-1{n}-{id_}.md": "---\nminutes: 20\ntook: 21\n---\n\n## Questions\n\n- [x] How?\n  - So.\n"
        f"\n- read: {name}\n"
        for n, (id_, name) in enumerate(names.items())
    }
    ahead = {"meetings/2026-11-29-b.md": "---\n---\n"}
    site = site_of({**BARE, **files, **meetings, **ahead, "questions/q.md": "---\ntitle: Q\n---\n\n- How?\n"})
    for address in ("network", "insights", "advice", "questions", "questions/how", "sheets/2026-11-29-b"):
        tree_of(site[f"{address}.html"])
        assert "محمد" in site[f"{address}.html"], address
    assert "A" * 13 + "…" in site["insights.html"]


# --- questions -------------------------------------------------------------------------------------------------------


def test_the_matrix_says_who_was_asked_what() -> None:
    page = context(METHOD, "questions.html", Questions)
    assert [person.text for person in page.people] == ["Ada Ek", "Ben Oh"]
    rows = {row.question.text: row for group in page.groups for row in group.rows}
    assert [cell.state for cell in rows["What does an ordinary day look like?"].cells] == ["answered", "answered"]
    assert [cell.state for cell in rows["What is `changing`?"].cells] == ["asked", "none"]
    assert [cell.state for cell in rows["Is it worth it?"].cells] == ["gap", "gap"]
    assert rows["Whom else should I talk to?"].mark == "asks for names"
    assert page.standfirst.endswith("“Is it worth it?” is one for everyone, and two of them have not been asked.")
    assert page.older == ""
    assert not page.planned


def test_whom_one_asked_at_an_event_counts_without_having_been_met() -> None:
    fair = (
        "---\ndate: 2026-10-15\nmode: event\nstatus: held\ncontacts: cy\n---\n\n## Questions\n\n- [x] Is it worth it?\n"
    )
    page = context({**METHOD, "meetings/2026-10-15-fair.md": fair}, "questions.html", Questions)
    rows = {row.question.text: row for group in page.groups for row in group.rows}
    assert rows["Is it worth it?"].asked == "1 of 3"
    assert "two people met and one asked at an event." in page.standfirst


def test_what_everybody_was_asked_is_no_gap() -> None:
    files = {name: text.replace("- must: Is it worth it?\n", "") for name, text in METHOD.items()}
    assert context(files, "questions.html", Questions).standfirst == "Six questions, two people met."
    one = {**METHOD}
    del one["meetings/2026-10-12-two.md"]
    assert "one of them has not been asked" in context(one, "questions.html", Questions).standfirst


def test_a_question_has_everybodys_answers() -> None:
    page = context(METHOD, "questions/what-does-an-ordinary-day-look-like.html", QuestionPage)
    assert [link.text for answer in page.answers for link in answer.who] == ["Ada Ek", "Ada Ek", "Ben Oh"]
    assert "Dogs." in page.answers[0].text
    assert page.answers[0].meeting.href == "../meetings/2026-10-10-ada.html"
    assert page.earlier == ("How do you spend your days?",)
    assert page.section == "Path"
    assert page.standfirst == "Two people answered it. It is on the list for Ben Oh."
    unasked = context(METHOD, "questions/whom-else-should-i-talk-to.html", QuestionPage)
    assert unasked.empty is not None
    assert unasked.standfirst == ""
    silent = context(METHOD, "questions/what-is-changing.html", QuestionPage)
    assert silent.answers[0].text == ""
    assert "Asked, and nothing written." in site_of(METHOD)["questions/what-is-changing.html"]


def test_a_planned_question_is_on_the_list() -> None:
    files = {**METHOD, "meetings/2026-11-24-dee.md": "---\n---\n\n## Questions\n\n- How do people pay for it?\n"}
    page = context(files, "questions/how-do-people-pay-for-it.html", QuestionPage)
    assert page.standfirst == "It is on the list for Dee."
    assert page.empty is not None
    table = context(files, "questions.html", Questions)
    assert table.planned
    assert "planned" in {cell.state for group in table.groups for row in group.rows for cell in row.cells}


def test_odd_questions_have_pages() -> None:
    files = {**BARE, "questions/q.md": "---\ntitle: Q\n---\n\n- ???\n- " + "why " * 200 + "\n- 何ですか\n"}
    addresses = [address for address in pages_of(files) if address.startswith("questions/")]
    assert "questions/何ですか.html" in addresses
    assert len(addresses) == 3
    assert all(len(address.encode()) < 160 for address in addresses)


def test_a_question_in_a_meeting_leads_to_its_page() -> None:
    body = context(METHOD, "meetings/2026-10-10-ada.html", MeetingPage).body
    link = '<a href="../questions/what-does-an-ordinary-day-look-like.html">What does an ordinary day look like?</a>'
    assert link in body
    assert "What is <code>changing</code>?" in body
    earlier = context(METHOD, "meetings/2026-10-12-two.html", MeetingPage).body
    assert '<a href="../questions/what-does-an-ordinary-day-look-like.html">How do you spend your days?</a>' in earlier
    assert "questions/" not in context(METHOD, "meetings/2026-11-23-ben.html", MeetingPage).body.partition("Do you")[2]


# --- advice ----------------------------------------------------------------------------------------------------------


def test_the_ledger_is_told_by_giver_and_by_state() -> None:
    page = context(METHOD, "advice.html", AdvicePage)
    assert page.count == "4 pieces"
    assert page.standfirst == "Four pieces of advice from two people: one done, two open."
    assert [(giver.link.text, giver.count) for giver in page.givers] == [
        ("Ada Ek", "one of four done"),
        ("Ben Oh", "none of one done"),
    ]
    assert [(state.heading, state.count) for state in page.states] == [("Open", 2), ("Done", 1), ("Not for me", 1)]


def test_advice_that_nobody_gave() -> None:
    files = {**BARE, "meetings/m.md": "---\nmode: event\ndate: 2026-10-01\nstatus: held\n---\n\n- read: a book\n"}
    page = context(files, "advice.html", AdvicePage)
    assert page.givers == ()
    assert page.count == "1 piece"
    assert page.standfirst == "One piece of advice: none done, one open."


# --- network ---------------------------------------------------------------------------------------------------------


def test_the_network_is_a_tree_and_a_list() -> None:
    page = context(METHOD, "network.html", Network)
    rows = [(row.link.text, row.mark, row.opens, row.closes) for row in page.forest]
    assert rows == [
        ("Ada Ek", "scheduled", True, 0),
        ("Ben Oh", "scheduled", True, 0),
        ("Cy Day", "scheduled", True, 0),
        ("Dee", "parked", False, 2),
        ("Yan Yo", "named", False, 0),
        ("Zed Zane", "named", False, 1),
        ("Old Tom", "named", True, 0),
        ("Eve", "closed", False, 1),
    ]
    assert sum(row.opens for row in page.forest) == sum(row.closes for row in page.forest)
    assert page.figure is not None
    assert page.figure.you == "Robin"
    assert "Ada Ek led to Ben Oh, Yan Yo and Zed Zane" in page.figure.words
    assert page.standfirst == (
        "Who led to whom. Ada Ek has opened the longest branch: five names, three introductions deep."
    )
    assert page.unasked == ()


def test_those_who_were_never_asked_for_names_are_the_forecasts() -> None:
    files = {**BARE, "contacts/kim.md": person("Kim"), "meetings/2026-10-01-kim.md": "---\ntook: 20\n---\n"}
    page = context(files, "network.html", Network)
    assert [link.text for link in page.unasked] == ["Kim"]
    assert page.unasked_count == "1 of 1 met"


def test_a_name_that_would_reach_into_the_next_column_is_cut() -> None:
    files = {**BARE, "contacts/a.md": person("A", f"role: {'word ' * 30}\n"), "contacts/b.md": person("B", "via: a\n")}
    figure = context(files, "network.html", Network).figure
    assert figure is not None
    assert figure.spots[0].meta.endswith("…")


def test_a_journal_of_nobody_has_a_root() -> None:
    files = {"journal.md": "---\ntitle: J\n---\n", "contacts/a.md": person("A")}
    figure = context(files, "network.html", Network).figure
    assert figure is not None
    assert figure.you == "You"


# --- insights --------------------------------------------------------------------------------------------------------


def test_small_numbers_cannot_tell() -> None:
    page = context(METHOD, "insights.html", Insights)
    assert page.pace is not None
    assert page.pace.numbers.startswith("By week from ")
    assert page.funnel_heading == "Everybody you asked has answered"
    assert page.minutes is not None
    assert page.minutes.heading == "You stay longer than you asked for"
    assert [row.over for row in page.minutes.rows] == ["+15", "+0"]
    assert page.rates[0].rows[0].at is None
    assert page.mix.heading == "More managers than peers: those who do the work know it best"


def letters(count: int, answered: int) -> dict[str, str]:
    """Return contacts of whom some answered a first message."""
    line = "- 2026-10-05 outreach by email\n"
    return {
        f"contacts/p{n}.md": person(
            f"P{n}",
            "source: alumni\nlevel: peer\n",
            f"## Log\n\n{line}" + ("- 2026-10-08 reply\n" if n < answered else ""),
        )
        for n in range(count)
    }


@pytest.mark.parametrize(
    "count,answered,words",
    [
        (1, 1, "One of one email was answered"),
        (6, 3, "Three of six emails were answered"),
        (0, 0, "No request yet"),
    ],
)
def test_rates_are_counts_first(count: int, answered: int, words: str) -> None:
    page = context({**BARE, **letters(count, answered)}, "insights.html", Insights)
    by_channel = page.rates[1]
    assert by_channel.heading == words
    assert [row.at is not None for row in by_channel.rows] == ([count >= 5] if count else [])


@pytest.mark.parametrize(
    "answered,words", [(0, "None of the two you asked have answered"), (1, "One of the two you asked has answered")]
)
def test_the_funnel_has_a_sentence(answered: int, words: str) -> None:
    assert context({**BARE, **letters(2, answered)}, "insights.html", Insights).funnel_heading == words
    assert context(BARE, "insights.html", Insights).funnel_heading == "Nobody has been asked yet"


@pytest.mark.parametrize(
    "gave,words",
    [
        (0, "You have asked two times, and given nothing back yet"),
        (1, "You have asked two times as much as you gave"),
        (2, "You have given as much as you asked"),
    ],
)
def test_asks_and_gives_are_weighed(gave: int, words: str) -> None:
    log = "## Log\n\n- 2026-10-01 outreach\n- 2026-10-08 nudge\n" + "- 2026-10-09 gave: a book\n" * gave
    files = {**BARE, "contacts/kim.md": person("Kim", body=f"{log}\n## Notes\n\n- offer: proofread\n")}
    exchange = context(files, "insights.html", Insights).exchange
    assert exchange.heading == words
    assert exchange.more == "Something to offer still: Kim."


@pytest.mark.parametrize("took,heading", [(15, "You keep to"), (60, "You stay longer")])
def test_minutes_are_drawn_to_scale(took: int, heading: str) -> None:
    files = {**BARE, "contacts/kim.md": person("Kim")}
    files["meetings/2026-10-01-kim.md"] = f"---\nminutes: 20\ntook: {took}\n---\n"
    files["meetings/2026-10-02-fair.md"] = "---\ndate: 2026-10-02\nminutes: 90\ntook: 90\nmode: event\n---\n"
    minutes = context(files, "insights.html", Insights).minutes
    assert minutes is not None
    assert minutes.heading.startswith(heading)
    assert minutes.rows[0].over == ("−5" if took == 15 else "+40")


@pytest.mark.parametrize("weeks,words", [(1, "about every week"), (2, "every second week"), (3, "every three weeks")])
def test_the_pace_is_a_sentence(weeks: int, words: str) -> None:
    files = {**BARE, "contacts/kim.md": person("Kim")}
    for number in range(6):
        day = TODAY - timedelta(weeks=weeks * number)
        files[f"meetings/{day}-kim.md"] = "---\nstatus: held\n---\n"
    pace = context(files, "insights.html", Insights).pace
    assert pace is not None
    assert words in pace.heading


def test_a_list_of_peers_is_as_it_should_be() -> None:
    assert context({**BARE, **letters(3, 0)}, "insights.html", Insights).mix.heading.startswith("Mostly peers")
    assert context(BARE, "insights.html", Insights).mix.heading == "Who is on the list"
    page = context({**BARE, "contacts/a.md": person("A")}, "insights.html", Insights)
    assert page.mix.more == "1 not said."


# --- run sheets ------------------------------------------------------------------------------------------------------


def test_a_run_sheet_has_a_clock() -> None:
    sheet = context(METHOD, "sheets/2026-11-23-ben.html", RunSheet)
    assert sheet.when == "Monday 23 November 2026, 14:30 to 14:55"
    assert sheet.begins == "14:30"
    assert sheet.closes == "14:52"
    assert sheet.where == "The gym"
    assert sheet.phones == ("1", "2")
    assert sheet.admire == "a talk"
    assert "the <em>hours</em>" in sheet.goals
    assert "I study biology." in sheet.introduction
    assert sheet.resume == "resume.txt"
    texts = [question.text for question in sheet.questions]
    assert "What does an ordinary day look like?" in texts
    marks = {question.text: question.mark for question in sheet.questions}
    assert marks["Do you like it?"] == "yes or no: ask it openly"
    assert marks["Is it worth it?"] == "ask everyone · yes or no: ask it openly"
    assert sum(question.rules for question in sheet.questions) <= MOST_RULES
    assert sheet.spares == ("What made you stay?",)
    assert sheet.afterwards == "Write it down tonight. The thank-you is due on Tuesday 24 November."
    assert not sheet.is_event


def test_a_run_sheet_without_a_time_counts_minutes() -> None:
    sheet = context(METHOD, "sheets/2026-12-01-cy.html", RunSheet)
    assert sheet.when == "Tuesday 1 December 2026"
    assert sheet.begins == "+0"
    assert sheet.phones == ()


def test_a_sheet_with_many_questions_has_a_line_to_stop_at() -> None:
    questions = "".join(f"- What is number {number}?\n" for number in range(14))
    files = {**METHOD, "meetings/2026-11-23-ben.md": f"---\nminutes: 20\n---\n\n## Questions\n\n{questions}"}
    sheet = context(files, "sheets/2026-11-23-ben.html", RunSheet)
    assert [question.cut for question in sheet.questions].index(True) == 3
    assert sum(question.rules for question in sheet.questions) <= max(MOST_RULES, len(sheet.questions))
    assert sheet.questions[-1].at == ""


def test_research_that_may_answer_a_question_is_said() -> None:
    files = {
        **METHOD,
        "contacts/ben.md": person(
            "Ben Oh", "via: '[[ada]]'\n", "## Research\n\nAn ordinary day: what it looks like.\n"
        ),
    }
    sheet = context(files, "sheets/2026-11-23-ben.html", RunSheet)
    assert isinstance(sheet.questions[0].mark, str)
    asks = METHOD["meetings/2026-11-23-ben.md"].replace("Do you like it?", "How much do you earn?")
    sheet = context({**METHOD, "meetings/2026-11-23-ben.md": asks}, "sheets/2026-11-23-ben.html", RunSheet)
    assert sheet.questions[1].mark == "personal: ask what is usual"


def test_an_event_has_a_list_of_people() -> None:
    sheet = context(METHOD, "sheets/2026-11-30-fair.html", RunSheet)
    assert sheet.is_event
    assert sheet.when == "Monday 30 November 2026, 18:00"
    assert [guest.name for guest in sheet.guests] == ["Ada Ek"]
    assert sheet.lines == 5
    assert sheet.questions == ()


def test_only_meetings_ahead_have_a_sheet_and_none_by_email() -> None:
    sheets = [address for address in pages_of(METHOD) if address.startswith("sheets/")]
    assert sheets == [
        "sheets/2026-11-23-ben.html",
        "sheets/2026-11-30-fair.html",
        "sheets/2026-12-01-cy.html",
    ]
    assert not [address for address in pages_of(METHOD, date(2027, 1, 1)) if address.startswith("sheets/")]


def test_meetings_lead_to_their_run_sheets() -> None:
    page = context(METHOD, "meetings/2026-11-23-ben.html", MeetingPage)
    assert page.sheet is not None
    assert (page.sheet.text, page.sheet.href) == ("Run sheet", "../sheets/2026-11-23-ben.html")
    assert context(METHOD, "meetings/2026-10-10-ada.html", MeetingPage).sheet is None
    rows = context(METHOD, "meetings.html", Meetings).rows
    assert [row.sheet.text for row in rows if row.sheet] == ["Run sheet", "List of people", "Run sheet"]
    today = context(METHOD, "index.html", Today)
    assert [one.sheet is not None for one in today.meetings] == [True, True, True, False]
    assert today.soon[0].sheet is not None
    assert today.soon[0].sheet.href == "sheets/2026-11-23-ben.html"


# --- people, paths, organisations ------------------------------------------------------------------------------------


def test_a_person_shows_whom_they_led_you_to_and_what_passed() -> None:
    page = context(METHOD, "contacts/ada.html", ContactPage)
    assert [(row.link.text, row.opens, row.closes) for row in page.led] == [
        ("Ben Oh", True, 0),
        ("Cy Day", False, 1),
        ("Yan Yo", False, 0),
        ("Zed Zane", False, 0),
    ]
    assert page.led_more == "One more name further on."
    assert {count.name: count.count for count in page.exchange} == {"you asked": 1, "Ada gave": 8, "you gave": 0}
    assert page.advice_count == "one of four done"
    ben = context(METHOD, "contacts/ben.html", ContactPage)
    assert [row.link.text for row in ben.led] == ["Cy Day", "Dee", "Yan Yo"]
    assert ben.led_more == ""
    assert context(METHOD, "contacts/dee.html", ContactPage).exchange == ()


def test_a_path_shows_what_was_learned_and_what_is_related() -> None:
    page = context(METHOD, "paths/vet.html", PathPage)
    assert [(str(told.text), len(told.who)) for told in page.learned] == [("fewer horses", 2)]
    assert [told.leads.text if told.leads else "" for told in page.related] == ["Farming", ""]
    assert str(page.vacancies[0].say) == "a kennel hand"
    assert "named, not explored" in site_of(METHOD)["paths/vet.html"]
    itself = METHOD["meetings/2026-10-10-ada.md"].replace("- related: taxidermy", "- related: [[vet]], all the same")
    page = context({**METHOD, "meetings/2026-10-10-ada.md": itself}, "paths/vet.html", PathPage)
    assert [told.leads.text if told.leads else "" for told in page.related] == ["Farming"]


def test_an_organisation_shows_what_passed_both_ways() -> None:
    page = context(JOURNAL, "organizations/mercy.html", OrganizationPage)
    assert [count.name for count in page.exchange] == ["you asked", "they gave", "you gave"]
    assert context(JOURNAL, "organizations/alder.html", OrganizationPage).exchange == ()


def test_hostile_names_stay_text_on_the_new_pages() -> None:
    bad = '"><script>alert(1)</script>'
    files: Mapping[str, str] = {
        **BARE,
        "questions/q.md": f"---\ntitle: '{bad}'\n---\n\n- must: {bad}\n  - {bad}\n",
        "contacts/a.md": person(f"'{bad}'", f"via: '{bad}'\nrole: '{bad}'\n", f"- read: {bad}\n- offer: {bad}\n"),
        "meetings/2026-11-01-a.md": f"---\ntook: 20\n---\n\n## Questions\n\n- [x] {bad}\n  - {bad}\n\n"
        f"- referral: {bad}\n",
        "meetings/2026-11-25-a.md": f"---\nplace: '{bad}'\n---\n\n## Goals\n\n{bad}\n\n## Questions\n\n- {bad}\n",
    }
    for address, html in site_of(files).items():
        assert "<script>" not in html or address.endswith(".vcf"), address


# --- letters ---------------------------------------------------------------------------------------------------------

LETTERS = {
    **BARE,
    "contacts/kim.md": person(
        "Kim Ek", "email: 'kim+a&b?@x.example'\nadded: 2026-11-01\n", "## Log\n\n- 2026-11-20 got: a book\n"
    ),
    "letters/thank-you.md": "---\nfor: thank-you\nsubject: Thanks & more, {{ person.called }}\n---\n\n"
    "Dear {{ person.called }},\n\nHERE ONE SENTENCE\n\n100 % yours + <b>\n",
}


def test_a_letter_stands_where_it_is_due() -> None:
    today = context(LETTERS, "index.html", Today)
    blocks = [block for group in today.groups for block in group.blocks]
    for block in (*blocks, context(LETTERS, "contacts/kim.html", ContactPage).block):
        if block is None or block.person.text != "Kim Ek":
            continue
        letter = next(task.letter for task in block.tasks if task.letter)
        assert letter.subject == "Thanks & more, Kim"
        assert [passage.text for passage in letter.passages if passage.blank] == ["HERE ONE SENTENCE"]
        assert "".join(passage.text for passage in letter.passages).startswith("Dear Kim,")
        assert letter.mailto == (
            "mailto:kim%2Ba%26b%3F@x.example?subject=Thanks%20%26%20more%2C%20Kim"
            "&body=Dear%20Kim%2C%0D%0A%0D%0AHERE%20ONE%20SENTENCE%0D%0A%0D%0A100%20%25%20yours%20%2B%20%3Cb%3E"
        )
    html = site_of(LETTERS)["index.html"]
    assert "<mark>HERE ONE SENTENCE</mark>" in html
    assert "100 % yours + &lt;b&gt;</div>" in html


@pytest.mark.parametrize("body", ["{{ nobody }}", "{{ via.name }}", "{% if %}"])
def test_a_template_that_cannot_be_filled_is_left_out(body: str) -> None:
    letter = f"---\nfor: thank-you\nsubject: Thanks\n---\n\n{body}\n"
    page = context({**LETTERS, "letters/thank-you.md": letter}, "contacts/kim.html", ContactPage)
    assert page.block is not None
    assert [task.letter for task in (*page.block.tasks, *page.block.later)] == [None] * (
        len(page.block.tasks) + len(page.block.later)
    )


def test_without_an_address_there_is_no_link() -> None:
    files = {**LETTERS, "contacts/kim.md": person("Kim", body="## Log\n\n- 2026-11-20 got: a book\n")}
    files["letters/thank-you.md"] = "---\nfor: thank-you\nsubject: Thanks\n---\n\nDear you\n"
    page = context(files, "contacts/kim.html", ContactPage)
    assert page.block is not None
    letter = page.block.tasks[0].letter
    assert letter is not None
    assert (letter.to, letter.mailto) == ("", "")


@pytest.mark.parametrize("file", sorted(LETTERS))
def test_keys_know_what_letters_say(file: str) -> None:
    before = pages_of(LETTERS)
    lines = LETTERS[file].split("\n")
    for number in range(len(lines)):
        changed = "\n".join(lines[:number] + lines[number + 1 :])
        assert differing(before, pages_of({**LETTERS, file: changed})) == [], lines[number]


# --- the phone and the address book ----------------------------------------------------------------------------------


def test_the_phone_has_the_next_meetings_and_what_is_for_today() -> None:
    page = context(
        {**METHOD, **LETTERS, "contacts/no.md": person("No", body="- [ ] promise: x\n")}, "pocket.html", Pocket
    )
    assert [one.title for one in page.meetings] == ["Ben Oh", "The fair", "Cy Day"]
    first = page.meetings[0]
    assert first.when == "Mon 23 Nov, 14:30"
    assert [phone.href for phone in first.phones] == ["tel:1", "tel:2", "tel:3"]
    assert first.sheet is not None
    assert first.sheet.questions
    mails = {errand.who: errand.mail.href if errand.mail else "" for errand in page.errands}
    assert mails["Kim Ek"].startswith("mailto:kim%2Ba%26b%3F@x.example?subject=")
    assert mails["No"] == ""


def test_the_phone_has_the_address_of_whom_no_letter_serves() -> None:
    files = {**BARE, "contacts/kim.md": person("Kim", "email: kim@x.example\n", "- [ ] promise: x\n")}
    files["meetings/2026-11-25-kim.md"] = "---\nmode: email\n---\n"
    files["meetings/2026-11-26-who.md"] = (
        "---\ncontacts: Who\n---\n\n## Goals\n\n[[kim]] ![[card.svg]] [w](https://w.example)\n"
    )
    page = context(files, "pocket.html", Pocket)
    assert [one.sheet is None for one in page.meetings] == [True, False]
    assert page.errands[0].mail is not None
    assert page.errands[0].mail.href == "mailto:kim@x.example"
    html = site_of(files)["pocket.html"]
    assert "<img" not in html
    assert "contacts/kim.html" not in html
    assert "None is arranged." in site_of(BARE)["pocket.html"]


def test_who_was_named_on_no_day_has_no_place_in_the_story() -> None:
    files = {
        **BARE,
        "contacts/a.md": person(
            "Ann Ames", body="- referral: [[b]]\n\n## Log\n\n- 2026-10-01 met\n  - referral: [[b]]\n"
        ),
        "contacts/b.md": person("Bob Bell"),
    }
    story = context(files, "contacts/b.html", ContactPage).story
    assert [(event.iso, event.kind, [link.text for link in event.named]) for event in story] == [
        ("2026-10-01", "named by", ["Ann Ames"])
    ]


def test_a_person_leads_to_their_card() -> None:
    assert context(METHOD, "contacts/ada.html", ContactPage).vcard == "../contacts/ada.vcf"
    card = pages_of(METHOD)["contacts/ada.vcf"].context()
    assert isinstance(card, Asset)
    assert b"FN:Ada Ek" in card.content
