"""The steps before a meeting: practise aloud, dress for the place, resume, how to get there, arrive early.

Their workplace is proposed first (002: one sees the place too), and two coffees are paid by whoever asked.
"""

import re

import msgspec

from kith.model import Meeting


class _Before(msgspec.Struct, frozen=True):
    """A step to take before, the modes it is for, and how a note may say it already."""

    text: str
    modes: frozenset[str]
    said: str


_MET = frozenset({"", "in-person", "event"})
_TALKED = frozenset({"", "in-person", "phone", "video"})
_PLACE = _Before("propose their workplace first", frozenset({"", "in-person"}), r"workplace|their office|propose")
_BEFORE = (
    _PLACE,
    _Before("practise the introduction aloud", _TALKED | {"event"}, r"aloud|out loud|practi[sc]e|rehearse"),
    _Before(
        "dress for the place",
        frozenset({*_MET, "video"}),
        r"dress|wear|shoes|shirt|suit|jacket|blouse|clothes|tie\b|coat\b",
    ),
    _Before("resume up to date, and at hand", _TALKED | {"event"}, r"resum[eé]|résumé|\bcv\b"),
    _Before(
        "look up how to get there",
        _MET,
        r"\bbus\b|train|tram|subway|metro|\bcar\b|drive|bike|bicycle|walk|route|\bmap\b|get there|way there|parking",
    ),
    _Before("arrive ten minutes early", _MET, r"early|minutes before|ahead of time|minutes to (?:find|spare)"),
    _Before("a quiet room, and the line tried out", frozenset({"phone", "video"}), r"quiet|line|link|camera|battery"),
    _Before("money for two coffees", frozenset({"", "in-person"}), r"coffee|money|cash|lunch|tea\b"),
)


def missing_steps(meeting: Meeting) -> tuple[str, ...]:
    """The steps that the note does not name yet in any words."""
    return tuple(
        step.text
        for step in _BEFORE
        if meeting.mode in step.modes
        and not (meeting.where and step is _PLACE)
        and not any(re.search(step.said, one.text, re.IGNORECASE) for one in meeting.before)
    )
