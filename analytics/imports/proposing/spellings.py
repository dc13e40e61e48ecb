"""Spellings of one answer: case, white space, punctuation, accents, and a few typing errors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from unicodedata import category, name, normalize

from analytics.imports.cells.text import plain_text
from analytics.language.said import spoken

_ENDS = " .,;:!?'\"’‘“”„«»()[]-–—*_"
_INITIALS = {
    "y": ("yes",), "j": ("ja",), "o": ("oui",), "s": ("si", "sim"), "t": ("tak",), "д": ("да",), "н": ("нет",),
    "n": ("no", "nein", "non", "nao", "nee", "nie", "nej", "nei"),
}  # fmt: skip
"""The letters that people write for yes and no, and the words that they begin, as `sound_of` has them."""

_SHORTEST_MISTYPED = 5
_SHORTEST_DOUBLED = 2
_SHORTEST_PART = 4
_MOST_TYPED_WRONG = 2
_LEAST_TIMES_MORE = 10


def joined_spellings(words: Mapping[str, int]) -> dict[str, list[str]]:
    """Returns the words that are spellings of one answer, by the best spelling, in the order in which they were found.

    Example:
        >>> joined_spellings({"yes": 3, "Yes": 5, "YES ": 1, "No": 7, "Yes.": 1})
        {'Yes': ['Yes', 'yes', 'YES ', 'Yes.'], 'No': ['No']}
        >>> joined_spellings({"Less": 2, "18-29": 3, "18 - 29": 4})
        {'Less': ['Less'], '18-29': ['18-29'], '18 - 29': ['18 - 29']}
        >>> joined_spellings({"Y": 5, "Oui": 2, "Yes": 3, "N": 4, "o": 1})
        {'Oui': ['Oui', 'o'], 'Yes': ['Yes', 'Y'], 'N': ['N']}
    """
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(sound_of(word), []).append(word)
    groups = _with_mistyped(groups, words)
    found: dict[str, list[str]] = {}
    for spellings in groups.values():
        best = spellings[0]
        if len(set(map(plain_text, spellings))) > 1:
            best = max(spellings, key=lambda word: (*_looks(word), words[word]))
        found[words_of(best)] = [best, *(word for word in spellings if word != best)]
    return _with_ends(_with_initials(found))


_END = re.compile(r"(?P<number>-?\d{1,3})\s*(?:[-–—=:.,]|\()\s*(?P<label>[^\W\d].*)", re.DOTALL)
FEWEST_BARE = 3
"""How many bare numbers stand beside those that have a label."""


def _with_ends(found: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Returns the spellings, a bare number among those of the step that has it with its label, beside other numbers.

    Example:
        >>> _with_ends({word: [word] for word in ("0 - not at all", "0", "1", "2")})
        {'0 - not at all': ['0 - not at all', '0'], '1': ['1'], '2': ['2']}
    """
    kept = dict(found)
    bare = {label for label in found if re.fullmatch(r"-?\d{1,3}", label)}
    ends = [(match["number"], label) for label in found if (match := _END.fullmatch(label)) is not None]
    for number, label in ends if len(bare) >= FEWEST_BARE else ():
        if number in bare and [one for one, _ in ends].count(number) == 1:
            kept[label] = [*kept[label], *kept.pop(number)]
    return kept


def _with_initials(found: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Returns the spellings, a letter for yes or no among those of the one word that it begins."""
    sounds = {sound_of(label): label for label in found}
    kept = dict(found)
    for letter, words in _INITIALS.items():
        whole = [sounds[word] for word in words if word in sounds]
        if letter in sounds and len(whole) == 1:
            kept[whole[0]] = [*kept[whole[0]], *kept.pop(sounds[letter])]
    for sound, label in sounds.items():
        meant = [other for other in sounds if other != sound and _is_shortened(sound, other)]
        if len(meant) == 1 and sounds[meant[0]] in kept and label in kept:
            kept[sounds[meant[0]]] = [*kept[sounds[meant[0]]], *kept.pop(label)]
    return kept


def _is_shortened(short: str, whole: str) -> bool:
    """Returns whether a name of two words or more is another with a word cut down to its first letter.

    Example:
        >>> _is_shortened("n holland", "noord holland"), _is_shortened("n. holland", "noord holland")
        (True, True)
        >>> _is_shortened("n h", "noord holland"), _is_shortened("holland", "noord holland")
        (False, False)
        >>> _is_shortened("ward i", "ward iii"), _is_shortened("ward s", "ward se")
        (False, False)
    """
    pairs = [word.rstrip(".") for word in short.split()], whole.split()
    if len(pairs[0]) != len(pairs[1]) or len(pairs[0]) < 2 or re.search(r"\d", short + whole):
        return False
    alike = [one == other for one, other in zip(*pairs, strict=True)]
    cut = [one == other[:1] != other for one, other in zip(*pairs, strict=True)]
    whole_words = any(same and len(word) > 3 for same, word in zip(alike, pairs[0], strict=True))
    if any(first and _is_numeral(other) for first, other in zip(cut, pairs[1], strict=True)):
        return False  # "Ward I" is another than "Ward II"
    return whole_words and any(cut) and all(map(any, zip(alike, cut, strict=True)))


_NUMERAL = re.compile(r"[mdclxvi]+|\w")


def _is_numeral(word: str) -> bool:
    """Returns whether a word is a Roman numeral, or so short that each of its letters tells it from others.

    Example:
        >>> _is_numeral("iv"), _is_numeral("b"), _is_numeral("se"), _is_numeral("noord")
        (True, True, True, False)
    """
    return _NUMERAL.fullmatch(word) is not None or len(word) < _SHORTEST_PART


def joined_told(column: str, found: Mapping[str, Sequence[str]]) -> list[str]:
    """Returns a sentence on the spellings that were joined, none where only markup differs.

    Example:
        >>> joined_told("q1", {"Yes": ["Yes", "YES"], "No": ["No"]})
        ["q1: spellings of one answer are joined: 'Yes' = 'YES'; they can be parted again"]
    """
    several = {
        label: [words_of(word) for word in words if words_of(word) != label]
        for label, words in found.items()
        if len(set(map(plain_text, words))) > 1
    }
    told = "; ".join(f"{label!r} = {', '.join(map(repr, dict.fromkeys(words)))}" for label, words in several.items())
    return (
        [
            spoken(
                "{column}: spellings of one answer are joined: {told}; they can be parted again",
                column=column,
                told=told,
            )
        ]
        if told
        else []
    )


def words_of(word: str) -> str:
    """Returns an answer without its markup; one that is nothing else is a word as it stands.

    Example:
        >>> words_of("<b>Yes</b>"), words_of("<svg/onload=alert(1)>")
        ('Yes', '<svg/onload=alert(1)>')
    """
    return plain_text(word) or " ".join(word.split())


def sound_of(word: str) -> str:
    """Returns what all spellings of a word share; words with digits or signs of a reckoning keep theirs.

    Example:
        >>> sound_of(" SÍ."), sound_of("Don’t know"), sound_of("C++"), sound_of("> 60"), sound_of("Nord-Ost")
        ('si', 'dont know', 'c++', '> 60', 'nord ost')
    """
    text = " ".join(words_of(word).casefold().replace("’", "'").split())
    if any(letter.isdigit() for letter in text):
        return text
    text = re.sub(r"(?<=\w)[-\u2010\u2011\u2013](?=\w)", " ", text)
    parts = normalize("NFKD", re.sub(r"(?<=\w)['´`ʼ](?=\w)", "", text))
    bare = "".join(letter for at, letter in enumerate(parts) if not _is_accent(parts, at)).strip(_ENDS)
    return bare or text


def _is_accent(parts: str, at: int) -> bool:
    """Returns whether a sign is the accent of a Latin letter."""
    if category(parts[at]) != "Mn" or at == 0:
        return False
    before = next((letter for letter in reversed(parts[:at]) if category(letter) != "Mn"), " ")
    return name(before, "").startswith("LATIN")


def _looks(word: str) -> tuple[bool, bool, bool]:
    """Returns what a spelling has of a well written one: a large letter first, not all large, accents; no point."""
    text = words_of(word)
    shouted = text.isupper() and len(text) > 1
    return (text[:1].isupper() and not shouted, not text.isascii(), text == text.strip(_ENDS))


def _with_mistyped(groups: dict[str, list[str]], words: Mapping[str, int]) -> dict[str, list[str]]:
    """Returns the spellings with those that very few typed, one slip off a word that many gave, among its own.

    A word that is a slip away from two others, such as an answer and its opposite, stays apart.
    """
    times = {sound: sum(words[word] for word in spellings) for sound, spellings in groups.items()}
    kept: dict[str, list[str]] = dict(groups)
    for sound, count in times.items():
        if count > _MOST_TYPED_WRONG or count == 0 or not _is_typed(sound):
            continue
        near = [
            other
            for other, more in times.items()
            if more >= _LEAST_TIMES_MORE * count and _is_typed(other) and _is_slip(sound, other)
        ]
        if len(near) == 1:
            kept[near[0]] = [*kept[near[0]], *kept.pop(sound)]
    return kept


def _is_typed(sound: str) -> bool:
    """Returns whether a word is long enough to be known again, and has no digit."""
    return len(sound) >= _SHORTEST_DOUBLED and re.search(r"\d", sound) is None


def _is_slip(typed: str, meant: str) -> bool:
    """Returns whether somebody who meant the one word may have typed the other.

    In a long word a letter may be missing, too many, another, or two may stand the wrong way round; a short one may
    have a letter doubled, or lack one of two that are the same. The first letter is right, but for two that changed
    places.

    Example:
        >>> _is_slip("agre", "agree"), _is_slip("uspport", "support"), _is_slip("yess", "yes")
        (True, True, True)
        >>> _is_slip("agre", "disagree"), _is_slip("moral", "amoral"), _is_slip("for", "far")
        (False, False, False)
        >>> _is_slip("district vi", "district v"), _is_slip("group a", "group b"), _is_slip("so strongy", "so strongly")
        (False, False, True)
    """
    words, others = typed.split(), meant.split()
    if len(words) == len(others) > 1:  # a slip lies within one word, which is long enough to be known again
        unlike = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
        if any(_is_numeral(one) or _is_numeral(other) for one, other in unlike):
            return False
    elif abs(len(words) - len(others)) == 1 and (_is_numeral(words[-1]) or _is_numeral(others[-1])):
        return False
    if _without_doubles(typed) == _without_doubles(meant) and abs(len(typed) - len(meant)) == 1:
        return True
    if min(len(typed), len(meant)) < _SHORTEST_MISTYPED:
        return False
    turned = typed[:2] == meant[1::-1]
    return (typed[0] == meant[0] or (turned and typed[2:] == meant[2:])) and _one_off(typed, meant)


def _without_doubles(word: str) -> str:
    """Returns the word with one letter in the place of two that are the same.

    Example:
        >>> _without_doubles("agree"), _without_doubles("yess")
        ('agre', 'yes')
    """
    return re.sub(r"(.)\1+", r"\1", word)


def _one_off(one: str, other: str) -> bool:
    """Returns whether a letter is missing, too many, another, or two stand the wrong way round.

    Example:
        >>> _one_off("suport", "support"), _one_off("supprot", "support"), _one_off("supports", "support")
        (True, True, False)
    """
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    if {one, other} == {(longer := max(one, other, key=len)), longer.removesuffix("s")}:
        return False  # one of them is the plural of the other
    at = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )
    rest, others = one[at:], other[at:]
    swapped = len(rest) > 1 and len(others) > 1 and rest[:2] == others[1::-1] and rest[2:] == others[2:]
    return swapped or rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]
