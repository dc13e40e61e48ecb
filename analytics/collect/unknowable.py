"""Questions that ask for what a reader cannot know: long or exact recall, and a life that is not theirs.

A count is remembered for days or weeks, an event for a year. What somebody would do in a life they do not lead is a
guess. How they would vote or what they would prefer is an opinion, and may be asked.
"""

from __future__ import annotations

import re

UNIT = r"(?:years?|decades?|jahr\w*|jahrzehnt\w*)"
MANY = r"(?:two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|several|few|many|[2-9]|[1-9]\d)"
VIELE = r"(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|fünfzehn|zwanzig|dreißig|paar|vielen|[2-9]|[1-9]\d)"
COUNTED = re.compile(
    r"\b(?:how (?:many|often|frequently|regularly|long)|how much (?:time|money|did|have|has)|"
    r"(?:what|which) (?:number|share|proportion|amount|percentage) of|(?:an average|a typical|a normal) (?:day|week|"
    r"month)|"
    r"wie (?:viel|viele|vielen|oft|häufig|lange|regelmäßig)|wieviele?|an wie vielen|(?:welchen|welcher) (?:anteil|"
    r"betrag)|"
    r"im (?:durchschnitt|schnitt|mittel)|durchschnittlich)\b",
    re.IGNORECASE,
)
"""How a question asks for a number, a length or a frequency."""
LONG_AGO = re.compile(
    rf"\b(?:(?:past|last|previous|recent) {MANY} {UNIT}|(?:past|last) (?:decade|(?:quarter|half) (?:of a )?century)|"
    rf"{MANY} years ago|decades? ago|in your (?:whole |entire )?life(?:time)?|over the course of your life|"
    r"(?:since|when|while|before|until) you (?:were (?:a |an |at |in |aged )?(?:child|teenager|student|school|young|"
    r"born|\d+|"
    r"kid|pupil|university|college|primary)|left school|started (?:school|work)|first (?:moved|started|began)|got "
    r"married|turned \d+)|(?:during|in|throughout) your (?:childhood|youth|school (?:days|years|time)|schooldays|"
    r"teens|"
    r"teenage years|student days|twenties|thirties|first (?:year|month|week|job)\w*|working life|career)|as a "
    r"(?:child|teenager|student|pupil|kid)|"
    r"(?:19|20)\d\d|"
    rf"(?:letzten|vergangenen|vorigen) {VIELE} {UNIT}|(?:letzten|vergangenen) jahrzehnt\w*|"
    rf"vor (?:rund |etwa )?{VIELE} jahren|in ihrem (?:ganzen |bisherigen )?leben|im laufe ihres lebens|"
    rf"zeit ihres lebens|"
    r"(?:während|in|zu) ihrer (?:gesamten |ganzen )?(?:kindheit|jugend|schulzeit|studienzeit|studentenzeit|"
    r"ausbildung|"
    r"ausbildungszeit|lehrzeit|grundschulzeit|wehrdienstzeit|laufbahn|ehe)|während ihres (?:studiums|berufslebens)|"
    r"als (?:sie )?(?:noch )?(?:ein |zur |in die )?(?:kind|jugendliche\w*|schüler\w*|student\w*|schule|\d+) ?"
    r"(?:jahre alt )?(?:waren|gingen)?|seit (?:ihrer|ihrem) (?:kindheit|jugend|geburt|schulzeit|schulabschluss|"
    r"\d+\. (?:lebensjahr|geburtstag))|"
    r"(?:in den )?(?:\w+er|neunziger|achtziger|nuller)[- ]jahren)\b",
    re.IGNORECASE,
)
"""More than a year back."""
A_YEAR = re.compile(
    r"\b(?:(?:in|over|during|within) the (?:past|last|previous) (?:year|12 months|twelve months|six months|6 months|"
    r"half[- ]year|\d\d months)|last year|this year so far|(?:im|des) (?:letzten|vergangenen|vorigen) (?:jahr\w*|"
    r"halbjahr\w*)|in den (?:letzten|vergangenen) (?:zwölf|12|sechs|6|\d\d) monaten|letztes jahr|voriges jahr)\b",
    re.IGNORECASE,
)
"""Half a year to a year back."""
SMALL = re.compile(
    r"\b(?:how many|how much|wie vie(?:le|len|l)|wieviele?) (?:\w+ ){0,2}?(?:minutes|seconds|hours|cups|glasses|"
    r"slices|"
    r"cigarettes|e-?mails|messages|texts|calls|steps|pages|articles|headlines|clicks|miles|kilomet(?:re|er)s|"
    r"lit(?:re|er)s|"
    r"coffees?|photos|posts|pounds|euros|dollars|cents|pence|money|water|minuten|sekunden|stunden|tassen|gläser|"
    r"scheiben|"
    r"zigaretten|nachrichten|anrufe|schritte|seiten|artikel|klicks|kilometer|liter|kaffees?|fotos|beiträge|euro|geld|"
    r"wasser|brötchen)\b",
    re.IGNORECASE,
)
"""Small things, which nobody counts for long."""
EXACT = re.compile(
    r"\b(?:exactly how|how many (?:\w+ )?exactly|(?:what|which) (?:exact|precise)|on (?:what|"
    r"which) (?:exact )?(?:date|"
    r"day)s? (?:did|have|were)|at what (?:exact )?time did|to the (?:nearest|last) (?:minute|second|penny|cent|pound|"
    r"euro|"
    r"metre|meter|gram)|down to the (?:minute|second|penny|cent)|to the (?:minute|penny|cent)|precisely how|"
    r"(?:ganz |wie )?genau wie (?:viele?|oft|lange)|wie (?:viele?|oft|lange) (?:\w+ )?genau|"
    r"auf (?:die|den) (?:minute|sekunde|cent|euro|meter) (?:genau)?|cent-?genau\w*|minuten-?genau\w*|"
    r"an welche[mn] (?:genauen )?(?:tag|datum|tagen) (?:haben|waren|sind)|um wie viel uhr (?:haben|waren|sind)|"
    r"(?:welches|welchem) (?:genaue[ns]? )?datum)\b",
    re.IGNORECASE,
)
"""A precision that nobody keeps in mind."""
EASY = re.compile(
    r"\b(?:(?:today|yesterday|this (?:morning|week)|heute|gestern|diese woche)\b|how long have you (?:lived|been)|"
    r"wie lange (?:leben|wohnen|lesen|sind|arbeiten) sie (?:schon)?)\b",
    re.IGNORECASE,
)
"""What is near enough, or a length that everybody knows of themselves."""

VOTING = re.compile(
    r"\b(?:elections?|referend\w+|vote|voting|ballot|\w*wahl(?:en)?|volksentscheid\w*|abstimm\w+|"
    r"had to (?:choose|decide|pick|say)|were (?:asked|deciding|choosing)|(?:wählen|entscheiden|sagen) (?:müssten|"
    r"könnten)|"
    r"gefragt (?:würden|werden))\b",
    re.IGNORECASE,
)
"""A case that is not, in which only a vote or a choice is asked for."""
ONE_WISH = re.compile(
    r"\bif you could (?:only )?(?:change|choose|pick|ask|read|add|have|improve) (?:only |just )?(?:one|a single|"
    r"any)\b|"
    r"\bwenn sie (?:nur )?(?:eine|einen|eins|ein)\b[^,?]{0,40} (?:ändern|wählen|wünschen|verbessern) (?:könnten|"
    r"dürften)\b",
    re.IGNORECASE,
)
"""One wish, which asks what matters most."""
SUPPOSED = re.compile(
    r"\b((?:suppose|imagine|assume|assuming|supposing|imagining|pretend|picture) (?:for a moment )?(?:that )?(?:you|"
    r"your|yourself)\b|put yourself in|"
    r"if you (?:won|were|had|could|suddenly|inherited|lost|woke|lived|found|earned|owned|became|ran|met|got|lost|"
    r"moved|only had|didn['’]t|weren['’]t|hadn['’]t|ever (?:won|became|had))\b|were you (?:to|the|a)\b|"
    r"had you (?!ever|"
    r"heard|read|already)\w+|"
    r"what would you (?:do|have done|change|buy|say) (?:if|with)|how would you (?:react|feel|behave|act) (?:if|were)|"
    r"would you (?:still |ever )?have \w+(?:ed|en|ught|ne)\b|"
    r"(?:angenommen|nehmen (?:sie|wir) (?:einmal |mal )?an|gesetzt den fall|stellen sie sich (?:einmal |mal |"
    r"bitte )?vor|"
    r"mal angenommen)\W+(?:\w+ )?(?:sie|ihr|ihre|ihnen|man)\b|"
    r"versetzen sie sich|"
    r"wenn sie (?!an\b|sich\b)(?:[^,?]{0,60}? )?(?:wären|hätten|könnten|würden|dürften|müssten|gewännen|bekämen|"
    r"lebten|"
    r"verlören|erbten|fänden)\b|"
    r"(?:wären|hätten|könnten|dürften) sie (?!bereit|gern|lieber|ein|eine|einen)[^,?]{1,60}, (?:was|wie|wo|würden|"
    r"wohin|wen)|"
    r"was würden sie (?:\w+ ){0,2}(?:tun|machen|ändern|kaufen)(?:,| wenn)|wie würden sie (?:reagieren|handeln|sich)|"
    r"würden sie (?:heute |noch einmal |wieder )?(?:[^,?]{0,60}? )?(?:haben|sein)\?)",
    re.IGNORECASE,
)
"""A life that readers do not lead."""
COUNTERFACTUAL = re.compile(
    r"\bif (?:[^,?]{0,80}? )?(?:were|was|cost|became|started|stopped|closed|doubled|disappeared|had|did not|"
    r"didn['’]t)\b"
    r"[^,?]{0,80},? would you (?:still |then |ever |really )?(?!(?:say|vote|favou?r|prefer|support|oppose|approve|"
    r"choose|"
    r"be (?:willing|for|in favou?r|against))\b)\w+|"
    r"\bwould you (?:still |then |ever |really )?(?!(?:say|vote|favou?r|prefer|support|oppose|approve|choose|"
    r"describe|"
    r"call|be (?:willing|for|in favou?r|against)|like|rather|mind)\b)\w+ [^,?]{0,80}? if (?:[^,?]{0,60}? )?(?:were|"
    r"was|"
    r"cost|became|doubled|had|did not|didn['’]t|stopped|closed)\b|"
    r"\b(?:wenn|falls|sofern) [^,?]{1,100}? (?:wären|wäre|hätten|hätte|gäbe|würde|würden|käme|kämen|könnte|könnten|"
    r"kostete|kosteten|müsste|müssten|stünde|ginge)\b,? (?:\w+ )?würden sie\b|"
    r"\bwürden sie [^,?]{1,100}, wenn [^,?]{1,100}? (?:wären|wäre|hätten|hätte|gäbe|würde|würden|käme|kämen|könnte|"
    r"könnten|kostete|müsste|müssten)\b",
    re.IGNORECASE,
)
"""What readers would do in a world that is not."""


CASE = re.compile(
    r"\b(?:imagine|suppose|supposing|assume|assuming|picture|let['’]s say|what if)\b(?! about\b)[^.?:]{8,}[.,:]|"
    r"\b(?:angenommen|gesetzt den fall|stellen sie sich (?:\w+ )?vor|nehmen wir an|mal angenommen|was wäre,? "
    r"wenn)\b[^.?]{8,}|"
    r"\b(?:if|falls|wenn|sollte)\b [^?.]{0,80}?\b(?:in (?:\w+|\d+) (?:years|decades|jahren|jahrzehnten)|(?:one day|"
    r"eines tages|20[3-9]\d))\b",
    re.IGNORECASE,
)
DOES_THEN = re.compile(
    r"\b(?:(?:how|what|where) would you|would you (?!say|vote|favou?r|support|oppose|prefer|describe)|würden sie "
    r"(?!sagen|wählen|stimmen)|"
    r"wie würden sie|was würden sie|wären sie)\b",
    re.IGNORECASE,
)
"""What somebody would do, and not what they would have or vote."""
ALSO_REAL = re.compile(
    r"[–(,-] ?(?:or|oder) (?:would|würden|wären|hätten)\b|\b(?:or would|oder würden) (?:you|sie)\b", re.IGNORECASE
)
MEASURED = re.compile(
    r"\b(?:how many|how much|wie vie(?:le|l)) (?:\w+ )?(?:kilos?|kilograms?|kg|kilogramm|grams?|gramm|tonnes?|"
    r"tonnen|pints?|bottles?|"
    r"flaschen|packs?|packungen|plastic|meat|beer|wine|fleisch|bier|wein|eier|eggs|loaves|tüten|bags|kilowatt\w*|cubic|kubikmeter)\b",
    re.IGNORECASE,
)
PRICE = re.compile(
    r"\b(?:what did you pay|how much did you (?:pay|spend)|what was the price|was haben sie [^?]{0,60}\b(?:bezahlt|"
    r"gezahlt|ausgegeben)|"
    r"wie viel haben sie [^?]{0,60}\b(?:bezahlt|gezahlt|ausgegeben))\b",
    re.IGNORECASE,
)
"""What something cost, which is known for weeks."""


def recalled(text: str) -> str:
    """The words of a question that ask for more than is remembered, empty where none do.

    Example:
        >>> recalled("How many letters did you write in the past ten years?")
        'past ten years'
        >>> recalled("How often did you read a paper in the past week?")
        ''
        >>> recalled("Wie viele Minuten haben Sie im letzten Jahr gewartet?")
        'im letzten Jahr'
    """
    if found := EXACT.search(text):
        return found[0]
    if (MEASURED.search(text) and (found := A_YEAR.search(text) or LONG_AGO.search(text))) or (
        PRICE.search(text) and (found := LONG_AGO.search(text))
    ):
        return found[0]
    if not COUNTED.search(text) or EASY.search(text) or not _about_the_reader(text):
        return ""
    if found := LONG_AGO.search(text):
        return found[0]
    return found[0] if SMALL.search(text) and (found := A_YEAR.search(text)) else ""


def supposed(text: str) -> str:
    """The words of a question that put readers into a life that is not theirs, empty where none do.

    Example:
        >>> supposed("If you won a million, would you stop working?")
        'If you won'
        >>> supposed("If there were an election tomorrow, which party would you vote for?")
        ''
    """
    found = SUPPOSED.search(text) or COUNTERFACTUAL.search(text) or _case(text)
    if found and ALSO_REAL.search(text):
        return ""  # asked of those it happens to as well
    return "" if found is None or VOTING.search(text) or ONE_WISH.search(text) else found[0]


def _case(text: str) -> re.Match[str] | None:
    """A case that is put first, with what a reader would do in it."""
    return CASE.search(text) if DOES_THEN.search(text) else None


def _about_the_reader(text: str) -> bool:
    """Whether readers are asked about what they did themselves, not what they think of others."""
    return (
        re.search(
            r"\b(?:did|have|has|had|were|was|do) (?:you|your \w+|anyone in your)\b|\b(?:haben|sind|waren|hatten|"
            r"lasen|sahen|"
            r"gingen|kauften|\w+ten) sie\b|\bhat ihr\w*\b",
            text,
            re.IGNORECASE,
        )
        is not None
    )
