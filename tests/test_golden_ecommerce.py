"""US adults on the use of their purchase data, raked and by month, against R, through the command line.

Every number of R's comes from shared/reference/09_ecommerce_raking_trend.R with common.R: R 4.2.2, survey 4.1-1.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.imports.definition.survey import read_definition
from tests.conftest import ROOT
from tests.golden_material import Material
from tests.golden_table import assert_file_agrees
from tests.surveys import reference_rows, rows

GROUPS = {"High school or some college": ("High school degree", "Some college or Associate degree")}
MARGINS = {
    "sex": "sex_18plus",
    "age": "age_18_25_35_45_55_65",
    "education": "education_18plus",
    "region": "census_region",
}
CENSUS = {
    "Women": "Female", "Men": "Male", "No high school diploma": "Less than high school degree",
    "Bachelor": "Bachelor degree", "Graduate": "Graduate degree",
}  # fmt: skip


@pytest.fixture(scope="module")
def material(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Material:
    return Material(shared, tmp_path_factory.mktemp("golden"))


@pytest.mark.parametrize("file", ["ecommerce_results.csv", "ecommerce_raked_weights.csv", "ecommerce_summary.json"])
def test_every_number_of_the_file_is_that_of_r(material: Material, file: str) -> None:
    assert_file_agrees(file, material)


def test_october_with_three_answers_is_suppressed_and_not_a_peak(material: Material) -> None:
    found = rows("trend", "ecommerce-2022", "research", "--every", "month", "--db", material.database("ecommerce"))

    october = [row for row in found if row["period"] == "2022-10"]
    shown = [row["period"] for row in found if row["choice"] == "Yes" and not row["suppressed"]]
    assert {row["reason"] for row in october} == {"fewer than 30 answered"}
    assert all(row["share"] is None and row["base_n"] is None for row in october)
    assert shown == ["2022-11", "2022-12", "2023-01", "2023-03"]


def test_october_has_three_answers_where_asked_for(material: Material) -> None:
    found = rows(
        "trend", "ecommerce-2022", "research", "--every", "month", "--min-base", "1",
        "--db", material.database("ecommerce"),
    )  # fmt: skip

    (october,) = [row for row in found if row["period"] == "2022-10" and row["choice"] == "Yes"]
    assert (october["base_n"], october["count"]) == (3, 2)


def test_the_targets_of_the_example_are_the_counts_of_the_census(shared: Path) -> None:
    counts = {
        (row["variable"], row["level"]): int(row["count"]) / int(row["base"])
        for row in reference_rows(shared / "data/margins/us_adult_margins_2022.csv")
    }

    survey = read_definition(ROOT / "data/examples/ecommerce-2022.toml")

    for target in survey.targets:
        dimension = survey.dimension(target.dimensions[0])
        assert dimension is not None
        for (value,), share in target.shares:
            level = dimension.level(value)
            assert level is not None
            parts = GROUPS.get(level.label, (CENSUS.get(level.label, level.label),))
            assert share == pytest.approx(sum(counts[MARGINS[dimension.key], part] for part in parts), rel=1e-10)
    assert [target.dimensions for target in survey.targets] == [(name,) for name in MARGINS]
    assert {target.year for target in survey.targets} == {2022}
