"""Men in the United States, 2018: the newsroom's own tables and R's numbers, through the command line.

Every number of R's here comes from shared/reference/08_masculinity_published.R with common.R: R 4.2.2, survey 4.1-1.
The weights are the published ones; their mean is 1 but for a rounding, which the convention of the product takes out.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.surveys import assert_agrees, command, reference_rows, rows

RESPONSES = "data/respondents/538_masculinity_2018_raw_responses.csv"
PUBLISHED = "data/respondents/538_masculinity_2018_published_tables.csv"
QUESTIONS = ("q0001", "q0002", "q0005", "q0014", "q0017", "q0018", "q0024")
BANNER = ("", "age3", "age3", "age3", "race2", "race2", "kids", "kids", "orientation", "orientation")
SCALE = 1615 / 1614.999999992  # masculinity_summary.json, weight_stats.sum


@pytest.fixture(scope="module")
def db(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("golden") / "masculinity.sqlite"
    definition = ROOT / "data/examples/masculinity-2018.toml"
    result = command("import", shared / RESPONSES, "--definition", definition, "--db", path)
    assert result.exit_code == 0, result.output
    assert "read 1,615 = stored 1,615 + duplicate 0 + quarantined 0 + rejected 0" in result.stdout
    return path


def shares(db: Path, question: str, by: str = "", *options: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Returns the rows of shares by group ("" for the topline) and choice."""
    view = ("crosstab", "masculinity-2018", question, "--by", by) if by else ("topline", "masculinity-2018", question)
    found = rows(*view, "--db", db, "--min-base", "1", *options)
    return {(row.get(by, ""), row["choice"]): row for row in found if row["statistic"] == "share"}


def published(path: Path, starts: str) -> dict[tuple[int, str], float]:
    """Returns the whole percentages printed under a question, by column and answer."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    first = next(place for place, cells in enumerate(lines) if cells[0].startswith(starts)) + 1
    last = next(place for place in range(first, len(lines)) if lines[place][0])
    return {
        (column, cells[1]): float(cells[column].rstrip("%"))
        for cells in lines[first:last]
        for column in range(2, 2 + len(BANNER))
    }


def ours(db: Path, question: str) -> dict[tuple[int, str], float]:
    """Returns our percentages by column of the published tables and answer."""
    levels = ("", "18 - 34", "35 - 64", "65 and up", "White", "Non-white", "Has children", "No children")
    levels += ("Straight", "Gay/Bisexual")
    tables = {by: shares(db, question, by) for by in dict.fromkeys(BANNER)}
    return {
        (2 + at, choice): 100 * row["share"]
        for at, by in enumerate(BANNER)
        for (group, choice), row in tables[by].items()
        if group == levels[at]
    }


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_number_of_every_group_is_that_of_r(db: Path, shared: Path, question: str) -> None:
    # masculinity_results.csv, R 4.2.2, survey 4.1-1; the groups "NA" and "No answer" are both our "No answer". The
    # other intervals, the weeks and the published cells are compared in test_golden_table.
    reference = [r for r in reference_rows(shared / "reference/masculinity_results.csv") if r["variable"] == question]

    found = {by: shares(db, question, by) for by in ("", "age3", "race2", "kids", "orientation")}

    for theirs in reference:
        group = "No answer" if theirs["group"] == "NA" else theirs["group"]
        assert_agrees(found[theirs["by"]].pop((group, theirs["level"])), theirs, "logit", SCALE)
    assert len(reference) >= 33
    assert [row for by in found for row in found[by].values() if row["count"]] == []


def test_the_reference_covers_seven_questions_in_429_rows(shared: Path) -> None:
    reference = reference_rows(shared / "reference/masculinity_results.csv")

    assert len(reference) == 429
    assert {row["variable"] for row in reference} == set(QUESTIONS)


def test_all_130_published_cells_are_met_within_half_a_point(db: Path, shared: Path) -> None:
    starts = {
        "q0001": "In general, how masculine or",
        "q0002": "How important is it to you that others see you as masculine",
        "q0005": "Do you think that society puts pressure on men",
    }

    found = {question: ours(db, question) for question in starts}

    gaps = [
        abs(found[question][place] - percent)
        for question, words in starts.items()
        for place, percent in published(shared / PUBLISHED, words).items()
    ]

    assert len(gaps) == 130
    assert max(gaps) <= 0.5
    assert max(gaps) == pytest.approx(0.493450812799765, rel=1e-6)  # masculinity_summary.json, max_abs_diff


def test_the_multiple_question_meets_its_60_published_cells_too(db: Path, shared: Path) -> None:
    cells = published(shared / PUBLISHED, "Where have you gotten your ideas")

    found = ours(db, "q0004")

    assert len(cells) == 60
    assert max(abs(found[place] - percent) for place, percent in cells.items()) <= 0.5


def test_a_net_without_a_minus_is_the_share_of_its_choices_together(db: Path) -> None:
    found = rows("topline", "masculinity-2018", "q0001", "--db", db)
    by_choice = {row["choice"]: row for row in found}

    together = by_choice["Very masculine"]["share"] + by_choice["Somewhat masculine"]["share"]

    assert by_choice["masculine"]["value"] == pytest.approx(together, rel=1e-12)
