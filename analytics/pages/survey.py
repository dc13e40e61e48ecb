"""One survey: the article on one side, what readers say on the other."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.errors import RequestError
from analytics.estimates.comments import text_questions
from analytics.estimates.comparisons import comparisons
from analytics.estimates.crosstab import crosstab
from analytics.estimates.topline import topline
from analytics.estimates.trend import trend
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.heat import heat_table
from analytics.figures.style import Mode
from analytics.figures.topline import topline_bars
from analytics.figures.trend import trend_lines
from analytics.model import Question, Snapshot, Status, Survey
from analytics.model.request import Request
from analytics.pages.address import address_with
from analytics.pages.article import show_article
from analytics.pages.basket import show_basket
from analytics.pages.chips import keep_answer, keep_days, keep_level, show_chip, show_chips, show_days_chip
from analytics.pages.choices import choose_by, choose_every, choose_line, choose_question, choose_selection
from analytics.pages.drawing import Pick, mode, show_figures
from analytics.pages.empty import show_no_survey
from analytics.pages.lost import LOOK_EVERY_SECONDS, WHOLE_SECONDS, lost_sentence, show_lost
from analytics.pages.plain import plain
from analytics.pages.report import show_report
from analytics.pages.republished import show_republished
from analytics.pages.solidity import show_solidity
from analytics.pages.sources import house_style, lost_since, once, revisions, snapshot_at, unfinished
from analytics.pages.stated import stated_by, stated_window, with_stated
from analytics.pages.unfinished import show_unfinished
from analytics.pages.weighting import fall_back, show_weighting
from analytics.pages.width import is_narrow
from analytics.words.differences import difference_note, difference_sentences

PAGES = Path(__file__).resolve().parent


def show() -> None:
    """Shows the survey that the address names."""
    known = revisions()
    if not known:
        show_no_survey()
        return
    key = st.query_params.get("survey", next(iter(known)))
    if key not in known:
        st.error(f"There is no survey {plain(key)} here. It may be in another database: look in the newsroom list.")
        return
    st.query_params["survey"] = key
    snapshot = snapshot_at(key, known[key])
    survey, status = snapshot.survey, snapshot.status
    lost = show_lost(survey.time_zone, key)
    narrow = is_narrow()
    if survey.simulated:
        st.badge("SIMULATED: these readers and their answers are made up", color="orange")
    show_republished(key)
    show_unfinished(survey, unfinished().get(key, ()))
    countable = any(question.kind != "text" and question.choices for question in survey.questions)
    if status.counted == 0 or not countable:
        none = "No answer has been recorded for this survey yet."
        st.info(none if status.counted == 0 else "No answer to this survey can be counted: there are only open ones.")
        show_article(survey, folded=narrow)
        with st.sidebar:
            _follow(survey, status, mode(), lost, time.monotonic())
        return
    request = with_stated(survey, choose_selection(survey, status))
    with st.sidebar:
        _follow(survey, status, mode(), lost, time.monotonic())
    request = fall_back(snapshot, request)
    if narrow or survey.article is None:
        question = _show_topline(snapshot, request)
        show_article(survey, folded=True)
        _show_more(snapshot, replace(request, question=question.key), question, narrow)
        return
    beside, results = st.columns([2, 3], gap="large")
    with results:  # first: what a filter changes is drawn while the rest is on its way
        question = _show_topline(snapshot, request)
        _show_more(snapshot, replace(request, question=question.key), question, narrow)
    with beside:
        show_article(survey, folded=False)


def _show_topline(snapshot: Snapshot, request: Request) -> Question:
    survey = snapshot.survey
    show_chips(survey, request)
    question = choose_question(survey)
    request = replace(request, question=question.key)
    asked = ("topline", request, _minute(snapshot.now))
    view = once(snapshot, *asked, work=lambda: topline(snapshot, request))
    if view.base_n == 0:
        st.markdown(plain(question.text))
        st.info("Nobody in this selection has answered. Take a filter away in the sidebar, or clear them all.")
        return question
    figure = once(snapshot, *asked, mode(), work=lambda: topline_bars(view, house_style(), mode()))
    st.header(plain(figure.title), anchor=False)
    st.markdown(plain(question.text))
    pick = Pick("points", partial(keep_answer, question))
    show_figures({"Figure": figure}, "topline", headed=False, view=view, pick=pick)
    show_weighting(snapshot, request)
    return question


def _show_more(snapshot: Snapshot, request: Request, question: Question, narrow: bool) -> None:
    survey, status = snapshot.survey, snapshot.status
    over_time = st.container()
    by: tuple[str, ...] = ()
    differences: DeltaGenerator | None = None
    if survey.dimensions:
        st.subheader("By group", anchor=False)
        stated = stated_by(survey, question.key)
        by = stated or (choose_by(survey).key,)
        crossed = replace(request, by=by)
        asked = ("crosstab", crossed)
        groups = once(snapshot, *asked, work=lambda: crosstab(snapshot, crossed))
        with st.container():  # also without a chip: nothing below changes its place
            if len(by) == 1:
                show_chip(survey, request, by[0], " by group")
        if groups.base_n:
            bars, heat = (
                partial(once, snapshot, *asked, name, mode(), work=partial(draw, groups, house_style(), mode()))
                for name, draw in (("bars", diverging_bars), ("heat", heat_table))
            )
            pick = None if stated else Pick("points", partial(keep_level, by[0]))
            show_figures({"Bars": bars, "Heat table": heat}, "groups", view=groups, pick=pick)
            differences = st.container()
    if status.first_at is not None or survey.dimension("wave"):
        with over_time:
            _show_trend(snapshot, request, question, by, narrow)
    if differences is not None:  # after the figures: half of the page's time goes into comparing every two groups
        with differences:
            _show_differences(snapshot, replace(request, by=by))
    show_solidity(snapshot, request, question)
    show_report(snapshot, request)
    show_basket()
    with st.container(horizontal=True):
        if text_questions(survey):
            st.page_link(str(PAGES / "comments.py"), label="Read what they wrote", query_params=address_with())
        st.page_link(str(PAGES / "responses.py"), label="See single responses", query_params=address_with())


def _show_differences(snapshot: Snapshot, request: Request) -> None:
    """Says in words which groups clearly differ, and by which rule."""

    def words() -> tuple[list[str], str]:
        found = comparisons(snapshot, request, compare=("pairs",))
        return difference_sentences(found, house_style()), difference_note(found, house_style())

    try:
        sentences, note = once(snapshot, "differences", request, work=words)
    except RequestError:  # a single group is left, or nobody in any
        return
    st.markdown("\n\n".join(plain(sentence) for sentence in sentences))
    st.caption(plain(note))


def _show_trend(snapshot: Snapshot, request: Request, question: Question, by: tuple[str, ...], narrow: bool) -> None:
    """Shows how every answer moved, or one answer in each of the groups chosen further down."""
    survey, status = snapshot.survey, snapshot.status
    st.subheader("Over time", anchor=False)
    with st.container(horizontal=True):
        every, line = choose_every(survey, timed=status.first_at is not None), choose_line(survey, question)
        show_days_chip(survey, request, " over time")
    if line is None or (every == "wave" and by == ("wave",)):
        line, by = None, ()
    followed = line.value if line else None
    moved = replace(request, by=by, every=every, window=stated_window(every))
    asked = ("trend", moved, _minute(snapshot.now))
    view = once(snapshot, *asked, work=lambda: trend(snapshot, moved))
    if view.base_n:
        drawn = partial(trend_lines, view, house_style(), mode(), followed)
        lines = once(snapshot, *asked, followed, mode(), work=drawn)
        pick = _pick_days(survey, status) if every != "wave" and not narrow else None
        show_figures({"Figure": lines}, "trend", view=view, line=followed, pick=pick)


def _minute(now: datetime) -> datetime:
    """Returns the minute that it is: so long what depends on the time stands as it is."""
    return now.replace(second=0, microsecond=0)


def _pick_days(survey: Survey, status: Status) -> Pick | None:
    """Returns how a stretch of the trend becomes the period: whole days, by the survey's clock."""
    if status.first_at is None or status.last_at is None:
        return None
    first, last = (at.astimezone(ZoneInfo(survey.time_zone)).date() for at in (status.first_at, status.last_at))

    def keep(start: str, end: str) -> None:
        keep_days(first, last, *(datetime.fromisoformat(str(moment)[:19]) for moment in (start, end)))

    return Pick("box", keep) if first != last else None


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def _follow(survey: Survey, status: Status, drawn: Mode, was_lost: datetime | None, drawn_at: float) -> None:
    """Says when the last answer came; draws the page anew when there is a newer one, or anything else has changed."""
    if time.monotonic() > drawn_at + WHOLE_SECONDS:
        newest = revisions().get(survey.key, status.revision)
        if newest > status.revision and snapshot_at(survey.key, newest).status.revision > status.revision:
            st.rerun(scope="app")
    lost = lost_since(survey.key)
    if mode() != drawn or (lost is None) != (was_lost is None):
        st.rerun(scope="app")
    zone = ZoneInfo(survey.time_zone)
    last = f", the last on {status.last_at.astimezone(zone):%-d %B %Y at %H:%M:%S}" if status.last_at else ""
    st.caption(f"{status.counted:,} answers{last}.")
    if lost is not None:
        st.caption(lost_sentence(lost, survey.time_zone, datetime.now(UTC)))
    else:
        st.caption(f"Looked for new ones at {datetime.now(zone):%H:%M:%S}.")


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
