"""Before anything is written, the new text is read again and must differ in exactly what was meant."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from kith.diagnostics import Finding
from kith.edit.plan import Change
from kith.errors import JournalError
from kith.load import ParsedFile, kind_of, parse_note

# A box nested below a log line, a question or a jotted line is an item by itself, and stands in their text too.
_BOX = re.compile(r"^(\s*(?:[-*+]|\d{1,9}[.)])\s+)\[[ xX-]\]\s+", re.MULTILINE)
_DONE = re.compile(r"[ \t]+done:\S*")
_NESTED_IN = {"log": "text", "questions": "answer", "jotted": "below"}

# what moves when a line is added above it, and says nothing itself
_PLACES = frozenset({"place", "places", "order", "body", "file", "note"})


def prove(change: Change, allowed: Mapping[str, int]) -> Change:
    """The change, if its note then says what it said but for the attributes `allowed`; else JournalError.

    `allowed` maps attributes of the model to how many of their elements may differ (1 for a single value). No finding
    that is an error may be new either. A new note has to be one without errors; a file that is no note may change.
    """
    if change.after is None or kind_of(change.target) in (None, "stray", "conflicted"):
        return change
    after = parse_note(change.target, change.after)
    if change.before is None:
        if errors := [finding for finding in after.findings if finding.severity == "error"]:
            raise _refusal(change, [_describe(errors[0])])
        return change
    before = parse_note(change.path, change.before)
    if before.note is None and (before.kind != "inbox" or _errors(before)):
        finding = next(one for one in before.findings if one.severity == "error")
        raise JournalError(f"{finding.place}: {finding.message}; the file is not changed", finding.hint)
    differing = {key for key, count in count_differences(before, after).items() if count > allowed.get(key, 0)}
    known = _errors(before)
    new_errors = [one for one in after.findings if one.severity == "error" and (one.code, one.message) not in known]
    if differing:
        raise _refusal(change, sorted([*differing, *(f"{one.code}: {one.message}" for one in new_errors)]))
    if new_errors:  # what was typed cannot be right in a note
        raise JournalError(f"{change.path} is not changed: {new_errors[0].message}", new_errors[0].hint)
    return change


def _refusal(change: Change, what: list[str]) -> JournalError:
    return JournalError(
        f"{change.path} is not changed: the edit would alter more than it should ({', '.join(what)})",
        "edit the file by hand, and please report this",
    )


def _describe(finding: Finding) -> str:
    return f"{finding.code} in line {finding.place.line}: {finding.message}"


def _errors(parsed: ParsedFile) -> set[tuple[str, str]]:
    return {(finding.code, finding.message) for finding in parsed.findings if finding.severity == "error"}


def count_differences(before: ParsedFile, after: ParsedFile) -> dict[str, int]:
    """For each attribute of the notes the number of its elements that differ; `jotted` are the lines of the inbox."""
    old, new = _said(before), _said(after)
    counts = {key: _count(old.get(key), new.get(key)) for key in {*old, *new}}
    return {key: count for key, count in counts.items() if count}


def _said(parsed: ParsedFile) -> dict[str, Any]:
    """What a note says, without places."""
    said: dict[str, Any] = {} if parsed.note is None else _without_places(parsed.note)
    said["jotted"] = _without_places(parsed.jotted)
    for key, attribute in _NESTED_IN.items():
        for one in said.get(key, ()):
            one[attribute] = _DONE.sub("", _BOX.sub(r"\1", one[attribute]))
    return said


def _without_places(value: Any) -> Any:  # noqa: ANN401 - whatever a note holds
    if isinstance(value, msgspec.Struct):
        return {name: _without_places(getattr(value, name)) for name in value.__struct_fields__ if name not in _PLACES}
    return [_without_places(one) for one in value] if isinstance(value, tuple) else value


def _count(old: object, new: object) -> int:
    if old == new:
        return 0
    if not isinstance(old, list) or not isinstance(new, list):
        return 1
    rest = list(new)
    gone = 0
    for one in old:
        if one in rest:
            rest.remove(one)
        else:
            gone += 1
    return max(gone, len(rest)) or 1  # the same elements in another order are a difference too
