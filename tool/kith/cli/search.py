"""`kith search`: words in all notes."""

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

import click

from kith.cli.opening import find_root
from kith.cli.options import Command
from kith.cli.terminal import say, use_color, write
from kith.diagnostics.report import printable
from kith.errors import JournalError
from kith.load import decode
from kith.load.disk import list_files, read_files
from kith.study.search import Hit, read_terms, search

FORMATS = ("plain", "json")


@click.command("search", cls=Command)
@click.argument("terms", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many notes; else 20, as JSON all.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="plain", help="Lines with their place, or JSON.")
def command(terms: tuple[str, ...], limit: int | None, form: str) -> None:
    """Find the notes in which all TERMS begin a word, the best first.

    Neither case nor diacritics count. Each line begins with `file:line`, to which an editor can jump.
    """
    wanted = read_terms(terms)
    if not wanted:
        raise JournalError(f"`{' '.join(terms)}` holds no word to look for")
    root = find_root()
    files = read_files(list_files(root))
    texts, unread = {}, len(files.findings)
    for file, data in files.notes.items():
        text, _ = decode(data, file)
        if text is None:
            unread += 1
        else:
            texts[file] = text
    hits = search(texts, wanted)
    shown = hits if limit is None and form == "json" else hits[: limit or 20]
    if form == "json":
        _print_json(wanted, shown)
    else:
        _print_plain(root, shown)
    if not hits:
        say(f"nothing holds {' and '.join(f'`{term}`' for term in wanted)}")
    elif len(shown) < len(hits):
        more = len(hits) - len(shown)
        say(f"{more} {'note' if more == 1 else 'notes'} more: kith search --limit {len(hits)} {shlex.join(terms)}")
    if unread:
        say(f"{unread} {'file' if unread == 1 else 'files'} could not be searched. See kith check.")


def _print_plain(root: Path, hits: Sequence[Hit]) -> None:
    lines = []
    for hit in hits:
        path = printable(_from_here(root, hit.file))
        place = click.style(path, bold=True) if use_color() else path
        lines += [f"{place}:{spot.line}: {printable(spot.text)}\n" for spot in hit.spots]
    write("".join(lines))


def _from_here(root: Path, file: str) -> str:
    """A path that leads from the current folder to a file of the journal, so that it can be opened."""
    path = Path(os.path.relpath(root.resolve() / file, Path.cwd())).as_posix()
    return (root.resolve() / file).as_posix() if path.startswith("../../..") else path


def _print_json(terms: Sequence[str], hits: Sequence[Hit]) -> None:
    import json

    notes = [
        {
            "file": hit.file,
            "score": hit.score,
            "places": [{"line": spot.line, "column": spot.column, "text": spot.text} for spot in hit.spots],
        }
        for hit in hits
    ]
    write(json.dumps({"version": 1, "terms": list(terms), "notes": notes}, ensure_ascii=False, indent=2) + "\n")
