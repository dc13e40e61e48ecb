"""The made-up responses as an importer hands them on, so that a store of many millions takes minutes to make."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analytics.model import Answers, Batch, Chunk, Survey
from tests.benchmarks.made_up import AGES, BANDS, CHOICES, DAYS, START, Shape, levels_of

CHUNK = 250_000


def chunks(shape: Shape, survey: Survey, rows: int, seed: int = 1) -> Iterator[Chunk]:
    """Gives that many responses to a survey of that shape, spread evenly over days, hours and profiles."""
    rng = np.random.default_rng(seed)
    seconds = np.sort(rng.integers(0, DAYS * 86_400, rows))
    for first in range(0, rows, CHUNK):
        yield Chunk(
            len(seconds[first : first + CHUNK]), _batch(rng, shape, survey, seconds[first : first + CHUNK], first)
        )


def _batch(rng: np.random.Generator, shape: Shape, survey: Survey, seconds: np.ndarray, first: int) -> Batch:
    rows = len(seconds)
    responses = pd.DataFrame(
        {
            "key": pd.Series([f"id:r{place:09d}" for place in range(first, first + rows)], dtype="str"),
            "content": np.arange(first, first + rows, dtype=np.int64),
            "line": np.arange(first + 2, first + rows + 2, dtype=np.int64),
            "responded_at": pd.DatetimeIndex(START + seconds).tz_localize("Europe/Berlin").tz_convert("UTC"),
            "weight": np.ones(rows),
            "respondent": pd.Series([""] * rows, dtype="str"),
            "consent": pd.Series([""] * rows, dtype="str"),
        }
    )
    bands = [level.value for level in survey.dimensions[0].levels]
    levels = {"age": _drawn(np.searchsorted(BANDS, rng.integers(*AGES, rows), side="right") - 1, bands)}
    levels |= {key: _drawn(rng.integers(0, count, rows), levels_of(key, count)) for key, count in shape.levels}
    answers = Answers(CHOICES, np.ones(rows, dtype=np.int8), np.arange(rows), rng.integers(0, len(CHOICES), rows))
    texts = pd.DataFrame({"row": np.array([], dtype=np.int64), "question": [], "text": []})
    return Batch(responses, pd.DataFrame(levels), {"answer": answers}, texts)


def _drawn(codes: np.ndarray, values: list[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=pd.Index(values, dtype="str"))
