"""Numbers in comments that lead to somebody: accounts, cards, identity numbers and telephone numbers, each as a span.

A long number is masked unless it is plainly something else: a year, a date, a sum, a score, a list, a section. Numbers
that lead to somebody have hundreds of forms, and others are seldom long. A short number needs a word beside it.
"""

# ruff: noqa: RUF001 (some signs look like Latin ones)

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from analytics.comments.addresses import LETTERS, Span, from_left, is_section
from analytics.comments.contact_words import (
    ACCOUNTS,
    CALL_STEMS,
    CALLS,
    EAST,
    IDENTITIES,
    IDENTITY_STEMS,
    IN_CAPITALS,
    NUMBER_STEMS,
    NUMBERS,
    PERSONAL,
    SHORT_UNITS,
    UNITS,
    listed,
)

MOST_SIGNS = 20_000
"""How many signs of one text are judged where digits stand close together. Those beyond are masked unjudged."""
MOST_IN_ROW = 2_000
"""The same of one row of digits with little between them: what is longer is a table."""

LONG = 9
"""Digits from which a number is masked without any word beside it."""
FEWEST_DIGITS = 6
"""Digits from which a number is masked beside a word such as "call"."""

REGIONS = listed("""
    US GB DE FR ES IT PT NL BE AT CH LU IE DK NO SE FI IS EE LV LT PL CZ SK HU RO BG GR HR SI RS UA RU KZ TR IL AE SA EG
    MA NG KE ZA IN PK BD ID MY SG TH VN PH CN HK TW JP KR AU NZ BR AR CL CO PE MX
""")
"""Whose numbering plans are known."""

_BLANK = r"[^\S\n]"
_SIGN = r"(?:[^\S\n]|[.\-\u2010-\u2013\u2212\uff0d/()（）．·•_\u200b-\u200f\u202a-\u202e\u2060\ufe0f\u20e3\ufeff])"
_RUN = re.compile(rf"(?<![\d{LETTERS}])(?<!\d[.,:'’])[+＋]?[(（]?[+＋]?\d(?:{_SIGN}{{0,3}}\d){{{FEWEST_DIGITS - 1},}}+")
_GROUP = re.compile(r"\d+")
_NARROW = dict(zip("＋（）．－\u00a0\u202f", "+().-  ", strict=True))
_TRIMMED = re.compile(r"[+＋(（]*\d(?:.*\d)?")
_CLUSTER = re.compile(rf"\d(?:[^\d\n]{{0,8}}\d){{{FEWEST_DIGITS - 1},}}+")
"""Where digits stand close together: the only places that are looked at."""
NEAR = 40
"""How many signs around are looked at for words that say what a number is."""
_TAX_CARD = re.compile(r"[A-Z](?<![A-Za-z0-9][A-Z])[A-Z]{4}[0-9]{4}[A-Z](?![A-Za-z0-9])")
"""India's PAN, which has few digits."""

_YEAR = re.compile(r"(?:1[5-9]|20)[0-9][0-9]")
_BREAK = re.compile(
    rf"\.{_BLANK}+(?!\.)"
    rf"|(?<!\d)(?:\d\d?(?P<by>[./-])\d\d?(?P=by){_YEAR.pattern}|{_YEAR.pattern}(?P<of>[./-])\d\d?(?P=of)\d\d?|\d\d?/\d\d?/\d\d"
    rf"|{_YEAR.pattern}{_BLANK}?[\u2010-\u2013/-]{_BLANK}?(?:{_YEAR.pattern}|\d\d)"
    rf"|\d\d?[./]\d\d?\.?{_BLANK}?[\u2010-\u2013-]{_BLANK}?\d\d?[./]\d\d?\.?)(?!\d|[./-]\d)",
    re.ASCII,
)
"""Where one number ends and another begins: full stops, and dates, years and hours from and to."""

_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?P<by>[\s.])\d{3}(?:(?P=by)\d{3})*")
_THREES = re.compile(r"[1-9]\d\d(?P<by>[\s.])\d{3}(?P=by)\d{3}(?:(?P=by)\d{3})?")
"""Thousands that may be a telephone number as well, as Poles and Portuguese write them."""
_DECIMAL = re.compile(r"\d{1,3}\.\d+")
_SCORES = re.compile(r"\d{1,3}[-:–]\d{1,3}(?:\s\(?\d{1,3}[-:–]\d{1,3}\)?)+")
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₽₹₴₺₩#№§]|\b(?:USD|EUR|GBP|CHF|Rs|BGBl)\.?)\s?$")
_NO_NOUN = re.compile(r"\s*(?:$|[.,;!?)\n])")
"""Nothing that could be counted follows: "Tel. 21 234 567", but not "calls from 21 234 567 people"."""
_PART_OF_NAME = re.compile(r"[^\W\d_]\w*[-/]$")
"""What a number belongs to that is no number: "CVE-2021-44228"."""
_FRACTION = re.compile(r"[.,]\d")
_LETTER = re.compile(rf"[{LETTERS}]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ELSEWHERE = re.compile(r"[\d\n\[\]]|(?<=\w{5})[.!?]\s+(?=[A-ZÀ-ÞА-Я])")
"""Where the words near a number end: at other numbers, lines, and sentences."""
_ISBN = re.compile(r"(?:isbn|issn|ean|doi|pmid|arxiv)(?:-?1[03])?\W{0,3}$", re.IGNORECASE)

_ALNUM = r"A-Za-z0-9"
_ACCOUNT = re.compile(rf"(?<![{_ALNUM}])(?=([A-Za-z]{{2}}\d\d(?:[ \u00a0\u202f.-]?[{_ALNUM}]){{11,32}}))")
_PIECE = re.compile(rf"[{_ALNUM}]+")

_IDENTITY = re.compile(
    rf"(?<![{LETTERS}0-9])(?:(?i:"
    r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d"  # Mexico, CURP
    r"|[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}"  # Mexico, RFC
    r"|[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]"  # Italy, codice fiscale
    r"|[A-Z]{2}\d{6}[A-D]"  # United Kingdom, National Insurance
    r"|\d{8}-?[A-Z]"  # Spain, DNI
    r"|\d{1,2}\.\d{3}\.\d{3}-?[A-Z]|\d{1,2}\.\d{3}\.\d{3}-\d"  # Spain, DNI; Chile, RUT
    r"|[XYZ]-?\d{7}-?[A-Z]"  # Spain, NIE
    r"|\d{8}[A-Z]\d{3}"  # Germany, pension insurance
    r"|\d\d[A-Z]{2}\d{5}"  # France, passport
    r"|\d{17}[\dX]"  # China
    r"|[0-3]\d[01]\d{3}[-+A-FU-Y]\d{3}[\dA-Z]"  # Finland; Denmark's and Latvia's with a dash
    r"|[STFGM]\d{7}[A-Z]"  # Singapore
    r"|[A-Z]{1,2}\d{6}\([\dA]\)|[A-Z][12]\d{8}"  # Hong Kong, Taiwan
    r"|\d{3}-\d\d-\d{4}"  # United States, social security
    r"|[1-4] ?\d\d ?\d\d ?(?:\d\d|2[AB]) ?\d{3} ?\d{3}(?: ?\d\d)?)"  # France, social security
    r"|[A-Z]{2}[ -]\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D]|[A-Z]{3} [A-Z]{3} \d\d[A-Z]\d\d [A-Z]\d{3}[A-Z]"  # with blanks
    rf")(?![{LETTERS}0-9]|[.,]\d)"
)
_PAPER = re.compile(
    rf"(?<![{LETTERS}0-9])(?:[A-ZА-ЯІЇЄ]{{1,3}} ?\d{{6,9}}|\d{{7}}[A-W][A-IW]?|[A-Z][\dA-Z]{{8}}\d?)(?![{LETTERS}0-9])",
    re.IGNORECASE,
)
"""Numbers of identity cards and passports. Other things have such forms too, so a word beside has to say what it is."""

_PAPERS = re.compile("passport|passeport|pasaport|passaport|reisepass|ausweis|паспорт", re.IGNORECASE)


def numbers(text: str) -> Iterator[Span]:
    """Yields accounts, cards, identity numbers and telephone numbers, written in digits of any script."""
    spans = [(*match.span(), "identity") for match in _TAX_CARD.finditer(text)]
    judged = 0
    for match in _CLUSTER.finditer(text):
        start, end = match.span()
        judged += end - start
        if judged > MOST_SIGNS or end - start > MOST_IN_ROW:
            spans.append((start, end, "number"))
        else:
            spans += _in_cluster(text, start, end)
    yield from from_left(spans)


def _in_cluster(text: str, start: int, end: int) -> Iterator[Span]:
    """Yields what is found where digits stand close together; what one finder has taken the next ones do not see."""
    first = max(0, start - NEAR)
    piece = text[first : end + NEAR]
    for find in (_accounts, _identities, _runs):
        for begin, stop, kind in find(piece, start - first, end - first):
            yield first + begin, first + stop, kind
            piece = piece[:begin] + "\n" * (stop - begin) + piece[stop:]


def _accounts(text: str, first: int, end: int) -> list[Span]:
    """International bank account numbers: by the country's structure and check digits, or by looking like one."""
    spans, last = [], 0
    for match in _ACCOUNT.finditer(text, max(0, first - 4), end + NEAR):
        if match.start() >= last and (length := _account_end(match[1])):
            last = match.start() + length
            spans.append((match.start(), last, "account"))
    return spans


def _account_end(candidate: str) -> int:
    """How long the account number at the beginning of a text is; 0 where there is none."""
    from stdnum import iban  # loads the structures of all countries, and few comments hold an account

    ends = [piece.end() for piece in _PIECE.finditer(candidate)]
    for end in reversed(ends):
        # The library looks at the check digits too, but takes twenty times as long to say no.
        if _has_check_digits(candidate[:end]) and iban.is_valid(candidate[:end], check_country=False):
            return end
    # Wrong in a digit, or of a country not listed: written like one, in fours or without a break.
    pieces = _PIECE.findall(candidate)
    while pieces and not any(sign.isdigit() for sign in pieces[-1]):
        pieces.pop()
        ends.pop()
    digits = sum(sign.isdigit() for piece in pieces for sign in piece)
    fours = all(len(piece) == 4 for piece in pieces[:-1])
    return ends[-1] if pieces and fours and sum(map(len, pieces)) >= 15 and digits >= 10 else 0


def _has_check_digits(candidate: str) -> bool:
    compact = "".join(_PIECE.findall(candidate))
    return int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97 == 1


def _identities(text: str, first: int, end: int) -> list[Span]:
    """Numbers of persons that have letters or a form of their own: Spain's DNI, Italy's codice fiscale and others."""
    around = max(0, first - 8), end + 8
    spans = [(*match.span(), "identity") for match in _IDENTITY.finditer(text, *around)]
    for match in _PAPER.finditer(text, *around):
        if _names(_number_at(text, *match.span())) & {"identity", "personal"}:
            spans.append((*match.span(), "identity"))
    return list(from_left(spans))


def _runs(text: str, first: int, end: int) -> list[Span]:
    """Cards, identity numbers and telephone numbers of digits alone."""
    spans = []
    for match in _RUN.finditer(text, max(0, first - 3), end):
        start = match.start()
        breaks = [(match.start() + one.start(), match.start() + one.end()) for one in _BREAK.finditer(match.group())]
        for stop, following in [*breaks, (match.end(), match.end())]:
            number = _TRIMMED.search(text, start, stop)
            if number:
                begin = number.start() + (number.group()[0] in "(（" and not set(number.group()) & set(")）"))
                if kind := _kind(_number_at(text, begin, number.end())):
                    spans.append((begin, number.end(), kind))
            start = following
    return spans


class _Number(NamedTuple):
    """Digits with the signs between them, and what stands before and after."""

    before: str
    run: str
    after: str

    @property
    def groups(self) -> list[str]:
        return _GROUP.findall(self.run)

    @property
    def digits(self) -> str:
        return "".join(self.groups)


def _number_at(text: str, start: int, end: int) -> _Number:
    run = text[start:end]
    if not run.isascii():  # digits of all scripts, and the wide signs of Japan
        run = "".join(str(int(sign)) if sign.isdecimal() else _NARROW.get(sign, sign) for sign in run)
    return _Number(text[max(0, start - NEAR) : start], run, text[end : end + NEAR])


def _kind(number: _Number) -> str | None:
    """What a number is; None where it leads to nobody."""
    digits = number.digits
    length = len(digits)
    if length < FEWEST_DIGITS:
        return None
    if _is_from_abroad(number.run, digits):
        return "phone"
    names = _names(number)
    if _is_ordinary(number, names):
        return None
    if "identity" in names or ("number" in names and _PAPERS.search(number.before)):
        return "identity"
    if _is_card(digits):
        return "card"
    if "account" in names:
        return "account"
    if "call" in names or (digits[0] == "0" and length >= 8):
        return "phone"
    if length >= LONG:
        if "personal" in names:
            return "identity"
        return "phone" if length <= 15 and ("number" in names or _is_subscriber(digits)) else "number"
    if length == 8 and names:
        return "identity" if "personal" in names else "phone"
    return "phone" if ("number" in names and len(number.groups) > 1) or _is_short_phone(number.run, digits) else None


def _is_from_abroad(run: str, digits: str) -> bool:
    marked = run.startswith(("+", "(+"))
    if not marked and not (digits[:2] == "00" and len(digits) >= LONG):
        return False
    return len(digits) >= 8 and not (len(digits) < 10 and _THOUSANDS.fullmatch(run.lstrip("+")))


def _names(number: _Number) -> set[str]:
    """What the words near a number say that it is: "call", "number", "identity", "personal", "account"."""
    before = _ELSEWHERE.split(number.before)[-1]
    after = _ELSEWHERE.split(number.after)[0] if len(number.groups) > 1 or len(number.digits) >= 8 else ""
    names = set()
    for beside, is_before in ((before, True), (after, False)):
        for word in _WORD.findall(beside):
            low = word.lower()
            if low in CALLS or low.startswith(CALL_STEMS):
                names.add("call")
            elif low in NUMBERS or low.startswith(NUMBER_STEMS):
                names.add("number")
            elif low.startswith(IDENTITY_STEMS) or (low in IDENTITIES and (low not in IN_CAPITALS or word.isupper())):
                names.add("identity")
            elif is_before and low in PERSONAL:
                names.add("personal")
            elif is_before and low in ACCOUNTS:
                names.add("account")
        if not beside.isascii():
            for name, words in EAST.items():
                if any(word in beside for word in words):
                    names.add(name)
    return names


def _is_ordinary(number: _Number, names: set[str]) -> bool:
    """Whether a number is a year, a sum, a list, a score or another that leads to nobody."""
    run, groups, after = number.run, number.groups, number.after
    if _ISBN.search(number.before) or (run[0] != "0" and _MONEY_BEFORE.search(number.before)):
        return True
    if all(_YEAR.fullmatch(group) for group in groups):
        return True
    if len(groups) > 1 and _YEAR.fullmatch(groups[0]) and run[4].isspace():  # "in 2019 12 500 people"
        return _kind(number._replace(run=run[4:].strip(" ()"))) is None
    if len(groups) > 1 and _YEAR.fullmatch(groups[-1]) and run[-5].isspace() and _is_sum(run[:-5]):
        return True
    named = names & {"call", "number", "identity"}
    if not names and len(number.digits) <= LONG and _PART_OF_NAME.search(number.before):
        return True
    pieces = re.split(r"\s?[\u2010-\u2013/-]\s?", run)
    if all(map(_is_sum, pieces)) or (len(groups) > 2 and all(_is_round(piece) for piece in run.split())):
        if _is_counted(after) or _FRACTION.match(after):
            return True
        dialled = "call" in names and len(number.digits) >= 7 and bool(_NO_NOUN.match(after))
        return not (dialled or (named and _THREES.fullmatch(run)) or ("identity" in names and len(groups) > 2))
    if len(groups) == 1 and run[0] != "0" and (_is_counted(after) or _FRACTION.match(after)):
        return True
    if len(run) < LONG and run[0] != "0" and _LETTER.match(after):  # "1234567km"
        return True
    if set(re.findall(r"\D", run)) == {"."} and run[0] != "0" and ("0" in groups or is_section(number.before)):
        return True  # "Chrome 120.0.6099.109"
    if named and max(map(len, groups)) > 1:
        return False
    spaced = run.split()
    decimals = [bool(_DECIMAL.fullmatch(piece)) for piece in spaced]
    if all(decimals) or (
        sum(decimals) > 1 and all(is_one or len(piece) < 4 for is_one, piece in zip(decimals, spaced, strict=True))
    ):
        return len(decimals) > 1 or len(groups[0]) == 1 or len(groups[0]) + len(groups[-1]) < LONG
    if "call" in names and len(groups) >= 7 and run[0] != "1":
        return False
    return (run[0] != "0" and bool(_SCORES.fullmatch(run))) or _is_list(run, groups)


def _is_counted(after: str) -> bool:
    """Whether a unit, a currency or the name of what is counted follows."""
    after = after.lstrip().lower()
    word = _WORD.match(after)
    return after.startswith(UNITS) or (word is not None and word[0] in SHORT_UNITS)


def _is_sum(piece: str) -> bool:
    return bool(_THOUSANDS.fullmatch(piece) or _YEAR.fullmatch(piece)) or _is_round(piece)


def _is_round(piece: str) -> bool:
    """Whether a number ends in zeros and begins with few other digits: 12500000."""
    return piece.isdigit() and piece[0] != "0" and piece[-2:] == "00" and len(piece.rstrip("0")) <= 4


def _is_list(run: str, groups: list[str]) -> bool:
    """Whether small numbers stand in a row: "1 2 3 4 5", "36 38 40 42", but not "0 1 7 1 2 3 4 5 6 7"."""
    if len(groups) < 4 or max(map(len, groups)) > 3:
        return False
    numbers = [int(group) for group in groups]
    steps = {later - earlier for earlier, later in pairwise(numbers)}
    single = sum(len(group) == 1 for group in groups)
    if single == len(groups):
        alike = len(set(re.findall(r"\D+", run))) == 1
        dialled = alike or groups[0] == "0"
        return not dialled or len(groups) < LONG or len(steps) == 1 or len(set(groups)) < 3
    if single >= 4:
        return groups[0][0] != "0" and len(groups) - single < 2
    alike = len(set(map(len, groups))) == 1 or len(groups) > 4
    return alike and groups[0][0] != "0" and min(steps) > 0


def _is_short_phone(run: str, digits: str) -> bool:
    """Whether seven or eight digits stand as subscribers' numbers do: "555-0134", "123-45-67", "32 12 34 56"."""
    groups, signs = _GROUP.findall(run), set(re.findall(r"\D+", run))
    shape = tuple(map(len, groups))
    if len(signs) != 1:
        return False
    if shape in {(3, 4), (3, 2, 2)}:
        return signs == {"-"}
    if (
        shape == (4, 4) and " " not in signs and int(groups[0]) < int(groups[1]) < 2 * int(groups[0])
    ):  # "pages 1234-1250"
        return False
    if shape == (4, 4) and (_YEAR.fullmatch(groups[0]) or _YEAR.fullmatch(groups[1])):
        return False
    return shape in {(4, 4), (3, 2, 3), (2, 2, 2, 2), (1, 3, 4)} and _is_subscriber(digits)


def _is_card(digits: str) -> bool:
    if not (13 <= len(digits) <= 19 and digits[0] in "23456"):
        return False
    from stdnum import luhn

    return bool(luhn.is_valid(digits))


def _is_subscriber(digits: str) -> bool:
    """Whether a numbering plan has such numbers for people, with what is dialled before them at home or without."""
    return bool(_subscribers(len(digits)).fullmatch(digits))


@cache
def _subscribers(length: int) -> re.Pattern[str]:
    return re.compile("|".join(sorted(_plans().get(length, ()))) or r"(?!)")


@cache
def _plans() -> dict[int, set[str]]:
    """Patterns of numbers for people in all known numbering plans, by how many digits they have."""
    import phonenumbers  # every country's patterns take long to load, and the first page shows no comments

    by_length: dict[int, set[str]] = defaultdict(set)
    for region in REGIONS:
        plan = phonenumbers.PhoneMetadata.metadata_for_region(region)
        home = (plan and plan.national_prefix) or ""
        for kind in (plan.mobile, plan.fixed_line) if plan else ():
            pattern = kind and kind.national_number_pattern
            for length in kind.possible_length if kind and pattern else ():
                for before in {"", home if home.isdigit() else ""}:
                    by_length[length + len(before)].add(f"{before}(?:{pattern})")
    return by_length
