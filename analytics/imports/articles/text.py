"""Articles as plain text: kicker, headline, credit, a line a paragraph, short lines as headings, a last question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from analytics.errors import FileError
from analytics.language.said import spoken
from analytics.model import Article, Section

_LONGEST_HEADING = 80
_LONGEST_HEADLINE = 160
_LONGEST_KICKER = 40
TextPart = tuple[str | None, str | None]
"""A heading and None, or None and a paragraph."""

_CREDIT = re.compile(r"(?:source|credit|photo|picture|image)\s*:\s*(\S.*)", re.IGNORECASE)
_CLOSERS = "\"'”’»)]"
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s|$)")
_NEXT = re.compile(r"\s*[\"'“\u2018«(\[]*(.?)", re.DOTALL)
_LONGEST_END = 40
"""So many letters before a dot say whether it ends a sentence: to look at all before it, each time, takes for ever."""
_INITIALS = re.compile(r"(?:^|[^\w.])(?:[^\W\d_]\.)+$")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sen|Rep|Gov|Pres|St|Jr|Sr|vs|No|Inc|Ltd|Co|Corp)\.$", re.IGNORECASE
)


def article_from_text(text: str, *, file: str) -> Article:
    """Returns the article of a plain text, whose blank lines carry no meaning.

    The first line is the headline, or a kicker where another title of the article follows it: lines before a credit
    line are kickers but for the last; without a credit line, titles of up to 40 characters are kickers as long as a
    longer or a last one follows. Lines of up to 80 characters that end no sentence are section headings.

    Raises: FileError, naming `file`, where the text starts with something too long for a headline.

    Example:
        >>> article = article_from_text("World\\nRiver rises\\nCredit: J. Doe\\nIt rained.\\nMove now?", file="a.txt")
        >>> article.kicker, article.headline, article.credit, article.question
        ('World', 'River rises', 'J. Doe', 'Move now?')
    """
    lines, announced = before_survey([line.strip() for line in text.splitlines() if line.strip()])
    credit, place, lines = without_credit(lines)
    body, question = without_question(lines[1:], announced=announced)
    lines = [*lines[:1], *body]
    titles = _titles(lines[:place])
    if not titles:
        found = (
            spoken("found a first line of {count} characters", count=len(lines[0]))
            if lines
            else spoken("found no line")
        )
        raise FileError(
            spoken(
                "{file}: {found}, expected a headline of at most {most}", file=file, found=found, most=_LONGEST_HEADLINE
            )
        )
    headline_at = len(titles) - 1 if place == len(titles) else _headline_place(titles)
    parts = [_part(line) for line in lines[headline_at + 1 :]]
    return Article(
        headline=titles[headline_at],
        kicker=joined_kicker(titles[:headline_at]),
        credit=credit,
        sections=sections(parts, asked=question is not None),
        question=question,
    )


def before_survey(lines: Sequence[str]) -> tuple[list[str], bool]:
    """Returns the lines before the one that says only "Survey:", and whether there is one.

    Example:
        >>> before_survey(["River rises", "Move now?", "Survey:", "Yes", "No"])
        (['River rises', 'Move now?'], True)
    """
    place = next((place for place, line in enumerate(lines) if line.casefold() == "survey:"), None)
    return list(lines[:place]), place is not None


def without_credit(lines: Sequence[str]) -> tuple[str | None, int | None, list[str]]:
    """Returns the credit of the first credit line, where it stood (None: nowhere), and the other lines.

    Example:
        >>> without_credit(["River rises", "Photo: J. Doe", "It rained."])
        ('J. Doe', 1, ['River rises', 'It rained.'])
    """
    for place, line in enumerate(lines):
        match = credit_line(line)
        if match is not None:
            return match, place, [*lines[:place], *lines[place + 1 :]]
    return None, None, list(lines)


def credit_line(line: str) -> str | None:
    """Returns whom a line such as "Source: YouTube" credits, or None where the line is no credit line.

    Example:
        >>> credit_line("Source: YouTube"), credit_line("The source: a spring.")
        ('YouTube', None)
    """
    match = _CREDIT.fullmatch(line)
    return match.group(1) if match and len(line) <= _LONGEST_HEADING else None


def without_question(paragraphs: Sequence[str], *, announced: bool) -> tuple[list[str], str | None]:
    """Returns the paragraphs without the closing question, and the question.

    It is the last question of the last paragraph, or the first of several in a row there ("Should we? What do you
    think?"). At most a short invitation may follow, which is dropped; sentences before the question stay in the
    article. Where the survey is `announced`, the invitation may be a paragraph of its own.

    Example:
        >>> without_question(["It rained.", "Should we move? Tell us."], announced=False)
        (['It rained.'], 'Should we move?')
        >>> without_question(["It rained."], announced=False)
        (['It rained.'], None)
    """
    kept = list(paragraphs)
    if announced and len(kept) > 1 and "?" not in kept[-1] and _closes(kept[-2], "?"):
        kept[-2:] = [f"{kept[-2]} {kept[-1]}"]
    parts = sentences(kept[-1]) if kept else []
    asked = [_closes(sentence, "?") for sentence in parts]
    first = last = max((place for place, is_question in enumerate(asked) if is_question), default=-1)
    if last < 0 or len(" ".join(parts[last + 1 :])) > _LONGEST_HEADING:
        return list(paragraphs), None
    while first > 0 and asked[first - 1]:
        first -= 1
    lead = " ".join(parts[:first])
    return [*kept[:-1], *([lead] if lead else [])], parts[first]


def sentences(paragraph: str) -> list[str]:
    """Returns the sentences of a paragraph; the dots of "U.S." and of titles such as "Dr." end none.

    Example:
        >>> sentences("Should the U.S. leave? Dr. Doe says so. Tell us.")
        ['Should the U.S. leave?', 'Dr. Doe says so.', 'Tell us.']
    """
    found, start = [], 0
    for end in _SENTENCE_END.finditer(paragraph):
        if _ends_sentence(paragraph, start, end.end()):
            found.append(paragraph[start : end.end()].strip())
            start = end.end()
    rest = paragraph[start:].strip()
    return [*found, rest] if rest else found


def joined_kicker(lines: Sequence[str]) -> str | None:
    """Returns the kicker lines as one, or None where there are none.

    Example:
        >>> joined_kicker(["World", "Breaking News"])
        'World · Breaking News'
    """
    return " · ".join(lines) or None


def sections(parts: Iterable[TextPart], *, asked: bool) -> tuple[Section, ...]:
    """Returns the parts under their headings; where a question was `asked` last, a heading above it alone goes.

    Example:
        >>> sections([(None, "It rained."), ("Later", None), (None, "It stopped.")], asked=False)
        (Section(heading=None, paragraphs=('It rained.',)), Section(heading='Later', paragraphs=('It stopped.',)))
    """
    gathered: list[tuple[str | None, list[str]]] = [(None, [])]
    for heading, paragraph in parts:
        if heading is not None:
            gathered.append((heading, []))
        if paragraph is not None:
            gathered[-1][1].append(paragraph)
    if asked and not gathered[-1][1]:
        gathered.pop()
    return tuple(Section(heading, tuple(texts)) for heading, texts in gathered if heading is not None or texts)


def _ends_sentence(paragraph: str, start: int, end: int) -> bool:
    """Returns whether what follows can start a sentence and the dot is not that of an abbreviation."""
    following = _NEXT.match(paragraph, end)
    if following is None or not paragraph[end : following.end()].strip():
        return True
    last = max(start - 1, end - _LONGEST_END, 0)
    if _INITIALS.search(paragraph, last, end) or _ABBREVIATION.search(paragraph, last, end):
        return False
    return not following[1].islower()


def _closes(text: str, marks: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(tuple(marks))


def _titles(lines: Sequence[str]) -> list[str]:
    """Returns the leading lines that can be a kicker or a headline; a headline alone may end with a full stop."""
    found: list[str] = []
    for line in lines:
        sentence = _closes(line, ".…") and not _INITIALS.search(line)
        if len(line) > _LONGEST_HEADLINE or (found and sentence):
            break
        found.append(line)
    return found


def _headline_place(titles: Sequence[str]) -> int:
    long = (place for place, title in enumerate(titles) if len(title) > _LONGEST_KICKER)
    return next(long, len(titles) - 1)


def _part(line: str) -> TextPart:
    """Returns the line as a heading where it is short, ends no sentence and is no point of a list."""
    heading = len(line) <= _LONGEST_HEADING and not _closes(line, ".!?…") and line[0] not in "-–—•*·"
    return (line, None) if heading else (None, line)
