"""Articles as Markdown: kicker, `# Headline`, credit, `## Section`, paragraphs, a last question; read as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from analytics.errors import FileError
from analytics.imports.articles.text import (
    TextPart,
    before_survey,
    credit_line,
    joined_kicker,
    sections,
    without_credit,
    without_question,
)
from analytics.language.said import spoken, written
from analytics.model import Article

_MARKS, _MOST_MARKS = "*_[]!<`~&\\", 50_000
"""So many marks an article may have; a long one has some hundreds. To pair a million of them takes minutes."""

_Block = tuple[str, str, int]
"""A block's tag ("h1", "h2", ..., "p"), its plain text and the line at which it starts."""


def article_from_markdown(text: str, *, file: str) -> Article:
    """Returns the article of a Markdown text; emphasis, links, code and images leave only their words.

    Raises: FileError, naming `file`, where there is front matter, or not exactly one `# Headline` before the sections.

    Example:
        >>> article = article_from_markdown("World\\n\\n# River *rises*\\n\\nPhoto: Doe\\n\\nIt rained.", file="a.md")
        >>> article.kicker, article.headline, article.credit, article.sections[0].paragraphs
        ('World', 'River rises', 'Doe', ('It rained.',))
    """
    _refuse_front_matter(text, file)
    count = sum(map(text.count, _MARKS))
    if count > _MOST_MARKS:
        raise FileError(
            spoken(
                "{file}: found {count} marks of Markdown, expected at most {most}: save it as a .txt file",
                file=file,
                count=written(count),
                most=written(_MOST_MARKS),
            )
        )
    blocks = list(_blocks(text))
    top = _headline_place(blocks, file)
    credit, place, _ = without_credit([text if tag == "p" else "" for tag, text, _ in blocks[top + 1 :]])
    rest = [block for number, block in enumerate(blocks[top + 1 :]) if number != place]
    texts, announced = before_survey([text for _, text, _ in rest])
    parts, question = _without_question(rest[: len(texts)], announced=announced)
    return Article(
        headline=blocks[top][1],
        kicker=joined_kicker([text for _, text, _ in blocks[:top]]),
        credit=credit,
        sections=sections(parts, asked=question is not None),
        question=question,
    )


def _refuse_front_matter(text: str, file: str) -> None:
    first = text.lstrip().partition("\n")[0].strip()
    if first in ("---", "+++"):
        raise FileError(
            spoken(
                "{file}: found front matter ('{first}'), expected the kicker or '# Headline': take it out",
                file=file,
                first=first,
            )
        )


def _headline_place(blocks: Sequence[_Block], file: str) -> int:
    """Returns the place of the one `# Headline`, before which only kicker lines may stand."""
    tops = [place for place, (tag, _, _) in enumerate(blocks) if tag == "h1"]
    if not tops:
        raise FileError(spoken("{file}: found no headline, expected a line '# Headline'", file=file))
    if len(tops) > 1:
        _, text, line = blocks[tops[1]]
        raise FileError(
            spoken(
                "{file}, line {line}: found a second headline '{text}', expected '## {text}' for a section",
                file=file,
                line=str(line),
                text=text,
            )
        )
    early = next((block for block in blocks[: tops[0]] if block[0] != "p"), None)
    if early is not None:
        raise FileError(
            spoken(
                "{file}, line {line}: found the section '{section}', expected '# Headline' before it",
                file=file,
                line=str(early[2]),
                section=early[1],
            )
        )
    return tops[0]


def _without_question(blocks: Sequence[_Block], *, announced: bool) -> tuple[list[TextPart], str | None]:
    """Returns the blocks as parts without the closing question, which stands in a paragraph under the last heading."""
    start = next((place for place in range(len(blocks), 0, -1) if blocks[place - 1][0] != "p"), 0)
    kept, question = without_question([text for _, text, _ in blocks[start:]], announced=announced)
    opening: list[TextPart] = [(None, text) if tag == "p" else (text, None) for tag, text, _ in blocks[:start]]
    return [*opening, *((None, text) for text in kept)], question


def _blocks(text: str) -> Iterator[_Block]:
    """Yields every block that says something; raw HTML stays visible as the text it is."""
    opening = Token("", "", 0)
    for before, token in pairwise([opening, *MarkdownIt("commonmark", {"html": False}).parse(text)]):
        line = (token.map or [0])[0] + 1
        if token.type == "inline" and before.type == "heading_open":
            yield from ((before.tag, said, line) for said in [" ".join(_lines(token))] if said)
        elif token.type == "inline":
            yield from (("p", said, line) for said in _paragraphs(_lines(token)))
        elif token.type in ("fence", "code_block") and token.content.strip():
            yield "p", " ".join(token.content.split()), line


def _lines(token: Token) -> list[str]:
    """Returns the plain text of the token, a line each, with single spaces."""
    return [" ".join(line.split()) for line in _plain(token.children or []).split("\n") if line.strip()]


def _plain(tokens: Sequence[Token]) -> str:
    """Returns the words of inline tokens; an image leaves its alternative text, a break a line break."""
    breaks = ("softbreak", "hardbreak")
    return "".join(
        "\n" if token.type in breaks else _plain(token.children) if token.children is not None else token.content
        for token in tokens
    )


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Returns the lines joined, but for a first line that is a credit and a last one that announces the survey."""
    credit = list(lines[:1]) if len(lines) > 1 and credit_line(lines[0]) else []
    lines = lines[len(credit) :]
    announcement = list(lines[-1:]) if len(lines) > 1 and lines[-1].casefold() == "survey:" else []
    said = " ".join(lines[: len(lines) - len(announcement)])
    return [*credit, *([said] if said else []), *announcement]
