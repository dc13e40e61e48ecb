"""Names of dots on a line, set like flags on poles of different height so that none lies on another or on a pole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["below", "above"]


@dataclass(frozen=True)
class Flag:
    """Where the name of a dot stands: below the line it runs to the right of its pole, above it to the left.

    `step` counts from the line, 1 nearest; `room` is how wide the name may be, in pixels.
    """

    side: Side
    step: int
    room: float


def flags(at: list[float], widths: list[float], space: float) -> list[Flag]:
    """Returns the flags of dots at these places, in pixels from the left of a line `space` pixels long.

    Below, a pole may only pass names that end left of it, so each name hangs lower than every pole to its right that it
    would cross; above it is the mirror image. The dots further left go below where their names fit, the others above.
    In a longer line the dots stand farther apart and the names keep their size, so they keep clear there as well.

    Example:
        >>> [(flag.side, flag.step) for flag in flags([10, 20, 200, 210], [60, 60, 60, 60], 220)]
        [('below', 2), ('below', 1), ('above', 1), ('above', 2)]
    """
    order = sorted(range(len(at)), key=lambda place: (at[place], place))
    sides: dict[int, Side] = {
        place: _side(at[place], widths[place], space, rank < len(at) / 2) for rank, place in enumerate(order)
    }
    steps: dict[int, int] = {}
    for side, row in (("below", order[::-1]), ("above", order)):
        passed: list[int] = []
        for place in (one for one in row if sides[one] == side):
            crossed = [steps[other] for other in passed if abs(at[other] - at[place]) <= widths[place]]
            steps[place] = 1 + max(crossed, default=0)
            passed.append(place)
    return [Flag(sides[place], steps[place], at_room(at[place], sides[place], space)) for place in range(len(at))]


def at_room(at: float, side: Side, space: float) -> float:
    """Returns how wide a name may be at that place."""
    return space - at if side == "below" else at


def _side(at: float, width: float, space: float, left: bool) -> Side:
    fits: dict[Side, bool] = {"below": at + width <= space, "above": at - width >= 0}
    wanted: Side = "below" if left else "above"
    other: Side = "above" if left else "below"
    if fits[wanted] or not fits[other]:
        return wanted if fits[wanted] or at_room(at, wanted, space) >= at_room(at, other, space) else other
    return other
