"""Hand-made surveys and readers that the tests of the core share, and the command line as a function."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from hypothesis import settings
from hypothesis import strategies as st

from analytics.__main__ import cli
from analytics.estimates.groups.table import crosstab
from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.time.trend import trend
from analytics.model import (
    Answers,
    Batch,
    Cells,
    Choice,
    Chunk,
    Columns,
    Dimension,
    ImportReport,
    Level,
    Net,
    Quarantined,
    Question,
    Snapshot,
    Survey,
)
from analytics.model.request import Request
from analytics.store.place.connections import Store
from analytics.store.record.imports import record_import
from analytics.store.tables.opening import open_store

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")

SAME = settings(derandomize=True, deadline=None, report_multiple_bugs=False)
"""Properties are tried on the same examples every time."""

TICKED_NONE: tuple[str, ...] = ("",)
"""The answer of a reader who saw a multiple question and ticked nothing of it."""


@dataclass(frozen=True)
class Reader:
    """One response. An answer of () is asked and left blank; a question that is not among `answers` was not asked."""

    key: str
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    weight: float = 1.0
    at: datetime | None = None


MOVE = Question(
    "move", "Should the library move?", "single", "move",
    tuple(Choice(value, value, None, (value,)) for value in ("Yes", "No", "Unsure")),
    nets=(Net("net", "Yes minus no", ("Yes",), ("No",)), Net("some", "Any view", ("Yes", "No"))),
)  # fmt: skip
TRUST = Question(
    "trust", "How far do you trust the council?", "scale", "trust",
    (*(Choice(str(n), f"Step {n}", float(n), (str(n),)) for n in range(1, 6)), Choice("?", "Cannot say", None, ("?",))),
)  # fmt: skip
NEEDS = Question(
    "needs", "What does the river need?", "multiple", "needs",
    tuple(Choice(value, value, None, (value,)) for value in ("Bank", "Boats", "Bridge")), separator="; ",
)  # fmt: skip
AGE = Dimension("age", "Age", "age", tuple(Level(value, value, (value,)) for value in ("18-29", "30-59", "60+")))
SEX = Dimension("sex", "Sex", "sex", (Level("F", "Women", ("F",)), Level("M", "Men", ("M",))))

RIVER = Survey(
    "river", "The river", "Europe/Berlin", (MOVE, TRUST, NEEDS), (AGE, SEX),
    Columns(response="id", responded_at="at", weight="w"), min_base=1,
)  # fmt: skip

TWELVE = tuple(
    Reader(f"id:{n}", {"move": (answer,)}, {"age": age}, weight)
    for n, (answer, age, weight) in enumerate(
        [
            ("Yes", "18-29", 1), ("Yes", "18-29", 2), ("Yes", "18-29", 3), ("Yes", "30-59", 1), ("Yes", "60+", 3),
            ("No", "18-29", 2), ("No", "30-59", 3), ("No", "60+", 1), ("No", "60+", 2), ("No", "60+", 3),
            ("Unsure", "30-59", 1), ("Unsure", "60+", 2),
        ]
    )
)  # fmt: skip
"""Twelve readers with weights 1, 2 and 3: Yes 10, No 11 and Unsure 3 of 24; the squares are 24, 27, 5 of 56."""


def people(first: int, count: int) -> list[Reader]:
    """Returns so many readers, all alike but for their id, age and weight."""
    return [
        Reader(
            f"id:{n}",
            {"move": ("Yes" if n % 3 else "No",), "needs": ("Bank",)},
            {"age": "60+" if n % 2 else "18-29"},
            1 + n % 5 / 10,
            datetime(2025, 5, 19, n % 24, tzinfo=BERLIN),
        )
        for n in range(first, first + count)
    ]


@st.composite
def readers(draw: st.DrawFn, least: int = 0, most: int = 40, dated: bool = False) -> list[Reader]:
    """Returns readers who answered, left blank or were not asked, with or without levels and times."""
    one = st.sampled_from(["Yes", "No", "Unsure"]).map(lambda value: (value,))
    step = st.sampled_from(["1", "2", "3", "4", "5", "?"]).map(lambda value: (value,))
    some = st.sets(st.sampled_from(["Bank", "Boats", "Bridge"]), min_size=1).map(tuple)
    first = datetime(2025, 3, 28, tzinfo=BERLIN)  # the clocks change on the 30th
    hours = st.integers(0, 24 * 6).map(lambda hour: first.astimezone(UTC) + timedelta(hours=hour))
    row = st.builds(
        lambda answers, levels, weight, at: (answers, {k: v for k, v in levels.items() if v}, weight, at),
        st.fixed_dictionaries(
            {},
            optional={
                "move": st.just(()) | one,
                "trust": st.just(()) | step,
                "needs": st.just(()) | st.just(TICKED_NONE) | some,
            },
        ),
        st.fixed_dictionaries(
            {"age": st.sampled_from([None, "18-29", "30-59", "60+"]), "sex": st.sampled_from([None, "F", "M"])}
        ),
        st.sampled_from([0.02, 0.5, 1.0, 1.7, 3.0, 8.7]),
        hours if dated else st.none(),
    )
    drawn = draw(st.lists(row, min_size=least, max_size=most))
    return [Reader(f"id:{n}", *cells) for n, cells in enumerate(drawn)]


def batch_of(survey: Survey, readers: Sequence[Reader]) -> Batch:
    """Returns the readers as an importer hands them on."""
    times = [None if reader.at is None else reader.at.astimezone(UTC).replace(tzinfo=None) for reader in readers]
    responses = pd.DataFrame(
        {
            "key": pd.Series([reader.key for reader in readers], dtype="str"),
            "content": np.array([content_of(reader) for reader in readers], dtype=np.int64),
            "line": np.arange(2, len(readers) + 2, dtype=np.int64),
            "responded_at": pd.DatetimeIndex(np.array(times, dtype="datetime64[s]")).tz_localize("UTC"),
            "weight": np.array([reader.weight for reader in readers], dtype=np.float64),
            "respondent": pd.Series([""] * len(readers), dtype="str"),
            "consent": pd.Series([""] * len(readers), dtype="str"),
        }
    )
    levels = {dimension.key: levels_of(dimension, readers) for dimension in survey.dimensions}
    answers = {question.key: answers_of(question, readers) for question in survey.questions if question.kind != "text"}
    texts = pd.DataFrame({"row": [], "question": [], "text": []}).astype({"row": np.int64})
    return Batch(responses, pd.DataFrame(levels, index=range(len(readers))), answers, texts)


def levels_of(dimension: Dimension, readers: Sequence[Reader]) -> pd.Categorical:
    """Returns the readers' levels of one dimension."""
    given = [reader.levels.get(dimension.key) for reader in readers]
    found = list(dict.fromkeys(level for level in given if level is not None))
    listed = found if dimension.found else [level.value for level in dimension.levels]
    return pd.Categorical(given, categories=pd.Index(listed, dtype="str"))


def content_of(reader: Reader) -> int:
    """Returns a number that differs where anything about the reader does."""
    cells = repr((reader.key, sorted(reader.answers.items()), sorted(reader.levels.items()), reader.weight, reader.at))
    return int.from_bytes(blake2b(cells.encode(), digest_size=8).digest(), "little", signed=True)


def answers_of(question: Question, readers: Sequence[Reader]) -> Answers:
    """Returns the readers' answers to one question."""
    given = [reader.answers.get(question.key) for reader in readers]
    found = dict.fromkeys(value for ticked in given for value in ticked or () if value)
    values = tuple(found) if question.found else tuple(choice.value for choice in question.choices)
    place = {value: at for at, value in enumerate(values)}
    pairs = [(row, place[value]) for row, ticked in enumerate(given) for value in ticked or () if value]
    status = np.array([-1 if ticked is None else int(bool(ticked)) for ticked in given], dtype=np.int8)
    row, choice = (np.array(column, dtype=np.int64) for column in (zip(*pairs, strict=True) if pairs else ((), ())))
    return Answers(values, status, row, choice)


def chunk_of(survey: Survey, readers: Sequence[Reader], *quarantined: Quarantined) -> Chunk:
    """Returns the readers as one stretch of a file."""
    return Chunk(len(readers) + len(quarantined), batch_of(survey, readers), tuple(quarantined))


def record(store: Store, survey: Survey, *stretches: Iterable[Reader]) -> ImportReport:
    """Records the readers as one file, each stretch of it in a transaction of its own."""
    chunks = [chunk_of(survey, list(readers)) for readers in stretches]
    return record_import(store, survey, chunks, file="readers.csv", now=NOW, whole_rows=0)


def cells_by_name(cells: Cells) -> dict[tuple[int, ...], np.ndarray]:
    """Returns the sums of each cell by period, choice and levels, and of all respondents by levels."""
    levels = cells.profiles.to_numpy()
    answers = {
        (row.period, row.choice, *levels[row.profile].tolist()): np.array([row.n, row.w, row.w2])
        for row in cells.answers.itertuples()
    }
    everyone = {
        tuple(levels[row.profile].tolist()): np.array([row.n, row.w, row.w2]) for row in cells.everyone.itertuples()
    }
    return answers | everyone


@contextmanager
def opened(address: str | Path = "sqlite://") -> Iterator[Store]:
    """Gives a store, by default in memory, and closes it."""
    store = open_store(str(address))
    try:
        yield store
    finally:
        store.dispose()


def snapshot(store: Store, key: str = "river", now: datetime = NOW) -> Snapshot:
    """Returns a survey of the store as it is at that moment."""
    return snapshot_of(store, key, now=now)


def table(store: Store, question: str, by: Sequence[str] = (), key: str = "river", **chosen: Any) -> pd.DataFrame:
    """Returns the estimates of a crosstab; `chosen` are fields of the request."""
    return crosstab(snapshot(store, key), Request(question=question, by=tuple(by), **chosen)).estimates


def line(
    store: Store, question: str, every: Any, by: Sequence[str] = (), window: int = 1, now: datetime = NOW, **chosen: Any
) -> Any:
    """Returns the view of a trend of the survey `river`; `chosen` are fields of the request."""
    request = Request(question=question, every=every, by=tuple(by), window=window, **chosen)
    return trend(snapshot(store, now=now), request)


def command(*words: object) -> Result:
    """Returns what `python -m analytics` does with these words."""
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def overwrite(database: Path, statement: str) -> None:
    """Changes a store behind the program's back."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(statement)


@contextmanager
def shown_from_one_on(database: str) -> Iterator[None]:
    """Lets every survey of the store show numbers of single readers."""
    with closing(sqlite3.connect(database)) as store:
        before = store.execute("SELECT survey_id, definition FROM survey").fetchall()
        with store:
            store.execute("UPDATE survey SET definition = json_set(definition, '$.min_base', 1)")
        yield
        with store:
            store.executemany("UPDATE survey SET definition = ?2 WHERE survey_id = ?1", before)


def rows(*words: object) -> list[dict[str, Any]]:
    """Returns the rows that a command prints with --format json; it has to succeed.

    R has numbers of single readers, which no command shows of any survey: for `--min-base 1` the stored surveys are
    ones that do, as long as the command runs.
    """
    if ("--min-base", "1") in pairwise(words):
        at = words.index("--min-base")
        words = (*words[:at], *words[at + 2 :])
        with shown_from_one_on(str(words[words.index("--db") + 1])):
            return rows(*words)
    result = command(*words, "--format", "json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def reference_rows(path: Path) -> list[dict[str, str]]:
    """Returns the rows of a file of reference results."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def assert_agrees(ours: Mapping[str, Any], theirs: Mapping[str, str], limits: str, scale: float) -> None:
    """Fails where a row of ours differs from one of R's `common.R` by more than 1e-6 relative.

    Args:
        limits: which of R's intervals ours is, such as "logit"; where R gives none (0 % and 100 %), ours only has to be
            one with width inside 0 and 1.
        scale: what brings R's weights to a mean of 1 over all respondents.
    """
    close = partial(pytest.approx, rel=1e-6, abs=1e-12)
    n, effective_n = int(theirs["n"]), float(theirs["n_eff_kish"])
    assert (ours["base_n"], ours["count"]) == (n, int(theirs["n_level"]))
    assert ours["base_n"] - 1 == int(theirs["df"])
    assert ours["share"] == ours["value"] == close(float(theirs["p"]))
    assert ours["se"] == close(float(theirs["se"]))
    assert ours["weighted_base"] == close(scale * float(theirs["sum_w"]))
    assert ours["share"] * ours["weighted_base"] == close(scale * float(theirs["sum_w_level"]))
    assert ours["effective_n"] == close(effective_n)
    assert ours["deff"] == close(n / effective_n)
    if theirs[f"{limits}_lo"] in ("", "NA"):
        assert 0 <= ours["low"] < ours["high"] <= 1
    else:
        assert ours["low"] == close(float(theirs[f"{limits}_lo"]))
        assert ours["high"] == close(float(theirs[f"{limits}_hi"]))


def unweighted(survey: Survey) -> Survey:
    """Returns the survey without its weight column."""
    return replace(survey, columns=replace(survey.columns, weight=None))
