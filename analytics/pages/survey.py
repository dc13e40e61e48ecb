"""One survey: the article on one side, what readers say on the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.errors import RequestError
from analytics.estimates.crowded import also_without, open_storms, storms_within, with_storms
from analytics.estimates.groups.judge import Comparisons
from analytics.estimates.groups.table import compared_pairs, crosstab, with_clear
from analytics.estimates.time.different import different
from analytics.estimates.time.jumps import jump, split_jump
from analytics.estimates.time.trend import trend
from analytics.estimates.time.waves import WAVE, of_wave
from analytics.estimates.views.choose import choose_question as asked_question
from analytics.estimates.views.view import Outlier, View
from analytics.estimates.whole.battery import asked_together
from analytics.estimates.whole.topline import topline
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.drawing.arranging import arranged
from analytics.figures.drawing.figure import Figure
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.heat import heat_table
from analytics.figures.topline import topline_bars
from analytics.figures.trend import is_drawn_by_mean, trend_lines
from analytics.kinds.battery import battery_figure, battery_made
from analytics.kinds.crosstab import crosstab_made
from analytics.kinds.topline import day_by_day, topline_made
from analytics.kinds.trend import trend_made
from analytics.language.dates import clock_words, zone_words
from analytics.language.numbers import points_apart
from analytics.language.said import moment_written, noted, speech, spoken, spoken_of
from analytics.model import Article, Picture, Question, Snapshot, Status, Survey, Unfinished
from analytics.model.access import may_judge_storms, may_see_exact
from analytics.model.batteries import battery_of
from analytics.model.crowds import Crowd
from analytics.model.finish import Finish
from analytics.model.request import Request, without_filter
from analytics.model.scales import is_told_by_mean
from analytics.pages.choices.address import end_page, link_query, page_file
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
    choose_this,
    choose_window,
    countable,
)
from analytics.pages.choices.readers import choose_readers
from analytics.pages.edition import choose_edition_readers, show_edition
from analytics.pages.figures.download import show_basket
from analytics.pages.figures.drawing import Pick, mode, show_figures
from analytics.pages.figures.report import show_report
from analytics.pages.figures.solidity import compares_days, look_at_change, show_solidity
from analytics.pages.figures.watching import show_watch
from analytics.pages.figures.weighting import fall_back, show_weighting
from analytics.pages.ground.lost import WHOLE_SECONDS, lost_sentence
from analytics.pages.ground.parts import part
from analytics.pages.ground.pictures import show_picture
from analytics.pages.ground.plain import is_narrow, plain
from analytics.pages.ground.sources import (
    fieldwork_of,
    house_style,
    lost_since,
    once,
    person,
    picture_of,
    revisions,
    snapshot_at,
    unfinished,
)
from analytics.pages.ground.storms import looks_left, unscanned, watch
from analytics.pages.live import look_every, show_demo_article
from analytics.pages.opened import dividing, lately, newest_wave, time_that_counts, usual_every
from analytics.pages.opening import open_survey
from analytics.words.differences import difference_note, difference_sentences, none_differ
from analytics.words.different import crowded_sentences, different_sentences, trait_name, unusual_sentence
from analytics.words.glance import looking_words
from analytics.words.names import key_label
from analytics.words.periods import period_words, span_of, stops_of, stretch_words
from analytics.words.split import held_sentences

Worked = TypeVar("Worked")

MOST_SENTENCES = 2
"""So many differences are said in words; the others and the rule are one look away."""


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
            _keep_looking(survey, status, lost)
        end_page()
    if not may_see_exact(snapshot.person):
        _show_as_edition(snapshot, lost, narrow=narrow)
        return
    request = choose_readers(snapshot)
    with st.sidebar:
        _keep_looking(survey, status, lost)
    request = fall_back(snapshot, request)
    with_trend = status.first_at is not None or survey.dimension("wave") is not None
    if narrow or (survey.article is None and not with_trend):
        request, under = _show_topline(snapshot, request)
        _show_article(survey, folded=True)
        _show_more(snapshot, request, under, narrow=narrow)
        return
    if survey.article is None:  # the trend has its place
        results, beside = st.columns(2, gap="large")
        with results:
            request, under = _show_topline(snapshot, request)
            _show_more(snapshot, request, under, narrow=narrow, over_time=beside)
        return
    beside, results = st.columns([2, 3], gap="large")
    with results:  # first: what a filter changes is drawn while the rest is on its way
        request, under = _show_topline(snapshot, request)
        _show_more(snapshot, request, under, narrow=narrow)
    with beside:
        _show_article(survey, folded=False)


def _show_as_edition(snapshot: Snapshot, lost: datetime | None, *, narrow: bool) -> None:
    """Shows the survey to whoever may not see exact numbers."""
    survey = snapshot.survey
    readers = choose_edition_readers(snapshot)
    with st.sidebar:
        _keep_looking(survey, snapshot.status, lost)
    if narrow or survey.article is None:
        show_edition(snapshot, readers)
        _show_article(survey, folded=True)
        return
    beside, results = st.columns([2, 3], gap="large")
    with results:
        show_edition(snapshot, readers)
    with beside:
        _show_article(survey, folded=False)


def _show_topline(snapshot: Snapshot, readers: Request) -> tuple[Request, DeltaGenerator | None]:
    """Shows what these readers answered to the question chosen; returns the request for it.

    Beside it the place under the figure for how the answers were weighted, None where nobody answered.
    """
    survey = snapshot.survey
    show_chips(survey, readers)
    request = choose_question(survey, readers)
    question, minute = asked_question(survey, request.question), time_that_counts(snapshot)
    marked = dict(request.where).get(question.key, ()) if survey.dimension(question.key) is None else ()
    own = without_filter(request, question.key) if marked else request  # the figure that was clicked keeps its bars
    own = of_wave(own, newest_wave(snapshot, question.key))
    view = once(snapshot, own, "topline", minute, work=lambda: topline(snapshot, own))
    view, crowds = _with_crowds(snapshot, view)
    if open_storms(view):
        view = once(snapshot, own, "without crowds", minute, crowds, work=partial(also_without, view, snapshot))
    if view.base_n == 0:
        st.markdown(plain(question.text))
        st.info(spoken("Nobody in this selection has answered. Take a filter away in the sidebar, or clear them all."))
        return request, None
    draw = partial(_drawn_as_usual, partial(topline_bars, marked=marked), view)
    figure = once(snapshot, own, "topline", minute, marked, mode(), crowds, work=draw)
    if len(countable(survey)) == 1:  # where there are several it stands in their list
        st.markdown(plain(question.text))
    pick = Pick("points", partial(keep_answer, question))
    days = _by_day(snapshot, own)
    work = partial(_unusual, view, days)
    mind = once(snapshot, own, "unusual", minute, time_that_counts(snapshot, "day"), crowds, work=work)
    made = partial(topline_made, view, lambda: days)
    show_figures({noted("Figure"): figure}, "topline", heading="header", made=made, pick=pick, mind=mind)
    return request, kept_place()


def _drawn_as_usual(draw: Callable[[View, Style, Mode], Figure], view: View) -> Figure:
    """The figure in the order of answers and groups in which nobody chose another."""
    return draw(arranged(view, Finish()), house_style(), mode())


def _by_day(snapshot: Snapshot, request: Request) -> View | None:
    """The answers by day, which tell of days that stand out; None where the trend below says why there are none."""
    if usual_every(snapshot, request) != "day":
        return None
    asked, minute = day_by_day(request), time_that_counts(snapshot, "day")
    try:  # the very view that the trend below shows at first
        view = once(snapshot, asked, "trend", minute, work=partial(trend, snapshot, asked))
    except RequestError:
        return None
    return _with_crowds(snapshot, view)[0]


def _with_crowds(snapshot: Snapshot, view: View) -> tuple[View, Hashable]:
    """The view with the crowds that count in it, and what of them its sentences depend on."""
    found = with_storms(view, snapshot.storms())
    return found, tuple((one.crowd, one.decided) for one in found.storms)


def _unusual(view: View, days: View | None) -> str:
    return unusual_sentence(view, days, house_style()) if days is not None else ""


def _show_more(
    snapshot: Snapshot, request: Request, under: DeltaGenerator | None, *, narrow: bool,
    over_time: DeltaGenerator | None = None,
) -> None:  # fmt: skip
    """Shows the other figures; then, `under` the first one, how the answers were weighted: nobody waits for that.

    Args:
        over_time: where the trend stands, if not right here.
    """
    survey, status = snapshot.survey, snapshot.status
    question = asked_question(survey, request.question)
    chosen, request = request, _without_certainty(survey, request, question)
    _show_together(snapshot, request, question)
    over_time = over_time or st.container()
    if request != chosen:
        st.caption(spoken(
            "The filter on “{question}” is left out below, where figures would show one answer alone. "
            "It holds for other questions and on the other pages.", question=plain(question.text),
        ))  # fmt: skip
    crossed = request
    if survey.dimensions:
        st.subheader(spoken("By group"), anchor=False)
        divided = dividing(snapshot, request)
        filtered = request.where or request.since or request.until or is_told_by_mean(question)
        waits = any(one.is_open for one in snapshot.storms())  # how far groups lie apart may be the crowd's doing
        beside = {} if filtered or waits else {key: points_apart(gap, house_style()) for key, gap in divided.items()}
        first = next((key for key in (*divided, *(one.key for one in survey.dimensions)) if key != WAVE), "")
        crossed, stated = choose_groups(survey, request, first=first, beside=beside)
        own = without_filter(crossed, crossed.by[0]) if len(crossed.by) == 1 and not stated else crossed
        left_out = own != crossed
        own = of_wave(own, newest_wave(snapshot, question.key))
        groups = _or_sentence(lambda: once(snapshot, own, "crosstab", work=lambda: crosstab(snapshot, own)))
        with kept_place():
            if len(crossed.by) == 1:
                show_chip(survey, request, crossed.by[0], " by group")
        if groups is not None and groups.base_n:
            compared = once(snapshot, own, "compared", work=partial(compared_pairs, snapshot, own, groups))
            groups = once(snapshot, own, "clear", work=partial(with_clear, groups, compared))
            groups, crowds = _with_crowds(snapshot, groups)
            bars, heat = (
                partial(once, snapshot, own, name, mode(), crowds, work=partial(_drawn_as_usual, draw, groups))
                for name, draw in (("bars", diverging_bars), ("heat", heat_table))
            )
            pick = None if stated else Pick("points", partial(keep_level, crossed.by[0]))
            drawn = {noted("Heat table"): heat}
            if question.kind != "multiple":  # what does not add up to a whole cannot be stacked
                drawn = {noted("Bars"): bars} | drawn
            told, more = once(snapshot, own, "differences", work=partial(_differences, compared))
            told = "" if open_storms(groups) else told  # which groups differ without the crowd nobody knows yet
            if left_out:
                label = plain(key_label(survey, crossed.by[0]))
                st.caption(spoken("All groups are shown here: the filter on {label} holds elsewhere.", label=label))
            made = partial(crosstab_made, groups)
            show_figures(drawn, "groups", heading=_heading(groups), made=made, pick=pick, method=more)
            st.markdown(told)
    if status.first_at is not None or survey.dimension("wave"):
        with over_time:
            _show_trend(snapshot, crossed, narrow)
    if under is not None:
        with under:
            show_weighting(snapshot, chosen)
    show_solidity(snapshot, request)
    show_watch(snapshot, chosen)
    show_report(snapshot, chosen)
    show_basket()


def _show_together(snapshot: Snapshot, request: Request, question: Question) -> None:
    """Shows all questions of the matrix or ranking that this one is a part of; a click on one chooses it."""
    if battery_of(snapshot.survey, question.key) is None:
        return
    st.subheader(spoken("Asked together"), anchor=False)
    found = _or_sentence(lambda: once(snapshot, request, "together", work=lambda: asked_together(snapshot, request)))
    if found is None:
        return
    bars, heat = (
        partial(
            once, snapshot, request, f"together {heated}", mode(),
            work=partial(battery_figure, found, house_style(), mode(), heat=heated),
        )
        for heated in (False, True)
    )  # fmt: skip
    drawn = {noted("Bars"): bars, noted("Heat table"): heat}
    show_figures(drawn, "together", made=partial(battery_made, found), pick=Pick("points", choose_this))
    keys = [one.key for one in found.battery.questions]
    query = link_query(request, snapshot.survey) | {"stub": keys}
    st.page_link(page_file("crosstabs"), label=spoken("All of them by group, in Crosstabs"), query_params=query)


def _without_certainty(survey: Survey, request: Request, question: Question) -> Request:
    """The request without a filter on one answer to the question looked at, if it takes one: its share would be all."""
    answers = dict(request.where).get(question.key, ())
    certain = len(answers) == 1 and question.kind != "multiple" and survey.dimension(question.key) is None
    return without_filter(request, question.key) if certain else request


def _differences(compared: Comparisons | None) -> tuple[str, str]:
    """In words which groups clearly differ most; and the others, with the rule by which they do."""
    if compared is None:
        return "", ""
    sentences = difference_sentences(compared, house_style())
    sentences = [one for one in sentences if one != none_differ()]  # the title says so already
    told = "\n\n".join(plain(sentence) for sentence in sentences[:MOST_SENTENCES])
    return told, " ".join([*sentences[MOST_SENTENCES:], difference_note(compared, house_style())])


def _show_trend(snapshot: Snapshot, request: Request, narrow: bool) -> None:
    """Shows how every answer moved, or one answer in each of the groups chosen further down."""
    survey, status = snapshot.survey, snapshot.status
    st.subheader(spoken("Over time"), anchor=False)
    with st.container(horizontal=True):
        usual = usual_every(snapshot, request)
        usual = "day" if compares_days(usual) else usual
        moved = choose_every(survey, request, usual, timed=status.first_at is not None)
        line = choose_line(survey, asked_question(survey, request.question))
        show_days_chip(survey, request, " over time")
        moved = choose_window(survey, moved)
    if line is None or (moved.every == "wave" and moved.by == ("wave",)):
        line, moved = None, replace(moved, by=())
    followed, minute = line.value if line else None, time_that_counts(snapshot, moved.every)
    view = _or_sentence(lambda: once(snapshot, moved, "trend", minute, work=lambda: trend(snapshot, moved)))
    if view is not None and view.base_n:
        view, crowds = _with_crowds(snapshot, view)
        drawn = partial(trend_lines, view, house_style(), mode(), followed)
        lines = once(snapshot, moved, "trend", minute, followed, mode(), crowds, work=drawn)
        pick = _pick_days(survey, status) if moved.every != "wave" and not narrow else None
        made = partial(trend_made, view, followed)
        shown: dict[str, Figure | Callable[[], Figure]] = {noted("Figure"): lines}
        if is_drawn_by_mean(view):
            draw = partial(trend_lines, view, house_style(), mode(), followed, answers=True)
            asked = partial(once, snapshot, moved, "trend of answers", minute, mode(), crowds, work=draw)
            shown[noted("Answers")] = asked
        show_figures(shown, "trend", heading=_heading(view), made=made, pick=pick)
        if told := lately(snapshot, moved, view):
            st.markdown(plain(told))
        if moved.every == "hour":  # readers differ by the clock: single hours are not judged, their days are
            moved = replace(moved, every="day", by=(), window=1)
            days = _or_sentence(lambda: once(snapshot, moved, "trend", minute, work=lambda: trend(snapshot, moved)))
            st.caption(spoken("Single hours are not judged, whole days are."))
            view, crowds = _with_crowds(snapshot, days or view)
        _show_jump(snapshot, moved, view, crowds)


def _show_jump(snapshot: Snapshot, request: Request, view: View, crowds: Hashable) -> None:
    """Offers what was different where the trend jumps, and how much of it stays with the groups held as before."""
    found = once(snapshot, request, "jump", time_that_counts(snapshot, view.every), crowds, work=partial(jump, view))
    if found is None:
        return
    every, style, one = view.every or "day", house_style(), found.outlier
    stops = [stop for stop in stops_of([found.before, found.after], every) if stop.period]
    words = {stop.period: period_words(stop, every, view.survey, style) for stop in stops}
    ends = {"before": plain(words[found.before]), "after": plain(words[found.after])}
    spans = [(stop.start, stop.end) for stop in stops if stop.start is not None and stop.end is not None]
    if found.step is not None:
        stretches = (found.step.earlier, found.step.later)
        told = [plain(stretch_words(*pair, every, view.survey, style)) for pair in stretches]
        ends = dict(zip(("before", "after"), told, strict=True))
        spans = [(span_of(first, every)[0], span_of(last, every)[1]) for first, last in stretches]
    label = spoken("Minds or audience: {before} to {after}", **ends)
    if one is not None:
        on_day, in_period = noted("What was different on {period}?"), noted("What was different in {period}?")
        label = spoken(on_day if every == "day" else in_period, period=plain(words[one.period]))
    folded = st.expander(label, key="different", on_change="rerun")
    if not folded.open:
        return
    with folded:
        if unscanned([view.survey.key]):  # a crowd that comes and goes is no change of minds
            st.markdown(spoken("Still looking for crowds. What changed is told when that is done."))
            return
        view = with_storms(view, snapshot.storms())
        storms = tuple(dict.fromkeys(card for span in spans for card in storms_within(view, *span)))
        if storms:
            st.markdown("\n\n".join(map(plain, crowded_sentences(view, storms, style))))
        if one is not None:
            _show_different(snapshot, request, view, one, words[one.period], crowded=bool(storms))
        if storms:
            return
        pair = (found.before, found.after)
        work = partial(split_jump, snapshot, request, found, spans)
        held = _or_sentence(lambda: once(snapshot, request, "held", found, work=work))
        if held is None:
            return
        st.markdown("\n\n".join(map(plain, held_sentences(held, style))))
        of_answer = view.question.choice(found.choice) is not None  # the figure is of one answer’s share
        if (
            of_answer and found.step is None and view.every == st.session_state.get("every", view.every)
        ):  # it offers the periods of this choice
            st.button(
                spoken("Minds or audience: the figure"), key="minds", on_click=look_at_change,
                args=(*pair, found.choice),
            )  # fmt: skip


def _show_different(
    snapshot: Snapshot, request: Request, view: View, one: Outlier, period: str, *, crowded: bool
) -> None:
    """Shows what was different in a period that stands out, and offers a look at the rest without it."""
    every, style = view.every or "day", house_style()
    stop = next(stop for stop in stops_of([one.period], every) if stop.period)
    span = None if stop.start is None or stop.end is None else (stop.start, stop.end)
    work = partial(different, snapshot, request, one.period, one.choice, one.share, span)
    found = once(snapshot, request, "different", one.period, one.choice, work=work)
    told = different_sentences(found, view.question, view.survey, period, style, crowded=crowded)
    st.markdown("\n\n".join(map(plain, told)))
    if crowded:  # without the crowd, and not without everybody of a group that it was among
        if may_judge_storms(person()):
            words = spoken("With and without this crowd, on Storms")
            st.page_link(page_file("storms"), label=words, query_params={"survey": view.survey.key})
    elif found.left_out is not None:
        st.button(
            spoken("Show all figures without {group}", group=plain(trait_name(found.left_out, view.survey))),
            key="without them", on_click=keep_levels, args=(found.left_out.key, found.kept),
        )  # fmt: skip


def _heading(view: View) -> Literal["", "bold"]:
    """How the title stands above a figure: not where no number is shown, which the figure itself says."""
    return "bold" if view.shows_any else ""


def _or_sentence(work: Callable[[], Worked]) -> Worked | None:
    """Returns what the work gives; where the survey cannot answer it, or not soon enough, shows why in its place."""
    try:
        return work()
    except RequestError as fault:
        st.info(plain(str(fault)))
        return None


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
            show_demo_article(survey)
            _show_body(article)
        return
    with st.container(height=760, border=False, key="the article"):
        _show_head(article, picture, with_headline=True)
        show_demo_article(survey)
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
        parts += [f"### {plain(section.heading)}"] if section.heading else []
        parts += [plain(paragraph) for paragraph in section.paragraphs]
    parts += [f"**{plain(article.question)}**"] if article.question else []  # slanted it would need a font of its own
    st.markdown("\n\n".join(parts))


def _keep_looking(survey: Survey, status: Status, lost: datetime | None) -> None:
    """Follows the survey, more closely while readers answer it under its article."""
    seconds = look_every(survey, fieldwork_of(survey.key))
    part(run_every=seconds)(_follow)(
        survey, status, mode(), lost, time.monotonic(), watch().open(survey.key), looks_left(survey.key)
    )  # fmt: skip


def _follow(
    survey: Survey, status: Status, drawn: Mode, was_lost: datetime | None, drawn_at: float,
    storms: frozenset[tuple[str, Crowd]], looking: int,
) -> None:  # fmt: skip
    """Says when the last answer came; draws the page anew when there is a newer one, or anything else has changed."""
    if time.monotonic() > drawn_at + WHOLE_SECONDS:
        if watch().open(survey.key) != storms or looks_left(survey.key) != looking:
            st.rerun(scope="app")
        newest = revisions().get(survey.key, status.revision)
        if newest > status.revision and snapshot_at(survey.key, newest).status.revision > status.revision:
            st.rerun(scope="app")
    lost = lost_since(survey.key)
    if mode() != drawn or (lost is None) != (was_lost is None):
        st.rerun(scope="app")
    at = status.last_at.astimezone(ZoneInfo(survey.time_zone)) if status.last_at else None
    responses = spoken_of(status.counted, "{count} response", "{count} responses")
    if unscanned([survey.key]):
        st.caption(looking_words(1))
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
