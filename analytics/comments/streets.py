"""Streets with a house number in comments, in English and German, each as a span.

A number beside a capital is often a year, a route or a count: "30 Park Street shops", "Bundesstraße 7". So both have to
stand as an address does, and what follows may not be a thing that is counted. Every finder starts at a number and reads
a bounded way: the time grows with the text's length, no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analytics.comments.addresses import Span

_BLANK = r"[ \t\u00a0\u202f]"
_WORD = r"[A-ZÄÖÜÉÈ][\w'’.-]{0,24}"
_REACH = 48
"""How many signs before a number are looked at."""

_NUMBER = (
    r"\d(?<![\w.,:/€$£%+-]\d)(?!(?<=1)[5-9]\d\d\b|(?<=2)0\d\d\b)\d{0,3}(?:[A-Za-z](?!\w)|[-–/]\d{1,4}[A-Za-z]?(?!\w))?"
)
"""A house's number, such as 12, 12a and 12-14; a number that may be a year is none."""

_SURE = "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Boulevard|Blvd|Crescent|Terrace|Grove|Mews"
_UNSURE = "Drive|Dr|Court|Close|Gardens|Row|Square|Place|Parade|Walk|Way"
_SMALL_WAYS = "street|road|rd|avenue|ave|lane|crescent|terrace|boulevard"
_POSTCODE = rf"(?:,?{_BLANK}{_WORD}){{0,2}},?{_BLANK}(?:[A-Z]{{1,2}}\d[\dA-Z]?{_BLANK}?\d[A-Z]{{2}}|\d{{5}})(?!\w)"
_STOPS = r"$|[.,;:!?)\]\"'’“”\n]|[–-](?!\d)"
_GOES_ON = (
    "and|or|but|so|in|is|was|has|where|which|near|opposite|next|behind|since|for|with|at|on|to|from|as|by|because|if|"
    "when|who|will|would|can|cannot|here|there|now|please|I|we|my|our|it|you|they|the|this|that"
)
_ENGLISH = re.compile(
    rf"{_NUMBER},?{_BLANK}{{1,2}}(?:(?:in|on|of){_BLANK})?"
    rf"(?:(?:{_WORD}{_BLANK}){{1,3}}(?:(?P<unsure>{_UNSURE})|{_SURE})|(?P<small>(?:[a-z'’]{{2,20}}{_BLANK}){{1,2}}(?:{_SMALL_WAYS})))\b"
    rf"(?:\.?{_POSTCODE}|(?={_BLANK}*(?:{_STOPS})|{_BLANK}+(?:{_GOES_ON})\b))",
    re.MULTILINE,
)
_PLACED = re.compile(rf"(?:^|[\n(]|[,:(]{_BLANK}|\b(?:at|of|in|near|from){_BLANK})$")
"""What stands before a street whose last word has other meanings: "a 9 to 5 Work Place"."""
_LIVED = re.compile(
    r"\b(?:liv(?:e|es|ed|ing)|reside|house|home|flat|address|visit me|come to|door)\b[^\n\d]{0,12}$", re.IGNORECASE
)
"""In small letters a street is one only where somebody lives or is to be found."""
_OF_HOUSE = re.compile(rf"\b(?:number|no\.?|house){_BLANK}$", re.IGNORECASE)
_ON = re.compile(rf"\S+{_BLANK}+(?:in|on|of){_BLANK}")
_MONTHS = re.compile(
    r"\d{1,2}\s*(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_PUBLIC = re.compile(r"Downing St|Pennsylvania Av|Wall St|Fleet St|221B Baker St")
"""Houses and streets that stand for a government or a trade."""

_WAYS = r"stra(?:ß|ss)e|str\.|weg|allee|gasse|platz|damm|ufer|chaussee|steig|stieg|pfad|promenade|ring"
_NAME = re.compile(
    rf"(?<![\w-])(?:[A-ZÄÖÜ][\w.-]{{1,30}}?(?:{_WAYS})"
    rf"|(?:{_WORD}{_BLANK}){{1,2}}(?:Stra(?:ß|ss)e|Str\.|Weg|Allee|Gasse|Platz|Damm|Ufer)){_BLANK}$"
)
_GOES_ON_DE = (
    "und|oder|aber|in|im|ist|war|hat|wo|bei|beim|neben|gegenüber|hinter|seit|für|mit|an|am|zu|zum|von|vom|als|weil|wenn|"
    "wohne|wohnt|wohnen|da|dort|hier|bitte|ich|wir|das|der|die|es|liegt|steht|sind|kann|nach|aus|auf|durch|sowie|habe"
)
_GERMAN = re.compile(
    rf"\d(?<=[egzmrd.]{_BLANK}\d)\d{{0,2}}{_BLANK}?(?:[a-hA-H](?!\w))?(?:{_BLANK}?[-–/]{_BLANK}?\d{{1,3}}[a-h]?(?!\w))?"
    rf"(?![\w.,]?\d|{_BLANK}?[%€°])"
    rf"(?:,?{_BLANK}(?:D-)?\d{{5}}{_BLANK}{_WORD}|(?={_BLANK}*(?:{_STOPS})|{_BLANK}+(?:{_GOES_ON_DE})\b))",
    re.MULTILINE,
)
"""A number behind what may be a street's name, with the postcode and the town behind it."""
_ROADS = re.compile(
    r"(?:bundes|landes|kreis|staats|europa|einbahn|schnell|hauptverkehrs|spiel|milch|durchgangs)stra(?:ß|ss)e"
    r"|(?:park|spiel|arbeits|sitz|stell|studien|kita|bolz|sport|camping|liege|steh|ausbildungs|start|lande|kindergarten|"
    r"bau|stand|schlaf|wohnungs|rast|betreuungs|kinder|pflege|warte|schul|golf|fußball|flug)platz"
    r"|(?:heim|schul|arbeits|um|rad|fuß|fuss|geh|rück|hin|aus|brems|anfahrts|transport|lauf|liefer|mittel|reit|"
    r"dienst|lebens|rechts|bildungs)weg"
    r"|(?:autobahn|box|ehe|schlüssel|staats|trau)ring|bürgersteig|(?:aus|ein|an|ab|auf|um)stieg",
    re.IGNORECASE,
)
"""What ends like a street and is none, or is one of a hundred kilometres."""


def streets(text: str) -> Iterator[Span]:
    """Yields streets with a house number.

    Example:
        >>> text = "I live at 12 Hill Road, he in Bergstraße 5a, Bonn."
        >>> [text[start:end] for start, end, _ in streets(text)]
        ['12 Hill Road', 'Bergstraße 5a']
    """
    spans = [(*match.span(), "address") for match in _ENGLISH.finditer(text) if _is_address(text, match)]
    for match in _GERMAN.finditer(text):
        before = text[max(0, match.start() - _REACH) : match.start()]
        name = _NAME.search(before)
        if name and not _ROADS.search(name[0]):
            spans.append((match.start() - len(before) + name.start(), match.end(), "address"))
    yield from _apart(sorted(spans))


def _is_address(text: str, match: re.Match[str]) -> bool:
    """Whether such a number and name stand as an address does."""
    before = text[max(0, match.start() - _REACH) : match.start()]
    if _ON.match(match[0]):
        return _OF_HOUSE.search(before) is not None
    if match["small"]:
        return _LIVED.search(before) is not None
    if match["unsure"] and not _PLACED.search(before):
        return False
    return not _MONTHS.match(match[0]) and not _PUBLIC.search(match[0])


def _apart(spans: list[Span]) -> Iterator[Span]:
    """Yields the spans, those that overlap as one."""
    for at, (start, end, kind) in enumerate(spans):
        if at and start < spans[at - 1][1]:
            spans[at] = (spans[at - 1][0], max(end, spans[at - 1][1]), kind)
        if at + 1 == len(spans) or spans[at + 1][0] >= spans[at][1]:
            yield spans[at]
