"""The words by which an English headline claims something."""

from __future__ import annotations

import re

from analytics.claims.lexicon import NUMBER, Lexicon, before, parts, words

_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
_TENS = {
    "ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_PARTS = parts(_COUNTS)

ENGLISH = Lexicon(
    people=re.compile(
        r"(?<!\w)(?:(?!(?:Plans|Loans|Means|Beans|Scans|Oceans|Orleans)\b)[A-Z][a-z]+ans|"
        r"Germans|French|British|Brits|Poles|Swiss|Dutch|Danes|Swedes|Finns|Turks|"
        r"Greeks|Spaniards|Scots|Irish|Welsh|Japanese|Chinese|Israelis|Iraqis|Pakistanis|New Yorkers|Londoners|"
        r"Democrats|Berliners|Viennese|Czechs|Slovaks|Portuguese|Tories|Conservatives|Liberals|[Mm]illennials|"
            r"[Bb]oomers|"
        r"Gen Z|Gen X|[Ww]orkers|[Tt]eachers|[Ff]armers|[Vv]oters?|[Tt]he electorate|[Cc]itizens|"
        r"[Tt]he (?:general )?public|[Pp]ublic opinion|"
        r"[Tt]he (?:whole )?(?:nation|country|people|population)|America|Germany|Britain|France|Russia|Ukraine|Europe|"
        r"[Pp]eople|[Rr]esidents|[Tt]axpayers|[Aa]dults|[Hh]ouseholds|[Ww]omen|[Mm]en|[Ss]tudents|[Pp]arents|"
        r"[Yy]oung people|[Tt]he young|[Oo]lder people|[Tt]he old|[Pp]ensioners|[Ss]ubscribers|"
        r"[Uu]sers|[Oo]ur audience)(?!\w)"
    ),
    holds=words(
        "who answered", "who chose to answer", "who took part", "who responded", "who replied", "who voted here",
        "in this (?:poll|survey|selection)", "of those who answered", "among those who answered", "respondents",
        "taking part", "answering",
    ),
    opinion=words(
        "says?", "said", "thinks?", "believes?", "wants?", "supports?", "opposes?", "backs?", "favou?rs?", "rejects?",
        "agrees?", "disagrees?", "prefers?", "feels?", "sees?", "calls?", "would", "are (?:for|against|divided|split)",
        "is (?:for|against|divided|split)", "don['’]t", "do not", "oppose[sd]?", "supported", "turn(?:s|ed)? against",
        "splits?", "divided", "torn", "against", "favou?red", 
        "demands?", "endorses?", "approves?", "disapproves?", "fears?", "hopes?", "doubts?", "trusts?", "distrusts?",
    ),
    quantity=words(
        "most(?: of(?: the| all)?)?", "(?:a |the )?(?:\\w+ )?majority of(?: the)?", "half of(?: the| all)?",
        "many(?: of(?: the)?)?", "few", "more", "fewer", "(?:thirds?|quarters?|fifths?) of(?: the| all)?",
        "(?:%|percent|per cent) of(?: the| all)?", "in (?:\\d+|two|three|four|five|ten)", "poll of(?: the)?",
    ),
    certainty=words(
        "±(?:\\s*\\d+)?", "representative", "margins? of (?:sampling )?error", "statistically significant",
        "significant(?:ly)?",
        "proves?", "proven", "scientific", "moe",
    ),
    majority=words(
        r"(?<!at )most(?! *(?:$|[.,:;!?])| for the| to )(?! (?:frequent|common|likely|popular|recent|often|of all))",
            "majority", "landslide",
        "(?:overwhelming|massive|huge|whopping)(?= \\d)",
        "more than half", "over half", "more than 50 ?(?:%|percent)",
    ),
    strong=words("vast", "whopping", "overwhelming(?:ly)?", "huge", "massive", "large", "landslide", 
        "resounding(?:ly)?"),
    everyone=words("everyone(?!['’]s| else)", "everybody(?! else)", "unanimous(?:ly)?", "all readers", "nobody",
        "no one"),
    leads=words("leads?", "leading", "led", "ahead", "wins?", "won", "winner", "beats?", "edges? (?:out|past|ahead)", 
        "tops", "outpolls?", "outnumbers?", "overtakes?",
        "front[- ]?runner", "on top"),
    up=words(
        "rises?", "rose", "rising", "grows?", "grew", "growing", "increas\\w+", "gains?", "gained", "climb\\w*",
        r"(?<!speak )(?<!speaks )(?<!spoke )(?<!gives )(?<!give )(?<!-)(?<!em )(?<!them )(?<! it )(?<!lock )(?<!build )"
        r"up(?= (?:by|from|since|on|sharply|again|\d)|\s*(?:$|[.,;!?]))",
        "surg\\w+", "soar\\w*", "jump\\w*", "rocket\\w*", "skyrocket\\w*", "swells?", "mount(?:s|ing)",
    ),
    down=words(
        "falls?(?! short| behind| for| flat)", "fell", "falling", "drops?", "dropped", "declin\\w+", "decreas\\w+", 
        "sinks?", "sank",
        r"(?<!back )(?<!shut )(?<!step )down(?= (?:by|from|since|on|sharply|again|\d)|\s*(?:$|[.,;!?]))",
        "plung\\w+", "plummet\\w*", "collaps\\w+", "slump\\w*", "shrinks?", "shrank", "wan(?:es|ing)", "crumbl\\w+",
        "los(?:es|ing) (?:ground|support)", "erod\\w+",
    ),
    shift=words(
        "shifts?", "shifted", "swings?", "swung", "chang(?:es?|ed|ing)", "turn(?:s|ed)? against", "tid(?:e|al)",
    ),
    sharp=words(
        "surg\\w+", "soar\\w*", "rocket\\w*", "skyrocket\\w*", "plung\\w+", "plummet\\w*", "collaps\\w+", "slump\\w*",
        "sharp(?:ly)?", "dramatic(?:ally)?", "massive(?:ly)?", "crumbl\\w+",
    ),
    versus=words(
        "than", "versus", "vs\\.?", "unlike", "more likely", "less likely", "gap between", "divide between",
        "compared (?:with|to)", "while", "but",
    ),
    cause=words(
        "because(?: of)?", "due to", "thanks to", "in response to", "caused(?: by)?", "driven by", "led to",
        "as a result of", "following", "in the wake of",
    ),
    percent=re.compile(rf"{NUMBER}\s*(?:[%\uff05](?!\s*-?\s*points?)|percent\b|per cent\b|pct\b)", re.IGNORECASE),
    points=re.compile(rf"{NUMBER}[\s-]*(?:(?:percentage|%)[\s-]*)?points?\b", re.IGNORECASE),
    one_in=re.compile(rf"(?<![\d.,])\b{_PARTS}\s+(?:in|out of)\s+(?:every\s+)?{_PARTS}\b", re.IGNORECASE),
    base=re.compile(
        rf"{NUMBER}\s+(?:of our )?(?:readers|people|respondents|answers|responses|participants|users|subscribers|"
        rf"voters|adults|[A-Z][a-z]+(?:ans|ians))\b"
    ),
    about=before("about", "around", "roughly", "some", "approximately", "circa", "close to", "near", "barely"),
    nearly=before("nearly", "almost", "just under", "just below", "just short of", "not quite", "approaching"),
    just_over=before(
        "just over", "just above", "(?:slightly|barely|a little|a bit) (?:more than|over|above)", "at a little over"
    ),
    over=before("more than", "over", "above", "at least", "upwards? of", "in excess of", "exceeds?", "passes", "tops"),
    under=before("(?:fewer|less|no more|lower) than", "under", "below", "at most", "not even", "up to", "short of"),
    wish=before(
        "should(?:n['’]t| not)?", "would", "must", "could", "can", "will", "may", "might", "ought to", "to", "let",
    ),
    rest=words("not", "\\w+n['’]t", "never", "other than", "anything but", "except"),
    unsettled=words(
        "not (?:yet )?settled", "within the uncertainty", "unsettled", "too close to call", "unclear", "nobody",
        "no one", "neither",
    ),
    spread=re.compile(r"\d+\s*(?:%|percent|per cent)\s+(?:\w+\s+)?intervals?\b", re.IGNORECASE),
    fractions=(
        (words("three[- ]quarters?"), 0.75), (words("two[- ]thirds?"), 2 / 3),
        (words(r"(?<!more than )(?<!over )(?<!first )(?<!second )half", "every second"), 0.5),
        (words(r"(?<!two )(?<!two-)(?:a|one)[ -]third"), 1 / 3), (words("(?:a|one)[ -]quarter"), 0.25),
        (words("(?:a|one)[ -]fifth"), 0.2),
    ),
    spelled=re.compile(rf"\b({'|'.join(_TENS)})(?:[- ]({'|'.join(_COUNTS)}))?\s+per\s?cent\b", re.IGNORECASE),
    mean=re.compile(
        rf"\b(?:average|mean|scores?|scored)(?:\s+\w+){{0,4}}?\s+{NUMBER}(?![\d.,]*\d|\s*(?:%|per\s?cent))",
        re.IGNORECASE,
    ),
    thing=re.compile(
        r"\s+(?!(?:of|lead|gap|margin|difference|advantage|edge|rise|drop|fall|swing|increase|decrease|jump|gain|loss|"
        r"shift|change|majority|minority|plurality|share|support|said|say|says|who|in|to|ahead|more|for|"
            r"against)\b)[a-z]{3,}"
    ),
    more_than=re.compile(r"\b(?:more|higher|rather)\b(?=[^.;:]*\bthan\b)", re.IGNORECASE),
    fewer_than=re.compile(r"\b(?:less|fewer|lower)\b(?=[^.;:]*\bthan\b)", re.IGNORECASE),
    ratios=(
        (words("twice as (?:many|much|often|likely)", "double"), 2.0),
        (words("three times as (?:many|much|often|likely)", "triple"), 3.0),
    ),
    numbers=_COUNTS | _TENS,
)  # fmt: skip
