"""The options that many commands share."""

from __future__ import annotations

import getpass
import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from analytics import limits
from analytics.database import DEFAULT_DATABASE
from analytics.errors import FileError, refuse_unreadable

Command = Callable[..., None]
MOST_PERIODS, MOST_ROWS, MOST_DAYS, MOST_SECONDS = 1_000_000, 1_000_000_000, 36_500, 30 * 86_400
"""What a number may be that somebody types: far more than makes sense, and no more than a database can count to."""


class FilePath(click.Path):
    """A file that is read: an ordinary one, since a pipe or a device may never end."""

    def __init__(self, *, exists: bool = False) -> None:
        super().__init__(path_type=Path, exists=exists, dir_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        try:
            refuse_unreadable(path)
        except FileError as fault:
            if self.exists or not isinstance(fault.__cause__, FileNotFoundError):
                self.fail(str(fault), param, ctx)
        return path


class Amount(click.FloatRange):
    """A number within limits, of which "nan" is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is no number", param, ctx)
        return number


def user_name() -> str:
    """The system's name for whoever runs the command."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may know no name
        return "command line"


def with_database(command: Command) -> Command:
    return click.option(
        "--db", envvar="DATABASE_URL", default=str(DEFAULT_DATABASE), show_default="data/opinions.sqlite",
        help="The store: a file of SQLite, or an address such as postgresql://... (also DATABASE_URL).",
    )(command)  # fmt: skip


def with_format(command: Command) -> Command:
    return click.option(
        "--format", "format_", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
    )(command)


def with_filter(command: Command) -> Command:
    for option in reversed(
        [
            click.option("--where", multiple=True, metavar="KEY=VALUE[,VALUE...]", help="Only these; repeat for more."),
            click.option("--since", metavar="T", help="From this hour on, in the survey's zone."),
            click.option("--until", metavar="T", help="Up to this hour, itself not included."),
            click.option("--search", default="", metavar="WORDS", help="Only who wrote all of these words."),
        ]
    ):
        command = option(command)
    return with_database(with_format(command))


def with_selection(command: Command) -> Command:
    return with_format(with_selection_of_files(command))


def with_selection_of_files(command: Command) -> Command:
    for option in reversed(
        [
            click.option("--where", multiple=True, metavar="KEY=VALUE[,VALUE...]", help="Only these; repeat for more."),
            click.option("--since", metavar="T", help="From this hour on, in the survey's zone."),
            click.option("--until", metavar="T", help="Up to this hour, itself not included."),
            click.option("--weights", type=click.Choice(["none", "base", "raked"]), help="Default: the survey's own."),
            click.option(
                "--interval", type=click.Choice(["logit", "wilson", "beta"]), default="logit", show_default=True
            ),
            click.option(
                "--variance", type=click.Choice(["calibrated", "fixed"]), default="calibrated", show_default=True
            ),
            click.option("--base", type=click.Choice(["answered", "all"]), default="answered", show_default=True),
            click.option(
                "--min-base",
                type=click.IntRange(max=limits.MOST_MIN_BASE),
                metavar="N",
                help="Suppress below this base. Default: the survey's own.",
            ),
        ]
    ):
        command = option(command)
    return with_database(command)
