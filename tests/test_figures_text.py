"""Other people's words in figures: shown as they are, never markup, template, formula or a change of direction."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import datetime
from functools import cache

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.estimates.views.view import View
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.drawing.figure import Figure
from analytics.figures.drawing.text import plotly_text, wrapped
from analytics.figures.heat import heat_table
from analytics.figures.topline import topline_bars
from analytics.figures.trend import trend_lines
from analytics.language.text import BIDI_CONTROLS, clusters, columns, lines, plain_text, shortened
from analytics.model import Choice, Dimension, Event, Level
from analytics.model.reasons import Reason
from tests.test_figures_examples import BERLIN, DAYS, PRESSURE, house_style, survey, view_of

STYLE = house_style()
OUR_TAGS = re.compile(r"<br>|</?b>|<span style=\"(?:color:#[0-9a-f]{6}|font-size:12px)\">|</span>")
SIGNS = re.compile(r"[<$]|%\{")
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>Yes</a>",
    '<a href="https://example.org" target="_blank">Yes</a>',
    "<b>Yes</b>",
    "<br>Yes<br/>",
    "<sub>1</sub><sup>2</sup>",
    '<span style="font-size:400px">Yes</span>',
    "</b></span></text></svg><script>1</script>",
    "<svg/onload=alert(1)>",
    "<<b>script>",
    "< script >",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;b&#62;",
    "&amp;lt;b&amp;gt;",
    "&nbsp;&times;&plusmn;",
    "%{y}",
    "%{customdata[0]}",
    "%{x|%d}",
    "100 %{meta.secret} sure",
    "%%{y}}",
    "$x^2$",
    "$$\\int_0^1 x$$",
    "costs $5 or $6",
    "\\(x\\) \\$",
    "No\u202e gnihtemos",
    "\u2066\u2067isolated",
    "\u200f\u200e\u061cmarks\u202d",
    "null\x00 bell\x07 escape\x1b[31m",
    "line\nfeed\r\nand\ttab\u2028and\u2029more",
    "lone surrogate \ud800",
    "soft\u00adhy\u200bphen\ufeff",
    "e" + "\u0301" * 40,
    "\U0001f469\u200d\U0001f4bb" * 12,
    "غير متأكد",
    "W" * 300,
    "=HYPERLINK(1)",
    "<extra></extra>",
    "\ufffe\uffff",
    "",
    "   ",
]  # fmt: skip


@cache
def hostile(payload: str) -> dict[str, Figure]:
    """Returns every builder's figure of a survey whose every text is the payload."""
    question = replace(
        PRESSURE,
        text=payload,
        choices=(Choice("1", payload, 1), Choice("2", f"{payload}2", 0), Choice("3", f"3{payload}", -1)),
        nets=tuple(replace(net, label=payload) for net in PRESSURE.nets),
    )
    age = Dimension("age", payload, "age", (Level("a", payload), Level("b", f"{payload} b")))
    events = (Event(datetime(2025, 5, 18, 18, tzinfo=BERLIN), payload),)
    of = survey(question, dimensions=(age,), title=payload, events=events, simulated=True)
    top = {((), None): [310, 120, 570]}
    by_age = {(("a",), None): [310, 120, 570], (("b",), None): [3, 1, 2]}
    by_day = {((), day): [310, 120 - 30 * n, 570] for n, day in enumerate(DAYS[:3])}
    return {
        "topline": topline_bars(hidden_for(view_of(top, question, of=of), payload), STYLE, "light"),
        "suppressed": topline_bars(
            hidden_for(view_of({((), None): [3, 1, 2]}, question, of=of), payload), STYLE, "light"
        ),
        "trend": trend_lines(view_of(by_day, question, every="day", of=of), STYLE, "light"),
        "bars": diverging_bars(hidden_for(view_of(by_age, question, by=("age",), of=of), payload), STYLE, "light"),
        "heat": heat_table(hidden_for(view_of(by_age, question, by=("age",), of=of), payload), STYLE, "dark"),
        "empty": heat_table(view_of({}, question, by=("age",), of=of), STYLE, "dark"),
    }


def hidden_for(view: View, reason: str) -> View:
    """Returns the view with that reason wherever a number is not shown."""
    frame = view.estimates.copy()
    reasons = [Reason("fault", fault=reason) if hidden else None for hidden in frame["suppressed"]]
    frame["reason"] = pd.Series(reasons, dtype=object)
    return replace(view, estimates=frame)


def texts(part: object) -> list[str]:
    """Returns every text anywhere in a specification."""
    if isinstance(part, str):
        return [part]
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return [text for one in inside for text in texts(one)]


def dangers(text: str) -> list[str]:
    """Returns what in a text of a specification Plotly would take for more than text."""
    bare = OUR_TAGS.sub("", text)
    found = [payload for payload in PAYLOADS if SIGNS.search(payload) and payload in text]
    found += [sign for sign in ("<", ">", "%{", "$") if sign in bare]
    found += [f"U+{ord(c):04X}" for c in bare if c in BIDI_CONTROLS - {"\u2068", "\u2069"}]
    found += [f"U+{ord(c):04X}" for c in bare if unicodedata.category(c) in ("Cc", "Cs")]
    return found + (["isolate left open"] if bare.count("\u2068") != bare.count("\u2069") else [])


@pytest.mark.parametrize("payload", PAYLOADS, ids=[ascii(payload)[:40] for payload in PAYLOADS])
def test_no_text_of_a_survey_becomes_more_than_text(payload):
    for name, figure in hostile(payload).items():
        found = {text: dangers(text) for text in texts(figure.spec) if dangers(text)}

        assert not found, name


def test_the_check_itself_finds_texts_that_were_not_made_safe():
    found = {payload: dangers(payload) for payload in PAYLOADS if SIGNS.search(payload) or "\u202e" in payload}

    assert len(found) > 20
    assert all(found.values())


def test_words_around_a_figure_are_plain_and_on_one_line():
    for payload in PAYLOADS:
        for figure in hostile(payload).values():
            said = f"{figure.title}{figure.caption}{figure.alt}"

            assert not [c for c in said if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
            assert not set(said) & (BIDI_CONTROLS - {"\u2068", "\u2069"})


def test_entities_in_a_label_are_shown_as_they_were_written():
    assert plotly_text("&lt;b&gt;") == "&amp;lt;b&amp;gt;"


def test_a_template_and_a_formula_lose_their_signs_to_entities_that_plotly_turns_back():
    assert plotly_text("%{y} $x$") == "%&#123;y} &#36;x&#36;"


def test_right_to_left_labels_keep_to_themselves():
    assert plotly_text("\u05dc\u05d0") == "\u2068\u05dc\u05d0\u2069"


def test_a_label_breaks_between_words_and_long_words_inside():
    assert lines("Neither agree nor disagree", 14) == ["Neither agree", "nor disagree"]
    assert lines("Donaudampfschifffahrt yes", 10) == ["Donaudampf", "schifffahr", "t yes"]


def test_what_is_too_long_ends_with_an_ellipsis():
    assert lines("one two three four five six", 9, 2) == ["one two", "three…"]
    assert shortened("W" * 30, 10) == "W" * 9 + "…"


def test_wide_letters_count_twice():
    assert columns("是的") == 4
    assert lines("是的是的是的", 4) == ["是的", "是的", "是的"]


@pytest.mark.parametrize(
    "letter", ["e\u0302\u0323", "\U0001f469\u200d\U0001f4bb", "\U0001f44d\U0001f3fd", "\U0001f1e9\U0001f1ea", "क्ष"]
)
def test_what_looks_like_one_letter_is_never_taken_apart(letter):
    composed = unicodedata.normalize("NFC", letter)

    assert clusters(composed) == [composed]
    assert set("".join(lines(letter * 30, 7, 100)).replace(composed, "")) == set()
    assert all(line.replace(composed, "") == "" for line in lines(letter * 30, 7, 100))


@given(st.text(max_size=80), st.integers(4, 40))
def test_wrapping_loses_nothing_but_space(text, width):
    assert "".join(lines(text, width, 1000)).replace(" ", "") == plain_text(text).replace(" ", "")


@given(st.text(max_size=80), st.integers(4, 40))
def test_wrapped_text_has_no_tag_but_our_line_breaks(text, width):
    assert dangers(wrapped(text, width)) == []


@given(st.text(alphabet="ab c", max_size=60), st.integers(4, 20))
def test_no_line_is_longer_than_asked(text, width):
    assert all(columns(line) <= width for line in lines(text, width, 1000))
