"""What columns answer: cells of one question by others, everybody of a standing, and how many responses fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, select

from analytics.model import NO_TIME, Grain, Standing, Survey, Wanted
from analytics.periods import day_numbers, hour_starts
from analytics.store.columns.libraries import arrow
from analytics.store.columns.raw import by_respondent
from analytics.store.columns.scan import (
    GOOD,
    WITH_SCREENED,
    ColumnScan,
    answers,
    crossed_answers,
    gave,
    scanned,
    scanned_files,
    standing_in,
)
from analytics.store.tables.rows import portions
from analytics.store.tables.schema import COUNTED, SUPERSEDED, response
from analytics.store.tables.surveys import CodeNumbers

QUARTER, HOUR = 900, 3600
"""Seconds: every zone's hours and days start at a quarter of an hour of universal time, those of most at an hour."""
BEFORE = QUARTER * 2**40
"""So many seconds before 1970 no response was given: counted from there division always rounds down."""
SUMS = ["n", "w", "w2"]
NOT_ASKED = -3
"""A choice number that nothing else has."""

Tables = dict[str, Any]


CellArrays = dict[str, np.ndarray]
"""Cells, an array for each of their columns: a frame of few cells would cost more than to count them."""


@dataclass(frozen=True)
class Parts:
    """What profiles are told apart by: the numbers of all of them (`number`) and for each its part (`part`)."""

    number: np.ndarray
    part: np.ndarray

    @property
    def are_one(self) -> bool:
        """Returns whether nothing tells profiles apart, so that nobody's has to be read."""
        return not self.part.any()


def crossed_cells(
    connection: Connection, survey_id: int, definition: Survey, wanted: Wanted, numbers: CodeNumbers,
    parts: Parts | None = None,
    but: Sequence[int] = (),
) -> tuple[CellArrays, CellArrays | None]:  # fmt: skip
    """Returns how often each combination of a profile, an answer and answers to the crossed questions stands in each
    period, and how many respondents each profile has.

    Args:
        parts: what to tell profiles apart by instead of their numbers.
        but: the numbers of responses that are left out, though they stand.

    Returns:
        The columns `period`, `profile` and `choice` (numbers, as in the tables), one as `crossed` calls it for each key
        of `wanted.crossed` (choice numbers, MISSING where it was not answered), `n`, `w` and `w2`, in the order of all
        but the last three.
        Then `profile`, `n`, `w` and `w2` of all respondents, asked or not; None where all that count are meant: these
        the tally has.
    """

    def work(scan: ColumnScan) -> tuple[CellArrays, CellArrays | None]:
        condition, tables = _without(but, *_standing(connection, survey_id, definition, scan, wanted.standing))
        counting = _Counting(scan, parts, condition, tables, weighted=definition.columns.weight is not None)
        if wanted.standing == "counted":
            return _crossed(counting, definition, wanted, numbers), None
        several = [definition.question(key) for key in (wanted.question, *wanted.crossed)]
        if wanted.answered or any(one is not None and one.kind == "multiple" for one in several):
            return _crossed(counting, definition, wanted, numbers), counting.cells({}, "true")
        return _with_everyone(_crossed(counting, definition, wanted, numbers, not_asked=True))

    return scanned(connection, survey_id, definition, numbers, work)


@dataclass(frozen=True)
class _Counting:
    """How the responses that fit a condition are counted."""

    scan: ColumnScan
    parts: Parts | None
    condition: str
    tables: Tables
    weighted: bool

    def cells(self, told_by: Mapping[str, str], condition: str, period: str = "") -> CellArrays:
        """Returns the sums of the responses by period, where one is named, by profile and by what they are told by.

        Args:
            told_by: expressions by the names of their columns; `period` is an expression too.
            condition: what has to hold besides.
        """
        source, tables = "responses", self.tables
        keys = ({"period": period} if period else {}) | {"profile": "profile::BIGINT"} | dict(told_by)
        one_part = self.parts is not None and self.parts.are_one
        if one_part:
            del keys["profile"]
        elif self.parts is not None:
            keys["profile"], source = "part", "responses JOIN parts ON profile = profile_no"
            numbers = {"profile_no": self.parts.number.astype(np.int32), "part": self.parts.part}
            tables = tables | {"parts": arrow().table(numbers)}
        inside = [f"{one} AS {name}" for name, one in keys.items()] + (["weight"] if self.weighted else [])
        sums = ["count(*) AS n", *(["sum(weight) AS w", "sum(weight * weight) AS w2"] if self.weighted else [])]
        names = ", ".join(keys)
        found = self.scan.each(
            f"SELECT {', '.join([*keys, *sums])} "
            f"FROM (SELECT {', '.join(inside) or '0'} FROM {source} WHERE ({self.condition}) AND {condition}) "
            + (f"GROUP BY {names} ORDER BY {names}" if keys else "HAVING count(*) > 0"),
            **tables,
        )
        if self.scan.unread is not None:
            found = _added_up(found)
        if one_part:
            found["profile"] = np.zeros(len(found["n"]), dtype=np.int64)
        n = found["n"].astype(np.float64)
        return found if self.weighted else found | {"w": n, "w2": n}


def _added_up(cells: CellArrays) -> CellArrays:
    """Returns the cells, those added up that differ in their sums alone, in the order of all else."""
    frame, keys = pd.DataFrame(cells, copy=False), [name for name in cells if name not in SUMS]
    if not keys:
        return {name: np.add.reduceat(sums, [0]) if len(sums) else sums for name, sums in cells.items()}
    found = frame.groupby(keys, as_index=False).sum()
    return {name: found[name].to_numpy() for name in cells}


def _with_everyone(cells: CellArrays) -> tuple[CellArrays, CellArrays]:
    """Returns the cells of those who were asked, and everyone, where each respondent is in one cell."""
    was_asked = cells["choice"] != NOT_ASKED
    profile = cells["profile"]
    there = np.flatnonzero(np.bincount(profile))
    everyone = {name: np.bincount(profile, cells[name])[there].astype(cells[name].dtype) for name in SUMS}
    everyone["profile"] = there
    return {name: of_cells[was_asked] for name, of_cells in cells.items()}, everyone


def _crossed(
    counting: _Counting, definition: Survey, wanted: Wanted, numbers: CodeNumbers, *, not_asked: bool = False
) -> CellArrays:
    """Returns the cells that are wanted.

    Args:
        not_asked: those too who were not asked the question, which takes one answer, with NOT_ASKED for theirs.
    """
    known, several = numbers["question"], counting.scan.manifest.questions
    own, *others = (known[key] for key in (wanted.question, *wanted.crossed))
    conditions = ["true" if not_asked else f"q{own} IS NOT NULL"]
    for key, values in wanted.answered:
        choices = numbers.get(f"choice/{key}", {})
        given = [choices[value] for value in values if value in choices]
        conditions.append(gave(known[key], several[known[key]], given))
    condition = " AND ".join(conditions)
    told_by = {"choice": f"greatest(q{own}, {NOT_ASKED})" if not_asked else answers(own, several[own])}
    told_by |= {crossed(place): crossed_answers(one, several[one]) for place, one in enumerate(others)}
    if wanted.grain == "whole":
        cells = counting.cells(told_by, condition)
        return cells | {"period": np.zeros(len(cells["n"]), dtype=np.int64)}

    def in_stretches(seconds: int) -> CellArrays:
        return counting.cells(told_by, condition, f"(second + {BEFORE}) // {seconds}")

    return _in_periods(in_stretches, wanted.grain, definition.time_zone)


def crossed(place: int) -> str:
    """Returns the name of the column with the answers to that crossed question: a question's own may be any word."""
    return f"crossed_{place}"


def _in_periods(in_stretches: Callable[[int], CellArrays], grain: Grain, zone: str) -> CellArrays:
    """Returns the cells in periods, counted first in stretches of time that lie each within one of them.

    Args:
        in_stretches: gives the cells by stretches of so many seconds (`period`), in their order.
    """
    starts = day_numbers if grain == "day" else hour_starts
    usual = not hour_starts(np.zeros(1, dtype=np.int64), zone).any()
    for length in (HOUR, QUARTER) if usual else (QUARTER,):  # where hours begin at another minute these are too long
        cells = in_stretches(length)
        stretch = cells["period"]
        first = np.flatnonzero(np.diff(stretch, prepend=stretch[:1] - 1))
        timed = stretch[first] >= 0
        second = np.where(timed, stretch[first] * length - BEFORE, 0)
        period = np.where(timed, starts(second, zone), NO_TIME)
        later = range(QUARTER, length, QUARTER)
        if all((starts(second[timed] + more, zone) == period[timed]).all() for more in later):
            break
    cells = {"period": np.repeat(period, np.diff(first, append=len(stretch)))} | {
        name: cells[name] for name in cells if name != "period"
    }
    return cells if (period[1:] > period[:-1]).all() else _added_up(cells)


def count(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, *, standings: Sequence[int],
    profiles: Select[Any] | None, answered: Mapping[str, Sequence[int]], since: int | None, until: int | None,
) -> int | None:  # fmt: skip
    """Returns how many responses fit; None where the survey has no files, or these cannot say.

    Args:
        standings: how they may stand.
        profiles: the query for the numbers of their profiles, None for all.
        answered: by question the numbers of the choices of which one was made.
        since: the second from which on they were given, `until` the one before which.
    """

    def work(scan: ColumnScan) -> int | None:
        if not _has(scan, numbers, [*answered]):
            return None
        several, known = scan.manifest.questions, numbers["question"]
        conditions, tables = [standing_in(*standings)], {}
        conditions += [gave(known[key], several[known[key]], choices) for key, choices in answered.items()]
        if profiles is not None:
            found = np.array(connection.execute(profiles).scalars().all(), dtype=np.int32)
            tables["wanted_profiles"] = arrow().table({"profile": found})
            conditions.append("profile IN (SELECT profile FROM wanted_profiles)")
        if since is not None or until is not None:
            conditions.append(f"second <> {NO_TIME}")
        conditions += [f"second >= {since}"] if since is not None else []
        conditions += [f"second < {until}"] if until is not None else []
        counted = scan.ask(f"SELECT count(*) AS n FROM responses WHERE {' AND '.join(conditions)}", **tables)
        return int(counted["n"][0])

    return scanned_files(connection, survey_id, definition, numbers, work)


def _has(scan: ColumnScan, numbers: CodeNumbers, keys: Iterable[str]) -> bool:
    """Returns whether all of these questions have columns."""
    return all(numbers.get("question", {}).get(key) in scan.manifest.questions for key in keys)


def _standing(
    connection: Connection, survey_id: int, definition: Survey, scan: ColumnScan, standing: Standing
) -> tuple[str, Tables]:
    """Returns the condition on a response that it counts, and the tables in it.

    "first" takes the first version of a response that was changed, in the order whose last one stands, and of a
    respondent who answered several times the earliest response (undated ones last). Where the survey has waves, each
    respondent is meant to answer in every one, and only versions are told apart. Whoever has no response in good
    standing has no first one either.
    """
    if standing != "first":
        return (GOOD if standing == "counted" else WITH_SCREENED), {}
    left_out, put_in = _first_versions(connection, survey_id)
    condition, tables = _but(left_out, put_in)
    if not by_respondent(definition):
        return condition, tables
    people, given = scan.gathered(
        f"SELECT no, who, second FROM responses WHERE {condition} AND who IS NOT NULL", **tables
    )
    later = scan.ask(
        f"SELECT no FROM (SELECT no, who, second, count(*) OVER (PARTITION BY who) AS times FROM {people}) "
        f"WHERE times > 1 QUALIFY row_number() OVER (PARTITION BY who ORDER BY second = {NO_TIME}, second, no) > 1",
        **given,
    )["no"]
    return _but(np.union1d(left_out, later), np.setdiff1d(put_in, later))


def _without(but: Sequence[int], condition: str, tables: Tables) -> tuple[str, Tables]:
    """Returns the condition, and its tables, without these responses."""
    if not len(but):
        return condition, tables
    taken = arrow().table({"no": np.array(but, dtype=np.int64)})
    return f"({condition}) AND no NOT IN (SELECT no FROM taken)", tables | {"taken": taken}


def _but(left_out: np.ndarray, put_in: np.ndarray) -> tuple[str, Tables]:
    """Returns the condition that a response is in good standing, but for these and with those."""
    tables = {
        name: arrow().table({"no": numbers})
        for name, numbers in (("left_out", left_out), ("put_in", put_in))
        if len(numbers)
    }
    condition = f"{GOOD} AND no NOT IN (SELECT no FROM left_out)" if len(left_out) else GOOD
    return f"({condition} OR no IN (SELECT no FROM put_in))" if len(put_in) else condition, tables


def _first_versions(connection: Connection, survey_id: int) -> tuple[np.ndarray, np.ndarray]:
    """Returns, of every response that counts and was changed, the number of what stands and that of its first
    version."""
    ours, few = response.c.survey_id == survey_id, response.alias()
    numbers = select(few.c.response_no).where(
        few.c.survey_id == survey_id, few.c.standing != COUNTED, few.c.standing == SUPERSEDED
    )
    names = ("response_no", "key", "version", "received_at", "content", "standing")
    query = select(*(response.c[name] for name in names)).where(ours)
    rows = list(connection.execute(query.where(response.c.response_no.in_(numbers))))
    standing = query.where(response.c.standing != SUPERSEDED, response.c.standing == COUNTED)  # so the index of these
    for some in portions(list(dict.fromkeys(row.key for row in rows))):
        rows += connection.execute(standing.where(response.c.key.in_(some)))
    first: dict[str, tuple[tuple[int, int, int], int]] = {}
    stands: dict[str, int] = {}
    for row in rows:
        rank = row.version, NO_TIME if row.received_at is None else row.received_at, row.content
        if row.standing == COUNTED:
            stands[row.key] = row.response_no
        first[row.key] = min(first.get(row.key, (rank, row.response_no)), (rank, row.response_no))
    pairs = [(number, first[key][1]) for key, number in stands.items()]
    left_out, put_in = zip(*pairs, strict=True) if pairs else ((), ())
    return np.array(left_out, dtype=np.int64), np.array(put_in, dtype=np.int64)
