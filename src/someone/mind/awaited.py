"""What the person says is to come in their life, and how one asks after it. Pure.

Only what is theirs, or a close person's, and matters enough to be asked about: an exam, an operation, results that come,
a call they mean to make. Not work as usual, small talk, questions, suppositions, text from elsewhere or strangers' plans.
The question keeps the person's own words for the thing ("your driving test"); a name or a noun is never made up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from someone.mind import people as folk
from someone.mind.awaited_open import open_ended
from someone.mind.coming import Ahead, coming, without
from someone.mind.fact_words import KIN
from someone.mind.facts import NAME, pasted, sentences, tidy
from someone.mind.people import Person
from someone.mind.recall import is_question

_I = re.IGNORECASE

_GOES = (
    "interview|exam|exams|finals|test|driving test|presentation|talk|speech|audition|viva|defence|defense|appointment|"
    "operation|surgery|procedure|scan|mri|ct|x-ray|ultrasound|biopsy|colonoscopy|check-?up|blood test|hearing|trial|"
    "court date|race|marathon|half[- ]marathon|triathlon|tournament|performance|recital|gig|premiere|launch|viewing|"
    "inspection|assessment|evaluation|move|treatment|chemo|chemotherapy|radiotherapy|trial shift|try-?out|"
    "pitch|competition|contest|deadline|exhibition|driving lesson|first day|last day|first date|first lesson|grand opening|opening night|opening|opener|comp|fundraiser|showcase|mediation|transfer|"
    "immigration interview|citizenship test|casting|handover|house viewing|oral|dress rehearsal|induction|scholarship exam"
)
_WAS = (
    "wedding|party|trip|holiday|vacation|concert|reunion|christening|graduation|funeral|memorial|wake|dentist|doctor|gp|"
    "physio|vet|oncologist|cardiologist|dermatologist|specialist|midwife|baptism|conference|festival|anniversary dinner|"
    "hike|open day|parents'? evening|school play|baby shower|housewarming|ceremony|retreat|surgeon|therapist"
)
_COMES = "results?|grades?|marks|verdict|decision|diagnosis|visa|answer|offer|report card|score|scores"
_WEAK = (
    "meeting|call|shift|lesson|class|therapy|game|match|date|review|dinner|lunch|visit|session|show|play|flight|talk"
)
_SERIOUS = r"big|important|difficult|first|final|last|scary|hard|serious|crucial|blind|job|performance|annual|opening"
_BAD_WORD = (
    r"i|you|he|she|it|we|they|my|your|his|her|its|our|their|a|an|the|this|that|these|those|and|or|but|so|because|for|to|of|"
    r"in|on|at|by|with|about|from|into|have|has|had|having|is|are|am|be|being|was|were|do|does|did|get|got|getting|go|going|"
    r"take|taking|give|giving|no|not|any|some|every|each|next|i'm|i've|i'll|we're|we've|it's|there's|me|us|as|than|then|if|"
    r"when|just|only|really|very|too|also|still|already|gonna|will|would|can|luck|need|want|what|who|how"
)
_DET = rf"(?P<det>my|our|the|a|an|another|this|that|(?:my |our )(?:{KIN})'s|{NAME}'s|one)"
_MODS = rf"(?P<mods>(?:(?!(?:{_BAD_WORD})\b)[\w'’-]+ ){{0,3}})"
_AFTER = rf"(?P<after> (?:with|at|for|about|of|in) (?:(?:my|our|the|a|an) (?!morning|afternoon|evening)[\w-]+(?:'s [\w-]+| exam| test| interview)?|{NAME}(?:'s [\w-]+| {NAME})?)| of [a-z]+)?"
_THING = rf"(?:{_DET} )?{_MODS}(?P<head>{_GOES}|{_WAS}|{_COMES}|{_WEAK})\b{_AFTER}"

_SO = r"(?:(?:so|really|very|quite|a bit|pretty|super|a little|still|both|already|also|kind of|absolutely) )*"
_LEAD = r"^(?:(?:so|and|but|well|ok|okay|oh|hey|hi|also|anyway|then|yes|no|ugh|guess what|by the way|it's|is|are|will be|have(?= my)|got(?= my))[,!]? )*"
_MINE = (
    r"\b(?:i|we)(?:'ve got|'ve| have got| have to (?:give|take|do|go to|attend|sit)| have| got|'m having|'re having| am having|"
    r"'m (?:taking|giving|doing|sitting|getting|hosting|playing in|running|off to|going (?:to|for|in for))|'re (?:going (?:to|on)|having)|"
    r" am (?:taking|giving|doing|getting|going (?:to|for))| (?:take|sit|give|get|start|face|play|run)|'ll (?:have|take|get)|"
    r" will (?:have|take|get)| need to go to|'m starting)"
)
_FEELS = (
    rf"\b(?:i'm|i am|i feel|we're) {_SO}(?:nervous|anxious|scared|worried|excited|stressed|afraid|terrified|preparing|studying|"
    r"practi[sc]ing|getting ready|revising|training|psyched|freaking out)(?: about| for| of)?|\bdreading|\blooking forward to|"
    r"\bcan't wait for|\bprepar(?:e|ing) for|\bstudy(?:ing)? for"
)
_LUCK = r"\b(?:wish me luck|fingers crossed|(?:keep|cross) your fingers(?: crossed)?|pray for me|think of me)(?: for| with| on| in| at| during)?"
_STANDS = r"(?: (?:is|are|comes?|arrives?|starts?|begins?|happens|takes place|will (?:be|come|arrive|start)|should (?:be|come|arrive)|due)\b|'s\b|'re\b)"
_LUCKY = re.compile(rf"(?P<lead>{_LUCK}) {_THING}", _I)
_FEELING = re.compile(rf"(?P<lead>{_FEELS}) {_THING}", _I)
_HAVING = re.compile(rf"(?P<lead>{_MINE}) {_THING}", _I)
_WAITING = re.compile(
    rf"(?P<lead>\b(?:i'm|i am|we're|i've been|still)(?: still)? (?:waiting (?:for|on)|awaiting|expecting)) {_THING}", _I
)
_STANDING = re.compile(
    rf"(?P<lead>{_LEAD}){_THING}(?:{_STANDS}|[.! ]*$|(?: (?:in|to|with|for|at|about|on) [\w' -]{{2,40}})[.! ]*$)", _I
)
_FRAMES = (_LUCKY, _FEELING, _HAVING, _WAITING, _STANDING)
_CLOSE = (
    r"mother|father|mom|mum|dad|sister|brother|son|daughter|wife|husband|partner|girlfriend|boyfriend|fianc[eé]e?|friend|"
    r"best friend|grandmother|grandfather|grandma|grandpa|nan|gran|aunt|uncle|cousin|niece|nephew|kid|child|baby|dog|cat|"
    r"granddaughter|grandson|twin|stepmother|stepfather|mother-in-law|father-in-law"
)
_THEIRS = re.compile(
    rf"{_LEAD}(?P<who>(?:my|our) (?:best |little |big |older |younger |oldest |youngest )?(?:{_CLOSE})|[\w-]+)"
    rf"(?:'s got|'s having|'s getting| has got| has| is having| is getting| gets| is going (?:to|for|in for)| takes|'s taking| is taking| goes in for) "
    rf"(?:(?P<det>his|her|their|a|an|the|another) )?{_MODS}(?P<head>{_GOES}|wedding|graduation|{_COMES})\b",
    _I,
)
_MEANS_TO = (
    r"\b(?:i|we)(?:'ll| will|'m going to| am going to|'re going to|'m gonna| plan to|'m planning to| intend to| promised to|"
    r"'ve promised to| want to| have to| need to| must)(?: finally| really| also)?"
)
_DOES_WITH = re.compile(
    rf"(?:{_MEANS_TO} (?P<verb>call|phone|ring|facetime|visit|see|meet|meet up with|talk to|speak to|speak with|write to|write|have (?:dinner|lunch|coffee) with|tell)"
    rf"|\b(?:i'm|i am|we're) (?P<doing>calling|phoning|visiting|seeing|meeting|meeting up with|having (?:dinner|lunch|coffee) with)) "
    rf"(?P<who>(?:my|our) (?:best |little |big |older |younger |old |birth )?(?:{KIN})|(?:the|my|our|a) (?:doctor|dentist|lawyer|landlord|boss|bank|surgeon|specialist)|[^\W\d_][\w'-]+)\b",
    _I,
)
_STARTS = re.compile(
    r"\b(?:i|we)(?:'m| am|'re)? (?:start|starting|begin|beginning) (?P<det>my|our|a|the) (?P<what>(?:new |first )?(?:job|school|course|"
    r"degree|class|semester|term|therapy|training|internship|apprenticeship|diet|chemo|treatment|university|college|position|role))\b",
    _I,
)
_MOVES = re.compile(
    r"\b(?:i'm|i am|we're|we are|i|we) (?:moving|move)(?: (?:house|home|out|in|flat|flats)| to [A-Z][\w-]+)?(?= |[.!]|$)",
    _I,
)
_TRAVELS = re.compile(
    r"\b(?:i'm|i am|we're|we are|i|we) (?:flying|fly|travelling|traveling|driving|going|off) (?:back )?(?:to|up to|down to|over to) (?P<where>(?-i:[A-Z][\w-]+(?: [A-Z][\w-]+)?))",
    _I,
)
_HEARS = re.compile(
    r"\b(?:i|we)(?:'ll| will| should| get to)? (?:hear back|hear from (?P<who>(?:my|our|the) [\w-]+|[A-Z][\w-]+)|find out|know more|know for sure)\b|"
    r"\b(?:they|he|she|the \w+)(?:'ll| will| should|'re going to)? (?:let me know|let us know|call me back|get back to me|get back to us|announce it|decide)\b",
    _I,
)
_HANDS_IN = re.compile(
    rf"(?:{_MEANS_TO} (?:finish|hand in|submit|send in|send off|present|defend|launch|publish)|\b(?:i'm|i am|we're) "
    r"(?:finishing|handing in|submitting|presenting|defending|launching|opening|publishing|releasing)) "
    r"(?P<det>my|our|the) (?P<what>[\w-]+(?: (?:thesis|application|report|paper|essay|project|portfolio|manuscript|proposal|shop|book|album))?)\b",
    _I,
)
_FLIES = re.compile(
    r"(?:^|\b(?:i'm|i am|we're|we are|i|we) )(?:flying|fly)(?: (?:out|home|back))?(?= and\b|[.!]|$)", _I
)
_IS_WITH = re.compile(
    rf"(?P<who>\b(?:my|our) (?:[a-z]+ )?(?:{KIN})|\b[A-Z][\w-]+)(?: wants? to (?:talk|speak) (?:to|with) (?:me|us)\b|"
    r"(?: is|'s|'re| are)? (?:coming|comes?|visiting|visits)(?: (?:over|round|home|back|to (?:stay|visit|see (?:me|us))))?(?= from\b|[.!]|$))",
    _I,
)
_MARRIES = re.compile(r"\b(?:i'm|i am|we're|we are) getting married\b", _I)

_NOT_SO = re.compile(
    r"\?|[\"“”«»]|\b(?:if|unless|might|maybe|perhaps|would|could|wish i|hope to|not|never|cancel\w*|let's|hope (?:i|we|to|for|so)|instead of|supposed to|used to|imagine|"
    r"pretend|dream\w*|thinking (?:of|about)|almost|was|were|had|went|did|yesterday|last (?:week|weekend|month|year|night|time|\w+day|summer|winter|spring|autumn)|ago|every|each|usually|always|"
    r"often|postponed|called off|in the (?:book|film|movie|show|game)|you|your)\b|n't\b",
    _I,
)
_CLAUSE = re.compile(
    r"[,;:—]\s+|\s+(?:but|because|although|while|and (?=(?:i|we|my|our|i'm|i've|then|didn't|don't|haven't|can't)\b))\s*",
    _I,
)
_CANT_WAIT = re.compile(r"\b(?:can't wait|keep your|cross your)\b", _I)


@dataclass(frozen=True, slots=True)
class Awaited:
    """``about``: the thing, as one says it to the person ("your driving test"); ``question``: how one asks after it later;
    ``text``: the sentence that says so; ``timed``: it says when.
    """

    about: str
    question: str
    text: str
    timed: bool = True


def awaited(text: str, said: datetime, people: Sequence[Person] = ()) -> Awaited | None:
    """The first thing to come that these words tell of, or None. ``people``: who is known of the person's life."""
    if pasted(text):
        return None
    for sentence in sentences(text):
        plain = tidy(sentence).strip()
        if is_question(plain):
            continue
        ahead = coming(plain, said)
        for clause in _CLAUSE.split(plain):
            found = _in(clause.strip(), plain, ahead, people) if clause else None
            if found is not None:
                return found
    return None


def _in(clause: str, sentence: str, ahead: Ahead | None, people: Sequence[Person]) -> Awaited | None:
    if _NOT_SO.search(_CANT_WAIT.sub("", clause)):
        return None
    bare = _with_subject(without(clause))
    for frame in _FRAMES:
        m = frame.search(bare)
        if m is None:
            continue
        wished = frame is _LUCKY
        waits = frame is _WAITING
        if (ahead is None and not wished and not waits) or not _matters(m, frame):
            continue
        return _asked_after(m, sentence, timed=ahead is not None or not waits)
    if ahead is None:
        return None
    if (deed := _deed(bare, sentence, people)) is not None:
        return deed
    if ahead.words not in clause:
        return None
    found = open_ended(bare, sentence, ahead.words)
    return Awaited(*found, sentence) if found is not None else None


_NO_SUBJECT = re.compile(
    rf"(?P<lead>{_LEAD})(?P<verb>gonna|[a-z]{{2,9}}ing)(?= )(?! (?:tests?|lessons?|theory|exams?|party|review|therapy)\b)",
    _I,
)
_NOT_DOING = frozenset(["morning", "evening", "wedding", "meeting", "hearing", "viewing", "nothing", "something", "anything", "everything", "during", "king", "ring", "spring", "thing", "wing", "ceiling", "building", "closing", "opening", "waiting"])  # fmt: skip


def _with_subject(bare: str) -> str:
    """ "Flying to Rome", typed without "I'm", is what the person does."""
    m = _NO_SUBJECT.match(bare)
    if m is None or m["verb"].lower() in _NOT_DOING:
        return bare
    return f"{m['lead']}i'm {'going to' if m['verb'].lower() == 'gonna' else m['verb']}{bare[m.end() :]}"


def _matters(m: re.Match[str], frame: re.Pattern[str]) -> bool:
    """A meeting is a working day's, unless it is a big one, or feared, or with somebody; only news is waited for."""
    thing = f"{m['mods'] or ''}{m['head']}"
    if re.fullmatch(_COMES, m["head"], _I):
        return frame is not _LUCKY and not m["lead"].lower().endswith(" got")
    if frame is _WAITING:
        return False
    if frame in (_LUCKY, _FEELING) or re.search(rf"(?:^|\s)(?:{_GOES}|{_WAS})$", thing, _I):
        return m["head"].lower() != "talk" or thing != m["head"] or frame is not _HAVING
    return re.search(rf"\b(?:{_SERIOUS}|couples|group|family)\b", m["mods"] or "", _I) is not None or bool(m["after"])


def _asked_after(m: re.Match[str], sentence: str, *, timed: bool) -> Awaited:
    head = m["head"]
    about = _to_you(f"{_the(m['det'])} {m['mods'] or ''}{head}{m['after'] or ''}")
    if re.fullmatch(_COMES, head, _I):
        return Awaited(about, f"{_have(head)} {about} come yet?", sentence, timed)
    if head.lower() == "deadline":
        return Awaited(about, f"How did it go with {about}?", sentence, timed)
    if head.lower() in ("funeral", "memorial", "wake"):
        return Awaited(about, f"How was {about} for you?", sentence, timed)
    if re.search(rf"(?:^|\s)(?:{_GOES})$", f"{m['mods'] or ''}{head}", _I):
        return Awaited(about, f"How did {about} go?", sentence, timed)
    if re.fullmatch(_WAS, head, _I) or head.lower() in ("dinner", "lunch", "visit", "show", "play", "date", "flight"):
        return Awaited(about, f"How was {about}?", sentence, timed)
    return Awaited(about, f"How did {about} go?", sentence, timed)


def _the(det: str | None) -> str:
    if det is None or det.lower() in ("a", "an", "another", "this", "that", "the", "one"):
        return "the"
    return det


def _to_you(phrase: str) -> str:
    turned = re.sub(r"\b(?:my|our)\b", "your", " ".join(phrase.split()), flags=_I)
    det, _, rest = turned.partition(" ")
    return f"{det} {rest[0].lower()}{rest[1:]}" if det == "the" and rest[:2].istitle() else turned


def _deed(bare: str, sentence: str, people: Sequence[Person]) -> Awaited | None:
    """What the person means to do, or a close one faces."""
    for pattern, ask in _DEEDS:
        m = pattern.search(bare)
        found = ask(m, people) if m is not None else None
        if found is not None:
            return Awaited(*found, sentence)
    return None


_Asked = tuple[str, str] | None
"""The thing, and the question after it."""


def _theirs(m: re.Match[str], people: Sequence[Person]) -> _Asked:
    who = _whose(m["who"], people)
    if not who:
        return None
    about = f"{who}'s {m['mods'] or ''}{m['head']}"
    if re.fullmatch(_COMES, m["head"], _I):
        return about, f"{_have(m['head'])} {about} come yet?"
    feast = m["head"].lower() in ("wedding", "graduation")
    return about, f"How was {about}?" if feast else f"How did {about} go?"


def _have(head: str) -> str:
    return "Have" if head.lower().endswith("s") and head.lower() != "diagnosis" else "Has"


def _does_with(m: re.Match[str], people: Sequence[Person]) -> _Asked:
    who, verb = _whom(m["who"], people), (m["verb"] or m["doing"]).lower()
    if not who:
        return None
    if verb in ("call", "phone", "ring", "facetime", "calling", "phoning", "talk to", "speak to", "speak with"):
        return f"talking to {who}", f"Did you get to talk to {who}?"
    if verb in ("write", "write to"):
        return f"writing to {who}", f"Did you get to write to {who}?"
    return f"seeing {who}" if verb != "tell" else who, f"How did it go with {who}?"


def _is_with(m: re.Match[str], people: Sequence[Person]) -> _Asked:
    who = _whom(m["who"], people)
    return (f"seeing {who}", f"How did it go with {who}?") if who else None


def _starts(m: re.Match[str], _: Sequence[Person]) -> _Asked:
    about = _to_you(f"{_the(m['det'])} {m['what'].lower()}")
    return about, f"How did {about} start?"


def _hands_in(m: re.Match[str], _: Sequence[Person]) -> _Asked:
    about = _to_you(f"{m['det']} {m['what']}")
    return about, f"How did it go with {about}?"


def _travels(m: re.Match[str], _: Sequence[Person]) -> _Asked:
    return f"the journey to {m['where']}", f"How was the journey to {m['where']}?"


def _hears(m: re.Match[str], _: Sequence[Person]) -> _Asked:
    if not m["who"]:
        return "word on that", "You were to hear something. Did you?"
    who = _to_you(m["who"])
    return f"word from {who}", f"Did you hear from {who}?"


def _plainly(about: str, question: str) -> Callable[[re.Match[str], Sequence[Person]], _Asked]:
    return lambda _m, _p: (about, question)


_DEEDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Sequence[Person]], _Asked]], ...] = (
    (_THEIRS, _theirs),
    (_DOES_WITH, _does_with),
    (_STARTS, _starts),
    (_HANDS_IN, _hands_in),
    (_IS_WITH, _is_with),
    (_FLIES, _plainly("the flight", "How was the flight?")),
    (_MARRIES, _plainly("the wedding", "How was the wedding?")),
    (_MOVES, _plainly("the move", "How did the move go?")),
    (_TRAVELS, _travels),
    (_HEARS, _hears),
)


def _whose(who: str, people: Sequence[Person]) -> str:
    """A close one, as said to the person; "" for a stranger."""
    if re.match(r"(?:my|our) ", who, _I):
        return re.sub(r"^(?:my|our)", "your", who, flags=_I)
    found = folk.named(people, who)
    near = [p for p in found if re.fullmatch(_CLOSE, p.relation.split()[-1] if p.relation else "", _I)]
    return near[0].called if len(near) == 1 and near[0].names else ""


_NO_ONE = re.compile(
    r"(?:you|him|her|them|it|that|this|what|how|if|a|an|the|my|our|everyone|someone|people|to|about|more|about)", _I
)


def _whom(who: str, people: Sequence[Person]) -> str:
    """Who is to be called or met: a name as written, someone known, or "your sister"; "" for nobody in particular."""
    if re.match(r"(?:my|our|the|a) ", who, _I):
        return re.sub(r"^a ", "the ", re.sub(r"^(?:my|our)", "your", who, flags=_I), flags=_I)
    if _NO_ONE.fullmatch(who):
        return ""
    known = folk.named(people, who)
    if len(known) == 1 and known[0].names:
        return known[0].called
    return who if re.fullmatch(NAME, who) else ""
