"""The house style says how numbers and dates are written: in every part of every file, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.exports.formats import file_of
from analytics.figures.style import Style, read_style
from analytics.language.notation import LANGUAGES
from analytics.store.place.connections import Store
from tests.exports_fixture import exported as exported_view
from tests.made.figures import KINDS, desk, exported, fill, words_of
from tests.surveys import opened
from tests.test_captions import views
from tests.test_figures_examples import STYLE_FILE

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
