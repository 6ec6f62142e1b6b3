"""What a front matter is made of."""

import msgspec

from kith.diagnostics import Finding, Place


class Scalar(msgspec.Struct, frozen=True):
    """One value: its text, where it stands (quotes included), and whether it stands there without quotes."""

    text: str
    place: Place
    plain: bool = True


class Sequence(msgspec.Struct, frozen=True):
    """A list of values; `flow` says that it is written in brackets."""

    items: "tuple[Node, ...]"
    place: Place
    flow: bool = False


class Mapping(msgspec.Struct, frozen=True):
    """A mapping where a value should be: no field takes one. `source` is what stands in the file."""

    place: Place
    source: str


Node = Scalar | Sequence | Mapping


class Field(msgspec.Struct, frozen=True):
    """A key and its value."""

    key: str
    place: Place
    value: Node


class FrontMatter(msgspec.Struct, frozen=True):
    """What stands above the body. `readable` is False where the block could not be understood as a whole.

    `first_line` and `last_line` are those of the two fences, 0 in a note without front matter.
    """

    fields: tuple[Field, ...]
    body: str
    body_line: int
    first_line: int = 0
    last_line: int = 0
    readable: bool = True
    findings: tuple[Finding, ...] = ()
