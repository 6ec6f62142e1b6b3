"""`kith build`: the site."""

import sys
import webbrowser
from pathlib import Path

import click

from kith.cache import Pages
from kith.cli.opening import find_root, find_today, open_journal
from kith.cli.options import Command
from kith.cli.terminal import complain, say, use_color, write
from kith.diagnostics import Finding
from kith.diagnostics.report import Report, summarize, to_text
from kith.load import read_attachments
from kith.pipeline import Review, build_site
from kith.publish import Published, check_folder, publish


@click.command("build", cls=Command)
@click.option("--output", metavar="DIR", type=click.Path(path_type=Path), help="Where to; else `_site` in the journal.")
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
@click.option("--keep-going", is_flag=True, help="Publish what can be made of notes with errors; still exit 1.")
@click.pass_context
def command(ctx: click.Context, output: Path | None, show: bool, keep_going: bool) -> None:
    """Make the site, which opens from the disk without a server.

    Notes with errors leave the site as it was. Nothing is removed that kith has not made itself.
    """
    root, today = find_root(), find_today()
    folder = root / "_site" if output is None else output
    check_folder(folder, root)
    reviewed = open_journal(root, today)
    errors = reviewed.errors
    if errors:
        say(_list(errors, reviewed))
        if not keep_going:
            complain("the site was left as it was, because of these errors", "kith build --keep-going")
            ctx.exit(1)
    elif reviewed.findings:
        say(f"{summarize(Report(reviewed.findings, files=len(reviewed.files)))} See kith check.")
    pages = Pages(root, folder)
    site = build_site(reviewed, read_attachments(root, reviewed.journal.attachments), pages)
    published = publish(site, folder, root, site.kept)
    pages.keep()
    write(_describe(published, folder))
    if show:
        webbrowser.open((folder / "index.html").resolve().as_uri())
    ctx.exit(1 if errors else 0)


def _list(findings: tuple[Finding, ...], reviewed: Review) -> str:
    return to_text(Report(findings, reviewed.sources, len(reviewed.files), color=use_color(sys.stderr))).rstrip("\n")


def _describe(published: Published, folder: Path) -> str:
    """The line that says what was done, as in `Built _site/index.html: 12 written, 1 removed, 140 unchanged.`."""
    counts = f"{len(published.written)} written, {len(published.removed)} removed, {published.unchanged} unchanged"
    lines = [f"Built {folder / 'index.html'}: {counts}."]
    lines += [f"Left alone, because it was changed by hand: {folder / file}" for file in published.kept]
    return "\n".join(lines) + "\n"
