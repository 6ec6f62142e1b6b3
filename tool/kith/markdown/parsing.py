"""The one markdown-it parser: which Markdown is understood, and what is too tangled to be."""

import re
from functools import lru_cache
from itertools import compress
from typing import Any

from kith.markdown.links import WIKILINK, wikilink_target
from kith.markdown.marks import MARK, SIGNS
from kith.markdown.rendering import BOX, RENDERERS, decorate

MAX_TANGLE = 400  # brackets or marks in one paragraph beyond which it is shown as plain text: they cost their square
MAX_OPEN = 50  # brackets that nothing closes: each of them costs the whole paragraph
MAX_NESTING = 60  # tokens inside tokens, two for each list; beyond it markdown-it drops the text

# A line of words without a sign that could be markup, as most are: it stays as it is.
WORDS = re.compile(r"[^\W\d_](?:[^\[\]*_`~<>\\&!|%\n\r\0\x01]*[^\[\]*_`~<>\\&!|%\0\x01\s])?")

_CONTAINERS = ("list_item_open", "blockquote_open", "footnote_reference_open")

# Rules of markdown-it, and what of a text has to hold at least one for them to find something in it.
_NEEDS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("table",), ("|",)),
    (("fence",), ("`", "~")),
    (("blockquote",), (">",)),
    (("heading",), ("#",)),
    (("hr",), ("-\n", "*\n", "_\n", " \n", "\t", "\r")),  # it is a whole line, and so is an underline
    (("lheading",), ("-\n", "=\n", " \n", "\t", "\r")),
    (("reference", "footnote_def"), ("]:",)),
    (("escape",), ("\\",)),
    (("backticks",), ("`",)),
    (("strikethrough",), ("~",)),
    (("emphasis",), ("*", "_")),
    (("wikilink",), ("[[",)),
    (("link",), ("](", "]:")),
    (("image",), ("![",)),
    (("footnote_ref",), ("[^",)),
    (("autolink",), ("<",)),
    (("entity",), ("&",)),
)
_NEEDED = tuple(dict.fromkeys(sign for _, signs in _NEEDS for sign in signs))
_SIGN = re.compile(f"[{SIGNS}]")


def parser_for(text: str) -> Any:
    """The parser for `text`, without the rules that can find nothing in it: each is asked at every line or sign."""
    return _parser_with(tuple(map(f"{text}\n".__contains__, _NEEDED)))


@lru_cache(maxsize=1024)
def _parser_with(held: tuple[bool, ...]) -> Any:
    signs = set(compress(_NEEDED, held))
    return parser(tuple(rules for rules, needed in _NEEDS if signs.isdisjoint(needed)))


@lru_cache(maxsize=128)
def parser(idle: tuple[tuple[str, ...], ...] = ()) -> Any:
    """The parser without the rules that are `idle`, made when these are first left out."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    made = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    made.use(footnote_plugin, inline=False)
    made.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - judged where links are shown
    made.inline.terminator_re = re.compile(f"[{SIGNS}\x01]")
    made.inline.ruler.before("link", "wikilink", _wikilink_rule)
    made.inline.ruler.before("newline", "mark", _mark_rule)
    made.core.ruler.at("inline", _inline_rule)
    made.core.ruler.push("decorations", decorate)
    made.disable(["html_block", "html_inline", *(rule for rules in idle for rule in rules)])
    for name, render in RENDERERS.items():
        made.add_render_rule(name, render)
    return made


def _inline_rule(state: Any) -> None:
    """Parse what stands in paragraphs, headings and cells, unless it holds words and marks alone, behind a box or not.

    Tangled paragraphs are shown as plain text, whole.
    """
    from markdown_it.token import Token

    for token in state.tokens:
        if token.type != "inline":
            continue
        pieces = MARK.split(token.content)  # words, and between them of each mark where it leads and its words
        box = BOX.match(token.content)
        if not _SIGN.search("".join(pieces[::3]), box.end() if box else 0):
            marks = zip(pieces[1::3], pieces[2::3], strict=True)
            token.children = [Token("text", "", 0, content=pieces[0])] if pieces[0] else []
            for (info, words), more in zip(marks, pieces[3::3], strict=True):
                token.children.append(Token("mark", "", 0, info=info, content=words))
                token.children.append(Token("text", "", 0, content=more))
        elif is_tangled(token.content):
            token.type = "plain_inline"
        else:
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _mark_rule(state: Any, silent: bool) -> bool:  # noqa: FBT001 - the signature is markdown-it's
    match = MARK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("mark", "", 0)
        token.info, token.content = match.groups()
    state.pos = match.end()
    return True


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
