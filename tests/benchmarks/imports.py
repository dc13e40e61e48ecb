"""Import of a CSV file with checks and tally into SQLite, against sqlite3's own import of the bare rows."""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import statistics
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.made_up import (
    DAYS,
    EIGHT_COLUMNS,
    FIVE_COLUMNS,
    Shape,
    column_names,
    write_definition,
    write_responses,
)  # fmt: skip
from tests.benchmarks.measure import Finding, Run, in_turn, run_program

BARE_IMPORT = """
import csv, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
rows = csv.reader(open(sys.argv[2], encoding="utf-8", newline=""))
header = next(rows)
connection.executemany(f"INSERT INTO bare VALUES ({', '.join('?' * len(header))})", rows)
connection.commit()
"""


def measure(rows: int, rounds: int) -> list[Finding]:
    """Returns what importing that many rows takes, of five columns and of eight with 3,600 profiles."""
    return [
        _measured(FIVE_COLUMNS, rows, rounds, at_most=4), _measured(EIGHT_COLUMNS, rows, max(1, rounds // 2), at_most=4)
    ]  # fmt: skip


def _measured(shape: Shape, rows: int, rounds: int, at_most: float | None) -> Finding:
    with tempfile.TemporaryDirectory(prefix="import-") as name:
        folder = Path(name)
        write_responses(folder / "responses.csv", shape, rows)
        write_definition(folder / "survey.toml", shape)
        runs: dict[str, list[Run]] = {"ours": [], "bare": []}

        def ours() -> float:
            runs["ours"].append(_import(folder, COLUMNS_FOLDER="off"))
            return runs["ours"][-1].seconds

        def bare() -> float:
            runs["bare"].append(_import_bare(folder, shape))
            return runs["bare"][-1].seconds

        pair = in_turn(rounds, ours, bare)
        with_columns = _import(folder).cpu_seconds
        size = (folder / "ours.sqlite").stat().st_size / (folder / "bare.sqlite").stat().st_size
    cpu = [statistics.median(run.cpu_seconds for run in runs[name][1:]) for name in ("ours", "bare")]
    peak = max(run.peak_mib for run in runs["ours"])
    return Finding(
        f"import of {rows:,} rows, {len(column_names(shape))} columns, {shape.profiles:,} profiles, {DAYS} days",
        f"{pair.one:.2f} s", f"{_tool()}: {pair.other:.2f} s", pair.ratio, pair.spread, at_most=at_most,
        why="most of the time goes into SQLite's two index entries a response and into reading the text",
        details=(
            f"on the processor {cpu[0]:.2f} s against {cpu[1]:.2f} s, {cpu[0] / cpu[1]:.2f} times; with the columns "
            f"for single responses made at its end {with_columns:.2f} s",
            f"{rows / pair.one:,.0f} rows a second, at most {peak:.0f} MiB of memory, "
            f"a database {size:.1f} times the size of the bare table",
        ),
    )  # fmt: skip


def _import(folder: Path, **more: str) -> Run:
    database = _fresh(folder / "ours.sqlite")
    command = [sys.executable, "-m", "analytics", "import", str(folder / "responses.csv")]
    return run_program([*command, "--definition", str(folder / "survey.toml"), "--db", str(database)], **more)


def _import_bare(folder: Path, shape: Shape) -> Run:
    database = _fresh(folder / "bare.sqlite")
    key, *others = column_names(shape)
    connection = sqlite3.connect(database)
    connection.execute(
        f"CREATE TABLE bare ({key} TEXT NOT NULL UNIQUE, {', '.join(f'{name} TEXT' for name in others)})"
    )
    connection.close()
    file, program = folder / "responses.csv", shutil.which("sqlite3")
    if program:
        return run_program([program, str(database), f".import --csv --skip 1 '{file}' bare"])
    return run_program([sys.executable, "-c", BARE_IMPORT, str(database), str(file)])


def _fresh(database: Path) -> Path:
    for path in database.parent.glob(f"{database.name}*"):
        if path.is_dir():  # the columns beside it
            shutil.rmtree(path)
        else:
            path.unlink()
    return database


def _tool() -> str:
    return "sqlite3 .import" if shutil.which("sqlite3") else "executemany from csv.reader (no sqlite3 program here)"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    for finding in measure(chosen.rows, chosen.rounds):
        print(finding, finding.verdict)
