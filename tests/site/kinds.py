"""One page of each kind of the demo journal's site, and the day on which it is built."""

import datetime as dt

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
}
