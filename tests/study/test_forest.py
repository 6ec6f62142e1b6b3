"""Who led to whom: trees from any notes, circles included."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kith.study.forest import Tree, chain_to, referral_forest, without_circles
from kith.study.timeline import read_timeline
from tests.followups.cases import make_journal

TODAY = date(2026, 11, 22)


def forest(**cards: str) -> tuple[Tree, ...]:
    """Return the forest of people by id, each with the lines of their card behind the name."""
    files = {
        f"contacts/{id_}.md": f"---\nname: {id_.title()}\n{front}\n---\n\n{body}\n"
        for id_, text in cards.items()
        for front, _, body in [text.partition("|")]
    }
    return referral_forest(read_timeline(make_journal(files), TODAY))


def outline(trees: tuple[Tree, ...]) -> list[str]:
    """Return a forest as indented names, those without a card in brackets."""
    return ["  " * one.depth + (one.name if one.id else f"({one.name})") for tree in trees for one in tree.walk()]


def test_by_name_with_those_named_and_not_written_down() -> None:
    found = forest(
        ann="",
        bo="via: ann",
        cy="via: ann|- referral: Zoe, a nurse\n- [x] referral: Yan\n- referral: Zoe again: still",
        dee="via: bo",
    )
    assert outline(found) == ["Ann", "  Bo", "    Dee", "  Cy", "    (Zoe)", "    (Zoe again)"]


def test_somebody_without_a_card_may_lead_to_others() -> None:
    assert outline(forest(ann="via: Uncle  Joe", bo='via: "uncle joe"', cy="via: ann")) == [
        "(Uncle  Joe)",
        "  Ann",
        "    Cy",
        "  Bo",
    ]


def test_one_person() -> None:
    assert outline(forest(ann="")) == ["Ann"]
    assert forest() == ()


def test_a_circle_is_cut_at_its_first_member() -> None:
    assert outline(forest(cy="via: ann", ann="via: bo", bo="via: cy", dee="via: bo")) == [
        "Ann",
        "  Cy",
        "    Bo",
        "      Dee",
    ]


def test_introductions_serve_where_via_is_absent() -> None:
    assert outline(forest(ann="|## Log\n\n- 2026-11-01 introduced: [[bo]]", bo="")) == ["Ann", "  Bo"]


def test_a_long_chain_needs_no_recursion() -> None:
    cards = {f"p{number}": f"via: p{number - 1}" for number in range(1, 5000)}
    (tree,) = forest(p0="", **cards)
    assert max(one.depth for one in tree.walk()) == 4999


PARENTS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), max_size=8).map(
    lambda found: {child: parent for child, parent in found.items() if child != parent}
)


@given(PARENTS)
def test_any_referrals_make_a_forest(parents: dict[str, str]) -> None:
    cards = {id_: f"via: {parents[id_]}" if id_ in parents else "" for id_ in "abcdefgh"}
    found = forest(**cards)
    everybody = [one for tree in found for one in tree.walk()]
    assert sorted(one.id for one in everybody) == list("abcdefgh")
    kept = without_circles(parents)
    assert set(kept.items()) <= set(parents.items())
    for one in everybody:
        assert {below.id for below in one.children} == {id_ for id_, parent in kept.items() if parent == one.id}
        assert all(below.depth == one.depth + 1 for below in one.children)


@given(PARENTS, st.sampled_from("abcdefgh"))
def test_a_chain_ends(parents: dict[str, str], id_: str) -> None:
    chain = chain_to(parents, id_)
    assert len({*chain, id_}) == len(chain) + 1
    assert all(parents[later] == earlier for earlier, later in pairwise((*chain, id_)))
