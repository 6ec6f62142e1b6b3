"""`kith check`: what is wrong in the notes."""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from kith.cli.choosing import suggest
from kith.cli.opening import find_root, find_today, open_journal
from kith.cli.options import Command
from kith.cli.terminal import use_color, write
from kith.diagnostics import Finding
from kith.diagnostics.report import FORMATS, Report
from kith.errors import JournalError
from kith.load import kind_of


@click.command("check", cls=Command)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How to print findings.")
@click.option("--select", multiple=True, metavar="CODE", help="Only these: a code, its beginning or a name.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Not these: a code, its beginning or a name.")
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, and show what remains.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and change nothing.")
@click.option("--stdin-filename", metavar="FILE", help="Read the text of this file from stdin instead.")
@click.pass_context
def command(  # noqa: PLR0913 - click passes each option
    ctx: click.Context,
    paths: tuple[str, ...],
    *,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool,
    fix: bool,
    diff: bool,
    stdin_filename: str | None,
) -> None:
    """Say what is wrong in the notes.

    Without PATH, everything is shown; with it, what concerns these files and folders (the whole journal is read all the
    same, because notes link to each other). The exit code is 1 where there are errors; with --fix and --diff, where
    there are errors that cannot be mended.
    """
    selected, ignored = _selectors(select), _selectors(ignore)
    root, today = find_root(), find_today()
    if stdin_filename is not None and (fix or diff):
        raise JournalError("--fix and --diff mend files, not the text on stdin")
    instead = {} if stdin_filename is None else _read_stdin(root, stdin_filename)
    reviewed = open_journal(root, today, instead=instead)
    wanted = _wanted(root, paths, reviewed.files) if paths else (set(instead) or None)

    def is_shown(finding: Finding) -> bool:
        here = wanted is None or finding.place.file in wanted
        return here and (not selected or _matches(finding, selected)) and not _matches(finding, ignored)

    if fix or diff:
        from kith.cli.fixing import fix_all

        reviewed = fix_all(is_shown, {word.lower() for word in selected}, dry_run=diff)
    shown = [finding for finding in reviewed.findings if is_shown(finding)]
    if not diff:
        files = len(reviewed.files) if wanted is None else len(wanted & set(reviewed.files))
        color = form == "text" and use_color()
        write(FORMATS[form](Report(shown, reviewed.sources, files, _prefix(root, form), color)))
    failing = ("error", "warning") if strict else ("error",)
    ctx.exit(1 if any(finding.severity in failing for finding in shown) else 0)


# --- which findings ------------------------------------------------------------------------------------------------


def _selectors(given: Iterable[str]) -> tuple[str, ...]:
    """The codes, their beginnings and names that were given, also several by comma; raises JournalError."""
    wanted = [word.strip() for one in given for word in one.split(",") if word.strip()]
    if not wanted:
        return ()
    from kith.checks import CHECKS

    codes, names = {check.CODE for check in CHECKS}, {check.NAME for check in CHECKS}
    for word in wanted:
        if word.lower() not in names and not any(code.startswith(word.upper()) for code in codes):
            hint = suggest(word, [*sorted(names), *sorted(codes)])
            raise JournalError(f"no finding is called `{word}`", hint or "kith explain --all")
    return tuple(wanted)


def _matches(finding: Finding, selectors: Iterable[str]) -> bool:
    return any(finding.code.startswith(word.upper()) or finding.name == word.lower() for word in selectors)


# --- which files ---------------------------------------------------------------------------------------------------


def _wanted(root: Path, paths: Sequence[str], files: Mapping[str, bytes]) -> set[str]:
    """The files of the journal that paths on the command line name; raises JournalError for one that is not there."""
    found: set[str] = set()
    for path in paths:
        inside = _inside(root, path)
        below = {file for file in files if inside in (".", file) or file.startswith(f"{inside}/")}
        if not below and not (root / inside).exists():
            raise JournalError(f"there is no `{path}` in the journal", suggest(inside, files, 1))
        # a file without a note, such as an unreadable one, may have findings too
        found |= below or {inside}
    return found


def _inside(root: Path, path: str) -> str:
    """A path on the command line, from here or from the journal, as a path from the journal; raises JournalError."""
    here = Path(os.path.normpath(Path.cwd() / path))
    there = Path(os.path.normpath(root.resolve() / path))
    for candidate in (here, there) if here.exists() else (there, here):
        for base in (root, root.resolve(), Path(os.path.normpath(Path.cwd() / root))):
            if candidate.is_relative_to(base):
                return candidate.relative_to(base).as_posix()
    raise JournalError(f"`{path}` is not in the journal `{root}`")


def _read_stdin(root: Path, name: str) -> dict[str, bytes]:
    file = _inside(root, name)
    if kind_of(file) in (None, "stray", "conflicted"):
        raise JournalError(f"`{name}` would be no note of the journal", "notes are `.md` files in its folders")
    return {file: sys.stdin.buffer.read()}


def _prefix(root: Path, form: str) -> str:
    """What leads to the journal: from here, so that a path can be clicked; in a GitHub workflow, from the workspace."""
    if form in ("json", "jsonl"):
        return ""
    journal, here = root.resolve(), Path.cwd().resolve()
    if form in ("github", "sarif"):
        here = Path(os.environ.get("GITHUB_WORKSPACE") or here).resolve()
    if journal.is_relative_to(here):
        way = journal.relative_to(here).as_posix()
    elif form in ("github", "sarif"):
        return ""
    else:
        way = os.path.relpath(journal, here) if here.is_relative_to(journal) else journal.as_posix()
    return "" if way == "." else f"{way}/"
