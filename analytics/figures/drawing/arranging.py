"""Answers and groups in the order that somebody chose for one figure."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analytics.estimates.views.view import View
from analytics.language.stances import stance
from analytics.language.text import plain_text
from analytics.model import NO_ANSWER
from analytics.model.finish import BY, Finish
from analytics.model.reasons import is_nobody
from analytics.model.scales import ordered_values, places
from analytics.words.names import level_label


def can_be_sorted(view: View) -> bool:
    """Whether another order than the survey's own makes sense: a scale stays together, and so do crossed groups."""
    if view.every:
        return False
    return len(view.by) == 1 if view.by else not places(view.question) and not ordered_values(view.question)


def arranged(view: View, finish: Finish) -> View:
    """Returns the view with its answers, or its groups, in the order of the finish; the numbers are the same.

    Groups go by the share of the answer that the order names, else of the highlighted one, else of the first one.
    Answers of which several may be chosen stand by size where nobody chose an order, those such as "none" last.
    """
    view = _without_empty(view)
    if not finish.sort and view.question.kind == "multiple" and not view.every:
        ranks = _usual_ranks(view)
        frame = view.estimates
        order = frame.assign(_group=_group_places(view), _rank=ranks).sort_values(["_group", "_rank"], kind="stable")
        return replace(view, estimates=order.drop(columns=["_group", "_rank"]))
    if not finish.sort or not can_be_sorted(view):
        return view
    frame = view.estimates
    ranks = _group_ranks(view, finish) if view.by else _answer_ranks(view, finish)
    order = frame.assign(_rank=ranks).sort_values("_rank", kind="stable").drop(columns="_rank")
    return replace(view, estimates=order)


def _without_empty(view: View) -> View:
    """The view without the groups in which nobody answered, where there are others; periods and crossed groups stay."""
    if len(view.by) != 1 or view.every:
        return view
    frame = view.estimates
    empty = frame["reason"].map(is_nobody).groupby(frame[view.by[0]].astype(str)).transform("all").astype(bool)
    return view if empty.all() or not empty.any() else replace(view, estimates=frame[~empty])


def _usual_ranks(view: View) -> pd.Series:
    """The place of each answer by its share of all groups together; those such as "none" last."""
    frame = view.estimates
    shares = frame[(frame["statistic"] == "share") & (frame["choice"] != NO_ANSWER)]
    worth = shares["weighted_base"].fillna(0.0)
    totals = (shares["value"].fillna(0.0) * worth).groupby(shares["choice"].astype(str)).sum()
    last = {
        choice.value for choice in view.question.choices
        if (said := stance(choice.label)) is not None and said.side == "beside"
    }  # fmt: skip
    values = sorted(
        (choice.value for choice in view.question.choices),
        key=lambda value: (value in last, -float(totals.get(value, 0.0))),
    )
    places = {value: place for place, value in enumerate(values)}
    return frame["choice"].astype(str).map(places).where(frame["statistic"] == "share", len(places)).fillna(len(places))


def _group_places(view: View) -> pd.Series:
    """The place of each row's group, in the order in which groups first stand."""
    frame = view.estimates
    if not view.by:
        return pd.Series(0, index=frame.index)
    return frame.groupby([*view.by], sort=False, observed=True, dropna=False).ngroup()


def _answer_ranks(view: View, finish: Finish) -> pd.Series:
    frame = view.estimates
    shares = frame[frame["statistic"] == "share"]
    names = {
        str(choice): plain_text(str(label))
        for choice, label in zip(shares["choice"], shares["choice_label"], strict=True)
    }
    sizes = dict(zip(shares["choice"].astype(str), shares["share"], strict=True))
    places = {value: place for place, value in enumerate(_sorted(names, sizes, finish.sort))}
    return frame["choice"].astype(str).map(places).where(frame["statistic"] == "share", len(places)).fillna(len(places))


def _group_ranks(view: View, finish: Finish) -> pd.Series:
    frame, key = view.estimates, view.by[0]
    choices = [choice.value for choice in view.question.choices]
    order, _, named = finish.sort.partition(BY)
    answer = next((one for one in (named, finish.highlight) if one in choices), choices[0])
    rows = frame[(frame["statistic"] == "share") & (frame["choice"] == answer)]
    groups = list(dict.fromkeys(frame[key].astype(str)))
    names = {group: plain_text(level_label(view.survey, key, group)) for group in groups}
    sizes = dict(zip(rows[key].astype(str), rows["share"], strict=True))
    places = {value: place for place, value in enumerate(_sorted(names, sizes, order))}
    return frame[key].astype(str).map(places)


def _sorted(names: dict[str, str], sizes: dict[str, float], sort: str) -> list[str]:
    """Returns the values in order, those without a number last."""
    if sort == "name":
        return sorted(names, key=lambda value: names[value].casefold())
    known = [value for value in names if sizes.get(value) == sizes.get(value) and value in sizes]
    known.sort(key=lambda value: sizes[value], reverse=sort == "largest")
    return [*known, *(value for value in names if value not in known)]
