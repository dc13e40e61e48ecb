"""Recounts the raw responses and holds the tally against them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, Engine, select

from analytics.model import Survey
from analytics.store.bulk import query_frame
from analytics.store.database import reading
from analytics.store.recount import recount
from analytics.store.schema import survey, tally
from analytics.store.surveys import Numbers, surveys_of
from analytics.store.tally import KEY, SUMS

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
        rows = connection.execute(select(survey.c.survey_id, survey.c.definition).order_by(survey.c.survey_id)).all()
        surveys = surveys_of(connection, [tuple(row) for row in rows])
        return [_verify(connection, id_, definition, numbers) for id_, (definition, numbers) in surveys.items()]


def _verify(connection: Connection, survey_id: int, definition: Survey, numbers: Numbers) -> Verification:
    found, responses = recount(connection, survey_id, definition, numbers)
    query = select(*(tally.c[name] for name in [*KEY, *SUMS])).where(tally.c.survey_id == survey_id)
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
