"""An edition as bytes, and back: what it takes to show it again after a restart, or in another process."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd

from analytics.editions.edition import Edition, Suppression, frozen
from analytics.editions.waiting import Deferred
from analytics.model import Cells, Snapshot, Status, Survey, Wanted
from analytics.model.packed import CHOICES, LEVELS, UNREADABLE, packed, unpacked
from analytics.statistics.lattice import Lattice

COUNTS = ("n", "w", "w2")
WAITING = "waiting"
"""How the arrays of an archive begin in which it holds whose answers wait."""


def digest(survey: Survey) -> str:
    """By what a definition is known again, in whatever process."""
    return blake2b(repr(survey).encode(), digest_size=16).hexdigest()


def edition_bytes(edition: Edition) -> bytes:
    """The sums of an edition and its state, packed."""
    wanted, arrays = list[dict[str, Any]](), dict[str, np.ndarray]()
    for at, (one, cells) in enumerate(edition.sums.items()):
        wanted.append(asdict(one))
        for frame in ("answers", "everyone", "profiles"):
            rows: pd.DataFrame = getattr(cells, frame)
            arrays |= {f"{at} {frame} {name}": _narrow(rows[name].to_numpy()) for name in rows.columns}
    for question, waiting in edition.waiting.items():
        arrays |= {f"{WAITING} {question} {name}": waiting.rows[name].to_numpy() for name in waiting.rows.columns}
    status = asdict(edition.exact.status)
    words = {
        "survey": digest(edition.survey), "wanted": wanted, "every": edition.every,
        "made_at": edition.made_at.isoformat(), "number": edition.number,
        "steady": {question: sorted(one.steady) for question, one in edition.waiting.items()},
        "status": {name: one.isoformat() if isinstance(one, datetime) else one for name, one in status.items()},
    }  # fmt: skip
    return packed(words, arrays)


def edition_again(
    content: bytes, exact: Snapshot, number: int, patterns: Mapping[str, tuple[int, bytes]]
) -> Edition | None:
    """The edition of that number as it was kept, with the patterns that belong to it and those of before.

    None where it cannot be read, or the survey was defined otherwise then: it is made anew.

    Args:
        exact: the survey as it is now.
        patterns: what was last worked out of each question, with the number of its edition.
    """
    solved = patterns_in(patterns)
    here = {question: pattern for question, (at, pattern) in solved.items() if at == number}
    before = {question: pattern for question, (at, pattern) in solved.items() if at < number}
    try:
        return edition_from(content, exact, here, before)
    except UNREADABLE:
        return None


def patterns_in(kept: Mapping[str, tuple[int, bytes]]) -> dict[str, tuple[int, Suppression]]:
    """Those of the kept patterns that can be read, with the number of each; a damaged one is worked out anew."""
    found = {}
    for question, (number, content) in kept.items():
        with suppress(*UNREADABLE):
            found[question] = (number, pattern_from(content))
    return found


def edition_from(
    content: bytes, exact: Snapshot, patterns: Mapping[str, Suppression], earlier: Mapping[str, Suppression]
) -> Edition | None:
    """The edition that `edition_bytes` made this of; None where the survey was defined otherwise then.

    Args:
        exact: the survey as it is now.
        patterns: what was worked out for this edition.
        earlier: what was last worked out before it, for questions that were not looked at since.
    """
    words, arrays = unpacked(content)
    if words["survey"] != digest(exact.survey):
        return None
    status = _status(words["status"])
    sums = {}
    for at, one in enumerate(words["wanted"]):
        frames = {}
        for frame in ("answers", "everyone", "profiles"):
            start = f"{at} {frame} "
            found = {name[len(start) :]: _wide(of) for name, of in arrays.items() if name.startswith(start)}
            frames[frame] = pd.DataFrame(found)
        sums[_wanted(one)] = Cells(frames["answers"], frames["everyone"], frames["profiles"], status.revision)
    made_at = datetime.fromisoformat(words["made_at"])
    then = frozen(replace(exact, status=status, now=made_at), sums)
    waiting = dict[str, Deferred]()
    for question, tables in words.get("steady", {}).items():
        start = f"{WAITING} {question} "
        rows = pd.DataFrame({name[len(start) :]: of for name, of in arrays.items() if name.startswith(start)})
        waiting[question] = Deferred(frozenset(tuple(one) for one in tables), rows)
    return Edition(then, made_at, words["every"], words["number"], sums, waiting, dict(patterns), dict(earlier))


def pattern_bytes(pattern: Suppression) -> bytes:
    """What is hidden and what was shown, packed; of what was never shown it has no number."""
    lattice = pattern.lattice
    words = {
        "axes": lattice.axes, "choices": lattice.choices, "multiple": lattice.multiple,
        "left_out": sorted(lattice.left_out), CHOICES: pattern.choices,
        LEVELS: {name: list(of) for name, of in pattern.levels.items()}, "lost": pattern.lost,
        "most": pattern.most, "number": pattern.number, "late": sorted(pattern.late),
    }  # fmt: skip
    return packed(words, {"hidden": np.packbits(pattern.hidden), "told": pattern.told})


def pattern_from(content: bytes) -> Suppression:
    """What `pattern_bytes` made this of, without the counts."""
    words, arrays = unpacked(content)
    axes = tuple((name, size) for name, size in words["axes"])
    left_out = frozenset(tuple(one) for one in words["left_out"])
    lattice = Lattice(axes, words["choices"], words["multiple"], left_out)
    levels = {name: {value: at for at, value in enumerate(of)} for name, of in words[LEVELS].items()}
    hidden = np.unpackbits(arrays["hidden"], count=lattice.size).astype(bool)
    return Suppression(
        lattice, levels, hidden, arrays["told"], tuple(words[CHOICES]), words["lost"], words.get("most", 0.0),
        words.get("number", 0), frozenset(tuple(one) for one in words.get("late", ())),
    )  # fmt: skip


def _status(words: dict[str, Any]) -> Status:
    times = {name: words[name] and datetime.fromisoformat(words[name]) for name in ("first_at", "last_at")}
    return Status(**(words | times | {"desks": tuple(words["desks"])}))


def _wanted(words: dict[str, Any]) -> Wanted:
    answered = tuple((key, tuple(values)) for key, values in words["answered"])
    dimensions = words["dimensions"] and tuple(words["dimensions"])
    return Wanted(**(words | {"crossed": tuple(words["crossed"]), "answered": answered, "dimensions": dimensions}))


def _narrow(numbers: np.ndarray) -> np.ndarray:
    """Whole numbers in the narrowest type that holds them all; others as they are."""
    if numbers.dtype.kind not in "iu" or not len(numbers):
        return numbers
    kind = np.promote_types(np.min_scalar_type(numbers.min()), np.min_scalar_type(numbers.max()))
    return numbers if kind.kind == "f" else numbers.astype(kind)


def _wide(numbers: np.ndarray) -> np.ndarray:
    return numbers.astype(np.int64) if numbers.dtype.kind in "iu" else numbers
