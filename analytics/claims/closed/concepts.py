"""Words of public life that mean the same: where a question has one of a line, its others are about it too."""

from __future__ import annotations

import re
from functools import lru_cache

CONCEPTS: dict[str, tuple[str, ...]] = {
    "en": (
        "city|cities|town|towns|municipal|city's|town's|city-run|local authority|city-funded|city funding",
        "council|councillors|council's|city council|town council|city hall|town hall", "government|government's|"
        "state|ministers|cabinet|federal government", "pay|pays|paying|fund|funds|funding|funded|finance|finances|"
        "financing|money|cost|costs|bill|bills|foot|foots|footing|foot the bill|pick up the bill|pick up the tab|"
        "cover the cost|bankroll|subsidy|subsidise|subsidize|subsidies|cash|pay for|payment|tab|spend|spending",
        "pool|pools|swimming pool|swimming|indoor pool|baths|bath|public bath|winter pool|pool's",
        "open|opening|keep open|stay open|kept open|keeping open|opened", "winter|winter opening|winters|winter's",
        "summer|summers", "night|nights|late|overnight", "ferry|ferries|boat|ferry's", "bus|buses|bus line|"
        "bus service", "tram|trams|rail|train|trains", "market square|square|square's|marketplace|market place|"
        "market|plaza|the square", "comma|commas|comma's|oxford comma|serial comma|comma use|punctuation|"
        "comma question|list|lists|listing|before \"and\"|before and|and", "ukraine|ukraine's|kyiv|kiev",
        "ceasefire|ceasefire's|truce|cease-fire|ceasefire push|ceasefire pressure|ceasefire question",
        "press|pressing|presses|push|pushing|pushes|pressure|pressuring|lean on|urge|urging",
        "both sides|warring sides|parties|two sides|warring parties", "trust|trusts|trusted", "mayor|mayor's",
        "school|schools|pupils|classes|class|classroom|classrooms|lesson|lessons", "street|streets|road|roads",
        "bike|bikes|bicycle|bicycles|cycling|cycle lane|bike lane|cycle lanes|bike lanes", "car|cars|traffic|"
        "motor traffic", "speed limit|limit|30 km/h|20 mph|speed", "tax|taxes|levy|charge", "rent|rents|housing",
        "library|libraries", "museum|museums", "theatre|theater|stage", "park|parks|green space", "tree|trees",
        "shop|shops|store|stores|shopping", "sunday|sundays", "hospital|hospitals|clinic", "phone|phones|mobile|"
        "smartphone|smartphones", "ban|banning|banned|bans", "wolf|wolves", "dog|dogs", "wind|wind turbines|turbines|"
        "wind farm", "solar|solar panels", "energy|power|electricity", "fireworks|firework|bangers|rockets|"
        "pyrotechnics|firecrackers", "new year|new year's eve|new year's", "public transport|transport|transit|"
        "buses and trams|buses|trams|trains|travel|bus and tram|buses and trains", "prohibit|prohibits|prohibiting|"
        "prohibition|outlaw|outlaws|outlawing|outlawed|forbid|forbids|ban|banning|banned|bans", "four-day week|"
        "shorter week|shorter working week|three-day weekend", "police|officers|police force|cops",
        "tax|taxes|tax rise|tax rises|tax increase|tax hike|higher taxes|levy", "depot|tram depot|shed|site|building",
        "festival|festivals", "football|stadium", "church|churches|bells", "newspaper|paper|news", "war|wars",
        "build|building|builds|built|construction", "close|closing|closure|closed", "free|free of charge|"
        "fare-free", "ticket|tickets|fare|"
        "fares", "holiday|holidays", "work|working|week", "bridge|bridges", "tunnel|tunnels", "airport|airports",
        "river|rivers", "clock|clock change|clocks|time change", "gender|gendering", "vote|voting|election|"
        "elections", "refugee|refugees|"
        "asylum", "climate|climate protection", "job|performance|job performance", "waste|rubbish|bins|garbage",
        "meat|vegetarian|vegan|canteen", "uniform|uniforms", "obliged|oblige|duty|compulsory|mandatory|forced|"
        "required|obligation|acceptance|accept|by law|legal duty|rule", "return|returns|returning|comeback|revival|"
        "bring back|bringing back|reintroduce|reintroduction|back", "in print|print|printed|printed paper|"
        "paper edition|hard copy|newsprint|on paper|print edition", "website|on the website|web|site|online|web page|"
        "webpage", "in the app|app|apps|mobile app|the app", "cheaper|cheap|low-cost|lower fares|cheaper fares|"
        "affordable|inexpensive", "clean|cleaner|cleaning|tidy|litter-free|cleanliness", "heated|heating|heat|warm|"
        "warmer|warmed|warming|lido|open-air pool|spring", "rate|rating|ratings|care|treatment|marks|verdict|"
        "medical care", "police|policing|patrols|police presence|more police", "toll|tolls|charge|charges|fee|fees|"
        "congestion charge|road pricing|levy|road charge|city toll|road toll|congestion zone|entry fee|pay-to-drive|"
        "drive|driving|car|cars|motoring|road|roads|street|vehicle|vehicles|motor traffic", "city centre|city center|"
        "town centre|town center|downtown|centre|center|central|inner city|inner-city|heart of the city|"
        "heart of town|into town", "train|trains|rail|rails|railway|railways|rail service|rail services|"
        "train service|train services|line|lines|commuter line|timetable|on the rails|services",
        "bus|buses|bus service|bus services|bus line|bus lines|bus network|bus route|bus routes|night bus|"
        "night buses|timetable", "cinema|cinemas|film house|picture house|movie theater|movie theatre|film palace|"
        "screen|big screen", "concert hall|concert|music|music venue|concerts|live music|venue", "flats|flat|housing|"
        "homes|apartments|apartment|residential|new homes|rental flats|houses|home", "demolish|demolition|knock down|"
        "tear down|torn down|pull down|pulled down|bulldoze|bulldozing|bulldozers|raze|razed|razing|flatten|"
        "wrecking ball|knocked down|knocking down|tearing down", "sunday|sundays|sunday opening|sunday trading|"
        "sunday shopping|day of rest|weekend opening", "shop|shops|store|stores|shopping|retail|trading|trade|"
        "supermarket|supermarkets|opening hours|high street", "shut|shut away|put away|stow away|stowed away|"
        "under lock and key|taken away|take away|taking away|hand over|handed over|lock|locked|locking|lock-up|"
        "lock away|locked away|locking away|lock up|locking up|phone-free|away", "lesson|lessons|class|classes|"
        "classroom|classrooms|school|schools|school day|in class|teaching|school time", "phone|phones|mobile|mobiles|"
        "smartphone|smartphones|handset|handsets|device|devices|screens|cellphone|cellphones", "cap|caps|capped|"
        "capping|limit|limits|ceiling|lid|brake|curb|curbs|freeze|limited|limiting|curbing", "rent|rents|rental|"
        "rented|lease|leases|tenancy|tenancies|renting|rent cap|rent control|rent controls|rent brake",
        "tax|taxes|taxation|levy|duty|tax rate|tax bill|tax system", "wealth tax|wealth|fortunes|riches|"
        "millionaires' tax|assets|the wealthy|super-rich", "speed limit|speed|limit|20 mph|30 mph|slow down|"
        "slower traffic|go-slow|speed cap|speeding", "motorway|motorways|autobahn|highway|highways|freeway|"
        "fast lane", "cycle|cycling|bike|bikes|bicycle|bicycles|cycle lane|cycle lanes|cycle path|cycle paths|"
        "bike lane|bike lanes|two wheels|pedal|pedals|cycleway|cycleways|"
        "cycling network", "park|parks|green space|green spaces|gardens|lawn|lawns|greenery|playground|playgrounds|"
        "green", "parking|car park|car parks|parking spaces|parking space|parking fees|parking charges|parking lot|"
        "parking lots|residents' parking|parking permit|parking permits|parking places", "tree|trees|planting|"
        "greenery|felling|felled|chainsaw|chainsaws|woodland|forest|forests|woods", "library|libraries|books|book|"
        "reading room|lending|late fees|library hours", "museum|museums|gallery|galleries|exhibition|exhibitions|"
        "exhibits|admission|entry", "theatre|theater|stage|opera|playhouse|curtain|drama|performing arts|"
        "opera house", "swimming pool|pool|pools|swim|swimming|baths|lido|leisure centre|water|indoor pool|"
        "outdoor pool|"
        "open-air pool", "stadium|stadiums|arena|arenas|football ground|ground|pitch|sports ground|football|club",
        "hospital|hospitals|ward|wards|clinic|clinics|emergency department|a&e|casualty|maternity unit|beds|"
        "healthcare|health care|emergency room", "doctor's|surgery|surgeries|gp|appointment|appointments|"
        "health service|nhs|medical care|practice|practices", "police|policing|patrols|patrol|force|constabulary|"
        "law and order|on the beat|officers", "crime|crimes|law and order|theft|burglary|burglaries|lawlessness|"
        "policing|security|safety|safe streets|break-ins", "climate|climate change|global warming|climate protection|"
        "climate policy|warming|environment|environmental|emissions|carbon|carbon emissions|greenhouse gas|"
        "green issues|green policies", "energy|power|electricity|power supply|energy supply|electric|energy bills|"
        "electricity bills|energy prices", "wind|wind turbine|wind turbines|turbine|turbines|wind farm|wind farms|"
        "wind power|windmills|wind energy|wind park", "solar|solar panels|solar power|solar energy|photovoltaic|"
        "sun power|panels|rooftop solar|solar farm|solar park", "nuclear|nuclear power|atomic power|reactor|reactors|"
        "nuclear energy|atom|nuclear plant|nuclear plants|nuclear power stations|nuclear power plants",
        "coal|lignite|coal power|coal-fired|coal phase-out|fossil fuels", "heating|heat pump|heat pumps|boiler|"
        "boilers|gas boiler|gas boilers|radiators|heating bills|gas heating", "inflation|prices|price|cost of living|"
        "living costs|bills|price of food|shopping basket|prices in shops|costs", "pension|pensions|retirement|"
        "retirement age|state pension|retire|retiring|pension age|old-age pension|working life|retirement pension",
        "minimum wage|wage|wages|hourly wage|pay|pay packet|pay packets|wage floor|earnings|salary|salaries",
        "strike|strikes|walkout|walkouts|industrial action|picket line|stoppage|right to strike", "work|job|jobs|"
        "working|workplace|office|offices|desk|workday|working day|9-to-5|employment|career",
        "home working|working from home|work from home|home office|remote working|remote work|teleworking|at home|"
        "hybrid|hybrid working|from home|remotely|kitchen table", "four-day week|shorter week|shorter working week|"
        "three-day weekend|working week|working hours", "holiday|holidays|vacation|vacations|travel|trip|trips|"
        "getaway|break|breaks|summer holiday|summer holidays", "flight|flights|flying|plane|planes|air travel|"
        "airport|airports|runway|runways|aviation|jet|night flights", "plastic|plastics|plastic bags|packaging|"
        "single-use|wrapping|carrier bags|disposable", "recycling|recycle|waste|rubbish|bins|garbage|trash|refuse|"
        "litter|bin collection|bin collections|household waste|waste collection|collection|collections|"
        "refuse collection", "deposit|deposit scheme|bottle|bottles|can|cans|returnable|bottle deposit",
        "meat|vegetarian|vegan|veggie|canteen|canteens|school meals|school dinners|menu|menus|meat-free|veggie day|"
        "lunch|lunches|meals|meal|diet|dinner|dinners|food", "sugar|sugary|sugar tax|fizzy drinks|sweets|soft drinks|"
        "junk food", "alcohol|beer|drinking|booze|wine|pub|pubs|drink|bars", "smoking|smoke|cigarettes|cigarette|"
        "tobacco|vapes|vaping|e-cigarettes|smoke-free|lighting up|smoking ban", "cannabis|marijuana|pot|weed|joint|"
        "joints|hemp|legalise|legalisation|legalising|legal|legalization|legalize|drug|drugs", "fireworks|firework|"
        "bangers|rockets|pyrotechnics|firecrackers|new year's eve|display|displays", "dog|dogs|lead|leads|leash|"
        "leashes|four-legged|pooch|pooches|on the lead|off the lead|canine|pet|pets|dog tax|dog walking|dog ban|"
        "puppy|paws", "cat|cats|feline|felines|moggies|microchip|microchipping|neutering|pet|pets",
        "zoo|zoos|animals|animal|enclosure|enclosures|captivity|wildlife|animal welfare", "wolf|wolves|cull|culling|"
        "hunt|hunting|shoot|shooting|predator|predators|pack|packs", "church|churches|bell|bells|faith|religion|"
        "parish|belief|god|religious|worship|steeple|ringing|chimes", "monarchy|king|queen|royal|royals|royal family|"
        "crown|throne|palace|head of state|the royals", "eu|european union|brussels|brexit|rejoin|rejoining|bloc|"
        "membership|single market|europe|re-entry", "nato|alliance|defence|defense|military|army|armed forces|troops|"
        "soldiers|rearmament|arms|defence spending|bundeswehr|weapons", "conscription|national service|"
        "military service|draft|call-up|compulsory service|service year|compulsory year", "ukraine|kyiv|weapons|"
        "arms deliveries|tanks|war|aid|military aid|arms supplies", "migration|immigration|asylum|refugees|refugee|"
        "border|borders|border controls|migrants|newcomers|deportation|deportations|integration|asylum seekers",
        "school uniform|school uniforms|uniform|uniforms|dress code|blazer|blazers|ties", "homework|homework ban|"
        "exercise books|school work|schoolwork", "exam|exams|grades|grade|marks|report card|report cards|"
        "school marks|grading|tests|test|school reports", "starting time|start time|later start|school bell|"
        "first bell|later school start|nine o'clock|start of school|lie-in", "nursery|nurseries|kindergarten|"
        "childcare|daycare|day care|crèche|creche|childcare fees|nursery fees|nursery places", "tuition|tuition fees|"
        "university|universities|student loans|degree|degrees|campus|higher education", "election|elections|vote|"
        "voting|ballot|ballots|polling|polls|ballot box|voting age|votes at 16|ballot paper|election day",
        "voting age|votes at 16|vote at 16|voting at 16|lower voting age|16-year-olds' vote",
        "referendum|referendums|plebiscite|plebiscites|direct democracy|popular vote|national vote", "mayor|mayoral|"
        "mayor's|city hall|town hall|mayoralty|mayor's office|leader of the council|chain of office|mayoral race",
        "council|councillors|council's|city council|town council|city hall|town hall|local politics|local authority|"
        "local government|chamber", "government|ministers|cabinet|coalition|ruling coalition|government's|"
        "federal government|administration|those in power|policy|policies|prime minister|chancellor|"
        "government's record|in office", "newspaper|newspapers|paper|journalism|press|media|news|coverage|"
        "local paper|reporting|local news|front page", "comma|commas|spelling|punctuation|grammar|oxford comma|"
        "serial comma|apostrophe|apostrophes", "social media|tiktok|instagram|facebook|online platforms|"
        "online networks|networks|platforms|apps|app|online|feeds", "artificial intelligence|ai|chatbots|chatbot|"
        "algorithm|algorithms|robots|machines|chatgpt", "internet|broadband|wifi|wi-fi|online|web|network coverage|"
        "mobile signal|fibre|connection|connections", "electric cars|electric car|e-cars|evs|ev|petrol|diesel|"
        "combustion engine|combustion engines|petrol cars|petrol engine|charging|charging points|batteries|battery|"
        "electric vehicles", "e-scooter|e-scooters|scooter|scooters|electric scooters|rental scooters|"
        "electric scooter|hire scooters", "tram|trams|tramway|streetcar|light rail|tram line|tram lines|tracks|"
        "new line|track", "bridge|bridges|crossing|span|river crossing|new bridge|footbridge|road bridge",
        "tunnel|tunnels|bypass|ring road|relief road|underpass|road scheme", "pedestrian|pedestrianised|"
        "pedestrianise|pedestrianisation|car-free|traffic-free|pedestrian zone|on foot|closed to cars|close to cars|"
        "walking|footpath|pavement|pavements", "square|market square|market|markets|plaza|market place|marketplace|"
        "main square|weekly market|market hall|stalls", "christmas market|christmas|christmas lights|mulled wine|"
        "festive|lights|fairy lights|festive lights|christmas tree|advent|yuletide", "festival|festivals|fair|"
        "carnival|fete|concert|concerts|music festival|open-air|street party|town festival|parade|summer festival",
        "statue|statues|monument|monuments|memorial|memorials|plinth|sculpture|bronze", "name|names|renaming|rename|"
        "renamed|street name|street names|street signs", "clock|clocks|clock change|summer time|daylight saving|"
        "daylight saving time|winter time|time change|changing the clocks|standard time|hour", "toilet|toilets|"
        "public toilet|public toilets|lavatory|lavatories|loos|loo|restroom|restrooms|wc|convenience|conveniences|"
        "public convenience", "street lighting|street lights|streetlights|lamp posts|lamps|lights|lighting|"
        "lights out|street lamps|light", "noise|loud|quiet|quiet hours|racket|noisy|silence|peace and quiet|peace",
        "cash|coins|notes|card payment|cashless|card|cards|contactless|notes and coins|legal tender|banknotes|"
        "cheques", "tip|tips|tipping|service charge|gratuity|"
        "gratuities", "coffee|tea|breakfast|lunch|café|cafes|cup|latte|espresso|brew", "weather|weather forecast|"
        "weather report|forecast|forecasts|forecasting|forecasters|sunshine|rain", "local|local area|locally|"
        "neighbourhood|neighborhood|district|area|quarter|doorstep|region", "life|lives|wellbeing|well-being|"
        "quality of life", "future|outlook|prospects|years ahead|next year|coming year|year ahead|tomorrow",
        "money|budget|spending|funds|funding|cash|finances|public money|public purse|purse|finance|coffers",
        "free|free of charge|fare-free|gratis|at no cost|for nothing|for free|free-of-charge|without paying|"
        "zero fares", "fare|fares|ticket|tickets|season ticket|ticket prices|ticket price|day ticket|travel pass|"
        "pass|flat-rate ticket", "transport|public transport|transit|buses|trains|mobility|getting around|commute|"
        "commuting|getting to work|journey to work|traffic|congestion", "basic income|universal basic income|"
        "unconditional basic income|monthly payment|money for all|income", "equality|equal pay|pay gap|quota|quotas|"
        "women's quota|gender quota|boardroom quota|boardrooms", "gender|gender-neutral|gendered|inclusive language|"
        "gender-inclusive|gender-neutral language|gender star|pronouns", "abortion|abortions|termination|"
        "terminations|reproductive rights|abortion law|abortion rules", "assisted dying|euthanasia|assisted suicide|"
        "right to die|end of life|assisted death", "organ donation|organ donor|organs|donor|donors|opt-out|"
        "donor card|donating organs|transplants", "vaccination|vaccinations|vaccine|vaccines|jab|jabs|immunisation|"
        "compulsory vaccination|measles jab|shots", "mask|masks|face masks|face coverings|mask rule|mask rules|"
        "mask mandate|face mask", "rocket|space|moon|mars|astronauts|space travel|spaceflight|space programme|"
        "mission", "olympics|olympic games|games|bid|host|hosting|olympic bid|world cup|championship|"
        "tournament", "var|referee|referees|video assistant|video referee|offside|video replays|technology",
        "kit|shirt|shirts|team|national team|squad|coach|manager|league",
    ),
    "de": (
        "stadt|städtisch|städtische|städtischen|städtisches|kommune|kommunal|kommunale|kommunalen|stadtkasse",
        "stadtrat|stadtrats|stadtrates|rat|rats|rates|ratsherren|gemeinderat", "regierung|bundesregierung|"
        "regierungs", "zahlen|zahlt|bezahlen|bezahlt|zahlung|finanzieren|finanziert|finanzierung|geld|gelder|kosten|"
        "bezuschussen|zuschuss|zuschüsse|übernehmen|übernimmt|aufkommen|aufkommt|mittel|finanzspritze|förderung|"
        "fördern", "hallenbad|hallenbads|hallenbades|bad|bades|bads|winterbad|winterbads|winterbades|schwimmbad|"
        "schwimmbads|schwimmbades|hallenbad-frage|bad-frage|winterbetrieb|winteröffnung|badbetrieb",
        "offen|offene|offenes|offenen|geöffnet|geöffnetes|offenhalten|öffnen|öffnung|offen halten|offen bleibt|"
        "offen bleiben|halten|bleibt|bleiben|weiterbetrieb|betrieb", "winter|winters|im winter|winterbetrieb|"
        "herbst und winter", "sommer|sommers", "nacht|nachts|nächtlich", "fähre|fähren|nachtfähre|fährbetrieb",
        "bus|busse|buslinie|busangebot|busverkehr", "bahn|straßenbahn|zug|züge", "marktplatz|marktplatzes|markt|"
        "platz|platzes|marktplatz-frage|markts", "komma|kommas|kommata|aufzählung|aufzählungen|oxford-komma|"
        "kommafrage|komma-frage|zeichensetzung|und|liste|listen|kommaregel", "ukraine|kiew",
        "waffenruhe|waffenstillstand|feuerpause|waffenruhe-druck|waffenruhe-frage|waffenruhen", "drängen|drängt|"
        "druck|drängens|einwirken|waffenruhe-druck|druck machen|bewegen", "seiten|seite|beide seiten|parteien|"
        "kriegsparteien|konfliktparteien|beide", "bürgermeister|bürgermeisterin|bürgermeisters", "schule|schulen|"
        "unterricht|schüler", "straße|straßen", "rad|fahrrad|fahrräder|radweg|radwege|radspur", "auto|autos|verkehr|"
        "autoverkehr", "tempo|tempolimit|tempo 30", "steuer|steuern|abgabe", "miete|mieten|wohnung|wohnungen",
        "bücherei|bibliothek", "museum|museums", "theater|theaters|bühne", "park|parks|grünfläche", "baum|bäume",
        "laden|läden|geschäfte|einkaufen", "sonntag|sonntags|sonntage", "krankenhaus|klinik|kliniken",
        "handy|handys|smartphone|smartphones", "verbot|verbieten|verboten", "wolf|wölfe", "hund|hunde",
        "wind|windräder|windkraft", "solar|sonnenenergie", "energie|strom", "feuerwerk|böller|silvester", "fest|feste",
        "fußball|stadion", "feuerwerk|feuerwerks|böller|böllern|böllerei|raketen|silvesterfeuerwerk|knallerei|"
        "pyrotechnik", "nahverkehr|öpnv|busse und bahnen|bus und bahn|busse|bahnen|gratis-nahverkehr|bahnfahren",
        "kostenlos|kostenlose|kostenlosen|kostenloser|gratis|kostenfrei|nulltarif|frei", "verbieten|verbot|"
        "untersagen|untersagt|verboten|verbots|böllerverbot", "steuern|steuer|steuererhöhung|steuererhöhungen|"
        "höhere steuern|mehr steuern", "polizei|polizisten|beamten|ordnungshüter", "vier-tage-woche|viertagewoche|"
        "4-tage-woche", "depot|depots|straßenbahndepot|tramdepot|gelände|halle", "kirche|kirchen|glocken", "zeitung",
        "krieg|kriege", "bauen|bau|gebaut", "schließen|schließung|geschlossen", "ticket|tickets|fahrkarte|fahrpreis",
        "ferien", "arbeit|arbeiten|woche", "brücke|brücken|bridge", "amt|amtsführung|arbeit|amts", "tunnel",
        "flughafen|flughafens", "fluss", "zeitumstellung|uhr|uhren", "gendern|gendersprache", "wahl|wahlen|wählen",
        "geflüchtete|flüchtlinge|asyl", "klima|klimaschutz", "müll|abfall", "fleisch|vegetarisch|kantine",
        "schuluniform", "verpflichten|verpflichtend|verpflichtet|pflicht|zwang|vorschreiben|vorgeschrieben|"
        "verpflichtung|gesetzlich", "einsteigen|einstieg|wiedereinstieg|rückkehr|comeback|zurück|wieder|renaissance|"
        "wiederbelebung", "aussteigen|ausstieg|abschied", "gedruckt|gedruckte|gedruckten|papier|print|auf papier|"
        "papierausgabe|gedruckte zeitung|gedruckte ausgabe|printausgabe", "e-paper|epaper|digitale zeitung|"
        "digitalausgabe|als e-paper", "website|webseite|auf der website|im netz|online|internetseite",
        "app|in der app|zeitungs-app|per app", "lesen|liest|las|gelesen|leseart|lektüre", "fahren|fährt|fahrt|"
        "gefahren", "tragen|trägt|getragen", "essen|isst|gegessen", "nehmen|nimmt|genommen", "sehen|sieht|gesehen",
        "öffnen|geöffnet|öffnet|öffnung|offen|offene|offenen|offener|einkaufen|shoppen|aufmachen", "maut|citymaut|"
        "city-maut|gebühr|gebühren|abgabe|abgaben|straßengebühr|eintrittsgebühr|autofahren|straße|straßen",
        "innenstadt|stadtzentrum|zentrum|city|stadtmitte|stadtkern|altstadt|stadt", "bahn|zug|züge|bahnen|zugverkehr|"
        "bahnverkehr|schiene|bahnhof|bahnfahren|regionalbahn|nahverkehrszüge|fahrplan|zugverbindung|"
        "zugverbindungen", "bus|busse|buslinie|buslinien|busverkehr|busangebot|nachtbus|nachtbusse|busnetz|"
        "busverbindung|bussen|linie|"
        "takt", "kino|kinos|lichtspielhaus|filmtheater|kinosaal|leinwand|film|filme", "konzertsaal|konzert|konzerte|"
        "musik|konzerthaus|musiksaal|konzerthalle", "wohnung|wohnungen|wohnraum|wohnen|wohnhaus|wohnhäuser|"
        "mietwohnungen|wohnbau|wohnungsbau", "abriss|abreißen|abgerissen|abbruch|abbrechen|abrissbirne|plattmachen|"
        "weg damit", "hund|hunde|hunden|vierbeiner|vierbeinern|leine|leinen|leinenpflicht|leinenzwang|anleinen|"
        "angeleint|hundeleine|angeleinte|bello|hundehaltung|frei laufen|frei laufende|frei laufen lassen|"
        "freilaufende|laufen lassen|gassi|hundesteuer|fiffi|an die leine|an der leine|anleinpflicht",
        "katze|katzen|kastration|kastrationspflicht|stubentiger|samtpfoten|haustier|haustiere",
        "park|parks|stadtpark|stadtparks|grünanlage|grünanlagen|grünfläche|grünflächen|anlage|wiese|wiesen|grün",
        "schule|schulen|unterricht|grundschule|grundschulen|klasse|klassen|klassenzimmer|schulalltag|schultag|"
        "schulzeit|lehrplan|schulstunde|schulstunden|schulbetrieb|pause|pausen|schulhof", "nachmittag|nachmittags|"
        "ganztag|ganztags|ganztagsschule|ganztagsschulen|ganztagsunterricht|ganztagsbetrieb|nachmittagsunterricht|"
        "ganztägig|ganztagsangebot|nachmittagsangebot", "handy|handys|smartphone|smartphones|mobiltelefon|"
        "mobiltelefone|geräte|bildschirm|bildschirme|handyverbot|telefon", "tempolimit|tempo|geschwindigkeit|"
        "geschwindigkeiten|höchstgeschwindigkeit|raserei|rasen|gas|vollgas|tempobremse|geschwindigkeitsbegrenzung|"
        "langsamer fahren|tempo 30|tempo 130|tempo 100", "autobahn|autobahnen|schnellstraße|schnellstraßen|"
        "landstraße|landstraßen|fernstraßen", "bundesregierung|regierung|koalition|kabinett|ampel|regierungsarbeit|"
        "berlin|kanzler|minister|regierungspolitik", "landesregierung|landespolitik|ministerpräsident|"
        "ministerpräsidentin|staatskanzlei|regierung|land", "bürgermeister|bürgermeisterin|oberbürgermeister|"
        "oberbürgermeisterin|rathaus|rathauschef|rathauschefin|stadtspitze|ob|stadtoberhaupt|rathausspitze",
        "stadtrat|gemeinderat|rat|stadtparlament|stadtverordnete|ratsmitglieder|kommunalpolitik|fraktionen",
        "miete|mieten|mietpreise|mietpreis|wohnkosten|mietkosten|wohnen|wohnraum|mietendeckel|mietpreisbremse|"
        "wohnungsnot|wohnungsmarkt|mietdeckel", "müll|abfall|abfälle|müllabfuhr|tonne|tonnen|dreck|sauberkeit|"
        "mülltonne|mülltonnen|müllabholung|biotonne|gelbe tonne|verschmutzung|verschmutzte straßen|schmutz",
        "verkehr|autoverkehr|straßenverkehr|stau|staus|straßen|autos|verkehrslage|verkehrschaos|mobilität",
        "sicherheit|kriminalität|einbrüche|innere sicherheit|polizei|verbrechen|sicherheitslage|sicher",
        "stadtteil|viertel|quartier|kiez|bezirk|ort|nachbarschaft|stadtteile|umfeld|wohnort|haustür|veedel",
        "problem|probleme|thema|sorge|sorgen|ärgernis|herausforderung|baustelle|sorgenkind|aufreger|problemen",
        "wetterbericht|wettervorhersage|wettervorhersagen|wetter|wetterprognose|vorhersage|prognose|meteorologen|"
        "wetterfrosch|wetterberichte|wetter-prognose", "freibad|freibäder|freibads|schwimmbad|schwimmbäder|bad|bäder|"
        "becken|schwimmen|badespaß|sprungturm|hallenbad|eintritt|eintrittspreis|eintrittspreise", "fahrrad|rad|räder|"
        "radweg|radwege|radfahren|radverkehr|fahrradweg|fahrradwege|radspur|radspuren|fahrradstraße|radwegenetz|"
        "radschnellweg|radnetz|fahrräder|fahrradstraßen", "parkplatz|parkplätze|parken|parkgebühr|parkgebühren|"
        "parkraum|stellplatz|stellplätze|anwohnerparken|parkhaus|parkausweis|parkticket|parkverbot", "fußgängerzone|"
        "autofrei|autofreie|autofreien|autofreier|ohne autos|fußgänger|flaniermeile|sperrung|sperren|gesperrt|"
        "autoverbot|für autos sperren|autofreiheit", "straßenbahn|tram|trambahn|stadtbahn|gleise|neue linie|"
        "straßenbahnlinie|tramlinie|bahnlinie|schienen|linie", "nahverkehr|öpnv|busse und bahnen|bus und bahn|"
        "öffentliche verkehrsmittel|öffis|verkehrsmittel|bahnen|busse|nulltarif|gratis-nahverkehr|ticketfrei",
        "ticket|tickets|fahrkarte|fahrkarten|fahrpreis|fahrpreise|deutschlandticket|monatskarte|fahrschein|"
        "fahrscheine|49-euro-ticket|jahreskarte", "windrad|windräder|windkraft|windpark|windparks|windenergie|"
        "windkraftanlagen|windkraftanlage|rotoren|windanlagen", "solar|solaranlage|solaranlagen|photovoltaik|"
        "solarenergie|solardächer|solarpflicht|sonnenstrom|sonnenenergie|solarpark|solardach|sonnenkraft",
        "atomkraft|kernkraft|kernenergie|atomenergie|akw|atomkraftwerk|atomkraftwerke|meiler|reaktor|reaktoren|"
        "atomstrom", "heizung|heizungen|heizen|wärmepumpe|wärmepumpen|gasheizung|ölheizung|heizungsgesetz|heizkosten|"
        "gasheizungen|ölheizungen|fernwärme", "klima|klimaschutz|klimawandel|klimapolitik|klimakrise|umwelt|"
        "umweltschutz|co2|emissionen|erderwärmung|klimaziele", "strom|strompreis|strompreise|energie|energiepreise|"
        "energiewende|stromkosten|stromrechnung", "rente|renten|rentenalter|ruhestand|rentenniveau|altersvorsorge|"
        "rente mit 67|lebensarbeitszeit|pension|renteneintritt|renteneintrittsalter", "mindestlohn|lohn|löhne|"
        "stundenlohn|gehalt|gehälter|bezahlung|verdienst|lohnuntergrenze", "steuer|steuern|besteuerung|steuerlast|"
        "abgabe|abgaben|steuersenkung|steuersatz|finanzamt", "vermögensteuer|vermögenssteuer|reichensteuer|vermögen|"
        "reichtum|reiche|superreiche|reichenabgabe", "vier-tage-woche|viertagewoche|arbeitszeit|kürzere arbeitszeit|"
        "arbeitswoche|wochenarbeitszeit|vier tage|4-tage-woche|verkürzung", "homeoffice|home-office|heimarbeit|"
        "von zu hause|zu hause|daheim|büro|arbeitsplatz|mobiles arbeiten|arbeiten|schreibtisch|arbeitsort|remote|"
        "telearbeit|küchentisch", "urlaub|ferien|reise|reisen|urlaubsziel|sommerurlaub|strand|meer|berge|"
        "urlaubsreise|sommerferien", "flug|flüge|fliegen|flughafen|flughäfen|flugreisen|kurzstreckenflüge|startbahn|"
        "flugzeug|nachtflugverbot|nachtflüge|kurzstreckenflug|flugverkehr", "fleisch|vegetarisch|vegan|kantine|"
        "kantinen|schulessen|essen|speiseplan|veggie|mensa|mittagessen|fleischlos|vegetarische kost|veggie-tag|"
        "veggietag|schulkantine|schulmensa|ernährung", "alkohol|bier|trinken|alkoholverbot|wein|promille|"
        "alkoholfrei", "rauchen|rauchverbot|zigaretten|zigarette|tabak|rauchfrei|qualmen|glimmstängel|vapes|"
        "e-zigaretten|"
        "nichtraucher", "cannabis|legalisierung|hanf|kiffen|joint|joints|marihuana|legalisieren|gras",
        "feuerwerk|böller|silvester|raketen|böllerverbot|knallerei|pyrotechnik|böllern|silvesterfeuerwerk|kracher|"
        "knaller", "wolf|wölfe|abschuss|jagd|jagen|rudel|bejagung|wolfsabschuss|schießen|wolfes", "kirche|kirchen|"
        "glocke|glocken|läuten|geläut|kirchenglocken|glaube|religion|kirchensteuer|glockenläuten|kirchturm",
        "europa|eu|europäische union|brüssel|euro|gemeinschaftswährung|europäisch", "bundeswehr|wehrpflicht|"
        "wehrdienst|armee|militär|verteidigung|aufrüstung|dienstpflicht|pflichtjahr|zivildienst|soldaten|"
        "grundwehrdienst|dienstjahr|pflichtdienst", "ukraine|waffen|waffenlieferungen|taurus|panzer|kiew|krieg|"
        "militärhilfe", "migration|zuwanderung|einwanderung|asyl|flüchtlinge|geflüchtete|grenze|grenzen|"
        "grenzkontrollen|asylpolitik|abschiebung|abschiebungen|integration|migrationspolitik",
        "schuluniform|schuluniformen|einheitskleidung|schulkleidung|uniform|uniformen|dresscode",
        "hausaufgaben|hausaufgabe|schularbeiten|hausaufgabenverbot|hausaufgabenfrei", "noten|schulnoten|zeugnis|"
        "zeugnisse|zensuren|benotung|note|ziffernnoten|notengebung|notenfrei", "unterrichtsbeginn|schulbeginn|"
        "schulstart|später anfangen|erste stunde|8 uhr|9 uhr|acht uhr|neun uhr|späterer beginn|späterer schulbeginn|"
        "ausschlafen|schulgong", "kita|kitas|kindergarten|kindergärten|betreuung|kinderbetreuung|krippe|"
        "kita-gebühren|kitagebühren|kita-plätze|betreuungszeiten|beitragsfrei|elternbeiträge", "studium|universität|"
        "uni|unis|hochschule|hochschulen|studiengebühren|bafög", "wahl|wahlen|wählen|stimmrecht|wahlrecht|wahlalter|"
        "wahlpflicht|urne|stimmzettel|wahlgang|wahlalter 16", "volksentscheid|volksentscheide|bürgerentscheid|"
        "bürgerentscheide|volksabstimmung|volksabstimmungen|direkte demokratie|mitbestimmung|referendum",
        "zeitung|zeitungen|lokalzeitung|journalismus|medien|presse|berichterstattung|nachrichten|lokalnachrichten|"
        "lokalteil|lokaljournalismus", "rundfunkbeitrag|rundfunk|ard|zdf|öffentlich-rechtliche|gebühr|rundfunkgebühr|"
        "fernsehen|öffentlich-rechtlich", "gendern|gendersternchen|gendersprache|genderstern|"
        "geschlechtergerechte sprache|doppelpunkt|binnen-i|genderverbot|sprache|gender", "soziale medien|"
        "soziale netzwerke|social media|tiktok|instagram|facebook|netzwerke|plattformen|online|netz",
        "künstliche intelligenz|ki|chatgpt|chatbots|algorithmen|roboter|maschinen", "elektroauto|elektroautos|e-auto|"
        "e-autos|verbrenner|verbrennerverbot|verbrenner-aus|ladesäulen|diesel|benziner|elektromobilität|stromer|"
        "e-mobilität|ladesäule", "e-scooter|e-roller|elektroroller|roller|scooter|leihroller|tretroller|leih-scooter|"
        "elektro-tretroller", "brücke|brücken|neubau|flussquerung|übergang|brückenbau|steg|fußgängerbrücke",
        "umgehungsstraße|ortsumgehung|tunnel|umfahrung|straßenbau|entlastungsstraße|ortsumfahrung",
        "marktplatz|markt|wochenmarkt|markthalle|platz|märkte|marktstände", "weihnachtsmarkt|weihnachtsmärkte|"
        "weihnachten|weihnachtsbeleuchtung|glühwein|advent|christkindlmarkt|lichterglanz|weihnachtsbaum|adventszeit|"
        "lichterketten", "fest|feste|stadtfest|volksfest|kirmes|straßenfest|festival|karneval|fasching|rummel|"
        "stadtfeste|altstadtfest", "denkmal|denkmäler|statue|statuen|mahnmal|skulptur|bronze",
        "straßenname|straßennamen|umbenennung|umbenennen|umbenannt|name|namen|straßenschilder", "zeitumstellung|"
        "sommerzeit|winterzeit|uhr|uhren|normalzeit|umstellung|uhrenumstellung|zeitwechsel|uhrenstellen|"
        "uhrumstellung", "straßenbeleuchtung|straßenlaternen|laternen|licht|beleuchtung|lampen|nachtabschaltung|"
        "lichter", "lärm|ruhe|nachtruhe|laut|ruhezeiten|lärmschutz|krach|stille|ruhezeit", "bargeld|münzen|scheine|"
        "kartenzahlung|karte|karten|bargeldlos|geldscheine|bares|cash", "trinkgeld|trinkgelder|service|bedienung",
        "sonntag|sonntags|sonntage|sonntagsöffnung|verkaufsoffen|verkaufsoffene|ladenschluss|sonntagsshopping|"
        "sonntagsruhe|verkaufsoffener sonntag|verkaufsoffene sonntage|ladenöffnung|ladenschlussgesetz|"
        "öffnungszeiten", "laden|läden|geschäft|geschäfte|einkaufen|shopping|handel|einzelhandel|supermarkt|"
        "supermärkte|"
        "händler", "krankenhaus|krankenhäuser|klinik|kliniken|klinikum|notaufnahme|geburtsstation|"
        "krankenhausstandort|klinikstandort", "arzt|ärzte|hausarzt|hausärzte|praxis|praxen|arzttermin|termine|"
        "ärztliche versorgung|hausarztpraxis|versorgung", "polizei|polizisten|streife|streifen|ordnungsamt|beamte|"
        "ordnungshüter|polizeipräsenz", "videoüberwachung|kameras|kamera|überwachung|überwachungskameras|"
        "videokameras", "impfung|impfungen|impfen|impfpflicht|piks|masern|masernimpfung|"
        "grippeimpfung", "organspende|organspender|widerspruchslösung|organe|spenderausweis|organspendeausweis",
        "sterbehilfe|sterben|assistierter suizid|selbstbestimmtes sterben|lebensende", "grundeinkommen|bürgergeld|"
        "sozialhilfe|bedingungsloses grundeinkommen|hartz iv|sozialleistungen|grundsicherung", "frauenquote|quote|"
        "gleichstellung|gleichberechtigung|vorstände|quoten", "olympia|olympische spiele|olympiabewerbung|bewerbung|"
        "spiele|olympischen spiele|olympischen|austragung", "stadion|stadionneubau|arena|fußball|verein|"
        "fußballstadion|stadionbau|spielstätte", "bibliothek|bibliotheken|bücherei|büchereien|stadtbibliothek|"
        "stadtbücherei|bücher|ausleihe|leihgebühr|ausleihen", "museum|museen|ausstellung|ausstellungen|eintritt|"
        "galerie|museumseintritt|museumsbesuch", "theater|bühne|schauspielhaus|oper|opernhaus|kultur|spielstätte|"
        "kulturhaus|schauspiel|theaterbau", "spielplatz|spielplätze|rutsche|schaukel|sandkasten|kinderspielplatz|"
        "wasserspielplatz", "baum|bäume|baumfällungen|fällen|gefällt|wald|wälder|baumschutz|begrünung|stadtbäume|"
        "pflanzen|baumpflanzungen", "plastik|verpackung|verpackungen|einweg|mehrweg|plastiktüten|tüten|"
        "verpackungssteuer|pfand|einwegbecher|mehrwegpflicht", "preise|inflation|teuerung|lebenshaltungskosten|"
        "preissteigerungen|kosten|preisanstieg|lebensmittelpreise", "geld|haushalt|mittel|finanzen|kasse|etat|budget|"
        "finanzierung|ausgaben|stadtkasse|kassen|stadtsäckel", "kostenlos|kostenlose|kostenlosen|kostenloser|"
        "kostenloses|gratis|kostenfrei|umsonst|gebührenfrei|eintrittsfrei|nulltarif|freier eintritt|kostenfreie|"
        "gebührenfreie|beitragsfreie", "leben|lebensqualität|glück|wohlbefinden|alltag|lebensgefühl",
        "wirtschaft|konjunktur|wirtschaftslage|aufschwung|wohlstand|wirtschaftspolitik|unternehmen",
        "bildung|schulen|bildungspolitik|lehrermangel|bildungssystem|schulpolitik", "digitalisierung|digital|"
        "digitale|internet|breitband|glasfaser|wlan|netzausbau|funkloch|mobilfunk|schnelles internet",
        "toilette|toiletten|klo|klos|öffentliche toilette|öffentliche toiletten|wc|wcs|stilles örtchen",
        "brötchen|frühstück|kaffee|café|bäcker|bäckerei|kuchen",
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
        (r"zufried", r"zufrieden(?:e[nr]?|heit)?(?: mit| über)?", r"unzufrieden(?:e[nr]?|heit)?(?: mit| über)?|"
            "(?:unmut|missmut|"
            r"verdruss)(?: über| mit)?"),
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
NOT_AT_ALL = {
    "en": r"not at all|at all",
    "de": r"gar nicht|überhaupt nicht|gar kein(?:e|en)?|überhaupt kein(?:e|"
    "en)?",
}


FAMILIES = (
    ("bus|buses|busse|bussen|buslinie|buslinien", "tram|trams|straßenbahn|straßenbahnen", "train|trains|zug|züge|zügen|"
     "eisenbahn", "bike|bikes|bicycle|bicycles|cycling|fahrrad|fahrräder|rad", "ferry|ferries|boat|fähre|fähren",
     "car|cars|auto|autos"),
    ("theatre|theater|theaters|theatres", "opera|oper", "museum|museums|museen", "cinema|cinemas|kino|kinos",
     "library|libraries|bibliothek|bibliotheken|bücherei", "gallery|galleries|galerie"),
    ("wind|windkraft|turbines|windräder", "solar|solarenergie|photovoltaik", "nuclear|atomkraft|kernkraft"),
    ("dog|dogs|hund|hunde", "cat|cats|katze|katzen"), ("church|churches|kirche|kirchen", "mosque|mosques|moschee"),
    ("hospital|hospitals|krankenhaus|klinik", "school|schools|schule|schulen"),
)  # fmt: skip
"""Families of things that one line may name together and that are not the same: who is asked of one says nothing of
the others."""


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
    found: dict[str, None] = {}
    for line in CONCEPTS[language]:
        names = line.split("|")
        if any(name in forms for name in names) or any(
            (" " in name or "-" in name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names
        ):
            found |= dict.fromkeys(names)
    others = {word for kind in _beside(forms) for word in kind}
    return tuple(name for name in found if others.isdisjoint(name.split()))


def _beside(forms: set[str]) -> list[set[str]]:
    """Returns the kinds of a family that are not named where another of it is: trains where buses were asked about."""
    found = []
    for family in FAMILIES:
        kinds = [set(kind.split("|")) for kind in family]
        if any(kind & forms for kind in kinds):
            found += [kind for kind in kinds if not kind & forms]
    return found


def same_as(name: str, language: str) -> list[str]:
    """Returns what is called the same as a name, by the lines that have it whole or have its last word."""
    names = {name, re.sub(r"s$", "", name), *([name.split()[-1]] if language == "en" and name else [])}
    return [other for line in CONCEPTS[language] if names & set(line.split("|")) for other in line.split("|")]
