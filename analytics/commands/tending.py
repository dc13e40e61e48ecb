"""Tends the store: folds in what waits, moves and saves it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from analytics.commands.options import MOST_SECONDS, Amount, with_database
from analytics.commands.stopping import until_stopped
from analytics.language.said import written
from analytics.store.place.connections import Store
from analytics.store.tables.opening import opened_store
from analytics.store.tables.tally import fold, set_hot
from analytics.store.tend.distributing import distribute, distribution_text
from analytics.store.tend.moving import move_store, save_store
from analytics.store.tend.viewing import keep_from_responses, viewing_statements


@click.command()
@click.option(
    "--to", "target", required=True, metavar="DB", help="Where to: a new file, or the address of an empty database."
)
@with_database
def move(target: str, db: str) -> None:
    """Copy the whole store into another database and prove that both are equal; the first stays as it is."""
    with opened_store(db) as source, opened_store(target) as new:
        copied = move_store(source, new, _show_progress)
    rows = f"{written(sum(copied.values()))} rows of {len(copied)} tables"
    click.echo(f"{rows} copied and found equal, row by row and by recount")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@with_database
def backup(file: Path, db: str) -> None:
    """Save the store to a new file while it is in use. A store on PostgreSQL is saved with pg_dump."""
    with opened_store(db) as engine:
        save_store(engine, file)
    click.echo(f"saved to {file}, which is a store of its own: --db {file} reads it")


@click.command("distribute")
@click.option("--run", is_flag=True, help="Do it, rather than print what would be done.")
@with_database
def distribute_command(run: bool, db: str) -> None:
    """Spread the store over a Citus cluster, each survey on one machine: prints the statements, or runs them."""
    if not run:
        click.echo(distribution_text())
        return
    with opened_store(db) as engine:
        count = distribute(engine)
    click.echo(f"{written(count)} tables are spread")


@click.command("viewers-role")
@click.argument("login", metavar="ROLE")
@click.option("--run", is_flag=True, help="Do it, rather than print what would be done.")
@with_database
def viewers_login(login: str, run: bool, db: str) -> None:
    """Keep a role of PostgreSQL from single responses, for a server of viewers: prints the statements, or runs them.

    Make the role first: CREATE ROLE viewers LOGIN PASSWORD '...'. Run it again after every update of the program.
    """
    if not run:
        click.echo("\n".join(f"{statement};" for statement in viewing_statements(login)))
        return
    with opened_store(db) as engine:
        count = keep_from_responses(engine, login)
    click.echo(f"{login} reads {written(count)} tables, none with single responses")


@click.command()
@click.argument("survey")
@click.option("--off", is_flag=True, help="Make it a survey like any other again.")
@with_database
def hot(survey: str, off: bool, db: str) -> None:
    """Prepare a survey on PostgreSQL for many writers at once; `fold` then has to run."""
    with opened_store(db) as engine:
        set_hot(engine, survey, not off)
    click.echo(f"{survey}: " + ("not hot any more, nothing waits" if off else "hot: keep `fold --every 1` running"))


@click.command("fold")
@click.option("--every", type=Amount(0.1, MOST_SECONDS), metavar="SECONDS", help="Go on until stopped.")
@with_database
def fold_command(every: float | None, db: str) -> None:
    """Fold what the writers of hot surveys added into the sums kept for speed. Numbers are exact before and after."""
    with opened_store(db) as engine:
        if every is None:
            while _fold(engine):
                pass
            return
        with until_stopped() as pause:
            while True:
                pause(0 if _fold(engine) else every)
    click.echo("stopped: what still waits is folded in next time", err=True)


def _fold(store: Store) -> int:
    """Folds in a batch, says so, and returns how many changes it had."""
    moved = fold(store)
    if moved:
        click.echo(f"{written(moved)} changes folded in")
    return moved


def _show_progress(table: str, rows: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{table}: {written(rows)} rows ", nl=False, err=True)
