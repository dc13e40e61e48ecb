"""Alternative text and hover text: the figure said in sentences, from the same estimates."""

from __future__ import annotations

from analytics.estimates.view import View
from analytics.figures.figure import SIMULATED
from analytics.figures.reserve import flag_words
from analytics.figures.rows import Row, base_of, group_label, groups, key_label, reason_of, shares, spoken_reason
from analytics.figures.stops import Stop, period_words
from analytics.figures.style import Style
from analytics.figures.text import plotly_text, wrapped
from analytics.figures.trend_breaks import break_sentence, last_stretch
from analytics.figures.words import named, named_group, people
from analytics.language.numbers import count_words, exact_percent, percent
from analytics.language.said import spoken
from analytics.language.text import plain_text

MOST_SENTENCES = 12
"""Groups or lines said one by one; the rest stands in the table."""


def topline_alt(view: View, rows: list[Row], style: Style) -> str:
    """Returns the bars in sentences."""
    who = spoken("{count} {people}", count=count_words(view.base_n, style), people=people(view, view.base_n))
    open_still = (
        spoken("Who leads is not settled yet.") if view.lead and view.lead.leader and not view.lead.leads else ""
    )
    return in_words(
        view, [spoken("Bar chart of the answers of {who}.", who=who), f"{_answers(shares(rows), style)}.", open_still]
    )


def crosstab_alt(view: View, rows: list[Row], style: Style, form: str) -> str:
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
            spoken("{form} of the answers by {by}.", form=spoken(form), by=by)
            if by
            else spoken("{form} of the answers.", form=spoken(form)),
            *sentences,
            _rest(len(found)),
        ],
    )


def trend_alt(view: View, lines: dict[str, list[Row | None]], stops: list[Stop], style: Style, events: str = "") -> str:
    """Returns the lines of a trend in sentences."""
    sentences = [_line(view, label, line, stops, style) for label, line in list(lines.items())[:MOST_SENTENCES]]
    return in_words(
        view,
        [
            spoken("Line chart by {every}.", every=spoken(view.every or "day")),
            *sentences,
            _rest(len(lines)),
            plain_text(events),
            _since(view, stops),
        ],
    )


def hover(row: Row, head: str, style: Style, foot: str = "") -> str:
    """Returns what a finger or pointer on an estimate brings up, made safe for a figure."""
    parts = [f"<b>{wrapped(head, style.wrap + 8)}</b>"]
    if row.value is None:
        parts.append(plotly_text(f"{style.dash} {spoken_reason(row.reason)}"))
    else:
        parts.append(plotly_text(exact_percent(row.value, row.base_n, style)))
        parts += [plotly_text(interval) for interval in [interval_words(row, style)] if interval]
    if row.base_n is not None:
        parts.append(plotly_text(spoken("Base {count}", count=count_words(row.base_n, style))))
    if row.flagged:
        parts.append(wrapped(spoken("With reserve: {words}", words=flag_words(row)), style.wrap + 8))
    return "<br>".join([*parts, *([plotly_text(foot)] if foot else [])])


def interval_words(row: Row, style: Style) -> str:
    """Returns the uncertainty interval in words; empty where there is none."""
    if row.low is None or row.high is None:
        return ""
    low, high = (exact_percent(end, row.base_n, style) for end in (row.low, row.high))
    return spoken("Uncertainty interval {low} to {high}", low=low.removesuffix(style.percent), high=high)


def _answers(rows: list[Row], style: Style) -> str:
    if all(row.suppressed for row in rows):
        return spoken("not shown, {reason}", reason=plain_text(reason_of(rows)))
    answers = (percent(row.value, style) if row.value is not None else spoken("not shown") for row in rows)
    answered = ", ".join(f"{named(row.label)} {answer}" for row, answer in zip(rows, answers, strict=True))
    base = base_of(rows)
    if base is None:
        return answered
    return spoken("{answers}, base {count}", answers=answered, count=count_words(base, style))


def _line(view: View, label: str, line: list[Row | None], stops: list[Stop], style: Style) -> str:
    name = named_group(label) if view.by else named(label)
    since = last_stretch(view, stops)
    both = list(zip(line, stops, strict=True))[since:]
    seen = [(row, stop) for row, stop in both if row is not None and row.value is not None]
    if not seen:
        return spoken("{name}: not shown.", name=name)
    (first, start), (last, end) = seen[0], seen[-1]
    words = [plain_text(period_words(stop, view.every or "day", view.survey, style)) for stop in (start, end)]
    if start is end:
        return f"{name}: {percent(last.value or 0.0, style)} ({words[1]})."
    so_far = spoken(" so far") if last.period in view.unfinished else ""
    shares = [percent(row.value or 0.0, style) for row in (first, last)]
    told = {"name": name, "before": shares[0], "after": shares[1], "start": words[0], "end": f"{words[1]}{so_far}"}
    return spoken("{name}: from {before} ({start}) to {after} ({end}).", **told)


def _since(view: View, stops: list[Stop]) -> str:
    return (
        plain_text(spoken("From the last change on. {breaks}", breaks=break_sentence(view)))
        if last_stretch(view, stops)
        else ""
    )


def _rest(count: int) -> str:
    return spoken("{count} more in the table.", count=count - MOST_SENTENCES) if count > MOST_SENTENCES else ""


def in_words(view: View, sentences: list[str]) -> str:
    """Returns these sentences between the word for made-up answers, where they are, and the question."""
    question = spoken("Question: {text}", text=plain_text(view.question.text))
    mark = spoken("{mark} data.", mark=SIMULATED) if view.survey.simulated else ""
    return " ".join(part for part in (mark, *sentences, question) if part)
