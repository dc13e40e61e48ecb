"""The demo's crowd: one click lets made-up readers answer, and another empties the survey again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analytics.demo import LIVE_KEY, ask_live, crowd_answers, imitate_crowd, live_survey
from analytics.store.read.status import read_status
from analytics.store.tend.keeping import erase_every_response
from analytics.store.tend.verify import verify_store
from tests.pages_fixture import page_at, pages_over
from tests.patience import wait_until
from tests.surveys import NOW, opened, table

TODAY = date(2026, 11, 29)


def test_a_crowd_answers_at_its_pace_and_is_gone_when_the_survey_is_emptied(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        ask_live(store, today=TODAY)
        revision = read_status(store, LIVE_KEY).revision

        assert imitate_crowd(store, a_second=200, seconds=1) == 200
        assert read_status(store, LIVE_KEY).counted == 200
        assert sum(len(one.wrong) for one in verify_store(store)) == 0
        assert table(store, "pressure", key=LIVE_KEY, by=("age",)).query("statistic == 'share'")["count"].sum() > 150
        assert erase_every_response(store, LIVE_KEY, now=NOW).responses == 200

        assert read_status(store, LIVE_KEY).counted == 0
        assert read_status(store, LIVE_KEY).revision > revision  # no page keeps a number of before
        assert imitate_crowd(store, a_second=50, seconds=1) == 50  # another crowd, whose ids nobody had


def test_a_crowd_says_what_made_up_readers_say_and_names_itself_made_up() -> None:
    survey, crowd = live_survey(TODAY), crowd_answers(seed=1, readers=400, name="crowd")

    assert survey.simulated
    assert sum("Yes" in one.answers["pressure"] for one in crowd) in range(60, 200)
    assert {level for one in crowd for key, level in one.levels.items() if key == "age"} == {
        level.value for level in survey.dimensions[0].levels
    }
    assert any(len(one.answers["next_step"]) > 1 for one in crowd)
    assert any(one.texts for one in crowd)


def test_one_click_on_the_page_starts_the_crowd_and_one_empties_the_survey(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.sqlite"
    with opened(path) as store:
        ask_live(store, today=TODAY)
    with pages_over(path, monkeypatch):
        app = page_at("survey", {"survey": LIVE_KEY}).run()
        app.button(key="crowd").click().run()
        with opened(path) as store:
            assert wait_until(lambda: read_status(store, LIVE_KEY).counted > 20)
            app.button(key="empty").click().run()

            assert not app.exception
            assert read_status(store, LIVE_KEY).counted == 0
