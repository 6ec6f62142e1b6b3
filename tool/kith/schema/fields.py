"""The table of fields: what the front matter of each kind of note may say.

To add a field: a row here, its attribute in `kith.model`, a case in the tests.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from kith.model import (
    CHANNELS,
    CLOSED_BECAUSE,
    LETTER_WHEN,
    LEVELS,
    LOG_KINDS,
    MEETING_STATUSES,
    MODES,
    PATH_STATUSES,
    SOURCES,
    Kind,
    Settings,
)

Type = Literal[
    "text", "choice", "date", "month", "duration", "cadence", "minutes", "count", "time", "timezone", "yes-no", "link",
    "attachment", "email", "url",
]  # fmt: skip

FOLLOWUP_RULES = (
    "answer", "reach-out", "nudge", "let-go", "schedule", "prepare", "debrief", "thank-you", "second-thank-you",
    "tell-referrer", "keep-in-touch", "promise", "waiting", "task", "write-down", "find-people",
)  # fmt: skip


class FieldSpec(msgspec.Struct, frozen=True):
    """One field: `attribute` is its name in the model, `to` the kind a link leads to (`""`: it may stay plain text)."""

    name: str
    type: Type
    doc: str
    many: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    to: str = ""
    plain: bool = False
    attribute: str = ""

    @property
    def key(self) -> str:
        """The attribute of the model that holds the value."""
        return self.attribute or self.name.replace("-", "_")


def _setting(name: str, kind: Type, doc: str) -> FieldSpec:
    return FieldSpec(name, kind, doc)


_F = FieldSpec
_TAGS = _F("tags", "text", "words to find it by", many=True)
_PRIVATE = _F("private", "yes-no", "`yes` keeps the note out of a public build")
_ALIASES = _F("aliases", "text", "other names that links may use", many=True)

SETTINGS: tuple[FieldSpec, ...] = (
    _setting("reach-out-within", "duration", "how long after a person was written down you mean to write to them"),
    _setting("nudge-after", "duration", "how long an ask may stay unanswered before you ask once more"),
    _setting("nudges", "count", "how often you ask again"),
    _setting("schedule-within", "duration", "how soon a reply is followed by a date"),
    _setting("prepare-before", "duration", "how long before a meeting you want to be prepared"),
    _setting("thank-you-within", "duration", "how soon a thank-you goes out"),
    _setting("second-thank-you-after", "duration", "when they hear what came of the conversation"),
    _setting("tell-referrer-within", "duration", "how soon the person who led you to somebody hears of the meeting"),
    _setting("keep-in-touch-every", "duration", "how long a silence with people you met may last"),
    _setting("lead-reserve", "count", "how many people you want to have still to ask"),
    _setting("horizon", "duration", "how far ahead `kith due` looks"),
    _setting("questions-min", "count", "the fewest questions to bring to a meeting"),
    _setting("questions-max", "count", "the most questions to bring to a meeting"),
    _setting("minutes", "minutes", "the minutes you ask for"),
    _setting("minutes-max", "minutes", "the minutes you never ask more than"),
)

FIELDS: Mapping[Kind, tuple[FieldSpec, ...]] = {
    "journal": (
        _F("title", "text", "what the journal is called", required=True),
        _F("name", "text", "your name", required=True),
        _F("email", "email", "your address, as letters give it", many=True),
        _F("phone", "text", "your number", many=True),
        _F("school", "text", "where you study or studied"),
        _F("field-of-study", "text", "what you study"),
        _F("graduation", "month", "when you finish, as in `2027-05`"),
        _F("status", "text", "why you are talking to people"),
        _F("timezone", "timezone", "your time zone, as in `Europe/Berlin`"),
        _F("resume", "attachment", "the file of your resume"),
        _F("pause", "date", "until this day only what others wait for comes up"),
        *SETTINGS,
    ),
    "contact": (
        _F("name", "text", "the person's name", required=True),
        _F("called", "text", "how you address them; else the first word of the name"),
        _ALIASES,
        _F("pronouns", "text", "their pronouns"),
        _F(
            "organization",
            "link",
            "where they work: a link, or plain text until it has a file",
            to="organization",
            plain=True,
        ),
        _F("role", "text", "what they do"),
        _F("level", "choice", "where they stand", choices=LEVELS),
        _F("source", "choice", "how you know of them", choices=SOURCES),
        _F(
            "via", "link", "who led you to them: a link, or plain text until they have a file", to="contact", plain=True
        ),
        _F("school", "text", "where they studied"),
        _F("email", "email", "their addresses", many=True),
        _F("phone", "text", "their numbers", many=True),
        _F("website", "url", "their pages", many=True),
        _F("linkedin", "url", "their profile"),
        _F("location", "text", "where they are"),
        _F("timezone", "timezone", "their time zone"),
        _F("paths", "link", "the career paths they can speak about", many=True, to="path"),
        _TAGS,
        _F("added", "date", "when you wrote them down"),
        _F("cadence", "cadence", "how often you want to be in touch, or `never`"),
        _F("receptive", "yes-no", "whether you may write again"),
        _F("snooze", "date", "nothing about them comes up before this day"),
        _F("parked", "yes-no", "`yes` keeps the card and computes nothing"),
        _F("closed", "date", "when the matter ended"),
        _F("closed-because", "choice", "why it ended", choices=CLOSED_BECAUSE),
        _F("card", "attachment", "the file of their business card"),
        _PRIVATE,
    ),
    "meeting": (
        _F(
            "contacts",
            "link",
            "whom you meet; read from the file name where absent",
            many=True,
            to="contact",
            plain=True,
        ),
        _F("date", "date", "the day; read from the file name where absent", required=True),
        _F("time", "time", "when it begins"),
        _F("timezone", "timezone", "the time zone of `time`"),
        _F("minutes", "minutes", "the minutes agreed"),
        _F("took", "minutes", "the minutes it took"),
        _F("mode", "choice", "how you meet", choices=MODES),
        _F("place", "text", "where you meet", attribute="where"),
        _F("status", "choice", "what became of it", choices=MEETING_STATUSES),
        _F("paths", "link", "the career paths it is about", many=True, to="path"),
        _TAGS,
        _F("resume", "attachment", "which version of your resume you showed"),
        _PRIVATE,
    ),
    "organization": (
        _F("name", "text", "its name", required=True),
        _ALIASES,
        _F("industry", "text", "its field"),
        _F("website", "url", "its pages", many=True),
        _F("location", "text", "where it is"),
        _TAGS,
    ),
    "path": (
        _F("title", "text", "what the path is called", required=True),
        _ALIASES,
        _F("status", "choice", "how far you are with it", choices=PATH_STATUSES),
        _F("question", "text", "what would have to be true"),
        _F("decided", "date", "when you decided"),
        _TAGS,
    ),
    "questions": (_F("title", "text", "what the section is called", required=True),),
    "letter": (
        _F(
            "for",
            "choice",
            "which follow-up or log kind it serves",
            required=True,
            choices=(*FOLLOWUP_RULES, *(kind for kind in LOG_KINDS if kind not in FOLLOWUP_RULES)),
            attribute="serves",
        ),
        _F("subject", "text", "the subject line", required=True),
        _F("when", "choice", "whether it is for people somebody led you to", choices=LETTER_WHEN),
        _F("channel", "choice", "how it is sent", choices=CHANNELS),
    ),
}

IGNORED = frozenset({"cssclasses"})
SINGULARS = {
    "alias": "aliases",
    "tag": "tags",
    "path": "paths",
    "contact": "contacts",
    "emails": "email",
    "phones": "phone",
}

_EXAMPLES: Mapping[Type, str] = {
    "text": "some text", "date": "2026-11-03", "month": "2027-05", "duration": "7d", "cadence": "90d", "minutes": "20",
    "count": "3", "time": "14:30", "timezone": "America/Chicago", "yes-no": "yes", "link": "dana-lee",
    "attachment": "attachments/card.png", "email": "dana@mercy.example", "url": "https://mercy.example",
}  # fmt: skip


def example_of(spec: FieldSpec) -> str:
    """A value that the field takes."""
    return spec.choices[0] if spec.choices else _EXAMPLES[spec.type]


def default_of(spec: FieldSpec) -> str:
    """The default of a setting, as it would be written."""
    value = getattr(Settings(), spec.key)
    return f"{value}m" if spec.type == "minutes" else str(value)
