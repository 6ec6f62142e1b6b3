"""`kith check --fix`: mend what can be mended safely."""

from collections.abc import Callable, Collection, Mapping

from kith.checks import check
from kith.cli.terminal import say
from kith.cli.writing import beside, carry_out, writing
from kith.diagnostics import Finding, sort_key
from kith.edit.fixes import MISDATED, Skipped, add_renames, describe, may_mend, mend
from kith.edit.plan import combine, outcome
from kith.edit.rename import plan_redating
from kith.load import Loaded, read_journal
from kith.pipeline import Review

ON_DISK = ("K007", "K008")  # what only the disk can tell


def fix_all(is_shown: Callable[[Finding], bool], named: Collection[str], *, dry_run: bool) -> Review:
    """Mend those of the findings that are shown, or print how as a diff, and return the journal as it is then.

    What was mended and what not is said on stderr. `named` are the words by which findings were chosen: some are mended
    only where they are asked for by name.
    """

    def is_wanted(finding: Finding) -> bool:
        return is_shown(finding) and may_mend(finding, named)

    with writing(dry_run=dry_run) as (root, reviewed):
        attachments = reviewed.journal.attachments
        remembered = beside(reviewed)

        def find(files: Mapping[str, bytes]) -> list[Finding]:
            journal, findings = read_journal(files, attachments, remembered)
            return sorted({*findings, *check(journal, reviewed.today)}, key=sort_key)

        mended = mend(reviewed.files, find, is_wanted)
        misdated = [one for one in mended.findings if one.code == MISDATED and is_wanted(one)]
        files = outcome(reviewed.files, mended.changes)
        renames, refused = plan_redating(files, attachments, [one.place.file for one in misdated], remembered)
        changes = combine(mended.changes, renames)
        carry_out(root, changes, dry_run=dry_run)
        skipped = [Skipped(one, refused[one.place.file]) for one in misdated if one.place.file in refused]
        renamed = [one for one in misdated if one.place.file not in refused]
        mended = add_renames(mended, changes, renamed, skipped)
        for one in mended.skipped:
            say(f"{one.finding.place}: {one.finding.code} is not mended: {one.reason}")
        say(describe(mended, dry_run=dry_run))
        after = outcome(reviewed.files, changes)
        journal, findings = read_journal(after, attachments, remembered)
        on_disk = [one for one in reviewed.loaded.findings if one.code in ON_DISK]
        return Review(Loaded(journal, tuple(sorted((*findings, *on_disk), key=sort_key)), after), reviewed.today)
