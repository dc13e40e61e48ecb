"""What is asked of the readers kept: the question, and how its answers are broken down and followed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import cast

import streamlit as st

from analytics.kinds.trend import OPTIONS
from analytics.language.said import noted, spoken
from analytics.language.text import plain_text
from analytics.model import Choice, Question, Survey
from analytics.model.request import Every, Request
from analytics.model.scales import is_told_by_mean
from analytics.pages.choices.address import state, stated
from analytics.pages.choices.chips import show_stated_chip
from analytics.pages.choices.controls import choose_one, chosen_one, start_one, told_apart
from analytics.pages.ground.plain import plain
from analytics.words.names import key_label, question_labels

LINE = OPTIONS[0]
EVERY_WORDS = {
    "hour": noted("Hour"), "day": noted("Day"), "week": noted("Week"), "month": noted("Month"), "wave": noted("Wave")
}  # fmt: skip
WINDOW_WORDS = {
    "hour": noted("Each point covers the {count} hours to date"),
    "day": noted("Each point covers the {count} days to date"),
    "week": noted("Each point covers the {count} weeks to date"),
    "month": noted("Each point covers the {count} months to date"),
    "wave": noted("Each point covers the {count} waves to date"),
}
HOURS_TOGETHER = (6, 24)
"""So many hours can be taken together in each point of a trend by hour."""
EVERY_ANSWER = "every"
USUAL_EVERY = "every usually"
"""Where it is kept over which periods the trend is shown where nobody chose any."""
MOST_PERIODS = 1000


def countable(survey: Survey) -> dict[str, Question]:
    """The questions that have choices, by their keys."""
    return {one.key: one for one in survey.questions if one.kind != "text" and one.choices}


def choose_question(survey: Survey, request: Request, *, only: Collection[str] | None = None) -> Request:
    """The request for the question to look at, chosen in the page where there are several.

    Args:
        only: the keys of those to choose from, all that have choices where none are named.
    """
    offered, asked = {key: one for key, one in countable(survey).items() if only is None or key in only}, stated(survey)
    usual = next(iter(offered))
    if len(offered) < 2:
        return replace(request, question=usual)
    start_one("question", asked.question, offered, usual)
    labels = question_labels(survey)
    texts = told_apart({key: labels[key] for key in offered})
    st.selectbox(
        spoken("Question"),
        list(offered),
        format_func=texts.__getitem__,
        key="question",
        label_visibility="collapsed",
    )
    key = chosen_one("question", usual)
    state(survey, asked, question="" if key == usual else key)
    return replace(request, question=key)


def choose_this(key: str) -> None:
    """Looks at the question of that key."""
    st.session_state["question"] = key


def choose_by(survey: Survey, request: Request, *, first: str = "", beside: Mapping[str, str] | None = None) -> Request:
    """The request broken down by one dimension; where a link breaks down by several, they stay in the address.

    Args:
        first: the dimension that is shown where nobody has chosen one, else the survey's first.
        beside: what stands behind the names of some dimensions.
    """
    dimensions, asked = {one.key: one for one in survey.dimensions}, stated(survey)
    usual = first if first in dimensions else next(iter(dimensions))
    labels = {key: plain(one.label) for key, one in dimensions.items()}
    labels |= {key: f"{labels[key]}: {plain(words)}" for key, words in (beside or {}).items() if key in labels}
    named = asked.by[-1] if asked.by and asked.by[-1] in dimensions else usual
    start_one("by", named, dimensions, usual)
    st.segmented_control(
        spoken("Groups"), list(dimensions), required=True, format_func=labels.__getitem__,
        key="by", label_visibility="collapsed",
    )  # fmt: skip
    key = chosen_one("by", usual)
    if key != named or len(asked.by) == 1:
        state(survey, asked, by=() if key == usual else (key,))
    return replace(request, by=(key,))


def choose_groups(
    survey: Survey, request: Request, *, first: str = "", beside: Mapping[str, str] | None = None
) -> tuple[Request, bool]:
    """The request broken down as a link states, with a chip, where one control cannot say it; else as `choose_by` does.

    Beside it whether the link states it: keys crossed with one another, or a question.
    """
    asked = stated(survey)
    named, dimensions = tuple(dict.fromkeys(asked.by)), {one.key for one in survey.dimensions}
    others = {*countable(survey)} - {request.question}
    if not named or not set(named) <= dimensions | others or (len(named) == 1 and named[0] in dimensions):
        return choose_by(survey, request, first=first, beside=beside), False
    show_stated_chip(
        survey,
        asked,
        "by",
        spoken("By {groups}", groups=" × ".join(plain_text(key_label(survey, key)) for key in named)),
    )
    return replace(request, by=named), True


def choose_every(survey: Survey, request: Request, usual: Every = "day", *, timed: bool = True) -> Request:
    """The request over periods of the length chosen; `timed` is whether answers carry times at all."""
    asked = stated(survey)
    words = {
        one: spoken(EVERY_WORDS[one]) for one in EVERY_WORDS if (survey.dimension("wave") if one == "wave" else timed)
    }
    usual = usual if timed else "wave"
    before = st.session_state.get(USUAL_EVERY)
    if asked.every is None and before is not None and st.session_state.get("every") == before:
        st.session_state["every"] = usual  # nobody chose it: other readers are shown over what is usual for them
    st.session_state[USUAL_EVERY] = usual
    start_one("every", asked.every, words, usual)
    st.selectbox(
        spoken("Periods of the trend"), list(words), format_func=words.__getitem__, key="every",
        label_visibility="collapsed", width=120,
    )  # fmt: skip
    every = cast(Every, chosen_one("every", usual))
    other = {} if every == (asked.every or usual) else {"window": 1}  # six hours are not six days
    state(survey, asked, every=None if every == usual else every, **other)
    return replace(request, every=every)


def choose_window(survey: Survey, request: Request) -> Request:
    """The request with so many periods in each point of its trend: of hours as many as are chosen, of others as a link
    states, with a chip; one where that is no such number."""
    asked = stated(survey)
    if request.every == "hour":
        offered = {"1": spoken("Each hour alone")}
        known = sorted(n for n in {*HOURS_TOGETHER, asked.window} if 1 < n <= MOST_PERIODS)
        offered |= {str(n): spoken("{count} hours together", count=n) for n in known}
        start_one("window", str(asked.window), offered, "1")
        st.selectbox(
            spoken("Hours in each point"), list(offered), format_func=offered.__getitem__, key="window",
            label_visibility="collapsed",
        )  # fmt: skip
        window = int(chosen_one("window", "1"))
        state(survey, asked, window=window)
        return replace(request, window=window)
    if not 1 < asked.window <= MOST_PERIODS or request.every is None:
        return request
    words = spoken(WINDOW_WORDS[request.every], count=asked.window)
    show_stated_chip(survey, asked, "window", words)
    return replace(request, window=asked.window)


def choose_line(survey: Survey, question: Question) -> Choice | None:
    """The one answer to follow group by group; None to follow every answer among all readers."""
    if not survey.dimensions:
        return None
    offered = {EVERY_ANSWER: spoken("All readers") if is_told_by_mean(question) else spoken("Every answer")}
    offered |= {f"{LINE.mark}{one.value}": spoken("{answer}, by group", answer=one.label) for one in question.choices}
    chosen = choose_one(
        LINE, spoken("Lines"), told_apart(offered), EVERY_ANSWER, st.selectbox, label_visibility="collapsed"
    )
    return question.choice(chosen.removeprefix(LINE.mark)) if chosen != EVERY_ANSWER else None
