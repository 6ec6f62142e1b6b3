"""Templates that need no jinja2 to be checked: names that letters know, `if` and `for`, all in their places.

Most letters are such, and jinja2 takes longer to import than a journal to read.
"""

import re

import msgspec

from kith.letters.language import LISTS, NAMES

_NAMED = r"(?P<{0}>[a-z_]+)(?:\.(?P<{0}_of>[a-z_]+))?"
_TAG = re.compile(
    r"\{\{ *" + _NAMED.format("value") + r" *\}\}|"
    r"\{% *(?:(?P<word>else|endif|endfor)|if (?:not )?" + _NAMED.format("tested") + r"|"
    r"for (?P<member>[a-z_]+) in (?P<list>done|open|met)) *%\}"
)
_OTHER = re.compile(r"\{[{%#]|[}%#]\}")
_LOOP = frozenset({"first", "last", "index"})
_DEEPEST = 20  # blocks in blocks; jinja2 says how many are too many
_RESERVED = frozenset({"loop", "not", "in", "is", "if", "else", "and", "or", "true", "false", "none", "self"})


class _Block(msgspec.Struct, frozen=True):
    """An `if`, its `else`, or a loop with the name and the kind of its members."""

    word: str
    member: str = ""
    kind: type[msgspec.Struct] | None = None


def is_simple(source: str) -> bool:
    """Whether a template is of that simple kind and without mistakes; if not, jinja2 says what it is."""
    if _OTHER.search(_TAG.sub("", source)):
        return False
    blocks: list[_Block] = []
    return all(_takes(tag, blocks) for tag in _TAG.finditer(source)) and not blocks


def _takes(tag: re.Match[str], blocks: list[_Block]) -> bool:
    """Whether a tag may stand where it does; `blocks` are those around it, and what it opens or closes."""
    word, member = tag["word"], tag["member"]
    if len(blocks) > _DEEPEST:
        return False
    if member:
        nested = any(block.word == "for" for block in blocks)
        blocks.append(_Block("for", member, LISTS[tag["list"]]))
        return member not in _RESERVED and not nested
    if word:
        block = blocks.pop() if blocks else _Block("")
        if word == "else":
            blocks.append(_Block("else"))
        return block.word in {"else": ("if",), "endif": ("if", "else"), "endfor": ("for",)}[word]
    if tag["tested"]:
        known = _is_known(tag["tested"], tag["tested_of"], blocks)
        blocks.append(_Block("if"))
        return known
    is_text = tag["value_of"] is not None or tag["value"] == "today"
    return is_text and _is_known(tag["value"], tag["value_of"], blocks)


def _is_known(name: str, attribute: str | None, blocks: list[_Block]) -> bool:
    if name == "loop":
        return attribute in _LOOP and any(block.word == "for" for block in blocks)
    kind = next((block.kind for block in reversed(blocks) if block.member == name), NAMES.get(name))
    return kind is not None and (attribute is None or attribute in kind.__struct_fields__)
