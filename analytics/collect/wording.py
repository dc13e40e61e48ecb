"""A second pair of eyes on a question before it is asked: what pushes readers to an answer, and why. English, German.

It reads words, not minds: what it remarks on may be right, and what it passes may be wrong. Nothing is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analytics.collect.lists import lacks_other
from analytics.collect.loaded import loaded
from analytics.collect.ranges import clash
from analytics.language.said import noted, spoken
from analytics.model import Question

MOST_WORDS = 45

PREMISE = re.compile(
    r"(?:^|[.:;,!?] +)(given (?:that|the|how|all)|seeing (?:that|how|as)|bearing in mind|since (?!you\b|the (?:last|"
    r"start|end)\b|\d|then\b|when\b|"
    r"[^,?]* (?:elected|took office|inaugurated|began|started)\b)[a-z]\w+|"
    r"because|considering|in (?:the )?light of|in view of|now that|after years of|knowing that)\b|"
    r"\b(even (?:without|though|if|when)|despite|in spite of|considering that|with [\w’'-]+ (?:exploding|soaring)|"
    r"after (?:the|all) (?:failure|failures|scandals?|chaos|disaster)|"
    r"after (?:yet another|so many|all (?:these|those))|nach (?:all (?:den|diesen)|so vielen|jahren de[sr])|"
    r"auch ohne|(?:selbst|auch) wenn|selbst ohne|obwohl|trotz|angesichts|nachdem|in Anbetracht|wo doch|jetzt, wo|"
    r"wenn man bedenkt)\b|"
    r"^(?:As (?!far\b|you\b|of\b|an?\b|part\b|long\b|for\b|things\b|it stands)[^,?]{1,80} (?:is|are|has|have|was|were|"
    r"keep|grow|rise|fall|\w+s) [^,?]{0,80}(?=, )|"
    r"With (?:so (?:many|much|few|little)|more and more|ever|(?!the following|"
    r"regard)[\w’' -]{3,40}? \w+ing\b)[^,?]*(?=, )|"
    r"(?:Da|Weil|In Zeiten|Bei (?:so|immer)) [^,:?]{1,120}(?=[,:] ))",
    re.IGNORECASE,
)
OFFERED = re.compile(
    r"\beven if (?:neither|none|no (?:one|statement)|you(?: are|['’]re) not (?:sure|certain)|it is not|"
    r"it['’]s not)\b|\b(?:auch|selbst) wenn (?:kein\w*|"
    r"sie nicht)\b",
    re.IGNORECASE,
)
"""How readers are asked to choose the nearer of two, which says nothing about the matter."""
LEADING = re.compile(
    r"\b((?<!or )(?:don['’]t|wouldn['’]t|doesn['’]t|isn['’]t|aren['’]t|shouldn['’]t|hasn['’]t|haven['’]t|won['’]t|"
    r"can['’]t) "
    r"(?:you|it|we|they|the)|surely|obviously|clearly|undeniably|needless to say|"
    r"of course|as everyone knows|would you agree that|do you agree that|finally|at last|"
    r"every(?:one|body) (?:knows|agrees|can see)|it is (?:well[- ]known|clear|obvious|no secret) that|"
    r"agree with (?:most|many|all|the majority|experts|scientists|doctors|economists)|"
    r"how (?:angry|outraged|fed up|disgusted|appalled|annoyed|furious|thrilled|delighted)(?! or\b)(?!,)(?= are you)|"
    r"how much (?:\w+ )?(?:damage|harm) (?:has|have|did|does)|"
    r"how (?:much|badly) (?:has|have|did|does) [^?]{0,40}?(?<!or )(?:damaged?|harm(?:ed)?|hurt|fail(?:ed)?|"
    r"ruin(?:ed)?)(?! or\b)|"
    r"(?:(?!your)\b\w+)(?:['’]s|s['’]) (?:failures?|incompetence|blunders?|mismanagement|broken promises|betrayals?|"
    r"lies|"
    r"inaction|negligence|cowardice|arrogance)|(?:its|their|his|her) (?:failures|mistakes|blunders|lies|incompetence)|"
    r"(?:why|warum) (?:is|are|was|ist|sind|war) [^?]{2,60} (?:bad|good|wrong|dangerous|failure|mistake|schlecht\w*|"
    r"gut\w*|falsch|fehler)|"
    r"(?:is|are|would|do|does|was|were|will|can) (?:it|you|they|we|this|that) not\b(?![^?]* or\b)|"
    r"(?:sind|ist|wäre|finden|meinen|glauben|denken|wollen|würden) (?:sie|es|das|man|"
    r"wir) (?:\w+ )?nicht\b(?![^?]* oder\b)|"
    r"(?:Versagen|Versäumnisse\w*|Unfähigkeit|Untätigkeit|Misswirtschaft|Lügen|Arroganz) (?:der|des|unserer|unseres)|"
    r"wie (?:sehr|stark) (?:schadet|schaden|ärgern|ärgert|nervt|nerven|leidet|leiden)|"
    r"jeder weiß|alle wissen|es ist (?:allgemein )?(?:bekannt|klar), dass|(?:falsche|verlogene)[nrm]? \w*politik|"
    r"(?:most|all|many) (?:experts|scientists|people|\w+ans) (?:now )?(?:agree|know|think|support|want|oppose)|"
    r"as (?:experts|scientists|studies) have (?:long )?(?:shown|proved|proven)|like most (?:people|of us)|as (?:most|"
    r"many|all) \w+ (?:do|say|think|believe|agree)|"
    r"how much (?:better|worse|safer) (?:has|have|is|are|did)|"
    r"wie (?:experten|studien|forscher) (?:\w+ )?(?:bewiesen|gezeigt) haben|wie die meisten|"
    r"do you also (?:think|agree)|"
    r"(?:protect|save|poison|harm) our (?:children|kids|families|country)|it (?:high )?time to|"
    r"auch der (?:Meinung|Ansicht)|nicht (?:höchste |längst |endlich )?(?:höchste )?Zeit|wollen Sie etwa|"
    r"finden Sie nicht|meinen Sie nicht|sind Sie nicht auch|stimmen Sie zu, dass|endlich|bekanntlich|natürlich|"
    r"offensichtlich|wie jeder weiß)\b",
    re.IGNORECASE,
)
TWO_IN_ONE = re.compile(
    r"\b([\w’'-]+) (and|und|as well as|sowie) ((?:the |die |den |das |der |also |auch )?[\w’'-]+)\b"
)
PAIRS = frozenset(
    {
        ("women", "men"), ("men", "women"), ("pros", "cons"), ("law", "order"), ("terms", "conditions"),
        ("research", "development"), ("more", "more"), ("again", "again"), ("frauen", "männer"), ("männer", "frauen"),
        ("bus", "bahn"), ("ab", "zu"), ("mehr", "mehr"), ("bund", "länder"), ("nach", "nach"), ("food", "drink"),
        ("food", "drug"), ("black", "white"), ("between", "between"), ("brothers", "sisters"), ("family", "friends"),
        ("family", "relatives"), ("friends", "relatives"), ("skills", "training"), ("abilities", "talents"),
        ("men", "lesbians"), ("gays", "lesbians"), ("weddings", "funerals"), ("wages", "salaries"),
        ("mother", "father"), ("parents", "children"), ("freunde", "bekannte"), ("familie", "freunde"),
        ("löhne", "gehälter"), ("rechte", "pflichten"), ("art", "weise"), ("parks", "green"), ("fruits", "vegetables"),
        ("fruit", "vegetables"), ("roads", "bridges"), ("arts", "culture"), ("health", "safety"), ("drugs", "alcohol"),
        ("science", "technology"), ("peace", "quiet"), ("town", "country"), ("come", "live"), ("live", "work"),
        ("taxes", "spending"), ("colleges", "universities"), ("news", "information"), ("power", "influence"),
        ("issues", "events"), ("business", "government"), ("movies", "television"), ("companies", "organizations"),
        ("interests", "preferences"), ("food", "drinks"), ("hopes", "fears"), ("hotels", "restaurants"),
        ("großen", "ganzen"), ("grund", "boden"), ("kunst", "kultur"), ("rad", "fußwege"),
        ("wissenschaft", "technik"), ("obst", "gemüse"), ("kinder", "jugendliche"), ("hin", "her"), ("haus", "grund"),
        ("pubs", "restaurants"), ("walking", "cycling"), ("recht", "ordnung"), ("parks", "grünanlagen"),
    }
)  # fmt: skip
"""Words that go together and are one thing to ask about."""
ADJECTIVE = re.compile(r"\w{2}(?:al|ic|ous|ive|able|ible|ful|less|ary|ate)$")
DESCRIBED = re.compile(
    r" (?!(?:in|on|of|to|for|at|by|with|from|as|or|than|when|if|about|enough|the|its?|their)\b)[a-z]{3,}"
)
"""A noun behind two adjectives."""
PLACED = re.compile(
    r"(?<!confidence )(?<!trust )(?<!faith )(?<!interest )(?<!interested )(?<!quality )(?<!state )(?<!cost )(?<!price )"
    r"(?<!opinion )(?<!view )(?<!speed )(?<!safety )(?<!standard )\b(?:in|of|at|against|from) (?:(?!the\b|our\b|"
    r"your\b)\w+ )?$",
    re.IGNORECASE,
)
"""What ends just before two words that only say where, or of what, the thing is that is asked about."""
FEMININE = re.compile(r"(?:in|innen)$")
INTRODUCTION = re.compile(
    r"^(?:(?:aside|apart|other|based|thinking|compared|regardless|of|so far|as far|as|in|over|during|when|if)\b|"
    r"(?:abgesehen|außer|neben|in|im|bei|wenn|von|aufgrund)\b)[^,?]*, ",
    re.IGNORECASE,
)
"""What stands before the question itself: who is meant, or when."""
EXAMPLES = re.compile(
    r"\b(?:such as|including|for example|wie etwa|zum Beispiel|einschließlich)\b[^,?]*", re.IGNORECASE
)
BETWEEN = re.compile(r"\b(between|both|zwischen|sowohl)\b", re.IGNORECASE)
WITHOUT_EXCEPTION = (
    r"always|never(?! mind)|at all times|under (?:all|any) circumstances|without exception|no matter what|"
    r"in every case|"
    r"at (?:any cost|all costs|any price)|every (?:single|time)|exclusively|without fail|(?:you|they|we) only|"
    r"immer(?! noch| mehr| wieder| wenn| weniger| \w+er\b)(?<!noch immer)|niemals|nie(?! wieder)|jedes mal|jederzeit|"
    r"ausnahmslos|ohne ausnahme|in jedem fall|auf keinen fall|unter (?:allen|keinen) umständen|um jeden preis|"
    r"ausschließlich|rund um die uhr|(?:lesen|kaufen|essen|nutzen|sehen|hören|fahren) sie nur"
)
EVERYBODY = (
    r"(?:do|does|did|are|is|have|has|can|will) (?:all (?!of your|the same|members|in all|or\b)|every |everybody|"
    r"everyone|"
    r"no one|nobody|none of)[\w’'-]*|\b(?:think|believe|say|feel|agree) (?:that )?(?:all|every|no) (?!in all)[\w’'-]+|"
    r"everybody|everyone|everywhere|überall|all your|(?:trust|believe|know|read|eat|buy|print|like) everything|"
    r"perfectly|every (?!day|week|month|year|night|morning|evening|"
    r"hour|other|few|second|third|two|three|"
    r"now|\w+day\b|\d)\w+|"
    r"(?:completely|totally|entirely|absolutely|völlig|vollkommen|hundertprozentig|restlos)|dass alle (?!zwei|drei|"
    r"in\b|ihre\b)\w+|"
    r"jede[nsm]? (?!tag|woche|monat|jahr|morgen|abend|nacht|stunde|zweite|dritte|von\b|der\b|\w+tag\b)\w+|"
    r"(?:sind|haben|lügen|können|wollen|machen|tun|werden|\w+en) alle (?!zwei|drei|paar|in\b|ihre\b)[a-zäöüß]+|"
    r"(?:ist|hat|kann|will|macht|wird|\w+t) jeder (?!von\b|zweite|dritte)\w+|\bkein einziger\b|\bniemand\b"
)
ABSOLUTE = re.compile(rf"\b(?:{WITHOUT_EXCEPTION}|{EVERYBODY})\b", re.IGNORECASE)
"""Words that allow no exception."""
EXCEPTIONLESS_POLICY = re.compile(rf"\b(?:{WITHOUT_EXCEPTION})\b", re.IGNORECASE)
"""Those that leave no exception where it is asked what should be, too: a rule may well be for everybody."""
SHOULD = re.compile(r"\b(?:should|shall|ought|must|soll\w*|muss|müssen|darf|dürfen)\b", re.IGNORECASE)
POLAR = re.compile(r"^(?:yes|no|ja|nein|nope)\b", re.IGNORECASE)
"""An answer to a question that is answered by yes or no."""
NEGATED = re.compile(
    r"\b(?:disagree|oppose|lehnen Sie)\b(?! or\b)[^?.;]*?\b(?:not|never|no longer|nicht|kein|keine)\b|"
    r"\b(not|never|no longer|nicht|kein|keine|keinen|nie)\b[^?.;]*?"
    r"\b(ban|banned|forbid|forbidden|prohibit|prohibited|oppose|reject|abolish|against|unless|verbieten|verboten|"
    r"ablehnen|abgelehnt|abschaffen|"
    r"abgeschafft|aufheben|aufgehoben|"
    r"unterlassen|untersagen|untersagt|verzichten)\b|"
    r"\b(?:it is|is it) not true that\b|"
    r"^(?:should|shall|must)\b(?:(?! or\b)[^?.;])*? (?:not|never)\b(?! only\b| just\b| be more\b)(?![^?]* or\b)|"
    r"^(?:soll|sollte|sollten|sollen|darf|dürfen|muss|müssen)\b(?:(?! oder\b)[^?.;])*? "
    r"(?:nicht|kein\w*)\b(?! nur\b| mehr\b)(?![^?]* (?:oder|sondern)\b)",
    re.IGNORECASE,
)
JARGON = re.compile(
    r"\b(quantitative \w+ing|fiscal (?:consolidation|drag|multiplier|headroom)|subsidiarity|de-?risking|"
    r"extraterritorial\w*|"
    r"securiti[sz]ation|interoperab\w+|counterparty|monetari[sz]ation|externalit\w+|multilateral\w*|\w*prudential|"
    r"\w{26,}|Pigou\w+|elasticit\w+|arbitrage|ad valorem|\w*querfinanzier\w+|"
    r"stakeholders?|disintermediation|hypothecat\w+|deleverag\w+|amorti[sz]\w+|fungib\w+|disaggregat\w+|"
    r"operationali[sz]\w+|"
    r"upzoning|densification|modal (?:split|shift)|(?:inter|multi)modal\w*|placemaking|paradigm\w*|synerg\w+|holistic|"
    r"omnichannel|onboarding|conversion rates?|user journeys?|key performance \w+|carbon border adjustment|"
    r"feed-in tariffs?|capacity market|market-based instruments?|nature-based solutions?|remuneration|"
    r"Subsidiarität\w*|Konnexität\w*|Haushaltskonsolidierung|extraterritorial\w*|Verstetigung|Stakeholder|"
    r"Daseinsvorsorge|Interoperabilität|novellier\w+|\w*novellierung|im Sinne (?:der|des)|\w*degression|Allokation|"
    r"Nachverdichtung|Planfeststellung\w*|Modal Split|implementier\w+|Implementierung|operationalisier\w+|Governance|"
    r"Compliance|Entgeltpunkt\w*|Vorfälligkeit\w*|Verstetig\w+|\w*ertüchtigung|Gebietskörperschaft\w*|\w*allokation|"
    r"Kapazitätsmarkt\w*|Umlagefähigkeit|Veranlagung\w*|Zweckbindung\w*|Konzessionsabgabe\w*)\b",
    re.IGNORECASE,
)
ACRONYM = re.compile(
    r"(?<![\w&.-])(?:[A-ZÄÖÜ]{2,6}|[A-ZÄÖÜ][a-zäöü]{1,3}[A-ZÄÖÜ]{2,}|[A-ZÄÖÜ][a-zäöü]{1,2}[A-ZÄÖÜ]|"
    r"[A-ZÄÖÜ]{2,}[a-zäöü]{1,4}[A-ZÄÖÜ]\w*)(?=s?\b)(?![&.])"
)
"""Letters that stand for words, "UX", "BauNVO" and "MaaS" too."""
KNOWN = frozenset({
    "USA", "NATO", "BBC", "CIA", "FBI", "NHS", "GOP", "COVID", "UNO", "CDU", "CSU", "SPD", "FDP", "ARD", "ZDF", "BSW",
    "ABC",
    "CNN", "LGBT", "LGBTQ", "UFO", "VAT", "US", "UK", "EU", "UN", "AI", "KI", "TV", "PC", "IT", "DJ", "UV", "BC",
    "AD", "PM",
    "MP", "MPS", "ID", "DC", "LA", "NY", "NYC", "DB", "WM", "EM", "AG", "SUV", "LKW", "PKW", "KFZ", "ÖPNV", "HIV",
    "AIDS",
    "DNA", "GPS", "SMS", "NBC", "CBS", "NPR", "PBS", "RTL", "WDR", "NDR", "MDR", "SWR", "DDR", "BRD", "USSR", "CEO",
    "PDF",
    "USB", "NFL", "NBA", "MLB", "FIFA", "UEFA", "DFB", "ADAC", "TÜV", "IQ", "WLAN", "EUR", "AOK", "IKEA", "LED",
    "ICE", "BMW",
    "VW", "HBO", "ITV", "SNP", "UKIP", "DUP", "PLO", "ISIS", "IS", "WHO", "OPEC", "NASA", "IRS", "HR", "PR", "OK", "AM",
    "AfD", "BAföG", "KfW", "PhD", "CO", "FC", "SC", "OB", "ER", "GP", "EC", "BA", "MA", "GM", "QR", "MMR", "XL",
})  # fmt: skip
"""Letters that readers know without being told."""
STRESSED = frozenset({
    "ALL", "ALLE", "ALWAYS", "ANY", "BEST", "BETTER", "BOTH", "EACH", "EVER", "EVERY", "JEDE", "JETZT", "KEIN", "KEINE",
    "LEAST", "LESS", "MEHR", "MORE", "MOST", "MUCH", "NEVER", "NICHT", "NIE", "NONE", "NOT", "NOW", "NUR", "ONLY",
    "OWN", "SOME", "VERY", "WILL", "WORSE", "YOU", "YOUR", "DO", "OR", "IN", "NO", "TO", "BE", "GO", "IF", "SO", "UP",
    "WE",
    "ME", "MY", "BY", "AS", "AT", "AN", "ON", "OF", "HE", "AND", "FOR", "THE", "TOO", "NEW", "LOT", "FEW", "TWO", "ONE",
    "ES", "JA", "WO", "IM", "AB", "ZU", "SIE", "IHR", "UND", "ODER", "VON", "FÜR", "MUST", "SHOULD", "EIN", "EINE",
    "SEHR",
})  # fmt: skip
"""Ordinary words that are often written large."""
ROMAN = re.compile(r"[IVX]+")
MIDDLE = re.compile(r"\b(neither|nor|weder|noch|about the same|same as|teils|geht so|okay)\b", re.IGNORECASE)
"""How the middle of a scale is said."""
OUT = re.compile(
    r"unsure|not sure|don['’]?t know|do not know|can['’]?t say|cannot say|no opinion|undecided|prefer not|neither|"
    r"weiß (?:es |noch )?nicht|weiss nicht|never heard|can['’]?t rate|kenne ich nicht|none of (?:these|them)|"
    r"not applicable|don['’]?t (?:work|use|read|have|own|watch)|keine[rs]? davon|unsicher|unentschieden|"
    r"keine (?:meinung|angabe)|kann ich nicht sagen|weder|"
    r"ne sai[st] pas|sans opinion",
    re.IGNORECASE,
)
"""How an answer says that its reader has none."""
BAD = re.compile(
    r"\b(disagree|oppose|dissatisfied|disapprove|unfavou?rable|unlikely|unimportant|poor|fair$|bad|badly|worse|worst|"
    r"terrible|"
    r"not (?:at all|very|too|good|much|satisfied|important|likely|confident|interested)|less|wrong|dislik\w+|"
    r"difficult|hard|negative\w*|pessimistic|unsafe|unhappy|distrust|(?:very|only a) little|hardly|none|^little|"
    r"stimme (?:eher |überhaupt |gar )?nicht zu|lehne\w*|dagegen|unzufrieden|schlecht\w*|unwichtig|unwahrscheinlich|"
    r"weniger|(?:sehr|eher|nur|zu) wenig|^wenig|kaum|gar kein\w*|falsch|mangelhaft|schwer|schwierig|negativ|unsicher|"
    r"(?:gar|eher|überhaupt) nicht\b.*)",
    re.IGNORECASE,
)
GOOD = re.compile(
    r"\b(agree|support|favou?r|satisfied|approve|favou?rable|likely|important|positive\w*|excellent|outstanding|"
    r"superb|good|"
    r"great|better|"
    r"best|more|right|lik(?:e|ed)|lov(?:e|ed)|very|fair amount|fairly|a lot|quite a (?:lot|bit)|completely|fully|"
    r"entirely|totally|"
    r"extremely|"
    r"stimme (?:\w+ )?zu|dafür|zufrieden|gut|wichtig|wahrscheinlich|mehr|besser|hervorragend|großartig|toll|"
    r"ausgezeichnet|richtig|"
    r"viel|voll\w*|völlig)\b",
    re.IGNORECASE,
)
DEGREE = re.compile(
    r"\b(?:very|fairly|somewhat|rather|quite|pretty|extremely|strongly|tend to|mostly|mainly|slightly|a little|"
    r"moderately|"
    r"completely|totally|entirely|highly|really|"
    r"sehr|eher|ziemlich|etwas|äußerst|stark|völlig|ganz|voll(?: und ganz)?|vollkommen|besonders|außerordentlich)\b ?",
    re.IGNORECASE,
)
"""How strongly an answer says what it says."""
WEAK = re.compile(
    r"\b(?:somewhat|slightly|a (?:little|bit)|moderately|not|less|hardly|etwas|ein (?:wenig|bisschen)|weniger|kaum|"
    r"nicht|mäßig)\b",
    re.IGNORECASE,
)
"""Degrees that stand on the lower half of a scale."""


@dataclass(frozen=True)
class Remark:
    """What is remarked on in a question: the rule, the words that gave rise to it, and why it matters."""

    rule: str
    words: str
    why: str


REASONS = {
    "premise": noted("“{words}” tells readers something before they answer: ask without it, or ask both ways."),
    "leading": noted("“{words}” says which answer is expected: leave it out."),
    "two in one": noted("“{words}”: who wants one and not the other cannot answer. Ask two questions."),
    "negated": noted("“{words}”: a no to what is negated is easily misread. Ask what should be done."),
    "jargon": noted("“{words}” is not everybody's word: say it plainly, or say what it means."),
    "long": noted("The question has {words} words: whoever skims it answers something else. Stay below {most}."),
    "no other": noted("No answer says “something else”: whose answer is missing can only give a wrong one."),
    "no way out": noted("No answer says “unsure”: who has no opinion would have to make one up."),
    "unbalanced": noted("The answers lean to one side, {words}: offer as many on the other."),
    "absolute": noted("“{words}” leaves hardly anybody a yes: ask how often, or how many."),
    "overlap": noted("A number stands in two answers, {words}: let each range begin above the end of the one before."),
    "gap": noted("Some numbers have no answer, {words}: let each range begin where the one before ends."),
}


def remarks(question: Question) -> list[Remark]:
    """What to think about again, the gravest first; nothing where nothing was noticed.

    Example:
        >>> from analytics.model import Choice
        >>> choices = tuple(Choice(word, word) for word in ("Yes", "No", "Unsure"))
        >>> truce = Question("truce", "Should they accept a truce, even without concessions?", "single", None, choices)
        >>> [(one.rule, one.words) for one in remarks(truce)]
        [('premise', 'even without')]
    """
    return [
        Remark(rule, words, spoken(REASONS[rule], words=words, most=MOST_WORDS))
        for rule, words in (*_of_text(question), *_of_choices(question))
    ]


def _of_text(question: Question) -> Iterator[tuple[str, str]]:
    text = question.text
    if (premise := PREMISE.search(text)) and not OFFERED.search(text):
        yield "premise", premise[0]
    if leading := (found[0] if (found := LEADING.search(text)) else loaded(text)):
        yield "leading", leading
    if both := _two_in_one(text):
        yield "two in one", both
    if absolute := _absolute(question):
        yield "absolute", absolute
    if negated := NEGATED.search(text):
        yield "negated", negated[0]
    if strange := JARGON.search(text):
        yield "jargon", strange[0]
    elif unknown := _unknown_letters(text):
        yield "jargon", unknown
    if (count := len(re.findall(r"[\w’'-]+", text))) > MOST_WORDS:
        yield "long", str(count)


def _absolute(question: Question) -> str:
    """The words that allow no exception where a yes or no is asked for,
    empty where none do or the answers are steps."""
    labels = [choice.label for choice in question.choices]
    if not any(POLAR.match(one) for one in labels) or any(EXCEPTIONLESS_POLICY.search(one) for one in labels):
        return ""
    asking = _asking(question.text)
    found = (EXCEPTIONLESS_POLICY if SHOULD.search(asking) else ABSOLUTE).search(asking)
    return found[0] if found else ""


def _unknown_letters(text: str) -> str:
    """The first letters that stand for words nobody has been told, empty where all are known."""
    if text.upper() == text:
        return ""
    return next(
        (
            one
            for one in ACRONYM.findall(text)
            if one not in KNOWN | STRESSED and not ROMAN.fullmatch(one) and f"({one})" not in text
        ),
        "",
    )


def _asking(text: str) -> str:
    """The sentences that ask, the last one where none does."""
    sentences = [one for one in re.split(r"(?<=[.?!:…]) +", text) if one.strip()]
    return " ".join([one for one in sentences if one.endswith("?")] or sentences[-1:])


def _two_in_one(text: str) -> str:
    """The two things that a question asks about at once, empty where it asks about one.

    Names are one thing, and what lies between two things is, too.
    """
    asking = EXAMPLES.sub("", INTRODUCTION.sub("", _asking(text)))
    for found in TWO_IN_ONE.finditer(asking):
        first, joint, second = found.groups()
        last = second.split()[-1]
        is_name = first[:1].isupper() and last[:1].isupper() and joint in ("and", "as well as")
        if last.lower() in ("your", "yours", "yourself") and first.lower() in ("you", "yourself"):
            continue
        if second.split()[0].lower() in ("other", "andere", "anderen", "sonstige") or first.endswith("-"):
            continue
        if _same_people(first, last) or _is_aside(asking[: found.start()], first, last, asking[found.end() :]):
            continue
        if (
            is_name
            or first.isdigit()
            or last.isdigit()
            or (first.lower(), last.lower()) in PAIRS
            or BETWEEN.search(text)
        ):
            continue
        return f"{first} {joint} {second}"
    return ""


def _is_aside(before: str, first: str, second: str, behind: str) -> bool:
    """Whether two words only describe one thing that is asked about: "fair and accurate news",
    "jobs in town and city"."""
    is_said = re.search(r"\b(?:an?|eine?[nrm]?) $", before, re.IGNORECASE)
    describe = any(ADJECTIVE.search(word) for word in (first, second)) and DESCRIBED.match(behind) and not is_said
    return bool(describe or (first.endswith("ly") and second.endswith("ly")) or PLACED.search(before))


def _same_people(first: str, second: str) -> bool:
    """Whether two words name one group by its women and its men, as "Bürgerinnen und Bürger" does."""
    women = [FEMININE.search(word) is not None for word in (first, second)]
    return women[0] != women[1] and first[0].isupper() and first[1:4].lower() == second[1:4].lower()


def _of_choices(question: Question) -> Iterator[tuple[str, str]]:
    labels = [choice.label for choice in question.choices]
    if broken := clash(labels):
        yield broken
    if question.kind in ("single", "scale") and labels:
        if not _is_numbered(question) and not any(OUT.search(one) for one in labels):
            yield "no way out", ""
        held = [one for one in labels if not OUT.search(one)]
        if question.kind == "single" and lacks_other(question.text, held):
            yield "no other", ""
        sides = [one for one in held if not MIDDLE.search(one) and not re.search(r"\d", one)]
        low = [one for one in sides if BAD.search(one)]
        high = [one for one in sides if one not in low and GOOD.search(one)]
        is_uneven = abs(len(low) - len(high)) > 1 and (min(len(low), len(high)) or max(len(low), len(high)) > 2)
        if is_uneven and not _mirrored(sides):
            yield "unbalanced", f"{max(len(low), len(high))} : {min(len(low), len(high))}"
        elif heaped := _heaped(sides):
            yield "unbalanced", heaped


def _heaped(sides: Sequence[str]) -> str:
    """How many answers say one thing to a high degree and how many say the rest, empty where they are about as many."""
    said = Counter(DEGREE.sub("", one).strip().lower() for one in sides if not WEAK.search(one))
    top = max(said.values(), default=0)
    return f"{top} : {len(sides) - top}" if top > 2 and len(sides) - top < 2 else ""


def _mirrored(sides: Sequence[str]) -> bool:
    """Whether answers say two things equally often, once their degrees are taken off: very and fairly easy or hard."""
    said = Counter(DEGREE.sub("", one).strip().lower() for one in sides)
    return len(said) == 2 and len({*said.values()}) == 1


def _is_numbered(question: Question) -> bool:
    """Whether the answers are steps from one number to another, whose middle says neither."""
    return question.kind == "scale" and all(re.match(r"\d", choice.label) for choice in question.choices)


def remarks_on(questions: Sequence[Question]) -> list[tuple[Question, Remark]]:
    """What to think about again in any of these questions."""
    return [(question, remark) for question in questions for remark in remarks(question)]
