"""The article in a file or at an address, with its picture: read in a process of its own where strangers made it."""

from __future__ import annotations

import os
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.errors import FileError
from analytics.imports.articles.article import PAGES, article_of, read_article
from analytics.imports.articles.fetch import allowed_hosts
from analytics.imports.reading.sandbox import in_child
from analytics.model import Article, Picture

_PAGE_SECONDS = 20
_PAGES, _DRAWING = "analytics.imports.articles.apart", "analytics.imports.articles.pictures"
"""Named, not imported: what reads pages and decodes pictures that strangers made runs in the child alone."""


@dataclass(frozen=True)
class FoundArticle:
    """An article with its picture, which may be wanting: then `fault` says why."""

    article: Article
    picture: Picture | None = None
    fault: str = ""


def article_at(place: str) -> FoundArticle:
    """Returns the article of a file, or of an address on a host that ARTICLE_HOSTS allows, with its picture.

    Raises:
        FileError: it cannot be read, or its host is not allowed.

    Example:
        >>> article_at("file:///a.html")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        analytics.errors.FileError: file:///a.html: found the scheme 'file', expected http or https: name its ...
    """
    return article_of_address(place) if "://" in place else article_in_file(Path(place))


def article_of_address(url: str) -> FoundArticle:
    """Returns the article of an address on a host that ARTICLE_HOSTS allows; never of a file, whatever it says.

    Raises:
        FileError: it cannot be read, or its host is not allowed. That its picture cannot be read is no error.

    Example:
        >>> article_of_address("/etc/passwd")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        analytics.errors.FileError: /etc/passwd: found the scheme '', expected http or https: name its host in ...
    """
    words = in_child(f"{_PAGES}:page_of_address", url, list(allowed_hosts(os.environ)), seconds=_PAGE_SECONDS, file=url)
    return _with_picture(words)


def article_in_file(path: Path) -> FoundArticle:
    """Returns the article of a text, Markdown or HTML file; the picture that a web page names is fetched.

    Raises:
        FileError: it cannot be read. That its picture cannot be fetched is no error.
    """
    if path.suffix.lower() not in PAGES:
        return FoundArticle(read_article(path))
    return _with_picture(in_child(f"{_PAGES}:page_of_file", str(path), seconds=_PAGE_SECONDS, file=path.name))


def picture_at(place: str, *, alt: str = "", credit: str = "") -> Picture:
    """Returns the picture of a file, or of an address on a host that ARTICLE_HOSTS allows.

    Raises:
        FileError: it cannot be read, its host is not allowed, or it is no picture.

    Example:
        >>> picture_at("ftp://news.example/a.png")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        analytics.errors.FileError: ftp://news.example/a.png: found the scheme 'ftp', expected http or https: ...
    """
    if "://" in place:
        found = in_child(
            f"{_DRAWING}:picture_of_address", place, list(allowed_hosts(os.environ)), seconds=_PAGE_SECONDS, file=place
        )
    else:
        found = in_child(f"{_DRAWING}:picture_of_file", place, seconds=_PAGE_SECONDS, file=Path(place).name)
    return Picture("image/jpeg", b64decode(found), alt, credit)


def _with_picture(words: dict[str, Any]) -> FoundArticle:
    """Returns the article that these words say, with the picture that they name."""
    article, named = article_of(words["article"]), words["picture"]
    if named is None:
        return FoundArticle(article)
    try:
        return FoundArticle(article, picture_at(named["url"], alt=named["alt"], credit=named["credit"]))
    except FileError as fault:
        return FoundArticle(article, fault=str(fault))
