"""The disclosure of a view: eleven items in sentences, filled from what the survey and the store know.

Source: American Association for Public Opinion Research (AAPOR), Transparency Initiative, disclosure elements after its
Code of Professional Ethics and Practices of April 2021. What is said of self-selected samples follows the stricter of
the rules there are: those of AAPOR and of the Associated Press on polls that anybody may answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from analytics.estimates.breaks import change_words
from analytics.estimates.choose import dimension_of
from analytics.estimates.disclosure_numbers import processing, sizes, weighting
from analytics.estimates.disclosure_words import (
    day_words,
    filter_words,
    joined,
    listed,
    number_of,
    people,
    quoted,
    sentence,
)
from analytics.estimates.view import View
from analytics.language.said import spoken
from analytics.model import Question, Survey

MADE_UP = "SIMULATED"


@dataclass(frozen=True)
class Item:
    """One item of the disclosure in plain sentences.

    Where it is `missing`, `words` say what is known of it all the same, and which line of the definition would fill it.
    Other people's words stand in it as they are: whoever shows them has to make them safe.
    """

    number: int
    name: str
    words: str
    missing: bool = False


def disclosure(view: View) -> tuple[Item, ...]:
    """Returns the eleven items that have to be known about a survey's numbers, in the order of their source."""
    items: tuple[tuple[str, Callable[[View], tuple[str, str]]], ...] = (
        ("Data collection", _collection),
        ("Sponsor and conductor", _conductors),
        ("Wording", _wording),
        ("Population", _population),
        ("Sample and recruitment", _recruitment),
        ("Mode", _mode),
        ("Dates", _dates),
        ("Sample sizes and precision", lambda view: (sizes(view), "")),
        ("Weighting", lambda view: (weighting(view), "")),
        ("Processing and data quality", lambda view: (processing(view), "")),
        ("Limits", lambda view: (_limits(view), "")),
    )
    told = [(name, *tell(view)) for name, tell in items]
    return tuple(
        Item(number, spoken(name), joined(known, lacking), bool(lacking))
        for number, (name, known, lacking) in enumerate(told, start=1)
    )


# Each of these returns what is known, and what to write into the definition for the rest; that is empty where all is.


def _collection(view: View) -> tuple[str, str]:
    survey = view.survey
    asked = number_of(len(survey.questions), "question")
    beside = (
        spoken(" beside the article {headline}", headline=quoted(survey.article.headline)) if survey.article else ""
    )
    waves = survey.dimension("wave")
    again = ""
    if waves and len(waves.levels) > 1:
        again = spoken("It was repeated in {waves}.", waves=number_of(len(waves.levels), "wave"))
    made_up = spoken(
        "{mark}: a program made up the answers; the rest is said as if somebody had given them.", mark=MADE_UP
    )
    return joined(
        made_up if survey.simulated else "",
        spoken("A survey: {asked}, put to {people}{beside}.", asked=asked, people=people(survey), beside=beside),
        again,
    ), ""


def _conductors(view: View) -> tuple[str, str]:
    survey = view.survey
    known = [
        spoken("Sponsor: {who}", who=sentence(survey.sponsor)) if survey.sponsor else "",
        spoken("Conducted by: {who}", who=sentence(survey.conducted_by)) if survey.conducted_by else "",
    ]
    lacking = [
        "" if survey.sponsor else _not_stated("who paid for the survey", "sponsor"),
        "" if survey.conducted_by else _not_stated("who carried it out", "conducted_by"),
    ]
    return joined(*known), joined(*lacking)


def _wording(view: View) -> tuple[str, str]:
    others = [view.survey.question(key) for key in dict.fromkeys((*view.by, *(key for key, _ in view.request.where)))]
    questions = list(dict.fromkeys([view.question, *(other for other in others if other)]))
    known = [_question(view.survey, question) for question in questions]
    lacking = [
        spoken(
            "Not stated: which answers were offered, so those found in the files are listed. Write the line "
            'choices = [...] under [[question]], the one with key = "{key}", into the definition.',
            key=question.key,
        )
        for question in questions
        if question.found
    ]
    language = view.survey.language
    asked_in = sentence(spoken("Asked in {language}", language=language)) if language else ""
    same = asked_in or spoken("In the language of these words; no other version is recorded.")
    return joined(*known, *_changes(view), same), joined(*lacking)


def _changes(view: View) -> list[str]:
    """Returns when the question was asked otherwise, and whether several wordings were put."""
    survey, question = view.survey, view.question
    changes = [
        sentence(spoken("Changed during fieldwork: {change}", change=change_words(change, survey)))
        for change in question.changes
    ]
    wording = survey.dimension(question.wording) if question.wording else None
    levels = listed([quoted(level.label) for level in wording.levels], spoken("and")) if wording else ""
    return changes + ([spoken("Several wordings were put: {levels}.", levels=levels)] if levels else [])


def _question(survey: Survey, question: Question) -> str:
    how = {"multiple": "Any of these could be chosen", "scale": "One step of this scale could be chosen"}
    answers = listed([quoted(choice.label) for choice in question.choices], spoken("or"))
    return joined(
        spoken("Asked in exactly these words: {text}.", text=quoted(question.text)),
        f"{spoken(how.get(question.kind, 'One of these could be chosen'))}: {answers}." if answers else "",
        *(_condition(survey, key, values) for key, values in question.asked_if),
    )


def _condition(survey: Survey, key: str, values: tuple[str, ...]) -> str:
    asked = dimension_of(survey, key)
    levels = [asked.level(value) for value in values]
    answers = [quoted(level.label if level else value) for level, value in zip(levels, values, strict=True)]
    told = {"answers": listed(answers, spoken("or")), "question": quoted(asked.label)}
    return spoken("Asked only of those who answered {answers} to {question}.", **told)


def _population(view: View) -> tuple[str, str]:
    if view.survey.population:
        return sentence(view.survey.population), ""
    return "", _not_stated("whom the survey is about", "population")


def _recruitment(view: View) -> tuple[str, str]:
    survey = view.survey
    lists = (
        "" if survey.frame or survey.sample != "probability" else _not_stated("from which list it was drawn", "frame")
    )
    drawn = (
        spoken(
            "A probability sample, by the definition: respondents were drawn by chance, each with a known probability."
        ),
        sentence(spoken("Drawn from: {frame}", frame=survey.frame)) if survey.frame else "",
        spoken("How many of those drawn took part is not recorded."),
    )
    chose = (
        spoken("No sample was drawn: readers came upon the survey and chose for themselves whether to answer."),
        spoken("How many saw it and did not answer is not recorded."),
    )
    channel = survey.dimension("channel") if survey.columns.channel else None
    ways = [level.label for level in channel.levels] if channel else []
    came = spoken("Recorded ways by which they came: {ways}.", ways=listed(ways, spoken("and"))) if ways else ""
    return joined(_simulated(survey), *(drawn if survey.sample == "probability" else chose), came), lists


def _mode(view: View) -> tuple[str, str]:
    if view.survey.mode:
        return sentence(view.survey.mode), ""
    return "", _not_stated("how answers were given, such as online or by telephone", "mode")


def _dates(view: View) -> tuple[str, str]:
    survey, first, last = view.survey, view.status.first_at, view.status.last_at
    zone = ZoneInfo(survey.time_zone)
    known = [_open(survey)]
    if first and last:
        days = [moment.astimezone(zone).date() for moment in (first, last)]
        known.append(spoken("Answers came in {span} (clock of {zone}).", span=_span(*days), zone=survey.time_zone))
    known.append(_chosen_time(view, zone))
    if first or survey.columns.responded_at or (survey.opens and survey.closes):
        return joined(*known) or spoken("No answer has come in yet."), ""
    lacking = spoken(
        "Not known: when answers were taken, since none carries a time. Write the lines opens = ... and closes = ... "
        'under [survey] into the definition, or name the column of the time: responded_at = "..." under [columns].'
    )
    return joined(*known), lacking


def _open(survey: Survey) -> str:
    if survey.opens and survey.closes:
        return spoken("Open {span}.", span=_span(survey.opens, survey.closes))
    if survey.opens or survey.closes:
        opened, closes = "Opened on {day}; no closing day is recorded.", "Closes on {day}; no opening day is recorded."
        words, day = next(end for end in ((opened, survey.opens), (closes, survey.closes)) if end[1])
        return spoken(words, day=day_words(day)) if day else ""
    return ""


def _span(first: date, last: date) -> str:
    if first == last:
        return spoken("on {day}", day=day_words(last))
    return spoken("from {first} to {last}", first=day_words(first), last=day_words(last))


def _chosen_time(view: View, zone: ZoneInfo) -> str:
    def words(moment: datetime) -> str:
        return f"{day_words(moment.astimezone(zone).date())}, {moment.astimezone(zone):%H:%M}"

    bounds = (("from", view.request.since), ("before", view.request.until))
    chosen = [f"{spoken(word)} {words(moment)}" for word, moment in bounds if moment]
    if not chosen:
        return ""
    return spoken("Shown here: only answers given {when}.", when=listed(chosen, spoken("and")))


def _limits(view: View) -> str:
    survey = view.survey
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
        *(drawn if survey.sample == "probability" else selected),
        spoken("Those who have just read the article may answer otherwise than without it.") if survey.article else "",
        spoken("Only a part of those who answered is shown: {filters}.", filters=filter_words(view))
        if view.request.where
        else "",
    )


def _simulated(survey: Survey) -> str:
    return f"{MADE_UP}." if survey.simulated else ""


def _not_stated(what: str, key: str) -> str:
    return spoken(
        'Not stated: {what}. Write the line {key} = "..." under [survey] into the definition.',
        what=spoken(what),
        key=key,
    )
