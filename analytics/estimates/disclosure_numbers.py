"""The items of the disclosure that tell how many answered, how sure the numbers are and what was done to them."""

from __future__ import annotations

from analytics.estimates.disclosure_words import (
    filter_words,
    grouped,
    joined,
    key_label,
    listed,
    number_of,
    people,
    quoted,
    sentence,
    standing_sentence,
)
from analytics.estimates.view import View
from analytics.language.said import spoken
from analytics.model import Question, Survey, Target

INTERVALS = {
    "logit": "on the logit scale",
    "wilson": "by Wilson's method on the effective base",
    "beta": "by the method of Korn and Graubard",
}


def sizes(view: View) -> str:
    """Returns how many answered, in all and in the groups shown, and what the intervals do and do not say."""
    survey = view.survey
    noun = "respondent" if survey.sample == "probability" else "reader"
    took = spoken("were asked this question" if view.request.base == "all" else "answered this question")
    only = spoken(" (only {filters})", filters=filter_words(view)) if view.request.where else ""
    people_who = number_of(view.base_n, noun)
    counted = number_of(view.status.counted, "response")
    least = number_of(view.min_base, "answer")
    return joined(
        spoken(
            "{people} {took}{only}; {counted} counted in the whole survey.",
            people=people_who,
            took=took,
            only=only,
            counted=counted,
        ),
        _bases(view, "base_n", "The base of the groups and periods shown") if view.by or view.every else "",
        _bases(view, "effective_n", "The effective base after weighting") if view.weights != "none" else "",
        spoken("Each point takes the {count} periods to its date together.", count=view.window)
        if view.window > 1
        else "",
        spoken("Nothing is shown that rests on fewer than {least}.", least=least),
        spoken("Shares are given in whole points where the base is under 1,000."),
        _precision(view),
    )


def weighting(view: View) -> str:
    """Returns how the answers were weighted, each target with its source and year, or that they were not."""
    survey = view.survey
    if view.weights == "none":
        offered = _targets(survey) if survey.targets else ""
        return joined(
            spoken("Not weighted: every answer counts once."),
            spoken("Targets to weight to are in the definition: {targets}.", targets=offered) if offered else "",
            spoken("The file brings weights of its own.") if survey.columns.weight else "",
        )
    if view.weights == "base":
        column = quoted(survey.columns.weight or "")
        return spoken(
            "Weighted by the column {column} of the file; how those weights were made is not recorded.", column=column
        )
    return joined(_fitted(survey), _what_weights_mend(survey))


def processing(view: View) -> str:
    """Returns what became of the responses on their way into the numbers, those that do not count among it."""
    status, survey = view.status, view.survey
    screened = number_of(status.screened, "response") if status.screened else spoken("None")
    aside = number_of(status.quarantined, "row") if status.quarantined else spoken("No row")
    return joined(
        spoken(
            "{counted} counted. {screened} screened out by a rule.",
            counted=number_of(status.counted, "response"),
            screened=screened,
        ),
        standing_sentence(view.request.standing),
        spoken("{rows} set aside as not fitting the definition.", rows=aside),
        _duplicates(survey),
        _undated(view),
        _blanks(view),
        *(_net(view.question, net.label, net.plus, net.minus) for net in view.question.nets),
        spoken("State of the data: revision {revision}.", revision=grouped(view.status.revision)),
    )


def _bases(view: View, column: str, what: str) -> str:
    rows = view.estimates[view.estimates["statistic"] == "share"]
    found = rows.loc[~rows["suppressed"].astype(bool), column].dropna()
    if found.empty:
        return ""
    low, high = (grouped(float(end)) for end in (found.min(), found.max()))
    if low == high:
        return spoken("{what} is {low}.", what=spoken(what), low=low)
    return spoken("{what} runs from {low} to {high}.", what=spoken(what), low=low, high=high)


def _precision(view: View) -> str:
    how = spoken(INTERVALS[view.request.interval])
    fitted = view.weights == "raked" and view.survey.weighting.trim is None and view.request.variance == "calibrated"
    errors = spoken("know that the weights were fitted to targets" if fitted else "take the weights as fixed")
    plain = "Intervals of shares are made {how}; standard errors are linearised."
    weighted = "Intervals of shares are made {how}; standard errors are linearised and {errors}."
    made = spoken(plain, how=how) if view.weights == "none" else spoken(weighted, how=how, errors=errors)
    if view.survey.sample == "probability":
        return joined(spoken("The 95\u00a0% uncertainty intervals allow for chance in drawing the sample."), made)
    return joined(
        spoken(
            "The 95\u00a0% uncertainty intervals say how far numbers could move by the luck of the draw if these "
            "readers had been drawn at random, which they were not; they say nothing about those who did not answer."
        ),
        made,
    )


def _fitted(survey: Survey) -> str:
    method = spoken("Raked") if survey.weighting.method == "rake" else spoken("Post-stratified")
    column, trim = survey.columns.weight, survey.weighting.trim
    start = spoken(", starting from the weights in the column {column}", column=quoted(column)) if column else ""
    per = spoken(", each wave by itself") if survey.weighting.per == "wave" else ""
    of = spoken("what they started from") if column else spoken("their mean")
    kept = ""
    if trim:
        kept = spoken("Weights are kept between {low:g} and {high:g} times {of}.", low=trim[0], high=trim[1], of=of)
    return joined(
        f"{spoken('{verb} to {targets}', verb=method, targets=_targets(survey))}{start}{per}.",
        kept,
        spoken("{people} of whom one of these is not known are left out.", people=_capital(people(survey))),
    )


def _targets(survey: Survey) -> str:
    return listed([_target(survey, target) for target in survey.targets], spoken("and"))


def _target(survey: Survey, target: Target) -> str:
    label = spoken(" by ").join(key_label(survey, key) for key in target.dimensions)
    return f"{label} ({' '.join(target.source.split())}, {target.year})"


def _what_weights_mend(survey: Survey) -> str:
    if survey.sample == "probability":
        return spoken("Weighting mends only what these dimensions explain.")
    return spoken("Weighting brings the mix of readers to these targets; it cannot make up for who chose to answer.")


def _duplicates(survey: Survey) -> str:
    column = survey.columns.response
    known = spoken("its id (column {column})", column=quoted(column)) if column else spoken("the contents of its row")
    once = spoken("A response counts once however often its file is imported; it is known by {known}.", known=known)
    respondent = survey.columns.respondent
    if respondent is None:
        return joined(
            once, spoken("Whether one person answered several times cannot be told: no column names the respondent.")
        )
    return joined(once, spoken("All responses of one respondent (column {column}) count.", column=quoted(respondent)))


def _undated(view: View) -> str:
    if view.undated:
        return spoken("{count} left out here for want of a time stamp.", count=number_of(view.undated, "answer"))
    if view.status.undated:
        count = number_of(view.status.undated, "response")
        return spoken("{count} without a time stamp: in totals, not in trends over time.", count=count)
    return ""


def _blanks(view: View) -> str:
    none = listed([spoken("blank answers"), *(quoted(word) for word in view.question.missing)], spoken("and"))
    if view.request.base == "all":
        return spoken("Counted as no answer: {none}.", none=none)
    return spoken("Not in the base: {none}.", none=none)


def _net(question: Question, label: str, plus: tuple[str, ...], minus: tuple[str, ...]) -> str:
    def labels(values: tuple[str, ...]) -> str:
        found = [question.choice(value) for value in values]
        return listed(
            [quoted(choice.label if choice else value) for choice, value in zip(found, values, strict=True)],
            spoken("and"),
        )

    less = spoken(" less that of {answers}", answers=labels(minus)) if minus else ""
    return sentence(spoken("{net} is the share of {answers}{less}", net=quoted(label), answers=labels(plus), less=less))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
