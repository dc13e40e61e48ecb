"""The estimates of a view as plain rows, checked once here: a missing number is None, whatever the frame held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analytics.estimates.views.view import View
from analytics.model import NO_ANSWER
from analytics.model.reasons import Reason
from analytics.statistics.presentation import NARROW

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
    weighted_base: float | None = None

    @property
    def suppressed(self) -> bool:
        """Whether the number is not to be shown."""
        return self.value is None

    @cached_property
    def thin(self) -> bool:
        """Whether the number rests on so few answers that it is shown with reserve."""
        if self.value is None:
            return False
        return (self.base_n is not None and self.base_n < THIN_BASE) or (
            self.effective_n is not None and self.effective_n < THIN_BASE
        )

    @cached_property
    def flagged(self) -> bool:
        """Whether the number is shown with reserve, for whatever reason.

        An answer that nobody or everybody of very many gave is as certain as any: rows say that it is such an answer,
        and no figure is drawn pale for it.
        """
        narrow = self.low is not None and self.high is not None and self.high - self.low <= NARROW
        return self.thin or (bool(self.flag) and not self.suppressed and not (self.flag == "none or all" and narrow))


def read_rows(view: View) -> list[EstimateRow]:
    """Returns every estimate of the view, in the view's order."""
    frame = view.estimates
    names = (
        "statistic",
        "choice",
        "choice_label",
        "period",
        "base_n",
        "weighted_base",
        "effective_n",
        "share",
        "value",
        "low",
        "high",
    )
    columns = [frame[name].tolist() for name in (*names, "suppressed", "reason", "flag")]
    levels = zip(*(frame[key].tolist() for key in view.by), strict=True) if view.by else [()] * len(frame)
    return [_row(cells, level) for cells, level in zip(zip(*columns, strict=True), levels, strict=True)]


def is_sum(view: View, row: EstimateRow) -> bool:
    """Whether the row is a net that takes nothing off, and so is a share of several choices together."""
    return row.statistic == "net" and any(net.key == row.choice and not net.minus for net in view.question.nets)


def followed(view: View, rows: Iterable[EstimateRow]) -> list[EstimateRow]:
    """Returns the rows whose lines a trend draws: the sums of a scale's answers where it has them, else each answer.

    By group a trend follows one answer.
    """
    known = list(rows)
    sums = [row for row in known if is_sum(view, row)] if view.question.kind == "scale" and not view.by else []
    return sums or shares(known)


def shares(rows: Iterable[EstimateRow]) -> list[EstimateRow]:
    """Returns the rows that are shares of a choice."""
    return [row for row in rows if row.statistic == "share"]


def groups(rows: Iterable[EstimateRow]) -> dict[tuple[str, ...], list[EstimateRow]]:
    """Returns the rows by group, in the order in which the groups first stand."""
    found: dict[tuple[str, ...], list[EstimateRow]] = {}
    for row in rows:
        found.setdefault(row.levels, []).append(row)
    return found


def taken_together(rows: Iterable[EstimateRow]) -> float | None:
    """Returns the share of all periods together, each by the readers that it rests on; None where none is shown."""
    known = [(row.value, row.weighted_base or row.base_n or 0.0) for row in rows if row.value is not None]
    base = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / base if base else None


def base_of(rows: Iterable[EstimateRow]) -> int | None:
    """Returns the base of a group, or None where it is kept back."""
    return next((row.base_n for row in rows if row.base_n is not None), None)


def _row(cells: tuple[object, ...], levels: tuple[object, ...]) -> EstimateRow:
    (
        statistic,
        choice,
        label,
        period,
        base_n,
        weighted_base,
        effective_n,
        share,
        value,
        low,
        high,
        hidden,
        reason,
        flag,
    ) = cells
    estimate = _number(share) if statistic == "share" else _number(value)
    shown = estimate is not None and not (_known(hidden) and bool(hidden))
    base = _number(base_n)
    return EstimateRow(
        statistic=str(statistic),
        choice=str(choice) if _known(choice) else None,
        label=str(label) if _known(label) else "",
        levels=tuple([str(level) if _known(level) else NO_ANSWER for level in levels]) if levels else (),
        period=str(period) if _known(period) else None,
        base_n=None if base is None else int(base),
        effective_n=_number(effective_n),
        value=estimate if shown else None,
        low=_number(low) if shown else None,
        high=_number(high) if shown else None,
        reason=reason if isinstance(reason, Reason) else None,
        flag=str(flag) if _known(flag) and shown else "",
        weighted_base=_number(weighted_base),
    )


def _known(cell: object) -> bool:
    return cell is not None and cell is not pd.NA and cell == cell


def _number(cell: object) -> float | None:
    if type(cell) is float:  # nearly all are, and of a large trend there are thousands
        return cell if cell == cell else None
    return float(cell) if _known(cell) and isinstance(cell, int | float) else None
