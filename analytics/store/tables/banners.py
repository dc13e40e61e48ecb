"""Banners kept under a name: what stands in the columns of a crosstab, as the text of a request's address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, select

from analytics.errors import RequestError
from analytics.language.said import spoken
from analytics.store.place.connections import reading, writing
from analytics.store.tables.rows import inserting
from analytics.store.tables.schema import banner
from analytics.store.tables.surveys import survey_by_key


@dataclass(frozen=True)
class KeptBanner:
    """A banner under its name. `address` is the text that stands behind the question mark of its page."""

    name: str
    address: str
    kept_at: datetime


def read_banners(engine: Engine, key: str) -> tuple[KeptBanner, ...]:
    """Returns the banners kept of the survey, by name.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        rows = connection.execute(select(banner).where(banner.c.survey_id == survey_id)).all()
    found = [KeptBanner(row.name, row.address, datetime.fromtimestamp(row.kept_at, UTC)) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.name)))


def keep_banner(engine: Engine, key: str, new: KeptBanner) -> KeptBanner | None:
    """Keeps the banner, in place of one of the same name, and returns what was there before.

    One that was deleted is brought back by keeping it again.

    Raises:
        RequestError: there is no such survey, or the banner has no name.
    """
    if not new.name.strip():
        raise RequestError(spoken("a banner is kept under a name: give it one"))
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        ours = (banner.c.survey_id == survey_id, banner.c.name == new.name)
        row = connection.execute(select(banner).where(*ours)).one_or_none()
        values = {"address": new.address, "kept_at": int(new.kept_at.timestamp())}
        statement = inserting(connection, banner).values(survey_id=survey_id, name=new.name, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["survey_id", "name"], set_=values))
    return None if row is None else KeptBanner(row.name, row.address, datetime.fromtimestamp(row.kept_at, UTC))


def delete_banner(engine: Engine, key: str, name: str) -> KeptBanner:
    """Takes the banner out and returns it, so that it can be kept again.

    Raises:
        RequestError: there is no such survey, or no banner of that name.
    """
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        ours = (banner.c.survey_id == survey_id, banner.c.name == name)
        row = connection.execute(select(banner).where(*ours)).one_or_none()
        if row is None:
            raise RequestError(
                spoken("no banner of survey '{key}' is kept under the name '{name}'", key=key, name=name)
            )
        connection.execute(delete(banner).where(*ours))
    return KeptBanner(row.name, row.address, datetime.fromtimestamp(row.kept_at, UTC))
