"""What single readers answered and wrote, read from the store for the pages that show it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from analytics.estimates.responses import Many
from analytics.model import Filter
from analytics.pages.sources import ask, database_address
from analytics.store.comments import (
    list_comments,
    read_choices,
    read_profile_sizes,
)
from analytics.store.responses import Cursor, Details, Order, count_responses, list_responses, read_details

Page = tuple[Details, Cursor | None]
COUNTED_TO = 10_000
"""So many responses are counted one by one; of more the page says only that they are more."""


def responses_from(key: str, revision: int, kept: Filter, order: Order, after: Cursor | None, most: int) -> Page:
    """Returns the next responses that the filter keeps, what they say, and where to go on."""
    return _responses_from(database_address(), key, revision, kept, order, after, most)


def count_up_to(key: str, revision: int, kept: Filter) -> Many:
    """Returns how many responses the filter keeps, as of that revision, or that they are more than COUNTED_TO."""
    found = _count_up_to(database_address(), key, revision, kept, COUNTED_TO)
    return Many(min(found, COUNTED_TO), more=found > COUNTED_TO)


def comments_at(key: str, revision: int, kept: Filter, question: str) -> pd.DataFrame:
    """Returns the comments that the filter keeps, newest first, without their texts."""
    return _comments_at(database_address(), key, revision, kept, question)


def details_of(key: str, response_nos: Sequence[int]) -> Details:
    """Returns what these responses say."""
    return ask(partial(read_details, key=key, response_nos=response_nos))


def profile_sizes_at(key: str, revision: int) -> dict[int, int]:
    """Returns how many respondents each profile has, as of that revision."""
    return _profile_sizes_at(database_address(), key, revision)


def choices_at(key: str, revision: int, question: str) -> pd.DataFrame:
    """Returns what those who wrote a comment answered to the question, as of that revision."""
    return _choices_at(database_address(), key, revision, question)


# The revision is part of each key, so that a new one reads anew; the oldest copies are dropped.


@st.cache_resource(max_entries=64, show_spinner=False)
def _responses_from(
    address: str, key: str, revision: int, kept: Filter, order: Order, after: Cursor | None, most: int  # noqa: ARG001
) -> Page:  # fmt: skip
    found, following = ask(partial(list_responses, key=key, kept=kept, order=order, after=after, most=most))
    return details_of(key, found), following


@st.cache_resource(max_entries=256, show_spinner=False)
def _count_up_to(address: str, key: str, revision: int, kept: Filter, most: int) -> int:  # noqa: ARG001
    return ask(partial(count_responses, key=key, kept=kept, most=most))


@st.cache_resource(max_entries=16, show_spinner=False)
def _comments_at(address: str, key: str, revision: int, kept: Filter, question: str) -> pd.DataFrame:  # noqa: ARG001
    return ask(partial(list_comments, key=key, kept=kept, questions=(question,)))


@st.cache_resource(max_entries=16, show_spinner=False)
def _choices_at(address: str, key: str, revision: int, question: str) -> pd.DataFrame:  # noqa: ARG001
    return ask(partial(read_choices, key=key, question=question))


@st.cache_resource(max_entries=16, show_spinner=False)
def _profile_sizes_at(address: str, key: str, revision: int) -> dict[int, int]:  # noqa: ARG001 (part of the key)
    return ask(partial(read_profile_sizes, key=key))
