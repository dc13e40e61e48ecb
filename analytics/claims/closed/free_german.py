"""The German words that newspapers use freely around a claim, and what each of them does there."""

from __future__ import annotations

import re

from analytics.claims.closed.german import NUMBERS
from analytics.claims.closed.marks import KnownWord, known
from analytics.claims.closed.numbers import number_known, ratio_known

_N = rf"(?:{'|'.join(NUMBERS)})"
ORDINALS = {
    name: number for number, name in enumerate(
        ("dritte", "vierte", "fünfte", "sechste", "siebte", "achte", "neunte", "zehnte", "elfte", "zwölfte"), 3
    )
} | {"siebente": 7, "fünfzehnte": 15, "zwanzigste": 20}  # fmt: skip
_MANY = f"(?:{'|'.join(name for name in NUMBERS if not name.startswith('ein'))})"
_THE = "(?:d(?:er|ie|as|en|em|es) )?"
_SIDE = "lagers?|anteils?|stimmen|seite|antworten|sagern?|fraktion|quote|votum|block|wert"
_BY_HALVES = "eher|teils|teilweise|etwas|kaum|weder"
"""What makes an agreement one by halves, which may be an answer of its own."""

WORDS: tuple[KnownWord, ...] = (
    KnownWord(re.compile(r"-(?=\w)"), "filler"),
    known("stance", rf"stimm(?:en|t|te|ten)(?! .{{0,80}}\b(?:{_BY_HALVES})\b)" r"(?= .{1,80}\bzu(?:$|[.,;:!?]))",
          value=1),
    known("unknown", rf"stimm(?:en|t|te|ten)(?= .{{0,80}}\b(?:{_BY_HALVES})\b.{{0,80}}\bzu(?:$|[.,;:!?]))"),
    known("behind", "(?<=punkte )hinter", "(?<=punkten )hinter"),
    KnownWord(re.compile(rf"({_N})\s+prozent\b", re.IGNORECASE), "percent",
          lambda match: NUMBERS[match[1].lower()] / 100),
    number_known("mean", r"(?:im schnitt|durchschnittlich|im mittel|im durchschnitt)(?: nur| bei| mit|"
        r" auf)? (\d(?:,\d+)?)(?: punkten?)?(?: von (?:\d+|fünf|zehn)(?: punkten?)?)?", "de", 1.0),
    known("simulated", "simulierte[nrms]?", "simuliert", "simulation(?:en)?", "erfundene[nrms]?",
          "computersimulation",
          "(?:kein(?:e|en)? )?(?:mensch(?:en)?|echte[nr]? leser|echten menschen) (?:wurden?|hat|"
          "haben) (?:gefragt|befragt|geantwortet)",
          "kein(?:e|en)? (?:echte[nr]? )?(?:mensch(?:en)?|leser)(?: (?:wurden?) (?:gefragt|befragt))",
          "in der simulation"),
    known("filler", "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "in",
          "im", "am", "an", r"auf(?! \d)", r"von(?! \d)", "vom", r"zu(?! \d)", "zum", "zur", "es", "sie", "er", "ihn",
          "ihm", "ihr", "ihre[nmrs]?", "sein(?:e[nmrs]?)?", "ihnen", "wir", "uns", "unser(?:e[nmrs]?)?", "ist",
          "sind", "war", "waren", "hat", "hatte", "hatten", "wird", "werden", "bei", "beim", r"unter(?! \d)",
          rf"über(?! (?:\d|{_MANY}\b|jede))", "bisher", "diese[rsnm]?", "jene[rsnm]?", "oder", "so viele? prozent",
          "dann", "wie(?! nie)", "was", "wer", "welche[rsnm]?", "wo", "auch", "hier", "da", "laut", "zufolge",
          "mit(?! komma)", "so(?! (?:wenig|viel|häufig|oft|stark))", "daran", "insgesamt", "jeweils", "dabei",
          "sowie", "als(?= antwort)", "darüber", r"gegenüber(?= \d)", r"nach(?= \d)", r"zwischen(?! \d)", "haben",
          "geben", "gab", "um(?= das| den| die)", "folgendes?", "beides?", "beiden?"),
    known("filler", "zeigt", "zeigen", "ergibt", "ergab", "sieht", "sehen", "liegt(?! vorn)(?!.{0,60}zwischen)",
          "liegen(?! vorn)(?!.{0,60}zwischen)", "reich(?:en|t)", r"(?:halten|hält)(?= .*\bwaage\b)",
          "kommen(?= .{0,3}ohne)", r"lassen(?= .*\bweg\b)", r"lässt(?= .*\bweg\b)", "geht(?= .*zurück)",
          "gehen(?= .*zurück)", "lag(?:en)?", r"kommt(?= .{0,40}\d)", r"kommen(?= .{0,40}\d)", "kommt auf",
          "kommen auf", "steht", "stehen", "stand(?:en)?", "erreicht", "erreichen", "erhält", "erhalten", "bekommt",
          "bekommen", r"holt(?= \d)", "entfallen", "entfällt", "beträgt", "macht", "machen", "findet", "finden",
          "fand(?:en)?", "nennt", "nennen", "nannten", "vergibt", "vergeben", "gibt", "geht", "gehen(?= an)",
          "fällt aus", "fallen aus", "teilt", "teilen", "verteilt", "verteilen", "kreuzen an", "kreuzt an",
          "antworten mit", "äußern", "äußert", "sagten?", "sprachen?", "spricht", "sprechen", "umfragen?", "urteil",
          "abstimmung", "bewerten", "leser[- ]?umfragen?", "leserbefragung", "befragung", "erhebung",
          "ergebnis(?:se)?", "herbst-umfrage", "frage", "anteile?s?", "stimmen", "antwort(?:en)?", "wert(?:e)?",
          "note", "skala", "stufen?", "meinung(?:en)?(?! keine)", "haltung(?:en)?", "seite(?:n)?", "lager",
          "verhältnis", "variante", "lösung", "option", "wahl", "vorschlag", "vorhaben", "punkten?(?= von)",
          "zeitung", "in zahlen", "grafik", "gefragt", "mitmachte[n]?", "mitmacht", "mitgemacht", "teilnahm(?:en)?",
          "exklusiv", "zugunsten", "zuspruch(?= (?:bei|von))", "leserschaft(?= teilt)", "entschied(?:en)?(?= sich)",
          "aus(?=$|[.,;:!?])", "an(?=$|[.,;:!?])", "ab(?=$|[.,;:!?])", "vor(?= (?:dem )?[\"„“]?und\\b)", "tun",
          "kreis(?: der)?", "reihen der"),
    known("who", "(?:unsere[rnm]? |der |die |den |aller )?leser(?:n|innen)?(?: und leser(?:n|innen)?)?",
          "(?:unsere[rnm]? |der |die )?leserschaft", "befragte[nr]?", "teilnehmer(?:n|innen)?", "teilnehmende[nr]?",
          "antwortende[nr]?", "umfrageteilnehmer(?:n|innen)?"),
    known("answered", "die (?:geantwortet|teilgenommen|mitgemacht|abgestimmt) haben", "haben geantwortet",
          "haben teilgenommen",
          "wer (?:bei (?:unserer|der) (?:leser)?umfrage )?(?:mitmachte|mitmacht|teilnahm|antwortete|"
          "geantwortet hat|mitgemacht hat)", "die antworteten", "die (?:mit)?abstimmten", "die mitmachten",
          "die teilnahmen"),
    known("stance", f"{_THE}ja-?(?:{_SIDE})",
          "(?:sagen|sagt|sagten|antworten|antworteten|stimmen|stimmten) (?:mit )?ja", "(?:mit )?ja", "dafür(?!, )",
          "dafür", "zustimmung(?: (?:zum|zur|für|zu))?", "stimmen zu", "befürworte[nrt]*(?: de[sr])?", "befürwortung",
          "unterstütze[nrt]*", "unterstützung(?: für)?", "rückhalt(?: für)?", "anhänger(?:n)?", "fans?",
          "zuspruch(?: für)?", "begrüß(?:en|t)", "sympathie(?:n)?(?: für)?", "freunde(?: de[rs])?",
          "hinter(?= (?:dem|der|den|das) )", "steh(?:en|t) hinter", "einverstanden", "plädier(?:en|t)(?: für)?",
          "stimm(?:en|t|ten) für", value=1),
    known("stance", f"{_THE}nein-?(?:{_SIDE})",
          "(?:sagen|sagt|sagten|antworten|antworteten|stimmen|stimmten) (?:mit )?nein", "(?:mit )?nein", "dagegen",
          r"gegen(?! \d)", "ablehnung(?: (?:des|der|von))?", "lehnen", "lehnte?", "lehnten", "ablehnend",
          "widerstand(?: (?:gegen|der leser gegen))?", "gegner(?:n)?(?: de[sr])?", "kritiker(?:n)?", "absage(?: an)?",
          "stimm(?:en|t|ten) gegen", value=-1),
    known("stance", "unentschlossen(?:e[nr]?)?", "unentschieden(?:e[nr]?)?(?=$| |[,.;:])", "unsicher(?:e[nr]?)?",
          "wissen (?:es )?(?:noch )?nicht", "weiß (?:es )?nicht", "keine meinung", "ohne meinung",
          "(?:haben|hat) (?:dazu )?keine meinung", "noch unentschlossen", "unschlüssig(?:e)?",
          "legen sich nicht fest", "sind sich (?:nicht sicher|unsicher)", value=0),
    known("stance", r"pro(?= \w)", value=1),
    known("want", "wollen", "will(?!kommen)", "wollten?", "wünsch(?:en|t|ten)(?: sich)?", "möchten?",
          "wähl(?:en|t|ten)", "bevorzug(?:en|t|ten)", "entscheid(?:en|et)(?: sich)?(?: für)?",
          "entschied(?:en)?(?: sich)?(?: für)?", "tendier(?:en|t)(?: zum?r?)?", "neig(?:en|t)(?: zum?r?)?",
          "favorisier(?:en|t)", "würden?", "hätten? (?:gern(?:e)?|lieber)", "sollen?", "sind dafür,? dass",
          "ist dafür,? dass", "votier(?:en|t)(?: für)?", r"stimm(?:en|t|te|ten)(?= .{1,60}\b(?:für|gegen)\b)",
          value=1),
    known("want", "sprechen sich für", "spricht sich für", value=1), known("stance", "(?:sind|ist|waren) für(?! "
          "(?:\\d|ein (?:viertel|drittel|fünftel)|jede[nrs]? \\w+te|zwei drittel|drei viertel|die (?:hälfte|meisten|"
          "mehrheit)|knapp|rund|gut \\d|mehr als))", value=1),
    known("say", "meinen", "meint", "finden(?= dass|, dass)", "glauben"),
    known("for", "für", value=1),
    known("not", "nicht", "keine?[nrsm]?", "ohne(?! komma)", "wenig", "geringes?", "mangelndes?", "fehlendes?",
          "fehlt"),
    ratio_known(r"(?:mit |im verhältnis |von )?(\d+(?:,\d+)?)\s*(?:%|prozent)?\s*(?:zu|gegen|gegenüber|statt|:|–|"
        r"versus|vs\.?)\s*(\d+(?:,\d+)?)\s*(?:%|prozent\b)?(?![\d-])(?! (?:punkte?n?)\b)", "de"),
    ratio_known(r"(\d+(?:,\d+)?)\s*(?:%|prozent)?\s*(?:und)\s*(\d+(?:,\d+)?)\s*(?:%|prozent\b)(?![\d-])", "de"),
    known("majority", "(?:die |eine |der |einer )?(?:knappe[nr]?|hauchdünne|leichte|einfache)? ?mehrheit(?: der|"
          " unserer| aller| von)?", "mehrheitlich", "mehr als die hälfte(?: der| unserer| aller)?",
          "über die hälfte(?: der| unserer| aller)?", "überwiegend", "mehr als jede[rsnm]? zweite[nrms]?", value=0.5),
    known("majority", "(?:die |eine |der |einer )?(?:klare[nr]?|deutliche[nr]?|solide[nr]?|"
          "satte[nr]?) mehrheit(?: der| unserer| von)?", value=0.53),
    known("minority", "(?:nur |lediglich )?(?:die |eine |der )?minderheit(?: der| unserer)?",
          "weniger als die hälfte(?: der| unserer| aller)?", "nicht einmal die hälfte(?: der)?", value=0.5),
    known("no majority", "keine mehrheit(?: für)?",
          "(?:kein(?:e|er|en|es)?) (?:ideen?|antwort|lösung|vorschlag|variante|plan) (?:hat|bekommt|"
          "findet|erreicht|kommt auf)(?: eine)?(?: mehrheit)?", "ohne mehrheit"),
    known("near", r"knapp(?= (?:\d|die|ein|eine|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|jede|zwölf))", "fast",
          "beinahe", "nahezu", "nicht ganz", value="nearly"),
    known("near", "rund", "etwa", "ungefähr", "circa", r"ca\.", r"um die(?= \d)", value="about"),
    known("near", r"gut(?= (?:\d|ein|eine|die|zwei|drei|vier|jede))", "etwas mehr als", "etwas über(?= )",
          "knapp über", value="just over"),
    known("near", "nicht einmal", "nicht mal", r"keine(?= \d)", r"unter(?= (?:einem|der|\d))", "weniger als",
          value="under"),
    known("near", "mehr als", rf"über(?= (?:\d|{_MANY}\b|die hälfte|ein drittel|ein viertel|jede))", value="over"),
    known("only", "nur(?! noch)", "bloß", "lediglich", "gerade einmal", "gerade mal"),
    known("ahead", r"(?:liegt|liegen|lag|lagen|ist|sind|klar|deutlich|steht|stehen|knapp)?\s?vorne?", "führt",
          "führen", "überwieg(?:t|en)", "überwog(?:en)?", "vor(?! (?:und|\"|„))", "liegt vor", "liegen vor", "siegt",
          "siegen", "in der überzahl", "(?:die )?oberhand", "übertrifft", "übertreffen", "schlägt", "schlagen",
          "hat die nase vorn", "haben die nase vorn", "die nase vorn", "(?:sind )?in der mehrzahl", "an der spitze",
          "gewinnt(?=$|[.,;:])", "statt", "gewinnt gegen"),
    known("behind", r"hinter(?= (?:den|einem) (?:gegnern|befürwortern)\b)", "liegt hinter", "liegen hinter",
          "unterliegt", "zurück"),
    known("top",
          r"(?:d(?:as|ie|er) )?(?:klar )?(?:beliebteste|häufigste|meistgenannte|meistgewählte)[nrs]?(?= [^\W\d_])"),
    known("top", "(?:die )?häufigste antwort", "favorit(?:en)?",
          "(?:am|die) (?:beliebteste[nr]?|häufigsten? genannt)", "spitzenreiter", "erste wahl",
          "(?:auf )?(?:platz eins|platz 1)"),
    known("least wanted", "am unbeliebtesten", "schlusslicht", "(?:auf )?(?:dem )?letzten platz",
          "(?:die )?seltenste antwort", "am wenigsten (?:beliebt|gewünscht|gefragt)"),
    known("highest", "am (?:größten|höchsten|stärksten|häufigsten|meisten|weitesten verbreitet)",
          "(?:der |die |den |das )?(?:größte[nr]?|höchste[nr]?|stärkste[nr]?|"
          "meiste[nr]?(?= (?:zustimmung|vertrauen|zuspruch)))",
          "nirgends(?: sonst)?(?= .*(?:so (?:häufig|oft|stark|groß|hoch|viel|verbreitet)) wie)"),
    known("filler", "so (?:häufig|oft|stark|groß|hoch|viel|verbreitet) wie"),
    known("lowest", "am (?:geringsten|niedrigsten|kleinsten|schwächsten|seltensten|wenigsten)",
          "(?:der |die |den |das )?(?:geringste[nr]?|niedrigste[nr]?|kleinste[nr]?|schwächste[nr]?)",
          "so wenig wie nirgends(?: sonst)?", "nirgends(?: sonst)? so wenig"),
    known("more", "mehr", "häufiger", "öfter", "eher", "lieber", "stärker", "höher", "größer", "beliebter", "besser",
          "entschiedener", "verbreiteter", "deutlich (?:häufiger|mehr|stärker|öfter|höher)"),
    known("fewer", "weniger", "seltener", "schlechter", "geringer", "niedriger", "schwächer", "kleiner"),
    known("than", "als"),
    known("times", "doppelt so (?:hoch|viele?|häufig|oft|stark|groß|beliebt)",
          "zweimal so (?:hoch|viele?|häufig|oft|stark|groß)", value=2.0),
    known("times", "dreimal so (?:hoch|viele?|häufig|oft|stark|groß)", value=3.0),
    known("gap", "trennen", "trennt", "(?:liegen|liegt)(?= .{0,60}zwischen)", "abstand", "unterschied", "differenz",
          "lücke", "kluft", "gefälle", "auseinander"),
    known("gap", "(?:klare[rnm]? |deutliche[rnm]? )?vorsprung", value="lead"),
    number_known("points", r"(\d+)[\s-]+(?:prozent)?punkte?n?(?!\w)(?! von)", "de", 0.01),
    KnownWord(re.compile(rf"({_N})[\s-]+(?:prozent)?punkte?n?(?!\w)(?! von)", re.IGNORECASE), "points",
          lambda match: NUMBERS[match[1].lower()] / 100),
    known("tie", "kopf an kopf(?:-rennen)?", "gleichauf", "fotofinish", "die waage", "patt(?: beim?)?",
          "(?:halten|hält) (?:sich|einander) die waage", "uneins", "geteilt",
          "(?:liegen|liegt) (?:dicht|eng|nah(?:e)?) beieinander", "dicht beieinander",
          "kein(?:e|en|er)? klare[rnms]? (?:sieger|mehrheit|vorsprung|favorit(?:en)?|tendenz|meinung|bild)",
          "ohne klare[rnms]? (?:sieger|mehrheit|favoriten|tendenz|meinung)", "zwei gleich große lager",
          "gleich viele", "kein(?:e|en)? (?:sieger|favorit)", "hin- und hergerissen", "schwanken", "nahezu gleich",
          "gleich stark"),
    known("tie", "(?:(?:der |die )?(?:unterschied|abstand|vorsprung|differenz) )?(?:liegt |liegen |ist |bleibt )?"
          "(?:im bereich|im rahmen|innerhalb) des zufalls", "nicht mehr als zufall",
          "unterscheiden sich (?:nicht|kaum) klar", value="chance"),
    known("tie", "(?:spalt(?:et|en)|entzwei(?:t|en))"),
    known("steady", "stabil", "unverändert", "konstant", "kaum (?:verändert|bewegung|veränderung)",
          "ohne klare[nr]? (?:wandel|veränderung|trend)", "kein(?:e|en)? klare[rn]? (?:wandel|veränderung|trend)",
          "(?:ändert|verändert|bewegt) sich (?:kaum|nicht)", "kein(?:e)? (?:klare )?veränderung"),
    known("filler", "bleibt", "bleiben", "blieb"),
    known("differ", "unterscheiden sich", "verschieden(?:e)?", "unterschiedlich(?:e)?", "unterschiede?",
          "gehen auseinander", "anders"),
    known("up", "immer mehr", value="ever"), known("down", "immer weniger", value="ever"),
    known("up", "von (?:monat zu monat|tag zu tag|woche zu woche) (?:sind |ist |werden )?mehr", value="ever"),
    known("down", "von (?:monat zu monat|tag zu tag|woche zu woche) (?:sind |ist |werden )?weniger", value="ever"),
    known("up", "steig(?:t|en)", "stieg(?:en)?", "wächst", "wachsen", "wuchs(?:en)?", "zugelegt",
          r"legt(?= .*\bzu\b)", r"legen(?= .*\bzu\b)", "nimmt zu", r"nimmt(?= .*\bzu\b)", "zugenommen", "klettert",
          "kletterte", "gewinnt (?:an )?(?:anhänger|zustimmung|zuspruch|rückhalt|boden)",
          "gewinnt(?= .*(?:dazu|hinzu))", "erwärmen sich(?: für)?", "aufwärts", "im plus"),
    known("filler", "(?<= )zu(?=$|[.,;:!?])", "hinzu"),
    known("down", "sink(?:t|en)", "sank(?:en)?", "fällt", "fallen", "fiel(?:en)?", "schwind(?:et|en)", "schwand",
          "schrumpf(?:t|en|te)", "bröckel(?:t|n)", "nimmt ab", r"nimmt(?= .*\bab\b)", "abgenommen", "lässt nach",
          "lassen nach", "zurück(?=$|[.,;:!?])", "verliert (?:an )?(?:anhänger|zustimmung|zuspruch|rückhalt|boden)",
          "ebbt ab", "abwärts", r"verliert(?= (?:seit \w+ )?\w+ punkte)"),
    known("average", "durchschnitt(?:lich)?", "im schnitt", "mittelwert", "im mittel", "durchschnittsnote",
          "durchschnittswert"),
    known("bottom of", "(?:liegt |liegen )?(?:knapp |etwas |leicht )?unter(?:halb)? (?:der )?(?:mitte|skalenmitte|"
          "mittelwert der skala)(?: der skala)?", value=-1),
    known("bottom of", "(?:liegt |liegen )?(?:knapp |etwas |leicht )?über(?:halb)? (?:der )?(?:mitte|"
          "skalenmitte)(?: der skala)?", value=1),
    known("bottom of", "(?:mittelmäßig|durchwachsen)(?:e[nrms]?)?", value=0),
    number_known("mean", r"(\d(?:,\d+)?)(?: punkten?)? von (?:\d+|fünf|zehn)(?: punkten?)?", "de", 1.0),
          number_known("mean", r"(\d,\d+)(?: punkten?)?(?![\d%])(?! ?(?:%|prozent))", "de", 1.0),
    number_known("mean", r"(?:die |eine |der )?(?:schul|durchschnitts)?note(?: von)? (\d,\d+)(?![\d%])", "de", 1.0),
    # more ways of being for it, against it, or neither
    known("stance", "befürwortende[nr]?",
          "(?:sind|ist|waren|wären|wäre) (?:klar |eindeutig )?(?:dafür|einverstanden)(?: mit)?",
          "(?:stehen|steht) (?:dem |der )?positiv gegenüber", "(?:haben|hat) nichts (?:dagegen|gegen)",
          "gut(?:heißt|heißen)", "(?:würden?|würde) (?:das )?(?:unterstützen|begrüßen|befürworten|mittragen)",
          "trag(?:en|t) mit", "(?:spr(?:echen|icht|achen)|sprach) sich (?:klar )?für", "(?:ein|eine)? ?plädoyer für",
          "akzeptier(?:en|t)", "zustimm(?:en|t)", "(?:ja|daumen hoch) (?:zu|zum|zur|für)",
          "heiß(?:en|t) (?:gut|willkommen)", "stimm(?:en|t|ten) dafür", "offen für", value=1),
    known("stance", "(?:sind|ist|waren|wären|wäre) (?:klar |eindeutig )?(?:dagegen|gegen)", "weis(?:en|t) zurück",
          "wehr(?:en|t) sich gegen", "(?:haben|hat) (?:etwas|was) (?:dagegen|gegen)",
          "spr(?:echen|icht|achen) sich (?:klar )?(?:gegen|dagegen)", "sprach sich gegen",
          "halt(?:en|ält) nichts von", "hält nichts von", "wollen nichts wissen von", "will nichts wissen von",
          "stimm(?:en|t|ten) dagegen", "nein danke", "(?:nein|daumen runter) (?:zu|zum|zur)", "ablehner(?:n)?",
          "veto gegen", "sträub(?:en|t) sich gegen",
          "(?:erteilen|erteilt) (?:dem |der )?(?:vorhaben |plan |idee )?eine absage",
          r"(?:zeigen|zeigt) (?:dem |der )?\w+ die kalte schulter", "verweigern", "missbillig(?:en|t)",
          "skeptisch(?= gegenüber)", value=-1),
    known("stance", "(?:sind|ist) (?:sich )?(?:noch )?(?:unschlüssig|unentschlossen|unentschieden|unsicher)",
          "noch (?:nicht )?(?:unentschieden|entschieden)(?= |$|[.,])",
          "(?:haben|hat) sich noch nicht (?:entschieden|festgelegt)", "enthalten sich", "enthält sich",
          "(?:können|kann) sich nicht entscheiden", "unschlüssige[nr]?", "ratlos", value=0),
    known("want", "wünsch(?:en|t) (?:sich )?(?:am liebsten )?", "hätten? (?:am liebsten )?(?:gern(?:e)?)?",
          "präferier(?:en|t)", r"zieh(?:en|t)(?= .*\bvor\b)", "sähen? (?:gern(?:e)?|lieber|am liebsten)",
          "wollen (?:am liebsten|lieber)", "sprechen sich (?:am häufigsten )?für",
          "(?:würden?|würde) (?:am liebsten|lieber)?", "wähl(?:en|t|ten) (?:am häufigsten )?", "setz(?:en|t) auf",
          "votier(?:en|t|ten) für", "plädier(?:en|t|ten) für", value=1),
    known("filler", "(?:so )?denk(?:en|t)", "(?:so )?urteil(?:en|t)",
          "(?:so )?stimm(?:t|en|ten)(?= (?:die |unsere )?leser(?:n|innen)? (?:über|ab))", "genießt", "genießen",
          "umgewandelt", "verwandelt", "umgebaut", "werden(?= soll)", "soll(?=te|en|$| (?:werden|zu))",
          "wie es weitergeht", "wie es mit", "weitergeht", "(?:eine|einer|keine|keiner) de[rn]", "ideen?",
          "vorschläge?n?", "varianten", "optionen", "pläne?n?", "möglichkeiten", "einzelne[nr]?", "montag",
          "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "heute(?=$|[.,:])", "diese woche",
          "in dieser woche", "diesen monat", "neue (?:umfrage|leserumfrage)",
          "unsere (?:neue |große )?(?:leser-?)?umfrage", "die ergebnisse", "das ergebnis", "im überblick",
          "auf einen blick", "in kürze", "sind der (?:meinung|ansicht|auffassung)",
          "ist der (?:meinung|ansicht|auffassung)", "vertreten die (?:meinung|ansicht)", "halten", "dazu",
          "weitere[nr]?", "übrige[nr]?", "andere[nr]?", "restliche[nr]?", r"je(?= \d)", "zusammen",
          "zusammengenommen", "somit", "damit", "also", "nämlich", "was (?:unsere )?leser (?:denken|sagen|meinen)",
          "thema", "angeht", "betrifft", "hinsichtlich", "bezüglich", "in bezug auf", "mit blick auf", "geht es um",
          "wenn es um .{3,30} geht", "(?:so )?sieht es", "sehen das so", "debatte", "streit(?: um| über)?",
          "zukunft de[sr]", "votum", "stimmungsbild", "barometer", "aus(?:gesprochen|sprechen)", "stellt sich",
          "darum", "dort", "bei uns", "lautet", "lauten", "entfielen", "votierten?", "der befragung nach",
          "gefragt wurde", "wurde gefragt", "sind es", "es sind", "waren es", "davon", "ab(?=$|[.,:])", "sich"),
    known("filler", "ans", "ins", "aufs", "übers", "ums(?! leben)",
          "(?:selbst|sogar|auch)(?= (?:bei|unter|in|im|auf) )", "(?:ab|zu)(?= als )"),
    known("filler", "landen", "landet", "desto", "umso", "nach(?= der frage| dem)"),
    known("majority", "mehrheiten(?: der| von)?", value=0.5),
    known("ahead", "(?:liegt|liegen|lag|lagen) (?:klar |deutlich |knapp )?(?:vorne?|in führung)", "in führung",
          "(?:hat|haben) die mehrheit hinter sich", "macht das rennen", "machen das rennen", "ist (?:klarer )?sieger",
          "setz(?:t|en) sich (?:klar |deutlich )?durch", "an erster stelle", "ganz oben", "führt die liste an"),
    known("top", "(?:die |der |das )?(?:klare[rn]? )?(?:lieblingsidee|lieblingslösung|favoriti?n?|wunschlösung|"
          "nummer eins)(?: der leser)?", "steht ganz oben(?: auf der wunschliste)?",
          "führt die wunschliste(?: der leser)? an", "am (?:meisten|häufigsten) (?:gewünscht|genannt|gewählt)",
          "liebling der leser"),
    known("tie", "in zwei lager(?: gespalten)?", "zwiegespalten", "(?:sind|ist) (?:sich )?uneinig", "uneinig",
          "geteilter meinung", "gespalten(?: über)?", "unentschiedenes rennen", "geteiltes echo"),
    known("up", "(?:ist |sind )?(?:gestiegen|gewachsen|angestiegen|geklettert|angewachsen)", "steigt an", "stieg an",
          "nehmen zu", "nahm zu", "zunehm(?:en|end)", "legt zu", "legten? zu"),
    known("down", "(?:ist |sind )?(?:gesunken|gefallen|zurückgegangen|geschrumpft|abgesunken)", "geht zurück",
          "gehen zurück", "ging zurück", "nehmen ab", "nahm ab"),
    known("more", "aufgeschlossener", "offener", "zustimmender", "deutlich (?:eher|lieber)"),
    known("filler", r"wie(?= (?:am|im|in|bei|unter|ein|eine|die|der|das|für)\b)"),
    known("dass", "dass", "ob"),
    known("cut", "während", "aber", "jedoch", r"dagegen(?= \d)", "hingegen",
          r"gegenüber(?= \d+ (?:prozent )?(?:im|in|bei|unter))", r"nach(?= \d)", "sondern", r"\|", "/"),
    known("and", "und"),
    known("other group", "frauen", "männern?", "mann", "frau", "jung(?:e[nr]?)?", "jüngere[nr]?", "alte[nr]?",
          "ältere[nr]?", "händler(?:n)?", "rentner(?:n|innen)?", "lehrer(?:n|innen)?", "deutschlehrer",
          "autofahrer(?:n|innen)?", "radfahrer(?:n)?", "kunden", "pendler(?:n)?", "mieter(?:n)?", "arbeiter(?:n)?",
          "studierende[nr]?", "senioren", "teenager", "mädchen", "kinder(?:n)?", "eltern", "mütter(?:n)?",
          "väter(?:n)?", "familien", "schüler(?:n|innen)?", r"unter-\d+-jährige[nr]?", r"über-\d+-jährige[nr]?",
          "boomer", "experten", "politiker(?:n)?", "abonnenten"),
    known("down", "(?:wird|werden|wurden) weniger"), known("up", "(?:wird|werden|wurden) mehr"),
    known("populace", "(?:die |der )?(?:stadt|regierung|kommune)(?!-)", "(?:das |dem )?land", "wähler(?:n|innen)?",
          "bürger(?:n|innen)?", "(?:die |der )?öffentlichkeit", "(?:die |den )?menschen", "leute",
          "österreicher(?:n|innen)?", "schweizer(?:n|innen)?", "europäer(?:n|innen)?", "europa", "deutschland",
          "österreich", "die welt", "alle", "jeder(?= will| sagt)", "niemand", "das rathaus", "rathaus", "das volk",
          "die wähler", "städter", "stadtbewohner(?:n)?", "die bürger"),
)  # fmt: skip

FIRST, LAST = (
    (
        "erst",
        "zuerst",
        "anfangs",
        "zunächst",
        "zuvor",
        "zu beginn",
        "zum auftakt",
        "am anfang",
        "zum start",
        "zu anfang",
    ),
    ("zuletzt", "am ende", "zum schluss", "nun", "zum ende", "in der schlusswoche"),
)
GROUPS = (
    "(?:leser(?:n|innen)? |befragten? |denen |die |der )?(?:im |in |aus |aus dem |der |den |die |"
        "dem )?{label}(?: unter (?:den|unseren) lesern)?",
)  # fmt: skip
UNDER = (
    "(?:leser(?:n|innen)? |die |den |der )?unter {high}(?:[- ]jährigen?)?(?: jahren)?",
    "unter-{high}-jährigen?",
    "(?:die |den |der )?jüngsten?(?: leser(?:n|innen)?| gruppe)?",
    "(?:die |den |der )?jung(?:e|en|er)?(?: leser(?:n|innen)?)?",
    "(?:die |den )?jüngere[nr]?(?: (?:leser(?:n|innen)?|befragten?|teilnehmer(?:n|innen)?|teilnehmenden?|generation))?",
    "(?:die |den |der )?jung(?:e|en|er)(?: (?:befragten?|teilnehmer(?:n|innen)?|teilnehmenden?|generation|leute|"
    "menschen))?",
    "(?:die |den |der )?jüngsten?(?: befragten?| generation)?",
    "(?:befragte[nr]?|teilnehmer(?:n)?|teilnehmende[nr]?) unter {high}(?: jahren)?",
    "u-?{high}",
)
OVER = (
    "(?:leser(?:n|innen)? )?ab {low}(?: jahren)?",
    "(?:die |den |leser(?:n|innen)? )?(?:über|ab)[- ]{low}(?:[- ]jährigen?)?(?: jahren)?",
    "{low} (?:jahre )?(?:und|oder) älter",
    "{low} plus",
    "alt(?=[,.:;!]| |$)",
    "(?:die |den |der )?ältesten?(?: leser(?:n|innen)?| gruppe)?",
    "(?:die |den |der )?ältere[nr]?(?: (?:leser(?:n|innen)?|befragten?|teilnehmer(?:n|innen)?|teilnehmenden?|"
    "generation))?",
    "(?:die |den |der )?ältesten?(?: befragten?| generation)?",
    "(?:{low}-jährige[nr]?|{low}-jährigen) und ältere[nr]?",
    "(?:befragte[nr]?|teilnehmer(?:n)?|teilnehmende[nr]?|diejenigen) (?:ab|über|von) {low}(?: jahren)?(?: an| "
    "aufwärts)?",
    "(?:generation |ü-?){low}(?: ?plus)?",
    "(?:die |den )?(?:ab|über)-{low}-jährigen?",
)
WITHIN = (
    "(?:die |den |der |leser(?:n|innen)? )?(?:von |zwischen )?{low}(?:[-–]|-? bis |"
    "-? und ){high}(?:[- ]jährigen?| jahre alte[nr]?)?(?: jahren?)?(?: leser(?:n|innen)?)?",
)
DECADES = {20: "zwanziger", 30: "dreißiger", 40: "vierziger", 50: "fünfziger", 60: "sechziger", 70: "siebziger"}
OF_A_DECADE = (
    "(?:leser(?:n|innen)? |befragten? |die |den |der )?in (?:ihren|den) {decade}n",
    "(?:die |den |der )?{decade}n?",
)
WOMEN = (
    "frau(?:en)?(?: unter (?:den|unseren) lesern)?",
    "leserin",
    "(?:der |die |den |unsere[rn]? )?leserinnen(?! und)",
    "weibliche[nr]? leser(?:n|innen)?",
)
MEN = ("m(?:ann|änner|ännern)(?: unter (?:den|unseren) lesern)?", "männliche[nr]? leser(?:n)?")
AT_HOME, ABROAD = (
    ("im inland", "daheim", "inländische[nr]?(?: leser(?:n)?)?", "inland"),
    ("im ausland", "ausländische[nr]?(?: leser(?:n)?)?", "ausland"),
)
MIDDLE = (
    "(?:die |der |auf der )?mittlere[nr]? (?:stufe|note|wert|antwort|punkt)",
    "(?:die |der |in der )?mitte(?: der skala)?",
    "neutral",
)
LEAVE = (
    "alles (?:so )?(?:lassen|beim alten)(?: lassen)?",
    "(?:alles )?beim alten(?: lassen)?",
    "nichts (?:ver)?ändern",
    "(?:alles )?(?:so )?lassen,? wie (?:er|es|sie) ist",
    "(?:der |den )?status quo",
    "so lassen",
    "unverändert(?: lassen)?",
    "keine veränderung",
)
ACTS = (
    "setz(?:en|t|ten)",
    "schreib(?:en|t)",
    "verwend(?:en|et)",
    "benutz(?:en|t)",
    "nutz(?:en|t)",
    "mach(?:en|t)",
    "gebrauch(?:en|t)",
    "mit(?= (?:dem |einem )?komma)",
    "greif(?:en|t) zu(?:m|r)?",
)
OMITS = (
    "weg",
    "weglassen",
    "verzicht(?:en|et)(?: auf| darauf)?",
    "verzicht(?: auf)?",
    "ohne",
    "sparen sich",
    "streich(?:en|t)",
    "darauf",
)
FRIENDS, FOES = (
    ("-?(?:freunde[n]?|fans?|anhänger[n]?|befürworter[n]?|nutzer[n]?|setzer[n]?|lager)",),
    ("-?(?:gegner[n]?|verweigerer[n]?|muffel[n]?|skeptiker[n]?)",),
)
SEASONS = (((9, 10, 11), ("herbst",)), ((6, 7, 8), ("sommer",)), ((3, 4, 5), ("frühjahr", "frühling")))
ACTIONS = frozenset({
    "geben", "gibt", "gab", "bekommen", "bekommt", "erhalten", "erhält", "finden", "findet", "fand", "fanden",
    "machen", "macht", "gehen", "geht", "holt", "vergibt", "vergeben",
})  # fmt: skip
"""What readers do, and were not asked about, where it stands behind them."""
FINITE = re.compile(
    r"(?:befürworte[nt]|unterstütz(?:t|en)|lehnt|lehnen|vertraut|misstraut|begrüß(?:t|en)|(?:sagt|"
    r"sagen) (?:ja|nein))$",
    re.IGNORECASE,
)
HALF_A_YEAR_LONG = (
    "(?:in|binnen|innerhalb) (?:nur |von )?(?:eine[sm] )?halben jahre?s?",
    "(?:im|übers|über ein) halbe[sn]? jahr",
)
MONTHS_LONG = ("(?:in|binnen|innerhalb von|seit) (?:nur |den letzten )?{count} monaten?",)
COUNTS = {
    number: rf"(?:{word}|{number})" for number, word in enumerate(
        ("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"), 2
    )
}  # fmt: skip
EVERY_GROUP = (
    "in (?:allen|jeder) (?:alters)?gruppen?",
    "(?:quer )?durch alle (?:alters)?gruppen",
    "in jedem alter",
    "bei jung und alt",
)
WITH_AGE = (
    "mit (?:dem|steigendem|zunehmendem|wachsendem) alter",
    "je älter(?: (?:die |unsere )?(?:leser(?:n|innen)?|befragten?|teilnehmer(?:innen)?|teilnehmenden?|antwortenden?))?"
    "(?: sind| werden)?",
    "von altersgruppe zu altersgruppe",
)
ARTICLE = "(?:d(?:er|ie|as|en|em) |ein(?:en|em|er|e)? )?"
DIMENSIONS = ("alter", "altersgruppen?", "geschlecht", "generationen", "region(?:en)?", "stadtteile?n?", "bezirke?n?")
