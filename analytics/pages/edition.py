"""One survey as viewers see it: its edition, one group at a time or two crossed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.editions.edition import Edition, outside_words, thin_lines_words
from analytics.errors import RequestError
from analytics.estimates.groups.table import crosstab
from analytics.estimates.time.trend import trend
from analytics.estimates.views.view import View
from analytics.estimates.whole.topline import topline
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.drawing.figure import Figure
from analytics.figures.heat import heat_table
from analytics.figures.topline import topline_bars
from analytics.figures.trend import trend_lines
from analytics.kinds.crosstab import crosstab_made
from analytics.kinds.topline import topline_made
from analytics.kinds.trend import trend_made
from analytics.language.dates import clock_words
from analytics.language.said import noted, spoken
from analytics.model import NO_ANSWER, Snapshot, Survey
from analytics.model.address import Option, filter_name
from analytics.model.reasons import is_nobody
from analytics.model.request import Every, Request
from analytics.pages.choices.address import state, stated
from analytics.pages.choices.controls import choose_one, chosen_one, set_control, start_one
from analytics.pages.choices.questions import choose_by, choose_question, countable
from analytics.pages.figures.drawing import mode, show_figures
from analytics.pages.figures.weighting import INSTEAD
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import house_style, once
from analytics.pages.opened import checked
from analytics.words.different import turned_sentence
from analytics.words.names import key_label
from analytics.words.titles import checked_title

ALL = ""
COARSER = {
    "week": noted("By week: by day too few readers answered at a time, or there are too many numbers to keep safe."),
    "month": noted("By month: by week too few readers answered at a time, or there are too many numbers to keep safe."),
}
PERIODS: dict[Every | None, str] = {
    "day": noted("This link asks for a line that your role does not see. Shown is the one by day."),
    "week": noted("This link asks for a line that your role does not see. Shown is the one by week."),
    "month": noted("This link asks for a line that your role does not see. Shown is the one by month."),
}
MOST_FILTERS = 2
MOST_HATCHED = 1 / 3
"""Of a table of two kinds of groups at most that part is hidden; else each of them is offered alone."""
CROSSED = Option("groups.crossed", "The second groups of a table, crossed with the first, where editions are seen.")


def choose_edition_readers(snapshot: Snapshot, *, beyond: bool = False) -> Request:
    """The request of the edition that is nearest to what the address states, with the groups chosen in the sidebar.

    Args:
        beyond: whether the address is known to ask for more than an edition has.
    """
    survey, edition = snapshot.survey, snapshot.edition
    asked = stated(survey)
    if beyond or _beyond(edition, asked):
        st.info(
            f"{spoken('This link asks for more than your role sees. Shown is what comes nearest.')} {outside_words()}"
        )
    near = edition.nearest(asked)
    kept = dict(near.where)
    with st.sidebar:
        st.markdown(f"**{spoken('Only these readers')}**")
        for dimension in survey.dimensions:
            shown = edition.levels_of(dimension.key)
            if not shown:
                continue
            labels = {ALL: spoken("All")}
            labels |= {
                level.value: dimension.level_name(level.value) for level in dimension.levels if level.value in shown
            }
            labels |= {NO_ANSWER: spoken("No answer")} if NO_ANSWER in shown else {}
            key = filter_name(dimension.key)
            start_one(key, kept.get(dimension.key, (ALL,))[0], labels, ALL)
            st.selectbox(
                plain(dimension.label), list(labels), key=key, format_func=labels.__getitem__,
                disabled=len(kept) >= MOST_FILTERS and dimension.key not in kept,
            )  # fmt: skip
            value = chosen_one(key, ALL)
            kept = {name: values for name, values in kept.items() if name != dimension.key}
            kept |= {dimension.key: (value,)} if value != ALL else {}
        st.button(spoken("Clear all filters"), on_click=_clear, args=(survey,), disabled=not kept)
        st.caption(_rules(snapshot))
    where = tuple(kept.items())[:MOST_FILTERS]
    if dict(where) != dict(near.where):  # until something is chosen the address stays what the link says
        usual = Request()
        state(
            survey, asked, where=where, since=None, until=None, weights=None, standing=usual.standing, base=usual.base
        )
    return Request(survey=survey.key, where=where)


def show_edition(snapshot: Snapshot, readers: Request) -> None:
    """Shows what these readers answered to the question chosen, by group and over time."""
    survey, edition = snapshot.survey, snapshot.edition
    request = choose_question(survey, readers)
    view = _or_sentence(lambda: once(snapshot, request, "topline", work=lambda: topline(snapshot, request)))
    if view is None:
        return
    if len(countable(survey)) == 1:  # where there are several it stands in their list
        st.markdown(plain(view.question.text))
    figure = once(snapshot, request, "topline", mode(), work=partial(topline_bars, view, house_style(), mode(), ()))
    if checked(snapshot):  # a headline may say no more than that of whoever knows which answers these are
        figure = replace(figure, title=checked_title(view, house_style()), finding=None)
    timed = edition.every is not None and len(request.where) < MOST_FILTERS
    moved = replace(request, every=edition.every)
    mind = _turned(snapshot, view, moved) if timed and not checked(snapshot) else ""
    show_figures({noted("Figure"): figure}, "topline", heading="header", made=partial(topline_made, view), mind=mind)
    _say_hidden(view)
    if timed:
        st.subheader(spoken("Over time"), anchor=False)
        if told := _other_periods(edition):
            st.info(told)
        elif edition.every in COARSER:
            st.caption(spoken(COARSER[edition.every]))
        lines = _or_sentence(lambda: once(snapshot, moved, "trend", work=lambda: trend(snapshot, moved)))
        if lines is not None:
            drawn = once(
                snapshot, moved, "trend", mode(), work=partial(trend_lines, lines, house_style(), mode(), None)
            )
            if checked(snapshot):
                title = spoken("Over time, with answers that editors are still checking")
                drawn = replace(drawn, title=title, finding=None, told=None)
            show_figures({noted("Figure"): drawn}, "trend", made=partial(trend_made, lines, None))
    elif edition.every is None and edition.exact.status.first_at is not None:
        st.subheader(spoken("Over time"), anchor=False)
        st.info(thin_lines_words())
    if survey.dimensions and len(request.where) < MOST_FILTERS:
        st.subheader(spoken("By group"), anchor=False)
        crossed = choose_by(survey, request)
        if crossed.by[0] in dict(request.where):
            st.info(spoken("These readers are all of one group. Choose other groups, or clear the filter."))
            return
        _show_groups(snapshot, crossed)


def _other_periods(edition: Edition) -> str:
    """What to say of a link that asks for lines by other periods than the edition's; empty where it asks for none."""
    asked = stated(edition.survey)
    if asked.every in (None, edition.every) and asked.window == 1:
        return ""
    return spoken(PERIODS[edition.every])


def _turned(snapshot: Snapshot, view: View, moved: Request) -> str:
    """Since when another answer is ahead of the one that leads in all; empty where the edition shows no such thing."""
    try:
        days = once(snapshot, moved, "trend", work=partial(trend, snapshot, moved))
    except RequestError:  # the trend below says why there is none
        return ""
    return turned_sentence(view, days, house_style())


def show_crossed(snapshot: Snapshot, *, beyond: bool) -> None:
    """Shows what groups answered to the question chosen, one kind of groups or two that are crossed.

    Args:
        beyond: whether the address asks for more of a table than an edition has.
    """
    survey, readers = snapshot.survey, choose_edition_readers(snapshot, beyond=beyond)
    if not survey.dimensions:
        st.info(spoken("This survey knows nothing about its readers by which they could be told apart."))
        return
    if len(readers.where) >= MOST_FILTERS:  # a table has two kinds of groups at most: it keeps the first filter
        first, (other, _) = readers.where[0], readers.where[1]
        dimension = survey.dimension(other)
        label = plain(dimension.label if dimension is not None else other)
        st.info(spoken(
            "A table of your role takes one filter. This one leaves out the filter “{filter}”: take it off in the "
            "sidebar.",
            filter=label,
        ))  # fmt: skip
        readers = replace(readers, where=(first,))
    request = choose_by(survey, choose_question(survey, readers))
    if (asked := survey.question(request.question)) is not None:
        st.markdown(plain(asked.text))
    fixed = dict(request.where)
    if request.by[0] in fixed:
        st.info(spoken("These readers are all of one group. Choose other groups, or clear the filter."))
        return
    others = {one.key: one.label for one in survey.dimensions if one.key != request.by[0]}
    if others and not fixed:
        second = choose_one(CROSSED, spoken("Crossed with"), {ALL: spoken("Nothing")} | others, ALL, st.selectbox)
        request = replace(request, by=(*request.by, second)) if second else request
    _show_groups(snapshot, request)


def _show_groups(snapshot: Snapshot, request: Request) -> None:
    axes = (*dict(request.where), *request.by)
    groups = _or_sentence(lambda: once(snapshot, request, "crosstab", work=lambda: crosstab(snapshot, request)))
    if groups is not None and len(axes) > 1 and hidden_part(groups) > MOST_HATCHED:
        st.info(spoken("Of these groups together more than a third of the numbers would be hidden. See each alone:"))
        groups = None
    if groups is None:
        for key in axes if len(axes) > 1 else ():
            label = plain(key_label(snapshot.survey, key))
            st.button(label, key=f"alone {key}", on_click=_alone, args=(snapshot.survey, key))
        return
    bars, heat = (
        partial(once, snapshot, request, name, mode(), work=partial(draw, groups, house_style(), mode()))
        for name, draw in (("bars", diverging_bars), ("heat", heat_table))
    )
    drawn: dict[str, Figure | Callable[[], Figure]] = {noted("Bars"): bars, noted("Heat table"): heat}
    if checked(snapshot):
        title = spoken("By group, with answers that editors are still checking")
        drawn = {
            name: partial(_retitled, draw, title) for name, draw in ((noted("Bars"), bars), (noted("Heat table"), heat))
        }
    show_figures(drawn, "groups", made=partial(crosstab_made, groups))
    _say_hidden(groups)


def hidden_part(view: View) -> float:
    """Which part of the shares of a table an edition hides, of those that are of anybody."""
    rows = view.estimates[view.estimates["statistic"] == "share"]
    rows = rows[~rows["reason"].map(is_nobody).astype(bool)]
    return float(rows["suppressed"].astype(bool).mean()) if len(rows) else 0.0


def _retitled(draw: Callable[[], Figure], title: str) -> Figure:
    """The figure with a title that tells of no difference."""
    return replace(draw(), title=title, finding=None)


def _rules(snapshot: Snapshot) -> str:
    """What an edition is, of when this one is, and when its last answer came."""
    edition, zone = snapshot.edition, ZoneInfo(snapshot.survey.time_zone)
    at, last = edition.made_at.astimezone(zone), edition.exact.status.last_at
    words = [
        spoken(
            "Your role sees an edition of this survey, of {day} at {time}. Shares are in whole points, counts to the "
            "nearest 5. Choose one group, or two that are crossed.",
            day=at.date(), time=clock_words(at),
        )
    ]  # fmt: skip
    if last is not None:
        last = last.astimezone(zone)
        words.append(spoken("Its last answer came on {day} at {time}.", day=last.date(), time=clock_words(last)))
    if any(len(one.rows) for one in edition.waiting.values()):
        words.append(spoken(
            "A few answers that came or were set aside since the last edition wait, until 10 of their group have."
        ))  # fmt: skip
    if edition.instead is not None:
        words.append(spoken(INSTEAD[edition.instead]))
    return plain(" ".join(words))


def _say_hidden(view: View) -> None:
    """Says why some numbers are not shown, where any is."""
    if any(one is not None and one.kind == "edition" for one in view.estimates["reason"]):
        st.caption(spoken(
            "A number that changed by fewer than 10 readers since an earlier edition is hidden too. Some more are, so "
            "that nobody can work it out from the others."
        ))  # fmt: skip


def _beyond(edition: Edition, asked: Request) -> list[str]:
    """The fields of a request in which an address asks for more than the edition has."""
    near = edition.nearest(asked)
    names = ("where", "since", "until", "standing", "base", "weights", "interval", "variance", "min_base")
    return [name for name in names if getattr(near, name) != getattr(asked, name)]


def _or_sentence(work: Callable[[], View]) -> View | None:
    try:
        return work()
    except RequestError as fault:
        st.info(plain(str(fault)))
        return None


def _alone(survey: Survey, key: str) -> None:
    """Takes off what these groups are crossed with."""
    _clear(survey)
    set_control("by", key)
    set_control(CROSSED.name, ALL)


def _clear(survey: Survey) -> None:
    """Takes back what the address states: what was chosen since, by a click that was quicker than this, stays."""
    kept = dict(stated(survey).where)
    for dimension in survey.dimensions:
        if st.session_state.get(filter_name(dimension.key)) == kept.get(dimension.key, (ALL,))[0]:
            set_control(filter_name(dimension.key), ALL)
    state(survey, stated(survey), where=())
