"""Judges which versions of responses stand, whatever the order in which they come.

Of two versions the one with the higher number stands, then the one received later; the hash of what they say breaks a
tie, so that the outcome never depends on which came first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.model import NO_TIME, Batch, Receipt
from analytics.store.schema import COUNTED, SUPERSEDED

RANK = ("version", "received_at", "content")
"""What tells which of two versions of a response stands: the first of these that differs, and there the higher."""


@dataclass(frozen=True)
class Verdict:
    """What becomes of a batch, row by row: `kept` are written, of which `counts` enter the tally.

    `standing` and `rule` hold what is written of each row. `replaced` are the numbers of stored responses that stand no
    longer, `replaced_counted` those of them that counted.
    """

    kept: np.ndarray
    counts: np.ndarray
    standing: list[int]
    rule: list[str | None]
    replaced: list[int]
    replaced_counted: list[int]
    receipt: Receipt


def judge(batch: Batch, known: Sequence[Any], erased: np.ndarray) -> Verdict:
    """Returns what becomes of the batch, given all stored versions of its responses and which rows were erased."""
    frame, total = batch.responses, len(batch.responses)
    current = {row.key: row for row in known if row.standing != SUPERSEDED}
    seen = {(row.key, row.version, row.content) for row in known}
    best = {key: _rank(row) for key, row in current.items()}
    winner: dict[str, int] = {}
    kept = np.zeros(total, dtype=bool)
    rows = zip(*(frame[name].tolist() for name in ("key", *RANK)), strict=True)
    for place, (key, *rank) in enumerate(rows):
        version, _, content = rank
        if erased[place] or (key, version, content) in seen:
            continue
        seen.add((key, version, content))
        kept[place] = True
        if key not in best or rank > best[key]:
            best[key], winner[key] = rank, place
    standing: list[int] = [SUPERSEDED] * total
    rule: list[str | None] = [None] * total
    for key, place in winner.items():
        standing[place] = current[key].standing if key in current else COUNTED
        rule[place] = current[key].rule if key in current else None
    replaced = [current[key] for key in winner if key in current]
    receipt = Receipt(
        stored=len(winner) - len(replaced), changed=len(replaced), late=int(kept.sum()) - len(winner),
        duplicate=int((~kept & ~erased).sum()), erased=int(erased.sum()),
    )  # fmt: skip
    return Verdict(
        kept, np.array(standing) == COUNTED, standing, rule, [row.response_no for row in replaced],
        [row.response_no for row in replaced if row.standing == COUNTED], receipt,
    )  # fmt: skip


def _rank(row: Any) -> list[int]:
    return [NO_TIME if (value := getattr(row, name)) is None else value for name in RANK]
