"""Wordings of what happens now, of violence, and of harm the person fears to do. See :mod:`someone.mind.signs`."""

from __future__ import annotations

Row = tuple[str, bool, str]
"""The sign's name; whether an ordinary setting silences it; the pattern, with the parts of :mod:`someone.mind.signs`."""

EMERGENCY: tuple[Row, ...] = (
    (
        "took_something",
        False,
        (
            r"\b(?:took|taken|swallowed|swallow|drank|drunk|ate|eaten|popped|had|downed|necked|injected)\b {G4}"
            r"(?:all|too many|too much|a lot|lots|loads|whole|handful|handfuls|bunch|bottle|packet|everything|the lot"
            r"|rest of|entire|dozens?"
            r"|[2-9][0-9]|[1-9][0-9][0-9]|(?:twenty|thirty|forty|fifty|sixty)) (?:of )?{G4}{PILL}\b(?! (?:a day"
            r"|in the|this year|for the (?:flu|rash|dog)))"
        ),
    ),
    (
        "took_something",
        False,
        (
            r"\b(?:i|ive|i just|ive just) (?:just |already )?(?:took|taken|swallowed) (?:them \. all of them"
            r"|them all|all of (?:them|it)|it all|the lot"
            r"|the whole (?:bottle|box|packet|pack|lot)|every(?:thing| last one)|something bad|way too (?:much|many))\b"
        ),
    ),
    (
        "took_something",
        False,
        (
            r"\b(?:took|taken|swallowed) {G4}{PILL} {G7}(?:on purpose|not wake|never wake|to die|to sleep forever"
            r"|sleepy|drowsy|scared|regret)\b"
        ),
    ),
    (
        "took_something",
        False,
        (
            r"\b(?:im|i) (?:just )?(?:overdosed|overdosing)\b|\b(?:ive|just) overdosed\b"
            r"|\btook (?:an|my) overdose\b|\btook way too (?:much|many)\b"
        ),
    ),
    (
        "took_something",
        False,
        (
            r"\b(?:hes|shes|he|she|friend|mum|dad|son|daughter|brother|sister|husband|wife|they) (?:has |just "
            r"|have )*(?:overdosed|"
            r"took (?:all|too many|a lot of|a whole|a bottle of) {G4}{PILL})\b"
        ),
    ),
    (
        "bleeding",
        False,
        (
            r"\b(?:cut|slit|slashed|sliced) {G2}(?:too deep|wrists?)\b(?! tattoo)|\bbleeding {G4}(?:wont|not"
            r"|doesnt|isnt) stop|\bwont stop bleeding\b"
            r"|\bcant stop (?:the|it) bleeding\b|\b(?:so much|lots? of|losing) blood\b(?! test| pressure)"
            r"|\bblood {G2}everywhere\b"
        ),
    ),
    (
        "body_alarm",
        True,
        (
            r"\bchest (?:hurts|pains?|is tight|tight|feels tight|pressure|aches) {G7}(?:arm|jaw|breathe|breath"
            r"|sweating|faint|numb)\b"
            r"|\b(?:crushing|bad|terrible|sharp|awful) (?:chest pains?|pain in my chest)\b|\bchest pains?\b"
            r"|\bchest hurts bad\b"
        ),
    ),
    (
        "body_alarm",
        True,
        (
            r"\b(?:having|had|its|think its) a (?:heart attack|stroke|seizure)\b(?! when| at| about| scene| over"
            r"| laughing)"
            r"|\b(?:cant feel|face is|face has) {G2}(?:my face|left (?:arm|side)|drooping|dropped|numb)\b"
            r"|\bthroat is (?:closing|swelling)\b|\bslurring\b"
        ),
    ),
    (
        "body_alarm",
        True,
        (
            r"\b(?:collapsed|passed out|unconscious|unresponsive|fainted|fell) {G4}(?:isnt|not|wont|cant"
            r"|doesnt) {G2}(?:talk|talking|breath|breathing|"
            r"wak|waking|wake|respond|responding|move|moving)\b|\b(?:isnt|not|stopped) breathing\b"
            r"|\b(?:hes|shes|is) turning blue\b|\bchoking (?:right now|on)\b|\bwont wake up\b"
        ),
    ),
    (
        "fire_water_air",
        True,
        (
            r"\b(?:smoke|fire|gas|flames) (?:is )?(?:in|coming|leak|everywhere|all over|filling) {G4}(?:kitchen"
            r"|house|flat|hall|stairs|room|door|building"
            r"|here|now|everywhere)\b|\b(?:house|flat|building|kitchen) is on fire\b|\bsmell gas\b"
            r"|\bwater {G2}coming in\b {G4}trapped|\bim trapped {G4}(?:fire|water|car|rubble|floor)\b"
        ),
    ),
    (
        "fire_water_air",
        False,
        (
            r"\b(?:engine (?:on|running)|exhaust|hose) {G7}garage\b|\bgarage {G7}(?:engine|exhaust|hose|running)\b"
            r"|\b(?:turned|turn) (?:on )?the gas on\b"
        ),
    ),
    (
        "drugged",
        True,
        (
            r"\b(?:put|slipped) something in my (?:drink|glass|food)\b"
            r"|\b(?:been|was|got) (?:spiked|drugged|roofied|poisoned)\b|\bdrink (?:was|got) spiked\b"
        ),
    ),
    (
        "starved",
        True,
        (
            r"\b(?:heart|chest) {G7}(?:weird|stopping|skipping|funny) {G4}|\b(?:ate|eaten|eating) nothing (?:for"
            r"|in) {G4}days\b|\bstopped (?:my|taking my) insulin\b"
        ),
    ),
)

UNSAFE: tuple[Row, ...] = (
    (
        "violence",
        True,
        (
            r"\b(?:he|hes|she|shes|they|theyre|boyfriend|girlfriend|husband|wife|dad|father|mum|mother|stepdad"
            r"|stepfather|stepmum|partner|ex|someone|man|guy|uncle|brother|son|boss|neighbour|neighbor|carer|coach"
            r"|teacher|pimp|landlord|flatmate|roommate|cousin|dads|mums|husbands|boyfriends|girlfriends|wifes"
            r"|stepdads|exs|brothers|partners) {G4}(?:hit|hits|hitting|beat|beats|beating|beaten|punched|punches"
            r"|punching|choke|choked|chokes|choking|strangled|strangles|strangling|slapped|slaps|slapping|kicked"
            r"|kicks|kicking|shoved|shoves|raped|rapes|touched|touches|touching|assaulted|molested|grabbed|grabs"
            r"|burned|burnt|dragged|pinned|forced|forces|forcing|stabbed|cut|attacked|attacks|attacking|hurts"
            r"|hurting|threw|throws|threatened|threatens|threatening|drugged|groomed) (?:me|us|my (?:sister|mum"
            r"|brother|kids?|son|daughter|mother|arm|hair|face|child|children)|the (?:kids?|children|baby)|(?:her"
            r"|him)(?= *(?:$|\.| (?:again|and|with his|in front|right now|so hard|till|until|every)))|things"
            r"|him?self on me|stuff|plates|a (?:chair|plate|bottle|glass|phone|lamp))\b(?! (?:at (?:chess|draughts"
            r"|scrabble|cards|tennis|golf|darts|fifa|pool|uno|the)|with (?:a )?(?:pillow|water|snow|his kindness"
            r"|questions)|fair|to (?:it|the punch|the last)|out of the park|up(?:side)? for|by two|again at"
            r"|off guard|a (?:party|bone|parade|look)|under the bus|a line|right back))"
        ),
    ),
    (
        "violence",
        False,
        (
            r"\b(?:going to|threaten(?:s|ed|ing)? to|will|says hell|said hell|says shell|hes going to|im going to"
            r"|hell|shell|theyll|wants to|tried to|said he would|says he will|try to) {G2}(?:kill|hurt|find|shoot"
            r"|stab|beat|strangle|burn) (?:me|us|my (?:family|kids?|son|daughter|mum|dog|sister)|the (?:kids?"
            r"|children|baby|dog))\b(?! (?:when|if (?:i|mum|she|he) (?:dont|forget|see|sees|find|eat|break|wake"
            r"|spoil|miss|touch)|for (?:missing|eating|forgetting|saying|being late|this)|over the|laughing"
            r"|with (?:kindness|cake)|lol))|\b(?:hes|shes|he|she|they|theyre|someone|dad|mum|husband|ex|boyfriend"
            r"|man|guy) (?:has|have|got|had|with|grabbed|pulled|pulled out|is holding|holding|waving"
            r"|came at me with) (?:got )?(?:a|the|his|out a) (?:knife|gun|hammer|machete|axe|bat|weapon"
            r"|pistol)\b(?! (?:collection|set|block|cage|permit|licen|show))"
        ),
    ),
    (
        "violence",
        False,
        (
            r"\bhands? (?:were |was |are )?(?:round|around|on|at|to) my (?:neck|throat)\b"
            r"|\b(?:choked|strangled|strangling|choking) me\b|\bgun to my\b|\bknife (?:to|at|against) my\b"
            r"|\b(?:raped|gang raped|been raped|was raped|got raped|sexually assaulted|molested"
            r"|trafficked)\b(?! (?:in the (?:film|book|series)))|\b(?:hits|hitting|beats|beating|abuses|abusing"
            r"|abused|rapes|chokes|strangles|hurts|punches|slaps) me\b(?! (?:at|to (?:it|the)|fair|like|hard that"
            r"|every time in|in (?:chess|mario)|with))|\b(?:abusive|domestic (?:violence|abuse)|being abused"
            r"|abuse me|abuses)\b|\bsurvive him\b|\bforc(?:es|ed|ing) me to\b(?= (?:have|do (?:things|it|sexual)"
            r"|touch|sleep|send|work|marry|stay|beg|kneel|watch))|\bmade me (?:kneel|beg|touch|undress|do things"
            r"|swear not to tell)\b|\b(?:marry|marrying) (?:a man|someone|him) {G4}(?:or theyll|against|dont want"
            r"|force)\b"
        ),
    ),
    (
        "intruder",
        True,
        (
            r"\b(?:someone|somebody|a man|there ?s a man|theres someone|theres somebody|two men|men|he|hes|they"
            r"|theyre|my ex|ex|stranger|guy) (?:is |are |was |were )?{G4}(?:breaking|broke|break|trying to get"
            r"|climbing|in|inside|at|outside|banging|bangs|pounding|kicking|hammering|following|stalking|watching"
            r"|waiting|chasing|downstairs|upstairs|trying the|still in|sitting outside|parked outside"
            r"|getting in) {G2}(?:my|the|our|me|in|on the|at the|his) ?{G2}(?:house|home|flat|door|window|windows"
            r"|hall|stairs|kitchen|garden|bedroom|down|in|across the street|me|following me)\b(?! (?:on (?:insta"
            r"|twitter|tiktok|strava)|around like|for (?:sunday|dinner|lunch|tea)|laughing|and (?:its"
            r"|it was) the (?:cat|dog|duck|postman|wind)))"
        ),
    ),
    (
        "intruder",
        True,
        (
            r"\b(?:following|stalking|chasing|stalks|stalked) me\b(?! (?:on|back on|around the (?:shop|house"
            r"|kitchen)|into the kitchen))|\bbeing (?:followed|stalked|chased|watched by)\b"
            r"|\b(?:tracker|tracking device|airtag|spyware|camera) (?:on|in|under) my\b"
            r"|\bpicture of my (?:window|house|door)\b|\bcome find me\b"
            r"|\b(?:hell|he will|shell|theyll|they will|will) find (?:me|us|out where)\b"
            r"|\bknows where i (?:live|work|am)\b|\b(?:hiding|hide|locked myself|locked|barricaded|hid) {G2}(?:in"
            r"|under|behind|from) {G2}(?:the |my |a |him |her |them )*(?:bathroom|toilet|wardrobe|closet|bed|room"
            r"|cupboard|storeroom|shed|attic|him|her|my (?:dad|husband|stepdad|boyfriend|ex))\b(?=.*\b(?:he|hes"
            r"|she|shes|him|dad|husband|angry|scared|shouting|drunk|banging|door|boyfriend|ex|they|mum|knife)\b)"
            r"|\bscreaming for help\b|\bcall(?:ing)? the police\b(?= *(?:\.|$| (?:for|on|but|he|if|please|now)))"
        ),
    ),
    (
        "captive",
        True,
        (
            r"\b(?:wont|doesnt|didnt|isnt|not|never|dont) (?:let|letting|lets) me (?:leave|go out|go outside"
            r"|go home|out|see (?:anyone|my (?:family|friends|mum))|use the phone|sleep|eat|have (?:money|my phone"
            r"|a phone)|work|call)\b|\b(?:locks?|locked|locking) me (?:in|out|inside|up)\b(?! (?:by accident"
            r"|on the balcony lol|the escape room|for how|for eating))|\b(?:took|takes|taken|hid|hides|smashed"
            r"|smash|smashes|checks|has|have|broke|controls|keeps) {G2}(?:my|all my) (?:passport|phone|keys|money"
            r"|papers|messages|documents|bank card|id|wages)\b(?= {G7}(?:and|he|she|they|so|cant|outside|him|her"
            r"|wont|leave|away|house|if|when|from me)|$| *\.)(?=.*\b(?:he|hes|she|shes|they|husband|wife|boyfriend"
            r"|partner|dad|boss|man)\b)|\bcant leave (?:the house|him|or (?:he|hell)|because (?:he|hes|hell))\b"
            r"|\bheld (?:captive|hostage|against)\b|\bbeing held\b"
        ),
    ),
    (
        "afraid_of_someone",
        True,
        (
            r"\b(?:scared|afraid|terrified|frightened|fear) "
            r"(?!of (?:being (?!alone|home|left|near|around|in|with|hit|hurt|beaten)|becoming|losing|having|failing|flying)\b)"
            r"(?!of (?:my |the )?[a-z]+ (?:leaving|going|moving|dying|forgetting|falling|getting|missing)\b)(?:of|to go home to|to be in the house with|hell|shell"
            r"|he will|that he|he might|to leave|for (?:my|the|our) (?:kids?|children|life|safety)"
            r"|to go home) ?(?:my |the )?(?:dad|father|stepdad|husband|boyfriend|partner|ex|him|her|wife|mum"
            r"|mother|brother|uncle|son|coach|hurt|come|home|kill|find|going|because|what (?:hell|shell|he|she|theyll|they)|he"
            r"|life|safety|kids|children)?(?= |$)(?! (?:spiders|heights|flying|clowns|dogs|needles))(?=.*\b(?:he"
            r"|him|hes|hell|shell|his|dad|husband|boyfriend|ex|partner|stepdad|she|her|uncle|mum|father|they)\b)|\b(?:dont"
            r"|do not|doesnt|never|not) feel (?:very )?safe (?:at home|here|in my (?:own )?(?:home|house|flat)"
            r"|with (?:him|her|my (?:husband|boyfriend|dad|partner|ex))|around (?:him|her))\b"
            r"|\b(?:drunk|angry|mad|furious|raging) (?:again )?{G4}(?:and )?{G2}(?:throwing|smashing|breaking"
            r"|hitting|screaming at|coming for|kicking|punching) {G2}(?:things|plates|doors|walls|us|me|the|stuff"
            r"|mum|everything)\b|\b(?:throwing|smashing|breaking) {G2}(?:things|plates|furniture|glass"
            r"|stuff) {G7}(?:scared|hiding|us|me|kids|under|bathroom|room)\b"
            r"|\b(?:my|the) (?:kids|children|mum|sister|little brother) {G4}(?:arent|isnt|not|are not) safe\b"
            r"|\bsays (?:accidents happen|hell hurt|if i (?:leave|tell|talk))\b"
            r"|\bif i (?:leave|tell(?: anyone)?|talk|go) {G2}(?:he|hell|she|shell|they|theyll)\b"
            r"|\baccidents happen\b"
        ),
    ),
)

HARM: tuple[Row, ...] = (
    (
        "could_hurt_someone",
        True,
        (
            r"\b(?:want to|going to|might|feel like|thinking (?:of|about)|wanted to|scared ill|afraid ill|about to"
            r"|plan(?:ning)? to|urge to) (?:really |just |actually )?(?:kill|killing|hurt|hurting|stab|stabbing"
            r"|shoot|shooting|strangle|strangling|smother|shake|shaking|harm|harming|beat|poison|drown) (?:him|her"
            r"|them|my (?:dad|husband|wife|boss|ex|baby|son|daughter|mum|brother|sister|kids?|boyfriend|girlfriend"
            r"|partner|neighbour)|someone|people|everyone|the (?:baby|kids?|children)"
            r"|somebody)\b(?! (?:for (?:eating|leaving|spoiling|losing|this|that)|if (?:she|he|they) (?:eat|sing"
            r"|play|say|spoil|use|snore)|lol|over|with (?:kindness|my cooking)|feelings|in (?:the|this) game"
            r"|at (?:chess|scrabble|tennis)|its the|when (?:he|she) (?:gets|comes) home with))|\bwhat i (?:might"
            r"|could|may|would|ll|will) do to (?:the|my|him|her|them|it)\b"
            r"|\bbaby {G7}(?:scared|afraid) {G4}what i\b"
        ),
    ),
)
