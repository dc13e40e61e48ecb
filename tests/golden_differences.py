"""Comparisons, changes, time and the smallest groups: our numbers with R's, for the table of docs/METHODS.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt
from typing import Any

import numpy as np
from scipy.special import ndtr, stdtrit

from analytics.statistics.comparisons import two_sided
from tests.golden_material import Material
from tests.golden_pairs import Compare, Pair, estimates, pairs_of
from tests.surveys import rows

TABLE_TESTS = {"F": "f", "Chisq": "chisq", "Wald": "wald", "adjWald": "adjwald"}
CHILE_KEYS = {"sex": "sex", "education": "education", "region": "region", "age_band": "age"}
KINDS = {
    "weighted": ("chile", ("--weights", "raked", "--variance", "fixed")),
    "unweighted": ("chile complete", ("--weights", "none")),
}
CORRECTIONS = {"holm": "p_holm_z", "bonferroni": "p_bonferroni_z", "bh": "p_BH_z"}
WEEKS = {
    "1: 10-13 May": ("2018-05-10", "2018-05-14"),
    "2: 14-18 May": ("2018-05-14", "2018-05-19"),
    "3: 19-22 May": ("2018-05-19", "2018-05-23"),
}
API_SHARE = 200 / 6194
"""R's sample of schools is corrected for being a part of all of them; ours never is."""


def tested(material: Material, survey: str, question: str, by: str, *options: str) -> list[dict[str, Any]]:
    return rows("tests", material.key(survey), question, "--by", by, "--db", material.database(survey), *options)


def table_pairs(place: str, ours: dict[str, Any], theirs: Mapping[str, Any]) -> Iterator[Pair]:
    """Yields statistic, degrees of freedom and p value of the test of a table, as R's `htest` has them."""
    wanted = theirs["parameter"] if isinstance(theirs["parameter"], list) else [theirs["parameter"]]
    yield f"{place} statistic", ours["test_value"], theirs["statistic"]
    yield f"{place} p", ours["p_value"], theirs["p_value"]
    for name, df in zip(("df", "df_below"), wanted, strict=False):
        yield f"{place} {name}", ours[name], df


def table_test(material: Material, survey: str, question: str, by: str, theirs: Any, *options: str) -> Iterator[Pair]:
    (ours,) = tested(material, survey, question, by, "--compare", "table", *options)
    yield from table_pairs(f"{question} by {by}", ours, theirs)


def t_pairs(place: str, ours: dict[str, Any], theirs: Mapping[str, Any]) -> Iterator[Pair]:
    """Yields difference, t, p and limits of R's `svyttest`, which has one degree of freedom less than our pairs."""
    df = ours["df"] - 1
    yield f"{place} df", df, theirs["df"]
    yield f"{place} difference", ours["difference"], theirs["difference"]
    yield f"{place} t", ours["test_value"], theirs["t"]
    yield f"{place} p", float(two_sided(np.array(ours["test_value"]), df)), theirs["p_value"]
    half = float(stdtrit(df, 0.975)) * ours["se"]
    ends = (ours["difference"] - half, ours["difference"] + half)
    for limit, end in zip(theirs.get("ci", []), ends, strict=False):
        yield f"{place} limit", end, limit


def both_ways(found: list[dict[str, Any]], key: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Returns each pair of groups, seen from either side."""
    pairs = {}
    for row in found:
        turned = {"difference": -row["difference"], "test_value": -row["test_value"], "low": -row["high"],
                  "high": -row["low"], "value": row["against_value"], "against_value": row["value"]}  # fmt: skip
        pairs[row[key], row["against"]] = row
        pairs[row["against"], row[key]] = row | turned
    return pairs


def chile_tests(material: Material) -> Iterator[Pair]:
    for kind, (survey, options) in KINDS.items():
        found = material.summary("chile_tests.json")[kind]
        for by, theirs in found["crosstabs"].items():
            yield from chile_table(material, survey, options, CHILE_KEYS[by], by, theirs)
        pairs = both_ways(
            tested(material, survey, "vote", "sex", *options, "--compare", "pairs", "--choice", "Y"), "sex"
        )
        yield from t_pairs(kind, pairs["M", "F"], found["svyttest_yes_by_sex"])


def chile_table(
    material: Material, survey: str, options: tuple[str, ...], key: str, by: str, theirs: dict[str, Any]
) -> Iterator[Pair]:
    for test, name in TABLE_TESTS.items():
        more = (*options, "--table-test", name)
        yield from table_test(material, survey, "vote", key, theirs["tests"][test], *more)
    ours = estimates(material, survey, "vote", key, *options)
    for row in theirs["table_weighted"]:
        cell = ours[row[by], row["vote"]]
        yield f"{row[by]} {row['vote']}", cell["share"] * cell["weighted_base"], row["Freq"]
    if survey == "chile complete":
        (plain,) = tested(material, survey, "vote", key, *options, "--compare", "table", "--table-test", "chisq")
        yield f"{key} Pearson", plain["test_value"], theirs["pearson_unweighted"]["statistic"]


def chile_pairs(material: Material) -> Iterator[Pair]:
    same = {"value": "p_a", "against_value": "p_b", "difference": "difference", "se": "se", "test_value": "z",
            "p_value": "p_value_z", "df": "df", "low": "ci_lo_z", "high": "ci_hi_z"}  # fmt: skip
    for kind, (survey, options) in KINDS.items():
        for correction, corrected in CORRECTIONS.items():
            for by in ("age_band", "education", "region"):
                more = (*options, "--compare", "pairs", "--choice", "Y", "--correction", correction)
                pairs = both_ways(tested(material, survey, "vote", CHILE_KEYS[by], *more), CHILE_KEYS[by])
                for theirs in material.reference("chile_pairwise_yes.csv"):
                    if (theirs["weights"], theirs["by"]) == (kind, by):
                        ours, place = pairs[theirs["a"], theirs["b"]], f"{kind} {theirs['a']} {theirs['b']}"
                        yield f"{place} {correction}", ours["p_adjusted"], float(theirs[corrected])
                        for name, column in same.items() if correction == "holm" else ():
                            yield f"{place} {name}", ours[name], float(theirs[column])


def wave_trend(material: Material) -> Iterator[Pair]:
    ours = estimates(material, "waves", "ceasefire", "wave")
    for theirs in material.reference("chronicles_waves09-13_ceasefire_trend.csv"):
        scale = float(theirs["n"]) / float(theirs["sum_w"])
        yield from pairs_of(f"wave {theirs['wave']}", ours[theirs["wave"], theirs["level"]], theirs, scale)


def wave_changes(material: Material) -> Iterator[Pair]:
    found = rows(
        "change", "waves", "ceasefire", "--every", "wave", "--min-base", "1", "--db", material.database("waves")
    )  # fmt: skip
    steps = {(row["choice"], row["against"], row["period"]): row for row in found}
    same = {
        "difference": "change",
        "se": "se",
        "test_value": "z",
        "p_value": "p_value",
        "low": "ci_lo",
        "high": "ci_hi",
    }
    for theirs in material.reference("chronicles_waves09-13_changes.csv"):
        ours = steps[theirs["level"], theirs["from_wave"], theirs["to_wave"]]
        for name, column in same.items():
            yield f"{theirs['level']} {theirs['to_wave']} {name}", ours[name], float(theirs[column])


def rolling(material: Material) -> Iterator[Pair]:
    windows = {"3 days to date": "3", "cumulative": "7"}
    for window, days in windows.items():
        ours = estimates(material, "chronicles", "support_withdrawal_ceasefire", "day", "--window", days)
        for theirs in material.reference("chronicles_w09_rolling.csv"):
            if theirs["window"] == window:
                place = f"{theirs['day']} {window}"
                yield from pairs_of(place, ours[theirs["day"], theirs["level"]], theirs, 1600 / 1599.69692619117)


def chronicles_summary(material: Material) -> Iterator[Pair]:
    found = material.summary("chronicles_summary.json")
    question = "support_withdrawal_ceasefire"
    for by, name in (("age_group", "raoscott_ceasefire_by_age"), ("sex", "raoscott_ceasefire_by_sex")):
        yield from table_test(material, "chronicles", question, by, found[name])
    split = found["split_ballot_wave13"]
    ours = tested(material, "wave 13", "ceasefire", "wording", "--choice", "Support")
    yield from table_pairs("wordings", ours[0], split["raoscott"])
    pairs = both_ways([row for row in ours if row["comparison"] == "pair"], "wording")
    difference = split["difference_without_goals_minus_no_mention"]
    pair = pairs["without achieving goals", "no mention of goals"]
    yield from t_pairs("wordings", pair, split | {"difference": difference})
    yield from base_weights(material, "chronicles", found["weight_stats"])
    published = found["published_report_pct"]
    shown = estimates(material, "chronicles", question, "")
    for level, column in (("Support", "ceasefire_support"), ("Not support", "ceasefire_not")):
        yield f"published {level}", float(round(100 * shown["", level]["share"])), float(published[column])


def base_weights(material: Material, survey: str, theirs: Mapping[str, float]) -> Iterator[Pair]:
    """Yields what the report says of weights that came with the answers."""
    report = material.report(survey)
    yield "respondents", report["respondents"], theirs["n"]
    yield "smallest", report["smallest"], theirs["min"] / theirs["mean"]
    yield "largest", report["largest"], theirs["max"] / theirs["mean"]
    yield "deff", report["deff"], theirs["kish_deff"]
    yield "effective_n", report["effective_n"], theirs["n_eff"]
    yield "efficiency", report["efficiency"], theirs["weighting_efficiency_pct"] / 100


def masculinity_weeks(material: Material) -> Iterator[Pair]:
    reference = material.reference("masculinity_by_period.csv")
    for week, (since, until) in WEEKS.items():
        ours = estimates(material, "masculinity", "q0001", "", "--since", since, "--until", until)
        for theirs in (row for row in reference if row["group"] == week):
            yield from pairs_of(f"{week} {theirs['level']}", ours["", theirs["level"]], theirs, 1615 / 1614.999999992)


def masculinity_published(material: Material) -> Iterator[Pair]:
    for theirs, ours in published_cells(material):
        yield f"{theirs['question']} {theirs['group']} {theirs['answer']}", ours, float(theirs["computed_pct"])


def published_cells(material: Material) -> Iterator[tuple[dict[str, str], float]]:
    """Yields the published cells with our own percentage of each."""
    views: dict[tuple[str, str], Any] = {}
    for theirs in material.reference("masculinity_published_comparison.csv"):
        view = (theirs["question"], theirs["by"])
        if view not in views:
            views[view] = estimates(material, "masculinity", *view)
        yield theirs, 100 * views[view][theirs["group"], theirs["answer"]]["share"]


def masculinity_summary(material: Material) -> Iterator[Pair]:
    found = material.summary("masculinity_summary.json")
    yield from base_weights(material, "masculinity", found["weight_stats"])
    gaps = [abs(ours - float(theirs["published_pct"])) for theirs, ours in published_cells(material)]
    yield "published cells", float(len(gaps)), float(found["cells_compared"])
    yield "within half a point", float(sum(gap <= 0.5 for gap in gaps)), float(found["cells_within_half_point"])
    yield "largest gap", max(gaps), found["max_abs_diff"]


def month_changes(material: Material) -> Iterator[Pair]:
    """Yields R's changes from one month with answers to the next; `change` itself hides those on a base of three."""
    ours = estimates(material, "ecommerce", "research", "month", "--variance", "fixed")
    months = [month for month, choice in ours if choice == "Yes" and ours[month, choice]["base_n"]]
    before = dict(zip(months[1:], months[:-1], strict=True))
    options = ("--every", "month", "--choice", "Yes", "--variance", "fixed", "--db", material.database("ecommerce"))
    printed = {row["period"]: row for row in rows("change", "ecommerce-2022", "research", *options)}
    for theirs in material.reference("ecommerce_research_yes_month_changes.csv"):
        month = theirs["month"]
        one, other = ours[month, "Yes"], ours[before[month], "Yes"]
        change, se = one["share"] - other["share"], sqrt(one["se"] ** 2 + other["se"] ** 2)
        found = {"change": change, "se": se, "z": change / se, "p_value": 2 * float(ndtr(-abs(change / se)))}
        row = printed[month]
        if not row["suppressed"]:
            found |= {"change": row["difference"], "se": row["se"], "z": row["test_value"], "p_value": row["p_value"]}
        for name, number in found.items():
            yield f"{month} {name}", number, float(theirs[name])


def zero_hundred(material: Material) -> Iterator[Pair]:
    ours = estimates(material, "edges", "y", "g", "--weights", "none")
    for theirs in material.reference("edge_cases_zero_hundred.csv"):
        yield from pairs_of(theirs["group"], ours[theirs["group"], "Yes"], theirs, 1.0)


def exact_intervals(material: Material) -> Iterator[Pair]:
    """Yields R's exact intervals where all agree, which is where ours are, and its Wilson intervals everywhere."""
    ours = estimates(material, "exact", "y", "g", "--weights", "none")
    for theirs in material.reference("edge_cases_exact_intervals.csv"):
        cell = ours[f"{theirs['x']} of {theirs['n']}", "Yes"]
        alike = theirs["x"] in ("0", theirs["n"])
        for interval, name in (("logit", "clopper_pearson"), ("beta", "clopper_pearson"), ("wilson", "wilson")):
            for end, limit in (("low", "lo"), ("high", "hi")) if alike or interval == "wilson" else ():
                yield f"{theirs['x']} of {theirs['n']}", cell[f"{interval} {end}"], float(theirs[f"{name}_{limit}"])


def poststratified_population(material: Material) -> Iterator[Pair]:
    cells = material.reference("chile_poststrat_population.csv")
    total = sum(int(cell["Freq"]) for cell in cells)
    reached = {row["level"]: row["after"] for row in material.report("chile post-stratified")["levels"]}
    for cell in cells:
        yield (
            f"{cell['sex']} {cell['age_band']}",
            total * reached[f"{cell['sex']} x {cell['age_band']}"],
            float(cell["Freq"]),
        )


def schools(material: Material) -> Iterator[Pair]:
    theirs = material.summary("api_reference.json")["apisrs"]["mean_api00"]
    (mean,) = [row for row in rows("topline", "schools", "api00", "--db", material.database("schools"))
               if row["statistic"] == "mean"]  # fmt: skip
    yield "mean", mean["value"], theirs["estimate"]["api00"]
    yield "se", mean["se"] * sqrt(1 - API_SHARE), theirs["se"]["api00"]


def school_weights(material: Material) -> Iterator[Pair]:
    """Yields the weights of a raking and a post-stratification from base weights, which know nothing of clusters."""
    for name, keys in (("raked", ("stype", "schwide")), ("poststratified", ("stype",))):
        factor = material.weights_by_profile(f"schools {name}", keys)
        for row in material.reference("apiclus1_weights.csv"):
            profile = tuple({"stype": row["stype"], "schwide": row["sch.wide"]}[key] for key in keys)
            yield f"{name} {profile}", factor[profile] * float(row["pw"]) * 6194 / 183, float(row[name])


DIFFERENCES: dict[str, Compare] = {
    "chile_tests.json": chile_tests,
    "chile_pairwise_yes.csv": chile_pairs,
    "chile_poststrat_population.csv": poststratified_population,
    "chronicles_waves09-13_ceasefire_trend.csv": wave_trend,
    "chronicles_waves09-13_changes.csv": wave_changes,
    "chronicles_w09_rolling.csv": rolling,
    "chronicles_summary.json": chronicles_summary,
    "masculinity_by_period.csv": masculinity_weeks,
    "masculinity_published_comparison.csv": masculinity_published,
    "masculinity_summary.json": masculinity_summary,
    "ecommerce_research_yes_month_changes.csv": month_changes,
    "edge_cases_zero_hundred.csv": zero_hundred,
    "edge_cases_exact_intervals.csv": exact_intervals,
    "api_reference.json": schools,
    "apiclus1_weights.csv": school_weights,
}
