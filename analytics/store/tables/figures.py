"""The figures that left the building: what each showed, the files it left in, and what was done about it since."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, delete, func, select, update

from analytics.errors import RequestError
from analytics.language.said import spoken
from analytics.store.place.connections import reading, writing
from analytics.store.tables.erasures import was_erased_since
from analytics.store.tables.rows import inserting
from analytics.store.tables.schema import figure, figure_file, survey
from analytics.store.tables.surveys import survey_by_key, survey_row


@dataclass(frozen=True)
class Leaving:
    """A figure about to be registered: its id, the query that makes it, and as plain values what it shows.

    `drawn` holds its title, subtitle, caption, alt and spec, `rows` its estimates as they were published. `inside` are
    the figures that a report is made of: the id, the query and the counts of each.
    """

    survey: str
    figure_id: str
    query: tuple[tuple[str, str], ...]
    revision: int
    drawn: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]
    inside: Sequence[tuple[str, tuple[tuple[str, str], ...], Sequence[Mapping[str, Any]]]] = field(
        default=(), kw_only=True
    )


@dataclass(frozen=True)
class Left:
    """A file that a figure left in: its name, the SHA-256 of its bytes, and when it was made."""

    name: str
    sha256: str
    made_at: datetime


@dataclass(frozen=True)
class FinishDraft:
    """How somebody was about to have a figure look: what they chose, change by change, the newest last; who, and when.

    It stands in the register under a name of its own until it is replaced, and is no figure that left. `vouches` pairs
    a language with who answers for words of it: the field, the words, by whom and when, as texts.
    """

    query: tuple[tuple[str, str], ...]
    steps: tuple[tuple[tuple[str, Any], ...], ...]
    by: str
    at: datetime
    vouches: tuple[tuple[str, Mapping[str, str]], ...] = ()


DRAFT, INSIDE = "d-", "i-"
"""How the names of drafts begin, and those of figures inside reports; those of figures that left alone do not."""


@dataclass(frozen=True)
class Settled:
    """That somebody saw to a published figure: when, what they noted, and as of which revision.

    `rows` are its estimates as of then, which stand as published from there on.
    """

    at: datetime
    revision: int
    note: str
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Registered(Leaving):
    """A figure of the register: what left, when, in which files (newest first), and what was done about it since.

    `removed` says that its survey was removed, whether it is gone for good already or not.
    """

    made_at: datetime
    files: tuple[Left, ...] = ()
    settled: Settled | None = None
    removed: bool = False


def register_figure(engine: Engine, leaving: Leaving, *, name: str, sha256: str, now: datetime) -> None:
    """Records that a figure left in a file of that name; the same bytes again change nothing.

    Raises:
        RequestError: there is no such survey, or words of a reader were erased since the figure was begun.
    """
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, leaving.survey)
        if was_erased_since(connection, survey_id, leaving.revision, words=True):
            raise RequestError(spoken("A reader was erased while this was made. Make it again."))
        second = int(now.timestamp())
        what = {
            "survey_id": survey_id, "figure_id": leaving.figure_id, "query": _text(leaving.query),
            "revision": leaving.revision, "made_at": second, "drawn": _text(leaving.drawn), "rows": _text(leaving.rows),
        }  # fmt: skip
        same = ["survey_id", "figure_id"]
        again = {"drawn": what["drawn"]}  # the numbers are the same; the looks that it left in last are kept
        connection.execute(
            inserting(connection, figure).values(what).on_conflict_do_update(index_elements=same, set_=again)
        )
        file = {"survey_id": survey_id, "figure_id": leaving.figure_id, "sha256": sha256, "name": name}
        connection.execute(
            inserting(connection, figure_file).values(file | {"made_at": second}).on_conflict_do_nothing()
        )
        if leaving.inside:
            parts = [
                what | {"figure_id": f"{INSIDE}{name}", "query": _text(query), "rows": _text(rows), "drawn": "{}"}
                for name, query, rows in leaving.inside
            ]  # fmt: skip
            connection.execute(inserting(connection, figure).on_conflict_do_nothing(), parts)


def keep_draft(engine: Engine, survey_key: str, name: str, draft: FinishDraft) -> None:
    """Keeps how a figure of that name is about to look, in place of the draft before; without any change, none.

    Raises:
        RequestError: there is no such survey.
    """
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, survey_key)
        what = {
            "survey_id": survey_id, "figure_id": f"{DRAFT}{name}", "query": _text(draft.query), "revision": 0,
            "made_at": int(draft.at.timestamp()), "rows": "[]",
            "drawn": _text({"steps": [dict(step) for step in draft.steps], "by": draft.by, "vouches": draft.vouches}),
        }  # fmt: skip
        if not any(draft.steps):
            ours = (figure.c.survey_id == survey_id, figure.c.figure_id == what["figure_id"])
            connection.execute(delete(figure).where(*ours))
            return
        again = {name: what[name] for name in ("query", "made_at", "drawn")}
        fresh = inserting(connection, figure).values(what)
        connection.execute(fresh.on_conflict_do_update(index_elements=["survey_id", "figure_id"], set_=again))


def read_draft(engine: Engine, survey_key: str, name: str) -> FinishDraft | None:
    """Returns the draft that was kept of the figure of that name, None where there is none."""
    query = select(figure).join(survey, survey.c.survey_id == figure.c.survey_id)
    with reading(engine) as connection:
        row = connection.execute(
            query.where(survey.c.key == survey_key, figure.c.figure_id == f"{DRAFT}{name}")
        ).one_or_none()
    drawn = {} if row is None else json.loads(row.drawn)
    if row is None or "steps" not in drawn:  # what it said of a reader who was erased is gone, and it with that
        return None
    steps = tuple(tuple((key, value) for key, value in step.items()) for step in drawn["steps"])
    query_pairs = tuple((key, value) for key, value in json.loads(row.query))
    vouches = tuple((language, vouch) for language, vouch in drawn.get("vouches", ()))
    return FinishDraft(query_pairs, steps, drawn["by"], datetime.fromtimestamp(row.made_at, UTC), vouches)


def settle_figure(engine: Engine, survey_key: str, figure_id: str, settled: Settled | None) -> Settled | None:
    """Records that somebody saw to a published figure, or that nobody did, and returns what stood there before.

    Raises:
        RequestError: there is no such survey.
    """
    with writing(engine) as connection:
        known = survey_row(connection, survey_key, removed=True)
        survey_id = known.survey_id if known is not None else survey_by_key(connection, survey_key)[0]
        before = connection.execute(_rows(survey_id, figure_id)).one_or_none()
        ours = (figure.c.survey_id == survey_id, figure.c.figure_id == figure_id)
        connection.execute(update(figure).where(*ours).values(_settling(settled)))
    return None if before is None else _settled(before)


def read_figure(engine: Engine, figure_id: str) -> Registered | None:
    """Returns the registered figure of that id, None where there is none."""
    with reading(engine) as connection:
        found = connection.execute(_rows(None, figure_id)).first()
        return None if found is None else _registered(found, _files(connection, [found]))


def read_figures(engine: Engine, *, most: int = 200) -> list[Registered]:
    """Returns the registered figures of all surveys, the newest first, at most so many."""
    with reading(engine) as connection:
        rows = connection.execute(
            _rows(None, None).order_by(figure.c.made_at.desc(), figure.c.figure_id).limit(most)
        ).all()
        files = _files(connection, rows)
        return [_registered(row, files) for row in rows]


def read_told(engine: Engine, key: str) -> list[tuple[tuple[tuple[str, str], ...], Sequence[Mapping[str, Any]]]]:
    """Returns what every published figure of the survey is of, with the rows that it left with or was settled with.

    Figures inside reports are among them, with their counts.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        told = (figure.c.query, figure.c.rows, figure.c.settled_rows)
        rows = connection.execute(select(*told).where(figure.c.survey_id == survey_id).order_by(figure.c.made_at)).all()
    return [
        (tuple((name, value) for name, value in json.loads(row.query)), json.loads(text))
        for row in rows for text in (row.rows, row.settled_rows) if text is not None
    ]  # fmt: skip


def read_register_stamp(engine: Engine) -> tuple[int, int, int]:
    """Returns what changes whenever the register does: how many files left, the last when, and what was seen to."""
    with reading(engine) as connection:
        files = connection.execute(select(func.count(), func.max(figure_file.c.made_at)).select_from(figure_file)).one()
        seen_to = select(func.count(figure.c.settled_at), func.coalesce(func.sum(figure.c.settled_at), 0))
        settled = connection.execute(seen_to).one()
        removed = connection.execute(select(func.count(survey.c.removed_at), func.sum(survey.c.removed_at))).one()
        return int(files[0]), int(files[1] or 0), hash((*settled, *removed))


def _rows(survey_id: int | None, figure_id: str | None) -> Select[Any]:
    told = (survey.c.key.label("survey_key"), survey.c.removed_at)
    query = select(figure, *told).join(survey, survey.c.survey_id == figure.c.survey_id)
    query = query.where(figure.c.figure_id.not_like(f"{DRAFT}%"), figure.c.figure_id.not_like(f"{INSIDE}%"))
    if survey_id is not None:
        query = query.where(figure.c.survey_id == survey_id)
    return query if figure_id is None else query.where(figure.c.figure_id == figure_id)


def _files(connection: Connection, rows: Sequence[Row[Any]]) -> dict[tuple[int, str], list[Left]]:
    found: dict[tuple[int, str], list[Left]] = {}
    query = select(figure_file).where(figure_file.c.figure_id.in_([row.figure_id for row in rows]))
    for row in connection.execute(query.order_by(figure_file.c.made_at.desc(), figure_file.c.name)):
        left = Left(row.name, row.sha256, datetime.fromtimestamp(row.made_at, UTC))
        found.setdefault((row.survey_id, row.figure_id), []).append(left)
    return found


def _registered(row: Row[Any], files: Mapping[tuple[int, str], list[Left]]) -> Registered:
    return Registered(
        row.survey_key, row.figure_id, tuple((name, value) for name, value in json.loads(row.query)), row.revision,
        json.loads(row.drawn), json.loads(row.rows), datetime.fromtimestamp(row.made_at, UTC),
        tuple(files.get((row.survey_id, row.figure_id), ())), _settled(row), row.removed_at is not None,
    )  # fmt: skip


def _settled(row: Row[Any]) -> Settled | None:
    if row.settled_at is None:
        return None
    rows = json.loads(row.settled_rows)
    return Settled(datetime.fromtimestamp(row.settled_at, UTC), row.settled_revision, row.settled_note, rows)


def _settling(settled: Settled | None) -> dict[str, Any]:
    names = ("settled_at", "settled_revision", "settled_note", "settled_rows")
    if settled is None:
        return dict.fromkeys(names)
    values = (int(settled.at.timestamp()), settled.revision, settled.note, _text(settled.rows))
    return dict(zip(names, values, strict=True))


def _text(value: Any) -> str:
    return json.dumps(value)  # in ASCII, so that no text can be one that a database refuses
