"""Addresses: where each page lies in the site, and how one page points to another.

Pages are flat `.html` files, at most one folder deep, so that the site opens from the disk. Every link is relative and
computed from the page it stands on.
"""

import hashlib
import re
import unicodedata
from urllib.parse import quote

MAX_NAME = 120  # bytes of a file's name, far below the 255 of most file systems, with room for what odd signs grow to
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
)

_PLAIN = re.compile(r"[a-z0-9_-]{1,99}")


def safe_name(text: str) -> str:
    """A name for a file on any system, different for different (NFC, case folded) texts: `a/b` becomes `a~2f~b`.

    Letters, marks, digits, `-` and `_` of any script stay; a name that is too long keeps its beginning and a hash.
    """
    if _PLAIN.fullmatch(text) and text not in _RESERVED:
        return text
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    name = "".join(_safe_sign(sign) for sign in folded) or "~"
    if name in _RESERVED:
        name += "~"
    if len(name.encode()) > MAX_NAME:
        beginning = name.encode()[: MAX_NAME - 20].decode(errors="ignore")
        name = f"{beginning}~{hashlib.blake2b(folded.encode(errors='replace'), digest_size=8).hexdigest()}"
    return name


def _safe_sign(sign: str) -> str:
    if sign in "-_" or unicodedata.category(sign)[0] in "LMN":
        return sign
    return f"~{ord(sign):x}~"


def question_address(key: str) -> str:
    """The address of a question of the bank by its folded text, however long that is."""
    return f"questions/{safe_name('-'.join(key.split()) or 'question')}.html"


def relative_href(target: str, page: str) -> str:
    """The percent-encoded link from the page at one address to the file at another: `../contacts/dana-lee.html`."""
    return root_of(page) + quote(target.encode(errors="replace"), safe="/~")


def root_of(page: str) -> str:
    """The way from a page up to the top of the site: nothing, or `../` for each folder."""
    return "../" * page.count("/")
