"""Toplines, crosstabs, trends, and how far one number can be trusted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click
import pandas as pd

from analytics.commands.asking import asked_for
from analytics.commands.options import MOST_PERIODS, Command, with_selection
from analytics.commands.printing_views import print_comparisons, print_table, print_view
from analytics.estimates.groups.comparisons import ALL, comparisons
from analytics.estimates.groups.segments import named_segments
from analytics.estimates.groups.table import crosstab, table
from analytics.estimates.time.changes import changes
from analytics.estimates.time.trend import trend
from analytics.estimates.trust.robustness import robustness
from analytics.estimates.views.layout import Layout, part_of
from analytics.estimates.whole.topline import topline

WINDOW = click.option(
    "--window",
    type=click.IntRange(max=MOST_PERIODS),
    default=1,
    show_default=True,
    help="Periods to date taken together.",
)


@click.command("topline")
@click.argument("survey")
@click.argument("question")
@with_selection
def topline_command(survey: str, question: str, format_: str, db: str, **options: Any) -> None:
    """What readers answered, in all."""
    snapshot, request = asked_for(survey, db, options)
    print_view(topline(snapshot, replace(request, question=question)), format_)


@click.command("crosstab")
@click.argument("survey")
@click.argument("questions", nargs=-1, required=True, metavar="QUESTION...")
@click.option("--by", multiple=True, metavar="KEY", help="A dimension or question; repeat to cross them.")
@click.option(
    "--banner", multiple=True, metavar="KEY[*KEY]",
    help="Groups side by side, compared with one another; repeat for more; a star nests keys.",
)  # fmt: skip
@click.option("--segment", "segments", multiple=True, metavar="KEY", help="Segments as groups of the banner; repeat.")
@click.option(
    "--correction", type=click.Choice(["bh", "holm", "bonferroni"]), default="bh", show_default=True,
    help="For the comparisons of one question in one part of the banner.",
)  # fmt: skip
@with_selection
def crosstab_command(
    survey: str, questions: tuple[str, ...], by: tuple[str, ...], banner: tuple[str, ...],
    segments: tuple[str, ...], correction: Any, format_: str, db: str, **options: Any,
) -> None:  # fmt: skip
    """What each group of readers answered."""
    if bool(by) == bool(banner or segments):
        raise click.UsageError("name the groups: crossed with --by KEY, or side by side with --banner KEY")
    snapshot, request = asked_for(survey, db, options)
    if not by:
        kept = named_segments(snapshot.segments(), segments, snapshot.survey) if segments else ()
        layout = Layout(questions, tuple(part_of(text) for text in banner), kept)
        print_table(table(snapshot, request, layout, correction=correction), format_)
        return
    views = [crosstab(snapshot, replace(request, question=question, by=by)) for question in questions]
    together = pd.concat([view.estimates for view in views], ignore_index=True)
    print_view(replace(views[0], estimates=together, undated=max(view.undated for view in views)), format_)


@click.command("trend")
@click.argument("survey")
@click.argument("question")
@click.option("--every", required=True, type=click.Choice(["hour", "day", "week", "month", "wave"]))
@click.option("--by", multiple=True, metavar="KEY", help="A dimension or question; repeat to cross them.")
@WINDOW
@with_selection
def trend_command(
    survey: str, question: str, every: Any, by: tuple[str, ...], window: int, format_: str, db: str, **options: Any
) -> None:
    """How answers moved over time."""
    snapshot, request = asked_for(survey, db, options)
    asked = replace(request, question=question, every=every, by=by, window=window)
    print_view(trend(snapshot, asked), format_)


@click.command("robustness")
@click.argument("survey")
@click.argument("question")
@click.option("--choice", metavar="VALUE", help="This choice. Default: the most frequent one.")
@with_selection
def robustness_command(survey: str, question: str, choice: str | None, format_: str, db: str, **options: Any) -> None:
    """One share under every reasonable way of counting."""
    snapshot, request = asked_for(survey, db, options)
    print_view(robustness(snapshot, replace(request, question=question), choice).view, format_)


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
    format_: str, db: str, **options: Any,
) -> None:  # fmt: skip
    """Which groups of readers answered differently."""
    snapshot, request = asked_for(survey, db, options)
    found = comparisons(
        snapshot, replace(request, question=question, by=by), compare=compare or ALL, correction=correction,
        choice=choice, table_test=table_test,
    )  # fmt: skip
    print_comparisons(found, format_)


@click.command("change")
@click.argument("survey")
@click.argument("question")
@click.option("--every", required=True, type=click.Choice(["hour", "day", "week", "month", "wave"]))
@click.option("--by", multiple=True, metavar="KEY", help="A dimension or question; repeat to cross them.")
@WINDOW
@with_correction
@with_selection
def change_command(
    survey: str, question: str, every: Any, by: tuple[str, ...], window: int, correction: Any, choice: str | None,
    format_: str, db: str, **options: Any,
) -> None:  # fmt: skip
    """What changed from each period to the next."""
    snapshot, request = asked_for(survey, db, options)
    asked = replace(request, question=question, every=every, by=by, window=window)
    found = changes(snapshot, asked, correction=correction, choice=choice)
    print_comparisons(found, format_)
