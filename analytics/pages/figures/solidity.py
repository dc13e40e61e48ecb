"""How solid a number is: counted otherwise, with others answering, and what a change is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import cast

import streamlit as st

from analytics.errors import SurveyError
from analytics.estimates.storms import unseen_now
from analytics.estimates.time.split import groups_by, offered_periods, split_change
from analytics.estimates.trust.flips import flips
from analytics.estimates.trust.nonresponse import STOPS, nonresponse, reach, stated_people
from analytics.estimates.trust.robustness import robustness
from analytics.estimates.views.choose import choose_question
from analytics.estimates.whole.topline import topline
from analytics.figures.nonresponse import nonresponse_dial
from analytics.figures.robustness import robustness_strip
from analytics.figures.split import split_bars
from analytics.kinds.dial import OPTIONS as DIAL
from analytics.kinds.dial import dial_made
from analytics.kinds.robustness import robustness_made
from analytics.kinds.split import HALVES, TWO, split_made
from analytics.kinds.split import OPTIONS as SPLIT
from analytics.language.said import noted, spoken, spoken_each
from analytics.language.text import plain_text
from analytics.model import Question, Snapshot, Survey
from analytics.model.address import Option
from analytics.model.request import Every, Request
from analytics.pages.choices.address import state_option, stated_option
from analytics.pages.choices.controls import choose_one, choose_several, start_value, told_apart
from analytics.pages.figures.drawing import mode, show_figures
from analytics.pages.ground.lost import fault_words
from analytics.pages.ground.parts import part
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import house_style
from analytics.pages.ground.storms import storms_known
from analytics.words.nonresponse import EAGER_WORDS, dial_question, reached_sentences, tipping_sentence
from analytics.words.periods import period_words, stops_of
from analytics.words.storms import flip_sentence, unseen_sentences

CHECK = Option("check", "How a number is held against others.")
(ANSWER, PEOPLE, LINK) = (one for one in DIAL if one.always is None)
(_, PAIR, FROM, TO, GROUPS) = (one for one in SPLIT if one.always is None)
CHECKS = {
    "counted": noted("Counted otherwise"), "missing": noted("Who did not answer"), "change": noted("Minds or audience"),
}  # fmt: skip
MOST_FREQUENT = ""
NO_LINK = "1"
TWO_WORDS = {
    "hour": noted("Two hours"), "day": noted("Two days"), "week": noted("Two weeks"), "month": noted("Two months"),
    "wave": noted("Two waves"),
}  # fmt: skip
ENDS = {FROM.name: noted("From"), TO.name: noted("To")}
FIGURE = noted("Figure")


@part()
def show_solidity(snapshot: Snapshot, request: Request) -> None:
    """Shows, folded until it is wanted, how far the headline number can be trusted."""
    linked = bool(stated_option(CHECK))  # a link to one of the checks shows it
    folded = st.expander(spoken("How solid is this number?"), linked, key="solidity open", on_change="rerun")
    if not folded.open:
        return
    with folded:
        check = choose_one(
            CHECK, spoken("Check"), spoken_each(CHECKS), "counted", st.segmented_control, required=True,
            label_visibility="collapsed",
        )  # fmt: skip
        choice = _choose_answer(choose_question(snapshot.survey, request.question))
        try:
            if check == "counted":
                _show_counted(snapshot, request, choice)
            elif check == "missing":
                _show_missing(snapshot, request, choice)
            else:
                _show_change(snapshot, request, choice)
        except SurveyError as fault:
            st.info(plain(_sentence(fault)))


def look_at_change(before: str, after: str, choice: str) -> None:
    """Opens "Minds or audience" for these two periods of the trend."""
    chosen = {CHECK.name: "change", PAIR.name: TWO, FROM.name: before, TO.name: after, ANSWER.name: choice}
    st.session_state.update(chosen | {"solidity open": True})


def _show_counted(snapshot: Snapshot, request: Request, choice: str | None) -> None:
    found = robustness(snapshot, request, choice)
    made = partial(robustness_made, found)
    show_figures({FIGURE: robustness_strip(found, house_style(), mode())}, "ways", made=made)
    count = flips(topline(snapshot, request))
    if count is not None:
        report = storms_known(snapshot.survey.key, snapshot.status.revision)
        unseen = () if report is None or request.where else unseen_now(report, snapshot)
        told = [
            flip_sentence(count, found.view.question, house_style()),
            *unseen_sentences(unseen, count, house_style()),
        ]
        st.markdown(plain(" ".join(told)))


def _show_missing(snapshot: Snapshot, request: Request, choice: str | None) -> None:
    """Shows where the share would be, were those who answered keener to than those who did not."""
    people = _choose_people(snapshot.survey, bool(request.where))
    if people is None:
        st.info(spoken("Say how many people this is about, to see how wrong it could be about them."))
        return
    found = nonresponse(snapshot, request, population_size=people, choice=choice)
    st.markdown(f"**{plain(tipping_sentence(found, house_style()))}**")
    stops = {stop: spoken(EAGER_WORDS[at]) for stop, at in STOPS.items()}
    link = choose_one(LINK, plain(dial_question(found)), stops, NO_LINK, st.select_slider)
    reached = reach(found, STOPS[link])
    st.markdown(plain(" ".join(reached_sentences(found, reached, house_style()))))
    made = partial(dial_made, found, reached)
    figure = nonresponse_dial(found, reached, house_style(), mode())
    show_figures({FIGURE: figure}, "dial", heading="", made=made)


def _show_change(snapshot: Snapshot, request: Request, choice: str | None) -> None:
    survey, status = snapshot.survey, snapshot.status
    if status.first_at is None and not survey.dimension("wave"):
        st.info(spoken("The answers have no time stamps and no waves, so there is no change to look at."))
        return
    usual = "wave" if status.first_at is None else "day"
    every = cast(Every, st.session_state.get("every", usual))
    pair = _choose_pair(snapshot, request, every)
    every_used = every if pair else None
    asked = replace(request, by=_choose_groups(survey, every_used), every=every_used)
    found = split_change(snapshot, asked, periods=pair, choice=choice)
    made = partial(split_made, found)
    show_figures({FIGURE: split_bars(found, house_style(), mode())}, "split", made=made)


def _choose_answer(question: Question) -> str | None:
    """Returns the choice to look at, None for the most frequent one."""
    offered = {MOST_FREQUENT: spoken("The most frequent answer")} | told_apart(
        {one.value: one.label for one in question.choices}
    )
    chosen = choose_one(ANSWER, spoken("Answer"), offered, MOST_FREQUENT, st.selectbox, label_visibility="collapsed")
    return chosen or None


def _choose_people(survey: Survey, filtered: bool) -> int | None:
    stated = stated_people(survey)
    written = next(iter(stated_option(PEOPLE)), "")
    start_value(PEOPLE.name, int(written) if written.isascii() and written.isdigit() else stated)
    st.number_input(
        spoken(
            "How many people is this about? Only those whom the filters keep."
            if filtered
            else "How many people is this about?"
        ),
        min_value=1, max_value=10**10, step=1, format="%d", key=PEOPLE.name, placeholder=spoken("Such as 400000"),
        help=spoken(
            "All who could have answered, those who did among them: the readers of the article, the subscribers, the "
            "adults of a country."
        ),
    )  # fmt: skip
    people = st.session_state[PEOPLE.name]
    state_option(PEOPLE, () if people is None or people == stated else (str(people),))
    return None if people is None else int(people)


def compares_days(usual: Every) -> bool:
    """Whether the address names two periods to compare that are days, and none of the usual ones.

    An address of before says of days alone when they are: it was written where the trend opened by day.
    """
    starts = {"week": lambda day: day.weekday() == 0, "month": lambda day: day.day == 1}.get(usual)
    named = [one for option in (FROM, TO) for one in stated_option(option)]
    try:
        return starts is not None and not all(starts(date.fromisoformat(one)) for one in named)
    except ValueError:  # a year with its number of a week, or a wave
        return False


def _choose_pair(snapshot: Snapshot, request: Request, every: Every) -> tuple[str, str] | None:
    """Returns the two periods to compare, None for the two halves of the answers."""
    periods = offered_periods(snapshot, replace(request, every=every))
    offered = {HALVES: spoken("First and second half")} if snapshot.status.first_at else {}
    if len(periods) > 1:
        offered |= {TWO: spoken(TWO_WORDS[every])}
    if not offered:
        return None
    usual = next(iter(offered))
    pair = choose_one(
        PAIR, spoken("Periods"), offered, usual, st.segmented_control, required=True, label_visibility="collapsed"
    )
    if pair == HALVES:
        return None
    words = {
        stop.period: period_words(stop, every, snapshot.survey, house_style()) for stop in stops_of(periods, every)
    }
    offered = {period: plain_text(words[period]) for period in periods}
    with st.container(horizontal=True):
        first, second = (
            choose_one(option, spoken(ENDS[option.name]), offered, usual, st.selectbox)
            for option, usual in zip((FROM, TO), periods[-2:], strict=True)
        )
    return first, second


def _choose_groups(survey: Survey, every: Every | None) -> tuple[str, ...]:
    """Returns the dimensions that tell groups apart, none for all there are."""
    labels = {key: dimension.label for key in groups_by(survey, every) if (dimension := survey.dimension(key))}
    if len(labels) < 2:
        return ()
    names = {key: plain(label) for key, label in labels.items()}
    words = spoken("Group readers by (none chosen: all of these)")
    chosen = choose_several(GROUPS, words, names, st.pills, selection_mode="multi")
    return tuple(key for key in labels if key in chosen)


def _sentence(fault: SurveyError) -> str:
    text = fault_words(fault)
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
