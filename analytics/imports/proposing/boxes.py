"""Questions of several boxes: a column for each answer, ticked or not, and columns of several mentions."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise

from analytics.imports.cells.fields import PLAIN, Field
from analytics.imports.cells.text import is_whole, plain_text
from analytics.imports.cells.vocabulary import (
    MANY,
    NONE_OF_THEM,
    NOT_ASKED,
    NOT_TICKED,
    NOT_WHETHER,
    NUMBER_CODES_OF_NOTHING,
    OTHER,
    SAID_NOT,
    SPECIFY,
    TICKED,
    TICKED_LABELS,
    UNSURE,
    WHICH,
)
from analytics.imports.definition.questions import ANY_WORDS
from analytics.imports.proposing.orders import scale_steps
from analytics.imports.proposing.scans import Scan, missing_words
from analytics.imports.reading.doubts import Doubt
from analytics.language.said import spoken, written

_CODE = re.compile(
    r"(?P<stem>(?:(?!\n)[\W\d_])*+[^\W\d_].*?)(?:_|\.|(?<=[A-Za-z]\d)-|\[SQ|\[|(?<=\d)r(?=\d))(?:0++(?=\d|other))?(?P<number>\d++|other)\]?"
)
"""Nothing in it is tried twice: a heading of thousands of letters takes no longer than its length."""
_COUNTED = re.compile(r"(?P<stem>.*[^\W\d_])\s*#?\d{1,2}")
_BRACKET = re.compile(r"(?=.*\]\Z)(?:[A-Za-z]\w*(?:\[[^\]]*\])+\. )?(?P<stem>.+?) \[(?P<option>.+)\]", re.DOTALL)
"""A wording with its option in brackets, a code of both before it or not."""

_ROUND = re.compile(r"(?=.*\)\Z)(?P<stem>.+?) \((?:choice=)?(?P<option>.+)\)", re.DOTALL)
"""A wording with its option in round brackets, as REDCap writes it with labels."""

_AGAIN = re.compile(r"(?P<name>.+) \(\d+\)")
_OF_MENTION = (
    r"(?:mention|nennung|choice|answer|response|reply|mención|mencion|opción|opcion|respuesta|elección|citation|choix|"
    r"réponse|reponse|citazione|menzione|scelta|risposta|menção|mencao|resposta|escolha|opção|vermelding|keuze|"
    r"antwoord|ответ|упоминание|выбор|wskazanie|odpowiedź|odpowiedz|wybór|antwort|wahl)"
)
_ORDINAL = re.compile(
    r"^\W*(?:(?:the |your |das |der |die |ihr |le |la |el |il |o |a |het |de )?"
    r"(?:\d(?:st|nd|rd|th|\.|er|re|e|ème|º|ª|°|-й|-я|-е)?|first|second|third|fourth|fifth|erste[rs]?|zweite[rs]?|dritte[rs]?|"
    r"vierte[rs]?|fünfte[rs]?|premi(?:er|ère)|deuxième|second[oae]?|troisième|quatrième|cinquième|primer[oa]?|segund[oa]|"
    r"tercer[oa]?|cuart[oa]|quint[oa]|prim[oa]|terz[oa]|quart[oa]|primeir[oa]|terceir[oa]|eerste|tweede|derde|vierde|"
    r"pierwsz[yae]|drug[iae]|trzeci[ae]?|перв\w+|втор\w+|трет\w+) |(?:zweit|dritt|viert|fünft)(?=\w+ste))",
    re.IGNORECASE,
)
"""How a heading begins that says which of several mentions it holds; the first of them may not say so."""

_NAMED_MENTION = re.compile(
    r"\b(mention|nennung|mención|mencion|citation|citazione|menzione|menção|mencao|vermelding|упоминание|згадка|zmínka|wskazanie)",
    re.IGNORECASE,
)
"""Words that nothing but one of several mentions is called by."""

_MENTION = re.compile(
    rf"[\s,:;_\-\u2013(\[]*(?:{_OF_MENTION}\s*(?:nr\.?|no\.?|n[º°]|#)?[\s_]*\d+|"
    rf"\d+(?:st|nd|rd|th|\.|e|er|re|ère|ème|a|º|ª|°|-й|-я)?\s*{_OF_MENTION}|"
    r"(?:first|second|third|fourth|fifth|erste|zweite|dritte|premi[eè]re?|deuxi[eè]me|troisi[eè]me|"
    r"primer[ao]?|segund[ao]|tercer[ao]?|primeir[ao]|terceir[ao]|prim[ao]|second[ao]|terz[ao]|eerste|tweede|derde|"
    rf"pierwsz[ay]|drug[ai]|trzeci[a]?|перв\w+|втор\w+|трет\w+)(?:\s+{_OF_MENTION})?)"
    r"[\s)\]:.]*",
    re.IGNORECASE,
)
"""How a heading says which of several mentions its column holds."""

_MARKS = frozenset(
    {"x", "✓", "✔", "☑", "1", "•", "*", "ja", "yes", "y", "true", "oui", "sí", "si", "sì", "sim", "tak", "да"}
)
"""What people type into the boxes of a list."""

_SIGNS = frozenset({"x", "✓", "✔", "☑"})
"""Those of them that stand for nothing else, so that several in one column are ticks alike."""

SOSCI = "SoSci Survey"
_MOST_SHARED = 20
NUMBERED, IN_TURN, UNNAMED = 5, 11, 20
"""How many rows with two answers it takes where headings count on and nothing else tells them apart, at most; where
they share all words but one; and where they say nothing. Of the latter two who fills a later column fills the first."""

_MOST_STEPS, _FEWEST_OFFERED = 11, 2
_MOST_MENTIONED = 40
_FEWEST_OF_SCALE, _SCALES_APART = 20, 4
_Stem = tuple[str, str]
"""What the columns of one question share, and the option of one of them, "" where it does not show."""

_Member = tuple[Field, str]


@dataclass(frozen=True)
class TickGroup:
    """The columns of one question.

    `words` holds what a tick is in each, ANY_WORDS where readers wrote what else they meant; `open_words` what an open
    box holds, `blanks` the words for a question that was not asked. Columns of `mentions` hold any of the options each;
    `least_several` says how many rows with two of them it takes, where their headings are not `sure`. `spelled` holds
    other spellings of the ticks, such as X beside x. Where `unsaid`, one heading stands over all columns, and nothing
    says what each stands for.
    """

    text: str
    columns: tuple[str, ...]
    options: tuple[str, ...]
    words: tuple[str, ...]
    open_words: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    mentions: bool = False
    sure: bool = False
    stem: str = ""
    least_several: int = 0
    spelled: tuple[str, ...] = ()
    unsaid: bool = False

    @property
    def written(self) -> tuple[str, ...]:
        """Returns the columns in which readers wrote what else they meant."""
        return tuple(column for column, word in zip(self.columns, self.words, strict=False) if word == ANY_WORDS)

    def without_written(self) -> TickGroup:
        """Returns the question without those columns."""
        kept = [at for at, word in enumerate(self.words) if word != ANY_WORDS]
        return replace(
            self,
            columns=tuple(self.columns[at] for at in kept),
            options=tuple(self.options[at] for at in kept),
            words=tuple(self.words[at] for at in kept),
        )


def tick_groups(fields: Sequence[Field], scans: Mapping[str, Scan], tool: str = PLAIN) -> list[TickGroup]:
    """Returns the questions that lie in several columns of ticks, in the order of the file."""
    groups: list[TickGroup] = _under_one_heading(fields, scans)
    once = {column for group in groups for column in group.columns}
    left = [field for field in fields if field.name not in once]
    for stems_of in _STEMS:
        found = []
        for stem, run in _runs(left, stems_of):
            coded, named = stems_of is _by_code, stems_of in (_by_slash, _by_colon)
            run = _as_sosci(run, scans) if tool == SOSCI and coded else run
            group = _group_of(stem, _with_written(stem, run, fields), scans, coded=coded, named=named)
            found += [group] if group is not None else _rows_of_matrix(stem, run, scans)
        groups += found
        taken = {column for group in found for column in group.columns}
        left = [field for field in left if field.name not in taken]
    for stem, run in _runs(left, _by_first_word):
        group = (
            _group_of(stem, run, scans, coded=False)
            if all(field.tick or _says_both(scans[field.name]) for field, _ in run)
            else None
        )
        groups += [group] if group is not None else []
        left = [field for field in left if group is None or field.name not in group.columns]
    groups += _own_name_groups(left, scans)
    taken = {column for group in groups for column in group.columns}
    groups += _unnamed_groups([field for field in left if field.name not in taken], scans)
    place = {field.name: at for at, field in enumerate(fields)}
    return sorted(groups, key=lambda group: min(place[column] for column in group.columns))


def _under_one_heading(fields: Sequence[Field], scans: Mapping[str, Scan]) -> list[TickGroup]:
    """Returns the questions of boxes with one heading over each of their columns: "Which?", "Which? (2)" or "Which?.1".

    The options are the words in the columns, one in each. Where these say yes and no alone nothing names the options.
    """
    groups = []
    for run in _repeated(fields):
        last, stem = scans[run[-1].name], run[0].text or _first_name(run[0])
        held = [[word for word in scans[field.name].words if not NOT_ASKED.match(word)] for field in run]
        own = [words[0] if len(words) == 1 and words[0].casefold() not in TICKED else "" for words in held]
        wrote = len(run) > 2 and len(held[-1]) > 1 and 2 * last.filled <= last.counted
        named = own[:-1] if wrote else own
        boxes = {word.casefold() for words in held for word in words} <= TICKED | NOT_TICKED | SAID_NOT
        unsaid = boxes and len(run) >= _FEWEST_UNNAMED
        if all(named) and len({*named}) == len(named) > 1 and all(_is_some(scans[field.name]) for field in run):
            members = list(zip(run, [*named, OTHER_OPTION], strict=False))
            members[-1] = (replace(run[-1], use="other"), OTHER_OPTION) if wrote else members[-1]
            group = _group_of(stem, members, scans, coded=False, named=True)
        elif unsaid:
            options = [spoken("Column {place}", place=at) for at in range(1, len(run) + 1)]
            group = _group_of(stem, list(zip(run, options, strict=True)), scans, coded=False, named=True)
        else:
            continue
        groups += [replace(group, unsaid=unsaid)] if group is not None else []
    return groups


_FEWEST_UNNAMED, OTHER_OPTION = 3, "Other"


def _is_some(scan: Scan) -> bool:
    """Returns whether some answered a column and others did not."""
    return 0 < scan.filled < scan.counted


def _repeated(fields: Sequence[Field]) -> Iterator[list[Field]]:
    """Yields the neighbours under one heading, as it was counted on by a program that read them.

    Example:
        >>> names = ["Which?", "Which? (2)", "Age", "Use?", "Use?.1", "Use?.2"]
        >>> [[field.name for field in run] for run in _repeated([Field(name) for name in names])]
        [['Which?', 'Which? (2)'], ['Use?', 'Use?.1', 'Use?.2']]
    """
    run: list[Field] = []
    for field in [*fields, None]:
        first, count = (run[0].name, len(run)) if run else ("", 0)
        again = field is not None and bool(run) and field.name in (f"{first} ({count + 1})", f"{first}.{count}")
        asked = run[0].text if run else ""
        worded = field is not None and (field.text == asked or (field.text == field.name and asked == first))
        if again and worded and field is not None and not field.group:
            run.append(field)
            continue
        if len(run) > 1:
            yield run
        run = [field] if field is not None and field.use == "answer" and not field.group else []


def with_ticks(
    fields: Sequence[Field], scans: Mapping[str, Scan], chosen: str | None
) -> tuple[tuple[Field, ...], tuple[Doubt, ...]]:
    """Returns the columns, those of boxes that hold 1 or 2 with the number that is a tick, and a doubt about it.

    The file itself does not say whether 1 or 2 is a tick, or whether each column is a question of its own.

    Args:
        chosen: what a person said: "1" or "2" is a tick, or the columns are questions "apart".
    """
    runs = list(_unclear_runs(fields, scans))
    if not runs or chosen == "apart":
        return tuple(fields), ()
    if chosen is None:
        first = runs[0]
        names = [option or field.text or field.name for field, option in first]
        readings = tuple((tick, _tick_told(tick, first, names, scans)) for tick in "12")
        apart = spoken("{name} and the like are questions of their own, answered by 1 or 2", name=first[0][0].name)
        return tuple(fields), (Doubt("boxes", (*readings, ("apart", apart))),)
    boxes = {field.name for run in runs for field, _ in run}
    return tuple(replace(field, tick=chosen) if field.name in boxes else field for field in fields), ()


def _tick_told(tick: str, run: Sequence[_Member], names: Sequence[str], scans: Mapping[str, Scan]) -> str:
    """Returns what the first boxes come to where that number is a tick."""
    other = "2" if tick == "1" else "1"
    counts = [
        f"{name} {written(scans[field.name].words.get(tick, 0))}" for (field, _), name in zip(run, names, strict=True)
    ]
    return spoken(
        "boxes where {tick} is ticked and {other} is not: {counts}",
        tick=tick,
        other=other,
        counts=", ".join(counts[:3]),
    )


def _unclear_runs(fields: Sequence[Field], scans: Mapping[str, Scan]) -> Iterator[list[_Member]]:
    """Yields the stretches of columns that may be boxes of one question and hold nothing but 1 and 2."""
    left = [field for field in fields if field.use == "answer"]
    for stems_of in (*_STEMS, _by_first_word):
        taken: set[str] = set()
        for stem, run in _runs(left, stems_of):
            held = [set(scans[field.name].words) - set(missing_words(field, scans[field.name])) for field, _ in run]
            told = any(field.labels or field.tick for field, _ in run)
            asked = MANY.search(stem) or WHICH.match(stem) or len(run) > 2
            if not told and asked and all(one <= {"1", "2"} for one in held) and {"1", "2"} in held:
                taken |= {field.name for field, _ in run}
                yield run
        left = [field for field in left if field.name not in taken]


def _as_sosci(run: Sequence[_Member], scans: Mapping[str, Scan]) -> list[_Member]:
    """Returns the columns as boxes where they hold what SoSci Survey writes for them: 2 for a tick, 1 for none."""
    held = [set(scans[field.name].words) for field, _ in run]
    boxes = len(run) > 1 and all(one <= {"1", "2"} for one in held) and any("2" in one for one in held)
    return [(replace(field, tick="2"), option) if boxes else (field, option) for field, option in run]


def _rows_of_matrix(stem: str, run: Sequence[_Member], scans: Mapping[str, Scan]) -> list[TickGroup]:
    """Returns the rows of a matrix of boxes, "Local - Radio" and "World - Radio", as a question each."""
    groups = []
    options = [option for _, option in run]
    for row, members in groupby(
        zip(run, _by_beginning(options, " - "), strict=True), key=lambda one: one[1] and one[1][0]
    ):
        boxes = [(field, parts[1]) for (field, _), parts in members if parts is not None]
        if row is not None and len(boxes) > 1:
            group = _group_of(f"{stem} - {row}", boxes, scans, coded=False)
            groups += [group] if group is not None else []
    return groups


def mention_groups(fields: Sequence[Field], scans: Mapping[str, Scan]) -> list[TickGroup]:
    """Returns the stretches of columns that may hold several mentions each: they share their answers.

    Whether they do shows only row by row: nobody mentions the same twice. Columns of one set, and such whose headings
    count mentions, need no more than that; others have to have many rows with two answers.
    """
    groups: list[TickGroup] = []
    ways = (
        (_by_set, 0), (_by_mention, 0), (_by_number, NUMBERED), (_by_letter, NUMBERED),
        (_by_code, 10), (_by_count, 10), (_by_one_word, IN_TURN),
    )  # fmt: skip
    for stems_of, least in ways:
        taken = {column for group in groups for column in group.columns}
        for stem, run in _runs([field for field in fields if field.name not in taken], stems_of):
            asked = [field for field, _ in run]
            bare = least and _NUMBERS_ALL.fullmatch(stem) and not any(field.text for field in asked)
            if stems_of is _by_set or (_may_be_mentions(asked) and not bare):
                group = _mentions_of(stem, asked, scans, least)
                groups += [group] if group is not None else []
    taken = {column for group in groups for column in group.columns}
    for beside in _sharing(fields, scans, taken):
        group = _mentions_of(beside[0].text or beside[0].name, beside, scans, UNNAMED)
        groups += [replace(group, stem="")] if group is not None else []
    return groups


_NUMBERS_ALL = re.compile(
    r"\W*(?:[^\W\d_]|qu?|var|vr|item|question|frage|pregunta|domanda|pergunta|vraag|pyt(?:anie)?|вопрос|в)\W*", re.I
)
"""What names begin with that number the questions of a whole survey, such as q4 and q5."""

_AGAINST = re.compile(
    r"\b(worst|least|lowest|dislike\w*|distrust\w*|oppos\w+|never|not|schlechtest\w*|wenigst\w*|unwichtig\w*|nie|nicht|"
    r"pire|moins|jamais|peor|menos|nunca|peggior\w*|meno|mai|pior|slechtst\w*|minst|nooit|najgorsz\w*|najmniej|nigdy|"
    r"худш\w+|наименее|никогда|сам\w+ плох\w+)\b",
    re.IGNORECASE,
)
"""Words by which a question asks for the contrary of its neighbour: nobody answers both alike."""


def _may_be_mentions(fields: Sequence[Field]) -> bool:
    """Returns whether the columns may ask one thing: their codes mean the same, and so do their wordings.

    Example:
        >>> yes, party = (("1", "Yes"), ("2", "No")), (("1", "Left"), ("2", "Right"))
        >>> _may_be_mentions([Field("q4", labels=yes), Field("q5", labels=party)])
        False
        >>> _may_be_mentions([Field("q4", "Do you pay?"), Field("q5", "What do you read first?")])
        False
        >>> _may_be_mentions([Field("q4_1", "Which papers? 1st"), Field("q4_2", "Which papers? 2nd")])
        True
        >>> _may_be_mentions([Field("Best mayor"), Field("Worst mayor")])
        False
    """
    meant: dict[str, str] = {}
    for field in fields:
        for code, label in field.labels:
            if plain_text(meant.setdefault(code, label)).casefold() != plain_text(label).casefold():
                return False
    if len({bool(field.labels) for field in fields}) > 1:
        return False
    texts = [field.text or field.name for field in fields]
    says = any(field.text or len(field.name.split()) >= _SHORTEST_WORDING for field in fields)
    worded = [_words_asked(text) for text in texts] if says else []
    alike = all(_ask_alike(one, other) for one, other in pairwise(worded))
    return alike and len({_AGAINST.search(field.text or field.name) is None for field in fields}) == 1


_SHORTEST_WORDING = 4


def _words_asked(text: str) -> list[str]:
    """Returns the words of a wording, small, without numbers and what says which mention it is."""
    text = _ORDINAL.sub("", _NUMBERED_CODE.sub("", text)).casefold()
    return re.findall(r"[^\W\d_]{2,}", _MENTION.sub(" ", text) or text)


def _ask_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Returns whether two wordings differ in one word at most, beside others that they share."""
    own, others = [word for word in one if word not in other], [word for word in other if word not in one]
    return len(own) <= 1 and len(others) <= 1 and (one == other or bool({*one} & {*other}))


def _sharing(fields: Sequence[Field], scans: Mapping[str, Scan], taken: Collection[str]) -> Iterator[list[Field]]:
    """Yields the columns side by side that share most of their answers, words that are no steps, fewer in each."""
    run: list[Field] = []
    for field in [*fields, None]:
        words = None if field is None else {*scans[field.name].words}
        fits = bool(run) and field is not None and bool(words) and field.name not in taken and not field.group
        if fits and field is not None and words is not None:
            before, scan = scans[run[-1].name], scans[field.name]
            shared = len(words & {*before.words}) >= 0.6 * min(len(words), len(before.words))
            names = [one.name.rstrip("0123456789") for one in (run[-1], field) if not one.text]
            bare = any(map(_NUMBERS_ALL.fullmatch, names))
            shared = shared and not bare and _may_be_mentions([run[-1], field])
            fits = shared and scan.filled < before.filled and field.use == "answer" and field.kind is None
        if run and not fits:
            if len(run) > 1:
                yield run
            run = []
        if field is not None and field.use == "answer" and not field.group and field.name not in taken:
            run = [*run, field] if len(scans[field.name].words) > 2 else run


def shared_scans(fields: Sequence[Field], scans: Mapping[str, Scan]) -> dict[str, Scan]:
    """Returns, for the columns of a question with rows, what each holds with the words of the others among its own.

    So every row of such a question offers the same answers, also those that nobody gave to it.
    """
    found: dict[str, Scan] = {}
    for stems_of in (_by_tool, _by_bracket, _by_dash, _by_code):
        for _, run in _of_one_kind(_runs(fields, stems_of)):
            some = [scans[field.name] for field, _ in run]
            words = {word: 0 for scan in some for word in scan.words}
            own = [set(scan.words) for scan in some]
            if _are_unlike_scales(some):
                continue
            if len(words) <= _MOST_SHARED and all(
                not one or any(one & other for other in own if other is not one) for one in own
            ):
                for (field, _), scan in zip(run, some, strict=True):
                    found.setdefault(
                        field.name, replace(scan, words=scan.words | {word: scan.words.get(word, 0) for word in words})
                    )
    alike = [
        run for stems_of in (_by_question, _by_wording, _by_dots, _by_first_word) for _, run in _runs(fields, stems_of)
    ]
    beside = [[(field, "") for field in run] for run in _neighbours_in_words(fields, scans)]
    for run in (*alike, *beside):
        whole = _whole_scale([scans[field.name] for field, _ in run])
        for field, _ in run:
            scan = scans[field.name]
            if whole and field.name not in found and _is_part_of(scan, whole):
                found[field.name] = replace(scan, words=scan.words | {word: scan.words.get(word, 0) for word in whole})
    return found


def _whole_scale(scans: Sequence[Scan]) -> list[str]:
    """Returns the steps of the column that has all steps of its neighbours, none where these are no steps of one scale.

    Example:
        >>> some = [Scan(dict.fromkeys(words.split(), 9), (), 99, 99) for words in ("1 2 3 4", "1 2 3 4 5", "2 3 4 5")]
        >>> _whole_scale(some), _whole_scale(some[:1] + [Scan({"7": 9, "8": 9, "1": 4}, (), 99, 99)])
        (['1', '2', '3', '4', '5'], [])
    """
    most = max(scans, key=lambda scan: len(scan.words)).words if scans else {}
    values = [float(word) for word in most if re.fullmatch(r"-?\d{1,2}", word)]
    answers = [word for word in most if not UNSURE.match(word)]
    steps = len(values) == len(answers) and 3 <= len(answers) <= _MOST_STEPS and max(values) - min(values) < _MOST_STEPS
    if not steps and scale_steps(answers) is None:
        return []
    held = [scan for scan in scans if scan.words]
    return answers if all(_is_part_of(scan, answers) for scan in held) else []


def _is_part_of(scan: Scan, whole: Collection[str]) -> bool:
    """Returns whether a column holds most of these steps, and no other word but one for no opinion."""
    answers = {word for word in scan.words if not UNSURE.match(word)}
    return answers <= {*whole} and 2 * len(answers) > len(whole)


def _neighbours_in_words(fields: Sequence[Field], scans: Mapping[str, Scan]) -> Iterator[list[Field]]:
    """Yields the columns side by side that hold steps in words, each those of one scale."""
    run: list[Field] = []
    for field in fields:
        scan = scans[field.name]
        worded = field.use == "answer" and not field.labels and 2 <= len(scan.words) <= _MOST_STEPS
        worded = worded and scan.numbers is None and not field.group
        fits = worded and bool(_whole_scale([scans[one.name] for one in (*run, field)]))
        if run and not fits:
            yield run
            run = []
        if worded:
            run.append(field)
    if len(run) > 1:
        yield run


def _are_unlike_scales(scans: Sequence[Scan]) -> bool:
    """Returns whether columns hold numbers whose highest lie so far apart that they are steps of two scales.

    Example:
        >>> five, eleven = (Scan(dict.fromkeys(map(str, range(1, end)), 9), (), 99, 99) for end in (6, 12))
        >>> _are_unlike_scales([five, five, eleven]), _are_unlike_scales([five, five])
        (True, False)
    """
    numbers = [values for scan in scans if (values := scan.numbers) is not None and scan.filled >= _FEWEST_OF_SCALE]
    highest = [max(values) for values in numbers]
    return len(numbers) > 1 and max(highest) - min(highest) >= _SCALES_APART


def _of_one_kind(runs: Iterator[tuple[str, list[_Member]]]) -> Iterator[tuple[str, list[_Member]]]:
    """Yields the columns that share a stem and the kind that a tool says: rows of one question have one."""
    for stem, run in runs:
        for _, members in groupby(run, key=lambda one: one[0].kind):
            yield stem, list(members)


def box_names(fields: Sequence[Field], scans: Mapping[str, Scan]) -> set[str]:
    """Returns the columns whose names say that they are boxes beside others, some of which hold a word of a box.

    Such a column is a box also where nobody ticked it, and where its option is the name of something else.
    """
    found: set[str] = set()
    for stems_of in (_by_tool, _by_bracket, _by_round, _by_dash, _by_slash, _by_colon, _by_question, _by_code):
        for _, run in _runs(fields, stems_of):
            held = [{word.casefold() for word in scans[field.name].words} for field, _ in run]
            ticks = TICKED | NOT_TICKED | SAID_NOT
            boxes = [
                one <= ticks or all(plain_text(word) == option.casefold() for word in one)
                for one, (_, option) in zip(held, run, strict=True)
            ]
            if all(boxes) and any(held):
                found |= {field.name for field, _ in run}
    return found


def part_names(fields: Sequence[Field]) -> set[str]:
    """Returns the columns whose names say that they are parts of one question: what an option is called says nothing.

    Example:
        >>> sorted(part_names([Field("Use? [Radio]"), Field("Use? [Education]"), Field("Education")]))
        ['Use? [Education]', 'Use? [Radio]']
    """
    return {
        field.name
        for stems_of in (_by_bracket, _by_slash, _by_colon)
        for _, run in _runs(fields, stems_of)
        for field, _ in run
    }


def path_names(fields: Sequence[Field], scans: Mapping[str, Scan]) -> set[str]:
    """Returns the columns whose names begin with the group of a form that they stand in, and not with a question.

    No other column of the group has one of their answers.

    Example:
        >>> words = {"about/sex": {"f": 9, "m": 8}, "about/age": {"40": 1, "51": 1}, "about/region": {"north": 17}}
        >>> scans = {name: Scan(held, (), 17, 17) for name, held in words.items()}
        >>> sorted(path_names([Field(name) for name in words], scans))
        ['about/age', 'about/region', 'about/sex']
    """
    found: set[str] = set()
    for _, run in _runs(fields, _by_slash):
        for field, _ in run:
            others = {word for other, _ in run if other is not field for word in scans[other.name].words}
            if not others & {*scans[field.name].words}:
                found.add(field.name)
    return found


def columns_by_stem(fields: Sequence[Field]) -> Iterator[tuple[str, list[Field]]]:
    """Yields the columns whose headings say that they are parts of one question, with what they say of it.

    Example:
        >>> fields = [Field("Use? [Radio]"), Field("Use? [TV]"), Field("Age")]
        >>> [(stem, len(run)) for stem, run in columns_by_stem(fields)]
        [('Use?', 2)]
    """
    left = list(fields)
    for stems_of in _STEMS:
        runs = [(stem, [field for field, _ in run]) for stem, run in _runs(left, stems_of)]
        taken = {field.name for _, run in runs for field in run}
        left = [field for field in left if field.name not in taken]
        yield from runs


def _runs(
    fields: Sequence[Field], stems_of: Callable[[Sequence[Field]], list[_Stem | None]]
) -> Iterator[tuple[str, list[_Member]]]:
    """Yields the columns that share a stem, with their options: neighbours, or wherever headings say the question."""
    fields = _gathered(fields) if stems_of in _SAYING else fields
    for stem, run in groupby(zip(fields, stems_of(fields), strict=True), key=lambda one: one[1] and one[1][0]):
        members = [(field, of_field[1]) for field, of_field in run if of_field is not None]
        if stem is not None and len(members) > 1:
            yield stem, members


def _gathered(fields: Sequence[Field]) -> list[Field]:
    """Returns the columns, those of a question that stand apart moved behind its first one.

    Example:
        >>> [field.name for field in _gathered([Field("Which? - TV"), Field("Age"), Field("Which? - Radio")])]
        ['Which? - TV', 'Which? - Radio', 'Age']
    """
    stems: dict[str, int] = {}
    places = []
    for at, field in enumerate(fields):
        stem = _said_stem(field)
        places.append(stems.setdefault(stem, at) if stem else at)
    return [fields[at] for at in sorted(range(len(fields)), key=places.__getitem__)]


def _said_stem(field: Field) -> str:
    """Returns the question that a tool or a heading of words says for a column of several, "" where none does."""
    if field.group or field.use == "other":
        return f"\0{field.group}" if field.group else ""
    bracket = _BRACKET.fullmatch(field.name)
    stem = bracket["stem"] if bracket else field.name.rpartition(" - ")[0]
    return stem if " " in stem or "?" in stem else ""


def _by_tool(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems and options as the tool itself says them."""
    return [
        (field.group, field.option or field.name) if field.group and not field.mention else None for field in fields
    ]


def _by_set(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems of the columns that the file itself calls several mentions."""
    return [(field.group, "") if field.group and field.mention else None for field in fields]


def _by_bracket(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems and options of names such as "Which? [Radio]"."""
    found = [_BRACKET.fullmatch(field.name) for field in fields]
    return [(match["stem"], match["option"]) if match else None for match in found]


def _by_round(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems and options of names such as "Which? (choice=Radio)"."""
    found = [_ROUND.fullmatch(field.name) for field in fields]
    return [(match["stem"], match["option"]) if match else None for match in found]


def _by_dash(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems and options of names such as "Which? - Radio": the longest beginning shared with a neighbour.

    Example:
        >>> _by_dash([Field("id"), Field("Which? - Radio"), Field("Which? - TV - films")])
        [None, ('Which?', 'Radio'), ('Which?', 'TV - films')]
    """
    return _by_beginning([field.name for field in fields], " - ")


def _by_slash(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems and options of names such as "media/radio".

    Example:
        >>> _by_slash([Field("news/media/radio"), Field("news/media/tv"), Field("Clean and/or safe?")])
        [('news/media', 'radio'), ('news/media', 'tv'), None]
    """
    found = _by_beginning([field.name for field in fields], "/")
    return [one and (one[0].strip(), one[1].strip()) for one in found]


def _by_wording(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems and options of wordings, or headings, such as "Most important issues: crime".

    Example:
        >>> _by_wording([Field("q1", "Issues: crime"), Field("q2", "Issues: prices"), Field("q3", "Age")])
        [('Issues', 'crime'), ('Issues', 'prices'), None]
        >>> _by_wording([Field("Reads: sport"), Field("Reads: letters")])
        [('Reads', 'sport'), ('Reads', 'letters')]
    """
    found = [None if field.group else _WITH_CODE.sub("", field.text or field.name) for field in fields]
    by_colon = _by_beginning([text or "" for text in found], ": ")
    by_dash = _by_beginning([text or "" for text in found], " - ")
    asked = _by_beginning([text or "" for text in found], "? ")
    by_mark = [one and (f"{one[0]}?", one[1]) for one in asked]
    return [one or two or three for one, two, three in zip(by_colon, by_dash, by_mark, strict=True)]


_WITH_CODE = re.compile(r"^[A-Za-z]{1,4}\d+(?:[_.]\d+|r\d+|[a-z])[.:)]?\s+(?=\S)")
"""The code of a column before its wording, which tells neighbours apart that ask one question."""


_NUMBERED_CODE = re.compile(r"^\W*[A-Za-z]{0,4}\d{1,3}(?:[_.]\d+|r\d+|[a-z])?[.:)]?\s+(?=\S)")
"""The number of a question before its wording."""


def _by_beginning(names: Sequence[str], mark: str) -> list[_Stem | None]:
    """Returns the longest beginning up to a mark that each name shares with a neighbour, and what follows it."""
    if not names:
        return []
    shared = ["", *(_shared_beginning(one, other, mark) for one, other in pairwise(names)), ""]
    stems = [max(pair, key=len) for pair in pairwise(shared)]
    return [(stem, name[len(stem) + len(mark) :]) if stem else None for stem, name in zip(stems, names, strict=True)]


def _shared_beginning(one: str, other: str, mark: str = " - ") -> str:
    """Returns what both names begin with before a mark, the longest such beginning.

    Example:
        >>> _shared_beginning("Which? - Radio", "Which? - TV"), _shared_beginning("Which?", "Which? - TV")
        ('Which?', '')
    """
    ends = [found.start() for found in re.finditer(re.escape(mark), one)]
    return next((one[:end] for end in reversed(ends) if other.startswith(one[: end + len(mark)])), "")


_PARTED = re.compile(r"\s+(?:[-–—|/>»:]+|::)\s+|\s*[–—|]\s*|:\s*|\s*\n\s*|_+|(?<=\?)\s+")
"""What stands between the wording of a question and an option in the heading of a box, whatever a tool takes."""

_INSIDE = re.compile(r"(?P<option>[^()\[\]]+?)\s*[(\[](?P<stem>[^()\[\]]+)[)\]]\s*")
_MOST_PARTED, _LONGEST_HEADING = 12, 600


def _by_question(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems and options of headings that hold a wording and an option, which neighbours share or do not.

    Either may stand first, or in brackets behind the other; any sign may part them.

    Example:
        >>> _by_question([Field("Which of these? – Radio"), Field("Which of these? – TV"), Field("Age")])
        [('Which of these?', 'Radio'), ('Which of these?', 'TV'), None]
        >>> _by_question([Field("Radio (Which of these?)"), Field("TV (Which of these?)")])
        [('Which of these?', 'Radio'), ('Which of these?', 'TV')]
        >>> _by_question([Field("Radio - Do you use?"), Field("TV - Do you use?")])
        [('Do you use?', 'Radio'), ('Do you use?', 'TV')]
    """
    found = [{} if field.group else _options_by_stem(field.text or field.name) for field in fields]
    beside = [{}, *found, {}]
    stems: list[_Stem | None] = []
    for at, parts in enumerate(found):
        shared = [stem for stem in parts if stem in beside[at] or stem in beside[at + 2]]
        stem = max(shared, key=len, default=None)
        stems.append(None if stem is None else (stem, parts[stem]))
    return stems


def _options_by_stem(heading: str) -> dict[str, str]:
    """Returns the options that a heading may hold, by the wordings that the rest may be."""
    heading = heading.strip()
    if len(heading) > _LONGEST_HEADING:
        return {}
    inside = _INSIDE.fullmatch(heading)
    pairs = [(inside["stem"], inside["option"])] if inside else []
    for mark in islice(_PARTED.finditer(heading), _MOST_PARTED):
        left, right = heading[: mark.start()], heading[mark.end() :]
        pairs += [(left, right), (right, left)]
    pairs = [(stem.strip(), option.strip()) for stem, option in pairs]
    return {stem: option for stem, option in pairs if option and ("?" in stem or " " in stem)}


def _by_colon(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems and options of names such as "Radio:Which?".

    Example:
        >>> _by_colon([Field("Radio:Which?"), Field("TV:Which?"), Field("Why: tell us")])
        [('Which?', 'Radio'), ('Which?', 'TV'), None]
        >>> _by_colon([Field("Radio:Which?"), Field("Web: blogs:Which?")])
        [('Which?', 'Radio'), ('Which?', 'Web: blogs')]
    """
    found = [_parted_at_colons(field.name) for field in fields]
    beside = [{}, *found, {}]
    return [
        next(((stem, option) for stem, option in parts.items() if stem in {**beside[at], **beside[at + 2]}), None)
        for at, parts in enumerate(found)
    ]


def _parted_at_colons(name: str) -> dict[str, str]:
    """Returns the options of a name by what stands behind each of its colons, the longest of these first."""
    colons = [at for at, sign in enumerate(name) if sign == ":"]
    return {stem: name[:at].strip() for at in colons if (stem := name[at + 1 :].strip())}


def _by_code(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems of names such as "q4_0001", "q2r1" and "Q2[SQ001]"; the option is the column's own wording.

    Example:
        >>> _by_code([Field("q4_0001"), Field("Q41_2", "Radio"), Field("q2r1"), Field("wave")])
        [('q4', ''), ('Q41', 'Radio'), ('q2', ''), None]
    """
    found = [_CODE.fullmatch(field.name) for field in fields]
    return [(match["stem"], field.text) if match else None for match, field in zip(found, fields, strict=True)]


def _by_mention(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems of headings that count mentions.

    Example:
        >>> _by_mention([Field("Problem, 1. Nennung"), Field("Paper? (second)"), Field("q1")])
        [('Problem', ''), ('Paper?', ''), None]
        >>> _by_mention([Field("Most important issue"), Field("Second most important issue"), Field("Age")])
        [('most important issue', ''), ('most important issue', ''), None]
    """
    found: list[_Stem | None] = []
    for field in fields:
        text = field.text or field.name
        match = next((one for one in _MENTION.finditer(text) if one.end() == len(text) and one.start()), None)
        found.append((text[: match.start()].strip(), "") if match else None)
    texts = [field.text or field.name for field in fields]
    stems = [_ORDINAL.sub("", text).casefold().strip() for text in texts]
    for at, (text, stem) in enumerate(zip(texts, stems, strict=True)):
        beside = [
            near for near in (at - 1, at + 1) if 0 <= near < len(texts) and stems[near] == stem and texts[near] != text
        ]
        if found[at] is None and stem and beside:
            found[at] = stem, ""
    return found


def _by_first_word(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems and options of short names such as "src_radio": what neighbours share before a line.

    Example:
        >>> _by_first_word([Field("src_radio"), Field("src_tv"), Field("trust")])
        [('src', 'radio'), ('src', 'tv'), None]
        >>> _by_first_word([Field("trust.mayor"), Field("trust.press")])
        [('trust', 'mayor'), ('trust', 'press')]
    """
    names = [field.name if not field.group and " " not in field.name else "" for field in fields]
    pairs = zip(_by_beginning(names, "_"), _by_beginning(names, "."), strict=True)
    return [one or other for one, other in pairs]


def _says_both(scan: Scan) -> bool:
    """Returns whether a column holds words of boxes alone, such as 1 and 0, that of an open one at least once."""
    words = {word.casefold() for word in scan.words}
    ticked = {"1", "true"} if words & {"0", "false"} else TICKED_LABELS
    return words <= ticked | NOT_TICKED and bool(words & NOT_TICKED)


def _by_dots(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems and options of headings as R writes them, with a point for every sign that is no letter.

    Example:
        >>> _by_dots([Field("Which.do.you.use..Radio."), Field("Which.do.you.use..Local.TV."), Field("Vote.intention")])
        [('Which do you use', 'Radio'), ('Which do you use', 'Local TV'), None]
    """
    names = [field.name if not field.group and not re.search(r"\s", field.name) else "" for field in fields]
    found = _by_beginning(names, "..")
    return [one and (_without_dots(one[0]), _without_dots(one[1])) for one in found]


def _without_dots(name: str) -> str:
    """Returns the words of a name by R: a comma and the blank behind it are two points."""
    return " ".join(name.replace(".", " ").split())


def _by_count(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems of names that end in a number, and in nothing else that tells them apart.

    Example:
        >>> _by_count([Field("top1"), Field("Issue 2"), Field("2")])
        [('top', ''), ('Issue', ''), None]
    """
    found = [_COUNTED.fullmatch(field.name) for field in fields]
    return [(match["stem"], "") if match else None for match in found]


def _by_number(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems of headings that count on from a neighbour's, in whatever language, and differ in nothing else.

    Of headings that stood twice the first has no number.

    Example:
        >>> _by_number([Field("Що подорожчало? (1)"), Field("Що подорожчало? (2)"), Field("Age 7")])
        [('Що подорожчало?', ''), ('Що подорожчало?', ''), None]
        >>> _by_number([Field("Which?"), Field("Which? (2)"), Field("2. choice of 3"), Field("3. choice of 3")])
        [('Which?', ''), ('Which?', ''), ('choice of 3', ''), ('choice of 3', '')]
    """
    texts = [" ".join((field.text or field.name).split()) for field in fields]
    numbers = [[(one.start(), one.end()) for one in _SMALL_NUMBER.finditer(text)] for text in texts]
    found: list[_Stem | None] = [None for _ in texts]
    for at, (one, other) in enumerate(pairwise(texts)):
        places = [(start, end) for start, end in numbers[at + 1] if _counts_on(one, other, start, end)]
        if places:
            start, end = places[0]
            stem = f"{other[:start]} {other[end:]}"
            stem = " ".join(re.sub(r"[(\[{#]\s*[.:]?\s*[)\]}]?|(?<=\s)[)\]}]", " ", stem).split()).strip(" -–:.,;_/")
            found[at + 1] = found[at] if found[at] is not None and found[at] == (stem, "") else (stem, "")
            found[at] = found[at] or (stem, "")
    return [one if one and re.search(r"[^\W\d]", one[0]) else None for one in found]


_SMALL_NUMBER = re.compile(r"(?<![\d.,])\d{1,2}(?![\d,]|\.\d)")


def _counts_on(one: str, other: str, start: int, end: int) -> bool:
    """Returns whether the number there is one more than in the neighbour's heading, which is the same elsewhere."""
    before = f"{other[:start]}{int(other[start:end]) - 1}{other[end:]}"
    padded = f"{other[:start]}{int(other[start:end]) - 1:02}{other[end:]}"
    return one in (before, padded) or other == f"{one} (2)"


def _by_letter(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems of headings that end in the letters a, b, c and so on.

    Example:
        >>> _by_letter([Field("Q5a"), Field("Q5b"), Field("issue_c"), Field("issue_d")])
        [('Q5', ''), ('Q5', ''), ('issue', ''), ('issue', '')]
    """
    names = [field.name for field in fields]
    found: list[_Stem | None] = [None for _ in names]
    for at, (one, other) in enumerate(pairwise(names)):
        if (
            one[:-1] == other[:-1]
            and re.search(r"[\d_ .(-]$", one[:-1])
            and ord(other[-1]) == ord(one[-1]) + 1
            and other[-1].isalpha()
        ):
            found[at] = found[at + 1] = (one[:-1].rstrip("_ .(-"), "")
    return found


def _by_one_word(fields: Sequence[Field]) -> list[_Stem | None]:
    """Returns stems of headings of which neighbours share all words but one, such as an ordinal in any language.

    Example:
        >>> _by_one_word([Field("Перша згадка"), Field("Друга згадка"), Field("Age")])
        [('згадка', ''), ('згадка', ''), None]
    """
    words = [(field.text or field.name).split() for field in fields]
    found: list[_Stem | None] = [None for _ in words]
    for at, (one, other) in enumerate(pairwise(words)):
        unlike = [place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]]
        if len(one) == len(other) > 1 and len(unlike) == 1:
            stem = " ".join((*other[: unlike[0]], *other[unlike[0] + 1 :])).strip(" -–:.,;")
            found[at + 1] = (stem, "")
            found[at] = found[at] or (stem, "")
    return found


_SAYING = (_by_tool, _by_bracket, _by_dash)
_STEMS = (
    _by_tool,
    _by_bracket,
    _by_round,
    _by_dash,
    _by_slash,
    _by_colon,
    _by_question,
    _by_wording,
    _by_dots,
    _by_code,
)


def _with_written(stem: str, run: Sequence[_Member], fields: Sequence[Field]) -> list[_Member]:
    """Returns the columns with the one behind them in which readers wrote what else they meant."""
    names = [field.name for field in fields]
    at = names.index(run[-1][0].name) + 1
    at = next((place for place in range(at, len(fields)) if not names[place].endswith("comment]")), len(fields))
    if at >= len(fields) or fields[at].use != "other":
        return list(run)
    behind, code = fields[at], _CODE.match(run[0][0].name)
    same = stem in (behind.group, behind.text) or (code is not None and behind.name.startswith(code["stem"]))
    return [*run, (behind, "Other")] if same else list(run)


@dataclass(frozen=True)
class _Box:
    """One column as a box: `ticks` are words that may be a tick, `no` says No, `written` whether it holds own words."""

    field: Field
    option: str
    ticks: tuple[str, ...]
    no: tuple[str, ...]
    open_words: tuple[str, ...]
    blanks: tuple[str, ...]
    counts: Mapping[str, int]
    written: bool = False


def _box_of(field: Field, option: str, scan: Scan) -> _Box:
    """Returns what the words of a column are if it is a box."""
    labels, declared = dict(field.labels), set(missing_words(field, scan))
    own_code = str(_code_number(field.name)[0])  # the box "q1_97" may hold 97
    ticks: list[str] = []
    no: list[str] = []
    open_words = list(scan.seen)
    blanks = [word for word in scan.blanks if word not in scan.seen]
    for word in scan.words:
        shown = labels.get(word, word).casefold().strip()
        if field.tick and word not in declared:
            (ticks if word == field.tick else open_words).append(word)
        elif (
            word in declared
            or NOT_ASKED.match(shown)
            or (word in NUMBER_CODES_OF_NOTHING - {"66", "77", "88"} and word != own_code)
        ):
            blanks.append(word)
        elif shown in NOT_TICKED or word == "0" or shown.startswith("no to: "):
            open_words.append(word)
        elif shown in SAID_NOT:
            no.append(word)
        else:
            ticks.append(word)
    other = OTHER.match(option or field.text or field.name) or SPECIFY.search(option) or field.use == "other"
    told = [word for word in ticks if word.casefold() not in TICKED and plain_text(word) != plain_text(option)]
    written = bool(other) and (field.use == "other" or bool(told)) and not (len(ticks) == 1 and open_words)
    return _Box(field, option, tuple(ticks), tuple(no), tuple(open_words), tuple(blanks), scan.words, written)


def _group_of(
    stem: str, run: Sequence[_Member], scans: Mapping[str, Scan], *, coded: bool, named: bool = False
) -> TickGroup | None:
    """Returns the question of some columns where all of them hold ticks, None where one holds something else."""
    boxes = [_box_of(field, option, scans[field.name]) for field, option in run]
    real = [box for box in boxes if not box.written]
    translated = _are_translated(real)
    marked = translated or all(len(box.ticks) < 2 or _are_marks(box.ticks) for box in real) or _are_by_hand(real)
    if len(real) < 2 or not any(box.ticks for box in real) or not marked:
        return None
    asked = _NUMBERED_CODE.sub("", stem)
    several = (
        named
        or MANY.search(stem)
        or WHICH.match(asked)
        or NOT_WHETHER.search(asked)
        or any(
            OTHER.match(box.option) or NONE_OF_THEM.match(box.option) for box in boxes if len(boxes) > _FEWEST_OFFERED
        )
        or any(box.field.kind == "multiple" or box.field.tick for box in real)
    )
    if any(box.no for box in real) and not several and not _are_mentioned(real):
        return None
    words = [box.option for box in real] if translated else _tick_words(real, coded=coded)
    if words is None:
        return None
    if coded:
        order = sorted(range(len(real)), key=lambda at: _code_number(real[at].field.name))
        real, words = [real[at] for at in order], [words[at] for at in order]
    options = [_option_of(box, word) for box, word in zip(real, words, strict=True)]
    shared, options = _without_shared(options) if coded else ("", options)
    columns = [box.field.name for box in real]
    own_words = [box for box in boxes if box.written]
    if own_words and not any(OTHER.match(option) for option in options):
        columns.append(own_words[-1].field.name)
        options.append(own_words[-1].option or "Other")
        words.append(ANY_WORDS)
    opened = _open_words(real, scans)
    missing = (word for box in boxes for word in (*box.blanks, *scans[box.field.name].blanks))
    blanks = dict.fromkeys(word for word in missing if word not in opened)
    spelled = dict.fromkeys(word for box in real for word in box.ticks[not translated :] if word not in words)
    return TickGroup(
        shared or stem, tuple(columns), tuple(options), tuple(words), tuple(opened), tuple(blanks), stem=stem,
        spelled=tuple(spelled),
    )  # fmt: skip


def _are_by_hand(boxes: Sequence[_Box]) -> bool:
    """Returns whether people ticked the boxes in whatever way came to hand: x, 1 and yes in one table, or nothing."""
    ticks = {word.casefold() for box in boxes for word in box.ticks}
    return ticks <= TICKED and bool(ticks & _SIGNS) and not any(box.open_words or box.no for box in boxes)


def _are_translated(boxes: Sequence[_Box]) -> bool:
    """Returns whether the boxes of a tool's question hold their options in several languages: one word in each.

    The option as the heading has it is among the words of most boxes, and no word stands in two of them.
    """
    held = [box for box in boxes if box.ticks]
    if not any(1 < len(box.ticks) <= _MOST_LANGUAGES for box in held) or not all(box.option for box in boxes):
        return False
    if any(not box.field.group or box.field.labels or len(box.ticks) > _MOST_LANGUAGES for box in boxes):
        return False
    words = [word.casefold() for box in held for word in {*box.ticks}]
    known = [plain_text(box.option).casefold() in map(str.casefold, map(plain_text, box.ticks)) for box in held]
    return len({*words}) == len(words) and 2 * sum(known) > len(known) and TICKED.isdisjoint(words)


_MOST_LANGUAGES = 4


def _without_shared(options: Sequence[str]) -> tuple[str, list[str]]:
    """Returns the question that all options begin or end with, "" where none shows, and the options without it.

    Example:
        >>> _without_shared(["Media: Radio", "Media: TV"]), _without_shared(["Radio", "TV"])
        (('Media', ['Radio', 'TV']), ('', ['Radio', 'TV']))
        >>> _without_shared(["[Radio] Which?", "[TV] Which?"]), _without_shared(["Radio - Which?", "TV - Which?"])
        (('Which?', ['Radio', 'TV']), ('Which?', ['Radio', 'TV']))
    """
    for pattern in _BEFORE:
        found = [pattern.fullmatch(option) for option in options]
        ends = {match and match["stem"] for match in found}
        if len(options) > 1 and len(ends) == 1 and None not in ends:
            return str(ends.pop()), [match["option"].strip() for match in found if match]
    for mark, kept in ((": ", ""), (" - ", ""), ("? ", "?")):
        stems = _by_beginning(list(options), mark)
        if len({one and one[0] for one in stems}) == 1 and stems[0] is not None:
            return stems[0][0] + kept, [one[1] for one in stems if one is not None]
    parts = [_options_by_stem(option) for option in options]
    stems_of_all = [stem for stem in parts[0] if all(stem in one for one in parts)] if len(parts) > 1 else []
    if stems_of_all:
        stem = max(stems_of_all, key=len)
        return stem, [one[stem] for one in parts]
    return "", list(options)


_BEFORE = (
    re.compile(r"\[(?P<option>[^\[\]]+)\] (?P<stem>\S.*)", re.DOTALL),
    re.compile(r"(?P<option>[^\n]+?) - (?P<stem>\S.*)", re.DOTALL),
)
"""Wordings of boxes that begin with the option, as LimeSurvey and Decipher write them for SPSS."""


def _are_marks(words: Sequence[str]) -> bool:
    """Returns whether words are marks that people set by hand, each as it came: x, X, a tick; or spellings of one yes.

    Example:
        >>> _are_marks(["x", "X", "✓"]), _are_marks(["1", "x"]), _are_marks(["yes", "Yes"]), _are_marks(["A", "a"])
        (True, False, True, False)
    """
    small = {word.casefold() for word in words}
    return small <= _SIGNS or (len(small) == 1 and small <= TICKED)


def _open_words(boxes: Sequence[_Box], scans: Mapping[str, Scan]) -> dict[str, None]:
    """Returns the words of a box left open; where one says so itself, the tool's word for "left open" is no answer."""
    words = dict.fromkeys(word for box in boxes for word in (*box.open_words, *box.no))
    seen = {word for box in boxes for word in scans[box.field.name].seen}
    said = [word for word in words if word not in seen]
    return dict.fromkeys(said) if said else words


def _are_mentioned(boxes: Sequence[_Box]) -> bool:
    """Returns whether the labels of the codes are those of boxes and of nothing else."""
    labels = [dict(box.field.labels) for box in boxes]
    return all(
        of_box and all(of_box.get(word, "").casefold() in TICKED_LABELS for word in box.ticks)
        for box, of_box in zip(boxes, labels, strict=True)
    )


def _code_number(name: str) -> tuple[int, str]:
    """Returns by what the columns of one code stand in their order."""
    match = _CODE.fullmatch(name)
    return (int(match["number"]) if match and is_whole(match["number"]) else 1 << 30, name)


def _option_of(box: _Box, word: str) -> str:
    """Returns the option that a box stands for."""
    label = word if word.casefold() not in TICKED and not word.isdecimal() else ""
    return box.option or label or box.field.text or box.field.name


def _tick_words(boxes: Sequence[_Box], *, coded: bool) -> list[str] | None:
    """Returns the word of a tick in each box, None where one of them holds something else.

    A column in which nobody ticked has the word that a tick would be. Ticks are a word for yes, the option's own
    words, or its number; a value of its own in each, where the tool says the options; and, where nothing else says what
    the columns are, a word of its own in each.
    """
    own = [box.ticks[0] if box.ticks else "" for box in boxes]
    held = [word for word in own if word]
    numbered = _own_numbers(boxes)
    recoded = len(set(held)) == len(held) >= 2 and all(
        box.field.group and box.field.option and not box.open_words and not box.field.labels for box in boxes
    )
    recoded = recoded and all(box.counts[word] > 1 for box, word in zip(boxes, own, strict=True) if word)
    alone = coded and len(set(held)) == len(held) >= 2 and scale_steps(held) is None and _are_options(boxes)
    words = []
    for at, (box, word) in enumerate(zip(boxes, own, strict=True)):
        labels = dict(box.field.labels)
        shown = labels.get(word, word)
        if not word:
            unticked = str(at + numbered) if numbered is not None else held[0] if held[0].casefold() in TICKED else ""
            words.append(unticked or box.option or box.field.name)
        elif (
            box.field.tick == word
            or {word.casefold(), shown.casefold()} & (TICKED | TICKED_LABELS)
            or plain_text(word).casefold() == plain_text(box.option).casefold()
            or (box.open_words and not word.isdecimal())
            or numbered is not None
            or recoded
            or (alone and not word.isdecimal())
        ):
            words.append(word)
        else:
            return None
    return words


def _are_options(boxes: Sequence[_Box]) -> bool:
    """Returns whether the columns, of which no tool says anything, hold a short word that came back."""
    return all(
        not box.field.group and all(len(word) <= 60 and box.counts[word] > 1 for word in box.ticks) for box in boxes
    )


def _own_numbers(boxes: Sequence[_Box]) -> int | None:
    """Returns the number of the first option where each box holds its own option's number, None where they do not."""
    held = [(at, int(box.ticks[0])) for at, box in enumerate(boxes) if box.ticks and is_whole(box.ticks[0])]
    if len(held) < 2 or len(held) != sum(bool(box.ticks) for box in boxes):
        return None
    firsts = {number - at for at, number in held}
    by_code = all(_code_number(boxes[at].field.name)[0] == number for at, number in held)
    if len(firsts) == 1:
        return firsts.pop()
    return 1 if by_code else None


def _own_name_groups(fields: Sequence[Field], scans: Mapping[str, Scan]) -> list[TickGroup]:
    """Returns the questions that show nothing but their options: each cell repeats its column's name.

    A list ends before an option that it has already, and after one that says "none of them"; the column behind it in
    which readers wrote something else belongs to it.
    """
    groups = []
    for own, run in groupby(fields, key=lambda field: _repeats_its_name(field, scans[field.name])):
        for columns in _lists(list(run)) if own else ():
            shared = _by_first_word(columns)
            stems = {one and one[0] for one in shared}
            named = len(stems) == 1 and stems != {None}
            options = [
                one[1] if named and one else _first_name(field) for field, one in zip(columns, shared, strict=True)
            ]
            names = [field.name for field in columns]
            words = list(options)
            behind = _behind(columns[-1], fields)
            if behind is not None and _is_written(behind, scans[behind.name]) and not any(map(OTHER.match, options)):
                names.append(behind.name)
                options.append(_first_name(behind))
                words.append(ANY_WORDS)
            if len(names) > 1:
                groups.append(_with_dashes(TickGroup("", tuple(names), tuple(options), tuple(words)), scans))
    return groups


def _unnamed_groups(fields: Sequence[Field], scans: Mapping[str, Scan]) -> list[TickGroup]:
    """Returns the questions of neighbours that hold one mark or nothing, such as an x: each is an option of a list."""
    groups = []
    marks = {field.name: _only_mark(field, scans[field.name]) for field in fields}
    if any(map(_are_many_marks, (scans[name].words for name, mark in marks.items() if mark))):
        marks = {name: "x" if mark in _SIGNS else mark for name, mark in marks.items()}
    runs = [(mark, list(run)) for mark, run in groupby(fields, key=lambda field: marks[field.name])]
    for columns in [columns for mark, run in runs if mark for columns in _lists(run)]:
        if len(columns) > 1:
            words = [next(iter(scans[field.name].words)) for field in columns]
            spelled = dict.fromkeys(word for field in columns for word in scans[field.name].words if word not in words)
            shared = _by_first_word(columns)
            stems = {one and one[0] for one in shared}
            named = len(stems) == 1 and stems != {None}
            options = [
                one[1] if named and one else _first_name(field) for field, one in zip(columns, shared, strict=True)
            ]
            names = [field.name for field in columns]
            behind = _behind(columns[-1], fields)
            if behind is not None and _is_written(behind, scans[behind.name]) and not any(map(OTHER.match, options)):
                names, options, words = [*names, behind.name], [*options, _first_name(behind)], [*words, ANY_WORDS]
            groups.append(
                _with_dashes(TickGroup("", tuple(names), tuple(options), tuple(words), spelled=tuple(spelled)), scans)
            )
    return groups


def _with_dashes(group: TickGroup, scans: Mapping[str, Scan]) -> TickGroup:
    """Returns the question with the dashes that people type into a box left open, and other words for nothing."""
    blanks = dict.fromkeys(word for column in group.columns for word in scans[column].blanks)
    dashes = tuple(word for word in blanks if not word.strip("-."))
    return replace(group, open_words=dashes, blanks=tuple(word for word in blanks if word not in dashes))


def _only_mark(field: Field, scan: Scan) -> str:
    """Returns the mark that is all that a column without labels holds beside blanks, small, "" where it is another."""
    words = {word.casefold() for word in scan.words}
    marked = len(words) == 1 or _are_many_marks(scan.words)
    alone = marked and 0 < scan.filled < scan.counted and not field.labels
    option = not field.group and field.use == "answer" and "?" not in field.name
    return next(iter(words & _MARKS), "") if alone and option else ""


def is_lone_box(scan: Scan) -> bool:
    """Returns whether a column holds one mark or nothing: who left the box open looks like who did not see it.

    Example:
        >>> is_lone_box(Scan({"checked": 9}, (), 9, 20)), is_lone_box(Scan({"Yes": 9}, (), 9, 20))
        (True, False)
    """
    words = {word.casefold() for word in scan.words}
    return bool(words) and words <= TICKED_LABELS | _SIGNS and 0 < scan.filled < scan.counted


def _are_many_marks(words: Collection[str]) -> bool:
    """Returns whether a column holds several marks that mean the same, such as x beside a tick.

    Example:
        >>> _are_many_marks(["x", "✓"]), _are_many_marks(["x", "X"]), _are_many_marks(["1", "x"])
        (True, False, False)
    """
    return len({word.casefold() for word in words}) > 1 and _are_marks(list(words))


def _first_name(field: Field) -> str:
    """Returns a heading as the file has it, without the number that tells it from another of its words.

    Example:
        >>> _first_name(Field("Radio (2)"))
        'Radio'
    """
    match = _AGAIN.fullmatch(field.name)
    return match["name"] if match else field.name


def _repeats_its_name(field: Field, scan: Scan) -> bool:
    return set(scan.words) in ({field.name}, {_first_name(field)})


def _lists(run: Sequence[Field]) -> Iterator[list[Field]]:
    """Yields the lists of options that stand side by side."""
    found: list[Field] = []
    for field in run:
        ended = bool(found) and NONE_OF_THEM.match(_first_name(found[-1])) is not None
        if found and (ended or _first_name(field) in map(_first_name, found)):
            yield found
            found = []
        found.append(field)
    if found:
        yield found


def _behind(field: Field, fields: Sequence[Field]) -> Field | None:
    """Returns the column behind another."""
    at = fields.index(field) + 1
    return fields[at] if at < len(fields) else None


def _is_written(field: Field, scan: Scan) -> bool:
    """Returns whether a column's name is that of other answers, in which not everybody wrote."""
    return OTHER.match(_first_name(field)) is not None and 0 < scan.filled < scan.counted


def _share_words(held: Sequence[Sequence[str]]) -> bool:
    """Returns whether most words of each column stand in another one too.

    Example:
        >>> _share_words([["a", "b", "c"], ["b", "c", "d"]]), _share_words([["a", "b"], ["c", "d"]])
        (True, False)
    """
    for at, words in enumerate(held):
        others = {word for place, one in enumerate(held) if place != at for word in one}
        if words and len({*words} & others) < 0.6 * len(words):
            return False
    return sum(map(bool, held)) > 1


_NO_MORE = re.compile(
    r"\W*((none|nothing|no|keine|nichts|kein|aucun|rien|ningun|ningún|nada|nessun|niente|nenhum|geen|niets|żad|nic|"
    r"нет|ничего)\w*\s+(others?|else|more|further|weiteren?|mehr|andere[rs]?|autre|de plus|otr[oa]|más|altr[oia]|"
    r"outr[oa]|mais|andere|meer|inn[aey]|więcej|други\w+|больше)|(others?|andere) none)\W*$",
    re.IGNORECASE,
)
"""Words by which somebody says that there is no further mention."""


def names_a_mention(field: Field) -> bool:
    """Returns whether a heading calls what its column holds one of several mentions.

    Example:
        >>> [names_a_mention(one) for one in (Field("Nennung 1"), Field("q5", "Third mention"), Field("q5"))]
        [True, True, False]
    """
    return _NAMED_MENTION.search(field.text or field.name) is not None


def _mentions_of(stem: str, run: Sequence[Field], scans: Mapping[str, Scan], least: int) -> TickGroup | None:
    """Returns the columns as mentions of one question where they share their answers, None where they do not.

    Numbers without labels are ranks or ratings; where only codes name the columns, every column has to have answers
    of the first.
    """
    held = [
        [word for word in scans[field.name].words if word not in missing_words(field, scans[field.name])]
        for field in run
    ]
    labels = {value: label for field in run for value, label in field.labels}
    words = list(dict.fromkeys(word for one in held for word in one))
    numbers = all(word.replace("-", "").replace(".", "").isdecimal() for word in words) and not labels
    sure = all(map(names_a_mention, run))
    if not words or (numbers and not sure) or len(words) > _MOST_MENTIONED or len(words) < 2:
        return None
    numbered = least == NUMBERED
    shared = all(set(one) <= set(held[0]) for one in held) or (
        least in (NUMBERED, IN_TURN, UNNAMED) and _share_words(held)
    )
    if least and (scale_steps(words) is not None or len(words) < (3 if numbered else 4) or not shared):
        return None
    if not least and not any(set(held[0]) & set(one) for one in held[1:]):
        return None
    listed = [
        word for word in labels if word not in {w for field in run for w in missing_words(field, scans[field.name])}
    ]
    options = list(dict.fromkeys([*listed, *words]))
    ended = [word for word in options if sure and word not in held[0] and _NO_MORE.match(labels.get(word, word))]
    options = [word for word in options if word not in ended]
    blanks = dict.fromkeys(word for field in run for word in missing_words(field, scans[field.name]))
    wordings = {field.text for field in run}
    asked = wordings.pop() if len(wordings) == 1 else ""
    return TickGroup(
        asked or stem, tuple(field.name for field in run), tuple(labels.get(word, word) for word in options),
        tuple(options),
        blanks=tuple(dict.fromkeys((*(word for word in blanks if word not in options), *ended))), mentions=True,
        sure=sure, stem=stem, least_several=least,
    )  # fmt: skip
