"""Checks a headline or caption against the view that is to bear it out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from analytics.claims.closed import free_english, free_german
from analytics.claims.closed.clauses import Reader, cut, whole
from analytics.claims.closed.colour import without_colour
from analytics.claims.closed.composed import composed, of_the_thing
from analytics.claims.closed.figure import Shown
from analytics.claims.closed.framing import without_frames
from analytics.claims.closed.free import FreeReader, cut_freely
from analytics.claims.closed.kindred import kindred
from analytics.claims.closed.marks import KnownWord, Piece, known, marks_of
from analytics.claims.closed.vocabulary import pairs_of, tables_of
from analytics.claims.english import ENGLISH
from analytics.claims.german import GERMAN
from analytics.claims.moves import change_findings, difference_findings
from analytics.claims.numbers import number_findings
from analytics.claims.reading import CLOSED, Claim, Finding, Material
from analytics.claims.turned import says_who_answers
from analytics.claims.understood import OF_WORDS, Understood
from analytics.claims.words import simulated_findings, word_findings
from analytics.estimates.views.view import View
from analytics.figures.drawing.style import Style
from analytics.language.said import listed, noted, quoted, speaking, spoken
from analytics.language.text import plain_text
from analytics.model.sampling import recruitment

FINDERS = (word_findings, change_findings, difference_findings, number_findings)
LEXICONS = {"en": ENGLISH, "de": GERMAN}
FREE = {"en": free_english, "de": free_german}
WORDING = {
    "en": (("readers who chose to answer", "subscribers who answered", "respondents"), "SIMULATED, made-up answers. "),
    "de": (
        (
            "Leserinnen und Leser, die geantwortet haben",
            "Abonnentinnen und Abonnenten, die geantwortet haben",
            "Befragte",
        ),
        "SIMULIERT, erfundene Antworten. ",
    ),
}
"""Who answered: those who chose to, subscribers, all others who were asked; and what stands before made-up answers."""
WHOSE = re.compile(r"[^\W\d_][\w-]*['’]s", re.IGNORECASE)
"""A name with whose something is, such as "Trump's": it turns no answer into another."""
TURNS = re.compile(
    r"neither|either|nor|except|rather|hesitat\w*|torn|waver\w*|unless|weder|noch|entweder|außer|zöger\w*|schwank\w*",
    re.IGNORECASE,
)
"""Words that make something else of the answer they stand beside."""
StandsIn = Literal["", "question", "answer", "group", "other question", "article"]
ELSEWHERE: dict[StandsIn, str] = {
    "question": noted("From the question: {words}. What is said with this was not understood."),
    "answer": noted("From an answer: {words}. What is said with this was not understood."),
    "group": noted("From the groups: {words}. What is said of this was not understood."),
    "other question": noted("From another question: {words}. Whether this belongs here only you can tell."),
    "article": noted("From the article: {words}. Whether this belongs here only you can tell."),
}
"""What is said of the survey's own words that no claim used up, by where they stand."""
NAMES = frozenset({"filler", "topic", "cut", "question", "who", "say", "simulated", "answered", "base"})
"""What a text may consist of that only names what was asked."""
LOOKS_AT = re.compile(r"(?:what|how|who|where|was|wie|wer|so)$", re.IGNORECASE)
HEADED = re.compile(
    r"^\W*(?:(?:the |our |we )?(?:question|asked|survey|poll)|(?:die |unsere |wir )?(?:frage|fragten|umfrage))\W*:",
    re.IGNORECASE,
)
"""What says that a question follows."""
SIDED = re.compile(
    r"\b(?:support|oppos|favou?r|back|reject|against|gegen|befürwort|lehn|ablehn|dafür|dagegen)", re.IGNORECASE
)
"""Words of one side, where the other stands not beside them."""
SENTENCES = re.compile(r"(?<=[.?!])[\"'“”’»]*\s+|\s*\(")
QUOTES, CLOSING = "\"'“„«»", "\"'“”«» "
IS_SO = re.compile(
    r"\W*(?:is|are|were|has|have|does|did|ist|sind|war|waren|hat|haben)\b(?! (?:you|sie)\b)", re.IGNORECASE
)
"""How a question begins that asks whether something is so."""
REPORTS = re.compile(r"that|whether|if|agree|dass|ob|falls|wenn|stimmen", re.IGNORECASE)
"""Behind what a question has a statement."""
CLAIMS = re.compile(
    r"not?|never|only|more|less|fewer|most|too|all|every\w*|nicht|nie|kein\w*|nur|mehr|weniger|meisten|zu|alle\w?|jede\w?",
    re.IGNORECASE,
)
"""Words of how much, how many and not: a part of the question that has one may claim something."""
LINKS = frozenset({
    "on", "about", "of", "for", "in", "over", "at", "by", "from", "to", "with", "among", "and", "the",
    "über", "zu", "zum", "zur", "für", "von", "im", "am", "auf", "nach", "der", "die", "das", "des", "bei", "unter",
})  # fmt: skip
"""Words that join two names."""
SHOWN_KEPT = 16
"""Figures whose words are kept: one is asked anew with each letter typed."""
_KEPT: dict[tuple[int, str], Shown] = {}
Verdict = Literal["holds", "does not hold", "not checked", "nothing to check"]


@dataclass(frozen=True)
class Unread:
    """A stretch of the text that was not understood: whether it holds nobody here can tell.

    Where its words are the survey's own, `stands_in` says whose; `is_number` where it is not clear what a number is of.
    """

    start: int
    end: int
    found: str
    stands_in: StandsIn = ""
    is_number: bool = False


@dataclass(frozen=True)
class Checked:
    """A text held against a figure: what in it does not hold, in the order of the text, and wording that does.

    `unread` are the words that were not understood; a text "holds" only where there are none. `against` is what would
    not hold whatever those words mean: nobody can vouch for such a text. `rest_holds` is whether the text without those
    words claims something, and it is borne out.
    """

    text: str
    findings: tuple[Finding, ...]
    wording: str
    unread: tuple[Unread, ...] = ()
    against: tuple[Finding, ...] = ()
    rest_holds: bool = False

    @property
    def verdict(self) -> Verdict:
        """Whether the text can be printed."""
        if not self.text.strip():
            return "nothing to check"
        if self.findings:
            return "does not hold"
        return "not checked" if self.unread else "holds"


def check_claim(text: str, view: View, title: str, style: Style) -> Checked:
    """Returns what in the text the view does not bear out, what was not understood, and a sentence that it bears out.

    The text is read word by word (see `closed/`), and it holds only where every word was used up by a claim that does.
    Where words are left over, patterns still find what is false in clauses that were understood whole. It is answered
    in the style's language.

    Args:
        title: the title of the view's figure.
    """
    claim = Claim(text, Material(view, style, LEXICONS[style.language]))
    with speaking(style):
        turned = bool(view.by) and says_who_answers(text, _freely(text, _shown(view, style.language), style))
        findings, left = ([], [Piece(0, len(text), text, "unknown")]) if turned else _read(text, view, style)
        if _quotes_question(text, view):
            findings, left = [], []
        found = [replace(one, found=text[one.start : one.end]) for one in findings]
        beside = bool(left) or any(one.kind in OF_WORDS for one in findings)  # of two faults both are told
        freely = _freely(text, _shown(view, style.language), style) if beside else []
        finders = FINDERS if beside and not turned else (simulated_findings,)
        quiet = _spoken_about(text, view, style) if beside else []
        reader = FreeReader(_shown(view, style.language), style, cut_freely(freely), free=FREE[style.language])
        understood = Understood(claim, _shown(view, style.language), freely, reader)
        found += [
            judged for find in finders for finding in find(claim)
            if not any(one.start <= finding.start and finding.end <= one.end for one in quiet)
            and (judged := understood.judged(finding)) is not None
        ]  # fmt: skip
        found.sort(key=lambda one: (one.start, -one.end))
        against = _contradicted(text, view, style) if left and not turned else []
    claimed = [one for one in found if one.kind != "simulated"]
    if left and not claimed and not against and _names_only(text, view, style):
        left = []
    unread = tuple(_unread(one, text, view) for one in left)
    rest = bool(left) and not turned and not found and not against and _rest_holds(text, view, style)
    return Checked(text, _without_repeats(found), _wording(view, title, claim.material), unread, tuple(against), rest)


def unread_words(checked: Checked) -> str:
    """Returns what was not understood, in sentences: strange words, numbers of nobody, and words from elsewhere."""
    strange = [quoted(one.found) for one in checked.unread if not one.stands_in and not one.is_number]
    said = [spoken("These words were not understood: {words}.", words=listed(strange))] if strange else []
    said += [
        spoken("Whose share {number} is was not understood: name the answer as the figure does.", number=one.found)
        for one in checked.unread if one.is_number
    ]  # fmt: skip
    for place, words in ELSEWHERE.items():
        named = [quoted(one.found) for one in checked.unread if one.stands_in == place]
        if named:
            said.append(spoken(words, words=listed(named)))
    if checked.rest_holds:
        said.append(spoken("The numbers are right, as far as the rest was understood."))
    return " ".join(said)


def _unread(one: Piece, text: str, view: View) -> Unread:
    found = text[one.start : one.end]
    words = {word.lower() for word in re.findall(r"[^\W\d_]{3,}", found)}
    if not words:
        return Unread(one.start, one.end, found, is_number=any(map(str.isdigit, found)))
    places = ((place, _words_in(texts)) for place, texts in _own_texts(view).items())
    where: StandsIn = next((place for place, own in places if words <= own), "")
    return Unread(one.start, one.end, found, where)


def _own_texts(view: View) -> dict[StandsIn, list[str]]:
    """Returns what the survey says, by where: words of this question first, those of the article last."""
    survey, question, article = view.survey, view.question, view.survey.article
    found: dict[StandsIn, list[str]] = {
        "question": [question.text, survey.title],
        "answer": [*(one.label for one in question.choices), *(one.label for one in question.nets)],
        "group": [text for one in survey.dimensions for text in (one.label, *(level.label for level in one.levels))],
        "other question": [
            text for one in survey.questions if one.key != question.key
            for text in (one.text, *(choice.label for choice in one.choices))
        ],
    }  # fmt: skip
    sections = [text for one in article.sections for text in (one.heading or "", *one.paragraphs)] if article else []
    found["article"] = [text for text in (article.headline, article.kicker, *sections) if text] if article else []
    return found


def _words_in(texts: Iterable[str]) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W\d_]{3,}", " ".join(map(plain_text, texts)))}


def _rest_holds(text: str, view: View, style: Style) -> bool:
    """Whether the text is read whole and holds once the words that are not known are left out of it."""
    shown = _shown(view, style.language)
    marks = of_the_thing(marks_of(text, _plain_tables(shown)), shown)
    strange = [mark.text for mark in marks if mark.tag == "unknown" and mark.text[0].isalnum()]
    told = any(mark.tag in ("percent", "part", "number", "majority", "most") for mark in marks)
    if not strange or not told or any(map(TURNS.fullmatch, strange)) or any(mark.tag == "only" for mark in marks):
        return False
    reader = Reader(shown, style, cut(_known(marks)))
    reader.read()
    return not reader.unread and not reader.findings


def _shown(view: View, language: str) -> Shown:
    """Returns the figure with the words of a language: found once, however often a headline is typed anew."""
    key = (id(view), language)  # what is kept holds its view, so that no other can have its place
    found = _KEPT.get(key)
    if found is None:
        found = _KEPT[key] = Shown(view, CLOSED[language])
        while len(_KEPT) > SHOWN_KEPT:
            _KEPT.pop(next(iter(_KEPT)), None)
    return found


@lru_cache(maxsize=SHOWN_KEPT)
def _plain_tables(shown: Shown) -> tuple[Sequence[KnownWord], ...]:
    return shown.table, shown.words.WORDS, [*shown.topics, *pairs_of(shown, shown.language)]


@lru_cache(maxsize=SHOWN_KEPT)
def _free_tables(shown: Shown, name: str) -> tuple[Sequence[KnownWord], ...]:
    names = [known("filler", re.escape(name))] if name.strip() else []
    return names, *tables_of(shown, FREE[shown.language], shown.language)


def _read(text: str, view: View, style: Style) -> tuple[list[Finding], list[Piece]]:
    """Returns what does not hold of what was understood, and the words that were not understood."""
    shown = _shown(view, style.language)
    marks = of_the_thing(marks_of(text, _plain_tables(shown)), shown)
    freely = _freely(text, shown, style)
    reader = Reader(shown, style, cut(marks))
    reader.read()
    free = FreeReader(shown, style, cut_freely(freely), free=FREE[style.language])
    if not reader.unread and shown.takes_away and free.objects():
        return [], list(whole(marks))  # whether the thing is meant, or its end, is not told
    if not reader.unread:
        return reader.findings, list(whole(marks)) if not reader.findings and free.objects() else []
    free.read()
    if not free.unread:
        return free.findings, []
    # what the second reading did not understand is less, and what it names is what an editor can change
    first = min(one.start for one in reader.unread) if view.by or view.every else len(text)
    # what stands behind may be said of a group or a time that was not understood
    return [one for one in reader.findings if one.start < first], list(whole(free.unread))


def _freely(text: str, shown: Shown, style: Style) -> list[Piece]:
    """Returns the marks of a text for the second reading, in which the publication's name claims nothing."""
    marks = kindred(marks_of(text, _free_tables(shown, style.name)), shown)
    marks = composed(of_the_thing(marks, shown), shown)
    return without_colour(without_frames(marks, style.language))


def _names_only(text: str, view: View, style: Style) -> bool:
    """Whether the text only names what was asked, of whom and when, and so claims nothing: "The ceasefire question"."""
    words, free = CLOSED[style.language], FREE[style.language]
    shown = _shown(view, style.language)
    marks = _freely(text, shown, style)
    if IS_SO.match(plain_text(view.question.text)):
        return False  # "The ferry too expensive", where it was asked whether it is
    asked = {word.lower() for word in re.findall(r"\w+", plain_text(view.question.text))}
    noun: Piece | None = None
    for place, mark in enumerate(marks):
        lower = mark.text.lower()
        if mark.tag not in NAMES or lower in words.DOES | words.DEEDS | free.ACTIONS:
            return False
        if mark.tag == "say" and not LOOKS_AT.match(marks[0].text):
            return False
        if mark.tag == "who" and place and marks[place - 1].tag == "topic":
            return False
        acts = mark.tag == "topic" and noun is not None and lower.split()[-1] not in asked
        if acts and re.search(r"(?:s|ed|t|en)$", lower):
            return False  # "Ukraine accepts": a verb of its own
        noun = (
            mark if mark.tag in ("topic", "who") else None if mark.text.lower() in LINKS or mark.tag == "cut" else noun
        )
    return bool(marks) and any(mark.tag in ("topic", "who", "base") for mark in marks)


def _quotes_question(text: str, view: View) -> bool:
    """Whether the text asks the question, or is words of it that state nothing: "running the night ferry in summer".

    Words of a question that asks whether something is so, or that has a statement in it, may state that it is.
    """
    told = re.findall(r"\w+", HEADED.sub("", text).lower())
    if len(told) < 2:
        return False
    whole = plain_text(view.question.text)
    asked = re.findall(r"\w+", whole.lower())
    first = re.findall(r"\w+", SENTENCES.split(whole)[0].lower())
    if asked[: len(told)] == told and len(told) > len(first):
        return True
    for sentence in SENTENCES.split(whole):
        asked = re.findall(r"\w+", sentence.lower())
        words = iter(asked)
        if text.rstrip(CLOSING).endswith("?") and asked[:1] == told[:1] and all(word in words for word in told):
            return True  # it is asked, in the words of the question or some of them
        at = next((at for at in range(len(asked)) if asked[at : at + len(told)] == told), None)
        if at is None:
            continue
        if not sentence.rstrip(CLOSING).endswith("?"):
            return text.strip()[:1] in QUOTES and text.strip()[-1:] in CLOSING  # a statement is quoted or claimed
        states = IS_SO.match(sentence) or any(REPORTS.fullmatch(word) for word in asked[:at])
        states = states or (bool(SIDED.search(text)) and not {"or", "oder"} & set(told))
        return not at or not (states or any(CLAIMS.fullmatch(word) for word in told))
    return False


def _spoken_about(text: str, view: View, style: Style) -> list[Piece]:
    """Returns the stretches that only name what was asked or a group of the figure, such as "tax rise"."""
    shown = _shown(view, style.language)
    marks = _freely(text, shown, style)
    return [mark for mark in marks if mark.tag in ("topic", "group", "choice") and not shown.not_asked(mark)]


def _contradicted(text: str, view: View, style: Style) -> list[Finding]:
    """Returns the shares given to a wrong answer, whatever the words mean that were not understood.

    Those words are left out. One of them may turn an answer into its opposite, as "end" does in "back an end to it",
    so a share of the other side counts only where they are names of whose something is.
    """
    shown = _shown(view, style.language)
    plain = of_the_thing(marks_of(text, _plain_tables(shown)), shown)
    freely = _freely(text, shown, style)
    free = FreeReader(shown, style, cut_freely(_known(freely)), free=FREE[style.language])
    free.read()
    readers: list[tuple[Reader, list[Piece]]] = [] if free.unread else [(free, freely)]
    readers.append((Reader(shown, style, cut(_known(plain))), plain))
    readers[-1][0].read()
    for reader, marks in readers:
        strange = [mark.text for mark in marks if mark.tag == "unknown" and mark.text[0].isalnum()]
        if any(TURNS.fullmatch(word) for word in strange):
            continue
        whose = all(WHOSE.fullmatch(word) for word in strange)
        found = [
            replace(finding, found=text[finding.start : finding.end])
            for finding, row, others in reader.misplaced
            if strange and (whose or shown.opposite(row.choice) not in others)
        ]
        if found:
            return found
    return []


def _known(marks: list[Piece]) -> list[Piece]:
    return [mark for mark in marks if mark.tag not in ("unknown", "only")]  # "only" makes a share no other one


def _without_repeats(found: list[Finding]) -> tuple[Finding, ...]:
    kept: dict[tuple[str, int, int], Finding] = {}
    for one in found:
        kept.setdefault((one.kind, one.start, one.end), one)
    return tuple(kept.values())


def _wording(view: View, title: str, material: Material) -> str:
    who, made_up = WORDING[material.style.language]
    came = recruitment(view.survey)
    said = who[0 if came == "self-selected" else 1 if came == "subscribers" else 2]
    return f"{made_up if view.survey.simulated else ''}{title} ({material.count(view.base_n)} {said})"
