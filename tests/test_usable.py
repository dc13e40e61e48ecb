"""A survey in the store that can be read but not worked with: it says why, and never hides the others."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.errors import RequestError
from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.usable import unusable_words
from analytics.model import Choice, Event, Question, Survey
from analytics.pages.app import PAGES
from tests.pages_fixture import definition, import_survey, page_at, pages_over, readers
from tests.surveys import command, opened

RIVER = Survey("river", "River", "Europe/Berlin", (Question("move", "Move?", "single", "move"),))
BROKEN: dict[str, tuple[Callable[[Any], object], str]] = {
    "zone": (lambda stored: stored.update(time_zone="Europe/Atlantis"), "time zone 'Europe/Atlantis' is not known"),
    "folder": (lambda stored: stored.update(time_zone="Europe"), "time zone 'Europe' is not known"),
    "climber": (lambda stored: stored.update(time_zone="../../etc/hosts"), "is not known"),
    "vast": (lambda stored: stored["questions"][0]["choices"][0].update(score=1e300), "score is 1e+300"),
    "nothing": (lambda stored: stored["questions"][0]["choices"][0].update(score=float("nan")), "score is nan"),
    "early": (lambda stored: stored.update(opens="0018-05-19"), "opens is 0018-05-19"),
    "late": (lambda stored: stored["events"][0].update(at="9999-12-31T23:59:59+00:00"), "at is 9999-12-31"),
}
SOUND = ("phones", "tablets")


def break_survey(database: Path, key: str, change: Callable[[Any], object]) -> None:
    """Changes a stored definition behind the program's back."""
    with closing(sqlite3.connect(database)) as connection, connection:
        (text,) = connection.execute("SELECT definition FROM survey WHERE key = ?", [key]).fetchone()
        stored = json.loads(text)
        change(stored)
        connection.execute("UPDATE survey SET definition = ? WHERE key = ?", [json.dumps(stored), key])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gives two surveys that are sound, and one for each way not to be."""
    path = tmp_path_factory.mktemp("usable") / "opinions.sqlite"
    for key in (*SOUND, *BROKEN):
        import_survey(path, definition(key, headline=f"Schools and {key}"), readers(90))
    for key, (change, _) in BROKEN.items():
        break_survey(path, key, change)
    return path


@pytest.fixture
def page(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Gives a function that opens a page at an address."""
    with pages_over(database, monkeypatch, writing=True):
        yield lambda name, **address: page_at(name, address).run()


def offered(app: AppTest) -> list[str]:
    """The titles in the control by which another survey is chosen."""
    return next(one for one in app.selectbox if one.key == "another survey").options


OF_NO_SURVEY = ("newsroom", "published", "ask", "people", "watches", "morning")


@pytest.mark.parametrize("name", [name for name in PAGES if name != "imports"])
def test_no_page_of_a_sound_survey_is_hidden_by_those_that_cannot_be_worked_with(page: Any, name: str) -> None:
    app = page(name, survey="phones")

    assert [one.value for one in app.error] == []
    assert not app.exception
    if name in OF_NO_SURVEY:
        headlines = {link.proto.label for link in app.get("page_link")}
        assert name != "newsroom" or {"**Schools and phones**", "**Schools and tablets**"} <= headlines
    else:
        assert app.title[0].value == "Schools and phones"
        assert offered(app) == ["Schools and tablets"]


@pytest.mark.parametrize("name", [name for name in PAGES if name not in (*OF_NO_SURVEY, "imports")])
def test_each_page_of_such_a_survey_says_what_is_wrong_and_leads_to_the_others(page: Any, name: str) -> None:
    app = page(name, survey="vast")

    assert "score is 1e+300" in app.error[0].value.replace("\\", "")
    assert offered(app) == ["Schools and phones", "Schools and tablets"]
    next(one for one in app.selectbox if one.key == "another survey").set_value("tablets").run()
    assert [one.value for one in app.error] == []
    assert app.title[0].value == "Schools and tablets"


@pytest.mark.parametrize("key", BROKEN)
def test_whatever_keeps_a_survey_from_being_worked_with_is_said_by_its_page_and_by_the_commands(
    page: Any, database: Path, key: str
) -> None:
    _, says = BROKEN[key]

    app = page("survey", survey=key)
    told = command("topline", key, "ban", "--db", database)

    assert not app.exception
    assert says in app.error[0].value.replace("\\", "")
    assert told.exit_code == 2
    assert says in told.stderr
    with opened(database) as store, pytest.raises(RequestError, match="cannot be worked with"):
        snapshot_of(store, key, now=datetime.now(UTC))


def test_the_newsroom_names_every_survey_that_it_cannot_show(page: Any) -> None:
    app = page("newsroom")

    warned = " ".join(one.value for one in app.warning)
    assert [key for key in BROKEN if f"The survey {key} cannot be shown" not in warned] == []
    assert not [key for key in SOUND if f"The survey {key} cannot be shown" in warned]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("surveys", 0), ("audit zone", 0), ("segments list zone", 2), ("comments zone", 2),
        ("responses zone", 2), ("published", 0),
    ],
)  # fmt: skip
def test_commands_list_such_surveys_or_say_what_is_wrong(database: Path, words: str, code: int) -> None:
    done = command(*words.split(), "--db", database)

    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    if words == "surveys":
        assert [key for key in (*SOUND, *BROKEN) if key not in done.stdout] == []
    if code:
        assert BROKEN["zone"][1] in done.stderr


def test_a_corrected_definition_that_is_imported_again_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    import_survey(path, definition(), readers(90))
    break_survey(path, "phones", BROKEN["vast"][0])
    assert command("topline", "phones", "ban", "--db", path).exit_code == 2

    import_survey(path, definition(), readers(90))

    assert command("topline", "phones", "ban", "--db", path).exit_code == 0


@pytest.mark.parametrize(
    "sound",
    [
        RIVER,
        replace(RIVER, closes=date(9999, 12, 31)),
        replace(RIVER, opens=date(1900, 1, 1), events=(Event(datetime(2200, 12, 31, tzinfo=UTC), "The end"),)),
        replace(RIVER, questions=(Question("q", "?", "scale", choices=(Choice("a", "A", 999_999_999_999_999.0),)),)),
    ],
)
def test_whatever_a_definition_may_say_can_be_worked_with(sound: Survey) -> None:
    assert unusable_words(sound) == ""


def test_a_time_without_its_offset_is_no_moment() -> None:
    assert "offset" in unusable_words(replace(RIVER, events=(Event(datetime(2025, 6, 1), "Vote"),)))
