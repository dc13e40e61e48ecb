"""Titles: what a view shows, as one sentence that its estimates bear out and that claims no more than they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analytics.estimates.crowded import both_ways, open_storms
from analytics.estimates.time.course import course, line_of, outliers_of
from analytics.estimates.views.rows import EstimateRow, groups, is_sum, read_rows, shares
from analytics.estimates.views.steps import Course
from analytics.estimates.views.view import MEAN, Lead, View, shows_means
from analytics.estimates.whole.topline import HALVES, Ahead, ahead, halves_apart
from analytics.language.notation import Notation
from analytics.language.numbers import decimal_words, percent, points
from analytics.language.said import going_on, listed, noted, spoken
from analytics.language.text import columns, plain_text
from analytics.model import NO_ANSWER
from analytics.model.batteries import battery_of
from analytics.model.reasons import is_nobody
from analytics.model.scales import halves, is_told_by_mean, places, score_ends, shows_numbers
from analytics.words.crowds import crowd_suffix, held_back
from analytics.words.names import (
    answers_of,
    filter_words,
    first_capital,
    group_named,
    key_label,
    means_apart,
    named,
    named_answer,
    named_answers,
    named_group,
    people,
    pooled_words,
    scale_words,
    subject,
    written,
)
from analytics.words.periods import Stop, different_years, last_stretch, overtaking, period_words, step_words

MOST_NAMED = 3
THIN = {
    "hour": noted("Too few answers an hour to tell a change"),
    "day": noted("Too few answers a day to tell a change"),
    "week": noted("Too few answers a week to tell a change"),
    "month": noted("Too few answers a month to tell a change"),
    "wave": noted("Too few answers a wave to tell a change"),
}
LONGEST_FILTERS = 60
"""Filters that take more letters are named in the caption alone."""


@dataclass(frozen=True)
class Title:
    """A title; `ours` says whether it starts with a word of ours, or with a name, which keeps its letters.

    `size` is how large the difference is that it tells of, as a share, and 0 for a plain number; None where it says
    that nothing was found. `line` is the label of the line of a trend that it tells of, `moves` whether it says that
    this line rose or fell. `tells` is false where there are too few answers to say anything.
    """

    words: str
    ours: bool = True
    size: float | None = None
    line: str = ""
    moves: bool = False
    tells: bool = True

    @property
    def continued(self) -> str:
        """The title as it goes on after other words.

        Example:
            >>> Title("Too few answers").continued, Title("No rose from 50% to 58%", ours=False).continued
            ('too few answers', 'No rose from 50% to 58%')
        """
        return going_on(self.words) if self.ours else self.words


def topline_title(view: View, rows: list[EstimateRow], style: Notation) -> Title:
    """Returns what most say, what is most frequent, or that no answer leads or none is known to."""
    shown = sorted((row for row in shares(rows) if row.value is not None), key=lambda row: -(row.value or 0.0))
    if not shown:
        return _nothing(view)
    found = _mean(view, rows, style, least=6) or _net(view, rows, style) or _mean(view, rows, style, least=3)
    found = found or _half(view, shown, style)
    both = None if found else _both_ways(view, style)
    title = found or both or _leading(view, style)
    return _selected(view, style, _about_item(view, title), crowd=both is None)


def checked_title(view: View, style: Notation, *, told: bool = False) -> str:
    """Returns what stands above an edition while editors check answers that came at once: nobody is ahead until then.

    Whoever sees editions is not told which answers these are, nor when they came.

    Args:
        told: whether it is said beside it that answers are checked.
    """
    shown = sorted((row for row in shares(read_rows(view)) if row.value is not None), key=lambda row: -_value(row))
    if not shown:
        return _nothing(view).words
    if is_told_by_mean(view.question) or view.question.kind == "multiple":
        return spoken("Not settled yet: editors are checking answers")
    ends = _with_shares(view, shown[:2], style)
    if told:
        return spoken("Not settled yet: {ends}", ends=ends)
    return spoken("Not settled yet: {ends} (editors are checking answers)", ends=ends)


def _about_item(view: View, title: Title) -> Title:
    """Returns the title with the item that it is of, where several were asked together: they share their wording."""
    battery = battery_of(view.survey, view.question.key)
    if battery is None:
        return title
    item = named_group(battery.item(view.question.key), battery.items)
    return replace(title, words=spoken("{item}: {title}", item=item, title=title.continued), ours=False)


def nothing_to_show(view: View) -> str:
    """Returns why no number stands in the figure."""
    return _nothing(view).words


def _nothing(view: View) -> Title:
    if view.base_n:
        return Title(spoken("Too few answers to show"))
    return Title(spoken("No {who} answered in this selection", who=people(view.survey, view.base_n)), ours=False)


def crosstab_title(view: View, rows: list[EstimateRow], style: Notation) -> Title:
    """Returns between which groups an answer differs most clearly, or that no two of them clearly differ."""
    shown = {levels: [row for row in group if not row.suppressed] for levels, group in groups(shares(rows)).items()}
    shown = {levels: group for levels, group in shown.items() if group}
    if not shown:
        return _nothing(view)
    if len(shown) == 1:
        ((levels, group),) = shown.items()
        title = topline_title(view, group, style)
        return Title(f"{group_named(view, levels)}: {title.continued}") if levels else title
    if is_told_by_mean(view.question) and (not view.rounded or shows_means(view)):
        return _selected(view, style, _mean_by_group(view, rows, style))
    if by_sums := _sum_by_group(view, rows, style):
        return _selected(view, style, by_sums)
    widest = _widest(view, shown)
    if widest is None:
        return _selected(view, style, Title(_without_differences(view), ours=view.clear != ()))
    low, high = widest
    several = view.question.kind == "multiple"
    one = noted("{high} say {answer} among {upper}, {low} among {lower}")
    many = noted("{high} chose {answer} among {upper}, {low} among {lower}")
    told = {
        "answer": named_answer(low.label, view.question),
        "high": percent(_value(high), style), "low": percent(_value(low), style),
        "upper": group_named(view, high.levels), "lower": group_named(view, low.levels),
    }  # fmt: skip
    found = Title(spoken(many if several else one, **told), ours=False, size=_value(high) - _value(low))
    return _selected(view, style, found)


def _sum_by_group(view: View, rows: list[EstimateRow], style: Notation) -> Title | None:
    """Returns between which groups a sum of a scale's answers differs most clearly; None where between no two it does,
    and of what viewers see."""
    if view.rounded or view.question.kind != "scale":
        return None
    sums = {levels: [row for row in group if is_sum(view, row) and not row.suppressed]
            for levels, group in groups(rows).items() if not any(row.suppressed for row in shares(group))}  # fmt: skip
    widest = _widest(view, {levels: group for levels, group in sums.items() if group})
    if widest is None:
        return None
    low, high = widest
    words = spoken(
        "{answer}: {high} among {upper}, {low} among {lower}",
        answer=plain_text(low.label), high=percent(_value(high), style), low=percent(_value(low), style),
        upper=group_named(view, high.levels), lower=group_named(view, low.levels),
    )  # fmt: skip
    return Title(words, ours=False, size=_value(high) - _value(low))


def _mean_by_group(view: View, rows: list[EstimateRow], style: Notation) -> Title:
    """Returns between which groups the mean differs most clearly, or that between no two of them it does."""
    means = [replace(row, choice=MEAN) for row in rows if row.statistic == "mean" and not row.suppressed]
    widest = _widest(view, {levels: group for levels, group in groups(means).items() if group})
    if widest is None:
        return Title(_without_differences(view), ours=view.clear != ())
    low, high = widest
    low_words, high_words = means_apart(_value(low), _value(high), style)
    words = spoken(
        "{high} on average among {upper}, {low} among {lower}", high=high_words, low=low_words,
        upper=group_named(view, high.levels), lower=group_named(view, low.levels),
    )  # fmt: skip
    ends = score_ends(view.question)
    span = ends.high - ends.low if ends is not None else 1.0
    return Title(words, ours=False, size=(_value(high) - _value(low)) / span)


def _without_differences(view: View) -> str:
    """Returns that no two groups clearly differ; where they were not compared, only what is shown."""
    keys = listed([plain_text(key_label(view.survey, key)) for key in view.by])
    if view.clear == () and view.rounded and _hides_any(view):  # of those nobody can say that
        return spoken("{keys}: no clear difference among the numbers shown, and some are hidden", keys=keys)
    if view.clear == ():
        return spoken("{keys}: no two groups clearly differ", keys=keys)
    return spoken("Answers by group: {keys}", keys=keys)


def _hides_any(view: View) -> bool:
    """Whether an edition keeps a share back."""
    rows = view.estimates[view.estimates["statistic"] == "share"]
    return any(one is not None and one.kind == "edition" for one in rows["reason"])


def trend_title(
    view: View, lines: dict[str, list[EstimateRow | None]], stops: list[Stop], style: Notation, about: str = "", *,
    among: int = 0,
) -> Title:  # fmt: skip
    """Returns what changed most from the first to the last full period, else how the highest line held; and when it did
    not.

    `lines` holds for each label the estimate at each stop, None where there is none; `about` is what all lines show.

    Args:
        among: of how many lines these were chosen, where not all are drawn.
    """
    title = _trend(view, lines, stops, style, among)
    return (
        replace(title, words=f"{named_answer(about, view.question)}: {title.continued}", ours=False) if about else title
    )


def _trend(
    view: View, lines: dict[str, list[EstimateRow | None]], stops: list[Stop], style: Notation, among: int
) -> Title:  # fmt: skip
    """Returns in words what the lines show: of viewers' rounded numbers what the exact ones show, or nothing."""
    rows = [row for line in lines.values() for row in line if row is not None]
    if not view.rounded:
        return _told(view, course(view, rows, among=among), lines, stops, style)
    of_mean = MEAN if view.scored is not None else ""
    found = view.courses.get((rows[0].choice or "") if view.by and rows else of_mean)
    if found is not None and not _are_drawn(found, view, rows):
        return Title(spoken("Answers over time, some of them not drawn"), tells=False)
    if found is None or (any(not row.suppressed for row in rows) and not _is_shown(found, view, rows)):
        return Title(spoken("Answers over time, some of them hidden"), tells=False)
    return _told(view, found, lines, stops, style)


def _are_drawn(found: Course, view: View, rows: list[EstimateRow]) -> bool:
    """Whether the lines are drawn that a sentence names."""
    if found.kind == "shifted":
        return view.step is None or view.step.choice in _choices([*rows])
    told = {*found.lines, *([found.overtaken] if found.overtaken is not None else [])}
    return told <= {line_of(row) for row in rows}


def _is_shown(found: Course, view: View, rows: list[EstimateRow]) -> bool:
    """Whether every number is shown that a sentence names, and every period if one of them stood out."""
    if found.kind == "shifted":
        return view.step is not None
    for line, ends in zip(found.lines, found.spans, strict=True):
        own = {row.period: row for row in rows if line_of(row) == line}
        named_ends = ends if found.kind in ("moved", "unclear") else ()
        named_rows = [own.get(at) for at in named_ends]  # none where the lines end earlier, together
        if all(row.suppressed for row in own.values()) or any(row is None or row.suppressed for row in named_rows):
            return False
        if found.apart and _has_hidden([*own.values()]):
            return False
    return found.overtaken is None or not _has_hidden([row for row in rows if line_of(row) == found.overtaken])


def _told(
    view: View, found: Course, lines: dict[str, list[EstimateRow | None]], stops: list[Stop], style: Notation
) -> Title:  # fmt: skip
    """Returns what can be told of the lines in words."""
    if found.kind == "crowded":
        return Title(held_back(view, style))
    if found.kind == "shifted":
        return _shifted(view, lines, stops, style)
    if found.kind in ("few", "thin") and not found.lines:
        return _too_thin(view) if found.kind == "thin" else _too_few(view, lines, stops)
    labels = {line_of(row): label for label, of in lines.items() for row in of if row is not None}
    places = {stop.period: at for at, stop in enumerate(stops) if stop.period is not None}
    spans = {
        labels[line]: (places[first], places[last])
        for line, (first, last) in zip(found.lines, found.spans, strict=True)
    }  # fmt: skip
    told = [*spans]
    if found.kind != "moved":
        return _selected(view, style, _held(view, lines, found, told[0], spans[told[0]], stops, style))
    sentence = "; ".join(_moved(view, label, lines, spans[label], stops, style) for label in told)
    if found.overtaken is not None:
        leader = labels[found.overtaken]
        sentence = overtaking(_line_name(view, told[0], lines), _line_name(view, leader, lines), sentence)
    title = Title(sentence, ours=False, size=abs(_change(lines[told[0]], spans[told[0]])), line=told[0], moves=True)
    return _selected(view, style, _but_for(view, title, lines[told[0]], stops, style))


def _moved(
    view: View, label: str, lines: dict[str, list[EstimateRow | None]], span: tuple[int, int], stops: list[Stop],
    style: Notation,
) -> str:  # fmt: skip
    """Returns from which share to which other a line went between two of its periods."""
    line, (first, last) = lines[label], span
    before, after = (written(view.scored, _value(line[at]), style) for at in span)
    ends = _between(view, stops[first], stops[last], style)
    told = {"name": _line_name(view, label, lines), "before": before, "after": after, "ends": ends}
    rose = noted("{name} rose from {before} to {after} between {ends}")
    fell = noted("{name} fell from {before} to {after} between {ends}")
    return spoken(rose if _change(line, span) > 0 else fell, **told)


def _too_few(view: View, lines: dict[str, list[EstimateRow | None]], stops: list[Stop]) -> Title:
    """Returns that there are too few periods to compare any, or nothing at all."""
    if last_stretch(view, stops):
        return Title(spoken("Too few periods for a trend since the question changed"), tells=False)
    ever = any(row is not None and row.value is not None for rows in lines.values() for row in rows)
    return replace(Title(spoken("Too few periods for a trend")) if ever else _nothing(view), tells=False)


def _too_thin(view: View) -> Title:
    return Title(spoken(THIN[view.every or "day"]), tells=False)


def _shifted(view: View, lines: dict[str, list[EstimateRow | None]], stops: list[Stop], style: Notation) -> Title:
    """Returns from which level to which other an answer went."""
    of_choice = {choice: name for name, rows in lines.items() for choice in _choices(rows)}
    assert view.step is not None  # that is what is told
    line, also = of_choice[view.step.choice], view.step.also
    step = view.step if also is None or also.choice in of_choice else replace(view.step, also=None)
    step = step if step.overtook in ("", *of_choice) else replace(step, overtook="")
    words = step_words(
        step, lambda choice: _line_name(view, of_choice[choice], lines), view.every or "day", view.survey, style,
        view.scored,
    )  # fmt: skip
    found = Title(words, ours=False, size=abs(step.points) / 100, line=line, moves=True)
    return _selected(view, style, _but_for(view, found, lines[line], stops, style))


def _has_hidden(rows: Sequence[EstimateRow | None]) -> bool:
    """Whether a number of the line is hidden between its first and its last that are shown: elsewhere it is not there
    yet, or no longer."""
    places = [at for at, row in enumerate(rows) if row is not None and not row.suppressed]
    inner = rows[places[0] : places[-1]] if places else ()
    return any(row is not None and row.suppressed and not is_nobody(row.reason) for row in inner)


def _choices(rows: list[EstimateRow | None]) -> set[str]:
    return {row.choice for row in rows if row is not None and row.choice is not None}


def _held(
    view: View, lines: dict[str, list[EstimateRow | None]], found: Course, label: str, span: tuple[int, int],
    stops: list[Stop], style: Notation,
) -> Title:  # fmt: skip
    """Returns how the highest line ran: near one share where that is all that can be told, but for what stands out."""
    if found.kind == "thin":
        return replace(_too_thin(view), line=label)
    told = {"name": _line_name(view, label, lines), "share": written(view.scored, found.level or 0.0, style)}
    if found.kind == "held":
        at, near_it = noted("{name} held at {share}"), noted("{name} held near {share}")
        apart = outliers_of(view, [row for row in lines[label] if row is not None])
        words = spoken(at if apart else near_it, **told)
    elif found.kind == "mostly":
        words = spoken("{name} was mostly near {share}", **told)
    else:
        ends = _between(view, stops[span[0]], stops[span[1]], style)
        words = spoken("{name} shows no clear change between {ends}", name=told["name"], ends=ends)
    return _but_for(view, Title(words, ours=False, line=label), lines[label], stops, style)


def _but_for(view: View, title: Title, line: list[EstimateRow | None], stops: list[Stop], style: Notation) -> Title:
    """Returns the title with the periods in which this line stood out, each with its share."""
    found = outliers_of(view, [row for row in line if row is not None])
    if not found:
        return title
    size = title.size or max(abs(one.share - one.usual) for one in found)
    return replace(title, words=but_for(view, title.words, line, stops, style), size=size)


def but_for(view: View, sentence: str, line: list[EstimateRow | None], stops: list[Stop], style: Notation) -> str:
    """Returns a sentence about a line with the periods in which the line stood out, each with its share."""
    periods = apart_words(view, line, stops, style)
    days = noted("{sentence}, except on {periods}")
    others = noted("{sentence}, except in {periods}")
    return spoken(days if _rests_on_days(view) else others, sentence=sentence, periods=periods) if periods else sentence


def apart_words(view: View, line: list[EstimateRow | None], stops: list[Stop], style: Notation) -> str:
    """Returns the periods in which a line stood out, each with its share; empty where there are none."""
    found = {one.period: one for one in outliers_of(view, [row for row in line if row is not None])}
    with_year = different_years([stop for stop in stops if stop.period is not None])
    words = [
        spoken(
            "{period} ({share}, with a crowd)" if stop.period in view.crowded else "{period} ({share})",
            period=plain_text(period_words(stop, view.every or "day", view.survey, style, with_year=with_year)),
            share=written(view.scored, found[stop.period].share, style),
        )
        for stop in stops
        if stop.period in found
    ]
    return listed(words[:MOST_NAMED]) if words else ""


def _rests_on_days(view: View) -> bool:
    return view.every == "day"


def _line_name(view: View, label: str, lines: dict[str, list[EstimateRow | None]]) -> str:
    return named_group(label, lines) if view.by else named(label, lines)


def _both_ways(view: View, style: Notation) -> Title | None:
    """Returns who leads with the crowds on which nobody decided yet and without them, or that this settles nothing."""
    found = both_ways(view)
    if found is None:
        return None
    crowds, among, (top, apart) = crowd_suffix(view, style), answers_of(view.question), (found.with_them, found.without)
    several = len(open_storms(view)) > 1
    if found.settled:
        one = noted("{answer} leads {crowds} ({share}) and without it ({apart})")
        more = noted("{answer} leads {crowds} ({share}) and without them ({apart})")
        told = {"answer": named_answer(top.first.label, view.question), "crowds": crowds}
        shares_told = {"share": percent(_value(top.first), style), "apart": percent(_value(apart.first), style)}
        size = min(_value(one.first) - _value(one.second) for one in (top, apart))
        return Title(spoken(more if several else one, **told, **shares_told), ours=False, size=size)
    one = noted("Not settled yet: {crowds} {first}; without it {second}")
    more = noted("Not settled yet: {crowds} {first}; without them {second}")
    first, second = (_ahead_words(one, among, style) for one in (top, apart))
    return Title(spoken(more if several else one, crowds=crowds, first=first, second=second))


def _ahead_words(found: Ahead, among: Sequence[str], style: Notation) -> str:
    """Returns who leads whom, as it goes on after "with the crowd"; where that is not sure, the two shares alone."""
    share, name = percent(_value(found.first), style), named(found.first.label, among)
    if found.second is None:
        return f"{name} {share}"
    told = {"answer": name, "share": share, "other": named(found.second.label, among)}
    leads, stand = noted("{answer} leads {share} to {others}"), noted("{answer} {share}, {other} {others}")
    return spoken(leads if found.leads else stand, others=percent(_value(found.second), style), **told)


def _leading(view: View, style: Notation) -> Title:
    """Returns who leads, or that nobody does; while answers come in, only what holds however often one looks."""
    if open_storms(view):  # who is ahead with it says nothing of who is without it
        view = replace(view, lead=Lead(False))
    found = ahead(view)
    assert found is not None  # a share is shown
    top, lead = found.first, view.lead or Lead(False)
    told = {"answer": named_answer(top.label, view.question), "share": percent(top.value or 0.0, style)}
    several = view.question.kind == "multiple"
    say, chose = noted("{share} say {answer}"), noted("{share} chose {answer}")
    size = _value(top) - _value(found.second)
    if found.majority:
        return Title(spoken(chose if several else say, **told), ours=False, size=size)
    if found.leads:
        say, chose = (
            noted("{share} say {answer}, the most frequent answer"),
            noted("{share} chose {answer}, the most frequent answer"),
        )
        return Title(spoken(chose if several else say, **told), ours=False, size=size)
    told_of = (top, *(found.close or found.others[:1]))
    ends = _with_shares(view, told_of, style)
    if not lead.closed:
        return Title(spoken("Not settled yet: {ends}", ends=ends))
    return Title(first_capital(spoken("{who} are divided: {ends}", who=subject(view), ends=ends)))


def _with_shares(view: View, rows: Sequence[EstimateRow], style: Notation) -> str:
    among = answers_of(view.question)
    return ", ".join(f"{named(row.label, among)} {percent(_value(row), style)}" for row in rows)


def _mean(view: View, rows: list[EstimateRow], style: Notation, *, least: int) -> Title | None:
    mean = next((row for row in rows if row.statistic == "mean" and row.value is not None), None)
    scores = [choice.score for choice in view.question.choices if choice.score is not None]
    if mean is None or mean.value is None or len(scores) < least or not shows_numbers(view.question):
        return None
    told = {"who": subject(view), "average": decimal_words(mean.value, 1, style)}
    words = spoken("{who} give {average} on average, {scale}", scale=scale_words(view.question, style), **told)
    return Title(first_capital(words), size=0.0)


def _net(view: View, rows: list[EstimateRow], style: Notation) -> Title | None:
    """Returns how far for lies ahead of against; else what the sums of answers of a scale come to."""
    sides = [place.side for place in places(view.question).values()]
    nets = {net.key for net in view.question.nets if net.plus and net.minus}
    net = next((row for row in rows if row.statistic == "net" and row.choice in nets and row.value is not None), None)
    if net is None or net.value is None or min(sides.count("plus"), sides.count("minus")) < 2:
        sums = [row for row in rows if is_sum(view, row) and row.value is not None and view.question.kind == "scale"]
        ends = _with_shares(view, sums[:MOST_NAMED], style)
        return Title(ends, ours=False, size=0.0) if ends else None
    if net.low is None or net.high is None or net.low <= 0 <= net.high:
        return None
    told = {
        "net": named_answer(net.label, view.question),
        "points": points(net.value, style),
        "who": subject(view),
    }
    return Title(spoken("{net}: {points} among {who}", **told), ours=False, size=abs(net.value))


def _half(view: View, shown: list[EstimateRow], style: Notation) -> Title | None:
    """Returns what the larger half of a scale in words comes to: nobody was shown its scores, so no mean is told."""
    if view.rounded and not view.whole:  # of rounded shares no sum is right, nor is it judged by them
        return None
    by_value = {row.choice or "": row for row in shown}
    sides = [[by_value[value] for value in side if value in by_value] for side in halves(view.question)]
    if not all(sides):
        return None
    low, high = (sum(map(_value, side)) for side in sides)
    if view.rounded:  # the sums of the exact shares, where these lie apart
        low, high = (view.whole[name, ()][0] for name in HALVES)
    elif not halves_apart(low, high, min(row.effective_n or 0.0 for row in shown)):
        return None
    larger = sides[1] if high > low else sides[0]
    answers = listed(named_answers([row.label for row in larger], view.question), "or")
    share = percent(max(low, high), style)
    return Title(spoken("{share} say {answer}", share=share, answer=answers), ours=False, size=abs(high - low))


def _widest(view: View, shown: dict[tuple[str, ...], list[EstimateRow]]) -> tuple[EstimateRow, EstimateRow] | None:
    """Returns the lower and the higher end of the widest difference that the comparisons of these groups call clear."""
    known = {
        (row.choice, levels): row
        for levels, group in shown.items()
        for row in group
        if NO_ANSWER not in levels and not row.thin
    }
    pairs = [(known.get((one.choice, one.lower)), known.get((one.choice, one.upper))) for one in view.clear or ()]
    kept = [(low, high) for low, high in pairs if low is not None and high is not None]
    return max(kept, key=lambda pair: _value(pair[1]) - _value(pair[0]), default=None)


def _value(row: EstimateRow | None) -> float:
    return row.value or 0.0 if row is not None else 0.0


def _change(line: list[EstimateRow | None], span: tuple[int, int]) -> float:
    return _value(line[span[1]]) - _value(line[span[0]])


def _between(view: View, first: Stop, last: Stop, style: Notation) -> str:
    with_year = different_years([first, last])
    ends = [period_words(stop, view.every or "day", view.survey, style, with_year=with_year) for stop in (first, last)]
    return spoken("{first} and {last}", first=plain_text(ends[0]), last=plain_text(ends[1]))


def _selected(view: View, style: Notation, title: Title, *, crowd: bool = True) -> Title:
    """Returns the title with what it is not of all of, or not of now alone: filters, waves together, an open crowd.

    The title of a trend names the crowd's periods itself.

    Args:
        crowd: whether the title has yet to name the crowd.
    """
    words = filter_words(view)
    if columns(words) > LONGEST_FILTERS:
        words = spoken("in this selection")
    crowds = crowd_suffix(view, style) if crowd and not view.every else ""
    words = "; ".join(part for part in (words, pooled_words(view), crowds) if part)
    return replace(title, words=f"{title.words} ({words})") if words else title
