"""Labels of list items, `con (hours): every third weekend on call`, and those that were nearly one."""

import re
from collections.abc import Iterator

import msgspec

from kith.model import LABELS

_LABELLED = re.compile(
    r"(?P<label>[^\W\d_][\w-]{1,24})(?:\s*\((?P<topic>[^()]{1,80})\))?\s*:(?!//)\s*(?P<text>.*)", re.DOTALL
)


class Labelled(msgspec.Struct, frozen=True):
    """A text that begins with a word and a colon: `meant` is the label, where `label` is not quite one."""

    label: str
    topic: str
    text: str
    meant: str = ""


def read_label(text: str) -> Labelled | None:
    """The label that a list item begins with, or the one it is nearly; None where it has neither."""
    match = _LABELLED.fullmatch(text) if ":" in text else None
    if match is None:
        return None
    label = match["label"].casefold()
    topic = " ".join((match["topic"] or "").split())
    if label in LABELS:
        return Labelled(label, topic, match["text"])
    meant = label_meant(label)
    return Labelled(match["label"], topic, match["text"], meant) if meant else None


def label_meant(word: str) -> str:
    """The label that `word` is nearly: its plural, or one slip in a label of five letters or more; else `""`."""
    for label in LABELS:
        if word in _plurals(label):
            return label
    near = (label for label in LABELS if len(label) >= 5 and word[0] == label[0] and _one_slip(word, label))
    return next(near, "")


def _plurals(label: str) -> Iterator[str]:
    yield f"{label}s"
    yield f"{label}es"
    if label.endswith("y"):
        yield f"{label[:-1]}ies"


def _one_slip(word: str, label: str) -> bool:
    """Whether one letter was added, left out, changed or swapped, or letters are doubled wrongly."""
    if _undoubled(word) == _undoubled(label):
        return True
    if abs(len(word) - len(label)) > 1:
        return False
    start = 0
    while start < min(len(word), len(label)) and word[start] == label[start]:
        start += 1
    left, right = word[start:], label[start:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right or left == right[1:] or left[1:] == right[1:]


def _undoubled(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)
