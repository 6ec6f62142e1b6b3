"""A time zone that does not exist.

## Why

A call with somebody far away is easily an hour off. Zones have the name of a region and a city, because abbreviations
mean several.

## Bad

    contacts/dana-lee.md
    ---
    name: Dana Lee
    timezone: Chicago
    ---

## Good

    contacts/dana-lee.md
    ---
    name: Dana Lee
    timezone: America/Chicago
    ---
"""

from kith.diagnostics import Severity

CODE = "K308"
NAME = "bad-timezone"
SEVERITY: Severity = "error"
