"""Titles say no more than the page's own comparisons: the same test speaks in both."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.estimates.groups.table import compared_pairs, crosstab, with_clear
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.heat import heat_table
from analytics.model.request import Request
from analytics.words.differences import difference_sentences
from tests.surveys import RIVER, Reader, opened, record, snapshot, unweighted
from tests.test_figures_examples import house_style

STYLE = house_style()
AGES = ("18-29", "30-59", "60+")
TITLE = re.compile(r"(\d+)% say (Yes|No) among (\S+), (\d+)% among (\S+)")
SENTENCE = re.compile(r"Among (\S+), (Yes|No) is clearly more frequent \((\d+)%\) than among (.*)\.")
counts = st.tuples(st.integers(0, 150), st.integers(0, 150))


@settings(max_examples=12)
@given(counts, counts, counts)
@example((160, 40), (90, 110), (95, 105))
@example((60, 40), (50, 50), (48, 52))
@example((27, 13), (16, 24), (90, 92))
@example((15, 14), (14, 15), (15, 14))
@example((100, 0), (90, 0), (80, 0))
@example((19, 12), (90, 10), (20, 80))
def test_a_title_claims_a_difference_only_where_the_sentences_below_it_do(
    young: tuple[int, int], middle: tuple[int, int], old: tuple[int, int]
) -> None:
    people = [
        Reader(f"id:{age}/{n}", {"move": ("Yes" if n < yes else "No",)}, {"age": age})
        for age, (yes, no) in zip(AGES, (young, middle, old), strict=True)
        for n in range(yes + no)
    ]
    with opened() as store:
        record(store, unweighted(RIVER), people or [Reader("id:1", {"move": ("Yes",)}, {"age": AGES[0]})])
        now, request = snapshot(store), Request(question="move", by=("age",), min_base=30)
        shown = crosstab(now, request)
        found = compared_pairs(now, request, shown)
        view = with_clear(shown, found)

        said = difference_sentences(found, STYLE) if found else []
        for back in view.estimates[view.estimates["suppressed"].astype(bool)]["age"].unique():
            assert not re.search(rf"(mong|and|,|than) {re.escape(back)} ?\(|mong {re.escape(back)},", " ".join(said))
        differ = [match for sentence in said if (match := SENTENCE.fullmatch(sentence))]
        for figure in (diverging_bars(view, STYLE, "light"), heat_table(view, STYLE, "light")):
            title = TITLE.fullmatch(figure.title)
            assert bool(title) == bool(differ), (figure.title, said)
            if title:
                high, answer, upper, low, lower = title.groups()
                assert any(
                    match[2] == answer and match[1] == upper and match[3] == high and f"{lower} ({low}%)" in match[4]
                    for match in differ
                )
            else:
                assert not re.search("among|ranges|than", figure.title)
                few = any("too few" in sentence for sentence in said)
                assert not (few and "clearly differ" in figure.title), (figure.title, said)
