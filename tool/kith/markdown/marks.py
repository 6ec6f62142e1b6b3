"""What a page adds to a body before it is shown, set in control characters, which no note may hold.

A mark is read at once, so that a line of words and marks need not be parsed as Markdown.
"""

import re

SIGNS = r"\n\\`~*_\[\]!<&"  # within a line, Markdown means something only at these
# Without what stands around texts in HTML, so that a mark is never found across two of them.
MARK = re.compile('\x01([^\x01-\x03<>"]*)\x02([^\x01-\x03<>"]*)\x03')
TAGS = {"label": ("<em><strong>", "</strong></em>"), "note": ("<em>", "</em>")}  # others are addresses

_UNFIT = re.compile(f'[{SIGNS}>"]')


def mark_label(words: str) -> str:
    """The Markdown for the label of an item."""
    return f"***{words}***" if _UNFIT.search(words) else f"\x01label\x02{words}\x03"


def mark_note(words: str) -> str:
    """The Markdown for words without signs that are not the author's."""
    return f"\x01note\x02{words}\x03"


def mark_link(words: str, address: str) -> str:
    """The Markdown for words that lead to a page of the site."""
    return f"[{words}]({address})" if _UNFIT.search(words) else f"\x01{address}\x02{words}\x03"


def without_marks(text: str) -> str:
    """The text with the words alone of marks that mean nothing where they stand, as in code."""
    return MARK.sub(r"\2", text) if "\x01" in text else text
