"""One file to one note, by itself: pure, and so it can be remembered by path and content.

Where everything is remembered, nothing of this is needed, and neither are the libraries that it stands on.
"""

from datetime import date
from pathlib import PurePosixPath
from typing import Any, cast

import msgspec

from kith import conventions, frontmatter, markdown, schema
from kith.conventions import Reading
from kith.dates import DateError, read_date
from kith.diagnostics import Finding, Place
from kith.load.note import FileKind, ParsedFile, fold_id, kind_of, split_meeting_stem
from kith.load.text import decode
from kith.model import (
    AnyNote,
    CareerPath,
    Contact,
    Kind,
    Letter,
    Meeting,
    Organization,
    Owner,
    QuestionSection,
    Settings,
)


def parse(file: str, data: bytes) -> ParsedFile:
    """See `kith.load.parse_note`."""
    kind = cast("FileKind", kind_of(file))
    stem = PurePosixPath(file).stem
    text, findings = decode(data, file)
    parsed = ParsedFile(file, fold_id(stem), kind, findings=findings)
    if text is None:
        return parsed
    front = frontmatter.read(text, file)
    findings = (*findings, *front.findings)
    if kind == "inbox":
        jotted, more = conventions.read_inbox(markdown.read(front.body), file, front.body_line)
        return msgspec.structs.replace(parsed, jotted=jotted, findings=(*findings, *more))
    if not front.readable:
        return msgspec.structs.replace(parsed, findings=findings)
    if not front.first_line and (nearly := frontmatter.nearly_fenced(text, file)) is not None:
        return msgspec.structs.replace(parsed, findings=(*findings, nearly))
    note, more = _Maker(kind, file, stem, front).make()
    return msgspec.structs.replace(parsed, note=note, findings=(*findings, *more))


class _Maker:
    """Makes the note of a file whose front matter can be read."""

    def __init__(self, kind: Kind, file: str, stem: str, front: frontmatter.FrontMatter) -> None:
        self.kind = kind
        self.file = file
        self.stem = stem
        self.front = front
        self.decoded = schema.decode(kind, front)
        self.findings = list(self.decoded.findings)

    def make(self) -> tuple[AnyNote | None, tuple[Finding, ...]]:
        values: dict[str, Any] = dict(self.decoded.values)
        for spec in schema.REQUIRED[self.kind]:
            if spec.key not in values:
                self.supply(spec.name, spec.key, values)
        reading = self.read_body(values.get("date"))
        self.findings.extend(reading.findings)
        note = None if self.kind == "meeting" and "date" not in values else self.note(values, reading)
        return note, tuple(self.findings)

    def supply(self, name: str, key: str, values: dict[str, Any]) -> None:
        """Give a required field that is absent its value from the file name; else report it and make do."""
        if self.kind == "meeting":
            self.supply_date(values)
            return
        if name not in self.decoded.broken:
            self.findings.append(schema.missing(self.kind, name, self.front, self.file))
        values[key] = "" if self.kind in ("journal", "letter") else self.stem

    def supply_date(self, values: dict[str, Any]) -> None:
        day, _ = split_meeting_stem(self.stem)
        try:
            values["date"] = read_date(day)
        except DateError as error:
            if "date" in self.decoded.broken:
                return
            if day:
                hint = f"{error.hint}; rename the file, or write `date:`"
                message = f"{error} in the file name"
                self.findings.append(Finding("K301", "impossible-date", "error", message, Place(self.file), hint))
            else:
                hint = "write `date: 2026-11-03`, or begin the file name with the date"
                self.findings.append(schema.missing("meeting", "date", self.front, self.file, hint))

    def read_body(self, day: date | None) -> Reading:
        document = markdown.read(self.front.body)
        note = fold_id(self.stem)
        return conventions.read_body(document, self.kind, self.file, note, self.front.body_line, day)

    def note(self, values: dict[str, Any], reading: Reading) -> AnyNote:
        common: dict[str, Any] = {
            "id": fold_id(self.stem),
            "file": self.file,
            "places": {key: place.extent for key, place in self.decoded.places.items()},
            "body": reading.body,
            "items": reading.items,
            "strays": reading.strays,
            **values,
        }
        match self.kind:
            case "journal":
                return Owner(**common, settings=Settings(**self.decoded.settings))
            case "contact":
                return Contact(**common, log=reading.log)
            case "meeting":
                return Meeting(**common, questions=reading.questions, before=reading.before)
            case "organization":
                return Organization(**common)
            case "path":
                return CareerPath(**common)
            case "questions":
                return QuestionSection(**common, questions=reading.bank)
        return Letter(**common)
