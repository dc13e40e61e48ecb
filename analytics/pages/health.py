"""How the store is, at the foot of the newsroom: one line for whoever keeps it, all that is known behind it."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from analytics.errors import StoreError
from analytics.estimates.health import alarms, facts
from analytics.pages.lost import age
from analytics.pages.plain import plain
from analytics.pages.sources import answered_at, ask
from analytics.store.tend.health import Health, read_health

LOOK_EVERY_SECONDS = 20


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def show_health() -> None:
    """Shows how the store is; nothing while it does not answer, which the page says above all else."""
    try:
        health = ask(read_health)
    except StoreError:
        return
    seen_to = alarms(health)
    with st.popover(_label(health, seen_to), type="tertiary", icon=_icon(seen_to)):
        for sentence in seen_to:
            st.warning(plain(sentence))
        for sentence in [*facts(health), *_figures_age()]:
            st.markdown(plain(sentence))
        if health.warning:
            st.caption(plain(health.warning))


def _label(health: Health, seen_to: list[str]) -> str:
    if seen_to:
        return f"The store: {len(seen_to)} thing{'s' * (len(seen_to) != 1)} to see to"
    return "The store: 1 thing to know" if health.warning else "The store: all well"


def _icon(seen_to: list[str]) -> str:
    return ":material/warning:" if seen_to else ":material/database:"


def _figures_age() -> list[str]:
    read = answered_at()
    return [] if read is None else [f"The store last answered {age(read, datetime.now(UTC))} ago."]
