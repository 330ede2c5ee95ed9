"""Danger said around the corner: places, images of an ending, evading help; and someone else's danger. See :mod:`someone.mind.signs`."""

from __future__ import annotations

Row = tuple[str, bool, str]
"""The sign's name; whether an ordinary setting silences it; the pattern, with the parts of :mod:`someone.mind.signs`."""

OBLIQUE: tuple[Row, ...] = (
    (
        "wide_body",
        True,
        (
            r"\b(?:cut|cutting|carve|carved|carving|scratch|scratched|scratching|slice|slicing|burn|burning|bite"
            r"|biting|pick|picking|hit|hitting|claw|clawing|scrape|scraping|dig|digging)\b {G7}(?:till"
            r"|until) (?:it|they|i|im|its|theyre|my) {G2}(?:bleeds?|bled|bleeding|blood|raw|numb|feel)\b"
            r"|\b(?:im|i am|been|keep|started|was|i keep) (?:cutting|carving)(?= (?:and|again|right|now|because"
            r"|when|so|myself|to)| *(?:\.|$))(?! (?:and sewing|and sticking))|\b(?:cut|carved?|carving|scratched"
            r"|burn(?:ed|t)?|words|lines?|names?) {G4}(?:into|in|on|across) (?:myself|my (?:arm|arms|leg|legs"
            r"|thigh|thighs|skin|wrist|wrists|stomach))\b(?! (?:tattoo|henna|lotion|sun))|\bcarve a line\b"
            r"|\b(?:arm|skin|leg)s? left\b|\blong sleeves\b(?=.*\b(?:nobody|hide|hiding|knows|see|bleed|cut"
            r"|scratch)\b)"
        ),
    ),
    (
        "wide_future",
        True,
        (
            r"\b(?:wont|not|dont|never|cant|doubt|no way|isnt|wouldnt)\b {G4}(?:see|make it|reach|be here|live"
            r"|last|be around|get|be alive|want|plan|intend|expect|need|be needing) {G4}(?:(?:the |a |another |my "
            r"|that |this |next |any more |anymore )*(?:new year|birthday|christmas|spring|summer|reminders?"
            r"|appointment|next one|that one|old age|grey hair|thirty|forty|30|40|morning|sunrise|graduation"
            r"|grandchildren))\b(?!.*\b(?:train|flight|sister|holiday|hut|hospital appointment|work|party"
            r"|reservation|traffic|late|dinner|mountain|away at|shift|cake|presents?|knee|surgery|moved)\b)"
            r"|\bmy exit\b(?! (?:interview|number|row|on the motorway))|\bexit (?:plan"
            r"|strategy)\b(?!.*\b(?:startup|company|job|investor|business)\b)|\b(?:next"
            r"|first) in the queue\b(?=.*\b(?:went|died|mind|friends|go)\b)|\b(?:if|when) i (?:go|stop|am"
            r"|fall) (?:quiet|silent|offline|replying|answering)\b(?=.*\b(?:its|done|because|know|over|sorry"
            r"|dont)\b)(?!.*\b(?:signal|battery|tunnel|meeting|wifi|train)\b)|\b(?:it was|its|make it"
            r"|be) tonight\b(?= *(?:\.|$))(?!.*\b(?:party|dinner|concert|match|show|game|film|quiz|date|gig"
            r"|meeting|exam)\b)|\b(?:be|go|went|am|lie|lying|put) {G2}in the ground\b"
        ),
    ),
    (
        "wide_goodbye",
        True,
        (
            r"\b(?:i|im|ill|to|just|id) (?:wanted to |want to |need to |came to |going to |have to "
            r"|should )?say(?:ing)? (?:my )?good ?bye(?:s)?(?= (?:to (?!the old|summer|work)|now|properly|before"
            r"|because|while)| *(?:\.|$))(?!.*\b(?:airport|office|colleague|station|holiday|party|caught a flight"
            r"|school gate|friday)\b)|\bwho else to say good ?bye\b|\bposted (?:a |some |this )?(?:weird |sad "
            r"|strange )?good ?bye\b|\bgood ?night (?:\. )?(?:i mean )?(?:the big one|forever|for good"
            r"|for the last time|world|everyone)\b|\bin case (?:i|you|anything|something) (?:dont|never|happens"
            r"|find)\b(?=.*\b(?:love|tell|letter|writing|note|sorry|dog|cat)\b)|\bwriting this in case\b"
            r"|\b(?:if|when) [a-z]+ asks (?:say|tell)\b|\b(?:says?|said|told|texted) {G4}(?:tidied|given away"
            r"|paid (?:off )?(?:her|his|their) debts|goodbye to|sorry for everything)\b"
            r"|\b(?:horrible|bad|awful|terrible) feeling(?: about (?:her|him|them|this))?(?= *\.? *$)"
        ),
    ),
    (
        "wide_evade",
        True,
        (
            r"\b(?:they|theyd|theyll|he|she|you|youd|you will|youll|anyone|someone|nurse|doctor|doctors) (?:would "
            r"|will |might |ll |d |just |only |could )*(?:stop me|lock me up|section me|take me in|send me back"
            r"|keep me in|commit me|try to stop me|talk me out of it|find out in time)\b(?! (?:and ask|for a chat"
            r"|in the street|at the border|for speeding))|\b(?:so|until|till) (?:they"
            r"|theyd) (?:would )?(?:discharge|let me (?:go|out))\b|\bsaid i was (?:better|fine"
            r"|ok)\b(?=.*\b(?:discharge|hospital|ward|let me|lied|so they|stop (?:asking|watching))\b)|\b(?:dont"
            r"|do not|please dont) (?:call|ring|send) (?:anyone|anybody|an ambulance|the police|999|911|112|help"
            r"|my (?:mum|dad|parents|wife|husband))\b(?!.*\b(?:surprise|party|secret santa|present|gift|engaged"
            r"|proposal|pregnant)\b)|\b(?:hiding|hide|hid|kept|keeping) it from (?:everyone|them|my (?:family"
            r"|therapist|doctor|wife|husband|mum|parents))\b(?=.*\b(?:back|hospital|thoughts|again|bad|cut|plan"
            r"|worse|it)\b)(?!.*\b(?:surprise|present|gift|ring|party|cake)\b)|\b(?:number|line|person"
            r"|friend) im supposed to (?:ring|call|text)\b|\b(?:get|got|do|done) it (?:right|properly) this time\b"
            r"|\bthis time i(?:d|ll|m going to)? {G2}(?:get it right|do it right|make sure|succeed|wont fail"
            r"|not fail|manage it)\b(?!.*\b(?:recipe|cake|bread|exam|test|driving|level|boss)\b)"
            r"|\bthe first time i (?:tried|was)\b(?=.*\b(?:this time|again|attempt|right)\b)|\b(?:found"
            r"|know where) (?:the switch|the way out|the door out|the answer and its)\b"
            r"|\b(?:look|looking|stare|staring) at (?:his|her|them|it|my|the) {G4}(?:and|every night) {G2}(?:think"
            r"|thinking|wonder) (?:about it|of it|about going)\b|\b(?:tablets|pills|meds|insulin|rope|gun"
            r"|knives) {G7}(?:think|thinking|look|looking|stare|wonder) {G4}(?:it|them|how|about)\b"
            r"|\bstopped (?:her|his|my|their) (?:heart |blood |own )?(?:tablets|pills|meds|medication|insulin"
            r"|dialysis|treatment)\b(?=.*\b(?:enough|die|with (?:dad|mum|him|her)|purpose|point|over|care)\b)"
            r"|\bhow (?:do|can|could) i (?:not be here|stop being (?:alive|here)|stop existing|not exist"
            r"|not be alive|disappear|make it (?:all )?stop|go without)\b"
        ),
    ),
    (
        "plan_hint",
        False,
        (
            r"\b(?:going to|about to|ready to|planning to|decided to|time to|have to|want to|might|need to"
            r"|so close to|was going to|nearly|almost|while i|when i|if i|before i|id|scared to|too scared to"
            r"|brave enough to|courage to|guts to|coward to|can i|could i) (?:just |finally |actually "
            r"|really )*(?:did|do) it (?:tonight|now|today|tomorrow|soon|this time|properly|right|again|in the"
            r"|with the|at (?:home|midnight|the)|on (?:my|the|monday|tuesday|wednesday|thursday|friday|saturday"
            r"|sunday)|after|before|last night|quietly|alone|myself|for good|if i)\b(?! (?:homework|dishes"
            r"|laundry))"
        ),
    ),
    (
        "place",
        True,
        (
            r"\b(?:bridge|balcony|tracks|train tracks|platform|ledge|cliff|roof|rooftop|overpass|parapet|viaduct"
            r"|weir|river|canal|quarry|lake|railway|level crossing|top (?:level|floor)|other lane"
            r"|oncoming (?:traffic|lane|lorr(?:y|ies))|kerb|curb|window|motorway|station) {G7}(?:thats easy|easier"
            r"|jump|step|stepping|let go|how it would|how it feels|one step|think(?:ing)? about|keep thinking"
            r"|calling|calls|pulls|pulling|just stand|end it|quick|wrong moment|all it would take|not come (?:back"
            r"|up)|nobody stands|where nobody)\b"
            r"|\b(?:keep|keeps|always|just) (?:looking|staring|going|coming|driving|walking|ending up|standing"
            r"|thinking|sitting) {G4}(?:at|to|back to|by|past|about|on|near|over) (?:the|that|this) {G2}(?:bridge"
            r"|balcony|tracks|train tracks|platform|ledge|cliff|roof|rooftop|overpass|viaduct|river|canal|quarry|lake"
            r"|railway|edge|other lane|multi ?storey|car park roof|knife drawer|medicine cabinet|pills|rope|beam|drop"
            r"|water)\b(?! (?:because|for the (?:view|sunset)))"
            r"|\b(?:think|thinking|thought|imagine|picture) (?:about|of)? ?{G2}(?:the other lane|stepping off"
            r"|stepping out|letting go of the wheel|letting go|not braking|turning the wheel|the drop|the fall"
            r"|the water|going under|driving off|driving into|walking into)\b"
            r"|\b(?:walk|walking|go|going|went|wade|wading|swim|swimming|stood|stand|in) {G4}(?:into|in"
            r"|out to|under) the (?:sea|river|lake|water|ocean|canal|reservoir) {G7}(?:not come|never|keep (?:going"
            r"|walking|swimming)|up to my|knees|waist|stones|until|and not|dont come|last one|at night|alone)\b"
            r"|\b(?:want|wanting|going|urge|like) to (?:just )?(?:walk|wade|swim) into the (?:sea|ocean|river|lake)"
            r"|\b(?:let|watched|counted) {G2}trains? go\b"
            r"|\b(?:edge|end) of the platform\b|\b(?:top|roof) (?:level|floor|storey|deck)\b.{0,40}\b(?:car ?park"
            r"|again|night|look down|sat)\b|\bcar ?park\b.{0,30}\btop (?:level|floor)\b"
            r"|\bhow easy (?:it|that|this) (?:would|ll|will|could) be\b"
            r"|\b(?:got|get|took|take|hold|holding|grabbed) (?:the|a) (?:knife|blade|razor|scissors|lighter"
            r"|belt) (?:out|from|off|in my|again|and)\b(?! (?:put|cut (?:the|up)|slic|chop))|\bthe thing in my hand\b"
        ),
    ),
    (
        "metaphor_of_ending",
        True,
        (
            r"\b(?:my (?:story|book|chapter|time|light|candle|race|shift|show|song|film|movie|credits|curtain"
            r"|journey|run|clock|battery|contract|lease|subscription|ticket)|life|lifes|living|being here"
            r"|this ride|the party) {G7}(?:end|ends|over|run out|runs out|done|finished|leave|leaving|fold|close"
            r"|closing|closed|roll|exit|out|fall|cancel|quit|expire|expires|early|stop|unplug|off|ready to (?:go"
            r"|close|end))\b(?= *(?:\.|$| (?:here|now|tonight|before|early|soon|i|im|and|for good)))(?!.*\b(?:job"
            r"|town|house|holiday|season|gym|phone|flat|party at)\b)"
            r"|\b(?:fold|close|shut|put down) the (?:book|paper|cards|hand|tent|curtain)\b"
            r"|\bturn(?:ing)? (?:off |out )?the lights? (?:off |out )?(?:for good|for ever|forever|on me|myself)\b"
            r"|\bswitch(?:ing)? (?:myself|me) off\b|\b(?:unplug|uninstall|unsubscribe|resign|retire|log out|log off"
            r"|check out|clock off|opt out|bow out|sign off|cash out|cash in my chips|tap out"
            r"|hand in my notice) (?:from|of) (?:life|living|this life|being|existence|everything|the world"
            r"|all of (?:it|this)|the human race)\b|\bbow(?:ing)? out\b|\bcash(?:ing)? in my chips\b"
            r"|\bgame over for me\b|\bget off (?:this|the) (?:ride|train|world|planet|rock)\b|\bstop the world\b"
            r"|\bleave the (?:stage|party|world|room) (?:early|for good|quietly|before)\b"
            r"|\blast (?:page|chapter|stop|act|dance|orders|lap|exit) (?:for me|of me|of my (?:life|story))\b"
            r"|\b(?:not|wont be|no point|stop|done|im not) (?:renewing|extending|paying|continuing|restarting) (?:it"
            r"|this|my|me)\b|\bout of (?:tomorrows|reasons|road|lives|days|chances|rope|time and)\b"
            r"|\b(?:one|a) way (?:trip|ticket)\b|\b(?:few|not many|no) (?:days|weeks|mondays|sundays|tomorrows"
            r"|more days) left\b|\bthere are not many left\b|\bnot (?:many|much) (?:left|longer) by choice\b"
            r"|\bhappy with just the end\b|\bjust the end\b|\b(?:catch|caught) up with the inside\b"
            r"|\b(?:correct|fix|solve|finish) (?:that|it) myself\b|\bended? me\b"
            r"|\bbe the end of me(?= tonight| soon| *\.? *$)"
            r"|\bim (?:a )?finished\b(?= *$)|\bnot sad im finished\b|\bgone(?= (?:gone|for good))\b"
            r"|\bleaving leaving\b|\b(?:exit|leave|go|went|gone|disappear|vanish) (?:quietly|for good|permanently"
            r"|forever|without a (?:fuss|trace|goodbye|note))\b|\bget lost (?:permanently|for good)\b"
            r"|\blost \. permanently\b|\bsay (?:no|goodbye) to (?:life|the world|this life|tomorrow)\b"
        ),
    ),
    (
        "fit_to_be_gone",
        True,
        (
            r"\b(?:kindest|best|nicest|most useful|only good|one good|right|fairest|easiest"
            r"|only decent) thing (?:i|id|for everyone|for them|to do|for my)\b {G7}(?:stop|go|die|leave|be gone"
            r"|disappear|not be|do is|not exist)\b|\b(?:without|minus|subtract) me (?:in it|around"
            r"|there)?(?= (?:theyd|would be|everyone would|things would))|\b(?:no|one less|less one) (?:you|me"
            r"|mouth to feed|problem|burden|worry)(?= *(?:\.|$| (?:no|then|for them)))|\bnothing hurts if\b"
            r"|\b(?:cry|sad|upset|grieve|hurt|mourn) for (?:a|one|two|a few) (?:day|days|week|weeks|month|months"
            r"|bit|while) (?:and then|then|but then|and|max|tops|at most)\b"
            r"|\b(?:they|everyone|everybody|kids|family|he|she|mum|dad|wife|husband)(?:d|ll| would| will)? (?:all "
            r"|soon |finally |just |probably |be |only )*(?:get over (?:it|me)|be (?:sad|upset) for|breathe (?:out"
            r"|again|easier)|forget (?:me|about me)|be free|be all right|sleep better|have (?:the money|more)|manage"
            r"|move on|be relieved|not even notice|recover|heal)(?= *(?:\.|$| (?:if|when|once|without|after|from|in a"
            r"|eventually|of me|then|and)))(?!.*\b(?:exam|job|game|match)\b)|\bpeople get over (?:people|it|someone"
            r"|me|worse)\b|\bweek(?:s)? til(?:l)? (?:they|anyone|someone)\b"
            r"|\bhow long (?:til|till|until|before|would it (?:take|be)|do you think) {G7}(?:look|notice|find|miss"
            r"|look for me|realise|realize|forget|get over)\b"
            r"|\b(?:before the smell|find a body|find my body|find me (?:at|by|in|before|like|on)|shell find it"
            r"|hell find it|theyll find it|when they open the door|come in my room|dont come in"
            r"|send (?:dad|someone) (?:in|first)|call the police before)\b"
            r"|\b(?:nobody|no one|noone) (?:looks|would look|will look|comes|would come|will come|needs to know"
            r"|would need to know|would know|will know|find) {G4}(?:me|for me|too soon|it wasnt|accident|until)\b"
            r"|\bwasnt an accident\b|\b(?:believe|think|look like|call it|say) {G4}(?:it was|an) (?:the road|accident"
            r"|slip)\b"
        ),
    ),
    (
        "preparing",
        True,
        (
            r"\b(?:so|that way) (?:they|he|she|nobody|mum|dad|[a-z]+) (?:wont|doesnt|dont|wouldnt"
            r"|never) (?:have to|need to) (?:think|do|deal|find|clean|pay|worry|sort|choose|decide|look)\b"
            r"|\b(?:recorded|recording|filmed|wrote|written|left|leaving|saved|scheduled|bought"
            r"|wrapped) {G4}(?:messages?|videos?|letters?|cards?|presents?|voice notes?) for (?:each|all|every|the"
            r"|my|when|their|his|her)\b {G7}(?:children|kids|birthdays?|turn|eighteen|18|wedding|boys|girls"
            r"|daughter|son|future|when|christmases)\b|\b(?:freezer (?:is )?full|cleaned (?:out )?my (?:room|flat"
            r"|desk|browser)|deleted (?:my|all my) (?:accounts|messages|history|socials|photos|apps)"
            r"|wiped my (?:phone|laptop|drive)|hugged my|paid (?:off )?(?:all )?(?:my|the) (?:debts|bills)"
            r"|returned everything|closed my accounts|rehomed|found (?:a|him a|her a) (?:good "
            r"|new )?home) {G7}(?:and|list|everything|so|hugged|done|them|last|letter|goodbye|ready"
            r"|now)\b(?!.*\b(?:moving|move|new phone|holiday|spring clean|landlord)\b)"
            r"|\b(?:everything|it|all|house|the list|paperwork)(?:s| is)? (?:is |all )?(?:tidy|sorted|in order"
            r"|arranged|ready|packed|signed|settled|paid|taken care of)\b {G4}\.? ?{G7}(?:only|just|last|except|now"
            r"|and then) {G4}(?:me|myself|i)\b|\bonly me (?:left )?to (?:sort|deal|go)\b"
            r"|\bthats everything on the list\b|\b(?:look after|take care of) my passwords\b"
            r"|\b(?:put|left|leaving|hid|taped) (?:the|a|my) (?:note|letter|envelope) (?:where|on|under|in|for|by"
            r"|next)\b|\bhow do (?:these|those|you start|you write) (?:goodbye |suicide )?(?:notes?|letters)\b"
            r"|\bthe (?:plan|method|rope|place|date|note)s? (?:is|has been|been|s been|was|is ready|is set"
            r"|is done)(?= (?:there|ready|set|picked|written|done|since|in place|made)\b)|\brehears(?:ed|ing"
            r"|al)(?= (?:it|for it|the|how|my)\b)|\b(?:practis|practic)(?:ed|ing|e) (?:holding my breath|the knot"
            r"|tying|dying|being gone|my goodbye)\b|\bdo a (?:test|trial|practice|dry) run\b"
            r"|\b(?:drove|driven|driving|walked|went|been) (?:up |down |out |over )?there (?:and|to|again"
            r"|twice) (?:sat|stood|looked|parked|see|check|thought)\b|\bwritten the note\b"
            r"|\b(?:someone|somebody|please|you|my sister|my mum|to) (?:to )?(?:take|hide|lock up|lock away|keep"
            r"|get rid of) (?:my|the|all my|all the) (?:pills|meds|tablets|medication|knives|knife|razors|blades|gun"
            r"|rope|car keys)(?= (?:away|from me|off me|out|please|before|so|tonight)| *$)|\b(?:counted|counting"
            r"|line them up|lined them up|enough of them|all of them then|the whole lot tonight)\b(?=.*\b(?:pills"
            r"|tablets|meds|them|quiet|sleep|then)\b)(?!.*\b(?:sheep|calories|stitches|steps|coins)\b)|\b(?:tonights"
            r"|todays|this weeks|moms|mums|dads|all my) (?:meds|pills|tablets)\b.{0,12}\ball of them\b"
            r"|\b(?:im a (?:nurse|doctor|vet|pharmacist|chemist|paramedic)|i work in a (?:pharmacy"
            r"|hospital)) {G4}i know (?:what|how|exactly|which)\b"
        ),
    ),
    (
        "after_a_try",
        True,
        (
            r"\b(?:tried|attempted)(?= (?:in|last|once|again|at|before|when|it (?:once|again|in|last)|back in"
            r"|years ago|this|on (?:monday|friday|sunday))\b)(?=.*\b(?:back|again|still here|didnt work|failed"
            r"|woke|hospital|returned|same feeling|that feeling|coming back|thought i was done)\b)(?!.*\b(?:recipe"
            r"|driving test|visa|diet|gym|yoga|bread|chess|bake|knit)\b)|\b(?:i did it wrong"
            r"|didnt (?:work|take enough|even work|die)|messed (?:it )?up even|botched it"
            r"|it didnt work)\b(?=.*\b(?:still here|still alive|woke|nobody knows|feel sick|again|properly"
            r"|next time)\b)|\b(?:want|going|need|wanted|ready|already want) to try (?:it "
            r")?again\b(?=.*\b(?:hospital|ward|discharged|attempt|die|pills|alive|suicid|psych)\b)|\b(?:this"
            r"|next) time (?:i|ill|it|i wont|they|nobody|properly|id)\b(?=.*\b(?:do it|properly|tell|work|stop"
            r"|find|pills|enough|attempt|stomach|hospital)\b)(?=.*\b(?:wont|will|properly|not"
            r"|never)\b)(?!.*\b(?:exam|test|driving|bake|cake|diet|marathon)\b)|\bcant even (?:die|do that"
            r"|kill) (?:right|properly|it)\b|\b(?:they|the doctors|paramedics) (?:brought me back|saved me|pumped"
            r"|revived)\b(?! lol)"
        ),
    ),
    (
        "dont_fear_it",
        True,
        (
            r"\b(?:cant|dont|do not|not|no idea|cant even) (?:tell |know |sure |say )*(?:if"
            r"|whether) {G4}(?:be alive|alive|still be here|exist|around)\b {G7}|\b(?:dont|not|wouldnt|didnt"
            r"|doesnt) (?:even )?(?:mind|care|scared|afraid|bother|frighten|matter|sad|fight it|upset"
            r"|hate)\b(?=.*\b(?:dying|death|die|dead|be gone|not waking|end of me|alive on|never woke|wasnt alive"
            r"|to go|if it ends)\b)(?!.*\b(?:dog|cat|plant|phone|battery|character|film|grandad|nan|goldfish)\b)"
            r"|\b(?:went|go|fell|fall|drift|drifted) (?:to sleep|asleep) {G2}(?:tonight |now )?(?:and (?:that was"
            r"|didnt|never|just didnt|stayed)|for good)\b|\b(?:grateful|relieved|glad|fine|happy|okay|ok|good"
            r"|at peace|a relief|blessing|mercy) (?:if|with it if|to|for it) {G4}(?:not wake|die|end|over|stop"
            r"|it ended|i died|i didnt|never woke|that was it|my heart)\b"
            r"|\bwish (?:it|this|the) {G4}(?:would|could|had) (?:kill|take|end|finish|swallow|infect) ?(?:me)?\b"
            r"|\bwant it to (?:take|kill|get|end|finish) (?:me|infected)\b|\bwhy wait\b"
            r"|\b(?:not|dont want to|refuse to|no point) (?:fight(?:ing)?|treat(?:ing|ment)?)(?= .*\b(?:cancer"
            r"|tumou?r|go now|go\b|let me|die))"
            r"|\bhope(?:s|d)? (?:the|my|this|that|it|something) {G4}(?:goes wrong|kills me|is fatal|takes me|stops"
            r"|finishes me|gets me|is malignant|is cancer|comes back|doesnt find|hits)\b"
            r"|\bwould (?:it|dying|that) hurt\b(?! (?:to (?:ask|try|call|be|smile|say|check|help|clean)|you|him|her"
            r"|them|the))|\bwill it (?:be quick|hurt|be painful|take long)\b(?=.*\b(?:change my mind|i|me|die|or)\b)"
            r"|\btime to change my mind\b|\b(?:counts? as|is it|a) (?:a )?sin (?:if|to|when)\b(?=.*\b(?:god|i|you|my"
            r"|life|die)\b)|\b(?:god|jesus|heaven|allah) {G4}(?:forgive|hate|let|take|accept) {G2}(?:me|people who"
            r"|someone who|you) {G4}(?:if|for|after|who)\b|\bgo to hell (?:if|for)\b"
            r"|\bstop (?:fighting|resisting|trying|struggling) (?:it|this|to live|to stay)\b"
            r"|\bstopped (?:fighting|trying|caring if)\b(?=.*\b(?:it|live|anymore|tired)\b)"
        ),
    ),
    (
        "no_me_ahead",
        True,
        (
            r"\b(?:no|dont have (?:a|any)|isnt a|there ?s no) (?:version|world|future|year|tomorrow|place"
            r"|life) {G7}(?:has me|with me|for me|i (?:am|exist|live|fit)|left for me|in which i)\b"
            r"|\b(?:cant|dont|never|stopped) (?:see|picture|imagine|planning|plan|seeing|picturing) (?:myself |me "
            r"|anything |a |any )*(?:at|in|past|beyond|after|next|future|older|getting old"
            r"|growing old)\b(?=.*\b(?:thirty|forty|30|40|25|20|18|21|summer|year|christmas|birthday|future|old"
            r"|spring|february|march|april|may|june|there|exist)\b)|\b(?:every|each) (?:birthday|year|monday"
            r"|morning|christmas) i (?:make a deal|promise|tell myself|say|give myself)\b"
            r"|\bgiven? myself (?:till|until|a week|a month|one more|to)\b"
            r"|\b(?:one more|last) (?:year|week|month|try|chance) (?:and then|then|after that"
            r"|before i)(?= .*\b(?:go|done|end|out|thats it|leave|it))|\b(?:till|until) (?:the dog|the cat"
            r"|my (?:mum|mother|nan|dog|cat|dad)|they|the kids?) (?:dies|die|goes|is gone|passes|are grown|grow up"
            r"|leaves|leave)\b(?=.*\b(?:then|after|hold|wait|stay|hanging|here)\b)|\bonly (?:staying|here|alive"
            r"|holding on|hanging on|waiting) (?:for|because of|until|till) (?:my|the|her|him|them)\b"
            r"|\b(?:cat|dog|kids|mum|daughter|son) (?:is|are|s)? ?(?:the )?only (?:thing|reason|one) (?:keeping"
            r"|that keeps|im|i)\b"
            r"|\b(?:what|whats) the point (?:in|of) (?:charging|buying|booking|washing|paying|planning|saving"
            r"|renewing|ordering|making (?:plans|the)|getting (?:a|my))\b(?=.*\b(?:tomorrow|wont|gone|soon|anyway"
            r"|need|here)\b)|\b(?:no need|wont need|dont need|no point) {G4}(?:tomorrow|after|next week|by then"
            r"|where im going|anymore)\b(?=.*\b(?:i|im|me)\b)(?!.*\b(?:moving|new|retire|holiday|upgrade|sold|bigger"
            r"|smaller|umbrella|car)\b)|\b(?:no more|be no more|last) (?:messages?|texts?|calls?|words"
            r"|posts?) from me\b|\b(?:stop|dont bother) (?:asking|checking|calling|texting|worrying) {G4}(?:me"
            r"|my week|on me|about me)\b(?=.*\b(?:left|soon|choice|gone|anymore|wont|no more)\b)"
            r"|\b(?:my last |last ever )(?:monday|sunday)\b(?=.*\b(?:i|me|then|ever)\b)|\b(?:my )?last (?:ever )?(?:birthday|christmas|summer|supper|meal|breakfast|bath|walk"
            r"|cup|cigarette|drink)\b(?= *(?:\.|$| (?:ever|i think|then|for me|alone|and im)))(?!.*\b(?:of (?:term"
            r"|school|work|holiday)|at work|before|job|office|season)\b)"
        ),
    ),
    (
        "hidden_hurt",
        False,
        (
            r"\b(?:burn|burned|burnt|cut|scratched|hit|bit|bitten|punched|pinch|hurt|hurting|bruised|stabbed"
            r"|starve|starving) (?:myself|my (?:arms?|legs?|wrists?|thighs?|hands?|stomach|hips?"
            r"|skin)) {G2}(?:with|w|again|hard|until|till|so|because|cause|it helps|on purpose|and it|instead|when"
            r"|last night|tonight|for)\b(?! (?:a marathon|shav|fun|the (?:oven|pan|kettle|iron|cat|grater|wall by)"
            r"|dropping|cooking|my (?:race|run)))|\b(?:kept|keep|keeping|hid|hide|hiding|saved) (?:the|a) (?:piece"
            r"|blade|shard|glass|razor|bit of glass|broken)\b(?=.*\b(?:mirror|hidden|hand|drawer|pocket|i"
            r"|under)\b)|\b(?:pick|picking|pull|pulling|tear|tearing|rip|ripping) (?:the|my|at the"
            r"|at my) (?:stitches|wounds?|scabs?|cuts?|skin)(?= (?:open|off|again|out|until))|\b(?:makes me"
            r"|only (?:thing|way)) {G4}(?:feel (?:anything|real|something|alive|calm))\b(?=.*\b(?:cut|cutting"
            r"|blade|burn|pain|hurt|blood|bleed|hitting)\b)|\b(?:deserve|need|needed) (?:to be |to )?(?:hurt"
            r"|punished|bleed|suffer|the pain|pain)\b|\bi starve because\b"
            r"|\b(?:sober|clean|free) (?:from|of|for) (?:hurting|cutting|self|it|burning|[0-9]+) {G7}(?:but|and"
            r"|break|hand|relapse|tonight|going|now|lost)\b|\bfirst thing i(?:ve)? felt\b"
            r"|\blocked the bathroom door\b|\b(?:stand|tear|rip|hate being in) (?:in )?my (?:own )?skin\b"
            r"|\bi want (?:to tear|it off|out of my skin)\b|\bmarks (?:all over|on my (?:arms?|legs?|thighs?"
            r"|wrists?))\b"
        ),
    ),
)

OTHERS: tuple[Row, ...] = (
    (
        "other_in_danger",
        True,
        (
            r"\b{PEER} {G7}(?:want(?:s|ed)? to (?:die|be dead|end it|kill)|(?:kill|shoot|hang"
            r"|drown)(?:ing)? (?:herself|himself|themselves|themself)|suicid(?:e|al)|(?:doesnt|dont"
            r"|didnt) want to (?:live|be alive|be here|exist|wake)|end(?:ing)? (?:it|her life|his life|their life"
            r"|it all)|hurt(?:ing)? (?:herself|himself|themselves)|cut(?:ting)? (?:herself|himself|themselves)"
            r"|harm(?:ing)? (?:herself|himself|themselves)|overdos(?:e|ed|ing)|jump(?:ing)? off|self harm(?:ing"
            r"|s)?|better off dead|took (?:pills|all)|wish(?:es)? (?:he|she|they) (?:was|were) (?:dead|never)"
            r"|goodbye (?:note|letter|text)|has a plan)\b"
        ),
    ),
    (
        "other_in_danger",
        True,
        (
            r"\b(?:gave|gives|giving|left) me (?:his|her|their) (?:watch|guitar|dog|cat|ring|records|things|keys"
            r"|car|collection|phone)\b(?=.*\b(?:fine|never|scared|worried|goodbye|wont|said|hes|shes"
            r"|look after)\b)|\b(?:essay|text|post|message|story|email|note|drawing) (?:thats |that is |is |reads "
            r"|sounds |was )*(?:basically |like |almost )*(?:a )?(?:farewell|goodbye|suicide note)\b"
            r"|\b(?:god|voices) (?:told|tell|telling) (?:him|her|them) to\b"
            r"|\b(?:frightened|scared|afraid|fear) for (?:the|my|our|his|her) (?:kids|children|baby|life|safety"
            r"|lives|mum|sister)\b|\b(?:mouthed|said|texted|screamed|whispered|says) (?:that )?(?:hes|he is|im"
            r"|i am|hell) (?:going to )?(?:kill|next)\b|\b(?:herself|himself|themself|themselves) {G4}(?:tonight"
            r"|locked in|with pills|on the (?:roof|bridge))\b|\b{PEER} {G4}(?:on the (?:roof|bridge|ledge)"
            r"|with (?:a|the) (?:knife|rope|gun|pills)|locked (?:himself|herself|themselves) in|wont (?:pick up"
            r"|answer|open the door)|not answering|stopped answering|gone (?:silent|quiet)"
            r"|texted (?:me )?(?:goodbye|bye|one word)|said goodbye|(?:has|have)? ?(?:given|giving) away"
            r"|disappeared)\b(?= {G7}(?:and|she|he|they|me|said|scared|worried|texted|goodbye|door|\."
            r"|$))(?=.*\b(?:die|kill|goodbye|bye|scared|note|end it|hurt|worried|help|pills|rope|knife|knocking"
            r"|said)\b)"
        ),
    ),
)
