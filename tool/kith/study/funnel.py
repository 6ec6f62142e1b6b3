"""How far it has gone with everybody: from the list to a thank-you, each step counting who ever got there."""

import msgspec

from kith.study.timeline import ASK_KINDS, MEETING, History, Timeline, has_replied


class Funnel(msgspec.Struct, frozen=True):
    """How many people ever reached each step. A meeting implies asked and answered."""

    listed: int
    contacted: int
    replied: int
    met: int
    thanked: int


def funnel(timeline: Timeline) -> Funnel:
    """Count the people of a journal by the steps they ever reached."""
    histories = timeline.histories.values()
    return Funnel(
        listed=len(histories),
        contacted=sum(map(_was_contacted, histories)),
        replied=sum(map(_has_replied, histories)),
        met=sum(history.is_met for history in histories),
        thanked=sum(map(_was_thanked, histories)),
    )


def _was_contacted(history: History) -> bool:
    """Whether they were ever asked; a meeting of any status says so too, as it does for the stage."""
    kinds = {moment.kind for moment in history.moments}
    arranged = history.planned or history.missed
    return bool(kinds & (ASK_KINDS | {"declined", MEETING}) or arranged) or _has_replied(history)


def _has_replied(history: History) -> bool:
    """Whether they ever answered an ask by more than a no, or answered without one; a meeting is an answer."""
    return history.is_met or bool(history.planned) or has_replied(history.moments, history.planned)


def _was_thanked(history: History) -> bool:
    first = next((moment.date for moment in history.moments if moment.kind == MEETING), None)
    return first is not None and history.any_on_or_after(first, {"thank-you"})
