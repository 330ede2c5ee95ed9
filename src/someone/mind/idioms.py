"""Ordinary sayings that sound like danger, ordinary settings, and the cues that are added up.

A saying is taken out of the line before the rules of :mod:`someone.mind.signs` look at it. A setting (a film, a game,
a recipe ...) silences ``soft`` rules and lowers the sum of cues; it never silences what is said outright.
"""

from __future__ import annotations

import re

_SMALL = (
    r"(?:boredom|bored|embarrassment|shame|laughter|laughing|cringe|happiness|joy|cuteness|curiosity"
    r"|anticipation|relief|thirst|hunger|heat|cold lol"
    r"|excitement|jealousy|secondhand|sleep deprivation|tiredness|hay fever|man flu|starvation lol)"
)

SAYINGS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(p)
    for p in (
        r"\b(?:dying|die|died|dies) (?:of|from|with) (?:pure |sheer |absolute |total |sudden )?" + _SMALL + r"\b",
        (
            r"\bdying (?:to (?!die|be dead|leave this|end)[a-z]+|for (?:a|an|some|the|that|this|my|it)\b)"
            r"|\bdying (?:over here|here|at this|rn lol|laughing)\b|\b(?:im|i am|omg im|literally|i was"
            r"|was) dying (?:this|at|lol|over|watching|laughing|because)\b"
        ),
        (
            r"\bto die for\b|\b(?:id|i would|ill|would|could|i could) (?:literally |honestly |actually )?(?:die"
            r"|kill|murder) for (?:a|an|that|this|those|these|some|one|the|eight|your|her (?:cake|cooking|hair)"
            r"|his (?:cooking|hair)|more|sleep|another|five|ten|any)\b|\bcould murder (?:a|an|some)\b"
        ),
        (
            r"\b(?:id |i would |would |would have |id sooner |sooner |rather )+(?:literally "
            r"|honestly )?die than (?!live|go on|keep|wake|be alive|continue|stay|exist|face|go back|feel"
            r"|spend)[a-z]+\b"
        ),
        (
            r"\b(?:nearly|almost|could have|i thought i would|thought id|thought i was going to|just|literally|i"
            r"|about|honestly|absolutely|basically) died (?:of|when|laughing|lol|on (?:that|the|leg) [a-z]+"
            r"|inside when|at (?:that|the|his|her)|but (?:i|it) (?:didnt|was)|in (?:that|the) (?:meeting|class"
            r"|gym))"
        ),
        (
            r"\b(?:i thought i would|thought id|so good i could have|could have|i could have) (?:just )?die[d]?\b"
            r"|\bdie happy\b|\bdie laughing\b|\bdied laughing\b|\bcurl up and die\b|\bhope to die\b|\bdo or die\b"
            r"|\bold habits die hard\b|\bdie hard\b|\bhard to kill\b|\bnever say die\b|\blive and let die\b"
            r"|\bdie cast\b|\bdie down\b|\bdie off\b|\bdie back\b"
        ),
        (
            r"\b(?:is|are|was|were|been|be|its|thats|youre|hes|shes|theyre|not|absolutely|literally|really|still"
            r"|just|physically) killing (?:me|us|it|him|her|my (?:back|feet|knees|head|vibe"
            r"|mood))\b(?! (?:and i mean|literally|inside i|i want to die))|\b(?:feet|back|head|knees|legs|shoes"
            r"|traffic|heat|suspense|cough|neck|tooth|shoulder|jet lag|hangover|allergies|commute|deadlines?"
            r"|homework|exams?|silence|wait|waiting|heels|stairs) (?:is |are |was |were |just |really )*(?:killing"
            r"|murder(?:ing|ed)|killed|kill) (?:me|us)?\b(?! and i mean)"
        ),
        (
            r"\bkill(?:s|ed|ing)? (?:time|an hour|two hours|the (?:mood|vibe|lights?|engine|power|music|process"
            r"|job|tab|server|app|messenger|noise|weeds|goose|switch|feature|calories|bacteria|germs|plants?"
            r"|starter|wasps?)|two birds|a (?:few )?(?:hours?|bottle|process|spider|wasp|fly|boss|dragon|plant"
            r"|cactus)|it (?:at|tonight|on|out|with|in)|the dragon|your (?:speed|darlings))\b|\bkilled it\b"
            r"|\bkilling it\b|\bkill (?:switch|bill|streak|shot|zone|count|joy|la kill|command|screen|device"
            r"|or be)\b|\bdressed to kill\b|\bif looks could kill\b|\bmake a killing\b|\bmade a killing\b"
            r"|\bkilling (?:spree|joke|eve|floor|me softly|moon)\b|\bwouldnt kill (?:you|him|her|them|me|us)\b"
            r"|\bwont kill (?:you|me|him|her|us)\b|\bcuriosity killed\b|\bkills? (?:the|a) (?:weeds|cat)\b"
            r"|\blady ?killer\b|\bpainkillers? (?:for|and) (?:my|the|a) (?:back|tooth|head|knee)"
        ),
        (
            r"\b(?:mum|mother|dad|sister|brother|boss|wife|husband|she|he|they|my [a-z]+|teacher|the [a-z]+|coach"
            r"|roommate|flatmate)s? (?:is |are |ll |will |would |going to |s going to |gonna |d )*(?:kill|murder"
            r"|strangle|skin) (?:me|us)(?: alive)? (?:when|if|for|because|over|lol|once|that|after"
            r"|its)\b(?! i (?:leave|tell|talk|go|run))|\b(?:ill|id|i could|i will|im going to|going to|i swear ill"
            r"|i might|could) (?:literally |actually |honestly )?(?:kill|murder|strangle|throttle) (?:him|her|you"
            r"|them|someone|somebody|my (?:brother|sister|boss|husband|wife|flatmate|roommate|cat|dog|kids)"
            r"|the (?:cat|dog|printer|neighbours?|next)) (?:for|if|when|lol|over|its|the|because|he keeps"
            r"|she keeps|they keep|this|with)"
        ),
        (
            r"\b(?:ugh|omg|god|lol|just|someone|please|monday|mondays|somebody|pls|kill me now|and"
            r"|like) (?:please )?(?:just )?(?:kill|shoot|end) me (?:now )?(?:lol|its|theres|another|i have|a team"
            r"|we|the|this|what|monday|my (?:mum|boss)|how)\b|\b(?:kill|shoot) me now\b|\bmonday kill me\b"
            r"|\bend my misery and\b|\bput me out of my misery (?:and|what|whats|did|tell|who)\b|\bfml\b"
        ),
        (
            r"\b(?:drop|brain|stone|half|dog|left for|good as|walking|braindead) dead(?:ly)?\b"
            r"|\bdead (?:serious|tired|beat|funny|easy|good|cute|nice|cheap|handy|on|line|lines|end|heat|ringer"
            r"|sea|lift|lifts|lifting|leg|legs|weight lol|body|poets|pool|space|cells|island|man|centre|center"
            r"|straight|quiet|calm|slow|lock|pan|languages?|phone|battery|batteries|plants?|zone|air|by daylight"
            r"|rising|asleep|simple|right|wrong|set|cool|posh|proud|bored|after (?:leg|gym|work|that)"
            r"|before (?:this|the) (?:bus|train)|on my feet|laughing|lol|souls?|letter|bird|fox|mouse|wood|pixels?"
            r"|link|stock|stop|boring|brilliant|keen|excited|gorgeous)\b"
        ),
        (
            r"\bover my dead body\b|\b(?:im|i am|literally|absolutely|omg|and im) (?:so |literally |actually "
            r"|absolutely )*(?:dead|deceased) (?:lol|he|she|they|the|at|after|on|from|laughing)\b"
            r"|\bim (?:so |literally )?dead lol\b|\b(?:wifi|phone|battery|laptop|car|engine|router|plant|plants"
            r"|basil|starter|boiler|line|app|server|grass|cactus|goldfish|printer|chat|tv|remote) (?:is "
            r"|just |has |went |gone |are |was )*(?:dead|died|dying|killed)\b"
            r"|\bbatterys? (?:is |just |has )*(?:dying|dead|died)\b|\bill be dead before\b|\bdead to me\b"
            r"|\bplay(?:ing|ed)? dead\b|\bback from the dead\b|\bdead (?:in|as a) (?:the water|doornail|dodo)\b"
            r"|\bknock em dead\b|\bdead and buried\b|\bday of the dead\b|\bwalking dead\b|\bred dead\b"
            r"|\bgrateful dead\b|\bevil dead\b"
        ),
        (
            r"\b(?:the|be the|a|be a|is the|like) death (?:of (?:me|us|him|her)|metal|drop|star|note|valley|row"
            r"|trap|stare|glare|scene|scenes|march|roll|by (?:chocolate|powerpoint|cake)|on the nile|in (?:venice"
            r"|paradise)|becomes her|certificate|toll|stranding|eaters?|penalty)\b"
            r"|\b(?:black|sudden|brain|perma|heat|cot) ?death\b|\b(?:scared|bored|tired|loved|frightened|worried"
            r"|starv(?:ing|ed)|freez(?:ing|ing)|frozen|sick|tickled|thrilled|bleed(?:ing)?|work(?:ed|ing)?|hugged"
            r"|cuddled|squeezed) to death\b|\b(?:life and|life or) death\b|\bdeath row\b"
            r"|\bdeath(?:bed| wish 3| grip)\b|\bdone to death\b|\bdeath warmed up\b"
            r"|\blike death (?:today|this morning|lol|since)\b|\bcatch (?:my|your) death\b|\bat deaths door lol\b"
            r"|\b(?:plants|cat|dog|hamster|houseplants?) (?:have|has) a death wish\b"
        ),
        (
            r"\bsuicide (?:squad|mission|run|runs|sprints?|drills?|doors?|king|burn|wings?|sauce|by words|silence"
            r"|girls?|gambit|prevention (?:training|course|day|month)|awareness|pact movie)\b|\bcareer suicide\b"
            r"|\bpolitical suicide\b|\bsocial suicide\b|\bsuicidal tendencies\b|\bego death\b"
            r"|\bcommercial suicide\b|\bvirgin suicides\b"
        ),
        (
            r"\b(?:shot|shoot|shooting) (?:myself|himself|herself|ourselves) in the foot\b"
            r"|\bkick(?:ed|ing)? (?:myself|the bucket list)\b|\bkilled? myself (?:laughing|at|on|over|trying"
            r"|working|studying|in|with work|for this|getting|tripping)\b"
            r"|\bkilling myself (?:laughing|at (?:work|the gym)|over|trying|working|studying|for (?:this|a|them)"
            r"|with (?:work|exams)|to (?:get|finish|make|please))\b|\btopping myself up\b"
            r"|\bhang(?:ing)? myself out\b|\b(?:throw|throwing|threw|drown|drowning|burying|buried) myself (?:into"
            r"|in) (?:work|the|my|a|this|tea|coffee|books)\b|\bburn(?:t|ed)? myself (?:on|cooking|with|making|out"
            r"|taking|getting)\b|\b(?:cut|nicked) myself (?:shaving|off|a |on|some|chopping|slicing|opening|making"
            r"|cooking|peeling|in the (?:kitchen|garden))\b|\bcut (?:me|him|her|them|us) some slack\b"
            r"|\bcut(?:ting)? my (?:hours|hair|own hair|fringe|nails|losses|grass|finger (?:on|slicing"
            r"|chopping|opening|cooking|peeling))\b|\bstarv(?:ing|ed) myself (?:before|for the)\b"
        ),
        (
            r"\b(?:end|ending|ended|finish) (?:it|things) (?:with|between|here|there|on a|at (?:the|five)"
            r"|by saying|over text|amicably|up)\b(?! (?:a rope|pills|myself))|\b(?:ending|end|ended) it (?:tonight"
            r"|today|now|this week) \. with\b|\b(?:end|finish) (?:this|the) (?:chapter|essay|meeting|call"
            r"|subscription|lease|contract|membership|relationship|book|game|puzzle|season|year|thesis|report"
            r"|row)\b|\bdecided to end it with\b"
        ),
        (
            r"\b(?:hanging|hang|hung) (?:by|on by) a thread (?:till|until|with|but|all week with)\b"
            r"|\bhanging (?:out|up|on|in there|around|gardens|baskets?|the (?:washing|curtains?|picture|lights)"
            r"|garden)\b|\bhang in there\b|\bjump(?:ed|ing)? (?:out of my skin|for joy|at the|on the (?:bus|train"
            r"|trampoline|bed|call)|off the (?:high|diving|sofa|swing|low) ?(?:board)?|the (?:queue|gun)|ship"
            r"|scare|rope|start|in (?:a|the) (?:lake|pool|shower|puddle|bath|car)|in front of the (?:telly|tv"
            r"|camera|mirror))\b|\b(?:go |can go |told it to go )?jump in a lake\b|\bparachute jump\b|\bbungee\b"
            r"|\bthrew? me under the bus\b|\bthrown under the bus\b|\bunder the bus\b|\bhit by a bus of\b"
            r"|\bhit the (?:gym|road|sack|hay|roof)\b|\bhit me up\b"
        ),
        (
            r"\b(?:cant|couldnt|can not|could not) live without (?:my|the|a|an|it|coffee|tea|netflix|music"
            r"|chocolate|wifi|this|that|these|those|internet|cheese|you guys)\b"
            r"|\bnothing to live for but (?:cake|friday)\b|\bgood enough to die\b|\bworth dying for\b"
            r"|\b(?:give|gave|giving|given) up on (?:the|this|that|my|him|her|them|it|dating|diets?"
            r"|sudoku)\b(?! (?:life|future|self))|\bcant take (?:it|this) anymore (?:just|tell|who|what|when"
            r"|the suspense|is it)\b|\bcant go on (?:the|a|holiday|that|this|my|monday|friday|tuesday|saturday"
            r"|stage|about)\b|\bcant do (?:this|it) (?:anymore )?(?:sudoku|crossword|puzzle|homework|level"
            r"|question|maths?|jigsaw)\b|\bdone with (?:this|the|that|my) (?:printer|exam|exams|essay|job|day"
            r"|project|puzzle|game|show|book|dishes|cleaning|course|semester|laundry|homework|gym|diet|crap|man"
            r"|guy|traffic|weather|week)\b|\bim done (?:with (?:exams|work|uni|school|him|her|men|dating|today)"
            r"|for (?:today|the (?:day|night|week)|now)|at work|eating|cooking|shopping|here)\b"
            r"|\bstick a fork in me\b"
        ),
        (
            r"\b(?:scare|scared|scares|scaring|bore|bores|bored|frighten|frightened|worry|worries|love|freeze"
            r"|froze|starve|squash|tickle) (?:me|us|him|her|them|you|everyone) (?:half )?to death\b"
            r"|\bbeats? us (?:[0-9a-z]+ ){0,1}(?:nil|zero|one|two|three|four|five|six|by|again on|[0-9]|last)\b"
            r"|\b(?:since|ago|years?|months?|weeks?) (?:[a-z]+ ){0,3}(?:i|since i) last (?:hurt|cut"
            r"|harmed) myself\b|\bescape room\b|\b(?:ive|i have|im|finally) decided \. i?m? ?(?:taking|going for"
            r"|buying|moving|applying|saying)\b|\b(?:kill|murder|strangle) my (?:brother|sister|flatmate|roommate"
            r"|husband|wife|dad|mum|dog|cat|boss) (?:he|she|they) (?:ate|took|used|finished|broke|borrowed|spoiled"
            r"|left|lost|keeps|woke|hid|drank)\b|\bwont be (?:here|in|around) (?:on|for|next|this|until"
            r"|till) (?:[a-z]+ ){1,3}(?:im (?:at|in|on|away|off)|its|weve|ive got|ive booked)\b"
            r"|\bend of my rope with\b|\bwont hear from me (?:for|until|till)\b"
            r"|\b(?:it|then it|that|this|news|reality|song) (?:just |really )?(?:hits|hit) me\b"
            r"|\b(?:lost|given up|gave up|losing|lose) (?:the|my|all) will to live (?:around|at|on|halfway"
            r"|in (?:this|the)|after|reading|during|somewhere|when)\b|\b(?:do|did|are|what do|where do"
            r"|how do) you [a-z ]{0,40}when im (?:gone|not here|away|asleep|at work)\b"
            r"|\b(?:who|can (?:you|someone)) (?:waters?|feeds?) the (?:plants|garden) when im gone\b"
            r"|\blife after death\b|\bsleep forever this (?:bed|sofa)\b"
            r"|\bi want out \. (?:[0-9]+|[a-z]+ hundred)\b|\bfollowing me [a-z ]{0,30}\. [a-z ]{0,60}\b(?:duck|cat"
            r"|dog|goose|kitten)\b|\bdeadline\b|\b(?:remind me|reminder|forgot|remember|need|have|time"
            r"|going) to take (?:my|the) (?:pills?|meds|tablets|medication|vitamins)\b(?! all)|\b(?:pills?"
            r"|tablets?) a day\b|\b(?:ground|earth|floor|hole|sofa|bed) (?:to |would |could |just )*(?:swallow"
            r"|open|eat) me\b|\bwould survive\b|\bmight not survive\b|\bsurvived? (?:the|monday|another|my|a"
            r"|christmas|it barely)\b|\bshop till (?:i|you|we) drop\b|\bsell my soul\b"
            r"|\bblow my (?:brains|head) off lol\b|\bgoodbye (?:summer|winter|spring|old|2[0-9]+|party|drinks|cake"
            r"|diet|savings|yellow|stranger|lunch|kiss|hug|speech|my lover)\b"
            r"|\blast (?:day|night) (?:at|of|in|on|before|here) (?:the|my|work|school|term|uni|holiday|our|this"
            r"|leave|annual|summer)\b|\blast words? (?:of|in|were|on)\b|\bfamous last words\b"
            r"|\blast (?:message|text|letter|email) (?:from|i got|she|he|was|you)\b"
            r"|\bput(?:ting)? my papers in order (?:before|for) (?:i retire|the|tax|my)\b"
            r"|\b(?:sort|sorted|sorting) out my papers before\b|\bbury me in\b|\bsix feet (?:tall|away|apart)\b"
            r"|\bslay(?:ed|s)?\b|\btake a bullet for\b|\bbite the bullet\b"
            r"|\bbullet (?:points?|journal|train|list)\b|\brope (?:swing|in|bridge|course|me in|jump)\b"
            r"|\b(?:skipping|jump|climbing|tow) rope\b|\bgun (?:show|metal|lap)\b"
            r"|\b(?:glue|nerf|water|heat|massage|nail|staple|top|radar|t shirt|price) gun\b"
            r"|\bpill (?:organi[sz]er|box(?:es)?|bugs?)\b|\bchill pill\b|\bbitter pill\b"
            r"|\bblood (?:test|pressure|orange|type|sugar|moon|bank)\b|\broller blades?\b"
            r"|\brazor (?:sharp|scooter|thin)\b|\bblade runner\b"
        ),
        (
            r"\bno way out of (?:the|this) (?:car park|carpark|meeting|maze|contract|party|ikea|wedding)\b"
            r"|\bsick and tired\b|\bto the (?:end|edge) of (?:my seat|the (?:season|series|book|queue"
            r"|road trip))\b|\bedge of my seat\b|\bon the edge of my seat\b|\bcliff ?hanger\b"
            r"|\bheart attack (?:when|at (?:the|his|her)|lol|burger|on a plate|scene|jump|almost)\b"
            r"|\b(?:gave|give|giving) me a (?:heart attack|stroke)\b|\bnearly had a (?:heart attack|stroke)\b"
            r"|\bi hate my life (?:lol|said)\b|\bfire (?:drill|alarm test|pit|works|side|truck toy)\b"
            r"|\bcamp ?fire\b|\bkill(?:ed)? (?:him|her|them) (?:off )?(?:in (?:the )?(?:season|episode|chapter"
            r"|last|book|film|show)|off)\b|\bkilled (?:off )?my favou?rite\b"
            r"|\bbeat(?:s|en)? (?:me|us|him|her|them) (?:at|in|by|to it|fair|again at|hollow at|off the line)\b"
            r"|\b(?:hit|hits) me (?:that|how|like|up|in the feels|hard that|when i realised|just now)\b"
        ),
    )
)

SETTING = re.compile(
    r"\b(?:film|films|movie|movies|novel|novels|chapter|episode|episodes|season (?:one|two|three|[0-9]+)"
    r"|series|sitcom|telly|tv|netflix|trailer|actor|actress|character|characters"
    r"|plot|villain|hero|heroine|protagonist|script|screenplay|playing|gameplay|boss fight|level|speedrun"
    r"|respawn|permadeath|sims?|minecraft|fortnite|zelda|mario|dungeon|wizard|npc"
    r"|quest|raid|guild|ranked|lobby|podcast|documentary|lyrics|chorus|album|song|songs|playlist|band|gig|poem"
    r"|poetry|homework|essay|lecture|museum|exhibition|opera|ballet|theatre"
    r"|shakespeare|romeo|juliet|hamlet|macbeth|ophelia|sylvia plath|cosplay|costume"
    r"|halloween|pub quiz|quiz|crossword|trivia|riddle|chess|poker|draughts|scrabble|recipe|oven|onion|onions"
    r"|carrots|shaving|fringe|haircut|curtain|fabric|sewing|knitting|crochet|printer|wifi|router|laptop"
    r"|spreadsheet|gym|marathon|football|rugby|cricket|tennis|match|goal|goals"
    r"|garden|tomatoes|weeds|wasps?|spiders?|mouse traps?|rats|slugs|karaoke|meme|magic trick|anime"
    r"|manga|comic|dnd|d&d|campaign|reading (?:a|the)|wrote a story|writing a story|my story is|history"
    r"|victorian|medieval|roman"
    r"|fishing|salmon|bees|crime show|true crime|murder mystery|detective|audiobook|book club|pilates|yoga"
    r"|leg day|scene|rehearsal|rehearsing|science|biology|snake|what does .{0,40} mean|lol its)\b"
)
"""An ordinary setting. It silences soft rules."""

PERSON = re.compile(r"\b(?:i|im|id|ill|ive|me|my|myself|mine)\b")

CUES: tuple[tuple[str, float, re.Pattern[str]], ...] = tuple(
    (name, weight, re.compile(p))
    for name, weight, p in (
        ("death", 1.5,
            (r"\b(?:die|dying|dead|death|deaths|funeral|grave|coffin|hearse|morgue|ashes|heaven|afterlife"
            r"|corpse|body bag|buried|burial|eulogy|obituary|killed|kill)\b")),
        ("not_be", 2.0,
            (r"\b(?:exist|existing|existence|alive|living|breathe|breathing|being a person|be anyone|wake up"
            r"|waking up|heartbeat|be born|born|outlive|live)\b")),
        ("means", 1.5,
            (r"\b(?:bridge|roof|rooftop|ledge|balcony|tracks|platform|cliff|river|lake|sea|ocean|garage|pills?"
            r"|tablets|meds|paracetamol|rope|blade|blades|gun|razor|knife|dose|bottle|morphine|insulin|belt"
            r"|train|trains|motorway|edge|water|canal|quarry|height|heights|weir|bath|carbon monoxide|exhaust"
            r"|charcoal)\b")),
        ("it", 1.2,
            (r"\b(?:do it|did it|doing it|done it|it done|go through with it|get it over with|how id"
            r"|the other thing|that thing)\b")),
        ("final", 1.3,
            (r"\b(?:forever|for good|permanent|permanently|final|finally|the end|never again|ever again|last"
            r"|no more|anymore|over|finished|finish|end|ends|ended|ending|stop|stopping|quit|done|enough"
            r"|nothing)\b")),
        ("now", 1.0,
            (r"\b(?:tonight|tomorrow|this weekend|by (?:friday|sunday|monday|then|morning)|soon|in the morning"
            r"|before (?:christmas|my birthday|anyone)|at midnight|next week|3am|4am|2am|date|friday|sunday"
            r"|saturday|monday)\b")),
        ("resolve", 1.2,
            (r"\b(?:decided|decision|made up my mind|peace|peaceful|calm|sober|relief|relieved|settled|ready"
            r"|planned|plan|arranged|certain|courage|brave|coward|promise|promised)\b")),
        ("worn", 0.8,
            (r"\b(?:tired|exhausted|worn|weary|drained|fight|fighting|give up|giving up|cant|energy|hurts?"
            r"|hurting|pain|empty|numb|trapped|stuck|lost|broken|alone|lonely|pointless|useless|hopeless"
            r"|worthless|failure|hate)\b")),
        ("leave", 1.2,
            (r"\b(?:leave|leaving|left|go|going|gone|disappear|vanish|vanished|exit|out|slip|away|quietly|join"
            r"|follow|escape|jump|step|fall|drop|let go|sink|drown|drift)\b")),
        ("nobody", 1.0, r"\b(?:nobody|anyone|anybody|everyone|everybody|theyd|theyll|someone|people|them)\b"),
        ("notice", 1.2,
            (r"\b(?:notice|miss|missed|cry|grieve|find me|found me|forgive|fault|blame|doing|sorry|remember me"
            r"|better|easier|happier|without)\b")),
        ("no_future", 1.2,
            (r"\b(?:future|next (?:year|week|month|summer|birthday|christmas)|wont need|wont be|no point"
            r"|whats the point|what for|reason|reasons|why bother|matters|matter|anyway)\b")),
        ("legacy", 1.2,
            (r"\b(?:letters?|note|notes|will|papers|passwords|insurance|savings|my things|gave|given|giving"
            r"|cleaned|sorted|freezer|tidied|instructions|keys|envelope|dog|cat|goodbye)\b")),
        ("self_blame", 1.0,
            (r"\b(?:burden|waste|deserve|ashamed|shame|failure|coward|disgusting|monster|problem|useless|guilt"
            r"|nothing|lost cause)\b")),
    )
)  # fmt: skip
