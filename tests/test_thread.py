"""One survey and one selection on every page: in its head, its tab's title, and the links that lead away from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from analytics.pages.app import PAGES
from tests.pages_fixture import definition, import_survey, page_at, pages_over, readers
from tests.test_page_choices import OF_A_SURVEY

Opener = Callable[..., AppTest]
EVERY_PAGE = ("newsroom", *OF_A_SURVEY, "published")
SELECTION = {"survey": ["tablets"], "where.gender": ["f"], "since": ["2025-06-02"], "weighting": ["none"]}
OTHER_CHOICES = (("yes", "Yes, always"), ("no", "No, never"))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Two surveys alike, and one that asks something else of other groups."""
    path = tmp_path / "opinions.sqlite"
    rows = [row for place in range(3) for row in readers(240, first=1 + 240 * place, day=f"2025-06-0{place + 1}")]
    for key in ("phones", "tablets"):
        import_survey(path, definition(key, headline=f"All about {key}", weighted=True), rows)
    other = definition(
        "trains", headline="All about trains", question="Should trains be free?", choices=OTHER_CHOICES,
        dimension="Class", dimension_key="class", levels=(("f", "First"), ("s", "Second")), dated=False,
    )  # fmt: skip
    import_survey(path, other, [(*row[:3], ("yes", "no")[place % 2], row[4], "fs"[place % 2])
                                for place, row in enumerate(readers(240))])  # fmt: skip
    return path


@pytest.fixture
def page(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    with pages_over(database, monkeypatch):
        yield lambda name, **address: page_at(name, address).run()


def links(app: AppTest) -> dict[str, dict[str, list[str]]]:
    """What the link to each page carries, by the page's name: those at the head, which stand first."""
    found: dict[str, dict[str, list[str]]] = {}
    for link in app.get("page_link"):
        found.setdefault(link.proto.page, parse_qs(link.proto.query_string))
    return found


def state(app: AppTest) -> dict[str, list[str]]:
    return {name: [value] if isinstance(value, str) else [*value] for name, value in app.query_params.items()}


def choose(app: AppTest, title: str) -> AppTest:
    return app.selectbox(key="another survey").select(title).run()


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_page_has_one_first_heading_and_links_that_carry_survey_and_readers_along(
    page: Opener, name: str
) -> None:
    app = page(name, **SELECTION)

    assert not app.exception
    headings = {"newsroom": "Newsroom", "published": "Published figures"}
    assert [title.value for title in app.title] == [headings.get(name, "All about tablets")]
    carried = {page: query for page, query in links(app).items() if page != "edit"}  # each row has its own
    assert set(carried) == {"", *OF_A_SURVEY, "published", "storms", "ask", "import", "watches", "morning"}
    assert {page: query for page, query in carried.items() if query != SELECTION} == {}


def test_a_choice_is_carried_on_by_the_links_of_the_same_run(page: Opener) -> None:
    app = page("survey", survey="tablets")

    app.button_group(key="where.gender").set_value(["m"]).run()

    assert links(app)["crosstabs"] == {"survey": ["tablets"], "where.gender": ["m"]}


@pytest.mark.parametrize("name", ["survey", "published", "imports"])
def test_links_of_pages_that_nobody_needs_daily_are_folded_but_for_the_page_shown(page: Opener, name: str) -> None:
    app = page(name, **SELECTION)
    (more,) = (one for one in app.get("popover") if one.proto.popover.label == "More")

    folded = {link.proto.label for link in more.get("page_link")}
    assert folded == {"Watches", "Published", "Ask", "Import"} - {PAGES[name][0]}
    order = heads_of(app)
    app.run()
    (more,) = (one for one in app.get("popover") if one.proto.popover.label == "More")
    assert {link.proto.label for link in more.get("page_link")} == folded
    standing = [title for title, _ in PAGES.values() if title not in folded | {"Edit", "People"}]
    assert order[: len(standing)] == standing  # they stand before the fold
    assert heads_of(app) == order


def heads_of(app: AppTest) -> list[str]:
    """The links at the head in their order, those that are folded with the others."""
    return [link.proto.label for link in app.get("page_link")][: len(PAGES) - 2]


@pytest.mark.parametrize(
    ("second", "stated"),
    [
        (("where.age", ["18-29"]), {"survey": ["tablets"], "where.gender": ["f"], "where.age": ["18-29"]}),
        (("where.gender", []), {"survey": ["tablets"]}),
    ],
    ids=["another choice", "the same taken back"],
)
def test_a_click_that_was_sent_before_the_browser_heard_of_the_one_before_keeps_both(
    page: Opener, second: tuple[str, list[str]], stated: dict[str, list[str]]
) -> None:
    app = page("survey", survey="tablets")
    app.button_group(key="where.gender").set_value(["f"]).run()
    app.query_params.clear()
    app.query_params["survey"] = "tablets"  # what the browser still had

    app.button_group(key=second[0]).set_value(second[1]).run()

    assert not app.exception
    assert state(app) == stated
    assert links(app)["comments"] == stated


@pytest.mark.parametrize("name", ["survey", "segments", "responses"])
def test_a_group_chosen_right_after_all_filters_are_cleared_is_kept(page: Opener, name: str) -> None:
    """On a slow machine both clicks come as one: the run that clears must not clear what was chosen after it."""
    app = page(name, survey="tablets", **{"where.gender": ["f"], "since": "2025-06-02", "where.ban": ["y"]})

    next(one for one in app.button if one.label == "Clear all filters").click()
    next(one for one in app.button_group if one.key == "where.age").set_value(["18-29"])
    app.run()

    assert state(app) == {"survey": ["tablets"], "where.age": ["18-29"]}
    assert {one.label[:3] for one in app.button if one.label.endswith("✕")} == {"Age"}


def test_a_group_chosen_right_after_a_chip_is_taken_away_is_kept(page: Opener) -> None:
    app = page("survey", survey="tablets", **{"where.age": ["18-29"]})
    control = next(one for one in app.button_group if one.key == "where.age")

    next(one for one in app.button if one.label.endswith("✕")).click()
    control.set_value([*control.value, "60+"])
    app.run()

    assert state(app)["where.age"] == ["60+"]


def test_a_page_that_was_left_is_found_again_as_it_was(page: Opener) -> None:
    app = page("survey", survey="tablets", every="week", **{"where.gender": "f"})
    for key, values in links(app)["crosstabs"].items():
        app.query_params[key] = values
    del app.query_params["every"]

    app.switch_page("crosstabs.py").run()
    app.button_group(key="where.gender").set_value(["m"]).run()

    assert links(app)["survey"] == {"survey": ["tablets"], "where.gender": ["m"], "every": ["week"]}


@pytest.mark.parametrize("name", OF_A_SURVEY)
def test_a_page_without_a_survey_asks_which(page: Opener, name: str) -> None:
    app = page(name)

    assert "Which survey?" in [one.value for one in app.markdown]
    assert not app.caption

    app = choose(app, "All about tablets")
    assert [title.value for title in app.title] == ["All about tablets"]
    assert state(app)["survey"] == ["tablets"]


def test_where_there_is_one_survey_alone_it_is_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "one.sqlite"
    import_survey(path, definition(), readers(40))

    with pages_over(path, monkeypatch):
        app = page_at("survey", {}).run()

        assert state(app) == {"survey": ["phones"]}
        assert not [box for box in app.selectbox if box.key == "another survey"]


@pytest.mark.parametrize("name", OF_A_SURVEY)
def test_another_survey_keeps_what_fits_and_starts_the_rest_afresh(page: Opener, name: str) -> None:
    app = page(name, survey="phones", question="ban", weighting="none", since="2025-06-02",
               **{"where.gender": "f", "where.age": ["18-29", "60+"]})  # fmt: skip

    alike = state(choose(app, "All about tablets"))
    assert alike["where.gender"] == ["f"]
    assert alike["where.age"] == ["18-29", "60+"]
    assert alike["weighting"] == ["none"]
    assert "since" not in alike

    other = state(choose(app, "All about trains"))
    assert not app.exception
    assert other["survey"] == ["trains"]
    assert other["where.age"] == ["18-29", "60+"]
    assert not {"where.gender", "weighting", "question"} & set(other)
    assert [title.value for title in app.title] == ["All about trains"]


def test_another_survey_of_the_crosstabs_is_never_blank(page: Opener) -> None:
    app = page("crosstabs", survey="phones", banner=["gender", "age*gender"])

    app = choose(app, "All about trains")

    assert state(app) == {"survey": ["trains"]}
    assert app.multiselect(key="stub").value == ["ban"]
    assert app.multiselect(key="banner").value == ["age", "class"]


@pytest.mark.parametrize("name", OF_A_SURVEY)
def test_a_page_says_what_its_address_asks_for_that_the_survey_does_not_have(page: Opener, name: str) -> None:
    missing = {"where.age": "99", "where.shoes": "9", "question": "gone", "since": "soon"}

    app = page(name, survey="tablets", **missing)
    app.run()  # whatever has the page drawn again does not take it away
    warned = [one.value for one in app.warning if "does not have" in one.value]

    assert not app.exception
    assert len(warned) == 1
    assert [value for value in missing.values() if f": {value}" not in warned[0]] == []


@pytest.mark.parametrize("name", OF_A_SURVEY)
def test_a_page_says_nothing_of_that_where_the_survey_has_everything(page: Opener, name: str) -> None:
    app = page(name, **SELECTION, question="ban")

    assert [one.value for one in app.warning if "does not have" in one.value] == []


def test_an_address_that_names_a_segment_or_a_question_nobody_has_says_so(page: Opener) -> None:
    asked = {
        "segments": {"segment": ["gone"]},
        "crosstabs": {"segment": ["gone"], "stub": ["lost"], "banner": ["shoes"]},
    }

    for name, options in asked.items():
        app = page(name, survey="tablets", **options)
        app.run()
        warned = " ".join(one.value for one in app.warning)
        assert [value for (value,) in options.values() if f": {value}" not in warned] == [], name
