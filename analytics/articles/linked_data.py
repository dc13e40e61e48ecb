"""What a web page says of its article in JSON-LD, as schema.org words it for search engines."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

ARTICLES = re.compile(r"(?:https?://schema\.org/)?(?:\w*Article|BlogPosting|LiveBlogPosting|Report)")
MOST_NODES = 10_000
LONGEST_TEXT = 500


@dataclass(frozen=True)
class Said:
    """What the page says of its article; None where it says nothing."""

    headline: str | None = None
    section: str | None = None
    credit: str | None = None
    published_at: datetime | None = None
    url: str | None = None


def said_of_article(page: str) -> Said:
    """Returns what the JSON-LD of a page says of the first article in it.

    Example:
        >>> said = said_of_article('<script type="application/ld+json">{"@type": "NewsArticle", "headline": "River up",'
        ...     ' "datePublished": "2025-05-19T08:00:00+02:00", "author": [{"name": "J. Doe"}]}</script>')
        >>> said.headline, said.credit, said.published_at.isoformat()
        ('River up', 'J. Doe', '2025-05-19T06:00:00+00:00')
    """
    article = next((node for block in _blocks(page) for node in _nodes(block) if _is_article(node)), None)
    if article is None:
        return Said()
    images = [node for node in _nodes(article.get("image")) if "creditText" in node]
    named = [author.get("name") if isinstance(author, dict) else author for author in _listed(article, "author")]
    authors = list(map(_words, named))
    credits = [_words(node["creditText"]) for node in (*images, article) if "creditText" in node]
    main = article.get("mainEntityOfPage")
    return Said(
        headline=_words(article.get("headline")) or _words(article.get("name")),
        section=next(filter(None, map(_words, _listed(article, "articleSection"))), None),
        credit=next(filter(None, credits), None) or ", ".join(filter(None, authors)) or None,
        published_at=_moment(article.get("datePublished")),
        url=_address(article.get("url")) or _address(main.get("@id") if isinstance(main, dict) else main),
    )


class _Scripts(HTMLParser):
    """The blocks of JSON-LD in a page: a class, as the parser of the standard library wants it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.inside = False
        self.blocks: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        kind = (dict(attributes).get("type") or "").partition(";")[0].strip().casefold()
        self.inside = tag == "script" and kind == "application/ld+json"
        if self.inside:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.blocks[-1] += data

    def handle_endtag(self, _tag: str) -> None:
        self.inside = False


def _blocks(page: str) -> Iterator[Any]:
    scripts = _Scripts()
    scripts.feed(page)
    for block in scripts.blocks:
        try:
            yield json.loads(block)
        except (ValueError, RecursionError):
            continue  # a page may say nonsense of itself and still hold an article


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yields the objects in a value, outer ones first; of a value made to have no end only so many."""
    waiting, seen = [value], 0
    while waiting and seen < MOST_NODES:
        node, seen = waiting.pop(0), seen + 1
        if isinstance(node, dict):
            yield node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node


def _is_article(node: dict[str, Any]) -> bool:
    return any(isinstance(kind, str) and ARTICLES.fullmatch(kind) for kind in _listed(node, "@type"))


def _listed(node: dict[str, Any], key: str) -> list[Any]:
    value = node.get(key)
    return value if isinstance(value, list) else [] if value is None else [value]


def _words(value: Any) -> str | None:
    """Returns the plain words of a text, entities and tags resolved, as pages put both there."""
    if not isinstance(value, str):
        return None
    words = " ".join(html.unescape(re.sub(r"<[^<>]{0,200}>", "", value)).split())
    return words[:LONGEST_TEXT] or None


def _moment(value: Any) -> datetime | None:
    """Returns a time stamp in UTC; one without a zone is taken for UTC."""
    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def _address(value: Any) -> str | None:
    found = isinstance(value, str) and re.fullmatch(r"https?://[^\s\"'<>\\]{1,2000}", value.strip())
    return value.strip() if found else None
