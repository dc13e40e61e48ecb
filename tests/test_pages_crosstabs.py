"""The crosstabs page, run as Streamlit runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from tests.made.sheets import frames, sheets
from tests.pages_fixture import definition, import_survey, links_of, page_at, pages_over, readers

Page = Callable[..., AppTest]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Gives a function that opens the page on a survey of 240 readers, at an address."""
    path = tmp_path / "opinions.sqlite"
    import_survey(path, definition(), readers(240))
    with pages_over(path, monkeypatch, writing=True):
        yield lambda **address: page_at("crosstabs", address).run()


def shown(app: AppTest) -> Any:
    """Returns the one table of the page."""
    (frame,) = frames(app)
    return frame


def said(app: AppTest) -> str:
    return " ".join(one.value.replace("\\", "") for one in (*app.markdown, *app.caption, *app.info))


def test_the_page_starts_with_the_first_question_by_the_first_two_dimensions(page: Page) -> None:
    app = page()

    frame = shown(app)
    assert not app.error
    assert [name[-1] for name in frame.columns] == [
        "Answer", "All readers", "18–29", "30–59", "60+", "Women", "Men",
    ]  # fmt: skip
    assert frame.iloc[:, 0].tolist() == ["Should schools lock phones away?", "Yes", "No", "Unsure", "Base"]
    assert frame.iloc[1:, 1].tolist() == ["67", "33", "(0)", "240"]


def test_an_address_brings_nested_groups_letters_and_a_filter_back(page: Page) -> None:
    app = page(survey="phones", banner="gender*age", marks="letters", gender="f", hide="bases")

    frame = shown(app)
    assert frame.columns[2] == ("Gender: Women · Age", "18–29 (A)")
    assert "Base" not in frame.iloc[:, 0].tolist()
    assert app.query_params["banner"] == "gender*age"


def test_everybody_together_has_an_address_of_its_own(page: Page) -> None:
    app = page(banner="none")

    assert shown(app).columns.tolist() == ["Answer", "All readers"]
    assert app.query_params["banner"] == "none"


def test_a_cell_that_the_address_names_is_told_with_the_ways_on(page: Page) -> None:
    app = page(cell=["ban", "share", "y", "gender", "f"], age="18-29")

    links = [parse_qs(link.query_string) for link in links_of(app) if "Keep" not in link.label]
    assert "Yes · Gender: Women" in said(app)
    group = {"survey": ["phones"], "where.gender": ["f"], "where.age": ["18-29"]}
    givers = group | {"where.ban": ["y"]}
    assert links == [givers, group]  # nobody was asked for words of their own, so none lead to comments

    assert "Of this selection’s readers who gave this answer, 50% are in this group." in said(app)
    assert app.button(key="cell as filter").label.replace("\\", "") == "Filter by Gender: Women"

    app.button(key="cell as filter").click().run()

    assert app.query_params["where.gender"] == "f"
    assert "where.ban" not in app.query_params  # the table's own question keeps all its answers


def test_what_part_of_an_answer_a_group_is_names_the_selection_that_it_is_of(page: Page) -> None:
    cell = ["ban", "share", "y", "gender", "f"]

    assert "50% of all who gave this answer are in this group." in said(page(cell=cell))
    assert "Of this selection’s readers who gave this answer, 100%" in said(page(cell=cell, gender="f"))
    assert "of all who gave this answer" not in said(page(cell=cell, gender="f"))


def test_a_cell_of_everybody_filters_by_its_answer_and_says_so(page: Page) -> None:
    app = page(cell=["ban", "share", "y", ""], banner="none")

    assert app.button(key="cell as filter").label.replace("\\", "") == "Filter by Answered: Yes"


def test_a_group_that_answered_as_the_others_did_is_not_called_below_them(page: Page) -> None:
    words = said(page(cell=["ban", "share", "y", "gender", "f"]))

    assert "As the other groups taken together (difference " in words
    assert "0 points" not in words


def test_groups_are_nested_by_choosing_them_in_turn(page: Page) -> None:
    app = page(banner="age")

    app.selectbox(key="nest 0").select("gender")
    app.selectbox(key="nest 1").select("age")
    app.button[[one.label for one in app.button].index("Add to the table")].click().run()

    assert app.query_params["banner"] == ["age", "gender*age"]
    assert len(shown(app).columns) == 2 + 3 + 6


def test_another_survey_starts_with_its_own_groups_where_none_of_the_chosen_ones_fits(
    page: Page, tmp_path: Path
) -> None:
    tablets = definition("tablets", dimension="Sort", dimension_key="sort")
    import_survey(tmp_path / "opinions.sqlite", tablets, readers(240))
    app = page(survey="phones", banner="gender")

    app.selectbox(key="another survey").select_index(0).run()

    assert [name[0] for name in shown(app).columns] == ["", "", "Age", "Age", "Age", "Sort", "Sort"]
    assert shown(app).iloc[1:, 1].tolist() == ["67", "33", "(0)", "240"]


def test_a_banner_is_kept_under_a_name_put_back_deleted_and_brought_back(page: Page) -> None:
    app = page(survey="phones", banner=["gender*age", "gender"])
    app.text_input(key="banner name").input("Two by three")
    app.button(key="keep banner").click().run()
    assert "The banner “Two by three” is kept." in said(app)

    other = page(survey="phones", banner="none")
    other.button(key="open banner Two by three").click().run()
    assert other.query_params["banner"] == ["gender*age", "gender"]
    headings = ["Gender: Women · Age"] * 3 + ["Gender: Men · Age"] * 3 + ["Gender"] * 2
    assert [name[0] for name in shown(other).columns][2:] == headings
    other.button(key="delete banner Two by three").click().run()
    assert "open banner Two by three" not in {one.key for one in page(survey="phones").button}
    other.button(key="banner back").click().run()
    assert "open banner Two by three" in {one.key for one in page(survey="phones").button}
    app.button(key="banner back").click().run()  # what was kept first is taken back
    assert "open banner Two by three" not in {one.key for one in page(survey="phones").button}


def test_a_banner_without_a_name_is_not_kept(page: Page) -> None:
    app = page(survey="phones")
    app.button(key="keep banner").click().run()

    assert "Give the banner a name first." in said(app)
    assert not app.exception


def test_nobody_in_the_selection_is_said_in_words(page: Page) -> None:
    app = page(since="2025-06-01", ban="u")

    assert "Nobody in this selection has answered" in said(app)


def test_without_any_survey_the_page_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pages_over(tmp_path / "empty.sqlite", monkeypatch):
        app = page_at("crosstabs", {}).run()

    assert "No survey yet" in said(app)


def test_an_unknown_survey_or_key_breaks_nothing(page: Page) -> None:
    assert "There is no survey nowhere here" in page(survey="nowhere").error[0].value
    assert not page(banner="height", stub="why", cell="x", sort="y", numbers="z").error


def test_the_name_of_a_group_stands_in_full_over_its_columns_however_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = "At which age does somebody leave the table of the children at Thanksgiving in your family?"
    import_survey(tmp_path / "opinions.sqlite", definition(dimension=label), readers(120))

    with pages_over(tmp_path / "opinions.sqlite", monkeypatch):
        (table,) = sheets(page_at("crosstabs", {"survey": "phones", "banner": "gender"}).run())

    assert {column["heading"] for column in table["columns"][1:]} == {label}
