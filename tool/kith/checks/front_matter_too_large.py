"""Front matter of more than sixty-four kibibytes.

## Why

Fields hold short facts. What is this long is text, and its place is below the second `---`.

## Bad

    a whole letter in `status:`

## Good

    the letter in the body of the note
"""

from kith.diagnostics import Severity

CODE = "K113"
NAME = "front-matter-too-large"
SEVERITY: Severity = "error"
