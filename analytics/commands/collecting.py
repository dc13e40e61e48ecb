"""Answers from under an article, on the command line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from analytics.collect.accounts import ACCOUNT_KEYS
from analytics.collect.drafting import GROUPS, DraftedSurvey, draft_of, drafted, drafted_like
from analytics.collect.pasting import origin_of, origins_of, refuse_unasked, snippets
from analytics.collect.serving import OWN_MACHINE, serve
from analytics.collect.variants import PLACEMENT, with_variants
from analytics.collect.wording import remarks_on
from analytics.commands.keeping import with_erasure_log
from analytics.commands.options import FilePath, with_database
from analytics.errors import RequestError
from analytics.imports.articles.text import article_from_text
from analytics.imports.definition.survey import read_definition
from analytics.language.catalogues import OURS
from analytics.language.notation import known_language
from analytics.language.said import spoken
from analytics.model import Fieldwork, Survey, first_asked
from analytics.store.people.keys import signing_keys
from analytics.store.place.connections import Store
from analytics.store.tables.fieldwork import ask_survey, read_fieldwork
from analytics.store.tables.opening import opened_store
from analytics.store.tables.surveys import find_survey, read_survey
from analytics.store.tend.editing import KEY

TIME = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), default=8502, show_default=True, help="Where it listens.")
@click.option(
    "--host",
    default=OWN_MACHINE,
    show_default=True,
    help="The address it listens on: only this machine reaches it unless another is named, such as 0.0.0.0.",
)
@with_erasure_log
@with_database
def collect(port: int, host: str, log: Path | None, db: str) -> None:
    """Take answers from under articles, for the surveys that are asked there, until stopped."""
    with opened_store(db, for_answers=True) as engine:
        click.echo(f"answers are taken at http://{host}:{port}/collect/v1/answers", err=True)
        serve(engine, host=host, port=port, erasure_log=log)


@click.command("account-key")
@with_database
def account_key(db: str) -> None:
    """Print the key by which the paper's account system vouches for its readers, in hexadecimal; keep it secret."""
    with opened_store(db) as engine:
        click.echo(signing_keys(engine, ACCOUNT_KEYS, now=datetime.now(UTC)).current.hex())


@click.command()
@click.argument("survey")
@click.option("--question", default="", metavar="TEXT", help="A new question: SURVEY is the key of its survey then.")
@click.option("--title", default="", metavar="TEXT", help="The new survey's title; by default its question.")
@click.option("--choice", "choices", multiple=True, metavar="TEXT", help="An answer to the new question; repeat.")
@click.option(
    "--further", multiple=True, metavar="TEXT|ANSWER|ANSWER", help="A further new question with its answers; repeat."
)
@click.option("--unsure/--no-unsure", default=True, show_default=True, help="Offer “Unsure” to new questions too.")
@click.option("--group", "groups", multiple=True, type=click.Choice(list(GROUPS)), help="Ask about themselves; repeat.")
@click.option("--region", "regions", multiple=True, metavar="TEXT", help="A region readers may be from; repeat.")
@click.option("--comment", is_flag=True, help="Ask for a comment, with consent to print it.")
@click.option("--zone", default="UTC", show_default=True, metavar="ZONE", help="The new survey's time zone.")
@click.option("--article", type=FilePath(exists=True), help="The new survey's article, as text.")
@click.option("--article-of", default="", metavar="KEY", help="The new survey's article: that of another survey.")
@click.option("--like", default="", metavar="KEY", help="An earlier survey whose questions and settings it has.")
@click.option("--random-order", is_flag=True, help="A new order of the answers for each reader; “unsure” stays last.")
@click.option("--wording", "wordings", multiple=True, metavar="TEXT", help="Another wording, to as many; repeat.")
@click.option("--placement", "placements", multiple=True, metavar="WORD", help="A place where it will stand; repeat.")
@click.option("--results/--no-results", default=True, show_default=True, help="Show the total to who answered.")
@click.option("--sensitive", is_flag=True, help="It is about politics, religion, health, sexuality, origin or unions.")
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
def ask(survey: str, address: str, db: str, **typed: Any) -> None:
    """Ask a survey under an article: a definition's file, the key of a survey that is there, or a new question.

    From then on `collect` takes its answers. Printed is what to paste: an element, a frame, a link.
    What might push readers to an answer is remarked on, in English and German questions.
    """
    with opened_store(db) as engine:
        new = bool(typed["question"] or typed["like"])
        found, fieldwork = _drafted(engine, survey, typed) if new else _settled(engine, survey, typed)
        first = first_asked(found)
        others = [] if first is None else [replace(first, text=text) for text in fieldwork.wordings]
        for question, remark in remarks_on([*found.questions, *others]):
            click.echo(f"{question.key}: {remark.why}", err=True)
        ask_survey(engine, found, fieldwork)
    places = found.dimension(PLACEMENT) if PLACEMENT in fieldwork.noted else None
    for place in [""] if places is None else [one.value for one in places.levels]:
        for name, text in snippets(found, origin_of(address), place).items():
            click.echo(f"{name}{f', {place}' if place else ''}:\n{text}\n")


def _settled(engine: Store, survey: str, typed: Mapping[str, Any]) -> tuple[Survey, Fieldwork]:
    """A survey that a definition describes, or that is there, and how it is asked."""
    for name in ("title", "choices", "further", "groups", "regions", "comment", "article", "article_of"):
        if typed[name]:
            raise RequestError(
                f"--{name.rstrip('s').replace('_', '-')} describes a new question: name it by --question"
            )
    found = read_definition(Path(survey)) if survey.endswith(".toml") else find_survey(engine, survey)
    if found is None:
        found = read_survey(engine, survey)  # which says which there are
    refuse_unasked(found)
    zone = ZoneInfo(found.time_zone)
    opens, closes = typed["opens"], typed["closes"]
    opens_at, closes_at = (None if at is None else at.replace(tzinfo=zone) for at in (opens, closes))
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        raise RequestError("found a closing time that is not after the opening one")
    notice, language = typed["notice"], typed["language"]
    if notice and not notice.startswith(("https://", "http://")):
        raise RequestError(f"found the privacy notice '{notice}', expected an address such as https://paper.example")
    if language and not known_language(language):
        raise RequestError(f"found the language '{language}', expected a code such as de or fr")
    if typed["sensitive"] and not (typed["purpose"] and notice and typed["notice_version"]):
        raise RequestError(spoken("A sensitive question needs its purpose, the privacy notice and the version of it."))
    known = read_fieldwork(engine, found.key)
    fieldwork = Fieldwork(
        origins_of(typed["hosts"]), opens_at, closes_at, known_language(language or found.language or "") or OURS,
        typed["purpose"], notice, typed["notice_version"], typed["results"], typed["random_order"], typed["wordings"],
        () if known is None else known.noted,
    )  # fmt: skip
    dated = replace(
        found, opens=opens.date() if opens else found.opens, closes=closes.date() if closes else found.closes
    )
    return with_variants(dated, fieldwork, typed["placements"])


def _drafted(engine: Store, key: str, typed: Mapping[str, Any]) -> tuple[Survey, Fieldwork]:
    """A new survey of what was typed, and how it is asked; what was not typed is that of the survey it is like."""
    if find_survey(engine, key) is not None:
        raise RequestError(f"there is a survey '{key}' already: choose another key for a new question")
    zone, article = typed["zone"], None
    if typed["article"]:
        article = article_from_text(typed["article"].read_text(encoding="utf-8"), file=str(typed["article"]))
    elif typed["article_of"]:
        article = read_survey(engine, typed["article_of"]).article
    further = tuple(
        (parts[0].strip(), tuple(one.strip() for one in parts[1:] if one.strip()))
        for parts in (text.split("|") for text in typed["further"])
    )
    language = known_language(typed["language"] or OURS)
    if not language:
        raise RequestError(f"found the language '{typed['language']}', expected a code such as de or fr")
    if not re.fullmatch(KEY, key):
        raise RequestError(f"found the key '{key[:40]}', expected letters from a to z, digits, '_' and '-' only")
    draft = DraftedSurvey(
        key, typed["title"] or typed["question"], typed["question"], typed["choices"], zone, further, typed["unsure"],
        typed["groups"], typed["comment"], language, _at(typed["opens"], zone), _at(typed["closes"], zone),
        typed["hosts"], typed["purpose"], typed["notice"], typed["notice_version"], typed["sensitive"],
        typed["results"], article, typed["random_order"], typed["wordings"], typed["placements"], typed["regions"],
    )  # fmt: skip
    if typed["like"]:
        earlier = draft_of(read_survey(engine, typed["like"]), read_fieldwork(engine, typed["like"]))
        draft = drafted_like(draft, earlier)
    return drafted(draft)


def _at(moment: datetime | None, zone: str) -> datetime | None:
    try:
        return None if moment is None else moment.replace(tzinfo=ZoneInfo(zone))
    except (KeyError, ValueError, OSError):
        raise RequestError(f"found the time zone '{zone}', expected one such as Europe/Berlin") from None
