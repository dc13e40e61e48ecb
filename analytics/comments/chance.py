"""What chance would make of the same words: the same comments with their words dealt out anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

Rows = Any
"""A sparse matrix with a row for each text and a column for each term."""

PAIRED = 6
"""Of a theme's single words so many, the weightiest, are looked at two by two."""


def dealt_out(texts: Sequence[Sequence[str]], rng: np.random.Generator) -> list[tuple[str, ...]]:
    """Returns texts of the same lengths made of the same words, each word in any of them."""
    words = [word for text in texts for word in text]
    ends = np.cumsum([len(text) for text in texts])
    mixed = [words[place] for place in rng.permutation(len(words))]
    return [tuple(mixed[end - len(text) : end]) for text, end in zip(texts, ends.tolist(), strict=True)]


def together(rows: Rows, parts: np.ndarray, names: Iterable[str]) -> float:
    """Returns how many times as often as chance has it the words of a theme stand in one text, on average over themes.

    Args:
        parts: the weight of each term in each theme, a row a theme.
        names: the terms; pairs of words, which have a blank, are passed over.
    """
    single = np.array([" " not in name for name in names])
    return float(np.mean([_times_chance(rows, np.where(single, part, 0)) for part in parts]))


def _times_chance(rows: Rows, part: np.ndarray) -> float:
    weightiest = np.argsort(-part, kind="stable")[:PAIRED]
    terms = weightiest[part[weightiest] >= 0.1 * part.max()] if part.max() > 0 else weightiest[:0]
    if len(terms) < 2:
        return 0.0
    has = (rows[:, terms] > 0).astype(np.float64)
    both = (has.T @ has).toarray()
    each = np.diag(both)
    observed = both.sum() - each.sum()
    expected = (each.sum() ** 2 - (each**2).sum()) / rows.shape[0]
    return float(observed / expected)
