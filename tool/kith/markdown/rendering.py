"""Tokens to safe HTML. All addresses come from a resolver, or are of the web; everything else is escaped text."""

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any
from urllib.parse import unquote

import msgspec

from kith.markdown.links import classify_target, wikilink_target
from kith.markdown.marks import TAGS

BOX = re.compile(r"\[([ xX-])\](?=\s|$)[ \t]*")

_BOX_NAMES = {" ": ("box", "open"), "x": ("box done", "done"), "-": ("box not", "not for me")}
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")


class Target(msgspec.Struct, frozen=True):
    """Where a link of a note leads on a page: an address, and the text where the link has none of its own."""

    href: str
    text: str = ""


Resolve = Callable[[str, str], Target | None]
"""`resolve(kind, target)`, kind `wiki`, `embed`, `file` (a relative address); None where the target does not exist."""


def resolve_nothing(_kind: str, _target: str) -> Target | None:
    """The resolver of a text that stands alone: no link leads anywhere."""
    return None


# --- before rendering ----------------------------------------------------------------------------------------------


def decorate(state: Any) -> None:
    """Boxes of task items, heading levels, links, and table alignment by class (a style would need a laxer CSP)."""
    level = state.env.get("level", 3)
    tokens = state.tokens
    top = min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=1)
    for index, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) - top + level, 6)}"
        elif token.type in ("th_open", "td_open"):
            style = str(token.attrs.pop("style", ""))
            if style:
                token.attrs["class"] = "align-" + style.rpartition(":")[2]
        elif token.type == "inline":
            _decorate_links(token.children, state.env)
            if index > 1 and tokens[index - 2].type == "list_item_open":
                _decorate_box(token, tokens[index - 2])
        elif token.type == "fence":
            token.info = ""  # no highlighting follows, so no class from what a person wrote


def _decorate_box(inline: Any, item: Any) -> None:
    match = BOX.match(inline.content)
    if match is None or inline.children[0].type != "text":
        return
    first = inline.children[0]
    first.content = first.content[match.end() :]
    first.meta = {"box": match[1].lower()}
    item.attrJoin("class", "task-item")


def _decorate_links(children: Sequence[Any], env: Any) -> None:
    """Decide once what each link becomes; what stands inside a link is none itself."""
    closings: list[str] = []
    for child in children:
        if child.type == "link_open":
            inside = "</a>" in closings
            tags = ("", "") if inside else _link_tags(str(child.attrs["href"]), env.get("resolve", resolve_nothing))
            child.meta = {"html": tags[0]}
            closings.append(tags[1])
        elif child.type == "link_close":
            child.meta = {"html": closings.pop()}
        elif child.type in ("image", "mark") and closings:
            child.meta = {"inside": True}


def _link_tags(href: str, resolve: Resolve) -> tuple[str, str]:
    where = classify_target(href)
    if where == "web":
        return f'<a href="{escape(href)}" rel="noopener noreferrer">', "</a>"
    if where == "relative" and href.startswith("#"):
        return f'<a href="{escape(href)}">', "</a>"
    found = resolve("file", unquote(href)) if where == "relative" else None
    if found and found.href:
        return f'<a href="{escape(found.href)}">', "</a>"
    return '<span class="no-link">', "</span>"


# --- renderers -----------------------------------------------------------------------------------------------------


def _render_text(_self: Any, tokens: Sequence[Any], index: int, _options: Any, _env: Any) -> str:
    token = tokens[index]
    box = ""
    if token.meta:
        css, word = _BOX_NAMES[token.meta["box"]]
        box = f'<span class="{css}"></span><span class="unseen">({word})</span> '
    return box + escape(token.content)


def _render_plain(_self: Any, tokens: Sequence[Any], index: int, _options: Any, _env: Any) -> str:
    return escape(tokens[index].content)


def _render_decided(_self: Any, tokens: Sequence[Any], index: int, _options: Any, _env: Any) -> str:
    return str(tokens[index].meta["html"])


def _render_mark(_self: Any, tokens: Sequence[Any], index: int, _options: Any, env: Any) -> str:
    token = tokens[index]
    words = escape(token.content)
    if token.meta:
        return words
    opening, closing = TAGS.get(token.info) or _link_tags(token.info, env.get("resolve", resolve_nothing))
    return f"{opening}{words}{closing}"


def _anchor(href: str, text: str) -> str:
    rel = ' rel="noopener noreferrer"' if classify_target(href) == "web" else ""
    return f'<a href="{escape(href)}"{rel}>{text}</a>'


def _render_wikilink(_self: Any, tokens: Sequence[Any], index: int, _options: Any, env: Any) -> str:
    meta = tokens[index].meta
    found: Target | None = env["resolve"]("embed" if meta["embed"] else "wiki", meta["target"])
    text = escape(meta["label"] or (found.text if found else "") or wikilink_target(meta["target"]))
    if found is None:
        return f'<span class="no-link">{text}</span>'
    if not found.href:
        return text
    if meta["embed"] and found.href.casefold().endswith(_PICTURES):
        return f'<img src="{escape(found.href)}" alt="{text}" loading="lazy">'
    return _anchor(found.href, text)


def _render_image(self: Any, tokens: Sequence[Any], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    source = str(token.attrs["src"])
    text = escape(self.renderInlineAsText(token.children, options, env))
    where = classify_target(source)
    if where == "web":
        shown = f"{text or 'picture'} (a picture from elsewhere, not loaded)"
        return shown if token.meta else _anchor(source, shown)
    found: Target | None = env["resolve"]("file", unquote(source)) if where == "relative" else None
    if found is None or not found.href:
        return f'<span class="no-link">{text or escape(source)}</span>'
    return f'<img src="{escape(found.href)}" alt="{text}" loading="lazy">'


RENDERERS: dict[str, Callable[..., str]] = {
    "text": _render_text,
    "plain_inline": _render_plain,
    "mark": _render_mark,
    "wikilink": _render_wikilink,
    "link_open": _render_decided,
    "link_close": _render_decided,
    "image": _render_image,
}
