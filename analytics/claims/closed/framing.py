"""Words that only frame what is asked about: nouns of talk and of plans, verbs of reporting, words for a survey.

They are classes of words, each closed: none of them says how many, which way, who, why or when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analytics.claims.closed.figure import Shown
from analytics.claims.closed.marks import KnownWord, Piece, known
from analytics.language.text import plain_text

TALK = {
    "en": (
        "debates?|discussions?|questions?|issues?|topics?|subjects?|matters?|disputes?|rows?|arguments?|controvers(?:y|ies)|"
        "stories|story|talks?|conversations?|consultations?|proposals?|plans?|schemes?|projects?|polic(?:y|ies)|measures?|"
        "rules?|regulations?|laws?|bills?|moves?|initiatives?|ideas?|concepts?|suggestions?|programmes?|programs?|"
        "priorit(?:y|ies)|uses?|purposes?|options?|alternatives?|choices?|picks?|wishes|wish|preferences?|attitudes?|"
        "views?|opinions?|stances?|positions?|verdicts?|judge?ments?|assessments?|feedback|answers?|responses?|repl(?:y|ies)|"
        "findings?|results?|figures?|numbers?|data|statistics|survey|poll|polling|questionnaire|vote|sources?|ballot|panel|charts?|"
        "graphics?|here|behaviour|habits?|practice"
    ),
    "de": (
        "debatten?|diskussion(?:en)?|fragen?|themen?|thema|streit|angelegenheit|sache|vorschl(?:ag|äge|ags)|pl(?:an|äne|änen)|"
        "vorhaben|projekte?s?|maßnahmen?|regel(?:n|ung|ungen)?|gesetze?s?|idee(?:n)?|konzepte?s?|initiativen?|programme?s?|"
        "priorit(?:ät|äten)|verwendung|zweck|optionen?|alternativen?|auswahl|vorlieben?|wünsche?n?|einstellung(?:en)?|"
        "ansicht(?:en)?|meinung(?:en)?|meinungsbild|haltung(?:en)?|urteile?s?|bewertung(?:en)?|einschätzung(?:en)?|"
        "rückmeldung(?:en)?|antwort(?:en)?|ergebnis(?:se)?|zahlen|daten|umfrage|befragung|abstimmung|votum|fragebogen|quellen?|"
        "grafik|diagramm|hier|verhalten|gewohnheit(?:en)?|praxis|blick|überblick"
    ),
}
"""Nouns of talk, plans and answers: what is asked about is still what is asked about beside them."""
RATING = {
    "en": (
        r"satisf|rate|rating|trust|happy|confiden|approv|good|how well|quality",
        "satisfaction(?: with)?|ratings?|scores?|marks?|grades?|verdicts?|assessments?|evaluations?|report cards?",
    ),
    "de": (
        r"zufried|bewert|vertrau|gut|qualität|benot|beurteil",
        "zufriedenheit(?: mit)?|bewertung(?:en)?|noten?|punktzahl|urteile?s?|beurteilung|zeugnis",
    ),
}
"""By language when a scale of numbers rates something, and what its numbers are then called."""
REPORTS = {
    "en": (
        "(?:our |the |a |this |latest |new |reader |readers['’] )*(?:survey|poll|questionnaire|figures|numbers|results|"
        "answers|findings|data) (?:shows?|showed|finds?|found|suggests?|indicates?|reveals?|says?|points? to|confirms?|"
        "tells? us)(?: that)?",
        "(?:in|according to|as per|from|by) (?:our|the|this|a) (?:latest |new |own |online |reader )*(?:survey|poll|"
        "vote|"
        "questionnaire|figures|numbers|results|answers|findings|data)(?: of| among| with)?",
        "(?:we|this paper|the paper) (?:asked|polled|surveyed|wanted to know)(?: our readers| readers)?(?: about| "
        "whether| if)?",
        "asked (?:about|whether|if|how|what|where|which)", "when asked(?: about| whether| if)?", "question of",
        "how our",
    ),
    "de": (
        "(?:das |so )?(?:zeigt|zeigen|ergab|ergibt|ergeben|belegt|verrät|sagt|sagen|meldet) (?:die |unsere |eine |"
        "diese |"
        "unser )?(?:aktuelle |neue )?(?:leser)?(?:umfrage|befragung|abstimmung|ergebnisse|zahlen|antworten|daten|"
        "votum)",
        "(?:in|laut|nach|bei|gemäß) (?:der|unserer|dieser|den|einer) (?:aktuellen |neuen |eigenen "
        ")?(?:leser)?(?:umfrage|"
        "befragung|abstimmung|ergebnissen|zahlen|antworten|daten)(?: unter| mit| von)?",
        "wir (?:haben|wollten) (?:unsere leser |sie )?(?:gefragt|wissen)", "gefragt (?:nach|ob|wie|was|wo|womit)",
        "auf die frage(?: nach|, ob|, wie)?",
    ),
}  # fmt: skip
STAYS = {
    "en": (
        r"(?:stays?|stayed|remains?|remained|hovers?|hovered|holds?|held|sits?|stuck|settles?|settled|keeps?|kept)"
        r"(?= (?:close to|near|around|at|about|roughly|at around|at about) ?\d)",
        r"(?:stable|flat|steady|constant|level)(?= (?:at|around|near|close|over|in|since|through|from|between|for|"
        r"across)|$|[.,;:!])",
        r"no (?:sign|hint|evidence|trace|suggestion) of (?:an? |any |the )?(?:fall|falling|drop|decline|declining|"
        r"slide|rise|"
        r"rising|growth|growing|increase|change|shift|movement|slump|collapse|surge|recovery|improvement|swing)(?: "
        r"in| of)?",
        r"no (?:clear |real |big |great |significant |marked |measurable )?(?:change|shift|movement|swing|"
        r"difference|drift)"
        r"(?: in| of)?(?= .*(?:since|over|in|between|from|week|month|during|through))",
        r"(?:as|just as) (?:popular|common|strong|high|frequent) as (?:before|at the start|ever)",
        r"(?:barely|hardly|scarcely) (?:any |a )?(?:change|shift|movement)(?: in| of)?",
    ),
    "de": (
        r"(?:bleib(?:t|en)|blieb(?:en)?|verharr(?:t|en)|pendel(?:t|n)|hält sich|halten sich|lieg(?:t|en) (?:stabil|"
        r"konstant|"
        r"unverändert|durchgehend|stets))(?= (?:stabil |konstant |nahe |rund |etwa |fast )*(?:bei|um|auf|nahe) "
        r"?(?:rund |etwa )?\d)",
        r"(?:gleich|ebenso|genauso|unverändert|gleichbleibend) (?:beliebt|häufig|oft|stark|hoch|viele?|groß|"
        r"gefragt)(?! wie)",
        r"(?:kein|keine|ohne) (?:anzeichen|hinweis|spur|zeichen) (?:für |von |auf )?(?:eine[nrm]? |einem "
        r")?(?:rückgang|anstieg|"
        r"veränderung|verschiebung|trend|zuwachs|einbruch|stimmungswechsel|wandel|abwärtstrend)",
        r"(?:keine?|ohne) (?:klare |deutliche |große |echte |nennenswerte )?(?:veränderung|verschiebung|bewegung|"
        r"tendenz|trend|"
        r"stimmungswechsel|wandel)(?: bei[m]?| in| im)?",
        r"(?:kaum|wenig) (?:veränderung|bewegung|verändert|bewegt)",
    ),
}  # fmt: skip
"""How a text says that nothing moved: a fall that is denied is not a fall."""
ALIKE = {
    "en": (
        r"(?:want|say|answer|think|choose|prefer|see it|vote|feel) (?:much |almost |nearly |about |broadly |largely "
        r")?(?:the same"
        r"(?: things?| way)?|alike)", r"no (?:clear |real |big |significant )?(?:difference|gap|divide|split)(?: in "
        r"(?:views?|support|"
        r"opinion))?(?= between| by| among)",
        r"(?:the )?same(?: (?:marks?|scores?|ratings?|grades?))?(?= *(?:$|[.,;:!?]))",
        r"(?:are )?(?:at one|in agreement|of one mind)(?= on| over| about|$)",
        r"(?:just )?as (?:likely|often|keen|happy|satisfied|popular|common|much) (?:among|as|with)(?! before)",
    ),
    "de": (
        r"(?:wollen|antworten|denken|sagen|wählen|urteilen|ticken|stimmen|sehen es) (?:fast |nahezu |praktisch |"
        r"annähernd )?(?:das "
        r"gleiche|dasselbe|gleich|ähnlich|genauso)", r"(?:sind )?(?:sich )?einig(?= *$|[.,:;!])", r"kein(?:en)? "
        r"(?:klarer |großer |deutlicher |echter )?(?:unterschied|graben|"
        r"gefälle)(?= zwischen| nach| bei| unter)",
    ),
}  # fmt: skip
"""How a text says that groups do not differ."""
HAPPIER = {
    "en": (
        "happier(?: with)?",
        "more (?:satisfied|content|positive|generous)(?: with| about| towards)?",
        "kinder(?: to| about)?",
        "(?:better|higher|more generous) (?:marks?|scores?|ratings?|grades?)",
    ),
    "de": (
        "zufriedener(?: mit)?",
        "positiver",
        "gnädiger",
        "milder",
        "(?:bessere|höhere) (?:noten|bewertung(?:en)?|werte)",
    ),
}
UNHAPPIER = {
    "en": ("unhappier(?: with)?", "less (?:satisfied|content|happy|positive)(?: with| about)?", "more (?:critical|"
    "dissatisfied|unhappy)"
           "(?: of| with| about)?", "harsher(?: on| about)?", "(?:worse|lower|poorer) (?:marks?|scores?|ratings?|"
           "grades?)"),
    "de": ("unzufriedener(?: mit)?", "kritischer", "strenger", "weniger zufrieden(?: mit)?",
           "(?:schlechtere|niedrigere) (?:noten|bewertung(?:en)?|werte)"),
}  # fmt: skip
SIDES_TOLD = {
    "en": r"(?:among|our|readers|respondents|in|survey|"
    r"camps?|sides?|supporters?|opponents?|backers|critics|yes|no|for|against|the|nor|has|have|had|wins?|"
    r"musters?|"
          r"commands?|gets?|reach(?:es)?|secures?|an?|outright|overall|clear|absolute)",
    "de": r"(?:unter|den|unseren|befragten|lesern|in|der|umfrage|"
    r"lager|seiten?|befürworter|gegner|freunde|kritiker|ja|nein|dafür|dagegen|noch|die|der|das|hat|haben|"
    r"bekommt|"
          r"erreicht|erreichen|kommen|auf|eine|absolute|klare)",
}  # fmt: skip
NOW = {
    "en": ("now", "by now", "today", "these days"),
    "de": ("inzwischen", "mittlerweile", "jetzt", "nur noch", "gerade noch"),
}
_THING = (
    "method|option|answer|choice|use|purpose|area|idea|item|priority|proposal|plan|way|means|side|camp|issue|"
    "field|cause|one"
)
_DING = (
    "art|form|weise|methode|variante|option|antwort|lösung|möglichkeit|idee|vorschlag|plan|posten|zweck|bereich|"
    "thema|lager|wahl"
)
NONE_OF_THEM = {
    "en": (rf"(?:no (?:single )?(?:{_THING})|none of (?:the|them)(?: {_THING}s)?) (?:has|wins|gets|commands|secures|"
    rf"attracts|"
           r"reaches|finds|musters) (?:the |an? )?(?:outright |overall |absolute )?majority(?: of| among| with)?",),
    "de": (rf"keine? (?:einzige )?\w*(?:{_DING}) (?:hat|bekommt|erreicht|findet|erhält|kommt auf)(?: (?:bei|"
    rf"unter)(?: den| unseren)? "
           r"(?:leser|befragte|teilnehmer)\w*)? (?:die |eine )?(?:absolute )?mehrheit",),
}  # fmt: skip
"""How a text says that none of the answers has half, where they are no sides."""
POPULARITY = {
    "en": r"(?:in )?(?:popularity|favou?r)(?= *(?:$|[.,;:!?])| with| among)",
    "de": r"(?:an )?(?:beliebtheit|zuspruch|zustimmung|anziehungskraft)(?= *(?:$|[.,;:!?])| bei| unter)",
}
"""What an answer gains or loses where more or fewer give it."""
BEFORE_NOW = {
    "en": ("for the (?:first|second|third|last) time", "first time", "again", "ever", "yet again"),
    "de": ("zum (?:ersten|zweiten|letzten) mal", "erstmals", "erneut", "wieder", "jemals"),
}
"""What a text says of a time before the figure's first: of that the figure knows nothing."""
SUBJECTS = frozenset({"topic", "choice", "who", "stance", "for", "tail"})
JOINTS = frozenset({"filler", "for", "and"})


def framing_of(shown: Shown) -> Iterator[KnownWord]:
    """Yields what frames a claim, and how a figure's claim is put that nothing moved or that groups do not differ."""
    language = shown.language
    yield known("filler", *REPORTS[language])
    yield known("unknown", *BEFORE_NOW[language])
    yield known("filler", "awards?", "awarded") if language == "en" else known("filler", "vergeben")
    if not shown.view.by and not shown.sides:
        yield known("no majority", *NONE_OF_THEM[language])
    if shown.view.every and not shown.view.by:
        yield known("steady", *STAYS[language])
        if not shown.sides:
            yield known("filler", POPULARITY[language])
        if len(shown.periods) > 1:
            yield known("period", *NOW[language], value=shown.periods[-1])
    if shown.view.by and not shown.view.every:
        yield known("tie", *ALIKE[language], value="chance")
        yield from _every_group(shown)
    if not shown.view.by and {1, -1} <= set(shown.sides):
        neither, of_all = ("weder", "mehrheit") if language == "de" else ("neither", "majority")
        yield known("no majority", rf"{neither}(?: {SIDES_TOLD[language]})+ {of_all}")
        yield known("no majority", neither, value="neither")
    _, called = RATING[language]
    text = plain_text(shown.view.question.text)
    if shown.numbered and any(re.search(words, text, re.IGNORECASE) for words, _ in RATING.values()):
        yield known("filler", called)
        yield known("more", *HAPPIER[language])
        yield known("fewer", *UNHAPPIER[language])


def _every_group(shown: Shown) -> Iterator[KnownWord]:
    """Yields "whatever their age", "in no region": what is said of each group, or of none."""
    names = "|".join([*map(re.escape, shown.dimensions), "group", "gruppe", "age groups?", "altersgruppen?", "regions?",
                      "regionen"])  # fmt: skip
    if shown.language == "en":
        yield known("every group", rf"(?:whatever|regardless of|irrespective of)(?: their| the)? (?:{names})", 
                    "wherever they live",
                    rf"(?:in|across|among) (?:every|all|each)(?: the| single)? (?:{names})s?")  # fmt: skip
        yield known("every group", rf"in no(?: single)? (?:age )?(?:{names})", value="none")
    else:
        yield known("every group", rf"(?:egal welche[nrms]?|unabhängig von(?: der| dem| ihrem)?|quer durch alle) "
                    rf"(?:{names})",
                    rf"in (?:jede[nrm]|allen)(?: einzelnen)? (?:{names})n?",
                    "egal wo sie (?:leben|wohnen)")  # fmt: skip
        yield known("every group", rf"in keine[nrm]?(?: einzigen)? (?:alters)?(?:{names})", value="none")


def without_frames(marks: Sequence[Piece], language: str) -> list[Piece]:
    """Returns the marks with the nouns of talk that stand beside what is asked about taken for what they are."""
    noun = re.compile(rf"(?:{TALK[language]})(?:['’]s?)?", re.IGNORECASE)
    found = list(marks)
    opened = False
    for place, mark in enumerate(marks):
        opened = (opened or mark.value == "neither") and mark.tag not in ("cut", "question")
        if opened and mark.text.lower() in ("nor", "noch"):
            found[place], opened = Piece(mark.start, mark.end, mark.text, "filler"), False
        if mark.tag == "unknown" and noun.fullmatch(mark.text) and _beside(marks, place):
            found[place] = Piece(mark.start, mark.end, mark.text, "filler")
    return found


def _beside(marks: Sequence[Piece], place: int) -> bool:
    """Whether what is asked about, an answer or those who answered stand beside, but for words that join them."""
    for way in (-1, 1):
        at = place + way
        while 0 <= at < len(marks) and marks[at].tag in JOINTS:
            at += way
        if 0 <= at < len(marks) and marks[at].tag in SUBJECTS:
            return True
    return False
