"""Readers beside others: another survey or wave, a benchmark poll, and what groups have in common."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click
import pandas as pd

from analytics.commands.asking import asked_for
from analytics.commands.options import with_selection
from analytics.commands.printing import print_rows
from analytics.errors import RequestError
from analytics.estimates.groups.common_ground import common_ground
from analytics.estimates.views.choose import check_selection, choose_question
from analytics.estimates.whole.gaps import benchmark_gaps, benchmarks_for, proposed_mapping, survey_gaps
from analytics.model.request import Request
from analytics.words.reasons import with_plain_reasons


@click.command("across")
@click.argument("survey")
@click.argument("question")
@click.option("--with", "other", required=True, metavar="SURVEY", help="The other survey; the same one for two waves.")
@click.option("--question", "other_question", metavar="KEY", help="Its question. Default: the one of the same key.")
@click.option("--map", "pairs", multiple=True, metavar="A=B", help="A choice here and one there.")
@click.option("--wave", metavar="VALUE", help="The wave of this side.")
@click.option("--with-wave", metavar="VALUE", help="The wave of the other side.")
@with_selection
def across_command(
    survey: str, question: str, other: str, other_question: str | None, pairs: tuple[str, ...], wave: str | None,
    with_wave: str | None, format_: str, db: str, **options: Any,
) -> None:  # fmt: skip
    """How far one survey or wave lies above another, choice by choice."""
    snapshot, request = asked_for(survey, db, options)
    ours = (snapshot, _of_wave(replace(request, question=question), wave))
    their_request = Request(survey=other, question=other_question or question, weights=request.weights)
    theirs = (snapshot.other(other), _of_wave(their_request, with_wave))
    for of, asked in (ours, theirs):
        check_selection(of.survey, asked)
    mapping = _mapping(pairs) or proposed_mapping(
        *(choose_question(of.survey, asked.question) for of, asked in (ours, theirs))
    )
    gaps = survey_gaps(ours, theirs, mapping)
    print_rows(with_plain_reasons(gaps.rows), format_)
    _warn(gaps.same_wording, format_)


@click.command("benchmark")
@click.argument("survey")
@click.argument("question")
@with_selection
def benchmark_command(survey: str, question: str, format_: str, db: str, **options: Any) -> None:
    """How far readers lie above each benchmark poll, choice by choice."""
    snapshot, request = asked_for(survey, db, options)
    request = replace(request, question=question)
    found = [benchmark_gaps(snapshot, request, one) for one in benchmarks_for(snapshot.survey, question)]
    rows = [
        gaps.rows.assign(source=poll.source, last=poll.last.isoformat(), same_wording=gaps.same_wording)
        for gaps in found
        if (poll := gaps.benchmark)
    ]
    print_rows(with_plain_reasons(pd.concat(rows, ignore_index=True)), format_)
    _warn(all(gaps.same_wording for gaps in found), format_)


@click.command("common")
@click.argument("survey")
@click.option("--by", required=True, metavar="KEY", help="The dimension whose groups are to have it in common.")
@with_selection
def common_command(survey: str, by: str, format_: str, db: str, **options: Any) -> None:
    """What has a majority in every group, and what divides the groups most."""
    snapshot, request = asked_for(survey, db, options)
    found = common_ground(snapshot, replace(request, by=(by,)))
    rows = [found.shared.assign(kind="shared"), found.dividing.assign(kind="dividing")]
    told = [frame for frame in rows if len(frame)]
    print_rows(pd.concat(told, ignore_index=True) if told else pd.DataFrame(), format_, empty="nothing is clear enough")
    if found.thin and format_ == "table":
        click.echo(f"too few to judge everywhere: {', '.join(found.thin)}")


def _of_wave(request: Request, wave: str | None) -> Request:
    return request if wave is None else replace(request, where=(*request.where, ("wave", (wave,))))


def _mapping(pairs: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        one, equals, other = pair.partition("=")
        if not (one and equals and other):
            raise RequestError(f"--map is '{pair}', expected a choice here and a choice there, such as y=yes")
        found[one] = other
    return found


def _warn(same_wording: bool, format_: str) -> None:
    if not same_wording and format_ == "table":
        click.echo("not asked in the same words: part of the gap may come from the wording")
