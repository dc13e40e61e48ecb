"""How many single responses fit and how many comments are hidden, in words."""

from __future__ import annotations

from analytics.estimates.readers.responses import ResponseCount
from analytics.language.notation import Notation
from analytics.language.numbers import counted
from analytics.language.said import spoken, spoken_of


def many_words(many: ResponseCount, style: Notation) -> str:
    """Returns how many responses fit.

    Example:
        >>> from analytics.language.notation import PLAIN
        >>> many_words(ResponseCount(1), PLAIN), many_words(ResponseCount(10_000, more=True), PLAIN)
        ('1 response', 'more than 10,000 responses')
    """
    counts = counted(many.count, "{count} response", "{count} responses", style)
    return spoken("more than {count}", count=counts) if many.more else counts


def hidden_words(many: int) -> str:
    """Returns how many comments of a survey are in nothing that leaves, because somebody hid them.

    Example:
        >>> hidden_words(1)
        '1 comment of this survey is hidden and left out.'
    """
    return spoken_of(
        many, "{count} comment of this survey is hidden and left out.",
        "{count} comments of this survey are hidden and left out.",
    )  # fmt: skip
