"""The guard over headlines: what a figure does not bear out is found and explained, what it does is left alone."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analytics.claims.claim import Checked, check_claim
from analytics.estimates.views.view import View
from analytics.figures.drawing.style import Style, read_style
from analytics.figures.topline import topline_bars
from analytics.model import Question
from tests.exports_fixture import exported
from tests.surveys import RIVER, SAME, command, opened, people, record
from tests.test_figures_examples import (
    AGREE,
    DAYS,
    PRESSURE,
    STYLE_FILE,
    age_trend_view,
    age_view,
    crossed_view,
    house_style,
    sources_view,
    survey,
    topline_view,
    trend_view,
    view_of,
)

STYLE = house_style()
OPEN = replace(RIVER, columns=replace(RIVER.columns, weight=None), min_base=5)
GERMAN = read_style(STYLE_FILE, "de")
CLOSE = view_of({((), None): [480, 60, 500]})
THIN = view_of({((), None): [6, 3, 8]})
STEADY = view_of({((), day): [200 + place % 2, 100, 300] for place, day in enumerate(DAYS[:6])}, every="day")
SOURCES_SEEN, AGES, CROSSED, DAYS_SEEN = sources_view(), age_view(), crossed_view(), trend_view()
AGREED = view_of({((), None): [220, 300, 150, 180, 120, 30]}, AGREE)
BY_GENDER = view_of({(("F",), None): [400, 100, 500], (("M",), None): [250, 100, 650]}, by=("gender",))
AGREED_CLOSED = view_of(
    {((), None): [2500, 3000, 1500, 1800, 1200, 300]}, AGREE, now=datetime(2030, 1, 1, tzinfo=UTC),
    of=survey(AGREE, closes=datetime(2025, 6, 1)),
)  # fmt: skip
LIVE, CLOSED = (
    topline_view(),
    topline_view(now=datetime(2030, 1, 1, tzinfo=UTC), of=survey(closes=datetime(2025, 6, 1))),
)


def checked(text: str, view: View = LIVE, style=STYLE) -> Checked:
    return check_claim(text, view, "Most readers who answered say No", style)


def kinds(text: str, view: View = LIVE, style=STYLE) -> list[str]:
    return [one.kind for one in checked(text, view, style).findings]


@pytest.mark.parametrize(
    "text",
    [
        "Most readers who answered say No",
        "57 % of readers who answered say No",
        "No 57 %, Yes 31 %, Unsure 12 %",
        "57 percent of those who answered said No, 31 percent Yes",
        "Nearly a third of readers who answered say Yes",
        "More than half of readers who chose to answer say No",
        "20,114 readers answered: 57 % No",
        "Should the U.S. pressure Ukraine to accept a ceasefire?",
        "No is the most frequent answer",
        "",
    ],
)
def test_what_the_figure_bears_out_holds(text: str) -> None:
    found = checked(text)

    assert found.findings == ()
    assert found.verdict == ("holds" if text else "nothing to check")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No is ahead of Yes by a nose among readers who answered", ["nose"]),
        ("Ukrainians await the outcome; 57 % of readers who answered say No", ["Ukrainians await", "outcome"]),
        ("57 % of readers who answered love No", ["love"]),
        ("Support has doubled", ["doubled"]),
        ("57 % of readers who answered say No, once and for all", ["once"]),
    ],
)
def test_what_is_not_understood_is_not_checked_and_its_words_are_named(text: str, words: list[str]) -> None:
    found = checked(text)

    assert (found.verdict, found.findings) == ("not checked", ())
    for word in words:
        assert any(word in one.found for one in found.unread), found.unread
    assert all(text[one.start : one.end] == one.found for one in found.unread)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Americans say No to pressure on Kyiv", "people"),
        ("Voters oppose pressure on Kyiv", "people"),
        ("57 % of Americans say No", "people"),
        ("The public is against pressure", "people"),
        ("Most Germans reject the plan", "people"),
        ("Public opinion turns out to be: people want No", "people"),
        ("A representative poll finds No at 57 %", "certainty"),
        ("No leads at 57 %, ± 1 point", "certainty"),
        ("No at 57 %, with a margin of error of 1 point", "certainty"),
        ("A significant share, 57 %, says No", "certainty"),
        ("61 % of those who answered say No", "number"),
        ("57 % of those who answered say Yes", "number"),
        ("One in two of those who answered says Yes", "number"),
        ("Two thirds of those who answered say No", "number"),
        ("12,000 readers answered: No 57 %", "number"),
        ("A majority of readers who answered say Yes", "majority"),
        ("An overwhelming majority of readers who answered say No", "majority"),
        ("Everyone who answered says No", "majority"),
        ("Yes leads among readers who answered", "lead"),
        ("Support surges among readers who answered", "change"),
        ("No rises to 57 %", "change"),
        ("No at 57 % because of the phone call", "cause"),
        ("No is 40 points ahead", "number"),
    ],
)
def test_what_the_figure_does_not_bear_out_is_found(text: str, kind: str) -> None:
    found = checked(text)

    assert found.verdict == "does not hold"
    assert kind in {one.kind for one in found.findings}, found.findings


def test_a_finding_says_where_it_stands_why_and_what_would_hold() -> None:
    text = "Last night: 57 % of those who answered say Yes"

    (found,) = checked(text).findings

    assert text[found.start : found.end] == found.found == "57 %"
    assert found.reason.replace("\u00a0", " ") == "that is the share of No; Yes is 31%"
    assert (found.instead or "").replace("\u00a0", " ") == "31%"


def test_wording_that_holds_is_given_with_the_base() -> None:
    assert (
        checked("Americans say No").wording == "Most readers who answered say No (20,114 readers who chose to answer)"
    )


def test_wording_that_is_given_holds_itself() -> None:
    for view in (LIVE, CLOSE, CLOSED):
        title = topline_bars(view, STYLE, "light").title
        given_wording = check_claim("Americans say No", view, title, STYLE).wording

        assert check_claim(given_wording, view, title, STYLE).findings == (), given_wording


def test_a_lead_inside_the_noise_is_not_settled() -> None:
    (found,) = checked("No leads among readers who answered", CLOSE).findings

    assert (found.kind, found.instead) == ("lead", "not settled yet")


def test_a_majority_that_is_not_certain_is_about_half() -> None:
    close = view_of({((), None): [260, 0, 270]})

    (found,) = checked("A majority of readers who answered say No", close).findings

    assert (found.kind, found.instead) == ("majority", "about half")
    assert "is not certain" in found.reason


def test_a_majority_while_answers_come_in_has_to_outlast_being_watched() -> None:
    counts = {((), None): [455, 0, 545]}
    live, closed = (
        view_of(counts),
        view_of(counts, now=datetime(2030, 1, 1, tzinfo=UTC), of=survey(closes=datetime(2025, 6, 1))),
    )
    text = "A majority of readers who answered say No"

    assert (kinds(text, live), kinds(text, closed)) == (["majority"], [])


def test_a_number_that_is_kept_back_may_not_be_printed() -> None:
    assert kinds("47 % of those who answered say No", THIN) == ["kept back"]


def test_a_tenth_of_a_point_needs_a_thousand_answers() -> None:
    (found,) = checked("48.1 % of those who answered say No", view_of({((), None): [430, 50, 445]})).findings

    assert "do not bear tenths" in found.reason


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("No rises among readers who answered", None),
        ("No surges among readers who answered", "change"),
        ("No falls among readers who answered", "change"),
        ("Yes fell among readers who answered", None),
    ],
)
def test_a_change_is_held_against_the_trend(text: str, kind: str | None) -> None:
    assert kinds(text, trend_view()) == ([kind] if kind else [])


def test_a_change_inside_the_noise_is_no_change() -> None:
    (found,) = checked("Yes grows among readers who answered", STEADY).findings

    assert found.instead == "no clear change"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Those of 60+ who answered say No more often than those of 30–44", True),
        ("Those of 45–59 who answered say Yes more often than those of 30-44", True),
        ("Those of 60+ who answered say Unsure more often than those of No answer", False),
    ],
)
def test_a_difference_of_groups_is_held_against_the_noise(text: str, holds: bool) -> None:
    assert (kinds(text, age_view()) == []) is holds


def test_a_number_of_one_group_is_not_that_of_another() -> None:
    assert kinds("64 % of those of 60+ who answered say No", age_view()) == []
    assert kinds("64 % of those of 30–44 who answered say No", age_view()) == ["number"]


def test_made_up_answers_are_said_to_be() -> None:
    made_up = topline_view(of=survey(simulated=True))

    assert kinds("57 % of readers who answered say No", made_up) == ["simulated"]
    assert kinds("SIMULATED: 57 % of readers who answered say No", made_up) == []
    assert checked("x", made_up).wording.startswith("SIMULATED")


def test_a_random_sample_may_speak_of_its_population() -> None:
    sampled = topline_view(of=survey(sample="probability"))

    assert kinds("57 % of Americans say No, a representative poll finds", sampled) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Die Deutschen sagen No", "people"),
        ("57 Prozent der Wähler sagen No", "people"),
        ("Repräsentative Umfrage: No bei 57 %", "certainty"),
        ("Eine Mehrheit der Antwortenden sagt Yes", "majority"),
        ("Die Zustimmung steigt", "change"),
        ("61 Prozent der Antwortenden sagen No", "number"),
        ("57 Prozent der Leser, die geantwortet haben, sagen No", None),
        ("Die meisten Leser, die geantwortet haben, sagen No", None),
    ],
)
def test_german_headlines_are_read_too(text: str, kind: str | None) -> None:
    found = kinds(text, LIVE, GERMAN)

    assert (kind in found) if kind else found == []


@pytest.mark.parametrize(
    ("text", "view", "kind"),
    [
        ("Readers who answered say No to pressure on Ukraine", LIVE, None),
        ("Poll: 57% of respondents say no", LIVE, None),
        ("57% said no, 31% yes and 12% unsure", LIVE, None),
        ("Six in 10 who answered say No", LIVE, "number"),
        ("Almost six in ten who answered oppose pressure", LIVE, None),
        ("No wins", LIVE, None),
        ("57% No vs 31% Yes among 20,114 who answered", LIVE, None),
        ("How should the U.S. proceed? 57% of those who answered say No", LIVE, None),
        ("No 57%, up from nothing: what our 20,114 readers told us", LIVE, None),
        ("No outpolls Yes nearly two to one among those who answered", LIVE, None),
        ("No beats Yes 57-31", LIVE, None),
        ("No: 57.0%", LIVE, None),
        ("No: 57.2%", LIVE, "number"),
        ("About 57 percent of the 20,114 readers who answered said No", LIVE, None),
        ("Just over half of readers who answered said No", LIVE, None),
        ("Nearly 60% of readers who answered said No", LIVE, None),
        ("Almost 60 percent said No", LIVE, None),
        ("More than 55% said No", LIVE, None),
        ("More than 60% said No", LIVE, "number"),
        ("Over 70 percent said No", LIVE, "number"),
        ("At least half of those who answered said No", LIVE, None),
        ("Fewer than one in three of those who answered said Yes", LIVE, None),
        ("Less than a third said Yes", LIVE, None),
        ("Less than 20% said Yes", LIVE, "number"),
        ("A plurality said No", LIVE, None),
        ("Readers reject pressure on Ukraine", LIVE, None),
        ("Our readers are divided on Ukraine", LIVE, "lead"),
        ("Most Americans oppose pressuring Ukraine", LIVE, "people"),
        ("US voters split over pressure on Kyiv", LIVE, "people"),
        ("Berliners say No", LIVE, "people"),
        ("America says No", LIVE, "people"),
        ("Americans: No to pressure", LIVE, "people"),
        ("What Americans think about Ukraine", LIVE, "people"),
        ("Support for Ukraine collapses", LIVE, "change"),
        ("The majority said Yes", LIVE, "majority"),
        ("Half of readers who answered said No", LIVE, "number"),
        ("Three quarters of those who answered said No", LIVE, "number"),
        ("Two in three who answered said No", LIVE, "number"),
        ("Yes trails No by 26 points", LIVE, None),
        ("Yes trails No by 36 points", LIVE, "number"),
        ("26-point gap between No and Yes", LIVE, None),
        ("Twice as many readers who answered said No as Yes", LIVE, "number"),
        ("Unsure leads", LIVE, "lead"),
        ("Only 12% are unsure", LIVE, None),
        ("Only 22% are unsure", LIVE, "number"),
        ("Only 12 % of those who answered are unsure, 31 % say Yes", LIVE, None),
        ("43% did not say No", LIVE, None),
        ("Yes and Unsure together: 43%", LIVE, None),
        ("25,000 readers voted: 57% No", LIVE, "number"),
        ("More than 20,000 readers answered", LIVE, None),
        ("More than 30,000 readers answered", LIVE, "number"),
        ("20,114 readers who answered: what they said", LIVE, None),
        ("Trump calls on Kyiv to accept a ceasefire; 57% of those who answered say No", LIVE, None),
        ("Ukraine's 1,000 days of war: 57 % of those who answered say No", LIVE, None),
        ("In 2025, 57% of those who answered said No", LIVE, None),
        ("Following Trump's call, 57% of those who answered said No", LIVE, "cause"),
        ("Landslide: 57% of those who answered say No", LIVE, "majority"),
        ("Television is where most of those who answered first heard of the talks", SOURCES_SEEN, "majority"),
        ("38% of those who answered first heard on news sites and apps", SOURCES_SEEN, None),
        ("News sites and apps ahead of Television (38% to 25%)", SOURCES_SEEN, None),
        ("One in four heard it on television", SOURCES_SEEN, None),
        ("One in five heard on social networks", SOURCES_SEEN, None),
        ("A quarter of those who answered heard it on Television", SOURCES_SEEN, None),
        ("Radio beats Television", SOURCES_SEEN, "lead"),
        ("Television and Radio together reach 32%", SOURCES_SEEN, None),
        ("Two thirds heard it on news sites and apps", SOURCES_SEEN, "number"),
        ("Only 7% heard on the radio", SOURCES_SEEN, None),
        ("Radio 7%, friends 8%, somewhere else 2%", SOURCES_SEEN, None),
        ("52% of those who answered agree", AGREED, None),
        ("52% of those who answered agree that sanctions work, 30% disagree", AGREED, None),
        ("22% strongly agree", AGREED, None),
        ("60% agree", AGREED, "number"),
        ("Those who answered agree rather than disagree, by 22 points", AGREED, None),
        ("Readers aged 60+ who answered are more likely to say No than those of 30–44", AGES, None),
        ("64% of those aged 60+ who answered said No, 50% of those aged 30-44", AGES, None),
        ("Women who answered said No less often than men", CROSSED, None),
        ("18-29: 58% say No", AGES, "kept back"),
        ("Young readers who answered say No", AGES, None),
        ("The older the readers who answered, the more say No", AGES, None),
        ("Support for No rises from 50% to 60%", DAYS_SEEN, None),
        ("No rises 9 points in ten days", DAYS_SEEN, None),
        ("No surges", DAYS_SEEN, "change"),
        ("No climbs to 80%", DAYS_SEEN, "number"),
        ("No up 9 points since 18 May", DAYS_SEEN, None),
        ("No up 20 points since 18 May", DAYS_SEEN, "number"),
        ("Yes declines among those who answered", DAYS_SEEN, None),
        ("Yes loses ground", DAYS_SEEN, None),
        ("Yes gains ground", DAYS_SEEN, "change"),
        ("Answers hold steady", STEADY, None),
        ("Yes is rising", STEADY, "change"),
        ("No unchanged", STEADY, None),
        ("31% No and 57% Yes among those who answered", LIVE, "number"),
        ("57% No and 31% Yes among those who answered", LIVE, None),
        ("No 31%, Yes 57%", LIVE, "number"),
        ("No: 31%, Yes: 57%", LIVE, "number"),
        ("No: 57%, Yes: 31%", LIVE, None),
        ("No (57%) beats Yes (31%)", LIVE, None),
        ("No (31%) trails Yes (57%)", LIVE, "number"),
        ("No 57% v Yes 31%", LIVE, None),
        ("Just 31% said yes; 57% said no", LIVE, None),
        ("Just 57% said yes; 31% said no", LIVE, "number"),
        ("57% no longer trust Washington", LIVE, None),
        ("Readers speak up: 57% of those who answered say No", LIVE, None),
        ("57% of those who answered say Trump should change course and say No", LIVE, None),
        ("Will support fall? 57% of those who answered say No", LIVE, None),
        ("No is down", LIVE, "change"),
        ("Support up", LIVE, "change"),
        ("Support goes up", LIVE, "change"),
        ("Not even a third of those who answered say Yes", LIVE, None),
        ("Just over 30% said Yes", LIVE, None),
        ("Just under 60% said No", LIVE, None),
        ("Just over 60% said No", LIVE, "number"),
        ("Nearly 55% said No", LIVE, "number"),
        ("Almost half of those who answered said No", LIVE, "number"),
        ("Almost half of those who answered said No", CLOSE, None),
        ("Well over half said No", LIVE, None),
        ("Double digits: 12% are unsure", LIVE, None),
        ("Nearly twice as many who answered said No as Yes", LIVE, None),
        ("Three times as many said No as Yes", LIVE, "number"),
        ("57% of readers said No (95% interval: 56% to 58%)", LIVE, None),
        ("57% of those who answered said No (56–58%)", LIVE, None),
        ("57% of those who answered said No (52–58%)", LIVE, None),
        ("More than 20,000 people answered", LIVE, None),
        ("25,000 people answered", LIVE, "number"),
        ("We asked 20,114 readers. 57% said No.", LIVE, None),
        ("Germans, Poles want peace", LIVE, "people"),
        ("Republicans back pressure on Kyiv", LIVE, "people"),
        ("Plans to pressure Kyiv would fail, 57% of those who answered say", LIVE, None),
        ("What 20,114 of our readers who answered think of pressure on Ukraine", LIVE, None),
        ("Nobody who answered said Yes", LIVE, "majority"),
        ("Everyone's talking about it: 57% of those who answered said No", LIVE, None),
        ("A third of those who answered said Yes, a tenth were unsure", LIVE, "number"),
        ("The leading answer: No", LIVE, None),
        ("After phone call, 57% said No", LIVE, None),
        ("Trump call moves readers to No", LIVE, None),
        ("No gains on Yes", LIVE, "change"),
        ("No and Yes are level", LIVE, None),
        ("Strongly agree: 22%. Agree: 30%.", AGREED, None),
        ("A majority of those who answered strongly agree", AGREED, "majority"),
        ("52% strongly agree", AGREED, "number"),
        ("Half of those who answered agree that sanctions work", AGREED, None),
        ("30% disagree", AGREED, None),
        ("18% disagree, 12% strongly disagree", AGREED, None),
        ("60% of those who answered disagree", AGREED, None),
        ("64% of those aged 60+ who answered said No and 50% of those aged 30-44", AGES, None),
        ("50% of those aged 60+ who answered said No and 64% of those aged 30-44", AGES, "number"),
        ("30-44: 50% No. 60+: 64% No.", AGES, None),
        ("30-44: 64% No. 60+: 50% No.", AGES, "number"),
        ("Most of those aged 30-44 who answered said No", AGES, "majority"),
        ("Those aged 45-59 are split", AGES, "lead"),
        ("No leads by 9 points more than at the start", DAYS_SEEN, None),
        ("Nine points more for No than on 18 May", DAYS_SEEN, None),
        ("Support for No grows to 58% from 50%", DAYS_SEEN, None),
        ("38% News sites, 25% TV, 20% social networks", SOURCES_SEEN, None),
        ("News sites and apps 25%, Television 38%", SOURCES_SEEN, "number"),
        ("Television and News sites and apps: 63%", SOURCES_SEEN, None),
        ("62% did not name News sites and apps", SOURCES_SEEN, None),
        (
            "A majority of those who answered agree that sanctions work",
            AGREED_CLOSED,
            None,
        ),
        ("Readers who answered give sanctions 3.4 out of 5", AGREED, None),
        ("3 out of 5 who answered said No", LIVE, "number"),
        ("57.1% No, 31.0% Yes", LIVE, "number"),
        ("57.0% No, 31.0% Yes", LIVE, None),
        ("No 57, Yes 31", LIVE, None),
        ("POLL: 57% OF READERS WHO ANSWERED SAY NO", LIVE, None),
        ("AMERICANS SAY NO TO PRESSURE", LIVE, "people"),
        ("MAJORITY SAY YES", LIVE, "majority"),
        ("NO WAY: 57% of those who answered oppose pressure", LIVE, None),
        ("57 %\u00a0of those who answered say No", LIVE, None),
        ("57\u202f% of those who answered say No", LIVE, None),
        ("57％ of those who answered say Yes", LIVE, "number"),
        ("fifty-seven percent of those who answered say No", LIVE, None),
        ("sixty percent of those who answered say No", LIVE, "number"),
        ("Fifty percent of those who answered say No", LIVE, "number"),
        ("0.57 of those who answered say No", LIVE, None),
        ("57% of men who answered said No", LIVE, "difference"),
        ("6 in 10 say No", LIVE, "number"),
        ("9 in 10 say No", LIVE, "number"),
        ("Nine out of ten who answered say No", LIVE, "number"),
        ("Two-thirds of those who answered back Yes", LIVE, "number"),
        ("One-third of those who answered said Yes", LIVE, "number"),
        ("Readers’ verdict: No", LIVE, None),
        ("Most readers don't want pressure on Ukraine", LIVE, None),
        ("Majority opposes pressure on Kyiv", LIVE, None),
        ("No to pressure, says majority of readers who answered", LIVE, None),
        ("Readers overwhelmingly reject pressure", LIVE, None),
        ("An overwhelming 57% said No", LIVE, "majority"),
        ("Vast majority of those who answered said No", LIVE, "majority"),
        ("Clear majority of those who answered said No", LIVE, None),
        ("Slim majority of those who answered said No", LIVE, None),
        ("Slim majority of those who answered said No", CLOSE, "majority"),
        ("Dead heat between Yes and No", CLOSE, None),
        ("Yes and No neck and neck", CLOSE, None),
        ("No edges out Yes", CLOSE, "lead"),
        ("No narrowly ahead", CLOSE, "lead"),
        ("No tops Yes", CLOSE, "lead"),
        ("More readers who answered say No than Yes", CLOSE, "lead"),
        ("More of those who answered say Yes than No", LIVE, "lead"),
        ("More of those who answered say No than Yes", LIVE, None),
        ("Men who answered are more opposed than women", CROSSED, None),
        ("Older readers who answered said No more than younger ones", AGES, None),
        ("Those of 30-44 who answered say No more often than those of 60+", AGES, "difference"),
        ("No fell from 59% to 50%", DAYS_SEEN, "change"),
        ("No dropped 9 points", DAYS_SEEN, "change"),
        ("No rose 9 points", DAYS_SEEN, None),
        ("No rose by nearly 10 points", DAYS_SEEN, None),
        ("No rose from 50 to 59 percent", DAYS_SEEN, None),
        ("Television is the leading source among those who answered", SOURCES_SEEN, None),
        ("News sites and apps is the leading source among those who answered", SOURCES_SEEN, None),
        ("Margin of error: 1 point", LIVE, "certainty"),
        ("Scientific poll: 57% No", LIVE, "certainty"),
        ("Statistically, 57% No", LIVE, None),
        ("Exclusive: 57% of those who answered say No", LIVE, None),
        ("Poll | 57% say No", LIVE, None),
        ("57% say No to Trump's 28-point plan", LIVE, None),
        ("57% say No to a 30% tariff", LIVE, None),
        ("What readers who answered say about pressure", LIVE, None),
        ("20,114 readers took part", LIVE, None),
        ("Over 20 thousand readers answered", LIVE, None),
        ("Two million readers answered", LIVE, None),
        ("Yes beats No", LIVE, "lead"),
        ("Yes is ahead of No", LIVE, "lead"),
        ("No is ahead of Yes", LIVE, None),
        ("Men who answered are more likely than women to say No", BY_GENDER, None),
        ("Women who answered are more likely than men to say No", BY_GENDER, "difference"),
        ("Women who answered are less likely than men to say No", BY_GENDER, None),
        ("Men who answered are less likely than women to say No", BY_GENDER, "difference"),
        ("This is not a representative sample", LIVE, None),
        ("Readers are no representative sample of Americans", LIVE, None),
        ("It's not a representative poll: 57% said No", LIVE, None),
        ("A 61% majority said No", LIVE, "number"),
        ("A 57% majority of those who answered said No", LIVE, None),
        ("A 26-point lead for No", LIVE, None),
        ("A 36-point lead for No", LIVE, "number"),
        ("Fewer of those who answered say Yes than No", LIVE, None),
        ("Fewer of those who answered say No than Yes", LIVE, "lead"),
        ("No more excuses: 57% said No", LIVE, None),
    ],
)
def test_a_headline_of_a_newsroom_is_found_or_left_alone(text: str, view: View, kind: str | None) -> None:
    found = kinds(text, view)

    assert (kind in found) if kind else found == []


@pytest.mark.parametrize(
    ("text", "view", "kind"),
    [
        ("57 Prozent der Antwortenden sagen No", LIVE, None),
        ("57 Prozent der Teilnehmenden lehnen Druck ab", LIVE, None),
        ("Mehrheit der Teilnehmenden gegen Druck", LIVE, None),
        ("Deutsche lehnen Druck auf die Ukraine ab", LIVE, "people"),
        ("Die Deutschen gegen Druck", LIVE, "people"),
        ("Mehr als die Hälfte der Antwortenden sagt No", LIVE, None),
        ("Fast sechs von zehn sagen No", LIVE, None),
        ("Fast 60 Prozent der Antwortenden sagen No", LIVE, None),
        ("Über 70 Prozent der Antwortenden sagen No", LIVE, "number"),
        ("Jeder Dritte sagt Yes", LIVE, "number"),
        ("Jeder Zweite sagt No", LIVE, "number"),
        ("20.114 Leser haben geantwortet: 57 Prozent No", LIVE, None),
        ("Rund 20.000 Leser haben geantwortet", LIVE, None),
        ("30.000 Leser haben geantwortet", LIVE, "number"),
        ("No liegt 26 Punkte vor Yes", LIVE, None),
        ("No führt deutlich", LIVE, None),
        ("Yes führt", LIVE, "lead"),
        ("Zustimmung bricht ein", LIVE, "change"),
        ("Umfrage: Klare Mehrheit der Leser will keinen Druck", LIVE, None),
        ("Klare Mehrheit: 57 Prozent No", LIVE, None),
        ("Weniger als ein Drittel sagt Yes", LIVE, None),
        ("Knapp ein Drittel sagt Yes", LIVE, None),
        ("Nur 12 Prozent sind Unsure", LIVE, None),
        ("Leser, die geantwortet haben, sagen No", LIVE, None),
        ("Leserinnen und Leser gegen Druck auf Kiew", LIVE, None),
        ("Die Wähler haben genug", LIVE, "people"),
        ("No legt um 9 Punkte zu", DAYS_SEEN, None),
        ("No bricht ein", DAYS_SEEN, "change"),
        ("Yes verliert neun Punkte", DAYS_SEEN, None),
        ("Kein Druck auf Kiew: was unsere 20.114 Antwortenden sagen", LIVE, None),
        ("Wer antwortet, sagt eher No als Yes", LIVE, None),
        ("31 Prozent No und 57 Prozent Yes", LIVE, "number"),
        ("57 Prozent No und 31 Prozent Yes", LIVE, None),
        ("Gut die Hälfte sagt No", CLOSE, "number"),
        ("Knapp die Hälfte der Antwortenden sagt No", CLOSE, None),
        ("Knapp 60 Prozent der Antwortenden sagen No", LIVE, None),
        ("Gut 60 Prozent der Antwortenden sagen No", LIVE, "number"),
        ("Umfrage unter 20.114 Lesern: 57 Prozent No", LIVE, None),
        ("43 Prozent sagen nicht No", LIVE, None),
        ("Mieten sollen sinken: 57 Prozent No", LIVE, None),
        ("Jede Dritte sagt Yes", LIVE, "number"),
        ("Jeder sagt No", LIVE, "majority"),
        ("Yes stürzt ab", LIVE, "change"),
        ("Doppelt so viele sagen No wie Yes", LIVE, "number"),
        ("Fast doppelt so viele sagen No wie Yes", LIVE, None),
        ("Wähler: No", LIVE, "people"),
        ("57 Prozent der Leserinnen und Leser, die geantwortet haben, sagen No", LIVE, None),
        ("Leser haben abgestimmt: 57 Prozent No", LIVE, None),
        ("MEHRHEIT SAGT YES", LIVE, "majority"),
        ("Sechs von zehn sagen No", LIVE, None),
        ("Neun von zehn sagen No", LIVE, "number"),
        ("Überwältigende Mehrheit sagt No", LIVE, "majority"),
        ("Deutschland sagt No", LIVE, "people"),
        ("Die Leserschaft ist gegen Druck", LIVE, None),
        ("Mehr Antwortende sagen No als Yes", LIVE, None),
        ("No hängt Yes ab", CLOSE, "lead"),
        ("No knapp vor Yes", CLOSE, "lead"),
        ("Repräsentativ ist das nicht: 57 Prozent No", LIVE, None),
        ("57,0 Prozent No", LIVE, None),
        ("57,2 Prozent No", LIVE, "number"),
        ("57 % der Befragten sagen No, 31 % Yes", LIVE, None),
        ("Zwei Drittel sagen No", LIVE, "number"),
        ("Ein Drittel sagt Yes", LIVE, "number"),
        ("No legt zu", DAYS_SEEN, None),
        ("Yes legt zu", DAYS_SEEN, "change"),
        ("No gewinnt neun Punkte", DAYS_SEEN, None),
        ("Seit dem Gespräch steigt No", DAYS_SEEN, None),
        ("Wegen des Gesprächs steigt No", DAYS_SEEN, "cause"),
    ],
)
def test_a_german_headline_of_a_newsroom_is_found_or_left_alone(text: str, view: View, kind: str | None) -> None:
    found = kinds(text, view, GERMAN)

    assert (kind in found) if kind else found == []


MOST = "die häufigste Antwort"
WHO = "Leserinnen und Leser, die geantwortet haben"
CHOSE, NO_SAMPLE = "die haben sich selbst dazu entschieden", "ist keine Zufallsstichprobe"
ENGLISH = re.compile(
    r"\b(?:the|that|this|is|are|not|no|of|than|more|less|answer(?:s|ed)?|readers|half|settled|it|by)\b"
)


@pytest.mark.parametrize(
    ("text", "view", "reason", "instead"),
    [
        ("Die Deutschen sagen No", LIVE, CHOSE, WHO),
        ("Deutschland sagt No", LIVE, CHOSE, WHO),
        ("Wähler lehnen Druck ab: 57 Prozent No", LIVE, CHOSE, WHO),
        ("57 Prozent der Bürger sagen No", LIVE, CHOSE, WHO),
        ("Die Öffentlichkeit ist gegen Druck", LIVE, CHOSE, WHO),
        ("Repräsentative Umfrage: No bei 57 %", LIVE, NO_SAMPLE, None),
        ("No bei 57 %, Fehlerspanne drei", LIVE, NO_SAMPLE, None),
        ("61 Prozent der Antwortenden sagen No", LIVE, "keine Zahl dieser Grafik ist das; bei No", "57 %"),
        ("57 Prozent der Antwortenden sagen Yes", LIVE, "der Anteil von No; bei Yes sind es 31 %", "31 %"),
        ("57,2 Prozent No", LIVE, "bei No sind es 57 %", "57 %"),
        ("Zwei Drittel sagen No", LIVE, "bei No sind es 57 %", "57 %"),
        ("Jeder Zweite sagt Yes", LIVE, "bei Yes sind es 31 %", "31 %"),
        ("Neun von zehn sagen No", LIVE, "bei No sind es 57 %", "57 %"),
        ("12.000 Leser haben abgestimmt: 57 Prozent No", LIVE, "20.114 haben diese Frage", "20.114 Leser"),
        ("Mehrheit sagt Yes", LIVE, "Yes: 31 % (30 % bis 32 %): Das ist nicht mehr als die Hälfte", MOST),
        ("Mehrheit sagt No", CLOSE, "Das ist nicht mehr als die Hälfte", "etwa die Hälfte"),
        ("Überwältigende Mehrheit sagt No", LIVE, "Das ist nicht mehr als zwei Drittel", MOST),
        ("Mehrheit sagt No", THIN, "darf keine Zahl dieser Grafik gezeigt werden: zu wenige Antworten", None),
        ("47 Prozent sagen No", THIN, "No wird zurückgehalten", None),
        ("Jeder sagt No", LIVE, "weder alle noch niemand", None),
        ("No führt vor Yes", CLOSE, "noch nicht entschieden: Wer vorn liegt", "noch nicht entschieden"),
        ("Yes führt", LIVE, "vorn liegt No", None),
        ("Mehr sagen Yes als No", LIVE, "es ist umgekehrt: Mehr sagen No", None),
        ("Mehr sagen No als Yes", CLOSE, "ist noch nicht entschieden", None),
        ("Anstieg auf 57 Prozent No", LIVE, "einen einzigen Zeitraum und keine Veränderung", None),
        ("Die Zustimmung steigt", LIVE, "einen einzigen Zeitraum und keine Veränderung", None),
        ("Anstieg bei No", STEADY, "geht klar über den Zufall hinaus", "keine klare Veränderung"),
        ("Yes steigt", DAYS_SEEN, "es ist gesunken, um 8 Punkte", None),
        ("No explodiert", DAYS_SEEN, "die Veränderung beträgt 8 Punkte, weniger als 10", "stieg"),
        ("No bei 57 % wegen des Gesprächs", LIVE, "sagt diese Grafik nicht", "nach"),
        ("No liegt 40 Punkte vorn", LIVE, "so weit auseinander; am nächsten kommt 45 Punkte", None),
        ("Doppelt so viele sagen No wie Yes", LIVE, "No ist das 1,8-Fache von Yes", None),
        ("Men sagen Yes häufiger als Women", BY_GENDER, "es ist umgekehrt: Yes bei Men und Women", None),
        ("Women sagen Unsure häufiger als Men", BY_GENDER, "unterscheiden sich nicht", "kein klarer Unterschied"),
        ("57 Prozent sagen No", topline_view(of=survey(simulated=True)), "SIMULIERT dazuschreiben", None),
    ],
)  # fmt: skip
def test_a_german_headline_is_answered_in_german(text: str, view: View, reason: str, instead: str | None) -> None:
    title = "Die meisten Leserinnen und Leser, die geantwortet haben, sagen No"

    found = check_claim(text, view, title, GERMAN)

    told = [one for one in found.findings if reason in one.reason.replace("\u00a0", " ")]
    assert told, found.findings
    assert (told[0].instead or "").replace("\u00a0", " ") == (instead or "")
    said = " ".join(words for one in found.findings for words in (one.reason, one.instead or ""))
    assert not ENGLISH.search(re.sub(r"fewer than 30 answers|\bNo\b", "", said))
    assert "Leserinnen und Leser, die geantwortet haben" in found.wording


@pytest.mark.parametrize("style", [STYLE, GERMAN], ids=["en", "de"])
@pytest.mark.parametrize(
    "view", [LIVE, CLOSE, CLOSED, THIN, STEADY, SOURCES_SEEN, AGES, CROSSED, DAYS_SEEN, AGREED, age_trend_view()]
)
def test_what_the_house_says_of_a_figure_holds_before_its_own_guard(view: View, style: Style) -> None:
    export = exported(view, style)
    figure = export.figure
    wording = check_claim("x", view, figure.title, style).wording

    for text in (figure.title, figure.subtitle, figure.caption, figure.alt, wording):
        assert check_claim(text, view, figure.title, style).findings == (), text


def test_a_mean_is_one_of_the_view() -> None:
    rows = AGREED.estimates
    mean = rows.iloc[[0]].assign(statistic="mean", choice=None, choice_label="Mean", share=float("nan"), value=0.34)
    view = replace(AGREED, estimates=pd.concat([rows, mean], ignore_index=True))

    assert kinds("Those who answered score 0.3 on average", view) == []
    assert kinds("Those who answered score 0.8 on average", view) == ["number"]


def test_a_word_of_the_question_claims_nothing() -> None:
    rents = Question("rents", "Should rents rise because of the tax?", "single", choices=PRESSURE.choices)

    assert (
        kinds(
            "57 % of those who answered say No to rents that rise because of the tax",
            view_of({((), None): [6235, 2414, 11465]}, rents),
        )
        == []
    )


@SAME
@example("NECK AND NECK")
@example("Kopf an Kopf")
@given(st.text(max_size=200))
def test_any_text_can_be_checked_and_every_finding_points_into_it(text: str) -> None:
    for view in (LIVE, trend_view(), THIN):
        for one in checked(text, view).findings:
            assert text[one.start : one.end] == one.found


@SAME
@given(st.integers(0, 100), st.sampled_from(["Yes", "Unsure", "No"]))
def test_a_percentage_beside_an_answer_holds_only_where_it_is_that_answers(number: int, label: str) -> None:
    share = {"Yes": 31, "Unsure": 12, "No": 57}[label]

    assert (kinds(f"{number} % of those who answered said {label}") == []) == (number == share)


def test_the_command_says_what_does_not_hold_and_fails(tmp_path: Path) -> None:
    db = tmp_path / "river.sqlite"
    with opened(db) as store:
        record(store, OPEN, people(0, 90))

    bad = command("claim", "river", "move", "Berliners: a majority of readers who answered say No", "--db", db)
    good = command("claim", "river", "move", "67 % of readers who answered say Yes", "--format", "json", "--db", db)

    unread = command("claim", "river", "move", "67 % of readers who answered could say Yes", "--db", db)
    alone = command("claim", "river", "move", "Yes", "--db", db)

    assert bad.exit_code == 1
    assert [one.exit_code for one in (unread, alone)] == [1, 1]
    assert "Not checked. These words were not understood: “could”." in unread.output
    assert "“Yes”" in alone.output.splitlines()[0]
    assert "majority of”: No is 33%" in bad.output.replace("\u00a0", " ")
    assert "Wording that holds: " in bad.output
    assert (good.exit_code, json.loads(good.output)["verdict"]) == (0, "holds")


def test_a_guard_that_knows_no_intervals_would_let_through_what_this_one_stops() -> None:
    # the known-bad twin: a lead is a lead wherever one share is larger
    value = CLOSE.estimates["value"]
    certain = CLOSE.estimates.assign(low=value, high=value)
    naive = replace(CLOSE, estimates=certain, lead=replace(CLOSED.lead, leads=True) if CLOSED.lead else None)

    assert kinds("No leads among readers who answered", naive) == []
    assert kinds("No leads among readers who answered", CLOSE) == ["lead"]
