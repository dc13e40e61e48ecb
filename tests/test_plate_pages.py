"""Every figure and table has its export menu, and its link makes the same figure again, as Streamlit runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages_fixture import definition, import_survey, page_at, pages_over, readers
from tests.test_pages_compare import BENCHMARK
from tests.test_reading_pages import about_two_things, with_comments
from tests.test_segments import command

Page = Callable[..., AppTest]

ASKED = {
    "ways": ("survey", {"check": "counted", "where.gender": "f"}),
    "dial": ("survey", {"check": "missing", "people": "50000", "link": "1.25", "answer": "n"}),
    "split": ("survey", {"check": "change", "answer": "n", "groups": ["age"]}),
    "across": (
        "compare",
        {"other": "tablets", "their_question": "ban", "map": ["y=n", "n="], "where.age": ["18-29", "30-59"]},
    ),
    "public": ("compare", {"with": "public"}),
    "benchmark trend": ("compare", {"with": "public", "every": "day"}),
    "common ground": ("compare", {"with": "common", "by": "gender"}),
    "segments": ("segments", {"segment": ["women", "young"]}),
    "table export": ("crosstabs", {"banner": "gender", "numbers": "rows", "where.age": "18-29"}),
}
OPENED_BY = {
    "table export": "table export open",
    "common ground": "common ground open",
    "theme groups": "theme groups open",
}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "opinions.sqlite"
    known = definition()
    known["phones.toml"] += BENCHMARK
    import_survey(path, known, readers(240))
    import_survey(path, definition("tablets", question="Lock tablets away?"), readers(120, answers="nny"))
    command("segments", "save", "phones", "women", "--where", "gender=f", "--name", "Women", "--db", path)
    command("segments", "save", "phones", "young", "--where", "age=18-29", "--name", "The young", "--db", path)
    return path


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Gives a function that opens a page at an address with one of its export menus open."""

    def opened(name: str, menu: str, **address: str | list[str]) -> AppTest:
        app = page_at(name, {"survey": "phones"} | address)
        if menu in OPENED_BY:
            app.session_state[OPENED_BY[menu]] = True
        else:
            app.session_state[f"{menu} exporting"] = True
        return app.run()

    with pages_over(tmp_path / "opinions.sqlite", monkeypatch):
        yield opened


def link_in(app: AppTest) -> str:
    assert not app.exception
    (code,) = app.code
    return str(code.value)


@pytest.mark.parametrize("menu", ASKED)
def test_the_link_of_a_figure_opens_its_page_and_makes_the_same_figure(page: Page, database: Path, menu: str) -> None:  # noqa: ARG001
    name, asked = ASKED[menu]

    link = link_in(page(name, menu, **asked))
    address = urlsplit(link)
    again = link_in(page(name, menu, **parse_qs(address.query)))

    assert address.path == f"/{name}"
    assert again == link
    query = parse_qs(address.query)
    assert all(query[key] == ([value] if isinstance(value, str) else value) for key, value in asked.items())


def test_themes_of_comments_leave_with_their_link(page: Page, tmp_path: Path) -> None:
    with_comments(tmp_path / "opinions.sqlite", about_two_things(), number=120)

    app = page("comments", "themes", part="themes")
    link = link_in(app)

    assert "question=comment&view=themes&part=themes" in link
    assert link_in(page("comments", "themes", **parse_qs(urlsplit(link).query))) == link


def test_who_says_it_leaves_with_its_link(page: Page, tmp_path: Path) -> None:
    with_comments(tmp_path / "opinions.sqlite", about_two_things(), number=120)

    link = link_in(page("comments", "theme groups", part="themes", by="gender"))

    assert "view=theme+groups" in link or "view=theme%20groups" in link
    assert link_in(page("comments", "theme groups", **parse_qs(urlsplit(link).query))) == link


def test_another_choice_on_the_page_is_another_figure(page: Page, database: Path) -> None:  # noqa: ARG001
    one = link_in(page("survey", "dial", check="missing", people="50000", link="1.25"))
    other = link_in(page("survey", "dial", check="missing", people="50000", link="2"))

    assert one.rpartition("=")[2] != other.rpartition("=")[2]
