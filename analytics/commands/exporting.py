"""Figures as files."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from analytics.commands.asking import asked_for
from analytics.commands.program import DATA, cli, with_selection_of_files
from analytics.errors import RequestError, StoreError
from analytics.estimates.crosstab import crosstab
from analytics.estimates.topline import topline
from analytics.estimates.trend import trend
from analytics.exports.collections import collection_of
from analytics.exports.export import Export, export_of
from analytics.exports.formats import file_of
from analytics.exports.names import fingerprint
from analytics.exports.report import report_of
from analytics.exports.survey_report import survey_report
from analytics.figures.style import Style, read_style
from analytics.language.notation import LANGUAGES, language_of
from analytics.model import Snapshot
from analytics.model.request import Request
from analytics.published.leaving import register_export, register_report
from analytics.store.database import open_store

SIZES = ("figure", "landscape", "square", "story")


@cli.command("export")
@click.argument("survey")
@click.argument("question")
@click.option("--view", "kind", type=click.Choice(["topline", "crosstab", "trend"]), default="topline")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The file; its ending is the format."
)
@click.option("--by", multiple=True, metavar="KEY", help="A dimension or question; repeat to cross them.")
@click.option("--every", type=click.Choice(["hour", "day", "week", "month", "wave"]), default="day", show_default=True)
@click.option("--window", type=int, default=1, show_default=True, help="Periods to date taken together.")
@click.option("--choice", metavar="VALUE", help="The choice that a trend by group follows. Default: the first.")
@click.option("--heat", is_flag=True, help="Draw a crosstab as a table of shares.")
@click.option("--size", type=click.Choice(SIZES), default="figure", show_default=True, help="Of a picture.")
@click.option("--scale", type=click.FloatRange(1, 4), default=1, show_default=True, help="Pixels for each pixel.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Default: the survey's own, else English.")
@click.option("--no-register", is_flag=True, help="Leave it out of the register of published figures.")
@with_selection_of_files
def export_command(
    survey: str, question: str, kind: str, output: Path, size: str, scale: float, language: str, no_register: bool,
    db: str, **options: Any,
) -> None:  # fmt: skip
    """One figure with everything that has to be known about it, as a file."""
    shape = {name: options.pop(name) for name in ("by", "every", "window", "choice", "heat")}
    snapshot, request = asked_for(survey, db, options)
    style = read_style(DATA / "house_style.toml", language or language_of(snapshot.survey.language))
    export = exported(snapshot, replace(request, question=question, kind=kind), style, **shape)
    content = file_of(export, output.suffix.lower().lstrip("."), size=size, scale=scale)
    write_file(output, content)
    if not no_register:
        _register(db, partial(register_export, export=export, content=content, name=output.name))
    click.echo(f"{output}: {export.figure_id}, {len(content):,} bytes, SHA-256 {fingerprint(content)}")


def _register(db: str, enter: Callable[..., None]) -> None:
    """Enters what leaves into the register; a store that cannot be written does not keep the file from being made."""
    try:
        enter(open_store(db), now=datetime.now(UTC))
    except StoreError as fault:
        click.echo(f"the file is made, but it is not in the register: {fault}", err=True)


@cli.command("report")
@click.argument("survey")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The file; its ending is the format."
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Default: the survey's own, else English.")
@click.option("--no-register", is_flag=True, help="Leave it out of the register of published figures.")
@with_selection_of_files
def report_command(survey: str, output: Path, language: str | None, no_register: bool, db: str, **options: Any) -> None:
    """Every question of a survey in all, over time and by every dimension, with the method, as one file."""
    snapshot, request = asked_for(survey, db, options)
    style = read_style(DATA / "house_style.toml", language or language_of(snapshot.survey.language))
    exports = survey_report(snapshot, request, style)
    if not exports:
        raise RequestError("nobody in this selection has answered, so there is nothing to report: take a filter away")
    report = report_of(exports)
    content = collection_of(exports, output.suffix.lower().lstrip("."), _show_progress, report.cover)
    write_file(output, content)
    if not no_register:
        _register(db, partial(register_report, report=report, content=content, name=output.name))
    click.echo(f"{output}: {len(exports)} figures, {len(content):,} bytes, SHA-256 {fingerprint(content)}")


def _show_progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done} of {of} drawn", nl=done == of, err=True)


def exported(
    snapshot: Snapshot, request: Request, style: Style, *, by: tuple[str, ...], every: Any, window: int,
    choice: str | None, heat: bool,
) -> Export:  # fmt: skip
    kind = request.kind
    if kind == "trend":
        view = trend(snapshot, replace(request, every=every, by=by, window=window))
    elif kind == "crosstab":
        if not by:
            raise RequestError("a crosstab has groups: name them with --by KEY")
        view = crosstab(snapshot, replace(request, by=by))
    else:
        if by:
            raise RequestError("a topline has no groups: leave --by out, or ask for --view crosstab")
        view = topline(snapshot, request)
    return export_of(view, style, line=choice if kind == "trend" else None, heat=heat)


def write_file(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise RequestError(
            f"{path} cannot be written ({fault.strerror}): name a file in a folder that is there"
        ) from fault
