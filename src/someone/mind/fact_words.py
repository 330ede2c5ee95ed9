"""The words that tell a lasting statement from talk of the hour, as pieces of patterns. Pure data.

All are matched without regard to case on a line whose apostrophes are plain and whose chat spellings are written out
(:func:`someone.mind.facts.tidy`).
"""

from __future__ import annotations

KIN = (
    r"(?:great[- ]?)?grand(?:mother|father|daughter|son|ma|pa|mum|dad|child|children|parents|kids)|gran|granny|nan|nana|"
    r"(?:step|half[- ]|god|foster[- ]|adoptive )?(?:mother|father|sister|brother|son|daughter)(?:[- ]in[- ]law)?|"
    r"(?:step)?(?:mom|mum|dad)|mommy|mummy|daddy|mama|papa|sibling|parent|parents|in-laws|"
    r"wife|husband|hubby|partner|spouse|girlfriend|boyfriend|gf|bf|fianc[eé]e?|ex|ex-wife|ex-husband|man|missus|"
    r"(?:best )?friend|bestie|mate|pal|buddy|aunt|auntie|uncle|cousin|niece|nephew|kid|child|children|baby|twin|twins|"
    r"triplets|toddler|family|neighbou?r|boss|manager|colleague|coworker|co-worker|supervisor|flatmate|roommate|"
    r"housemate|classmate|lodger|tenant|teacher|therapist|counsellor|counselor|doctor|gp|dentist|vet|landlord|landlady|"
    r"nurse|physio|coach|tutor|mentor|hairdresser|barber|plumber|carer|cleaner|nanny|childminder|priest|pastor|imam|"
    r"rabbi|psychiatrist|midwife|lawyer|accountant|social worker|"
    r"dog|puppy|cat|kitten|horse|pony|pet|bird|parrot|budgie|rabbit|hamster|guinea pig|tortoise|goldfish|snake|donkey"
)
"""People (and animals) that a person can have."""

TITLE = r"(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Sir|Father|Sister)\.?"

NUMBER = (
    r"(?:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w+)?|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|a hundred)"
)

AGE = rf"{NUMBER}(?= ?(?:$|[.,!;)]|and\b|now\b|years?\b(?! (?:ago|late))|this\b|next\b|in\b|today\b))"

ILLNESS = (
    r"asthma|lupus|diabetes|type (?:1|2|one|two)|adhd|add|autism|asperger\w*|dementia|alzheimer\w*|parkinson\w*|"
    r"cancer|leuk\w+|epilepsy|arthritis|ptsd|ocd|bipolar|schizophrenia|multiple sclerosis|ms|celiac|coeliac|crohn\w*|"
    r"endometriosis|fibromyalgia|copd|eczema|hay fever|dyslexia|migraines?|high blood pressure|hiv|ibs|tinnitus|"
    r"anxiety|depression|glaucoma|down'?s syndrome|anorexia|bulimia|insomnia|vertigo|angina"
)

LASTING_ADJECTIVE = (
    r"(?:happily |newly |recently |still |also |now |originally |half |mostly |severely |legally |clinically )*"
    r"(?:allergic|intolerant|married|single|divorced|widowed|separated|engaged|retired|unemployed|self-employed|jobless|"
    r"homeless|vegetarian|vegan|pescatarian|lactose|left-handed|right-handed|deaf|blind|hard of hearing|colou?r-?blind|"
    r"diabetic|autistic|dyslexic|asthmatic|epileptic|bipolar|anaemic|anemic|disabled|pregnant|expecting (?:a|twins|our|"
    r"my|her|their)|sober|bilingual|adopted|gay|lesbian|bisexual|bi|trans|transgender|non-?binary|asexual|queer|jewish|"
    r"muslim|christian|catholic|protestant|buddhist|hindu|sikh|orthodox|atheist|agnostic|from (?!here|there|work|space|the future)|called|named|born|dead|"
    r"in (?:recovery|remission|therapy|a wheelchair|the (?:army|navy|air force|choir)|prison|my (?:\w+ties|teens)|a band)|"
    r"at (?:uni|university|college)|(?:learning|studying) (?!a lot|so much|more|about|from|how)|training (?:to|for|as)|getting (?:married|divorced)|due in|"
    r"(?:afraid|scared|terrified|frightened) of (?!tomorrow|today|this|that|it|what|the (?:exam|test|result)|losing|"
    r"him|her|them|you|being|everything|myself))"
)
"""What somebody is for longer than a day."""

PEOPLES = r"(?-i:[A-Z]\w+(?:ian|ean|can|man|ish|ese|ech|ench|utch|reek|wiss|hai|aqi|ani|eli|indi|oli))(?= |[.,!]|$)"
"""Nationalities by their endings, with a capital: "Polish", "Norwegian"."""

PASSING_NOUN = (
    r"(?:\w+ly )?(?:bit|little(?= (?:bit|too|tired|sad|worried|lost|late|down|sick|cold|nervous|anxious|scared|bored|"
    r"confused|upset|ill|hungry|busy))|mess|idiot|fool|failure|fan|wreck|burden|loser|genius|monster|ghost|zombie|joke|"
    r"disaster|coward|liar|believer|lot|few|couple|while|moment|minute|second|cold|headache|fever|hangover|migraine(?! "
    r"every)|stomach ?ache|question|idea|feeling|hunch|meeting|exam|test|appointment|interview|date|deadline|call|plan|"
    r"chance|point|problem|favou?r|day|night|week|morning|evening|weekend|dream|nightmare|thought|job interview|"
    r"shift|lesson|train|flight|reservation|coffee|drink|snack|shower|nap|go|look|think|chat|laugh|smile|word|secret|"
    r"surprise|good|great|bad|terrible|horrible|hard|tough|long|rough|busy|nice|lovely|weird|strange|big fan|huge|"
    r"real|total|complete|lucky|stupid|lost|crazy|right|way|reason|doubt|guess|hell|pain|nervous|part|"
    r"(?:very )?(?:small|little|young) (?:boy|girl|child|kid)|boy|girl|child|kid|citizen|person|human|legend|star|king|queen|god|angel|devil|nuisance|handful|delight|treasure|blessing|darling|"
    r"saint|hero|bore|tease|dick|jerk|bitch|prick|ass\w*|clown|mood)\b"
)
"""After "a": what is said of a moment or as a judgement, never of a life."""

THING = (
    r"(?:(?:first|last|middle|full|maiden|pen|stage|nick)[- ]?name|name(?: day)?|nickname|surname|birthday|anniversary|"
    r"wedding|hometown|home town|blood type|address|postcode|phone number|number|locker code|door code|code|street|"
    r"village|town|neighbou?rhood|house|flat|apartment|cottage|farm|garden|car|bike|bicycle|van|boat|school|university|"
    r"college|class|team|band|choir|company|shop|club|church|mosque|job|work|profession|trade|hobby|hobbies|allergy|"
    r"instrument|diagnosis|star sign|religion|faith|native language|mother tongue|first language|shoe size|"
    r"favou?rite [\w' -]{2,30}?|dream job|pronouns|due date|surgery|operation|degree|major|medication)"
)
"""Things of a person's own of which there is one, and that last."""

OWN = (
    rf"(?:[\w'-]+ ){{0,3}}?(?:{KIN}|house|home|flat|apartment|cottage|cabin|farm|garden|allotment|car|van|boat|bike|"
    r"motorbike|horse|job|business|company|shop|stall|restaurant|caf[eé]|studio|workshop|degree|phd|diploma|condition|"
    r"disability|disorder|allergy|syndrome|disease|stutter|lisp|tattoo|scar|pacemaker|hearing aid|prosthe\w+|licen[cs]e|"
    r"piano|guitar|violin|cello|collection|garden|chickens?|hens?|goats?|sheep|cows?|bees|fish|ducks?|tarantula|lizard|"
    r"siblings|languages|passports?|jobs|scouts|pupils|employees)s?(?= |[.,!;]|$)(?!'s)(?!.*\bto \w+\W*$)"
)
"""What one has for longer than a day, after "have a" or "have two"."""

_LIKING = (
    r"(?:love|hate|like|prefer|adore|enjoy)s? (?!(?:it|this|that|these|those|you|your|him|her|his|their|them|how|when|"
    r"what|to|being|talking|the|a|an|my (?:life|hair|day)|me|us|where|lol|everything|nothing|mondays|myself|some|all|"
    r"getting|seeing|watching|feeling|helping|having|spending|finding|knowing|both|any|every|thinking|mornings like)\b)"
    r"[\w'-]+(?: [\w'-]+){0,4}[.!]?$"
)
"""A taste, said shortly; a longer sentence with "love" in it praises something of the hour."""

VERB = (
    r"(?:(?:still|also|now|always|mostly|mainly|actually|really|only|just|both|all|currently|once|never|sometimes|"
    r"often|usually|proudly) )*"
    r"(?:"
    r"live[sd]? (?!for\b|to\b|it\b|in (?:hope|fear|the past|a dream))|living (?:in|at|with|near)|"
    r"work(?:s|ed)? (?:as|at|for|in|with|from|nights|days|shifts|part|full|on (?:a|an|the)\b|two|three|weekends|freelance)|"
    r"stud(?:y|ies|ied) |teach(?:es)? |taught (?:at|in|maths|\w+ at|\w+ for) |plays? (?!that\b|this\b|it\b|with\b|along|tricks|dead|games? with)|"
    r"played (?:for|in) |speaks? (?!to\b|with\b|up\b|of\b|for\b)|owns? (?:a|an|the|my|two|three|half) |collects? |grew up|raised |"
    r"(?:was|were) (?:born|raised|adopted|diagnosed|married|made redundant|laid off|fired|promoted|widowed)|"
    r"sings? |paints? |bakes? |keeps? (?:bees|chickens|hens|goats|sheep|horses|pigeons|rabbits|snakes|kosher|a diary|"
    r"an? )|makes? (?:wine|cheese|jewell?ery|furniture|films|music|pottery|clothes|cider|beer|honey)|feeds? my |"
    r"volunteers?\b|drives? (?:a|an|the|for|my|our|his|her)\b(?! (?:me|us) )|rides? (?:a|an|horses)|runs? (?:a|an|the|my|"
    r"our|his|her|marathons)\b|com(?:e|es) from|came (?:here )?from|belongs? to|served in|fought in|"
    rf"ha(?:s|ve)(?: got)? (?:(?:a|an|no|{NUMBER}) (?!{PASSING_NOUN}){OWN}|(?:{ILLNESS})\b|twin|been (?:(?:a|an) (?!{PASSING_NOUN})|married|sober|"
    r"single|together|divorced|vegan|vegetarian|clean|retired|widowed|with|working (?:as|at|for|in)|living|teaching)|"
    r"lived|worked|played (?:for|in)|known \w+ (?:for|since)|never (?:been (?:married|abroad|on|to)|had|lived|learned|learnt|smoked|driven|flown|"
    rf"drunk|met)|had (?:a|an|my|two|three) (?!{PASSING_NOUN}))|"
    r"(?:have|has) (?:my|his|her) (?:own|mother|father|grand\w+|first|second)|haven't (?:spoken|talked|seen)|"
    r"hasn't (?:spoken|talked)|takes? (?:pills|tablets|medication|meds|insulin|antidepressants|blood thinners|\w+ for my)|"
    r"can(?:'t|not) (?:eat (?!now|today|anything|another|right|at)|drink|swim|drive|cook|walk (?:far|without)|have (?:kids|"
    r"children)|stand (?!it|this|that|him|her|them|you|up))|do(?:es)?n't (?:eat (?!now|today|much|enough)|drink (?!enough|"
    r"now|much|today)|smoke|drive|speak (?!to)|like (?!it|this|that|you|when|how|what|where|being here)|have (?:any )?"
    r"(?:kids|children|siblings|family|parents|brothers|sisters|a (?:car|job|partner|tv|phone|garden))|"
    r"(?:live|work|play|teach|study|go) .*\bany ?more)|never (?:eat|eats|drink|drinks|married|learned|learnt|smoked|had)|"
    r"no longer |used to (?:be (?:a|an|in|married|the)|live|work|play|teach|study|smoke|drink|have|own|sing|run|ride|"
    r"paint|drive)|"
    r"died|passed away|turn(?:s|ed)? (?:\d|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|\w+teen|one\b|two\b|"
    r"three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|eleven\b|twelve\b)|retired|graduated|emigrated|immigrated|"
    r"converted|moved\b(?! (?:my|the|our|his|her|a|an|it|that|your|them|some|things|stuff|heaven|over a bit|up a bit|this (?!year|month|week|spring|summer)|on\b(?! \w+day)))|go(?:es)? to (?:st|school|college|"
    r"university|uni|church|mosque|synagogue|the \w+ (?:school|academy))|"
    r"got (?:married|divorced|engaged|diagnosed|promoted|fired|laid off|sober|clean|(?:into|accepted)|pregnant|"
    r"(?:a|an|the|my|our|his|her) (?:new )?(?:job|dog|puppy|cat|kitten|house|flat|degree|diagnosis|promotion|horse|car|"
    r"phd)|(?:two|three|four|twin|twins)\b)|"
    r"had (?:a (?:baby|boy|girl|son|daughter|stroke|heart attack|miscarriage|car accident|hip|kidney)|twins|surgery|an "
    r"operation|her first|his first)|ha(?:ve|s) (?:diabetes)|"
    r"start(?:s|ed)? (?:a new|my new|his new|her new|at|school|nursery|university|uni|college|therapy|working|learning|"
    r"playing|studying|a (?:job|course|family|business|company|band|degree)|as)|"
    r"(?:quit|left|gave up|stopped) (?:my|his|her|school|uni\w*|college|smoking|drinking|eating|working|taking|playing|"
    r"driving|vaping|meat|sugar|the (?:army|navy|church|company|band|bank|job|firm|party))|"
    rf"lost (?:my|his|her|our) (?:job|home|house|hearing|sight|licen[cs]e|{KIN})\b|joined |"
    r"bought (?:a|an|our|my) (?:\w+ )?(?:house|flat|boat|car|dog|cat|home|farm|van|apartment|caravan|motorbike|cottage|"
    r"piano|horse|bike)|sold (?:the|my|our) (?:house|flat|boat|car|farm|business)|inherited|adopted |"
    r"broke (?:my|his|her) (?:arm|leg|wrist|ankle|hip|nose|foot|collarbone|finger|toe|hand|back)|"
    rf"(?:broke|split) up|separated|met my |{_LIKING}|can't stand |got engaged|goes by "
    r")"
)
"""What somebody does for longer than a day, or what happens once and changes a life."""

ONCE = (
    r"\b(?:died|passed away|(?:was|were) born|married|engaged|divorced|moved (?:to|in|into|out)|had a baby|adopted|"
    r"graduated|retired|diagnosed|turn(?:s|ed) \w+|new job|passed my|got (?:the|a) job)\b"
)
"""A day's news that stays true: "today" takes nothing from it."""
