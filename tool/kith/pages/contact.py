"""One person: what to do, the whole story, advice and promises, and who they are."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import msgspec
from markupsafe import Markup

from kith.conventions import LOG, fold
from kith.dates import Duration
from kith.followups.agenda import agenda
from kith.followups.world import pronouns
from kith.formats.vcard import write_vcard
from kith.markdown import classify_target
from kith.model import Contact, FollowUp, Item, Meeting
from kith.pages.bodies import lines_of_items, readable_body
from kith.pages.contacts import closed_words, found_through
from kith.pages.drafts import drafts_shown
from kith.pages.items import check_of, items_labelled
from kith.pages.network import branches, meta_of
from kith.pages.parts import (
    Asset,
    Branch,
    Check,
    Command,
    Count,
    Event,
    Fact,
    Frame,
    Link,
    Page,
    Stage,
    TaskBlock,
    count_of,
)
from kith.pages.story import story_of
from kith.pages.tasks import block_with, role_line
from kith.pages.view import View
from kith.pages.words import counted, share, stage_of, upper_first
from kith.pages.world import World
from kith.study.exchange import Exchange
from kith.study.forest import Tree
from kith.study.items import is_open
from kith.study.ledger import Advice
from kith.study.referrals import name_in
from kith.study.timeline import people_of

WITHIN = Duration(1, "y")

_UNDERLINE = re.compile(r" {0,3}(?:-+|=+)\s*")
_NOT_DIALLED = re.compile(r"[^0-9+*#,;]")


class ContactPage(msgspec.Struct, frozen=True):
    """What the page of a person shows.

    `block` is what to do now, `nothing` the words where there is none. `notes` is the note without its log, `strays`
    are lines of the log that were not understood. `card` is the address of the business card, `vcard` that of a file
    for an address book, `offers` what you could do for them. `led` are the people they led you to and whom those led
    you to, `led_more` counts those further on. `exchange` is how often you asked, what they gave and what you gave;
    empty where nothing was.
    """

    frame: Frame
    name: str
    called: str
    stage: Stage
    stage_words: str
    standfirst: str
    block: TaskBlock | None
    nothing: Command
    notes: Markup
    story: tuple[Event, ...]
    span: str
    strays: tuple[str, ...]
    advice: tuple[Check, ...]
    advice_count: str
    yours: tuple[Check, ...]
    theirs: tuple[Check, ...]
    offers: tuple[Check, ...]
    card: str
    vcard: str
    facts: tuple[Fact, ...]
    led: tuple[Branch, ...]
    led_more: str
    exchange: tuple[Count, ...]
    spoken_of: tuple[Link, ...]


class Known(msgspec.Struct, frozen=True):
    """What is known about a person besides their card: `named` are the items that name them or that they name."""

    contact: Contact
    followups: tuple[FollowUp, ...]
    tree: Tree
    named: tuple[Item, ...]
    exchange: Exchange
    advice: tuple[Advice, ...]


def pages(world: World) -> Iterator[Page]:
    """A page for each person."""
    for contact in world.journal.contacts.values():
        yield _page(contact, View(world, world.addresses[contact.id], "contacts.html"))
        yield _vcard(contact, world)


def _known(contact: Contact, world: World) -> Known:
    return Known(
        contact,
        world.followups_of.get(contact.id, ()),
        world.trees[contact.id],
        (*world.named_as.get(contact.id, ()), *world.named_without_card.get(contact.id, ())),
        world.exchanges[contact.id],
        world.advice_of.get(contact.id, ()),
    )


def _page(contact: Contact, view: View) -> Page:
    world = view.world

    def shown() -> object:
        known = _known(contact, world)
        history = world.timeline.histories[contact.id]
        meetings = [meeting.id for meeting in world.meetings_of.get(contact.id, ())]
        return (
            world.today,
            world.digests[contact.id],
            world.items_shown((*world.items_of.get(contact.id, ()), *known.named)),
            [(world.stories[id_], world.timeline.meetings[id_].status) for id_ in meetings],
            (history.stage, history.last_contact, history.closed_on),
            known.followups,
            drafts_shown(known.followups, world),
            list(_near(known.tree, view)),
            sum(1 for _ in known.tree.walk()),
            known.exchange,
            [
                (note.id, world.fronts[note.id], isinstance(note, Meeting) and contact.id in people_of(note))
                for note in world.spoken_of.get(contact.id, ())
            ],
            world.titles.get(world.referrer.get(contact.id, "")),
            world.journal.settings,
            contact.card and world.file(contact.card, contact.file),
            _changed(contact, world),
        )

    return view.page("contact.html", lambda: _context(_known(contact, world), view), shown)


def vcard_address(id_: str, world: World) -> str:
    """Where the card of a person lies, for an address book."""
    return f"{world.addresses[id_].removesuffix('.html')}.vcf"


def _vcard(contact: Contact, world: World) -> Page:
    """The person as a file for an address book."""
    address = vcard_address(contact.id, world)

    def shown() -> object:
        firm = world.notes.get(contact.organization.id or "") if contact.organization else None
        return world.fronts[contact.id], world.fronts[firm.id] if firm else None

    return View(world, address, "").page("", lambda: Asset(write_vcard(contact, world.journal)), shown)


def _context(known: Known, view: View) -> ContactPage:
    world, contact, advice = view.world, known.contact, known.advice
    history = world.timeline.histories[contact.id]
    items = world.items_of.get(contact.id, ())
    story = story_of(contact.id, view)
    done = sum(one.state == "done" for one in advice)
    led = tuple(_led(known, view))
    return ContactPage(
        frame=view.frame(contact.name),
        name=contact.name,
        called=contact.address,
        stage=stage_of(history.stage),
        stage_words=closed_words(contact, history.stage) or history.stage,
        standfirst=_standfirst(contact, sum(bool(child.id) for child in known.tree.children), view),
        block=_block(contact, known.followups, view),
        nothing=Command(f"Nothing to do for {contact.address} now.", f"kith log {contact.id} hello"),
        notes=view.block(without_log(contact, readable_body(contact, view)), contact),
        story=story,
        span=_span(story),
        strays=tuple(stray.text for stray in contact.strays),
        advice=tuple(check_of(one.item, view) for one in advice),
        advice_count=f"{share(done, len(advice))} done" if advice else "",
        yours=tuple(check_of(item, view) for item in items_labelled(items, ("promise",))),
        theirs=tuple(check_of(item, view) for item in items_labelled(items, ("waiting",))),
        offers=tuple(check_of(item, view) for item in items_labelled(items, ("offer",))),
        card=view.file(contact.card, contact.file) if contact.card else "",
        vcard=view.to(vcard_address(contact.id, world)),
        facts=tuple(_facts(contact, view)),
        led=led,
        led_more=_led_more(known.tree),
        exchange=exchange_counts(known.exchange, f"{contact.address} gave"),
        spoken_of=view.links(note.id for note in world.spoken_of.get(contact.id, ())),
    )


def _block(contact: Contact, followups: tuple[FollowUp, ...], view: View) -> TaskBlock | None:
    """All that is to do for a person within a year, what is shared with others too."""
    world = view.world
    plan = agenda(followups, world.background, within=WITHIN, everything=True)
    entries = [entry for block in plan.blocks for entry in block.entries]
    later = [entry for block in plan.blocks for entry in block.later]
    if not plan.blocks:
        return None
    return block_with(view.link(contact.id), role_line(contact, view), entries, later, view)


def _standfirst(contact: Contact, led: int, view: View) -> str:
    sentences = [role_line(contact, view)]
    _, them, _ = pronouns(contact)
    if by := view.world.referrer.get(contact.id):
        sentences.append(f"{view.world.title(by)} led you to {them}")
    if led:
        sentences.append(f"{contact.address} has led you to {counted(led, 'other')}")
    return " ".join(f"{upper_first(sentence).rstrip('.')}." for sentence in sentences if sentence)


def _span(story: tuple[Event, ...]) -> str:
    """How much the story holds: `nine entries`."""
    return counted(len(story), "entry", "entries") if story else ""


def without_log(contact: Contact, text: str) -> str:
    """The body `text` without its log's headings and the lines that the story shows; other prose there stays."""
    body = contact.body
    lines = text.split("\n")
    hidden: set[int] = set()
    for heading in body.headings:
        at = heading.place.line - body.line
        if fold(heading.title) == LOG:
            hidden.add(at)
            if at + 1 < len(lines) and _UNDERLINE.fullmatch(lines[at + 1]):
                hidden.add(at + 1)
    shown = (*(entry.place for entry in contact.log), *(stray.place for stray in contact.strays))
    hidden |= lines_of_items(lines, {place.line - body.line for place in shown if place.file == contact.file})
    return "\n".join(line for at, line in enumerate(lines) if at not in hidden)


def _near(tree: Tree, view: View) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Those whom a person led you to, and those whom they led you to: no further, however long the chain."""
    for child in tree.children:
        yield child.id, child.name, meta_of(child, view)
        for grandchild in child.children:
            yield grandchild.id, grandchild.name, meta_of(grandchild, view)


def _led(known: Known, view: View) -> Iterator[Branch]:
    """Those who came through a person, and the names they gave that have no card yet."""
    children = known.tree.children
    near = [Tree(child.id, child.name, 0, tuple(_leaf(one) for one in child.children)) for child in children]
    yield from branches(near, view)
    there = {child.name for child in children}
    for item in known.named:
        name = name_in(item)
        if known.contact.id in item.contacts and is_open(item, view.world.today) and name not in there:
            there.add(name)
            yield Branch(Link(name), "named, no card yet", "named", opens=False, closes=0)


def _leaf(tree: Tree) -> Tree:
    return Tree(tree.id, tree.name, 1)


def _led_more(tree: Tree) -> str:
    shown = sum(1 + len(child.children) for child in tree.children)
    further = sum(1 for _ in tree.walk()) - 1 - shown
    return f"{upper_first(counted(further, 'more name'))} further on." if further else ""


def exchange_counts(exchange: Exchange, they_gave: str) -> tuple[Count, ...]:
    """What passed both ways, as counts; nothing where nothing did."""
    if not (exchange.asked or exchange.they_gave or exchange.you_gave):
        return ()
    return (
        count_of("you asked", exchange.asked),
        count_of(they_gave, exchange.they_gave),
        count_of("you gave", exchange.you_gave),
    )


# --- the card ------------------------------------------------------------------------------------------------------


def _facts(contact: Contact, view: View) -> Iterator[Fact]:
    """The lines of the card, those with a value."""
    world = view.world
    last = world.timeline.histories[contact.id].last_contact
    via = (view.reference(contact.via),) if contact.via else ()
    receptive = "" if contact.receptive is None else "yes" if contact.receptive else "no"
    facts = {
        "Email": tuple(mail_link(one) for one in contact.email),
        "Phone": tuple(phone_link(one) for one in contact.phone),
        "Website": tuple(web_link(one) for one in contact.website),
        "LinkedIn": (web_link(contact.linkedin),),
        "Works at": (view.reference(contact.organization),) if contact.organization else (),
        "Role": (Link(contact.role),),
        "Level": (Link(contact.level),),
        "School": (Link(contact.school),),
        "Where": (Link(contact.location),),
        "Time zone": (Link(contact.timezone),),
        "Pronouns": (Link(contact.pronouns),),
        "Found": (Link(found_through(contact)),),
        "Through": via,
        "Paths": tuple(view.reference(ref) for ref in contact.paths),
        "Tags": tuple(view.tag(tag) for tag in contact.tags),
        "May I write?": (Link(receptive),),
        "Comes up": (
            Link("never" if contact.cadence == "never" else f"every {contact.cadence}" if contact.cadence else ""),
        ),
        "Rests until": (Link(world.short(contact.snooze) if contact.snooze and contact.snooze > world.today else ""),),
        "Last contact": (Link(world.short(last) if last else "not yet"),),
        "Note changed": (Link(_changed(contact, world)),),
    }
    for name, values in facts.items():
        if said := tuple(value for value in values if value.text):
            yield Fact(name, said)


def _changed(contact: Contact, world: World) -> str:
    """When the note was last changed, by git; why that is unknown; nothing where the journal is not in git."""
    history = world.given.history
    if day := history.changed.get(contact.file):
        return world.short(day)
    return f"unknown: {history.note}" if history.note else "not committed yet" if history.head else ""


def mail_link(address: str) -> Link:
    """The link that writes to an address."""
    return Link(address, f"mailto:{quote(address, safe='@+')}")


def phone_link(number: str) -> Link:
    """The link that calls a number."""
    return Link(number, f"tel:{_NOT_DIALLED.sub('', number)}")


def web_link(address: str) -> Link:
    """A link to an address of a note's front matter; plain words where it is none that a note may lead to."""
    is_web = re.match(r"https?://", address, re.IGNORECASE) and classify_target(address) == "web"
    return Link(re.sub(r"^https?://|/$", "", address, flags=re.IGNORECASE), address) if is_web else Link(address)
