"""The English words that are known. What does not stand here, nor in the question, is not known."""

from __future__ import annotations

import re

from analytics.claims.closed.fractions import parts_of
from analytics.claims.closed.marks import KnownWord, known
from analytics.claims.closed.numbers import counted, counts_known, number_known

_SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
        "eighteen": 18,
    "nineteen": 19, "a": 1,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
NUMBERS = _SMALL | _TENS
_N = rf"(?:\d+|{'|'.join(NUMBERS)})"

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

PRO_LABELS = ("yes", "with", "for", "agree", "support", "approve", "favour", "favor", "in favour", "in favor")
CON_LABELS = ("no", "without", "against", "disagree", "oppose", "disapprove")
SAY_SO = "(?:say|says|said|saying|answer|answers|answered|answering|vote|votes|voted)"
UNSURE_LABELS = (
    "don't know",
    "don’t know",
    "not sure",
    "unsure",
    "undecided",
    "no opinion",
    "cannot say",
    "can't say",
    "can’t say",
    "don't mind",
    "don’t mind",
    "no preference",
    "no view",
    "hard to say",
)

NOT_KNOWING = (
    "(?:do not|does not|don['’]t|doesn['’]t) know",
    "undecided",
    "unsure",
    "not sure",
    "(?:have |has )?no opinion",
)

WORDS: tuple[KnownWord, ...] = (
    known("simulated", "simulated (?:survey|data|answers|poll|readers)", "simulated", "simulation",
          "(?:in )?a simulation", "in simulated answers"),
    counts_known("of|out of|in", "the |our |all |all the ",
                 "readers|respondents|participants|people who|who|those|say|said|want|wanted|would|back|"
                 "backed|pick|picked|choose|chose|name|named|put|vote|voted|favou?r|answered|support|oppose|reject|are|were",
                 "en"),
    known("cut", ",", ";", r"\.", "!", "–", "—", "-", ":", "but", "while", "whereas"),
    known("question", r"\?"),
    known("and", "and"),
    known("filler", "the", "a", "an", "of", "in", "on", "at", "it", "its", "their", "this", "that", "these", "those",
          "is", "are", "was", "were", "be", "been", "has", "have", "had", "as", "so far", "do", "does", "did",
          "over(?= the )", "who", "whom", "which", "them", "they", "there", "here", "or", "before",
          "survey", "poll", "percent of the answers", "by", "say(?= for)", "stands?", "stood", "among", "their own"),
    known("say", "says?", "said", "voted?", "votes"),
    known("stance", "(?:says?|said|votes?|voted|answer(?:ed)?) yes", value=1),
    known("stance", "(?:says?|said|votes?|voted|answer(?:ed)?) no(?! (?:longer|more|one))", r"no(?= \d)", value=-1),
    known("stance", "yeses|ayes", value=1), known("stance", "noes|nays", value=-1),
    known("stance", r"No(?= (?:is|at|leads?|ran|held|and|or)\b| *$|[,.;:)])", value=-1, exact=True),
    known("modal", "would", "would have"),
    known("want", "(?:are|is|were|was) for", value=1),
    known("want", "wants?", "wanted", "would like(?: to see)?", "like", "likes", "wish(?:es)? for", "prefers?",
          "preferred", "chooses?", "chose", "chosen", "picks?", "picked", "opts? for", "opted for", value=1),
    known("stance", "supports?", "supported", "supporters?", "support for", "back(?:s|ed|ing)?",
          "favou?r(?:s|ed)?", "in favou?r(?: of)?", "approves?(?: of)?", "agrees?(?: with)?", "yes", "welcomes?",
          "keeps?", value=1),
    known("stance", "opposition(?: to)?", "oppose[sd]?", "against", "rejects?", "rejected", "reject(?:s|ed)?",
          "disapproves?(?: of)?", "disagrees?(?: with)?", "drops?", "turns? down", value=-1),
    known("stance", "undecided", "unsure", "not sure", "(?:does not|do not|don['’]t|doesn['’]t) know",
          "no opinion", value=0),
    known("for", "for", value=1),
    known("not", "not", "no", "don['’]t", "doesn['’]t", "little or no", "never", "without"),
    known("who", "readers?(?: of the paper)?", "respondents?", "participants?", "survey takers?", "our readers"),
    known("answered", "who (?:chose to )?answer(?:ed)?", "who (?:took part|responded|replied)", "who answered",
          "those who (?:chose to )?answer(?:ed)?", "those (?:who )?asked", "answered", "answers"),
    known("populace", "americans?", "germans?", "britons?", "brits", "voters?", "(?:the )?public",
          "the electorate",
          "citizens?", "taxpayers?", "residents?", "the (?:nation|country|city|town|people|population)",
          "people(?! (?:who )?(?:answered|took part|responded))",
          "adults?", "households?", "locals", "the west", "society"),
    known("other group", "women", "men", "young(?:er)?(?: readers| people)?", "the young", "old(?:er)?(?: readers)?",
          "the old", "students?", "parents?", "mothers?", "fathers?", "families", "pensioners?", "swimmers?",
          "teachers?", "workers?", "farmers?", "boomers?", "millennials?"),
    known("majority", "(?:a |the )?majority(?: of)?", "more than half(?: of)?", "over half(?: of)?", value=0.5),
    known("majority", "(?:an? |the )?(?:overwhelming|vast|huge|massive|large) majority(?: of)?", value=2 / 3),
    known("most", r"most(?: of)?(?! (?:want|like|often|pop|common|freq|fav))"),
    known("no majority", "no (?:single )?(?:issue|task|problem|topic|candidate|idea|answer|plan|option|choice) "
          "(?:has|wins|won|gets|commands|reaches|finds) a majority"),
    known("no majority", "no (?:idea|answer|plan|option|choice)(?= for| has| wins)", "no majority"),
    known("tie", "(?:are )?split", "divided", "no clear (?:winner|leader|favou?rite|lead|change|difference|majority)",
          "too close to call", "not settled", "neck and neck"),
    known("lead", "leads?", "is ahead", "ahead", "wins?", "won", "comes? first", "tops the list", "is (?:the )?winner"),
    known("more", "more", "likelier"), known("fewer", "fewer", "less"),
    known("how often", "often", "likely", "frequently"),
    known("than", "than"),
    known("more", "(?:more )?(?:often|likely)(?= than)", "rather", "higher"),
    known("up", "ris(?:es|en|ing)", "rose", "grows?", "grew", "growing", "grown", "increas(?:es|ed|ing)",
          "gain(?:s|ed|ing)?(?: ground)?", "climb(?:s|ed|ing)?", "up"),
    known("down", "falls?", "fell", "fallen", "falling",
          rf"drop(?:s|ped)?(?= (?:by|from|to|(?:on|in) (?:\d|{'|'.join(MONTHS)})))",
          "declin(?:es|ed|ing)", "decreas(?:es|ed|ing)", "sinks?", "sank", "down", "shrinks?", "shrank"),
    known("versus", r"to(?= \d+)"),
    known("since", "since"), known("from", "from"), known("to", r"to(?= \d)"), known("filler", "to"),
    known("only", "only", "just(?! over| under| above| below)"),
    known("near", "about", "around", "roughly", "some(?= \\d)", "approximately", "close to", value="about"),
    known("near", "nearly", "almost", "just under", "just below", "not quite", value="nearly"),
    known("near", "just over", "just above", "a little over", "slightly more than", value="just over"),
    known("near", "more than", "over(?= \\d| half| a | one | two )", "above", value="over"),
    known("near", "at least", value="least"),
    known("near", "(?:fewer|less) than", "under(?= \\d| half| a | one )", "below", "not even", value="under"),
    known("near", "at most", "no more than", value="most"),
    number_known("percent", r"(\d+(?:\.\d+)?)\s*(?:%|percent\b|per cent\b|pct\b)", "en", 0.01),
    KnownWord(re.compile(rf"((?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_SMALL)}))?)\s+per ?cent\b", re.IGNORECASE),
          "percent",
          lambda match: counted(match[1], NUMBERS) / 100),
    *parts_of("en", NUMBERS),
    number_known("points", r"(\d+(?:\.\d+)?)[\s-]+(?:percentage )?points?\b", "en", 0.01),
    KnownWord(re.compile(rf"({'|'.join(NUMBERS)})[\s-]+(?:percentage )?points?\b", re.IGNORECASE), "points",
          lambda match: counted(match[1], NUMBERS) / 100),
    number_known("base",
          r"(\d{1,3}(?:,\d{3})+|\d+)(?=\s+(?:readers|respondents|participants|answers|people who answered))",
                 "en", 1.0),
    number_known("mean", r"(\d(?:\.\d+)?) out of \d+(?: points)?(?: on average)?", "en", 1.0),
    number_known("mean", r"(?:an )?(?:average|mean)(?: score)?(?: of| is|:)? (\d(?:\.\d+)?)", "en", 1.0),
    known("filler", "(?:gives?|scores?|scored)(?= .{0,30}\\d (?:out of|on average)|.{0,30}\\d\\.\\d)", "on average"),
    known("net", "net"),
    KnownWord(re.compile(r"(plus|minus|[+−-])\s*(\d+)(?!\w)", re.IGNORECASE), "number",
          lambda match: (-1 if match[1].lower() in ("minus", "-", "−") else 1) * float(match[2]) / 100),
    number_known("number", r"(\d+(?:\.\d+)?)(?![\w%])(?!\.\d)", "en", 0.01),
    known("tail", "push", "plan", "idea", "proposal"),
    known("top", "the most (?:frequent|common|popular) answer"),
)  # fmt: skip

DOES = frozenset({"is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "stand", "stands", "stood"})
"""Of the words that claim nothing those that make a sentence of what stands before them."""

YOUNG, YOUNGEST = ("young(?:er|est)?(?: readers| people)?", "the young"), "youngest readers"
OLD = ("old(?:er|est)?(?: readers| people)?", "the old")
AGED = "(?:(?:readers |those |people )?(?:aged |between )?)"
UNDER = ("(?:readers |those )?(?:aged )?under {high}", "(?:readers |those )?younger than {high}")
OVER = (
    "(?:readers |those )?(?:aged )?(?:over|above) {low}",
    "(?:readers |those )?(?:aged )?{low} (?:and|or) (?:older|over)",
    "(?:readers |those )?older than {low}", r"{low}\+",
)  # fmt: skip
WITHIN = ("(?:readers |those )?(?:aged )?{low}(?:[-–]| to | and ){high}(?:[- ]year[- ]olds)?",)
GROUPS = ("(?:readers |those )?(?:in |from )?(?:the )?{label}(?: readers)?(?: itself)?",)
LIVING_IN = r"(?:(?:readers|those|residents) (?:living |who live )?in|among) (?:the )?{label}(?: itself)?"
SPAN = r"between {one} and {other}", r"from {one} to {other}"
MIDDLE = ("the middle of the scale",)
FIRST_VERB = re.compile(r"\bdo you (?:\w+ly )?(\w+)", re.IGNORECASE)
ARTICLES = r"^(?:an?|the)\s+"
BITS = {"it": r"(?:\w+\s+){0,2}\w+"}
SUFFIX = "(?:s|es|'s|’s)?"
STEMS = re.compile(r"(?:ing|ed|es|s|e)$")
LABEL_STEM = re.compile(r"(?:ing|ed)$")
LABEL_ENDS = "(?:s|ed|ing)?"
DEEDS = frozenset({
    "stays", "remains", "stayed",
    "pay", "pays", "paid", "fund", "funds", "finance", "finances", "foots", "covers", "press", "presses",
    "pressed", "keeps", "kept", "runs", "ran", "builds", "built", "opens", "opened", "closes", "closed", "bans",
    "banned", "bankrolls",
})  # fmt: skip
"""What was asked about and is no answer: that a town pays, keeps open, presses."""
