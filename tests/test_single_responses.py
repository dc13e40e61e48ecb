"""Single responses, page by page: nobody twice, nobody left out, and exactly those whom the filter keeps."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.errors import RequestError
from analytics.estimates.readers.responses import order_of, response_columns, response_rows, row_stretches
from analytics.exports.rows_file import Written, write_rows
from analytics.model import Chunk
from analytics.model.access import EVERYBODY
from analytics.model.request import Request
from analytics.store.place.connections import Store
from analytics.store.read.responses import Cursor, Details, Order, count_responses, list_responses, read_details
from analytics.store.record.imports import record_import
from analytics.store.tables.opening import open_store
from tests.surveys import NOW, RIVER, Reader, batch_of, command, rows

FIRST = datetime(2025, 5, 1, 8, tzinfo=UTC)
ANSWERS, AGES = ("Yes", "No", "Unsure", None), ("18-29", "30-59", "60+", None)
SURVEY = replace(RIVER, columns=replace(RIVER.columns, comment="comment"))
LATER = FIRST + timedelta(hours=10)
READERS = [
    Reader(
        f"id:{n}",
        {"needs": ("Bank", "Boats") if n % 5 else ("Bridge",)} | ({"move": (one,)} if (one := ANSWERS[n % 4]) else {}),
        {"age": age} if (age := AGES[n // 4 % 4]) else {},
        # several in one second, and not in the order in which they arrived
        at=None if n % 7 == 0 else FIRST + timedelta(hours=n * 5 % 48),
    )
    for n in range(60)
]  # fmt: skip
FORMULA = "=HYPERLINK(1)"


def stored(address: str) -> Store:
    texts = pd.DataFrame({"row": [0, 1], "question": ["", ""], "text": [FORMULA, "Call 206-555-0134, it is Über!"]})
    batch = replace(batch_of(SURVEY, READERS), texts=texts)
    engine = open_store(address)
    record_import(engine, SURVEY, [Chunk(len(READERS), batch)], file="readers.csv", now=NOW)
    return engine


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    engine = stored(address)
    yield engine
    engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Gives the database as a file, for commands."""
    path = tmp_path / "responses.sqlite"
    stored(str(path)).dispose()
    return path


def walked(store: Store, request: Request, order: Order, at_once: int, **beyond: Any) -> list[int]:
    """Returns the numbers of all responses as somebody sees them who turns page after page."""
    found: list[int] = []
    after: Cursor | None = None
    while True:
        page, after = list_responses(
            store, "river", request, order, after=after, most=at_once, **beyond, person=EVERYBODY
        )
        found += page
        if after is None:
            return found


def place_of(order: Order, number: int) -> tuple[object, ...]:
    """Returns what sorts a response: level or choice, then time, those without any last."""
    reader = READERS[number - 1]
    sign = -1 if order.falling else 1
    listed = {"age": AGES, "move": ANSWERS, None: (None,)}[order.by]
    value = reader.levels.get("age") if order.by == "age" else reader.answers.get("move", (None,))[0]
    stretch = (1, 0) if value is None or order.by is None else (0, sign * listed.index(value))
    time = (1, 0.0) if reader.at is None else (0, sign * reader.at.timestamp())
    return (*stretch, *time, sign * number)


def test_page_after_page_shows_every_response_once_and_in_order(store: Store) -> None:
    for order in (Order(by, falling) for by in (None, "age", "move") for falling in (True, False)):
        expected = sorted(range(1, 61), key=partial(place_of, order))

        for at_once in (1, 7, 60, 61):
            assert walked(store, Request(), order, at_once) == expected, (order, at_once)


FITTING: list[tuple[Request, dict[str, Any], Callable[[Reader], object]]] = [
    (Request(where=(("age", ("18-29", "60+")),)), {}, lambda reader: reader.levels.get("age") in ("18-29", "60+")),
    (Request(where=(("age", ("No answer",)),)), {}, lambda reader: "age" not in reader.levels),
    (Request(where=(("move", ("Yes",)),)), {}, lambda reader: reader.answers.get("move") == ("Yes",)),
    (
        Request(where=(("needs", ("Boats",)), ("age", ("30-59",)))),
        {},
        lambda reader: "Boats" in reader.answers["needs"] and reader.levels.get("age") == "30-59",
    ),
    (Request(since=LATER), {}, lambda reader: reader.at and reader.at >= LATER),
    (Request(until=LATER), {}, lambda reader: reader.at and reader.at < LATER),
    (Request(), {"standings": ("screened", "superseded")}, lambda _: False),
    (Request(), {"search": "uber call"}, lambda reader: reader.key == "id:1"),
]


def test_a_filter_keeps_whom_looking_through_all_would_keep(store: Store) -> None:
    for request, beyond, fits in FITTING:
        expected = {number for number, reader in enumerate(READERS, start=1) if fits(reader)}

        assert set(walked(store, request, Order(), 9, **beyond)) == expected, (request, beyond)
        assert count_responses(store, "river", request, **beyond, person=EVERYBODY) == len(expected), (request, beyond)


def test_a_row_says_when_who_and_what_and_masks_contact_data(store: Store) -> None:
    row = response_rows(SURVEY, read_details(store, "river", [2], person=EVERYBODY), labelled=True).iloc[0]

    assert row["Time"].isoformat() == "2025-05-01T15:00:00+02:00"
    assert (row["Age"], row["Sex"]) == ("18-29", "No answer")
    assert row["Should the library move?"] == "No"
    assert row["What does the river need?"] == "Bank; Boats"
    assert row["Comment"] == "Call [phone], it is Über!"
    assert row["Standing"] == "Counted"


def test_columns_of_one_name_are_told_apart() -> None:
    twice = replace(
        SURVEY, dimensions=(*SURVEY.dimensions, replace(SURVEY.dimensions[0], key="weight", label="Weight"))
    )

    names, labels = ([getattr(column, name) for column in response_columns(twice)] for name in ("name", "label"))

    assert len(set(names)) == len(names)
    assert {"Weight", "Weight~"} <= set(labels)


def test_of_many_columns_of_one_name_each_has_a_short_one_of_its_own() -> None:
    alike = replace(SURVEY, questions=tuple(replace(RIVER.questions[0], key=f"q{at}") for at in range(2_000)))

    labels = [column.label for column in response_columns(alike)]

    assert len(set(labels)) == len(labels)
    assert max(map(len, labels)) < len(RIVER.questions[0].text) + 10


def test_ten_times_the_questions_take_about_ten_times_as_long() -> None:
    def seconds(questions: int) -> float:
        asked = [replace(RIVER.questions[0], key=f"q{at}") for at in range(questions)]
        wide = replace(SURVEY, questions=tuple(asked), dimensions=(), columns=replace(RIVER.columns, comment=None))
        responses = pd.DataFrame(
            {"key": "id:1", "responded_at": pd.Timestamp(FIRST), "weight": 1.0, "standing": "counted", "rule": None},
            index=range(20),
        )
        given = [(number, one.key, one.choices[0].value) for number in range(20) for one in asked]
        answers = pd.DataFrame(given, columns=["response_no", "question", "value"])
        texts = pd.DataFrame(columns=["response_no", "question", "text"])
        details = Details(responses, pd.DataFrame(index=responses.index), answers, texts)
        began = time.process_time()
        found = response_rows(wide, details, labelled=True)
        took = time.process_time() - began
        assert found.iloc[19].tolist().count(asked[0].choices[0].label) == questions
        return took

    assert min(seconds(4_000) for _ in range(2)) < 30 * min(seconds(400) for _ in range(3))


def test_responses_cannot_be_sorted_by_what_they_may_have_several_of() -> None:
    with pytest.raises(
        RequestError, match="cannot be sorted by 'needs', expected one of: newest, oldest, age, sex, move"
    ):
        order_of(SURVEY, "needs")


def test_the_command_prints_every_row_and_says_what_it_left_out(file: Path) -> None:
    everything = rows("responses", "river", "--db", file)
    table = command("responses", "river", "--db", file, "--most", 5, "--where", "age=18-29")

    times = [row["responded_at"] for row in everything]
    assert sorted(int(row["response"]) for row in everything) == list(range(60))
    assert times == sorted(filter(None, times), reverse=True) + [None] * 9
    assert "the first 5 of 16 responses" in table.output


def test_nothing_that_fits_is_an_answer_too(file: Path) -> None:
    assert rows("responses", "river", "--db", file, "--search", "zebra") == []
    assert command("responses", "river", "--db", file, "--search", "zebra").output.startswith("no response fits")
    assert command("responses", "river", "--db", file, "--search", "zebra", "--format", "csv").output.count("\n") == 1


def test_a_formula_in_a_comment_is_text_in_the_csv(file: Path) -> None:
    result = command("responses", "river", "--db", file, "--format", "csv", "--search", "hyperlink")

    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert row["comment"] == f"'{FORMULA}"


def test_comments_come_with_the_answer_and_without_contact_data(file: Path) -> None:
    printed = rows("comments", "river", "--db", file, "--search", "über")

    assert printed == [{"day": "2025-05-01", "said": "No", "text": "Call [phone], it is Über!"}]


def test_comments_of_fewer_than_ten_readers_are_not_shown(file: Path) -> None:
    few = command("comments", "river", "--db", file, "--where", "age=18-29", "--where", "move=Yes")

    assert len(rows("responses", "river", "--db", file, "--where", "age=18-29", "--where", "move=Yes")) == 4
    assert few.exit_code != 0
    assert "Fewer than 10 readers are in this selection" in few.output
    assert json.dumps(FORMULA) not in few.output


def test_a_file_of_responses_is_hashed_by_what_it_holds(file: Path) -> None:
    engine = open_store(str(file))
    listed = partial(list_responses, engine, "river", Request(), Order(), person=EVERYBODY)
    details = partial(read_details, engine, "river", person=EVERYBODY)
    stretches = list(row_stretches(SURVEY, lambda after, most: listed(after=after, most=most), details, 45))
    engine.dispose()
    out = io.BytesIO()

    written = write_rows(stretches, out)

    assert written == Written(45, sha256(out.getvalue()).hexdigest())
    assert len(list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))) == 45


def test_a_file_in_many_stretches_is_the_file_in_one() -> None:
    rows = pd.DataFrame({"n": range(10), "said": ["a\nb", "=1", "ä", None, '"', ",", "@x", "-1", "", "x"]})
    files = [io.BytesIO() for _ in range(2)]

    written = [write_rows([rows], files[0]), write_rows([rows[:3], rows[3:]], files[1])]

    assert written[0] == written[1]
    assert files[0].getvalue() == files[1].getvalue()
