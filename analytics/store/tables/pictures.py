"""The picture of an article, one a survey."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, delete, select

from analytics.errors import RequestError
from analytics.language.said import spoken, written
from analytics.model import Picture
from analytics.store.place.connections import reading, writing
from analytics.store.tables.rows import inserting
from analytics.store.tables.schema import article_picture
from analytics.store.tables.surveys import survey_by_key

MOST_BYTES = 4_000_000
"""A picture for a page is smaller; a larger one would be read with every page that shows it."""

BEGINNINGS = {
    "image/jpeg": (b"\xff\xd8\xff",), "image/png": (b"\x89PNG\r\n\x1a\n",), "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
}  # fmt: skip
"""The kinds of pictures that are kept, and how the bytes of each begin."""


def read_picture(engine: Engine, key: str) -> Picture | None:
    """Returns the picture of the survey's article, None where there is none.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        row = connection.execute(select(article_picture).where(article_picture.c.survey_id == survey_id)).one_or_none()
    return None if row is None else Picture(row.media_type, bytes(row.content), row.alt, row.credit)


def put_picture(engine: Engine, key: str, new: Picture, *, now: datetime) -> None:
    """Keeps the picture as that of the survey's article, in the place of an earlier one.

    Raises:
        RequestError: there is no such survey, the picture is too large, or its bytes are not of its media type.
    """
    if new.media_type not in BEGINNINGS:
        known = ", ".join(sorted(BEGINNINGS))
        raise RequestError(
            spoken("'{kind}' is no kind of picture that is kept; those are: {known}", kind=new.media_type, known=known)
        )
    if len(new.content) > MOST_BYTES:
        raise RequestError(
            spoken(
                "the picture has {count} bytes and may have {most}: make it smaller first",
                count=written(len(new.content)),
                most=written(MOST_BYTES),
            )
        )
    if not new.content.startswith(BEGINNINGS[new.media_type]):
        raise RequestError(spoken("the bytes of the picture are not those of {kind}", kind=new.media_type))
    values = {
        "media_type": new.media_type,
        "content": new.content,
        "alt": new.alt,
        "credit": new.credit,
        "kept_at": int(now.timestamp()),
    }
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        statement = inserting(connection, article_picture).values(survey_id=survey_id, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["survey_id"], set_=values))


def drop_picture(engine: Engine, key: str) -> None:
    """Takes the picture of the survey's article out, where there is one.

    Raises:
        RequestError: there is no such survey.
    """
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        connection.execute(delete(article_picture).where(article_picture.c.survey_id == survey_id))
