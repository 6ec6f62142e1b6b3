"""The outreach lint: what a first message to somebody needs, and what it must not say.

It reads a message as its receiver would. Nothing here is an error: a remark names what is missing or out of place, the
source of the rule, and where it stands. 000 names five elements; 002 wants the reason at the very beginning; 001 and
003 leave jobs out of it.
"""

import re
from collections.abc import Callable, Iterator

import msgspec

from kith.conventions import fold
from kith.diagnostics import Place
from kith.letters.language import MINUTES
from kith.model import Contact, Journal
from kith.study.forecast import NEAR
from kith.study.words import join_words

MOST_WORDS = 150

_COUNTS = "|".join(sorted(MINUTES, key=len, reverse=True))
# Minutes that are not asked for: `your 40-minute talk`.
_TIME = re.compile(
    rf"\b(?:(?P<count>\d{{1,3}}|{_COUNTS})[ -]min(?:ute)?s?\b|"
    r"(?P<quarter>(?:a )?quarter of an hour)|(?P<half>half an hour)|(?P<hour>(?:an|one|1) hour)\b|"
    r"(?P<hours>two|three|\d+(?:[.,]\d+)?) hours\b)"
    r"(?!\W+(?:talk|lecture|film|video|episode|podcast|drive|walk|ride|away|early))",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"\b(?:found you|came across|come across|read (?:your|about)|saw your|seen your|heard (?:you|of|about)|"
    r"your (?:talk|article|book|paper|lecture|profile|panel)|suggested|recommended|referred|introduced|"
    r"mentioned you|thought (?:that )?(?:you|we)|told me|pointed me|gave me your|given your|alumn[aiu]\w*|"
    r"met (?:you )?(?:at|through)|how i found you|through my|local expert|admire|impressed)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"\b(?:I am|I[’']m|my name is|I (?:study|studied|work|worked|teach|taught))\b", re.IGNORECASE)
_STATUS = re.compile(
    r"\b(?:explor\w+|considering|deciding|decide|research\w*|finding out|looking into|thinking (?:of|about)|"
    r"trying to (?:learn|find|understand)|curious|in hopes of|hoping to become|changing careers?|at the moment i am|"
    r"job search)\b",
    re.IGNORECASE,
)
_ASK = re.compile(
    r"\b(?:ask you|let me ask|learn (?:about|from|how|more)|hear (?:about|how|what)|talk (?:to|with) you|"
    r"questions? about|tell me (?:about|how)|what you would|advice|(?:any|some|your) (?:tips|information|insights?)|"
    r"your (?:path|work|career|experience|advice|perspective))\b",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"\b(?:in[ -]person|face to face|your (?:office|workplace)|where you work|(?:come|drop) by|"
    r"by (?:phone|telephone|video|email|mail)|(?:tele)?phone|call|video|zoom|coffee|meet|come to you|"
    r"stop by|visit|email|online)\b",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"\b(?:(?:an?|any) (?:job|position|opening|vacancy|internship)s?\b(?! (?:search|interview))|job openings?|"
    r"(?:are|is) (?:you|your \w+) hiring|hire me|(?:job|employment|internship) opportunit\w+|my application|"
    r"(?:forward|pass on|hand (?:in|on)|submit) my (?:resume|résumé|cv)|my (?:resume|résumé|cv) is attached|"
    r"attach(?:ed|ing)(?: is| you will find)? my (?:resume|résumé|cv)|put in a (?:good )?word|"
    r"apply (?:for|to) (?:a|an|any|your|the) (?:job|position|opening|role|company|team)|consider me|vacanc(?:y|ies))\b",
    re.IGNORECASE,
)
# 003 wants it said that one does not ask for a job; who says so is not asking.
_DENIED = re.compile(r"\b(?:not|never|no|without|instead of|rather than)\b|n[’']t\b", re.IGNORECASE)
_INTERVIEW = re.compile(r"\binformational (?:interview|meeting)s?\b", re.IGNORECASE)
_SALUTATION = re.compile(
    r"^\s*(?:(?:dear|hello|hi|good (?:morning|afternoon|evening)|to)\b[^\n]{0,60}[,:!.]?[ \t]*\n|"
    r"(?:dear|hello|hi)\b[^\n,:!.]{0,40}[,:!.][ \t])",
    re.IGNORECASE,
)
# A sentence ends behind a stop, but not behind an initial or a title.
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\b(?:Dr|Mr|Ms|St))(?<!\b(?:Mrs))(?<!\bProf)[.!?](?=\s|$)|\n\s*\n")


class Remark(msgspec.Struct, frozen=True):
    """One remark: its name, a sentence, its source, and the span of the text it is about (0 to 0: all of it).

    `place` finds line and column of the span.
    """

    name: str
    message: str
    source: str
    start: int = 0
    end: int = 0

    def place(self, text: str, file: str) -> Place:
        """Where the remark is in a text; one about all of it has no end."""
        if self.start == self.end:
            return Place(file)
        ends = [(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) for at in (self.start, self.end)]
        return Place(file, *ends[0], *ends[1])


class Message(msgspec.Struct, frozen=True):
    """What is linted: the text of a message, who writes it, and to whom, where that is known."""

    text: str
    journal: Journal
    contact: Contact | None = None

    @property
    def folded(self) -> str:
        """The text without case, spaces single."""
        return " ".join(self.text.casefold().split())

    @property
    def is_near(self) -> bool:
        """Whether it goes to somebody who knows you, who need not be told who you are."""
        return self.contact is not None and self.contact.source in NEAR

    @property
    def body(self) -> str:
        """The text behind its salutation."""
        return _SALUTATION.sub("", self.text, count=1)


def lint_outreach(message: Message, *, allow_interview: bool = False) -> tuple[Remark, ...]:
    """All remarks about a first message, in the order in which one reads it."""
    found = [remark for rule in RULES for remark in rule(message)]
    if allow_interview:
        found = [remark for remark in found if remark.name != "says-interview"]
    return tuple(sorted(found, key=lambda remark: (remark.start, remark.name)))


def _how_found(message: Message) -> Iterator[Remark]:
    if not message.is_near and not _says_how_found(message, message.text):
        yield Remark("how-found", "say how you found them: who named them, or what of theirs you saw", "000, 002")


def _says_how_found(message: Message, text: str) -> bool:
    via = message.contact.via if message.contact is not None else None
    if via is not None:
        referrer = message.journal.contacts.get(via.id or "")
        names = {referrer.name, referrer.address} if referrer is not None else {via.label or via.text}
        if any(f" {fold(name)} " in f" {fold(text)} " for name in names if fold(name)):
            return True
    return _FOUND.search(text) is not None


def _reason_first(message: Message) -> Iterator[Remark]:
    start = len(message.text) - len(message.body)
    start += len(message.body) - len(message.body.lstrip())
    stop = _SENTENCE_END.search(message.text, start)
    end = len(message.text.rstrip()) if stop is None else stop.start() + len(stop[0].rstrip())
    first = message.text[start:end]
    if first and not _says_how_found(message, first) and not _ASK.search(first):
        yield Remark("reason-first", "let the first sentence say why you write to this person", "002", start, end)


def _who_you_are(message: Message) -> Iterator[Remark]:
    owner = message.journal.owner
    if message.is_near:
        return
    year = owner.graduation.partition("-")[0]
    wanted = (("your school", owner.school), ("your field", owner.field_of_study), ("the year you finish", year))
    lacking = [what for what, value in wanted if value and value.casefold() not in message.folded]
    if lacking:
        yield Remark("who-you-are", f"say {join_words(lacking)}", "000")
    elif not any(value for _, value in wanted) and not _WHO.search(message.text):
        yield Remark("who-you-are", "say in a few words who you are", "000")


def _status(message: Message) -> Iterator[Remark]:
    status = message.journal.owner.status.casefold()
    if not (status and status in message.folded) and not _STATUS.search(message.text):
        yield Remark("status", "say where you stand: exploring careers, or learning about a field", "000")


def _what_you_ask(message: Message) -> Iterator[Remark]:
    if not _ASK.search(message.text):
        yield Remark("what-you-ask", "say what you would like to hear about", "000")


def _how_to_talk(message: Message) -> Iterator[Remark]:
    if not _HOW.search(message.text):
        yield Remark("how-to-talk", "say how you would like to talk: in person, by phone or by video", "000")


def _job(message: Message) -> Iterator[Remark]:
    for match in _JOB.finditer(message.text):
        before = re.split(r"[.!?\n]|\bbut\b", message.text[: match.start()])[-1]
        if not _DENIED.search(before):
            said = f"`{match[0]}` asks for a job, and this is not the time"
            yield Remark("asks-for-job", said, "001, 003", *match.span())


def _interview(message: Message) -> Iterator[Remark]:
    for match in _INTERVIEW.finditer(message.text):
        text = f"`{match[0]}` sounds like more than it is: ask for a few minutes of their time"
        yield Remark("says-interview", text, "002", *match.span())


def _minutes(message: Message) -> Iterator[Remark]:
    settings = message.journal.settings
    matches = list(_TIME.finditer(message.text))
    for match in matches:
        if _count(match) > settings.minutes_max:
            said = f"`{match[0]}` is much to ask for: {settings.minutes_max} minutes are the most"
            yield Remark("too-long-asked", said, "000, 003", *match.span())
    if not matches:
        yield Remark("minutes", f"say how many minutes you ask for, {settings.minutes} say", "000, 003")


def _count(match: re.Match[str]) -> int:
    """The minutes that a piece of text names."""
    if match["count"]:
        return MINUTES.get(match["count"].casefold()) or int(match["count"])
    if match["hours"]:
        said = match["hours"].casefold().replace(",", ".")
        return int(60 * ({"two": 2.0, "three": 3.0}.get(said) or float(said)))
    return 15 if match["quarter"] else 30 if match["half"] else 60


def _length(message: Message) -> Iterator[Remark]:
    count = len(message.text.split())
    if count >= MOST_WORDS:
        yield Remark("too-many-words", f"{count} words: under {MOST_WORDS} are read to the end", "000")


RULES: tuple[Callable[[Message], Iterator[Remark]], ...] = (
    _how_found,
    _reason_first,
    _who_you_are,
    _status,
    _what_you_ask,
    _how_to_talk,
    _job,
    _interview,
    _minutes,
    _length,
)
