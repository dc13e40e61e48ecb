"""The guard over headlines: what a figure does not bear out is found and explained, what it does is left alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.claims.claim import Checked, check_claim
from analytics.figures.style import read_style
from analytics.figures.topline import topline_bars
from analytics.views.view import View
from tests.surveys import RIVER, SAME, command, opened, people, record
from tests.test_figures_examples import (
    DAYS,
    STYLE_FILE,
    age_view,
    house_style,
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
        "No is ahead of Yes by 26 points among readers who answered",
        "Nearly a third of readers who answered say Yes",
        "More than half of readers who chose to answer say No",
        "20,114 readers answered: 57 % No",
        "Among those who answered, six in ten say No",
        "Should the U.S. pressure Ukraine to accept a ceasefire?",
        "Ukrainians await the outcome; 57 % of readers who answered say No",
        "No is the most frequent answer",
        "",
    ],
)
def test_what_the_figure_bears_out_holds(text: str) -> None:
    found = checked(text)

    assert found.findings == ()
    assert found.verdict == ("holds" if text else "nothing to check")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Americans say No to pressure on Kyiv", "people"),
        ("Voters oppose pressure on Kyiv", "people"),
        ("57 % of Americans say No", "people"),
        ("The public is against pressure", "people"),
        ("Most Germans reject the plan", "people"),
        ("Readers think Kyiv should not be pressured", "people"),
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
    assert found.reason.replace("\u00a0", " ") == "that is the share of No; Yes is 31 %"
    assert (found.instead or "").replace("\u00a0", " ") == "31 %"


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


@SAME
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

    assert bad.exit_code == 1
    assert "“majority”: No is 33 %" in bad.output.replace("\u00a0", " ")
    assert "Wording that holds: " in bad.output
    assert (good.exit_code, json.loads(good.output)["verdict"]) == (0, "holds")


def test_a_guard_that_knows_no_intervals_would_let_through_what_this_one_stops() -> None:
    # the known-bad twin: a lead is a lead wherever one share is larger
    naive = replace(CLOSE, lead=replace(CLOSED.lead, leads=True) if CLOSED.lead else None)

    assert kinds("No leads among readers who answered", naive) == []
    assert kinds("No leads among readers who answered", CLOSE) == ["lead"]
