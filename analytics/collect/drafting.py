"""What an editor types, as a survey and how it is asked: a question, its answers, groups, a comment, dates, hosts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from analytics.collect.pasting import origins_of
from analytics.collect.variants import MOST_PLACEMENTS, MOST_WORDINGS, PLACEMENT, with_variants
from analytics.errors import RequestError
from analytics.language.catalogues import OURS, languages
from analytics.language.said import noted, said, spoken
from analytics.model import Article, Choice, Columns, Dimension, Fieldwork, Level, Question, Survey

GROUPS = {
    "age": (noted("Age"), (noted("Under 30"), noted("30 to 44"), noted("45 to 59"), noted("60 or older"))),
    "gender": (noted("Gender"), (noted("Women"), noted("Men"), noted("Another gender"))),
    "how": (noted("How often they read us"), (noted("Every day"), noted("Every week"), noted("Less often"))),
    "came": (
        noted("How they came here"),
        (
            noted("From our front page or app"), noted("From a search"), noted("From social media"),
            noted("From a newsletter"), noted("By a link somebody sent"),
        ),
    ),
}  # fmt: skip
"""What readers may be asked about themselves; each may be skipped."""
REGION, REGION_LABEL = "region", noted("Region")
UNSURE = noted("Unsure")
FEWEST_CHOICES, MOST_FURTHER = 2, 4
PLACE = "[a-z0-9-]{1,40}"
"""What a place is called where the form stands."""


@dataclass(frozen=True)
class DraftedSurvey:
    """A question under an article as an editor typed it; times are aware of their zone.

    `further` are more questions, each with its answers. `wordings` are others of the question, `placements` the names
    of the places where the form will stand, `regions` those that readers may be from. `sensitive` says that the
    question is about politics, religion, health, sexuality, origin or unions.
    """

    key: str
    title: str
    question: str
    choices: tuple[str, ...]
    time_zone: str
    further: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unsure: bool = True
    groups: tuple[str, ...] = ()
    comment: bool = False
    language: str = "en"
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    hosts: tuple[str, ...] = field(default=())
    purpose: str = ""
    notice_url: str = ""
    notice_version: str = ""
    sensitive: bool = False
    results: bool = True
    article: Article | None = None
    random_order: bool = False
    wordings: tuple[str, ...] = ()
    placements: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


def closing_question(article: Article | None) -> str:
    """The question that the article ends with, empty where it ends with none."""
    return "" if article is None else article.question or ""


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that say something, each once.

    Example:
        >>> lines("Yes\\n\\n No \\nYes")
        ('Yes', 'No')
    """
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def draft_of(survey: Survey, fieldwork: Fieldwork | None) -> DraftedSurvey:
    """An earlier survey as it would be typed, for another one of its kind.

    Its key, title, article, times and sensitivity are its own: whoever asks again types them anew.
    """
    settled = fieldwork or Fieldwork(language=survey.language or OURS)
    language = settled.language if settled.language in languages() else OURS
    unsure = said(language, UNSURE)
    listed = [one for one in survey.questions if one.choices][: MOST_FURTHER + 1]
    pairs = [(one.text, tuple(choice.label for choice in one.choices if choice.label != unsure)) for one in listed]
    first, further = (pairs[0], tuple(pairs[1:])) if pairs else (("", ()), ())
    places = survey.dimension(PLACEMENT) if PLACEMENT in settled.noted else None
    regions = survey.dimension(REGION)
    return DraftedSurvey(
        "", "", first[0], first[1], survey.time_zone, further,
        any(choice.label == unsure for one in listed[:1] for choice in one.choices),
        tuple(key for key in GROUPS if survey.dimension(key) is not None), bool(survey.columns.comment), language,
        None, None, settled.hosts, settled.purpose, settled.notice_url, settled.notice_version, False, settled.results,
        None, settled.random_order, settled.wordings,
        () if places is None else tuple(one.value for one in places.levels),
        () if regions is None else tuple(one.label for one in regions.levels),
    )  # fmt: skip


def drafted_like(draft: DraftedSurvey, earlier: DraftedSurvey) -> DraftedSurvey:
    """The draft, and what was not typed in it as it was in the earlier one.

    Example:
        >>> earlier = DraftedSurvey("", "", "Should it close?", ("Yes", "No"), "UTC", hosts=("https://paper.example",))
        >>> again = drafted_like(DraftedSurvey("b", "B", "", ("Now", "Never"), "UTC"), earlier)
        >>> again.question, again.choices, again.hosts
        ('Should it close?', ('Now', 'Never'), ('https://paper.example',))
    """
    untyped = DraftedSurvey("", "", "", (), "UTC")
    left = {one.name for one in fields(draft) if getattr(draft, one.name) == getattr(untyped, one.name)}
    filled = replace(draft, **{name: getattr(earlier, name) for name in left})
    return filled if filled.title else replace(filled, title=filled.question)


def typed_again(earlier: DraftedSurvey) -> dict[str, Any]:
    """What stands in the fields of a page for another survey of that kind, by their names."""
    found: dict[str, Any] = {
        "question": earlier.question, "choices": "\n".join(earlier.choices), "zone": earlier.time_zone,
        "further": len(earlier.further), "unsure": earlier.unsure, "groups": list(earlier.groups),
        "comment": earlier.comment, "language": earlier.language, "hosts": "\n".join(earlier.hosts),
        "purpose": earlier.purpose, "notice": earlier.notice_url, "version": earlier.notice_version,
        "results": earlier.results, "order": earlier.random_order, "wordings": "\n".join(earlier.wordings),
        "placements": "\n".join(earlier.placements), "regions": "\n".join(earlier.regions),
    }  # fmt: skip
    for at, (text, choices) in enumerate(earlier.further, 1):
        found |= {f"further {at}": text, f"choices {at}": "\n".join(choices)}
    return found


def drafted(draft: DraftedSurvey) -> tuple[Survey, Fieldwork]:
    """The survey and how it is asked.

    Raises:
        RequestError: something that was typed cannot be, or is missing; all of it is named.
    """
    return with_variants(drafted_survey(draft), drafted_fieldwork(draft), draft.placements)


def drafted_survey(draft: DraftedSurvey) -> Survey:
    """The survey that is asked, without what differs from reader to reader."""
    questions = [_question("answer", draft.question, draft.choices, draft)]
    questions += [
        _question(f"further-{at}", text, choices, draft) for at, (text, choices) in enumerate(draft.further, 1)
    ]
    return Survey(
        draft.key, draft.title, draft.time_zone, tuple(questions), tuple(_groups(draft)),
        Columns(comment="comment", consent="consent", consent_given=("yes",)) if draft.comment else Columns(),
        article=draft.article, language=draft.language,
        opens=draft.opens_at.date() if draft.opens_at else None,
        closes=draft.closes_at.date() if draft.closes_at else None,
    )  # fmt: skip


def drafted_fieldwork(draft: DraftedSurvey) -> Fieldwork:
    """How it is asked.

    Raises:
        RequestError: something that was typed cannot be, or is missing; all of it is named.
    """
    faults = list(_faults(draft))
    if faults:
        raise RequestError(" ".join(faults))
    return Fieldwork(
        origins_of(draft.hosts), draft.opens_at, draft.closes_at, draft.language, draft.purpose, draft.notice_url,
        draft.notice_version, draft.results, draft.random_order, draft.wordings,
    )  # fmt: skip


def _faults(draft: DraftedSurvey) -> Iterable[str]:
    if not draft.question.strip():
        yield spoken("The question is missing.")
    if not draft.title.strip():
        yield spoken("The title is missing.")
    elif not draft.key:
        yield spoken("The title has no Latin letter to make a key of: type another one.")
    asked = [(draft.question, draft.choices), *draft.further]
    if any(len(choices) < FEWEST_CHOICES for _, choices in asked):
        yield spoken("Each question needs two answers or more, one a line.")
    if draft.opens_at and draft.closes_at and draft.closes_at <= draft.opens_at:
        yield spoken("It closes before it opens.")
    if not _is_zone(draft.time_zone):
        yield spoken("There is no time zone '{zone}': type one such as Europe/Berlin.", zone=draft.time_zone[:40])
    if draft.notice_url and not draft.notice_url.startswith(("https://", "http://")):
        yield spoken("The privacy notice needs an address that begins with https://.")
    if len(draft.wordings) > MOST_WORDINGS or len(draft.placements) > MOST_PLACEMENTS:
        yield spoken(
            "At most {wordings} other wordings and {places} places can be told apart.",
            wordings=MOST_WORDINGS, places=MOST_PLACEMENTS,
        )  # fmt: skip
    if any(not re.fullmatch(PLACE, one) for one in draft.placements):
        yield spoken("A place is a word of small letters, digits and hyphens, such as “end” or “newsletter”.")
    if draft.sensitive and not (draft.purpose and draft.notice_url and draft.notice_version):
        yield spoken("A sensitive question needs its purpose, the privacy notice and the version of it.")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _question(key: str, text: str, choices: Sequence[str], draft: DraftedSurvey) -> Question:
    unsure = said(draft.language, UNSURE)
    labels = dict.fromkeys([*choices, *([unsure] if draft.unsure else [])])
    return Question(key, text.strip(), "single", key, tuple(Choice(one, one, None, (one,)) for one in labels))


def _groups(draft: DraftedSurvey) -> Iterable[Dimension]:
    for key in draft.groups:
        label, levels = GROUPS[key]
        words = [said(draft.language, one) for one in levels]
        yield Dimension(key, said(draft.language, label), key, tuple(Level(one, one, (one,)) for one in words))
    if draft.regions:
        levels_of_region = tuple(Level(one, one, (one,)) for one in draft.regions)
        yield Dimension(REGION, said(draft.language, REGION_LABEL), REGION, levels_of_region)
