"""The compare page, run as Streamlit runs it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.store.tables.surveys import read_survey
from tests.made.sheets import frames
from tests.pages_fixture import definition, import_survey, page_at, pages_over, readers
from tests.surveys import opened
from tests.test_compare import BENCHMARK

Page = Callable[..., AppTest]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Gives two surveys, the first with a benchmark."""
    path = tmp_path / "opinions.sqlite"
    known = definition()
    known["phones.toml"] += BENCHMARK
    import_survey(path, known, readers(240))
    import_survey(
        path, definition("tablets", question="Should schools lock tablets away?"), readers(120, answers="nny")
    )
    return path


@pytest.fixture
def page(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Gives a function that opens the page on one of the surveys."""
    with pages_over(database, monkeypatch, writing=True):
        yield lambda **address: page_at("compare", address).run()


def said(app: AppTest) -> str:
    shown = (*app.markdown, *app.caption, *app.info, *app.warning, *app.header)
    return " ".join(one.value.replace("\\", "") for one in shown)


def test_a_question_stands_beside_that_of_another_survey_with_both_wordings(page: Page) -> None:
    app = page(survey="phones", other="tablets", their_question="ban")

    text = said(app)
    assert not app.error
    assert "“Should schools lock phones away?”" in text
    assert "“Should schools lock tablets away?”" in text
    assert "not asked in the same words" in text
    assert frames(app)[-1]["Gap"].tolist() == ["+33", "−33", "0"]


def test_nothing_is_compared_that_was_not_asked_alike_until_somebody_chooses(page: Page) -> None:
    app = page(survey="phones")

    assert "No other survey asked this in the same words." in said(app)
    app.selectbox(key="other").select("tablets").run()
    assert "Nothing there was asked in the same words" in said(app)
    assert frames(app) == []
    app.selectbox(key="their_question").select("ban").run()
    assert frames(app)[-1]["Gap"].tolist() == ["+33", "−33", "0"]


def test_a_question_asked_alike_is_compared_at_once_with_base_and_days_of_both_sides(
    page: Page, database: Path
) -> None:
    import_survey(database, definition("again"), readers(90, day="2025-06-02"))

    text = said(page(survey="phones")).replace("\N{NO-BREAK SPACE}", " ")

    assert "240 readers who chose to answer, 1 June 2025" in text
    assert "90 readers who chose to answer, 2 June 2025" in text


def test_a_mapping_in_the_address_pairs_other_answers(page: Page) -> None:
    app = page(survey="phones", other="tablets", their_question="ban", map=["y=n", "n="])

    assert frames(app)[-1]["Gap"].tolist()[0] == "0"
    assert frames(app)[-1]["Answer"].tolist() == ["Yes", "Unsure"]


def test_readers_stand_beside_the_public_with_a_warning_about_other_words(page: Page) -> None:
    app = page(survey="phones", **{"with": "public"})

    text = said(app)
    assert not app.error
    assert "“Ban phones?”" in text
    assert "read both before you compare" in text
    assert frames(app)[-1]["Gap"].tolist() == ["+7", "+3"]
    assert "Diamonds are" in text


def test_a_survey_without_a_benchmark_says_what_it_takes(page: Page) -> None:
    app = page(survey="tablets", **{"with": "public"})

    assert "No benchmark poll is known for this survey." in said(app)


def test_a_poll_is_added_in_the_form_compared_deleted_and_brought_back(page: Page, database: Path) -> None:
    app = page(survey="tablets", **{"with": "public"})
    form(app, "source").input("Institute")
    next(one for one in app.button if one.label == "Add").click().run()
    faults = [one.value for one in app.error]
    form(app, "wording").input("Ban tablets?")
    form(app, "population").input("Adults")
    form(app, "base_n").set_value(1000)
    form(app, "first").set_value(date(2025, 5, 31))
    form(app, "last").set_value(date(2025, 6, 1))
    form(app, "ban y").set_value(30.0)
    form(app, "ban y words").input("In favour")
    next(one for one in app.button if one.label == "Add").click().run()
    text, tables = said(app), frames(app)

    assert len(faults) == 6
    assert any("The wording is missing" in one for one in faults)
    assert not app.error
    assert "The poll by Institute is added." in text
    assert "Of the poll’s answers stand “In favour” for “Yes”." in text
    assert [table["Gap"].tolist() for table in tables] == [["+3"], ["+3"]]
    assert "[[benchmark]]" in app.code[0].value
    app.button(key="benchmark delete 0").click().run()
    assert "No benchmark poll is known for this survey." in said(app)
    app.button(key="benchmark back").click().run()
    with opened(database) as engine:
        assert [one.source for one in read_survey(engine, "tablets").benchmarks] == ["Institute"]


def form(app: AppTest, name: str) -> Any:
    """Returns the control of that name in the form."""
    kinds = (app.text_input, app.text_area, app.number_input, app.date_input)
    (found,) = [one for kind in kinds for one in kind if re.fullmatch(rf"benchmark \d+ {name}", str(one.key))]
    return found


def test_common_ground_stands_beside_what_divides(page: Page) -> None:
    app = page(survey="phones", by="gender", **{"with": "common"})

    text = said(app)
    assert not app.error
    assert "What all groups have in common" in text
    assert "67% say “Yes”" in text.replace("\u00a0", " ")
