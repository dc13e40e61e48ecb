"""What the colours of the house are called."""

from __future__ import annotations

from colorsys import rgb_to_hls

from analytics.language.said import noted

HUES = (
    (20, noted("red")), (45, noted("orange")), (70, noted("yellow")), (165, noted("green")), (200, noted("teal")),
    (260, noted("blue")), (345, noted("purple")), (361, noted("red")),
)  # fmt: skip
"""Up to which angle of the colour wheel each name goes."""


def channels(colour: str) -> tuple[int, int, int]:
    """Returns how much red, green and blue a colour has, each from 0 to 255.

    Example:
        >>> channels("#14788c")
        (20, 120, 140)
    """
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def hue_name(colour: str) -> str:
    """Returns a name in English by which people tell a colour from others.

    Example:
        >>> hue_name("#14788c"), hue_name("#8b9096")
        ('teal', 'grey')
    """
    red, green, blue = (one / 255 for one in channels(colour))
    hue, light, strength = rgb_to_hls(red, green, blue)
    if strength < 0.12:
        return noted("grey")
    name = next(name for end, name in HUES if hue * 360 < end)
    return noted("brown") if name in ("orange", "red") and light < 0.42 else name
