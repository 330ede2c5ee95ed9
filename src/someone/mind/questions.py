"""Questions: whether something is asked, and whether what is asked is the person's own past. Pure rules.

"What's my sister called?" asks for a memory, "should I call my sister?" for an opinion, "what's your favourite colour?" and
"what's the capital of France?" for neither.
"""

from __future__ import annotations

import re

from someone.mind.plainly import SOFT_START, clip, plain

_MINE = r"(?:my|our|mine)"
_RECALL_FORMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(r"^ *" + SOFT_START + r"(?:" + p + r")")
    for p in (
        # whether she holds it
        (
            r"(?:do|did|dont|can|will|cant|so do) you (?:still |even |also |happen to |actually |maybe "
            r"|by any chance )*(?:remember|recall|know) (?:what i|who i|when i|where i|which i|how i|why i|if i"
            r"|that i|whether i|that (?:day|time|story|thing)|the (?:thing|time|day|name|story|place|date|title"
            r"|book|song|film|dog|cat|one)|my|our|me (?:telling|saying|talking)|what (?:my|our|instrument|day|time"
            r"|[a-z]+ (?:does|did|is|was|plays|likes|said))|who (?:my|is|was|[a-z]+ (?:is|was))|where (?:my|we"
            r"|[a-z]+ (?:lives|is|works))|when (?:my|we|[a-z]+ (?:is|was|has))|how (?:my|we|old|[a-z]+ (?:is|was))"
            r"|anything i|last (?:week|time|night)|[a-z]+s? (?:name|birthday|job)|whats my|whos)\b"
        ),
        (
            r"(?:do|did) you (?:still )?(?:remember|recall) (?!me\b(?! telling)|to |things |this day|everything"
            r"|anything(?! i)|being|how to|when you|your|yourself|what you|where you)[a-z0-9]"
        ),
        r"you (?:still )?(?:remember|recall) (?:what i|my|who|when i|where i|that)\b",
        (
            r"(?:have|did|havent|didnt) i (?:ever |already |not |just |even )*(?:tell|told|mention|mentioned|say"
            r"|said|talk|talked) (?:to )?(?:you )?(?:about |that |of |what |who |where |when |how |if |my |it"
            r"|anything|which|why|the )"
        ),
        (
            r"what (?:did|have|had|was it|else did|was it that|exactly did|all did) i (?:ever |just "
            r"|already )*(?:say|said|tell|told|mention|mentioned|talk|talked|write|wrote|call|ask you|want|plan"
            r"|planned|decide|decided|eat|do|buy|order|name|promise|wear|have|read|watch|pick|choose|get|give"
            r"|bring|cook|make)\b"
        ),
        (
            r"(?:when|where|who|which [a-z]+|what [a-z]+|how (?:many|much|long|often)) (?:did|have|had|do|was|am"
            r"|were|would) i\b(?! (?:to (?:judge|say|blame)|do (?:about|with|if|when|this)|even|supposed|always"
            r"|the (?:only|one)|so |like this|get (?:rid|over)|stop|start|tell (?:him|her|them)|say (?:to|it)"
            r"|still|feel|find|know|just|need|have to|make|deal|cook|cope|fix|ever get|meet new|sleep|deserve|look"
            r"|bother|too|not|keep|begin|think|not)\b)"
        ),
        # facts about the person's people, things and days
        r"(?:whats|what is|what was|what are|what were|whos|who is|who was|who are|wheres|where is|where was"
        r"|where are|whens|when is|when was|when are|how old is|how old are|how old was|how tall is"
        r"|how long (?:is|was)|which (?:is|was|one is)|how is [a-z]+ related to|how many) "
        + _MINE
        + r" (?!problem|point|fault|deal|chance|chances|purpose|best (?:option|move|bet)|next (?:step|move)"
        r"|option|options|issue|life (?:for|about)|horoscope|luck|way out|future)",
        r"(?:what|where|when|who|how|which [a-z]+|what [a-z]+|how many [a-z]+|how long) (?:does|did|do|is|was"
        r"|has|have|are|were|will|s) "
        + _MINE
        + r" (?!(?:life|day|week) (?:worth|even)|[a-z]+ (?:always|never|so|even|hate|mean|want (?:from|me)"
        r"|think (?:of|about) me|expect|act|treat|not|still))",
        (
            r"(?:what|which) (?:instrument|job|school|team|colou?r|car|dog|day|time|year|month|city|town|street"
            r"|book|film|course|class|bus|train|language|sport|number|kind of [a-z]+|name|gift|present|food"
            r"|medicine|doctor|hospital|hotel|flight|seat|bank|floor|flat) (?:does|did|do|is|was|has|have|are|were"
            r"|am) (?:my|our|i|the [a-z]+ (?:i|we|my)|[a-z]+ (?:play|plays|work|works|go|goes|like|likes|study"
            r"|studies|live|lives|drive|drives|have|has|want|wants|get|got))\b"
        ),
        (
            r"where (?:do|did) (?:i|we) (?:live|work|park|put|leave|keep|come from|grow up|study|go to school|meet"
            r"|stay|go|buy|hide|store|lend|find the|take)\b"
        ),
        (
            r"(?:whats|what is|what was|remind me) the name of (?:my|our|the [a-z]+ (?:i|we|where i|that i|who"
            r"|from my)|that [a-z]+ (?:i|we|from))\b"
        ),
        (
            r"(?:whats|what is|what was) (?!your|his|her|their|the|this|that|it|up|wrong|going|new|a |an |life"
            r"|love|so |next|on )[a-z]+s (?:name|birthday|job|number|address|favou?rite [a-z]+|surname|wifes name"
            r"|husbands name|daughters name|sons name)\b(?! (?:day|in (?:french|german|spanish)))"
        ),
        r"(?:how long|since when) (?:have|ve|had) (?:i|we|my) ",
        (
            r"(?:am|was|are) i (?:allergic|married|vegetarian|vegan|left handed|on (?:any|medication)"
            r"|supposed to (?:see|meet|call|visit)|seeing (?:anyone|the doctor|the dentist)|born)\b"
        ),
        (
            r"do i (?:have|own|like|live|work|take|know|play|drink|eat|smoke|still (?:have|owe)|owe) (?!to\b|time"
            r"|a chance|any (?:chance|reason)|the right|what it takes|enough|a (?:point|problem"
            r"|choice))[a-z]+(?! to (?:worry|do))"
        ),
        (
            r"(?:has|have|did|does|do|is|was) my (?:[a-z]+ ){1,3}(?:called|named|live|lives|work|works|born"
            r"|married|allergic|play|have (?:a|any|kids)|like)\b"
        ),
    )
)
_ASK_LEAD = (
    r"(?:(?:can|could|do|did|dont|will|would) you (?:still |even |please |happen to )*(?:know|remember|recall"
    r"|tell me)|(?:do )?(?:you )?(?:know|remember)|remind me|tell me|i forgot|i forget|i cant remember|quiz"
    r"|quick|quick question|curious|test|wait|hang on) (?:again )?"
)
_OWN_QUESTION = re.compile(
    r"^ *" + SOFT_START + rf"(?:{_ASK_LEAD})?"
    r"(?:what|whats|which|who|whos|whose|where|wheres|when|whens|how (?:many|much|old|long|often|tall|big|far"
    r"|late|early)|how long ago|since when|at what [a-z]+|in (?:what|which) [a-z]+|on (?:what|which) [a-z]+"
    r"|till when|until when|for how long|from (?:where|who|which [a-z]+)|with who|with whom|to who"
    r"|what(?: exactly)?)\b"
    r"(?=.*\b(?:my|our|mine|ours|i|ive|im|id|me|we|weve|us)\b)"
)
_NAME_OF = re.compile(
    r"^ *" + SOFT_START + r"(?:(?:the |whats the |what was the )?names? of (?:my|our|the [a-z]+ (?:i|we|from))|(?:my"
    r"|our) [a-z]+ ?[a-z]*s (?:name|birthday|number|address)(?=[ .]*$)|last time (?:i|we) [a-z ]+ was when"
    r"|(?:was it|is it) (?:[a-z]+ ){1,3}or [a-z ]+ that i)\b"
)
_STILL = re.compile(
    r"^ *"
    + SOFT_START
    + r"(?:am i|is my [a-z]+|are my [a-z]+|do i|does my [a-z]+) (?:[a-z]+ )?still\b|^ *"
    + SOFT_START
    + r"did (?:i|we) (?:pay|lock|take|feed|send|call|book|water|post|return|close|turn off|switch off|charge"
    r"|pack|sign|buy|order|finish|see|meet|go|move|pass|win|already)\b(?! (?:something|anything) wrong"
    r"| it (?:right|wrong)| too)"
)
_LATER_ASK = re.compile(
    r"\b(?:do you|you|dyou) (?:still )?remember[ .]*$|\bdo you remember (?:which|what|who|when|where|how)\b"
    r"|\b(?:did|have) i (?:ever |already )?(?:tell|told|mention|mentioned) (?:you )?(?:that|it|this"
    r"|about)?[ .]*$"
)
_RHETORICAL = re.compile(
    r"\byou(?:re|r)?\b(?! (?:still |even |also )?(?:know|remember|tell|recall|call))|\b(?:what was i thinking"
    r"|who do i have to|sleeping tablets|(?:long|many|much) (?:do i|have i got)[ .]*$|where were we"
    r"|when i close|when im|if im|who gets|am i to|wrong with me|am i (?:kidding|doing|even|supposed|like this"
    r"|here for|to do|so|such|going to do|thinking|meant|missing something|worth|now|without|if)|do i (?:do"
    r"|say|tell|even|start|need|have to|cook|make|wear|write|answer|reply|get|fix|deal|care|stop|talk to|ask"
    r"|give|bring|buy|put)|did i (?:do to|do wrong|do that|ever do|deserve|get myself|even|think|expect|marry)"
    r"|can i|could i|should i|shall i|would i|will i|should we|shall we|could we|can we|do we do|would my"
    r"|will my|should my|"
    r"me anyway|i mean|i guess|the point|the use|my (?:problem|fault|life (?:is|has|come)|point|options?"
    r"|chances?|next (?:step|move)|purpose)|if i|like me|for me to|to tell my|to say to my|to get my|to ask my"
    r"|to give my|to buy my|makes my|makes me|about me that|in front of me|best way|gift for my|present for my"
    r"|wine with my)\b"
)
_WHO_IS = re.compile(r"^ *" + SOFT_START + r"(?:whos|who is|who was|and whos) (?P<name>[a-z]{2,20})(?: again)?[ .]*$")
_HOW_NAMED = re.compile(
    r"^\W*(?:[a-zA-Z]+,?\s+){0,3}?(?i:who(?:'s|’s|s| is| "
    r"was))\s+(?P<name>[A-Z][\w'’-]+)(?:\s+again)?\s*\?*\s*$"
)
_PRONOUNS = frozenset(
    (
        "he",
        "she",
        "it",
        "they",
        "you",
        "there",
        "that",
        "this",
        "calling",
        "talking",
        "coming",
        "next",
        "right",
        "up",
        "here",
        "i",
        "we",
        "me",
        "him",
        "her",
        "them",
        "everyone",
        "someone",
        "first",
        "ready",
        "hungry",
    )
)
_FAMOUS = frozenset(
    (
        "shakespeare",
        "einstein",
        "beethoven",
        "mozart",
        "napoleon",
        "picasso",
        "batman",
        "superman",
        "god",
        "jesus",
        "buddha",
        "plato",
        "socrates",
        "darwin",
        "newton",
        "elvis",
        "madonna",
        "beyonce",
    )
)
_ADVICE = re.compile(
    r"^ *"
    + SOFT_START
    + r"(?:should i|shall i|could i|can i|may i|would you|why (?:is|are|does|do|did|was|cant|wont|has) my"
    r"|how (?:can|do|should|could|would) i|what (?:should|can|could|do|would|shall) i (?:do|say|tell|get"
    r"|buy|cook|make|wear|give|write|eat|watch|read)?(?= |$)|what do you think|do you think|what if"
    r"|is it (?:ok|okay|normal|weird|bad|wrong)|"
    r"how (?:is|was|are) your|whats your|what is your|do you remember (?:me tomorrow|things|everything)"
    r"|what (?:is|s|are) wrong with|whats the (?:best|point|capital|weather|meaning|difference)|what (?:did"
    r"|does|is|has) (?:[a-z]+ ){1,3}(?:say|said|tell|told|talk) (?:to )?(?:with )?you\b)"
)
_ABOUT_HER = re.compile(r"\b(?:your|yourself)\b(?! name day)")

_QUESTION_START = re.compile(
    r"^ *"
    + SOFT_START
    + r"(?:what|whats|who|whos|whose|whom|where|wheres|when|whens|why|which|how|hows|is|isnt|are|arent|am"
    r"|was|were|wasnt|werent|do|does|did|dont|doesnt|didnt|can|could|cant|couldnt|will|would|wont|wouldnt"
    r"|should|shouldnt|shall|may|might|have you|have i|has|have we|had i)\b"
)
_NOT_QUESTION = re.compile(
    r"^ *"
    + SOFT_START
    + r"(?:what a|how (?:lovely|nice|sad|awful|cute|wonderful|cool)|when (?:i|he|she|we|they|it|my|the) "
    r"|which (?:is|was) |dont (?!you)|do (?:it|that|your)|may (?:it|he|she|they)|will do|can do|is what it is"
    r"|who cares|what ever|whatever|how dare)\b"
)


def is_question(text: str) -> bool:
    """Whether the last thing said asks something, with or without a question mark."""
    if text.rstrip().rstrip("\"'\u201d\u2019)").endswith(("?", "\uff1f", "\u061f")):
        return True
    parts = [p for p in plain(text).split(" . ") if p.strip(" .")]
    return bool(parts) and _asks(f" {parts[-1].strip()} ")


def _asks(line: str) -> bool:
    return _QUESTION_START.match(line) is not None and _NOT_QUESTION.match(line) is None


def asks_own_past(text: str, line: str) -> bool:
    """A question about the person's own past, people or things; never about herself, the world, or what to do."""
    clauses = [f" {p.strip()} " for p in plain(clip(text).replace(",", " . ")).split(" . ") if p.strip(" .")][-3:]
    last = f" {[p for p in line.split(' . ') if p.strip(' .')][-1].strip()} "
    if any(_asks_own(clause) for clause in (last, *clauses)):
        return True
    named = _WHO_IS.match(last)
    if named is None or named["name"] in _PRONOUNS | _FAMOUS:
        return False
    return _HOW_NAMED.match(clip(text).strip()) is not None or text.islower()


def _asks_own(clause: str) -> bool:
    if _ADVICE.match(clause) or _ABOUT_HER.search(clause):
        return False
    if any(form.match(clause) for form in _RECALL_FORMS) or _NAME_OF.match(clause) or _STILL.match(clause):
        return True
    if _LATER_ASK.search(clause):
        return True
    return (
        _OWN_QUESTION.match(clause) is not None
        and not _RHETORICAL.search(clause)
        and _NOT_QUESTION.match(clause) is None
    )
