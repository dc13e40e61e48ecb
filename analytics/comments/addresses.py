"""Addresses in comments: e-mail in its disguises, links, bare domains, handles and IP addresses, each as a span.

Every finder starts from a sign that is rare in sentences: "@", "://", a dot inside a word, the name of a network. From
there it reads on to the right, and a bounded way back to the left. So the time grows with the text's length, no faster.
"""

# ruff: noqa: RUF001 (some signs look like Latin ones)

from __future__ import annotations

import ipaddress
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from analytics.comments.contact_words import (
    ARTICLES,
    AT_SIGNS,
    BARE_AT_SIGNS,
    BEFORE_ARTICLES,
    BETWEEN_NETWORK_AND_NAME,
    COMMON,
    DASHES,
    DOTS,
    ENDINGS,
    HOSTS,
    IS,
    MINE,
    NETWORKS,
    NETWORKS_EAST,
    NETWORKS_OF_NAMES,
    NO_HOSTS,
    NO_LOCAL_PARTS,
    ON,
    PLACES,
    SECTIONS,
    SHORT_AT_SIGNS,
    WORDLIKE_ENDINGS,
)

Span = tuple[int, int, str]
"""Where it begins, where it ends, and the kind, a key of `masking.MASKS`."""

MOST_JUDGED = 1_000
"""How many candidates of a kind are judged one by one. Those beyond are masked unjudged: no comment holds so many."""

REACH = 100
"""How many signs a finder reads back to the left."""

LETTERS = (
    r"A-Za-z_\u00aa\u00ba\u00c0-\u02af\u0370-\u060b\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u0dff"
    r"\u10a0-\u10ff\u1e00-\u1fff"
)
"""Letters of scripts that put blanks between words. A Japanese word may touch an address and be no part of it."""
_NAME = rf"0-9{LETTERS}"
_LOCAL = rf"{_NAME}.+'%-"
"""Signs of what stands before the @."""
_BLANK = r" \t\u00a0\u202f\u2009"


def any_word(words: Iterable[str], before: str = "") -> str:
    """A pattern for any of the words, quick to be refused: by the first letter, and by what may not stand before it."""
    by_letter = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        by_letter[re.escape(word[0])].append(re.escape(word[1:]).replace(r"\*", r"\w{0,3}"))
    apart = f"(?<![{before}]%s)" if before else ""
    return "|".join(
        f"{letter}{apart % letter if apart else ''}(?:{'|'.join(dict.fromkeys(rests))})"
        for letter, rests in by_letter.items()
    )


def lowered(text: str) -> str:
    """The text in small letters, every sign in its place: of all capitals only İ becomes two."""
    return text.replace("İ", "i").lower()


def _back(text: str, end: int, backwards: re.Pattern[str]) -> int:
    """Where something begins that ends at a place. The pattern reads from right to left."""
    match = backwards.match(text[max(0, end - REACH) : end][::-1])
    return end - match.end() if match else end


def _word_start(text: str, last: int, end: int) -> int:
    """Where the word begins that ends at a place, but not before what was found last."""
    return max(last, text.rfind(" ", last, end) + 1)


# Links

_LINK = re.compile(r"://[^\s<>\"']++")
_SCHEME = re.compile(r"[a-zA-Z]{2,12}")
_WWW = re.compile(r"[wW][wW][wW]\.[^\s<>\"']++")


def links(text: str) -> Iterator[Span]:
    """Yields what begins with a scheme or www."""
    spans = []
    if "://" in text:
        for match in _LINK.finditer(text):
            start = _back(text, match.start(), _SCHEME)
            if start < match.start():
                spans.append((start, _without_stop(text, *match.span()), "link"))
    for match in _WWW.finditer(text):
        if not text[max(0, match.start() - 1) : match.start()].isalnum():
            spans.append((match.start(), _without_stop(text, *match.span()), "link"))
    yield from from_left(spans)


def _without_stop(text: str, start: int, end: int) -> int:
    """Where an address ends whose last signs may belong to the sentence around it."""
    piece = text[max(start, end - 20) : end]
    return end - len(piece) + max(1, len(piece.rstrip(".,:;!?)-…»”“")))


def from_left(spans: list[Span]) -> Iterator[Span]:
    """Yields spans from left to right. Of two that overlap the second begins where the first ends."""
    last = 0
    for start, end, kind in sorted(spans):
        if end > last:
            yield max(start, last), end, kind
            last = end


# E-mail and handles, written plainly

_AT = re.compile(rf"[@＠](?:\[[\da-fA-F:.]{{2,45}}\]|(?=[{_NAME}])[{_NAME}.-]++(?:[@＠][{_NAME}.-]++)*+)")
_BACK_LOCAL = re.compile(rf"[{_LOCAL}]+(?::otliam)?", re.IGNORECASE)
_COMMA = re.compile(r",(?:com|net|org|de|at|ch|fr|ru|it|es|pt|nl|pl|uk|co\.uk)(?![\w.-])")
"""A comma where a full stop was meant: "ann@web,de"."""
_TIME = re.compile(r"\d{1,2}(?:am|pm|uhr|h)?(?![\w.@-])", re.IGNORECASE)


def plain_mail(text: str) -> Iterator[Span]:
    """Yields addresses and handles with an @: "ann@example.org", "ann@localhost", "@annlee", "@ann@social.example"."""
    if "@" not in text and "＠" not in text:
        return
    last = 0
    for count, match in enumerate(_AT.finditer(text)):
        if count >= MOST_JUDGED:
            yield _word_start(text, last, match.start()), match.end(), "e-mail"
            last = match.end()
            continue
        start, end = max(last, _back(text, match.start(), _BACK_LOCAL)), _without_stop(text, *match.span())
        if start < match.start():
            mistyped = _COMMA.match(text, end)
            end = mistyped.end() if mistyped else end
            kind = "e-mail" if mistyped or _is_mail(text[start : match.start()], text[match.start() + 1 : end]) else ""
        else:
            kind = "" if _TIME.match(text, match.start() + 1) or text[max(0, start - 1) : start] == "/" else "handle"
        if kind:
            yield start, end, kind
            last = end


def _is_mail(local: str, host: str) -> bool:
    return "." in host or ":" in host or host.lower() in HOSTS or (len(local) > 2 and len(host) > 3)


# E-mail, written out

_OPEN, _SHUT = rf"[{_BLANK}\[({{<*|~-]", rf"[{_BLANK}\])}}>*|~-]"
_DOT = rf"(?:\.|{_OPEN}{{1,3}}(?:{any_word([*DOTS, '.'])}){_SHUT}{{1,3}}|[{_BLANK}]?(?:ドット|點|点|점)[{_BLANK}]?)"
_LABEL = rf"[{_NAME}-]{{1,63}}+"  # as long as a part of a host may be: "at-at-at-" is no reason to read on to the end
_HOST = rf"(?P<host>{_LABEL}(?:{_DOT}{_LABEL}){{1,4}}|(?:{'|'.join(HOSTS)})(?![{_NAME}-]))"
_WRITTEN = re.compile(
    rf"{_OPEN}(?:{_OPEN}{{0,2}})(?P<at>{any_word([*AT_SIGNS, *SHORT_AT_SIGNS])}){_SHUT}{{1,3}}{_HOST}"
)
_WRITTEN_EAST = re.compile(rf"(?P<at>アットマーク|アット|艾特|골뱅이|&#64;|&#064;|%40)[{_BLANK}]?{_HOST}")
_SPLIT_HOST = re.compile(_DOT)
_JOINED = any_word(word[::-1] for word in DOTS + DASHES)
_BACK_WRITTEN = re.compile(rf"[{_LOCAL}]+(?:{_SHUT}{{1,3}}(?:{_JOINED}){_OPEN}{{1,3}}[{_LOCAL}]+){{0,3}}")


def written_mail(text: str) -> Iterator[Span]:
    """Yields addresses that are written out: "ann (at) example (dot) org", "lucas arobase example point fr"."""
    low, last = lowered(text), 0
    for count, match in enumerate(_WRITTEN.finditer(low)):
        host = _SPLIT_HOST.split(match["host"])
        start = max(last, _back(low, match.start(), _BACK_WRITTEN))
        local = low[start : match.start()]
        if local and (count >= MOST_JUDGED or _is_written(match, local, host, text)):
            last = match.end()
            in_sentence = _is_bare(match) and local in NO_LOCAL_PARTS
            yield (match.start("host"), last, "link") if in_sentence else (start, last, "e-mail")


def _signs_around(match: re.Match[str]) -> str:
    return str(match.string[match.start() : match.start("at")] + match.string[match.end("at") : match.start("host")])


def _is_bare(match: re.Match[str]) -> bool:
    """Whether the sign is a common word that stands without brackets."""
    return match["at"] in BARE_AT_SIGNS and not _signs_around(match).strip()


def _is_written(match: re.Match[str], local: str, host: list[str], text: str) -> bool:
    bare = _is_bare(match)
    if match["at"] in SHORT_AT_SIGNS and not (bare or _signs_around(match).strip()):
        return False
    if len(host) == 1:
        return host[0] in HOSTS and (not bare or bool(re.search(r"[\d._]", local)))
    name, ending = host[-2:]
    in_words = match["host"] != ".".join(host)
    written = ending if in_words else text[match.end() - len(ending) : match.end()]
    if host[0] in NO_HOSTS or not _may_end(name, written):
        return False
    if ending not in WORDLIKE_ENDINGS or "-" in name:
        return True
    if bare:  # "at this point in time", "look at home.it is"
        return in_words and not re.search(r"\s(?:point|period)\s", match["host"])
    return in_words or match["at"] != "a"


def eastern_mail(text: str) -> Iterator[Span]:
    """Yields addresses whose @ is a word of a script without blanks, or a code that browsers show as @."""
    if text.isascii() and "&" not in text and "%" not in text:
        return
    for match in _WRITTEN_EAST.finditer(text):
        start = _back(text, match.start(), _BACK_LOCAL)
        if start < match.start() and len(_SPLIT_HOST.split(match["host"])) > 1:
            yield start, match.end(), "e-mail"


# E-mail with blanks in it

_SPACED = re.compile(
    rf"[@＠][{_BLANK}]{{0,2}}(?P<host>[{_NAME}-]++"
    rf"(?:(?:\.|[{_BLANK}]\.[{_BLANK}]?|\.[{_BLANK}](?=(?:com|org|net)(?![{_NAME}])))[{_NAME}-]++){{1,4}})"
)
_BACK_SPACED = re.compile(rf"[{_BLANK}]{{0,2}}[{_LOCAL}]+(?:[{_BLANK}]?\.[{_BLANK}][{_LOCAL}]+){{0,3}}")
_APART = re.compile(rf"[@＠](?:[{_BLANK}][{_NAME}.-](?![{_NAME}]))++")
_BACK_APART = re.compile(rf"(?:[{_BLANK}][{_LOCAL}](?![{_NAME}]))+")


def spaced_mail(text: str) -> Iterator[Span]:
    """Yields addresses with blanks around the signs or between all letters, which keeps machines off."""
    if "@" not in text and "＠" not in text:
        return
    spans: list[Span] = []
    for count, match in enumerate(_SPACED.finditer(text)):
        start = _back(text, match.start(), _BACK_SPACED)
        host = re.split(r"\s*\.\s*", match["host"])
        if start < match.start() and (count >= MOST_JUDGED or _may_end(host[-2], host[-1])):
            spans.append((start, match.end(), "e-mail"))
    for match in _APART.finditer(text):
        start = _back(text, match.start(), _BACK_APART)
        if start < match.start() and "." in match.group():
            spans.append((start + 1, match.end(), "e-mail"))
    yield from from_left(spans)


# Domains

_DOMAIN = re.compile(
    rf"\.(?=[{LETTERS}])[{_NAME}-]++(?P<more>(?:\.[{_NAME}-]++)*+)(?P<path>(?::\d{{2,5}})?(?:[/?#][^\s<>\"']*+)?)"
)
_BACK_LABELS = re.compile(rf"[{_NAME}-]+(?:\.[{_NAME}-]+)*")
_POINTING = re.compile(
    rf"(?:(?:^|[^{_NAME}])(?:{'|'.join(PLACES)})(?:[{_BLANK}]+(?:{'|'.join(IS)}))?[{_BLANK}]*:?[{_BLANK}]*|[:(<][{_BLANK}]*)$",
    re.IGNORECASE,
)
_POINTED = re.compile(
    rf"[{_BLANK}]*(?:$|[)>\n]|,?[{_BLANK}](?:(?:{'|'.join(IS)})[{_BLANK}])?(?:{'|'.join(MINE)})\b)", re.IGNORECASE
)
"""What shows that a host is meant where its ending may be a word: "on annlee.me", "annlee.it is my site"."""


def domains(text: str) -> Iterator[Span]:
    """Yields hosts without a scheme, with what follows them: "annlee.me", "vk.com/id123"."""
    last = 0
    for count, match in enumerate(_DOMAIN.finditer(text)):
        if count >= MOST_JUDGED:
            yield _word_start(text, last, match.start()), match.end(), "link"
            last = match.end()
            continue
        start = max(last, _back(text, match.start(), _BACK_LABELS))
        end, path = match.start("path"), match["path"]
        labels = text[start:end].split(".")
        while len(labels) > 1 and not _may_end(labels[-2], labels[-1]):
            end, path = end - len(labels.pop()) - 1, ""  # "example.org.Now": the full stop ends a sentence
        if len(labels) > 1 and _is_domain(labels, path, text, start, end):
            last = _without_stop(text, start, match.end()) if path else end
            yield start, last, "handle" if labels[-1] == "social" else "link"


def _may_end(name: str, ending: str) -> bool:
    """Whether a host may end so. What begins with a capital is the next sentence: "The Times.The Post"."""
    lower = ending.lower()
    if lower not in ENDINGS and lower not in WORDLIKE_ENDINGS:
        return False
    if ending == lower:
        return True
    if ending.isupper():
        return (name.isupper() and ending != "NET") or "-" in name
    return name[:1].isupper() and lower in {"com", "org", "net"}


def _is_domain(labels: list[str], path: str, text: str, start: int, end: int) -> bool:
    name, ending = labels[-2].strip("-_"), labels[-1].lower()
    if not any(sign.isalpha() for sign in name):
        return False
    if path[:1] == "/" and len(path) > 1:
        return True
    if len(name) < 2 and ending != "com":
        return False
    if len(labels) > 2 or not name.isalpha():
        return True
    if ending in ARTICLES:
        before_name = name.istitle() and bool(re.match(r" [A-ZÀ-Þ]", text[end : end + 2]))
        return not before_name and name.lower() not in BEFORE_ARTICLES
    if ending in WORDLIKE_ENDINGS:
        pointed = _POINTING.search(text[max(0, start - 30) : start]) or _POINTED.match(text[end : end + 20])
        return bool(pointed) and name.lower() not in COMMON
    return True


# Handles beside the name of a network

_NETWORKS = any_word(NETWORKS, before=rf"{_NAME}@./-")
_NETWORKS_EAST = any_word(NETWORKS_EAST)
_BETWEEN = "|".join(BETWEEN_NETWORK_AND_NAME)
_HANDLE = r"[a-z0-9][\w.#-]{1,38}\w"
_NETWORK = re.compile(
    rf"(?P<network>(?:{_NETWORKS})(?![{_NAME}])|{_NETWORKS_EAST})(?P<mark>[{_BLANK}:：=–-]{{0,5}}\$?)"
    rf"(?=(?:(?P<fillers>(?:(?:{_BETWEEN})[{_BLANK}:=]{{1,3}}){{0,3}})(?P<beside>{_HANDLE})(?![{_NAME}]))?)"
    rf"(?=(?:(?:[^\W\d_]['’\w]{{0,14}}[{_BLANK}]:?[{_BLANK}]?){{1,3}}"
    rf"(?P<farther>(?=[a-z.]{{0,30}}[\d_]){_HANDLE})(?![{_NAME}]))?)"
)
_NETWORK_UNJUDGED = re.compile(
    rf"(?:(?:{_NETWORKS})(?![{_NAME}])|{_NETWORKS_EAST})(?:[{_BLANK}:：=–-]{{1,3}}[\w.#$]+){{0,4}}"
)
_MADE_UP = re.compile(r"(?=.*[a-z])(?:.*_.*|(?=.*[a-z]{3})(?=.*\d)[\w.#]+|[a-z]{2}\d{5,})")
"""What nobody takes for a word: "annlee_74", "ayse.y74"."""
_DOTTED = re.compile(r"[a-z0-9_]{2,}(?:\.[a-z0-9_]{2,})+")
_DOTTED_SHORTLY = re.compile(r"(?=.{5})[a-z0-9_]+(?:\.[a-z0-9_]+)+")
_NAMED_THINGS = re.compile(
    r"covid-?19|sars\w*|h\dn\d|fridays4future|\d+[a-z]{0,5}|\w{1,3}\d|"
    r"(?:windows|iphone|ios|android|office|gpt|web|agenda|euro|cop|mp|area|brexit|rtx|xbox|galaxy|pixel)-?\d+"
)
_LISTED = re.compile(r"(?:[,/&]|\b(?:and|or|und|oder|et|ou|y|o|e|и|или|en|of|i|lub))\s*$")
_NEXT_WORD = re.compile(rf"[{_BLANK}]+([^\W\d_]+)")
_REDDIT = re.compile(r"u/[\w-]{3,30}")


def handles(text: str) -> Iterator[Span]:
    """Yields names beside their network: "insta annlee_74", "mi snap es carmen_r88", "annlee74 on twitter"."""
    low = lowered(text)
    spans: list[Span] = []
    for count, match in enumerate(_NETWORK.finditer(low)):
        if count >= MOST_JUDGED:
            spans += [(*one.span(), "handle") for one in _NETWORK_UNJUDGED.finditer(low, match.start())]
            break
        if match["beside"] and _is_handle(match, low, text):
            spans.append((*match.span("beside"), "handle"))
        elif match["farther"] and _is_made_up(match["farther"]):  # "on Telegram my name is ann_lee"
            spans.append((*match.span("farther"), "handle"))
        words = low[max(0, match.start() - 60) : match.start()].rsplit(None, 2)
        if len(words) > 1 and words[-1] in ON and _is_made_up(words[-2]):
            start = low.rindex(words[-2], 0, match.start())
            spans.append((start, start + len(words[-2]), "handle"))
    for match in _REDDIT.finditer(text):
        start = match.start() - (text[max(0, match.start() - 1) : match.start()] == "/")
        if not re.match(r"[\w/]", text[max(0, start - 1) : start]):
            spans.append((start, match.end(), "handle"))
    yield from from_left(spans)


def _is_made_up(name: str) -> bool:
    return bool(_MADE_UP.fullmatch(name)) and not _NAMED_THINGS.fullmatch(name)


def _is_handle(match: re.Match[str], low: str, text: str) -> bool:
    name = match["beside"]
    marked = bool(re.search("[:=：]", match["mark"] + match["fillers"]))
    if not match["mark"] and not match["fillers"] and match["network"].isascii():
        return False
    if (
        match["network"] in {"ig", "user", "line", "disc", "yt"}
        and not marked
        and "_" not in name
        and not re.search(r"[a-z]\d", name)
    ):
        return False
    if _is_made_up(name):
        return True
    if _DOTTED.fullmatch(name) or (marked and _DOTTED_SHORTLY.fullmatch(name)):
        return name.rpartition(".")[2] not in COMMON and not name[-1].isdigit()
    if (
        not marked
        or match["network"] not in NETWORKS_OF_NAMES
        or not name.isalpha()
        or not text[match.start("beside") : match.end("beside")].islower()
        or name in COMMON
    ):
        return False
    following = _NEXT_WORD.match(low, match.end("beside"))
    in_sentence = following is not None and following[1] in COMMON
    return not in_sentence and not _LISTED.search(low[max(0, match.start() - 8) : match.start()])


# IP addresses

_IP4 = re.compile(r"[0-9](?<![\w.][0-9])[0-9]{0,2}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2}|:[0-9]{2,5})?(?![0-9]|\.[0-9])")
_IP6 = re.compile(r":(?:[0-9a-fA-F]{0,4}:){1,6}[0-9a-fA-F]{0,4}(?![A-Za-z0-9_:])")
_BACK_HEX = re.compile(r"[0-9a-fA-F]{1,4}(?![A-Za-z0-9_:.])")
_LAST_WORD = re.compile(r"([^\W\d_]+|§)\.?\s*$")
_IP_WORDS = re.compile(r"\b(?:ip|ipv4|айпи|server|сервер|host|adres\w*|address\w*|dns)\b", re.IGNORECASE)


def ip_addresses(text: str) -> Iterator[Span]:
    """Yields addresses of machines; sections and versions of four parts are none: "version 1.2.3.4"."""
    spans: list[Span] = []
    if text.count(".") > 2:
        for count, match in enumerate(_IP4.finditer(text)):
            if count >= MOST_JUDGED or _is_ip4(match, text):
                spans.append((*match.span(), "ip"))
    if text.count(":") > 1:
        for count, match in enumerate(_IP6.finditer(text)):
            start = _back(text, match.start(), _BACK_HEX)
            if count >= MOST_JUDGED or _is_ip6(text[start : match.end()]):
                spans.append((start, match.end(), "ip"))
    yield from from_left(spans)


def _is_ip4(match: re.Match[str], text: str) -> bool:
    parts = re.split(r"[/:]", match.group())[0].split(".")
    if any(int(part) > 255 or (len(part) > 1 and part[0] == "0") for part in parts):
        return False
    before = text[max(0, match.start() - 30) : match.start()]
    if _IP_WORDS.search(before) or _IP_WORDS.search(text[match.end() : match.end() + 20]):
        return True
    return (sum(map(len, parts)) >= 7 or len(parts[0]) == 3) and not is_section(before)


def is_section(before: str) -> bool:
    """Whether what stands before a number says that it numbers a section, a paragraph or a version."""
    word = _LAST_WORD.search(before)
    return word is not None and word[1].lower() in SECTIONS


def _is_ip6(written: str) -> bool:
    try:
        ipaddress.IPv6Address(written)
    except ValueError:
        return False
    return any(sign.isdigit() for sign in written) and len(written) > 4
