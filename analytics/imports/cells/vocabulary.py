"""The words by which columns show what they hold, in the languages of the tools' users."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analytics.imports.cells.fields import PLAIN
from analytics.language.said import noted

Purposes = Mapping[str, "re.Pattern[str]"]


def _purposes(**words: str) -> Purposes:
    """Returns what each purpose's columns are called, as patterns."""
    return {name.rstrip("_"): re.compile(pattern, re.IGNORECASE) for name, pattern in words.items()}


def purpose_of(text: str, known: Purposes) -> str | None:
    """Returns the first purpose whose words stand in the text.

    Example:
        >>> purpose_of("What is your age?", DEMOGRAPHICS), purpose_of("Ваш пол", DEMOGRAPHICS)
        ('age', 'gender')
        >>> purpose_of("Which stage is it?", DEMOGRAPHICS) is None
        True
    """
    words = re.sub(r"[_\-.]+", " ", text)
    return next((name for name, pattern in known.items() if pattern.search(words)), None)


DEMOGRAPHICS = _purposes(
    gender=r"\bgender\b|\bsex\b|\bgeschlecht\b|\bпол\b|\bsexe\b|\bvotre genre\b|\bsexo\b|\bg[éê]nero\b|\bsesso\b|"
    r"^genere$|\bgeslacht\b|\bpłeć\b|\bстать\b|\bkön\b|\bkøn\b|\bpohlaví\b",
    age=r"\bage\b|how old|\balter(sgruppe)?\b|\bwie alt\b|возраст|сколько (вам )?(полных )?лет|"
    r"\bage gr\w*|\bâge\b|quel âge|\bedad\b|cuántos años tiene|\betà\b|quanti anni ha|\bidade\b|quantos anos tem|"
    r"faixa etária|\bleeftijd\w*|hoe oud|\bwiek\b|grup\w+ wiekow|ile ma (pan|lat)|\bвік\b|\bålder\b|\bvěk\b",
    born=r"\bbirth ?(yr|year)\b|\byear (of birth|you were born)\b|\byob\b|\b(year|when) were you born\b|geburtsjahr|"
    r"année de naissance|año de nacimiento|anno di nascita|ano de nascimento|geboortejaar|rok urodzenia|год рождения|рік народження",
    education=r"educat|\beduc?\b|schooling|highest (degree|level)|\bbildung|schulabschluss|образован|niveau d.(études|instruction)|"
    r"diplôme|nivel (de )?(estudios|educa\w+|formación)|escolaridad|^(estudios|educación)$|titolo di studio|"
    r"livello di istruzione|^istruzione$|nível de (ensino|instrução)|habilitações|\bopleiding\w*|wykształceni|освіта",
    income=r"\bincome\b|\bsalary\b|total combined money|(household|family) earn|einkommen|доход|материальн\w+ положен|"
    r"\brevenus?\b|\bingresos\b|\breddito\b|\brendimentos?\b|\brenda (familiar|mensal)|^renda$|\binkomen\b|\bdoch[oó]d",
    employment=r"employment|\boccupation\b|\boccup\b|\bberuf|erwerbs|занятост|род занятий|"
    r"situation professionnelle|^(votre )?profession$|\bocupaci[óo]n\b|situación laboral|^profesión$|condizione "
    r"(professionale|lavorativa)|^(occupazione|professione)$|\bocupação\b|^profissão$|situação (laboral|profissional)|"
    r"\bberoep\b|werksituatie|\bzawód\b|sytuacja zawodowa|zatrudnieni",
    ethnicity=r"\brace\b|\brac?ethn?\b|ethnicity|\bhispanic\b",
    marital=r"marital|familienstand|семейное положение|situation (familiale|matrimoniale)|"
    r"état civil|estado civil|stato civile|burgerlijke staat|stan cywilny",
    children=r"^(n ?)?(kids|kinder|enfants|hijos|figli|filhos|kinderen|dzieci|дети|children)$|"
    r"\b(kids|children)\b.*\b(household|(at|your) home|live with you|living with you)\b|\bdo you have (any )?(kids|children)\b|"
    r"\b(household|number of|any) (kids|children)\b|\b(kids|children)( under \d+)? in (the )?(hh|household|home)\b|"
    r"kinder (unter \d+ )?(im|in ihrem) haushalt|haben sie kinder|enfants? (dans|au sein d).*(foyer|ménage)|enfants à charge|"
    r"avez vous des enfants|hijos.*(hogar|casa)|tiene hijos|figli.*(casa|famiglia|conviventi)|ha figli|filhos.*(casa|agregado)|"
    r"tem filhos|kinderen.*(huishouden|thuis)|heeft u kinderen|dzieci w gospodarstwie|есть ли у вас дети|детей в семье",
    household=r"\b(household|hh) ?size\b|haushaltsgr(ö|oe)(ß|ss)e|personen im haushalt|taille du (foyer|ménage)|"
    r"tamaño del hogar|\bcomponenti (il )?nucleo|huishoudgrootte|wielkość gospodarstwa",
    orientation=r"^(profile )?orientation$|sexual(ity| orientation| identity)|sexuelle orientierung|orientation sexuelle|"
    r"orientación sexual|orientamento sessuale|orientação sexual|seksuele (geaardheid|oriëntatie)|orientacja seksualna",
    class_=r"\bsocial ?(grade|class)(\b| ?cie)|\bsocialgrade|\bsoc ?grade\b|\bseg\b|\bsozialschicht|classe sociale?|clase social|"
    r"estatus socioecon|nivel socioecon|\bnse\b|\bcsp\b|catégorie socio|classe social",
    religion=r"\breligion\b|\breligious affiliation\b|\bkonfession\b|вероисповедан|^religi(ón|one|ão|e|a)$|"
    r"godsdienst|wyznanie",
    community=r"\burban\b|\brural\b|where you live\b|type of (community|area)|wohnort(gr|typ)|"
    r"город/село|тип населенного",
    region=r"^(profile )?(gor|nuts ?[123]?|government office region)$|where do you live|\bwo (wohnen|leben) sie|где вы (жив|прожив)|"
    r"\bregion\b|census (region|division)|federal district|\bdistrict\b|\bprovince\b|\bcounty\b|\bbundesland\b|"
    r"\bregion\w{0,2}\b|\bрегион|федеральн\w+ округ|\bокруг|\bобласт|"
    r"\brégion\b|où (habitez|vivez)|^(arrondissement|quartier|canton)$|\bregión\b|comunidad autónoma|\bprovincia\b|"
    r"dónde vive|^(distrito|barrio|comuna)$|dove (vive|abita)|\bregião\b|onde (vive|mora)|^(bairro|concelho)$|"
    r"\bprovincie\b|waar woont|^(wijk|gemeente)$|województw|gdzie (pan|mieszka)|^(dzielnica|powiat)$|"
    r"^(stadt)?bezirk$|^(stadtteil|ortsteil|kanton)$",
    state=r"^([\w ]{0,12} )?state$|\b(what|which) state\b",
    city=r"^(city|town|village|ville|commune|localité|(wohn)?ort|gemeinde|ciudad|municipio|localidad|città|comune|cidade|"
    r"município|localidade|(woon)?plaats|miasto|gmina|miejscowość|город|населённый пункт)$",
    area=r"^(area|ward|neighbou?rhood|borough|suburb|parish|constituency|stadtviertel|zona|quartiere|freguesia|buurt|"
    r"район)$",
    country=r"\bcountry\b|\bland\b|\bстрана\b|^pays$|pays de résidence|\bpaís\b|^paese$|^kraj$",
)


ABOUT_YOU = re.compile(
    r"\byour?\b|\byou live\b|\bhousehold\b|\bihr(e|er|em)?\b|\bsie\b|\bвы\b|\bвас\b|\bвам\b|\bваш|"
    r"\bvotre\b|\bvos\b|\bvous\b|\busted\b|\bsus?\b|\btiene\b|\bvive\b|\btuo?\b|\bsu[oa]\b|\blei\b|\bha\b|\bseus?\b|"
    r"\bvocê\b|\btem\b|\buw?\b|\bje\b|\bpan[ai]?\b|\bpaństwa\b|\btwo\w+",
    re.IGNORECASE,
)


PERSONAL = _purposes(
    **{
        noted("an e-mail address"): r"e ?mail|почт\w* адрес|электронн\w+ почт|\bcourriel\b|adresse électronique|"
        r"correo electr|^correo$|posta elettronica",
        noted(
            "a name"
        ): r"\b(first|last|full|sur|family|user|recipient\w*|given) ?name\b|^name$|recipient(last|first)name|"
        r"^(prénom|nom|nombre|nome|naam|imię|cognome|apellidos?|apelido|sobrenome|nazwisko)$|\bnom (complet|de famille)|"
        r"\bnombre (completo|y apellido)|\bnome (completo|e cognome)|\bachternaam\b|\bvoornaam\b|imię i nazwisko|"
        r"^(your )?name\b|\bvorname\b|\bnachname\b|^ваше? имя|^имя$|фамилия",
        noted(
            "an IP address"
        ): r"\bip ?addr|\bip adress|^ip$|ipaddress|\bip адрес|(adresse|dirección|indirizzo|endereço|adres) ip\b",
        noted("a telephone number"): r"\bphone\b|telephone|\btelefon|\bmobile number\b|телефон|\btéléphone|\bteléfono|"
        r"\bcellulare\b|\btelemóvel\b",
        noted(
            "a postal address"
        ): r"street address|\bpostal address\b|\bzip ?code\b|^zip5?$|\bpost ?code\b|\bpostleitzahl\b|^plz$|"
        r"почтовый индекс|\bcode postal\b|código postal|codice postale|kod pocztowy",
        noted("a place on the map"): r"\b(latitude|longitude)\b|\b(location|gps|geo\w*) accuracy\b|"
        r"location(latitude|longitude|accuracy)|breitengrad",
        noted("a date of birth"): r"date of birth|\bbirth ?date\b|geburtsdatum|дата рождения|"
        r"date de naissance|fecha de nacimiento|data di nascita|data de nascimento|geboortedatum|data urodzenia",
    }
)


EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")


IP_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7}", re.IGNORECASE)


PHONE = re.compile(
    r"(\+|00)[0-9][0-9 ()/\-]{6,18}[0-9]|0[0-9]{2,5}[ /\-][0-9 \-]{4,12}[0-9]|\(?[0-9]{3}\)?[ \-][0-9]{3}[ \-][0-9]{4}"
)


RESPONSE_ID = re.compile(
    r"^(#|id|no|nr|row ?id|token|case ?id|record ?id|resp ?(id|nr)|interview ?(id|nr)|lfdn|"
    r"(respondent|response|answer|submission|participant|antwort|teilnehmer)"
    r"(s| ?id|s id)?|folio|(ref(erence)?|slip|form|paper|ballot|ticket|bogen|zettel|hoja|fiche|scheda)( ?(id|nr|no|number))?|n[°º]|numéro|número|numero|nummer|numer|lp|laufende nr|bogen ?(nr)?|fragebogen ?(nr)?|"
    r"(panel|user|member|person|unique|serial|response|interview)[ _]?(id|no|nr|key|number)|identity|serial|uuid|guid|"
    r"id[ _]?(resp|risp|rispondente|encuestado|intervista|entrevista|respondente)|"
    r"identifiant|identificador|identificativo|№|номер( анкеты)?|id респондента|идентификатор респондента)\.?$",
    re.IGNORECASE,
)


STATUS = re.compile(
    r"^((response|survey|interview|case|record|submission|antwort) ?)?(status|state|estado|statut|stato|статус)$",
    re.IGNORECASE,
)
"""Names of a column that may tell how far a response came, or what somebody is."""

STATES = re.compile(
    r"\d{1,3}|(in)?complet\w*|complét\w*|partial\w*|partiel\w*|parcial\w*|parziale|finished|unfinished|done|started|"
    r"in progress|progress|submitted|approved|pending|rejected|draft|open(ed)?|closed|active|qualified|disqualified|"
    r"terminated|over ?quota|screened? ?out|abandoned|deleted|imported|valid(ated)?|invalid|verified|new|read|unread|"
    r"ip address|survey (preview|test)|spam|test|preview|live|"
    r"(nicht |un)?vollständig|(nicht )?abgeschlossen|(nicht )?beendet|unterbrochen|begonnen|gültig|ungültig|freigegeben|"
    r"terminée?|en cours|soumis\w*|validée?|terminad[oa]|finalizad[oa]|enviad[oa]|en curso|concluíd[oa]|inviat[oa]|"
    r"voltooid|afgerond|ingediend|zakończon\w+|ukończon\w+|завершен\w*|заверш\w+|частичн\w*|отправлен\w*",
    re.IGNORECASE,
)
"""Words for how far a response came."""

WEIGHT = re.compile(
    r"\b\w{0,6}weights?\w{0,5}\b|\b\w{0,6}(wgt|wght)\w{0,3}\b|\b(f|p|h|hh|s|n|c|final|person|pers|pop|new)?wts?\w{0,4}\b|"
    r"\bwts?[a-z]{1,5}\b|\bpw\b|\bwe[is]\b|\b(w?)?fact(or)? ?(exp|pond|weight)\w*|"
    r"\b\w{0,12}gewicht(ung\w*|e|ungsfaktor)?\b|\bgew(fakt\w*)?\b|\bhochrechn\w*|\bpoids\b|\bpond(era\w*|ér\w*|eração)?\b|\bredress\w*|"
    r"\bpesos?\b|\bfactor (de )?(pondera|expansi)\w*|\bfe[xp]\b|\bcoef\w* (pond|peso)\w*|\bpond\w*|"
    r"\bweegfactor\w*|\bweging\w*|\bgewogen\b|\bwag[ai]\b|\bważ\w*|\bвес(а|ов\w*)?\b|\bвзвеш\w*|\bfor weight\b|"
    r"\bvikt(er|ning)?\b|\bvægt\w*|\bvekt\w*|\bsúly\w*|\bváh[ay]\w*",
    re.IGNORECASE,
)
"""Names of a weight in the trade, as words between blanks; none of them decides alone."""


NO_WEIGHT = re.compile(
    r"\bkg\b|\bkilos?\b|kilogram|\blbs?\b|\bpounds\b|\bстоун|\bкг\b|килограмм|\bbody\b|\bgramm?e?s?\b|\bbmi\b|"
    r"\byour weight\b|\bdo you weigh\b|\bwiegen\b|körpergewicht|cu[aá]nto pesa|quanto pes|combien pes|ваш вес|вы весите|"
    r"\bважите|hoeveel weegt|ile waży|lichaamsgewicht|masa ciała|birth ?weight|poids corporel|peso corporal|peso corporeo",
    re.IGNORECASE,
)
"""Words of a weight that is weighed."""

HEIGHT = re.compile(
    r"\bheight\b|\bcm\b|größe|\btaille\b|\baltura\b|\bestatura\b|\baltezza\b|\blengte\b|wzrost|\bрост\b|längd|\bhöhe\b",
    re.IGNORECASE,
)


WAVE = re.compile(r"^(wave|welle|волна|round|vague|ola|oleada|ondata|onda|golf|fala|runda)$", re.IGNORECASE)


CHANNEL = re.compile(
    r"^(channel|source|traffic source|utm source|referrer|came from|kanal|herkunft|quelle|канал|источник|"
    r"canal|origine|origen|canale|fonte|fuente|kanaal|bron|kanał|źródło)$",
    re.IGNORECASE,
)


COMMENT = re.compile(
    r"comment|remark|anything else|to add\b|feedback|suggestions?\b|"
    r"kommentar|anmerkung|bemerkung|noch (etwas )?(sagen|mitteilen|hinzufügen)|vorschläge|anregungen|"
    r"remarques?|observations?\b|quelque chose à ajouter|à ajouter|coment[aá]rios?|observa(ciones|ções)|algo más|"
    r"sugerencias?|sugest(ão|ões)|algo a acrescentar|mais alguma coisa|osservazioni|suggeriment\w+|altro da aggiungere|"
    r"opmerking|suggesties|nog iets|toelichting|uwagi|komentarz|sugestie|coś (jeszcze )?doda[ćj]|"
    r"комментари|пожелани|добавить|замечани|предложени|коментар|побажан|зауважен|пропозиці|kommentti|palaute|kommentarer|synpunkt|"
    r"megjegyzés|komentář|připomínk|σχόλι|yorum|observații|ご意見|コメント|意见|评论|建议|의견",
    re.IGNORECASE,
)


ASKS_FOR_MORE = re.compile(
    r"\b(what|something|anything|is there) (\w+ ){0,2}(else|more)\b|\bmessage\b|\bnotes?\b|\byour (thoughts|words|story|ideas?)\b|"
    r"\b(was|etwas|sonst) (noch|sonst)\b|\bnachricht\b|ihre (gedanken|ideen|meinung)|(autre|quelque) chose|quoi d.autre|"
    r"\bmessage\b|vos idées|(algo|qué|que) más|\bmensaje\b|(qualcos.altro|altro da)|\bmessaggio\b|(mais alguma|algo mais)|"
    r"\bmensagem\b|(nog iets|wat nog)|\bbericht\b|co[śs] (jeszcze|więcej)|co jeszcze|wiadomość|(что|чего|что-нибудь|хотите) (ещ[её]|добавить)|"
    r"сообщени|(що|чого|щось) (ще|додати)|повідомлен|коментар|зауважен|побажан|något (annat|mer|mera)|noget (andet|mere)|noe (annet|mer)|"
    r"muuta\b|něco (dalšího|jiného)|ещё|başka|その他|ご意見|コメント|意见|评论|建议|기타",
    re.IGNORECASE,
)
"""Words by which a question asks for whatever else somebody wants to say."""

COMMENT_ALONE = re.compile(
    r"\W*((do you have |have you )?(any|your|further|other|additional|more|general|final)\b.*"
    r"\b(comment|remark|feedback|suggestion)s?|comments?|remarks?|feedback|suggestions?|"
    r"(is there )?(anything|something) (else|(you|we)\b.*add|to add|more)\b.*|"
    r"(ihre?|weitere|sonstige|allgemeine|haben sie (noch )?)?\s*"
    r"(kommentare?|anmerkung(en)?|bemerkung(en)?|anregung(en)?|vorschläge)|"
    r"(möchten|wollen) sie (uns )?noch etwas .*|was (möchten|wollen) sie uns noch .*|"
    r"(vos|votre|autres?|d.autres)?\s*(commentaires?|remarques?|observations?|suggestions?)|"
    r"(quelque chose|rien) à ajouter|"
    r"(sus?|otros|algún)?\s*(comentarios?|observaciones|sugerencias?)|¿?algo (más|que añadir).*|"
    r"(seus?|outros|algum)?\s*(comentários?|observações|sugest(ão|ões))|"
    r"osservazioni|commenti|suggerimenti|(ha )?altro da aggiungere|"
    r"(uw )?(opmerkingen|suggesties)|(heeft u )?nog iets .*|uwagi|komentarze?|sugestie|"
    r"(ваш\w* )?(комментари\w+|пожелани\w+|замечани\w+)|(хотите )?что-нибудь добавить)"
    r"[^\w(]*(optional|freiwillig|facultatif|opcional)?\W*",
    re.IGNORECASE,
)
"""Wordings of questions that ask for a comment and nothing else."""

MANY = re.compile(
    r"all that apply|(check|tick|select|mark) all|choose as many|several answers|multiple answers|"
    r"mehrere|mehrfach|alles zutreffende|все подходящ|несколько|все, что|любое количество|"
    r"plusieurs (réponses|choix)|toutes les réponses|cochez tou|choix multiple|"
    r"varias (respuestas|opciones)|todas las que|marque todas|selección múltiple|opción múltiple|"
    r"più (risposte|opzioni)|tutte le (risposte|opzioni|voci)|várias (respostas|opções)|todas as (que|opções)|"
    r"meerdere (antwoorden|opties)|alle(s wat)? van toepassing|kilka odpowiedzi|wszystkie (pasujące|które)|"
    r"wielokrotn\w+ wybor",
    re.IGNORECASE,
)


OPEN = re.compile(
    r"^\W*(why|what (should|could|would|do you (like|dislike|miss))|how (could|should|can) (we|it)|please (explain|describe)|"
    r"(tell|describe) (us|to us)|in your (own )?words|warum|weshalb|was (sollten|könnten|würden|fehlt|gefällt)|"
    r"wie (könnten|sollten) wir|bitte (erläutern|beschreiben)|pourquoi|que (devrions|faudrait|pourrions)|"
    r"¿?por qué|¿?qué (deberíamos|cambiaría|mejoraría|podríamos)|perché|(che )?cosa (dovremmo|potremmo|cambierebbe)|por ?qu[eê]|"
    r"o que (deveríamos|mudaria|podemos)|waarom|wat (moeten|zouden|kunnen) we|dlaczego|co (powinniśmy|należy|można)|"
    r"почему|что (нам|следует|бы вы|можно))\b",
    re.IGNORECASE,
)
"""How a wording begins that asks for a reader's own words; lists are offered with it too."""


WHICH = re.compile(
    r"^\W*(which|what|where|who|welche[rsnm]?|was|wo|wen|какие|каки[мх]|что|где|ч[еь]м|quel(le)?s|lesquel(le)?s|où|cu[aá]les|qu[eé]|"
    r"d[oó]nde|quali|che cosa|dove|quais|o que|onde|welke|wat|waar|któr\w+|jaki\w+|co|gdzie)\b",
    re.IGNORECASE,
)
"""How a wording begins that asks which of several things, not whether."""


OTHER = re.compile(
    r"^(other|something else|sonstige[rs]?|andere[sr]?|друго[ей]|иное|autre?s?|otr[oa]s?|altr[oia]|outr[oa]s?|anders|"
    r"inn[eay]|jiné|iné|annat|annet|övrigt|andet|egyéb|inše|інш\w*|muu|muuta|diğer|άλλο|altul|altceva|kita|cits|muu|drugo|"
    r"etwas anderes|autre chose|otra cosa|algo más|qualcos.altro|iets anders|coś innego|что-то другое|щось інше)\b.{0,40}$|"
    r"^(その他|其他|其它|기타|أخرى|אחר).{0,40}$",
    re.IGNORECASE,
)


SPECIFY = re.compile(
    r"specify|write.?in|укажите|angeben|bitte nennen|in your own words|\bwhy\b|warum|почему|précis|especifi|specific|"
    r"nl\. |nader|wpisz|podać|jaki[ea]?\?",
    re.IGNORECASE,
)


OTHER_SPECIFIED = re.compile(
    r"\b(if|wenn|falls|si|se|als|jeśli|если|якщо)\b.{0,12}\b(other|else|sonstige\w*|ander\w*|autre|otr[oa]|altr[oia]|outr[oa]|anders|"
    r"inn[eay]|друго[ей]|иное|інше)\b|"
    r"\b(other|sonstige\w*|ander\w*|autre|otr[oa]|altr[oia]|outr[oa]|anders|inn[eay]|друго[ей]|иное|інше)\b.{0,12}"
    r"(specify|write.?in|angeben|nennen|précis|especifi|specific|podać|укажите|вкажіть|nader)",
    re.IGNORECASE,
)
"""How a wording asks those who chose "Other" for their own words."""

NONE_OF_THEM = re.compile(
    r"^(none|neither|nothing|keine[rs]?|nichts|ничего|ни один|ни одно|никакой|нет такого|aucun|rien|ningun[oa]|ninguno|nada|"
    r"nessun[oa]?|niente|nenhum|geen|niets|żad|nic)\b",
    re.IGNORECASE,
)


_TO = r"(?:to|bis|до|à|a|al|alla?|até|tot(?: en met)?|do|till|-|–|—|\.\.\.?)"
STEPS = re.compile(
    rf"(?<![\d.,])(?P<low>-5|-3|-2|0|1)\s*{_TO}\s*(?P<high>[2-9]|10|11|20|100|101)(?![\d.,]*\d|\s*%)\b|"
    r"(?<![\d.,])(?P<low2>-5|-3|-2|0|1)\s*(?:=|:|\()[^0-9]{2,60}?(?P<high2>[3-9]|10|11|20|100|101)\s*(?:=|:|\()"
)
"""The lowest and the highest step of a scale as a wording says them: "1 to 7", "(1 = not at all, 5 = completely)"."""


RECOMMEND = re.compile(
    r"\brecommend|\bnps\b|net promoter|weiterempf|empfehlen|recommand|recom(e|ie)nd|consigli|raccomand|aanbeve|aanraden|polec|"
    r"рекоменд|посовет",
    re.IGNORECASE,
)
"""Words of the question for the Net Promoter Score."""

ASKS_WHETHER = re.compile(
    r"^\W*(do|does|did|is|are|was|were|will|would|should|shall|can|could|may|must|has|have|had|"
    r"soll(te)?n?|sind|ist|war(en)?|haben|hat|hatten?|werden|wird|w[üu]rden?|kann|k[öo]nnen|darf|d[üu]rfen|muss|m[üu]ssen|"
    r"gehen|finden sie|sie|est-ce|êtes|avez|faut|doit|devrait|seriez|sont|a-t|"
    r"está|están|es|son|debe|debería|tiene|ha|cree|usted|è|sono|deve|dovrebbe|há|é|são|você|tem|"
    r"moet|zou|zijn|hebt|heeft|gaat|kunt|czy|должн\w*|следует|можно|нужно)\b|.*\bли\b",
    re.IGNORECASE,
)
"""How a wording begins that is answered by yes or no."""

MEASURED = re.compile(
    r"trust|confid|vertrau|confia|confianc|fiduc|zaufan|довер|satisf|zufried|tevred|zadowol|удовл|soddisf|agree|zustimm|"
    r"einverstanden|\baccord|acuerdo|concord|\beens\b|zgadza|соглас|importan|wichtig|belangrijk|ważn|важн|"
    r"\bsafe|sicherheit|wie sicher|sécurité|segur|sicur|veilig|bezpiecz|безопас|worr|concern|\bsorge|besorg|inqui[eè]t|preoc+up|"
    r"bezorgd|niepok|беспоко|тревож|interes|intérêt|zainteres|интерес|likel|wahrschein|probab|waarschijn|prawdopod|"
    r"вероят|happ[yi]|glücklich|heureu|feli[zc]|gelukkig|szczęś|счаст|qualit|qualität|calidad|kwaliteit|jakoś|качеств|"
    r"difficult|\beas[yei]|schwer|leicht|facil|difícil|moeilijk|trudn|трудн|support|oppos|approv|useful|nützlich|utile|útil|"
    r"\bfair|clear|\bhow (much|well|far|good|bad|strong|often|close|big|likely|fair|proud)|\bwie (sehr|gut|stark|oft|häufig|schlecht|groß|fair|stolz|nah)|"
    r"zustimmung|akzeptanz|benot|\blik(e|ing)\b|\brat(e|ing|ings)\b|frequen|häufigkeit|fréquence|frecuencia|frequenza|impact|effort|"
    r"comfort|value|overall|experience|wellbeing|well-being|mood|stress|pain\b|health\b|gesundheit|santé|salud",
    re.IGNORECASE,
)
"""Words of questions that measure something, so that few bare numbers are steps."""

PROMOTER_GROUPS = (
    re.compile(r"promot[eoö]?\w*|f[öo]rderer\w*|fürsprecher\w*|empfehler\w*|ambassadeur\w*|промоутер\w*|сторонник\w*", re.IGNORECASE),
    re.compile(r"passi[vf]\w*|pasiv\w*|pasyw\w*|neutral\w*|neutr[eo]s?|indifferent\w*|нейтрал\w*|пассив\w*", re.IGNORECASE),
    re.compile(r"d[ée]tra[ck]t\w*|detrat\w*|dettratt\w*|kritiker\w*|critic\w*|krytyk\w*|критик\w*|детрактор\w*", re.IGNORECASE),
)  # fmt: skip
"""Words for who scores 9 and 10, 7 and 8, and 6 or less, in that order."""

UNSURE = re.compile(
    r"^\W*((i )?(don.?t|do not|can.?t|cannot) (know|say|remember)|not sure|unsure|undecided|no opinion|n/?a|no answer|"
    r"refused?|"
    r"difficult to (answer|say)|"
    r"prefer not to (say|answer|state|disclose)|rather not say|unfamiliar|not applicable|.*\(n/a\)|i don.?t understand.*|"
    r"wei(ß|ss) (ich )?(es )?nicht|keine (angabe|meinung|antwort|ahnung)|unentschieden|kann ich nicht sagen|"
    r"ne sait pas|je ne sais pas|nsp|ne se prononce pas|sans (opinion|avis|réponse)|pas d.avis|préf[eè]re ne pas \w+|"
    r"no (lo )?s[eé]|ns/?nc|no (sabe|contesta).*|prefiero no \w+|sin opinión|no estoy segur[oa]|"
    r"non (lo )?so|non saprei|preferisco non \w+|senza opinione|non risponde|"
    r"n[ãa]o (sei|sabe).*|prefiro n[ãa]o \w+|sem opini[ãa]o|ns/?nr|n[ãa]o respond\w*|"
    r"weet (ik )?niet|geen (mening|antwoord|idee)|zeg ik liever niet|wil ik niet zeggen|"
    r"brak odpowiedzi|(sin|senza|nessuna) r(espuesta|isposta)|sem resposta|pas de réponse|(ohne|keine) antwort|"
    r"nie wiem|trudno (mi )?powiedzieć|nie mam zdania|odmowa( odpowiedzi)?|wolę nie \w+|"
    r"(\(не зачитывать\) ?)?(затрудня\w+|отказ|нет ответа|не знаю|не хо\w+ отвечать).*)\W*$",
    re.IGNORECASE,
)


TICKED = frozenset(
    {"1", "yes", "y", "true", "selected", "checked", "x", "✓", "✔", "☑", "ja", "j", "oui", "o", "sí", "si", "sì", "sim", "tak",
     "да", "так", "ano", "igen", "vrai", "wahr", "verdadero", "vero", "verdadeiro", "ticked", "angekreuzt", "gewählt",
     "ausgewählt", "coché", "seleccionado", "selezionato", "selecionado", "geselecteerd", "zaznaczono", "выбрано"}
)  # fmt: skip
"""Small words for a box that was ticked, which do not say what it stands for."""

TICKED_LABELS = frozenset(
    {"mentioned", "quoted", "selected", "checked", "ticked", "chosen", "named", "marked", "genannt", "erwähnt", "gewählt",
     "ausgewählt", "angekreuzt", "cité", "mentionné", "choisi", "mencionado", "menciona", "citado", "nominato", "citato",
     "menzionato", "scelto", "genoemd", "gekozen", "wymieniono", "wymienione", "wskazano", "назвал", "назвали", "названо", "упомянуто",
     "отмечено", "выбран", "выбрано"}
)  # fmt: skip
"""Small labels that only ticked boxes have, whatever their code."""

NOT_TICKED = frozenset(
    {"0", "not selected", "unselected", "unchecked", "not checked", "false", "not mentioned", "not quoted", "not ticked",
     "not chosen", "not named", "not marked", "nicht genannt", "nicht erwähnt", "nicht gewählt", "nicht ausgewählt",
     "nicht angekreuzt", "non cité", "non mentionné", "non coché", "non choisi", "faux", "falsch", "falso", "no mencionado",
     "no menciona", "no seleccionado", "no citado", "non citato", "non menzionato", "non selezionato", "não mencionado",
     "não selecionado", "não citado", "niet genoemd", "niet geselecteerd", "niet gekozen", "nie wymieniono", "nie wskazano",
     "nie zaznaczono", "не назвал", "не назвали", "не названо", "не упомянуто", "не отмечено", "не выбран", "не выбрано", "☐"}
)  # fmt: skip
"""Small words for a box that was seen and left open."""

SAID_NOT = frozenset({"no", "n", "nein", "нет", "non", "não", "nao", "nee", "nie", "ne", "nej", "nem"})
"""Small words for a box left open where several answers are known to be asked for; elsewhere they answer a question."""

NOT_ASKED = re.compile(
    r"^[\W_]*(n[./]?\s?a\.?|inap\b.*|not (asked|shown|applicable|displayed|seen)|does not apply|nicht (gefragt|gezeigt|gestellt)|"
    r"trifft nicht zu \(filter\)|filter|non (posée?|affichée?|concerné)|sans objet|s\.?o\.|no (preguntad[oa]|procede|aplica)|"
    r"non (chiesto|applicabile|posta)|não (perguntado|se aplica|aplicável)|niet (gevraagd|van toepassing)|n\.?v\.?t\.?|"
    r"nie (dotyczy|pytano)|не (задавался|показан\w*|спрашивали|применимо)|нп|system.?missing|sysmis|filtered)[\W_]*$",
    re.IGNORECASE,
)
"""Words for a question that somebody did not see."""

SEEN_AND_LEFT = frozenset({"-99"})
"""What Qualtrics writes where a question was seen and left open."""

_TYPED_FOR_NOTHING = frozenset(
    {"n/a", "n.a.", "n. a.", "#n/a", "na", "not answered", "blank", "(blank)", "missing", "?", "??", "nicht beantwortet",
     "(leer)", "leer", "(vide)", "sin contestar", "(en blanco)", "niet ingevuld", "brak danych", "нет данных"}
)  # fmt: skip
"""Small words that people type where nobody answered."""

SELDOM_FOR_NOTHING = frozenset(
    {"no answer", "no reply", "no response", "left blank", "keine antwort", "ohne antwort", "sans réponse",
     "pas de réponse", "sin respuesta", "senza risposta", "nessuna risposta", "sem resposta", "geen antwoord",
     "brak odpowiedzi", "нет ответа", "без ответа", "inget svar", "intet svar"}
)  # fmt: skip
"""Small words that a form may offer as an answer: typed they are only where hardly anybody gave them."""

_ABBREVIATED = frozenset(
    {"k.a.", "o.a.", "k/a", "n.r.", "n/r", "s/r", "s.r.", "n/c", "n.c.", "s/d", "s.d.", "n/d", "n.d.", "s.o.", "s/o",
     "n.v.t.", "g.a.", "b.d.", "b/d", "b.o.", "н/д", "н.д.", "н/о", "н.о.", "б/о"}
)  # fmt: skip
"""Abbreviations of "not stated" and "no answer", small; people type them, and no form offers them as an answer."""

BLANKS_OF_TOOLS: Mapping[str, tuple[frozenset[str], str]] = {
    PLAIN: (
        _TYPED_FOR_NOTHING | _ABBREVIATED | {word.replace(".", ". ").strip() for word in _ABBREVIATED},
        noted("people write it where nobody answered"),
    ),
    "LimeSurvey": (
        frozenset({"n/a", "n.a.", "s.o.", "n/d", "k. a.", "n.v.t.", "nd", "н/д", "нет данных", "nie dotyczy", "n/b"}),
        noted("LimeSurvey writes it where a question was not shown"),
    ),
    "Qualtrics": (SEEN_AND_LEFT, noted("Qualtrics writes it where a question was seen and left open")),
    "KoboToolbox": (frozenset({"n/a"}), noted("the tool writes it where a question was skipped")),
    "SoSci Survey": (
        frozenset(
            {
                "-1",
                "-2",
                "-9",
                "-9.0",
                "[na] nicht beantwortet",
                "[na] not answered",
                "[na] keine antwort",
                "nicht beantwortet",
                "[na] weiß nicht / keine angabe",
                "[na]",
            }
        ),
        noted("SoSci Survey writes it where nobody answered"),
    ),
    "Unipark": (
        frozenset({"-77", "-66", "-99", "-88", "-77.0", "-66.0", "-99.0"}),
        noted("Unipark writes it where a page was not shown or an answer left open"),
    ),
}
"""Small words by which tools mark that nobody answered, with the reason."""


NUMBER_CODES_OF_NOTHING = frozenset(
    {"66", "77", "88", "96", "97", "98", "99", "777", "888", "997", "998", "999", "-1", "-7", "-8", "-9", "-66",
     "-77", "-88", "-99"}
)  # fmt: skip
"""Numbers that survey programs write for "does not know", "refused" and the like beside the steps of a scale."""
