"""A trend says of a crowd among its answers what the page beside it says, in every file: as a mark and in its note."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from analytics.estimates.crowded import with_storms
from analytics.estimates.storms import StormCard, Swing
from analytics.estimates.views.view import View
from analytics.exports.export import Export
from analytics.exports.formats import file_of
from analytics.figures.trend import trend_lines
from analytics.language.said import speaking
from analytics.model import Event
from analytics.model.crowds import Crowd, CrowdDecision, DecidedCrowd
from analytics.storms.scan import Storm
from analytics.words.captions import joined
from analytics.words.crowds import crowd_sentences
from analytics.words.storms import storm_line
from tests.exports_fixture import STYLE, exported
from tests.test_figures_examples import trend_view, view_of

VIEW = trend_view()
BEGAN = datetime(2025, 5, 20, 14, 10, tzinfo=ZoneInfo(VIEW.survey.time_zone))
SINCE = int(BEGAN.timestamp())
CROWD = Crowd("referrer", "forum.example", SINCE, SINCE + 2700)
STORM = Storm("forum.example", SINCE, SINCE + 2700, 1199, 20.0, 0.0001, float("nan"), float("nan"), ("crowd",), 1199)
OPEN = StormCard(STORM, CROWD, day=Swing("No", 0.41, 0.6, "Yes", "No", 0.49, 0.3, 1688, 1223, True, True))


def decided(decision: CrowdDecision) -> StormCard:
    return replace(OPEN, decided=DecidedCrowd("forum", CROWD, 1199, decision, 0, BEGAN.astimezone(UTC), "ada"))


def left(*cards: StormCard, language: str = "en") -> Export:
    style = replace(STYLE, language=language)
    with speaking(style):
        return exported(with_storms(VIEW, cards), style)


@pytest.mark.parametrize(
    ("card", "fate"),
    [
        (OPEN, "The newsroom has not decided yet whether to keep them; until then they count."),
        (decided("watched"), "The newsroom has not decided yet whether to keep them; until then they count."),
        (decided("kept"), "They count."),
    ],
)
def test_the_note_of_a_trend_says_of_a_crowd_that_counts_what_its_page_says(card: StormCard, fate: str) -> None:
    export = left(card)

    told = storm_line(card, VIEW.survey, STYLE).rstrip(".")
    assert f"{told}. {fate}" in export.figure.caption
    assert "1,199 responses from forum.example" in told
    away = [joined(export.figure.sentences, place) for place in ("picture", "frame", "chart", "file")]  # type: ignore[arg-type]
    assert not any("forum" in words for words in away)
    assert all("Includes 1,199 responses that arrived within a short time on 20 May 2025" in words for words in away)


def test_a_crowds_label_on_the_last_day_stands_nearer_to_its_own_point_than_to_another_line() -> None:
    days = [f"2025-05-{day:02}" for day in range(1, 22)]
    counts = {((), day): [580, 80, 340] if day != days[-1] else [120, 30, 850] for day in days}
    at = int(datetime(2025, 5, 21, 18, tzinfo=UTC).timestamp())
    card = replace(
        OPEN, storm=replace(STORM, since=at, until=at + 2700), crowd=replace(CROWD, since=at, until=at + 2700)
    )
    view = with_storms(view_of(counts, every="day"), [card])

    labels = trend_lines(view, STYLE, "light").spec["layout"]["annotations"]

    (label,) = (one for one in labels if one["text"].startswith("21") and "12" in one["text"])
    height = label["ay"] if label.get("ayref") == "y" else label["y"]
    assert abs(height - 12) < abs(height - 85), label
    assert abs(height - 12) < 25


@pytest.mark.parametrize("view", [VIEW, view_of({((), None): [520, 0, 410]})])
def test_every_note_says_how_many_responses_an_editor_set_aside_unless_they_count_in_the_figure(view: View) -> None:
    aside = replace(view, status=replace(view.status, screened=320, set_aside=(("forum", 298), ("mail", 2))))
    them_too = replace(aside, request=replace(aside.request, standing="with screened"))

    notes, others = (
        [figure.caption, figure.picture_caption, figure.short_caption, joined(figure.line)]
        for figure in (exported(one, STYLE).figure for one in (aside, them_too))
    )

    assert ["300 responses set aside by an editor." in note for note in notes] == [True] * 4
    assert not any("by an editor" in note for note in others)
    assert "by an editor" not in exported(replace(aside, rounded=True), STYLE).figure.caption


def test_a_crowd_is_a_mark_at_its_moment_in_the_drawing_the_alternative_text_and_the_frame() -> None:
    export, before = left(OPEN), left()

    at = [shape["x0"] for shape in export.figure.spec["layout"]["shapes"] if shape["type"] == "line"]
    labels = " ".join(note["text"] for note in export.figure.spec["layout"]["annotations"])
    frame = file_of(export, "html").decode()
    assert "2025-05-20T12:00:00" in at  # at the point of its day, not beside it
    assert "Crowd: 1,199 from forum.example" in labels.replace("<br>", " ")
    assert "Crowd: 1,199 from forum.example (20 May, 14:10)" in export.figure.alt
    assert "Crowd: 1,199 from forum.example" in frame
    assert export.chart is not None
    assert before.chart is not None
    assert len(export.chart.events) == len(before.chart.events) + 1


@pytest.mark.parametrize("ending", ["csv", "json", "html"])
def test_every_file_of_the_numbers_has_the_note(ending: str) -> None:
    assert (
        "The newsroom has not decided yet whether to keep them; until then they count."
        in file_of(left(OPEN), ending).decode()
    )


@pytest.mark.parametrize(
    "card",
    [
        decided("aside"),
        replace(OPEN, event=Event(BEGAN, "Push", "push")),
        replace(OPEN, storm=replace(STORM, since=0, until=60)),
    ],
    ids=["set aside", "called for", "before the selection"],
)
def test_a_crowd_that_does_not_count_here_is_not_spoken_of(card: StormCard) -> None:
    shown = replace(VIEW, request=replace(VIEW.request, since=datetime(2025, 5, 1, tzinfo=UTC)))

    assert with_storms(shown, (card,)).storms == ()


def test_a_crowd_that_was_set_aside_is_marked_and_named_where_those_set_aside_count_too() -> None:
    shown = replace(VIEW, request=replace(VIEW.request, standing="with screened"))

    view = with_storms(shown, (decided("aside"),))

    assert view.storms == (decided("aside"),)
    (told,) = crowd_sentences(view, STYLE, kept_only=True)
    assert told.endswith("The newsroom set them aside; they are counted in this figure only.")
    assert exported(view, STYLE).figure.alt.count("forum.example") == 1


def test_a_german_figure_says_it_in_german() -> None:
    export = left(OPEN, language="de")

    assert re.search(r"Andrang: 1[.,]199 von forum\.example", export.figure.alt)
    assert "ob sie sie behält; bis dahin zählen sie mit." in export.figure.caption
    assert "They count" not in export.figure.caption


def test_the_page_says_below_its_trend_only_what_its_head_does_not() -> None:
    shown = [trend_lines(with_storms(VIEW, (card,)), STYLE, "light") for card in (OPEN, decided("kept"))]

    lines = [" ".join(one.at("page") for one in figure.line) for figure in shown]
    assert ["forum.example" in line for line in lines] == [False, True]
