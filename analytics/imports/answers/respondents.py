"""What each row says of the response itself: what it is known by, when it was given, its base weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b

import numpy as np
import pandas as pd

from analytics.imports.answers.coding import Misread, misread
from analytics.imports.answers.columns import parts_of
from analytics.imports.answers.times import responded_at
from analytics.imports.cells.rows import CELL_BREAK, Rows
from analytics.imports.cells.text import number, plain, plain_cells
from analytics.imports.cells.vocabulary import is_written_for_nothing
from analytics.language.said import phrase
from analytics.limits import DIGITS
from analytics.model import Columns, Survey
from analytics.model.doubts import DoubtMark

ColumnCells = Mapping[str, list[str]]
DIGEST_BYTES = 16
REFERRER_CHARACTERS = 100


def read_respondents(
    rows: Rows, columns: ColumnCells, survey: Survey, names: Sequence[str], seen: np.ndarray
) -> tuple[pd.DataFrame, list[Misread], np.ndarray]:
    """Returns the frame `responses` of a batch, the cells not understood, and `seen` as `_row_ordinals` extends it."""
    own, zone = survey.columns, survey.time_zone
    digests = row_digests(known_texts(rows, columns, survey, names))
    content = contents(digests)
    keys, blank_ids, seen = _response_keys(digests, content, columns, own.response, seen)
    times, bad_times = _read_times(columns, own, zone, len(digests))
    weights, bad_weights = _read_weights(columns, own.weight, len(digests), optional=own.weight_optional)
    frame = pd.DataFrame(
        {
            "key": pd.Series(keys, dtype="str"),
            "content": content,
            "line": np.array(rows.lines, dtype=np.int64),
            "responded_at": pd.DatetimeIndex(times).tz_localize("UTC"),
            "weight": weights,
            "respondent": _texts_of(columns, own.respondent, len(digests)),
            "consent": _texts_of(columns, own.consent, len(digests)),
        }
    )
    if own.referrer is not None:
        hosts = {cell: host_of(cell) for cell in dict.fromkeys(columns[own.referrer])}
        frame["referrer"] = pd.Series(map(hosts.__getitem__, columns[own.referrer]), index=frame.index, dtype="str")
    if own.seconds is not None:
        values = [number(cell) for cell in columns[own.seconds]]
        frame["seconds"] = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    if survey.doubts:
        frame["doubts"] = pd.Series(_doubts(columns, survey.doubts, len(digests)), index=frame.index, dtype=object)
    return frame, blank_ids + bad_times + bad_weights, seen


def _doubts(columns: ColumnCells, marks: Sequence[DoubtMark], rows: int) -> list[tuple[str, ...]]:
    """Returns for each row the reasons for which its tool doubts it.

    Example:
        >>> _doubts({"score": ["0.1", "0.9", ""]}, [DoubtMark("score", "captcha", below=0.5)], 3)
        [('captcha',), (), ()]
    """
    found: list[tuple[str, ...]] = [()] * rows
    for mark in marks:
        known = {cell: mark.doubts(cell, number(cell)) for cell in dict.fromkeys(columns[mark.column])}
        for row, cell in enumerate(columns[mark.column]):
            if known[cell] and mark.reason not in found[row]:
                found[row] = (*found[row], mark.reason)
    return found


def known_texts(rows: Rows, columns: ColumnCells, survey: Survey, names: Sequence[str]) -> Sequence[str]:
    """Returns for each row what it is known by, the cells joined; a part that the definition has given up is blank.

    Args:
        names: what the definition calls the file's columns, in their order, where it calls each by one name.
    """
    if not survey.known_by:
        return rows.texts
    parts, blank = parts_of(survey), [""] * len(rows.texts)
    known_by = [parts.get(part) for part in survey.known_by]
    if known_by == names:
        return rows.texts
    known = [blank if name is None else columns[name] for name in known_by]
    return list(map(CELL_BREAK.join, zip(*known, strict=True)))


def _response_keys(
    digests: Sequence[bytes], content: np.ndarray, columns: ColumnCells, place: str | None, seen: np.ndarray
) -> tuple[list[str], list[Misread], np.ndarray]:
    """Returns what each response is known by, and the rows whose own id is blank; these are known by their hash."""
    if place is None:
        ordinals, seen = _row_ordinals(content, seen)
        return _row_keys(digests, ordinals), [], seen
    keys = id_keys(columns[place])
    if "id:" not in keys:
        return keys, [], seen
    blank = np.array([key == "id:" for key in keys])
    ordinals, seen = _row_ordinals(content[blank], seen)
    rows = np.flatnonzero(blank).tolist()
    for row, key in zip(rows, _row_keys([digests[row] for row in rows], ordinals), strict=True):
        keys[row] = key
    return keys, misread(blank, columns[place], place, phrase("the response's own id")), seen


def _read_times(columns: ColumnCells, own: Columns, zone: str, rows: int) -> tuple[np.ndarray, list[Misread]]:
    """Returns when each response was given (datetime64[s], UTC), NaT where the survey has no such column."""
    if own.responded_at is None:
        return np.full(rows, np.datetime64("NaT", "s")), []
    return responded_at(
        columns[own.responded_at],
        zone=zone,
        pattern=own.responded_at_format,
        place=own.responded_at,
        own_clock=own.own_clock,
    )


def _read_weights(
    columns: ColumnCells, place: str | None, rows: int, *, optional: bool = False
) -> tuple[np.ndarray, list[Misread]]:
    """Returns each response's base weight (float), 1.0 where there is no such column, and the cells that hold none.

    Args:
        optional: whether a cell without a weight counts as the weight 0, and is no fault.

    Example:
        >>> _read_weights({"w": ["0.5", "2", "0"]}, "w", 3)[0].tolist()
        [0.5, 2.0, 0.0]
        >>> _read_weights({"w": ["0.5", "", "#N/A"]}, "w", 3, optional=True)
        (array([0.5, 0. , 0. ]), [])
    """
    if place is None:
        return np.ones(rows), []
    known = {
        cell: 0.0 if optional and is_written_for_nothing(cell) else _weight(cell)
        for cell in dict.fromkeys(columns[place])
    }
    weights = np.fromiter(map(known.__getitem__, columns[place]), dtype=np.float64, count=rows)
    return weights, misread(np.isnan(weights), columns[place], place, phrase("a number of 0 or more"))


def host_of(cell: str) -> str:
    """The host of the page that a cell names: what stands behind it may say who came.

    Example:
        >>> [host_of(cell) for cell in ("https://www.forum.example/thread?user=7", "Newsletter ", "")]
        ['forum.example', 'newsletter', '']
    """
    rest = plain(cell).partition("://")[2] or plain(cell)
    host = rest.split("/")[0].split("?")[0].rpartition("@")[2].casefold()
    return host.removeprefix("www.")[:REFERRER_CHARACTERS]


def _weight(cell: str) -> float:
    """Returns the weight that a cell holds, NaN where it holds none; this NaN never leaves the module.

    A weight of 0 leaves a response out of all that is weighted.
    """
    value = number(cell)
    return value if value is not None and (value == 0 or 10.0**-DIGITS <= value < 10.0**DIGITS) else np.nan


def _texts_of(columns: ColumnCells, place: str | None, rows: int) -> pd.Series:
    """Returns the column's cells, trimmed; blank ones where the survey has no such column."""
    return pd.Series("" if place is None else plain_cells(columns[place]), index=range(rows), dtype="str")


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


def _row_keys(digests: Sequence[bytes], ordinals: np.ndarray) -> list[str]:
    """Returns the keys of responses without an id: the row's digest and its ordinal among identical rows."""
    return [f"row:{digest.hex()}:{ordinal}" for digest, ordinal in zip(digests, ordinals.tolist(), strict=True)]


def _row_ordinals(content: np.ndarray, seen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Returns how many identical rows stood before each row, and `seen` with these rows added.

    `seen` is sorted and holds eight bytes for every row of the file so far, twice that while it grows: 160 MB for ten
    million rows. Two different rows whose 64 bits agree (one chance in 370,000 among ten million) would merely count as
    identical: their keys still differ by the digest.

    Example:
        >>> ordinals, seen = _row_ordinals(np.array([5, 9, 5]), np.array([5]))
        >>> ordinals.tolist(), seen.tolist()
        ([1, 0, 2], [5, 5, 5, 9])
    """
    before = np.searchsorted(seen, content, "right") - np.searchsorted(seen, content, "left")
    here = pd.Series(content).groupby(content, sort=False).cumcount().to_numpy()
    return before + here, np.sort(np.concatenate([seen, content]), kind="stable")
