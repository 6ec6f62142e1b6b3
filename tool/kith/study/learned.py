"""What you learned besides the evidence: skills, trends, insights, related work, vacancies heard of."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from kith.conventions import fold
from kith.load import fold_name
from kith.markdown import plain
from kith.model import LEARNED_LABELS, AnyNote, Item, Journal
from kith.study.evidence import paths_of, witness
from kith.study.items import noted_items


class Learned(msgspec.Struct, frozen=True):
    """One thing several people may have said: items of one label whose topic, or else text, is the same."""

    label: str
    items: tuple[Item, ...]
    witnesses: tuple[str, ...]


class Vacancy(msgspec.Struct, frozen=True):
    """A job you heard of: a bonus, never the aim (001)."""

    item: Item


class Learnings(msgspec.Struct, frozen=True):
    """What was learned about each path and organisation, by id; related work by path; vacancies kept apart.

    `related` pairs an item with the id of the path it names, `""` where that is named and not explored; under `""`
    stands what was said of no known path. `unsorted` is what was learned of neither a path nor an organisation.
    """

    paths: Mapping[str, tuple[Learned, ...]]
    organizations: Mapping[str, tuple[Learned, ...]]
    related: Mapping[str, tuple[tuple[Item, str], ...]]
    vacancies: tuple[Vacancy, ...]
    unsorted: tuple[Learned, ...] = ()


def gather_learned(journal: Journal, today: date | None = None) -> Learnings:
    """Sort what was learned by path and organisation; on a day, if one is given."""
    there = list(noted_items(journal, today))
    by_path: dict[str, list[Item]] = {id_: [] for id_ in journal.paths}
    by_organization: dict[str, list[Item]] = {id_: [] for id_ in journal.organizations}
    unsorted = []
    for note, item in there:
        if item.label in LEARNED_LABELS:
            paths, organizations = paths_of(item, note, journal), _organizations_of(item, journal)
            for id_ in paths:
                by_path[id_].append(item)
            for id_ in organizations:
                by_organization[id_].append(item)
            if not paths and not organizations:
                unsorted.append(item)
    return Learnings(
        {id_: _grouped(items, journal) for id_, items in by_path.items()},
        {id_: _grouped(items, journal) for id_, items in by_organization.items()},
        _related(there, journal),
        tuple(Vacancy(item) for _, item in there if item.label == "vacancy"),
        _grouped(unsorted, journal),
    )


def _related(there: Iterable[tuple[AnyNote, Item]], journal: Journal) -> dict[str, tuple[tuple[Item, str], ...]]:
    found: dict[str, list[tuple[Item, str]]] = {id_: [] for id_ in journal.paths}
    for note, item in there:
        if item.label == "related":
            named = _path_named(item, journal)
            for id_ in _paths_behind(item, note, journal) or ("",):
                found.setdefault(id_, []).append((item, named))
    return {id_: tuple(pairs) for id_, pairs in found.items()}


def _paths_behind(item: Item, note: AnyNote, journal: Journal) -> tuple[str, ...]:
    """The paths that were talked about when the item was said: its own link names where it points to."""
    return paths_of(msgspec.structs.replace(item, links=()), note, journal)


def _path_named(item: Item, journal: Journal) -> str:
    """The id of the path that an item links to or names, `""` where none."""
    linked = (link.id for link in item.links if link.id in journal.paths)
    name = fold_name((item.readable or plain(item.text)).split(",")[0].split(";")[0])
    named = (id_ for id_ in journal.names.get(name, ()) if id_ in journal.paths)
    return next(linked, None) or next(named, "")


def _organizations_of(item: Item, journal: Journal) -> tuple[str, ...]:
    """The organisations that an item speaks about: its own note's, else those of the people it concerns."""
    if item.note in journal.organizations:
        return (item.note,)
    found: dict[str, None] = {}
    for id_ in item.contacts:
        contact = journal.contacts.get(id_)
        organization = contact.organization if contact is not None else None
        if organization is not None and organization.id is not None and organization.id in journal.organizations:
            found[organization.id] = None
    return tuple(found)


def _grouped(items: list[Item], journal: Journal) -> tuple[Learned, ...]:
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        groups.setdefault((item.label, fold(item.topic or item.text)), []).append(item)
    made = [
        Learned(label, tuple(found), tuple(dict.fromkeys(one for item in found if (one := witness(item, journal)))))
        for (label, _), found in groups.items()
    ]
    return tuple(
        sorted(made, key=lambda one: (LEARNED_LABELS.index(one.label), -len(one.witnesses), one.items[0].place))
    )
