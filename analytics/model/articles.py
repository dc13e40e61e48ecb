"""The article that asked the question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Section:
    """A stretch of an article under one heading; the opening stretch has none."""

    heading: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """The article that asked the question. Every text is plain text, never markup."""

    headline: str
    kicker: str | None = None
    credit: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    sections: tuple[Section, ...] = ()
    question: str | None = None
