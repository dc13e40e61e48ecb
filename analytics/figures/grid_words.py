"""What stands in the cells and at the edges of a table, and the disclosure under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analytics.estimates.layout import SEGMENT
from analytics.estimates.table import Column, Table
from analytics.estimates.view import View
from analytics.figures.captions import caption
from analytics.figures.rows import key_label, level_label, read_rows
from analytics.figures.style import Style
from analytics.language.numbers import count_words, decimal_words, points, whole_points
from analytics.language.said import spoken
from analytics.language.text import plain_text, shortened
from analytics.model import Question

DIGIT_SPACE = "\u2007"
"""As wide as a digit: numbers of one column stand under one another, whatever follows them."""
WIDEST = 4
LONGEST_HEADING = 90
HIGHER, LOWER = "▲", "▼"
ALL = "All readers"

MARKS = {
    "none": "",
    "rest": f"{HIGHER} and {LOWER} mark what lies clearly above or below the other groups under the same heading taken "
    "together.",
    "letters": "A letter behind a number names a group under the same heading that it lies clearly above; {dash} as a "
    "letter marks a group too thin to compare.",
}
CORRECTED = "Comparisons of one question under one heading are corrected for one another (Benjamini-Hochberg)."
NUMBERS = {
    "columns": "Numbers are shares of each group in %.",
    "rows": "Numbers say which part of those who gave an answer stands in each group, in %.",
    "counts": "Numbers say how many gave the answer, not weighted.",
}


def in_points(table: Table, record: Mapping[str, Any]) -> bool:
    """Whether a cell is a net that takes something off, and so is no share but a difference of shares."""
    question = next(one for one in table.stubs if one.key == record["question"])
    return record["statistic"] == "net" and any(net.key == record["choice"] and net.minus for net in question.nets)


def cell_words(table: Table, record: Mapping[str, Any], numbers: str, marks: str, style: Style) -> tuple[str, bool]:
    """Returns a cell's text, digits under digits, and whether it is to be said quietly."""
    if record["suppressed"]:
        return style.dash.rjust(WIDEST - 1, DIGIT_SPACE), True
    text = _number(table, record, numbers, style)
    if text is None:
        return style.dash.rjust(WIDEST - 1, DIGIT_SPACE), True
    flagged = isinstance(record["flag"], str) and numbers == "columns"
    padded = f"({text})".rjust(WIDEST, DIGIT_SPACE) if flagged else text.rjust(WIDEST - 1, DIGIT_SPACE)
    mark = _mark(record, marks) if numbers == "columns" else ""
    return f"{padded} {mark}".rstrip(), flagged


def base_words(record: Mapping[str, Any], kind: str, style: Style) -> str:
    """Returns how many answered, or what the weights leave of them; a dash where that is not to be shown."""
    number = record["base_n" if kind == "base" else "effective_n"]
    return style.dash if number != number else count_words(number, style)


def question_name(table: Table, question: Question) -> str:
    """Returns how a question heads its answers: its wording, shortened where it is long."""
    alike = [one for one in table.stubs if one.text == question.text]
    name = shortened(plain_text(question.text), LONGEST_HEADING)
    return f"{name} ({question.key})" if len(alike) > 1 else name


def group_name(table: Table, column: Column) -> tuple[str, str]:
    """Returns a column's heading and its name below: for nested groups the outer levels stand in the heading."""
    if not column.part:
        return "", spoken(ALL)
    if column.part == (SEGMENT,) and table.layout.segments:
        return spoken("Segments"), next(
            plain_text(one.name) for one in table.layout.segments if (one.key,) == column.values
        )
    survey = table.survey
    labels = [plain_text(level_label(survey, key, of)) for key, of in zip(column.part, column.values, strict=True)]
    keys = [shortened(plain_text(key_label(survey, key)), LONGEST_HEADING // 2) for key in column.part]
    heading = " · ".join([*(f"{key}: {label}" for key, label in zip(keys, labels[:-1], strict=False)), keys[-1]])
    return heading, labels[-1]


def grid_caption(table: Table, numbers: str, marks: str, style: Style) -> str:
    """Returns the disclosure of a table: who, when, weights, what numbers and marks mean, gaps, limits."""
    view = _as_view(table)
    compared = bool(table.layout.parts) and table.layout.letters and numbers == "columns" and marks != "none"
    more = [spoken(NUMBERS[numbers])]
    if compared:
        not_compared = (spoken("Not compared: {why}.", why=why) for why in table.unlettered)
        marked = spoken(MARKS[marks])
        more += [marked.format(dash="-"), spoken(CORRECTED), *not_compared]
    return caption(view, read_rows(view), "grid", style, more)


def _as_view(table: Table) -> View:
    """Returns the cells as a view whose groups are the columns of each question, for those who read views."""
    several = next((view for view in table.toplines if view.question.kind == "multiple"), table.toplines[0])
    largest = max(view.base_n for view in table.toplines)
    return replace(several, estimates=table.cells.assign(period=None), by=("question", "column"), base_n=largest)


def _number(table: Table, record: Mapping[str, Any], numbers: str, style: Style) -> str | None:
    if numbers == "counts":
        return None if record["count"] != record["count"] else count_words(record["count"], style)
    if numbers == "rows":
        share = record["row_share"]
        return None if share != share else whole_points(share, style)
    if record["statistic"] == "mean":
        return decimal_words(record["value"], 2, style)
    if in_points(table, record):
        return points(record["value"], style).split(" ")[0]
    return whole_points(record["value"], style)


def _mark(record: Mapping[str, Any], marks: str) -> str:
    if marks == "letters":
        letters = record.get("higher_than")
        return letters if isinstance(letters, str) else ""
    if marks == "rest" and record.get("rest_clear") is True:
        return HIGHER if record["rest_difference"] > 0 else LOWER
    return ""
