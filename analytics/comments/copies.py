"""Near copies: comments that are the same but for a few words, as a campaign leaves them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz
from sklearn.feature_extraction.text import CountVectorizer

from analytics.comments.words import words_of

ALIKE = 85.0
"""Two texts whose words agree to so many per cent are near copies."""
SHORT = 4
"""Texts of fewer words are copies only where they are the same words."""
SHARED = 0.4
"""So much of the shorter text's runs of two words has to stand in the longer one before the two are compared."""
MOST_ALIKE = 400
"""A run of words that stands in more texts is a phrase of the language or the question, no trace of a copy."""


FEWEST_COPIES, SENT_PART = (5, 10), 0.01
"""A text sent by many has near copies in such a part of all texts; at least, and where it has more it is one anyway."""
MOST_SENT, MOST_TEXTS = 0.5, 5
"""Where so many different texts of many are more than such a part of all, readers had them to pick from."""


def near_copies(texts: Sequence[str]) -> np.ndarray:
    """Returns, for each text, the place of the first text that it is a near copy of, its own place where of none.

    Example:
        >>> near_copies(["Vote no on this law now!", "I wonder", "vote NO on this law, now", "Vote no on that law now"])
        array([0, 1, 0, 0])
    """
    words = [" ".join(words_of(text)) for text in texts]
    first_of: dict[str, int] = {}
    same = np.array([first_of.setdefault(text, place) for place, text in enumerate(words)], dtype=np.int64)
    distinct = np.unique(same)
    root = dict(zip(distinct.tolist(), distinct.tolist(), strict=True))
    for one, other in _candidates([words[place] for place in distinct]):
        left, right = (_root(root, int(distinct[place])) for place in (one, other))
        if left != right and fuzz.ratio(words[left], words[right], score_cutoff=ALIKE):
            root[max(left, right)] = min(left, right)
    return np.array([_root(root, int(place)) for place in same], dtype=np.int64)


def campaigns(copy_of: np.ndarray, short: np.ndarray) -> np.ndarray:
    """Returns, for each text, whether it is one of so many near copies that they are one text sent by many.

    Where many different such texts are most of all there are, none is: those readers had sentences to pick from.

    Args:
        copy_of: for each text the first one that it is a near copy of, as `near_copies` gives it.
        short: whether it has so few words that the same ones from many readers mean nothing.

    Example:
        >>> campaigns(np.array([0, 0, 0, 0, 0, 5, 6, 6]), np.zeros(8, dtype=bool)).tolist()
        [True, True, True, True, True, False, False, False]
    """
    sizes = np.bincount(copy_of, minlength=len(copy_of))[copy_of] if len(copy_of) else copy_of
    fewest, most = FEWEST_COPIES
    sent = ~short & (sizes >= min(max(fewest, math.ceil(SENT_PART * len(copy_of))), most))
    picked = len({*copy_of[sent].tolist()}) >= MOST_TEXTS and sent.mean() > MOST_SENT
    return np.zeros_like(sent) if picked else sent


def _candidates(texts: list[str]) -> list[tuple[int, int]]:
    """Returns the pairs of texts that share enough runs of two words to be worth comparing."""
    if not any(len(text.split()) >= SHORT for text in texts):
        return []
    runs = CountVectorizer(ngram_range=(2, 2), tokenizer=str.split, token_pattern=None, lowercase=False, binary=True)
    has = runs.fit_transform(texts)
    has = has[:, np.asarray(has.sum(axis=0)).ravel() <= MOST_ALIKE].astype(np.int32)
    length = np.array([len(text.split()) - 1 for text in texts])
    shared = (has @ has.T).tocoo()
    later = shared.row < shared.col
    row, col, both = shared.row[later], shared.col[later], shared.data[later]
    shorter = np.minimum(length[row], length[col])
    close = (both >= SHARED * shorter) & (shorter >= SHORT - 1)
    return list(zip(row[close].tolist(), col[close].tolist(), strict=True))


def _root(root: dict[int, int], place: int) -> int:
    while root[place] != place:
        root[place] = root[root[place]]
        place = root[place]
    return place
