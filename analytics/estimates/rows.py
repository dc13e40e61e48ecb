"""The estimates of a view as plain rows, checked once here: a missing number is None, whatever the frame held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analytics.estimates.view import View
from analytics.model import NO_ANSWER
from analytics.model.reasons import Reason

THIN_BASE = 30
"""Below this effective base a number is drawn hollow, or in brackets, and joined to no other."""


@dataclass(frozen=True)
class EstimateRow:
    """One estimate. Shares and nets are parts of 1, means are on the scale of the scores; None where suppressed."""

    statistic: str
    choice: str | None
    label: str
    levels: tuple[str, ...]
    period: str | None
    base_n: int | None
    effective_n: float | None
    value: float | None
    low: float | None
    high: float | None
    reason: Reason | None
    flag: str = ""

    @property
    def suppressed(self) -> bool:
        """Whether the number is not to be shown."""
        return self.value is None

    @property
    def thin(self) -> bool:
        """Whether the number rests on so few answers that it is shown with reserve."""
        bases = [base for base in (self.base_n, self.effective_n) if base is not None]
        return not self.suppressed and bool(bases) and min(bases) < THIN_BASE

    @property
    def flagged(self) -> bool:
        """Whether the number is shown with reserve, for whatever reason."""
        return self.thin or (bool(self.flag) and not self.suppressed)


def read_rows(view: View) -> list[EstimateRow]:
    """Returns every estimate of the view, in the view's order."""
    frame = view.estimates
    names = ("statistic", "choice", "choice_label", "period", "base_n", "effective_n", "share", "value", "low", "high")
    columns = [frame[name].tolist() for name in (*names, "suppressed", "reason", "flag")]
    levels = zip(*(frame[key].tolist() for key in view.by), strict=True) if view.by else [()] * len(frame)
    return [_row(cells, level) for cells, level in zip(zip(*columns, strict=True), levels, strict=True)]


def is_sum(view: View, row: EstimateRow) -> bool:
    """Whether the row is a net that takes nothing off, and so is a share of several choices together."""
    return row.statistic == "net" and any(net.key == row.choice and not net.minus for net in view.question.nets)


def shares(rows: Iterable[EstimateRow]) -> list[EstimateRow]:
    """Returns the rows that are shares of a choice."""
    return [row for row in rows if row.statistic == "share"]


def groups(rows: Iterable[EstimateRow]) -> dict[tuple[str, ...], list[EstimateRow]]:
    """Returns the rows by group, in the order in which the groups first stand."""
    found: dict[tuple[str, ...], list[EstimateRow]] = {}
    for row in rows:
        found.setdefault(row.levels, []).append(row)
    return found


def base_of(rows: Iterable[EstimateRow]) -> int | None:
    """Returns the base of a group, or None where it is kept back."""
    return next((row.base_n for row in rows if row.base_n is not None), None)


def _row(cells: tuple[object, ...], levels: tuple[object, ...]) -> EstimateRow:
    statistic, choice, label, period, base_n, effective_n, share, value, low, high, hidden, reason, flag = cells
    estimate = _number(share) if statistic == "share" else _number(value)
    shown = estimate is not None and not (_known(hidden) and bool(hidden))
    base = _number(base_n)
    return EstimateRow(
        statistic=str(statistic),
        choice=str(choice) if _known(choice) else None,
        label=str(label) if _known(label) else "",
        levels=tuple(str(level) if _known(level) else NO_ANSWER for level in levels),
        period=str(period) if _known(period) else None,
        base_n=None if base is None else int(base),
        effective_n=_number(effective_n),
        value=estimate if shown else None,
        low=_number(low) if shown else None,
        high=_number(high) if shown else None,
        reason=reason if isinstance(reason, Reason) else None,
        flag=str(flag) if _known(flag) and shown else "",
    )


def _known(cell: object) -> bool:
    return cell is not None and cell is not pd.NA and cell == cell


def _number(cell: object) -> float | None:
    return float(cell) if _known(cell) and isinstance(cell, int | float) else None
