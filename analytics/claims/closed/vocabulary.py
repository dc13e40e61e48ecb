"""What is known of a text read freely: a figure's answers, groups and periods by their many names, and its topic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType
from zoneinfo import ZoneInfo

from analytics.claims.closed.concepts import FULLY, NOT_AT_ALL, SIDED, SYNONYMS, about_same
from analytics.claims.closed.figure import MEN, WOMEN, Shown, ages
from analytics.claims.closed.marks import KnownWord, known
from analytics.language.text import plain_text

AT_HOME, ABROAD = {"at home", "im inland", "inland", "home"}, {"abroad", "im ausland", "ausland"}
USES = re.compile(
    r"\bdo you (?:\w+ly )?(?:put|use|write|place|add)\b|^(?:Setzen|Schreiben|Verwenden|Benutzen) Sie\b", re.I
)
SHORT_LABEL = 3
PROPER = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}(?=['’]s|\b)")
"""Names of the article: whose something is, as "Trump's" says, turns no answer into another."""
PAIR = re.compile(r"(?<!\w)(?=([^\W\d_]+)\s+([^\W\d_]{3,}))")
ALSO_CLAIMS = {
    "en": re.compile(
        r"more|less|fewer|higher|lower|bigger|smaller|larger|better|stronger|cheaper|faster|longer|shorter|old|older|"
        r"young|younger|new|public|only|double|average|leading|top|rising|falling|growing|no",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"mehr|weniger|(?:höher|niedriger|größer|kleiner|besser|stärker|billiger|schneller|länger|kürzer|alt|älter|jung|"
        r"jünger|neu|doppelt|steigend|sinkend|öffentlich)(?:e[nmrs]?)?",
        re.IGNORECASE,
    ),
}
"""Words that a headline claims something with, unless they are the question's own before the noun there."""
TAILS = (
    "frage", "umfrage", "debatte", "streit", "plan", "pläne", "idee", "vorschlag", "vorhaben", "projekt", "thema",
    "diskussion", "entscheidung", "regelung", "regel", "angebot", "votum",
)  # fmt: skip
COMPOUND_SIDES = (("vertrau", "vertrauen", "misstrauen"), ("zufried", "zufriedenheit", "unzufriedenheit"))
DAYS_OF_A_SEASON = 95
LEAVES = re.compile(r"\bleave\b|\bas it is\b|so lassen|beim alten|nichts ändern|status quo", re.IGNORECASE)


def tables_of(shown: Shown, free: ModuleType, language: str) -> list[list[KnownWord]]:
    """Returns what is known of a text: from the figure, from the language, and from the question."""
    return [
        [*_own(shown, free, language), *shown.table], list(free.WORDS), list(_topic(shown, free, language)),
        list(shown.words.WORDS), shown.topics,
    ]  # fmt: skip


def _own(shown: Shown, free: ModuleType, language: str) -> Iterator[KnownWord]:
    yield known(
        "filler",
        r"with(?= (?:(?:only|just|about|nearly|almost|over|more than|some) )*"
        r"(?:\d|half|a |one |two |women|men|readers|young|old))",
    )
    yield from _ordered(shown, free)
    yield from _groups(shown, free, language)
    yield from _times(shown, free)
    yield from _answers(shown, free, language)
    yield from _sides(shown, free, language)


def _groups(shown: Shown, free: ModuleType, language: str) -> Iterator[KnownWord]:
    groups = [levels for levels in dict.fromkeys(row.levels for row in shown.rows) if len(levels) == 1]
    aged = [(each, found) for each in groups if (found := ages(shown.group(each)))]
    for place, (each, (low, high)) in enumerate(aged):
        patterns = list(free.OVER) if high is None else [*free.WITHIN, *(free.UNDER if place == 0 else ())]
        for pattern in patterns:
            if place not in (0, len(aged) - 1) or len(aged) > 1:
                top = high if pattern in free.WITHIN or high is None else high + 1
                yield known("group", pattern.format(low=low, high=top), value=each)
    for each in groups:
        label = shown.group(each)
        if not re.search(r"\d", label) and not shown.quotes(label):
            for pattern in free.GROUPS:
                yield known("group", pattern.format(label=re.escape(label) + shown.words.SUFFIX), value=each)
            if language == "de" and label.lower().endswith("en"):
                yield known("group", re.escape(label[:-2]) + "(?=-)", value=each)
        for names, patterns in (
            (WOMEN, free.WOMEN), (MEN, free.MEN), (AT_HOME, free.AT_HOME), (ABROAD, free.ABROAD),
        ):  # fmt: skip
            if label.lower() in names:
                yield known("group", *patterns, value=each)


def _ordered(shown: Shown, free: ModuleType) -> Iterator[KnownWord]:
    """What is said of groups one after the other, where the groups of the figure are ages."""
    groups = list(dict.fromkeys(row.levels for row in shown.rows))
    if len(groups) > 1:
        yield known("every group", *free.EVERY_GROUP)
    if len(groups) > 1 and all(len(each) == 1 and ages(shown.group(each)) for each in groups):
        yield known("with age", *free.WITH_AGE)
        yield known("topic", "Alter", exact=True)


def _times(shown: Shown, free: ModuleType) -> Iterator[KnownWord]:
    if shown.view.every == "month":
        for count in {len(shown.periods), len(shown.periods) - 1} & set(free.COUNTS):
            yield known("filler", *(pattern.format(count=free.COUNTS[count]) for pattern in free.MONTHS_LONG))
    if len(shown.periods) > 1:
        yield known("period", *free.FIRST, value=shown.periods[0])
        yield known("period", *free.LAST, value=shown.periods[-1])

    yield from _fieldwork(shown)
    first, last = shown.view.survey.opens, shown.view.survey.closes
    if first and last and (last - first).days < DAYS_OF_A_SEASON:
        for months, names in free.SEASONS:
            if {first.month, last.month} <= set(months):
                yield known("filler", *names)


def _fieldwork(shown: Shown) -> Iterator[KnownWord]:
    """The days from the first to the last answer, as a source line has them."""
    status = shown.view.status
    if not (status.first_at and status.last_at):
        return
    zone = ZoneInfo(shown.view.survey.time_zone)
    first, last = (at.astimezone(zone).date() for at in (status.first_at, status.last_at))
    ends, years = [], rf"(?:,?\s+{last.year})?"
    for at in (first, last):
        month = shown.words.MONTHS[at.month - 1]
        ends.append(rf"(?:0?{at.day}(?:\.|st|nd|rd|th)?(?:\s+{month})?|{month}\s+0?{at.day})")
    month = shown.words.MONTHS[last.month - 1]
    begins = r"(?:from |between |vom |zwischen (?:dem )?)?"
    joins = r"\s*(?:to|and|until|–|-|bis(?: zum)?|und(?: dem)?)\s*"
    yield known("filler", rf"{begins}{ends[0]}{joins}{ends[1]}(?:\s+{month})?{years}", exact=True)


def _answers(shown: Shown, free: ModuleType, language: str) -> Iterator[KnownWord]:
    choices = shown.view.question.choices
    for choice in choices:
        label = plain_text(choice.label).lower()
        if shown.view.question.kind != "scale":
            if LEAVES.search(label):
                yield known("choice", *free.LEAVE, value=choice.value)
            bare = re.sub(shown.words.ARTICLES, "", label)
            if len(bare) > SHORT_LABEL:
                yield known("choice", free.ARTICLE + re.escape(bare) + shown.words.SUFFIX, value=choice.value)
            for name, others in SYNONYMS[language]:
                if bare == name:
                    more = f"{re.escape(name)}-?(?:ideas?|idee|lösung|fans?|plans?|pläne)?"
                    yield known("choice", *others.split("|"), more, value=choice.value)
    if shown.view.question.kind == "scale":
        yield from _steps(shown, free, language)


def _steps(shown: Shown, free: ModuleType, language: str) -> Iterator[KnownWord]:
    choices = shown.view.question.choices
    first, last = choices[0], choices[-1]
    if len(choices) % 2:
        yield known("choice", *free.MIDDLE, value=choices[len(choices) // 2].value)
    if re.search(rf"(?<!\w)(?:{FULLY[language]})(?!\w)", last.label, re.IGNORECASE):
        yield known("choice", FULLY[language], value=last.value)
    if re.search(rf"(?<!\w)(?:{NOT_AT_ALL[language]})(?!\w)", first.label, re.IGNORECASE):
        yield known("choice", NOT_AT_ALL[language], value=first.value)


def _sides(shown: Shown, free: ModuleType, language: str) -> Iterator[KnownWord]:
    if {1, -1} <= set(shown.sides):
        upper = shown.label(shown.sides[1]).lower()
        for stem, ups, downs in SIDED[language]:
            if (shown.view.question.kind == "scale" or shown.degrees) and re.search(stem, upper):
                yield known("stance", ups, value=1)
                yield known("stance", downs, value=-1)
        if USES.search(plain_text(shown.view.question.text)):
            yield known("deed", *free.ACTS)
            yield known("stance", *free.OMITS, value=-1)
            things = _things(shown)
            if things:
                friends, foes = free.FRIENDS, free.FOES
                yield known("stance", *(f"{thing}{friend}" for thing in things for friend in friends), value=1)
                yield known("stance", *(f"{thing}{foe}" for thing in things for foe in foes), value=-1)


def _things(shown: Shown) -> list[str]:
    return [re.escape(word) for word in ("comma", "komma") if word in plain_text(shown.view.question.text).lower()]


def pairs_of(shown: Shown, language: str) -> Iterator[KnownWord]:
    """The question's own words that would claim something elsewhere, with the noun that they stand before there."""
    texts = [shown.view.question.text, shown.view.survey.title]
    for before, noun in (pair for text in texts for pair in PAIR.findall(plain_text(text))):
        if ALSO_CLAIMS[language].fullmatch(before):
            stem = re.sub(r"(?:e[nmrs]?|s)$", "", noun) if len(noun) > SHORT_LABEL + 1 else noun
            word = re.sub(r"e[nmrs]?$", "", before) + "(?:e[nmrs]?)?" if language == "de" else re.escape(before)
            yield known("topic", rf"{word}\s+{re.escape(stem)}\w{{0,2}}")


def _compounds(shown: Shown, language: str) -> Iterator[KnownWord]:
    """German nouns that are put together of what the question is about."""
    text = " ".join(map(plain_text, (shown.view.question.text, shown.view.survey.title)))
    if language != "de":
        return
    own = [word for word in re.findall(r"[^\W\d_]{4,}", text) if shown.words.STEMS.sub("", word.lower())]
    stems = {re.escape(shown.words.STEMS.sub("", word.lower())) for word in own if word[0].isupper()}
    same = {one for one in about_same(text, language) if re.fullmatch(r"\w{4,}", one)}
    begins = "|".join(sorted(stems | same, key=len, reverse=True))
    ends = "|".join(sorted(stems | same | set(TAILS), key=len, reverse=True))
    if begins:
        joint = f"(?=[A-ZÄÖÜ])(?i:(?:{begins})(?:e?[rsn]|es)?-?(?:{ends})(?:s|es|e|en|n|er|ern)?)"
        yield known("topic", joint, exact=True)
        for stem, ups, downs in COMPOUND_SIDES:
            if shown.view.question.kind == "scale" and 1 in shown.sides and stem in shown.label(shown.sides[1]).lower():
                yield known("stance", f"(?=[A-ZÄÖÜ])(?i:(?:{begins})(?:e?[rsn]|es)?-?{ups})", value=1, exact=True)
                yield known("stance", f"(?=[A-ZÄÖÜ])(?i:(?:{begins})(?:e?[rsn]|es)?-?{downs})", value=-1, exact=True)


def _topic(shown: Shown, free: ModuleType, language: str) -> Iterator[KnownWord]:
    yield from pairs_of(shown, language)
    yield from _compounds(shown, language)
    text = " ".join(map(plain_text, (shown.view.question.text, shown.view.survey.title)))
    if shown.view.by:
        yield known("topic", *free.DIMENSIONS)
    asked_under = shown.view.survey.article
    told = " ".join(text for one in asked_under.sections for text in one.paragraphs) if asked_under else ""
    if names := sorted(set(PROPER.findall(plain_text(told)))):
        yield known("topic", *(rf"{re.escape(name)}['’]s" for name in names), value="name")
    if shown.dimensions:
        one = f"(?:{'|'.join(map(re.escape, shown.dimensions))})"
        yield known("filler", rf"(?:by|nach) {one}(?: (?:and|und) {one})*")
    same = about_same(text, language)
    if same:
        article = "(?:the )?" if language == "en" else "(?:d(?:er|ie|as|en|em|es) )?"
        yield known("topic", *(rf"{article}{one}(?:s|['’]s)?" for one in same))
