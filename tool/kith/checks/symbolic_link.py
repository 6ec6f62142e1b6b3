"""A symbolic link that leads out of the journal, to a folder, or nowhere.

## Why

A journal is complete in its folder: what it shows must be in it when the folder is copied, and a link into the rest
of the computer could show what was never meant to be there. Links to files within the journal are read.

## Bad

    contacts/dana-lee.md -> /home/robin/phone/dana.md

## Good

    the file itself at contacts/dana-lee.md
"""

from kith.diagnostics import Severity

CODE = "K008"
NAME = "symbolic-link"
SEVERITY: Severity = "warning"
