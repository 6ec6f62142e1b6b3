"""The words of commands."""

from datetime import date

from kith.followups import followups
from tests.followups.cases import make_journal


def test_an_item_among_very_many_is_named_by_its_place() -> None:
    rows = [f"- [ ] promise: send the paper number {number} on wards" for number in range(600)]
    card = "\n".join(["---", "name: Dana Lee", "added: 2026-11-01", "---", "", *rows, ""])
    found = followups(make_journal({"contacts/dana-lee.md": card}), date(2026, 11, 22))
    first = next(item for item in found if item.rule == "promise")
    assert first.settle == "kith done contacts/dana-lee.md:6"
