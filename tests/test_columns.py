"""Columns beside the store say what the store says, whatever happened to either."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyarrow.parquet import read_table
from sqlalchemy import event, select, update

from analytics.estimates import snapshots
from analytics.estimates.health import alarms
from analytics.model import ANSWERED, MISSING, NO_TIME, Columns, Dimension, Level, Response, Standing, Survey, Wanted
from analytics.pages.ground import sources
from analytics.store.columns import files, scan
from analytics.store.columns.answering import crossed_cells
from analytics.store.columns.files import PLACE, ColumnFolder, ColumnsError, folder_of
from analytics.store.columns.making import make_columns
from analytics.store.columns.scan import scanned_files
from analytics.store.columns.tending import column_states, make_missing_columns, see_to_columns, verify_columns
from analytics.store.follow.survey_copy import read_cells, read_survey_copy
from analytics.store.place.connections import Store, moment_of, reading, writing
from analytics.store.record.live import record_responses
from analytics.store.tables.schema import SCREENED, answer, profile, response
from analytics.store.tables.surveys import save_survey, survey_by_key
from analytics.store.tend.health import read_health
from analytics.store.tend.keeping import erase_responses, restore_responses, screen_responses
from tests.conftest import ROOT
from tests.loaded import python
from tests.made.columns import assert_same_cells, frames_of, let_the_smallest_have_columns, without_columns
from tests.pages_fixture import page_at, pages_over
from tests.surveys import NOW, RIVER, SAME, opened, overwrite

WAVE = Dimension("wave", "Wave", "wave", tuple(Level(value, value, (value,)) for value in ("1", "2")))
ZONES = ("Europe/Berlin", "Asia/Kolkata", "America/St_Johns")
SUNDAY = datetime(2025, 3, 30, tzinfo=UTC)
"""The clocks of Berlin change an hour later."""
STANDINGS: tuple[Standing, ...] = ("counted", "with screened", "first")


@dataclass(frozen=True)
class Deed:
    """Something done to the store: responses that come in, or numbers of them screened, restored or erased."""

    what: str
    responses: tuple[Response, ...] = ()
    keys: tuple[str, ...] = ()


def surveys() -> st.SearchStrategy[Survey]:
    """Returns surveys with and without weights, respondents and waves, in several zones."""
    return st.builds(
        lambda zone, weight, who, waves: replace(
            RIVER, time_zone=zone, dimensions=(*RIVER.dimensions, WAVE) if waves else RIVER.dimensions,
            columns=Columns(
                response="id", responded_at="at", weight="w" if weight else None, respondent="who" if who else None,
                wave="wave" if waves else None,
            ),
        ),
        st.sampled_from(ZONES), st.booleans(), st.booleans(), st.booleans(),
    )  # fmt: skip


def some_responses(survey: Survey) -> st.SearchStrategy[tuple[Response, ...]]:
    """Returns responses of few ids and fewer respondents, so that versions and second answers meet."""
    picked = {
        question.key: st.just(()) | st.lists(
            st.sampled_from([choice.value for choice in question.choices]), min_size=1, unique=True,
            max_size=2 if question.kind == "multiple" else 1,
        ).map(tuple) | (st.just(("",)) if question.kind == "multiple" else st.nothing())
        for question in survey.questions
    }  # fmt: skip
    levels = {one.key: st.sampled_from([level.value for level in one.levels]) for one in survey.dimensions}
    one = st.builds(
        Response, key=st.integers(0, 30).map(str), answers=st.fixed_dictionaries({}, optional=picked),
        levels=st.fixed_dictionaries({}, optional=levels), version=st.integers(1, 3),
        responded_at=st.none() | st.builds(
            lambda start, minute: start + timedelta(minutes=minute),
            st.sampled_from([SUNDAY, SUNDAY.replace(year=1969)]), st.integers(-3000, 3000),
        ),
        received_at=st.just(SUNDAY) | st.none(),
        weight=st.sampled_from([0.5, 1.0, 3.0]) if survey.columns.weight else st.just(1.0),
        respondent=st.sampled_from(["", "ann", "ben", "cleo"]) if survey.columns.respondent else st.just(""),
    )  # fmt: skip
    return st.lists(one, min_size=1, max_size=12, unique_by=lambda given: (given.key, given.version)).map(tuple)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Survey, list[Deed]]:
    """Returns a survey and what is done to it, its columns made or renewed somewhere in between."""
    survey = draw(surveys())
    keys = st.lists(st.integers(0, 30).map(str), min_size=1, max_size=3, unique=True).map(tuple)
    came = some_responses(survey).map(lambda some: Deed("came", some))
    other = st.builds(lambda what, some: Deed(what, keys=some), st.sampled_from(["screen", "restore", "erase"]), keys)
    first, later = draw(st.lists(came, min_size=1, max_size=3)), draw(st.lists(came | other, max_size=4))
    return survey, [*first, Deed("make"), *later, *draw(st.sampled_from([[], [Deed("make")]]))]


@st.composite
def requests(draw: st.DrawFn) -> Wanted:
    """Returns what a view may ask for: a question, a grain, crossed questions, filters on answers, a standing."""
    question, *others = draw(st.permutations(sorted(one.key for one in RIVER.questions)))
    values = {one.key: [choice.value for choice in one.choices] for one in RIVER.questions}
    answered = [
        (key, tuple(draw(st.lists(st.sampled_from(values[key]), min_size=1, max_size=2, unique=True))))
        for key in draw(st.lists(st.sampled_from(others), max_size=2, unique=True))
    ]
    crossed = draw(st.lists(st.sampled_from(others), max_size=2, unique=True))
    grain, standing = draw(st.sampled_from(["whole", "day", "hour"])), draw(st.sampled_from(STANDINGS))
    return Wanted(question, grain, tuple(crossed), tuple(answered), standing)


def do(store: Store, deed: Deed) -> None:
    """Does the deed; keys that are not there are left alone."""
    if deed.what == "make":
        make_columns(store, "river", least=0)
    elif deed.what == "came":
        record_responses(store, "river", deed.responses)
    else:
        with reading(store) as connection:
            there = set(connection.execute(select(response.c.key)).scalars())
        keys = [key for key in deed.keys if f"id:{key}" in there]
        if keys and deed.what == "screen":
            screen_responses(store, "river", keys, rule="sent twice", now=NOW)
        elif keys and deed.what == "restore":
            restore_responses(store, "river", keys, now=NOW)
        elif keys:
            erase_responses(store, "river", keys, now=NOW)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Lets the smallest survey have columns, in files of a few responses each."""
    let_the_smallest_have_columns(monkeypatch, tmp_path / "columns")


def by_pandas(store: Store, survey: Survey, wanted: Wanted) -> Counter[tuple[int, ...]]:
    """Returns how many responses fall in each cell, one after the other, from the raw rows alone.

    A cell is its period, the number of its profile and of its choice, and those of the crossed questions.
    """
    with reading(store) as connection:
        _, _, numbers = survey_by_key(connection, "river")
        rows = pd.DataFrame(connection.execute(select(response)).mappings().all())
        chosen = pd.DataFrame(connection.execute(select(answer)).mappings().all(), columns=answer.c.keys())
    given: dict[tuple[int, int], list[int]] = {}
    for one in chosen.itertuples():
        given.setdefault((one.response_no, one.question_no), []).append(one.choice_no)
    found = Counter[tuple[int, ...]]()
    for row in rows[rows["response_no"].isin(standing(rows, survey, wanted.standing))].itertuples():
        said = {key: given.get((row.response_no, number), []) for key, number in numbers["question"].items()}
        if not all(
            {numbers[f"choice/{key}"].get(value) for value in values} & set(said[key])
            for key, values in wanted.answered
        ):
            continue
        own = said[wanted.question]
        if survey.question(wanted.question).kind == "multiple" and own and own != [MISSING]:
            own = [ANSWERED, *(one for one in own if one != ANSWERED)]
        others = [[one for one in said[key] if one > 0] or [MISSING] for key in wanted.crossed]
        period = period_of(row.responded_at, wanted.grain, survey.time_zone)
        combined: list[tuple[int, ...]] = [(choice,) for choice in own]
        for choices in others:
            combined = [(*left, right) for left in combined for right in choices]
        found.update((period, row.profile_no, *one) for one in combined)
    return found


def standing(rows: pd.DataFrame, survey: Survey, wanted: Standing) -> list[int]:
    """Returns the numbers of the responses that count."""
    if wanted != "first":
        return rows.loc[rows["standing"] <= (1 if wanted == "with screened" else 0), "response_no"].tolist()
    alive = rows[rows["key"].isin(rows.loc[rows["standing"] == 0, "key"]) & (rows["standing"] != 1)]
    rank = alive.assign(received_at=alive["received_at"].fillna(NO_TIME)).sort_values(
        ["version", "received_at", "content"]
    )
    first = rank.drop_duplicates("key").sort_values(["responded_at", "response_no"], na_position="last")
    who = first["respondent"].where(first["respondent"].fillna("") != "", "key " + first["key"])
    by_person = survey.columns.respondent is not None and survey.columns.wave is None
    return first.loc[~who.duplicated() if by_person else slice(None), "response_no"].tolist()


def period_of(second: float | None, grain: str, zone: str) -> int:
    """Returns the period of a second by the clock on the wall."""
    if grain == "whole":
        return 0
    if second is None or np.isnan(second):
        return NO_TIME
    local = datetime.fromtimestamp(second, ZoneInfo(zone))
    if grain == "day":
        return local.toordinal() - datetime(1970, 1, 1).toordinal()
    return int(second) - local.minute * 60 - local.second


def counted(store: Store, survey: Survey, wanted: Wanted) -> Counter[tuple[int, ...]]:
    """Returns the same from the cells that a view gets."""
    with reading(store) as connection:
        _, _, numbers = survey_by_key(connection, "river")
        profiles = connection.execute(select(profile.c.profile_no).order_by(profile.c.profile_no)).scalars().all()
    cells = read_cells(store, "river", wanted)
    places = {
        key: {at: number for at, choice in enumerate(survey.question(key).choices)
              for value, number in numbers[f"choice/{key}"].items() if value == choice.value}
        for key in (wanted.question, *wanted.crossed)
    }  # fmt: skip
    levels = {one.key for one in survey.dimensions}
    found = Counter[tuple[int, ...]]()
    of_levels = {tuple(row): number for row, number in zip(base_levels(store), profiles, strict=True)}
    for row in cells.answers.itertuples():
        own = cells.profiles.iloc[row.profile]
        crossed = [places[key].get(int(own[key]), int(own[key])) for key in wanted.crossed]
        choice = places[wanted.question].get(int(row.choice), int(row.choice))
        number = of_levels[tuple(own[[one for one in cells.profiles.columns if one in levels]].tolist())]
        found[(int(row.period), number, choice, *crossed)] += int(row.n)
    return found


def base_levels(store: Store) -> list[list[int]]:
    """Returns the levels of each profile in the order of the profiles' numbers."""
    return read_cells(store, "river", Wanted("move")).profiles.to_numpy().tolist()


def has_columns(store: Store) -> bool:
    """Returns whether it is the columns that answer."""
    with reading(store) as connection:
        found = scanned_files(connection, *survey_by_key(connection, "river"), lambda _: True)
    return found is True


def agrees(history: tuple[Survey, list[Deed]], wanted: list[Wanted], address: str) -> None:
    """Asserts that files, rows kept in memory, rows read a part at a time and pandas give the same cells."""
    survey, deeds = history
    with opened(address) as store:
        with writing(store) as connection:
            save_survey(connection, survey)
        for deed in deeds:
            do(store, deed)
        assert has_columns(store) or not read_cells(store, "river", Wanted("move")).everyone["n"].sum()
        for one in wanted:
            for held in (0, scan.HELD):
                with without_columns(held):
                    rows = frames_of(store, one)
                assert_same_cells(frames_of(store, one), rows)
            assert counted(store, survey, one) == by_pandas(store, survey, one), one


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("examples", "asked"),
    [pytest.param(2, 9, id="18 requests"), pytest.param(250, 20, id="5000 requests", marks=pytest.mark.soak)],
)
def test_columns_and_the_store_and_pandas_give_the_same_numbers(
    tmp_path_factory: pytest.TempPathFactory, examples: int, asked: int
) -> None:
    @settings(SAME, max_examples=examples, phases=[Phase.generate])
    @given(histories(), st.lists(requests(), min_size=asked, max_size=asked))
    def agree(history: tuple[Survey, list[Deed]], wanted: list[Wanted]) -> None:
        agrees(history, wanted, str(tmp_path_factory.mktemp("store") / "store.sqlite"))

    agree()


def filled(store: Store, count: int = 25) -> None:
    """Puts a survey of so many readers into the store, whose answers and times differ."""
    with writing(store) as connection:
        save_survey(connection, RIVER)
    record_responses(store, "river", [one_of(number) for number in range(count)])


def one_of(number: int) -> Response:
    """Returns the response of one reader."""
    return Response(
        str(number), {"move": ("Yes" if number % 3 else "No",), "trust": (str(1 + number % 5),)},
        {"age": "60+" if number % 2 else "18-29"}, responded_at=SUNDAY + timedelta(hours=number),
        weight=1.0 + number % 2,
    )  # fmt: skip


BY_TRUST = Wanted("move", "whole", ("trust",))


@pytest.fixture
def river(tmp_path: Path, small: None) -> Iterator[Store]:  # noqa: ARG001
    """Gives a store with 25 readers and their columns."""
    with opened(tmp_path / "store.sqlite") as store:
        filled(store)
        assert make_columns(store, "river", least=0)
        assert has_columns(store)
        yield store


def columns_of(store: Store) -> Path:
    """Returns the folder of the columns of the only survey."""
    folder = folder_of(store, 1)
    assert folder is not None
    return folder.path


def alone(store: Store, wanted: Wanted = BY_TRUST) -> list[pd.DataFrame]:
    """Returns the frames as the store alone gives them."""
    with without_columns():
        return frames_of(store, wanted)


def flip(file: Path, at: int) -> None:
    """Changes one bit of a file."""
    content = bytearray(file.read_bytes())
    content[at % len(content)] ^= 1
    file.write_bytes(content)


def test_a_changed_bit_anywhere_in_a_file_is_never_read(river: Store) -> None:
    expected, rng = alone(river), np.random.default_rng(1)
    files = sorted(columns_of(river).glob("*.parquet"))
    for file in files:
        before = file.read_bytes()
        for at in rng.integers(0, len(before), 12).tolist():
            flip(file, at)

            assert not has_columns(river), at
            assert_same_cells(frames_of(river, BY_TRUST), expected)
            assert "is not what was written" in verify_columns(river)["river"]

            file.write_bytes(before)
            assert has_columns(river)
    assert verify_columns(river) == {}


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "manifest.json").write_text("{", encoding="utf-8"),
        lambda folder: (folder / "manifest.json").write_bytes(b"\xff\xfe"),
        lambda folder: replaced(folder / "manifest.json", '"form": 1', '"form": 2'),
        lambda folder: replaced(folder / "manifest.json", ".parquet", "/../x.parquet"),
        lambda folder: next(folder.glob("*.parquet")).unlink(),
        lambda folder: linked(next(folder.glob("*.parquet"))),
        lambda folder: linked(folder / "manifest.json"),
    ],
    ids=["cut off", "no text", "a newer form", "a file elsewhere", "a file is gone", "a link", "a manifest by a link"],
)
def test_damaged_columns_are_named_and_the_store_answers_and_makes_them_anew(river: Store, damage: Any) -> None:
    damage(columns_of(river))

    assert_same_cells(frames_of(river, BY_TRUST), alone(river))
    assert not has_columns(river)
    assert "river" in column_states(river)[0]
    assert "river" in verify_columns(river)
    assert "its columns cannot be used" in " ".join(alarms(read_health(river)))
    assert make_columns(river, "river", least=0)
    assert has_columns(river)
    assert column_states(river)[0] == {}


def replaced(file: Path, old: str, new: str) -> None:
    """Changes a text file."""
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def linked(file: Path) -> None:
    """Moves a file away and puts a link to it in its place."""
    file.rename(file.with_suffix(".moved"))
    file.symlink_to(file.with_suffix(".moved"))


def test_a_question_that_needs_single_responses_makes_the_columns_first(river: Store) -> None:
    expected = alone(river)
    shutil.rmtree(columns_of(river))

    cells = snapshots.snapshot_of(river, "river", now=NOW).read(BY_TRUST)

    assert has_columns(river)
    assert_same_cells([cells.answers], expected[:1])


def test_columns_are_made_where_the_times_add_up_to_more_than_a_float_can_hold(river: Store) -> None:
    shutil.rmtree(columns_of(river))
    with writing(river) as connection:  # as the seconds of six million responses together
        connection.execute(update(response).where(response.c.response_no == 1).values(responded_at=2**60 + 1))

    assert make_columns(river, "river", least=0)


def test_a_page_is_told_whether_it_waits_for_columns_that_are_missing(river: Store) -> None:
    shutil.rmtree(columns_of(river))

    missing = see_to_columns(river, "river")
    assert missing is not None
    assert missing.begun.wait(60)
    assert missing.missing
    assert missing.ended.wait(60)
    assert has_columns(river)

    record_responses(river, "river", [one_of(number) for number in range(25, 40)])
    old = see_to_columns(river, "river")
    assert old is not None
    assert old.ended.wait(60)
    assert not old.missing


def test_a_page_that_asks_for_single_responses_has_missing_columns_made_and_waits_for_them(
    river: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(columns_of(river))
    monkeypatch.setattr(sources, "LEAST", 0)

    with pages_over(tmp_path / "store.sqlite", monkeypatch):
        page = page_at("survey", {"survey": "river", "where.trust": ["1", "2"]}).run()

    assert not page.exception
    assert [one.value for one in page.error] == []
    assert has_columns(river)


def test_columns_that_cannot_be_made_are_tried_once_and_the_store_answers(
    river: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "COLUMN_BYTES", 10)
    shutil.rmtree(columns_of(river))

    make_missing_columns(river, "river")

    assert "would take more than" in column_states(river)[0]["river"]
    assert see_to_columns(river, "river") is None
    assert_same_cells(frames_of(river, BY_TRUST), alone(river))


def test_columns_of_before_an_edit_are_old_and_no_fault(river: Store) -> None:
    with writing(river) as connection:
        ferry = replace(RIVER.questions[0], key="ferry", column="ferry")
        save_survey(connection, replace(RIVER, questions=(*RIVER.questions, ferry)))
    record_responses(river, "river", [Response("25", {"ferry": ("Yes",)}, responded_at=SUNDAY)])

    assert not has_columns(river)
    assert verify_columns(river) == {}
    assert make_columns(river, "river", least=0)
    assert has_columns(river)


def test_columns_of_another_store_of_the_same_name_are_not_read(river: Store, tmp_path: Path) -> None:
    river.dispose()
    (tmp_path / "store.sqlite").unlink()
    with opened(tmp_path / "store.sqlite") as other:
        with writing(other) as connection:
            save_survey(connection, RIVER)
        record_responses(other, "river", [one_of(number) for number in reversed(range(25))])

        assert not has_columns(other)
        assert_same_cells(frames_of(other, BY_TRUST), alone(other))


def test_a_response_that_the_store_lost_is_not_counted_from_columns(river: Store, tmp_path: Path) -> None:
    overwrite(tmp_path / "store.sqlite", "DELETE FROM response WHERE response_no = 12")

    assert not has_columns(river)
    assert verify_columns(river) != {}


def test_nobody_else_can_read_columns_and_no_link_is_followed(river: Store, tmp_path: Path) -> None:
    folder = columns_of(river)
    assert {oct(file.stat().st_mode & 0o777) for file in folder.iterdir()} == {"0o600"}
    assert {oct(one.stat().st_mode & 0o777) for one in (folder, folder.parent)} == {"0o700"}

    shutil.rmtree(folder)
    (tmp_path / "elsewhere").mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ColumnsError, match="is a link"):
        make_columns(river, "river", least=0)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_full_disk_and_a_limit_leave_the_columns_as_they_were(river: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    record_responses(river, "river", [one_of(number) for number in range(25, 60)])
    before = sorted(file.name for file in columns_of(river).iterdir())

    monkeypatch.setattr(files, "COLUMN_BYTES", 1000)
    with pytest.raises(ColumnsError, match="would take more than"):
        make_columns(river, "river", least=0)

    assert sorted(file.name for file in columns_of(river).iterdir()) == before
    assert has_columns(river)
    assert_same_cells(frames_of(river, BY_TRUST), alone(river))


def test_erased_responses_are_gone_from_the_files(river: Store) -> None:
    before = {file.name for file in columns_of(river).glob("*.parquet")}

    assert erase_responses(river, "river", ["7"], now=NOW).clean

    left = {file.name for file in columns_of(river).glob("*.parquet")}
    assert len(before - left) == len(left - before) == 1  # the file that had it, and no other
    numbers = [number for file in columns_of(river).glob("*.parquet") for number in read_table(file)["no"].to_pylist()]
    assert sorted(numbers) == [number for number in range(1, 26) if number != 8]
    assert has_columns(river)
    assert_same_cells(frames_of(river, BY_TRUST), alone(river))


def test_columns_that_cannot_be_rewritten_go_when_somebody_is_erased(
    river: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "COLUMN_BYTES", 1000)

    assert erase_responses(river, "river", ["7"], now=NOW).clean

    assert [file.name for file in columns_of(river).iterdir()] == ["lock"]
    assert_same_cells(frames_of(river, BY_TRUST), alone(river))


def test_a_small_survey_has_no_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PLACE, raising=False)
    with opened(tmp_path / "store.sqlite") as store:
        filled(store, 5)

        assert not make_columns(store, "river")
        assert not (tmp_path / "store.sqlite-columns").exists()


@pytest.mark.usefixtures("small")
def test_columns_of_a_server_say_what_it_says(postgres_address: str) -> None:
    with opened(postgres_address) as store:
        filled(store)
        assert make_columns(store, "river", least=0)
        record_responses(store, "river", [one_of(number) for number in range(25, 27)])
        screen_responses(store, "river", ["3", "26"], rule="sent twice", now=NOW)

        assert has_columns(store)
        for wanted in (
            BY_TRUST,
            replace(BY_TRUST, grain="hour", standing="with screened"),
            Wanted("move", standing="first"),
        ):
            assert_same_cells(frames_of(store, wanted), alone(store, wanted))
        assert verify_columns(store) == {}


KILLED = """
import os, sys, threading, time
from analytics.store.columns import files, making, raw, scan
from analytics.store.tables.opening import open_store
scan.LEAST, making.TAIL, making.SEGMENT_ROWS, raw.BLOCK = 0, 0, 10, 4
store = open_store(sys.argv[1])
print("begins", flush=True)
while True:
    making.make_columns(store, "river", least=0)
    if sys.argv[2] == "anew":
        (making.folder_of(store, 1).path / "manifest.json").unlink()
"""


@pytest.mark.parametrize(
    "kills", [pytest.param(3, id="3 kills"), pytest.param(200, id="200 kills", marks=pytest.mark.soak)]
)
def test_a_writer_killed_at_any_moment_leaves_columns_that_are_right_or_not_read(
    river: Store, tmp_path: Path, kills: int
) -> None:
    rng, number = np.random.default_rng(kills), 25
    for turn in range(kills):
        how = ("anew", "append")[turn % 2]
        writer = python("-c", KILLED, str(tmp_path / "store.sqlite"), how, cwd=ROOT, stdout=subprocess.PIPE)
        with writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"begins\n"
            for _ in range(int(rng.integers(1, 4))):
                record_responses(river, "river", [one_of(number)])
                number += 1
                assert_same_cells(frames_of(river, BY_TRUST), alone(river))
            threading.Event().wait(float(rng.uniform(0, 0.08)))
            writer.kill()
        assert_same_cells(frames_of(river, BY_TRUST), alone(river))
    assert make_columns(river, "river", least=0)
    assert has_columns(river)
    assert verify_columns(river) == {}
    manifest = ColumnFolder(columns_of(river), columns_of(river).parent).manifest()
    assert manifest is not None
    left = {file.name for file in columns_of(river).iterdir()} - {"lock", "manifest.json"}
    assert left == {one.name for one in manifest.segments}  # what killed writers left is gone


def test_what_a_killed_writer_left_is_taken_away_even_where_nothing_is_new(river: Store) -> None:
    assert make_columns(river, "river", least=0)
    (columns_of(river) / "0123456789abcdef.parquet").write_bytes(b"of a manifest before")

    assert make_columns(river, "river", least=0)

    manifest = ColumnFolder(columns_of(river), columns_of(river).parent).manifest()
    assert manifest is not None
    left = {file.name for file in columns_of(river).iterdir()} - {"lock", "manifest.json"}
    assert left == {one.name for one in manifest.segments}


def test_a_survey_that_nobody_answered_is_counted_by_hour_and_by_another_question_as_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        filled(store, 0)

        for wanted in (Wanted("needs", "hour"), BY_TRUST, Wanted("move", standing="first")):
            assert read_cells(store, "river", wanted).answers.empty


def test_where_nothing_was_written_since_the_store_is_asked_that_alone_and_an_undone_change_is_no_change(
    river: Store,
) -> None:
    copy = read_survey_copy(river, "river", [BY_TRUST])
    before = copy.cells[BY_TRUST]
    asked: list[str] = []
    event.listen(river, "before_cursor_execute", lambda _connection, _cursor, text, *_: asked.append(text))

    copy = read_survey_copy(river, "river", [replace(BY_TRUST, grain="day")], copy)
    assert {text.split()[0] for text in asked} <= {"BEGIN", "PRAGMA"}

    with writing(river) as connection, connection.begin_nested() as undone:
        connection.execute(update(response).values(standing=SCREENED))
        crossed, _ = crossed_cells(connection, *survey_by_key(connection, "river")[:2], BY_TRUST, copy.numbers)
        assert not crossed["n"].sum()
        assert moment_of(connection) is None  # what may be taken back is no moment to remember
        undone.rollback()
    assert_same_cells([read_cells(river, "river", BY_TRUST).answers], [before.answers])

    screen_responses(river, "river", ["3"], rule="sent twice", now=NOW)
    after = read_survey_copy(river, "river", [BY_TRUST], copy).cells[BY_TRUST]
    assert after.answers["n"].sum() == before.answers["n"].sum() - 1
    assert_same_cells([after.answers], alone(river)[:1])


@pytest.mark.parametrize("dimensions", [(), ("age",), ("age", "sex")])
@pytest.mark.parametrize("wanted", [Wanted("move", "hour"), replace(BY_TRUST, standing="with screened")])
def test_profiles_told_apart_by_some_dimensions_hold_the_same_sums(
    river: Store, wanted: Wanted, dimensions: tuple[str, ...]
) -> None:
    screen_responses(river, "river", ["3"], rule="sent twice", now=NOW)
    fine, coarse = (read_cells(river, "river", replace(wanted, dimensions=by)) for by in (None, dimensions))

    for one in ("answers", "everyone"):
        fewer, more = (
            getattr(cells, one).join(cells.profiles, on="profile").groupby(
                [*({"period", "choice"} & set(getattr(cells, one))), *wanted.crossed, *dimensions], as_index=False
            )[["n", "w", "w2"]].sum() if one == "answers" or dimensions else getattr(cells, one)[["n", "w", "w2"]].sum()
            for cells in (coarse, fine)
        )  # fmt: skip
        (pd.testing.assert_frame_equal if isinstance(fewer, pd.DataFrame) else pd.testing.assert_series_equal)(
            fewer, more
        )
    assert list(coarse.profiles) == [*dimensions, *wanted.crossed]
