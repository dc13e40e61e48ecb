"""The tally: sums of responses by grain, question, period, profile and choice. Sums only, so that they add."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.model import ANSWERED, NO_TIME
from analytics.periods import day_numbers, hour_starts
from analytics.store.schema import ALL_PROFILES, DAY, EVERYONE, GLANCE, HOUR, WHOLE

KEY = ["grain", "question_no", "period", "profile_no", "choice_no"]
SUMS = ["n", "w", "w2"]


@dataclass(frozen=True)
class Counted:
    """Responses in good standing, as arrays of one length, with their answers.

    `responded_at` is in UTC seconds, NO_TIME where there is none. `answers` has the columns `row` (a place in those
    arrays), `question_no` and `choice_no`; `has_base` names the questions that need a base row.
    """

    profile_no: np.ndarray
    responded_at: np.ndarray
    weight: np.ndarray
    answers: pd.DataFrame
    has_base: frozenset[int]


def tally_of(counted: Counted, zone: str) -> pd.DataFrame:
    """Returns the tally of these responses: the columns KEY and SUMS, sorted by KEY."""
    hours, days = local_periods(counted.responded_at, zone)
    rows = with_base_rows(counted.answers, counted.has_base)
    row = rows["row"].to_numpy()
    everyone = np.arange(len(counted.profile_no))
    parts = [
        _cells(WHOLE, EVERYONE, counted, everyone, None, counted.profile_no, None),
        _cells(GLANCE, EVERYONE, counted, everyone, days, None, None),
    ]
    asked = rows["question_no"].to_numpy()
    for question_no in np.unique(asked).tolist():
        places = np.flatnonzero(asked == question_no)
        at, choice = row[places], rows["choice_no"].to_numpy()[places]
        for grain, period, profile in (
            (WHOLE, None, counted.profile_no),
            (DAY, days, counted.profile_no),
            (HOUR, hours, counted.profile_no),
            (GLANCE, days, None),
        ):
            parts.append(_cells(grain, question_no, counted, at, period, profile, choice))
    return pd.concat(parts, ignore_index=True).sort_values(KEY, ignore_index=True)


def local_periods(responded_at: np.ndarray, zone: str) -> tuple[np.ndarray, np.ndarray]:
    """Returns the hour and the day of each response, NO_TIME where it has no time stamp."""
    timed = responded_at != NO_TIME
    hours, days = np.full(len(timed), NO_TIME, dtype=np.int64), np.full(len(timed), NO_TIME, dtype=np.int64)
    hours[timed] = hour_starts(responded_at[timed], zone)
    days[timed] = day_numbers(responded_at[timed], zone)
    return hours, days


def with_base_rows(answers: pd.DataFrame, has_base: frozenset[int]) -> pd.DataFrame:
    """Returns the answers with one row ANSWERED for each response that answered a question that needs a base row."""
    multiple = answers[answers["question_no"].isin(has_base)]
    given = multiple[(multiple["choice_no"] > 0) | (multiple["choice_no"] == ANSWERED)]
    base = given[["row", "question_no"]].drop_duplicates().assign(choice_no=ANSWERED)
    kept = answers[answers["choice_no"] != ANSWERED]
    return pd.concat([kept, base], ignore_index=True)


def _cells(
    grain: int,
    question_no: int,
    counted: Counted,
    row: np.ndarray,
    period: np.ndarray | None,
    profile: np.ndarray | None,
    choice: np.ndarray | None,
) -> pd.DataFrame:
    zeros = np.zeros(len(row), dtype=np.int64)
    keys = (
        zeros if period is None else period[row],
        zeros + ALL_PROFILES if profile is None else profile[row],
        zeros + ANSWERED if choice is None else choice,
    )
    coded = [np.unique(key, return_inverse=True) for key in keys]
    packed = np.ravel_multi_index([codes for _, codes in coded], [max(len(values), 1) for values, _ in coded])
    cells, cell = np.unique(packed, return_inverse=True)
    places = np.unravel_index(cells, [max(len(values), 1) for values, _ in coded])
    weight = counted.weight[row]
    return pd.DataFrame(
        {
            "grain": grain,
            "question_no": question_no,
            **{
                name: values[place]
                for name, (values, _), place in zip(KEY[2:], coded, places, strict=True)
            },
            "n": np.bincount(cell, minlength=len(cells)),
            "w": np.bincount(cell, weights=weight, minlength=len(cells)),
            "w2": np.bincount(cell, weights=weight * weight, minlength=len(cells)),
        }
    )  # fmt: skip
