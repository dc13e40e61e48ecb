"""Enters a figure into the register at the moment it leaves."""

from __future__ import annotations

from datetime import datetime

from analytics.exports.export import Export
from analytics.exports.names import fingerprint
from analytics.exports.tidy import tidy_rows
from analytics.store.database import Store
from analytics.store.figures import Leaving, register_figure


def leaving_of(export: Export) -> Leaving:
    """Returns what the register keeps of a figure: how to make it again, and what it showed."""
    figure = export.figure
    drawn = {
        "title": figure.title, "subtitle": figure.subtitle, "caption": figure.caption, "alt": figure.alt,
        "spec": figure.spec,
    }  # fmt: skip
    return Leaving(
        export.view.survey.key, export.figure_id, export.query, export.view.status.revision, drawn, tidy_rows(export)
    )


def register_export(engine: Store, export: Export, content: bytes, *, name: str, now: datetime) -> None:
    """Records that the figure left in a file of that name with these bytes.

    Raises:
        RequestError: the store does not have the survey.
        StoreError: the store cannot be written.
    """
    register_figure(engine, leaving_of(export), name=name, sha256=fingerprint(content), now=now)
