"""Letters within follow-ups: the draft filled from the notes, what is left to write, the way to a mail program."""

import re
from collections.abc import Iterable, Iterator

from kith.errors import JournalError
from kith.followups.agenda import Entry
from kith.letters import draft_letter
from kith.letters.mail import to_mailto
from kith.model import FollowUp
from kith.pages.parts import LetterShown, Passage
from kith.pages.view import View
from kith.pages.world import World


def letter_of(entry: Entry, view: View) -> LetterShown | None:
    """The letter that serves an entry; None without one, and where its template cannot be filled."""
    who = next((id_ for item in entry.followups for id_ in item.contacts), "")
    letter = view.world.journal.letters.get(entry.letter or "")
    if letter is None or not who:
        return None
    try:
        draft = draft_letter(letter, view.world.desk, who)
    except JournalError:  # `kith check` says what is wrong with the template
        return None
    return LetterShown(
        subject=draft.subject,
        to=draft.to[0] if draft.to else "",
        passages=tuple(_passages(draft.text.strip("\n"), draft.blanks)),
        mailto=to_mailto(draft) if draft.to else "",
        remarks=draft.remarks,
    )


def _passages(text: str, blanks: tuple[str, ...]) -> Iterator[Passage]:
    """The text, its blanks apart: what a person has to write."""
    pattern = "|".join(re.escape(blank) for blank in sorted(set(blanks), key=len, reverse=True))
    pieces = re.split(f"({pattern})", text) if pattern else [text]
    yield from (Passage(piece, blank=index % 2 == 1) for index, piece in enumerate(pieces) if piece)


def what_is_due(world: World) -> tuple[object, ...]:
    """What a page shows of the agenda of all, with the letters, for its key."""
    background = world.background
    return (
        world.followups,
        [world.fronts[id_] for id_ in world.notes],
        [*world.drafts.values(), world.digests[world.journal.owner.id]],
        world.journal.settings,
        (background.today, background.last, sorted(background.introduced)),
    )


def drafts_shown(followups: Iterable[FollowUp], world: World) -> list[str | None]:
    """What the letters of follow-ups are filled from, for the key of a page."""
    return [world.drafts.get((one.letter, one.contacts[0])) for one in followups if one.letter and one.contacts]
