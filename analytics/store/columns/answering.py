"""What columns answer: cells of one question by others, everybody of a standing, and how many responses fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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

QUARTER = 900
"""Seconds: every zone's hours and days start at a quarter of an hour of universal time."""
BEFORE = 2**40
"""So many quarters before 1970 no response was given: counted from there division always rounds down."""
QUARTER_OF = f"(second + {QUARTER * BEFORE}) // {QUARTER}"
SUMS = ["n", "w", "w2"]

Tables = dict[str, Any]


def crossed_cells(
    connection: Connection, survey_id: int, definition: Survey, wanted: Wanted, numbers: CodeNumbers,
    parts: tuple[np.ndarray, np.ndarray] | None = None,
    but: Sequence[int] = (),
) -> pd.DataFrame:  # fmt: skip
    """Returns how often each combination of a profile, an answer and answers to the crossed questions stands in each
    period.

    Args:
        parts: the numbers of the profiles, and what to tell them apart by instead.
        but: the numbers of responses that are left out, though they stand.

    Returns:
        The columns `period`, `profile` and `choice` (numbers, as in the tables), one for each key of `wanted.crossed`
        (choice numbers, MISSING where it was not answered), `n`, `w` and `w2`, in the order of all but the last three.
    """

    def work(scan: ColumnScan) -> pd.DataFrame:
        return _crossed(connection, survey_id, definition, wanted, numbers, parts, but, scan)

    return scanned(connection, survey_id, definition, numbers, work)


def _crossed(
    connection: Connection, survey_id: int, definition: Survey, wanted: Wanted, numbers: CodeNumbers,
    parts: tuple[np.ndarray, np.ndarray] | None, but: Sequence[int], scan: ColumnScan,
) -> pd.DataFrame:  # fmt: skip
    known, several = numbers["question"], scan.manifest.questions
    own, *others = (known[key] for key in (wanted.question, *wanted.crossed))
    condition, tables = _without(but, *_standing(connection, survey_id, definition, scan, wanted.standing))
    conditions = [condition, f"q{own} IS NOT NULL"]
    for key, values in wanted.answered:
        choices = numbers.get(f"choice/{key}", {})
        given = [choices[value] for value in values if value in choices]
        conditions.append(gave(known[key], several[known[key]], given))
    chosen = [answers(own, several[own]), *(crossed_answers(one, several[one]) for one in others)]
    period, source, weighted = "0::BIGINT", "responses", definition.columns.weight is not None
    if wanted.grain != "whole":
        period, source = "period", f"responses JOIN periods ON {QUARTER_OF} = quarter"
        tables["periods"] = _periods(scan, wanted.grain, definition.time_zone)
    profile = "profile"
    if parts is not None:
        profile, source = "part AS profile", f"{source} JOIN parts ON profile = profile_no"
        tables["parts"] = arrow().table(dict(zip(("profile_no", "part"), parts, strict=True)))
    inside = [f"{period} AS period", profile, *(["weight"] if weighted else [])]
    inside += [f"{one} AS answer_{place}" for place, one in enumerate(chosen)]
    sums = ", sum(weight) AS w, sum(weight * weight) AS w2" if weighted else ""
    found = scan.each(
        f"SELECT period, profile::BIGINT AS profile, {', '.join(f'answer_{place}' for place in range(len(chosen)))}, "
        f"count(*) AS n{sums} FROM (SELECT {', '.join(inside)} FROM {source} WHERE {' AND '.join(conditions)}) "
        "GROUP BY ALL",
        **tables,
    )
    keys = ["period", "profile", "choice", *wanted.crossed]
    found.columns = [*keys, *(SUMS if weighted else ["n"])]
    found = found.groupby(keys, as_index=False).sum() if scan.unread else found.sort_values(keys, ignore_index=True)
    return found if weighted else found.assign(w=found["n"].astype(float), w2=found["n"].astype(float))


def _periods(scan: ColumnScan, grain: Grain, zone: str) -> Any:
    """Returns a table of the period that each quarter of an hour with a response is in."""
    quarter = np.unique(scan.each(f"SELECT DISTINCT {QUARTER_OF} AS quarter FROM responses")["quarter"])
    timed = quarter >= 0
    second = np.where(timed, (quarter - BEFORE) * QUARTER, 0)
    period = (day_numbers if grain == "day" else hour_starts)(second, zone)
    return arrow().table({"quarter": quarter, "period": np.where(timed, period, NO_TIME)})


def everyone_of(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, standing: Standing,
    but: Sequence[int] = (),
) -> pd.DataFrame:  # fmt: skip
    """Returns how many respondents each profile has and the sums of their weights, without those of some responses."""

    def work(scan: ColumnScan) -> pd.DataFrame:
        condition, tables = _without(but, *_standing(connection, survey_id, definition, scan, standing))
        found = scan.each(
            "SELECT profile::BIGINT AS profile, count(*) AS n, sum(weight) AS w, sum(weight * weight) AS w2 "
            f"FROM responses WHERE {condition} GROUP BY profile",
            **tables,
        )
        return found.groupby("profile", as_index=False, sort=True).sum()

    return scanned(connection, survey_id, definition, numbers, work)


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
