"""How solid a number is: counted otherwise, with others answering, and what a change is made of."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import cast

import streamlit as st

from analytics.errors import SurveyError
from analytics.estimates.nonresponse import STOPS, nonresponse, reach, stated_people
from analytics.estimates.robustness import robustness
from analytics.estimates.split import groups_by, split_change
from analytics.estimates.split_periods import offered_periods
from analytics.exports.plates import dial_draft, robustness_draft, split_draft
from analytics.figures.nonresponse import nonresponse_dial
from analytics.figures.robustness import robustness_strip
from analytics.figures.split import split_bars
from analytics.language.text import plain_text
from analytics.model import Question, Snapshot, Survey
from analytics.model.request import Every, Request
from analytics.pages.address import keep_one, keep_several, preset_one, preset_several
from analytics.pages.drawing import mode, show_figures
from analytics.pages.lost import fault_words
from analytics.pages.plain import plain
from analytics.pages.sources import house_style
from analytics.words.nonresponse import EAGER_WORDS, dial_question, reached_sentences, tipping_sentence
from analytics.words.periods import period_words, stops_of

CHECKS = {"counted": "Counted otherwise", "missing": "Who did not answer", "change": "Minds or audience"}
MOST_FREQUENT = ""
PEOPLE = "people"
NO_LINK = "1"
HALVES, TWO = "halves", "two"
TWO_WORDS = {"hour": "Two hours", "day": "Two days", "week": "Two weeks", "month": "Two months", "wave": "Two waves"}


@st.fragment
def show_solidity(snapshot: Snapshot, request: Request, question: Question) -> None:
    """Shows, folded until it is wanted, how far the headline number can be trusted."""
    linked = "check" in st.query_params  # a link to one of the checks shows it
    folded = st.expander("How solid is this number?", linked, key="solidity open", on_change="rerun")
    if not folded.open:
        return
    with folded:
        preset_one("check", list(CHECKS), "counted")
        st.segmented_control(
            "Check", list(CHECKS), required=True, format_func=CHECKS.__getitem__, key="check",
            label_visibility="collapsed",
        )  # fmt: skip
        check, choice = keep_one("check", "counted"), _choose_answer(question)
        try:
            if check == "counted":
                _show_counted(snapshot, request, choice)
            elif check == "missing":
                _show_missing(snapshot, request, choice)
            else:
                _show_change(snapshot, request, choice)
        except SurveyError as fault:
            st.info(plain(_sentence(fault)))


def _show_counted(snapshot: Snapshot, request: Request, choice: str | None) -> None:
    found = robustness(snapshot, request, choice)
    plate = partial(robustness_draft, found)
    show_figures({"Figure": robustness_strip(found, house_style(), mode())}, "ways", plate=plate)


def _show_missing(snapshot: Snapshot, request: Request, choice: str | None) -> None:
    """Shows where the share would be, were those who answered keener to than those who did not."""
    people = _choose_people(snapshot.survey, bool(request.where))
    if people is None:
        st.info("Say how many people this is about, to see how wrong it could be about them.")
        return
    found = nonresponse(snapshot, request, population_size=people, choice=choice)
    st.markdown(f"**{plain(tipping_sentence(found, house_style()))}**")
    preset_one("link", list(STOPS), NO_LINK)
    st.select_slider(
        plain(dial_question(found)), list(STOPS), format_func=lambda stop: EAGER_WORDS[STOPS[stop]], key="link"
    )
    reached = reach(found, STOPS[keep_one("link", NO_LINK)])
    st.markdown(plain(" ".join(reached_sentences(found, reached, house_style()))))
    plate = partial(dial_draft, found, reached)
    figure = nonresponse_dial(found, reached, house_style(), mode())
    show_figures({"Figure": figure}, "dial", headed=False, plate=plate)


def _show_change(snapshot: Snapshot, request: Request, choice: str | None) -> None:
    survey, status = snapshot.survey, snapshot.status
    if status.first_at is None and not survey.dimension("wave"):
        st.info("The answers have no time stamps and no waves, so there is no change to look at.")
        return
    usual = "wave" if status.first_at is None else "day"
    every = cast(Every, st.session_state.get("every", usual))
    pair = _choose_pair(snapshot, request, every)
    every_used = every if pair else None
    asked = replace(request, by=_choose_groups(survey, every_used), every=every_used)
    found = split_change(snapshot, asked, periods=pair, choice=choice)
    plate = partial(split_draft, found)
    show_figures({"Figure": split_bars(found, house_style(), mode())}, "split", plate=plate)


def _choose_answer(question: Question) -> str | None:
    """Returns the choice to look at, None for the most frequent one."""
    labels = [plain_text(choice.label) for choice in question.choices]
    offered = {MOST_FREQUENT: "The most frequent answer"} | {
        choice.value: label if labels.count(label) == 1 else f"{label} ({choice.value})"
        for choice, label in zip(question.choices, labels, strict=True)
    }
    preset_one("answer", list(offered), MOST_FREQUENT)
    st.selectbox("Answer", list(offered), format_func=offered.__getitem__, key="answer", label_visibility="collapsed")
    return keep_one("answer", MOST_FREQUENT) or None


def _choose_people(survey: Survey, filtered: bool) -> int | None:
    stated = stated_people(survey)
    if PEOPLE not in st.session_state:
        written = st.query_params.get(PEOPLE, "")
        st.session_state[PEOPLE] = int(written) if written.isascii() and written.isdigit() else stated
    st.number_input(
        "How many people is this about?" + (" Only those whom the filters keep." if filtered else ""),
        min_value=1, max_value=10**10, step=1, format="%d", key=PEOPLE, placeholder="Such as 400000",
        help="All who could have answered, those who did among them: the readers of the article, the subscribers, the "
        "adults of a country.",
    )  # fmt: skip
    people = st.session_state[PEOPLE]
    if people is None or people == stated:
        st.query_params.pop(PEOPLE, None)
    else:
        st.query_params[PEOPLE] = str(people)
    return None if people is None else int(people)


def _choose_pair(snapshot: Snapshot, request: Request, every: Every) -> tuple[str, str] | None:
    """Returns the two periods to compare, None for the two halves of the answers."""
    periods = offered_periods(snapshot, replace(request, every=every))
    offered = {HALVES: "First and second half"} if snapshot.status.first_at else {}
    if len(periods) > 1:
        offered |= {TWO: TWO_WORDS[every]}
    if not offered:
        return None
    usual = next(iter(offered))
    preset_one("pair", list(offered), usual)
    st.segmented_control(
        "Periods", list(offered), required=True, format_func=offered.__getitem__, key="pair",
        label_visibility="collapsed",
    )  # fmt: skip
    if keep_one("pair", usual) == HALVES:
        return None
    words = {
        stop.period: period_words(stop, every, snapshot.survey, house_style()) for stop in stops_of(periods, every)
    }
    with st.container(horizontal=True):
        chosen = [
            _choose_period(name, periods, words, usual)
            for name, usual in zip(("from", "to"), periods[-2:], strict=True)
        ]
    return chosen[0], chosen[1]


def _choose_period(name: str, periods: list[str], words: dict[str | None, str], usual: str) -> str:
    preset_one(name, periods, usual)
    st.selectbox(name.capitalize(), periods, format_func=lambda period: plain_text(words[period]), key=name)
    return keep_one(name, usual)


def _choose_groups(survey: Survey, every: Every | None) -> tuple[str, ...]:
    """Returns the dimensions that tell groups apart, none for all there are."""
    labels = {key: dimension.label for key in groups_by(survey, every) if (dimension := survey.dimension(key))}
    if len(labels) < 2:
        return ()
    kept = st.session_state.get("groups")
    if kept is not None:  # the periods may have changed, and waves are no group of their own trend
        st.session_state["groups"] = [key for key in kept if key in labels]
    preset_several("groups", list(labels))
    st.pills(
        "Groups told apart by (none chosen: all of these)", list(labels), selection_mode="multi", key="groups",
        format_func=lambda key: plain(labels[key]),
    )  # fmt: skip
    chosen = keep_several("groups")
    return tuple(key for key in labels if key in chosen)


def _sentence(fault: SurveyError) -> str:
    text = fault_words(fault)
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
