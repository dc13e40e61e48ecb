"""Numbers as the house writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import floor

from analytics.language.notation import Notation, in_signs
from analytics.language.said import spoken_of

TENTHS_FROM_BASE = 1000
"""The base from which a tenth of a point is worth showing."""
MOST_QUICK, NEAR_HALF = 1e9, 1e-5
"""A smaller number that lies farther from a half than floats err is rounded without decimals, which take longer."""


def rounded(number: float, places: int = 0) -> Decimal:
    """Returns the number as it is written, halves rounded away from zero.

    Example:
        >>> rounded(12.5), rounded(-0.04, 1)
        (Decimal('13'), Decimal('0.0'))
    """
    written = Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return abs(written) if written == 0 else written


def count_words(number: float, style: Notation) -> str:
    """Returns a count with its thousands separated."""
    return decimal_words(number, 0, style)


def decimal_words(number: float, places: int, style: Notation) -> str:
    """Returns a number with so many places, thousands separated and a true minus sign."""
    quick = _quickly(float(number) * 10**places, places, style)
    return in_signs(f"{rounded(number, places):,f}", style) if quick is None else quick


def _quickly(scaled: float, places: int, style: Notation) -> str | None:
    """Returns the words of a number of steps of its last place; None where it lies too near a half to be sure."""
    if not -MOST_QUICK < scaled < MOST_QUICK:
        return None
    below = floor(scaled)
    part = scaled - below
    if abs(part - 0.5) <= NEAR_HALF:
        return None
    return _steps_words(below + int(part > 0.5), places, style.thousands, style.decimal, style.minus)


def _percent_words(share: float, places: int, style: Notation) -> str:
    quick = _quickly(float(share) * 10 ** (places + 2), places, style)
    return decimal_words(_percent(share), places, style) if quick is None else quick


@lru_cache(maxsize=16_384)
def _steps_words(steps: int, places: int, *signs: str) -> str:
    thousands, decimal, minus = signs
    written = f"{Decimal(steps).scaleb(-places):,f}"
    return written.translate({ord(","): thousands, ord("."): decimal, ord("-"): minus})


def shortest_words(number: float, style: Notation) -> str:
    """Returns a number with the places that it has and no more.

    Example:
        >>> from analytics.language.notation import PLAIN
        >>> shortest_words(0.2, PLAIN), shortest_words(5.0, PLAIN)
        ('0.2', '5')
    """
    return in_signs(f"{number:,g}", style)


def counted(number: float, one: str, several: str, style: Notation) -> str:
    """Returns a count with what is counted, in the form that the language has for that number.

    Example:
        >>> from analytics.language.notation import PLAIN
        >>> counted(20114, "{count} response", "{count} responses", PLAIN)
        '20,114 responses'
    """
    return spoken_of(int(number), one, several, count=count_words(number, style))


def whole_points(share: float, style: Notation) -> str:
    """Returns a share of 0 to 1 in whole points without a sign; "<1" and ">99" where 0 or 100 would be false."""
    if 0 < share < 0.005:
        return "<1"
    if 0.995 <= share < 1:
        return ">99"
    return _percent_words(share, 0, style)


def percent(share: float, style: Notation) -> str:
    """Returns a share of 0 to 1 in whole points with the percent sign."""
    return whole_points(share, style) + style.percent


def exact_percent(share: float, base_n: int | None, style: Notation) -> str:
    """Returns a share with a tenth of a point where the base is large enough for it, else as `percent` does."""
    return exact_points(share, base_n, style) + style.percent


def exact_points(share: float, base_n: int | None, style: Notation) -> str:
    """Returns the same without the percent sign."""
    return _percent_words(share, 1, style) if point_places(base_n) else whole_points(share, style)


def point_places(base_n: int | None) -> int:
    """Returns how many decimals a share or a difference of shares is worth on that base.

    Example:
        >>> point_places(999), point_places(1000)
        (0, 1)
    """
    return 0 if base_n is None or base_n < TENTHS_FROM_BASE else 1


def rounded_percent(share: float, places: int = 0) -> Decimal:
    """Returns a share of 0 to 1 in percent as it is written, halves rounded away from zero.

    Example:
        >>> rounded_percent(0.565), round(0.565 * 100)
        (Decimal('57'), 56)
    """
    return rounded(_percent(share), places)


def point_ends(value: float, low: float, high: float, style: Notation, *, clear: bool) -> list[str]:
    """Returns a difference of shares and the ends of its interval in points with their signs.

    Where it is clear that it is not 0, no end is written as 0: it gets as many decimals as that takes.

    Example:
        >>> from analytics.language.notation import PLAIN
        >>> point_ends(0.027, 0.004, 0.05, PLAIN, clear=True), point_ends(0.027, -0.004, 0.05, PLAIN, clear=False)
        (['+2.7', '+0.4', '+5.0'], ['+3', '0', '+5'])
    """
    places = 0
    while clear and places < 2 and any(not rounded_percent(one, places) for one in (low, high)):
        places += 1
    if not places:
        return [signed_points(one, style) for one in (value, low, high)]
    return [signed_words(_percent(one), places, style) for one in (value, low, high)]


def points(difference: float, style: Notation) -> str:
    """Returns a difference of shares in whole points with its sign and its unit."""
    whole = abs(int(rounded_percent(difference)))
    return spoken_of(whole, "{count} point", "{count} points", count=signed_points(difference, style))


def points_apart(distance: float, style: Notation) -> str:
    """Returns how far two shares lie apart, in whole points without a plus sign, with the unit."""
    whole = abs(int(rounded_percent(distance)))
    return spoken_of(whole, "{count} point", "{count} points", count=point_count(distance, style))


def point_count(distance: float, style: Notation) -> str:
    """Returns the same without the unit."""
    return decimal_words(_percent(distance), 0, style)


def signed_points(difference: float, style: Notation) -> str:
    """Returns a difference of shares in whole points with its sign, none for zero."""
    return signed_words(_percent(difference), 0, style)


def signed_words(number: float, places: int, style: Notation) -> str:
    """Returns a number with its sign, none for zero."""
    words = decimal_words(number, places, style)
    return f"+{words}" if rounded(number, places) > 0 else words


def _percent(share: float) -> float:
    # 0.565 * 100 is 56.49999...: shift the decimal point instead.
    return float(Decimal(repr(float(share))).scaleb(2))
