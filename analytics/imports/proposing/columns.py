"""Which columns hold what belongs to the response itself, and which are left out: a first look at every column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from analytics.imports.answers.times import UNIX_SECONDS, TimeFound, are_times, time_found
from analytics.imports.cells.fields import PLAIN, Field
from analytics.imports.cells.text import number
from analytics.imports.cells.vocabulary import (
    CHANNEL,
    COMMENT,
    DIALLED,
    DURATION,
    EMAIL,
    HEIGHT,
    IP_ADDRESS,
    MAY_PRINT,
    NO_WEIGHT,
    NOT_TICKED,
    PERSONAL,
    PHONE,
    REFERRER,
    RESPONSE_ID,
    SAID_NOT,
    STATES,
    STATUS,
    TICKED,
    WAVE,
    WEB_ADDRESS,
    WEIGHT,
    purpose_of,
)
from analytics.imports.proposing.boxes import box_names
from analytics.imports.proposing.orders import scale_steps
from analytics.imports.proposing.scans import Scan
from analytics.imports.reading.framing import heads_a_sum
from analytics.language.notation import in_signs
from analytics.language.said import noted, speech, spoken, written
from analytics.model import Columns

_BODIES = (35.0, 130.0)
"""Between these the median of what people weigh lies, in kilograms."""

_LONGEST_NAME = 6
_MOST_STEPS, _MOST_WAYS = 11, 60
_ALIKE = re.compile(r"\b(weights?|gewicht|peso|poids|вес|waga|vikt|vægt|vekt|súly|váha|gewichte?)\b", re.IGNORECASE)
"""Words that name the weight of a body as well as that of a response."""


@dataclass(frozen=True)
class WeightOffer:
    """A column that may weight the responses: its name, its mean and sum, and why it may."""

    column: str
    mean: float
    total: float
    why: str


def weight_offers(fields: Sequence[Field], scans: Mapping[str, Scan]) -> list[WeightOffer]:
    """Returns the columns that may be weights, the likeliest first; two that are as likely have the same reason."""
    heights = any(HEIGHT.search(_words(one.name)) or HEIGHT.search(one.text) for one in fields)
    offers = [(_likelihood(one, scans[one.name], heights), one) for one in fields]
    found = [(points, one) for points, one in offers if points > 0]
    most = max((points for points, _ in found), default=0)
    return [_offer_of(one, scans[one.name]) for points, one in found if points == most]


def _words(name: str) -> str:
    """Returns a column's name as words, small and large letters parted.

    Example:
        >>> _words("WEIGHT_FINAL"), _words("surveyWeight")
        ('WEIGHT FINAL', 'survey Weight')
    """
    return re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", " ", re.sub(r"[_\-.]+", " ", name)).strip()


def _likelihood(one: Field, scan: Scan, heights: bool) -> int:
    """Returns how many signs speak for a weight, 0 where one speaks against it.

    The signs are a name of the trade, one that names nothing else, a mean near 1, and numbers that are not all whole.
    """
    numbers = scan.numbers
    name = _words(one.name)
    named = WEIGHT.search(name) or (WEIGHT.search(one.text) if len(one.text.split()) <= _LONGEST_NAME else None)
    asked = "?" in name or "?" in one.text or len(name.split()) > _LONGEST_NAME
    if not named or numbers is None or one.labels or 2 * scan.filled < scan.counted or asked:
        return 0
    if min(numbers) < 0 or max(numbers) <= 0 or len(numbers) < 2 or NO_WEIGHT.search(f"{name} {one.text}"):
        return 0
    whole = all(value.is_integer() for value in numbers)
    if whole and scan.unique and max(numbers) - min(numbers) < 2 * scan.filled and scan.filled > 20:
        return 0  # they number the rows
    mean = _mean(scan)
    alike = _ALIKE.fullmatch(name) is not None or (heights and _ALIKE.search(name) is not None)
    if alike and _BODIES[0] <= median(numbers) <= _BODIES[1]:
        return 0
    return 1 + (not alike) + 2 * (0.5 <= mean <= 2.0) + (not whole)


def _mean(scan: Scan) -> float:
    """Returns the mean of the weights that count for something."""
    above = {word: count for word, count in scan.words.items() if float(word) > 0}
    return sum(float(word) * count for word, count in above.items()) / max(sum(above.values()), 1)


def _offer_of(one: Field, scan: Scan) -> WeightOffer:
    """Returns the offer of a column, with its reason."""
    mean = _mean(scan)
    total = sum(float(word) * count for word, count in scan.words.items())
    if 0.5 <= mean <= 2.0:
        why = spoken("its name says so and its mean is {mean}, near 1", mean=in_signs(f"{mean:.4f}", speech()))
    elif mean > 20:
        why = spoken("its name says so and its sum of {total} may be that of a population", total=written(total))
    else:
        why = spoken("its name says so; its mean is {mean}", mean=in_signs(f"{mean:.4f}", speech()))
    return WeightOffer(one.name, mean, total, why)


TakenFor = Literal[
    "question",
    "dimension",
    "time",
    "weight",
    "comment",
    "id",
    "personal",
    "metadata",
    "consent",
    "referrer",
    "left out",
]
_CONSTANT_ROWS = 10
_FEWEST_TIMES = 6
"""So many different times are no choices: somebody who asks which evening suits offers fewer, in one manner."""
ANOTHER_TIME = noted("another time than the one the response was given at")
_UNDATED = "1980-01-01 00:00:00"
"""What LimeSurvey writes as the time of every response to a survey that keeps none."""

_TIME_NAMES = (
    r"submit|eingereicht|отправ|soumis|envoi|envoy|enviad|envío|inviat|invio|envio|ingediend|verzonden|wysłan|przesłan",
    r"timestamp|zeitstempel|отметка времени|horodateur|marca temporal",
    r"recorded|completed",
    r"\bend|ended|beendet|оконч",
    r"date ?time",
    r"respond|answered",
    r"created|^date$|^dates?\b.{0,12}(interview|enqu[eê]te|saisie|passation|survey|answer|réponse|envoi)|"
    r"(interview|survey|answer|entry|visit) dates?$|"
    r"^data\b.{0,12}(intervista|entrevista|wywiadu|ankiety|risposta|resposta)|"
    r"datum|дата|time|fecha|^data$|\bheure\b|\bhora\b|"
    r"tijdstip|zeitpunkt|\bczas\b|提交|日期|日時|日付|時刻|時間|时间|日期時間|일시|시간|날짜|дата|час\b|dátum|idő|dato\b|aika\b|päivä|tarih|ημερομηνία|fecha",
)
"""Names of the time at which a response was given, the surest first."""

_METADATA = re.compile(
    r"^(duration.*|progress|finished|response ?set|user ?language|start ?language|last ?page|collector ?id|"
    r"custom data( 1)?|network ?id|seed|refurl|interview ?time|group ?time ?\d+|tags|field (start|end|period)|"
    r"row ?names?|index|unnamed.*|user ?agent|browser( (name|version|meta.*))?|refer+er( url)?|session ?(id|token)?|"
    r"locale|operating system|screen (resolution|size)|query ?string|page ?url|url|"
    r"sssys irnd|has +errors|interview +(key|id|status))$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ColumnClaim:
    """What a column was taken for, and why."""

    taken_for: TakenFor
    why: str


@dataclass(frozen=True)
class Own:
    """The columns that belong to the response itself, the claims on them, and how the time is written."""

    columns: Columns
    claims: dict[str, ColumnClaim]
    time: TimeFound | None = None
    zone: str | None = None
    weights: tuple[WeightOffer, ...] = ()


def _answers(fields: Sequence[Field]) -> list[Field]:
    """Returns the columns of which no tool says what they are for."""
    return [one for one in fields if one.use == "answer"]


def own_columns(
    fields: Sequence[Field], scans: Mapping[str, Scan], tool: str, *, month_first: bool | None = None
) -> Own:
    """Returns what of the columns is the response's own or nobody's answer; the others are not claimed.

    Args:
        month_first: what a person said of dates that can be read both ways.
    """
    claims = _referrer_claim(fields, scans)
    chosen = dict.fromkeys(("referrer",), next(iter(claims))) if claims else {}
    times: dict[str, TimeFound] = {}
    boxes = box_names(fields, scans)
    offers = () if any(one.use == "weight" for one in fields) else tuple(weight_offers(_answers(fields), scans))
    if len(offers) == 1:
        chosen["weight"] = offers[0].column
    for offer in offers:
        taken: TakenFor = "weight" if len(offers) == 1 else "left out"
        claims[offer.column] = ColumnClaim(
            taken, offer.why if taken == "weight" else spoken("it may be the weight: {why}", why=offer.why)
        )
    for one in fields:
        scan = scans[one.name]
        if one.name in claims:
            continue
        claim = None if one.name in boxes else _role_claim(one, scan, tool, chosen, times, month_first)
        if claim is not None:
            claims[one.name] = claim
            if claim.taken_for in ("id", "weight", "comment"):
                chosen.setdefault({"id": "response"}.get(claim.taken_for, claim.taken_for), one.name)
    consent = _consent_of(fields, scans, chosen.get("comment"), claims)
    if consent is not None:
        chosen["consent"] = consent
        claims[consent] = ColumnClaim("consent", spoken("its wording asks whether comments may be printed"))
    at = _best_time(fields, times)
    if at is not None:
        claims[at] = ColumnClaim("time", spoken("when the response was given"))
    by_name = {one.name: one for one in fields}
    found = times.get(at or "")
    columns = Columns(
        response=chosen.get("response"), responded_at=at, responded_at_format=found.pattern if found else None,
        own_clock=found is not None and found.offsets,
        weight_optional=any(_lacks_weights(offer.column, scans) for offer in offers),
        weight=chosen.get("weight"), comment=chosen.get("comment"), wave=chosen.get("wave"),
        channel=chosen.get("channel"), consent=consent, referrer=chosen.get("referrer"),
        consent_given=tuple(word for word in scans[consent].words if _is_yes(word)) if consent is not None else (),
        comment_missing=scans[chosen["comment"]].blanks if "comment" in chosen else (),
    )  # fmt: skip
    return Own(columns, claims, found, (found.zone if found else None) or (by_name[at].zone if at else None), offers)


def _lacks_weights(column: str, scans: Mapping[str, Scan]) -> bool:
    """Returns whether some responses have no weight."""
    return scans[column].filled < scans[column].counted


def _referrer_claim(fields: Sequence[Field], scans: Mapping[str, Scan]) -> dict[str, ColumnClaim]:
    """Returns the claim on the column that says from which page each reader came, none where there is no such."""
    for one in fields:
        words = scans[one.name].words
        sites = sum(count for word, count in words.items() if WEB_ADDRESS.fullmatch(word))
        if (
            one.use in ("answer", "metadata")
            and REFERRER.match(_words(one.name))
            and sites > 0.8 * scans[one.name].filled
        ):
            why = spoken("the page from which each reader came: its host alone is kept, and for 30 days")
            return {one.name: ColumnClaim("referrer", why)}
    return {}


_FEWEST_CONSENTS, _MORE_THAN_COMMENTS = 2, 1.1


def _consent_of(
    fields: Sequence[Field], scans: Mapping[str, Scan], comment: str | None, claimed: Mapping[str, ColumnClaim]
) -> str | None:
    """Returns the column that says whether what somebody wrote may be printed, None where none does.

    Its wording asks so, yes and no stand in it, and no more readers answered it than wrote: a comment, or an answer
    to a question for one.

    Example:
        >>> scans = {"Comment": Scan({"a": 1, "b": 1}, (), 9, 9), "May we print it?": Scan({"Yes": 2}, (), 9, 9)}
        >>> _consent_of([Field("Comment"), Field("May we print it?")], scans, "Comment", {})
        'May we print it?'
    """
    asked = {one.name for one in fields if MAY_PRINT.search(one.text or one.name)}
    words = [comment] if comment is not None else [
        one.name for one in fields if one.name not in asked and COMMENT.search(one.text or one.name)
    ]  # fmt: skip
    written = max((scans[name].filled for name in words), default=0)
    for one in fields:
        scan = scans[one.name]
        if one.name in claimed or one.use != "answer" or one.name not in asked:
            continue
        answered = all(_is_yes(word) or word.casefold() in SAID_NOT | NOT_TICKED for word in _first_words(scan))
        given = any(map(_is_yes, scan.words)) and scan.filled >= _FEWEST_CONSENTS
        if answered and given and scan.filled <= _MORE_THAN_COMMENTS * written:
            return one.name
    return None


def _first_words(scan: Scan) -> list[str]:
    """Returns the answers, each without what follows its yes or no: "Yes, with my name"."""
    return [re.split(r"[,;:.–—(-]|\s", word, maxsplit=1)[0] for word in scan.words]


def _is_yes(word: str) -> bool:
    """Returns whether an answer begins with a word for yes.

    Example:
        >>> _is_yes("Ja, mit Namen"), _is_yes("No"), _is_yes("Yes")
        (True, False, True)
    """
    return re.split(r"[,;:.–—(-]|\s", word, maxsplit=1)[0].casefold() in TICKED


def _role_claim(
    one: Field,
    scan: Scan,
    tool: str,
    chosen: dict[str, str],
    times: dict[str, TimeFound],
    month_first: bool | None,
) -> ColumnClaim | None:
    """Returns what the column is by its tool, its name or its cells alone, None where that is an answer."""
    if one.use == "personal":
        return ColumnClaim("personal", spoken("the tool keeps here who answered, or where"))
    if not scan.rows:
        return _unseen_claim(one, chosen)
    if not scan.words:
        return (
            ColumnClaim("left out", spoken("it is empty"))
            if one.use in ("answer", "other") and not one.group
            else _beside(one)
        )
    if one.use not in ("answer", "other"):
        return _claim_by_role(one, scan, chosen, times, month_first)
    numbers = _is_time_name(one.name) or _is_time_name(one.text)
    timely = one.kind is None and not one.labels
    found = time_found(scan.words, one.pattern, numbers=numbers, month_first=month_first) if timely else None
    private = _personal_reason(one, scan, dates=found is not None)
    if private is not None:
        return ColumnClaim("personal", spoken("it holds {what}", what=spoken(private)))
    if found is not None:
        if not _METADATA.match(re.sub(r"[_\-.]+", " ", one.name)):
            times[one.name] = found
        return ColumnClaim("metadata", spoken(ANOTHER_TIME))
    if timely and len(scan.words) >= _FEWEST_TIMES and are_times(scan.words):
        first = next(iter(scan.words))
        return ColumnClaim(
            "metadata", spoken("times in several manners, such as {time}: written in one, there are trends", time=first)
        )
    return _claim_by_name(one, scan, tool, chosen)


def _unseen_claim(one: Field, chosen: dict[str, str]) -> ColumnClaim | None:
    """Returns the claim on a column of a file without any response, by its tool and its name."""
    if one.use == "response" and "response" not in chosen:
        return ColumnClaim("id", spoken("the tool numbers the responses here"))
    if one.use != "answer":
        return ColumnClaim("metadata", spoken("the tool's own note, no answer"))
    name = re.sub(r"[_\-.]+", " ", one.name).strip()
    if "response" not in chosen and RESPONSE_ID.match(name):
        return ColumnClaim("id", spoken("its name says that it numbers the responses"))
    private = purpose_of(name, PERSONAL)
    return None if private is None else ColumnClaim("personal", spoken("it holds {what}", what=spoken(private)))


def _beside(one: Field) -> ColumnClaim | None:
    """Returns the claim on an empty column: none where it is one box of a question, which nobody ticked."""
    return None if one.group and one.use == "answer" else ColumnClaim("left out", spoken("it is empty"))


def _claim_by_role(
    one: Field, scan: Scan, chosen: dict[str, str], times: dict[str, TimeFound], month_first: bool | None
) -> ColumnClaim:
    """Returns the claim on a column of which the tool says what it is for."""
    if one.use == "response" and "response" not in chosen:
        return ColumnClaim("id", spoken("the tool numbers the responses here"))
    if one.use in ("responded_at", "started_at"):
        found = time_found(scan.words, one.pattern, numbers=True, month_first=month_first)
        if found is not None and set(scan.words) != {_UNDATED}:
            times[one.name] = found
        return ColumnClaim("metadata", spoken(ANOTHER_TIME))
    if one.use == "channel" and "channel" not in chosen and len(scan.words) > 1:
        chosen["channel"] = one.name
        return ColumnClaim("dimension", spoken("how readers came, by the tool's own account"))
    if one.use == "weight" and "weight" not in chosen:
        return ColumnClaim("weight", spoken("the tool weights by it"))
    return ColumnClaim("metadata", spoken("the tool's own note, no answer"))


def _claim_by_name(one: Field, scan: Scan, tool: str, chosen: dict[str, str]) -> ColumnClaim | None:
    """Returns the claim on a column by its name and whether its cells fit it."""
    name = re.sub(r"[_\-.]+", " ", one.name).strip()
    if RESPONSE_ID.match(name) and all(map(_ROUNDED.fullmatch, scan.words)):
        return ColumnClaim(
            "left out", spoken("a spreadsheet rounded these long numbers: they no longer tell one row from another")
        )
    if "response" not in chosen and RESPONSE_ID.match(name) and _is_id(scan):
        return ColumnClaim("id", spoken("a number of its own for every row"))
    if "response" not in chosen and RESPONSE_ID.match(name) and _numbers_most_rows(scan):
        return ColumnClaim("id", spoken("a number of its own for nearly every row: a few stand more than once"))
    ways = CHANNEL.match(name) is not None and 1 < len(scan.words) <= _MOST_WAYS
    if (
        (_METADATA.match(name) and not ways)
        or DURATION.fullmatch(name)
        or _is_row_number(one, scan)
        or (STATUS.match(name) and _are_states(scan))
    ):
        return ColumnClaim("metadata", spoken("a note about the response, no answer"))
    if tool == PLAIN and scan.numbers is not None and heads_a_sum(one.name) and not one.text:
        return ColumnClaim("left out", spoken("its name says that it sums up other columns"))
    for purpose, pattern, most, why in (
        ("wave", WAVE, 100, noted("the wave of each response, by its name")),
        ("channel", CHANNEL, _MOST_WAYS, noted("the channel of each response, by its name")),
    ):
        if purpose not in chosen and pattern.match(name) and 1 < len(scan.words) <= most:
            chosen[purpose] = one.name
            return ColumnClaim("dimension", spoken(why))
    if tool == PLAIN and _is_token(scan):
        if "response" in chosen:
            return ColumnClaim("metadata", spoken("a note about the response, no answer"))
        return ColumnClaim("id", spoken("a code of its own in every row"))
    least = 3 if tool == PLAIN else _CONSTANT_ROWS
    if len(scan.words) == 1 and scan.filled == scan.rows >= least and not one.group:
        return ColumnClaim(
            "left out",
            spoken("the same in all {rows} rows: {word!r}", rows=written(scan.rows), word=next(iter(scan.words))),
        )
    if "comment" not in chosen and one.kind in (None, "text") and _is_comment(one, scan):
        return ColumnClaim("comment", spoken("people wrote here, and its wording asks for a comment"))
    return None


def _are_states(scan: Scan) -> bool:
    """Returns whether a column called status tells of responses, as tools do, and not of people.

    Example:
        >>> _are_states(Scan({"Complete": 3, "Partial": 3}, (), 6, 6))
        True
        >>> _are_states(Scan({"Retired": 3, "Employed": 3}, (), 6, 6))
        False
    """
    return all(STATES.fullmatch(word) for word in scan.words)


def _is_id(scan: Scan) -> bool:
    """Returns whether no word stands twice and no cell is blank."""
    return scan.unique and scan.filled == scan.counted


_FEWEST_NUMBERED, _NEARLY_ALL = 12, 0.9
_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)


def _numbers_most_rows(scan: Scan) -> bool:
    """Returns whether every row has an id, and a few ids stand more than once: somebody sent the form off again.

    Example:
        >>> ids = {f"r{at}": 1 for at in range(30)}
        >>> _numbers_most_rows(Scan(ids | {"r3": 2}, (), 31, 31)), _numbers_most_rows(Scan({"1": 30}, (), 30, 30))
        (True, False)
    """
    often = scan.filled == scan.counted >= _FEWEST_NUMBERED and len(scan.words) >= _NEARLY_ALL * scan.filled
    return often and all(" " not in word and any(map(str.isdigit, word)) for word in scan.words)


_TOKEN = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9_\-]{5,40}")
_FEWEST_TOKENS = 10


def _is_token(scan: Scan) -> bool:
    """Returns whether every row has a code of its own that a program made, all of them about as long.

    Example:
        >>> _is_token(Scan({f"r{at:03x}9f": 1 for at in range(20)}, (), 20, 20))
        True
        >>> _is_token(Scan({f"Room{at}": 3 for at in range(20)}, (), 60, 60))
        False
    """
    lengths = [len(word) for word in scan.words]
    even = bool(lengths) and max(lengths) - min(lengths) <= 2
    return len(lengths) >= _FEWEST_TOKENS and even and _is_id(scan) and all(map(_TOKEN.fullmatch, scan.words))


def _is_row_number(one: Field, scan: Scan) -> bool:
    """Returns whether the column without a question's name counts the rows."""
    return one.name.casefold() in ("", "unnamed: 0", "index") and _is_id(scan) and scan.numbers is not None


def _is_comment(one: Field, scan: Scan) -> bool:
    """Returns whether the column is called a comment and nobody chose from a list there."""
    asked = COMMENT.search(" ".join((one.text or one.name).split())) is not None
    return asked and scan.numbers is None and (one.kind == "text" or len(scan.words) > 0.5 * scan.filled)


def _personal_reason(one: Field, scan: Scan, *, dates: bool) -> str | None:
    """Returns what about a person the column holds, by its name or its cells, None where nothing."""
    if len(scan.words) <= _MOST_STEPS and scale_steps([*scan.words]) is not None:
        return None  # a row of a matrix may be called "Phone" or "Name"
    name = re.sub(r"[_\-.]+", " ", one.name)
    named = purpose_of(name, PERSONAL) or (purpose_of(one.text, PERSONAL) if len(one.text.split()) <= 12 else None)
    if named is not None and (len(name.split()) <= 8 or named.startswith("a postal")) and not _belies(named, one, scan):
        return named
    return None if dates else _private_cells(scan)


_HOLDING = {
    "a telephone number": re.compile(r"[0-9]{3}|[0-9][ /\-][0-9]"), "an e-mail address": re.compile(r"@|\bat\b"),
    "an IP address": re.compile(r"[0-9a-f]*[.:][0-9a-f]*[.:]"), "a postal address": re.compile(r"[0-9]"),
    "a place on the map": re.compile(r"[0-9]"), "a date of birth": re.compile(r"[0-9]"),
}  # fmt: skip
"""What at least some cells hold where they tell about a person what their heading says."""

_FEWEST_BELYING, _MOST_BELYING = 5, 12


def _belies(named: str, one: Field, scan: Scan) -> bool:
    """Returns whether the cells show that a column holds no such thing about a person as its heading may say.

    They hold the tick of a box, which says the heading again or yes and no; or a few answers that many gave, with
    nothing in them that a number, an address or a date has.

    Example:
        >>> _belies("a telephone number", Field("Phone"), Scan({"Phone": 60}, (), 90, 90))
        True
        >>> _belies("a telephone number", Field("Phone"), Scan({"0171 555123": 1, "none": 3}, (), 9, 9))
        False
        >>> _belies("a telephone number", Field("Phone"), Scan({"Android": 30, "iPhone": 20}, (), 50, 50))
        True
        >>> _belies("a name", Field("Name"), Scan({"Ann": 1, "Bo": 1, "Cy": 2, "Di": 1, "Ed": 1}, (), 6, 6))
        False
    """
    words = {word.casefold().strip() for word in scan.words}
    own = {text.casefold().strip() for text in (one.name, one.text, one.option) if text}
    own |= {re.sub(r" \(\d+\)$", "", name) for name in own}
    if words <= own | TICKED | NOT_TICKED | SAID_NOT and scan.filled >= min(_FEWEST_BELYING, scan.rows):
        return True
    holding = _HOLDING.get(named)
    few = len(words) <= _MOST_BELYING and 3 * len(words) <= scan.filled
    return holding is not None and few and scan.filled >= _FEWEST_BELYING and not any(map(holding.search, words))


def _private_cells(scan: Scan) -> str | None:
    """Returns what most of the cells are where they tell who answered, None where they do not.

    Example:
        >>> _private_cells(Scan({"ann@example.org": 1, "NA?": 1, "b@example.org": 1}, (), 3, 3))
        'e-mail addresses'
        >>> _private_cells(Scan({"629-700-449": 1, "834563597": 1, "+48 807 521 708": 1, "810352649": 1}, (), 4, 40))
        'telephone numbers'
    """
    for what, pattern in (
        (noted("e-mail addresses"), EMAIL),
        (noted("IP addresses"), IP_ADDRESS),
        (noted("telephone numbers"), PHONE),
    ):
        fitting = sum(count for word, count in scan.words.items() if pattern.fullmatch(word) and number(word) is None)
        if fitting > 0.5 * scan.filled:
            return what
    return noted("telephone numbers") if _are_dialled(scan) else None


def _are_dialled(scan: Scan) -> bool:
    """Returns whether nearly all cells are digits as they are dialled, some with signs in them, hardly any twice."""
    words = [word for word in scan.words if DIALLED.fullmatch(word) and 7 <= sum(map(str.isdigit, word)) <= 15]
    parted = sum(not word.isdigit() for word in words)
    unlike = len(scan.words) > _UNLIKE_NUMBERS * scan.filled and len(words) >= _FEWEST_DIALLED
    return unlike and len(words) > 0.8 * len(scan.words) and parted > 0.2 * len(words)


_UNLIKE_NUMBERS, _FEWEST_DIALLED = 0.8, 3


def _is_time_name(name: str) -> bool:
    """Returns whether a column of that name may hold the time of an answer.

    Example:
        >>> _is_time_name("Submitted at"), _is_time_name("Answered on"), _is_time_name("Income")
        (True, True, False)
    """
    return any(re.search(sign, re.sub(r"[_\-]+", " ", name), re.IGNORECASE) for sign in _TIME_NAMES)


def _best_time(fields: Sequence[Field], times: Mapping[str, TimeFound]) -> str | None:
    """Returns the column of the time of answering: the tool's own, the best named, the only one."""
    by_tool = [one.name for one in fields if one.use == "responded_at" and one.name in times]
    if by_tool:
        return by_tool[0]
    told = {name: found for name, found in times.items() if found.pattern != UNIX_SECONDS}
    times = told or times  # a time that people can read says its zone too
    for sign in _TIME_NAMES:
        named = [name for name in times if re.search(sign, re.sub(r"[_\-]+", " ", name), re.IGNORECASE)]
        if named:
            return named[0]
    return next(iter(times), None) if len(times) == 1 else None
