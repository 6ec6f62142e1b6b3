"""Paths: the evidence board of each, and all of them side by side."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache

import msgspec
from markupsafe import Markup

from kith.model import CareerPath, Contact, Item
from kith.pages.bodies import readable_body
from kith.pages.items import check_of, items_labelled
from kith.pages.parts import Check, Command, Frame, Link, Page, Person
from kith.pages.tasks import role_line
from kith.pages.view import View
from kith.pages.words import counted, number, upper_first
from kith.pages.world import World
from kith.study.evidence import Claim, Evidence, PathEvidence, paths_of, witness, words_of
from kith.study.learned import Learned, Learnings

_STATUS_WORDS = {"ruled-out": "ruled out"}


class Said(msgspec.Struct, frozen=True):
    """One way a claim was put: the words, who said them and when. `yours` where you wrote it on the path itself."""

    text: Markup
    who: tuple[Link, ...]
    day: str
    yours: bool


class ClaimShown(msgspec.Struct, frozen=True):
    """A claim for or against: how it was put first, the others who said it, and on how many people it rests.

    `contested` where others say the opposite.
    """

    text: Markup
    topic: str
    said: tuple[Said, ...]
    dots: int
    people: str
    contested: bool


class Contradiction(msgspec.Struct, frozen=True):
    """A topic on which people disagree."""

    topic: str
    pro: tuple[Said, ...]
    con: tuple[Said, ...]


class Skill(msgspec.Struct, frozen=True):
    """A skill that was named, and by how many people."""

    text: Markup
    dots: int


class Told(msgspec.Struct, frozen=True):
    """Something people told besides: a trend, an insight, work they pointed to; `leads` is the path that it names."""

    text: Markup
    who: tuple[Link, ...]
    leads: Link | None = None


class Row(msgspec.Struct, frozen=True):
    """One path beside the others: claims for and against, people it rests on, people to talk to."""

    link: Link
    status: str
    pro: int
    con: int
    people: int
    known: int
    question: str


class Paths(msgspec.Struct, frozen=True):
    """What `paths.html` shows. `unsorted` are claims that belong to no path yet."""

    frame: Frame
    count: str
    standfirst: str
    rows: tuple[Row, ...]
    unsorted: tuple[Check, ...]
    empty: Command | None


class PathPage(msgspec.Struct, frozen=True):
    """What the page of a path shows.

    `people` is on how many it rests; `known` are those who could speak about it, `related` is work they pointed to
    instead.
    """

    frame: Frame
    title: str
    status: str
    since: str
    standfirst: str
    people: int
    pro_count: str
    con_count: str
    pro: tuple[ClaimShown, ...]
    con: tuple[ClaimShown, ...]
    contradictions: tuple[Contradiction, ...]
    skills: tuple[Skill, ...]
    learned: tuple[Told, ...]
    related: tuple[Told, ...]
    vacancies: tuple[Check, ...]
    body: Markup
    known: tuple[Person, ...]
    rows: tuple[Row, ...]
    spoken_of: tuple[Link, ...]
    empty: Command


class Known(msgspec.Struct, frozen=True):
    """What is known about a path: the evidence, what was learned, work related to it, and jobs heard of."""

    path: CareerPath
    found: PathEvidence
    learned: tuple[Learned, ...]
    related: tuple[tuple[Item, str], ...]
    vacancies: tuple[Item, ...]
    rows: tuple[Row, ...]

    def items(self) -> Iterator[Item]:
        """All items that the page shows."""
        for claim in (*self.found.pro, *self.found.con):
            yield from claim.items
        for learned in self.learned:
            yield from learned.items
        yield from (item for item, _ in self.related)
        yield from self.vacancies


class _Shared(msgspec.Struct, frozen=True):
    """What the pages of all paths share: the paths side by side, as seen from nowhere, and jobs heard of by path."""

    rows: tuple[Row, ...]
    vacancies: Mapping[str, list[Item]]


def pages(world: World) -> Iterator[Page]:
    """The paths side by side, and a page for each."""
    view = View(world, "paths.html", "paths.html")
    shared = cache(lambda: _Shared(_rows(world), _vacancies(world.learned, world)))

    def shown() -> object:
        return world.today, shared().rows, world.items_shown(world.evidence.unsorted)

    yield view.page("paths.html", lambda: _paths(world.evidence, view), shown)
    for path in world.journal.paths.values():
        yield _page(path, View(world, world.addresses[path.id], "paths.html"), shared)


def _rows(world: World) -> tuple[Row, ...]:
    """The paths side by side, as seen from nowhere."""
    return tuple(_row(path, world.evidence, View(world, "", "")) for path in world.journal.paths.values())


def _evidence(path: CareerPath, world: World, shared: _Shared) -> Known:
    learned = world.learned
    vacancies = shared.vacancies.get(path.id, ())
    # of a talk about several paths, what points to this one is no news here
    related = tuple((item, leads) for item, leads in learned.related[path.id] if leads != path.id)
    found = (world.evidence.paths[path.id], learned.paths[path.id], related)
    return Known(path, *found, tuple(vacancies), shared.rows)


def _vacancies(learned: Learnings, world: World) -> dict[str, list[Item]]:
    """The jobs heard of, by path."""
    found: dict[str, list[Item]] = {}
    for vacancy in learned.vacancies:
        item = vacancy.item
        for id_ in paths_of(item, world.notes[item.note], world.journal):
            found.setdefault(id_, []).append(item)
    return found


# --- side by side --------------------------------------------------------------------------------------------------


def _paths(evidence: Evidence, view: View) -> Paths:
    rows = side_by_side(evidence, view)
    rests = sum(row.people > 0 for row in rows)
    standfirst = (
        f"{upper_first(counted(len(rows), 'path'))}; on {number(rests)} of them somebody has told you something."
    )
    return Paths(
        frame=view.frame("Paths"),
        count=f"{len(rows)} {'path' if len(rows) == 1 else 'paths'}",
        standfirst=standfirst if rows else "",
        rows=rows,
        unsorted=tuple(check_of(item, view, who=True) for item in evidence.unsorted),
        empty=None if rows else Command("No path is written down yet.", 'kith new path "Physician assistant"'),
    )


_ORDER = {"pursuing": 0, "exploring": 1, "": 2, "paused": 3, "ruled out": 4}


def side_by_side(evidence: Evidence, view: View) -> tuple[Row, ...]:
    """All paths, those first that are pursued, and of these those that rest on the most people."""
    rows = (_row(path, evidence, view) for path in view.world.journal.paths.values())
    return tuple(sorted(rows, key=lambda row: (_ORDER[row.status], -row.people, row.link.text)))


def _row(path: CareerPath, evidence: Evidence, view: View) -> Row:
    found = evidence.paths[path.id]
    return Row(
        link=view.link(path.id),
        status=_STATUS_WORDS.get(path.status, path.status),
        pro=len(found.pro),
        con=len(found.con),
        people=len(found.witnesses),
        known=len(view.world.members_of.get(path.id, ())),
        question=path.question,
    )


# --- one path ------------------------------------------------------------------------------------------------------


def _page(path: CareerPath, view: View, shared: Callable[[], _Shared]) -> Page:
    world = view.world

    def shown() -> object:
        known = _evidence(path, world, shared())
        members = world.members_of.get(path.id, ())
        return (
            world.today,
            world.digests[path.id],
            world.items_shown(known.items()),
            [(id_, world.title(id_)) for _, id_ in known.related],
            [(world.timeline.histories[one.id].stage, world.fronts[one.id], role_line(one, view)) for one in members],
            known.rows,
            [(note.id, world.title(note.id)) for note in world.spoken_of.get(path.id, ())],
        )

    return view.page("path.html", lambda: _context(_evidence(path, world, shared()), world.evidence, view), shown)


def _context(known: Known, evidence: Evidence, view: View) -> PathPage:
    world, path, found = view.world, known.path, known.found
    contested = {claim for pair in found.contradictions for claim in pair}
    members = world.members_of.get(path.id, ())
    return PathPage(
        frame=view.frame(path.title),
        title=path.title,
        status=_STATUS_WORDS.get(path.status, path.status),
        since=world.short(path.decided).replace(" ", "\xa0") if path.decided else "",
        standfirst=f"Would have to be true: {path.question.rstrip('.')}." if path.question else "",
        people=len(found.witnesses),
        pro_count=_count(found.pro),
        con_count=_count(found.con),
        pro=tuple(_claim(claim, claim in contested, view) for claim in found.pro),
        con=tuple(_claim(claim, claim in contested, view) for claim in found.con),
        contradictions=tuple(_contradiction(pro, con, view) for pro, con in found.contradictions),
        skills=tuple(
            Skill(_said(one.items[0], view).text, len(one.witnesses)) for one in known.learned if one.label == "skill"
        ),
        learned=tuple(_told(one.items, view) for one in known.learned if one.label != "skill"),
        related=tuple(_told((item,), view, leads) for item, leads in known.related),
        vacancies=tuple(check_of(item, view, who=True) for item in items_labelled(known.vacancies, ("vacancy",))),
        body=view.block(readable_body(path, view), path, 3),
        known=tuple(_known(contact, view) for contact in members),
        rows=tuple(_row(other, evidence, view) for other in world.journal.paths.values()),
        spoken_of=view.links(note.id for note in world.spoken_of.get(path.id, ())),
        empty=Command("Nobody has said anything for or against it yet.", f"kith list contacts --path {path.id}"),
    )


def _told(items: tuple[Item, ...], view: View, leads: str = "") -> Told:
    """What several people told, in the words of the first."""
    who = dict.fromkeys(link for item in items for link in _said(item, view).who)
    return Told(_said(items[0], view).text, tuple(who), view.link(leads) if leads else None)


def _count(claims: tuple[Claim, ...]) -> str:
    """`7 observations, 4 people`."""
    people = len({one for claim in claims for one in claim.witnesses})
    return ", ".join(
        [
            f"{len(claims)} {'observation' if len(claims) == 1 else 'observations'}",
            f"{people} {'person' if people == 1 else 'people'}",
        ]
    )


def _claim(claim: Claim, contested: bool, view: View) -> ClaimShown:  # noqa: FBT001 - one of two kinds of claim
    said = tuple(_said(item, view) for item in claim.items)
    count = len(claim.witnesses)
    return ClaimShown(
        text=said[0].text,
        topic=claim.topic,
        said=said,
        dots=count,
        people="nobody but you" if not count else f"{count} {'person' if count == 1 else 'people'}",
        contested=contested,
    )


def _said(item: Item, view: View) -> Said:
    world = view.world
    yours = not witness(item, world.journal)
    who = view.links(item.contacts) or (() if yours else (view.link(item.note),))
    text = view.line(words_of(item, world.journal), world.notes[item.note])
    return Said(text, who, world.short(item.day) if item.day else "", yours)


def _contradiction(pro: Claim, con: Claim, view: View) -> Contradiction:
    pros, cons = (tuple(_said(item, view) for item in claim.items) for claim in (pro, con))
    return Contradiction(upper_first(pro.topic), pros, cons)


def _known(contact: Contact, view: View) -> Person:
    stage = view.world.timeline.histories[contact.id].stage
    return Person(view.link(contact.id), f"{stage} · {role}" if (role := role_line(contact, view)) else stage)
