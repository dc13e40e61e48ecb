"""The list of surveys with very many of them: the first page drawn, drawn again, and after one answer more."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from analytics.store.place.connections import Store, writing
from analytics.store.record.imports import record_import
from analytics.store.tables.schema import metadata
from tests.benchmarks.batches import chunks
from tests.benchmarks.made_up import FIVE_COLUMNS
from tests.benchmarks.measure import Finding, clock
from tests.benchmarks.servers import page_over
from tests.benchmarks.stores import NOW, made

RESPONSES_EACH = 60


def measure(numbers: Sequence[int], rounds: int) -> list[Finding]:
    """Returns how long the page takes with so many surveys."""
    return [_measured(number, rounds) for number in numbers]


def _measured(number: int, rounds: int) -> Finding:
    with tempfile.TemporaryDirectory(prefix="newsroom-") as name, made(Path(name), FIVE_COLUMNS, RESPONSES_EACH) as one:
        copies = _multiply(one.store, one.survey.key, number)
        with page_over(str(one.store.url.database)) as page:
            first = clock(page.run)
            again = statistics.median(clock(page.run) for _ in range(rounds))
            more = chunks(FIVE_COLUMNS, one.survey, RESPONSES_EACH + 1)
            record_import(one.store, replace(one.survey, key=copies[number // 2]), more, file="more", now=NOW)
            after = clock(page.run)
        assert not page.exception
        assert not page.error
    return Finding(
        f"newsroom list of {number:,} surveys",
        f"{again:.2f} s, after one answer more {after:.2f} s, the first time {first:.2f} s",
    )


def _multiply(store: Store, key: str, number: int) -> list[str]:
    """Copies the only survey, whole, until there are so many of them, and returns their keys."""
    with writing(store) as connection:
        more = "SELECT nth + 1 FROM copy WHERE nth < :number"
        numbers = f"WITH RECURSIVE copy(nth) AS (SELECT 2 UNION ALL {more})"
        for table in metadata.sorted_tables:
            if "survey_id" not in table.c or number < 2:
                continue
            names = [f'"{column.name}"' for column in table.c if column.name != "survey_id"]
            values = ", ".join(names)
            if table.name == "survey":
                values = values.replace('"key"', '"key" || nth')
                values = values.replace('"definition"', """replace("definition", :old, '"' || :key || nth || '"')""")
            connection.execute(
                text(
                    f'INSERT INTO "{table.name}" (survey_id, {", ".join(names)}) '
                    f'{numbers} SELECT nth, {values} FROM "{table.name}", copy WHERE survey_id = 1'
                ),
                {"number": number} | ({"old": f'"{key}"', "key": key} if table.name == "survey" else {}),
            )
    return [key, *(f"{key}{n}" for n in range(2, number + 1))]
