"""A sentence where an import has not come to its end, so that nobody takes half a file for all answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.model import Survey, Unfinished
from analytics.pages.plain import plain


def show_unfinished(survey: Survey, imports: Sequence[Unfinished]) -> None:
    """Says of each import how far it has come."""
    for one in imports:
        begun = one.started_at.astimezone(ZoneInfo(survey.time_zone))
        st.warning(
            f"Not all answers are in: the import of {plain(one.file)}, begun on {begun.day} {begun:%B %Y at %H:%M}, is "
            f"unfinished with {one.read:,} rows recorded. It is under way, or it was cut off: importing the file again "
            "finishes it, and no answer counts twice."
        )


def show_unfinished_surveys(titles: Mapping[str, str], unfinished: Mapping[str, Sequence[Unfinished]]) -> None:
    """Says which surveys have an import that is unfinished."""
    named = [plain(titles.get(key, key)) for key in unfinished]
    if named:
        st.warning(f"Not all answers are in yet: an import is unfinished for {', '.join(named)}.")
