"""A small journal with one of everything, and what the tests of the site do with journals."""

from collections.abc import Mapping
from datetime import date
from html.parser import HTMLParser

from kith import assets
from kith.followups import followups
from kith.load import read_journal
from kith.pages import Page, make_pages, make_public_pages
from kith.render import Site
from kith.study.redaction import redact
from kith.study.timeline import read_timeline

TODAY = date(2026, 11, 22)

JOURNAL = {
    "journal.md": """\
---
title: Robin's journal
name: Robin Vale
---

- pro: I like mornings
- [ ] buy stamps due:2026-11-23
""",
    "inbox.md": "- ask about the <open> evening\n",
    "contacts/dana-lee.md": """\
---
name: Dana Lee
pronouns: she/her
organization: "[[mercy]]"
role: Physician assistant
level: peer
source: referral
via: "[[sam]]"
email: [dana@mercy.example, d.lee@home.example]
phone: +1 555 0142
website: [https://dana.example, dana.example]
linkedin: dana-lee
location: Mercy Hospital
paths: "[[pa]]"
tags: [Night-shifts, emergency]
added: 2026-09-22
receptive: yes
cadence: 60d
card: card.svg
---

Ran gels once; [[sam]] and [[nobody]] know. See [the card](../attachments/card.svg) and [Sam](sam.md).

## Research

- eleven PAs

## Log

I keep this by hand.

- 2026-10-01 outreach by email: asked for *twenty* minutes
  and said why

  - she was on nights
- 2026-10-09 reply by email: Tuesdays are best
- some day soon, coffee
- 2026-11-04 thank-you by email
- 2026-11-06 introduced by email: [[priya]]

## After

Nothing yet.
""",
    "contacts/sam.md": """\
---
name: Sam Ortiz
source: supervisor
organization: Alder College
paths: ["[[pa]]", "[[nursing]]"]
added: 2026-09-01
---

Log
---

- 2026-09-10 outreach
- 2026-09-12 reply: come by
- 2026-09-12 proposed
""",
    "contacts/priya.md": "---\nname: Priya Shah\norganization: Lantern Hospice\nsource: cold\nadded: 2026-11-06\n---\n",
    "contacts/owen.md": """\
---
name: Owen Price
closed: 2026-10-20
closed-because: declined
tags: emergency
---

- [ ] waiting: a list of programmes
""",
    "contacts/kim.md": "---\nname: Kim Lee\nparked: yes\n---\n",
    "contacts/lena.md": """\
---
name: Lena Fischer
added: 2026-11-12
snooze: 2026-12-24
cadence: never
---

## Log

- 2026-11-20 met: at the fair
""",
    "contacts/rex.md": """\
---
name: Rex Recruiter
level: recruiter
source: social-network
closed: 2026-01-01
closed-because: no-reply
---
""",
    "contacts/vic.md": "---\nname: Vic Vane\nclosed: 2026-01-01\n---\n",
    "meetings/2026-09-15-sam.md": """\
---
time: 17:15
took: 20
status: held
place: Fenn Hall
paths: "[[nursing]]"
---

Kind.

- referral: Dana Lee, she left the lab
- con (hours): nobody sleeps [[pa]]
- skill: patience
- pro: they need people
""",
    "meetings/2026-11-03-dana-lee.md": """\
---
time: 16:30
minutes: 20
took: 24
mode: in-person
place: Mercy Hospital
status: held
tags: night-shifts
resume: resume.txt
---

Quick and warm, like [[priya]].

## Goals

- how the hours fall

## Questions

- [x] What does an ordinary day look like?
  - Eight patients at once.
- [ ] Whom else should I talk to?

## What stays

- pro (hours): most days end at four
- pro: time with patients
- skill (deciding): deciding with half the facts
- trend: more of them
- insight [[mercy]]
- insight: the house is kind [[mercy]]
- vacancy: an aide
- [x] read: *Being Mortal* done:2026-11-16
- [x] join: the chapter
- [ ] try: shadow a night
- [-] try: Spanish
- [ ] promise: send the recording due:2026-11-10
- [x] promise: the form due:2026-11-07 done:2026-11-06
- [ ] waiting: an introduction due:2026-11-30
- [ ] referral: Noor Haddad, speech therapist
- offer: proofread her poster
""",
    "meetings/2026-11-10-fair.md": """\
---
mode: event
date: 2026-11-10
place: The fair
status: held
---

## [[owen]]

- pro: free pens
""",
    "meetings/2026-11-12-two.md": """\
---
contacts: ['[[dana-lee]]', '[[sam]]', Ursula Ek]
date: 2026-11-12
mode: video
took: 30
---

- con (hours): nights [[pa]]
- con: together
- [ ] read: a book
""",
    "meetings/2026-11-14-priya.md": "---\nmode: phone\nstatus: cancelled\nminutes: 20\n---\n",
    "meetings/2026-11-18-owen.md": "---\nmode: phone\nstatus: planned\n---\n",
    "meetings/2026-11-23-priya.md": """\
---
time: 14:30
minutes: 20
mode: in-person
place: The gym
---

## Questions

- How?
""",
    "meetings/2026-12-01-mail.md": "---\ncontacts: '[[sam]]'\ndate: 2026-12-01\nmode: email\n---\n",
    "organizations/mercy.md": """\
---
name: Mercy Hospital
industry: Hospital
website: https://mercy.example
location: Alder
aliases: Mercy
tags: teaching
---

Large. Near [[alder]].
""",
    "organizations/alder.md": "---\nname: Alder Works\n---\n",
    "paths/pa.md": """\
---
title: Physician assistant
status: pursuing
question: I can be second.
decided: 2026-11-04
---

- con (experience): three hundred hours
- con (hours): I sleep badly
- [ ] ask for the form due:2027-01-10
""",
    "paths/nursing.md": "---\ntitle: Nursing\nstatus: ruled-out\n---\n",
    "paths/law.md": "---\ntitle: Law\n---\n",
    "questions/path.md": "---\ntitle: Path\n---\n\n- must: What does an ordinary day look like?\n",
    "letters/thank-you.md": "---\nfor: thank-you\nsubject: Thank you\n---\n\nThank you.\n",
}
ATTACHMENTS = frozenset({"attachments/card.svg", "attachments/resume.txt"})


def pages_of(
    files: Mapping[str, str], today: date = TODAY, attachments: frozenset[str] = ATTACHMENTS
) -> dict[str, Page]:
    """Return the pages of a journal by address."""
    journal, findings = read_journal({path: text.encode() for path, text in files.items()}, attachments)
    made = make_pages(
        journal,
        read_timeline(journal, today),
        lambda: followups(journal, today),
        lambda: findings,
        today,
        sources=files,
        attachments=attachments,
    )
    assert len({page.address for page in made}) == len(made)
    return {page.address: page for page in made}


def public_pages_of(files: Mapping[str, str], today: date = TODAY) -> dict[str, Page]:
    """Return the pages of a public site of a journal by address."""
    journal, _ = read_journal({path: text.encode() for path, text in files.items()}, ATTACHMENTS)
    return {page.address: page for page in make_public_pages(redact(journal), today)}


def site_of(files: Mapping[str, str], today: date = TODAY) -> dict[str, str]:
    """Return the rendered pages of a journal by address."""
    made = pages_of(files, today)
    site = Site(made.values(), assets.template_files())
    return {address: site[address].decode() for address in made}


class _Tree(HTMLParser):
    """Reads HTML into lines: one for each element and text, indented."""

    EMPTY = frozenset({"meta", "link", "input", "img", "br", "wbr", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("circle", "rect", "path"):
            return
        kept = [
            f"{name}={value}" for name, value in attrs if name in ("id", "class", "href", "src", "hidden", "data-state")
        ]
        self.lines.append("  " * len(self.open) + " ".join([tag, *kept]))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("circle", "rect", "path"):
            return
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> is not where it belongs"

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.lines.append("  " * len(self.open) + repr(" ".join(data.split())))


def tree_of(html: str) -> str:
    """Return HTML as an indented tree of elements and texts; fails where elements do not nest."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    assert tree.open == []
    return "\n".join(tree.lines) + "\n"
