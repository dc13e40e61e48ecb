"""Words and arrays as the bytes of one file, and back: how what an edition shows is kept."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Collection, Mapping
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np

WORDS = "words"
"""The array of an archive that holds, as JSON, what is no array."""
UNREADABLE = (
    ValueError, LookupError, TypeError, AttributeError, OSError, EOFError, OverflowError, BadZipFile, zlib.error,
)  # fmt: skip
"""What is raised by bytes that are not what was packed: of a damaged file, or somebody else's."""
MOST_BYTES = 1 << 28
"""Nobody packs more than this: what would be larger is somebody else's."""
CHOICES, LEVELS = "named", "levels"
"""Where a kept pattern names the choices of its question, and the levels of each dimension in their order."""


def packed(words: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> bytes:
    """The words, plain values, and the arrays as bytes.

    Example:
        >>> unpacked(packed({"every": "day"}, {"n": np.array([3, 4])}))
        ({'every': 'day'}, {'n': array([3, 4])})
    """
    file = io.BytesIO()
    said = np.frombuffer(json.dumps(words).encode(), dtype=np.uint8)
    np.savez_compressed(file, **{WORDS: said}, **arrays)  # type: ignore[arg-type]
    return file.getvalue()


def unpacked(content: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The words and the arrays that `packed` made these bytes of; one of UNREADABLE where it made none of them."""
    with ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
            raise ValueError("it would be too large")
    with np.load(io.BytesIO(content)) as found:  # no pickles: that is numpy's default
        arrays = {name: found[name] for name in found.files}
    words: dict[str, Any] = json.loads(arrays.pop(WORDS).tobytes())
    return words, arrays


def pattern_without(content: bytes, lost: Collection[str], *, dimension: str = "") -> bytes:
    """A kept pattern in which these choices, or these levels of that dimension, have no name any more.

    Their places stay, so that all others are found where they were.

    Example:
        >>> content = packed({"named": ["Fish", "My own words"], "levels": {"where": ["North"]}}, {})
        >>> unpacked(pattern_without(content, ["My own words"]))[0]["named"]
        ['Fish', '\\x001']
    """
    words, arrays = unpacked(content)
    named: list[str] = words[LEVELS].get(dimension, []) if dimension else words[CHOICES]
    # a name that no choice and no level can have, and another for each: they are told apart by their names
    new = [f"\0{at}" if value in lost else value for at, value in enumerate(named)]
    if dimension and dimension in words[LEVELS]:
        words[LEVELS] = words[LEVELS] | {dimension: new}
    elif not dimension:
        words[CHOICES] = new
    return packed(words, arrays)
