"""Enters a figure into the register at the moment it leaves."""

from __future__ import annotations

from datetime import datetime

from analytics.exports.names import fingerprint
from analytics.exports.plate import Exported
from analytics.exports.report import Report
from analytics.store.place.connections import Store
from analytics.store.tables.figures import Leaving, register_figure


def leaving_of(export: Exported) -> Leaving:
    """Returns what the register keeps of a figure: how to make it again, and what it showed."""
    figure = export.figure
    drawn = {
        "title": figure.title, "subtitle": figure.subtitle, "caption": figure.caption, "alt": figure.alt,
        "spec": figure.spec,
    }  # fmt: skip
    return Leaving(export.survey.key, export.figure_id, export.query, export.revision, drawn, list(export.rows))


def register_report(engine: Store, report: Report, content: bytes, *, name: str, now: datetime) -> None:
    """Records that the report of a survey left in a file of that name: its headline numbers are followed.

    Raises:
        RequestError: the store does not have the survey.
        StoreError: the store cannot be written.
    """
    headlines = report.headlines
    drawn = {"title": report.title, "subtitle": f"{report.figures}", "caption": report.caption, "alt": "", "spec": {}}
    leaving = Leaving(
        headlines.survey.key, report.figure_id, report.query, headlines.revision, drawn, list(headlines.rows)
    )  # fmt: skip
    register_figure(engine, leaving, name=name, sha256=fingerprint(content), now=now)


def register_export(engine: Store, export: Exported, content: bytes, *, name: str, now: datetime) -> None:
    """Records that the figure left in a file of that name with these bytes.

    Raises:
        RequestError: the store does not have the survey.
        StoreError: the store cannot be written.
    """
    register_figure(engine, leaving_of(export), name=name, sha256=fingerprint(content), now=now)
