"""Who named whom, and who led to whom."""

from datetime import date

import pytest

from kith.study.referrals import introductions, name_in, named_people, referrers
from kith.study.timeline import read_timeline
from tests.followups.cases import make_journal

TODAY = date(2026, 11, 22)


def card(id_: str, *log: str, front: str = "", body: str = "") -> dict[str, str]:
    lines = "".join(f"- {line}\n" for line in log)
    return {f"contacts/{id_}.md": f"---\nname: {id_.title()}\n{front}\n---\n\n{body}\n\n## Log\n\n{lines}"}


@pytest.mark.parametrize(
    "text, name",
    [
        ("Priya Shah, hospice nurse", "Priya Shah"),
        ("Priya Shah; hospice nurse", "Priya Shah"),
        ("Priya Shah: hospice nurse", "Priya Shah"),
        ("Priya Shah (hospice)", "Priya Shah"),
        ("Priya Shah — hospice", "Priya Shah"),
        ("Priya Shah—hospice", "Priya Shah"),
        ("Priya Shah - hospice", "Priya Shah"),
        ("Priya Shah – hospice", "Priya Shah"),
        ("Anne-Marie Shah", "Anne-Marie Shah"),
        ("**Priya** Shah, nurse", "Priya Shah"),
        ("[[priya-shah]], nurse", "priya-shah"),
        ("[[priya-shah|Priya]], nurse", "Priya"),
        ("her friend [[priya-shah|Priya]], nurse", "Priya"),
        ("Noor Haddad, colleague of [[priya-shah]]", "Noor Haddad"),
    ],
)
def test_the_name_that_a_referral_begins_with(text: str, name: str) -> None:
    journal = make_journal(card("ann", body=f"- referral: {text}"))
    assert name_in(journal.contacts["ann"].items[0]) == name


def test_named_people_are_found_by_link_name_and_alias() -> None:
    body = "- referral: [[bo]]\n- referral: BO\n- referral: the nurse\n- referral: Noor\n- referral: [[noor|Noor]]\n"
    body += "- referral: Mercy\n- referral: ;\n- promise: Bo\n"
    files = {
        **card("ann", body=body),
        **card("bo", front="aliases: The Nurse"),
        "organizations/mercy.md": "---\nname: Mercy\n---\n",
    }
    found = [(one.name, one.id, one.linked, one.target) for one in named_people(make_journal(files))]
    assert found == [
        ("bo", "bo", True, "bo"),
        ("BO", "bo", False, "BO"),
        ("the nurse", "bo", False, "the nurse"),
        ("Noor", None, False, "Noor"),
        ("Noor", None, True, "noor"),
    ]


def test_names_are_compared_as_links_are() -> None:
    files = {**card("ann", body="- referral: Zoe\u0301   ASH"), "contacts/zoe.md": "---\nname: Zo\u00e9 Ash\n---\n"}
    assert [one.id for one in named_people(make_journal(files))] == ["zoe"]


def test_on_a_day_what_was_not_yet_written_names_nobody() -> None:
    journal = make_journal(card("ann", "2026-11-10 reply\n  - referral: Noor"))
    assert list(named_people(journal, date(2026, 11, 9))) == []
    assert len(list(named_people(journal, date(2026, 11, 10)))) == 1


def test_introductions_are_by_lines_that_link_to_somebody_else() -> None:
    files = {
        **card(
            "ann", "2026-11-02 introduced: [[bo]] and [[cy]]", "2026-11-24 introduced: [[bo]]", "2026-11-01 met: [[bo]]"
        ),
        **card("bo", "2026-11-01 introduced: [[cy]], [[bo]], [[law]]"),
        **card("cy"),
        "paths/law.md": "---\ntitle: Law\n---\n",
    }
    timeline = read_timeline(make_journal(files), TODAY)
    found = {
        id_: [(one.by, one.date.day, one.place.line) for one in lines] for id_, lines in introductions(timeline).items()
    }
    assert found == {"bo": [("ann", 2, 10)], "cy": [("bo", 1, 10), ("ann", 2, 10)]}


def test_via_leads_to_somebody_else_the_first_introduction() -> None:
    files = {
        **card("ann", "2026-11-02 introduced: [[bo]], [[cy]], [[dee]], [[eli]], [[flo]]"),
        **card("bo", front="via: cy"),
        **card("cy"),
        **card("dee", front="via: somebody's uncle"),
        **card("eli"),
        **card("flo"),
        "meetings/2026-11-02-flo.md": "---\nstatus: held\n---\n",
        "meetings/2026-11-01-eli.md": "---\nstatus: held\n---\n",
    }
    assert referrers(read_timeline(make_journal(files), TODAY)) == {"bo": "cy", "cy": "ann", "flo": "ann"}


def test_nobody_leads_to_themselves() -> None:
    files = card("ann", front="via: ann")
    assert referrers(read_timeline(make_journal(files), TODAY)) == {}
