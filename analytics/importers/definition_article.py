"""The `[article]` table of a survey definition: the article in a file beside it, or written out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from analytics.articles import read_article
from analytics.errors import FileError
from analytics.importers.toml_fields import items_of, moment, text, texts
from analytics.importers.toml_tables import Table, inner, known_only, refuse, section, shown
from analytics.model import Article, Section

KNOWN = ("headline", "kicker", "url", "published_at", "credit", "body", "question", "section")


def article_of(root: Table, folder: Path, zone: ZoneInfo) -> Article | None:
    """Returns the article, what the definition says of it put before what its body file says."""
    table = section(root, "article")
    if table is None:
        return None
    known_only(table, KNOWN)
    body = _body(table, folder)
    if "body" not in table.fields and "headline" not in table.fields:
        refuse(table, "neither headline nor body", "a headline, or as body the name of the article's file")
    if "body" in table.fields and "section" in table.fields:
        refuse(table, "both body and section", "the article's text in one place")
    url = text(table, "url", empty=True)
    if url and not url.startswith(("https://", "http://")):
        refuse(table, f"url = {shown(url)}", "an address that starts with https:// or http://")
    return replace(
        body,
        headline=text(table, "headline") or body.headline,
        kicker=(text(table, "kicker", empty=True) or None) if "kicker" in table.fields else body.kicker,
        credit=(text(table, "credit", empty=True) or None) if "credit" in table.fields else body.credit,
        url=url or None,
        published_at=moment(table, "published_at", zone),
        sections=_sections(table) or body.sections,
        question=text(table, "question") or body.question,
    )


def _sections(table: Table) -> tuple[Section, ...]:
    """Returns the sections that are written out, none where the article stands in a file of its own."""
    items = [inner(table, item, f"section {place}") for place, item in enumerate(items_of(table, "section"), start=1)]
    for item in items:
        if item is not None:
            known_only(item, ("heading", "paragraphs"))
    return tuple(Section(text(item, "heading"), texts(item, "paragraphs")) for item in items if item is not None)


def _body(table: Table, folder: Path) -> Article:
    """Returns the article that the body file holds, or one without a word."""
    name = text(table, "body")
    if not name:
        return Article(headline="")
    if Path(name).is_absolute() or ".." in Path(name).parts:
        refuse(table, f"body = {shown(name)}", "a path into the folder of this file")
        return Article(headline="")
    try:
        return read_article(folder / name)
    except FileError as error:
        table.faults.append(f"{table.file}, {table.place} body: {error}")
        return Article(headline="")
