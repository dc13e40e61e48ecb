"""How far two colours lie apart, for people who see all colours and for those who do not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import product
from math import dist

from analytics.figures.drawing.palette import channels

Lab = tuple[float, float, float]
Cones = tuple[Lab, Lab, Lab]

SIGHTS: tuple[Cones, ...] = (
    ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
)
"""All colours, then without the cones for red, for green and for blue, of linear light. Source: G. M. Machado, M. M.
Oliveira, L. A. F. Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency, IEEE
Transactions on Visualization and Computer Graphics 15 (2009), severity 1.0."""
TO_LMS: Cones = (
    (0.4122214708, 0.5363325363, 0.0514459929), (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)  # fmt: skip
TO_LAB: Cones = (
    (0.2104542553, 0.7936177850, -0.0040720468), (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)  # fmt: skip
"""From linear light to the cones' signals, and from their cube roots to Oklab. Source: B. Ottosson, A perceptual color
space for image processing (2020)."""
STEPS = (0x10, 0x45, 0x7A, 0xAF, 0xE4)
"""The channels of colours that are tried where the house has no more of its own."""


def apart(one: str, other: str) -> float:
    """Returns how far two colours lie apart in Oklab, for whoever tells them apart worst; white and black about 1.

    Example:
        >>> round(apart("#ffffff", "#000000"), 2), apart("#14788c", "#14788c")
        (1.0, 0.0)
        >>> apart("#d62728", "#2ca02c") < apart("#14788c", "#b5561c")  # red and green, teal and orange
        True
    """
    return min(map(dist, _seen(one), _seen(other)))


@cache
def tried() -> tuple[str, ...]:
    """Returns colours all over the range, for answers beyond those that the house has colours for."""
    return tuple(f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in product(STEPS, repeat=3))


def farthest(taken: Iterable[str], offered: Iterable[str]) -> str:
    """Returns of the colours on offer the one that lies farthest from its nearest among those taken."""
    kept = list(taken)
    return max(offered, key=lambda one: min((apart(one, other) for other in kept), default=1.0))


@cache
def _seen(colour: str) -> tuple[Lab, ...]:
    light = _linear(channels(colour))
    return tuple(_lab(_times(sight, light)) for sight in SIGHTS)


def _linear(colour: tuple[int, int, int]) -> Lab:
    red, green, blue = (
        one / 255 / 12.92 if one / 255 <= 0.04045 else ((one / 255 + 0.055) / 1.055) ** 2.4 for one in colour
    )
    return red, green, blue


def _times(matrix: Cones, light: Lab) -> Lab:
    first, second, third = (sum(a * b for a, b in zip(row, light, strict=True)) for row in matrix)
    return first, second, third


def _lab(light: Lab) -> Lab:
    one, two, three = (max(cone, 0.0) ** (1 / 3) for cone in _times(TO_LMS, light))
    return _times(TO_LAB, (one, two, three))
