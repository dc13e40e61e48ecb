"""Many rows as one CSV file, written a stretch at a time so that memory stays small."""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

import pandas as pd

from analytics.exports.cells import neutral, neutral_cell


@dataclass(frozen=True)
class Written:
    """What was written: how many rows below the header, and the SHA-256 of every byte."""

    rows: int
    sha256: str


def write_rows(stretches: Iterable[pd.DataFrame], out: BinaryIO) -> Written:
    """Writes the stretches below one header and returns what was written; no cell can turn into a formula.

    Example:
        >>> file = io.BytesIO()
        >>> write_rows([pd.DataFrame({"n": [1], "said": ["=1+1"]})], file).rows, file.getvalue()
        (1, b"n,said\\r\\n1,'=1+1\\r\\n")
    """
    rows, digest = 0, hashlib.sha256()
    for place, stretch in enumerate(stretches):
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        if place == 0:
            writer.writerow([neutral(str(name)) for name in stretch.columns])
        columns = [[_cell(cell) for cell in stretch.iloc[:, at].tolist()] for at in range(stretch.shape[1])]
        writer.writerows(zip(*columns, strict=True))
        encoded = text.getvalue().encode()
        digest.update(encoded)
        out.write(encoded)
        rows += len(stretch)
    return Written(rows, digest.hexdigest())


def _cell(cell: Any) -> Any:
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    return neutral_cell(cell)
