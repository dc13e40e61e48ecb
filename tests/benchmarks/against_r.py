"""Raking and a crosstab with calibrated standard errors, against R's survey package over the same responses."""

from __future__ import annotations

import argparse
import csv
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from analytics.estimates.groups.table import crosstab
from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.views.view import View
from analytics.imports.answers.responses import read_responses
from analytics.imports.definition.survey import read_definition
from analytics.model.request import Request
from analytics.store.record.imports import record_import
from analytics.store.tables.opening import open_store
from tests.benchmarks.made_up import EIGHT_COLUMNS, levels_of, write_definition, write_responses
from tests.benchmarks.measure import Finding, clock

NOW = datetime(2025, 12, 1, tzinfo=UTC)
SCRIPT = Path(__file__).with_name("raked_crosstab.R")
AGES = {"18-29": 0.2, "30-44": 0.25, "45-59": 0.25, "60-74": 0.2, "75+": 0.1}
SEX, REGION = (levels_of(key, count) for key, count in EIGHT_COLUMNS.levels[:2])
TARGETS: dict[str, dict[str, float]] = {
    "sex": dict(zip(SEX, (0.52, 0.48), strict=True)),
    "age": AGES,
    "region": {level: (at + 1) / 55 for at, level in enumerate(REGION)},
}
AGREED = 1e-6
WHAT = "raking to 3 targets and a crosstab with calibrated standard errors"


def measure(rows: int, rounds: int) -> list[Finding]:
    """Returns how many times faster that is than in R; that it was skipped, where R or its package is not there."""
    if not has_survey():
        return [Finding(f"{WHAT}, {rows:,} responses", "skipped: R or its survey package is not installed")]
    with tempfile.TemporaryDirectory(prefix="against-r-") as name:
        folder = Path(name)
        write_responses(folder / "responses.csv", EIGHT_COLUMNS, rows)
        write_targets(folder)
        view = asked_view(folder)
        seconds, theirs = in_r(folder)
        ours = statistics.median(clock(view) for _ in range(rounds))
        largest = largest_difference(view(), theirs)
    return [
        Finding(
            f"{WHAT}, {rows:,} responses", f"{1000 * ours:.1f} ms", f"R's survey: {seconds:.1f} s", seconds / ours,
            f"one round of R, {rounds} here", at_least=100.0,
            details=(f"shares and standard errors of both agree to {largest:.1e} relative",
                     "both have the responses in memory, R row by row, here as profiles with their answers"),
        )
    ]  # fmt: skip


def has_survey() -> bool:
    """Returns whether R is there, with its survey package."""
    program = shutil.which("Rscript")
    if program is None:
        return False
    loaded = subprocess.run([program, "-e", "library(survey)"], capture_output=True, check=False)
    return loaded.returncode == 0


def write_targets(folder: Path) -> None:
    """Writes the targets for both: into the definition and as a table."""
    write_definition(folder / "survey.toml", EIGHT_COLUMNS)
    targets = "".join(
        f'[[target]]\ndimension = "{key}"\nsource = "invented"\nyear = 2025\n'
        + "shares = {"
        + ", ".join(f'"{level}" = {share!r}' for level, share in shares.items())
        + "}\n"
        for key, shares in TARGETS.items()
    )
    with (folder / "survey.toml").open("a", encoding="utf-8") as file:
        file.write(f"[weighting]\ntolerance = 1e-12\n{targets}")
    with (folder / "targets.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["dimension", "level", "share"])
        writer.writerows(
            (key, level, repr(share)) for key, shares in TARGETS.items() for level, share in shares.items()
        )


def asked_view(folder: Path) -> partial[View]:
    """Returns the crosstab to be timed: its cells are read once, weights and estimates are made anew each time."""
    survey = replace(read_definition(folder / "survey.toml"), min_base=1)
    store = open_store(str(folder / "store.sqlite"))
    record_import(store, survey, read_responses(folder / "responses.csv", survey), file="responses.csv", now=NOW)
    found = snapshot_of(store, survey.key, now=NOW)
    request = Request(question="answer", by=("channel",))
    return partial(crosstab, replace(found, read=cache(found.read)), request)


def in_r(folder: Path) -> tuple[float, list[dict[str, str]]]:
    """Returns how many seconds R took, once its responses were read, and its estimates."""
    names = ("responses.csv", "targets.csv", "estimates.csv", "seconds.txt")
    subprocess.run(["Rscript", str(SCRIPT), *(str(folder / name) for name in names)], check=True, capture_output=True)
    with (folder / "estimates.csv").open(encoding="utf-8", newline="") as file:
        return float((folder / "seconds.txt").read_text()), list(csv.DictReader(file))


def largest_difference(view: View, theirs: list[dict[str, str]]) -> float:
    """Returns the largest relative difference of a share or a standard error; refuses more than was promised."""
    ours = view.estimates.set_index(["channel", "choice"])
    gaps = list(_gaps(ours.to_dict("index"), theirs))
    assert len(gaps) == 2 * len(ours), "both have to estimate the same, or their times say nothing"
    assert max(gaps) <= AGREED, f"the largest relative difference is {max(gaps):.1e}"
    return max(gaps)


def _gaps(ours: dict[tuple[str, str], dict[str, float]], theirs: list[dict[str, str]]) -> Iterator[float]:
    for row in theirs:
        cell = ours[row["channel"].strip(), row["choice"].strip()]
        yield from (abs(cell[name] - float(row[name])) / float(row[name]) for name in ("share", "se"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    chosen = parser.parse_args()
    for finding in measure(chosen.rows, chosen.rounds):
        print(finding, finding.verdict)
