"""The page of storms, and what other pages say of them."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.demo import DEMO_KEY
from analytics.estimates import storms as storms_of
from analytics.estimates.storms import StormReport, storm_report
from analytics.pages.ground.storms import StormWatch, _watch, unscanned, watch
from analytics.store.place.connections import Store
from analytics.store.read.status import read_status
from analytics.store.tables.opening import open_store
from analytics.store.tend.storms import decide_on_storm, read_open_crowds, undo_storm
from tests.made.demo import demo_copied
from tests.made.mornings import STORM, record_morning
from tests.pages_fixture import links_of, page_at, pages_over
from tests.surveys import RIVER, Reader, opened, record, unweighted

# Pages run by AppTest leave the last connection of their pool to the garbage collector; a server closes it as it ends.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
SHOWN_ON = ("newsroom", "survey", "crosstabs", "compare")
ANN = "editor's name"


@pytest.fixture
def database(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    found = demo_copied(tmp_path_factory, tmp_path / "opinions.sqlite")
    with pages_over(found, monkeypatch, writing=True):
        yield found
        _watch.clear()


def page(name: str) -> AppTest:
    return shown(page_at(name, {} if name == "newsroom" else {"survey": DEMO_KEY}).run())


def shown(app: AppTest) -> AppTest:
    """The page when its survey has been scanned, which on a busy machine takes a while."""
    said = texts(app)
    while "are being scanned" in texts(app):
        app = app.run()
    return app if said == texts(app) else app.run()


def pressed(app: AppTest, word: str) -> AppTest:
    """The page after a click on the first button of that word: storms stand above doubts."""
    return next(one for one in app.button if one.label == word).click().run()


def texts(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.success, *app.error, *app.info]
    return "\n".join(str(part.value) for part in parts).replace("\\", "").replace("\xa0", " ")


def headlines(app: AppTest) -> str:
    return " ".join(str(one.value) for one in app.header).replace("\\", "").replace("\xa0", " ")


def storms_named(app: AppTest) -> list[str]:
    return [link.label for link in links_of(app) if "forum" in link.label]


def test_a_storm_is_named_where_the_headline_is_until_an_editor_sets_it_aside_and_again_when_that_is_undone(
    database: Path,
) -> None:
    card = page("storms")
    assert "Same words within a day: 22 responses, all count" in texts(card)
    assert "1,199 responses from forum.example, 22 May 2025, 14:10 to 14:55" in texts(card)
    leads = "counting them: Yes leads No by 49% to 41% of 1,688. Without them: No leads Yes by 60% to 26% of 1,223."
    assert leads in texts(card)
    assert [len(storms_named(page(name))) for name in SHOWN_ON] == [1, 1, 1, 1]

    with_it = page("survey")
    assert "No leads with the crowd of 22 May (57%) and without it (59%)" in headlines(with_it)
    assert "22 May (41%, with a crowd)" in texts(with_it)
    assert "is clearly more frequent" not in texts(with_it)
    assert "(with the crowd of 22 May)" in texts(page("crosstabs"))

    card.text_input(key=ANN).input("Ann").run()
    aside = pressed(card, "Set aside")

    assert "18,915 of 20,114 responses received count, 1,199 are set aside." in texts(aside)
    assert "Set aside by Ann" in texts(shown(aside))
    assert [storms_named(page(name)) for name in SHOWN_ON] == [[], [], [], []]
    survey = page("survey")
    assert "18,915 of 20,114 responses received count" in texts(survey)
    assert "Headline with them" in [link.label for link in links_of(survey)]
    with_them = texts(shown(page_at("survey", {"survey": DEMO_KEY, "standing": "with screened"}).run()))
    assert "they are counted in this figure only" in with_them
    assert "counted in this figure only" not in texts(survey)
    assert "with the crowd" not in headlines(survey)
    assert "with a crowd" not in texts(survey)
    assert "is clearly more frequent" in texts(survey)

    assert "They count again" in texts(pressed(shown(aside), "Undo"))
    store = open_store(str(database))
    assert read_status(store, DEMO_KEY).counted == 20_114
    store.dispose()


@pytest.mark.usefixtures("database")
def test_who_sets_a_crowd_aside_can_undo_that_before_the_next_scan_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def waits(*_: object, **__: object) -> None:
        raise TimeoutError

    card = page("storms")
    card.text_input(key=ANN).input("Ann").run()
    monkeypatch.setattr("analytics.pages.storms.scanned", waits)
    monkeypatch.setattr("analytics.pages.storms.is_scanned", lambda *_: False)
    aside = pressed(card, "Set aside")

    assert "Set aside by Ann" in texts(aside)
    assert "They count again" in texts(pressed(aside, "Undo"))


def test_a_storm_that_is_kept_is_on_no_list_and_one_that_is_watched_stays(database: Path) -> None:
    assert database.exists()
    card = page("storms")
    card.text_input(key=ANN).input("Ann").run()

    watched = pressed(card, "Watch")
    assert "stay on the newsroom’s list" in texts(watched)
    assert "Watched by Ann" in texts(shown(watched))
    assert len(storms_named(page("newsroom"))) == 1

    kept = pressed(shown(watched), "Go on counting them")
    assert "They count as before" in texts(kept)
    assert "Kept by Ann" in texts(shown(kept))
    assert storms_named(page("newsroom")) == []
    assert "they count, as Ann decided" in texts(page("survey"))
    assert "20,114 of 20,114 responses received count" in texts(kept)


def test_what_is_decided_elsewhere_holds_on_every_page_before_the_next_scan_has_ended(database: Path) -> None:
    assert "1,199 responses from forum.example" in texts(page("storms"))
    (card,) = (one for one in (report.open[0] for report in [watch().known(DEMO_KEY)] if report is not None))
    scans, store = watch().scans[DEMO_KEY], open_store(str(database))
    asked = {"name": "forum", "answers": card.storm.answers, "by": "Ann", "now": datetime.now(UTC)}

    decide_on_storm(store, DEMO_KEY, card.crowd, "aside", **asked)
    assert [storms_named(page(name)) for name in SHOWN_ON] == [[], [], [], []]
    undo_storm(store, DEMO_KEY, "forum", by="Ann", now=datetime.now(UTC))
    assert [len(storms_named(page(name))) for name in SHOWN_ON] == [1, 1, 1, 1]
    decide_on_storm(store, DEMO_KEY, card.crowd, "kept", **asked)
    survey = page("survey")
    store.dispose()

    assert "they count, as Ann decided" in texts(survey)
    assert watch().scans[DEMO_KEY][:2] == scans[:2]  # nothing was scanned meanwhile


def test_a_crowd_that_waits_is_named_at_once_after_a_restart_before_anything_is_scanned_anew(database: Path) -> None:
    card, shown_on = page("storms"), ("newsroom", "survey")  # all others read what these do
    named = [storms_named(page(name)) for name in shown_on]
    watch().worker.submit(lambda: None).result()  # what is to be kept is kept

    _watch.clear()

    assert [storms_named(page(name)) for name in shown_on] == named
    assert all(len(one) == 1 for one in named)
    assert watch().scans == {}
    store = open_store(str(database))
    (waits,) = read_open_crowds(store, DEMO_KEY)
    decide_on_storm(
        store, DEMO_KEY, waits.crowd, "aside", name="forum", answers=waits.answers, by="Ann", now=datetime.now(UTC)
    )
    store.dispose()
    assert [storms_named(page(name)) for name in shown_on] == [[], []]
    assert "1,199 responses from forum.example" in texts(card)


@pytest.mark.usefixtures("database")
def test_what_is_missing_for_a_decision_is_said_before_the_click() -> None:
    card = page("storms")
    decisions = ("Set aside", "Go on counting them", "Watch")
    buttons = [one for one in card.button if one.label in decisions]

    assert texts(card).count("Say who you are first, under “Your name”") == 1
    assert all("Say who you are first" in one.help and one.disabled for one in buttons)

    named = card.text_input(key=ANN).input("Ann").run()
    buttons = [one for one in named.button if one.label in decisions]
    assert "Say who you are" not in texts(named)
    assert {one.label for one in buttons} == set(decisions)
    assert not any(one.help or one.disabled for one in buttons)


@pytest.mark.usefixtures("database")
def test_no_change_is_split_before_the_first_scan_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "1,199 responses from forum.example" in texts(page("storms"))
    survey = page("survey")
    survey.session_state["different"] = True
    assert "of the answers on 22 May" in texts(survey.run())

    monkeypatch.setattr("analytics.pages.ground.storms.unscanned", lambda keys: len(list(keys)))
    survey.run()

    assert "Still looking for crowds. What changed is told when that is done." in texts(survey)
    assert "of the answers on 22 May" not in texts(survey)


@pytest.mark.usefixtures("database")
def test_what_was_different_on_a_day_is_first_of_all_the_crowd_of_that_day_and_no_word_of_minds() -> None:
    assert "1,199 responses from forum.example" in texts(page("storms"))  # it is scanned
    survey = page("survey")
    survey.session_state["different"] = True
    told = texts(survey.run())

    crowd = told.index("1,199 responses from forum.example, 22 May 2025, 14:10 to 14:55")
    split = told.index("While a crowd counts, its periods are not split into minds and audience.")
    assert crowd < split < told.index("of the answers on 22 May came in the hour from 14:00")
    assert "shares held as before" not in told
    assert not [one for one in survey.button if one.key in ("minds", "without them")]
    assert "With and without this crowd, on Storms" in [link.label for link in links_of(survey)]
    assert "Without Channel" not in told


def test_a_change_from_one_level_to_another_is_split_over_the_spans_of_the_title(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [
        Reader(f"id:{day}/{n}", {"move": ("Yes" if n % 100 < (40 if day < 9 else 50) else "No",)},
               {"age": "60+" if n % 2 else "18-29"}, at=datetime(2025, 5, day, 12, tzinfo=UTC))
        for day in range(1, 13) for n in range(300)
    ]  # fmt: skip
    file = tmp_path / "levels.sqlite"
    with opened(file) as store:
        record(store, unweighted(RIVER), people)
    with pages_over(file, monkeypatch):
        survey = page_at("survey", {"survey": "river", "question": "move"}).run()
        survey.session_state["different"] = True
        survey.run()

    labels = [one.label.replace("\xa0", " ").replace("\u2060", "") for one in survey.expander]
    assert "Minds or audience: 1–8 May to 9–12 May" in labels
    assert "1–8 May 2025 to 9–12 May 2025: −10 points." in texts(survey).replace("\u2060", "")
    assert not [one for one in survey.button if one.key == "minds"]  # it compares two periods, not two spans


@pytest.mark.usefixtures("database")
def test_nothing_is_called_quiet_while_crowds_are_still_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    scanned = texts(page_at("newsroom", {}).run())
    monkeypatch.setattr("analytics.pages.ground.storms.unscanned", lambda keys: len(list(keys)))
    monkeypatch.setattr("analytics.pages.newsroom.unscanned", lambda keys: len(list(keys)))
    looking = texts(page_at("newsroom", {}).run())

    assert "Still looking for crowds: 1 survey." in looking
    assert "moved beyond chance" not in looking
    assert "Still looking" not in scanned


@pytest.mark.usefixtures("database")
def test_comments_that_came_with_a_crowd_are_marked_and_can_be_left_out() -> None:
    assert "1,199 responses from forum.example" in texts(page("storms"))

    app = page("comments")
    told = texts(app)
    (toggle,) = (one for one in app.toggle if one.key == "crowds")
    many = int(re.search(r"([\d,]+) of these comments came with a crowd that waits", told)[1].replace(",", ""))  # type: ignore[index]
    written = [int(one.replace(",", "")) for one in re.findall(r"([\d,]+) comments from", told)]
    left = texts(toggle.set_value(True).run())

    assert toggle.label.replace("\xa0", " ") == "Without the crowd of 22 May"
    assert many > 10
    assert [int(one.replace(",", "")) for one in re.findall(r"([\d,]+) comments from", left)] == [written[0] - many]
    assert "came with a crowd" not in left
    assert "none of them is picked" in texts(shown(page_at("comments", {"survey": DEMO_KEY, "part": "quotes"}).run()))


def test_crowds_of_all_surveys_are_looked_for_before_all_else_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, begin, scans = list[tuple[str, bool]](), threading.Event(), list[int]()
    with opened(tmp_path / "two.sqlite") as store:
        record_morning(store, tmp_path, (STORM, "quiet"))
        given, scan = storm_report, storms_of.scan

        def slow(engine: Store, key: str, *, doubts: bool = True, **how: Any) -> StormReport:
            begin.wait(60)
            looks.append((key, doubts))
            return given(engine, key, doubts=doubts, **how)

        monkeypatch.setattr("analytics.pages.ground.storms.storm_report", slow)
        monkeypatch.setattr(storms_of, "scan", lambda *given, **how: scans.append(1) or scan(*given, **how))
        watched = StormWatch(str(tmp_path / "two.sqlite"))
        whole = [watched.look(store, key, 1, patient=True) for key in (STORM, "quiet-1")]
        begin.set()
        reports = [one.result(60) for one in whole if one is not None]
        watched.worker.shutdown()

    assert looks == [(STORM, False), ("quiet-1", False), (STORM, True), ("quiet-1", True)]
    assert len(scans) == 2  # the second look takes over what the first one found
    assert [len(one.open) for one in reports if one is not None] == [1, 0]
    assert not watched.first


@pytest.mark.usefixtures("database")
def test_a_survey_counts_as_unscanned_until_its_first_scan_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.pages.ground.storms.st.context", SimpleNamespace(url="http://localhost"))
    assert unscanned([DEMO_KEY]) == 1

    watch().scans[DEMO_KEY] = (1, 0.0, None)

    assert unscanned([DEMO_KEY]) == 0


def test_a_filter_to_few_readers_shows_their_trend_over_weeks_unless_somebody_chose_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [
        Reader(f"id:{day}/{n}", {"move": ("Yes" if n % 4 in (1, 2) else "No",)},
               {"age": "60+" if n % 8 == 0 else "30-59" if n % 2 else "18-29"},
               at=datetime(2025, 5, day, 12, tzinfo=UTC))
        for day in range(1, 26) for n in range(120)
    ]  # fmt: skip
    file, asked = tmp_path / "few.sqlite", {"survey": "river", "question": "move"}
    with opened(file) as store:
        record(store, unweighted(RIVER), people)
    with pages_over(file, monkeypatch):
        survey = page_at("survey", asked).run()
        every = [survey.selectbox(key="every").value]
        survey.query_params["where.age"] = "60+"
        every += [survey.run().selectbox(key="every").value]
        few = texts(survey)
        survey.query_params["where.age"] = "30-59"  # enough to show a day, and too few to tell a change
        every += [survey.run().selectbox(key="every").value]
        few += texts(survey)
        del survey.query_params["where.age"]
        every += [survey.run().selectbox(key="every").value]
        chosen = page_at("survey", asked | {"where.age": "60+", "every": "day"}).run()

    assert every == ["day", "week", "week", "day"]
    assert "Too few" not in few
    assert chosen.selectbox(key="every").value == "day"
    assert "Too few answers a day to tell a change" in texts(chosen)
