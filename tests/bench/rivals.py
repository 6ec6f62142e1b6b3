"""The programs that kith is measured beside, and what each reads.

The work is as equal as it can be: each note is a page, there are lists and tags, each person's page lists the meetings
with them and whom they led to, each organisation and path its people. What the others do not know (follow-ups,
findings, the search index, the calendar, boards of evidence) they do not have to do. `sites/` has settings and
templates for each; here the notes are written as it reads them.
"""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SITES = Path(__file__).with_name("sites")

_LINK = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")
_FIELD = re.compile(r'"\[\[([^\]|]+)\]\]"')
_NESTED = re.compile(r"(?m)^( +)(?=- )")


@dataclass(frozen=True)
class Note:
    """A note with plain ids in its front matter, each value as YAML has it, and links as Markdown has them."""

    folder: str
    id: str
    fields: Mapping[str, str]
    body: str

    def write(self, **more: str) -> str:
        """Return the text of the note with further fields."""
        lines = "\n".join(f"{key}: {value}" for key, value in {**self.fields, **more}.items())
        return f"---\n{lines}\n---\n{self.body}"


@dataclass(frozen=True)
class Rival:
    """A program by the name of its command. It is run in the folder of its site, where the notes are in `content/`.

    What it makes is in `public/`, and what it keeps for the next time in `cache/`.
    """

    name: str
    version: str
    build: str
    serve: str
    write: Callable[[Note], str]

    def find(self) -> str | None:
        """Return the path of the command; None where it is not installed."""
        return shutil.which(self.name)

    def describe(self) -> str:
        """Return which version is installed."""
        asked = subprocess.run([self.name, self.version], capture_output=True, text=True, check=True).stdout
        match = re.search(r"\d+(\.\d+)+", asked)
        return f"{self.name} {match[0] if match else '?'}"

    def command(self, words: str) -> list[str]:
        """Return what is run."""
        return [self.find() or self.name, *words.split()]


def write_for_hugo(note: Note) -> str:
    """Write a note with the taxonomies by which a page finds those that name it."""
    terms = {"contacts": "with", "paths": "paths_of", "organization": "works_at", "via": "via_of"}
    found = {term: note.fields[key] for key, term in terms.items() if key in note.fields}
    return note.write(**{term: value if value.startswith("[") else f"[{value}]" for term, value in found.items()})


def write_for_eleventy(note: Note) -> str:
    """Write a note with its layout and address."""
    return note.write(layout="note.njk", folder=note.folder, id=note.id, permalink=f"{note.folder}/{note.id}.html")


def write_for_pelican(note: Note) -> str:
    """Write a note with fields that are no YAML, none of which has the name of one that publishes."""
    plain = {key: value.strip('"').strip("[]").replace('"', "") for key, value in note.fields.items()}
    if "status" in plain:
        plain["state"] = plain.pop("status")
    return Note(note.folder, note.id, plain, indent(note.body)).write()


def write_for_mkdocs(note: Note) -> str:
    """Write a note as Python's Markdown reads it."""
    return Note(note.folder, note.id, note.fields, indent(note.body)).write()


def indent(body: str) -> str:
    """Return a body whose nested lists are four spaces in: Python's Markdown sees none in two."""
    return _NESTED.sub(r"\1\1", body)


RIVALS = (
    Rival("hugo", "version", "--quiet", "server --quiet --port {port}", write_for_hugo),
    Rival("eleventy", "--version", "--quiet", "--serve --quiet --port={port}", write_for_eleventy),
    Rival("pelican", "--version", "--quiet", "--quiet --autoreload --listen --port {port}", write_for_pelican),
    Rival("mkdocs", "--version", "build --quiet", "serve --quiet --livereload -a 127.0.0.1:{port}", write_for_mkdocs),
)


def make_site(rival: Rival, journal: Path, out: Path) -> None:
    """Write the notes of a journal as a site for a rival."""
    shutil.copytree(SITES / rival.name, out)
    notes = tuple(read_notes(journal))
    for note in notes:
        path = out / "content" / note.folder / f"{note.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(rival.write(note), encoding="utf-8")
    if rival.name == "mkdocs":  # it makes no page that has no file
        for tag in sorted({tag for note in notes for tag in re.findall(r"[\w-]+", note.fields.get("tags", ""))}):
            path = out / "content" / "tags" / f"{tag}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"---\ntitle: {tag}\ntemplate: list.html\n---\n", encoding="utf-8")


def read_notes(journal: Path) -> Iterator[Note]:
    """Yield the notes of a journal."""
    paths = sorted(journal.glob("*/*.md"))
    folders = {path.stem: path.parent.name for path in paths}

    def link(match: re.Match[str]) -> str:
        folder = folders.get(match[1])
        words = match[2] or match[1]
        return f"[{words}](/{folder}/{match[1]}.html)" if folder else words

    for path in paths:
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        fields = dict(line.partition(": ")[::2] for line in front.splitlines())
        plain = {key: _FIELD.sub(r'"\1"', value) for key, value in fields.items()}
        plain.setdefault("title", plain.get("name") or path.stem)
        yield Note(path.parent.name, path.stem, plain, _LINK.sub(link, body))
