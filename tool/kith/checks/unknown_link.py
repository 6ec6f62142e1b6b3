"""A link in front matter that leads to no note.

## Why

What is due, and for whom, follows from these links, so one that leads nowhere silently changes both.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    paths: physican-assistant
    ---

    paths/physician-assistant.md
    ---
    title: Physician assistant
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    paths: physician-assistant
    ---

    paths/physician-assistant.md
    ---
    title: Physician assistant
    ---
"""

from kith.diagnostics import Severity

CODE = "K203"
NAME = "unknown-link"
SEVERITY: Severity = "error"
