"""The sentences that stand in the code, for the catalogues: what Babel's `pybabel extract` takes out of each module."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO

PLACES = {
    "spoken": (0,), "said": (1,), "noted": (0,), "phrase": (0,), "spoken_of": (1, 2), "counted": (1, 2),
    "Refusal": (1,),
}  # fmt: skip
"""The functions that say or note a sentence, and which of their arguments are one."""
Found = tuple[int, str, tuple[str, ...], list[str]]
"""A line, the function called there, the sentence with its plural if it has one, and comments for translators."""


def extract(
    file: BinaryIO,
    keywords: Collection[str],  # noqa: ARG001 - Babel hands its arguments over by these names
    comment_tags: Collection[str],  # noqa: ARG001
    options: Mapping[str, str],  # noqa: ARG001
) -> Iterator[Found]:
    """Yields the sentences of a module, as Babel asks for them."""
    yield from sentences_in(file.read().decode())


def sentences_in(source: str) -> Iterator[Found]:
    """Yields the sentences of a module.

    Example:
        >>> source = 'spoken("Yes" if yes else "No"); spoken_of(n, "{count} day", "{count} days"); spoken(NAMES[x])'
        >>> [messages for _, _, messages, _ in sentences_in(source)]
        [('Yes',), ('No',), ('{count} day', '{count} days')]
    """
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        places = PLACES.get(name, ())
        if not places or len(call.args) <= places[-1]:
            continue
        forms = [list(_texts(call.args[at])) for at in places]
        for messages in zip(*forms, strict=False):
            yield call.lineno, "ngettext" if len(places) > 1 else "gettext", messages, []


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts that an argument can be: both where a condition decides."""
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
