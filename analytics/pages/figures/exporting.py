"""The figure's desk: how a figure is to look, as it will look, and the file or the place in the basket it leaves by."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st

from analytics.errors import SurveyError
from analytics.exports.export import Export, export_of
from analytics.exports.formats import FORMATS, draws, endings_of, file_of
from analytics.exports.names import file_name
from analytics.figures.palette import hue_name
from analytics.figures.plotly_adapter import RawFigure, picture_config
from analytics.figures.poster import estimated, poster
from analytics.figures.press import browser_path, warm
from analytics.figures.style import Style
from analytics.kinds.finishing import coloured_values, fitting, house_colours, is_sortable, sorts_of, values_of, ways_of
from analytics.kinds.kind import Made
from analytics.kinds.table import kind, make
from analytics.language.notation import language_of, own_name
from analytics.language.said import listed, noted, quoted, spoken, spoken_of
from analytics.model import Survey
from analytics.model.access import may_export
from analytics.model.finish import BY, Finish
from analytics.model.labels import in_language
from analytics.pages.choices.labels import other_languages
from analytics.pages.figures.download import basket, put_into_basket, show_download, show_receipt
from analytics.pages.ground.lost import fault_words
from analytics.pages.ground.pictures import picture_address
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import house_style, once, person, snapshot_at

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
WORDS = {
    "title": noted("Title"), "subtitle": noted("Subtitle"), "note": noted("Note"), "alt": noted("Alternative text"),
}  # fmt: skip
"""The texts of a figure that people write; the guard reads each as it is typed."""
LEFT_OUT = {
    "does not hold": noted("Not in the file: {names}. What is typed there does not hold."),
    "not checked": noted("Not in the file: {names}. What is typed there was not understood, and nobody ticked it."),
}
"""What is said of typed words that the file does not have, by what the guard says of them."""
SETTINGS = ("size", "drawn", "language")
LOOKS = ("sort", "highlight", "labels")
FRAME_PX, FIELDS_PX = 20, 290
"""The frame around a picture, and how wide the fields are beside it."""
MOST_NAMED = 8
"""So many texts without a translation are named, the others counted."""
MOST_STEPS = 50
"""So many changes of one figure's looks can be taken back."""
NO_BROWSER = noted(
    "This machine has no browser to draw pictures with, so PNG, SVG and PDF cannot be made here. Install Chromium or "
    "Chrome on it, or name one in the environment variable BROWSER_PATH."
)
THE_CAMERA = noted("Until then your own browser can draw the picture: point at the figure below and press the camera.")

DeskFields = tuple[tuple[str, Any], ...]
"""What stands in the fields of the desk, by their names."""


@dataclass(frozen=True)
class Judged:
    """A text that somebody wrote for a figure: whether the figure takes it, and what the guard says of it."""

    taken: bool
    verdict: str
    lines: tuple[str, ...] = ()
    wording: str = ""


@dataclass(frozen=True)
class Desk:
    """The fields of one figure: what is chosen for its files holds for every figure at this place of the page."""

    place: str
    of_figure: str
    language: str

    def key_of(self, name: str) -> str:
        return f"{self.place if name in SETTINGS else self.of_figure} {name}"

    def usual(self, name: str) -> object:
        return {"labels": True, "size": "figure", "language": self.language}.get(name, "")

    @property
    def steps(self) -> list[DeskFields]:
        """What stood in the fields, change by change, the newest last."""
        steps: list[DeskFields] = st.session_state.setdefault(f"{self.of_figure} steps", [()])
        return steps


@st.fragment
def show_export(made: Made, key: str, mind: str = "") -> None:
    """Shows the desk at which a figure is finished and leaves the building, to whoever may take files out.

    Args:
        mind: what the page says under the title; it is offered as the figure's note.
    """
    if not may_export(person()):
        st.caption(spoken("Files take the role of an analyst or an editor."))
        return
    warm()
    if st.session_state.get(f"{key} large"):
        st.dialog(spoken("Finish the figure"), width="large", on_dismiss=partial(_put_away, key))(_show_desk)(
            made, key, beside=True, mind=mind
        )
        return
    _show_desk(made, key, mind=mind)


def _put_away(key: str) -> None:
    st.session_state[f"{key} large"] = False


def _take_up(key: str) -> None:
    st.session_state[f"{key} large"] = True


def _show_desk(made: Made, key: str, *, beside: bool = False, mind: str = "") -> None:
    """Shows the picture with what can be chosen of it: below it, or beside it where the window is its own."""
    name = f"{key} {made.survey.key} {made.request.question} {made.request.kind}"
    desk = Desk(key, name, languages_of(made.survey)[0])
    _recall(desk)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ending = st.selectbox(
            spoken("Format"), endings_of(made), format_func=lambda one: FORMATS[one].name, key=f"{key} format"
        )
        form, size, way = FORMATS[ending], "figure", ""
        if form.sizes:
            size = st.selectbox(
                spoken("Size"), list(SIZE_WORDS), format_func=lambda one: spoken(SIZE_WORDS[one]), key=f"{key} size"
            )
        if ways_of(made):
            usual_way = LINES if made.views[0].every else WAYS[""]
            words = {one: spoken(WAYS[one] if one else usual_way) for one in ("", *ways_of(made))}
            way = st.selectbox(spoken("Drawn as"), list(words), format_func=words.__getitem__, key=f"{key} drawn")
        language = st.selectbox(
            spoken("Language"), languages_of(made.survey), format_func=own_name,
            key=f"{key} language",
        )  # fmt: skip
    made, style = _in_words_of(made, language), house_style(language)
    usual = export_of(made, style, Finish(chart=way, language=language, size=size))
    look = _remembered(desk, made)
    # the page's sentence is of this language and of a share; that of a mean points to a place of the page
    mind = mind if language == house_style().language and made.views[0].question.kind != "scale" else ""
    judged = {name: _judged(str(look.get(name, "")), name, usual, desk.of_figure) for name in WORDS}
    if mind and look.get("note") == mind:
        judged["note"] = Judged(True, "")  # the page made it of the same answers; the figure alone does not hold them
    export = _finished(made, style, usual.finish, look, judged)
    drawable = not draws(export, ending) or browser_path() is not None
    with st.container(horizontal=beside, vertical_alignment="top"):
        with st.container(width=_picture_px(export) + 2 * FRAME_PX if beside else "stretch"):
            _show_preview(export, key, needed=draws(export, ending), in_full=beside)
        with st.container(width=FIELDS_PX if beside else "stretch"):
            _show_fields(made, usual, desk, judged, mind)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        show_download(
            lambda: file_of(export, ending, scale=SCALE), f"{export.about} {export.figure_id}", ending,
            form.mime, key, exports=[export], disabled=not drawable,
        )  # fmt: skip
        kept = export.figure_id in {one.figure_id for one in basket()}
        if st.button(spoken("Add to basket"), key=f"{key} basket", icon=":material/add_shopping_cart:", disabled=kept):
            put_into_basket(replace(export, finish=replace(export.finish, size="figure")))
            st.rerun()  # the basket may stand outside the part of the page that is drawn anew
    _show_left_out(judged)
    show_untranslated(made.untranslated(language), language)
    show_receipt(key)
    _show_link(export)


def languages_of(survey: Survey) -> list[str]:
    """Returns the languages on offer, the survey's own first."""
    return [language_of(survey.language), *other_languages(survey)]


def _in_words_of(made: Made, language: str) -> Made:
    """Returns the figure with the labels of that language: the page may have made it in another one."""
    if all(in_language(view.survey, language) == view.survey for view in made.views):
        return made
    found = snapshot_at(made.survey.key, made.views[0].status.revision).in_language(language)
    return once(found, made.request, "made in", language, work=partial(make, found, made.request))


def show_untranslated(texts: Sequence[str], language: str) -> None:
    """Names what the survey has in its own words alone, before a file of another language is made."""
    if not texts:
        return
    named = [quoted(text) for text in texts[:MOST_NAMED]]
    more = len(texts) - len(named)
    if more:
        named.append(spoken_of(more, "{count} more text", "{count} more texts"))
    words = spoken(
        "Not translated into {language}, so these stay as they are: {texts}. Edit has a field for each.",
        language=own_name(language), texts=listed(named),
    )  # fmt: skip
    st.warning(plain(words), icon=":material/translate:")


# What was chosen


def _fields(made: Made) -> list[str]:
    """Returns the names of the fields that this figure has on the desk."""
    return [*SETTINGS, *WORDS, *LOOKS, *(f"colour {value}" for value in coloured_values(made))]


def _recall(desk: Desk) -> None:
    """Has the fields show what stood in them when they were left: before any of them is shown."""
    for name, value in desk.steps[-1]:
        st.session_state.setdefault(desk.key_of(name), value)


def _remembered(desk: Desk, made: Made) -> dict[str, Any]:
    """Returns what stands in the fields, and keeps it: who comes back finds it, and each change can be taken back."""
    steps, before = desk.steps, dict(desk.steps[-1])
    # a field that this format does not show keeps what stood there
    look = {name: st.session_state.get(desk.key_of(name), before.get(name, desk.usual(name))) for name in _fields(made)}
    said = {name: value for name, value in look.items() if value != desk.usual(name)}
    if said != before:
        steps.append(tuple(said.items()))
        del steps[:-MOST_STEPS]
    return said


def _undo(desk: Desk, names: list[str], *, everything: bool = False) -> None:
    steps = desk.steps
    if everything:
        steps.append(())
    else:
        del steps[-1:]
    before = dict(steps[-1])
    for name in names:
        st.session_state[desk.key_of(name)] = before.get(name, desk.usual(name))


def _finished(made: Made, style: Style, usual: Finish, look: dict[str, Any], judged: dict[str, Judged]) -> Export:
    """Returns the figure as it was finished: texts that the guard does not take are left as the figure writes them."""
    words = {name: str(look[name]).strip() for name, one in judged.items() if one.taken}
    colours = tuple(
        (name.removeprefix("colour "), str(value)) for name, value in look.items() if name.startswith("colour ")
    )
    chosen = replace(
        usual, **words, sort=look.get("sort", ""), highlight=look.get("highlight", ""), colours=colours,
        labels=look.get("labels", True),
    )  # fmt: skip
    return export_of(made, style, fitting(made, chosen, style))


# What the guard says


def _judged(text: str, name: str, usual: Export, desk: str) -> Judged:
    """Returns what the guard says of a text; one that it cannot check is taken once somebody says that they did."""
    from analytics.claims.claim import check_claim  # two languages' words take long to load, and few ever need them

    if not text.strip():
        return Judged(False, "")
    checked = check_claim(text, usual.claimed, usual.figure.title, usual.style)
    # that answers are made up is written across the picture and in its source line, whatever its title says
    findings = [one for one in checked.findings if one.kind != "simulated"]
    findings = findings or list(checked.against)  # nobody can vouch for what the words that were understood deny
    lines = tuple(
        (f"**{plain(one.found)}**: " if one.found else "")
        + plain(one.reason)
        + (spoken(". Instead: *{wording}*", wording=plain(one.instead)) if one.instead else "")
        for one in findings
    )
    verdict = "does not hold" if findings else "not checked" if checked.unread else "holds"
    if verdict == "not checked":
        sure = st.session_state.get(f"{desk} sure of {name}") == text
        return Judged(sure, verdict, tuple(f"*{plain(one.found)}*" for one in checked.unread))
    return Judged(verdict == "holds", verdict, lines, checked.wording)


def _show_judged(name: str, text: str, judged: Judged, desk: str) -> None:
    if judged.verdict == "holds":
        holds = spoken("Every claim in it was understood, and this figure bears it out.")
        st.caption(f":green[:material/check:] {holds}")
    elif judged.verdict == "not checked":
        words = spoken("Not checked, as these words were not understood: {words}", words=listed(list(judged.lines)))
        st.caption(f":orange[:material/help:] {words}")
        st.checkbox(
            spoken("I checked it myself: use it"), key=f"{desk} {name} sure", value=judged.taken,
            on_change=_be_sure, args=(desk, name, text),
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
        names = [spoken(WORDS[name]) for name, one in judged.items() if one.verdict == verdict and not one.taken]
        if names:
            st.warning(spoken(words, names=listed(names)), icon=":material/block:")


def _be_sure(desk: str, name: str, text: str) -> None:
    sure = st.session_state[f"{desk} {name} sure"]
    st.session_state[f"{desk} sure of {name}"] = text if sure else ""


# What is seen


def _picture_px(export: Export) -> int:
    return next(width for name, width, _ in export.style.pictures if name == export.finish.size)


def _show_preview(export: Export, key: str, *, needed: bool, in_full: bool) -> None:
    """Shows the picture as it will leave, in the size that it will have where the page has room for it."""
    if browser_path() is None:
        if needed:
            _show_own_camera(export, key)
        return
    width = _picture_px(export)
    try:
        drawn = _drawn(export)
    except SurveyError as fault:
        st.error(plain(fault_words(fault)))
        return
    with st.container(border=True, key=f"preview {key}".replace(" ", "-")):
        st.image(picture_address(drawn, "image/png"), width=width, alt=export.figure.alt)
    if in_full:
        st.caption(spoken("{width} pixels wide.", width=width))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            spoken("Full size"), key=f"{key} full size", type="tertiary", icon=":material/open_in_full:",
            on_click=_take_up, args=(key,),
        )  # fmt: skip
        st.caption(spoken("{width} pixels wide.", width=width))


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
    st.plotly_chart(RawFigure(made.spec), theme=None, key=f"{key} camera", config=config, alt=export.figure.alt)


def _show_fields(made: Made, usual: Export, of: Desk, judged: dict[str, Judged], mind: str) -> None:
    """Shows what can be written and chosen, each empty where the figure's own way holds."""
    desk = of.of_figure
    figure = usual.figure
    own = {"title": figure.title, "subtitle": figure.subtitle, "note": "", "alt": figure.alt}
    for name, label in WORDS.items():
        text = st.text_input(spoken(label), key=f"{desk} {name}", placeholder=own[name], live="400ms", max_chars=600)
        _show_judged(name, text or "", judged[name], desk)
        if name == "note" and mind and not text:
            st.button(
                spoken("Note it: {sentence}", sentence=plain(mind)), key=f"{desk} note it", type="tertiary",
                icon=":material/add_notes:", on_click=_note_it, args=(desk, mind),
            )  # fmt: skip
    values, names = values_of(made), _fields(made)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if is_sortable(made):
            orders = orders_of(made)
            st.selectbox(spoken("Order"), list(orders), format_func=orders.__getitem__, key=f"{desk} sort")
        if values:
            st.selectbox(
                spoken("Highlight"), ["", *values], key=f"{desk} highlight",
                format_func=lambda one: values[one] if one else spoken("Nothing"),
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


def _note_it(desk: str, sentence: str) -> None:
    """Writes the page's own sentence into the note."""
    st.session_state[f"{desk} note"] = sentence


def _steps_words(steps: int) -> str:
    return spoken_of(steps, "{count} change can be taken back", "{count} changes can be taken back")


def _show_colours(made: Made, style: Style, desk: str) -> None:
    colours = house_colours(style)
    for value, label in coloured_values(made).items():
        st.selectbox(
            plain(label), ["", *colours], key=f"{desk} colour {value}",
            format_func=lambda one: f"{spoken(hue_name(one))} {one}" if one else spoken("As in every figure"),
        )  # fmt: skip


def _show_link(export: Export) -> None:
    st.caption(spoken("Figure and link, for whoever wants to see it again:"))
    st.code(export.own_link, language=None, wrap_lines=True)
    if not export.link:
        st.caption(
            spoken(
                "Files carry no link: {address} is this machine's own address. Write the one that others use as "
                "address under [house] in data/house_style.toml.",
                address=plain(export.style.address),
            )
        )
