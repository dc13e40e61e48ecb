"""Every link and figure that left before December 2026 keeps its meaning, its numbers and its id.

The fixtures were taken by `fixtures_v1/take.py` with the code of that time and are never taken anew: where one of these
fails, the code has broken what is printed somewhere. `means` of each link is what the address says as plain data.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from analytics.estimates.snapshots import snapshot_of
from analytics.figures.drawing.style import read_style
from analytics.kinds.report import NAME as REPORT
from analytics.kinds.table import NAMES, address_of, kind, make, request_in
from analytics.model import Snapshot
from analytics.model.access import EVERYBODY
from analytics.model.address import filter_name, poll_name
from analytics.model.request import Request
from analytics.published.review import review
from analytics.published.words import standing_words
from analytics.store.place.connections import Store
from analytics.store.read.responses import count_responses
from analytics.store.tables.figures import read_figure, read_figures
from analytics.store.tables.opening import open_store
from analytics.store.tables.surveys import read_survey
from tests.chosen import few_of
from tests.conftest import ROOT
from tests.made.register import lay_out_register
from tests.pages_fixture import page_at, pages_over

HERE = Path(__file__).resolve().parent / "fixtures_v1"
TAKEN: dict[str, Any] = json.loads((HERE / "figures.json").read_text(encoding="utf-8"))
LINKS: dict[str, Any] = json.loads((HERE / "links.json").read_text(encoding="utf-8"))
NOW = datetime.fromisoformat(TAKEN["now"])
STYLE = read_style(ROOT / "data/house_style.toml")
FIGURES = {one["name"]: one for one in TAKEN["figures"]}
AS_TAKEN = [name for name in FIGURES if not name.startswith("later ")]
RECOUNTED = [name for name in AS_TAKEN if FIGURES[name]["kind"] in ("themes", "theme groups")]
"""Their numbers come about in another way since then: a text that many sent counts once, and is in no theme."""
BELOW = "topline of a minimum base below the survey's"
"""It asked for groups of two, and for fewer than five nobody is told anything any more."""
"""Those whose survey got no answers after they left."""
WRITTEN = {one["address"]: one for part in ("links", "browser") for one in LINKS[part]}
WRONG = {one["address"]: one for one in LINKS["known_wrong"]}
MENUS = {
    "survey": [f"{name} exporting" for name in ("topline", "groups", "trend", "ways", "dial", "split")],
    "crosstabs": ["table export open"], "segments": ["segments exporting"],
    "comments": ["themes exporting", "theme groups open"],
    "compare": [*(f"{name} exporting" for name in ("across", "public", "benchmark trend")), "common ground open"],
}  # fmt: skip
"""What opens the export menus of a page, where the link of each figure stands."""
SELECTING = ("survey", "crosstabs", "compare")
"""The pages that show their own selection alone."""
OPTIONS = ("weights", "interval", "variance", "base", "standing")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out_register(tmp_path_factory.mktemp("fixtures") / "register.sqlite")


@pytest.fixture(scope="module")
def store(database: Path) -> Iterator[Store]:
    engine = open_store(str(database))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def as_of_then(store: Store) -> Callable[[str], Snapshot]:
    """Gives what reads a survey as it was then, once for all of its figures."""
    return cache(partial(snapshot_of, store, now=NOW))


@pytest.fixture(scope="module")
def pages(database: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch, pages_over(database, patch):
        yield


def numbers_of(request: Request, rows: Any) -> list[list[Any]]:
    """Returns each number: the key by which it is known, value, low, high and base."""
    return [
        [list(key), one.value, one.low, one.high, row.get("against_base_n" if key[0] == "theirs" else "base_n")]
        for row in rows
        for key, one in kind(request.kind).numbers(request, [row])
    ]


def meant(store: Store, query: Iterable[tuple[str, str]]) -> Request:
    """Returns what an address means, its poll by name: version 1 said its place among those of then."""
    pairs = tuple(query)
    survey = read_survey(store, dict(pairs)["survey"])
    polls = [poll_name(poll) for poll in survey.benchmarks if poll.question == dict(pairs).get("question")]
    named = [(name, polls[int(value)] if name == "poll" and value.isdecimal() else value) for name, value in pairs]
    return request_in(named, survey)


def in_link(link: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(link).query, keep_blank_values=True)


def assert_same(ours: list[list[Any]], theirs: list[list[Any]]) -> None:
    assert [one[0] for one in ours] == [one[0] for one in theirs]
    for one, other in zip(ours, theirs, strict=True):
        if one[0][0] == "benchmark":
            continue  # what a poll found was not read then: a poll put right went unseen
        for mine, taken in zip(one[1:], other[1:], strict=True):
            assert (mine is None) == (taken is None), one[0]
            assert mine is None or mine == pytest.approx(taken, rel=0, abs=1e-9), one[0]


def query_in(one: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in one["query"])


def test_the_register_of_then_is_read_whole(store: Store) -> None:
    kept = {figure.figure_id: figure for figure in read_figures(store)}

    assert set(kept) == {one["id"] for one in FIGURES.values()}
    for one in FIGURES.values():
        survey = read_survey(store, kept[one["id"]].survey)
        assert request_in(kept[one["id"]].query, survey) == meant(store, query_in(one))
        assert kept[one["id"]].drawn["title"] == one["title"]


NEWER: Mapping[str, Request] = {"battery": Request("battery", "quay", "trust")}
"""A request over the survey 'quay' for each kind of figure that came after the fixtures, which are never taken anew."""


def test_every_kind_of_figure_is_among_the_fixtures_or_newer() -> None:
    assert {one["kind"] for one in FIGURES.values()} | {*NEWER} == set(NAMES)


@pytest.mark.parametrize("name", [name for name in AS_TAKEN if name not in (BELOW, *RECOUNTED)])
def test_a_figure_is_made_again_with_the_same_numbers_and_found_under_its_id(
    store: Store, as_of_then: Callable[[str], Snapshot], name: str
) -> None:
    one = FIGURES[name]
    figure = read_figure(store, one["id"])
    assert figure is not None
    request = request_in(figure.query, read_survey(store, figure.survey))

    made = make(as_of_then(figure.survey), request)

    assert_same(numbers_of(made.request, made.rows), one["numbers"])
    assert request_in(address_of(made.request, made.survey), made.survey) == made.request
    assert request == made.request


@pytest.mark.parametrize("name", RECOUNTED)
def test_a_figure_that_is_counted_in_another_way_is_said_to_have_moved(
    store: Store, as_of_then: Callable[[str], Snapshot], name: str
) -> None:
    figure = read_figure(store, FIGURES[name]["id"])
    assert figure is not None

    found = review(figure, as_of_then)

    assert found.standing.verdict in ("moved", "gone")
    request = request_in(figure.query, read_survey(store, figure.survey))
    assert_same(numbers_of(request, figure.rows), FIGURES[name]["numbers"])


@pytest.mark.parametrize("name", [name for name in FIGURES if name not in RECOUNTED])
def test_a_figure_stands_as_it_stood(store: Store, as_of_then: Callable[[str], Snapshot], name: str) -> None:
    one = FIGURES[name]
    figure = read_figure(store, one["id"])
    assert figure is not None

    found = review(figure, as_of_then)

    assert found.standing.verdict == {"holds": "up to date"}.get(one["verdict"], one["verdict"])
    assert standing_words(figure, found.standing, STYLE) == one["words"].replace("\N{NO-BREAK SPACE}%", "%")
    request = request_in(figure.query, read_survey(store, figure.survey))
    assert_same(numbers_of(request, figure.rows), one["numbers"])


def opened(address: str, *, exporting: bool = True) -> AppTest:
    """Returns the page of an address, its export menus open where that is said."""
    parts = urlsplit(address)
    name = parts.path.strip("/").replace("import", "imports") or "newsroom"
    app = page_at(name, parse_qs(parts.query, keep_blank_values=True))
    for menu in MENUS.get(name, []) if exporting else ():
        app.session_state[menu] = True
    app.run()
    assert not app.exception, [(one.message, one.stack_trace) for one in app.exception]
    assert not app.error
    return app


def linked(app: AppTest) -> list[str]:
    return [str(code.value) for code in app.code if str(code.value).startswith(STYLE.address)]


def test_a_figure_of_a_smaller_minimum_than_any_survey_may_have_is_made_as_the_survey_asks(
    store: Store, as_of_then: Callable[[str], Snapshot]
) -> None:
    figure = read_figure(store, FIGURES[BELOW]["id"])
    assert figure is not None

    found = review(figure, as_of_then)

    assert found.now is not None
    assert found.now.request.min_base is None
    assert found.figure.drawn["spec"] == {}


ONE_OF_EACH = {FIGURES[name]["kind"]: name for name in reversed(AS_TAKEN)}
"""The first figure of each kind: what the address of any other says is read above, by the grammar of the pages."""


@pytest.mark.parametrize(
    "name",
    few_of(
        [name for name in AS_TAKEN if FIGURES[name]["kind"] != REPORT],
        lambda name: name in ONE_OF_EACH.values() or "every option" in name or "segments" in name,
    ),
)
@pytest.mark.usefixtures("pages")
def test_the_page_that_a_link_opens_makes_the_same_figure(store: Store, name: str) -> None:
    if "minimum base below" in name:
        pytest.skip("no page shows what the survey suppresses")
    if WRONG.get(FIGURES[name]["link"].removeprefix(STYLE.address), {}).get("fault") == "page":
        pytest.skip("known to be wrong")

    one = FIGURES[name]
    survey = read_survey(store, dict(query_in(one))["survey"])
    app = opened(one["link"])
    if name in RECOUNTED and any("No clear themes" in one.value for one in app.info):
        return
    assert meant(store, query_in(one)) in [request_in(in_link(link), survey) for link in linked(app)]


@pytest.mark.parametrize("name", [name for name in FIGURES if FIGURES[name]["kind"] == REPORT])
@pytest.mark.usefixtures("pages")
def test_the_link_of_a_report_opens_where_it_is_made(name: str) -> None:
    app = opened(FIGURES[name]["link"])

    assert "Report as" in [box.label for box in app.selectbox]
    assert f"**Published figure {FIGURES[name]['id']}**".replace("-", "\\-") in [one.value for one in app.markdown]


def test_every_link_of_then_is_read_as_what_it_means(store: Store) -> None:
    """What the grammar reads of it; what the pages make of that is below."""
    asked = [one for one in WRITTEN.values() if one["means"]["survey"] and one["means"]["page"] in SELECTING]
    for one in asked:
        # Which poll is meant by its place the figures say, and which question where an address names none its page.
        request = meant(store, [pair for pair in in_link(one["address"]) if pair[0] != "poll"])
        usual = request.weights or one["means"]["weights"]  # which a page takes where an address names none
        assert_selected(replace(request, weights=usual), one["means"])
    assert len(asked) > 60


def pairs_of(address: str) -> tuple[str, frozenset[tuple[str, str]]]:
    """Returns the page of an address and all that it says."""
    return urlsplit(address).path, frozenset(in_link(address))


def says_most(address: str) -> bool:
    """Whether no other address of its page says all that this one does and more, or it keeps a few groups alone.

    Of many choices one after the other the last address has all. It may leave so few readers that nothing is shown of
    them, so that those of two dimensions are opened too.
    """
    page, said = pairs_of(address)
    others = (pairs_of(other) for other in WRITTEN)
    names = {name for name, _ in said}
    return ("by~" in names and "part~" not in names) or not any(at == page and said < more for at, more in others)


@pytest.mark.parametrize("address", few_of(WRITTEN, says_most), ids=str)
@pytest.mark.usefixtures("pages")
def test_the_page_that_a_link_opens_shows_what_it_means(store: Store, address: str) -> None:
    means = WRITTEN[address]["means"]

    app = opened(address)

    if means["survey"] is None:
        return
    survey, links = read_survey(store, means["survey"]), linked(app)
    if means["page"] in ("comments", "responses") and means["options"].get("part", ["read"]) == ["read"]:
        count = readers(store, means)
        if means["page"] == "comments" and count < 10:
            assert "Fewer than 10 readers" in app.info[0].value
        else:
            assert f"{count:,} " in words(app)
    elif means["page"] == "segments":
        for key, values in means["where"].items():
            chosen = app.session_state[filter_name(key)] if survey.dimension(key) else _answers(app, key)
            assert sorted(chosen) == sorted(values)
    elif means["page"] != "comments":
        assert links or app.info  # two questions may have no answer in common
    for link in links:
        query = tuple(pair for pair in in_link(link) if pair[0] != "figure")
        shown = request_in(query, survey)
        assert shown.weights == means["weights"]
        if means["page"] in SELECTING:
            assert_selected(shown, means)
            assert means["question"] in (None, dict(query)["question"])
        for name, values in means["options"].items():
            if any(key == name for key, _ in query):  # groups stand in the order in which the survey has them
                given = [value for key, value in query if key == name]
                assert given == (sorted(values) if name == "groups" else values)
    if means["page"] == "survey" and links:
        shapes = [parse_qs(urlsplit(link).query) for link in links]
        assert not means["by"] or any(shape.get("by") == means["by"] for shape in shapes)
        assert not means["every"] or any(shape.get("every") == [means["every"]] for shape in shapes)
        assert not means["line"] or any(shape.get("line") == [f"={means['line']}"] for shape in shapes)


def assert_selected(shown: Any, means: dict[str, Any]) -> None:
    where = {key: sorted(values) for key, values in shown.where if not key.startswith("wave") or key in means["where"]}
    own = {shown.question, *shown.by} - where.keys()  # what was clicked is marked in its own figure, not filtered
    assert where == {key: sorted(values) for key, values in means["where"].items() if key not in own}
    for name in ("since", "until"):
        at = getattr(shown, name)
        assert at == (means[name] and datetime.fromisoformat(means[name]))
    assert [getattr(shown, name) for name in OPTIONS] == [means[name] for name in OPTIONS]
    assert shown.min_base == means["min_base"]


def _answers(app: AppTest, key: str) -> list[str]:
    return [pair.partition("=")[2] for pair in app.session_state["answers kept"] if pair.startswith(f"{key}=")]


def readers(store: Store, means: dict[str, Any]) -> int:
    """Returns how many readers, or responses, the link means."""
    options, where = means["options"], {key: tuple(values) for key, values in means["where"].items()}
    if "given" in options:
        where[options.get("beside", ["ban"])[0]] = tuple(options["given"])
    since, until = (means[name] and datetime.fromisoformat(means[name]) for name in ("since", "until"))
    search = options.get("search", [""])[0] if means["page"] == "responses" else ""
    standings = tuple(options.get("standings", ["counted"]))
    kept = Request(where=tuple(where.items()), since=since, until=until)
    return count_responses(store, means["survey"], kept, standings=standings, search=search, person=EVERYBODY)


def words(app: AppTest) -> str:
    return " ".join(one.value for one in app.caption)


def has_most(address: str) -> bool:
    """Whether no other wrong address of its page has all the names that this one has and more."""
    page, said = pairs_of(address)
    names = {name for name, _ in said}
    others = ((at, {name for name, _ in more}) for at, more in map(pairs_of, WRONG))
    return not any(at == page and names < more for at, more in others)


@pytest.mark.parametrize("address", few_of(WRONG, has_most), ids=str)
@pytest.mark.usefixtures("pages")
def test_a_link_that_was_written_or_read_wrongly_opens_all_the_same(address: str) -> None:
    assert opened(address, exporting=False)
    assert WRONG[address]["fault"] in ("writer", "page", "grammar")
