"""A made-up house style: Swiss thousands, American dates, and signs that no other way of writing has."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT

STYLE_FILE = ROOT / "data" / "house_style.toml"
OTHERWISE = {
    'thousands = ","': 'thousands = "’"', 'thousands = "."': 'thousands = "’"', 'decimal = "."': 'decimal = "·"',
    'decimal = ","': 'decimal = "·"', 'percent = "\\u00a0%"': 'percent = " pct"', 'percent = "%"': 'percent = " pct"',
    'day = "{day} {month} {year}"': 'day = "{month} {day}, {year}"',
    'day = "{day}. {month} {year}"': 'day = "{month} {day}, {year}"',
}  # fmt: skip
"""The signs of our own house style, and those of the made-up one in their place."""


def made_up_house(folder: Path) -> Path:
    """Writes the house style into the folder, with the logo that it names, and gives its file."""
    text = STYLE_FILE.read_text(encoding="utf-8")
    for ours, theirs in OTHERWISE.items():
        text = text.replace(ours, theirs)
    (folder / "logo.svg").write_bytes((STYLE_FILE.parent / "logo.svg").read_bytes())
    (folder / "house_style.toml").write_text(text, encoding="utf-8")
    return folder / "house_style.toml"
