"""Network: who led to whom, as a tree and as a list."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from kith.pages.parts import Branch, Command, Frame, Link, Page
from kith.pages.tasks import role_line
from kith.pages.view import View
from kith.pages.words import SOURCE_WORDS, counted, listed, number
from kith.pages.world import World
from kith.study.forecast import read_forecast
from kith.study.forest import Tree

DEEPEST = 8  # levels of the list that a phone has room for
MOST_DRAWN = 200  # people beyond which only those that are connected are drawn; the list has everybody
_COLUMN, _ROW, _LEFT, _TOP = 252, 42, 176, 46
_META = 34  # letters behind a name that has a branch to its right
_CHARACTER = 8.4  # the width of a letter of a name in the figure, on average, in the widest of the serifs


class Spot(msgspec.Struct, frozen=True):
    """One person of the figure: the middle of the mark, in pixels."""

    x: int
    y: int
    link: Link
    meta: str
    mark: str


class Line(msgspec.Struct, frozen=True):
    """A straight line of the figure."""

    path: str


class Figure(msgspec.Struct, frozen=True):
    """The tree as drawn. `columns` are its heads with their place; `you` the name at the root."""

    width: int
    height: int
    columns: tuple[tuple[int, str], ...]
    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    you: str
    words: str


class Network(msgspec.Struct, frozen=True):
    """What `network.html` shows. `unasked` were never asked for names."""

    frame: Frame
    count: str
    standfirst: str
    figure: Figure | None
    forest: tuple[Branch, ...]
    unasked: tuple[Link, ...]
    unasked_count: str
    empty: Command | None


def pages(world: World) -> Iterator[Page]:
    """The referral forest."""
    view = View(world, "network.html", "network.html")

    def unasked() -> tuple[str, ...]:
        return tuple(contact.id for contact in read_forecast(world.timeline).unasked)

    def shown() -> object:
        histories = world.timeline.histories.items()
        return (
            [(tree.id, tree.name, tree.depth) for root in world.forest for tree in root.walk()],
            [(id_, history.stage, role_line(history.contact, view)) for id_, history in histories],
            [(id_, history.contact.source) for id_, history in histories],
            unasked(),
            world.journal.owner.name,
        )

    yield view.page("network.html", lambda: _context(world.forest, unasked(), view), shown)


def _context(forest: tuple[Tree, ...], unasked: tuple[str, ...], view: View) -> Network:
    world = view.world
    everybody = sum(1 for root in forest for _ in root.walk())
    met = sum(history.is_met for history in world.timeline.histories.values())
    drawn = forest if everybody <= MOST_DRAWN else tuple(connected(forest))
    return Network(
        frame=view.frame("Network"),
        count=f"{everybody} {'name' if everybody == 1 else 'names'}",
        standfirst=_standfirst(forest),
        figure=draw(drawn, view) if drawn else None,
        forest=branches(forest, view),
        unasked=view.links(unasked),
        unasked_count=f"{len(unasked)} of {met} met" if met else "",
        empty=None if forest else Command("No one is on your list yet.", 'kith new contact "Sam Ortiz"'),
    )


def connected(forest: Iterable[Tree]) -> Iterator[Tree]:
    """The trees of more than one person that a figure has room for."""
    room = MOST_DRAWN
    for root in forest:
        size = sum(1 for _ in root.walk())
        if root.children and size <= room:
            room -= size
            yield root


def _standfirst(forest: Sequence[Tree]) -> str:
    sizes = [(sum(1 for _ in root.walk()) - 1, root) for root in forest]
    size, root = max(sizes, key=lambda pair: pair[0], default=(0, None))
    if root is None:
        return ""
    if size == 0:
        return "Nobody has led you to anybody yet: the question that asks for names is the one that pays."
    deep = max(tree.depth for tree in root.walk())
    return (
        f"Who led to whom. {root.name} has opened the longest branch: {counted(size, 'name')}, "
        f"{counted(deep, 'introduction')} deep."
    )


def meta_of(tree: Tree, view: View) -> tuple[str, str]:
    """What stands behind a name, and the mark before it."""
    if not tree.id:
        return "named, no card yet", "named"
    history = view.world.timeline.histories[tree.id]
    contact = history.contact
    source = SOURCE_WORDS.get(contact.source, contact.source.replace("-", " "))
    words = [contact.role or source, *([history.stage] if history.stage != "met" else [])]
    return ", ".join(word for word in words if word), history.stage


def branches(forest: Iterable[Tree], view: View, deepest: int = DEEPEST) -> tuple[Branch, ...]:
    """The trees as a nested list; whoever is deeper than `deepest` below its root stands at that depth."""
    pairs = [(tree, min(tree.depth - root.depth, deepest)) for root in forest for tree in root.walk()]
    depths = [*(depth for _, depth in pairs), 0]
    return tuple(
        Branch(
            view.link(tree.id) if tree.id else Link(tree.name),
            *meta_of(tree, view),
            opens=depths[index + 1] > depth,
            closes=max(depth - depths[index + 1], 0),
        )
        for index, (tree, depth) in enumerate(pairs)
    )


# --- the figure ----------------------------------------------------------------------------------------------------


def draw(forest: Sequence[Tree], view: View) -> Figure:
    """Lay the forest out: a column for each depth, a row for each branch that ends."""
    rows: dict[int, int] = {}
    order = [tree for root in forest for tree in root.walk()]
    row = 0
    for tree in order:
        rows[id(tree)] = row
        if not tree.children:
            row += 1
    spots: list[Spot] = []
    lines: list[Line] = []
    you = view.world.journal.owner.name.split()[0] if view.world.journal.owner.name else "You"
    _branch(lines, 26 + len(you) * _CHARACTER, _LEFT, _TOP, [_TOP + _ROW * rows[id(root)] for root in forest])
    for tree in order:
        x, y = _LEFT + _COLUMN * tree.depth, _TOP + _ROW * rows[id(tree)]
        meta, mark = meta_of(tree, view)
        link = view.link(tree.id) if tree.id else Link(tree.name)
        spots.append(Spot(x, y, link, _short(meta) if tree.children else meta, mark))
        if tree.children:
            ys = [_TOP + _ROW * rows[id(child)] for child in tree.children]
            _branch(lines, x + 24 + len(tree.name) * _CHARACTER, x + _COLUMN, y, ys)
    depth = max(tree.depth for tree in order)
    heads = [(_LEFT - 5 + _COLUMN * column, _head(column)) for column in range(depth + 1)]
    return Figure(
        width=_LEFT + _COLUMN * (depth + 1),
        height=_TOP + _ROW * row - 4,
        columns=tuple(heads),
        spots=tuple(spots),
        lines=tuple(lines),
        you=you,
        words=_words(forest),
    )


def _short(text: str) -> str:
    """A text that leaves the next column alone."""
    return text if len(text) <= _META else f"{text[: _META - 1].rstrip(' ,')}…"


def _branch(lines: list[Line], start: float, right: int, y: int, ys: Sequence[int]) -> None:
    """The lines from a name to those below it: a stem, a trunk, a twig to each."""
    trunk = right - 22
    lines.append(Line(f"M{min(round(start), trunk - 4)} {y}H{trunk}"))
    if ys[-1] != y:
        lines.append(Line(f"M{trunk} {y}V{ys[-1]}"))
    lines.extend(Line(f"M{trunk} {child}H{right - 8}") for child in ys)


def _head(depth: int) -> str:
    return "you found" if depth == 0 else f"through {number(depth)}" + (" person" if depth == 1 else "")


def _words(forest: Sequence[Tree]) -> str:
    """What the figure says, in words; the list below it says it in full."""
    led = [
        f"{tree.name} led to {listed([child.name for child in tree.children])}"
        for root in forest
        for tree in root.walk()
        if tree.children
    ]
    return f"Referral tree. {'; '.join(led[:12])}." if led else "Referral tree: nobody has led to anybody yet."
