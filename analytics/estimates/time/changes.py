"""What changed from one period to the next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analytics.estimates.groups.judge import (
    Comparisons,
    Measure,
    RowColumns,
    judged,
    labelled,
    measures,
    named,
    together,
    with_same,
)
from analytics.estimates.time.breaks import break_places, breaks_of
from analytics.estimates.views.choose import check_choice, check_trend
from analytics.estimates.views.tallied import Tallied, tallied
from analytics.estimates.views.view import Break
from analytics.model import Snapshot
from analytics.model.reasons import Reason
from analytics.model.request import Request
from analytics.statistics.comparisons import successive
from analytics.statistics.corrections import Correction


def changes(
    snapshot: Snapshot, request: Request, *, correction: Correction = "bh", choice: str | None = None
) -> Comparisons:
    """How far each period lies above the one before, every group of the banner for itself.

    Waves that carry weights of their own are samples of their own. With a `window` of more than one the changes are
    those of the smoothed line; standard errors know which answers two neighbouring windows share. Periods before and
    after a change of the question are not compared, and the reason says so.

    Raises:
        RequestError: the survey cannot answer that.
    """
    check_trend(snapshot.survey, request)
    found = tallied(snapshot, request)
    check_choice(found.question, choice)
    breaks = breaks_of(found)
    cuts = break_places(breaks, found.labels)
    columns = together([_moved(found, measure, cuts, choice) for measure in measures(found.question, request)])
    columns = judged(_apart(columns, dict(zip(cuts, breaks, strict=True))), correction, found.min_base)
    order = np.lexsort((columns["place"], columns["group"]))
    columns = {name: values[order] for name, values in columns.items()}
    rows = labelled(columns, found.question.key, found.weights, request.by, found.groups)
    return Comparisons(
        found.survey, snapshot.status, found.question, request, found.weights, rows, correction,
        int(rows["p_adjusted"].notna().sum()), request.by, found.every, request.window, found.undated, found.unfinished,
    )  # fmt: skip


def _moved(tally: Tallied, measure: Measure, cuts: Sequence[int], choice: str | None) -> RowColumns:
    """The differences of one measure between each period and the one before, with their names."""
    moved = successive(tally.sums, measure.scores, tally.design_n, tally.request.window, cuts)
    rows = named(measure, moved, choice)
    periods, place = np.array([*tally.labels, None], dtype=object), rows["period"]
    rows |= {"place": place, "period": periods[place], "name": periods[place], "against": periods[place - 1]}
    return with_same(rows, comparison="change") | {"df": rows["base_n"] + rows["against_base_n"] - 2}


def _apart(rows: RowColumns, cut: dict[int, Break]) -> RowColumns:
    """The rows, those across a change of the question with that as the reason why nothing is compared."""
    reasons = np.empty(len(rows["place"]), dtype=object)
    reasons[:] = [Reason("cut", cuts=cut[at].cuts) if at in cut else None for at in rows["place"].tolist()]
    return rows | {"reason": reasons}
