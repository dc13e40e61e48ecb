"""What changed from one period to the next."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.estimates.breaks import break_places, breaks_of
from analytics.estimates.choose import (
    banner_groups,
    cells_in_time,
    check_selection,
    choose_question,
    count_undated,
    grain_needed,
    profiles_kept,
    wanted_cells,
    weights_used,
)
from analytics.estimates.judge import Comparisons, Measure, check_choice, judged, labelled, measures, named
from analytics.estimates.timeline import timeline
from analytics.estimates.trend import check_trend
from analytics.estimates.view import Break
from analytics.estimates.weigh import weigh_profiles
from analytics.model import Snapshot
from analytics.model.reasons import Reason
from analytics.model.request import Request
from analytics.statistics.comparisons import successive
from analytics.statistics.corrections import Correction
from analytics.statistics.sums import sum_cells


def changes(
    snapshot: Snapshot,
    request: Request,
    *,
    correction: Correction = "bh",
    choice: str | None = None,
) -> Comparisons:
    """How far each period lies above the one before, every group of the banner for itself.

    Waves that carry weights of their own are samples of their own. With a `window` of more than one the changes are
    those of the smoothed line; standard errors know which answers two neighbouring windows share. Periods before and
    after a change of the question are not compared, and the reason says so.

    Raises:
        RequestError: the survey cannot answer that.
    """
    survey, now, by, window = snapshot.survey, snapshot.now, request.by, request.window
    asked = choose_question(survey, request.question)
    check_selection(survey, request, by)
    every = check_trend(survey, request)
    check_choice(asked, choice)
    grain = grain_needed(survey, request, every)
    cells = snapshot.read(wanted_cells(survey, asked, request, by, grain))
    waves = cells.profiles["wave"].to_numpy() if every == "wave" else None
    weights = weights_used(survey, request)
    profile_weights = weigh_profiles(survey, cells, request, weights, waves)
    kept = profiles_kept(survey, cells.profiles, request) & (profile_weights.factor > 0)
    group, groups = banner_groups(survey, cells, by, kept)
    inside = cells_in_time(survey, cells, request, grain) & kept[cells.answers["profile"].to_numpy()]
    line = timeline(survey, cells, inside, grain, every, now)
    sums = sum_cells(
        cells, profile_weights, group=group, groups=len(groups), period=line.place, periods=len(line.labels),
        choices=len(asked.choices), multiple=asked.kind == "multiple", no_answer=request.base == "all",
    )  # fmt: skip
    breaks = breaks_of(survey, asked, line.labels, every, cells, lambda: line.place)
    cuts = break_places(breaks, line.labels)
    found = [
        _named(measure, successive(sums, measure.scores, profile_weights.design_n, window, cuts), line.labels, choice)
        for measure in measures(asked, request)
    ]
    found = [_apart(rows, dict(zip(cuts, breaks, strict=True))) for rows in found]
    rows = judged(pd.concat(found, ignore_index=True), correction, request.min_base or survey.min_base)
    rows = labelled(rows.sort_values(["group", "place"], kind="stable"), asked.key, weights, by, groups)
    undated = 0 if every == "wave" else count_undated(cells, kept, asked)
    return Comparisons(
        survey, snapshot.status, asked, request, weights, rows, correction, int(rows["p_adjusted"].notna().sum()), by,
        every, window, undated, line.unfinished,
    )  # fmt: skip


def _apart(rows: pd.DataFrame, cut: dict[int, Break]) -> pd.DataFrame:
    """Returns the rows, those across a change of the question with that as the reason why nothing is compared."""
    reasons = [Reason("cut", cuts=cut[at].cuts) if at in cut else None for at in rows["place"]]
    return rows.assign(reason=pd.Series(reasons, index=rows.index, dtype=object))


def _named(measure: Measure, found: pd.DataFrame, labels: list[str], choice: str | None) -> pd.DataFrame:
    rows = named(measure, found, choice)
    periods, place = np.array([*labels, None], dtype=object), rows["period"].to_numpy()
    return rows.assign(
        comparison="change", place=place, period=periods[place], name=periods[place], against=periods[place - 1],
        df=rows["base_n"] + rows["against_base_n"] - 2,
    )  # fmt: skip
