"""The list of surveys with very many of them."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from analytics.importers.definition import read_definition
from analytics.importers.responses import read_responses
from analytics.store.database import open_store
from analytics.store.read import read_glance
from analytics.store.record import record_import
from analytics.views.newsroom import SHOWN_DAYS, glimpses
from tests.benchmarks.made_up import FIVE_COLUMNS, write_definition, write_responses
from tests.benchmarks.measure import Finding, clock

NOW = datetime(2025, 7, 1, tzinfo=UTC)
RESPONSES_EACH = 500


def measure(surveys: int, rounds: int) -> list[Finding]:
    """Returns how long reading and summing up the list takes, first and again."""
    with tempfile.TemporaryDirectory(prefix="newsroom-") as name:
        folder = Path(name)
        write_responses(folder / "responses.csv", FIVE_COLUMNS, RESPONSES_EACH)
        write_definition(folder / "survey.toml", FIVE_COLUMNS)
        survey, store = read_definition(folder / "survey.toml"), open_store(str(folder / "store.sqlite"))
        chunks = list(read_responses(folder / "responses.csv", survey))
        for place in range(surveys):
            record_import(store, replace(survey, key=f"survey-{place}"), chunks, file="responses.csv", now=NOW)
        first = clock(lambda: glimpses(read_glance(store, SHOWN_DAYS), now=NOW))
        again = statistics.median(
            clock(lambda: glimpses(read_glance(store, SHOWN_DAYS), now=NOW)) for _ in range(rounds)
        )
        store.dispose()
    return [Finding(f"newsroom list of {surveys:,} surveys", f"{again:.2f} s, the first time {first:.2f} s")]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--surveys", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    for finding in measure(chosen.surveys, chosen.rounds):
        print(finding)
