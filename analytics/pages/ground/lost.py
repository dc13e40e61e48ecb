"""What a page says and does while the store of responses does not answer."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.errors import DamagedError, PlaceError, StoreError, SurveyError
from analytics.language.said import noted, spoken, spoken_of
from analytics.pages.ground.sources import lost_since, revisions

LOOK_EVERY_SECONDS = 3
NOT_NOW = noted("The store of responses cannot be used right now.")
IN_THE_LOG = noted(
    "Nothing recorded has been lost. If this goes on, tell whoever keeps the dashboard: its log has the reason."
)
DAMAGED = noted(
    "The store of responses is damaged: its figures cannot be trusted. Whoever keeps the dashboard runs `verify` on it "
    "and goes back to the last backup."
)
WHOLE_SECONDS = 2
"""So long a page is not drawn anew for newer answers: while they pour in it would never be drawn to its end."""

log = logging.getLogger(__name__)


def lost_sentence(since: datetime, zone: str, now: datetime) -> str:
    """Returns that these are not the newest figures, and how old they are.

    Example:
        >>> then = datetime(2025, 6, 1, 9, 58, tzinfo=UTC)
        >>> lost_sentence(then, "Europe/Berlin", datetime(2025, 6, 1, 10, 0, 5, tzinfo=UTC))[71:126]
        'figures, read on 1 June 2025 at 11:58:00, 2 minutes ago'
    """
    at = since.astimezone(ZoneInfo(zone))
    return spoken(
        "The store of responses cannot be reached right now. These are the last figures, read on {day} at {time}, "
        "{ago}. They are renewed as soon as it answers.",
        day=at.date(), time=f"{at:%H:%M:%S}", ago=ago(since, now),
    )  # fmt: skip


def ago(since: datetime, now: datetime) -> str:
    """Returns how long ago something was, in its largest whole unit.

    Example:
        >>> then = datetime(2025, 6, 1, 12, tzinfo=UTC)
        >>> [ago(then, then.replace(hour=hour, second=1)) for hour in (12, 14)]
        ['1 second ago', '2 hours ago']
    """
    seconds = max(int((now - since).total_seconds()), 0)
    if seconds >= 86_400:
        return spoken_of(seconds // 86_400, "{count} day ago", "{count} days ago")
    if seconds >= 3_600:
        return spoken_of(seconds // 3_600, "{count} hour ago", "{count} hours ago")
    if seconds >= 60:
        return spoken_of(seconds // 60, "{count} minute ago", "{count} minutes ago")
    return spoken_of(seconds, "{count} second ago", "{count} seconds ago")


def show_lost(zone: str, key: str | None = None) -> datetime | None:
    """Shows above everything that the figures are old, if so, and returns of when they are."""
    since = lost_since(key)
    if since is not None:
        st.warning(lost_sentence(since, zone, datetime.now(UTC)))
    return since


def fault_words(fault: SurveyError) -> str:
    """Returns what a page says of the fault: where the store is stands in the log alone.

    Example:
        >>> fault_words(PlaceError("the database postgresql://db.example/x cannot be reached"))[:49]
        'The store of responses cannot be used right now. '
    """
    if isinstance(fault, DamagedError):
        log.error("%s", fault)
        return spoken(DAMAGED)
    if isinstance(fault, PlaceError):
        log.warning("%s", fault)
        return f"{spoken(NOT_NOW)} {spoken(IN_THE_LOG)}"
    return f"{spoken(NOT_NOW)[:-1]}: {fault}" if isinstance(fault, StoreError) else str(fault)


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def wait_for_store() -> None:
    """Draws the page anew when the store answers again."""
    try:
        revisions()
    except StoreError:
        return
    if lost_since() is None:
        st.rerun(scope="app")
