"""Alternative text: the figure said in sentences, from the same estimates."""

from __future__ import annotations

from analytics.estimates.views.rows import EstimateRow, base_of, groups, shares
from analytics.estimates.views.view import View
from analytics.language.notation import Notation
from analytics.language.numbers import count_words, exact_percent, exact_points, percent
from analytics.language.said import noted, spoken
from analytics.language.text import plain_text
from analytics.model.scales import is_told_by_mean
from analytics.words.names import group_label, key_label, named, named_group, people, simulated_word, written
from analytics.words.periods import Stop, break_sentence, last_stretch, period_words
from analytics.words.reasons import reason_of
from analytics.words.titles import apart_words, but_for

MOST_SENTENCES = 12
"""Groups or lines said one by one; the rest stands in the table."""

UNIT = {
    "hour": noted("hour"),
    "day": noted("day"),
    "week": noted("week"),
    "month": noted("month"),
    "wave": noted("wave"),
}


def topline_alt(view: View, rows: list[EstimateRow], style: Notation) -> str:
    """Returns the bars in sentences."""
    who = spoken("{count} {people}", count=count_words(view.base_n, style), people=people(view.survey, view.base_n))
    open_still = (
        spoken("Who leads is not settled yet.")
        if view.lead and view.lead.leader and not view.lead.leads and not is_told_by_mean(view.question)
        else ""
    )
    return in_words(
        view, [spoken("Bar chart of the answers of {who}.", who=who), f"{_answers(shares(rows), style)}.", open_still]
    )


def crosstab_alt(view: View, rows: list[EstimateRow], style: Notation, shape: str) -> str:
    """Returns the groups of a crosstab in sentences."""
    by = spoken(" and ").join(plain_text(key_label(view.survey, key)) for key in view.by)
    found = groups(shares(rows))
    sentences = [
        f"{plain_text(group_label(view, levels))}: {_answers(group, style)}."
        for levels, group in list(found.items())[:MOST_SENTENCES]
    ]
    return in_words(
        view,
        [
            spoken("{shape} of the answers by {by}.", shape=spoken(shape), by=by)
            if by
            else spoken("{shape} of the answers.", shape=spoken(shape)),
            *sentences,
            _rest(len(found), style),
        ],
    )


def trend_alt(
    view: View, lines: dict[str, list[EstimateRow | None]], stops: list[Stop], style: Notation, events: str = ""
) -> str:
    """Returns the lines of a trend in sentences."""
    sentences = [
        _line(view, named_group(label, lines) if view.by else named(label, lines), line, stops, style)
        for label, line in list(lines.items())[:MOST_SENTENCES]
    ]
    return in_words(
        view,
        [
            spoken("Line chart by {every}.", every=spoken(UNIT[view.every or "day"])),
            *sentences,
            _rest(len(lines), style),
            plain_text(events),
            _since(view, stops, style),
        ],
    )


def interval_words(row: EstimateRow, style: Notation) -> str:
    """Returns the uncertainty interval in words; empty where there is none."""
    if row.low is None or row.high is None:
        return ""
    return interval_between(row.low, row.high, row.base_n, style)


def interval_between(low: float, high: float, base_n: int | None, style: Notation) -> str:
    """Returns an interval of shares in words."""
    ends = {"low": exact_points(low, base_n, style), "high": exact_percent(high, base_n, style)}
    return spoken("Uncertainty interval {low} to {high}", **ends)


def base_words(base_n: int | None, style: Notation) -> str:
    """Returns how many answered, as it stands by itself; empty where that is not known."""
    return "" if base_n is None else spoken("Base {count}", count=count_words(base_n, style))


def _answers(rows: list[EstimateRow], style: Notation) -> str:
    if all(row.suppressed for row in rows):
        return spoken("not shown, {reason}", reason=plain_text(reason_of(rows, style)))
    answers = (percent(row.value, style) if row.value is not None else spoken("not shown") for row in rows)
    among = [row.label for row in rows]
    answered = ", ".join(f"{named(row.label, among)} {answer}" for row, answer in zip(rows, answers, strict=True))
    base = base_of(rows)
    if base is None:
        return answered
    return spoken("{answers}, base {count}", answers=answered, count=count_words(base, style))


def _line(view: View, name: str, line: list[EstimateRow | None], stops: list[Stop], style: Notation) -> str:
    since = last_stretch(view, stops)
    both = list(zip(line, stops, strict=True))[since:]
    seen = [(row, stop) for row, stop in both if row is not None and row.value is not None]
    if not seen:
        return spoken("{name}: not shown.", name=name)
    (first, start), (last, end) = seen[0], seen[-1]
    words = [plain_text(period_words(stop, view.every or "day", view.survey, style)) for stop in (start, end)]
    if start is end:
        return f"{name}: {written(view.scored, last.value or 0.0, style)} ({words[1]})."
    so_far = spoken(" so far") if last.period in view.unfinished else ""
    shares = [written(view.scored, row.value or 0.0, style) for row in (first, last)]
    told = {"name": name, "before": shares[0], "after": shares[1], "start": words[0], "end": f"{words[1]}{so_far}"}
    said_so = spoken("{name}: from {before} ({start}) to {after} ({end}).", **told)
    days = apart_words(view, line[since:], stops[since:], style)
    if not days:
        return said_so
    if view.every != "day":
        return f"{but_for(view, said_so.removesuffix('.'), line[since:], stops[since:], style)}."
    # the first or the last day may be one of them, so it is no exception to how the line went
    return f"{said_so.removesuffix('.')}; {spoken('unlike other days: {days}', days=days)}."


def _since(view: View, stops: list[Stop], style: Notation) -> str:
    return (
        plain_text(spoken("From the last change on. {breaks}", breaks=break_sentence(view, style)))
        if last_stretch(view, stops)
        else ""
    )


def _rest(count: int, style: Notation) -> str:
    more = count - MOST_SENTENCES
    return spoken("{count} more in the table.", count=count_words(more, style)) if more > 0 else ""


def in_words(view: View, sentences: list[str]) -> str:
    """Returns these sentences between the word for made-up answers, where they are, and the question."""
    question = spoken("Question: {text}", text=plain_text(view.question.text))
    mark = spoken("{mark} data.", mark=simulated_word()) if view.survey.simulated else ""
    return " ".join(part for part in (mark, *sentences, question) if part)
