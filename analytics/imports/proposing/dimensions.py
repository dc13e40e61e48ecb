"""What is known of respondents: columns of ages, gender, region and the like as dimensions of a definition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analytics.imports.cells.fields import Field
from analytics.imports.cells.text import number
from analytics.imports.cells.vocabulary import (
    ABOUT_YOU,
    ASKS_WHETHER,
    DEMOGRAPHICS,
    MEASURED,
    OPINION,
    UNSURE,
    purpose_of,
)
from analytics.imports.definition.dimensions import band_levels
from analytics.imports.proposing.ends import written_ends
from analytics.imports.proposing.joined import check_boxes
from analytics.imports.proposing.names import readable
from analytics.imports.proposing.orders import is_yes_or_no, scale_steps, shown_order
from analytics.imports.proposing.scans import Scan, codes_apart, codes_without_label, missing_words
from analytics.imports.proposing.spellings import joined_spellings, joined_told
from analytics.language.said import spoken
from analytics.model import NO_ANSWER, Dimension, Level

_AGE_BANDS = (18.0, 30.0, 45.0, 60.0)
_BORN_BANDS = (1900.0, 1946.0, 1965.0, 1981.0, 1997.0)
_OLDEST = 120
_MOST_LEVELS = 120
_FEW_LEVELS = 6
_MOST_NUMBER_LEVELS = 15
_SHORT_NAME_WORDS = 4
_OTHERS = "Other"
_OVER = re.compile(
    r"\+|\bover\b|older|\babove\b|and up|über|älter|plus de|más de|oltre|più di|mais de|старше|более", re.I
)
_UNDER = re.compile(r"<|\bunder\b|younger|below|unter|jünger|moins de|menos de|meno di|младше|менее", re.I)
_WOMEN = frozenset(
    {"female", "f", "w", "woman", "women", "weiblich", "frau", "жен", "женский", "женщина", "ж", "cis female",
     "femme", "mujer", "femenino",
     "femenina", "donna", "femmina", "femminile", "mulher", "feminino", "feminina", "vrouw", "vrouwelijk", "kobieta",
     "féminin", "жінка", "kvinna", "kvinde", "žena",
     "女", "女性", "女の人", "여", "여성", "여자", "nő", "kadın", "γυναίκα", "kvinne", "nainen", "femeie", "жена",
     "femail", "femake", "cis-female/femme", "female (cis)"}
)  # fmt: skip
_MEN = frozenset(
    {"male", "m", "man", "men", "männlich", "mann", "муж", "мужской", "мужчина", "м",
     "homme", "masculin", "hombre", "masculino", "varón", "uomo", "maschio", "maschile", "homem", "mannelijk",
     "mężczyzna", "чоловік", "muž",
     "男", "男性", "男の人", "남", "남성", "남자", "férfi", "erkek", "άνδρας", "άντρας", "mies", "bărbat", "мъж",
     "mail", "maile", "mal", "malr",
     "msle", "make", "cis male", "cis man", "male (cis)"}
)  # fmt: skip


_COUNTED_NAME = re.compile(r"^([^\W\d_]{3,12})_?\d{1,2}$")
"""A name such as "age3": a variable, and how many groups it was cut into."""


def dimension_purpose(field: Field) -> str | None:
    """Returns what the column tells of a respondent, None where it asks for an opinion.

    Long wordings count only where they ask for the reader's own.

    Example:
        >>> dimension_purpose(Field("What is your age?")), dimension_purpose(Field("Household Income"))
        ('age', 'income')
        >>> dimension_purpose(Field("age3")), dimension_purpose(Field("educ4"))
        ('age', 'education')
        >>> dimension_purpose(Field("Which region gives the country the best income?")) is None
        True
    """
    for text in (_COUNTED_NAME.sub(r"\1", field.name), field.text):
        purpose = purpose_of(text, DEMOGRAPHICS)
        short = len(text.split()) <= _SHORT_NAME_WORDS
        if purpose is not None and (short or (ABOUT_YOU.search(text) and not _asks_what_you_think(text, purpose))):
            return purpose
    return None


_PLACES = ("community", "region", "state", "city", "area", "country")


def _asks_what_you_think(text: str, purpose: str) -> bool:
    """Returns whether a wording asks for an opinion on a place or a group, and not where or what somebody is.

    Example:
        >>> _asks_what_you_think("Do you think the county is on the right track?", "region")
        True
        >>> _asks_what_you_think("How satisfied are you with your county council?", "region")
        True
        >>> _asks_what_you_think("How good are buses where you live, from 0 (bad) to 10 (good)?", "community")
        True
        >>> _asks_what_you_think("In which county do you live?", "region")
        False
    """
    if purpose in _PLACES and written_ends(text) is not None:  # who says between which ends asks for a grade
        return True
    lives = re.search(r"\blive|wohn|leb|habit|viv|resid|abit|mora|woon|mieszk|жив", text, re.IGNORECASE)
    of_place = purpose in _PLACES and not lives and (MEASURED.search(text) or ASKS_WHETHER.match(text))
    return OPINION.search(text) is not None or bool(of_place)


def only_mentioning(fields: Sequence[Field]) -> set[str]:
    """Returns the names of the columns whose wording only mentions what another column is plainly called.

    Example:
        >>> only_mentioning([Field("Age"), Field("What is the age cutoff at your table?"), Field("Your own sex?")])
        {'What is the age cutoff at your table?'}
    """
    purposes = {field.name: purpose for field in fields if (purpose := dimension_purpose(field)) is not None}
    plain = {name for name in purposes if len(name.split()) <= _SHORT_NAME_WORDS}
    called = {purposes[name] for name in plain}
    return {name for name, purpose in purposes.items() if name not in plain and purpose in called}


def dimension_of(field: Field, scan: Scan, purpose: str, key: str) -> tuple[Dimension, list[str]] | None:
    """Returns the column as a dimension and what is to be told of it, None where it holds too many different words."""
    counted = not field.text and _COUNTED_NAME.match(field.name) is not None
    label = key.capitalize() if counted else (field.text or readable(field.name)).strip()
    blanks = missing_words(field, scan)
    if (not field.labels and _are_no_groups(scan, purpose)) or _is_a_judgement(field, scan, purpose):
        return None
    named = Dimension(key, label if len(label) <= 60 else key.capitalize(), field.name, missing=(*blanks, NO_ANSWER))
    known = {value for value, _ in field.labels}
    if purpose == "born":
        return _in_birth_years(named, scan)
    if purpose == "age" and _are_ages([word for word in scan.words if word not in known]):
        own_words = any(number(word) is None and _age_range(word) for word in scan.words)
        return (_written_ages(named, scan) if own_words and not known else None) or _in_bands(named, scan)
    if purpose == "age" and not known and (written := _written_ages(named, scan)) is not None:
        return written
    if field.labels:
        return _labelled(named, field, scan)
    if len(scan.words) > max(_FEW_LEVELS, 0.5 * scan.filled):  # people wrote here
        return None
    if len(scan.words) > _MOST_LEVELS or (scan.numbers is not None and len(scan.words) > _MOST_NUMBER_LEVELS):
        return None
    if purpose == "gender":
        return _by_gender(named, scan)
    codes = codes_apart(scan)
    words = [word for word in scan.words if word != NO_ANSWER and word not in codes]
    spellings = joined_spellings({word: scan.words[word] for word in words})
    shown = shown_order(list(spellings), education=purpose == "education")
    levels = [Level(spellings[label][0], label, tuple(spellings[label])) for label in shown]
    told = (
        [
            spoken(
                "{name}: {words} count as no answer, as such codes mostly mean", name=field.name, words=", ".join(codes)
            )
        ]
        if codes
        else []
    )
    told += joined_told(field.name, spellings)
    return _listed(_with_missing(named, codes), levels), told


def _are_no_groups(scan: Scan, purpose: str) -> bool:
    """Returns whether the words part nobody into groups: yes and no to something, or several answers joined in a cell.

    Example:
        >>> _are_no_groups(Scan({"Yes": 9, "No": 4}, (), 13, 13), "ethnicity")
        True
        >>> joined = {"White": 9, "Black": 4, "White,Asian": 2, "Asian": 3, "Black,Asian": 2}
        >>> _are_no_groups(Scan(joined, (), 20, 20), "ethnicity")
        True
        >>> _are_no_groups(Scan({"North": 9, "South": 4}, (), 13, 13), "region")
        False
    """
    words = [word for word in scan.words if not UNSURE.match(word)]
    if purpose in ("age", "gender", "income", "children") or not words:
        return False
    return all(map(is_yes_or_no, words)) or (purpose == "ethnicity" and check_boxes(scan.words) is not None)


_STEPPED = ("age", "born", "education", "income", "household", "children", "class", "employment")
"""Purposes whose groups may be steps of more and less."""


def _is_a_judgement(field: Field, scan: Scan, purpose: str) -> bool:
    """Returns whether the answers are steps between two ends, as of how good something is: nobody is of such a group.

    Example:
        >>> labels = (("1", "sehr schlecht"), ("2", "eher schlecht"), ("3", "teils/teils"), ("4", "eher gut"))
        >>> _is_a_judgement(Field("f1", "Lage in Ihrer Region?", labels=labels), Scan({}, (), 9, 9), "region")
        True
        >>> _is_a_judgement(Field("Region"), Scan({"North": 4, "South": 5, "West": 3}, (), 12, 12), "region")
        False
    """
    if purpose in _STEPPED:
        return False
    missing = {*missing_words(field, scan)}
    labels = [label for value, label in field.labels if value not in missing] or [*scan.words]
    return scale_steps([label for label in labels if not UNSURE.match(label)]) is not None


def _are_ages(words: Sequence[str]) -> bool:
    """Returns whether nearly all words are numbers, and beyond those that number age groups.

    Example:
        >>> _are_ages(["17", "66", "n/a", "35", "40"]), _are_ages(["1", "2", "3", "99"])
        (True, False)
    """
    numbers = [value for word in words if (value := number(word)) is not None]
    plausible = [value for value in numbers if _MOST_NUMBER_LEVELS < value <= _OLDEST]
    return len(numbers) >= 0.8 * len(words) and len(plausible) > 0.5 * len(numbers)


def _in_birth_years(named: Dimension, scan: Scan) -> tuple[Dimension, list[str]] | None:
    """Returns years of birth in bands, None where most cells hold none; what can be no such year counts as no answer.

    Example:
        >>> found = _in_birth_years(Dimension("born", "Born", "birthyr"), Scan({"1950": 4, "1990": 3}, (), 7, 7))
        >>> [level.label for level in found[0].levels][1:3]
        ['1946-1964', '1965-1980']
    """
    years = {word: number(word) for word in scan.words}
    odd = [word for word, year in years.items() if year is None or not _BORN_BANDS[0] <= year <= 2100]
    if 2 * sum(scan.words[word] for word in odd) > scan.filled:
        return None
    found = replace(_with_missing(named, odd), levels=band_levels(_BORN_BANDS), bands=_BORN_BANDS)
    told = spoken("{column}: {words} can be no year of birth", column=named.column, words=", ".join(odd))
    return found, [told] if odd else []


def _in_bands(named: Dimension, scan: Scan) -> tuple[Dimension, list[str]]:
    """Returns ages in bands, with what can be no age under missing and told; minors in a band of their own."""
    ages = {word: number(word) for word in scan.words}
    impossible = [word for word, age in ages.items() if age is None or not 0 <= age <= _OLDEST]
    young = any(age is not None and 0 <= age < _AGE_BANDS[0] for age in ages.values())
    bands = ((0.0,) if young else ()) + _AGE_BANDS
    told = (
        spoken(
            "{column}: {words} can be no age and count as no answer", column=named.column, words=", ".join(impossible)
        )
        if impossible
        else ""
    )
    found = replace(_with_missing(named, impossible), levels=band_levels(bands), bands=bands)
    return found, [told] if told else []


def _written_ages(named: Dimension, scan: Scan) -> tuple[Dimension, list[str]] | None:
    """Returns ages that people wrote in their own words in bands, None where most words tell no age.

    A range within one band is of that band; what fits none counts as no answer and is told.

    Example:
        >>> words = {"34": 3, "41 years": 2, "19": 2, "35-40": 1, "old enough": 1}
        >>> dimension, told = _written_ages(Dimension("age", "Age", "Age"), Scan(words, (), 9, 9))
        >>> [(level.value, level.values[-1]) for level in dimension.levels][1:3], dimension.missing[0]
        ([('30-44', '35-40'), ('45-59', '59')], 'old enough')
    """
    ages = {word: _age_range(word) for word in scan.words}
    single = sum(scan.words[word] for word, found in ages.items() if found is not None and found[0] == found[1])
    if single < 0.7 * scan.filled or len(scan.words) < _FEW_LEVELS - 1:
        return None
    young = any(found is not None and found[0] < _AGE_BANDS[0] for found in ages.values())
    bands = ((0.0,) if young else ()) + _AGE_BANDS
    tops = (*bands[1:], _OLDEST + 1.0)
    banded: dict[str, list[str]] = {}
    for level, low, top in zip(band_levels(bands), bands, tops, strict=True):
        words = [word for word, found in ages.items() if found is not None and low <= found[0] <= found[1] < top]
        banded[level.value] = list(dict.fromkeys((level.value, *map(str, range(int(low), int(top))), *words)))
    placed = {word for words in banded.values() for word in words}
    rest = [word for word in scan.words if word not in placed]
    listed = _listed(_with_missing(named, rest), [Level(key, key, tuple(words)) for key, words in banded.items()])
    written = sum(number(word) is None for word in placed & {*scan.words})
    told = [
        spoken(
            "{column}: ages are put into bands, {count} spellings such as '40 years' among them",
            column=named.column,
            count=written,
        )
    ]
    if rest:
        told.append(
            spoken(
                "{column}: {words} fit no band and count as no answer",
                column=named.column,
                words=", ".join(map(repr, rest)),
            )
        )
    return listed, told


def _age_range(word: str) -> tuple[float, float] | None:
    """Returns the youngest and the oldest that somebody of that word is, None where it tells no age.

    Example:
        >>> _age_range("34 years"), _age_range("35-40"), _age_range("over 60"), _age_range("born 1980")
        ((34.0, 34.0), (35.0, 40.0), (60.0, 120.0), None)
    """
    numbers = [float(found.replace(",", ".")) for found in re.findall(r"[0-9]+(?:[.,][0-9]+)?", word)]
    if word.lstrip().startswith("-") or any(value > _OLDEST for value in numbers):
        return None
    if len(numbers) == 2 and numbers[0] <= numbers[1]:
        return numbers[0], numbers[1]
    if len(numbers) != 1:
        return None
    if _OVER.search(word):
        return numbers[0], float(_OLDEST)
    if _UNDER.search(word):
        return 0.0, numbers[0] - 1
    return (numbers[0], numbers[0]) if len(word.split()) <= 3 else None


def _by_gender(named: Dimension, scan: Scan) -> tuple[Dimension, list[str]]:
    """Returns women and men with every spelling found, and the others as they are, or together where they are many."""
    groups: dict[str, list[str]] = {"Women": [], "Men": []}
    rest: list[str] = []
    for word in scan.words:
        of = "Women" if word.casefold() in _WOMEN else "Men" if word.casefold() in _MEN else None
        (rest if of is None else groups[of]).append(word)
    levels = [Level(words[0], label, tuple(words)) for label, words in groups.items() if words and len(scan.words) > 2]
    if not levels:
        return _listed(named, [Level(word, word, (word,)) for word in shown_order(list(scan.words))]), []
    told = [
        spoken("{column}: {count} spellings are taken for {label}", column=named.column, count=len(words), label=label)
        for label, words in groups.items()
        if len(words) > 1
    ]
    if len(rest) > 6:
        told.append(
            spoken(
                "{column}: {count} rarer words are taken together as {label}",
                column=named.column,
                count=len(rest),
                label=_OTHERS,
            )
        )
        return _listed(named, [*levels, Level(rest[0], _OTHERS, tuple(rest))]), told
    rest = [word for word in shown_order(rest) if word != NO_ANSWER]
    levels = [
        Level(level.value, level.value if len(level.values) == 1 else level.label, level.values) for level in levels
    ]
    return _listed(named, [*levels, *(Level(word, word, (word,)) for word in rest)]), told


def _labelled(named: Dimension, field: Field, scan: Scan) -> tuple[Dimension, list[str]]:
    """Returns a dimension by the value labels of the file, those that nobody has left out where there are very many."""
    missing = set(named.missing)
    labels = [(value, label) for value, label in field.labels if value not in missing]
    labels = labels if len(labels) <= _MOST_LEVELS else [pair for pair in labels if pair[0] in scan.words]
    known = {value for value, _ in labels}
    odd = [word for word in scan.words if word not in known and word not in missing]
    beyond = codes_without_label(dict(labels), odd, scan)
    told = (
        [spoken("{name}: {words} have no label and count as no answer", name=named.column, words=", ".join(beyond))]
        if beyond
        else []
    )
    odd = [word for word in odd if word not in beyond]
    levels = [Level(value, label or value, (value,)) for value, label in labels if label != NO_ANSWER]
    levels += [Level(word, word, (word,)) for word in shown_order(odd)]
    return _listed(_with_missing(named, beyond), levels), told


def _with_missing(named: Dimension, words: Sequence[str]) -> Dimension:
    """Returns the dimension with these words among those that count as no answer."""
    return replace(named, missing=tuple(dict.fromkeys((*named.missing[:-1], *words, NO_ANSWER))))


def _listed(named: Dimension, levels: Sequence[Level]) -> Dimension:
    """Returns the dimension with these levels; without any they are left to be found."""
    return replace(named, levels=tuple(levels), found=not levels)
