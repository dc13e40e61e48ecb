"""What every group of readers has in common, and what divides them most: only where chance leaves it standing."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.errors import RequestError
from analytics.estimates.groups.table import EVERYBODY, Table, table
from analytics.estimates.views.layout import Layout
from analytics.language.said import spoken
from analytics.model import NO_ANSWER, Snapshot
from analytics.model.request import Request

HALF = 0.5
SHARED_COLUMNS = ("question", "choice", "choice_label", "share", "lowest", "lowest_low", "lowest_group")
DIVIDING_COLUMNS = (
    "question", "choice", "choice_label", "group", "value", "against", "against_value", "difference", "low", "high",
)  # fmt: skip


@dataclass(frozen=True)
class CommonGround:
    """What all groups of a dimension share, a row of SHARED_COLUMNS each, the safest first; what divides them, a row of
    DIVIDING_COLUMNS each, the widest first, one a question.

    A choice is shared where the uncertainty interval of its share lies above one half in every group that could be
    judged; `lowest` is the share of the group where it is lowest. `thin` names the groups that could not be judged on
    some question.
    """

    found: Table
    by: str
    groups: tuple[str, ...]
    thin: tuple[str, ...]
    shared: pd.DataFrame
    dividing: pd.DataFrame


def common_ground(snapshot: Snapshot, request: Request) -> CommonGround:
    """What the groups of the request's dimension or question have in common over all questions of the survey.

    Raises:
        RequestError: the survey cannot answer that, or the dimension has fewer than two groups.
    """
    if len(request.by) != 1:
        raise RequestError(
            spoken("common ground takes one dimension, found {by}: name the one to group by", by=list(request.by))
        )
    (by,) = request.by
    stubs = tuple(q.key for q in snapshot.survey.questions if q.kind != "text" and q.choices and q.key != by)
    found = table(snapshot, request, Layout(stubs, ((by,),)))
    groups = tuple(c.values[0] for c in found.columns if c.part and c.values[0] != NO_ANSWER)
    if len(groups) < 2:
        raise RequestError(
            spoken(
                "common ground takes two groups, and '{by}' has {groups}: choose another dimension",
                by=by,
                groups=len(groups),
            )
        )
    cells = found.cells[(found.cells["statistic"] == "share") & (found.cells["choice"] != NO_ANSWER)]
    inside = cells[(cells["banner"] != EVERYBODY) & cells["group"].isin(groups)]
    whole = cells[(cells["banner"] == EVERYBODY) & ~cells["suppressed"].astype(bool)]
    missed = set(inside[inside["suppressed"].astype(bool) & inside["question"].isin(whole["question"])]["group"])
    thin = tuple(group for group in groups if group in missed)
    everybody = whole.set_index(["question", "choice"])["share"]
    return CommonGround(found, by, groups, thin, _shared(inside, everybody), _dividing(found.pairs))


def _shared(cells: pd.DataFrame, everybody: pd.Series) -> pd.DataFrame:
    rows = []
    for (question, choice), group in cells[~cells["suppressed"].astype(bool)].groupby(
        ["question", "choice"], sort=False
    ):
        if len(group) < 2 or not (group["low"].astype(float) > HALF).all():
            continue
        least = group.iloc[int(group["share"].astype(float).argmin())]
        rows.append(
            {
                "question": question, "choice": choice, "choice_label": least["choice_label"],
                "share": everybody.get((question, choice)), "lowest": least["share"], "lowest_low": least["low"],
                "lowest_group": least["group"],
            }
        )  # fmt: skip
    found = pd.DataFrame(rows, columns=list(SHARED_COLUMNS))
    return found.sort_values("lowest_low", ascending=False, ignore_index=True)


def _dividing(pairs: pd.DataFrame) -> pd.DataFrame:
    """Returns the widest clear difference of each question, the side that chose it more often first."""
    clear = pairs[(pairs["statistic"] == "share") & pairs["clear"].astype(bool)]
    if clear.empty:
        return pd.DataFrame(columns=list(DIVIDING_COLUMNS))
    order = clear["difference"].astype(float).abs().sort_values(ascending=False, kind="stable").index
    widest = clear.loc[order].drop_duplicates("question")
    rows = [_turned(row) for row in widest.to_dict("records")]
    return pd.DataFrame(rows)[list(DIVIDING_COLUMNS)].reset_index(drop=True)


def _turned(row: dict[object, object]) -> dict[str, object]:
    """Returns the pair seen from the group that lies above."""
    one = {str(name): value for name, value in row.items()}
    if float(str(one["difference"])) > 0:
        return one
    return one | {
        "group": one["against"], "against": one["group"], "value": one["against_value"],
        "against_value": one["value"], "difference": -float(str(one["difference"])),
        "low": -float(str(one["high"])), "high": -float(str(one["low"])),
    }  # fmt: skip
