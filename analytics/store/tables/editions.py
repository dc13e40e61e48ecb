"""The editions of a survey, which are what viewers see: kept, so that every process and every restart shows the same.

Of two that make one edition at once the first to write wins, and the other shows what the first one wrote.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, delete, func, select, update

from analytics.model.packed import UNREADABLE, pattern_without, unpacked
from analytics.store.place.connections import reading, retrying, writing
from analytics.store.tables.erasures import was_erased_since
from analytics.store.tables.rows import inserted, inserting
from analytics.store.tables.schema import edition, edition_pattern
from analytics.store.tables.surveys import survey_by_key


@dataclass(frozen=True)
class KeptEdition:
    """An edition as it is kept: its number, when it was made, over which answers, and the sums of that moment.

    `content` is None where the sums are gone: a response among them was erased, or a later edition has come.
    """

    number: int
    made_at: datetime
    revision: int
    counted: int
    every: str | None
    content: bytes | None


@dataclass(frozen=True)
class KeptPattern:
    """What was last worked out of a question, by the number of the edition that it was worked out for."""

    number: int
    content: bytes


def read_last_number(engine: Engine, key: str) -> tuple[int, bool]:
    """The number of the survey's last edition, 0 where there is none, and whether its sums are kept.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        query = select(edition.c.edition_no, edition.c.content.is_not(None)).where(edition.c.survey_id == survey_id)
        row = connection.execute(query.order_by(edition.c.edition_no.desc()).limit(1)).one_or_none()
    return (0, False) if row is None else (row[0], bool(row[1]))


def read_editions(engine: Engine, key: str) -> tuple[KeptEdition, ...]:
    """Returns the editions of the survey, the first one first; of all but the last the sums are gone.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        query = select(edition).where(edition.c.survey_id == survey_id).order_by(edition.c.edition_no)
        rows = connection.execute(query).all()
    return tuple(
        KeptEdition(
            row.edition_no, datetime.fromtimestamp(row.made_at, UTC), row.revision, row.counted, row.every, row.content
        )
        for row in rows
    )  # fmt: skip


def read_patterns(engine: Engine, key: str) -> dict[str, KeptPattern]:
    """Returns what was last worked out of each question.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        rows = connection.execute(select(edition_pattern).where(edition_pattern.c.survey_id == survey_id)).all()
    return {row.question: KeptPattern(row.edition_no, row.content) for row in rows}


def keep_edition(engine: Engine, key: str, new: KeptEdition) -> bool:
    """Keeps the edition and takes the sums of earlier ones away; returns False where another was first, or a reader was
    erased since the answers were read.

    Raises:
        RequestError: there is no such survey.
    """
    return retrying(lambda: _keep_edition(engine, key, new))


def keep_pattern(engine: Engine, key: str, question: str, new: KeptPattern) -> KeptPattern | None:
    """Keeps what was worked out of a question, and returns what is kept: of two of one number the first one.

    None says that a later edition has come, or a reader was erased: what was worked out may not be shown any more.

    Raises:
        RequestError: there is no such survey.
    """
    return retrying(lambda: _keep_pattern(engine, key, question, new))


def empty_editions(connection: Connection, survey_id: int) -> None:
    """Takes away the sums of all editions, which tell of few readers: somebody's answers are gone."""
    ours = (edition.c.survey_id == survey_id, edition.c.content.is_not(None))
    connection.execute(update(edition).where(*ours).values(content=None))


def forget_in_patterns(connection: Connection, survey_id: int, scope: str, lost: Collection[str]) -> None:
    """Takes these choices ("choice/QUESTION") or levels ("level/DIMENSION") out of what was worked out of questions."""
    kind, _, key = scope.partition("/")
    ours = edition_pattern.c.survey_id == survey_id
    if kind == "choice":
        ours &= edition_pattern.c.question == key
    for row in connection.execute(select(edition_pattern).where(ours)).all():
        that = (edition_pattern.c.survey_id == survey_id, edition_pattern.c.question == row.question)
        try:
            content = pattern_without(row.content, lost, dimension=key if kind == "level" else "")
        except UNREADABLE:  # none of ours, so nobody knows what words are in it
            connection.execute(delete(edition_pattern).where(*that))
            continue
        connection.execute(update(edition_pattern).where(*that).values(content=content))


def _keep_edition(engine: Engine, key: str, new: KeptEdition) -> bool:
    values = {
        "edition_no": new.number, "made_at": int(new.made_at.timestamp()), "revision": new.revision,
        "counted": new.counted, "every": new.every, "content": new.content,
    }  # fmt: skip
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        if was_erased_since(connection, survey_id, new.revision) or _last(connection, survey_id) >= new.number:
            return False
        if not inserted(connection, inserting(connection, edition).values(survey_id=survey_id, **values)):
            return False
        before = edition.c.edition_no < new.number
        connection.execute(update(edition).where(edition.c.survey_id == survey_id, before).values(content=None))
    return True


def _keep_pattern(engine: Engine, key: str, question: str, new: KeptPattern) -> KeptPattern | None:
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        of_number = (edition.c.survey_id == survey_id, edition.c.edition_no == new.number)
        revision = connection.execute(select(edition.c.revision).where(*of_number)).scalar()
        if revision is None or was_erased_since(connection, survey_id, revision):
            return None
        if _last(connection, survey_id) != new.number:
            return None
        ours = (edition_pattern.c.survey_id == survey_id, edition_pattern.c.question == question)
        row = connection.execute(select(edition_pattern).where(*ours)).one_or_none()
        if row is not None and row.edition_no >= new.number and _is_whole(row.content):
            return KeptPattern(row.edition_no, row.content)
        values = {"edition_no": new.number, "content": new.content}
        statement = inserting(connection, edition_pattern).values(survey_id=survey_id, question=question, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["survey_id", "question"], set_=values))
    return new


def _is_whole(content: bytes) -> bool:
    try:
        unpacked(content)
    except UNREADABLE:
        return False
    return True


def _last(connection: Connection, survey_id: int) -> int:
    """The number of the last edition, whose row is held: nobody makes the next one meanwhile."""
    latest = select(func.max(edition.c.edition_no)).where(edition.c.survey_id == survey_id)
    while True:
        number = connection.execute(latest).scalar() or 0
        held = select(edition.c.edition_no).where(edition.c.survey_id == survey_id, edition.c.edition_no == number)
        connection.execute(held.with_for_update()).all()
        if (connection.execute(latest).scalar() or 0) == number:
            return number
