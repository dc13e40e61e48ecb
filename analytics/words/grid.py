"""What stands in the cells and at the edges of a table, one cell in sentences, and the disclosure under it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analytics.estimates.groups.table import Column, Table
from analytics.estimates.views.layout import SEGMENT
from analytics.estimates.views.rows import read_rows
from analytics.estimates.views.view import View
from analytics.language.notation import Notation
from analytics.language.numbers import (
    count_words,
    decimal_words,
    percent,
    point_count,
    points,
    points_apart,
    signed_points,
    whole_points,
)
from analytics.language.said import noted, spoken
from analytics.language.text import plain_text, shortened_apart
from analytics.model import Question
from analytics.model.sampling import are_readers
from analytics.words.captions import Caption, Sentence, caption, caption_line
from analytics.words.names import filter_words, key_label, level_label
from analytics.words.reasons import reason_words

DIGIT_SPACE = "\u2007"
"""As wide as a digit: numbers of one column stand under one another, whatever follows them."""
WIDEST = 4
LONGEST_HEADING = 90
HIGHER, LOWER = "▲", "▼"
ALL, ALL_ASKED = noted("All readers"), noted("All respondents")
SELECTED, SELECTED_ASKED = noted("These readers"), noted("These respondents")
LONGEST_SELECTION = 20
"""The column of everybody is called by the level that a filter keeps where that takes no more letters."""

MARKS = {
    "none": "",
    "rest": noted(
        "▲ and ▼ mark what lies clearly above or below the other groups under the same heading taken together."
    ),
    "letters": noted(
        "A letter behind a number names a group under the same heading that it lies clearly above; {dash} as a "
        "letter marks a group too thin to compare."
    ),
}
LETTERED = ("letters", "both")
"""The marks with which groups have letters."""
CORRECTED = noted("Comparisons of one question under one heading are corrected for one another (Benjamini-Hochberg).")
NUMBERS = {
    "columns": noted("Numbers are shares of each group in %."),
    "rows": noted("Numbers say which part of those who gave an answer stands in each group, in %."),
    "counts": noted("Numbers say how many gave the answer, not weighted."),
}


def in_points(table: Table, record: Mapping[str, Any]) -> bool:
    """Whether a cell is a net that takes something off, and so is no share but a difference of shares."""
    question = next(one for one in table.stubs if one.key == record["question"])
    return record["statistic"] == "net" and any(net.key == record["choice"] and net.minus for net in question.nets)


def cell_words(table: Table, record: Mapping[str, Any], numbers: str, marks: str, style: Notation) -> tuple[str, bool]:
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


def base_words(record: Mapping[str, Any], kind: str, style: Notation) -> str:
    """Returns how many answered, or what the weights leave of them; a dash where that is not to be shown."""
    number = record["base_n" if kind == "base" else "effective_n"]
    return style.dash if number != number else count_words(number, style)


def question_name(table: Table, question: Question) -> str:
    """Returns how a question heads its answers: its wording, shortened where it is long, and no other question's."""
    return _named_apart({one.key: one.text for one in table.stubs}, LONGEST_HEADING)[question.key]


def _named_apart(labels: Mapping[str, str], width: int) -> dict[str, str]:
    """Returns the labels cut to that width, each with its key behind it where another reads the same."""
    cut = dict(zip(labels, shortened_apart(list(labels.values()), width), strict=True))
    named = Counter(cut.values())
    return {key: f"{name} ({key})" if named[name] > 1 else name for key, name in cut.items()}


def group_name(table: Table, column: Column, *, whole: bool = False) -> tuple[str, str]:
    """Returns a column's heading and its name below: for nested groups the outer levels stand in the heading.

    Args:
        whole: whether what the groups are called stands in full where it is long.
    """
    if not column.part:
        return "", whole_name(table)
    if column.part == (SEGMENT,) and table.layout.segments:
        return spoken("Segments"), next(
            plain_text(one.name) for one in table.layout.segments if (one.key,) == column.values
        )
    survey = table.survey
    labels = [plain_text(level_label(survey, key, of)) for key, of in zip(column.part, column.values, strict=True)]
    keys = [plain_text(key_label(survey, key)) for key in column.part]
    if not whole:
        banner = {key: key_label(survey, key) for part in table.layout.banner for key in part}
        named = _named_apart(banner, LONGEST_HEADING // 2)
        keys = [named[key] for key in column.part]
    heading = " · ".join([*(f"{key}: {label}" for key, label in zip(keys, labels[:-1], strict=False)), keys[-1]])
    return heading, labels[-1]


def whole_name(table: Table) -> str:
    """Returns what the column of everybody in the table is called: all readers only where nothing is filtered."""
    view = _as_view(table)
    request = view.request
    if not (request.where or request.since or request.until):
        return spoken(ALL if are_readers(table.survey) else ALL_ASKED)
    if len(request.where) == 1 and len(request.where[0][1]) == 1 and not (request.since or request.until):
        ((key, (value,)),) = request.where
        label = plain_text(level_label(table.survey, key, value))
        if len(label) <= LONGEST_SELECTION:
            return label
    return spoken(SELECTED if are_readers(table.survey) else SELECTED_ASKED)


def selection_words(table: Table) -> str:
    """Returns whom the table is of alone, as a sentence; empty where nobody is left out by a filter."""
    words = filter_words(_as_view(table))
    return spoken("Only {words}.", words=words) if words else ""


def grid_title(table: Table, by: str) -> str:
    """Returns what the table is of, with the filters behind it."""
    title = spoken("Crosstab of {title}{by}", title=plain_text(table.survey.title), by=by)
    words = filter_words(_as_view(table))
    return f"{title} ({words})" if words else title


def grid_caption(table: Table, numbers: str, marks: str, style: Notation) -> Caption:
    """Returns the disclosure of a table: who, when, weights, what numbers and marks mean, gaps, limits."""
    view = _as_view(table)
    compared = bool(table.layout.parts) and table.layout.letters and numbers == "columns" and marks != "none"
    more = [spoken(NUMBERS[numbers])]
    if compared:
        not_compared = (spoken("Not compared: {why}.", why=why) for why in table.unlettered)
        both = ("rest", "letters") if marks == "both" else (marks,)
        more += [*(spoken(MARKS[one], dash="-") for one in both), spoken(CORRECTED), *not_compared]
    return caption(view, read_rows(view), "grid", style, more)


def grid_line(table: Table, numbers: str, marks: str, style: Notation) -> Caption:
    """Returns what stands under a table on a page: who and when in one line, what its numbers and marks mean."""
    view = _as_view(table)
    read = [spoken(NUMBERS[numbers])]
    if table.layout.parts and table.layout.letters and numbers == "columns":
        each = {"both": ("rest", "letters"), "none": ()}.get(marks, (marks,))
        read += [spoken(MARKS[one], dash="-") for one in each]
    line = caption_line(view, read_rows(view), "grid", style)
    only = selection_words(table)
    return (line[0], *(Sentence(one) for one in (*([only] if only else []), *read)), *line[1:])


def cell_sentences(table: Table, record: Mapping[str, Any], style: Notation) -> list[str]:
    """Returns which cell it is, then what it says: the share with its base and interval, and against all others."""
    column = table.columns[record["column"]]
    heading, name = group_name(table, column)
    outer, _, inner = heading.rpartition(" · ")
    who = f"{inner}: {name}" if column.part else name
    head = " · ".join(part for part in (plain_text(str(record["choice_label"])), outer, who) if part)
    if record["suppressed"]:
        return [head, spoken("Not shown: {reason}.", reason=reason_words(record["reason"], style))]
    return [head, _share(table, record, style), *_rest(record, style), *_row(table, record, style)]


def _share(table: Table, record: Mapping[str, Any], style: Notation) -> str:
    told = {"base": count_words(record["base_n"], style)}
    if record["statistic"] == "mean":
        told |= {name: decimal_words(record[name], 2, style) for name in ("value", "low", "high")}
        return spoken(
            "A mean score of {value} among {base} who answered; uncertainty interval {low} to {high}.", **told
        )
    if in_points(table, record):
        told |= {name: signed_points(record[name], style) for name in ("low", "high")}
        told["value"] = points(record["value"], style)
        return spoken("{value} among {base} who answered; uncertainty interval {low} to {high}.", **told)
    told |= {"low": whole_points(record["low"], style), "high": percent(record["high"], style)}
    counted = record["count"] == record["count"]
    told["given"] = spoken("; {count} gave this answer", count=count_words(record["count"], style)) if counted else ""
    told["value"] = percent(record["value"], style)
    plain = noted("{value} of {base} who answered (uncertainty interval {low} to {high}){given}.")
    weighted = noted("{value} of {base} who answered, weighted (uncertainty interval {low} to {high}){given}.")
    return spoken(plain if record["weights"] == "none" else weighted, **told)


def _rest(record: Mapping[str, Any], style: Notation) -> list[str]:
    difference = record.get("rest_difference")
    if difference is None or difference != difference:
        return []
    if record["statistic"] == "mean":
        size, alike = (decimal_words(number, 2, style) for number in (abs(difference), 0.0))
        low, high = (decimal_words(record[name], 2, style) for name in ("rest_low", "rest_high"))
    else:
        size, alike = (points_apart(number, style) for number in (abs(difference), 0.0))
        low, high = (point_count(record[name], style) for name in ("rest_low", "rest_high"))
    sure = spoken("a clear difference") if record["rest_clear"] is True else spoken("which may be chance")
    if size == alike:
        return [spoken("As the other groups taken together (difference {low} to {high}).", low=low, high=high)]
    above = noted("{size} above the other groups taken together ({low} to {high}): {sure}.")
    below = noted("{size} below the other groups taken together ({low} to {high}): {sure}.")
    return [spoken(above if difference > 0 else below, size=size, low=low, high=high, sure=sure)]


def _row(table: Table, record: Mapping[str, Any], style: Notation) -> list[str]:
    share = record["row_share"]
    if share != share or not record["group"]:
        return []
    everybody = noted("{share} of all who gave this answer are in this group.")
    selected = noted("Of this selection’s readers who gave this answer, {share} are in this group.")
    chosen = table.request
    is_all = not chosen.where and chosen.since is None and chosen.until is None
    return [spoken(everybody if is_all else selected, share=percent(share, style))]


def _as_view(table: Table) -> View:
    """Returns the cells as a view whose groups are the columns of each question, for those who read views."""
    several = next((view for view in table.toplines if view.question.kind == "multiple"), table.toplines[0])
    largest = max(view.base_n for view in table.toplines)
    return replace(several, estimates=table.cells.assign(period=None), by=("question", "column"), base_n=largest)


def _number(table: Table, record: Mapping[str, Any], numbers: str, style: Notation) -> str | None:
    if numbers == "counts":
        return None if record["count"] != record["count"] else count_words(record["count"], style)
    if numbers == "rows":
        share = record["row_share"]
        return None if share != share else whole_points(share, style)
    if record["statistic"] == "mean":
        return decimal_words(record["value"], 2, style)
    if in_points(table, record):
        return signed_points(record["value"], style)
    return whole_points(record["value"], style)


def _mark(record: Mapping[str, Any], marks: str) -> str:
    letters, arrow = record.get("higher_than"), ""
    if marks in ("rest", "both") and record.get("rest_clear") is True:
        arrow = HIGHER if record["rest_difference"] > 0 else LOWER
    listed = letters if marks in LETTERED and isinstance(letters, str) else ""
    return f"{arrow} {listed}".strip()
