"""Articles: one module for each form that an article can be written in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from analytics.articles.markdown import article_from_markdown
from analytics.articles.text import article_from_text
from analytics.errors import FileError
from analytics.model import Article


def read_article(path: Path) -> Article:
    """Returns the article of a plain text file (.txt) or a Markdown file (.md, .markdown), in UTF-8.

    Raises: FileError, in one sentence, where the file is of another form, cannot be read, is empty or has no headline.

    Example:
        >>> read_article(Path("article.docx"))
        Traceback (most recent call last):
        analytics.errors.FileError: article.docx: found an article ending in '.docx', expected .txt, .md or .markdown
    """
    forms: dict[str, Callable[..., Article]] = {
        ".txt": article_from_text,
        ".md": article_from_markdown,
        ".markdown": article_from_markdown,
    }
    form = forms.get(path.suffix.lower())
    if form is None:
        raise FileError(f"{path.name}: found an article ending in '{path.suffix}', expected .txt, .md or .markdown")
    return form(_file_text(path), file=path.name)


def _file_text(path: Path) -> str:
    """Returns the text of a UTF-8 file without its byte order mark."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FileError(f"{path.name}: found no article that can be read ({error.strerror}): {path}") from error
    except UnicodeDecodeError as error:
        raise FileError(
            f"{path.name}: found byte {error.start + 1} to be no UTF-8, expected a UTF-8 file: save it as that"
        ) from error
    if "\0" in text:
        raise FileError(f"{path.name}: found a NUL character, expected text in UTF-8: save it as that")
    if not text.strip():
        raise FileError(f"{path.name}: found an empty file, expected an article")
    return text
