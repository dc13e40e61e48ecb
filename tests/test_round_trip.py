"""Any table of responses, written by the format's own library, is imported to exactly its answers."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.imports.answers.responses import read_responses
from analytics.imports.cells.text import plain
from analytics.model import Choice, ChoiceColumn, Columns, Dimension, Level, Question, Survey

NEEDS = ("Bank", "Boats", "Bridge")
AGES = ("18-29", "30-59", "60+")
HEADER = ("response", "move", "trust", "bank", "boats", "bridge", "why", "age")

SURVEY = Survey(
    "river", "The river", "UTC",
    (
        Question("move", "Should the library move?", "single", "move", found=True),
        Question("trust", "How far?", "scale", "trust", tuple(Choice(str(n), str(n), float(n)) for n in range(1, 6))),
        Question(
            "needs", "What does the river need?", "multiple", choices=tuple(Choice(one, one) for one in NEEDS),
            columns=tuple(ChoiceColumn(one.casefold(), one) for one in NEEDS),
        ),
        Question("why", "Why?", "text", "why"),
    ),
    (Dimension("age", "Age", "age", tuple(Level(one, one) for one in AGES)),),
    Columns(response="response"),
)  # fmt: skip

ODD = (
    "NA", "None", "null", "nan", "N/A", "007", "4012888888881881", "1e5", "TRUE", "=1+1", "@x", "a,b", "a;b", "a\tb",
    'say "x"', "two\nlines", " padded", "Käse", "e\u0301", "\u202eabc", "👩\u200d👩\u200d👧", "1.0", "2025-05-19", "-5",
    "#N/A",
)  # fmt: skip


@dataclass(frozen=True)
class Answered:
    """What one reader answered: a word, a step, the needs ticked, own words and an age; "" and None are blank."""

    move: str
    trust: str
    needs: frozenset[str]
    why: str
    age: str


def words() -> st.SearchStrategy[str]:
    """Returns any text without control characters, or a word that looks like nothing or like a number."""
    return (
        st.sampled_from(ODD) | st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=12) | st.just("")
    )


def tables() -> st.SearchStrategy[list[Answered]]:
    needs = st.frozensets(st.sampled_from(NEEDS))
    steps, ages = st.sampled_from(["", "1", "2", "3", "4", "5"]), st.sampled_from(["", *AGES])
    return st.lists(st.builds(Answered, words(), steps, needs, words(), ages), min_size=1, max_size=12)


def cells(table: list[Answered]) -> list[tuple[str, ...]]:
    """Returns the rows of the table as a survey tool writes them."""
    return [
        (f"r{n}", one.move, one.trust, *(need if need in one.needs else "" for need in NEEDS), one.why, one.age)
        for n, one in enumerate(table)
    ]


def csv_file(path: Path, rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])


def tsv_file(path: Path, rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerows([HEADER, *rows])


def xlsx_file(path: Path, rows: list[tuple[str, ...]]) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        sheet = workbook.add_worksheet()
        for at, row in enumerate([HEADER, *rows]):
            for place, cell in enumerate(row):
                if place == HEADER.index("trust") and at and cell:
                    sheet.write_number(at, place, int(cell))
                else:
                    sheet.write_string(at, place, cell)


def parquet_file(path: Path, rows: list[tuple[str, ...]]) -> None:
    columns = dict(zip(HEADER, map(list, zip(*rows, strict=True)), strict=True))
    trust = pa.array([int(cell) if cell else None for cell in columns["trust"]])
    pq.write_table(pa.table(columns | {"trust": trust}), path)


def sav_file(path: Path, rows: list[tuple[str, ...]]) -> None:
    frame = pd.DataFrame(rows, columns=list(HEADER))
    pyreadstat.write_sav(frame.assign(trust=pd.to_numeric(frame["trust"])), str(path))


def read_back(write: Callable[[Path, list[tuple[str, ...]]], None], name: str, table: list[Answered]) -> list[Answered]:
    """Returns the answers that the file is imported to; every row has to be understood."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, name), cells(table))
        chunks = list(read_responses(Path(folder, name), SURVEY))
    found: list[Answered] = []
    for chunk in chunks:
        assert chunk.faults == ()
        batch = chunk.batch
        keys = batch.responses["key"].tolist()
        assert keys == [f"id:r{n}" for n in range(len(found), len(found) + len(keys))]
        given_to = {key: [set[str]() for _ in keys] for key in batch.answers}
        for key, answers in batch.answers.items():
            for row, choice in zip(answers.row, answers.choice, strict=True):
                given_to[key][row].add(answers.values[choice])
        wrote = dict(zip(batch.texts["row"], batch.texts["text"], strict=True))
        ages = batch.levels["age"].astype(object).where(batch.levels["age"].notna(), "").tolist()
        found += [
            Answered(
                "".join(given_to["move"][n]), "".join(given_to["trust"][n]), frozenset(given_to["needs"][n]),
                wrote.get(n, ""), ages[n],
            )
            for n in range(len(keys))
        ]  # fmt: skip
    return found


def expected(table: list[Answered], *, padded: bool = True) -> list[Answered]:
    """Returns the answers as they are meant: words compared as definitions compare them, own words as they stand.

    Args:
        padded: whether the format keeps blanks at the end of a text, which SPSS fills up with them.
    """
    kept = [one.why if padded else one.why.rstrip(" ") for one in table]
    return [
        Answered(plain(one.move), one.trust, one.needs, why if plain(why) else "", one.age)
        for one, why in zip(table, kept, strict=True)
    ]


QUICK = settings(derandomize=True, deadline=None, max_examples=60)
SLOW = settings(derandomize=True, deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(("write", "name"), [(csv_file, "readers.csv"), (tsv_file, "readers.tsv")])
def test_any_table_written_as_text_comes_back(write: Callable[..., None], name: str) -> None:
    @QUICK
    @given(tables())
    def comes_back(table: list[Answered]) -> None:
        assert read_back(write, name, table) == expected(table)

    comes_back()


@pytest.mark.parametrize(
    ("write", "name", "padded"),
    [(xlsx_file, "readers.xlsx", True), (parquet_file, "readers.parquet", True), (sav_file, "readers.sav", False)],
)
def test_any_table_written_as_a_workbook_or_for_statistics_comes_back(
    write: Callable[..., None], name: str, padded: bool
) -> None:
    @SLOW
    @given(tables())
    def comes_back(table: list[Answered]) -> None:
        assert read_back(write, name, table) == expected(table, padded=padded)

    comes_back()


@pytest.mark.parametrize("word", ODD)
def test_every_odd_word_comes_back_from_every_format(word: str) -> None:
    table = [Answered(word, "3", frozenset({"Boats"}), word, "60+"), Answered("Yes", "", frozenset(), "", "")]
    for write, name in ((csv_file, "a.csv"), (tsv_file, "a.tsv"), (xlsx_file, "a.xlsx"), (parquet_file, "a.parquet")):
        assert read_back(write, name, table) == expected(table), name


def test_the_usual_way_through_pandas_does_not_bring_every_table_back(tmp_path: Path) -> None:
    table = [Answered(word, "3", frozenset(), "", "60+") for word in ODD]
    csv_file(tmp_path / "readers.csv", cells(table))

    found = pd.read_csv(tmp_path / "readers.csv")["move"].tolist()

    assert found != [one.move for one in table], "the harness does not find what is guessed"
