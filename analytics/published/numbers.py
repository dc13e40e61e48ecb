"""The numbers of a figure's rows: what each is called, its interval, and by what it is known again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.exports.link import Query
from analytics.words.nonresponse import eager_words

Row = Mapping[str, Any]
AGAINST = {"value": "against_value", "low": "against_low", "high": "against_high"}
PARTS = {
    "change": "Change",
    "same_groups": "Same groups, answering differently",
    "other_groups": "Different groups answering",
}


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


def numbers_in(query: Query, rows: Iterable[Row]) -> dict[tuple[Any, ...], Number]:
    """Returns every number that the rows of a figure show, by what it is known by whenever the figure is made."""
    kind, by = dict(query).get("view", "topline"), [value for name, value in query if name == "by"]
    read = {
        "dial": _dial, "split": _split, "segments": _segments, "gaps": _gaps, "table": _table, "themes": _themes,
        "theme groups": _theme_groups, "common ground": _common_ground,
    }  # fmt: skip
    keys = {"robustness": ["variant"], "report": ["question"]}.get(kind, by)
    found = read[kind](rows) if kind in read else (_of_view(row, keys) for row in rows)
    return dict(found)


def base_in(rows: Sequence[Row]) -> int | None:
    """Returns the largest base of the rows, None where none has one."""
    bases = [row["base_n"] for row in rows if row.get("base_n") is not None]
    return int(max(bases)) if bases else None


def _of_view(row: Row, by: Sequence[str]) -> tuple[tuple[Any, ...], Number]:
    """Returns an estimate of a view, known by its choice, its period and its group."""
    name = (row["statistic"], row.get("choice"), row.get("period"), *(row[key] for key in by))
    levels = tuple(str(row.get(f"{key}_label", row[key])) for key in by)
    return name, _number(row, str(row["statistic"]), levels)


def _number(row: Row, statistic: str, levels: tuple[str, ...], label: str | None = None) -> Number:
    value = None if row.get("suppressed") else row["share"] if statistic == "share" else row["value"]
    return Number(
        statistic, label or str(row.get("choice_label") or row.get("choice") or ""), levels, row.get("period"), value,
        row.get("low"), row.get("high"), row.get("reason"),
    )  # fmt: skip


def _dial(rows: Iterable[Row]) -> Iterator[tuple[tuple[Any, ...], Number]]:
    for row in rows:
        yield (row["choice"], row["times"]), _number(row, "share", (eager_words(row["times"]),))


def _split(rows: Iterable[Row]) -> Iterator[tuple[tuple[Any, ...], Number]]:
    for row in rows:
        if row["statistic"] in PARTS:
            yield (row["statistic"],), _number(row, "net", (), PARTS[row["statistic"]])
        else:
            yield _of_view(row, ())


def _segments(rows: Iterable[Row]) -> Iterator[tuple[tuple[Any, ...], Number]]:
    for row in rows:
        if row["row"] == "share":
            yield _of_view(row, ("segment",))
        else:
            name = ("difference", row["statistic"], row["choice"], row["segment"], row["against"])
            gap = row | {"value": None if row["suppressed"] else row["difference"]}  # type: ignore[operator]
            statistic = "mean" if row["statistic"] == "mean" else "net"
            sides = [str(row.get(f"{side}_label", row[side])) for side in ("segment", "against")]
            yield name, _number(gap, statistic, (" over ".join(sides),))


def _gaps(rows: Iterable[Row]) -> Iterator[tuple[tuple[Any, ...], Number]]:
    for row in rows:
        theirs = {name: row[of] for name, of in AGAINST.items()}
        for side, told, levels in (("ours", dict(row), ()), ("theirs", dict(row) | theirs, ("the other side",))):
            yield (side, row["choice"]), _number(told | {"share": told["value"]}, "share", levels)


def _table(rows: Iterable[Row]) -> Iterator[tuple[tuple[Any, ...], Number]]:
    for row in rows:
        name = tuple(row[key] for key in ("question", "statistic", "choice", "banner", "group"))
        yield name, _number(row, str(row["statistic"]), (str(row.get("group_label") or row["group"]),))


def _themes(rows: Iterable[Row]) -> Iterator[tuple[tuple[Any, ...], Number]]:
    for row in rows:  # themes are found anew each time, so that their places mean nothing
        yield (row["choice_label"],), _number(row, "share", ())


def _theme_groups(rows: Iterable[Row]) -> Iterator[tuple[tuple[Any, ...], Number]]:
    for row in rows:
        yield (row["name"], row["level"]), _number(row, "share", (str(row["level_label"]),), str(row["name"]))


def _common_ground(rows: Iterable[Row]) -> Iterator[tuple[tuple[Any, ...], Number]]:
    """Yields each finding: the group in which a majority is smallest, which may not fall to one half, or the gap."""
    for row in rows:
        name = (row["row"], row.get("question"), row.get("choice"), row.get("group"), row.get("against"))
        if row["row"] == "shared":
            lowest = dict(row) | {"share": row["lowest"], "low": row["lowest_low"], "high": 1.0}
            yield name, _number(lowest, "share", ("where it is least frequent",))
        elif row["row"] == "dividing":
            yield (
                name,
                _number(dict(row) | {"value": row["difference"]}, "net", (f"{row['group']} over {row['against']}",)),
            )
