"""Tends the store: folds in what waits, moves and saves it."""

from __future__ import annotations

import time

import click

from analytics.commands.program import cli, with_database
from analytics.store.database import opened_store
from analytics.store.pending import fold, set_hot


@cli.command()
@click.argument("survey")
@click.option("--off", is_flag=True, help="Make it a survey like any other again.")
@with_database
def hot(survey: str, off: bool, db: str) -> None:
    """Prepare a survey on PostgreSQL for many writers at once; `fold` then has to run."""
    with opened_store(db) as engine:
        set_hot(engine, survey, not off)
    click.echo(f"{survey}: " + ("not hot any more, nothing waits" if off else "hot: keep `fold --every 1` running"))


@cli.command("fold")
@click.option("--every", type=click.FloatRange(min=0.1), metavar="SECONDS", help="Go on until stopped.")
@with_database
def fold_command(every: float | None, db: str) -> None:
    """Fold what the writers of hot surveys added into the sums kept for speed. Numbers are exact before and after."""
    with opened_store(db) as engine:
        while True:
            moved = fold(engine)
            if moved:
                click.echo(f"{moved:,} changes folded in")
            elif every is None:
                return
            else:
                time.sleep(every)
