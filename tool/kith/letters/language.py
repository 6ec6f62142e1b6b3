"""What letters know: the names, their attributes, the few filters, and the sandbox that knows nothing else.

A template is the body of a note in `letters/`: Jinja2, text and not HTML. The names it knows are `me person via
meeting done open met promise today`, with the attributes of the values below; any other is a finding with its place.
"""

from collections.abc import Callable, Mapping
from functools import cache, wraps
from typing import Any

import msgspec


class Me(msgspec.Struct, frozen=True):
    """You, as letters know you. `graduation` and `minutes`, those you ask for, are in words.

    `studies` goes behind your name: `studying biology at Alder College and graduating in May 2027`. `introduction` is
    the body of journal.md.
    """

    name: str
    email: str
    phone: str
    school: str
    field_of_study: str
    graduation: str
    studies: str
    status: str
    minutes: str
    introduction: str


class Person(msgspec.Struct, frozen=True):
    """Somebody a letter speaks to or about. `they`, `them` and `their` follow the card's pronouns.

    `near` is true of somebody who knows you already; `found` says through what you found somebody else.
    """

    name: str
    called: str
    role: str
    organization: str
    they: str = "they"
    them: str = "them"
    their: str = "their"
    found: str = ""
    near: bool = False
    date: str = ""


class Talk(msgspec.Struct, frozen=True):
    """The conversation a letter speaks about: the next one if one is ahead, else the last.

    A letter of thanks speaks of the last one, and of none where that was thanked for and something else was not.
    """

    date: str
    weekday: str
    time: str
    place: str
    mode: str


class Line(msgspec.Struct, frozen=True):
    """An item as letters show it: its text without markup, its label, the day it was done.

    `did` says it as something that happened: `read Being Mortal`, `joined the student chapter`.
    """

    text: str
    label: str
    did: str
    done: str = ""


class Nothing(msgspec.Struct, frozen=True):
    """What a list or a text offers by name: nothing."""


# The names that letters know, and whose attributes they have.
NAMES: Mapping[str, type[msgspec.Struct]] = {
    "me": Me,
    "person": Person,
    "via": Person,
    "meeting": Talk,
    "done": Nothing,
    "open": Nothing,
    "met": Nothing,
    "promise": Line,
    "today": Nothing,
}
MEANINGS: Mapping[str, str] = {
    "me": "you, as `journal.md` has you",
    "person": "whom you write to",
    "via": "who led you to them, if anybody did",
    "meeting": "the conversation it is about, if there is one: the next, or in letters that look back the last",
    "done": "what they advised and you have done since you told them last",
    "open": "what they advised and you have not done yet",
    "met": "whom you met through them, where they have not heard of it",
    "promise": "what you owe them, or in a reminder they owe you, if anything: what is due first",
    "today": "the day",
}
LISTS: Mapping[str, type[msgspec.Struct]] = {"done": Line, "open": Line, "met": Person}


# Minutes as messages name them.
MINUTES: Mapping[str, int] = {
    "ten": 10,
    "fifteen": 15,
    "twenty": 20,
    "twenty-five": 25,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "sixty": 60,
    "ninety": 90,
}

# What letters need of Jinja2's filters. None of the others, which fill memory or run code, is understood.
_LIST_FILTERS = frozenset({"first", "join", "last", "length", "list", "reverse", "sort", "unique"})
_TEXT_FILTERS = frozenset({"capitalize", "d", "default", "lower", "title", "trim", "upper"})


@cache
def environment() -> Any:  # noqa: ANN401 - jinja2 is imported when the first letter is filled
    """The sandbox in which letters are filled: no name, filter, attribute or file but those that letters know."""
    from jinja2 import StrictUndefined
    from jinja2.runtime import LoopContext
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:  # noqa: ARG002
            return isinstance(obj, LoopContext | msgspec.Struct) and not attr.startswith("_")

    sandbox = Sandbox(undefined=StrictUndefined, lstrip_blocks=True, keep_trailing_newline=True, autoescape=False)
    sandbox.globals.clear()
    known = sandbox.filters
    sandbox.filters = {name: known[name] for name in _TEXT_FILTERS}
    sandbox.filters |= {name: _for_lists(name, known[name]) for name in _LIST_FILTERS}
    return sandbox


def _for_lists(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that takes no text: joined letter by letter a few times over, a short text fills the memory."""

    @wraps(function)  # also says which filters take the environment first
    def filter_list(*values: Any, **named: Any) -> Any:  # noqa: ANN401 - jinja2's own are so
        if isinstance(values[1 if hasattr(function, "jinja_pass_arg") else 0], str):
            raise TypeError(f"`{name}` takes a list, and this is a text")
        return function(*values, **named)

    return filter_list
