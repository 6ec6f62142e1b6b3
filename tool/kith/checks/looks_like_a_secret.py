"""Something in a note that looks like a password or a key.

## Why

A journal is copied, synced and pushed, and its history keeps what was deleted. A password manager is a better place;
if the note was shared already, change the password.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    Guest network of the clinic, password: gr4nite-otter

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    ---

    The password of the guest network is in my password manager.
"""

import re
from collections.abc import Iterator

from kith.diagnostics import Finding, Severity, span
from kith.model import Body
from kith.study.timeline import Timeline

CODE = "K504"
NAME = "looks-like-a-secret"
SEVERITY: Severity = "warning"

# Plain words first: most notes hold none of them, and looking for a word is much cheaper than for a pattern.
_SIGNS = (
    *("assword", "ASSWORD", "assphrase", "PRIVATE KEY", "AKIA", "gho_", "ghp_", "ghs_", "ghu_", "ghr_", "github_pat_"),
    *("xox", "sk-", "AIza", "eyJ"),
)
_SECRET = re.compile(
    r"(?:\bpass(?:word|phrase)\s*[:=]\s*(?P<word>(?=\S*\d)(?=\S*[^\W\d])\S{6,}))"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\b(?:AKIA[0-9A-Z]{16}|gh[opsur]_\w{36}|github_pat_\w{40,}|xox[abprs]-[\w-]{20,}|sk-[\w-]{32,}|AIza[\w-]{35})"
    r"|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    re.IGNORECASE,
)


def check(timeline: Timeline) -> Iterator[Finding]:
    """Yield a finding for each text that is built like a secret. The message shows its beginning only."""
    for note in timeline.journal.notes():
        if any(sign in note.body.text for sign in _SIGNS):
            yield from _secrets(note.body, note.file)


def _secrets(body: Body, file: str) -> Iterator[Finding]:
    for match in _SECRET.finditer(body.text):
        group = "word" if match["word"] else 0
        before = body.text[: match.start(group)]
        column = len(before) - (before.rfind("\n") + 1) + 1
        place = span(file, body.line + before.count("\n"), column, len(match[group]))
        message = f"`{match[group][:4]}…` looks like a password or a key"
        yield Finding(CODE, NAME, SEVERITY, message, place, "keep it in a password manager")
