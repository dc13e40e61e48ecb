"""Turns sums into the rows that a view returns: estimated, suppressed, labelled, in shown order."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.model import NO_ANSWER, Question
from analytics.statistics import estimates
from analytics.statistics.sums import Sums, over_choices
from analytics.views.selection import Selection, WeightsChoice
from analytics.views.view import ESTIMATE_COLUMNS


def estimate_rows(
    question: Question,
    selection: Selection,
    sums: Sums,
    *,
    design_n: np.ndarray,
    weights: WeightsChoice,
    min_base: int,
    by: tuple[str, ...],
    groups: list[tuple[str, ...]],
    periods: list[str | None],
) -> pd.DataFrame:
    """Returns the estimates of every group and period, in the columns that `View` describes."""
    parts = [(_names(question, selection), estimates.shares(sums, design_n, selection.interval))]
    place = {choice.value: index for index, choice in enumerate(question.choices)}
    for net in question.nets:
        plus, minus = ([place[value] for value in values if value in place] for values in (net.plus, net.minus))
        parts.append(([("net", net.key, net.label)], estimates.net(sums, plus, minus, design_n, selection.interval)))
    scores = np.array([np.nan if choice.score is None else choice.score for choice in question.choices])
    if question.kind == "scale" and not np.isnan(scores).all():
        scored = over_choices(sums, lambda x: x[..., : len(scores)])
        parts.append(([("mean", None, "Mean")], estimates.mean(scored, scores, design_n)))
    frames = [
        _named(names, estimates.suppress(frame, min_base)).assign(part=n) for n, (names, frame) in enumerate(parts)
    ]
    rows = pd.concat(frames, ignore_index=True).sort_values(["group", "period", "part", "choice_place"], kind="stable")
    return _labelled(rows, question.key, weights, by, groups, periods)


def _names(question: Question, selection: Selection) -> list[tuple[str, str | None, str]]:
    names: list[tuple[str, str | None, str]] = [("share", choice.value, choice.label) for choice in question.choices]
    return [*names, ("share", NO_ANSWER, NO_ANSWER)] if selection.base == "all" else names


def _named(names: list[tuple[str, str | None, str]], frame: pd.DataFrame) -> pd.DataFrame:
    columns = ("statistic", "choice", "choice_label")
    frame = frame.rename(columns={"choice": "choice_place"})
    place = frame["choice_place"].to_numpy()
    named = {column: np.array([name[at] for name in names], dtype=object)[place] for at, column in enumerate(columns)}
    return frame.assign(**named)


def _labelled(
    rows: pd.DataFrame,
    question: str,
    weights: WeightsChoice,
    by: tuple[str, ...],
    groups: list[tuple[str, ...]],
    periods: list[str | None],
) -> pd.DataFrame:
    group = rows["group"].to_numpy()
    columns: dict[str, object] = {"question": question}
    columns |= {name: rows[name].to_numpy() for name in ("statistic", "choice", "choice_label")}
    for at, key in enumerate(by):
        columns[key] = np.array([values[at] for values in groups], dtype=object)[group]
    columns["period"] = np.array(periods, dtype=object)[rows["period"].to_numpy()]
    columns["weights"] = weights
    columns |= {name: rows[name].to_numpy() for name in ESTIMATE_COLUMNS if name != "weights"}
    return pd.DataFrame(columns)
