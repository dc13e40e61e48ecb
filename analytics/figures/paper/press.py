"""Pictures of figures, made by Plotly's own exporter in a browser found on the machine.

One browser is started at the first picture and kept; it loads nothing from anywhere. It ends with the process.
"""

from __future__ import annotations

import asyncio
import atexit
import base64
import html
import json
import os
import re
import threading
import warnings
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from analytics.errors import RequestError
from analytics.figures.drawing.figure import Spec
from analytics.figures.paper.fonts import FAMILY, font_faces
from analytics.language.said import noted, spoken

PictureEnding = Literal["png", "svg", "pdf"]

PATIENCE_SECONDS = 60
WITHOUT_BROWSER = noted(
    "there is no browser on this machine to draw pictures with: install Chromium or Chrome, or name one in the "
    "environment variable BROWSER_PATH; .svg, .png and .pdf need it, the other formats do not"
)

MEASURE = """(texts => {
  const pen = document.createElement("canvas").getContext("2d");
  return JSON.stringify(texts.map(([text, font]) => { pen.font = font; return pen.measureText(text).width }));
})"""
LOADED = "Promise.all([...document.fonts].map(face => face.load())).then(() => 'loaded')"
"""Waits for every font that a page brings along."""
LETTER_BY_LETTER = "text{font-variant-ligatures:none}"
"""No two letters in one: what is copied out of a PDF, or looked for in it, would lack the "ff" of many fonts."""
AWAITED = {"returnByValue": True, "awaitPromise": True}


def picture(
    spec: Spec,
    ending: PictureEnding,
    width: float,
    height: float,
    scale: float = 1,
    *,
    words: str = "",
    language: str = "en",
) -> bytes:
    """Returns the figure as the bytes of a picture so many pixels wide and high, times `scale`.

    The font of the figure is inside an SVG or PDF, in the parts that its letters need.

    Args:
        words: the figure in words and their language, for whoever has a PDF read to them.

    Raises:
        RequestError: there is no browser on this machine, or it does not answer.
    """
    options = {"format": "svg", "width": width, "height": height, "scale": 1}
    bare = _PRESS.run(lambda: _drawn(spec, options)).decode("utf-8")
    faces = font_faces(spec["layout"].get("font", {}).get("family", ""), html.unescape(re.sub(r"<[^>]*>", "", bare)))
    if ending == "svg":
        start, end, rest = bare.partition(">")
        return f"{start}{end}<defs><style>{faces}{LETTER_BY_LETTER}</style></defs>{rest}".encode()
    size = f"@page{{size:{width}px {height}px;margin:0}}html,body{{margin:0}}"
    size += f"{LETTER_BY_LETTER}body>div>svg{{display:block;width:{width * scale}px;height:{height * scale}px}}"
    head = f'<!doctype html><html lang="{language}"><meta charset="utf-8"><style>{faces}{size}</style>'
    page = f'{head}<div role="img" aria-label="{html.escape(words, quote=True)}">{bare}</div>'
    if ending == "pdf":
        return _PRESS.run(lambda: _printed(page))
    return _PRESS.run(lambda: _taken(page, round(width * scale), round(height * scale)))


def printed(page: str) -> bytes:
    """Returns a page of HTML as a PDF with an outline of its headings; sizes and breaks are those of its style sheet.

    Raises:
        RequestError: there is no browser on this machine, or it does not answer.
    """
    return _PRESS.run(lambda: _printed(page))


def text_widths(texts: Sequence[tuple[str, int, bool]], font: str) -> list[float]:
    """Returns how many pixels wide each text is drawn, given with its size in pixels and whether it is bold.

    Raises:
        RequestError: there is no browser on this machine, or it does not answer.
    """
    asked = json.dumps([[text, f"{'bold ' if bold else ''}{size}px {font}"] for text, size, bold in texts])
    widths: list[float] = json.loads(_PRESS.run(lambda: _evaluated(f"{MEASURE}({asked})")))
    return widths


def warm() -> None:
    """Starts the browser in the background, so that the first picture need not wait for it; without one nothing."""
    if browser_path() is not None and not _PRESS.started:
        threading.Thread(target=partial(_quietly, _draw_nothing), name="warm", daemon=True).start()


def _draw_nothing() -> None:
    """Draws an empty picture: what draws is loaded then, as well as the browser."""
    picture({"data": [], "layout": {"width": 40, "height": 40}}, "png", 40, 40)


def browser_path() -> str | None:
    """Returns where a browser is on this machine, or None; asks nobody else."""
    from choreographer.browsers.chromium import Chromium

    named = os.environ.get("BROWSER_PATH")
    if named:
        return named if Path(named).is_file() else None
    found = Chromium.find_browser(skip_local=False)
    return str(found) if found else None


class _Press:
    """The kept browser: a thread with an event loop, and the browser that belongs to it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.thread = threading.Thread()
        self.browser: Any = None
        self.process = 0

    @property
    def started(self) -> bool:
        """Whether a browser was started in this process."""
        return self.browser is not None and self.process == os.getpid()

    def run(self, job: Callable[[], Coroutine[Any, Any, bytes]]) -> bytes:
        """Returns what the job returns; jobs are done one after the other. A browser that has died is started anew."""
        with self.lock:
            if browser_path() is None:
                raise RequestError(spoken(WITHOUT_BROWSER))
            if self.browser is not None and self.browser.subprocess.poll() is not None:
                self._stopped()
            try:
                loop = self._started()
                return asyncio.run_coroutine_threadsafe(job(), loop).result(PATIENCE_SECONDS)
            except Exception as fault:
                self._stopped()
                raise RequestError(
                    f"the browser could not draw the picture ({type(fault).__name__}): try again"
                ) from fault

    def _started(self) -> asyncio.AbstractEventLoop:
        if self.loop is None or self.process != os.getpid():
            self.loop, self.process = asyncio.new_event_loop(), os.getpid()
            self.thread = threading.Thread(target=self.loop.run_forever, name="press", daemon=True)
            self.thread.start()
            asyncio.run_coroutine_threadsafe(_open(), self.loop).result(PATIENCE_SECONDS)
            atexit.register(self._ended)
        return self.loop

    def _ended(self) -> None:
        self._stopped()
        # the browser's folders are gone; Python would complain at the very end that nobody said so
        warnings.simplefilter("ignore", ResourceWarning)

    def _stopped(self) -> None:
        loop, browser, self.loop, self.browser = self.loop, self.browser, None, None
        if loop is None or self.process != os.getpid():
            return
        if browser is not None:
            _quietly(asyncio.run_coroutine_threadsafe(browser.close(), loop).result, 10)
        loop.call_soon_threadsafe(loop.stop)
        self.thread.join(10)
        _quietly(loop.close)


_PRESS = _Press()


async def _open() -> None:
    import kaleido

    class Kept(kaleido.Kaleido):  # type: ignore[misc]
        """Keeps its page as it is between pictures: loading Plotly anew for each takes longer than drawing."""

        async def _return_kaleido_tab(self, tab: Any) -> None:
            await self.tabs_ready.put(tab)

    class WithFont(kaleido.PageGenerator):  # type: ignore[misc]
        """Brings the font along, so that figures are laid out by the letters that they are drawn with."""

        header = f"{kaleido.PageGenerator.header}<style>{font_faces(FAMILY)}</style>"

    _PRESS.browser = Kept(n=1, page_generator=WithFont(mathjax=False))
    await _PRESS.browser.open()
    await _evaluated(LOADED)


async def _drawn(spec: Spec, options: dict[str, Any]) -> bytes:
    drawn: bytes = await _PRESS.browser.calc_fig(spec, opts=options)
    return drawn


async def _evaluated(script: str) -> bytes:
    tab = await _PRESS.browser._get_kaleido_tab()
    try:
        answer = await tab.tab.send_command("Runtime.evaluate", params=AWAITED | {"expression": script})
    finally:
        await _PRESS.browser._return_kaleido_tab(tab)
    return str(answer["result"]["result"]["value"]).encode()


async def _printed(page: str) -> bytes:
    options = {
        "printBackground": True,
        "preferCSSPageSize": True,
        "generateTaggedPDF": True,
        "generateDocumentOutline": True,
    }
    return await _on_a_page(page, "Page.printToPDF", options)


async def _taken(page: str, width: int, height: int) -> bytes:
    """Returns a picture of a page of HTML, in exactly so many pixels."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    return await _on_a_page(page, "Page.captureScreenshot", {"format": "png"}, size)


async def _on_a_page(page: str, command: str, options: dict[str, Any], size: dict[str, Any] | None = None) -> bytes:
    """Returns what the command gives once the page with its fonts is there."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        tab = await _PRESS.browser.create_tab("about:blank")
        try:
            if size:
                await tab.send_command("Emulation.setDeviceMetricsOverride", params=size)
            await tab.send_command("Page.enable")
            loaded = tab.subscribe_once("Page.loadEventFired")
            await tab.send_command("Page.navigate", params={"url": path.as_uri()})
            await loaded
            await tab.send_command("Runtime.evaluate", params=AWAITED | {"expression": LOADED})
            answer = await tab.send_command(command, params=options)
        finally:
            await _PRESS.browser.close_tab(tab.target_id)
    if "result" not in answer:
        raise RuntimeError(str(answer.get("error")))
    return base64.b64decode(answer["result"]["data"])


def _quietly(act: Any, *arguments: Any) -> None:
    try:
        act(*arguments)
    except Exception:
        return
