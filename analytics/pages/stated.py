"""What a figure's link says and no control of the page sets: read from the address, said in words, taken back there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import streamlit as st

from analytics.exports.link import moment_at
from analytics.language.text import plain_text
from analytics.model import Survey
from analytics.model.request import Every, Request
from analytics.pages.plain import plain
from analytics.words.names import key_label

OPTIONS = {
    "interval": {"wilson": "Wilson intervals", "beta": "Exact (beta) intervals"},
    "variance": {"fixed": "Weights taken as fixed"},
    "base": {"all": "Shares of everyone who took part"},
    "standing": {"first": "The first answers of everybody", "with screened": "Screened answers too"},
}
"""The choices of a selection beside its filters, but for the usual ones, and how a chip says them."""
MIN_BASE, WINDOW, BY = "min_base", "window", "by"
MOST_PERIODS = 1000
UNITS = {"hour": "hours", "day": "days", "week": "weeks", "month": "months", "wave": "waves"}


def with_stated(survey: Survey, request: Request) -> Request:
    """Returns the selection with what the address says beyond the controls.

    A minimum base below the survey's own is not taken from an address: whoever has a link could undo what is
    suppressed.
    """
    found: dict[str, Any] = {name: value for name in OPTIONS if (value := _option(name))}
    asked = _whole(MIN_BASE)
    if asked is not None and asked > survey.min_base:
        found[MIN_BASE] = asked
    return replace(request, **found)


def show_stated(survey: Survey) -> None:
    """Shows each of these as a chip; a click takes it away."""
    chips = {name: OPTIONS[name][value] for name in OPTIONS if (value := _option(name))}
    asked = _whole(MIN_BASE)
    if asked is not None and asked > survey.min_base:
        chips[MIN_BASE] = f"Minimum base: {asked:,}"
    if chips:
        with st.container(horizontal=True, gap="xsmall", key="stated"):
            for name, words in chips.items():
                _show_chip(name, words)
    if asked is not None and asked < survey.min_base:
        st.caption(
            f"The link asks for a minimum base of {asked:,}. This page shows nothing of fewer than the survey’s own "
            f"minimum, {survey.min_base:,}: where the link shows less, that is why."
        )


def stated_span(survey: Survey, first: date, last: date) -> tuple[datetime | None, datetime | None] | None:
    """Returns a period that the slider of whole days from `first` to `last` cannot say; None where it can say it.

    Such are hours, and ends that lie at those of fieldwork or beyond.
    """
    texts = [st.query_params.get(name) for name in ("since", "until")]
    try:
        since, until = (moment_at(text, survey.time_zone) if text else None for text in texts)
    except ValueError:
        return None
    start, end = (moment_at(day.isoformat(), survey.time_zone) for day in (first, last + timedelta(days=1)))
    hours = any("T" in text for text in texts if text)
    outside = (since is not None and since <= start) or (until is not None and until >= end)
    empty = (since or start) >= (until or end) or (since or start) >= end or (until or end) <= start
    whole = all(at is None or (at.minute, at.second) == (0, 0) for at in (since, until))
    return (since, until) if (hours or outside) and whole and not empty else None


def stated_by(survey: Survey, question: str) -> tuple[str, ...]:
    """Returns the keys that the address breaks down by where one control could not say them, with a chip; else none."""
    named = tuple(dict.fromkeys(st.query_params.get_all(BY)))
    asked = {one.key for one in survey.questions if one.kind != "text" and one.choices and one.key != question}
    dimensions = {dimension.key for dimension in survey.dimensions}
    if not named or not set(named) <= dimensions | asked or (len(named) == 1 and named[0] in dimensions):
        return ()
    _show_chip(BY, "By " + " × ".join(plain_text(key_label(survey, key)) for key in named))
    return named


def stated_window(every: Every) -> int:
    """Returns over how many periods the address takes each point of a trend, with a chip where that is several."""
    window = _whole(WINDOW) or 1
    if not 1 < window <= MOST_PERIODS:
        return 1
    _show_chip(WINDOW, f"Each point covers the {window:,} {UNITS[every]} to date")
    return window


def _option(name: str) -> str | None:
    value = st.query_params.get(name)
    return value if value in OPTIONS[name] else None


def _whole(name: str) -> int | None:
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 10 and int(text) else None


def _show_chip(name: str, words: str) -> None:
    st.button(f"{plain(words)}  ✕", key=f"stated {name}", on_click=_take_back, args=(name,))


def _take_back(name: str) -> None:
    st.query_params.pop(name, None)
    st.session_state.pop(name, None)  # of one that has a control too
