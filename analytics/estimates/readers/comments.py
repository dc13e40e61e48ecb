"""Comments as they may be shown: contact data masked, the answer beside, and of the writer no more than a date."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.comments.masking import masked, site_names
from analytics.comments.words import marked
from analytics.estimates.views.choose import check_selection
from analytics.language.said import spoken
from analytics.model import NO_ANSWER, Question, Survey
from analytics.model.access import FEWEST_READERS, may_see_comments
from analytics.model.request import Request, Where
from analytics.store.read.responses import Details


@dataclass(frozen=True)
class Card:
    """One comment with what may stand beside it: texts are data, never markup.

    `pieces` are the text, each with whether it is a word that was searched for. `said` are the labels of the choices
    that its writer gave to the question, `groups` those of the levels, empty where fewer than FEWEST_READERS are in the
    same groups.
    """

    response_no: int
    pieces: tuple[tuple[str, bool], ...]
    said: tuple[str, ...]
    groups: tuple[str, ...]
    day: date | None
    consent: str

    @property
    def text(self) -> str:
        """The comment as one text."""
        return "".join(piece for piece, _ in self.pieces)


def as_shown(text: str, known: frozenset[str] = frozenset()) -> str:
    """Returns what somebody wrote as it may be shown: contact data masked, but for the sites `known`."""
    return masked(text, known)


def sites_of(survey: Survey) -> frozenset[str]:
    """The sites that the survey itself names, in its questions and the answers that it offers."""
    answers = (choice.label for question in survey.questions for choice in question.choices)
    return site_names([*answers, *(question.text for question in survey.questions)])


def filter_of(survey: Survey, request: Request, *, answered: Where = ()) -> Request:
    """Returns the request's filters alone: which responses are meant, however they are weighted or shown.

    Args:
        answered: choices that the readers have to have given besides.

    Raises:
        RequestError: the survey cannot answer the selection.
    """
    where = (*request.where, *answered)
    check_selection(survey, replace(request, where=where))
    return Request(where=where, since=request.since, until=request.until)


def text_questions(survey: Survey) -> dict[str, str]:
    """Returns where readers wrote in their own words: "" for the comment, then the keys of text questions, with names.

    Example:
        >>> text_questions(Survey("k", "t", "UTC", (Question("why", "Why?", "text"),)))
        {'why': 'Why?'}
    """
    comment = {"": "Comments"} if survey.columns.comment else {}
    return comment | {question.key: question.text for question in survey.questions if question.kind == "text"}


def cards(
    survey: Survey,
    details: Details,
    listed: pd.DataFrame,
    question: Question | None,
    sizes: Mapping[int, int] | None,
    search: str = "",
) -> list[Card]:
    """Returns the comments listed, in their order.

    Args:
        details: of the responses listed.
        listed: the columns `response_no`, `question` and `profile_no`.
        question: the one whose answer stands beside each comment.
        sizes: how many readers each profile has; None where groups are not wanted.
    """
    texts, known = details.texts.set_index(["response_no", "question"])["text"].to_dict(), sites_of(survey)
    found = []
    for number, key, profile in zip(
        *(listed[name].tolist() for name in ("response_no", "question", "profile_no")), strict=True
    ):
        response, alike = details.responses.loc[number], 0 if sizes is None else sizes.get(profile, 0)
        card = Card(
            response_no=number,
            pieces=tuple(marked(masked(texts[number, key], known), search)),
            said=said_labels(details, number, question) if question else (),
            groups=level_labels(survey, details.levels.loc[number].to_dict()) if alike >= FEWEST_READERS else (),
            day=local_day(response["responded_at"], survey.time_zone),
            consent=response["consent"] or "",
        )
        found.append(card)
    return found


def local_day(at: pd.Timestamp, zone: str) -> date | None:
    """Returns the day of a moment by that clock, None for no moment."""
    return None if pd.isna(at) else at.astimezone(ZoneInfo(zone)).date()


def said_labels(details: Details, response_no: int, question: Question) -> tuple[str, ...]:
    """Returns the labels of the choices that a response gave to the question, in the order in which they are shown."""
    ours = (details.answers["response_no"] == response_no) & (details.answers["question"] == question.key)
    given = set(details.answers["value"][ours])
    return tuple(choice.label for choice in question.choices if choice.value in given)


def level_labels(survey: Survey, levels: Mapping[Hashable, str | None]) -> tuple[str, ...]:
    """Returns the label of each level that is known, dimension by dimension."""
    found = ((dimension, levels[dimension.key]) for dimension in survey.dimensions)
    known = [(dimension.level(value), value) for dimension, value in found if value and value != NO_ANSWER]
    return tuple(level.label if level else str(value) for level, value in known)


def closed_questions(survey: Survey) -> Sequence[Question]:
    """Returns the questions that have choices."""
    return [question for question in survey.questions if question.kind != "text" and question.choices]


def withheld_words(readers: int) -> str | None:
    """Why the comments of so few readers are not shown, None where they are.

    Example:
        >>> withheld_words(10) is None
        True
    """
    if not readers:
        return spoken("Nobody is in this selection, so nobody wrote a comment: take a filter away.")
    if may_see_comments(readers):
        return None
    return spoken(
        "Fewer than {count} readers are in this selection. Their comments are not shown, because somebody "
        "could tell who "
        "wrote them: take a filter away.",
        count=FEWEST_READERS,
    )
