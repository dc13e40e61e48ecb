"""Counts the raw responses anew, block by block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, func, select

from analytics.model import NO_TIME, Survey
from analytics.store.bulk import query_frame
from analytics.store.raw_rows import multiple_numbers
from analytics.store.schema import COUNTED, answer, response
from analytics.store.surveys import Numbers
from analytics.store.tally import KEY, SUMS, Counted, tally_of

BLOCK = 200_000
AT_ONCE = 5_000
BLOCK_COLUMNS = ["response_no", "profile_no", "responded_at", "weight", "content", "standing"]


def recount(connection: Connection, survey_id: int, definition: Survey, numbers: Numbers) -> tuple[pd.DataFrame, int]:
    """Returns the tally that the survey's responses give (columns KEY and SUMS), and how many responses there are."""
    multiple = multiple_numbers(definition, numbers)
    parts, responses, after = [_no_cells()], 0, 0
    while True:
        block = query_frame(connection, _block_query(survey_id, after), BLOCK_COLUMNS)
        if block.empty:
            return added(*parts), responses
        last = int(block["response_no"].iloc[-1])
        parts.append(tally_of(_counted(connection, survey_id, block, after, last, multiple), definition.time_zone))
        if sum(map(len, parts[1:])) > len(parts[0]):  # not after every block: what is added up is not few
            parts = [added(*parts)]
        responses, after = responses + len(block), last


def _no_cells() -> pd.DataFrame:
    kinds = dict.fromkeys([*KEY, *SUMS], np.int64) | {"w": np.float64, "w2": np.float64}
    return pd.DataFrame({name: np.array([], dtype=kind) for name, kind in kinds.items()})


def sums_of(
    connection: Connection, survey_id: int, definition: Survey, numbers: Numbers, response_no: Sequence[int]
) -> pd.DataFrame:
    """Returns what the responses of these numbers add to the tally where they count (columns KEY and SUMS)."""
    if not response_no:
        return _no_cells()
    multiple = multiple_numbers(definition, numbers)
    parts = [_no_cells()]
    for start in range(0, len(response_no), AT_ONCE):
        listed = sorted(response_no[start : start + AT_ONCE])
        ours = (response.c.survey_id == survey_id, response.c.response_no.in_(listed))
        block = query_frame(connection, _ordered(ours), BLOCK_COLUMNS)
        theirs = (answer.c.survey_id == survey_id, answer.c.response_no.in_(listed))
        parts.append(tally_of(_with_answers(connection, block, theirs, multiple), definition.time_zone))
    return added(*parts)


def added(*cells: pd.DataFrame) -> pd.DataFrame:
    """Returns the sums of these cells (columns KEY and SUMS), in the order of KEY."""
    rows = pd.concat(cells, ignore_index=True)
    places = _places(rows)
    if places is None:
        return rows.groupby(KEY, as_index=False)[SUMS].sum()
    order = np.argsort(places, kind="stable")  # next to nothing where each of the frames is in order already
    places = places[order]
    first = np.flatnonzero(np.concatenate([[True], places[1:] != places[:-1]]))
    keys = {name: rows[name].to_numpy()[order[first]] for name in KEY}
    sums = {name: np.add.reduceat(rows[name].to_numpy()[order], first) for name in SUMS}
    return pd.DataFrame(keys | sums, copy=False)


def _places(rows: pd.DataFrame) -> np.ndarray | None:
    """Returns a whole number for each row in the order of KEY; None where there are no rows, or too many places."""
    if rows.empty:
        return None
    places, count = np.zeros(len(rows), dtype=np.int64), 1
    for name in KEY:
        codes, values = pd.factorize(rows[name].to_numpy(), sort=True)
        places, count = places * len(values) + codes, count * len(values)
    return places if count < 2**63 else None


def changing(cells: pd.DataFrame) -> pd.DataFrame:
    """Returns the cells that change anything: what came and went is left out, with the dust of its float sums."""
    return cells[(cells["n"] != 0) | (cells["fingerprint"] != 0)]


def negative(cells: pd.DataFrame) -> pd.DataFrame:
    """Returns the cells with every sum turned around, to be taken away."""
    return cells.assign(**{name: -cells[name] for name in SUMS})


def _block_query(survey_id: int, after: int) -> Select[Any]:
    return _ordered((response.c.survey_id == survey_id, response.c.response_no > after)).limit(BLOCK)


def _ordered(ours: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    columns = [
        func.coalesce(response.c.responded_at, NO_TIME) if name == "responded_at" else response.c[name]
        for name in BLOCK_COLUMNS
    ]
    return select(*columns).where(*ours).order_by(response.c.response_no)


def _counted(
    connection: Connection, survey_id: int, block: pd.DataFrame, after: int, last: int, multiple: frozenset[int]
) -> Counted:
    ours = (answer.c.survey_id == survey_id, answer.c.response_no > after, answer.c.response_no <= last)
    return _with_answers(connection, block[block["standing"] == COUNTED], ours, multiple)


def _with_answers(
    connection: Connection, rows: pd.DataFrame, ours: tuple[ColumnElement[bool], ...], multiple: frozenset[int]
) -> Counted:
    query = select(answer.c.response_no, answer.c.question_no, answer.c.choice_no).where(*ours)
    answers = query_frame(connection, query, ["response_no", "question_no", "choice_no"])
    response_no = rows["response_no"].to_numpy()
    answers = answers[answers["response_no"].isin(response_no)]
    answers["row"] = np.searchsorted(response_no, answers["response_no"].to_numpy())
    profile_no, responded_at, weight, content = (
        rows[name].to_numpy() for name in ("profile_no", "responded_at", "weight", "content")
    )
    return Counted(profile_no, responded_at, weight, content, answers, multiple)
