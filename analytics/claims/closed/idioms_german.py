"""How German newspapers put it: idioms for views, moves and comparisons, and those of colour that claim nothing."""

from __future__ import annotations

from analytics.claims.closed.marks import KnownWord, known

WORDS: tuple[KnownWord, ...] = (
    known("stance", "(?:sind|ist|waren|wären|wäre|bin) (?:klar |eindeutig |mehrheitlich |überwiegend |eher |"
          "grundsätzlich )?(?:für|dafür|pro|einverstanden|zufrieden)(?: mit)?",
          r"(?:sprechen|spricht|sprachen|sprach)(?: sich)?(?= .*\bfür\b)", r"für(?= .{0,60}\baus\b)",
          "(?:geben|gibt) grünes licht(?: für)?",
          "(?:votieren|votiert|votierten|stimmen|stimmt|stimmten|plädieren|plädiert|plädierten|werben|wirbt) "
          "(?:mehrheitlich |klar )?für", "(?:stehen|steht) (?:klar |mehrheitlich )?hinter",
          "(?:haben|hat) (?:viel )?(?:sympathie|verständnis) für", r"heiß(?:en|t) .{0,30}\bgut\b",
          "(?:finden|findet|fanden|halten|hält) (?:das |es |die idee |den plan |den vorschlag )?(?:gut|richtig|"
          "sinnvoll|für richtig|für gut|für sinnvoll)", "bejah(?:en|t|ten)",
          "zustimmung(?: (?:für|zu|zum|zur|unter|bei))?", "zustimmungs(?:quote|rate|wert(?:e)?)",
          "sag(?:en|t|ten) ja(?: zu[mr]?)?", "unterstützer(?:n|innen)?(?: de[sr])?",
          "befürworter(?:n|innen)?(?: de[sr])?", "verfechter(?:n)?", "fürsprecher(?:n)?",
          "anhänger(?:n|innen)?(?: de[sr])?", "begrüß(?:en|t|ten)", "akzeptier(?:en|t|ten)", "unterstütz(?:en|t|ten)",
          "befürwort(?:en|et|eten)", r"trag(?:en|t) .{0,30}\bmit\b", "daumen (?:hoch|rauf)(?: für)?", "ja bitte",
          "positiv(?:e[nr]?)?", "wohlwollen", "gewogen", "einführen", "rückendeckung(?: für)?",
          "rückhalt(?: für| bei)?", "zuspruch(?: für| bei)?", "pro-?lager", "würden? (?:dem |das |den )?zustimmen",
          "billig(?:en|t|ten)", "pflicht(?: an)?(?= befürw)", value=1),
    known("stance", "(?:sind|ist|waren|wären|wäre) (?:klar |eindeutig |mehrheitlich |überwiegend |eher |"
          "grundsätzlich |strikt )?(?:dagegen|gegen|contra|unzufrieden)(?: mit)?", r"gegen(?= .{0,60}\baus\b)",
          "(?:votieren|votiert|votierten|stimmen|stimmt|stimmten|plädieren|plädiert|"
          "plädierten|wehren sich|wehrt sich|sträuben sich) (?:mehrheitlich |klar )?gegen",
          "(?:halten|hält|hielten) (?:wenig|nichts) (?:von|davon)", "(?:finden|findet|fanden|halten|hält) (?:das |es "
          "|die idee |den plan |den vorschlag )?(?:schlecht|falsch|unsinnig|für falsch|für schlecht|für unsinnig)",
          "vernein(?:en|t|ten)", "wend(?:en|et) sich gegen", "sag(?:en|t|ten) nein(?: zu[mr]?)?",
          "ablehner(?:n|innen)?", "gegner(?:n|innen)?(?: de[sr])?", "kritiker(?:n|innen)?(?: de[sr])?",
          "gegnerschaft", "gegenwind", "widerstand(?: gegen| bei)?", "protest(?:ieren)? gegen", "abgelehnt",
          "verwerf(?:en)?", "verwirft", "verwarfen", "zurückweis(?:en|t)", "daumen (?:runter|nach unten)(?: für)?",
          "contra-?lager", "kontra-?lager", "negativ(?:e[nr]?)?",
          "(?:wollen|will|möchten|möchte|wünschen(?: sich)?) (?:davon )?(?:nichts|keine?n?)", "kein bedarf",
          "(?:brauchen|braucht) (?:es )?nicht", "haben .{0,25}satt", "würden? .{0,30}ablehnen", "skeptiker(?:n)?",
          "bloß nicht", value=-1),
    known("stance", "(?:sind|ist) (?:sich )?(?:noch )?(?:unentschlossen|unentschieden|unschlüssig|unsicher|nicht "
          "sicher|ratlos|uneins mit sich)", "(?:haben|hat) (?:dazu |sich )?(?:noch )?(?:keine (?:klare |feste "
          ")?(?:meinung|position|haltung|antwort)|nicht entschieden)(?: zu[mr]?| dazu)?",
          "(?:wollen|will|können|kann|mochten|möchten) sich (?:noch )?nicht (?:festlegen|entscheiden)",
          "zucken mit den (?:achseln|schultern)", "enthaltung(?:en)?", "wussten(?: es)? nicht", value=0),
    known("want", "(?:würden?|möchten?|wollen|will|wollten?)(?: (?:am liebsten|lieber|gern(?:e)?|künftig|"
          "weiterhin))?(?: (?:das|den|die))?", r"zieh(?:en|t)(?= .*\bvor\b)", "nenn(?:en|t|ten)", "nannten?",
          "setz(?:en|t|ten) auf", "favorisier(?:en|t|ten)",
          "sorg(?:en|t|ten) sich(?: vor allem| am meisten| besonders| hauptsächlich)? um",
          "bereite(?:n|t|ten)(?= .{1,60}sorgen)", "machen sich(?= .{0,30}sorgen)", r"seh(?:en|t)(?= .{1,60}\bals\b)",
          r"sahen(?= .{1,60}\bals\b)", r"halt(?:en|ält)(?= .{1,60}\bfür\b)", "sehn(?:en|t) sich nach",
          "träum(?:en|t) von", r"kreuz(?:en|t|ten)(?= .{1,40}\ban\b)", "(?:haben|hat) sich für", "drück(?:en|t)",
          "beweg(?:en|t)", "plag(?:en|t)", r"treib(?:en|t)(?= .{1,60}\bum\b)",
          "(?:ist|sind)(?= .{0,30}(?:am wichtigsten|das wichtigste))", "priorisier(?:en|t)",
          "geb(?:en|t) .{0,20}den vorzug", value=1),
    known("ahead", "(?:liegt|liegen|lag|lagen|steht|stehen|rangiert|rangieren|landet|landen|kommt|kommen) (?:klar |"
          "deutlich |knapp |weit |noch |mit abstand )?(?:vorne?|in führung|an (?:der spitze|erster stelle)|auf "
          "(?:platz|rang) (?:eins|1)|ganz oben)", "(?:hat|haben|hatte) (?:klar |deutlich |knapp )?die (?:nase vorn|"
          "oberhand|mehrheit)(?= gegenüber| vor|$|[,.:;])", "(?:klar|deutlich|knapp|weit|mit abstand) (?:vorne?|vor)",
          "übertrumpf(?:en|t)", "übertreff(?:en)?", r"sticht(?= .{1,40}\baus\b)", "rang(?:iert|ieren) vor",
          "trägt den sieg davon"),
    known("top", "(?:die |der |das |den )?(?:klare[rnms]? |große[rnms]? |absolute[rnms]? |eindeutige[rnms]? "
          ")?(?:favorit(?:en)?|sieger|spitzenreiter|nummer eins|lieblingsantwort|wunsch nummer eins|erste wahl|"
          "gewinner)(?: (?:der|bei|unter) (?:den )?(?:leser(?:n)?|befragten|teilnehmern))?", "(?:die |das |der "
          ")?(?:häufigste|meistgenannte|meistgewählte|beliebteste|populärste)[nrs]? (?:antwort|wunsch|lösung|idee|"
          "thema|variante|option)", "am (?:häufigsten|meisten|öftesten) (?:genannt|gewählt|gewünscht|angekreuzt)",
          "(?:die "
          "|der |das )?(?:größte|wichtigste|drängendste|dringendste)[nrs]? (?:sorge|anliegen|ärgernis|lager|"
          "gruppe|block)", "(?:steht|stehen|ist|sind) (?:an erster stelle|ganz oben)(?: auf der (?:liste|"
          "sorgenliste|wunschliste|agenda))?",
          "führ(?:en|t) (?:die |unsere )?(?:liste|rangliste|wunschliste|sorgenliste|umfrage)(?: .{0,20})? an"),
    known("least wanted",
          "(?:bildet|bilden|ist|sind|auf) (?:das |dem )?(?:schlusslicht|letzte[mnr]? (?:platz|rang|stelle))",
          "schlusslicht(?:er)?", "am (?:seltensten|wenigsten) (?:genannt|gewählt|gewünscht|beliebt|angekreuzt)",
          "weit abgeschlagen", "am ende der liste"),
    known("more", "(?:deutlich |klar |viel |weit |sehr viel |spürbar |erheblich |merklich |etwas |wesentlich |"
          "häufiger )?(?:häufiger|öfter|eher|stärker|höher|größer|mehr|zufriedener|offener|"
          "aufgeschlossener|strenger|begeisterter|lieber|entschiedener)"),
    known("fewer", "(?:deutlich |klar |viel |weit |sehr viel |spürbar |erheblich |merklich |etwas |wesentlich "
          ")?(?:seltener|weniger|schwächer|niedriger|geringer|kleiner|unzufriedener)(?= |$|[,.:;])"),
    known("times",
          "(?:doppelt|zweimal) so (?:viele?|hoch|häufig|oft|stark|groß|beliebt|wahrscheinlich|zufrieden|gern)",
          "(?:im verhältnis )?zwei zu eins", value=2.0),
    known("times", "(?:dreimal|dreifach) so (?:viele?|hoch|häufig|oft|stark|groß|beliebt|wahrscheinlich)",
          "drei zu eins", value=3.0),
    known("times", "viermal so (?:viele?|hoch|häufig|oft|stark|groß|beliebt)", value=4.0),
    known("gap", "(?:tiefe[rnm]? |große[rnm]? |klare[rnm]? |deutliche[rnm]? )?(?:kluft|graben|unterschied(?:e)?|"
          "abstand|gefälle|riss|lücke)(?: zwischen| von)?",
          "(?:generationen|geschlechter|alters|stadt-land)-?(?:kluft|graben|unterschied|konflikt|gefälle|frage)",
          "(?:trennen|trennt|scheiden)"),
    known("differ", "(?:gehen|geht) (?:die meinungen )?(?:weit )?auseinander", "scheiden sich die geister",
          "(?:eine )?frage des (?:alters|geschlechts|wohnorts)",
          "(?:ticken|urteilen|denken|sehen das) (?:unterschiedlich|anders|verschieden)",
          "unterscheiden sich(?: deutlich| klar)?"),
    known("tie", "(?:tief |fast genau |nahezu |beinahe )?(?:gespalten|geteilt|zerstritten|uneins|zweigeteilt|"
          "zerrissen)(?: in der frage)?", "(?:halb und halb|fifty-fifty|50 zu 50)", "fast gleich (?:viele|stark|auf)",
          "(?:etwa |fast |ungefähr |beinahe |nahezu )?(?:gleich|ebenso) (?:viele?|häufig|oft|stark|groß)(?: wie)?",
          "kein(?:e|en)? klare[snr]? (?:votum|urteil|bild|ergebnis|meinungsbild)", "kopf-an-kopf(?:-rennen)?"),
    known("up", "(?:ist |sind |hat |haben )?(?:gestiegen|gewachsen|geklettert|zugenommen|zugelegt|angewachsen|"
          "angestiegen|aufgeholt)",
          "(?:steig|wachs|kletter|nehm)(?:en|t|te|ten) (?:weiter )?(?:zu|an|deutlich|leicht|stetig|stark)?",
          r"nimmt(?= .{0,40}\bzu\b)", "gewinnt(?: an)? (?:zustimmung|zuspruch|rückhalt|boden|anhänger|freunde|land)",
          "(?:der )?(?:anstieg|zuwachs)(?: von| um| der| des)?", r"holt(?= .{0,40}\bauf\b)", "plus von",
          "verbesser(?:t|te|n) sich", "schnellt(?= .{0,40}hoch)", "zieht an", "zunehmend(?:e[nr]?)?"),
    known("down", "(?:ist |sind |hat |haben )?(?:gesunken|gefallen|geschrumpft|abgenommen|zurückgegangen|"
          "geschwunden|abgesackt|gebröckelt|verloren)", "(?:sink|schrumpf|schwind|bröckel|fall|sack|brösel)(?:en|t|"
          "te|ten|n)(?: weiter| deutlich| leicht| stetig| stark| ab)?", r"nimmt(?= .{0,40}\bab\b)",
          "geht(?= .{0,40}zurück)", "verliert(?: an)? (?:zustimmung|zuspruch|rückhalt|boden|anhänger|freunde|land)",
          "(?:der )?(?:rückgang|schwund|verlust)(?: von| um| der| des)?", "minus von", "rutscht(?: ab)?",
          "verschlechter(?:t|te|n) sich", "abnehmend(?:e[nr]?)?", "gibt nach", "dahin(?=$|[,.:;])", "kühlt sich ab"),
    known("up", "verdoppel(?:t|te|n|ten)(?: sich)?", "hat sich(?= .{0,30}verdoppelt)", value=2.0),
    known("up", "verdreifach(?:t|te|en|ten)(?: sich)?", value=3.0),
    known("down", "halbier(?:t|te|en|ten)(?: sich)?", value=0.5),
    known("up", "(?:immer|stetig|zunehmend|monat für monat|von monat zu monat) (?:mehr|größer|höher|häufiger)",
          value="ever"), known("down",
          "(?:immer|stetig|zunehmend|monat für monat|von monat zu monat) (?:weniger|kleiner|geringer|seltener)",
          value="ever"),
    known("steady", "(?:bleibt|bleiben|blieb|blieben) (?:weitgehend |nahezu |fast |ziemlich )?(?:stabil|gleich|"
          "konstant|unverändert|beständig)", "(?:hat|haben) sich (?:kaum|nicht|wenig) (?:verändert|bewegt|geändert)",
          "(?:weitgehend|nahezu|fast|beinahe) (?:unverändert|gleich|stabil|konstant)",
          "(?:kaum|wenig|keine) (?:bewegung|veränderung|verschiebung)", "tritt auf der stelle",
          "seit .{3,15} unverändert"),
    known("majority", "(?:eine |die )?mehrheit(?:lich)?(?: (?:der|von|aller|unserer|unter))?", value=0.5),
    known("near", "(?:nicht ganz|fast|knapp|beinahe|nahezu|annähernd|an die|kurz vor|etwas weniger als|etwas unter)",
          value="nearly"), known("near", "(?:etwas|leicht|knapp|ein wenig|minimal) (?:mehr als|über)",
          r"gut(?= (?:\d|ein|eine|die|zwei|drei|vier|fünf|sechs|jede))", value="just over"),
    known("near", "(?:deutlich|klar|weit) (?:mehr als|über)", value="over"),
    known("near", "(?:deutlich|klar|weit) (?:weniger als|unter)", value="under"),
    known("near", r"(?:rund|etwa|ungefähr|um die|circa|ca\.|grob|in etwa|zirka)", value="about"),
    known("only", "(?:nur|lediglich|bloß|gerade mal|gerade einmal|nur noch|nicht mehr als|ganze)(?= (?:\\d|jede|"
          "ein|eine|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|rund|etwa|knapp|gut))"),
    known("who", "(?:die |der |den |aller |unsere[rn]? |von |unter (?:den|unseren) )?(?:umfrage-?|"
          "befragungs-?)?(?:leser(?:n|innen|schaft)?|leserinnen und leser(?:n)?|befragte[nr]?|teilnehmer(?:n|innen)?|"
          "teilnehmende[nr]?|antwortende[nr]?|mitmachende[nr]?)",
          "wer (?:antwortete|mitmachte|teilnahm|abstimmte|geantwortet hat|mitgemacht hat)",
          "(?:die|der) (?:uns )?(?:antworteten|geantwortet haben|mitgemacht haben|teilgenommen haben)"),
    known("answered", "(?:die|der|das) (?:uns |mit |bei (?:der|unserer) umfrage |an (?:der|unserer) umfrage "
          ")?(?:antwortete[n]?|mitmachte[n]?|teilnahm(?:en)?|abstimmte[n]?|geantwortet ha(?:ben|t)|mitgemacht "
          "ha(?:ben|t)|teilgenommen ha(?:ben|t)|abgestimmt ha(?:ben|t))", "in (?:unserer|der|dieser|einer) (?:nicht "
          "repräsentativen )?(?:leser-?|online-?)?(?:umfrage|befragung|abstimmung)",
          "bei (?:unserer|der|dieser|einer) (?:leser-?|online-?)?(?:umfrage|befragung|abstimmung)"),
    known("say", "(?:sagen|sagt|sagten|finden|findet|meinen|meint|glauben|denken|denkt|urteilen|urteilt|erklären|"
          "erklärt|geben an|gibt an|antworten|antwortet)(?: dass)?"),
    known("filler", "klar(?:e[rnms]?)?", "deutlich(?:e[rnms]?)?", "eindeutig(?:e[rnms]?)?",
          "mehrheitlich(?= gegen| für)", "vor allem", "allen voran", "in erster linie", "hauptsächlich",
          "insbesondere", "besonders", "ganz", "sehr wohl", "durchaus", "wohl", "allerdings", "jedenfalls",
          "indessen", "angebot(?:e)?", "möglichkeit(?:en)?", "sache", "sachen", "lage", "bild", "stimmung",
          "stimmungslage", "meinungslage", "sicht", "augen", "ansicht", "einschätzung", "blick", "wunsch", "wünsche",
          "stimme", "zahlen", "überblick", "analyse",
          "(?:unsere|die|eine|neue|aktuelle|große|exklusive|laut|der|unserer)(?: (?:neue|neuen|große|großen|aktuelle|"
          "aktuellen|exklusive))* (?:leser-?|online-?)?(?:umfrage|befragung|abstimmung|erhebung)(?: (?:zeigt|"
          "ergibt|ergab|belegt))?",
          "(?:wie|das) (?:zeigt|ergab|ergibt)(?: (?:die|unsere|eine) (?:leser-?)?(?:umfrage|befragung))?",
          "laut (?:umfrage|befragung|unserer umfrage|leserumfrage)", "einer (?:leser-?)?umfrage zufolge",
          "nach (?:ansicht|meinung|auffassung|einschätzung|dem willen)(?: von| der)?", "aus sicht(?: von| der)?",
          "wenn es nach", "geht(?=,|$)", "lassen", "laufen", "wissen", "bezeichnen sich als", "bezeichnet sich als",
          "nennen sich", "zählen sich zu", "geben sich", "zeigen sich", "zeigt sich", "erklären sich", "fühlen sich",
          "seien", "wäre", "wären", "künftig", "in zukunft", "grundsätzlich", "prinzipiell", "generell", "halbjahr",
          "(?:in|binnen|innerhalb|seit) (?:einem|eines) (?:halben|halbes) jahr(?:es)?", "monat(?:en|e|s)?",
          "jahr(?:en|es)?", "woche(?:n)?", "tag(?:en|e)?", "frühjahr", "sommer", "herbst", "winter", "heute",
          "morgen", "gar", "hierzulande(?= unter)", "vor ort", "zugleich", "gleichzeitig", "allein", "einzig",
          "nur(?= als)", "gruppe(?:n)?", "altersgruppe(?:n)?", "bereich", "fall", "rest", "jeder", "sowohl",
          "als auch", "zum einen", "zum anderen", "einerseits", "andererseits", "drüber", "hierbei", "hierzu", "los",
          "frei", "her", "hin", "weg", "um(?=$|[,.:;])", "an(?=$|[,.:;])", "auf(?=$|[,.:;])", "rangiert", "rangieren",
          "folgt", "folgen", "stellt", "stellen", "bilden", "bildet", "kreuzten?", "quote", "prozentsatz", "zahl",
          "anzahl", "zusammengerechnet", "summiert", "addiert", "alles in allem", "in summe"),
    known("every group",
          "in (?:allen|jeder|sämtlichen) (?:alters-?)?(?:gruppen?|klassen?|generationen|regionen|stadtteilen|bezirken)",
          "(?:quer )?durch alle (?:alters-?)?(?:gruppen|schichten|generationen|regionen)", "(?:bei )?jung und alt",
          "unabhängig vo[nm] (?:alter|geschlecht|wohnort|der region)",
          "egal (?:wie alt|ob mann oder frau|wo sie wohnen)"),
    known("with age", "mit (?:dem |zunehmendem |steigendem |wachsendem |höherem )?alter", "je älter(?: (?:die |"
          "unsere |der )?(?:leser(?:n|innen)?|befragten?|befragte|teilnehmer(?:innen)?|teilnehmenden?|"
          "antwortenden?))?(?: sind| werden)?,?"),
    known("filler", "(?:so )?(?:haben|hat)(?= .{0,30}(?:geantwortet|abgestimmt|entschieden))", "geantwortet",
          "gestimmt", "gedreht", "beurteil(?:en|t)", "bewert(?:en|et)", "als(?= (?:sehr )?(?:gut|schlecht))",
          "was .{0,30}halten soll(?:en)?", "von(?= .{3,30}halten)"),
    known("filler", "geht es nach", "wie sie es sehen", "zeugnis"),
    known("no majority", "keine (?:der beiden |von beiden )?(?:seiten?|lager)(?: (?:hat|kommt auf|erreicht))?(?: "
          "eine| die)?(?: absolute| klare)?(?: mehrheit)?",
          "(?:verfehlt|verpasst|verfehlen) (?:knapp )?(?:eine|die) (?:absolute )?mehrheit"),
    known("no majority",
          "weder befürworter noch gegner (?:haben|hat|kommen auf|erreichen)(?: .{0,30})? (?:die|eine) mehrheit",
          "weder ja noch nein (?:haben|hat|kommt auf)(?: .{0,30})? (?:die|eine) mehrheit"),
    known("stance", "(?:fällt|fallen|fiel|fielen) (?:klar |glatt |deutlich )?durch(?: bei(?= ))?",
          "für (?:unnötig|überflüssig|falsch|unsinnig|sinnlos|entbehrlich|einen fehler)", value=-1),
    known("stance", "für (?:nötig|notwendig|richtig|sinnvoll|überfällig|geboten|eine gute idee)", "ruf nach",
          "wunsch nach", value=1), known("filler", r"(?:hält|halten|hielten)(?= .{3,60}\bfür\b)"),
    known("up", "(?:wird|werden|wurde) lauter"), known("down", "(?:wird|werden|wurde) leiser"),
    known("tie", "kein(?:e|en)? (?:klare[rn]? |nennenswerte[rn]? |große[rn]? |deutliche[rn]? "
          ")?(?:unterschied(?:e)?|kluft|graben)(?: zwischen| bei)?", value="chance"),
    known("down", "stürz(?:en|t|te|ten)(?: ab| ein)?", r"bricht(?= .{0,40}\bein\b)", r"brach(?= .{0,40}\bein\b)",
          "(?:der )?(?:absturz|einbruch)(?: von)?", value="sharp"),
    known("up", "schnell(?:en|t|te|ten)(?: .{0,20}hoch)?", "spring(?:en|t)", "sprang(?:en)?",
          "schieß(?:en|t)(?: .{0,20}hoch)?", "explodier(?:en|t|te)", value="sharp"),
    known("lowest",
          "am (?:wenigsten|geringsten|seltensten|schwächsten|skeptischsten)(?: (?:für|begeistert von|überzeugt von))?"),
        known("highest",
          "am (?:stärksten|deutlichsten|häufigsten|entschiedensten|klarsten)(?: (?:für|gegen))?(?=$| bei| unter| in)"),
    known("want",
          "(?:in|für) (?!d(?:en|ie|as|em|er) )[a-zäöü].{3,40} (?:stecken|investieren|ausgeben|fließen lassen)"),
    known("filler", "stecken", "investieren", "ausgeben", "investiert", "gesteckt", "fließen"),
    known("filler", "frust", "ärger", "zoff", "krach(?=:|!)", "zank", "aufreger"),
    # Mengen, wie Redaktionen sie schreiben
    known("near", "(?:ein |das )?knappe[sr]?(?= (?:drittel|viertel|fünftel|zehntel|hälfte))", "schier", "so gut wie",
          "um ein haar", "gerade so nicht", value="nearly"),
    known("near", "(?:ein |eine )?gute[rs]?(?= (?:drittel|viertel|fünftel|zehntel|hälfte))", "reichlich",
          "ein bisschen mehr als", value="just over"),
    known("near", "nicht weniger als", r"wenigstens(?= \d)", value="over"),
    known("near", "schätzungsweise", r"gegen(?= \d+ prozent)", r"an die(?= \d)", value="about"),
    known("only", "nur noch", "gerade noch", "bloß noch"),
    known("for", "fürs", value=1),
    known("tie", "(?:nahezu|fast|beinahe|praktisch|annähernd|so gut wie|in etwa) gleichauf", "im gleichklang",
          "auf augenhöhe", r"weder .{1,40} noch .{1,60} (?:liegen|liegt) .{0,60}\bvorne?", "remis", "gleichstand",
          "pattsituation", "(?:antworten|urteilen|denken|stimmen) (?:fast |nahezu |praktisch )?gleich",
          "auf messers schneide"),
    known("no majority",
          r"(?:keine|ohne) (?:absolute |klare |eigene )?mehrheit(?: fürs?| für d\w+| für einen| für eine)?"),
    known("tie",
          "kein(?:e|en)? (?:nachweisbare[rn]?|messbare[rn]?|erkennbare[rn]?|statistische[rn]?|signifikante[rn]?|"
          "belastbare[rn]?|sichtbare[rn]?|wirkliche[rn]?|echte[rn]?) (?:unterschied(?:e)?|kluft|graben|abstand)"
          "(?: zwischen| bei| unter)?", "trennt die geschlechter nicht", "trennt (?:jung und alt|ost und west) nicht",
          value="chance"),
    known("stance", "wissen .{0,40}keine antwort", "ohne antwort", "ohne urteil", "haben? kein urteil", "kein urteil",
          "ohne festlegung", "legt sich nicht fest", "trauen sich kein urteil zu",
          "haben? (?:sich )?(?:noch )?keine meinung", "enthielten sich", "enthaltungen?", value=0),
    known("down", "bergab", "auf dem rückzug", "im sinkflug", "rückläufig", "dahin", "(?:die )?front bröckelt",
          "schmilzt(?: dahin)?", "schmelzen", "schmolz(?:en)?", "erodiert", "verlier(?:t|en)(?= an)",
          r"lässt(?= .{0,30}\bnach\b)", r"geht(?= .{0,30}\bzurück\b)", r"gehen(?= .{0,30}\bzurück\b)", "abnimmt"),
    known("up", "bergauf", "auf dem vormarsch", "im aufwind", "im höhenflug", "nimmt fahrt auf", "gewinnt an fahrt",
          "erstarkt", "kletter(?:t|n|te|ten)(?: auf)?", "schwillt an", "legen zu"),
    known("top", "obenan", "ganz vorne?", "auf dem ersten platz", "thema nummer eins", "aufgabe nummer eins",
          "am drängendsten"),
    known("behind", r"landet .{0,40}\bhinter", r"landen .{0,40}\bhinter", "rangiert hinter", "folgt auf"),
    # was nur um eine Aussage herum steht
    known("filler", "machtwort", "fingerzeig", "signal", "botschaft", "ratschlag", "rat(?= der leser)", "auftrag",
          "wunschzettel", "wunschliste", "zwischenstand", "endstand", "bilanz", "die zahlen", "leserbriefe",
          "leserforum", "leserurteil", "leservotum", "lesermeinung(?:en)?", "leserstimmen", "leserecho",
          "straßenumfrage", "meinungsbild", "geschlechter(?= einig)?", "generationen", "überholspur",
          "auf der überholspur", "runter vom gas", "fuß vom gas", "streitfall", "streitthema", "dauerbrenner",
          "reizthema", "dauerstreit", r"stellen(?= (?:nur |noch )*(?:\d|knapp|gut|rund|fast|ein|jede))",
          r"stellten?(?= \d)", r"machen(?= (?:nur |noch )*\d)", "kommen auf", "kommt auf", "kam(?:en)? auf",
          "bring(?:t|en) es auf", "vereint(?:en)? (?:auf sich)?", "entfallen auf", "entfällt auf", "erziel(?:t|en)",
          "verbuch(?:t|en)", "zähl(?:t|en)", "gaben an", "kreuz(?:en|ten|t)(?: an)?", "äußer(?:n|ten|t)(?: sich)?",
          "geben zu protokoll", "heißt es", "so sehen es", "haben gesprochen", "haben das wort",
          "so haben sie abgestimmt", "abgestimmt", "glatt", "rundweg", "schlichtweg", "strikt", "indes",
          "unterdessen", "freilich", "übrigens", "wiederum", "ebenfalls", "ebenso", "gleichfalls", "derzeit",
          "momentan", "aktuell", "zurzeit", "bislang", "jetzt", "nun", "kurzum", "kurz gesagt", "unterm strich",
          "im moment", "fürs erste", "bis jetzt", "stand jetzt", r"je(?= (?:rund|etwa|knapp|gut|\d))", "überhaupt",
          "halt", "eben", "schlicht", "schon", "gern", "gerne"),
)  # fmt: skip
