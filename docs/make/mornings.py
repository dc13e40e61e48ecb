"""Makes the picture of mornings.md anew: `python -m docs.make.mornings`. It takes a browser and half a minute."""

from __future__ import annotations

import base64
import csv
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from analytics.demo import DEFINITION, write_responses
from analytics.figures.drawing.style import read_style, style_file
from analytics.imports.answers.responses import read_responses
from analytics.imports.definition.survey import read_definition
from analytics.model import EVERYBODY
from analytics.store.place.connections import Store
from analytics.store.record.imports import record_import
from analytics.store.tables.opening import opened_store
from analytics.watches.digest import morning
from analytics.watches.letter import as_html
from analytics.watches.writing import digest_letter

PICTURE = Path(__file__).resolve().parents[1] / "pictures" / "digest.png"
MORNING = datetime(2025, 5, 23, 11, 30, tzinfo=UTC)
"""Half past seven in New York, on the morning after a crowd came."""
UNTIL, ZONE, ADDRESS = "2025-05-23 07:30", "America/New_York", "https://opinion.example.org"


def main(picture: Path = PICTURE, width: int = 600, scheme: str = "light") -> None:
    """Writes the digest of the demo, whose readers are made up, as a mail program shows it."""
    with TemporaryDirectory() as folder, opened_store(str(Path(folder) / "demo.sqlite")) as store:
        _record(store, Path(folder))
        style = replace(read_style(style_file(), "en"), address=ADDRESS)
        letter = digest_letter(store, morning(store, EVERYBODY, now=MORNING, language="en"), style, ZONE)
        shown = b"" if letter.picture is None else letter.picture.content
        html = as_html(letter, style, picture_at="data:image/png;base64," + base64.b64encode(shown).decode())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("BROWSER_PATH") or None)
        page = browser.new_page(
            viewport={"width": width, "height": 400}, color_scheme="dark" if scheme == "dark" else "light",
            device_scale_factor=1.5,
        )  # fmt: skip
        page.set_content(html)
        page.wait_for_timeout(500)
        page.screenshot(path=picture, full_page=True)
        browser.close()


def _record(store: Store, folder: Path) -> None:
    """Records the demo's answers as far as they had come on that morning."""
    whole, part = folder / "whole.csv", folder / "responses.csv"
    write_responses(whole)
    survey = read_definition(DEFINITION)
    with whole.open(encoding="utf-8", newline="") as source, part.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerows(_until(csv.reader(source)))
    record_import(store, survey, read_responses(part, survey), file=part.name, now=MORNING)


def _until(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    header = next(rows)
    at = header.index("responded_at")
    yield header
    yield from (row for row in rows if row[at] < UNTIL)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]), *map(int, sys.argv[2:3]), *sys.argv[3:4])
