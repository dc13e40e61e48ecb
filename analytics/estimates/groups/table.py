"""Several questions by a banner of several parts: the analyst's table, one row a cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import count

import numpy as np
import pandas as pd

from analytics.errors import FewError, RequestError
from analytics.estimates.groups.comparisons import REST, comparisons
from analytics.estimates.groups.judge import NUMBERS, Comparisons
from analytics.estimates.groups.segments import segment_differences, segment_estimates
from analytics.estimates.views.choose import check_selection, choose_question, weights_used
from analytics.estimates.views.effort import NUMBER_SECONDS, groups_of, refuse_nested
from analytics.estimates.views.layout import SEGMENT, BannerPart, Layout, check_layout, letter, part_text
from analytics.estimates.views.tallied import tallied
from analytics.estimates.views.view import ESTIMATE_COLUMNS, MEAN, Clear, View
from analytics.language.said import Phrase, spoken
from analytics.model import NO_ANSWER, Question, Snapshot, Status, Survey
from analytics.model.reasons import Reason
from analytics.model.request import Request, WeightsChoice
from analytics.model.scales import is_told_by_mean
from analytics.statistics.comparisons import LEAST_BASE
from analytics.statistics.corrections import Correction


def crosstab(snapshot: Snapshot, request: Request) -> View:
    """The shares of every choice of the question within each group of the banner, its keys crossed with one another.

    Raises:
        RequestError: the survey cannot answer that.
    """
    request = replace(request, every=None, window=1)
    shown: View | None = snapshot.of_edition(request)
    if shown is not None:
        return shown
    found = tallied(snapshot, request)
    return found.view(found.sums)


def with_clear(view: View, found: Comparisons | None) -> View:
    """The view of a crosstab with the differences that the comparisons of its groups two by two call clear: of a scale
    those of sums of its answers too.

    Without comparisons, where there is one group alone, there is no difference to name. Where too few answered in every
    pair, the groups count as not compared.
    """
    if found is None:
        return replace(view, clear=())
    statistic = "mean" if is_told_by_mean(view.question) else "share"
    names = ("comparison", "statistic", "choice", "clear", "difference", "against", "reason", *found.by)
    told = zip(*(found.rows[name].tolist() for name in names), strict=True)
    pairs = [cells[1:] for cells in told if cells[0] == "pair"]
    own = [cells for cells in pairs if cells[0] == statistic]
    reasons = [cells[5] for cells in own]
    if own and all(isinstance(why, Reason) and why.kind in ("few", "light", "wide") for why in reasons):
        return replace(view, clear=None)
    sums = {net.key for net in view.question.nets if not net.minus} if view.question.kind == "scale" else set()
    if statistic == "share":
        own += [cells for cells in pairs if cells[0] == "net" and cells[1] in sums]
    groups = dict.fromkeys(zip(*(view.estimates[key].tolist() for key in view.by), strict=True))
    by_name, clear = {", ".join(levels): levels for levels in groups}, []
    for _, choice, is_clear, difference, against, _, *levels in own:
        if is_clear:
            ends = [tuple(levels), by_name[against]]
            upper, lower = ends if difference > 0 else reversed(ends)
            clear.append(Clear(MEAN if statistic == "mean" else choice, upper, lower))
    return replace(view, clear=tuple(clear))


def compared_pairs(snapshot: Snapshot, request: Request, view: View) -> Comparisons | None:
    """How far the groups of a crosstab differ two by two; None where there is one group alone, or nobody in any.

    Args:
        view: the crosstab: what it keeps back of a group is not told by a comparison either.
    """
    try:
        return _of_what_is_shown(comparisons(snapshot, request, compare=("pairs",)), view)
    except RequestError:
        return None


def _of_what_is_shown(found: Comparisons, view: View) -> Comparisons:
    """The comparisons with those of a suppressed share suppressed too, for the reason that the view gives."""
    shares = view.estimates["statistic"] == "share"
    back = view.estimates[shares & view.estimates["suppressed"].astype(bool)]
    if back.empty:
        return found
    told_of = (back[name].astype(object).tolist() for name in ("choice", "reason", *view.by))
    why = {(", ".join(map(str, levels)), choice): reason for choice, reason, *levels in zip(*told_of, strict=True)}
    rows = found.rows.copy()
    reasons = rows["reason"].to_numpy(dtype=object).copy()
    ends = [rows[list(found.by)].astype(str).agg(", ".join, axis=1), rows["against"]]
    told = (rows["statistic"] == "share") & ~rows["suppressed"].astype(bool)
    for at in np.flatnonzero(told).tolist():
        back_of = [one.iloc[at] for one in ends if (one.iloc[at], rows["choice"].iloc[at]) in why]
        if back_of:
            reasons[at] = replace(why[back_of[0], rows["choice"].iloc[at]], of=back_of[0])
    rows["reason"] = pd.Series(reasons, index=rows.index, dtype=object)
    newly = told & rows["reason"].notna()
    rows["suppressed"], rows["clear"] = rows["suppressed"] | newly, rows["clear"] & ~newly
    rows[list(NUMBERS)] = rows[list(NUMBERS)].astype(float).mask(newly)
    return replace(found, rows=rows)


EVERYBODY = ""
"""The part that stands first in every table: all readers together."""

AGAINST_REST = {
    "difference": "rest_difference", "low": "rest_low", "high": "rest_high", "se": "rest_se",
    "p_cautious": "rest_p", "clear": "rest_clear", "higher_than": "higher_than",
}  # fmt: skip
"""What a cell has from the comparison of its group with all others, and how it is called there."""

CELL_COLUMNS = ("question", "statistic", "choice", "choice_label", "banner", "group", "column")
PAIR_NUMBERS = ("value", "against_value", "difference", "low", "high", "se", "test_value", "p_value", "p_adjusted")
PAIR_COLUMNS = (
    "question", "statistic", "choice", "choice_label", "banner", "group", "against", "letter", "against_letter",
    *PAIR_NUMBERS, "p_cautious", "clear", "suppressed", "reason",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column of a table: a group of one part of the banner; `values` are its levels, none for everybody.

    `letter` runs through the whole banner; who has no answer to one of the keys is no group to compare.
    """

    part: BannerPart
    values: tuple[str, ...]
    letter: str | None = None

    @property
    def group(self) -> str:
        """The group by its values."""
        return ", ".join(self.values)


@dataclass(frozen=True)
class Table:
    """Estimates of several questions by the parts of a banner, each part broken down by itself.

    `cells` has a row for each estimate in each column where the question is asked of it: CELL_COLUMNS (`banner` is the
    part as text, EVERYBODY for all readers; `column` a place in `columns`), then ESTIMATE_COLUMNS, the column's
    `letter`, and `row_share`, the
    part of those who gave the answer that stands in the column, of 0 to 1. Where groups were compared it has each group
    against all others of its part: `rest_difference` with `rest_low`, `rest_high`, `rest_se`, `rest_p` (corrected for
    the comparisons of one question in one part), `rest_clear`, and in `higher_than` the letters of the columns that it
    lies clearly above, "-" where it is too thin to say. `pairs` has PAIR_COLUMNS, each two groups of a part.
    `unlettered` says why groups of some parts were not compared. `toplines` are the questions, each for all readers.
    """

    survey: Survey
    status: Status
    layout: Layout
    request: Request
    weights: WeightsChoice
    min_base: int
    toplines: tuple[View, ...]
    columns: tuple[Column, ...]
    cells: pd.DataFrame
    pairs: pd.DataFrame
    unlettered: tuple[str | Phrase, ...]

    @property
    def stubs(self) -> tuple[Question, ...]:
        """The questions, from top to bottom."""
        return tuple(view.question for view in self.toplines)


def table(snapshot: Snapshot, request: Request, layout: Layout, *, correction: Correction = "bh") -> Table:
    """Every question of the layout by every part of its banner, all readers first.

    Raises:
        RequestError: the survey cannot answer that.
    """
    check_layout(layout)
    survey = snapshot.survey
    stubs = tuple(choose_question(survey, key) for key in layout.stubs)
    for part in layout.banner:
        check_selection(survey, request, part)
    _refuse_vast(snapshot, request, stubs, layout)
    snapshot = replace(snapshot, read=cache(snapshot.cells))
    stubs = _told_of(snapshot, request, stubs)
    parts: tuple[BannerPart, ...] = ((), *layout.parts)
    views = {
        (question.key, part): _estimated(snapshot, _of(request, question, part), layout)
        for question in stubs
        for part in parts
        if question.key not in part
    }
    columns = _columns({part: [v.estimates for (_, of), v in views.items() if of == part] for part in parts})
    place = {(column.part, column.values): at for at, column in enumerate(columns)}
    cells = [_cells(view.estimates, part, place) for (_, part), view in views.items()]
    found = pd.concat(cells, ignore_index=True)
    letters = [columns[at].letter for at in found["column"]]
    found = found.assign(letter=pd.array(letters, dtype=object), row_share=_row_shares(found))
    told = Table(
        survey, snapshot.status, layout, request, weights_used(survey, request), snapshot.min_base(request),
        tuple(views[question.key, ()] for question in stubs), tuple(columns), found,
        pd.DataFrame(columns=list(PAIR_COLUMNS)), (),
    )  # fmt: skip
    return _compared(told, snapshot, correction) if layout.letters and layout.parts else told


def _told_of(snapshot: Snapshot, request: Request, stubs: tuple[Question, ...]) -> tuple[Question, ...]:
    """The questions of which whoever looks may be told how many answered: all of them where nothing is withheld.

    Raises:
        FewError: there is none.
    """
    if not snapshot.fewest:
        return stubs
    kept, few = [], None
    for question in stubs:
        try:
            crosstab(snapshot, _of(request, question, ()))
            kept.append(question)
        except FewError as fault:
            few = fault
    if few is not None and not kept:
        raise few
    return tuple(kept)


def _refuse_vast(snapshot: Snapshot, request: Request, stubs: tuple[Question, ...], layout: Layout) -> None:
    """Refuses a table of more numbers than a page can wait for, each part of its banner first."""
    for part in layout.banner:
        refuse_nested(snapshot, replace(request, by=part, question=stubs[0].key))
    if snapshot.most_seconds is None:
        return
    groups = 1 + len(layout.segments) + sum(groups_of(snapshot, part) for part in layout.banner)
    numbers = groups * sum(len(question.choices) + len(question.nets) + 1 for question in stubs)
    seconds = numbers * NUMBER_SECONDS
    if seconds > snapshot.most_seconds:
        raise RequestError(
            spoken(
                "found {numbers} numbers ({stubs} questions, {groups} columns) that take about {seconds} "
                "seconds, expected at most {most_seconds}: choose fewer questions or groups",
                numbers=numbers,
                stubs=len(stubs),
                groups=groups,
                seconds=round(seconds),
                most_seconds=snapshot.most_seconds,
            )
        )


def _of(request: Request, question: Question, part: BannerPart) -> Request:
    return replace(request, question=question.key, by=part)


def _estimated(snapshot: Snapshot, request: Request, layout: Layout) -> View:
    if request.by == (SEGMENT,) and layout.segments:
        return segment_estimates(snapshot, replace(request, by=()), layout.segments)
    view = crosstab(snapshot, request)
    return replace(view, estimates=_unfiltered(view.estimates, request))


def _unfiltered(rows: pd.DataFrame, request: Request) -> pd.DataFrame:
    """The rows of those groups that the filters keep: nobody of the others can be in the table."""
    left = np.ones(len(rows), dtype=bool)
    for key, values in request.where:
        if key in request.by:
            left &= rows[key].isin(values).to_numpy()
    return rows if left.all() else rows[left].reset_index(drop=True)


def _columns(by_part: dict[BannerPart, list[pd.DataFrame]]) -> list[Column]:
    """Returns the columns of every part: of its groups, those that any question has, in shown order."""
    letters = map(letter, count())
    return [
        Column(part, values, next(letters) if part and NO_ANSWER not in values else None)
        for part, frames in by_part.items()
        for values in (_merged([_groups(frame, part) for frame in frames]) if part else [()])
    ]


def _groups(frame: pd.DataFrame, part: BannerPart) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(zip(*(frame[key].tolist() for key in part), strict=True)))


def _merged(lists: list[list[tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """Returns what stands in any of the lists, in the order of the longest, for the rest as first met."""
    longest = max(lists, key=len, default=[])
    return list(dict.fromkeys([*longest, *(one for listed in lists for one in listed)]))


def _cells(
    estimates: pd.DataFrame, part: BannerPart, place: dict[tuple[BannerPart, tuple[str, ...]], int]
) -> pd.DataFrame:
    values = list(zip(*(estimates[key].tolist() for key in part), strict=True)) if part else [()] * len(estimates)
    told = estimates.assign(
        banner=part_text(part), group=[", ".join(of) for of in values], column=[place[part, of] for of in values]
    )
    return told[[*CELL_COLUMNS, *ESTIMATE_COLUMNS]]


def _row_shares(cells: pd.DataFrame) -> np.ndarray:
    """Returns which part of those who gave an answer stands in each cell; missing where either is not to be shown."""
    weighted = cells["share"].where(cells["statistic"] == "share") * cells["weighted_base"]
    key = [cells["question"], cells["choice"].fillna("")]
    whole = weighted.where(cells["banner"] == EVERYBODY).groupby(key, sort=False).transform("max")
    given = cells["count"].where(cells["banner"] == EVERYBODY).groupby(key, sort=False).transform("max")
    return (weighted / whole.where(given >= LEAST_BASE)).to_numpy(dtype=float)


def _compared(told: Table, snapshot: Snapshot, correction: Correction) -> Table:
    """Returns the table with each group held against the others of its part."""
    rests, pairs, unsaid = [], [], []
    for part in told.layout.parts:
        for question in told.stubs:
            if question.key in part:
                continue
            try:
                found = _part_compared(snapshot, _of(told.request, question, part), told.layout, correction)
            except RequestError as fault:
                unsaid.append(fault.args[0])  # a phrase, which a file of another language says in its own
                continue
            rows = _placed(found, part, told.columns)
            rests.append(rows[rows["comparison"] == "rest"])
            pairs.append(rows[rows["comparison"] == "pair"][list(PAIR_COLUMNS)])
    cells = told.cells if not rests else _with_rest(told.cells, pd.concat(rests, ignore_index=True))
    listed = pd.concat(pairs, ignore_index=True) if pairs else told.pairs
    return replace(told, cells=cells, pairs=listed, unlettered=tuple(dict.fromkeys(unsaid)))


def _part_compared(snapshot: Snapshot, request: Request, layout: Layout, correction: Correction) -> Comparisons:
    if request.by == (SEGMENT,) and layout.segments:
        whole, segments = replace(request, by=()), layout.segments
        return segment_differences(snapshot, whole, segments, compare=("rest", "pairs"), correction=correction)
    return comparisons(snapshot, request, compare=("rest", "pairs"), correction=correction)


def _placed(found: Comparisons, part: BannerPart, columns: tuple[Column, ...]) -> pd.DataFrame:
    """Returns the comparisons of one part with their columns, and with the letters that these have in the table."""
    place = {column.values: at for at, column in enumerate(columns) if column.part == part}
    names = [REST, *(", ".join(of) for of in place)]
    inside = [of in place for of in zip(*(found.rows[key].tolist() for key in part), strict=True)]
    found = replace(found, rows=found.rows[np.array(inside) & found.rows["against"].isin(names).to_numpy()])
    values = list(zip(*(found.rows[key].tolist() for key in part), strict=True))
    at = [place[of] for of in values]
    ours = {of: columns[to].letter or "" for of, to in zip(found.rows["letter"], at, strict=True)}

    def renamed(letters: object) -> object:
        return " ".join(ours.get(one, one) for one in letters.split()) if isinstance(letters, str) else None

    texts = {name: found.rows[name].map(renamed) for name in ("letter", "against_letter", "higher_than")}
    return found.rows.assign(banner=part_text(part), group=[", ".join(of) for of in values], column=at, **texts)


def _with_rest(cells: pd.DataFrame, rest: pd.DataFrame) -> pd.DataFrame:
    key = ["question", "statistic", "column", "at"]
    # A mean has no choice, and nothing is like a missing value in a merge of texts.
    told, found = (frame.assign(at=frame["choice"].fillna("").astype("str")) for frame in (rest, cells))
    told = told[[*key, *AGAINST_REST]].rename(columns=AGAINST_REST)
    return found.merge(told, on=key, how="left").drop(columns="at")
