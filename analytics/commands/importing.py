"""Proposes, rehearses and records files of responses, and pulls new rows of a database table."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import pandas as pd

from analytics.commands.options import FilePath, user_name, with_database, with_format
from analytics.commands.output import whole_file
from analytics.commands.printing import print_rows
from analytics.commands.stopping import until_stopped
from analytics.errors import OpenReading, RequestError, StoreError, one_sentence_each
from analytics.imports.answers.changes import accepted
from analytics.imports.articles.found import article_at
from analytics.imports.definition.survey import read_definition
from analytics.imports.definition.text import definition_text
from analytics.imports.outcome import outcome_of, refuse_empty
from analytics.imports.propose import Proposal, propose
from analytics.imports.pull import pull
from analytics.imports.reading.doubts import unclear
from analytics.imports.reading.tables import foreign_encoding
from analytics.imports.record import faults_written, record_files
from analytics.imports.rehearse import rehearse_files
from analytics.language.said import moment_written, written
from analytics.model import Article, FileNotes, ImportReport, Question, Survey
from analytics.model.access import Importer
from analytics.store.columns.files import ColumnsError
from analytics.store.columns.making import make_columns
from analytics.store.people.accounts import read_desk_names, read_desks
from analytics.store.place.connections import Store
from analytics.store.tables.opening import open_rehearsal, open_store
from analytics.store.tables.pictures import put_picture
from analytics.store.tables.surveys import find_survey, read_survey

SHOWN = 60


def tell_proposal(proposal: Proposal, file: str) -> None:
    """Prints the proposal where messages go, so that what a program reads stays as it is."""
    click.echo("\n".join(proposal_lines(proposal, file)), err=True)


def proposal_lines(proposal: Proposal, file: str) -> list[str]:
    """Returns the proposal as lines for people.

    Example:
        >>> from analytics.imports.propose import ColumnProposal
        >>> from analytics.model import Question
        >>> asked = Question("q1", "Agreed?", "text", "q1")
        >>> survey = Survey("river", "River", "UTC", (asked,))
        >>> column = ColumnProposal("id", "id", "a number of its own for every row")
        >>> for line in proposal_lines(Proposal("a plain table", "UTF-8", survey, (column,)), "river.csv"):
        ...     print(line)
        river.csv: a plain table in UTF-8, taken for the survey 'river'
          id: id (a number of its own for every row)
        questions:
          q1 (text): Agreed?
    """
    written = f" in {proposal.encoding}" if proposal.encoding else ""
    return [
        f"{file}: {proposal.tool}{written}, taken for the survey '{proposal.survey.key}'",
        *(f"  {short(one.name)}: {one.taken_for} ({one.why})" for one in proposal.columns),
        "questions:",
        *(f"  {one.key} ({one.kind}): {short(one.text)}{answers(one)}" for one in proposal.survey.questions),
        *(["dimensions:"] if proposal.survey.dimensions else []),
        *(
            f"  {one.key}: {', '.join(level.label for level in one.levels) or 'as found'}"
            for one in proposal.survey.dimensions
        ),
        *(f"note: {note}" for note in proposal.notes),
    ]


def answers(question: Question) -> str:
    """Returns the choices of a question as its line ends with them."""
    return f" [{', '.join(short(choice.label) for choice in question.choices)}]" if question.choices else ""


def short(text: str) -> str:
    """Returns the text on one line, cut where it is long.

    Example:
        >>> short("Which?" + " x" * 40)[-5:]
        'x ...'
    """
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 4].rstrip() + " ..."


def write_definition(survey: Survey, path: Path, *, known: Path | None) -> None:
    """Writes the survey as a definition, over the one that it was read from but over no other file."""
    if os.path.lexists(path) and (known is None or os.path.realpath(path) != os.path.realpath(known)):
        raise click.UsageError(f"--write-definition {path}: there is a file of that name: name another, or delete it")
    with whole_file(path) as file:
        file.write(definition_text(survey).encode())
    click.echo(f"the definition is in {path}: change it there, and import with --definition {path}", err=True)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--definition", type=FilePath(), help="The TOML file that says what the columns mean.")
@click.option(
    "--structure",
    type=FilePath(),
    help="The .lss file of a LimeSurvey survey, or a code book as .csv or .xlsx: labels and their order.",
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
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook that has several.")
@click.option("--separator", metavar="MARK", help='What stands between the cells of a text file, such as ";" or "tab".')
@click.option(
    "--dates",
    type=click.Choice(["day-first", "month-first"]),
    help="What comes first in dates such as 03/04/2024, where the file does not decide it.",
)
@click.option(
    "--commas",
    type=click.Choice(["thousands", "decimals"]),
    help="What the mark in numbers such as 1,250 or 1.250 means, where the file does not decide it.",
)
@click.option(
    "--boxes",
    type=click.Choice(["1", "2", "apart"]),
    help="Which number is a tick in boxes of 1 and 2; or apart, where each column is a question.",
)
@click.option(
    "--options",
    type=click.Choice(["together", "apart"]),
    help="Whether neighbouring columns of 1 and 0 are options of one question, where the file does not decide it.",
)
@click.option(
    "--codes",
    type=click.Choice(["answers", "steps", "by-range"]),
    help="Whether bare numbers, such as 1 to 5, stand for answers or are the steps of a scale.",
)
@click.option(
    "--joined",
    type=click.Choice(["several", "one"]),
    help="Whether a cell such as Bus/Tram holds several answers or one, where the file does not decide it.",
)
@click.option(
    "--unfinished",
    type=click.Choice(["left-out", "counted"]),
    help="Whether responses count that the tool calls unfinished; left out without it.",
)
@click.option(
    "--unanswered",
    type=click.Choice(["counted", "left-out"]),
    help="Whether words for no answer, such as Refused or -99, count; counted and told, or asked, without it.",
)
@click.option(
    "--tests",
    type=click.Choice(["counted", "left-out"]),
    help="Whether rows count in which somebody wrote that it is a test, such as TEST please ignore.",
)
@click.option("--desk", "desks", multiple=True, help="A new survey is for the people of this desk; repeat for more.")
@click.option("--accept-rejected", is_flag=True, help="Import although more than one row in twenty cannot be read.")
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
    sheet: str | None,
    separator: str | None,
    dates: str | None,
    commas: str | None,
    boxes: str | None,
    options: str | None,
    codes: str | None,
    joined: str | None,
    unfinished: str | None,
    unanswered: str | None,
    tests: str | None,
    desks: tuple[str, ...],
    accept_rejected: bool,
    dry_run: bool,
    report_file: Path | None,
    format_: str,
    db: str,
) -> None:
    """Record the responses of one or more files. Rows already recorded are recognised and not counted twice.

    Without --definition the first file shows what its columns mean, and that is told. Where it can be read in two ways,
    the command asks for --sheet, --separator, --dates, --commas, --boxes, --options, --codes, --joined, --unanswered
    or --tests.
    """
    if definition is not None and (structure is not None or time_zone is not None):
        raise click.UsageError("--structure and --time-zone go into a definition: name them without --definition")
    if definition is not None and dates is not None:
        raise click.UsageError("--dates goes into a definition as responded_at_format: name it without --definition")
    readings = {
        "commas": commas, "boxes": boxes, "options": options, "codes": codes, "joined": joined,
        "unfinished": unfinished, "unanswered": unanswered, "tests": tests,
    }  # fmt: skip
    chosen = {about: reading for about, reading in readings.items() if reading is not None}
    if definition is not None and chosen:
        named = " and ".join(f"--{about}" for about in chosen)
        raise click.UsageError(f"{named} belongs into a definition: name it without --definition")
    stated = FileNotes(sheet=sheet, separator=_MARKS.get((separator or "").casefold(), separator))
    if definition is not None:
        survey = _as_stated(read_definition(definition), stated)
    else:
        chosen |= {"dates": dates} if dates is not None else {}
        survey = _proposed(files[0], structure, time_zone, stated, chosen)
    if accept_changes:
        survey = _accepted(files, survey)
    picture = None
    if article is not None:
        found = article_at(article)
        survey, picture = replace(survey, article=_joined_article(survey.article, found.article)), found.picture
        if found.fault:
            click.echo(f"the picture of the article was not taken along: {found.fault}", err=True)
    if written is not None:
        write_definition(survey, written, known=definition)
    engine, now = open_rehearsal(db) if dry_run else open_store(db), datetime.now(UTC)
    with faults_written(report_file) as tell:
        if dry_run:
            report = rehearse_files(engine, survey, files, now=now, tell=tell)
            if definition is None and not report.read and find_survey(engine, survey.key) is None:
                refuse_empty(files[0].name)
        else:
            report = record_files(
                engine, survey, files, now=now, tell=tell, progress=_show_progress, accept_lost=accept_rejected,
                accept_empty=definition is not None, importer=Importer(user_name(), chosen=frozenset(desks)),
            )  # fmt: skip
            if not desks and read_desk_names(engine) and not read_desks(engine).get(survey.key):
                click.echo(f"everybody who is admitted sees it: desks {survey.key} DESK says whose it is", err=True)
            try:
                make_columns(engine, survey.key, _show_columns)
            except ColumnsError as fault:  # the answers are in, and can be counted without
                click.echo(str(fault), err=True)
            if picture is not None:
                put_picture(engine, survey.key, picture, now=now)
    for file in files:
        if (written_as := foreign_encoding(file, survey.file.encoding)) is not None:
            click.echo(f"{file.name}: read as {written_as}", err=True)
    print_report(report, format_, dry_run)
    sys.exit(_status(report))


def _as_stated(survey: Survey, stated: FileNotes) -> Survey:
    """Returns the survey whose files have the sheet and the separator that were named."""
    named = {name: value for name in ("sheet", "separator") if (value := getattr(stated, name)) is not None}
    return replace(survey, file=replace(survey.file, **named))


def _proposed(
    file: Path, structure: Path | None, time_zone: str | None, stated: FileNotes, chosen: Mapping[str, str]
) -> Survey:
    proposal = propose(file, structure=structure, time_zone=time_zone, stated=stated, chosen=chosen)
    if proposal.doubts:
        raise OpenReading(unclear(file.name, proposal.doubts))
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


_MARKS = {"tab": "\t", "comma": ",", "semicolon": ";", "bar": "|"}


def _show_progress(report: ImportReport) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{written(report.read)} rows read", nl=False, err=True)


def _show_columns(done: int, of: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\rcolumns of {100 * done // max(of, 1)} % of the responses", nl=done >= of, err=True)


FAULT_COLUMNS = ["file", "line", "place", "found", "expected"]


def _status(report: ImportReport) -> int:
    """Returns the exit status: rows that are left out as no reader's answers are no fault.

    Example:
        >>> _status(ImportReport("river", 9, 7, 0, 0, 2, left_out=2, fault_count=2))
        0
    """
    return 1 if report.fault_count > report.left_out else 0


def _as_json(report: ImportReport) -> dict[str, Any]:
    names = ("survey", "read", "stored", "duplicate", "quarantined", "rejected")
    faults = [{name: getattr(fault, name) for name in FAULT_COLUMNS} for fault in report.faults]
    return {name: getattr(report, name) for name in names} | {"faults": faults}


def print_report(report: ImportReport, format_: str, dry_run: bool = False) -> None:
    for file, at in report.known_files:
        click.echo(f"{file}: the same file was imported before, on {moment_written(at)} UTC", err=True)
    if format_ == "json":
        click.echo(json.dumps(_as_json(report), ensure_ascii=False, indent=1))
        return
    if format_ == "csv":
        print_rows(pd.DataFrame([asdict(fault) for fault in report.faults], columns=FAULT_COLUMNS), format_)
        return
    if report.faults:
        click.echo(one_sentence_each(report.faults), err=True)
    outcome = outcome_of(report)
    if report.fault_count > len(outcome.reasons):
        click.echo("the commonest reasons:", err=True)
        click.echo("\n".join(f"  {reason}" for reason in outcome.reasons), err=True)
    if outcome.left_out:
        click.echo(f"{written(outcome.left_out)} of the rejected rows are left out as no reader's answers", err=True)
    if outcome.asks:
        click.echo(f"WARNING: {written(outcome.aside + outcome.rejected)} rows of readers are not counted", err=True)
    if report.fault_count > len(report.faults):
        shown = f"these are the first {written(len(report.faults))} of {written(report.fault_count)} faults"
        click.echo(f"{shown}: --report FILE.csv writes them all", err=True)
    if report.replaced:
        click.echo(f"{written(report.replaced)} characters that no database can hold were replaced by U+FFFD", err=True)
    click.echo(
        f"{report.survey}: read {written(report.read)} = stored {written(report.stored)} + duplicate "
        f"{written(report.duplicate)} "
        f"+ quarantined {written(report.quarantined)} + rejected {written(report.rejected)}"
        + (" (dry run: nothing was changed)" if dry_run else "")
    )


UNITS = {"s": 1, "m": 60, "h": 3600}


@click.command("pull")
@click.argument("survey", required=False)
@click.option("--definition", type=FilePath(), help="The TOML file whose [source] names the table.")
@click.option("--every", metavar="TIME", help="Look again and again, such as every 60s, 5m or 1h, until stopped.")
@with_format
@with_database
def pull_rows(survey: str | None, definition: Path | None, every: str | None, format_: str, db: str) -> None:
    """Record what is new in the table or view that the survey is read from; each row once, by its own key."""
    if (survey is None) == (definition is None):
        raise click.UsageError("name a recorded survey, or with --definition the TOML file of one")
    seconds, store = _seconds(every), open_store(db)
    known = read_survey(store, survey or "") if definition is None else read_definition(definition)
    if seconds is None:
        report = pull(store, known, now=datetime.now(UTC))
        print_report(report, format_)
        sys.exit(_status(report))
    _pull_on_and_on(store, known, seconds, format_)


def _pull_on_and_on(store: Store, survey: Survey, seconds: int, format_: str) -> None:
    """Pulls until stopped; a database that cannot be reached for a while is said, and asked again."""
    last: tuple[object, ...] = ()
    with until_stopped() as pause:
        while True:
            try:
                report = pull(store, survey, now=datetime.now(UTC))
            except StoreError as error:
                click.echo(f"{error}; looking again in {written(seconds)} seconds", err=True)
            else:
                if report.stored or _told(report) != last:
                    print_report(report, format_)
                last = _told(report)
            pause(seconds)
    click.echo("stopped: everything reported is recorded", err=True)


def _told(report: ImportReport) -> tuple[object, ...]:
    return report.quarantined, report.rejected, report.faults


def _seconds(every: str | None) -> int | None:
    if every is None:
        return None
    found = re.fullmatch(r"([1-9][0-9]{0,5})([smh])", every)
    if found is None:
        raise RequestError(f"--every is '{every}', expected a time such as 60s, 5m or 1h")
    return int(found[1]) * UNITS[found[2]]
