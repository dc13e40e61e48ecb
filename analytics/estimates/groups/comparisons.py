"""Which groups answered differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Literal

import numpy as np

from analytics.estimates.groups.banner import Banner, in_both, read_banner, rest
from analytics.estimates.groups.judge import (
    NUMBERS,
    Comparisons,
    RowColumns,
    judged,
    labelled,
    measures,
    named,
    together,
    with_same,
)
from analytics.estimates.views.choose import check_choice, check_selection, choose_question, weights_used
from analytics.estimates.views.effort import refuse_dear
from analytics.estimates.views.layout import letter
from analytics.model import Snapshot
from analytics.model.reasons import Reason
from analytics.model.request import Request
from analytics.statistics.comparisons import differences
from analytics.statistics.corrections import Correction
from analytics.statistics.rao_scott import TableTest, association
from analytics.statistics.sides import at_groups

Compare = Literal["table", "rest", "pairs"]
ALL: tuple[Compare, ...] = ("table", "rest", "pairs")
REST = "the rest"
PAIRS_AT_ONCE = 20_000
"""So many pairs are compared in one go; with standard errors by cell, so many fewer."""


def comparisons(
    snapshot: Snapshot,
    request: Request,
    *,
    compare: tuple[Compare, ...] = ALL,
    correction: Correction = "bh",
    choice: str | None = None,
    table_test: TableTest = "f",
) -> Comparisons:
    """How far the groups of the banner differ: each from all others together, two by two, and as a table.

    Who has no answer to a key of the banner is left out. The choices of a multiple question overlap as groups: standard
    errors know who is in both; such a banner stands alone, and there is no test of it as a table.

    Args:
        compare: which of these; all of them are corrected for one another.
        choice: the value of a choice, or the key of a net, that alone is compared.
        table_test: which test the row of the whole table holds.

    Raises:
        RequestError: the survey cannot answer that.
    """
    request, question = replace(request, every=None, window=1), choose_question(snapshot.survey, request.question)
    check_selection(snapshot.survey, request, request.by)
    check_choice(question, choice)
    return compared(
        read_banner(snapshot, request), compare=compare, correction=correction, choice=choice, table_test=table_test
    )  # fmt: skip


def compared(
    banner: Banner,
    *,
    compare: tuple[Compare, ...] = ALL,
    correction: Correction = "bh",
    choice: str | None = None,
    table_test: TableTest = "f",
) -> Comparisons:
    """How far the groups of a banner that was read differ, as `comparisons` does."""
    snapshot, request, by, question = banner.snapshot, banner.request, banner.by, banner.question
    survey = snapshot.survey
    fitted = banner.sums.calibration
    refuse_dear(
        snapshot, question, groups=len(banner.groups), design=0 if fitted is None else fitted.levels,
        pairs="pairs" in compare,
    )  # fmt: skip
    found = [_table(banner, table_test)] if "table" in compare else []
    found += list(_against_rest(banner, choice)) if "rest" in compare else []
    found += list(_by_pairs(banner, choice)) if "pairs" in compare else []
    columns = judged(together(found), correction, snapshot.min_base(request))
    columns = _lettered(with_same(columns, period=None), len(banner.groups), "pairs" in compare)
    weights = weights_used(survey, request)
    rows = labelled(columns, question.key, weights, by, [*banner.groups, (None,) * len(by)])
    family = int(rows["p_adjusted"].notna().sum())
    return Comparisons(survey, snapshot.status, question, request, weights, rows, correction, family, by)


def _against_rest(banner: Banner, choice: str | None) -> Iterator[RowColumns]:
    others, names = rest(banner), np.array(_names(banner), dtype=object)
    for measure in measures(banner.question, banner.request):
        frame = differences(measure.scores(banner.sums), measure.scores(others), banner.design_n)
        rows = named(measure, frame, choice)
        rows |= {"name": names[rows["group"]]}
        yield with_same(rows, comparison="rest", against=REST, against_group=-1, df=_df(banner))


def _by_pairs(banner: Banner, choice: str | None) -> Iterator[RowColumns]:
    names = np.array(_names(banner), dtype=object)
    for one, other in _pairs_in_turn(banner):
        this, those = at_groups(banner.sums, one), at_groups(banner.sums, other)
        both = in_both(banner, int(one[0])) if banner.overlapping else None
        for measure in measures(banner.question, banner.request):
            shared = None if both is None else measure.scores(at_groups(both, other))
            frame = differences(measure.scores(this), measure.scores(those), banner.design_n, shared=shared)
            rows = named(measure, frame, choice)
            this_one, that_one = one[rows["group"]], other[rows["group"]]
            rows |= {"group": this_one, "name": names[this_one], "against": names[that_one], "against_group": that_one}
            yield with_same(rows, comparison="pair", df=_df(banner))


def _pairs_in_turn(banner: Banner) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yields the places of all pairs, as many in one go as memory is to be used for; where groups overlap, those of
    one group in one go."""
    one, other = np.triu_indices(len(banner.groups), 1)
    levels = len(banner.sums.by_level.n) if banner.sums.by_level else 1
    at_once = max(1, PAIRS_AT_ONCE // levels)
    bounds = np.flatnonzero(np.diff(one, prepend=-1)) if banner.overlapping else np.arange(0, len(one), at_once)
    for start, end in pairwise([*bounds.tolist(), len(one)]):
        yield one[start:end], other[start:end]


def _table(banner: Banner, test: TableTest) -> RowColumns:
    row: dict[str, object] = dict.fromkeys(NUMBERS, np.nan) | {
        "comparison": "table", "statistic": "association", "choice": None, "choice_label": None, "group": -1,
        "against_group": -1, "name": "the table", "against": None, "test": test, "reason": None,
    }  # fmt: skip
    why = None
    if banner.question.kind == "multiple":
        why = Reason("several answers")
    elif banner.overlapping:
        why = Reason("several groups")
    found = None if why else association(banner.sums, float(banner.design_n[0]), test)
    if found is None:
        return _of_one(row | {"reason": why or Reason("small")})
    numbers = {
        "base_n": found.base_n, "effective_n": found.effective_n, "value": found.cramers_v, "df": found.df,
        "test_value": found.statistic, "df_below": found.df_below, "p_value": found.p_value,
        "p_cautious": found.p_value,
    }  # fmt: skip
    return _of_one(row | numbers)


def _of_one(row: Mapping[str, object]) -> RowColumns:
    return {name: np.array([value], dtype=float if name in NUMBERS else object) for name, value in row.items()}


def _df(banner: Banner) -> float:
    """Returns the degrees of freedom for those who hold z against Student's t: all in the table or, where standard
    errors know the targets, in the design, less 1."""
    return float(banner.sums.base_n.sum() if banner.sums.calibration is None else banner.design_n[0]) - 1


def _names(banner: Banner) -> list[str]:
    return [", ".join(values) for values in banner.groups]


def _lettered(rows: RowColumns, groups: int, paired: bool) -> RowColumns:
    letters = np.array([*(letter(place) for place in range(groups)), None], dtype=object)
    places = {"letter": "group", "against_letter": "against_group"}
    rows = rows | {name: letters[rows[place].astype(np.int64)] for name, place in places.items()}
    rows = with_same(rows, higher_than=None)
    cells = np.flatnonzero(rows["comparison"] == "rest")
    if not paired or not len(cells):
        return rows
    higher: dict[tuple[object, ...], list[str]] = {}
    clear = (rows["comparison"] == "pair") & rows["clear"]
    told = (rows[name][clear].tolist() for name in ("letter", "against_letter", "difference", "statistic", "choice"))
    for one, other, difference, statistic, choice in zip(*told, strict=True):
        upper, lower = (one, other) if difference > 0 else (other, one)
        higher.setdefault((upper, statistic, choice), []).append(lower)
    keys = zip(*(rows[name][cells].tolist() for name in ("letter", "statistic", "choice", "suppressed")), strict=True)
    rows["higher_than"][cells] = [" ".join(higher.get(tuple(key), [])) or "-" * thin for *key, thin in keys]
    return rows
