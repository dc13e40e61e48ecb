"""The numbers of a figure's rows: what each is called, and its interval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Number:
    """One number with its interval; None where it is not shown, for the `reason`. `levels` say of whom it is.

    `statistic` is what it is measured in: a share or a net of 0 to 1 ("difference" is told as one), or a mean.
    """

    statistic: str
    label: str
    levels: tuple[str, ...]
    period: str | None
    value: float | None
    low: float | None
    high: float | None
    reason: str | None = None


def number_of(row: Row, statistic: str, levels: tuple[str, ...], label: str | None = None) -> Number:
    """The number that a row shows."""
    value = None if row.get("suppressed") else row["share"] if statistic == "share" else row["value"]
    return Number(
        statistic, label or str(row.get("choice_label") or row.get("choice") or ""), levels, row.get("period"), value,
        row.get("low"), row.get("high"), row.get("reason"),
    )  # fmt: skip


def numbers_by(rows: Iterable[Row], by: Sequence[str]) -> Iterator[tuple[tuple[Any, ...], Number]]:
    """Yields the estimates of a view, each known by its choice, its period and its group: the columns `by`."""
    for row in rows:
        name = (row["statistic"], row.get("choice"), row.get("period"), *(row[key] for key in by))
        levels = tuple(str(row.get(f"{key}_label", row[key])) for key in by)
        yield name, number_of(row, str(row["statistic"]), levels)


def base_in(rows: Sequence[Row]) -> int | None:
    """The largest base of the rows, None where none has one."""
    bases = [row["base_n"] for row in rows if row.get("base_n") is not None]
    return int(max(bases)) if bases else None
