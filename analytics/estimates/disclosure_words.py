"""How the disclosure writes counts, days, lists and other people's words in its sentences."""

from __future__ import annotations

from datetime import date

from analytics.estimates.choose import dimension_of
from analytics.estimates.view import View
from analytics.language.said import spoken
from analytics.model import Standing, Survey

STANDINGS: dict[Standing, str] = {
    "first": "Of whoever answered again or changed an answer, the first answer counts.",
    "with screened": "Responses that a rule screened out count here too.",
}


def people(survey: Survey) -> str:
    """Returns what those who answered are called."""
    return spoken("respondents") if survey.sample == "probability" else spoken("readers")


def joined(*sentences: str) -> str:
    """Returns the sentences that there are as one text.

    Example:
        >>> joined("Online.", "", "Over ten days.")
        'Online. Over ten days.'
    """
    return " ".join(one for one in sentences if one)


def sentence(text: str) -> str:
    """Returns other people's words on one line and with a full stop.

    Example:
        >>> sentence("Online, under the\\n article "), sentence("Who else?")
        ('Online, under the article.', 'Who else?')
    """
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."


def quoted(text: str) -> str:
    """Returns other people's words on one line in quotation marks."""
    return spoken("“{label}”", label=" ".join(text.split()))


def listed(words: list[str], last: str = "and") -> str:
    """Returns words as a list in a sentence.

    Example:
        >>> listed(["Yes", "No", "Unsure"], "or")
        'Yes, No or Unsure'
    """
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def number_of(count: int, noun: str) -> str:
    """Returns a count with what is counted.

    Example:
        >>> number_of(1, "wave"), number_of(20114, "response")
        ('1 wave', '20,114 responses')
    """
    return f"{grouped(count)} {spoken(noun if count == 1 else f'{noun}s')}"


def grouped(number: float) -> str:
    """Returns a count with its thousands separated, as the language that is being spoken does.

    Example:
        >>> grouped(20114)
        '20,114'
    """
    return f"{number:,.0f}".replace(",", spoken(","))


def day_words(day: date) -> str:
    """Returns a day in words.

    Example:
        >>> day_words(date(2025, 5, 8))
        '8 May 2025'
    """
    return spoken("{day} {month} {year}", day=day.day, month=spoken(f"{day:%B}"), year=day.year)


def key_label(survey: Survey, key: str) -> str:
    """Returns how a dimension, or a question that stands for one, is named."""
    return " ".join(dimension_of(survey, key).label.split())


def standing_sentence(standing: Standing) -> str:
    """Returns that other responses count than those in good standing; empty where those do."""
    return spoken(STANDINGS[standing]) if standing in STANDINGS else ""


def filter_words(view: View) -> str:
    """Returns the filters in words, such as "Gender: Women; Age: 18-29 or 30-44"; empty where there are none."""
    parts = []
    for key, values in view.request.where:
        known = dimension_of(view.survey, key)
        levels = [known.level(value) for value in values]
        labels = [level.label if level else spoken(value) for level, value in zip(levels, values, strict=True)]
        parts.append(f"{key_label(view.survey, key)}: {listed(labels, spoken('or'))}")
    return "; ".join(parts)
