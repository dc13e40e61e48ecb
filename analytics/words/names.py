"""What people, answers, groups and filters are called in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.estimates.view import View
from analytics.language.said import listed, spoken
from analytics.language.text import columns, isolated, plain_text, shortened
from analytics.model import NO_ANSWER, Dimension, Question, Survey

SHORT_LABEL = 20
"""Labels up to so many columns stand in a sentence as they are, longer ones in quotation marks."""
LONGEST_LABEL = 60

MOST_LEFT_OUT = 2
"""A filter is named by the levels that it leaves out where these are no more, and fewer than those it keeps."""


def simulated_word() -> str:
    """Returns what stands wherever made-up answers are shown."""
    return spoken("SIMULATED")


def people(survey: Survey, number: int = 2) -> str:
    """Returns what those who answered are called."""
    if survey.sample == "probability":
        return spoken("respondent") if number == 1 else spoken("respondents")
    return spoken("reader") if number == 1 else spoken("readers")


def subject(view: View) -> str:
    """Returns who is spoken of: everyone who answered, who took part, or only a selection."""
    who = people(view.survey)
    if view.request.where or view.request.since or view.request.until:
        return spoken("{people} in this selection", people=who)
    if view.request.base == "all":
        return spoken("{people} who took part", people=who)
    return spoken("{people} who answered", people=who)


def named(label: str) -> str:
    """Returns a choice's label as it stands in a sentence: in quotation marks where it could be taken for part of it.

    Example:
        >>> named("No"), named("Neither agree nor disagree"), named("3")
        ('No', '“Neither agree nor disagree”', '“3”')
    """
    clean = shortened(label, LONGEST_LABEL)
    apart = columns(clean) > SHORT_LABEL or clean[:1].isdigit() or any(sign in clean for sign in ",;:.")
    return spoken("“{label}”", label=isolated(clean)) if apart else isolated(clean)


def named_group(label: str) -> str:
    """Returns a group's label as it stands in a sentence.

    Example:
        >>> named_group("Women, 18–29")
        'Women, 18–29'
    """
    return isolated(shortened(label, LONGEST_LABEL))


def key_label(survey: Survey, key: str) -> str:
    """Returns how a dimension, or a question that stands for one, is named."""
    dimension, question = survey.dimension(key), survey.question(key)
    if dimension is not None:
        return dimension.label
    return question.text if question is not None else key


def level_label(survey: Survey, key: str, value: str) -> str:
    """Returns how a level is named, with a dash between the numbers of a band."""
    dimension, question = survey.dimension(key), survey.question(key)
    source: Dimension | Question | None = dimension or question
    if value == NO_ANSWER:
        return spoken("No answer")
    if source is None:
        return value
    level = source.level(value) if isinstance(source, Dimension) else source.choice(value)
    label = value if level is None else level.label
    return label.replace("-", "–") if dimension is not None and dimension.bands else label


def group_label(view: View, levels: Sequence[str]) -> str:
    """Returns how a group is named: its levels, or everyone."""
    labels = [level_label(view.survey, key, value) for key, value in zip(view.by, levels, strict=True)]
    return ", ".join(labels) or spoken("All")


def crossed_label(survey: Survey, keys: Sequence[str]) -> str:
    """Returns how dimensions that are crossed with one another are named together."""
    return spoken(" by ").join(plain_text(key_label(survey, key)) for key in keys)


def filter_words(view: View) -> str:
    """Returns the selection in words, such as "Gender: Women; Age: 18–29 or 30–44"; empty where everyone is in it."""
    parts = []
    for key, values in view.request.where:
        left, key_name = _left_out(view.survey, key, values), plain_text(key_label(view.survey, key)).rstrip(":")
        labels = [plain_text(level_label(view.survey, key, value)) for value in left or values]
        if left:
            parts.append(spoken("{key}: all but {levels}", key=key_name, levels=listed(labels)))
        else:
            parts.append(f"{key_name}: {listed(labels, 'or')}")
    return "; ".join(parts)


def _left_out(survey: Survey, key: str, values: Sequence[str]) -> list[str]:
    """Returns the one or two levels that a filter leaves out, where it keeps more than that and those not told too."""
    dimension = survey.dimension(key)
    if dimension is None or NO_ANSWER not in values or len(values) <= MOST_LEFT_OUT:
        return []
    left = [level.value for level in dimension.levels if level.value not in values]
    return left if 0 < len(left) <= MOST_LEFT_OUT else []


def first_capital(sentence: str) -> str:
    """Returns the sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def full_stop(text: str) -> str:
    """Returns other people's words on one line and with a full stop.

    Example:
        >>> full_stop("Online, under the\\n article "), full_stop("Who else?")
        ('Online, under the article.', 'Who else?')
    """
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."
