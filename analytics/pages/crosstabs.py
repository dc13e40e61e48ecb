"""The analyst's table: questions down the side, groups across the top, any cell opened by a click."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from analytics.errors import RequestError
from analytics.estimates.crowded import with_storms
from analytics.estimates.groups.banner import inside
from analytics.estimates.groups.table import Column as Group
from analytics.estimates.groups.table import Table
from analytics.estimates.readers.comments import filter_of, text_questions
from analytics.estimates.views.layout import SEGMENT, Layout, part_of, part_text
from analytics.estimates.whole.topline import readers_weighted
from analytics.exports.cells import JOINER
from analytics.exports.facts import disclosed
from analytics.figures.grid import CellNumbers, Grid, GridCell, GridLine, Hidden, Marks, Reading, grid
from analytics.kinds.banner_table import NO_BANNER, OPTIONS, USUAL_DIMENSIONS, column_name, sort_place, table_made
from analytics.language.said import listed, noted, spoken
from analytics.language.text import plain_text, shortened
from analytics.model import Segment, Snapshot, Survey
from analytics.model.access import may_export, may_keep_segments, may_read_comments, may_see_exact, may_see_responses
from analytics.model.address import Option
from analytics.model.batteries import batteries
from analytics.model.request import Request
from analytics.pages.choices.address import (
    end_page,
    first_shown,
    link_query,
    page_file,
    state,
    state_option,
    stated,
    stated_option,
)
from analytics.pages.choices.chips import filter_label, keep_readers, show_chips
from analytics.pages.choices.controls import (
    choose_listed,
    choose_one,
    choose_several,
    in_words,
    offer_several,
    told_apart,
)
from analytics.pages.choices.readers import choose_readers
from analytics.pages.edition import show_crossed
from analytics.pages.figures.drawing import mode, show_method
from analytics.pages.figures.exporting import show_export
from analytics.pages.figures.weighting import fall_back, show_bases_of
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sheet import TALL, Sheet, SheetRow, TableCell, TableColumn, show_sheet
from analytics.pages.ground.sources import (
    banners_of,
    count_of,
    drop_banner,
    house_style,
    keep_named_banner,
    once,
    person,
    segments_of,
    table_of,
)
from analytics.pages.opening import needs_answers, open_survey, show_unknown
from analytics.store.tables.banners import KeptBanner
from analytics.words.crowds import crowd_suffix
from analytics.words.grid import DIGIT_SPACE, cell_sentences, group_name, question_name
from analytics.words.names import question_labels
from analytics.words.weighting import unweighted_words

STUB, BANNER, SEGMENTS, NUMBERS, MARKS, HIDE, SORT, TURNED, HEAT = OPTIONS
NUMBERS_WORDS = {
    "columns": noted("% of each group"),
    "rows": noted("% of each answer"),
    "counts": noted("Counts"),
}
MARKS_WORDS = {
    "none": noted("No marks"),
    "rest": noted("▲▼ against the rest"),
    "letters": noted("Letters, two by two"),
    "both": noted("▲▼ and letters"),
}
HIDE_WORDS = {
    "thin": noted("Groups too small"),
    "unanswered": noted("“No answer” groups"),
    "nets": noted("Nets and means"),
    "bases": noted("Bases"),
}
YES_NO, NO_YES = {"yes": noted("Yes"), "no": noted("No")}, {"no": noted("No"), "yes": noted("Yes")}
MADE = "parts made"
BANNER_NAME, UNDO = "banner name", "banner undo"
DOORS = {
    "comments": (noted("Read their comments"), may_read_comments),
    "responses": (noted("See their responses"), may_see_responses),
}
GROUP_DOOR = ("survey", noted("Look at this group"))
CELL = Option("cell", "The cell that is opened: question, statistic, answer, part and levels.", several=True)
TABLE = "table"
PANEL_PX = 290


def show() -> None:
    """Shows the table that the address describes."""
    opened = open_survey(spoken("Crosstabs"))
    needs_answers(opened)
    if not may_see_exact(opened.person):
        show_crossed(opened, beyond=any(stated_option(one) for one in OPTIONS if one != STUB))
        return
    request = fall_back(opened, choose_readers(opened))
    show_chips(opened.survey, request)
    layout = _choose_layout(opened.survey)
    _show_undo(opened.survey.key)
    if not layout.stubs:
        st.info(spoken("Choose a question to see what readers answered to it."))
        end_page()
    told = table_of(opened, request, layout)
    if not any(view.base_n for view in told.toplines):
        st.info(spoken("Nobody in this selection has answered. Take a filter away in the sidebar, or clear them all."))
        end_page()
    _show(opened, told, request)


def _show(opened: Snapshot, told: Table, request: Request) -> None:
    reading = _choose_reading(told)
    laid = grid(told, reading, house_style(), mode())
    at = _opened_cell(told)
    with st.container(
        horizontal=True, key="table and cell"
    ):  # the cell's panel stands beside the table, whatever its size
        with st.container(width="stretch", key="the table"):
            show_sheet(_sheet(told, laid, at), TABLE, partial(_acted, told))
        if at is not None:
            _show_cell(opened, told, request, at)
    if at is None:
        with st.container(key="click hint"):
            st.caption(spoken("Click a cell to see what stands behind it, or the name of a group to sort by it."))
    st.caption(plain(_with_crowds(laid.short_caption, opened, told)))
    _show_export(told, reading, _with_crowds(laid.caption, opened, told))


def _with_crowds(caption: str, opened: Snapshot, told: Table) -> str:
    """The caption with the crowds in the table on which nobody decided yet: it stands without the page's head where
    somebody pastes the table."""
    views = (with_storms(view, opened.storms()) for view in told.toplines)
    crowd = next(filter(None, (crowd_suffix(view, house_style()) for view in views)), "")
    if not crowd:
        return caption
    return f"{caption.removesuffix('.')} ({crowd}){'.' if caption.endswith('.') else ''}"


def _sheet(told: Table, laid: Grid, at: int | None) -> Sheet:
    """The grid as the page shows it: wordings in full, what can be sorted and moved."""
    wordings = {question_name(told, one): plain_text(one.text) for one in told.stubs}
    wordings |= {group_name(told, one)[0]: group_name(told, one, whole=True)[0] for one in told.columns if one.part}
    stubs, parts = list(told.layout.stubs), [part_text(part) for part in told.layout.banner]
    turned = any(line.question for line in laid.columns)
    place = {question_name(told, question): question.key for question in told.stubs}
    heads = {group_name(told, column)[0]: part_text(column.part) for column in told.columns if column.part}

    def moved(line: GridLine) -> str | None:
        part = place.get(line.heading) if line.heading in place else heads.get(line.heading)
        return part if part in (*stubs, *parts) else None

    columns = tuple(
        TableColumn(
            line.name.strip(JOINER), wordings.get(line.heading, line.heading), part=moved(line),
            sort=None if line.question else line.column,
            sorted="descending" if told_sort(told) == line.column and not line.question else None,
        )
        for line in laid.columns
    )  # fmt: skip
    rows = tuple(
        SheetRow(wordings.get(line.name, line.name), kind="head", part=moved(line))
        if line.kind == "head"
        else SheetRow(
            line.name,
            tuple(_cell(one, line, across) for one, across in zip(cells, laid.columns, strict=True)),
            line.kind,
        )
        for line, cells in zip(laid.rows, laid.cells, strict=True)
    )
    order = {"row": stubs, "column": parts} if not turned else {"row": parts, "column": stubs}
    corner = spoken("Group") if turned else spoken("Answer")
    return Sheet(spoken("Crosstab. {caption}", caption=laid.short_caption), corner, columns, rows, order, at, TALL)


def _cell(one: GridCell, row: GridLine, column: GridLine) -> TableCell:
    text, _, mark = one.text.replace(DIGIT_SPACE, "").partition(" ")
    opens = row.kind == column.kind == "estimate"  # a base is that of all cells above it
    return TableCell(text, mark, one.tint, one.quiet, one.at if opens else None)


def _opened_cell(told: Table) -> int | None:
    """The place of the cell that the address names, None where it names none of this table."""
    named = stated_option(CELL)
    return next((place for place, row in enumerate(_names(told)) if row == named), None)


def _show_cell(opened: Snapshot, told: Table, request: Request, at: int) -> None:
    """Shows beside the table what stands behind a cell, and the ways on from there."""
    record: dict[str, Any] = told.cells.to_dict("records")[at]  # type: ignore[assignment]
    head, *sentences = cell_sentences(told, record, house_style())
    with st.container(border=True, key="the cell", width=PANEL_PX, gap="small"):
        st.markdown(f"**{plain(head)}**")
        for sentence in sentences:
            st.markdown(plain(sentence))
        group = _behind(told, request, record)
        givers = _only_givers(opened.survey, group, record)
        # a filter on the answer too would leave one answer to the table's own question
        readers = givers if group.where == request.where else group
        if filters := _added(told, record, request, readers):
            words = spoken("Filter by {filters}", filters=plain(filters))
            st.button(words, on_click=keep_readers, args=(opened.survey, readers), key="cell as filter")
        for page, (label, may) in DOORS.items():
            if may(opened.person) and (page != "comments" or text_questions(opened.survey)):
                st.page_link(page_file(page), label=spoken(label), query_params=link_query(givers, opened.survey))
        if may_read_comments(opened.person) and not record["suppressed"] and (words := _more_listed(opened, givers)):
            st.caption(words)
        st.page_link(
            page_file(GROUP_DOOR[0]), label=spoken(GROUP_DOOR[1]), query_params=link_query(group, opened.survey)
        )
        st.button(spoken("Close"), on_click=_close, type="tertiary")


def _added(told: Table, record: dict[str, Any], request: Request, readers: Request) -> str:
    """What these readers are filtered by beside the page's own filters, as its chips say it; empty where by nothing."""
    column = told.columns[record["column"]]
    if column.part == (SEGMENT,) and told.layout.segments:
        return group_name(told, column)[1]
    new = [one for one in readers.where if one not in request.where]
    return listed([filter_label(told.survey, *one) for one in new])


def _more_listed(opened: Snapshot, givers: Request) -> str:
    """Why lists of these readers are longer than the number in the cell, empty where they are not."""
    listed = count_of(opened, replace(filter_of(opened.survey, givers), standing=givers.standing))
    weighted = once(opened, givers, "weighted", work=partial(readers_weighted, opened, givers))
    words = unweighted_words(listed, weighted)
    return words and f"{spoken('Both list {count} readers.', count=listed)} {words}"


def _acted(told: Table, act: dict[str, Any]) -> None:
    """Writes into the address what was done in the table."""
    if act["kind"] == "cell":
        state_option(CELL, _names(told)[act["at"]])
    elif act["kind"] == "sort":
        place = act["at"]
        _unsort() if told_sort(told) == place else state_option(SORT, column_name(told.columns[place]))
    elif act["kind"] == "move":
        _move(told, act["part"], act["to"])


def _move(told: Table, part: str, to: int) -> None:
    """Moves a question or a part of the banner to another place among its like."""
    option = STUB if part in told.layout.stubs else BANNER
    listed = [one for one in st.session_state[option.name] if one != part]
    st.session_state[option.name] = [*listed[:to], part, *listed[to:]]


def told_sort(told: Table) -> int | None:
    """The place of the column that answers are sorted by."""
    return sort_place(told, stated_option(SORT))


def _close() -> None:
    state_option(CELL, ())


def _names(told: Table) -> list[tuple[str, ...]]:
    """Returns what each cell is known by in the address: question, statistic, answer, banner and the group's levels."""
    columns = ("question", "statistic", "choice", "banner", "column")
    rows = zip(*(told.cells[name].tolist() for name in columns), strict=True)
    return [
        (question, statistic, choice if isinstance(choice, str) else "", banner, *told.columns[column].values)
        for question, statistic, choice, banner, column in rows
    ]


def _group_of(told: Table, column: Group, request: Request) -> Request:
    """Returns the request with only those readers kept who are in the column."""
    if column.part == (SEGMENT,) and told.layout.segments:
        return inside(request, next(one for one in told.layout.segments if (one.key,) == column.values))
    group = tuple((key, (value,)) for key, value in zip(column.part, column.values, strict=True))
    return replace(request, where=(*request.where, *group))


def _behind(told: Table, request: Request, record: dict[str, Any]) -> Request:
    """Returns what a cell is of: the question, among the readers of the table who are in the group of its column."""
    return replace(_group_of(told, told.columns[record["column"]], request), question=record["question"])


def _only_givers(survey: Survey, group: Request, record: dict[str, Any]) -> Request:
    """Returns those of the group who gave the answer of the cell; for a net or a mean the group."""
    question = survey.question(record["question"])
    if record["statistic"] != "share" or not question or not question.choice(record["choice"]):
        return group
    return replace(group, where=(*group.where, (question.key, (record["choice"],))))


def _show_export(told: Table, reading: Reading, caption: str) -> None:
    """Shows, folded until it is wanted, how the numbers came about and how the table leaves the building."""
    method = st.expander(spoken("Method"), key="table method open", on_change="rerun")
    if method.open:
        with method:
            st.caption(plain(caption))
            show_bases_of(told.toplines[0], "table bases")
            show_method(disclosed(told.toplines, house_style()))
    if not may_export(person()):
        return
    folded = st.expander(spoken("Export"), key="table export open", on_change="rerun")
    if not folded.open:
        return
    with folded:
        show_export(table_made(told, reading), "table export")


def _choose_layout(survey: Survey) -> Layout:
    """Returns the questions down the side and the groups across the top."""
    labels, stated_question = question_labels(survey), stated(survey).question
    asked = {one.key: labels[one.key] for one in survey.questions if one.kind != "text"}
    first = stated_question if stated_question in asked else next(iter(asked))
    keys = {dimension.key: dimension.label for dimension in survey.dimensions} | asked
    parts = _offered_parts(keys)
    usual = [dimension.key for dimension in survey.dimensions][:USUAL_DIMENSIONS]
    texts, names = told_apart(asked), told_apart(parts)
    show_unknown(STUB, spoken("Question"), asked)
    show_unknown(BANNER, spoken("Group"), parts)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        stubs = choose_listed(STUB, spoken("Questions down the side"), texts, [first], placeholder=spoken("Choose"))
        _take_along(survey, stubs, first)
        banner = choose_listed(
            BANNER,
            spoken("Groups across the top, side by side"),
            names,
            usual,
            placeholder=spoken("Everybody together"),
        )
        _offer_together(survey)
        with st.popover(spoken("Nest groups"), width="content"):
            _nest(keys)
        with st.popover(spoken("Kept banners"), width="content"):
            _show_kept(survey.key)
    return Layout(stubs, tuple(part_of(text) for text in banner), _choose_segments(survey))


def _take_along(survey: Survey, stubs: tuple[str, ...], first: str) -> None:
    """Has the other pages look at the question that stands down the side, the first of several."""
    if not stubs or first in stubs:
        return
    state(survey, stated(survey), question="" if stubs[0] == first_shown(survey) else stubs[0])
    if len(stubs) == 1:
        state_option(STUB, ())  # it is the question that the address names now


def _offer_together(survey: Survey) -> None:
    """Offers to put all questions of a matrix or a ranking down the side at once."""
    found = batteries(survey)
    if not found:
        return
    with st.popover(spoken("Asked together"), width="content"):
        st.caption(spoken("Puts all of these questions down the side."))
        for place, one in enumerate(found):
            label = spoken("{stem} ({count} questions)", stem=plain(shortened(one.stem, 80)), count=len(one.items))
            keys = [question.key for question in one.questions]
            st.button(label, key=f"together {place}", on_click=_put_together, args=(keys,), type="tertiary")


def _put_together(keys: list[str]) -> None:
    st.session_state[STUB.name] = keys


def _show_kept(survey: str) -> None:
    """Shows the banners that were kept under a name, and lets the present one be kept."""
    kept = banners_of(survey)
    for one in kept:
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.button(
                plain(one.name), key=f"open banner {one.name}", on_click=_open_banner, args=(one,), type="tertiary"
            )
            words = spoken("Delete")
            if not may_keep_segments(person()):
                continue
            st.button(
                words, key=f"delete banner {one.name}", on_click=_drop_banner, args=(survey, one), type="tertiary"
            )
    if not may_keep_segments(person()):
        return
    if not kept:
        st.caption(spoken("The groups across the top can be kept under a name and put back with one click."))
    st.text_input(spoken("Name"), key=BANNER_NAME, max_chars=80, placeholder=spoken("Such as: the usual five"))
    st.button(spoken("Keep these groups"), on_click=_keep_banner, args=(survey,), type="primary", key="keep banner")


def _keep_banner(survey: str) -> None:
    name = str(st.session_state[BANNER_NAME] or "").strip()
    parts = [(BANNER.name, part) for part in st.session_state[BANNER.name] or (NO_BANNER,)]
    parts += [(SEGMENTS.name, key) for key in st.session_state.get(SEGMENTS.name) or ()]
    try:
        before = keep_named_banner(survey, KeptBanner(name, urlencode(parts), datetime.now(UTC)))
    except RequestError:
        st.session_state[UNDO] = (spoken("Give the banner a name first."), None, None)
        return
    st.session_state[BANNER_NAME] = ""
    st.session_state[UNDO] = (spoken("The banner “{name}” is kept.", name=name), name, before)


def _drop_banner(survey: str, one: KeptBanner) -> None:
    drop_banner(survey, one.name)
    st.session_state[UNDO] = (spoken("The banner “{name}” is deleted.", name=one.name), one.name, one)


def _open_banner(one: KeptBanner) -> None:
    pairs = parse_qsl(one.address)
    parts = [value for name, value in pairs if name == BANNER.name and value != NO_BANNER]
    st.session_state[MADE] = [*st.session_state.get(MADE, ()), *parts]
    st.session_state[BANNER.name] = parts
    st.session_state[SEGMENTS.name] = [value for name, value in pairs if name == SEGMENTS.name]


def _show_undo(survey: str) -> None:
    """Says what was done last with a kept banner, with the way back."""
    words, name, before = st.session_state.get(UNDO, ("", None, None))
    if not words:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="banner undo"):
        st.markdown(plain(words), width="content")
        if name is not None:
            st.button(spoken("Undo"), on_click=_undo, args=(survey, name, before), key="banner back")


def _undo(survey: str, name: str, before: KeptBanner | None) -> None:
    if before is None:
        drop_banner(survey, name)
    else:
        keep_named_banner(survey, before)
    del st.session_state[UNDO]


def _choose_segments(survey: Survey) -> tuple[Segment, ...]:
    """Returns the segments that stand in the banner beside the groups; none where none were kept."""
    kept = {segment.key: segment for segment in segments_of(survey.key)}
    show_unknown(SEGMENTS, spoken("Segment"), kept)
    if not kept or survey.dimension(SEGMENT) or survey.question(SEGMENT):
        return ()
    names = told_apart({key: segment.name for key, segment in kept.items()})
    chosen = choose_several(
        SEGMENTS, spoken("Segments across the top"), names, offer_several, placeholder=spoken("None")
    )
    return tuple(kept[key] for key in chosen)


def _offered_parts(keys: dict[str, str]) -> dict[str, str]:
    """Returns what may stand in the banner: every key by itself, and the nestings made here or named in the address."""
    made = [*st.session_state.get(MADE, ()), *stated_option(BANNER)]
    nested = [text for text in dict.fromkeys(made) if len(part_of(text)) > 1 and set(part_of(text)) <= set(keys)]
    return keys | {text: " × ".join(keys[key] for key in part_of(text)) for text in nested}


def _nest(keys: dict[str, str]) -> None:
    names = told_apart(keys)
    st.caption(spoken("Each group of the first is split by the groups of the second, and so on."))
    for place, label in enumerate((spoken("First"), spoken("Split by"), spoken("And by"))):
        st.selectbox(label, list(keys), index=None, format_func=names.__getitem__, key=f"nest {place}")
    st.button(spoken("Add to the table"), on_click=_add_nested, type="primary")


def _add_nested() -> None:
    chosen = [st.session_state.get(f"nest {place}") for place in range(3)]
    part = tuple(dict.fromkeys(key for key in chosen if key))
    if len(part) > 1:
        text = part_text(part)
        st.session_state[MADE] = [*st.session_state.get(MADE, ()), text]
        st.session_state["banner"] = [*dict.fromkeys([*st.session_state["banner"], text])]


def _choose_reading(told: Table) -> Reading:
    """Returns how the table is to be read."""
    looks = {"required": True, "label_visibility": "collapsed"}
    with st.container(horizontal=True, vertical_alignment="center"):
        numbers = choose_one(
            NUMBERS, spoken("Numbers"), in_words(NUMBERS_WORDS), "columns", st.segmented_control, **looks
        )
        marks = choose_one(
            MARKS,
            spoken("Marks"),
            in_words(MARKS_WORDS),
            "rest",
            st.segmented_control,
            disabled=numbers != "columns",
            **looks,
        )
        with st.popover(spoken("View"), width="content"):
            hide = choose_several(HIDE, spoken("Hide"), in_words(HIDE_WORDS), st.pills, selection_mode="multi")
            heat = choose_one(
                HEAT, spoken("Coloured cells"), in_words(YES_NO), "yes", st.segmented_control, required=True
            )
            turned = choose_one(
                TURNED, spoken("Groups down the side"), in_words(NO_YES), "no", st.segmented_control, required=True
            )
        sort = _chosen_sort(told)
    return Reading(
        cast(CellNumbers, numbers),
        cast(Marks, marks),
        heat == "yes",
        sort,
        cast(tuple[Hidden, ...], hide),
        turned == "yes",
    )


def _chosen_sort(told: Table) -> int | None:
    """Returns the column that the answers are sorted by; beside it the way back to the order of the questionnaire."""
    place = told_sort(told)
    if place is not None:
        group = group_name(told, told.columns[place])[1]
        st.button(spoken("Sorted by {group}  ✕", group=plain(group)), on_click=_unsort)
    return place


def _unsort() -> None:
    state_option(SORT, ())


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
