"""Which column weights the responses, by its name in the trade and its numbers together; kilograms never do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from analytics.imports.cells.fields import Field
from analytics.imports.cells.vocabulary import HEIGHT, NO_WEIGHT, WEIGHT
from analytics.imports.proposing.scans import Scan

_BODIES = (35.0, 130.0)
"""Between these the median of what people weigh lies, in kilograms."""

_LONGEST_NAME = 6
_ALIKE = re.compile(r"\b(weights?|gewicht|peso|poids|вес|waga|vikt|vægt|vekt|súly|váha|gewichte?)\b", re.IGNORECASE)
"""Words that name the weight of a body as well as that of a response."""


@dataclass(frozen=True)
class WeightOffer:
    """A column that may weight the responses: its name, its mean and sum, and why it may."""

    column: str
    mean: float
    total: float
    why: str


def weight_offers(fields: Sequence[Field], scans: Mapping[str, Scan]) -> list[WeightOffer]:
    """Returns the columns that may be weights, the likeliest first; two that are as likely have the same reason."""
    heights = any(HEIGHT.search(_words(one.name)) or HEIGHT.search(one.text) for one in fields)
    offers = [(_likelihood(one, scans[one.name], heights), one) for one in fields]
    found = [(points, one) for points, one in offers if points > 0]
    most = max((points for points, _ in found), default=0)
    return [_offer_of(one, scans[one.name]) for points, one in found if points == most]


def _words(name: str) -> str:
    """Returns a column's name as words, small and large letters parted.

    Example:
        >>> _words("WEIGHT_FINAL"), _words("surveyWeight")
        ('WEIGHT FINAL', 'survey Weight')
    """
    return re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", " ", re.sub(r"[_\-.]+", " ", name)).strip()


def _likelihood(one: Field, scan: Scan, heights: bool) -> int:
    """Returns how many signs speak for a weight, 0 where one speaks against it.

    The signs are a name of the trade, one that names nothing else, a mean near 1, and numbers that are not all whole.
    """
    numbers = scan.numbers
    name = _words(one.name)
    named = WEIGHT.search(name) or (WEIGHT.search(one.text) if len(one.text.split()) <= _LONGEST_NAME else None)
    asked = "?" in name or "?" in one.text or len(name.split()) > _LONGEST_NAME
    if not named or numbers is None or one.labels or scan.filled != scan.counted or asked:
        return 0
    if min(numbers) < 0 or max(numbers) <= 0 or len(numbers) < 2 or NO_WEIGHT.search(f"{name} {one.text}"):
        return 0
    whole = all(value.is_integer() for value in numbers)
    if whole and scan.unique and scan.filled > 20:
        return 0
    mean = _mean(scan)
    alike = _ALIKE.fullmatch(name) is not None or (heights and _ALIKE.search(name) is not None)
    if alike and _BODIES[0] <= median(numbers) <= _BODIES[1]:
        return 0
    return 1 + (not alike) + 2 * (0.5 <= mean <= 2.0) + (not whole)


def _mean(scan: Scan) -> float:
    return sum(float(word) * count for word, count in scan.words.items()) / max(scan.filled, 1)


def _offer_of(one: Field, scan: Scan) -> WeightOffer:
    """Returns the offer of a column, with its reason."""
    mean = _mean(scan)
    total = mean * scan.filled
    if 0.5 <= mean <= 2.0:
        why = f"its name says so and its mean is {mean:.4f}, near 1"
    elif mean > 20:
        why = f"its name says so and its sum of {total:,.0f} may be that of a population"
    else:
        why = f"its name says so; its mean is {mean:.4f}"
    return WeightOffer(one.name, mean, total, why)
