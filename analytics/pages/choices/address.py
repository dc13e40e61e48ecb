"""The address of a page: the one reader of what it states, and the one writer of what is chosen.

Streamlit can tie a control to the address by itself, but writes what the control shows there: labels, which may be
long, translated, or the same for two things. It also replaces the address, so that the browser's Back undoes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from analytics.kinds.table import NAMES as NAMES_OF_KINDS
from analytics.kinds.table import kind
from analytics.model import Survey
from analytics.model.address import CHOICES, WHERE, Option, Pairs, filter_name, kind_in, modern, read_leniently, write
from analytics.model.request import Request, Where

FIGURE = Option("figure", "The published figure that is shown beside the same one as it is now.")
REPORT = Option("report", "Stands in the address of a survey where its whole report is asked for.")
PAGES = Path(__file__).resolve().parents[1]
NAMES = {field: name for name, (field, _) in CHOICES.items()}
"""What a field of a request is called in an address, where it has another name there."""
NO_SURVEY = Survey("", "", "UTC", ())
"""What a page's own options are read by: they are the same for every survey."""


def page_file(name: str) -> str:
    """The file of the page, for links to it."""
    return str(PAGES / f"{name}.py")


def said() -> Pairs:
    """Everything that the address says, in its order."""
    return tuple((name, value) for name in st.query_params for value in st.query_params.get_all(name))


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


def state_survey(key: str, *, alone: bool = False) -> None:
    """Has the address name the survey; `alone` takes away all that it said of another one."""
    if alone:
        st.query_params.from_dict({"survey": key})
    else:
        _say({"survey": [key]})


def use_todays_names(survey: Survey) -> None:
    """Changes an address of version 1 to today's; what is neither a choice nor a filter of the survey stays."""
    keys = {dimension.key for dimension in survey.dimensions} | {question.key for question in survey.questions}
    before = said()
    found: dict[str, list[str]] = {}
    for (old, _), (name, value) in zip(before, modern(before, survey.time_zone), strict=True):
        kept = name if not name.startswith(WHERE) or name.removeprefix(WHERE) in keys else old
        found.setdefault(kept, []).append(value)
    if _listed(found) != before:
        st.query_params.from_dict(found)


def link_query(request: Request, survey: Survey, **more: str) -> dict[str, list[str]]:
    """The request as the address of a page, for a link to it; `more` is what only that page knows."""
    return grouped(pair for pair in (*write(request, survey), *more.items()) if pair[0] != "view")


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
    """Writes the values of these names, in one step of the browser's history however many change."""
    before = grouped(said())
    differ = {name: list(values) for name, values in changed.items() if before.get(name, []) != [*values]}
    if not differ:
        return
    found = {name: values for name, values in (before | differ).items() if values}
    if len(differ) > 1:
        st.query_params.from_dict(found)
        return
    (name,) = differ
    if name in found:
        st.query_params[name] = found[name]
    else:
        del st.query_params[name]


def _listed(found: Mapping[str, Sequence[str]]) -> Pairs:
    return tuple((name, value) for name, values in found.items() for value in values)
