"""Whether answers are a list from which things may be missing, as "car, bus, train" is: no steps, sides or ranges."""

from __future__ import annotations

import re
from collections.abc import Sequence

OTHER = re.compile(
    r"\b(?:others?|else|another|elsewhere|somewhere|someone|something|both|neither|none|nothing|nobody|no one|"
    r"nowhere|all of|"
    r"everything|equally|alike|mix|mixture|combination|depends?|any of|ander\w*|sonst\w*|anderswo|woanders|"
    r"weitere\w*|beides?|"
    r"keine[rsnm]?|nichts|niemand\w*|nirgend\w*|alles|gleichermaßen|kommt darauf an|verschieden\w*|"
    r"don['’]?t (?:read|use|watch|have|own|work)|do not (?:read|use|watch|have|own|work)|not applicable|"
    r"trifft nicht zu)\b",
    re.IGNORECASE,
)
"""How an answer takes in what the others leave out."""
OPEN = re.compile(
    r"(?:^|[,:] |\b(?:and|but|und|aber) )(?:(?:for|in|on|from|to|by|at|with|about|through|aus|für|in|mit|von|über|"
    r"auf|bei|durch|an|zu|"
    r"do you think|would you say|wo?)\W+)?"
    r"(?:which|what|where|why|who|whom|how (?:do|did|would|will) (?:you|they|most of you) (?:\w+ly )?(?:most often |"
    r"most )?"
    r"(?:get|travel|commute|pay|read|follow|come|learn|hear|find|heat|reach|receive|watch|listen|spend|shop|buy|book|"
    r"contact)|"
    r"welche[rsnm]?|wo|woher|wohin|warum|weshalb|wieso|wer|wen|wem|womit|wodurch|worüber|woran|wovon|wofür|"
    r"was (?:ist|sind|war|wäre|haben|hat|soll\w*|bedeutet|stört|ärgert|fehlt|gefällt|hält|hindert|macht|\w+en sie)|"
    r"wie (?:kommen|fahren|bezahlen|zahlen|lesen|informieren|erfahren|heizen|hören|erreichen|reisen|kaufen|"
    r"haben) sie)\b",
    re.IGNORECASE,
)
"""How a question begins that may have any answer."""
CLOSED = re.compile(
    r"\b(?:(?:which|what|who|welche[rsnm]?|wer|was|wen) (?:\w+ )?(?:of (?:the|these|those|them)|"
    r"(?:of )?(?:the )?following|"
    r"von (?:diesen|den|beiden)|der folgenden|dieser|davon)\b|comes? closest|comes? closer|closest to|closer to|"
    r"best describes?|trifft am ehesten|am ehesten zu|do you (?:currently )?live|(?:wohnen|leben|halten|meinen|"
    r"erwarten) sie|"
    r"(?:which|what|welche[rsnm]?|was|who|wer)(?: [\w’'-]+){0,4}? "
    r"(?:statement|phrase|description|sentence|aussage|beschreibung|satz|candidates?|kandidat\w*|levels?|ebene|stufe|"
    r"degree|grade|grad|(?:\w+)?abschluss|education|bildung\w*|gender|sex|geschlecht|age|alter|altersgruppe|marital|"
    r"familienstand|status|income|einkommen|state|region|district|county|borough|bundesland|landkreis|stadtteil|"
    r"bezirk|"
    r"impact|effect|influence|class|classes|schicht|responsible|verantwortlich\w*|role|size|priority|priorität|"
    r"opinion|view|expectations|meinung|ansicht|day|month|year|"
    r"time|"
    r"wochentag|monat|uhrzeit|jahr|share|extent|proportion|amount|anteil|position|stance|haltung|happens?|geschieht|"
    r"passiert)\b)",
    re.IGNORECASE,
)
"""Questions whose answers are all there are: chosen from a list, steps, or what law and nature divide."""
STEP = re.compile(
    r"\d|^(?:yes|no|ja|nein)\b|"
    r"\b(?:very|fairly|somewhat|rather|quite|slightly|extremely|strongly|too|enough|about|mostly|mainly|largely|"
    r"almost|hardly|"
    r"more|less|fewer|most|least|many|few|some|all|none|any|little|much|lots?|deal|amount|same|equal|"
    r"\w{3,}er than|better|worse|higher|lower|larger|smaller|greater|easier|harder|faster|slower|stricter|earlier|"
    r"later|"
    r"upper|middle|lower|good|bad|fair|poor|excellent|high|low|big|small|large|medium|average|strong|weak|positive|"
    r"negative|neutral|"
    r"increase\w*|decrease\w*|rais\w+|lower\w*|keep|kept|reduc\w+|stay\w*|expand\w*|allow\w*|"
    r"daily|weekly|monthly|never|rarely|seldom|sometimes|often|always|once|twice|every|day|week|month|year|today|"
    r"tomorrow|"
    r"soon|later|now|first|second|third|primary|secondary|right|wrong|support|oppose|favou?r|agree|disagree|approve|"
    r"satisfied|important|likely|trust|confident|for|against|should|would|will|must|can|is|are|"
    r"sehr|eher|ziemlich|etwas|kaum|zu|genug|mehr|weniger|viel|wenig|alle|einige|gleich\w*|besser|schlechter|höher|"
    r"niedriger|größer|kleiner|stärker|schwächer|gut|schlecht|hoch|niedrig|groß|klein|mittel\w*|positiv|negativ|"
    r"neutral|"
    r"täglich|wöchentlich|monatlich|nie|selten|manchmal|oft|immer|mal|einmal|mehrmals|tag|woche|monat|jahr|heute|"
    r"morgen|"
    r"bald|später|jetzt|erste\w*|zweite\w*|richtig|falsch|dafür|dagegen|stimme|zufrieden|wichtig|wahrscheinlich|"
    r"soll\w*|sollte\w*|wird|kann|muss|ist|sind|nicht)\b",
    re.IGNORECASE,
)
"""Words of answers that are steps, sides or whole statements rather than things."""
REASONS = re.compile(r"\b(?:why|reasons?|warum|weshalb|wieso|gr[uü]nde?)\b", re.IGNORECASE)
"""Questions for reasons, which nobody can list in full."""
MOST_WORDS = 6
"""Words of the longest answer that still names a thing; beyond, it says something."""


def lacks_other(text: str, labels: Sequence[str]) -> bool:
    """Returns whether a question may have answers that are not among these, and none of these takes them in.

    `labels` are the answers that have an opinion. A list is open where three or more answers name things and the
    question asks which, what, where, why, who or how somebody gets there. It is closed where the question names them
    itself or points to them ("which of these"). Steps, sides, ranges and statements are no list. Nor is what law and
    nature divide: candidates, gender, regions, schooling.

    Example:
        >>> lacks_other("Where do you buy bread?", ("Bakery", "Supermarket", "Market"))
        True
        >>> lacks_other("Where do you buy bread?", ("Bakery", "Supermarket", "Elsewhere"))
        False
        >>> lacks_other("How was the bread?", ("Good", "Fair", "Poor"))
        False
    """
    if len(labels) < 3 or any(OTHER.search(one) for one in labels):
        return False
    asking = _asking(text)
    if not OPEN.search(asking) or CLOSED.search(asking):
        return False
    if sum(_named(one, text) for one in labels) >= 2 or any(REASONS.search(one) for one in labels):
        return False
    if REASONS.search(asking):
        return True
    steps = sum(bool(STEP.search(one)) for one in labels)
    return steps * 2 < len(labels) and max(len(one.split()) for one in labels) <= MOST_WORDS


def _asking(text: str) -> str:
    """The sentence that asks, the last of several; the whole text where none ends in a question mark."""
    asking = [one for one in re.split(r"(?<=[.?!…]) +", text.strip()) if one.endswith("?")]
    return asking[-1] if asking else text


def _named(label: str, text: str) -> bool:
    """Whether the question itself names an answer."""
    return re.search(rf"\b{re.escape(label.strip())}", text, re.IGNORECASE) is not None
