"""Watches: listed, made of a link, taken out, paused, and looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import click
import pandas as pd

from analytics.commands.asking import linked
from analytics.commands.options import MOST_PERIODS, Amount, with_database, with_format
from analytics.commands.printing import print_rows
from analytics.figures.drawing.style import read_style, style_file
from analytics.language.said import noted, spoken, spoken_of
from analytics.model import first_asked
from analytics.model.watched import Watched, WatchedStatistic, WatchResult
from analytics.store.tables.opening import open_store
from analytics.store.tables.surveys import read_survey
from analytics.store.tables.watches import KeptWatch, keep_watch, pause_watch, read_watches, remove_watch
from analytics.watches.looking import result_of, watched
from analytics.watches.watch import watch_of
from analytics.words.watches import STATES, printed_sentence, told_words, unlooked_sentence

NOTHING = noted("Nothing moved.")


@click.group("watch")
def watch_commands() -> None:
    """Numbers that somebody wants to hear of when they move."""


@watch_commands.command("list")
@with_format
@with_database
def list_command(format_: str, db: str) -> None:
    """List the watches, how each stands, and when it was evaluated last."""
    engine, now = open_store(db), datetime.now(UTC)
    rows = [_row(result_of(kept, now)) for kept in read_watches(engine)]
    columns = [
        "survey", "watch", "statistic", "choice", "least", "every", "state", "now", "evaluated", "told", "owner",
        "recipients",
    ]  # fmt: skip
    print_rows(pd.DataFrame(rows, columns=columns), format_, empty="no watch yet: make one with 'watch add'")


@watch_commands.command("add")
@click.argument("link")
@click.option("--choice", metavar="VALUE", help="The answer or the net. Default: the first answer.")
@click.option(
    "--statistic", type=click.Choice(["share", "net", "mean"]), default="share", show_default=True,
    help="A share of an answer, a net, or the mean of a scale.",
)  # fmt: skip
@click.option(
    "--least", type=Amount(max=MOST_PERIODS), default=3.0, show_default=True,
    help="The least move worth a message: points, or scores of a mean.",
)  # fmt: skip
@click.option(
    "--every", type=click.Choice(["hour", "day"]), default="hour", show_default=True, help="How often to evaluate it."
)  # fmt: skip
@click.option("--owner", required=True, help="Who answers for it.")
@click.option("--to", "recipients", multiple=True, metavar="ADDRESS", help="Who is told; repeat for more.")
@click.option("--language", default="en", show_default=True, help="In which language is told.")
@with_database
def add_command(
    link: str, choice: str | None, statistic: WatchedStatistic, least: float, every: Any, owner: str,
    recipients: tuple[str, ...], language: str, db: str,
) -> None:  # fmt: skip
    """Watch the number that a LINK of a survey's page shows."""
    snapshot, request = linked(link, db)
    survey = snapshot.survey
    asked = survey.question(request.question) or first_asked(survey)
    if asked is not None:
        request = replace(request, question=asked.key)
    if choice is None:
        choice = asked.choices[0].value if statistic == "share" and asked is not None and asked.choices else ""
    new = watch_of(
        survey, request, statistic, choice, least=least, every=every, owner=owner, recipients=recipients,
        language=language, by=owner, now=datetime.now(UTC),
    )  # fmt: skip
    keep_watch(open_store(db), KeptWatch(new))
    click.echo(f"{survey.key}: watch '{new.watch_id}' kept")


@watch_commands.command("remove")
@click.argument("survey")
@click.argument("watch")
@with_database
def remove_command(survey: str, watch: str, db: str) -> None:
    """Take a watch out."""
    remove_watch(open_store(db), survey, watch)
    click.echo(f"{survey}: watch '{watch}' taken out")


@watch_commands.command("pause")
@click.argument("survey")
@click.argument("watch")
@click.option("--off", is_flag=True, help="Look at it again.")
@with_database
def pause_command(survey: str, watch: str, off: bool, db: str) -> None:
    """Have nobody look at a watch for a while."""
    pause_watch(open_store(db), survey, watch, None if off else datetime.now(UTC))
    click.echo(f"{survey}: watch '{watch}' {'is looked at again' if off else 'is paused'}")


@watch_commands.command("look")
@with_database
def look_command(db: str) -> None:
    """Evaluate the watches that are due, and say what moved: for a timer, once an hour."""
    engine, now = open_store(db), datetime.now(UTC)
    found = watched(engine, now=now)
    for line in told_lines(found, {one.watch.survey: _zone(engine, one) for one in found.results}):
        click.echo(line)


def told_lines(found: Watched, zones: dict[str, str]) -> list[str]:
    """What a look found, a line each: moves, printed numbers, watches that nobody looked at."""
    style = read_style(style_file())
    lines = [f"{told.title}: {told_words(told, style, zones.get(told.survey, 'UTC'))}" for told in found.fresh]
    lines += [printed_sentence(told, style) for told in found.published]
    if found.unlooked:
        lines.append(unlooked_sentence(len(found.unlooked), style))
    many = spoken_of(len(found.results), "{count} watch.", "{count} watches.")
    return lines or [f"{spoken(NOTHING)} {many}"]


def _zone(engine: Any, one: WatchResult) -> str:
    return read_survey(engine, one.watch.survey).time_zone


def _row(one: WatchResult) -> dict[str, object]:
    watch = one.watch
    times = [None if at is None else at.isoformat() for at in (watch.evaluated_at, watch.told_at)]
    return {
        "survey": watch.survey, "watch": watch.watch_id, "statistic": watch.statistic, "choice": watch.choice,
        "least": watch.least, "every": watch.every, "state": spoken(STATES[one.state]), "now": one.now,
        "evaluated": times[0], "told": times[1], "owner": watch.owner, "recipients": " ".join(watch.recipients),
    }  # fmt: skip
