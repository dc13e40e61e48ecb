"""The comma survey raked to the US Census of 2022, against R, through the command line.

Every number of R's comes from shared/reference/06_comma_raking_census.R with common.R: R 4.2.2, survey 4.1-1.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.imports.definition.survey import read_definition
from tests.conftest import ROOT
from tests.golden_material import Material
from tests.golden_pairs import has_limits
from tests.golden_table import assert_file_agrees
from tests.surveys import reference_rows

MARGINS = {
    "gender": "sex_18plus",
    "age": "age_18_30_45_61",
    "education": "education_18plus",
    "division": "census_division",
}


@pytest.fixture(scope="module")
def material(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Material:
    return Material(shared, tmp_path_factory.mktemp("golden"))


@pytest.mark.parametrize(
    "file",
    [
        "comma_unweighted_toplines.csv",
        "comma_raked_results.csv",
        "comma_raked_weights_census.csv",
        "comma_raking_summary.json",
    ],
)
def test_every_number_of_the_file_is_that_of_r(material: Material, file: str) -> None:
    assert_file_agrees(file, material)


def test_the_targets_of_the_example_are_the_counts_of_the_census(shared: Path) -> None:
    counts = reference_rows(shared / "data/margins/us_adult_margins_2022.csv")

    survey = read_definition(ROOT / "data/examples/comma-raked.toml")

    for target in survey.targets:
        (key,) = target.dimensions
        census = [row for row in counts if row["variable"] == MARGINS[key]]
        assert dict(target.shares) == pytest.approx(
            {(row["level"],): int(row["count"]) / int(row["base"]) for row in census}, rel=1e-10
        )
        assert target.year == 2022
        assert all(target.source.split(",")[0] in row["source"] for row in census)
    assert len(survey.targets) == 4


def test_the_answers_are_those_of_the_example_without_targets() -> None:
    raked, plain = (read_definition(ROOT / f"data/examples/{name}.toml") for name in ("comma-raked", "comma"))

    assert (raked.questions, raked.dimensions) == (plain.questions, plain.dimensions)


def test_the_report_warns_that_1_016_answers_are_worth_425(material: Material) -> None:
    report = material.report("comma raked")

    assert (report["respondents"], report["left_out"]) == (1016, 113)
    assert report["warning"].startswith(
        "Mind: weighting costs so much here that 1,016 respondents are worth 425 unweighted ones, less than 70%. "
    )
    assert "one counts 15.6 times the mean" in report["warning"]


def test_only_seven_intervals_of_r_are_set_aside_because_its_fit_failed(material: Material) -> None:
    rows = material.reference("comma_raked_results.csv")

    failed = [row for row in rows if row["logit_lo"] != "" and not has_limits(row, "logit")]

    assert len(failed) == 7
    assert all(row["variance"] == "raked_design" and float(row["logit_lo"]) == 0 for row in failed)
    assert all(has_limits(row, name) for row in rows if row["beta_lo"] for name in ("beta", "wilson_kish"))
