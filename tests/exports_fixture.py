"""Exports of small views, and the texts that a spreadsheet or a browser must not take for more than text."""

from __future__ import annotations

from dataclasses import replace

from analytics.estimates.views.view import View
from analytics.exports.export import Export, export_of
from analytics.figures.drawing.style import Style
from analytics.kinds.crosstab import crosstab_made
from analytics.kinds.kind import Made
from analytics.kinds.topline import topline_made
from analytics.kinds.trend import trend_made
from analytics.model import Article, Choice, Survey
from analytics.model.finish import Finish
from tests.test_figures_examples import (
    PRESSURE,
    age_trend_view,
    age_view,
    crossed_view,
    house_style,
    sources_view,
    topline_view,
    trend_view,
)

STYLE = replace(house_style(), address="https://opinion.example.org")
"""The house style of a dashboard that others can reach, so that its links lead somewhere."""
KINDS = {
    "topline": topline_view,
    "sources": sources_view,
    "crosstab": age_view,
    "crossed": crossed_view,
    "trend": trend_view,
    "age trend": age_trend_view,
}

_STARTS = ("=", "+", "-", "@", "|", "%", "\t=", "\r=", "\n=", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\0=")
_BEFORE = ("", " ", "\ufeff", "\u200b", '"', "'", "\u202e", "\u00a0")
FORMULAS = tuple(
    dict.fromkeys(
        [f"{start}1+1" for start in _STARTS]
        + [f"{before}{start}SUM(A1)" for before in _BEFORE for start in ("=", "+", "-", "@")]
        + [
            "=cmd|'/c calc'!A1", '=HYPERLINK("http://x.example","x")', "@SUM(1+1)*cmd|' /C calc'!A0", "+1+cmd|'x'!A1",
            '=IMPORTXML("http://x.example","//a")', "=WEBSERVICE(\"http://x.example\")", "-2+3+cmd|'x'!A1", "%0A=1",
        ]
    )
)  # fmt: skip
MARKUP = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "</title><script>1</script>",
    "</style><script>1</script>", "</script><script>alert(1)</script>", "<!--", "-->", "<![CDATA[", "]]>", "&lt;b&gt;",
    "&amp;", "&#60;script&#62;", '"><b>', "'><b>", "<iframe src=//x.example>", "<a href=javascript:alert(1)>x</a>",
    "javascript:alert(1)", "<style>*{display:none}</style>", "<base href=//x.example>", "<meta http-equiv=refresh>",
    "<object data=x>", "<embed src=x>", "<form action=x>", "<math><mi xlink:href='x'>", "<?xml version='1.0'?>",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>", "&y;", "%{customdata}", "$\\int x$", "<br>", "<b>bold</b>", "\u2028</script>",
    "\\u003cscript\\u003e", "`${alert(1)}`", "{{7*7}}", "<a:t>", "</p:sld>", "\0<b>", "<foreignObject>", "\ufffe<b>",
)  # fmt: skip
UNLIKE = MARKUP[::4]
"""Some of them, no two of one manner. A browser shows all of them in the frame; elsewhere the others soak."""


def made_of(view: View, line: str | None = None) -> Made:
    """Returns what a view comes to as a topline, a crosstab or a trend, by its shape."""
    if view.every:
        return trend_made(view, line)
    return crosstab_made(view) if view.by else topline_made(view)


def exported(view: View, style: Style = STYLE, finish: Finish = Finish(), line: str | None = None) -> Export:  # noqa: B008
    """Returns a view as it leaves the building."""
    return export_of(made_of(view, line), style, finish)


def export(kind: str = "topline", style: Style = STYLE, **changes: object) -> Export:
    """Returns the export of one of the small views."""
    return exported(KINDS[kind](**changes), style)


def saying(text: str, kind: str = "topline") -> View:
    """Returns a small view in which other people's words are that text: question, choices, labels, headline."""
    view = KINDS[kind]()
    choices = tuple(Choice(choice.value, f"{text}", choice.score) for choice in PRESSURE.choices)
    question = replace(view.question, text=text, choices=choices, nets=())
    dimensions = tuple(
        replace(d, label=text, levels=tuple(replace(level, label=text) for level in d.levels), bands=())
        for d in view.survey.dimensions
    )
    survey: Survey = replace(
        view.survey, title=text, questions=(question,), dimensions=dimensions, sponsor=text, conducted_by=text,
        article=Article(text, credit=text),
    )  # fmt: skip
    shares = view.estimates[view.estimates["statistic"] == "share"]
    return replace(view, survey=survey, question=question, estimates=shares.assign(choice_label=text))
