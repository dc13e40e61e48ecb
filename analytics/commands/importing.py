"""Records files of responses."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
import pandas as pd

from analytics.articles import read_article
from analytics.commands.printing import print_rows
from analytics.commands.program import cli, with_database, with_format
from analytics.errors import one_sentence_each
from analytics.importers.definition import read_definition
from analytics.importers.responses import read_responses
from analytics.model import Article, ImportReport
from analytics.store.database import open_store
from analytics.store.record import record_import, rehearse_import


@cli.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--definition", type=click.Path(path_type=Path), help="The TOML file that says what the columns mean.")
@click.option("--article", type=click.Path(path_type=Path), help="The article: plain text or Markdown.")
@click.option("--dry-run", is_flag=True, help="Report what would happen and change nothing.")
@with_format
@with_database
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
        print_rows(
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
