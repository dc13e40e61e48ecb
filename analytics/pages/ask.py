"""Asks readers a question under an article: what they will see, what to paste, and the answers that wait for a look."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.collect.article import article_page
from analytics.collect.asked import AskedSurvey
from analytics.collect.drafting import (
    GROUPS,
    MOST_FURTHER,
    DraftedSurvey,
    closing_question,
    draft_of,
    drafted,
    drafted_survey,
    lines,
    typed_again,
)
from analytics.collect.form import form_of, form_page
from analytics.collect.pasting import origin_of, snippets
from analytics.collect.results import thanks_page
from analytics.collect.variants import PLACEMENT, is_varied, variant_of
from analytics.collect.wording import remarks
from analytics.errors import StoreError, SurveyError
from analytics.imports.articles.text import article_from_text
from analytics.imports.proposing.names import slug
from analytics.language.catalogues import languages
from analytics.language.dates import clock_words, day_words
from analytics.language.notation import own_name
from analytics.language.said import noted, speech, spoken, spoken_of
from analytics.model import Article, Fieldwork, Survey, first_asked
from analytics.model.access import may_ask
from analytics.pages.choices.address import state_survey, stated_survey
from analytics.pages.choices.controls import offer_several, typed_days
from analytics.pages.data_map import show_data_map
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import (
    EDITOR,
    ask,
    asked_seen,
    change,
    house_style,
    is_taken,
    listing,
    person,
    revisions,
    survey_seen,
)
from analytics.pages.opening import show_head
from analytics.store.place.connections import Store
from analytics.store.read.waiting import WaitingAnswer, read_waiting
from analytics.store.record.circumstances import UNPROVED
from analytics.store.tables.fieldwork import ask_survey, read_asked_keys
from analytics.store.tend.editing import close_survey, edit_survey, is_closed, reopen_survey
from analytics.store.tend.keeping import leave_out_unverified, verify_responses
from analytics.web import parts_of

COLLECT_URL, OWN_ENDPOINT = "COLLECT_URL", "http://localhost:8502"
SAID, REFUSED = "said on the page Ask", "refused on the page Ask"
NEW = ""
SHOWN_A_REASON = 20
PREVIEW_HEIGHT = 520
REASONS = {
    "none": noted("Sent without a form"),
    "foreign": noted("The form was not ours"), "old": noted("The form was too old"),
    "spent": noted("The form was used before"), "trap": noted("A field was filled in that no reader sees"),
    "fast": noted("Sent faster than anybody reads"), "reader": noted("Several answers in a row by one reader"),
    "network": noted("Many answers from one network within an hour"), "unchecked": noted("The check did not work"),
    "account": noted("The account answered before"),
    UNPROVED: noted("Not the first of its network, and the browser proved nothing"),
}  # fmt: skip
"""Why an answer waits, by the word that the store has for it."""


def show() -> None:
    """Shows the question that is asked, or the fields of a new one."""
    show_head(spoken("Ask"))
    if said := st.session_state.pop(SAID, ""):
        st.success(plain(said))
    if refused := st.session_state.pop(REFUSED, ""):
        st.error(plain(refused))
    known = [key for key in ask(read_asked_keys) if key in revisions()]
    key = _choose(known)
    asked = asked_seen(key) if key else None
    if asked is None:
        _show_new()
    else:
        state_survey(key)
        _show_asked(*asked)
    show_data_map()


def _choose(known: list[str]) -> str:
    """Returns the survey that is looked at, NEW for a new question."""
    if not known:
        return NEW
    named = stated_survey()
    titles = {key: found.title for key in known if (found := survey_seen(key))}
    st.session_state.setdefault("asked", named if named in titles else NEW)
    chosen: str = st.selectbox(
        spoken("Question"), [NEW, *titles], key="asked",
        format_func=lambda key: plain(titles[key]) if key else spoken("A new question"),
    )  # fmt: skip
    return chosen


# A new question


def _show_new() -> None:
    _offer_template()
    fields, seen = st.columns([3, 2], gap="large")
    with fields:
        draft = _typed()
    survey, fieldwork, fault = drafted_survey(draft), None, ""
    try:
        survey, fieldwork = drafted(draft)
    except SurveyError as error:
        fault = str(error)
    with seen:
        st.header(spoken("As readers will see it"), anchor=False)
        shown = fieldwork or Fieldwork(language=draft.language, purpose=draft.purpose)
        _show_preview(AskedSurvey(survey, shown))
    with fields:
        if fault:
            st.info(plain(fault))
        st.button(
            spoken("Ask it"), type="primary", key="ask it", disabled=fieldwork is None, on_click=_ask,
            args=(survey, fieldwork),
        )  # fmt: skip


def _offer_template() -> None:
    """Offers earlier surveys to start from."""
    titles = {key: survey.title for key, survey in _surveys().items()}
    if titles:
        st.selectbox(
            spoken("Start from an earlier survey"), [NEW, *titles], key="ask template", on_change=_fill_in,
            format_func=lambda key: plain(titles[key]) if key else spoken("None"),
            help=spoken("Its question, answers, groups, sites and privacy notice are filled in below."),
        )  # fmt: skip


def _surveys() -> dict[str, Survey]:
    return {key: row.survey for key, row in listing(revisions()).items()}


def _fill_in() -> None:
    """Fills the fields as the survey that was chosen was asked; what it does not say is left as it is."""
    key = st.session_state["ask template"]
    survey = survey_seen(key) if key else None
    if survey is None:
        return
    asked = asked_seen(key)
    typed = typed_again(draft_of(survey, asked and asked[1]))
    st.session_state.update({f"ask {name}": value for name, value in typed.items()})


def _typed() -> DraftedSurvey:
    article = _typed_article()
    title = st.text_input(spoken("Title"), key="ask title")
    question = st.text_area(
        spoken("Exact wording"), height=80, key="ask question",
        help=spoken("The question that the article ends with is offered."),
    )  # fmt: skip
    choices = lines(_typed_lines("choices", spoken("Answers, one a line"), _yes_and_no()))
    unsure = _ticked("unsure", spoken("Offer “Unsure” too"), by_default=True)
    order = st.checkbox(spoken("A new order of the answers for each reader; “Unsure” stays last"), key="ask order")
    further = _typed_further()
    groups = offer_several(
        spoken("Ask about themselves (readers may skip each)"), list(GROUPS), key="ask groups",
        format_func=lambda key: spoken(GROUPS[key][0]), placeholder=spoken("None"),
    )  # fmt: skip
    regions = lines(_typed_lines("regions", spoken("Regions that readers may be from, one a line; empty for none")))
    comment = st.checkbox(spoken("Ask for a comment, with consent to print it"), key="ask comment")
    with st.expander(spoken("Compare wordings and places")):
        wordings = lines(_typed_lines(
            "wordings", spoken("Other wordings of the question, one a line, each put to as many readers")
        ))  # fmt: skip
        placements = lines(_typed_lines("placements", spoken("Places where it will stand, one a line, such as “end”")))
    known = list(languages())
    st.session_state.setdefault("ask language", speech().language)
    language = st.selectbox(spoken("Language of the form"), known, key="ask language", format_func=own_name)
    st.session_state.setdefault("ask zone", _zone(st.context.timezone or "UTC"))
    zone = st.text_input(spoken("Time zone"), key="ask zone")
    opens, closes = _typed_moment("opens", spoken("Opens"), zone), _typed_moment("closes", spoken("Closes"), zone)
    st.session_state.setdefault("ask hosts", "\n".join(_last_hosts()))
    hosts = lines(
        st.text_area(
            spoken("Sites whose pages may show it, one a line"),
            height=68,
            key="ask hosts",
            placeholder="https://paper.example",
        )
    )
    if not hosts:
        st.caption(spoken("Without a site the element and the frame show nothing in your pages: only the link works."))
    results = _ticked("results", spoken("Show readers the total once they answered"), by_default=True)
    sensitive = st.checkbox(
        spoken("The question is sensitive: politics, religion, health, sexuality, origin, unions"), key="ask sensitive"
    )
    purpose = st.text_input(spoken("What the answers are for, in a sentence"), key="ask purpose")
    notice = st.text_input(spoken("Address of the privacy notice"), key="ask notice")
    version = st.text_input(spoken("Version of the privacy notice"), key="ask version")
    draft = DraftedSurvey(
        slug(title), title.strip(), question.strip(), choices, zone.strip(), further, unsure, tuple(groups), comment,
        language, opens, closes, hosts, purpose.strip(), notice.strip(), version.strip(), sensitive, results, article,
        order, wordings, placements, regions,
    )  # fmt: skip
    _show_remarks(draft)
    return draft


def _show_remarks(draft: DraftedSurvey) -> None:
    """Says what might push readers to an answer, in each question and in each of its wordings."""
    if not draft.question:
        return
    first, *further = drafted_survey(draft).questions
    for one in (first, *(replace(first, text=text) for text in draft.wordings), *further):
        for remark in remarks(one):
            st.warning(plain(remark.why if one is first else f"{one.text} {remark.why}"), icon=":material/edit:")


def _typed_lines(name: str, label: str, offered: str = "") -> str:
    st.session_state.setdefault(f"ask {name}", offered)
    return str(st.text_area(label, height=100, key=f"ask {name}"))


def _ticked(name: str, label: str, *, by_default: bool) -> bool:
    st.session_state.setdefault(f"ask {name}", by_default)
    return bool(st.checkbox(label, key=f"ask {name}"))


def _last_hosts() -> tuple[str, ...]:
    """The sites of the question that was asked last: a newsroom's own, most of the time."""
    asked = [found for key in ask(read_asked_keys) if (found := asked_seen(key))]
    named = [(survey.opens or date.min, fieldwork.hosts) for survey, fieldwork in asked if fieldwork.hosts]
    return max(named)[1] if named else ()


def _yes_and_no() -> str:
    return "\n".join((spoken("Yes"), spoken("No")))


def _typed_article() -> Article | None:
    known = {key: found.article for key in revisions() if (found := survey_seen(key)) and found.article}
    if known:
        st.selectbox(
            spoken("An article that is here already"), [NEW, *known], key="ask known article", on_change=_offer,
            format_func=lambda key: known[key].headline if key else spoken("Another article"),
        )  # fmt: skip
        if chosen := known.get(st.session_state["ask known article"]):
            return chosen
    text = st.text_area(
        spoken("The article, pasted: a title, then its text"), height=120, key="ask article", on_change=_offer,
        help=spoken("It stays beside the results. It may be left out."),
    )  # fmt: skip
    try:
        return _article(text)
    except SurveyError as fault:
        st.error(plain(str(fault)))
        return None


def _article(text: str) -> Article | None:
    return article_from_text(text, file=spoken("the pasted text")) if text.strip() else None


def _offer() -> None:
    """Offers the title of the article and its last question, where none was typed."""
    key = st.session_state.get("ask known article", NEW)
    survey = survey_seen(key) if key else None
    try:
        article = survey.article if survey is not None else _article(st.session_state.get("ask article", ""))
    except SurveyError:  # the page says it
        return
    if article is not None:
        st.session_state["ask title"] = st.session_state.get("ask title") or article.headline
        st.session_state["ask question"] = st.session_state.get("ask question") or closing_question(article)


def _typed_further() -> tuple[tuple[str, tuple[str, ...]], ...]:
    count = st.number_input(spoken("Further questions"), 0, MOST_FURTHER, key="ask further")
    found = []
    for number in range(1, int(count) + 1):
        text = st.text_input(spoken("Question {number}", number=number + 1), key=f"ask further {number}")
        choices = _typed_lines(f"choices {number}", spoken("Answers, one a line"), _yes_and_no())
        if text.strip():
            found.append((text.strip(), lines(choices)))
    return tuple(found)


def _typed_moment(name: str, label: str, zone: str) -> datetime | None:
    with st.container(horizontal=True):
        day = st.date_input(label, None, key=f"ask {name} day", format=typed_days())
        at = st.time_input(spoken("At"), time(0, 0), key=f"ask {name} time")
    return datetime.combine(day, at, ZoneInfo(_zone(zone))) if isinstance(day, date) else None


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return "UTC"
    return name


def _show_preview(asked: AskedSurvey) -> None:
    """Shows what readers have before them: the form alone, under its article, and once they answered."""
    whole, now = asked.without_time(), datetime.now(UTC)
    views = {"form": noted("The form"), "article": noted("Under the article"), "after": noted("Once answered")}
    if asked.survey.article is None:
        del views["article"]
    view = st.segmented_control(
        spoken("Preview"), list(views), default="form", key="preview", label_visibility="collapsed",
        format_func=lambda name: spoken(views[name]),
    )  # fmt: skip
    if is_varied(asked.fieldwork):
        st.button(spoken("As the next reader sees it"), key="next reader", on_click=_next_reader)
        whole = variant_of(whole, int(st.session_state.get("reader number", 0))).asked
    form = form_of(whole, address="", now=now, own_id=False)
    if view == "article":
        page = article_page(whole, address="", script="", results="")
    elif view == "after":
        page = thanks_page(asked, None)
    else:
        page = form_page(whole, form)
    st.iframe(page, height=PREVIEW_HEIGHT, alt=spoken("The form as readers will see it"))


def _next_reader() -> None:
    st.session_state["reader number"] = int(st.session_state.get("reader number", 0)) + 1


def _ask(survey: Survey, fieldwork: Fieldwork) -> None:
    if is_taken(survey.key):
        st.session_state[REFUSED] = spoken("There is a survey of that title already: type another one.")
        return
    change(lambda engine: ask_survey(engine, survey, fieldwork), may_ask)
    st.session_state["asked"] = survey.key
    st.session_state[SAID] = spoken("It is asked. Paste one of these under the article.")


# A question that is asked


def _show_asked(survey: Survey, fieldwork: Fieldwork) -> None:
    asked, now = AskedSurvey(survey, fieldwork), datetime.now(UTC)
    closed = is_closed(survey, now)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown(spoken("It is closed.") if closed else spoken("It takes answers."))
        st.button(
            spoken("Open it again") if closed else spoken("Close it: no answer is taken any more"), key="turn",
            on_click=_change, args=(survey.key, partial(reopen_survey if closed else close_survey, key=survey.key)),
        )  # fmt: skip
        _show_wording(survey)
        _show_pasting(survey)
        _show_waiting(survey, ask(partial(read_waiting, survey_key=survey.key)))
    with right:
        st.header(spoken("As readers see it"), anchor=False)
        _show_preview(asked)


def _show_pasting(survey: Survey) -> None:
    st.header(spoken("To paste"), anchor=False)
    typed = st.text_input(
        spoken("Where readers reach the endpoint"), _endpoint(), key="endpoint",
        help=spoken("Whoever runs the dashboard knows where it listens."),
    )  # fmt: skip
    try:
        address = origin_of(typed)
    except SurveyError as fault:
        st.error(plain(str(fault)))
        return
    names = {"element": noted("Element"), "frame": noted("Frame"), "link": noted("Link")}
    dimension = survey.dimension(PLACEMENT)
    places = [one.value for one in dimension.levels] if dimension is not None else []
    place = st.selectbox(spoken("For the place"), places, key="place") if places else ""
    for name, text in snippets(survey, address, place or "").items():
        st.caption(spoken(names[name]))
        st.code(text, language=None if name == "link" else "html", wrap_lines=True)


def _endpoint() -> str:
    """Where readers find the form: what was settled, else the pages' own address, which takes answers too."""
    here = parts_of(st.context.url or "")
    return os.environ.get(COLLECT_URL) or (f"{here.scheme}://{here.netloc}" if here.netloc else OWN_ENDPOINT)


def _show_wording(survey: Survey) -> None:
    """Lets an editor correct the question; unless only a typo went, no trend runs across."""
    first = first_asked(survey)
    if first is None:
        return
    with st.expander(spoken("Correct the wording")):
        st.session_state.setdefault("corrected", first.text)
        text = str(st.text_area(spoken("Exact wording"), height=80, key="corrected")).strip()
        same = st.checkbox(spoken("It asks the same as before: only a typo is corrected"), key="same question")
        st.caption(
            spoken("Trends run on.") if same else spoken("Trends break here: answers before were to another question.")
        )
        write = partial(edit_survey, key=survey.key, values={f"question/{first.key}/text": text}, all_along=same)
        st.button(
            spoken("Correct it"), key="correct", disabled=not text or text == first.text, on_click=_change,
            args=(survey.key, write),
        )  # fmt: skip


def _show_waiting(survey: Survey, waiting: tuple[WaitingAnswer, ...]) -> None:
    """Shows why answers wait, with two buttons for all of one reason, and for each of the latest."""
    st.header(spoken("Answers to check"), anchor=False)
    if not waiting:
        st.caption(spoken("No answer waits."))
        return
    words = spoken_of(len(waiting), "{count} answer is not counted yet.", "{count} answers are not counted yet.")
    st.markdown(f"{words} {spoken('What they say is not shown: it must not matter.')}")
    for reason in dict.fromkeys(one.reason for one in waiting):
        these = [one for one in waiting if one.reason == reason]
        st.markdown(f"**{plain(spoken(REASONS.get(reason, reason)))}**: {len(these)}")
        _show_buttons(survey, reason, [one.key for one in these], f"all {reason}")
        with st.expander(spoken("One by one, the latest first")):
            for one in these[:SHOWN_A_REASON]:
                st.caption(plain(_how_it_came(one, survey.time_zone)))
                _show_buttons(survey, reason, [one.key], one.key)


def _show_buttons(survey: Survey, reason: str, keys: list[str], name: str) -> None:
    rule = REASONS.get(reason, reason)
    ways: tuple[tuple[str, str, Callable[..., int]], ...] = (
        ("count", spoken("Count"), verify_responses),
        ("leave out", spoken("Leave out"), partial(leave_out_unverified, rule=rule)),
    )
    with st.container(horizontal=True):
        for way, label, write in ways:
            st.button(label, key=f"{way} {name}", on_click=_decide, args=(survey.key, keys, write))


def _how_it_came(one: WaitingAnswer, zone: str) -> str:
    parts = []
    if one.at is not None:
        local = one.at.astimezone(ZoneInfo(zone))
        parts.append(f"{day_words(local.date(), house_style())}, {clock_words(local)}")
    if one.seconds is not None:
        parts.append(spoken_of(one.seconds, "{count} second on the form", "{count} seconds on the form"))
    if one.placement:
        parts.append(spoken("placed: {place}", place=one.placement))
    if one.referrer:
        parts.append(spoken("on {host}", host=one.referrer))
    return "; ".join(parts)


def _decide(key: str, keys: list[str], write: Callable[..., int]) -> None:
    count = change(lambda engine: write(engine, key, keys, now=datetime.now(UTC)), may_ask, key=key)
    st.session_state[SAID] = spoken_of(count, "{count} answer decided.", "{count} answers decided.")


def _change(key: str, write: Callable[..., object]) -> None:
    by = person().address or str(st.session_state.get(EDITOR) or spoken("somebody at the dashboard"))

    def written(engine: Store) -> object:
        return write(engine, by=by, now=datetime.now(UTC))

    try:
        change(written, may_ask, key=key)
    except StoreError:
        raise
    except SurveyError as fault:
        st.session_state[REFUSED] = str(fault)


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
