"""Where R's numbers lie, and the surveys that ours are made from: the examples, changed as R's scripts say."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from analytics.estimates.views.choose import dimension_of
from analytics.estimates.views.weigh import weigh_profiles
from analytics.model import Wanted
from analytics.model.request import Request
from analytics.store.follow.survey_copy import read_cells
from analytics.store.tables.surveys import read_survey
from tests.conftest import ROOT
from tests.surveys import command, opened, reference_rows


@dataclass(frozen=True)
class Material:
    """Where the reference material lies, and where the databases made from it go."""

    shared: Path
    folder: Path

    def reference(self, name: str) -> list[dict[str, str]]:
        """Returns the rows of a file of R's, of the reference material or else of this folder's own."""
        path = self.shared / "reference" / name
        return reference_rows(path if path.exists() else ROOT / "tests/reference" / name)

    def summary(self, name: str) -> dict[str, Any]:
        return json.loads((self.shared / "reference" / name).read_text(encoding="utf-8"))

    def database(self, survey: str) -> Path:
        """Returns the database of that survey, imported when first asked for."""
        path = self.folder / f"{survey}.sqlite"
        if not path.exists():
            _, responses, definition = SURVEYS[survey]
            (self.folder / f"{survey}.toml").write_text(definition(self), encoding="utf-8")
            result = command("import", responses(self), "--definition", self.folder / f"{survey}.toml", "--db", path)
            assert result.exit_code == 0, result.output
        return path

    def key(self, survey: str) -> str:
        return SURVEYS[survey][0]

    def report(self, survey: str) -> dict[str, Any]:
        """Returns what `weights` prints of the survey."""
        result = command("weights", self.key(survey), "--db", self.database(survey), "--format", "json")
        assert result.exit_code == 0, result.output
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    def labels(self, survey: str, dimension: str) -> dict[str, str]:
        with opened(self.database(survey)) as store:
            asked = read_survey(store, self.key(survey))
        return {level.value: level.label for level in dimension_of(asked, dimension).levels}

    def weights_by_profile(self, survey: str, dimensions: tuple[str, ...]) -> dict[tuple[str, ...], float]:
        """Returns the weight of each profile, by the values and the labels of its levels."""
        with opened(self.database(survey)) as store:
            asked = read_survey(store, self.key(survey))
            cells = read_cells(store, asked.key, Wanted(asked.questions[0].key))
        factor = weigh_profiles(asked, cells, Request(), "raked").factor
        names = [[{level.value, level.label} for level in dimension_of(asked, key).levels] for key in dimensions]
        return {
            profile: float(weight)
            for codes, weight in zip(cells.profiles[list(dimensions)].to_numpy().tolist(), factor, strict=True)
            if weight > 0
            for profile in product(*(named[code] for named, code in zip(names, codes, strict=True)))
        }


def example(name: str) -> Callable[[Material], str]:
    return lambda _: (ROOT / f"data/examples/{name}.toml").read_text(encoding="utf-8")


def responses(name: str) -> Callable[[Material], Path]:
    return lambda material: material.shared / "data/respondents" / name


def without_targets(text: str, *dimensions: str) -> str:
    """Returns a definition without the targets of those dimensions."""
    head, *targets = re.split(r"(?m)^(?=\[\[target\]\])", text)
    return head + "".join(target for target in targets if not any(f'"{name}"' in target for name in dimensions))


def two_margins(material: Material) -> str:
    """Returns the definition of Chile with the targets of sex and age alone."""
    return without_targets(example("chile-1988")(material), "region", "education")


def complete_rows(material: Material) -> Path:
    """Returns a file of those who have all four dimensions known, which is what R's file of two targets rests on."""
    return chosen_rows(material, "complete", lambda row: row["education"] != "" and row["age"] != "")


def answered_rows(material: Material) -> Path:
    return chosen_rows(material, "answered", lambda row: row["vote"] != "")


def chosen_rows(
    material: Material,
    name: str,
    keep: Callable[[dict[str, str]], bool],
    more: Callable[[dict[str, str]], dict[str, str]] = lambda _: {},
) -> Path:
    """Returns a file of the rows of Chile that are to be kept, with more columns."""
    found = [row | more(row) for row in reference_rows(CHILE(material)) if keep(row)]
    path = material.folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, found[0].keys())
        writer.writeheader()
        writer.writerows(found)
    return path


def weighted_rows(material: Material) -> Path:
    """Returns a file of everybody with base weights of 0.6, 1 and 1.7 in turn."""
    weights = ("0.6", "1", "1.7")
    return chosen_rows(material, "weighted", bool, lambda row: {"base": weights[int(row["respondent"]) % 3]})


def with_base(definition: Callable[[Material], str]) -> Callable[[Material], str]:
    return lambda material: definition(material).replace("[columns]", '[columns]\nweight = "base"')


def trimmed(bounds: str) -> Callable[[Material], str]:
    return lambda material: example("chile-1988")(material).replace('method = "rake"', f"trim = [{bounds}]")


def crossed(material: Material) -> str:
    """Returns the definition of Chile post-stratified to sex by age, as in R's file of the population."""
    cells = material.reference("chile_poststrat_population.csv")
    total = sum(int(cell["Freq"]) for cell in cells)
    shares = ", ".join(f'["{cell["sex"]}", "{cell["age_band"]}", {int(cell["Freq"]) / total!r}]' for cell in cells)
    text = without_targets(example("chile-1988")(material), "sex", "age", "region", "education")
    target = f'[[target]]\ndimension = ["sex", "age"]\nsource = "invented"\nyear = 1988\nshares = [{shares}]\n'
    return text.replace('"rake"', '"poststratify"') + target


def chosen_waves(keep: Callable[[dict[str, str]], bool]) -> Callable[[Material], Path]:
    """Returns how to come by a file of the rows of the waves of Chronicles that are to be kept."""

    def path(material: Material) -> Path:
        found = [row for row in reference_rows(WAVES(material)) if keep(row)]
        return written_rows(material, f"waves {len(found)}", found)

    return path


def written_rows(material: Material, name: str, found: list[dict[str, str]]) -> Path:
    path = material.folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, found[0].keys())
        writer.writeheader()
        writer.writerows(found)
    return path


def edges(counts: dict[str, tuple[int, int]]) -> Callable[[Material], Path]:
    """Returns how to come by a file with so many "Yes" of so many rows in each group."""

    def path(material: Material) -> Path:
        found = [
            {"g": group, "y": "Yes" if at < yes else "No"} for group, (yes, n) in counts.items() for at in range(n)
        ]
        return written_rows(material, f"edges {len(found)}", found)

    return path


def wave_definition(_: Material) -> str:
    return (
        '[survey]\nkey = "waves"\ntitle = "Waves"\ntime_zone = "Europe/Moscow"\n'
        '[columns]\nresponse = "respondent_id"\nweight = "weight"\nwave = "wave"\n'
        '[[question]]\nkey = "ceasefire"\ncolumn = "support_withdrawal_ceasefire"\nkind = "single"\n'
        'text = "Would you support a withdrawal and ceasefire talks?"\n'
        'choices = ["Support", "Not support", "Difficult to answer", "Refused"]\n'
        '[[dimension]]\nkey = "wording"\ncolumn = "ceasefire_wording"\n'
    )


def edge_definition(_: Material) -> str:
    return (
        '[survey]\nkey = "edge"\ntitle = "The smallest samples"\ntime_zone = "UTC"\n'
        '[[question]]\nkey = "y"\ntext = "Yes or no?"\nkind = "single"\nchoices = ["Yes", "No"]\n'
        '[[dimension]]\nkey = "g"\n'
    )


def school_definition(target: str = "", method: str = "rake", weight: str = "") -> Callable[[Material], str]:
    """Returns how to come by a definition of the schools of the survey package's examples."""

    def text(material: Material) -> str:
        name = "survey_apisrs.csv" if not weight else "survey_apiclus1.csv"
        scores = sorted({int(row["api00"]) for row in reference_rows(responses(name)(material))})
        choices = ", ".join(f'{{value = "{score}", score = {score}}}' for score in scores)
        return (
            '[survey]\nkey = "schools"\ntitle = "Schools"\ntime_zone = "UTC"\n'
            f'[columns]\nresponse = "cds"\n{weight}\n'
            '[[question]]\nkey = "api00"\ntext = "Index?"\nkind = "scale"\n'
            f"choices = [{choices}]\n"
            '[[dimension]]\nkey = "stype"\n[[dimension]]\nkey = "schwide"\ncolumn = "sch.wide"\n'
            f'[weighting]\nmethod = "{method}"\ntolerance = 1e-14\n{target}'
        )

    return text


STYPE = (
    '[[target]]\ndimension = "stype"\nsource = "California"\nyear = 2000\n'
    f"shares = {{E = {4421 / 6194!r}, H = {755 / 6194!r}, M = {1018 / 6194!r}}}\n"
)
SCHOOL_WIDE = (
    '[[target]]\ndimension = "schwide"\nsource = "California"\nyear = 2000\n'
    f"shares = {{No = {1072 / 6194!r}, Yes = {5122 / 6194!r}}}\n"
)
WAVES = responses("chronicles_waves09-13_ceasefire.csv")
SCHOOLS, CLUSTERS = responses("survey_apisrs.csv"), responses("survey_apiclus1.csv")
ZERO_HUNDRED = {"zero": (0, 20), "all": (20, 20), "single": (1, 1), "pair": (1, 2)}
EXACT = {f"{x} of {n}": (x, n) for x, n in ((0, 20), (20, 20), (1, 2), (1, 1), (0, 1), (8, 10))}
CHILE = responses("cardata_chile_1988.csv")
COMMA = responses("538_comma_survey.csv")
MASCULINITY = responses("538_masculinity_2018_raw_responses.csv")
CHRONICLES = responses("chronicles_w09_2023-02_timestamped.csv")
ECOMMERCE = responses("mit_ecommerce_data_opinion_2022.csv")
SURVEYS: dict[str, tuple[str, Callable[[Material], Path], Callable[[Material], str]]] = {
    "chile": ("chile-1988", CHILE, example("chile-1988")),
    "chile answered": ("chile-1988", answered_rows, example("chile-1988")),
    "chile 2 margins": ("chile-1988", complete_rows, two_margins),
    "chile 0.5_2.0": ("chile-1988", CHILE, trimmed("0.5, 2")),
    "chile 0.7_1.4": ("chile-1988", CHILE, trimmed("0.7, 1.4")),
    "chile post-stratified": ("chile-1988", CHILE, crossed),
    "chile base rake": ("chile-1988", weighted_rows, with_base(example("chile-1988"))),
    "chile base poststratify": ("chile-1988", weighted_rows, with_base(crossed)),
    "chile complete": ("chile-1988", complete_rows, example("chile-1988")),
    "waves": (
        "waves",
        chosen_waves(lambda row: row["ceasefire_wording"] == "without achieving goals"),
        wave_definition,
    ),
    "wave 13": ("waves", chosen_waves(lambda row: row["wave"] == "13"), wave_definition),
    "edges": ("edge", edges(ZERO_HUNDRED), edge_definition),
    "exact": ("edge", edges(EXACT), edge_definition),
    "schools": ("schools", SCHOOLS, school_definition()),
    "schools raked": ("schools", CLUSTERS, school_definition(STYPE + SCHOOL_WIDE, weight='weight = "pw"')),
    "schools poststratified": ("schools", CLUSTERS, school_definition(STYPE, "poststratify", 'weight = "pw"')),
    "comma": ("comma", COMMA, example("comma")),
    "comma raked": ("comma-raked", COMMA, example("comma-raked")),
    "ecommerce": ("ecommerce-2022", ECOMMERCE, example("ecommerce-2022")),
    "masculinity": ("masculinity-2018", MASCULINITY, example("masculinity-2018")),
    "chronicles": ("chronicles-w09", CHRONICLES, example("chronicles-w09")),
}
"""By name: the survey's key, its responses and its definition."""
