"""Who is missing: the group whose next answers would be worth most."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.estimates.trust.weighting import WeightingReport

NEXT = 100
"""So many answers more are what a group is judged by."""


@dataclass(frozen=True)
class Missing:
    """A group of which too few answered, by the keys of its dimension and its level, and by their labels.

    `share` is its part of those who answered, `target` that of the people the survey is weighted to; both 0 to 1.
    `worth` is by how much the effective base would rise with NEXT more answers of this group.
    """

    dimension: str
    level: str
    dimension_label: str
    level_label: str
    share: float
    target: float
    worth: float


def most_missing(report: WeightingReport) -> Missing | None:
    """The group whose next answers raise the effective base most; None where no target is unmet.

    Each target is looked at by itself, with every answer of a group weighted alike: several targets raked together
    leave somewhat less. Base weights are left aside.
    """
    table = report.table[report.table["target"].notna() & report.table["wave"].isna()]
    found = [
        one for _, rows in table.groupby("dimension", sort=False) for one in _each_level(rows, report.respondents)
    ]  # fmt: skip
    return max(found, key=lambda one: one.worth, default=None)


def _each_level(rows: pd.DataFrame, n: int) -> list[Missing]:
    share, target = rows["before"].to_numpy(dtype=float), rows["target"].to_numpy(dtype=float)
    if not ((share > 0) | (target <= 0)).all():  # nobody's answers stand for a group that nobody is in
        return []
    inside = target > 0
    count, target = share[inside] * n, target[inside]
    usual = effective_base(count.tolist(), target.tolist())
    found = []
    for at, (_, row) in enumerate(rows[inside].iterrows()):
        more = count.copy()
        more[at] += NEXT
        if target[at] > share[inside][at]:
            worth = effective_base(more.tolist(), target.tolist()) - usual
            found.append(
                Missing(
                    str(row["dimension"]), str(row["level"]), str(row["dimension_label"]), str(row["level_label"]),
                    float(share[inside][at]), float(target[at]), worth,
                )
            )  # fmt: skip
    return found


def effective_base(counts: list[float], targets: list[float]) -> float:
    """How many equally weighted answers these are worth once each group has its target.

    Args:
        counts: how many answered of each group, above 0.
        targets: the share that each group is to have, 0 to 1.

    Source: L. Kish, Survey Sampling (1965): the square of the sum of weights over the sum of their squares.

    Example:
        >>> effective_base([50, 50], [0.5, 0.5]), round(effective_base([90, 10], [0.5, 0.5]), 1)
        (100.0, 36.0)
    """
    return sum(targets) ** 2 / sum(target**2 / count for count, target in zip(counts, targets, strict=True))
