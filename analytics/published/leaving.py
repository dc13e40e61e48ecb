"""Enters a figure into the register at the moment it leaves."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from analytics.exports.export import Export, Vouch
from analytics.exports.names import fingerprint
from analytics.exports.report import Report
from analytics.language.said import spoken_of
from analytics.language.text import plain_text
from analytics.model.finish import AS_USUAL, Finish, finish_in
from analytics.store.people.looks import note_look
from analytics.store.place.connections import Store
from analytics.store.tables.figures import Leaving, Registered, read_figure, register_figure

FINISH = "finish"
LEFT_FROM, LEFT_BY = "from", "by"
"""Under which names the register keeps the finish of a figure, and where and by whom each of its files was made."""
WORDING = "wording"
"""Under which name it keeps the question as it was asked."""
TITLES, VOUCHES = "titles", "vouches"
"""Under which names it keeps the title of each file, and who answers for which of its words."""


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
        "spec": figure.spec, WORDING: plain_text(export.made.views[0].question.text),
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


def vouches_of(figure: Registered, sha256: str) -> list[Vouch]:
    """Returns who answers for which words of one file that a registered figure left in."""
    kept = figure.drawn.get(VOUCHES, {}).get(sha256, [])
    return [Vouch(one["field"], one["words"], one["by"], datetime.fromisoformat(one["at"])) for one in kept]


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
    vouches = [] if isinstance(export, Report) else [asdict(one) | {"at": one.at.isoformat()} for one in export.vouches]
    title = leaving.drawn["title"]
    of_file: list[tuple[str, Any]] = [(LEFT_FROM, left_from), (LEFT_BY, by), (TITLES, title), (VOUCHES, vouches)]
    for key, value in of_file:
        before = known.drawn.get(key, {}) if known else {}
        if value or before:
            told[key] = before | ({sha256: value} if value else {})
    leaving = replace(leaving, drawn={**leaving.drawn, **told})
    register_figure(engine, leaving, name=name, sha256=sha256, now=now)
    # Of what it is the register says: words of readers go from there, and never from a log whose lines stay.
    which = urlencode({"file": name, "figure": leaving.figure_id})
    note_look(engine, by, "exported", survey=leaving.survey, request=which, now=now)
