"""The index of the words of comments, which the database itself keeps and searches.

The words are folded before they are handed over (analytics/comments/words.py), and the index takes them as they are:
so SQLite's FTS5 and PostgreSQL's tsvector find the same, and what looking through every comment would find. A comment
that is deleted takes its words along in the same statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Select, Table, Text, cast, literal, select, text
from sqlalchemy import MetaData as OwnMetaData
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.types import Integer

from analytics.comments.words import searched_words, words_of
from analytics.errors import StoreError
from analytics.store.tables.rows import ColumnValues, insert_columns, plain_insert
from analytics.store.tables.schema import comment

RESPONSE_BITS, QUESTION_BITS = 35, 12
"""A comment's place in SQLite's index is one number: its survey, its response and its question side by side."""

WORDS = "comment_words"

_RESPONSES, _QUESTIONS = 2**RESPONSE_BITS, 2**QUESTION_BITS

# Not among the tables that SQLAlchemy makes: the one is no ordinary table, and both are made by the statements below.
# The column of the index's own name stands for the whole of it in a search.
_sqlite = Table(
    "comment_words", OwnMetaData(), Column("rowid", BigInteger), Column("words", Text), Column("comment_words", Text)
)
_postgresql = Table(
    "comment_words", OwnMetaData(), Column("survey_id", Integer), Column("response_no", BigInteger),
    Column("question_no", Integer), Column("words", TSVECTOR),
)  # fmt: skip

TABLES = {
    "sqlite": (
        text("CREATE VIRTUAL TABLE comment_words USING fts5(words, tokenize='ascii', detail='none')"),
        text(
            "CREATE TRIGGER comment_words_leave AFTER DELETE ON comment BEGIN DELETE FROM comment_words "
            "WHERE rowid = (old.survey_id << 47) | (old.response_no << 12) | old.question_no; END"
        ),
    ),
    "postgresql": (
        text(
            "CREATE TABLE comment_words (survey_id integer, response_no bigint, question_no integer, "
            "words tsvector NOT NULL, PRIMARY KEY (survey_id, response_no, question_no), "
            "FOREIGN KEY (survey_id, response_no, question_no) REFERENCES comment ON DELETE CASCADE)"
        ),
        text("CREATE INDEX comment_words_by_word ON comment_words USING gin (words)"),
    ),
}


def create_words_index(connection: Connection) -> None:
    """Makes the index, and puts every comment into it that is already there."""
    for statement in TABLES[connection.dialect.name]:
        connection.execute(statement)
    stored = select(comment.c.survey_id, comment.c.response_no, comment.c.question_no, comment.c.text)
    for rows in connection.execute(stored).partitions(10_000):
        for survey_id in {row.survey_id for row in rows}:
            ours = [row for row in rows if row.survey_id == survey_id]
            index_words(connection, survey_id, *([row[place] for row in ours] for place in (1, 2, 3)))


def index_words(
    connection: Connection, survey_id: int, response_no: Sequence[int], question_no: Sequence[int], texts: Sequence[str]
) -> None:
    """Puts comments into the index, in the transaction that writes them."""
    words = [list(dict.fromkeys(words_of(text))) for text in texts]
    if connection.dialect.name == "sqlite":
        places = [_place(survey_id, *pair) for pair in zip(response_no, question_no, strict=True)]
        columns: ColumnValues = {"rowid": places, "words": [" ".join(each) for each in words]}
        insert_columns(connection, plain_insert(_sqlite), {}, columns)
        return
    named: ColumnValues = {
        "response_no": response_no,
        "question_no": question_no,
        "words": [_lexemes(each) for each in words],
    }
    insert_columns(connection, plain_insert(_postgresql), {"survey_id": survey_id}, named)


def found_comments(connection: Connection, survey_id: int, search: str) -> Select[Any]:
    """Returns the query for `response_no` and `question_no` of the survey's comments that hold every word.

    Raises:
        RequestError: there are too many words.
    """
    words = searched_words(search)
    if connection.dialect.name == "sqlite":
        place, wanted = _sqlite.c.rowid, " AND ".join(f'"{word}" *' for word in words)
        first, following = (_place(number, 0, 0) for number in (survey_id, survey_id + 1))
        return select(
            place.bitwise_rshift(QUESTION_BITS).bitwise_and(_RESPONSES - 1).label("response_no"),
            place.bitwise_and(_QUESTIONS - 1).label("question_no"),
        ).where(_sqlite.c.comment_words.op("MATCH")(literal(wanted)), place >= first, place < following)
    matches = cast(literal(" & ".join(f"'{word}':*" for word in words)), TSQUERY)
    return select(_postgresql.c.response_no, _postgresql.c.question_no).where(
        _postgresql.c.survey_id == survey_id, _postgresql.c.words.op("@@")(matches)
    )


def scrub_words(connection: Connection) -> None:
    """Rewrites the index, so that nothing of deleted comments is left in the file either."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO comment_words (comment_words) VALUES ('optimize')")


def _place(survey_id: int, response_no: int, question_no: int) -> int:
    if survey_id >= 2 ** (63 - RESPONSE_BITS - QUESTION_BITS) or response_no >= _RESPONSES or question_no >= _QUESTIONS:
        raise StoreError(
            f"the search index has no place for question {question_no} of response {response_no} of survey "
            f"{survey_id}: use PostgreSQL for as many as these"
        )
    return (survey_id << (RESPONSE_BITS + QUESTION_BITS)) | (response_no << QUESTION_BITS) | question_no


def _lexemes(words: Sequence[str]) -> str:
    return " ".join(f"'{word}'" for word in words)
