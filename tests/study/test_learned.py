"""Skills, trends and insights by path and organisation; related work; vacancies, kept apart."""

from datetime import date

from kith.study.learned import Learned, Learnings, gather_learned
from tests.followups.cases import make_journal

FILES = {
    "paths/law.md": "---\ntitle: Law\naliases: [the bar]\n---\n\n- skill: reading\n",
    "paths/art.md": "---\ntitle: Art\n---\n",
    "organizations/court.md": "---\nname: Court\n---\n\n- trend: fewer clerks\n",
    "contacts/ann.md": "---\nname: Ann\norganization: court\npaths: law\n---\n\n"
    "## Log\n\n- 2026-12-01 reply\n  - skill: later\n",
    "contacts/bo.md": "---\nname: Bo\n---\n\n- insight: of nowhere\n",
    "contacts/cy.md": "---\nname: Cy\norganization: Elsewhere\npaths: [law, art]\n---\n",
    "meetings/2026-11-03-ann.md": "- skill (Talking): talk\n- skill (talking): listen\n- related: [[art]]\n"
    "- related: The  Bar, in a way\n- related: Dance; not yet\n- vacancy: a clerk is wanted\n",
    "meetings/2026-11-04-cy.md": "- skill: talk [[law]]\n- related: [[art]]\n- skill (talking): hear [[law]]\n",
}


def gather(today: date | None = None) -> Learnings:
    """Return what is learned from the files above."""
    return gather_learned(make_journal(FILES), today)


def said(found: tuple[Learned, ...]) -> list[str]:
    """Return what was learned with its witnesses."""
    return [f"{' / '.join(item.text for item in one.items)}: {' '.join(one.witnesses)}" for one in found]


def test_by_path_those_with_most_witnesses_first_and_yours_without() -> None:
    assert said(gather().paths["law"]) == [
        "talk / listen / hear [[law]]: ann cy",
        "later: ann",
        "talk [[law]]: cy",
        "reading: ",
    ]
    assert gather().paths["art"] == ()


def test_by_organisation_of_the_note_or_of_the_people() -> None:
    assert said(gather().organizations["court"]) == ["later: ann", "talk / listen: ann", "fewer clerks: "]


def test_a_log_line_dated_later_has_not_said_anything_yet() -> None:
    assert "later: ann" not in said(gather(date(2026, 11, 22)).paths["law"])


def test_nothing_is_lost() -> None:
    assert said(gather().unsorted) == ["of nowhere: bo"]


def test_related_work_names_a_path_or_none_and_may_be_of_no_path() -> None:
    related = gather().related
    assert [(item.text, path) for item, path in related["law"]] == [
        ("[[art]]", "art"),
        ("The Bar, in a way", "law"),
        ("Dance; not yet", ""),
    ]
    assert [(item.note, path) for item, path in related[""]] == [("2026-11-04-cy", "art")]


def test_vacancies_stand_apart() -> None:
    assert [one.item.text for one in gather().vacancies] == ["a clerk is wanted"]


def test_a_card_that_cannot_be_read_has_no_organisation() -> None:
    files = {"contacts/ann.md": "---\nname: [\n---\n", "meetings/2026-11-03-ann.md": "- skill: a\n"}
    assert said(gather_learned(make_journal(files, with_errors=True)).unsorted) == ["a: ann"]
