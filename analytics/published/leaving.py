"""Enters a figure into the register at the moment it leaves."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from analytics.exports.export import Export
from analytics.exports.names import fingerprint
from analytics.exports.report import Report
from analytics.language.said import spoken_of
from analytics.model.finish import AS_USUAL, Finish, finish_in
from analytics.store.place.connections import Store
from analytics.store.tables.figures import Leaving, Registered, read_figure, register_figure

FINISH = "finish"
LEFT_FROM, LEFT_BY = "from", "by"
"""Under which names the register keeps the looks of a figure, and where and by whom each of its files was made."""


def leaving_of(export: Export | Report) -> Leaving:
    """Returns what the register keeps of a figure or a report: how to make it again, and what it showed."""
    drawn = _of_report(export) if isinstance(export, Report) else _of_figure(export)
    made = export.made
    revision = made.views[0].status.revision
    return Leaving(made.survey.key, export.figure_id, export.address, revision, drawn, list(made.rows))


def _of_figure(export: Export) -> dict[str, Any]:
    figure = export.figure
    chosen = {name: value for name, value in asdict(export.finish).items() if value != getattr(AS_USUAL, name)}
    return {
        "title": figure.title, "subtitle": figure.subtitle, "caption": figure.caption, "alt": figure.alt,
        "spec": figure.spec,
    } | ({FINISH: chosen} if chosen else {})  # fmt: skip


def _of_report(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "subtitle": spoken_of(report.figures, "{count} figure", "{count} figures"),
        "caption": report.caption,
        "alt": "",
        "spec": {},
    }


def finish_of(figure: Registered) -> Finish:
    """Returns how a registered figure was made to look."""
    return finish_in(figure.drawn.get(FINISH, {}))


def register_export(
    engine: Store, export: Export | Report, content: bytes, *, name: str, now: datetime, left_from: str = "",
    by: str = "",
) -> None:  # fmt: skip
    """Records that the figure or report left in a file of that name with these bytes.

    Args:
        by: who made the file, as far as that is known.

    Raises:
        RequestError: the store does not have the survey.
        StoreError: the store cannot be written.
    """
    leaving, sha256 = leaving_of(export), fingerprint(content)
    known = read_figure(engine, leaving.figure_id)
    told = {}
    for key, value in ((LEFT_FROM, left_from), (LEFT_BY, by)):
        before = known.drawn.get(key, {}) if known else {}
        if value or before:
            told[key] = before | ({sha256: value} if value else {})
    leaving = replace(leaving, drawn={**leaving.drawn, **told})
    register_figure(engine, leaving, name=name, sha256=sha256, now=now)
