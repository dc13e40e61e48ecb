"""Words that mean something only together: which side of a thing is meant, who is compared with whom, and how long.

Each is a rule on the marks of a text, of a few tags side by side, and none a list of phrases. What no rule puts
together stands as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analytics.claims.closed.figure import KEEPING, TAKES_AWAY, Shown
from analytics.claims.closed.marks import KnownWord, Piece, Tag, known
from analytics.claims.closed.quantities import CLEARLY, ENDING

OTHERS = re.compile(r"(?:any|every|all|each)(?: the)? others?|others?|else|(?:alle|jede[rnms]?)? ?andere[rnms]?", re.I)
"""How a comparison names all that are not first."""
ANSWERS = re.compile(r"(?:option|answer|choice|plan|idea|proposal|antwort|wahl|vorschl|idee|möglichkeit)\w*", re.I)
GROUPS = re.compile(r"(?:(?:age|income) )?groups?|(?:alters|leser|einkommens)?gruppen?", re.I)
SAYS: frozenset[Tag] = frozenset({"who", "want", "for", "filler", "choice", "stance", "topic", "modal"})
AMOUNTS: frozenset[Tag] = frozenset({"percent", "part", "majority", "most", "minority"})
FRESH = re.compile(
    r"(?:new|planned|proposed|controversial|(?:neu|geplant|vorgeschlagen|umstritten)(?:e[nmrs]?))", re.IGNORECASE
)
"""Adjectives of a thing that is asked about and not there yet: they claim nothing of it."""
LEADS_TO = re.compile(r"aus|auf|über|per|via|through|by|from|on", re.IGNORECASE)
"""Prepositions that only lead to an answer: where from, on what, by what."""
LOSES_ALONE = re.compile(r"loses?|lost|verlier(?:t|en)|verlor(?:en)?", re.IGNORECASE)
MAIN = re.compile(r"main|chief|leading|principal|primary|top", re.IGNORECASE)
SOURCE = re.compile(r"sources?|ways?|means|choices?|options?|routes?|methods?", re.IGNORECASE)
PLACE = re.compile(r"sites?|grounds?|gelände|grundstück|areal", re.IGNORECASE)
"""The ground on which stands what is asked about."""
BARELY = {
    "en": r"(?:hardly|barely|scarcely|almost no|next to no) ?(?:any(?:one|body)?|one|body|readers?)|almost nobody",
    "de": r"(?:kaum|fast|so gut wie|beinahe) (?:jemand|eine[rn]?|niemand|kein(?:e[rn]?)?)(?: leser(?:in)?)?",
}
"""Few indeed: so few that nobody would call them more."""
BESIDE = re.compile(r"against|versus|compared (?:with|to)|gegenüber|gegen", re.IGNORECASE)
COMPARES = re.compile(r"(more|less|fewer|mehr|weniger) (than|als)", re.IGNORECASE)
HOLDS = re.compile(r"\bh(?:a|ä|ie)lt(?:en)?\b(?!.*\bnicht\b)|festhalten", re.IGNORECASE)
YES_OR_NO = re.compile(r"\b(?:yes|no|nos|noes|ayes?|nays?|ja|nein)\b", re.IGNORECASE)


RANKS = {
    "en": (("second", "two"), ("third", "three"), ("fourth", "four"), ("fifth", "five")),
    "de": (("zweit", "zwei"), ("dritt", "drei"), ("viert", "vier"), ("fünft", "fünf")),
}
ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
STANDS = {
    "en": r"(?:comes?|came|is|are|was|were|finish(?:es|ed)?|lands?|ranks?|ranked|plac(?:es?|ed)|follows?|ends? up)",
    "de": r"(?:land|lieg|komm|folg|steh|rangier)(?:et|en|t)|ist|sind",
}
CALLS = {"en": r"calls? (?:for|to)", "de": r"(?:die )?(?:forderung(?:en)?|rufe?) nach"}
ENDS_IT = {"en": "(?:away|down) with", "de": "weg mit"}
BETTER = {
    "en": ("(?:much |far )?better(?= .{0,40}than)", "(?:much |far )?worse(?= .{0,40}than)"),
    "de": ("(?:deutlich |viel )?besser(?= als)", "(?:deutlich |viel )?schlechter(?= als)"),
}


OF_ITS_END = (TAKES_AWAY, KEEPING, ENDING)


def phrases_of(shown: Shown) -> Iterator[KnownWord]:
    """Yields the words of quantity that are put together of a number and what stands beside it."""
    language = shown.language
    yield known("minority", BARELY[language], value="few")
    yield known("want", CALLS[language], value=1)
    if shown.sides and not shown.takes_away:
        yield known("stance", ENDS_IT[language], value=-1)
    elif not shown.sides:
        yield known("unknown", ENDS_IT[language])
    if shown.says_what and shown.taken_away and language == "en":
        yield known("stance", rf"end(?:s|ed|ing)? the(?= (?:\w+ )?{re.escape(shown.taken_away)})", value=1)
    for place, (nth, number) in enumerate(RANKS[language], 2):
        yield known("rank", *_places(nth, f"(?:{number}|{place})", language), value=place)
    if any(row.statistic == "mean" for row in shown.rows):
        better, worse = BETTER[language]
        yield known("more", better, value="quality")
        yield known("fewer", worse, value="quality")
    for side, key in shown.sides.items():
        label = shown.label(key).lower()
        if side and shown.view.question.kind == "scale" and re.fullmatch(r"[^\W\d_]{4,}", label):
            more = rf"(?:{CLEARLY[language]}){re.escape(label.removesuffix('e') if language == 'en' else label)}er"
            yield known("more", rf"{more}(?= )", value=None if side == 1 else "against")
    if language == "de":
        yield known("part", r"(?:das |die |der |dem |den )?halbe[nrsm]?(?= )", value=0.5)


def _places(nth: str, number: str, language: str) -> Iterator[str]:
    """Yields how a text says that an answer has a place among all."""
    only = r"(?:(?:only|just) )?" if language == "en" else r"(?:(?:nur|erst) )?"
    stands = rf"(?:{STANDS[language]}) {only}"
    if language == "en":
        noun = r"(?:[- ](?:place|spot|choice|pick|favou?rite))"
        yield rf"(?:{stands})?{only}(?:in |an? |the |our )*{nth}{noun}"
        yield rf"{stands}(?:in )?{nth}(?![- ]\w+-?hand)"
        yield rf"(?:{stands})?number {number}"
        if nth == "second":
            yield rf"(?:{stands})?(?:the )?runners?[- ]up"
    else:
        yield rf"(?:{stands})?{only}(?:auf |an )?(?:platz|rang|position) {number}"
        yield rf"(?:{stands})?{only}(?:auf |an )?(?:der |dem |den )?{nth}e[rnm]? (?:stelle|platz|rang|wahl)"
        yield rf"{nth}(?:beliebtest|häufigst|wichtigst|größt)e[nrs]?"


def composed(marks: Sequence[Piece], shown: Shown) -> list[Piece]:
    """Returns the marks with those that mean something only together taken for what they mean."""
    found = _not_split(_ever(_than_all_others(_without_verb_ends(_of_a_rating(list(marks))), shown), shown), shown)
    found = _compares(found)
    for place, mark in enumerate(found):
        before, behind = _beside(found, place)
        if mark.tag == "unknown" and behind is not None and behind.tag == "topic" and FRESH.fullmatch(mark.text):
            found[place] = replace(mark, tag="filler")
        if mark.tag == "unknown" and before is not None and before.tag == "topic" and PLACE.fullmatch(mark.text):
            found[place] = replace(mark, tag="tail")
        leads = mark.tag == "unknown" and behind is not None and behind.tag == "choice"
        if leads and LEADS_TO.fullmatch(mark.text):
            found[place] = replace(mark, tag="filler")
        if before is not None and before.tag == "choice" and mark.tag == "unknown":
            if mark.text.lower() in ORDINALS and (behind is None or behind.text.lower() in (",", "with", ".", ";")):
                found[place] = replace(mark, tag="rank", value=ORDINALS[mark.text.lower()])
            elif LOSES_ALONE.fullmatch(mark.text) and shown.view.every and (behind is None or behind.tag == "cut"):
                found[place] = replace(mark, tag="down")
        if mark.tag == "unknown" and behind is not None and MAIN.fullmatch(mark.text) and SOURCE.fullmatch(behind.text):
            found[place] = replace(mark, tag="top")
        moved = before is not None and before.tag in ("up", "down") and behind is not None and behind.tag in AMOUNTS
        if moved and mark.tag == "filler" and mark.text.lower() in ("from", "von"):
            found[place] = replace(mark, tag="from")
        ranked = any(one.tag in ("rank", "top") for one in found[:place])
        if ranked and mark.text.lower() in ORDINALS and (behind is None or behind.tag == "cut"):
            found[place] = replace(mark, tag="rank", value=ORDINALS[mark.text.lower()])
        if mark.tag == "stance" and BESIDE.fullmatch(mark.text) and _tells_another_group(found, place):
            found[place] = replace(mark, tag="filler")
    return found


def _compares(marks: Sequence[Piece]) -> list[Piece]:
    """Returns the marks with the "more than" that stands before a group or a time as the comparison that it is."""
    found: list[Piece] = []
    for place, mark in enumerate(marks):
        behind = marks[place + 1] if place + 1 < len(marks) else None
        compares = COMPARES.fullmatch(mark.text) if mark.tag == "near" else None
        if compares and behind is not None and behind.tag in ("group", "period"):
            at = mark.start + compares.start(2)
            way: Tag = "more" if mark.value == "over" else "fewer"
            found += [Piece(mark.start, at, compares[1], way), Piece(at, mark.end, compares[2], "than")]
        else:
            found.append(mark)
    return found


def _beside(marks: Sequence[Piece], place: int) -> tuple[Piece | None, Piece | None]:
    return (marks[place - 1] if place else None, marks[place + 1] if place + 1 < len(marks) else None)


def _clause_of(marks: Sequence[Piece], place: int) -> tuple[int, int]:
    """Returns from where to where the clause around a place goes, without the cuts around it."""
    first, last = place, place
    while first and marks[first - 1].tag not in ("cut", "question"):
        first -= 1
    while last < len(marks) and marks[last].tag not in ("cut", "question"):
        last += 1
    return first, last


def _of_a_rating(marks: list[Piece]) -> list[Piece]:
    """Returns the marks with the "als" of "bewertet ihn als gut" as the word without weight that it is there."""
    for place, mark in enumerate(marks):
        if mark.tag == "than" and mark.text.lower() == "als":
            first, _ = _clause_of(marks, place)
            if not any(one.tag in ("more", "fewer", "times", "gap") for one in marks[first:place]):
                before, behind = _beside(marks, place)
                compares = before is not None and re.search(r"er$", before.text) and before.tag in ("stance", "choice")
                if behind is not None and behind.tag in ("choice", "stance") and not compares:
                    marks[place] = replace(mark, tag="filler")
    return marks


def _without_verb_ends(marks: list[Piece]) -> list[Piece]:
    """Returns the marks without the "zu" that ends a clause with "stimmen": together they are one verb."""
    found = list(marks)
    for place, mark in enumerate(marks):
        if re.fullmatch(r"stimm(?:en|t|te|ten)", mark.text, re.IGNORECASE):
            _, last = _clause_of(marks, place)
            if last - 1 > place and marks[last - 1].text.lower() == "zu":
                found[last - 1] = replace(marks[last - 1], tag="filler", value=None)
                found[place] = replace(mark, tag="stance", value=1)
    return found


def _than_all_others(marks: list[Piece], shown: Shown) -> list[Piece]:
    """Returns the marks with "more than in any other group" as being the highest of all, "fewer" as the lowest."""
    for place, mark in enumerate(marks):
        joined = mark.tag == "near" and mark.value in ("over", "under") and mark.text.lower().endswith(("than", "als"))
        if mark.tag != "than" and not joined:
            continue
        first, last = _clause_of(marks, place)
        rest = marks[place + 1 : last]
        told = " ".join(one.text for one in rest)
        alone = bool(rest) and all(
            one.tag in ("filler", "topic", "unknown", "every group", "who", "populace") for one in rest
        )
        noun = any(GROUPS.search(one.text) or ANSWERS.fullmatch(one.text) for one in rest[-1:])
        if not (alone and OTHERS.search(told) and (noun or OTHERS.fullmatch(rest[-1].text))):
            continue
        ways = [at for at in range(first, place) if marks[at].tag in ("more", "fewer")]
        if len(ways) != (0 if joined else 1):
            continue
        more = mark.value == "over" if joined else marks[ways[0]].tag == "more"
        answers = bool(ANSWERS.fullmatch(rest[-1].text)) or not (shown.view.by or shown.view.every)
        tag: Tag = ("top" if more else "least wanted") if answers else ("highest" if more else "lowest")
        begins = place if joined else ways[0]
        between = [] if joined else marks[begins + 1 : place]
        if answers and any(one.tag in ("choice", "stance") for one in between) and {one.tag for one in between} <= SAYS:
            whole = Piece(
                mark.start, marks[last - 1].end, "than all others", tag
            )  # "more readers want X than any other"
            return _than_all_others([*marks[:begins], *between, whole, *marks[last:]], shown)
        if any(one.tag != "filler" for one in between):
            continue
        whole = Piece(marks[begins].start, marks[last - 1].end, "than all others", tag)
        return _than_all_others([*marks[:begins], whole, *marks[last:]], shown)
    return marks


def _ever(marks: list[Piece], shown: Shown) -> list[Piece]:
    """Returns the marks with "ever more popular" as a rise from each period to the next."""
    if not shown.view.every or shown.view.by:
        return marks
    found: list[Piece] = []
    for mark in marks:
        last = found[-1] if found else None
        if last is not None and last.text.lower() in ("immer", "ever") and mark.tag in ("more", "fewer"):
            tag: Tag = "up" if mark.tag == "more" else "down"
            found[-1] = Piece(last.start, mark.end, f"{last.text} {mark.text}", tag, "ever")
        else:
            found.append(mark)
    return found


def _not_split(marks: list[Piece], shown: Shown) -> list[Piece]:
    """Returns the marks without the "no" that answers whether readers are split, where one answer has a majority."""
    for place, mark in enumerate(marks):
        before, behind = _beside(marks, place)
        if not (before is not None and before.tag == "question" and mark.text.lower() in ("no", "nein", "not at all")):
            continue
        first, last = _clause_of(marks, place - 1 if place < 2 else place - 2)
        asked = {one.tag for one in marks[first:last]}
        clear = not shown.view.by and not shown.view.every and any((row.low or 0) > 0.5 for row in shown.cells_rows)
        if (
            "tie" in asked
            and not asked & {"stance", "choice", "not"}
            and behind is not None
            and behind.tag == "cut"
            and clear
        ):
            return [*marks[:place], *marks[place + 2 :]]
    return marks


def _tells_another_group(marks: Sequence[Piece], place: int) -> bool:
    """Whether a share of another group stands behind an "against": "half of the young, against a third of the old"."""
    first, last = _clause_of(marks, place)
    behind = [one.tag for one in marks[place + 1 : last] if one.tag not in ("filler", "near", "only")]
    before = marks[max(first - 1, 0)]
    opens = all(one.tag in ("filler", "only") for one in marks[first:place]) and before.text in (",", "–", "—", "-")
    if not opens or behind not in (["part", "group"], ["percent", "group"], ["group", "percent"]):
        return False
    start, _ = _clause_of(marks, first - 1)
    told = marks[start : first - 1]
    return any(one.tag in AMOUNTS for one in told) and any(one.tag == "group" for one in told)


def of_the_thing(marks: Sequence[Piece], shown: Shown) -> list[Piece]:
    """Returns the marks with the sides turned where a text speaks of the thing itself that is asked to be ended.

    Who is against the clock change is for its end. Only where nothing in the text speaks of ending or keeping it, and
    nothing of yes or no, is it sure that the thing is meant.
    """
    if not shown.says_what or not shown.taken_away:
        return list(marks)
    sides = set(shown.sides.values())
    named = [mark for mark in marks if mark.tag == "topic" and shown.taken_away in mark.text.lower()]
    told = " ".join(mark.text for mark in marks)
    said = any(mark.tag == "choice" and mark.value in sides for mark in marks)
    if not named or said or any(one.search(told) for one in (*OF_ITS_END, HOLDS, YES_OR_NO)):
        return _sure_of_what(marks, shown.taken_away)
    turned: list[Piece] = []
    for mark in marks:
        if mark.tag == "stance" and mark.value in (1, -1):
            turned.append(replace(mark, value=-mark.value))
        elif mark.tag in ("want", "for"):
            turned.append(replace(mark, tag="stance", value=-1))
        elif mark in named:
            turned.append(replace(mark, value="thing"))
        else:
            turned.append(mark)
    return turned


def _sure_of_what(marks: Sequence[Piece], thing: str) -> list[Piece]:
    """Returns the marks with a side not known where it may be said of the thing, or of its end that is told too."""
    found = list(marks)
    for place, mark in enumerate(marks):
        told = thing in mark.text.lower() or any(one.search(mark.text) for one in (*OF_ITS_END, HOLDS))
        if mark.tag not in ("stance", "for") or mark.value not in (1, -1) or told:
            continue
        first, last = _clause_of(marks, place)
        around = marks[first:last]
        if not any(one.tag in ("topic", "choice") for one in around) and first and marks[first - 1].text in (":", "?"):
            start, end = _clause_of(marks, max(first - 2, 0))
            around = marks[start:end]
        told_of = " ".join(one.text for one in around)
        ends = TAKES_AWAY.search(told_of) or (ENDING.search(told_of) and around[0] is marks[first])
        if not ends or KEEPING.search(told_of) or HOLDS.search(told_of):
            found[place] = replace(mark, tag="unknown")
    return found
