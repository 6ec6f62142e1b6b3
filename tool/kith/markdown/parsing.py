"""The one markdown-it parser: which Markdown is understood, and what is too tangled to be."""

import re
from functools import cache
from typing import Any

from kith.markdown.links import WIKILINK, wikilink_target
from kith.markdown.rendering import BOX, RENDERERS, decorate

MAX_TANGLE = 400  # brackets or marks in one paragraph beyond which it is shown as plain text: they cost their square
MAX_OPEN = 50  # brackets that nothing closes: each of them costs the whole paragraph
MAX_NESTING = 60  # tokens inside tokens, two for each list; beyond it markdown-it drops the text

# A line of words without a sign that could be markup, as most are: it stays as it is.
WORDS = re.compile(r"[^\W\d_](?:[^\[\]*_`~<>\\&!|%\n\r\0]*[^\[\]*_`~<>\\&!|%\0\s])?")

_CONTAINERS = ("list_item_open", "blockquote_open", "footnote_reference_open")


@cache
def parser() -> Any:
    """The parser, made when the first body is read."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    made = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    made.use(footnote_plugin, inline=False)
    made.disable("html_block")
    made.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - judged where links are shown
    made.inline.ruler.before("link", "wikilink", _wikilink_rule)
    made.core.ruler.before("inline", "tangles", _tangle_rule)
    made.core.ruler.at("inline", _inline_rule)
    made.core.ruler.push("decorations", decorate)
    for name, render in RENDERERS.items():
        made.add_render_rule(name, render)
    return made


def _inline_rule(state: Any) -> None:
    """Parse what stands in paragraphs, headings and cells; words, behind a box too, are one text."""
    from markdown_it.token import Token

    for token in state.tokens:
        if token.type != "inline":
            continue
        box = BOX.match(token.content)
        if WORDS.fullmatch(token.content, box.end() if box else 0):
            token.children = [Token("text", "", 0, content=token.content)]
        else:
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _wikilink_rule(state: Any, silent: bool) -> bool:  # noqa: FBT001 - the signature is markdown-it's
    match = WIKILINK.match(state.src, state.pos, state.posMax)
    if match is None or not wikilink_target(match[1]):
        return False
    if not silent:
        token = state.push("wikilink", "", 0)
        token.meta = {
            "match": match,
            "embed": match[0][0] == "!",
            "target": match[1].strip(),
            "label": (match[2] or "").strip(),
        }
    state.pos = match.end()
    return True


def is_tangled(text: str) -> bool:
    """Whether a paragraph holds so many brackets or marks that parsing it would take their square."""
    if len(text) <= MAX_OPEN:
        return False
    if text.count("[") + text.count("]") > MAX_TANGLE:
        text = WIKILINK.sub("", text)  # these are read at once, however many there are
    opened, closed, pictures = text.count("["), text.count("]"), text.count("![")
    return (
        opened + closed > MAX_TANGLE
        or opened - closed > MAX_OPEN
        or pictures > 2 * MAX_OPEN
        or text.count("*") + text.count("_") + text.count("~") > 5 * MAX_TANGLE
        or text.count("`") > 5 * MAX_TANGLE
        or text.count("<") > MAX_TANGLE
    )


def is_too_deep(token: Any) -> bool:
    """Whether markdown-it leaves out what stands inside this token."""
    return token.type in _CONTAINERS and bool(token.level >= MAX_NESTING - 1)


def _tangle_rule(state: Any) -> None:
    """Show tangled paragraphs as plain text, whole."""
    for token in state.tokens:
        if token.type == "inline" and is_tangled(token.content):
            token.type = "plain_inline"
