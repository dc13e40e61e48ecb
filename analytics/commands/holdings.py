"""What the store holds, and whether it can be trusted."""

from __future__ import annotations

import sys
from zoneinfo import ZoneInfo

import click
import pandas as pd

from analytics.commands.printing import print_rows
from analytics.commands.program import cli, with_database, with_format
from analytics.model import Unfinished
from analytics.store.database import open_store, opened_store
from analytics.store.import_log import read_unfinished
from analytics.store.place import sqlite_warning
from analytics.store.read import read_status
from analytics.store.surveys import read_surveys
from analytics.store.tally import KEY
from analytics.store.verify import Verification, heal_store, verify_store

SHOWN_WRONG = 20


@cli.command()
@with_format
@with_database
def surveys(form: str, db: str) -> None:
    """List the surveys with how many responses each has."""
    engine = open_store(db)
    rows, unfinished = [], read_unfinished(engine)
    for survey in read_surveys(engine):
        status = read_status(engine, survey.key)
        times = [
            None if at is None else at.astimezone(ZoneInfo(survey.time_zone)).isoformat()
            for at in (status.first_at, status.last_at)
        ]
        rows.append(
            {"survey": survey.key, "title": survey.title, "questions": len(survey.questions), "counted": status.counted,
             "quarantined": status.quarantined, "first": times[0], "last": times[1], "simulated": survey.simulated,
             "unfinished": len(unfinished.get(survey.key, ()))}
        )  # fmt: skip
    columns = ["survey", "title", "questions", "counted", "quarantined", "first", "last", "simulated", "unfinished"]
    print_rows(pd.DataFrame(rows, columns=columns), form, empty="no survey yet: import one")
    _say_unfinished(unfinished)


@cli.command()
@click.option("--heal", is_flag=True, help="Set the sums that are wrong to their recount; touches no other.")
@with_format
@with_database
def verify(heal: bool, form: str, db: str) -> None:
    """Recount every response and compare with the tally; fails where they differ, unless they are healed."""
    with opened_store(db) as engine:
        unfinished = read_unfinished(engine)
        found = heal_store(engine) if heal else verify_store(engine)
    rows = [
        {"survey": v.survey, "responses": v.responses, "cells": v.cells, "wrong": len(v.wrong),
         "healed": len(v.wrong) if heal else 0, "unfinished": len(unfinished.get(v.survey, ()))}
        for v in found
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["survey", "responses", "cells", "wrong", "healed", "unfinished"])
    print_rows(frame, form, empty="no survey yet: nothing to verify")
    _say_unfinished(unfinished)
    if "://" not in db and (warning := sqlite_warning()):
        click.echo(warning, err=True)
    for one in found:
        _say_wrong(one, heal)
    sys.exit(1 if frame["wrong"].sum() and not heal else 0)


def _say_wrong(found: Verification, healed: bool) -> None:
    for cell in found.wrong.head(SHOWN_WRONG).to_dict("records"):
        place = ", ".join(f"{name} {cell[name]}" for name in KEY)
        then = "healed" if healed else "run verify --heal to set it right"
        same = " (as many, but others)" if cell["n_tally"] == cell["n_recount"] else ""
        counts = f"has {cell['n_tally']:,}, a recount {cell['n_recount']:,}{same}"
        click.echo(f"{found.survey}: cell {place} {counts}: {then}", err=True)
    if len(found.wrong) > SHOWN_WRONG:
        click.echo(f"{found.survey}: the first {SHOWN_WRONG} of {len(found.wrong):,} wrong cells are named", err=True)


def _say_unfinished(unfinished: dict[str, tuple[Unfinished, ...]]) -> None:
    for survey, imports in unfinished.items():
        for one in imports:
            begun = f"begun {one.started_at:%-d %B %Y at %H:%M} UTC"
            left = f"{one.read:,} rows are in: it is under way, or was cut off and has to be run again"
            click.echo(f"{survey}: the import of {one.file}, {begun}, is unfinished; {left}", err=True)
