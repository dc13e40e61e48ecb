"""Articles as web pages: what their JSON-LD says of them, and the text that an extraction library finds in them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from trafilatura import bare_extraction

from analytics.errors import FileError
from analytics.imports.articles.text import before_survey, sections, without_credit, without_question
from analytics.language.said import spoken
from analytics.model import Article

_Block = tuple[bool, str]
"""Whether it is a heading, and its plain text."""

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_START_BYTES = 4096
_ARTICLES = re.compile(r"(?:https?://schema\.org/)?(?:\w*Article|BlogPosting|LiveBlogPosting|Report)")
_MOST_MARKS = 50_000
"""So many tags, and so many character references, a page may have; a long one of a newspaper has a tenth of that."""
_MOST_CHARACTERS = 500_000
"""A book of 80,000 words is shorter."""
_MOST_NODES = 10_000
_LONGEST_TEXT = 500


def article_from_page(content: bytes, *, file: str, charset: str | None = None) -> Article:
    """Returns the article of a web page; every text is plain.

    Args:
        file: what messages call the page.
        charset: how the page's text is written, where its server says so; else the page says it, else it is UTF-8.

    Raises: FileError, naming `file`, where the page holds no text of an article or no headline.
    """
    page = _page_text(content, charset)
    if (marks := max(page.count("<"), page.count("&"))) > _MOST_MARKS:
        raise FileError(
            spoken(
                "{file}: found {count} tags, expected a page of at most {most}: save the article as a .txt file",
                file=file,
                count=marks,
                most=_MOST_MARKS,
            )
        )
    said = _said_of_article(page)
    found: Any = bare_extraction(
        page, include_comments=False, include_tables=False, include_images=False, favor_recall=True, with_metadata=True
    )
    headline = said.headline or (found.title if found is not None else None)
    if found is None or not headline:
        missing = spoken("no headline") if found is not None else spoken("no text of an article")
        raise FileError(
            spoken(
                "{file}: found {missing}, expected a page with one article: save its text as a .txt file",
                file=file,
                missing=missing,
            )
        )
    blocks = [(heading, text) for heading, text in _blocks(found.body) if not (heading and text == headline)]
    if (length := sum(len(text) for _, text in blocks)) > _MOST_CHARACTERS:
        raise FileError(
            spoken(
                "{file}: found an article of {count} characters, expected at most {most}",
                file=file,
                count=length,
                most=_MOST_CHARACTERS,
            )
        )
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


def _page_text(content: bytes, charset: str | None) -> str:
    """Returns the text of a page in the encoding that is stated; what is not of it becomes U+FFFD.

    Example:
        >>> _page_text(b'<meta charset="windows-1252"><p>caf' + bytes([0xE9]), None)[-4:] == "caf" + chr(0xE9)
        True
    """
    stated = _CHARSET.search(content[:_START_BYTES])
    name = charset or (stated[1].decode("ascii") if stated else "utf-8")
    if content.startswith(b"\xef\xbb\xbf"):
        name = "utf-8-sig"
    try:
        text = content.decode(name, "replace")
    except (LookupError, ValueError):  # a charset that there is not, or one that decodes no text
        text = content.decode("utf-8", "replace")
    return text.replace("\0", "\ufffd")


def _blocks(body: Any) -> Iterator[_Block]:
    """Yields the headings and paragraphs of the extracted text; an entry of a list is a paragraph."""
    for element in body:
        parts = element if element.tag == "list" else [element]
        for part in parts:
            text = " ".join("".join(part.itertext()).split())
            if text:
                yield element.tag == "head", text


def _without_question(blocks: list[_Block], *, announced: bool) -> tuple[list[_Block], str | None]:
    """Returns the blocks without the closing question, which stands under the last heading, and the question."""
    start = next((at for at in range(len(blocks), 0, -1) if blocks[at - 1][0]), 0)
    kept, question = without_question([text for _, text in blocks[start:]], announced=announced)
    return [*blocks[:start], *((False, text) for text in kept)], question


def _address(url: str | None) -> str | None:
    return url if url and re.fullmatch(r"https?://\S+", url) else None


@dataclass(frozen=True)
class _Said:
    """What the page says of its article; None where it says nothing."""

    headline: str | None = None
    section: str | None = None
    credit: str | None = None
    published_at: datetime | None = None
    url: str | None = None


@dataclass(frozen=True)
class NamedPicture:
    """The picture that a page names for its article: its address, maybe relative, its words and whom to credit."""

    url: str
    alt: str = ""
    credit: str = ""


def named_picture(content: bytes, charset: str | None = None) -> NamedPicture | None:
    """Returns the picture that the JSON-LD of a page names for its article; None where it names none.

    Example:
        >>> named_picture(b'<script type="application/ld+json">{"@type": "NewsArticle", "image": '
        ...     b'{"url": "/river.jpg", "caption": "The river at dawn", "creditText": "J. Doe"}}</script>')
        NamedPicture(url='/river.jpg', alt='The river at dawn', credit='J. Doe')
    """
    article = _article_node(_page_text(content, charset))
    for image in _listed(article, "image") if article else []:
        node = image if isinstance(image, dict) else {"url": image}
        address = next((node[key] for key in ("contentUrl", "url", "@id") if isinstance(node.get(key), str)), "")
        if re.fullmatch(r"[!-~]{1,2000}", address.strip()):
            words = [_words(node.get(key)) or "" for key in ("caption", "creditText")]
            return NamedPicture(address.strip(), *words)
    return None


def _article_node(page: str) -> dict[str, Any] | None:
    """Returns what the JSON-LD of a page says of the first article in it."""
    return next((node for block in _data_blocks(page) for node in _nodes(block) if _is_article(node)), None)


def _said_of_article(page: str) -> _Said:
    """Returns what the JSON-LD of a page says of the first article in it.

    Example:
        >>> said = _said_of_article('<script type="application/ld+json">{"@type": "NewsArticle", '
        ...     '"headline": "River up", "datePublished": "2025-05-19T08:00:00+02:00", '
        ...     '"author": [{"name": "J. Doe"}]}</script>')
        >>> said.headline, said.credit, said.published_at.isoformat()
        ('River up', 'J. Doe', '2025-05-19T06:00:00+00:00')
    """
    article = _article_node(page)
    if article is None:
        return _Said()
    images = [node for node in _nodes(article.get("image")) if "creditText" in node]
    named = [author.get("name") if isinstance(author, dict) else author for author in _listed(article, "author")]
    authors = list(map(_words, named))
    credits = [_words(node["creditText"]) for node in (*images, article) if "creditText" in node]
    main = article.get("mainEntityOfPage")
    return _Said(
        headline=_words(article.get("headline")) or _words(article.get("name")),
        section=next(filter(None, map(_words, _listed(article, "articleSection"))), None),
        credit=next(filter(None, credits), None) or ", ".join(filter(None, authors)) or None,
        published_at=_moment(article.get("datePublished")),
        url=_data_address(article.get("url")) or _data_address(main.get("@id") if isinstance(main, dict) else main),
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


def _data_blocks(page: str) -> Iterator[Any]:
    scripts = _Scripts()
    scripts.feed(page)
    for block in (one for one in scripts.blocks if len(one) <= _MOST_CHARACTERS):
        try:
            yield json.loads(block)
        except (ValueError, RecursionError):
            continue  # a page may say nonsense of itself and still hold an article


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yields the objects in a value, outer ones first; of a value made to have no end only so many."""
    waiting, seen = [value], 0
    while waiting and seen < _MOST_NODES:
        node, seen = waiting.pop(0), seen + 1
        if isinstance(node, dict):
            yield node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node


def _is_article(node: dict[str, Any]) -> bool:
    return any(isinstance(kind, str) and _ARTICLES.fullmatch(kind) for kind in _listed(node, "@type"))


def _listed(node: dict[str, Any], key: str) -> list[Any]:
    value = node.get(key)
    return value if isinstance(value, list) else [] if value is None else [value]


def _words(value: Any) -> str | None:
    """Returns the plain words of a text, entities and tags resolved, as pages put both there."""
    if not isinstance(value, str):
        return None
    words = " ".join(html.unescape(re.sub(r"<[^<>]{0,200}>", "", value)).split())
    return words[:_LONGEST_TEXT] or None


def _moment(value: Any) -> datetime | None:
    """Returns a time stamp in UTC; one without a zone is taken for UTC."""
    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def _data_address(value: Any) -> str | None:
    found = isinstance(value, str) and re.fullmatch(r"https?://[^\s\"'<>\\]{1,2000}", value.strip())
    return value.strip() if found else None
