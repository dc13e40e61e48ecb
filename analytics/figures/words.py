"""Titles: what a view shows, as one sentence that its estimates bear out and that claims no more than they do."""

from __future__ import annotations

from analytics.estimates.view import Lead, View
from analytics.figures.rows import Row, group_label, groups, shares
from analytics.figures.scales import places
from analytics.figures.stops import Stop, different_years, period_words
from analytics.figures.style import Style
from analytics.figures.trend_breaks import last_stretch
from analytics.language.numbers import decimal_words, percent, points
from analytics.language.said import spoken
from analytics.language.text import columns, isolated, plain_text, shortened
from analytics.model import NO_ANSWER

SHORT_LABEL = 20
"""Labels up to so many columns stand in a sentence as they are, longer ones in quotation marks."""
LONGEST_LABEL = 60
OWN_STARTS = ("Most ", "Not settled ", "Readers ", "Respondents ", "Differences ", "After ", "Too ")


def people(view: View, number: int = 2) -> str:
    """Returns what those who answered are called."""
    if view.survey.sample == "probability":
        return spoken("respondent") if number == 1 else spoken("respondents")
    return spoken("reader") if number == 1 else spoken("readers")


def subject(view: View) -> str:
    """Returns who is spoken of: everyone who answered, who took part, or only a selection."""
    if view.request.where or view.request.since or view.request.until:
        return spoken("{people} in this selection", people=people(view))
    if view.request.base == "all":
        return spoken("{people} who took part", people=people(view))
    return spoken("{people} who answered", people=people(view))


def named(label: str) -> str:
    """Returns a choice's label as it stands in a sentence: in quotation marks where it could be taken for part of it.

    Example:
        >>> named("No"), named("Neither agree nor disagree"), named("3")
        ('No', '“Neither agree nor disagree”', '“3”')
    """
    clean = shortened(label, LONGEST_LABEL)
    apart = columns(clean) > SHORT_LABEL or clean[:1].isdigit() or any(sign in clean for sign in ",;:.")
    return spoken("“{label}”", label=isolated(clean)) if apart else isolated(clean)


def named_group(label: str) -> str:
    """Returns a group's label as it stands in a sentence.

    Example:
        >>> named_group("Women, 18–29")
        'Women, 18–29'
    """
    return isolated(shortened(label, LONGEST_LABEL))


def topline_title(view: View, rows: list[Row], style: Style) -> str:
    """Returns what most say, what is most frequent, or that no answer leads or none is known to."""
    shown = sorted((row for row in shares(rows) if row.value is not None), key=lambda row: -(row.value or 0.0))
    if not shown:
        return nothing_to_show(view)
    sentence = (
        _mean_sentence(view, rows, style) or _net_sentence(view, rows, style) or _leading_sentence(view, shown, style)
    )
    return _weighted(view, sentence)


def nothing_to_show(view: View) -> str:
    """Returns why no number stands in the figure."""
    who = people(view, view.base_n)
    if view.base_n:
        return spoken("Too few answers to show")
    return spoken("No {who} answered in this selection", who=who)


def crosstab_title(view: View, rows: list[Row], style: Style) -> str:
    """Returns between which groups an answer differs most, or that no difference exceeds the uncertainty."""
    shown = {levels: [row for row in group if not row.suppressed] for levels, group in groups(shares(rows)).items()}
    shown = {levels: group for levels, group in shown.items() if group}
    if not shown:
        return nothing_to_show(view)
    if len(shown) == 1:
        ((levels, group),) = shown.items()
        sentence = topline_title(view, group, style)
        return f"{named_group(group_label(view, levels))}: {continued(sentence)}" if levels else sentence
    widest = _widest(shown)
    if widest is None:
        return _weighted(view, spoken("Differences between these groups stay within the uncertainty"))
    low, high = widest
    ends = [f"{percent(row.value or 0.0, style)} ({named_group(group_label(view, row.levels))})" for row in (low, high)]
    sentence = spoken("{answer} ranges from {low} to {high}", answer=named(low.label), low=ends[0], high=ends[1])
    return _weighted(view, sentence)


def trend_title(view: View, lines: dict[str, list[Row | None]], stops: list[Stop], style: Style) -> str:
    """Returns what changed most from the first to the last full period, or that no change exceeds the uncertainty.

    `lines` holds for each label the estimate at each stop, None where there is none.
    """
    since = last_stretch(view, stops)  # nothing is compared across a change of the question
    full = {label: [at for at in _settled(view, row) if at >= since] for label, row in lines.items()}
    spans = {label: (at[0], at[-1]) for label, at in full.items() if len(at) > 1}
    if not spans:
        few = spoken("Too few periods for a trend")
        few = spoken("Too few periods for a trend since the question changed") if since else few
        return few if any(full.values()) or since else nothing_to_show(view)
    moved = [label for label, (first, last) in spans.items() if _apart(lines[label][first], lines[label][last])]
    if not moved:
        first, last = min(at[0] for at in spans.values()), max(at[1] for at in spans.values())
        ends = _between(view, stops[first], stops[last], style)
        ran = _ran_between(view, lines, full, style)
        return _weighted(view, spoken("{ran}{ends} differ by no more than the uncertainty", ran=ran, ends=ends))
    # Where two moved alike, the larger of them is the news.
    most = max(
        moved,
        key=lambda label: (round(abs(_change(lines[label], spans[label])), 2), _value(lines[label][spans[label][1]])),
    )
    first, last = spans[most]
    before, after = (percent(_value(lines[most][at]), style) for at in (first, last))
    ends = _between(view, stops[first], stops[last], style)
    name = named_group(most) if view.by else named(most)
    told = {"name": name, "before": before, "after": after, "ends": ends}
    if _change(lines[most], spans[most]) > 0:
        return _weighted(view, spoken("{name} rose from {before} to {after} between {ends}", **told))
    return _weighted(view, spoken("{name} fell from {before} to {after} between {ends}", **told))


def _ran_between(view: View, lines: dict[str, list[Row | None]], full: dict[str, list[int]], style: Style) -> str:
    """Returns between which shares the highest line ran, as the start of a sentence; nothing where it stood still."""
    top = max((label for label, at in full.items() if at), key=lambda label: _value(lines[label][full[label][-1]]))
    values = sorted(_value(lines[top][at]) for at in full[top])
    low, high = percent(values[0], style), percent(values[-1], style)
    name = named_group(top) if view.by else named(top)
    return "" if low == high else spoken("{name} ran between {low} and {high}; ", name=name, low=low, high=high)


def continued(sentence: str) -> str:
    """Returns the sentence as it goes on after other words; a label at its start keeps its capital.

    Example:
        >>> continued("Most readers say No"), continued("No rose from 50 % to 58 %")
        ('most readers say No', 'No rose from 50 % to 58 %')
    """
    return sentence[0].lower() + sentence[1:] if sentence.startswith(OWN_STARTS) else sentence


def first_capital(sentence: str) -> str:
    """Returns the sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def _leading_sentence(view: View, shown: list[Row], style: Style) -> str:
    """Returns who leads, or that nobody does; while answers come in, only what holds however often one looks."""
    top, lead = shown[0], view.lead or Lead(False)
    if top.low is not None and top.low > 0.5 and (lead.closed or lead.majority):
        told = {"who": subject(view), "answer": named(top.label)}
        several = view.question.kind == "multiple"
        return spoken("Most {who} chose {answer}", **told) if several else spoken("Most {who} say {answer}", **told)
    close = [row for row in shown[1:3] if row.high is None or top.low is None or row.high >= top.low]
    if not close and lead.leads:
        share = percent(top.value or 0.0, style)
        return spoken("{answer} is the most frequent answer, {share}", answer=named(top.label), share=share)
    ends = ", ".join(f"{named(row.label)} {percent(row.value or 0.0, style)}" for row in (top, *(close or shown[1:2])))
    if not lead.closed:
        return spoken("Not settled yet: {ends}", ends=ends)
    return first_capital(spoken("{who} are divided: {ends}", who=subject(view), ends=ends))


def _mean_sentence(view: View, rows: list[Row], style: Style) -> str:
    mean = next((row for row in rows if row.statistic == "mean" and row.value is not None), None)
    scores = [choice.score for choice in view.question.choices if choice.score is not None]
    if mean is None or mean.value is None or len(scores) < 6:
        return ""
    low, high = (decimal_words(end, 0 if end == int(end) else 1, style) for end in (min(scores), max(scores)))
    average = decimal_words(mean.value, 1, style)
    told = {"who": subject(view), "average": average, "low": low, "high": high}
    return first_capital(spoken("{who} give {average} on average, on a scale from {low} to {high}", **told))


def _net_sentence(view: View, rows: list[Row], style: Style) -> str:
    sides = [place.side for place in places(view.question).values()]
    nets = {net.key for net in view.question.nets if net.plus and net.minus}
    net = next((row for row in rows if row.statistic == "net" and row.choice in nets and row.value is not None), None)
    if net is None or net.value is None or min(sides.count("plus"), sides.count("minus")) < 2:
        return ""
    if net.low is None or net.high is None or net.low <= 0 <= net.high:
        return ""
    told = {"net": named(net.label), "points": points(net.value, style), "who": subject(view)}
    return spoken("{net}: {points} among {who}", **told)


def _widest(shown: dict[tuple[str, ...], list[Row]]) -> tuple[Row, Row] | None:
    pairs = []
    by_choice: dict[str | None, list[Row]] = {}
    for levels, group in shown.items():
        for row in group:
            if NO_ANSWER not in levels and not row.thin:
                by_choice.setdefault(row.choice, []).append(row)
    for rows in by_choice.values():
        low, high = min(rows, key=_value), max(rows, key=_value)
        if _apart(low, high):
            pairs.append((low, high))
    return max(pairs, key=lambda pair: _value(pair[1]) - _value(pair[0]), default=None)


def _settled(view: View, line: list[Row | None]) -> list[int]:
    return [
        place
        for place, row in enumerate(line)
        if row is not None and not row.suppressed and not row.thin and row.period not in view.unfinished
    ]


def _apart(one: Row | None, other: Row | None) -> bool:
    if one is None or other is None or None in (one.low, one.high, other.low, other.high):
        return False
    return (one.high or 0.0) < (other.low or 0.0) or (other.high or 0.0) < (one.low or 0.0)


def _value(row: Row | None) -> float:
    return row.value or 0.0 if row is not None else 0.0


def _change(line: list[Row | None], span: tuple[int, int]) -> float:
    return _value(line[span[1]]) - _value(line[span[0]])


def _between(view: View, first: Stop, last: Stop, style: Style) -> str:
    with_year = different_years([first, last])
    ends = [period_words(stop, view.every or "day", view.survey, style, with_year=with_year) for stop in (first, last)]
    return spoken("{first} and {last}", first=plain_text(ends[0]), last=plain_text(ends[1]))


def _weighted(view: View, sentence: str) -> str:
    if view.weights == "none":
        return sentence
    return spoken("After weighting, {sentence}", sentence=continued(sentence))
