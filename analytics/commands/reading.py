"""What single readers answered and wrote."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import click
import pandas as pd

from analytics.commands.asking import selection_of
from analytics.commands.options import MOST_ROWS, with_filter
from analytics.commands.output import whole_file
from analytics.commands.printing import print_rows, records_of
from analytics.errors import RequestError
from analytics.estimates.readers.comments import cards, closed_questions, filter_of, text_questions, withheld_words
from analytics.estimates.readers.responses import order_of, row_stretches
from analytics.estimates.readers.themes import masked_examples, theme_groups, weighed_as_chosen
from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.usable import usable
from analytics.estimates.views.choose import check_selection, choose_question, dimension_of
from analytics.exports.rows_file import write_rows
from analytics.language.said import written
from analytics.model import EVERYBODY, Survey
from analytics.model.request import Request
from analytics.store.read.comments import list_comments
from analytics.store.read.responses import count_responses, list_responses, read_details
from analytics.store.tables.opening import open_store
from analytics.store.tables.surveys import read_survey
from analytics.store.tend.hiding import read_hidden
from analytics.words.responses import hidden_words

WIDEST = 100
"""So many letters of the comments behind a theme fit in a table for people."""
MOST_IN_A_TABLE = 50
"""So many rows are printed for people, who are told how many there are."""


@click.command("responses")
@click.argument("survey")
@click.option("--sort", metavar="KEY", help="newest, oldest, or a dimension or question; -KEY for the other way round.")
@click.option(
    "--standing",
    multiple=True,
    type=click.Choice(["counted", "screened", "superseded", "unverified"]),
    help="Default: counted.",
)
@click.option("--most", type=click.IntRange(1, MOST_ROWS), metavar="N", help="No more than so many.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write them to this CSV file, which only you may read.",
)
@with_filter
def responses_command(
    survey: str,
    sort: str | None,
    standing: tuple[Any, ...],
    most: int | None,
    output: Path | None,
    format_: str,
    db: str,
    **chosen: Any,
) -> None:
    """Single responses, one a row: time, groups, answers, standing and comment."""
    store, search = open_store(db), chosen.pop("search").strip()
    asked = usable(read_survey(store, survey))
    kept, standings = filter_of(asked, selection_of(asked, **chosen)), standing or ("counted",)
    most = most or (MOST_IN_A_TABLE if format_ == "table" and output is None else None)
    order = order_of(asked, sort)
    listed = partial(list_responses, store, survey, kept, order, standings=standings, search=search, person=EVERYBODY)
    hidden = read_hidden(store, survey, person=EVERYBODY)
    details = partial(read_details, store, survey, person=EVERYBODY)
    pages = row_stretches(
        asked, lambda after, at_most: listed(after=after, most=at_most), details, most,
        hidden=Counter(one.response_no for one in hidden),
    )  # fmt: skip
    if hidden:
        click.echo(hidden_words(len(hidden)), err=True)
    if output is not None:
        _save(pages, output)
        return
    printed: dict[str, Callable[[Iterator[pd.DataFrame]], None]]
    printed = {"csv": _print_csv, "json": _print_json, "table": _print_table}
    printed[format_](pages)
    total = count_responses(store, survey, kept, standings=standings, search=search, person=EVERYBODY)
    if most is not None and total > most:
        click.echo(
            f"the first {written(most)} of {written(total)} responses; --most N shows more", err=format_ != "table"
        )


@click.command("comments")
@click.argument("survey")
@click.option("--question", metavar="KEY", help="Answers to this text question. Default: the comments.")
@click.option("--beside", metavar="KEY", help="The question whose answer stands beside. Default: the first one.")
@click.option("--most", type=click.IntRange(1, MOST_ROWS), default=MOST_IN_A_TABLE, show_default=True, metavar="N")
@with_filter
def comments_command(
    survey: str, question: str | None, beside: str | None, most: int, format_: str, db: str, **chosen: Any
) -> None:
    """What readers wrote, newest first, contact data masked, with the answer that each gave."""
    store, search = open_store(db), chosen.pop("search").strip()
    asked = usable(read_survey(store, survey))
    kept, key = filter_of(asked, selection_of(asked, **chosen)), written_in(asked, question)
    withheld = withheld_words(count_responses(store, survey, kept, person=EVERYBODY))
    if withheld:
        raise RequestError(withheld)
    closed = choose_question(asked, beside) if beside else next(iter(closed_questions(asked)), None)
    listed = list_comments(store, survey, kept, (key,), search=search, person=EVERYBODY)
    shown = listed.head(most)
    found = cards(
        asked, read_details(store, survey, shown["response_no"].tolist(), person=EVERYBODY), shown, closed, None
    )
    rows = [
        {"day": card.day and card.day.isoformat(), "said": "; ".join(card.said), "text": card.text} for card in found
    ]
    print_rows(
        pd.DataFrame(rows, columns=["day", "said", "text"]), format_, empty="nobody in this selection wrote that"
    )
    if hidden := [one for one in read_hidden(store, survey, person=EVERYBODY) if one.question == key]:
        click.echo(hidden_words(len(hidden)), err=True)
    if len(listed) > most:
        click.echo(
            f"the first {written(most)} of {written(len(listed))} comments; --most N shows more", err=format_ != "table"
        )


@click.command("themes")
@click.argument("survey")
@click.option("--question", metavar="KEY", help="Answers to this text question. Default: the comments.")
@click.option("--by", metavar="KEY", help="Who says it: each theme by the levels of a dimension.")
@click.option("--weights", type=click.Choice(["none", "base", "raked"]), help="Default: as the answers are weighted.")
@with_filter
def themes_command(survey: str, question: str | None, by: str | None, format_: str, db: str, **chosen: Any) -> None:
    """What comments are about: themes with their shares, their words and two comments behind each."""
    snapshot, search = snapshot_of(open_store(db), survey, now=datetime.now(UTC)), chosen.pop("search")
    asked = snapshot.survey
    request = selection_of(asked, **chosen)
    check_selection(asked, Request(weights=request.weights))
    found = snapshot.themes(filter_of(asked, request), written_in(asked, question), search)
    report = weighed_as_chosen(snapshot, request, found)
    if by is None:
        behind = [" | ".join(masked_examples(report, theme, 2)) for theme in report.table["theme"]]
        table = report.table.assign(examples=[text[:WIDEST] if format_ == "table" else text for text in behind])
    else:
        check_selection(asked, Request(), (by,))
        table = theme_groups(report, snapshot.levels(), dimension_of(asked, by))
    print_rows(table, format_, empty="no clear themes: too few comments, or too different ones")
    if report.hidden:
        click.echo(hidden_words(report.hidden), err=True)
    if len(report.comments) < report.written:
        click.echo(
            f"found in {written(len(report.comments))} of {written(report.written)} comments", err=format_ != "table"
        )


def written_in(survey: Survey, question: str | None) -> str:
    """Returns the key of the text question named, or of the comment column, or of the first text question.

    Raises:
        RequestError: there is no such text question.
    """
    known = text_questions(survey)
    if question is None and known:
        return next(iter(known))
    if question is None or question not in known:
        there = ", ".join(key for key in known if key) or "none"
        raise RequestError(f"'{question or 'comment'}' is no text question of survey '{survey.key}'; there is: {there}")
    return question


def _print_csv(stretches: Iterator[pd.DataFrame]) -> None:
    write_rows(stretches, sys.stdout.buffer)


def _save(pages: Iterator[pd.DataFrame], file: Path) -> None:
    """Writes every row to the file, and says how many there are."""
    with whole_file(file, private=True) as out:
        file_written = write_rows(pages, out)
    click.echo(f"{file}: {written(file_written.rows)} responses, SHA-256 {file_written.sha256}")


def _print_json(pages: Iterator[pd.DataFrame]) -> None:
    rows = (json.dumps(record, ensure_ascii=False) for page in pages for record in records_of(page))
    first = "".join(islice(rows, 1))
    click.echo("[" + first + "".join(f",\n {row}" for row in rows) + "]")


def _print_table(pages: Iterator[pd.DataFrame]) -> None:
    print_rows(pd.concat(list(pages)), "table", empty="no response fits")
