"""What was typed, made comparable: one lower-case line without apostrophes, disguises, slang and common slips.

Rules that must not be missed (:mod:`someone.mind.signs`) and rules that must not depend on how tidy a person types
(:mod:`someone.mind.intents`) read this form. Words are separated by one blank; a sentence end is the word ``.``; the
line begins and ends with a blank, so that every word can be found by its borders. Nothing here is ever shown or kept.
"""

from __future__ import annotations

import re
import unicodedata

HEAD = TAIL = 4000
"""Characters that are read from the beginning and from the end of a long text; keeps every rule's time bounded."""

_APOSTROPHES = dict.fromkeys(map(ord, "'\u2018\u2019\u201b\u02bc\u02b9\u0060\u00b4\u2032\uff07"))
_LOOKALIKE = str.maketrans("\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0131\u03bf\u03b1", "aeopcyxiioa")
_LEET = str.maketrans("013457@$!|", "oieastasii")
_WILD = re.compile(r"\b(k|su?|d|d[ei]|my)[*#_\u2022]+(ll|lls|lling|cide|cidal|icide|uicide|e|d|ad|th|ie|self)\b")
_WILD_WORDS = {
    ("k", "ll"): "kill",
    ("k", "lling"): "killing",
    ("s", "cide"): "suicide",
    ("s", "icide"): "suicide",
    ("s", "uicide"): "suicide",
    ("su", "cide"): "suicide",
    ("su", "cidal"): "suicidal",
    ("s", "cidal"): "suicidal",
    ("d", "e"): "die",
    ("d", "ie"): "die",
    ("d", "ad"): "dead",
    ("de", "d"): "dead",
    ("d", "th"): "death",
    ("de", "th"): "death",
    ("my", "self"): "myself",
}
_STRONG = (
    "suicidal|suicide|myself|killing|kill|wanna|want|dying|death|dead|die|self|harm|ending|end|life|hurt|"
    "all|off|cut|to|my|me|be|it|i"
)
_STRONG_WORD = re.compile(f"(?:{_STRONG})")
_STRONG_RUN = re.compile(f"(?:{_STRONG})+")
_SPELLED = re.compile(r"(?<![a-z])(?:[a-z][ .\-_*]{1,3}){2,40}[a-z](?![a-z])")
_GLUED = re.compile(r"(?<![a-z])(?=[a-z]*(?:die|kill|suicid|dead|endit|end))[a-z]{6,24}(?![a-z])")
_LEETED = re.compile(r"(?<![a-z0-9@$!|])[a-z0-9@$!|]{3,24}(?![a-z0-9@$!|])")
_LONG_RUN = re.compile(r"([a-z])\1{2,}")
_LAUGH = re.compile(
    "[\U0001f480\U0001f602\U0001f923\U0001f605\U0001f606]|\\b(?:a?(?:ha){2,}h?|lmf?ao+|rofl|xd|lolz?)\\b"
)
_BREAKS = re.compile(r"[!?;:()\n\r\u2014]+|\.(?!\.)(?<!\.\.)")
_OTHER = re.compile(r"[^a-z0-9.%\u0080-\U0010ffff]+")
_DOTS = re.compile(r"\.{2,}|\u2026")

_SLIPS = {
    "u": "you", "ur": "your", "r": "are", "ya": "you", "yall": "you all", "b": "be", "wanna": "want to", "wana": "want to",
    "wnna": "want to", "wnt": "want", "gonna": "going to", "gunna": "going to", "gona": "going to", "gon": "going to",
    "gotta": "got to", "tryna": "trying to", "finna": "going to", "ima": "im going to", "imma": "im going to", "lemme": "let me",
    "dnt": "dont", "dun": "dont", "dosnt": "doesnt", "doesn": "doesnt", "cnt": "cant", "kant": "cant", "cannot": "cant",
    "aint": "isnt", "kms": "kill myself", "kys": "kill yourself", "unalive": "kill", "unaliving": "killing",
    "unalived": "killed", "sewerslide": "suicide", "sewerside": "suicide", "suiside": "suicide", "sucide": "suicide",
    "suicde": "suicide", "suicid": "suicide", "suidice": "suicide", "suicidle": "suicidal", "sucidal": "suicidal",
    "suicidial": "suicidal", "kil": "kill", "kll": "kill", "kiil": "kill", "myslef": "myself", "mysef": "myself",
    "mself": "myself", "meself": "myself", "diee": "die", "dei": "die", "dieing": "dying", "diying": "dying", "lif": "life",
    "lyf": "life", "aliv": "alive", "anymor": "anymore", "nomore": "no more", "evryone": "everyone", "every1": "everyone",
    "every1s": "everyones", "noone": "nobody", "no1": "nobody", "some1": "someone", "any1": "anyone", "sum1": "someone",
    "tmr": "tomorrow", "tmrw": "tomorrow", "tomoz": "tomorrow", "tomorow": "tomorrow", "2moro": "tomorrow",
    "tonite": "tonight", "2nite": "tonight", "2night": "tonight", "tn": "tonight", "rn": "right now", "atm": "right now",
    "bf": "boyfriend", "gf": "girlfriend", "bff": "best friend", "cuz": "because", "cos": "because", "coz": "because",
    "bc": "because", "becuz": "because", "tho": "though", "thru": "through", "w": "with", "plz": "please", "pls": "please",
    "ppl": "people", "sm": "so much", "idc": "i dont care", "idek": "i dont even know", "idk": "i dont know", "jk": "joking",
    "mom": "mum", "mam": "mum", "mommy": "mum", "mummy": "mum", "mam\u00e1": "mum", "daddy": "dad", "pils": "pills",
    "medz": "meds", "tabs": "tablets", "od": "overdose", "oding": "overdosing", "oded": "overdosed", "slep": "sleep",
    "hapy": "happy", "burdon": "burden", "burdan": "burden", "alot": "a lot", "gud": "good", "bettr": "better",
    "wouldve": "would have", "shouldve": "should have", "couldve": "could have", "n": "and", "abt": "about", "smth": "something",
    "nothin": "nothing", "livin": "living", "dyin": "dying", "bein": "being", "endin": "ending", "killin": "killing",
    "cuttin": "cutting", "goin": "going", "doin": "doing", "thinkin": "thinking", "havent": "havent", "haven": "haven",
    "nobodys": "nobody is", "ty": "thank you", "tysm": "thank you", "thx": "thanks", "thanx": "thanks",
    "cya": "see you", "ttyl": "talk to you later", "gtg": "got to go", "g2g": "got to go", "goodnite": "good night",
    "goodnight": "good night", "gnight": "good night", "nite": "night", "gn": "good night", "wats": "whats", "wat": "what",
    "wot": "what", "whos": "whos", "wen": "when", "wher": "where", "rly": "really", "realy": "really",
}  # fmt: skip

_JOINED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<= )(?:{a})(?= )"), b)
    for a, b in (
        ("my self", "myself"),
        ("him self", "himself"),
        ("her self", "herself"),
        ("every one", "everyone"),
        ("every body", "everybody"),
        ("no one", "nobody"),
        ("any one|anybody", "anyone"),
        ("any more|any longer|no more|no longer|anylonger", "anymore"),
        ("i m|i am", "im"),
        ("i ve|i have(?! to )", "ive"),
        ("i d|i would|i had", "id"),
        ("i ll|i will|i shall", "ill"),
        ("do not|do nt|don t", "dont"),
        ("does not|doesn t", "doesnt"),
        ("did not|didn t", "didnt"),
        ("can not|can t|can nt", "cant"),
        ("could not|couldn t", "couldnt"),
        ("will not|won t", "wont"),
        ("would not|wouldn t", "wouldnt"),
        ("should not|shouldn t", "shouldnt"),
        ("is not|isn t", "isnt"),
        ("are not|aren t", "arent"),
        ("was not|wasn t", "wasnt"),
        ("were not|weren t", "werent"),
        ("have not|haven t", "havent"),
        ("has not|hasn t", "hasnt"),
        ("it is|it s", "its"),
        ("there is|there s", "theres"),
        ("that is|that s", "thats"),
        ("what is|what s", "whats"),
        ("who is|who s", "whos"),
        ("he is|he s", "hes"),
        ("she is|she s", "shes"),
        ("they are|they re", "theyre"),
        ("you are|you re|your a", "youre"),
        ("they would|they d", "theyd"),
        ("they will|they ll", "theyll"),
    )
)


def clip(text: str) -> str:
    """The first and the last few thousand characters of a long text; a short one as it is."""
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} . {text[-TAIL:]}"


def _letters(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)[: 2 * (HEAD + TAIL)].casefold())
    kept = "".join(c for c in text if c.isascii() or unicodedata.category(c) not in ("Mn", "Cf", "Me"))
    return kept.translate(_LOOKALIKE) if any("a" <= c <= "z" for c in kept) else kept


def _unspell(found: re.Match[str]) -> str:
    word = re.sub(r"[^a-z]", "", found[0])
    return " ".join(_STRONG_WORD.findall(word)) if _STRONG_RUN.fullmatch(word) else found[0]


_SHORTEST = 3  # "i7" stays a name


def _unleet(found: re.Match[str]) -> str:
    if found[0].isalpha():
        return found[0]
    word = found[0].strip("!|").translate(_LEET)
    return word if _STRONG_RUN.fullmatch(word) and len(word) >= _SHORTEST else found[0]


def _unwild(found: re.Match[str]) -> str:
    return _WILD_WORDS.get((found[1], found[2]), found[0])


def plain(text: str) -> str:
    """The comparable form of ``text``. Never fails; a text without any word gives blanks."""
    line = _letters(clip(text)).translate(_APOSTROPHES)
    line = _WILD.sub(_unwild, line)
    line = _LEETED.sub(_unleet, line)
    line = _SPELLED.sub(_unspell, line)
    line = _GLUED.sub(_unspell, line)
    line = _LONG_RUN.sub(lambda m: m[1] * (2 if m[1] in "loe" else 1), line)
    line = _LAUGH.sub(" lol ", line)
    line = _BREAKS.sub(" . ", _DOTS.sub(" ", line))
    words = (_SLIPS.get(w, w) for w in _OTHER.sub(" ", line).split())
    line = f" {' '.join(words)} "
    for pattern, put in _JOINED:
        line = pattern.sub(put, line)
    return line


SOFT_START = (
    r"(?:(?:ok|okay|oh|well|so|right|alright|anyway|anyways|hey|hi|please|um|uh|and|but|yes|no|yeah|hm|now|lol"
    r"|sorry|thanks|thank you|great|cool|good|fine|hello|actually|wait|just|honestly|tell me|can you tell me"
    r"|could you tell me|do you know) )*"
)
"""Small words that may stand before what is really said, as a pattern over the comparable form."""
