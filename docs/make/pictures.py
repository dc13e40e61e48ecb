"""Makes the pictures of README.md anew: `python -m docs.make.pictures`. It takes a browser and a minute."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
SURVEY, QUESTION, PORT = "ceasefire-2025", "pressure", 8591
ADDRESS = f"http://localhost:{PORT}"
ARTICLE = """<!doctype html><meta charset="utf-8"><style>
body {{ font: 19px/1.5 Georgia, serif; color: #1b1f24; width: 620px; margin: 36px auto; }}
h1 {{ font-size: 33px; line-height: 1.15; margin: 4px 0 14px; }}
.kicker {{ font: 700 13px sans-serif; letter-spacing: .06em; color: #a3321c; text-transform: uppercase; }}
iframe {{ border: 0; width: 100%; height: {height}px; margin: 8px 0 14px; }}
</style><p class="kicker">{kicker}</p><h1>{headline}</h1><p>{before}</p>
<iframe src="figure.html"></iframe><p>{after}</p>"""


def main() -> None:
    """Makes both pictures from the demo, whose readers are made up."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = Path(folder) / "demo.sqlite"
        browser = playwright.chromium.launch(executable_path=os.environ.get("BROWSER_PATH") or None)
        page = browser.new_page(viewport={"width": 1360, "height": 860}, color_scheme="light")
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", f"{PORT}",
             "--server.headless", "true"],
            cwd=ROOT, env=os.environ | {"DATABASE_URL": str(database)}, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _fill(page)
            _survey_page(page)
            _article(page, database, Path(folder))
        finally:
            server.terminate()
            server.wait()
            browser.close()


def _fill(page: Page) -> None:
    """Has the dashboard make up the demo's readers."""
    for _ in range(120):
        try:
            urlopen(f"{ADDRESS}/_stcore/health", timeout=2).close()
            break
        except OSError:
            time.sleep(0.5)
    page.goto(ADDRESS)
    page.get_by_role("button", name=re.compile("simulated survey")).click(timeout=60_000)
    page.get_by_text("President Trump").first.wait_for(timeout=240_000)


def _survey_page(page: Page) -> None:
    page.goto(f"{ADDRESS}/survey?survey={SURVEY}")
    page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=60_000)
    page.wait_for_timeout(4_000)  # until every figure stands
    page.screenshot(path=PICTURES / "survey.png")


def _article(page: Page, database: Path, folder: Path) -> None:
    """The figure as an article shows it, in a frame between two paragraphs."""
    figure = folder / "figure.html"
    command = [sys.executable, "-m", "analytics", "export", SURVEY, QUESTION, "-o", str(figure), "--db", str(database)]
    subprocess.run([*command, "--no-register"], cwd=ROOT, check=True)
    texts = (ROOT / "data" / "demo" / "article.md").read_text(encoding="utf-8")
    parts = [part.strip() for part in texts.split("\n\n") if len(part) > 150 and not part.startswith("#")]
    headline = next(line.lstrip("# ") for line in texts.splitlines() if line.startswith("#"))
    told = {"kicker": "Breaking News", "headline": headline, "before": parts[0], "after": parts[1]}
    (folder / "article.html").write_text(ARTICLE.format(height=300, **told), encoding="utf-8")
    page.set_viewport_size({"width": 760, "height": 900})
    page.goto((folder / "article.html").as_uri())
    page.wait_for_timeout(1_000)
    page.screenshot(path=PICTURES / "article.png")


if __name__ == "__main__":
    main()
