"""The house style says how numbers and dates are written: in every part of every file, in every language."""

from __future__ import annotations

import ast
import csv
import re
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from analytics.__main__ import cli
from analytics.exports.formats import file_of
from analytics.figures.drawing.style import Style, read_style
from analytics.language.notation import LANGUAGES
from analytics.language.said import speaking
from analytics.model.responses import Response
from analytics.pages.choices.controls import typed_days
from analytics.pages.choices.readers import day_format
from analytics.store.place.connections import Store
from analytics.store.record.live import record_responses
from docs.make.commands import leaves
from tests.conftest import ROOT
from tests.exports_fixture import exported as exported_view
from tests.made.figures import KINDS, desk, exported, fill, words_of
from tests.made.house import STYLE_FILE, made_up_house
from tests.pages_fixture import COLUMNS, NOW, definition, import_survey, page_at, pages_over, readers
from tests.ports import free_port
from tests.started import PATIENCE_SECONDS, started
from tests.surveys import opened
from tests.test_captions import views
from tests.test_pages import markdown_texts, words
from tests.test_stopping import DEFINITION as THEIRS

HAND_WRITTEN = {
    "thousands": re.compile(r"\d[,.]\d{3}\b"),
    "decimals": re.compile(r"(?<![\d:])\d+[.,]\d{1,2}\b(?!\d|\. )"),
    "percent": re.compile(r"\d\s?%"),
    "days": re.compile(r"\d{1,2}\.? (?:May|Mai|June|Juni)\b"),
}
"""Numbers and dates as the product's own style has them, or as a programming language does."""


def own_style(folder: Path, language: str) -> Style:
    return read_style(made_up_house(folder), language)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with opened() as kept:
        fill(kept)
        yield kept


def faults(texts: list[str]) -> list[tuple[str, str]]:
    return [(name, text) for text in texts for name, found in HAND_WRITTEN.items() if found.search(text)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_every_kind_of_figure_is_written_as_the_house_has_it(
    store: Store, tmp_path: Path, kind: str, language: str
) -> None:
    made = KINDS[kind](desk(store, lambda name: f"“{name}”"))

    texts = list(words_of(exported(made, own_style(tmp_path, language))))

    assert faults(texts) == []
    assert any("1’000" in text for text in texts)
    assert any(re.search(r"Ma[yi] \d+(?:–\d+)?, 2025", text) for text in texts)


@pytest.mark.parametrize("name", ["topline", "raked", "age", "trend", "drawn"])
def test_the_caption_and_the_disclosure_of_a_file_write_alike(tmp_path: Path, name: str) -> None:
    view, style = views()[name], own_style(tmp_path, "en")
    status = replace(view.status, screened=4130, quarantined=1200, undated=2500, revision=1234)

    content = file_of(exported_view(replace(view, status=status), style), "json").decode()
    words = content[: content.index('"rows"')]

    assert faults([re.sub(r"f-[a-z2-7]+|http\S+", "", words)]) == []
    assert {"4’130", "1’234"} <= set(re.findall(r"\d’\d{3}", words))


def test_the_slider_of_days_writes_them_as_the_house_does(tmp_path: Path) -> None:
    with speaking(own_style(tmp_path, "en")):
        american = (day_format(with_year=False), day_format(with_year=True))
    with speaking(read_style(STYLE_FILE, "en")):
        ours = day_format(with_year=True)
    with speaking("de"):
        german = (day_format(with_year=False), day_format(with_year=True))

    assert (american, ours, german) == (("MMM D", "MMM D, YYYY"), "D MMM YYYY", ("D.M.", "D.M.YYYY"))


def test_a_day_is_typed_in_the_order_in_which_the_house_writes_it(tmp_path: Path) -> None:
    with speaking(own_style(tmp_path, "en")):
        american = typed_days()
    with speaking(read_style(STYLE_FILE, "en")):
        ours = typed_days()
    with speaking("de"):
        german = typed_days()

    assert (american, ours, german) == ("MM/DD/YYYY", "DD/MM/YYYY", "DD.MM.YYYY")


def test_every_field_for_a_day_is_told_how_days_are_typed() -> None:
    found = [
        node for path in (ROOT / "analytics" / "pages").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "date_input"
    ]  # fmt: skip

    told = [next((ast.unparse(one.value) for one in node.keywords if one.arg == "format"), "") for node in found]
    assert told == ["typed_days()"] * len(found)
    assert len(found) >= 5


def test_a_number_written_by_hand_is_found() -> None:
    assert {name for name, _ in faults(["1,200 readers", "0.2 times", "57 %", "on 18 May 2025"])} == set(HAND_WRITTEN)
    assert faults(["1’200 readers", "0·2 times", "57 pct", "May 18, 2025", "95 pct of 24. The rest"]) == []


POLL = """
[[benchmark]]
question = "ban"
source = "Wave Institute"
population = "Adults in Germany"
first = 2025-05-01
last = 2025-05-09
base_n = 1204
wording = "Should phones be banned in school?"
shares = {y = 0.55, n = 0.35, u = 0.10}
"""


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Gives the database of two surveys, with 2,400 readers and 1,200, and a poll beside the first."""
    database = tmp_path_factory.mktemp("stocked") / "opinions.sqlite"
    texts = definition(weighted=True, written=True, more=POLL)
    import_survey(database, texts, commented(2_400), columns=(*COLUMNS, "comment"))
    import_survey(database, definition("tablets", weighted=True), readers(1_200))
    return database.read_bytes()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stocked: bytes) -> Path:
    """Gives that database in a newsroom whose house style is the made-up one, and files that are not in it yet."""
    own_style(tmp_path, "en")
    monkeypatch.setenv("HOUSE_STYLE", str(tmp_path / "house_style.toml"))
    monkeypatch.setenv("SOURCE_FILES", str(tmp_path))
    database = tmp_path / "opinions.sqlite"
    database.write_bytes(stocked)
    for name, text in definition("trams", weighted=True).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    unknown = [(*row[:-1], "x") for row in readers(1_100, first=3_000)]
    for name, rows in {"trams": readers(1_300), "mixed": readers(1_300) + unknown}.items():
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *rows])
    (tmp_path / "river.toml").write_text(THEIRS.format(file=tmp_path / "theirs.sqlite"), encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "theirs.sqlite")) as theirs, theirs:
        theirs.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, move TEXT)")
        theirs.executemany("INSERT INTO answers VALUES (?, 'Yes')", [(at,) for at in range(1_500)])
    (tmp_path / "school.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (tmp_path / "school.png").write_bytes((ROOT / "docs" / "pictures" / "survey.png").read_bytes())
    return database


def commented(count: int) -> list[tuple[str, ...]]:
    return [(*row, "It is calmer without them." if at % 3 else "") for at, row in enumerate(readers(count))]


COMMANDS = (
    "surveys",
    "verify",
    "topline phones ban",
    "crosstab phones ban --by age",
    "trend phones ban --every hour",
    "weights phones",
    "crosstab phones ban --banner age --banner gender",
    "tests phones ban --by gender",
    "change phones ban --every hour",
    "robustness phones ban",
    "responses phones --most 5",
    "comments phones --most 5",
    "screen phones --response id:7 --rule robots",
    "published",
    "audit phones",
    "admit ann@example.org --role analyst",
    "admit",
    "sign-out --everybody",
    "segments list phones",
    "edit phones",
    "close phones",
    "remove phones",
    "bring-back",
    "tend",
    "audit",
    "desks phones Sports",
    "themes phones",
    "common phones --by gender",
    "claim phones ban Two_thirds_say_yes",
    "ask-again phones phones-again",
    "backup {folder}/copy.sqlite",
    "export phones ban --output {folder}/ban.csv",
    "erase phones --response id:7 --log {folder}/erased.log",
    "close phones && reopen phones",
    "screen phones --response id:7 --rule robots && restore phones --response id:7",
    "admit ann@example.org --role analyst && dismiss ann@example.org",
    "remove phones && bring-back phones",
    "move --to {folder}/other.sqlite",
    "erase phones --response id:7 --log {folder}/gone.log && erase-again --log {folder}/gone.log",
    "across phones ban --with tablets",
    "benchmark phones ban",
    "ask phones --host https://paper.example --opens 2025-06-01T08:00 --purpose We_print_it.",
    "import {folder}/trams.csv --definition {folder}/trams.toml",
    "import {folder}/trams.csv --time-zone Europe/Berlin --dry-run",
    "pull --definition {folder}/river.toml",
    "report phones --output {folder}/phones.xlsx",
    "picture phones {folder}/school.png --alt A_school",
    "segments save phones women --where gender=f && segments list phones && segments delete phones women",
    "segments save phones women --where gender=f && segments save phones men --where gender=m && "
    "segments compare phones ban --segment women --segment men",
    "distribute",
    "viewers-role viewers",
    "fold",
    "account-key",
    "watch add http://localhost:8501/survey?survey=phones&question=ban --owner Ann && watch list && watch look",
    "subscribe ann@example.org && subscribe && send --dry-run",
)
REFUSED = (
    "import {folder}/mixed.csv --definition {folder}/trams.toml",
    "import {folder}/mixed.csv --definition {folder}/trams.toml --dry-run --report {folder}/kept_aside.csv",
    "picture phones {folder}/school.svg",
    "distribute --run",
    "hot phones",
    "watch pause phones nobody",
    "watch remove phones nobody",
)
"""Commands that end with a fault on this database, in words that hold numbers."""
LASTING = (
    "collect --port {port}",
    "serve --port {port}",
    "pull --definition {folder}/river.toml --every 1h",
)
"""Commands that go on until stopped."""
BARE = re.compile(r"(?<![\w’·:./+-])(?!(?:19|20)\d\d\b)\d{4,}(?![\w:./-])")
"""Thousands without their sign."""


def test_no_command_of_the_program_is_left_out() -> None:
    tried = [one for line in (*COMMANDS, *REFUSED, *LASTING) for one in line.split(" && ")]

    left = [name for names, _ in leaves(cli) if not any(one.startswith(name := " ".join(names)) for one in tried)]

    assert left == []


@pytest.mark.parametrize("command", [*COMMANDS, *REFUSED])
def test_every_command_writes_numbers_for_people_as_the_house_has_them(house: Path, command: str) -> None:
    for one in command.split(" && "):
        arguments = [word.replace("_", " ").format(folder=house.parent) for word in one.split()]

        done = CliRunner().invoke(cli, [*arguments, "--db", str(house)])

        assert (done.exit_code == 0) == (command in COMMANDS), done.output
        assert second_notations(done.output, house.parent) == []


@pytest.mark.parametrize("command", LASTING)
def test_a_command_that_goes_on_writes_alike_at_its_start_and_at_its_end(house: Path, command: str) -> None:
    arguments = [word.format(folder=house.parent, port=free_port()) for word in command.split()]

    with started(*arguments, "--db", house) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = (process.stdout if command.startswith("pull") else process.stderr).readline()
        process.send_signal(signal.SIGTERM)
        rest = "".join(process.communicate(timeout=PATIENCE_SECONDS))

    assert first.strip()
    assert second_notations(first + rest, house.parent) == []


def test_writers_of_a_hot_survey_are_told_in_the_notation_of_the_house(house: Path, postgres_address: str) -> None:
    import_survey(house, definition("trams", weighted=True), readers(1_200), address=postgres_address)
    run = partial(CliRunner().invoke, cli, env={"DATABASE_URL": postgres_address})

    told = [run(["hot", "trams"]), run(["surveys"])]
    with opened(postgres_address) as store:
        times = [NOW - timedelta(minutes=at) for at in range(60)]
        new = [Response(f"new {at:%j %H %M}", {"ban": ("y",)}, {}, responded_at=at, received_at=at) for at in times]
        record_responses(store, "trams", new)
    told += [run(["fold"]), run(["hot", "trams", "--off"])]

    assert [one.exit_code for one in told] == [0, 0, 0, 0]
    assert "changes folded in" in told[2].output
    assert second_notations("".join(one.output for one in told), house.parent) == []


def second_notations(output: str, folder: Path) -> list[tuple[str, str]]:
    """Returns the lines of a command that write a number otherwise than the house does, each with what is wrong."""
    lines = [for_people(line.replace(str(folder), "")) for line in output.splitlines()]
    return faults(lines) + [("bare", line) for line in lines if BARE.search(line)]


def test_thousands_without_their_sign_are_found() -> None:
    lines = ["2400 readers", "2’400 of http://127.0.0.1:8501 in 2025", "id:7001"]

    assert [line for line in lines if BARE.search(line)] == ["2400 readers"]


def for_people(line: str) -> str:
    """Returns the line without what is written for machines, or names what is looked up.

    Moments as 2025-06-01T10:00, versions as 3.40.1, what is pasted into a page; lines of a file and names of responses.
    """
    line = re.sub(r"\d+\.\d+\.\d+|style=\"[^\"]*\"|\blines? \d+(?:, \d+)*|\bcounted +\d+$", "", line)
    return re.sub(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d)?)?", "", line)


BREAKS = re.compile(r"\d(?:\\?[.%]|[\u00a0\u202f]\\?%)?–[−\d]")
"""A range of numbers in which a line may end."""
PAGES: dict[str, dict[str, str]] = {
    "newsroom": {},
    "survey": {"survey": "phones"},
    "crosstabs": {"survey": "phones", "numbers": "counts"},
    "segments": {"survey": "phones"},
    "compare": {"survey": "phones", "with": "common"},
    "comments": {"survey": "phones"},
    "responses": {"survey": "phones"},
    "storms": {"survey": "phones"},
    "published": {},
    "imports": {},
    "ask": {},
    "mending": {"survey": "phones"},
    "people": {},
}


WITHOUT_COUNTS = ("compare", "published", "segments", "imports", "ask", "mending", "people")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_writes_numbers_and_days_as_the_house_has_them(
    house: Path, monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    with pages_over(house, monkeypatch):
        app = page_at(name, PAGES[name] | {"lang.page": language}).run()

        assert not re.search("Something went wrong|etwas schiefgegangen", words(app))
        assert faults([for_people(line) for line in words(app).splitlines()]) == []
        assert [text for text in markdown_texts(app) if BREAKS.search(text)] == []
        assert name in WITHOUT_COUNTS or "2’400" in words(app)
