"""How the answers were weighted, in sentences: who was weighted to what, what it cost, and what to mind."""

from __future__ import annotations

from analytics.estimates.trust.weighting import LEAST_EFFICIENCY, WeightingReport
from analytics.language.notation import Notation
from analytics.language.numbers import count_words, decimal_words, percent, shortest_words
from analytics.language.said import noted, spoken, spoken_of
from analytics.language.text import plain_text
from analytics.model import Survey, Target
from analytics.words.names import crossed_label

KEPT = {
    False: noted(" (kept between {low} and {high} times the mean)"),
    True: noted(" (kept between {low} and {high} times the base weight)"),
}
"""Between what weights are kept, and by whether they start from those of the file."""


def report_sentences(report: WeightingReport, style: Notation) -> list[str]:
    """The report in words: who was weighted to what, what it cost, and what to mind."""
    found = [_who(report, style), *_rescaled(report, style), _cost(report, style), _missed(report, style)]
    return [sentence for sentence in [*found, warning_words(report, style)] if sentence]


def unweighted_words(readers: int, in_numbers: int | None, in_shares: int | None = None) -> str:
    """How many of the readers listed one by one are in no weighted number; empty where all are.

    Args:
        in_shares: of how many the shares of the question beside them are, which some of the others skipped.

    Example:
        >>> unweighted_words(971, 949)
        '22 of these readers have no known weight and are in no weighted number.'
        >>> unweighted_words(971, 949, 940)[72:]
        '9 more did not answer the question, so its shares are of 940.'
    """
    left = 0 if in_numbers is None else readers - in_numbers
    told = []
    if left > 0:
        told.append(spoken_of(
            left,
            "{count} of these readers has no known weight and is in no weighted number.",
            "{count} of these readers have no known weight and are in no weighted number.",
        ))  # fmt: skip
    skipped = 0 if in_shares is None else (readers - left if left > 0 else readers) - in_shares
    if skipped > 0 and left > 0:
        more = noted("{count} more did not answer the question, so its shares are of {base}.")
        told.append(spoken(more, count=skipped, base=in_shares or 0))
    return " ".join(told)


def warning_words(report: WeightingReport, style: Notation) -> str:
    """That weighting costs much, and what could be done about it; empty where it does not."""
    if not report.costly:
        return ""
    told = {
        "people": _people(report.respondents, style), "worth": count_words(report.effective_n, style),
        "least": percent(LEAST_EFFICIENCY, style), "largest": decimal_words(report.largest, 1, style),
    }  # fmt: skip
    raked = noted(
        "Mind: weighting costs so much here that {people} are worth {worth} unweighted ones, less than {least}. A few "
        "people stand for many: one counts {largest} times the mean. Look at the groups whose share moved most; merge "
        "small levels, drop a target, or trim."
    )
    other = noted(
        "Mind: weighting costs so much here that {people} are worth {worth} unweighted ones, less than {least}. A few "
        "people stand for many: one counts {largest} times the mean. Look at the groups whose share moved most."
    )
    return spoken(raked if report.weights == "raked" else other, **told)


def _rescaled(report: WeightingReport, style: Notation) -> list[str]:
    """That the shares of a target did not sum to 1 as they were written, for each of which that is so."""
    if report.weights != "raked":
        return []
    return [
        spoken(
            "The shares for {target} sum to {sum}{percent} in the definition and were rescaled to 100{percent}.",
            target=_label(report.survey, target), sum=shortest_words(100 * target.rescaled_from, style),
            percent=style.percent,
        )
        for target in report.survey.targets
        if target.rescaled_from is not None
    ]  # fmt: skip


def _who(report: WeightingReport, style: Notation) -> str:
    people = _people(report.respondents, style)
    if report.weights == "none":
        return spoken("Not weighted: each of {people} counts once.", people=people)
    if report.weights == "base":
        return spoken("{people} are weighted by the weights that came with their answers.", people=people)
    raked = report.survey.weighting.method == "rake"
    left = (
        spoken("{count} are left out because one of these is not known", count=count_words(report.left_out, style))
        if report.left_out
        else spoken("none is left out")
    )
    own = spoken(", starting from the weights that came with their answers") if _uses_base(report) else ""
    told = {
        "people": people, "targets": _targets(report.survey), "left": left, "start": own,
        "wave": spoken(", each wave by itself") if report.survey.weighting.per == "wave" else "",
    }  # fmt: skip
    fitted = noted("{people} are raked to {targets}{start}{wave}; {left}.")
    laid = noted("{people} are post-stratified to {targets}{start}{wave}; {left}.")
    return spoken(fitted if raked else laid, **told)


def _people(number: int, style: Notation) -> str:
    return spoken("{count} respondents", count=count_words(number, style))


def _targets(survey: Survey) -> str:
    """The targets with source and year, those of one source together."""
    by_source: dict[tuple[str, int], list[str]] = {}
    for target in survey.targets:
        by_source.setdefault((target.source, target.year), []).append(_label(survey, target))
    return "; ".join(f"{', '.join(labels)} ({source}, {year})" for (source, year), labels in by_source.items())


def _label(survey: Survey, target: Target) -> str:
    return crossed_label(survey, target.dimensions)


def _cost(report: WeightingReport, style: Notation) -> str:
    if report.weights == "none":
        return ""
    kept = ""
    if report.trim:
        low, high = (shortest_words(end, style) for end in report.trim)
        kept = spoken(KEPT[_uses_base(report)], low=low, high=high)
    told = {
        "low": decimal_words(report.smallest, 2, style), "high": decimal_words(report.largest, 2, style), "kept": kept,
        "worth": count_words(report.effective_n, style), "deff": decimal_words(report.deff, 2, style),
        "efficiency": percent(report.efficiency, style),
    }  # fmt: skip
    return spoken(
        "Weights run from {low} to {high}, 1 being the mean{kept}. The respondents are worth {worth} unweighted ones: "
        "efficiency {efficiency}, design effect {deff}.",
        **told,
    )


def _uses_base(report: WeightingReport) -> bool:
    return report.survey.columns.weight is not None


def _missed(report: WeightingReport, style: Notation) -> str:
    gaps = report.table["gap"].abs()
    if report.weights != "raked" or not (gaps > report.survey.weighting.tolerance).any():
        return ""
    worst = report.table.iloc[int(gaps.round(9).argmax())]  # the first of equals, whatever the dust
    ends = {name: f"{decimal_words(100 * worst[name], 1, style)}{style.percent}" for name in ("after", "target")}
    return spoken(
        "Trimmed weights miss their targets: '{level}' of {dimension} comes to {after} instead of {target}, the "
        "largest gap.",
        level=plain_text(str(worst["level"])), dimension=plain_text(str(worst["dimension"])), **ends,
    )  # fmt: skip
