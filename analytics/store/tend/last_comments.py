"""Words of an erased reader's comments, in published figures of what comments are about.

Themes are known by words as readers wrote them, and by a phrase. Where the last comment that has one of these is
erased, the figure that shows it is cleared as `last_words` clears those that show a choice of the reader's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, select

from analytics.store.tables.rows import portions
from analytics.store.tables.schema import comment, figure
from analytics.store.tend.last_words import cleared, joined_words, naming

OF_COMMENTS = ["part", "themes"]
"""By this a figure's query tells that it is of comments."""
AT_ONCE = 1_000
SAID_IN = ("choice_label", "name", "terms", "phrase")
"""The fields of such a figure's rows that hold words of readers."""


def comments_by(connection: Connection, survey_id: int, responses: Iterable[int]) -> list[str]:
    """Returns the comments of these responses, for `forget_comments` once they are deleted."""
    ours = select(comment.c.text).where(comment.c.survey_id == survey_id)
    return [
        text
        for some in portions(list(responses))
        for text in connection.execute(ours.where(comment.c.response_no.in_(some))).scalars()
    ]


def forget_comments(connection: Connection, survey_id: int, texts: Iterable[str]) -> int:
    """Clears the figures that show words of these comments which no other has, and returns how many.

    To be called after the comments are deleted.
    """
    figures = _figures_of_comments(connection, survey_id)
    shown = {words for row in figures for words in _shown(row)}
    lost = _in_any(shown, texts) if shown else set()
    if lost:
        others = select(comment.c.text).where(comment.c.survey_id == survey_id)
        with connection.execute(others.execution_options(yield_per=AT_ONCE)) as read:
            lost = _in_none(lost, read.scalars())
    names = naming(tuple(lost))
    return sum(cleared(connection, row, names) for row in figures) if lost else 0


def forget_every_comment(connection: Connection, survey_id: int) -> None:
    """Clears the figures of comments of a survey that goes for good."""
    for row in _figures_of_comments(connection, survey_id):
        cleared(connection, row, naming(tuple(_shown(row))))


def _figures_of_comments(connection: Connection, survey_id: int) -> list[Any]:
    """Returns the rows of such figures; no other is read, whose drawings are large."""
    ours = (figure.c.survey_id == survey_id, figure.c.query.contains(f'"{OF_COMMENTS[1]}"'))
    return [row for row in connection.execute(select(figure).where(*ours)) if OF_COMMENTS in json.loads(row.query)]


def _shown(row: Any) -> Iterator[str]:
    """Yields the words and phrases of readers that a figure shows, and those that it was searched by."""
    rows = [*json.loads(row.rows), *(json.loads(row.settled_rows) if row.settled_rows else [])]
    texts = [one[name] for one in rows for name in SAID_IN if isinstance(one.get(name), str)]
    texts += [value for name, value in json.loads(row.query) if name == "search"]
    for text in texts:
        for part in text.split(","):
            yield part.strip()
            yield from re.findall(r"\w+", part)


def _in_any(words: Iterable[str], texts: Iterable[str]) -> set[str]:
    """Returns which of the words, or phrases of several, stand in one of the texts.

    Example:
        >>> sorted(_in_any(["Rye", "on the quay", "Hull"], ["a house ON THE QUAY of Rye"]))
        ['Rye', 'on the quay']
    """
    open_ = {joined_words(one): one for one in words if joined_words(one)}
    most = max((len(re.findall(r"\w+", one)) for one in open_.values()), default=0)
    return {open_[run] for text in texts for run in _runs_among(open_, text, most)}


def _in_none(words: set[str], texts: Iterable[str]) -> set[str]:
    """Returns which of the words stand in none of the texts; it stops reading once each was found."""
    left = set(words)
    for text in texts:
        left -= _in_any(left, [text])
        if not left:
            break
    return left


def _runs_among(wanted: Iterable[str], text: str, most: int) -> Iterator[str]:
    letters = joined_words(text)
    near = {one for one in wanted if one in letters}  # quick: most texts have none of them
    if not near:
        return
    words = [joined_words(word) for word in re.findall(r"\w+", text)]
    for at in range(len(words)):
        for end in range(at + 1, min(at + most, len(words)) + 1):
            if (run := "".join(words[at:end])) in near:
                yield run
