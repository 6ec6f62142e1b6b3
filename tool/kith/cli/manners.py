"""Manners at the moment of acting: whom one leaves alone (002: do not stalk), and how much time one asks for."""

from collections.abc import Iterable
from datetime import date

from kith.cli.terminal import say
from kith.cli.writing import ask_or_refuse
from kith.dates import long_date
from kith.diagnostics.report import printable
from kith.followups.world import quoted
from kith.model import Contact
from kith.pipeline import Review
from kith.study.timeline import ANSWER_KINDS, ASK_KINDS


def mind_manners(reviewed: Review, contact: Contact, kind: str, day: date, *, force: bool) -> None:
    """Ask before going after somebody who has ended the matter, or has not answered the last nudge.

    `kind` is that of an ask in the log, or `meeting` for one that is planned.
    """
    call, id_ = printable(contact.address), quoted(contact.id)
    if (closed := closed_before(reviewed, contact, day)) is not None:
        because = f" ({contact.closed_because})" if contact.closed_because else ""
        reason = f"the matter with {call} was closed on {long_date(closed)}{because}, and they have not written since"
        ask_or_refuse(reason, "Go on all the same?", f"if they have: kith log {id_} heard", force=force)
        return
    sent, allowed = nudges_sent(reviewed, contact, day), reviewed.journal.settings.nudges
    if sent >= allowed and (kind == "nudge" or (kind == "meeting" and sent)):
        number = {0: "no nudge", 1: "one nudge"}.get(allowed, f"{allowed} nudges")
        reason = f"{call} has not answered, and the settings allow {number}"
        hint = f"let it rest: kith close {id_} no-reply" if kind == "nudge" else f"if they have: kith log {id_} reply"
        ask_or_refuse(reason, "Go on all the same?", hint, force=force)


def closed_before(reviewed: Review, contact: Contact, day: date) -> date | None:
    """The day on which the matter was closed, where that was by `day` and nothing has come from them between."""
    closed = contact.closed
    if closed is None or closed > day or closed > reviewed.today:
        return None
    answers = ANSWER_KINDS - {"declined"}
    moments = reviewed.timeline.histories[contact.id].moments
    return None if any(closed < one.date <= day and one.kind in answers for one in moments) else closed


def nudges_sent(reviewed: Review, contact: Contact, day: date) -> int:
    """How many nudges were sent until `day` since the last ask that is none, and were not answered."""
    sent = 0
    for moment in reviewed.timeline.histories[contact.id].moments:
        if moment.date > day:
            break
        if moment.kind == "nudge":
            sent += 1
        elif moment.kind in ASK_KINDS | ANSWER_KINDS:
            sent = 0
    return sent


def warn_of_minutes(reviewed: Review, asked: Iterable[int]) -> None:
    """Say when more minutes are asked for than `minutes-max` (000: respect the time)."""
    most = reviewed.journal.settings.minutes_max
    for minutes in asked:
        if minutes > most:
            say(f"{minutes} minutes are much to ask for: `minutes-max` is {most}")
