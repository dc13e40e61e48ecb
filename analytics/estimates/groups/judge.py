"""Turns differences into the rows that a comparison returns: named, thin bases left out, corrected for one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analytics.model import NO_ANSWER, Question, Status, Survey
from analytics.model.reasons import Reason
from analytics.model.request import Every, Request, WeightsChoice
from analytics.statistics.comparisons import LEAST_BASE, Scores, mean_scores, share_scores
from analytics.statistics.corrections import Correction, adjusted
from analytics.statistics.sums import Sums
from analytics.statistics.uncertainty import LEVEL

NUMBERS = (
    "base_n", "effective_n", "against_base_n", "against_effective_n", "value", "against_value", "difference", "low",
    "high", "se", "test_value", "df", "df_below", "p_value", "p_adjusted", "p_cautious",
)  # fmt: skip

TEXTS = ("choice", "choice_label", "period", "letter", "against", "against_letter", "higher_than", "reason")

COMPARISON_COLUMNS = (
    "letter", "against", "against_letter", "weights", "base_n", "effective_n", "against_base_n", "against_effective_n",
    "value", "against_value", "difference", "low", "high", "se", "test", "test_value", "df", "df_below", "p_value",
    "p_adjusted", "p_cautious", "clear", "higher_than", "suppressed", "reason",
)  # fmt: skip


@dataclass(frozen=True)
class Comparisons:
    """Differences of one question's estimates, and what was compared.

    `rows` has the columns `question`, `comparison`, `statistic`, `choice`, `choice_label`, one for each key of `by`,
    `period` and then COMPARISON_COLUMNS. `comparison` is "rest" (a group against all other groups together), "pair"
    (two groups), "change" (a period against the one before) or "table" (the whole crosstab; the keys of `by` are None).
    `statistic` is "share", "mean" or "net", and "association" for the table, whose `value` is Cramer's V. `against`
    names the other side. `difference` is `value` less `against_value`, `low` and `high` its interval of 95 %. `test`
    says what `test_value` is ("z", or for the table "f", "chisq", "wald", "adjwald") and `df`, `df_below` its degrees
    of freedom. `p_adjusted` is corrected by `correction` for every row with a p value, `family` in all; `p_cautious` is
    corrected in the same way from p values that stay true for small groups and shares near 0 or 1, and never smaller;
    `clear` is whether it is at most 5 %. Suppressed rows hold missing numbers and a reason.

    `letter` and `against_letter` name the groups of the banner in shown order; `higher_than` joins, in a "rest" row,
    the letters of the groups that this one is clearly higher than, "-" where it is too thin to say, and is None where
    pairs were not compared.
    """

    survey: Survey
    status: Status
    question: Question
    request: Request
    weights: WeightsChoice
    rows: pd.DataFrame
    correction: Correction
    family: int
    by: tuple[str, ...] = ()
    every: Every | None = None
    window: int = 1
    undated: int = 0
    unfinished: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """Estimates that are compared in one go: a name (statistic, choice, choice_label) each, and how they are scored."""

    names: tuple[tuple[str, str | None, str], ...]
    scores: Callable[[Sums], Scores]


def measures(question: Question, request: Request) -> list[Measure]:
    """Returns what is estimated of the question: the share of each choice, nets, and the mean of a scale."""
    unanswered = [(NO_ANSWER, NO_ANSWER)] if request.base == "all" else []
    listed = [(choice.value, choice.label) for choice in question.choices] + unanswered
    found = [Measure(tuple(("share", value, label) for value, label in listed), share_scores)]
    for net in question.nets:
        points = np.array([float(value in net.plus) - float(value in net.minus) for value, _ in listed])
        found.append(Measure((("net", net.key, net.label),), partial(mean_scores, points=points)))
    scores = [choice.score for choice in question.choices] + [None for _ in unanswered]
    if question.kind == "scale" and any(score is not None for score in scores):
        points = np.array([np.nan if score is None else score for score in scores])
        found.append(Measure((("mean", None, "Mean"),), partial(mean_scores, points=points)))
    return found


RowColumns = dict[str, np.ndarray]
"""Rows on their way to a frame: arrays of one length by name. So few of them take pandas longer to look at than to
compare."""


def named(measure: Measure, frame: pd.DataFrame, choice: str | None) -> RowColumns:
    """Returns the differences with the names of their estimates, those of one choice or net alone where it is given."""
    rows = {"test_value" if name == "z" else name: frame[name].to_numpy() for name in frame.columns}
    for at, column in enumerate(("statistic", "choice", "choice_label")):
        rows[column] = np.array([name[at] for name in measure.names], dtype=object)[rows["estimate"]]
    rows |= {"test": _same("z", len(frame)), "df_below": np.full(len(frame), np.nan), "reason": _same(None, len(frame))}
    return rows if choice is None else {name: values[rows["choice"] == choice] for name, values in rows.items()}


def together(parts: Sequence[RowColumns]) -> RowColumns:
    """Returns the rows of all parts one after the other, in the columns that each of them has."""
    names = [name for name in parts[0] if all(name in part for part in parts)]
    return {name: np.concatenate([part[name] for part in parts]) for name in names}


def with_same(rows: RowColumns, **values: object) -> RowColumns:
    """Returns the rows with these columns, each of one value."""
    size = len(rows["reason"])
    return rows | {name: _same(value, size) for name, value in values.items()}


def judged(rows: RowColumns, correction: Correction, min_base: int) -> RowColumns:
    """Returns the rows with `p_adjusted`, `p_cautious`, `clear`, `suppressed` and `reason`.

    A row is suppressed where one of its sides, `name` or `against`, has fewer than 30 answers or the survey's own
    minimum, where weights leave it worth fewer than 30, or where nobody on either side differs from the others. What
    is suppressed counts in no correction. A row that comes with a `reason` keeps it.
    """
    least = max(LEAST_BASE, min_base)
    numbers = {name: rows[name].astype(float) for name in NUMBERS if name != "p_adjusted"}
    reason = [given if isinstance(given, Reason) else None for given in rows["reason"]]
    for side, name in (("", "name"), ("against_", "against")):
        thin = numbers[f"{side}base_n"] < least
        light = ~thin & (numbers[f"{side}effective_n"] < LEAST_BASE)
        rest = (rows["comparison"] == "rest") & (side != "")
        for where, given in ((thin, Reason("few", least)), (light, Reason("light", LEAST_BASE))):
            _give(reason, where & rest, replace(given, rest=True))
            _give(reason, where & ~rest, given, of=rows[name])
    _give(reason, np.isnan(numbers["p_value"]), Reason("alike"))
    suppressed = np.array([given is not None for given in reason], dtype=bool)
    numbers |= {
        name: adjusted(np.where(suppressed, np.nan, numbers[plain]), correction)
        for name, plain in (("p_adjusted", "p_value"), ("p_cautious", "p_cautious"))
    }
    reasons = np.empty(len(reason), dtype=object)
    reasons[:] = reason
    found = {name: np.where(suppressed, np.nan, values) for name, values in numbers.items()}
    return rows | found | {"reason": reasons, "suppressed": suppressed, "clear": numbers["p_cautious"] <= 1 - LEVEL}


def labelled(
    rows: RowColumns,
    question: str,
    weights: WeightsChoice,
    by: tuple[str, ...],
    groups: Sequence[tuple[str | None, ...]],
) -> pd.DataFrame:
    """Returns the rows in the columns of `Comparisons`; `groups` has the values for each place in `group`."""
    group, size = rows["group"].astype(np.int64), len(rows["reason"])
    banner = {key: np.array([values[at] for values in groups], dtype=object)[group] for at, key in enumerate(by)}
    known = rows | {"question": _same(question, size), "weights": _same(weights, size)} | banner
    found: dict[str, Any] = {}
    for name in ("question", "comparison", "statistic", "choice", "choice_label", *by, "period", *COMPARISON_COLUMNS):
        values = known.get(name, _same(None, size))
        if name in TEXTS:
            values = values.astype(object)
            values[pd.isna(values)] = None
            found[name] = pd.Series(values, dtype=object)
        else:
            found[name] = values
    return pd.DataFrame(found)


def _same(value: object, size: int) -> np.ndarray:
    return np.full(size, value, dtype=object if value is None or isinstance(value, str) else None)


def _give(reasons: list[Reason | None], where: np.ndarray, reason: Reason, of: np.ndarray | None = None) -> None:
    """Gives this reason to the rows that have none yet, about the side whose name stands in `of`."""
    for at in np.flatnonzero(where).tolist():
        if reasons[at] is None:
            reasons[at] = reason if of is None else replace(reason, of=str(of[at]))
