"""A survey as its definition describes it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from analytics.model.doubts import DoubtMark
from analytics.model.questions import Question
from analytics.model.targets import Benchmark, Target, Weighting


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
class Picture:
    """The picture of an article: its bytes and their media type, what it shows in words, and whom to credit."""

    media_type: str
    content: bytes
    alt: str = ""
    credit: str = ""


@dataclass(frozen=True)
class ColumnNote:
    """What a file itself says of one of its columns: the wording, and each value with its label, in their order."""

    column: str
    text: str = ""
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FileNotes:
    """What a definition knows of the files that its responses come in.

    `tool` is the survey tool that made them. `encoding` is how their text is written where it is neither UTF-8 nor
    UTF-16. `sheet` names the one that is read of a workbook, `separator` what stands between cells, `heading` the line
    of the column names: each where a file alone does not decide it. `decimal` is the mark before decimals where it is a
    comma, in the columns that `numbers` names, or in all. `unfinished` says whether responses that the tool itself
    calls unfinished are "left-out" or "counted", None where nobody said. `doubled` says that headings that stand
    several times are told apart by their place: the second is known with " (2)" behind it. The cells of the columns in
    `leave_out` are never stored. `renamed` pairs the name of a column in newer files with the name that the definition
    knows it by. `rows_out` pairs columns with the words by which they mark rows that are no reader's, such as those of
    who was screened out; `rows_unfinished` does for responses that stopped half way, where no tool says so. `said`
    holds what the file said of its columns when the definition was made, so that a later file that says something else
    is noticed.
    """

    tool: str | None = None
    encoding: str | None = None
    leave_out: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    said: tuple[ColumnNote, ...] = ()
    sheet: str | None = None
    separator: str | None = None
    heading: int | None = None
    decimal: str | None = None
    numbers: tuple[str, ...] = ()
    unfinished: Literal["left-out", "counted"] | None = None
    doubled: bool = False
    rows_out: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rows_unfinished: tuple[tuple[str, tuple[str, ...]], ...] = ()


HARMLESS = frozenset({"application_name", "connect_timeout", "sslmode"})
"""What may stand behind the question mark of a database's address in a definition: no secret, and no other place."""

SECRET_IN_URL = (
    "found a password or options in url, expected only where the database is: put the whole address into an "
    "environment variable, and its name into url_env"
)


def holds_secret(address: str) -> bool:
    """Whether the address says more than where a database is: a password, or options that could hold one.

    Example:
        >>> holds_secret("postgresql://me:mine@here/answers"), holds_secret("postgresql://me@here/a?password=mine")
        (True, True)
        >>> holds_secret("postgresql://me@here/answers?sslmode=require"), holds_secret("sqlite:///answers.sqlite")
        (False, False)
    """
    _, known, place = address.partition("://")
    who, at, _ = place.rpartition("@")
    options = [pair.partition("=")[0] for pair in re.split("[&;]", place.partition("?")[2]) if pair]
    if not known:
        return "@" in address or "?" in address
    return bool(at and re.search("[:@/?]", who)) or not HARMLESS.issuperset(options)


@dataclass(frozen=True)
class Source:
    """The table or view of another database that responses are read from, and its column that names each of them.

    The address stands in `url`, or in the environment variable that `url_env` names.
    """

    table: str
    key: str
    url: str | None = None
    url_env: str | None = None


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

    def level_name(self, value: str) -> str:
        """Returns how people read the level of that value, with a dash between the numbers of a band.

        Example:
            >>> Dimension("age", "Age", "age", (Level("18-29", "18-29"),), (18, 30)).level_name("18-29")
            '18–29'
        """
        level = self.level(value)
        label = value if level is None else level.label
        return label.replace("-", "–") if self.bands else label


Sample = Literal["self-selected", "subscribers", "panel", "recruited", "probability panel", "probability"]
"""How a sample came about: readers came by themselves, all subscribers on a list were asked, members of a panel were,
whoever carried it out chose whom to ask, members were drawn into a panel by chance, or respondents were drawn by it."""


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
    answers in the column `consent` by which a writer agreed to be printed. `referrer` is where the page was opened
    from: its host alone is kept, beside the answer, and for a month. `seconds` is how long the response took.
    With `weight_optional` a response without a weight counts where nothing is weighted, as one of the weight 0 does.
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
    referrer: str | None = None
    seconds: str | None = None
    weight_optional: bool = False


@dataclass(frozen=True)
class Survey:
    """One article's survey: what was asked, of whom, and what the columns of its file mean.

    Where `columns` names a wave or a channel, `dimensions` ends with a dimension of that key. `known_by` names the
    parts of the definition whose cells make a row what it is: settled when the survey is first recorded, so that an
    export may gain columns and a definition questions without any row becoming another. Empty: the whole row.
    `closed_at` is when somebody closed it by hand. `edited` pairs each place that was edited here with what the
    definition had there. `labels` holds by language what its texts are called there, by their place: see labels.py.
    `doubts` are the columns in which the survey tool says which responses it doubts.
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
    sample: Sample = "self-selected"
    min_base: int = 30
    weighting: Weighting = field(default_factory=Weighting)
    targets: tuple[Target, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    known_by: tuple[str, ...] = ()
    source: Source | None = None
    file: FileNotes = field(default_factory=FileNotes)
    language: str | None = None
    frame: str | None = None
    closed_at: datetime | None = None
    edited: tuple[tuple[str, str], ...] = ()
    labels: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    doubts: tuple[DoubtMark, ...] = ()

    def question(self, key: str) -> Question | None:
        """Returns the question of that key, or None."""
        return next((question for question in self.questions if question.key == key), None)

    def dimension(self, key: str) -> Dimension | None:
        """Returns the dimension of that key, or None."""
        return next((dimension for dimension in self.dimensions if dimension.key == key), None)


def first_asked(survey: Survey) -> Question | None:
    """Returns the survey's first question that has choices: the one that the article ends with."""
    return next((question for question in survey.questions if question.kind != "text"), None)
