"""Small talk that a small model gets wrong: greetings, insults, a bare "why?", what to cook; and what she says where nothing
of a model's may be said. Fixed, plain, and never twice the same in a row. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from someone.mind.plainly import plain
from someone.mind.tone import mood

_NAME = r"(?: [a-z]{2,14})?"
_GREETING = re.compile(
    rf"^ *(?:(?P<part>good (?:morning|afternoon|evening)|morning|evening|afternoon)|hi|hello|hey|hiya|hi hi|hey hey|hello again|hi again)"
    rf"(?: there| again| you| its me(?: again)?| . its me(?: again)?){{0,2}}{_NAME}(?: hi| hello)?[ .]*$"
)
_NOT_A_NAME = re.compile(r" (?:everyone|why|what|who|how|no|help|stop|so|ok|listen|wait|bye|is|was|all)[ .]*$")
_INSULT = re.compile(
    r"^ *(?:(?:ugh|wow|god|oh|well|honestly|and|but|so|you know what) )*(?:i (?:really |just |fucking )*hate you(?: so much)?|"
    r"(?:you are|youre|you r) (?:(?:so|really|such|a|an|just|fucking|very|totally|completely|the|absolutely) )*(?:useless|stupid|dumb|boring|annoying|"
    r"an? idiot|idiot|pathetic|worthless|terrible|awful|the worst|worst|bad at this|a joke|garbage|trash|an? fool|crap|shit|horrible)(?: (?:ai|machine|bot|thing|program))?|"
    r"you (?:really )?(?:suck|dont understand(?: anything| me| a thing)?|never understand(?: me)?|dont get (?:it|me))|"
    r"(?:fuck|screw) (?:you|off)|go to hell|piss off|idiot|stupid (?:ai|bot|machine))(?: you know| really| at all)?[ .]*$"
)
_WHY = re.compile(
    r"^ *(?:but |and |oh |ok |really )*(?:why|how come|why is that|why so|whys that|why do you|why are you|why that)[ .]*$"
)
_COOK = re.compile(
    r"^ *(?:hey |so |and |ok |hm |tell me )*(?:what (?:should|could|can|shall|do) (?:i|we) (?:cook|make|eat|have)(?: for (?:dinner|lunch|breakfast|supper))?"
    r"|any ideas? for (?:dinner|lunch|supper))(?: (?:tonight|tomorrow|today|now|this evening|later|then|on [a-z]+))?[ .]*$"
)
_BOOK = re.compile(
    r"^ *(?:please |hey )*(?:can|could|will|would) you (?:please )?(?:book|order|buy|call|phone|ring|pay|send|email) "
)

_CALL = re.compile(
    r"^ *(?:do you think |so |and |ok )*(?:should|shall) i (?:call|phone|ring|text|visit|write(?: to)?|see|meet|talk to|speak to) my [a-z]+"
    r"(?: (?:tonight|today|tomorrow|now|again|back|first))?[ .]*$"
)
_WEATHER = re.compile(
    r"^ *(?:hey |so |and )*(?:hows the weather|how is the weather|whats the weather(?: like)?|will it rain|is it (?:raining|sunny|cold|warm))"
    r"(?: (?:today|tomorrow|outside|tonight|now|there|here))*[ .]*$"
)
_PRACTICAL = (
    (_CALL, "It could be good for you both. What would you like to say?"),
    (_WEATHER, "I can't see the weather from here. What is it like where you are?"),
    (_BOOK, "I can't do that for you yet. I can keep it in mind, if you tell me what you need."),
)

GREETINGS = (
    "{hello}{you}. How are you?",
    "{hello}{you}. It's good to hear from you.",
    "{hello}{you}. How are things today?",
)
_CALM = (
    "You can be angry with me. What did I get wrong?",
    "All right. I won't argue. Tell me what went wrong, and I'll try to do better.",
    "I hear that. If you tell me what you needed, I'll try again.",
)
_DINNER = (
    "Something simple might be nice, like soup or pasta. What do you have at home?",
    "Perhaps an omelette, or rice with vegetables. What do you feel like?",
)
_AT_BAD = (
    "I'm sorry. That sounds hard. Do you want to tell me more?",
    "That's a lot to carry. I'm listening.",
    "I'm sorry to hear that. What has it been like?",
    "Thank you for telling me. What hurts the most about it?",
)
_AT_GOOD = (
    "That's good news. How does it feel?",
    "I'm glad. Tell me how it happened.",
    "How good to hear. What comes next?",
)
_AT_QUESTION = (
    "I don't know that, and I'd rather not guess.",
    "I'm not sure. What do you think?",
    "I don't know. I'd only be guessing.",
)
_AT_ANYTHING = (
    "I'm listening. Will you tell me a little more?",
    "I'm with you. Go on.",
    "Tell me more about that.",
    "How is that for you?",
    "What happened then?",
)


def pick(choices: Sequence[str], turn: int, said: Sequence[str] = ()) -> str:
    """One of these by the number of the turn, passing over what stands in ``said`` as long as there is another."""
    fresh = [c for c in choices if c not in said] or list(choices)
    return fresh[turn % len(fresh)]


def greeting(text: str, person: str, turn: int) -> str | None:
    """The greeting back, or None where it is more than a greeting."""
    line = plain(text)
    found = _GREETING.match(line)
    if found is None or _NOT_A_NAME.search(line) or text.rstrip().endswith("?"):
        return None
    part = (found["part"] or "").removeprefix("good ")
    return pick(GREETINGS, turn).format(hello=f"Good {part}" if part else "Hi", you=f", {person}" if person else "")


def at_insult(text: str, turn: int) -> str | None:
    """A calm word to unkind words about her, or None."""
    return pick(_CALM, turn) if _INSULT.match(plain(text)) else None


def asks_why(text: str) -> bool:
    """A bare "why?", whose meaning is in what she said last."""
    return _WHY.match(plain(text)) is not None


def practical(text: str, turn: int) -> str | None:
    """What to cook, whether to call someone, the weather, and things that she can't do for anyone yet."""
    line = plain(text)
    if _COOK.match(line):
        return pick(_DINNER, turn)
    return next((says for asks, says in _PRACTICAL if asks.match(line)), None)


def filler(text: str, *, asks: bool, turn: int = 0, said: Sequence[str] = ()) -> str:
    """What she says when nothing that a brain offered may be said, by the tone of ``text``."""
    felt = mood(text)
    if asks:
        return pick(_AT_QUESTION, turn, said)
    return pick({"bad": _AT_BAD, "good": _AT_GOOD, "": _AT_ANYTHING}[felt], turn, said)
