"""A survey as its definition describes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from analytics.model.articles import Article
from analytics.model.questions import Question
from analytics.model.sources import FileNotes, Source
from analytics.model.targets import Benchmark, Target, Weighting


@dataclass(frozen=True)
class Level:
    """One group of a dimension. `value` is the file's word for it, or a band's label such as "18-29"."""

    value: str
    label: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dimension:
    """Something known about a respondent, such as age or the channel that led here.

    `bands` holds the lower bounds of number bands, each up to the next, the last open. `found` is as for a question.
    """

    key: str
    label: str
    column: str
    levels: tuple[Level, ...] = ()
    bands: tuple[float, ...] = ()
    found: bool = False
    missing: tuple[str, ...] = ()

    def level(self, value: str) -> Level | None:
        """Returns the level of that value, or None."""
        return next((level for level in self.levels if level.value == value), None)


@dataclass(frozen=True)
class Event:
    """Something that happened during fieldwork and may explain a change. `at` is aware of its zone."""

    at: datetime
    label: str
    kind: Literal["published", "updated", "news", "push"] = "news"


@dataclass(frozen=True)
class Columns:
    """Which columns of the file hold what belongs to the response itself.

    With `own_clock` a time that names its offset from UTC counts on the reader's own clock: 23:30 in New York is that
    evening, whatever the survey's zone. The words of `comment_missing` are no comments. Those of `consent_given` are
    answers in the column `consent` by which a writer agreed to be printed.
    """

    response: str | None = None
    respondent: str | None = None
    responded_at: str | None = None
    responded_at_format: str | None = None
    wave: str | None = None
    weight: str | None = None
    comment: str | None = None
    consent: str | None = None
    channel: str | None = None
    comment_missing: tuple[str, ...] = ()
    consent_given: tuple[str, ...] = ()
    own_clock: bool = False


@dataclass(frozen=True)
class Survey:
    """One article's survey: what was asked, of whom, and what the columns of its file mean.

    Where `columns` names a wave or a channel, `dimensions` ends with a dimension of that key. `known_by` names the
    parts of the definition whose cells make a row what it is: settled when the survey is first recorded, so that an
    export may gain columns and a definition questions without any row becoming another. Empty: the whole row.
    """

    key: str
    title: str
    time_zone: str
    questions: tuple[Question, ...]
    dimensions: tuple[Dimension, ...] = ()
    columns: Columns = field(default_factory=Columns)
    article: Article | None = None
    events: tuple[Event, ...] = ()
    opens: date | None = None
    closes: date | None = None
    population: str | None = None
    sponsor: str | None = None
    conducted_by: str | None = None
    mode: str | None = None
    simulated: bool = False
    sample: Literal["self-selected", "probability"] = "self-selected"
    min_base: int = 30
    weighting: Weighting = field(default_factory=Weighting)
    targets: tuple[Target, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    known_by: tuple[str, ...] = ()
    source: Source | None = None
    file: FileNotes = field(default_factory=FileNotes)
    language: str | None = None
    frame: str | None = None

    def question(self, key: str) -> Question | None:
        """Returns the question of that key, or None."""
        return next((question for question in self.questions if question.key == key), None)

    def dimension(self, key: str) -> Dimension | None:
        """Returns the dimension of that key, or None."""
        return next((dimension for dimension in self.dimensions if dimension.key == key), None)


def first_asked(survey: Survey) -> Question | None:
    """Returns the survey's first question that has choices: the one that the article ends with."""
    return next((question for question in survey.questions if question.kind != "text"), None)
