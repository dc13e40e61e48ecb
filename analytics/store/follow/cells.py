"""Tally cells in memory: sorted by key, never changed, and merged with those that changed by copying only the sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.errors import StoreError
from analytics.language.said import spoken, written
from analytics.model import ANSWERED, NO_TIME

CHOICE_BITS, PROFILE_BITS = 14, 26
UNTIMED = -(2**23)


@dataclass(frozen=True)
class TallyCells:
    """Cells in the order of `keys`, each of which packs the numbers of a period, a profile and a choice.

    The arrays are read-only. Where every base weight is 1, `w` and `w2` are the same array.
    """

    keys: np.ndarray
    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray

    @property
    def nbytes(self) -> int:
        """Returns how much memory the cells take."""
        return sum({id(array): array.nbytes for array in (self.keys, self.n, self.w, self.w2)}.values())


def tallied(rows: pd.DataFrame) -> TallyCells:
    """Returns the cells of the rows (`key`, packed, and `n`; with base weights also `w` and `w2`) in order."""
    keys, n = rows["key"].to_numpy(), rows["n"].to_numpy()
    w, w2 = (rows[name].to_numpy() for name in ("w", "w2")) if "w" in rows else [n.astype(np.float64)] * 2
    if not (keys[1:] > keys[:-1]).all():
        order = np.argsort(keys, kind="stable")
        keys, n, w, w2 = (array[order] for array in (keys, n, w, w2))
    return _frozen(keys, n, w, w2)


def merged(old: TallyCells, changed: TallyCells) -> TallyCells:
    """Returns the old cells with the changed ones in their place, the new ones among them.

    Example:
        >>> def cells(*pairs):
        ...     keys, n = (np.array(column) for column in zip(*pairs))
        ...     return TallyCells(keys, n, n * 1.0, n * 1.0)
        >>> both = merged(cells((1, 5), (4, 2)), cells((3, 1), (4, 9)))
        >>> both.keys.tolist(), both.n.tolist()
        ([1, 3, 4], [5, 1, 9])
    """
    if not len(changed.keys):
        return old
    at = np.searchsorted(old.keys, changed.keys)
    known = np.zeros(len(at), dtype=bool)
    inside = at < len(old.keys)
    known[inside] = old.keys[at[inside]] == changed.keys[inside]
    sums = []
    for before, now in ((old.n, changed.n), (old.w, changed.w), (old.w2, changed.w2)):
        after = before.copy()
        after[at[known]] = now[known]
        sums.append(after if known.all() else np.insert(after, at[~known], now[~known]))
    keys = old.keys if known.all() else np.insert(old.keys, at[~known], changed.keys[~known])
    return _frozen(keys, *sums)


def check_fits(choices: int, profiles: int) -> None:
    """Returns nothing where the numbers of choices and profiles can be packed.

    Raises:
        StoreError: there are too many.
    """
    for what, most, bits in ((spoken("choices of one question"), choices - ANSWERED, CHOICE_BITS),
                             (spoken("profiles of readers"), profiles, PROFILE_BITS)):  # fmt: skip
        if most >= 2**bits:
            raise StoreError(
                spoken(
                    "there are {most} {what}, expected fewer than {limit}: leave out what tells them apart",
                    most=written(most),
                    what=what,
                    limit=written(2**bits),
                )
            )


def packed(period: Any, profile_no: Any, choice_no: Any) -> Any:
    """Returns one whole number for a cell, in the order of period, profile and choice; as an expression of numbers.

    Example:
        >>> packed(20_000, 7, 3) == ((20_000 << 26) + 7 << 14) + 5
        True
    """
    return period * 2 ** (PROFILE_BITS + CHOICE_BITS) + profile_no * 2**CHOICE_BITS + (choice_no - ANSWERED)


def unpacked(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Returns period, profile number and choice number, the last counted from ANSWERED.

    Example:
        >>> keys = np.array([packed(period, 7, 3) for period in (20_000, UNTIMED)])
        >>> [part.tolist() for part in unpacked(keys)]
        [[20000, -4611686018427387904], [7, 7], [5, 5]]
    """
    period = keys >> (PROFILE_BITS + CHOICE_BITS)
    period = np.where(period == UNTIMED, NO_TIME, period)
    return period, (keys >> CHOICE_BITS) & (2**PROFILE_BITS - 1), keys & (2**CHOICE_BITS - 1)


def read_only(*arrays: np.ndarray) -> None:
    """Marks arrays that many sessions share: to change one is an error."""
    for array in arrays:
        array.flags.writeable = False


def _frozen(keys: np.ndarray, n: np.ndarray, w: np.ndarray, w2: np.ndarray) -> TallyCells:
    if w is not w2 and np.array_equal(w, w2):
        w2 = w
    read_only(keys, n, w, w2)
    return TallyCells(keys, n, w, w2)
