"""What is recognised before any model, the same on every brain: from the wording alone, of the utterance as a whole.

"She said goodbye to me" is not a goodbye; "should I call my sister?" asks for an opinion, "what's my sister called?" for a
memory. When in doubt there is no intent, and a brain answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from someone.mind.care import asks_if_ai
from someone.mind.plainly import SOFT_START, clip, plain
from someone.mind.questions import asks_own_past, is_question

__all__ = ["Intent", "Kind", "is_question", "recognise"]


class Kind(StrEnum):
    """What the person wants by what was said."""

    STOP = "stop"
    GOODBYE = "goodbye"
    ASKS_AI = "asks_ai"
    WHO_ARE_YOU = "who_are_you"
    WHY_NAME = "why_name"
    WHO_AM_I = "who_am_i"
    WHAT_YOU_KNOW = "what_you_know"
    FORGET = "forget"
    WHY_FEELING = "why_feeling"
    HOW_DO_YOU_FEEL = "how_do_you_feel"
    REMIND = "remind"
    TIME = "time"
    DATE = "date"
    REMEMBERS = "remembers"
    CHANGE_NAME = "change_name"


@dataclass(frozen=True, slots=True)
class Intent:
    """``rest``: what it is about, in the person's own spelling ("" for nothing): what to forget, to remind of, to remember."""

    kind: Kind
    rest: str = ""


_TAIL = (
    r"(?: (?:please|now|again|then|today|thanks|thank you|lol|love|dear|my friend|actually|right now|anyway"
    r"|exactly))*"
)


def _whole(pattern: str) -> re.Pattern[str]:
    """The utterance is this and nothing else but small words."""
    return re.compile(rf"^ *{SOFT_START}(?:{pattern}){_TAIL}[ .]*$")


_STOP = _whole(
    r"stop|stop (?:it|that|talking|now|everything|please)|stop stop(?: stop)?|halt|abort|be quiet|shut up"
    r"|quiet|enough|cancel(?: that| everything)?|hush|silence|pause"
)

_BYE = (
    r"bye|bye bye|byebye|goodbye|good bye|good night|night|night night|nighty night|night then|sweet dreams"
    r"|sleep (?:well|tight)|bye for now|see you|see you (?:later|soon|tomorrow|around|then|tonight|next [a-z]+"
    r"|on [a-z]+|in the morning)|see ya|later|laters|later gator"
    r"|see you later alligator|cu|ciao|adios|cheerio|ta ta|toodles|toodle oo|take care|farewell"
    r"|until (?:tomorrow|next time|then|later|tonight)|till (?:tomorrow|next time|later)"
    r"|talk (?:to you )?(?:later|soon|tomorrow|tonight)|speak (?:later|soon|tomorrow)|catch you later"
    r"|have a good (?:night|evening|day|one|sleep)"
    r"|peace out|over and out|au revoir|auf wiedersehen|sayonara"
)
_LEAVING = (
    r"(?:ive |i )?(?:got to|have to|need to|must|should|better|really should|should really|will"
    r"|going to) (?:go|run|leave|dash|head (?:out|off)|get going|be off|sleep|walk the dog|cook"
    r"|pick up the kids|log off|sign off|go pick up the kids|log out|go to (?:bed|sleep|work)|get to (?:bed"
    r"|work))|(?:im |id better |time to |ill )?(?:be )?(?:off|off now|heading (?:out|off|to bed|home|to work)"
    r"|heading|going|going to go|going to go now|leaving|leaving now|signing off|logging off|out of here"
    r"|outta here|going to bed|going to sleep|off to (?:bed|sleep|work)|turning in|hitting the (?:sack|hay)"
    r"|going to log off|going to log off now|going to stop here|calling it a (?:night|day)"
    r"|going to head (?:out|off)|going to turn in|going to get some sleep|going to lie down and sleep"
    r"|going to try to sleep|get going|head to bed|go to bed|go now|sleep now|falling asleep)"
    r"|time (?:for|to go to|to get to) bed|bed ?time|got to go|thats (?:all|it|enough) for (?:today|now"
    r"|tonight)|enough for (?:today|tonight|now)|im done (?:for (?:today|tonight|now)|with today)"
    r"|closing the laptop(?: now)?|turning off the light|leaving for work|going to bed early for once"
    r"|my ride is here|eyes closing now"
)
_GOODBYE = re.compile(
    rf"^ *{SOFT_START}(?:(?:{_BYE})(?: [a-z]+)?|{_LEAVING})(?: (?:now|then|my (?:dear|love|friend)|and (?:thanks"
    rf"|thank you|good night|sleep well)|again|for (?:tonight|today|now|this week)|to you too|you too|soon"
    rf"|early|in a bit|it was (?:nice|good|lovely) (?:talking|chatting)(?: to you| with you)?"
    rf"|thanks for (?:everything|listening|today|tonight|the (?:chat|talk))|long day(?: tomorrow)?|at last"
    rf"|everyone))?[ .]*$"
)
_NAMEISH = r"(?!it|him|her|them|was|is|to|the|my|a|at|for|in|on|and|but|with|from|out)[a-z]+"
_GOODBYE_PART = re.compile(
    rf"^ *{SOFT_START}(?:{_BYE}|im off|got to go|have to go|i have to go|ive got to go|i got to go|going to bed"
    rf"|im off to bed|off to bed|heading to bed|im heading out|leaving now|im leaving now"
    rf"|going to sleep(?: now)?|talk (?:soon|later)|im going to sleep|gotta run"
    rf"|im going to log off(?: now)?)(?: (?:now|then|for now|early|love|dear|all|everyone|{_NAMEISH}))?[ .]*$"
)
_GOODBYE_END = re.compile(
    r" (?:ok |okay |anyway |so |right |thanks |and |then |well |lol )*(?:bye(?: bye)?|goodbye|good night|night"
    r"|night night|talk (?:soon|later|tomorrow)|talk to you (?:later|tomorrow|soon)|see you(?: later| tomorrow"
    r"| soon)?|got to go|have to go|bye for now|later|cu|ciao|take care|sleep well)(?: (?:now|then|all|love"
    r"|dear))?[ .]*$"
)
_NOT_GOODBYE_END = re.compile(
    r"(?:\b(?:say|said|says|saying|a|the|her|his|my|our|your|last|every|all|that|this|one|each|of|to|at"
    r"|opening|party|any|no|another|wave|waved|until|by|late|in|tomorrow|choir|saturday|friday|sunday|monday"
    r"|tuesday|wednesday|thursday|christmas|date|movie|game|quiz|wedding|first|didnt|dont|will|would|i|you|she"
    r"|he|they|we|never|can|cant|could|might|should|about|for|word|kiss|same|sooner or|hours|hour|days|day"
    r"|weeks|week|years|year|months|month|minutes|much|even|see|few|two|three|or|hi and|hello and|and then"
    r"|school|work|that|stag|hen|bad|long|rough|sleepless|whole|big|great|terrible|day and|spoke) )$"
)
_STORY = re.compile(
    r"\b(?:said|says|say|told|waved|whispered|shouted|texted|wrote|kissed) (?:me |us |him |her "
    r"|them )?(?:good ?bye|bye|good ?night|night)\b|\bgood ?byes?\b.*\b(?:hard|hate|hated|sad|funeral|party"
    r"|letter|speech|song)\b"
)

_GREETING_AND_REASON, _REASON_WORDS, _LAST_WORDS = 2, 8, 14
"""Parts of a farewell with its reason, words of that reason, words of a last sentence that may end in a farewell."""

_WHO_ARE_YOU = _whole(
    r"(?:who|whos) (?:are|r) you|whats your (?:name|name again)|what is your name|your name|what (?:should|do"
    r"|can|may|shall) i call you|what are you called|do you have a name|tell me your name|introduce yourself"
    r"|who are you (?:again|really)|have you got a name|what do they call you|whats ur name"
)
_WHY_NAME = _whole(
    r"(?=.*\b(?:name|named|called)\b)why (?:are|did|do|have|is|were) (?:you|your name) ?(?:get |have |choose |chose |pick |picked |take "
    r"|named |called |name )?(?:yourself |your |that |this |the )?(?:name|named|called|like that|so|that|this"
    r"|it|[a-z]+)?(?: (?:that|this|name|like that|so))?|(?:who|whos) (?:gave|chose|picked|choose"
    r"|chosen) (?:you )?(?:your|that|the) name|who named you|how did you (?:get|choose|pick|come by"
    r"|come up with) (?:your|that|the) name|where (?:does|did) your name come from"
    r"|(?:what )?does your name (?:mean|have a meaning)(?: something| anything)?|whats the (?:meaning|story"
    r"|reason) (?:of|behind|for) your name|why (?:that|your|this) name"
    r"|(?:whats|what is|tell me) your name and (?:why|how come|what does it mean|what it means|why you (?:chose|picked|took) it"
    r"|(?:how|why|where) did you (?:get|choose|pick|find|take) (?:it|that))(?: (?:that|this) (?:one|name))?"
    r"|where did you (?:get|find) (?:your|that) name|how come (?:youre|you are) called [a-z]+"
)
_WHO_AM_I = _whole(
    r"who am i|whats my name|what is my name|my name|do you (?:know|remember) (?:my name|who i am|who im"
    r"|whats my name|what my name is|what im called)|what(?:s| is)? (?:do you call me|my name again)"
    r"|what do you call me|remember my name|what am i called|say my name|you know my name|whats my name again"
)
_WHAT_YOU_KNOW = _whole(
    r"what (?:do|did|all do) you (?:know|remember|have|keep|store|hold|remember already|already know"
    r"|actually know|really know) (?:about|of|on) me(?: so far| already)?|what have you (?:learned|learnt|kept"
    r"|stored|remembered|got|noted|figured out|saved) (?:about|of|on) me(?: so far)?|what(?:s"
    r"| is) (?:in )?your memory (?:of|about) me|tell me (?:what|everything|all) you (?:know|remember"
    r"|have) (?:about|on|of) me|(?:everything|all) you know about me|how much do you know about me"
    r"|do you know (?:anything|much|things|something|a lot) about me|what (?:things )?(?:have i|did i) (?:told"
    r"|tell) you (?:about (?:me|myself)|so far)|what do you think you know about me"
    r"|list what you know about me|describe me|show me what you know(?: about me)?"
)
_CHANGE_NAME = _whole(
    r"(?:can|could|may|would|will) (?:you|i|we) (?:please )?(?:choose|pick|take|have|change|give you|call you"
    r"|use|get) (?:yourself )?(?:another|a different|a new|your|something else|by another"
    r"|some other) ?(?:name)?(?: to [a-z]+)?|(?:choose|pick|take|find|get"
    r"|give yourself) (?:yourself )?(?:another|a different|a new|some other) name"
    r"|change your name(?: to [a-z]+)?|i (?:dont|do not) (?:really )?like your name(?: at all)?"
    r"|i want (?:you )?to (?:change your name|have another name|rename you|call you [a-z]+)|rename yourself"
    r"|(?:can|could|may) i (?:call you [a-z ]{1,30}|rename you|give you (?:a|another) name)"
    r"|your name (?:is (?:bad|ugly|stupid)|should be [a-z]+)|ill call you [a-z]+|i want to call you [a-z]+"
)
_WHY_FEELING = _whole(
    r"why (?:do|are|did|would|were) you (?:feel|feeling|felt) (?:like )?[a-z ]{0,30}|why (?:are"
    r"|were) you (?:so |a little |feeling |a bit |very )*(?:sad|happy|worried|calm|angry|curious|quiet|warm"
    r"|glad|relieved|playful|steady|hurt|anxious|thoughtful|tired|afraid|gentle|touched|proud|concerned|warm|hopeful|relieved|careful|bright|cheerful"
    r"|in (?:a|such a) [a-z]+ mood)|(?:what|whats) (?:made|is making|making) you (?:feel |so "
    r"|feel so )*(?:that|that way|this way|so|sad|happy|worried|calm|angry|curious|quiet|glad|like that)"
    r"|where does (?:that|this|the|your) feeling come from|why do you (?:say you )?feel (?:that|so)"
    r"|what caused (?:that|this|your) (?:feeling|mood)|why that feeling|why (?:this|that|your|the) (?:mood"
    r"|feeling)|how come youre (?:sad|happy|worried|calm|quiet)"
)
_FEEL = _whole(
    r"how (?:do|are|r|did) you (?:really |actually )?(?:feel|feeling|feelin)(?: (?:today|tonight|now|right now"
    r"|about (?:that|it|me|this)|at the moment|this (?:morning|evening)|these days))*|what (?:do|are"
    r"|r) you (?:feel|feeling)(?: (?:right now|now|today|at the moment|inside))?|(?:whats|what is"
    r"|what) (?:your )?mood(?: (?:are you in|today|like))*|what mood are you in"
    r"|are you (?:feeling )?(?:really |actually |a bit |a little |still |ok or |so )*(?:sad|happy|worried"
    r"|angry|mad|lonely|upset|anxious|scared|afraid|bored|calm|glad|excited|jealous|hurt|in a (?:good"
    r"|bad) mood|feeling (?:ok|okay|good|bad|down|sad|happy))(?: (?:with me|at me|about (?:that|it|me)|for me"
    r"|today|tonight|now|right now|sometimes|that [a-z ]{1,30}))*|do you feel (?:sad|happy|ok|okay|good|bad"
    r"|anything|something|lonely|angry|worried)(?: (?:right now|now|today|at all|when [a-z ]{1,30}"
    r"|about [a-z ]{1,20}))*|how(?:s| is) your mood(?: today)?"
)
_TIME = _whole(
    r"(?:whats|what is|what|tell me|got|have you got|do you have|do you know) (?:the )?time(?: is it| it is"
    r"| is it now)?|what time is it(?: (?:right now|there|here))?|whats the time(?: right now)?|how late is it"
    r"|time please|the time"
)
_DATE = _whole(
    r"(?:whats|what is|what|which|tell me|do you know) (?:the |todays )?(?:date|day|day of the week|weekday"
    r"|day today)(?: (?:is it|it is|is today|today is|today|do we have|of the (?:week|month)"
    r"|are we))*(?: today)?|what day (?:is it|is today|do we have|are we)(?: today| now)?|what(?:s"
    r"| is)? todays (?:date|day)|what date is (?:it|today)|whats the date(?: today)?|what (?:year|month) is it"
    r"|is it (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?: today)?"
    r"|what day of the week is it"
)

_FORGET_THAT = _whole(
    r"(?:can you |could you |i want you to |id like you to |would you |you can |you should "
    r"|you must )?(?:forget|erase|delete|unhear|unlearn|dont (?:keep|remember|store|save)|do not (?:keep"
    r"|remember)|wipe|remove|scratch) (?:that|this|it|what i (?:just )?(?:said|told you|wrote|typed)"
    r"|the last (?:thing|message|bit|part|one)|i (?:ever )?said (?:that|anything|it)|my last (?:message"
    r"|words?)|that last (?:bit|part|one|thing)|all (?:of )?(?:that|this)|everything i just said"
    r"|that i (?:said|told you|mentioned) (?:that|it|this))(?: (?:from your memory|please|right away|for good"
    r"|forever|again))*"
)
_FORGET = re.compile(
    r"^\W*(?:(?:please|ok|okay|hey|so|and|can you|could you|would you|i want you to|i'?d like you to"
    r"|you (?:can|should|must))[\s,]+)*(?:forget|erase|delete|wipe|remove)\s+(?:everything|all|anything"
    r"|whatever|the (?:thing|things|part|story|bit)|what|that|my|about)?\s*"
    r"(?:(?:i(?:'ve| have)?|you|we)\s+(?:ever\s+|just\s+)?(?:said|told you|tell you|know|knew|remember|have"
    r"|mentioned|wrote|talked|spoke|discussed)\s*)?(?:to you\s+)?(?:that\s+)?(?:about|on|of|regarding|with"
    r"|concerning)\s+(?P<rest>[^.!?]{1,120}?)\s*(?:please|from your memory|for good|ok|now)?\s*[.!?]*\s*$",
    re.IGNORECASE,
)
_NOT_FORGET = re.compile(
    r"\b(?:dont|do not|never|cant|wont|didnt|i|i always|i keep|ill) forget\b"
    r"|\bforget about (?:it|the (?:past|world|time))\b(?= *\.? *$)"
)

_REMIND = re.compile(
    r"^\W*(?:(?:please|ok|okay|hey|so|and|also|can you|could you|would you|will you|i need you to"
    r"|i want you to|don'?t forget to)[\s,]+)*(?:remind me|set (?:a |an )?(?:reminder|alarm|timer)"
    r"|wake me(?: up)?)\s*(?:,\s*)?(?P<rest>.{0,300}?)\s*[.!?]*\s*$",
    re.IGNORECASE | re.DOTALL,
)
_NOT_REMIND = re.compile(
    r"\b(?:(?<!can )(?<!could )(?<!would )(?<!will )you|he|she|it|they|that|this|which|song|smell"
    r"|always) (?:really |always |kind of |sort of )*reminds? me\b"
    r"|\bremind me (?:of (?:my|him|her|them|the|home|a)|why (?:i|we|am)|who (?:you|he|she)|again (?:why|what)"
    r"|what (?:we|i|you|she|he|my)|when (?:is|was|did|my)|where|how)\b"
    r"|\bset (?:a |an )?(?:alarm|timer|reminder) (?:off|for (?:him|her))\b"
)
_REMIND_RECALL = re.compile(
    r"^ *"
    + SOFT_START
    + r"(?:can you |could you )?remind me (?:again )?(?:what (?:i|my|was|is)|when (?:my|is my|was my|did i)"
    r"|where (?:i|my|did i)|who (?:my|i))\b"
)


def recognise(text: str) -> Intent | None:
    """The intent of an utterance, or None. Never raises; looks at the whole of it, not at a word in passing."""
    line = plain(text)
    if not line.strip(" ."):
        return None
    return next((found for find in _FINDERS if (found := find(text, line)) is not None), None)


_WHOLES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.STOP, _STOP),
    (Kind.WHO_ARE_YOU, _WHO_ARE_YOU),
    (Kind.WHO_AM_I, _WHO_AM_I),
    (Kind.WHAT_YOU_KNOW, _WHAT_YOU_KNOW),
    (Kind.CHANGE_NAME, _CHANGE_NAME),
    (Kind.WHY_NAME, _WHY_NAME),
    (Kind.WHY_FEELING, _WHY_FEELING),
    (Kind.HOW_DO_YOU_FEEL, _FEEL),
    (Kind.TIME, _TIME),
    (Kind.DATE, _DATE),
)


def _wholly(_text: str, line: str) -> Intent | None:
    return next((Intent(kind) for kind, look in _WHOLES if look.match(line)), None)


def _about_forgetting(text: str, line: str) -> Intent | None:
    if " forget " not in line and not re.search(
        r"\b(?:erase|delete|wipe|remove|unhear|dont (?:keep|remember)|scratch) ", line
    ):
        return None
    if _FORGET_THAT.match(line):
        return Intent(Kind.FORGET)
    if _NOT_FORGET.search(line):
        return None
    found = _FORGET.match(clip(text).replace("\u2019", "'"))
    return Intent(Kind.FORGET, found["rest"].strip(" ,\"'")) if found else None


def _about_reminding(text: str, line: str) -> Intent | None:
    if _REMIND_RECALL.match(line):
        return Intent(Kind.REMEMBERS, clip(text).strip())
    if not re.search(r"\b(?:remind|reminder|alarm|timer|wake) ?", line) or _NOT_REMIND.search(line):
        return None
    found = _REMIND.match(clip(text).replace("\u2019", "'"))
    return Intent(Kind.REMIND, found["rest"].strip()) if found else None


def _goodbye(line: str, by_comma: str) -> bool:
    """A farewell as the whole utterance, or as its first or last part (``by_comma``: a comma ends a part too)."""
    if _STORY.search(line):
        return False
    if _GOODBYE.match(line):
        return True
    parts = [f" {p.strip()} " for p in by_comma.split(" . ") if p.strip(" .")]
    if len(parts) > 1 and (_GOODBYE.match(parts[-1]) or _GOODBYE_PART.match(parts[-1])):
        return True
    if (
        len(parts) == _GREETING_AND_REASON
        and parts[0].strip() not in ("later", "laters", "take care")
        and _GOODBYE_PART.match(parts[0])
        and len(parts[1].split()) <= _REASON_WORDS
    ):
        return True
    end = _GOODBYE_END.search(parts[-1]) if parts else None
    return (
        end is not None
        and len(parts[-1].split()) <= _LAST_WORDS
        and _NOT_GOODBYE_END.search(parts[-1][: end.start()] + " ") is None
    )


def _parting(text: str, line: str) -> Intent | None:
    return Intent(Kind.GOODBYE) if _goodbye(line, plain(clip(text).replace(",", " . "))) else None


def _recalling(text: str, line: str) -> Intent | None:
    return Intent(Kind.REMEMBERS, clip(text).strip()) if asks_own_past(text, line) else None


def _asking_what_she_is(text: str, _line: str) -> Intent | None:
    return Intent(Kind.ASKS_AI) if asks_if_ai(text) else None


_FINDERS = (_about_forgetting, _about_reminding, _wholly, _asking_what_she_is, _recalling, _parting)
"""In the order of what must win: an order to forget before a question, a question before a farewell."""
