"""Words of public life that mean the same: where a question has one of a line, its others are about it too."""

from __future__ import annotations

import re
from functools import lru_cache

from analytics.claims.closed import concepts_more

CONCEPTS: dict[str, tuple[str, ...]] = {
    "en": (
        "city|cities|town|towns|municipal|city's|town's|city-run|local authority|city-funded|city funding",
        "council|councillors|council's|city council|town council|city hall|town hall",
        "government|government's|state|ministers|cabinet|federal government",
        "pay|pays|paying|fund|funds|funding|funded|finance|finances|financing|money|cost|costs|bill|"
            "bills|foot|foots|footing|foot the bill|pick up the bill|pick up the tab|cover the cost|"
            "bankroll|subsidy|subsidise|subsidize|subsidies|cash|pay for|payment|tab|spend|spending",
        "pool|pools|swimming pool|swimming|indoor pool|baths|bath|public bath|winter pool|pool's",
        "open|opening|keep open|stay open|kept open|keeping open|opened",
        "winter|winter opening|winters|winter's",
        "summer|summers", "night|nights|late|overnight", "ferry|ferries|boat|ferry's",
        "bus|buses|bus line|bus service", "tram|trams|rail|train|trains",
        "market square|square|square's|marketplace|market place|market|plaza|the square",
        "comma|commas|comma's|oxford comma|serial comma|comma use|punctuation|comma question|list|"
            "lists|listing|before \"and\"|before and|and",
        "ukraine|ukraine's|kyiv|kiev",
        "ceasefire|ceasefire's|truce|cease-fire|ceasefire push|ceasefire pressure|ceasefire question",
        "press|pressing|presses|push|pushing|pushes|pressure|pressuring|lean on|urge|urging",
        "both sides|warring sides|parties|two sides|warring parties",
        "trust|trusts|trusted", "mayor|mayor's",
        "school|schools|pupils|classes|class|classroom|classrooms|lesson|lessons",
        "street|streets|road|roads",
        "bike|bikes|bicycle|bicycles|cycling|cycle lane|bike lane|cycle lanes|bike lanes",
        "car|cars|traffic|motor traffic", "speed limit|limit|30 km/h|20 mph|speed", "tax|taxes|levy|charge",
        "rent|rents|housing", "library|libraries", "museum|museums", "theatre|theater|stage",
        "park|parks|green space", "tree|trees", "shop|shops|store|stores|shopping", "sunday|sundays",
        "hospital|hospitals|clinic", "phone|phones|mobile|smartphone|smartphones", "ban|banning|banned|bans",
        "wolf|wolves", "dog|dogs", "wind|wind turbines|turbines|wind farm", "solar|solar panels",
        "energy|power|electricity",
        "fireworks|firework|bangers|rockets|pyrotechnics|firecrackers", "new year|new year's eve|new year's",
        "public transport|transport|transit|buses and trams|buses|trams|trains|travel|bus and tram|buses and trains",
        "prohibit|prohibits|prohibiting|prohibition|outlaw|outlaws|outlawing|outlawed|forbid|forbids|ban|banning|"
            "banned|bans", "four-day week|shorter week|shorter working week|three-day weekend",
        "police|officers|police force|cops",
        "tax|taxes|tax rise|tax rises|tax increase|tax hike|higher taxes|levy",
        "depot|tram depot|shed|site|building", "festival|festivals", "football|stadium",
        "church|churches|bells", "newspaper|paper|news", "war|wars", "build|building|builds|built|construction",
        "close|closing|closure|closed", "free|free of charge|fare-free", "ticket|tickets|fare|fares",
        "holiday|holidays", "work|working|week", "bridge|bridges", "tunnel|tunnels", "airport|airports",
        "river|rivers", "clock|clock change|clocks|time change", "gender|gendering",
        "vote|voting|election|elections", "refugee|refugees|asylum", "climate|climate protection",
        "job|performance|job performance",
        "waste|rubbish|bins|garbage", "meat|vegetarian|vegan|canteen", "uniform|uniforms",
    ),
    "de": (
        "stadt|städtisch|städtische|städtischen|städtisches|kommune|kommunal|kommunale|kommunalen|"
            "stadtkasse",
        "stadtrat|stadtrats|stadtrates|rat|rats|rates|ratsherren|gemeinderat",
        "regierung|bundesregierung|regierungs",
        "zahlen|zahlt|bezahlen|bezahlt|zahlung|finanzieren|finanziert|finanzierung|geld|gelder|"
            "kosten|bezuschussen|zuschuss|zuschüsse|übernehmen|übernimmt|aufkommen|aufkommt|mittel|"
            "finanzspritze|förderung|fördern",
        "hallenbad|hallenbads|hallenbades|bad|bades|bads|winterbad|winterbads|winterbades|schwimmbad|"
            "schwimmbads|schwimmbades|hallenbad-frage|bad-frage|winterbetrieb|winteröffnung|"
            "badbetrieb",
        "offen|offene|offenes|offenen|geöffnet|geöffnetes|offenhalten|öffnen|öffnung|offen halten|"
            "offen bleibt|offen bleiben|halten|bleibt|bleiben|weiterbetrieb|betrieb",
        "winter|winters|im winter|winterbetrieb|herbst und winter", "sommer|sommers", "nacht|nachts|nächtlich",
        "fähre|fähren|nachtfähre|fährbetrieb", "bus|busse|buslinie|busangebot|busverkehr",
        "bahn|straßenbahn|zug|züge",
        "marktplatz|marktplatzes|markt|platz|platzes|marktplatz-frage|markts",
        "komma|kommas|kommata|aufzählung|aufzählungen|oxford-komma|kommafrage|komma-frage|"
            "zeichensetzung|und|liste|listen|kommaregel",
        "ukraine|kiew",
        "waffenruhe|waffenstillstand|feuerpause|waffenruhe-druck|waffenruhe-frage|waffenruhen",
        "drängen|drängt|druck|drängens|einwirken|waffenruhe-druck|druck machen|bewegen",
        "seiten|seite|beide seiten|parteien|kriegsparteien|konfliktparteien|beide",
        "bürgermeister|bürgermeisterin|bürgermeisters", "schule|schulen|unterricht|schüler", "straße|straßen",
        "rad|fahrrad|fahrräder|radweg|radwege|radspur", "auto|autos|verkehr|autoverkehr",
        "tempo|tempolimit|tempo 30", "steuer|steuern|abgabe", "miete|mieten|wohnung|wohnungen",
        "bücherei|bibliothek", "museum|museums", "theater|theaters|bühne", "park|parks|grünfläche", "baum|bäume",
        "laden|läden|geschäfte|einkaufen", "sonntag|sonntags|sonntage", "krankenhaus|klinik|kliniken",
        "handy|handys|smartphone|smartphones", "verbot|verbieten|verboten", "wolf|wölfe", "hund|hunde",
        "wind|windräder|windkraft", "solar|sonnenenergie", "energie|strom", "feuerwerk|böller|silvester",
        "fest|feste", "fußball|stadion", 
        "feuerwerk|feuerwerks|böller|böllern|böllerei|raketen|silvesterfeuerwerk|knallerei|pyrotechnik",
        "nahverkehr|öpnv|busse und bahnen|bus und bahn|busse|bahnen|gratis-nahverkehr|bahnfahren",
        "kostenlos|kostenlose|kostenlosen|kostenloser|gratis|kostenfrei|nulltarif|frei",
        "verbieten|verbot|untersagen|untersagt|verboten|verbots|böllerverbot",
        "steuern|steuer|steuererhöhung|steuererhöhungen|höhere steuern|mehr steuern",
        "polizei|polizisten|beamten|ordnungshüter",
        "vier-tage-woche|viertagewoche|4-tage-woche", "depot|depots|straßenbahndepot|tramdepot|gelände|halle",
        "kirche|kirchen|glocken", "zeitung", "krieg|kriege", "bauen|bau|gebaut",
        "schließen|schließung|geschlossen", "kostenlos|gratis|kostenfrei", "ticket|tickets|fahrkarte|fahrpreis",
        "ferien", "arbeit|arbeiten|woche", "brücke|brücken|bridge", "amt|amtsführung|arbeit|amts",
        "tunnel", "flughafen|flughafens", "fluss",
        "zeitumstellung|uhr|uhren", "gendern|gendersprache", "wahl|wahlen|wählen", "geflüchtete|flüchtlinge|asyl",
        "klima|klimaschutz", "müll|abfall", "fleisch|vegetarisch|kantine", "schuluniform",
    ),
}  # fmt: skip
"""Lines of words that are spoken of as one thing."""

CIRCUMSTANCES = frozenset({
    "city", "town", "government", "state", "council", "pay", "money", "bill", "cost", "costs", "winter", "summer",
    "night",
    "open", "opening", "sides", "both", "stadt", "regierung", "zahlen", "zahlt", "bezahlen", "geld", "kosten",
          "sommer",
    "nacht", "offen", "offene", "offenes", "seiten", "beide", "bleibt", "bleiben", "halten", "paying", "funding",
})  # fmt: skip
"""Words of questions that name who acts, how and when: alone they do not say what is asked about."""

SYNONYMS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("car park", "cars?|parking(?: lots?| spaces?| places?)?|car parks"), ("playground",
          "play areas?|playgrounds|swings"), ("park", "parks|green space|greenery"),
        ("museum", "museums"), ("library", "libraries"), ("hotel", "hotels"),
    ),
    "de": (
        ("parkplatz", "parkplätze[ns]?|parkplatzes|autos|stellplätze|parken|parkfläche"), ("spielplatz",
          "spielplätze|spielplatzes|spielfläche"), ("park", "parks|grün|grünanlage"),
        ("museum", "museums"), ("bücherei", "bibliothek"), ("hotel", "hotels"),
    ),
}  # fmt: skip
"""What an answer is also called, by the words of its label."""

SIDED: dict[str, tuple[tuple[str, str, str], ...]] = {
    "en": (
        (r"trust", r"(?:has |have )?(?:faith|confidence|trust)(?: in| of)?|trust(?:s|ed|ing)?|believes? in|"
            r"convinced by|(?:put|place)s? (?:their )?trust in",
         r"distrust(?:s|ed|ing|ful)?(?: of)?|mistrust(?:s|ed|ing|ful)?(?: of)?|doubts?(?: about)?|"
             r"doubting|scepticism|skepticism|s[ck]eptical(?: of| about)?|wary of|no (?:faith|confidence|"
             r"trust)(?: in)?|(?:has |have )?(?:little or no|little|no) (?:faith|confidence|trust)(?: in)?|"
             r"lack(?:s|ing)? (?:of )?(?:faith|confidence|trust)(?: in)?"),
        (r"satisf", r"satisfied(?: with)?|satisfaction(?: with)?|happy(?: with)?|content(?: with)?|pleased(?: "
            r"with)?|(?:good|high|top) marks(?: to| for)?|contentment(?: with)?|happiness(?: with)?",
          r"(?:poor|bad|low) marks(?: to| for)?|dissatisfied(?: with)?|unhappy(?: with)?|unhappiness(?: with)?|"
              r"displeased(?: with)?|not (?:happy|satisfied)(?: with)?|frustrated(?: with)?|dissatisfaction(?: "
              r"with)?|discontent(?: with)?"),
        (r"agree", r"agree(?:s|d|ing|ment)?(?: with| that)?", r"disagree(?:s|d|ing|ment)?(?: with| that)?"),
        (r"\bgood\b|excellent", r"good(?: marks| grades| or better| or very good)?|positive(?:ly)?|"
            r"(?:happy|satisfied|pleased|impressed) with|satisfaction with|approv(?:e|es|al) of|well|high marks|"
                r"top marks",
         r"poor(?:ly)?(?: marks| grades| or worse| or very poor)?|bad(?:ly)?(?: marks| or very bad)?|"
             r"negative(?:ly)?|(?:un|dis)(?:happy|satisfied|pleased) with|dissatisfaction with|low marks"),
        (r"safe", r"safe|feel(?:s|ing)? safe|safely", r"unsafe|feel(?:s|ing)? unsafe"),
    ),
    "de": (
        (r"vertrau", r"vertrau(?:en|t|ten)?(?: in| zum)?|trau(?:en|t|ten)|glaub(?:en|t|ten)(?: an)?|halten "
            r".{0,40}für (?:glaubwürdig|verlässlich)|vertrauend\w*|zutrauen|vertrauenswert",
          r"misstrau(?:en|t|ten|isch)?(?: gegenüber)?|misstrauend\w*|zweifel(?:n|t)?(?: am| an)?|"
            r"kein vertrauen(?: in)?|wenig vertrauen(?: in)?|skepsis|skeptisch"),
        (r"zufried", r"zufrieden(?:e[nr]?|heit)?(?: mit)?", r"unzufrieden(?:e[nr]?|heit)?(?: mit)?"),
        (r"zustimm|stimme", r"zustimm(?:en|ung)|stimm(?:en|t) zu", r"lehn(?:en|t)(?: ab)?|ablehnung"),
        (r"\bgut\b", r"gut(?:e[nrs]?)?(?: noten?| zeugnis)?|positiv(?:e[nrs]?)?|zufrieden(?:heit)?(?: mit)?|gut "
            r"(?:oder|bis) sehr gut|sehr gut oder gut|lob(?:en|t)?|loben",
         r"schlecht(?:e[nrs]?)?(?: noten?| zeugnis)?|negativ(?:e[nrs]?)?|unzufrieden(?:heit)?(?: mit)?|schlecht "
             r"(?:oder|bis) sehr schlecht|sehr schlecht oder schlecht|mies(?:e[nrs]?)?|tadeln"),
        (r"sicher", r"sicher|fühlen sich sicher", r"unsicher|fühlen sich unsicher"),
    ),
}  # fmt: skip
"""By the stem of a scale's upper side, what that side is also called, and what its lower side is."""

STEM, SHORT = re.compile(r"(?:s|es|ed|ing|en|n|e)$"), 3

FULLY = {
    "en": r"fully|completely|complete|full|total|totally|utter|entirely|wholeheartedly",
    "de": r"voll und ganz|völlig|vollständig|vollkommen|uneingeschränkt|volles?|ganz und gar",
}
NOT_AT_ALL = {"en": r"not at all|at all", "de": r"gar nicht|überhaupt nicht|gar kein(?:e|en)?|überhaupt kein(?:e|en)?"}


def about_same(text: str, language: str) -> list[str]:
    """Returns what is about the same as any word of a text, as alternatives of a pattern.

    Example:
        >>> any("swim" in found for found in about_same("Should the pool stay open?", "en"))
        True
    """
    return [re.escape(name).replace(r"\ ", r"\s+") for name in _same(text.lower(), language)]


@lru_cache(maxsize=256)
def _same(text: str, language: str) -> tuple[str, ...]:
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.sub(r"\w+-(?:free|less|only)\b", " ", text)))
    words |= {part for word in words for part in word.split("-")}
    forms = words | {stem for word in words if len(stem := STEM.sub("", word)) > SHORT}
    more = concepts_more.GERMAN if language == "de" else concepts_more.ENGLISH
    found: dict[str, None] = {}
    for line in (*CONCEPTS[language], *more):
        names = line.split("|")
        if any(name in forms for name in names) or any(
            (" " in name or "-" in name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names
        ):
            found |= dict.fromkeys(names)
    return tuple(found)


def same_as(name: str, language: str) -> list[str]:
    """Returns what is called the same as a name, by the lines that have it whole or have its last word."""
    more = concepts_more.GERMAN if language == "de" else concepts_more.ENGLISH
    names = {name, re.sub(r"s$", "", name), *([name.split()[-1]] if language == "en" and name else [])}
    return [other for line in (*CONCEPTS[language], *more) if names & set(line.split("|")) for other in line.split("|")]
