"""A second pair of eyes on a question before it is asked: what pushes readers to an answer, and why. English, German.

It reads words, not minds: what it remarks on may be right, and what it passes may be wrong. Nothing is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analytics.collect.lists import OTHER, lacks_other
from analytics.collect.loaded import loaded
from analytics.collect.ranges import clash
from analytics.collect.unknowable import recalled, supposed
from analytics.collect.word_lists import read_pairs, read_words
from analytics.language.said import noted, spoken
from analytics.model import Question

MOST_WORDS, MOST_IN_ALL = 45, 75
"""Of the sentence that asks, and of all there is to read before it is answered."""

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
    r"^(?:As (?!far\b|you\b|of\b|an?\b|part\b|long\b|for\b|things\b|it stands)[^,?]{1,80} (?:is|are|has|have|was|"
    r"were|"
    r"keep|grow|rise|fall|\w+s) [^,?]{0,80}(?=, )|"
    r"With (?:so (?:many|much|few|little)|more and more|ever|(?!the following|"
    r"regard)[\w’' -]{3,40}? \w+ing\b)[^,?]*(?=, )|"
    r"(?:Da|Weil|In Zeiten|Bei (?:so|immer)) [^,:?]{1,120}(?=[,:] ))",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[„“\"][^“”\"]{10,}[“”\"]")
"""A statement that readers judge, not what the question itself says."""
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
    r"inaction|negligence|cowardice|arrogance)|(?:its|their|his|her) (?:failures|mistakes|blunders|lies|"
    r"incompetence)|"
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
    r"offensichtlich|wie jeder weiß|"
    r"(?:sicher|sicherlich|bestimmt|gewiss|zweifellos|ohne zweifel) (?:\w+ )?(?:haben|sind|finden|wissen|kennen|ist) "
    r"(?:auch )?(?:sie|ihnen)|"
    r"(?:haben|finden|sind|wollen|möchten|sehen|fühlen|denken|meinen|würden) auch sie|(?:ist|"
    r"geht) (?:es )?auch ihnen|"
    r"wie sie (?:sicher|sicherlich|bestimmt|alle)?\s?(?:wissen|bemerkt haben|gemerkt haben)|"
    r"(?:no doubt|doubtless|undoubtedly|certainly|you(?:['’]ve| have) (?:surely|no doubt|doubtless|certainly|"
    r"probably))|"
    r"you (?:must|will|would) (?:surely |no doubt |certainly )?(?:have noticed|agree|admit|know)|"
    r"(?:as you (?:will|must|no doubt|have|may|probably)\w* (?:\w+ )?(?:noticed|seen|know|experienced))|"
    r"(?:like|along with) (?:us|every\w+|so many|many (?:others|people|of us))|do you (?:too|agree with us)|"
    r"how (?:much|strongly|deeply|greatly) do you (?:enjoy|love|appreciate|admire|hate|dislike|resent|regret|miss|"
    r"suffer|"
    r"fear|benefit|look forward)(?! or\b)|wie (?:sehr|stark) (?:freuen|genießen|lieben|schätzen|bedauern|hassen|"
    r"fürchten|"
    r"bewundern|vermissen|stört|belastet|profitieren|verabscheuen)(?! oder\b)|"
    r"doch (?:auch|sicher|wohl|bestimmt)|"
    r"how much longer|wie lange (?:noch |sollen |wollen |müssen )(?:wir|sie)|"
    r"(?:why|warum|wieso|weshalb) (?:do|does|did|has|have|is|are|hat|haben|tut|weigert|versagt|scheitert|ignoriert) "
    r"[^?]{2,60}? (?:fail\w*|refus\w+|ignor\w+|neglect\w*|nothing|versag\w*|ignorier\w*|weigern|nichts|im Stich)|"
    r"(?:is|are|ist|sind) (?:\w+ ){1,4}?(?:doomed|to blame|schuld(?= daran))|"
    r"(?:nicht|isn['’]t it|don['’]t you) (?:wahr|true|think)(?=\?)|"
    r"(?:it is|it['’]s) (?:only (?:fair|right|sensible|logical|natural)|about time|high time|time)|"
    r"es ist (?:nur (?:gerecht|fair|recht|vernünftig)|(?:höchste )?zeit)|"
    r"(?:sollte|soll|muss|müsste) (?:man|es|die \w+|der \w+) nicht (?:endlich|auch|längst)|"
    r"(?:stop|quit|cease|keep on|go on) (?:wasting|ignoring|destroying|ruining|harassing|punishing|failing|"
    r"neglecting|"
    r"cheating|lying|pretending)|weiterhin (?:tatenlos|zusehen|ignorieren)|"
    r"as (?:an? )?(?:responsible|good|decent|caring|concerned|loyal|true|patriotic|sensible) \w+|"
    r"als (?:verantwortungsvolle[rn]?|gute[rn]?|anständige[rn]?|vernünftige[rn]?|treue[rn]?) \w+)\b",
    re.IGNORECASE,
)
TWO_IN_ONE = re.compile(
    r"\b([\w’'-]+) (and|und|as well as|sowie) ((?:the |die |den |das |der |also |auch )?[\w’'-]+)\b"
)
SHORT_ANSWER = 4
"""Letters up to which an answer is too common a word to be one that is read out."""
TOLD_FIRST = re.compile(
    r"\b(?:selbst|sogar|even) (?:the|die|der|das|our|unsere?) [^,:.?!]{3,60}(?:haben|hat|sind|ist|have|has|are|is|"
    r"admit\w*|"
    r"concede\w*|accept\w*|agree\w*|know\w*|sagen|geben)\b[^:.?!]*(?=[:.!])",
    re.IGNORECASE,
)
"""A fact that "even" its opponents are said to see."""
OWNING_UP = re.compile(
    r"\b(?:have you (?:ever |knowingly |deliberately )*(?!heard|seen|read|been asked|witnessed|met)|did you ever |"
    r"do you (?:ever |sometimes |"
    r"regularly ))[^?.]{0,60}?\b(?:stol(?:en|e)|shoplift\w*|lied|lie|cheat\w*|dodg\w*|evad\w*|fiddl\w*|brib\w*|"
    r"forg(?:ed|e)|hit your|"
    r"drunk|drink[- ]drive limit|over the limit|under the influence|taken drugs|took drugs|illegal(?:ly)?|without "
    r"(?:a )?(?:ticket|paying|"
    r"licen[cs]e|insurance)|unfaithful|plagiari\w*|vandali\w*|speed limit|cash in hand|undeclared|false (?:claim|"
    r"expenses))\b|"
    r"\bhaben sie (?:(?:schon|jemals|je|bereits|bewusst|absichtlich|einmal|mal) ?)+[^?.]{0,60}?\b(?:gestohlen|"
    r"geklaut|betrogen|belogen|gelogen|"
    r"hinterzogen|verschwiegen|bestochen|gefälscht|unterschlagen|schwarz\w*|geschlagen|betrunken|alkoholisiert|fremdgegangen|abgeschrieben|"
    r"geschummelt|gerast|illegal\w*|drogen|ohne (?:fahrschein|ticket|führerschein|zu bezahlen))\b|"
    r"\bsind sie (?:(?:schon|jemals|je|bereits|einmal|mal) ?)+[^?.]{0,60}?\b(?:schwarzgefahren|fremdgegangen|"
    r"betrunken|alkoholisiert|"
    r"ohne (?:fahrschein|ticket|führerschein))\b",
    re.IGNORECASE,
)
"""What readers would have to own up to: an offence, or a breach of trust."""
NAMED_LETTERS = re.compile(r"[A-ZÄÖÜ]{2,}")
EXPLAINED = re.compile(
    r",? (?:d\. ?h\.|das heißt|i\. ?e\.|that is|namely|nämlich|also|z\. ?B\.|e\. ?g\.)[, ][^?;]*?(?=, (?:um|to|in|"
    r"for)\b|\?|$)",
    re.IGNORECASE,
)
"""What says of one thing what belongs to it."""
OPPOSED = re.compile(
    r"^(?:dis|un|in|im|non|mis|vor|nach|an|ab|zu|für|wider|auf|ein|aus|pro|contra|kontra)(?=\w{3})", re.IGNORECASE
)
PAIRS = read_pairs("pairs.txt")
"""Words that go together and are one thing to ask about."""
ADJECTIVE = re.compile(r"\w{2}(?:al|ic|ous|ive|able|ible|ful|less|ary|ate)$")
DESCRIBED = re.compile(
    r" (?!(?:in|on|of|to|for|at|by|with|from|as|or|than|when|if|about|enough|the|its?|their)\b)[a-z]{3,}"
)
"""A noun behind two adjectives."""
PLACED = re.compile(
    r"(?<!confidence )(?<!trust )(?<!faith )(?<!interest )(?<!interested )(?<!quality )(?<!state )(?<!cost "
    r")(?<!price )"
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
    r", (?:abgesehen von|apart from|aside from|other than|außer|neben) [^,?]*,|\b(?:such as|including|for example|"
    r"wie etwa|zum Beispiel|einschließlich)\b[^,?]*",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    r"\b(between|both|zwischen|sowohl|widersprech\w*|unterscheid\w*|each other|einander|contradict\w*|conflict|"
    r"differ|"
    r"compared?|gemeinsam|together|im selben|the same)\b",
    re.IGNORECASE,
)
WITHOUT_EXCEPTION = (
    r"always|never(?! mind)|at all times|under (?:all|any) circumstances|without exception|no matter what|"
    r"in every case|"
    r"at (?:any cost|all costs|any price)|every (?:single|time)|exclusively|without fail|(?:you|they|we) only|"
    r"stets|immer(?! noch| mehr| wieder| wenn| weniger| \w+er\b)(?<!noch immer)|niemals|nie(?! wieder)|jedes mal|"
    r"jederzeit|"
    r"ausnahmslos|ohne ausnahme|in jedem fall|auf keinen fall|unter (?:allen|keinen) umständen|um jeden preis|"
    r"ausschließlich|rund um die uhr|(?:lesen|kaufen|essen|nutzen|sehen|hören|fahren) sie nur"
)
EVERYBODY = (
    r"(?:do|does|did|are|is|have|has|can|will) (?:all (?!of your|the same|members|in all|or\b)|every |everybody|"
    r"everyone|"
    r"no one|nobody|none of)[\w’'-]*|\b(?:think|believe|say|feel|agree) (?:that )?(?:all|every|"
    r"no) (?!in all)[\w’'-]+|"
    r"everybody|everyone|everywhere|überall|all your|(?:trust|believe|know|read|eat|buy|print|like) everything|"
    r"perfectly|every (?!day|week|month|year|night|morning|evening|"
    r"hour|other|few|second|third|two|three|"
    r"now|\w+day\b|\d)\w+|"
    r"(?:kept|keep|keeps|have|has|had|made|done) a single|no \w+ (?:can|will|could|would) ever|"
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
NOT = r"(?:\b(?:not|never|no longer|cannot|nobody|no one|without|nicht|kein\w*|nie|niemals|niemand\w*|ohne)\b|n['’]t\b)"
DENYING = (
    r"\b(?:oppos(?:e|ed|es|ing)|disagree\w*|disapprov\w+|against|ban(?:s|ned|ning)?|forbid\w*|prohibit\w*|prevent\w*|"
    r"reject\w*|abolish\w*|refus\w+|stop(?:ped|ping)?|deny\w*|denied|exclud\w+|lift(?:ed|ing)?|repeal\w*|"
    r"scrap(?:ped|ping)?|unless|fail(?:ed|s|ing)? to|un(?!der|it|ion|ivers|til|ique|mittelbar|bedingt|längst|"
    r"abhängig|heimlich|glaublich|endlich|weit|terneh|verzüglich)\w{4,}|in(?:adequate|accurate|"
    r"appropriate|"
    r"correct|sufficient|effective|efficient|secure|valid|capable)\w*|im(?:possible|practical|"
    r"proper|"
    r"moral|polite|patient)|dis(?:honest|satisfied|loyal|respectful)\w*|il(?:legal|logical)|ir(?:responsible|"
    r"relevant|"
    r"regular)|"
    r"dagegen|gegen|ablehn\w*|abgelehnt|lehnen|verbiet\w*|verbot\w*|untersag\w*|verhinder\w*|abschaff\w*|abgeschafft|"
    r"verzicht\w*|aufheben|aufgehoben|ausschließ\w*|verweiger\w*|bestreiten|bezweifeln|"
    r"un(?!d\b|ter|s\b|ser|gefähr|iver|ion|gern|mittelbar|bedingt|längst|abhängig|heimlich|glaublich|endlich|weit|verzüglich)\w{4,}(?:lich|bar|ig|haft|sam|recht|fair|gesund|möglich|wichtig|"
    r"sicher|"
    r"zufrieden|günstig|klug|nötig)\w{0,2})\b"
)
TWICE = re.compile(
    rf"{NOT}[^?.;:]*?{DENYING}|{DENYING}[^?.;:]*?{NOT}|{NOT}[^?.;:,]*?, [^?.;:]*?{NOT}|\bnot (?:be )?not\b",
    re.IGNORECASE,
)
"""Two negations in one clause, of which readers have to work out what a yes means."""
OFFERED_BOTH = re.compile(
    r"\b(?:or|oder|nor|noch|weder|neither)\b(?! not allow)|\b(?:if at all|wenn überhaupt)\b", re.IGNORECASE
)
"""How both sides are offered, of which one is negated by its nature."""
ASKED_TO_AGREE = re.compile(
    r"(?:(?:to what extent |how far |how strongly |inwieweit )?(?:do|would) you (?:\w+ )?(?:agree or disagree|"
    r"support or "
    r"oppose|favou?r or oppose)(?: (?:that|with))?|(?:sind sie )?(?:dafür oder dagegen|für oder gegen)|"
    r"stimmen sie (?:\w+ )?(?:zu|zu oder nicht zu)|stimmen sie der (?:folgenden )?aussage zu(?: oder nicht zu)?)",
    re.IGNORECASE,
)
"""The frame around a statement, which is no negation of its own."""


def _negated_twice(text: str) -> str:
    """Two negations of one clause, empty where there are none or both sides are offered."""
    asking = ASKED_TO_AGREE.sub(" ", _asking(text))
    found = TWICE.search(asking)
    return "" if found is None or OFFERED_BOTH.search(asking) else found[0].strip()


JARGON = re.compile(
    r"(§ ?\d+|\b(?:article|section|artikel|absatz) \d+|\b\w{26,}|\b(?:[\w]+-(?:led|based|driven|centric|informed|"
    r"facing),? (?:and )?)+(?:\w+ )?(?:framework|commissioning|governance|"
    r"delivery|approach|model|strategy|provision|pricing|principle)|\b(?:"
    + "|".join(re.escape(one).replace(r"\*", r"\w*").replace(r"\ ", " ") for one in read_words("jargon.txt"))
    + r"))\b",
    re.IGNORECASE,
)
"""Words that only those use who deal with a matter every day; jargon.txt has them, a * stands for any ending."""
ACRONYM = re.compile(
    r"(?<![\w&.-])(?:[A-ZÄÖÜ]{2,6}|[a-zäöü][A-ZÄÖÜ]{2,5}|[A-ZÄÖÜ][a-zäöü]{1,3}[A-ZÄÖÜ]{2,}|[A-ZÄÖÜ][a-zäöü]{1,2}[A-ZÄÖÜ]|"
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
MOST_WITHOUT_MIDDLE = 4
MIDDLE = re.compile(r"\b(neither|nor|weder|noch|about the same|same as|teils|geht so|okay)\b", re.IGNORECASE)
"""How the middle of a scale is said."""
OUT = re.compile(
    r"unsure|not sure|don['’]?t know|do not know|can['’]?t say|cannot say|no opinion|undecided|prefer not|neither|"
    r"weiß (?:es |noch )?nicht|weiss nicht|never heard|can['’]?t rate|kenne ich nicht|none of (?:these|them)|"
    r"not applicable|don['’]?t (?:work|use|read|have|own|watch)|keine[rs]? davon|unsicher|unentschieden|"
    r"keine (?:meinung|angabe)|kann ich nicht sagen|weder|schwer zu sagen|nicht erkennbar|hard to say|"
    r"(?:ist|wäre) mir (?:egal|gleich)|doesn['’]?t matter|no preference|not applicable|trifft nicht zu|"
    r"can['’]?t choose|haven['’]?t thought|have not thought|(?:mir )?(?:noch )?keine gedanken|"
    r"depends|kommt (?:ganz )?darauf an|no (?:answer|view|idea)|not heard|noch nie gehört|keine ahnung|"
    r"ne sai[st] pas|sans opinion",
    re.IGNORECASE,
)
"""How an answer says that its reader has none."""
BAD = re.compile(
    r"\b(disagree|oppose|dissatisfied|disapprove|unfavou?rable|unlikely|unimportant|poor|fair$|bad|badly|worse|worst|"
    r"terrible|"
    r"not (?:at all|very|too|good|much|satisfied|important|likely|confident|interested|well|\w+(?= enough))|less|"
    r"wrong|dislik\w+|"
    r"difficult|hard|negative\w*|pessimistic|unsafe|unhappy|distrust|(?:very|only a) little|hardly|none|^little|"
    r"stimme (?:eher |überhaupt |gar )?nicht zu|lehne\w*|dagegen|unzufrieden|schlecht\w*|unwichtig|unwahrscheinlich|"
    r"weniger|(?:sehr|eher|nur|zu) wenig|^wenig|kaum|gar kein\w*|falsch|mangelhaft|schwer|schwierig|negativ|unsicher|"
    r"(?:(?:gar|eher|überhaupt) )?nicht\b.*|hässlich\w*|unschön|langweilig|unfreundlich|"
    r"gefährlich|schmutzig|nutzlos|enttäuschend|schwach|mies|furchtbar|überflüssig|ugly|boring|dull|useless|dirty|"
    r"dangerous|slow|awful|weak|disappointing|unpleasant|unfriendly|badly|disastrously|inadequate)",
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
    r"viel|voll\w*|völlig|schön\w*|hübsch|nett|prima|klasse|super|angenehm|freundlich|interessant|hilfreich|nützlich|"
    r"sauber|sehenswert|gelungen|ordentlich|beautiful|lovely|nice|pleasant|friendly|useful|helpful|interesting|"
    r"enjoyable|"
    r"brilliant|perfect|wonderful|worried|well)\b",
    re.IGNORECASE,
)
DEGREE = re.compile(
    r"\b(?:very|fairly|somewhat|rather|quite|pretty|extremely|strongly|tend to|mostly|mainly|slightly|a little|"
    r"moderately|"
    r"completely|totally|entirely|highly|really|"
    r"sehr|eher|ziemlich|etwas|äußerst|stark|völlig|ganz|voll(?: und ganz)?|vollkommen|besonders|"
    r"außerordentlich)\b ?",
    re.IGNORECASE,
)
"""How strongly an answer says what it says."""
WEAK = re.compile(
    r"\b(?:somewhat|slightly|a (?:little|bit)|moderately|not|less|hardly|etwas|ein (?:wenig|bisschen)|weniger|kaum|"
    r"nicht|mäßig)\b",
    re.IGNORECASE,
)
"""Degrees that stand on the lower half of a scale."""


TOO = re.compile(r"(?<!not )(?<!nicht )\b(?:too|zu) (\w{3,})", re.IGNORECASE)


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
    "owning up": noted("“{words}” asks readers to own up: few will. Ask what they think of it, or how common it is."),
    "recall": noted("“{words}”: nobody keeps count for so long or so exactly. Ask about a shorter, recent time."),
    "hypothetical": noted("“{words}”: what people would do in another life is a guess. Ask what they do or want."),
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


TAG = re.compile(
    r", (?:oder|nicht wahr|stimmt['’]?s|richtig|ja|gell|right|correct|"
    r"(?:is|are|do|does|was|were|would|should|has|have|can|will|must)n['’]t (?:it|he|she|they|you|we)(?: agree)?)\?",
    re.IGNORECASE,
)
"""A tag behind a statement, which asks for a yes."""
CAMP = re.compile(
    r"\b(?:experts?|critics|campaigners|scientists|doctors|economists|residents|locals|commuters|parents|teachers|"
    r"many|most|"
    r"more and more|a growing number|countless|thousands|people|voters|readers|everyone|everybody|"
    r"experten|fachleute|kritiker|wissenschaftler|forscher|ärzte|anwohner|bürger|eltern|lehrer|pendler|viele|"
    r"immer mehr|"
    r"die meisten|zahlreiche|tausende|alle|leser)\b[^.?!:;]{0,60}?\b(?:warn\w*|agrees?|says?|fears?|complain\w*|"
    r"demand\w*|"
    r"insist\w*|believe|know|call(?:s|ed)? for|angry|furious|outraged|fed up|worried|suffer\w*|condemn\w*|welcome\w*|"
    r"klagen|beklagen|fordern|verlangen|befürchten|empört|verärgert|wütend|besorgt|leiden|begrüßen|verurteilen|"
    r"wissen|"
    r"sind (?:sich )?einig|ärgern|beschweren)\b[^.?!]*[.!] ",
    re.IGNORECASE,
)
"""What one camp holds, said before the question."""
OTHER_CAMP = re.compile(
    r"\b(?:others?|some|while|whereas|supporters|opponents|andere|einige|manche|während|befürworter|gegner|"
    r"dagegen)\b",
    re.IGNORECASE,
)


def _one_camp(text: str) -> str:
    """What one camp holds where the other is not heard, empty where nothing is said or both are."""
    found = CAMP.search(text)
    return "" if found is None or OTHER_CAMP.search(text) else found[0].strip()


def _of_text(question: Question) -> Iterator[tuple[str, str]]:
    text = question.text
    if (premise := PREMISE.search(QUOTED.sub("", text))) and not OFFERED.search(text):
        yield "premise", premise[0]
    elif told := _told_first(text):
        yield "premise", told
    found = LEADING.search(QUOTED.sub("", text)) or TAG.search(text)
    if leading := (found[0].lstrip(", ") if found else loaded(text) or _one_camp(text)):
        yield "leading", leading
    if both := _two_in_one(_not_read_out(question)):
        yield "two in one", both
    if absolute := _absolute(question):
        yield "absolute", absolute
    if (owning := OWNING_UP.search(text)) and _answers_yes_or_no(question):
        yield "owning up", owning[0]
    if negated := (found[0] if (found := NEGATED.search(text)) else _negated_twice(text)):
        yield "negated", negated
    if strange := JARGON.search(text):
        yield "jargon", strange[0]
    elif unknown := _unknown_letters(text):
        yield "jargon", unknown
    if past := recalled(text):
        yield "recall", past
    if elsewhere := supposed(text):
        yield "hypothetical", elsewhere
    asked, whole = (len(re.findall(r"[\w’'-]+", part)) for part in (_asking(text), text))
    if asked > MOST_WORDS or whole > MOST_IN_ALL:
        yield "long", str(asked if asked > MOST_WORDS else whole)


STRONGEST = re.compile(
    r"\b(?:every single|each and every|no \w+ (?:can|will|could|would) ever|all of (?:their|his|her|its)|"
    r"all (?:of )?the time|never ever|without (?:any )?exception|"
    r"absolutely (?:all|every\w*|no\w*)|not a single|nobody ever|no one ever|always and everywhere|"
    r"ausnahmslos|sämtliche[nrsm]?|jede[rnms]? einzelne[nrsm]?|kein einziger|keine einzige|niemals alle|"
    r"nie und nimmer|"
    r"hundertprozentig|ohne jede ausnahme|immer und überall)\b",
    re.IGNORECASE,
)
"""Words that allow no exception even in a statement that readers agree or disagree with by steps."""


def _absolute(question: Question) -> str:
    """The words that allow no exception where a yes or no is asked for,
    empty where none do or the answers are steps."""
    labels = [choice.label for choice in question.choices]
    if strongest := STRONGEST.search(_asking(_not_read_out(question))):
        return strongest[0]
    if not any(POLAR.match(one) for one in labels) or any(EXCEPTIONLESS_POLICY.search(one) for one in labels):
        return ""
    asking = _asking(_not_read_out(question))
    found = (EXCEPTIONLESS_POLICY if SHOULD.search(asking) else ABSOLUTE).search(asking)
    return found[0] if found else ""


def _not_read_out(question: Question) -> str:
    """The question without the answers that it reads out: what stands in them is offered, and asks for nothing."""
    text = question.text
    for choice in sorted(question.choices, key=lambda one: -len(one.label)):
        label = re.sub(r"^(?:an?|the|ein\w*|de[rnms]|die|das) ", "", choice.label.strip(), flags=re.IGNORECASE)
        if len(label) > SHORT_ANSWER:
            text = re.sub(rf"(?<!\w){re.escape(label)}(?!\w)", "…", text, flags=re.IGNORECASE)
    return text


def _answers_yes_or_no(question: Question) -> bool:
    return any(POLAR.match(choice.label) for choice in question.choices)


def _told_first(text: str) -> str:
    """What is told as a fact before a colon or a sentence's end, of somebody who is said to have seen it too."""
    found = TOLD_FIRST.search(QUOTED.sub("", text))
    return "" if found is None or OTHER_CAMP.search(text) else found[0].strip(" :")


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
    asking = EXAMPLES.sub("", INTRODUCTION.sub("", _asking(EXPLAINED.sub("", text))))
    for found in TWO_IN_ONE.finditer(asking):
        first, joint, second = found.groups()
        last = second.split()[-1]
        is_name = first[:1].isupper() and last[:1].isupper() and joint in ("and", "as well as")
        if all(NAMED_LETTERS.fullmatch(word) for word in (first, last)) or _opposites(first, last):
            continue
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


def _opposites(first: str, second: str) -> bool:
    """Whether two words are one by their stem, so that both sides of one thing are meant: "advantages and
    disadvantages"."""
    stems = [OPPOSED.sub("", word.lower()) for word in (first, second)]
    return first.lower() != second.lower() and stems[0] == stems[1]


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
        has_middle = len(labels) > MOST_WITHOUT_MIDDLE and any(MIDDLE.search(one) for one in labels)
        if not (_is_numbered(question) or has_middle or _is_fact(question) or any(OUT.search(one) for one in labels)):
            yield "no way out", ""
        held = [one for one in labels if not OUT.search(one)]
        if question.kind == "single" and lacks_other(question.text, held):
            yield "no other", ""
        sides = [one for one in held if not MIDDLE.search(one) and not re.search(r"\d", one)]
        low = [one for one in sides if BAD.search(one)]
        high = [one for one in sides if one not in low and GOOD.search(one)]
        if too := _too_much_of_one(labels):
            yield "unbalanced", too
            return
        is_uneven = abs(len(low) - len(high)) > 1 and (min(len(low), len(high)) or max(len(low), len(high)) > 2)
        if is_uneven and not _mirrored(sides):
            yield "unbalanced", f"{max(len(low), len(high))} : {min(len(low), len(high))}"
        elif heaped := _heaped(sides):
            yield "unbalanced", heaped


def _too_much_of_one(labels: Sequence[str]) -> str:
    """How many answers say "too long" where none says too short, empty where both ways are offered."""
    said = [found[1].lower() for one in labels if (found := TOO.search(one))]
    ways = Counter(re.sub(r"(?:e[nrsm]?)$", "", word) for word in said)
    return f"{len(said)} : 0" if len(said) > 1 and len(ways) == 1 else ""


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


FACT = re.compile(
    r"(?:^|[.:,] )(?:do|have|are|did|were|had) you (?:\w+ )?(?:have|own|live|work|subscribe|rent|drive|smoke|attend|"
    r"belong|"
    r"born|married|registered|employed|retired|studying|a (?:member|subscriber|parent|student|homeowner|resident|"
    r"reader)|"
    r"(?:bought|visited|voted|moved|used|read|been|lived|taken|donated|travelled|flown|worked|heard|seen|contacted|"
    r"attended|signed|had|written|eaten|played|watched|listened|met|gone|tried|paid))\b|"
    r"\bhow many (?:people|persons|children|adults|cars|bicycles|bikes|pets|rooms)\b|\bhow old are you|"
    r"\bhow (?:long|often|far|frequently) (?:do|did|have) you\b|"
    r"\b(?:do|did) you (?:usually |mainly |mostly |most often |normally )?(?:use|read|watch|listen|travel|get|buy|"
    r"shop|live|"
    r"work|hear|follow|commute|pay|heat|go|cycle|walk|drive)\b|in what year were you|"
    r"(?:^|[.:,] )(?:haben|besitzen|leben|wohnen|arbeiten|rauchen|sind|waren|nutzen|fahren|beziehen) sie "
    r"(?!für|gegen|dafür|dagegen|der (?:meinung|ansicht)|zufrieden|einverstanden|besorgt|vertrauen|sicher|angst|lust|"
    r"das gefühl|den eindruck|mit \w+ einverstanden|stolz|bereit|optimistisch|eher)|"
    r"\bwie viele (?:personen|menschen|kinder|erwachsene|autos|zimmer|fahrräder|haustiere)\b|\bwie alt sind sie|"
    r"\bwie (?:lange|oft|häufig|weit) \w+ sie\b|"
    r"\b(?:nutzen|lesen|sehen|hören|fahren|kaufen|wohnen|arbeiten|leben|beziehen|kommen|zahlen|heizen|gehen) sie\b",
    re.IGNORECASE,
)
"""What everybody knows of themselves: what they have, do and use, where they live, whether they have been somewhere."""
JUDGING = re.compile(
    r"\b(?:think|believe|feel|opinion|view|should|too (?:much|many|little|few)|enough|trust|confidence|favou?r|"
    r"oppose|support|"
    r"approve|satisfied|happy|meinung|glauben|finden|sollte\w*|soll|halten|genug|zu (?:viel|wenig)\w*|vertrauen)\b",
    re.IGNORECASE,
)
"""What makes a matter of opinion of it."""
NOT_AT_ALL = re.compile(
    r"\b(?:never|none|nie|niemals|kein\w*|gar nicht|not at all|seltener|less often)\b", re.IGNORECASE
)


def _is_fact(question: Question) -> bool:
    """Whether readers are asked a plain fact of their own lives, to which nobody needs to be unsure."""
    labels = [choice.label for choice in question.choices]
    is_counted = len(labels) > 2 and sum(bool(re.search(r"\d", label)) for label in labels) > len(labels) - 2
    is_polar = sum(bool(POLAR.match(label)) for label in labels) == 2 and len(labels) < 4
    takes_all = any(NOT_AT_ALL.search(label) or OTHER.search(label) for label in labels)
    return (
        (is_counted or is_polar or (takes_all and len(labels) > 2))
        and bool(FACT.search(question.text))
        and not JUDGING.search(question.text)
    )


def remarks_on(questions: Sequence[Question]) -> list[tuple[Question, Remark]]:
    """What to think about again in any of these questions."""
    return [(question, remark) for question in questions for remark in remarks(question)]
