"""An article in a file, read in the way that its ending asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from analytics.errors import FileError
from analytics.language.said import listed, spoken
from analytics.model import Article, Section

PAGES = (".html", ".htm")
_READERS = {
    ".txt": "analytics.imports.articles.text:article_from_text",
    ".md": "analytics.imports.articles.markdown:article_from_markdown",
    ".markdown": "analytics.imports.articles.markdown:article_from_markdown",
    ".html": "analytics.imports.articles.page:article_from_page",
}
"""Named, not imported: what finds the text of a web page takes half a second to load."""

_FORMS = [".txt", ".md", ".markdown", ".html"]
_MAX_ARTICLE_BYTES = 10 << 20


def read_article(path: Path) -> Article:
    """Returns the article of a plain text file (.txt), a Markdown file (.md, .markdown), or a web page (.html, .htm).

    Text and Markdown are in UTF-8, a web page in the encoding that it states.

    Raises: FileError, in one sentence, where the file is of another form, cannot be read, is empty or has no headline.

    Example:
        >>> read_article(Path("a.docx"))
        Traceback (most recent call last):
        analytics.errors.FileError: a.docx: found an article ending in '.docx', expected .txt, .md, .markdown or .html
    """
    if path.suffix.lower() in PAGES:
        return article_reader(".html")(file_bytes(path), file=path.name)
    if path.suffix.lower() not in _READERS:
        raise FileError(
            spoken(
                "{name}: found an article ending in '{suffix}', expected {forms}",
                name=path.name,
                suffix=path.suffix,
                forms=listed(_FORMS, "or"),
            )
        )
    return article_reader(path.suffix.lower())(_file_text(path), file=path.name)


def article_reader(suffix: str) -> Callable[..., Article]:
    """Returns what makes an article of a file of that ending: of its text, or of the bytes of a web page."""
    reader: Callable[..., Article] = resolve_name(_READERS[suffix])
    return reader


def _file_text(path: Path) -> str:
    """Returns the text of a UTF-8 file without its byte order mark."""
    try:
        text = file_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(
            spoken(
                "{name}: found byte {start} to be no UTF-8, expected a UTF-8 file: save it as that",
                name=path.name,
                start=error.start + 1,
            )
        ) from error
    if "\0" in text:
        raise FileError(
            spoken("{name}: found a NUL character, expected text in UTF-8: save it as that", name=path.name)
        )
    if not text.strip():
        raise FileError(spoken("{name}: found an empty file, expected an article", name=path.name))
    return text


def file_bytes(path: Path) -> bytes:
    """Returns the bytes of a file that is no larger than an article is."""
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_ARTICLE_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError(
            spoken(
                "{name}: found no article that can be read ({reason}): {path}", name=path.name, reason=reason, path=path
            )
        ) from error
    if len(content) > _MAX_ARTICLE_BYTES:
        raise FileError(
            spoken(
                "{name}: found more than {most} MB, expected an article of at most that",
                name=path.name,
                most=_MAX_ARTICLE_BYTES >> 20,
            )
        )
    return content


def words_of(article: Article) -> dict[str, Any]:
    """Returns the article as JSON can say it.

    Example:
        >>> river = Article("River rises", published_at=datetime(2025, 5, 19, 8), sections=(Section(None, ("Rain.",)),))
        >>> article_of(words_of(river)) == river
        True
    """
    return asdict(article) | {"published_at": article.published_at and article.published_at.isoformat()}


def article_of(words: dict[str, Any]) -> Article:
    """Returns the article that these words say."""
    sections = tuple(Section(one["heading"], tuple(one["paragraphs"])) for one in words["sections"])
    at = words["published_at"] and datetime.fromisoformat(words["published_at"])
    return Article(**words | {"sections": sections, "published_at": at})
