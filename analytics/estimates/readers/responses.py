"""Single responses as rows of a table: when, the groups they belong to, what they answered, whether they count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.comments.masking import masked
from analytics.errors import RequestError
from analytics.estimates.readers.comments import sites_of, text_questions
from analytics.language.said import noted, spoken
from analytics.model import NO_ANSWER, Question, ResponseStanding, Survey
from analytics.model.request import Request
from analytics.store.read.responses import Cursor, Details, Order

ListColumnKind = Literal["response", "responded_at", "level", "answer", "text", "weight", "standing", "consent"]
ListPage = Callable[[Cursor | None, int], tuple[list[int], Cursor | None]]
ROWS_AT_ONCE = 2_000
"""So many responses are in memory at a time, at most."""
CELLS_AT_ONCE = 200_000
"""So many cells are: of a survey of 2,000 questions fewer responses."""
HIDDEN = "comments_hidden"
"""The column of a file that says how many comments of each response are left out because somebody hid them."""
NOTHING_HIDDEN: Mapping[int, int] = {}
STANDINGS: dict[str, str] = {
    "counted": noted("Counted"), "screened": noted("Set aside by a rule"), "superseded": noted("Superseded"),
    "unverified": noted("Unverified"),
}  # fmt: skip
JOINED = "; "
"""What stands between the choices of a multiple question in one cell."""


@dataclass(frozen=True)
class ListColumn:
    """One column of the table: `key` is that of a dimension or question, `name` heads it in files, `label` on pages."""

    kind: ListColumnKind
    key: str
    name: str
    label: str


def response_columns(survey: Survey) -> tuple[ListColumn, ...]:
    """Returns the columns of the survey's responses in their order, no two of the same name or label."""
    columns: list[tuple[ListColumnKind, str, str, str]] = [("responded_at", "", "responded_at", spoken("Time"))]
    columns += [("level", dimension.key, dimension.key, dimension.label) for dimension in survey.dimensions]
    columns += [("answer", one.key, one.key, one.text) for one in survey.questions if one.kind != "text"]
    columns += [
        ("text", key, key or "comment", name if key else spoken("Comment"))
        for key, name in text_questions(survey).items()
    ]
    columns += [("weight", "", "weight", spoken("Weight"))] if survey.columns.weight else []
    columns += [("consent", "", "consent", spoken("Consent"))] if survey.columns.consent else []
    columns += [("standing", "", "standing", spoken("Standing")), ("response", "", "response", spoken("Response"))]
    names, labels = _apart([column[2] for column in columns]), _apart([column[3] for column in columns])
    pairs = zip(columns, names, labels, strict=True)
    return tuple(ListColumn(kind, key, name, label) for (kind, key, *_), name, label in pairs)


def response_rows(survey: Survey, details: Details, *, labelled: bool) -> pd.DataFrame:
    """Returns the responses as rows, contact data in their texts masked.

    Args:
        labelled: whether headers and cells are the labels that people read, or the keys and values of the file.
    """
    answers, texts = _by_question(details, details.answers, "value"), _by_question(details, details.texts, "text")
    questions = {question.key: question for question in survey.questions}
    rows: dict[str, pd.Series | list[str | None]] = {}
    blank: list[list[str]] = [[] for _ in details.responses.index]
    known = sites_of(survey)
    for column in response_columns(survey):
        name = column.label if labelled else column.name
        if column.kind == "answer":
            rows[name] = _joined(answers.get(column.key, blank), questions[column.key], labelled)
        elif column.kind == "text":
            rows[name] = [masked(given[0], known) if given else None for given in texts.get(column.key, blank)]
        else:
            rows[name] = _cells(survey, details, column, labelled)
    return pd.DataFrame(rows, index=details.responses.index)


@dataclass(frozen=True)
class ResponseCount:
    """How many responses fit: exactly `count`, or more than that where not all were counted."""

    count: int
    more: bool = False


def count_of_groups(
    request: Request,
    survey: Survey,
    levels: pd.DataFrame,
    sizes: Mapping[int, int],
    *,
    standings: tuple[ResponseStanding, ...] = ("counted",),
    search: str = "",
) -> int | None:
    """Returns how many responses are meant, added up from groups; None where more is asked for than groups.

    Args:
        request: its `where`, `since` and `until` say which responses are meant, with `standings` and `search`.
        levels: the levels of each profile by its number.
        sizes: how many counted respondents each profile has, by its number.

    Example:
        >>> from analytics.model import Dimension
        >>> survey = Survey("river", "River", "Europe/Paris", (), (Dimension("age", "Age", "age"),))
        >>> levels, sizes = pd.DataFrame({"age": ["18-29", None]}, index=[1, 2]), {1: 30, 2: 4}
        >>> count_of_groups(Request(where=(("age", (NO_ANSWER,)),)), survey, levels, sizes)
        4
    """
    groups_only = all(survey.dimension(key) for key, _ in request.where)
    if not groups_only or search or request.since or request.until or standings != ("counted",):
        return None
    fits = pd.Series(True, index=levels.index)
    for key, values in request.where:
        fits &= levels[key].fillna(NO_ANSWER).isin(values)
    return sum(sizes.get(number, 0) for number in levels.index[fits].tolist())


def row_stretches(
    survey: Survey,
    listed: ListPage,
    detailed: Callable[[list[int]], Details],
    most: int | None = None,
    *,
    hidden: Mapping[int, int] = NOTHING_HIDDEN,
) -> Iterator[pd.DataFrame]:
    """Gives the rows of the responses with the file's keys and values, so many at a time that memory stays small.

    Args:
        listed: gives the next responses, at most so many, and where to go on.
        detailed: gives what these responses say.
        most: no more rows than that.
        hidden: by the number of a response how many of its comments somebody hid. Where anything is, each row says it.
    """
    after, left = None, most
    at_once = min(ROWS_AT_ONCE, 1 + CELLS_AT_ONCE // len(response_columns(survey)))
    while left is None or left > 0:
        numbers, after = listed(after, at_once if left is None else min(at_once, left))
        rows = response_rows(survey, detailed(numbers), labelled=False)
        if hidden:
            rows[_apart([*rows.columns, HIDDEN])[-1]] = [hidden.get(number, 0) for number in numbers]
        yield rows
        left = None if left is None else left - len(numbers)
        if after is None:
            return


def order_of(survey: Survey, sort: str | None) -> Order:
    """Returns the order that a word names: "newest", "oldest", or the key of a dimension or question, "-" for falling.

    Raises:
        RequestError: responses cannot be sorted by that.
    """
    if sort in (None, "", "newest", "oldest"):
        return Order(falling=sort != "oldest")
    key = sort.removeprefix("-") if sort else ""
    question = survey.question(key)
    if survey.dimension(key) is None and (question is None or question.kind in ("multiple", "text")):
        known = ["newest", "oldest", *sortable(survey)]
        raise RequestError(
            spoken("responses cannot be sorted by '{key}', expected one of: {known}", key=key, known=", ".join(known))
        )
    return Order(key, falling=bool(sort and sort.startswith("-")))


def sortable(survey: Survey) -> Mapping[str, str]:
    """Returns the dimensions and questions to sort by, with their labels: those of which a response has but one."""
    dimensions = {dimension.key: dimension.label for dimension in survey.dimensions}
    single = {q.key: q.text for q in survey.questions if q.kind in ("single", "scale") and q.choices}
    return dimensions | single


def _cells(survey: Survey, details: Details, column: ListColumn, labelled: bool) -> pd.Series:
    responses = details.responses
    if column.kind == "responded_at":
        local = responses["responded_at"].dt.tz_convert(ZoneInfo(survey.time_zone))
        return local if labelled else local.map(lambda at: None if pd.isna(at) else at.isoformat())
    if column.kind == "level":
        dimension = survey.dimension(column.key)
        names = (
            {level.value: dimension.level_name(level.value) for level in dimension.levels}
            if dimension and labelled
            else {}
        )
        unknown = spoken(NO_ANSWER) if labelled else NO_ANSWER
        return details.levels[column.key].map(lambda value: unknown if pd.isna(value) else names.get(value, value))
    if column.kind == "standing":
        if labelled:
            named = responses["standing"].map(lambda standing: spoken(STANDINGS[standing]))
        else:
            named = responses["standing"]
        ruled = responses["rule"].map(lambda rule: f": {rule}" if isinstance(rule, str) and rule else "")
        return named + ruled
    if column.kind == "response":
        return responses["key"].map(lambda key: key.partition(":")[2])
    return responses[column.kind]


def _by_question(details: Details, given: pd.DataFrame, what: str) -> dict[str, list[list[str]]]:
    """Returns by question what each of the responses said, in one pass: surveys have up to thousands of questions."""
    place = {number: at for at, number in enumerate(details.responses.index.tolist())}
    found: dict[str, list[list[str]]] = {}
    for key, number, words in zip(given["question"], given["response_no"].tolist(), given[what], strict=True):
        if key not in found:
            found[key] = [[] for _ in place]
        found[key][place[number]].append(words)
    return found


def _joined(given: list[list[str]], question: Question, labelled: bool) -> list[str | None]:
    """Returns the choices of each response in the order of the question, in one cell."""
    names = {choice.value: choice.label for choice in question.choices} if labelled else {}
    order = {choice.value: place for place, choice in enumerate(question.choices)}
    return [
        JOINED.join(names.get(value, value) for value in sorted(values, key=lambda one: order.get(one, len(order))))
        if values
        else None
        for values in given
    ]


def _apart(names: list[str]) -> list[str]:
    """Returns the names, each that stood before already with a mark after it, which is numbered from the third on.

    Example:
        >>> _apart(["Why?", "Why?", "Why?", "Why?~"])
        ['Why?', 'Why?~', 'Why?~2', 'Why?~~']
    """
    found: dict[str, int] = {}  # each name with how often it has stood before: the search goes on where it ended
    for name in names:
        apart = name
        while apart in found:
            found[name] += 1
            apart = f"{name}~{found[name] if found[name] > 1 else ''}"
        found[apart] = 0
    return list(found)
