"""Themes of comments: what many of them are about, found by the words that they share.

TF-IDF of stems and of pairs of them, split into themes by non-negative matrix factorisation. How many there are is not
chosen but found. A number is looked at where the words of its themes stand together at least a fifth more often than in
the same words dealt out at random. Of its themes those count that come back in most refits on random four fifths of the
comments, and that enough different comments are about. The number that gives the most of them is taken. Where fewer
than two are left there are no clear themes, and none are shown. The seed is fixed and the texts are sorted: the same
comments give the same themes, in whatever order they come.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from analytics.comments.copies import SHORT, campaigns, near_copies
from analytics.comments.terms import Terms, language_of, stemmed, terms_of

Matrix = Any
"""A sparse matrix with a row for each text and a column for each term."""

PAIRED = 6
"""Of a theme's single words so many, the weightiest, are looked at two by two."""


def dealt_out(texts: Sequence[Sequence[str]], rng: np.random.Generator) -> list[tuple[str, ...]]:
    """Returns texts of the same lengths made of the same words, each word in any of them."""
    words = [word for text in texts for word in text]
    ends = np.cumsum([len(text) for text in texts])
    mixed = [words[place] for place in rng.permutation(len(words))]
    return [tuple(mixed[end - len(text) : end]) for text, end in zip(texts, ends.tolist(), strict=True)]


def together(rows: Matrix, parts: np.ndarray, names: Iterable[str]) -> float:
    """Returns how many times as often as chance has it the words of a theme stand in one text, on average over themes.

    Args:
        parts: the weight of each term in each theme, a row a theme.
        names: the terms; pairs of words, which have a blank, are passed over.
    """
    single = np.array([" " not in name for name in names])
    return float(np.mean([_times_chance(rows, np.where(single, part, 0)) for part in parts]))


def _times_chance(rows: Matrix, part: np.ndarray) -> float:
    weightiest = np.argsort(-part, kind="stable")[:PAIRED]
    terms = weightiest[part[weightiest] >= 0.1 * part.max()] if part.max() > 0 else weightiest[:0]
    if len(terms) < 2:
        return 0.0
    has = (rows[:, terms] > 0).astype(np.float64)
    both = (has.T @ has).toarray()
    each = np.diag(both)
    observed = both.sum() - each.sum()
    expected = (each.sum() ** 2 - (each**2).sum()) / rows.shape[0]
    return float(observed / expected)


TRIED = (3, 4, 5, 6, 8, 10, 12)
"""How many themes are tried."""
REFITS, KEPT_PART, SEED = 8, 0.8, 20_250_518
MORE_THAN_CHANCE, DEALS = 1.2, 3
"""The words of themes stand together so many times as often as in so many deals of the same words."""
COMES_BACK = 0.6
"""In so many of the refits a theme has to come back: the one nearest to it there has ALIKE of its terms' weight."""
ALIKE = 0.7
FEWEST_COMMENTS, FEWEST_PART = 5, 0.03
"""So many different comments, and such a part of all, have to be about a theme."""
LEADING, LED = 1, 0.45
"""Of the texts that are about a theme, such a part holds one of its so many weightiest terms."""
SHARED, LONGEST = 0.05, 5
"""A phrase of at most so many words stands for a theme where such a part of its comments holds it."""
_CLAUSE, _WORDS = re.compile(r"[.!?,;:()\"“”„…\n]+"), re.compile(r"[^\W_][\w’'-]*")
FEWEST_TEXTS = 20
MOST_FITTED = 3_000
"""So many different comments are taken to find the themes; all of them are then assigned."""
TOO_COMMON = 0.35
"""A word in more of the comments than this is what the survey is about, not a theme in it."""
TELLING, NAMED_TERMS = 10, 3
NEAR = 0.15
"""A comment less near than that to every theme only happens to hold a word of one: it is about none."""
PAIR = 0.5
"""A pair of words stands for a word of it where it has so much of its weight."""


@dataclass(frozen=True)
class Theme:
    """One theme: `terms` are its words as readers wrote them, the weightiest first; `name` is made of them.

    `phrase` is what several of its readers wrote word for word, empty where nothing that tells of it recurs.
    """

    name: str
    terms: tuple[str, ...]
    phrase: str = ""


@dataclass(frozen=True)
class FoundThemes:
    """The themes of some texts, the largest first.

    `of` holds, for each text, the place of its theme, -1 for none; `nearness` how close it is to the middle of its
    theme, `typical` how close to the middle of all texts, both 0 to 1; `copy_of` the first text it is a near copy of,
    `campaign` whether so many are that it is a text sent by many, and `short` whether it has so few words that the same
    ones from many readers are no copies. Texts of campaigns are in no theme.
    """

    themes: tuple[Theme, ...]
    of: np.ndarray
    nearness: np.ndarray
    typical: np.ndarray
    copy_of: np.ndarray
    campaign: np.ndarray
    short: np.ndarray

    @property
    def voice(self) -> np.ndarray:
        """For each text what it counts once with: itself, or where it is no short one the text that it copies."""
        return np.where(self.short, np.arange(len(self.copy_of)), self.copy_of)


def find_themes(texts: Sequence[str]) -> FoundThemes:
    """Returns the themes of the texts; none where too few texts are there or no themes come back."""
    order = np.array(sorted(range(len(texts)), key=lambda place: texts[place]), dtype=np.int64)
    grouping = _find_in_sorted([texts[place] for place in order])
    back = np.argsort(order)
    return FoundThemes(
        grouping.themes, grouping.of[back], grouping.nearness[back], grouping.typical[back],
        order[grouping.copy_of][back], grouping.campaign[back], grouping.short[back],
    )  # fmt: skip


def _find_in_sorted(texts: Sequence[str]) -> FoundThemes:
    copy_of, terms = near_copies(texts), terms_of(texts)
    # A long comment sent many times is one voice; the same one word from many readers is many.
    short = np.array([len(text.split()) < SHORT for text in texts], dtype=bool)
    campaign = campaigns(copy_of, short)
    first = np.flatnonzero(~campaign & (short | (copy_of == np.arange(len(texts)))))
    stems = [terms.stems[place] for place in first]
    none, nothing = np.full(len(texts), -1), np.zeros(len(texts))
    counts = _vectorizer(len(first))
    try:
        fitted = counts.fit_transform(stems)
    except ValueError:  # no word is left in two texts
        return FoundThemes((), none, nothing, nothing, copy_of, campaign, short)
    every, names = counts.transform(terms.stems), counts.get_feature_names_out()
    typical = _nearness(every, np.asarray(normalize(fitted).mean(axis=0)))
    parts = _most_that_come_back(fitted, names, stems) if len(first) >= FEWEST_TEXTS else fitted[:0]
    if parts.shape[0] < 2:
        return FoundThemes((), none, nothing, typical, copy_of, campaign, short)
    of, nearness = _assigned(every, parts)
    of = np.where(campaign, -1, np.where(short, of, of[copy_of]))  # copies are about what the first of them is about
    once = of[short | (copy_of == np.arange(len(texts)))]
    order = np.argsort(-np.bincount(once[once >= 0], minlength=len(parts)), kind="stable")
    place = np.append(np.argsort(order), -1)  # the last is what -1 reads: no theme
    once_at = np.flatnonzero(~campaign & (short | (copy_of == np.arange(len(texts)))))
    themes = tuple(
        _theme(parts[one], names, terms, [texts[int(at)] for at in once_at if of[at] == one]) for one in order
    )
    return FoundThemes(themes, place[of], nearness, typical, copy_of, campaign, short)


def _vectorizer(texts: int) -> TfidfVectorizer:
    fewest = 2 if texts < 300 else 3
    most = max(TOO_COMMON, (fewest + 1) / max(texts, 1))
    return TfidfVectorizer(analyzer=_with_pairs, min_df=fewest if texts > fewest else 1, max_df=most, sublinear_tf=True)


def _with_pairs(stems: Sequence[str]) -> list[str]:
    return [*stems, *(f"{one} {other}" for one, other in pairwise(stems) if one != other)]


def _most_that_come_back(rows: Matrix, names: Sequence[str], stems: Sequence[Sequence[str]]) -> np.ndarray:
    """Returns the parts (weights of terms, a row each) of the number of themes that gives most lasting ones."""
    rng = np.random.default_rng(SEED)
    taken = np.sort(rng.permutation(rows.shape[0])[:MOST_FITTED])
    fitted = rows[taken]
    deals = [_dealt([stems[place] for place in taken], rng) for _ in range(DEALS)]
    samples = [np.sort(rng.permutation(len(taken))[: int(KEPT_PART * len(taken))]) for _ in range(REFITS)]
    best = np.zeros((0, fitted.shape[1]))
    for count in TRIED:
        if count > min(fitted.shape) or count * FEWEST_COMMENTS > len(taken):
            break
        parts = _parts(fitted, count)
        by_chance = np.mean([together(deal, _parts(deal, count), terms) for deal, terms in deals])
        if together(fitted, parts, names) < MORE_THAN_CHANCE * by_chance:
            continue
        kept = _comes_back(parts, [_parts(fitted[sample], count) for sample in samples]) & _is_held(fitted, parts)
        if kept.sum() > len(best):
            best = parts[kept]
    return best


def _dealt(stems: Sequence[Sequence[str]], rng: np.random.Generator) -> tuple[Matrix, np.ndarray]:
    """Returns the same words dealt out at random, as a matrix with the names of its columns."""
    counts = _vectorizer(len(stems))
    return counts.fit_transform(dealt_out(stems, rng)), counts.get_feature_names_out()


def _parts(rows: Matrix, count: int) -> np.ndarray:
    # Several threads on matrices as small as these wait for one another most of the time.
    with warnings.catch_warnings(), threadpool_limits(1):
        warnings.simplefilter("ignore", ConvergenceWarning)  # refits that differ are dropped anyway
        return NMF(count, init="nndsvda", random_state=SEED, max_iter=300, tol=1e-3).fit(rows).components_


def _comes_back(parts: np.ndarray, refits: list[np.ndarray]) -> np.ndarray:
    near = [(normalize(parts) @ normalize(refit).T).max(axis=1) >= ALIKE for refit in refits]
    return np.mean(near, axis=0) >= COMES_BACK


def _is_held(rows: Matrix, parts: np.ndarray) -> np.ndarray:
    """Returns whether enough texts are nearest to each part, and that many of them hold its weightiest term."""
    of, _ = _assigned(rows, parts)
    members = np.bincount(of[of >= 0], minlength=len(parts))
    leading = np.argsort(-parts, axis=1)[:, :LEADING]
    holds = np.column_stack([np.asarray((rows[:, terms] > 0).sum(axis=1)).ravel() > 0 for terms in leading])
    led = np.bincount(of[of >= 0], weights=holds[np.arange(len(of)), of][of >= 0], minlength=len(parts))
    return (members >= max(FEWEST_COMMENTS, FEWEST_PART * rows.shape[0])) & (led >= LED * members)


def _assigned(rows: Matrix, parts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Returns the part that each row is nearest to, -1 where it is not NEAR any by the terms that matter, and how
    near."""
    near = np.asarray(normalize(rows) @ normalize(_telling(parts)).T)
    of = near.argmax(axis=1)
    best = near[np.arange(len(of)), of]
    return np.where(best >= NEAR, of, -1), best


def _telling(parts: np.ndarray) -> np.ndarray:
    """Returns the parts with their TELLING weightiest terms alone: by these it can be seen why a text is in a theme."""
    least = np.sort(parts, axis=1)[:, -TELLING, np.newaxis] if parts.shape[1] > TELLING else 0
    return np.where((parts >= least) & (parts >= 0.1 * parts.max(axis=1, keepdims=True)), parts, 0)


def _nearness(rows: Matrix, middle: np.ndarray) -> np.ndarray:
    return np.asarray(normalize(rows) @ normalize(middle).T).ravel()


def _theme(part: np.ndarray, names: np.ndarray, terms: Terms, texts: Sequence[str]) -> Theme:
    weights = {
        str(names[place]): part[place] for place in np.argsort(-part, kind="stable")[:TELLING] if part[place] > 0
    }
    kept: list[str] = []
    for term in weights:
        inside = [other for other in kept if set(other.split()) & set(term.split())]
        if not inside:
            kept.append(term)
        elif len(inside) == 1 and " " not in inside[0] and weights[term] >= PAIR * weights[inside[0]]:
            kept[kept.index(inside[0])] = term  # "small business" says more than "business"
    words = tuple(terms.written[term] for term in kept)
    name = ", ".join(words[:NAMED_TERMS])
    telling: dict[str, float] = {}
    for term, weight in weights.items():  # the weightiest first
        for stem in term.split():
            telling.setdefault(stem, float(weight))
    return Theme(name[:1].upper() + name[1:], words, shared_phrase(texts, telling))


def shared_phrase(texts: Sequence[str], telling: Mapping[str, float]) -> str:
    """Returns the phrase of two to five words that most tells what the texts have in common; empty where none does.

    It begins and ends with a word that says something, and FEWEST_COMMENTS of the texts at least hold it word for word:
    nobody's own words stand for those of others.

    Args:
        telling: the stems that are looked for with their weights; two or more of them have to be in it.

    Example:
        >>> shared_phrase([f"{who}: the night bus is late." for who in "abcde"], {"night": 2, "bus": 2, "late": 1})
        'night bus is late'
    """
    language = language_of(" ".join(texts).casefold().split())
    written: dict[str, Counter[str]] = {}
    for text in texts:
        found = {phrase for clause in _CLAUSE.split(text) for phrase in _phrases(_WORDS.findall(clause))}
        for phrase in found:
            written.setdefault(phrase.casefold(), Counter())[phrase] += 1
    best, told = 0.0, ""
    for phrase, ways in sorted(written.items()):
        held = ways.total()
        if held < max(FEWEST_COMMENTS, SHARED * len(texts)):
            continue
        ends = phrase.split()
        stems = {stem for stem, _ in stemmed(ends, language)} & telling.keys()
        if len(stems) < 2 or not all(stemmed([end], language) for end in (ends[0], ends[-1])):
            continue
        worth = sum(telling[stem] for stem in stems) * min(held, 4 * FEWEST_COMMENTS) / len(ends) ** 0.3
        if worth > best:
            best, told = worth, min(ways, key=lambda way: (-ways[way], way))
    return told


def _phrases(words: Sequence[str]) -> Iterable[str]:
    for count in range(2, LONGEST + 1):
        yield from (" ".join(words[at : at + count]) for at in range(len(words) - count + 1))
