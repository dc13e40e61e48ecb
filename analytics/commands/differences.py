"""Which groups answered differently, and what changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from analytics.commands.asking import asked_for
from analytics.commands.options import Command, with_selection
from analytics.commands.printing_views import print_comparisons
from analytics.estimates.changes import changes
from analytics.estimates.comparisons import ALL, comparisons


def with_correction(command: Command) -> Command:
    for option in (
        click.option("--choice", metavar="VALUE", help="Compare this choice or net alone."),
        click.option(
            "--correction", type=click.Choice(["bh", "holm", "bonferroni"]), default="bh", show_default=True,
            help="For many comparisons: Benjamini-Hochberg, Holm or Bonferroni.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command("tests")
@click.argument("survey")
@click.argument("question")
@click.option("--by", multiple=True, required=True, metavar="KEY", help="A dimension or question; repeat to cross.")
@click.option("--compare", multiple=True, type=click.Choice(ALL), help="Only these; repeat for more. Default: all.")
@click.option(
    "--table-test", type=click.Choice(["f", "chisq", "wald", "adjwald"]), default="f", show_default=True,
    help="For the whole table: Rao-Scott as F or chi-square, Wald, adjusted Wald.",
)  # fmt: skip
@with_correction
@with_selection
def tests_command(
    survey: str, question: str, by: tuple[str, ...], compare: Any, table_test: Any, correction: Any, choice: str | None,
    form: str, db: str, **options: Any,
) -> None:  # fmt: skip
    """Which groups of readers answered differently."""
    snapshot, request = asked_for(survey, db, options)
    found = comparisons(
        snapshot, replace(request, question=question, by=by), compare=compare or ALL, correction=correction,
        choice=choice, table_test=table_test,
    )  # fmt: skip
    print_comparisons(found, form)


@click.command("change")
@click.argument("survey")
@click.argument("question")
@click.option("--every", required=True, type=click.Choice(["hour", "day", "week", "month", "wave"]))
@click.option("--by", multiple=True, metavar="KEY", help="A dimension or question; repeat to cross them.")
@click.option("--window", type=int, default=1, show_default=True, help="Periods to date taken together.")
@with_correction
@with_selection
def change_command(
    survey: str, question: str, every: Any, by: tuple[str, ...], window: int, correction: Any, choice: str | None,
    form: str, db: str, **options: Any,
) -> None:  # fmt: skip
    """What changed from each period to the next."""
    snapshot, request = asked_for(survey, db, options)
    asked = replace(request, question=question, every=every, by=by, window=window)
    found = changes(snapshot, asked, correction=correction, choice=choice)
    print_comparisons(found, form)
