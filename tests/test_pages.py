"""What each page shows, and that a page's key knows all of it."""

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TypeVar

import pytest
from markupsafe import Markup

from kith.history import History
from kith.load import read_journal
from kith.pages import Asset, Page, contact, make_pages
from kith.pages.address import MAX_NAME, relative_href, safe_name
from kith.pages.contact import ContactPage, web_link
from kith.pages.contacts import Contacts
from kith.pages.diary import Diary
from kith.pages.meetings import MeetingPage, Meetings
from kith.pages.network import Network
from kith.pages.organizations import OrganizationPage, Organizations
from kith.pages.parts import key_of
from kith.pages.paths import PathPage, Paths
from kith.pages.problems import Problems
from kith.pages.search import FIRST, INDEX, MOST_IN_PART, Search, alphabet, part_address
from kith.pages.tags import TagPage, Tags
from kith.pages.today import Today
from kith.pages.words import counted, listed
from kith.pages.world import Given, World
from kith.study.timeline import read_timeline
from tests.site.small import JOURNAL, TODAY, pages_of, site_of, tree_of

T = TypeVar("T")
HOSTILE = "\"><script>alert(1)</script>'&{{7*7}}"
BARE = {"journal.md": "---\ntitle: J\nname: Robin\n---\n"}


def context(files: Mapping[str, str], address: str, kind: type[T], today: date = TODAY) -> T:
    """Return what the page at an address shows."""
    made = pages_of(files, today)[address].context()
    assert isinstance(made, kind)
    return made


def person(name: str, front: str = "", body: str = "") -> str:
    """Return the note of a contact."""
    return f"---\nname: {name}\n{front}---\n\n{body}"


# --- addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text,name",
    [
        ("dana-lee", "dana-lee"),
        ("Ünal", "ünal"),
        ("u\u0308", "ü"),
        ("李雷", "李雷"),
        ("a/b", "a~2f~b"),
        ("a~2f~b", "a~7e~2f~7e~b"),
        ("..", "~2e~~2e~"),
        ("", "~"),
        ("con", "con~"),
        ("50% #1?", "50~25~~20~~23~1~3f~"),
    ],
)
def test_names_of_files_are_safe_everywhere(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_keeps_its_beginning_and_stays_its_own() -> None:
    one, other = safe_name("ü" * 300), safe_name("ü" * 301)
    assert one != other
    assert one.startswith("üüü")
    assert len(one.encode()) <= MAX_NAME


@pytest.mark.parametrize(
    "target,page,href",
    [
        ("index.html", "index.html", "index.html"),
        ("contacts/ünal.html", "index.html", "contacts/%C3%BCnal.html"),
        ("contacts/dana.html", "meetings/x.html", "../contacts/dana.html"),
        ("attachments/my card#1.png", "contacts/dana.html", "../attachments/my%20card%231.png"),
    ],
)
def test_links_are_relative_and_encoded(target: str, page: str, href: str) -> None:
    assert relative_href(target, page) == href


def test_addresses_are_flat_and_of_each_kind() -> None:
    addresses = set(pages_of(JOURNAL))
    assert {
        "index.html",
        "contacts/dana-lee.html",
        "meetings/2026-11-03-dana-lee.html",
        "tags/night-shifts.html",
    } <= addresses
    assert all(address.count("/") <= 1 for address in addresses)


def test_odd_ids_have_pages_that_links_find() -> None:
    files = {
        **BARE,
        "contacts/50% a#b?.md": person("Odd"),
        "contacts/sam.md": person("Sam", body="[[50% a#b?]] [[odd]]"),
    }
    site = site_of(files)
    assert "contacts/50~25~~20~a~23~b~3f~.html" in site
    assert 'href="../contacts/50~25~~20~a~23~b~3f~.html"' in site["contacts/sam.html"]


# --- journals of every size ------------------------------------------------------------------------------------------


def test_an_empty_journal_has_pages_that_say_how_to_begin() -> None:
    site = site_of(BARE)
    for address in ("index", "journal", "contacts", "meetings", "organizations", "paths", "tags", "problems"):
        html = site[f"{address}.html"]
        assert 'class="empty"' in html
        assert "<code>kith " in html
    today = context(BARE, "index.html", Today)
    assert today.counts == "Nothing is due today." or today.groups
    assert today.build.notes == "1 note"
    assert today.build.problems is not None
    assert today.build.problems.text == "Problems: none"


def test_a_journal_where_nothing_is_to_do_says_so() -> None:
    files = {**BARE, "journal.md": "---\ntitle: J\nname: R\nlead-reserve: 0\n---\n"}
    first = context(files, "index.html", Today).empty
    assert first is not None
    assert "Begin with somebody you know" in first.sentence
    files["contacts/kim.md"] = person("Kim", "parked: yes\n")
    later = context(files, "index.html", Today).empty
    assert later is not None
    assert later.sentence.startswith("Nothing is waiting")


def test_one_contact() -> None:
    files = {**BARE, "contacts/kim.md": person("Kim", "added: 2026-11-22\n")}
    page = context(files, "contacts/kim.html", ContactPage)
    assert page.name == "Kim"
    assert page.stage.word == "lead"
    assert page.story == ()
    assert page.standfirst == ""
    table = context(files, "contacts.html", Contacts)
    assert table.count == "1 person"
    assert table.standfirst == "One person, none of them met."


def test_names_of_any_length_and_script() -> None:
    names = {"a": "ש" * 300, "b": "محمد بن عبد الله", "c": "李雷", "d": "A" * 400, "e": "Zoë O’Neill-d’Arc 🙂"}
    site = site_of({**BARE, **{f"contacts/{id_}.md": person(name) for id_, name in names.items()}})
    for id_, name in names.items():
        assert f'<h1 dir="auto">{name}</h1>' in site[f"contacts/{id_}.html"]
        assert f"<bdi>{name}</bdi>" in site["contacts.html"]


def test_a_thousand_contacts() -> None:
    files = {f"contacts/p{n}.md": person(f"P{n}", f"via: p{n - 1}\n" if n else "") for n in range(1000)}
    made = pages_of({**BARE, **files})
    assert len(made) > 1000
    table = made["contacts.html"].context()
    assert isinstance(table, Contacts)
    assert len(table.rows) == 1000


# --- nothing a note holds becomes markup -----------------------------------------------------------------------------


def hostile_journal() -> dict[str, str]:
    """Return a journal with a hostile string wherever a note may hold a text."""
    text = HOSTILE.replace("'", "''")
    fields = "".join(
        f"{key}: '{text}'\n"
        for key in (
            "called",
            "aliases",
            "pronouns",
            "organization",
            "role",
            "via",
            "school",
            "location",
            "tags",
            "linkedin",
        )
    )
    web = "email: 'a\"><b>@x.example'\nphone: '\"><b>'\nwebsite: 'javascript:alert(1)'\n"
    body = f"{HOSTILE}\n\n## {HOSTILE}\n\n- pro ({'x' * 3}): {HOSTILE}\n- [ ] promise: {HOSTILE}\n- read: {HOSTILE}\n"
    log = f"\n## Log\n\n- 2026-11-01 reply: {HOSTILE}\n- {HOSTILE}\n"
    return {
        "journal.md": f"---\ntitle: '{text}'\nname: '{text}'\n---\n",
        "inbox.md": f"- {HOSTILE}\n",
        "contacts/a.md": f"---\nname: '{text}'\n{fields}{web}---\n\n{body}{log}",
        'contacts/"><img src=x onerror=1>.md': person("B"),
        "meetings/m.md": f"---\ncontacts: [a, '{text}']\ndate: 2026-11-20\nplace: '{text}'\ntags: '{text}'\n"
        f"status: held\n---\n\n{body}- referral: {HOSTILE}\n\n## Questions\n\n- [x] {HOSTILE}\n  - {HOSTILE}\n",
        "meetings/n.md": f"---\ncontacts: a\ndate: 2026-11-23\nplace: '{text}'\nresume: '{text}'\n---\n",
        "organizations/o.md": f"---\nname: '{text}'\nindustry: '{text}'\nlocation: '{text}'\n"
        f"website: '{text}'\n---\n\n{body}",
        "paths/p.md": f"---\ntitle: '{text}'\nquestion: '{text}'\n---\n\n{body}",
    }


def test_hostile_strings_are_text_everywhere() -> None:
    site = site_of(hostile_journal())
    for address, html in site.items():
        if address in (INDEX, part_address(1)):
            assert "<" not in html
        if not address.endswith(".html"):
            continue
        tree = tree_of(html)
        elements = [line.strip() for line in tree.splitlines() if not line.strip().startswith(("'", '"'))]
        assert not any(
            element.startswith(("b ", "img", "script")) and "scripts/" not in element for element in elements
        )
        assert elements.count("b") <= html.count("<b><")
        assert "<script>alert" not in html
        assert "onerror=1>" not in html.replace("&gt;", "")
        assert 'javascript:alert(1)"' not in html
        assert "49" not in html.replace("{{7*7}}", "") or "7*7" in html


@pytest.mark.parametrize(
    "address,href",
    [
        ("https://dana.example/a", "https://dana.example/a"),
        ("HTTP://dana.example", "HTTP://dana.example"),
        ("javascript:alert(1)", ""),
        ("//dana.example", ""),
        ("data:text/html,x", ""),
        ("dana.example", ""),
    ],
)
def test_addresses_of_the_front_matter_lead_to_the_web_or_nowhere(address: str, href: str) -> None:
    assert web_link(address).href == href


# --- keys ------------------------------------------------------------------------------------------------------------


def differing(before: Mapping[str, Page], after: Mapping[str, Page]) -> list[str]:
    """Return the pages of two journals that differ though their keys are equal."""
    same = [address for address in before.keys() & after.keys() if before[address].key == after[address].key]
    return [address for address in same if before[address].context() != after[address].context()]


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    """Return the pages of the small journal, composed once."""
    made = pages_of(JOURNAL)
    return {address: replace(page, context=cache(page.context)) for address, page in made.items()}


@pytest.mark.parametrize("file", sorted(JOURNAL))
def test_a_page_whose_key_is_the_same_is_the_same(file: str, pages: dict[str, Page]) -> None:
    lines = JOURNAL[file].split("\n")
    for number in range(len(lines)):
        without = "\n".join(lines[:number] + lines[number + 1 :])
        assert differing(pages, pages_of({**JOURNAL, file: without})) == [], lines[number]
    assert differing(pages, pages_of({name: text for name, text in JOURNAL.items() if name != file})) == []


@pytest.mark.parametrize("days", [1, 2, 9, 40, 400])
def test_keys_know_the_day(days: int, pages: dict[str, Page]) -> None:
    assert differing(pages, pages_of(JOURNAL, TODAY + timedelta(days=days))) == []


def test_keys_know_which_files_the_site_has(pages: dict[str, Page]) -> None:
    assert differing(pages, pages_of(JOURNAL, attachments=frozenset())) == []


def test_an_answer_leaves_pages_alone_that_do_not_show_it() -> None:
    file = "meetings/2026-11-03-dana-lee.md"
    more = JOURNAL[file].replace("Eight patients at once.", "Nine patients at once.")
    old, new = pages_of(JOURNAL), pages_of({**JOURNAL, file: more})
    assert {address for address in old if old[address].key != new[address].key} == {
        "meetings/2026-11-03-dana-lee.html",
        "questions/what-does-an-ordinary-day-look-like.html",
        part_address(1),
    }


def test_a_new_note_leaves_pages_alone_that_do_not_show_it() -> None:
    old, new = pages_of(JOURNAL), pages_of({**JOURNAL, "contacts/zoe.md": person("Zoe", "added: 2026-11-22\n")})
    changed = {address for address in old if old[address].key != new[address].key}
    assert changed == {
        *("index.html", "contacts.html", "organizations.html", "network.html", "insights.html"),
        *("problems.html", "pocket.html", "search.html", part_address(1)),
    }


def test_pages_do_not_depend_on_the_order_of_files() -> None:
    files = list(JOURNAL.items())
    random.Random(1).shuffle(files)  # noqa: S311 - any order will do
    old, new = pages_of(JOURNAL), pages_of(dict(files))
    assert {address: page.key for address, page in old.items()} == {address: page.key for address, page in new.items()}


# --- what pages say --------------------------------------------------------------------------------------------------


def test_today_groups_people_by_what_is_due() -> None:
    today = context(JOURNAL, "index.html", Today)
    groups = {group.name: [block.person.text for block in group.blocks] for group in today.groups}
    assert list(groups) == ["1", "2", "3", "soon", "later"]
    assert "Dana Lee" in groups["1"]
    assert today.soon[0].link.text == "Priya Shah"
    assert today.soon[0].when == "Monday, 23 November, 14:30"
    assert today.ahead == "You meet Priya Shah on Monday, 23 November."
    assert today.inbox == ("ask about the <open> evening",)
    assert today.build.notes == f"{len(JOURNAL) - 1} notes"


@pytest.mark.parametrize(
    "front,words",
    [
        ("mode: event\nplace: The fair\n", "You go to The fair on"),
        ("mode: event\n", "You meet An event on"),
        ("mode: email\ncontacts: kim\n", "Questions go to Kim on"),
    ],
)
def test_today_says_what_is_ahead(front: str, words: str) -> None:
    files = {**BARE, "contacts/kim.md": person("Kim"), "meetings/m.md": f"---\ndate: 2026-11-30\n{front}---\n"}
    assert context(files, "index.html", Today).ahead.startswith(words)


def test_today_leaves_out_what_would_be_too_much() -> None:
    log = "## Log\n\n- 2026-06-01 got: a book\n"
    files = {f"contacts/p{n}.md": person(f"P{n}", "added: 2026-01-01\n", log) for n in range(9)}
    leads = {f"contacts/l{n}.md": person(f"L{n}", "added: 2026-01-01\n") for n in range(9)}
    lines = [line.sentence for line in context({**BARE, **files, **leads}, "index.html", Today).hidden]
    assert any("late" in line for line in lines)
    assert any("wait to be asked" in line for line in lines)


@pytest.mark.parametrize("late,now", [(0, 0), (1, 0), (0, 1), (2, 1), (1, 2)])
def test_the_standfirst_counts(late: int, now: int) -> None:
    tasks = "- [ ] a due:2026-11-20\n" * late + "- [ ] b due:2026-11-22\n" * now
    files = {"journal.md": f"---\ntitle: J\nname: R\nlead-reserve: 0\n---\n\n{tasks}"}
    counts = context(files, "index.html", Today).counts
    assert ("late" in counts) == bool(late)
    assert ("for today" in counts or now == 0) is True


def test_names_are_sorted_as_people_look_them_up() -> None:
    names = ("Zoe", "Émile", "Anna", "Öz", "etienne", "Bert", "Øre", "Łucja")
    files = dict(BARE)
    for number, name in enumerate(names):
        files[f"contacts/c{number}.md"] = person(name, f"tags: {name}\nparked: yes\norganization: {name} Inc\n")
        files[f"paths/p{number}.md"] = f"---\ntitle: {name}\n---\n"
    expected = ["Anna", "Bert", "Émile", "etienne", "Łucja", "Øre", "Öz", "Zoe"]
    assert [row.person.text for row in context(files, "contacts.html", Contacts).rows] == expected
    assert [row.link.text for row in context(files, "organizations.html", Organizations).rows] == [
        f"{name} Inc" for name in expected
    ]
    found = context(files, "search.html", Search)
    assert {group.heading: [link.text for link in group.links] for group in found.groups} == {
        "People": expected,
        "Paths": expected,
        "Tags": expected,
    }
    assert [branch.link.text for branch in context(files, "network.html", Network).forest] == expected


def test_the_story_is_told_in_order() -> None:
    page = context(JOURNAL, "contacts/dana-lee.html", ContactPage)
    assert [(event.iso, event.kind) for event in page.story if not event.heading] == [
        ("2026-09-15", "named by"),
        ("2026-10-01", "outreach by email"),
        ("2026-10-09", "reply by email"),
        ("2026-11-04", "thank-you by email"),
        ("2026-11-06", "introduced by email"),
    ]
    assert [event.heading.text for event in page.story if event.heading] == ["Talked in person", "Talked by video"]
    assert page.strays == ("some day soon, coffee",)
    assert (
        page.standfirst
        == "Physician assistant, Mercy Hospital. Sam Ortiz led you to her. Dana has led you to one other."
    )
    assert page.advice_count == "two of five done"


def test_the_note_of_a_person_is_shown_without_its_log_and_loses_nothing_else() -> None:
    notes = context(JOURNAL, "contacts/dana-lee.html", ContactPage).notes
    assert "I keep this by hand." in notes
    assert "Nothing yet." in notes
    assert "eleven PAs" in notes
    assert not any(said in notes for said in ("outreach", "on nights", "coffee", "<h3>Log"))
    assert context(JOURNAL, "contacts/sam.html", ContactPage).notes == ""


def test_what_stands_behind_the_log_without_a_blank_line_stays() -> None:
    body = "## Log\n\n- 2026-10-01 outreach: one\n  more\nlazy words\n## After\ntext\n"
    notes = context({**BARE, "contacts/kim.md": person("Kim", body=body)}, "contacts/kim.html", ContactPage).notes
    assert "lazy" not in notes
    assert "<p>text</p>" in notes


def test_facts_are_links_where_they_lead_somewhere() -> None:
    facts = {fact.name: fact.values for fact in context(JOURNAL, "contacts/dana-lee.html", ContactPage).facts}
    assert [value.href for value in facts["Email"]] == ["mailto:dana@mercy.example", "mailto:d.lee@home.example"]
    assert facts["Phone"][0].href == "tel:+15550142"
    assert [value.href for value in facts["Website"]] == ["https://dana.example", ""]
    assert facts["Comes up"][0].text == "every 60d"
    assert facts["Works at"][0].href == "../organizations/mercy.html"
    lena = {fact.name: fact.values for fact in context(JOURNAL, "contacts/lena.html", ContactPage).facts}
    assert lena["Comes up"][0].text == "never"
    assert lena["Rests until"][0].text == "24 Dec"


def test_the_table_of_people_says_what_is_next() -> None:
    rows = {row.person.text: row for row in context(JOURNAL, "contacts.html", Contacts).rows}
    assert rows["Rex Recruiter"].next_word == "closed, no reply"
    assert rows["Vic Vane"].next_word == "closed"
    assert rows["Kim Lee"].next_word == "parked"
    assert rows["Lena Fischer"].next_word == "resting until then"
    assert rows["Dana Lee"].due is not None
    assert rows["Dana Lee"].due.label == "17 days late"
    assert {row.recency for row in rows.values()} >= {"not yet", "within a month"}


@pytest.mark.parametrize("day,words", [("2026-09-20", "within three months"), ("2026-01-20", "longer ago")])
def test_last_contact_is_told_roughly(day: str, words: str) -> None:
    files = {**BARE, "contacts/kim.md": person("Kim", body=f"## Log\n\n- {day} hello\n")}
    assert context(files, "contacts.html", Contacts).rows[0].recency == words


def test_meetings_ahead_come_first() -> None:
    rows = context(JOURNAL, "meetings.html", Meetings).rows
    assert [row.iso for row in rows[:3]] == ["2026-11-23", "2026-12-01", "2026-11-18"]
    states = {row.iso: (row.status, row.minutes, row.questions) for row in rows}
    assert states["2026-11-18"] == ("to write up", "", "")
    assert states["2026-11-14"] == ("cancelled", "20 agreed", "")
    assert states["2026-11-03"] == ("held", "24 of 20", "1 of 2 asked")
    assert states["2026-09-15"] == ("held", "20", "")
    assert states["2026-11-23"] == ("planned", "20 agreed", "1 listed")


def test_a_meeting_says_what_is_missing() -> None:
    past = context(JOURNAL, "meetings/2026-11-18-owen.html", MeetingPage)
    assert past.empty is not None
    assert past.empty.command == "kith debrief owen"
    assert past.standfirst.endswith("not written down yet.")
    ahead = context(JOURNAL, "meetings/2026-12-01-mail.html", MeetingPage)
    assert ahead.empty is not None
    assert ahead.empty.command == "kith prep 2026-12-01-mail --write"
    alone = {**BARE, "meetings/m.md": "---\ndate: 2026-10-01\n---\n"}
    empty = context(alone, "meetings/m.html", MeetingPage).empty
    assert empty is not None
    assert empty.command == "kith debrief"


def test_people_of_a_meeting_without_a_card_are_named() -> None:
    page = context(JOURNAL, "meetings/2026-11-12-two.html", MeetingPage)
    assert [(one.link.text, one.meta) for one in page.people][-1] == ("Ursula Ek", "no card yet")
    assert page.title == "Dana Lee, Sam Ortiz and Ursula Ek"
    assert [link.text for link in page.others] == ["Sam Ortiz, 15 Sep", "Dana Lee, 3 Nov", "Sam Ortiz, 1 Dec"]


def test_items_of_a_note_are_set_apart_with_dates_in_words() -> None:
    body = context(JOURNAL, "meetings/2026-11-03-dana-lee.html", MeetingPage).body
    assert "<em><strong>pro (hours)</strong></em> most days end at four" in body
    assert "<em><strong>they owe you</strong></em> an introduction <em>(due 30 Nov)</em>" in body
    assert "the form <em>(done 6 Nov)</em>" in body
    assert "insight <a" in body


def test_dates_that_are_none_stay_as_they_are() -> None:
    files = {**BARE, "meetings/m.md": "---\ndate: 2026-10-01\n---\n\n- [ ] promise: x due:2026-13-40\n"}
    assert "due:2026-13-40" in context(files, "meetings/m.html", MeetingPage).body


def test_organisations_with_and_without_a_file() -> None:
    rows = {row.link.text: row for row in context(JOURNAL, "organizations.html", Organizations).rows}
    assert rows["Mercy Hospital"].met == 1
    assert rows["Alder College"].link.href == ""
    assert rows["Alder Works"].people == ()
    mercy = context(JOURNAL, "organizations/mercy.html", OrganizationPage)
    assert mercy.standfirst == "Hospital, Alder. You know one person there, and have met."
    assert "job heard of" in {one.label for one in mercy.said}
    assert context(JOURNAL, "organizations/alder.html", OrganizationPage).empty is not None


@pytest.mark.parametrize(
    "met,words", [((), "not yet met"), (("a",), "one of them met"), (("a", "b"), "two of them met")]
)
def test_an_organisation_counts_whom_you_met(met: tuple[str, ...], words: str) -> None:
    files = {**BARE, "organizations/o.md": "---\nname: O\n---\n"}
    files |= {f"contacts/{id_}.md": person(id_, "organization: '[[o]]'\n") for id_ in ("a", "b")}
    files |= {f"meetings/2026-10-01-{id_}.md": "---\nstatus: held\n---\n" for id_ in met}
    assert words in context(files, "organizations/o.html", OrganizationPage).standfirst


def test_a_path_shows_its_evidence() -> None:
    page = context(JOURNAL, "paths/pa.html", PathPage)
    pros = {str(claim.text): claim for claim in page.pro}
    assert pros["most days end at four"].contested
    con = next(claim for claim in page.con if claim.topic == "hours")
    assert con.dots == 2
    assert [said.yours for said in con.said] == [True, False, False]
    assert [said.text for said in con.said] == ["I sleep badly", "nobody sleeps", "nights"]
    assert [one.topic for one in page.contradictions] == ["Hours"]
    assert page.con_count == "2 observations, 2 people"
    assert next(claim for claim in page.con if claim.topic == "experience").people == "nobody but you"
    assert page.standfirst == "Would have to be true: I can be second."
    assert context(JOURNAL, "paths/law.html", PathPage).standfirst == ""


def test_a_claim_without_a_path_waits() -> None:
    page = context(JOURNAL, "paths.html", Paths)
    assert [item.say for item in page.unsorted] == ["I like mornings", "free pens", "together"]
    assert [row.link.text for row in page.rows] == ["Physician assistant", "Law", "Nursing"]


def test_the_journal_is_told_month_by_month() -> None:
    page = context(JOURNAL, "journal.html", Diary)
    assert [month.name for month in page.months] == ["December 2026", "November 2026", "October 2026", "September 2026"]
    assert page.months[-1].count == "one conversation, three entries"
    assert page.calendar is not None
    assert {cell.kind for cell in page.calendar.cells} == {"", "one", "two", "talk", "planned"}
    assert page.years == ()


def test_a_long_journal_has_pages_of_years() -> None:
    log = "## Log\n\n" + "".join(f"- {year}-03-01 hello\n" for year in (1990, 2019, 2025, 2026))
    files = {**BARE, "contacts/kim.md": person("Kim", body=log)}
    made = pages_of(files)
    assert {"journal/2026.html", "journal/2025.html", "journal/2019.html", "journal/1990.html"} <= set(made)
    page = made["journal.html"].context()
    assert isinstance(page, Diary)
    assert [month.name for month in page.months] == ["March 2026"]
    assert page.calendar is not None
    assert page.calendar.today_x > 0
    old = made["journal/2019.html"].context()
    assert isinstance(old, Diary)
    assert old.calendar is not None
    assert len(old.calendar.cells) <= 54 * 7


@pytest.mark.parametrize("day", ["2999-12-31", "1900-01-01"])
def test_the_calendar_ends_where_calendars_do(day: str) -> None:
    page = context({**BARE, "meetings/m.md": f"---\ndate: {day}\n---\n"}, "journal.html", Diary)
    assert page.calendar is not None


def test_tags_are_one_whatever_their_case() -> None:
    tags = context(JOURNAL, "tags.html", Tags)
    assert [(one.link.text, one.count) for one in tags.tags] == [("emergency", 2), ("Night-shifts", 2), ("teaching", 1)]
    page = context(JOURNAL, "tags/night-shifts.html", TagPage)
    assert [kind.heading for kind in page.kinds] == ["People", "Meetings"]


def test_problems_show_the_line() -> None:
    files = {**JOURNAL, "contacts/zed.md": "---\nname: Zed\nrool: " + "x" * 300 + "\nvia: '[[nobody]]'\n---\n"}
    page = context(files, "problems.html", Problems)
    assert "error" in page.standfirst
    unknown = next(one for one in page.problems if one.name == "unknown-key")
    assert (unknown.before, unknown.marked) == ("", "rool")
    assert unknown.after.endswith("…")
    assert unknown.note.href == "contacts/zed.html"
    assert [piece.text for piece in unknown.message if piece.code]
    dead = next(
        one for one in page.problems if one.place.startswith("contacts/dana-lee.md") and one.name == "dead-link"
    )
    assert dead.marked == "[[nobody]]"


def test_problems_without_a_line_to_show() -> None:
    journal, findings = read_journal({"contacts/a.md": b"\xff"})
    assert journal.unreadable
    assert findings
    page = context({**BARE, "contacts/b.md": "", "contacts/long.md": "x" * 200 + "[[a]]"}, "problems.html", Problems)
    assert any(not (one.before or one.marked or one.after) for one in page.problems)


def test_of_very_many_problems_the_worst_are_shown() -> None:
    body = "".join(f"[[nobody-{number}]]\n" for number in range(450))
    page = context({**BARE, "contacts/a.md": person("A", body=body), "meetings/z.md": ""}, "problems.html", Problems)
    assert len(page.problems) == 400
    assert page.problems[-1].severity == "error"
    assert page.more.endswith("more; kith check says them all.")
    assert context(JOURNAL, "problems.html", Problems).more == ""


def test_a_value_with_a_backtick_is_not_cut_at_it() -> None:
    page = context({**BARE, "contacts/a.md": "---\nname: A\nlevel: pe`er\n---\n"}, "problems.html", Problems)
    message = next(one.message for one in page.problems if one.name == "bad-choice")
    assert len(message) == 1
    assert "pe`er" in message[0].text


def spelt(text: str, words: list[str]) -> str:
    """Return a text of the index in words, as `search.js` reads it."""
    codes = [ord(sign) for sign in text]
    return " ".join(words[code - FIRST if code < 0xD800 else code - FIRST - 0x2800] for code in codes)


def index_of(files: Mapping[str, str]) -> dict[tuple[str, str], list[str]]:
    """Return the texts of all entries of the index by group and title, as `results.js` reads them."""
    site = site_of(files)
    index = json.loads(site[INDEX].removeprefix("window.KITH_SEARCH = ").removesuffix(";\n"))
    before, after = "window.KITH_SEARCH.parts.push(", ");\n"
    for number in range(1, index["count"] + 1):
        index["parts"].append(json.loads(site[part_address(number)].removeprefix(before).removesuffix(after)))
    return {
        (index["groups"][group], title): [spelt(one, part["words"]) for one in texts]
        for part in index["parts"]
        for group, title, _, _, *texts in part["entries"]
    }


def test_search_finds_notes_and_answers() -> None:
    found = index_of(JOURNAL)
    meeting = found["Meetings", "Dana Lee"]
    assert meeting[1:] == ["What does an ordinary day look like?", "Eight patients at once."]
    assert "Quick and warm, like Priya Shah." in meeting[0]
    assert "Eight patients" not in meeting[0]
    assert "Tuesdays are best" in found["People", "Dana Lee"][0]
    assert "Sam Ortiz and nobody know" in found["People", "Dana Lee"][0]
    assert ("Tags", "Night-shifts") in found


def test_an_edit_makes_one_part_of_the_index_again() -> None:
    people = {f"contacts/p{number}.md": person(f"P {number}") for number in range(3 * MOST_IN_PART)}
    files = {**BARE, **people, "contacts/a.md": person("A", body="Met by [[p7]].")}
    pages = pages_of(files)
    parts = [address for address in pages if address.startswith("assets/")]
    assert parts == [INDEX, *(part_address(number) for number in range(1, 5))]
    assert len(index_of(files)) == len(people) + 1
    edited = pages_of({**files, "contacts/a.md": person("A", body="Met by [[p7]] and others.")})
    assert len([address for address in parts if pages[address].key != edited[address].key]) == 1


@pytest.mark.parametrize(
    "body",
    ["[[d]]", "- [ ] task: [[d due:2026-11-22]]", "- [ due:2026-11-22[d]]", "## Log\n\n- 2026-11-01 hello: [[d]]"],
)
def test_a_part_of_the_index_knows_whom_it_names(body: str) -> None:
    others = {f"contacts/p{number}.md": person(f"P {number}") for number in range(MOST_IN_PART)}
    files = {**BARE, **others, "contacts/a.md": person("A", body=body)}
    old, new = (pages_of({**files, "contacts/d.md": person(name)})[part_address(2)] for name in ("Bea", "Ben"))
    texts = [made.content.decode() for page in (old, new) if isinstance(made := page.context(), Asset)]
    assert '"A"' in texts[0]
    assert '"contacts/d.html"' not in texts[0]
    assert texts[0].replace("Bea", "Ben") == texts[1]
    assert old.key != new.key


def test_no_sign_of_the_index_needs_an_escape() -> None:
    counts = {f"w{number}": 1 for number in range(60_000)}
    signs, words = alphabet(counts)
    assert len(set(signs.values())) == len(counts)
    text = "".join(signs.values())
    assert json.dumps(text, ensure_ascii=False) == f'"{text}"'
    assert text.encode()
    assert not set(text) & set("<>&\u2028\u2029")
    assert spelt(text, words).split() == list(signs)


def test_a_person_says_when_the_note_was_changed() -> None:
    journal, findings = read_journal({"contacts/a.md": person("A").encode(), "contacts/b.md": person("B").encode()})
    timeline = read_timeline(journal, TODAY)
    cases = [
        (History(), []),
        (History("1", {"contacts/a.md": date(2026, 11, 3)}), ["3 Nov"]),
        (History("1", {"contacts/b.md": date(2026, 11, 3)}), ["not committed yet"]),
        (History(note="git is not installed"), ["unknown: git is not installed"]),
    ]
    keys = set()
    for history, said in cases:
        made = make_pages(journal, timeline, tuple, lambda: findings, TODAY, history=history)
        page = next(one for one in made if one.address == "contacts/a.html")
        shown = page.context()
        assert isinstance(shown, ContactPage)
        assert [fact.values[0].text for fact in shown.facts if fact.name == "Note changed"] == said
        keys.add(page.key)
    assert len(keys) == len(cases)


def test_a_key_needs_the_hashes_of_what_its_page_shows() -> None:
    names = ("a", "b", "c")
    journal, _ = read_journal({f"contacts/{name}.md": person(name.upper()).encode() for name in names})
    world = World(journal, read_timeline(journal, TODAY), Given())
    page = next(page for page in contact.pages(world) if page.address == "contacts/b.html")
    assert page.key
    assert set(world.digests) == {"b"}


def test_words() -> None:
    assert [counted(number, "day") for number in (0, 1, 12, 13)] == ["no days", "one day", "twelve days", "13 days"]
    assert [listed(words) for words in ([], ["a"], ["a", "b", "c"])] == ["", "a", "a, b and c"]


def test_links_lead_to_notes_files_or_nowhere() -> None:
    notes = context(JOURNAL, "contacts/dana-lee.html", ContactPage).notes
    assert '<a href="../contacts/sam.html">Sam Ortiz</a>' in notes
    assert '<span class="no-link">nobody</span>' in notes
    assert '<a href="../attachments/card.svg">' in notes
    assert '<a href="../contacts/sam.html">Sam</a>' in notes
    files = {
        **BARE,
        "contacts/kim.md": person("Kim", body="[[bad]] [x](gone.md) ![[card.svg]] [[j]]"),
        "contacts/bad.md": "---\nname: [\n",
    }
    body = context(files, "contacts/kim.html", ContactPage).notes
    assert "bad" in body
    assert '<span class="no-link">x</span>' in body
    assert '<img src="../attachments/card.svg"' in body


def test_a_key_takes_html_as_text_and_nothing_that_it_cannot_tell_apart() -> None:
    assert key_of("<b>", 1) == key_of(Markup("<b>"), 1) != key_of(Markup("<i>"), 1)
    with pytest.raises(NotImplementedError):
        key_of(object())
