"""Lists of words that stand beside the code as text, one entry a line; what begins with # is a note."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def read_words(name: str) -> tuple[str, ...]:
    """The entries of a list, in its order.

    Example:
        >>> "subsidiarity" in read_words("jargon.txt")
        True
    """
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def read_pairs(name: str) -> frozenset[tuple[str, str]]:
    """The entries of a list of two words each.

    Example:
        >>> ("law", "order") in read_pairs("pairs.txt")
        True
    """
    return frozenset((first, second) for first, second in (line.split() for line in read_words(name)))
