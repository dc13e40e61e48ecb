"""A second pair of eyes on a question before it is asked: what pushes readers to an answer, and why. English, German.

It reads words, not minds: what it remarks on may be right, and what it passes may be wrong. Nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analytics.language.said import noted, spoken
from analytics.model import Question

MOST_WORDS = 40

PREMISE = re.compile(
    r"\b(even (?:without|though|if|when)|despite|in spite of|given that|considering that|now that|"
    r"after (?:the|all) (?:failure|failures|scandals?|chaos|disaster)|"
    r"auch ohne|selbst (?:ohne|wenn)|obwohl|trotz|angesichts|nachdem|in Anbetracht)\b",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"\b((?:don['’]t|wouldn['’]t|doesn['’]t|isn['’]t|aren['’]t|shouldn['’]t) (?:you|it|we|they|the)|surely|obviously|"
    r"of course|as everyone knows|would you agree that|do you agree that|finally|at last|so-called|"
    r"disastrous|outrageous|"
    r"reckless|shameful|greedy|common[- ]sense|out-of-touch|"
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
        ("food", "drug"), ("black", "white"), ("between", "between"),
    }
)  # fmt: skip
"""Words that go together and are one thing to ask about."""
BETWEEN = re.compile(r"\b(between|both|zwischen|sowohl)\b", re.IGNORECASE)
NEGATED = re.compile(
    r"\b(not|never|no longer|nicht|kein|keine|keinen|nie)\b[^?.;]*?"
    r"\b(ban|banned|prohibit|prohibited|oppose|reject|abolish|against|unless|verbieten|verboten|ablehnen|abschaffen|"
    r"unterlassen|verzichten)\b",
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
OUT = re.compile(
    r"unsure|not sure|don['’]?t know|do not know|can['’]?t say|cannot say|no opinion|undecided|prefer not|neither|"
    r"weiß (?:es )?nicht|weiss nicht|unsicher|unentschieden|keine (?:meinung|angabe)|kann ich nicht sagen|weder|"
    r"ne sai[st] pas|sans opinion",
    re.IGNORECASE,
)
"""How an answer says that its reader has none."""
BAD = re.compile(
    r"\b(disagree|oppose|dissatisfied|disapprove|unfavou?rable|unlikely|unimportant|poor|bad|worse|worst|terrible|"
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
    if negated := NEGATED.search(text):
        yield "negated", negated[0]
    if strange := JARGON.search(text):
        yield "jargon", strange[0]
    elif unknown := [one for one in ACRONYM.findall(text) if one not in KNOWN and f"({one})" not in text]:
        yield "jargon", unknown[0]
    if (count := len(re.findall(r"[\w’'-]+", text))) > MOST_WORDS:
        yield "long", str(count)


def _two_in_one(text: str) -> str:
    """The two things that a question asks about at once, empty where it asks about one.

    Names are one thing, and what lies between two things is, too.
    """
    for first, joint, second in TWO_IN_ONE.findall(text):
        last = second.split()[-1]
        is_name = first[:1].isupper() and last[:1].isupper() and joint in ("and", "as well as")
        if is_name or first.isdigit() or (first.lower(), last.lower()) in PAIRS or BETWEEN.search(text):
            continue
        return f"{first} {joint} {second}"
    return ""


def _of_choices(question: Question) -> Iterator[tuple[str, str]]:
    labels = [choice.label for choice in question.choices]
    if question.kind in ("single", "scale") and labels:
        if not _is_numbered(question) and not any(OUT.search(one) for one in labels):
            yield "no way out", ""
        low = [one for one in labels if BAD.search(one)]
        high = [one for one in labels if one not in low and GOOD.search(one)]
        if len(low) + len(high) > 2 and len(low) != len(high):
            yield "unbalanced", f"{max(len(low), len(high))} : {min(len(low), len(high))}"


def _is_numbered(question: Question) -> bool:
    """Whether the answers are steps from one number to another, whose middle says neither."""
    return question.kind == "scale" and all(re.match(r"\d", choice.label) for choice in question.choices)


def remarks_on(questions: Sequence[Question]) -> list[tuple[Question, Remark]]:
    """What to think about again in any of these questions."""
    return [(question, remark) for question in questions for remark in remarks(question)]
