"""Reasons for doubting single responses, by how they came and by sameness: no rule asks which answer was given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from analytics.model import Batch, Survey
from analytics.model.batteries import batteries
from analytics.model.doubts import OF_FORMS, DoubtReason

LEAST_TIMED = 100
"""Of fewer responses nobody can say which of them are faster than people are."""
PERCENTILE = -2.326
"""The first percentile of a normal distribution, in standard deviations."""
OF_MAD = 1.4826
"""By so much a standard deviation is larger than the median distance from the median, where values are normal."""
SECONDS_A_QUESTION = 1.0
"""Nobody reads a question, chooses and goes on within less."""
LEAST_ITEMS, LEAST_STEPS = 4, 3
"""Alike answers to fewer items, or to items with two answers alone, are common among those who read them."""
LEAST_LETTERS = 20
"""Shorter comments, such as "I agree with this", are written alike by people who know nothing of one another."""
TWIN_SECONDS = 86_400
_NO_LETTER = re.compile(r"[\W_]+")


def too_fast(seconds: np.ndarray, questions: int) -> np.ndarray:
    """Which responses were given in less time than people need, as a mask.

    They are below the survey's own first percentile and below a second a question. The percentile is that of people: it
    is worked out from the median and the median distance from it, which a program that sends less than half does not
    move.

    Args:
        seconds: how long each response took; NaN where it is not known.
        questions: how many were asked.

    Example:
        >>> people = np.random.default_rng(1).lognormal(3, 0.5, 990)
        >>> found = too_fast(np.concatenate([people, np.full(10, 1.0)]), 3)
        >>> int(found[:990].sum()), int(found[990:].sum())
        (0, 10)
    """
    known = np.isfinite(seconds) & (seconds >= 0)
    if known.sum() < LEAST_TIMED:
        return np.zeros(len(seconds), dtype=bool)
    logs = np.log(np.maximum(seconds[known], 0.5))
    middle = float(np.median(logs))
    spread = OF_MAD * float(np.median(np.abs(logs - middle)))
    least = min(float(np.exp(middle + PERCENTILE * spread)), SECONDS_A_QUESTION * questions)
    found = np.zeros(len(seconds), dtype=bool)
    found[known] = seconds[known] < least
    return found


def straight_lined(positions: np.ndarray) -> np.ndarray:
    """Which responses gave all items of a battery the same answer, as a mask; whichever answer that is.

    Args:
        positions: responses by items: the place of the answer among those of its item, -1 where there is none.

    Example:
        >>> straight_lined(np.array([[2, 2, 2, 2], [0, 0, 0, 0], [0, 0, 0, 1], [2, 2, 2, -1]])).tolist()
        [True, True, False, False]
    """
    given = positions >= 0
    first = positions.max(axis=1, initial=-1)
    return np.asarray((given.sum(axis=1) >= LEAST_ITEMS) & ((positions == first[:, None]) | ~given).all(axis=1))


def same_words(text: str) -> str:
    """The letters and digits of a comment, in small letters: two that differ in nothing else are the same words.

    Example:
        >>> same_words("Lock them up,  in the morning!") == same_words("lock them up in the morning")
        True
        >>> same_words("I agree")
        ''
    """
    found = _NO_LETTER.sub(" ", text).strip().casefold()
    return found if len(found) >= LEAST_LETTERS else ""


def twins(came: pd.DataFrame) -> np.ndarray:
    """Which responses are another's twin: from the same place, in the same words, within a day; as a mask.

    The earliest of them is nobody's twin.

    Args:
        came: `at` (int64, UTC seconds), `place` (where it came from: text, or a hash) and `words` (as `same_words`
            gives them, "" where there are none), in any order.

    Example:
        >>> words = ["no phones in school ever"] * 3
        >>> twins(pd.DataFrame({"at": [0, 60, 90_000], "place": ["a", "a", "a"], "words": words})).tolist()
        [False, True, False]
    """
    found = np.zeros(len(came), dtype=bool)
    wrote = np.flatnonzero((came["words"] != "").to_numpy())
    if len(wrote) < 2:
        return found
    some = came.iloc[wrote].assign(row=wrote).sort_values("at", kind="stable")
    before = some.groupby(["place", "words"], sort=False, dropna=False)["at"].diff()
    found[some["row"].to_numpy()[(before <= TWIN_SECONDS).to_numpy()]] = True
    return found


def reasons_of(batch: Batch, survey: Survey) -> list[tuple[int, DoubtReason]]:
    """What responses that come in are doubted for by themselves: pairs of a row of the batch and a reason.

    What a tool says stands in the column `doubts` of the batch, how long a response took in `seconds`, and how one from
    a form came in `circumstances`; each may be missing.
    """
    frame, found = batch.responses, list[tuple[int, DoubtReason]]()
    if "doubts" in frame:
        told: Sequence[tuple[DoubtReason, ...]] = frame["doubts"].tolist()
        found += [(row, reason) for row, reasons in enumerate(told) for reason in reasons]
    if "circumstances" in frame:
        known = enumerate(frame["circumstances"].tolist())
        found += [(row, OF_FORMS[one.unverified]) for row, one in known if one and one.unverified in OF_FORMS]
    if "seconds" in frame:
        found += _for("fast", too_fast(frame["seconds"].to_numpy(), len(survey.questions)))
    for battery in batteries(survey) if len(survey.questions) >= LEAST_ITEMS else ():
        keys = [one.key for one in battery.questions]
        if len(keys) >= LEAST_ITEMS and max(len(one.choices) for one in battery.questions) >= LEAST_STEPS:
            found += _for("straight", straight_lined(_places(batch, keys)))
    return sorted(set(found))


def _for(reason: DoubtReason, mask: np.ndarray) -> Iterable[tuple[int, DoubtReason]]:
    return [(int(row), reason) for row in np.flatnonzero(mask)]


def _places(batch: Batch, keys: Sequence[str]) -> np.ndarray:
    """Responses by questions: the place of the answer among all that any of them has, -1 where there is none."""
    place: dict[str, int] = {}
    places = np.full((len(batch.responses), len(keys)), -1, dtype=np.int64)
    for at, given in enumerate(map(batch.answers.get, keys)):
        if given is not None and len(given.row):
            ours = np.array([place.setdefault(value, len(place)) for value in given.values], dtype=np.int64)
            places[given.row, at] = ours[given.choice]
    return places
