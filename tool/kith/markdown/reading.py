"""A body to its headings, list items and links, with their places."""

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from textwrap import dedent
from typing import Any, Literal
from urllib.parse import unquote

import msgspec

from kith.markdown.comments import Stripped, strip
from kith.markdown.links import WIKILINK, classify_target, is_wikilink, wikilink_target
from kith.markdown.parsing import is_tangled, is_too_deep, parser_for
from kith.markdown.rendering import BOX

_RAW_HTML = re.compile(r"</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_MAY_LINK = re.compile(r"[\[<]")
_MAY_MEAN_MORE = re.compile(r"[\[<`\\]")
_CONTAINERS = frozenset(
    f"{kind}_{end}" for kind in ("list_item", "blockquote", "footnote_reference") for end in ("open", "close")
)

LinkKind = Literal["wiki", "embed", "link", "image"]


class Link(msgspec.Struct, frozen=True):
    """A link or picture: its target as written, its text, and its span on one line."""

    kind: LinkKind
    target: str
    label: str
    line: int
    column: int
    length: int


class Heading(msgspec.Struct, frozen=True):
    """A heading outside quotations and lists. `first` to `last` are the lines of its part, the end excluded."""

    title: str
    level: int
    line: int
    column: int
    first: int
    last: int
    link: Link | None = None


class ListItem(msgspec.Struct, frozen=True):
    """A list item: the text of its first paragraph, and what is nested below it.

    `box` is the sign in its task box, `""` where there is none. `line` and `column` are those of the text behind the
    bullet (`text_column`: behind the box), `last_line` is that of the last thing nested below it. `headings` are the
    indexes of the headings it stands under, outermost first.
    """

    text: str
    line: int
    column: int
    text_column: int
    end_line: int
    end_column: int
    last_line: int
    bullet: str
    box: str
    headings: tuple[int, ...]
    nested: "tuple[ListItem, ...]"
    below: str
    links: tuple[Link, ...]


class Oddity(msgspec.Struct, frozen=True):
    """Something in a body that is not shown as its author may expect."""

    kind: Literal["raw-html", "remote-image", "blocked-link", "tangle"]
    text: str
    line: int
    column: int
    length: int


class Document(msgspec.Struct, frozen=True):
    """What a body says. `source` is the body without its comments; lines and columns, from 1, are those of `source`.

    `gaps` says what the comments took from each line; `column` undoes it.
    """

    source: str
    headings: tuple[Heading, ...]
    items: tuple[ListItem, ...]
    links: tuple[Link, ...]
    oddities: tuple[Oddity, ...]
    gaps: Mapping[int, tuple[tuple[int, int], ...]] = {}

    def column(self, line: int, column: int) -> int:
        """The column that a character of `source` has in the body as it was written."""
        return Stripped("", self.gaps).column(line, column) if line in self.gaps else column


def read(text: str) -> Document:
    r"""What a body says; `text` has `\n` for newlines. Any text gives a document."""
    return _Reader(strip(text)).read()


class _OpenItem:
    """A list item while its tokens pass."""

    def __init__(self, bullet: str, headings: tuple[int, ...], last: int) -> None:
        self.bullet = bullet
        self.headings = headings
        self.last = last
        self.inline: Any = None
        self.nested: list[ListItem] = []
        self.links: Sequence[Link] = ()


class _Reader:
    """One pass over the block tokens of a body.

    The inline text of what holds no link is not parsed, because that is most of the text and most of the time.
    """

    def __init__(self, stripped: Stripped) -> None:
        self.source = stripped.text
        self.gaps = stripped.gaps
        self.lines = self.source.split("\n")
        self.parser = parser_for(self.source)
        self.env: dict[str, Any] = {}
        self.headings: list[Heading] = []
        self.items: list[ListItem] = []
        self.links: list[Link] = []
        self.oddities: list[Oddity] = []
        self.open: list[_OpenItem] = []
        self.stack: list[int] = []
        self.quoted = 0

    def read(self) -> Document:
        tokens: list[Any] = []
        self.parser.block.parse(self.source, self.parser, self.env, tokens)
        previous = None
        for token in tokens:
            if token.type == "inline":
                self.inline(token, previous)
            elif token.type in _CONTAINERS:
                self.container(token)
            previous = token
        self.close_headings(0, len(self.lines) + 1)
        found = (tuple(self.headings), tuple(self.items), tuple(self.links), tuple(self.oddities))
        return Document(self.source, *found, self.gaps)

    def container(self, token: Any) -> None:
        """A list item, a quotation or a footnote begins or ends."""
        if token.type == "list_item_open":
            self.open.append(_OpenItem(token.info + token.markup, tuple(self.stack), token.map[1]))
        elif token.type == "list_item_close":
            self.close_item()
        else:
            self.quoted += token.nesting
        if is_too_deep(token):
            self.add_tangle(token.map[0])

    def inline(self, token: Any, previous: Any) -> None:
        links = self.read_links(token)
        if previous.type == "heading_open" and not self.open and not self.quoted:
            self.add_heading(token, previous, links)
        elif self.open and not self.quoted:
            item = self.open[-1]
            if item.inline is None and previous.type == "paragraph_open" and not item.nested:
                item.inline = token
                item.links = links

    def add_heading(self, token: Any, opening: Any, links: Sequence[Link]) -> None:
        line, first = opening.map
        level = int(opening.tag[1])
        self.close_headings(level, line + 1)
        self.stack.append(len(self.headings))
        column = self.lines[line].find(token.content.split("\n", 1)[0]) + 1
        only = links[0] if len(links) == 1 and is_wikilink(token.content) else None
        self.headings.append(Heading(token.content, level, line + 1, column, first + 1, 0, only))

    def close_headings(self, level: int, line: int) -> None:
        """End the parts of the open headings that are no higher than `level` (0: of all) before `line`."""
        while self.stack and self.headings[self.stack[-1]].level >= level:
            index = self.stack.pop()
            self.headings[index] = msgspec.structs.replace(self.headings[index], last=line)

    def close_item(self) -> None:
        item = self.open.pop()
        if self.quoted:
            return
        siblings = self.open[-1].nested if self.open else self.items
        if item.inline is None:
            siblings.extend(item.nested)  # an empty item, or one that begins with a list or code
        else:
            siblings.append(self.make_item(item))

    def make_item(self, item: _OpenItem) -> ListItem:
        content = item.inline.content
        match = BOX.match(content)
        text, box = (content[match.end() :], match[1].lower()) if match else (content, "")
        first, end = item.inline.map
        column = max(self.lines[first].rfind(content.split("\n", 1)[0]), 0) + 1
        last = item.last
        while not self.lines[last - 1].strip():
            last -= 1
        return ListItem(
            text=_SPACE.sub(" ", text).strip(),
            line=first + 1,
            column=column,
            text_column=column + len(content) - len(text),
            end_line=end,
            end_column=len(self.lines[end - 1].rstrip()) + 1,
            last_line=last,
            bullet=item.bullet,
            box=box,
            headings=item.headings,
            nested=tuple(item.nested),
            below=dedent("\n".join(self.lines[end:last])).strip("\n") if last > end else "",
            links=tuple(item.links),
        )

    # --- links ---

    def read_links(self, token: Any) -> list[Link]:
        """The links of one paragraph, in order; they are also added to those of the body."""
        content = token.content
        box = BOX.match(content)
        start = box.end() if box else 0
        if not _MAY_LINK.search(content, start):
            return []
        if is_tangled(content):
            self.add_tangle(token.map[0])
            return []
        finder = _Finder(self.lines, token.map)
        if not _MAY_MEAN_MORE.search(WIKILINK.sub("", content[start:])):
            found = (match for match in WIKILINK.finditer(content, start) if wikilink_target(match[1]))
            links = [_wikilink(match, finder) for match in found]
        else:
            links = self.parse_links(content, finder)
        self.links.extend(links)
        return links

    def parse_links(self, content: str, finder: "_Finder") -> list[Link]:
        """The links of a paragraph that has to be parsed for them."""
        children: list[Any] = []
        self.parser.inline.parse(content, self.parser, self.env, children)
        links: list[Link] = []
        for index, child in enumerate(children):
            if child.type == "wikilink":
                links.append(_wikilink(child.meta["match"], finder))
            elif child.type in ("link_open", "image"):
                links.append(self.address(child, children[index + 1 :], content, finder))
            elif child.type == "text" and "<" in child.content:
                for match in _RAW_HTML.finditer(child.content):
                    self.oddities.append(Oddity("raw-html", match[0], *finder.find(match[0])))
        return links

    def address(self, token: Any, rest: Sequence[Any], content: str, finder: "_Finder") -> Link:
        """A link of Markdown's own form, or a picture."""
        picture = token.type == "image"
        href = str(token.attrs["src" if picture else "href"])
        label = token.content if picture else _text_of(rest)
        target = unquote(href)
        written = next((piece for piece in (target, href) if piece in content), label)
        before = ("](", "](<", "<", "")
        link = Link("image" if picture else "link", target, label, *finder.find(written, before))
        where = classify_target(href)
        if where == "blocked":
            self.oddities.append(Oddity("blocked-link", target, link.line, link.column, link.length))
        elif where == "web" and picture:
            self.oddities.append(Oddity("remote-image", target, link.line, link.column, link.length))
        return link

    def add_tangle(self, row: int) -> None:
        text = self.lines[row].strip()[:20]
        self.oddities.append(Oddity("tangle", text, row + 1, self.lines[row].find(text) + 1, len(text)))


class _Finder:
    """Finds the places of pieces of a paragraph in its lines, from left to right."""

    def __init__(self, lines: list[str], rows: list[int]) -> None:
        self.lines = lines
        self.rows = rows
        self.row = rows[0]
        self.column = 0

    def find(self, piece: str, before: Sequence[str] = ("",)) -> tuple[int, int, int]:
        """Line, column and length of a piece behind the last one found, else those of the paragraph's first line.

        `before` are the signs that may stand before it, the surest first.
        """
        for sign in before if piece else ():
            row, column = self.row, self.column
            while row < self.rows[1]:
                if (at := self.lines[row].find(sign + piece, column)) >= 0:
                    self.row, self.column = row, at + len(sign) + len(piece)
                    return row + 1, at + len(sign) + 1, len(piece)
                row, column = row + 1, 0
        line = self.lines[self.rows[0]]
        return self.rows[0] + 1, len(line) - len(line.lstrip()) + 1, len(line.strip())


def _wikilink(match: re.Match[str], finder: _Finder) -> Link:
    kind: LinkKind = "embed" if match[0][0] == "!" else "wiki"
    return Link(kind, match[1].strip(), (match[2] or "").strip(), *finder.find(match[0]))


def _text_of(tokens: Sequence[Any]) -> str:
    """The text of the tokens up to the link's end."""
    inside = takewhile(lambda token: token.type != "link_close", tokens)
    return "".join(" " if token.type in ("softbreak", "hardbreak") else token.content for token in inside)
