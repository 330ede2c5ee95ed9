"""Tidings: what the words bring, good or hard, and for whom; what is still to come, and how it came out. Pure.

Words carry the signs, read clause by clause. A sign that is turned ("I'm not sad") or only supposed ("if I passed") is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Final

from someone.mind import people as folk
from someone.mind.fact_words import KIN
from someone.mind.facts import NAME
from someone.mind.people import Person
from someone.mind.recall import STOP

NEAR_WITHIN: Final = timedelta(hours=1)
"""How lately somebody must have come up to be who "she" means: the same talk."""
LOOK_AT: Final = 2000
"""Characters of an utterance that are looked at."""


def words(listed: str) -> re.Pattern[str]:
    """Any of these, as whole words of a text in lower case."""
    return re.compile(rf"\b(?:{listed})\b")


_GOOD = words(
    r"(?:(?:so|really|very|just) )*(?:happy|glad|pleased|thrilled|delighted) for (?:him|her|them)|(?:is|are|am|i'm) (?:going to be|gonna be|a) (?:dad|mum|mom|father|mother|aunt|uncle|grand\w+|parents|godfather|godmother)|"
    r"(?:is|are|am|i'm) (?:going to be|gonna be) an? (?:dad|mum|mom|father|mother|aunt|uncle|grand\w+)|i'm an? (?:dad|mum|mom|father|mother|aunt|uncle|grand\w+|godfather|godmother)|the baby is here|"
    r"got (?:the|a|that|my|his|her|their|our) (?:\w+ )?(?:job|flat|house|place|part|offer|role|promotion|raise|visa|grant|scholarship|keys|money|contract)|"
    r"(?:got|was|were|been|is|are|am|'m) (?:accepted|hired|promoted|engaged|pregnant|admitted)|(?:got|getting|just) married|gave (?:me|us|him|her) (?:a raise|the (?:job|part|role|keys))|"
    r"passed (?:my|the|his|her|our|their|a|an|it|with|first|all|every|everything)|passed(?= *[!.]|$)|won (?:the|a|an|my|her|his|our|their|first|gold|it|silver|bronze)|(?:i|we|she|he|they) (?:just |finally )?won(?!'|’)|"
    r"engaged|pregnant|promotion|graduat(?:ed|es|ing)|great news|good news|best news|so happy|really happy|over the moon|best day|loved every (?:minute|second)|so much fun|"
    r"finally (?:did|finished|made|sold|found|got|moved|finishing|managed)|(?:he|she|they) said yes|(?<!just )got in(?= *[!.]|$)|got in(?:to)? (?:uni\w*|college|med\w*|law|the (?:school|course|program\w*|team|band|choir)|my first choice)|"
    r"(?:so|really|very|i'm|im|feel) proud|proud of (?:myself|him|her|them|us)|adopted|can't wait(?! (?:to die|till it's over))|cant wait(?! (?:to die|till it's over))|lovely day|wonderful|(?:had|having) (?:her|the|their|our|a) baby|(?:baby|twins) (?:was|were|is|are) born|"
    r"it worked|fell in love|(?:all )?by myself|made up again|came to visit me|(?:i|we) did it|(?:i|we) made it|sold out|paid (?:it )?off|bills paid|personal best|first prize|(?:they|everyone|people|we all) clapped|"
    r"getting (?:a|our|my) (?:puppy|dog|kitten|cat|horse)|first time (?:since|ever|in (?:my|a|years|months))|without (?:stopping|help) for the first time|still open|stay open|best \w+ ever"
)
_EASED = words(
    r"all clear|came back (?:clear|clean|fine|negative|ok|okay)|benign|(?:it|that|everything|all) went (?:so |really |very )?(?:well|fine|great|ok|okay|smoothly)|"
    r"went (?:really |very |so )?well|recovered|recovering well|out of (?:hospital|danger|surgery)|(?:is|am|'m|'re|are|'s) (?:safe|okay again|fine again|(?:much |so much |a lot |a bit )?better now|(?:much|so much|a lot) better|well again|home safe)|"
    r"(?:got|made it|arrived) home safe(?:ly)?|feel(?:s|ing)? (?:much |so |a lot )?better|nothing serious|false alarm|so relieved|what a relief|turned up safe|was found|found (?:him|her|it|them) (?:safe|again|alive)|"
    r"woke up (?:fine|well)|in remission|(?:him|her|it)self again|(?:came |'m |im |am |is |'s )?home from (?:the )?hospital"
)
_LOSS = words(
    r"(?<!i )(?<!i just )(?<!nearly )(?<!almost )(?<!laptop )(?<!phone )(?<!battery )(?<!car )(?<!computer )(?<!plant )(?<!engine )died(?! (?:\d+|laughing|of (?:laughter|embarrassment|shame)|twice|a little|inside|again))|passed away|(?<!phone )(?<!battery )(?<!car )(?<!laptop )is dead|was killed|funeral|"
    r"(?:mum|mom|mother|dad|father|wife|husband|gran\w*|nan|nana|aunt|uncle|dog|cat) (?:has |just |finally )?passed(?= *[.,!]|$| (?:on|last|this|yesterday|today|in))|"
    r"lost my (?:mum|mom|mother|dad|father|wife|husband|partner|brother|sister|son|daughter|baby|child|friend|best friend|gran\w*|nan|aunt|uncle|dog|cat)|"
    r"put (?:him|her|the (?:dog|cat)|our (?:dog|cat)|my (?:dog|cat)) (?:down|to sleep)|miscarr\w+|took (?:his|her|their) own life"
)
_HARD = words(
    r"fired|laid off|lost (?:my|his|her|their|our) (?:job|home|house)|broke up|breaking up|split up|left me|dumped me|divorc\w+|cancer|(?:in|to|into) (?:the )?(?:hospital|intensive care)|"
    r"lonely|(?:so|feel|feeling|am|i'm|im|being) alone|panic attacks?|shouted at|yelled at|(?:can't|cant|couldn't|couldnt) (?:cope|stop crying)|depressed|heartbroken|bad news|"
    r"miss (?:him|her|them|my)|had a stroke|heart attack|collapsed|rejected|turned (?:me|him|her|us) down|didn't get (?:it|the|in)|didnt get (?:it|the|in)|didn't go well|didnt go well|went badly|"
    r"bullied|nobody (?:came|remembered|called)|had an accident|robbed|(?:was|were|been|got|had my \w+) stolen|stole my|ran away last|is missing|went missing"
)
_HEAVY = words(
    r"hospital|cried|cry|(?<!baby is )(?<!baby )crying|in tears|(?:is|was|were|it's|that's|feel|feeling|feels|felt|so|been|am|i'm) (?:just |really |so |quite )?(?:awful|terrible|horrible|sad)(?! \w+s\b)|(?:an?|such an?|the most) (?:awful|terrible|horrible|sad) (?:day|night|week|weekend|time|morning|evening|month|year|fight|call|news|feeling)|(?:makes?|made) me (?:so |very )?sad|a (?:bit|little) sad|the worst(?! (?:joke|pun|film|movie|song))|worst (?:day|night|week|year|time)|hard (?:one|time|night|week)|(?:get|getting|feel|feeling|so|am|i'm|been) low|don't want (?:her|him|them) to (?:go|leave|move|die)|scared|afraid|anxious|nervous|panic\w*|dread\w*|exhausted|(?:can't|cant|couldn't|couldnt) sleep|it (?:still |really )?hurts|still hurts|hurts (?:so|me|in my chest|to)|hurt me|so hurt|failed|"
    r"bad day|hard day|rough day|sick(?! (?:note|of|day|leave|pay))|(?:i'm|im|am|is|are|was|been|be|being|feel|feeling|so|very|really|fell|got|mentally|gravely) ill|fight with|argument|argued|went wrong|overwhelmed|ashamed|worried|stressed|crashed|ran away|my stomach is in knots"
)
_TO_COME = words(
    r"tomorrow|tonight|later today|next (?:week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|"
    r"this (?:afternoon|evening|week|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|in (?:\w+ )?(?:an hour|hours|days|weeks|minutes|a week|a month|two days|three days)|soon|coming up|"
    r"(?:waiting|wait) (?:for|on)|(?:going|have|has|got|need) to have|will (?:be|have)|going in for|preparing for|getting ready for|first thing"
)
_HOPED = words(
    r"(?:job )?interview|audition|viewing|first day|date|wedding|holiday|trip|concert|recital|exam|exams|test|finals|driving test|presentation|"
    r"premiere|opening night|match|race|marathon|performance|reunion|application|competition|birthday"
)
_FEARED = words(
    r"surgery|operation|biops(?:y|ies)|scan|chemo\w*|(?:test |blood |biopsy |scan )?results|diagnosis|court(?: date)?|hearing|trial|procedure|root canal|mri|tribunal|eviction|verdict"
)
_HOPES = re.compile(r"\b(?:i|we) (?:really |just |do )?hope (?:that |it |i |we |he |she |they |to |for )")
_TURNED = re.compile(
    r"(?:\bnot|\bnever|n't|\bisnt|\bdont|\bwasnt|\bno longer|\bwithout|\bstopped|\bhardly|\bno) (?:\w+ ){0,2}$|\bless (?:\w+ )?$"
)
_SUPPOSED = re.compile(
    r"^\W*(?:if|imagine|suppose|unless|whether|what if|when i (?:was|were)|in the (?:film|book|show|story|game|song))\b"
)
_QUOTED = re.compile(r"[\"“«][^\"”»]{0,300}[\"”»]")
_CLAUSES = re.compile(r"[;:]+|,? (?:but|and|because|though|although|while) |, ")
_SENTENCES = re.compile(r"[^.!?\n]+[.!?]*")
_I = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|im|ive|we|we're|we've)\b")
_MY_KIN = re.compile(rf"\b(?:my|our) (?:(?:best|old|little|big|older|younger|dear|good) )?({KIN})\b(?!')")
_A_NAME = re.compile(rf"^(?:(?:and|so|guess what|well|oh|hey|then|today|yesterday|also) )?({NAME})\b(?!')")
_ME = re.compile(r"\b(?:me|my|us|our)\b")
_TOKEN = re.compile(r"[^\W\d_][\w-]*")
_last_at = attrgetter("last_at")
_THEY = re.compile(r"\b(?:she|he|they|she's|he's|they're|they've)\b")


_DREADS = words(
    r"scared|afraid|anxious|nervous|panic\w*|dread\w*|terrified|(?:going to|gonna|will) fail|worried|can't do it|not ready"
)
_PLAYED = words(
    r"boss fight|game|level \d+|respawn\w*|minecraft|dungeon|(?:death )?scene|doll|script|novel|episode|season|film|movie|the book|the show"
)
_ASKS = re.compile(
    r"^\W*(?:and |so |hey |wait )?(?:do|does|did|are|is|was|were|am|have|has|can|could|would|will|how|when|where|who|whose|which|what|remember|why)\b"
)
_ASKS_PLAINLY = re.compile(
    r"^\W*(?:and |so |hey |wait |quiz )?(?:(?:do|did|are|were|have|can|could|will) you\b|does|did i|am i|how (?:long|old|many|much|often)|when|where|who|whose|which|remember (?:how|when|that|the|what|who))\b"
)
_BITTER = words(
    r"jealous|envious|envy|angry|furious|not happy|should be (?:happy|glad)|can't be happy|i've been trying|i've tried for|i trained (?:him|her|them)|instead of me|passed me over|over me|"
    r"it should have been me|why not me|i deserved"
)
_UNSURE = words(
    r"don't know (?:how|what) to feel|dont know (?:how|what) to feel|don't know how i feel|mixed feelings|weird but|not sure how i feel"
)
_SIGNS = (_GOOD, _EASED, _LOSS, _HARD, _HEAVY, _HOPED, _FEARED, _HOPES)
_ANNOUNCES = re.compile(r"(?:great|good|best|bad) news")


@dataclass(frozen=True, slots=True)
class Tiding:
    """``good`` -1..1: how good or hard; ``whose``: "" the person's own, a name, or "your friend"; ``sign``: the words that
    said so; ``ahead``: still to come; ``eased``: it says how something came out; ``loss``: it can't be mended.
    """

    good: float
    whose: str
    sign: str
    ahead: bool = False
    eased: bool = False
    loss: bool = False


def lowered(text: str) -> str:
    """The text as the patterns read it: its beginning, without quotations, lower case, plain apostrophes."""
    return _QUOTED.sub(" ", text[:LOOK_AT].replace("’", "'")).lower()


def tiding(text: str, low: str, people: Sequence[Person], now: datetime | None = None) -> Tiding | None:
    """The one thing in these words that weighs most; hard things before good ones. ``low``: ``lowered(text)``; ``now``:
    the time, which tells of whom the talk was last, for "she got the job".
    """
    if not any(p.search(low) for p in _SIGNS):
        return None
    to_come, dreads = _TO_COME.search(low) is not None, _DREADS.search(low) is not None
    read = [
        (clause, None if asked or _SUPPOSED.match(clause.lower()) else _in_clause(clause.lower(), to_come, dreads))
        for clause, asked in _clauses(text)
    ]
    while read and read[-1][1] is None:
        read.pop()  # what comes after the last sign tells nothing of whose it is
    if not read:
        return None
    found: list[Tiding] = []
    they, here = _near(people, now), _here(people, low)
    for clause, told in read:
        small = clause.lower()
        end = len(small) if told is None else told[0].start()
        who = _who(end, clause, here)
        if told is not None:
            whose = "" if told[1].loss else _whose(small[:end], small, who, they, told[1].sign)
            found.append(_as_taken(replace(told[1], whose=whose), low))
        they = who[1] or they
    return max(found, key=lambda t: (not _ANNOUNCES.match(t.sign), abs(t.good), t.good < 0), default=None)


def _as_taken(said: Tiding, low: str) -> Tiding:
    """What is good for another may be hard for the person, and they may not know yet what it is to them."""
    if said.good <= 0 or said.ahead:
        return said
    if said.whose and _BITTER.search(low):
        return replace(said, good=-0.6, whose="")
    return replace(said, good=0.0) if _UNSURE.search(low) else said


def _clauses(text: str) -> list[tuple[str, bool]]:
    """The clauses, each with whether it asks rather than tells."""
    plain = _QUOTED.sub(" ", text[:LOOK_AT].replace("’", "'"))
    out: list[tuple[str, bool]] = []
    for sentence in _SENTENCES.findall(plain):
        asks = sentence.rstrip().endswith("?")
        for clause in filter(None, (c.strip() for c in _CLAUSES.split(sentence))):
            small = clause.lower()
            out.append((clause, _ASKS_PLAINLY.match(small) is not None or (asks and _ASKS.match(small) is not None)))
    return out


def _near(people: Sequence[Person], now: datetime | None) -> str:
    """Who came up last in this talk, "" for nobody."""
    last = max(people, key=_last_at, default=None)
    return last.called if last is not None and now is not None and now - last.last_at <= NEAR_WITHIN else ""


def _here(people: Sequence[Person], low: str) -> Sequence[Person]:
    """Those who may come up in these words at all, by a name or a relation; most of all that are known do not."""
    tokens = set(_TOKEN.findall(low))
    kin = {folk.one_word(m[1]) for m in _MY_KIN.finditer(low)}
    meant = {r for r in {p.relation for p in people} if r and any(folk.agree(r, k) for k in kin)} if kin else kin
    found: list[Person] = []
    for person in people:
        named = [n for n in person.names if n.partition(" ")[0].lower().rstrip(".") in tokens]
        if named or person.relation in meant:
            found.append(person)
    return found


def _in_clause(small: str, to_come: bool, dreads: bool) -> tuple[re.Match[str], Tiding] | None:
    """The sign in one clause, and what it says, not yet for whom."""
    if _PLAYED.search(small) is None and (m := _unturned(_LOSS, small)) is not None:
        return m, Tiding(-1.0, "", m[0], loss=True)
    for pattern, good, ahead, eased in _IN_ORDER:
        if (to_come or not ahead) and (m := _unturned(pattern, small)) is not None:
            dreaded = ahead and good > 0 and dreads
            return m, Tiding(DREADED if dreaded else good, "", m[0], ahead=ahead, eased=eased)
    if (m := _HOPES.search(small)) is not None:
        return m, Tiding(0.4, "", "that", ahead=True)
    return None


DREADED: Final = -0.62
_IN_ORDER = (
    (_FEARED, -0.65, True, False),
    (_EASED, 0.8, False, True),
    (_HARD, -0.9, False, False),
    (_GOOD, 0.9, False, False),
    (_HOPED, 0.5, True, False),
    (_HEAVY, -0.6, False, False),
)
"""Pattern, how good it is, whether it is still to come, whether it says how something came out. Where one text holds a hard
and a good thing, the hard one counts; what only sounds heavy ("I was scared, but I did it") gives way to the good."""


def _unturned(pattern: re.Pattern[str], small: str) -> re.Match[str] | None:
    """The first sign that nothing before it turns into its opposite."""
    return next((m for m in pattern.finditer(small) if not _TURNED.search(small[: m.start()])), None)


def _who(end: int, clause: str, people: Sequence[Person]) -> tuple[int, str]:
    """Who stands nearest before ``end``, and where; -1 and "" for nobody but the person."""
    small = clause.lower()
    found = [(at, p.called) for p in folk.mentioned(people, clause) if 0 <= (at := _where(p, small)) < end]
    if not found:
        found = [(m.start(), f"your {m[1]}") for m in _MY_KIN.finditer(small) if m.start() < end]
    name = _A_NAME.match(clause)
    if not found and name is not None and name.start(1) < end and _is_name(name[1]):
        found = [(name.start(1), name[1])]
    return max(found, default=(-1, ""))


def _whose(before: str, small: str, who: tuple[int, str], they: str, sign: str) -> str:
    """Whose tiding it is: of whoever stands nearest before the sign. ``they``: whom "she" means."""
    if sign.endswith((" for him", " for her", " for them")):
        return who[1] or they or "them"
    mine = max((m.start() for m in _I.finditer(before)), default=-1)
    if who[0] > mine:
        return who[1]
    spoken_of = _THEY.search(before)
    if spoken_of is not None and spoken_of.start() > mine and not _ME.search(small):
        return they or "them"
    return ""


def _where(person: Person, small: str) -> int:
    """Where in the clause this person stands, -1 where they don't."""
    places = [small.find(n.lower().split()[0]) for n in person.names]
    places += [small.find(person.relation)] if person.relation else []
    return min((p for p in places if p >= 0), default=0)


def _is_name(token: str) -> bool:
    low = token.lower().removesuffix("'s")
    return token[0].isupper() and low not in STOP and not _NO_NAME.match(low)


_NO_NAME = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day$|i|it|the|this|that|today|got|passed|finally|great|good|just|so|feeling|had|"
    r"went|yes|no|ok|okay|oh|hey|hi|hello|well|what|my|our|we|he|she|they|you|everything|everyone|work|life|guess|best|such|not|still|been|am|was|is"
)
