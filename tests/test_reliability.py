"""docs/RELIABILITY.md: every requirement stands there once, and every test that it names is one."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from analytics.pages.data_map import OF_CLASS
from analytics.store.place.connections import BUSY_TIMEOUT_MS
from analytics.store.place.sqlite import WAIT_SECONDS
from analytics.store.read.data_map import data_map
from analytics.store.tables.schema import metadata
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


def test_what_is_met_names_a_test_and_what_is_not_says_what_was_not_taken_or_reached_and_why() -> None:
    for number, _, state, shown, why in ROWS:
        assert state in ("met", "partly", "not"), number
        assert ("`test_" in shown) or state != "met", number
        assert state == "met" or why.startswith(("not taken: ", "not reached: ")), number


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


# What is stored

CLASSES = ("reader", "words", "staff", "secret", "survey")
OF_RESPONSES = ("response", "answer", "comment", "circumstance", "quarantine", "hidden_comment")


def stored() -> dict[str, dict[str, str]]:
    """Returns the class of each column that docs/stored.md names, by its table."""
    text = (ROOT / "docs" / "stored.md").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = {}
    for table, cells in re.findall(r"^\| `(\w+)` \|(.*)\|$", text, flags=re.MULTILINE):
        of_class = dict(zip(CLASSES, cells.split("|"), strict=True))
        named = [(column, name) for name, cell in of_class.items() for column in re.findall(r"`(\w+)`", cell)]
        assert len(dict(named)) == len(named), f"{table} has a column in two classes"
        found[table] = dict(named)
    return found


def test_every_column_that_is_stored_has_one_class() -> None:
    assert {table: {*columns} for table, columns in stored().items()} == {
        table.name: {*table.columns.keys()} for table in metadata.tables.values()
    }


def test_the_page_shows_what_the_text_says_of_every_class_and_column() -> None:
    text = (ROOT / "docs" / "stored.md").read_text(encoding="utf-8")
    for kind, said in OF_CLASS.items():
        assert f"| {kind} | {' | '.join(said)} |" in text
    shown = {(one.table, one.column): one.kind for one in data_map(text)}
    assert shown == {(table, column): kind for table, columns in stored().items() for column, kind in columns.items()}
    assert {*shown.values()} == {*OF_CLASS}


@pytest.mark.parametrize("table", OF_RESPONSES)
def test_what_belongs_to_one_reader_names_the_response_by_which_it_is_erased(table: str) -> None:
    assert any(name in ("reader", "words") for name in stored()[table].values())
    assert {"response_no", "key"} & {*metadata.tables[table].columns.keys()}


def test_no_column_holds_an_address_on_the_network_or_a_browser() -> None:
    words = re.compile(r"(^|_)(ip|agent|browser|cookie|device|phone|mail|latitude|longitude)(_|$)")

    assert [str(one) for table in metadata.tables.values() for one in table.columns if words.search(one.name)] == []
