"""Words of many languages that say what stands beside them: a number to call, a handle, an address written out."""

# ruff: noqa: RUF001 (the letters of many scripts look like Latin ones)

from __future__ import annotations


def listed(words: str) -> tuple[str, ...]:
    """Words that stand in a text with blanks between them; a word of several parts has a low line for each blank."""
    return tuple(word.replace("_", " ") for word in words.split())


# E-mail written out

AT_SIGNS = listed("""
    arobase arrobase arobas arroba chiocciola собака собачка sobaka равлик małpa malpa snabel-a snabela snabel_a
    krøllalfa alfakrøll apenstaartje apestaartje kukac zavináč zavinac klammeraffe miukumauku ätmerkki παπάκι
    afna majmun
    coadă_de_maimuță et_işareti
""")
"""What languages call the sign @, where the name means little else."""

SHORT_AT_SIGNS = listed("at ät ätt aet a эт ат et @")
"""Those that need brackets around them, as they are common words."""

BARE_AT_SIGNS = frozenset(listed("at ät aet"))
"""Those of them that are written without brackets as well."""

DOTS = listed("""
    dot period punkt point punto ponto kropka точка крапка тачка tochka krapka nokta piste prik prikk punktum
    tečka tecka
    bodka pont punct punt pika τελεία punkts taškas taskas نقطة נקודה titik chấm
""")

DASHES = listed("""
    underscore unterstrich bindestrich minus dash hyphen tiret guion guión trattino подчеркивание дефис
""")

HOSTS = listed("localhost gmail googlemail hotmail icloud protonmail gmx posteo yandex")
"""Hosts without a dot that make an address even of short names; "tod@s" and "p@ss" are none."""

NO_LOCAL_PARTS = frozenset(
    listed("""
    me us him her them you it is was are am be here there now look looking find found read see visit blog site
    more home
    work live out up mich uns ihn sie hier
""")
)
"""Words before "at example.org" that belong to the sentence, not to the address."""

NO_HOSTS = frozenset(
    listed("the a an this that these those some any every each which what one no first last our my your his her its")
)
"""Words after "at" that begin no host: "at this point in time"."""

# Domains

ENDINGS = frozenset(
    listed("""
    com org net info biz edu gov int mil name pro mobi jobs cat tel asia aero coop museum travel post app dev
    blog xyz shop
    store site website space page wiki cloud tech digital studio design art photo photos gallery academy agency
    berlin
    hamburg koeln cologne bayern ruhr wien tirol swiss paris london amsterdam moscow istanbul nyc social club
    life family
    health care ink eus gal bzh scot wales irish vip top icu fun win bid link click email
    ac ad ae af ag al ao ar au aw ax az bb bd bf bg bh bj bm bn bo br bs bt bw bz ca cc cd cf cg ch ci ck cl cm
    cn cr cu cv
    cw cx cy cz de dk dm dz ec ee eg er es eu fi fj fk fm fo fr gb gd gf gg gh gi gl gm gn gp gq gs gt gu gw gy
    hk hn hr ht
    hu io iq ir je jm jp ke kg kh ki km kn kp kr kw ky kz lb lc lk lr ls lt lu lv ly mc mg mh mk ml mm mn mp mq
    mr mt mv mw
    mx mz nc nf ng nl np nr nz om pf pg ph pk pl pn pr ps pt pw qa ro ru rw sb sc sg sj sk sl sn sr ss sv sx sy
    sz tc td tf
    tg th tj tk tl tm tn tt tv tw tz ua ug uk uy uz vc vg vn vu wf ws yt za zm zw
    рф ру рус укр юа ком орг бел срб мкд қаз бг ею ελ ευ онлайн сайт москва дети 中国 中國 台灣 香港 公司 한국
    امارات السعودية
    مصر ایران קום ישראל भारत ไทย example test invalid localhost local lan internal onion
""")
)

WORDLIKE_ENDINGS = frozenset(
    listed("""
    it to me be at us by co is in no am as so do my la li ma na ne ni nu pa pe pm re sa se sh si sm st su te va
    ve vi ba bi
    py ga ge gr hm id ie il im mo mu md ai live news online today world media team works help fit one now zone
""")
)
"""Endings that are words too. A missing blank after a full stop brings them near, so a sign of an address is needed."""

ARTICLES = frozenset(listed("de es"))
"""Endings that are articles or verbs elsewhere, and too common as endings to need a sign."""

BEFORE_ARTICLES = frozenset(
    listed("""
    mevr dhr hr mr mrs ms dr drs prof ir ing st ste sr sra sres dra dña dn mme mlle me pr av avda pza lic etc
    usw bzw ca vgl
    nr str inkl ggf evtl abs art bl sog verdad nada todo siempre así ya bien mal
""")
)
"""Words before ".de" and ".es" that end a sentence or are shortened: "Mevr.de Vries"."""

PLACES = listed("""
    on at see visit via from auf bei unter über siehe sur chez en in em no na su op på на w site website
    webseite homepage
    seite page blog shop web url domain сайт блог strona sitio página pagina sito мой моя
""")
"""Words before an address: "on annlee.me"."""

IS = listed("is ist est es é è jest to это")

MINE = listed("my mein meine mon ma mi meu minha мой moja mój mijn site website blog shop")
"""Words after an address: "annlee.it is my site"."""

# Handles

NETWORKS = listed("""
    instagram* insta инстаграм* инста ig telegram* телеграм* телег* tg тг tiktok* tik-tok tik_tok тикток*
    snapchat snap
    twitter* твиттер* facebook* фейсбук* fb threads mastodon bluesky bsky discord дискорд* reddit signal skype
    скайп* viber
    вайбер* whatsapp* ватсап* wechat weixin weibo kakaotalk kakao threema icq vkontakte вконтакте вк vk youtube
    ютуб* twitch
    steam linkedin xing pinterest tumblr onlyfans patreon paypal venmo cashapp cash_app github soundcloud strava
    vinted
    matrix qq zalo line line_id line-id yt disc letterboxd goodreads nickname nick username user_name user
    handle benutzername usuario usuário
    pseudo ник
    логин login
""")
"""Networks, and words for a name in one; * for up to three letters of an ending."""

NETWORKS_EAST = listed("""
    インスタグラム インスタ ツイッター ティックトック テレグラム 微信号 微信 微博 抖音 推特 인스타그램 인스타
    트위터 텔레그램 카톡
""")

NETWORKS_OF_NAMES = frozenset(
    listed("""
    insta instagram ig snap snapchat twitter tiktok tg тг vk вк icq skype twitch xing nick username handle
    pseudo ник
    инстаграм инста
""")
)
"""Where a plain word after the colon is a name: "insta: annlee", but not "Signal: safer"."""

BETWEEN_NETWORK_AND_NAME = listed("""
    is ist es est é è e jest это user name named handle account id profile profil perfil konto unter als as me
    at on mich
    moi under live username usuario usuário utilisateur gebruiker benutzer пользователь ник аккаунт канал
    channel kanal add
    find follow
""")

ON = frozenset(listed("on auf bei en sur no na w в на su op på in at ("))
"""What stands between a handle and its network: "annlee_74 on twitter"."""

COMMON = frozenset(
    listed("""
    the a an and or but not no nor so all any both each few more most none some such them they he she it we you
    i is are was
    were be been ban bad good never thanks please always who what when where why how do does did has have had
    will would can
    could should if of in on at to for from by with about
    der die das und oder nein danke bitte aber nicht kein keine ist sind war nie immer alle alles wer was wo wie
    ich du er
    sie es wir ihr man nur noch auch ein eine
    le la les un une des et ou mais pas jamais toujours tous rien est sont je tu il elle nous vous on
    el los las una y o pero ni nunca siempre todo todos nada es son yo ella
    os uma mas nem sempre tudo são eu ele ela il lo gli uno e ma non mai sempre tutti niente sono io lui lei
    de het een en maar niet nooit altijd zijn ik hij zij wij nie nigdy zawsze
    и или но не ни никогда всегда все я ты он она мы вы они это
""")
)
"""Words that are nobody's name."""

# Numbers

SECTIONS = frozenset(
    listed("""
    version versión versão versione versie wersja wersji версия версии sürüm v § section abschnitt kapitel
    chapter chapitre
    paragraph paragraf paragraphe punkt pkt пункт пункта пункте статья статьи статье art article artikel artigo
    artículo
    articolo artykuł para point punto ziffer nr no release build update
""")
)
"""Words before the number of a part: "version 1.2.3.4"."""

UNITS = listed("""
    % ‰ € $ £ ¥ ₽ ₹ ₴ ₺ ₩ ° 元 円 万 億 亿 원 人 票 名 m/s
    euro eur usd gbp chf dolar dollar dólar pound libra franc frank рубл руб тенге грив грн lira zł kč kron yen
    yuan rupe rupi
    peso reais million millón mio mrd milli bilion billion tausend thousand тыс млн млрд km kg kwh mw gw tonn
    people person women menschen leute einwohner stimmen bürger voter vote voix habit gens citoyen electeur
    électeur voto
    pessoa abitanti persone inwoners mensen mieszka osób głos osob obyvatel lakos жител человек люд голос осіб
    kişi invånare
    röster indbygg stemmer asukas ääntä
""")
"""How words begin that stand after what is counted or paid."""

SHORT_UNITS = frozenset(listed("m x kr tl lei ft mil oy men real"))

CALLS = frozenset(
    listed("""
    tel phone ph cell cel call ring dial text txt sms fax mobile mob gsm wa whatsapp wapp zap handphone hotline
    handy ruf rufe rufen mobil erreichbar erreichen meldet melden durchwahl festnetz
    tél appelez appeler appelle appelle-moi joindre portable
    tlf tfno móvil fijo celular llame llama llámame llamar marque marca
    ligue ligar liga liguem ligue-me telemóvel chama chame
    chiama chiamate chiamatemi chiamami cellulare fisso
    bel belt bellen ring ringa ringen ringe nås nå
    hringdu hringja sími síminn soita soittakaa soittaa puh puhelin tekstaa viesti helista helistage zvani
    zvaniet zvanīt skambink
    skambinkite
    volejte volat zavolejte volajte zavolajte hívj hívjon hívjanak hívjatok hívni sunați suna sunati sună suni
    zovi zovite nazovite nazovi pokličite kliči mobitel зовите зови обадете обади звъннете
    тел моб звоните звони позвоните набирайте наберите звонить вайбер ватсап вотсап телефон дзвоніть подзвоніть
    зателефонуйте
    τηλ ara arayın arayin aray arayabilirsiniz cep
    gọi đt sđt hubungi telepon telp tawag tawagan piga simu
""")
)
"""Words beside numbers to call, in forty languages."""

CALL_STEMS = listed("""
    telefon telefoon teléfon téléphon telephon puhelim τηλεφ τηλέφ καλέσ κινητ телефон звон позвон обажд anruf
    anzuruf rückruf
    whatsapp handynummer rufnummer mobilnummer dzwoń dzwon zadzwoń zadzwon komórk soitta zvan tālr skambin llám
    hívj hívh
    зателеф подзвон звън cellphone
""")

CALLS_EAST = listed("""
    電話 携帯 連絡先 でんわ 电话 手机 手機 联系 聯絡 致电 전화 연락 휴대폰 โทร เบอร์ טלפון התקשר נייד اتصل هاتف
    جوال موبايل واتس تماس تلفن
    موبایل फोन फ़ोन कॉल मोबाइल
""")
"""Written without blanks around them, or with endings and beginnings attached."""

NUMBERS = frozenset(
    listed("""
    number nummer nr numéro número numero numeroni číslo szám számom număr numărul numarul numaram numara
    numarası
    numarasından broj số nomor nomer nambari номер номера номере номеру број contact contacto contato kontakt
    reach mig
""")
)
"""Words beside numbers of all kinds: they say little beside a short one."""

NUMBER_STEMS = listed("numer αριθμ numarası numero")
NUMBERS_EAST = listed("番号 号码 號碼 번호 מספר رقم شماره नंबर")

IDENTITIES = frozenset(
    listed("""
    ssn sin tfn ird nhs nino pps ppsn nir niss siren
    perso steuer-id steuerid idnr steueridentifikationsnummer steuernummer sozialversicherungsnummer svnr
    sv-nummer
    rentenversicherungsnummer versicherungsnummer personalnummer ahv ahv-nummer
    dni nif nie cif cuit cuil curp rfc rut run cédula cedula cpf cnpj nis rg
    bsn sofinummer burgerservicenummer rijksregisternummer
    pesel nip regon dowód dowodu rodné rodne cnp egn oib jmbg emšo tajszám taj adóazonosító
    егн инн снилс рнокпп іпн ипн иин
    personnummer personnr samordningsnummer fødselsnummer fodselsnummer cpr cpr-nummer cpr-nr henkilötunnus hetu
    isikukood
    asmens amka αμκα αφμ kimlik tckn aadhaar aadhar pan nik ktp nric mykad cccd cmnd
""")
)
"""Words beside numbers that states give to persons."""

IDENTITY_STEMS = listed("""
    passap pasap passpo passeport pasaport reisepass personalausweis ausweis паспорт personnum fødselsn
""")
IDENTITIES_EAST = listed("""
    身份证 身分証 身分證 マイナンバー 주민등록 여권 护照 護照 旅券 תעודת ת.ז الهوية القومي ملی आधार บัตรประชาชน
""")

IN_CAPITALS = frozenset(listed("nie sin run pan rut rg nis ird cif nip"))
"""Short for such a number where written in capitals, words of a language otherwise."""

PERSONAL = frozenset(
    listed("""
    social security seguro insurance passport passports pass passeport identité identidad identidade fiscale
    fiscal sécu
    sécurité national license licence führerschein permis título id identity avs
""")
)
"""Words that speak of other things too: they count before a number alone, and not beside a short one."""

ACCOUNTS = frozenset(
    listed("""
    iban konto kontonummer kontonr account acct compte cuenta clabe conta conto rekening rekeningnummer rachunek
    účet účtu
    számlám számla számlaszám cont contul сметка счёт счет счета рахунок hesap hesabım hesabına tili tilinumero
    tilille
    bankkonto kontoen kontot blz routing λογαριασμός
""")
)
ACCOUNTS_EAST = listed("口座 账号 账户")

EAST = {"call": CALLS_EAST, "number": NUMBERS_EAST, "identity": IDENTITIES_EAST, "account": ACCOUNTS_EAST}
"""Words that are looked for anywhere near a number, by what they say of it."""
