"""What the colours of the house are called."""

from __future__ import annotations

from colorsys import rgb_to_hls

from analytics.language.said import noted

HUES = (
    (20, noted("red")), (45, noted("orange")), (70, noted("yellow")), (165, noted("green")), (200, noted("teal")),
    (260, noted("blue")), (345, noted("purple")), (361, noted("red")),
)  # fmt: skip
"""Up to which angle of the colour wheel each name goes."""


def hue_name(colour: str) -> str:
    """Returns a name in English by which people tell a colour from others.

    Example:
        >>> hue_name("#14788c"), hue_name("#8b9096")
        ('teal', 'grey')
    """
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, strength = rgb_to_hls(red, green, blue)
    if strength < 0.12:
        return noted("grey")
    name = next(name for end, name in HUES if hue * 360 < end)
    return noted("brown") if name in ("orange", "red") and light < 0.42 else name
