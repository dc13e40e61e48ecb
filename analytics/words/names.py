"""What people, answers, groups and filters are called in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from analytics.estimates.views.ranking import lowest_is_best
from analytics.estimates.views.view import View
from analytics.language.notation import Notation, language_in, language_of
from analytics.language.numbers import decimal_words, percent
from analytics.language.said import listed, noted, spoken
from analytics.language.text import columns, isolated, plain_text, shortened, shortened_apart
from analytics.model import NO_ANSWER, Question, Survey
from analytics.model.batteries import batteries
from analytics.model.labels import as_written, texts_of
from analytics.model.sampling import are_readers, recruitment
from analytics.model.scales import score_ends

SHORT_LABEL = 20
"""Labels up to so many columns stand in a sentence as they are, longer ones in quotation marks."""
LONGEST_LABEL = 60

MOST_LEFT_OUT = 2
"""A filter is named by the levels that it leaves out where these are no more, and fewer than those it keeps."""


def simulated_word() -> str:
    """Returns what stands wherever made-up answers are shown."""
    return spoken("SIMULATED")


SAMPLE_NAMES: dict[str, str] = {
    "self-selected": noted("Readers who chose to answer"),
    "subscribers": noted("All subscribers were asked"),
    "panel": noted("Members of a panel that anybody can join"),
    "recruited": noted("Chosen by a pollster, as for telephone interviews"),
    "probability panel": noted("Members of a panel drawn by chance"),
    "probability": noted("Drawn by chance"),
}
"""How a page offers the ways in which people come to answer."""


def people(survey: Survey, number: int = 2) -> str:
    """Returns what those who answered are called."""
    if recruitment(survey) == "subscribers":
        return spoken("subscriber") if number == 1 else spoken("subscribers")
    if are_readers(survey):
        return spoken("reader") if number == 1 else spoken("readers")
    return spoken("respondent") if number == 1 else spoken("respondents")


def own_language(survey: Survey) -> str:
    """Returns the language of ours that a survey is written in: as it says, else as its texts are; English at last."""
    plain = as_written(survey)
    if plain.language:
        return language_of(plain.language)
    return language_in(texts_of(plain).values()) or language_of(None)


def subject(view: View) -> str:
    """Returns who is spoken of: everyone who answered, who took part, or only a selection."""
    who = people(view.survey)
    if view.request.where or view.request.since or view.request.until:
        return spoken("{people} in this selection", people=who)
    if view.request.base == "all":
        return spoken("{people} who took part", people=who)
    return spoken("{people} who answered", people=who)


def answers_of(question: Question) -> tuple[str, ...]:
    """Returns the labels of all answers and sums of answers to a question: what each must be told apart from."""
    return (*(choice.label for choice in question.choices), *(net.label for net in question.nets))


def short_name(label: str, among: Collection[str] = ()) -> str:
    """Returns a label cut to LONGEST_LABEL, so that it is unlike every other one `among` which it stands.

    Example:
        >>> long = "Some experts say that drinking milk every day is good, but the data {} thin"
        >>> short_name(long.format("is"), [long.format("is"), long.format("are")])
        '…day is good, but the data is thin'
    """
    if columns(label) <= LONGEST_LABEL or label not in among:
        return shortened(label, LONGEST_LABEL)
    known = list(among)
    return shortened_apart(known, LONGEST_LABEL)[known.index(label)]


def named(label: str, among: Collection[str] = ()) -> str:
    """Returns a choice's label as it stands in a sentence: in quotation marks where it could be taken for part of it.

    Args:
        among: the labels of all answers to its question, which a cut must not make equal.

    Example:
        >>> named("No"), named("Neither agree nor disagree"), named("3")
        ('No', '“Neither agree nor disagree”', '“3”')
    """
    clean = short_name(label, among)
    apart = columns(clean) > SHORT_LABEL or clean[:1].isdigit() or any(sign in clean for sign in ",;:.")
    return spoken("“{label}”", label=isolated(clean)) if apart else isolated(clean)


def named_answer(label: str, question: Question) -> str:
    """Returns the label of an answer as `named` does, unlike that of any other answer to its question."""
    return named(label, answers_of(question))


def named_answers(labels: Sequence[str], question: Question) -> list[str]:
    """Returns several answers as `named_answer` does: all in quotation marks where one of them needs them.

    Example:
        >>> from analytics.model import Choice
        >>> asked = Question("a", "A", "scale", choices=(Choice("1", "Easy"), Choice("2", "Very much too easy to say")))
        >>> named_answers(["Very much too easy to say", "Easy"], asked)
        ['“Very much too easy to say”', '“Easy”']
    """
    found = [named_answer(one, question) for one in labels]
    bare = [isolated(short_name(one, answers_of(question))) for one in labels]
    if found == bare:
        return found
    return [spoken("“{label}”", label=told) if told == one else told for told, one in zip(found, bare, strict=True)]


def question_label(survey: Survey, question: Question) -> str:
    """Returns how a question is named in a list: of those asked together what it adds comes first.

    Example:
        >>> from analytics.model import Choice
        >>> films = [
        ...     Question(key, f"How do you rate these films? {key}", "single", choices=(Choice("1", "1"),))
        ...     for key in ("Jaws", "Alien")
        ... ]
        >>> question_label(Survey("films", "Films", "UTC", tuple(films)), films[0])
        'Jaws · How do you rate these films?'
    """
    return question_labels(survey).get(question.key, question.text)


def question_labels(survey: Survey) -> dict[str, str]:
    """Returns how every question of a survey is named in a list, by its key."""
    found = {question.key: question.text for question in survey.questions}
    for battery in batteries(survey):
        pairs = zip(battery.questions, battery.items, strict=True)
        found |= {question.key: f"{item} · {battery.stem}" for question, item in pairs}
    return found


def scale_words(question: Question, style: Notation) -> str:
    """Returns between which numbers a mean lies and which end is high, as it goes on in a sentence.

    Where neither the answers nor the wording say what a number stands for, only the numbers are named.

    Example:
        >>> from analytics.language.notation import PLAIN
        >>> from analytics.model import Choice
        >>> steps = tuple(Choice(str(n), str(n), n) for n in (1, 2, 3))
        >>> scale_words(Question("q", "Rank it, 1 being the best", "scale", choices=steps), PLAIN)
        'on a scale from 1 to 3, where 1 is the best'
    """
    ends = score_ends(question)
    if ends is None:
        return ""
    low, high = _score(ends.low, style), _score(ends.high, style)
    if ends.named is not None:
        told = {"low": low, "high": high, "end": _score(ends.named, style), "answer": named(ends.label)}
        return spoken("on a scale from {low} to {high}, where {end} is {answer}", **told)
    if lowest_is_best(question):
        return spoken("on a scale from {low} to {high}, where {low} is the best", low=low, high=high)
    return spoken("on a scale from {low} to {high}", low=low, high=high)


def written(scored: tuple[float, float] | None, share: float, style: Notation) -> str:
    """Returns a share in words; a mean, where shares are parts of the way between two scores.

    Example:
        >>> from analytics.language.notation import PLAIN
        >>> written((0, 10), 0.56, PLAIN), written(None, 0.56, PLAIN)
        ('5.6', '56%')
    """
    if scored is None:
        return percent(share, style)
    low, high = scored
    return decimal_words(low + share * (high - low), 1, style)


def means_apart(low: float, high: float, style: Notation) -> tuple[str, str]:
    """Returns two means in words, with so many places that they are not the same.

    Example:
        >>> from analytics.language.notation import PLAIN
        >>> means_apart(5.32, 5.9, PLAIN), means_apart(5.32, 5.34, PLAIN)
        (('5.3', '5.9'), ('5.32', '5.34'))
    """
    told = decimal_words(low, 1, style), decimal_words(high, 1, style)
    return told if told[0] != told[1] else (decimal_words(low, 2, style), decimal_words(high, 2, style))


def _score(score: float, style: Notation) -> str:
    return decimal_words(score, 0 if score == int(score) else 1, style)


def named_group(label: str, among: Collection[str] = ()) -> str:
    """Returns a group's label as it stands in a sentence.

    Args:
        among: the labels of all groups beside it, which a cut must not make equal.

    Example:
        >>> named_group("Women, 18–29")
        'Women, 18–29'
    """
    return isolated(short_name(label, among))


def key_label(survey: Survey, key: str) -> str:
    """Returns how a dimension, or a question that stands for one, is named."""
    dimension, question = survey.dimension(key), survey.question(key)
    if dimension is not None:
        return dimension.label
    return question.text if question is not None else key


def level_label(survey: Survey, key: str, value: str) -> str:
    """Returns how a level is named, with a dash between the numbers of a band."""
    dimension, question = survey.dimension(key), survey.question(key)
    if value == NO_ANSWER:
        return spoken("No answer")
    if dimension is not None:
        return dimension.level_name(value)
    choice = question.choice(value) if question is not None else None
    return value if choice is None else choice.label


def level_labels(survey: Survey, key: str) -> list[str]:
    """Returns how all levels of a dimension, or of a question that stands for one, are named."""
    dimension, question = survey.dimension(key), survey.question(key)
    levels = dimension.levels if dimension is not None else question.choices if question is not None else ()
    return [level_label(survey, key, level.value) for level in levels]


def wave_words(label: str) -> str:
    """Returns what a wave of that label is called in a sentence; "Wave 2" needs no word beside it.

    Example:
        >>> wave_words("2"), wave_words("Second wave")
        ('wave 2', 'Second wave')
    """
    own = (spoken("wave"), "wave")
    return label if any(word.lower() in label.lower() for word in own) else spoken("wave {label}", label=label)


def group_named(view: View, levels: Sequence[str]) -> str:
    """Returns how a group is named in a sentence, each of its levels so that it is unlike the others."""
    labels = [level_named(view.survey, key, value) for key, value in zip(view.by, levels, strict=True)]
    return ", ".join(labels) or spoken("All")


def level_named(survey: Survey, key: str, value: str) -> str:
    """Returns how a level is named in a sentence, unlike the others: one that is a word of the file's own in quotation
    marks, since nobody knows whether it names one or many.

    Example:
        >>> from analytics.model import Dimension, Level
        >>> kept = Survey("a", "A", "UTC", (), (Dimension("sex", "Sex", "sex", (Level("m", "Man"),)),))
        >>> level_named(kept, "sex", "m")
        '“Man”'
    """
    dimension = survey.dimension(key)
    label = named_group(level_in_sentence(survey, key, value), level_labels(survey, key))
    plain = value == NO_ANSWER or key == "wave" or label[:1].isdigit() or (dimension is not None and dimension.bands)
    return label if plain else spoken("“{label}”", label=label)


def level_in_sentence(survey: Survey, key: str, value: str) -> str:
    """Returns how a level is named in a sentence: a wave by more than its number."""
    label = level_label(survey, key, value)
    return wave_words(label) if key == "wave" and value != NO_ANSWER else label


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


def pooled_words(view: View) -> str:
    """Returns which waves a view takes together; empty where it keeps them apart, or a filter names them."""
    waves = view.survey.dimension("wave")
    filtered = any(key == "wave" for key, _ in view.request.where)
    if waves is None or len(waves.levels) < 2 or view.every == "wave" or "wave" in view.by or filtered:
        return ""
    ends = [plain_text(level_label(view.survey, "wave", level.value)) for level in (waves.levels[0], waves.levels[-1])]
    return spoken("waves {first} to {last} together", first=ends[0], last=ends[1])


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
