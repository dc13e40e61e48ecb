"""The register of published figures: what left the building, and what should be updated or corrected."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import pandas as pd

from analytics.commands.options import FilePath, with_database, with_format
from analytics.commands.printing import print_rows
from analytics.errors import RequestError
from analytics.estimates.snapshots import snapshot_of
from analytics.figures.drawing.style import Style, read_style, style_file
from analytics.model import Snapshot
from analytics.published.found import figures_in
from analytics.published.leaving import looks_of
from analytics.published.review import Reviewed, review, see_to
from analytics.published.words import standing_words
from analytics.store.place.connections import Store
from analytics.store.tables.figures import Registered, read_figure, read_figures
from analytics.store.tables.opening import open_store
from analytics.watches.sight import with_edition

COLUMNS = ["figure", "survey", "made", "title", "standing", "words", "file", "sha256"]


@click.command("published")
@click.option("--file", type=FilePath(exists=True), help="The figure this file is.")
@click.option("--seen-to", metavar="FIGURE", help="Somebody updated or corrected this figure where it was published.")
@click.option("--note", default="", help="What was done about it.")
@with_format
@with_database
def published_command(file: Path | None, seen_to: str | None, note: str, format_: str, db: str) -> None:
    """Every figure that was exported, and whether later answers ask for an update or a correction."""
    engine, now = open_store(db), datetime.now(UTC)

    def snapshots(key: str) -> Snapshot:
        return with_edition(engine, snapshot_of(engine, key, now=now))

    if seen_to is not None:
        figure = read_figure(engine, seen_to)
        if figure is None:
            raise RequestError(f"there is no figure '{seen_to}' in the register: `published` lists them")
        see_to(engine, review(figure, snapshots), note, now)
    figures, style = read_figures(engine) if file is None else _figures_of(engine, file), read_style(style_file())
    found = [review(look, snapshots) for figure in figures for look in looks_of(figure)]
    print_rows(
        pd.DataFrame([_row(one, style) for one in found], columns=COLUMNS), format_, empty="no figure was exported yet"
    )
    sys.exit(1 if any(one.standing.verdict in ("moved", "gone", "survey removed") for one in found) else 0)


def _figures_of(engine: Store, file: Path) -> list[Registered]:
    """Returns the registered figures that the file is, however long ago they left."""
    named = figures_in(file.read_bytes())
    found = [figure for figure in (read_figure(engine, one) for one in named) if figure is not None]
    if not found:
        told = f"it names {', '.join(named)}, which is not registered here" if named else "it names no figure"
        raise RequestError(f"{file.name} is no figure of this register: {told}")
    return found


def _row(one: Reviewed, style: Style) -> dict[str, Any]:
    figure, file = one.figure, one.figure.files[0] if one.figure.files else None
    words = standing_words(figure, one.standing, style)
    return {
        "figure": figure.figure_id, "survey": figure.survey, "made": figure.made_at.isoformat(timespec="minutes"),
        "title": figure.drawn["title"], "standing": one.standing.verdict, "words": words,
        "file": file.name if file else None, "sha256": file.sha256 if file else None,
    }  # fmt: skip
