"""What a response is known by: its own id, else a hash of its row and its ordinal among identical rows of the file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from hashlib import blake2b, file_digest
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.errors import Fault, FileError
from analytics.importers.coding import plain_cells

DIGEST_BYTES = 16


def file_content(path: Path) -> str:
    """Returns a hash of all of a file, by which it is recognised when it comes again.

    Raises:
        FileError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file_digest(file, partial(blake2b, digest_size=DIGEST_BYTES)).hexdigest()
    except (OSError, ValueError) as error:
        fault = Fault(path.name, None, "", getattr(error, "strerror", None) or str(error), "a file that can be read")
        raise FileError(f"{fault}: check the path {path}") from None


def row_digests(texts: Sequence[str]) -> list[bytes]:
    """Returns 16 bytes of BLAKE2b for each row; texts are the rows' cells joined by a character no cell can hold."""
    return [blake2b(text.encode(), digest_size=DIGEST_BYTES).digest() for text in texts]


def contents(digests: Sequence[bytes]) -> np.ndarray:
    """Returns the first eight bytes of each digest as a number (int64)."""
    return np.frombuffer(b"".join(digests), dtype="<i8")[:: DIGEST_BYTES // 8].astype(np.int64)


def id_keys(ids: list[str]) -> list[str]:
    """Returns the keys of responses that bring their own id.

    Example:
        >>> id_keys([" 007 "])
        ['id:007']
    """
    return ["id:" + own for own in plain_cells(ids)]


def row_keys(digests: Sequence[bytes], ordinals: np.ndarray) -> list[str]:
    """Returns the keys of responses without an id: the row's digest and its ordinal among identical rows."""
    return [f"row:{digest.hex()}:{ordinal}" for digest, ordinal in zip(digests, ordinals.tolist(), strict=True)]


def row_ordinals(content: np.ndarray, seen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Returns how many identical rows stood before each row, and `seen` with these rows added.

    `seen` is sorted and holds eight bytes for every row of the file so far, twice that while it grows: 160 MB for ten
    million rows. Two different rows whose 64 bits agree (one chance in 370,000 among ten million) would merely count as
    identical: their keys still differ by the digest.

    Example:
        >>> ordinals, seen = row_ordinals(np.array([5, 9, 5]), np.array([5]))
        >>> ordinals.tolist(), seen.tolist()
        ([1, 0, 2], [5, 5, 5, 9])
    """
    before = np.searchsorted(seen, content, "right") - np.searchsorted(seen, content, "left")
    here = pd.Series(content).groupby(content, sort=False).cumcount().to_numpy()
    return before + here, np.sort(np.concatenate([seen, content]), kind="stable")
