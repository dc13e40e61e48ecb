"""What the store holds, and whether it can be trusted."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click
import pandas as pd

from analytics.commands.options import with_database, with_format
from analytics.commands.printing import print_rows
from analytics.errors import StoreError
from analytics.estimates.health import alarms, waiting_words
from analytics.estimates.usable import clock_of
from analytics.language.said import written
from analytics.model import Status, Survey
from analytics.store.columns.tending import verify_columns
from analytics.store.place.damage import damaged, found_damage
from analytics.store.read.status import read_status
from analytics.store.tables.opening import opened_store
from analytics.store.tables.sums import KEY
from analytics.store.tables.surveys import read_surveys
from analytics.store.tend.health import Health, note_verified, read_health
from analytics.store.tend.verify import Verification, heal_store, verify_store

SHOWN_WRONG = 20


@click.command()
@with_format
@with_database
def surveys(format_: str, db: str) -> None:
    """List the surveys with how many responses each has."""
    with opened_store(db) as engine:
        health = read_health(engine)
        rows = [_listed(survey, read_status(engine, survey.key), health) for survey in read_surveys(engine)]
    columns = ["survey", "title", "questions", "counted", "quarantined", "first", "last", "simulated", "unfinished"]
    print_rows(pd.DataFrame(rows, columns=[*columns, "waiting"]), format_, empty="no survey yet: import one")
    _say_health(health)


def _listed(survey: Survey, status: Status, health: Health) -> dict[str, object]:
    zone = clock_of(survey)
    first, last = (None if at is None else at.astimezone(zone).isoformat() for at in (status.first_at, status.last_at))
    return {
        "survey": survey.key, "title": survey.title, "questions": len(survey.questions), "counted": status.counted,
        "quarantined": status.quarantined, "first": first, "last": last, "simulated": survey.simulated,
        "unfinished": len(health.unfinished.get(survey.key, ())), "waiting": health.waiting.get(survey.key, 0),
    }  # fmt: skip


@click.command()
@click.option("--heal", is_flag=True, help="Set the sums that are wrong to their recount; touches no other.")
@with_format
@with_database
def verify(heal: bool, format_: str, db: str) -> None:
    """Recount every response and compare with the tally; fails where they differ, unless they are healed."""
    with opened_store(db) as engine:
        damage, now = found_damage(engine), datetime.now(UTC)
        if damage:
            raise damaged(engine, "; ".join(damage))
        found = heal_store(engine) if heal else verify_store(engine)
        try:
            note_verified(engine, found, healed=heal, now=now)
        except StoreError as error:  # who may only read can verify too
            click.echo(f"what was found is not kept for the pages: {error}", err=True)
        columns, health = verify_columns(engine, heal=heal), read_health(engine)
    rows = [
        {"survey": v.survey, "responses": v.responses, "cells": v.cells, "wrong": len(v.wrong),
         "healed": len(v.wrong) if heal else 0, "unfinished": len(health.unfinished.get(v.survey, ()))}
        for v in found
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["survey", "responses", "cells", "wrong", "healed", "unfinished"])
    print_rows(frame, format_, empty="no survey yet: nothing to verify")
    _say_health(health)
    if health.warning:
        click.echo(health.warning, err=True)
    for one in found:
        _say_wrong(one, heal)
    for key, fault in columns.items():
        then = "taken away" if heal else "run verify --heal to take them away"
        click.echo(f"{key}: its columns cannot be used: {fault}: {then}; they are made anew when needed", err=True)
    sys.exit(1 if (frame["wrong"].sum() or columns) and not heal else 0)


def _say_wrong(found: Verification, healed: bool) -> None:
    for cell in found.wrong.head(SHOWN_WRONG).to_dict("records"):
        place = ", ".join(f"{name} {cell[name]}" for name in KEY)
        then = "healed" if healed else "run verify --heal to set it right"
        same = " (as many, but others)" if cell["n_tally"] == cell["n_recount"] else ""
        counts = f"has {written(cell['n_tally'])}, a recount {written(cell['n_recount'])}{same}"
        click.echo(f"{found.survey}: cell {place} {counts}: {then}", err=True)
    if len(found.wrong) > SHOWN_WRONG:
        click.echo(
            f"{found.survey}: the first {SHOWN_WRONG} of {written(len(found.wrong))} wrong cells are named", err=True
        )


def _say_health(health: Health) -> None:
    waits = [waiting_words(health)] if health.waiting and not health.is_late else []
    for sentence in [*alarms(health), *waits]:
        click.echo(sentence, err=True)
