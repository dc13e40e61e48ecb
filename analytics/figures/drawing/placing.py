"""Labels kept apart: how far each has to move so that none lies on another."""

from __future__ import annotations


def spread(wanted: list[float], sizes: list[float], low: float, high: float) -> list[float]:
    """Returns the middles nearest to the wanted ones at which labels of these sizes do not overlap, low to high.

    Labels that need more room than there is start at `low` and run over `high`.

    Example:
        >>> spread([50, 50, 90], [10, 10, 10], 0, 100)
        [45.0, 55.0, 90.0]
    """
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    offsets: list[float] = []
    room = 0.0
    for place in order:
        offsets.append(room + sizes[place] / 2)
        room += sizes[place]
    starts = _rising([wanted[place] - offset for place, offset in zip(order, offsets, strict=True)])
    last_start = max(low, high - room)
    found = [0.0] * len(wanted)
    for place, start, offset in zip(order, starts, offsets, strict=True):
        found[place] = min(max(start, low), last_start) + offset
    return found


def _rising(values: list[float]) -> list[float]:
    # Pool adjacent violators: labels that would cross share the mean of what they want.
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, size = float(value), 1
        while pools and pools[-1][0] > mean:
            before, count = pools.pop()
            mean, size = (before * count + mean * size) / (count + size), count + size
        pools.append((mean, size))
    return [mean for mean, size in pools for _ in range(size)]
