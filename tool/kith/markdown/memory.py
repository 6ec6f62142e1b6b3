"""What was rendered before, for a process that renders the same notes again and again.

Rendering asks for nothing but where links lead. So a text that was rendered before gives the same as long as it gets
the same answers.
"""

from collections.abc import Callable
from typing import Any, TypeVar

A = TypeVar("A", bound=Callable[..., Any])

_rendered: dict[tuple[Any, ...], tuple[tuple[tuple[tuple[Any, ...], Any], ...], str]] = {}
_most = [0]


def keep_rendered(most: int) -> None:
    """Remember so many renderings from now on; none with 0."""
    _most[0] = most
    _rendered.clear()


def known(key: tuple[Any, ...], ask: A, render: Callable[[A], str]) -> str:
    """What `render` makes, of what is asked through `ask`; from memory, where the answers are still the same."""
    if not _most[0]:
        return render(ask)
    answers, made = _rendered.get(key, ((), None))
    if made is not None and all(ask(*question) == answer for question, answer in answers):
        return made
    heard: list[tuple[tuple[Any, ...], Any]] = []

    def listen(*question: Any) -> Any:
        answer = ask(*question)
        heard.append((question, answer))
        return answer

    made = render(listen)  # type: ignore[arg-type]  # it asks as `ask` does
    if len(_rendered) >= _most[0]:
        _rendered.clear()
    _rendered[key] = (tuple(heard), made)
    return made
