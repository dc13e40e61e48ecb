"""Titles: what a view shows, as one sentence that its estimates bear out and that claims no more than they do."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.estimates.rows import EstimateRow, groups, shares
from analytics.estimates.view import Lead, View
from analytics.language.notation import Notation
from analytics.language.numbers import decimal_words, percent, points
from analytics.language.said import going_on, noted, spoken
from analytics.language.text import plain_text
from analytics.model import NO_ANSWER
from analytics.model.scales import places
from analytics.words.names import first_capital, group_label, named, named_group, people, subject
from analytics.words.periods import Stop, different_years, last_stretch, period_words


@dataclass(frozen=True)
class Title:
    """A title; `ours` says whether it starts with a word of ours, or with a name, which keeps its letters."""

    words: str
    ours: bool = True

    @property
    def continued(self) -> str:
        """The title as it goes on after other words.

        Example:
            >>> Title("Most readers say No").continued, Title("No rose from 50% to 58%", ours=False).continued
            ('most readers say No', 'No rose from 50% to 58%')
        """
        return going_on(self.words) if self.ours else self.words


def topline_title(view: View, rows: list[EstimateRow], style: Notation) -> str:
    """Returns what most say, what is most frequent, or that no answer leads or none is known to."""
    return _topline(view, rows, style).words


def _topline(view: View, rows: list[EstimateRow], style: Notation) -> Title:
    shown = sorted((row for row in shares(rows) if row.value is not None), key=lambda row: -(row.value or 0.0))
    if not shown:
        return _nothing(view)
    return _weighted(view, _mean(view, rows, style) or _net(view, rows, style) or _leading(view, shown, style))


def nothing_to_show(view: View) -> str:
    """Returns why no number stands in the figure."""
    return _nothing(view).words


def _nothing(view: View) -> Title:
    if view.base_n:
        return Title(spoken("Too few answers to show"))
    return Title(spoken("No {who} answered in this selection", who=people(view.survey, view.base_n)), ours=False)


def crosstab_title(view: View, rows: list[EstimateRow], style: Notation) -> str:
    """Returns between which groups an answer differs most, or that no difference exceeds the uncertainty."""
    shown = {levels: [row for row in group if not row.suppressed] for levels, group in groups(shares(rows)).items()}
    shown = {levels: group for levels, group in shown.items() if group}
    if not shown:
        return nothing_to_show(view)
    if len(shown) == 1:
        ((levels, group),) = shown.items()
        title = _topline(view, group, style)
        return f"{named_group(group_label(view, levels))}: {title.continued}" if levels else title.words
    widest = _widest(shown)
    if widest is None:
        within = spoken("Differences between these groups stay within the uncertainty")
        return _weighted(view, Title(within)).words
    low, high = widest
    ends = [f"{percent(row.value or 0.0, style)} ({named_group(group_label(view, row.levels))})" for row in (low, high)]
    sentence = spoken("{answer} ranges from {low} to {high}", answer=named(low.label), low=ends[0], high=ends[1])
    return _weighted(view, Title(sentence, ours=False)).words


def trend_title(
    view: View, lines: dict[str, list[EstimateRow | None]], stops: list[Stop], style: Notation, about: str = ""
) -> str:
    """Returns what changed most from the first to the last full period, or that no change exceeds the uncertainty.

    `lines` holds for each label the estimate at each stop, None where there is none; `about` is what all lines show.
    """
    title = _trend(view, lines, stops, style)
    return f"{named(about)}: {title.continued}" if about else title.words


def _trend(view: View, lines: dict[str, list[EstimateRow | None]], stops: list[Stop], style: Notation) -> Title:
    since = last_stretch(view, stops)  # nothing is compared across a change of the question
    full = {label: [at for at in _settled(view, row) if at >= since] for label, row in lines.items()}
    spans = {label: (at[0], at[-1]) for label, at in full.items() if len(at) > 1}
    if not spans:
        few = spoken("Too few periods for a trend")
        few = spoken("Too few periods for a trend since the question changed") if since else few
        return Title(few) if any(full.values()) or since else _nothing(view)
    moved = [label for label, (first, last) in spans.items() if _apart(lines[label][first], lines[label][last])]
    if not moved:
        first, last = min(at[0] for at in spans.values()), max(at[1] for at in spans.values())
        ends = _between(view, stops[first], stops[last], style)
        ran = _ran_between(view, lines, full, style)
        alike = spoken("{ran}{ends} differ by no more than the uncertainty", ran=ran, ends=ends)
        return _weighted(view, Title(alike, ours=False))
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
    rose = noted("{name} rose from {before} to {after} between {ends}")
    fell = noted("{name} fell from {before} to {after} between {ends}")
    return _weighted(view, Title(spoken(rose if _change(lines[most], spans[most]) > 0 else fell, **told), ours=False))


def _ran_between(
    view: View, lines: dict[str, list[EstimateRow | None]], full: dict[str, list[int]], style: Notation
) -> str:
    """Returns between which shares the highest line ran, as the start of a sentence; nothing where it stood still."""
    top = max((label for label, at in full.items() if at), key=lambda label: _value(lines[label][full[label][-1]]))
    values = sorted(_value(lines[top][at]) for at in full[top])
    low, high = percent(values[0], style), percent(values[-1], style)
    name = named_group(top) if view.by else named(top)
    return "" if low == high else spoken("{name} ran between {low} and {high}; ", name=name, low=low, high=high)


def _leading(view: View, shown: list[EstimateRow], style: Notation) -> Title:
    """Returns who leads, or that nobody does; while answers come in, only what holds however often one looks."""
    top, lead = shown[0], view.lead or Lead(False)
    if top.low is not None and top.low > 0.5 and (lead.closed or lead.majority):
        told = {"who": subject(view), "answer": named(top.label)}
        several = view.question.kind == "multiple"
        return Title(spoken("Most {who} chose {answer}" if several else "Most {who} say {answer}", **told))
    close = [row for row in shown[1:3] if row.high is None or top.low is None or row.high >= top.low]
    if not close and lead.leads:
        told = {"answer": named(top.label), "share": percent(top.value or 0.0, style)}
        return Title(spoken("{answer} is the most frequent answer, {share}", **told), ours=False)
    ends = ", ".join(f"{named(row.label)} {percent(row.value or 0.0, style)}" for row in (top, *(close or shown[1:2])))
    if not lead.closed:
        return Title(spoken("Not settled yet: {ends}", ends=ends))
    return Title(first_capital(spoken("{who} are divided: {ends}", who=subject(view), ends=ends)))


def _mean(view: View, rows: list[EstimateRow], style: Notation) -> Title | None:
    mean = next((row for row in rows if row.statistic == "mean" and row.value is not None), None)
    scores = [choice.score for choice in view.question.choices if choice.score is not None]
    if mean is None or mean.value is None or len(scores) < 6:
        return None
    low, high = (decimal_words(end, 0 if end == int(end) else 1, style) for end in (min(scores), max(scores)))
    average = decimal_words(mean.value, 1, style)
    told = {"who": subject(view), "average": average, "low": low, "high": high}
    return Title(first_capital(spoken("{who} give {average} on average, on a scale from {low} to {high}", **told)))


def _net(view: View, rows: list[EstimateRow], style: Notation) -> Title | None:
    sides = [place.side for place in places(view.question).values()]
    nets = {net.key for net in view.question.nets if net.plus and net.minus}
    net = next((row for row in rows if row.statistic == "net" and row.choice in nets and row.value is not None), None)
    if net is None or net.value is None or min(sides.count("plus"), sides.count("minus")) < 2:
        return None
    if net.low is None or net.high is None or net.low <= 0 <= net.high:
        return None
    told = {"net": named(net.label), "points": points(net.value, style), "who": subject(view)}
    return Title(spoken("{net}: {points} among {who}", **told), ours=False)


def _widest(shown: dict[tuple[str, ...], list[EstimateRow]]) -> tuple[EstimateRow, EstimateRow] | None:
    pairs = []
    by_choice: dict[str | None, list[EstimateRow]] = {}
    for levels, group in shown.items():
        for row in group:
            if NO_ANSWER not in levels and not row.thin:
                by_choice.setdefault(row.choice, []).append(row)
    for rows in by_choice.values():
        low, high = min(rows, key=_value), max(rows, key=_value)
        if _apart(low, high):
            pairs.append((low, high))
    return max(pairs, key=lambda pair: _value(pair[1]) - _value(pair[0]), default=None)


def _settled(view: View, line: list[EstimateRow | None]) -> list[int]:
    return [
        place
        for place, row in enumerate(line)
        if row is not None and not row.suppressed and not row.thin and row.period not in view.unfinished
    ]


def _apart(one: EstimateRow | None, other: EstimateRow | None) -> bool:
    if one is None or other is None or None in (one.low, one.high, other.low, other.high):
        return False
    return (one.high or 0.0) < (other.low or 0.0) or (other.high or 0.0) < (one.low or 0.0)


def _value(row: EstimateRow | None) -> float:
    return row.value or 0.0 if row is not None else 0.0


def _change(line: list[EstimateRow | None], span: tuple[int, int]) -> float:
    return _value(line[span[1]]) - _value(line[span[0]])


def _between(view: View, first: Stop, last: Stop, style: Notation) -> str:
    with_year = different_years([first, last])
    ends = [period_words(stop, view.every or "day", view.survey, style, with_year=with_year) for stop in (first, last)]
    return spoken("{first} and {last}", first=plain_text(ends[0]), last=plain_text(ends[1]))


def _weighted(view: View, title: Title) -> Title:
    if view.weights == "none":
        return title
    return Title(spoken("After weighting, {sentence}", sentence=title.continued))
