"""What passed between you and a person, both ways."""

from datetime import date

from kith.study.exchange import Exchange, add_exchanges, read_exchanges
from kith.study.timeline import read_timeline
from tests.followups.cases import make_journal

FILES = {
    "contacts/ann.md": "---\nname: Ann\n---\n\n## Log\n\n- 2026-10-01 outreach\n- 2026-10-08 nudge\n"
    "- 2026-10-09 reply\n- 2026-11-05 introduced: [[bo]]\n- 2026-11-06 gave: an article\n- 2026-12-01 gave: later\n",
    "contacts/bo.md": "---\nname: Bo\n---\n",
    "meetings/2026-11-03-ann.md": "---\ncontacts: [ann, bo]\nstatus: held\n---\n\n- read: a\n- referral: Cy\n"
    "- [x] promise: kept done:2026-11-04\n- [x] promise: kept later done:2026-12-04\n- [-] promise: dropped\n"
    "- offer: a hand\n- [x] offer: done\n- waiting: their turn\n",
}


def test_asks_gives_and_offers() -> None:
    found = read_exchanges(read_timeline(make_journal(FILES), date(2026, 11, 22)))
    ann, bo = found["ann"], found["bo"]
    assert (ann.asked, ann.they_gave, ann.you_gave) == (2, 4, 2)
    assert (bo.asked, bo.they_gave, bo.you_gave) == (0, 3, 1)
    assert [item.text for item in ann.offers] == ["kept later", "a hand"]


def test_several_are_one_for_an_organisation() -> None:
    found = read_exchanges(read_timeline(make_journal(FILES), date(2026, 11, 22)))
    both = add_exchanges(found.values())
    assert (both.asked, both.they_gave, both.you_gave, len(both.offers)) == (2, 7, 3, 2)
    assert add_exchanges(()) == Exchange()


def test_items_of_a_card_that_cannot_be_read_are_nobodys() -> None:
    files = {"contacts/ann.md": "---\nname: [\n---\n", "meetings/2026-11-03-ann.md": "- read: a\n"}
    assert read_exchanges(read_timeline(make_journal(files, with_errors=True), date(2026, 11, 22))) == {}
