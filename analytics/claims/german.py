"""The words by which a German headline claims something."""

from __future__ import annotations

import re

from analytics.claims.lexicon import NUMBER, Lexicon, before, parts, words

_COUNTS = {
    "eins": 1, "einer": 1, "eine": 1, "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
}  # fmt: skip
_TENS = {
    "zehn": 10, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80,
    "neunzig": 90,
}  # fmt: skip
_PARTS = parts(_COUNTS)

GERMAN = Lexicon(
    people=re.compile(
        r"(?<!\w)(?:[Dd](?:ie|er|en) (?:Deutschen|Amerikaner|Franzosen|Briten|Europäer|Ukrainer|Russen|"
        r"Österreicher|Schweizer|Öffentlichkeit|Bevölkerung|Bürger|Wähler|Menschen|Leute|Jungen|Alten|Frauen|Männer|Jugend)|Deutsche|"
        r"Amerikaner(?:innen)?|Franzosen|Briten|Europäer|Ukrainer|Wähler(?:innen)?|Bürger(?:innen)?|Menschen|Leute|"
        r"Deutschland|Europa|Amerika|die öffentliche Meinung|"
        r"das (?:Land|Volk)|Frauen|Männer|"
        r"Berliner(?:innen)?|Österreicher(?:innen)?|Schweizer(?:innen)?|Jugendliche|Junge|Ältere|"
        r"Erwachsene|Rentner|Eltern|Abonnenten|Nutzer)(?!\w)"
    ),
    holds=words(
        "die (?:\\w+ ){0,3}(?:geantwortet|teilgenommen|mitgemacht|abgestimmt) haben",
        "haben (?:[\\w.]+ ){0,3}(?:geantwortet|teilgenommen|mitgemacht|abgestimmt)",
        "die antworteten", "die teilnahmen",
        "in dieser (?:umfrage|auswahl)", "der antwortenden", "antwortende[rn]?", "teilnehmende[rn]?", "befragte[rn]?",
    ),
    opinion=words(
        "sagen", "sagt", "meinen", "meint", "glauben", "glaubt", "wollen", "will", "unterstützen", "unterstützt",
        "lehnen", "lehnt", "fordern", "fordert", "finden", "findet", "sind (?:für|gegen|gespalten)",
        "ist (?:für|gegen)",
        "halten", "hält", "wünschen", "befürworten", "fürchten", "hoffen", "vertrauen", "stimmen", "gegen", "für",
        "haben genug", "spaltet", "gespalten", "mehrheitlich", "(?:un)?zufrieden", "dafür", "dagegen",
    ),
    quantity=words(
        "die meisten", "(?:die|eine) (?:\\w+ )?mehrheit (?:der|aller)", "die hälfte (?:der|aller)", "viele", "wenige",
        "(?:drittel|viertel|fünftel) (?:der|aller)", "(?:%|prozent) (?:der|aller)", "mehr", "umfrage unter",
    ),
    certainty=words(
        "±(?:\\s*\\d+)?", "repräsentativ\\w*", "fehlerspanne", "fehlertoleranz", "schwankungsbreite",
        "statistisch signifikant",
        "signifikant\\w*", "beweis(?:t|en)", "bewiesen", "wissenschaftlich",
    ),
    majority=words("die meisten(?= leser| befragte| teilnehm| abonnent)", "mehrheit(?:lich)?",
        "mehr als die hälfte", "über die hälfte",
        "erdrutsch\\w*"),
    strong=words("erdrutsch\\w*", "überwältigend\\w*", "große\\w*", "riesig\\w*", 
        "breite\\w*"),
    everyone=words("alle leser", "einstimmig", "niemand", r"jede[rs]?(?! \w+te[rns]?\b)"),
    leads=words("führt", "führen", "führend", "vorn", "vorne", 
        "knapp vor", "hängt (?:\\w+ ){1,3}ab", "überholt", "schlägt",
        "gewinnt", "gewann", "sieger", "siegt", "liegt vor"),
    up=words(
        "steig\\w+", "stieg(?:en)?", "wächst", "wuchs", "wachsen\\w*", "zu(?:nimmt|genommen)", "nimmt zu", "klettert",
        "gestiegen", "springt",
        "anstieg\\w*", "zuwachs", "aufschwung", "schießt", "legt (?:[\\w.%]+ ){0,4}zu", "mehr zustimmung", "explodiert",
    ),
    down=words(
        "fällt(?! (?:\\w+ )?durch)", "fiel(?:en)?(?! (?:\\w+ )?durch)", "gefallen", "sinkt", "sank(?:en)?",
            "gesunken", "nimmt ab", "abgenommen", "bricht ein",
        "stürzt", "schwindet", "rückgang", "einbruch", "absturz", "bröckelt", "verliert",
    ),
    shift=words("dreht", "kippt", "wandelt", "ändert", "umschwung", "wende"),
    sharp=words("explodiert", "schießt", "einbruch", "absturz",
        "bricht ein", "stürzt", "stark", "drastisch", "sprunghaft", "bröckelt"),
    versus=words("als", "gegenüber", "anders als", "im vergleich", "während", "aber", "kluft zwischen"),
    cause=words("weil", "wegen", "dank", "aufgrund", "infolge", "als reaktion auf", "ausgelöst", "nach dem"),
    percent=re.compile(rf"{NUMBER}\s*(?:%|prozent\b)", re.IGNORECASE),
    points=re.compile(rf"{NUMBER}[\s-]*(?:prozent)?punkte?n?\b", re.IGNORECASE),
    one_in=re.compile(rf"\b{_PARTS}\s+von\s+{_PARTS}\b", re.IGNORECASE),
    base=re.compile(rf"{NUMBER}\s+(?:leser(?:innen)?|menschen|befragte|antworten|teilnehmer|nutzer)\b", re.IGNORECASE),
    about=before("rund", "etwa", "ungefähr", "circa", "ca\\.", "zirka", "um", "gegen", "kaum"),
    nearly=before("fast", "beinahe", "nahezu", "knapp", "annähernd", "nicht ganz"),
    just_over=before("gut", "(?:etwas|knapp|leicht|kaum) (?:mehr als|über)"),
    over=before("mehr als", "über", "mindestens", "wenigstens"),
    under=before("weniger als", "nicht mehr als", "(?<!umfrage )unter", "höchstens", "maximal", "nicht einmal",
        "bis zu"),
    wish=before("soll(?:en|te|ten)?", "müss(?:en|te|ten)", "muss", "darf", "dürfen", "will", "wollen", "zu"),
    rest=words("nicht", "kein\\w*", "ohne", "außer"),
    unsettled=words(
        "nicht (?:\\w+ )?entschieden", "innerhalb der unsicherheit", "(?:noch )?offen", "unentschieden", "niemand",
    ),
    spread=re.compile(r"intervalle?\s*\(\d+\s*%|\d+\s*(?:%|prozent)[\s-]+\w*intervall", re.IGNORECASE),
    fractions=(
        (words("drei viertel"), 0.75), (words("zwei drittel"), 2 / 3),
        (words(r"(?<!als die )(?<!über die )(?<!erste )(?<!ersten )(?<!zweite )(?<!zweiten )hälfte", "jeder zweite",
            "jede zweite"), 0.5),
        (words(r"(?<!zwei )(?:ein drittel|jeder dritte|jede dritte)"), 1 / 3),
        (words("(?<!drei )(?:ein viertel|jeder vierte|jede vierte)"), 0.25),
        (words("ein fünftel", "jeder fünfte"), 0.2),
    ),
    spelled=re.compile(rf"\b(?:({'|'.join(_COUNTS)})und)?({'|'.join(_TENS)})\s+prozent\b", re.IGNORECASE),
    mean=re.compile(
        rf"\b(?:durchschnitt(?:lich)?|mittelwert|im schnitt)(?:\s+\w+){{0,4}}?\s+"
        rf"{NUMBER}(?![\d.,]*\d|\s*(?:%|prozent))",
        re.IGNORECASE,
    ),
    thing=re.compile(r"(?!)"),
    more_than=re.compile(r"\b(?:mehr|häufiger|öfter|eher|stärker)\b(?=[^.;:]*\bals\b)", re.IGNORECASE),
    fewer_than=re.compile(r"\b(?:weniger|seltener|schwächer)\b(?=[^.;:]*\bals\b)", re.IGNORECASE),
    ratios=((words("doppelt so (?:viele?|oft|häufig)"), 2.0), (words("dreimal so (?:viele?|oft|häufig)"), 3.0)),
    numbers=_COUNTS | _TENS,
)  # fmt: skip
