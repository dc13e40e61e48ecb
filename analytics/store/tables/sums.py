"""The sums that the tally is made of, by grain, question, period, profile and choice: of new responses, and recounted.

Sums only, so that they add.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, func, select

from analytics.model import ANSWERED, NO_TIME, Survey
from analytics.periods import day_numbers
from analytics.store.tables.rows import portions, query_frame
from analytics.store.tables.schema import ALL_PROFILES, COUNTED, DAY, EVERYONE, GLANCE, WHOLE, answer, response
from analytics.store.tables.surveys import CodeNumbers, multiple_numbers

KEY = ["grain", "question_no", "period", "profile_no", "choice_no"]
SUMS = ["n", "w", "w2", "fingerprint"]

PLACES_A_RESPONSE = 8
"""Up to so many possible cells for each response it is quicker to look at every one than to sort the responses."""

BLOCK = 200_000
BLOCK_COLUMNS = ["response_no", "profile_no", "responded_at", "weight", "content", "standing"]


AnswerArrays = Mapping[str, np.ndarray]
"""Answers, an array for each of `row`, `question_no` and `choice_no`: a frame of a few would cost more than they do."""


@dataclass(frozen=True)
class Counted:
    """Responses in good standing, as arrays of one length, with their answers.

    `responded_at` is in UTC seconds, NO_TIME where there is none. `content` is the hash of each response, of which the
    fingerprints are made. `answers` has the arrays `row` (a place in those above), `question_no` and `choice_no`, by
    their names; `has_base` names the questions that need a base row.
    """

    profile_no: np.ndarray
    responded_at: np.ndarray
    weight: np.ndarray
    content: np.ndarray
    answers: AnswerArrays
    has_base: frozenset[int]


@dataclass(frozen=True)
class Coded:
    """An array by the places of its values: `values` are sorted and distinct, `values[place]` is the array."""

    values: np.ndarray
    place: np.ndarray

    def at(self, row: np.ndarray) -> Coded:
        """Returns the array at these rows; values that do not occur there stay."""
        return Coded(self.values, self.place[row])


def tally_of(counted: Counted, zone: str) -> pd.DataFrame:
    """Returns the tally of these responses: the columns KEY and SUMS, sorted by KEY."""
    everybody = len(counted.responded_at)
    day, profile = _coded(local_days(counted.responded_at, zone)), _coded(counted.profile_no)
    always, all_profiles = (_same(value, everybody) for value in (0, ALL_PROFILES))
    rows = with_base_rows(counted.answers, counted.has_base)
    row, question, choice = (rows[name] for name in ("row", "question_no", "choice_no"))
    answers = [(EVERYONE, np.arange(everybody), _same(ANSWERED, everybody))]
    for question_no in np.unique(question).tolist():
        asked = slice(None) if (question == question_no).all() else question == question_no
        answers.append((question_no, row[asked], _coded(choice[asked])))
    mark = marks(counted.content)
    parts = [
        _cells(grain, question_no, period.at(at), of.at(at), choices, counted.weight[at], mark[at])
        for grain, period, of in ((WHOLE, always, profile), (DAY, day, profile), (GLANCE, day, all_profiles))
        for question_no, at, choices in answers
        if question_no != EVERYONE or grain in (WHOLE, GLANCE)
    ]  # fmt: skip
    # one frame of whole columns: a frame for each part would take longer than to count a few responses
    return pd.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in [*KEY, *SUMS]}, copy=False)


def marks(content: np.ndarray) -> np.ndarray:
    """Returns 32 bits of each response's hash. A cell's fingerprint is their sum, which cannot overflow.

    A response that is missing and another that is there too much leave a count as it was, but not its fingerprint.
    """
    return (content ^ (content >> 32)) & 0xFFFFFFFF


def local_days(responded_at: np.ndarray, zone: str) -> np.ndarray:
    """Returns the day of each response, NO_TIME where it has no time stamp."""
    timed = responded_at != NO_TIME
    days = np.full(len(timed), NO_TIME, dtype=np.int64)
    days[timed] = day_numbers(responded_at[timed], zone)
    return days


def with_base_rows(answers: AnswerArrays, has_base: frozenset[int]) -> AnswerArrays:
    """Returns the answers with one row ANSWERED for each response that answered a question that needs a base row."""
    row, question, choice = (answers[name] for name in ("row", "question_no", "choice_no"))
    kept = choice != ANSWERED
    if has_base:
        given = np.isin(question, list(has_base)) & ((choice > 0) | ~kept)
        most = int(question.max(initial=0)) + 1
        base_row, base_question = np.divmod(np.unique(row[given] * most + question[given]), most)
    else:
        base_row = base_question = np.zeros(0, dtype=np.int64)
    return {
        "row": np.concatenate([row[kept], base_row]),
        "question_no": np.concatenate([question[kept], base_question]),
        "choice_no": np.concatenate([choice[kept], np.full(len(base_row), ANSWERED, dtype=np.int64)]),
    }


def _coded(array: np.ndarray) -> Coded:
    return Coded(*np.unique(array, return_inverse=True))


def _same(value: int, count: int) -> Coded:
    return Coded(np.array([value]), np.zeros(count, dtype=np.int64))


def _cells(
    grain: int, question_no: int, period: Coded, profile: Coded, choice: Coded, weight: np.ndarray, mark: np.ndarray
) -> dict[str, np.ndarray]:
    """Returns the columns KEY and SUMS of one question at one grain, sorted by KEY."""
    profiles, choices = len(profile.values), len(choice.values)
    cells, cell = _occupied(
        (period.place * profiles + profile.place) * choices + choice.place, len(period.values) * profiles * choices
    )
    profile_period, choice_place = np.divmod(cells, choices)
    period_place, profile_place = np.divmod(profile_period, profiles)
    n, w, w2, fingerprint = (
        np.bincount(cell, weights=each, minlength=len(cells)) for each in (None, weight, weight * weight, mark)
    )
    return {
        "grain": np.full(len(cells), grain), "question_no": np.full(len(cells), question_no),
        "period": period.values[period_place],
        "profile_no": profile.values[profile_place], "choice_no": choice.values[choice_place], "n": n, "w": w, "w2": w2,
        "fingerprint": fingerprint.astype(np.int64),  # exact: floats hold the marks of two million responses
    }  # fmt: skip


def _occupied(packed: np.ndarray, places: int) -> tuple[np.ndarray, np.ndarray]:
    """Returns the distinct numbers in `packed`, each below `places`, and for each of `packed` which of them it is."""
    if places > PLACES_A_RESPONSE * len(packed):
        return np.unique(packed, return_inverse=True)
    present = np.zeros(places, dtype=bool)
    present[packed] = True
    return np.flatnonzero(present), (np.cumsum(present) - 1)[packed]


def recount(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers
) -> tuple[pd.DataFrame, int]:
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


def sums_of(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, response_no: Sequence[int]
) -> pd.DataFrame:
    """Returns what the responses of these numbers add to the tally where they count (columns KEY and SUMS)."""
    if not response_no:
        return _no_cells()
    multiple = multiple_numbers(definition, numbers)
    parts = [_no_cells()]
    for some in portions(response_no):
        listed = sorted(some)
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


def changing(cells: pd.DataFrame) -> pd.DataFrame:
    """Returns the cells that change anything: what came and went is left out, with the dust of its float sums."""
    return cells[(cells["n"] != 0) | (cells["fingerprint"] != 0)]


def negative(cells: pd.DataFrame) -> pd.DataFrame:
    """Returns the cells with every sum turned around, to be taken away."""
    return cells.assign(**{name: -cells[name] for name in SUMS})


def _no_cells() -> pd.DataFrame:
    kinds = dict.fromkeys([*KEY, *SUMS], np.int64) | {"w": np.float64, "w2": np.float64}
    return pd.DataFrame({name: np.array([], dtype=kind) for name, kind in kinds.items()})


def _places(rows: pd.DataFrame) -> np.ndarray | None:
    """Returns a whole number for each row in the order of KEY; None where there are no rows, or too many places."""
    if rows.empty:
        return None
    places, count = np.zeros(len(rows), dtype=np.int64), 1
    for name in KEY:
        codes, values = pd.factorize(rows[name].to_numpy(), sort=True)
        places, count = places * len(values) + codes, count * len(values)
    return places if count < 2**63 else None


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
    given = {name: answers[name].to_numpy() for name in ("question_no", "choice_no")}
    given["row"] = np.searchsorted(response_no, answers["response_no"].to_numpy())
    profile_no, responded_at, weight, content = (
        rows[name].to_numpy() for name in ("profile_no", "responded_at", "weight", "content")
    )
    return Counted(profile_no, responded_at, weight, content, given, multiple)
