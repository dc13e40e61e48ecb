"""Choices in the page's address, as the survey's own values, so that a pasted link shows the same numbers.

Streamlit can tie a control to the address by itself, but writes what the control shows there: labels, which may be
long, translated, or the same for two things.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

import streamlit as st

from analytics.kinds.table import NAMES, kind
from analytics.model import Survey
from analytics.model.address import WHERE, Pairs, kind_in, modern, read_leniently, write
from analytics.model.request import Request

REPORT = "report"
"""Stands in the address of a survey where its whole report is asked for."""
NOTHING = "none"
"""Stands in the address where everything usual was taken away."""


SAID_AGAIN = 3


def preset_one(key: str, options: Sequence[str], usual: str) -> None:
    """Lets the control `key` start with what the address says, or with the usual choice."""
    if _is_new(key) or st.session_state.get(key) not in options:
        named = st.query_params.get(key)
        st.session_state[key] = named if named in options else usual
    _say_again(key)


def keep_one(key: str, usual: str) -> str:
    """Returns what the control `key` was set to, and writes it into the address unless it is the usual choice."""
    chosen = str(st.session_state[key] or usual)
    _write(key, [] if chosen == usual else [chosen])
    return chosen


def preset_several(key: str, options: Sequence[str]) -> None:
    """Lets the control `key` start with the values that the address names."""
    if _is_new(key):
        st.session_state[key] = [value for value in st.query_params.get_all(key) if value in options]
    _say_again(key)


def keep_several(key: str) -> tuple[str, ...]:
    """Returns the values that the control `key` was set to, and writes them into the address."""
    chosen = [str(value) for value in st.session_state[key] or ()]
    _write(key, chosen)
    return tuple(chosen)


def keep_values(key: str, values: Sequence[str]) -> None:
    """Writes the values into the address under the key, which no control has."""
    _write(key, list(values))


def preset_listed(key: str, options: Sequence[str], usual: Sequence[str]) -> None:
    """Lets the control `key` start with the values that the address names, or with the usual ones."""
    if key in st.session_state:
        st.session_state[key] = [value for value in st.session_state[key] or () if value in options]
        return
    named = st.query_params.get_all(key)
    known = [value for value in named if value in options]
    st.session_state[key] = known if known or named == [NOTHING] else list(usual)


def keep_listed(key: str, usual: Sequence[str]) -> tuple[str, ...]:
    """Returns the values of the control `key` in the order chosen, and writes them unless they are the usual ones."""
    chosen = [str(value) for value in st.session_state[key] or ()]
    _write(key, [] if chosen == list(usual) else chosen or [NOTHING])
    return tuple(chosen)


def preset_span(key: str, first: date, last: date) -> None:
    """Lets the control `key` start with the days that the address names as since and until, the second not included."""
    if _is_new(key):
        since, until = (_day(st.query_params.get(name)) for name in ("since", "until"))
        start = min(max(since or first, first), last)
        end = min(max(date.fromordinal(until.toordinal() - 1) if until else last, start), last)
        st.session_state[key] = (start, end)
    was_first, was_last = st.session_state.get(f"{key} ends", (first, last))
    if (was_first, was_last) != (first, last):  # answers of a new day came in: what stood at an end stays there
        start, end = st.session_state[key]
        st.session_state[key] = (first if start <= was_first else start, last if end >= was_last else end)
    st.session_state[f"{key} ends"] = (first, last)
    _say_again(key)


def keep_span(key: str, first: date, last: date) -> tuple[date | None, date | None]:
    """Returns the days chosen as since and until, the second not included, None at the ends; writes them too."""
    start, end = st.session_state[key]
    since = None if start <= first else start
    until = None if end >= last else date.fromordinal(end.toordinal() + 1)
    _write("since", [since.isoformat()] if since else [])
    _write("until", [until.isoformat()] if until else [])
    return since, until


def said_in_address() -> Pairs:
    """Returns everything that the address says, in its order."""
    return tuple((name, value) for name in st.query_params for value in st.query_params.get_all(name))


def request_in_address(survey: Survey) -> Request:
    """Returns the request that the address says, without what cannot be read."""
    said = said_in_address()
    name = kind_in(said)
    return read_leniently(said, survey, kind(name).options if name in NAMES else ())


def options_in_address(survey: Survey, name: str) -> Pairs:
    """Returns what the address chooses for a kind of figure beside what every request has."""
    return read_leniently(said_in_address(), survey, kind(name).options).options


def use_todays_names(survey: Survey) -> None:
    """Changes an address of version 1 to today's; what is neither a choice nor a filter of the survey stays."""
    keys = {dimension.key for dimension in survey.dimensions} | {question.key for question in survey.questions}
    said = said_in_address()
    found: dict[str, list[str]] = {}
    for (old, _), (name, value) in zip(said, modern(said, survey.time_zone), strict=True):
        kept = name if not name.startswith(WHERE) or name.removeprefix(WHERE) in keys else old
        found.setdefault(kept, []).append(value)
    if tuple((name, value) for name, values in found.items() for value in values) != said:
        st.query_params.from_dict(found)


def link_query(request: Request, survey: Survey, **more: str) -> dict[str, list[str]]:
    """Returns the request as the address of a page, for a link to it; `more` is what only that page knows."""
    found: dict[str, list[str]] = {}
    for name, value in (*write(request, survey), *more.items()):
        if name != "view":  # a page shows several kinds of figures
            found.setdefault(name, []).append(value)
    return found


def address_with(**changed: str) -> dict[str, list[str]]:
    """Returns what the address says, for a link to another page, with these changed."""
    return {key: st.query_params.get_all(key) for key in st.query_params} | {
        key: [word] for key, word in changed.items()
    }


def _is_new(key: str) -> bool:
    """Returns whether the control is new to this page: then its address decides, not what another page left."""
    path = urlsplit(st.context.url or "").path
    pages = st.session_state.setdefault("preset on", {})
    was, pages[key] = pages.get(key), path
    if was not in (None, path):
        st.session_state.get("said again", {}).pop(key, None)
        return True
    return key not in st.session_state


def _say_again(key: str) -> None:
    """Sets the control to what it is set to, in the first runs of a session.

    A value set by a run reaches the browser with that run alone. Where the next one begins before the control is there,
    as the first do on a quick server, it would come up empty and take the filter out of the address.
    """
    times = st.session_state.setdefault("said again", {})
    if times.get(key, 0) < SAID_AGAIN:
        times[key] = times.get(key, 0) + 1
        st.session_state[key] = st.session_state[key]


def _write(key: str, values: list[str]) -> None:
    if st.query_params.get_all(key) == values:
        return
    if values:
        st.query_params[key] = values
    else:
        del st.query_params[key]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
