"""Articles read from plain text and Markdown."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analytics.errors import FileError
from analytics.imports.articles.article import read_article
from analytics.imports.articles.markdown import article_from_markdown
from analytics.imports.articles.text import article_from_text, sentences
from analytics.model import Article, Section
from tests.patience import dearness

RIVER = Article(
    headline="River Rises Above the Old Bridge Before Anyone Sounds the Alarm",
    kicker="Local News",
    credit="Jane Doe",
    sections=(
        Section(None, ("It rained for nine days.", "Then the banks gave way.")),
        Section("The Mayor Waits", ("He waited for the U.S. engineers.",)),
    ),
    question="Should the town move?",
)

RIVER_TEXT = """Local News
River Rises Above the Old Bridge Before Anyone Sounds the Alarm

Photo: Jane Doe
It rained for nine days.
Then the banks gave way.

The Mayor Waits
He waited for the U.S. engineers.
Should the town move? Tell us.
Survey:
"""

RIVER_MARKDOWN = """Local News

# River Rises Above the Old *Bridge* Before Anyone Sounds the Alarm

Credit: Jane Doe

It rained for
**nine** days.

Then the [banks](https://river.example) gave way.

## The Mayor Waits

He waited for the `U.S.` engineers.

Should the town _move_? Tell us.

Survey:
"""


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def from_text(text: str) -> Article:
    return article_from_text(text, file="article.txt")


def from_markdown(text: str) -> Article:
    return article_from_markdown(text, file="article.md")


def test_the_article_that_started_the_project_is_found_whole(shared: Path) -> None:
    article = read_article(shared / "seed" / "article.txt")

    assert article.kicker == "Breaking News"
    assert article.headline == "President Trump Pushes for Ukraine Ceasefire While Putin Stalls for Advantage"
    assert article.credit == "YouTube"
    assert [section.heading for section in article.sections] == [
        None,
        "Putin Sees No Need to Stop Now",
        "European Leaders Push Back",
        "Kyiv’s Position Is Fraying",
        "Sanctions Remain the Last Card",
    ]
    assert [len(section.paragraphs) for section in article.sections] == [2, 3, 3, 3, 2]
    assert article.question == (
        "Should the U.S. pressure Ukraine to accept a ceasefire, even without Russian concessions?"
    )


def test_no_sentence_of_the_first_article_is_lost_but_the_invitation(shared: Path) -> None:
    path = shared / "seed" / "article.txt"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line]

    article = read_article(path)

    kept = [text for part in article.sections for text in (part.heading, *part.paragraphs) if text]
    assert kept == lines[3:-2]
    assert f"{article.question} Tell us what you think." == lines[-2]


def test_text_and_markdown_of_one_article_read_the_same() -> None:
    assert from_text(RIVER_TEXT) == RIVER
    assert from_markdown(RIVER_MARKDOWN) == RIVER


@pytest.mark.parametrize("ending", [".md", ".markdown", ".MD"])
def test_markdown_files_are_known_by_their_ending(tmp_path: Path, ending: str) -> None:
    assert read_article(written(tmp_path, f"river{ending}", RIVER_MARKDOWN)) == RIVER


@pytest.mark.parametrize(("name", "text"), [("river.txt", RIVER_TEXT), ("river.md", RIVER_MARKDOWN)])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path, name: str, text: str) -> None:
    path = written(tmp_path, name, ("\ufeff" + text.replace("\n", "\r\n")).encode("utf-8"))

    assert read_article(path) == RIVER


def test_blank_lines_between_all_lines_of_a_text_change_nothing() -> None:
    assert from_text(RIVER_TEXT.replace("\n", "\n\n \n")) == RIVER


def test_an_article_of_headline_and_paragraphs_needs_no_kicker() -> None:
    article = from_text("River rises\nIt rained for nine days.\nThen it stopped.")

    assert article == Article(
        "River rises", sections=(Section(None, ("It rained for nine days.", "Then it stopped.")),)
    )


def test_a_headline_alone_is_an_article() -> None:
    assert from_text("River rises\n") == Article("River rises")
    assert from_markdown("# River rises\n") == Article("River rises")


def test_several_kicker_lines_are_joined() -> None:
    assert from_text("World\nLive\nRiver rises\nCredit: Doe\nIt rained.").kicker == "World · Live"
    assert from_markdown("World\n\nLive\n\n# River rises").kicker == "World · Live"


def test_a_long_first_title_is_the_headline_and_the_next_one_a_heading() -> None:
    article = from_text("River Rises Above the Old Bridge in the Night\nThe Mayor Waits\nHe waited.")

    assert article.kicker is None
    assert article.headline == "River Rises Above the Old Bridge in the Night"
    assert article.sections == (Section("The Mayor Waits", ("He waited.",)),)


def test_all_titles_before_a_credit_line_are_kickers_but_the_last() -> None:
    article = from_text("Everything We Know About the Flood in the Valley\nRiver Rises\nSource: Doe\nIt rained.")

    assert article.kicker == "Everything We Know About the Flood in the Valley"
    assert article.headline == "River Rises"


@pytest.mark.parametrize("headline", ["Will the River Rise?", "The River Rises!", "Engineers Leave the U.S."])
def test_a_headline_below_a_kicker_may_end_like_a_sentence(headline: str) -> None:
    article = from_text(f"Local News\n{headline}\nIt rained for nine days.")

    assert (article.kicker, article.headline) == ("Local News", headline)


@pytest.mark.parametrize("word", ["Source", "Credit", "Photo", "Picture", "Image", "SOURCE"])
def test_a_credit_line_may_start_with_any_of_five_words(word: str) -> None:
    assert from_text(f"River rises\n{word}: Jane Doe\nIt rained.").credit == "Jane Doe"
    assert from_markdown(f"# River rises\n{word}: Jane Doe\nIt rained.").credit == "Jane Doe"


def test_a_credit_line_below_the_opening_is_found_and_only_the_first_counts() -> None:
    article = from_text("River rises\nIt rained.\nImage: Doe\nIt stopped.\nSource: the town of Riverside.")

    assert article.credit == "Doe"
    assert article.sections == (Section(None, ("It rained.", "It stopped.", "Source: the town of Riverside.")),)


@pytest.mark.parametrize(
    "line",
    ["It stopped.", "Did it stop?", "It stopped!", "“It stopped.”", "It went on …", "- It stopped", "• It stopped"],
)
def test_short_lines_that_end_a_sentence_or_are_points_of_a_list_are_no_headings(line: str) -> None:
    article = from_text(f"River rises\nIt rained.\n{line}\nNobody knew.")

    assert article.sections == (Section(None, ("It rained.", line, "Nobody knew.")),)


def test_headings_have_at_most_eighty_characters() -> None:
    article = from_text(f"River rises\nIt rained.\n{'a' * 80}\n{'b' * 81}")

    assert article.sections == (Section(None, ("It rained.",)), Section("a" * 80, ("b" * 81,)))


@pytest.mark.parametrize(
    ("last", "question", "kept"),
    [
        ("Should we move?", "Should we move?", ()),
        ("Should we move? What do you think? Tell us.", "Should we move?", ()),
        ("The mayor asks you. Should we move?", "Should we move?", ("The mayor asks you.",)),
        ("Will it hold? Nobody knows. Should we move?", "Should we move?", ("Will it hold? Nobody knows.",)),
        ("Should Dr. Doe and the U.S. Army help? Vote.", "Should Dr. Doe and the U.S. Army help?", ()),
        ("“Should we move?” Tell us.", "“Should we move?”", ()),
        ("Should he ask “why?” again? Vote.", "Should he ask “why?” again?", ()),
        ("It stopped.", None, ("It stopped.",)),
    ],
)
def test_the_closing_question_is_its_sentence_alone(last: str, question: str | None, kept: tuple[str, ...]) -> None:
    for article in (
        from_text(f"River rises\nIt rained.\n{last}"),
        from_markdown(f"# River rises\n\nIt rained.\n\n{last}"),
    ):
        assert article.question == question
        assert article.sections == (Section(None, ("It rained.", *kept)),)


def test_a_question_with_much_after_it_closes_nothing() -> None:
    last = "Will it hold? The engineers measured the wall for a week and then they left without a word to anyone."

    article = from_text(f"River rises\nIt rained.\n{last}")

    assert article.question is None
    assert article.sections[0].paragraphs[-1] == last


def test_before_the_survey_the_invitation_may_stand_on_a_line_of_its_own() -> None:
    announced = from_text("River rises\nIt rained.\nShould we move?\nTell us what you think.\nSurvey:")
    unannounced = from_text("River rises\nIt rained.\nShould we move?\nTell us what you think.")

    assert announced.question == "Should we move?"
    assert announced.sections == (Section(None, ("It rained.",)),)
    assert unannounced.question is None


def test_a_heading_above_nothing_but_the_question_goes_with_it() -> None:
    article = from_text("River rises\nIt rained.\nYour View\nShould we move?\nSurvey:")

    assert article.sections == (Section(None, ("It rained.",)),)


def test_what_follows_the_word_survey_is_no_part_of_the_article() -> None:
    assert from_text(RIVER_TEXT + "Yes\nNo\n") == RIVER
    assert from_markdown(RIVER_MARKDOWN + "\n- Yes\n- No\n") == RIVER


def test_the_dots_of_initials_and_titles_end_no_sentence() -> None:
    assert sentences("The U.S. Army met Gen. Doe at 5 p.m. on Sunday. It left.") == [
        "The U.S. Army met Gen. Doe at 5 p.m. on Sunday.",
        "It left.",
    ]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("a *b* __c__ d", "a b c d"),
        ("a [b](https://river.example 'title') c", "a b c"),
        ("a `b * c` d", "a b * c d"),
        ("![a *big* bridge](bridge.png)", "a big bridge"),
        ("a  \nb\\\nc", "a b c"),
        ("a \\*b\\* &amp; c", "a *b* & c"),
        ("a <b>c</b>", "a <b>c</b>"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("> a\n> b", "a b"),
        ("    a\n    b", "a b"),
        ("<https://river.example>", "https://river.example"),
    ],
)
def test_marks_of_markdown_leave_only_their_words(marked: str, plain: str) -> None:
    assert from_markdown(f"# River rises\n\n{marked}").sections == (Section(None, (plain,)),)


def test_list_items_are_paragraphs_and_headings_of_any_depth_sections() -> None:
    article = from_markdown("# River rises\n\n### Why\n\n- rain\n- wind\n\nSource\n------\n\nA spring.\n\n![](a.png)")

    assert article.sections == (Section("Why", ("rain", "wind")), Section("Source", ("A spring.",)))


def test_in_markdown_credit_and_survey_may_touch_their_paragraphs() -> None:
    article = from_markdown("# River rises\nCredit: Doe\nIt rained.\n\nShould we move?\nSurvey:")

    assert article == Article(
        "River rises", credit="Doe", sections=(Section(None, ("It rained.",)),), question="Should we move?"
    )


FAULTS = [
    ("a.docx", "", "a.docx: found an article ending in '.docx', expected .txt, .md, .markdown or .html"),
    ("a", "", "a: found an article ending in '', expected .txt, .md, .markdown or .html"),
    ("a.txt", " \n", "a.txt: found an empty file, expected an article"),
    ("a.txt", b"River \xff", "a.txt: found byte 7 to be no UTF-8, expected a UTF-8 file: save it as that"),
    ("a.md", "River".encode("utf-16"), "a.md: found byte 1 to be no UTF-8, expected a UTF-8 file: save it as that"),
    ("a.txt", b"R\0i\0v", "a.txt: found a NUL character, expected text in UTF-8: save it as that"),
    ("a.txt", "a" * 161, "a.txt: found a first line of 161 characters, expected a headline of at most 160"),
    ("a.txt", "Survey:\nYes", "a.txt: found no line, expected a headline of at most 160"),
    ("a.md", "It rained.\n\n## Why", "a.md: found no headline, expected a line '# Headline'"),
    ("a.md", "# A\n\n# B", "a.md, line 3: found a second headline 'B', expected '## B' for a section"),
    ("a.md", "World\n\n## B\n\n# A", "a.md, line 3: found the section 'B', expected '# Headline' before it"),
    (
        "a.md",
        "---\ntitle: A\n---\n# A",
        "a.md: found front matter ('---'), expected the kicker or '# Headline': take it out",
    ),
]


@pytest.mark.parametrize(("name", "content", "sentence"), FAULTS)
def test_what_cannot_be_read_is_said_in_one_sentence(
    tmp_path: Path, name: str, content: str | bytes, sentence: str
) -> None:
    path = written(tmp_path, name, content)

    with pytest.raises(FileError) as error:
        read_article(path)

    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("name", "reason"), [("absent.txt", "No such file or directory"), ("folder.md", "Is a directory")]
)
def test_a_file_that_is_not_there_is_said_in_one_sentence(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder.md").mkdir()

    with pytest.raises(FileError) as error:
        read_article(tmp_path / name)

    assert str(error.value) == f"{name}: found no article that can be read ({reason}): {tmp_path / name}"


words = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäøßжю", min_size=1, max_size=12)
titles = st.lists(words, min_size=1, max_size=5).map(lambda parts: " ".join(parts).capitalize())
paragraphs = st.lists(words, min_size=1, max_size=40).map(lambda parts: " ".join(parts).capitalize() + ".")
bodies = st.lists(paragraphs, min_size=1, max_size=4).map(tuple)
articles = st.builds(
    Article,
    headline=titles,
    kicker=st.none() | titles,
    credit=titles,
    sections=st.tuples(bodies, st.lists(st.tuples(titles, bodies), max_size=4)).map(
        lambda drawn: (Section(None, drawn[0]), *(Section(heading, texts) for heading, texts in drawn[1]))
    ),
    question=st.none() | titles.map(lambda title: title + "?"),
)


def as_text(article: Article) -> str:
    lines = [article.kicker, article.headline, f"Source: {article.credit}"]
    for section in article.sections:
        lines += [section.heading, *section.paragraphs]
    lines += [article.question, "Survey:"]
    return "\n".join(line for line in lines if line)


def as_markdown(article: Article) -> str:
    blocks = [article.kicker, f"# {article.headline}", f"Source: {article.credit}"]
    for section in article.sections:
        blocks += [section.heading and f"## {section.heading}", *section.paragraphs]
    blocks += [article.question, "Survey:"]
    return "\n\n".join(block for block in blocks if block)


@given(articles)
@example(RIVER)
def test_any_article_written_as_text_reads_back_the_same(article: Article) -> None:
    assert from_text(as_text(article)) == article


@given(articles)
@example(RIVER)
def test_any_article_written_as_markdown_reads_back_the_same(article: Article) -> None:
    assert from_markdown(as_markdown(article)) == article


@given(st.text(max_size=400))
def test_any_text_at_all_is_an_article_or_a_file_error(text: str) -> None:
    for read in (from_text, from_markdown):
        with suppress(FileError):
            assert read(text).headline.strip()


@pytest.mark.parametrize(
    ("part", "size"),
    [("a a a? ", 900_000), *((part, 300_000) for part in ("U.S. ", "A.", "?", "!? x ", ".\"'", ". . . x. "))],
)
def test_a_text_of_a_megabyte_takes_no_longer_than_its_length(part: str, size: int) -> None:
    """What reads the rest again at each sign takes minutes for a third of it too."""
    began = process_time()

    from_text(f"River rises\n{part * (size // len(part))}x")

    assert process_time() - began < 5 * dearness()


@pytest.mark.parametrize("part", ["*_", "![", "[", "<a "])
def test_marks_that_would_be_paired_for_minutes_are_refused(part: str) -> None:
    with pytest.raises(FileError, match=r"marks of Markdown, expected at most 50,000"):
        from_markdown("# River rises\n\n" + part * 60_000)
