"""A paragraph with so many brackets or marks that reading it would take too long.

## Why

Markdown has to try what each bracket belongs to, and with thousands of them in one paragraph that takes minutes. Such a
paragraph is program output, not prose; it is shown as it stands, and links in it are not followed.

## Bad

    hundreds of lines of `[[[[[[[[` in one paragraph

## Good

    paths/data.md
    ---
    title: Data analysis
    ---

    ```
    [[[[1, 2], [3, 4]]]]
    ```
"""

from kith.diagnostics import Severity

CODE = "K012"
NAME = "tangled-paragraph"
SEVERITY: Severity = "info"
