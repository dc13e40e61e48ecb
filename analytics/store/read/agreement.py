"""Whether the tally agrees with itself: a byte that changed inside a stored number leaves the file sound in all else.

Every grain of the tally holds all answers of a question, so their sums by choice are the same. GLANCE has no profiles
and is short, so that it can be asked before every figure.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import Connection, func, select

from analytics.model import ANSWERED
from analytics.store.place.damage import damaged
from analytics.store.tables.rows import query_frame
from analytics.store.tables.schema import GLANCE
from analytics.store.tables.tally import tally_now

WEIGHTS_AGREE = 1e-6
"""Sums of weights that were added in another order differ by less than this share of all weights of the question."""

DIFFERING = "two counts of the same answers differ"


@dataclass
class Agreement:
    """What GLANCE says of a survey's questions, asked once for each: choices, counted from ANSWERED, and their sums.

    Where the survey has no weights, the sums of weights are nothing that anybody sees, and are not compared.
    """

    connection: Connection
    survey_id: int
    weighted: bool
    _glances: dict[int, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)

    def check(self, question_no: int, choice: np.ndarray, n: np.ndarray, w: np.ndarray, w2: np.ndarray) -> None:
        """Returns nothing where these cells of the question sum up to what GLANCE says.

        Args:
            choice: the choice number of each cell, counted from ANSWERED.

        Raises:
            DamagedError: they do not, so one of the two holds a number that nobody has stored.
        """
        if question_no not in self._glances:
            self._glances[question_no] = self._glance(question_no)
        choices, expected = self._glances[question_no]
        places = int(choice.max(initial=-1)) + 1
        found = np.stack([np.bincount(choice, of, places) for of in (n, w, w2)])
        there = (choices >= 0) & (choices < places)
        sums = np.zeros_like(found)
        sums[:, choices[there]] = expected[:, there]
        compared = slice(None) if self.weighted else slice(1)
        found, sums = found[compared], sums[compared]
        if expected[0, ~there].any() or differing(found, sums, found.sum(axis=1, keepdims=True)).any():
            raise damaged(self.connection.engine, DIFFERING)

    def _glance(self, question_no: int) -> tuple[np.ndarray, np.ndarray]:
        now = tally_now(self.connection, self.survey_id).c
        query = select(now.choice_no, func.sum(now.n), func.sum(now.w), func.sum(now.w2)).where(
            now.survey_id == self.survey_id, now.grain == GLANCE, now.question_no == question_no
        )
        found = query_frame(self.connection, query.group_by(now.choice_no), ["choice_no", "n", "w", "w2"])
        return found["choice_no"].to_numpy() - ANSWERED, found[["n", "w", "w2"]].to_numpy(dtype=np.float64).T


def differing(found: np.ndarray, expected: np.ndarray, everything: np.ndarray) -> np.ndarray:
    """Returns for each column whether its sums (rows: n, w and w2) are others than expected.

    Args:
        everything: the sums that say which difference of weights is rounding; of one column or of as many.

    Example:
        >>> sums = np.array([[3.0, 2.0], [3.5, 2.0], [4.25, 2.0]])
        >>> everything = sums.sum(axis=1, keepdims=True)
        >>> differing(sums + [[0], [1e-9], [0]], sums, everything).tolist()
        [False, False]
        >>> differing(sums + [[0, 64], [0, 0], [0, 0]], sums, everything).tolist()
        [False, True]
    """
    close = np.abs(found - expected) <= WEIGHTS_AGREE * everything  # so written, what is no number is not close
    close[0] = found[0] == expected[0]
    wrong: np.ndarray = ~close.all(axis=0)
    return wrong
