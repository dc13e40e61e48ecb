"""Records files of responses."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import pandas as pd

from analytics.commands.printing import print_rows
from analytics.commands.program import cli, with_database, with_format
from analytics.commands.proposing import tell_proposal, write_definition
from analytics.errors import one_sentence_each
from analytics.imports.answers.changes import accepted
from analytics.imports.articles.fetch import article_at
from analytics.imports.definition.survey import read_definition
from analytics.imports.propose import propose
from analytics.imports.reading.tables import foreign_encoding
from analytics.imports.record import faults_written, record_files
from analytics.imports.rehearse import rehearse_files
from analytics.model import Article, ImportReport, Survey
from analytics.store.tables.opening import open_rehearsal, open_store


@cli.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--definition", type=click.Path(path_type=Path), help="The TOML file that says what the columns mean.")
@click.option(
    "--structure",
    type=click.Path(path_type=Path),
    help="The .lss file of a LimeSurvey survey: its labels and their order.",
)
@click.option("--time-zone", metavar="ZONE", help="The zone of the file's times, where no definition says it.")
@click.option(
    "--write-definition",
    "written",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Save the definition, proposed or changed, to this TOML file.",
)
@click.option(
    "--accept-changes", is_flag=True, help="Import although a wording, a label or an order is not what it was."
)
@click.option("--article", metavar="FILE|URL", help="The article: text, Markdown or HTML; or its allowed address.")
@click.option("--dry-run", is_flag=True, help="Report what would happen and change nothing.")
@click.option(
    "--report",
    "report_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every row kept aside or rejected to this CSV file, with its line and the reason.",
)
@with_format
@with_database
def import_files(
    files: tuple[Path, ...],
    definition: Path | None,
    structure: Path | None,
    time_zone: str | None,
    written: Path | None,
    accept_changes: bool,
    article: str | None,
    dry_run: bool,
    report_file: Path | None,
    form: str,
    db: str,
) -> None:
    """Record the responses of one or more files. Rows already recorded are recognised and not counted twice.

    Without --definition the first file shows what its columns mean, and that is told.
    """
    if definition is not None and (structure is not None or time_zone is not None):
        raise click.UsageError("--structure and --time-zone go into a definition: name them without --definition")
    survey = read_definition(definition) if definition else _proposed(files[0], structure, time_zone)
    if accept_changes:
        survey = _accepted(files, survey)
    if article is not None:
        survey = replace(survey, article=_joined_article(survey.article, article_at(article)))
    if written is not None:
        write_definition(survey, written, known=definition)
    engine, now = open_rehearsal(db) if dry_run else open_store(db), datetime.now(UTC)
    with faults_written(report_file) as tell:
        if dry_run:
            report = rehearse_files(engine, survey, files, now=now, tell=tell)
        else:
            report = record_files(engine, survey, files, now=now, tell=tell, progress=_show_progress)
    for file in files:
        if (written_as := foreign_encoding(file, survey.file.encoding)) is not None:
            click.echo(f"{file.name}: read as {written_as}", err=True)
    print_report(report, form, dry_run)
    sys.exit(1 if report.faults else 0)


def _proposed(file: Path, structure: Path | None, time_zone: str | None) -> Survey:
    proposal = propose(file, structure=structure, time_zone=time_zone)
    tell_proposal(proposal, file.name)
    return proposal.survey


def _accepted(files: tuple[Path, ...], survey: Survey) -> Survey:
    for file in files:
        survey = accepted(file, survey)
    return survey


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


def _as_json(report: ImportReport) -> dict[str, Any]:
    names = ("survey", "read", "stored", "duplicate", "quarantined", "rejected")
    faults = [asdict(fault) for fault in report.faults]
    return {name: getattr(report, name) for name in names} | {"faults": faults}


def print_report(report: ImportReport, form: str, dry_run: bool = False) -> None:
    for file, at in report.known_files:
        click.echo(f"{file}: the same file was imported before, on {at.day} {at:%B %Y at %H:%M} UTC", err=True)
    if form == "json":
        click.echo(json.dumps(_as_json(report), ensure_ascii=False, indent=1))
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
    if report.fault_count > len(report.faults):
        shown = f"these are the first {len(report.faults):,} of {report.fault_count:,} faults"
        click.echo(f"{shown}: --report FILE.csv writes them all", err=True)
    if report.replaced:
        click.echo(f"{report.replaced:,} characters that no database can hold were replaced by U+FFFD", err=True)
    click.echo(
        f"{report.survey}: read {report.read:,} = stored {report.stored:,} + duplicate {report.duplicate:,} "
        f"+ quarantined {report.quarantined:,} + rejected {report.rejected:,}"
        + (" (dry run: nothing was changed)" if dry_run else "")
    )
