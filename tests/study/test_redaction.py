"""A journal for others' eyes: what stays is what happened, without a word that anybody typed."""

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from kith.diagnostics import Place
from kith.load import read_journal
from kith.model import Journal, Settings
from kith.study.coverage import read_coverage
from kith.study.evidence import gather_evidence
from kith.study.exchange import add_exchanges, read_exchanges
from kith.study.funnel import funnel
from kith.study.rates import minutes, pace, requests
from kith.study.redaction import redact
from kith.study.referrals import referrers
from kith.study.timeline import read_timeline
from tests.site.small import JOURNAL

TODAY = date(2026, 11, 22)
OWNER = "---\ntitle: Secret search\nname: Robin Vale\nnudges: 2\n---\n\n- [ ] promise: my own secret\n- pro: me\n"


def journal_of(files: Mapping[str, str]) -> Journal:
    """Return what files say."""
    return read_journal({"journal.md": OWNER.encode(), **{path: text.encode() for path, text in files.items()}})[0]


def redacted(files: Mapping[str, str]) -> Journal:
    """Return the same for others."""
    return redact(journal_of(files))


def texts_in(value: object) -> Iterator[str]:
    """Yield every text that a value holds, whatever it is named."""
    match value:
        case str():
            yield value
        case Place():
            yield value.file
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from texts_in(getattr(value, name))
        case dict():
            yield from texts_in(tuple(value.items()))
        case tuple() | frozenset():
            for one in value:
                yield from texts_in(one)


def test_no_word_that_was_typed_is_left() -> None:
    allowed = {
        *("", "journal", "journal.md", "answered", "open", "done", "dropped", "d", "w", "mo", "y"),
        *("referral", "supervisor", "cold", "social-network", "peer", "recruiter"),
        *("outreach", "reply", "thank-you", "introduced", "proposed", "met", "email"),
        *("held", "planned", "cancelled", "no-show", "in-person", "phone", "video", "event"),
        *("pro", "con", "skill", "trend", "insight", "read", "join", "attend", "try", "advice", "promise"),
        *("exploring", "pursuing", "paused", "ruled-out"),
    }
    numbered = ("person", "meeting", "organisation", "path", "section", "question", "claim", "topic")
    left = {
        text
        for text in texts_in(redact(read_journal({path: text.encode() for path, text in JOURNAL.items()})[0]))
        if text not in allowed and text.removesuffix(".md").rstrip("0123456789").rstrip("- ").lower() not in numbered
    }
    assert left == set()


def test_what_happened_is_counted_as_before() -> None:
    source = journal_of(JOURNAL)
    before, after = read_timeline(source, TODAY), read_timeline(redact(source), TODAY)
    assert funnel(after) == funnel(before)
    assert pace(after) == pace(before)
    assert [(one.agreed, one.took) for one in minutes(after)] == [(one.agreed, one.took) for one in minutes(before)]
    assert [(one.sent.date, one.channel, one.contact.source) for one in requests(after)] == [
        (one.sent.date, one.channel, one.contact.source) for one in requests(before)
    ]
    assert len(referrers(after)) == len(referrers(before)) > 0
    given = add_exchanges(read_exchanges(after).values())
    assert (given.asked, given.they_gave, given.you_gave) == (
        (known := add_exchanges(read_exchanges(before).values())).asked,
        known.they_gave,
        known.you_gave,
    )
    assert sorted(len(one.answered_by) for one in read_coverage(after).questions) == sorted(
        len(one.answered_by) for one in read_coverage(before).questions
    )
    boards = [
        sorted((len(one.pro), len(one.con), len(one.contradictions), len(one.witnesses)) for one in found.values())
        for found in (gather_evidence(source).paths, gather_evidence(redact(source)).paths)
    ]
    assert boards[0] == boards[1]


def test_people_are_numbered_as_they_came_up() -> None:
    files = {
        "contacts/zoe.md": "---\nname: Zoe\nadded: 2026-09-01\n---\n",
        "contacts/abe.md": "---\nname: Abe\n---\n\n## Log\n\n- 2026-09-02 met\n",
        "contacts/ida.md": "---\nname: Ida\n---\n",
        "contacts/bea.md": "---\nname: Bea\nadded: 2026-10-01\n---\n\n## Log\n\n- 2026-08-02 met\n",
    }
    people = redacted(files).contacts
    assert [(id_, one.name, one.added) for id_, one in people.items()] == [
        ("person-1", "Person 1", date(2026, 10, 1)),
        ("person-2", "Person 2", date(2026, 9, 1)),
        ("person-3", "Person 3", None),
        ("person-4", "Person 4", None),
    ]
    assert people["person-1"].log[0].date == date(2026, 8, 2)
    assert list(redacted({f"contacts/p{number}.md": "---\nname: P\n---\n" for number in range(10)}).contacts)[:2] == [
        "person-01",
        "person-02",
    ]


def test_a_number_that_is_somebodys_name_or_id_is_left_out() -> None:
    files = {
        "contacts/person-1.md": "---\nname: Anna\n---\n",
        "contacts/anna-2.md": "---\nname: person  2\n---\n",
        "paths/law.md": "---\ntitle: Person 4\n---\n",
    }
    assert list(redacted(files).contacts) == ["person-3", "person-5"]


def test_paths_are_numbered_by_how_much_they_are_spoken_of() -> None:
    files = {
        "paths/art.md": "---\ntitle: Art\n---\n",
        "paths/law.md": "---\ntitle: Law\nstatus: paused\nquestion: why\n---\n",
        "contacts/ann.md": "---\nname: Ann\npaths: [law, nowhere]\n---\n",
    }
    assert [(one.title, one.status, one.question) for one in redacted(files).paths.values()] == [
        ("Path 1", "paused", ""),
        ("Path 2", "", ""),
    ]


def test_what_is_private_is_not_there() -> None:
    files = {
        "contacts/ann.md": (
            "---\nname: Ann\nprivate: yes\npaths: law\n---\n\n- pro: hers [[law]]\n\n## Log\n\n- 2026-10-01 met\n"
        ),
        "contacts/bob.md": (
            "---\nname: Bob\nvia: '[[ann]]'\n---\n\n## Log\n\n- 2026-10-02 introduced: [[ann]]\n- 2026-10-03 met\n"
        ),
        "contacts/cy.md": "---\nname: Cy\nvia: Old Tom\n---\n",
        "paths/law.md": "---\ntitle: Law\n---\n",
        "meetings/2026-10-04-ann.md": "---\ntook: 20\npaths: law\n---\n\n- pro: mine\n",
        "meetings/2026-10-05-both.md": (
            "---\ncontacts: ['[[ann]]', '[[bob]]', Stranger]\ndate: 2026-10-05\ntook: 20\npaths: law\n---\n\n"
            "- pro: of both\n\n## [[ann]]\n\n- con: hers alone\n\n## [[bob]]\n\n- con: his alone\n"
        ),
        "meetings/2026-10-06-bob.md": "---\ntook: 30\nprivate: yes\n---\n",
        "meetings/2026-10-07-fair.md": (
            "---\nmode: event\ndate: 2026-10-07\nstatus: held\n---\n\n## [[bob]]\n\n## [[ann]]\n\n## Goals\n"
        ),
    }
    journal = redacted(files)
    assert list(journal.contacts) == ["person-1", "person-2"]
    assert [one.via for one in journal.contacts.values()] == [None, None]
    assert [entry.links for entry in journal.contacts["person-1"].log] == [(), ()]
    assert list(journal.meetings) == ["meeting-1", "meeting-2"]
    both, fair = journal.meetings.values()
    assert both.contact_ids == ("person-1",)
    assert [(item.label, item.contacts) for item in both.items] == [("pro", ("person-1",)), ("con", ("person-1",))]
    assert fair.headed_ids == ("person-1",)
    assert [len(board.witnesses) for board in gather_evidence(journal).paths.values()] == [1]


def test_only_what_was_said_and_given_stays_of_labelled_lines() -> None:
    body = """\
- pro (Hours): off at *four*
- con (hours): off at seven
- skill: calm
- [x] read: a book done:2026-10-20
- [ ] try: a night due:2026-12-01
- referral: Zed Zane
- [ ] promise: the slides
- [x] promise: the poster
- [ ] waiting: an introduction
- offer: my notes
- vacancy: a post
- related: taxidermy
- [ ] buy stamps
"""
    files = {
        "contacts/ann.md": f"---\nname: Ann\nadded: 2026-09-01\n---\n\n{body}",
        "organizations/mercy.md": "---\nname: Mercy\n---\n\n- pro: Off at four\n",
    }
    journal = redacted(files)
    items = journal.contacts["person-1"].items
    assert [(item.label, item.state, item.topic, item.text) for item in items] == [
        ("pro", "open", "topic 1", "claim 1"),
        ("con", "open", "topic 1", "claim 2"),
        ("skill", "open", "", "claim 3"),
        ("read", "done", "", ""),
        ("try", "open", "", ""),
        ("referral", "open", "", ""),
        ("promise", "done", "", ""),
    ]
    assert [item.due for item in items] == [None] * 7
    assert items[3].done == date(2026, 10, 20)
    organization = journal.organizations["organisation-1"]
    assert (organization.name, [item.text for item in organization.items]) == ("Organisation 1", ["claim 1"])


def test_questions_keep_what_became_of_them() -> None:
    files = {
        "contacts/ann.md": "---\nname: Ann\n---\n",
        "questions/work.md": "---\ntitle: Work\n---\n\n- must: Why?\n  - How come?\n- How?\n- Why?\n",
        "meetings/2026-10-04-ann.md": (
            "---\ntook: 20\n---\n\n## Questions\n\n- [x] How come?\n  - money\n- [ ] How?\n- [x] My own?\n\n"
            "## [[ann]]\n\n### Questions\n\n- [x] How?\n"
        ),
    }
    journal = redacted(files)
    section = journal.questions["section-1"]
    assert [(one.text, one.key, one.mark) for one in section.questions] == [
        ("Question 1", "question-1", ""),
        ("Question 2", "question-2", ""),
        ("Question 1", "question-1", ""),
    ]
    asked = journal.meetings["meeting-1"].questions
    assert [(one.text, one.bank, one.asked, one.answer) for one in asked] == [
        ("Question 1", "question-1", True, "answered"),
        ("Question 2", "question-2", False, ""),
        ("", None, True, ""),
        ("Question 2", "question-2", True, ""),
    ]
    assert asked[3].under is not None
    assert asked[3].under.id == "person-1"


def test_settings_stay_and_the_owner_goes() -> None:
    owner = redacted({}).owner
    assert (owner.title, owner.name, owner.items) == ("", "", ())
    assert owner.settings == Settings(nudges=2)


def test_a_word_that_no_list_has_does_not_get_through() -> None:
    journal = journal_of({"contacts/ann.md": "---\nname: Ann\n---\n"})
    odd = msgspec.structs.replace(journal.contacts["ann"], source="my aunt", level="boss")
    person = redact(msgspec.structs.replace(journal, contacts={"ann": odd})).contacts["person-1"]
    assert (person.source, person.level) == ("", "")
