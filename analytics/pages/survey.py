"""One survey: the article on one side, what readers say on the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.errors import RequestError
from analytics.estimates.choose import choose_question as asked_question
from analytics.estimates.different import different
from analytics.estimates.judge import Comparisons
from analytics.estimates.jumps import jump
from analytics.estimates.split import split_change
from analytics.estimates.table import compared_pairs, crosstab, with_clear
from analytics.estimates.tallied import is_open
from analytics.estimates.topline import topline
from analytics.estimates.trend import trend
from analytics.estimates.view import Outlier, View
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.heat import heat_table
from analytics.figures.style import Mode
from analytics.figures.topline import topline_bars
from analytics.figures.trend import trend_lines
from analytics.kinds.crosstab import crosstab_made
from analytics.kinds.topline import topline_made
from analytics.kinds.trend import trend_made
from analytics.language.dates import clock_words, zone_words
from analytics.language.said import moment_written, noted, speech, spoken, spoken_of
from analytics.model import Article, Picture, Snapshot, Status, Survey, Unfinished
from analytics.model.request import Every, Request, without_filter
from analytics.pages.choices.address import end_page
from analytics.pages.choices.chips import (
    keep_answer,
    keep_days,
    keep_level,
    keep_levels,
    show_chip,
    show_chips,
    show_days_chip,
)
from analytics.pages.choices.controls import kept_place
from analytics.pages.choices.questions import (
    choose_every,
    choose_groups,
    choose_line,
    choose_question,
    choose_window,
    countable,
    usual_every,
)
from analytics.pages.choices.readers import choose_readers
from analytics.pages.figures.download import show_basket
from analytics.pages.figures.drawing import Pick, mode, show_figures
from analytics.pages.figures.report import show_report
from analytics.pages.figures.solidity import look_at_change, show_solidity
from analytics.pages.figures.weighting import fall_back, show_weighting
from analytics.pages.ground.lost import WHOLE_SECONDS, lost_sentence
from analytics.pages.ground.pictures import show_picture
from analytics.pages.ground.plain import is_narrow, plain
from analytics.pages.ground.sources import (
    fieldwork_of,
    house_style,
    lost_since,
    once,
    picture_of,
    revisions,
    snapshot_at,
    unfinished,
)
from analytics.pages.live import look_every, show_demo_article
from analytics.pages.opening import open_survey
from analytics.words.differences import difference_note, difference_sentences
from analytics.words.different import different_sentences, trait_name, unusual_sentence
from analytics.words.periods import period_words, stops_of
from analytics.words.split import held_sentences

Worked = TypeVar("Worked")

MOST_SENTENCES = 2
"""So many differences are said in words; the others and the rule are one look away."""

LONGEST_PERIODS: dict[Every | None, timedelta] = {
    "hour": timedelta(hours=1), "day": timedelta(hours=26), "week": timedelta(days=8), "month": timedelta(days=32),
}  # fmt: skip
"""How long a period lasts at most, the clocks set back; waves end with their survey."""


def show() -> None:
    """Shows the survey that the address names."""
    snapshot = open_survey(noted("Survey"))
    survey, status = snapshot.survey, snapshot.status
    narrow, lost = is_narrow(), lost_since(survey.key)
    _show_unfinished(survey, unfinished().get(survey.key, ()))
    if status.counted == 0 or not countable(survey):
        none = spoken("No answer has been recorded for this survey yet.")
        only_open = spoken("No answer to this survey can be counted: there are only open ones.")
        st.info(none if status.counted == 0 else only_open)
        _show_article(survey, folded=narrow)
        with st.sidebar:
            show_demo_article(survey)
            _keep_looking(survey, status, lost)
        end_page()
    request = choose_readers(snapshot)
    with st.sidebar:
        show_demo_article(survey)
        _keep_looking(survey, status, lost)
    request = fall_back(snapshot, request)
    if narrow or survey.article is None:
        request = _show_topline(snapshot, request)
        _show_article(survey, folded=True)
        _show_more(snapshot, request, narrow)
        return
    beside, results = st.columns([2, 3], gap="large")
    with results:  # first: what a filter changes is drawn while the rest is on its way
        request = _show_topline(snapshot, request)
        _show_more(snapshot, request, narrow)
    with beside:
        _show_article(survey, folded=False)


def _show_topline(snapshot: Snapshot, readers: Request) -> Request:
    """Shows what these readers answered to the question chosen; returns the request for it."""
    survey = snapshot.survey
    show_chips(survey, readers)
    request = choose_question(survey, readers)
    question, minute = asked_question(survey, request.question), time_that_counts(snapshot)
    marked = dict(request.where).get(question.key, ()) if survey.dimension(question.key) is None else ()
    own = without_filter(request, question.key) if marked else request  # the figure that was clicked keeps its bars
    view = once(snapshot, own, "topline", minute, work=lambda: topline(snapshot, own))
    if view.base_n == 0:
        st.markdown(plain(question.text))
        st.info(spoken("Nobody in this selection has answered. Take a filter away in the sidebar, or clear them all."))
        return request
    draw = partial(topline_bars, view, house_style(), mode(), marked)
    figure = once(snapshot, own, "topline", minute, marked, mode(), work=draw)
    if len(countable(survey)) == 1:  # where there are several it stands in their list
        st.markdown(plain(question.text))
    pick = Pick("points", partial(keep_answer, question))
    mind = _unusual_days(snapshot, own, view)
    show_figures(
        {noted("Figure"): figure}, "topline", heading="header", made=partial(topline_made, view), pick=pick, mind=mind
    )
    show_weighting(snapshot, request)
    return request


def _unusual_days(snapshot: Snapshot, request: Request, view: View) -> str:
    """Which days the number holds that stand out, and what it is without them; empty where there are none."""
    by_day = replace(request, every="day", by=(), window=1)
    try:
        days = once(snapshot, by_day, "trend", time_that_counts(snapshot, "day"), work=lambda: trend(snapshot, by_day))
    except RequestError:  # no times, or too many days to wait for: the trend below says so
        return ""
    return unusual_sentence(view, days, house_style())


def _show_more(snapshot: Snapshot, request: Request, narrow: bool) -> None:
    survey, status = snapshot.survey, snapshot.status
    over_time = st.container()
    crossed = request
    if survey.dimensions:
        st.subheader(spoken("By group"), anchor=False)
        crossed, stated = choose_groups(survey, request)
        own = without_filter(crossed, crossed.by[0]) if len(crossed.by) == 1 and not stated else crossed
        groups = _or_sentence(lambda: once(snapshot, own, "crosstab", work=lambda: crosstab(snapshot, own)))
        with kept_place():
            if len(crossed.by) == 1:
                show_chip(survey, request, crossed.by[0], " by group")
        if groups is not None and groups.base_n:
            compared = once(snapshot, own, "compared", work=lambda: compared_pairs(snapshot, own))
            groups = once(snapshot, own, "clear", work=partial(with_clear, groups, compared))
            bars, heat = (
                partial(once, snapshot, own, name, mode(), work=partial(draw, groups, house_style(), mode()))
                for name, draw in (("bars", diverging_bars), ("heat", heat_table))
            )
            pick = None if stated else Pick("points", partial(keep_level, crossed.by[0]))
            drawn = {noted("Bars"): bars, noted("Heat table"): heat}
            show_figures(drawn, "groups", made=partial(crosstab_made, groups), pick=pick)
            if compared is not None:
                _show_differences(compared)
    if status.first_at is not None or survey.dimension("wave"):
        with over_time:
            _show_trend(snapshot, crossed, narrow)
    show_solidity(snapshot, request)
    show_report(snapshot, request)
    show_basket()


def _show_differences(compared: Comparisons) -> None:
    """Says in words which groups clearly differ most, and by which rule."""
    sentences = difference_sentences(compared, house_style())
    rest = sentences[MOST_SENTENCES:]
    told = "\n\n".join(plain(sentence) for sentence in sentences[:MOST_SENTENCES])
    more = " ".join([*rest, difference_note(compared, house_style())])
    st.markdown(told, help=plain(more))


def _show_trend(snapshot: Snapshot, request: Request, narrow: bool) -> None:
    """Shows how every answer moved, or one answer in each of the groups chosen further down."""
    survey, status = snapshot.survey, snapshot.status
    st.subheader(spoken("Over time"), anchor=False)
    with st.container(horizontal=True):
        moved = choose_every(survey, request, usual_every(survey, status), timed=status.first_at is not None)
        line = choose_line(survey, asked_question(survey, request.question))
        show_days_chip(survey, request, " over time")
    if line is None or (moved.every == "wave" and moved.by == ("wave",)):
        line, moved = None, replace(moved, by=())
    moved = choose_window(survey, moved)
    followed, minute = line.value if line else None, time_that_counts(snapshot, moved.every)
    view = _or_sentence(lambda: once(snapshot, moved, "trend", minute, work=lambda: trend(snapshot, moved)))
    if view is not None and view.base_n:
        drawn = partial(trend_lines, view, house_style(), mode(), followed)
        lines = once(snapshot, moved, "trend", minute, followed, mode(), work=drawn)
        pick = _pick_days(survey, status) if moved.every != "wave" and not narrow else None
        show_figures({noted("Figure"): lines}, "trend", made=partial(trend_made, view, followed), pick=pick)
        if moved.every == "hour":  # readers differ by the clock: single hours are not judged, their days are
            moved = replace(moved, every="day", by=(), window=1)
            days = _or_sentence(lambda: once(snapshot, moved, "trend", minute, work=lambda: trend(snapshot, moved)))
            st.caption(spoken("Single hours are not judged, whole days are."))
            view = days or view
        _show_jump(snapshot, moved, view)


def _show_jump(snapshot: Snapshot, request: Request, view: View) -> None:
    """Offers what was different where the trend jumps, and how much of it stays with the groups held as before."""
    found = jump(view)
    if found is None:
        return
    every, style, one = view.every or "day", house_style(), found.outlier
    words = {
        stop.period: period_words(stop, every, view.survey, style)
        for stop in stops_of([found.before, found.after], every) if stop.period
    }  # fmt: skip
    ends = {"before": plain(words[found.before]), "after": plain(words[found.after])}
    label = spoken("Minds or audience: {before} to {after}", **ends)
    if one is not None:
        label = spoken("What was different on {period}?", period=plain(words[one.period]))
    folded = st.expander(label, key="different", on_change="rerun")
    if not folded.open:
        return
    with folded:
        if one is not None and every != "wave":
            _show_different(snapshot, request, view, one, words[one.period])
        pair = (found.before, found.after)
        work = partial(split_change, snapshot, request, periods=pair, choice=found.choice)
        held = _or_sentence(lambda: once(snapshot, request, "held", pair, found.choice, work=work))
        if held is None:
            return
        st.markdown("\n\n".join(map(plain, held_sentences(held, style))))
        if view.every == st.session_state.get("every", view.every):  # it offers the periods of this choice
            st.button(
                spoken("Minds or audience: the figure"), key="minds", on_click=look_at_change,
                args=(*pair, found.choice),
            )  # fmt: skip


def _show_different(snapshot: Snapshot, request: Request, view: View, one: Outlier, period: str) -> None:
    """Shows what was different in a period that stands out, and offers a look at the rest without it."""
    every, style = view.every or "day", house_style()
    stop = next(stop for stop in stops_of([one.period], every) if stop.period)
    if stop.start is None or stop.end is None:
        return
    span = (stop.start, stop.end)
    work = partial(different, snapshot, request, one.period, one.choice, one.share, span)
    found = once(snapshot, request, "different", one.period, one.choice, work=work)
    st.markdown("\n\n".join(map(plain, different_sentences(found, view.question, view.survey, period, style))))
    if found.left_out is not None:
        st.button(
            spoken("Show all figures without {group}", group=plain(trait_name(found.left_out, view.survey))),
            key="without them", on_click=keep_levels, args=(found.left_out.key, found.kept),
        )  # fmt: skip


def _or_sentence(work: Callable[[], Worked]) -> Worked | None:
    """Returns what the work gives; where the survey cannot answer it, or not soon enough, shows why in its place."""
    try:
        return work()
    except RequestError as fault:
        st.info(plain(str(fault)))
        return None


def time_that_counts(snapshot: Snapshot, every: Every | None = None) -> Hashable:
    """What of the time the numbers depend on: whether answers still come in, and the minute while a period may run.

    A survey that is over, or whose last period is, is not worked out anew with every minute.
    """
    now, last = snapshot.now, snapshot.status.last_at
    comes_in = is_open(snapshot.survey, now)
    if not comes_in or every not in LONGEST_PERIODS or last is None or now - last > LONGEST_PERIODS[every]:
        return comes_in
    return now.replace(second=0, microsecond=0)


def _pick_days(survey: Survey, status: Status) -> Pick | None:
    """Returns how a stretch of the trend becomes the period: whole days, by the survey's clock."""
    if status.first_at is None or status.last_at is None:
        return None
    first, last = (at.astimezone(ZoneInfo(survey.time_zone)).date() for at in (status.first_at, status.last_at))

    def keep(start: str, end: str) -> None:
        keep_days(first, last, *(datetime.fromisoformat(str(moment)[:19]) for moment in (start, end)))

    return Pick("box", keep) if first != last else None


def _show_unfinished(survey: Survey, imports: Sequence[Unfinished]) -> None:
    """Says of each import how far it has come."""
    for one in imports:
        begun = one.started_at.astimezone(ZoneInfo(survey.time_zone))
        st.warning(
            spoken(
                "Not all answers are in: the import of {file}, begun on {begun}, is unfinished with {count} rows "
                "recorded. It is under way, or it was cut off: importing the file again finishes it, and no "
                "answer counts "
                "twice.",
                file=plain(one.file),
                begun=plain(moment_written(begun)),
                count=one.read,
            )
        )


def _show_article(survey: Survey, *, folded: bool) -> None:
    """Shows the article that asked the question, as plain text; where there is little room, folded."""
    article = survey.article
    if article is None:
        return
    picture = picture_of(survey.key)
    if folded:
        with st.expander(plain(article.headline)):
            _show_head(article, picture, with_headline=False)
            _show_body(article)
        return
    with st.container(height=760, border=False, key="the article"):
        _show_head(article, picture, with_headline=True)
        _show_body(article)


def _show_head(article: Article, picture: Picture | None, *, with_headline: bool) -> None:
    if article.kicker:
        st.caption(plain(article.kicker.upper()))
    if with_headline:
        st.header(plain(article.headline), anchor=False)
    if picture is not None:
        show_picture(picture)
    credited = picture is not None and bool(picture.credit)
    told = [plain(article.credit)] if article.credit and not credited else []
    if article.published_at:
        told.append(plain(moment_written(article.published_at)))
    if told:
        st.caption(" · ".join(told))
    if article.url and article.url.startswith(("https://", "http://")):
        st.link_button(spoken("Read it where it was published"), article.url)


def _show_body(article: Article) -> None:
    """Shows the text as one element: the browser looks at each of them again at every click."""
    parts = []
    for section in article.sections:
        parts += [f"#### {plain(section.heading)}"] if section.heading else []
        parts += [plain(paragraph) for paragraph in section.paragraphs]
    parts += [f"*{plain(article.question)}*"] if article.question else []
    st.markdown("\n\n".join(parts))


def _keep_looking(survey: Survey, status: Status, lost: datetime | None) -> None:
    """Follows the survey, more closely while readers answer it under its article."""
    seconds = look_every(survey, fieldwork_of(survey.key))
    st.fragment(_follow, run_every=seconds)(survey, status, mode(), lost, time.monotonic())


def _follow(survey: Survey, status: Status, drawn: Mode, was_lost: datetime | None, drawn_at: float) -> None:
    """Says when the last answer came; draws the page anew when there is a newer one, or anything else has changed."""
    if time.monotonic() > drawn_at + WHOLE_SECONDS:
        newest = revisions().get(survey.key, status.revision)
        if newest > status.revision and snapshot_at(survey.key, newest).status.revision > status.revision:
            st.rerun(scope="app")
    lost = lost_since(survey.key)
    if mode() != drawn or (lost is None) != (was_lost is None):
        st.rerun(scope="app")
    at = status.last_at.astimezone(ZoneInfo(survey.time_zone)) if status.last_at else None
    responses = spoken_of(status.counted, "{count} response", "{count} responses")
    if at is None:
        st.caption(plain(f"{responses}."))
    else:
        zone = zone_words(survey.time_zone, speech().language)
        st.caption(plain(spoken(
            "{responses}, the last on {day} at {time}, {zone}.",
            responses=responses, day=at.date(), time=clock_words(at), zone=zone,
        )))  # fmt: skip
    if lost is not None:
        st.caption(lost_sentence(lost, survey.time_zone, datetime.now(UTC)))


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
