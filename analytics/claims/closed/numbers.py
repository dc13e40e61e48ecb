"""Numbers as a text writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analytics.claims.closed.marks import KnownWord, Tag


def number_known(tag: Tag, pattern: str, language: str, per: float) -> KnownWord:
    """Returns what knows a number by a pattern whose first group has its digits, times `per`."""
    return KnownWord(re.compile(pattern, re.IGNORECASE), tag, lambda match: read_number(match[1], language) * per)


def counts_known(joined: str, before: str, behind: str, language: str) -> KnownWord:
    """Returns what knows so many of all who answered, as in "744 of the 1,200": a count, and no share that is near."""
    number = r"(\d{1,3}(?:[.,]\d{3})+|\d+)"
    whole = r"(\d{1,3}(?:[.,]\d{3})+|\d{3,})"
    return KnownWord(
        re.compile(rf"{number} (?:{joined}) (?:{before})?{whole}(?= (?:\w+ )?(?:{behind}))", re.IGNORECASE), "count",
        lambda match: (read_number(match[1], language), read_number(match[2], language)),
    )  # fmt: skip


def read_number(text: str, language: str) -> float:
    """Returns a number as that language writes it.

    Example:
        >>> read_number("1,129", "en"), read_number("1.129", "de"), read_number("2,9", "de"), read_number("2.9", "en")
        (1129.0, 1129.0, 2.9, 2.9)
    """
    thousands, decimal = (".", ",") if language == "de" else (",", ".")
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+", text):
        return float(text.replace(thousands, ""))
    return float(text.replace(decimal, "."))


def counted(text: str, numbers: Mapping[str, int]) -> int:
    """Returns a number written in figures, in a word, or in two words that are added.

    Example:
        >>> counted("seven", {"seven": 7}), counted("43", {}), counted("forty-three", {"forty": 40, "three": 3})
        (7, 43, 43)
    """
    if text.isdigit():
        return int(text)
    return sum(numbers.get(part.lower(), 0) for part in re.split(r"[\s-]+", text))


def ratio_known(pattern: str, language: str) -> KnownWord:
    """Returns what knows two shares told as one to the other, such as "60 to 28 percent"."""
    return KnownWord(
        re.compile(pattern, re.IGNORECASE), "ratio",
        lambda match: (read_number(match[1], language) / 100, read_number(match[2], language) / 100),
    )  # fmt: skip
