"""SPSS: one estimate a row with labels of variables and values; what has to be known is the file's own document."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyreadstat

from analytics.errors import RequestError
from analytics.exports.export import Export
from analytics.kinds.rows import NUMBERS, WHOLE
from analytics.kinds.table import kind
from analytics.language.said import noted, spoken
from analytics.language.text import plain_text
from analytics.words.names import key_label

LABELS = {
    "statistic": noted("Statistic"),
    "choice": noted("Choice, net or mean"),
    "period": "Period",
    "weights": noted("Weights used"),
    "base_n": noted("Base: how many answered"),
    "weighted_base": noted("Weighted base"),
    "effective_n": "Effective base",
    "deff": noted("Design effect (Kish)"),
    "count": noted("How many gave this answer"),
    "share": noted("Share, 0 to 1"),
    "value": noted("Value of the statistic"),
    "se": noted("Standard error"),
    "low": noted("Uncertainty interval from"),
    "high": noted("Uncertainty interval to"),
    "suppressed": "Not shown",
    "reason": noted("Why it is not shown"),
    "figure_id": "Figure",
    "link": "Link",
}
NOTE_COLUMNS = 80


def spss(export: Export) -> bytes:
    """Returns the file: choices and groups as numbers with their labels, all numbers to full precision.

    Raises:
        RequestError: the figure is more than the estimates of one view.
    """
    if not kind(export.request.kind).charted:
        raise RequestError("an SPSS file holds the estimates of one view, and this figure is none: take .csv or .xlsx")
    view, table = export.claimed, tidy_table(export)
    choices: dict[int | float, str] = {
        place: str(label or value) for place, (value, label) in enumerate(_choices(export), 1)
    }
    place_of = {value: place for place, (value, _) in enumerate(_choices(export), 1)}
    values: dict[str, dict[int | float, str]] = {"choice": choices}
    columns: dict[str, pd.Series] = {
        "statistic": table["statistic"].astype(str),
        "choice": table["choice"].map(lambda value: place_of[value or ""]).astype("float64"),
    }
    labels: dict[str, str | None] = {key: spoken(LABELS[key]) for key in ("statistic", "choice")}
    for number, key in enumerate(view.by, 1):
        name, levels = f"group_{number}", list(dict.fromkeys(zip(table[key], table[f"{key}_label"], strict=True)))
        codes = {level: place for place, (level, _) in enumerate(levels, 1)}
        columns[name] = table[key].map(codes).astype("float64")
        values[name] = {place: str(label) for place, (_, label) in enumerate(levels, 1)}
        labels[name] = plain_text(key_label(view.survey, key))
    for key in ("period", "weights"):
        columns[key] = table[key].fillna("").astype(str)
    columns |= {key: table[key].astype("float64") for key in NUMBERS}
    columns["suppressed"] = table["suppressed"].map(int).astype("float64")
    columns["reason"] = table["reason"].fillna("").astype(str)
    columns |= {
        key: pd.Series([words] * len(table)) for key, words in (("figure_id", export.figure_id), ("link", export.link))
    }
    values["suppressed"] = {0: spoken("Shown"), 1: spoken("Not shown")}
    return _written(
        pd.DataFrame(columns), labels | {key: spoken(LABELS[key]) for key in columns if key in LABELS}, values, export
    )


def tidy_table(export: Export) -> pd.DataFrame:
    """Returns its rows as a frame: numbers float64 (whole ones Int64), text as it is, None where there is none."""
    rows = export.rows
    table = pd.DataFrame(rows, columns=list(rows[0]) if rows else None, dtype=object)
    for name in NUMBERS:
        table[name] = table[name].astype("Int64" if name in WHOLE else "float64")
    return table


def _choices(export: Export) -> list[tuple[str, str]]:
    table = export.claimed.estimates
    found = zip(table["choice"], table["choice_label"], strict=True)
    return list(dict.fromkeys((value or "", plain_text(str(label or spoken("Mean")))) for value, label in found))


def _written(
    table: pd.DataFrame, labels: dict[str, str | None], values: dict[str, dict[int | float, str]], export: Export
) -> bytes:
    told = [f"{fact.name}: {fact.words}" for fact in export.facts]
    told += [f"{item.number} {item.name}: {plain_text(item.words)}" for item in export.items]
    measures = {str(name): "nominal" if name in values else "scale" for name in table if table[name].dtype == "float64"}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "figure.sav"
        pyreadstat.write_sav(
            table, path, file_label=export.figure.title[:64], column_labels=labels, variable_value_labels=values,
            note=[line for one in told for line in _lines(one)], variable_measure=measures,
        )  # fmt: skip
        return path.read_bytes()


def _lines(text: str) -> list[str]:
    """Returns the text in pieces that fit a line of a document: so many bytes, broken between words."""
    lines = [""]
    for word in text.split(" "):
        while len(word.encode()) > NOTE_COLUMNS:
            lines.append(word[: NOTE_COLUMNS // 4])
            word = word[NOTE_COLUMNS // 4 :]
        joined = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], joined] if len(joined.encode()) <= NOTE_COLUMNS else [*lines, word]
    return lines
