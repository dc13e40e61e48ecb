"""Recounts the raw responses, holds the tally against them and heals it where it is asked to."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, Engine, select

from analytics.model import Survey
from analytics.store.place.connections import data_faults_in_words, reading, retrying, writing
from analytics.store.tables.rows import insert_columns, inserting, query_frame
from analytics.store.tables.schema import pending, survey, tally
from analytics.store.tables.sums import KEY, SUMS, added, negative, recount
from analytics.store.tables.surveys import CodeNumbers, every_survey, raise_revision
from analytics.store.tables.tally import tally_now

WEIGHT_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Verification:
    """What a recount found: `wrong` has the columns KEY and, from tally and recount, `n`, `w` and `w2` of each."""

    survey: str
    responses: int
    cells: int
    wrong: pd.DataFrame


def verify_store(engine: Engine) -> list[Verification]:
    """Returns, for every survey, the tally cells that differ from a recount of its raw responses.

    Counts must be equal; sums of weights must agree to 1e-9 relative.
    """
    with reading(engine) as connection:
        return verify_within(connection)


def verify_within(connection: Connection) -> list[Verification]:
    """Returns what `verify_store` does, for a store whose transaction is still open."""
    surveys = every_survey(connection, removed=True)
    return [_verify(connection, id_, definition, numbers) for id_, (definition, numbers) in surveys.items()]


def heal_store(engine: Engine) -> list[Verification]:
    """Returns what `verify_store` finds and sets each wrong cell to its recount, all in one transaction.

    Cells that are right are not touched. The revision of a survey that was healed rises, so that pages read it anew.
    """
    return retrying(lambda: _heal_all(engine))


def _heal_all(engine: Engine) -> list[Verification]:
    found = []
    with writing(engine, one_moment=True) as connection:
        ids = connection.execute(select(survey.c.survey_id).order_by(survey.c.survey_id)).scalars().all()
        for survey_id in ids:  # one by one: on a cluster no statement can lock on several machines
            connection.execute(select(survey.c.hot).where(survey.c.survey_id == survey_id).with_for_update())
        with data_faults_in_words(engine):
            surveys = every_survey(connection, removed=True)
        for survey_id, (definition, numbers) in surveys.items():
            found.append(_verify(connection, survey_id, definition, numbers))
            if len(found[-1].wrong):
                _heal(connection, survey_id, found[-1].wrong)
    return found


def _heal(connection: Connection, survey_id: int, wrong: pd.DataFrame) -> None:
    revision, _ = raise_revision(connection, survey_id, 0)
    goal = wrong[KEY].assign(**{name: wrong[f"{name}_recount"] for name in SUMS})
    columns = (*(pending.c[name] for name in KEY), *(pending.c[name] for name in SUMS))
    waiting = query_frame(connection, select(*columns).where(pending.c.survey_id == survey_id), [*KEY, *SUMS])
    goal = added(goal, negative(waiting.merge(goal[KEY])))  # what waits is added to the cells later
    fresh = inserting(connection, tally)
    statement = fresh.on_conflict_do_update(
        index_elements=["survey_id", *KEY], set_={name: fresh.excluded[name] for name in (*SUMS, "revision")}
    )
    insert_columns(
        connection, statement, {"survey_id": survey_id, "revision": revision},
        {name: goal[name].tolist() for name in [*KEY, *SUMS]},
    )  # fmt: skip


def _verify(connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers) -> Verification:
    found, responses = recount(connection, survey_id, definition, numbers)
    now = tally_now(connection, survey_id).c
    query = select(*(now[name] for name in [*KEY, *SUMS])).where(now.survey_id == survey_id)
    stored = query_frame(connection, query, [*KEY, *SUMS])
    return Verification(definition.key, responses, len(stored), _differing(stored, found))


def _differing(stored: pd.DataFrame, recounted: pd.DataFrame) -> pd.DataFrame:
    there, found = stored.set_index(KEY), recounted.set_index(KEY)
    cells = there.index.union(found.index)
    # Filled with the whole number 0: by way of a missing value a fingerprint would become a float and lose its end.
    there, found = there.reindex(cells, fill_value=0), found.reindex(cells, fill_value=0)
    wrong = (there["n"] != found["n"]) | (there["fingerprint"] != found["fingerprint"])
    for name in ("w", "w2"):
        wrong |= (there[name] - found[name]).abs() > WEIGHT_TOLERANCE * found[name].abs()
    return there[wrong].add_suffix("_tally").join(found[wrong].add_suffix("_recount")).reset_index()
