"""How the register comes by what figures are made of: surveys and cells, segments, the themes of comments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from analytics.errors import RequestError
from analytics.estimates.access import withheld_words
from analytics.estimates.choose import Read
from analytics.model import Segment, Status, Survey
from analytics.model.request import Request
from analytics.store.follow.survey_copy import read_cells
from analytics.store.place.connections import Store
from analytics.store.read.comments import count_comments, list_comments, read_profile_levels
from analytics.store.read.responses import count_responses
from analytics.store.read.status import read_status
from analytics.store.tables.segments import read_segments
from analytics.store.tables.surveys import read_survey

if TYPE_CHECKING:
    from analytics.estimates.themes import ThemeReport

Held = Callable[[str], tuple[Survey, Status, Read]]
"""Gives a survey, its state and its cells by its key."""


@dataclass(frozen=True)
class Sources:
    """Where a figure made anew takes its numbers from, each by the survey's key.

    `themes` takes besides which readers' comments are meant and to which question; it refuses too few readers.
    `levels` gives the levels of each profile.
    """

    held: Held
    segments: Callable[[str], tuple[Segment, ...]]
    themes: Callable[[str, Request, str], ThemeReport]
    levels: Callable[[str], Any]


def sources_of(engine: Store) -> Sources:
    """Returns the sources that read the store itself."""
    return Sources(
        partial(_held, engine), partial(read_segments, engine), partial(_themes, engine),
        partial(read_profile_levels, engine),
    )  # fmt: skip


def _held(engine: Store, key: str) -> tuple[Survey, Status, Read]:
    return read_survey(engine, key), read_status(engine, key), partial(read_cells, engine, key)


def _themes(engine: Store, key: str, request: Request, question: str) -> ThemeReport:
    from analytics.estimates.themes import MOST_COMMENTS, themes_of

    withheld = withheld_words(count_responses(engine, key, request))
    if withheld:
        raise RequestError(withheld)
    comments = list_comments(engine, key, request, (question,), most=MOST_COMMENTS, texts=True)
    return themes_of(read_survey(engine, key), comments, count_comments(engine, key, request, (question,)))
