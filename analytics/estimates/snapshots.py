"""A survey as the store has it now: the snapshot that commands and the register make their estimates of."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from analytics.errors import RequestError
from analytics.estimates.readers.comments import withheld_words
from analytics.estimates.readers.themes import MOST_COMMENTS, ThemeReport, themes_of
from analytics.estimates.usable import usable
from analytics.model import EVERYBODY, Cells, Person, Snapshot, Wanted
from analytics.model.request import Request
from analytics.store.columns.scan import LEAST
from analytics.store.columns.tending import make_missing_columns
from analytics.store.follow.survey_copy import is_tallied, read_cells
from analytics.store.place.connections import Store
from analytics.store.read.comments import count_comments, list_comments, read_profile_levels
from analytics.store.read.responses import count_responses
from analytics.store.read.status import read_status, read_weight_range
from analytics.store.tables.segments import read_segments
from analytics.store.tables.surveys import read_survey
from analytics.store.tend.hiding import read_hidden
from analytics.store.tend.storms import read_cells_without


def snapshot_of(engine: Store, key: str, *, now: datetime, person: Person = EVERYBODY) -> Snapshot:
    """The survey of that key, read from the store whenever an estimate asks for something.

    Raises:
        RequestError: there is no such survey, or none that can be worked with.
    """

    def other(name: str) -> Snapshot:
        return snapshot if name == key else snapshot_of(engine, name, now=now, person=person)

    status = read_status(engine, key)

    def read(wanted: Wanted) -> Cells:
        if status.counted >= LEAST and not is_tallied(wanted):
            make_missing_columns(engine, key)
        return read_cells(engine, key, wanted)

    snapshot = Snapshot(
        usable(read_survey(engine, key)), status, read, now, person,
        other=other, segments=partial(read_segments, engine, key),
        themes=partial(_themes, engine, key, person), levels=partial(read_profile_levels, engine, key),
        weight_range=partial(read_weight_range, engine, key),
        read_without=partial(read_cells_without, engine, key),
    )  # fmt: skip
    return snapshot


def _themes(engine: Store, key: str, person: Person, request: Request, question: str, search: str = "") -> ThemeReport:
    withheld = withheld_words(count_responses(engine, key, request, person=person))
    if withheld:
        raise RequestError(withheld)
    comments = list_comments(
        engine, key, request, (question,), search=search, most=MOST_COMMENTS, texts=True, person=person
    )
    count = count_comments(engine, key, request, (question,), search=search, person=person)
    report = themes_of(read_survey(engine, key), comments, count)
    return replace(report, hidden=sum(one.question == question for one in read_hidden(engine, key, person=person)))
