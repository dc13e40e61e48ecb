"""Words that judge a matter while they name it, by their stems: a "draconian law", a "Flut" of people.

Two kinds. Some words judge wherever they stand. Others do so only before what the question is about: "is it dangerous?"
asks, "the dangerous plan" has answered.
"""

from __future__ import annotations

import re

MONEY = r"(?:tax ?payers?['’]?s? |public |our |your )?(?:money|cash|funds|millions|billions)"
ANYWHERE = re.compile(
    r"\b(?:"
    # stems of adjectives that have no neutral use before a policy, English
    r"draconian|radical(?=,? (?:\w+ )?(?:plans?|proposals?|polic(?:y|ies)|laws?|bills?|agendas?|ideas?|schemes?|left|"
    r"right))|"
    r"disastrous\w*|outrag(?:e|eous)\w*|scandalous\w*|senseless|insane|absurd|ridiculous|corrupt(?! or\b)|"
    r"incompeten(?:t|ce)|reckless\w*|shameful\w*|shameless\w*|disgrac\w+|greed(?:y)?|heartless|ruthless|callous|"
    r"appalling|atrocious|abysmal|horrendous|idiotic|moronic|stupid|foolish|foolhardy|laughable|pathetic|"
    r"pointless|mindless|botched|bungled|half-baked|harebrained|hare-brained|ill-(?:conceived|advised|judged|fated)|"
    r"misguided|wrong-?headed|heavy-handed|high-handed|short-?sighted|bloated|wasteful|lavish|exorbitant|"
    r"extortionate|"
    r"sky-?high|skyrocketing|soaring|runaway|rampant|crippling|job-(?:killing|destroying)|money-grabbing|"
    r"out-of-touch|"
    r"power-hungry|extremist agenda|so-called|long[- ]overdue|much[- ]needed|(?:badly|desperately|"
    r"urgently)[- ]needed|"
    r"common[- ]sense|world-class|ground-?breaking|visionary|courageous|heroic|hard-earned|sensible people|"
    r"(?:hard-?working|law-abiding|decent|ordinary)(?= (?:\w+ )?(?:famil|people|tax|citizens|parents|men|women|folk|"
    r"\w+s\?))|"
    # nouns and verbs
    r"wast(?:e|es|ed|ing) (?:of )?(?:more |even more )?(?:of )?" + MONEY + r"|squander\w*|fritter\w*|"
    r"pour(?:ing)? (?:\w+ )?money (?:down|into a)|throw(?:ing)? (?:\w+ )?money (?:at|away)|"
    r"fat cats?|cronies|cronyism|bureaucrats|scroungers?|freeloaders?|layabouts|do-gooders?|thugs|illegals|"
    r"(?:flood|floods|wave|waves|swarm|swarms|horde|hordes|tide|influx) of (?:\w+ )?(?:migrants|immigrants|refugees|"
    r"asylum|foreigners|tourists|newcomers)|"
    r"war (?:on|against) (?:the )?(?:motorists?|drivers?|cars|famil\w+|farmers?|landlords?|pensioners?|business\w*|"
    r"middle class)|"
    r"rip-?offs?|(?:power|money|land|tax|cash) grabs?|cash cow|nanny state|witch[- ]hunts?|hoax|sham|farce|fiasco|"
    r"debacle|shambles|boondoggle|vanity projects?|white elephant|gravy train|madness|lunacy|insanity|folly|"
    r"invasion of (?!privacy)(?-i:[a-z]{3,})|(?:molly-?)?coddl\w*|(?:tax|regulatory|bureaucratic|red)[- ]?(?:monster|"
    r"nightmare|orgy)|"
    r"woke(?= \w+)|(?:poison|ruin|wreck|trash)(?:ing|s)? (?:our|your)|"
    r"(?:mean|narrow|small|cold|iron|ham|tight)-(?:spirited|minded|fisted|hearted)|"
    r"\w+-(?:grabbing|busting|crushing|wrecking|destroying|hating|sucking|hungry|mad|obsessed|crazed|ridden|crazy|"
    r"killing|bashing|mongering|winning)|bully boys?|blood-?sucking|award-?winning|prize-?winning|much-?loved|"
    r"beloved|"
    r"cherished|hugely (?:popular|successful)|state-of-the-art|cutting-edge|tireless|spineless|gutless|clueless|"
    r"crooked|"
    r"shady|sleazy|cynical|arrogant|smug|lazy|workshy|work-shy|feckless|ungrateful|privileged elites?|sneaky|"
    r"surrender to|capitulation|betray(?:al|ed|ing|s)?|sell-?out|selling out|stitch-?up|carve-?up|bonanza|"
    r"stealth tax\w*|"
    r"money pit|eyesore|monstrosity|blight|death ?trap|killing off|dumping ground|concrete jungle|free-for-all|"
    r"onslaught|crusade|clampdown|scandal-\w+|crisis-\w+|cash-strapped|blunder\w*|bungl\w+|"
    r"wasting (?:millions|billions|time|resources|public)|waste (?:millions|billions)|pump\w* (?:more )?(?:millions|"
    r"billions)|"
    r"hand-?outs?|free ?rides?|spongers?|parasites?|hypocri\w+|propaganda|brainwash\w+|indoctrinat\w+|snowflakes?|"
    r"elites|warmongers?|extremists?(?= (?:plan|proposal|demand|agenda)\w*)|"
    r"pander\w*|cav(?:e|ing) in|kowtow\w*|ram(?:med|ming)? through|turn(?:ing)? a blind eye|fleec(?:e|ing|ed)|"
    r"plunder\w*|"
    r"punish(?:es|ed|ing)? (?:\w+ )?(?:motorists|drivers|families|workers|savers|pensioners|homeowners|commuters|"
    r"shoppers)|"
    # German: compounds that judge, then adjectives with an ending, then nouns and verbs
    r"\w{3,}-?(?:wahn|wahnsinn|irrsinn|hysterie|chaos|desaster|debakel|abzocke|diktat|keule|tsunami|schwemme|murks|"
    r"quatsch|klau|wust|chaoten?|unsinn|spinner|idiot\w*|versager|pfusch|fanatiker|monster|propaganda|ideologen?|"
    r"klüngel|filz|hetze|raserei|orgie|gier|mafia|bonzen|irrweg|lobbyisten|verbrecher)s?|"
    r"(?!(?:sturm|spring|ebbe|hochwasser|mai|licht)?flut\b)(?:asyl|flüchtlings?|migranten|migrations|zuwanderungs|"
    r"ausländer|touristen|verbots?|regel|regulierungs?|vorschriften|gesetzes|papier|autos?|steuer|auflagen)-?"
    r"(?:flut|welle|ströme?|lawine|ansturm|invasion|dschungel|wut)(?:en|n|s)?|"
    r"(?:irrsinnig|unsinnig|wahnsinnig|absurd|verheerend|korrupt|sogenannt|katastrophal|skandalös|unverantwortlich|"
    r"schamlos|verfehlt|gescheitert|missglückt|misslungen|missraten|verkorkst|verpfuscht|vermurkst|drakonisch|"
    r"rücksichtslos|gierig|skrupellos|gewissenlos|herzlos|dreist|unverschämt|hirnlos|hirnrissig|idiotisch|"
    r"lächerlich|dilettantisch|desaströs|verhängnisvoll|überfällig|maßlos|überzogen|aufgebläht|ausufernd|"
    r"grassierend|weltfremd|realitätsfern|planlos|kopflos|stümperhaft|horrend|überbordend|sinnlos|"
    r"menschenverachtend|längst fällig|dringend nötig|überteuert|wegweisend|fleißig|anständig|"
    r"ehrlich arbeitend)e[nrsm]?|"
    r"(?:steuer)?(?:geld\w*|millionen|milliarden) [^?.]{0,30}?(?:verschwend|verschleuder|verprass|verpulver|"
    r"verbrenn)\w+|"
    r"(?:verschwend|verschleuder|verprass|verpulver)\w+ [^?.]{0,30}?(?:steuergeld\w*|millionen|milliarden)|"
    r"kniefall|ausverkauf|einknicken|eingeknickt|kuschelkurs|kahlschlag\w*|prestige(?:projekt|bau|objekt)\w*|"
    r"schandfleck\w*|betonklotz\w*|betonwüste|monstrum|todesfalle|raubzug\w*|feldzug|kreuzzug|hexenjagd|verrat\w*|"
    r"zwangs(?:abgabe|gebühr|beglückung|umerziehung)\w*|strafsteuer\w*|maulkorb\w*|raffgierig\w*|geldgierig\w*|"
    r"profitgier\w*|ausbeuter\w*|ausbeutung|faulpelze?|drückeberger|sozialbetrüger|versager|pleitegeier|"
    r"bürgerfern\w*|wirtschaftsfeindlich\w*|autofeindlich\w*|familienfeindlich\w*|menschenunwürdig\w*|"
    r"überfordert\w*|machtgierig\w*|machtbesessen\w*|unfähig\w*|feige[nrsm]?|arrogant\w*|zynisch\w*|verlogen\w*|"
    r"heuchler\w*|bewährte[nrsm]?|preisgekrönt\w*|allseits beliebt\w*|beliebte[nrsm]?|vorbildlich\w*|mutige[nrsm]?|"
    r"liebevoll\w*|einzigartig\w*|hervorragende[nrsm]?|wertvolle[nrsm]?|traditionsreich\w*|"
    r"millionen [^?.]{0,30}?(?:pump|versenk|verbrat|verbudd|verpulver)\w*|"
    r"steuer(?:geld)?verschwendung|verschleuder\w+|verprass\w+|verpulver\w+|abzock\w*|gängel\w*|bevormund\w*|"
    r"im stich (?:lässt|lassen|gelassen)|über den tisch \w+|wahnsinn|irrsinn|unfug|schikan\w+|gutmensch\w*|"
    r"(?:klima|öko|gender|verbots|lärm|parkplatz)-?terror\w*|\w*rowdys?|(?:bürokratie|bürokratische\w* )-?monst(?:er|"
    r"rum)s?|"
    r"(?:millionen|milliarden)-?gr(?:ab|äber)s?|sozialschmarotzer\w*|bonzen|wirtschaftsasyl\w*|scheinasyl\w*"
    r")\b",
    re.IGNORECASE,
)
"""Words that judge wherever they stand."""
ENGLISH_MATTER = (
    r"(?:plans?|proposals?|polic(?:y|ies)|laws?|legislation|bills?|acts?|schemes?|reforms?|decisions?|measures?|"
    r"tax(?:es)?|"
    r"bans?|projects?|ideas?|rules?|cuts?|strateg(?:y|ies)|budgets?|deals?|agreements?|programmes?|programs?|"
    r"agendas?|"
    r"approach|scheme|move|demands?|fees?|fines?|charges?|restrictions?|regulations?|treat(?:y|ies)|handling|"
    r"government|council|mayor|president|minister|leadership|management|campaign|initiative)"
)
ENGLISH_JUDGEMENT = (
    r"(?:dangerous|harmful|unfair|unjust|unpopular|costly|expensive|overpriced|harsh|cruel|brutal|extreme|bold|brave|"
    r"sensible|reasonable|wise|smart|clever|brilliant|excellent|wonderful|fantastic|great|generous|popular|"
    r"terrible|awful|horrible|bad|poor|weak|failed|failing|flawed|useless|unnecessary|needless|hated|"
    r"tough|vicious|barbaric|inhumane|punishing|ambitious|promising|exciting|progressive|backward|crazy|silly|"
    r"catastrophic|destructive|damaging|hopeless|cowardly|dishonest|deceitful|undemocratic|divisive|shocking|"
    r"historic)"
)
GERMAN_MATTER = (
    r"(?:\w*(?:plan|plans|pläne|plänen|politik|gesetz|gesetze|gesetzes|reform|reformen|vorhaben|projekt|projekte|"
    r"projekts|"
    r"entscheidung|entscheidungen|maßnahmen?|steuern?|verbote?|verbots|vorschlag|vorschläge|vorschlags|idee|ideen|"
    r"regelung|regelungen|beschluss|beschlüsse|kurs|kürzung|kürzungen|strategie|haushalt|abkommen|vertrag|initiative|"
    r"gebühren?|regierung|bürgermeister\w*|stadtrat|führung|kampagne|umbau|neubau))"
)
GERMAN_JUDGEMENT = (
    r"(?:gefährlich|schädlich|ungerecht|unfair|unsozial|unbeliebt|teuer|teur|hart|grausam|brutal|extrem|radikal|"
    r"mutig|"
    r"vernünftig|klug|genial|großartig|hervorragend|wunderbar|beliebt|schrecklich|furchtbar|schlimm|schlecht|"
    r"miserabel|"
    r"schwach|fehlerhaft|nutzlos|unnötig|überflüssig|übertrieben|verhasst|ehrgeizig|zukunftsweisend|rückständig|"
    r"verrückt|dumm|feige|unehrlich|undemokratisch|zerstörerisch|fatal|ideologisch|chaotisch|faul)e[nrsm]?"
)
STRONG = (
    r"(?:wonderful|fantastic|marvell?ous|magnificent|amazing|terrific|superb|terrible|awful|horrible|dreadful|lousy|"
    r"shabby|rotten|hideous|vile|nasty|disgusting|despicable|unbearable|intolerable|unacceptable)"
)
"""Judgements that are one before whatever is named."""
BEFORE = re.compile(
    rf"\b(?:the|this|that|these|those|its|their|his|her|our|[\w]+['’]s?) (?:\w+ )?({ENGLISH_JUDGEMENT}),? "
    rf"(?:(?!(?:of|to|for|and|or|is|are|was|were|in|on)\b)[\w-]+ ){{0,3}}?{ENGLISH_MATTER}\b|"
    rf"\b(?:the|this|that|these|those|its|their|his|her|our|[\w]+['’]s?) ({STRONG}) (?!or\b|and\b)\w+|"
    rf"\b(?:der|die|das|den|dem|des|diese[rsnm]?|sein\w*|ihr\w*|unser\w*|"
    rf"\w+s) ({GERMAN_JUDGEMENT}) (?:[\w-]+ ){{0,2}}?"
    rf"{GERMAN_MATTER}\b",
    re.IGNORECASE,
)
"""A judgement between an article and the matter that is asked about."""


def loaded(text: str) -> str:
    """Returns the words of a question that judge what they name, empty where none do.

    Example:
        >>> loaded("Do you support the council's dangerous new plan?"), loaded("Is the new plan dangerous?")
        ('dangerous', '')
        >>> loaded("Sollte die Verbotsflut enden?")
        'Verbotsflut'
    """
    if found := ANYWHERE.search(text):
        return found[0]
    if found := BEFORE.search(text):
        return next(one for one in found.groups() if one)
    return ""
