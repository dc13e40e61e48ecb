"""The table of docs/METHODS.md names every file that is compared with R, and no other, and says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.golden_differences import DIFFERENCES
from tests.golden_material import Material
from tests.golden_table import COMPARISONS, END, METHODS, START, agreement, assert_file_agrees


@pytest.fixture(scope="module")
def material(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Material:
    return Material(shared, tmp_path_factory.mktemp("golden"))


@pytest.mark.parametrize(
    "file",
    [
        "masculinity_results.csv",
        "chronicles_w09_results.csv",
        "comma_raking_summary.json",
        "ecommerce_summary.json",
        *DIFFERENCES,
    ],
)
def test_every_number_of_the_file_is_that_of_r(material: Material, file: str) -> None:
    assert_file_agrees(file, material)


def test_the_table_has_a_row_for_each_file_that_is_compared() -> None:
    table = METHODS.read_text(encoding="utf-8").partition(START)[2].partition(END)[0]

    assert re.findall(r"^\| (\S+\.(?:csv|json)) \|", table, re.MULTILINE) == sorted(COMPARISONS)


def test_a_number_that_is_off_by_two_in_a_million_is_noticed() -> None:
    pairs = [("share", 0.5, 0.5), ("limit", 0.100_000_2, 0.1), ("dust", 1e-18, 0.0)]

    found = agreement(iter(pairs))

    assert (found.numbers, found.place) == (3, "limit: 0.1000002 and 0.1")
    assert found.largest == pytest.approx(2e-6)
