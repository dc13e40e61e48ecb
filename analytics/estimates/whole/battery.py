"""What readers answered to questions that were asked together, one beside the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from analytics.estimates.views.choose import choose_question
from analytics.estimates.views.ranking import lowest_is_best
from analytics.estimates.views.view import View
from analytics.estimates.whole.topline import whole
from analytics.language.said import spoken
from analytics.model import Dimension, Level, Snapshot
from analytics.model.batteries import Battery, battery_of
from analytics.model.request import Request
from analytics.model.scales import diverging_order, places

ITEM = "asked_item"
"""The column that says which item a row is of, as a dimension has it."""


@dataclass(frozen=True)
class Together:
    """The items of a battery: one view of all, in which they stand as groups, and the topline of each."""

    battery: Battery
    view: View
    toplines: tuple[View, ...]


def asked_together(snapshot: Snapshot, request: Request) -> Together:
    """The answers to all questions of the battery that the request's question belongs to; to it alone without one.

    Items stand in the order of their means, the best first, or, where they have none, of how many are for it. Readers
    who answered several are in several groups, so that nothing is said of who differs.

    Raises:
        RequestError: the survey cannot answer that.
    """
    question = choose_question(snapshot.survey, request.question)
    alone = Battery(question.text, (question,), (question.text,))
    battery = battery_of(snapshot.survey, question.key) or alone
    toplines = tuple(whole(snapshot, replace(request, question=one.key)) for one in battery.questions)
    items = {one.key: item for one, item in zip(battery.questions, battery.items, strict=True)}
    order = sorted(range(len(toplines)), key=lambda at: _height(toplines[at]), reverse=True)
    levels = tuple(Level(toplines[at].question.key, items[toplines[at].question.key]) for at in order)
    dimension = Dimension(ITEM, spoken("Asked together"), "", levels)
    survey = replace(snapshot.survey, dimensions=(*snapshot.survey.dimensions, dimension))
    rows = pd.concat([_rows(toplines[at]) for at in order], ignore_index=True)
    view = replace(
        toplines[0], survey=survey, question=battery.as_one, estimates=rows, by=(ITEM,),
        base_n=max(one.base_n for one in toplines),
    )  # fmt: skip
    return Together(battery, view, toplines)


def _rows(topline: View) -> pd.DataFrame:
    """The estimates of one item with its column where those of groups stand."""
    rows = topline.estimates.copy()
    rows.insert(list(rows.columns).index("choice_label") + 1, ITEM, topline.question.key)
    return rows


def _height(topline: View) -> float:
    """By what items are sorted: the mean, else the share of those for it, else of the first answer."""
    rows = topline.estimates
    means = rows.loc[rows["statistic"] == "mean", "value"].dropna()
    if len(means):
        return -float(means.iloc[0]) if lowest_is_best(topline.question) else float(means.iloc[0])
    sides = places(topline.question)
    first = [value for value in diverging_order(topline.question) if sides[value].side == "plus"]
    wanted = first or [choice.value for choice in topline.question.choices[:1]]
    return float(rows.loc[(rows["statistic"] == "share") & rows["choice"].isin(wanted), "share"].sum())
