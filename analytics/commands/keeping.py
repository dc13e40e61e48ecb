"""What counts and what is kept: screens responses out, restores them, erases them for good."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from heapq import merge
from itertools import accumulate
from operator import itemgetter
from pathlib import Path
from typing import Any

import click
import pandas as pd

from analytics.commands.options import MOST_ROWS, Command, FilePath, with_database, with_format
from analytics.commands.printing import print_rows
from analytics.estimates.usable import clock_of
from analytics.language.said import written
from analytics.store.people.looks import MOST_LINES, broken_looks, count_looks, read_looks
from analytics.store.place.connections import Store
from analytics.store.tables.opening import opened_store
from analytics.store.tables.surveys import read_survey
from analytics.store.tend.keeping import (
    FORGOTTEN,
    erase_responses,
    erase_words,
    read_audit,
    restore_responses,
    screen_responses,
)
from analytics.store.tend.last_words import ErasureReach
from analytics.store.tend.tombstones import append_tombstones, erase_again, read_tombstones, tombstones_of

MOST_NAMED = 20
OLD_PAGES = "the file still holds old pages that somebody is reading: run this again to drop them"
LOGGED = (
    "The server's own log and samples may still hold what was erased. Whoever keeps the server sets wal_recycle = off, "
    f"and runs: {'; '.join(map(str, FORGOTTEN))}"
)
NOT_KNOWN = "once they have been imported again, run this again"


def with_erasure_log(command: Command) -> Command:
    return click.option(
        "--log", type=FilePath(), envvar="ERASURE_LOG",
        help="Where what was erased is kept, as salted hashes, for a backup that may be restored (also ERASURE_LOG).",
    )(command)  # fmt: skip


def with_responses(command: Command) -> Command:
    return click.option(
        "--response", "responses", multiple=True, metavar="KEY", help="A response's own id; repeat for more."
    )(command)


@click.command()
@click.argument("survey")
@with_responses
@click.option("--rule", required=True, metavar="TEXT", help="Why they are not to count, in words.")
@with_database
def screen(survey: str, responses: tuple[str, ...], rule: str, db: str) -> None:
    """Take responses out of every number. They stay in the store and can be restored."""
    with opened_store(db) as engine:
        count = screen_responses(engine, survey, _named(responses), rule=rule, now=datetime.now(UTC))
    click.echo(f"{survey}: {written(count)} responses counted before and are set aside now")


@click.command()
@click.argument("survey")
@with_responses
@with_database
def restore(survey: str, responses: tuple[str, ...], db: str) -> None:
    """Let responses count again that were set aside."""
    with opened_store(db) as engine:
        count = restore_responses(engine, survey, _named(responses), now=datetime.now(UTC))
    click.echo(f"{survey}: {written(count)} responses were set aside and count again")


@click.command()
@click.argument("survey")
@with_responses
@click.option("--respondent", "respondents", multiple=True, metavar="TOKEN", help="All responses of this respondent.")
@click.option(
    "--word",
    "words",
    multiple=True,
    metavar="KEY=WORD",
    help="A listed choice or level that nobody gives any more, and that was an erased reader's own word.",
)
@with_erasure_log
@with_database
def erase(
    survey: str,
    responses: tuple[str, ...],
    respondents: tuple[str, ...],
    words: tuple[str, ...],
    log: Path | None,
    db: str,
) -> None:
    """Erase responses for good, comments and traces in the file included; no import brings them back."""
    now = datetime.now(UTC)
    tell = None if log is None else partial(append_tombstones, log, now=now)
    named = responses if respondents or words else _named(responses)
    if wrong := [one for one in words if not one.partition("=")[2]]:
        raise click.UsageError(f"--word: found {wrong[0]!r}, expected KEY=WORD")
    with opened_store(db) as engine:
        if named or respondents:
            erasure = erase_responses(engine, survey, named, respondents=respondents, now=now, tell=tell)
            took = f"{written(erasure.responses)} responses and {written(erasure.aside)} rows kept aside"
            click.echo(f"{survey}: {took} are erased")
            _say_alone(survey, [one for one in erasure.alone if "=".join(one) not in words])
        if words:
            pairs = [(key, word) for key, _, word in (one.partition("=") for one in words)]
            done = erase_words(engine, survey, pairs, now=now, tell=tell)
            click.echo(f"{survey}: {written(done.reach.words)} listed words are erased")
            erasure = done
    if erasure.reach.words:
        click.echo(f"{survey}: {_reach_words(erasure.reach)}")
    if cleared := erasure.reach.comments:
        told = f"{written(cleared)} published figures of comments are cleared"
        click.echo(f"{survey}: {told}: they showed words that no other comment has")
    _end(clean=erasure.clean, logged=erasure.logged)


@click.command("erase-again")
@with_erasure_log
@click.option("--store", "newer", metavar="DB", help="A store that knows of erasures that this one has forgotten.")
@with_database
def erase_again_command(log: Path | None, newer: str | None, db: str) -> None:
    """Erase again, after an older backup was restored, what had been erased since it was made."""
    if log is None and newer is None:
        raise click.UsageError("no --log and no --store: name what knows of the erasures")
    stones = [] if log is None else read_tombstones(log)
    if newer is not None:
        with opened_store(newer) as other:
            stones += tombstones_of(other)
    with opened_store(db) as engine:
        done = erase_again(engine, stones, now=datetime.now(UTC))
    for one in done:
        click.echo(
            f"{one.survey}: {written(one.responses)} responses and {written(one.aside)} rows kept aside are "
            f"erased again, "
            f"{written(one.refused)} more will be refused"
        )
        if one.words:
            click.echo(f"{one.survey}: {written(one.words)} listed words are erased again")
        for key, value in one.given:
            click.echo(f"{one.survey}: {key}={value} was erased and stays, since somebody gives it now", err=True)
        _say_alone(one.survey, list(one.alone))
        if one.unknown:
            click.echo(f"{one.survey}: {written(one.unknown)} are not known here: {NOT_KNOWN}", err=True)
    _end(clean=all(one.clean for one in done), logged=any(one.logged for one in done))


@click.command()
@click.argument("survey", required=False)
@click.option("--verify", is_flag=True, help="Check that no line was changed or taken out of who did what.")
@click.option("--most", type=click.IntRange(1, MOST_ROWS), default=MOST_LINES, show_default=True, metavar="N")
@with_format
@with_database
def audit(survey: str | None, verify: bool, most: int, format_: str, db: str) -> None:
    """List who did or looked at what of a survey; without SURVEY, all that is noted, sign-ins and denials too."""
    with opened_store(db) as engine:
        if verify:
            _verify(engine)
            return
        if survey is None:
            _print_looks(engine, format_, most)
            return
        zone = clock_of(read_survey(engine, survey))
        found, looks = read_audit(engine, survey), read_looks(engine, survey, most=most)
        lines = count_looks(engine, survey)
    done = {(one.at, one.action) for one in found}
    actions = [
        (one.at, {"responses": one.responses, "rule": one.rule, "by": one.by, "request": None}, one.action)
        for one in found
    ]
    seen = [
        (one.at, {"responses": None, "rule": None, "by": one.address, "request": one.request}, one.action)
        for one in looks
        if (one.at, one.action) not in done
    ]
    rows = [
        {"at": at.astimezone(zone).isoformat(), "action": action, **more} for at, more, action in merged(seen, actions)
    ]
    columns = ["at", "action", "responses", "rule", "by", "request"]
    print_rows(pd.DataFrame(rows, columns=columns), format_, empty="nothing was done to it")
    _say_most(most, lines)


def merged(*logs: Sequence[tuple[datetime, dict[str, Any], str]]) -> Iterator[tuple[datetime, dict[str, Any], str]]:
    """Gives the lines of several logs as one, by their times; the order of each holds, also if its clock jumped back.

    Example:
        >>> seen = [(datetime(2025, 6, 1, 12), {}, "imported"), (datetime(2025, 6, 1, 9), {}, "exported")]
        >>> [action for _, _, action in merged(seen, [(datetime(2025, 6, 1, 10), {}, "erased")])]
        ['erased', 'imported', 'exported']
    """
    timed = [zip(accumulate((at for at, *_ in log), max), log, strict=True) for log in logs]
    return (line for _, line in merge(*timed, key=itemgetter(0)))


def _verify(engine: Store) -> None:
    """Says whether the log of who did what is whole; ends with 1 where it is not."""
    broken = broken_looks(engine)
    if broken:
        named = ", ".join(map(str, broken[:20]))
        click.echo(f"the log is not whole: {written(len(broken))} lines are missing or changed, at {named}", err=True)
        sys.exit(1)
    click.echo("every line of the log is as it was written, and none is missing")


def _say_most(most: int, lines: int) -> None:
    """Says where earlier lines of the log are left out; not into what a program reads."""
    if lines > most:
        click.echo(f"the last {written(most)} of {written(lines)} lines; --most N lists more", err=True)


def _print_looks(engine: Store, format_: str, most: int) -> None:
    rows = [
        {"at": one.at.isoformat(), "by": one.address, "action": one.action, "survey": one.survey,
         "request": one.request}
        for one in read_looks(engine, most=most)
    ]  # fmt: skip
    columns = ["at", "by", "action", "survey", "request"]
    print_rows(pd.DataFrame(rows, columns=columns), format_, empty="nothing is in the log")
    _say_most(most, count_looks(engine))


def _end(*, clean: bool, logged: bool) -> None:
    """Says what may be left of what was erased; ends with 1 where it goes when this is run again."""
    if logged:
        click.echo(LOGGED, err=True)
    if not clean:
        click.echo(OLD_PAGES, err=True)
        sys.exit(1)


def _say_alone(survey: str, alone: Sequence[tuple[str, str]]) -> None:
    """Names what the definition lists and nobody gives any more, and how it is taken out."""
    for key, word in alone[:MOST_NAMED]:
        command = f"erase {survey} --word {shlex.quote(f'{key}={word}')}"
        click.echo(f"{survey}: nobody else gave the listed {word!r}. A reader's own words? {command}")
    if len(alone) > MOST_NAMED:
        click.echo(f"{survey}: {written(len(alone) - MOST_NAMED)} more listed words that nobody else gave")


def _reach_words(reach: ErasureReach) -> str:
    """Returns what went with the last reader who had said something.

    Example:
        >>> _reach_words(ErasureReach(words=1, figures=2)).partition(": ")[2]
        'it is erased from 2 published figures, 0 segments, 0 banners and 0 watches'
    """
    return (
        f"nobody else had said {written(reach.words)} of their answers: it is erased from "
        f"{written(reach.figures)} published "
        f"figures, {written(reach.segments)} segments, {written(reach.banners)} banners "
        f"and {written(reach.watches)} watches"
    )


def _named(responses: tuple[str, ...]) -> tuple[str, ...]:
    if not responses:
        raise click.UsageError("no --response: name the responses that are meant by their ids")
    return responses
