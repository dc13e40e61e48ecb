"""Who waits outside of a new edition: readers of whose groups fewer than ten came or left since the last one.

Whatever such a reader answered would be told by the difference of the two editions, or would have to be hidden, and
many others with it. So the edition goes on with the numbers of before there, until ten of a group have come or left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analytics.model import ANSWERED, APART, Cells
from analytics.model.access import LEAST_FOR_VIEWERS
from analytics.statistics.lattice import Lattice

MOST_WAITING, MOST_OFF, MOST_LEFT = 0.05, 0.01, 0.5
"""At most this part of a question's readers waits; no share of all of them may be off by more than that for it; and of
those who left at most this part is counted still."""
SUMS = ("n", "w", "w2")


@dataclass(frozen=True, eq=False)
class Deferred:
    """Whose answers an edition counts as the one before did.

    `rows` has, by the columns that tell profiles apart, `period` and `choice`, what that adds to the sums of now: `n`,
    `w` and `w2`. `steady` are the tables in which every number has changed by nobody, or by ten readers at least.
    """

    steady: frozenset[tuple[str, ...]] = frozenset()
    rows: pd.DataFrame = field(default_factory=pd.DataFrame)

    def on(self, cells: Cells, *, timed: bool) -> Cells:
        """The cells as the edition counts them.

        Args:
            timed: whether the cells tell periods apart.
        """
        if not len(self.rows):
            return cells
        names = list(cells.profiles.columns)
        known = pd.concat([cells.profiles[names], self.rows[names]], ignore_index=True).drop_duplicates()
        known = known.astype(np.int64).reset_index(drop=True)  # those of before keep their places
        place = self.rows[names].merge(known.assign(profile=np.arange(len(known))), on=names, how="left")["profile"]
        more = self.rows[["period", "choice", *SUMS]].assign(profile=place.to_numpy())
        if not timed:
            more = more.assign(period=0)
        keys = ["period", "profile", "choice"]
        whole = pd.concat([cells.answers[[*keys, *SUMS]], more[[*keys, *SUMS]]], ignore_index=True)
        summed = whole.groupby(keys, as_index=False, sort=True)[list(SUMS)].sum()
        summed = summed[summed["n"] > 0].reset_index(drop=True)
        answers = summed.astype({one: cells.answers[one].dtype for one in (*keys, "n")})[list(cells.answers.columns)]
        return replace(cells, answers=answers, profiles=known, memo={})


def changes(now: Cells, before: Cells) -> pd.DataFrame:
    """What changed, by profile, period and answer: `n`, `w` and `w2` of now less those of before."""
    names = list(now.profiles.columns)
    keys = [*names, "period", "choice"]
    parts = []
    for cells, sign in ((now, 1), (before, -1)):
        rows = cells.answers.join(cells.profiles[names], on="profile")
        rows = rows[((rows["choice"] >= 0) | (rows["choice"] == ANSWERED)) & ~(rows[names] == APART).any(axis=1)]
        parts.append(rows[keys].assign(**{one: sign * rows[one] for one in SUMS}))
    found = pd.concat(parts, ignore_index=True).groupby(keys, as_index=False, sort=True)[list(SUMS)].sum()
    return found[found["n"] != 0].reset_index(drop=True)


def who_waits(
    lattice: Lattice, codes: Sequence[np.ndarray], answers: np.ndarray, n: np.ndarray, unit: np.ndarray,
    counts: np.ndarray,
) -> tuple[np.ndarray, frozenset[tuple[str, ...]]]:  # fmt: skip
    """Which of these changes wait, so that in as many tables as can be no number moves by 1 to 9, or to 1 to 9.

    Groups come first, then crossings, each where that keeps no more than MOST_WAITING of the readers waiting.

    Args:
        codes, answers, n: as `Lattice.counts` takes them; what came or, below 0, what left.
        unit: the rows that move together have one number.
        counts: how many readers each cell of the lattice has now.

    Returns:
        for each row whether it waits, and the tables in which nothing moves by a few.
    """
    waits, steady = np.zeros(len(n), dtype=bool), list[tuple[str, ...]]()
    touched, whole = _touched(lattice, codes, answers), lattice.counts(codes, answers, n)
    for table in sorted(lattice.tables, key=len):
        trial = waits.copy()
        while True:
            moved = lattice.counts(codes, answers, np.where(trial, 0.0, n))
            few = _few_in(lattice, [*steady, table], moved)
            if not few.any() and (
                kept := _kept_large(lattice, [*steady, table], counts, whole, moved, touched, n, trial)
            ):
                trial |= np.isin(unit, unit[kept])
            elif not few.any():
                waits, steady = trial, [*steady, table]
                break
            more = few[touched].any(axis=1) & ~trial
            if (
                few.any() and not more.any()
            ):  # what moves by a few is a difference of larger numbers: the whole group waits
                more = _with_group(lattice, few)[touched].any(axis=1) & ~trial
            trial |= np.isin(unit, unit[more])
            if not _may_wait(counts[: lattice.width], answers, n, unit, trial, multiple=lattice.multiple):
                break
    return waits, frozenset(steady)


def _touched(lattice: Lattice, codes: Sequence[np.ndarray], answers: np.ndarray) -> np.ndarray:
    """For each row the numbers of the cells that it counts in, a column for each table and kind of cell."""
    named, columns = dict(zip((name for name, _ in lattice.axes), codes, strict=True)), []
    for table in lattice.tables:
        group = np.zeros(len(answers), dtype=np.int64)
        for name, size in zip(table, lattice.groups(table), strict=True):
            group = group * size + named[name]
        base = lattice.starts[table] + group * lattice.width
        own = base + 1 + answers
        if lattice.multiple:  # who did not give the answer is a cell of its own
            columns += [np.where(answers < 0, base, own), np.where(answers < 0, base, own + lattice.choices)]
        else:
            columns += [base, own]
    return np.stack(columns, axis=1)


def _few_in(lattice: Lattice, tables: Sequence[tuple[str, ...]], counts: np.ndarray) -> np.ndarray:
    """Which cells of these tables move by 1 to 9, or the others of their group do."""
    judged = np.zeros(lattice.size, dtype=bool)
    for table in tables:
        judged[lattice.places(table)] = True
    moved = np.abs(counts)
    few = judged & (moved > 0) & (moved < LEAST_FOR_VIEWERS)
    rest = np.abs(counts[lattice.everybody] - counts)
    few_rest = judged & (rest > 0) & (rest < LEAST_FOR_VIEWERS)
    if lattice.multiple:
        return few | few_rest
    return few | few_rest & ~_with_group(lattice, few)  # where a part is few it is looked at before the rest


def _kept_large(
    lattice: Lattice, tables: Sequence[tuple[str, ...]], counts: np.ndarray, whole: np.ndarray, moved: np.ndarray,
    touched: np.ndarray, n: np.ndarray, waits: np.ndarray,
) -> list[int]:  # fmt: skip
    """Of a number of ten or more of which 1 to 9 would be left, some who have to wait for ten to be left.

    Whoever knows what it was, and what else stayed as it was, could work it out.
    """
    judged = np.zeros(lattice.size, dtype=bool)
    for table in tables:
        judged[lattice.places(table)] = True
    was = counts - whole
    left = was + moved
    short = judged & (was >= LEAST_FOR_VIEWERS) & (left > 0) & (left < LEAST_FOR_VIEWERS)
    for cell in np.flatnonzero(short).tolist():
        rows = np.flatnonzero((touched == cell).any(axis=1) & ~waits & (n < 0))
        rows = rows[np.argsort(-n[rows], kind="stable")]
        enough = int(np.searchsorted(np.cumsum(-n[rows]), LEAST_FOR_VIEWERS - left[cell])) + 1
        if len(rows):
            return rows[:enough].tolist()
    return []


def _with_group(lattice: Lattice, cells: np.ndarray) -> np.ndarray:
    """For each cell, whether it or another of its group is among these."""
    return cells.reshape(-1, lattice.width).any(axis=1).repeat(lattice.width)


def _may_wait(
    everybody: np.ndarray, answers: np.ndarray, n: np.ndarray, unit: np.ndarray, waits: np.ndarray, *, multiple: bool
) -> bool:
    """Whether the total stays what it is to a point where these changes wait, and they are few enough."""
    if _readers(answers, np.abs(n), unit, waits) > MOST_WAITING * everybody[0]:
        return False
    left = n < 0
    if _readers(answers, -n, unit, waits & left) > MOST_LEFT * _readers(answers, -n, unit, left):
        return False
    gone = np.bincount(answers[waits] + 1, weights=n[waits], minlength=len(everybody))
    if not multiple:
        gone[0] = gone[1:].sum()
    return bool((off(everybody, everybody - gone) <= MOST_OFF).all())


def _readers(answers: np.ndarray, n: np.ndarray, unit: np.ndarray, some: np.ndarray) -> float:
    """How many readers some of the changes are of: of what moves together, the most of any answer."""
    by_answer = pd.Series(n[some]).groupby([unit[some], answers[some]]).sum()
    return float(by_answer.groupby(level=0).max().sum())


def off(now: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """How far apart the shares of two counts of a group are, whose first number is that of all who answered.

    Example:
        >>> off(np.array([100.0, 50.0, 50.0]), np.array([110.0, 60.0, 50.0])).round(3).tolist()
        [0.0, 0.045, 0.045]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.abs(now / now[..., :1] - counted / counted[..., :1])
    apart[..., 0] = 0.0
    return np.nan_to_num(apart, nan=0.0, posinf=1.0)
