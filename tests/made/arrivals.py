"""Times and sources of made-up readers: a quiet survey, and what is sent into it."""

from __future__ import annotations

import numpy as np
import pandas as pd

BEGAN = 1_747_526_400
"""A Sunday's midnight in UTC."""
HOUR, DAY = 3600, 86_400
SOURCES = {"front-page": 0.35, "letter": 0.2, "search.example": 0.2, "network.example": 0.15, "": 0.1}
BY_CLOCK = np.array((3, 2, 1, 1, 2, 5, 12, 20, 22, 18, 14, 13, 15, 13, 11, 10, 11, 13, 16, 18, 19, 16, 10, 6)) / 12.13


def quiet(seed: int, *, days: int = 14, a_day: float = 1430, noise: float = 0.15) -> pd.DataFrame:
    """Arrivals by `at` and `source`: by clock and weekday, each hour livelier or duller, together and by source.

    Args:
        noise: the variance of an hour's liveliness about 1.
    """
    rng, hours = np.random.default_rng(seed), np.arange(days * 24)
    level = a_day / 24 * BY_CLOCK[hours % 24] * np.where(hours // 24 % 7 >= 5, 0.7, 1.0)
    level *= rng.gamma(1 / noise, noise, len(hours))
    parts = []
    for source, share in SOURCES.items():
        came = rng.poisson(level * share * rng.gamma(1 / noise, noise, len(hours)))
        at = BEGAN + np.repeat(hours, came) * HOUR + rng.integers(0, HOUR, int(came.sum()))
        parts.append(pd.DataFrame({"at": at.astype(np.int64), "source": source, "sent": False}))
    return pd.concat(parts, ignore_index=True)


def sent(at: np.ndarray, source: str) -> pd.DataFrame:
    """Arrivals of readers, or of programs, that somebody sent."""
    return pd.DataFrame({"at": at.astype(np.int64), "source": source, "sent": True})


def together(*parts: pd.DataFrame) -> pd.DataFrame:
    """All of these arrivals."""
    return pd.concat(parts, ignore_index=True)
