"""How English newspapers put it: idioms for views, moves and comparisons, and those of colour that claim nothing."""

from __future__ import annotations

from analytics.claims.closed.marks import KnownWord, known
from analytics.claims.closed.numbers import number_known

_BE = "(?:are |is |were |was |be |been |remain |remains )?"
_THING = "(?:the |this |that |such an? |an? )?"

WORDS: tuple[KnownWord, ...] = (
    # for it, against it, or neither
    known("stance", "back(?:s|ed|ing)?(?: the idea of)?", "give(?:s)? (?:it |its |their )?backing(?: to)?",
          "(?:give|gives|gave|giving) (?:the |a )?(?:nod|thumbs[- ]up|green light|blessing|ok|go-ahead)(?: to| for)?",
          "(?:put|puts|throw|throws) (?:their )?weight behind", f"{_BE}on board(?: with)?",
          f"{_BE}in agreement(?: with)?", "come(?:s)? out (?:for|in favou?r of)", "came out (?:for|in favou?r of)",
          "line(?:s|d)? up behind", f"{_BE}positive(?: about| towards?)?", "cheer(?:s|ed)?(?: on)?",
          "embrac(?:e|es|ed|ing)", f"{_BE}behind (?=the |a |this )", f"{_BE}sold on", f"{_BE}won over(?: by)?",
          "champion(?:s|ed)?(?= the)", "want it to happen", "want it", "said yes(?: to)?",
          "vot(?:e|es|ed|ing) (?:in favou?r(?: of)?|for)", "tick(?:s|ed)? yes", "answer(?:s|ed)? yes",
          "answer(?:s|ed)? with (?:a )?yes", "nod(?:s|ded)? (?:it )?through",
          f"{_BE}(?:all |broadly |largely |mostly |generally |clearly |firmly )?in favou?r(?: of)?",
          "consent(?:s)?(?: to)?", "like(?:s|d)? the idea(?: of)?", f"{_BE}open to", "(?:can|could) live with",
          "(?:speak|argue)(?:s)? (?:up |out )?for(?=(?: a| an| the)? [a-z])", "ayes?", "pro camp",
          "would say yes(?: to)?", "think(?:s)? (?:it is|it['’]s|it) a good idea", "(?:find|see)s? it (?:right|good)",
          "good idea", "would introduce", "would allow", "would permit", "would keep", "would go ahead with",
          "agree(?:s|d)?", "agreeing", "approv(?:e|es|ed|ing)(?: of)?", "acceptance(?: of| for)?",
          "accept(?:s|ed|ing)?", "affirmative", "endors(?:e|es|ed|ing)", "welcom(?:e|es|ed|ing)", value=1),
    known("stance",
          f"{_BE}(?:firmly |clearly |strongly |dead |mostly |largely |broadly )?(?:opposed to|opposed|against)",
          "spurn(?:s|ed)?", "snub(?:s|bed)?", "resist(?:s|ed|ing)?", "object(?:s|ed)?(?: to)?",
          "(?:give|gives|gave) (?:it |the idea )?(?:a |the )?thumbs[- ]down(?: to| for)?",
          "(?:want|wants|wanted) nothing to do with", "(?:want|wants|wanted) none of(?: it)?",
          "(?:have|has) no time for", f"{_BE}not on board(?: with)?", f"{_BE}unconvinced(?: by)?",
          "say(?:s)? no(?: thanks)?(?: to)?", "said no(?: to)?", "tick(?:s|ed)? no", "answer(?:s|ed)? no",
          "answer(?:s|ed)? with (?:a )?no", f"{_BE}negative(?: about| towards?)?", "nays?", "noes?",
          "would say no(?: to)?", "bad idea", "disagreeing", "think(?:s)? (?:it is|it['’]s|it) a bad idea",
          "rul(?:e|es|ed) (?:it )?out", "turn(?:s|ed|ing)? (?:it |them |the idea )?down", "(?:can|could) do without",
          "will not hear of", "won['’]t hear of", "(?:throw|throws|threw) out",
          "(?:do|does|did)(?:n['’]t| not) (?:want|back|support|favou?r|like|approve of|agree with|agree|think so|see "
          "the point of)(?: it| this)?", "(?:would|will)(?:n['’]t| not)(?: want)?",
          "(?:have|has) (?:reservations|objections)", "hostile to", "condemn(?:s|ed)?",
          "disapprov(?:e|es|ed|ing)(?: of)?", "disagree(?:s|d)?(?: with)?", "dissent", "protest(?:s)? against",
          value=-1),
    known("stance", f"{_BE}(?:still |as yet |so far )?(?:undecided|unsure|not sure|uncertain|undecided either "
          f"way)(?: about| on| whether| over| of)?",
          f"(?:{_BE}|is |are )?(?:still |yet )?(?:making|to make) up (?:their|its|his or her) minds?(?: about| on| "
          f"whether| over)?",
          "(?:have|has) (?:yet to|not yet|still to) (?:decide|form a view|form an opinion|make up (?:their|its) "
          "minds?)(?: about| on)?",
          "(?:have|has|had|with|hold|holds) no (?:firm |clear |strong )?(?:opinion|view|answer|position)(?: on| "
          "about| either way)?", "(?:can|could)(?:not|['’]t) (?:say|decide|make up (?:their|its) minds?|choose)",
          "abstain(?:s|ed)?", "shrug(?:s|ged)?", "no idea", "(?:are|is) (?:torn|wavering|on the fence)",
          "sat on the fence", "dither(?:s|ing)?", "express(?:es|ed)? no (?:opinion|view)",
          "(?:do|does) not have (?:an opinion|a view)(?: on)?", "fence-sitters?",
          "(?:do|does)(?:n['’]t| not) (?:yet )?know(?: whether| if| what to think(?: of)?)?", value=0),
    # choosing among answers
    known("want", "would (?:rather|sooner|prefer to|like to|love to|most like to|choose to)(?: (?:be|have|see|work|"
          "live|go|get|split|spend))?",
          "(?:want|wants|wanted|wanting)(?: to (?:be|see|have|get|keep|make|let|put|use|work|live|go|spend|split)(?: "
          "back)?)?", "plump(?:s|ed|ing)? for", "opt(?:s|ed|ing)? for", "settl(?:e|es|ed) on", "long(?:s|ed)? for",
          "dream(?:s|ed)? of", "nam(?:e|es|ed|ing)", "cit(?:e|es|ed|ing)", "mention(?:s|ed|ing)?",
          "point(?:s|ed|ing)? to", "list(?:s|ed|ing)?", "singl(?:e|es|ed) out",
          "put(?:s|ting)?(?= .{1,40}(?:first|top|ahead|before))",
          "rat(?:e|es|ed)(?= .{1,40}(?:first|top|highest|above))", "see(?:s)?(?= .{1,60} as (?:the|their|its) )",
          "regard(?:s|ed)?(?= .{1,60} as )", "consider(?:s|ed)?", "give(?:s)? priority to",
          "worr(?:y|ies|ied) (?:most |mostly |mainly |above all )?about",
          "(?:are|is) (?:most |mainly )?(?:worried|concerned) about", "hanker(?:s)? after", "crav(?:e|es)",
          "prioriti[sz](?:e|es|ed)", "cast (?:their |its )?votes? for",
          "would (?:pick|choose|opt for|go for|vote for|name|put|take|spend)", "(?:feel|feels) most strongly about",
          "(?:are|is) (?:most )?(?:keen|keenest) on", "yearn(?:s)? for", "hop(?:e|es|ing) for", value=1),
    # order
    known("ahead", "(?:is|are) (?:the )?(?:clear |outright |runaway |overall |narrow )?winners?",
          "(?:has|have) the (?:edge|lead|advantage|upper hand)(?: over)?", "outscor(?:e|es|ed)", "out in front",
          "in pole position", "(?:clear|comfortably|well|narrowly|just|far|way|firmly) (?:ahead|in front)(?: of)?",
          "clear winner", "outdo(?:es)?", "wins? hands down",
          "take(?:s)? (?:the )?(?:top spot|first place|lead|crown|prize)", "before(?= crime| the )",
          r"(?:is|are|comes?|came|ranks?|ranked) (?:the )?(?:number one|first|top)(?! \w+ time)",
          "rul(?:e|es) the roost", "ranks? (?:above|ahead of|higher than)", "(?:is|are) more popular than",
          "outrank(?:s|ed)?", "outnumber(?:s|ed)?(?! by)"),
    known("top",
          "(?:the |their |our |readers['’] |respondents['’] )?(?:clear |firm |runaway |outright |overall |big )?"
          "(?:favou?rites?|winners?|top priority|number one|first choice|top choice|top pick|top answer|priority|"
          "first pick)(?: (?:of|for|among|with)(?= ))?",
          "most (?:popular|wanted|favou?red|chosen|frequent|often named|cited|named|common)(?: (?:choice|answer|"
          "option|pick|idea|plan))?",
          "(?:the )?(?:biggest|largest|top|main|number one|most pressing|chief|greatest) (?:concern|worry|priority|"
          "group|share|camp|bloc)",
          "top(?:s|ped|ping) (?:the |our |a )?(?:list|poll|survey|ranking|wish list|table|bill|agenda|worry list|"
          "chart|charts|pile)(?: of)?",
          "(?:tops|heads|leads) (?:the |our )?(?:readers['’] |respondents['’] )?(?:list|wish list|ranking|field|"
          "poll|table)(?: of \\w+)?"),
    known("least wanted", "(?:is |are )?(?:the )?least (?:popular|wanted|liked|favou?red|chosen|common|"
          "frequent)(?: of all| option| choice| answer)?", "(?:brings?|bringing|brought) up the rear",
          "(?:comes?|came|finish(?:es)?|finished|is|are|trails?|ends? up) (?:in )?(?:last|bottom)(?: place)?",
          "(?:at|in) (?:the )?(?:bottom|last place)(?: of the (?:list|poll|table))?", "wooden spoon"),
    known("more", "(?:far|much|considerably|markedly|noticeably|decidedly|a lot|clearly|distinctly|somewhat|rather|"
          "significantly less than nothing)? ?"
          "(?:more (?:likely|often|willing|inclined|prepared|ready|keen|enthusiastic|supportive|positive|in favou?r|"
          "trusting|satisfied|convinced|open)(?: on| about| of| to)?|"
          "keener(?: on)?|likelier|happier(?: with)?|stronger|higher|warmer|fonder(?: of)?|readier)"),
    known("fewer",
          "(?:far|much|considerably|markedly|noticeably|decidedly|a lot|clearly|distinctly|somewhat|rather)? ?"
          "(?:less (?:likely|often|willing|inclined|prepared|ready|keen|enthusiastic|supportive|positive|in favou?r|"
          "trusting|satisfied|convinced|open)(?: on| about| of| to)?|" "weaker|lower|cooler|unhappier(?: with)?)"),
    known("than", "than(?: (?:do|are|is|did|were|among))?"),
    known("stance", "indifferent", "(?:do|does) not (?:mind|care)(?: either way)?", "not bothered(?: either way)?",
          value=0),
    known("stance", "enthusiasm(?: for)?", "appetite(?: for)?", "sympathy(?: for)?", "hot(?:test)? on(?= )", value=1),
    known("down", "cool(?:s|ed|ing)?(?= with age| among| since| in)"),
    known("stance", "no way", "turn(?:s|ed)? (?:their |its )?backs? on", "(?:are|is) having none of it", value=-1),
    known("want", "(?:should|must|ought to|to|needs to|has to|have to) (?:come|be|go|rank) first", "must",
          "have to(?= )", value=1),
    known("filler", "as (?:the |their |our |a )?(?:top|first|main|number one|biggest) (?:priority|issue|concern|"
          "choice|problem)(?: for)?"),
    known("tie", "no (?:clear |real |significant |marked |great )?(?:gender |age |generation |generational |"
          "regional |class )?(?:gap|difference|divide|split)(?: (?:between|on|over)(?= ))?", value="chance"),
    known("stance", "(?:flop(?:s|ped)?|bomb(?:s|ed)?|fall(?:s)? flat|fell flat)(?: with(?= ))?",
          "(?:as |is |are )?(?:unnecessary|superfluous|pointless|a waste of (?:money|time))", value=-1),
    known("stance", "(?:as |is |are )?(?:necessary|overdue|sensible|a good thing)", value=1),
    known("down", "plung(?:e|es|ed|ing)", "plummet(?:s|ed|ing)?", "collaps(?:e|es|ed|ing)", "nosediv(?:e|es|ed|ing)",
          "slump(?:s|ed|ing)?", "crash(?:es|ed|ing)?", "tumbl(?:e|es|ed|ing)", value="sharp"),
    known("up", "surg(?:e|es|ed|ing)", "soar(?:s|ed|ing)?", "leap(?:s|t|ed|ing)?", "rocket(?:s|ed|ing)?",
          "shoot(?:s|ing)? up", "shot up", "jump(?:s|ed|ing)?", value="sharp"),
    known("filler", "tackl(?:e|es|ed|ing)", "address(?:es|ed|ing)?", "sort(?:s|ed|ing)?(?: out)?",
          "deal(?:s|t|ing)? with", "focus(?:es|ed|ing)? on", "popularity", "hold(?:s)?(?= .{3,40} (?:un)?necessary)",
          "find(?:s)?(?= .{3,40} (?:un)?necessary)"),
    known("filler", "['’]?em up", "['’]?em down", "['’]?em(?= )", "break ranks?", "breaks? with",
          "cr(?:y|ies|ied)(?: out)?(?: for)?", "shout(?:s|ed)?(?: for)?"),
    known("tie", "(?:a )?close call"), known("more", "(?:stricter|tougher|keener)(?: on)?"),
    known("no majority", "neither .{3,40} nor .{3,40} (?:has|have|wins?|commands?) a majority",
          "no (?:age |single )?group has a majority"),
    known("filler", "problems?", "crisis", "finds?(?= favou?r)",
          "with(?= .{0,20}(?:of (?:the |our )?(?:respondents|readers|those)))"),
    known("up", "keep(?:s)? (?:growing|rising|climbing|increasing)", "go(?:es)? on (?:growing|rising)"),
    known("down", "keep(?:s)? (?:falling|shrinking|sinking|dropping|declining)"),
    known("up", "win(?:s|ning)? more and more (?:friends|supporters|fans|support|backing)", value="ever"),
    known("lowest", r"(?:are |is )?(?:the )?least(?= (?:keen|supportive|sympathetic|in favou?r|opposed|critical)\b)"),
    known("lowest", "(?:are |is )?(?:the )?least (?:enthusiastic|inclined|willing|satisfied|happy|"
          "trusting|convinced|likely)(?: about| of| to| with)?"),
    known("highest", "(?:are |is )?(?:the )?(?:keenest|happiest|most (?:keen|enthusiastic|supportive|"
          "inclined|willing|satisfied|happy|trusting|sympathetic|convinced|in favou?r|likely))"
          "(?: on| about| of| to| with)?"),
    known("no majority", "neither (?:side|camp|option|view|answer)(?: (?:has|wins|gets|commands|reaches|can "
          "claim))?(?: an?)?(?: overall| clear| outright| absolute)?(?: majority)?",
          "(?:falls?|fell|stops?) short of (?:a majority|half)", "(?:misses|missed|fails to reach) a majority"),
    known("stance", "(?:are|is|were) for(?= )", value=1),
    known("times", "twice (?:as|the)(?: (?:share|number|proportion) (?:of|who))?(?: (?:keen|eager|willing|ready|"
          "inclined|supportive|happy))?(?: on| to)?",
          "(?:is |are )?double (?:that|the (?:share|number|proportion))(?: of| in| among)?", "two[- ]to[- ]one",
          "by two to one", value=2.0),
    known("times", "three times (?:as|the)(?: (?:share|number|proportion) (?:of|who))?(?: (?:keen|eager|willing|"
          "ready|inclined|supportive|happy))?(?: on| to)?",
          "(?:is |are )?(?:triple|treble) (?:that|the (?:share|number|proportion))(?: of| in| among)?",
          "three[- ]to[- ]one", value=3.0),
    known("times", "four times as (?:high|many|likely|often|common|popular|large|big|much)", "four[- ]to[- ]one",
          value=4.0),
    known("gap", "(?:age|gender|generation|generational|regional|urban-rural|town-country|north-south|east-west) "
          "(?:gap|divide|split)", "(?:wide|clear|big|marked|deep|gaping) (?:gap|divide|gulf|rift|split)",
          "(?:lie|lies|lay|are|is|sit|stand) (?:far |well )?apart",
          "(?:a |the )?(?:gap|margin|difference|distance|divide) of", "part(?:s|ed)?(?= the| men| women| young)"),
    known("differ", "(?:do|does) not see eye to eye", "clash(?:es)?(?: over| on)?", "at odds(?: over| on)?",
          "(?:part|divide)(?:s)? company",
          "(?:is|are) (?:a )?(?:question|matter) of (?:age|gender|geography|generation)",
          "(?:divides?|splits?) (?:the )?(?:generations|sexes|regions)", "take(?:s)? (?:different|opposite) views"),
    known("tie", "(?:evenly|almost evenly|equally|nearly evenly|narrowly)?[- ]?(?:split|divided|balanced)(?: on| "
          "over| about| down the middle| fifty-fifty)?", "fifty-fifty", "nothing between",
          "(?:a |in a )?(?:dead heat|tie|draw|stalemate|deadlock)",
          "no (?:clear|decisive) (?:view|verdict|answer|outcome|picture|favou?rite)", "almost as many",
          "nearly as many", "about as many", "as many"),
    # change
    known("up", "(?:has |have |had |is |are )?(?:risen|grown|increased|climbed|gone up|crept up|edged up|ticked up|"
          "moved up|strengthened|improved|picked up|advanced|mounted|widened|rallied|recovered)",
          "(?:is|are) (?:rising|growing|increasing|climbing|mounting|on the (?:rise|up|increase)|gaining(?: "
          "ground)?|going up|creeping up)",
          "gain(?:s|ed|ing)? (?:ground|support|followers|friends|traction|backing|popularity|favou?r)",
          "on the (?:rise|up|increase|march)", "increase", "growth", "upward trend", "uptick", "go(?:es|ing)? up",
          "win(?:s|ning)? (?:new )?(?:supporters|friends|support|followers|converts)", r"add(?:s|ed)?(?= \d+ points)",
          r"put(?:s)? on(?= \d+ points)", "improv(?:e|es|ed|ing)", "mount(?:s|ed|ing)?"),
    known("down", "(?:has |have |had |is |are )?(?:fallen|dropped|declined|decreased|shrunk|gone down|slipped|slid|"
          "sunk|eroded|ebbed(?: away)?|weakened|faded|waned|dwindled|crumbled|receded|melted(?: away)?|soured|cooled|"
          "worsened)",
          "(?:is|are) (?:falling|dropping|declining|decreasing|shrinking|sinking|slipping|sliding|waning|fading|"
          "dwindling|crumbling|on the (?:wane|slide|decline)|losing (?:ground|support)|going down|melting away|"
          "ebbing(?: away)?)",
          "los(?:e|es|ing|t) (?:ground|support|followers|friends|backing|popularity|favou?r|supporters)",
          "on the (?:wane|slide|decline|way down)", "decline", "decrease", "downward trend", "loss",
          "slid(?:e|es|ing)", "melt(?:s|ed|ing)?(?: away)?", "reced(?:e|es|ed|ing)", "ebb(?:s|ed|ing)?(?: away)?",
          "sour(?:s|ed|ing)?", "sag(?:s|ged)?", "worsen(?:s|ed|ing)?", r"lost(?= \d+ points)",
          r"shed(?:s)?(?= \d+ points)"),
    known("up", "doubl(?:e|es|ed|ing)(?= |$|[,.:;])", value=2.0),
    known("up", "trebl(?:e|es|ed|ing)", "tripl(?:e|es|ed|ing)", value=3.0),
    known("down", "halv(?:e|es|ed|ing)", value=0.5),
    known("up", "(?:ever|steadily|increasingly) more", "month (?:by|after|on) month,? more",
          "from month to month,? more", value="ever"),
    known("down", "ever (?:fewer|less)", "month (?:by|after|on) month,? fewer", "from month to month,? fewer",
          value="ever"),
    known("steady", "(?:has |have |had )?(?:hardly|barely|scarcely) (?:moved|changed|shifted|budged|stirred)",
          "(?:stays?|stayed|remains?|remained|held|holds?) (?:firm|steady|stable|flat|level|constant|the same|put|"
          "unchanged)",
          "(?:largely|virtually|practically|almost|broadly|little) (?:unchanged|the same|constant|stable)",
          "(?:as|just as) (?:high|low|strong) as",
          "no (?:real |clear |great )?(?:change|movement|shift|trend)(?: in)?"),
    # amounts
    known("majority",
          "(?:a |the )?(?:reader |readers['’] )?majority (?:backing|support|approval)(?: from| of| among| for)?",
          "(?:the )?(?:greater|larger) part(?: of)?", "the bulk of(?: the| our)?", "better than half(?: of)?",
          value=0.5),
    known("near", "(?:just|slightly|a little|a touch|a shade|marginally|a whisker) (?:under|below|less than|fewer "
          "than|short of|shy of)", "approaching", "on the brink of", value="nearly"),
    known("near", "(?:just|slightly|a little|a touch|a shade|marginally|a whisker) (?:over|above|more than)",
          value="just over"),
    known("near", "(?:well|comfortably|clearly|far) (?:over|above|more than)", "better than", "north of",
          value="over"),
    known("near", "(?:well|clearly|far) (?:under|below|less than|fewer than)", "south of", value="under"),
    known("near", "give or take", "or so", r"about(?= (?:one|two|three|four|five|six|seven|eight|nine|half|a|\d))",
          value="about"),
    known("only", "(?:only|just|merely|a mere|no more than|barely)(?= (?:\\d|one|two|three|four|five|six|seven|"
          "eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|a ))"),
    # who answered
    known("who", "(?:our |the |those |of our |of all our |of all )*(?:survey |poll |questionnaire "
          ")?(?:respondents?|participants?|readers?)(?:['’])?(?: (?:who|that) (?:answered|replied|responded|took "
          "part|voted|joined in|filled (?:it|in our survey) in))?",
          "those who (?:answered|replied|responded|took part|voted|joined in|filled in (?:the|our) (?:survey|"
          "questionnaire))", "(?:those|everyone|people) (?:taking part|answering|responding)",
          "(?:people|those) (?:we asked|asked|surveyed|questioned|polled)(?: by us)?", "repliers", "answerers"),
    known("answered", "(?:who|that) (?:took part|answered|responded|replied|voted|joined in|had their say|filled "
          "(?:it )?in)(?: in| to)?(?: (?:the|our|this) (?:survey|poll|questionnaire|vote))?",
          "in (?:our|the|this|a) (?:(?:online|reader|readers['’]|newspaper|latest|own) )*(?:survey|poll|"
          "questionnaire|straw poll|ballot|snapshot)", "(?:in|among) (?:our|the) sample",
          "in reader (?:survey|poll)"),
    known("say", "(?:say|says|said|believe|believes|think|thinks|feel|feels|reckon|reckons|argue|argues|insist|"
          "insists|hold|holds|maintain|maintains|find|finds|agree|judge|judges)(?: that)?"),
    # what claims nothing
    known("filler", "(?:our|the|this|a|new|latest|fresh|exclusive|online|reader|readers['’]|big)(?: (?:online|reader|"
          "readers['’]|new|latest))* (?:survey|poll|questionnaire|snapshot|straw poll|barometer|ballot|vote|"
          "verdict|findings|results|answers|figures|numbers|data)(?: (?:shows?|finds?|found|suggests?|reveals?|"
          "says?|indicates?|show|tell us))?",
          "(?:survey|poll|figures|results|answers|numbers|data|findings|verdict|vote)(?: of (?:our )?readers)?,? "
          "(?:shows?|finds?|found|suggests?|reveals?|says?|indicates?)", "(?:survey|poll) of (?:our )?readers",
          "rat(?:e|es|ed|ing)(?: as)?", "call(?:s|ed|ing)?(?= (?:the|it|this|their|local|hospital|service|care))",
          "judg(?:e|es|ed)", "grad(?:e|es|ed)", "describ(?:e|es|ed) themselves as",
          "count(?:s|ed)? themselves(?: as| among)?", "consider(?:s|ed)? themselves",
          r"say(?:s)? (?:they|he or she|she or he) (?:are|is|were)(?! \d)", "declare(?:s|d)? themselves",
          "themselves", "itself", "one of", "among the", "the idea(?: of)?", "the notion(?: of)?",
          "the prospect(?: of)?", "the question(?: of| whether)?", "the issue(?: of)?", "the matter(?: of)?",
          "the thought(?: of)?", "the case for", "clearly", "firmly", "broadly", "largely", "mainly", "narrowly",
          "plainly", "evidently", "decidedly", "mind(?:s)?", "picture", "story", "tale",
          "the (?:whole|overall|full) picture", "at a stroke", "by a margin", "a clear", "clear", "plain", "well",
          "very much", "much", "quite", "even so", "though", "however", "yet(?=,)", "instead", "on balance",
          "altogether", "making", "make(?:s)?", "made", "time", "times(?= for)", "in words", "in pictures",
          "interactive", "revealed", "special report", "analysis", "report", "breaking", "update", "half a year",
          "in half a year", "over half a year", "this (?:spring|summer|autumn|fall|winter|year|month|week)",
          "last (?:spring|summer|autumn|fall|winter|year|month|week)", "month", "months", "year", "years", "week",
          "weeks", "spring", "summer", "autumn", "winter", "full time", "full-time", "part time", "group(?:s)?",
          "category", "side of the argument", "the other way", "the opposite", "on the other hand", "by contrast",
          "in contrast", "conversely", "for their part", "as a whole", "of whom", "whose",
          "wherever (?:they|you) (?:live|are)", "living", "live(?:s)?", "resident in", "based", "aged", "age",
          "of the total", "of the vote(?:s)?", "of (?:the |all )?(?:answers|responses|replies|ballots)",
          "share(?:s)?(?: of)?", "proportion(?:s)?(?: of)?", "percentage(?:s)?(?: of)?", "the number(?:s)?(?: of)?",
          "total(?:s|led)?", "hands? down", "job", "case", "(?:in|at) the end", "day", "today", "then", "later",
          "simply", "out", "off", "away", "alike", "same", "such", "kind of", "some kind of", "sort of",
          "some sort of", "form of", "some form of", "any kind of", "any", "own", "think about", "thought(?:s)?",
          "thinking", "feel about", "said about", "on this", "on that", "about it", "about this", "in detail",
          "explained", "rest", "the others?", "remainder", "tick(?:s|ed)?", "cross(?:es|ed)?", "click(?:s|ed)?",
          "mark(?:s|ed)?(?= (?:yes|no|the))", "count(?:s|ed)?", "add(?:s)? up to", "stand(?:s)? at",
          r"hit(?:s)?(?= \d)", r"touch(?:es|ed)?(?= \d)", "standing at", "came to", "comes to", "of them"),
    known("every group", "(?:across|in|among) (?:all|every|each)(?: of the)? (?:age |income )?(?:groups?|ages|"
          "generations|regions|areas|districts|brackets?)", "young and old(?: alike)?", "men and women alike",
          "regardless of (?:age|gender|where they live|sex|region)", "whatever their (?:age|sex|gender|region)"),
    known("with age", "with (?:advancing |increasing |rising |growing |readers['’] |respondents['’] )?age", "the "
          "older (?:the |our )?(?:respondents?|readers?|participants?|they|people|age group)(?: (?:is|are|get|grow|"
          "were))?,?",
          "as (?:respondents|readers|participants|they|people|those who answered) (?:get|grow|become) older",
          "from (?:the )?young(?:est)? to (?:the )?old(?:est)?"),
    # amounts as desks write them
    number_known("percent", r"(\d+(?:\.\d+)?)\s?pc(?!\w)", "en", 0.01),
    known("near", "as good as", "all but", "verging on", "nearing", "a fraction under", "a hair under",
          "fractionally under", value="nearly"),
    known("near", "more or less", "in the region of", "something like", "around about", "an estimated", "circa",
          value="about"),
    known("near", "a fraction over", "fractionally over", value="just over"),
    known("near", "no fewer than", "no less than", value="over"),
    known("ahead", "(?<=points )clear(?: of)?", "(?<=points )in front(?: of)?", "(?<=points )to the good"),
    known("tie",
          "neither (?:camp|side|bloc|group|answer|option) (?:is |comes? out |pulls? |stands? )?(?:clearly )?ahead",
          "honours even", "all square", "level pegging", "nip and tuck", "knife[- ]edge", "on a knife[- ]edge",
          "toss-?up", "photo[- ]finish", "stand-?off", "impasse", "there is nothing in it", "cannot be separated",
          "can['’]t be separated"),
    known("no majority",
          "neither (?:camp|side|bloc|group|answer|option) (?:musters?|has|have|wins?|commands?|reach(?:es)?|"
          "gets?|claims?|gains?|secures?|finds?|can (?:claim|muster|command)) (?:a |an outright )?majority",
          "no (?:single )?(?:task|issue|topic|camp|side|answer|option|choice|idea|plan|one of them) (?:musters?|has|"
          "wins?|" "commands?|reach(?:es)?|gets?|claims?|gains?|secures?|finds?) (?:a |an outright )?majority",
          "(?:nothing|none) (?:musters?|has|wins?|commands?|reach(?:es)?|gets?) a majority"),
    known("stance", "can['’]t say either way", "cannot say either way", "undecided either way", "no view either way",
          "don['’]t know either way", "could not say", "couldn['’]t say", "unable to (?:say|decide)",
          "wouldn['’]t say", "are none the wiser", value=0),
    known("down", "crumbl(?:e|es|ed|ing)", "evaporat(?:e|es|ed|ing)", "erod(?:e|es|ed|ing)", "dwindl(?:e|es|ed|ing)",
          "soften(?:s|ed|ing)?", "slacken(?:s|ed|ing)?", "dents?(?= in)", "cool(?:s|ed|ing)?(?= on| off| towards)",
          "in decline", "in retreat", "downhill", "downwards?"),
    known("up", "gather(?:s|ed|ing)? (?:pace|strength|momentum)", "inch(?:es|ed|ing)? up", "edg(?:e|es|ed|ing) up",
          "nudg(?:e|es|ed|ing) up", "harden(?:s|ed|ing)?(?= against| in favour)", "swell(?:s|ing)?",
          "build(?:s|ing)?(?= against| for)", "upwards?", "firm(?:s|ed|ing)? up", "strengthen(?:s|ed|ing)?"),
    known("top", "at the head of the (?:queue|list|field)", "heads the queue",
          "top of the (?:pile|tree|agenda|list|in-tray)",
          "tops (?:the )?(?:mayor['’]s |readers['’] |new mayor['’]s )?(?:in-tray|agenda|list|"
          "to-do list|wish list)"),
    known("differ", "worlds apart", "poles apart", "not of one mind", "part(?:s|ed)? company",
          "divide(?:s|d)? (?:the )?(?:sexes|generations|ages|regions)"),
    known("tie", "think alike", "are of one mind", "are at one", "see eye to eye", "speak with one voice",
          "no different",
          "no (?:clear |real |big |great |significant )?(?:age|gender|generation|generational|regional|sex) "
          "(?:gap|divide|difference|split)", value="chance"),
    # what is only said around a claim
    known("filler", "battle of the sexes", "out on a limb", "in one form or (?:an)?other", "outright", "flatly",
          "point blank", "marching orders", "advice", "in-tray", "every which way", "either way", "postbag",
          "mailbag", "inbox", "letters page", "snapshot", "the mood", "mood", "voices?", "the voice of",
          "word(?: is)?", "message", "signal", "the call", "plea", "feeling", "sentiment", "temperature", "pulse",
          "scoreline", "straw poll", "vox pop", "ballot box", "arithmetic", "the split", "the state of play",
          "the last word", "the final word", "their say", "your say", "hav(?:e|ing) their say", "had their say",
          "have spoken", "has spoken", "speak(?:s)?", "spoke", "weigh(?:s|ed)?(?: in| up)?(?: on)?",
          "sound(?:s|ed)? off", "chim(?:e|es|ed) in", "cast(?:s)? (?:their |its )?(?:votes?|ballots?)",
          "make(?:s)? (?:themselves|it) clear", "deliver(?:s|ed)? (?:their |its |a )?(?:verdict|judgement)",
          "muster(?:s|ed)?", "garner(?:s|ed)?", "notch(?:es|ed)? up", "log(?:s|ged)?",
          "clock(?:s|ed)?(?: up| in at)?", r"number(?:s|ed)?(?= \d)", "hover(?:s|ed|ing)?(?: at| around)", "stood at",
          "run(?:s)? (?:to|at)", "rack(?:s|ed)? up", "pull(?:s|ed)? in", "bring(?:s)? in", "collect(?:s|ed)?",
          "earn(?:s|ed)?", "pocket(?:s|ed)?", "bag(?:s|ged)?", "make up their minds?", "hav(?:e|ing) told us",
          "let it be known", "put their names? to", "put their mark", "currently", "at present", "at the moment",
          "right now", "to date", "as things stand", "in turn", "likewise", "similarly", "indeed", "in truth",
          "after all", "as well", "of course", "in short", "in a word", "for now", "on the one hand", "all told",
          "hands off", "hands up", "leave .{1,20} alone", "over to you", "have your say", "read all about it",
          "the votes are in", "the jury is (?:in|back)", "and the winner is"),
    known("filler", "answers?(?= on| about| to)", "replies(?= on| about| to)"),
)  # fmt: skip
