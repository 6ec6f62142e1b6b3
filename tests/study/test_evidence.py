"""Claims find their path, their witnesses and what contradicts them."""

from datetime import date

from kith.load import read_journal
from kith.study.evidence import Evidence, gather_evidence, words_of

PATHS = {"paths/pa.md": "---\ntitle: PA\n---\n\n- pro (hours): mine\n", "paths/law.md": "---\ntitle: Law\n---\n"}
PEOPLE = {
    "contacts/a.md": "---\nname: A\npaths: pa\n---\n",
    "contacts/b.md": "---\nname: B\npaths: [pa, law]\n---\n\n- con: from the card\n",
    "contacts/c.md": "---\nname: C\n---\n\n- pro: unsorted\n",
}


def evidence(**meetings: str) -> Evidence:
    """Return the evidence of a journal with these meetings: `contacts | body`."""
    notes = {
        f"meetings/2026-10-0{number}-{id_}.md": f"---\ncontacts: {head.strip()}\nstatus: held\n---\n\n{body.strip()}\n"
        for number, (id_, text) in enumerate(meetings.items(), 1)
        for head, _, body in [text.partition("|")]
    }
    files = {**PATHS, **PEOPLE, **notes}
    journal, _ = read_journal({file: text.encode() for file, text in files.items()})
    return gather_evidence(journal)


def texts(found: Evidence, path: str) -> list[str]:
    """Return the claims of a path, each as its texts."""
    claims = (*found.paths[path].pro, *found.paths[path].con)
    return [" / ".join(item.text for item in claim.items) for claim in claims]


def test_a_claim_belongs_to_the_one_path_of_its_people() -> None:
    found = evidence(one="a | - pro: short days", two="b | - pro: which of two")
    assert texts(found, "pa") == ["short days", "mine", "from the card"]
    assert [item.text for item in found.unsorted] == ["unsorted", "which of two"]


def test_a_link_narrows() -> None:
    found = evidence(one="a | - con: years of it [[law]]")
    assert "years of it [[law]]" in texts(found, "law")
    assert not any("years" in text for text in texts(found, "pa"))


def test_claims_of_one_topic_are_one_with_several_witnesses() -> None:
    found = evidence(one="a | - con (hours): long", two="b | - con (Hours): longer [[pa]]").paths["pa"]
    hours = next(claim for claim in found.con if claim.topic)
    assert hours.witnesses == ("a", "b")
    assert found.con[0] is hours


def test_what_several_said_together_is_one_witness() -> None:
    found = evidence(one="[a, b] | - pro (pay): good [[pa]]\n\n## [[a]]\n\n- pro (pay): fair [[pa]]").paths["pa"]
    pay = next(claim for claim in found.pro if claim.topic == "pay")
    assert pay.witnesses == ("2026-10-01-one", "a")


def test_only_people_contradict_each_other() -> None:
    alone = evidence(one="a | - con (hours): long").paths["pa"]
    assert alone.contradictions == ()
    self = evidence(one="a | - con (hours): long\n- pro (hours): yet regular").paths["pa"]
    assert self.contradictions == ()
    two = evidence(one="a | - con (hours): long", two="b | - pro (hours): short [[pa]]").paths["pa"]
    assert [(pro.topic, con.topic) for pro, con in two.contradictions] == [("hours", "hours")]
    assert two.witnesses == ("b", "a")


def test_what_is_no_claim_is_passed_over_and_a_later_line_says_nothing_yet() -> None:
    card = "---\nname: D\npaths: pa\n---\n\n- skill: none\n\n## Log\n\n- 2026-12-01 reply\n  - pro: later\n"
    journal, _ = read_journal({"paths/pa.md": PATHS["paths/pa.md"].encode(), "contacts/d.md": card.encode()})
    assert texts(gather_evidence(journal), "pa") == ["later", "mine"]
    assert texts(gather_evidence(journal, date(2026, 11, 22)), "pa") == ["mine"]


def test_the_words_of_a_claim_are_without_the_link_that_says_its_path() -> None:
    (journal, _) = read_journal(
        {
            "paths/pa.md": PATHS["paths/pa.md"].encode(),
            "meetings/2026-10-01-x.md": b"- pro: short. [[pa]]\n- pro: [[pa]]\n- pro: as in [[ann]]\n- con: dull.\n",
        }
    )
    items = journal.meetings["2026-10-01-x"].items
    assert [words_of(item, journal) for item in items] == ["short.", "[[pa]]", "as in [[ann]]", "dull"]


def test_what_stands_with_an_organisation_has_no_witness() -> None:
    files = {**PATHS, "organizations/o.md": "---\nname: O\n---\n\n- pro (pay): good [[pa]]\n"}
    journal, _ = read_journal({file: text.encode() for file, text in files.items()})
    assert gather_evidence(journal).paths["pa"].witnesses == ()


def test_a_topic_and_a_text_of_the_same_words_are_two_claims() -> None:
    found = evidence(one="a | - con (hours): long\n- con: hours\n- con (!?): odd\n- con (!!): odd").paths["pa"]
    assert [[item.text for item in claim.items] for claim in found.con[1:]] == [["long"], ["hours"], ["odd", "odd"]]
