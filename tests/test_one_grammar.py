"""One grammar: what a file's link says is read as the same request by pages, by the register and on the command line.

For every kind of figure: first as a property over made-up requests, then over real figures in real files.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import get_args
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from analytics.__main__ import cli
from analytics.commands.asking import OF_KIND, figure_request, linked, option_flag
from analytics.commands.exporting import export_command
from analytics.estimates.snapshots import snapshot_of
from analytics.exports.export import export_of, link_to
from analytics.exports.formats import collection_of, file_of
from analytics.exports.report import report_of, survey_report
from analytics.kinds.kind import Made
from analytics.kinds.report import NAME as REPORT
from analytics.kinds.table import NAMES, address_of, kind, make, request_in
from analytics.model import Survey
from analytics.model.address import Option, figure_id
from analytics.model.request import BaseChoice, Every, Interval, Request, Standing, Variance, WeightsChoice
from analytics.published.leaving import register_export
from analytics.store.place.connections import Store
from analytics.store.tables.figures import Leaving, read_figure, register_figure
from analytics.store.tables.opening import open_store
from analytics.store.tables.surveys import read_survey
from tests.chosen import few_of
from tests.exports_fixture import STYLE
from tests.made.register import lay_out_register
from tests.pages_fixture import PAGE_SECONDS
from tests.surveys import SAME
from tests.test_address import moments, texts
from tests.test_fixtures_v1 import FIGURES, NEWER, NOW

FEW = settings(SAME, max_examples=8)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out_register(tmp_path_factory.mktemp("grammar") / "register.sqlite")


@pytest.fixture(scope="module")
def store(database: Path) -> Iterator[Store]:
    engine = open_store(str(database))
    yield engine
    engine.dispose()


@st.composite
def requests(draw: st.DrawFn, name: str, survey: Survey) -> Request:
    """A request of that kind with anything that an address can say of it, whether or not it can be answered."""
    keys = [one.key for one in survey.dimensions] + [one.key for one in survey.questions]
    filters = draw(st.lists(st.sampled_from(keys), unique=True, max_size=3))
    return Request(
        name, survey.key, draw(st.sampled_from([one.key for one in survey.questions])),
        tuple((key, tuple(draw(st.lists(texts, min_size=1, max_size=2, unique=True)))) for key in filters),
        draw(st.none() | moments), draw(st.none() | moments),
        draw(st.none() | st.sampled_from(get_args(WeightsChoice))), draw(st.sampled_from(get_args(Interval))),
        draw(st.sampled_from(get_args(Variance))), draw(st.sampled_from(get_args(BaseChoice))),
        draw(st.none() | st.integers(survey.min_base + 1, 10**6)), draw(st.sampled_from(get_args(Standing))),
        tuple(draw(st.lists(st.sampled_from(keys), unique=True, max_size=2))),
        draw(st.none() | st.sampled_from(get_args(Every))), draw(st.integers(1, 40)),
        tuple(pair for option in kind(name).options for pair in draw(chosen(option))),
    )  # fmt: skip


def chosen(option: Option) -> st.SearchStrategy[list[tuple[str, str]]]:
    if option.always is not None:
        return st.just([])
    values = st.sampled_from(option.values) if option.values else texts
    return st.lists(values.map(lambda value: (option.name, value)), max_size=2 if option.several else 1)


PAGE = """
import streamlit as st
from analytics.pages.choices.address import stated, use_todays_names

use_todays_names(st.session_state["survey"])
st.session_state["request"] = stated(st.session_state["survey"])
"""


def on_the_page(link: str, survey: Survey) -> Request:
    """What a page reads in its own address, run as Streamlit runs it."""
    app = AppTest.from_string(PAGE, default_timeout=PAGE_SECONDS)
    app.session_state["survey"] = survey
    for key, value in parse_qs(urlsplit(link).query, keep_blank_values=True).items():
        app.query_params[key] = value
    assert not app.run().exception
    found: Request = app.session_state["request"]
    return found


def in_the_register(store: Store, request: Request, name: str, survey: Survey) -> Request:
    """What the register keeps of a figure that leaves, read as it is when the figure is looked at again."""
    leaving = Leaving(survey.key, name, address_of(request, survey), 1, {}, [])
    register_figure(store, leaving, name="a.csv", sha256=name, now=NOW)
    figure = read_figure(store, name)
    assert figure is not None
    return request_in(figure.query, survey)


@pytest.mark.parametrize("name", NAMES)
def test_every_reader_finds_the_request_that_a_link_was_written_of(store: Store, database: Path, name: str) -> None:
    survey = read_survey(store, "quay")

    @FEW
    @given(requests(name, survey))
    def same(request: Request) -> None:
        address = address_of(request, survey)
        known_by = figure_id(address, 7)
        link = link_to(address, known_by, STYLE)

        assert on_the_page(link, survey) == request
        assert linked(link, str(database))[1] == request
        assert in_the_register(store, request, known_by, survey) == request

    same()


@pytest.mark.parametrize("name", NAMES)
def test_the_options_of_a_command_say_what_the_link_says(store: Store, name: str) -> None:
    survey = read_survey(store, "quay")

    @FEW
    @given(requests(name, survey))
    def same(request: Request) -> None:
        words = [f"{option_flag(key)}={value}" for key, value in request.options]
        bare = replace(request, kind="topline", by=(), every=None, window=1, options=())

        options = export_command.make_context("export", ["quay", "ban", "-o", "figure.csv", *words]).params
        found = figure_request(
            bare, kind=name, by=request.by, every=request.every, window=request.window, choice=None,
            said={key.removeprefix(OF_KIND): each for key, each in options.items() if key.startswith(OF_KIND)},
        )  # fmt: skip

        assert found == request

    same()


# Real figures in real files


@pytest.fixture(scope="module")
def made(store: Store) -> dict[str, Made]:
    """One figure of each kind, as it is made of the registered one, or of the request of a kind that came later."""
    found: dict[str, Made] = {}
    for one in FIGURES.values():
        if one["kind"] not in found and not one["name"].startswith("later "):
            figure = read_figure(store, one["id"])
            assert figure is not None
            snapshot = snapshot_of(store, figure.survey, now=NOW)
            found[one["kind"]] = make(snapshot, request_in(figure.query, snapshot.survey))
    quay = snapshot_of(store, "quay", now=NOW)
    return found | {name: make(quay, replace(request, kind=name)) for name, request in NEWER.items()}


@pytest.mark.parametrize("name", [name for name in NAMES if name != REPORT])
def test_no_two_numbers_of_a_figure_are_known_by_one_key(made: dict[str, Made], name: str) -> None:
    numbers = list(kind(name).numbers(made[name].request, made[name].rows))

    assert len(dict(numbers)) == len(numbers) > 0


def link_in(content: bytes, ending: str) -> str:
    """The link in a file, wherever its format keeps it."""
    if ending == "json":
        return str(json.loads(content)["figure"]["link"])
    if ending == "xlsx":
        notes = openpyxl.load_workbook(io.BytesIO(content)).worksheets[-1]
        return next(str(row[1].value) for row in notes.iter_rows() if str(row[1].value).startswith(STYLE.address))
    text = content.decode("utf-8-sig")
    if ending == "html":
        record = text.split('id="record">', 1)[1].split("</script>", 1)[0]
        return str(json.loads(record)["figure"]["link"])
    start = text.index(f"{STYLE.address}/")
    return text[start : min(at for end in ('"', ",", "\r") if (at := text.find(end, start)) > 0)]


IN_FILES = [name for name in NAMES if name != REPORT]
ENDINGS = ("csv", "json", "xlsx", "html")


@pytest.mark.parametrize(
    ("ending", "name"),  # two formats of each kind, seven kinds of each format
    few_of(product(ENDINGS, IN_FILES), lambda one: (ENDINGS.index(one[0]) + IN_FILES.index(one[1])) % 2 == 0),
)
def test_a_link_in_a_written_file_is_read_by_all_as_what_was_made(
    store: Store, database: Path, made: dict[str, Made], name: str, ending: str
) -> None:
    export = export_of(made[name], STYLE)
    content = file_of(export, ending)
    register_export(store, export, content, name=f"figure.{ending}", now=NOW)

    link = link_in(content, ending)

    figure = read_figure(store, export.figure_id)
    assert figure is not None
    assert urlsplit(link).path == f"/{kind(name).page}"
    assert on_the_page(link, export.survey) == export.request
    assert linked(link, str(database))[1] == export.request
    assert request_in(figure.query, export.survey) == export.request


def test_the_link_of_a_report_is_read_by_all_as_what_was_made(
    store: Store, database: Path, made: dict[str, Made]
) -> None:
    asked = made[REPORT].request
    exports = survey_report(snapshot_of(store, asked.survey, now=NOW), replace(asked, question=""), STYLE)
    report = report_of(exports)
    content = collection_of(exports, "xlsx", cover=report.cover)
    register_export(store, report, content, name="report.xlsx", now=NOW)

    link = str(openpyxl.load_workbook(io.BytesIO(content)).properties.description)

    figure = read_figure(store, report.figure_id)
    assert figure is not None
    for found in (
        on_the_page(link, report.made.survey), linked(link, str(database))[1],
        request_in(figure.query, report.made.survey),
    ):  # fmt: skip
        assert found == report.made.request
        assert found.kind == REPORT


@pytest.mark.parametrize("name", [name for name in NAMES if name != REPORT])
def test_the_command_makes_the_figure_of_a_link(
    database: Path, made: dict[str, Made], tmp_path: Path, name: str
) -> None:
    export = export_of(made[name], STYLE)
    file = tmp_path / "figure.json"

    done = CliRunner().invoke(
        cli, ["export", "--link", export.link, "-o", str(file), "--language", "en", "--db", str(database)]
    )

    assert done.exit_code == 0, done.output
    record = json.loads(file.read_text(encoding="utf-8"))
    assert export.figure_id in done.output
    assert record["rows"] == json.loads(json.dumps(export.rows))


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (
            ("phones", "ban", "--link", "https://x.example/?survey=a"),
            "name a survey and a question",
        ),
        ((), "name a survey and a question"),
        (("--link", "https://x.example/"), "with survey=... in it"),
        (
            ("quay", "ban", "--view", "dial", "--stub", "ban", "--dial-link", "7", "--people", "5", "--people", "6"),
            "dial has no --stub; there is: --answer, --people, --dial-link; "
            "--dial-link is '7', expected 0.333, 0.5, 0.667, 0.8, 0.909, 1, 1.1, 1.25, 1.5, 2, 3; "
            "--people is given 2 times, expected once",
        ),
    ],
)
def test_a_figure_that_is_named_in_no_way_or_in_two_is_told_what_to_do(
    database: Path, words: tuple[str, ...], complaint: str
) -> None:
    done = CliRunner().invoke(cli, ["export", *words, "-o", "figure.csv", "--db", str(database)])

    assert done.exit_code == 2
    assert complaint in done.output


# The harness would see a grammar that is not one


def test_a_grammar_that_forgets_something_is_noticed(store: Store) -> None:
    survey = read_survey(store, "quay")
    forgetful: Callable[[Request], Request] = partial(replace, interval="logit")

    @FEW
    @given(requests("topline", survey))
    def same(request: Request) -> None:
        assert request_in(address_of(forgetful(request), survey), survey) == request

    with pytest.raises(AssertionError):
        same()
