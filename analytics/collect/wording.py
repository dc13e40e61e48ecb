"""A second pair of eyes on a question before it is asked: what pushes readers to an answer, and why. English, German.

It reads words, not minds: what it remarks on may be right, and what it passes may be wrong. Nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analytics.collect.ranges import clash
from analytics.language.said import noted, spoken
from analytics.model import Question

MOST_WORDS = 45

PREMISE = re.compile(
    r"(?:^|[.:;,!?] +)(given (?:that|the|how|all)|since (?!you\b|the (?:last|start|end)\b|\d|then\b|when\b)[a-z]\w+|"
    r"because|considering|in (?:the )?light of|in view of|now that|after years of|knowing that)\b|"
    r"\b(even (?:without|though|if|when)|despite|in spite of|considering that|with [\w’'-]+ (?:exploding|soaring)|"
    r"after (?:the|all) (?:failure|failures|scandals?|chaos|disaster)|"
    r"auch ohne|(?:selbst|auch) wenn|selbst ohne|obwohl|trotz|angesichts|nachdem|in Anbetracht)\b",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"\b((?:don['’]t|wouldn['’]t|doesn['’]t|isn['’]t|aren['’]t|shouldn['’]t) (?:you|it|we|they|the)|surely|obviously|"
    r"of course|as everyone knows|would you agree that|do you agree that|finally|at last|so-called|"
    r"disastrous|outrageous|scandalous|senseless|insane|absurd|ridiculous|corrupt|incompetent|"
    r"reckless|shameful|greedy|common[- ]sense|out-of-touch|sensible people|hard-working|"
    r"(?:most|all|many) (?:experts|scientists|people|\w+ans) (?:now )?(?:agree|know|think|support|want|oppose)|"
    r"as (?:experts|scientists|studies) have (?:long )?(?:shown|proved|proven)|like most (?:people|of us)|"
    r"how much (?:better|worse|safer) (?:has|have|is|are|did)|"
    r"wie (?:experten|studien|forscher) (?:\w+ )?(?:bewiesen|gezeigt) haben|wie die meisten|"
    r"do you also (?:think|agree)|"
    r"(?:protect|save|poison|harm) our (?:children|kids|families|country)|it (?:high )?time to|"
    r"auch der (?:Meinung|Ansicht)|nicht (?:höchste |längst |endlich )?(?:höchste )?Zeit|wollen Sie etwa|"
    r"irrsinnige[nrsm]?|unsinnige[nrsm]?|wahnsinnige[nrsm]?|absurde[nrsm]?|verheerende[nrsm]?|korrupte[nrsm]?|"
    r"finden Sie nicht|meinen Sie nicht|sind Sie nicht auch|stimmen Sie zu, dass|endlich|bekanntlich|natürlich|"
    r"offensichtlich|wie jeder weiß|sogenannte[nrs]?|katastrophale[nrs]?|skandalöse[nrs]?|unverantwortliche[nrs]?|"
    r"schamlose[nrs]?)\b",
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
        ("löhne", "gehälter"), ("rechte", "pflichten"), ("art", "weise"),
    }
)  # fmt: skip
"""Words that go together and are one thing to ask about."""
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
ABSOLUTE = re.compile(
    r"^(?:do|does|did|are|is|have|has|should|gehen|sind|haben|lesen|essen|kaufen|nutzen|soll\w*) [^?]*?"
    r"\b(always|never|every single|everybody|everyone|immer|nie|niemals|jedes Mal|alle immer)\b[^?]*\?$",
    re.IGNORECASE,
)
"""Words that allow no exception, in a question to be answered by yes or no."""
NEGATED = re.compile(
    r"\b(?:disagree|oppose|lehnen Sie)\b(?! or\b)[^?.;]*?\b(?:not|never|no longer|nicht|kein|keine)\b|"
    r"\b(not|never|no longer|nicht|kein|keine|keinen|nie)\b[^?.;]*?"
    r"\b(ban|banned|forbid|forbidden|prohibit|prohibited|oppose|reject|abolish|against|unless|verbieten|verboten|ablehnen|abgelehnt|abschaffen|"
    r"abgeschafft|aufheben|aufgehoben|"
    r"unterlassen|untersagen|untersagt|verzichten)\b|"
    r"\b(?:it is|is it) not true that\b",
    re.IGNORECASE,
)
JARGON = re.compile(
    r"\b(quantitative easing|fiscal consolidation|subsidiarity|de-?risking|extraterritorial\w*|securiti[sz]ation|"
    r"interoperab\w+|counterparty|monetari[sz]ation|externalit\w+|multilateral\w*|macroprudential|stakeholders?|"
    r"Subsidiarität\w*|Konnexität\w*|Haushaltskonsolidierung|extraterritorial\w*|Verstetigung|Stakeholder|"
    r"Daseinsvorsorge|Interoperabilität)\b",
    re.IGNORECASE,
)
ACRONYM = re.compile(r"\b[A-ZÄÖÜ]{3,6}\b")
KNOWN = frozenset(
    [
        "USA",
        "NATO",
        "BBC",
        "CIA",
        "FBI",
        "NHS",
        "GOP",
        "COVID",
        "UNO",
        "CDU",
        "CSU",
        "SPD",
        "FDP",
        "ARD",
        "ZDF",
        "BSW",
        "ABC",
        "CNN",
        "LGBT",
        "LGBTQ",
        "UFO",
        "VAT",
    ]
)
"""Letters that readers know without being told."""
STRESSED = frozenset({
    "ALL", "ALLE", "ALWAYS", "ANY", "BEST", "BETTER", "BOTH", "EACH", "EVER", "EVERY", "JEDE", "JETZT", "KEIN", "KEINE",
    "LEAST", "LESS", "MEHR", "MORE", "MOST", "MUCH", "NEVER", "NICHT", "NIE", "NONE", "NOT", "NOW", "NUR", "ONLY",
    "OWN", "SOME", "VERY", "WILL", "WORSE", "YOU", "YOUR",
})  # fmt: skip
"""Ordinary words that are often written large."""
MIDDLE = re.compile(r"\b(neither|nor|weder|noch|about the same|same as|teils)\b", re.IGNORECASE)
"""How the middle of a scale is said."""
OUT = re.compile(
    r"unsure|not sure|don['’]?t know|do not know|can['’]?t say|cannot say|no opinion|undecided|prefer not|neither|"
    r"weiß (?:es |noch )?nicht|weiss nicht|never heard|can['’]?t rate|kenne ich nicht|none of (?:these|them)|"
    r"keine[rs]? davon|unsicher|unentschieden|keine (?:meinung|angabe)|kann ich nicht sagen|weder|"
    r"ne sai[st] pas|sans opinion",
    re.IGNORECASE,
)
"""How an answer says that its reader has none."""
BAD = re.compile(
    r"\b(disagree|oppose|dissatisfied|disapprove|unfavou?rable|unlikely|unimportant|poor|fair$|bad|worse|worst|terrible|"
    r"not (?:at all|very|too|good|satisfied|important|likely)|less|wrong|dislike|"
    r"stimme (?:eher |überhaupt |gar )?nicht zu|lehne\w*|dagegen|unzufrieden|schlecht\w*|unwichtig|unwahrscheinlich|"
    r"weniger|falsch|mangelhaft|(?:gar|eher|überhaupt) nicht\b.*)",
    re.IGNORECASE,
)
GOOD = re.compile(
    r"\b(agree|support|favou?r|satisfied|approve|favou?rable|likely|important|excellent|outstanding|good|great|better|"
    r"best|more|right|like|very|fair amount|fairly|a lot|"
    r"stimme (?:\w+ )?zu|dafür|zufrieden|gut|wichtig|wahrscheinlich|mehr|besser|hervorragend|ausgezeichnet|richtig)\b",
    re.IGNORECASE,
)


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
        for rule, words in (*_of_text(question.text), *_of_choices(question))
    ]


def _of_text(text: str) -> Iterator[tuple[str, str]]:
    for rule, pattern in (("premise", PREMISE), ("leading", LEADING)):
        if found := pattern.search(text):
            yield rule, found[0]
    if both := _two_in_one(text):
        yield "two in one", both
    if absolute := ABSOLUTE.search(text):
        yield "absolute", absolute[0]
    if negated := NEGATED.search(text):
        yield "negated", negated[0]
    if strange := JARGON.search(text):
        yield "jargon", strange[0]
    elif unknown := [one for one in ACRONYM.findall(text) if one not in KNOWN | STRESSED and f"({one})" not in text]:
        yield "jargon", unknown[0]
    if (count := len(re.findall(r"[\w’'-]+", text))) > MOST_WORDS:
        yield "long", str(count)


def _two_in_one(text: str) -> str:
    """The two things that a question asks about at once, empty where it asks about one.

    Names are one thing, and what lies between two things is, too.
    """
    sentences = [one for one in re.split(r"(?<=[.?!:…]) +", text) if one.strip()]
    asking = " ".join([one for one in sentences if one.endswith("?")] or sentences[-1:])
    asking = EXAMPLES.sub("", INTRODUCTION.sub("", asking))
    for first, joint, second in TWO_IN_ONE.findall(asking):
        last = second.split()[-1]
        is_name = first[:1].isupper() and last[:1].isupper() and joint in ("and", "as well as")
        if last.lower() in ("your", "yours", "yourself") and first.lower() in ("you", "yourself"):
            continue
        if is_name or first.isdigit() or (first.lower(), last.lower()) in PAIRS or BETWEEN.search(text):
            continue
        return f"{first} {joint} {second}"
    return ""


def _of_choices(question: Question) -> Iterator[tuple[str, str]]:
    labels = [choice.label for choice in question.choices]
    if broken := clash(labels):
        yield broken
    if question.kind in ("single", "scale") and labels:
        if not _is_numbered(question) and not any(OUT.search(one) for one in labels):
            yield "no way out", ""
        sides = [one for one in labels if not MIDDLE.search(one)]
        low = [one for one in sides if BAD.search(one)]
        high = [one for one in sides if one not in low and GOOD.search(one)]
        if abs(len(low) - len(high)) > 1 and (min(len(low), len(high)) or max(len(low), len(high)) > 2):
            yield "unbalanced", f"{max(len(low), len(high))} : {min(len(low), len(high))}"


def _is_numbered(question: Question) -> bool:
    """Whether the answers are steps from one number to another, whose middle says neither."""
    return question.kind == "scale" and all(re.match(r"\d", choice.label) for choice in question.choices)


def remarks_on(questions: Sequence[Question]) -> list[tuple[Question, Remark]]:
    """What to think about again in any of these questions."""
    return [(question, remark) for question in questions for remark in remarks(question)]
