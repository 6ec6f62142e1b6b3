"""The reason that a first message begins with, as far as its log line says so.

002 names four: what you saw of their work, what they are known for, who sent you, work like theirs. A shared school is
a fifth that people use. A line that names none says nothing about the reason, and is counted apart.
"""

import re

from kith.conventions import fold
from kith.model import Journal
from kith.study.rates import Request

REASONS = ("somebody's name", "their work", "what they are known for", "the same school", "work like theirs")

_NAMED = re.compile(
    r"\b(?:suggested|recommended|referred|introduced|mentioned|sent me|told me to|put us|name\b|through|via|"
    r"on behalf|copied in)",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?:article|book|paper|talk|lecture|panel|interview|podcast|film|exhibition|slides|column|post|poster|"
    r"(?:saw|read|heard|watched)\b.{0,40}\b(?:her|his|their)|(?:she|he|they) (?:set up|wrote|built|made|gave|runs?))\b",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"\b(?:local expert|known for|reputation|everybody says|everyone says|the person to ask)\b", re.IGNORECASE
)
_SCHOOL = re.compile(
    r"\b(?:alumn[aiu]\w*|directory|class of|same (?:school|college|university)|classmate)\b", re.IGNORECASE
)
_LIKE = re.compile(
    r"\b(?:similar|same (?:work|field|path|way)|(?:her|his|their) (?:work|way|path|field|job)|"
    r"what (?:she|he|they) do(?:es)?|how (?:she|he|they) (?:came|got))\b",
    re.IGNORECASE,
)


def reason_of(request: Request, journal: Journal) -> str:
    """One of `REASONS`, `""` where the log line names none."""
    entry = request.sent.entry
    text = entry.text if entry is not None else ""
    if not text:
        return ""
    if _names_somebody(request, journal, text):
        return REASONS[0]
    patterns = zip(REASONS[1:], (_WORK, _KNOWN, _SCHOOL, _LIKE), strict=True)
    found = next((reason for reason, pattern in patterns if pattern.search(text)), "")
    return found or (REASONS[0] if _NAMED.search(text) else "")


def _names_somebody(request: Request, journal: Journal, text: str) -> bool:
    """Whether the line links to another person, or holds the name of who led you there."""
    entry, via = request.sent.entry, request.contact.via
    links = entry.links if entry is not None else ()
    if any(link.id in journal.contacts and link.id != request.contact.id for link in links):
        return True
    if via is None:
        return False
    referrer = journal.contacts.get(via.id or "")
    names = {referrer.name, referrer.address} if referrer is not None else {via.label or via.text}
    folded = f" {fold(text)} "
    return any(f" {fold(name)} " in folded for name in names if fold(name))
