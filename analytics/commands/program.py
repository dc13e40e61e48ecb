"""The program that the commands belong to, and the options that many of them share."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from analytics.errors import RequestError, SurveyError

DATA = Path(__file__).resolve().parent.parent.parent / "data"
DEFAULT_DATABASE = DATA / "opinions.sqlite"

Command = Callable[..., None]


FAMILIES: dict[tuple[str, ...], Callable[[], object]] = {
    ("claim",): lambda: import_module("analytics.commands.claims"),
    ("across", "benchmark", "common"): lambda: import_module("analytics.commands.comparing"),
    ("change", "tests"): lambda: import_module("analytics.commands.differences"),
    ("crosstab", "robustness", "topline", "trend"): lambda: import_module("analytics.commands.estimates"),
    ("export", "report"): lambda: import_module("analytics.commands.exporting"),
    ("surveys", "verify"): lambda: import_module("analytics.commands.holdings"),
    ("import",): lambda: import_module("analytics.commands.importing"),
    ("audit", "erase", "erase-again", "restore", "screen"): lambda: import_module("analytics.commands.keeping"),
    ("published",): lambda: import_module("analytics.commands.published"),
    ("pull",): lambda: import_module("analytics.commands.pulling"),
    ("comments", "responses", "themes"): lambda: import_module("analytics.commands.reading"),
    ("segments",): lambda: import_module("analytics.commands.segments"),
    ("backup", "distribute", "fold", "hot", "move"): lambda: import_module("analytics.commands.tending"),
    ("weights",): lambda: import_module("analytics.commands.weighting"),
}
"""The commands of each module; to import them all would take a second of every start."""


class Program(click.Group):
    """The commands, with every error of this product turned into its sentence and its exit status.

    A command's module is imported when it is first asked for, and its commands then belong to the program.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(name for names in FAMILIES for name in names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for names, load in FAMILIES.items():
            if cmd_name in names:
                load()
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RequestError as error:
            raise click.UsageError(str(error)) from error
        except SurveyError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Reader opinion surveys as numbers."""


def with_database(command: Command) -> Command:
    return click.option(
        "--db", envvar="DATABASE_URL", default=str(DEFAULT_DATABASE), show_default="data/opinions.sqlite",
        help="The store: a file of SQLite, or an address such as postgresql://... (also DATABASE_URL).",
    )(command)  # fmt: skip


def with_format(command: Command) -> Command:
    return click.option(
        "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
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
                "--min-base", type=int, metavar="N", help="Suppress below this base. Default: the survey's own."
            ),
        ]
    ):
        command = option(command)
    return with_database(command)
