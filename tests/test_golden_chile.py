"""Chile 1988, unweighted, raked, trimmed and post-stratified, against R, through the command line.

Every number of R's comes from shared/reference/01_chile_unweighted.R, 02_chile_raking.R and
03_chile_poststratification.R with common.R, and for base weights from tests/reference/chile_base_weights.R: R 4.2.2,
survey 4.1-1.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden_material import Material
from tests.golden_table import assert_file_agrees, estimates

FILES = (
    "chile_unweighted_vote.csv",
    "chile_raked_vote_4margins.csv",
    "chile_raked_vote_2margins.csv",
    "chile_raked_weights_4margins.csv",
    "chile_raked_weights_2margins.csv",
    "chile_trimmed_weights.csv",
    "chile_raking_summary.json",
    "chile_poststrat_vote.csv",
    "chile_poststrat_weights.csv",
    "chile_poststrat_summary.json",
    "chile_base_weights.csv",
)


@pytest.fixture(scope="module")
def material(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Material:
    return Material(shared, tmp_path_factory.mktemp("golden"))


@pytest.mark.parametrize("file", FILES)
def test_every_number_of_the_file_is_that_of_r(material: Material, file: str) -> None:
    assert_file_agrees(file, material)


def test_twelve_without_age_or_education_are_left_out_of_raking(material: Material) -> None:
    report = material.report("chile")

    assert (report["respondents"], report["left_out"]) == (2688, 12)


def test_errors_that_know_the_targets_are_smaller_than_those_with_fixed_weights(material: Material) -> None:
    calibrated = estimates(material, "chile", "vote", "")["", "Y"]
    fixed = estimates(material, "chile", "vote", "", "--variance", "fixed")["", "Y"]

    assert calibrated["share"] == pytest.approx(fixed["share"], rel=1e-12)
    assert calibrated["se"] < fixed["se"]


@pytest.mark.parametrize("bounds", ["0.5_2.0", "0.7_1.4"])
def test_trimmed_weights_have_the_error_of_fixed_ones_and_miss_their_targets(material: Material, bounds: str) -> None:
    asked = estimates(material, f"chile {bounds}", "vote", "region", "--variance", "calibrated")
    fixed = estimates(material, f"chile {bounds}", "vote", "region", "--variance", "fixed")
    report = material.report(f"chile {bounds}")

    low, high = map(float, bounds.split("_"))
    assert asked == fixed
    assert report["trim"] == [low, high]
    assert low - 1e-12 <= report["smallest"] < report["largest"] <= high + 1e-12
    assert max(abs(level["gap"]) for level in report["levels"]) > 0.005
