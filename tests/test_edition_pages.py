"""The pages of somebody who sees editions: tables of groups, comparisons, and what each says of itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.editions.edition import MOST_CELLS, edition_of
from analytics.estimates.groups.table import compared_pairs, crosstab, with_clear
from analytics.estimates.storms import StormCard, StormReport
from analytics.model import Benchmark, Dimension, Level
from analytics.model.access import Person
from analytics.model.crowds import Crowd
from analytics.model.request import Request
from analytics.pages.ground import sources
from analytics.pages.ground.storms import watch
from analytics.store.people.accounts import admit_person
from analytics.store.tables.editions import read_patterns
from analytics.storms.scan import Storm
from tests.made.guesses import TOWN, crowd
from tests.pages_fixture import page_at, pages_over
from tests.surveys import NOW, opened, record, snapshot

POLL = Benchmark(
    "move", "River Institute", "Move?", date(2025, 5, 1), date(2025, 5, 3), (("Yes", 0.5), ("No", 0.3)), "Adults", 1_000
)
LAKE = replace(TOWN, key="lake", title="The lake")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gives a store with two surveys of 1,500 readers each, and a viewer and an analyst admitted."""
    path = tmp_path_factory.mktemp("editions") / "opinions.sqlite"
    with opened(path) as store:
        record(store, replace(TOWN, benchmarks=(POLL,)), crowd(1_500))
        record(store, LAKE, crowd(1_500))
        for role in ("viewer", "analyst", "editor"):
            admit_person(store, f"{role}@example.org", [role], by="", now=NOW)
    return path


@pytest.fixture
def pages(written: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SIGN_IN", "passkeys")
    sources._roles.clear()
    sources._editions.clear()
    with pages_over(written, monkeypatch, writing=True):
        yield
    sources._roles.clear()


def seen(name: str, role: str = "viewer", **address: str) -> AppTest:
    page = page_at(name, {"survey": "river", **address})
    page.user["email"] = f"{role}@example.org"
    page.run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    return " ".join(one.value for one in [*page.info, *page.error, *page.warning, *page.caption, *page.markdown])


@pytest.mark.usefixtures("pages")
def test_a_viewer_crosses_two_kinds_of_groups_and_takes_nothing_out() -> None:
    page = seen("crosstabs", by="sex", **{"groups.crossed": "place"})
    words = said(page)

    assert page.selectbox(key="groups.crossed").value == "place"
    assert "Your role sees an edition" in words
    assert "Its last answer came on 1" in words
    assert "more than your role sees" not in words
    assert not page.get("download_button")
    assert not [one for one in page.expander if "Export" in one.label]


@pytest.mark.usefixtures("pages")
def test_of_two_kinds_of_groups_that_would_be_mostly_hidden_each_is_one_click_away() -> None:
    page = seen("crosstabs", by="sex", **{"groups.crossed": "place"})
    before = said(page)
    page.button(key="alone place").click().run()

    assert "more than a third of the numbers would be hidden" in before
    assert TOWN.questions[0].text.split("?")[0] in before
    assert page.session_state["by"] == "place"
    assert "more than a third" not in said(page)


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(("asked", "is_said"), [("month", True), ("", False)])
def test_a_link_for_lines_by_other_periods_says_which_ones_are_shown(asked: str, is_said: bool) -> None:
    words = said(seen("survey", **({"every": asked} if asked else {})))

    assert ("This link asks for a line that your role does not see" in words) == is_said


@pytest.mark.usefixtures("pages")
def test_a_link_to_an_analysts_table_opens_the_nearest_edition_and_says_so() -> None:
    words = said(seen("crosstabs", **{"where.age": ["18-29", "60+"], "banner": "sex*age"}))  # type: ignore[dict-item]

    assert "This link asks for more than your role sees." in words


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(("aspect", "shown"), [("others", "The lake"), ("public", "River Institute")])
def test_a_viewer_compares_with_another_survey_and_with_a_poll(aspect: str, shown: str) -> None:
    page = seen("compare", **({"with": aspect} if aspect != "others" else {}))
    text = said(page) + " ".join(str(one.options) for one in page.selectbox)

    assert shown in text + str([one.proto for one in page.main if hasattr(one, "proto")])
    assert "Your role sees an edition" in said(page)
    assert "Common ground" not in str([one.proto for one in page.main if hasattr(one, "proto")])


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(("name", "by"), [("crosstabs", "place"), ("crosstabs", "sex"), ("newsroom", "")])
def test_no_page_of_a_viewer_says_that_too_few_answered_where_more_did(name: str, by: str) -> None:
    """In each of these groups 30 readers answered or more: what is missing there is kept back."""
    page = seen(name, **({"by": by} if by else {}))
    drawn = str([one.proto for one in page.main if hasattr(one, "proto")])

    assert "fewer than 30" not in said(page).lower() + drawn.lower()


@pytest.mark.usefixtures("pages")
def test_of_two_filters_a_viewers_table_keeps_the_first_and_says_which_one_it_leaves_out() -> None:
    page = seen("crosstabs", by="place", **{"where.age": "60+", "where.sex": "F"})

    assert "leaves out the filter “Sex”" in said(page) or "leaves out the filter “Age”" in said(page)
    assert "These readers are all of one group" not in said(page)


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("name", ["survey", "newsroom"])
def test_a_viewer_hears_that_answers_are_checked_and_about_how_many_came_and_not_from_where(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = "river"
    with monkeypatch.context() as outside:  # no page runs yet
        outside.setattr(sources, "_signed_in", lambda: "")
        snapshot = sources.snapshot_at(key, sources.revisions()[key])
    storm = Storm("forum.example", 0, 3_600, 1_234, 10.0, 1e-9, 1.0, 0.0, ("crowd",), 1_234)
    card = StormCard(storm, Crowd("referrer", "forum.example", 0, 3_600))
    report = StormReport(snapshot.survey, snapshot.status, "referrer", pd.DataFrame(), (card,), ())
    watch().scans[key] = (snapshot.status.revision, time.monotonic(), report)

    page = seen(name)
    words, drawn = said(page), str([one.proto for one in page.main if hasattr(one, "proto")])
    watch().scans.clear()

    plain = words.replace("\\", "").replace("\xa0", " ")
    # the day of a crowd is told in the periods of the edition
    assert "About 1,200 answers came at once (29 December 1969 – 4 January 1970). Editors are checking them" in plain
    assert "forum" not in words
    assert "1,234" not in words
    assert "Editors are checking" not in said(seen(name))
    assert "the most frequent answer" not in words  # nobody is ahead while they are checked
    if name == "survey":  # what changed may be the crowd's doing alone, so nothing is said of it
        assert "with answers that editors are still checking" in words + drawn
        assert "(editors are checking answers)" in (words + drawn).replace("\\", "")


@pytest.mark.usefixtures("pages")
def test_a_viewer_is_told_how_groups_differ_where_all_of_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "person", lambda: Person("editor@example.org", frozenset({"editor"})))
    snapshot = sources.snapshot_at("river", sources.revisions()["river"])
    exact = crosstab(snapshot, Request(question="move", by=("sex",)))
    seen_by_viewers = crosstab(snapshot.as_viewers(), Request(question="move", by=("sex",)))

    assert seen_by_viewers.rounded
    assert seen_by_viewers.clear is not None
    compared = with_clear(exact, compared_pairs(snapshot, exact.request, exact))
    assert {*seen_by_viewers.clear} == {*(compared.clear or ())}


@pytest.mark.usefixtures("pages")
def test_an_editors_figure_of_few_readers_does_not_leave_and_leaves_as_an_edition_with_one_click(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    page = page_at("survey", {"survey": "river", "by": "age"})
    page.user["email"] = "editor@example.org"
    page.session_state["groups exporting"] = True
    page.session_state["groups format"] = "csv"
    page.run()
    (offered,) = [one for one in page.button if one.label == "Publish as edition"]

    assert not page.exception
    assert "could tell what fewer than 10 readers answered" in said(page)
    assert [one.proto.disabled for one in page.get("download_button") if "groups" in one.proto.id] == [True]
    offered.click().run()
    assert not page.exception
    assert "This is the figure as viewers see it" in said(page)
    assert [one.proto.disabled for one in page.get("download_button") if "groups" in one.proto.id] == [False]
    (back,) = [one for one in page.button if one.label == "Use exact numbers"]
    back.click().run()
    assert [one.proto.disabled for one in page.get("download_button") if "groups" in one.proto.id] == [True]


def test_an_editors_desk_knows_what_editions_hide_before_any_viewer_has_looked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "opinions.sqlite") as store:
        record(store, TOWN, crowd(1_500))
        admit_person(store, "editor@example.org", ["editor"], by="", now=NOW)
    monkeypatch.setenv("SIGN_IN", "passkeys")
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    sources._roles.clear()
    sources._editions.clear()
    with pages_over(tmp_path / "opinions.sqlite", monkeypatch, writing=True):
        page = page_at("survey", {"survey": "river", "by": "age"})
        page.user["email"] = "editor@example.org"
        page.session_state["groups exporting"] = True
        page.session_state["groups format"] = "csv"
        page.run()
    with opened(tmp_path / "opinions.sqlite") as store:
        patterns = read_patterns(store, "river")

    assert not page.exception
    assert [*patterns] == ["move"]
    sources._roles.clear()


@pytest.mark.usefixtures("pages")
def test_a_viewer_reads_the_wording_of_the_question_above_its_numbers() -> None:
    page = seen("survey")
    texts = [one.value for one in page.markdown]

    assert [one for one in texts if TOWN.questions[0].text.split("?")[0] in one.replace("\\", "")], texts


def test_where_days_have_too_many_cells_a_viewers_survey_is_by_week_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    districts = tuple(Level(str(at), f"District {at}", (str(at),)) for at in range(40))
    survey = replace(TOWN, dimensions=(*TOWN.dimensions, Dimension("district", "District", "district", districts)))
    readers = [
        replace(one, levels={**one.levels, "district": str(at % 40)}, at=NOW - timedelta(days=at % 50))
        for at, one in enumerate(crowd(9_000))
    ]  # fmt: skip
    with opened() as store:
        record(store, TOWN, readers)
        alone = edition_of(snapshot(store)).every
    with opened(tmp_path / "opinions.sqlite") as store:
        record(store, survey, readers)
        edition = edition_of(snapshot(store))
        admit_person(store, "viewer@example.org", ["viewer"], by="", now=NOW)
    lattice = edition.pattern("move").lattice
    monkeypatch.setenv("SIGN_IN", "passkeys")
    sources._roles.clear()
    sources._editions.clear()
    with pages_over(tmp_path / "opinions.sqlite", monkeypatch, writing=True):
        words = said(seen("survey"))
    sources._roles.clear()

    assert (alone, edition.every) == ("day", "week")
    assert lattice.size <= MOST_CELLS < replace(lattice, left_out=frozenset()).size * 3
    assert "By week: by day" in words
    assert "too many numbers to keep safe" in words
