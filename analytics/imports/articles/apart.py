"""Web pages that strangers made, read in a process of its own: their article, and what they say of its picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analytics.imports.articles.article import file_bytes, words_of
from analytics.imports.articles.fetch import fetch_page, joined_address
from analytics.imports.articles.page import article_from_page, named_picture


def page_of_file(path: str) -> dict[str, Any]:
    """Returns the article of a saved page and the picture that it names, as JSON can say it."""
    return _words_of_page(file_bytes(Path(path)), Path(path).name, None)


def page_of_address(url: str, hosts: list[str]) -> dict[str, Any]:
    """Returns the article of an address and the picture that it names, as JSON can say it."""
    page = fetch_page(url, tuple(hosts))
    return _words_of_page(page.content, page.url, page.charset)


def _words_of_page(content: bytes, place: str, charset: str | None) -> dict[str, Any]:
    article = article_from_page(content, file=place, charset=charset)
    named = named_picture(content, charset)
    start = place if "://" in place else article.url or ""
    where = joined_address(start, named.url) if named else ""
    told = {"url": where, "alt": named.alt, "credit": named.credit} if named and "://" in where else None
    return {"article": words_of(article), "picture": told}
