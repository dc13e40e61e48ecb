"""Wave 9 of Chronicles: what the project published and R's numbers by group and by day, through the command line.

Every number of R's here comes from shared/reference/07_chronicles_trend.R with common.R: R 4.2.2, survey 4.1-1.
The weights given sum to 1599.697 for 1600 respondents; the product scales them to a mean of 1.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.surveys import assert_agrees, command, reference_rows, rows

QUESTIONS = ("support_operation", "support_withdrawal_ceasefire")
LIMITS = {"logit": "logit", "beta": "beta", "wilson": "wilson_kish"}
SCALE = 1600 / 1599.69692619117  # chronicles_summary.json, weight_stats.sum
WINDOWS = {"3 days to date": "3", "cumulative": "7"}  # the fieldwork has seven days, so seven to date are all to date


@pytest.fixture(scope="module")
def db(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("golden") / "chronicles.sqlite"
    responses = shared / "data/respondents/chronicles_w09_2023-02_timestamped.csv"
    definition = ROOT / "data/examples/chronicles-w09.toml"
    result = command("import", responses, "--definition", definition, "--db", path)
    assert result.exit_code == 0, result.output
    assert "read 1,600 = stored 1,600 + duplicate 0 + quarantined 0 + rejected 0" in result.stdout
    return path


def shares(db: Path, question: str, by: str, interval: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Returns the rows of shares by group or day ("" for the topline) and choice."""
    view = {"": ("topline",), "day": ("trend", "--every", "day")}.get(by, ("crosstab", "--by", by))
    options = ("--db", db, "--min-base", "1", "--interval", interval)
    found = rows(view[0], "chronicles-w09", question, *view[1:], *options)
    group = "period" if by == "day" else by
    return {(row.get(group, ""), row["choice"]): row for row in found if row["statistic"] == "share"}


def test_40_of_100_would_support_a_withdrawal_and_47_would_not(db: Path) -> None:
    # chronicles_summary.json: the project's own report 9 gives 40 % and 47 %
    found = {
        row["choice"]: row for row in rows("topline", "chronicles-w09", "support_withdrawal_ceasefire", "--db", db)
    }

    assert f"{found['Support']['share']:.1%}" == "39.7%"
    assert f"{found['Not support']['share']:.1%}" == "47.2%"
    assert found["net"]["value"] == pytest.approx(found["Support"]["share"] - found["Not support"]["share"], rel=1e-12)


@pytest.mark.parametrize("interval", LIMITS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_number_of_every_group_and_day_is_that_of_r(db: Path, shared: Path, question: str, interval: str) -> None:
    # chronicles_w09_results.csv, R 4.2.2, survey 4.1-1
    reference = [
        row for row in reference_rows(shared / "reference/chronicles_w09_results.csv") if row["variable"] == question
    ]

    found = {by: shares(db, question, by, interval) for by in ("", "sex", "age_group", "federal_district", "day")}

    for theirs in reference:
        assert_agrees(found[theirs["by"]].pop((theirs["group"], theirs["level"])), theirs, LIMITS[interval], SCALE)
    assert len(reference) == 92
    assert [row for by in found for row in found[by].values()] == []


@pytest.mark.parametrize("interval", ["logit", "wilson"])
@pytest.mark.parametrize("window", WINDOWS)
def test_windows_to_date_are_those_of_r(db: Path, shared: Path, window: str, interval: str) -> None:
    # chronicles_w09_rolling.csv, R 4.2.2, survey 4.1-1
    reference = [
        row for row in reference_rows(shared / "reference/chronicles_w09_rolling.csv") if row["window"] == window
    ]

    found = rows(
        "trend", "chronicles-w09", "support_withdrawal_ceasefire", "--every", "day", "--window", WINDOWS[window],
        "--db", db, "--min-base", "1", "--interval", interval,
    )  # fmt: skip

    by_day = {(row["period"], row["choice"]): row for row in found}
    for theirs in reference:
        assert_agrees(by_day[theirs["day"], theirs["level"]], theirs, LIMITS[interval], SCALE)
    assert len(reference) == 14


def test_the_days_are_the_seven_of_fieldwork(db: Path) -> None:
    found = rows("trend", "chronicles-w09", "support_operation", "--every", "day", "--db", db)

    assert list(dict.fromkeys(row["period"] for row in found)) == [f"2023-02-0{day}" for day in range(3, 10)]


def test_bands_of_the_age_in_years_give_the_published_age_groups(db: Path) -> None:
    by_group = shares(db, "support_operation", "age_group", "logit")
    by_years = shares(db, "support_operation", "age", "logit")

    same = ("base_n", "count", "share", "se", "low", "high")
    assert {place: [row[name] for name in same] for place, row in by_years.items()} == {
        place: [row[name] for name in same] for place, row in by_group.items()
    }
