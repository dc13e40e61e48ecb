"""What is found out once in a run of a page, however often the page asks for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

FoundOnce = TypeVar("FoundOnce")

_FOUND: ContextVar[dict[tuple[Hashable, ...], Any] | None] = ContextVar("found in this run", default=None)


@contextmanager
def one_run() -> Iterator[None]:
    """Has what `of_run` finds hold while a page runs."""
    token = _FOUND.set({})
    try:
        yield
    finally:
        _FOUND.reset(token)


def of_run(find: Callable[..., FoundOnce], *given: Hashable) -> FoundOnce:
    """What `find` gives, from before where this run of a page has asked already; it is asked anew where no page runs.

    Streamlit's own caches take longer to tell which call it is than most of what they keep takes to be used.

    Example:
        >>> asked = []
        >>> with one_run():
        ...     of_run(asked.append, 1), of_run(asked.append, 1)
        (None, None)
        >>> of_run(asked.append, 2)
        >>> asked
        [1, 2]
    """
    found = _FOUND.get()
    if found is None:
        return find(*given)
    key = (find, *given)
    if key not in found:
        found[key] = find(*given)
    result: FoundOnce = found[key]
    return result
