"""Contact data in comments, masked: addresses, streets, handles, phone numbers, accounts, cards, identity numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from analytics.comments.addresses import (
    Span,
    domains,
    eastern_mail,
    handles,
    ip_addresses,
    links,
    plain_mail,
    spaced_mail,
    written_mail,
)
from analytics.comments.numbers import numbers
from analytics.comments.streets import streets

MASKS = {
    "e-mail": "[e-mail]",
    "link": "[link]",
    "handle": "[handle]",
    "ip": "[IP address]",
    "account": "[bank account]",
    "card": "[card]",
    "identity": "[ID number]",
    "phone": "[phone]",
    "number": "[number]",
    "address": "[address]",
}

FINDERS: tuple[Callable[[str], Iterable[Span]], ...] = (
    links,
    plain_mail,
    written_mail,
    eastern_mail,
    spaced_mail,
    domains,
    handles,
    ip_addresses,
    numbers,
    streets,
)
"""In this order: what one of them has masked the next ones no longer see."""


def site_names(texts: Iterable[str]) -> frozenset[str]:
    """The hosts without a path that these texts name, in lower case.

    Example:
        >>> sorted(site_names(["BBC.com", "The local paper", "reddit.com/u/ann"]))
        ['bbc.com']
    """
    return frozenset(
        text[start:end].lower() for text in texts for start, end, kind in domains(text)
        if kind == "link" and "/" not in text[start:end]
    )  # fmt: skip


def masked(text: str, known: frozenset[str] = frozenset()) -> str:
    """The text with a word in brackets in the place of all contact data that is recognised.

    What looks like a number of another kind (a year, a date, a sum, a share) stays. The time grows with the length of
    the text and no faster: 1 MB takes less than half a second, whatever it holds.

    Args:
        known: hosts that are nobody's own, such as those that a survey offers as answers: they stay, without a path.

    Example:
        >>> masked("Write to ann@example.org or call 0171 2345678: 10,000 of us since 1998-2004")
        'Write to [e-mail] or call [phone]: 10,000 of us since 1998-2004'
    """
    for find in FINDERS:
        spans = find(text)
        if find is domains and known:
            spans = [span for span in spans if text[span[0] : span[1]].lower() not in known]
        text = _replaced(text, spans)
    return text


def _replaced(text: str, spans: Iterable[Span]) -> str:
    pieces, last = [], 0
    for start, end, kind in spans:
        pieces += [text[last:start], MASKS[kind]]
        last = end
    return "".join([*pieces, text[last:]]) if pieces else text
