"""Wordings that could be danger: hopelessness, farewells, preparing. See :mod:`someone.mind.signs`."""

from __future__ import annotations

Row = tuple[str, bool, str]
"""The sign's name; whether an ordinary setting silences it; the pattern, with the parts of :mod:`someone.mind.signs`."""

ASK: tuple[Row, ...] = (
    (
        "death_thought",
        True,
        (
            r"\b(?:think|thinking|thoughts|thought|dream|dreaming|fantasi[sz]e|fantasi[sz]ing|daydream|picture"
            r"|picturing|imagine|imagining|obsessed|wonder|wondering|scared)(?! (?:that )?(?:hes|shes|theyre|(?:he|she|they"
            r"|(?:my|his|her|our|their|the) (?!own\b)[a-z]+(?: [a-z]+){0,2}) (?:is|are|was|were|might|may|could)) ) {G4}(?:about|of|if|what|myself|how"
            r"|my own)? ?{G2}(?:dying|death|being dead|my (?:own )?death|my (?:own )?funeral|if i (?:died|was dead"
            r"|was gone|disappeared|werent here)|not (?:existing|being here|being alive|waking)|if i just (?:wasnt"
            r"|werent|didnt))\b"
        ),
    ),
    (
        "death_thought",
        True,
        (
            r"\b(?:i|im|id) {G4}(?:rather|sooner|prefer to|just) (?:die|be dead)\b"
            r"|\b(?:i|im) (?:already |feel |am |kind of |basically |half )*(?:feel |felt )?(?:dead|died) (?:inside"
            r"|already)\b|\b(?:my|own) (?:funeral|headstone|gravestone|grave|coffin|obituary|eulogy|cremation"
            r"|burial)\b|\bdeath (?:looks|feels|seems|sounds|would be|is the|is a) {G2}(?:peaceful|relief|easier"
            r"|nice|comfort|comforting|tidy|good|better|kind|answer|rest|calling|friend|way)\b"
        ),
    ),
    (
        "nobody_would_mind",
        False,
        (
            r"\b(?:nobody|no one|noone|who|anyone|anybody|everyone|they|theyd|none of them|not one person|somebody"
            r"|would|whod) (?:would|will|d|is going to|even|here|out there|at work|in my family|actually|really"
            r"|ever|single)? ?{G2}(?:miss|notice|noticed|care|cry|find|mourn|come to my funeral|remember|look for"
            r"|grieve|bother) {G4}(?:me|if i|if im|id|when im|when i|were gone|was gone|my body|im gone|im dead"
            r"|i died|before the)\b"
        ),
    ),
    (
        "nobody_would_mind",
        False,
        (
            r"\b(?:be|been|ill be|id be|get) missed\b(?= *(?:\.|by|if|at all|anyway|thats|$))|\b(?:would|will"
            r"|do you think|d) (?:you|anyone|they|he|she|it) {G4}(?:miss|hurt|remember|cry|mourn|care|be sad"
            r"|be okay|be ok|forgive|notice|be upset|mind|hate me|get over) {G4}(?:if|when|once|after) (?:i"
            r"|im) {G2}(?:die|died|dead|gone|killed|disappeared|vanished|wasnt|werent|left|stopped|was)\b"
        ),
    ),
    (
        "without_me",
        False,
        (
            r"\b(?:better|happier|easier|fine|simpler|lighter|calmer|relieved|richer|freer|ok|okay|nicer|good|cope"
            r"|manage|go on|carry on|quieter|peaceful|get on|get by|move on) {G4}without (?:me|having me"
            r"|a (?:mother|mum|dad|father|wife|husband|person|burden|failure) like me)\b|\bworld without me\b"
            r"|\bthe world {G4}(?:better|doesnt need me)\b"
        ),
    ),
    (
        "without_me",
        False,
        (
            r"\b(?:better|happier|easier|fine|simpler|relieved|relief|favour|favor|best|kinder|cheaper|lighter"
            r"|good thing|ok|okay|quieter) {G7}if (?:i|im|i just|id) {G2}(?:die|died|dead|gone|disappear"
            r"|disappeared|vanish|vanished|wasnt|werent|left|never|didnt|hadnt|stopped|not|went|were not"
            r"|were no)\b|\bif i (?:was|were) (?:gone|dead|not here|out of the way)\b"
            r"|\b(?:everyone|everybody|they|theyd|kids|family|mum|dad|wife|husband|you|youd|all) (?:would|will|d"
            r"|be|is|are|deserve|all|deserves)? ?{G2}better off\b"
        ),
    ),
    (
        "without_me",
        False,
        (
            r"\b(?:deserve|deserves|need|needs|better with|better without) (?:a|any|an) (?:better|other"
            r"|different) (?:mum|mother|dad|father|wife|husband|parent|daughter|son|friend|girlfriend|boyfriend)\b"
            r"|\b(?:doing|do) {G2}(?:the world|everyone|them|my family|the family|you all|us all|mum"
            r"|dad) a (?:favou?r|kindness|service)\b|\bonly (?:thing|reason) (?:keeping|thats keeping|holding"
            r"|stopping|im here|im still) {G4}(?:me|here|alive|my|is)\b"
        ),
    ),
    (
        "burden",
        False,
        (
            r"\b(?:im|i am|i feel like|feel like|being|just|been|such|am|only|become|id be|not be|was|be|felt like"
            r"|i was|stop being) (?:just |only |such |nothing but |always |like |become )*(?:a |an |another |the "
            r"|one big )*(?:burden|dead weight|deadweight|waste of (?:space|air|oxygen|life|skin|breath|time)"
            r"|millstone|weight on|weight round|drain on|curse on|cost to)\b"
            r"|\bburden (?:to|on) (?:everyone|them|my|you|others|people|him|her)\b"
            r"|\b(?:wont|not) be {G2}(?:a )?(?:burden|problem|trouble|bother|in the way|bothering"
            r"|worry)\b(?= {G7}(?:anymore|long|longer|soon|again|\.| *$))"
            r"|\b(?:dont|do not|didnt|never) (?:even )?(?:deserve|belong) {G2}(?:to live|to be alive|life|living"
            r"|to exist|here anymore|on this|in this world|to be here|anywhere|among|the air|oxygen)\b"
            r"|\bshould(?:nt| never) (?:even )?(?:exist|be alive|be here|have been born|have lived|have survived"
            r"|still be here)\b|\bnever (?:been|be|was|were) born\b|\bwaste of (?:space|air|oxygen)\b|\boutlived my\b"
            r"|\bno use to (?:anyone|anybody)\b"
        ),
    ),
    (
        "dont_want_here",
        False,
        (
            r"\b(?:dont|didnt|do not|not|never|wish i didnt|no longer) (?:really |even |actually |ever )*(?:want"
            r"|wanted|wanting|care|need) (?:to |have to )?(?:be here|be anything|be anyone|be me anymore|be me"
            r"|go on(?! (?:the|a|that|my|this|holiday))|carry on|keep going|continue|be around|wake up"
            r"|do this anymore|be in the world|do it anymore|live like this|fight anymore|see (?:my|the) (?:next"
            r"|new)|come back|get better|keep (?:living|doing this|trying|waking)|survive|be in this body"
            r"|feel anything anymore|have a future)\b(?! (?:when|at|early|in (?:this|the) (?:meeting|queue|office"
            r"|class)|with the (?:project|trip|lesson)|home|holiday|the trip|to school|to work|to the|to uni"
            r"|to class|school|there))"
        ),
    ),
    (
        "cant_go_on",
        False,
        (
            r"\bcant (?:go on|carry on|keep (?:going|doing this|living|on|trying|fighting|pretending|this up)"
            r"|do (?:this|it) (?:anymore|much longer|another)|take (?:this|it|much more|the pain) (?:anymore|any"
            r"|much|another)|hold on|hang on|keep myself|see (?:a|any|another|the) (?:way|future|reason|point"
            r"|way out|morning|tomorrow)|fight (?:anymore|it anymore|this)|survive|do it anymore)\b(?! (?:to find"
            r"|to see|about (?:the|my)|until (?:friday|the holiday)|just tell|tell me|with (?:these"
            r"|this) (?:printer|sudoku|diet|shoes|spreadsheet)|suspense))"
        ),
    ),
    (
        "cant_go_on",
        False,
        (
            r"\b(?:no|not|dont|cant|any|isnt any|there is no|theres no|isnt a|only|one|see) {G4}(?:way out"
            r"|other way out|way forward|other option|another way|future for me|way through|other way|future left"
            r"|escape from)\b|\b(?:only|one) (?:way|exit|option|thing|solution|answer|choice) (?:out|left"
            r"|i can see|to (?:stop|make|end) (?:it|the pain|this|the noise|the hurting))\b|\bno future\b"
            r"|\bno tomorrows?\b|\bno (?:version|world) (?:of|where|in which)\b"
            r"|\bnothing (?:left|matters|ahead)(?= (?:for me|anymore|now|to|here|inside|of me|in me|in front)"
            r"| *(?:\.|$))"
            r"|\b(?:give|giving|given|gave) up on (?:life|living|everything|being|myself|the future)\b"
            r"|\blost (?:the will|all hope|the fight|my reason)\b|\bi give up (?:on )?(?:life|living|for good"
            r"|completely)\b|\bcouldnt (?:face|do|bear|take) (?:another|one more) (?:day|morning|night|year)\b"
            r"|\bi (?:just )?want out\b|\bwant (?:it|this|everything|all of it|it all|all this|life|the pain"
            r"|the hurting|the noise|my life|this life|the thoughts|to stop) {G2}(?:to )?(?:be |just |all )*(?:over"
            r"|stop|end|finished|finish|done|quiet|gone|hurting)(?= (?:for good|now|forever|so|and|all|please|already"
            r"|too|whatever|tonight|but|completely)| *(?:\.|$))|\blike it to be (?:finished|over|done)\b"
        ),
    ),
    (
        "vanish",
        True,
        (
            r"\b(?:want|wish|wanted|like|going to|could|wanna|need|love|if|thinking (?:of|about)|feel like|just"
            r"|might|hoping|rather|prefer) {G4}(?:disappear|disappearing|disappeared|vanish(?! to)|vanishing"
            r"|vanished|dissolve|dissolving|evaporate|evaporating|fade away|fade out|fading|cease|slip away"
            r"|drift away|float away|be erased|be deleted|melt away|be nothing|not be|be gone|switch off"
            r"|be nowhere|blink out|stop being|go to sleep forever)\b(?! (?:into|to (?:a|the|my|spain|an)"
            r"|under the|for (?:a|two|three) (?:week|month|day|weekend|fortnight|hour)|with a book|on holiday"
            r"|in (?:a|the) (?:book|sofa|cabin)|from (?:the|that|this) (?:photo|meeting|group|party|zoom)|behind"
            r"|already|from work))"
        ),
    ),
    (
        "vanish",
        True,
        (
            r"\b(?:if|when|once|after) (?:i|im) (?:was |were |just |ever |had |am |already )*(?:vanish|vanished"
            r"|disappear|disappeared|gone|dead|no longer here|not here|not around)\b(?! (?:on holiday|for the"
            r"|shopping|to))|\bwhen im (?:gone|dead|not here|no longer)\b"
            r"|\b(?:walk|walking|drive|driving|run|running|go|going|leave|leaving) (?:out |away |off "
            r"|somewhere )?{G4}(?:and )?(?:never|not) (?:come|coming|go|going|be found|look|coming) ?(?:back"
            r"|home)?\b|\bnever (?:coming|come) (?:back|home)\b|\bone way (?:trip|ticket|out)\b(?! to (?:italy"
            r"|spain|australia))|\bcheck(?:ing)? out (?:early|for good|of life|permanently)\b"
            r"|\bclock(?:ing)? out (?:for good|early of|permanently)\b"
            r"|\blog(?:ging)? off (?:for good|forever|permanently|from life)\b"
        ),
    ),
    (
        "hazard",
        True,
        (
            r"\b(?:wish|hope|hoping|if|want|wanted|waiting for|pray|praying|wouldnt mind|dont mind|would be nice"
            r"|fine if|like it if|wouldnt care|wishing|glad if|relieved if) {G7}(?:car|bus|truck|lorry|train|plane"
            r"|lightning|cancer|tumou?r|crash|crashed|meteor|asteroid|bomb|heart attack|something|someone|somebody"
            r"|accident|storm|fire|it|wave|stroke|virus|flight|surgery|anaesthetic|lift|elevator|roof|gunman"
            r"|shooter|hit and run) {G4}(?:hit|hits|kill|kills|killed|take|took|takes|finish|finished|crash"
            r"|crashes|crashed|get|got|had|would|just|goes wrong|went wrong|end|run|ran|shoot|shot|be fatal|goes"
            r"|falls|fell|down|kill) {G2}(?:me|over|down|it for me|wrong|and|on me)\b"
        ),
    ),
    (
        "hazard",
        True,
        (
            r"\b(?:wish|if only|wishing) (?:i|id|it|that) {G4}(?:been|was|were|had been) {G4}(?:me|on that|in it"
            r"|in that|in the (?:car|crash|fire|accident)|there when|instead)\b"
            r"|\bshould(?:ve| have|a)? {G2}(?:been me|died instead|died in|died that|gone instead|died too"
            r"|been in it)\b|\bwhy (?:not me|wasnt it me|did i survive|couldnt it be me|not me too)\b"
            r"|\bwouldnt (?:even )?(?:brace|swerve|brake|fight it|stop it|move|step back|look both ways|run|scream"
            r"|struggle|get out of the way|mind if)(?= (?:if|and|it|at all|anymore|\.)| *$)|\b(?:stopped|dont|not"
            r"|without|stop) (?:even )?(?:looking|look) (?:both ways|before (?:i|crossing)|when (?:i|crossing))\b"
            r"|\b(?:dont|do not|doesnt|didnt|wouldnt|not) (?:even |really |much |actually )?(?:care|mind|matter"
            r"|bother me|matter to me|afraid|sad|bothered) (?:if|whether|that|about) (?:i|id|its my) {G2}(?:live|die"
            r"|lived|died|wake|woke|make it|am alive|survive|dont|didnt|not|never|crash|crashed|get hit|exist|gone)\b"
            r"|\b(?:dont|not) care what happens to me\b|\bkill me\b(?! (?:when|if|for|with|now lol|because|over"
            r"|in (?:the|this|call)|again|every|at|sees|softly|lol))|\bjust kill me\b"
            r"|\bput me (?:down|out of my misery)\b|\b(?:do|end|finish) it for me\b"
            r"|\bsomeone (?:would |will |could |to )?(?:just )?(?:kill|shoot|end|hit) me\b"
        ),
    ),
    (
        "farewell",
        True,
        (
            r"\b(?:good ?bye|bye|farewell|so long|adieu) (?:everyone|everybody|all|world|forever|for ?ever"
            r"|for good|cruel|my (?:love|darling|loves|friends)|to (?:everyone|my (?:kids|mum|family|life|cat|dog"
            r"|mother))|for the last)\b|\b(?:last|final) (?:message|goodbye|words|text|letter|note|day on (?:earth"
            r"|this)|days on|night on|breath|wish|hours|meal|farewell|confession|time (?:well|youll|ill"
            r"|im going to)|goodnight|sunset|sunrise)\b(?! (?:to (?:him|her)|of the (?:season|term|year|class"
            r"|holiday)|on the (?:album|show)|from the bank))|\b(?:want to|wanted to|came to|need to|time to"
            r"|here to|just|going to|this is me) say(?:ing)? (?:my )?(?:last "
            r"|final )?good ?byes?(?= (?:to (?:everyone|you|my|the (?:kids|dog|cat))|properly|now|tonight|before"
            r"|while|just|in case)| *(?:\.|$))|\bthis is (?:it|good ?bye|the end|my last|where it ends"
            r"|where (?:my story|i) end)(?= (?:for me|then|now|i think|im|i)| *(?:\.|$))"
        ),
    ),
    (
        "farewell",
        True,
        (
            r"\b(?:wrote|written|write|writing|left|leaving|leave|finished|sealed|drafted|signed|posted"
            r"|printed) {G4}(?:notes?|letters?|goodbyes?|will) (?:to|for|on|already|out|under|last|in|and|is"
            r"|in case|tonight|by|all)\b {G7}(?:mum|mother|dad|kids|each|everyone|family|parents|daughter|son|wife"
            r"|husband|boys|girls|pillow|desk|table|find|last night|tonight|all of them|sealed|done|case|after"
            r"|one for)\b|\b(?:wrote|written|sealed|finished|tore up) (?:the|all the|my|all my) (?:letters|notes"
            r"|goodbyes)\b|\b(?:good ?bye|suicide) (?:notes?|letters?|video|text|texts)\b"
            r"|\b(?:one|a letter|letters|notes?|it) for {G2}(?:mum|mother|dad|each of) {G2}(?:and )?one for\b"
            r"|\bi (?:wrote|have written|already wrote|ive written) (?:the|a|my) note\b"
            r"|\bletter(?:s)? (?:is|are) (?:written|signed|sealed|on the|in the|done|under)\b"
        ),
    ),
    (
        "farewell",
        True,
        (
            r"\b(?:tell|let) {G2}(?:my )?{KIN} {G2}(?:know |that )*(?:i|im|its|it|that|theyre|hes"
            r"|shes) {G4}(?:love|loved|sorry|isnt|wasnt|not|fault|proud|tried|forgive|good|best|ok)\b"
            r"|\b(?:isnt|wasnt|not|none of (?:it|this) (?:was|is)|its not|never) (?:your|her|his|their|anyones"
            r"|anybodys|mums|dads) (?:fault|doing|blame)\b|\b(?:dont|do not|no one should|nobody should"
            r"|please dont|not to) {G2}(?:be (?:sad|angry|mad|upset|cross)|blame (?:yourself|anyone|her|him|them"
            r"|yourselves)|cry for|cry over|grieve|miss me|mourn|come looking|look for me|try to find|wait for me"
            r"|wait up for me|hate me) {G4}(?:me|for me|with me|tomorrow|when|after|if|\.|at my|yourself|her|him"
            r"|them)(?= |$)"
            r"|\b(?:look after|take care of|feed|take|keep|have|adopt|look in on|watch over|watch|be there for"
            r"|water) {G2}(?:my |the |him |her |for )*(?:mum|dog|cat|cats|dogs|kids|children|boys|girls|sister"
            r"|brother|family|dad|wife|pets?|fish|plants|them|him|her) {G4}(?:for me|when im|after im|if im|when i go"
            r"|if i go|if i was|if i (?:die|died|werent|wasnt)|after me|once im|okay|forever)(?= *(?:$|\.|gone|not"
            r"|dead))|\b(?:who|whos|will|would) (?:would|will|ll|going to|someone|anyone|you|my|the)? ?{G2}(?:take"
            r"|feed|look after|have|keep|adopt|be ok|love|want|get) {G2}(?:my (?:dog|cat|kids|son|daughter|pets?|cats"
            r"|dogs|rabbit|bird|fish)|be ok) {G4}(?:if|when|after|once)\b"
            r"|\bif i (?:go|went|left|died|die|leave for good)\b {G4}(?:will|would|who|what|do you|can)\b"
        ),
    ),
    (
        "farewell",
        True,
        (
            r"\b(?:thanks|thank you|sorry) for (?:everything|all of it|being (?:kind|there|nice|my)|trying"
            r"|putting up with|all youve|all the|all you) {G7}\.? ?{G4}(?:good ?bye|bye forever|at the end|i wont"
            r"|wont be|last|farewell|its time|i tried|i have to go now)\b"
            r"|\bsorry (?:to|for) (?:everyone|everybody|all of you|leaving|what im|what i am|what ill|the mess"
            r"|in advance|being such|existing|you all)\b|\b(?:i love you|love you) (?:all|both|and im sorry"
            r"|and goodbye|always) {G4}(?:good ?bye|sorry|\.|forever|bye|remember)(?= |$)|\bby the time (?:you"
            r"|anyone|they|he|she|this|mum|someone) {G4}(?:read|reads|find|finds|see|sees|gets?|home|wake|wakes"
            r"|hear)\b|\bforgive (?:me|somebody|someone|a person|him|her) for (?:leaving|what|this|going|doing)\b"
            r"|\bwhen (?:they|you|he|she|someone|somebody) find(?:s)? (?:me|my body|this|the)\b"
            r"|\bbefore (?:they|anyone|someone|somebody|he|she) find(?:s)? me\b"
            r"|\b(?:they|someone|somebody|you|police|who|whoever) (?:will|ll|would|is going to|should|can|to|that"
            r"|who) {G2}find(?:s)? (?:me|my body|the body)\b|\bwhoever finds\b"
        ),
    ),
    (
        "giving_away",
        True,
        (
            r"\b(?:giving|gave|given|give|donated|sold|selling|sorted|sorting|packed"
            r"|clearing) (?:away )?{G4}(?:all )?(?:my|everything|most of my) (?:stuff|things|clothes|records|books"
            r"|guitar|games|possessions|belongings|jewellery|jewelry|collection|games|tools|bike|car|watch|music"
            r"|instruments|everything|paintings|dog|cat|plants|furniture|camera)\b {G7}(?:away|wont (?:be )?need"
            r"|dont need|anymore|today|gone|already|someone who)|\b(?:gave|giving"
            r"|given) (?:away )?(?:all )?my {G4}(?:to (?:the kid|my (?:neighbour|brother|sister|mate|friend"
            r"|cousin)|charity))\b(?! because)|\bgiv(?:ing|en) (?:all )?(?:my |his |her )?(?:things|stuff"
            r"|everything|possessions|belongings) away\b|\bstarted giving\b"
        ),
    ),
    (
        "giving_away",
        True,
        (
            r"\b(?:wont|wont be|not going to|no longer|wont even|never going to) (?:be )?(?:need|needing|needed"
            r"|be needing|miss|be using|need any) {G4}(?:anymore|again|tomorrow|after|where im going|soon|long"
            r"|any of it|by then|next|it where|much longer|now)\b|\b(?:made|sorted|put|putting|changed|updated"
            r"|written|wrote|checked|got|getting|set|settled|settling) {G4}(?:my )?(?:will|affairs|papers"
            r"|life insurance|funeral|arrangements|estate|insurance|passwords|accounts|peace) {G4}(?:in order"
            r"|today|sorted|up to date|for (?:my|the|them|when)|out|ready|so (?:they|that|nobody)|done|with|on the"
            r"|and|paid|terms|would|now|pays|covers)\b|\b(?:life insurance (?:would|will|pays|pay|covers|money"
            r"|policy|fix|clears)|insurance (?:would fix|money would|terms))\b"
            r"|\b(?:get|have|live on) the insurance\b|\bpasswords? (?:is|are|and)?{G4}(?:envelope|drawer"
            r"|on the table|list|for my|left|written|notebook|fridge)\b|\border of service\b"
            r"|\b(?:picked|chose|chosen|planned|planning|choose|picking|choosing) {G4}(?:my|songs? for|music for"
            r"|photo for|the song|the hymn|outfit for|date for) {G2}(?:funeral|coffin|burial|ashes|headstone"
            r"|the end|obituary)\b"
        ),
    ),
    (
        "will_not_be",
        True,
        (
            r"\b(?:wont|ill not|im not going to|isnt going to|no way ill|doubt ill|dont think ill|dont plan to"
            r"|dont expect to|not planning to|dont intend to|dont see myself|cant see myself|cant picture myself"
            r"|cant imagine) (?:even |still |really |actually )*(?:be |being |get |having |have |make it "
            r"|making it |living |reach |reaching |see |turn |turning |survive |last |lasting "
            r"|much of )*(?:be )?(?:here|around|alive|a problem|there|a next|an? issue|to see|see|long|past"
            r"|to (?:30|40|twenty|thirty|forty|my|christmas|next)|until|a future|old|a tomorrow|any of it|older"
            r"|home again|a birthday) {G2}(?:tomorrow|next (?:week|month|year|summer|time)|{BYNOW}"
            r"|for (?:christmas|it|that|the|much|long)|by then|anyway|anymore|when|much|to (?:see|open|find|worry"
            r"|do|deal|answer)|past|age|at (?:30|40|all)|after|myself|for anyone|birthday|30|40)\b"
        ),
    ),
    (
        "will_not_be",
        True,
        (
            r"\bafter (?:tonight|today|tomorrow|this weekend|friday|saturday|sunday|monday|im done"
            r"|i do it)(?= {G4}(?:wont|nothing|it|no|none|i|youll|everyone|they|its|im|you) )|\b(?:not"
            r"|isnt) (?:like|that) (?:ill|im|it) (?:be |going to )*(?:here|around|alive|matter|need)\b"
            r"|\bit wont matter (?:after|soon|tomorrow|anymore|anyway|by|in a)\b"
            r"|\b(?:in|maybe|see you in|until) (?:the |a |my )?(?:next|another|other|afterlife|better) (?:life"
            r"|world|side|place)\b(?! (?:to live|to eat|to park|for))|\b(?:see|meet) (?:you|him|her"
            r"|them) (?:all )?on the other side\b|\b(?:wont|not) (?:be )?(?:pick(?:ing)? up|answer(?:ing)?"
            r"|reply(?:ing)?|come home|com(?:e|ing) (?:home|back)|be (?:home|back)) {G4}(?:ever again|ever"
            r"|tomorrow|tonight|anymore|again|this time)\b|\b(?:dont know|not sure|wonder|doubt|cant tell) (?:if"
            r"|whether|that)? ?(?:im|ill|i) {G4}(?:going home|be alive|make it|last|get through|stay alive|survive"
            r"|be here|live|see (?:tomorrow|morning)|keep myself|come home|be around|wake)\b"
            r"|\b(?:last|final) (?:day|night|birthday|christmas|summer|week|time|sunday|weekend) (?:on earth|alive"
            r"|ever|ill |of my life)|\bnot long (?:now|left|to go now)(?= *(?:\.|$))|\bsoon (?:itll|it will|its"
            r"|it all|all of it|everything|ill|im) {G2}(?:be |going to )?(?:over|end|gone|free|quiet|stop"
            r"|at peace)\b"
        ),
    ),
    (
        "over_soon",
        True,
        (
            r"\b(?:its|itll|it|all|everything|ill|this|it will|will|going to) (?:all |be |soon |finally "
            r"|going to )*(?:over|finished|done|quiet|at peace|free) (?:soon|tonight|tomorrow|by|for good|at last"
            r"|in an hour|then)\b(?! (?:the|christmas|lunch|at work))|\b(?:made|making|at|found"
            r"|finally at) {G2}peace(?= (?:with|now|for|and|about|at)| *(?:\.|$))|\b(?:im|i feel|feeling|feel"
            r"|i was|so) (?:so |weirdly |strangely |oddly |really |finally |just |very |fine because id "
            r"|completely )*(?:calm|at peace|decided|ready to go|ready to leave|free|light|settled)(?= (?:now"
            r"|about it|finally|for the first|since|because|and its|with it|ive|i)| *$)(?<!over im free)|\b(?:ive"
            r"|i) (?:already |finally |just |have )*(?:decided|made (?:up my mind|my decision|my choice"
            r"|a decision)|chosen)(?= *(?:\.|$|its|and its|when|how|now|already|friday|i)| to (?:go|die|do|stop"
            r"|leave|finish|follow))|\b(?:because|cause) i(?:d|ve| had) decided\b"
            r"|\bready (?:to go|for it to (?:end|be over)|to leave (?:this|it|the)|for the end|to join|to see god"
            r"|to meet)\b(?= (?:now|lord|god|home|whenever|and i|be with|join|too|him|her|my)| *(?:\.|$))"
        ),
    ),
    (
        "plan_hint",
        True,
        (
            r"\b(?:have|ive|got|made|making|working on|there is|theres|had) (?:a|the|my|everything"
            r"|it all) (?:whole |real |good |full |clear |proper )?(?:plan|method|date|way|exit plan"
            r"|planned)(?= (?:and|now|for|to (?:end|die|go|kill|do it)|picked|set|ready|in mind|everything|out"
            r"|already|chosen)| *(?:\.|$))|\b(?:picked|set|chose|chosen|have|got|decided on|settled on"
            r"|circled) (?:a|the|my) (?:date|day|place|spot|method|way|time|night|tree|bridge)(?= (?:and|for it|to"
            r"|picked|already|too|its|now|in|with|\.)| *$)|\b(?:tonight|today|tomorrow|friday|sunday)s? (?:is "
            r"|will be )?(?:the night|my last (?:night|day|one))\b|\bi (?:was|am|been) (?:going|about) to do it\b"
            r"|\b(?:nearly|almost|just about|came close to|so close to) (?:did|doing) it\b"
            r"|\b(?:i would|id|i could|i want to|want to|going to|i might|ill|when i|if i|while i|stay on while i"
            r"|until i|before i|after i|im going to|someone who) (?:just |only |finally |actually |never "
            r"|really )*(?:do|did|does) it(?= (?:if|but|tonight|again|\.|for|with|though|anyway|and|alone|too"
            r"|quick|right|now|while)| *$)|\bdo it do it\b|\b(?:think|thinking|thought) (?:about|of) it (?:again"
            r"|all the time|a lot|all day|constantly|every (?:day|night|hour|minute))\b"
            r"|\b(?:thoughts|thinking|ideation|feeling|voices?) (?:are|is|came|come|coming|has come|have come|got"
            r"|getting) (?:back|louder|worse|dark|darker|loud|bad|stronger)\b"
            r"|\b(?:dark|bad|scary|intrusive|those|really bad|the) thoughts (?:again|are|about|tonight|wont|keep"
            r"|came|back|of|every)"
        ),
    ),
    (
        "plan_hint",
        True,
        (
            r"\b(?:voices|voice|head|it|thoughts|brain) {G2}(?:say|says|saying|tell|tells|telling|told"
            r"|keep telling|keeps telling|keep saying|keeps saying|shout|shouting) {G2}(?:me )?(?:to |i should "
            r"|that i should )?(?:do it|jump|kill|die|end|hurt|cut|go|join|stop)\b"
            r"|\b(?:dont|not|cant|scared i wont|isnt|no longer|do not|wont) {G2}(?:feel |be |keep |trust |stay "
            r"|think im )?(?:safe|myself|keep myself|trust)? ?(?:safe )?(?:with|from|by|around|alone with"
            r"|to be alone with|being alone with|near) (?:myself|me|my own|my thoughts|my head)\b"
            r"|\b(?:keep|keeping|get) (?:myself|me) (?:safe|alive)\b|\bnot safe(?= *(?:\.|$)| (?:with|tonight"
            r"|right|to be|anymore|alone|around))|\b(?:scared|afraid|frightened|terrified|worried) (?:of "
            r"|about )?(?:myself|what i(?:ll| will| might|m going to| could| may| would|m)|that ill (?:do|hurt|go)"
            r"|ill do something|i might do|ill (?:do|hurt)|of being alone with)\b|\bscare myself\b"
            r"|\bdo something (?:stupid|bad|silly|terrible|awful|final|drastic|to myself|i cant|permanent"
            r"|i wont)\b|\bdont trust myself\b(?! (?:with (?:cake|money|chocolate|biscuits|the credit|snacks)))"
            r"|\btried (?:once|in|last|again|before|when|at|twice|it once|that already|to go)(?= {G4}(?:and|but|i"
            r"|was|came|its|they|when|it|he|year|night|april|may|march|june)\b){G7}(?:back|again|failed|woke"
            r"|hospital|found me|stopped|survived|last night)\b|\b(?:survived|failed) (?:last time|an attempt"
            r"|my attempt|at even (?:dying|that))\b"
        ),
    ),
    (
        "search",
        True,
        (
            r"\b(?:googl(?:ed|ing)|search(?:ed|ing)|looked up|looking up|look up|reading up on|researching"
            r"|researched|been reading about|watching videos about|on forums|checked) {G7}(?:how (?:to|many|much"
            r"|long|high|it)|ways|methods|lethal|pain|painless|end it|bridge|doses?|dose|insurance|hurts?|quick"
            r"|die|tide|train times|height)\b|\b(?:easiest|quickest|fastest|kindest|cleanest|best|gentlest"
            r"|least painful|most peaceful|peaceful|easy|nice) way to (?:go|die|leave|end|do it|stop)(?= (?:out"
            r"|without|if|it|in|quietly|for|alone|for good)| *(?:\.|$))|\b(?:asking for a friend|hypothetically"
            r"|theoretically|just curious|out of curiosity) {G7}(?:die|dose|kill|body|get over someone"
            r"|if someone (?:died|did it|disappeared)|pills|tablets|does it)\b"
            r"|\bhow long {G4}(?:people|family|someone|anyone|it) {G4}(?:get over|to find|before anyone|notice"
            r"|forget)\b|\b(?:people|someone|those|person|anyone) who (?:kill|killed|kills) (?:themselves|themself"
            r"|himself|herself)\b|\bwho (?:does|did) it\b(?= *(?:\.|$))"
        ),
    ),
    (
        "join_the_dead",
        True,
        (
            r"\b(?:want|wish|like|going|ready|time|soon|hope|love|need|id) {G4}(?:be|go|am|join|join up|see|follow"
            r"|come) (?:with|to|where|him|her|them|you|my|mum|dad|nan) ?{G4}(?:is|are|again|now|too|soon|in heaven"
            r"|up there|on the other side|he is|she is|went|wherever)\b(?= *(?:\.|$| (?:and|now|if|so|hes|shes|he"
            r"|she)))|\b(?:want|wanted|like|need|go|time|ready|wish) {G2}(?:be|join|go|follow) (?:with )?(?:him"
            r"|her|them|my [a-z]+)\b(?=.{1,40}\b(?:died|dead|passed|gone|heaven|buried)\b)|\b(?:follow|join"
            r"|joining|following|be with|be reunited with|with) (?:him|her|them|my (?:husband|wife|mum|dad|mother"
            r"|father|son|daughter|brother|sister|baby)) {G4}(?:in (?:heaven|the ground|death)|up there"
            r"|on the other side|in the next)\b|\b(?:go|leave|die|gone) (?:on the same|like (?:he|she|dad|mum|him"
            r"|her|they) did|the same way|too|with (?:him|her|them))(?= *(?:\.|$| (?:day|date|way|now)))"
            r"|\bset a date to\b|\b(?:died|dead|passed|gone|lost|buried|funeral) {G7}\.? ?{G7}(?:be (?:with|where)"
            r"|join|follow|see) (?:him|her|them|you|he|she|they)\b"
            r"|(?<!last )(?<!first )(?<!next )(?<!every )(?<!each )(?<!any )\btime i (?:went|left|followed|joined)(?= *(?:\.|$| (?:too|now"
            r"|with|him|her|them|there|home)))"
            r"|\bwhy not me\b"
        ),
    ),
    (
        "imminent_plea",
        True,
        (
            r"\b(?:give|tell|one|name|need|find) {G4}(?:one|a|single|any|me a) reason(?= {G2}(?:not to|to (?:stay"
            r"|live|keep|stop|go on)|why i|seriously|please|i shouldnt|i should)| *(?:\.|$))|\b(?:at|on|near|over"
            r"|close to) the (?:edge|brink|ledge|very edge|end of the road|end of the line)\b(?! of (?:my seat"
            r"|the (?:table|bed|sofa|town|city|pool)|a))|\bat my (?:limit|end|breaking point|rock bottom)\b"
            r"|\b(?:please|pls) help (?:me)?(?= *(?:\.|$))|\bhelp me(?= *(?:\.|$))|\b(?:im|i am) (?:so |just "
            r"|completely |really |actually |fully )*(?:done|finished|over it|out)(?= (?:with (?:everything|it all"
            r"|this|all of it)|being|for good|like done|tell)| *(?:\.|$) ?{G4}(?:tell|sorry|bye|no|dont|tonight"
            r"|goodbye|like|its over))|\b(?:stay|staying|sit|be|hold on) (?:on|with me|here|on the line) (?:while"
            r"|until|till) (?:i|its|it)\b|\bnot (?:okay|ok) {G4}not safe\b"
            r"|\bkill yourself\b(?! laughing)|\btold me to (?:kill|die|end)\b"
            r"|\bnobody (?:would|will) (?:even )?(?:find|look for)\b"
        ),
    ),
)
