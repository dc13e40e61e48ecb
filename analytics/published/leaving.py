"""Enters a figure into the register at the moment it leaves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from analytics.exports.export import Export, Vouch
from analytics.exports.names import fingerprint
from analytics.exports.report import Report
from analytics.kinds.kind import Made
from analytics.language.said import spoken_of
from analytics.language.text import plain_text
from analytics.model import Survey
from analytics.model.finish import AS_USUAL, Finish, finish_in
from analytics.model.labels import AS_WRITTEN, as_written, labels_in, texts_of
from analytics.store.people.looks import note_look
from analytics.store.place.connections import Store
from analytics.store.tables.figures import Leaving, Left, Registered, read_figure, register_figure

FINISH = "finish"
LEFT_FROM, LEFT_BY = "from", "by"
"""Under which names the register keeps the finish of a figure, and where and by whom each of its files was made."""
TITLES, VOUCHES = "titles", "vouches"
"""Under which names it keeps the title of each file, and who answers for which of its words."""
TEXTS, LOOKS, LOOK_OF = "texts", "looks", "look of"
"""Under which names it keeps the survey's texts that the figure is made of, each way it left to look, and which of
them each file has."""
SHARED = (LEFT_FROM, LEFT_BY, TITLES, VOUCHES, LOOKS, LOOK_OF)
"""What it keeps of a figure by its files, whatever each of them looks like."""
ASIDE = "aside"
"""Under which name it keeps how many responses were set aside when the figure left."""
LOOK_LETTERS = 12


def leaving_of(export: Export | Report) -> Leaving:
    """Returns what the register keeps of a figure or a report: how to make it again, and what it showed."""
    drawn = _of_report(export) if isinstance(export, Report) else _of_figure(export)
    made = export.made
    revision, inside = made.views[0].status.revision, export.inside if isinstance(export, Report) else ()
    return Leaving(made.survey.key, export.figure_id, export.address, revision, drawn, list(made.rows), inside=inside)


def _of_figure(export: Export) -> dict[str, Any]:
    figure = export.figure
    chosen = {name: value for name, value in asdict(export.finish).items() if value != getattr(AS_USUAL, name)}
    return {
        "title": figure.title, "subtitle": figure.subtitle, "caption": figure.caption, "alt": figure.alt,
        "spec": figure.spec, TEXTS: _texts(export), ASIDE: aside_in(export.made),
    } | ({FINISH: chosen} if chosen else {})  # fmt: skip


def _texts(export: Export) -> dict[str, Any]:
    """Returns the texts of the survey that the figure is made of, by their place and by whose words they are.

    Those of its language are told apart from those that have no label there, for which the survey's own words stand.
    """
    views = export.made.views
    keys = {view.question.key for view in views}, {one for view in views for one in view.by}
    return {"language": export.style.language, **texts_told(export.survey, *keys)}


def texts_told(survey: Survey, questions: set[str], dimensions: set[str]) -> dict[str, dict[str, str]]:
    """Returns what is said of these questions and dimensions: the survey's own words, and labels of its language.

    Example:
        >>> from analytics.model import Question
        >>> texts_told(Survey("river", "The river", "UTC", (Question("move", "Move?", "text"),)), {"move"}, set())
        {'own': {'question/move/text': 'Move?'}, 'labels': {}}
    """
    translated, plain = set(labels_in(survey, AS_WRITTEN)), texts_of(as_written(survey))
    begins = (*(f"question/{one}/" for one in questions), *(f"dimension/{one}/" for one in dimensions))
    said = {place: plain_text(text) for place, text in texts_of(survey).items() if place.startswith(begins)}
    return {
        "own": {place: plain_text(plain[place]) for place in said if place not in translated and place in plain},
        "labels": {place: text for place, text in said.items() if place in translated},
    }


def _of_report(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "subtitle": spoken_of(report.figures, "{count} figure", "{count} figures"),
        "caption": report.caption,
        "alt": "",
        "spec": {},
        ASIDE: aside_in(report.made),
    }


def aside_in(made: Made) -> int | None:
    """Returns how many responses a rule had set aside in the surveys of the figure; None where they count in it."""
    if made.request.standing == "with screened":
        return None
    return sum({view.survey.key: view.status.screened for view in made.views}.values())


def looks_of(figure: Registered) -> list[Registered]:
    """Returns the figure once for each way it left to look, the last first, each with the files that look so.

    A figure that was finished in two languages, or twice, is one figure of one id: its numbers are the same.
    """
    looks, look_of = figure.drawn.get(LOOKS, {}), figure.drawn.get(LOOK_OF, {})
    shared = {name: figure.drawn[name] for name in SHARED if name in figure.drawn}
    found: dict[str, list[Left]] = {}
    for file in figure.files:
        found.setdefault(look_of.get(file.sha256, ""), []).append(file)
    named = [(name, files) for name, files in found.items() if name in looks]
    if not named:
        return [figure]
    apart = [replace(figure, drawn=looks[name] | shared, files=tuple(files)) for name, files in named]
    # files that left before looks were kept apart are shown with the figure as it left last
    return [replace(apart[0], files=apart[0].files + tuple(found.get("", ()))), *apart[1:]]


def look_named(figure: Registered, name: str) -> Registered:
    """Returns the figure in the look of that name, as it left last where there is none."""
    return next((one for one in looks_of(figure) if look_of(one.drawn) == name), figure)


def look_of_file(figure: Registered, sha256: str) -> Registered:
    """Returns the figure in the look that one of its files has, as it left last where that is not known."""
    return look_named(figure, figure.drawn.get(LOOK_OF, {}).get(sha256, ""))


def look_of(drawn: Mapping[str, Any]) -> str:
    """Returns the name of the look that a figure is drawn in: its words and its finish."""
    plain = [drawn.get(name) for name in ("title", "subtitle", "alt", FINISH)]
    return fingerprint(json.dumps(plain, sort_keys=True).encode())[:LOOK_LETTERS]


def finish_of(figure: Registered) -> Finish:
    """Returns how a registered figure was made to look."""
    return finish_in(figure.drawn.get(FINISH, {}))


def vouches_of(figure: Registered, sha256: str) -> list[Vouch]:
    """Returns who answers for which words of one file that a registered figure left in."""
    kept = figure.drawn.get(VOUCHES, {}).get(sha256, [])
    return [vouch_in(one) for one in kept]


def vouch_in(kept: Mapping[str, str]) -> Vouch:
    """Returns who answers for a text, as it was kept in plain values.

    Example:
        >>> vouch_in({"field": "title", "words": "The river", "by": "Ada", "at": "2025-06-01T12:00:00+00:00"}).by
        'Ada'
    """
    return Vouch(kept["field"], kept["words"], kept["by"], datetime.fromisoformat(kept["at"]))


def register_export(
    engine: Store, export: Export | Report, content: bytes, *, name: str, now: datetime, left_from: str = "",
    by: str = "",
) -> None:  # fmt: skip
    """Records that the figure or report left in a file of that name with these bytes.

    Args:
        by: who made the file, as far as that is known.

    Raises:
        RequestError: the store does not have the survey.
        StoreError: the store cannot be written.
    """
    leaving, sha256 = leaving_of(export), fingerprint(content)
    known = read_figure(engine, leaving.figure_id)
    told = {}
    vouches = [] if isinstance(export, Report) else [asdict(one) | {"at": one.at.isoformat()} for one in export.vouches]
    title = leaving.drawn["title"]
    look = look_of(leaving.drawn)
    of_file: list[tuple[str, Any]] = [
        (LEFT_FROM, left_from), (LEFT_BY, by), (TITLES, title), (VOUCHES, vouches), (LOOK_OF, look),
    ]  # fmt: skip
    for key, value in of_file:
        before = known.drawn.get(key, {}) if known else {}
        if value or before:
            told[key] = before | ({sha256: value} if value else {})
    looks = (known.drawn.get(LOOKS, {}) if known else {}) | {look: dict(leaving.drawn)}
    leaving = replace(leaving, drawn={**leaving.drawn, **told, LOOKS: looks})
    register_figure(engine, leaving, name=name, sha256=sha256, now=now)
    # Of what it is the register says: words of readers go from there, and never from a log whose lines stay.
    which = urlencode({"file": name, "figure": leaving.figure_id})
    note_look(engine, by, "exported", survey=leaving.survey, request=which, now=now)
