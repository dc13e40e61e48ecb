"""How the answers of a survey were weighted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import click
import pandas as pd

from analytics.commands.options import with_database, with_format
from analytics.commands.printing import print_rows, records_of
from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.trust.weighting import WeightingReport, weighting_report
from analytics.language.notation import PLAIN
from analytics.language.said import speech
from analytics.model.request import Request
from analytics.store.tables.opening import open_store
from analytics.words.weighting import report_sentences, warning_words


@click.command("weights")
@click.argument("survey")
@click.option("--weights", type=click.Choice(["none", "base", "raked"]), help="Default: the survey's own.")
@with_format
@with_database
def weights_command(survey: str, weights: Any, format_: str, db: str) -> None:
    """How the answers were weighted: every dimension before and after, and what it cost."""
    report = weighting_report(snapshot_of(open_store(db), survey, now=datetime.now(UTC)), Request(weights=weights))
    if format_ == "json":
        click.echo(json.dumps(_weighting_record(report), ensure_ascii=False, indent=1))
        return
    if format_ == "table":
        click.echo("\n".join(report_sentences(report, speech())))
    print_rows(
        _level_table(report.table) if format_ == "table" else report.table, format_, empty="there are no dimensions"
    )


def _level_table(levels: pd.DataFrame) -> pd.DataFrame:
    """Returns the levels for reading: each by its label, waves only where there are any, no dust for a gap."""
    wave = ["wave"] if levels["wave"].notna().any() else []
    shown = levels[[*wave, "dimension", "level_label", "before", "target", "after"]]
    return shown.rename(columns={"level_label": "level"}).assign(gap=levels["gap"].round(6) + 0.0)


def _weighting_record(report: WeightingReport) -> dict[str, Any]:
    names = ("respondents", "left_out", "deff", "effective_n", "efficiency", "smallest", "largest", "trim")
    targets = report.survey.targets if report.weights == "raked" else ()
    return {
        "survey": report.survey.key,
        "weights": report.weights,
        "targets": [
            {"dimensions": one.dimensions, "source": one.source, "year": one.year, "rescaled_from": one.rescaled_from}
            for one in targets
        ],
        **{name: getattr(report, name) for name in names},
        "warning": warning_words(report, PLAIN) or None,
        "levels": records_of(report.table),
    }
