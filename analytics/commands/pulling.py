"""Brings in new rows of a database table, once or on and on."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from analytics.commands.importing import print_report
from analytics.commands.options import with_database, with_format
from analytics.commands.stopping import until_stopped
from analytics.errors import RequestError, StoreError
from analytics.imports.definition.survey import read_definition
from analytics.imports.pull import pull
from analytics.model import ImportReport, Survey
from analytics.store.place.connections import Store
from analytics.store.tables.opening import open_store
from analytics.store.tables.surveys import read_survey

UNITS = {"s": 1, "m": 60, "h": 3600}


@click.command("pull")
@click.argument("survey", required=False)
@click.option("--definition", type=click.Path(path_type=Path), help="The TOML file whose [source] names the table.")
@click.option("--every", metavar="TIME", help="Look again and again, such as every 60s, 5m or 1h, until stopped.")
@with_format
@with_database
def pull_rows(survey: str | None, definition: Path | None, every: str | None, form: str, db: str) -> None:
    """Record what is new in the table or view that the survey is read from; each row once, by its own key."""
    if (survey is None) == (definition is None):
        raise click.UsageError("name a recorded survey, or with --definition the TOML file of one")
    seconds, store = _seconds(every), open_store(db)
    known = read_survey(store, survey or "") if definition is None else read_definition(definition)
    if seconds is None:
        report = pull(store, known, now=datetime.now(UTC))
        print_report(report, form)
        sys.exit(1 if report.faults else 0)
    _pull_on_and_on(store, known, seconds, form)


def _pull_on_and_on(store: Store, survey: Survey, seconds: int, form: str) -> None:
    """Pulls until stopped; a database that cannot be reached for a while is said, and asked again."""
    last: tuple[object, ...] = ()
    with until_stopped() as pause:
        while True:
            try:
                report = pull(store, survey, now=datetime.now(UTC))
            except StoreError as error:
                click.echo(f"{error}; looking again in {seconds} seconds", err=True)
            else:
                if report.stored or _told(report) != last:
                    print_report(report, form)
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
