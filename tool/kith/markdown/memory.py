"""What was rendered before, for a process that renders the same notes again and again.

Rendering asks for nothing but where links lead. So a text that was rendered before gives the same as long as it gets
the same answers.
"""

from collections.abc import Callable
from typing import Any, TypeVar

A = TypeVar("A", bound=Callable[..., Any])

Rendering = tuple[tuple[tuple[tuple[Any, ...], Any], ...], str]  # what was asked and answered, and what was made

# what was asked for lately, and what was before that and not since
_kept: list[dict[tuple[Any, ...], Rendering]] = [{}, {}]
_most = [0]


def keep_rendered(most: int) -> None:
    """Remember the last so many renderings from now on, and never more than twice as many; none with 0."""
    _most[0] = most
    _kept[:] = [{}, {}]


def forget_unasked() -> None:
    """Forget the renderings that nobody has asked for since the last time: their texts may be gone."""
    _kept[:] = [{}, _kept[0]]


def known(key: tuple[Any, ...], ask: A, render: Callable[[A], str]) -> str:
    """What `render` makes, of what is asked through `ask`; from memory, where the answers are still the same."""
    if not _most[0]:
        return render(ask)
    lately, before = _kept
    rendering = lately.get(key) or before.get(key)
    if rendering is None or any(ask(*question) != answer for question, answer in rendering[0]):
        rendering = _listen(ask, render)
    if len(lately) >= _most[0]:
        forget_unasked()
    _kept[0][key] = rendering
    return rendering[1]


def _listen(ask: A, render: Callable[[A], str]) -> Rendering:
    heard: list[tuple[tuple[Any, ...], Any]] = []

    def listen(*question: Any) -> Any:
        answer = ask(*question)
        heard.append((question, answer))
        return answer

    made = render(listen)  # type: ignore[arg-type]  # it asks as `ask` does
    return tuple(heard), made
