"""What is said over questions that were asked together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import comb
from statistics import NormalDist

from analytics.estimates.views.ranking import lowest_is_best
from analytics.estimates.views.rows import EstimateRow, read_rows
from analytics.estimates.whole.battery import Together
from analytics.language.notation import Notation
from analytics.language.numbers import decimal_words, percent
from analytics.language.said import spoken, spoken_of
from analytics.statistics.uncertainty import LEVEL
from analytics.words.names import filter_words, named_answer, named_group, scale_words


def battery_title(found: Together, style: Notation) -> str:
    """Returns the two items that lie furthest apart, where that is no chance; else how many were asked together.

    The same readers answered all items. Their errors are added as if they all went the same way, which is the most that
    they can come to, and the gap is judged as the widest of all pairs and answers.
    """
    rows = [row for row in read_rows(found.view) if row.value is not None]
    means = [row for row in rows if row.statistic == "mean"]
    lines = [means] if means else _by_answer([row for row in rows if row.statistic == "share"])
    pairs = comb(max(len(found.battery.items), 2), 2) * max(len(lines), 1)
    clear = [ends for line in lines if (ends := _ends(line, pairs))]
    words = filter_words(found.view)
    if not clear:
        count = len(found.battery.items)
        title = spoken_of(count, "{count} question asked together", "{count} questions asked together")
    else:
        title = _title(found, *max(clear, key=lambda ends: _value(ends[0]) - _value(ends[1])), style)
    return f"{title} ({words})" if words else title


def _title(found: Together, high: EstimateRow, low: EstimateRow, style: Notation) -> str:
    items = found.battery.items
    names = {one.key: named_group(item, items) for one, item in zip(found.battery.questions, items, strict=True)}
    told = {"upper": names[high.levels[0]], "lower": names[low.levels[0]]}
    if high.statistic == "share":
        ends = {"high": percent(_value(high), style), "low": percent(_value(low), style)}
        answer = named_answer(high.label, found.view.question)
        return spoken("{answer}: {high} for {upper}, {low} for {lower}", answer=answer, **ends, **told)
    ends = {"high": decimal_words(_value(high), 1, style), "low": decimal_words(_value(low), 1, style)}
    if lowest_is_best(found.view.question):
        told, ends = {"upper": told["lower"], "lower": told["upper"]}, {"high": ends["low"], "low": ends["high"]}
    scale = scale_words(found.view.question, style)
    return spoken("{upper} {high}, {lower} {low} on average, {scale}", scale=scale, **ends, **told)


def _by_answer(rows: Sequence[EstimateRow]) -> list[list[EstimateRow]]:
    ordered = sorted(rows, key=lambda row: row.choice or "")
    return [list(line) for _, line in groupby(ordered, key=lambda row: row.choice)]


def _ends(line: Sequence[EstimateRow], pairs: int) -> tuple[EstimateRow, EstimateRow] | None:
    """Returns the highest and the lowest of a line, None where their gap may be chance."""
    known = [row for row in line if row.low is not None and row.high is not None and not row.thin]
    if len(known) < 2:
        return None
    low, *_, high = sorted(known, key=_value)
    reach = (_value(high) - (high.low or 0.0)) + ((low.high or 0.0) - _value(low))
    usual, strict = (NormalDist().inv_cdf(1 - (1 - LEVEL) / 2 / tests) for tests in (1, pairs))
    return (high, low) if (_value(high) - _value(low)) * usual > reach * strict else None


def _value(row: EstimateRow) -> float:
    return row.value or 0.0
