"""What a headline about a plate is held against: the numbers that the figure shows, as a view has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

import pandas as pd

from analytics.estimates.gaps import Gaps, benchmark_line
from analytics.estimates.layout import SEGMENT
from analytics.estimates.nonresponse import Nonresponse, dial
from analytics.estimates.split import Split
from analytics.estimates.table import Table
from analytics.estimates.view import View
from analytics.language.text import plain_text
from analytics.model import Benchmark, Segment
from analytics.model.sides import SideName, SideNames
from analytics.words.gaps import polls_words, side_words
from analytics.words.grid import group_name
from analytics.words.nonresponse import eager_words

UPPER = 1.959963984540054
"""An interval of 95 % reaches so many standard errors; what has an interval and no error is given one by it."""
SIDE = "side"
SHARES = ("share", "value", "low", "high")


def dial_claimed(found: Nonresponse) -> View:
    """Returns the share that the dial is of at each of its stops, and how many people it is about."""
    (row,) = _shares(found.view, found.choice.value)
    stops: list[dict[str, Any]] = dial(found).to_dict("records")  # type: ignore[assignment]
    rows = [row | _moved(stop) | {"dial": eager_words(stop["times"])} for stop in stops]
    # how many people it is about is told with as good a right as how many answered
    rows.append(row | {"statistic": "net", "suppressed": True, "base_n": found.people, "dial": ""})
    return _with(found.view, rows, ("dial",))


def split_claimed(found: Split) -> View:
    """Returns the share before and after, and the change with its parts as differences."""
    shares = _shares(found.view, found.choice.value)
    parts = (found.parts.change, found.parts.same_groups, found.parts.other_groups)
    rows = [
        shares[-1] | asdict(part) | {"statistic": "net", "share": part.value, "choice": None, "choice_label": ""}
        for part in parts
    ]
    return replace(_with(found.view, [*shares, *rows], ()), every=found.view.every or "day")


def segments_claimed(view: View, segments: tuple[Segment, ...]) -> View:
    """Returns the shares of each segment, under its name."""
    names = {segment.key: plain_text(segment.name) for segment in segments}
    return replace(view, estimates=view.estimates.assign(**{SEGMENT: view.estimates[SEGMENT].map(names)}))


def gaps_claimed(gaps: Gaps, both: SideNames) -> View:
    """Returns the shares of both sides, under their names."""
    empty: dict[str, Any] = gaps.view.estimates.iloc[0].to_dict()  # type: ignore[assignment]
    rows: list[dict[str, Any]] = gaps.rows.to_dict("records")  # type: ignore[assignment]
    sides = ((side_words(both[0]), ""), (side_words(both[1]), "against_"))
    return _with(gaps.view, [empty | _side(row, name, of) for name, of in sides for row in rows], (SIDE,))


def benchmark_claimed(view: View, choice: str, polls: tuple[Benchmark, ...]) -> View:
    """Returns one answer over time among readers, and what each poll found on it."""
    ours: list[dict[str, Any]] = [row | {SIDE: side_words(SideName("our readers"))} for row in _shares(view, choice)]
    name = polls_words(polls)
    known: dict[str, Any] = {"se": 0.0, "suppressed": False, "reason": None, "flag": None}
    theirs = [
        {**ours[0], **known} | {SIDE: plain_text(name), "period": f"{day}"} | dict.fromkeys(SHARES, share)
        for day, share in benchmark_line(polls, choice)
    ]
    return _with(view, [*ours, *theirs], (SIDE,))


def theme_groups_claimed(view: View, groups: pd.DataFrame) -> View:
    """Returns each theme's share in each group, under the group's name."""
    rows: list[dict[str, Any]] = groups.to_dict("records")  # type: ignore[assignment]
    empty: dict[str, Any] = view.estimates.iloc[0].to_dict()  # type: ignore[assignment]
    told = [
        empty
        | row
        | {"choice": f"{row['theme']}", "choice_label": row["name"], "value": row["share"], "se": float("nan")}
        for row in rows
    ]
    return _with(view, told, ("level_label",))


def table_claimed(told: Table) -> View:
    """Returns every cell of the analyst's table under the name of its group; of several questions, under theirs too."""
    groups = [plain_text(group_name(told, column)[1]) for column in told.columns]
    texts = {question.key: plain_text(question.text) for question in told.stubs}
    rows = told.cells.assign(
        group=[groups[at] for at in told.cells["column"]], question=told.cells["question"].map(texts), period=None
    )
    by = ("group", "question") if len(told.stubs) > 1 else ("group",)
    return replace(told.toplines[0], estimates=rows, by=by, lead=None)


def _shares(view: View, choice: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = view.estimates.to_dict("records")  # type: ignore[assignment]
    return [row for row in rows if row["statistic"] == "share" and row["choice"] == choice]


def _moved(stop: Mapping[str, Any]) -> dict[str, Any]:
    numbers = {name: stop[name] for name in ("share", "low", "high")}
    return numbers | {"value": stop["share"], "se": (stop["high"] - stop["low"]) / 2 / UPPER}


def _side(row: Mapping[str, Any], name: str, of: str) -> dict[str, Any]:
    """Returns one side of a gap as an estimate; a side without an interval counts as exact."""
    value, low, high = (row[f"{of}{number}"] for number in ("value", "low", "high"))
    se = 0.0 if low != low else (high - low) / 2 / UPPER
    base = row[f"{of}base_n"]
    return {
        "statistic": "share", "choice": row["choice"], "choice_label": row["choice_label"], "base_n": base,
        "effective_n": base, "share": value, "value": value, "se": se, "low": low, "high": high,
        "suppressed": row["suppressed"] or value != value, "reason": row["reason"], "flag": None,
        SIDE: plain_text(name),
    }  # fmt: skip


def _with(view: View, rows: Iterable[Mapping[str, Any]], by: tuple[str, ...]) -> View:
    return replace(view, estimates=pd.DataFrame(list(rows)), by=by, lead=None)
