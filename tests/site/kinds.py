"""One page of each kind of the demo journal's sites, and the day on which they are built."""

import datetime as dt
from pathlib import Path

from kith.load import read_attachments
from kith.pipeline import build_public_site, build_site, review

TODAY = dt.date(2026, 11, 22)
KINDS = {
    "today": "index.html",
    "journal": "journal.html",
    "contacts": "contacts.html",
    "contact": "contacts/dana-lee.html",
    "meetings": "meetings.html",
    "meeting": "meetings/2026-11-03-dana-lee.html",
    "runsheet": "sheets/2026-11-24-hana-kimura.html",
    "people-sheet": "sheets/2026-12-05-pa-open-evening.html",
    "organizations": "organizations.html",
    "organization": "organizations/mercy-hospital.html",
    "paths": "paths.html",
    "path": "paths/physician-assistant.html",
    "questions": "questions.html",
    "question": "questions/what-does-an-ordinary-day-look-like.html",
    "advice": "advice.html",
    "network": "network.html",
    "insights": "insights.html",
    "tags": "tags.html",
    "tag": "tags/night-shifts.html",
    "problems": "problems.html",
    "search": "search.html",
    "pocket": "pocket.html",
    "public": "public/index.html",
}


def make_sites(demo: Path) -> dict[str, bytes]:
    """Return the site of the demo journal, and below `public/` the one for others."""
    reviewed = review(demo, TODAY)
    public, _ = build_public_site(reviewed)
    made = build_site(reviewed, read_attachments(demo, reviewed.journal.attachments))
    return {**made, **{f"public/{address}": data for address, data in public.items()}}
