"""The German words that are known. What does not stand here, nor in the question, is not known."""

from __future__ import annotations

import re

from analytics.claims.closed.fractions import parts_of
from analytics.claims.closed.marks import KnownWord, known
from analytics.claims.closed.numbers import counted, counts_known, number_known

_SMALL = {
    "ein": 1, "eine": 1, "einer": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15,
        "sechzehn": 16,
    "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
}  # fmt: skip
_TENS = {
    "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80,
    "neunzig": 90,
}  # fmt: skip
NUMBERS = _SMALL | _TENS
_N = rf"(?:\d+|{'|'.join(NUMBERS)})"

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip

PRO_LABELS = ("ja", "mit", "für", "dafür", "stimme zu", "zustimmung", "einverstanden")
CON_LABELS = ("nein", "ohne", "gegen", "dagegen", "stimme nicht zu", "lehne ab", "ablehnung")
SAY_SO = "(?:sagen|sagt|sagten|antworten|antwortet|antworteten|stimmen mit|stimmten mit)"
UNSURE_LABELS = (
    "weiß nicht",
    "unsicher",
    "unentschieden",
    "keine meinung",
    "keine angabe",
    "kann ich nicht sagen",
    "egal",
    "ist mir egal",
    "unschlüssig",
    "unentschlossen",
    "noch unentschlossen",
)

NOT_KNOWING = ("wissen (?:es )?nicht", "weiß (?:es )?nicht", "unentschieden", "unsicher", "unentschlossen",
               "(?:haben |hat )?keine meinung")  # fmt: skip

WORDS: tuple[KnownWord, ...] = (
    known("simulated", "simuliert", "simulierte (?:umfrage|antworten|daten|leser)", "simulation",
          "in (?:der|einer) simulation"),
    counts_known("von|der", r"den |unseren |allen ", "leser|befragte|teilnehm|antworten|wollen|wollten|"
                 "sagen|sagten|nennen|nannten|wählen|wählten|stimm|sind|waren|setz|würden|finden|möchten|lehn|befürwort|"
                 "unterstütz|entschied|nenn", "de"),
    known("cut", ",", ";", r"\.", "!", "–", "—", "-", ":", "aber", "während"),
    known("question", r"\?"),
    known("and", "und"),
    known("filler", "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "in",
          "im", "am", "an", "auf(?! \\d)", "von(?! \\d)", "vom", "zu(?! \\d)", "zum", "zur", "es", "sich", "ist",
          "sind", "war", "waren", "hat", "haben", "hatte", "hatten", "wird", "werden", "bei", "beim", "unter(?! \\d)",
          "bisher", "dieser", "dieses", "diese", "umfrage", "ihr", "ihre", "ihren",
          "oder", "dass", "gaben", "gab"),
    known("cut", "bei(?= )"),
    known("say", "sagen", "sagt", "antworten(?= ja| nein)", "antwortet", "stimmen(?= für| gegen)"),
    known("modal", "würden?", "möchten?"),
    known("want", "wollen", "will", "wünschen(?: sich)?", "wünscht(?: sich)?", "möchten?", "wählen", "wählt",
          "wählten", "bevorzugen", "bevorzugt", value=1),
    known("stance", "ja", "dafür", "zustimmung(?: (?:zum|zur|für))?", "stimmen zu", "befürworten", "befürwortet",
          "unterstützen", "unterstützt", "unterstützung(?: für)?", value=1),
    known("stance", "nein", "dagegen", "gegen", "ablehnung(?: (?:des|der|von))?", "lehnen", "lehnt", "widerstand",
          value=-1),
    known("filler", r"ab(?=$|[.,;:!?])"),
    known("stance", "unentschieden", "unsicher", "wissen (?:es )?nicht", "weiß (?:es )?nicht", "unentschlossen",
          value=0),
    known("for", "für", value=1),
    known("want", "(?:sind|ist|waren|war) für", value=1),
    known("not", "nicht", "keine?[nrsm]?", "wenig oder keine?n?", "ohne"),
    known("who", "leser(?:n|innen)?", "leserinnen und leser(?:n)?", "leserschaft", "befragten?", "befragter",
          "teilnehmer(?:n|innen)?", "teilnehmenden?", "antwortenden?"),
    known("answered", "die geantwortet haben", "die teilgenommen haben", "haben geantwortet", "haben teilgenommen",
          "antworteten", "auskunft", "antworten", "die antworteten"),
    known("populace", "die deutschen", "deutsche", "amerikaner(?:n|innen)?", "wähler(?:n|innen)?", "bürger(?:n|innen)?",
          "bevölkerung", "volk", "öffentlichkeit", "anwohner(?:n|innen)?", "einwohner(?:n|innen)?",
          "steuerzahler(?:n)?",
          "menschen", "leute", "die stadt", "das land", "westen", "osten", "gesellschaft"),
    known("other group", "frauen", "männern?", "jung(?:e|en)?", "jüngere[nr]?", "alt(?:e|en)", "ältere[nr]?", "mütter",
          "väter", "eltern", "familien", "rentner", "schüler", "studenten", "schwimmer", "kinder", "jugendliche"),
    known("majority", "(?:die |eine )?mehrheit", "mehr als die hälfte", "über die hälfte", "mehrheitlich", value=0.5),
    known("majority", "(?:die |eine )?(?:überwältigende|große|riesige|breite) mehrheit", value=2 / 3),
    known("most", "die meisten"),
    known("no majority", "kein(?:e|er|es)? (?:einzige[rs]? )?(?:thema|aufgabe|idee|antwort|lösung|vorschlag|plan) "
          "(?:hat|findet|bekommt|erreicht|gewinnt) (?:eine|die) mehrheit"),
    known("no majority", "keine (?:idee|antwort|lösung)", "keine mehrheit"),
    known("tie", "gespalten", "uneins",
          "kein(?:e|en)? klare[rnms]? (?:unterschied|sieger|mehrheit|veränderung|vorsprung)",
          "unentschieden(?=$)"),
    known("lead", "liegt vorne?", "liegen vorne?", "führt", "führen", "gewinnt(?= *$)", "siegt"),
    known("more", "mehr", "häufiger", "öfter", "eher", "lieber", "stärker"),
    known("fewer", "weniger", "seltener"),
    known("than", "als"),
    known("up", "steigt", "stieg", "steigen", "gestiegen", "wächst", "wuchs", "gewinnt(?= .*zustimmung)", "zugenommen",
          "nimmt zu", "legt zu", "klettert"),
    known("down", "sinkt", "sank", "sinken", "gesunken", "fällt", "fiel", "gefallen", "abgenommen", "nimmt ab"),
    known("versus", r"zu(?= \d+)"),
    known("filler", "halten(?=$|[.,;:!?])"),
    known("since", "seit"), known("from", "von(?= )"), known("to", "auf(?= )"),
    known("by", "um(?= )"),
    known("only", "nur", "bloß"),
    known("near", "rund", "etwa", "ungefähr", "circa", "ca\\.", value="about"),
    known("near", "knapp", "fast", "beinahe", "nahezu", "nicht ganz", value="nearly"),
    known("near", "gut(?= \\d| ein| die| zwei| drei)", value="just over"),
    known("near", "mehr als", "über(?= \\d| ein| zwei| drei)", value="over"),
    known("near", "mindestens", "wenigstens", value="least"),
    known("near", "weniger als", "nicht einmal", "unter(?= \\d+ ?(?:%|prozent))", value="under"),
    known("near", "höchstens", "nicht mehr als", value="most"),
    number_known("percent", r"(\d+(?:,\d+)?)\s*(?:%|prozent\b)", "de", 0.01),
    KnownWord(re.compile(rf"((?:\w+und)?(?:{'|'.join(_TENS)}|zehn))\s+prozent\b", re.IGNORECASE), "percent",
          lambda match: _spelled(match[1]) / 100),
    *parts_of("de", NUMBERS),
    number_known("points", r"(\d+(?:,\d+)?)[\s-]+(?:prozent)?punkten?\b", "de", 0.01),
    KnownWord(re.compile(rf"({'|'.join(NUMBERS)})[\s-]+(?:prozent)?punkten?\b", re.IGNORECASE), "points",
          lambda match: counted(match[1], NUMBERS) / 100),
    number_known("base", r"(\d{1,3}(?:\.\d{3})+|\d+)(?=\s+(?:leser|leserinnen|befragte|teilnehmer|antworten)\b)",
          "de", 1.0),
    number_known("mean", r"(\d(?:,\d+)?) von \d+ punkten", "de", 1.0),
    number_known("mean",
          r"(?:(?:im )?schnitt|durchschnitt|mittelwert|mittel)(?: von|:)? (\d(?:,\d+)?)(?: von \d+)?(?: punkten)?",
          "de", 1.0),
    known("filler", "im schnitt(?= \\d)"),
    KnownWord(re.compile(r"(plus|minus|[+−])\s*(\d+)(?!\w)", re.IGNORECASE), "number",
          lambda match: (-1 if match[1].lower() in ("minus", "−") else 1) * float(match[2]) / 100),
    number_known("number", r"(\d+(?:,\d+)?)(?![\w%])(?!,\d)", "de", 0.01),
    known("tail", "druck"),
    known("top", "die häufigste antwort"),
)  # fmt: skip


def _spelled(word: str) -> int:
    one, _, ten = word.lower().rpartition("und")
    return NUMBERS.get(ten, 0) + NUMBERS.get(one, 0)


DOES = frozenset({"ist", "sind", "war", "waren", "hat", "haben", "hatte", "hatten", "wird", "werden", "gaben", "gab"})
"""Of the words that claim nothing those that make a sentence of what stands before them."""

YOUNG, YOUNGEST = (
    ("jung(?:e|en)?(?: leser(?:n|innen)?)?", "jüngere[nr]?(?: leser(?:n|innen)?)?", "die jungen"),
    "jüngste leser",
)
OLD = ("ältere[nr]?(?: leser(?:n|innen)?)?", "alte[nr]?(?: leser(?:n|innen)?)?", "die alten")
UNDER = ("(?:leser(?:n|innen)? |die )?unter {high}(?:[- ]jährigen?)?", "(?:leser(?:n|innen)? )?unter {high} jahren")
OVER = (
    "(?:leser(?:n|innen)? )?ab {low}(?: jahren)?", "(?:leser(?:n|innen)? )?über {low}(?:[- ]jährigen?)?",
    "{low} und älter", r"{low}\+", "über-{low}-jährigen?",
)  # fmt: skip
WITHIN = (
    "(?:den |die |leser(?:n|innen)? )?(?:von |zwischen )?{low}"
    "(?:-? bis |[-–]| und ){high}(?:[- ]jährigen?)?(?: jahren)?",
)
GROUPS = (
    "(?:leser(?:n|innen)? )?(?:im |in |aus |aus dem |der |den |die )?{label}",
    "{label}(?:bewohner(?:n|innen)?|-leser(?:n|innen)?)",
)  # fmt: skip
LIVING_IN = (
    r"(?:(?:leser(?:n|innen)?|bewohner(?:n|innen)?) (?:im |in der |in ){label}|"
    r"{label}(?:bewohner(?:n|innen)?|-leser(?:n|innen)?))"
)
SPAN = r"zwischen {one} und {other}", r"von {one} (?:auf|bis) {other}"
MIDDLE = ("die mitte der skala",)
FIRST_VERB = re.compile(r"^(\w+) Sie\b")
ARTICLES = r"^(?:ein|eine|einen|der|die|das|den)\s+"
BITS: dict[str, str] = {}
SUFFIX = "(?:s|es|e|en|n|er|ern)?"
STEMS = re.compile(r"(?:en|er|es|em|e|n|s|t)$")
LABEL_STEM = re.compile(r"(?:end|ende|en|e)$")
LABEL_ENDS = "(?:e|en|t|st|te|ten|end)?"
DEEDS = frozenset({
    "bleibt", "blieb",
    "zahlt", "zahlten", "bezahlt", "bezahlen", "finanziert", "finanzieren", "drängt", "drängten", "übernimmt",
    "öffnet", "schließt", "bezuschusst", "fördert",
})  # fmt: skip
"""What was asked about and is no answer: that a town pays, keeps open, presses."""
