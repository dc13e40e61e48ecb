"""Compares our numbers with R's, file by file, and writes the table of docs/METHODS.md: `python -m tests.golden_table`.

Every file lies in the folder of reference results, beside the R script that wrote it (R 4.2.2, survey 4.1-1, options as
in its common.R). All of ours come through the command line: an import, then topline, crosstab, trend or weights.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.golden_differences import DIFFERENCES, table_test
from tests.golden_material import Material
from tests.golden_pairs import Compare, Pair, agreement, estimates, pairs_of

METHODS = ROOT / "docs/METHODS.md"
START, END = "<!-- table: python -m tests.golden_table -->", "<!-- end of table -->"
WITHIN = 1e-6
VARIANCES = {
    "fixed_weights": "fixed",
    "raked_design": "calibrated",
    "poststratified_design": "calibrated",
}


def shares(
    file: str,
    survey: str,
    question: str = "",
    *,
    names: Mapping[str, str] | None = None,
    scale: float = 1.0,
    options: tuple[str, ...] = (),
    keep: Callable[[dict[str, str]], bool] = bool,
) -> Compare:
    """Returns the comparison of a file of shares by group, as `props` of common.R writes them.

    Args:
        question: the question's key here, where R's file calls it otherwise.
        names: by what R's file says, what we say: questions, columns to group by, groups and answers.
    """
    called = names or {}

    def compare(material: Material) -> Iterator[Pair]:
        views: dict[tuple[str, ...], Any] = {}
        for theirs in filter(keep, material.reference(file)):
            asked, by, group, level = (
                called.get(theirs.get(column, ""), theirs.get(column, ""))
                for column in ("variable", "by", "group", "level")
            )
            view = (question or asked, by, "--variance", VARIANCES[theirs.get("variance", "fixed_weights")])
            if view not in views:
                views[view] = estimates(material, survey, *view, *options)
            yield from pairs_of(f"{view} {group} {level}", views[view][group, level], theirs, scale)

    return compare


def profile_weights(survey: str, file: str, columns: Mapping[str, str], *, scale: float = 1.0) -> Compare:
    """Returns the comparison of a file of weights, respondent by respondent; ours are by profile.

    Args:
        columns: by the key of each weighting dimension, the column that it has in R's file.
    """

    def compare(material: Material) -> Iterator[Pair]:
        ours = material.weights_by_profile(survey, tuple(columns))
        for row in material.reference(file):
            profile = tuple(row[column] for column in columns.values())
            yield f"{profile}", ours[profile], scale * float(row["weight"])

    return compare


def trimmed_weights(material: Material) -> Iterator[Pair]:
    untrimmed = {row["respondent"]: row for row in material.reference("chile_raked_weights_4margins.csv")}
    for bounds in ("0.5_2.0", "0.7_1.4"):
        ours = material.weights_by_profile(f"chile {bounds}", tuple(CHILE_COLUMNS))
        for row in material.reference("chile_trimmed_weights.csv"):
            profile = tuple(untrimmed[row["respondent"]][column] for column in CHILE_COLUMNS.values())
            yield f"{bounds} {profile}", ours[profile], float(row[f"trim_{bounds}_strict"])


def report_of(survey: str, stats: Mapping[str, Any], margins: Iterable[Mapping[str, Any]] = ()) -> Compare:
    """Returns the comparison of what `weights` prints with R's `wstats` and its check of the margins reached."""

    def compare(material: Material) -> Iterator[Pair]:
        report, mean = material.report(survey), stats["mean"]
        yield from (
            ("respondents", report["respondents"], stats["n"]),
            ("smallest", report["smallest"], stats["min"] / mean),
            ("largest", report["largest"], stats["max"] / mean),
            ("deff", report["deff"], stats["kish_deff"]),
            ("effective_n", report["effective_n"], stats["n_eff"]),
            ("efficiency", report["efficiency"], stats["weighting_efficiency_pct"] / 100),
        )
        levels = {(row["dimension"], row["level"]): row for row in report["levels"]}
        for theirs in margins:
            ours = levels[CALLED.get(theirs["variable"], theirs["variable"]), theirs["level"]]
            yield f"{theirs['level']} target", ours["target"], theirs["target"]
            yield f"{theirs['level']} after", ours["after"], theirs["achieved"]
            if "unweighted" in theirs:
                yield f"{theirs['level']} before", ours["before"], theirs["unweighted"]

    return compare


def chile_summary(material: Material) -> Iterator[Pair]:
    found = material.summary("chile_raking_summary.json")
    for survey, part in (("chile", "sex_age_region_education"), ("chile 2 margins", "sex_age")):
        yield from report_of(survey, found[part]["weight_stats"], found[part]["margins_check"])(material)
    for bounds in ("0.5_2.0", "0.7_1.4"):
        yield from report_of(f"chile {bounds}", found["trim"][f"trim_{bounds}_strict"])(material)


def poststratified_summary(material: Material) -> Iterator[Pair]:
    found = material.summary("chile_poststrat_summary.json")
    yield from report_of("chile post-stratified", found["weight_stats"])(material)
    ours = estimates(material, "chile post-stratified", "vote", "", "--base", "all")
    for level, total in found["totals"].items():
        row = ours["", "No answer" if level == "no_answer" else level]
        yield f"total {level}", row["share"] * found["population"], total
        yield f"se of total {level}", row["se"] * found["population"], found["totals_se"][level]


def comma_summary(material: Material) -> Iterator[Pair]:
    found = material.summary("comma_raking_summary.json")
    yield from report_of("comma raked", found["weight_stats"], found["margins_check"])(material)
    for question, by, name in (("oxford", "age", "oxford_by_age"), ("q_care", "education", "care_by_education")):
        yield from table_test(
            material, "comma raked", question, by, found[f"raoscott_{name}_fixed"], "--variance", "fixed"
        )


def ecommerce_summary(material: Material) -> Iterator[Pair]:
    found = material.summary("ecommerce_summary.json")
    yield from report_of("ecommerce", found["weight_stats"])(material)
    report = material.report("ecommerce")
    after = {
        (row["dimension"], row[name]): row["after"] for row in report["levels"] for name in ("level", "level_label")
    }
    for question, by, name in (("research", "age", "research_by_age"), ("sell", "sex", "sell_by_sex")):
        yield from table_test(material, "ecommerce", question, by, found[f"raoscott_{name}"], "--variance", "fixed")
    for name, levels in found["margins"].items():
        for level, share in levels.items():
            yield f"{name} {level}", after[CALLED.get(name, name), level], share


CHILE_COLUMNS = {"sex": "sex", "age": "age_band", "region": "region", "education": "education"}
COMMA_COLUMNS = {name: name for name in ("gender", "age", "education", "division")}
ECOMMERCE_COLUMNS = {"sex": "sex", "age": "age", "education": "edu", "region": "region"}
CALLED = {
    "age_band": "age",
    "edu": "education",
    "(no answer)": "No answer",
    "Q_research_society": "research",
    "Q_census_use": "census_use",
    "Q_sell_consumer_data": "sell",
    "Yes if consumers get part of the profit": "Yes, if consumers get a part",
}
POPULATION = 2699 / 10_030_000
COMPARISONS: dict[str, Compare] = {
    "chile_unweighted_vote.csv": lambda material: chain(
        *(
            shares(
                "chile_unweighted_vote.csv",
                survey,
                names=CALLED,
                options=("--weights", "none", *options),
                keep=lambda row, base=base: row["base"] == base,
            )(material)
            for survey, base, *options in (
                ("chile answered", "valid_answers"),
                ("chile", "all_respondents_no_answer_as_category", "--base", "all"),
            )
        )
    ),
    "chile_raked_vote_4margins.csv": shares("chile_raked_vote_4margins.csv", "chile", names=CALLED),
    "chile_raked_vote_2margins.csv": shares("chile_raked_vote_2margins.csv", "chile 2 margins", names=CALLED),
    "chile_raked_weights_4margins.csv": profile_weights("chile", "chile_raked_weights_4margins.csv", CHILE_COLUMNS),
    "chile_raked_weights_2margins.csv": profile_weights(
        "chile 2 margins", "chile_raked_weights_2margins.csv", {"sex": "sex", "age": "age_band"}
    ),
    "chile_trimmed_weights.csv": trimmed_weights,
    "chile_raking_summary.json": chile_summary,
    "chile_poststrat_vote.csv": shares(
        "chile_poststrat_vote.csv", "chile post-stratified", names=CALLED, scale=POPULATION
    ),
    "chile_poststrat_weights.csv": profile_weights(
        "chile post-stratified", "chile_poststrat_weights.csv", {"sex": "sex", "age": "age_band"}, scale=POPULATION
    ),
    "chile_poststrat_summary.json": poststratified_summary,
    "chile_base_weights.csv": lambda material: chain(
        *(
            shares(
                "chile_base_weights.csv",
                f"chile base {method}",
                names=CALLED,
                keep=lambda row, method=method: row["method"] == method,
            )(material)
            for method in ("rake", "poststratify")
        )
    ),
    "comma_unweighted_toplines.csv": shares("comma_unweighted_toplines.csv", "comma"),
    "comma_raked_results.csv": shares("comma_raked_results.csv", "comma raked"),
    "comma_raked_weights_census.csv": profile_weights("comma raked", "comma_raked_weights_census.csv", COMMA_COLUMNS),
    "comma_raking_summary.json": comma_summary,
    "ecommerce_results.csv": shares("ecommerce_results.csv", "ecommerce", names=CALLED),
    "ecommerce_raked_weights.csv": profile_weights("ecommerce", "ecommerce_raked_weights.csv", ECOMMERCE_COLUMNS),
    "ecommerce_summary.json": ecommerce_summary,
    "masculinity_results.csv": shares(
        "masculinity_results.csv", "masculinity", names={"NA": "No answer"}, scale=1615 / 1614.999999992
    ),
    "chronicles_w09_results.csv": shares("chronicles_w09_results.csv", "chronicles", scale=1600 / 1599.69692619117),
} | DIFFERENCES


def table(material: Material) -> str:
    """Returns the table of docs/METHODS.md."""
    lines = ["| file | numbers | largest relative difference |", "|---|---:|---:|"]
    for file in sorted(COMPARISONS):
        found = agreement(COMPARISONS[file](material))
        lines.append(f"| {file} | {found.numbers:,} | {found.largest:.1e} |")
    return "\n".join(lines)


def stated(file: str) -> tuple[int, float]:
    """Returns what docs/METHODS.md says of a file: how many numbers, and the largest relative difference."""
    (row,) = re.findall(
        rf"^\| {re.escape(file)} \| ([\d,]+) \| (\S+) \|$", METHODS.read_text(encoding="utf-8"), re.MULTILINE
    )
    return int(row[0].replace(",", "")), float(row[1])


def assert_file_agrees(file: str, material: Material) -> None:
    """Fails where a number of the file differs from ours, or docs/METHODS.md says something else of it."""
    found = agreement(COMPARISONS[file](material))
    numbers, largest = stated(file)
    assert found.largest <= WITHIN, found
    assert found.numbers == numbers, f"run python -m tests.golden_table: {found}"
    assert found.largest <= 2 * largest + 1e-11, f"run python -m tests.golden_table: {found}"


def main() -> None:
    """Writes the table into docs/METHODS.md."""
    shared = Path(os.environ.get("REFERENCE_MATERIAL", ROOT / ".." / "shared")).resolve()
    with tempfile.TemporaryDirectory() as folder:
        found = table(Material(shared, Path(folder)))
    text = METHODS.read_text(encoding="utf-8")
    head, _, rest = text.partition(START)
    METHODS.write_text(f"{head}{START}\n\n{found}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
