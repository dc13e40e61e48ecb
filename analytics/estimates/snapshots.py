"""A survey as the store has it now: the snapshot that commands and the register make their estimates of."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from analytics.errors import RequestError
from analytics.estimates.comments import readers_of
from analytics.model import EVERYBODY, Filter, Person, Snapshot
from analytics.model.access import withheld_words
from analytics.store.comments import count_comments, list_comments, read_profile_levels
from analytics.store.database import Store
from analytics.store.read import read_cells, read_status, read_weight_range
from analytics.store.responses import count_responses
from analytics.store.segments import read_segments
from analytics.store.surveys import read_survey

if TYPE_CHECKING:
    from analytics.estimates.themes import ThemeReport


def snapshot_of(engine: Store, key: str, *, now: datetime, person: Person = EVERYBODY) -> Snapshot:
    """The survey of that key, read from the store whenever an estimate asks for something.

    Raises:
        RequestError: there is no such survey.
    """

    def other(name: str) -> Snapshot:
        return found if name == key else snapshot_of(engine, name, now=now, person=person)

    found = Snapshot(
        read_survey(engine, key), read_status(engine, key), partial(read_cells, engine, key), now, person,
        other=other, segments=partial(read_segments, engine, key),
        themes=partial(_themes, engine, key), levels=partial(read_profile_levels, engine, key),
        weight_range=partial(read_weight_range, engine, key),
    )  # fmt: skip
    return found


def _themes(engine: Store, key: str, kept: Filter, question: str) -> ThemeReport:
    from analytics.estimates.themes import MOST_COMMENTS, themes_of

    withheld = withheld_words(count_responses(engine, key, readers_of(kept)))
    if withheld:
        raise RequestError(withheld)
    comments = list_comments(engine, key, kept, (question,), most=MOST_COMMENTS, texts=True)
    return themes_of(read_survey(engine, key), comments, count_comments(engine, key, kept, (question,)))
