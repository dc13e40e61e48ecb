"""The address of a page: the one reader of what it states, and the one writer of what is chosen.

Streamlit can tie a control to the address by itself, but writes what the control shows there: labels, which may be
long, translated, or the same for two things. It also replaces the address, so that the browser's Back undoes nothing.

While a page runs, its address is worked on here. The browser hears of it once, when the run is over: one choice is one
step of its history, however many controls follow from it. Links to the other pages carry the address along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn, get_args

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.kinds.table import NAMES as NAMES_OF_KINDS
from analytics.kinds.table import kind
from analytics.model import Survey
from analytics.model.address import (
    CHOICES,
    LANGUAGE,
    WHERE,
    Option,
    Pairs,
    filter_name,
    kind_in,
    modern,
    read_leniently,
    write,
)
from analytics.model.request import Request, Standing, Where
from analytics.pages.ground.runs import of_run

FIGURE = Option("figure", "The published figure that is shown beside the same one as it is now.")
REPORT = Option("report", "Stands in the address of a survey where its whole report is asked for.")
PAGES = Path(__file__).resolve().parents[1]
NAMES = {field: name for name, (field, _) in CHOICES.items()}
"""What a field of a request is called in an address, where it has another name there."""
NO_SURVEY = Survey("", "", "UTC", ())
"""What a page's own options are read by: they are the same for every survey."""
SHARED = {
    *("survey", "question", "since", "until", "weighting", "interval", "variance", "base", "min_base", "standing"),
    LANGUAGE.name,
}
"""The names that, beside filters, mean the same on every page, and go along in the links between pages."""
OF_QUESTION = {"stub", "cell"}
"""What a page shows of the question looked at: it begins anew where another one was chosen meanwhile."""
THREAD = "thread"
TYPED = "search"
"""A name that several pages have for words typed. The newsroom's stays in the session where Streamlit binds it to the
address: another page would find by it what nobody looked for there."""


@dataclass
class Thread:
    """One visitor's way through the pages.

    `pairs` is the address of the page that is shown, as far as the run has come. `told` are the addresses that the
    browser may have: the one that it had when it was last heard of, and those that it was told since. `turn` counts how
    often the address came from elsewhere than the controls of the page: they all begin anew with what it states then,
    which is `asked`. `left` has the address with which each page was left. `first` is the question that pages show by
    themselves.
    `at_end` is done at the end of a run that ends early.
    """

    page: str
    pairs: Pairs
    told: list[Pairs]
    asked: Pairs = ()
    turn: int = 1
    left: dict[str, Pairs] = field(default_factory=dict)
    first: str = ""
    at_end: Callable[[], None] | None = None


def begin(page: str) -> None:
    """Takes up the thread at the beginning of a run: has the visitor come by a link, or by Back or Forward?

    A click can be sent before the browser hears of an address that the run before has told it: that is no step back.
    """
    now, context = _sent(), get_script_run_ctx()
    thread = st.session_state.get(THREAD)
    if not isinstance(thread, Thread):
        st.session_state[THREAD] = Thread(page, now, [now], asked=now)
        return
    went = context is not None and context.is_history_navigation
    if page != thread.page:
        st.session_state.pop(TYPED, None)
    if went or page != thread.page or now not in thread.told:
        thread.left[thread.page] = thread.pairs
        thread.page, thread.pairs, thread.told, thread.asked = page, now, [now], now
        thread.turn += 1
    elif now == thread.told[-1]:
        thread.told = [now]


def finish() -> None:
    """Tells the browser the address at the end of a run.

    The whole of it: what the browser sent may be older than what it was told since.
    """
    thread = _thread()
    if thread is None or thread.pairs == thread.told[-1]:
        return
    st.query_params.from_dict(grouped(thread.pairs))
    thread.pairs = _sent()
    thread.told.append(thread.pairs)


def end_page() -> NoReturn:
    """Ends the run of the page here: after `st.stop` the browser would hear of no address, and no link would change."""
    if (thread := _thread()) is not None and thread.at_end is not None:
        thread.at_end()
    finish()
    st.stop()


def at_end(show: Callable[[], None]) -> None:
    """Has `show` called where a page ends early."""
    if (thread := _thread()) is not None:
        thread.at_end = show


def turn() -> int:
    """How often the controls of this visitor have begun anew with what an address states."""
    thread = _thread()
    return thread.turn if thread else 0


def link_to(page: str) -> dict[str, list[str]]:
    """The query of a link to another page: the survey and the readers looked at, and how that page was left."""
    thread = _thread()
    if thread is None or page == thread.page:
        return grouped(said())
    survey, kept = stated_survey(), thread.left.get(page, ())
    own = [pair for pair in kept if not _is_shared(pair)] if dict(kept).get("survey") == survey else []
    if dict(kept).get("question") != dict(thread.pairs).get("question"):
        own = [(name, value) for name, value in own if name not in OF_QUESTION]
    shared = [pair for pair in thread.pairs if _is_shared(pair) and pair != ("question", thread.first)]
    return grouped((*shared, *own))


def _is_shared(pair: tuple[str, str]) -> bool:
    name, value = pair
    if name == "standing":  # of single responses there is one more than of numbers
        return value in get_args(Standing)
    return name in SHARED or name.startswith(WHERE)


def restate(pairs: Iterable[tuple[str, str]]) -> None:
    """Has the address state these pairs and nothing else; every control begins anew with them."""
    thread = _thread()
    if thread is not None:
        thread.turn += 1
        thread.pairs = thread.asked = _listed(grouped(pairs))


def _thread() -> Thread | None:
    return of_run(_kept_thread)


def _kept_thread() -> Thread | None:
    found = st.session_state.get(THREAD)
    return found if isinstance(found, Thread) else None


def _sent() -> Pairs:
    """What the browser said its address was when it asked for this run, or was told since."""
    return tuple((name, value) for name in st.query_params for value in st.query_params.get_all(name))


def page_file(name: str) -> str:
    """The file of the page, for links to it."""
    return str(PAGES / f"{name}.py")


def said() -> Pairs:
    """Everything that the address says, in its order."""
    thread = _thread()
    return thread.pairs if thread else _sent()


def asked_for() -> Pairs:
    """Everything that the address said when the controls began anew with it; they leave out of it what is not there."""
    thread = _thread()
    return thread.asked if thread else _sent()


def stated(survey: Survey) -> Request:
    """The request that the address states, with the options of the kind of figure that it names; without what cannot be
    read."""
    pairs = said()
    name = kind_in(pairs)
    return read_leniently(pairs, survey, kind(name).options if name in NAMES_OF_KINDS else ())


def state(survey: Survey, request: Request, **changes: Any) -> Request:
    """The request with these changes, which from now on the address states too; all else that it says stays."""
    changed = replace(request, **changes)
    pairs = write(replace(changed, options=()), survey)  # those have a writer of their own
    names = {name for field in changes for name in _names(field, request.where, changed.where)}
    _say({name: [value for one, value in pairs if one == name] for name in names})
    return changed


def _names(field: str, before: Where, after: Where) -> Iterator[str]:
    """The names in an address under which a field stands."""
    if field == "where":
        was, now = dict(before), dict(after)
        yield from (filter_name(key) for key in {**was, **now} if was.get(key) != now.get(key))
    else:
        yield NAMES.get(field, field)


def stated_option(option: Option) -> tuple[str, ...]:
    """What the address states of an option of a page or of a kind of figure; nothing of what it cannot be."""
    return _read_option(tuple(pair for pair in said() if pair[0] == option.name), option)


@lru_cache(maxsize=1024)
def _read_option(pairs: Pairs, option: Option) -> tuple[str, ...]:
    return read_leniently(pairs, NO_SURVEY, (option,)).each(option.name)


def state_option(option: Option, values: Sequence[str]) -> None:
    """Has the address state these values of the option, or none."""
    request = Request(options=tuple((option.name, value) for value in values))
    _say({option.name: [value for name, value in write(request, NO_SURVEY, (option,)) if name == option.name]})


def stated_options(survey: Survey, name: str) -> Pairs:
    """What the address chooses for a kind of figure beside what every request has."""
    return read_leniently(said(), survey, kind(name).options).options


def stated_survey() -> str | None:
    """The key of the survey that the address names."""
    return dict(said()).get("survey")


def state_survey(key: str) -> None:
    """Has the address name the survey."""
    _say({"survey": [key]})


def first_shown(survey: Survey) -> str:
    """The key of the question that pages show where an address names none; empty where none has choices."""
    return next((one.key for one in survey.questions if one.kind != "text" and one.choices), "")


def use_todays_names(survey: Survey) -> None:
    """Changes an address of version 1 to today's; what is neither a choice nor a filter of the survey stays.

    The question that pages show first by themselves needs no name.
    """
    keys = {dimension.key for dimension in survey.dimensions} | {question.key for question in survey.questions}
    before = said()
    found: dict[str, list[str]] = {}
    for (old, _), (name, value) in zip(before, modern(before, survey.time_zone), strict=True):
        kept = name if not name.startswith(WHERE) or name.removeprefix(WHERE) in keys else old
        found.setdefault(kept, []).append(value)
    first = first_shown(survey)
    if found.get("question") == [first]:
        del found["question"]
    if (thread := _thread()) is not None:
        thread.first = first
        if _listed(found) != before:
            thread.pairs = _listed(found)


def link_query(request: Request, survey: Survey, **more: str) -> dict[str, list[str]]:
    """The request as the address of a page, for a link to it; `more` is what only that page knows.

    The question that pages show first is left out, as they do themselves: what a page changes in the address that it
    was opened at is another step of the browser's history, and the first Back would change nothing.
    """
    named = replace(request, question="") if request.question == first_shown(survey) else request
    return grouped(pair for pair in (*write(named, survey), *more.items()) if pair[0] != "view")


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The pairs of an address, each name with its values.

    Example:
        >>> grouped([("by", "age"), ("survey", "x"), ("by", "sex")])
        {'by': ['age', 'sex'], 'survey': ['x']}
    """
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _say(changed: Mapping[str, Sequence[str]]) -> None:
    """Has the address state the values of these names; a part of a page that runs alone tells the browser at once."""
    before = grouped(said())
    differ = {name: list(values) for name, values in changed.items() if before.get(name, []) != [*values]}
    thread, context = _thread(), get_script_run_ctx()
    if not differ or thread is None:
        return
    thread.pairs = _listed({name: values for name, values in (before | differ).items() if values})
    if context is not None and context.fragment_ids_this_run:
        finish()


def _listed(found: Mapping[str, Sequence[str]]) -> Pairs:
    return tuple((name, value) for name, values in found.items() for value in values)
