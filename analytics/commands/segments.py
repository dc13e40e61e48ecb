"""Segments: kept, listed, taken out, and put side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click
import pandas as pd

from analytics.commands.asking import asked_for, selection_of
from analytics.commands.options import with_database, with_format, with_selection
from analytics.commands.printing import print_rows
from analytics.commands.printing_views import print_comparisons
from analytics.estimates.groups.segments import named_segments, segment_differences, segment_of
from analytics.estimates.usable import usable
from analytics.estimates.views.choose import check_selection
from analytics.model import Segment, Survey
from analytics.store.tables.opening import open_store
from analytics.store.tables.segments import delete_segment, read_segments, save_segment
from analytics.store.tables.surveys import read_survey


@click.group("segments")
def segments_commands() -> None:
    """Groups of readers kept under a name."""


@segments_commands.command("list")
@click.argument("survey")
@with_format
@with_database
def list_command(survey: str, format_: str, db: str) -> None:
    """List the segments of a survey."""
    engine = open_store(db)
    asked = usable(read_survey(engine, survey))
    rows = [_row(asked, segment) for segment in read_segments(engine, survey)]
    columns = ["segment", "name", "description", "where", "since", "until", "standing"]
    print_rows(pd.DataFrame(rows, columns=columns), format_, empty="no segment yet: keep one with 'segments save'")


@segments_commands.command("save")
@click.argument("survey")
@click.argument("segment")
@click.option("--name", help="How people read it. Default: the key itself.")
@click.option("--description", default="", help="Who they are, in a sentence.")
@click.option("--where", multiple=True, metavar="KEY=VALUE[,VALUE...]", help="Only these; repeat for more.")
@click.option("--since", metavar="T", help="From this hour on, in the survey's zone.")
@click.option("--until", metavar="T", help="Up to this hour, itself not included.")
@click.option(
    "--standing", type=click.Choice(["counted", "first", "with screened"]), default="counted", show_default=True,
    help="Which responses: those that count, the first of everybody, or those set aside as well.",
)  # fmt: skip
@with_database
def save_command(
    survey: str, segment: str, name: str | None, description: str, where: tuple[str, ...], since: str | None,
    until: str | None, standing: Any, db: str,
) -> None:  # fmt: skip
    """Keep a segment, in place of one of the same key."""
    engine = open_store(db)
    asked = usable(read_survey(engine, survey))
    request = selection_of(asked, where=where, since=since, until=until, standing=standing)
    check_selection(asked, request)
    new = segment_of(request, segment, name or segment, description)
    before = save_segment(engine, survey, new, now=datetime.now(UTC))
    click.echo(f"{survey}: segment '{segment}' {'kept' if before is None else 'changed'}")


@segments_commands.command("delete")
@click.argument("survey")
@click.argument("segment")
@with_database
def delete_command(survey: str, segment: str, db: str) -> None:
    """Take a segment out."""
    delete_segment(open_store(db), survey, segment)
    click.echo(f"{survey}: segment '{segment}' taken out")


@segments_commands.command("compare")
@click.argument("survey")
@click.argument("question")
@click.option("--segment", "keys", multiple=True, required=True, metavar="KEY", help="Two or more; repeat.")
@click.option("--choice", metavar="VALUE", help="Compare this choice or net alone.")
@click.option(
    "--correction", type=click.Choice(["bh", "holm", "bonferroni"]), default="bh", show_default=True,
    help="For many comparisons: Benjamini-Hochberg, Holm or Bonferroni.",
)  # fmt: skip
@with_selection
def compare_command(
    survey: str, question: str, keys: tuple[str, ...], choice: str | None, correction: Any, format_: str, db: str,
    **options: Any,
) -> None:  # fmt: skip
    """How far segments differ, two by two."""
    snapshot, request = asked_for(survey, db, options)
    chosen = named_segments(snapshot.segments(), keys, snapshot.survey)
    asked = replace(request, question=question)
    found = segment_differences(snapshot, asked, chosen, correction=correction, choice=choice)
    print_comparisons(found, format_)


def _row(survey: Survey, segment: Segment) -> dict[str, object]:
    readers, zone = segment.readers, ZoneInfo(survey.time_zone)
    times = [None if at is None else at.astimezone(zone).isoformat() for at in (readers.since, readers.until)]
    where = "; ".join(f"{key}={','.join(values)}" for key, values in readers.where)
    return {
        "segment": segment.key, "name": segment.name, "description": segment.description, "where": where,
        "since": times[0], "until": times[1], "standing": readers.standing,
    }  # fmt: skip
