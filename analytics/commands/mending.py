"""Mends surveys: edits, closes, opens and asks them again, removes them and brings them back; does what is due."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta

import click
import pandas as pd

from analytics.commands.options import MOST_DAYS, Command, FilePath, user_name, with_database, with_format
from analytics.commands.printing import print_rows
from analytics.database import clear_left_folders
from analytics.estimates.trust.doubts import keep_doubts
from analytics.imports.articles.found import picture_at
from analytics.language.dates import day_words
from analytics.language.said import speech, written
from analytics.model.edits import changes_meaning, edits_between, placed
from analytics.store.columns.making import make_columns
from analytics.store.people.keys import rotate_keys
from analytics.store.read.doubts import read_forgetful
from analytics.store.tables.opening import opened_store
from analytics.store.tables.pictures import drop_picture, put_picture
from analytics.store.tables.surveys import read_survey, read_surveys
from analytics.store.tend.editing import ask_again, ask_wave, close_survey, edit_survey, reopen_survey
from analytics.store.tend.forgetting import forget_due
from analytics.store.tend.removing import UNDO_DAYS, bring_back, purge_due, read_removed, remove_survey

KEY_DAYS = 30
"""So old the key gets by which a browser's answer at sign-in is known; then `tend` makes another."""


def with_name(command: Command) -> Command:
    return click.option(
        "--by", default=user_name, show_default="the system's name for you", metavar="NAME", help="Who does it."
    )(command)


@click.command()
@click.argument("survey")
@click.option("--set", "sets", multiple=True, metavar="PLACE=TEXT", help="What is to stand where; repeat for more.")
@click.option("--all-along", is_flag=True, help="It was asked like this all along, so that no trend breaks.")
@click.option("--run", is_flag=True, help="Do it, rather than show what would change.")
@with_name
@with_format
@with_database
def edit(survey: str, sets: tuple[str, ...], all_along: bool, run: bool, by: str, format_: str, db: str) -> None:
    """Edit title, wording, labels, order, article, dates, sample or mode. Without --set the places are listed."""
    values = dict(_pair(one) for one in sets)
    with opened_store(db) as engine:
        known = read_survey(engine, survey)
        if not values:
            rows = [{"place": place, "text": text} for place, text in placed(known).items()]
            print_rows(pd.DataFrame(rows), format_)
            return
        edits = edits_between(known, values)
        if run:
            edits = edit_survey(engine, survey, values, by=by, now=datetime.now(UTC), all_along=all_along)
    rows = [{"place": one.place, "before": one.before, "after": one.after} for one in edits]
    print_rows(pd.DataFrame(rows, columns=["place", "before", "after"]), format_, empty="nothing changes")
    if any(map(changes_meaning, edits)) and not all_along:
        click.echo(
            "A wording changes, so trends break here; --all-along says that it was asked like this before.", err=True
        )
    if edits and not run:
        click.echo("Nothing was changed yet: add --run", err=True)


def _pair(text: str) -> tuple[str, str]:
    place, is_there, value = text.partition("=")
    if not is_there:
        raise click.UsageError(f"'{text}' has no '=': write PLACE=TEXT, such as title=The river")
    return place.strip(), value


@click.command("picture")
@click.argument("survey")
@click.argument("place", metavar="[FILE|URL]", required=False)
@click.option("--alt", default="", metavar="TEXT", help="What it shows, for whoever does not see it.")
@click.option("--credit", default="", metavar="NAME", help="Whom to credit.")
@click.option("--drop", is_flag=True, help="Take out the one there is.")
@with_database
def picture_command(survey: str, place: str | None, alt: str, credit: str, drop: bool, db: str) -> None:
    """Keep a picture as that of the survey's article: a file, or an address on a host that ARTICLE_HOSTS allows."""
    if (place is None) != drop:
        raise click.UsageError("name a file or an address, or --drop")
    if place and "://" not in place:
        FilePath().convert(place, None, None)
    new = picture_at(place, alt=alt, credit=credit) if place else None
    with opened_store(db) as engine:
        if new is None:
            drop_picture(engine, survey)
        else:
            put_picture(engine, survey, new, now=datetime.now(UTC))
    click.echo(
        f"{survey} has no picture now"
        if new is None
        else f"{survey} has the picture: {written(len(new.content))} bytes"
    )


@click.command()
@click.argument("survey")
@with_name
@with_database
def close(survey: str, by: str, db: str) -> None:
    """Close a survey: no answer is taken any more, and its numbers count as final."""
    with opened_store(db) as engine:
        close_survey(engine, survey, by=by, now=datetime.now(UTC))
    click.echo(f"{survey} is closed")


@click.command()
@click.argument("survey")
@with_name
@with_database
def reopen(survey: str, by: str, db: str) -> None:
    """Let a closed survey take answers again."""
    with opened_store(db) as engine:
        reopen_survey(engine, survey, by=by, now=datetime.now(UTC))
    click.echo(f"{survey} is open")


@click.command("ask-again")
@click.argument("survey")
@click.argument("new_key", metavar="[NEW]", required=False)
@click.option("--wave", metavar="NAME", help="Another wave of the same survey, rather than a new one.")
@click.option("--title", default="", metavar="TEXT", help="The new survey's title; left out, the same.")
@click.option("--opens", type=click.DateTime(["%Y-%m-%d"]), help="Its first day.")
@with_name
@with_database
def ask_again_command(
    survey: str, new_key: str | None, wave: str | None, title: str, opens: datetime | None, by: str, db: str
) -> None:
    """Ask the same questions again: as a new survey without any answers, or as another wave."""
    if (new_key is None) == (wave is None):
        raise click.UsageError("name the key of the new survey, or a --wave")
    if wave is not None:
        with opened_store(db) as engine:
            ask_wave(engine, survey, wave, by=by, now=datetime.now(UTC))
        click.echo(f"{survey} is open for wave '{wave}'")
        return
    day: date | None = opens.date() if opens else None
    with opened_store(db) as engine:
        new = ask_again(engine, survey, str(new_key), title=title, opens=day, by=by, now=datetime.now(UTC))
    click.echo(f"{new.key} asks the questions of {survey} again: import its answers under that key")


@click.command()
@click.argument("survey")
@click.option(
    "--days", type=click.IntRange(0, MOST_DAYS), default=UNDO_DAYS, show_default=True, help="How long it can be undone."
)
@with_name
@with_database
def remove(survey: str, days: int, by: str, db: str) -> None:
    """Remove a survey. It can be brought back for some days; then `tend` deletes it for good."""
    with opened_store(db) as engine:
        gone = remove_survey(engine, survey, by=by, now=datetime.now(UTC), days=days)
    click.echo(
        f"{survey} is removed; until {day_words(gone.purge_at.date(), speech())} `bring-back {survey}` undoes it"
    )


@click.command("bring-back")
@click.argument("survey", required=False)
@with_name
@with_format
@with_database
def bring_back_command(survey: str | None, by: str, format_: str, db: str) -> None:
    """Bring a removed survey back as it was. Without SURVEY the removed ones are listed."""
    with opened_store(db) as engine:
        if survey is not None:
            bring_back(engine, survey, by=by, now=datetime.now(UTC))
            click.echo(f"{survey} is back")
            return
        found = read_removed(engine)
    rows = [
        {"survey": one.key, "title": one.title, "removed_at": one.removed_at.isoformat(), "by": one.removed_by,
         "until": one.purge_at.isoformat()}
        for one in found
    ]  # fmt: skip
    print_rows(
        pd.DataFrame(rows, columns=["survey", "title", "removed_at", "by", "until"]), format_, empty="none is removed"
    )


@click.command()
@with_database
def tend(db: str) -> None:
    """Do what is due by the clock: delete removed surveys for good, keep doubts, forget hashes and referrers.

    It renews the columns of large surveys too, and clears away uploads that a killed server left.

    To be run by a timer, such as once an hour.
    """
    clear_left_folders()
    with opened_store(db) as engine:
        gone = purge_due(engine, now=datetime.now(UTC))
        rotate_keys(engine, "sign-in", now=datetime.now(UTC), after=timedelta(days=KEY_DAYS))
        doubted = sum(keep_doubts(engine, key) for key in read_forgetful(engine))
        forgotten = forget_due(engine, now=datetime.now(UTC))
        made = [survey.key for survey in read_surveys(engine) if make_columns(engine, survey.key)]
    for key in gone:
        click.echo(f"{key} is deleted for good")
    for key in made:
        click.echo(f"{key}: its columns are up to date")
    if forgotten.hashes or forgotten.salts:
        click.echo(f"{written(forgotten.hashes)} answers lost their hashes, {written(forgotten.salts)} salts are gone")
    if doubted:
        click.echo(f"{written(doubted)} reasons for doubting a response are kept")
    if forgotten.referrers:
        click.echo(f"{written(forgotten.referrers)} answers lost their referrer")
    if not gone and not made and not doubted and not any(vars(forgotten).values()):
        click.echo("nothing is due")
    sys.exit(0)
