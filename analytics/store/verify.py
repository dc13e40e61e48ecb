"""Recounts the raw responses and holds the tally against them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Engine, Select, func, select

from analytics.model import NO_TIME, Survey
from analytics.store.bulk import query_frame
from analytics.store.database import reading
from analytics.store.schema import COUNTED, answer, response, survey, tally
from analytics.store.surveys import Numbers, surveys_of
from analytics.store.tally import KEY, SUMS, Counted, tally_of

BLOCK = 200_000
BLOCK_COLUMNS = ["response_no", "profile_no", "responded_at", "weight", "standing"]
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
    recount, responses = _recount(connection, survey_id, definition, numbers)
    query = select(*(tally.c[name] for name in [*KEY, *SUMS])).where(tally.c.survey_id == survey_id)
    stored = query_frame(connection, query, [*KEY, *SUMS])
    both = stored.merge(recount, on=KEY, how="outer", suffixes=("_tally", "_recount")).fillna(0)
    wrong = both["n_tally"] != both["n_recount"]
    for name in ("w", "w2"):
        gap = (both[f"{name}_tally"] - both[f"{name}_recount"]).abs()
        wrong |= gap > WEIGHT_TOLERANCE * both[f"{name}_recount"].abs()
    return Verification(definition.key, responses, len(stored), both[wrong].reset_index(drop=True))


def _recount(connection: Connection, survey_id: int, definition: Survey, numbers: Numbers) -> tuple[pd.DataFrame, int]:
    multiple = frozenset(numbers["question"][q.key] for q in definition.questions if q.kind == "multiple")
    total, responses, after = pd.DataFrame(columns=[*KEY, *SUMS]), 0, 0
    while True:
        block = query_frame(connection, _block_query(survey_id, after), BLOCK_COLUMNS)
        if block.empty:
            return total, responses
        last = int(block["response_no"].iloc[-1])
        part = tally_of(_counted(connection, survey_id, block, after, last, multiple), definition.time_zone)
        total = pd.concat([total, part]).groupby(KEY, as_index=False)[SUMS].sum() if responses else part
        responses, after = responses + len(block), last


def _block_query(survey_id: int, after: int) -> Select[Any]:
    columns = [
        func.coalesce(response.c.responded_at, NO_TIME) if name == "responded_at" else response.c[name]
        for name in BLOCK_COLUMNS
    ]
    ours = (response.c.survey_id == survey_id, response.c.response_no > after)
    return select(*columns).where(*ours).order_by(response.c.response_no).limit(BLOCK)


def _counted(
    connection: Connection, survey_id: int, block: pd.DataFrame, after: int, last: int, multiple: frozenset[int]
) -> Counted:
    ours = (answer.c.survey_id == survey_id, answer.c.response_no > after, answer.c.response_no <= last)
    query = select(answer.c.response_no, answer.c.question_no, answer.c.choice_no).where(*ours)
    answers = query_frame(connection, query, ["response_no", "question_no", "choice_no"])
    good = block[block["standing"] == COUNTED]
    response_no = good["response_no"].to_numpy()
    answers = answers[answers["response_no"].isin(response_no)]
    answers["row"] = np.searchsorted(response_no, answers["response_no"].to_numpy())
    return Counted(
        good["profile_no"].to_numpy(), good["responded_at"].to_numpy(), good["weight"].to_numpy(), answers, multiple
    )
