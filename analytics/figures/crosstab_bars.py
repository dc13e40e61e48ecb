"""A crosstab as stacked bars, around the middle where the question has for and against."""

from __future__ import annotations

from functools import partial

from analytics.estimates.views.rows import EstimateRow, base_of, groups, read_rows, shares
from analytics.estimates.views.view import View
from analytics.figures.crosstab_key import KeySegment, key, label_columns
from analytics.figures.drawing.colours import beside_lit, choice_colours, letters_on, lit_group, tint
from analytics.figures.drawing.figure import LINE_PX, Figure, Spec, empty_spec, frame, mark_simulated, note, quiet_axis
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.drawing.text import hover, plotly_text, wrapped
from analytics.figures.heat import heat_table
from analytics.language.numbers import count_words, whole_points
from analytics.language.said import listed, noted, spoken
from analytics.language.text import lines_apart, plain_text
from analytics.model.scales import diverging_order, places
from analytics.words.alts import crosstab_alt
from analytics.words.captions import caption, caption_line
from analytics.words.names import group_label
from analytics.words.reasons import reason_of, short_reason_of
from analytics.words.tables import display_table
from analytics.words.titles import crosstab_title, nothing_to_show

BAR_PX = 26
GAP_PX = 14
SMALLEST_LABELLED = 0.08
"""Segments below this share carry no number; it is in the hover text and the table."""
LEAST_REST = 1
"""So many points of a bar are left where answers that are not shown have a part in it: less is rounding."""


def diverging_bars(view: View, style: Style, mode: Mode) -> Figure:
    """Returns a stacked bar for each group: around the middle from for to against, else from 0 to 100 %.

    A group that is not shown is a dash with its reason. Shares of a multiple question do not add up to a whole and
    cannot be stacked: for one the heat table is returned.
    """
    if view.question.kind == "multiple":
        return heat_table(view, style, mode)
    rows = read_rows(view)
    shape = noted("Bars around the middle") if _has_middle(view) else noted("Stacked bars")
    title = crosstab_title(view, rows, style)
    return Figure(
        spec=_spec(view, groups(shares(rows)), style, mode),
        title=title.words,
        finding=title.size,
        subtitle=plain_text(view.question.text),
        sentences=caption(view, rows, "stack", style),
        alt=crosstab_alt(view, rows, style, shape),
        tabulate=partial(display_table, view, rows, style),
        line=caption_line(view, rows, "stack", style),
    )


def _spec(view: View, found: dict[tuple[str, ...], list[EstimateRow]], style: Style, mode: Mode) -> Spec:
    if not found:
        return empty_spec(plotly_text(nothing_to_show(view)), view.survey, style, mode)
    bars = {levels: segments(view, group) for levels, group in found.items()}
    low, high = _reach(view, bars, found)
    labels = lines_apart([group_label(view, levels) for levels in found], label_columns(style), 3)
    middles, total = _heights(labels, style)
    layout = frame(style, mode, total + 12, t=4, b=8, r=12)
    layout["xaxis"] = quiet_axis(range=[low, high])
    texts = [_axis_label(label, group, style) for label, group in zip(labels, found.values(), strict=True)]
    side = {"tickvals": middles, "ticktext": texts, "showticklabels": True, "automargin": True, "ticklabelstandoff": 8}
    layout["yaxis"] = quiet_axis(range=[total, 0], **side)
    layout["barmode"] = "overlay"
    data = [*_traces(view, bars, middles, style, mode), *_not_shown(view, found, bars, middles, style, mode)]
    layout["annotations"] += _dashes(found, middles, low, style, mode)
    layout["shapes"] += _middle_line(view, style, mode)
    layout |= key(_told_by_key(view, bars), choice_colours(view.question, style, mode), layout, style, mode)
    return {"data": data, "layout": mark_simulated(layout, view.survey, style, mode)}


def _told_by_key(view: View, bars: dict[tuple[str, ...], list[KeySegment]]) -> list[EstimateRow]:
    """Returns a row for each answer that any bar has a part for, from left to right."""
    drawn = {segment.row.choice: segment.row for bar in reversed(bars.values()) for segment in bar}
    order = [*_order(view), *(one for one in drawn if one not in _order(view))]
    return [drawn[one] for one in order if one in drawn]


def _order(view: View) -> list[str]:
    """Returns the answers from left to right: as they are defined, and shown everywhere."""
    return [choice.value for choice in view.question.choices]


def _has_middle(view: View) -> bool:
    """Whether bars stand around the middle: the answers are defined from one end of for and against to the other."""
    order = diverging_order(view.question)
    return bool(order) and order == _order(view)


def segments(view: View, group: list[EstimateRow]) -> list[KeySegment]:
    """Returns the segments of one group's bar, from left to right; none where the group is not shown.

    Where bars have a middle its choices stand half on each side of 0, the sides beyond them, choices beside them last.
    Answers that are not shown stand in their places, and have equal parts of what is left of the whole: how it is
    divided among them nobody is told.
    """
    if all(row.suppressed for row in group):
        return []
    place = {value: at for at, value in enumerate(_order(view))}
    ordered = sorted(group, key=lambda row: place.get(row.choice or "", len(place)))
    kept_back = sum(row.suppressed for row in ordered)
    rest = max(0.0, 1 - sum(row.value or 0.0 for row in ordered)) * 100
    length = {
        row.choice: (rest / kept_back if rest >= LEAST_REST else 0.0) if row.value is None else row.value * 100
        for row in ordered
    }
    at = -_left_of_middle(view, ordered, length) if _has_middle(view) else 0.0
    found = []
    for row in ordered:
        found.append(KeySegment(row, at, length[row.choice]))
        at += length[row.choice]
    return found


def _left_of_middle(view: View, ordered: list[EstimateRow], length: dict[str | None, float]) -> float:
    scale = places(view.question)
    first = scale[diverging_order(view.question)[0]].side
    factors = {first: 1.0, "middle": 0.5}
    sides = [(row, scale[row.choice].side if row.choice in scale else "beside") for row in ordered]
    return sum(length[row.choice] * factors.get(side, 0.0) for row, side in sides)


def _reach(
    view: View, bars: dict[tuple[str, ...], list[KeySegment]], found: dict[tuple[str, ...], list[EstimateRow]]
) -> tuple[float, float]:
    drawn = [segment for bar in bars.values() for segment in bar]
    if not _has_middle(view) or not drawn:
        return 0.0, 100.0
    ends = [segment.start + segment.length for segment in drawn]
    ends += [bar[0].start + 100 for levels, bar in bars.items() if bar and any(row.suppressed for row in found[levels])]
    return min(segment.start for segment in drawn) - 1, max(ends) + 1


def _heights(labels: list[list[str]], style: Style) -> tuple[list[float], float]:
    middles, at = [], 0.0
    for label in labels:
        height = max(BAR_PX + GAP_PX, (len(label) * style.size + style.small) * LINE_PX + 8)
        middles.append(at + height / 2)
        at += height
    return middles, at


def _axis_label(label: list[str], group: list[EstimateRow], style: Style) -> str:
    base = base_of(group)
    small = f'<span style="font-size:{style.small}px">{plotly_text(f"n {count_words(base or 0, style)}")}</span>'
    names = [plotly_text(line) for line in label]
    if group and group[0].levels == (style.finish.highlight,):
        names = [f"<b>{name}</b>" for name in names]
    return "<br>".join([*names, *([] if base is None else [small])])  # of a group kept back the bar says why


def _traces(
    view: View, bars: dict[tuple[str, ...], list[KeySegment]], middles: list[float], style: Style, mode: Mode
) -> list[Spec]:
    by_choice: dict[str | None, list[tuple[KeySegment, float, str]]] = {}
    for (levels, bar), middle in zip(bars.items(), middles, strict=True):
        for segment in bar:
            if segment.row.suppressed:
                continue
            head = f"{group_label(view, levels)}: {segment.row.label}"
            by_choice.setdefault(segment.row.choice, []).append((segment, middle, hover(segment.row, head, style)))
    colours = choice_colours(view.question, style, mode)
    neutral, lit = style.palette(mode).muted, lit_group(bars, style)
    return [_trace(parts, colours.get(choice or "", neutral), lit, style, mode) for choice, parts in by_choice.items()]


def _trace(parts: list[tuple[KeySegment, float, str]], colour: str, lit: str, style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    fills = [(beside_lit(colour, one.row.levels, lit, palette), one.row.flagged) for one, _, _ in parts]
    return {
        "type": "bar",
        "orientation": "h",
        "name": wrapped(parts[0][0].row.label, style.wrap),
        "base": [round(segment.start, 4) for segment, _, _ in parts],
        "x": [round(segment.length, 4) for segment, _, _ in parts],
        "y": [middle for _, middle, _ in parts],
        "width": [BAR_PX] * len(parts),
        "marker": {
            "color": [tint(fill, 0.12) if hollow else fill for fill, hollow in fills],
            "line": {
                "color": [fill if hollow else palette.background for fill, hollow in fills],
                "width": [2 if hollow else 1 for _, hollow in fills],
            },
        },
        "text": [plotly_text(_segment_text(segment, style)) for segment, _, _ in parts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": [palette.ink if hollow else letters_on(fill) for fill, hollow in fills]},
        "hovertext": [text for _, _, text in parts],
        "hoverinfo": "text",
        "customdata": [segment.row.levels[0] if segment.row.levels else None for segment, _, _ in parts],
    }


def _not_shown(
    view: View, found: dict[tuple[str, ...], list[EstimateRow]], bars: dict[tuple[str, ...], list[KeySegment]],
    middles: list[float], style: Style, mode: Mode,
) -> list[Spec]:  # fmt: skip
    """Returns the hatched parts of the bars that stand for answers that are not shown, neighbours as one."""
    parts = []
    for (levels, group), middle in zip(found.items(), middles, strict=True):
        hidden = [segment for segment in bars[levels] if segment.row.suppressed and segment.length]
        runs: list[list[KeySegment]] = []
        for segment in hidden:
            joins = runs and abs(runs[-1][-1].start + runs[-1][-1].length - segment.start) < 1e-9
            runs = [*runs[:-1], [*runs[-1], segment]] if joins else [*runs, [segment]]
        for run in runs:
            words = spoken(
                "{group}: {answers} not shown, {reason}", group=group_label(view, levels),
                answers=listed([one.row.label for one in hidden]), reason=reason_of(group, style),
            )  # fmt: skip
            length = run[-1].start + run[-1].length - run[0].start
            parts.append((run[0].start, length, middle, wrapped(words, style.wrap + 8), levels))
    if not parts:
        return []
    palette = style.palette(mode)
    starts, lengths, places_of_bars, texts, groups_of = zip(*parts, strict=True)
    return [{
        "type": "bar", "orientation": "h", "name": spoken("Not shown"), "base": [round(at, 4) for at in starts],
        "x": [round(length, 4) for length in lengths], "y": list(places_of_bars), "width": [BAR_PX] * len(parts),
        "marker": {
            "color": palette.background, "line": {"color": palette.muted, "width": 1},
            "pattern": {"shape": "/", "fgcolor": palette.muted, "size": 6, "solidity": 0.2},
        },
        "hovertext": list(texts), "hoverinfo": "text",
        "customdata": [levels[0] if levels else None for levels in groups_of],
    }]  # fmt: skip


def _segment_text(segment: KeySegment, style: Style) -> str:
    share = segment.row.value or 0.0
    if not style.finish.labels:
        return ""
    return whole_points(share, style) if share >= SMALLEST_LABELLED else ""


def _dashes(
    found: dict[tuple[str, ...], list[EstimateRow]], middles: list[float], left: float, style: Style, mode: Mode
) -> list[Spec]:
    place = {"x": left, "xanchor": "left", "yanchor": "middle", "bgcolor": style.palette(mode).background}
    return [
        note(
            wrapped(f"{style.dash} {short_reason_of(group, style)}", style.wrap + 6, 2), style, mode, y=middle, **place
        )
        for group, middle in zip(found.values(), middles, strict=True)
        if all(row.suppressed for row in group)
    ]


def _middle_line(view: View, style: Style, mode: Mode) -> list[Spec]:
    if not _has_middle(view):
        return []
    line = {"color": style.palette(mode).muted, "width": 1}
    return [{"type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}]
