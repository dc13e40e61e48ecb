"""Imports started from a page: in a process of their own, told as they go, cancelled, never the end of the server."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from analytics.errors import FileError
from analytics.imports.definition.survey import read_definition
from analytics.imports.reading.uploads import MAX_UPLOAD_BYTES, keep_upload, safe_name
from analytics.imports.record import record_apart
from analytics.imports.rehearse import rehearse_apart
from analytics.model import ImportReport, Survey
from analytics.store.read.status import read_status
from analytics.store.record.imports import read_unfinished
from tests.surveys import NOW, opened
from tests.test_imports_again import DEFINITION


@pytest.fixture
def survey(tmp_path: Path) -> Survey:
    path = tmp_path / "survey.toml"
    path.write_text(DEFINITION.format(response='response = "id"', column="move"), encoding="utf-8")
    return read_definition(path)


def answers(path: Path, count: int) -> Path:
    """Returns a file of so many readers, every third of whom says No."""
    rows = (f"{n},{'Yes' if n % 3 else 'No'}" for n in range(count))
    path.write_text("\n".join(["id,move", *rows]) + "\n", encoding="utf-8")
    return path


def test_an_import_in_a_process_of_its_own_says_what_became_of_the_rows(tmp_path: Path, survey: Survey) -> None:
    file = answers(tmp_path / "readers.csv", 12)
    with file.open("a", encoding="utf-8") as more:
        more.write("99,Perhaps\n")

    rehearsed = rehearse_apart(str(tmp_path / "o.sqlite"), survey, [file], now=NOW)
    done = record_apart(str(tmp_path / "o.sqlite"), survey, [file], now=NOW)
    again = record_apart(str(tmp_path / "o.sqlite"), survey, [file], now=NOW)

    assert rehearsed == done
    assert (done.read, done.stored, done.quarantined) == (13, 12, 1)
    assert [(fault.line, fault.found) for fault in done.faults] == [(14, "'Perhaps'")]
    assert (again.duplicate, again.known_files) == (12, (("readers.csv", NOW),))


def test_a_large_import_is_told_as_it_goes_and_can_be_cancelled_and_finished(tmp_path: Path, survey: Survey) -> None:
    class Cancelled(Exception):
        pass

    def cancel(report: ImportReport) -> None:
        if report.read >= 100_000:
            raise Cancelled

    file, address, told = answers(tmp_path / "readers.csv", 170_000), str(tmp_path / "o.sqlite"), list[int]()

    with pytest.raises(Cancelled):
        record_apart(address, survey, [file], now=NOW, progress=cancel)
    with opened(address) as store:
        cut = [one.read for one in read_unfinished(store)["river"]]
    record_apart(address, survey, [file], now=NOW, progress=lambda report: told.append(report.read))

    assert cut in ([100_000], [125_000], [150_000])
    assert told == [50_000, 75_000, 100_000, 125_000, 150_000, 170_000]
    with opened(address) as store:
        assert (read_status(store, "river").counted, read_unfinished(store)) == (170_000, {})


def test_who_waits_for_an_import_leaves_everybody_else_running(tmp_path: Path, survey: Survey) -> None:
    file, turns = answers(tmp_path / "readers.csv", 120_000), list[float]()
    job = threading.Thread(target=record_apart, args=(str(tmp_path / "o.sqlite"), survey, [file]), kwargs={"now": NOW})

    job.start()
    while job.is_alive():
        before = time.process_time()
        job.join(0.01)
        turns.append(time.process_time() - before)

    assert sorted(turns)[int(len(turns) * 0.99)] < 1  # of this process's own work: what others do holds up nobody here


def test_a_file_that_cannot_be_read_is_the_same_sentence_as_elsewhere(tmp_path: Path, survey: Survey) -> None:
    (tmp_path / "readers.csv").write_text('id,move\n1,"Yes\n', encoding="utf-8")

    with pytest.raises(FileError, match=r"readers\.csv, line 2: found a quote that is never closed"):
        record_apart(str(tmp_path / "o.sqlite"), survey, [tmp_path / "readers.csv"], now=NOW)


# Names of uploads


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd", "/etc/passwd", "..", ".", "", "a\0b.csv", "CON", "con.csv", "LPT1.txt", "x" * 300 + ".csv",
        "answers\u202evsc.exe", "C:\\temp\\a.csv", "\\\\server\\share\\a.csv", "a/b\\c.csv", "a\nb.csv", "a:b.csv", "~",
        "-rf", " .csv ", "$(rm).csv", "x." + "y" * 300,
    ],
)  # fmt: skip
def test_an_upload_lies_in_its_folder_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()

    path = keep_upload(tmp_path / "in", name, b"id\n")

    assert path.resolve().parent == (tmp_path / "in").resolve()
    assert (path.read_bytes(), len(path.name) <= 100) == (b"id\n", True)
    assert not set(path.name) & set('/\\\0\n:*?"<>|\u202e')
    assert path.stem.upper() not in {"CON", "LPT1"}


def test_a_name_keeps_its_words_and_its_ending() -> None:
    assert safe_name("Антворты (Mai).xlsx") == "Антворты (Mai).xlsx"


def test_an_upload_of_more_than_50_mb_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"big\.csv: found 50 MB, expected at most 50 MB: import it with the command"):
        keep_upload(tmp_path, "big.csv", bytes(MAX_UPLOAD_BYTES + 1))

    assert list(tmp_path.iterdir()) == []
