"""Articles as web pages: what their JSON-LD says of them, and the text that an extraction library finds in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from analytics.articles.linked_data import said_of_article
from analytics.articles.text import before_survey, sections, without_credit, without_question
from analytics.errors import FileError
from analytics.model import Article

Block = tuple[bool, str]
"""Whether it is a heading, and its plain text."""

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
START_BYTES = 4096


def article_from_page(content: bytes, *, file: str, charset: str | None = None) -> Article:
    """Returns the article of a web page; every text is plain.

    Args:
        file: what messages call the page.
        charset: how the page's text is written, where its server says so; else the page says it, else it is UTF-8.

    Raises: FileError, naming `file`, where the page holds no text of an article or no headline.
    """
    from trafilatura import bare_extraction  # takes half a second, for those who have no web page too

    page = page_text(content, charset)
    said = said_of_article(page)
    found: Any = bare_extraction(
        page, include_comments=False, include_tables=False, include_images=False, favor_recall=True, with_metadata=True
    )
    headline = said.headline or (found.title if found is not None else None)
    if found is None or not headline:
        missing = "no headline" if found is not None else "no text of an article"
        raise FileError(f"{file}: found {missing}, expected a page with one article: save its text as a .txt file")
    blocks = [(heading, text) for heading, text in _blocks(found.body) if not (heading and text == headline)]
    credit, place, _ = without_credit(["" if heading else text for heading, text in blocks[:3]])
    rest = [block for at, block in enumerate(blocks) if at != place]
    texts, announced = before_survey([text for _, text in rest])
    body, question = _without_question(rest[: len(texts)], announced=announced)
    return Article(
        headline=headline,
        kicker=said.section,
        credit=said.credit or credit,
        url=said.url or _address(found.url),
        published_at=said.published_at,
        sections=sections(
            [(text, None) if heading else (None, text) for heading, text in body], asked=question is not None
        ),
        question=question,
    )


def page_text(content: bytes, charset: str | None) -> str:
    """Returns the text of a page in the encoding that is stated; what is not of it becomes U+FFFD.

    Example:
        >>> page_text(b'<meta charset="windows-1252"><p>caf' + bytes([0xE9]), None)[-4:] == "caf" + chr(0xE9)
        True
    """
    stated = CHARSET.search(content[:START_BYTES])
    name = charset or (stated[1].decode("ascii") if stated else "utf-8")
    if content.startswith(b"\xef\xbb\xbf"):
        name = "utf-8-sig"
    try:
        text = content.decode(name, "replace")
    except (LookupError, ValueError):  # a charset that there is not, or one that decodes no text
        text = content.decode("utf-8", "replace")
    return text.replace("\0", "\ufffd")


def _blocks(body: Any) -> Iterator[Block]:
    """Yields the headings and paragraphs of the extracted text; an entry of a list is a paragraph."""
    for element in body:
        parts = element if element.tag == "list" else [element]
        for part in parts:
            text = " ".join("".join(part.itertext()).split())
            if text:
                yield element.tag == "head", text


def _without_question(blocks: list[Block], *, announced: bool) -> tuple[list[Block], str | None]:
    """Returns the blocks without the closing question, which stands under the last heading, and the question."""
    start = next((at for at in range(len(blocks), 0, -1) if blocks[at - 1][0]), 0)
    kept, question = without_question([text for _, text in blocks[start:]], announced=announced)
    return [*blocks[:start], *((False, text) for text in kept)], question


def _address(url: str | None) -> str | None:
    return url if url and re.fullmatch(r"https?://\S+", url) else None
