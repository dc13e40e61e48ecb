"""The comma survey without weights, and the smallest samples there are, against R, through the command line.

Every number of R's here comes from shared/reference/06_comma_raking_census.R and 01_chile_unweighted.R with common.R:
R 4.2.2, survey 4.1-1.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.surveys import assert_agrees, command, reference_rows, rows

LIMITS = {"logit": "logit", "beta": "beta", "wilson": "wilson_kish"}
EDGE = """
[survey]
key = "edge"
title = "The smallest samples"
time_zone = "UTC"
[[question]]
key = "y"
text = "Yes or no?"
kind = "single"
choices = ["Yes", "No"]
[[dimension]]
key = "g"
"""


@pytest.fixture(scope="module")
def db(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("golden") / "comma.sqlite"
    responses, definition = shared / "data/respondents/538_comma_survey.csv", ROOT / "data/examples/comma.toml"
    result = command("import", responses, "--definition", definition, "--db", path)
    assert result.exit_code == 0, result.output
    assert "read 1,129 = stored 1,129 + duplicate 0 + quarantined 0 + rejected 0" in result.stdout
    return path


def edge_shares(folder: Path, counts: dict[str, tuple[int, int]], interval: str) -> dict[str, dict[str, Any]]:
    """Returns the rows of "Yes" by group, imported from a file with so many "Yes" of so many rows in each group."""
    responses, definition, db = folder / "edge.csv", folder / "edge.toml", folder / "edge.sqlite"
    lines = [f"{g},{'Yes' if at < yes else 'No'}" for g, (yes, n) in counts.items() for at in range(n)]
    responses.write_text("\n".join(["g,y", *lines]) + "\n", encoding="utf-8")
    definition.write_text(EDGE, encoding="utf-8")
    assert command("import", responses, "--definition", definition, "--db", db).exit_code == 0
    found = rows("crosstab", "edge", "y", "--by", "g", "--db", db, "--min-base", "1", "--interval", interval)
    return {row["g"]: row for row in found if row["choice"] == "Yes"}


@pytest.mark.parametrize("interval", LIMITS)
@pytest.mark.parametrize("question", ["oxford", "q_care", "q_heard", "q_grammar"])
def test_unweighted_toplines_are_those_of_r(db: Path, shared: Path, question: str, interval: str) -> None:
    # comma_unweighted_toplines.csv, R 4.2.2, survey 4.1-1: the design is all 1,129 respondents, the base who answered
    reference = [
        row for row in reference_rows(shared / "reference/comma_unweighted_toplines.csv") if row["question"] == question
    ]

    found = rows("topline", "comma", question, "--db", db, "--interval", interval)

    listed = {
        name: row for row in found if row["statistic"] == "share" for name in (row["choice"], row["choice_label"])
    }
    for theirs in reference:
        assert_agrees(listed[theirs["level"]], theirs, LIMITS[interval], 1.0)
        assert listed[theirs["level"]]["weights"] == "none"
    assert len(reference) == sum(row["statistic"] == "share" for row in found)


@pytest.mark.parametrize("interval", ["logit", "beta", "wilson"])
def test_groups_of_0_and_100_percent_and_of_two_are_those_of_r(shared: Path, tmp_path: Path, interval: str) -> None:
    # edge_cases_zero_hundred.csv, R 4.2.2, survey 4.1-1: 43 rows in all, so also a group of one
    reference = reference_rows(shared / "reference/edge_cases_zero_hundred.csv")
    counts = {"zero": (0, 20), "all": (20, 20), "single": (1, 1), "pair": (1, 2)}

    found = edge_shares(tmp_path, counts, interval)

    for theirs in reference:
        if interval == "logit":
            theirs = theirs | {"logit_lo": "", "logit_hi": ""}
        assert_agrees(found[theirs["group"]], theirs, LIMITS[interval], 1.0)
    assert len(reference) == 3


@pytest.mark.parametrize(
    ("interval", "limits"), [("logit", "clopper_pearson"), ("beta", "clopper_pearson"), ("wilson", "wilson")]
)
def test_where_all_agree_intervals_are_the_exact_ones_of_r(
    shared: Path, tmp_path: Path, interval: str, limits: str
) -> None:
    # edge_cases_exact_intervals.csv, R 4.2.2: binom.test and prop.test without continuity correction
    reference = [
        row
        for row in reference_rows(shared / "reference/edge_cases_exact_intervals.csv")
        if limits == "wilson" or row["x"] in ("0", row["n"])
    ]
    counts = {f"{row['x']} of {row['n']}": (int(row["x"]), int(row["n"])) for row in reference}

    found = edge_shares(tmp_path, counts, interval)

    for theirs in reference:
        ours = found[f"{theirs['x']} of {theirs['n']}"]
        assert ours["low"] == pytest.approx(float(theirs[f"{limits}_lo"]), rel=1e-6, abs=1e-12)
        assert ours["high"] == pytest.approx(float(theirs[f"{limits}_hi"]), rel=1e-6, abs=1e-12)
    assert len(reference) == (6 if limits == "wilson" else 4)
