"""What the survey itself lets be known: who was asked, the people who stand to be chosen, and how one gets somewhere.

A word that is the survey's own claims no more than the survey does. "Residents" are the people who answered where a
sample of residents was drawn, and a candidate's last name is the candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from analytics.claims.closed.marks import KnownWord, known
from analytics.language.text import plain_text
from analytics.model import Choice, Survey
from analytics.model.sampling import are_readers, drawn_by_chance

PEOPLE: tuple[tuple[str, dict[str, str]], ...] = (
    (r"registered voters?|registrierte\w* wähler\w*",
     {"en": "registered voters?", "de": "registrierte[nr]? wähler(?:n|innen)?"}),
    (r"adults?|erwachsene\w*", {"en": "adults?", "de": "erwachsene[nr]?"}),
    (r"residents?|inhabitants?|einwohner\w*|bewohner\w*",
     {"en": "residents?|inhabitants?", "de": "(?:ein|be)wohner(?:n|innen)?"}),
    (r"citizens?|bürger\w*", {"en": "citizens?", "de": "bürger(?:n|innen)?"}),
    (r"voters?|wähler\w*|wahlberechtigte\w*", {"en": "voters?", "de": "wähler(?:n|innen)?|wahlberechtigte[nr]?"}),
)  # fmt: skip
"""Those a sample is drawn of, by what a population is called, and what a language calls them."""
OF_A_PLACE = re.compile(
    r"\b(?:in|of|from|aus|von|living in)\s+(?:the |der |dem )?([A-ZÄÖÜ][\w-]+(?:\s+[A-ZÄÖÜ][\w-]+)*)"
)
PLAIN = re.compile(
    r"(?:all|the|aged|and|over|older|above|years?|in|of|from|who|lives?|living|und|ab|über|jahren?|der|die|aus|von|\d+)"
)
"""Words of a population that leave nobody of those people out but the young."""
PEOPLE_OF_AGE = {
    "en": ("people(?= (?:aged|over|under|between|\\d))",), "de": ("menschen(?= (?:ab|über|unter|zwischen) \\d)",),
}  # fmt: skip
READERS_OF = (
    re.compile(r"([A-ZÄÖÜ][\w-]{2,}) readers?\b"),
    re.compile(r"\breaders? of (?:the )?([A-ZÄÖÜ][\w-]{2,})"),
    re.compile(r"\b[Ll]eser\w* (?:des|der|von) ([A-ZÄÖÜ][\w-]{2,})"),
)
READERS = re.compile(r"\b(?:readers?|leser\w*|subscribers?|abonnent\w*)\b", re.IGNORECASE)
NO_READERS = {
    "en": ("(?:our |the |of our |of the |of )?(?:female |male |women )?readers?(?:['’])?(?: of the paper)?",
           "readership"),
    "de": ("(?:unsere[rnm]? |der |die |den )?leser(?:n|innen)?(?: und leser(?:n)?)?", "leserschaft"),
}  # fmt: skip
"""Those who were not asked where a sample of others was drawn."""
NO_NAMES = {"our", "the", "all", "unsere", "most", "many"}
WHOM = re.compile(r"\b(?:whom?|which candidate|wen|wem|welche[nrsm]? kandidat\w*)\b", re.IGNORECASE)
FIRST_OF = re.compile(
    r"\b((?:biggest|largest|greatest|worst|most (?:important|urgent|pressing|serious))|"
    r"(?:größte|wichtigste|dringendste|schlimmste)[nrsm]?)\s+([^\W\d_]+)",
    re.IGNORECASE,
)
OF_TOWN = "(?: (?:in )?der stadt)?"
MONEY = re.compile(r"[$€£]\s?\d[\d.,]*\d|[$€£]\s?\d|\d[\d.,]*[\s-](?:euros?|dollars?|cents?|€)(?!\w)", re.IGNORECASE)
WORRY = re.compile(r"\b(?:problems?|concerns?|worr(?:y|ies)|probleme?|sorgen?)\b", re.IGNORECASE)
GETS_THERE = re.compile(
    r"\bhow do you (?:\w+ )?(?:get|come|go|travel|commute)\b|"
    r"\b(?:womit|wie) (?:\w+ )?(?:kommen|fahren|gelangen|reisen) sie\b",
    re.IGNORECASE,
)
WAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("car", "by car|the car|drives?|driving|(?:car )?drivers|motorists"),
        ("bicycle|bike|cycling", "by (?:bike|bicycle)|(?:the |a )?bikes?|cycles?|cycling|cyclists"),
        ("bus", "by bus|(?:takes? |rides? )?(?:the )?bus"), ("on foot|walking|walk", "on foot|walks?|walking"),
        ("bus (?:or|and) train|train (?:or|and) bus|public transport",
         "(?:by |the )?public transport|(?:by |the )?bus(?:es)? (?:or|and) trains?|transit"),
        ("train", "by train|the train"), ("tram", "by tram|the tram"),
    ),
    "de": (
        ("auto", "(?:mit )?(?:dem |das )?auto"), ("fahrrad|rad", "(?:mit )?(?:dem |das )?(?:fahr)?rad|radeln"),
        ("bus", "(?:mit )?(?:dem |den )?bus"), ("zu fuß", "zu fuß"),
        ("bus (?:und|oder) bahn|öpnv|öffentliche verkehrsmittel",
         "(?:mit )?(?:dem )?öpnv|(?:mit )?bus(?:sen)? (?:und|oder) bahn(?:en)?|"
         "(?:mit )?öffentliche[nr]?(?: verkehrsmitteln?)?"),
        ("bahn|zug", "(?:mit )?(?:der |dem )?(?:bahn|zug)"),
    ),
}  # fmt: skip
GOES = {
    "en": ("comes?", "gets?(?= (?:to|into|there))", "goes|go", "travels?", "uses?", "takes?"),
    "de": ("kommen", "kommt", "fahren", "fährt", "nehmen", "nimmt", "nutz(?:en|t)", "benutz(?:en|t)"),
}
INTO_TOWN = {"en": ("(?:in)?to (?:town|the city)",), "de": ("in die stadt",)}
CENTRE = re.compile(r"\b(?:city centre|city center|town centre|downtown|innenstadt)\b", re.IGNORECASE)


DOES_IT = {
    "en": r"(?:turn|turns) to|rel(?:y|ies) (?:up)?on|"
    r"(?:go|tak|us|spend|travel|buy|read|watch|listen|pay|stay|live|eat|drink|plan|commut|rid|head|opt)"
    r"(?:s|es|ing|e|ning|ting)?(?: (?:to|for|with|in|at|on|off))?",
    "de": r"informier(?:en|t)(?: sich)?|(?:setz|greif)(?:en|t) (?:auf|zu)|bezieh(?:en|t)|"
    r"(?:fahr|reis|geh|nehm|nutz|benutz|kauf|les|schau|hör|zahl|plan|verbring|bleib|wohn|leb|trink)"
    r"(?:en|t|st)?|fährt|nimmt|liest|isst|essen|(?:zieht|ziehen|drängt|lockt) es",
}
"""Verbs of doing that say no more than the answer beside them, where it was asked what one does."""
YOU_DO = re.compile(r"\b(?:do|are|would) you\b|\b(?:\w+(?:en|n)|Ihr\w*) Sie\b")
WISHES = {
    "en": ("(?:would )?(?:wants?|wanted|wanting|likes?|prefers?|preferred|wish(?:es)?(?: for)?|supports?|supported|"
           "backs?|backed|backing|favou?rs?|favou?red|opposes?|opposed|rejects?|should|would)",
           "in favou?r(?: of)?", r"against(?! \d)"),
    "de": ("wollen", "will", "wünsch(?:en|t)(?: sich)?", "möchten?", "würden?", "bevorzug(?:en|t)", "sollen?",
           "befürwort(?:en|et)", "unterstütz(?:en|t)", "gegen", "lehn(?:en|t)"),
}  # fmt: skip
"""What nobody says of an answer that is a fact or a worry, and not a wish."""
FOR = {"en": ("(?:are|is) (?:for|against)",), "de": ("(?:sind|ist) (?:für|gegen)",)}
LIKED = {
    "en": ("(?:the )?(?:most|least|more|less) popular", "favou?rites?"),
    "de": (r"(?:am )?beliebt\w*", "favorit(?:en)?"),
}  # fmt: skip


def may_be_readers(survey: Survey) -> bool:
    """Whether those who answered may be called readers: not where a sample of other people was drawn."""
    return are_readers(survey) or bool(READERS.search(f"{survey.title} {survey.population or ''}"))


def people_asked(survey: Survey, language: str) -> Iterator[KnownWord]:
    """Yields what those who answered are called: the people a sample was drawn of, or the readers of a paper."""
    if not are_readers(survey):
        if not may_be_readers(survey):
            yield known("unknown", *NO_READERS[language])
        if drawn_by_chance(survey):
            yield from _sampled(plain_text(survey.population or ""), language)
    named = [name for text in (survey.title, survey.population or "") for one in READERS_OF
             for name in one.findall(plain_text(text))]  # fmt: skip
    for name in dict.fromkeys(named):
        if name.lower() not in NO_NAMES:
            stem = re.escape(re.sub(r"[ns]$", "", name))
            yield known("who", rf"(?:the )?{stem}n?(?:['’]?s)? readers?", rf"readers? of (?:the )?{stem}n?")
            yield known("who", rf"{stem}n?-?leser(?:n|innen)?", rf"leser(?:n|innen)? de[sr] {stem}[ns]?")


def _sampled(population: str, language: str) -> Iterator[KnownWord]:
    place = OF_A_PLACE.search(population)
    rest = population.replace(place[1], " ") if place else population
    found: list[str] = []
    for called, names in PEOPLE:
        shorter = re.sub(rf"\b(?:{called})\b", " ", rest, flags=re.IGNORECASE)
        if shorter != rest:
            found, rest = [*found, names[language]], shorter
    if not found or any(not PLAIN.fullmatch(word) for word in re.findall(r"\w+", rest.lower())):
        return  # of "men who rent" neither adults nor residents are known
    people = f"(?:{'|'.join(found)})"
    where = re.escape(place[1]) if place else ""
    yield known(
        "who", rf"(?:the )?(?:{where}(?:['’]s)? )?{people}(?: (?:in|of|from|aus|von) {where})?" if where else people
    )
    if where:
        yield known("who", rf"people (?:in|of|from) {where}")
    yield known("who", *PEOPLE_OF_AGE[language])


def question_words(
    text: str, choices: Sequence[Choice], language: str, place: str, *, sided: bool = True
) -> Iterator[KnownWord]:
    """Yields what a question lets be known besides its words, by what it asks for.

    Args:
        place: the place of the population, empty where it has none.
        sided: whether the answers are for it and against it.
    """
    for amount in MONEY.findall(text):
        yield known("topic", re.escape(amount))
    firsts = list(_firsts(text, language, place))
    if firsts:
        yield known("topic", *firsts)
        after = f"(?=.{{0,60}}(?:{'|'.join(firsts)}))"
        yield known("want", rf"(?:calls?|names?|considers?|sees?|nenn(?:t|en)|seh(?:en|t)){after}", value=1)
    if WORRY.search(text):
        yield known("filler", "(?:concerns?|worr(?:y|ies)) (?:over|about)", "sorgen? (?:um|wegen)")
        yield known("want", "worr(?:y|ies)(?! (?:over|about))", "troubles?", value=1)
        yield known("unknown", *WISHES[language], *LIKED[language])
    if YOU_DO.search(text) and not sided:
        yield known("want", DOES_IT[language], value=1)
    if WHOM.search(text):
        yield from _last_names(choices)
    if GETS_THERE.search(text):
        yield from _ways(choices, language)
        yield known("unknown", *WISHES[language], *FOR[language])
        if CENTRE.search(text):
            yield known("topic", *INTO_TOWN[language])


def _firsts(text: str, language: str, place: str) -> Iterator[str]:
    """Yields "the biggest problem" of a question in its forms: there it is no claim of what is the biggest."""
    for first, noun in FIRST_OF.findall(text):
        of = f"(?: (?:of|in|facing) (?:the )?(?:city|town|{re.escape(place) or 'city'}))?"
        whose = rf"(?:the |(?:the )?(?:city|town)['’]s |{re.escape(place) or 'the city'}['’]s )?"
        if language == "de":
            stem = re.sub(r"e[nrsm]?$", "", first.lower())
            yield rf"(?:als )?(?:das |der |die |den |dem )?{stem}e[nrsm]? {re.escape(noun.lower())}\w?" + OF_TOWN
        else:
            yield rf"(?:as )?{whose}{re.escape(first.lower())} {re.escape(noun.lower())}s?{of}"


def _last_names(choices: Iterable[Choice]) -> Iterator[KnownWord]:
    names = {one.value: plain_text(one.label).split() for one in choices}
    for value, words in names.items():
        persons = len(words) in (2, 3) and all(word[0].isupper() and word.isalpha() for word in words)
        others = [other for key, other in names.items() if key != value]
        if persons and not any(words[-1] in other for other in others):
            yield known("choice", rf"{re.escape(words[-1])}(?:['’]?s)?", value=value)


def _ways(choices: Iterable[Choice], language: str) -> Iterator[KnownWord]:
    yield known("want", *GOES[language], value=1)
    for choice in choices:
        for label, ways in WAYS[language]:
            if re.fullmatch(rf"(?:by |mit (?:dem |der )?)?(?:{label})", plain_text(choice.label), re.IGNORECASE):
                yield known("choice", *ways.split("|"), value=choice.value)


def place_of(survey: Survey) -> str:
    """Returns the place whose people were asked, empty where the population names none."""
    found = OF_A_PLACE.search(plain_text(survey.population or ""))
    return found[1] if found else ""
