"""How solid is this number, on the page: folded until wanted, in the address, in words, and safe from others' text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.chosen import few_of
from tests.pages_fixture import definition, import_survey, page_at, pages_over, readers
from tests.test_captions import FORBIDDEN
from tests.test_pages import (
    HOSTILE,
    NO_TAG_OF_OURS,
    address,
    elements,
    hostile,
    is_whole,
    markdown_texts,
    markup_in,
    specs,
    words,
)

Open = Callable[..., AppTest]
CHECKS = ("counted", "missing", "change")
TWO_DAYS = readers(60, answers="yyn") + readers(60, first=61, day="2025-06-02", answers="ynn")
"""120 readers: on the first day 40 say Yes and 20 No, on the second 20 and 40; 60 each."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "opinions.sqlite"


@pytest.fixture
def survey(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Gives a function that opens the survey's page with what else the address says."""
    with pages_over(folder, monkeypatch):
        yield lambda **choices: page_at("survey", {"survey": "phones"} | choices).run()


def test_the_section_is_folded_until_it_is_wanted(survey: Open, folder: Path) -> None:
    import_survey(folder, definition(), TWO_DAYS)
    app = survey()

    assert is_whole(app)
    assert "How solid is this number?" in words(app)
    assert "whichever way" not in words(app)


def test_a_link_to_the_dial_shows_where_it_stands(survey: Open, folder: Path) -> None:
    # 60 of 120 say No: even with Yes, which is first; those who say Yes 1.5 times as eager makes 2 in 5 of everybody
    import_survey(folder, definition(), TWO_DAYS)
    app = survey(check="missing", people="10000", link="1.5")

    assert "Then 40% of all 10,000 people would say Yes, not 50%." in words(app)
    assert "How eager to answer were people who say Yes, next to everybody else?" in words(app)
    assert address(app) == {"survey": ["phones"], "check": ["missing"], "people": ["10000"], "link": ["1.5"]}


def test_the_number_of_people_is_asked_for_and_then_stands_in_the_address(survey: Open, folder: Path) -> None:
    import_survey(folder, definition(), TWO_DAYS)
    app = survey(check="missing")

    assert "Say how many people this is about" in words(app)
    app.number_input(key="people").set_value(5000).run()
    assert "would hold for all 5,000 people too" in words(app)
    assert address(app)["people"] == ["5000"]


@pytest.mark.parametrize("written", ["-3", "many", "", "1e9", "²"])
def test_a_number_of_people_that_is_none_is_asked_for(survey: Open, folder: Path, written: str) -> None:
    import_survey(folder, definition(), TWO_DAYS)
    app = survey(check="missing", people=written)

    assert is_whole(app)
    assert "Say how many people this is about" in words(app)


@pytest.mark.parametrize("written", ["0", "99999999999999999999"])
def test_a_number_of_people_out_of_reach_does_no_harm(survey: Open, folder: Path, written: str) -> None:
    import_survey(folder, definition(), TWO_DAYS)

    assert is_whole(survey(check="missing", people=written))


def test_fewer_people_than_answers_get_their_sentence(survey: Open, folder: Path) -> None:
    import_survey(folder, definition(), TWO_DAYS)
    app = survey(check="missing", people="100")

    assert is_whole(app)
    assert "120 answered out of 100 people: expected more people than answers." in words(app)


def test_adults_of_the_united_states_need_not_be_asked_for(survey: Open, folder: Path) -> None:
    files = definition(closes='population = "U.S. adults"')
    import_survey(folder, files, TWO_DAYS)
    app = survey(check="missing")

    assert app.number_input(key="people").value == 260_836_730
    assert "260.8 million people" in words(app)
    assert "people" not in address(app)


def test_the_change_is_split_between_the_halves_and_between_two_days_of_ones_own(survey: Open, folder: Path) -> None:
    import_survey(folder, definition(), TWO_DAYS)
    halves = survey(check="change", answer="y")
    days = survey(check="change", answer="y", pair="two")

    assert "Of the −33 points for Yes" in words(halves)
    assert "in the first half of the answers (1 June 2025)" in words(halves)
    assert "Yes: 67% on 1 June, 33% on 2 June." in words(days)
    assert address(days) == {"survey": ["phones"], "check": ["change"], "answer": ["y"], "pair": ["two"]}


def test_the_same_day_twice_gets_its_sentence(survey: Open, folder: Path) -> None:
    import_survey(folder, definition(), TWO_DAYS)
    app = survey(check="change", pair="two", to="2025-06-01")

    assert is_whole(app)
    assert "Found the periods 2025-06-01 and 2025-06-01, expected two of" in words(app)


def test_only_the_groups_chosen_tell_readers_apart(survey: Open, folder: Path) -> None:
    import_survey(folder, definition(), TWO_DAYS)

    assert "Groups: Age and Gender, crossed" in words(survey(check="change"))
    assert "Groups: Gender, the smallest" in words(survey(check="change", groups=["gender"]))


@pytest.mark.parametrize("check", CHECKS)
def test_a_filter_that_keeps_few_or_nobody_gets_a_sentence(survey: Open, folder: Path, check: str) -> None:
    import_survey(folder, definition(), readers(60))
    few = survey(check=check, people="1000", age="18-29")
    nobody = survey(check=check, people="1000", age="No answer")

    assert is_whole(few)
    assert is_whole(nobody)


@pytest.mark.parametrize("check", CHECKS)
def test_a_survey_without_times_and_groups_is_answered_as_far_as_it_goes(
    survey: Open, folder: Path, check: str
) -> None:
    rows = [(row[0], "", *row[2:]) for row in readers(60)]
    import_survey(folder, definition(dated=False, dimensions=False), rows)
    app = survey(check=check, people="1000")

    assert is_whole(app)
    said = {"counted": "way to count it", "missing": "all 1,000 people", "change": "no time stamps and no waves"}
    assert said[check] in words(app)


MANNERS = ("link", "tags of figures", "formula", "template", "bare address", "direction")


@pytest.mark.parametrize(
    ("check", "name"),
    few_of(product(CHECKS, MANNERS), lambda case: MANNERS.index(case[1]) % len(CHECKS) == CHECKS.index(case[0])),
)
def test_hostile_text_stays_text_in_every_check(survey: Open, folder: Path, check: str, name: str) -> None:
    import_survey(folder, definition(), TWO_DAYS, change=lambda file: hostile(file, HOSTILE[name]))
    app = survey(check=check, people="10000", link="1.5")

    assert is_whole(app)
    assert [text for text in markdown_texts(app) if markup_in(text)] == []
    assert not {element.type for element in elements(app)} & {"html", "iframe", "exception"}
    assert len(specs(app)) >= 3
    for spec in specs(app):
        assert not NO_TAG_OF_OURS.search(json.dumps(spec, ensure_ascii=False))


@pytest.mark.parametrize("check", CHECKS)
def test_no_check_claims_more_than_readers_who_chose_to_answer(survey: Open, folder: Path, check: str) -> None:
    import_survey(folder, definition(weighted=True), TWO_DAYS)

    assert not FORBIDDEN.search(words(survey(check=check, people="10000", link="2")))
