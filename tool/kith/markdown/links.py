"""What links of a body mean: wikilinks, and addresses that a note may lead to."""

import re
from typing import Literal

SCHEMES = frozenset({"http", "https", "mailto", "tel"})

WIKILINK = re.compile(r"!?\[\[([^\[\]\n|]{1,300})(?:\|([^\[\]\n]{0,300}))?\]\]")

_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\x9f]")


def classify_target(target: str) -> Literal["web", "relative", "blocked"]:
    r"""Whether an address leads to the web (or mail, or a phone), to a file of the journal, or nowhere we go.

    Browsers drop white space and control characters from an address, so `java\tscript:` is judged without them.
    """
    bare = _INVISIBLE.sub("", target)
    if match := _SCHEME.match(bare):
        return "web" if match[1].casefold() in SCHEMES else "blocked"
    return "blocked" if bare.startswith(("/", "\\")) else "relative"


def wikilink_target(target: str) -> str:
    """The id or name that a wikilink's target means: `contacts/dana-lee#Log` and `dana-lee.md` are `dana-lee`."""
    name = target.partition("#")[0].strip().rsplit("/", 1)[-1]
    return name.removesuffix(".md").strip()


def is_wikilink(text: str) -> re.Match[str] | None:
    """The match of a text that is one wikilink and nothing else; group 1 is the target, group 2 the label."""
    return WIKILINK.fullmatch(text.strip())
