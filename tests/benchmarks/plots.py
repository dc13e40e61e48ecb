"""Plots of what things cost against how large the surveys are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from tests.benchmarks.measure import Point

COLOURS = ("#14788c", "#b0502c", "#5b6770", "#7a4fa3", "#3f7d3a", "#a8842c")
DASHES = {"SQLite": "solid", "PostgreSQL": "dot"}


def write_plots(points: Sequence[Point], folder: Path) -> list[Path]:
    """Writes a plot of all points, one panel for each number of profiles, and returns where it is."""
    shapes = sorted({point.profiles for point in points})
    if not shapes:
        return []
    figure = make_subplots(1, len(shapes), shared_yaxes=True, subplot_titles=[f"{one:,} profiles" for one in shapes])
    lines = dict.fromkeys((point.profiles, point.what, point.database) for point in points)
    colour = dict(zip(dict.fromkeys(point.what for point in points), COLOURS * 2, strict=False))
    for profiles, what, database in lines:
        of = [one for one in points if (one.profiles, one.what, one.database) == (profiles, what, database)]
        trace = go.Scatter(
            x=[one.rows for one in of], y=[1000 * one.seconds for one in of], name=f"{what}, {database}",
            legendgroup=f"{what}, {database}", showlegend=profiles == shapes[-1], mode="lines+markers",
            line={"color": colour[what], "dash": DASHES.get(database, "dash")},
        )  # fmt: skip
        figure.add_trace(trace, 1, 1 + shapes.index(profiles))
    figure.update_xaxes(type="log", title="responses", dtick=1)
    figure.update_yaxes(type="log", dtick=1)
    figure.update_yaxes(title="milliseconds", col=1)
    figure.update_layout(template="plotly_white", width=1100, height=520)
    place = folder / "growth.svg"
    place.write_bytes(figure.to_image(format="svg"))
    return [place]
