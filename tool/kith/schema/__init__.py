"""The fields of front matter: one table for each kind of note, and what decodes their values.

A row of the table says a field's name, type, whether it is required or a list, what it may hold, and what it is for. It
drives decoding, the hints of findings, the reference in the README, `kith schema` and what `kith new` writes.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from kith import frontmatter, markdown
from kith.dates import DateError, Duration, read_date, read_duration, read_time
from kith.diagnostics import Edit, Finding, Fix, Place, Severity, span
from kith.frontmatter import FrontMatter, Node, Scalar, Sequence
from kith.model import Kind, Reference
from kith.schema.fields import (
    FIELDS,
    FOLLOWUP_RULES,
    IGNORED,
    SETTINGS,
    SINGULARS,
    FieldSpec,
    Type,
    default_of,
    example_of,
)

__all__ = [
    "FIELDS",
    "FOLLOWUP_RULES",
    "IGNORED",
    "REQUIRED",
    "SETTINGS",
    "SINGULARS",
    "Decoded",
    "FieldSpec",
    "Type",
    "decode",
    "default_of",
    "example_of",
    "is_timezone",
    "missing",
]

REQUIRED = {kind: tuple(spec for spec in specs if spec.required) for kind, specs in FIELDS.items()}

_SPECS = {kind: {spec.name: spec for spec in specs} for kind, specs in FIELDS.items()}
_SETTING_NAMES = frozenset(spec.name for spec in SETTINGS)
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]+")
_CURLY = re.compile(r"[“”„]([^“”„]+)[“”]|[‘’‚]([^‘’‚]+)[‘’]|[«»]([^«»]+)[«»]")
_COUNT = re.compile(r"\d{1,4}", re.ASCII)
_MINUTES = re.compile(r"(\d{1,3})\s*(?:m|min|minutes)?", re.ASCII)


class Decoded(msgspec.Struct, frozen=True):
    """The values of a note by attribute of the model, where each stands by key (see `model.Note`), and what is wrong.

    `broken` are the keys whose values could not be read, so that nobody calls them missing as well.
    """

    values: dict[str, Any]
    places: dict[str, Place]
    findings: tuple[Finding, ...]
    settings: dict[str, Any] = {}
    broken: frozenset[str] = frozenset()


def decode(kind: Kind, front: FrontMatter) -> Decoded:
    """The values that the fields of a note of `kind` hold. What cannot be read is absent and has a finding.

    Required fields that are absent are found by `missing`, because some can be read from the file's name.
    """
    specs = _SPECS[kind]
    decoder = _Decoder(kind)
    values: dict[str, Any] = {}
    settings: dict[str, Any] = {}
    for field in front.fields:
        spec = specs.get(field.key)
        if spec is None:
            if not field.key.startswith("x-") and field.key not in IGNORED:
                decoder.findings.append(_unknown_key(field.key, field.place, specs))
            continue
        value = decoder.field(spec, field.value)
        if value is not None or spec.name in decoder.broken:
            decoder.places[spec.name] = field.value.place
        if value is not None:
            (settings if decoder.is_setting else values)[spec.key] = value
    return Decoded(values, decoder.places, tuple(decoder.findings), settings, frozenset(decoder.broken))


def missing(kind: Kind, name: str, front: FrontMatter, file: str, hint: str = "") -> Finding:
    """The finding for a required field that is absent or empty, at its key or at the first fence."""
    top = span(file, front.first_line, 1, 3) if front.first_line else Place(file, 1, 1, 1, 1)
    at = next((field.place for field in front.fields if field.key == name), top)
    message = f"`{name}` is missing, and every {kind} note needs it"
    return Finding("K107", "missing-field", "error", message, at, hint or f"add a line `{name}: …`")


def _unknown_key(key: str, place: Place, specs: Mapping[str, FieldSpec]) -> Finding:
    folded = key.casefold().replace("_", "-").replace(" ", "-")
    near = SINGULARS.get(folded, "") or folded
    if near not in specs:
        near = next(iter(difflib.get_close_matches(folded, specs, 1, 0.7)), "")
    message = f"`{key}` is no key of this kind of note"
    if not near:
        hint = f"keys of your own begin with `x-`: `x-{key}`"
        return Finding("K106", "unknown-key", "warning", message, place, hint)
    fix = Fix(f"write `{near}`", (Edit(place, near),))
    return Finding("K106", "unknown-key", "warning", message, place, f"did you mean `{near}`?", fix)


class _Decoder:
    """Decodes the fields of one note, one after the other; what cannot be read is None and leaves a finding."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.findings: list[Finding] = []
        self.broken: set[str] = set()
        self.places: dict[str, Place] = {}
        self.spec = FIELDS[kind][0]
        self.is_setting = False

    def field(self, spec: FieldSpec, node: Node) -> object:
        """The value of one field; a list takes a single value too, and then holds it alone."""
        self.spec = spec
        self.is_setting = self.kind == "journal" and spec.name in _SETTING_NAMES
        if not spec.many:
            return self.single(node)
        if not isinstance(node, Sequence) or _unquoted_link(node) is not None:
            value = self.single(node)
            return None if value is None else (value,)
        found: list[object] = []
        for item in node.items:
            if (value := self.single(item)) is not None:
                self.places[f"{spec.name} {len(found)}"] = item.place
                found.append(value)
        return tuple(found) or None

    def single(self, node: Node) -> object:
        if isinstance(node, Scalar):
            return self.scalar(node)
        if isinstance(node, frontmatter.Mapping):
            self.mapping(node)
        elif (inner := _unquoted_link(node)) is not None:
            return self.bare_link(node, inner)
        elif len(node.items) == 1 and isinstance(first := node.items[0], Scalar):
            return self.scalar(first)
        elif node.items:
            self.wrong_kind(node.place, f"`{self.spec.name}` takes one value, not a list")
        return None

    def mapping(self, node: frontmatter.Mapping) -> None:
        if node.source.startswith("{{"):
            self.placeholder(node.source, node.place)
        else:
            self.wrong_kind(node.place, f"`{self.spec.name}` takes a value, not keys of its own")

    def placeholder(self, text: str, place: Place) -> None:
        """Report what a template left behind; a letter is one itself, and only lacks the quotes."""
        quoted = frontmatter.quote(text)
        message = f"`{text}` is a placeholder of a template that was never filled in"
        hint, fix = f"write the value: `{self.spec.name}: {example_of(self.spec)}`", None
        if self.kind == "letter":
            message = f"`{text}` is a placeholder of a template, which YAML cannot read without quotes"
            hint = f"write the value, in quotes: `{self.spec.name}: {quoted}`"
            fix = Fix("put it in quotes", (Edit(place, quoted),))
        self.broken.add(self.spec.name)
        self.findings.append(Finding("K112", "unfilled-placeholder", "error", message, place, hint, fix))

    def bare_link(self, node: Sequence, inner: Scalar) -> object:
        text = frontmatter.quote(f"[[{inner.text}]]")
        fix = Fix(f"write `{text}`", (Edit(node.place, text),))
        message = f"`[[{inner.text}]]` without quotes is a list in a list to YAML and to other programs"
        self.findings.append(Finding("K116", "unquoted-link", "warning", message, node.place, fix.title, fix))
        return self.scalar(Scalar(f"[[{inner.text}]]", node.place, plain=False))

    def scalar(self, scalar: Scalar) -> object:
        """The value of a scalar by the field's own type."""
        text = scalar.text.strip()
        if not text or (scalar.plain and (text == "~" or (text == "null" and self.spec.type != "text"))):
            return None
        if scalar.plain and (match := _CURLY.fullmatch(text)):
            inner = match[match.lastindex or 0].strip()
            self.curly(text, inner, scalar.place)
            text = text if self.spec.type == "text" else inner
        try:
            return _READERS[self.spec.type](self, text, scalar.place)
        except DateError as error:
            code, name = _date_code(self.spec.type, error)
            self.report(code, name, str(error), scalar.place, error.hint)
        return None

    def curly(self, text: str, inner: str, place: Place) -> None:
        quoted = frontmatter.quote(inner)
        fix = Fix(f"write `{quoted}`", (Edit(place, quoted),))
        message = f"the quotation marks of `{text}` are part of the value to YAML, which knows straight ones only"
        self.findings.append(Finding("K119", "curly-quotes", "warning", message, place, fix.title, fix))

    def report(
        self, code: str, name: str, message: str, place: Place, hint: str, *, severity: Severity = "error"
    ) -> None:
        if self.is_setting:
            code, name = "K901", "bad-setting"
            message = f"the setting `{self.spec.name}` is not used: {message}"
        if severity == "error":
            self.broken.add(self.spec.name)
        self.findings.append(Finding(code, name, severity, message, place, hint))

    def wrong_kind(self, place: Place, message: str, hint: str = "") -> None:
        hint = hint or f"write `{self.spec.name}: {example_of(self.spec)}`"
        self.report("K108", "wrong-kind", message, place, hint)

    # --- types ---

    def choice(self, text: str, place: Place) -> str | None:
        folded = text.casefold().replace(" ", "-").replace("_", "-")
        if folded in self.spec.choices:
            return folded
        near = difflib.get_close_matches(folded, self.spec.choices, 1, 0.6)
        hint = f"did you mean `{near[0]}`? " if near else ""
        hint += "it may be " + ", ".join(f"`{choice}`" for choice in self.spec.choices)
        self.report("K109", "bad-choice", f"`{text}` is nothing that `{self.spec.name}` may be", place, hint)
        return None

    def yes_no(self, text: str, place: Place) -> bool | None:
        value = _YES_NO.get(text.casefold())
        if value is None:
            self.report("K109", "bad-choice", f"`{text}` is neither `yes` nor `no`", place, "write `yes` or `no`")
        return value

    def count(self, text: str, place: Place) -> int | None:
        if not _COUNT.fullmatch(text):
            self.wrong_kind(place, f"`{text}` is not a number")
            return None
        return int(text)

    def minutes(self, text: str, place: Place) -> int | None:
        match = _MINUTES.fullmatch(text)
        if match is None or int(match[1]) == 0:
            self.wrong_kind(place, f"`{text}` is not a number of minutes")
            return None
        return int(match[1])

    def month(self, text: str, place: Place) -> str | None:
        if _MONTH.fullmatch(text):
            return text
        hint = "write year and month, as in `2027-05`"
        self.report("K302", "unclear-date", f"`{text}` is not a month", place, hint)
        return None

    def timezone(self, text: str, place: Place) -> str | None:
        if is_timezone(text):
            return text
        near = difflib.get_close_matches(text, available_timezones(), 1, 0.6)
        hint = f"did you mean `{near[0]}`?" if near else "write a name such as `America/Chicago`"
        self.report("K308", "bad-timezone", f"`{text}` is no time zone", place, hint)
        return None

    def email(self, text: str, place: Place) -> str:
        """An address; what does not look like one is kept, because a way to reach a person is never dropped."""
        if not _EMAIL.fullmatch(text):
            several = [one for one in re.split(r"[,;\s]+", text) if one]
            message, hint = f"`{text}` does not look like an address", "write `name@host.example`"
            if len(several) > 1 and all(map(_EMAIL.fullmatch, several)):
                message, hint = f"`{text}` holds several addresses", f"write a list: `[{', '.join(several)}]`"
            self.report("K117", "bad-address", message, place, hint, severity="warning")
        return text

    def url(self, text: str, place: Place) -> str | None:
        if markdown.classify_target(text) == "blocked" or " " in text:
            self.report("K118", "bad-url", f"`{text}` is no address of a page", place, "write `https://…`")
            return None
        return text

    def link(self, text: str, place: Place) -> Reference:
        """A link, or plain text; `[[contacts/dana-lee|Dana]]` and `dana-lee` mean the same."""
        match = markdown.is_wikilink(text)
        if match and (target := markdown.wikilink_target(match[1])):
            return Reference(target, place, (match[2] or "").strip(), link=True)
        return Reference(text, place, link=not self.spec.plain)

    def attachment(self, text: str, _place: Place) -> str:
        """A file of the journal; `![[card.png]]` and `[[card.png]]` mean `card.png`."""
        match = markdown.is_wikilink(text)
        return match[1].strip() if match else text


def _unquoted_link(node: Node) -> Scalar | None:
    """The inside of `[[dana-lee]]` without quotes, which YAML reads as a list in a list."""
    if not isinstance(node, Sequence) or len(node.items) != 1 or not isinstance(inner := node.items[0], Sequence):
        return None
    if len(inner.items) != 1 or not isinstance(scalar := inner.items[0], Scalar):
        return None
    return scalar if node.flow and inner.flow else None


@lru_cache(64)
def is_timezone(text: str) -> bool:
    """Whether the time zone database knows the name."""
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):
        return False
    return True


def _date_code(kind: Type, error: DateError) -> tuple[str, str]:
    if kind in ("duration", "cadence"):
        return "K306", "bad-duration"
    if kind == "time":
        return "K307", "bad-time"
    return ("K301", "impossible-date") if error.impossible else ("K302", "unclear-date")


def _read_date(_: _Decoder, text: str, _place: Place) -> date:
    return read_date(text)


def _read_cadence(_: _Decoder, text: str, _place: Place) -> Duration | str:
    return "never" if text.casefold() == "never" else read_duration(text)


_READERS: Mapping[Type, Callable[[_Decoder, str, Place], object]] = {
    "text": lambda _, text, _place: text,
    "choice": _Decoder.choice,
    "date": _read_date,
    "month": _Decoder.month,
    "duration": lambda _, text, _place: read_duration(text),
    "cadence": _read_cadence,
    "minutes": _Decoder.minutes,
    "count": _Decoder.count,
    "time": lambda _, text, _place: read_time(text),
    "timezone": _Decoder.timezone,
    "yes-no": _Decoder.yes_no,
    "link": _Decoder.link,
    "attachment": _Decoder.attachment,
    "email": _Decoder.email,
    "url": _Decoder.url,
}
