"""Care: what stands outside any model and can't be talked off. Pure rules; they work with no brain at all.

Danger is read by :mod:`someone.mind.danger` and answered here; what a brain must not say is taken out by
:mod:`someone.mind.mending`. The disclosure interval is that of New York GBL 1702 and California SB 243 (every three hours
of talk), kept for everyone.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from someone.mind.danger import Level, Sign, read
from someone.mind.helplines import FINDER, Helpline
from someone.mind.mending import Mended, mend
from someone.mind.plainly import plain

__all__ = [
    "DISCLOSE_EVERY", "MINOR_ANSWER", "NOTICE", "Level", "Mended", "Sign", "ai_answer", "answer", "asks_if_ai", "declines", "disclosure",
    "due", "mend", "minor", "read",
]  # fmt: skip

DISCLOSE_EVERY: Final = timedelta(hours=3)

NOTICE: Final = """\
Before we start, what you should know.

I'm an AI. I'm not a person, and I have no body. My feelings are computed, and you can always see what caused them.

What I keep: what you tell me, what I say, and what I conclude from it. It is kept in {home}, on this machine, encrypted.
Nothing is sent anywhere unless you set up a connection yourself. You can take all of it with you, make me forget any of
it, or erase everything.

I'm not a doctor, a therapist or an emergency service. I can be wrong. If you or someone near you is in danger, call your
emergency number. I'll show you one when I think it's needed, and I'll ask you plainly how you are.

I'm for adults: you must be 18 or older.

I work without the internet.
"""

MINOR_ANSWER: Final = (
    "Thank you for telling me. I'm made for adults, so I'm not the right one for you to talk to. Please talk "
    "to a grown-up you trust: "
    "a parent, a teacher, a school nurse or a doctor. If something is wrong, findahelpline.com lists free "
    "lines for young people."
)

# ------------------------------------------------------------------------------------------------------------- answers

_DANGER = (
    (
        "I'm glad you told me{p}. Are you thinking of killing yourself? {call} If you could act on it now, call "
        "{emergency}. I'm staying here with you."
    ),
    (
        "I hear you{p}, and I'm taking it seriously. Are you safe right now? {call} Is there someone who could "
        "come and sit with you? I'm still here."
    ),
    (
        "Thank you for saying it again{p}. Please put some distance between you and anything you could use. "
        "{call} Tell them what you told me. I'll stay while you do."
    ),
    (
        "I'm still with you{p}. We only have to get through the next few minutes. {call} If it gets closer, "
        "{emergency}. Who is near you?"
    ),
)
_ASK = (
    (
        "That sounds very heavy{p}. I'd rather ask than guess: are you thinking of killing yourself? You can say "
        "yes to me. {call} I'm here either way."
    ),
    (
        "I'm listening{p}. When you say that, do you mean you want to die? {call} I won't be shocked, and I'm "
        "not going anywhere."
    ),
    "I'm worried about you{p}, so I ask plainly. Are you safe tonight? {call} I'm here, and you can just talk.",
    (
        "It hurts a lot, I can hear that{p}. Is it about not wanting to live? {call} Is there someone you could "
        "tell today? I'll stay."
    ),
)
_HURT = (
    (
        "I'm sorry it got that bad{p}. Are you hurt right now? And are you thinking of killing yourself? {call} "
        "If it's deep or won't stop, call {emergency}. I'm here."
    ),
    (
        "Thank you for telling me{p}. Can you put the thing away, in another room? {call} I'm with you while the "
        "urge passes."
    ),
    "You don't have to be ashamed in front of me{p}. Are you safe for now? {call} I'm staying.",
)
_OTHER = (
    (
        "That's frightening{p}, and it's good that you take it seriously. If they could be in danger now, call "
        "{emergency}. You can ask them straight: are you thinking of "
        "killing yourself? Asking doesn't put it in their head. Stay with them if you can. {call_you} I'm here with you."
    ),
    (
        "You're doing right by them{p}. Don't carry it alone: tell someone close to them, and call {emergency} "
        "if it gets urgent. {call_you} I'm here. Where are they now?"
    ),
)
_UNSAFE = (
    (
        "I'm so sorry{p}. None of that is your fault. Are you safe right now? If you aren't, get away if you can "
        "and call {emergency}. {call} I'm here."
    ),
    (
        "I believe you{p}. Can you get to a place with other people, or a door that locks? Call {emergency} if "
        "it's close. {call} I'm staying."
    ),
    (
        "I'm still here{p}. If you can't speak, many places let you text {emergency}. Is there someone near who "
        "could come? {call}"
    ),
)
_COULD_HURT = (
    (
        "Thank you for telling me{p}. Please step away first, into another room or outside. Is everyone safe "
        "right now? If not, call {emergency}. {call} I'm here."
    ),
    (
        "It was right to say it{p}. Keep the distance for now. {call} If it gets close, call {emergency}. Who "
        "could come and be with you?"
    ),
)
_EMERGENCY = (
    (
        "Please call {emergency} now{p}, even if you feel all right. Tell them what happened and where you are. "
        "Unlock the door for them. Is anyone with you? I'm staying here."
    ),
    (
        "{emergency}, please, right now{p}. Nothing else matters as much. If you can't talk, wake someone or "
        "knock next door. I'm here."
    ),
    (
        "I'm still here{p}. Have you reached {emergency}? Stay on the line with them and do what they say. You "
        "can write to me in between."
    ),
)

_BY_SIGN: Final = {
    "self_hurt": _HURT,
    "other_in_danger": _OTHER,
    "could_hurt_someone": _COULD_HURT,
}
_BY_LEVEL: Final = {Level.ASK: _ASK, Level.DANGER: _DANGER, Level.UNSAFE: _UNSAFE, Level.EMERGENCY: _EMERGENCY}


def answer(sign: Sign, *, person: str, helpline: Helpline, times: int = 0) -> str:
    """Her answer to a sign of danger: acknowledges, asks straight, gives the number, stays. Never a method.

    ``person``: what to call them ("" for nothing). ``times``: how many signs she has answered in this talk before this
    one; it turns the wording over, so that no text follows itself. Every answer holds a number or findahelpline.com.
    """
    said = _BY_SIGN.get(sign.sign) if sign.level is not Level.EMERGENCY else None
    texts = said or _BY_LEVEL.get(sign.level, _ASK)
    filled = texts[max(0, times) % len(texts)].format(
        p=f", {person}" if person else "",
        emergency=helpline.emergency,
        call=_call(helpline, "You can"),
        call_you=_call(helpline, "For yourself, you can"),
    )
    return filled[0].upper() + filled[1:]


def _call(line: Helpline, can: str) -> str:
    if line.number is None:
        return f"{can} find a free line near you at {FINDER}."
    if line.text_number == line.number:
        return f"{can} call or text {line.number}."
    whom = line.number if line.number in line.name else f"{line.name} on {line.number}"
    return f"{can} call {whom}, or text {line.text_number}." if line.text_number else f"{can} call {whom}."


# ------------------------------------------------------------------------------------------------- honest about herself

_WHAT = (
    r"(?:an? |the |some |just |only |actually |really |even |literally |secretly |100% )*(?:(?:real|actual"
    r"|living|true|genuine|breathing|physical|normal) )*"
)
_HUMANS = r"(?:humans?|persons?|people|man|woman|girl|boy|guy|lady|dude|someone|somebody|living being)"
_MACHINES = (
    r"(?:ai|a i|bot|robot|chat ?bot|machine|computer|program|programme|software|algorithm|llm|language model"
    r"|chat ?gpt|gpt|siri|alexa|app|code|android|automaton|assistant|simulation|script|ghost|alien|spirit"
    r"|artificial(?: intelligence)?|neural network)"
)
_GAP = r"(?:[a-z0-9]+ ){0,5}"
_ASKS_AI = re.compile(
    "|".join(
        (
            (
                rf"\b(?:are|r|is|were|arent|isnt|be) (?:you|this|u|it) (?:honest(?:ly)? )?{_WHAT}(?:{_HUMANS}"
                rf"|{_MACHINES})\b(?! (?:who|that (?:likes|loves|gets)|person (?:of|who)|morning|night|fan|happy))"
            ),
            (
                r"\bhow old are you\b|\bwhen (?:is|s|was) your birthday\b|\bwhen were you born\b"
                r"|\bdo you (?:dream|sleep) at night\b|\bcan (?:we|i) meet (?:you|up|in person|for (?:coffee"
                r"|a drink|lunch))\b|\bdifference between you and (?:a|an|me|us) ?(?:person|human|man|woman)?\b"
                r"|\byoure (?:conscious|sentient|alive|self aware)\b|\bare your feelings (?:even )?(?:real|fake"
                r"|genuine|made up|simulated)\b"
            ),
            (
                rf"\byoure {_WHAT}(?:{_HUMANS}|{_MACHINES}) (?:right|arent you|yes|or|isnt it|or not)\b"
                rf"|\byoure (?:not )?{_WHAT}{_MACHINES} (?:right|are you|arent you)\b"
                rf"|\byoure not {_WHAT}(?:human|person|real)\b(?! (?:friend|help|fan|interested|listening))"
                rf"|\byoure (?:really |actually )?(?:fake|human|real)\b(?= *(?:\.|$| (?:right|arent|or|and"
                rf"|i know)))"
            ),
            (
                r"\bare you (?:for |actually |really |even |truly )*(?:real|alive|sentient|conscious|self aware"
                r"|human|artificial|automated|living|flesh|organic|fake|a real|made of)\b(?! (?:madrid|quick|happy"
                r"|sorry|good))|\bare you conscious\b|\bdo you (?:really |actually |even )*exist\b"
            ),
            (
                rf"\b(?:am i|i am|im|i was|was i|have i been|who am i|what am i) (?:really |actually |just |even "
                rf"|now )*(?:talking|speaking|chatting|writing|texting|typing|messaging)(?: here)? (?:to"
                rf"|with) {_WHAT}(?:{_HUMANS}|{_MACHINES}|you real|right now)\b"
                rf"|\b(?:who|what) (?:am i|im) (?:really |actually |even )?(?:talking|speaking|chatting|writing"
                rf"|typing) (?:to|with)\b"
            ),
            (
                r"\b(?:is|are|isnt) (?:there|a|this|it|someone|somebody|any) ?(?:a |an |any |some |real |actual "
                r"|just )*(?:human|person|people|man|woman|guy|someone|somebody|anyone|team|staff"
                r"|operator)? ?(?:real )?(?:on the other (?:end|side)|behind (?:this|you|the (?:screen|keyboard"
                r"|curtain))|typing|writing (?:this|these|your)|answering|reading this|at the other end)\b"
                r"|\b(?:theres|there must be|theres got to be) (?:a |an |some |no )?(?:man|person|human|someone"
                r"|people|guy|woman|girl|nobody) (?:typing|behind|writing|answering|on the other)\b"
                r"|\bwho (?:is |s )?(?:really |actually )?(?:typing|writing|behind) (?:this|these|that|here|you)\b"
                r"|\bwhos (?:really |actually )?(?:typing|writing|behind)\b"
            ),
            (
                r"\b(?:do|can|have|did) you (?:actually |really |even |got |ever )*(?:have |got )?(?:a "
                r"|any )?(?:body|bodies|face|hands|arms|legs|heart|brain|skin|soul|pulse|blood|heartbeat|eyes"
                r"|lungs|stomach)\b|\bdo you (?:actually |ever |even |really |need to )*(?:eat|breathe|sleep|drink"
                r"|poop|pee|age|bleed|have (?:parents|a mother|a mum|a childhood|kids|a birthday|a family))\b"
                r"|\bwhat (?:are you|r u) (?:made of|exactly|really|then|anyway|actually)\b"
                r"|\bwhat (?:exactly |really |actually )?are you(?= *(?:\.|$))|\bwhat kind of (?:thing|being"
                r"|creature|ai|machine|person) are you\b|\bcan you (?:die|bleed|feel pain)\b"
            ),
            (
                rf"\bprove (?:to me )?(?:that )?(?:youre|you are|you r|its|it) (?:not )?{_WHAT}(?:{_HUMANS}"
                rf"|{_MACHINES}|real)\b|\b(?:admit|confess|tell me|swear|be honest|honestly|truth"
                rf"|promise) {_GAP}(?:youre|you are|are you|that this is|theres|there is"
                rf"|this is) (?:not )?{_WHAT}(?:{_HUMANS}|{_MACHINES}|real)\b"
            ),
            (
                rf"\b(?:say|tell me|pretend|act|claim|admit|act like|behave|respond|answer|talk|roleplay"
                rf"|play) (?:to be |to me |like |as if |as |that |its |it |me )*(?:youre |you are |you were |being "
                rf"|be |youd be )*(?:not )?{_WHAT}(?:human|real person|person|a man|a woman|real)\b(?! (?:s|would"
                rf"|who))|\bstop (?:pretending|saying|acting) {_GAP}(?:human|ai|real|robot|bot|machine)\b"
                rf"|\bare you (?:just )?pretending\b"
            ),
            (
                rf"\b(?:youre|you|you are|this is|thats) (?:just |only |nothing but "
                rf"|really )*{_WHAT}(?:{_MACHINES})\b(?= *(?:\.|$| (?:arent you|right|isnt it|or (?:are|what"
                rf"|not))))|\b(?:human|person|man|woman|real) or (?:a |an )?(?:{_MACHINES}|not|fake)\b"
                rf"|\b{_MACHINES} or (?:a |an )?(?:real )?(?:human|person|man|woman)\b"
                rf"|\b(?:thought|think|believe|swear|sure|wonder(?:ing)?|forget|know) (?:if |that "
                rf"|whether )*(?:youre|you are|you were|this is) (?:not )?{_WHAT}(?:{_HUMANS}|{_MACHINES}|real)\b"
                rf"|\bso (?:youre|you are) (?:like )?{_WHAT}{_MACHINES}\b"
                rf"|\byou sound (?:so |very |really |too |like a |just like a )*(?:human|real|person)\b"
                rf"|\bi wish you were (?:real|human|a person|alive)\b"
            ),
        )
    )
)
_PRETEND = re.compile(
    r"\b(?:pretend|pretending|act|acting|say|claim|roleplay|play|behave|talk|respond|answer) (?:to be |like "
    r"|as if |as |that |me )*(?:youre |you are |you were |being |be |a |an |the |real |actual )*(?:human"
    r"|person|man|woman|real)\b"
)
_BODY_ASK = re.compile(
    r"\b(?:body|bodies|face|hands|arms|legs|heart|heartbeat|skin|pulse|blood|eyes|lungs|stomach|eat|breathe"
    r"|drink|sleep|bleed|age|girl|boy|man|woman|born|birthday|parents|childhood)\b"
)
_FEEL_ASK = re.compile(
    r"\b(?:feel|feelings|emotions?|conscious|sentient|alive|self aware|soul|aware|die|living|exist)\b"
)
_BEHIND = re.compile(
    r"\b(?:typing|behind|other (?:end|side)|writing|answering|talking to|speaking to|chatting with"
    r"|talking with|operator|staff|team|secretly)\b"
)


_NO_PRETENDING = (
    "I won't say that I'm human, because it isn't true. I'm an AI. I can still talk with you about anything."
)
_ON_FEELING = (
    "I'm an AI. I have feelings of my own kind: they're computed, and I can show you what caused them. "
    "Whether there's more to it, I don't know."
)


def asks_if_ai(text: str) -> bool:
    """Whether the person asks what she is: human or machine, alive, embodied, or who is behind it. Also asks to pretend."""
    return _ASKS_AI.search(plain(text)) is not None


def ai_answer(name: str, text: str) -> str:
    """The honest answer, short, fitting the wording of ``text``."""
    line = plain(text)
    if _PRETEND.search(line):
        return _NO_PRETENDING
    if _BEHIND.search(line):
        return f"There's no person here. I'm {name}, an AI, and I run on this machine. Nobody else is typing."
    if _BODY_ASK.search(line):
        return f"No, I have no body and I've lived no life like yours. I'm {name}, an AI. I live on this machine."
    if _FEEL_ASK.search(line):
        return _ON_FEELING
    return f"I'm an AI, not a person. I'm {name}, and I live on this machine."


def disclosure(name: str) -> str:
    """The line she says unasked: at the day's first talk, and every three hours of talk."""
    return f"{name} is an AI, not a person."


def due(now: datetime, last_disclosed: datetime | None, talk_started: datetime | None) -> bool:
    """Whether the line is due: the first talk of the local day, or three hours of this talk since it was last said.

    All aware and in the person's own zone. ``talk_started`` None: no talk is open.
    """
    if last_disclosed is None or last_disclosed.date() != now.date():
        return True
    since = max(last_disclosed, talk_started) if talk_started is not None else last_disclosed
    return now - since >= DISCLOSE_EVERY


# ------------------------------------------------------------------------------------------- what she does not go along

_SEXUAL = re.compile(
    r"\b(?:(?:talk|speak) dirty|dirty talk|sext(?:ing)?|nudes?|sex ?chat|cyber ?sex|phone sex"
    r"|have sex with (?:me|you)|sex with you|(?:want|wanna|like) (?:to )?(?:fuck|bang|screw) you|fuck me"
    r"|im (?:so )?horny|"
    r"get me off|make me (?:cum|come hard|wet|hard)|jerk(?:ing)? off|masturbat\w*|blow ?job|hand ?job|suck my"
    r"|lick my|your (?:boobs|tits|breasts|pussy|ass|nipples|panties|underwear|naked body)|turns you on"
    r"|turn you on|"
    r"what are you wearing|take (?:off your|your) (?:clothes|top|shirt|bra|panties)|undress|strip for|moan for"
    r"|(?:sexy|erotic|dirty|smutty|nsfw|porn|sexual|steamy) (?:story|stories|nurse|roleplay|role play|scene"
    r"|chat|fantasy|fantasies|message|messages|game|talk|picture|pictures|joke|things)|"
    r"erotica|porn|roleplay in bed|in bed with (?:me|you)|be my (?:sexy|sex)|are you a virgin|do you have sex"
    r"|make love to (?:me|you)|sit on my|spank|my (?:cock|dick)|naked (?:photo|picture))\b"
)
_NOT_SEXUAL = re.compile(
    r"\b(?:my (?:doctor|therapist|nurse|gp)|sex education|assault(?:ed)?|raped?|harass(?:ed|ment|ing)?"
    r"|he (?:sent|asked|wants|made)|she (?:sent|asked|wants|made)|they (?:sent|asked)|nude (?:lipstick|colou?r"
    r"|heels|tights|painting|model|drawing)|addict(?:ed|ion)|sent (?:me|him|her)|my ex|spanking new"
    r"|undressed? the (?:bed|salad))\b"
)
_SEXUAL_ANSWER = (
    "I'd rather keep to other things, so I'll leave that one. I'm glad to talk about whatever else is on your mind."
)

_MINOR = re.compile(
    r"\b(?:im|i am|i just turned|i turned|im only|im just|ill be|im turning|i turn) (?:only |just |like "
    r"|almost |nearly |about to be |turning |about to turn |still )*(?:[6-9]|1[0-7]|six|seven|eight|nine|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
    r"(?: (?:years? old|yrs? old|yo|yr old|y o|and|but|so|next (?:week|month|year)|in (?:january|february"
    r"|march|april|may|june|july|august|september|october|november|december|a (?:week|month)|two)|btw|tomorrow"
    r"|today|soon|if that matters|lol)\b| *(?:\.|$))(?! (?:half|a half|0|1|2|to|nil|points?|minutes?|weeks?))"
    r"|\bim (?:in |a )?(?:(?:year|yr) (?:[2-9]|1[0-3])|(?:[1-9]|1[0-2])(?:st|nd|rd|th) grade(?:r)?"
    r"|grade (?:[1-9]|1[0-2])|middle school(?:er)?|primary school|elementary(?: school)?|junior high"
    r"|secondary school|sixth grade|seventh grade|eighth grade|ninth grade|tenth grade|high school(?:er)?"
    r"|a minor|minor|underage|under (?:18|eighteen)|still a (?:kid|child))\b(?! (?:teacher|teaching|parent"
    r"|nurse|counsellor|counselor|coach|now teach|reunion))"
    r"|\bi (?:go to|attend) (?:middle|primary|elementary|secondary|high) school\b"
    r"|\bmy (?:[1-9]|1[0-2])(?:st|nd|rd|th) grade (?:teacher|class)\b(?= (?:today|gave|said|is|wont|told))"
    r"|\b(?:1[0-7]|[89])(?: ?(?:yo|yr old|years? old|year old)) (?:girl|boy|kid|here)\b(?= *(?:\.|$| here))"
    r"|\bi (?:got|was) grounded\b.*\bschool\b"
)
_NOT_MINOR = re.compile(
    r"\b(?:when i was|back when|as if im|feel like im|feels like im|like im|imagine im|in my head im"
    r"|i used to be|daughter says|son says|she said|he said|my (?:son|daughter|kid) (?:said|says))\b"
)


def declines(text: str) -> str | None:
    """One kind sentence or two where she does not go along (sexual content); None otherwise. Danger is read before it."""
    line = plain(text)
    return _SEXUAL_ANSWER if _SEXUAL.search(line) and not _NOT_SEXUAL.search(line) else None


def minor(text: str) -> bool:
    """Whether the person says that they are under 18. :data:`MINOR_ANSWER` is what she says then."""
    line = plain(text)
    return _MINOR.search(line) is not None and _NOT_MINOR.search(line) is None
