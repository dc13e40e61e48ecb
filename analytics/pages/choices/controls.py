"""How a control starts with what the address states, keeps to it, and writes what is chosen back.

Whatever is done here against races between the browser and the runs of a page is done here alone, each with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.language.said import speech, spoken
from analytics.language.text import plain_text, shortened, shortened_apart
from analytics.model.address import Option
from analytics.pages.choices.address import state_option, stated_option, turn

NOTHING = "none"
"""Stands in the address where everything usual was taken away."""
YES = "true"
SAID_AGAIN = 3
SEEN_COLUMNS = 60
"""So much of a label is seen at least in a list of a page in a wide window."""
PAGE = Option("page", "Which page of the list is shown.")
Show = Callable[..., Any]
"""A control of Streamlit's that offers values, such as `st.selectbox`."""


def choose_one(option: Option, label: str, offered: Mapping[str, str], usual: str, show: Show, **looks: Any) -> str:
    """The value chosen of those offered, each with its words; the usual one does not stand in the address."""
    start_one(option.name, next(iter(marked(option)), None), offered, usual)
    show(label, list(offered), format_func=offered.__getitem__, key=option.name, **looks)
    value = chosen_one(option.name, usual)
    state_option(option, [] if value == usual else [value.removeprefix(option.mark)])
    return value


def choose_several(option: Option, label: str, offered: Mapping[str, str], show: Show, **looks: Any) -> tuple[str, ...]:
    """The values chosen of those offered, none being usual; what is no longer offered is left out."""
    if option.name in st.session_state:
        st.session_state[option.name] = [one for one in st.session_state[option.name] or () if one in offered]
    start_several(option.name, stated_option(option), offered)
    show(label, list(offered), format_func=offered.__getitem__, key=option.name, **looks)
    values = chosen_several(option.name)
    state_option(option, values)
    return values


def choose_listed(
    option: Option, label: str, offered: Mapping[str, str], usual: Sequence[str], **looks: Any
) -> tuple[str, ...]:
    """The values chosen of those offered, in the order chosen, where some are usual and none is a choice too.

    Where none of what was chosen is offered any more, it starts with what is usual.
    """
    if not _is_new(option.name):
        chosen = st.session_state[option.name] or ()
        known = [one for one in chosen if one in offered]
        st.session_state[option.name] = known if known or not chosen else list(usual)
    else:
        named = stated_option(option)
        known = [value for value in named if value in offered]
        st.session_state[option.name] = known if known or named == (NOTHING,) else list(usual)
    offer_several(label, list(offered), format_func=offered.__getitem__, key=option.name, **looks)
    values = chosen_several(option.name)
    state_option(option, () if values == tuple(usual) else values or (NOTHING,))
    return values


def offer_several(label: str, offered: Sequence[str], **looks: Any) -> list[str]:
    """A list from which several can be chosen by typing a part of their names.

    Enter takes the first that holds what was typed: by itself Streamlit puts "Select all matches" first, and matches by
    single letters.
    """
    return st.multiselect(label, offered, select_all=False, filter_mode="contains", **looks)


def choose_words(option: Option, label: str, **looks: Any) -> str:
    """The words typed."""
    start_value(option.name, next(iter(stated_option(option)), ""))
    st.text_input(label, key=option.name, max_chars=200, **looks)
    words = str(st.session_state[option.name] or "")
    state_option(option, [words] if words else [])
    return words.strip()


def choose_whether(option: Option, label: str, **looks: Any) -> bool:
    """Whether the toggle is on; off is usual."""
    start_value(option.name, stated_option(option) == (YES,))
    st.toggle(label, key=option.name, **looks)
    is_on = bool(st.session_state[option.name])
    state_option(option, [YES] if is_on else [])
    return is_on


def choose_page(pages: int) -> int:
    """The page of a list that is shown, from 1; nothing is asked where there is one."""
    if pages < 2:
        state_option(PAGE, ())
        return 1
    named = next(iter(stated_option(PAGE)), "")
    known = int(named) if named.isascii() and named.isdecimal() and len(named) < 6 else 1
    start = known if 1 <= known <= pages else 1  # a search can leave fewer pages
    at = int(st.pagination(pages, default=start, key=f"{PAGE.name} {turn()} {pages}"))
    state_option(PAGE, [] if at == 1 else [str(at)])
    return at


def marked(option: Option) -> list[str]:
    """What the address states of the option, as a control has it: with the mark before it."""
    return [f"{option.mark}{value}" for value in stated_option(option)]


def start_one(key: str, named: str | None, offered: Collection[str], usual: str) -> None:
    """Lets the control `key` start with what the address names, or with the usual choice."""
    if _is_new(key) or st.session_state.get(key) not in offered:
        st.session_state[key] = named if named in offered else usual
    _say_again(key)


def start_several(key: str, named: Sequence[str], offered: Collection[str]) -> None:
    """Lets the control `key` start with the values that the address names."""
    if _is_new(key):
        st.session_state[key] = [value for value in named if value in offered]
    _say_again(key)


def start_value(key: str, value: object) -> None:
    """Lets the control `key` start with a value of no fixed list, as the address has it."""
    if _is_new(key):
        st.session_state[key] = value
    _say_again(key)


def start_span(key: str, since: date | None, until: date | None, first: date, last: date) -> None:
    """Lets the control `key` start with the days from `since` to the one before `until`, cut to those from first to
    last."""
    if _is_new(key):
        st.session_state[key] = _span(since, until, first, last)
    was_first, was_last = st.session_state.get(f"{key} ends", (first, last))
    if (was_first, was_last) != (first, last):  # answers of a new day came in: what stood at an end stays there
        start, end = st.session_state[key]
        st.session_state[key] = (first if start <= was_first else start, last if end >= was_last else end)
    st.session_state[f"{key} ends"] = (first, last)
    _say_again(key)


def about_to_be(key: str, named: object) -> object:
    """What the control `key` will be set to when this run shows it: what the address names where it begins anew."""
    if st.session_state.get("preset in", {}).get(key) != turn():
        return named
    return st.session_state.get(key, named)


def chosen_one(key: str, usual: str) -> str:
    """What the control `key` is set to."""
    return str(st.session_state[key] or usual)


def chosen_several(key: str) -> tuple[str, ...]:
    """The values that the control `key` is set to."""
    return tuple(str(value) for value in st.session_state[key] or ())


def chosen_days(key: str, first: date, last: date) -> tuple[date | None, date | None]:
    """The days that the control `key` is set to, the second not included; None at the ends."""
    start, end = st.session_state[key]
    return None if start <= first else start, None if end >= last else date.fromordinal(end.toordinal() + 1)


def typed_days() -> str:
    """How days are typed into a field: in figures, day and month in the order in which the house writes them."""
    day = speech().day
    if day.startswith("{month}"):
        return "MM/DD/YYYY"
    return "DD.MM.YYYY" if "{day}." in day else "DD/MM/YYYY" if day.startswith("{day}") else "YYYY-MM-DD"


def in_words(offered: Mapping[str, str]) -> dict[str, str]:
    """What is offered in the words of the reader's language."""
    return {value: spoken(words) for value, words in offered.items()}


def told_apart(labels: Mapping[str, str]) -> dict[str, str]:
    """The labels, each with its value beside it where two read alike: the browser sends back what it shows.

    Of labels that a list would cut where they still look alike, the part that differs comes first.
    """
    return dict(_told_apart(tuple(labels.items())))


@lru_cache(maxsize=256)
def _told_apart(labels: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    shown = {value: plain_text(label) for value, label in labels}
    cut = [shortened(text, SEEN_COLUMNS) for text in shown.values()]
    apart = shortened_apart(list(shown.values()), SEEN_COLUMNS)
    shown = {
        value: other if cut.count(one) > 1 else text
        for (value, text), one, other in zip(shown.items(), cut, apart, strict=True)
    }
    often = Counter(shown.values())
    return tuple((value, f"{text} ({value})" if often[text] > 1 else text) for value, text in shown.items())


# Against races between the browser and the runs of a page.


def kept_place() -> DeltaGenerator:
    """A place for what stands there only at times.

    The browser knows elements by their place. Where one came in between, all below it would be other elements: they
    would be built anew, and a click on one of them on its way to the server would get lost.
    """
    return st.container()


def take_out_span(key: str, since: date | None, until: date | None) -> None:
    """Has the control `key` begin anew, unless it is set to other days than these: they were chosen since."""
    ends = st.session_state.get(f"{key} ends")
    if ends is None or st.session_state.get(key) == _span(since, until, *ends):
        st.session_state.pop(key, None)


def _span(since: date | None, until: date | None, first: date, last: date) -> tuple[date, date]:
    start = min(max(since or first, first), last)
    return start, min(max(date.fromordinal(until.toordinal() - 1) if until else last, start), last)


def take_out(key: str, values: Collection[str]) -> None:
    """Takes these values out of the control `key`; what else it is set to stays, for a callback of another control.

    On a slow machine the browser's next click is on its way when the callback runs, and both come as one. A control
    that was emptied whole would lose what was chosen in it after the click that empties it.
    """
    set_control(key, [value for value in st.session_state.get(key) or () if value not in values])


def set_control(key: str, value: object) -> None:
    """Sets the control `key`, for a callback of another control.

    The next runs say it again: the browser may hear of it when it has been clicked on once more.
    """
    st.session_state[key] = value
    st.session_state.get("said again", {}).pop(key, None)


def _is_new(key: str) -> bool:
    """Whether the control begins with what the address states.

    The session keeps what it was set to before, and the browser may have gone elsewhere by a link or by Back: what the
    address says decides then.
    """
    turns = st.session_state.setdefault("preset in", {})
    was, turns[key] = turns.get(key), turn()
    if was not in (None, turns[key]):
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
