"""What readers wrote, beside what they answered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from analytics.estimates.readers.comments import (
    Card,
    cards,
    closed_questions,
    filter_of,
    local_day,
    text_questions,
    withheld_words,
)
from analytics.estimates.readers.quotes import Quote, consent_in, consents_of, pick_quotes
from analytics.estimates.readers.themes import (
    ThemeReport,
    examples,
    in_theme,
    repeated,
    sent_by_many,
    theme_groups,
    theme_view,
    weighed_as_chosen,
    without_copies,
)
from analytics.estimates.storms import StormCard
from analytics.estimates.views.choose import dimension_of
from analytics.estimates.views.view import View
from analytics.estimates.whole.topline import readers_weighted, whole
from analytics.figures.themes import theme_bars, theme_groups_figure
from analytics.kinds.theme_groups import theme_groups_made
from analytics.kinds.themes import NAME, OPTIONS, themes_made
from analytics.language.dates import day_words, span_words
from analytics.language.said import listed, noted, quoted, spoken, spoken_each, spoken_of
from analytics.language.text import unbroken
from analytics.model import Question, Snapshot, Survey
from analytics.model.address import Option, Pairs
from analytics.model.request import Request, Where
from analytics.pages.choices.address import end_page, state_option, stated, stated_option, stated_options
from analytics.pages.choices.chips import show_chips
from analytics.pages.choices.controls import (
    choose_one,
    choose_page,
    choose_several,
    choose_whether,
    choose_words,
    told_apart,
)
from analytics.pages.choices.questions import choose_by
from analytics.pages.choices.readers import choose_readers
from analytics.pages.figures.drawing import mode, show_figures
from analytics.pages.figures.exporting import show_export
from analytics.pages.figures.weighting import fall_back
from analytics.pages.ground.plain import plain, plain_marked
from analytics.pages.ground.sheet import show_table
from analytics.pages.ground.sources import count_of, house_style, once, themes_of
from analytics.pages.ground.written import choices_of, comments_of, crowded_of, details_of, profile_sizes
from analytics.pages.hiding import show_hidden, show_hide
from analytics.pages.opening import needs_answers, open_survey
from analytics.words.crowds import from_crowd, without_crowd
from analytics.words.names import short_name
from analytics.words.quotes import attribution, consent_words, quote_words, typical_words
from analytics.words.themes import none_sentence, theme_groups_table, theme_name
from analytics.words.weighting import unweighted_words

WRITTEN, BESIDE, GIVEN, SEARCH = (one for one in OPTIONS if one.always is None)
PART = Option("part", "Comments to read, their themes, or quotes for print.")
ORDER = Option("order", "What stands first.")
WRITERS = Option("writers", "Whether the writers' groups stand beside comments.")
CROWDS = Option("crowds", "Whether comments are left out that came with a crowd nobody decided on yet.")
THEME = Option("theme", "Only comments about the theme of this number.")
PASSED = Option("passed", "The comment of this number is not proposed as a quote; repeat.", several=True)
YES = Option("yes", "This answer gives consent to be printed; repeat.", several=True)
UNASKED = Option("unasked", "Whether comments are shown for print whose writers were not asked.")
CARDS_A_PAGE = 20
PARTS = {"read": noted("Read"), "themes": noted("Themes"), "quotes": noted("Quotes")}
ORDERS = {"newest": noted("Newest first"), "typical": noted("Most typical first")}
SAID = {
    "newest": noted("The newest stand first."),
    "recorded": noted("The last recorded stand first; none carries a time."),
    "typical": noted("The most typical of each theme stand first, near copies once."),
}
FIGURE = noted("Figure")
SHOWN_EXAMPLES = 2
SHOWN_REPEATED = 5
EACH = Option("each", "How many quotes stand under each answer.", values=("1", "2", "3"))


Readers = tuple[int, int | None, int | None]


def show() -> None:
    """Shows the comments of the survey that the address names."""
    opened = open_survey(noted("Comments"))
    needs_answers(opened, with_choices=False)
    texts = text_questions(opened.survey)
    if not texts:
        st.info(spoken("Nothing in this survey asks readers for their own words."))
        end_page()
    request = fall_back(opened, choose_readers(opened, with_standing=False))
    show_chips(opened.survey, request)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = _choose_written(texts)
        words = choose_words(
            SEARCH, spoken("Search"), placeholder=spoken("All of these words"),
            help=spoken("Case and accents make no difference, and the beginning of a word will do."),
        )  # fmt: skip
        part = _choose(PART, spoken("Part"), PARTS)
        with st.popover(spoken("Answers"), width="content"):
            beside = _choose_beside(opened.survey)
            answered = _choose_given(beside, request) if beside else ()
    if answered and beside is not None:
        labels = [choice.label for choice in beside.choices if choice.value in answered[0][1]]
        st.caption(spoken("Only from those who answered {answers}.", answers=plain(listed(labels, "or"))))
    kept = replace(filter_of(opened.survey, request, answered=answered), standing=request.standing)
    readers = count_of(opened, kept)
    if withheld := withheld_words(readers):
        st.info(withheld)
        end_page()
    _say_which(request, part)
    show_hidden(opened, key)
    counted = replace(kept, standing="counted")
    if part == "themes":
        report = weighed_as_chosen(opened, request, themes_of(opened, counted, key, words))
        asked = replace(request, question=key or "comment", where=(*request.where, *answered), standing="counted")
        _show_themes(opened, report, theme_view(opened, asked, report), beside, asked)
    elif part == "quotes":
        _show_quotes(opened, themes_of(opened, counted, key, words), key, beside)
    else:
        counted_on = replace(request, where=(*request.where, *answered))
        in_numbers = once(opened, counted_on, "weighted", work=partial(readers_weighted, opened, counted_on))
        in_shares = None
        if beside is not None:
            asked = replace(counted_on, question=beside.key)
            in_shares = once(opened, asked, "base", work=lambda: whole(opened, asked).base_n)
        _show_list(opened, kept, words, key, beside, (readers, in_numbers, in_shares))


def _say_which(request: Request, part: str) -> None:
    """Says where a link counts other responses than this part of the page can show."""
    if request.standing == "first":
        st.caption(spoken("The link counts everybody’s first answer. Comments are kept as they were written last."))
    elif request.standing == "with screened" and part != "read":
        st.caption(spoken("The link counts answers set aside too. Themes and quotes leave them out."))


def _choose(option: Option, label: str, offered: dict[str, str]) -> str:
    usual = next(iter(offered))
    return choose_one(
        option, label, spoken_each(offered), usual, st.segmented_control, required=True,
        label_visibility="collapsed",
    )  # fmt: skip


def _choose_written(written: dict[str, str]) -> str:
    if len(written) == 1:
        return next(iter(written))
    labels = told_apart({f"{WRITTEN.mark}{key}": name for key, name in written.items()})
    chosen = choose_one(WRITTEN, spoken("Written in answer to"), labels, next(iter(labels)), st.selectbox)
    return chosen.removeprefix(WRITTEN.mark)


def _choose_beside(survey: Survey) -> Question | None:
    """Returns the question whose answer stands beside each comment."""
    asked = {question.key: question for question in closed_questions(survey)}
    if len(asked) < 2:
        return next(iter(asked.values()), None)
    labels, looked_at = told_apart({key: question.text for key, question in asked.items()}), stated(survey).question
    usual = looked_at if looked_at in asked else next(iter(asked))
    return asked[choose_one(BESIDE, spoken("Beside it: the answer to"), labels, usual, st.selectbox)]


def _choose_given(question: Question, request: Request) -> Where:
    """Returns which choices the writers have to have given besides.

    Nothing is asked where a filter keeps answers to this question already: its chip says which, and another answer
    would be that of nobody.
    """
    if question.key in dict(request.where):
        state_option(GIVEN, ())
        return ()
    choices = {value: plain(label) for value, label in told_apart({c.value: c.label for c in question.choices}).items()}
    values = choose_several(GIVEN, spoken("Only from those who answered"), choices, st.pills, selection_mode="multi")
    return ((question.key, values),) if values else ()


def _show_list(
    opened: Snapshot, kept: Request, search: str, key: str, beside: Question | None, readers: Readers
) -> None:
    """Shows the comments one by one; `readers` are how many there are, how many of them weighted numbers hold, and of
    how many the shares of the question beside them are."""
    counted, timed = replace(kept, standing="counted"), opened.status.last_at is not None
    listed = comments_of(opened, kept, key, search)
    if listed.empty:
        st.info(spoken("Nobody in this selection wrote such a comment. Search for fewer words, or take a filter away."))
        return
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        order = _choose(ORDER, spoken("Order"), ORDERS if timed else ORDERS | {"newest": noted("Last recorded first")})
        with_groups = bool(opened.survey.dimensions) and choose_whether(
            WRITERS, spoken("Show the writer’s groups"),
            help=spoken(
                "Only where at least 10 readers are in the very same groups, so that nobody can be told by them."
            ),
        )  # fmt: skip
    crowds, theirs = _crowds(opened)
    listed, many = _apart_from(listed, theirs, crowds, opened)
    for theme in stated_option(THEME):
        listed = _of_theme(themes_of(opened, counted, key, search), listed, theme)
    count = spoken_of(len(listed), "{count} comment", "{count} comments")
    if order == "typical":
        listed = _typical_first(themes_of(opened, counted, key, search), listed)
    order_said = "recorded" if order == "newest" and not timed else order
    if many:
        st.caption(spoken("{count} of these comments came with a crowd that waits for a decision.", count=many))
    said = spoken(
        "{comments} from {readers} readers in this selection. {order} E-mail and street addresses "
        "and telephone numbers are masked, names are not.",
        comments=count, readers=readers[0], order=spoken(SAID[order_said]),
    )  # fmt: skip
    st.caption(f"{said} {unweighted_words(*readers)}")
    pages, above = -(-len(listed) // CARDS_A_PAGE), st.container(gap="small")
    at = choose_page(pages)
    sizes = profile_sizes(opened) if with_groups else None
    with above:
        _show_cards(opened, listed.iloc[(at - 1) * CARDS_A_PAGE : at * CARDS_A_PAGE], beside, sizes, search)


def _crowds(opened: Snapshot) -> tuple[tuple[StormCard, ...], frozenset[int]]:
    """The crowds on which nobody decided yet, and the numbers of the responses that came with them."""
    found = tuple(one for one in opened.storms() if one.is_open)
    return found, crowded_of(opened, tuple(one.crowd for one in found))


def _apart_from(
    listed: pd.DataFrame, theirs: frozenset[int], crowds: Sequence[StormCard], opened: Snapshot
) -> tuple[pd.DataFrame, int]:
    """Returns the comments listed, without those of crowds where that is chosen, and how many of those listed are."""
    of_crowds = listed["response_no"].isin(list(theirs))
    if not of_crowds.any():
        state_option(CROWDS, ())
        return listed, 0
    if choose_whether(CROWDS, plain(without_crowd(crowds, opened.survey, house_style()))):
        return listed[~of_crowds], 0
    return listed, int(of_crowds.sum())


def _of_theme(report: ThemeReport, listed: pd.DataFrame, theme: str) -> pd.DataFrame:
    """Returns the comments listed that are about the theme of that number, all of them where there is none."""
    named = report.table[report.table["theme"].astype(str) == theme]
    if named.empty:
        _leave_theme()
        return listed
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            spoken("Only the theme **{theme}**", theme=plain(theme_name(named.iloc[0].to_dict()))), width="content"
        )
        st.button(spoken("All comments"), on_click=_leave_theme, type="tertiary")
    ours = report.comments[report.comments["theme"].astype(str) == theme]
    return without_copies(
        listed.merge(ours[["response_no", "question", "voice"]], on=["response_no", "question"]), "voice"
    )


def _leave_theme() -> None:
    state_option(THEME, ())


def _typical_first(report: ThemeReport, listed: pd.DataFrame) -> pd.DataFrame:
    """Returns the comments listed, those first that are nearest to what others of their theme say, near copies once."""
    known = report.comments.merge(listed[["response_no", "question"]], on=["response_no", "question"])
    found = without_copies(known.sort_values("typical", ascending=False, kind="stable"))
    turn = found.groupby("theme").cumcount()  # one of each theme before the second of any: they repeat one another
    return found.loc[turn.sort_values(kind="stable").index]


def _show_cards(
    opened: Snapshot,
    listed: pd.DataFrame,
    beside: Question | None,
    sizes: dict[int, int] | None = None,
    search: str = "",
    spans: Sequence[str] = (),
) -> None:
    """Shows the comments listed, in their order; where there is a column `copies`, how many near copies each has.

    Args:
        spans: in place of the day of each, the days on which its copies came.
    """
    details = details_of(opened.survey.key, listed["response_no"].tolist())
    crowds, theirs = _crowds(opened)
    mark = plain(from_crowd(crowds, opened.survey, house_style())) if crowds else ""
    copies = listed["copies"].tolist() if "copies" in listed else [1] * len(listed)
    found, questions = cards(opened.survey, details, listed, beside, sizes, search), listed["question"].tolist()
    days = spans or [day_words(card.day, house_style()) if card.day else "" for card in found]
    about = plain(short_name(beside.text)) if beside is not None else ""
    for card, many, question, day in zip(found, copies, questions, days, strict=True):
        _show_card(opened, card, question, day, many, about, mark if card.response_no in theirs else "")


def _show_card(
    opened: Snapshot, card: Card, question: str, day: str, copies: int = 1, about: str = "", crowd: str = ""
) -> None:  # fmt: skip
    """Shows one comment, with a way to hide it for whoever may.

    Args:
        crowd: that it came with a crowd on which nobody decided yet; empty where it did not.
        about: the question whose answer stands beside it, which is named where the answer is a bare number.
    """
    with st.container(border=True, gap="xsmall"):
        st.markdown(plain_marked(card.pieces))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            for label in card.said:
                bare = about and not any(sign.isalpha() for sign in label)
                st.badge(f"{about}: **{plain(label)}**" if bare else f"**{plain(label)}**", color="gray")
            if crowd:
                st.badge(crowd, color="orange")
            for label in card.groups:
                st.badge(plain(label), color="gray")
            if day:
                st.caption(plain(day), width="content")  # "1. Juni" alone is a list
            if copies > 1:
                st.caption(spoken("{count} wrote nearly the same", count=copies), width="content")
            show_hide(opened, card.response_no, question)


def _show_themes(opened: Snapshot, report: ThemeReport, view: View, beside: Question | None, request: Request) -> None:
    """Shows each theme with its share, who says it, and the comments behind it; `view` is who wrote them, and when."""
    read = len(report.comments)
    if read < report.written:
        st.caption(
            spoken("Found in {read} of {all} comments, spread evenly over all of them.", read=read, all=report.written)
        )
    if report.table.empty:
        _show_sent_by_many(opened, report, beside)
        st.info(none_sentence(report))
        several = repeated(report, SHOWN_REPEATED)
        if not several.empty:
            st.header(spoken("Written by several readers"), anchor=False)
            _show_cards(opened, several, beside)
        return
    st.caption(_bases_of(report))
    figure, behind = st.columns([2, 3], gap="large")
    with figure:
        options = stated_options(opened.survey, NAME)
        made = partial(themes_made, report, view, options)
        show_figures({FIGURE: theme_bars(report, house_style(), mode())}, "themes", made=made)
    answers = None
    if beside is not None:
        given = choices_of(opened, beside.key)
        answers = dict(zip(given["response_no"].tolist(), given["value"].tolist(), strict=True))
    with behind:
        for row in report.table.to_dict("records"):
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.markdown(f"**{plain(theme_name(row))}**", width="content")
                words = spoken("Read all {count}", count=in_theme(report, row["theme"]))
                st.button(
                    words, on_click=_read, args=(row["theme"],), key=f"read {row['theme']}",
                    type="tertiary",
                )  # fmt: skip
            _show_cards(opened, examples(report, row["theme"], SHOWN_EXAMPLES, answers), beside)
    _show_sent_by_many(opened, report, beside)
    if opened.survey.dimensions:
        _show_groups(opened, report, view, options, request)


def _bases_of(report: ThemeReport) -> str:
    """How the comments written come down to those behind the shares: each number of this page once, in its order."""
    counted = report.counted
    weighed = counted[counted["counts_for"] > 0]
    told = {
        "read": len(report.comments), "different": len(counted), "base": len(weighed),
        "themed": int((weighed["theme"] >= 0).sum()),
    }  # fmt: skip
    if len(weighed) == len(counted):
        return spoken("{read} comments, {different} different: {themed} of these are in a theme.", **told)
    return spoken(
        "{read} comments, {different} different, {base} of these with a weight: {themed} of them are in a theme.",
        **told,
    )


def _show_sent_by_many(opened: Snapshot, report: ThemeReport, beside: Question | None) -> None:
    """Shows each text that many readers sent, once; it is in no theme. Nothing where there is none."""
    sent = sent_by_many(report)
    if sent.empty:
        return
    st.header(spoken("One text from many readers"), anchor=False)
    st.caption(spoken("Each was sent nearly word for word by many. It counts once, is in no theme, and names none."))
    days = [_span(opened.survey, *ends) for ends in zip(sent["first_at"], sent["last_at"], strict=True)]
    _show_cards(opened, sent, beside, spans=days)


def _span(survey: Survey, first: pd.Timestamp, last: pd.Timestamp) -> str:
    """The days from the first to the last of them, empty where their times are not known."""
    ends = [local_day(at, survey.time_zone) for at in (first, last)]
    return unbroken(span_words(ends[0], ends[1], house_style())) if ends[0] and ends[1] else ""


def _read(theme: int) -> None:
    st.session_state[PART.name] = "read"
    state_option(THEME, (str(theme),))


def _show_groups(opened: Snapshot, report: ThemeReport, view: View, options: Pairs, request: Request) -> None:
    st.header(spoken("Who says it"), anchor=False)
    (key,), style = choose_by(opened.survey, request).by, house_style()
    dimension = dimension_of(opened.survey, key)
    groups = theme_groups(report, opened.levels(), dimension)
    show_table(
        theme_groups_table(report, groups, style),
        "theme groups",
        spoken("Each theme by {group}", group=dimension.label),
    )
    st.caption(plain(theme_groups_figure(report, groups, dimension.label, style, mode()).caption))
    folded = st.expander(spoken("Export"), key="theme groups open", on_change="rerun")
    if folded.open:
        with folded:
            show_export(theme_groups_made(report, view, groups, dimension, options), "theme groups export")


def _show_quotes(opened: Snapshot, report: ThemeReport, key: str, question: Question | None) -> None:
    """Shows comments to print for each answer to the question, and lets an editor swap any of them."""
    if question is None:
        st.info(
            spoken("There is no question with choices, so nothing to balance quotes over. Read the comments instead.")
        )
        return
    st.markdown(f"**{plain(question.text)}**")
    _, theirs = _crowds(opened)
    of_crowds = report.comments["response_no"].isin(list(theirs))
    if of_crowds.any():
        st.caption(spoken_of(
            int(of_crowds.sum()), "{count} comment came with a crowd that waits for a decision: it is not picked.",
            "{count} comments came with a crowd that waits for a decision: none of them is picked.",
        ))  # fmt: skip
        report = replace(report, comments=report.comments[~of_crowds])
    consents = _choose_consents(opened, report)
    if consents is not None and not consents:
        return
    offered = {one: one for one in EACH.values}
    each = int(choose_one(EACH, spoken("For each answer"), offered, "2", st.segmented_control, required=True))
    quotes = pick_quotes(
        report, question, choices_of(opened, question.key), each=each,
        consents=consents, groups=_groups(opened), passed=_passed(),
    )  # fmt: skip
    if not quotes:
        st.info(spoken("No comment fits: too short, too long, put aside, or without consent."))
    for choice in question.choices:
        ours = [quote for quote in quotes if quote.choice.value == choice.value]
        if ours:
            st.header(plain(choice.label), anchor=False)
            for place, column in enumerate(st.columns(each)):
                if place < len(ours):
                    with column:
                        _show_quote(opened, ours[place], key, asked=consents is not None)
    st.caption(
        spoken(
            "Picked by rule: near the middle of a theme, another theme and another group each time, 5 to 60 words, "
            "without contact data. Check every quote before it is printed."
        )
    )
    if _passed():
        st.button(spoken("Bring back those put aside"), on_click=_bring_back, type="tertiary")


def _choose_consents(opened: Snapshot, report: ThemeReport) -> Collection[str] | None:
    """Returns what counts as consent, empty where the page has asked for it, None where it is left aside knowingly."""
    given = opened.survey.columns.consent_given
    if given:
        said = consent_words(consent_in(report.comments, given), house_style())
        yes = listed([quoted(word) for word in given], "or")
        st.caption(plain(f"{said} {spoken('Consent is {answers}.', answers=yes)}"))
        return given
    if opened.survey.columns.consent:
        found = consents_of(report.comments)
        words = {value: plain(value) for value in found}
        chosen = choose_several(
            YES, spoken("Which answer is a yes to being printed?"), words, st.pills, selection_mode="multi"
        )
        if chosen:
            st.caption(plain(consent_words(consent_in(report.comments, chosen), house_style())))
        else:
            st.info(spoken("No comment is shown for print until you choose which answer gives consent."))
        return chosen
    st.warning(spoken("This survey did not ask for consent to be printed: whoever is quoted has to be asked first."))
    return None if choose_whether(UNASKED, spoken("Show comments without consent")) else ()


def _show_quote(opened: Snapshot, quote: Quote, key: str, *, asked: bool) -> None:
    survey = opened.survey
    with st.container(border=True, gap="small"):
        st.markdown(f"**{spoken('“{label}”', label=plain(quote.text))}**")
        st.markdown(plain(attribution(quote, survey, house_style())))
        st.caption(plain(typical_words(quote)))
        with st.container(horizontal=True):
            with st.popover(spoken("Copy"), type="tertiary"):
                st.code(quote_words(quote, survey, house_style(), asked=asked), language=None, wrap_lines=True)
            st.button(
                spoken("Another one"), on_click=_put_aside, args=(quote.response_no,), key=f"swap {quote.response_no}",
                type="tertiary",
            )  # fmt: skip
            show_hide(opened, quote.response_no, key)


def _groups(opened: Snapshot) -> dict[int, object]:
    """Returns the group of each profile: its levels of the first dimension."""
    if not opened.survey.dimensions:
        return {}
    levels = opened.levels()
    return dict(levels[opened.survey.dimensions[0].key].items())


def _passed() -> list[int]:
    return [int(number) for number in stated_option(PASSED) if number.isascii() and number.isdigit()]


def _put_aside(response_no: int) -> None:
    state_option(PASSED, [str(number) for number in (*_passed(), response_no)])


def _bring_back() -> None:
    state_option(PASSED, ())


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
