"""A link to a note of another kind than the field takes.

## Why

A person cannot be an organisation, and a path cannot have led you to anybody. The link exists, so this is no slip of
the keys but of the field.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    via: "[[mercy-hospital]]"
    ---

    organizations/mercy-hospital.md
    ---
    name: Mercy Hospital
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    organization: "[[mercy-hospital]]"
    ---

    organizations/mercy-hospital.md
    ---
    name: Mercy Hospital
    ---
"""

from kith.diagnostics import Severity

CODE = "K215"
NAME = "wrong-kind-of-link"
SEVERITY: Severity = "error"
