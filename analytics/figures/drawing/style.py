"""The house style, read from one file: colours for light and dark, type, how numbers and dates are written."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from analytics.database import DATA
from analytics.errors import DefinitionError, Fault, one_sentence_each
from analytics.language.catalogues import OURS, languages
from analytics.language.notation import TABLES as NOTATIONS
from analytics.language.notation import Notation, notation_checks, notation_in, usual_notation
from analytics.model.finish import AS_USUAL, Finish

Mode = Literal["light", "dark"]
MODES: tuple[Mode, ...] = ("light", "dark")

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
SINGLE_COLOURS = ("background", "ink", "muted", "faint", "notice", "rest")
HOUSE = ("name", "logo", "address", "language")
COLOUR_LISTS = {"plus": 3, "minus": 3, "neutral": 2, "ordered": 2, "qualitative": 3, "heat": 2}
SIZES = ("size", "small", "wrap")
PICTURES = ("figure", "landscape", "square", "story")
TABLES = {
    "house": HOUSE,
    "type": ("font", *SIZES),
    "pictures": PICTURES,
    **NOTATIONS,
    "light": (*SINGLE_COLOURS, *COLOUR_LISTS),
    "dark": (*SINGLE_COLOURS, *COLOUR_LISTS),
}


@dataclass(frozen=True)
class Palette:
    """The colours of one mode, as "#rrggbb". Ramps run strong, plain, weak; `heat` and `ordered` from low to high."""

    background: str
    ink: str
    muted: str
    faint: str
    notice: str
    rest: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    neutral: tuple[str, ...]
    ordered: tuple[str, ...]
    qualitative: tuple[str, ...]
    heat: tuple[str, ...]


NARROW_PX, WIDE_PX = 380, 450
"""The width of a phone, and the width from which on a figure has room for long names."""


@dataclass(frozen=True)
class Style(Notation):
    """How figures look and write, in one of the languages. `size` and `small` are in pixels, `wrap` in characters.

    `own_language` is what the house itself speaks, where nobody asks for another language. `logo` is the path of a
    picture, None where there is none; `address` that of the dashboard, without a slash at its end. `pictures` holds
    width and height in pixels by name; a height of 0 is that of what stands in the picture.
    `finish` is how somebody wants the one figure that is drawn. `narrow` is the narrowest that it is drawn, in pixels:
    a phone, or the picture that it is made for; names are broken and placed so that they keep apart there.
    """

    name: str
    own_language: str
    logo: Path | None
    address: str
    pictures: tuple[tuple[str, int, int], ...]
    font: str
    size: int
    small: int
    wrap: int
    light: Palette
    dark: Palette
    finish: Finish = AS_USUAL
    narrow: int = NARROW_PX

    @property
    def is_wide(self) -> bool:
        """Whether the figure is never drawn as narrow as on a phone, so that names may be long."""
        return self.narrow > WIDE_PX

    @property
    def is_loopback(self) -> bool:
        """Whether `address` is that of this machine alone, so that a link that begins with it leads nowhere."""
        return is_loopback(self.address)

    def palette(self, mode: Mode) -> Palette:
        """Returns the colours of that mode."""
        return self.dark if mode == "dark" else self.light


def is_loopback(address: str) -> bool:
    """Returns whether the address is one by which a machine reaches itself.

    Example:
        >>> is_loopback("http://127.0.0.1:8501"), is_loopback("https://opinion.example.org")
        (True, False)
    """
    host = (urlsplit(address).hostname or "").rstrip(".")
    return host == "localhost" or host.endswith(".localhost") or host in ("::1", "0.0.0.0") or host.startswith("127.")


def style_file() -> Path:
    """The file of the house style: the one that HOUSE_STYLE names, else that of this repository."""
    return Path(os.environ.get("HOUSE_STYLE") or DATA / "house_style.toml")


def house_notation(language: str = "") -> Notation:
    """How the house writes in that language, or in its own; as Unicode has it where the house style cannot be read."""
    return _notation(style_file(), language)


@lru_cache(maxsize=64)
def _notation(file: Path, language: str) -> Notation:
    try:
        style = read_style(file, language or OURS)
        return style if language else read_style(file, style.own_language)
    except DefinitionError:
        return usual_notation(language or OURS)


def read_style(path: Path, language: str = "en") -> Style:
    """Returns the house style that stands in a TOML file, as it is for one of `languages()`.

    Raises:
        DefinitionError: the file cannot be read, or some of it is missing, unknown or wrong; all faults are listed.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise DefinitionError(f"{path.name}: found no house style that can be read ({fault}), expected TOML") from fault
    found = _flat(found)
    if isinstance(found.get("house"), dict):
        found["house"].setdefault("language", "en")
    faults = _name_faults(found, path.name) or _value_faults(found, path)
    if faults:
        raise DefinitionError(one_sentence_each(faults))
    house = found["house"]
    return Style(
        **notation_in(found, language), name=house["name"], logo=path.parent / house["logo"] if house["logo"] else None,
        address=house["address"].rstrip("/"), own_language=house["language"],
        pictures=tuple((name, *size) for name, size in found["pictures"].items()),
        **found["type"], light=_palette(found["light"]), dark=_palette(found["dark"]),
    )  # fmt: skip


def _flat(found: dict[str, Any]) -> dict[str, Any]:
    """Returns the tables by their full names: those of numbers and dates lie a language deep."""
    flat: dict[str, Any] = {}
    for name, table in found.items():
        if (
            name in ("numbers", "dates")
            and isinstance(table, dict)
            and all(isinstance(t, dict) for t in table.values())
        ):
            flat |= {f"{name}.{language}": below for language, below in table.items()}
        else:
            flat[name] = table
    return flat


def _palette(table: dict[str, Any]) -> Palette:
    return Palette(**{key: _frozen(value) for key, value in table.items()})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _name_faults(found: dict[str, Any], file: str) -> list[Fault]:
    faults = [
        Fault(file, None, name, "an unknown table", f"one of {', '.join(TABLES)}") for name in found.keys() - TABLES
    ]
    for table, keys in TABLES.items():
        have = found.get(table)
        if not isinstance(have, dict):
            faults.append(Fault(file, None, f"[{table}]", "nothing", f"a table with {', '.join(keys)}"))
            continue
        faults += [Fault(file, None, f"[{table}] {key}", "nothing", "a value") for key in keys if key not in have]
        faults += [
            Fault(file, None, f"[{table}] {key}", "an unknown key", f"one of {', '.join(keys)}")
            for key in have
            if key not in keys
        ]
    return faults


def _value_faults(found: dict[str, Any], path: Path) -> list[Fault]:
    checks: list[tuple[str, str, bool, str]] = []
    checks.append(("type", "font", isinstance(found["type"]["font"], str), "the name of a font"))
    checks += [("type", key, _is_size(found["type"][key]), "a whole number above 0") for key in SIZES]
    checks += _house_checks(found["house"], path)
    checks += [
        ("pictures", key, _is_picture(found["pictures"][key]), "a width above 0 and a height, in pixels")
        for key in PICTURES
    ]
    checks += notation_checks(found)
    for mode in ("light", "dark"):
        checks += [(mode, key, _is_colour(found[mode][key]), "a colour such as #1b1f24") for key in SINGLE_COLOURS]
        checks += [
            (mode, key, _are_colours(found[mode][key], least), f"at least {least} colours such as #1b1f24")
            for key, least in COLOUR_LISTS.items()
        ]
    return [
        Fault(path.name, None, f"[{table}] {key}", repr(found[table][key]), expected)
        for table, key, good, expected in checks
        if not good
    ]


def _house_checks(house: dict[str, Any], path: Path) -> list[tuple[str, str, bool, str]]:
    logo, address = house["logo"], house["address"]
    there = isinstance(logo, str) and (not logo or (path.parent / logo).is_file())
    web = isinstance(address, str) and re.fullmatch(r"https?://[^\s/\[\]]\S*", address) is not None
    return [
        ("house", "name", isinstance(house["name"], str) and bool(house["name"]), "the newsroom's name"),
        ("house", "logo", there, f"a picture in {path.parent.name}/, or nothing between the quotation marks"),
        ("house", "address", web, "where the dashboard is, such as https://opinion.example.org"),
        ("house", "language", house["language"] in languages(), f"one of {', '.join(languages())}"),
    ]


def _is_picture(value: object) -> bool:
    whole = isinstance(value, list) and len(value) == 2 and all(isinstance(side, int) for side in value)
    return whole and value[0] > 0 and value[1] >= 0  # type: ignore[index]


def _is_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_colour(value: object) -> bool:
    return isinstance(value, str) and COLOUR.fullmatch(value) is not None


def _are_colours(value: object, least: int) -> bool:
    return isinstance(value, list) and len(value) >= least and all(_is_colour(colour) for colour in value)
