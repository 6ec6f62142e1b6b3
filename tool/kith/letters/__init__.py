"""Letters: templates to drafts, and what is wrong with them.

`language` holds what templates know, `templates` says what is wrong with one; here they are filled from the notes. kith
writes drafts and sends nothing.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from kith.dates import MONTHS, long_date, weekday_name
from kith.errors import JournalError
from kith.letters.language import MINUTES, Line, Me, Person, Talk, environment
from kith.letters.templates import TemplateProblem, check_template
from kith.markdown import strip_comments
from kith.model import Contact, Item, Journal, Letter, Meeting, Owner
from kith.study.forecast import NEAR
from kith.study.items import is_open, items_on
from kith.study.ledger import Advice, advice_by_giver, advice_ledger
from kith.study.news import News, unheard_news
from kith.study.referrals import referrers
from kith.study.timeline import MEETING, History, Timeline
from kith.study.words import plain_item

_BLANK = re.compile(r"\bHERE(?:,? [A-Z][A-Z’']*\b)+")  # what a person has to fill in: `HERE ONE SENTENCE`
_PAST = {"read": "read", "join": "joined", "attend": "attended", "try": "tried"}
_PRONOUNS = {"she": ("she", "her", "her"), "he": ("he", "him", "his")}
# Through what you found somebody who does not know you, as a letter to them says it.
_FOUND = {
    "alumni": "the alumni network",
    "professor": "my professors",
    "supervisor": "my supervisor",
    "association": "an association",
    "conference": "a conference",
    "event": "an event",
    "social-network": "a social network",
    "company-website": "your organisation's website",
    "article": "something that I read",
}


class Draft(msgspec.Struct, frozen=True):
    """A letter filled from the notes. `blanks` is what is left for a person to write, `remarks` what to know first."""

    letter: str
    contact: str
    to: tuple[str, ...]
    subject: str
    text: str
    blanks: tuple[str, ...]
    remarks: tuple[str, ...] = ()


class Desk(msgspec.Struct, frozen=True):
    """What letters are filled from, worked out once for all of them: linear in the notes.

    `problems` holds the first thing that is wrong with each template that cannot be filled.
    """

    timeline: Timeline
    me: Me
    advice: Mapping[str, tuple[Advice, ...]]
    promises: Mapping[str, tuple[Item, ...]]
    awaited: Mapping[str, tuple[Item, ...]]
    parents: Mapping[str, str]
    news: Mapping[str, tuple[News, ...]]
    problems: Mapping[str, TemplateProblem]


# --- drafts --------------------------------------------------------------------------------------------------------


def read_desk(timeline: Timeline) -> Desk:
    """Work out what letters are filled from."""
    journal, today = timeline.journal, timeline.today
    owed: dict[str, dict[str, list[Item]]] = {"promise": {}, "waiting": {}}
    for item in items_on(journal, today):
        if item.label in owed and is_open(item, today):
            for id_ in item.contacts:
                owed[item.label].setdefault(id_, []).append(item)
    parents = referrers(timeline)
    return Desk(
        timeline=timeline,
        me=_me(journal, today),
        advice=advice_by_giver(advice_ledger(journal, today)),
        promises=_next_first(owed["promise"]),
        awaited=_next_first(owed["waiting"]),
        parents=parents,
        news=unheard_news(timeline, parents),
        problems={id_: found[0] for id_, letter in journal.letters.items() if (found := check_template(letter))},
    )


def _next_first(items: Mapping[str, list[Item]]) -> dict[str, tuple[Item, ...]]:
    return {
        id_: tuple(sorted(found, key=lambda item: (item.due or date.max, item.place))) for id_, found in items.items()
    }


def draft_letter(letter: Letter, desk: Desk, contact_id: str) -> Draft:
    """Fill a letter for a person on a day; raises JournalError where the template cannot be filled."""
    if (problem := desk.problems.get(letter.id)) is not None:
        place = f"{problem.place.file}:{problem.place.line}"
        raise JournalError(f"{place}: the letter cannot be filled: {problem.message}", problem.hint)
    contact = desk.timeline.journal.contacts[contact_id]
    context = letter_context(letter, desk, contact_id)
    text = _fill(letter, strip_comments(letter.body.text), letter.body.line, context)
    text = re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"
    subject = _fill(letter, letter.subject, letter.place_of("subject").line, context)
    return Draft(
        letter=letter.id,
        contact=contact_id,
        to=contact.email,
        subject=" ".join(subject.split()),
        text=text,
        blanks=tuple(match[0] for match in _BLANK.finditer(text)),
        remarks=tuple(_remarks(letter, context)),
    )


@lru_cache(maxsize=256)
def _template(source: str) -> Any:  # noqa: ANN401 - see `environment`
    return environment().from_string(source)


def _fill(letter: Letter, source: str, first_line: int, context: Mapping[str, Any]) -> str:
    from jinja2 import TemplateError

    try:
        filled: str = _template(source).render(context)
    except (TemplateError, TypeError, ValueError) as error:
        place = f"{letter.file}:{first_line + _line_of(error) - 1}"
        for name, what in _ABSENT.items():
            if context[name] is None and re.search(rf"\b{name}\.", source) and "'None'" in str(error):
                hint = "put what needs it between {% if " + name + " %} and {% endif %}, or draft another letter"
                said = what.format(context["person"].called)
                raise JournalError(f"{place}: the letter speaks of `{name}`, and {said}", hint) from None
        raise JournalError(f"{place}: the letter cannot be filled: {error}", "kith check") from None
    return filled


def _line_of(error: Exception) -> int:
    """The line of a template on which it could not be read or filled."""
    line = getattr(error, "lineno", None)
    trace = error.__traceback__
    while line is None and trace is not None:
        # jinja2 puts the template's own lines into the traceback
        line = trace.tb_lineno if trace.tb_frame.f_code.co_filename == "<template>" else None
        trace = trace.tb_next
    return line or 1


_ABSENT = {
    "via": "nobody is named who led you to {}",
    "meeting": "there is no conversation with {} yet",
    "promise": "you have promised {} nothing that is open",
}


def _remarks(letter: Letter, context: Mapping[str, Any]) -> Iterator[str]:
    """What to know before the letter goes out: a second thank-you is written from what you did (003)."""
    if letter.serves == "second-thank-you" and not context["done"] and not context["met"]:
        who = context["person"].called
        yield f"nothing that {who} advised is done since, and nobody was met through {context['person'].them}"
        for line in context["open"]:
            yield f"still open: {line.label}: {line.text}"
    if letter.serves == "tell-referrer" and not context["met"]:
        yield f"{context['person'].called} has heard of everybody you met through {context['person'].them}"


def letter_context(letter: Letter, desk: Desk, contact_id: str) -> dict[str, Any]:
    """The values that a letter to a person is filled with."""
    journal, today = desk.timeline.journal, desk.timeline.today
    history = desk.timeline.histories[contact_id]
    ledger = desk.advice.get(contact_id, ())
    since = history.last_contact if letter.serves in _GREETING else _last_word(history)
    via = desk.parents.get(contact_id)
    promises = desk.promises.get(contact_id, ()) if letter.serves != "waiting" else desk.awaited.get(contact_id, ())
    return {
        "me": desk.me,
        "person": person_of(journal.contacts[contact_id], journal),
        "via": person_of(journal.contacts[via], journal) if via else _plain_via(journal.contacts[contact_id]),
        "meeting": None if _thanks_for_else(letter, history) else _talk(history, today, letter),
        "done": [
            _line(advice.item, journal, today)
            for advice in ledger
            if advice.state == "done" and (advice.done is None or since is None or advice.done >= since)
        ],
        "open": [_line(advice.item, journal, today) for advice in ledger if advice.state == "open"],
        "met": [
            person_of(journal.contacts[news.met], journal, long_date(news.first.date, today))
            for news in desk.news.get(contact_id, ())
        ],
        "promise": _line(promises[0], journal, today) if promises else None,
        "today": long_date(today),
    }


def _last_word(history: History) -> date | None:
    """The day since which there is news to tell: of the newest `update`, else of the first conversation."""
    update = history.newest({"update"})
    if update is not None:
        return update.date
    return next((moment.date for moment in history.moments if moment.kind == MEETING), None)


def _me(journal: Journal, today: date) -> Me:
    owner, minutes = journal.owner, journal.settings.minutes
    year, _, month = owner.graduation.partition("-")
    graduation = f"{MONTHS[int(month) - 1]} {year}" if month else ""
    return Me(
        name=owner.name,
        email=next(iter(owner.email), ""),
        phone=next(iter(owner.phone), ""),
        school=owner.school,
        field_of_study=owner.field_of_study,
        graduation=graduation,
        studies=_studies(owner, graduation, f"{today:%Y-%m}"),
        status=owner.status,
        minutes=next((word for word, count in MINUTES.items() if count == minutes), str(minutes)),
        introduction=strip_comments(owner.body.text).strip(),
    )


def _studies(owner: Owner, graduation: str, this_month: str) -> str:
    """What stands behind your name in a first message (000), as far as journal.md says it."""
    subject = f" {owner.field_of_study}" if owner.field_of_study else ""
    school = f" at {owner.school}" if owner.school else ""
    if not subject and not school:
        return ""
    if owner.graduation and owner.graduation < this_month:
        return f"who studied{subject}{school} until {graduation}"
    return f"studying{subject}{school}" + (f" and graduating in {graduation}" if graduation else "")


def person_of(contact: Contact, journal: Journal, day: str = "") -> Person:
    """A contact as letters know them; `day` is when you met, where a letter says so."""
    organization = contact.organization
    known = journal.organizations.get(organization.id or "") if organization is not None else None
    first = contact.pronouns.casefold().split("/")[0].strip()
    they, them, their = _PRONOUNS.get(first, ("they", "them", "their"))
    return Person(
        name=contact.name,
        called=contact.address,
        role=contact.role,
        organization=known.name if known else organization.text if organization else "",
        they=they,
        them=them,
        their=their,
        found=_FOUND.get(contact.source, ""),
        near=contact.source in NEAR,
        date=day,
    )


def _plain_via(contact: Contact) -> Person | None:
    """The person who led to a contact and has no card."""
    if contact.via is None:
        return None
    name = contact.via.label or contact.via.text
    return Person(name, next(iter(name.split()), name), "", "")


# Letters about a conversation that was held, whatever is arranged by now.
_LOOKING_BACK = frozenset({"thank-you", "second-thank-you", "update", "tell-referrer"})
# Letters that keep in touch tell what is new since you last wrote or spoke.
_GREETING = frozenset({"keep-in-touch", "hello"})


def _thanks_for_else(letter: Letter, history: History) -> bool:
    """Whether a letter of thanks is for something given, the last conversation being thanked for already."""
    if letter.serves != "thank-you":
        return False
    held, thanks = history.newest({MEETING}), history.newest({"thank-you"})
    given = history.newest({"got", "introduced", "met"})
    return held is not None and thanks is not None and given is not None and held.date <= thanks.date < given.date


def _talk(history: History, today: date, letter: Letter) -> Talk | None:
    planned = next((state.meeting for state in history.meetings_ahead), None)
    held = history.newest({MEETING})
    last = held.meeting if held is not None else None
    if letter.serves == "thank-you":
        planned = None  # nobody is thanked for what is still ahead
    meeting: Meeting | None = (last or planned) if letter.serves in _LOOKING_BACK else (planned or last)
    if meeting is None:
        return None
    at = f"{meeting.time:%H:%M}" if meeting.time else ""
    return Talk(long_date(meeting.date, today), weekday_name(meeting.date), at, meeting.where, meeting.mode)


def _line(item: Item, journal: Journal, today: date) -> Line:
    text = plain_item(item, journal).rstrip(". ")
    did = f"{_PAST.get(item.label, '')} {text}".strip()
    return Line(text, item.label, did, long_date(item.done, today) if item.done else "")


def choose_letter(desk: Desk, serves: tuple[str, ...], contact_id: str) -> Letter | None:
    """The letter for one of the purposes `serves`, the first that has any: the one whose `when` fits, then by id."""
    contact = desk.timeline.journal.contacts[contact_id]
    when = "referred" if contact.via is not None or contact_id in desk.parents else "not-referred"
    letters = desk.timeline.journal.letters.values()
    for purpose in serves:
        fitting = [one for one in letters if one.serves == purpose and one.when in ("", when)]
        if fitting:
            return min(fitting, key=lambda one: (one.when != when, one.id))
    return None
