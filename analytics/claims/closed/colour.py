"""What newspapers put around a claim that claims nothing: kickers, questions, and words of colour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analytics.claims.closed.marks import Piece, Tag

SPEAKS: frozenset[Tag] = frozenset({"unknown", "filler", "topic", "tail", "cut", "say", "modal", "how often", "dass",
                                    "answered", "deed", "and"})  # fmt: skip
"""What a kicker may be of: it names no side, group, number or order."""
LONGEST_KICKER = 7
KICKERS = (":", "!", "–", "—")
CLAIMS = re.compile(
    r"landslide|triumph\w*|victor\w*|defeat\w*|doubl\w+|halv\w+|trebl\w+|tripl\w+|\w*record\w*|surg\w+|soar\w*|"
    r"plung\w+|"
    r"plummet\w*|collaps\w+|crash\w*|slump\w*|nosediv\w+|boom\w*|rout\w*|rout|crush\w*|thrash\w*|unanim\w+|"
    r"overwhelm\w+|everyone|everybody|nobody|all|none|most|majorit\w+|minorit\w+|because|thanks|due|after|since|"
    r"u-turn|turnaround|swing|shift\w*|revolt|rebellion|backlash|again|still|anymore|longer|now|soon|"
    r"scientific\w*|representative|significant\w*|prov(?:e|es|en|ed)|proof|official|repräsentativ\w*|"
    r"wissenschaftlich\w*|"
    r"signifikant\w*|beweis\w*|amtlich\w*|"
    r"finally|tonight|today|yesterday|tomorrow|heute|gestern|morgen|jetzt|bald|endlich|"
    r"erdrutsch\w*|triumph\w*|sieg\w*|niederlage\w*|debakel\w*|verdopp\w+|halbier\w+|rekord\w*|explo\w+|einbruch\w*|"
    r"absturz\w*|umschwung\w*|wende|kehrtwende|einhellig\w*|einstimmig\w*|alle[nrs]?|niemand|keiner|jede[rsnm]?|"
    r"mehrheit\w*|minderheit\w*|wegen|dank|nach|seit|wieder|noch|mehr|weniger|less|fewer|more|aufstand|revolte",
    re.IGNORECASE,
)
"""Words that claim something wherever they stand."""
PEOPLE = {
    "en": re.compile(r"\w{2,}(?:ers|ors|ists|ians|icans|eans|ese|men|women|folks?|ents|ees|ants|eers|ites|wives|kids|"
                     r"people|parents|boys|girls|fans|youths?|teens)$|(?:scots|brits|poles|danes|swedes|turks|"
                         r"greeks|french|british|irish|"
                     r"welsh|dutch|swiss|germans|finns|czechs|serbs|croats|slovaks|arabs|jews|muslims|catholics|"
                         r"greens|tories|labour|"
                     r"conservatives|liberals|democrats|republicans|police|doctors|nurses)$", re.IGNORECASE),
    "de": re.compile(r"(?:[A-ZÄÖÜ]\w+(?:er|ern|innen|leute|ende|enden|schaft|linge|isten|anten|enten|\w+en)|"
        r"deutsche[nrsm]?|\w*(?:eltern|"
                     r"kinder|volk|frauen|männer|damen|herren))$"),
}  # fmt: skip
"""What ends as words for people do: what is said of them nobody was asked."""
NAMES_OF_PEOPLE = re.compile(
    r"britain|germany|america|europe|london|berlin|deutschland|österreich|schweiz", re.IGNORECASE
)
WHY = re.compile(r"(?:why|warum|wieso|weshalb)$", re.IGNORECASE)


def without_colour(marks: Sequence[Piece], language: str) -> list[Piece]:
    """Returns the marks with what claims nothing taken for what it is: words of a kicker, and of a plain question.

    Nothing is taken for colour that may stand for people, for a change, or for all or none.
    """
    found = list(marks)
    begins = 0
    ways = [mark.tag for mark in marks if mark.tag in ("up", "down")]
    for place, mark in enumerate(marks):
        if mark.tag == "question" or (mark.tag == "cut" and mark.text in KICKERS):
            part = marks[begins:place]
            again = {mark.tag for mark in marks[place:] if mark.tag in ("up", "down")}
            if not begins and again and {one.tag for one in part if one.tag in ("up", "down")} == again == set(ways):
                # a cry such as "Melting away" says the same as what follows
                part = [replace(one, tag="filler") if one.tag in ("up", "down") else one for one in part]
                if _is_colour(part, language, asks=False, first=True):
                    found[begins:place] = part
            if _is_colour(part, language, asks=mark.tag == "question", first=begins == 0):
                said = [one for one in part if one.tag in ("topic", "tail", "cut") or mark.tag == "question"]
                cry = any(one.tag == "unknown" for one in part) or all(one.text.isupper() for one in part)
                found[begins:place] = [
                    replace(one, tag="filler", text="…") if one.tag == "unknown" or (cry and one not in said) else one
                    for one in part
                ]  # fmt: skip
            begins = place + 1
        elif mark.tag == "cut" and mark.text == ".":
            begins = place + 1
    return found


def _is_colour(part: Sequence[Piece], language: str, *, asks: bool, first: bool) -> bool:
    strange = [one.text for one in part if one.tag == "unknown" and one.text[0].isalnum()]
    if not part or len(part) > (2 * LONGEST_KICKER if asks else LONGEST_KICKER):
        return False
    if not asks and not first:
        return False
    if any(one.tag not in SPEAKS for one in part) and not asks:
        return False
    if any(one.tag in ("populace", "other group") for one in part) or any(WHY.match(one.text) for one in part):
        return False
    return not any(
        CLAIMS.fullmatch(word) or PEOPLE[language].match(word.title() if word.isupper() else word)
        or NAMES_OF_PEOPLE.fullmatch(word) or any(map(str.isdigit, word))
        for word in strange
    )  # fmt: skip
