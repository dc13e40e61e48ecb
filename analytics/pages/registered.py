"""The register as the pages see it: figures entered as they leave, and looked at again at each new revision."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from analytics.errors import StoreError
from analytics.exports.plate import Exported
from analytics.exports.report import Report
from analytics.pages.sources import ask, change, database_address, revisions, segments_of, snapshot_at
from analytics.published.leaving import register_export, register_report
from analytics.published.moved import gone
from analytics.published.review import Reviewed, review
from analytics.store.figures import Registered, Settled, read_figure, read_figures, read_register_stamp, settle_figure

MOST = 40
"""So many figures, the newest, are looked at again."""
log = logging.getLogger(__name__)


def enter(exports: Sequence[Exported], content: bytes, name: str) -> str:
    """Enters figures that leave in a file into the register; returns why that could not be done, else nothing."""
    try:
        for export in exports:
            change(partial(register_export, export=export, content=content, name=name, now=datetime.now(UTC)))
    except StoreError as fault:
        log.warning("a figure is not in the register: %s", fault)
        return "The file is made, but the figure could not be entered into the register of published figures."
    return ""


def enter_report(report: Report, content: bytes, name: str) -> str:
    """Enters the report of a survey into the register; returns why that could not be done, else nothing."""
    try:
        change(partial(register_report, report=report, content=content, name=name, now=datetime.now(UTC)))
    except StoreError as fault:
        log.warning("a report is not in the register: %s", fault)
        return "The file is made, but the report could not be entered into the register of published figures."
    return ""


def registered(figure_id: str) -> Registered | None:
    """Returns the figure of that id, None where it is none of this register."""
    return ask(lambda engine: read_figure(engine, figure_id))


def reviewed(figure: Registered) -> Reviewed:
    """Returns the figure looked at again, as of the newest answers."""
    revision = revisions().get(figure.survey)
    if revision is None:
        return Reviewed(figure, None, gone(figure, f"survey '{figure.survey}' is gone"))
    seen_to = figure.settled.at if figure.settled else None
    other = dict(figure.query).get("other", figure.survey)
    kept = segments_of(figure.survey) if "segment" in dict(figure.query) else ()
    state = (database_address(), figure.survey, figure.figure_id, seen_to, revisions().get(other), kept)
    return _reviewed_at(state, revision, figure)


def reviewed_figures() -> list[Reviewed]:
    """Returns the newest figures of the register, each looked at again."""
    address = database_address()
    stamp = ask(read_register_stamp)
    return [reviewed(figure) for figure in _figures_at(address, stamp)]


def settle(figure: Registered, settled: Settled | None) -> None:
    """Records that a figure was seen to, or takes that back."""
    change(lambda engine: settle_figure(engine, figure.survey, figure.figure_id, settled))


# What is cached hangs on every argument but those with a line before their name.


@st.cache_resource(max_entries=2, show_spinner=False)
def _figures_at(address: str, stamp: tuple[int, int, int]) -> list[Registered]:  # noqa: ARG001
    return ask(lambda engine: read_figures(engine, most=MOST))


@st.cache_resource(max_entries=4 * MOST, show_spinner=False)
def _reviewed_at(state: tuple[object, ...], revision: int, _figure: Registered) -> Reviewed:  # noqa: ARG001
    return review(_figure, lambda key: snapshot_at(key, revision))
