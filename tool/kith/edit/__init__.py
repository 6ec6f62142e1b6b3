"""Writing to notes without harming them.

An edit is planned as a value, `(path, before, after)`, proved by reading the new text again, and only then applied:
only the lines that an edit concerns change, and every other byte stays as it was. A file that cannot be read is never
written to.
"""
