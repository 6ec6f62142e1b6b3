"""`kith build`: the site."""

import sys
import webbrowser
from dataclasses import replace
from pathlib import Path

import click

from kith.cache import Pages
from kith.cli.opening import find_root, find_today, open_journal
from kith.cli.options import Command
from kith.cli.terminal import complain, say, use_color, write
from kith.diagnostics import Finding
from kith.diagnostics.report import Report, summarize, to_text
from kith.history import read_history
from kith.load import read_attachments
from kith.pipeline import Review, build_public_site, build_site
from kith.publish import Published, check_folder, publish


@click.command("build", cls=Command)
@click.option("--output", metavar="DIR", type=click.Path(path_type=Path), help="Where to; else `_site` in the journal.")
@click.option(
    "--public", is_flag=True, help="One page of figures to show to others, without names and words: `_public`."
)
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
@click.option("--keep-going", is_flag=True, help="Publish what can be made of notes with errors; still exit 1.")
@click.pass_context
def command(ctx: click.Context, output: Path | None, public: bool, show: bool, keep_going: bool) -> None:
    """Make the site, which opens from the disk without a server.

    Notes with errors leave the site as it was. Nothing is removed that kith has not made itself. A public site holds no
    word of the notes, counts nothing that is `private`, and is searched for every name, address and number before it is
    published.
    """
    if public and keep_going:
        raise click.UsageError("--public needs notes without errors: one that cannot be read may be private")
    root, today = find_root(), find_today()
    folder = root / ("_public" if public else "_site") if output is None else output
    check_folder(folder, root, public=public)
    reviewed = open_journal(root, today)
    if not public:
        reviewed = replace(reviewed, history=read_history(root))
    errors = reviewed.errors
    if errors:
        say(_list(errors, reviewed))
        if not keep_going:
            hint = "kith check" if public else "kith build --keep-going"
            complain("the site was left as it was, because of these errors", hint)
            ctx.exit(1)
    elif reviewed.findings:
        say(f"{summarize(Report(reviewed.findings, files=len(reviewed.files)))} See kith check.")
    published = _publish_figures(reviewed, folder, root) if public else _publish(reviewed, folder, root)
    write(_describe(published, folder))
    if show:
        webbrowser.open((folder / "index.html").resolve().as_uri())
    ctx.exit(1 if errors else 0)


def _publish(reviewed: Review, folder: Path, root: Path) -> Published:
    site = build_site(reviewed, read_attachments(root, reviewed.journal.attachments))
    versions = site.versions
    pages = Pages(root, folder)
    published = publish(site, folder, root, pages.unchanged(versions))
    pages.keep(versions)
    return published


def _publish_figures(reviewed: Review, folder: Path, root: Path) -> Published:
    """Publish what others may see; ends the command with 1 where it would tell of somebody."""
    site, leaks = build_public_site(reviewed)
    if leaks:
        for leak in leaks:
            say(f"{leak.address}: `{leak.told.word}` of {leak.told.file} would stand here")
        complain("nothing was published, because it would tell of somebody", "please report this")
        click.get_current_context().exit(1)
    return publish(site, folder, root, public=True)


def _list(findings: tuple[Finding, ...], reviewed: Review) -> str:
    return to_text(Report(findings, reviewed.sources, len(reviewed.files), color=use_color(sys.stderr))).rstrip("\n")


def _describe(published: Published, folder: Path) -> str:
    """The line that says what was done, as in `Built _site/index.html: 12 written, 1 removed, 140 unchanged.`."""
    counts = f"{len(published.written)} written, {len(published.removed)} removed, {published.unchanged} unchanged"
    lines = [f"Built {folder / 'index.html'}: {counts}."]
    lines += [f"Left alone, because it was changed by hand: {folder / file}" for file in published.kept]
    return "\n".join(lines) + "\n"
