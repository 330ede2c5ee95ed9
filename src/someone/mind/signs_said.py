"""Wordings of suicide and self-harm that say it outright. See :mod:`someone.mind.signs`."""

from __future__ import annotations

Row = tuple[str, bool, str]
"""The sign's name; whether an ordinary setting silences it; the pattern, with the parts of :mod:`someone.mind.signs`."""

DANGER: tuple[Row, ...] = (
    (
        "kill_self",
        False,
        (
            r"\b(?:kill|killing|killed|hang|hanging|hanged|shoot|shooting|drown|drowning|stab|stabbing|starve"
            r"|starving|off|offing|top|topping|end|ending|"
            r"delete|deleting|erase|erasing|gas|poison|poisoning|electrocute|throw|throwing|do away with|finish"
            r"|unlive|destroy|smother|strangle|gut) {SELF}\b(?! from (?:that|the|this))"
        ),
    ),
    (
        "kill_self",
        False,
        r"\b(?:do|doing) myself in\b|\bhang(?:ing)? from (?:a|the) rope\b|\bself (?:delete|deletion)\b",
    ),
    ("suicide", False, r"\bsuicid(?:e|al|ality)\b|\bsui\b|\bself ?harm(?:ing|ed|s)?\b|\bself ?injur(?:e|y|ing)\b"),
    (
        "end_life",
        False,
        (
            r"\b(?:end|ending|ended|take|taking|took|taken|finish|finishing|leave|leaving|escape|quit|quitting"
            r"|exit|exiting|stop) (?:my (?:own )?life|this life|my existence"
            r"|my own story|my story|it all for good|this world|the world|the planet|this earth)\b(?! (?:insurance"
            r"|savings|behind|story|easier|seriously|drawing|in a))"
        ),
    ),
    (
        "end_life",
        False,
        (
            r"\b(?:end|ending|ended|finish) (?:it all|it|things|everything|all of (?:this|it)) (?:now|tonight"
            r"|today|soon|for good|all|once and for all|tomorrow|forever|myself|by)\b"
        ),
    ),
    (
        "end_life",
        False,
        (
            r"\b(?:going to|want to|wanted to|ready to|about to|might as well|tempted to|just|planning to|have to"
            r"|need to|thinking (?:of|about)|think (?:of|about)"
            r"|ways? to|how to|feel like|feeling like|decided to|better to|time to|try to|trying to) (?:just )?(?:end"
            r"|ending|finish|ended) (?:it|it all|things|everything|this|all this)\b"
        ),
    ),
    (
        "end_life",
        False,
        (
            r"\b(?:end|ending|ended) it all\b|\b(?:my|choose|choosing|an|the) (?:own )?(?:ending"
            r"|end) (?:of my (?:life|choosing)|to my life|myself)\b|\brather choose my own\b"
        ),
    ),
    (
        "death_wish",
        False,
        (
            r"\b{WANT} {G4}(?:die|dying|be dead|being dead|be in heaven|be gone|not be alive|stop living"
            r"|stop existing|stop being alive|cease|not exist|not existing|"
            r"not be here|not being here|be nothing|be no more|stop breathing|be buried|be in the ground"
            r"|be with the dead|drop dead|feel dead)\b(?! (?:of|for|from|in peace at|hard|hair|at|my))"
        ),
    ),
    (
        "death_wish",
        False,
        (
            r"\b(?:wish|wishing|wished|hope|pray|would rather|id rather|rather|if only) {G4}(?:i|id|im"
            r"|ill) {G2}(?:died|die|dead|was dead|were dead|be dead|wasnt (?:alive|here|born)"
            r"|werent (?:alive|here|born)|hadnt (?:been born|woken|survived|made it)|had died|never (?:born|existed"
            r"|woke|wake)|didnt (?:exist|wake|survive|make it)|was never born|were never born"
            r"|hadnt woken|not wake|dont wake|wouldnt wake|could die|would die|stopped existing"
            r"|didnt have to (?:exist|live|be alive|wake))\b"
        ),
    ),
    (
        "death_wish",
        False,
        (
            r"\b(?:dont|didnt|never|not|wont|cant|no longer|doesnt|do not even|stopped|stop) {G2}(?:want|wanting"
            r"|wanted|wish|wishing|like|care|feel like|see the point) {G2}(?:to |of |in |about )?{G2}"
            r"(?:live|living|alive|exist|existing|be around|being around|be here anymore|being here anymore"
            r"|go on living|see another|see tomorrow|be part of (?:this|the) world|life anymore"
            r"|breathe|breathing|be a person|being a person|be on this|be in this world|survive|surviving|stay alive"
            r"|staying alive)\b(?! (?:in|with (?:him|her|them|my|the|a)|at|near|here|there|next|off|like|alone|on|by"
            r"|under) )"
        ),
    ),
    (
        "death_wish",
        False,
        (
            r"\b(?:dont|didnt|not|never|wont|no) (?:really |even |actually )?(?:want to|wish to|going to|plan to"
            r"|need to) (?:live|exist|be alive)\b"
        ),
    ),
    (
        "death_wish",
        False,
        (
            r"\b(?:im|i feel|feel|be|id be|were|was) (?:so much |much |just )?better (?:off )?dead\b"
            r"|(?<=^ )(?:much )?better off dead\b|\bready (?:to|and willing to) die\b"
            r"|\bi (?:should|need to|have to|must|deserve to|could just|might|will) (?:just )?(?:be dead|die)\b"
            r"|\bdie (?:tonight|today|tomorrow|soon|please|already|now)\b|\blet me (?:just )?die\b"
            r"|\bhelp me (?:to )?die\b|\bmake me die\b|\bwanting to die\b|\b(?:i )?want death\b|\bdeath wish\b"
        ),
    ),
    (
        "death_wish",
        False,
        (
            r"\bwant to (?:actually |just |really |fucking |literally |honestly |only |die and )*die\b"
            r"|\bwant to be (?:actually |just |really |fucking )*dead\b"
        ),
    ),
    (
        "no_more_life",
        False,
        (
            r"\b(?:tired|sick|exhausted|weary|done|finished|bored|had enough|fed up|over|through) (?:of|with|from"
            r"|by)? ?{G2}(?:living|life|being alive|existing|existence|breathing|this life|my life"
            r"|being a person|waking up|trying to (?:live|survive|exist|stay alive)|staying alive|fighting to live"
            r"|this world|the world|being here|surviving|this earth)\b(?! (?:in (?:this|a|the|london)|with|here|on|at"
            r"|out|off|alone|like|story|simulator|admin|insurance))"
        ),
    ),
    (
        "no_more_life",
        False,
        (
            r"\b(?:no|any|a|single|nothing|one|the|without) (?:reason|reasons|point|purpose|will|desire|wish"
            r"|strength|courage|energy|use|sense|meaning|motivation) {G2}(?:to|in|of|for|me) {G2}(?:live|living"
            r"|go on|going on|being here|be here|"
            r"continue|continuing|stay|staying|alive|carry on|carrying on|exist|existing|life|keep going|wake up"
            r"|waking up|get up|being alive)\b(?! (?:in (?:this|a|the) (?:job|house|town|queue|meeting)|with the"
            r"|at the|here tonight|late|early))"
        ),
    ),
    (
        "no_more_life",
        False,
        (
            r"\b(?:nothing|nobody|no one) (?:left |here )*(?:to|worth) (?:live|living|stay|staying|stick around"
            r"|wake up) (?:for|here)?\b|\bnot worth living\b|\bisnt worth living\b"
            r"|\blost (?:the|my|all) will\b(?! to live (?:around|at|on|halfway|in|after|reading|during|somewhere))"
            r"|\bno will to live\b"
        ),
    ),
    (
        "no_more_life",
        False,
        (
            r"\bwhats the (?:fucking |bloody )?(?:point|use|purpose|reason) (?:of|in) (?:living|life|being alive"
            r"|existing|going on|staying|being here|continuing|me|any of (?:it|this)|waking up|it all|carrying on"
            r"|trying anymore|getting through)\b"
            r"|\bwhy (?:should i|do i|am i|would i|bother|even|keep|not just)? ?{G2}(?:live|living|alive|exist"
            r"|existing|staying alive|bother living|go on living|stay alive)\b(?! (?:in|with|at|near|here) )"
            r"|\bwhy am i (?:even |still )*(?:alive|here anymore|breathing)\b"
        ),
    ),
    (
        "no_more_life",
        False,
        (
            r"\bcant (?:do|take|handle|face|stand|bear|cope with) (?:life|living|being alive|another (?:day|night"
            r"|year|morning)|existing|existence|one more (?:day|night|year))\b"
            r"|\bcant (?:stay alive|live (?:anymore|like this|with (?:it|myself|this|what|the (?:shame|guilt"
            r"|pain))|after|this way|another)|exist)\b"
            r"|\b(?:hate|hating) (?:being alive|living|existing|waking up|that im alive|that i woke|that im still"
            r"|still being)\b|\bcannot live\b|\bcant live\b(?! (?:without|there|here|in|on|at|off|up|near))"
            r"|\bdo not wish to continue\b|\bdont wish to continue\b"
        ),
    ),
    (
        "sleep_forever",
        False,
        (
            r"\b(?:not|never|dont|didnt|without|wont|wouldnt|no|doesnt) (?:have to |ever |want to |even "
            r"|just )*(?:wake|waking|woke|woken) (?:up )?(?:again|tomorrow|anymore|ever|in the morning|at all|next"
            r"|tonight|dead)\b"
            r"|\b(?:sleep|asleep|bed|eyes) {G7}(?:not|never|dont|forget to) (?:ever |have to |open |even |just "
            r"|want to )*(?:wake|waking|open|come back|get up again)\b|\b(?:sleep|sleeping|nap|rest) (?:for ?ever"
            r"|for good|forever|eternally|permanently|until its all over|until im gone|a hundred years)\b"
            r"|\b(?:the|a) (?:long|last|final|big|forever|eternal) (?:sleep|rest|nap)\b"
            r"|\b(?:hope|hoping|wish|wishing|pray|praying|praying that|want|if|care if|mind if|prefer"
            r"|fine if) {G2}(?:i|to)? ?{G2}(?:not|never|dont|didnt|wont|wouldnt|just dont) (?:ever |just "
            r"|have to )*(?:wake|waking|woke)\b(?! (?:up )?(?:early|at|late|the baby|before|in time|for work|him|her"
            r"|the))"
        ),
    ),
    (
        "overdose",
        False,
        (
            r"\boverdos(?:e|ing|es)\b(?! on (?:cake|chocolate|sugar|coffee|caffeine|netflix|cheese|carbs"
            r"|vitamin))"
        ),
    ),
    (
        "means",
        False,
        (
            r"\b(?:pills|tablets|meds|medication|painkillers|paracetamol|sleeping pills|sleeping tablets|morphine"
            r"|insulin|rope|noose|gun|pistol|shotgun|razor|razors|blade|blades|bleach) {G7}"
            r"(?:saved|saving|stash|stashed|hoard|hoarding|in front of me|in my hand|in my lap|in my mouth|lined up"
            r"|laid out|staring|stare|next to me|beside me|waiting for me|to my head|looking at me|counted"
            r"|under my (?:pillow|bed)|all of them|on the table|swallow|the lot|keep(?:s)? looking at|calling (?:me"
            r"|to me)|for when|just in case)\b"
        ),
    ),
    (
        "means",
        False,
        (
            r"\b(?:saving|saved|saved up|saving up|stash(?:ed|ing)?|hoard(?:ed|ing)?|collect(?:ed|ing)?|counting"
            r"|counted|counting out|stockpil(?:ed|ing)|enough|staring at|looking at|holding|keep looking at"
            r"|sitting with|bought|load(?:ed|ing)|hiding|hid|take all|swallow|swallowing) {G2}"
            r"(?:my |the |his |her |of |all |a |up |out |these |those |some |mums |dads |nans |enough |whole |bottle "
            r"|box )*(?:pills|tablets|painkillers|paracetamol|sleeping pills|sleeping tablets|morphine|noose|gun"
            r"|pistol|shotgun|razor blades?|blades?) {G4}(?:to (?:do it|die|end|kill|finish|go|sleep)|and (?:its|im"
            r"|i) (?:calm|ready|quiet|waiting)|in (?:my|the) (?:hand|drawer|bathroom|house|sink)|now|tonight|ready"
            r"|here|here with me|for the end|left)\b(?! by)|\b(?:saving|saved|saving up|stash(?:ed|ing)?|hoard(?:ed"
            r"|ing)?|collecting|stockpil(?:ed|ing)) {G4}{PILL}\b"
        ),
    ),
    (
        "means",
        False,
        (
            r"\b(?:ive got|i have|i got|got|bought|have|found|tied|tying|made|loaded|with|holding|ive) {G2}(?:the"
            r"|a|dads|his|my|my dads|grandads) (?:rope|noose|gun|pistol|shotgun|rifle|razor blade"
            r"|razor)\b(?! (?:permit|show|swing|licen|emoji))|\bthere ?(?:s|is) a gun in\b|\bnoose\b"
            r"|\btied {G2}(?:something|rope|the rope|a knot|a belt|the belt|the sheet|a sheet) (?:up|to|around"
            r"|round)\b"
            r"|\bcount(?:ed|ing)? {G2}(?:my |the |out |his |her |all |mums )*(?:pills|tablets|painkillers|meds)\b"
            r"|\b(?:enough|many|saved|saving) (?:up )?{G2}(?:pills|tablets|morphine|insulin|painkillers) (?:to|here"
            r"|in|for me|saved|that)\b"
        ),
    ),
    (
        "self_hurt",
        False,
        (
            r"\b(?:want to|going to|wanting to|about to|might|need to|urge to|will|like to|have to|thinking (?:of"
            r"|about)|keep|started|been|still|again|i|deserve to) (?:really |just |be )*(?:hurt|hurting|harm"
            r"|harming|cut|cutting|burn|burning|scratch|scratching|punish|punishing|bleed) (?:myself|again|so bad"
            r"|too)\b(?! (?:shaving|a |on |off|some|at|while|lifting|cooking|with the|making|running|gardening"
            r"|playing|the))"
        ),
    ),
    (
        "self_hurt",
        False,
        (
            r"\b(?:cut|cuts|cutting|burn|burned|burnt|burning|scratch|scratched|scratching|slice|sliced|carve"
            r"|carved|bit|punched|hit|bang|banged|hitting|banging|digging|picking|marks|scars) {G2}(?:my|on my"
            r"|into my|up my|all over my) (?:own )?(?:arms?|wrists?|thighs?|legs?|skin|forearms?|stomach"
            r"|hips?) {G4}(?:again|to feel|until|till|so|on purpose|and|because|cause|with a (?:razor|blade|knife"
            r"|lighter|cigarette)|bleed|open|when|tonight|last night|now)\b"
        ),
    ),
    (
        "self_hurt",
        False,
        (
            r"\b(?:on purpose|relapsed|relapse|relapsing|self harm) {G4}(?:cut|cutting|burn|arm|skin|blade)"
            r"|\b(?:cut|cutting|burned|hurt|scratched|bit|hit|punched) (?:my |myself |a |the )*{G4}on purpose\b"
            r"|\b(?:want|wanted|need|urge) to (?:cut|bleed)(?= (?:so|again|tonight|right|really|badly|and|\.)| *$)"
            r"|\b(?:started|start|been|back to) cutting(?= (?:again|myself|my|and|when|because|since|\.)| *$)"
            r"|\b(?:hit|hitting|bang|banging|banged|smash|smashing|slam|slamming) my (?:own )?head (?:on|against|into"
            r"|until|with)\b(?! (?:the (?:cupboard|shelf|cabinet|beam|door|car|attic|low)|a (?:cupboard|shelf|beam"
            r"|cabinet|low)))|\b(?:tear|rip|peel|claw|scrape|cut) (?:off )?my (?:own )?skin\b"
            r"|\bhurt myself\b(?! (?:at|on|lifting|playing|running|shav|cook|garden|falling|while|skat|climb|laugh"
            r"|doing|trying|carry|with the))"
        ),
    ),
    (
        "plan",
        False,
        (
            r"\b(?:tried|try|trying|attempted|attempt|attempting) {G4}(?:kill|end my|end it|take my life|hang"
            r"|overdose|die|not be here)\b|\b(?:my|second|third|another|last|first"
            r"|after the) (?:suicide )?attempt(?:s)?\b(?! (?:at|to|on (?:a|the)))|\bpump(?:ed)? my stomach\b"
            r"|\bcant even (?:die|kill)\b"
        ),
    ),
    (
        "plan",
        False,
        (
            r"\bhow (?:id|i would|i could|i might|i will|ill|to|i should|i want to|easy it would be to"
            r"|id like to) (?:just )?(?:do it|die|go|kill|end)\b(?= (?:it|myself|and|\.|without|so|quick|pain|in"
            r"|to|with|but|here|tonight|when|every|at)| *$)|\b(?:ways|way|methods|method) (?:to|of) (?:die|dying"
            r"|do it|go out|end it|end my|killing|suicide|kill my)\b|\bpainless(?:ly)?\b(?! (?:dent|extract|inject"
            r"|birth))|\b(?:lethal|fatal|deadly) (?:dose|amount|combination|overdose)\b"
            r"|\bhow (?:many|much) {G7}(?:to (?:die|kill me|overdose|end|not wake|be fatal|finish)|is (?:lethal|fatal"
            r"|too much|too many)|(?:would|will|could) (?:kill|be fatal|finish|it take))\b"
            r"|\bhow (?:long|high|deep|far|fast|cold) {G7}to (?:die|bleed out|drown|kill|freeze|suffocate)\b"
            r"|\bdoes it hurt to (?:die|drown|hang|jump)\b|\bmake it look like an accident\b"
            r"|\b(?:look|looks|make it look) like an accident\b"
        ),
    ),
    (
        "jump",
        False,
        (
            r"\b(?:jump|jumping|step|stepping|throw myself|walk|walking|drive|driving|driven|swerve|swerving|steer"
            r"|steering|crash|crashing|fall|falling|lie down|lying|leap|lean|leaning|let go) {G2}(?:off|into"
            r"|in front of|under|from|onto|over|out of|out in front of) {G2}(?:the |a |this |that |my |oncoming "
            r"|moving |my own )*(?:bridge|roof|building|balcony|cliff|ledge|train|trains|traffic|bus|lorry|truck"
            r"|car|tracks|track|rails|platform|window|tree|wall|pillar|river|sea|ocean|water|lake|edge|road|canal"
            r"|overpass|motorway|highway|oncoming lane|lane|other lane|barrier|railing)\b"
            r"(?! (?:show|to (?:stop|see|get|fly|work|look)|with (?:the kids|my)|looking|and (?:it was|he is"
            r"|hes|shes)|for (?:a swim|charity)|game|in the film|home|on holiday))"
        ),
    ),
    (
        "jump",
        False,
        (
            r"\b(?:im|i am|sitting|sat|standing|stood|stand|been|parked|here|back|up) {G4}(?:on|at|by|over) (?:the"
            r"|a|my|this) {G2}(?:bridge|roof|ledge|edge of the|edge|balcony|tracks|train tracks|cliff|parapet"
            r"|railway|overpass)(?= (?:right|now|and|of my|again|tonight|wondering|thinking|looking|alone|ready"
            r"|of it|of the|im|i|\.)| *$)"
        ),
    ),
    (
        "starve_out",
        False,
        (
            r"\b(?:stopped|stop|quit|wont|not) (?:eating|drinking|taking my (?:insulin|meds|heart"
            r"|pills)) {G7}(?:fade|die|point|go|waste|over|end|care)\b"
        ),
    ),
    (
        "no_tomorrow",
        False,
        (
            r"\b(?:wont|wouldnt|wont even|not going to|isnt going to) (?:even )?(?:be here|still be here|be around"
            r"|make it|live|survive|be alive|last) {G2}(?:see |for |by |until |till |past |to "
            r"|at )*(?:my )?(?:tomorrow|the morning|christmas|next (?:week|month|year|birthday|summer)|the weekend"
            r"|the end of|{BYNOW}|birthday|18|20|21|25|30|40|30th|40th|50th|anymore)(?= (?:anyway|so|and|if|to|\."
            r"|or|im|i|but)| *$)(?<!on monday)(?<!in time)"
        ),
    ),
)
