"""The article that a survey belongs to, from a file or an allowed address; web pages in a process of their own."""

from __future__ import annotations

import os
from pathlib import Path

from analytics.articles import PAGES, read_article
from analytics.articles.fetch import allowed_hosts, fetch_page
from analytics.articles.page import article_from_page
from analytics.importers.sandbox import in_child
from analytics.model import Article
from analytics.store.tables.surveys import article_from_text, article_text

PAGE_SECONDS = 20


def article_at(place: str) -> Article:
    """Returns the article of a file, or of an address on a host that ARTICLE_HOSTS allows.

    Raises:
        FileError: it cannot be read, or its host is not allowed.

    Example:
        >>> article_at("file:///a.html")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        analytics.errors.FileError: file:///a.html: found the scheme 'file', expected http or https: name its ...
    """
    return article_of_address(place) if "://" in place else article_in_file(Path(place))


def article_of_address(url: str) -> Article:
    """Returns the article of an address on a host that ARTICLE_HOSTS allows; never of a file, whatever it says.

    Raises:
        FileError: it cannot be read, or its host is not allowed.

    Example:
        >>> article_of_address("/etc/passwd")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        analytics.errors.FileError: /etc/passwd: found the scheme '', expected http or https: name its host in ...
    """
    words = in_child(_fetched, url, list(allowed_hosts(os.environ)), seconds=PAGE_SECONDS, file=url)
    return article_from_text(words)


def article_in_file(path: Path) -> Article:
    """Returns the article of a text, Markdown or HTML file.

    Raises:
        FileError: it cannot be read.
    """
    if path.suffix.lower() not in PAGES:
        return read_article(path)
    return article_from_text(in_child(_read, str(path), seconds=PAGE_SECONDS, file=path.name))


def _read(path: str) -> str:
    return article_text(read_article(Path(path)))


def _fetched(url: str, hosts: list[str]) -> str:
    page = fetch_page(url, tuple(hosts))
    return article_text(article_from_page(page.content, file=page.url, charset=page.charset))
