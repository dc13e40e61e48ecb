"""Which groups answered differently."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice, product
from string import ascii_uppercase
from typing import Literal

import numpy as np
import pandas as pd

from analytics.model import Status, Survey
from analytics.statistics.comparisons import differences
from analytics.statistics.corrections import Correction
from analytics.statistics.rao_scott import TableTest, association
from analytics.statistics.sides import at_groups
from analytics.views.banner import Asked, Banner, in_both, read_banner, rest
from analytics.views.choose import Read, check_selection, choose_question, weights_used
from analytics.views.judge import NUMBERS, Comparisons, check_choice, judged, labelled, measures, named
from analytics.views.selection import Selection

Compare = Literal["table", "rest", "pairs"]
ALL: tuple[Compare, ...] = ("table", "rest", "pairs")
REST = "the rest"


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
