"""docs/RELIABILITY.md: every requirement stands there once, and every test that it names is one."""

from __future__ import annotations

import ast
import re
from collections import Counter

from analytics.store.place.connections import BUSY_TIMEOUT_MS
from analytics.store.place.sqlite import WAIT_SECONDS
from tests.conftest import ROOT
from tests.soaked import BEGIN, END

TEXT = (ROOT / "docs" / "RELIABILITY.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if re.match(r"\| [RTSPH]-[0-9]{2} \|", line)
]
MANY = {"R": 20, "T": 10, "S": 17, "P": 13, "H": 17}


def existing_tests() -> set[str]:
    """Returns the names of all tests."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "tests").glob("test_*.py"))
    return {
        node.name for tree in trees for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }  # fmt: skip


def test_every_requirement_has_one_row() -> None:
    assert [row[0] for row in ROWS] == [f"{of}-{n:02}" for of, many in MANY.items() for n in range(1, many + 1)]


def test_every_test_that_is_named_exists() -> None:
    named = {name for row in ROWS for name in re.findall(r"`(test_\w+)`", row[3])}

    assert len(named) > 77
    assert named - existing_tests() == set()


def test_what_is_met_names_a_test_and_what_is_not_says_why() -> None:
    for number, _, state, shown, why in ROWS:
        assert state in ("met", "partly", "not"), number
        assert ("`test_" in shown) or state != "met", number
        assert why or state == "met", number


def test_the_counts_above_the_table_are_those_of_the_table() -> None:
    count = Counter(row[2] for row in ROWS)

    assert f"{count['met']} are met, {count['partly']} partly, {count['not']} not yet" in TEXT


def test_the_last_run_of_the_soaks_stands_there() -> None:
    told = TEXT.partition(BEGIN)[2].partition(END)[0]

    assert re.search(r"20[0-9]{2}.* UTC, .* processors, Python 3", told)
    assert "soak" in told


def test_a_writer_waits_longer_than_anybody_may_hold_the_lock() -> None:
    longest_seconds = 30

    assert longest_seconds * 1000 * 2 <= BUSY_TIMEOUT_MS < WAIT_SECONDS * 1000
