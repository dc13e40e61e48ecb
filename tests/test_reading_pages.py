"""The pages of comments and of single responses, run as Streamlit runs them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.chosen import few_of
from tests.made.sheets import frames
from tests.pages_fixture import COLUMNS, definition, import_survey, page_at, readers
from tests.surveys import command
from tests.test_pages import HOSTILE, UNLIKE, as_read, database, markdown_texts, markup_in, words  # noqa: F401 (a fixture)
from tests.test_weights import TARGETS

Open = Callable[..., AppTest]

CHIP = re.compile(r"^:gray-badge\[(.*)\]$")
"""Our own mark around an answer."""
TEXTS = (
    "Lock them all away!",
    "Mail me: ann@example.org",
    "Sie lenken nur ab, größtes Übel",
    "Телефоны мешают детям учиться",
)


@pytest.fixture
def page(database: Path, monkeypatch: pytest.MonkeyPatch) -> Open:  # noqa: F811
    """Gives a function that opens the page of that name with what else the address says."""
    monkeypatch.setenv("DATABASE_URL", str(database))
    return lambda name, **choices: page_at(name, {"survey": "phones"} | choices).run()


def with_comments(database: Path, texts: tuple[str, ...], number: int = 40) -> None:  # noqa: F811
    """Imports a survey of so many readers, the first of whom wrote these texts."""
    rows = [(*row, texts[place] if place < len(texts) else "") for place, row in enumerate(readers(number))]
    import_survey(database, definition(written=True), rows, columns=(*COLUMNS, "comment"))


def test_comments_stand_beside_the_answer_with_a_date_and_no_contact_data(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, TEXTS)

    app = page("comments")

    assert "4 comments from 40 readers in this selection" in words(app)
    assert "Mail me: [e-mail]" in words(app)
    assert "example.org" not in words(app)
    assert "1 June 2025" in words(app)
    assert [badge for badge in markdown_texts(app) if "-badge[Women]" in badge] == []


@pytest.mark.parametrize("name", ["comments", "survey", "responses", "newsroom", "published", "segments"])
def test_a_german_date_is_a_date_and_no_list(page: Open, database: Path, name: str) -> None:  # noqa: F811
    with_comments(database, TEXTS)

    app = page(name, **{"lang.page": "de"})

    texts = [str(one.value).replace("\u00a0", " ") for one in (*app.markdown, *app.caption)]
    assert name != "comments" or r"1\. Juni 2025" in texts
    assert [text for text in texts if re.search(r"^\s*\d+[.)]\s", text, re.MULTILINE)] == []


def test_a_search_keeps_the_comments_that_hold_every_word(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, TEXTS)

    assert "1 comment from 40 readers" in words(page("comments", search="GROSST ubel"))
    assert "1 comment from 40 readers" in words(page("comments", search="телефон дет"))
    assert "Nobody in this selection wrote such a comment" in words(page("comments", search="zebra"))


def test_only_comments_of_those_who_gave_an_answer(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, TEXTS)

    app = page("comments", given="n")

    assert "1 comment from 13 readers" in words(app)
    assert "Lock them all away" not in words(app)


def test_no_comment_is_shown_from_a_selection_of_fewer_than_ten(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, TEXTS, number=9)

    app = page("comments")

    assert "Fewer than 10 readers are in this selection" in words(app)
    assert "Lock them" not in words(app)
    assert "9 readers" not in words(app)


def test_a_selection_of_nobody_is_called_that_and_no_matter_of_privacy(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, TEXTS)

    app = page("comments", **{"where.age": "No answer"})

    assert "Nobody is in this selection" in words(app)
    assert "somebody could tell" not in words(app)


def test_an_answer_that_a_filter_keeps_is_a_chip_and_is_not_asked_for_again(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, TEXTS)

    app = page("comments", **{"where.ban": "n", "given": "y"})  # as an old link may say it: yes and no at once
    found, chips = words(app), [one.label for one in app.button if one.label.endswith("✕")]
    next(one for one in app.button if one.label.endswith("✕")).click().run()

    assert "1 comment from 13 readers" in found
    assert [as_read(one) for one in chips] == ["Answered: No  ✕"]
    assert not any(one.label == "Only from those who answered" for one in app.pills if "given" not in str(one.key))
    assert "4 comments from 40 readers" in words(app)


def test_comments_are_of_more_readers_than_the_cell_that_leads_to_them_and_both_pages_say_why(
    page: Open,
    database: Path,  # noqa: F811
) -> None:
    rows = [
        (*row[:-1], "" if place % 4 == 0 else row[-1], "Aha") for place, row in enumerate(readers(240, answers="yynny"))
    ]
    import_survey(
        database, definition(written=True, more=TARGETS), rows, columns=(*COLUMNS, "comment")
    )  # a reader in four names no gender, by which answers are weighted
    cell = ["ban", "share", "y", "age", "60+"]

    table, comments = page("crosstabs", cell=cell), page("comments", **{"where.age": "60+", "where.ban": "y"})

    (given,) = re.findall(r"; (\d+) gave this answer", words(table))
    (listed,) = re.findall(r"Both list (\d+) readers", words(table))
    left = int(listed) - int(given)
    said = f"{left} of these readers have no known weight and are in no weighted number."
    assert left > 0
    assert said in words(table)
    assert said in words(comments)
    assert f"from {listed} readers in this selection" in words(comments)


def test_groups_are_shown_only_where_ten_share_them(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, TEXTS, number=60)  # ages and genders in turn: ten readers in each of six profiles

    shown = page("comments", writers="true")
    none = page("comments")

    assert any("-badge[Women]" in text for text in markdown_texts(shown))
    assert not any("-badge[Women]" in text for text in markdown_texts(none))


def test_groups_of_nine_stay_hidden(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, TEXTS, number=54)

    app = page("comments", writers="true")

    assert not any("-badge[Women]" in text for text in markdown_texts(app))


@pytest.mark.parametrize("name", few_of(HOSTILE, UNLIKE.__contains__))
def test_what_readers_write_is_text_and_never_markup(name: str, page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, (HOSTILE[name], "A quiet one"))

    for app in (page("comments"), page("comments", search="a quiet")):
        assert [found for text in markdown_texts(app) for found in markup_in(CHIP.sub(r"\1", text))] == []
        assert not app.exception


def test_responses_are_shown_page_by_page(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, TEXTS, number=120)

    app = page("responses")
    assert "1 to 50 of 120 responses" in words(app)
    (first,) = frames(app)
    app.button(key="next page").click().run()
    assert "51 to 100 of 120 responses" in words(app)
    app.button(key="next page").click().run()
    assert "101 to 120 of 120 responses" in words(app)
    assert app.button(key="next page").disabled
    app.button(key="first page").click().run()

    assert frames(app)[0].equals(first)
    assert {"Time", "Age", "Gender", "Comment", "Standing"} <= set(first.columns)


def test_more_responses_than_are_counted_one_by_one_are_said_to_be_more(
    page: Open, database: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    with_comments(database, TEXTS, number=120)
    command("screen", "phones", "--response", "1", "--rule", "Twice", "--db", database)
    monkeypatch.setattr("analytics.pages.ground.written.COUNTED_TO", 50)

    assert "1 to 50 of 119 responses" in words(page("responses"))
    assert "1 to 50 of 59 responses" in words(page("responses", gender="m"))  # added up from groups
    assert "1 to 50 of more than 50 responses" in words(page("responses", ban="y"))
    assert "1 to 40 of 40 responses" in words(page("responses", ban="n"))
    assert "1 to 1 of 1 response, newest first." in words(page("responses", standing="screened"))


def test_columns_are_left_out_of_the_table_by_the_address_and_never_of_the_row_that_is_opened(
    page: Open,
    database: Path,  # noqa: F811
) -> None:
    with_comments(database, TEXTS)

    app = page(
        "responses", **{"response.opened": "1", "columns.without": ["gender", "response", "no-such-column"]}
    )  # fmt: skip
    (shown,) = frames(app)

    assert "Gender" not in shown.columns
    assert "Age" in shown.columns
    assert any(text.startswith("**Gender**") for text in markdown_texts(app))
    assert app.query_params["columns.without"] == ["gender", "response"]
    assert "1" in app.query_params["response.opened"]

    app.button(key="close response").click().run()

    assert "response.opened" not in app.query_params
    assert not any(text.startswith("**Gender**") for text in markdown_texts(app))


def test_single_responses_are_german_in_german_but_for_what_the_survey_calls_things(page: Open, database: Path) -> None:  # noqa: F811
    rows = [(*row[:-1], "") for row in readers(20)]
    import_survey(database, definition(), rows)

    (shown,) = frames(page("responses", **{"lang.page": "de"}))

    assert set(shown["Gender"]) == {"Keine Angabe"}
    assert set(shown["Status"]) == {"Gezählt"}


def test_a_filter_or_a_search_starts_again_at_the_first_page(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, TEXTS, number=120)
    app = page("responses")
    app.button(key="next page").click().run()

    app.text_input(key="search").set_value("lock").run()

    assert "1 to 1 of 1 response," in words(app)
    assert "after" not in app.query_params


def test_a_place_in_the_address_that_makes_no_sense_is_passed_over(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, TEXTS)

    app = page("responses", after="1.x.'; DROP TABLE")

    assert "1 to 40 of 40 responses" in words(app)


def test_a_survey_without_texts_says_so(page: Open, database: Path) -> None:  # noqa: F811
    import_survey(database, definition(), readers(20))

    assert "Nothing in this survey asks readers for their own words" in words(page("comments"))


def about_two_things(number: int = 60) -> tuple[str, ...]:
    """Returns so many comments, every other one about noise, the others about parking."""
    noise, parking = ["noise", "awake", "night", "sleep", "loud"], ["parking", "cars", "garage", "market", "kerb"]
    beside = [f"{one}{two}" for one in ("bar", "dol", "fen", "gim", "kus") for two in ("on", "ique", "erst", "ald")]
    return tuple(
        " ".join(
            [words[0], words[1 + n % 4], words[1 + (n + n // 4 + 1) % 4], beside[n % 20], beside[(3 * n + 7) % 20]]
        )
        for n in range(number)
        for words in [(noise, parking)[n % 2]]
    )


def test_themes_are_shown_with_shares_and_the_comments_behind_them(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, about_two_things(), number=120)

    app = page("comments", part="themes")

    assert "Frequent themes of comments: " in words(app)  # which of the two is ahead may be chance
    (counted,) = re.findall(r"Share of (\d+) comments", words(app))
    assert 20 < int(counted) < 60  # near copies count once, which Method says
    assert "Who says it" in words(app)
    assert any(text.startswith("noise ") for text in markdown_texts(app))
    assert any(text.startswith("parking ") for text in markdown_texts(app))
    assert not app.exception


def test_themes_are_weighted_as_the_page_says(page: Open, database: Path) -> None:  # noqa: F811
    rows = [(*row, text) for row, text in zip(readers(120), (*about_two_things(), *[""] * 60), strict=True)]
    import_survey(database, definition(written=True, weighted=True), rows, columns=(*COLUMNS, "comment"))

    weighted, plain = page("comments", part="themes"), page("comments", part="themes", weighting="none")

    # Every other reader is a man of weight 3, and it is the men who write about noise
    counted = re.findall(r"Share of (\d+) comments", words(weighted))[0]
    worth, *_ = re.findall(r"by the weights of the file; they are worth (\d+) unweighted ones", words(weighted))
    assert 0.7 * int(counted) < int(worth) < int(counted)
    assert re.search("(Most frequent theme|Frequent themes of comments): “noise", words(weighted))
    assert re.search("(Most frequent theme|Frequent themes of comments): “parking", words(plain))


def test_a_link_shows_nobody_for_print_where_a_survey_asked_for_consent(page: Open, database: Path) -> None:  # noqa: F811
    rows = [(*row, text, "yes") for row, text in zip(readers(60), about_two_things(), strict=True)]
    texts = definition(written=True)
    texts["phones.toml"] = texts["phones.toml"].replace('comment = "comment"', 'comment = "comment"\nconsent = "ok"')
    import_survey(database, texts, rows, columns=(*COLUMNS, "comment", "ok"))

    linked = page("comments", part="quotes", unasked="true")

    assert "No comment is shown for print until you choose which answer gives consent" in words(linked)
    assert quotes_in(linked) == []
    assert quotes_in(page("comments", part="quotes", yes="yes")) != []


def quotes_in(app: AppTest) -> list[str]:
    """Returns what can be copied of each quote."""
    return [one.value for one in app.code]


def test_the_definition_says_once_who_may_be_printed(page: Open, database: Path) -> None:  # noqa: F811
    agreed = ["yes", "no", ""] * 40
    rows = [
        (*row, text, said)
        for row, text, said in zip(readers(120), (*about_two_things(), *[""] * 60), agreed, strict=True)
    ]
    texts = definition(written=True)
    texts["phones.toml"] = texts["phones.toml"].replace(
        'comment = "comment"', 'comment = "comment"\nconsent = "ok"\nconsent_given = ["yes"]'
    )
    import_survey(database, texts, rows, columns=(*COLUMNS, "comment", "ok"))

    app, linked = page("comments", part="quotes"), page("comments", part="quotes", unasked="true")

    assert quotes_in(linked) == quotes_in(app)  # no link shows those who did not agree
    assert "Not asked yet" not in words(linked)
    assert (
        "40 of 60 comments are left out: their writers did not agree to be printed, 20 of them said nothing about it"
        in words(app)
    )
    assert "A reader who answered" in words(app)
    assert not [one for one in app.get("button_group") if one.proto.label.startswith("Which answer is a yes")]


def test_the_comments_of_one_theme_can_be_read_alone(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, about_two_things(), number=120)

    app = page("comments", theme="0")
    few = words(app)
    next(button for button in app.button if button.label == "All comments").click().run()

    assert "Only the theme" in few
    assert "60 comments from 120 readers" not in few
    assert "60 comments from 120 readers" in words(app)


SENTENCES = (
    "Traffic on match days is already terrible around here", "It all depends on who pays for the building in the end",
    "Noise from the ground keeps my children awake at night", "Our club has waited forty years for a proper home",
    "Taxes should mend schools before anybody builds terraces", "Young players need somewhere safe to train all winter",
)  # fmt: skip


def test_no_clear_themes_are_an_outcome_of_their_own(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, TEXTS)

    assert "No clear themes in" in words(page("comments", part="themes"))


def test_sentences_that_come_again_and_again_are_not_called_too_few(page: Open, database: Path) -> None:  # noqa: F811
    picked = [f"{sentence} ({n % 7})" for n in range(60) for sentence in [SENTENCES[n % len(SENTENCES)]]]
    with_comments(database, picked, number=60)

    said = words(page("comments", part="themes"))

    assert f"No clear themes in {len(SENTENCES)} different comments." in said
    assert "54 near copies count once" in said
    assert "Written by several readers" in said
    assert "10 wrote nearly the same" in said


def test_nobody_is_quoted_before_somebody_says_so(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, about_two_things(), number=120)

    asked = page("comments", part="quotes")
    shown = page("comments", part="quotes", unasked="true")

    assert "This survey did not ask for consent to be printed" in words(asked)
    assert "A reader who answered" not in words(asked)
    assert quotes_in(asked) == []
    assert "This survey did not ask for consent to be printed" in words(shown)
    assert {quote.splitlines()[-1] for quote in quotes_in(shown)} == {"Not asked yet whether this may be printed."}
    assert "A reader who answered “Yes”, 1 June 2025" in words(shown)
    assert "10 comments of those who said “No” are about the same" in words(shown)


def test_a_quote_can_be_swapped_and_the_address_remembers(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, about_two_things(), number=120)
    app = page("comments", part="quotes", unasked="true")
    swap = next(button for button in app.button if button.label == "Another one")
    number = swap.key.removeprefix("swap ")

    swap.click().run()

    assert app.query_params["passed"] in (number, [number])
    assert f"swap {number}" not in {button.key for button in app.button}
    assert "Bring back those put aside" in {button.label for button in app.button}


def test_the_nearest_to_all_stand_first_and_copies_once(page: Open, database: Path) -> None:  # noqa: F811
    campaign = ("Stop the bridge now and save our lovely river bank",) * 4
    with_comments(database, (*campaign, *TEXTS, "The bridge is ugly"))

    app = page("comments", order="typical")

    assert "4 wrote nearly the same" in words(app)
    assert words(app).count("Stop the bridge now") == 1


def test_a_file_of_exactly_what_is_filtered_has_its_hash_beside_it(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, TEXTS, number=60)
    app = page("responses", search="lock")
    app.button(key="make file").click().run()

    assert "1 row, SHA-256" in words(app)
    assert re.search(r"phones-responses-\d{8}-\d{6}-[0-9a-f]{8}\.csv", app.get("download_button")[0].proto.label)


def test_no_cell_of_the_table_of_responses_can_turn_into_a_formula(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, ("=HYPERLINK(1)", "-1 for me", "fine"))

    (shown,) = frames(page("responses"))

    assert {"\u2060=HYPERLINK(1)", "\u2060-1 for me", "fine"} <= set(shown["Comment"])


def test_a_search_is_obeyed_by_themes_and_quotes_too(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, about_two_things(), number=120)

    themes, quotes = (page("comments", part=part, search="parking", unasked="true") for part in ("themes", "quotes"))

    assert "noise" not in words(themes).casefold()
    assert "noise" not in words(quotes).casefold()
    assert "parking" in words(quotes).casefold()


def test_the_number_on_a_themes_button_is_that_of_its_list(page: Open, database: Path) -> None:  # noqa: F811
    said = (*about_two_things(), *[""] * 60)
    rows = [(*row, text) for row, text in zip(readers(120), said, strict=True)]
    rows = [(*row[:5], "" if place % 7 == 0 else row[5], row[6]) for place, row in enumerate(rows)]  # no weight known
    import_survey(database, definition(written=True, more=TARGETS), rows, columns=(*COLUMNS, "comment"))
    app = page("comments", part="themes")
    numbers = [int(one.label.removeprefix("Read all ")) for one in app.button if one.label.startswith("Read all")]

    listed = [page("comments", theme=str(place)) for place in range(len(numbers))]

    found = sorted(int(re.search(r"(\d+) comments? from", words(one))[1]) for one in listed)  # type: ignore[index]
    assert found == sorted(numbers)
    assert len(numbers) > 1


def test_a_hidden_comment_is_in_no_list_or_theme_until_it_is_shown_again(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, ("You are all idiots", *about_two_things()), number=120)
    app = page("comments", search="idiots")
    next(one for one in app.button if one.label == "Hide").click().run()

    assert "Nobody in this selection wrote such a comment" in words(app)
    assert "1 comment hidden" in words(app) or "1 comment hidden" in labels(app)
    assert "idiots" not in " ".join(frames(page("responses"))[0]["Comment"])
    app.button(key="undo hiding").click().run()
    assert "idiots" in words(app)


def test_a_comment_is_hidden_beside_its_quote_and_undone_there(page: Open, database: Path) -> None:  # noqa: F811
    with_comments(database, ("You are all complete idiots over there", *about_two_things()), number=120)
    app = page("comments", part="quotes", unasked="true", search="idiots")
    assert "“You are all complete idiots" in words(app)

    next(one for one in app.button if one.label == "Hide").click().run()

    assert "“You are all complete idiots" not in words(app)
    app.button(key="undo hiding").click().run()
    assert "“You are all complete idiots" in words(app)


def test_a_comment_is_hidden_beside_its_response_and_the_file_says_how_many_are(
    page: Open,
    database: Path,  # noqa: F811
) -> None:
    with_comments(database, ("You are all idiots", "A quiet one"))
    app = page("responses", search="idiots", **{"response.opened": "1"})

    app.button(key="hide 1 ").click().run()

    assert "No response fits" in words(app)
    app = page("responses", sort="oldest")
    assert "idiots" not in " ".join(frames(app)[0]["Comment"])
    app.button(key="make file").click().run()
    assert "1 comment of this survey is hidden and left out." in words(app)
    made = app.session_state["file made"][3].decode().splitlines()
    at = made[0].split(",").index("comments_hidden")
    assert sorted(line.split(",")[at] for line in made[1:]) == ["0"] * 39 + ["1"]
    assert "idiots" not in "".join(made)


def test_what_leaves_with_comments_says_how_many_are_hidden(page: Open, database: Path, tmp_path: Path) -> None:  # noqa: F811
    with_comments(database, ("You are all idiots", *about_two_things()), number=120)
    before = [command(*said.split(), "--db", database) for said in LEAVING]
    app = page("comments", search="idiots")
    next(one for one in app.button if one.label == "Hide").click().run()

    after = [command(*said.split(), "--db", database) for said in LEAVING]
    figure = command(*EXPORT.split(), tmp_path / "themes.csv", "--db", database)

    assert ["hidden" in one.stderr for one in before] == [False] * len(LEAVING)
    assert ["1 comment of this survey is hidden and left out." in one.stderr for one in after] == [True] * len(LEAVING)
    assert "comments_hidden" not in before[1].stdout
    assert "comments_hidden" in after[1].stdout
    assert figure.exit_code == 0, figure.output
    assert "1 comment of this survey is hidden and left out." in (tmp_path / "themes.csv").read_text(encoding="utf-8")


EXPORT = "export phones comment --view themes --output"
LEAVING = ("comments phones", "responses phones --format csv", "responses phones --format json", "themes phones")


def labels(app: AppTest) -> str:
    """Returns the labels of what opens on the page."""
    return " ".join(str(one.proto) for one in app.get("popover"))
