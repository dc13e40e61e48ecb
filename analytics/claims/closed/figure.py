"""What a figure's own words are: its answers, groups, periods, and what its question is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import hypot
from statistics import NormalDist
from types import ModuleType

from analytics.claims.closed import english, german
from analytics.claims.closed.asked import READERS, WORRY, may_be_readers, people_asked, place_of, question_words
from analytics.claims.closed.concepts import about_same
from analytics.claims.closed.marks import KnownWord, Piece, Tag, known
from analytics.estimates.views.rows import EstimateRow, is_sum, read_rows
from analytics.estimates.views.view import View
from analytics.language.text import plain_text
from analytics.model.sampling import drawn_by_chance
from analytics.words.names import group_label

WOMEN = {"women", "woman", "female", "females", "frauen", "frau", "weiblich", "f", "w"}
MEN = {"men", "man", "male", "males", "männer", "mann", "männlich", "m"}
OF_WOMEN = r"leserinnen|weibliche leser(?:n|innen)?|frauen|women|female readers|women readers"
OF_MEN = r"männliche leser(?:n)?|männern?|men|male readers"
NOUN_BEGINS, SHORTEST = 6, 3
DATED, OF_MONTH = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d")
CENTRE = re.compile(r"(?:city|town) (cent(?:re|er))", re.IGNORECASE)
MAIN = re.compile(
    r"\b(?:such an?|(?:favou?r or oppose|for or against|support or oppose) (?:an?|the)) "
    r"(?:(?!such)[\w-]+ )*?([^\W\d_]{3,}(?:-[^\W\d_]+)*)(?= (?:on|of|in|for|to|at|that|which|from|by|with|near|"
    r"over|outside|inside|around|along|between|during|before|after|until)\b|[?.,;]|$)|"
    r"\b(?:eine? solche[nrsm]?|für oder gegen (?:eine?n?|den|die|das)) "
    r"(?-i:(?:[a-zäöüß-]+ )*([A-ZÄÖÜ][^\W\d_]{2,}(?:-[^\W\d_]+)*))",
    re.IGNORECASE,
)
"""What a question asks about, where it says so."""
DEGREE = re.compile(
    r"(?:very|fairly|rather|quite|somewhat|mostly|completely|strongly|sehr|eher|ziemlich|etwas|völlig|voll) (\w{4,})",
    re.IGNORECASE,
)
"""An answer that says how much of something is felt."""
DENIES = re.compile(r"^(?:un|dis|in)(?=\w{4})")
AROUND = re.compile(
    r"(?:surrounding|nearby|neighbou?ring|outlying|umliegende[nr]?|benachbarte[nr]?) ([^\W\d_]{5,})", re.I
)
"""Groups that are also called by their last word alone."""
DOUBLED = re.compile(r"[^aeiouwxy\W][aeiou][bdglmnprt]")
"""Short verbs that double their last letter, as "cap" does in "capped"."""
TWO_WORDS = re.compile(r"(?<!\w)(?=([^\W\d_]{3,})(?: [^\W\d_]+){1,2} (away|up)\b)", re.IGNORECASE)
"""A verb of two words, such as "lock phones away", of which a noun like "lock-up" is made."""
MEASURED = re.compile(r"(?<![\w.,])(\d{2,4})(?![\d.,]*\d)")
MOST_PERCENT = 100
COUNTING = "%|prozent|per ?cent|pct|of|von|in|out|punkt|point|leser|reader|befragt|teilnehm|respond|particip"
HOW_ONE_IS = re.compile(
    r"\b(?:how|wie) (?!much|far|strongly|often|well|sehr|oft|stark|weit|gut)\w+ (?:do|\w+ sie)\b", re.IGNORECASE
)
"""A question of what quality something has for those who answer, by a verb that says no more."""
FIRST_PERSON = re.compile(
    r"^(?:i(?:['’]m)? |ich (?:bin )?|(?:ist |es ist |das ist )?mir (?:ist )?)(?=\w{3})", re.IGNORECASE
)
"""How an answer begins that somebody gives of themselves."""
DENIED = re.compile(r"^(?:(?:do|does|did) not|don['’]t|not|nicht|un(?=\w{4})) ?|\b(?:not|nicht) ")
LIMITS = re.compile(
    r"\b(?:if|but|unless|except|without|only|not|no|until|instead|rather|or|and|wenn|aber|außer|ohne|nur|nicht|kein\w*|"
    r"bis|statt|sondern|oder|und|solange|sofern|falls)\b",
    re.IGNORECASE,
)
"""Words behind which an answer is limited or turned round."""
PEOPLE_IN_GENERAL = re.compile(r"\b(?:people|menschen)\b", re.IGNORECASE)
"""Words for whoever lives somewhere or is of some age, asked or not."""
TAKES_AWAY = re.compile(
    r"\b(?:ban|bann\w+|bans|prohibit\w*|outlaw\w*|forbid\w*|abolish\w*|abolition|scrap\w*|stop\w*|end(?:s|ed|ing)?|"
    r"clos(?:e|es|ed|ing|ure)|cut(?:s|ting)?|reduc\w+|limit\w*|restrict\w*|demolish\w*|demolition|remov\w+|cancel\w*|"
    r"withdraw\w*|dismantl\w+|phas\w+ out)\b|verbiet|verbot|untersag|abschaff|abzuschaff|schaff\w* .{0,40}\bab\b|stopp|"
    r"beend|schließ|geschlossen|kürz|streich|gestrichen|abreiß|abriss|einschränk|begrenz|abbau|entfern|verringer|"
    r"abgeschaff|reduzier|abzieh|abzug",
    re.IGNORECASE,
)
"""Words for forbidding, ending or lessening what is asked about."""
KEEPS_IT = {
    "en": r"(?:(?:wants?|wanted|wish(?:es)?|would like|prefers?|hopes?) to |would (?:rather )?)?"
          r"(?:keep(?:s|ing)?|kept|retain(?:s|ed|ing)?|hold(?:s|ing)? on to|stick(?:s|ing)? (?:with|to)|"
          r"preserv(?:e|es|ed|ing))",
    "de": r"(?:bei)?behalten|festhalten(?: an)?|bewahren|beizubehalten|festzuhalten|erhalten bleib\w*",
}  # fmt: skip
"""How one is for a thing that is asked to be ended, and so against that it ends."""
WANTS_NONE = {
    "en": r"(?:wants?|wanted|would like) no(?: more)?|"
    r"(?:(?:does|do|did) not|(?:does|do|did)n['’]t) want(?: any)?(?: more)?",
    "de": r"(?:wollen|wollten?|will|möchten?|wünsch(?:en|t)(?: sich)?) kein(?:e[nrms]?)?",
}
"""How one is for it that a thing is no more."""
KEEPING = re.compile(rf"\b(?:{KEEPS_IT['en']}|{KEEPS_IT['de']})", re.IGNORECASE)
TAKEN_AWAY = (
    re.compile(r"\b(?:ban|prohibit|outlaw|forbid|abolish|scrap|remove|withdraw)(?:s|ned|ed|ning|ing)? "
               r"(?:the |all |any )?([^\W\d_]{3,})", re.IGNORECASE),
    re.compile(r"\b([^\W\d_]{3,}) (?:from .{3,30} )?be (?:kept or )?(?:banned|prohibited|outlawed|forbidden|"
               r"abolished|scrapped|removed)", re.IGNORECASE),
    re.compile(r".*\b([A-ZÄÖÜ][^\W\d_]{2,})\b[^.?]{0,40}?\b(?:verbiet|verbot|untersag|abgeschafft|abschaff)\w*"),
)  # fmt: skip
"""What it is that a question asks to forbid or end, in the first group."""
OF_THE_THING = rf"(?!.{{0,30}}?(?:{TAKES_AWAY.pattern}))"
"""Behind "keep" and "an end to": it is said of the thing, not of the ban on it."""
STEP_TOLD = re.compile(r"(?<![\w.,])\d{1,2}\s*[=:(]\s*[^\d,;:.?()]{2,40}")
"""How a question calls a step of its scale: "5 = completely". That is an answer, and not what is asked about."""
LACKING = re.compile(r"\w+-(?:free|less|only)\b", re.IGNORECASE)
BESIDE = "[Bb]y|[Bb]efore|[Aa]fter|[Uu]ntil|[Tt]ill|[Vv]or|[Nn]ach|[Bb]is|[Aa]b"
SIGNS = {
    "en": (
        (0, re.compile(
            r"neither\b|don['’]?t know|not sure|unsure|undecided|no opinion|can(?:not|['’]t) say|about the same|"
                       r"mixed\b|prefer not|no answer|neutral|in between|it depends")),
        (-1, re.compile(
            r"(?:strongly |completely |totally |fully |somewhat |rather |mostly |slightly |tend to |very |fairly |"
                        r"quite |definitely |probably |generally )*(?:disagree|oppose|against|disapprove|dissatisfied|"
                        r"unhappy|unlikely|distrust|unsafe|unimportant|bad|badly|poor|dislike|no|not)(?: (?:much|at "
                            r"all|so|very|"
                        r"really|important|satisfied|likely|happy|safe|useful|good|well|often|interested|confident|"
                            r"worried|a lot))*$|"
                        r"no,|(?:definitely|probably|certainly|absolutely|rather) (?:not|no)$|(?:not (?:very |so "
                            r"|too )?much|none|none at all|very little|hardly any)$")),
        (1, re.compile(
            r"(?:strongly |completely |totally |fully |somewhat |rather |mostly |slightly |tend to |very |fairly |"
                       r"quite |definitely |probably |generally )*(?:agree|support|approve|in favou?r|favou?r|for|"
                           r"satisfied|happy|"
                       r"likely|trust|safe|important|good|well|like|yes|interested|confident|useful|worried)$|"
                       r"yes,|(?:definitely|probably|certainly|absolutely)$|(?:a great deal|a fair amount|quite "
                           r"a lot|a lot|completely|very much)$")),
    ),
    "de": (
        (0, re.compile(r"weder|weiß (?:es )?nicht|unsicher|unentschieden|keine (?:meinung|angabe)|teils|kann ich nicht|"
                       r"kommt darauf an|neutral|egal")),
        (-1, re.compile(r"(?:(?:sehr|eher|ziemlich|voll|völlig|gar|überhaupt|stimme|ganz|klar|bestimmt|"
            r"wahrscheinlich|auf keinen fall) )*"
                        r"(?:nicht|nein|dagegen|unzufrieden|unwichtig|schlecht|unwahrscheinlich|ab|keine[snr]?|lehne)"
                        r"(?: (?:zu|ab|zufrieden|wichtig|gut|gern|so|voll|eher|überhaupt|vertrauen))*$|nein,|auf "
                            r"keinen fall$|(?:kaum|wenig|lehne .*ab)$")),
        (1, re.compile(
            r"(?:(?:sehr|eher|ziemlich|voll|völlig|stimme|ganz|klar|bestimmt|wahrscheinlich|und|auf jeden fall) )*"
                       r"(?:ja|dafür|zufrieden|wichtig|gut|wahrscheinlich|zu|schon|sehr|ganz|stark|viel)$|ja,|"
                           r"auf jeden fall$|(?:wahrscheinlich|bestimmt)$|(?:voll und ganz|völlig)$")),
    ),
}  # fmt: skip
"""By side how the answers of a scale of words are called: of neither, against, for."""
_BEGINS = "ab|an|auf|aus|bei|ein|fest|frei|her|hin|los|mit|nach|um|unter|vor|weg|weiter|zu|zurück|zusammen"
PARTICIPLE = re.compile(rf"({_BEGINS})?ge(\w{{3,}}?)(?:t|en)")
STRONG_NOUNS = {
    "zieh": "zug", "geh": "gang", "fahr": "fahrt", "bau": "bau", "geb": "gabe", "kauf": "kauf", "trag": "trag",
    "schneid": "schnitt", "steig": "stieg", "fall": "fall", "brech": "bruch", "halt": "halt", "wechsel": "wechsel",
    "start": "start", "setz": "satz", "tausch": "tausch", "reiß": "riss", "leg": "legung", "press": "druck",
}  # fmt: skip
"""By the stem of a verb the noun that is made of it: of "umziehen" comes "Umzug"."""
STRONG_VERB = re.compile(rf"((?:{_BEGINS}|er|ver|be|ent)?)(\w{{3,}}?)e?n")
INFINITIVE = re.compile(rf"({_BEGINS})(\w{{3,}})en")
IRREGULAR = (
    ("sell", "sold", "selling", "sells", "sale"), ("sold", "sell", "selling", "sale"), ("build", "built", "building",
        "builds"),
    ("pay", "paid", "paying", "pays", "payment"), ("paid", "pay", "paying", "pays"), ("keep", "kept", "keeping",
        "keeps"),
    ("ban", "banned", "banning", "bans"), ("banned", "ban", "banning", "bans"), ("cut", "cutting", "cuts"),
    ("spend", "spent", "spending", "spends"), ("close", "closed", "closing", "closure", "shut", "shutting"),
    ("stop", "stopped", "stopping", "stops"), ("plan", "planned", "planning"), ("scrap", "scrapped", "scrapping",
        "scrapping"),
    ("abolish", "abolished", "abolition", "abolishing"), ("introduce", "introduced", "introduction", "introducing"),
    ("allow", "allowed", "allowing", "permit", "permitted"), ("raise", "raised", "raising"), ("lower", "lowered",
        "lowering"),
    ("extend", "extended", "extension", "extending"), ("expand", "expanded", "expansion"), ("restrict", "restricted",
        "restriction", "restrictions"),
    ("reduce", "reduced", "reduction", "reducing"), ("legalise", "legalised", "legalising", "legalisation", "legal"),
        ("teach", "taught", "teaching"),
    ("wear", "worn", "wearing"), ("drive", "driving", "driven", "drives"), ("hold", "held", "holding"), ("move",
        "moved", "moving"),
    ("bring", "brought", "bringing"), ("give", "given", "giving"), ("make", "made", "making"), ("let", "letting"),
    ("compulsory", "mandatory", "obligatory"), ("mandatory", "compulsory", "obligatory"), ("free", "free of charge"),
)  # fmt: skip
SAME_PEOPLE = (
    "drivers|driver|motorists|motorist|car-drivers",
        "pupils|pupil|students|student|schoolchildren|schoolkids|children|kids|child",
    "tenants|tenant|renters|renter", "pensioners|pensioner|retirees|seniors|elderly", "cyclists|cyclist|bikers",
        "parents|parent|mothers|fathers|families",
    "residents|resident|locals|townspeople", "workers|employees|staff|worker|employee",
        "visitors|tourists|visitor|tourist|guests",
    "patients|patient", "shoppers|customers|customer|shopper", "passengers|passenger|commuters|commuter|travellers",
        "men|man", "women|woman",
    "autofahrer|autofahrerinnen|autofahrern", "schüler|schülerinnen|schülern|kinder|kindern|kind|schulkinder",
        "mieter|mieterinnen|mietern",
    "rentner|rentnerinnen|rentnern|senioren|ruheständler", "radfahrer|radfahrern|radler|radlern",
        "eltern|mütter|väter|familien",
    "anwohner|anwohnerinnen|anwohnern", "beschäftigte|beschäftigten|arbeitnehmer|arbeitnehmern|angestellte",
        "touristen|besucher|gäste|urlauber",
)  # fmt: skip
"""Lines of words for the same people."""
ENDS, LEVEL = 1.96, 0.05
BAND = "steps "
"""How the key of several steps of a scale of numbers begins, such as "steps 7:10"."""
GroupAt = tuple[tuple[str, ...], str | None]


OTHER_WORDS = (english, german)
"""The words of all languages: a survey's labels need not be in the headline's."""


@dataclass(frozen=True, eq=False)
class Shown:
    """A figure and the words of a language, for reading what a text says of it."""

    view: View
    words: ModuleType

    @cached_property
    def rows(self) -> list[EstimateRow]:
        """Every number that the figure shows."""
        printed = [row for row in read_rows(self.view) if row.value is not None]
        known_sums = {row.choice for row in printed if is_sum(self.view, row)}
        cells: dict[GroupAt, list[EstimateRow]] = {}
        for row in printed:
            if row.statistic == "share":
                cells.setdefault((row.levels, row.period), []).append(row)
        found = [
            one for key, parts in self.degrees.items() if key not in known_sums
            for cell in cells.values() if (one := summed(cell, key, parts)) is not None
        ]  # fmt: skip
        return printed + found

    @cached_property
    def degrees(self) -> dict[str, tuple[str, ...]]:
        """By a key the answers that are degrees of one feeling, as "very satisfied" and "rather satisfied" are.

        There are two: the feeling, and what denies it by its first letters.
        """
        question = self.view.question
        if question.kind == "multiple":
            return {}
        felt: dict[str, list[str]] = {}
        for choice in question.choices:
            if match := DEGREE.fullmatch(plain_text(choice.label)):
                felt.setdefault(match[1].lower(), []).append(choice.value)
        alone = {plain_text(one.label).lower() for one in question.choices}
        denied = [one for one in felt if DENIES.sub("", one) != one and DENIES.sub("", one) in felt]
        nets = {frozenset(net.plus): net.key for net in question.nets if not net.minus}
        if len(denied) != 1 or len(felt) != 2 or alone & set(felt):
            told = ((f"all {side:+}", values) for side, values in self._signed.items())
            return {nets.get(frozenset(values), key): tuple(values) for key, values in told if len(values) > 1}
        upper = DENIES.sub("", denied[0])
        return {nets.get(frozenset(felt[one]), f"all {one}"): tuple(felt[one]) for one in (upper, denied[0])}

    @cached_property
    def _signed(self) -> dict[int, list[str]]:
        """By 1 and -1 the answers of two sides that come in degrees, as "agree" and "strongly agree"; else empty."""
        question = self.view.question
        if question.kind == "multiple" or any(net.minus for net in question.nets):
            return {}
        found: dict[int, list[str]] = {}
        for choice in question.choices:
            label = plain_text(choice.label).lower()
            signs_of = [
                *SIGNS[self.language],
                *(pair for other in SIGNS if other != self.language for pair in SIGNS[other]),
            ]
            side = next((side for side, signs in signs_of if signs.match(label)), None)
            if side is None:
                return {}
            found.setdefault(side, []).append(choice.value)
        sides = {side: found.get(side, []) for side in (1, -1)}
        return sides if all(sides.values()) and max(map(len, sides.values())) > 1 else {}

    @cached_property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """By the key of several answers together those answers."""
        return {net.key: tuple(net.plus) for net in self.view.question.nets if not net.minus} | self.degrees

    @cached_property
    def cells(self) -> dict[GroupAt, list[EstimateRow]]:
        """The shares by group and period: those of single answers."""
        found: dict[GroupAt, list[EstimateRow]] = {}
        for row in self.rows:
            if row.statistic == "share" or row.choice in self.parts:
                found.setdefault((row.levels, row.period), []).append(row)
        return found

    @cached_property
    def periods(self) -> list[str]:
        """The periods that are over, in their order."""
        return [one for one in dict.fromkeys(row.period for row in self.rows if row.period)
                if one not in self.view.unfinished]  # fmt: skip

    @cached_property
    def sides(self) -> dict[int, str]:
        """By 1, -1 and 0 the answer that is for it, the one that is against it, and the one that is undecided."""
        found: dict[int, list[str]] = {}
        for choice in () if self.view.question.kind == "scale" else self.view.question.choices:
            for side, labels in (
                (1, self.pro_labels), (-1, self.con_labels), (0, self.unsure_labels),
            ):  # fmt: skip
                label = plain_text(choice.label).lower()
                if side and label in self.unsure_labels:
                    continue  # "No opinion" is no "no"
                if any(label == one or label.startswith((f"{one} ", f"{one},")) for one in labels):
                    found.setdefault(side, []).append(choice.value)
        if not {1, -1} <= set(found):
            found |= self._denied() or self._kept_or_ended()
        sums = {frozenset(net.plus): net.key for net in self.view.question.nets if not net.minus}
        for net in self.view.question.nets:
            plus, minus = sums.get(frozenset(net.plus)), sums.get(frozenset(net.minus))
            if net.minus and plus and minus:
                found[1], found[-1] = [plus], [minus]
        sided = {side: values[0] for side, values in found.items() if len(values) == 1}
        if self._signed and self.degrees:
            return {side: value for side, value in sided.items() if not side} | self._sides_of_degrees()
        if {1, -1} <= set(sided):
            return sided
        if self.degrees:
            return sided | self._sides_of_degrees()
        if -1 in sided and len(found.get(1, [])) > 1:
            return sided  # "Yes, all", "Yes, some" and "No": who says yes says which, and who says no says no
        return {}

    def _sides_of_degrees(self) -> dict[int, str]:
        """The two sides that come in degrees: what several answers are together, and a side that is only one."""
        if not self._signed:
            upper, lower = self.degrees
            return {1: upper, -1: lower}
        keys = {values: key for key, values in self.degrees.items()}
        return {side: keys.get(tuple(values), values[0]) for side, values in self._signed.items()}

    def _denied(self) -> dict[int, list[str]]:
        """An answer and the one that denies it in its own words, such as "Satisfied" and "Not satisfied"."""
        labels = {plain_text(one.label).lower(): one.value for one in self.view.question.choices}
        pairs = [
            (labels[bare], value) for label, value in labels.items()
            if (bare := DENIED.sub("", label, count=1)) != label and bare in labels
        ]  # fmt: skip
        return {1: [pairs[0][0]], -1: [pairs[0][1]]} if len(pairs) == 1 else {}

    def _kept_or_ended(self) -> dict[int, list[str]]:
        """By 1 and -1 the one answer that ends what is asked about and the one that keeps it; else empty."""
        if not self.takes_away:
            return {}
        labels = {one.value: plain_text(one.label) for one in self.view.question.choices}
        ends = [value for value, label in labels.items() if TAKES_AWAY.search(label)]
        keeps = [value for value, label in labels.items() if KEEPING.search(label)]
        return {1: ends, -1: keeps} if len(ends) == len(keeps) == 1 and ends != keeps else {}

    @cached_property
    def says_what(self) -> bool:
        """Whether the two sides are to end a thing and to keep it, and no yes and no."""
        return bool(self.sides) and self.sides == {
            side: values[0] for side, values in self._kept_or_ended().items()
        } | {side: value for side, value in self.sides.items() if not side}

    @cached_property
    def dimensions(self) -> list[str]:
        """What the groups of the figure are groups by, in small letters."""
        return [plain_text(one.label).lower() for one in self.view.survey.dimensions if one.key in self.view.by]

    @cached_property
    def pro_labels(self) -> tuple[str, ...]:
        """What an answer is called that is for it: a survey's labels need not be in the headline's language."""
        return tuple(label for words in (self.words, *OTHER_WORDS) for label in words.PRO_LABELS)

    @cached_property
    def con_labels(self) -> tuple[str, ...]:
        """What an answer is called that is against it, in every language."""
        return tuple(label for words in (self.words, *OTHER_WORDS) for label in words.CON_LABELS)

    @cached_property
    def unsure_labels(self) -> frozenset[str]:
        """What an answer is called that has no opinion, in every language."""
        return frozenset(label for words in (self.words, *OTHER_WORDS) for label in words.UNSURE_LABELS)

    @cached_property
    def unsure(self) -> str | None:
        """The answer of those who are undecided, None where there is none, or several."""
        found = [one.value for one in self.view.question.choices if plain_text(one.label).lower() in self.unsure_labels]
        return found[0] if len(found) == 1 else None

    def opposite(self, choice: str | None) -> str | None:
        """The answer on the other side of this one, None where there are no two sides."""
        if choice is None or not {1, -1} <= set(self.sides):
            return None
        return {self.sides[1]: self.sides[-1], self.sides[-1]: self.sides[1]}.get(choice)

    @cached_property
    def numbered(self) -> dict[int, str]:
        """The steps of a scale of whole numbers by their number, empty where its steps are words."""
        labels = {one.value: plain_text(one.label).strip() for one in self.view.question.choices}
        steps = {int(label): value for value, label in labels.items() if label.isdigit()}
        others = [label for label in labels.values() if not label.isdigit() and label.lower() not in self.unsure_labels]
        return {} if others or self.view.question.kind == "multiple" else dict(sorted(steps.items()))

    def _band(self, choice: str, levels: tuple[str, ...], period: str | None) -> EstimateRow | None:
        """The share of the steps from one number to another together."""
        low, high = map(int, choice.removeprefix(BAND).split(":"))
        values = [value for step, value in self.numbered.items() if low <= step <= high]
        return summed(self.cells.get((levels, period), ()), choice, values)

    def row(self, choice: str, levels: tuple[str, ...], period: str | None) -> EstimateRow | None:
        """The share of an answer in a group and period, None where the figure does not show it."""
        if choice.startswith(BAND):
            return self._band(choice, levels, period)
        return next((row for row in self.cells.get((levels, period), ()) if row.choice == choice), None)

    def rivals(self, row: EstimateRow) -> list[EstimateRow]:
        """The shares beside this one that are not part of it."""
        parts = {key: set(values) for key, values in self.parts.items()}
        own = parts.get(row.choice or "", {row.choice})
        cell = self.cells[row.levels, row.period]
        return [
            one for one in cell
            if not own & parts.get(one.choice or "", {one.choice})
            and ((one.choice in parts) == (row.choice in parts))
        ]  # fmt: skip

    def apart(self, one: EstimateRow, other: EstimateRow) -> bool:
        """Whether two numbers differ by more than chance would bring.

        Their intervals do not overlap, or, of one answer in two groups or periods, their difference is clear among as
        many as the figure has.
        """
        if self.far_apart(one, other):
            return True
        if (one.levels, one.period) == (other.levels, other.period) or one.choice != other.choice:
            return False
        if one.statistic != other.statistic or any(each.low is None or each.high is None for each in (one, other)):
            return False
        pairs = len(self.cells) * (len(self.cells) - 1) // 2
        error = hypot(*(((each.high or 0) - (each.low or 0)) / 2 / ENDS for each in (one, other)))
        return abs((one.value or 0) - (other.value or 0)) > NormalDist().inv_cdf(1 - LEVEL / 2 / max(pairs, 1)) * error

    def leads(self, one: EstimateRow, other: EstimateRow) -> bool:
        """Whether of the same group one answer is clearly ahead of another: its lead is larger than chance brings."""
        ahead = (one.value or 0) > (other.value or 0)
        return ahead and (self.apart(one, other) or bool(one.levels and not self.alike(one, other)))

    def far_apart(self, one: EstimateRow, other: EstimateRow) -> bool:
        """Whether the intervals of two numbers do not overlap."""
        return (one.low or 0) > (other.high or 1) or (other.low or 0) > (one.high or 1)

    def alike(self, one: EstimateRow, other: EstimateRow) -> bool:
        """Whether two numbers differ by no more than chance would bring, were these two alone compared.

        What is neither alike nor apart can be called a difference or none: nobody is wrong who says either.
        """
        gap = abs((one.value or 0) - (other.value or 0))
        if (one.levels, one.period) == (
            other.levels,
            other.period,
        ):  # of the same readers one answer takes from another
            base = one.effective_n or one.base_n or 1
            error = (max((one.value or 0) + (other.value or 0) - gap**2, 0.0) / base) ** 0.5
        else:
            error = hypot(*(((each.high or 0) - (each.low or 0)) / 2 / ENDS for each in (one, other)))
        return gap <= ENDS * error

    @cached_property
    def language(self) -> str:
        """That of the words."""
        return "de" if self.words.__name__.endswith("german") else "en"

    @cached_property
    def main(self) -> str:
        """What the question asks about where it says so, as "such a toll" does, in small letters; else empty."""
        found = [one or other for one, other in MAIN.findall(plain_text(self.view.question.text))]
        return found[-1].lower() if found else ""

    @cached_property
    def takes_away(self) -> bool:
        """Whether the question asks to forbid, end or lessen something: who is for that is against the thing."""
        return self.view.question.kind != "scale" and bool(TAKES_AWAY.search(plain_text(self.view.question.text)))

    @cached_property
    def taken_away(self) -> str:
        """The thing that the question asks to forbid or end, by its stem and in small letters; empty where none is."""
        if not self.takes_away:
            return ""
        found = next((match[1] for one in TAKEN_AWAY if (match := one.search(plain_text(self.view.question.text)))), "")
        return self.words.STEMS.sub("", found.lower())

    def _keeps_or_lacks(self) -> Iterator[KnownWord]:
        """Where something is asked to be ended: to keep it is to be against that, to be without it is to be for it."""
        if not (self.takes_away and {1, -1} <= set(self.sides)):
            return
        yield known("stance", rf"(?:{KEEPS_IT[self.language]}){OF_THE_THING}", value=-1)
        if thing := self.taken_away:
            whole = rf"(?:the |any |all )?{re.escape(thing)}\w{{0,2}}{OF_THE_THING}"
            yield known("stance", rf"(?:without|free of|rid of|no more|ohne|frei von) {whole}",
                        rf"(?:no |the )?{whole} (?:off|out of|away from)",
                        rf"{re.escape(thing)}\w{{0,2}}-?(?:free|freie[nrms]?|frei)",
                        rf"(?:{WANTS_NONE[self.language]}) {whole}(?: mehr)?", value=1)  # fmt: skip

    @cached_property
    def of_trouble(self) -> bool:
        """Whether the answers are problems: what grows may be the problem itself, or that people name it."""
        return not self.sides and bool(WORRY.search(plain_text(self.view.question.text)))

    def not_asked(self, mark: Piece) -> bool:
        """Whether a group's words, as "readers under 30", are those of readers where others were asked."""
        if mark.tag != "group":
            return False
        everybody = PEOPLE_IN_GENERAL.search(mark.text) and not drawn_by_chance(self.view.survey)
        return bool(everybody) or (not self.of_readers and bool(READERS.search(mark.text)))

    @cached_property
    def of_readers(self) -> bool:
        """Whether those who answered may be called readers."""
        return may_be_readers(self.view.survey)

    def asks_you_to(self, deed: str) -> bool:
        """Whether the question asks those who answer whether they do something themselves."""
        text = plain_text(self.view.question.text)
        return bool(re.search(rf"\b(?:you|sie)\b[^.?]{{0,30}}\b{re.escape(deed[:4])}", text, re.IGNORECASE))

    @cached_property
    def asks_yourself(self) -> bool:
        """Whether the question asks those who answer what they do or think themselves."""
        return bool(
            re.search(r"\b(?:you|your|sie|ihr|ihre[nrms]?)\b", plain_text(self.view.question.text), re.IGNORECASE)
        )

    def says(self, word: str) -> bool:
        """Whether a word is one of the question's own."""
        return bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain_text(self.view.question.text), re.IGNORECASE))

    def quotes(self, words: str) -> bool:
        """Whether all of these words stand in the question as they are here, one after the other."""
        return words.lower() in plain_text(self.view.question.text).lower()

    def in_question(self, text: str) -> bool:
        """Whether the last of these words, or one for the same people, stands in the question."""
        word = text.split()[-1].lower()
        for line in SAME_PEOPLE:
            if word in line.split("|"):
                return any(self._asked_of(one) for one in line.split("|"))
        return self._asked_of(word)

    def _asked_of(self, word: str) -> bool:
        begins = (
            r"\w*" if self.language == "de" and len(word) >= NOUN_BEGINS else ""
        )  # "Regierung" of "Bundesregierung"
        return bool(re.search(rf"(?<!\w){begins}{re.escape(word)}(?!\w)", plain_text(self.view.question.text).lower()))

    def label(self, choice: str) -> str:
        """The label of an answer."""
        if choice.startswith(BAND):
            return choice.removeprefix(BAND).replace(":", "–")
        return next((plain_text(row.label) for row in self.rows if row.choice == choice), choice)

    def group(self, levels: tuple[str, ...]) -> str:
        """The label of a group."""
        return plain_text(group_label(self.view, levels))

    @cached_property
    def table(self) -> list[KnownWord]:
        """What is known of a text from the figure alone."""
        return [*self._answers(), *self._groups(), *self._times(), *self._verb(), *self._asked(),
                *self._keeps_or_lacks(), *self._women_alone()]  # fmt: skip

    def _women_alone(self) -> Iterator[KnownWord]:
        """German readers by their female form alone are women, where the figure does not tell them apart."""
        groups = [self.group(levels).lower() for levels in dict.fromkeys(row.levels for row in self.rows)]
        if self.language == "de" and not any(one in WOMEN for group in groups for one in group.split(", ")):
            yield known(
                "unknown", r"(?:die |der |den |unsere[rn]? )?leserinnen(?! (?:und|wie|oder|sowie) )(?<!und leserinnen)"
            )

    def _asked(self) -> Iterator[KnownWord]:
        survey, question = self.view.survey, self.view.question
        yield from people_asked(survey, self.language)
        yield from question_words(
            plain_text(question.text),
            question.choices,
            self.language,
            place_of(survey),
            sided=bool(self.sides) or question.kind == "scale",
        )

    def _answers(self) -> Iterator[KnownWord]:
        if 0 not in self.sides:
            unsure = [one.value for one in self.view.question.choices
                      if plain_text(one.label).lower() in self.unsure_labels]  # fmt: skip
            if len(unsure) == 1:
                yield known("choice", *self.words.NOT_KNOWING, value=unsure[0])
        yield from self._second_halves()
        for choice, label in dict.fromkeys((row.choice, plain_text(row.label)) for row in self.rows):
            if choice in self.degrees:
                continue
            if choice is None or not any(row.choice == choice for row in self.cells_rows):
                continue
            whole, _, inside = label.partition("(")
            whole = re.sub(self.words.ARTICLES, "", whole.strip(), flags=re.IGNORECASE)
            if (bare := FIRST_PERSON.sub("", whole)) != whole and not self._begins_another(choice, bare):
                yield known("choice", re.escape(bare), value=choice)
            if inside.rstrip(") "):
                aside = inside.rstrip(") ")
                yield known("choice", re.escape(aside), re.escape(aside.removeprefix("not ")), value=choice)
            if whole.lower() in (self.words.PRO_LABELS[0], self.words.CON_LABELS[0]):
                if not self.sides and not self._begins_another(choice, whole):
                    yield known("choice", f"(?:{self.words.SAY_SO} )?{re.escape(whole)}", value=choice)
                continue  # where there are two sides they are words of the language, and known as such
            if not self.sides and self.view.question.kind != "scale":
                yield from self._beginnings(choice, whole)
            if any(net.key == choice for net in self.view.question.nets):
                stem = self.words.LABEL_STEM.sub("", whole.lower())
                if len(stem) > SHORTEST and " " not in stem:
                    yield known("choice", re.escape(stem) + self.words.LABEL_ENDS, value=choice)
                continue
            if self._is_part_of_another(choice, whole):
                continue  # "Agree" is also what "Strongly agree" does: which of them is meant nobody can tell
            if len(whole) >= SHORTEST and not whole.isdigit():
                parts = [self.words.BITS.get(part.lower(), re.escape(part)) for part in whole.split()]
                yield known("choice", r"\s+".join(parts) + self.words.SUFFIX, value=choice)
        choices = self.view.question.choices
        if self.view.question.kind == "scale" and len(choices) % 2:
            yield known("choice", *self.words.MIDDLE, value=choices[len(choices) // 2].value)

    def _second_halves(self) -> Iterator[KnownWord]:
        """What is said behind a "yes" that two answers begin with: "for all flats" of "Yes, for all flats"."""
        halves: dict[str, str] = {}
        for choice in self.view.question.choices:
            first, _, rest = plain_text(choice.label).partition(",")
            if first.lower() == self.words.PRO_LABELS[0] and rest.strip():
                halves[choice.value] = re.sub(r"^(?:but|aber)\s+", "", rest.strip(), flags=re.IGNORECASE)
        if len(halves) < 2:
            return
        for value, rest in halves.items():
            bare = re.sub(r"^(?:only|nur)\s+", "", rest, flags=re.IGNORECASE)
            if sum(re.sub(r"^(?:only|nur)\s+", "", one, flags=re.IGNORECASE) == bare for one in halves.values()) > 1:
                continue
            last = rf"{re.escape(bare)} (?:only|nur)"
            yield known("choice", re.escape(rest), *((last,) if bare != rest else ()), value=value)

    def _begins_another(self, choice: str, label: str) -> bool:
        """Whether the label of another answer begins with this one: which of them is meant nobody can tell."""
        others = [plain_text(one.label).lower() for one in self.view.question.choices if one.value != choice]
        return any(re.match(rf"{re.escape(label.lower())}(?!\w)", other) for other in others)

    def _beginnings(self, choice: str, label: str) -> Iterator[KnownWord]:
        """What a long answer is called in short: its first words, where none of those left out limits or turns them."""
        words = label.split()
        for count in range(2, len(words)):
            some, rest = words[:count], " ".join(words[count:])
            if sum(len(word) > SHORTEST for word in some) < 2 or len(some[-1]) <= SHORTEST or LIMITS.search(rest):
                continue
            if self._begins_another(choice, " ".join(some)):
                continue
            stem = self.words.STEMS.sub("", some[0].lower()) or some[0].lower()
            first = f"(?:{re.escape(some[0])}|{re.escape(stem)}{self.words.LABEL_ENDS})"
            yield known("choice", r"\s+".join([first, *map(re.escape, some[1:])]) + self.words.SUFFIX, value=choice)

    def _is_part_of_another(self, choice: str, label: str) -> bool:
        """Whether the label of a step of a scale is the end of another's."""
        ending = re.compile(rf"\w\s+{re.escape(label)}(?!\w)", re.IGNORECASE)
        others = [plain_text(one.label) for one in self.view.question.choices if one.value != choice]
        steps = self.view.question.kind == "scale" or any(choice in part for part in self.degrees.values())
        return steps and any(ending.search(other) for other in others)

    @cached_property
    def cells_rows(self) -> list[EstimateRow]:
        """The shares of every group and period."""
        return [row for rows in self.cells.values() for row in rows]

    def _groups(self) -> Iterator[KnownWord]:
        groups = [levels for levels in dict.fromkeys(row.levels for row in read_rows(self.view)) if len(levels) == 1]
        aged = [(each, ages(self.group(each))) for each in groups]
        numbered = [(each, low, high) for each, found in aged if found for low, high in [found]]
        for place, (each, low, high) in enumerate(numbered):
            patterns = [*self.words.OVER] if high is None else [*self.words.WITHIN]
            if place == 0 and high is not None:
                patterns += [*self.words.UNDER, *self.words.YOUNG, self.words.YOUNGEST]
            if place == len(numbered) - 1 and len(numbered) > 1:
                patterns += self.words.OLD
            for pattern in patterns:
                within = pattern in self.words.WITHIN
                top = high if within or high is None else high + 1
                yield known("group", pattern.format(low=low, high=top), value=each)
        called = [AROUND.fullmatch(self.group(each)) for each in groups]
        for each, match in zip(groups, called, strict=True):
            if match and sum(match[1].lower() in self.group(one).lower() for one in groups) == 1:
                for pattern in self.words.GROUPS:
                    yield known("group", pattern.format(label=re.escape(match[1])), value=each)
        for each in groups:
            label = self.group(each)
            if centre := CENTRE.fullmatch(label):
                yield known("group", self.words.LIVING_IN.format(label=centre[1]), value=each)
            for pattern in (self.words.LIVING_IN,) if self.quotes(label) else self.words.GROUPS:
                ends = r"(?!-?\s?jährig|-year|[- ]to[- ]\d)" if label[-1:].isdigit() else self.words.SUFFIX
                yield known("group", pattern.format(label=re.escape(label) + ends), value=each)
            for names, pattern in ((WOMEN, OF_WOMEN), (MEN, OF_MEN)):
                if label.lower() in names:
                    yield known("group", pattern, value=each)

    def _times(self) -> Iterator[KnownWord]:
        months = dict(enumerate(self.words.MONTHS, 1))
        begun, ended = self._span()
        years = range(begun, ended + 1)
        if begun:
            yield known("filler", *map(str, years))
            yield known("period", r"(?:19|20)\d\d(?!\s*%)")
        if self.view.every is None:
            status, survey = self.view.status, self.view.survey
            first = survey.opens or (status.first_at and status.first_at.date())
            last = survey.closes or (status.last_at and status.last_at.date())
            if first and last:
                inside = {(first.year * 12 + first.month - 1 + step) % 12 + 1
                          for step in range((last.year - first.year) * 12 + last.month - first.month + 1)}  # fmt: skip
                for number, name in months.items():
                    if number not in inside or len(inside) == 1:  # of several months each has its own share
                        tag: Tag = "filler" if number in inside else "period"
                        yield known(tag, rf"{name}(?:\s+\d{{4}})?", exact=True)
        elif self.view.every == "day":
            yield from self._days()
        elif self.view.every == "month":
            named = {int(period[5:7]): period for period in filter(OF_MONTH.match, self.periods)}
            for number, name in months.items():
                yield known("period", rf"{name}(?:\s+\d{{4}})?", value=named.get(number), exact=True)
            for one, first in months.items():
                for other, second in months.items():
                    if one in named and other in named and one != other:
                        patterns = [pattern.format(one=first, other=second) for pattern in self.words.SPAN]
                        yield known("span", *patterns, value=(named[one], named[other]))

    def _days(self) -> Iterator[KnownWord]:
        """Yields the days of the figure: "22 May", "May 22" and "22. Mai"; what is before or after one is another."""
        for period in filter(DATED.fullmatch, self.periods):  # the two parts of a split have names of their own
            year, month, day = map(int, period.split("-"))
            name = self.words.MONTHS[month - 1]
            told = rf"(?:0?{day}(?:\.|st|nd|rd|th)?\s+{name}|{name}\s+0?{day}(?:st|nd|rd|th)?(?!\d))(?:,?\s+{year})?"
            yield known("unknown", rf"(?:{BESIDE})\s+(?:zum\s+|dem\s+|the\s+)?{told}", exact=True)
            yield known("period", rf"(?:on\s+|am\s+)?{told}(?!\s*%)", value=period, exact=True)

    def _span(self) -> tuple[int, int]:
        """Returns the first and the last year of the answers, 0 where they are not known."""
        status, survey = self.view.status, self.view.survey
        first = survey.opens or (status.first_at and status.first_at.date())
        last = survey.closes or (status.last_at and status.last_at.date())
        return (first.year, last.year) if first and last else (0, 0)

    def _verb(self) -> Iterator[KnownWord]:
        found = self.words.FIRST_VERB.search(plain_text(self.view.question.text))
        if found and found[1].lower() in self.words.DOES:
            return  # "Sind Sie für": to be is not to be for it
        if found and HOW_ONE_IS.search(plain_text(self.view.question.text)):
            yield known("filler", re.escape(self.words.STEMS.sub("", found[1].lower())) + self.words.LABEL_ENDS)
            return  # "how safe do you feel": to feel is not to feel safe
        if found and self.sides and len(found[1]) >= SHORTEST:
            stem = self.words.STEMS.sub("", found[1].lower()) or found[1].lower()
            yield known("stance", re.escape(stem) + self.words.LABEL_ENDS, value=1)

    @cached_property
    def topics(self) -> list[KnownWord]:
        """What is only spoken about: the words of the question and the title that claim nothing of themselves."""
        return list(self._topics())

    def _topics(self) -> Iterator[KnownWord]:
        text = " ".join(map(plain_text, (self.view.question.text, self.view.survey.title)))
        if self.view.question.kind == "scale":
            text = STEP_TOLD.sub(" ", text)
        without_it = LACKING.findall(text)
        if without_it:  # "car-free" is not about cars
            yield known("topic", *(f"(?:the |an? )?{re.escape(one)}" for one in dict.fromkeys(without_it)))
            text = LACKING.sub(" ", text)
        words = [
            word for word in dict.fromkeys(re.findall(r"[^\W\d_]{3,}", text))
            if not any((match := one.pattern.match(word)) and match.end() == len(word) for one in self.words.WORDS)
        ]  # fmt: skip
        stems = {self.words.STEMS.sub("", word.lower()) for word in words}
        stems = {stem for stem in stems if len(stem) >= SHORTEST}
        forms = [
            *(re.escape(word.lower()) + self.words.LABEL_ENDS for word in words),
            *(re.escape(stem) + self.words.LABEL_ENDS for stem in stems),
        ]
        forms += [form for word in words for form in inflections_of(word.lower(), self.language)]
        doubled = [word.lower() for word in words if self.language == "en" and DOUBLED.fullmatch(word.lower())]
        forms += [f"{word}{word[-1]}(?:ed|ing)" for word in doubled]
        if forms:
            yield known("topic", *(form + self.words.SUFFIX for form in forms))
        yield from self._compounds(text)
        without = re.findall(r"\b(?:without|ohne)\s+[^\W\d_]{3,}", text, re.IGNORECASE)
        if without:  # in the question's own words it denies no answer
            yield known("topic", *map(re.escape, dict.fromkeys(without)))
        if short := re.findall(r"(?:[A-Z]\.){2,}", text):
            yield known("topic", *map(re.escape, dict.fromkeys(short)))
        nouns = [word for word in words if word[0].isupper() and len(word) >= NOUN_BEGINS]
        tails = {noun[at:].lower() for noun in nouns for at in range(SHORTEST, len(noun) - 2)}
        if self.words.__name__.endswith("german") and tails:
            ends = "|".join(map(re.escape, sorted(tails, key=len, reverse=True)))
            yield known("topic", f"(?=[A-ZÄÖÜ])(?i:{ends}){self.words.SUFFIX}", exact=True)
            begins = "|".join(re.escape(stem) for stem in sorted(stems, key=len, reverse=True))
            yield known("topic", f"(?=[A-ZÄÖÜ])(?i:(?:{begins})(?:e?[rsn])?(?:{ends})){self.words.SUFFIX}", exact=True)

    def _compounds(self, text: str) -> Iterator[KnownWord]:
        """Nouns of a verb of two words that the question has, and the numbers that it has behind a noun."""
        if self.language == "en" and (verbs := TWO_WORDS.findall(text)):
            yield known("topic", *(rf"{re.escape(verb)}-?(?:up|{away})s?" for verb, away in dict.fromkeys(verbs)))
        nouns = [word for word in re.findall(r"[^\W\d_]{4,}", text) if word[0].isupper() or self.language == "en"]
        same = "|".join(sorted({*map(re.escape, nouns), *about_same(" ".join(nouns), self.language)}, key=len,
                               reverse=True))  # fmt: skip
        for number in dict.fromkeys(MEASURED.findall(text)):
            if int(number) > MOST_PERCENT:
                yield known("topic", rf"(?:(?:of|at|to|the|von|auf|bei) )?{number}(?!\d|[.,]\d|\s*(?:{COUNTING}))")
            behind = rf"(?: ?(?:km/h|mph))?(?!\d|[.,]\d|\s*(?:{COUNTING}))"
            yield known(
                "topic", rf"(?:{same})\w{{0,2}}(?: (?:von|auf|of|at|to))? {number}{behind}", rf"{number} (?:km/h|mph)"
            )


def inflections_of(word: str, language: str) -> list[str]:
    """Returns patterns of the other forms of a verb: of "abgeschafft" "abschaffen", of "build" "built".

    Example:
        >>> inflections_of("abgeschafft", "de"), inflections_of("sell", "en"), inflections_of("table", "en")
        (['abschaff(?:en|t|te|ten|ung)'], ['sold', 'selling', 'sells', 'sale'], [])
    """
    if language == "en":
        line = next((line for line in IRREGULAR if word in line), ())
        return [other for other in line if other != word]
    if (verb := STRONG_VERB.fullmatch(word)) and verb[2] in STRONG_NOUNS:
        noun = STRONG_NOUNS[verb[2]]
        return [rf"{verb[1] or ''}{noun}(?:s|es|e)?", rf"{verb[1] or ''}(?:zu)?{verb[2]}en"]
    parted = PARTICIPLE.fullmatch(word)
    if parted and parted[2]:
        return [f"{parted[1] or ''}{re.escape(parted[2])}(?:en|t|te|ten|ung)"]
    infinitive = INFINITIVE.fullmatch(word)
    return [f"{infinitive[1]}(?:ge|zu){re.escape(infinitive[2])}(?:t|en)"] if infinitive else []


def summed(cell: Sequence[EstimateRow], key: str, parts: Sequence[str]) -> EstimateRow | None:
    """Returns the share of several answers of a group and period together, None where one of them is not shown."""
    rows = [row for row in cell if row.choice in parts]
    if not parts or len(rows) != len(parts):
        return None
    share = min(sum(row.value or 0.0 for row in rows), 1.0)
    reach = ENDS * (share * (1 - share) / (rows[0].effective_n or rows[0].base_n or 1)) ** 0.5
    label = " + ".join(row.label for row in rows)
    return replace(rows[0], statistic="net", choice=key, label=label, value=share, low=max(share - reach, 0.0),
                   high=min(share + reach, 1.0))  # fmt: skip


def ages(label: str) -> tuple[int, int | None] | None:
    """Returns between which ages a group is by its label, None where the label has none.

    Example:
        >>> ages("18-29"), ages("60 and older"), ages("60+"), ages("Women")
        ((18, 29), (60, None), (60, None), None)
        >>> ages("Under 35"), ages("30 bis 44"), ages("ab 60")
        ((0, 34), (30, 44), (60, None))
    """
    told = re.sub(r"^(?:aged?|im alter von|ages)\s+|\s+(?:years?(?: old)?|jahren?)$", "", label.lower())
    if within := re.fullmatch(r"(\d{1,3})\s*(?:[-–]|to|bis|und|and)\s*(\d{1,3})", told):
        return int(within[1]), int(within[2])
    if under := re.fullmatch(r"(?:under|below|younger than|unter|jünger als)\s+(\d{1,3})", told):
        return 0, int(under[1]) - 1
    over = re.fullmatch(
        r"(\d{1,3})\s*(?:\+|plus|(?:and|or) (?:older|over|above)|(?:und|oder) älter)|ab\s+(\d{1,3})", told
    )
    return (int(over[1] or over[2]), None) if over else None
