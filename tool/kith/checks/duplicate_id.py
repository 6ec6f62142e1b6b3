"""Two notes whose file names give one id.

## Why

Links go by the file's name without its folder, its ending and its case, so each may occur only once in the whole
journal. The second note is left out until one of the two is renamed.

## Bad

    contacts/mercy.md
    ---
    name: Mercy Adeyemi
    ---

    organizations/mercy.md
    ---
    name: Mercy Hospital
    ---

## Good

    contacts/mercy-adeyemi.md
    ---
    name: Mercy Adeyemi
    ---

    organizations/mercy.md
    ---
    name: Mercy Hospital
    ---
"""

from kith.diagnostics import Severity

CODE = "K206"
NAME = "duplicate-id"
SEVERITY: Severity = "error"
