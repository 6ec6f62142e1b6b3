"""What is wrong with a letter template: mistakes in its language, names that letters do not know."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from kith.diagnostics import Place
from kith.letters import LISTS, NAMES, environment
from kith.letters.simple import is_simple
from kith.markdown import strip_comments
from kith.model import Letter

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_OPEN_BLOCK = re.compile(r"innermost block that needs to be closed is '(\w+)'")
_NO_FILES = "letters take nothing from other files"

Kinds = Mapping[str, type[msgspec.Struct] | None]


class TemplateProblem(msgspec.Struct, frozen=True):
    """Something a template says that cannot be filled: a `name` that is unknown, or a mistake in its language."""

    message: str
    place: Place
    name: str = ""


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
    from jinja2 import TemplateSyntaxError

    found: list[TemplateProblem] = []
    for text in (
        _Text(letter.file, letter.subject, 0, letter.place_of("subject")),
        _Text(letter.file, body, letter.body.line),
    ):
        try:
            tree = environment().parse(text.source)
            environment().compile(text.source)  # finds the filters that letters do not know
        except TemplateSyntaxError as error:
            found.append(TemplateProblem(_describe(error.message or ""), text.whole_line(error.lineno)))
            continue
        found += [TemplateProblem(_NO_FILES, text.whole_line(line)) for line in _taking_files(tree)]
        for name, line in _unknown_names(tree):
            found.append(TemplateProblem(f"letters know no `{name}`", _find(text, name, line), name))
    return tuple(found)


def _describe(message: str) -> str:
    """What jinja2 says of a mistake, in one sentence."""
    if block := _OPEN_BLOCK.search(message):
        return f"the block `{{% {block[1]} %}}` has no end"
    said = message.partition(". ")[0].rstrip(".").replace("'", "`")
    return said[:1].lower() + said[1:] or "the template cannot be read"


def _taking_files(tree: Any) -> Iterator[int]:  # noqa: ANN401 - a node of jinja2
    from jinja2 import nodes

    for node in tree.find_all((nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)):
        yield node.lineno


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
