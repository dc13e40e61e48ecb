"""How many invented answers would change who leads, or move the leading share beyond its interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from analytics.estimates.views.rows import read_rows, shares
from analytics.estimates.views.view import View
from analytics.model import NO_ANSWER


@dataclass(frozen=True)
class Flips:
    """The least number of invented answers that change a headline, each of mean weight.

    `leader` is how many for `other`, the second, put it ahead of `choice`; `beyond` how many for `choice` move its
    share above its interval. Both are by values of choices.
    """

    choice: str
    other: str
    leader: int
    beyond: int
    base_n: int


def flips(view: View) -> Flips | None:
    """The flip count of a topline in which each gives one answer; None where too few shares are shown.

    Whoever invents k answers for the second of n turns shares p and q into p n / (n + k) and (q n + k) / (n + k): it
    leads from k > (p - q) n on. The share of the first becomes (p n + k) / (n + k), which is above h from
    k > (h - p) n / (1 - h) on.
    """
    found = [
        row for row in shares(read_rows(view))
        if row.value is not None and row.high is not None and row.base_n and row.choice != NO_ANSWER
    ]  # fmt: skip
    if len(found) < 2 or view.question.kind == "multiple":
        return None
    first, second = sorted(found, key=lambda row: -(row.value or 0.0))[:2]
    n, p, q, h = first.base_n or 0, first.value or 0.0, second.value or 0.0, first.high or 0.0
    beyond = floor((h - p) * n / (1 - h) + 1e-9) + 1 if h < 1 else 0
    return Flips(first.choice or "", second.choice or "", floor((p - q) * n + 1e-9) + 1, beyond, n)
