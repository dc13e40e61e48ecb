"""What was asked: columns of answers as questions of a definition, with kind, choices and their order."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.imports.cells.fields import Field
from analytics.imports.cells.text import number, plain, plain_text
from analytics.imports.cells.vocabulary import COMMENT, MANY, NUMBER_CODES_OF_NOTHING, OTHER, SPECIFY, STEPS, UNSURE
from analytics.imports.proposing.boxes import CheckBoxes, TickGroup, check_boxes
from analytics.imports.proposing.orders import scale_steps, shown_order
from analytics.imports.proposing.scans import Scan, codes_apart, missing_words
from analytics.model import Choice, ChoiceColumn, Kind, Question

_MOST_CHOICES = 60
_FEW_CHOICES = 12
_MOST_STEPS = 11
_TEXT_CHARACTERS = 25
_OWN_WORDS = "Other, in own words"


def question_of(field: Field, scan: Scan, key: str) -> tuple[Question, list[str]] | None:
    """Returns the column as a question and what is to be told of it, None where it is none.

    That is a column of numbers too many to choose from.
    """
    text = wording(field)
    if field.kind == "text" and scan.numbers is None:
        return Question(key, text, "text", field.name, missing=scan.blanks), []
    if field.labels and field.separator is None:
        return _labelled(field, scan, key)
    boxes = _boxes_of(field, scan)
    if boxes is not None:
        return _joined(field, scan, key, boxes)
    if _is_text(field, scan):
        return Question(key, text, "text", field.name, missing=scan.blanks), []
    if _numbers_but_unsure(scan):
        return _of_numbers(field, scan, key)
    if len(scan.words) > _MOST_CHOICES:
        return Question(key, text, "text", field.name, missing=scan.blanks), []
    return _of_words(field, scan, key), []


def wording(field: Field) -> str:
    """Returns the question as it was asked, or the column's name where the file says no more.

    Example:
        >>> wording(Field("Q1", "Do you agree?")), wording(Field("q", "How far?", option="The press"))
        ('Do you agree?', 'How far? - The press')
    """
    text = field.text or field.name
    return f"{text} - {field.option}" if field.option and not text.endswith(field.option) else text


def _is_text(field: Field, scan: Scan) -> bool:
    """Returns whether people wrote here instead of choosing: words nearly all unlike each other, and long ones."""
    if scan.numbers is not None or not scan.words:
        return False
    words = set(map(plain_text, scan.words))
    mean_length = sum(map(len, words)) / len(words)
    seldom = len(words) > 0.5 * scan.filled
    asked = wording(field)
    if seldom and (COMMENT.search(asked) or SPECIFY.search(asked) or OTHER.match(asked)):
        return True
    long = mean_length > _TEXT_CHARACTERS or len(words) > _MOST_CHOICES
    return seldom and long and (len(words) > _FEW_CHOICES or mean_length > 2 * _TEXT_CHARACTERS)


def _boxes_of(field: Field, scan: Scan) -> CheckBoxes | None:
    """Returns how the options of a cell are joined: as the tool does it, or as the cells show."""
    if field.separator is None:
        return check_boxes(scan.words) if field.kind in (None, "multiple") else None
    found = [plain(part) for word in scan.words for part in word.split(field.separator)]
    parts = tuple(part for part in dict.fromkeys(found) if part)  # a separator may stand at the end too
    if field.kind != "multiple" and (len(found) == len(scan.words) or len(parts) == len(found)):
        return None  # nothing is joined, or it never comes back: people wrote here
    return CheckBoxes(field.separator, parts, (), ())


def _labelled(field: Field, scan: Scan, key: str) -> tuple[Question, list[str]] | None:
    """Returns a question whose file says what its codes mean; codes without a label are choices of their own.

    Where these are many, the column holds measures and no question is made of it.
    """
    blanks = missing_words(field, scan)
    missing = set(blanks)
    known = {value: label for value, label in field.labels if value not in missing}
    odd = [word for word in scan.words if word not in known and word not in missing]
    if len(odd) > _MOST_STEPS:
        return None
    answers = [label for label in known.values() if not UNSURE.match(label)]
    steps = scale_steps(answers)
    choices = [Choice(value, label or value, _step_score(steps, label), (value,)) for value, label in known.items()]
    numbers = all(number(word) is not None for word in odd) and steps is None
    ends = numbers and len(odd) >= 2 and all(number(value) is not None for value in known)
    choices += [Choice(word, word, number(word) if ends else None, (word,)) for word in shown_order(odd)]
    if ends:  # a scale of which only the ends have words
        choices = sorted((_with_own_score(choice) for choice in choices), key=lambda choice: float(choice.value))
    kind: Kind = "scale" if steps is not None or ends else "single"
    return Question(key, wording(field), kind, field.name, tuple(choices), found=not choices, missing=blanks), []


def _step_score(steps: dict[str, float] | None, label: str) -> float | None:
    """Returns the score of a step: as many as there are for the strongest, 1 for the weakest."""
    if steps is None or label not in steps:
        return None
    return float(sum(other >= steps[label] for other in steps.values()))


def _with_own_score(choice: Choice) -> Choice:
    """Returns the choice with its value for a score, unless that is a code for no opinion."""
    unsure = choice.value in NUMBER_CODES_OF_NOTHING or UNSURE.match(choice.label)
    return Choice(choice.value, choice.label, None if unsure else number(choice.value), choice.values)


def _of_words(field: Field, scan: Scan, key: str) -> Question:
    """Returns a question of words: a scale where they are its steps, else with one choice to take.

    Words that differ in their markup alone are spellings of one choice.
    """
    spellings: dict[str, list[str]] = {}
    for word in scan.words:
        spellings.setdefault(plain_text(word), []).append(word)
    labels = shown_order(list(spellings))
    steps = scale_steps([label for label in labels if not UNSURE.match(label)])
    choices = tuple(
        Choice(spellings[label][0], label, _step_score(steps, label), tuple(spellings[label])) for label in labels
    )
    kind: Kind = "single" if steps is None else "scale"
    return Question(key, wording(field), kind, field.name, choices, found=not choices, missing=scan.blanks)


def _of_numbers(field: Field, scan: Scan, key: str) -> tuple[Question, list[str]] | None:
    """Returns a question answered by numbers, the steps of a scale or codes; None where they are measures."""
    told: list[str] = []
    declared = missing_words(field, scan)
    codes = [word for word in codes_apart(scan) if word not in declared]
    unsure = [word for word in scan.words if number(word) is None and word not in declared]
    steps = sorted((word for word in scan.words if word not in (*codes, *declared, *unsure)), key=float)
    values = [float(word) for word in steps]
    if not steps or len(steps) > _MOST_STEPS or any(not value.is_integer() for value in values):
        return None
    if codes:
        told.append(
            f"{field.name}: {', '.join(sorted(codes, key=float))} count as no answer, as such codes mostly mean"
        )
    known = _known_steps(field, steps)
    scale = known is not None or (len(steps) >= 3 and values[0] >= -5 and values[-1] <= 10)
    steps = known or (_with_gaps(steps) if scale else steps)
    choices = tuple(Choice(word, f"{float(word):g}", float(word) if scale else None, (word,)) for word in steps)
    choices += tuple(Choice(word, word, None, (word,)) for word in unsure)
    missing = (*declared, *codes)
    return Question(key, wording(field), "scale" if scale else "single", field.name, choices, missing=missing), told


def _numbers_but_unsure(scan: Scan) -> bool:
    """Returns whether all words are numbers but those that say that somebody has no opinion.

    Example:
        >>> _numbers_but_unsure(Scan({"1": 4, "5": 3, "N/A": 2}, (), 9, 9))
        True
    """
    opinions = [word for word in scan.words if not UNSURE.match(word)]
    return bool(opinions) and all(number(word) is not None for word in opinions)


def _with_gaps(steps: Sequence[str]) -> list[str]:
    """Returns the steps with those between them that nobody took.

    Example:
        >>> _with_gaps(["0", "2", "3"]), _with_gaps(["1.0", "3.0"])
        (['0', '1', '2', '3'], ['1.0', '3.0'])
    """
    whole = all(word.isdecimal() for word in steps)
    return [str(step) for step in range(int(steps[0]), int(steps[-1]) + 1)] if whole else list(steps)


def _known_steps(field: Field, found: Sequence[str]) -> list[str] | None:
    """Returns the steps of a scale that the tool or the wording says it is, those that nobody took among them.

    Example:
        >>> _known_steps(Field("How far, on a scale of 1 to 5?"), ["4"])
        ['1', '2', '3', '4', '5']
        >>> _known_steps(Field("How far?", kind="scale"), ["3", "6"])
        ['1', '2', '3', '4', '5', '6', '7']
    """
    if not all(word.isdecimal() for word in found):
        return None
    written = STEPS.search(wording(field))
    if written is None and field.kind != "scale":
        return None
    lowest, highest = min(map(int, found)), max(map(int, found))
    low = int(written["low"]) if written else min(1, lowest)
    high = int(written["high"]) if written else next((end for end in (5, 7, 10) if highest <= end), highest)
    return [str(step) for step in range(low, high + 1)] if low <= lowest and highest <= high else None


def _joined(field: Field, scan: Scan, key: str, boxes: CheckBoxes) -> tuple[Question, list[str]]:
    """Returns check boxes whose options stand in one cell; what stands once is taken for people's own words."""
    options = shown_order(boxes.options)
    choices = [Choice(option, option, None, (option,)) for option in options]
    told = [f"{field.name}: the options in a cell are joined by {boxes.separator!r}"]
    if boxes.holding:
        told.append(
            f"{field.name}: taken for one option each, though they hold what joins options: {'; '.join(boxes.holding)}"
        )
    if boxes.rare:
        choices.append(Choice(boxes.rare[0], _OWN_WORDS, None, boxes.rare))
        told.append(f"{field.name}: {len(boxes.rare)} answers that stand once are taken together as {_OWN_WORDS!r}")
    found = Question(
        key, wording(field), "multiple", field.name, tuple(choices), missing=scan.blanks, separator=boxes.separator
    )
    return found, told


def of_ticks(group: TickGroup, key: str, text: str, blanks: Sequence[str]) -> Question:
    """Returns a question with a column for each of its choices, any number of which may be ticked."""
    values = _unlike(group.options)
    own = all(word == value for word, value in zip(group.words, values, strict=True))
    return Question(
        key, text, "multiple",
        choices=tuple(Choice(value, value, None, (value,)) for value in values),
        columns=tuple(ChoiceColumn(column, value) for column, value in zip(group.columns, values, strict=True)),
        selected=() if own else tuple(dict.fromkeys(group.words)),
        not_selected=tuple(word for word in group.open_words if word not in group.words),
        missing=tuple(blanks),
    )  # fmt: skip


def _unlike(options: Sequence[str]) -> list[str]:
    """Returns the options, those that stand twice numbered."""
    return [option if options.index(option) == at else f"{option} ({at + 1})" for at, option in enumerate(options)]


def of_one_tick(group: TickGroup, key: str, text: str) -> Question:
    """Returns a question with a column for each of its choices, one of which was ticked."""
    words = shown_order(group.words)
    steps = scale_steps([word for word in words if not UNSURE.match(word)])
    choices = tuple(Choice(word, word, _step_score(steps, word), (word,)) for word in words)
    return Question(key, text, "single" if steps is None else "scale", group.text, choices)


def takes_one(group: TickGroup, most_ticks: int, rows_ticked: int) -> bool:
    """Returns whether the question took one answer only: nobody gave two, and its wording does not ask for more."""
    ordered = scale_steps(group.options) is not None
    return bool(group.text) and most_ticks == 1 and not MANY.search(group.text) and (ordered or rows_ticked >= 10)
