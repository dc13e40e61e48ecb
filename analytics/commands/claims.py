"""Holds a headline or caption against the figure that is to bear it out."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from analytics.claims.claim import Checked, check_claim, unread_words
from analytics.commands.asking import figure_asked_for
from analytics.commands.exporting import with_figure
from analytics.commands.options import with_selection_of_files
from analytics.exports.export import export_of
from analytics.figures.drawing.style import read_style, style_file
from analytics.kinds.table import make
from analytics.language.notation import LANGUAGES
from analytics.language.said import speaking


@click.command("claim")
@click.argument("survey")
@click.argument("question")
@click.argument("text")
@with_figure
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="That of the text.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@with_selection_of_files
def claim_command(survey: str, question: str, text: str, language: str, format_: str, db: str, **options: Any) -> None:
    """Whether a headline or caption says more than the answers bear out, and wording that holds."""
    snapshot, request = figure_asked_for(survey, question, db, options)
    style = read_style(style_file(), language)
    with speaking(style):
        export = export_of(make(snapshot.in_language(language), request), style)
    checked = check_claim(text, export.claimed, export.figure.title, style)
    click.echo(json.dumps(_record(checked), ensure_ascii=False, indent=1) if format_ == "json" else _told(checked))
    sys.exit(0 if checked.verdict in ("holds", "nothing to check") else 1)


def _record(checked: Checked) -> dict[str, Any]:
    names = ("start", "end", "found", "kind", "reason", "instead")
    return {
        "verdict": checked.verdict,
        "findings": [{name: getattr(one, name) for name in names} for one in checked.findings],
        "against": [{name: getattr(one, name) for name in names} for one in checked.against],
        "not_checked": [{"start": one.start, "end": one.end, "found": one.found} for one in checked.unread],
        "wording": checked.wording,
    }


def _told(checked: Checked) -> str:
    lines = [checked.verdict.capitalize()]
    for one in checked.findings or checked.against:
        where = f"“{one.found}”: " if one.found else ""
        lines.append(f"- {where}{one.reason}" + (f" (instead: {one.instead})" if one.instead else ""))
    if checked.verdict == "not checked":
        lines[0] += f". {unread_words(checked)}"
    return "\n".join([*lines, f"Wording that holds: {checked.wording}"])
