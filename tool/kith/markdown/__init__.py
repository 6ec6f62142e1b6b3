"""Bodies: Markdown to headings, list items and links with their places, and to safe HTML.

CommonMark with tables, strikethrough, footnotes, task boxes (`[ ]`, `[x]`, `[-]`) and `[[wikilinks]]`. Raw HTML is
shown as text. Comments (`<!-- -->` and `%%…%%`) are neither shown nor read. Links lead to `http https mailto tel` and
relative addresses only, and images from elsewhere are shown as a link and never loaded.

This package is the only one that knows markdown-it: `reading` makes values of its tokens, `rendering` HTML.
"""

import re
from collections.abc import Callable
from html import escape

from kith.markdown.comments import strip
from kith.markdown.links import SCHEMES, WIKILINK, classify_target, is_wikilink, wikilink_target
from kith.markdown.marks import mark_label, mark_link, mark_note, without_marks
from kith.markdown.memory import forget_unasked, keep_rendered, known
from kith.markdown.parsing import WORDS, is_tangled, is_too_deep, parser_for
from kith.markdown.reading import Document, Heading, Link, ListItem, Oddity, read
from kith.markdown.rendering import Resolve, Target, resolve_nothing

__all__ = [
    "SCHEMES",
    "Document",
    "Heading",
    "Link",
    "ListItem",
    "Oddity",
    "Resolve",
    "Target",
    "classify_target",
    "forget_unasked",
    "inline_html",
    "is_wikilink",
    "keep_rendered",
    "known",
    "mark_label",
    "mark_link",
    "mark_note",
    "plain",
    "read",
    "strip_comments",
    "to_html",
    "wikilink_target",
]

_MARKUP = re.compile(r"[\[\]*_`~<>\\&!]")


def strip_comments(text: str) -> str:
    """`text` without its comments; lines keep their numbers, code keeps its comments."""
    return strip(text).text


def to_html(text: str, resolve: Resolve = resolve_nothing, *, level: int = 3, doc_id: str = "") -> str:
    """The HTML of a body: safe whatever the text holds. Its headings begin at `level`; `doc_id` is part of its ids."""
    if not text.strip():
        return ""
    if WORDS.fullmatch(text):
        return f"<p>{escape(text)}</p>\n"
    return known(("body", text, level, doc_id), resolve, lambda ask: _render(text, ask, level, doc_id))


def _render(text: str, resolve: Resolve, level: int, doc_id: str) -> str:
    env = {"resolve": resolve, "level": level, **({"docId": escape(doc_id)} if doc_id else {})}
    source = strip(text).text
    parser = parser_for(source)
    tokens = parser.parse(source, env)
    if any(is_too_deep(token) for token in tokens):
        return f"<pre>{escape(without_marks(source))}</pre>\n"
    return without_marks(str(parser.renderer.render(tokens, parser.options, env)))


def inline_html(text: str, resolve: Resolve = resolve_nothing) -> str:
    """The HTML of one line: emphasis, code and links, no blocks."""
    if WORDS.fullmatch(text) or is_tangled(text):
        return escape(text)
    return known(("line", text), resolve, lambda ask: str(parser_for(text).renderInline(text, {"resolve": ask})))


def plain(text: str, name_of: Callable[[str], str] = wikilink_target) -> str:
    """One line without its markup; `name_of` says what to write for a wikilink without a label."""
    if not _MARKUP.search(text) or is_tangled(text):
        return text
    if _is_words_and_wikilinks(text):  # as most lines are: no need to load and ask the parser
        return WIKILINK.sub(lambda match: (match[2] or "").strip() or name_of(match[1].strip()), text)
    return known(("plain", text), name_of, lambda ask: _plain(text, ask))


def _is_words_and_wikilinks(text: str) -> bool:
    if "\n" in text or text != text.strip() or _MARKUP.search(WIKILINK.sub("", text)):
        return False
    return all(wikilink_target(match[1]) for match in WIKILINK.finditer(text))


def _plain(text: str, name_of: Callable[[str], str]) -> str:
    found: list[str] = []
    for token in parser_for(text).parseInline(text)[0].children:
        if token.type == "wikilink":
            found.append(token.meta["label"] or name_of(token.meta["target"]))
        elif token.type in ("text", "code_inline", "image"):
            found.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            found.append(" ")
    return "".join(found)
