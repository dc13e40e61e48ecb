"""Pairs of numbers, ours and R's: how they come about and how far they agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from tests.golden_material import Material
from tests.surveys import rows

LIMITS = {"logit": "logit", "beta": "beta", "wilson": "wilson_kish"}

Pair = tuple[str, float, float]
"""What is compared, our number, R's."""

Compare = Callable[[Material], Iterator[Pair]]


@dataclass(frozen=True)
class Agreement:
    """How many numbers of a file were compared, the largest relative difference, and where it is."""

    numbers: int
    largest: float
    place: str


def agreement(pairs: Iterator[Pair]) -> Agreement:
    """Returns how far the pairs agree; a number that is 0 but for dust is compared as it stands."""
    found = list(pairs)
    gaps = [abs(ours - theirs) / (abs(theirs) if abs(theirs) > 1e-9 else 1.0) for _, ours, theirs in found]
    worst = int(np.argmax(gaps))
    return Agreement(len(found), gaps[worst], "{}: {!r} and {!r}".format(*found[worst]))


def estimates(material: Material, survey: str, question: str, by: str, *options: str) -> dict[tuple[str, str], Any]:
    """Returns each share by group ("" for the topline) and choice, its limits as in "wilson low".

    Groups and choices stand under their values and, so that R's files may call them otherwise, their labels; `by` may
    be the length of a period.
    """
    database, key, periods = material.database(survey), material.key(survey), by in ("day", "month", "wave")
    view = ("topline", key, question) if not by else ("crosstab", key, question, "--by", by)
    view = ("trend", key, question, "--every", by) if periods else view
    labels = {} if periods or not by else material.labels(survey, by)
    found: dict[tuple[str, str], Any] = {}
    for interval in LIMITS:
        for row in rows(*view, "--db", database, "--min-base", "1", "--interval", interval, *options):
            group = "" if not by else row["period" if periods else by]
            limits = {f"{interval} low": row["low"], f"{interval} high": row["high"]}
            if row["statistic"] == "share":
                for name in product({group, labels.get(group, group)}, {row["choice"], row["choice_label"]}):
                    found[name] = row | found.get(name, {}) | limits
    return found


def has_limits(theirs: Mapping[str, str], interval: str) -> bool:
    """Returns whether R has such an interval: none at 0 % and 100 %, nor where its fit on the logit scale failed.

    Failed ones do not hold their own share: both limits are 0, or the upper one is left out.
    """
    low, high = (theirs.get(f"{interval}_{end}", "") for end in ("lo", "hi"))
    blank = {low, high} & {"", "NA"}
    return not blank and float(low) <= float(theirs["p"]) + 1e-12 and float(theirs["p"]) <= float(high) + 1e-12


def pairs_of(place: str, ours: Mapping[str, Any], theirs: Mapping[str, str], scale: float) -> Iterator[Pair]:
    """Yields every number of one row of R's `common.R` that has a counterpart here.

    Args:
        scale: what brings R's weights to a mean of 1 over all respondents.
    """
    effective_n = float(theirs["n_eff_kish"])
    numbers = [
        ("n", ours["base_n"], float(theirs["n"])),
        ("n_level", ours["count"], float(theirs["n_level"])),
        ("df", ours["base_n"] - 1, float(theirs["df"])),
        ("p", ours["share"], float(theirs["p"])),
        ("se", ours["se"], float(theirs["se"])),
        ("sum_w", ours["weighted_base"], scale * float(theirs["sum_w"])),
        ("sum_w_level", ours["share"] * ours["weighted_base"], scale * float(theirs["sum_w_level"])),
        ("n_eff_kish", ours["effective_n"], effective_n),
        ("deff", ours["deff"], float(theirs["n"]) / effective_n),
    ]
    for interval, name in LIMITS.items():
        low, high = (theirs.get(f"{name}_{end}", "") for end in ("lo", "hi"))
        if has_limits(theirs, name):
            numbers.append((f"{name}_lo", ours[f"{interval} low"], float(low)))
            numbers.append((f"{name}_hi", ours[f"{interval} high"], float(high)))
    for name, one, other in numbers:
        yield f"{place}, {name}", one, other
