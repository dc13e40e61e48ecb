"""Which groups answered differently, and whether a choice leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count, islice, product
from string import ascii_uppercase
from typing import Literal

import numpy as np
import pandas as pd

from analytics.errors import RequestError
from analytics.model import Choice, Status, Survey
from analytics.statistics.comparisons import differences
from analytics.statistics.corrections import Correction
from analytics.statistics.rao_scott import TableTest, association
from analytics.statistics.sequences import lead_interval, weighted_lead_interval
from analytics.statistics.sides import at_groups
from analytics.views.banner import Asked, Banner, in_both, read_banner, rest
from analytics.views.choose import Read, check_selection, choose_question, weights_used
from analytics.views.judge import NUMBERS, Comparisons, check_choice, judged, labelled, measures, named
from analytics.views.newsroom import is_open
from analytics.views.selection import Selection
from analytics.views.view import View

Compare = Literal["table", "rest", "pairs"]
ALL: tuple[Compare, ...] = ("table", "rest", "pairs")
REST = "the rest"


@dataclass(frozen=True)
class Standing:
    """Who is ahead, and whether that may be said. `leads` is whether "leading" holds; else it is not settled yet.

    `difference` is the leader's share less the runner-up's; `low` and `high` bound it at all looks together, however
    often the poll is watched. All of these are None where nobody is ahead, and `reason` says why.
    """

    leads: bool
    leader: Choice | None = None
    runner_up: Choice | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str | None = None


def comparisons(
    survey: Survey,
    status: Status,
    read: Read,
    question: str,
    by: tuple[str, ...],
    selection: Selection,
    *,
    compare: tuple[Compare, ...] = ALL,
    correction: Correction = "bh",
    choice: str | None = None,
    table_test: TableTest = "f",
) -> Comparisons:
    """Returns how far the groups of the banner differ: each from all others together, two by two, and as a table.

    Who has no answer to a key of the banner is left out. The choices of a multiple question overlap as groups: standard
    errors know who is in both; such a banner stands alone, and there is no test of it as a table.

    Args:
        compare: which of these; all of them are corrected for one another.
        choice: the value of a choice, or the key of a net, that alone is compared.
        table_test: which test the row of the whole table holds.

    Raises:
        RequestError: the survey cannot answer that.
    """
    asked = Asked(survey, read, choose_question(survey, question), selection, by)
    check_selection(survey, selection, by)
    check_choice(asked.question, choice)
    banner = read_banner(asked)
    found = [_table(asked, banner, table_test)] if "table" in compare else []
    found += list(_against_rest(asked, banner, choice)) if "rest" in compare else []
    found += list(_by_pairs(asked, banner, choice)) if "pairs" in compare else []
    rows = judged(pd.concat(found, ignore_index=True), correction, selection.min_base or survey.min_base)
    rows = _lettered(rows.assign(period=None), len(banner.groups), "pairs" in compare)
    weights = weights_used(survey, selection)
    rows = labelled(rows, asked.question.key, weights, by, [*banner.groups, (None,) * len(by)])
    family = int(rows["p_adjusted"].notna().sum())
    return Comparisons(survey, status, asked.question, selection, weights, rows, correction, family, by)


def leading(view: View, *, now: datetime) -> Standing:
    """Returns who is ahead in a topline: leading only if the survey is closed or the lead outlasts being watched.

    Single answers without weights are judged by their counts. With weights, or where several answers may be given, the
    standard error of the difference is taken as the sum of those of the two shares, which it never exceeds.

    Args:
        now: the moment of looking, aware; it decides whether the survey is closed.

    Raises:
        RequestError: the view is not a topline.
    """
    if view.by or view.every:
        raise RequestError("who leads is a matter of the topline: take the view without a banner and without periods")
    rows = view.estimates[view.estimates["statistic"] == "share"]
    rows = rows[rows["choice"].isin([choice.value for choice in view.question.choices])]
    if rows["suppressed"].any() or len(rows) < 2:
        reasons = rows["reason"][rows["suppressed"]].tolist()
        return Standing(False, reason=reasons[0] if reasons else "there are no two choices")
    first, second = rows.sort_values("share", ascending=False, kind="stable").to_dict("records")[:2]
    difference = first["share"] - second["share"]
    if difference <= 0:
        return Standing(False, reason="the two choices in front are level")
    if view.weights == "none" and view.question.kind != "multiple":
        counts = (np.array(float(n)) for n in (first["count"], second["count"], first["base_n"]))
        low, high = lead_interval(*counts, choices=len(rows))
    else:
        numbers = (np.array(x) for x in (difference, first["se"] + second["se"], first["effective_n"]))
        low, high = weighted_lead_interval(*numbers, choices=len(rows))
    leads = bool(low > 0) or not is_open(view.survey, now)
    leader, runner_up = (view.question.choice(row["choice"]) for row in (first, second))
    return Standing(leads, leader, runner_up, difference, float(low), float(high), None if leads else "not settled yet")


def _against_rest(asked: Asked, banner: Banner, choice: str | None) -> Iterator[pd.DataFrame]:
    others, names = rest(asked, banner), np.array(_names(banner), dtype=object)
    for measure in measures(asked.question, asked.selection):
        found = differences(measure.scores(banner.sums), measure.scores(others), banner.design_n)
        rows = named(measure, found, choice)
        yield rows.assign(comparison="rest", name=names[rows["group"]], against=REST, against_group=-1, df=_df(banner))


def _by_pairs(asked: Asked, banner: Banner, choice: str | None) -> Iterator[pd.DataFrame]:
    names = np.array(_names(banner), dtype=object)
    for one in range(len(names) - 1):
        other = np.arange(one + 1, len(names))
        this, those = at_groups(banner.sums, np.full(len(other), one)), at_groups(banner.sums, other)
        both = in_both(asked, banner, one)
        for measure in measures(asked.question, asked.selection):
            shared = None if both is None else measure.scores(at_groups(both, other))
            found = differences(measure.scores(this), measure.scores(those), banner.design_n, shared=shared)
            rows = named(measure, found, choice)
            against = other[rows["group"]]
            yield rows.assign(
                comparison="pair", group=one, name=names[one], against_group=against, against=names[against],
                df=_df(banner),
            )  # fmt: skip


def _table(asked: Asked, banner: Banner, test: TableTest) -> pd.DataFrame:
    row: dict[str, object] = dict.fromkeys(NUMBERS, np.nan) | {
        "comparison": "table", "statistic": "association", "choice": None, "choice_label": None, "group": -1,
        "against_group": -1, "name": "the table", "against": None, "test": test, "reason": None,
    }  # fmt: skip
    why = None
    if asked.question.kind == "multiple":
        why = "readers may give several answers, so the table has no test as a whole"
    elif banner.overlapping:
        why = "readers may be in several groups, so the table has no test as a whole"
    found = None if why else association(banner.sums, float(banner.design_n[0]), test)
    if found is None:
        return pd.DataFrame([row | {"reason": why or "a table needs two groups and two answers that were given"}])
    numbers = {
        "base_n": found.base_n, "effective_n": found.effective_n, "value": found.cramers_v, "df": found.df,
        "test_value": found.statistic, "df_below": found.df_below, "p_value": found.p_value,
        "p_cautious": found.p_value,
    }  # fmt: skip
    return pd.DataFrame([row | numbers])


def _df(banner: Banner) -> float:
    """Returns the degrees of freedom for those who hold z against Student's t: all in the table or, where standard
    errors know the targets, in the design, less 1."""
    return float(banner.sums.base_n.sum() if banner.sums.calibration is None else banner.design_n[0]) - 1


def _names(banner: Banner) -> list[str]:
    return [", ".join(values) for values in banner.groups]


def _letters() -> Iterator[str]:
    """Yields A to Z, then AA, AB and on."""
    for length in count(1):
        yield from ("".join(letters) for letters in product(ascii_uppercase, repeat=length))


def _lettered(rows: pd.DataFrame, groups: int, paired: bool) -> pd.DataFrame:
    letters = np.array([*islice(_letters(), groups), None], dtype=object)
    rows = rows.assign(letter=letters[rows["group"]], against_letter=letters[rows["against_group"]], higher_than=None)
    if not paired:
        return rows
    higher: dict[tuple[object, ...], list[str]] = {}
    for row in rows[(rows["comparison"] == "pair") & rows["clear"]].to_dict("records"):
        ends = [row["letter"], row["against_letter"]]
        upper, lower = ends if row["difference"] > 0 else reversed(ends)
        higher.setdefault((upper, row["statistic"], row["choice"]), []).append(lower)
    cells = rows[rows["comparison"] == "rest"]
    keys = zip(cells["letter"], cells["statistic"], cells["choice"], cells["suppressed"], strict=True)
    rows.loc[cells.index, "higher_than"] = [" ".join(higher.get(tuple(key), [])) or "-" * thin for *key, thin in keys]
    return rows
