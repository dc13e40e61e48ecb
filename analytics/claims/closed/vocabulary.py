"""What is known of a text read freely: a figure's answers, groups and periods by their many names, and its topic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations
from types import ModuleType
from zoneinfo import ZoneInfo

from analytics.claims.closed import idioms_english, idioms_german
from analytics.claims.closed.bands import bands_of
from analytics.claims.closed.composed import phrases_of
from analytics.claims.closed.concepts import FULLY, NOT_AT_ALL, SIDED, SYNONYMS, about_same, same_as
from analytics.claims.closed.figure import LIMITS, MEN, OF_THE_THING, TAKES_AWAY, WOMEN, Shown, ages
from analytics.claims.closed.framing import framing_of
from analytics.claims.closed.marks import KnownWord, known
from analytics.claims.closed.quantities import NUMBERS, quantities_of
from analytics.claims.closed.stretches import stretches_of
from analytics.claims.closed.translated import called, names_of
from analytics.language.text import plain_text

LEADING = {
    "en": re.compile(
        r"^(?:(?:turn|convert|make|transform|change|rebuild|redevelop|develop|use|reopen|open|build|create|put|keep|"
        r"have|add|"
        r"give|plant|bring|move|set up|it|them|into|in|by|at|on|as|for|to|an?|the|of|with|new|my|our|their)\s+)+"
    ),
    "de": re.compile(
        r"^(?:(?:ein|eine|einen|einer|einem|der|die|das|den|dem|in|im|zu|zum|zur|als|mit|auf|am|an|bei|für|"
        r"neue[rsn]?|es|sie|"
        r"mein|meine|unser|unsere)\s+)+"
    ),
}
ENDING = {
    "en": re.compile(r"\s+(?:there|instead|on it|on the site)$"),
    "de": re.compile(r"\s+(?:umbauen|umwandeln|bauen|einrichten|machen|schaffen|errichten|eröffnen|nutzen)$"),
}
ARTICLE_OF = {"en": "the |an? |more |new ", "de": "d(?:er|ie|as|en|em|es) |ein(?:e[nmrs]?)? |mehr |neue[rsnm]? "}
JOINED = re.compile(r"\s(?:and|und|&)\s|,\s|\s?/\s?", re.IGNORECASE)
"""What joins the things that one answer names together."""
EITHER = re.compile(r"([^,]{3,40}?) (?:or|and|oder|und) ([^,]{3,40})", re.IGNORECASE)
SAYS_YES = re.compile(r"^(?:yes|ja),?\s+(?:but\s+|aber\s+)?(?:only\s+|nur\s+)?")
OPPOSITES: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "en": (
        (r"\bopen(?:ed|ing)?\b(?!-air)", (
            "(?:stay(?:s|ing)? |remain(?:s|ing)? |kept |keep(?:s|ing)? |be )?(?:closed|shut)",
            "clos(?:e|ing|ure)(?: down)?", "shut(?:ting)?(?: down)?")),
        (r"\b(?:allow|permit|legali[sz])\w*", ("ban(?:s|ned|ning)?", "forbid(?:den)?", "prohibit(?:ed|ing)?",
            "outlaw(?:ed|ing)?", "(?:remain|stay|be|is|are) illegal")),
        (r"\b(?:ban|prohibit|forbid|outlaw)\w*", ("allow(?:s|ed|ing)?", "permit(?:s|ted|ting)?", "legal")),
        (r"\b(?:raise|increase)\w*", ("lower(?:s|ed|ing)?", "reduc(?:e|es|ed|ing)", "cut(?:s|ting)?")), (
            r"\b(?:build|built)\w*", ("stop(?:s|ped|ping)?", "block(?:s|ed|ing)?")),
        (r"\bheat\w*", ("unheated", "cold")), (r"\b(?:compulsory|mandatory)\b", ("voluntary", "optional")),
        (r"\bkeep\w*", ("scrap(?:s|ped|ping)?", "abolish(?:ed|ing)?", "ax(?:e|ed|ing)", "sell(?:ing)?", "sold",
            "gone")),
    ),
    "de": (
        (r"öffn|offen|geöffnet", ("(?:zu|geschlossen|dicht)(?: bleiben| bleibt| lassen)?(?=$|[.,:;!?]| bleib| lass)",
            "zu bleiben", "schließen", "schließung", "ruhetag(?: bleib(?:en|t))?")),
        (r"erlaub|zulassen|zugelassen|legalis|freigeb", ("verbieten", "verboten", "verbot", "untersagen", "untersagt")),
        (r"verbiet|verbot|untersag", ("erlauben", "erlaubt", "zulassen", "zugelassen")), (r"erhöh|anheb", ("senken",
            "gesenkt", "senkung")),
        (r"verpflicht|pflicht", ("freiwillig(?:e[nrs]?)?",)), (r"bauen|gebaut|\bbau\b", ("stoppen", "verhindern",
            "baustopp")),
        (r"erhalten|bewahr|bleiben", ("abreißen", "abgerissen", "abriss", "verkaufen", "abschaffen")),
        (r"\ban der leine|angeleint", ("ohne leine", "frei(?: herum)?laufen(?: lassen)?", "leinenlos", "unangeleint")),
    ),
}  # fmt: skip
"""By what a question asks, what somebody says who answers no."""
LEAVE_SHUT = {
    "en": r"(?:would )?(?:keep|leave)s?(?=(?: (?!from\b|not\b|out\b|off\b)[^\W\d_]+){1,4} (?:closed|shut)(?!\w))",
    "de": r"(?:lassen|halten|lässt|hält)(?=(?: (?!nicht\b|aus\b)[^\W\d_]+){1,4} (?:zu|geschlossen|dicht)(?!\w))",
}
"""What stands apart from an answer that is against opening, as "keep" of "keep libraries shut" does."""
KEEPS = {
    "en": (
        "keep(?:s|ing)?",
        "retain(?:s|ing)?",
        "hold(?:s|ing)? on to",
        "stick(?:s|ing)? (?:with|to)",
        "preserv(?:e|es|ing)",
    ),
    "de": (
        "festhalten(?: an)?",
        "beibehalten",
        "behalten",
        "halten(?= .{3,40}fest)",
        "hält(?= .{3,40}fest)",
        "hielt(?:en)?(?= .{3,40}fest)",
        "bewahren",
    ),
}
"""How one is for a thing that is asked to be ended."""
STEPS_CALLED: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "en": (
        (r"not at all|none(?: at all)?", ("not at all", "at all", "none at all")),
        (r"a great deal|very much|a lot|completely", ("a great deal(?: of)?", "very much", "a lot(?: of)?", "fully",
            "completely", "complete")),
        (r"a fair amount|quite a lot|somewhat", ("a fair amount(?: of)?", "quite a lot(?: of)?", "somewhat",
            "a fair degree(?: of)?")),
        (r"not very much|not much|very little|little", ("not very much", "not much", "not much of", "very little")),
    ),
    "de": (
        (r"gar nicht|überhaupt nicht|gar kein \w+", ("gar nicht", "überhaupt nicht", "gar kein", "überhaupt kein",
            "kein bisschen")),
        (r"sehr|voll und ganz|sehr stark|sehr viel", ("sehr(?! viele?)", "voll und ganz", "uneingeschränkt", "völlig",
            "voll")),
        (r"eher(?: schon)?|ziemlich", ("eher schon", "ziemlich")), (r"eher nicht|kaum|wenig", ("eher nicht", "kaum")),
    ),
}  # fmt: skip
"""By a pattern of an answer's label what that degree is also called."""
MIXED = {"en": re.compile(r"\bmix\b|\bmixture\b|\bboth\b"), "de": re.compile(r"mischung|beides|\bmix\b")}
MIXED_NAMES = {
    "en": ("(?:a )?(?:mix|mixture|combination|blend)(?: of (?:both|the two|home and office))?",
        "(?:the )?(?:best of )?both(?: worlds)?", "hybrid(?: working)?",
           "(?:split|divide|share)(?: their)? (?:time|week|days)(?: between home and (?:the )?office)?",
               "half and half"),
    "de": ("(?:eine |einen )?(?:mischung|mix|kombination)(?: aus beidem)?", "beides", "hybrid", "halb und halb"),
}  # fmt: skip
WHO_OF = {
    "en": "(?:respondents|readers|participants|ones|dwellers)",
    "de": "(?:befragten?|leser(?:n|innen)?|teilnehmer(?:n|innen)?|teilnehmenden?)",
}
PLACES = {
    "en": (
        "city|urban|town|in town|city-based|townspeople|townsfolk|city dwellers",
            "suburb|suburbs|suburban|outskirts|suburbia|outlying districts|edge of town",
        "village|villages|rural|country|countryside|surrounding villages|villagers|hamlets",
            "city centre|centre|inner city|inner-city|central|town centre|downtown",
        "north|northern|northerners|the north|up north", "south|southern|southerners|the south|down south",
            "east|eastern|easterners|the east", "west|western|westerners|the west",
        "owner|owners|homeowners|home owners|owner-occupiers", "tenant|tenants|renters|those who rent",
            "employed|in work|working", "retired|pensioners|retirees|in retirement",
        "student|students|in education", "degree|graduate|graduates|university|university-educated|with a degree",
            "no degree|without a degree|non-graduates",
        "subscriber|subscribers|subscribing", "non-subscriber|non-subscribers",
            "car owner|drivers|car owners|motorists|drives",
    ),
    "de": (
        "stadt|städtisch|städtische|städtischen|städter|stadtbewohner|in der stadt",
            "stadtrand|vorort|vororte|vororten|umland|randbezirke|speckgürtel",
            "land|dorf|dörfer|ländlich|ländliche|ländlichen|auf dem land|dörfern|landbewohner",
        "innenstadt|zentrum|stadtmitte|kernstadt", "nord|norden|nördlich|nördlichen", "süd|süden|südlich|südlichen",
            "ost|osten|östlich|östlichen|ostdeutsche", "west|westen|westlich|westlichen|westdeutsche",
        "mieter|zur miete|mieterinnen", "eigentümer|eigentum|eigenheim|hausbesitzer|wohneigentum",
            "berufstätig|erwerbstätig|berufstätige|berufstätigen|erwerbstätige",
            "ruhestand|rentner|im ruhestand|rentnerinnen|pensionäre",
        "student|studenten|studierende|studierenden", "abonnent|abonnenten|abonnentinnen|abo", 
    ),
}  # fmt: skip
"""Lines of what groups are called by where and how their people live."""
EACH_ONE = {
    "en": "all|every|each|blanket|across-the-board|universal",
    "de": "alle[nr]?|jede[nrsm]?|sämtliche[nr]?|flächendeckende[nrm]?|generelle[nrms]?|ausnahmslose[nrm]?",
}
"""How an answer that is for all of a thing says so."""
OTHER_LANGUAGE = {"en": "de", "de": "en"}
SAME_PLACES = tuple(
    {"en": english, "de": german}
    for english, german in (
        (0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (7, 7), (8, 9), (9, 8), (10, 10), (11, 11), (12, 12),
        (15, 13),
    )
)  # fmt: skip
"""Which line of the one language is which of the other."""
DEEDS_ASKED: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "en": (
        (r"^(?:knock|tear|pull) (?:it|them) down|^demolish|^flatten", (
            "demolish(?:ed|ing)?", "demolition", "(?:knock|tear|torn|pull)(?:ed|ing)?(?: it)? down",
                "bulldoz(?:e|ed|ing)", "raz(?:e|ed|ing)",
            "flatten(?:ed|ing)?", "the (?:bulldozers?|wrecking ball)")),
        (r"^(?:leave|keep) (?:it|them|things|everything) (?:as|the)|^do nothing|^no change", (
            "stay(?:s|ing)?(?: (?:the way|as) (?:it|they) (?:is|are)| put| the same)?",
                "remain(?:s)? (?:as (?:it|they) (?:is|are)|unchanged|the same)",
            "(?:leave|keep)(?:s|ing)? (?:it|them|things|everything) (?:the way|as|just as) (?:it|they|things) "
                "(?:is|are)", "unchanged", "no change")),
        (r"\bthe same$|\bunchanged$", ("(?:the )?same(?: again| amount| as now)?",
            "leave(?: .{3,40})? (?:as it is|alone|unchanged|untouched)", "unchanged", "no change")),
        (r"\bless$|^less |^fewer ", ("cut(?:s|ting)?(?: back)?(?: on)?", "trim(?:med|ming)?", "slash(?:ed|ing)?",
            "less(?: money)?(?: on| for)?", "reduc(?:e|ed|ing)", "sav(?:e|ing) (?:on|money on)")),
        (r"\bmore$|^more ", ("more(?: money| cash)?(?: on| into| for)", "increas(?:e|ed|ing)",
            "put(?:ting)? more(?: money| cash)? into", "spend(?:ing)? more(?: money| cash)?(?: on)?")),
        (r"^sell", ("sell(?:ing)?(?: it)?(?: off)?", "sold(?: off)?", "a sale", "sale")),
        (r"^(?:close|shut)", ("clos(?:e|ed|ing|ure)(?: it)?(?: down)?", "shut(?:ting)?(?: it)?(?: down)?")),
        (r"^(?:abolish|scrap|end|axe)", ("abolish(?:ed|ing)?", "scrap(?:ped|ping)?", "abolition", "ax(?:e|ed|ing)")),
        (r"^(?:raise|increase)", ("rais(?:e|ed|ing)(?: it| them)?", "increas(?:e|ed|ing)(?: it| them)?", "higher",
            "put(?:ting)? (?:it|them) up")),
        (r"^(?:lower|cut|reduce)", ("lower(?:ed|ing)?(?: it| them)?", "cut(?:ting)?(?: it| them)?",
            "reduc(?:e|ed|ing)(?: it| them)?")),
    ),
    "de": (
        (r"abreißen|abreissen", ("abreißen", "abgerissen", "abriss", "abreissen", "reißen", "plattmachen",
            "abrissbirne", "einen abriss", "den abriss")),
        (r"(?:so )?lassen|nichts ändern|beim alten|unverändert", ("(?:so )?lassen,? wie (?:es|er|sie) (?:ist|sind)",
            "unverändert(?: lassen)?", "beim alten(?: lassen)?", "nichts ändern", "erhalt")),
        (r"verkaufen", ("verkaufen", "verkauft", "verkauf", "einen verkauf")), (r"schließen", ("schließen",
            "geschlossen", "schließung")),
        (r"abschaffen", ("abschaffen", "abgeschafft", "abschaffung")),
        (r"erhöhen", ("erhöhen", "erhöht", "erhöhung")), (r"senken", ("senken", "gesenkt", "senkung")),
    ),
}  # fmt: skip
"""Answers that say what should be done, and how that is also said."""
IDIOMS = {"en": idioms_english, "de": idioms_german}
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
        r"young|younger|new|public|only|double|average|leading|top|rising|falling|growing|no|first|second|third|one|"
        r"two|three|"
        r"four|five|most|free|light|half|full|single|all|every|always|never|still",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"mehr|weniger|(?:höher|niedriger|größer|kleiner|besser|stärker|billiger|schneller|länger|kürzer|alt|älter|"
        r"jung|"
        r"jünger|neu|doppelt|steigend|sinkend|öffentlich|erst|zweit|dritt|frei|halb|ganz|einzig)(?:e[nmrs]?)?|zwei|"
        r"drei|vier|"
        r"fünf|alle[nrs]?|jede[nrsm]?|immer|nie|noch|zuerst",
        re.IGNORECASE,
    ),
}
"""Words that a headline claims something with, unless they are the question's own before the noun there."""
I_AM = re.compile(
    r"[“\"„]I(?:['’]m| am| would|['’]d)? ([^“”\".?!]+?)(?= (?:for|in|on|at|from|with|of|because|than)\b|[.”\"])",
    re.IGNORECASE,
)
TUE_ICH = re.compile(r"\b([a-zäöüß]{3,}?)e ich ((?:[a-zäöüß]+ )?[a-zäöüß]+)(?=[.“\"])")
"""How a statement says what somebody is or does, in the first person."""
VERB_MORE = re.compile(r"\b(\w+) (more|less)$")
DONE = re.compile(r"(?:\w{2,4})?ge(\w{3,}?)(?:t|en)")
"""A participle, of whose middle a noun can be made: "Sperre" of "gesperrt"."""
PARTED = re.compile(r"(stimm|triff)(?:e|t) (.+) (zu)", re.IGNORECASE)
"""An answer whose verb has its first part behind: "Stimme eher nicht zu"."""
TAILS = (
    "frage", "umfrage", "debatte", "streit", "plan", "pläne", "idee", "vorschlag", "vorhaben", "projekt", "thema",
    "diskussion", "entscheidung", "regelung", "regel", "angebot", "votum",
)  # fmt: skip
COMPOUND_SIDES = (("vertrau", "vertrauen", "misstrauen"), ("zufried", "zufriedenheit", "unzufriedenheit"))
DAYS_OF_A_SEASON = 95
HALF_A_YEAR = 6
"""Months; from the first to the last of seven is half a year too."""
LEAVES = re.compile(r"\bleave\b|\bas it is\b|so lassen|beim alten|nichts ändern|status quo", re.IGNORECASE)


def tables_of(shown: Shown, free: ModuleType, language: str) -> list[list[KnownWord]]:
    """Returns what is known of a text: from the figure, from the language, and from the question."""
    return [
        [*_own(shown, free, language), *shown.table], list(free.WORDS), list(_topic(shown, free, language)),
        list(shown.words.WORDS), shown.topics, list(IDIOMS[language].WORDS),
    ]  # fmt: skip


def _own(shown: Shown, free: ModuleType, language: str) -> Iterator[KnownWord]:
    yield known(
        "filler",
        r"with(?= (?:(?:only|just|about|nearly|almost|over|more than|some) )*"
        r"(?:\d|half|a |one |two |women|men|readers|young|old))",
    )
    yield known(
        "filler",
        "most(?= *(?:$|[.,:;!?])| for the| to )",
        "first(?= *(?:$|[.,:;!?]))",
        "trails?(?= in (?:third|last|second))",
    )
    yield from framing_of(shown)
    yield from phrases_of(shown)
    yield from quantities_of(shown)
    yield from stretches_of(shown)
    yield from bands_of(shown)
    yield from _ordered(shown, free)
    yield from _groups(shown, free, language)
    yield from _times(shown, free)
    yield from _answers(shown, free, language)
    yield from _sides(shown, free, language)
    yield from _said_of_oneself(shown, language)
    yield from _scale_told(shown, language)


def _scale_told(shown: Shown, language: str) -> Iterator[KnownWord]:
    """What a scale of numbers is called by its first and last step: "on a scale of one to five", "Fünferskala"."""
    steps = [round(one.score) for one in shown.view.question.choices if one.score is not None]
    if shown.view.question.kind != "scale" or len(steps) < SHORT_LABEL:
        return
    first, last = ("|".join(_names_of(step, language)) for step in (min(steps), max(steps)))
    count = "|".join(_names_of(len(steps), language))
    if language == "en":
        yield known("filler", rf"(?:on |from )?(?:a|the|our) scale (?:of|from) (?:{first}) (?:to|through) (?:{last})",
                    rf"(?:on |from )?(?:a|the|our) (?:{count})-(?:point|step) scale")  # fmt: skip
    else:
        yield known("filler", rf"(?:auf |in )?(?:der|einer|unserer) (?:skala von (?:{first}) bis (?:{last})|"
                    rf"(?:{count})(?:er|-punkte|-stufen|stufigen )-?skala)")  # fmt: skip


def _names_of(number: int, language: str) -> list[str]:
    return [str(number), *(name for name, one in NUMBERS[language].items() if one == number and name != "a")]


def _groups(shown: Shown, free: ModuleType, language: str) -> Iterator[KnownWord]:
    groups = [levels for levels in dict.fromkeys(row.levels for row in shown.rows) if len(levels) == 1]
    aged = [(each, found) for each in groups if (found := ages(shown.group(each)))]
    for place, (each, (low, high)) in enumerate(aged):
        patterns = list(free.OVER) if high is None else [*free.WITHIN, *(free.UNDER if place == 0 else ())]
        for pattern in patterns:
            if place not in (0, len(aged) - 1) or len(aged) > 1:
                top = high if pattern in free.WITHIN or high is None else high + 1
                yield known("group", pattern.format(low=low, high=top), value=each)
        if high == low + 9 and low in free.DECADES:
            yield known(
                "group", *(one.format(decade=free.DECADES[low], low=low) for one in free.OF_A_DECADE), value=each
            )
    for each in groups:
        label = shown.group(each)
        yield from _places(shown, each, label, language)
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


def _places(shown: Shown, each: tuple[str, ...], label: str, language: str) -> Iterator[KnownWord]:
    """What a group is also called by where its people live, where no other group is called so too."""
    who = WHO_OF[language]
    if not re.search(r"\d", label):
        stem = re.escape(re.sub(r"s$", "", label)) if language == "en" else re.escape(label)
        yield known("group", rf"(?:the )?{stem}s?(?:['’]s|ers)? {who}", value=each)
        yield known(
            "group",
            rf"{who}(?:, die)? (?:who live |living |who live out |from |in |aus |im |in der |in den )+(?:the "
            rf")?{re.escape(label)}",
            value=each,
        )
    if parted := re.fullmatch(r"(with|without|mit|ohne) (\w+)", label, re.IGNORECASE):
        yield known(
            "group", rf"(?:those |{who} |die |denen )?{parted[1]} {parted[2]}", rf"those {parted[1]}", value=each
        )
    if lacks := re.fullmatch(r"(?:without|no|ohne|keine?) (\w+)", label, re.IGNORECASE):
        yield known("group", rf"(?:those |{who} |people )?(?:without|with no|who have no) {lacks[1]}",
                    rf"(?:{who},? |die |denen )?(?:ohne|die keine) {lacks[1]}n?", value=each)  # fmt: skip
    others = [shown.group(one).lower() for one in dict.fromkeys(row.levels for row in shown.rows) if len(one) == 1]
    for at, line in enumerate(PLACES[language]):
        names = line.split("|")
        elsewhere = PLACES[OTHER_LANGUAGE[language]]
        paired = [two[OTHER_LANGUAGE[language]] for two in SAME_PLACES if two[language] == at]
        all_names = [*names, *(name for other in paired for name in elsewhere[other].split("|"))]
        mine = [name for name in all_names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", label.lower())]
        taken = sum(any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", other) for one in all_names) for other in others)
        if mine and taken == 1:
            told = "|".join(re.escape(name) for name in names if not shown.quotes(name))
            bare = "|".join(re.escape(name) for name in names)
            if told:
                yield known(
                    "group",
                    rf"(?:those |{who} )?(?:in |from |of |im |in der |aus |aus dem |aus der |auf dem |vom )?(?:the "
                    rf"|den |dem |der )?(?:{told})(?: {who})?",
                    value=each,
                )
            yield known(
                "group",
                rf"(?:the )?(?:{bare})(?:er)? {who}",
                rf"{who} (?:in|from|im|aus|in der|aus der|aus dem|auf dem|vom) (?:the |dem |der |den )?(?:{bare})",
                value=each,
            )


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
        if len(shown.periods) in (HALF_A_YEAR, HALF_A_YEAR + 1):
            yield known("filler", *free.HALF_A_YEAR_LONG)
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
            yield from _cores(shown, choice.value, language)
            for name, others in SYNONYMS[language]:
                if bare == name:
                    more = f"{re.escape(name)}-?(?:ideas?|idee|lösung|fans?|plans?|pläne)?"
                    yield known("choice", *others.split("|"), more, value=choice.value)
    if shown.view.question.kind == "scale":
        yield from _steps(shown, free, language)
    yield from _translated(shown, language)
    yield from _parted(shown)
    yield from _degrees_together(shown)
    for choice in choices if shown.degrees else ():
        label = plain_text(choice.label).lower()
        for meant, names in STEPS_CALLED[language]:
            if re.fullmatch(meant, label):
                yield known("choice", *names, value=choice.value)


def _parted(shown: Shown) -> Iterator[KnownWord]:
    """What knows "agree" in two words around what is agreed with, as "stimmen der Maut gar nicht zu" does."""
    for choice in shown.view.question.choices:
        if found := PARTED.fullmatch(plain_text(choice.label)):
            stem, adverbs, prefix = re.escape(found[1].lower()), re.escape(found[2].lower()), found[3]
            yield known("choice", rf"{adverbs} {prefix}", rf"{stem}(?:t|en|ten|te)? {adverbs} {prefix}",
                        value=choice.value)  # fmt: skip
            yield known("filler", rf"{stem}(?:t|en|ten|te)(?= (?:[^,;:.!?]+ )?{adverbs} {prefix}(?!\w))")


def _translated(shown: Shown, language: str) -> Iterator[KnownWord]:
    """What answers in the other language are called in this one, where no two of them are called so."""
    article = "(?:the )?" if language == "en" else "(?:d(?:er|ie|as|en|em|es) |ein(?:e[nmrs]?)? |mehr |neue[rnsm]? )?"
    names = {one.value: names_of(plain_text(one.label), language) for one in shown.view.question.choices}
    for value, mine in names.items():
        taken = {name for other, theirs in names.items() if other != value for name in theirs}
        own = [article + re.escape(name) for name in mine if name not in taken]
        if own:
            yield known("choice", *own, value=value)


ADVERBS = {
    "very": ("sehr",), "fairly": ("eher", "ziemlich"), "somewhat": ("eher", "etwas"), "rather": ("eher",),
    "quite": ("ziemlich", "eher"), "sehr": ("very",), "eher": ("fairly", "somewhat", "rather"),
    "ziemlich": ("fairly", "quite", "rather"),
}  # fmt: skip
"""How a degree is called in the other language."""


def _degrees_of(shown: Shown, names: dict[int, str]) -> Iterator[KnownWord]:
    """What a degree of a side is called by another word for the side: "very unhappy" for "very dissatisfied"."""
    for side, key in shown.sides.items():
        for choice in shown.view.question.choices:
            adverb = re.match(
                r"(very|fairly|somewhat|rather|quite|sehr|eher|ziemlich) ", plain_text(choice.label), re.IGNORECASE
            )
            if side in names and adverb and choice.value in shown.parts.get(key, ()):
                said = "|".join(dict.fromkeys([adverb[1], *ADVERBS.get(adverb[1].lower(), ())]))
                yield known("choice", rf"(?:{said}) (?:{names[side]})", value=choice.value)


def _degrees_together(shown: Shown) -> Iterator[KnownWord]:
    """What names several degrees of a side at once: "good or very good", "very or fairly satisfied"."""
    labels = {one.value: plain_text(one.label) for one in shown.view.question.choices}
    joins = "(?:and|or|to|oder|und|bis)"
    for key, values in shown.parts.items():
        for one, other in permutations([value for value in values if value in labels], 2):
            yield known("choice", rf"{re.escape(labels[one])} {joins} {re.escape(labels[other])}", value=key)
            first, _, noun = labels[one].rpartition(" ")
            second, _, same = labels[other].rpartition(" ")
            if first and second and noun == same:
                yield known("choice", rf"{re.escape(first)} {joins} {re.escape(second)} {re.escape(noun)}", value=key)


def core_of(label: str, language: str) -> str:
    """Returns what an answer is about without the words that only say what to do with it.

    Example:
        >>> core_of("Turn it into a concert hall", "en"), core_of("In eine Markthalle umbauen", "de")
        ('concert hall', 'markthalle')
    """
    bare = SAYS_YES.sub("", ENDING[language].sub("", plain_text(label).lower()))
    return LEADING[language].sub("", bare).strip()


def _cores(shown: Shown, value: str, language: str) -> Iterator[KnownWord]:
    """What an answer is called in short, and by words that mean the same, where those are no other answer's."""
    choices = shown.view.question.choices
    labels = {one.value: plain_text(one.label) for one in choices}
    cores = {one.value: core_of(one.label, language) for one in choices}
    core, asked = cores[value], plain_text(shown.view.question.text).lower()
    others = [plain_text(one.label).lower() for one in choices if one.value != value]
    if whole := re.match(r"(?:for )?(all|every|alle[nr]?|jede[nrsm]?) ", core):
        stems = [
            re.escape(one)
            for one in dict.fromkeys([*about_same(f"{asked} {core}", language), *re.findall(r"\w{4,}", asked)])
        ]
        yield known(
            "choice",
            rf"(?:for |on |of |für )?(?:{whole[1]}|{EACH_ONE[language]}) (?:the |our )?"
            rf"(?:{'|'.join(stems)})(?:s|es|en|n|e)?",
            value=value,
        )
    if MIXED[language].search(core):
        yield known("choice", *free_mixed(language), value=value)
    for deed, same in DEEDS_ASKED[language]:
        if re.search(deed, labels[value], re.IGNORECASE) and not any(
            re.search(deed, other, re.IGNORECASE) for other in others
        ):
            yield known("choice", *same, value=value)
    yield from _joined(value, cores, language)
    yield from _either(value, labels[value].lower())
    if len(core) < SHORT_LABEL or LIMITS.search(core) or not re.search(r"[^\W\d_]", core):
        return
    last = core.split()[-1]
    noun = language == "en" or re.search(rf"\b{re.escape(last.title())}\b", labels[value])
    stops = TAKES_AWAY.search(labels[value])  # who wants parking does not want it cut
    names = {core, last} if len(core.split()) > 1 and noun and not stops else {core}
    for name in names:
        stem = re.escape(re.sub(r"(?:s|e|en)$", "", name) if len(name) > SHORT_LABEL + 2 else name)
        if name in asked or len(name) < SHORT_LABEL or any(re.search(rf"(?<!\w){stem}", other) for other in others):
            continue
        ends = "(?:s|es|ies|['’]s)?" if language == "en" else "(?:s|es|e|en|n|er|ern)?"
        yield known("choice", f"(?:{ARTICLE_OF[language]})?(?:{re.escape(name)}|{stem}){ends}", value=value)
    if stops:
        return
    spoken_of = {one[:SHORT_LABEL] for one in re.findall(r"\w+", asked)}
    same_words = [
        one for one in same_as(core, language)
        if one not in asked and not all(word[:SHORT_LABEL] in spoken_of for word in re.findall(r"\w+", one))
    ]  # fmt: skip
    taken = [one for other in others for one in same_as(core_of(other, language), language)]
    if not set(same_words) & set(taken):
        yield known("choice", *map(re.escape, same_words), value=value)


def _joined(value: str, cores: dict[str, str], language: str) -> Iterator[KnownWord]:
    """Each of the things that an answer names side by side, where no other answer has a word of it."""
    others = " ".join(core for one, core in cores.items() if one != value)
    things = [one.strip() for one in JOINED.split(cores[value])]
    ends = "(?:s|es|['’]s)?" if language == "en" else "(?:s|es|e|en|n|er|ern)?"
    if len(things) == 2 and not LIMITS.search(JOINED.sub(" ", cores[value])):
        for thing in things:
            words = re.findall(r"[^\W\d_]{3,}", thing)
            if words and not any(re.search(rf"(?<!\w){re.escape(word[:5])}", others) for word in words):
                yield known("choice", f"(?:{ARTICLE_OF[language]})?{re.escape(thing)}{ends}", value=value)


def _either(value: str, label: str) -> Iterator[KnownWord]:
    """An answer that names two things with "or": both together, in either order, with "and" too."""
    if found := EITHER.fullmatch(label):
        one, other = (re.escape(re.sub(r"^(?:by|with|in|mit(?: dem| der)?)\s+", "", thing)) for thing in found.groups())
        before = r"(?:by |in |with |mit |im |in den |in der )?(?:the |a |an |de[rnm] |die |das )?"
        yield known("choice", rf"{before}{one}s?(?:,| and| or| und| oder|/) {before}{other}s?",
                    rf"{before}{other}s?(?:,| and| or| und| oder|/) {before}{one}s?", value=value)  # fmt: skip


def free_mixed(language: str) -> tuple[str, ...]:
    """Returns how an answer is called that is some of both."""
    return MIXED_NAMES[language]


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
        upper = f"{shown.label(shown.sides[1])} {plain_text(shown.view.question.text)}".lower()
        for (stem, ups, downs), (elsewhere, *_) in zip(SIDED[language], SIDED[OTHER_LANGUAGE[language]], strict=True):
            if (shown.view.question.kind == "scale" or shown.degrees) and re.search(f"{stem}|{elsewhere}", upper):
                yield known("stance", ups, value=1)
                yield known("stance", downs, value=-1)
                yield from _degrees_of(shown, {1: ups, -1: downs})
        asked = plain_text(shown.view.question.text)
        for deed, opposite in OPPOSITES[language]:
            if re.search(deed, asked, re.IGNORECASE) and not re.search(
                rf"\b(?:{'|'.join(opposite)})\b", asked, re.IGNORECASE
            ):
                would = "(?:would )?" if language == "en" else ""
                yield known("stance", *(would + one for one in opposite), value=-1)
                if any("shut" in one or "geschlossen" in one for one in opposite):
                    yield known("modal", LEAVE_SHUT[language])
        if shown.takes_away:
            yield known("stance", *(one + OF_THE_THING for one in KEEPS[language]), value=-1)
            if language == "de" and not shown.in_question("fest"):
                yield known("filler", "fest(?=$|[.,;:!?])")
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
            if before.lower() in ("mehr", "more"):
                word = r"(?:mehr|neue[rnm]?|weitere[rnm]?|zusätzliche[rnm]?|more|new|extra|additional|further)"
            article = "d(?:er|ie|as|en|em|es) " if language == "de" else "the |an? "
            yield known("topic", rf"(?:{article})?{word}[\s-]+{re.escape(stem)}\w{{0,2}}")


def _said_of_oneself(shown: Shown, language: str) -> Iterator[KnownWord]:
    """What somebody does who agrees to a statement in the first person: "are happy to pay more", "zahlen gern mehr"."""
    text = plain_text(shown.view.question.text)
    if not {1, -1} <= set(shown.sides):
        return
    if language == "en" and (found := I_AM.search(text)):
        yield known("stance", rf"(?:(?:are|is|am|be|would be) )?{re.escape(found[1])}", value=1)
        if more := VERB_MORE.search(found[1]):
            yield known("topic", rf"{more[1]}(?:s|ing)? {more[2]}")
    if language == "de" and (found := TUE_ICH.search(text)):
        verb, how = rf"{re.escape(found[1])}(?:e|en|t|st|te|ten)", re.escape(found[2])
        yield known("stance", f"{verb} {how}", value=1)
        yield known("stance", f"{verb} nicht {how}", value=-1)
        last = found[2].split()[-1]
        if ALSO_CLAIMS[language].fullmatch(last):
            yield known("topic", rf"{re.escape(last)} {re.escape(found[1])}en")


def _compounds(shown: Shown, language: str) -> Iterator[KnownWord]:
    """German nouns that are put together of what the question is about."""
    text = " ".join(map(plain_text, (shown.view.question.text, shown.view.survey.title)))
    if language != "de":
        return
    own = [word for word in re.findall(r"[^\W\d_]{4,}", text) if shown.words.STEMS.sub("", word.lower())]
    stems = {re.escape(shown.words.STEMS.sub("", word.lower())) for word in own if word[0].isupper()}
    same = {one for one in about_same(text, language) if re.fullmatch(r"\w{4,}", one)}
    done = {
        re.escape(match[1]) for word in re.findall(r"[^\W\d_]{6,}", text) if (match := DONE.fullmatch(word.lower()))
    }
    days = {re.escape(word[:-1].lower()) for word in re.findall(r"[^\W\d_]{6,}tags", text)}
    for noun in re.findall(r"[A-ZÄÖÜ][^\W\d_]{7,}ung\b", text):
        yield known("topic", *(rf"{re.escape(noun[at:-3].lower())}(?:en|t)" for at in range(2, len(noun) - 8)))
    begins = "|".join(sorted(stems | same | days, key=len, reverse=True))
    ends = "|".join(sorted(stems | same | done | set(TAILS), key=len, reverse=True))
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
    same = [*about_same(text, language), *(re.escape(one).replace(r"\ ", r"\s+") for one in called(text, language))]
    if same:
        article = "(?:the )?" if language == "en" else "(?:d(?:er|ie|as|en|em|es) )?"
        yield known("topic", *(rf"{article}{one}(?:s|['’]s)?" for one in same))
