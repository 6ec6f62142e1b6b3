"""After any edits, a site made from what was known before is the site made from nothing, byte by byte."""

import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kith.load import Loaded, Remembered, read_journal
from kith.pipeline import Review, build_site

TODAY = date(2026, 11, 22)
Files = dict[str, bytes]


def read_demo(demo: Path) -> Files:
    """Return the files of the demo journal."""
    return {
        path.relative_to(demo).as_posix(): path.read_bytes()
        for path in sorted(demo.rglob("*"))
        if path.is_file() and not {"_site", ".kith"} & set(path.relative_to(demo).parts)
    }


Shown = dict[str, tuple[str, bytes]]  # the version of each page and its bytes


def build(files: Files, today: date, remembered: Remembered | None, previous: Shown | None) -> Files:
    """Build a site from files, with what is known, or from nothing; `previous` holds in the end what it shows."""
    notes = {name: data for name, data in files.items() if not name.startswith("attachments/")}
    attachments = {name: data for name, data in files.items() if name.startswith("attachments/")}
    journal, findings = read_journal(notes, frozenset(attachments), remembered)
    site = build_site(Review(Loaded(journal, findings, notes), today), attachments)
    if previous is None:
        return dict(site)
    known, versions = dict(previous), site.versions
    kept = {address: known[address][1] for address in versions if known.get(address, ("",))[0] == versions[address]}
    made = {address: kept[address] if address in kept else site[address] for address in site}
    previous.clear()
    previous.update({address: (version, made[address]) for address, version in versions.items()})
    return made


# --- edits: each changes files by chance, as people and their tools do -----------------------------------------------

Edit = Callable[[Files, random.Random], None]


def pick(files: Files, rng: random.Random, *folders: str) -> str:
    """Return the name of some note of these folders."""
    return rng.choice(
        [name for name in sorted(files) if name.startswith(folders or "contacts/") and name[-3:] == ".md"]
    )


def change_a_field(files: Files, rng: random.Random) -> None:
    """Give one key of front matter the value it has in another note, or none."""
    name, other = pick(files, rng, "contacts/", "meetings/", "organizations/", "paths/"), pick(files, rng)
    lines = files[name].split(b"\n")
    fields = [at for at, line in enumerate(lines[:25]) if re.match(rb"[a-z-]+: ", line)]
    found = [line for line in files[other].split(b"\n")[:25] if re.match(rb"[a-z-]+: ", line)]
    if fields:
        lines[rng.choice(fields)] = rng.choice([b"", *found])
        files[name] = b"\n".join(lines)


def rename_a_person(files: Files, rng: random.Random) -> None:
    """Give somebody another name, which many pages show."""
    name = pick(files, rng)
    files[name] = re.sub(rb"(?m)^name: .*$", b"name: Somebody %d" % rng.randrange(100), files[name], count=1)


def write_a_line(files: Files, rng: random.Random) -> None:
    """Append a line: prose, an item, a log line, a link to somebody."""
    name = pick(files, rng, "contacts/", "meetings/", "organizations/", "paths/")
    who = Path(pick(files, rng)).stem
    day = TODAY - timedelta(days=rng.randrange(-20, 200))
    lines = [
        f"She keeps bees with [[{who}]].",
        f"- [ ] promise: send [[{who}]] the article due:{day}",
        "- [x] advice: read the book done:2026-11-02",
        f"- pro (hours): like [[{who}]] says",
        f"- con (hours): unlike [[{who}]]",
        "- referral: [[Nobody Yet]], a friend",
        f"\n## Log\n\n- {day} reply by email: yes",
        f"\n## Log\n\n- {day} introduced: [[{who}]]",
        "\n## Questions\n\n- How did you begin? #must\n  By chance.",
        "![[map.png]]",
        "## Questions\n\n- [x] How did you begin?\n  - By [[nobody-yet]], by chance.",
    ]
    files[name] += f"\n{rng.choice(lines)}\n".encode()


def write_within(files: Files, rng: random.Random) -> None:
    """Put a paragraph or a heading somewhere into a note."""
    name = pick(files, rng, "contacts/", "meetings/", "organizations/", "paths/", "journal")
    lines = files[name].split(b"\n")
    text = rng.choice([b"By the way, %d bees.", b"## Goals", b"## Research\n\n- %d beds", b"# Thoughts %d"])
    lines.insert(rng.randrange(len(lines)), b"\n%s\n" % text.replace(b"%d", b"%d" % rng.randrange(9)))
    files[name] = b"\n".join(lines)


def change_a_word(files: Files, rng: random.Random) -> None:
    """Write another word within some line: of an answer, an item, a log, or of front matter."""
    name = pick(files, rng, "contacts/", "meetings/", "organizations/", "paths/", "questions/", "letters/", "journal")
    words = list(re.finditer(rb"[a-z]{3,}", files[name]))
    word = rng.choice(words)
    other = rng.choice([b"bees", b"promise", b"[[nobody-yet]]", rng.choice(words)[0]])
    files[name] = files[name][: word.start()] + other + files[name][word.end() :]


def swap_lines(files: Files, rng: random.Random) -> None:
    """Let two lines of a note change places."""
    name = pick(files, rng, "contacts/", "meetings/", "organizations/", "paths/", "questions/")
    lines = files[name].split(b"\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    files[name] = b"\n".join(lines)


def drop_a_line(files: Files, rng: random.Random) -> None:
    """Delete a line somewhere, a fence of front matter perhaps."""
    name = pick(files, rng, "contacts/", "meetings/", "organizations/", "paths/", "questions/", "letters/", "journal")
    lines = files[name].split(b"\n")
    del lines[rng.randrange(len(lines))]
    files[name] = b"\n".join(lines)


def add_a_note(files: Files, rng: random.Random) -> None:
    """Write a new card or meeting, sometimes under a name that others have linked to already."""
    who = rng.choice(["nobody-yet", f"new-{rng.randrange(50)}"])
    if rng.random() < 0.5:
        files[f"contacts/{who}.md"] = f"---\nname: {who}\nvia: '[[{Path(pick(files, rng)).stem}]]'\n---\n".encode()
    else:
        day = TODAY + timedelta(days=rng.randrange(-90, 30))
        files[f"meetings/{day}-{Path(pick(files, rng)).stem}.md"] = b"---\nminutes: 25\ntags: [new]\n---\n"


def remove_a_note(files: Files, rng: random.Random) -> None:
    """Delete a note."""
    del files[pick(files, rng, "contacts/", "meetings/", "organizations/", "paths/", "questions/")]


def move_a_note(files: Files, rng: random.Random) -> None:
    """Give a note another id, so that links to it die."""
    name = pick(files, rng, "contacts/", "organizations/", "paths/")
    files[name.replace(".md", f"-{rng.randrange(9)}.md")] = files.pop(name)


def change_settings(files: Files, rng: random.Random) -> None:
    """Change the journal's own note."""
    settings = ["nudge-after: 3d", "horizon: 30d", "lead-reserve: 9", "title: Other words", "thank-within: 5d", "a: b"]
    files["journal.md"] = files["journal.md"].replace(b"---\n", f"---\n{rng.choice(settings)}\n".encode(), 1)


def jot(files: Files, rng: random.Random) -> None:
    """Write a line into the inbox."""
    line = f"- {TODAY} {Path(pick(files, rng)).stem} hello by phone: a word\n"
    files["inbox.md"] = files.get("inbox.md", b"") + line.encode()


def change_an_attachment(files: Files, rng: random.Random) -> None:
    """Add or remove a file that notes show."""
    if files.pop("attachments/map.png", None) is None:
        files["attachments/map.png"] = b"\x89PNG%d" % rng.randrange(9)


EDITS: tuple[Edit, ...] = (
    change_a_field, rename_a_person, write_a_line, write_a_line, write_a_line, write_within, change_a_word,
    change_a_word, change_a_word, swap_lines, drop_a_line, add_a_note, remove_a_note, move_a_note, change_settings,
    jot, change_an_attachment,
)  # fmt: skip


def sites(files: Files, seed: int, rounds: int) -> Iterator[tuple[str, Files, Files]]:
    """Yield what was done so far, the site made with what was known before, and the one made from nothing."""
    rng = random.Random(seed)  # noqa: S311 - a seeded test
    remembered: Remembered = {}
    previous: Shown = {}
    today = TODAY
    for number in range(rounds):
        edits = [rng.choice(EDITS) for _ in range(rng.choice([0, 1, 1, 1, 3]))]
        for edit in edits:
            edit(files, rng)
        today += timedelta(days=rng.choice([0, 0, 0, 0, 1, 40]) if number else 0)
        done = f"round {number} on {today}: {', '.join(edit.__name__ for edit in edits)}"
        yield done, build(files, today, remembered, previous), build(files, today, None, None)


@pytest.mark.parametrize("seed", range(3))
def test_random_edits(demo: Path, seed: int) -> None:
    for done, incremental, whole in sites(read_demo(demo), seed, 8):
        differing = sorted(name for name in {*incremental, *whole} if incremental.get(name) != whole.get(name))
        assert (done, differing) == (done, [])
