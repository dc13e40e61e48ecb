"""The command line: the same views as the pages, as tables, JSON or CSV.

Exit status 0: done. 1: the data or the check failed. 2: the command was wrong.
"""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import pandas as pd

from analytics.articles import read_article
from analytics.errors import RequestError, SurveyError, one_sentence_each
from analytics.importers.definition import read_definition
from analytics.importers.responses import read_responses
from analytics.model import Article, ImportReport, Status, Survey
from analytics.periods import day_start
from analytics.store.database import open_store
from analytics.store.read import read_cells, read_status, read_weight_range
from analytics.store.record import record_import, rehearse_import
from analytics.store.surveys import read_survey, read_surveys
from analytics.store.verify import verify_store
from analytics.views.changes import changes
from analytics.views.choose import Read
from analytics.views.comparisons import ALL, comparisons
from analytics.views.crosstab import crosstab
from analytics.views.judge import Comparisons
from analytics.views.robustness import robustness
from analytics.views.selection import Selection
from analytics.views.topline import topline
from analytics.views.trend import trend
from analytics.views.view import View
from analytics.views.weighting import WeightingReport, report_sentences, weighting_report

DEFAULT_DATABASE = Path(__file__).resolve().parent.parent / "data" / "opinions.sqlite"

Command = Callable[..., None]


class Program(click.Group):
    """The commands, with every error of this product turned into its sentence and its exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RequestError as error:
            raise click.UsageError(str(error)) from error
        except SurveyError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Reader opinion surveys as numbers."""


def _with_database(command: Command) -> Command:
    return click.option(
        "--db", envvar="DATABASE_URL", default=str(DEFAULT_DATABASE), show_default="data/opinions.sqlite",
        help="The store: a file of SQLite, or an address such as postgresql://... (also DATABASE_URL).",
    )(command)  # fmt: skip


def _with_format(command: Command) -> Command:
    return click.option(
        "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
    )(command)


def _with_selection(command: Command) -> Command:
    for option in reversed(
        [
            click.option("--where", multiple=True, metavar="KEY=VALUE[,VALUE...]", help="Only these; repeat for more."),
            click.option("--since", metavar="T", help="From this hour on, in the survey's zone."),
            click.option("--until", metavar="T", help="Up to this hour, itself not included."),
            click.option("--weights", type=click.Choice(["none", "base", "raked"]), help="Default: the survey's own."),
            click.option(
                "--interval", type=click.Choice(["logit", "wilson", "beta"]), default="logit", show_default=True
            ),
            click.option(
                "--variance", type=click.Choice(["calibrated", "fixed"]), default="calibrated", show_default=True
            ),
            click.option("--base", type=click.Choice(["answered", "all"]), default="answered", show_default=True),
            click.option(
                "--min-base", type=int, metavar="N", help="Suppress below this base. Default: the survey's own."
            ),
        ]
    ):
        command = option(command)
    return _with_database(_with_format(command))


@cli.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--definition", type=click.Path(path_type=Path), help="The TOML file that says what the columns mean.")
@click.option("--article", type=click.Path(path_type=Path), help="The article: plain text or Markdown.")
@click.option("--dry-run", is_flag=True, help="Report what would happen and change nothing.")
@_with_format
@_with_database
def import_files(
    files: tuple[Path, ...], definition: Path | None, article: Path | None, dry_run: bool, form: str, db: str
) -> None:
    """Record the responses of one or more files. Rows already recorded are recognised and not counted twice."""
    if definition is None:
        raise click.UsageError("no --definition: name the TOML file that says what the file's columns mean")
    survey = read_definition(definition)
    if article is not None:
        survey = replace(survey, article=_joined_article(survey.article, read_article(article)))
    engine, now = open_store(db), datetime.now(UTC)
    record = rehearse_import if dry_run else partial(record_import, progress=_show_progress)
    report = ImportReport(survey.key)
    for file in files:
        report += record(engine, survey, read_responses(file, survey), file=file.name, now=now)
    _print_report(report, form, dry_run)
    sys.exit(1 if report.faults else 0)


@cli.command()
@_with_format
@_with_database
def surveys(form: str, db: str) -> None:
    """List the surveys with how many responses each has."""
    engine = open_store(db)
    rows = []
    for survey in read_surveys(engine):
        status = read_status(engine, survey.key)
        times = [
            None if at is None else at.astimezone(ZoneInfo(survey.time_zone)).isoformat()
            for at in (status.first_at, status.last_at)
        ]
        rows.append(
            {"survey": survey.key, "title": survey.title, "questions": len(survey.questions), "counted": status.counted,
             "quarantined": status.quarantined, "first": times[0], "last": times[1], "simulated": survey.simulated}
        )  # fmt: skip
    columns = ["survey", "title", "questions", "counted", "quarantined", "first", "last", "simulated"]
    _print_rows(pd.DataFrame(rows, columns=columns), form, empty="no survey yet: import one")


@cli.command()
@_with_format
@_with_database
def verify(form: str, db: str) -> None:
    """Recount every response and compare with the tally; fails where they differ."""
    found = verify_store(open_store(db))
    rows = [{"survey": v.survey, "responses": v.responses, "cells": v.cells, "wrong": len(v.wrong)} for v in found]
    frame = pd.DataFrame(rows, columns=["survey", "responses", "cells", "wrong"])
    _print_rows(frame, form, empty="no survey yet: nothing to verify")
    sys.exit(1 if frame["wrong"].sum() else 0)


@cli.command("weights")
@click.argument("survey")
@click.option("--weights", type=click.Choice(["none", "base", "raked"]), help="Default: the survey's own.")
@_with_format
@_with_database
def weights_command(survey: str, weights: Any, form: str, db: str) -> None:
    """How the answers were weighted: every dimension before and after, and what it cost."""
    engine = open_store(db)
    asked, read = read_survey(engine, survey), partial(read_cells, engine, survey)
    report = weighting_report(
        asked, read_status(engine, survey), read, Selection(weights=weights), partial(read_weight_range, engine, survey)
    )
    if form == "json":
        click.echo(json.dumps(_weighting_record(report), ensure_ascii=False, indent=1))
        return
    if form == "table":
        click.echo("\n".join(report_sentences(report)))
    _print_rows(_level_table(report.table) if form == "table" else report.table, form, empty="there are no dimensions")


@cli.command("topline")
@click.argument("survey")
@click.argument("question")
@_with_selection
def topline_command(survey: str, question: str, form: str, db: str, **options: Any) -> None:
    """What readers answered, in all."""
    asked, status, read, selection = _asked(survey, db, options)
    _print_view(topline(asked, status, read, question, selection), form)


@cli.command("crosstab")
@click.argument("survey")
@click.argument("question")
@click.option(
    "--by", multiple=True, required=True, metavar="KEY", help="A dimension or question; repeat to cross them."
)
@_with_selection
def crosstab_command(survey: str, question: str, by: tuple[str, ...], form: str, db: str, **options: Any) -> None:
    """What each group of readers answered."""
    asked, status, read, selection = _asked(survey, db, options)
    _print_view(crosstab(asked, status, read, question, by, selection), form)


@cli.command("trend")
@click.argument("survey")
@click.argument("question")
@click.option("--every", required=True, type=click.Choice(["hour", "day", "week", "month", "wave"]))
@click.option("--by", multiple=True, metavar="KEY", help="A dimension or question; repeat to cross them.")
@click.option("--window", type=int, default=1, show_default=True, help="Periods to date taken together.")
@_with_selection
def trend_command(
    survey: str, question: str, every: Any, by: tuple[str, ...], window: int, form: str, db: str, **options: Any
) -> None:
    """How answers moved over time."""
    asked, status, read, selection = _asked(survey, db, options)
    now = datetime.now(UTC)
    view = trend(asked, status, read, question, selection, every=every, now=now, by=by, window=window)
    _print_view(view, form)


def _with_correction(command: Command) -> Command:
    for option in (
        click.option("--choice", metavar="VALUE", help="Compare this choice or net alone."),
        click.option(
            "--correction", type=click.Choice(["bh", "holm", "bonferroni"]), default="bh", show_default=True,
            help="For many comparisons: Benjamini-Hochberg, Holm or Bonferroni.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@cli.command("tests")
@click.argument("survey")
@click.argument("question")
@click.option("--by", multiple=True, required=True, metavar="KEY", help="A dimension or question; repeat to cross.")
@click.option("--compare", multiple=True, type=click.Choice(ALL), help="Only these; repeat for more. Default: all.")
@click.option(
    "--table-test", type=click.Choice(["f", "chisq", "wald", "adjwald"]), default="f", show_default=True,
    help="For the whole table: Rao-Scott as F or chi-square, Wald, adjusted Wald.",
)  # fmt: skip
@_with_correction
@_with_selection
def tests_command(
    survey: str, question: str, by: tuple[str, ...], compare: Any, table_test: Any, correction: Any, choice: str | None,
    form: str, db: str, **options: Any,
) -> None:  # fmt: skip
    """Which groups of readers answered differently."""
    asked, status, read, selection = _asked(survey, db, options)
    found = comparisons(
        asked, status, read, question, by, selection, compare=compare or ALL, correction=correction, choice=choice,
        table_test=table_test,
    )  # fmt: skip
    _print_comparisons(found, form)


@cli.command("change")
@click.argument("survey")
@click.argument("question")
@click.option("--every", required=True, type=click.Choice(["hour", "day", "week", "month", "wave"]))
@click.option("--by", multiple=True, metavar="KEY", help="A dimension or question; repeat to cross them.")
@click.option("--window", type=int, default=1, show_default=True, help="Periods to date taken together.")
@_with_correction
@_with_selection
def change_command(
    survey: str, question: str, every: Any, by: tuple[str, ...], window: int, correction: Any, choice: str | None,
    form: str, db: str, **options: Any,
) -> None:  # fmt: skip
    """What changed from each period to the next."""
    asked, status, read, selection = _asked(survey, db, options)
    found = changes(
        asked, status, read, question, selection, every=every, now=datetime.now(UTC), by=by, window=window,
        correction=correction, choice=choice,
    )  # fmt: skip
    _print_comparisons(found, form)


@cli.command("robustness")
@click.argument("survey")
@click.argument("question")
@click.option("--choice", metavar="VALUE", help="This choice. Default: the most frequent one.")
@_with_selection
def robustness_command(survey: str, question: str, choice: str | None, form: str, db: str, **options: Any) -> None:
    """One share under every reasonable way of counting."""
    asked, status, read, selection = _asked(survey, db, options)
    _print_view(robustness(asked, status, read, question, selection, choice).view, form)


def _asked(key: str, db: str, options: dict[str, Any]) -> tuple[Survey, Status, Read, Selection]:
    engine = open_store(db)
    survey = read_survey(engine, key)
    return survey, read_status(engine, key), partial(read_cells, engine, key), _selection(survey, **options)


def _selection(
    survey: Survey, *, where: tuple[str, ...], since: str | None, until: str | None, **options: Any
) -> Selection:
    kept: dict[str, tuple[str, ...]] = {}
    for condition in where:
        key, equals, values = condition.partition("=")
        if not equals or not key:
            raise RequestError(f"--where is '{condition}', expected KEY=VALUE[,VALUE...]")
        kept[key] = kept.get(key, ()) + _values(values)
    return Selection(
        tuple(kept.items()),
        _moment("--since", since, survey.time_zone),
        _moment("--until", until, survey.time_zone),
        **options,
    )


def _values(text: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader([text], skipinitialspace=True)) or [""])
    except csv.Error:
        raise RequestError(f"--where has the values '{text}', expected those of several lines in quotes") from None


def _moment(option: str, text: str | None, zone: str) -> datetime | None:
    if text is None:
        return None
    try:
        if len(text) == len("2025-05-19"):
            return day_start(date.fromisoformat(text), zone)
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
        moment.astimezone(ZoneInfo(zone))  # refused below: hours beyond the ends of the calendar
    except (ValueError, OverflowError):
        raise RequestError(
            f"{option} is '{text}', expected a date or hour such as 2025-05-19 or 2025-05-19T16:00"
        ) from None
    return moment


def _joined_article(defined: Article | None, read: Article) -> Article:
    """Returns the article read, with what the definition says about it put first."""
    if defined is None:
        return read
    return replace(
        defined,
        kicker=defined.kicker or read.kicker, credit=defined.credit or read.credit, url=defined.url or read.url,
        published_at=defined.published_at or read.published_at, sections=read.sections, question=read.question,
    )  # fmt: skip


def _show_progress(report: ImportReport) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{report.read:,} rows read", nl=False, err=True)


def _print_report(report: ImportReport, form: str, dry_run: bool) -> None:
    if form == "json":
        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))
        return
    if form == "csv":
        _print_rows(
            pd.DataFrame(
                [asdict(fault) for fault in report.faults], columns=["file", "line", "place", "found", "expected"]
            ),
            form,
        )
        return
    if report.faults:
        click.echo(one_sentence_each(report.faults), err=True)
    click.echo(
        f"{report.survey}: read {report.read:,} = stored {report.stored:,} + duplicate {report.duplicate:,} "
        f"+ quarantined {report.quarantined:,} + rejected {report.rejected:,}"
        + (" (dry run: nothing was changed)" if dry_run else "")
    )


def _level_table(levels: pd.DataFrame) -> pd.DataFrame:
    """Returns the levels for reading: each by its label, waves only where there are any, no dust for a gap."""
    wave = ["wave"] if levels["wave"].notna().any() else []
    shown = levels[[*wave, "dimension", "level_label", "before", "target", "after"]]
    return shown.rename(columns={"level_label": "level"}).assign(gap=levels["gap"].round(6) + 0.0)


def _weighting_record(report: WeightingReport) -> dict[str, Any]:
    names = ("respondents", "left_out", "deff", "effective_n", "efficiency", "smallest", "largest", "trim", "warning")
    targets = report.survey.targets if report.weights == "raked" else ()
    return {
        "survey": report.survey.key,
        "weights": report.weights,
        "targets": [{"dimensions": one.dimensions, "source": one.source, "year": one.year} for one in targets],
        **{name: getattr(report, name) for name in names},
        "levels": _records(report.table),
    }


def _print_view(view: View, form: str) -> None:
    _print_rows(view.estimates, form, empty="nobody in this selection has answered")
    if view.undated and form == "table":
        click.echo(f"{view.undated:,} answers without a time stamp are left out")


def _print_comparisons(found: Comparisons, form: str) -> None:
    rows = found.rows.dropna(axis="columns", how="all") if form == "table" else found.rows
    _print_rows(rows, form, empty="there are no two periods to compare")
    if form == "table":
        click.echo(f"{found.family:,} comparisons, corrected for one another ({found.correction})")
        if found.undated:
            click.echo(f"{found.undated:,} answers without a time stamp are left out")


def _print_rows(frame: pd.DataFrame, form: str, *, empty: str = "") -> None:
    if form == "json":
        click.echo(json.dumps(_records(frame), ensure_ascii=False, indent=1))
    elif form == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(frame.columns)
        writer.writerows(record.values() for record in _records(frame))
        click.echo(text.getvalue(), nl=False)
    elif frame.empty:
        click.echo(empty)
    else:
        click.echo(frame.map(_shown).to_string(index=False))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    whole = {"base_n", "against_base_n", "count", "counted", "quarantined", "responses", "cells", "wrong", "questions"}
    return [
        {str(name): _plain(value, whole=name in whole) for name, value in record.items()}
        for record in frame.to_dict("records")
    ]


def _plain(value: Any, *, whole: bool) -> Any:
    if isinstance(value, float):
        return None if math.isnan(value) else int(value) if whole else value
    return value.item() if hasattr(value, "item") else value


def _shown(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "-"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:.4f}"
    return str(value)


if __name__ == "__main__":
    cli(prog_name="python -m analytics")
