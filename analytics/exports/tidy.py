"""The numbers of a view, one estimate a row, to full precision; what is suppressed holds no number."""

from __future__ import annotations

import pandas as pd

from analytics.estimates.rows import is_sum, read_rows
from analytics.exports.export import Export
from analytics.exports.plain_rows import WHOLE
from analytics.language.text import plain_text
from analytics.words.names import key_label, level_label

NUMBERS = ("base_n", "weighted_base", "effective_n", "deff", "count", "share", "value", "se", "low", "high")


def tidy_table(export: Export) -> pd.DataFrame:
    """Returns its rows as a frame: numbers float64 (whole ones Int64), text as it is, None where there is none."""
    rows = export.rows
    table = pd.DataFrame(rows, columns=list(rows[0]) if rows else None, dtype=object)
    for name in NUMBERS:
        table[name] = table[name].astype("Int64" if name in WHOLE else "float64")
    return table


def banner_labels(export: Export) -> list[str]:
    """Returns how the keys of the banner are named."""
    return [plain_text(key_label(export.view.survey, key)) for key in export.view.by]


def answers_and_groups(export: Export) -> dict[tuple[str, ...], dict[str, float | None]]:
    """Returns, for each group or period, the shown share of every choice by its label; None where it is suppressed."""
    found: dict[tuple[str, ...], dict[str, float | None]] = {}
    for row in read_rows(export.view):
        if (
            row.statistic == "share"
            and (export.line is None or row.choice == export.line)
            and not is_sum(export.view, row)
        ):
            period = (row.period,) if row.period is not None else ()
            group = tuple(
                level_label(export.view.survey, key, level)
                for key, level in zip(export.view.by, row.levels, strict=True)
            )
            found.setdefault((*group, *period), {})[plain_text(row.label)] = row.value
    return found
