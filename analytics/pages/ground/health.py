"""How the store is, for whoever runs it: at the foot of the page where files are imported, in no editor's way."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from analytics.errors import StoreError
from analytics.estimates.health import alarms, facts
from analytics.language.said import spoken, spoken_of
from analytics.pages.ground.lost import ago
from analytics.pages.ground.parts import part
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import answered_at, ask
from analytics.store.tend.health import Health, read_health

HEALTH_EVERY_SECONDS = 20


@part(run_every=HEALTH_EVERY_SECONDS)
def show_health() -> None:
    """Shows how the store is; nothing while it does not answer, which the page says above all else."""
    try:
        health = ask(read_health)
    except StoreError:
        return
    seen_to = alarms(health)
    with st.popover(_health_label(health, seen_to), type="tertiary", icon=_health_icon(seen_to)):
        for sentence in seen_to:
            st.warning(plain(sentence))
        for sentence in [*facts(health), *_figures_age()]:
            st.markdown(plain(sentence))
        if health.warning:
            st.caption(plain(health.warning))


def _health_label(health: Health, seen_to: list[str]) -> str:
    if seen_to:
        return spoken_of(len(seen_to), "The store: {count} thing to see to", "The store: {count} things to see to")
    return spoken("The store: 1 thing to know") if health.warning else spoken("The store: all well")


def _health_icon(seen_to: list[str]) -> str:
    return ":material/warning:" if seen_to else ":material/database:"


def _figures_age() -> list[str]:
    read = answered_at()
    return [] if read is None else [spoken("The store last answered {ago}.", ago=ago(read, datetime.now(UTC)))]
