"""How long the list of people to ask will last, and where to find more (001, 002, 004)."""

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from kith.model import Contact, Item
from kith.study.items import is_open, items_on
from kith.study.referrals import Named, named_people
from kith.study.timeline import MEETING, History, Timeline, is_lead, is_passed_over
from kith.study.words import join_words

# The circles that 001 and 004 name, by the source that a card gives.
CIRCLES: Mapping[str, str] = {
    "family": "family",
    "friend": "friends",
    "neighbor": "neighbours",
    "coworker": "coworkers",
    "classmate": "classmates",
    "alumni": "alumni",
    "professor": "professors",
    "supervisor": "supervisors",
    "association": "associations",
    "conference": "conferences",
}
# The sources of people who know you already.
NEAR = frozenset({"family", "friend", "neighbor", "coworker", "classmate"})
PACE_WEEKS = 8  # the weeks by which the pace of asking is measured
_SHOWN = 3


class Forecast(msgspec.Struct, frozen=True):
    """The leads that are left, and where more may come from.

    `asked` counts the people first asked within the last eight weeks; `weeks` is how long the leads last at that pace,
    None where nobody was asked. `untried` are circles nobody of the list comes from, `unasked` people you met who
    gave no names and were not asked for any, `unfollowed` people named without a card.
    """

    leads: tuple[Contact, ...]
    reserve: int
    asked: int
    weeks: float | None
    untried: tuple[str, ...]
    unasked: tuple[Contact, ...]
    unfollowed: tuple[Named, ...]

    @property
    def details(self) -> tuple[str, ...]:
        """Where to look for more people, in sentences."""
        found = []
        if self.untried:
            found.append(f"Not tried yet: {join_words(self.untried[:_SHOWN])}.")
        if self.unasked:
            verb = "was" if len(self.unasked) == 1 else "were"
            names = [contact.address for contact in self.unasked[:_SHOWN]]
            found.append(f"{join_words(names)} {verb} never asked for names.")
        named = list(dict.fromkeys(named.name for named in self.unfollowed))
        if named:
            found.append(f"Named, and not followed: {join_words(named[:_SHOWN])}.")
        return tuple(found)


def read_forecast(timeline: Timeline) -> Forecast:
    """How long the list lasts on the day."""
    journal, today = timeline.journal, timeline.today
    active = [history for history in timeline.histories.values() if history.active]
    tried = {contact.source for contact in journal.contacts.values()}
    leads = open_leads(timeline)
    since = today - timedelta(weeks=PACE_WEEKS)
    asked = sum(_first_asked_since(history, since) for history in timeline.histories.values())
    return Forecast(
        leads=leads,
        reserve=journal.settings.lead_reserve,
        asked=asked,
        weeks=len(leads) * PACE_WEEKS / asked if asked else None,
        untried=tuple(word for source, word in CIRCLES.items() if source not in tried),
        unasked=_never_asked(timeline, active),
        unfollowed=tuple(
            named for named in named_people(journal, today) if named.id is None and is_open(named.item, today)
        ),
    )


def open_leads(timeline: Timeline) -> tuple[Contact, ...]:
    """The people still to be asked, as `lead-reserve` counts them: no recruiters, nobody passed over."""
    return tuple(
        history.contact
        for history in timeline.histories.values()
        if history.active
        and is_lead(history)
        and history.contact.level != "recruiter"
        and not is_passed_over(timeline.journal, history.contact)
    )


def _first_asked_since(history: History, since: date) -> bool:
    first = next((moment.date for moment in history.moments if moment.kind in ("outreach", "asked")), None)
    return first is not None and first >= since


def _never_asked(timeline: Timeline, active: list[History]) -> tuple[Contact, ...]:
    """The people you met who gave no names and were not asked for any."""
    journal = timeline.journal
    marked = {
        question.key
        for section in journal.questions.values()
        for question in section.questions
        if question.mark == "referral"
    }
    gave = {id_ for item in _referrals(timeline) for id_ in item.contacts}
    found = []
    for history in active:
        meetings = [moment.meeting for moment in history.moments if moment.kind == MEETING and moment.meeting]
        questions = [question for meeting in meetings for question in meeting.questions]
        asked = any(
            question.asked and (question.mark == "referral" or question.bank in marked) for question in questions
        )
        favour = any(moment.kind in ("asked", "introduced") for moment in history.moments)
        if meetings and not asked and not favour and history.contact.id not in gave:
            found.append(history.contact)
    return tuple(found)


def _referrals(timeline: Timeline) -> list[Item]:
    return [item for item in items_on(timeline.journal, timeline.today) if item.label == "referral"]
