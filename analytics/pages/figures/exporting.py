"""The figure's desk: how a figure is to look, as it will look, and the file or the place in the basket it leaves by."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.claims.reading import Finding
from analytics.door.ways import signs_in
from analytics.errors import RequestError, SurveyError
from analytics.exports.embed import FRAME_HIGH, frame_code
from analytics.exports.export import Export, Vouch, export_of
from analytics.exports.formats import FORMATS, draws, endings_of, file_of
from analytics.exports.names import bare_name, file_name
from analytics.figures.drawing.colours import WHITE, contrast
from analytics.figures.drawing.palette import hue_name
from analytics.figures.drawing.style import Style
from analytics.figures.paper.plotly_adapter import picture_config
from analytics.figures.paper.poster import estimated, poster
from analytics.figures.paper.press import browser_path, warm
from analytics.figures.trend import is_drawn_by_mean
from analytics.kinds.finishing import (
    coloured_values,
    fitting,
    house_colours,
    is_sortable,
    lines_of,
    main_colours,
    sorts_of,
    values_of,
    ways_of,
)
from analytics.kinds.kind import AS_VIEWERS, Made
from analytics.kinds.table import address_of, kind, make
from analytics.language.notation import own_name
from analytics.language.said import listed, noted, quoted, speaking, speech, spoken, spoken_of
from analytics.model import Survey
from analytics.model.access import may_export, may_mend
from analytics.model.finish import BY, Finish
from analytics.model.labels import in_language
from analytics.model.reasons import Reason
from analytics.pages.choices.address import page_file
from analytics.pages.choices.labels import fold_of_labels, other_languages
from analytics.pages.figures.download import is_in_basket, put_into_basket, show_download, show_receipt
from analytics.pages.figures.register import FIELDS
from analytics.pages.ground.chart import show_chart
from analytics.pages.ground.lost import fault_words
from analytics.pages.ground.parts import part
from analytics.pages.ground.pictures import picture_address
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import (
    ask,
    change,
    hidden_by_editions,
    house_style,
    known_name,
    once,
    person,
    remember_name,
    revisions,
    snapshot_at,
    told_of,
)
from analytics.published.few import few_told, named_few
from analytics.published.leaving import vouch_in
from analytics.store.tables.figures import FinishDraft, keep_draft, read_draft
from analytics.words.names import own_language

SIZE_WORDS = {
    "figure": noted("As on the page"), "landscape": "1200 × 675", "square": "1080 × 1080", "story": "1080 × 1920",
}  # fmt: skip
SCALE = 2
WAYS = {
    "": noted("Bars"), "heat": noted("Heat table"), "stacked": noted("One stacked bar"), "dots": noted("Dots"),
    "panels": noted("Small pictures"), "slopes": noted("Slopes"),
}  # fmt: skip
LINES = noted("Lines")
"""How the page names the ways in which a figure can be drawn."""
ORDERS = {
    "": noted("As asked"), "largest": noted("Largest share first"),
    "smallest": noted("Smallest share first"), "name": noted("By name"),
}  # fmt: skip
ORDERS_BY = {"largest": noted("By {answer}, largest first"), "smallest": noted("By {answer}, smallest first")}
"""How the page names the orders of groups by the share of one answer."""
LEFT_OUT = {
    "does not hold": noted("Not in the file: {names}. What is typed there does not hold."),
    "not checked": noted("Not in the file: {names}. What is typed there was not understood, and nobody ticked it."),
}
"""What is said of typed words that the file does not have, by what the guard says of them."""
SETTINGS = ("size", "drawn", "language")
OF_SOURCES = ("people", "number")
"""What a source can say that does not hold: of whom the answers are, and how many."""
COLOUR = "colour "
"""How the names of the fields begin in which the colour of an answer is chosen."""
SWATCH = "\u2588\u2588"
ARRANGEMENT = ("sort", "highlight", "labels", "only")
FRAME_PX, FIELDS_PX, FRAME_WIDE = 20, 290, 660
"""The frame around a picture, how wide the fields are beside it, and how wide an article's frame is shown."""
FRAME_OF_CHOICE, LETTER_PX = 64, 9
"""How wide a choice is beside its words, and how wide at most one letter of them is."""
SCRIPTS = re.compile(r"<script.*?</script>", re.DOTALL)
SLIDE = noted(
    "The first slide is this picture. The second has the same numbers, order, colours and highlight as a chart that "
    "can be edited; its bars all begin at zero."
)
SLIDE_ALONE = noted(
    "The slide has a chart that can be edited, with the same numbers, order, colours and highlight; its bars all begin "
    "at zero."
)
CELLS = noted("The workbook has the words and the numbers as cells, and no picture.")
CELLS_AND_CHART = noted(
    "The workbook has the words and the numbers as cells. Its chart is the program’s own, with the same order, colours "
    "and highlight; its bars all begin at zero."
)
NUMBERS_ALONE = noted("The file has the words and the numbers, and no picture: order, colours and highlight stay here.")
"""What files have that are no pictures."""
MOST_NAMED = 8
"""So many texts without a translation are named, the others counted."""
MOST_STEPS, MOST_KEPT = 50, 12
"""So many changes of one finish can be taken back, and so many after the page was loaded again."""
log = logging.getLogger(__name__)
NO_BROWSER = noted(
    "PNG, SVG and PDF cannot be made here yet: the server has no browser to draw them with. Ask whoever runs the "
    "dashboard to install Chromium there."
)
THE_CAMERA = noted("Until then your own browser can draw the picture: point at the figure below and press the camera.")

DeskFields = tuple[tuple[str, Any], ...]
"""What stands in the fields of the desk, by their names."""


@dataclass(frozen=True)
class Judged:
    """A text that somebody wrote for a figure: whether the figure takes it, and what the guard says of it.

    `vouch` is who answers for it where the guard could not check it.
    """

    taken: bool
    verdict: str
    lines: tuple[str, ...] = ()
    wording: str = ""
    vouch: Vouch | None = None


@dataclass(frozen=True)
class Desk:
    """The fields of one figure: what is chosen for its files holds for every figure at this place of the page."""

    place: str
    of_figure: str
    language: str
    made: Made

    @property
    def draft(self) -> str:
        """The name of its draft: the same wherever this very figure stands, another for other filters or groups."""
        return draft_name(self.made)

    def key_of(self, name: str) -> str:
        return f"{self.place if name in SETTINGS else self.of_figure} {name}"

    def usual(self, name: str) -> object:
        usual: dict[str, object] = {"labels": True, "size": "figure", "language": self.language, "only": []}
        return usual.get(name, None if name.startswith(COLOUR) else "")

    @property
    def steps(self) -> list[DeskFields]:
        """What stood in the fields, change by change, the newest last."""
        steps: list[DeskFields] = st.session_state.setdefault(f"{self.of_figure} steps", [()])
        return steps

    @property
    def is_new(self) -> bool:
        """Whether nobody worked here yet since this page was loaded."""
        return f"{self.of_figure} steps" not in st.session_state


def draft_name(made: Made) -> str:
    """Returns the name under which the draft of a figure is kept, whatever its language and revision are."""
    words = repr(sorted(address_of(made.request, made.survey)))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def worded(language: str, name: str) -> str:
    """Returns the name of a field whose words are of that language: each language has a draft of its own."""
    return f"{language} {name}"


@part()
def show_export(made: Made, key: str) -> None:
    """Shows the desk at which a figure is finished and leaves the building, to whoever may take files out."""
    if not may_export(person()):
        st.caption(spoken("Only analysts and editors may make files."))
        return
    warm()
    if st.session_state.get(f"{key} large"):
        st.dialog(spoken("Finish the figure"), width="large", on_dismiss=partial(_put_away, key))(_show_desk)(
            made, key, beside=True
        )
        return
    _show_desk(made, key)


def told_of_few(made: Made) -> list[str]:
    """Names the numbers of a figure that tell of fewer than ten readers."""
    try:
        before = told_of(made.survey)
    except RequestError:  # a survey that the store does not have has told nobody anything
        return []
    return few_told(made, before, partial(hidden_by_editions, made.survey.key))


def as_seen(made: Made) -> Made | None:
    """The figure that comes nearest to it as viewers see it; None where editions have none of its kind."""
    if AS_VIEWERS not in kind(made.request.kind).options:
        return None
    found = snapshot_at(made.survey.key, revisions()[made.survey.key])
    near = found.as_viewers().edition.nearest(made.request)
    option = (AS_VIEWERS.name, AS_VIEWERS.values[0])
    try:
        return make(found, replace(near, options=(*made.request.options, option)))
    except RequestError:
        return None


def _show_of_few(named: Sequence[str], made: Made, key: str) -> None:
    """Says which numbers of a figure tell of fewer than ten readers, and offers it as viewers see it."""
    if made.views[0].rounded:
        st.info(
            spoken(
                "This is the figure as viewers see it: shares in whole points, counts to the nearest 5, and no number "
                "of fewer than 10 readers."
            )
        )
        st.button(spoken("Use exact numbers"), key=f"{key} exact", on_click=_see_as, args=(key, False))
        return
    if not named:
        return
    words = (
        noted(
            "This figure does not leave with exact numbers: it could tell what fewer than 10 readers answered. It does "
            "by {cells}."
        )
        if signs_in()
        else noted("This figure could tell what fewer than 10 readers answered. It does by {cells}.")
    )
    st.warning(plain(spoken(words, cells=named_few(named))))
    if AS_VIEWERS in kind(made.request.kind).options:
        st.button(
            spoken("Publish as edition"), key=f"{key} as edition", on_click=_see_as, args=(key, True), type="primary",
            icon=":material/visibility:", help=spoken("Rounded, and without the numbers that tell of few readers."),
        )  # fmt: skip
    else:
        st.caption(spoken("Publish groups that are larger, or leave these answers out."))


def _see_as(key: str, seen: bool) -> None:
    st.session_state[f"{key} as viewers"] = seen


def _put_away(key: str) -> None:
    st.session_state[f"{key} large"] = False


def _take_up(key: str) -> None:
    st.session_state[f"{key} large"] = True


def _show_desk(made: Made, key: str, *, beside: bool = False) -> None:
    """Shows the picture with what can be chosen of it: below it, or beside it where the window is its own."""
    if st.session_state.get(f"{key} as viewers") and not made.views[0].rounded:
        seen = as_seen(made)
        if seen is None:
            st.info(spoken("Editions have no such figure: choose one group, or two that are crossed."))
            _see_as(key, seen=False)
        made = seen or made
    name = f"{key} {made.survey.key} {made.request.question} {made.request.kind} {draft_name(made)}"
    desk = Desk(key, name, languages_of(made.survey)[0], made)
    _recall(desk)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ending = _chosen_of(
            noted("Format"), {one: spoken(FORMATS[one].name) for one in endings_of(made)}, f"{key} format"
        )
        form, size, way = FORMATS[ending], "figure", ""
        if form.sizes:
            size = _chosen_of(noted("Size"), {one: spoken(words) for one, words in SIZE_WORDS.items()}, f"{key} size")
        if ways_of(made):
            usual_way = LINES if made.views[0].every else WAYS[""]
            words = {one: spoken(WAYS[one] if one else usual_way) for one in ("", *ways_of(made))}
            way = _chosen_of(noted("Drawn as"), words, f"{key} drawn")
        offered = {one: own_name(one) for one in languages_of(made.survey)}
        language = _chosen_of(noted("Language"), offered, f"{key} language")
    made, style = _in_words_of(made, language), house_style(language)
    usual = export_of(made, style, Finish(chart=way, language=language, size=size))
    chosen = _remembered(desk, made)
    _put_aside(desk, made, language, sized=form.sizes)
    typed = {name: str(chosen.get(worded(language, name), "")) for name in FIELDS}
    judged = {name: _judged(text, name, usual, desk.of_figure) for name, text in typed.items()}
    export = _finished(made, style, usual.finish, chosen | typed, judged)
    drawable = not draws(export, ending) or browser_path() is not None
    with st.container(horizontal=beside, vertical_alignment="top"):
        with st.container(width=_picture_px(export) + 2 * FRAME_PX if beside else "stretch"):
            _show_preview(export, ending, key, in_full=beside)
        with st.container(width=FIELDS_PX if beside else "stretch"):
            _show_fields(made, usual, desk, judged)
    show_untranslated(export.untranslated, language, made.survey.key, key)
    few = told_of_few(made)
    held_back = bool(few) and signs_in()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        show_download(
            lambda: file_of(export, ending, scale=SCALE), f"{export.about} {export.figure_id}", ending,
            form.mime, key, exports=[export], disabled=not drawable or held_back,
        )  # fmt: skip
        kept = is_in_basket(export) or held_back
        if st.button(spoken("Add to basket"), key=f"{key} basket", icon=":material/add_shopping_cart:", disabled=kept):
            put_into_basket(replace(export, finish=replace(export.finish, size="figure")))
            st.rerun()  # the basket may stand outside the part of the page that is drawn anew
    if ending == "html":
        _show_frame_code(export)
    _show_of_few(few, made, key)
    _show_left_out(judged)
    show_receipt(key)
    _show_link(export)


def _chosen_of(label: str, words: dict[str, str], key: str) -> str:
    """Shows a choice that is wide enough for its longest words, so that none is cut, and returns what is chosen."""
    wide = FRAME_OF_CHOICE + LETTER_PX * max(len(one) for one in (spoken(label), *words.values()))
    return st.selectbox(spoken(label), list(words), format_func=words.__getitem__, key=key, width=wide)


def languages_of(survey: Survey) -> list[str]:
    """Returns the languages on offer, that of the page first, in which whoever makes a file reads and types."""
    page, offered = house_style().language, [own_language(survey), *other_languages(survey)]
    return sorted(offered, key=lambda one: one != page)


def _in_words_of(made: Made, language: str) -> Made:
    """Returns the figure with the labels of that language: the page may have made it in another one."""
    same = all(in_language(view.survey, language) == view.survey for view in made.views)
    if same and (language == speech().language or not says_in_words(made)):
        return made
    storms = made.views[0].storms
    first = made.views[0]  # an edition is of an earlier state than the one that is read
    revision = revisions()[made.survey.key] if first.rounded else first.status.revision
    found = snapshot_at(made.survey.key, revision).in_language(language)
    found = replace(found, storms=lambda: storms)
    crowds = tuple((one.crowd, one.decided) for one in storms)

    def work() -> Made:
        with speaking(house_style(language)):  # what could not be worked out says so in words
            return make(found, made.request)

    return once(found, made.request, "made in", language, crowds, work=work)


def says_in_words(made: Made) -> bool:
    """Whether something of it is said in the language it was made in: the error behind a number, the name of a sum."""
    own = {net for view in made.views for question in view.survey.questions for net in question.nets}
    if any(net not in own for view in made.views for net in view.question.nets):
        return True  # "very or fairly satisfied" is put together where the figure is made
    reasons = (one for view in made.views for one in view.estimates["reason"])
    return any(isinstance(one, Reason) and one.kind == "fault" for one in reasons)


def show_untranslated(texts: Sequence[str], language: str, survey: str, place: str) -> None:
    """Names what the survey has in its own words alone, before a file of another language is made.

    Whoever may edit the survey gets to the fields for it with one click.

    Args:
        place: where on the page it stands.
    """
    if not texts:
        return
    named = [quoted(text) for text in texts[:MOST_NAMED]]
    more = len(texts) - len(named)
    if more:
        named.append(spoken_of(more, "{count} more text", "{count} more texts"))
    words = spoken(
        "Not translated into {language}, so these stay as they are: {texts}.",
        language=own_name(language), texts=listed(named),
    )  # fmt: skip
    st.warning(plain(words), icon=":material/translate:")
    if not may_mend(person()):
        st.caption(spoken("Editors can translate them under Edit."))
    elif st.button(
        spoken("Translate into {language}", language=own_name(language)), key=f"{place} translate",
        icon=":material/edit:",
    ):  # fmt: skip
        st.session_state[fold_of_labels(survey, language)] = True
        st.switch_page(page_file("mending"), query_params={"survey": survey})


# What was chosen


def _fields(made: Made) -> list[str]:
    """Returns the names of the fields that this figure has on the desk."""
    words = [worded(language, name) for language in languages_of(made.survey) for name in FIELDS]
    return [*SETTINGS, *words, *ARRANGEMENT, *(f"{COLOUR}{value}" for value in coloured_values(made))]


def _recall(desk: Desk) -> None:
    """Has the fields show what stood in them when they were left: before any of them is shown.

    Whoever comes to the figure anew, or loads the page again, goes on with the draft that was kept of it.
    """
    draft = _draft(desk) if desk.is_new else None
    steps = [] if draft is None else [_usable(step, desk.made) for step in draft.steps]
    if draft is not None and any(steps):
        desk.steps.extend(steps if steps[0] else steps[1:])
        st.session_state[f"{desk.of_figure} draft"] = draft
        for language, vouch in draft.vouches:
            st.session_state.setdefault(f"{desk.of_figure} sure of {vouch['field']} {language}", vouch_in(vouch))
    for name, value in desk.steps[-1]:
        st.session_state.setdefault(desk.key_of(name), value)
    for key, value in st.session_state.get(f"{desk.place} away", {}).items():
        st.session_state.setdefault(key, value)


def _put_aside(desk: Desk, made: Made, language: str, *, sized: bool) -> None:
    """Takes what stands in fields that are not shown out of Streamlit's state, which would hold an older text of them.

    Those are the words of other languages, and the size and the way of drawing where there is no choice of them.
    """
    hidden = [worded(one, name) for one in languages_of(made.survey) if one != language for name in FIELDS]
    hidden += [name for name, has in (("size", sized), ("drawn", bool(ways_of(made)))) if not has]
    keys = [key for key in map(desk.key_of, hidden) if key in st.session_state]
    st.session_state[f"{desk.place} away"] = {key: st.session_state[key] for key in keys}
    for key in keys:
        del st.session_state[key]


def _remembered(desk: Desk, made: Made) -> dict[str, Any]:
    """Returns what stands in the fields, and keeps it: who comes back finds it, and each change can be taken back."""
    steps, before = desk.steps, dict(desk.steps[-1])
    # a field that this format does not show keeps what stood there
    chosen = {
        name: st.session_state.get(desk.key_of(name), before.get(name, desk.usual(name))) for name in _fields(made)
    }
    said = {name: value for name, value in chosen.items() if value != desk.usual(name)}
    if said != before:
        steps.append(tuple(said.items()))
        del steps[:-MOST_STEPS]
        _keep(desk)
    return said


def _draft(desk: Desk) -> FinishDraft | None:
    try:
        return ask(partial(read_draft, survey_key=desk.made.survey.key, name=desk.draft))
    except SurveyError as fault:
        log.warning("the draft of a figure is not read: %s", fault)
        return None


def _usable(step: DeskFields, made: Made) -> DeskFields:
    """Returns what of a draft the figure still has: answers, groups and colours may be gone since it was kept."""
    colours = house_colours(house_style())
    offered: dict[str, Sequence[object]] = {
        "size": [*SIZE_WORDS], "drawn": ["", *ways_of(made)], "language": languages_of(made.survey),
        "sort": sorts_of(made), "highlight": ["", *values_of(made)], "labels": [True, False],
        "only": [*lines_of(made)],
        **{f"{COLOUR}{value}": colours for value in coloured_values(made)},
    }  # fmt: skip
    own = languages_of(made.survey)
    words = {worded(language, name) for language in own for name in FIELDS}
    # drafts of earlier versions had one text for all languages
    step = tuple((worded(own[0], name) if name in FIELDS else name, value) for name, value in step)
    return tuple(
        (name, value) for name, value in step
        if (_is_among(value, offered[name]) if name in offered else name in words and isinstance(value, str))
    )  # fmt: skip


def _is_among(value: object, offered: Sequence[object]) -> bool:
    return all(one in offered for one in value) if isinstance(value, list) else value in offered


def _keep(desk: Desk) -> None:
    """Keeps what was chosen as a draft; where that cannot be written, this session has it all the same."""
    made, now = desk.made, datetime.now(UTC)
    steps, address = tuple(desk.steps[-MOST_KEPT:]), address_of(made.request, made.survey)
    draft = FinishDraft(address, steps, known_name(), now, _vouched(desk))
    st.session_state.pop(f"{desk.of_figure} draft", None)
    try:
        change(
            partial(keep_draft, survey_key=made.survey.key, name=desk.draft, draft=draft),
            may_export,
            key=made.survey.key,
        )
    except SurveyError as fault:
        log.warning("the draft of a figure is not kept: %s", fault)


def _vouched(desk: Desk) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Returns who answers for which words of the draft, by language: it is there again once the page is reloaded."""
    found = [
        (language, st.session_state.get(f"{desk.of_figure} sure of {name} {language}"))
        for language in languages_of(desk.made.survey) for name in FIELDS
    ]  # fmt: skip
    return tuple((language, asdict(vouch) | {"at": vouch.at.isoformat()}) for language, vouch in found if vouch)


def _show_draft(desk: Desk) -> None:
    """Says that the fields begin with a draft, and whose, until something is changed."""
    draft = st.session_state.get(f"{desk.of_figure} draft")
    if draft is None:
        return
    at = draft.at.astimezone(ZoneInfo(desk.made.survey.time_zone))
    what = {"day": at.date(), "time": f"{at:%H:%M}", "who": plain(draft.by)}
    words = (
        noted("Goes on with the draft of {who}, {day}, {time}.")
        if draft.by
        else noted("Goes on with the draft of {day}, {time}.")
    )
    st.caption(f":material/edit_note: {spoken(words, **what)}")


def _undo(desk: Desk, names: list[str], *, everything: bool = False) -> None:
    steps = desk.steps
    if everything:
        steps.append(())
    else:
        del steps[-1:]
    before = dict(steps[-1])
    for name in names:
        st.session_state[desk.key_of(name)] = before.get(name, desk.usual(name))
    _keep(desk)


def _finished(made: Made, style: Style, usual: Finish, chosen: dict[str, Any], judged: dict[str, Judged]) -> Export:
    """Returns the figure as it was finished: texts that the guard does not take are left as the figure writes them."""
    words = {name: str(chosen[name]).strip() for name, one in judged.items() if one.taken}
    colours = tuple(
        (name.removeprefix(COLOUR), str(value)) for name, value in chosen.items() if name.startswith(COLOUR)
    )
    finish = replace(
        usual, **words, sort=chosen.get("sort", ""), highlight=chosen.get("highlight", ""), colours=colours,
        labels=chosen.get("labels", True), only=tuple(chosen.get("only", ())),
    )  # fmt: skip
    vouches = tuple(one.vouch for one in judged.values() if one.vouch)
    return replace(export_of(made, style, fitting(made, finish, style)), vouches=vouches)


# What the guard says


def _judged(text: str, name: str, usual: Export, desk: str) -> Judged:
    """Returns what the guard says of a text; one that it cannot check is taken once somebody says that they did."""
    from analytics.claims.claim import (  # two languages' words take long to load, and few ever need them
        check_claim,
        unread_words,
    )

    if not text.strip():
        return Judged(False, "")
    checked = check_claim(text, usual.claimed, usual.figure.title, usual.style)
    # that answers are made up is written across the picture and in its source line, whatever its title says
    findings = [one for one in checked.findings if one.kind != "simulated"]
    findings = findings or list(checked.against)  # nobody can vouch for what the words that were understood deny
    lines = tuple(_fault_line(one) for one in findings)
    if name == "source":  # whose survey it is, and when it was, claims nothing of its answers
        findings = [one for one in findings if one.kind in OF_SOURCES]
        lines = tuple(_fault_line(one) for one in findings)
        return Judged(not findings, "does not hold" if findings else "", lines)
    verdict = "does not hold" if findings else "not checked" if checked.unread else "holds"
    if verdict == "not checked":
        vouch = st.session_state.get(f"{desk} sure of {name} {usual.style.language}")
        vouch = vouch if vouch and vouch.words == text else None
        return Judged(bool(vouch), verdict, (unread_words(checked),), vouch=vouch)
    return Judged(verdict == "holds", verdict, lines, checked.wording)


def _fault_line(one: Finding) -> str:
    found = f"**{plain(one.found)}**: " if one.found else ""
    instead = spoken(". Instead: *{wording}*", wording=plain(one.instead)) if one.instead else ""
    return f"{found}{plain(one.reason)}{instead}"


def _show_judged(name: str, text: str, judged: Judged, of: Desk, language: str) -> None:
    desk = of.of_figure
    if judged.verdict == "holds":
        holds = spoken("Every claim in it was understood, and this figure bears it out.")
        st.caption(f":green[:material/check:] {holds}")
    elif judged.verdict == "not checked":
        st.caption(f":orange[:material/help:] {plain(spoken('Not checked.'))} {plain(*judged.lines)}")
        if not person().address:
            st.text_input(
                spoken("Your name: Published says who answers for it"), key=f"{desk} {name} by", live="400ms",
                value=known_name(), max_chars=80, on_change=_be_named, args=(of, name, language),
            )  # fmt: skip
        sure, ticked = f"{desk} {language} {name} sure", f"{desk} {language} {name} ticked for"
        if (
            sure not in st.session_state or st.session_state.get(ticked) != text
        ):  # somebody answers for a text, not for a field
            # set once for each text: a run that comes after the click would take the tick back in the browser
            st.session_state[sure], st.session_state[ticked] = judged.taken, text
        # never greyed: a click that comes before the name is read would be lost
        st.checkbox(
            spoken("I checked it myself: use it"), key=sure, on_change=_be_sure, args=(of, name, language)
        )  # fmt: skip
    elif judged.verdict:
        st.caption(f":red[:material/close:] {spoken('Does not hold, so the figure does not say it:')}")
        _show_lines(judged)
        if judged.wording:
            st.caption(spoken("Wording that holds: *{wording}*", wording=plain(judged.wording)))


def _show_lines(judged: Judged) -> None:
    for line in judged.lines:
        st.caption(f"- {line}")


def _show_left_out(judged: dict[str, Judged]) -> None:
    """Says beside the button which of the typed words are not in the file, and why."""
    for verdict, words in LEFT_OUT.items():
        names = [spoken(FIELDS[name]) for name, one in judged.items() if one.verdict == verdict and not one.taken]
        if names:
            st.warning(spoken(words, names=listed(names)), icon=":material/block:")


def _be_named(desk: Desk, name: str, language: str) -> None:
    """Remembers who is working here, and has a tick that was set before the name count."""
    remember_name(st.session_state[f"{desk.of_figure} {name} by"])
    if st.session_state.get(f"{desk.of_figure} {language} {name} sure"):
        _be_sure(desk, name, language)


def _be_sure(desk: Desk, name: str, language: str) -> None:
    """Keeps who answers for a text, in a figure of that language: in one of another it is asked anew.

    The text is the one that stands in the field now: it may have been typed on since the box was shown.
    """
    sure = st.session_state[f"{desk.of_figure} {language} {name} sure"]
    text = str(st.session_state.get(desk.key_of(worded(language, name))) or "")
    st.session_state[f"{desk.of_figure} {language} {name} ticked for"] = text
    vouch = Vouch(name, text, known_name(), datetime.now(UTC)) if sure and known_name() else None
    st.session_state[f"{desk.of_figure} sure of {name} {language}"] = vouch
    _keep(desk)


# What is seen


def _picture_px(export: Export) -> int:
    return next(width for name, width, _ in export.style.pictures if name == export.finish.size)


def _show_preview(export: Export, ending: str, key: str, *, in_full: bool) -> None:
    """Shows the file as it will leave, in the size that it will have where the page has room for it.

    A frame is shown as it is, other files as their picture with what they have of it and what otherwise.
    """
    needed, width = draws(export, ending), FRAME_WIDE if ending == "html" else _picture_px(export)
    drawn: bytes | str = ""
    try:
        if ending == "html":
            drawn = _framed(export)
        elif browser_path() is not None:
            drawn = _drawn(export)
        elif needed:
            _show_own_camera(export, key)
    except SurveyError as fault:
        st.error(plain(fault_words(fault)))
        return
    if drawn:
        with st.container(border=True, key=f"preview {key}".replace(" ", "-")):
            if isinstance(drawn, str):
                st.iframe(drawn, width=width, height=FRAME_HIGH, alt=export.figure.alt)
            else:
                st.image(picture_address(drawn, "image/png"), width=width, alt=export.figure.alt)
    with st.container(horizontal=True, vertical_alignment="center"):
        if drawn and not in_full:
            st.button(
                spoken("Full size"), key=f"{key} full size", type="tertiary", icon=":material/open_in_full:",
                on_click=_take_up, args=(key,),
            )  # fmt: skip
        told = [spoken("{width} pixels wide.", width=width)] if drawn else []
        st.caption(" ".join([*told, *_otherwise(export, ending)]))


def _otherwise(export: Export, ending: str) -> list[str]:
    """Returns what a file has besides its picture, or instead of it."""
    if ending == "pptx" and export.is_table:
        return [spoken("The slides have it as a table whose cells can be edited.")]
    if ending == "pptx" and export.chart is not None:
        drawn = browser_path() is not None
        return [spoken(SLIDE if drawn else SLIDE_ALONE)]
    if ending == "xlsx":
        return [spoken(CELLS if export.chart is None else CELLS_AND_CHART)]
    return [spoken(NUMBERS_ALONE)] if ending in ("csv", "sav", "json") else []


def _framed(export: Export) -> str:
    """Returns the file of a frame without its scripts, which draw nothing: no script of a file runs on our pages."""
    return SCRIPTS.sub("", file_of(export, "html").decode())


def _drawn(export: Export) -> bytes:
    """Returns the picture of the figure, the last few of which are kept."""
    kept: dict[object, bytes] = st.session_state.setdefault("previews", {})
    state = (export.figure_id, export.finish, export.style.address)
    if state not in kept:
        kept[state] = file_of(export, "png", scale=SCALE)
        for old in list(kept)[:-4]:
            del kept[old]
    return kept[state]


def _show_own_camera(export: Export, key: str) -> None:
    st.warning(f"{spoken(NO_BROWSER)} {spoken(THE_CAMERA)}")
    width, height = next((w, h) for name, w, h in export.style.pictures if name == export.finish.size)
    made = poster(
        export.figure, export.credit, export.style, width=width, height=height, measure=estimated, across=export.across
    )  # fmt: skip
    name = file_name(f"{export.survey.key} {export.figure_id}", "png", datetime.now(UTC), secrets.token_hex(4))
    config = picture_config(name.removesuffix(".png"), made.width, made.height, made.zoom)
    show_chart(made.spec, f"{key} camera", export.figure.alt, config=config)


def _show_fields(made: Made, usual: Export, of: Desk, judged: dict[str, Judged]) -> None:
    """Shows what can be written and chosen, each empty where the figure's own way holds."""
    desk, language = of.of_figure, usual.style.language
    figure = usual.figure
    _show_draft(of)
    own = {"title": figure.title, "subtitle": figure.subtitle, "source": usual.style.name, "alt": figure.alt}
    for name, label in FIELDS.items():
        text = st.text_input(
            spoken(label), key=of.key_of(worded(language, name)), placeholder=own.get(name, ""), live="400ms",
            max_chars=600,
        )  # fmt: skip
        _show_judged(name, text or "", judged[name], of, language)
    values, names, lines = values_of(made), _fields(made), lines_of(made)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if is_sortable(made):
            orders = orders_of(made)
            st.selectbox(spoken("Order"), list(orders), format_func=orders.__getitem__, key=f"{desk} sort")
        if values:
            st.selectbox(
                spoken("Highlight"), ["", *values], key=f"{desk} highlight",
                format_func=lambda one: values[one] if one else spoken("Nothing"),
            )  # fmt: skip
        if len(lines) > 1:
            usual_lines = noted("Mean") if not usual.finish.chart and is_drawn_by_mean(made.views[0]) else noted("All")
            st.multiselect(
                spoken("Lines drawn"), list(lines), key=f"{desk} only", format_func=lines.__getitem__,
                placeholder=spoken(usual_lines),
            )  # fmt: skip
        if coloured_values(made):
            with st.popover(spoken("Colours")):
                _show_colours(made, usual.style, desk)
        if "labels" in kind(made.request.kind).finishes:
            st.session_state.setdefault(f"{desk} labels", True)
            st.checkbox(spoken("Numbers at bars and lines"), key=f"{desk} labels")
    with st.container(horizontal=True):
        steps = of.steps
        st.button(
            spoken("Undo"), key=f"{desk} undo", icon=":material/undo:", disabled=len(steps) < 2,
            on_click=partial(_undo, of, names), help=_steps_words(len(steps) - 1),
        )  # fmt: skip
        st.button(
            spoken("Start again"), key=f"{desk} start again", type="tertiary", disabled=not steps[-1],
            on_click=partial(_undo, of, names, everything=True),
        )  # fmt: skip


def orders_of(made: Made) -> dict[str, str]:
    """Returns the orders on offer with their names, each of which says by what."""
    question, named = made.views[0].question, dict[str, str]()
    for sort in sorts_of(made):
        order, by, value = sort.partition(BY)
        choice = question.choice(value) if by else None
        if choice is not None:
            named[sort] = spoken(ORDERS_BY[order], answer=plain(choice.label))
        elif not made.views[0].by or order not in ORDERS_BY:
            named[sort] = spoken(ORDERS[order])
    return named


def _steps_words(steps: int) -> str:
    return spoken_of(steps, "{count} change can be taken back", "{count} changes can be taken back")


def _show_colours(made: Made, style: Style, desk: str) -> None:
    """Shows the house's colours for each answer as they look, with a name for whoever does not see them.

    They are few until somebody asks for all shades; one that was chosen stays among them.
    """
    names = colour_names(house_colours(style))
    every = st.toggle(spoken("More shades"), key=f"{desk} more shades")
    few = main_colours(style)
    shown = names if every else names | {one: spoken(hue_name(one)) for one in few}
    for value, label in coloured_values(made).items():
        key = f"{desk} {COLOUR}{value}"
        offered = [one for one in names if every or one in few or one == st.session_state.get(key)]
        st.pills(plain(label), offered, key=key, format_func=partial(_swatch, names=shown))
    st.caption(spoken("None chosen: the colour that the answer has in every figure. Shade 1 is the darkest."))


def colour_names(colours: Sequence[str]) -> dict[str, str]:
    """Returns a name for each colour, no two of which are the same, hue by hue with its shades from the darkest."""
    hues: dict[str, list[str]] = {}
    for colour in sorted(colours, key=lambda one: contrast(one, WHITE), reverse=True):
        hues.setdefault(hue_name(colour), []).append(colour)
    names = dict[str, str]()
    for hue, shades in hues.items():
        for place, colour in enumerate(shades, 1):
            told = {"hue": spoken(hue), "number": place, "count": len(shades)}
            names[colour] = spoken("{hue}, shade {number} of {count}", **told) if len(shades) > 1 else spoken(hue)
    return names


def _swatch(colour: str, names: Mapping[str, str]) -> str:
    return f':color[{SWATCH}]{{foreground="{colour}"}} {names[colour]}'


def _show_frame_code(export: Export) -> None:
    """Shows what to paste into an article, once the file stands where the newsroom's site serves it."""
    st.caption(spoken("Put the file where your site serves it, write its address into this, and paste it:"))
    address = f"https://www.example.com/{bare_name(export.about)}.html"
    st.code(frame_code(address, export.figure.title, export.figure_id), language="html", wrap_lines=True)


def _show_link(export: Export) -> None:
    st.caption(spoken("Figure and link, for whoever wants to see it again:"))
    st.code(export.own_link, language=None, wrap_lines=True)
    if not export.link:
        st.caption(
            spoken(
                "Files carry no link yet: the dashboard knows no address but {address}, which works on this computer "
                "only. Whoever runs the dashboard can give it the one that others use.",
                address=plain(export.style.address),
            )
        )
