"""The ways of counting by their names; the estimates say them in English."""

from __future__ import annotations

import re

from analytics.estimates.ways import BASE_WEIGHTS, FIRST_HALF, SECOND_HALF
from analytics.language.said import spoken
from analytics.language.text import plain_text

OWN = re.compile(r"(?P<way>(?:Raked|Post-stratified)? ?[Ww]ithout) (?P<what>.*)", re.DOTALL)
"""A way that ends with other people's words: a channel, or the dimensions of a target."""


def way_name(name: str, *, short: bool = False) -> str:
    """Returns a way of counting in the language being spoken; `short` as it stands beside its dot.

    Example:
        >>> way_name("Raked without Age by Gender", short=True), way_name("Without Search")
        ('Raked, no Age by Gender', 'Without Search')
    """
    own = OWN.fullmatch(name)
    if own is None:
        return spoken(name)
    way, what = own["way"], plain_text(own["what"])
    if way == "Without":
        return spoken("Without {what}", what=what)
    what = spoken(" by ").join(what.split(" by "))
    if short:
        return (
            spoken("Raked, no {what}", what=what) if way[0] == "R" else spoken("Post-stratified, no {what}", what=what)
        )
    if way[0] == "R":
        return spoken("Raked without {what}", what=what)
    return spoken("Post-stratified without {what}", what=what)


def after_number(name: str) -> str:
    """Returns a way of counting as it goes on after a number; what is the survey's own in its name stays as it is."""
    told = {
        FIRST_HALF: spoken("in the first half of the answers"),
        SECOND_HALF: spoken("in the second half of the answers"),
        BASE_WEIGHTS: spoken("with base weights"),
    }
    words = plain_text(way_name(name))
    return told.get(name, words[:1].lower() + words[1:])
