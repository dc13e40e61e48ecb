"""The limits of definitions, files and links: what is over one ends in a sentence, what is just below is taken."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import time
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyreadstat
import pytest
from pyarrow import parquet

from analytics import limits
from analytics.errors import DefinitionError, FileError, RequestError
from analytics.estimates.groups.comparisons import comparisons
from analytics.estimates.groups.table import crosstab, table
from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.time.trend import trend
from analytics.estimates.views.layout import Layout
from analytics.estimates.whole.topline import topline
from analytics.imports.answers.responses import read_responses
from analytics.imports.definition.sizes import conditions_deep
from analytics.imports.definition.survey import parsed_definition
from analytics.imports.definition.text import definition_text
from analytics.imports.propose import definition_apart, preview_of, propose
from analytics.imports.proposing.joined import check_boxes
from analytics.imports.proposing.scans import scanned
from analytics.imports.reading.excerpts import WHOLE_BYTES
from analytics.imports.reading.tables import read_table
from analytics.model import Choice, Question, Snapshot
from analytics.model.address import moment_at
from analytics.model.request import Request
from analytics.published.found import MOST_ENTRIES, figures_in
from analytics.store.record.imports import record_import
from analytics.store.tables.opening import open_store
from analytics.store.tables.surveys import find_survey, read_survey, read_surveys
from tests.made.charts import charts
from tests.pages_fixture import NOW, import_survey, page_at, pages_over, readers
from tests.pages_fixture import definition as texts_of
from tests.patience import dearness
from tests.surveys import RIVER

HEAD = '[survey]\nkey = "river"\ntitle = "River"\ntime_zone = "Europe/Paris"\n'
ASKED = '[[question]]\nkey = "move"\ntext = "Move?"\nkind = "single"\n'
MOVE = f'{ASKED}choices = ["Yes", "No"]\n'


def parsed(text: str) -> str:
    """Returns the sentence with which a definition is refused, empty where it is taken."""
    try:
        parsed_definition(text, file="survey.toml", folder=Path())
    except DefinitionError as fault:
        return str(fault)
    return ""


def listed(number: int) -> str:
    return ", ".join(f'"{place}"' for place in range(number))


# Definitions

AT_MOST: dict[str, tuple[int, Callable[[int], str]]] = {
    "questions": (limits.QUESTIONS, lambda n: HEAD + "".join(MOVE.replace('"move"', f'"q{at}"') for at in range(n))),
    "choices": (limits.CHOICES, lambda n: f"{HEAD}{ASKED}choices = [{listed(n)}]\n"),
    "levels": (limits.LEVELS, lambda n: f'{HEAD}{MOVE}[[dimension]]\nkey = "a"\nlevels = [{listed(n)}]\n'),
    "dimensions": (
        limits.DIMENSIONS, lambda n: HEAD + MOVE + "".join(f'[[dimension]]\nkey = "d{at}"\n' for at in range(n))
    ),
    "bands": (
        limits.BANDS, lambda n: f'{HEAD}{MOVE}[[dimension]]\nkey = "a"\nbands = [{", ".join(map(str, range(n)))}]\n'
    ),
    "events": (limits.EVENTS, lambda n: HEAD + MOVE + '[[event]]\nat = 2025-06-01T10:00:00Z\nlabel = "News"\n' * n),
    "characters of a title": (limits.TEXT_CHARACTERS, lambda n: HEAD.replace('"River"', f'"{"r" * n}"') + MOVE),
    "digits of a number": (
        limits.DIGITS, lambda n: f'{HEAD}{MOVE}[[dimension]]\nkey = "a"\nbands = [0, {"9" * n}]\n'
    ),
    "years": (limits.LAST_YEAR, lambda n: f"{HEAD}closes = {n}-12-31\n{MOVE}"),
    "the minimum base": (limits.MOST_MIN_BASE, lambda n: f"{HEAD}min_base = {n}\n{MOVE}"),
    "words that mean nothing was said": (limits.WORDS, lambda n: f"{HEAD}{MOVE}missing = [{listed(n)}]\n"),
}  # fmt: skip


@pytest.mark.parametrize("what", AT_MOST)
def test_so_much_is_taken_and_one_more_is_refused_with_the_limit(what: str) -> None:
    most, text = AT_MOST[what]

    assert parsed(text(most)) == ""
    assert f"{most:,}" in parsed(text(most + 1)) or str(most) in parsed(text(most + 1))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (".".join("a" * 50_000) + " = 1\n" + HEAD + MOVE, "line 1: found a key of more than 12 parts"),
        (HEAD + MOVE + "[" + ".".join("b" * 16_000) + "]\n", "found a key of more than 12 parts"),
        (HEAD + MOVE + '[columns]\nx = {"a" . b.c.d.e.f.g.h.i.j.k.l.m.n = 1}\n', "found a key of more than 12 parts"),
        ("x = " + "[" * 5_000 + "]" * 5_000 + "\n" + HEAD + MOVE, "found no valid TOML"),
        ("x = " + "[" * 40 + "]" * 40 + "\n" + HEAD + MOVE, "found tables inside of tables"),
        (HEAD.replace("Europe/Paris", "posix/Europe/Paris") + MOVE, "the IANA database such as 'Europe/Paris'"),
        (HEAD.replace("Europe/Paris", "../../etc/passwd") + MOVE, "a zone of the IANA database"),
        (HEAD + "min_base = 0x" + "f" * 5_000 + "\n" + MOVE, "a number of more than 30 digits"),
        (HEAD + "closes = 9999-12-31\n" + MOVE, "a year from 1900 to 2200"),
        (HEAD + "opens = 0001-01-01\n" + MOVE, "a year from 1900 to 2200"),
        (HEAD + MOVE + '[[event]]\nat = 1600-01-01T00:00:00\nlabel = "x"\n', "a year from 1900 to 2200"),
        (HEAD + MOVE + '[columns]\nresponded_at = "at"\nresponded_at_format = "%d %d"\n', "each of them once"),
        (HEAD + MOVE + '[columns]\nresponded_at = "at"\nresponded_at_format = "%Q"\n', "each of them once"),
    ],
)  # fmt: skip
def test_a_definition_that_no_page_can_bear_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    found = parsed(text)

    assert sentence in found
    assert len(found.splitlines()) == 1


def test_faults_without_end_are_told_of_in_part_and_turn_no_screen_round() -> None:
    odd = "".join(f'"x{at}\\u001b[2J" = 1\n' for at in range(300))
    found = parsed(f"{HEAD}{odd}{MOVE}").splitlines()

    assert len(found) == 51
    assert found[-1].startswith("and 250 more")
    assert "\x1b" not in "".join(found)


def test_questions_may_hang_on_each_other_ten_deep_and_in_no_circle() -> None:
    def chain(deep: int) -> list[Question]:
        asked = [Question("q0", "?", "single")]
        return asked + [
            Question(f"q{at}", "?", "single", asked_if=((f"q{at - 1}", ("1",)),)) for at in range(1, deep + 1)
        ]

    around = replace(chain(1)[0], asked_if=(("q1", ("1",)),))

    assert conditions_deep(chain(limits.CONDITIONS_DEEP - 1)) == ()
    assert len(conditions_deep(chain(3_000))) == limits.CONDITIONS_DEEP + 1
    assert conditions_deep([around, chain(1)[1]])


@pytest.mark.parametrize(
    ("deep", "refused"), [(limits.CONDITIONS_DEEP - 1, False), (limits.CONDITIONS_DEEP, True), (1_900, True)]
)
def test_a_definition_of_questions_that_hang_on_each_other_is_refused_in_one_sentence(deep: int, refused: bool) -> None:
    chain = "".join(
        MOVE.replace('"move"', f'"q{at}"') + (f'asked_if = {{ q{at - 1} = ["Yes"] }}\n' if at else "")
        for at in range(deep + 1)
    )

    found = parsed(HEAD + chain)

    assert bool(found) == refused, found
    assert len(found) < 1_000


@pytest.mark.parametrize("body", ["../outside.md", "/etc/passwd", "a\\u0000b.md", "."])
def test_no_body_of_an_article_is_read_from_outside_of_the_folder(tmp_path: Path, body: str) -> None:
    (tmp_path / "outside.md").write_text("# Secret\n\nOutside.")
    folder = tmp_path / "in"
    folder.mkdir()

    with pytest.raises(DefinitionError) as fault:
        parsed_definition(f'{HEAD}[article]\nbody = "{body}"\n{MOVE}', file="survey.toml", folder=folder)

    assert "body" in str(fault.value)
    assert "Outside" not in str(fault.value)


@pytest.mark.parametrize(
    "text",
    [
        "x = [" + "1," * 500_000 + "]",
        "[[question]]\n" * 70_000,
        "x = {" + ",".join(f"k{at} = 1" for at in range(90_000)) + "}",
        "\n".join(f'k{at} = """a"""' for at in range(50_000)),
        "[a]\n" + "\n".join(f"b.c{at}.d = 1" for at in range(60_000)),
        HEAD + ASKED + f"choices = [{listed(110_000)}]",
        HEAD + MOVE + "\n".join(f'[[dimension]]\nkey = "d{at}"' for at in range(35_000)),
    ],
    ids=["numbers", "questions", "keys", "texts", "dotted", "choices", "dimensions"],
)
def test_no_definition_of_a_megabyte_takes_ten_seconds(text: str) -> None:
    began = time.process_time()

    assert len(text.encode()) <= limits.DEFINITION_BYTES
    assert "expected" in parsed(text)
    assert time.process_time() - began < 10


def test_a_stranger_s_definition_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    sound, vast = tmp_path / "sound.toml", tmp_path / "vast.toml"
    sound.write_text(HEAD + MOVE)
    vast.write_text(HEAD + MOVE + "# " + "x" * limits.DEFINITION_BYTES)

    assert definition_apart(sound).key == "river"
    with pytest.raises(DefinitionError, match="found more than 1 MB"):
        definition_apart(vast)


# Files

COLUMNS = '[columns]\nresponse = "id"\nweight = "w"\ncomment = "c"\n'


def chunk_of(tmp_path: Path, rows: list[list[str]], text: str = HEAD + COLUMNS + MOVE) -> list[str]:
    """Returns the faults of the rows, read by a definition of ids, weights, comments and one question."""
    path = tmp_path / "answers.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["id", "w", "c", "move"], *rows])
    survey = parsed_definition(text, file="survey.toml", folder=tmp_path)
    return [str(fault) for chunk in read_responses(path, survey) for fault in chunk.faults]


def test_a_weight_that_is_no_number_of_a_reader_is_a_fault(tmp_path: Path) -> None:
    rows = [[str(at), "2", "", "Yes"] for at in range(9)]

    for odd in ("1e300", "1e-300", "1e999", "-1", "nan"):
        assert len(chunk_of(tmp_path, [*rows, ["x", odd, "", "No"]])) == 1


def test_a_comment_of_ten_pages_is_kept_and_a_longer_one_is_said(tmp_path: Path) -> None:
    most = limits.COMMENT_CHARACTERS

    assert chunk_of(tmp_path, [["1", "1", "x" * most, "Yes"]]) == []
    assert (
        f"found {most + 1:,} characters, expected at most {most:,}"
        in chunk_of(tmp_path, [["1", "1", "x" * (most + 1), "Yes"]])[0]
    )


def test_an_id_longer_than_any_index_takes_is_said(tmp_path: Path) -> None:
    assert "found 501 characters" in chunk_of(tmp_path, [["i" * 501, "1", "", "Yes"]])[0]


def test_readers_own_words_are_no_choices_and_nothing_of_them_is_stored(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "s.sqlite"))
    survey = parsed_definition(HEAD + ASKED, file="survey.toml", folder=tmp_path)

    def recorded(words: int) -> None:
        path = tmp_path / f"{words}.csv"
        path.write_text("move\n" + "".join(f"word {at}\n" for at in range(words)))
        record_import(store, survey, read_responses(path, survey), file=path.name, now=NOW)

    recorded(limits.FOUND_WORDS)
    with pytest.raises(DefinitionError, match="'move': found more than 500 different answers"):
        recorded(limits.FOUND_WORDS + 1)
    kept = find_survey(store, "river")
    assert kept is not None
    assert [len(one.questions[0].choices) for one in read_surveys(store)] == [limits.FOUND_WORDS]
    store.dispose()


@pytest.mark.parametrize("what", ["levels", "options"])
def test_readers_own_words_are_no_levels_and_no_options_either(tmp_path: Path, what: str) -> None:
    found = (
        f'{HEAD}{MOVE}[[dimension]]\nkey = "town"\n'
        if what == "levels"
        else HEAD + ASKED.replace('"single"', '"multiple"\nseparator = "|"')
    )
    survey = parsed_definition(found, file="survey.toml", folder=tmp_path)
    path = tmp_path / "answers.csv"
    if what == "levels":
        path.write_text("move,town\n" + "".join(f"Yes,town {at}\n" for at in range(100_000)))
    else:
        cells = ("|".join(f"o{row * 2_000 + at}" for at in range(2_000)) for row in range(100))
        path.write_text("id,move\n" + "".join(f"r,{cell}\n" for cell in cells))
    store = open_store(str(tmp_path / "s.sqlite"))
    began = time.process_time()

    with pytest.raises(DefinitionError, match="found more than 500 different"):
        record_import(store, survey, read_responses(path, survey), file=path.name, now=NOW)

    assert time.process_time() - began < 10
    assert read_surveys(store) == []
    store.dispose()


@pytest.mark.parametrize("ending", ["sav", "zsav"])
def test_a_small_spss_file_that_unpacks_to_very_much_is_refused(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"bomb.{ending}"
    rows = pd.DataFrame({f"q{at}": [1.0] * (600_000 if ending == "zsav" else 200_000) for at in range(10)})
    pyreadstat.write_sav(rows, str(path), compress=ending == "zsav", row_compress=ending == "sav")
    survey = parsed_definition(HEAD + MOVE.replace('"move"', '"q1"'), file="survey.toml", folder=tmp_path)
    began = time.process_time()

    if ending == "zsav":
        with pytest.raises(FileError, match="expected at most 200 times the size of the file"):
            list(read_responses(path, survey))
    else:  # bytes for bytes
        assert path.stat().st_size > 1_600_000
    assert time.process_time() - began < 10


def test_a_file_wider_than_excel_is_refused_before_its_rows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join(f"c{at}" for at in range(limits.COLUMNS + 1)) + "\n")
    survey = parsed_definition(HEAD + MOVE, file="survey.toml", folder=tmp_path)

    with pytest.raises(FileError, match="found 16,385 columns, expected at most 16,384"):
        list(read_responses(path, survey))


def test_a_file_of_more_columns_than_a_definition_can_name_is_not_proposed_for(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join(f"c{at}" for at in range(limits.QUESTIONS + 1)) + "\n" + "1," * limits.QUESTIONS + "1\n")

    with pytest.raises(FileError, match="found 2,001 columns, expected at most 2,000: write a definition"):
        preview_of(path)


def packed(path: Path, columns: dict[str, pa.Array]) -> Path:
    parquet.write_table(pa.table(columns), path, compression="zstd")
    return path


@pytest.mark.parametrize("what", ["rows alike", "long texts alike"])
def test_a_small_parquet_file_that_unpacks_to_very_much_is_refused(tmp_path: Path, what: str) -> None:
    rows, word = (6_000_000, "Yes") if what == "rows alike" else (20_000, "Yes " * 2_500)
    column = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int8()), [word])
    path = packed(tmp_path / "bomb.parquet", {"move": column})
    survey = parsed_definition(HEAD + MOVE, file="survey.toml", folder=tmp_path)

    assert path.stat().st_size < 50_000
    with pytest.raises(FileError, match="expected at most 200 times the size of the file"):
        list(read_responses(path, survey))


@pytest.mark.parametrize("unit", ["ms", "us", "s"])
def test_a_parquet_file_with_a_time_beyond_all_years_is_refused_by_the_name_of_its_column(
    tmp_path: Path, unit: str
) -> None:
    beyond = 1_000_000_000_000 * {"s": 1, "ms": 1_000, "us": 1_000_000}[unit]
    times = pa.array([1_700_000_000, beyond], pa.int64()).cast(pa.timestamp(unit))
    path = packed(tmp_path / "times.parquet", {"move": pa.array(["Yes", "No"]), "sent_at": times})
    survey = parsed_definition(HEAD + MOVE, file="survey.toml", folder=tmp_path)

    with pytest.raises(FileError, match="sent_at: found a time that no calendar has, expected times of the years 1 to"):
        list(read_responses(path, survey))


@pytest.mark.parametrize(("labels", "kept"), [(500, 500), (60_000, 3)])
def test_of_very_many_labels_those_of_codes_that_occur_are_proposed_and_that_is_quick(
    tmp_path: Path, labels: int, kept: int
) -> None:
    path = tmp_path / "towns.sav"
    towns = {float(code): f"Town number {code}" for code in range(1, labels + 1)}
    rows = pd.DataFrame({"id": [1.0, 2.0, 3.0], "q1": [7.0, 8.0, 400.0]})
    pyreadstat.write_sav(
        rows, str(path), variable_value_labels={"q1": towns}, column_labels={"q1": "Which town should get a bridge?"}
    )
    began = time.process_time()

    survey = propose(path).survey

    listed = [choice.label for choice in survey.questions[0].choices]
    assert len(listed) == kept
    assert {"Town number 7", "Town number 8", "Town number 400"} <= {*listed}
    assert time.process_time() - began < 5 * dearness()


def test_a_list_of_a_definition_takes_time_by_its_length_and_not_by_its_square() -> None:
    def seconds(count: int) -> float:
        long = replace(RIVER.questions[0], choices=tuple(Choice(f"c{at}", f"Choice {at}") for at in range(count)))
        began = time.process_time()
        written = definition_text(replace(RIVER, questions=(long,)))
        assert tomllib.loads(written)["question"][0]["choices"][-1]["label"] == f"Choice {count - 1}"
        return time.process_time() - began

    assert seconds(4_000) < 25 * seconds(400)


def test_an_honest_parquet_file_is_read_whole(tmp_path: Path) -> None:
    words = pa.array(["Yes", "No", "Yes"] * 30_000)
    path = packed(tmp_path / "honest.parquet", {"id": pa.array([str(at) for at in range(90_000)]), "move": words})
    survey = parsed_definition(HEAD + MOVE, file="survey.toml", folder=tmp_path)

    assert sum(chunk.read for chunk in read_responses(path, survey)) == 90_000


@pytest.mark.parametrize("text", ["\ufeff" * 3, " , ,\n", "\ufeff,\ufeff\n"])
def test_a_heading_without_a_name_is_an_empty_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bare.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(FileError, match="found an empty file"):
        preview_of(path)


def test_a_workbook_of_more_sheets_than_it_has_parts_is_refused(tmp_path: Path) -> None:
    plain, many = tmp_path / "plain.xlsx", tmp_path / "many.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["id", "move"])
    book.worksheets[0].append(["1", "Yes"])
    book.save(plain)
    with zipfile.ZipFile(plain) as sound, zipfile.ZipFile(many, "w") as vast:
        for name in sound.namelist():
            content = sound.read(name).decode()
            listed_once = re.search(r"<sheet [^>]*/>", content) if name == "xl/workbook.xml" else None
            if listed_once:
                sheets = "".join(listed_once[0].replace('"Sheet"', f'"S{at}"') for at in range(101))
                content = content.replace(listed_once[0], sheets)
            vast.writestr(name, content)

    with pytest.raises(FileError, match="it lists 101 sheets, more than 100"):
        preview_of(many)


def test_what_a_look_counts_is_no_longer_than_a_text_of_a_definition(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("id,why\n1," + "1 " * 20_000 + "\n")

    assert max(map(len, scanned(read_table(path))["why"].words)) <= limits.TEXT_CHARACTERS


def test_a_line_without_end_is_said_when_a_part_of_the_file_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    path.write_text("id,why\n1," + "x" * (WHOLE_BYTES + 1))

    with pytest.raises(FileError, match="found a cell of more than 1 MB"):
        preview_of(path)


# Links


def test_a_key_that_is_no_text_is_no_survey_s(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "s.sqlite"))

    with pytest.raises(RequestError, match="which is no text"):
        read_survey(store, "\udcff")
    store.dispose()


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "1899-12-31", "2201-01-02", "0001-01-01T00:00+14:00"])
def test_a_day_of_a_year_that_no_calendar_reaches_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=text[:4]):
        moment_at(text, "Pacific/Auckland")


def test_a_day_between_1900_and_2200_is_one() -> None:
    assert moment_at("2025-06-01", "UTC").date() == date(2025, 6, 1)


@pytest.fixture
def crowd(tmp_path: Path) -> Snapshot:
    """Gives a survey of 40 readers with five dimensions, one of them of 400 levels, as a page reads it."""
    more = "".join(f'[[dimension]]\nkey = "d{at}"\nlevels = ["a", "b"]\n' for at in range(4))
    more += f'[[dimension]]\nkey = "town"\nlevels = [{listed(400)}]\n'
    more += f'[[question]]\nkey = "party"\ntext = "Which?"\nkind = "single"\nchoices = [{listed(400)}]\n'
    rows = [(*row, *"abab", str(at), str(at)) for at, row in enumerate(readers(40))]
    columns = ("id", "at", "weight", "ban", "age", "gender", "d0", "d1", "d2", "d3", "town", "party")
    import_survey(tmp_path / "s.sqlite", texts_of("crowd", more=more), rows, columns=columns)
    store = open_store(str(tmp_path / "s.sqlite"))
    found = snapshot_of(store, "crowd", now=NOW)
    return replace(found, read=cache(found.read), most_seconds=limits.WORK_SECONDS)


def test_three_groups_may_be_nested_and_a_fourth_is_said_to_be_too_much(crowd: Snapshot) -> None:
    keys = ("gender", "d0", "d1", "d2")

    assert crosstab(crowd, Request(question="ban", by=keys[:3])).base_n == 40
    with pytest.raises(RequestError, match=r"found 4 groups nested in one another .* expected at most 3"):
        crosstab(crowd, Request(question="ban", by=keys))
    with pytest.raises(RequestError, match="expected at most 3"):
        table(crowd, Request(), Layout(("ban",), (("age",), keys)))


def test_any_number_of_parts_may_stand_side_by_side(crowd: Snapshot) -> None:
    parts = tuple((f"d{at}", "gender") for at in range(4))

    assert len(table(crowd, Request(), Layout(("ban",), parts, letters=False)).columns) == 1 + 4 * 4


@pytest.mark.parametrize(
    "work",
    [
        partial(crosstab, request=Request(question="party", by=("town",))),
        partial(comparisons, request=Request(question="ban", by=("town", "d0"))),
        partial(trend, request=Request(question="party", by=("town",), every="day")),
        partial(table, request=Request(), layout=Layout(("party", "ban"), (("town",),))),
    ],
    ids=["crosstab", "comparisons", "trend", "table"],
)
def test_what_would_take_a_page_over_five_seconds_is_refused_and_made_for_the_register(
    crowd: Snapshot, work: Callable[..., object]
) -> None:
    with pytest.raises(RequestError, match=r"take about [\d,]+ seconds, expected at most 5: "):
        work(crowd)
    if work.func is crosstab:  # type: ignore[attr-defined]
        assert work(replace(crowd, most_seconds=None))


def test_the_largest_question_there_may_be_has_its_topline(crowd: Snapshot) -> None:
    assert topline(crowd, Request(question="party")).base_n == 40


# Pages


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Gives the database of a newsroom with the survey "phones", which the pages read."""
    database = tmp_path / "opinions.sqlite"
    import_survey(database, texts_of(), readers(40))
    with pages_over(database, monkeypatch):
        yield database


@pytest.mark.parametrize(
    ("name", "value"),
    [("closes", "9999-12-31"), ("min_base", 10**30), ("time_zone", "No/Where"), ("questions", [None])],
)
def test_a_survey_stored_with_what_no_page_can_show_takes_no_other_off_the_list(
    newsroom: Path, name: str, value: object
) -> None:
    import_survey(newsroom, texts_of("broken", headline="A broken one"), readers(40))
    with sqlite3.connect(newsroom) as connection:
        ((text,),) = connection.execute("SELECT definition FROM survey WHERE key = 'broken'").fetchall()
        stored = json.dumps(json.loads(text) | {name: value})
        connection.execute("UPDATE survey SET definition = ?, revision = revision + 1 WHERE key = 'broken'", [stored])

    page = page_at("newsroom", {}).run()

    assert not page.exception
    assert not page.error
    assert any("Three schools lock phones away" in str(link.proto) for link in page.get("page_link"))
    shown = [one.value for one in page.warning if "broken" in one.value]
    assert len(shown) == 1 or name == "closes"  # a survey that closes after all calendars is open
    other = page_at("compare", {"survey": "phones"}).run()
    assert not other.exception
    assert name != "questions" or not other.error  # what cannot be read is not proposed


def test_a_link_that_nests_too_much_says_so_and_shows_the_rest_of_the_page(newsroom: Path) -> None:
    more = "".join(f'[[dimension]]\nkey = "d{at}"\nlevels = ["a", "b"]\n' for at in range(3))
    columns = ("id", "at", "weight", "ban", "age", "gender", "d0", "d1", "d2")
    import_survey(newsroom, texts_of("crowd", more=more), [(*row, *"aba") for row in readers(40)], columns=columns)

    page = page_at("survey", {"survey": "crowd", "by": ["gender", "d0", "d1", "d2"]}).run()

    assert not page.exception
    assert not page.error
    assert [one.value for one in page.info if "at most 3" in one.value]
    assert charts(page)


def test_the_responses_of_the_widest_survey_there_may_be_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, database = [f"q{at}" for at in range(limits.QUESTIONS - 1)], tmp_path / "s.sqlite"
    more = "".join(
        f'[[question]]\nkey = "{key}"\ntext = "{key.upper()}?"\nkind = "single"\nchoices = ["a", "b"]\n' for key in keys
    )
    columns = ("id", "at", "weight", "ban", "age", "gender", *keys)
    import_survey(
        database, texts_of("wide", more=more), [(*row, *("a" for _ in keys)) for row in readers(60)], columns=columns
    )

    with pages_over(database, monkeypatch):
        began = time.process_time()
        app = page_at("responses", {"survey": "wide", "where.q7": "a"}).run()
        took = time.process_time() - began

    assert not app.exception
    said = [caption.value for caption in app.caption]
    assert any("of 60 responses" in one for one in said), (said, took)
    assert took < 3 * dearness(), took  # five where every question goes through everything


def test_an_archive_of_very_many_files_is_not_looked_through(tmp_path: Path) -> None:
    def archive(entries: int) -> bytes:
        path = tmp_path / f"{entries}.zip"
        with zipfile.ZipFile(path, "w") as vast:
            for at in range(entries):
                vast.writestr(f"{at}.csv", "figure_id\nf-bd6nl4gwooh2\n")
        return path.read_bytes()

    assert figures_in(archive(3)) == ("f-bd6nl4gwooh2",)
    assert figures_in(archive(MOST_ENTRIES + 1)) == ()


def test_cells_of_many_joined_pieces_take_no_more_time_than_their_length() -> None:
    """Pieces that only ever stand together are put together one pair after the other: that has an end."""
    began = time.process_time()

    assert check_boxes({f"Word{place}, small{place}": 1 for place in range(4_000)}) is None
    assert check_boxes({";".join(f"O{row * 20 + at}" for at in range(20)): 5 for row in range(200)}) is None
    assert time.process_time() - began < 8 * dearness()


def test_a_number_longer_than_any_that_is_counted_with_is_a_word(tmp_path: Path) -> None:
    rows = [f"{place % 5 + 1},18-29" for place in range(60)] + [f"{'9' * 5_000},60+"]
    path = tmp_path / "long.csv"
    path.write_text("\n".join(["rate 1-5,age", *rows]), encoding="utf-8")

    assert len(propose(path).survey.questions) == 1


ODD_WORDS = (
    "<script>alert(1)</script>", "<svg/onload=alert(1)>", '"><img src=x onerror=alert(3)>', "<br>", "<p></p>", "&nbsp;",
    "&#8203;", "</", "]]>", "\'\'\'", '"', "\\", "{x}", "[[question]]", "=1+1", "\u202e", "\u200b", "\ufeffa", "-", "#",
)  # fmt: skip
"""Answers of which little or nothing is left once they are read as words."""


@pytest.mark.parametrize("word", ODD_WORDS)
def test_a_proposal_is_read_back_by_its_own_definition_whatever_the_answers_are(tmp_path: Path, word: str) -> None:
    path = tmp_path / "odd.csv"
    rows = [("Yes", "18-29"), (word, "30-59"), ("No", word), (word, word), (f" {word} ", "60+")] * 8
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("Do you like it?", "How old are you?"), *rows])

    survey = propose(path).survey

    options = [*survey.questions[0].choices, *(level for one in survey.dimensions for level in one.levels)]
    assert all(one.label.strip() for one in options)
    assert {"Yes", "No"} <= {one.value for one in survey.questions[0].choices}


def test_markup_that_readers_wrote_is_told_apart_like_other_words(tmp_path: Path) -> None:
    path = tmp_path / "markup.csv"
    path.write_text("Do you like it?\n" + "<script>a</script>\n<svg/onload=b>\nYes\n<b>Yes</b>\n" * 9, encoding="utf-8")

    assert sorted(len(one.values) for one in propose(path).survey.questions[0].choices) == [1, 1, 2]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[" * 200_000, "lists inside of lists"),
        ('{"a": 1' + "0" * 9_000 + "}", "more digits"),
        ('[{"a": }]', "letter 8"),
    ],
)
def test_what_is_wrong_with_json_is_said_in_words_for_people(tmp_path: Path, text: str, found: str) -> None:
    path = tmp_path / "events.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(FileError, match=f"line 1: found no JSON .*{found}"):
        propose(path)
