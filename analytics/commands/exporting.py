"""Figures as files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from analytics.commands.asking import DOT, OF_KIND, asked_for, figure_asked_for, linked, option_flag
from analytics.commands.options import MOST_PERIODS, Amount, Command, user_name, with_selection_of_files
from analytics.commands.output import whole_file
from analytics.errors import RequestError, StoreError
from analytics.exports.export import export_of
from analytics.exports.formats import collection_of, file_of
from analytics.exports.names import fingerprint
from analytics.exports.report import report_of, survey_report
from analytics.figures.drawing.style import read_style, style_file
from analytics.kinds.kind import AS_VIEWERS, Made
from analytics.kinds.table import NAMES, kind, make
from analytics.language.notation import LANGUAGES
from analytics.language.said import speaking, written
from analytics.model.address import Option
from analytics.model.finish import SORTS, Finish
from analytics.published.few import few_told_in, named_few
from analytics.published.leaving import register_export
from analytics.store.tables.opening import open_store
from analytics.words.names import own_language

WAYS = ("dots", "panels", "slopes", "stacked", "heat")
SIZES = ("figure", "landscape", "square", "story")


def with_figure(command: Command) -> Command:
    for said in reversed(list(kind_options())):
        command = said(command)
    for option in reversed(
        [
            click.option("--view", "kind", type=click.Choice(NAMES), default="topline", help="The kind of figure."),
            click.option("--by", multiple=True, metavar="KEY", help="A dimension or question; repeat to cross them."),
            click.option(
                "--every", type=click.Choice(["hour", "day", "week", "month", "wave"]), default="day",
                show_default=True,
            ),
            click.option(
                "--window", type=click.IntRange(max=MOST_PERIODS), default=1, show_default=True,
                help="Periods to date taken together.",
            ),
            click.option("--choice", metavar="VALUE", help="The choice that the figure follows. Default: its own."),
        ]
    ):  # fmt: skip
        command = option(command)
    return command


def kind_options() -> Iterator[Callable[[Command], Command]]:
    """What the kinds of figures let be chosen, each name once, with the kinds that have it."""
    options: dict[str, list[tuple[str, Option]]] = {}
    for owner in NAMES:
        for option in kind(owner).options:
            if option.always is None:
                options.setdefault(option.name, []).append((owner, option))
    for name, owned in options.items():
        helps = {
            option.help.rstrip("."): [kind for kind, same in owned if same.help == option.help] for _, option in owned
        }
        yield click.option(
            option_flag(name), f"{OF_KIND}{name.replace('.', DOT)}", multiple=True, metavar=_metavar(owned[0][1]),
            help=" ".join(f"{words} ({', '.join(owners)})." for words, owners in helps.items()),
        )  # fmt: skip


def _metavar(option: Option) -> str:
    return "|".join(option.values) if 0 < len(option.values) <= 4 else "VALUE"


def with_finish(command: Command) -> Command:
    """Adds how a figure is to look: no number depends on it."""
    for option in reversed(
        [
            click.option("--title", default="", metavar="WORDS", help="Default: what the numbers show."),
            click.option("--subtitle", default="", metavar="WORDS", help="Default: the question."),
            click.option("--note", default="", metavar="WORDS", help="Stands below the figure."),
            click.option("--source", default="", metavar="WORDS", help="Whose survey it is. Default: the house."),
            click.option("--alt", default="", metavar="WORDS", help="The figure in words. Default: every number."),
            click.option("--order", type=click.Choice(SORTS[1:]), help="That of answers or groups. Default: as asked."),
            click.option("--highlight", default="", metavar="VALUE", help="One answer or group; the others turn grey."),
            click.option(
                "--colour", "colours", multiple=True, metavar="VALUE=#RRGGBB",
                help="The colour of an answer or group, one of the house style; repeat for more.",
            ),
            click.option(
                "--only", multiple=True, metavar="VALUE",
                help="Draw the line of this answer or group of a trend alone; repeat for more.",
            ),
            click.option("--no-labels", is_flag=True, help="Leave the numbers at bars and lines out."),
        ]
    ):  # fmt: skip
        command = option(command)
    return command


def _finish_options(options: dict[str, Any]) -> dict[str, Any]:
    """Takes out of the options what a figure is to look like."""
    chosen = {name: options.pop(name) for name in ("title", "subtitle", "note", "source", "alt", "highlight")}
    pairs = [str(pair).rpartition("=") for pair in options.pop("colours")]
    if wrong := [colour for value, _, colour in pairs if not value]:
        raise click.UsageError(f"--colour is '{wrong[0]}', expected VALUE=#RRGGBB")
    colours = tuple((value, colour.lower()) for value, _, colour in pairs)
    chosen |= {"sort": options.pop("order") or "", "colours": colours, "only": tuple(options.pop("only"))}
    return chosen | {"labels": not options.pop("no_labels")}


@click.command("export")
@click.argument("survey", required=False)
@click.argument("question", required=False)
@click.option("--link", metavar="LINK", help="The figure of this link, in place of SURVEY and QUESTION.")
@with_figure
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The file; its ending is the format."
)
@click.option("--heat", is_flag=True, help="Draw a crosstab as a table of shares.")
@click.option("--stacked", is_flag=True, help="Draw a topline as one stacked bar.")
@click.option("--drawn", type=click.Choice(WAYS), help="Draw it in another way that suits its kind.")
@click.option("--size", type=click.Choice(SIZES), default="figure", show_default=True, help="Of a picture.")
@click.option("--scale", type=Amount(1, 4), default=1, show_default=True, help="Pixels for each pixel.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Default: the survey's own, else English.")
@with_finish
@click.option("--no-register", is_flag=True, help="Leave it out of the register of published figures.")
@with_selection_of_files
def export_command(
    survey: str | None, question: str | None, link: str | None, output: Path, heat: bool, stacked: bool,
    drawn: str | None, size: str, scale: float, language: str, no_register: bool, db: str, **options: Any,
) -> None:  # fmt: skip
    """One figure with everything that has to be known about it, as a file."""
    if (link is None) == (survey is None or question is None):
        raise click.UsageError("name a survey and a question, or give the --link of a figure")
    chosen = _finish_options(options)
    snapshot, request = linked(link, db) if link else figure_asked_for(survey or "", question or "", db, options)
    style = read_style(style_file(), language or own_language(snapshot.survey))
    finish = Finish(chart="heat" if heat else "stacked" if stacked else drawn or "", size=size, **chosen)
    with speaking(style):  # what cannot be compared says so among the numbers
        made = make(snapshot.in_language(style.language), request)
        _name_few(few_told_in(open_store(db), made))
    export = export_of(made, style, finish)
    _name_untranslated(export.untranslated, style.language)
    content = file_of(export, output.suffix.lower().lstrip("."), scale=scale)
    write_file(output, content)
    if not no_register:
        _register(db, output, partial(register_export, export=export, content=content, name=output.name))
    click.echo(f"{output}: {export.figure_id}, {written(len(content))} bytes, SHA-256 {fingerprint(content)}")


def _name_few(named: list[str]) -> None:
    """Names the numbers that tell of fewer than ten readers: whoever has the file has them for good."""
    if named:
        click.echo(f"it could tell what fewer than 10 readers answered, by {named_few(named)}", err=True)
        click.echo("--seen-as viewers makes it as viewers see it: rounded, and without these numbers", err=True)


def _name_untranslated(texts: list[str], language: str) -> None:
    """Names what stays in the survey's own words in a file of another language."""
    for text in texts:
        click.echo(f"not in {language}, so it stays as it is: {text}", err=True)
    if texts:
        click.echo(f"write it under [labels.{language}] in the definition, or on the Edit page", err=True)


def _register(db: str, file: Path, enter: Callable[..., None]) -> None:
    """Enters what leaves into the register; a store that cannot be written does not keep the file from being made.

    Raises:
        RequestError: it may not leave any more, and the file is gone.
    """
    try:
        enter(open_store(db), now=datetime.now(UTC), left_from="command line", by=user_name())
    except RequestError:
        if file.is_file():
            file.unlink()
        raise
    except StoreError as fault:
        click.echo(f"the file is made, but it is not in the register: {fault}", err=True)


@click.command("report")
@click.argument("survey")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The file; its ending is the format."
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Default: the survey's own, else English.")
@click.option("--seen-as", type=click.Choice(AS_VIEWERS.values), help=AS_VIEWERS.help)
@click.option("--no-register", is_flag=True, help="Leave it out of the register of published figures.")
@with_selection_of_files
def report_command(
    survey: str, output: Path, language: str | None, seen_as: str | None, no_register: bool, db: str, **options: Any
) -> None:
    """Every question of a survey in all, over time and by every dimension, with the method, as one file."""
    snapshot, request = asked_for(survey, db, options)
    if seen_as is not None:
        request = replace(request, options=((AS_VIEWERS.name, seen_as),))
    style = read_style(style_file(), language or own_language(snapshot.survey))
    few, engine = dict[str, None](), open_store(db)

    def judged(made: Made) -> Made:
        few.update(dict.fromkeys(few_told_in(engine, made)))
        return made

    exports = survey_report(snapshot, request, style, judged)
    _name_few(list(few))
    if not exports:
        raise RequestError("nobody in this selection has answered, so there is nothing to report: take a filter away")
    texts = (text for export in exports for text in export.untranslated)
    _name_untranslated(list(dict.fromkeys(texts)), style.language)
    report = report_of(exports)
    content = collection_of(exports, output.suffix.lower().lstrip("."), _show_progress, report.cover)
    write_file(output, content)
    if not no_register:
        _register(db, output, partial(register_export, export=report, content=content, name=output.name))
    click.echo(
        f"{output}: {written(len(exports))} figures, {written(len(content))} bytes, SHA-256 {fingerprint(content)}"
    )


def _show_progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{written(done)} of {written(of)} drawn", nl=done == of, err=True)


def write_file(path: Path, content: bytes) -> None:
    with whole_file(path) as file:
        file.write(content)
