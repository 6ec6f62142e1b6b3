"""The referral forest: who led to whom, those you found yourself as roots."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from kith.load import fold_name
from kith.study.items import is_open
from kith.study.referrals import named_people, referrers
from kith.study.search import fold_text
from kith.study.timeline import Timeline


class Tree(msgspec.Struct, frozen=True):
    """A person and those they led you to. `id` is empty for somebody who has no card: named, or named as a referrer.

    `depth` counts the people between you and them.
    """

    id: str
    name: str
    depth: int
    children: "tuple[Tree, ...]" = ()

    def walk(self) -> "Iterator[Tree]":
        """This person and everybody below, a parent before its children."""
        stack = [self]
        while stack:
            tree = stack.pop()
            yield tree
            stack.extend(reversed(tree.children))


def referral_forest(timeline: Timeline) -> tuple[Tree, ...]:
    """The forest in the order of names. A circle of referrals is cut at its member that comes first by id."""
    contacts = timeline.journal.contacts
    parents = without_circles(referrers(timeline))
    children: dict[str, list[str]] = {}
    for id_, parent in parents.items():
        children.setdefault(parent, []).append(id_)
    named = _named(timeline)
    strangers = _led_by_strangers(timeline, parents)
    below_strangers = {id_ for ids in strangers.values() for id_ in ids}
    # children before parents, without recursion: a chain of introductions may be long
    order = [id_ for id_ in contacts if id_ not in parents]
    depths = {id_: int(id_ in below_strangers) for id_ in order}
    for id_ in order:
        for child in children.get(id_, ()):
            depths[child] = depths[id_] + 1
            order.append(child)
    trees: dict[str, Tree] = {}
    for id_ in reversed(order):
        below = [trees[child] for child in children.get(id_, ())]
        below += [Tree("", name, depths[id_] + 1) for name in named.get(id_, ())]
        trees[id_] = Tree(id_, contacts[id_].name, depths[id_], _by_name(below))
    roots = [trees[id_] for id_ in contacts if id_ not in parents and id_ not in below_strangers]
    roots += [Tree("", name, 0, _by_name(trees[id_] for id_ in ids)) for name, ids in strangers.items()]
    return _by_name(roots)


def _by_name(trees: Iterable[Tree]) -> tuple[Tree, ...]:
    return tuple(sorted(trees, key=lambda tree: (fold_text(tree.name), tree.name, tree.id)))


def without_circles(parents: Mapping[str, str]) -> dict[str, str]:
    """The referrals without the one that closes each circle."""
    kept: dict[str, str] = {}
    settled: set[str] = set()
    for start in sorted(parents):
        path: dict[str, None] = {}
        id_ = start
        while id_ in parents and id_ not in settled and id_ not in path:
            path[id_] = None
            id_ = parents[id_]
        cut = ""
        if id_ in path:
            members = list(path)
            cut = min(members[members.index(id_) :])
        kept.update({one: parents[one] for one in path if one != cut})
        settled.update(path)
    return kept


def _named(timeline: Timeline) -> dict[str, tuple[str, ...]]:
    """The people without a card whom each person named, and whose matter is open."""
    found: dict[str, dict[str, None]] = {}
    for named in named_people(timeline.journal, timeline.today):
        if named.id is None and is_open(named.item, timeline.today):
            for id_ in named.item.contacts[:1]:  # of a group, the first stands for all: a tree has one place for them
                found.setdefault(id_, {})[named.name] = None
    return {id_: tuple(names) for id_, names in found.items()}


def _led_by_strangers(timeline: Timeline, parents: Mapping[str, str]) -> dict[str, list[str]]:
    """Those whom somebody without a card led you to, by that person's name."""
    names: dict[str, str] = {}
    found: dict[str, list[str]] = {}
    for id_, contact in timeline.journal.contacts.items():
        via = contact.via
        if via is not None and via.id is None and not via.link and id_ not in parents:
            name = names.setdefault(fold_name(via.text), via.text)
            found.setdefault(name, []).append(id_)
    return found


def chain_to(parents: Mapping[str, str], id_: str) -> tuple[str, ...]:
    """The people who led to somebody one after the other, the first of them first; `parents` may hold circles."""
    seen: dict[str, None] = {}
    above: str | None = id_
    while above is not None and above not in seen:
        seen[above] = None
        above = parents.get(above)
    return tuple(reversed(list(seen)[1:]))
