"""Answers from under an article, on the command line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from analytics.collect.pasting import origin_of, origins_of, refuse_unasked, snippets
from analytics.collect.serving import OWN_MACHINE, serve
from analytics.collect.wording import remarks_on
from analytics.commands.options import with_database
from analytics.errors import RequestError
from analytics.imports.definition.survey import read_definition
from analytics.model import Fieldwork
from analytics.store.tables.fieldwork import ask_survey
from analytics.store.tables.opening import opened_store
from analytics.store.tables.surveys import find_survey, read_survey

TIME = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), default=8502, show_default=True, help="Where it listens.")
@click.option(
    "--host",
    default=OWN_MACHINE,
    show_default=True,
    help="The address it listens on: only this machine reaches it unless another is named, such as 0.0.0.0.",
)
@with_database
def collect(port: int, host: str, db: str) -> None:
    """Take answers from under articles, for the surveys that are asked there, until stopped."""
    with opened_store(db) as engine:
        click.echo(f"answers are taken at http://{host}:{port}/collect/v1/answers", err=True)
        serve(engine, host=host, port=port)


@click.command()
@click.argument("survey")
@click.option("--host", "hosts", multiple=True, metavar="SITE", help="A site whose pages may show the form; repeat.")
@click.option("--opens", type=TIME, metavar="T", help="Answers are taken from then on, in the survey's zone.")
@click.option("--closes", type=TIME, metavar="T", help="Answers are taken until then, in the survey's zone.")
@click.option("--language", default="", metavar="CODE", help="The form's language; by default that of the definition.")
@click.option("--purpose", default="", metavar="SENTENCE", help="What the answers are for, said under the form.")
@click.option("--notice", default="", metavar="URL", help="The privacy notice.")
@click.option("--notice-version", default="", metavar="WORD", help="Which version of it readers have before them.")
@click.option(
    "--address",
    default="http://localhost:8502",
    show_default=True,
    metavar="URL",
    help="Where readers reach the endpoint: it stands in what is pasted.",
)
@with_database
def ask(
    survey: str, hosts: tuple[str, ...], opens: datetime | None, closes: datetime | None, language: str, purpose: str,
    notice: str, notice_version: str, address: str, db: str,
) -> None:  # fmt: skip
    """Ask a survey under an article: a definition's file, or the key of a survey that is there.

    From then on `collect` takes its answers. Printed is what to paste: an element, a frame, a link.
    What might push readers to an answer is remarked on, in English and German questions.
    """
    with opened_store(db) as engine:
        found = read_definition(Path(survey)) if survey.endswith(".toml") else find_survey(engine, survey)
        if found is None:
            found = read_survey(engine, survey)  # which says which there are
        refuse_unasked(found)
        zone = ZoneInfo(found.time_zone)
        opens_at, closes_at = (None if at is None else at.replace(tzinfo=zone) for at in (opens, closes))
        if opens_at is not None and closes_at is not None and closes_at <= opens_at:
            raise RequestError("found a closing time that is not after the opening one")
        if notice and not notice.startswith(("https://", "http://")):
            raise RequestError(
                f"found the privacy notice '{notice}', expected an address such as https://paper.example"
            )
        fieldwork = Fieldwork(
            origins_of(hosts), opens_at, closes_at, language or found.language or "en", purpose, notice, notice_version
        )
        first, last = opens.date() if opens else found.opens, closes.date() if closes else found.closes
        for question, remark in remarks_on(found.questions):
            click.echo(f"{question.key}: {remark.why}", err=True)
        ask_survey(engine, replace(found, opens=first, closes=last), fieldwork)
    for name, text in snippets(found, origin_of(address)).items():
        click.echo(f"{name}:\n{text}\n")
