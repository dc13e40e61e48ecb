"""Files of any length in bounded memory: what an import holds at most does not depend on how many rows there are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from analytics.importers.rows import STRETCH_CHARACTERS
from analytics.importers.tables import read_table
from tests.benchmarks.measure import Run, run_program
from tests.surveys import rows

DEFINITION = """
[survey]
key = "river"
title = "The river"
time_zone = "Europe/Berlin"
[columns]
response = "id"
[[question]]
key = "move"
column = "move"
text = "Should the library move?"
kind = "single"
choices = ["Yes", "No"]
"""

COMMENT = "It has rained for ten days in the valley and the river has risen by two metres since Monday. " * 5


def written(folder: Path, count: int, comment: str = COMMENT) -> Path:
    """Returns a file of so many readers with a note each; every 3,000th has an answer nobody knows."""
    folder.mkdir()
    (folder / "survey.toml").write_text(DEFINITION, encoding="utf-8")
    with (folder / "readers.csv").open("w", encoding="utf-8") as file:
        file.write("id,move,note\n")
        file.writelines(f"{n},{'Yes' if n % 3 else 'No' if n % 1000 else 'Perhaps'},{comment}\n" for n in range(count))
    return folder


def unknown(count: int) -> int:
    """Returns how many of so many rows have an answer nobody knows."""
    return len(range(0, count, 3000))


def imported(folder: Path) -> Run:
    """Returns what the import of the folder's file took."""
    program = [
        sys.executable, "-c",
        "import contextlib; from analytics.__main__ import cli\nwith contextlib.suppress(SystemExit): cli()",
        "import", str(folder / "readers.csv"), "--definition", str(folder / "survey.toml"),
        "--db", str(folder / "o.sqlite"), "--report", str(folder / "aside.csv"),
    ]  # fmt: skip
    return run_program(program)


def test_an_import_of_four_times_the_rows_holds_no_more(tmp_path: Path) -> None:
    short, long = written(tmp_path / "short", 100_000), written(tmp_path / "long", 400_000)

    few, many = imported(short), imported(long)

    assert rows("surveys", "--db", long / "o.sqlite")[0]["counted"] == 400_000 - unknown(400_000)
    assert many.peak_mib < few.peak_mib + 48, (
        f"{few.peak_mib:.0f} MiB for 100,000 rows, {many.peak_mib:.0f} for 400,000"
    )
    assert many.peak_mib < 450


def test_a_stretch_is_short_where_its_rows_are_long(tmp_path: Path) -> None:
    folder = written(tmp_path / "long", 60, comment="x" * 1_000_000)

    stretches = list(read_table(folder / "readers.csv").stretches)

    assert sum(map(len, stretches)) == 60
    assert max(sum(map(len, stretch.texts)) for stretch in stretches) < STRETCH_CHARACTERS + 1_100_000


@pytest.mark.soak
def test_two_gigabytes_are_imported_within_500_mb(tmp_path: Path) -> None:
    folder = written(tmp_path / "huge", 4_300_000)
    assert (folder / "readers.csv").stat().st_size > 2e9

    run = imported(folder)

    assert rows("surveys", "--db", folder / "o.sqlite")[0]["counted"] == 4_300_000 - unknown(4_300_000)
    assert run.peak_mib * 2**20 < 500e6, f"{run.peak_mib:.0f} MiB"
