"""What was asked: columns of answers as questions of a definition, with kind, choices and their order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from analytics.imports.cells.fields import PLAIN, Field
from analytics.imports.cells.text import is_whole, number, plain, plain_text
from analytics.imports.cells.vocabulary import (
    ASKS_FOR_MORE,
    COMMENT,
    COMMENT_ALONE,
    MANY,
    NONE_OF_THEM,
    NUMBER_CODES_OF_NOTHING,
    OPEN,
    OTHER,
    OTHER_SPECIFIED,
    RANKS,
    SPECIFY,
    TICKED,
    UNSURE,
)
from analytics.imports.definition.questions import ANY_WORDS
from analytics.imports.proposing.boxes import TickGroup
from analytics.imports.proposing.joined import CheckBoxes, check_boxes, codes_in_turn, is_rare
from analytics.imports.proposing.names import readable
from analytics.imports.proposing.numbers import (
    MOST_AMOUNTS,
    amounts_of,
    asks_for_a_count,
    has_units,
    of_amounts,
    of_named_ends,
    of_numbered_steps,
    of_numbers,
    of_stars,
    step_of_label,
    with_promoter_words,
    with_promoters,
)
from analytics.imports.proposing.orders import is_yes_or_no, scale_steps, shown_order, steps_in, weaker_end
from analytics.imports.proposing.scans import Scan, codes_without_label, missing_words
from analytics.imports.proposing.spellings import joined_spellings, joined_told, sound_of
from analytics.imports.proposing.unanswered import is_unanswered
from analytics.imports.proposing.written import WRITES_OTHER, own_words_among, with_other
from analytics.language.said import spoken
from analytics.model import Choice, ChoiceColumn, Question, QuestionKind

_MOST_CHOICES = 60
_FEW_CHOICES = 12
_FEWEST_OWN = 8
_FEWEST_WRITTEN, _SELDOM_WRITTEN, _FEWEST_SENTENCES = 4, 0.4, 6
_MOST_STEPS = 11
_FEW_WORDS, _LONG_WORD = 3, 20
_TEXT_CHARACTERS = 25
_OFTEN = 5
"""What so many gave was offered; beside two such answers one that a single reader gave was written."""

_OWN_WORDS = "Other, in own words"


def question_of(
    field: Field, scan: Scan, key: str, scales: Collection[tuple[int, int]] = (), tool: str = PLAIN
) -> tuple[Question, list[str]] | None:
    """Returns the column as a question and what is to be told of it, None where it is none.

    That is a column of numbers too many to choose from.

    Args:
        scales: the lowest and highest steps of the file's other scales.
        tool: what wrote the file; some tools put own words where an option would stand. "" where these have a column.
    """
    text = wording(field)
    if (field.kind == "text" or field.name.endswith("_TEXT")) and scan.numbers is None:
        return Question(key, text, "text", field.name, missing=scan.blanks), []
    if field.labels and field.separator is None:
        return _labelled(field, scan, key)
    ranking = _ranking_of(field, scan)
    if ranking is not None:
        return _first_of(field, scan, key, *ranking)
    if field.kind is None and has_units(scan):
        paid = of_amounts(field, scan, key, text)  # the comma of "52,50 €" joins no answers
        if paid is not None or len(amounts_of(scan) or ()) > MOST_AMOUNTS:
            return paid  # and hundreds of amounts are no comments
    boxes = _boxes_of(field, scan)
    if boxes is not None and not (field.kind is None and _reads_as_sentences(text, scan)):
        return _joined(field, scan, key, boxes, tool)
    if _is_text(field, scan):
        return Question(key, text, "text", field.name, missing=scan.blanks), []
    if _numbers_but_unsure(scan):
        return of_numbers(field, scan, key, text, scales)
    named_ends = of_named_ends(field, scan, key, text)
    if named_ends is not None:
        return named_ends
    amounts = of_amounts(field, scan, key, text)
    if amounts is not None:
        return amounts
    numbered = of_numbered_steps(field, scan, key, text) or of_stars(field, scan, key, text)
    if numbered is not None:
        return numbered, []
    listed = _of_words(field, scan, key, tool)
    return (Question(key, text, "text", field.name, missing=scan.blanks), []) if listed is None else listed


def wording(field: Field) -> str:
    """Returns the question as it was asked, or the column's name where the file says no more.

    Example:
        >>> wording(Field("Q1", "Do you agree?")), wording(Field("q", "How far?", option="The press"))
        ('Do you agree?', 'How far? - The press')
    """
    text = field.text or readable(field.name)
    return f"{text} - {field.option}" if field.option and not text.endswith(field.option) else text


def _is_text(field: Field, scan: Scan) -> bool:
    """Returns whether people wrote here instead of choosing: words nearly all unlike each other, and long ones."""
    if scan.numbers is not None or not scan.words:
        return False
    words = set(map(plain_text, scan.words))
    mean_length = sum(map(len, words)) / len(words)
    seldom = len(words) > 0.5 * scan.filled
    asked = " ".join(wording(field).split())
    if seldom and (COMMENT.search(asked) or SPECIFY.search(asked) or OTHER.match(asked)):
        return True
    if _is_comment(asked, scan):
        return True
    told = SPECIFY.search(asked) is not None and len(asked.split()) <= _FEW_WORDS
    if _wrote_beside(asked, scan) or (2 * scan.filled <= scan.counted and (told or OTHER_SPECIFIED.search(asked))):
        return True
    alone = len(words) > 0.9 * scan.filled  # nobody chose what another did
    if _reads_as_sentences(asked, scan) or (alone and len(words) >= _FEWEST_OWN and OPEN.match(asked)):
        return True
    spoken = alone and sum(len(word.split()) > 2 for word in words) > 0.5 * len(words)
    long = mean_length > _TEXT_CHARACTERS or len(words) > _MOST_CHOICES or spoken
    return seldom and long and (len(words) > _FEW_CHOICES or mean_length > 2 * _TEXT_CHARACTERS)


def _wrote_beside(asked: str, scan: Scan) -> bool:
    """Returns whether few answered, and these in phrases of their own: hardly anybody as another did but for nothing.

    Where nothing is asked that begins an open question, every one of them wrote alone.

    Example:
        >>> words = {"More local stories please": 1, "I read you every morning": 1, "Too many adverts here": 1,
        ...          "Thank you for all of it": 1, "nothing": 4}
        >>> _wrote_beside("What else?", Scan(words, (), 8, 90)), _wrote_beside("What else?", Scan(words, (), 8, 9))
        (True, False)
        >>> _wrote_beside("Which one?", Scan({"The bus to town": 3, "A car of my own": 4, "On foot": 2}, (), 9, 90))
        False
    """
    own = {word: count for word, count in scan.words.items() if not (NONE_OF_THEM.match(word) or UNSURE.match(word))}
    own = {word: count for word, count in own.items() if not is_yes_or_no(word)}
    if len(own) < _FEWEST_WRITTEN or scan.filled > _SELDOM_WRITTEN * scan.counted or MANY.search(asked):
        return False
    phrases = sum(len(word.split()) > 2 for word in own)
    times = sum(own.values())
    often = max(own.values())
    asks = COMMENT.search(asked) is not None or OPEN.match(asked) is not None or ASKS_FOR_MORE.search(asked) is not None
    sentences = sum(len(word.split()) > 3 for word in own) > 0.6 * len(own) and len(own) >= _FEWEST_SENTENCES
    unlike = len(own) > (0.5 if asks else 0.6 if sentences else 0.8) * times and often <= max(2, 0.34 * times)
    return unlike and 2 * phrases > len(own) and 3 * times > scan.filled


def _is_comment(asked: str, scan: Scan) -> bool:
    """Returns whether readers wrote here, though several wrote the same: "no", "nothing", "keep it up".

    Nobody offers more than a dozen phrases of which hardly any is chosen by many. Where the wording asks for words,
    fewer are enough; where it asks for a comment and nothing else, a few phrases that are no steps are. Yes, no and
    words for nothing are written everywhere, and show nothing.

    Example:
        >>> words = {"no": 30, "nothing": 9, "keep it up": 9, "good job": 7, "more sport": 6}
        >>> _is_comment("Comments", Scan(words, (), 61, 70)), _is_comment("Your paper?", Scan(words, (), 61, 70))
        (True, False)
        >>> copies = {f"I would like more of the {at} pages, please": 2 for at in "abcdefghijklmno"}
        >>> _is_comment("q9", Scan(copies | {"no": 12}, (), 42, 42))
        True
    """
    own = {word: count for word, count in scan.words.items() if not (NONE_OF_THEM.match(word) or UNSURE.match(word))}
    own = {word: count for word, count in own.items() if not is_yes_or_no(word)}
    if len(own) < _FEWEST_SAID or MANY.search(asked):
        return False
    phrases = sum(map(_is_phrase, own))
    if COMMENT_ALONE.fullmatch(asked):
        said = phrases or sum(" " in word for word in own) > 1
        offered = len(own) <= _FEW_OFFERED and min(own.values()) > _OFFERED_SHARE * scan.filled
        every = len(own) == len(scan.words) and 4 * scan.filled > 3 * scan.counted
        return bool(said) and not (offered and every) and scale_steps(list(own)) is None
    asks = COMMENT.search(asked) or OPEN.match(asked) or ASKS_FOR_MORE.search(asked)
    fewest, share, often = (8, 1 / 3, 1 / 3) if asks else (_FEW_CHOICES + 1, 0.5, 0.2)
    if len(own) < fewest or max(own.values()) > often * sum(own.values()):
        return False
    alone = sum(count == 1 for count in own.values()) > share * len(own) and 2 * phrases > len(own)
    sentences = sum(len(word.split()) > _SENTENCE or word.rstrip()[-1:] in {*".!?。"} for word in own)
    longer = len(own) > (_FEW_CHOICES if asks else _MANY_PHRASES) and 5 * phrases > 3 * len(own)
    return alone or longer or (len(own) > _FEW_CHOICES and sentences > 0.6 * len(own))


_FEWEST_SAID, _SENTENCE, _LONG_PHRASE = 3, 4, 12
_FEW_OFFERED, _OFFERED_SHARE, _MANY_PHRASES = 5, 0.08, 20


def _is_phrase(word: str) -> bool:
    """Returns whether somebody says something: three words or more, in writing without blanks so many letters."""
    return len(word.split()) > 2 or (len(word) >= _LONG_PHRASE and word.isalpha() and word[0] > "\u2e80")


def _reads_as_sentences(asked: str, scan: Scan) -> bool:
    """Returns whether a wording asks for own words, and what stands there are sentences though several wrote the same.

    Example:
        >>> words = {"Open on Saturdays": 6, "No parking": 5, "The line was long, but the staff was kind": 4}
        >>> _reads_as_sentences("What should we change?", Scan(words, (), 50, 50))
        True
        >>> _reads_as_sentences("What should we change?", Scan({"Opening hours": 20, "Prices": 22}, (), 50, 50))
        False
    """
    opens = COMMENT.search(asked) or OPEN.match(asked) or COMMENT_ALONE.fullmatch(asked)
    if not opens or "(" in asked or MANY.search(asked):
        return False
    if _asks_for_a_comment(asked, scan):
        return True
    lengths = sorted(len(word.split()) for word in scan.words)
    return 2 * scan.filled <= scan.counted and lengths[len(lengths) // 2] >= 3 and lengths[-1] >= 4


def _asks_for_a_comment(asked: str, scan: Scan) -> bool:
    """Returns whether nothing but a comment is asked for: nobody offers answers there but yes, no and steps.

    Example:
        >>> _asks_for_a_comment("Anything to add?", Scan({"all good": 9, "More, please": 8}, (), 40, 40))
        True
        >>> _asks_for_a_comment("Do you have comments?", Scan({"Yes": 9, "No": 8}, (), 40, 40))
        False
    """
    words = [word for word in scan.words if not UNSURE.match(word)]
    if not COMMENT_ALONE.fullmatch(asked) or not words or scan.numbers is not None:
        return False
    offered = any(map(is_yes_or_no, words)) or scale_steps(words) is not None or 4 * scan.filled > 3 * scan.counted
    return not offered and any(" " in word or len(word) > _LONG_WORD for word in words)


_NUMBERED_PLACE = re.compile(r"\d{1,2}\s*[.:)]\s*(?P<label>\S.*)", re.DOTALL)


def _ranking_of(field: Field, scan: Scan) -> tuple[str, tuple[str, ...]] | None:
    """Returns what joins the ranked answers of a cell, and these, None where the cells rank nothing.

    Nearly every cell holds the same answers, three at least, each once and in an order of its own; or the wording asks
    for an order, and the cells hold as many answers each.

    Example:
        >>> scan = Scan({"Rents;Crime;Noise;": 4, "Crime;Noise;Rents;": 5, "Noise;Rents;Crime;": 3}, (), 12, 12)
        >>> _ranking_of(Field("Rank these"), scan)
        (';', ('Rents', 'Crime', 'Noise'))
        >>> _ranking_of(Field("Which?"), Scan({"Bus;Car;Bike": 4, "Bus": 5, "Car;Bus": 3}, (), 12, 12)) is None
        True
    """
    asked = RANKS.search(wording(field)) is not None
    for separator in (field.separator,) if field.separator else _RANK_MARKS:
        if not any(separator in word for word in scan.words):
            continue
        cells = {word: _ranked(word, separator) for word in scan.words}
        sizes: Counter[int] = Counter()
        for word, parts in cells.items():
            sizes[len(parts) if len({*parts}) == len(parts) else 0] += scan.words[word]
        size, count = max(sizes.items(), key=lambda one: one[1], default=(0, 0))
        whole = [parts for parts in cells.values() if len(parts) == size]
        options = tuple(dict.fromkeys(part for parts in whole for part in parts))
        orders = {tuple(parts) for parts in whole}
        same = len(options) == size >= 3 and len({parts[0] for parts in whole}) > 1
        wanted = asked and size >= 2 and 3 <= len(options) <= _FEW_CHOICES and len({parts[0] for parts in whole}) > 1
        if count >= 0.95 * scan.filled and len(orders) >= 3 and (same or wanted):
            return separator, options
    return None


_RANK_MARKS = ("; ", ";", " > ", ">", "\n", " | ", "|", ", ", ",")


def _ranked(word: str, separator: str) -> list[str]:
    """Returns the answers of a cell in their order, without the places before them.

    Example:
        >>> _ranked("1. Rents, 2. Crime", ", ")
        ['Rents', 'Crime']
    """
    parts = [plain(part) for part in word.split(separator) if part.strip()]
    return [found["label"] if (found := _NUMBERED_PLACE.fullmatch(part)) else part for part in parts]


def _first_of(field: Field, scan: Scan, key: str, separator: str, options: Sequence[str]) -> tuple[Question, list[str]]:
    """Returns a ranking as a question with one answer, what each put first, and what is to be told."""
    firsts = {plain(word.partition(separator)[0]) for word in scan.words}
    spelled = {option: [word for word in firsts if _ranked(word, separator) == [option]] for option in options}
    choices = tuple(Choice(one, one, None, (one, *(word for word in spelled[one] if word != one))) for one in options)
    told = spoken(
        "{name}: each cell ranks answers, joined by {separator!r}: counted is what each reader put first",
        name=field.name,
        separator=separator,
    )
    odd = tuple(word for word in firsts if word and not any(word in (one, *spelled[one]) for one in options))
    asked = Question(
        key, wording(field), "single", field.name, choices, missing=(*scan.blanks, *odd), separator=separator
    )
    return asked, [told]


def joined_in_cells(field: Field, scan: Scan) -> CheckBoxes | None:
    """Returns how the options of a cell are joined as the cells show, None where they hold one answer or prose."""
    found = check_boxes(scan.words, several_asked=field.kind == "multiple" or bool(MANY.search(wording(field))))
    return found or codes_in_turn(scan.words)


def _boxes_of(field: Field, scan: Scan) -> CheckBoxes | None:
    """Returns how the options of a cell are joined: as the tool does it, or as the cells show."""
    if field.separator is None:
        return joined_in_cells(field, scan) if field.kind in (None, "multiple") else None
    found = [plain(part) for word in scan.words for part in word.split(field.separator)]
    parts = tuple(part for part in dict.fromkeys(found) if part)  # a separator may stand at the end too
    if field.kind != "multiple" and (len(found) == len(scan.words) or len(parts) == len(found)):
        return None  # nothing is joined, or it never comes back: people wrote here
    times: Counter[str] = Counter()
    for word, count in scan.words.items():
        for part in {plain(one) for one in word.split(field.separator)} - {""}:
            times[part] += count
    offered = [part for part in parts if times[part] >= _OFTEN]
    rare = tuple(part for part in parts if is_rare(part, times[part], times)) if len(offered) > 1 else ()
    return CheckBoxes(field.separator, tuple(part for part in parts if part not in rare), (), rare)


def _labelled(field: Field, scan: Scan, key: str) -> tuple[Question, list[str]] | None:
    """Returns a question whose file says what its codes mean; codes without a label are choices of their own.

    Where these are many, the column holds measures and no question is made of it.
    """
    blanks = missing_words(field, scan)
    missing = set(blanks)
    known = {value: label for value, label in field.labels if value not in missing}
    odd = [word for word in scan.words if word not in known and word not in missing]
    beyond = codes_without_label(known, odd, scan)
    odd = [word for word in odd if word not in beyond]
    if len(odd) > _MOST_STEPS:
        return None
    told = (
        [spoken("{name}: {words} have no label and count as no answer", name=field.name, words=", ".join(beyond))]
        if beyond
        else []
    )
    blanks = (*blanks, *beyond)
    steps = steps_in([*known.values()])
    marks = _marks_of(known, wording(field))
    choices = [
        Choice(value, label or value, marks.get(value, _step_score(steps, label)), (value,))
        for value, label in known.items()
    ]
    numbers = bool(odd) and all(number(word) is not None for word in odd)
    numbers = numbers and (steps is None or len(known) == 2)
    ends = (
        numbers and all(number(value) is not None for value in known) and (len(odd) >= 2 or _lies_between(odd, known))
    )
    if ends:
        odd += _steps_between([*known, *odd], known)
    choices += [Choice(word, word, number(word) if ends else None, (word,)) for word in shown_order(odd)]
    numbered = None if steps is not None or odd else _numbered_labels(choices, wording(field))
    if numbered is not None:  # the labels are the steps, whatever their codes are
        asked = Question(key, wording(field), "scale", field.name, numbered, missing=blanks)
        return with_promoters(asked), told
    if ends:  # a scale of which only the ends have words
        choices = sorted((_with_own_score(choice) for choice in choices), key=lambda choice: float(choice.value))
    kind: QuestionKind = "scale" if steps is not None or ends or marks else "single"
    return Question(key, wording(field), kind, field.name, tuple(choices), found=not choices, missing=blanks), told


def _lies_between(odd: Sequence[str], known: Mapping[str, str]) -> bool:
    """Returns whether numbers without labels lie between the two ends of a scale, which alone have one.

    Example:
        >>> _lies_between(["3"], {"1": "very bad", "5": "very good"}), _lies_between(["3"], {"1": "TV", "5": "Radio"})
        (True, False)
    """
    ends = {number(value): label for value, label in known.items() if not UNSURE.match(label)}
    if len(ends) != 2 or not odd:
        return False
    low, high = sorted(value for value in ends if value is not None)
    inside = all(low < (number(word) or 0.0) < high for word in odd)
    return inside and weaker_end(*ends.values()) is not None


def _steps_between(given: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """Returns the whole numbers between the lowest and the highest step of a scale that nobody gave.

    Example:
        >>> _steps_between(["1", "5", "2"], {"1": "bad", "5": "good"})
        ['3', '4']
    """
    steps = [word for word in given if word not in NUMBER_CODES_OF_NOTHING and not UNSURE.match(known.get(word, ""))]
    values = {number(word) for word in steps}
    if not all(value is not None and value.is_integer() for value in values):
        return []
    low, high = min(map(int, steps)), max(map(int, steps))
    return [str(step) for step in range(low, high) if step not in values] if high - low < _MOST_STEPS else []


def _numbered_labels(choices: Sequence[Choice], asked: str) -> tuple[Choice, ...] | None:
    """Returns the choices scored by the numbers in their labels, most of which are a number alone; else None.

    Example:
        >>> labels = ("0 - Not at all", "1", "2", "3 - Extremely", "Don't know")
        >>> choices = [Choice(str(code), label) for code, label in enumerate(labels, 1)]
        >>> [choice.score for choice in _numbered_labels(choices, "How likely is it?")]
        [0.0, 1.0, 2.0, 3.0, None]
        >>> _numbered_labels(choices, "How many children live here?") is None
        True
    """
    steps = {one.value: step for one in choices if (step := step_of_label(one.label)) is not None}
    loose = [one for one in choices if one.value not in steps]
    alone = sum(is_whole(one.label.strip()) for one in choices)
    found = sorted(steps.values())
    if len(found) < 3 or len({*found}) < len(found) or found[0] < -5 or found[-1] - found[0] > 10:
        return None
    if 2 * alone < len(found) or not all(UNSURE.match(one.label) for one in loose) or asks_for_a_count(asked):
        return None
    scored = [replace(one, score=float(steps[one.value])) for one in choices if one.value in steps]
    return (*sorted(scored, key=lambda one: one.score or 0.0), *loose)


_SCHOOL_MARK = re.compile(
    r"\b(schul)?noten?\b|schulnote|rapportcijfer|\bschool (mark|grade)s?\b|\bgrades? of\b|\boceny? szkoln|\bknamk", re.I
)
_MARKS = (1, 6)


def _marks_of(labels: Mapping[str, str], asked: str) -> dict[str, float]:
    """Returns the marks of a school by their codes, which are what a reader of them takes the mean of, 1 the best.

    Example:
        >>> marks = {"1": "sehr gut", "2": "gut", "3": "befriedigend", "4": "ausreichend", "99": "keine Angabe"}
        >>> _marks_of(marks, "Welche Schulnote geben Sie?"), _marks_of(marks, "Wie gefällt es Ihnen?")
        ({'1': 1.0, '2': 2.0, '3': 3.0, '4': 4.0}, {})
    """
    if not _SCHOOL_MARK.search(asked):
        return {}
    marks = {code: value for code in labels if (value := number(code)) is not None and _MARKS[0] <= value <= _MARKS[1]}
    others = [label for code, label in labels.items() if code not in marks]
    told = len(marks) > _FEWEST_MARKS and all(UNSURE.match(label) or is_unanswered(label) for label in others)
    return marks if told and not any(number(label) is not None for label in labels.values()) else {}


_FEWEST_MARKS = 3


def _step_score(steps: dict[str, float] | None, label: str) -> float | None:
    """Returns the score of a step: as many as there are for the strongest, 1 for the weakest."""
    if steps is None or label not in steps:
        return None
    return float(sum(other >= steps[label] for other in steps.values()))


def _with_own_score(choice: Choice) -> Choice:
    """Returns the choice with its value for a score, unless that is a code for no opinion."""
    unsure = choice.value in NUMBER_CODES_OF_NOTHING or UNSURE.match(choice.label)
    return Choice(choice.value, choice.label, None if unsure else number(choice.value), choice.values)


def _of_words(field: Field, scan: Scan, key: str, tool: str) -> tuple[Question, list[str]] | None:
    """Returns a question of words, a scale where they are its steps, else with one choice to take, and what is told.

    Spellings of one answer are one choice, and so is what readers wrote instead of one. None where the rest are more
    than any list has.
    """
    written = own_words_among(scan.words, tool) if tool and len(scan.words) > _MOST_CHOICES else []
    spellings = _spelled({word: count for word, count in scan.words.items() if word not in {*written}}, written)
    if len(spellings) > _MOST_CHOICES:
        return None
    own = {sound_of(word) for words in spellings.values() for word in words}
    written = [word for word in written if sound_of(word) not in own]
    if not written and tool:
        times = {label: sum(map(scan.words.__getitem__, words)) for label, words in spellings.items()}
        written = own_words_among(times, tool)
        spellings = {label: words for label, words in spellings.items() if label not in written}
    labels = shown_order(list(spellings))
    steps = steps_in(labels)
    choices = tuple(
        Choice(spellings[label][0], label, _step_score(steps, label), tuple(spellings[label])) for label in labels
    )
    kind: QuestionKind = "single" if steps is None else "scale"
    asked = Question(key, wording(field), kind, field.name, choices, found=not choices, missing=scan.blanks)
    told = joined_told(field.name, spellings)
    if written:
        asked, of_other = with_other(asked, len(written))
        told.append(of_other)
    return with_promoter_words(asked), told


def _spelled(offered: Mapping[str, int], written: Sequence[str]) -> dict[str, list[str]]:
    """Returns the spellings of each answer, those among what readers wrote too.

    Example:
        >>> _spelled({"Radio": 40, "TV": 30}, ["radio ", "my son"])
        {'Radio': ['Radio', 'radio '], 'TV': ['TV']}
    """
    spellings = joined_spellings(offered)
    sounds = {sound_of(word): label for label, words in spellings.items() for word in words} if written else {}
    for word in written:
        if sound_of(word) in sounds:
            spellings[sounds[sound_of(word)]].append(word)
    return spellings


def _numbers_but_unsure(scan: Scan) -> bool:
    """Returns whether all words are numbers but those that say that somebody has no opinion.

    Example:
        >>> _numbers_but_unsure(Scan({"1": 4, "5": 3, "N/A": 2}, (), 9, 9))
        True
    """
    opinions = [word for word in scan.words if not UNSURE.match(word)]
    return bool(opinions) and all(number(word) is not None for word in opinions)


def _joined(field: Field, scan: Scan, key: str, boxes: CheckBoxes, tool: str) -> tuple[Question, list[str]]:
    """Returns check boxes whose options stand in one cell; what hardly anybody gave is taken for people's own words."""
    times = _times_of(scan, boxes.options, boxes.separator)
    spellings = joined_spellings({option: times[option] for option in boxes.options})
    if tool in (PLAIN, *WRITES_OTHER) and not field.labels:
        told_once = dict.fromkeys(boxes.rare, 1) | +_times_of(scan, boxes.rare[:_MOST_CHOICES], boxes.separator)
        given = {label: sum(map(times.__getitem__, words)) for label, words in spellings.items()}
        own = {*own_words_among(told_once | given, tool, several=True)}
        moved = [word for label, words in spellings.items() if label in own for word in words]
        boxes = replace(boxes, rare=(*boxes.rare, *moved))
        spellings = {label: words for label, words in spellings.items() if label not in own}
    sounds = {sound_of(word): option for option, words in spellings.items() for word in words}
    typed = [word for word in boxes.rare if sound_of(word) in sounds]
    for word in typed:
        spellings[sounds[sound_of(word)]].append(word)
    rare = [word for word in boxes.rare if word not in typed]
    options = shown_order(list(spellings))
    known = dict(field.labels)
    choices = [
        Choice(spellings[option][0], known.get(option) or _unquoted(option), None, tuple(spellings[option]))
        for option in options
    ]
    told = [
        spoken("{name}: the options in a cell are joined by {separator!r}", name=field.name, separator=boxes.separator)
    ]
    if boxes.holding:
        told.append(
            spoken(
                "{name}: taken for one option each, though they hold what joins options: {words}",
                name=field.name,
                words="; ".join(boxes.holding),
            )
        )
    told += joined_told(field.name, spellings)
    if rare:
        other = next((one for one in choices if OTHER.match(one.label) and not UNSURE.match(one.label)), None)
        label = _OWN_WORDS if other is None else other.label
        if other is None:
            choices.append(Choice(_OWN_WORDS, _OWN_WORDS, None, (_OWN_WORDS, ANY_WORDS)))
        else:
            choices[choices.index(other)] = replace(other, values=(*other.values, ANY_WORDS))
        told.append(
            spoken(
                "{name}: {count} answers that readers wrote are taken together as {label!r}",
                name=field.name,
                count=len(rare),
                label=label,
            )
        )
    found = Question(
        key, wording(field), "multiple", field.name, tuple(choices), missing=scan.blanks, separator=boxes.separator
    )
    return found, told


def _unquoted(option: str) -> str:
    """Returns an option without the quotation marks that a tool sets around those that hold its separator.

    Example:
        >>> _unquoted('"Print, e-paper"'), _unquoted('"Yes" or "no"')
        ('Print, e-paper', '"Yes" or "no"')
    """
    inside = option[1:-1]
    return inside if len(option) > 2 and option == f'"{inside}"' and '"' not in inside else option


def _times_of(scan: Scan, options: Sequence[str], separator: str) -> Counter[str]:
    """Returns how often each option stands in the cells, whatever it stands beside."""
    times: Counter[str] = Counter()
    for option in options:
        found = re.compile(rf"(?:^|{re.escape(separator)})\s*{re.escape(option)}\s*(?:{re.escape(separator)}|$)")
        times[option] = sum(count for word, count in scan.words.items() if found.search(word))
    return times


def of_ticks(group: TickGroup, key: str, text: str) -> Question:
    """Returns a question with a column for each of its choices, any number of which may be ticked."""
    values = _unlike(group.options)
    pairs = list(zip(group.words, values, strict=True))
    own = all(word in (value, ANY_WORDS) for word, value in pairs)
    return Question(
        key, text, "multiple",
        choices=tuple(
            Choice(value, value, None, (value, ANY_WORDS) if word == ANY_WORDS else (value,)) for word, value in pairs
        ),
        columns=tuple(ChoiceColumn(column, value) for column, value in zip(group.columns, values, strict=True)),
        selected=()
        if own and not group.spelled
        else tuple(dict.fromkeys(word for word in (*group.words, *group.spelled) if word != ANY_WORDS)),
        not_selected=tuple(word for word in group.open_words if word not in group.words),
        missing=tuple(word for word in group.blanks if word not in group.words),
    )  # fmt: skip


def of_mentions(
    group: TickGroup, key: str, text: str, times: Mapping[str, int] = MappingProxyType({})
) -> tuple[Question, list[str]]:
    """Returns a question whose columns hold any of its choices each, and what is to be told of it.

    Spellings of one answer are one choice.

    Args:
        times: how often each word stands in the columns.
    """
    if group.words == group.options:
        spellings = joined_spellings({word: times.get(word, 0) for word in group.words})
        choices = tuple(Choice(words[0], label, None, tuple(words)) for label, words in spellings.items())
    else:
        spellings = {}
        pairs = zip(group.words, group.options, strict=True)
        choices = tuple(Choice(word, label, None, (word,)) for word, label in pairs)
    columns = tuple(ChoiceColumn(column, "") for column in group.columns)
    asked = Question(key, text, "multiple", choices=choices, columns=columns, missing=group.blanks)
    return asked, joined_told(group.columns[0], spellings)


def _unlike(options: Sequence[str]) -> list[str]:
    """Returns the options, those that stand twice numbered."""
    return [option if options.index(option) == at else f"{option} ({at + 1})" for at, option in enumerate(options)]


def of_one_tick(group: TickGroup, key: str, text: str) -> Question:
    """Returns a question with a column for each of its choices, one of which was ticked."""
    words = shown_order(group.words)
    steps = steps_in(words)
    choices = tuple(Choice(word, word, _step_score(steps, word), (word,)) for word in words)
    return Question(key, text, "single" if steps is None else "scale", group.text, choices)


def takes_one(group: TickGroup, most_ticks: int, rows_ticked: int) -> bool:
    """Returns whether the question took one answer only: nobody gave two, and its wording does not ask for more.

    Boxes that say that they were left open, or hold nothing but a tick, are boxes even where nobody ticked two.
    """
    words = group.without_written().words
    boxes = bool(group.open_words) or len(set(words)) < len(words) or any(word.casefold() in TICKED for word in words)
    ordered = scale_steps(group.options) is not None
    once = bool(group.text) and most_ticks == 1 and not MANY.search(group.text)
    return once and not boxes and (ordered or rows_ticked >= 10)
