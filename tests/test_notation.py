"""The house style says how numbers and dates are written: in every part of every file, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from analytics.__main__ import cli
from analytics.exports.formats import file_of
from analytics.figures.style import Style, read_style
from analytics.language.notation import LANGUAGES
from analytics.store.place.connections import Store
from tests.exports_fixture import exported as exported_view
from tests.made.figures import KINDS, desk, exported, fill, words_of
from tests.pages_fixture import COLUMNS, definition, import_survey, page_at, pages_over, readers
from tests.surveys import opened
from tests.test_captions import views
from tests.test_figures_examples import STYLE_FILE
from tests.test_pages import words

OTHERWISE = {
    'thousands = ","': 'thousands = "’"', 'thousands = "."': 'thousands = "’"', 'decimal = "."': 'decimal = "·"',
    'decimal = ","': 'decimal = "·"', 'percent = "\\u00a0%"': 'percent = " pct"', 'percent = "%"': 'percent = " pct"',
    'day = "{day} {month} {year}"': 'day = "{month} {day}, {year}"',
    'day = "{day}. {month} {year}"': 'day = "{month} {day}, {year}"',
}  # fmt: skip
"""Swiss thousands, American dates, and signs that no other way of writing has."""
HAND_WRITTEN = {
    "thousands": re.compile(r"\d[,.]\d{3}\b"),
    "decimals": re.compile(r"(?<![\d:])\d+[.,]\d{1,2}\b(?!\d|\. )"),
    "percent": re.compile(r"\d\s?%"),
    "days": re.compile(r"\d{1,2}\.? (?:May|Mai|June|Juni)\b"),
}
"""Numbers and dates as the product's own style has them, or as a programming language does."""


def own_style(folder: Path, language: str) -> Style:
    text = STYLE_FILE.read_text(encoding="utf-8")
    for ours, theirs in OTHERWISE.items():
        text = text.replace(ours, theirs)
    (folder / "logo.svg").write_bytes((STYLE_FILE.parent / "logo.svg").read_bytes())
    (folder / "house_style.toml").write_text(text, encoding="utf-8")
    return read_style(folder / "house_style.toml", language)


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


def test_a_number_written_by_hand_is_found() -> None:
    assert {name for name, _ in faults(["1,200 readers", "0.2 times", "57 %", "on 18 May 2025"])} == set(HAND_WRITTEN)
    assert faults(["1’200 readers", "0·2 times", "57 pct", "May 18, 2025", "95 pct of 24. The rest"]) == []


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Gives the database of a newsroom whose house style is that made-up one, with 2,400 readers in it."""
    own_style(tmp_path, "en")
    monkeypatch.setenv("HOUSE_STYLE", str(tmp_path / "house_style.toml"))
    database = tmp_path / "opinions.sqlite"
    import_survey(database, definition(weighted=True, written=True), commented(2_400), columns=(*COLUMNS, "comment"))
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
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_writes_numbers_for_people_as_the_house_has_them(house: Path, command: str) -> None:
    done = CliRunner().invoke(cli, [*command.split(), "--db", str(house)])

    assert done.exit_code == 0, done.output
    assert faults([for_people(line) for line in done.output.splitlines()]) == []


def for_people(line: str) -> str:
    """Returns the line without what is written for machines: moments as 2025-06-01T10:00, versions as 3.40.1."""
    line = re.sub(r"\d+\.\d+\.\d+", "", line)
    return re.sub(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d)?)?", "", line)


PAGES: dict[str, dict[str, str]] = {
    "newsroom": {},
    "survey": {"survey": "phones"},
    "crosstabs": {"survey": "phones", "numbers": "counts"},
    "segments": {"survey": "phones"},
    "compare": {"survey": "phones", "with": "common"},
    "comments": {"survey": "phones"},
    "responses": {"survey": "phones"},
    "published": {},
}


WITHOUT_COUNTS = ("compare", "published", "segments")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_writes_numbers_and_days_as_the_house_has_them(
    house: Path, monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    with pages_over(house, monkeypatch):
        app = page_at(name, PAGES[name] | {"lang.page": language}).run()

        assert not re.search("Something went wrong|etwas schiefgegangen", words(app))
        assert faults([for_people(line) for line in words(app).splitlines()]) == []
        assert name in WITHOUT_COUNTS or "2’400" in words(app)
