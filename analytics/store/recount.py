"""Counts the raw responses anew, block by block."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, func, select

from analytics.model import NO_TIME, Survey
from analytics.store.bulk import query_frame
from analytics.store.schema import COUNTED, answer, response
from analytics.store.surveys import Numbers
from analytics.store.tally import KEY, SUMS, Counted, tally_of

BLOCK = 200_000
BLOCK_COLUMNS = ["response_no", "profile_no", "responded_at", "weight", "content", "standing"]


def recount(connection: Connection, survey_id: int, definition: Survey, numbers: Numbers) -> tuple[pd.DataFrame, int]:
    """Returns the tally that the survey's responses give (columns KEY and SUMS), and how many responses there are."""
    multiple = frozenset(numbers["question"][q.key] for q in definition.questions if q.kind == "multiple")
    total, responses, after = _no_cells(), 0, 0
    while True:
        block = query_frame(connection, _block_query(survey_id, after), BLOCK_COLUMNS)
        if block.empty:
            return total, responses
        last = int(block["response_no"].iloc[-1])
        part = tally_of(_counted(connection, survey_id, block, after, last, multiple), definition.time_zone)
        total = pd.concat([total, part]).groupby(KEY, as_index=False)[SUMS].sum() if responses else part
        responses, after = responses + len(block), last


def _no_cells() -> pd.DataFrame:
    kinds = dict.fromkeys([*KEY, *SUMS], np.int64) | {"w": np.float64, "w2": np.float64}
    return pd.DataFrame({name: np.array([], dtype=kind) for name, kind in kinds.items()})


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
        good["profile_no"].to_numpy(), good["responded_at"].to_numpy(), good["weight"].to_numpy(),
        good["content"].to_numpy(), answers, multiple,
    )  # fmt: skip
