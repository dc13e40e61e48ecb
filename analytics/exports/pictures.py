"""PNG and SVG: the figure ready to print, with all that is known about it in the file's own places for such words."""

from __future__ import annotations

import json
import re
import struct
import zlib
from functools import lru_cache, partial
from typing import Literal
from xml.sax.saxutils import escape

from analytics.errors import RequestError
from analytics.exports.export import Export
from analytics.exports.records import record_of
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.paper.poster import Poster, data_address, poster, written_across
from analytics.figures.paper.press import browser_path, picture, text_widths

PNG_START = b"\x89PNG\r\n\x1a\n"
XML_FORBIDS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def png(export: Export, scale: float = 1) -> bytes:
    """Returns the picture in the size of its finish, that of the figure alone times `scale`.

    Raises:
        RequestError: there is no browser on this machine, or no such size.
    """
    made = poster_of(export)
    scale = scale if export.finish.size == "figure" else 1
    drawn = picture(made.spec, "png", made.width, made.height, made.zoom * scale)
    return png_with_words(drawn, words_of(export))


def svg(export: Export) -> bytes:
    """Returns the drawing with its title and description inside, as screen readers look for them.

    Raises:
        RequestError: there is no browser on this machine, or no such size.
    """
    made = poster_of(export)
    return svg_with_words(picture(made.spec, "svg", made.width, made.height), export)


def poster_of(export: Export) -> Poster:
    """Returns the figure with title, caption and credit, measured with the letters of this machine.

    Raises:
        RequestError: there is no browser on this machine, or no such size.
    """
    size, sizes = export.finish.size, {name: (width, height) for name, width, height in export.style.pictures}
    if size not in sizes:
        raise RequestError(f"found the size '{size}', expected one of {', '.join(sizes)}")
    width, height = sizes[size]
    measure = partial(text_widths, font=export.style.font)
    return poster(
        export.figure, export.credit, export.style, width=width, height=height, measure=measure, across=export.across
    )  # fmt: skip


def bare_picture(
    export: Export, ending: Literal["png", "svg"], width: int, height: int | None = None, *, mode: Mode = "light"
) -> bytes:
    """Returns the drawing by itself on the house's own ground, for a file that says the rest in its own words.

    Args:
        height: how high it is, in pixels; None for as high as it is drawn.
        mode: for which ground its figure is drawn.

    Raises:
        RequestError: there is no browser on this machine.
    """
    drawn, palette = export.figure.spec, export.style.palette(mode)
    drawn = written_across(drawn, export.across, palette) if export.across else drawn
    layout, ground = drawn["layout"], palette.background
    high = int(layout["height"]) if height is None else height
    changed = {"width": width, "height": high, "autosize": False, "paper_bgcolor": ground}
    spec = {"data": drawn["data"], "layout": layout | changed}
    return picture(spec, ending, width, high, 2 if ending == "png" else 1)


def words_of(export: Export) -> dict[str, str]:
    """Returns what stands in a picture's own places for words; the whole record is under "Figure"."""
    told = {fact.key: fact.words for fact in export.facts}
    record = {name: part for name, part in record_of(export).items() if name != "rows"}
    return {
        "Title": told["title"],
        "Description": told["alt"],
        "Source": told["source"],
        "Copyright": told["source"],
        "Comment": export.figure.caption,
        **({"URL": export.link} if export.link else {}),
        "Figure": json.dumps(record, ensure_ascii=False),
    }


def png_with_words(image: bytes, words: dict[str, str]) -> bytes:
    """Returns the PNG with the words in it, as international text chunks before the picture's own data."""
    header = image[: len(PNG_START) + 25]
    chunks = [_chunk(b"iTXt", _itxt(key, text)) for key, text in words.items()]
    return header + b"".join(chunks) + image[len(header) :]


def svg_with_words(image: bytes, export: Export) -> bytes:
    """Returns the SVG with title, description and record at its start."""
    words = {name: escape(XML_FORBIDS.sub("\ufffd", text)) for name, text in words_of(export).items()}
    start, end, rest = image.decode("utf-8").partition(">")
    inside = (
        f'<title id="figure-title">{words["Title"]}</title><desc id="figure-words">{words["Description"]}</desc>'
        f"<metadata>{words['Figure']}</metadata>"
    )
    role = f' role="img" aria-labelledby="figure-title figure-words" lang="{export.style.language}"'
    return f"{start}{role}{end}{inside}{rest}".encode()


@lru_cache(maxsize=4)
def logo_png(style: Style) -> bytes | None:
    """Returns the house's logo as a PNG, for files that take nothing else; None where there is none to be had."""
    if style.logo is None or style.logo.suffix.lower() == ".png":
        return None if style.logo is None else style.logo.read_bytes()
    if browser_path() is None:
        return None
    place = {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "sizex": 1,
        "sizey": 1,
        "source": data_address(style.logo),
    }
    bare = {"visible": False}
    layout = {
        "images": [place], "margin": dict.fromkeys("lrtb", 0), "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)", "xaxis": bare, "yaxis": bare,
    }  # fmt: skip
    return picture({"data": [], "layout": layout}, "png", 96, 96, 2)


def _itxt(key: str, text: str) -> bytes:
    # keyword, not compressed, no language, no translated keyword
    return key.encode("latin-1") + b"\0\0\0\0\0" + text.replace("\0", "").encode("utf-8", "replace")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
