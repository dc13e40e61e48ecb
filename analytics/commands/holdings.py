"""What the store holds, and whether it can be trusted."""

from __future__ import annotations

import sys
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.commands.printing import print_rows
from analytics.commands.program import cli, with_database, with_format
from analytics.store.database import open_store
from analytics.store.read import read_status
from analytics.store.surveys import read_surveys
from analytics.store.verify import verify_store


@cli.command()
@with_format
@with_database
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
    print_rows(pd.DataFrame(rows, columns=columns), form, empty="no survey yet: import one")


@cli.command()
@with_format
@with_database
def verify(form: str, db: str) -> None:
    """Recount every response and compare with the tally; fails where they differ."""
    found = verify_store(open_store(db))
    rows = [{"survey": v.survey, "responses": v.responses, "cells": v.cells, "wrong": len(v.wrong)} for v in found]
    frame = pd.DataFrame(rows, columns=["survey", "responses", "cells", "wrong"])
    print_rows(frame, form, empty="no survey yet: nothing to verify")
    sys.exit(1 if frame["wrong"].sum() else 0)
