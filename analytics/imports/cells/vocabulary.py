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
    r"^genere$|\bgeslacht\b|\bpłeć\b|\bстать\b|\bkön\b|\bkøn\b|\bpohlaví\b|"
    r"^.{0,4}(性別|性别|성별).{0,4}$|\bcinsiyet|\bφύλο\b|^nem(e)?$|^kjønn$|^sukupuoli|^gen(ul)?$",
    age=r"\bage\b|how old|\balter(sgruppe)?\b|\bwie alt\b|возраст|сколько (вам )?(полных )?лет|"
    r"\btranche ?(d )?.?[aâ]ge\b|\balters(klasse|kategorie)\b|\bage ?gr\w*|\bage ?(cat|band|rng|range|class|bracket)\w*|\bâge\b|quel âge|\bedad\b|cuántos años tiene|\betà\b|quanti anni ha|\bidade\b|quantos anos tem|"
    r"faixa etária|\bleeftijd\w*|hoe oud|\bwiek\b|grup\w+ wiekow|ile ma (pan|lat)|\bвік\b|\bålder\b|\bvěk\b|^.{0,4}(年代|年齢|年齡|年龄|年龄段|연령대?|나이).{0,6}$|^alder$|^ikä|^életkor|^vârst|^ηλικία|^yaş|^vek$",
    born=r"in welchem jahr.*geboren|wann sind sie geboren|(quelle année|quand).*\bnée?\b|(qué año|cuándo) nació|"
    r"(che anno|quando) è nat[oa]|(que ano|quando) nasceu|in welk jaar.*geboren|w (którym|jakim) roku.*urodz|в каком году.*родил|"
    r"\bbirth ?(yr|year)\b|\byear (of birth|you were born)\b|\byob\b|\b(year|when) were you born\b|geburtsjahr|"
    r"année de naissance|año de nacimiento|anno di nascita|ano de nascimento|geboortejaar|rok urodzenia|год рождения|рік народження",
    education=r"educat|\beduc?\b|schooling|highest (degree|level)|\bbildung|schulabschluss|образован|niveau d.(études|instruction)|"
    r"diplôme|nivel (de )?(estudios|educa\w+|formación)|escolaridad|^(estudios|educación)$|titolo di studio|"
    r"livello di istruzione|^istruzione$|nível de (ensino|instrução)|habilitações|\bopleiding\w*|wykształceni|освіта|^.{0,4}(学歴|最終学歴|学历|教育程度|학력).{0,4}$",
    income=r"\bincome\b|\bsalary\b|total combined money|(household|family) earn|einkommen|доход|материальн\w+ положен|"
    r"\brevenus?\b|\bingresos\b|\breddito\b|\brendimentos?\b|\brenda (familiar|mensal)|^renda$|\binkomen\b|\bdoch[oó]d",
    employment=r"employment|\boccupation\b|\boccup\b|\bberuf|erwerbs|занятост|род занятий|"
    r"situation professionnelle|^(votre )?profession$|\bocupaci[óo]n\b|situación laboral|^profesión$|condizione "
    r"(professionale|lavorativa)|^(occupazione|professione)$|\bocupação\b|^profissão$|situação (laboral|profissional)|"
    r"\bberoep\b|werksituatie|\bzawód\b|sytuacja zawodowa|zatrudnieni|зайнятіст|рід занять|^.{0,4}(職業|お仕事|职业|職業別|직업).{0,4}$",
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
    community=r"taille d.(agglomération|commune)|ortsgr(ö|oe)(ß|ss)e|gemeindegr(ö|oe)(ß|ss)e|tamaño (del|de) (municipio|hábitat)|"
    r"ampiezza (del )?comune|tamanho do município|wielkość miejscowości|\burban\b|\brural\b|where you live\b|type of (community|area)|wohnort(gr|typ)|"
    r"город/село|тип населенного",
    region=r"^(profile )?(gor|nuts ?[123]?|government office region)$|where do you live|\bwo (wohnen|leben) sie|где вы (жив|прожив)|"
    r"\bregion\b|census (region|division)|federal district|\bdistrict\b|\bprovince\b|\bcounty\b|\bbundesland\b|"
    r"\bregion\w{0,2}\b|\bрегион|федеральн\w+ округ|\bокруг|\bобласт|"
    r"\brégion\b|où (habitez|vivez)|^(arrondissement|quartier|canton)$|\bregión\b|comunidad autónoma|\bprovincia\b|"
    r"dónde vive|^(distrito|barrio|comuna)$|dove (vive|abita)|\bregião\b|onde (vive|mora)|^(bairro|concelho)$|"
    r"\bprovincie\b|waar woont|^(wijk|gemeente)$|województw|gdzie (pan|mieszka)|^(dzielnica|powiat)$|\bобласть\b|де (ви )?(живе|мешка)|^район проживання$|^.{0,4}(居住(区|地|地域|市区町村)|お住まい(の.{0,6})?|住所地|地域|都道府県|所在地区|居住地区|地区|거주(지역?|지)|지역).{0,4}$|"
    r"^(stadt)?bezirk$|^(stadtteil|ortsteil|kanton)$|in welche[mr] [\w-]+ (wohnen|leben) sie|(quelle?|quels?) [\w']+ (habitez|vivez)|"
    r"qué \w+ (vive|reside)|(in|che) (quale|che) \w+ (vive|abita)|(que|qual) \w+ (vive|mora|reside)|in welke? \w+ woont|"
    r"(której|jakiej|jakim|którym) \w+ (pan|mieszka)|в как\w+ \w+ вы (жив|прожив)|(what|which) (city|town|area|borough|neighbou?rhood) do you live",
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
    r"\bvocê\b|\btem\b|\buw?\b|\bje\b|\bpan[ai]?\b|\bpaństwa\b|\btwo\w+|\bnació\b|\bnasceu\b|"
    r"\bich (bin|habe|wohne|lebe)\b|\bi (am|live)\b|\bj.ai\b|\bsoy\b|\btengo\b|\bik (ben|woon)\b|\bjestem\b|\bmieszkam\b|\bмне\b",
    re.IGNORECASE,
)

OPINION = re.compile(
    r"\b(do|would|did) you (think|feel|believe|support|oppose|favou?r|agree|want|approve|disapprove|trust|prefer|like|rate|expect|"
    r"consider)\b|\bshould\b|\b(finden|meinen|glauben|denken|wünschen|unterstützen|befürworten|halten) sie\b|\bsoll(te|en|ten)?\b|"
    r"\b(pensez|croyez|trouvez|souhaite\w*|devrait|devraient|faut)\b|\b(cree|piensa|opina|considera|apoya|deber[ií]a\w*)\b|"
    r"\b(pensa|crede|ritiene|dovrebbe\w*)\b|\b(acha|deveria\w*|deve)\b|\b(vindt|denkt|moet|zou)\b|\b(uważa|sądzi|myśli|popiera|powin)\w*|"
    r"\b(считаете|думаете|поддерживаете|должн\w*|следует)\b|\b(best|most|least|prefer|better|worse|beste[rns]?|liebsten|besser|meilleur\w*|"
    r"mejor|migliore?|melhor|najlep\w+|лучш\w+)\b|"
    r"\b(beurteil\w+|bewert\w+|einschätz\w*|schätzen sie\b.*\bein|benot\w+|evaluat\w+|assess\w*|"
    r"évalu\w+|jug(ez|eriez)|estimez|not(ez|eriez)|eval[uú]\w+|valor(a|aría|e)|calific\w+|juzga|valut\w+|giudic\w+|avali\w+|classific\w+|"
    r"beoordel\w+|beoordeelt|oceni\w+|оцен\w+|охарактериз\w+|оцін\w+|bedöm\w+|vurder\w+|arvio\w*|hodnot\w+)\b",
    re.IGNORECASE,
)
"""Words of wordings that ask what somebody thinks, though they may name a region or the like."""


PERSONAL = _purposes(
    **{
        noted("an e-mail address"): r"e ?mail|почт\w* адрес|электронн\w+ почт|\bcourriel\b|adresse électronique|"
        r"correo electr|^correo$|posta elettronica|メールアドレス|电子邮[件箱]|이메일",
        noted(
            "a name"
        ): r"\b(first|last|full|sur|family|user|recipient\w*|given) ?name\b|^name$|recipient(last|first)name|"
        r"^(prénom|nom|nombre|nome|naam|imię|cognome|apellidos?|apelido|sobrenome|nazwisko)$|\bnom (complet|de famille)|"
        r"\bnombre (completo|y apellido)|\bnome (completo|e cognome)|\bachternaam\b|\bvoornaam\b|imię i nazwisko|"
        r"^(your )?name\b|\bvorname\b|\bnachname\b|^ваше? имя|^имя$|фамилия|прізвище|^(氏名|お?名前|姓名|성명|이름)$",
        noted("who asked the questions"): r"^(name of (the )?|nome d[aeo]l?l?.?|nombre del? |nom de l.|naam |imię )?"
        r"(interviewers?|interviewerin|enumerators?|surveyor|field ?worker|befrager(in)?|encuestador(a)?|entrevistador(a)?|"
        r"intervistator[ei]|intervistatrice|rilevatore|inquiridor(a)?|enquêteu(r|se)|enquêtrice|ankieter(ka)?|tazatel|"
        r"интервьюер|інтерв.юер)( ?(name|id|code|nr|no|number|nummer|kürzel))?$",
        noted(
            "an IP address"
        ): r"\bip ?addr|\bip adress|^ip$|ipaddress|\bip адрес|(adresse|dirección|indirizzo|endereço|adres) ip\b",
        noted("a telephone number"): r"\bphone\b|telephone|\btelefon|"
        r"^(tel|тел|handy|mobile?|móvil|celular|komórka|gsm|whats ?app)\b\W*(no|nr|number|nummer|n[uú]mero|\(.{0,30}\))?\W*$|"
        r"\btelefoon|\b(handy|mobil|telefon)nummer\b|\b(numer|nr|núm|num) tel\b|\bcell ?(phone)?( number)?$|"
        r"\bmobile number\b|телефон|\btéléphone|\bteléfono|"
        r"\bcellulare\b|\btelemóvel\b|電話番号|电话|전화번호",
        noted(
            "a postal address"
        ): r"street address|\bpostal address\b|\bzip ?code\b|^zip5?$|\bpost ?code\b|\bpostleitzahl\b|^plz$|"
        r"почтовый индекс|\bcode postal\b|código postal|codice postale|kod pocztowy|поштовий індекс|郵便番号|^(ご)?住所$|邮政编码|우편번호",
        noted("a place on the map"): r"\b(latitude|longitude)\b|\b(location|gps|geo\w*) accuracy\b|"
        r"location(latitude|longitude|accuracy)|breitengrad",
        noted("a date of birth"): r"date of birth|\bbirth ?date\b|geburtsdatum|дата рождения|"
        r"date de naissance|fecha de nacimiento|data di nascita|data de nascimento|geboortedatum|data urodzenia|дата народження|生年月日|出生日期|생년월일",
    }
)


EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")


IP_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7}", re.IGNORECASE)


DIALLED = re.compile(r"(?!\d{4} ?-|\d{1,4}-\d{1,2}-)\+?\(?\d[\d ()/\-]{5,18}\d")
"""Digits that may be a telephone number, of which PHONE knows for sure; no date and no range of years."""

PHONE = re.compile(
    r"(\+|00)[0-9][0-9 ()/\-]{6,18}[0-9]|0[0-9]{2,5}[ /\-][0-9 \-]{4,12}[0-9]|\(?[0-9]{3}\)?[ \-][0-9]{3}[ \-][0-9]{4}"
)


RESPONSE_ID = re.compile(
    r"^(#|id|no|nr|row ?id|token|case ?id|record ?id|resp ?(id|nr)|interview ?(id|nr)|lfdn|"
    r"(respondent|response|answer|submission|participant|antwort|teilnehmer)"
    r"(s| ?id|s id)?|folio|(ref(erence)?|slip|form|paper|ballot|ticket|bogen|zettel|hoja|fiche|scheda)( ?(id|nr|no|number))?|n[°º]|numéro|número|numero|nummer|numer|lp|(lfd|laufende)\.? ?(nr|nummer)|núm|num|bogen ?(nr)?|fragebogen ?(nr)?|"
    r"(panel|user|member|person|unique|serial|response|interview)[ _]?(id|no|nr|key|number)|identity|serial|uuid|guid|"
    r"id[ _]?(resp|risp|rispondente|encuestado|intervista|entrevista|respondente)|"
    r"identifiant|identificador|identificativo|№|номер( анкеты)?|id респондента|идентификатор респондента|№ ?(анкети|з/п)?|номер( анкети)?|ідентифікатор|(回答|受付|整理|通し|調査票)?番号|通番|連番|編號|编号|序号|序號|답변 ?번호|번호|일련번호|응답자 ?(id|번호)|sıra( no)?|a/a|id[ _]?panel\w*|panel\w*[ _]?id)\.?$",
    re.IGNORECASE,
)


STATUS = re.compile(
    r"^_?((response|survey|interview|case|record|submission|validation|review|quota|panel|screening|participation|antwort|teilnahme|"
    r"bearbeitungs|quoten) ?)?(status|state|estado|estatus|situaci[oó]n|situação|statut|état|stato|esito|stan|stav|статус|стан|"
    r"disposition|disposición|outcome|durum|κατάσταση|állapot|tila|stare|stand|"
    r"状態|ステータス|回答(状況|状態|ステータス)|状态|狀態|答题状态|상태|응답 ?상태)$"
    r"|^(result(ado|aat|at)?|résultat|risultato|ergebnis|wynik|результат)$|^(call|contact|dialling|kontakt|anruf)[ _-]?(result|status|outcome|ergebnis)$|"
    r"^(ergebnis|résultat|resultado|resultaat|risultato|esito|wynik|status|результат) (d[aeio]\w*|de l[ae]|van het|z)? ?"
    r"(l[’'])?(anrufs?|gesprächs?|interviews?|appel|entretien|llamada|entrevista|gesprek|telefonata|intervista|chiamata|wywiadu|rozmowy|звонка)$",
    re.IGNORECASE,
)
"""Names of a column that may tell how far a response came, or what somebody is."""

STATES = re.compile(
    r"\d{1,3}|(in)?compl[eèé]t\w*|partial\w*|partiel\w*|parcial\w*|parziale|finished|unfinished|done|started|"
    r"in progress|progress|submitted|approved|pending|rejected|draft|open(ed)?|closed|active|qualified|disqualified|"
    r"terminated|over ?quota|screened? ?out|abandoned|deleted|imported|valid(ated)?|invalid|verified|new|read|unread|"
    r"ip address|survey (preview|test)|spam|test|preview|live|"
    r"(nicht |un)?vollständig|(nicht )?abgeschlossen|(nicht )?beendet|unterbrochen|begonnen|gültig|ungültig|freigegeben|"
    r"terminée?|en cours|soumis\w*|validée?|terminad[oa]|finalizad[oa]|enviad[oa]|en curso|concluíd[oa]|inviat[oa]|"
    r"voltooid|afgerond|ingediend|zakończon\w+|ukończon\w+|завершен\w*|заверш\w+|частичн\w*|отправлен\w*|on hold|qualified|"
    r"(nie|не)(za|у)?(kończon|ukończon|заверш|законч)\w+|законч\w+|надіслан\w*|прийнят\w*|принят\w*|одобрен\w*|схвален\w*|част\w+|"
    r"abgesendet|genehmigt|angenommen|begonnen|abgebrochen|approuvé\w*|accepté\w*|abandon\w*|inachevé\w*|aprobad[oa]|aceptad[oa]|válid[oa]|"
    r"en proceso|pendiente|approvat[oa]|accettat[oa]|in corso|aprovad[oa]|aceite|em andamento|goedgekeurd|onvolledig|onderbroken|"
    r"gennemført\w*|(fuldt )?besvaret|afsluttet|udfyldt|(helt )?besvara[dt]\w*|ifylld\w*|komplett\w*|valmis|vastattu|"
    r"vyplněn\w*|kitölt\w+|completat\w*|tamamlanmış|lõpetatud|pabeigt\w*|užbaigt\w*|završen\w*|dovršen\w*|zaključen\w*|"
    r"zatwierdzon\w+|częściow\w+|rozpoczęt\w+|slutförd|avslutad|påbörjad|godkänd|fuldført|fullført|godkendt|godkjent|valmis|kesken|"
    r"dokončen\w*|nedokončen\w*|schválen\w*|befejezett|félbehagyott|finalizat|aprobat|parțial|tamamlandı|yarım|onaylandı|ολοκληρω\w+|"
    r"(offline )?survey( (preview|test))?|offline|anonymous|email|imported|full(y complete(d)?)?|not (finished|completed?|submitted|started)|"
    r"partly( completed?)?|drop(ped)?[ -]?(out|off)|break[ -]?off|broken off|suspended|quit|timed? ?out|left early|"
    r"afgebroken|niet (voltooid|afgerond)|gedeeltelijk\w*|verzonden|gestopt|teilweise\w*|nicht ausgefüllt|ausgefüllt|"
    r"interrumpid[oa]|inconclus[oa]|interrott[oa]|interrompid[oa]|interrompue?|przerwan[yae]|прерван\w*|незаверш\w*|"
    r"(offline )?survey|offline( survey)?|anonymous|email|full|fully completed?|not (finished|completed?|submitted|started)|"
    r"partly( completed?)?|partially( completed?)?|drop(ped)?[ -]?(out|off)|break[ -]?off|broken off|suspended|quit|left early|timed? ?out|"
    r"afgebroken|niet (voltooid|afgerond)|gedeeltelijk\w*|verzonden|gestopt|teilweise\w*|(nicht )?ausgefüllt|voll|komplett|"
    r"interrumpid[oa]|no (terminad|finalizad)[oa]|interrott[oa]|non (complet|terminat)[oa]|interrompid[oa]|interrompue?|"
    r"non terminée?|não (concluíd|terminad)[oa]|przerwan[yae]|nieukończon\w+|прерван\w*|не ?заверш\w+|перерван\w*|"
    r"完了|回答完了|回答済み?|未完了|途中|中断|承認(済み?)?|有効(回答)?|完成|已完成|未完成|部分完成|进行中|有效|已提交|완료|미완료|중단|진행 ?중|승인|유효",
    re.IGNORECASE,
)
"""Words for how far a response came."""

UNFINISHED = re.compile(
    r"(in|un)complete[d]?|partial(ly)?( complete[d]?| response)?|partly( completed?)?|unfinished|not (finished|completed?|submitted)|started|"
    r"in progress|abandoned|drop(ped)?[ -]?(out|off)|break[ -]?off|broken off|suspended|quit|left early|timed? ?out|draft|"
    r"unvollständig\w*|nicht (abgeschlossen|beendet|ausgefüllt)|abgebrochen|unterbrochen|begonnen|teilweise\w*|"
    r"incompl[eè]te?s?|partiel\w*|en cours|inachevé\w*|abandonnée?|interrompue?|non terminée?|"
    r"incomplet[oa]s?|parcial\w*|en (curso|proceso)|interrumpid[oa]|no (terminad|finalizad)[oa]|abandonad[oa]|"
    r"parziale?|in corso|interrott[oa]|non (complet|terminat)[oa]|abbandonat[oa]|em andamento|interrompid[oa]|não (concluíd|terminad)[oa]|"
    r"onvolledig|onderbroken|afgebroken|niet (voltooid|afgerond)|gedeeltelijk\w*|gestopt|"
    r"częściow\w+|rozpoczęt\w+|przerwan[yae]|nie ?(za|u)kończon\w+|незавершен\w*|не завершен\w*|частичн\w*|част\w+|прерван\w*|перерван\w*|"
    r"не ?законч\w+|не ?заверш\w+|påbörjad\w*|ofullständig\w*|(ej|inte) (slutförd|avslutad|komplett)\w*|"
    r"delvis\w*( (besvara[dt]|ifylld|slutförd|udfyldt|fullført))?|"
    r"avbr[ou]t\w*|delvist( (besvaret|udfyldt|gennemført))?|påbegyndt\w*|ufuldstændig\w*|ikke (gennemført|afsluttet|fullført|fuldført)|afbrudt|"
    r"ufullstendig\w*|ufullført|kesken\w*|keskeyt\w+|osittain\w*|nedokončen\w*|částečn\w+|čiastočn\w+|přerušen\w*|félbehagyott|"
    r"részleges\w*|megszakí\w+|parțial\w*|întrerupt\w*|djelomičn\w+|delomičn\w+|prekinut\w*|poolik\w*|daļēj\w+|iš dalies|yarım\w*|"
    r"kısmi\w*|tamamlanmadı|ημιτελ\w+|μερικ\w+|未完了|途中|中断|未完成|部分完成|进行中|미완료|중단|진행 ?중",
    re.IGNORECASE,
)
"""Those of them for readers who stopped half way."""

_IS = r"^_?(is|was|has|flag|ist|war|est|es|é|è|jest|czy|флаг)? ?"
_ITS_END = r" ?(flag|indicator|yn|y/n|ja/nein|oui/non|sí/no)?\??$"
"""How names of flags begin and end."""

YET_UNFINISHED = re.compile(
    _IS
    + r"((survey|response|interview) )?(partial(ly)?|incomplete|unfinished|abandoned|dropped? ?(out|off)|broken ?off|unvollständig|"
    r"abgebrochen|incomplete?|incomplet[oae]?|parcial|parziale|onvolledig|afgebroken|niekompletn[aey])" + _ITS_END,
    re.IGNORECASE,
)
"""Those that say with yes that a reader stopped half way."""

FINISHED = re.compile(
    _IS
    + r"(((survey|response|interview|questionnaire) ?)?(finished|completed?|fully complete[d]?|submitted|partial(ly)?|incomplete|unfinished|"
    r"abandoned|dropped? ?(out|off)|broken ?off)|beendet|abgeschlossen|vollständig|unvollständig|abgebrochen|abgesendet|"
    r"(umfrage|befragung|fragebogen|interview) (beendet|abgeschlossen|vollständig)|terminée?|complète?|soumis|incomplet[oae]?|"
    r"finalizad[oa]|terminad[oa]|complet(o|a|ado|ada|ato|ata)|enviad[oa]|parcial|inviat[oa]|conclus[oa]|concluíd[oa]|parziale|"
    r"voltooid|afgerond|onvolledig|afgebroken|ukończon[yae]|zakończon[yae]|kompletn[yae]|niekompletn[yae]|завершено|завершена|закончено)"
    + _ITS_END,
    re.IGNORECASE,
)
"""Names of a column that says with yes and no whether a reader came to the end."""

NOT_FINISHED = frozenset(
    {"0", "false", "no", "falsch", "nein", "faux", "non", "falso", "não", "onwaar", "nee", "fałsz", "nie"}
)
"""Small words by which such a column says that somebody did not."""

NO_READERS = re.compile(
    r"screen(ed)?([ -]?(out|fail(ed|ure)?))?|screen-?outs?|(not|un|non)[ -]?qualified|dis ?qualified|disqualif\w*|terminated?|term|over ?quota|"
    r"quotas? ?(full|met|reached|out|fail\w*|closed)|full quota|rejected|not (approved|eligible|accepted)|unapproved|ineligible|invalid|"
    r"(offline |imported )?(survey )?(preview|test)( spam)?|fraud\w*|speeders?|spam|test( response| data)?|duplicate|deleted|removed|"
    r"(aus|heraus)(gescreent|gefiltert)|gefiltert|screenout|quoten? ?(voll|erreicht|erfüllt|stopp?)|überquote|quotenstopp?|"
    r"nicht (qualifiziert|freigegeben|genehmigt|zugelassen)|abgelehnt|ungültig|disqualifiziert|test(daten|antwort)|vorschau|gelöscht|doppelt|"
    r"filtrée?s?|écartée?s?|hors[ -](cible|quota)|disqualifiée?s?|quota (atteint|plein|complet|dépassé)|"
    r"non (approuvé|validé|éligible|qualifié)e?s?|rejetée?s?|invalides?|aperçu|supprimée?s?|"
    r"filtrad[oa]s?|descartad[oa]|descalificad[oa]|cuota (llena|completa|cubierta|superada|cerrada)|(fuera de|sobre) ?cuota|"
    r"no (aprobad[oa]|elegible|califica(do|da)?|cualifica|válid[oa]|apt[oa])|rechazad[oa]|anulad[oa]|inválid[oa]|prueba|vista previa|eliminad[oa]|"
    r"filtrat[oa]|scartat[oa]|squalificat[oa]|fuori (target|quota)|quota (piena|raggiunta|completa)|"
    r"non (approvat[oa]|idone[oa]|qualificat[oa]|valid[oa])|rifiutat[oa]|respint[oa]|annullat[oa]|prova|"
    r"desqualificad[oa]|[qc]uota (cheia|atingida|excedida|completa)|cota (cheia|atingida|excedida)|fora d[ae] [qc]?[uo]*ta|"
    r"não (aprovad[oa]|elegível|qualificad[oa])|rejeitad[oa]|teste|"
    r"(uit)?ge(screend|filterd)|uitgescreend|quot(a|um) (vol|bereikt)|niet (goedgekeurd|gekwalificeerd)|afgekeurd|ongeldig|"
    r"odsian[yae]|odfiltrowan[yae]|zdyskwalifikowan[yae]|limit (wyczerpany|pełny)|kwota (pełna|wyczerpana)|"
    r"niezatwierdzon[yae]|odrzucon[yae]|nieważn[yae]|"
    r"отсе[яе]н\w*|отфильтрован\w*|скрин-?аут|дисквалифи\w+|не (одобрен\w*|подходит|прош\w+ (отбор|скрининг))|"
    r"квота (заполнена|закрыта|превышена|выполнена)|сверх квоты|отклон[её]н\w*|недействит\w+|брак|тест|"
    r"відсіян\w*|відфільтрован\w*|дискваліфік\w+|не (схвален\w*|підтверджен\w*|пройш\w+ (відбір|скринінг))|"
    r"квот[аи] (заповнен\w+|вичерпан\w+|закрит\w+)|понад квоту|відхилен\w*|недійсн\w*|"
    r"bortfiltrerad|utscreenad|kvot(en)? full|över kvot|(ej|inte|ikke) (godkänd|godkendt|godkjent)|avvisad|afvist|avvist|ogiltig|ugyldig|"
    r"frasorteret|screenet ut|kvote (fuld|full)|hylätty|kiintiö täynnä|karsittu|"
    r"vyřazen[oaý]?|odfiltrován\w*|kvóta (naplněna|plná)|neschválen\w*|zamítnut\w*|neplatn\w*|"
    r"kiszűr\w+|kvóta (betelt|tele)|nem jóváhagyott|elutasít\w+|cotă (plină|atinsă)|neaprobat|respins|descalificat|"
    r"elendi|kota (dolu|doldu)|onaylanmadı|reddedildi|geçersiz|αποκλεί\w+|μη εγκεκριμέν\w+|απορρίφ\w+|άκυρ\w+|"
    r"(スクリーニング)?(対象外|除外|不適格|落ち)|スクリーン ?アウト|割付?(満了|オーバー|終了)|クォータ.{0,3}(満了|到達|オーバー|フル)|定員(到達|オーバー)|"
    r"未承認|非承認|却下|無効(回答)?|テスト(回答)?|被?(筛选|甄别|过滤)(掉|出|未通过)?|不合格|不符合(条件)?|配额(已)?满|超(出)?配额|未(通过|批准)|无效|已拒绝|测试|"
    r"(스크리닝 ?)?탈락|스크린 ?아웃|자격 ?미달|쿼터 ?(초과|마감|풀)|미승인|승인 ?거[절부]|무효|테스트|부적격|"
    r"(soft |hard )?refus(ed|al)s?|(no|not) (contact(ed)?|reply|eligible|reached|interested)|non ?contact|wrong number|answering machine|call ?back|"
    r"busy|cancell?ed|language (barrier|problem)|verweiger(t|ung|er)|nicht (erreicht|erreichbar|zustande gekommen)|kein (kontakt|interesse)|"
    r"(falsche|kein anschluss unter dieser) nummer|anrufbeantworter|storniert|besetzt|refus(ée?)?|injoignable|absente?|répondeur|annulée?|"
    r"faux numéro|pas de réponse|rechazo|no (contesta|localizad[oa]|contactad[oa])|ausente|cancelad[oa]|contestador|número (equivocado|erróneo)|"
    r"rifiuto|non (risponde|raggiunt[oa]|raggiungibile|contattat[oa])|numero (errato|inesistente)|segreteria|occupato|recus[ao]|recusad[oa]|"
    r"não (atende|contactad[oa]|atendeu)|número errado|odmow[ay]|zły numer|nie (odbiera|zastano)|brak kontaktu|anulowan[yae]|geweigerd|weigering|"
    r"geen (gehoor|contact|interesse)|verkeerd nummer|geannuleerd|отказ|недозвон|нет (ответа|контакта)|неверный номер|відмова|немає контакту",
    re.IGNORECASE,
)
"""Words of a status for who was screened out, over quota or rejected, and for tests: no readers of a survey."""

TESTS = (
    r"(pre-?)?tests?( ?(case|row|data|mode|record|response|entry|user|run|interview))?|testing|tester|dummy|fake|"
    r"(vor|pre)?test(fall|daten|datensatz|modus|eintrag|zeile|interview)?|vorschau|essai|brouillon|pruebas?|(de|en) prueba|ensayo|prova|"
    r"(di|de) prova|teste|(de|em) teste|proef|proefdraaien|testow[yae]|próbn[yae]|pr[óo]ba|zkouška|teszt|prøve|тест(овая|овый)?( запись)?|проба|проверка|テスト|测试|測試|테스트"
)
"""Words for rows by which somebody tried the form."""
OF_NO_READER = re.compile(
    _IS
    + rf"({TESTS}|deleted?|removed?|excluded?|exclusion|invalid|duplicated?|gelöscht|doppelt|ausgeschlossen|ungültig|supprimée?|exclue?|"
    r"doublon|invalide|eliminad[oa]|excluid[oa]|duplicad[oa]|inválid[oa]|eliminat[oa]|esclus[oa]|duplicat[oa]|excluíd[oa]|verwijderd|"
    r"uitgesloten|dubbel|ongeldig|usunięt[yae]|wykluczon[yae]|nieważn[yae]|duplikat)"
    + _ITS_END
    + r"|^_?(is|was|flag(ged)?|ist|war) ?(as )?(spam|bots?|robot|fraud(ulent)?|suspicious|dupe?|disqualified|screened ?out|screen ?out|"
    r"over ?quota|rejected|internal|speeder|preview|demo|trial|sandbox|staff|intern)" + _ITS_END,
    re.IGNORECASE,
)
"""Names of flags that say with yes that a row is none of a reader's."""

OF_READERS = re.compile(
    _IS
    + r"(valid|usable|gültig|verwertbar|verwendbar|zulässig|valide|exploitable|válid[oa]|valid[oa]|usabile|geldig|bruikbaar|ważn[yae])"
    + _ITS_END
    + r"|^_?(is|was|ist|war) ?(included?|accepted|approved|eligible|qualified|verified|real|human|genuine|live)"
    + _ITS_END,
    re.IGNORECASE,
)
"""Names of flags that say with no that a row is none of a reader's."""

OF_THE_RUN = re.compile(
    r"^_?((is|was|flag|ist|war) ?(mobile|desktop|tablet|logged ?in|anonym\w*|anonymi[sz]ed|resumed|late|imported|synced|sent|opened|clicked|"
    r"bounced|invited|reminded|notified|embedded|offline|online|new session|active|archived|locked|draft|exported|processed|reviewed|"
    r"latest|current|weighted|outlier|straight ?lin(er|ing)|from (app|web|mail|email|link))|has ?(errors?|comments?|attachments?|cookies?|js)|"
    r"(email|mail|reminder|invitation|push) (sent|opened|clicked))" + _ITS_END,
    re.IGNORECASE,
)
"""Names of flags that tell of the run of an interview, and of no answer."""

NOTE = re.compile(
    r"^((interne?|internal|newsroom|our|editor('?s)?|redaktion\w*|desk) )?(notes?|remarks?|check(ed)?( by)?|review(ed)?( (by|notes?))?|q[ac]( notes?)?|"
    r"quality( check)?|flags?|cleaning|comments? \(?internal\)?|notiz(en)?|bemerkung(en)?|vermerk|prüfung|geprüft|kontrolle|hinweis(e)?|"
    r"(note|remarque)s?( internes?)?|vérification|contrôle|revisión|revisado|notas?( internas?)?|observaciones?( internas?)?|control|"
    r"obs(erv)?\.?|anm(erk)?\.?|bem(erk)?\.?|not\.?|rem\.?|comm?\.?|opm\.?|uw\.?|прим\.?|примеч\.?|not[ae]( intern[ae])?|verifica|controllo|revisione|revisão|verificação|observações|observação|notities?|opmerking(en)? intern|controle|"
    r"uwag[ai]|notatk[ai]|sprawdzone|kontrola|заметк[аи]|примечани[ея]|проверка)( \(?(intern[aeo]?|internal|redaktion)\)?)?:?$",
    re.IGNORECASE,
)
"""Names of a column in which the newsroom itself noted something beside a row."""

NOTED_OUT = re.compile(
    rf"^\W*(({TESTS})\b|(please )?(delete|remove|ignore|exclude|discard)\b|(do )?(not|n[o']t) (count|use|include)\b|don'?t (count|use)\b|"
    r"(bitte )?(löschen|ignorieren|ausschließen|streichen|rausnehmen)\b|nicht (zählen|werten|mitzählen|verwenden)\b|"
    r"(à )?(supprimer|ignorer|exclure|écarter)\b|ne pas (compter|prendre|utiliser)\b|(borrar|eliminar|ignorar|excluir|descartar)\b|"
    r"no (contar|usar|contabilizar)\b|(da )?(eliminare|cancellare|ignorare|escludere)\b|non (contare|usare|considerare)\b|"
    r"(apagar|remover|desconsiderar)\b|não (contar|usar)\b|(verwijderen|negeren)\b|niet (meetellen|tellen|gebruiken)\b|"
    r"(do )?(usunięcia|usunąć|pominąć)\b|nie (liczyć|uwzględniać)\b|удалить\b|не (считать|учитывать)\b)",
    re.IGNORECASE,
)
"""How such a note begins where the row is none of a reader's."""

DURATION = re.compile(
    r"(bearbeitungs)?dauer\W*(in (sekunden|minuten)|\(?(s|sek|min)\W*)?|interview (length|duration)|loi|"
    r"(total )?time (taken|spent)( (to|for) \w+)?\W*((in )?(seconds|minutes|secs?|mins?))?\W*|(completion|response|answer(ing)?) time|(temps|tiempo|tempo) (de|di|pour|para|per) .{3,20}|"
    r"(duraci[oó]n|durée|durata|duração|duur|czas trwania|длительность|продолжительность|тривалість|所要時間|回答時間|时长|用时|答题时长|소요 ?시간)"
    r"( (total\w*|(en|in|em|w|в|у) \w+|(de|of|der) .{3,20}))?\W*(s|sec|seg|sek|min|秒|分|сек|хв)?\W*",
    re.IGNORECASE,
)
"""Names of a column that says how long each response took."""

WEIGHT = re.compile(
    r"\b\w{0,6}weights?\w{0,5}\b|\b\w{0,6}(wgt|wght)\w{0,3}\b|\b(f|p|h|hh|s|n|c|final|person|pers|pop|new)?wts?\w{0,4}\b|"
    r"\bw rak\w*|\brak(e|ed|ing) ?(w|wt|wgt|factor)?\b|\bw (trim\w*|final|post\w*|cal\w*|adj\w*|design|base|norm\w*)\b|"
    r"\bwts?[a-z]{1,8}\b|\bpw\b|\bwe[is]\b|\b(w?)?fact(or)? ?(exp|pond|weight)\w*|"
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


REFERRER = re.compile(
    r"^((http )?refer+er( (url|address))?|refurl|ref(erring)? (url|page|site|address)|came from( url)?|(verweisende|herkunfts?) ?(url|adresse|seite)|"
    r"page de provenance|url d.origine|url de (origen|referencia|referência|provenienza)|sito di provenienza|"
    r"verwijzende (url|pagina)|адрес перехода|реферер|リファラー?|参照元(url)?|来源(网址|页面)|리퍼러)$",
    re.IGNORECASE,
)
"""Names of a column that says from which page somebody came."""

WEB_ADDRESS = re.compile(
    r"(https?://|android-app://|//)[^\s/]+(/\S*)?|(www\.)?([a-z0-9-]+\.)+[a-z]{2,12}(/\S*)?|\(?direct\)?|\(none\)",
    re.IGNORECASE,
)
"""An address on the web, whole or its host alone, and what programs write for none."""

MAY_PRINT = re.compile(
    r"\bmay we (print|publish|quote|use|share)|\b(can|could) we (print|publish|quote)|(print|publish|quot)\w* (it|this|your|my|them|with)|"
    r"(permission|consent|allow|agree|ok(ay)?)\b.{0,30}\b(print|publish|quot|share)|\bpublish(ed|able)?\b.{0,12}\?|"
    r"(dürfen|duerfen|können) wir .{0,40}(drucken|veröffentlichen|zitieren|abdrucken|verwenden)|(abdruck|veröffentlich|zitier)\w*.{0,30}(erlaubt|einverstanden|gestattet|zustimm)|"
    r"(einverstanden|erlaub|zustimm)\w*.{0,40}(druck|veröffentlich|zitier)|"
    r"(pouvons|peut|acceptez|autorisez)\W?.{0,30}(publi|imprim|cit(er|é)|reprodui)|"
    r"(podemos|autoriza|acepta|permite).{0,30}(public|imprim|cit(ar|e)|reprodu)|(possiamo|autorizz\w+|acconsent\w+).{0,30}(pubblic|stampa|cita)|"
    r"(mogen|kunnen) (we|wij) .{0,40}(publiceren|afdrukken|plaatsen|citeren)|(czy )?(możemy|zgadza|zgoda).{0,40}(opublikować|publik|wydrukować|cytow)|"
    r"(можем|можно|разреша\w+|согласн\w+).{0,40}(опубликова|публик|печат|процитир|цитир)|(можемо|можна|дозволя\w+|згодн\w+).{0,40}(опублікув|публік|друк|цитув)|"
    r"får vi (publicera|trycka|citera)|må vi (trykke|bringe|citere|offentliggøre)|kan vi (trykke|publisere|sitere)|saammeko (julkaista|painaa)|"
    r"掲載(して)?(も)?(よろし|よい|可|許可|同意)|(紙面|記事).{0,10}掲載|刊登|可否(刊登|公开|引用)|게재|인용해도",
    re.IGNORECASE,
)
"""Wordings that ask whether what somebody wrote may be printed."""

CHANNEL = re.compile(
    r"^(channel|source|traffic source|utm source|referrer|came from|kanal|herkunft|quelle|канал|источник|"
    r"canal|origine|origen|canale|fonte|fuente|kanaal|bron|kanał|źródło)$",
    re.IGNORECASE,
)


COMMENT = re.compile(
    r"comment|remark|anything else|to add\b|feedback|suggestions?\b|"
    r"kommentar|anmerkung|bemerkung|noch (etwas )?(sagen|mitteilen|hinzufügen)|vorschläge|anregungen|"
    r"remarques?|observations?\b|quelque chose à ajouter|à ajouter|algo que .{0,20}(añadir|agregar|decir|comentar)|coment[aá]rios?|observa(ciones|ções)|algo más|"
    r"sugerencias?|sugest(ão|ões)|algo a acrescentar|mais alguma coisa|osservazioni|suggeriment\w+|altro da aggiungere|"
    r"opmerking|suggesties|nog iets|toelichting|uwagi|komentarz|sugestie|coś (jeszcze )?doda[ćj]|"
    r"комментари|пожелани|добавить|замечани|предложени|коментар|побажан|зауважен|пропозиці|kommentti|palaute|kommentarer|synpunkt|"
    r"megjegyzés|komentář|připomínk|σχόλι|yorum|observații|ご意見|自由(記述|意見|回答|記入)|ご感想|ご要望|コメント|意见|评论|建议|의견|komment|poznám|ваш коментар",
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
    r"(is there )?(anything|something) (else|(you|we)\b.*(add|tell|say|share|mention)|to add|more)\b.*|"
    r"(ihre?|weitere|sonstige|allgemeine|haben sie (noch )?)?\s*"
    r"(kommentare?|anmerkung(en)?|bemerkung(en)?|anregung(en)?|vorschläge)|"
    r"(möchten|wollen) sie (uns )?noch etwas .*|was (möchten|wollen) sie uns noch .*|"
    r"(vos|votre|autres?|d.autres)?\s*(commentaires?|remarques?|observations?|suggestions?)( (libres?|enquêteur\w*|divers))?|"
    r"(quelque chose|rien) à ajouter|"
    r"(sus?|otros|algún)?\s*(comentarios?|observaciones|sugerencias?)|¿?algo (más|que añadir|que .{0,20}(añadir|agregar|comentar)).*|"
    r"(please )?(tell us|write) (more|your story|about your experience|what you think)\b.*|cuént[ae]nos (tu|su|más)\b.*|racontez.nous .*|"
    r"(erzählen|schildern) sie( uns)? (ihre|mehr|von)\b.*|vertel ons (meer|uw|je|over)\b.*|(conte|diga).nos (mais|a sua|sua|tua)\b.*|"
    r"raccont(aci|i|ateci) (la|di|il)\b.*|расскажите( нам)? (о|об|свою|подробнее)\b.*|"
    r"(seus?|outros|algum)?\s*(comentários?|observações|sugest(ão|ões))|"
    r"osservazioni|commenti|suggerimenti|(ha )?altro da aggiungere|"
    r"(uw )?(opmerkingen|suggesties)|(heeft u )?nog iets .*|uwagi|komentarze?|sugestie|"
    r"(ваш\w* )?(комментари\w+|пожелани\w+|замечани\w+)|(хотите )?что-нибудь добавить|(ваш\w* )?(коментар\w*|побажанн\w+|зауваженн\w+)|"
    r"((問|q|第|设问|问)?\s*\d*\s*[.．、:：问題题]?\s*)?(その他)?(ご)?(自由)?(ご)?(意見|記述|記入|感想|要望|回答|コメント|意见|建议|评论|의견|건의사항)([・、/／](ご)?(意見|感想|要望|コメント))*(欄|など|等)?)"
    r"[^\w(]*(optional|freiwillig|facultatif|opcional|任意|自由記述|自由回答)?\W*",
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
    r"wielokrotn\w+ wybor|кілька (відповідей|варіантів)|усі (відповідні|варіанти)|всі, що|позначте всі|flera (svar|alternativ)|"
    r"alla som (stämmer|passar)|flere svar|alle som passer|useita|kaikki sopivat|více (odpovědí|možností)|všechny|viac odpovedí|"
    r"több válasz|mai multe (răspunsuri|variante)|πολλαπλ|περισσότερ\w+ απαντ|birden (fazla|çok)|uygun olan|"
    r"複数(回答|選択)|いくつでも|すべて(お?選|に)|全て(お?選|に)|当てはまるもの|多选|可多选|複選|可複選|复选|모두 (고르|선택|체크)|복수|중복 ?(응답|선택)",
    re.IGNORECASE,
)


OPEN = re.compile(
    r"^\W*(?:[a-z]{1,3}\d{1,3}[.:)]? )?(why|what (\w+ ){0,3}(should|could|would|else)|what do you (like|dislike|miss)|how (could|should|can) (we|it)|please (explain|describe)|"
    r"(tell|describe) (us|to us)|in your (own )?words|warum|weshalb|was (sollten?|könnten?|würden|fehlt|gefällt|müssten?)|"
    r"wie (könnten|sollten) wir|bitte (erläutern|beschreiben)|pourquoi|que (devrions|devrait|faudrait|faut|pourrions|pourrait|peut|changeriez|amélioreriez)|"
    r"¿?por qué|¿?qué (deberíamos|debería|cambiaría|mejoraría|podríamos|podemos|falta)|perché|(che )?cosa (dovremmo|dovrebbe|potremmo|possiamo|"
    r"cambierebbe|cambieresti|miglior\w+|manca)|por ?qu[eê]|"
    r"o que (deveríamos|devemos|deveria|mudaria|podemos|poderíamos|melhoraria|falta)|waarom|wat (moeten|zouden|kunnen) we|"
    r"wat (moet|mist|kan|zou)|dlaczego|co (powinniśmy|powinno|należy|można|możemy|warto|trzeba)|"
    r"почему|что (нам|следует|бы вы|можно|нужно|стоит))\b",
    re.IGNORECASE,
)
"""How a wording begins that asks for a reader's own words; lists are offered with it too."""


WHICH = re.compile(
    r"^\W*(which|what|where|who|welche[rsnm]?|was|wo|wen|какие|каки[мх]|что|где|ч[еь]м|quel(le)?s|lesquel(le)?s|où|cu[aá]les|qu[eé]|"
    r"d[oó]nde|quali|che cosa|dove|quais|o que|onde|welke|wat|waar|któr\w+|jaki\w+|co|gdzie)\b",
    re.IGNORECASE,
)
"""How a wording begins that asks which of several things, not whether."""

NOT_WHETHER = re.compile(
    r"^\W*((in|on|at|by|from|through|for|with|to|of|about|aus|von|mit|durch|für|bei|über|auf|an|zu|par|de|à|dans|sur|pour|avec|"
    r"en|por|para|con|a|través|da|di|per|em|via|z|ze|w|na|do|o|из|с|в|на|от|через|о|з|із|за|від|у|про|met|door|uit|van|op|från|"
    r"av|på|fra|med|om|i) ){0,2}(which|what|where|whom?|how|when|why|whose|welche[rsmn]?|was (\w+en|ist|tut)\b|wo(her|hin|mit|durch)?|"
    r"wie|wann|we[nmr]|quel(le)?s?|lesquel(le)?s|auxquel(le)?s|desquel(le)?s|quoi|où|comment|quand|qui|"
    r"cu[aá]l(es)?|qu[eé]|qui[eé]n(es)?|d[oó]nde|c[oó]mo|cu[aá]ndo|qual[ei]?|quais|che|cosa|dove|come|quando|onde|"
    r"welke?|wat|waar(mee|door)?|hoe|wanneer|któr\w+|jaki\w+|jak|co|czym|gdzie|skąd|kiedy|kto|kogo|"
    r"как(ие|их|им|ими|ой|ая|ое|ую)?|что|чем|где|откуда|куда|когда|кто|кому|кого|"
    r"як(і|их|им|ими|ий|а|е|у|ої)?|що|чим|де|звідки|куди|коли|хто|"
    r"vilk(a|en|et)|vad|varifrån|hur|när|hvilk(e|en|et)|hv(a|ad|or|ordan|em|orfra)|mi(tä|stä|llä|kä|tkä|hin)|miten|milloin|"
    r"kter\w+|kde|odkud|kdo|ktor\w+|odkiaľ|mely\w*|milyen|miket|honnan|hogyan|unde|cine|"
    r"ποι\w+|τι|πού|που|πώς|πως|πότε|hangi\w*|nere(de|den)|nasıl|koj[iea]|što|šta|gdje|gde|кои|кой|какво|къде|откъде)\b|"
    r"\b(nere(de|den|ye)|hangi\w*|nasıl)\b|何|どこ|どれ|どの|どちら|いつ|誰|だれ|どんな|哪|什么|什麼|谁|如何|怎么|怎樣|무엇|어떤|어디|어느|누구|어떻게|ماذا|أين|كيف|איפה|אילו|מאיפה",
    re.IGNORECASE,
)
"""Wordings that yes and no do not answer: those of who, what, where and how, a preposition before it or not."""


OTHER = re.compile(
    r"^(other|something else|sonstige[rs]?|andere[sr]?|друго[ей]|иное|autre?s?|otr[oa]s?|altr[oia]|outr[oa]s?|anders|"
    r"inn[eay]|jiné|iné|annat|annet|övrigt|andet|egyéb|inše|інш\w*|muu|muuta|diğer|άλλο|altul|altceva|kita|cits|muu|drugo|"
    r"etwas anderes|autre chose|otra cosa|algo más|qualcos.altro|iets anders|coś innego|что-то другое|щось інше)\b.{0,40}$|"
    r"^(その他|其他|其它|기타|أخرى|אחר|それ以外).{0,40}$",
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


RANKS = re.compile(
    r"\brank(ing|s|ed)?\b|\bin order\b|order of|reihenfolge|rang(folge|liste)|sortieren|class(ez|er|ement)|"
    r"\borden(ar|e|en|a)?\b|ordine|ordin(i|are)\b|ordem|rangschik|volgorde|kolejnoś|uszereguj|порядк|ранжир|расположите",
    re.IGNORECASE,
)
"""Words by which a question asks for an order."""

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
    r"\bocen[aęy]|bewert|puntua|valora|avalia|beoordel|\bbetyg|hodnocen|оцін|оцен|évalu|valut|vurder|"
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

_NOT_KNOWING = (
    r"((i )?(don.?t|do not|can.?t|cannot|could not|unable to|not able to) (know|say|remember|judge|rate|assess|tell|decide)|no idea|"
    r"no basis (for|to) \w+|(das |dies )?kann ich (das |dies )?nicht (sagen|beurteilen|einschätzen|bewerten|entscheiden)|"
    r"nicht (beurteilbar|einschätzbar)|(ich )?(wei(ß|ss)|kann) (es|das) nicht( (sagen|beurteilen|einschätzen))?|kenne ich nicht|"
    r"(je )?ne (peux|peut|sais|saurais) pas (juger|dire|répondre|évaluer|me prononcer)|difficile à dire|(je )?ne connais pas|"
    r"no (puedo|sabría|sé) (qué )?(valorar|juzgar|opinar|decir|evaluar|responder)|no l[oa] conozco|"
    r"non (so|posso|saprei|riesco a) (giudicare|valutare|dire|dirlo|rispondere)|non (lo|la) conosco|"
    r"n[ãa]o (consigo|posso) (avaliar|julgar|dizer|opinar)|(dat )?kan ik niet (beoordelen|zeggen|inschatten)|weet (ik )?(het )?niet|"
    r"nie (potrafię|umiem|mogę|jestem w stanie) (tego )?(ocenić|powiedzieć|odpowiedzieć)|trudno (mi )?ocenić|"
    r"не мог(у|ли)? (оценить|судить|сказать|ответить)|трудно (сказать|оценить|ответить)|не можу (оцінити|судити|сказати)|"
    r"важко оцінити|kan (ej|inte|ikke) (bedöma|svara|säga|vurdere|bedømme|svare|sige?|si)|en osaa arvioida|nemohu posoudit|"
    r"nem tudom (megítélni|eldönteni|megmondani)|not sure|unsure|undecided|no opinion|n/?a|no answer|"
    r"refused?|"
    r"difficult to (answer|say)|"
    r"prefer not to (say|answer|state|disclose)|rather not say|unfamiliar|not applicable|.*\(n/a\)|i don.?t understand.*|"
    r"wei(ß|ss) (ich )?(es )?nicht|keine (angabe|meinung|antwort|ahnung)|unentschieden|kann ich nicht sagen|"
    r"ne sait pas|je ne sais pas|nsp|ne se prononce pas|sans (opinion|avis|réponse)|pas d.avis|préf[eè]re ne pas \w+|"
    r"no (lo )?s[eé]|ns/?nc|no (sabe|contesta).*|prefiero no \w+|sin opinión|no estoy segur[oa]|"
    r"non (lo )?so|non saprei|preferisco non \w+|senza opinione|non risponde|"
    r"n[ãa]o (sei|sabe).*|prefiro n[ãa]o \w+|sem opini[ãa]o|ns/?nr|n[ãa]o respond\w*|"
    r"weet (ik )?niet|geen (mening|antwoord|idee)|zeg ik liever niet|wil (ik )?niet zeggen|"
    r"brak odpowiedzi|(sin|senza|nessuna) r(espuesta|isposta)|sem resposta|pas de réponse|(ohne|keine) antwort|"
    r"nie wiem|trudno (mi )?powiedzieć|nie mam zdania|odmowa( odpowiedzi)?|wolę nie \w+|"
    r"(\(не зачитывать\) ?)?(затрудня\w+|отказ|нет ответа|не знаю|не хо\w+ отвечать).*|"
    r"(важко|складно) (сказати|відповісти)|не знаю|не визнач\w+|відмов\w+.*|(немає|без) відповіді|не хочу відповідати|"
    r"vet (ej|inte)|ingen (åsikt|uppfattning)|vill inte svara|ved ikke|vet ikke|ingen (mening|holdning)|ønsker ikke .*|"
    r"en (osaa sanoa|tiedä)|ei osaa sanoa|ei mielipidettä|en halua vastata|nev(ím|í)|nedokáž\w+ (říci|říct|posoudit)|bez názoru|"
    r"neviem|nem tud(om|ja)|nincs (véleményem|válasz)|nem válaszol|nu ([sș]tiu|răspund\w*)|δεν (ξέρω|γνωρίζω|απαντώ)\W*(/.*)?|"
    r"bilmiyorum|fikrim yok|cevap yok|belirtmek istemiyorum|не зная|без отговор|ne znam|bez odgovora|"
    r"(わから|分から|判ら)ない|わかりません|分かりません|無回答|未回答|(答え|回答し)たくない|回答しない|不明|特に(ない|なし)|"
    r"不知道|不清楚|说不清|說不清|不确定|不確定|拒绝回答|拒絕回答|(잘 )?모르겠\w*|(잘 )?모름|무응답|응답 ?거[절부]|의견 ?없음)"
)
_OR = r"\s*(/|,|;|-|–|\||\bor\b|\boder\b|\bou\b|\bo\b|\blub\b|\bof\b|\beller\b|\bили\b|\bабо\b)\s*"
UNSURE = re.compile(
    rf"^\W*(?:{_NOT_KNOWING}|(?=.{{1,80}}$){_NOT_KNOWING}{_OR}{_NOT_KNOWING})\W*$",
    re.IGNORECASE,
)
"""Answers of those who have no opinion, or two such ways to say it."""


YES_AND_NO: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (("yes", "y"), ("no", "n")), "de": (("ja", "j"), ("nein",)), "fr": (("oui", "o"), ("non",)),
    "es": (("sí", "si"), ("no",)), "it": (("sì", "si"), ("no",)), "pt": (("sim",), ("não", "nao")),
    "nl": (("ja",), ("nee",)), "pl": (("tak",), ("nie",)), "ru": (("да",), ("нет",)), "uk": (("так",), ("ні",)),
    "sv": (("ja",), ("nej",)), "da": (("ja",), ("nej",)), "no": (("ja",), ("nei",)), "fi": (("kyllä",), ("ei",)),
    "is": (("já",), ("nei",)), "cs": (("ano",), ("ne",)), "sk": (("áno",), ("nie",)), "hu": (("igen",), ("nem",)),
    "ro": (("da",), ("nu",)), "el": (("ναι",), ("όχι", "οχι")), "tr": (("evet",), ("hayır", "hayir")),
    "bg": (("да",), ("не",)), "sr": (("да",), ("не",)), "hr": (("da",), ("ne",)), "sl": (("da",), ("ne",)),
    "et": (("jah",), ("ei",)), "lt": (("taip",), ("ne",)), "lv": (("jā",), ("nē",)), "ca": (("sí",), ("no",)),
    "ja": (("はい",), ("いいえ",)), "zh": (("是",), ("否", "不是")), "ko": (("예", "네"), ("아니요", "아니오")),
    "ar": (("نعم",), ("لا",)), "he": (("כן",), ("לא",)), "fa": (("بله", "بلی"), ("خیر",)), "hi": (("हाँ", "हां"), ("नहीं",)),
    "id": (("ya",), ("tidak",)), "vi": (("có",), ("không",)), "th": (("ใช่",), ("ไม่ใช่", "ไม่")),
}  # fmt: skip
"""The words for yes and for no in each language, small."""

_YES = frozenset(word for yes, _ in YES_AND_NO.values() for word in yes)
_NO = frozenset(word for _, no in YES_AND_NO.values() for word in no)

TICKED = _YES | frozenset(
    {"1", "true", "selected", "checked", "x", "✓", "✔", "☑", "○", "◯", "●", "vrai", "wahr", "verdadero", "vero", "verdadeiro", "ticked", "angekreuzt", "gewählt",
     "ausgewählt", "coché", "seleccionado", "selezionato", "selecionado", "geselecteerd", "zaznaczono", "выбрано"}
)  # fmt: skip
"""Small words for a box that was ticked, which do not say what it stands for."""

TICKED_LABELS = frozenset(
    {"mentioned", "quoted", "selected", "checked", "ticked", "chosen", "named", "marked", "genannt", "erwähnt", "gewählt",
     "ausgewählt", "angekreuzt", "cité", "mentionné", "choisi", "mencionado", "menciona", "citado", "nominato", "citato",
     "menzionato", "scelto", "genoemd", "gekozen", "wymieniono", "wymienione", "wskazano", "назвал", "назвали", "названо", "упомянуто",
     "отмечено", "выбран", "выбрано", "вибрано", "обрано", "зазначено", "選択", "選択あり", "已选择", "选中", "선택"}
)  # fmt: skip
"""Small labels that only ticked boxes have, whatever their code."""

NOT_TICKED = frozenset(
    {"0", "not selected", "unselected", "unchecked", "not checked", "false", "not mentioned", "not quoted", "not ticked",
     "not chosen", "not named", "not marked", "nicht genannt", "nicht erwähnt", "nicht gewählt", "nicht ausgewählt",
     "nicht angekreuzt", "non cité", "non mentionné", "non coché", "non choisi", "faux", "falsch", "falso", "no mencionado",
     "no menciona", "no seleccionado", "no citado", "non citato", "non menzionato", "non selezionato", "não mencionado",
     "não selecionado", "não citado", "niet genoemd", "niet geselecteerd", "niet gekozen", "nie wymieniono", "nie wskazano",
     "nie zaznaczono", "не назвал", "не назвали", "не названо", "не упомянуто", "не отмечено", "не выбран", "не выбрано", "☐", "не вибрано", "не обрано", "未選択", "選択なし", "未选择", "미선택"}
)  # fmt: skip
"""Small words for a box that was seen and left open."""

SAID_NOT = _NO
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

WRITTEN_FOR_NOTHING = frozenset(
    {"", "NA", "#N/A", "#NULL!", "NaN", "nan", "-", "--", ".", "null", "NULL", "(null)", "<NA>", "undefined",
     "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "##N/A##", "-999999999", "-1000000000"}
)  # fmt: skip
"""Words that programs write where nobody answered. "Null" is zero in German."""

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


def is_written_for_nothing(cell: str) -> bool:
    """Returns whether a cell is blank, or holds what a program or a person writes where there is nothing.

    Example:
        >>> [is_written_for_nothing(cell) for cell in (" ", "#N/A", "n/a", "k. A.", "0")]
        [True, True, True, True, False]
    """
    word = cell.strip()
    small = word.casefold()
    known = _TYPED_FOR_NOTHING | _ABBREVIATED
    return word in WRITTEN_FOR_NOTHING or small in known or small.replace(". ", ".") in known


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
