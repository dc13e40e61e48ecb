"""The items of the disclosure that tell how many answered, how sure the numbers are and what was done to them."""

from __future__ import annotations

from analytics.model import Question, Survey, Target
from analytics.views.disclosure_words import (
    filter_words,
    joined,
    key_label,
    listed,
    number_of,
    people,
    quoted,
    sentence,
)
from analytics.views.view import View

INTERVALS = {
    "logit": "on the logit scale",
    "wilson": "by Wilson's method on the effective base",
    "beta": "by the method of Korn and Graubard",
}


def sizes(view: View) -> str:
    """Returns how many answered, in all and in the groups shown, and what the intervals do and do not say."""
    survey = view.survey
    noun = people(survey).removesuffix("s")
    took = "were asked this question" if view.selection.base == "all" else "answered this question"
    only = f" (only {filter_words(view)})" if view.selection.where else ""
    counted = number_of(view.status.counted, "response")
    least = number_of(view.min_base, "answer")
    return joined(
        f"{number_of(view.base_n, noun)} {took}{only}; {counted} counted in the whole survey.",
        _bases(view, "base_n", "The base of the groups and periods shown") if view.by or view.every else "",
        _bases(view, "effective_n", "The effective base after weighting") if view.weights != "none" else "",
        f"Each point takes the {view.window} periods to its date together." if view.window > 1 else "",
        f"Nothing is shown that rests on fewer than {least}.",
        "Shares are given in whole points where the base is under 1,000.",
        _precision(view),
    )


def weighting(view: View) -> str:
    """Returns how the answers were weighted, each target with its source and year, or that they were not."""
    survey = view.survey
    if view.weights == "none":
        offered = _targets(survey) if survey.targets else ""
        return joined(
            "Not weighted: every answer counts once.",
            f"Targets to weight to are in the definition: {offered}." if offered else "",
            "The file brings weights of its own." if survey.columns.weight else "",
        )
    if view.weights == "base":
        column = quoted(survey.columns.weight or "")
        return f"Weighted by the column {column} of the file; how those weights were made is not recorded."
    return joined(_fitted(survey), _what_weights_mend(survey))


def processing(view: View) -> str:
    """Returns what became of the responses on their way into the numbers, those that do not count among it."""
    status, survey = view.status, view.survey
    screened = f"{number_of(status.screened, 'response')} screened out" if status.screened else "None screened out"
    aside = number_of(status.quarantined, "row") if status.quarantined else "No row"
    return joined(
        f"{number_of(status.counted, 'response')} counted. {screened} by a rule.",
        f"{aside} set aside as not fitting the definition.",
        _duplicates(survey),
        _undated(view),
        _blanks(view),
        *(_net(view.question, net.label, net.plus, net.minus) for net in view.question.nets),
        f"State of the data: revision {view.status.revision:,}.",
    )


def _bases(view: View, column: str, what: str) -> str:
    rows = view.estimates[view.estimates["statistic"] == "share"]
    found = rows.loc[~rows["suppressed"].astype(bool), column].dropna()
    if found.empty:
        return ""
    low, high = (f"{float(end):,.0f}" for end in (found.min(), found.max()))
    return f"{what} is {low}." if low == high else f"{what} runs from {low} to {high}."


def _precision(view: View) -> str:
    how = INTERVALS[view.selection.interval]
    fitted = view.weights == "raked" and view.survey.weighting.trim is None and view.selection.variance == "calibrated"
    errors = "know that the weights were fitted to targets" if fitted else "take the weights as fixed"
    made = f"Intervals of shares are made {how}; standard errors are linearised"
    made = f"{made}." if view.weights == "none" else f"{made} and {errors}."
    if view.survey.sample == "probability":
        return f"The 95\u00a0% uncertainty intervals allow for chance in drawing the sample. {made}"
    return joined(
        "The 95\u00a0% uncertainty intervals say how far numbers could move by the luck of the draw if these readers "
        "had been drawn at random, which they were not; they say nothing about those who did not answer.",
        made,
    )


def _fitted(survey: Survey) -> str:
    method = "Raked" if survey.weighting.method == "rake" else "Post-stratified"
    column, trim = survey.columns.weight, survey.weighting.trim
    start = f", starting from the weights in the column {quoted(column)}" if column else ""
    per = ", each wave by itself" if survey.weighting.per == "wave" else ""
    of = "what they started from" if column else "their mean"
    kept = f"Weights are kept between {trim[0]:g} and {trim[1]:g} times {of}." if trim else ""
    return joined(
        f"{method} to {_targets(survey)}{start}{per}.",
        kept,
        f"{people(survey).capitalize()} of whom one of these is not known are left out.",
    )


def _targets(survey: Survey) -> str:
    return listed([_target(survey, target) for target in survey.targets])


def _target(survey: Survey, target: Target) -> str:
    label = " by ".join(key_label(survey, key) for key in target.dimensions)
    return f"{label} ({' '.join(target.source.split())}, {target.year})"


def _what_weights_mend(survey: Survey) -> str:
    if survey.sample == "probability":
        return "Weighting mends only what these dimensions explain."
    return "Weighting brings the mix of readers to these targets; it cannot make up for who chose to answer."


def _duplicates(survey: Survey) -> str:
    column = survey.columns.response
    known = f"its id (column {quoted(column)})" if column else "the contents of its row"
    once = f"A response counts once however often its file is imported; it is known by {known}."
    respondent = survey.columns.respondent
    if respondent is None:
        return f"{once} Whether one person answered several times cannot be told: no column names the respondent."
    return f"{once} All responses of one respondent (column {quoted(respondent)}) count."


def _undated(view: View) -> str:
    if view.undated:
        return f"{number_of(view.undated, 'answer')} left out here for want of a time stamp."
    if view.status.undated:
        return f"{number_of(view.status.undated, 'response')} without a time stamp: in totals, not in trends over time."
    return ""


def _blanks(view: View) -> str:
    none = listed(["blank answers", *(quoted(word) for word in view.question.missing)])
    return f"Counted as no answer: {none}." if view.selection.base == "all" else f"Not in the base: {none}."


def _net(question: Question, label: str, plus: tuple[str, ...], minus: tuple[str, ...]) -> str:
    def labels(values: tuple[str, ...]) -> str:
        found = [question.choice(value) for value in values]
        return listed([quoted(choice.label if choice else value) for choice, value in zip(found, values, strict=True)])

    less = f" less that of {labels(minus)}" if minus else ""
    return sentence(f"{quoted(label)} is the share of {labels(plus)}{less}")
