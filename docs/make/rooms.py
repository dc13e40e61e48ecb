"""Draws the floor plan of CONTRIBUTING.md: `python -m docs.make.rooms > docs/pictures/rooms.svg`.

A room stands above all that it knows. A line leads to each room that it knows, unless another line leads there already.
"""

from __future__ import annotations

import sys

from tests.test_layers import ROOMS

BOX, GAP, ROW, MARGIN = (118, 46), 14, 92, 20
LEFT_OUT = {"__init__", "__main__", "dashboard"}


def plan() -> str:
    """The floor plan as SVG."""
    known = {room: {one for one in row.rooms.split() if one in ROOMS} for room, row in ROOMS.items()}
    known = {room: others - LEFT_OUT for room, others in known.items() if room not in LEFT_OUT}
    depth: dict[str, int] = {}
    for room in known:  # a room knows only rooms above it in the table
        depth[room] = 1 + max((depth[one] for one in known[room] if one in depth), default=-1)
    floors = [[room for room in known if depth[room] == at] for at in range(max(depth.values()) + 1)]
    width = 2 * MARGIN + max(len(floor) for floor in floors) * (BOX[0] + GAP) - GAP
    height = 2 * MARGIN + (len(floors) - 1) * ROW + BOX[1]
    place = {}
    for at, floor in enumerate(floors):
        start = (width - len(floor) * (BOX[0] + GAP) + GAP) / 2
        for number, room in enumerate(floor):
            place[room] = (start + number * (BOX[0] + GAP), height - MARGIN - BOX[1] - at * ROW)
    lines = [_line(place[room], place[other]) for room in known for other in sorted(_nearest(room, known))]
    boxes = [_box(room, place[room]) for room in known]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        'font-family="sans-serif" role="img" aria-label="The rooms of the code: each knows only rooms below it">'
    )
    return "\n".join([head, '<rect width="100%" height="100%" fill="#ffffff"/>', *lines, *boxes, "</svg>"]) + "\n"


def _nearest(room: str, known: dict[str, set[str]]) -> set[str]:
    """The rooms that a room knows and that none of the others it knows does."""
    return known[room] - {far for near in known[room] for far in known[near]}


def _line(upper: tuple[float, float], lower: tuple[float, float]) -> str:
    ends = (upper[0] + BOX[0] / 2, upper[1] + BOX[1], lower[0] + BOX[0] / 2, lower[1])
    return '<line x1="{:g}" y1="{:g}" x2="{:g}" y2="{:g}" stroke="#9aa0a7"/>'.format(*ends)


def _box(room: str, at: tuple[float, float]) -> str:
    own = [one for one in ROOMS[room].libraries.split() if one not in ("numpy", "pandas")]
    note = ", ".join(own[:2]) + (" …" if len(own) > 2 else "")
    x, y = at[0] + BOX[0] / 2, at[1] + (20 if note else 28)
    small = f'<text x="{x:g}" y="{y + 16:g}" text-anchor="middle" font-size="10" fill="#5c636b">{note}</text>'
    return (
        f'<rect x="{at[0]:g}" y="{at[1]:g}" width="{BOX[0]}" height="{BOX[1]}" rx="6" fill="#f4f8f9" stroke="#14788c"/>'
        f'<text x="{x:g}" y="{y:g}" text-anchor="middle" font-size="14" fill="#1b1f24">{room}</text>'
        + (small if note else "")
    )


if __name__ == "__main__":
    sys.stdout.write(plan())
