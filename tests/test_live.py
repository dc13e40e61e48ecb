"""Responses that come by themselves: counted once however often they are sent, changed, screened, restored, erased."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select

from analytics.errors import RequestError
from analytics.model import Quarantined, Receipt, Response
from analytics.store.place.connections import Store, reading, writing
from analytics.store.read.status import read_status
from analytics.store.record.imports import record_import
from analytics.store.record.live import record_responses
from analytics.store.record.rehearsal import rehearse_imports
from analytics.store.tables import schema
from analytics.store.tables.surveys import save_survey
from analytics.store.tend.keeping import erase_responses, read_audit, restore_responses, screen_responses
from analytics.store.tend.verify import verify_store
from tests.surveys import BERLIN, NOW, RIVER, Reader, chunk_of, opened, record, table

WITH_TEXT = replace(
    RIVER,
    questions=(
        *RIVER.questions,
        replace(RIVER.questions[0], key="why", kind="text", column="why", choices=(), nets=()),
    ),
)


@pytest.fixture
def store(address: str) -> Iterable[Store]:
    """Gives a store that knows the survey, on each kind of database in turn."""
    with opened(address) as engine:
        with writing(engine) as connection:
            save_survey(connection, WITH_TEXT)
        yield engine


def answer(key: str, move: str = "Yes", version: int = 1, received: int = 0, **parts: Any) -> Response:
    """Returns a response to the river's survey, received so many seconds after noon."""
    at = datetime(2025, 5, 19, 14, tzinfo=BERLIN)
    return Response(
        key, {"move": (move,), "needs": ("Bank", "Boats")}, {"age": "60+"}, responded_at=at,
        received_at=NOW + timedelta(seconds=received), version=version, **parts,
    )  # fmt: skip


def moves(store: Store) -> dict[str, int]:
    """Returns how many chose each answer, after checking that the tally is a recount of the rows."""
    assert sum(len(found.wrong) for found in verify_store(store)) == 0
    shares = table(store, "move").query("statistic == 'share'")
    return {choice: count for choice, count in zip(shares["choice"], shares["count"], strict=True) if count > 0}


def rows_in(store: Store, name: str) -> int:
    """Returns how many rows the table has."""
    with reading(store) as connection:
        found: int = connection.execute(select(func.count()).select_from(schema.metadata.tables[name])).scalar_one()
        return found


# Once and only once


def test_a_response_counts_once_however_often_it_is_sent(store: Store) -> None:
    first = record_responses(store, "river", [answer("a"), answer("b", "No")])
    again = [record_responses(store, "river", [answer("b", "No"), answer("a")]) for _ in range(3)]
    twice = record_responses(store, "river", [answer("c"), answer("c")])

    assert first == Receipt(stored=2)
    assert again == [Receipt(duplicate=2)] * 3
    assert twice == Receipt(stored=1, duplicate=1)
    assert moves(store) == {"Yes": 2, "No": 1}
    assert read_status(store, "river").revision == 3


def test_sent_in_parts_by_eight_at_once_in_any_order_each_counts_once(store: Store) -> None:
    everyone = [answer(f"r{n}", "Yes" if n % 3 else "No") for n in range(40)]

    def send(seed: int) -> int:
        order = random.Random(seed)
        mine = order.sample(everyone, len(everyone))
        return sum(record_responses(store, "river", part).stored for part in (mine[:7], mine[7:9], mine[5:]))

    with ThreadPoolExecutor(8) as pool:
        stored = list(pool.map(send, range(8)))

    assert sum(stored) == 40
    assert moves(store) == {"Yes": 26, "No": 14}


def test_a_comment_and_the_answer_to_a_text_question_are_kept_with_the_response(store: Store) -> None:
    record_responses(store, "river", [answer("a", texts={"": "Bring it back.", "why": "It floods."})])

    with reading(store) as connection:
        texts = connection.execute(select(schema.comment.c.text).order_by(schema.comment.c.question_no)).scalars().all()
    assert texts == ["Bring it back.", "It floods."]


def test_nothing_is_recorded_where_one_response_says_what_the_survey_does_not_know(store: Store) -> None:
    bad = [
        answer("a"),
        Response("b", {"move": ("Perhaps",), "why": ("x",), "nobody": ("x",)}, {"age": "17", "shoe": "44"}),
        Response("", {"move": ("Yes", "No"), "trust": ("",), "needs": ("Bank", "Bank")}, version=0, weight=0.0),
        Response("c", {}, texts={"move": "x", "": "nul\0"}, responded_at=datetime(2025, 5, 19, 14)),
    ]

    with pytest.raises(RequestError) as refused:
        record_responses(store, "river", bad)

    lines = str(refused.value).splitlines()
    assert len(lines) == 14
    assert "response 'b': found 'Perhaps' for 'move', expected one of 'Yes', 'No', 'Unsure'" in lines
    assert all("expected" in line for line in lines)
    assert rows_in(store, "response") == 0


def test_a_survey_that_is_not_there_is_a_sentence(store: Store) -> None:
    with pytest.raises(RequestError, match="there is no survey 'sea' in the store; there is: river"):
        record_responses(store, "sea", [answer("a")])


# A changed mind


@pytest.mark.parametrize("order", [*itertools.permutations(range(3))])
def test_the_latest_version_counts_whatever_the_order_in_which_they_come(store: Store, order: Sequence[int]) -> None:
    versions = [answer("a", "Yes"), answer("a", "No", version=2), answer("a", "Unsure", version=2, received=60)]

    for place in order:
        record_responses(store, "river", [versions[place]])
    again = record_responses(store, "river", versions)

    assert moves(store) == {"Unsure": 1}
    assert again == Receipt(duplicate=3)
    assert rows_in(store, "response") == 3
    with reading(store) as connection:
        standings = connection.execute(select(schema.response.c.version, schema.response.c.standing)).all()
    assert sorted(map(tuple, standings)) == [(1, 2), (2, 0), (2, 2)]


def test_a_change_is_told_apart_from_a_version_that_comes_late(store: Store) -> None:
    record_responses(store, "river", [answer("a", "Yes", version=2)])

    changed = record_responses(store, "river", [answer("a", "No", version=3), answer("b")])
    late = record_responses(store, "river", [answer("a", "Unsure", version=1)])

    assert changed == Receipt(stored=1, changed=1)
    assert late == Receipt(late=1)
    assert moves(store) == {"Yes": 1, "No": 1}


def test_of_all_versions_in_one_batch_the_latest_counts(store: Store) -> None:
    receipt = record_responses(
        store, "river", [answer("a", "No", version=2), answer("a", "Unsure", version=3), answer("a")]
    )

    assert receipt == Receipt(stored=1, late=2)
    assert moves(store) == {"Unsure": 1}


def test_a_change_back_to_the_first_answer_counts_as_that_answer(store: Store) -> None:
    for version, move in enumerate(["Yes", "No", "Yes"], start=1):
        record_responses(store, "river", [answer("a", move, version=version)])

    assert moves(store) == {"Yes": 1}
    assert rows_in(store, "response") == 3


def test_a_file_imported_again_does_not_undo_what_a_reader_changed(store: Store) -> None:
    crowd = [Reader("id:a", {"move": ("Yes",)}), Reader("id:b", {"move": ("Yes",)})]
    record(store, WITH_TEXT, crowd)
    record_responses(store, "river", [answer("a", "No", version=2)])

    report = record(store, WITH_TEXT, crowd)

    assert (report.stored, report.duplicate, report.rejected) == (0, 2, 0)
    assert moves(store) == {"Yes": 1, "No": 1}


# Screened, restored


def test_a_screened_response_stays_and_does_not_count_until_it_is_restored(store: Store) -> None:
    record_responses(store, "river", [answer("a"), answer("b", "No"), answer("c", "No")])

    screened = screen_responses(store, "river", ["b", "id:c", "b"], rule="same address", now=NOW)
    without = moves(store)
    again = screen_responses(store, "river", ["b"], rule="same address", now=NOW)
    restored = restore_responses(store, "river", ["a", "b"], now=NOW)

    assert (screened, again, restored) == (2, 0, 1)
    assert without == {"Yes": 1}
    assert moves(store) == {"Yes": 1, "No": 1}
    assert read_status(store, "river").screened == 1
    assert [(one.action, one.rule, one.responses) for one in read_audit(store, "river")] == [
        ("screened", "same address", 2), ("screened", "same address", 0), ("restored", None, 1),
    ]  # fmt: skip


def test_who_is_screened_stays_screened_with_a_changed_answer(store: Store) -> None:
    record_responses(store, "river", [answer("a"), answer("b")])
    screen_responses(store, "river", ["a"], rule="a robot", now=NOW)

    record_responses(store, "river", [answer("a", "No", version=2)])
    screened = moves(store)
    restore_responses(store, "river", ["a"], now=NOW)

    assert screened == {"Yes": 1}
    assert moves(store) == {"Yes": 1, "No": 1}


def test_to_screen_a_response_that_is_not_there_changes_nothing(store: Store) -> None:
    record_responses(store, "river", [answer("a")])

    with pytest.raises(RequestError, match="has no response 'x', 'y': nothing was changed"):
        screen_responses(store, "river", ["a", "x", "y"], rule="a robot", now=NOW)
    with pytest.raises(RequestError, match="no rule is given"):
        screen_responses(store, "river", ["a"], rule=" ", now=NOW)

    assert moves(store) == {"Yes": 1}
    assert read_audit(store, "river") == ()


# Erased


def test_an_erased_response_is_gone_in_all_its_versions_and_does_not_come_back(store: Store) -> None:
    aside = Quarantined("id:gone", 9, ("gone", "Perhaps"), ("move: found 'Perhaps'",))
    crowd = [Reader("id:a", {"move": ("Yes",)}), Reader("id:gone", {"move": ("Yes",)})]
    record_import(store, WITH_TEXT, [chunk_of(WITH_TEXT, crowd, aside)], file="readers.csv", now=NOW)
    record_responses(store, "river", [answer("gone", "No", version=2, texts={"": "My name is Ada."})])

    erasure = erase_responses(store, "river", ["gone"], now=NOW)
    back = record_import(store, WITH_TEXT, [chunk_of(WITH_TEXT, crowd, aside)], file="readers.csv", now=NOW)
    sent = record_responses(store, "river", [answer("gone"), answer("b", "No")])

    assert (erasure.responses, erasure.aside, erasure.clean) == (1, 1, True)
    assert (back.stored, back.duplicate, back.quarantined, back.rejected) == (0, 1, 0, 2)
    assert all("gone" not in str(fault) and "erased" in str(fault) for fault in back.faults)
    assert sent == Receipt(stored=1, erased=1)
    assert moves(store) == {"Yes": 1, "No": 1}
    assert [rows_in(store, name) for name in ("response", "comment", "quarantine", "erased")] == [2, 0, 0, 1]


def test_all_responses_of_a_respondent_are_erased_by_the_token_that_names_them(store: Store) -> None:
    record_responses(
        store, "river", [answer("a", respondent="t1"), answer("b", "No", respondent="t1"), answer("c", respondent="t2")]
    )

    erasure = erase_responses(store, "river", respondents=["t1"], now=NOW)

    assert erasure.responses == 2
    assert moves(store) == {"Yes": 1}
    assert [(one.action, one.responses) for one in read_audit(store, "river")] == [("erased", 2)]


def test_the_times_of_the_survey_are_those_of_the_responses_that_are_left(store: Store) -> None:
    early, late = (datetime(2025, 5, day, 8, tzinfo=UTC) for day in (1, 30))
    record_responses(
        store,
        "river",
        [replace(answer("early"), responded_at=early), answer("a"), replace(answer("late"), responded_at=late)],
    )

    erase_responses(store, "river", ["early", "late"], now=NOW)

    status = read_status(store, "river")
    assert status.first_at == status.last_at == answer("a").responded_at


def test_to_erase_again_is_no_fault_and_what_was_never_there_is(store: Store) -> None:
    record_responses(store, "river", [answer("a")])
    erase_responses(store, "river", ["a"], now=NOW)

    assert erase_responses(store, "river", ["a"], now=NOW).responses == 0
    with pytest.raises(RequestError, match="has no response 'x'"):
        erase_responses(store, "river", ["x"], now=NOW)


def copies(folder: Path, *words: str) -> dict[str, int]:
    """Returns how often each word stands in the bytes of the files of the folder."""
    content = [path.read_bytes() for path in folder.iterdir()]
    return {word: sum(file.count(word.encode()) for file in content) for word in words}


def left_after_erasing(folder: Path, *, overwriting: str) -> tuple[dict[str, int], dict[str, int]]:
    """Returns how often the words of erased responses stood in the files before and stand there now."""
    crowd = [
        answer(
            f"reader-{n:04}",
            ["Yes", "No"][n % 2],
            respondent=f"token-{n:04}",
            texts={"": f"word-{n:04} " * (1 + n % 9)},
        )
        for n in range(600)
    ]
    gone = crowd[37:400:11]
    words = [word for r in gone for word in (r.key, r.respondent, r.texts[""].split()[0])]
    with opened(folder / "store.sqlite") as store:
        event.listen(store, "checkout", lambda raw, *_: raw.execute(f"PRAGMA secure_delete = {overwriting}"))
        with writing(store) as connection:
            save_survey(connection, WITH_TEXT)
        for start in range(0, 600, 50):
            record_responses(store, "river", crowd[start : start + 50])
        record_responses(store, "river", [replace(r, version=2, weight=2.0) for r in gone[::2]])
        before = copies(folder, *words)

        erasure = erase_responses(store, "river", [r.key for r in gone], now=NOW)

        assert erasure.clean
        assert sum(moves(store).values()) == 600 - len(gone)
        assert min(copies(folder, crowd[0].key, crowd[0].respondent).values()) > 0
        return before, copies(folder, *words)


def test_no_byte_of_an_erased_response_is_left_in_the_files(tmp_path: Path) -> None:
    before, after = left_after_erasing(tmp_path, overwriting="ON")

    assert min(before.values()) > 0
    assert after == dict.fromkeys(before, 0)


def test_rows_that_are_deleted_without_being_overwritten_are_found_in_the_files(tmp_path: Path) -> None:
    _, after = left_after_erasing(tmp_path, overwriting="OFF")

    assert sum(after.values()) > 0, "the search does not find what is left of deleted rows"


def test_erasing_says_so_where_a_reader_kept_old_pages_from_being_dropped(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        with writing(store) as connection:
            save_survey(connection, WITH_TEXT)
        record_responses(store, "river", [answer("reader-0001", texts={"": "word-0001"})])
        with store.connect() as held, opened(tmp_path / "store.sqlite") as other:
            held.execute(select(schema.comment)).all()
            unclean = erase_responses(other, "river", ["reader-0001"], now=NOW)

        clean = erase_responses(store, "river", ["reader-0001"], now=NOW)

    assert (unclean.responses, unclean.clean) == (1, False)
    assert (clean.responses, clean.clean) == (0, True)
    assert copies(tmp_path, "reader-0001", "word-0001") == {"reader-0001": 0, "word-0001": 0}


WEIGHTED = replace(RIVER, columns=replace(RIVER.columns, weight="w"))


def weighing(first: int, count: int, weight: float) -> list[Reader]:
    return [Reader(f"id:{n}", {"move": ("Yes",)}, weight=weight) for n in range(first, first + count)]


@pytest.fixture
def weighted(address: str) -> Iterator[Store]:
    """Gives a survey of 40 readers, each with weight 2."""
    with opened(address) as store:
        record(store, WEIGHTED, weighing(0, 40, 2.0))
        yield store


@pytest.mark.parametrize("count", [1, 100])
def test_weights_over_a_thousand_times_the_usual_one_are_refused_however_many_come(weighted: Store, count: int) -> None:
    rest = [Reader("id:y", {"move": ("No",)}, weight=2_000.0)]

    report = record(weighted, WEIGHTED, [*weighing(50, count, 2_001.0), *rest])

    assert (report.stored, report.rejected) == (1, count)
    assert "found '2001', expected at most 1,000 times the median of the weights, 2" in str(report.faults[0])
    assert sum(len(found.wrong) for found in verify_store(weighted)) == 0


def test_a_response_that_comes_by_itself_is_weighed_like_one_of_a_file(weighted: Store) -> None:
    vast, large = (Response(key, {"move": ("No",)}, weight=weight) for key, weight in (("x", 1e300), ("y", 2_000.0)))

    with pytest.raises(
        RequestError, match=r"response 'x': found weight 1e\+300, expected at most 1,000 times the median"
    ):
        record_responses(weighted, "river", [vast])
    with pytest.raises(RequestError, match="response 'x'"):
        record_responses(weighted, "river", [large, vast])
    assert record_responses(weighted, "river", [large]).stored == 1


@pytest.mark.parametrize("count", [1, 2, 29])
def test_the_first_weights_of_a_survey_are_not_taken_however_large_because_they_are_their_own_median(
    count: int,
) -> None:
    first = [Response(f"x{n}", {"move": ("No",)}, weight=1e12) for n in range(count)]
    with opened() as empty:
        with writing(empty) as connection:
            save_survey(connection, WEIGHTED)
        with pytest.raises(RequestError, match=r"expected at most 1,000,000,000 while fewer than 30 weights are known"):
            record_responses(empty, WEIGHTED.key, first)

        record_responses(empty, WEIGHTED.key, [replace(one, weight=999_999_999.0) for one in first])

        assert read_status(empty, WEIGHTED.key).counted == count


def test_a_look_beforehand_weighs_as_the_import_does(weighted: Store) -> None:
    chunk = chunk_of(WEIGHTED, weighing(50, 1, 1e6))

    looked = rehearse_imports(weighted, WEIGHTED, [("readers.csv", "", [chunk])], now=NOW)

    assert (looked.stored, looked.rejected) == (0, 1)
    assert looked.faults == record(weighted, WEIGHTED, weighing(50, 1, 1e6)).faults


def test_a_first_file_is_weighed_by_itself(address: str) -> None:
    with opened(address) as store:
        report = record(store, WEIGHTED, [*weighing(0, 9, 2.0), *weighing(9, 1, 2_001.0)])

    assert (report.stored, report.rejected) == (9, 1)
