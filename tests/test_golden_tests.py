"""Tests and changes against R's, through the command line.

The numbers of R come from shared/reference/04_chile_tests.R, 06_comma_raking_census.R and 07_chronicles_trend.R; where
standard errors know the raking, from tests/reference/chile_calibrated_tests.R: R 4.2.2, survey 4.1-1.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.special import stdtrit

from analytics.statistics.comparisons import two_sided
from tests.conftest import ROOT
from tests.surveys import command, reference_rows, rows

CHILE = "data/respondents/cardata_chile_1988.csv"
WAVES = "data/respondents/chronicles_waves09-13_ceasefire.csv"
CORRECTIONS = {"holm": "p_holm_z", "bonferroni": "p_bonferroni_z", "bh": "p_BH_z"}
TABLE_TESTS = {"F": "f", "Chisq": "chisq", "Wald": "wald", "adjWald": "adjwald"}
DIMENSIONS = {"sex": "sex", "education": "education", "region": "region", "age_band": "age"}
WEIGHTED = {"weighted": ("--weights", "raked", "--variance", "fixed"), "unweighted": ("--weights", "none")}
MAIN_WORDING = "without achieving goals"
WAVE_DEFINITION = """
[survey]
key = "waves"
title = "Waves"
time_zone = "Europe/Moscow"
[columns]
response = "respondent_id"
weight = "weight"
wave = "wave"
[[question]]
key = "ceasefire"
column = "support_withdrawal_ceasefire"
text = "Would you support a withdrawal and ceasefire talks?"
kind = "single"
choices = ["Support", "Not support", "Difficult to answer", "Refused"]
[[dimension]]
key = "wording"
column = "ceasefire_wording"
"""


def close(ours: Any, theirs: Any) -> bool:
    """Returns whether a number of ours is that of R to 1e-6 relative."""
    return ours == pytest.approx(float(theirs), rel=1e-6, abs=1e-15)


def imported(responses: Path, definition: Path) -> Path:
    """Returns the database that the file was imported into, beside its definition; it has to go in whole."""
    db = definition.with_suffix(".sqlite")
    result = command("import", responses, "--definition", definition, "--db", db)
    assert result.exit_code == 0, result.output
    return db


def only(source: Path, target: Path, wanted: Callable[[dict[str, str]], bool]) -> Path:
    """Returns a copy of a file of responses with the wanted rows alone: the design is who is in the file."""
    with source.open(encoding="utf-8", newline="") as file, target.open("w", encoding="utf-8", newline="") as copy:
        reader = csv.DictReader(file)
        writer = csv.DictWriter(copy, reader.fieldnames or [])
        writer.writeheader()
        writer.writerows(row for row in reader if wanted(row))
    return target


def example(name: str, folder: Path) -> Path:
    """Returns a copy of an example definition in the folder."""
    return Path(shutil.copy(ROOT / "data/examples" / name, folder))


@pytest.fixture(scope="module")
def chile(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Returns two databases: all, to be raked, and those with every weighting dimension known, as they are."""
    weighted, plain = tmp_path_factory.mktemp("weighted"), tmp_path_factory.mktemp("unweighted")
    known = only(shared / CHILE, plain / "known.csv", lambda row: all(row[key] for key in ("sex", "age", "education")))
    return {
        "weighted": imported(shared / CHILE, example("chile-1988.toml", weighted)),
        "unweighted": imported(known, example("chile-1988.toml", plain)),
    }


@pytest.fixture(scope="module")
def chile_reference(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "reference/chile_tests.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def chronicles(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Returns databases: wave 9 by day, the five waves with the main wording, wave 13 with both wordings."""
    folders = {name: tmp_path_factory.mktemp(name) for name in ("w09", "waves", "split")}
    for name in ("waves", "split"):
        (folders[name] / "waves.toml").write_text(WAVE_DEFINITION, encoding="utf-8")
    main = only(shared / WAVES, folders["waves"] / "main.csv", lambda row: row["ceasefire_wording"] == MAIN_WORDING)
    last = only(shared / WAVES, folders["split"] / "last.csv", lambda row: row["wave"] == "13")
    w09 = shared / "data/respondents/chronicles_w09_2023-02_timestamped.csv"
    return {
        "w09": imported(w09, example("chronicles-w09.toml", folders["w09"])),
        "waves": imported(main, folders["waves"] / "waves.toml"),
        "split": imported(last, folders["split"] / "waves.toml"),
    }


def chile_tests(db: Path, kind: str, by: str, *options: str) -> list[dict[str, Any]]:
    key = DIMENSIONS[by]
    found = rows("tests", "chile-1988", "vote", "--by", key, "--db", db, *WEIGHTED.get(kind, ()), *options)
    return [row | {"group": row[key]} for row in found]


def assert_table(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Fails where the test of a table differs from R's `htest`."""
    wanted = theirs["parameter"] if isinstance(theirs["parameter"], list) else [theirs["parameter"]]
    found = [ours["df"], ours["df_below"]]
    assert close(ours["test_value"], theirs["statistic"])
    assert all(close(one, other) for one, other in zip(found[: len(wanted)], wanted, strict=True))
    assert found[len(wanted) :] in ([], [None])
    assert close(ours["p_value"], theirs["p_value"])


def turned(row: dict[str, Any]) -> dict[str, Any]:
    """Returns the same pair seen from the other side."""
    opposite = {"difference": -row["difference"], "test_value": -row["test_value"]}
    ends = {"low": -row["high"], "high": -row["low"], "value": row["against_value"], "against_value": row["value"]}
    return row | opposite | ends | {"group": row["against"], "against": row["group"]}


def both_ways(found: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["group"], row["against"]): row for one in found for row in (one, turned(one))}


@pytest.mark.parametrize("test", TABLE_TESTS)
@pytest.mark.parametrize("by", DIMENSIONS)
@pytest.mark.parametrize("kind", WEIGHTED)
def test_every_test_of_a_table_is_that_of_r(
    chile: dict[str, Path], chile_reference: dict[str, Any], kind: str, by: str, test: str
) -> None:
    # chile_tests.json: crosstabs/*/tests, R 4.2.2, survey 4.1-1
    theirs = chile_reference[kind]["crosstabs"][by]["tests"][test]

    (ours,) = chile_tests(chile[kind], kind, by, "--compare", "table", "--table-test", TABLE_TESTS[test])

    assert ours["base_n"] == chile_reference[kind]["n"]
    assert_table(ours, theirs)


@pytest.mark.parametrize("by", DIMENSIONS)
@pytest.mark.parametrize("kind", WEIGHTED)
def test_the_weighted_table_under_a_test_is_that_of_r(
    chile: dict[str, Path], chile_reference: dict[str, Any], kind: str, by: str
) -> None:
    # chile_tests.json: crosstabs/*/table_weighted; R scales the table to its number of rows where it tests it
    theirs = {(row[by], row["vote"]): row["Freq"] for row in chile_reference[kind]["crosstabs"][by]["table_weighted"]}
    key = DIMENSIONS[by]

    found = rows("crosstab", "chile-1988", "vote", "--by", key, "--db", chile[kind], *WEIGHTED[kind], "--min-base", "1")

    shares = [row for row in found if row["statistic"] == "share"]
    assert len(shares) == len(theirs)
    for row in shares:
        assert close(row["share"] * row["weighted_base"], theirs[row[key], row["choice"]])


@pytest.mark.parametrize("by", DIMENSIONS)
def test_without_weights_the_size_of_an_association_is_that_of_pearsons_test(
    chile: dict[str, Path], chile_reference: dict[str, Any], by: str
) -> None:
    # chile_tests.json: crosstabs/*/pearson_unweighted, R's chisq.test
    theirs = chile_reference["unweighted"]["crosstabs"][by]["pearson_unweighted"]

    (ours,) = chile_tests(chile["unweighted"], "unweighted", by, "--compare", "table", "--table-test", "chisq")

    smaller_side = {3: 2, 6: 3, 12: 4, 9: 4}[theirs["parameter"]]
    assert close(ours["test_value"], theirs["statistic"])
    assert ours["df"] == theirs["parameter"]
    assert close(ours["value"], (theirs["statistic"] / (ours["base_n"] * (smaller_side - 1))) ** 0.5)


@pytest.mark.parametrize("correction", CORRECTIONS)
@pytest.mark.parametrize("by", ["age_band", "education", "region"])
@pytest.mark.parametrize("kind", WEIGHTED)
def test_every_pair_of_groups_differs_as_in_r(
    chile: dict[str, Path], shared: Path, kind: str, by: str, correction: str
) -> None:
    # chile_pairwise_yes.csv, which chile_tests.json repeats, R 4.2.2, survey 4.1-1
    reference = [
        row for row in reference_rows(shared / "reference/chile_pairwise_yes.csv")
        if (row["weights"], row["by"]) == (kind, by)
    ]  # fmt: skip

    found = chile_tests(chile[kind], kind, by, "--compare", "pairs", "--choice", "Y", "--correction", correction)

    pairs = both_ways(found)
    assert len(found) == len(reference)
    for theirs in reference:
        ours = pairs[theirs["a"], theirs["b"]]
        same = {
            "value": "p_a", "against_value": "p_b", "difference": "difference", "se": "se", "test_value": "z",
            "p_value": "p_value_z", "df": "df", "low": "ci_lo_z", "high": "ci_hi_z",
            "p_adjusted": CORRECTIONS[correction],
        }  # fmt: skip
        for name, column in same.items():
            assert close(ours[name], theirs[column]), (name, theirs)
        assert close(float(two_sided(np.array(ours["test_value"]), ours["df"])), theirs["p_value_t"])


def test_the_pairs_in_the_one_file_of_r_are_those_in_the_other(chile_reference: dict[str, Any], shared: Path) -> None:
    # so that the test above speaks for chile_tests.json too
    listed = reference_rows(shared / "reference/chile_pairwise_yes.csv")

    told = [
        {"weights": kind, **pair}
        for kind in WEIGHTED
        for by in chile_reference[kind]["pairwise"].values()
        for pair in by
    ]

    assert len(listed) == len(told) == 38
    for one, other in zip(listed, told, strict=True):
        assert {k: v for k, v in one.items() if k in ("weights", "by", "a", "b")}.items() <= other.items()
        assert all(close(other[k], v) for k, v in one.items() if k not in ("weights", "by", "a", "b"))


def assert_t_test(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Fails where two groups differ otherwise than by R's `svyttest`, which has one degree of freedom less."""
    df = ours["df"] - 1
    assert df == theirs["df"]
    assert close(ours["difference"], theirs["difference"])
    assert close(ours["test_value"], theirs["t"])
    assert close(float(two_sided(np.array(ours["test_value"]), df)), theirs["p_value"])
    half = float(stdtrit(df, 0.975)) * ours["se"]
    for limit, end in zip(theirs.get("ci", []), (ours["difference"] - half, ours["difference"] + half), strict=False):
        assert close(end, limit)


@pytest.mark.parametrize("kind", WEIGHTED)
def test_men_and_women_differ_as_in_rs_t_test(
    chile: dict[str, Path], chile_reference: dict[str, Any], kind: str
) -> None:
    # chile_tests.json: svyttest_yes_by_sex
    found = chile_tests(chile[kind], kind, "sex", "--compare", "pairs", "--choice", "Y")

    assert_t_test(both_ways(found)["M", "F"], chile_reference[kind]["svyttest_yes_by_sex"])


@pytest.mark.parametrize("by", DIMENSIONS)
def test_errors_that_know_the_raking_are_those_of_r(chile: dict[str, Path], by: str) -> None:
    # tests/reference/chile_calibrated_tests.csv
    reference = [row for row in reference_rows(ROOT / "tests/reference/chile_calibrated_tests.csv") if row["by"] == by]

    found = chile_tests(chile["weighted"], "", by, "--choice", "Y")
    (wald,) = chile_tests(chile["weighted"], "", by, "--compare", "table", "--table-test", "wald")

    pairs = both_ways([row for row in found if row["comparison"] == "pair"])
    groups = {row["group"]: row for row in found if row["comparison"] == "rest"}
    assert len(reference) == len(found) + 1
    for theirs in reference:
        if theirs["kind"] in ("F", "Wald"):
            ours = found[0] if theirs["kind"] == "F" else wald
            assert close(ours["test_value"], theirs["estimate"])
            assert close(ours["df"], theirs["se_or_df"])
            assert close(ours["df_below"], theirs["df_below"])
            continue
        ours = groups[theirs["a"]] if theirs["kind"] == "rest" else pairs[theirs["a"], theirs["b"]]
        assert close(ours["difference"], theirs["estimate"])
        assert close(ours["se"], theirs["se_or_df"])


def test_changes_from_wave_to_wave_are_those_of_r(chronicles: dict[str, Path], shared: Path) -> None:
    # chronicles_waves09-13_changes.csv, R 4.2.2, survey 4.1-1
    reference = reference_rows(shared / "reference/chronicles_waves09-13_changes.csv")

    found = rows("change", "waves", "ceasefire", "--every", "wave", "--min-base", "1", "--db", chronicles["waves"])

    steps = {(row["choice"], row["against"], row["period"]): row for row in found}
    assert len(reference) == len(found) == 16
    for theirs in reference:
        ours = steps[theirs["level"], theirs["from_wave"], theirs["to_wave"]]
        same = {
            "difference": "change", "se": "se", "test_value": "z", "p_value": "p_value", "low": "ci_lo",
            "high": "ci_hi",
        }  # fmt: skip
        for name, column in same.items():
            assert close(ours[name], theirs[column]), (name, theirs)


@pytest.mark.parametrize(
    ("by", "name"), [("age_group", "raoscott_ceasefire_by_age"), ("sex", "raoscott_ceasefire_by_sex")]
)
def test_tables_of_wave_9_are_tested_as_by_r(chronicles: dict[str, Path], shared: Path, by: str, name: str) -> None:
    # chronicles_summary.json, R 4.2.2, survey 4.1-1
    theirs = json.loads((shared / "reference/chronicles_summary.json").read_text(encoding="utf-8"))[name]

    (ours,) = rows(
        "tests", "chronicles-w09", "support_withdrawal_ceasefire", "--by", by, "--compare", "table",
        "--db", chronicles["w09"],
    )  # fmt: skip

    assert_table(ours, theirs)


def test_two_wordings_of_one_question_are_tested_as_by_r(chronicles: dict[str, Path], shared: Path) -> None:
    # chronicles_summary.json: split_ballot_wave13
    theirs = json.loads((shared / "reference/chronicles_summary.json").read_text(encoding="utf-8"))[
        "split_ballot_wave13"
    ]

    found = rows("tests", "waves", "ceasefire", "--by", "wording", "--choice", "Support", "--db", chronicles["split"])

    assert_table(found[0], theirs["raoscott"])
    pair = both_ways([row | {"group": row["wording"]} for row in found if row["comparison"] == "pair"])
    difference = theirs["difference_without_goals_minus_no_mention"]
    assert_t_test(pair[MAIN_WORDING, "no mention of goals"], theirs | {"difference": difference})


@pytest.mark.parametrize(
    ("question", "by", "name"),
    [
        ("oxford", "age", "raoscott_oxford_by_age_fixed"),
        ("q_care", "education", "raoscott_care_by_education_fixed"),
    ],
)
def test_tables_of_the_comma_survey_raked_to_the_census_are_tested_as_by_r(
    shared: Path, tmp_path: Path, question: str, by: str, name: str
) -> None:
    # comma_raking_summary.json, R 4.2.2, survey 4.1-1
    theirs = json.loads((shared / "reference/comma_raking_summary.json").read_text(encoding="utf-8"))[name]
    db = imported(shared / "data/respondents/538_comma_survey.csv", example("comma-raked.toml", tmp_path))

    (ours,) = rows(
        "tests", "comma-raked", question, "--by", by, "--compare", "table", "--variance", "fixed", "--db", db
    )

    assert_table(ours, theirs)
