"""What is wrong with a letter template: mistakes in its language, names that letters do not know.

The language is small, so that a letter is filled at once whatever it says: nothing in it repeats but a loop over what
the notes hold, and no loop stands in another.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import msgspec

from kith.diagnostics import Place
from kith.letters.language import LISTS, NAMES, environment
from kith.letters.simple import is_simple
from kith.markdown import strip_comments
from kith.model import Letter

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_OPEN_BLOCK = re.compile(r"innermost block that needs to be closed is '(\w+)'")
_QUOTED = re.compile(r"'([^']*)'")
_SIGNS = {"Add": "+", "Sub": "-", "Mul": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**"}
# The nodes of jinja2 that letters are made of.
_UNDERSTOOD = frozenset(
    (
        *("Template", "Output", "TemplateData", "If", "For", "Assign", "Name", "Const", "Getattr", "Getitem", "Slice"),
        *("Filter", "Keyword", "Test", "CondExpr", "Not", "And", "Or", "Compare", "Operand", "Concat", "Neg"),
        *("Tuple", "List"),
    )
)

Kinds = Mapping[str, type[msgspec.Struct] | None]


class TemplateProblem(msgspec.Struct, frozen=True):
    """Something a template says that cannot be filled: a `name` that is unknown, or a mistake in its language."""

    message: str
    place: Place
    name: str = ""

    @property
    def hint(self) -> str:
        """What to write instead, or where to look."""
        if not self.name:
            return "`kith explain K418` shows an example"
        known = [*NAMES, *(f"{owner}.{key}" for owner, kind in NAMES.items() for key in kind.__struct_fields__)]
        near = get_close_matches(self.name, known, 1, 0.7)
        return f"did you mean `{near[0]}`?" if near else f"letters know {', '.join(f'`{one}`' for one in NAMES)}"


class _Text(msgspec.Struct, frozen=True):
    """A template of a letter: its body, which begins on a line, or its subject, which stands at a place."""

    file: str
    source: str
    line: int
    place: Place | None = None

    def whole_line(self, line: int) -> Place:
        """The place of a line of the template."""
        if self.place is not None:
            return self.place
        row = self.source.split("\n")[line - 1]
        start = len(row) - len(row.lstrip())
        at = self.line + line - 1
        return Place(self.file, at, start + 1, at, max(len(row.rstrip()), start + 1) + 1)

    def span(self, start: int, end: int) -> Place:
        """The place of a piece of the template, which stands on one line."""
        if self.place is not None:
            return self.place
        line = self.line + self.source.count("\n", 0, start)
        column = start - (self.source.rfind("\n", 0, start) + 1) + 1
        return Place(self.file, line, column, line, column + end - start)


def check_template(letter: Letter) -> tuple[TemplateProblem, ...]:
    """What is wrong with a template: mistakes in its language, names and attributes that letters do not know."""
    body = strip_comments(letter.body.text)
    if is_simple(letter.subject) and is_simple(body):
        return ()
    found: list[TemplateProblem] = []
    for text in (
        _Text(letter.file, letter.subject, 0, letter.place_of("subject")),
        _Text(letter.file, body, letter.body.line),
    ):
        found += _problems(text)
    return tuple(found)


def _problems(text: _Text) -> Iterator[TemplateProblem]:
    from jinja2 import TemplateSyntaxError

    try:
        tree = environment().parse(text.source)
        refused = list(dict.fromkeys(_refused(tree)))
        if refused:  # compiled it might reckon already
            yield from (TemplateProblem(said, text.whole_line(line)) for line, said in refused)
            return
        environment().compile(text.source)  # finds the filters that letters do not know
        names = list(_unknown_names(tree))
    except TemplateSyntaxError as error:
        yield TemplateProblem(_describe(error.message or ""), text.whole_line(error.lineno))
        return
    except (RecursionError, SyntaxError):  # of Python, into which jinja2 translates
        yield TemplateProblem("blocks or brackets stand too deep in each other", text.whole_line(1))
        return
    for name, line in names:
        yield TemplateProblem(f"letters know no `{name}`", _find(text, name, line), name)


def _describe(message: str) -> str:
    """What jinja2 says of a mistake, in one sentence."""
    if block := _OPEN_BLOCK.search(message):
        return f"the block `{{% {block[1]} %}}` has no end"
    said = _QUOTED.sub(r"`\1`", message.partition(". ")[0].rstrip("."))
    return said[:1].lower() + said[1:] or "the template cannot be read"


# --- what letters do without -----------------------------------------------------------------------------------------


def _refused(node: Any, *, looping: bool = False) -> Iterator[tuple[int, str]]:  # noqa: ANN401 - a node of jinja2
    """The line and the sentence for each part of a template that letters do without."""
    said = _refusal(node, looping=looping)
    if said:
        yield node.lineno, said
        return
    for child in node.iter_child_nodes():
        if type(node).__name__ == "Output" and (said := _no_text(child)):
            yield child.lineno, said
        yield from _refused(child, looping=looping or type(node).__name__ == "For")


def _refusal(node: Any, *, looping: bool) -> str:  # noqa: ANN401 - a node of jinja2
    kind = type(node).__name__
    if kind in ("Include", "Extends", "Import", "FromImport"):
        return "letters take nothing from other files"
    if kind in _SIGNS:
        return f"letters do not reckon with `{_SIGNS[kind]}`"
    if kind == "Call":
        return "letters call nothing: they take names and filters"
    if kind not in _UNDERSTOOD:
        return "letters know `if`, `for` and `set`, and no other block"
    if kind == "For" and looping:
        return "letters have no loop within a loop"
    if kind == "Assign" and _joins(node.node):
        return "letters put nothing together within `set`"
    if kind == "Getattr" and type(node.node).__name__ not in ("Name", "Getattr", "Getitem", "Filter"):
        return f"letters know no `{node.attr}` of a text"
    return ""


def _joins(node: Any) -> bool:  # noqa: ANN401 - a node of jinja2
    """Whether texts are put together: done again and again to one name, that doubles it each time."""
    return type(node).__name__ == "Concat" or any(map(_joins, node.iter_child_nodes()))


def _no_text(node: Any) -> str:  # noqa: ANN401 - a node of jinja2
    """What is wrong where a whole person or list is to be written."""
    if type(node).__name__ != "Name" or node.name not in NAMES or node.name == "today":
        return ""
    if node.name in LISTS:
        return f"`{node.name}` is a list: go through it with `{{% for one in {node.name} %}}`"
    return f"`{node.name}` is no text: say what of it, `{node.name}.{NAMES[node.name].__struct_fields__[0]}`"


# --- names -----------------------------------------------------------------------------------------------------------


def _find(text: _Text, name: str, line: int) -> Place:
    """Where a name stands: within a tag, not as part of another name, on its line or the next that has it."""
    rows = text.source.split("\n")
    begin = sum(len(row) + 1 for row in rows[: line - 1])
    pattern = re.compile(r"(?<![\w.\"'])" + r"\s*\.\s*".join(map(re.escape, name.split("."))) + r"(?!\w)")
    for tag in _TAG.finditer(text.source):
        for match in pattern.finditer(text.source, *tag.span()):
            if match.start() >= begin:
                return text.span(match.start(), min(match.end(), _end_of_line(text.source, match.start())))
    return text.whole_line(line)


def _end_of_line(source: str, start: int) -> int:
    end = source.find("\n", start)
    return len(source) if end < 0 else end


def _unknown_names(tree: Any) -> Iterator[tuple[str, int]]:  # noqa: ANN401 - a node of jinja2
    """The names that a template uses and letters do not know, each once a line; `person.nmae` is one too."""
    from jinja2 import meta

    undeclared = meta.find_undeclared_variables(tree) - set(NAMES)
    yield from dict.fromkeys(_walk(tree, undeclared, NAMES))


def _walk(node: Any, undeclared: set[str], kinds: Kinds) -> Iterator[tuple[str, int]]:  # noqa: ANN401
    """The unknown names of a node and all below it; `kinds` says what each name is, None where that is not known."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name) and node.name in undeclared:
        yield node.name, node.lineno
    elif isinstance(node, nodes.Getattr) and (name := _unknown_attribute(node, kinds)):
        yield name, node.lineno
    elif isinstance(node, nodes.For):
        yield from _walk(node.iter, undeclared, kinds)
        kind = LISTS.get(node.iter.name) if isinstance(node.iter, nodes.Name) else None
        bound = {one.name: None for one in node.target.find_all(nodes.Name)}
        inner: Kinds = {**kinds, **bound, **({node.target.name: kind} if isinstance(node.target, nodes.Name) else {})}
        for part in (*node.body, *node.else_):
            yield from _walk(part, undeclared, inner)
        return
    for child in node.iter_child_nodes():
        yield from _walk(child, undeclared, kinds)


def _unknown_attribute(node: Any, kinds: Kinds) -> str:  # noqa: ANN401 - a node of jinja2
    """An attribute as it is written where its owner has none of that name, else `""`."""
    from jinja2 import nodes

    names = [node.attr]
    while isinstance(node.node, nodes.Getattr):
        node = node.node
        names.insert(0, node.attr)
    kind = kinds.get(node.node.name) if isinstance(node.node, nodes.Name) else None
    # every attribute is a text, and a text has none
    if kind is None or (names[0] in kind.__struct_fields__ and len(names) == 1):
        return ""
    return ".".join([node.node.name, *names])
