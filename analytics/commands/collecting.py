"""Answers from under an article, on the command line."""

from __future__ import annotations

import click

from analytics.collect.serving import OWN_MACHINE, serve
from analytics.commands.options import with_database
from analytics.store.tables.opening import opened_store


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), default=8502, show_default=True, help="Where it listens.")
@click.option(
    "--host",
    default=OWN_MACHINE,
    show_default=True,
    help="The address it listens on: only this machine reaches it unless another is named, such as 0.0.0.0.",
)
@with_database
def collect(port: int, host: str, db: str) -> None:
    """Take answers from under articles, for the surveys that are asked there, until stopped."""
    with opened_store(db) as engine:
        click.echo(f"answers are taken at http://{host}:{port}/collect/v1/answers", err=True)
        serve(engine, host=host, port=port)
