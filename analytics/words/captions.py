"""Captions: the disclosure under a figure, in words. What is known is said; nothing is promised about anybody else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from analytics.estimates.views.rows import THIN_BASE, EstimateRow, groups, is_sum, shares
from analytics.estimates.views.view import View
from analytics.language.dates import clock_words, day_words, span_words
from analytics.language.notation import Notation
from analytics.language.numbers import (
    count_words,
    decimal_words,
    percent,
    points,
    rounded_percent,
    signed_points,
    whole_points,
)
from analytics.language.said import listed, noted, quoted, spoken, spoken_of
from analytics.language.text import plain_text
from analytics.model import Standing, Target
from analytics.model.access import LEAST_FOR_VIEWERS
from analytics.model.sampling import chose_to_answer, drawn_by_chance, recruitment
from analytics.model.scales import is_told_by_mean
from analytics.model.surveys import Sample
from analytics.statistics.presentation import WIDE
from analytics.statistics.uncertainty import LEVEL
from analytics.words.crowds import crowd_notes, crowd_sentences
from analytics.words.names import (
    crossed_label,
    filter_words,
    first_capital,
    key_label,
    named_answer,
    people,
    pooled_words,
    scale_words,
    simulated_word,
)
from analytics.words.periods import period_words, stops_of, taken_together
from analytics.words.reasons import reserve_sentence

Drawn = Literal["bars", "lines", "dots", "stack", "heat", "grid"]
"""What a figure is drawn as."""
CaptionPlace = Literal["page", "frame", "chart", "file", "picture"]
"""Where a caption stands: under our own drawing, in an article's frame, under the native chart of a workbook or slide,
in a file of tables, on a picture that stands by itself."""

IN_TABLE = noted("Numbers are shares of each group in %; the table has the {level} uncertainty intervals.")
IN_NOTES = noted("Numbers are shares of each group in %; the notes have the {level} uncertainty intervals.")
INTERVALS: dict[Drawn, str] = {
    "bars": noted("Thin lines on the bars show {level} uncertainty intervals."),
    "lines": noted("Bands show {level} uncertainty intervals."),
    "dots": noted("Thin lines show {level} uncertainty intervals."),
    "stack": IN_TABLE,
    "heat": IN_TABLE,
    "grid": noted("A cell that is opened shows its {level} uncertainty interval."),
}
RESERVED: dict[Drawn, str] = {
    "bars": noted("Hollow bars"),
    "lines": noted("Hollow points"),
    "dots": noted("Hollow points"),
    "stack": noted("Hollow bars"),
    "heat": noted("Numbers in brackets"),
    "grid": noted("Numbers in brackets"),
}
SHORT: dict[Drawn, str] = {
    "stack": noted("Numbers are shares of each group in %."),
    "heat": noted("Numbers are shares of each group in %."),
    "grid": "",
}
"""What a picture says of intervals where it has no table beside it."""
ELSEWHERE: dict[tuple[Drawn, CaptionPlace], tuple[str, str]] = {
    ("lines", "chart"): (INTERVALS["dots"], RESERVED["lines"]),
    ("stack", "frame"): (IN_TABLE, RESERVED["stack"]),
    ("stack", "chart"): (IN_NOTES, RESERVED["stack"]),
    ("heat", "chart"): (IN_NOTES, RESERVED["heat"]),
    ("grid", "file"): (
        noted("Tables for spreadsheets and machines (XLSX, CSV, JSON) have the {level} uncertainty intervals."),
        RESERVED["grid"],
    ),
}
"""What is true of the same numbers where they are drawn otherwise: of intervals, and of numbers with reserve."""
ASKED = noted("{count} {people} who answered{when}"), noted("{count} {people} who took part{when}")
WHO: dict[Sample, tuple[str, str]] = {
    "self-selected": (
        noted("{count} {people} who chose to answer{when}"), noted("{count} {people} who chose to take part{when}"),
    ),
    "panel": (
        noted("{count} members of a panel who answered{when}"), noted("{count} members of a panel who took part{when}"),
    ),
}  # fmt: skip
"""Who answered, and who took part, by how they came to be asked; all others are ASKED."""
STANDINGS: dict[Standing, str] = {
    "first": noted("Where somebody answered again or changed an answer, the first answer counts."),
    "with screened": noted("Responses that a rule set aside count here too."),
}
NOT_OVER = {
    "hour": noted("{period} is not over yet: its point shows the answers so far."),
    "day": noted("{day} is not over yet: its point shows the answers so far."),
    "week": noted("The week of {day} is not over yet: its point shows the answers so far."),
    "month": noted("{period} is not over yet: its point shows the answers so far."),
}
MOST_LEFT_OUT = 6
"""So many answers or groups that are not drawn are named, the others counted."""
EVERY_UNIT = {
    "hour": noted("hours"),
    "day": noted("days"),
    "week": noted("weeks"),
    "month": noted("months"),
    "wave": noted("waves"),
}


@dataclass(frozen=True)
class Sentence:
    """A sentence of a caption; `elsewhere` says it otherwise for places where the figure is drawn otherwise."""

    words: str
    elsewhere: tuple[tuple[CaptionPlace, str], ...] = ()

    def at(self, place: CaptionPlace) -> str:
        """Returns the sentence as it is true there, as plain text."""
        return plain_text(dict(self.elsewhere).get(place, self.words))

    @property
    def under_method(self) -> Sentence:
        """The same, left out of pictures: it is said in their source line or in the method that lies in the file."""
        return Sentence(self.words, (*(one for one in self.elsewhere if one[0] != "picture"), ("picture", "")))


Caption = tuple[Sentence, ...]


def joined(caption: Caption, place: CaptionPlace = "page") -> str:
    """Returns the caption as one text, as it is true where it stands.

    Example:
        >>> joined((Sentence("Pale bars rest on few answers.", (("chart", "Hollow bars do."),)), Sentence("No more.")))
        'Pale bars rest on few answers. No more.'
    """
    return " ".join(words for words in (one.at(place) for one in caption) if words)


def brief(caption: Caption, place: CaptionPlace) -> str:
    """Returns what is needed to read the figure where it stands, as one text: the rest is said under its method.

    Example:
        >>> brief((Sentence("By hand.").under_method, Sentence("Bands.", (("chart", "Bars."),))), "chart")
        'Bars.'
    """
    kept = (one.at(place if place in dict(one.elsewhere) else "picture") for one in caption)
    return " ".join(words for words in kept if words)


def caption(
    view: View,
    rows: list[EstimateRow],
    drawn: Drawn,
    style: Notation,
    more: Iterable[str | Sentence] = (),
    weighting: Sentence | None = None,
) -> Caption:
    """Returns the disclosure of a figure: who, when, which of them, weights, uncertainty, gaps, limits.

    Args:
        weighting: how the answers are weighted, where the figure is not of this view alone.
    """
    made_up = spoken("{mark}: made-up answers, not those of real people.", mark=simulated_word())
    sentences = [
        Sentence(made_up if view.survey.simulated else "").under_method,
        Sentence(_base(view, style)).under_method,
        _filters(view),
        standing_sentence(view.request.standing),
        aside_sentence(view),
        *more,
        *_crowds(view, style),
        weighting or weighting_sentence(view, rows, style),
        _intervals(rows, drawn, style),
        _several(view),
        Sentence(_rounding(view, rows, drawn)).under_method,
        _trend(view, style) if view.every else "",
        unsettled_sentence(view),
        together_sentence(view, style),
        _reserve(view, rows, drawn, style),
        _not_shown(view, rows, drawn, style),
        Sentence(_left_out(view, style)).under_method,
        Sentence(_limits(view)).under_method,
    ]
    told = [Sentence(one) if isinstance(one, str) else one for one in sentences]
    return tuple(one for one in told if one.words)


def _crowds(view: View, style: Notation) -> list[Sentence]:
    """Returns what is said of each crowd that counts; where the figure leaves, without where its answers came from."""
    away: tuple[CaptionPlace, ...] = ("frame", "chart", "file", "picture")
    pairs = zip(crowd_sentences(view, style), crowd_notes(view, style), strict=True)
    return [Sentence(words, tuple((place, short) for place in away)) for words, short in pairs]


def caption_line(view: View, rows: list[EstimateRow], drawn: Drawn, style: Notation) -> Caption:
    """Returns what stands under a figure on a page: who, when and by what weighted, in one line.

    Behind it comes only what keeps a number from being misread; all else is said under the method.
    """
    weights = weighting_words(view).rstrip(".")
    after_comma = weights[:1].lower() + weights[1:]  # German has no capital there either
    pooled = pooled_words(view)
    after_comma = f"{pooled}, {after_comma}" if pooled else after_comma
    if len(view.storms) and (view.by or view.every):  # what a headline is with and without it, it says itself
        after_comma = spoken_of(len(view.storms), "{how}, crowd included", "{how}, crowds included", how=after_comma)
    told = {"answered": _answered(view, style), "weighting": after_comma}
    line = spoken("{answered}, {weighting}.", **told)
    needed = [
        standing_sentence(view.request.standing),
        aside_sentence(view),
        _several(view),
        _trend(view, style) if view.every else "",
        unsettled_sentence(view),
        together_sentence(view, style),
        _reserve(view, rows, drawn, style).at("picture"),
        _not_shown(view, rows, drawn, style).words,
        _short_of_whole(view, rows, drawn),
    ]
    return tuple(Sentence(one) for one in (line, *needed) if one)


def aside_sentence(view: View) -> str:
    """Returns how many responses an editor's rules set aside, as every figure says that is made meanwhile; else empty.

    Where they count in the figure it says that instead, and numbers of an edition keep it to themselves.
    """
    aside = sum(count for _, count in view.status.set_aside)
    if not aside or view.rounded or view.request.standing == "with screened":
        return ""
    return spoken_of(aside, "{count} response set aside by an editor.", "{count} responses set aside by an editor.")


def net_sentences(view: View, rows: list[EstimateRow], style: Notation) -> list[Sentence]:
    """Returns each net and mean that is shown, with its interval, a sentence each; pictures leave them out."""
    shown = (row for row in rows if row.statistic != "share" and row.value is not None)
    return [Sentence(_summary(view, row, style)).under_method for row in shown]


def source_line(views: Sequence[View], house: str, style: Notation, source: str = "") -> str:
    """Returns the last line of a picture: who publishes, how many answered and when; of several surveys each.

    Made-up answers are called so.

    Args:
        source: whose survey it is, where somebody wrote it; how many answered stands behind it all the same.
    """
    several = list(dict.fromkeys(_answered(view, style) for view in views))
    if len(several) > 2 and len({view.survey.key for view in views}) == 1:  # many questions of one survey
        most = max(views, key=lambda view: view.base_n)
        ends = (count_words(base, style) for base in (min(view.base_n for view in views), most.base_n))
        several = [_answered(most, style, "–".join(ends))]
    answered = "; ".join(several)
    if source:
        line = spoken("Source: {source}; {answered}", source=source_words(source), answered=answered)
    else:
        line = spoken("Source: {house}, {answered}", house=plain_text(house), answered=answered)
    return f"{simulated_word()}. {line}" if any(view.survey.simulated for view in views) else line


def left_out_sentence(names: Sequence[str]) -> str:
    """Returns which answers or groups of a figure are not drawn in it; empty where all are."""
    if not names:
        return ""
    told = [quoted(name) for name in names[:MOST_LEFT_OUT]]
    more = len(names) - len(told)
    if more:
        told.append(spoken("{count} more", count=more))
    return spoken("Not drawn here: {names}.", names=listed(told))


SOURCE_BEGINS = re.compile(r"\s*(?:sources?|quellen?)\s*:\s*", re.IGNORECASE)


def source_words(source: str) -> str:
    """Returns what somebody wrote as the source, without the word for it and a stop at its end.

    Example:
        >>> source_words("Source: Example Polls for the Courier, March 2024.")
        'Example Polls for the Courier, March 2024'
    """
    return SOURCE_BEGINS.sub("", plain_text(source)).rstrip(" .;,")


def answered_words(view: View, style: Notation) -> str:
    """Returns how many answered and when, such as "17,858 readers who chose to answer, 18–28 May 2025"."""
    return _answered(view, style)


def weighting_words(view: View) -> str:
    """Returns by what the answers are weighted, in a few words."""
    if view.weights == "none":
        return spoken("Not weighted.")
    if view.weights == "base":
        return spoken("Weighted by the survey's own weights") + "."
    keys = list(dict.fromkeys(key for target in view.survey.targets for key in target.dimensions))
    labels = [plain_text(key_label(view.survey, key)) for key in keys]
    return spoken("Weighted by {labels}.", labels=listed(labels)) if labels else spoken("Weighted.")


def weighting_sentence(view: View, rows: list[EstimateRow], style: Notation) -> Sentence:
    """Returns by what the answers are weighted and what that leaves of them; on a picture by what alone."""
    return Sentence(_weighting(view, rows, style), (("picture", weighting_words(view)),))


def unsettled_sentence(view: View) -> str:
    """Returns that who leads is still open; empty where nobody is ahead, or the lead holds however often one looks."""
    lead = view.lead
    if lead is None or lead.leads or lead.leader is None or lead.runner_up is None or is_told_by_mean(view.question):
        return ""  # which single step of a scale is ahead is no news where its mean is told
    ahead, behind = (named_answer(choice.label, view.question) for choice in (lead.leader, lead.runner_up))
    return spoken(
        "Answers still come in, and whether {ahead} is ahead of {behind} is not settled yet.",
        ahead=ahead,
        behind=behind,
    )


def events_sentence(events: Iterable[tuple[str, datetime]], style: Notation, *, numbered: bool = False) -> Sentence:
    """Returns what happened meanwhile, each with its time, with the numbers that stand for them in the figure if so."""
    told = "; ".join(
        f"{f'{number} ' if numbered else ''}{label} ({day_words(at.date(), style, with_year=False)}, {clock_words(at)})"
        for number, (label, at) in enumerate(events, 1)
    )
    if not told:
        return Sentence("")
    return Sentence(
        spoken("Dotted lines mark: {events}.", events=told),
        # in an article's frame the drawing says it by itself
        (("chart", spoken("What happened meanwhile: {events}.", events=told)), ("frame", "")),
    )


def together_sentence(view: View, style: Notation) -> str:
    """Returns that answers to a question that was not asked in the same way throughout are taken together."""
    changes = taken_together(view, style)
    if not changes:
        return ""
    return spoken("Mind: {changes}. Here all answers are taken together.", changes="; ".join(changes))


def fieldwork_words(view: View, style: Notation) -> str:
    """Returns the days of the answers in words, by the survey's own clock; empty where no answer has a time."""
    days = _days(view)
    return f"{span_words(*days, style)} ({view.survey.time_zone})" if days else ""


def standing_sentence(standing: Standing) -> str:
    """Returns that other responses count than those in good standing; empty where those do."""
    return spoken(STANDINGS[standing]) if standing in STANDINGS else ""


def level_words(style: Notation) -> str:
    """Returns how likely an uncertainty interval is to hold, in words."""
    return percent(LEVEL, style)


def _answered(view: View, style: Notation, count: str = "") -> str:
    """Returns how many answered and when, as it stands in a source line."""
    days = _days(view)
    when = f", {span_words(*days, style)}" if days else ""
    count = count or count_words(view.base_n, style)
    return _who(view, count, when)


def _who(view: View, count: str, when: str) -> str:
    """Returns how many of whom answered: that they chose to is said of readers who came by themselves alone."""
    came, everyone = recruitment(view.survey), view.request.base == "all"
    words = WHO.get(came, ASKED)[everyone]
    return spoken(words, count=count, people=people(view.survey, view.base_n), when=when)


def questions_line(questions: Sequence[str]) -> str:
    """Returns the questions that a table is of, for the line below its title: of many their number."""
    if len(questions) > MOST_NAMED:
        return spoken_of(len(questions), "{count} question", "{count} questions")
    return "; ".join(map(plain_text, questions))


MOST_NAMED = 3
"""So many questions stand below a title in their wording."""


def _base(view: View, style: Notation) -> str:
    when = fieldwork_words(view, style)
    return f"{_who(view, count_words(view.base_n, style), f', {when}' if when else '')}."


def _filters(view: View) -> str:
    words = filter_words(view)
    return spoken("Only {words}.", words=words) if words else ""


def _weighting(view: View, rows: list[EstimateRow], style: Notation) -> str:
    if view.weights == "none":
        return spoken("Not weighted.")
    how = spoken("Weighted by the survey's own weights") if view.weights == "base" else _targets(view, style)
    bases = [row.effective_n for row in rows if row.effective_n is not None]
    if not bases:
        return f"{how}."
    low, high = (count_words(base, style) for base in (min(bases), max(bases)))
    if low == high:
        return spoken("{how}; effective base {low}.", how=how, low=low)
    return spoken("{how}; effective bases {low} to {high}.", how=how, low=low, high=high)


def _targets(view: View, style: Notation) -> str:
    verb = spoken("Raked") if view.survey.weighting.method == "rake" else spoken("Post-stratified")
    named = [_target(view, target) for target in view.survey.targets]
    trim = view.survey.weighting.trim
    ends = [decimal_words(end, 1, style) for end in trim or ()]
    mean, start = spoken("their mean"), ""
    if view.survey.columns.weight is not None:
        mean, start = spoken("the survey's own"), spoken(", starting from the survey's own weights")
    trimmed = ""
    if ends:
        told = {"low": ends[0], "high": ends[1], "mean": mean}
        trimmed = spoken(", weights kept between {low} and {high} times {mean}", **told)
    if not named:
        return f"{verb}{start}{trimmed}"
    to = spoken("{verb} to {targets}", verb=verb, targets=listed(named))
    return f"{to}{start}{trimmed}"


def _target(view: View, target: Target) -> str:
    return f"{crossed_label(view.survey, target.dimensions)} ({target.source}, {target.year})"


def _intervals(rows: list[EstimateRow], drawn: Drawn, style: Notation) -> Sentence:
    if all(row.suppressed for row in rows):
        return Sentence("")
    level = level_words(style)
    elsewhere = [(at, spoken(words, level=level)) for (of, at), (words, _) in ELSEWHERE.items() if of == drawn]
    if drawn in SHORT:
        elsewhere.append(("picture", spoken(SHORT[drawn])))
    return Sentence(spoken(INTERVALS[drawn], level=level), tuple(elsewhere))


def _reserve(view: View, rows: list[EstimateRow], drawn: Drawn, style: Notation) -> Sentence:
    def said(what: str) -> str:
        return reserve_sentence(rows, spoken(what), style, weighted=view.weights != "none")

    words = said(RESERVED[drawn])
    short = spoken("{what} are to be read with reserve.", what=spoken(RESERVED[drawn])) if words else ""
    elsewhere = [(at, said(what)) for (of, at), (_, what) in ELSEWHERE.items() if of == drawn]
    return Sentence(words, (*elsewhere, ("picture", short)))


def _several(view: View) -> str:
    if view.question.kind != "multiple":
        return ""
    who = first_capital(people(view.survey))
    return spoken("{people} could choose several answers, so shares add up to more than 100.", people=who)


def _rounding(view: View, rows: list[EstimateRow], drawn: Drawn) -> str:
    if view.question.kind == "multiple" or drawn in ("lines", "dots"):
        return ""
    wholes = (sum(int(rounded_percent(row.value or 0.0)) for row in group) for group in _complete(rows).values())
    if any(whole != 100 for whole in wholes):
        return spoken("Rounded shares may not add up to 100.")
    return ""


def _short_of_whole(view: View, rows: list[EstimateRow], drawn: Drawn) -> str:
    """Why bars of an edition end short of 100 or beyond it, though every answer is shown: their shares are rounded."""
    if not view.rounded or drawn != "stack" or not _rounding(view, rows, drawn):
        return ""
    return spoken("Shares are in whole points, so a bar may end just short of 100 or beyond it.")


def _complete(rows: list[EstimateRow]) -> dict[tuple[str, ...], list[EstimateRow]]:
    return {levels: group for levels, group in groups(shares(rows)).items() if not any(row.suppressed for row in group)}


def _trend(view: View, style: Notation) -> str:
    every = view.every or "day"
    sentences = []
    if view.window > 1:
        unit = spoken(EVERY_UNIT[every])
        sentences.append(spoken("Each point covers the {count} {unit} to date.", count=view.window, unit=unit))
    running = [stop for stop in stops_of(list(view.running), every) if stop.period is not None]
    if running:
        words = listed([period_words(stop, every, view.survey, style) for stop in running])
        several = noted("{periods} are not over yet: their points show the answers so far.")
        if len(running) > 1 or running[0].start is None:
            sentences.append(spoken(several, periods=first_capital(words)))
        else:
            day = day_words(running[0].start.date(), style, with_year=False)
            sentences.append(spoken(NOT_OVER[every], day=day, period=first_capital(words)))
    return " ".join(sentences)


def _not_shown(view: View, rows: list[EstimateRow], drawn: Drawn, style: Notation) -> Sentence:
    """What stands where a number is not shown: of a bar that has others, a hatched part; in other drawings a dash."""
    dash = spoken("A dash ({dash}) stands", dash=style.dash)
    usual = _suppressed(view, rows, style, spoken("A line breaks") if view.every else dash)
    if drawn != "stack":
        return Sentence(usual)
    parts = {row.levels for row in rows if row.statistic == "share" and row.suppressed}
    shown = {row.levels for row in rows if row.statistic == "share" and not row.suppressed}
    if not parts & shown:
        return Sentence(usual)
    both = spoken("A hatched part or a dash ({dash}) stands", dash=style.dash)
    what = both if parts - shown else spoken("A hatched part stands")
    places: tuple[CaptionPlace, ...] = ("frame", "chart", "file")
    return Sentence(_suppressed(view, rows, style, what), tuple((place, usual) for place in places))


def _suppressed(view: View, rows: list[EstimateRow], style: Notation, what: str) -> str:
    if not any(row.suppressed for row in rows):
        return ""
    if all(row.suppressed for row in rows) and not view.base_n:
        return ""
    kinds = {row.reason.kind for row in rows if row.reason is not None}
    wide = spoken(
        "{what} where the uncertainty interval of a share spans {points} points or more.",
        what=what, points=count_words(round(100 * WIDE), style),
    )  # fmt: skip
    kept_back = spoken(
        "{what} where a number is hidden: it is of fewer than {count} readers, or could tell of fewer.",
        what=what, count=count_words(LEAST_FOR_VIEWERS, style),
    )  # fmt: skip
    if kinds <= {"wide", "edition"}:
        return " ".join([kept_back] * ("edition" in kinds) + [wide] * ("wide" in kinds))
    light = "light" in kinds
    least = count_words(min(view.min_base, THIN_BASE), style)
    or_light = spoken(", or weights leave them worth fewer than {least}", least=least) if light else ""
    told = {"what": what, "count": count_words(view.min_base, style), "or_light": or_light}
    kept = f" {kept_back}" if "edition" in kinds else ""
    if "wide" in kinds:
        points_wide = count_words(round(100 * WIDE), style)
        both = spoken(
            "{what} where fewer than {count} answered{or_light}, or where the uncertainty interval of a share spans "
            "{points} points or more.", points=points_wide, **told,
        )  # fmt: skip
        return both + kept
    few = spoken("{what} where fewer than {count} answered{or_light}, which is too few to show.", **told)
    return few + kept


def _left_out(view: View, style: Notation) -> str:
    parts = []
    if view.undated:
        parts.append(spoken("{count} left out because they have no time stamp", count=count_words(view.undated, style)))
    if view.status.screened and view.request.standing != "with screened":
        parts.append(spoken("{count} set aside in the whole survey", count=count_words(view.status.screened, style)))
    if view.status.unverified:
        count = count_words(view.status.unverified, style)
        parts.append(spoken("{count} waiting to be checked in the whole survey", count=count))
    if view.status.quarantined:
        count = count_words(view.status.quarantined, style)
        parts.append(spoken("{count} kept aside because they could not be understood", count=count))
    return spoken("Responses not counted: {parts}.", parts="; ".join(parts)) if parts else ""


def _limits(view: View) -> str:
    if drawn_by_chance(view.survey):
        return spoken("A probability sample: the intervals allow for chance in drawing it, not for other errors.")
    if chose_to_answer(view.survey):
        return spoken("Readers chose to take part, so this says nothing certain about others.")
    return spoken("Those who answered were not drawn by chance, so this says nothing certain about others.")


def _days(view: View) -> tuple[date, date] | None:
    zone = ZoneInfo(view.survey.time_zone)
    first = _later(view.status.first_at, view.request.since)
    until = view.request.until
    last = _earlier(view.status.last_at, until - timedelta(seconds=1) if until else None)
    if first is None or last is None or first > last:
        first, last = view.request.since, until - timedelta(seconds=1) if until else None
    if first is None or last is None:
        return None
    return first.astimezone(zone).date(), last.astimezone(zone).date()


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment is not None), default=None)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)


def _summary(view: View, row: EstimateRow, style: Notation) -> str:
    if is_sum(view, row):
        ends = [whole_points(end, style) for end in (row.low, row.high) if end is not None]
        return f"{row.label}: {percent(row.value or 0.0, style)}{_ends(ends)}."
    if row.statistic == "net":
        ends = [signed_points(end, style) for end in (row.low, row.high) if end is not None]
        return f"{row.label}: {points(row.value or 0.0, style)}{_ends(ends)}."
    ends = [decimal_words(end, 2, style) for end in (row.low, row.high) if end is not None]
    mean = decimal_words(row.value or 0.0, 2, style)
    scale = scale_words(view.question, style)
    if not scale:
        return spoken("Mean score {mean}{ends}.", mean=mean, ends=_ends(ends))
    return spoken("Mean score {mean}{ends}, {scale}.", mean=mean, ends=_ends(ends), scale=scale)


def _ends(ends: list[str]) -> str:
    return spoken(" ({low} to {high})", low=ends[0], high=ends[1]) if len(ends) == 2 else ""
