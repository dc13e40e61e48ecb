"""How much, in any dress that a newspaper gives it: parts of all, times as many, gains and losses, and strong words.

One table a language, put together of numbers and of what stands beside them; what a figure decides (how strong an
answer is, how long ago its first period lies) is put together from the figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from analytics.claims.closed.english import NUMBERS as ENGLISH
from analytics.claims.closed.figure import OF_THE_THING, Shown
from analytics.claims.closed.fractions import ORDINALS
from analytics.claims.closed.german import NUMBERS as GERMAN
from analytics.claims.closed.marks import KnownWord, Piece, known
from analytics.language.text import plain_text

NUMBERS = {"en": ENGLISH, "de": GERMAN}
OFTEN = {
    "en": r"high|many|likely|often|strong|common|popular|large|big|much|keen|frequent|frequently|widespread|supportive|"
          r"satisfied|happy|inclined|willing|ready|eager|great",
    "de": r"hoch|viele?|häufig|oft|stark|groß|beliebt|wahrscheinlich|zufrieden|gern|gefragt|verbreitet|"
          r"bereit",
}  # fmt: skip
AGAINST = r"(?:sceptical|skeptical|critical|opposed|hostile|wary|negative|dissatisfied|unhappy)"
"""Adjectives of those who are against it: beside "more" and "most" they are a side, and no degree of being for it."""
MORE_AGAINST = r"skeptischer|kritischer|ablehnender|unzufriedener"
MORE_THAN_ONCE = {
    "en": {2: "twice|two times", 3: "three times|thrice", **{n: f"{w} times" for n, w in (
        (4, "four"), (5, "five"), (6, "six"), (7, "seven"), (8, "eight"), (10, "ten"))}},
    "de": {2: "doppelt|zweimal", 3: "dreimal|dreifach", 4: "viermal", 5: "fünfmal", 6: "sechsmal", 7: "siebenmal",
           8: "achtmal", 10: "zehnmal"},
}  # fmt: skip
ITS = {
    "en": r"(?: (?:of )?(?:its|their) (?:share|support|supporters|backing|votes?|following|lead))?",
    "de": r"(?: (?:ihrer|seiner|der|des) (?:anhänger|stimmen|zustimmung|anteils|befürworter|rückhalts))?",
}
WANTED = {
    "en": r"(?:the )?(?:(?:demand|appetite|desire|preference|enthusiasm|wish|calls?|votes) for|interest in)",
    "de": r"(?:die |der |das )?(?:nachfrage|wunsch|ruf) nach|(?:die )?vorliebe für|(?:das )?interesse an",
}
"""Nouns for that somebody chooses an answer."""
WEEK_BY_WEEK = {
    "en": r"(?:{unit} (?:by|after|on) {unit}|from {unit} to {unit})",
    "de": r"(?:von {unit} zu {unit}|{unit} (?:für|um) {unit})",
}
LOSES = {
    "en": (r"los(?:es?|ing|t)", r"gain(?:s|ed|ing)?"),
    "de": (r"verlier(?:t|en)|verlor(?:en)?|büß(?:t|en)(?= .{0,30}\bein\b)", r"gewinn(?:t|en)|gewann(?:en)?"),
}
OVERTAKES = {
    "en": r"(?:ha(?:s|ve) )?(?:overtak(?:es?|en|ing)|overtook|moved? ahead of|moves ahead of|pull(?:s|ed)? ahead of)",
    "de": r"(?:hat |haben )?überhol(?:t|en|te)",
}
SHARED_FIRST = {
    "en": r"(?:are |share |tie[ds]? for |joint |in joint |level in )(?:the )?(?:first place|top spot|first|top)"
    r"(?! \w+ of)",
    "de": r"teilen sich (?:den ersten platz|platz (?:eins|1)|die spitze)|"
    r"(?:liegen )?gemeinsam (?:auf platz (?:eins|1)|vorn)",
}
STRONG = {
    "en": r"strong(?:ly)?|strongest|firm(?:ly)?|staunch(?:ly)?|outright|full(?:y)?|complete(?:ly)?|"
          r"whole-?hearted(?:ly)?|absolute(?:ly)?|total(?:ly)?",
    "de": r"voll und ganz|strikt(?:e[nrms]?)?|voll(?:e[nrms]?)?|völlig(?:e[nrms]?)?|entschieden(?:e[nrms]?)?|"
          r"ganz und gar|absolut(?:e[nrms]?)?|vehement(?:e[nrms]?)?|"
          r"uneingeschränkt(?:e[nrms]?)?|klare?s?(?= (?:nein|ja)\b)",
}  # fmt: skip
"""Words that make the strongest answer of a side of it."""
STRONGEST = re.compile(
    r"\b(?:strongly|very|completely|fully|totally|definitely|entirely|sehr|voll|völlig|überhaupt nicht|gar nicht|"
    r"auf jeden fall|auf keinen fall)\b",
    re.IGNORECASE,
)
"""What makes of the label of an answer that of the strongest of its side."""
RID_OF = {
    "en": r"(?:ha(?:s|ve|d) (?:had )?enough of|(?:(?:is|are) )?(?:tired of|fed up with))|"
    r"(?:away|down) with|(?:get|be|getting|being) rid of|(?:an |the )?end (?:to|of)|be done with|"
    r"(?:go|gone)(?= *(?:$|[.,:;!?]))",
    "de": r"weg mit|loswerden|los(?:zu)?werden|los sein|(?:das |ein )?ende (?:der|des|von)|weghaben|"
    r"nicht mehr(?= haben)|weg von|raus aus|(?:ha(?:t|ben|tten?) )?(?:genug|die nase voll) vo[nm]",
}
"""How one is for it that something ends."""
ENDING = re.compile(rf"(?:{RID_OF['en']}|{RID_OF['de']})", re.IGNORECASE)
HOW = {"en": re.compile(r"\bhow (\w{3,})", re.IGNORECASE), "de": re.compile(r"\bwie (\w{3,})", re.IGNORECASE)}
NO_QUALITY = {"do", "would", "much", "many", "often", "long", "viel", "viele", "oft", "lange", "bewerten", "finden"}
ENDS_TOLD = re.compile(r"\b(\d{1,2}) ?\(([^()\d]{3,30})\)")
"""A step of a scale and how the question calls it: "10 (completely)"."""
CLEARLY = {
    "en": r"(?:far |much |clearly |a lot |significantly |markedly |considerably )?",
    "de": r"(?:deutlich |klar |viel |erheblich |spürbar )?",
}
NOUNS = {
    "en": r"(?:ness|ity|ability|ance|ence|tion|sion|ment|ly|al)s?",
    "de": r"(?:heit|keit|ung|schaft|gefühl|heitsgefühl|keitsgefühl|barkeit)(?:en|s)?",
}
"""How a noun ends that is made of a word and claims no more than it."""
MADE_OF, SHORTEST = 5, 4
WEEKDAYS = {
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "de": ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
}
EVERY_PERIOD = {
    "en": r"(?:in |during )?(?:every|each)(?: single)? {unit}|throughout|in all (?:{count} )?{unit}s",
    "de": r"(?:in |zu )?jede[rnms]?(?: einzelne[nrm]?)? {unit}|durchgehend|durchweg|in allen (?:{count} )?{unit}[ne]*",
}
IN_A_ROW = {
    "en": (
        r"(?:for )?(?:the |a )?{nth} (?:consecutive|straight|successive) (?:{unit}|time)",
        r"(?:for )?(?:the |a )?{nth} (?:{unit}|time) (?:running|in a row|in succession)",
    ),
    "de": (
        r"zum {nth}n mal (?:in folge|in serie|hintereinander|nacheinander)",
        r"(?:den |im |in der |die )?{nth}n? {unit} (?:in folge|hintereinander|nacheinander)",
    ),
}
UNITS = {
    "en": {"day": "day", "week": "week", "month": "month"},
    "de": {"day": "tag", "week": "woche", "month": "monat"},
}


STILL_SO = {
    "en": r"(?:just )?as before|as ever|throughout",
    "de": r"nach wie vor|immer noch|noch immer|weiterhin(?= (?:eine|\d|die|zwei|drei|rund|etwa|gut|knapp|fast))",
}
"""How a share is told as what it was and is."""
CERTAIN = {
    "en": r"firm|clear|real|measurable|significant|statistical|detectable|discernible|meaningful|marked|great|big|"
    r"noticeable|visible|provable",
    "de": r"(?:klar|groß|deutlich|echt|nennenswert|gesichert|belegbar|nachweisbar|messbar|erkennbar|statistisch|"
    r"spürbar|eindeutig)e[rnms]?",
}
NO_GAP = {
    "en": r"no (?:{certain}) (?:(?:gender|age|generation|generational|regional) )?(?:gap|difference|divide|split|"
    r"distance)"
    r"(?: (?:between|on|over|in|among)(?= ))?",
    "de": r"(?:kein|keinen|ohne) (?:{certain}) (?:unterschied|abstand|graben|gefälle)(?: zwischen| bei| beim| unter)?",
}
NO_MOVE = {
    "en": r"no (?:{certain}) (?:change|shift|movement|trend|rise|fall)(?: in| of)?",
    "de": r"(?:keine?|ohne) (?:{certain}) (?:veränderung|bewegung|trend|verschiebung)(?: bei| beim| im| in)?",
}
BEGINS = {
    "en": r"(?:would )?(?:start|begin)s? with|(?:put|rank|name)s?(?= .{2,40} first)",
    "de": r"(?:würden?|wollen|will) (?:mit|bei)(?= .{3,40} (?:anfangen|beginnen))",
}
FIRST_OF_ALL = {
    "en": r"first(?: of all)?",
    "de": r"zuerst|als erste[sr]?|anfangen|beginnen|erst(?= d)",
}
ASKS_FIRST = re.compile(r"\b(?:first|zuerst|als erste[srn]?)\b", re.IGNORECASE)


def quantities_of(shown: Shown) -> Iterator[KnownWord]:
    """Yields what knows quantities and their strength in the language of the words."""
    language = shown.language
    for times, words in MORE_THAN_ONCE[language].items():
        as_often = rf"(?:{words}) (?:as|so) (?:{OFTEN[language]})(?: (?:on|to|about|of|with)(?! the \w+ as))?"
        yield known("times", as_often, value=float(times))
        if language == "en":
            yield known("times", rf"(?:{words}) as(?= {AGAINST}\b)", value=float(times))
    if language == "en":
        yield known("highest", rf"(?:are |is )?(?:the )?most(?= {AGAINST}\b)")
        yield known("lowest", rf"(?:are |is )?(?:the )?least(?= {AGAINST}\b)")
        if -1 in shown.sides:
            yield known("stance", rf"{AGAINST}(?: of| to| towards?| about| with)?", value=-1)
        else:
            yield known("unknown", rf"(?<=more |most |less ){AGAINST}", rf"(?<=least ){AGAINST}")
    elif not shown.numbered:
        yield known("more", rf"{CLEARLY['de']}(?:{MORE_AGAINST})(?: gegenüber)?", value="against")
    if shown.view.by and not shown.view.every:
        yield known("tie", NO_GAP[language].format(certain=CERTAIN[language]), value="chance")
    if shown.view.every and not shown.view.by:
        yield known("steady", NO_MOVE[language].format(certain=CERTAIN[language]))
    if not shown.sides and ASKS_FIRST.search(plain_text(shown.view.question.text)):
        yield known("want", BEGINS[language], value=1)
        yield known("filler", FIRST_OF_ALL[language])
    yield from _points(language)
    yield from _moves(shown)
    yield from _strength(shown)
    yield from _qualities(shown)
    if not shown.sides:
        yield known("want", WANTED[language], value=1)
    elif 1 in shown.sides:
        yield known("stance", WANTED[language], value=1)
    if not shown.view.by:
        yield known("tie", SHARED_FIRST[language], value="first")
    asked = plain_text(f"{shown.view.question.text} {shown.view.survey.title}").lower()
    for day in WEEKDAYS[language]:
        if day in asked:
            yield known("topic", rf"(?:on |am )?{day}s?")
    if shown.takes_away and {1, -1} <= set(shown.sides):
        yield known("stance", rf"(?:{RID_OF[language]}){OF_THE_THING}", value=1)
        yield known("unknown", RID_OF[language], "end(?:s|ed|ing)? the" if language == "en" else "ende")
        if shown.taken_away.endswith("ung"):  # whoever goes on to do it does not want it to end
            deeds = "|".join(re.escape(shown.taken_away[at:-3]) for at in range(len(shown.taken_away) - 7))
            yield known("stance", rf"weiter(?:hin)?(?= .{{0,30}}\b(?:{deeds})(?:en|t)\b)", value=-1)


def _points(language: str) -> Iterator[KnownWord]:
    """Yields points that are told in words by ones and halves."""
    if language == "en":
        yield known("points", r"(?:a|one) (?:full |whole )?(?:percentage )?point", value=0.01)
        yield known("points", r"half a (?:percentage )?point", value=0.005)
        yield known("points", r"one and a half (?:percentage )?points", value=0.015)
        yield known("filler", r"either(?= .{2,40} or )")
    else:
        yield known("points", r"(?:ein|einen|einem)(?: ganze[nr]?| volle[nr]?)? (?:prozent)?punkt", value=0.01)
        yield known("points", r"(?:ein|einen|einem) halbe[nr] (?:prozent)?punkt", value=0.005)
        yield known("points", r"(?:anderthalb|eineinhalb) (?:prozent)?punkte", value=0.015)
        yield known("near", r"gut(?= (?:doppelt|zwei|drei|vier|fünf)\w* ?(?:so|mal)?)", value="just over")
        yield known("filler", r"entweder(?= .{2,40} oder )")


def _moves(shown: Shown) -> Iterator[KnownWord]:
    language, every = shown.language, shown.view.every or ""
    loses, gains = LOSES[language]
    points = r"(?= .{0,30}(?:points?|punkte?n?)\b)"
    yield known("down", f"(?:{loses})(?! by){points}")
    yield known("up", f"(?:{gains}){points}")
    half = "half" if language == "en" else "die hälfte"
    yield known("down", f"(?:{loses}) {half}{ITS[language]}", value=0.5)
    if not shown.view.every or shown.view.by or len(shown.periods) < 2:
        return
    yield known("ahead", OVERTAKES[language], value="overtakes")
    for tag, verbs in (("down", loses), ("up", gains + (r"|w[io]ns?" if language == "en" else ""))):
        its, majority = (r"(?:its|their|the|an?) ", "majority") if language == "en" else (
            r"(?:ihre|seine|die|eine) ", "mehrheit")  # fmt: skip
        yield known("down" if tag == "down" else "up", f"(?:{verbs}) {its}{majority}",
                    rf"{its}{majority} (?:{verbs}|eingebüßt)", value="majority")  # fmt: skip
    ending = "e" if language == "de" else ""
    for nth, place in ORDINALS[language].items():
        yield known("every group", *(form.format(nth=nth + ending, unit=UNITS[language].get(every, "time"))
                                     for form in IN_A_ROW[language]), value=place)  # fmt: skip
    if every in UNITS[language]:
        words = NUMBERS[language]
        count = "|".join([str(len(shown.periods)), *(name for name, one in words.items() if one == len(shown.periods))])
        unit = UNITS[language][every]
        yield known("every group", EVERY_PERIOD[language].format(unit=unit, count=f"(?:{count})"),
                    WEEK_BY_WEEK[language].format(unit=unit), value="period")  # fmt: skip
    yield known("every group", STILL_SO[language], value="period")
    yield known("filler", "still(?= \\d| a majority| more than)", "noch(?= eine| \\d|$)")


def _strength(shown: Shown) -> Iterator[KnownWord]:
    if shown.degrees and {1, -1} <= set(shown.sides):
        yield known("degree", STRONG[shown.language])


def strongest_of(shown: Shown, side: str) -> str | None:
    """Returns the strongest answer of a side, as "strongly agree" is of those who agree; None where none is told."""
    labels = {one.value: plain_text(one.label) for one in shown.view.question.choices}
    found = [value for value in shown.parts.get(side, ()) if STRONGEST.search(labels.get(value, ""))]
    return found[0] if len(found) == 1 else None


def strongly_told(mark: Piece, language: str) -> list[Piece]:
    """Returns the mark of a side parted from the "strongly" that stands within its words, as in "is strictly against".

    Where answers come in degrees it is the strongest of them that is meant, and not the whole side.
    """
    found = re.search(rf"(?<!\w)(?:{STRONG[language]})(?!\w)", mark.text, re.IGNORECASE)
    if mark.tag != "stance" or found is None:
        return [mark]
    word = Piece(mark.start + found.start(), mark.start + found.end(), found[0], "degree")
    rest = (mark.text[: found.start()] + mark.text[found.end() :]).replace("  ", " ").strip()
    return [word, replace(mark, start=word.end, text=rest)] if rest else [mark]


def _qualities(shown: Shown) -> Iterator[KnownWord]:
    """Yields "more reliable" and "completely reliable" of a scale of numbers that asks how reliable something is."""
    language, text = shown.language, plain_text(shown.view.question.text)
    asked = HOW[language].search(text)
    quality = asked[1].lower() if asked and asked[1].lower() not in NO_QUALITY else ""
    for word in dict.fromkeys(re.findall(r"[^\W\d_]{5,}", text.lower())):
        stem = re.sub(r"(?:able|ible|y|e|ig|lich|en|er)$", "", word) if language == "en" else word
        if len(stem) >= MADE_OF:
            yield known(
                "topic", rf"(?:the |their |our |das |die |ihr |der )?{re.escape(stem)}\w{{0,3}}{NOUNS[language]}"
            )
    if not (quality and shown.numbered):
        return
    more = {quality + "er", re.sub("y$", "i", quality) + "er", re.sub("e$", "", quality) + "er"}
    clearly, longer, shorter = CLEARLY[language], *(("mehr", "weniger") if language == "de" else ("more", "less"))
    yield known("more", *(clearly + re.escape(one) for one in more), rf"{clearly}{longer} {quality}", value="quality")
    less = [rf"{clearly}{shorter} {quality}"] + [rf"{clearly}un{re.escape(one)}" for one in more if language == "de"]
    yield known("fewer", *less, value="quality")
    for step, called in ENDS_TOLD.findall(text):
        value = shown.numbered.get(int(step))
        if value is not None:
            name = re.escape(called.strip().lower())
            orders = [rf"{name} {quality}"]
            if name.startswith(("not\\ ", "not ")):
                orders.append(rf"not {quality} {name.removeprefix('not').lstrip(chr(92)).lstrip()}")
            yield known("choice", *orders, value=value)
