"""How wrong a share could be: where it would be if those of one opinion had been keener to answer than the others."""

from __future__ import annotations

import math
from functools import partial

import pandas as pd

from analytics.estimates.nonresponse import EAGER, Nonresponse, Reached, curve, dial
from analytics.figures.alts import in_words
from analytics.figures.captions import caption
from analytics.figures.colours import choice_colours, readable, tint
from analytics.figures.figure import SIMULATED, Figure, Spec, frame, mark_simulated, note, percent_axis, quiet_axis
from analytics.figures.nonresponse_words import (
    eager_words,
    people_words,
    times_words,
    tipping_sentence,
)
from analytics.figures.style import Mode, Style
from analytics.figures.text import plotly_text, wrapped
from analytics.figures.words import named
from analytics.language.numbers import decimal_words, percent, rounded
from analytics.language.said import spoken
from analytics.language.text import plain_text

HEIGHT_PX = 230
TICKS = {1 / 3: "⅓", 1 / 2: "½", 1.0: "", 2.0: "", 3.0: ""}
"""Where the dial has marks; those without a sign are said in words."""


def nonresponse_dial(found: Nonresponse, reached: Reached, style: Style, mode: Mode) -> Figure:
    """Returns the share of all people along the dial, with the place that the dial stands at and where it turns."""
    return Figure(
        spec=_spec(found, reached, style, mode),
        title=tipping_sentence(found, style),
        subtitle=plain_text(found.view.question.text),
        caption=_caption(found, reached, style),
        alt=_alt(found, reached, style),
        tabulate=partial(_table, found),
    )


def _spec(found: Nonresponse, reached: Reached, style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    colour = choice_colours(found.view.question, style, mode).get(found.choice.value, palette.muted)
    layout = frame(style, mode, HEIGHT_PX, t=10, b=58, l=44, r=14)
    ends = math.log2(EAGER[-1]) * 1.1
    layout["xaxis"] = quiet_axis(
        range=[-ends, ends], tickvals=[math.log2(times) for times in TICKS], ticktext=_ticks(),
        showticklabels=True, tickfont={"size": style.small, "color": palette.muted},
    )  # fmt: skip
    layout["yaxis"] = percent_axis(style, mode, (0, 50, 100))
    layout["annotations"] = _ends(style, mode)
    data = [*_band(found, colour), _line(found, readable(colour, palette)), *_tipping(found, style, mode)]
    data.append(_place(found, reached, colour, style, mode))
    return {"data": data, "layout": mark_simulated(layout, found.view.survey, style, mode)}


def _ticks() -> list[str]:
    told = {1.0: spoken("as eager: no link"), 2.0: spoken("{number} times", number=2)}
    return list((TICKS | told | {3.0: spoken("{number} times", number=3)}).values())


def _ends(style: Style, mode: Mode) -> list[Spec]:
    """Returns what the two ends of the dial mean, under its axis."""
    words = {"left": f"\u2190 {spoken('less eager to answer')}", "right": f"{spoken('more eager')} \u2192"}
    return [
        note(
            text, style, mode, xref="paper", yref="paper", x=0.0 if side == "left" else 1.0, y=0, xanchor=side,
            yanchor="top", yshift=-24,
        )
        for side, text in words.items()
    ]  # fmt: skip


def _band(found: Nonresponse, colour: str) -> list[Spec]:
    points = curve(found)
    x = [math.log2(times) for times in points["times"]]
    shared = {"type": "scatter", "mode": "lines", "x": x, "line": {"width": 0}, "hoverinfo": "skip"}
    low, high = ([round(share * 100, 4) for share in points[name]] for name in ("low", "high"))
    return [shared | {"y": low}, shared | {"y": high, "fill": "tonexty", "fillcolor": tint(colour, 0.22)}]


def _line(found: Nonresponse, colour: str) -> Spec:
    points = curve(found)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [math.log2(times) for times in points["times"]],
        "y": [round(share * 100, 4) for share in points["share"]],
        "line": {"color": colour, "width": 2.5},
        "hoverinfo": "skip",
    }


def _tipping(found: Nonresponse, style: Style, mode: Mode) -> list[Spec]:
    palette, tipping = style.palette(mode), found.tipping
    if not (tipping.possible and tipping.clear) or not EAGER[0] <= tipping.times <= EAGER[-1]:
        return []
    turns = spoken("turns at {times}", times=times_words(tipping.times, style))
    text = {"text": [f"{turns} "], "textposition": "bottom left"}
    return [
        text
        | {
            "type": "scatter", "mode": "markers+text", "x": [math.log2(tipping.times)], "y": [tipping.share * 100],
            "marker": {"symbol": "line-ns", "size": 18, "line": {"width": 2, "color": palette.ink}},
            "textfont": {"color": palette.ink, "size": style.small}, "hoverinfo": "skip", "cliponaxis": False,
        }
    ]  # fmt: skip


def _place(found: Nonresponse, reached: Reached, colour: str, style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    low, high = (percent(end, style) for end in (reached.low, reached.high))
    interval = spoken("Uncertainty interval {low} to {high}", low=low.removesuffix(style.percent), high=high)
    said = [eager_words(reached.times), interval]
    told = {"share": percent(reached.share, style), "answer": found.choice.label}
    several = found.view.question.kind == "multiple"
    head = (
        spoken("{share} of all would choose {answer}", **told)
        if several
        else spoken("{share} of all would say {answer}", **told)
    )
    head = wrapped(head, style.wrap)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [math.log2(reached.times)],
        "y": [round(reached.share * 100, 4)],
        "marker": {"size": 14, "color": colour, "line": {"color": palette.ink, "width": 2}},
        "text": [f"<b>{plotly_text(percent(reached.share, style))}</b>"],
        "textposition": "top center" if reached.times > 1.9 else "top right",
        "textfont": {"color": palette.ink},
        "hovertext": ["<br>".join([f"<b>{head}</b>", *(plotly_text(line) for line in said if line)])],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _caption(found: Nonresponse, reached: Reached, style: Style) -> str:
    tipping = found.tipping
    turns = spoken("; the finding turns at {at}", at=_correlation(tipping.rho, style))
    turns = turns if tipping.possible and tipping.clear else ""
    more = [
        spoken(
            "The line is the share of {answer} among all {people}, by how eager to answer those of that opinion were; "
            "the band is the {level} uncertainty interval, moved along.",
            answer=named(found.choice.label), people=people_words(found, style), level=f"95{style.percent}",
        ),
        spoken("The answers themselves cannot tell how strong the link is."),
        spoken(
            "As a correlation between opinion and answering (Meng 2018) the dial stands at {at}{turns}.",
            at=_correlation(reached.rho, style), turns=turns,
        ),
    ]  # fmt: skip
    return caption(found.view, [], "bars", style, more)


def _correlation(rho: float, style: Style) -> str:
    digits = 0 if rho == 0 else max(2, 1 - math.floor(math.log10(abs(rho))))
    return decimal_words(rho, digits, style)


def _alt(found: Nonresponse, reached: Reached, style: Style) -> str:
    stops = dial(found)
    first, last = (percent(float(stops["share"].iloc[at]), style) for at in (0, -1))
    line = spoken(
        "Line of the share of {answer} among all people: from {first} where those of that opinion were {least} to "
        "answer as the others, to {last} where they were {most}.",
        answer=named(found.choice.label), first=first, least=eager_words(EAGER[0]), last=last,
        most=eager_words(EAGER[-1]),
    )  # fmt: skip
    stands = spoken("The dial stands at {share}.", share=percent(reached.share, style))
    return in_words(found.view, [line, stands, f"{tipping_sentence(found, style)}."])


def _table(found: Nonresponse) -> pd.DataFrame:
    """Returns the stops of the dial: a row each, shares of all people in percent."""
    stops = dial(found)
    words = [eager_words(times) for times in stops["times"]]
    columns: dict[str, object] = {spoken("Those of this opinion were"): words}
    for name, of in ((spoken("Share of all %"), "share"), (spoken("Low %"), "low"), (spoken("High %"), "high")):
        columns[name] = [float(rounded(value * 100, 1)) for value in stops[of]]
    columns[spoken("Worth a random sample of")] = [max(1, int(rounded(worth))) for worth in stops["worth"]]
    columns[spoken("Correlation")] = [float(f"{rho:.2g}") for rho in stops["rho"]]
    if found.view.survey.simulated:
        columns[spoken("Data")] = SIMULATED
    return pd.DataFrame(columns)
