"""Changes to front matter, line by line. Each is read again, so that it says what was meant or is not made."""

import re
from collections.abc import Sequence as SequenceOf

from kith.diagnostics import Edit, Place
from kith.edit.source import Source, apply_edits, front_matter, insert_lines, replace_lines, text_at
from kith.errors import JournalError
from kith.frontmatter import Field, FrontMatter, Node, Scalar, Sequence, quote

# what YAML, 1.2 or 1.1, reads as something else than text, or as the start of something
_NEEDS_QUOTES = re.compile(
    r"\s|.*\s$|.*:\s|.*:$|.*\s#|[-?:,\[\]{}#&*!|>'\"%@`=]|~$|<<$|(?:null|true|false|yes|no|on|off|y|n)$"
    r"|[-+.]?\d[\d_.,:]*(?:e[-+]?\d+)?$|[-+]?0(?:x[\da-f_]+|o?[0-7_]+|b[01_]+)$|[-+]?\.(?:inf|nan)$"
    r"|\d{4}-\d{1,2}-\d{1,2}(?:[t\s].*)?$",
    re.IGNORECASE | re.DOTALL,
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}", re.ASCII)
_ESCAPED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BLOCK = re.compile(r"[|>][-+0-9]*\s*(?:#.*)?$")
_COMMENT = re.compile(r"\s*?(?:[|>][-+0-9]*)?(\s+#.*)?")
_DASH = re.compile(r"(\s*)-\s")


def scalar(text: str) -> str:
    """A text as a YAML value: in quotes where it would be read as something else, here or in another program."""
    if _DATE.fullmatch(text) or _TIME.fullmatch(text):
        return text
    if _ESCAPED.search(text):
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", escaped) + '"'
    return quote(text) if not text or _NEEDS_QUOTES.match(text) else text


def in_list(text: str) -> str:
    """A value within brackets, where commas and brackets mean something."""
    value = scalar(text)
    return quote(text) if value == text and re.search(r"[,\[\]{}]", text) else value


def set_key(source: Source, key: str, value: str | SequenceOf[str], *, word: bool = False) -> Source:
    """The source with `key` set to a value, or to a list in brackets; its line keeps its comment.

    A key that is absent becomes the last line of the front matter; a note without one gets it. `word`: the value is
    `yes`, `no` or a number, which its field reads without quotes.
    """
    front = front_matter(source)
    text = "[" + ", ".join(map(in_list, value)) + "]"
    if isinstance(value, str):
        text = value if word else scalar(value)
    field = _find(front, key)
    if field is not None:
        after = _replace_value(source, field, text)
    elif front.last_line == 0:
        after = insert_lines(source, 1, ["---", f"{key}: {text}", "---"])
    else:
        indent = " " * (front.fields[0].place.column - 1) if front.fields else ""
        after = insert_lines(source, front.last_line, [f"{indent}{key}: {text}"])
    return _proved(source, after, key, (value,) if isinstance(value, str) else tuple(value))


def remove_key(source: Source, key: str) -> Source:
    """The source without the lines of `key`; unchanged where it is absent."""
    field = _find(front_matter(source), key)
    if field is None:
        return source
    return _proved(source, replace_lines(source, field.place.line, _last_line(source, field) + 1, []), key, ())


def add_to_list(source: Source, key: str, value: str) -> Source:
    """The source with `value` added to the list of `key`, in the form that the list has."""
    field = _find(front_matter(source), key)
    if field is None or _is_nothing(field.value):
        return set_key(source, key, [value])
    node = field.value
    if isinstance(node, Scalar) or (inner := _bare_link(node)) is not None:
        old = in_list(node.text.strip() if isinstance(node, Scalar) else f"[[{inner}]]")
        if isinstance(node, Scalar) and not node.plain and node.place.line == node.place.end_line:
            old = text_at(source, node.place)
        after = _replace_value(source, field, f"[{old}, {in_list(value)}]")
    elif not isinstance(node, Sequence):
        raise JournalError(f"{node.place}: `{key}` is not a list, so nothing is added to it")
    elif node.flow:
        after = _add_to_brackets(source, node, value)
    else:
        after = _add_below(source, node, value)
    old_texts = (node.text.strip(),) if isinstance(node, Scalar) else _texts(node)
    return _proved(source, after, key, (*old_texts, value))


def _is_nothing(node: Node) -> bool:
    """Whether a value is absent: nothing, `~`, or a list without items on one line."""
    return isinstance(node, Scalar) and (not node.text.strip() or (node.plain and node.text == "~"))


def _bare_link(node: Node) -> str | None:
    """The inside of `[[dana-lee]]` without quotes, which YAML reads as a list in a list."""
    inner = node.items[0] if isinstance(node, Sequence) and node.flow and len(node.items) == 1 else None
    only = inner.items[0] if isinstance(inner, Sequence) and len(inner.items) == 1 else None
    return only.text if isinstance(only, Scalar) else None


def _add_to_brackets(source: Source, node: Sequence, value: str) -> Source:
    """Add a value behind the last one; a comma behind that stays the last."""
    if node.items:
        at = _end_of(node.items[-1].place)
        return apply_edits(source, [Edit(at, f", {in_list(value)}")])
    at = Place(node.place.file, node.place.line, node.place.column + 1, node.place.line, node.place.column + 1)
    return apply_edits(source, [Edit(at, in_list(value))])


def _add_below(source: Source, node: Sequence, value: str) -> Source:
    dash = _DASH.match(source.lines[node.items[0].place.line - 1])
    if dash is None:
        raise JournalError(f"{node.place}: the list has an unusual form, so nothing is added to it")
    return insert_lines(source, _last_of(source, node) + 1, [f"{dash[1]}- {in_list(value)}"])


def _find(front: FrontMatter, key: str) -> Field | None:
    """The field of a key; raises JournalError for one that is given twice, because no one can say which is meant."""
    twice = next((one for one in front.findings if one.code == "K105" and f"`{key}`" in one.message), None)
    if twice is not None:
        raise JournalError(f"{twice.place}: {twice.message}; the file is not changed", twice.hint)
    return next((field for field in front.fields if field.key == key), None)


def _replace_value(source: Source, field: Field, text: str) -> Source:
    value = field.value
    if isinstance(value, Scalar) and not value.text and value.plain:
        return apply_edits(source, [Edit(_behind_colon(source, field), f" {text}")])
    if _ends_exactly(source, value):
        return apply_edits(source, [Edit(value.place, text)])
    row, at = source.lines[field.place.line - 1], _behind_colon(source, field).column - 1
    comment = _COMMENT.fullmatch(row[at:])
    line = f"{row[:at]} {text}{(comment[1] or '') if comment else ''}"
    return replace_lines(source, field.place.line, _last_line(source, field) + 1, [line])


def _behind_colon(source: Source, field: Field) -> Place:
    row = source.lines[field.place.line - 1]
    column = row.find(":", field.place.end_column - 1) + 2
    if field.place.line != field.place.end_line or column < 2:
        raise JournalError(f"{field.place}: `{field.key}` has an unusual form, so it is not changed")
    return Place(field.place.file, field.place.line, column, field.place.line, column)


def _ends_exactly(source: Source, node: Node) -> bool:
    """Whether a value ends where its place says: a block ends where the next key begins."""
    if isinstance(node, Scalar):
        return not _is_block(source, node)
    return isinstance(node, Sequence) and node.flow


def _is_block(source: Source, node: Node) -> bool:
    rest = source.lines[node.place.line - 1][node.place.column - 1 :]
    return isinstance(node, Scalar) and not node.plain and _BLOCK.match(rest) is not None


def _end_of(place: Place) -> Place:
    return Place(place.file, place.end_line, place.end_column, place.end_line, place.end_column)


def _last_line(source: Source, field: Field) -> int:
    """The last line that belongs to a field."""
    return max(_last_of(source, field.value), field.place.line)


def _last_of(source: Source, node: Node) -> int:
    """The last line of a value, without the blank lines and the comments that come before the next key."""
    if isinstance(node, Sequence) and not node.flow and node.items:
        return _last_of(source, node.items[-1])
    if _ends_exactly(source, node):
        return node.place.end_line
    last = node.place.end_line if node.place.end_column > 1 else node.place.end_line - 1
    comments = not _is_block(source, node)
    while last > node.place.line and _is_empty(source.lines[last - 1], comments=comments):
        last -= 1
    return last


def _is_empty(row: str, *, comments: bool) -> bool:
    return not row.strip() or (comments and row.lstrip().startswith("#"))


def _proved(before: Source, after: Source, key: str, wanted: tuple[str, ...]) -> Source:
    """The source after an edit, if its key then has the values wanted and all others have what they had."""
    old = front_matter(before)
    try:
        new = front_matter(after)
    except JournalError:
        new = FrontMatter((), "", 0, readable=False)
    field = next((one for one in new.fields if one.key == key), None)
    rest = [_said(one) for one in old.fields if one.key != key] == [_said(one) for one in new.fields if one.key != key]
    values = () if field is None else _texts(field.value)
    if not new.readable or not rest or values != wanted or new.body != old.body:
        place = next((one.place for one in old.fields if one.key == key), Place(before.file))
        raise JournalError(f"{place}: `{key}` has an unusual form, so the file is not changed", "edit it by hand")
    return after


def _said(field: Field) -> tuple[str, tuple[str, ...]]:
    return field.key, _texts(field.value)


def _texts(node: Node) -> tuple[str, ...]:
    """What a value says: its text, or those of its items."""
    if isinstance(node, Scalar):
        return (node.text,)
    if isinstance(node, Sequence):
        inner = _bare_link(node)
        return (f"[[{inner}]]",) if inner is not None else tuple(text for item in node.items for text in _texts(item))
    return (node.source,)
