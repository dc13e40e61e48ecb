"""A benchmark poll is known by what it is: who asked, and when. Its place in a list of polls says nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from analytics.errors import RequestError
from analytics.estimates.snapshots import snapshot_of
from analytics.exports.export import Export, export_of
from analytics.kinds.kind import Known, Made
from analytics.kinds.table import kind, make, request_in
from analytics.model import Benchmark
from analytics.model.request import Request
from analytics.published.leaving import register_export
from analytics.published.review import review
from analytics.store.place.connections import Store
from analytics.store.tables.figures import read_figure
from analytics.store.tables.opening import open_store
from analytics.store.tables.surveys import add_benchmark
from tests.exports_fixture import STYLE
from tests.pages_fixture import NOW, definition, import_survey, page_at, pages_over, readers

WAVE = Benchmark("ban", "Wave Institute", "Ban phones?", date(2025, 5, 1), date(2025, 5, 3), (("y", 0.6), ("n", 0.4)))
OLDER = Benchmark("ban", "Old House", "Ban phones?", date(2025, 4, 1), date(2025, 4, 2), (("y", 0.2), ("n", 0.8)))
LATER = replace(WAVE, first=date(2025, 5, 20), last=date(2025, 5, 21), shares=(("y", 0.1), ("n", 0.9)))
AGAINST = Request(kind="gaps", question="ban", options=(("with", "public"),))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "opinions.sqlite"
    import_survey(path, definition(), readers(240))
    return path


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    engine = open_store(str(database))
    add_benchmark(engine, "phones", WAVE)
    yield engine
    engine.dispose()


@pytest.fixture
def page(store: Store, database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], AppTest]]:  # noqa: ARG001
    """Gives a function that opens a link with its export menu open."""

    def opened(link: str) -> AppTest:
        parts = urlsplit(link)
        app = page_at(parts.path.strip("/"), parse_qs(parts.query))
        app.session_state["public exporting"] = True
        return app.run()

    with pages_over(database, monkeypatch):
        yield opened


def published(store: Store) -> Export:
    """Registers the comparison with the newest poll, and returns it."""
    left = export_of(make(snapshot_of(store, "phones", now=NOW), AGAINST), STYLE)
    register_export(store, left, b"bytes", name="gaps.csv", now=NOW)
    return left


def against(rows: object) -> list[float]:
    return [row["against_value"] for row in rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize("other", [OLDER, LATER], ids=["an older poll", "a newer one"])
def test_a_published_comparison_stays_one_with_its_own_poll(store: Store, other: Benchmark) -> None:
    left = published(store)
    add_benchmark(store, "phones", other)
    figure = read_figure(store, left.figure_id)
    assert figure is not None

    found = review(figure, partial(snapshot_of, store, now=NOW))

    assert found.now is not None
    assert against(found.now.rows) == against(left.rows) == [0.6, 0.4]
    assert found.standing.verdict == "up to date"
    assert found.now.request == left.request


def test_its_printed_link_shows_the_same_figure(store: Store, page: Callable[[str], AppTest]) -> None:
    left = published(store)
    add_benchmark(store, "phones", OLDER)

    app = page(left.link)

    assert not app.exception
    survey = snapshot_of(store, "phones", now=NOW).survey
    shown = [request_in(_pairs(code.value), survey) for code in app.code if "view=gaps" in str(code.value)]
    assert shown == [left.request]


def test_two_polls_that_ended_on_one_day_are_two_numbers_of_a_published_line(store: Store) -> None:
    add_benchmark(store, "phones", replace(WAVE, source="Other House", shares=(("y", 0.7), ("n", 0.3))))
    line = Request(kind="benchmark trend", question="ban", options=(("answer", "y"),))
    made = make(snapshot_of(store, "phones", now=NOW), line)

    shares = {number.value for key, number in numbers_of(made) if key[0] == "benchmark"}

    assert shares == {0.6, 0.7}


def numbers_of(made: Made) -> list[Known]:
    """The numbers of a figure by which the register knows it again: no two under one key."""
    numbers = list(kind(made.request.kind).numbers(made.request, made.rows))
    assert len(dict(numbers)) == len(numbers)
    return numbers


def test_a_place_in_a_list_is_refused_with_the_polls_that_there_are(store: Store) -> None:
    add_benchmark(store, "phones", OLDER)
    asked = replace(AGAINST, options=(("with", "public"), ("poll", "0")))

    with pytest.raises(RequestError) as fault:
        make(snapshot_of(store, "phones", now=NOW), asked)

    assert "by its place in a list" in str(fault.value)
    assert "2025-04-01/2025-04-02 Old House; 2025-05-01/2025-05-03 Wave Institute" in str(fault.value)


def test_a_poll_that_is_gone_is_said_to_be(store: Store) -> None:
    asked = replace(AGAINST, options=(("with", "public"), ("poll", "2024-01-01/2024-01-02 Nobody")))

    with pytest.raises(RequestError, match="Nobody' is none of the polls"):
        make(snapshot_of(store, "phones", now=NOW), asked)


def test_a_bare_link_of_version_1_asks_which_poll_it_means(store: Store, page: Callable[[str], AppTest]) -> None:
    add_benchmark(store, "phones", OLDER)

    app = page("/compare?survey=phones&question=ban&view=gaps&with=public&poll=0&weighting=none")
    asked = [one.value for one in app.warning]
    offered = app.selectbox(key="poll")
    app.selectbox(key="poll").select("2025-05-01/2025-05-03 Wave Institute").run()

    assert any("Which one is meant?" in words for words in asked)
    assert len(offered.options) == 2
    assert not any("Which one is meant?" in one.value for one in app.warning)
    assert "poll" not in app.query_params  # the newest needs no word
    assert any("poll=2025-05-01%2F2025-05-03+Wave+Institute" in str(code.value) for code in app.code)


def test_a_link_of_version_1_that_names_a_registered_figure_shows_its_poll(
    store: Store, database: Path, page: Callable[[str], AppTest]
) -> None:
    left = published(store)
    add_benchmark(store, "phones", LATER)
    with closing(sqlite3.connect(database)) as connection:  # what version 1 called this figure
        connection.execute("UPDATE figure SET figure_id = 'f-aaaaaaaaaaaa'")
        connection.commit()
    survey = snapshot_of(store, "phones", now=NOW).survey

    app = page("/compare?survey=phones&question=ban&view=gaps&with=public&poll=0&weighting=none&figure=f-aaaaaaaaaaaa")

    shown = [request_in(_pairs(code.value), survey) for code in app.code if "view=gaps" in str(code.value)]
    assert shown == [left.request]


def _pairs(link: object) -> list[tuple[str, str]]:
    return [(name, value) for name, values in parse_qs(urlsplit(str(link)).query).items() for value in values]
