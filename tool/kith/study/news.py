"""News of an introduction: whom you met through somebody who has not heard of it yet (000, 003)."""

from collections.abc import Mapping
from datetime import date

import msgspec

from kith.model import FROM_THEM
from kith.study.referrals import first_meeting
from kith.study.timeline import MEETING, History, Moment, Timeline


class News(msgspec.Struct, frozen=True):
    """A person met through a referrer: the id of whom you met, and the first conversation with them."""

    met: str
    first: Moment


def unheard_news(timeline: Timeline, referrer_of: Mapping[str, str]) -> Mapping[str, tuple[News, ...]]:
    """For each referrer the people met through them of whom they have not heard, in the order you met them.

    They have heard by an `update` or a held meeting on that day or later, by being in that meeting, or by any later
    line of yours that links to the person.
    """
    led: dict[str, list[News]] = {}
    for id_, referrer in referrer_of.items():
        first = first_meeting(timeline.histories[id_])
        if first is not None:
            led.setdefault(referrer, []).append(News(id_, first))
    found = {}
    for referrer, news in led.items():
        told = _told(timeline.histories[referrer])
        unheard = [one for one in news if not _has_heard(referrer, told, one)]
        if unheard:
            found[referrer] = tuple(sorted(unheard, key=lambda one: (one.first.date, one.met)))
    return found


def _told(referrer: History) -> Mapping[str, date]:
    """For each person, the last day on which you wrote to the referrer of them; under `""` the last news in general."""
    found: dict[str, date] = {}
    for moment in referrer.moments:
        if moment.kind in ("update", MEETING):
            found[""] = moment.date
        if moment.entry is not None and moment.kind not in FROM_THEM:
            found.update((link.id, moment.date) for link in moment.entry.links if link.id is not None)
    return found


def _has_heard(referrer: str, told: Mapping[str, date], news: News) -> bool:
    if news.first.meeting is not None and referrer in news.first.meeting.contact_ids:
        return True
    return any(told.get(subject, date.min) >= news.first.date for subject in ("", news.met))
