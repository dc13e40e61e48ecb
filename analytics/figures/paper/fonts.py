"""The font that files bring along: Source Sans 3, in parts by the letters that they hold, so that few travel.

The parts are those of data/fonts/, under the SIL Open Font License 1.1 (data/fonts/OFL.txt).
"""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "data" / "fonts"
FAMILY = "Source Sans 3"
WEIGHTS = {400: "400", 700: "600 900"}
"""The weights that there are, each with those that it is drawn for."""
PARTS = {
    "latin": (
        "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,"
        "U+2212,U+2215,U+FEFF,U+FFFD"
    ),
    "latin-ext": (
        "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,"
        "U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF"
    ),
    "vietnamese": "U+0300-0301,U+0303,U+0309,U+0323,U+1EA0-1EF9",
    "greek": "U+0370-0377,U+037A-037F,U+0384-038A,U+038C,U+038E-03A1,U+03A3-03FF",
    "greek-ext": "U+1F00-1FFF",
    "cyrillic": "U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
    "cyrillic-ext": "U+0460-048F,U+0492-04AF,U+04B2-052F,U+1C80-1C8A,U+20B4,U+2DE0-2DFF,U+A640-A69F,U+FE2E-FE2F",
}
"""Which letters each part holds, as a style sheet says it."""


def font_faces(fonts: str, text: str | None = None) -> str:
    """Returns the rules of a style sheet that bring the font along; empty where the house style does not name it.

    Args:
        fonts: the fonts of the house style, the first one first.
        text: only the parts that hold letters of this text; left out, every part.

    Example:
        >>> font_faces("Papyrus, serif"), font_faces('"Source Sans 3"', "Ja").count("@font-face")
        ('', 2)
    """
    if FAMILY not in fonts:
        return ""
    letters = None if text is None else {ord(letter) for letter in text}
    kept = [part for part in PARTS if letters is None or any(_holds(part, letter) for letter in letters)]
    return "".join(_face(part, weight) for part in kept for weight in WEIGHTS)


@cache
def _face(part: str, weight: int) -> str:
    content = (FOLDER / f"source-sans-3-{part}-{weight}-normal.woff2").read_bytes()
    data = base64.b64encode(content).decode()
    return (
        f'@font-face{{font-family:"{FAMILY}";font-style:normal;font-weight:{WEIGHTS[weight]};'
        f"src:url(data:font/woff2;base64,{data}) format('woff2');unicode-range:{PARTS[part]}}}"
    )


def _holds(part: str, letter: int) -> bool:
    return any(first <= letter <= last for first, last in _ranges(part))


@cache
def _ranges(part: str) -> tuple[tuple[int, int], ...]:
    """Returns the first and last letter of each stretch of a part."""
    stretches = (stretch.removeprefix("U+").split("-") for stretch in PARTS[part].split(","))
    return tuple((int(ends[0], 16), int(ends[-1], 16)) for ends in stretches)
