"""SPSS files (.sav, .zsav): codes as text, with the labels and the missing codes that the file declares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyreadstat

from analytics.errors import Fault, FileError
from analytics.imports.cells.fields import Field
from analytics.imports.cells.rows import Rows, rows_of_columns, stretch_rows, with_file_errors
from analytics.imports.cells.text import cell_text
from analytics.imports.reading.foreign import spss_words
from analytics.imports.reading.packed import measured, refuse_packed, refuse_wide
from analytics.language.said import spoken

_CALENDAR = re.compile("MOYR|QYR|WKYR", re.IGNORECASE)
"""Formats of months, quarters and weeks, which are numbers to the library that reads the file."""

_SPSS_EPOCH = datetime(1582, 10, 14)
_LAST_SECOND = 86_400 * 366 * 800
_CODE_PAGES = (None, "WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1250", "KOI8-R")
"""Tried in turn: what the file declares, then those that files without a declaration are mostly written in."""


def sav_words(path: str, chunk_rows: int, stated: str | None) -> Iterator[dict[str, Any]]:
    """Yields what an SPSS file says of its columns and encoding, then its rows, every code as written, from line 2 on.

    Raises:
        FileError: the file is no SPSS file, or is damaged.
    """
    file = Path(path)
    codec, meta = _readable(file, stated)
    refuse_packed(file.name, meta.number_rows or 0, len(meta.column_names), file.stat().st_size)
    fields = [asdict(_field_of(name, meta)) for name in meta.column_names]
    yield {"fields": fields, "encoding": (codec or meta.file_encoding or "UTF-8").lower()}
    rows = measured(file.name, _sav_rows(file, codec, len(fields), chunk_rows), file.stat().st_size)
    yield from map(vars, with_file_errors(file, rows))


def _readable(path: Path, stated: str | None) -> tuple[str | None, Any]:
    """Returns the code page to read the file with, None for the declared one, and what its dictionary says."""
    why = "nothing in it"
    for codec in (stated, *_CODE_PAGES) if stated else _CODE_PAGES:
        try:
            _, meta = pyreadstat.read_sav(path, encoding=codec, metadataonly=True, user_missing=True)
            refuse_wide(path.name, len(meta.column_names))
            pyreadstat.read_sav(path, encoding=codec, output_format="dict", row_limit=1000)
        except (pyreadstat.ReadstatError, UnicodeDecodeError) as error:
            why = str(error)
            if "convert" not in why and not isinstance(error, UnicodeDecodeError):
                break
        else:
            return codec, meta
    fault = Fault(
        path.name,
        None,
        "",
        spoken("no sound SPSS file ({why})", why=spss_words(why)),
        spoken("a .sav file that SPSS or PSPP can open"),
    )
    raise FileError(spoken("{fault}: save it again there, or as CSV UTF-8", fault=fault))


def _sav_rows(path: Path, codec: str | None, width: int, chunk_rows: int) -> Iterator[Rows]:
    """Returns the rows of the file, stretch by stretch."""
    size, start = stretch_rows(width, chunk_rows), 0
    while True:
        try:
            columns, meta = pyreadstat.read_sav(
                path, encoding=codec, output_format="dict", user_missing=True, row_offset=start, row_limit=size
            )
        except (pyreadstat.ReadstatError, UnicodeDecodeError) as error:
            fault = Fault(
                path.name,
                start + 2,
                "",
                spoken("rows that cannot be read ({error})", error=spss_words(str(error))),
                spoken("a sound SPSS file"),
            )
            raise FileError(spoken("{fault}: save it again in SPSS or PSPP, or as CSV UTF-8", fault=fault)) from None
        texts = [
            _column_texts(values, meta.original_variable_types.get(name) or "") for name, values in columns.items()
        ]
        rows = rows_of_columns(texts, start + 2)
        if len(rows):
            yield rows
        start += len(rows)
        if len(rows) < size:
            return


def _column_texts(values: Any, written_as: str = "") -> list[str]:
    """Returns the cells of a column; few values differ, so each is put into words once.

    Example:
        >>> _column_texts([1.0, 2.0, None, 1.0])
        ['1', '2', '', '1']
        >>> _column_texts([13923446400.0, None], "MOYR8")
        ['2024-01-01', '']
    """
    items = values.tolist() if hasattr(values, "tolist") else list(values)
    text = _day_text if _CALENDAR.match(written_as) else cell_text
    known = {value: text(value) for value in set(items)}
    return [known[value] for value in items]


def _day_text(value: Any) -> str:
    """Returns the first day of a month, quarter or week, which SPSS keeps as seconds since 14 October 1582."""
    if not isinstance(value, float) or not 0 < value < _LAST_SECOND:
        return cell_text(value)
    return (_SPSS_EPOCH + timedelta(seconds=value)).date().isoformat()


def _field_of(name: str, meta: Any) -> Field:
    """Returns one variable: its label is the wording, its value labels those of its codes."""
    labels = tuple((cell_text(value), str(label)) for value, label in meta.variable_value_labels.get(name, {}).items())
    ranges: list[Mapping[str, Any]] = meta.missing_ranges.get(name, [])
    single = [cell_text(one["lo"]) for one in ranges if one["lo"] == one["hi"]]
    spans = [(float(one["lo"]), float(one["hi"])) for one in ranges if one["lo"] != one["hi"]]
    sets = meta.mr_sets or {}
    group = next((key for key, of_set in sets.items() if name in of_set["variable_list"]), "")
    text = meta.column_names_to_labels.get(name) or ""
    if not group:
        return Field(name, text, labels=labels, missing=tuple(single), missing_ranges=tuple(spans))
    asked = sets[group].get("label") or group.lstrip("$")
    counted = sets[group].get("counted_value") if sets[group].get("is_dichotomy") else None
    return Field(
        name, asked, text, asked, labels=labels, missing=tuple(single), missing_ranges=tuple(spans), kind="multiple",
        tick="" if counted is None else cell_text(counted), mention=not sets[group].get("is_dichotomy"),
    )  # fmt: skip
