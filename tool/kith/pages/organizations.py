"""Organisations: whom you know there, your research, and what people said."""

from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from kith.load import fold_name
from kith.model import LEARNED_LABELS, Contact, Item, Organization
from kith.pages.bodies import readable_body
from kith.pages.contact import exchange_counts, web_link
from kith.pages.items import check_of, items_labelled
from kith.pages.parts import Check, Command, Count, Fact, Frame, Link, Page, Stage
from kith.pages.view import View
from kith.pages.words import counted, number, stage_of, upper_first
from kith.pages.world import World
from kith.study.exchange import Exchange, add_exchanges
from kith.study.search import fold_text

SAID_LABELS = (*LEARNED_LABELS, "vacancy")


class Member(msgspec.Struct, frozen=True):
    """Somebody there."""

    link: Link
    role: str
    stage: Stage


class Row(msgspec.Struct, frozen=True):
    """One organisation of the table; one without a file has no link. `met` counts those you talked to."""

    link: Link
    sort_name: str
    industry: str
    location: str
    people: tuple[Link, ...]
    met: int


class Organizations(msgspec.Struct, frozen=True):
    """What `organizations.html` shows."""

    frame: Frame
    count: str
    standfirst: str
    rows: tuple[Row, ...]
    empty: Command | None


class OrganizationPage(msgspec.Struct, frozen=True):
    """What the page of an organisation shows.

    `body` is the note, `said` what people there told of their work, `exchange` what passed both ways with all of them.
    """

    frame: Frame
    name: str
    standfirst: str
    body: Markup
    empty: Command | None
    people: tuple[Member, ...]
    said: tuple[Check, ...]
    exchange: tuple[Count, ...]
    facts: tuple[Fact, ...]
    spoken_of: tuple[Link, ...]


def pages(world: World) -> Iterator[Page]:
    """The table, and a page for each organisation."""
    view = View(world, "organizations.html", "organizations.html")

    def shown() -> object:
        histories = world.timeline.histories.items()
        people = [(id_, history.stage, world.fronts[id_], history.is_met) for id_, history in histories]
        return people, [(id_, world.fronts[id_]) for id_ in world.journal.organizations]

    yield view.page("organizations.html", lambda: _organizations(view), shown)
    for organization in world.journal.organizations.values():
        yield _page(organization, View(world, world.addresses[organization.id], "organizations.html"))


def _organizations(view: View) -> Organizations:
    world = view.world
    rows = [_row(one, world.members_of.get(one.id, ()), view) for one in world.journal.organizations.values()]
    unwritten: dict[str, tuple[str, list[Contact]]] = {}
    for contact in world.journal.contacts.values():
        if contact.organization is not None and contact.organization.id is None:
            name = contact.organization.label or contact.organization.text
            unwritten.setdefault(fold_name(name), (name, []))[1].append(contact)
    rows += [_row(name, tuple(people), view) for name, people in unwritten.values()]
    known = sum(row.met > 0 for row in rows)
    standfirst = f"{upper_first(counted(len(rows), 'place'))}; you have talked to somebody at {number(known)} of them."
    return Organizations(
        frame=view.frame("Organisations"),
        count=f"{len(rows)} {'organisation' if len(rows) == 1 else 'organisations'}",
        standfirst=standfirst if rows else "",
        rows=tuple(sorted(rows, key=lambda row: row.sort_name)),
        empty=None
        if rows
        else Command("No organisation is written down yet.", 'kith new organization "Mercy Hospital"'),
    )


def _row(organization: Organization | str, people: tuple[Contact, ...], view: View) -> Row:
    name = organization.name if isinstance(organization, Organization) else organization
    histories = view.world.timeline.histories
    return Row(
        link=view.link(organization.id) if isinstance(organization, Organization) else Link(name),
        sort_name=fold_text(name),
        industry=organization.industry if isinstance(organization, Organization) else "",
        location=organization.location if isinstance(organization, Organization) else "",
        people=view.links(contact.id for contact in people),
        met=sum(histories[contact.id].is_met for contact in people),
    )


def _page(organization: Organization, view: View) -> Page:
    world = view.world

    def shown() -> object:
        members = world.members_of.get(organization.id, ())
        said = _said(organization, members, world)
        histories = world.timeline.histories
        return (
            world.today if said else None,
            world.digests[organization.id],
            [(histories[one.id].stage, histories[one.id].is_met, world.fronts[one.id]) for one in members],
            world.items_shown(said),
            [(note.id, world.title(note.id)) for note in world.spoken_of.get(organization.id, ())],
            _exchange(members, world),
        )

    return view.page("organization.html", lambda: _context(organization, view), shown)


def _exchange(members: tuple[Contact, ...], world: World) -> Exchange:
    """What passed both ways with all who work there."""
    return add_exchanges(world.exchanges[contact.id] for contact in members)


def _said(organization: Organization, members: tuple[Contact, ...], world: World) -> tuple[Item, ...]:
    """What people there told, and what anybody told of it by link; each item once."""
    found = {item.place: item for contact in members for item in world.items_of.get(contact.id, ())}
    for note in world.spoken_of.get(organization.id, ()):
        found |= {item.place: item for item in note.items if any(link.id == organization.id for link in item.links)}
    return items_labelled(found.values(), SAID_LABELS)


def _context(organization: Organization, view: View) -> OrganizationPage:
    world = view.world
    members = world.members_of.get(organization.id, ())
    said = _said(organization, members, world)
    body = view.block(readable_body(organization, view), organization, 2)
    empty = Command("Nothing is written down about it yet.", f"kith show {organization.id}")
    return OrganizationPage(
        frame=view.frame(organization.name),
        name=organization.name,
        standfirst=_standfirst(organization, members, world),
        body=body,
        empty=None if body.strip() else empty,
        people=tuple(
            Member(view.link(contact.id), contact.role, stage_of(world.timeline.histories[contact.id].stage))
            for contact in members
        ),
        said=tuple(check_of(item, view, who=True) for item in said),
        exchange=exchange_counts(_exchange(members, world), "they gave"),
        facts=tuple(_facts(organization, view)),
        spoken_of=view.links(note.id for note in world.spoken_of.get(organization.id, ())),
    )


def _standfirst(organization: Organization, members: tuple[Contact, ...], world: World) -> str:
    what = ", ".join(piece for piece in (organization.industry, organization.location) if piece)
    met = sum(world.timeline.histories[contact.id].is_met for contact in members)
    know = f"You know {counted(len(members), 'person', 'people')} there"
    if members:
        know += ", not yet met" if not met else f", {number(met)} of them met" if len(members) > 1 else ", and have met"
    return " ".join(f"{upper_first(one)}." for one in (what, know) if one)


def _facts(organization: Organization, view: View) -> Iterator[Fact]:
    facts = {
        "Website": tuple(web_link(one) for one in organization.website),
        "Where": (Link(organization.location),) if organization.location else (),
        "Also called": tuple(Link(alias) for alias in organization.aliases),
        "Tags": tuple(view.tag(tag) for tag in organization.tags),
    }
    return (Fact(name, values) for name, values in facts.items() if values)
