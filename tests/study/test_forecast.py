"""How long the list lasts, and where to find more people."""

from datetime import date

from kith.study.forecast import CIRCLES, Forecast, read_forecast
from kith.study.timeline import read_timeline
from tests.followups.cases import make_journal

BANK = {"questions/next.md": "---\ntitle: Next\n---\n\n- referral: Whom else?\n"}


def forecast(files: dict[str, str]) -> Forecast:
    """Return the forecast of some files on 22 November 2026."""
    return read_forecast(read_timeline(make_journal({**BANK, **files}), date(2026, 11, 22)))


def card(front: str = "", *log: str) -> str:
    """Return a card with a log."""
    return f"---\nname: Somebody\n{front}\n---\n\n## Log\n\n" + "".join(f"- {line}\n" for line in log)


def test_the_pace_is_of_the_last_eight_weeks() -> None:
    found = forecast(
        {
            "contacts/a.md": card(),
            "contacts/b.md": card("level: recruiter"),
            "contacts/c.md": card("", "2026-11-01 outreach"),
            "contacts/d.md": card("", "2026-10-01 asked", "2026-11-10 nudge"),
            "contacts/e.md": card("", "2026-01-01 outreach", "2026-11-01 outreach"),
        }
    )
    assert [contact.id for contact in found.leads] == ["a"]
    assert (found.asked, found.weeks, found.reserve) == (2, 4.0, 3)


def test_nobody_was_asked() -> None:
    found = forecast({})
    assert (found.weeks, found.leads) == (None, ())
    assert found.untried == tuple(CIRCLES.values())
    assert found.details == ("Not tried yet: family, friends and neighbours.",)


def test_all_circles_tried_and_nobody_left_to_ask() -> None:
    assert forecast({f"contacts/{source}.md": card(f"source: {source}") for source in CIRCLES}).details == ()


def test_who_was_never_asked_for_names() -> None:
    held = "---\nstatus: held\n---\n"
    found = forecast(
        {
            **{f"contacts/{id_}.md": card() for id_ in "abcde"},
            "contacts/f.md": card("", "2026-11-05 introduced: [[a]]"),
            "contacts/g.md": card("closed: 2026-11-10"),
            "contacts/h.md": card(),
            "meetings/2026-11-03-a.md": held,
            "meetings/2026-11-03-b.md": f"{held}\n## Questions\n\n- [x] Whom else?\n",
            "meetings/2026-11-03-c.md": f"{held}\n- referral: Zoe, a nurse\n- referral: Yan\n- [x] referral: Xi\n",
            "meetings/2026-11-03-d.md": f"{held}\n## Questions\n\n- [ ] Whom else?\n",
            "meetings/2026-11-03-f.md": held,
            "meetings/2026-11-03-g.md": held,
            "meetings/2026-11-03-h.md": f"{held}\n## Questions\n\n- [x] referral: Anybody?\n",
        }
    )
    assert [contact.id for contact in found.unasked] == ["a", "d"]
    assert [named.name for named in found.unfollowed] == ["Zoe", "Yan"]
    assert found.details[1:] == (
        "Somebody and Somebody were never asked for names.",
        "Named, and not followed: Zoe and Yan.",
    )
