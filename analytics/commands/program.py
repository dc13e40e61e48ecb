"""The program that the commands belong to."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import IO, Any

import click

from analytics.commands.output import print_whole, say_unwritten
from analytics.errors import OpenReading, RequestError, SurveyError
from analytics.figures.drawing.style import read_style, style_file
from analytics.language.notation import PLAIN, Notation
from analytics.language.said import speaking

VERSION = "0.2.0"
FAMILIES: dict[tuple[str, ...], Callable[[], ModuleType]] = {
    ("claim",): lambda: import_module("analytics.commands.claims"),
    ("across", "benchmark", "common"): lambda: import_module("analytics.commands.comparing"),
    ("account-key", "ask", "collect"): lambda: import_module("analytics.commands.collecting"),
    ("change", "tests"): lambda: import_module("analytics.commands.estimates"),
    ("crosstab", "robustness", "topline", "trend"): lambda: import_module("analytics.commands.estimates"),
    ("export", "report"): lambda: import_module("analytics.commands.exporting"),
    ("surveys", "verify"): lambda: import_module("analytics.commands.holdings"),
    ("import",): lambda: import_module("analytics.commands.importing"),
    ("audit", "erase", "erase-again", "restore", "screen"): lambda: import_module("analytics.commands.keeping"),
    ("ask-again", "bring-back", "close", "edit", "picture"): lambda: import_module("analytics.commands.mending"),
    ("remove", "reopen", "tend"): lambda: import_module("analytics.commands.mending"),
    ("admit", "desks", "dismiss", "sign-out"): lambda: import_module("analytics.commands.admitting"),
    ("published",): lambda: import_module("analytics.commands.published"),
    ("pull",): lambda: import_module("analytics.commands.importing"),
    ("comments", "responses", "themes"): lambda: import_module("analytics.commands.reading"),
    ("send", "subscribe"): lambda: import_module("analytics.commands.sending"),
    ("segments",): lambda: import_module("analytics.commands.segments"),
    ("backup", "distribute", "fold", "hot", "move", "viewers-role"): lambda: import_module(
        "analytics.commands.tending"
    ),
    ("serve",): lambda: import_module("analytics.commands.serving"),
    ("watch",): lambda: import_module("analytics.commands.watching"),
    ("weights",): lambda: import_module("analytics.commands.weighting"),
}
"""The module of each command, by name: to import them all would take a second of every start."""


class _Question(click.ClickException):
    """What a person has to choose before a command can go on: no error, so it is not called one."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.format_message(), file=file, err=file is None)


class Program(click.Group):
    """The commands, with every error of this product turned into its sentence and its exit status.

    A command's module is imported when it is first asked for; the commands that it holds then belong to the program.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(name for names in FAMILIES for name in names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for names, load in FAMILIES.items():
            if cmd_name in names and cmd_name not in self.commands:
                for one in vars(load()).values():
                    if isinstance(one, click.Command) and one.name in names:
                        self.commands[one.name] = one
        return super().get_command(ctx, cmd_name)

    def main(self, *args: Any, **more: Any) -> Any:
        try:
            try:
                return super().main(*args, **more)
            finally:
                print_whole()
        except OSError as fault:
            say_unwritten(fault)
            with suppress(OSError):
                print_whole()
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with speaking(_house_notation()):
                return super().invoke(ctx)
        except RequestError as error:
            raise click.UsageError(str(error)) from error
        except OpenReading as error:
            raise _Question(str(error)) from error
        except SurveyError as error:
            raise click.ClickException(str(error)) from error


def _house_notation() -> Notation:
    """How the house writes numbers and dates; plainly where its style cannot be read, which whoever draws is told."""
    try:
        return read_style(style_file())
    except SurveyError:
        return PLAIN


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="Reader opinion")
def cli() -> None:
    """Reader opinion surveys as numbers."""
