"""The page of watches, the control that makes one, and the command."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.demo import DEMO_KEY
from analytics.model.request import Request
from analytics.store.tables.opening import opened_store
from analytics.store.tables.surveys import read_survey
from analytics.store.tables.watches import KeptWatch, keep_watch, read_watches
from analytics.watches.looking import watched
from analytics.watches.watch import watch_of
from tests.made.demo import demo_copied
from tests.pages_fixture import page_at, pages_over
from tests.surveys import command

# Pages run by AppTest leave the last connection of their pool to the garbage collector; a server closes it as it ends.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
ANN = "editor's name"


@pytest.fixture
def database(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    found = demo_copied(tmp_path_factory, tmp_path / "opinions.sqlite")
    with pages_over(found, monkeypatch, writing=True):
        yield found


def texts(app: AppTest) -> str:
    assert not app.exception, app.exception
    parts = [*app.markdown, *app.caption, *app.success, *app.error, *app.info, *app.warning]
    links = [link.proto.label for link in app.get("page_link")]
    marks = [str(one.proto.body) for one in app.get("badge")]
    return "\n".join([*(str(part.value) for part in parts), *links, *marks]).replace("\\", "").replace("\xa0", " ")


def pressed(app: AppTest, key: str) -> AppTest:
    return next(one for one in app.button if str(one.key).startswith(key)).click().run()


def watch_all(database: Path, made_at: datetime) -> None:
    """Has each answer to the demo's question watched."""
    with opened_store(str(database)) as store:
        survey = read_survey(store, DEMO_KEY)
        question = next(one for one in survey.questions if one.choices)
        for choice in question.choices:
            new = watch_of(
                survey, Request(survey=DEMO_KEY, question=question.key), "share", choice.value, least=3, every="hour",
                owner="Ann", recipients=["ann@paper.example"], language="en", by="Ann", now=made_at,
            )  # fmt: skip
            keep_watch(store, KeptWatch(new))


def test_a_number_is_watched_from_the_page_of_its_survey_and_listed_with_its_owner(database: Path) -> None:
    app = page_at("survey", {"survey": DEMO_KEY})
    app.session_state["watch open"] = True
    app = app.run()
    app = pressed(app, "watch keep")
    assert "a watch needs an owner" in texts(app)
    app.text_input(key=ANN).set_value("Ann")
    app.text_input(key="watch recipients").set_value("ann@paper.example, bob@paper.example")
    app = pressed(app.run(), "watch keep")
    assert "stands under Watches" in texts(app)

    listed = texts(page_at("watches", {}).run())

    with opened_store(str(database)) as store:
        (kept,) = read_watches(store)
    assert (kept.watch.owner, kept.watch.recipients) == ("Ann", ("ann@paper.example", "bob@paper.example"))
    assert "Nothing" not in listed  # nobody has looked at it
    for words in (
        "1 watch. 1 has not been looked at.",
        "Not looked at yet",
        "owner Ann",
        "from 3 points",
        "not evaluated yet",
        "bob",
        "Every hour",
    ):
        assert words in listed


def test_watches_say_how_they_stand_and_can_be_paused_and_taken_out_and_brought_back(database: Path) -> None:
    watch_all(database, datetime.now(UTC) - timedelta(hours=5))
    app = page_at("watches", {}).run()
    late = "watches were not looked at for twice their interval."
    assert late in texts(app)
    assert "Nothing moved" not in texts(app)
    assert late in texts(page_at("newsroom", {}).run())

    with opened_store(str(database)) as store:
        watched(store, now=datetime.now(UTC))
    app = app.run()
    assert "were not looked at" not in texts(app)
    assert "evaluated on" in texts(app)
    before = texts(app).count("owner Ann")

    app = pressed(app, "pause")
    assert "Look again" in [one.label for one in app.button]
    app = pressed(app, "remove")
    assert texts(app).count("owner Ann") == before - 1
    app = pressed(app, "undo watch")
    assert texts(app).count("owner Ann") == before


def test_without_a_watch_the_page_says_where_one_is_made_in_either_language(database: Path) -> None:  # noqa: ARG001
    assert "choose “Watch this number”" in texts(page_at("watches", {}).run())
    assert "Diese Zahl beobachten" in texts(page_at("watches", {"lang.page": "de"}).run())


def test_the_command_lists_adds_looks_at_and_removes_watches(database: Path) -> None:
    where = ("--db", database)
    link = f"http://paper.example/survey?survey={DEMO_KEY}"

    made = command("watch", "add", link, "--owner", "Ann", "--to", "ann@paper.example", *where)
    name = made.stdout.split("'")[1]
    looked = command("watch", "look", *where)
    listed = command("watch", "list", "--format", "json", *where)
    paused = command("watch", "pause", DEMO_KEY, name, *where)
    gone = command("watch", "remove", DEMO_KEY, name, *where)
    again = command("watch", "remove", DEMO_KEY, name, *where)

    assert [one.exit_code for one in (made, looked, listed, paused, gone, again)] == [0, 0, 0, 0, 0, 2]
    assert '"owner": "Ann"' in listed.stdout.replace('":"', '": "')
    assert looked.stdout.strip()
    assert command("watch", "list", *where).stdout.startswith("no watch yet")


def test_a_look_of_a_moved_number_reads_as_a_message(database: Path) -> None:
    watch_all(database, datetime.now(UTC))
    with opened_store(str(database)) as store:
        found = watched(store, now=datetime.now(UTC))
    assert {one.state for one in found.results} <= {"quiet", "moved", "waiting", "few"}
    assert all(one.evaluated_at is not None for one in (result.watch for result in found.results))
