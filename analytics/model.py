"""The words of the trade, as plain immutable values.

Nothing here reads, computes or draws. A `Survey` is what its definition says; a `Batch` is what one stretch of a file
holds once every cell has been understood; `Cells` are the sums that every estimate is made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

import numpy as np
import pandas as pd

from analytics.errors import Fault

Kind = Literal["single", "multiple", "scale", "text"]
Grain = Literal["whole", "day", "hour"]
ResponseStanding = Literal["counted", "screened", "superseded"]

Standing = Literal["counted", "first", "with screened"]
"""Which responses are looked at: those that count, the first of everybody who counts, or screened ones as well."""

NO_ANSWER = "No answer"
"""How a missing level of a dimension, or a question left blank, is named wherever people can see it."""

MISSING = -1
"""The code of a missing level, and of the row that counts those who were asked and gave no answer."""

ANSWERED = -2
"""The choice code of the base row: those who gave at least one answer to the question."""

APART = -3
"""The code, in the column of a crossed question, of the profiles that no answer refers to."""

NO_TIME = -(2**62)
"""The period of answers whose response carries no time stamp."""


@dataclass(frozen=True)
class Section:
    """A stretch of an article under one heading; the opening stretch has none."""

    heading: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """The article that asked the question. Every text is plain text, never markup."""

    headline: str
    kicker: str | None = None
    credit: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    sections: tuple[Section, ...] = ()
    question: str | None = None


@dataclass(frozen=True)
class Choice:
    """One answer offered. `value` is the file's word for it, `values` every spelling of it (the first is `value`)."""

    value: str
    label: str
    score: float | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChoiceColumn:
    """The column that says whether one choice of a multiple question was ticked."""

    column: str
    value: str


@dataclass(frozen=True)
class Net:
    """The share of the choices in `plus`, less the share of those in `minus`. Both hold choice values."""

    key: str
    label: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """A change of a question during fieldwork: from the moment `at` on (aware of its zone), or from a wave on.

    Answers before and after are answers to two questions, so no line of a trend runs across it.
    """

    what: Literal["wording", "options", "placement"]
    at: datetime | None = None
    wave: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Question:
    """A question in its exact wording.

    `choices` stand in the order in which they are shown. Where `found` is true they were taken from the file, not
    from the definition. `missing` holds the answers that count as none. `asked_if` pairs the key of another question
    with the answers to it that led here. A multiple question lies either in one `column`, its answers joined by
    `separator`, or in `columns`, one for each choice, whose cells hold a word of `selected` (left out: the choice's
    own value) or of `not_selected`. `changes` says when it was asked otherwise; `wording` names the dimension that
    tells which wording a respondent saw, where several were put at the same time.
    """

    key: str
    text: str
    kind: Kind
    column: str | None = None
    choices: tuple[Choice, ...] = ()
    found: bool = False
    missing: tuple[str, ...] = ()
    asked_if: tuple[tuple[str, tuple[str, ...]], ...] = ()
    nets: tuple[Net, ...] = ()
    separator: str | None = None
    columns: tuple[ChoiceColumn, ...] = ()
    selected: tuple[str, ...] = ()
    not_selected: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    wording: str | None = None

    def choice(self, value: str) -> Choice | None:
        """Returns the choice of that value, or None."""
        return next((choice for choice in self.choices if choice.value == value), None)


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

    The words of `comment_missing` are no comments.
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


@dataclass(frozen=True)
class Target:
    """Known shares of the population: `shares` pairs a level of each of `dimensions` with a share of 0 to 1.

    `rescaled_from` is what the shares summed to as they were written, where that was not 1.
    """

    dimensions: tuple[str, ...]
    source: str
    year: int
    shares: tuple[tuple[tuple[str, ...], float], ...]
    rescaled_from: float | None = None


@dataclass(frozen=True)
class Benchmark:
    """What a benchmark poll found on a question: `shares` pairs choices with shares of 0 to 1, `first` and `last` are
    the days of its fieldwork."""

    question: str
    source: str
    wording: str
    first: date
    last: date
    shares: tuple[tuple[str, float], ...]
    population: str | None = None
    base_n: int | None = None


@dataclass(frozen=True)
class Weighting:
    """How the targets are to be met. `trim` bounds the ratio of a weight to the mean weight."""

    method: Literal["rake", "poststratify"] = "rake"
    trim: tuple[float, float] | None = None
    per: Literal["survey", "wave"] = "survey"
    tolerance: float = 1e-9


@dataclass(frozen=True)
class Said:
    """What a file itself says of one of its columns: the wording, and each value with its label, in their order."""

    column: str
    text: str = ""
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Source:
    """What a definition knows of the files that its responses come in.

    `tool` is the survey tool that made them. `encoding` is how their text is written where it is neither UTF-8 nor
    UTF-16. The cells of the columns in `leave_out` are never stored. `renamed` pairs the name of a column in newer
    files with the name that the definition knows it by. `said` holds what the file said of its columns when the
    definition was made, so that a later file that says something else is noticed.
    """

    tool: str | None = None
    encoding: str | None = None
    leave_out: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Origin:
    """The table or view of another database that responses are read from, and its column that names each of them.

    The address stands in `url`, or in the environment variable that `url_env` names.
    """

    table: str
    key: str
    url: str | None = None
    url_env: str | None = None


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
    origin: Origin | None = None
    source: Source = field(default_factory=Source)
    language: str | None = None
    frame: str | None = None

    def question(self, key: str) -> Question | None:
        """Returns the question of that key, or None."""
        return next((question for question in self.questions if question.key == key), None)

    def dimension(self, key: str) -> Dimension | None:
        """Returns the dimension of that key, or None."""
        return next((dimension for dimension in self.dimensions if dimension.key == key), None)


@dataclass(frozen=True)
class Segment:
    """Some of a survey's readers, kept under a name: its other fields filter as those of a selection do."""

    key: str
    name: str
    description: str = ""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    standing: Standing = "counted"


def first_asked(survey: Survey) -> Question | None:
    """Returns the survey's first question that has choices: the one that the article ends with."""
    return next((question for question in survey.questions if question.kind != "text"), None)


@dataclass(frozen=True)
class Answers:
    """The answers of one batch to one question that has choices.

    `status` holds, for each response, 1 where it gave at least one answer, 0 where it was asked and gave none, -1
    where it was not asked. `row` and `choice` pair a response's place in the batch with a place in `values`: once
    for a single answer, as often as was ticked for a multiple one.
    """

    values: tuple[str, ...]
    status: np.ndarray
    row: np.ndarray
    choice: np.ndarray


@dataclass(frozen=True)
class Batch:
    """Responses that were understood whole, ready to be recorded.

    `responses` has one row a response, index 0 to n-1, with the columns `key` (text: its own id, or a hash),
    `content` (int64: a hash of all its cells), `line` (int64), `responded_at` (datetime64[s], UTC, NaT where there is
    none), `weight` (float, 1.0 where there is no weight column), `respondent` and `consent` (text, "" where none).
    `levels` has the same rows and a categorical column for each dimension; a missing level is a missing value.
    `answers` is by question key. `texts` has the columns `row` (a place in `responses`), `question` (the key of a
    text question, "" for the comment column) and `text`.
    """

    responses: pd.DataFrame
    levels: pd.DataFrame
    answers: dict[str, Answers]
    texts: pd.DataFrame


@dataclass(frozen=True)
class Response:
    """One response as it comes in, by itself and not from a file.

    `key` is its own id: sent again under it, it counts once. A reader who changes an answer sends the whole response
    again with a higher `version`. Of two the one with the higher version counts, then the one received later, whichever
    came first. `answers` holds the values given to each question that was asked: () where it was left blank, ("",)
    where a multiple question was seen and nothing of it ticked. `levels` is by dimension key, `texts` by the key of a
    text question, "" for the comment. `responded_at` is when the reader says to have answered, `received_at` when it
    arrived.
    """

    key: str
    answers: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    responded_at: datetime | None = None
    received_at: datetime | None = None
    version: int = 1
    weight: float = 1.0
    respondent: str = ""
    consent: str = ""


@dataclass(frozen=True)
class Receipt:
    """What became of responses that came in: every one is in exactly one of these.

    `stored` are new, `changed` took the place of an earlier version, `late` are versions that came after a newer one
    and are kept beside it, `duplicate` were there already, `erased` had been erased before: not recorded.
    """

    stored: int = 0
    changed: int = 0
    late: int = 0
    duplicate: int = 0
    erased: int = 0


@dataclass(frozen=True)
class Audited:
    """One change of what counts: how many responses were screened, restored or erased, when and by which rule."""

    at: datetime
    action: str
    rule: str | None
    responses: int


@dataclass(frozen=True)
class Cube:
    """Cells as arrays, for all `periods` (distinct, in order) and all choice `codes` that occur.

    `present` says by profile and period whether there is a cell; `n`, `w` and `w2` have a row for each profile and a
    column for each period and code, the codes of one period beside each other.
    """

    periods: np.ndarray
    codes: np.ndarray
    present: np.ndarray
    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray


@dataclass(frozen=True)
class Cells:
    """The sums that every estimate is made of.

    `answers` has the columns `period` (int64), `profile` (int64, a row of `profiles`), `choice` (int64: a place in
    the question's choices, or ANSWERED for the base row of a multiple question, whose choices do not sum to its base,
    or MISSING for those asked who gave no answer), `n` (int64: how many), `w` and `w2` (float64: the sum of their base
    weights and of the squares). `everyone` has the columns `profile`, `n`, `w` and `w2`: all counted respondents of
    the survey, asked or not, with or without time. `profiles` has one
    row a profile, index 0 to n-1, and an int64 column of level codes for each dimension: a place in its levels, or
    MISSING. The period is 0 for the grain "whole", the day's number since 1970-01-01 for "day", the second at which
    the hour starts (UTC, since 1970) for "hour", NO_TIME without a time stamp. `revision` is the survey's at the moment
    of reading. `memo` keeps what was worked out from the cells, for whoever asks next.
    """

    answers: pd.DataFrame
    everyone: pd.DataFrame
    profiles: pd.DataFrame
    revision: int
    memo: dict[str, Cube | None] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Wanted:
    """Which cells a view needs; hashable, so that it can be a cache's key.

    `crossed` names further questions whose answers become columns of the profiles; `answered` keeps only those who gave
    one of the named answers to each of the named questions; `standing` says which responses are to count.
    """

    question: str
    grain: Grain = "whole"
    crossed: tuple[str, ...] = ()
    answered: tuple[tuple[str, tuple[str, ...]], ...] = ()
    standing: Standing = "counted"


@dataclass(frozen=True)
class Filter:
    """Which responses are meant; hashable, so that it can be a cache's key.

    `where` pairs the key of a dimension or a question with the values kept: any of the values, all of the keys.
    `since` and `until` are aware, the second not included; with either, responses without a time are left out.
    `standings` names those kept, `search` the words that a comment of the response has to hold.
    """

    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    standings: tuple[ResponseStanding, ...] = ("counted",)
    search: str = ""


@dataclass(frozen=True)
class Status:
    """What the store knows of a survey as a whole. Times are aware, in UTC; `revision` rises with every change."""

    revision: int
    counted: int
    screened: int
    quarantined: int
    undated: int
    first_at: datetime | None
    last_at: datetime | None
    superseded: int = 0


@dataclass(frozen=True)
class Unfinished:
    """An import that has not come to its end: it is under way, or was cut off. `read` rows of its file are in."""

    file: str
    started_at: datetime
    read: int


@dataclass(frozen=True)
class Quarantined:
    """A row that could be read but not understood: kept aside whole, not counted, until the definition knows it.

    `cells` holds the row as it stood in the file; `reasons` what was wrong with it, a sentence each.
    """

    key: str
    line: int
    cells: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Chunk:
    """One stretch of a file: `read` rows, of which `batch` holds those understood.

    `rejected` counts rows that are no rows of this table, such as ones with too many cells. `faults` says what was
    wrong with every quarantined and rejected row, in the order of the file. `replaced` counts the characters that no
    database can hold, such as NUL, in whose place U+FFFD stands.
    """

    read: int
    batch: Batch
    quarantined: tuple[Quarantined, ...] = ()
    rejected: int = 0
    faults: tuple[Fault, ...] = ()
    replaced: int = 0


FAULTS_KEPT = 10_000
"""How many faults a report holds: a file of two gigabytes may have one in every row."""


@dataclass(frozen=True)
class ImportReport:
    """What became of a file's rows: `read` is always `stored + duplicate + quarantined + rejected`.

    `faults` are the first FAULTS_KEPT of `fault_count`. `replaced` is as in a chunk. `known_files` pairs each file that
    had been imported before, byte for byte, with the moment at which it last was.
    """

    survey: str
    read: int = 0
    stored: int = 0
    duplicate: int = 0
    quarantined: int = 0
    rejected: int = 0
    faults: tuple[Fault, ...] = ()
    fault_count: int = 0
    replaced: int = 0
    known_files: tuple[tuple[str, datetime], ...] = ()

    def __add__(self, other: ImportReport) -> ImportReport:
        return ImportReport(
            self.survey,
            self.read + other.read,
            self.stored + other.stored,
            self.duplicate + other.duplicate,
            self.quarantined + other.quarantined,
            self.rejected + other.rejected,
            (self.faults + other.faults)[:FAULTS_KEPT],
            self.fault_count + other.fault_count,
            self.replaced + other.replaced,
            self.known_files + other.known_files,
        )
