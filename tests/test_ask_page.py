"""The page Ask: a question is typed, seen as readers will see it, asked, and its waiting answers are decided on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.collect.drafting import DraftedSurvey, drafted
from analytics.imports.articles.text import article_from_text
from analytics.model import Response
from analytics.model.responses import Circumstances
from analytics.store.read.status import read_status
from analytics.store.record.live import record_responses
from analytics.store.tables.fieldwork import ask_survey, read_asked
from tests.pages_fixture import page_at, pages_over
from tests.surveys import NOW, opened

ARTICLE = "The river rises\nIt has rained for a week.\nShould the library move, even without a new site?"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "store.sqlite"
    with opened(path):
        pass
    with pages_over(path, monkeypatch):
        yield path


def words(app: AppTest) -> str:
    assert not app.exception
    kinds = (app.warning, app.info, app.success, app.error, app.markdown, app.caption, app.code)
    return "\n".join(str(one.value) for found in kinds for one in found)


def test_a_question_is_typed_remarked_on_asked_and_its_waiting_answers_are_decided_on(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLECT_URL", "https://answers.paper.example")
    app = page_at("ask", {}).run()
    assert app.button(key="ask it").disabled
    app.text_area(key="ask article").input(ARTICLE).run()

    assert app.text_area(key="ask question").value == "Should the library move, even without a new site?"
    assert "“even without” tells readers something" in words(app)
    app.text_area(key="ask question").input("Should the library move?").run()
    assert "tells readers something" not in words(app)
    app.checkbox(key="ask sensitive").check().run()
    assert "A sensitive question needs its purpose" in words(app)
    app.checkbox(key="ask sensitive").uncheck().run()
    assert "only the link works" in words(app)
    app.text_area(key="ask hosts").input("paper.example").run()
    assert "only the link works" not in words(app)
    app.button(key="ask it").click().run()

    shown = words(app)
    assert '<reader-poll survey="the-river-rises"' in shown
    assert "<iframe" in shown
    assert "https://answers.paper.example/collect/v1/ask/the-river-rises" in shown
    assert "No answer waits." in shown
    with opened(database) as store:
        asked = read_asked(store, "the-river-rises")
        assert asked is not None
        assert [one.value for one in asked[0].questions[0].choices] == ["Yes", "No", "Unsure"]
        assert asked[1].hosts == ("https://paper.example",)
        how = [Circumstances(seconds=2, unverified=reason) for reason in ("old", "old", "spent")]
        sent = [
            Response(f"r{at}", {"answer": ("Yes",)}, {}, {}, NOW, NOW, circumstances=one) for at, one in enumerate(how)
        ]
        record_responses(store, "the-river-rises", sent)

    app.run()
    assert "3 answers are not counted yet." in words(app)
    app.button(key="count all old").click().run()
    app.button(key="leave out r2").click().run()
    app.button(key="turn").click().run()

    assert "It is closed." in words(app)
    app.selectbox(key="asked").select("").run()
    assert app.text_area(key="ask hosts").value == "https://paper.example"  # as the last time
    with opened(database) as store:
        status = read_status(store, "the-river-rises")
    assert (status.counted, status.screened, status.unverified) == (2, 1, 0)


def test_what_was_asked_before_is_a_template_and_its_article_may_be_asked_under_again(database: Path) -> None:
    asked, settled = drafted(DraftedSurvey(
        "bridge", "The bridge", "Should it be closed?", ("Yes", "No"), "Europe/Berlin",
        (("Do you cross it?", ("Often", "Never")),), groups=("age",), hosts=("https://paper.example",),
        notice_url="https://paper.example/privacy", purpose="For an article.",
        article=article_from_text("The bridge\nIt is old.\nShould it be closed?", file="typed"),
        random_order=True, wordings=("Should it be shut?",), placements=("end", "top"),
    ))  # fmt: skip
    with opened(database) as store:
        ask_survey(store, asked, settled)

    app = page_at("ask", {}).run()
    app.selectbox(key="asked").select("").run()
    app.selectbox(key="ask template").select("bridge").run()
    app.selectbox(key="ask known article").select("bridge").run()
    app.text_input(key="ask title").input("The bridge again").run()
    app.button(key="ask it").click().run()

    assert not app.exception
    with opened(database) as store:
        again = read_asked(store, "the-bridge-again")
    assert again is not None
    assert again[1] == settled
    assert again[0] == replace(asked, key="the-bridge-again", title="The bridge again")


@pytest.mark.usefixtures("database")
def test_the_preview_shows_what_differs_from_reader_to_reader() -> None:
    app = page_at("ask", {}).run()
    app.text_input(key="ask title").input("The bridge").run()
    app.text_area(key="ask question").input("Should it be closed?").run()
    app.text_area(key="ask wordings").input("Should it be shut?").run()
    app.checkbox(key="ask order").check().run()
    seen = set()
    for _ in range(12):
        app.button(key="next reader").click().run()
        page = unescape(str(app.get("iframe")[0].proto.srcdoc))
        seen.add((re.findall(r"<legend>(.*?)</legend>", page)[0], *re.findall(r'value="(Yes|No|Unsure)"', page)))

    assert {one[0] for one in seen} == {"Should it be closed?", "Should it be shut?"}
    assert {one[1:] for one in seen} == {("Yes", "No", "Unsure"), ("No", "Yes", "Unsure")}
    for view in ("after", "form"):
        app.segmented_control(key="preview").select(view).run()
        assert ("<form" in str(app.get("iframe")[0].proto.srcdoc)) == (view == "form")


def test_a_corrected_wording_breaks_the_trend_unless_only_a_typo_went(database: Path) -> None:
    with opened(database) as store:
        ask_survey(store, *drafted(DraftedSurvey("bridge", "The bridge", "Shuold it close?", ("Yes", "No"), "UTC")))
    app = page_at("ask", {"survey": "bridge"}).run()

    for text, is_typo in (("Should it close?", True), ("Should it be shut for good?", False)):
        app.text_area(key="corrected").input(text).run()
        box = app.checkbox(key="same question")
        (box.check() if is_typo else box.uncheck()).run()
        app.button(key="correct").click().run()
        with opened(database) as store:
            asked = read_asked(store, "bridge")
        assert asked is not None
        assert asked[0].questions[0].text == text
        assert len(asked[0].questions[0].changes) == (0 if is_typo else 1)
