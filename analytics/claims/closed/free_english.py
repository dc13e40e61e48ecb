"""The English words that newspapers use freely around a claim, and what each of them does there."""

from __future__ import annotations

import re

from analytics.claims.closed.english import NUMBERS
from analytics.claims.closed.marks import KnownWord, known
from analytics.claims.closed.numbers import number_known, ratio_known

_SUPPORT = "camp|vote|votes|voters?|side|share|answers?|responses?|replies|column|bloc"
_N = rf"(?:{'|'.join(NUMBERS)})"

ORDINALS = {
    name: number for number, name in enumerate(
        ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 3
    )
}  # fmt: skip
_SMALL = "|".join(name for name in NUMBERS if name != "a")

WORDS: tuple[KnownWord, ...] = (
    known("stance", "(?<=['\u2018’“\"])no(?=['’”\"])", value=-1),
    known("stance", "(?<=['\u2018’“\"])yes(?=['’”\"])", value=1),
    known("filler", r"over(?= \d+ ?(?:km|kph|mph|kilomet|miles|euros?|pounds|per cent limit))", r"over(?= [£€$]\d)"),
    known("ahead", "(?<=points )clear(?: of)?", "(?<=points )in front(?: of)?"),
    KnownWord(re.compile(r"-(?=\w)"), "filler"),
    KnownWord(re.compile(rf"({_SMALL})(?:[- ]({_SMALL}))?\s+per ?cent\b", re.IGNORECASE), "percent",
              lambda match: (NUMBERS[match[1].lower()] + NUMBERS.get((match[2] or "").lower(), 0)) / 100),
    # those who made up the answers
    known("simulated", "computer[- ]simulated", "computer[- ]generated", "made[- ]up", "invented", "fictional",
          "artificial", "simulated", "simulations?",
          "no real (?:readers?|people|person)(?: (?:polled|asked|surveyed))?",
          "(?:no one|nobody) (?:real )?was (?:polled|asked|surveyed)", "in simulation", "not real"),
    # what frames a claim and is none
    known("filler", "s", r"splits?(?= (?:our )?readers,? \d)", "with", "(?:rang|vary|vari)(?:es?|ed|ing)", "ranks?",
          "ranked", "plac(?:e|es|ed)", "towards?",
          r"(?:turn|turned|turning|make|making) (?:it|the (?:market )?\w+) into", "spread", "for its part",
          "when it comes to", "as for", "please",
          r"about(?! (?:\d|a |an |one |two |three |four |half|six |seven |eight |nine |ten ))", "if", "be", "being",
          "we", "our", "us", "you", "your", "i", "he", "she", "his", "her", "him", "how", "where", "to", "into",
          "onto", r"from(?! \d)", "upon", "within", "across", "both", "also", "too", "ones?",
          r"some(?! \d)(?= readers who)", "side by side", "overall", "in all", "in total", "meanwhile", "here is",
          "here are", "there is", "there are", "by the numbers", "those", "(?:a )?total of", "as much as it is",
          "according to", "asked(?: about| whether| if)?", "when asked(?: about| whether| if)?", "real question",
          "among", r"between(?! \d)", "or", r"after(?= \d)", "compared with", "compared to", r"against(?= \d)",
          r"versus(?= \d)", "would say", "'s", "’s", "in the figures?",
          "(?:the |this |our )?(?:(?:stacked |grouped )?bar|line) charts?(?: showing| of)?",
          "in (?:this|the) article", "(?:the|this|a) (?:stacked )?bars? (?:chart )?shows?(?: that)?", "charts"),
    known("filler", "shows?", "finds?", "found", "suggests?", "reveals?", "puts?", "sits?", "comes? in", "comes?",
          "came", "reach(?:es|ed)?", "gets?", "got", "receives?", "received", "gives?", "gave", "goes", "go(?! for)",
          "went", "draws?", "drew", "attracts?", "attracted", "polls?", "polled", "tall(?:y|ies)", r"records?(?= \d)",
          "registers?", "lands? at", "amounts? to", "makes? up", "accounts? for", "runs? at", "ran at", "lies?",
          "lay", "sees?", "saw", "takes?", "took", "finds? (?:more )?favou?r(?= with)", r"wins? over(?= \d)",
          "rated?", "gathers?", "gathered", "ha(?:s|ve|d) the (?:support|backing) of", "enjoys?", "results?",
          "figures?", "reader (?:survey|poll)s?", "readers['’] (?:survey|poll|answers)", "survey results?",
          "our (?:survey|poll)", "the (?:results?|numbers)", "shares?", "percentages?", "proportions?", "responses?",
          "camps?", "sides?", "choices?", "options?", "answers?", "preferences?", "views?", "opinions?", "questions?",
          "verdicts?", "votes?", "decisions?", "issues?", "topics?", "ideas?", "proposals?", "plans?", "scores?",
          "scored", "marks?", "grades?", "points?(?= (?:out )?of)", "scale", "rates?", "ratings?", "levels?",
          "readership", "use(?=,)", "summer(?= survey)", "autumn(?= survey)",
          "(?:is|are|was) the (?:choice|pick|preference|answer) of", "(?:has|have|had)", "say", "told us",
          "tells? us", "reply", "replied", "online", "newspaper", "paper", "happy(?= to| with)", "content(?= to)",
          "exclusive", "chart", "graphic", "in numbers", "like this", "this way", "as follows", "break down",
          "breaks down", "breakdown"),
    known("who", "(?:our |the |of all |of all our |of our |of the )?(?:paper['’]s |newspaper['’]s )?readers(?:['’])?",
          "reader", "(?:survey )?(?:respondents|participants)", "those polled", "those surveyed", "survey[- ]takers",
          "people who (?:answered|took part|responded|replied)", "respondent", "participant"),
    known("answered", "who (?:answered|responded|replied|took part|participated)(?: (?:in|to) (?:our|the|this) "
          "(?:survey|poll|question))?", "taking part", "responding", "answering"),
    # sides
    known("stance", f"(?:the )?yes(?:[- ](?:{_SUPPORT}))", "saying yes", "said yes", "in favou?r",
          "supportive(?: of)?", "supporting", "backers?(?: of)?", "advocates?", "proponents?", "fans?(?: of)?",
          "friends?(?: of)?", "pro(?=[- ])", "behind(?= the )", "stand behind", "stands behind",
          "are on board(?: with)?", "approval(?: of| for)?", "endorse[sd]?", "endorsement(?: of)?", "keen(?: on)?",
          "fond(?: of)?", "sympathetic to", "backing(?: for)?", "agreement(?: with)?", "the thumbs up(?: to)?",
          "thumbs up", "green light(?: to| for)?", "give (?:it )?the green light(?: to)?", "say yes(?: to)?",
          "says yes(?: to)?", "on the side of", "positive (?:about|on)", "pro", "a yes", "welcome", "yes to",
          "speak out for", "(?<=more )open to", "(?<=less )open to", "come out for", "come out in favou?r of",
          "come down (?:on the side of|in favou?r of|for)", "came down (?:on the side of|in favou?r of|for)",
          value=1),
    known("stance", f"(?:the )?no(?:[- ](?:{_SUPPORT}))", "saying no", "said no(?! to raise)", "opposing",
          "opposed(?: to)?", "opponents?(?: of)?", "critics?(?: of)?", "detractors?", "objections?(?: to)?",
          "objects?(?: to)?", "resistance(?: to)?", "resist", "rejection(?: of)?", "rejecting", "disapproval(?: of)?",
          "anti(?=[- ])", "disagreement(?: with)?", "say no(?: to)?", "says no(?: to)?", "no to",
          "turn(?:s|ed)? (?:it )?down", "thumbs down(?: to)?", "speak out against", "come out against",
          "critical(?: of)?", "come down against", "came down against", "a no", "not in favou?r(?: of)?",
          "would not(?: want)?", "would rather not", "wouldn['’]t", value=-1),
    known("stance", "undecided", "don['’]t[- ]knows?", "unsure", "not sure", "not certain", "uncertain",
          "(?:have|has|with|had) no opinion(?: on| about)?", "no opinion(?: on| about)?",
          "(?:have|has|had) not made up their minds?", "no view", "can['’]t say", "cannot say", "without an opinion",
          "on the fence", "do not know", value=0),
    known("want", "ask(?:s|ing)? for", "lean(?:s|ed|ing)? (?:toward|towards|to)", "go(?:es)? for", "went for",
          "plump(?:s|ed)? for", "opts? for", "opted for", "side[sd]? with", "siding with",
          "would (?:rather )?(?:see|have|let|like|build|create|put)",
          "would (?:rather )?(?:prefer|choose|pick|opt for|go for)", "would rather", "want(?:s|ed)?", "wanting",
          "prefers?", "preferred", "preferring", "choosing", "picking", "favou?ring", "wish(?:es|ed)?",
          "say (?:it|they)(?= should)", "happy to(?= (?:leave|see|have))", "should", "ought to", "name(?:s)?",
          "tend(?:s)? toward", "gravitate(?:s)? toward", "sees? a", "settle(?:s)? on", "decid(?:e|es|ed) (?:for|on)",
          "picks? out", "speak up for", "pull for", value=1),
    known("say", "says? the", "say that", "thinks?(?: that)?", "thought", "believes?", "believed"),
    known("for", "for", value=1),
    known("stance", "(?<=[a-z] )No(?= *$|[,.;:]| )", value=-1, exact=True),
    known("not", "not", "don['’]t", "doesn['’]t", "didn['’]t", "aren['’]t", "isn['’]t", "won['’]t", "lacks?",
          "lacking", "little", "low", "nor"),
    # more ways of being for it, against it, or neither
    known("stance", "advocat(?:es|ed|ing)", "applauds?", "(?:are|is) all for", "(?:are|is) in support of",
          "in support of", "come out in support of", "get behind", "rall(?:y|ies|ied) (?:behind|around)",
          "sign(?:s|ed)? up to", "giv(?:es?|ing) (?:their )?(?:blessing|backing|support|approval) to",
          "gave (?:their )?(?:backing|support) to", "lend(?:s)? (?:their )?support to", "saying yes to",
          "says? aye(?: to)?", "(?:would )?vot(?:e|es|ed|ing) (?:yes|in favou?r)(?: of| on)?",
          "(?:would )?vot(?:e|es|ed) for", "warm(?:s|ed)? to(?= the idea)", "pro-", "supporters?(?: of)?",
          "would (?:support|back|favou?r|welcome|approve|accept|endorse)",
          "would be (?:in favou?r(?: of)?|happy with)", "(?:is|are) (?:happy|content) with",
          "(?:have|has) no objections?(?: to)?", "see(?:s)? merit in", value=1),
    known("stance", "shun(?:s|ned|ning)?", "rebuff(?:s|ed)?", "balk(?:s|ed)? at", "dismiss(?:es|ed|ing)?",
          "refus(?:es?|ed|ing)", "(?:are|is) not for", "(?:are|is)n['’]t for",
          "(?:do|does|did) not (?:support|back|favou?r|want|approve(?: of)?|like|agree(?: with| to)?)",
          "(?:do|does|did)n['’]t (?:support|back|favou?r|want|approve(?: of)?|like|agree(?: with| to)?)",
          "would not (?:support|back|favou?r|welcome|approve|accept|endorse)",
          "would (?:reject|oppose|refuse|turn down)", "wouldn['’]t (?:support|back|favou?r|welcome|accept)",
          "(?:want|wants) no(?= [a-z])", "no thanks", "say nay(?: to)?",
          "(?:would )?vot(?:e|es|ed|ing) (?:no|against)(?: on)?", "averse to", "unwilling to (?:back|support|accept)",
          "(?:take|takes|took) against", "baulk(?:s|ed)? at", "dislike[sd]?", "disapproving(?: of)?",
          "veto(?:es|ed)?", "thumbs-down(?: to)?", "unhappy about", "(?:are|is) unhappy with", value=-1),
    known("stance", "(?:has|have|had) yet to (?:decide|make up (?:their|its) minds?)",
          "(?:is|are|remains?) undecided", "(?:has|have)n['’]t (?:decided|made up (?:their|its) minds?)",
          "(?:has|have) not decided", "can['’]t decide(?! between)", "cannot make up (?:their|its) minds?",
          "ha(?:s|ve) no view", "do not have an opinion", "keep an open mind",
          "(?:is|are) (?:still )?(?:unsure|uncertain|unclear)(?: about| on| whether| over)?", "have no preference",
          "not made up their minds?", "don['’]t mind", "sit(?:s|ting)? on the fence", value=0),
    known("want", "would (?:most )?like to see", "(?:want|wants|wanted) to see", "hope(?:s|d)? for",
          "come(?:s)? down (?:on the side of|for)", "pick(?:s|ed)?", "choose", "select(?:s|ed)?", "fancy", "fancies",
          "cast (?:a|their|its) (?:vote|ballot) for", "would (?:most )?want", "plead for", "argue for", "are after",
          "wish to see", "keen to see", value=1),
    known("filler",
          r"over(?= (?!\d|half|a |an |one |two |three |four |five |six |seven |eight |nine |ten |most)[a-z])",
          "turned into", "made into", "become", "becomes", "converted (?:in)?to", "transformed into", "reborn as",
          "(?:wish|wanted) list", "(?:latest|new|our latest|our new|exclusive) (?:reader )?(?:survey|poll)",
          "any(?= (?:of the )?(?:plan|idea|option|choice|answer|proposal|single))", "single",
          "(?:are|is) of the (?:opinion|view)(?: that)?", "take the view(?: that)?", "feel(?:s)?(?: that)?",
          "reckon(?:s)?(?: that)?", "agree(?= that)", r"told (?:the|our|this) \w+", "when it came to",
          "on the (?:question|issue|subject|matter) of", "in (?:answer|response|reply) to", "as regards", "regarding",
          "concerning", "as to", "with regard to", "on whether", "whether", "about whether", "the fate of",
          "the future of", "debate", "row", "dispute", "readers['’] verdict", "your verdict", "your views?",
          "asked by", "we asked", "you told us", "you said", "(?:the )?results? (?:is|are) in", "in brief",
          "at a glance", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
          "today(?= *[,.:]|$)", "this week", "this month", "respectively", "apiece", "each", "another", "a further",
          "further", "the rest", "the remaining", "remaining", "other", "others",
          "in (?:the|our) (?:reader )?(?:poll|survey|ballot|vote)", "is how (?:our )?", "that is", "that['’]s",
          "here['’]s", "what", "think(?: about| of)?(?= the|$|[:,?])", "say about", "make of", "read(?: on)?",
          "according to (?:the|our) (?:survey|poll)", "among those (?:asked|surveyed|polled)",
          "of those (?:asked|surveyed|polled)", "in fact", "namely", "thus", "hence", "so", "together", "combined",
          "taken together"),
    known("majority", "(?:clear )?majorities(?: of| in)?", value=0.5),
    known("filler", "even(?= (?:among|in|at) )", "highly(?= than)"),
    known("up", "increasingly"),
    known("stance", r"(?:gets?|got|gain(?:s|ed)?|w[io]ns?|earn(?:s|ed)?|ha(?:s|ve)|enjoys?) (?:the |a )?"
          r"(?:nod|thumbs[- ]up|green light|blessing|go-ahead|(?:support|backing|approval)(?= (?:of|from) ))",
          value=1),
    known("stance", "(?:gets?|got) (?:the |a )?thumbs[- ]down", value=-1),
    known("filler", r"leaves?(?= .{4,40}\b(?:(?:dis|un)\w+|happy|satisfied|cold|split|divided)\b)"),
    KnownWord(re.compile(rf"({_N}|\d+) (?:readers? |respondents? )?(?:for|to) every ({_N}|\d+)(?= who)",
          re.IGNORECASE), "unknown"),
    known("ahead", "comes? out (?:on )?top", "came out (?:on )?top",
          "emerg(?:es?|ed) (?:as )?(?:the )?(?:winner|favou?rite|victor)", "is the (?:clear )?winner",
          "triumphs?(?: over)?", "takes? first place", "took first place", "is top",
          "heads? the (?:list|field|poll|table)", "topp(?:ed|ing)(?! the)", "scores? highest",
          "wins? the (?:vote|poll|day)", "comes? out in front", "sees? off", "pips?",
          "ha(?:s|ve|d) the (?:lead|edge)(?: over)?"),
    known("top", "(?:is|are) (?:the )?(?:readers['’] )?(?:favou?rite|first choice|number one|top choice|top pick)",
          "(?:readers['’] )?first choice",
          "(?:the )?(?:biggest|largest|single biggest|single largest) (?:group|share|bloc|number)(?: of)?",
          "most (?:often|frequently) (?:named|chosen|picked|mentioned)", "chosen (?:most|more) often",
          "tops? (?:the|our|a) (?:poll|survey|wish list|list|ranking|chart)s?(?: of)?",
          "tops? readers['’] (?:wish list|list)", "leads? the (?:field|pack|list|way)"),
    known("tie", "(?:are|is) (?:evenly )?(?:divided|split) (?:over|on|about|down the middle)", "finely balanced",
          "of two minds(?: about)?", "no clear (?:lead|front[- ]?runner)", "nothing in it", "deadlock(?:ed)?",
          "stalemate"),
    known("up", "(?:has |have |had )?(?:risen|gone up|grown|increased|climbed|swelled|strengthened|jumped|mounted)",
          "up by", "go(?:es)? up", "went up", "creep(?:s)? up", "tick(?:s|ed)? up", "more popular than(?= (?:in|a))"),
    known("down", "(?:has |have |had )?(?:fallen|dropped|gone down|shrunk|declined|decreased|sunk|slipped|receded|"
          "weakened|eased|dipped)", "go(?:es)? down", "went down", "down by", "dip(?:s|ped)?", "slid(?:es)?"),
    known("gap", "gender gap", "age gap", "generation gap", "generational divide", "divide(?: between| of)?", "rift",
          "chasm", "gulf(?: between)?"),
    # amounts
    ratio_known(r"(?:by |at |a )?(\d+(?:\.\d+)?)\s*(?:%|percent|per cent)?\s*(?:-\s*)?(?:to|against|versus|"
        r"vs\.?|v\.?|:|–|-|over)"
                r"(?:\s*|\s*-\s*)(\d+(?:\.\d+)?)\s*(?:%|percent\b|per cent\b)?(?![\d-])(?! (?:points?|and)\b)", "en"),
    known("majority", "(?:a |the )?(?:slim|narrow|bare|slight|small) majority(?: of)?",
          "(?:a |the )?majority(?: of)?(?: the| our| all)?", "(?:well )?over half(?: of)?", "more than half(?: of)?",
          "more than one in two", "upwards of half(?: of)?", "the greater part of", value=0.5),
    known("majority", "(?:a |the )?(?:clear|solid|comfortable|strong|firm) majority(?: of)?", value=0.53),
    known("minority", "(?:only )?(?:a |the )?minority(?: of)?", "fewer than half(?: of)?", "less than half(?: of)?",
          "not even half(?: of)?", value=0.5),
    known("no majority", "no majority(?: for| of)?", "short of a majority", "falls short of a majority",
          "(?:no|none of the) (?:ideas?|answers?|plans?|options?|choices?) (?:has|have|wins|gets|"
          "reach(?:es)?)(?: a)?", "without a majority"),
    known("near", "nearly", "almost", "just under", "just below", "not quite", "close on", "little short of",
          "shy of", "just short of", value="nearly"),
    known("near", "around", r"about(?= (?:\d|a |one |half|two |three |four ))", "roughly", r"some(?= \d)",
          "approximately", "close to", value="about"),
    known("near", "just over", "just above", "a little (?:over|more than)", "slightly (?:over|more than)", "a good",
          "a bit more than", value="just over"),
    known("near", "well over", "upwards of", "in excess of", value="over"),
    known("near", "not even", "no more than", value="under"),
    known("only", "only", "just(?! over| under| above| below| short)", "a mere"),
    # comparisons
    known("ahead", "edges", "ahead(?: of)?", "leads?", "leading", "in the lead", "in front(?: of)?", "outnumbers?",
          "outnumbered(?! by)", "outpolls?", "outranks?", "outweighs?", "outstrips?", "beats?", "tops(?! the)",
          "prevails?", "edges? (?:out|past|ahead(?: of)?)", "narrowly (?:ahead(?: of)?|beats?)",
          "comes? (?:first|out on top|out ahead)", "came (?:first|out on top|out ahead)", r"above(?! \d)",
          "preferred (?:to|over)", "carries the day", "wins out(?: over)?", "is stronger than", "has the upper hand",
          "dominates?", "wins?(?! over| back| by)", "won(?! over| back| by)", "rather than", "instead of",
          "over(?= (?:a|the) )"),
    known("tie", "close call"),
    known("behind", "behind", "trails?", "trailing", "lags?(?: behind)?", "outnumbered by", "loses to",
          r"below(?! \d)"),
    known("top", "(?:the |is the |are the )?(?:top|most popular|most frequent|most common|first|favou?rite|"
          "preferred|leading)" " (?:pick|choice|answer|option|preference|response)", "favou?rites?",
          "tops? (?:the )?list(?: of)?", "(?:the )?most (?:common|frequent|popular) (?:way|means)",
          "(?:at|on) (?:the )?top(?: of the (?:list|poll))?", "(?:the )?front[- ]?runner", "number one",
          "most popular", "the most popular", "first place", "in first place"),
    known("least wanted",
          "(?:the )?least (?:popular|wanted|liked|favou?red|common|frequent)(?: (?:choice|answer|option|pick))?",
          "(?:comes?|came) last", "in last place", "bottom of the (?:list|poll)"),
    known("highest", "(?:the |is |are )*(?:highest|strongest|largest|biggest|greatest|most (?:often|"
          "frequent(?:ly)?|common(?:ly)?|likely|"
          "widespread|pronounced|trusting|supportive|popular))(?: (?:share|support|trust|level|"
          "rate))?(?= (?:with|among|in|of|for|to|at)\\b|[,:]|$)",
          "(?:are |is )?(?:the )?most (?:trusting|supportive|positive|in favou?r)(?: of)?", "keenest(?: on)?",
          "peaks? (?:in|at|among)", "(?:the )?(?:highest|strongest|largest|biggest|greatest)"),
    known("lowest", "(?:the )?(?:lowest|weakest|smallest|least (?:often|frequent(?:ly)?|common(?:ly)?|likely|"
          "widespread|trusting))" "(?: (?:share|support|trust|level|rate))?"),
    known("more", "the more (?:often|likely|keen)"), known("fewer", "the less (?:often|likely|keen)"),
    known("more", "more", "likelier", "higher", "stronger", "greater", "larger", "bigger", "keener(?: on)?",
          "fonder(?: of)?", "runs higher", "(?:does |fares )?better"),
    known("fewer", "fewer", "less", "lower", "weaker", "smaller", "rarer"),
    known("than", "than"),
    known("times", "twice as (?:high|many|likely|often|strong|common|popular|large|big|much)",
          "(?:is |are )?double(?: that (?:of|in))?", "two to one", "two-to-one", value=2.0),
    known("times", "three times as (?:high|many|likely|often|strong|common|popular|large|big|much)", "triple",
          "three to one", value=3.0),
    known("gap", "gaps?(?: over| in| on)?", "margins?", "distance", "difference", "divides?", "separates?",
          "separated", "separating", "lies? between", "apart", "divided by"),
    known("gap", "(?:clear |comfortable |solid )?(?:lead|advantage)(?= (?:for|among|of|over|in))", value="lead"),
    known("gap", "lead(?= (?:for|among|of|over|in))", "advantage", "edge", r"majority(?= of \d+ points)",
          value="lead"),
    KnownWord(re.compile(rf"({_N})[\s-]+(?:percentage[- ])?points?(?!\w)(?! (?:out )?of)", re.IGNORECASE), "points",
              lambda match: NUMBERS[match[1].lower()] / 100),
    known("points", "fourteen points", value=0.14), known("points", "fifteen points", value=0.15),
    known("points", "sixteen points", value=0.16), known("points", "seventeen points", value=0.17),
    known("points", "eighteen points", value=0.18), known("points", "thirteen points", value=0.13),
    known("points", "twenty points", value=0.20),
    number_known("points", r"(\d+)[\s-]+(?:percentage[- ])?points?(?!\w)(?! (?:out )?of)", "en", 0.01),
    known("tie", "(?:a )?(?:statistical |virtual |near[- ]|dead )?(?:tie|heat|draw|dead heat)", "tied",
          "level(?= (?:with|among|at|on|:)|$)", "neck[- ]and[- ]neck",
          "(?:are )?(?:evenly |equally )?(?:split|divided|torn)"
          "(?: down the middle| in (?:half|two)| (?:over|on|about|between))?", "(?:too )?close to call",
          "(?:run|runs|ran|is|are|lie|lies|stand|stands) (?:too )?close(?: together)?", "cannot decide",
          "(?:no|without a?) clear (?:winner|leader|favou?rite|preference|choice|verdict|lead|majority)",
          "no (?:winner|favou?rite|consensus|clear answer)(?: for| on| in)?", "(?:virtually |nearly )?level",
          "on a par(?: with)?", "on par(?: with)?", "even(?=[,:]|$)", "undecided between"),
    known("tie", "(?:(?:the |that |their )?(?:gap|difference|lead|distance) (?:is |lies |stays )?)?(?:within|inside) "
          "(?:the )?(?:range of |noise of |limits of )?chance",
          "no more (?:apart )?than chance (?:would bring|brings)",
          "(?:do not|don['’]t) (?:clearly differ|differ clearly)", value="chance"),
    known("steady", "(?:barely|hardly|scarcely) (?:budges?|budged|moves?|moved|chang(?:e|es|ed)|shifts?|shifted)",
          "holds? steady", "held steady", "holds?", "steady", "stable", "unchanged",
          "little (?:changed|change|movement)", "no (?:clear |real |significant )?(?:change|shift|movement|trend)",
          "flat", "stays? (?:put|the same|steady|stable|flat)", "remains? (?:steady|stable|unchanged|flat|the same)",
          "without (?:a )?clear (?:change|trend)"),
    known("differ", "differ(?:s|ed)?(?: (?:over|on|about))?", "disagree(?: over| on| about)?(?= (?:over|on|about))",
          "differing", "different(?:ly)?", "differences?", "opposite(?= (?:ideas|plans|choices|views))"),
    known("up", r"(?:is |are |went )?up(?= (?:\d|by|from|to \d|since|over|on|\w+ points))", "climb(?:s|ed|ing)?",
          "rises?", "warm(?:s|ed|ing)? to", "grows?", "gains? (?:ground|support|backers|supporters|fans)", "gains?",
          "picks? up", "strengthens?", "advances?", "inches up", "edges? up", "moves? up", "up"),
    known("modal", "(?<=['’])d(?= )"),
    known("steady", "(?:has |have |had )?(?:hardly|barely|scarcely) (?:moved|changed|shifted|budged)"),
    known("up", "more and more", value="ever"), known("down", "fewer and fewer", "less and less", value="ever"),
    known("down", r"drops?(?= (?:by |from |to |\w+ (?:percentage )?points|\d))",
          r"(?:is |are |went )?down(?= (?:\d|by|from|to \d|since|over|on \w+|\w+ points))", "ebb(?:s|ed|ing)?",
          "shrink(?:s|ing)?", "shrank", "fad(?:e|es|ed|ing)", "wan(?:e|es|ed|ing)", "weakens?", "eases?", "slips?",
          "recedes?", "dwindles?", "softens?", "softened", "loses? (?:ground|support|backers)", "cools? (?:on|to)"),
    known("average", "average(?: (?:mark|score|rating|grade|trust|value))?", "mean(?: (?:score|rating|value))?",
          "on average", "averag(?:es|ed|ing)", r"(?:scores?|scored|gives?|gave|rates?|rated)(?= .{0,45}\d\.\d)"),
    known("bottom of", "middling", "mediocre", "so-so", value=0),
    known("bottom of", "(?:sits? |lies? |is |stays? )?(?:just |a little |slightly )?(?:below|"
          "under) (?:the )?(?:scale['’]s )?(?:midpoint|middle|halfway mark)" "(?: of the scale| on the scale)?",
          value=-1),
    known("bottom of", "(?:sits? |lies? |is |tops |stays? )?(?:just |a little |slightly )?(?:above|over|tops|"
          "beats) (?:the )?(?:scale['’]s )?(?:midpoint|middle|halfway mark)" "(?: of the scale| on the scale)?",
          "(?:a )?passing grade", value=1),
    number_known("mean", r"(?:an |a )?(?:average|mean)(?: score| mark| rating| grade)?(?: of| is|:|"
        r" at)? (\d(?:\.\d+)?)(?: points?)?(?: out of (?:\d+|five|ten))?", "en", 1.0),
    number_known("mean", r"(\d(?:\.\d+)?)(?: points?)? out of (?:\d+|five|ten)(?: points)?(?: on average)?",
          "en", 1.0),
    number_known("mean",
          r"(\d(?:\.\d+)?) (?:points )?(?:of|on a scale (?:of|from)) (?:\d+|five|ten|one)(?: to (?:\d+|"
        r"five|ten))?", "en", 1.0),
    number_known("mean", r"(\d\.\d+)(?: points?)?(?![\d%])(?! ?(?:%|percent|per cent))", "en", 1.0),
    known("and", "and"),
    known("dass", "that(?= the| it)"),
    known("cut", "while", "whereas", "but", "and(?= (?:only|just) )", r"with(?= (?:\d|only|just))",
          r"compared with(?= \d)", r"against(?= \d+(?:%| percent) )", r"versus(?= \d+(?:%| percent) )", r"\|", "/",
          "as(?= (?:yes|no|support|opposition) )", "…"),
    known("other group", "(?:fe)?male(?: readers)?", "girls?", "boys?", "shoppers?", "motorists?", "drivers?",
          "cyclists?", "retirees", "seniors?", "teens?", "teenagers?", "kids?", "children", "commuters?", "tenants?",
          "landlords?", "retailers?", "traders?", "doctors?", "nurses?", "mums?", "moms?", "dads?", r"over-\d+s?",
          r"under-\d+s?", "gen z", "the rich", "the poor", "subscribers?", "conservatives?", "liberals?", "experts?",
          "politicians?"),
    known("unknown", "to open(?= the)"),
    known("populace", "all", "every", "always", "(?:the )?(?:city|town|nation|country|state|government)(?![-'’])",
          "voters?", "the public", "americans?", "residents?", "citizens?", "taxpayers?",
          "people(?! who (?:answered|took))", "the world", "europe(?:ans?)?", "the west", "everyone", "everybody",
          "nobody(?! was)", "no one(?! was)", "locals", "city['’]s (?:households|people)", "townspeople",
          "townsfolk"),
)  # fmt: skip

FIRST, LAST = (
    ("at first", "first", "initially", "earlier", "at the outset", "at the start", "at the beginning", "to begin with"),
    ("most recently", "latest", "last", "lately", "at the end", "by the end"),
)
GROUPS = (
    "(?:readers |those )?(?:living )?(?:in |from |up |down |at |"
        "to )?(?:the )?{label}(?:['’]s)?(?: readers| respondents)?",
    "{label}ern(?:ers)?(?: readers| respondents)?",
)  # fmt: skip
UNDER = (
    "(?:our |the )?(?:readers |those |people )?(?:aged |who are )?(?:under|below|younger than) {high}",
    "under-{high}s?", "(?:the )?youngest(?: (?:readers|group|respondents))?",
    "(?:the |our )?young(?:er|est)?(?: (?:readers|respondents|participants|ones|generation|people))?",
        "(?:the )?(?:youngsters|young guns)",
    "(?:respondents|participants) (?:aged )?(?:under|below|younger than) {high}",
        "(?:those|ones) (?:aged )?(?:under|below|younger than) {high}",
)  # fmt: skip
OVER = (
    "(?:our |the )?(?:readers |those |respondents )?(?:aged |who are )?{low} (?:and|or) (?:up|"
        "over|older|above|more)", "over-{low}s?", "{low}-plus",
    "(?:readers |those )?(?:aged )?(?:from|at) {low}(?: on| up)?",
    "(?:the )?old(?:er|est)(?: (?:readers|group|respondents))?", "{low}s and over",
    "(?:the |our )?old(?:er|est)(?: (?:readers|respondents|participants|ones|generation|people))?",
        "(?:their |the )?(?:elders|seniors|older generation)",
    "(?:the )?{low}s? and (?:over|older|above)s?", "{low}-and-overs?",
        "(?:respondents|participants|those) (?:aged )?(?:over|above|from) {low}(?: on| up(?:wards)?)?",
    "(?:the )?(?:over|above)-?{low}s?", "(?:the )?{low}-plus(?:es)?",
        "(?:readers |those |respondents )?(?:over|older than) {low}",
    "(?:readers |those )?at {low} (?:and|or) (?:up|over|older)", "(?:readers |those )?(?:aged )?over {low}",
)  # fmt: skip
WITHIN = (
    "(?:our |the )?(?:readers |those |respondents )?(?:aged |in the )?(?:between )?{low}(?:[-–]|"
        " to |- to |- and | and ){high}(?:[- ]years?[- ]olds?)?"
    "(?:[- ]year[- ]old)?(?: readers| respondents| age group| group)?",
    "(?:our |the )?{low}(?:[-–]| to |-to-|- to ){high}(?:s|-year-olds|[- ]year[- ]olds)(?: readers| respondents)?",
)  # fmt: skip
DECADES = {20: "twenties", 30: "thirties", 40: "forties", 50: "fifties", 60: "sixties", 70: "seventies", 80: "eighties"}
OF_A_DECADE = ("(?:our |the )?(?:readers |respondents |those |people )?in their (?:{decade}|{low}s)",)
WOMEN = (
    "women(?:['’]s)?(?: readers| respondents)?",
    "female(?: readers| respondents)?",
    "readers who are women",
    "woman",
    "women among (?:the |our )?readers",
)
MEN = (
    "men(?:['’]s)?(?: readers| respondents)?",
    "male(?: readers| respondents)?",
    "readers who are men",
    "man",
    "men among (?:the |our )?readers",
)
AT_HOME, ABROAD = (
    ("domestic(?: readers)?", "home readers", "at home", "those at home", "inside the country"),
    ("foreign readers", "overseas(?: readers)?", "abroad", "readers abroad", "outside the country"),
)
MIDDLE = (
    "(?:in |pick |choose |land (?:in|on) )?(?:the )?(?:middle|midpoint|neutral)(?: (?:step|point|"
    "mark|option|score|of the scale|ground))?(?: of the scale)?",
    "neutral",
    "in the middle",
)
LEAVE = (
    "(?:(?:leave|leaving|keep|keeping|have) (?:it|the (?:market |main |old |town )?\\w+|things|"
        "everything|all)?\\s*)?(?:(?:just )?(?:as (?:it|they) (?:is|are)|as is|alone|unchanged|"
        "untouched|the way it is|the same))",
    "(?:do|doing|change|changing) nothing", "no change(?:s)?(?: at all)?", "(?:the )?status quo",
    "leav(?:e|ing) (?:it|things|well) (?:alone|be)",
)  # fmt: skip
ACTS = (
    "puts?",
    "putting",
    "uses?",
    "use[rd]s?",
    "using",
    "writ(?:e|es|ing)",
    "plac(?:e|es|ing)",
    "insert(?:s|ing)?",
    "add(?:s|ing)?",
    "includ(?:e|es|ing)",
    "employs?",
    "reach(?:es)? for",
    "stick(?:s)? (?:with|to)",
    "work(?:s)? with",
)
OMITS = (
    "skip(?:s|ping|pers?|ped)?",
    "omit(?:s|ting)?",
    "leav(?:e|es|ing) (?:out|it out|off|it off)",
    "leav(?:e|es|ing)",
    "go(?:es)? without",
    "do(?:es)? without",
    "drop(?:s|ping)?",
    "forgo(?:es)?",
    "dispens(?:e|es|ing) with",
    "without",
    "manage without",
    "avoid(?:s|ing)?",
    "can do without",
)
FRIENDS, FOES = (
    (" (?:users?|friends?|fans?|camp|supporters?|lovers?|backers|writers)",),
    (" (?:skippers?|opponents?|foes|critics|refusers|sceptics|doubters)",),
)
SEASONS = (
    ((9, 10, 11), ("(?:over |in )?(?:the )?(?:autumn|fall)",)),
    ((6, 7, 8), ("(?:over |in )?(?:the )?summer",)),
    ((3, 4, 5), ("(?:over |in )?(?:the )?spring",)),
)
ACTIONS = frozenset({
    "go", "goes", "went", "come", "comes", "came", "get", "gets", "got", "take", "takes", "took", "give", "gives",
    "gave", "make", "makes", "receive", "receives", "received", "reach", "reaches", "reached", "draw", "draws",
    "drew", "attract", "attracts", "attracted", "gather", "gathers", "gathered", "enjoy", "enjoys",
})  # fmt: skip
"""What readers do, and were not asked about, where it stands behind them."""
FINITE = re.compile(
    r"(?:backs?|supports|opposes?|rejects?|favou?rs?|(?:dis)?approves?|welcomes?|endorses?|trusts|"
    r"distrusts|mistrusts|doubts|says? (?:yes|no).*|critical|(?:dis)?satisfied|(?:un)?happy|content|pleased|"
    r"s[ck]eptical|wary|keen|fond)(?: (?:of|with|about|in|on))?$",
    re.IGNORECASE,
)
HALF_A_YEAR_LONG = ("(?:in|over|within|inside|for) (?:just |only |barely )?(?:half a year|six months)",)
MONTHS_LONG = ("(?:in|over|within) (?:just |only |the (?:past|last) )?{count} months",)
COUNTS = {
    number: rf"(?:{word}|{number})" for number, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 2
    )
}  # fmt: skip
EVERY_GROUP = (
    "in (?:every|each) (?:single )?(?:age )?group",
    "in all (?:age )?groups",
    "across (?:all|the) (?:age )?groups",
    "(?:among |in )?(?:every|all) (?:ages|age groups)",
)
WITH_AGE = ("the older (?:the |our )?(?:readers|respondents|they|people|participants)(?: (?:are|get|grow))?",
            "with (?:increasing |rising )?age", "as (?:readers|respondents|they|people) (?:get|grow|become) older",
            "by age(?= *$)", "with every age group", "from one age group to the next")  # fmt: skip
ARTICLE = "(?:the |an? )?"
DIMENSIONS = ("age", "age groups?", "gender", "generations?", "generational", "regions?", "regional", "districts?")
