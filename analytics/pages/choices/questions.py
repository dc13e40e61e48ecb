"""What is asked of the readers kept: the question, and how its answers are broken down and followed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import cast

import streamlit as st

from analytics.kinds.trend import OPTIONS
from analytics.language.said import noted, spoken
from analytics.language.text import plain_text
from analytics.model import Choice, Question, Status, Survey
from analytics.model.request import Every, Request
from analytics.pages.choices.address import state, stated
from analytics.pages.choices.chips import show_stated_chip
from analytics.pages.choices.controls import choose_one, chosen_one, start_one, told_apart
from analytics.pages.ground.plain import plain
from analytics.words.names import key_label

(LINE,) = OPTIONS
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
EVERY_ANSWER = "every"
MOST_PERIODS = 1000
MOST_SHOWN = 92
"""A trend that has more periods is shown over longer ones at first."""


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
    texts = told_apart({key: question.text for key, question in offered.items()})
    st.selectbox(spoken("Question"), list(offered), format_func=texts.__getitem__, key="question")
    key = chosen_one("question", usual)
    state(survey, asked, question="" if key == usual else key)
    return replace(request, question=key)


def choose_by(survey: Survey, request: Request) -> Request:
    """The request broken down by one dimension; where a link breaks down by several, they stay in the address."""
    dimensions, asked = {one.key: one for one in survey.dimensions}, stated(survey)
    usual = next(iter(dimensions))
    named = asked.by[-1] if asked.by and asked.by[-1] in dimensions else usual
    start_one("by", named, dimensions, usual)
    st.segmented_control(
        spoken("Groups"), list(dimensions), required=True, format_func=lambda key: plain(dimensions[key].label),
        key="by", label_visibility="collapsed",
    )  # fmt: skip
    key = chosen_one("by", usual)
    if key != named or len(asked.by) == 1:
        state(survey, asked, by=() if key == usual else (key,))
    return replace(request, by=(key,))


def choose_groups(survey: Survey, request: Request) -> tuple[Request, bool]:
    """The request broken down as a link states, with a chip, where one control cannot say it; else as `choose_by` does.

    Beside it whether the link states it: keys crossed with one another, or a question.
    """
    asked = stated(survey)
    named, dimensions = tuple(dict.fromkeys(asked.by)), {one.key for one in survey.dimensions}
    others = {*countable(survey)} - {request.question}
    if not named or not set(named) <= dimensions | others or (len(named) == 1 and named[0] in dimensions):
        return choose_by(survey, request), False
    show_stated_chip(
        survey,
        asked,
        "by",
        spoken("By {groups}", groups=" × ".join(plain_text(key_label(survey, key)) for key in named)),
    )
    return replace(request, by=named), True


def usual_every(survey: Survey, status: Status) -> Every:
    """The shortest period that can be shown: not too many of them, and answers enough in most where they are several.

    Example:
        >>> from datetime import UTC, datetime
        >>> first, river = datetime(2022, 1, 1, tzinfo=UTC), Survey("river", "The river", "UTC", ())
        >>> spans = [(20_000, 10), (50, 10), (1_000, 50), (5_000, 200), (1_000, 900)]
        >>> [usual_every(river, Status(1, n, 0, 0, 0, first, first + timedelta(days=days))) for n, days in spans]
        ['day', 'day', 'week', 'week', 'month']
    """
    if status.first_at is None or status.last_at is None:
        return "wave"
    days = max((status.last_at - status.first_at) / timedelta(days=1), 1.0)
    for every, length, longer in (("day", 1, 7), ("week", 7, 30)):
        periods, several = days / length, days >= 2 * longer
        if periods <= MOST_SHOWN and (not several or status.counted / periods >= survey.min_base):
            return cast(Every, every)
    return "month"


def choose_every(survey: Survey, request: Request, usual: Every = "day", *, timed: bool = True) -> Request:
    """The request over periods of the length chosen; `timed` is whether answers carry times at all."""
    asked = stated(survey)
    words = {
        one: spoken(EVERY_WORDS[one]) for one in EVERY_WORDS if (survey.dimension("wave") if one == "wave" else timed)
    }
    usual = usual if timed else "wave"
    start_one("every", asked.every, words, usual)
    st.selectbox(
        spoken("Periods of the trend"), list(words), format_func=words.__getitem__, key="every",
        label_visibility="collapsed", width=120,
    )  # fmt: skip
    every = cast(Every, chosen_one("every", usual))
    state(survey, asked, every=None if every == usual else every)
    return replace(request, every=every)


def choose_window(survey: Survey, request: Request) -> Request:
    """The request with as many periods in each point of its trend as a link states, with a chip; one where that is no
    such number."""
    asked = stated(survey)
    if not 1 < asked.window <= MOST_PERIODS or request.every is None:
        return request
    words = spoken(WINDOW_WORDS[request.every], count=asked.window)
    show_stated_chip(survey, asked, "window", words)
    return replace(request, window=asked.window)


def choose_line(survey: Survey, question: Question) -> Choice | None:
    """The one answer to follow group by group; None to follow every answer among all readers."""
    if not survey.dimensions:
        return None
    offered = {EVERY_ANSWER: spoken("Every answer")}
    offered |= {f"{LINE.mark}{one.value}": spoken("{answer}, by group", answer=one.label) for one in question.choices}
    chosen = choose_one(
        LINE, spoken("Lines"), told_apart(offered), EVERY_ANSWER, st.selectbox, label_visibility="collapsed"
    )
    return question.choice(chosen.removeprefix(LINE.mark)) if chosen != EVERY_ANSWER else None
