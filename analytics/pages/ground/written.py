"""What single readers answered and wrote, read from the store for the pages that show it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from analytics.estimates.readers.responses import ResponseCount
from analytics.model import ResponseStanding, Snapshot
from analytics.model.access import demand, may_read_comments, may_see_responses
from analytics.model.crowds import Crowd
from analytics.model.request import Request
from analytics.pages.ground.sources import (
    KNOWN_BY,
    NO_REQUEST,
    ViewKey,
    ask,
    asked,
    note,
    once,
    person,
    request_words,
    standings_of,
)
from analytics.store.read.arrivals import read_crowded
from analytics.store.read.comments import list_comments, read_choices, read_profile_sizes
from analytics.store.read.responses import Cursor, Details, Order, count_responses, list_responses, read_details

Page = tuple[Details, Cursor | None]
Listed = tuple[Request, tuple[ResponseStanding, ...], str]
"""Which responses are listed: those that the request means, of these standings, with these words in their comments."""

COUNTED_TO = 10_000
"""So many responses are counted one by one; of more the page says only that they are more."""


def responses_of(snapshot: Snapshot, listed: Listed, order: Order, after: Cursor | None, most: int) -> Page:
    """Returns the next responses listed, what they say, and where to go on."""
    demand(may_see_responses, snapshot.person)
    request, standings, search = listed
    note("single responses", snapshot.survey.key, request_words(snapshot.survey, request))
    return _responses(asked(snapshot, request), standings, search, order, after, most)


def count_up_to(snapshot: Snapshot, listed: Listed) -> ResponseCount:
    """Returns how many responses are listed, or that they are more than COUNTED_TO."""
    request, standings, search = listed
    found = _count_up_to(asked(snapshot, request), standings, search, COUNTED_TO)
    return ResponseCount(min(found, COUNTED_TO), more=found > COUNTED_TO)


def comments_of(snapshot: Snapshot, request: Request, question: str, search: str) -> pd.DataFrame:
    """Returns the comments that hold the words searched for, newest first, without their texts."""
    demand(may_read_comments, snapshot.person)
    note("comments", snapshot.survey.key, request_words(snapshot.survey, request))
    return _comments(asked(snapshot, request), question, search)


def crowded_of(snapshot: Snapshot, crowds: tuple[Crowd, ...]) -> frozenset[int]:
    """Returns the numbers of the responses that came in any of these crowds."""
    demand(may_read_comments, snapshot.person)
    if not crowds:
        return frozenset()
    read = partial(read_crowded, key=snapshot.survey.key, crowds=crowds)
    return once(snapshot, NO_REQUEST, "crowded", crowds, work=partial(ask, read))


def details_of(key: str, response_nos: Sequence[int]) -> Details:
    """Returns what these responses say."""
    return ask(partial(read_details, key=key, response_nos=response_nos, person=person()))


def profile_sizes(snapshot: Snapshot) -> dict[int, int]:
    """Returns how many respondents each profile has."""
    return _profile_sizes(asked(snapshot))


def choices_of(snapshot: Snapshot, question: str) -> pd.DataFrame:
    """Returns what those who wrote a comment answered to the question."""
    demand(may_read_comments, snapshot.person)
    return _choices(asked(snapshot), question)


# Kept by all that `Asked` holds: another state is read anew, and the oldest are dropped.


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=KNOWN_BY)
def _responses(
    asked: ViewKey, standings: tuple[ResponseStanding, ...], search: str, order: Order, after: Cursor | None, most: int
) -> Page:
    read = partial(list_responses, key=asked.survey, request=asked.request, standings=standings, search=search)
    read = partial(read, person=asked.person)
    found, following = ask(partial(read, order=order, after=after, most=most))
    return details_of(asked.survey, found), following


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=KNOWN_BY)
def _count_up_to(asked: ViewKey, standings: tuple[ResponseStanding, ...], search: str, most: int) -> int:
    read = partial(count_responses, key=asked.survey, request=asked.request, standings=standings, search=search)
    return ask(partial(read, most=most, person=asked.person))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=KNOWN_BY)
def _comments(asked: ViewKey, question: str, search: str) -> pd.DataFrame:
    standings = standings_of(asked.request)
    read = partial(list_comments, key=asked.survey, request=asked.request, standings=standings)
    return ask(partial(read, questions=(question,), search=search, person=asked.person))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=KNOWN_BY)
def _choices(asked: ViewKey, question: str) -> pd.DataFrame:
    return ask(partial(read_choices, key=asked.survey, question=question, person=asked.person))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=KNOWN_BY)
def _profile_sizes(asked: ViewKey) -> dict[int, int]:
    return ask(partial(read_profile_sizes, key=asked.survey))
