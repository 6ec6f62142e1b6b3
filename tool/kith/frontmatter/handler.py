"""The python-frontmatter handler, for other programs that read our notes."""

import re
from typing import Any

from frontmatter.default_handlers import BaseHandler

from kith.frontmatter.reading import FENCE, Refused, Split, read_block, split
from kith.frontmatter.values import Node, Scalar, Sequence

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})", re.ASCII)
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}", re.ASCII)


class FrontMatterError(Exception):
    """A front matter that cannot be read, for those who use `Handler`; never a ValueError, which would be swallowed."""


def plain_value(scalar: Scalar) -> str | int | float | bool | None:
    """The value of a scalar by the core schema of YAML 1.2, but for what a number would not give back.

    Dates stay text, and so do `02134` and `+15550100`: their zero and their plus are part of them.
    """
    text = scalar.text
    if not scalar.plain:
        return text
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


class Handler(BaseHandler):
    """A python-frontmatter handler that reads a note as kith does; it refuses to write, because that loses bytes."""

    FM_BOUNDARY = FENCE
    START_DELIMITER = END_DELIMITER = "---"

    def detect(self, text: str) -> bool:
        """Whether the text begins with front matter."""
        parts = _split(text)
        return parts.yaml is not None or not parts.closed

    def split(self, text: str) -> tuple[str, str]:
        """The YAML and the body. Raises FrontMatterError where the block has no end, ValueError where there is none."""
        parts = _split(text)
        if not parts.closed:
            raise FrontMatterError("the front matter has no closing `---`")
        if parts.yaml is None:
            raise ValueError("there is no front matter")
        return parts.yaml, parts.body

    def load(self, fm: str) -> dict[str, Any]:
        """Keys and values with YAML 1.2 scalars. Raises FrontMatterError with the place of what is wrong."""
        try:
            fields, findings = read_block(fm, "front matter", 1)
        except Refused as refused:
            raise FrontMatterError(f"{refused.finding.place}: {refused.finding.message}") from None
        for finding in findings:
            if finding.severity == "error":
                raise FrontMatterError(f"{finding.place}: {finding.message}")
        return {field.key: _python_value(field.value) for field in fields}

    def export(self, metadata: dict[str, object], **_: object) -> str:  # noqa: ARG002 - the signature is the library's
        """Refuse: writing the block anew would lose its comments, quotes and order."""
        raise FrontMatterError("kith does not write front matter anew; edit the lines that change")


def _split(text: str) -> Split:
    return split(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def _python_value(node: Node) -> object:
    if isinstance(node, Scalar):
        return plain_value(node)
    if isinstance(node, Sequence):
        return [_python_value(item) for item in node.items]
    raise FrontMatterError(f"{node.place}: a value cannot be a mapping")
