"""The disclosure of a view: eleven items in sentences, filled from what the survey and the store know.

Source: American Association for Public Opinion Research (AAPOR), Transparency Initiative, disclosure elements after its
Code of Professional Ethics and Practices of April 2021. What is said of self-selected samples follows the stricter of
the rules there are: those of AAPOR and of the Associated Press on polls that anybody may answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from analytics.estimates.views.view import View
from analytics.language.dates import clock_words, day_words
from analytics.language.notation import Notation
from analytics.language.numbers import TENTHS_FROM_BASE, count_words, counted, shortest_words
from analytics.language.said import listed, noted, quoted, spoken
from analytics.language.text import plain_text
from analytics.model import Question, Status, Survey, Target
from analytics.model.labels import as_asked, as_written
from analytics.model.sampling import are_readers, chose_to_answer, drawn_by_chance, recruitment
from analytics.model.surveys import Sample
from analytics.words.captions import level_words, standing_sentence
from analytics.words.crowds import crowd_sentences
from analytics.words.names import (
    crossed_label,
    filter_words,
    first_capital,
    full_stop,
    key_label,
    level_label,
    people,
    simulated_word,
)
from analytics.words.periods import change_words

INTERVALS = {
    "logit": noted("on the logit scale"),
    "wilson": noted("by Wilson's method on the effective base"),
    "beta": noted("by the method of Korn and Graubard"),
}


@dataclass(frozen=True)
class Item:
    """One item of the disclosure in plain sentences.

    Where it is `missing`, `words` say what is known of it all the same and what is not, and `line` which line of the
    definition would fill it, for those who write definitions; `known` says only what is known.
    Other people's words stand in it as they are: whoever shows them has to make them safe.
    """

    number: int
    name: str
    words: str
    missing: bool = False
    known: str = ""
    line: str = ""


class Lack(NamedTuple):
    """What is not known, and what to write into the definition so that it is."""

    told: str
    line: str


ItemWords = tuple[str, Sequence[Lack]]


def disclosure(view: View, style: Notation) -> tuple[Item, ...]:
    """Returns the eleven items that have to be known about a survey's numbers, in the order of their source."""
    items: tuple[tuple[str, Callable[[View, Notation], ItemWords]], ...] = (
        (noted("Data collection"), _collection),
        (noted("Sponsor and conductor"), _conductors),
        (noted("Wording"), _wording),
        (noted("Population"), _population),
        (noted("Sample and recruitment"), _recruitment),
        (noted("Mode"), _mode),
        (noted("Dates"), _dates),
        (noted("Sample sizes and precision"), _sizes),
        (noted("Weighting"), _weighting),
        (noted("Processing and data quality"), _processing),
        (noted("Limits"), _limits),
    )
    told = [(name, *tell(view, style)) for name, tell in items]
    return tuple(
        Item(
            number,
            spoken(name),
            joined(known, *(one.told for one in lacking)),
            bool(lacking),
            known,
            joined(*(one.line for one in lacking)),
        )
        for number, (name, known, lacking) in enumerate(told, start=1)
    )


def joined(*sentences: str) -> str:
    """Returns the sentences that there are as one text.

    Example:
        >>> joined("Online.", "", "Over ten days.")
        'Online. Over ten days.'
    """
    return " ".join(one for one in sentences if one)


# Each of these returns what is known, and what is not; that is empty where all is known.


def _collection(view: View, style: Notation) -> ItemWords:
    survey = view.survey
    asked = counted(len(survey.questions), "{count} question", "{count} questions", style)
    beside = (
        spoken(" beside the article {headline}", headline=quoted(survey.article.headline)) if survey.article else ""
    )
    waves = survey.dimension("wave")
    again = ""
    if waves and len(waves.levels) > 1:
        again = spoken(
            "It was repeated in {waves}.", waves=counted(len(waves.levels), "{count} wave", "{count} waves", style)
        )
    made_up = spoken(
        "{mark}: a program made up the answers; the rest is said as if somebody had given them.", mark=simulated_word()
    )
    return joined(
        made_up if survey.simulated else "",
        spoken("A survey: {asked}, put to {people}{beside}.", asked=asked, people=people(survey), beside=beside),
        again,
    ), ()


def _conductors(view: View, _style: Notation) -> ItemWords:
    survey = view.survey
    known = [
        spoken("Sponsor: {who}", who=full_stop(survey.sponsor)) if survey.sponsor else "",
        spoken("Conducted by: {who}", who=full_stop(survey.conducted_by)) if survey.conducted_by else "",
    ]
    lacking = [
        *(() if survey.sponsor else _not_stated(noted("who paid for the survey"), "sponsor")),
        *(() if survey.conducted_by else _not_stated(noted("who carried it out"), "conducted_by")),
    ]
    return joined(*known), lacking


def _wording(view: View, style: Notation) -> ItemWords:
    others = [view.survey.question(key) for key in dict.fromkeys((*view.by, *(key for key, _ in view.request.where)))]
    questions = list(dict.fromkeys([view.question, *(other for other in others if other)]))
    known = [_question(view.survey, question) for question in questions]
    lacking = [
        Lack(
            spoken("Not stated: which answers were offered, so those found in the files are listed."),
            spoken(
                'Write the line choices = [...] under [[question]], the one with key = "{key}", into the definition.',
                key=question.key,
            ),
        )
        for question in questions
        if question.found
    ]
    language = view.survey.language
    asked_in = full_stop(spoken("Asked in {language}", language=language)) if language else ""
    same = asked_in or spoken("In the language of these words; no other version is recorded.")
    return joined(*known, *_changes(view, style), same), lacking


def _changes(view: View, style: Notation) -> list[str]:
    """Returns when the question was asked otherwise, and whether several wordings were put."""
    survey, question = view.survey, view.question
    changes = [
        full_stop(spoken("Changed during fieldwork: {change}", change=change_words(change, survey, style)))
        for change in question.changes
    ]
    wording = survey.dimension(question.wording) if question.wording else None
    levels = listed([quoted(level.label) for level in wording.levels]) if wording else ""
    return changes + ([spoken("Several wordings were put: {levels}.", levels=levels)] if levels else [])


ONE_OF = noted("One of these could be chosen")


def _question(translated: Survey, shown: Question) -> str:
    """Returns the question as it was put, which no translation is."""
    survey, question = as_written(translated), as_asked(translated, shown)
    how = {"multiple": noted("Any of these could be chosen"), "scale": noted("One step of this scale could be chosen")}
    answers = listed([quoted(choice.label) for choice in question.choices], "or")
    return joined(
        spoken("Asked in exactly these words: {text}.", text=quoted(question.text)),
        f"{spoken(how.get(question.kind, ONE_OF))}: {answers}." if answers else "",
        *(_condition(survey, key, values) for key, values in question.asked_if),
    )


def _condition(survey: Survey, key: str, values: tuple[str, ...]) -> str:
    answers = [quoted(level_label(survey, key, value)) for value in values]
    told = {"answers": listed(answers, "or"), "question": quoted(key_label(survey, key))}
    return spoken("Asked only of those who answered {answers} to {question}.", **told)


def _population(view: View, _style: Notation) -> ItemWords:
    if view.survey.population:
        return full_stop(view.survey.population), ()
    return "", _not_stated(noted("whom the survey is about"), "population")


def _recruitment(view: View, _style: Notation) -> ItemWords:
    survey = view.survey
    lists = (
        ()
        if survey.frame or not drawn_by_chance(survey)
        else _not_stated(noted("from which list it was drawn"), "frame")
    )
    frame = full_stop(spoken("Drawn from: {frame}", frame=survey.frame)) if survey.frame else ""
    asked = full_stop(spoken("Asked were: {frame}", frame=survey.frame)) if survey.frame else ""
    silent = spoken("How many of those asked did not answer is not recorded.")
    by_chance = noted(
        "A probability sample, by the definition: respondents were drawn by chance, each with a known probability."
    )
    by_chance_once = noted(
        "A probability panel, by the definition: its members were drawn by chance, and answer again and again."
    )
    came_upon = noted("No sample was drawn: readers came upon the survey and chose for themselves whether to answer.")
    of_panel = noted("Members of a panel were asked, which people join of their own accord. No chance drew them.")
    on_list = noted("All subscribers on a list were asked, and chose for themselves whether to answer.")
    by_pollster = noted("Whoever carried out the survey chose whom to ask. No chance drew them.")
    told: dict[Sample, tuple[str, ...]] = {
        "probability": (spoken(by_chance), frame, spoken("How many of those drawn took part is not recorded.")),
        "probability panel": (spoken(by_chance_once), frame, silent),
        "self-selected": (spoken(came_upon), spoken("How many saw it and did not answer is not recorded.")),
        "subscribers": (spoken(on_list), asked, silent),
        "panel": (spoken(of_panel), asked, silent),
        "recruited": (spoken(by_pollster), asked, silent),
    }
    channel = survey.dimension("channel") if survey.columns.channel else None
    ways = [level.label for level in channel.levels] if channel else []
    came = spoken("Recorded ways by which they came: {ways}.", ways=listed(ways)) if ways else ""
    return joined(_simulated(survey), *told[recruitment(survey)], came), lists


def _mode(view: View, _style: Notation) -> ItemWords:
    if view.survey.mode:
        return full_stop(view.survey.mode), ()
    return "", _not_stated(noted("how answers were given, such as online or by telephone"), "mode")


def _dates(view: View, style: Notation) -> ItemWords:
    survey, first, last = view.survey, view.status.first_at, view.status.last_at
    zone = ZoneInfo(survey.time_zone)
    known = [_open(survey, style)]
    if first and last:
        days = [moment.astimezone(zone).date() for moment in (first, last)]
        known.append(
            spoken(
                "Answers came in {span} (clock of {zone}).", span=_span(days[0], days[1], style), zone=survey.time_zone
            )
        )
    known.append(_chosen_time(view, zone, style))
    if first or survey.columns.responded_at or (survey.opens and survey.closes):
        return joined(*known) or spoken("No answer has come in yet."), ()
    lacking = Lack(
        spoken("Not known: when answers were taken, since none carries a time."),
        spoken(
            "Write the lines opens = ... and closes = ... under [survey] into the definition, or name the column of "
            'the time: responded_at = "..." under [columns].'
        ),
    )
    return joined(*known), (lacking,)


def _open(survey: Survey, style: Notation) -> str:
    if survey.opens and survey.closes:
        return spoken("Open {span}.", span=_span(survey.opens, survey.closes, style))
    if survey.opens or survey.closes:
        opened, closes = (
            noted("Opened on {day}; no closing day is recorded."),
            noted("Closes on {day}; no opening day is recorded."),
        )
        words, day = next(end for end in ((opened, survey.opens), (closes, survey.closes)) if end[1])
        return spoken(words, day=day_words(day, style)) if day else ""
    return ""


def _span(first: date, last: date, style: Notation) -> str:
    if first == last:
        return spoken("on {day}", day=day_words(last, style))
    return spoken("from {first} to {last}", first=day_words(first, style), last=day_words(last, style))


def _chosen_time(view: View, zone: ZoneInfo, style: Notation) -> str:
    def words(moment: datetime) -> str:
        local = moment.astimezone(zone)
        return f"{day_words(local.date(), style)}, {clock_words(local)}"

    bounds = ((noted("from"), view.request.since), (noted("before"), view.request.until))
    chosen = [f"{spoken(word)} {words(moment)}" for word, moment in bounds if moment]
    if not chosen:
        return ""
    return spoken("Shown here: only answers given {when}.", when=listed(chosen))


def _limits(view: View, _style: Notation) -> ItemWords:
    survey = view.survey
    not_drawn = (
        spoken(
            "Those who answered were not drawn by chance. The numbers describe them and cannot be taken to show what "
            "others think."
        ),
        spoken("Neither many answers nor weighting changes that."),
    )
    selected = (
        spoken(
            "Readers chose to answer. The numbers describe those who did and cannot be taken to show what others "
            "think, not even other readers."
        ),
        spoken("Neither many answers nor weighting changes that."),
    )
    drawn = (
        spoken(
            "The intervals allow for chance in drawing the sample and for nothing else: people who could not be "
            "reached or did not answer, the wording, and mistakes in recording can move the numbers as well."
        ),
    )
    return joined(
        _simulated(survey),
        *crowd_sentences(view, _style),
        *(drawn if drawn_by_chance(survey) else selected if chose_to_answer(survey) else not_drawn),
        spoken("Those who have just read the article may answer otherwise than without it.") if survey.article else "",
        spoken("Only a part of those who answered is shown: {filters}.", filters=filter_words(view))
        if view.request.where
        else "",
    ), ()


def _simulated(survey: Survey) -> str:
    return f"{simulated_word()}." if survey.simulated else ""


def _not_stated(what: str, key: str) -> tuple[Lack, ...]:
    line = spoken('Write the line {key} = "..." under [survey] into the definition.', key=key)
    return (Lack(spoken("Not stated: {what}.", what=spoken(what)), line),)


def _sizes(view: View, style: Notation) -> ItemWords:
    """Returns how many answered, in all and in the groups shown, and what the intervals do and do not say."""
    survey = view.survey
    respondents = counted(view.base_n, "{count} respondent", "{count} respondents", style)
    readers = counted(view.base_n, "{count} reader", "{count} readers", style)
    took = spoken("were asked this question" if view.request.base == "all" else "answered this question")
    only = spoken(" (only {filters})", filters=filter_words(view)) if view.request.where else ""
    least = counted(view.min_base, "{count} answer", "{count} answers", style)
    return joined(
        spoken(
            "{people} {took}{only}; {counted} counted in the whole survey.",
            people=readers if are_readers(survey) else respondents,
            took=took,
            only=only,
            counted=counted(view.status.counted, "{count} response", "{count} responses", style),
        ),
        _bases(view, "base_n", noted("The base of the groups and periods shown"), style)
        if view.by or view.every
        else "",
        _bases(view, "effective_n", noted("The effective base after weighting"), style)
        if view.weights != "none"
        else "",
        spoken("Each point takes the {count} periods to its date together.", count=count_words(view.window, style))
        if view.window > 1
        else "",
        spoken("Nothing is shown that rests on fewer than {least}.", least=least),
        spoken("These are numbers of an edition: shares in whole points, counts to the nearest 5.")
        if view.rounded
        else spoken(
            "Pictures give shares in whole points; tables and details give tenths of a point "
            "from a base of {count} on.",
            count=count_words(TENTHS_FROM_BASE, style),
        ),
        _precision(view, style),
    ), ()


def _weighting(view: View, style: Notation) -> ItemWords:
    """Returns how the answers were weighted, each target with its source and year, or that they were not."""
    survey = view.survey
    if view.weights == "none":
        offered = _targets(survey) if survey.targets else ""
        return joined(
            spoken("Not weighted: every answer counts once."),
            spoken("Targets to weight to are in the definition: {targets}.", targets=offered) if offered else "",
            spoken("The file brings weights of its own.") if survey.columns.weight else "",
        ), ()
    if view.weights == "base":
        column = quoted(survey.columns.weight or "")
        return spoken(
            "Weighted by the column {column} of the file; how those weights were made is not recorded.", column=column
        ), ()
    return joined(_fitted(survey, style), _what_weights_mend(survey)), ()


def _crowds(set_aside: tuple[tuple[str, int], ...], style: Notation) -> str:
    """Which rules set how many responses aside as crowds; empty where none did."""
    names = [
        spoken("“{rule}” ({number})", rule=plain_text(name), number=count_words(count, style))
        for name, count in set_aside
    ]
    return spoken("Set aside as crowds by an editor: {rules}.", rules=listed(names)) if names else ""


def _processing(view: View, style: Notation) -> ItemWords:
    """Returns what became of the responses on their way into the numbers, those that do not count among it."""
    status, survey = view.status, view.survey
    screened = (
        counted(status.screened, "{count} response", "{count} responses", style) if status.screened else spoken("None")
    )
    aside = (
        counted(status.quarantined, "{count} row", "{count} rows", style) if status.quarantined else spoken("No row")
    )
    return joined(
        spoken(
            "{counted} counted. {screened} set aside by a rule.",
            counted=counted(status.counted, "{count} response", "{count} responses", style),
            screened=screened,
        ),
        _crowds(status.set_aside, style),
        _waiting(status, style),
        standing_sentence(view.request.standing),
        spoken("{rows} kept aside as not fitting the definition.", rows=aside),
        _duplicates(survey),
        _undated(view, style),
        _blanks(view),
        *(_net(view.question, net.label, net.plus, net.minus) for net in view.question.nets),
        spoken("State of the data: revision {revision}.", revision=count_words(view.status.revision, style)),
    ), ()


def _waiting(status: Status, style: Notation) -> str:
    if not status.unverified:
        return ""
    return spoken(
        "{responses} not counted until somebody has checked them.",
        responses=counted(status.unverified, "{count} response", "{count} responses", style),
    )


def _bases(view: View, column: str, what: str, style: Notation) -> str:
    rows = view.estimates[view.estimates["statistic"] == "share"]
    found = rows.loc[~rows["suppressed"].astype(bool), column].dropna()
    if found.empty:
        return ""
    low, high = (count_words(float(end), style) for end in (found.min(), found.max()))
    if low == high:
        return spoken("{what} is {low}.", what=spoken(what), low=low)
    return spoken("{what} runs from {low} to {high}.", what=spoken(what), low=low, high=high)


def _precision(view: View, style: Notation) -> str:
    how = spoken(INTERVALS[view.request.interval])
    fitted = view.weights == "raked" and view.survey.weighting.trim is None and view.request.variance == "calibrated"
    errors = spoken("know that the weights were fitted to targets" if fitted else "take the weights as fixed")
    plain = noted("Intervals of shares are made {how}; standard errors are linearised.")
    weighted = noted("Intervals of shares are made {how}; standard errors are linearised and {errors}.")
    made = spoken(plain, how=how) if view.weights == "none" else spoken(weighted, how=how, errors=errors)
    level = level_words(style)
    if drawn_by_chance(view.survey):
        drawn = noted("The {level} uncertainty intervals allow for chance in drawing the sample.")
        return joined(spoken(drawn, level=level), made)
    these_readers = noted(
        "The {level} uncertainty intervals say how far numbers could move by chance if these readers had been drawn at "
        "random. They were not. The intervals say nothing about those who did not answer."
    )
    these_people = noted(
        "The {level} uncertainty intervals say how far numbers could move by chance if those who answered had been "
        "drawn at random. They were not. The intervals say nothing about those who did not answer."
    )
    return joined(spoken(these_readers if are_readers(view.survey) else these_people, level=level), made)


def _fitted(survey: Survey, style: Notation) -> str:
    method = spoken("Raked") if survey.weighting.method == "rake" else spoken("Post-stratified")
    column, trim = survey.columns.weight, survey.weighting.trim
    start = spoken(", starting from the weights in the column {column}", column=quoted(column)) if column else ""
    per = spoken(", each wave by itself") if survey.weighting.per == "wave" else ""
    of = spoken("what they started from") if column else spoken("their mean")
    kept = ""
    if trim:
        low, high = (shortest_words(end, style) for end in trim)
        kept = spoken("Weights are kept between {low} and {high} times {of}.", low=low, high=high, of=of)
    return joined(
        f"{spoken('{verb} to {targets}', verb=method, targets=_targets(survey))}{start}{per}.",
        kept,
        spoken("{people} of whom one of these is not known are left out.", people=first_capital(people(survey))),
    )


def _targets(survey: Survey) -> str:
    return listed([_target(survey, target) for target in survey.targets])


def _target(survey: Survey, target: Target) -> str:
    return f"{crossed_label(survey, target.dimensions)} ({' '.join(target.source.split())}, {target.year})"


def _what_weights_mend(survey: Survey) -> str:
    if not chose_to_answer(survey):
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


def _undated(view: View, style: Notation) -> str:
    if view.undated:
        return spoken(
            "{count} left out here because they have no time stamp.",
            count=counted(view.undated, "{count} answer", "{count} answers", style),
        )
    if view.status.undated:
        count = counted(view.status.undated, "{count} response", "{count} responses", style)
        return spoken("{count} without a time stamp: in totals, not in trends over time.", count=count)
    return ""


def _blanks(view: View) -> str:
    none = listed([spoken("blank answers"), *(quoted(word) for word in view.question.missing)])
    if view.request.base == "all":
        return spoken("Counted as no answer: {none}.", none=none)
    return spoken("Not in the base: {none}.", none=none)


def _net(question: Question, label: str, plus: tuple[str, ...], minus: tuple[str, ...]) -> str:
    def labels(values: tuple[str, ...]) -> str:
        found = [question.choice(value) for value in values]
        return listed([quoted(choice.label if choice else value) for choice, value in zip(found, values, strict=True)])

    less = spoken(" less that of {answers}", answers=labels(minus)) if minus else ""
    return full_stop(
        spoken("{net} is the share of {answers}{less}", net=quoted(label), answers=labels(plus), less=less)
    )
