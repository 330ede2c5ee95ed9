"""How a given name sounds, guessed from how it is spelled. Pure; English reading, Latin letters.

The rules are ours and approximate: spelling does not settle how a person says their own name. They are good enough to
tell ``Mara`` (two syllables, open ending) from ``Theodora`` (four), and ``Nora`` as too near to ``Dora``. Where English
has two readings the fuller one is taken: ``Isolde`` counts three syllables (i-sol-de), ``Daniel`` three.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Ending = Literal["vowel", "soft", "hard"]

KEPT = 16384
"""Names whose sound is remembered: more than a list holds, and no growth over the years."""
LONGEST = 24
"""Letters of a word that are looked at; no given name in use is longer, so longer text is cut here."""

_NOT_LETTER = re.compile(r"[^a-z]+")
_UNMARKED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)


def plain(word: str) -> str:
    """Lower-case Latin letters only: ``Zoë`` -> ``zoe``, ``D'Arcy`` -> ``darcy``, an emoji -> nothing; at most LONGEST."""
    if not (word.isascii() and word.isalpha()):
        word = unicodedata.normalize("NFKD", word[: 4 * LONGEST].casefold().translate(_UNMARKED))
    return _NOT_LETTER.sub("", word.lower())[:LONGEST]


# --- syllables ---------------------------------------------------------------------------------------------------

_GROUP = re.compile(r"[aeiouy]+")
_FIRST_Y = re.compile(r"^([^aeiouy]+|mar)y(?=a|[eo](?!$))")
"""A y that keeps its own beat before a vowel: ``Ryan``, ``Bryony``, ``Mya``, ``Maryann``; not ``Skye``."""
_GLIDE = re.compile(r"(?<=q)u|(?<=g)u(?=[aeiy])|y(?=[aeiou])(?!ye$)")
"""Written vowels that are spoken as consonants: ``Quinn``, ``Miguel``, ``Maya``, ``Yara``, ``Tanya``."""

_HIATUS = re.compile(
    r"(?<!^[gj])i(?=[aou])(?<!rgi)(?!(?<=.[ct]i)(?:a$|us$)|(?<=[aeiou]si)a$)(?!(?<=ti)o)(?!(?<=christi)a)"  # Ma-ri-a
    r"|(?<=^[gj])i(?=a$)|i(?=e(?:l|t|nn|n$))(?<!^[^aeiouy]i)"  # Gi-a; Dan-iel, Jul-iet, Viv-ienne, Adr-ien
    r"|e(?=o(?!nard$))(?<!^ge)"  # Le-o, The-odora; not George, Leonard
    r"|e(?=a[hs]?$)(?<!se)(?<!^be)|e(?=ann|andr|atr)(?<!^je)"  # Alth-ea, De-anna, Be-atrice; not Chelsea, Jeanne
    r"|e(?=us$)(?<!ze)(?<!^e)"  # Amad-eus; not Zeus
    r"|u(?=a)(?<![jqg]u)|u(?=ell?[ae]?$)|(?<=s)u(?=ell)|(?<=[lo])u(?=is)"  # Josh-ua, Sam-uel, Su-ellen, Lou-is
    r"|o(?=e[ly])|(?<=z)o(?=e)|(?<=chl)o(?=e)|o(?=ah|ann|ana)|(?<=[lz])o(?=i)"  # No-el, Zo-e, No-ah, E-lo-ise
    r"|a(?=o)|a(?=ell?s?$)(?<!ga)(?<!cha)|(?<=e)i(?=a)"  # Na-omi, Ra-fael, Le-ia; not Michael
)
"""Where two written vowels are two beats: each match adds one."""
_SILENT = re.compile(
    r"(?<=[^aeiouy])e$(?<!dre|lde|nte)(?<![dghpv]ne)(?<!lope|iope|ione)(?<!^.e)"  # Jane; not Andre, Isolde
    r"|(?<=[iyu]l)es$|(?<=rl)es$|(?<=am)es(?=$|on)|(?<=^kat)e(?=l)|(?<=^ros)e(?=[am])"  # Miles, James, Katelyn, Rosemary
)
"""Where a written e is not spoken: each match takes one beat away."""
_BEATEN_LE = re.compile(r"[bcdfgkpt]le$")
"""``Mable``, ``Myrtle``: the e is silent and the l is a beat of its own."""

_IRREGULAR = {
    "phoebe": 2, "kobe": 2, "hebe": 2, "salome": 3, "jose": 2, "rene": 2, "jaime": 2, "felipe": 3, "enrique": 3,
    "guadalupe": 4, "jorge": 2, "giuseppe": 3, "lupe": 2, "duane": 2, "skye": 1, "joaquin": 3, "lucian": 2,
    "eduardo": 4, "lucia": 3, "hugh": 1, "asia": 2, "marcia": 2, "xavier": 3, "javier": 3,
    "siobhan": 2, "niamh": 1, "aoife": 2, "saoirse": 2, "sinead": 2, "deirdre": 2, "penelope": 4, "isaiah": 3,
    "geneva": 3, "genevieve": 3, "renee": 2, "blue": 1, "sue": 1, "faye": 1, "maye": 1, "kaye": 1, "raye": 1,
    "louise": 2, "louisa": 3, "maia": 2, "aida": 3, "aine": 2, "daphne": 2, "ariadne": 4, "hermione": 4, "ione": 3,
    "circe": 2, "selene": 3, "irene": 2, "chloe": 2, "zoe": 2, "cloe": 2, "noe": 2, "joe": 1, "eloise": 3, "heloise": 3,
}  # fmt: skip
"""Names in use that the rules would misread."""


def _keep_y(found: re.Match[str]) -> str:
    return f"{found[1]}iw"


@lru_cache(maxsize=KEPT)
def syllables(name: str) -> int:
    """How many beats the name has, at least 1. By our spelling rules, with a short table of irregular names."""
    word = plain(name)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    spoken = _GLIDE.sub("w", _FIRST_Y.sub(_keep_y, word)) if "y" in word or "u" in word else word
    beats = len(_GROUP.findall(spoken)) + len(_HIATUS.findall(spoken))
    if not _BEATEN_LE.search(spoken):
        beats -= len(_SILENT.findall(spoken))
    return max(1, beats)


# --- qualities ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sound:
    """What a name's spelling tells of its sound. ``syllables`` >= 1; ``stress`` is the stressed syllable, counted from
    0; ``ending`` is ``vowel``, ``soft`` (l m n r s v th sh: breath or hum) or ``hard`` (a stop, or a hiss with one);
    ``flow`` 0..1, the share of letters that sing (vowels, and the sonorants l m n r w) less the clusters that stop it;
    ``stops`` how many sounds halt the breath (b d g k p t and ch, j), 0 or more; ``riddles``
    how many letters or pairs a reader or writer could get wrong (y, h, x, a double letter, a silent e, ea ...).
    """

    syllables: int
    stress: int
    ending: Ending
    flow: float
    stops: int
    riddles: int


_SUNG = re.compile(r"[aeiouylmnrw]")
_BREATHED = re.compile(r"th|ph|gh|sh|c(?=[eiy])")
_STOPS = re.compile(r"tch|ch|ck|cq|dg|([bdgkpjtcxq])\1?")
_RIDDLES = re.compile(r"(.)\1|[yhxqwj]|c(?=[eik])|z|[aeou][ei]|[eu]a|ie|[aeo]u|(?<=[^aeiou])e$|^kn|^wr|sc")
"""What a reader or writer could get wrong, one a match."""
_CLUSTER = re.compile(r"[^aeiouylmnrwh]{2,}|[^aeiouy]{3,}")
_SOFT_END = re.compile(r"(?:[lmnrsvzfw]|th|sh|[lmnrsvzf]e|the|che|gh)$")
_LATE = re.compile(r"(?:[^aeiouy]ette|elle|een|ine|ene|ique|esse?|ise|anne?|onne|ienne|aine|ee|eigh|ite|ide)$")
"""Endings that draw the stress to the last syllable (``Odette``, ``Irene``, ``Denise``)."""
_HEAVY = re.compile(r"[^aeiouy][aou]h?$|[aeiouy]([^aeiouy])(?!\1)[^aeiouyhrl][aeiouy]+[^aeiouy]?$")


@lru_cache(maxsize=KEPT)
def sound_of(name: str) -> Sound:
    """The sound of a name. The profile follows the sonority scale (vowel > glide > liquid > nasal > fricative > stop;
    Clements 1990), drawn as one line: above fricatives a letter sings, below it stops the breath.
    """
    word = plain(name)
    beats = syllables(name)
    sung = len(_SUNG.findall(word)) / max(1, len(word))
    flow = max(0.0, sung - 0.15 * len(_CLUSTER.findall(word)))
    return Sound(
        beats,
        _stress(word, beats),
        _ending(word, beats),
        flow,
        len(_STOPS.findall(_BREATHED.sub("s", word))),
        len(_RIDDLES.findall(word)),
    )


def _ending(word: str, beats: int) -> Ending:
    if word.endswith(("a", "i", "o", "u", "y", "ah", "ee", "ey", "ie")):
        return "vowel"
    if word.endswith("e") and beats == len(_GROUP.findall(word)):
        return "vowel"
    return "soft" if _SOFT_END.search(word) else "hard"


def _stress(word: str, beats: int) -> int:
    """Which syllable is stressed, counted from 0, as English stresses names.

    The first of two; of more, the one before the last where the name ends in a consonant and a, o or u (``Marina``) or
    two consonants close it (``Demarcus``), else the third from the end (``Cordelia``).
    """
    if _LATE.search(word):
        return beats - 1
    return max(0, beats - 2 if _HEAVY.search(word) else beats - 3)


# --- nearness ----------------------------------------------------------------------------------------------------

_RESPELLED = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|gn)", "n"), (r"^wr|rh", "r"), (r"^ps", "s"), (r"sch|sh|(?<=[a-z])[ct]i(?=[ao])", "S"),
        (r"ck|cq|q(?!u)", "k"),
        (r"ch(?=[rl])", "k"), (r"t?ch", "C"), (r"ph", "f"), (r"(?<=[aeiouy])gh", ""), (r"th", "T"),
        (r"^x", "z"), (r"x", "ks"), (r"qu", "kw"), (r"sc(?=[eiy])|c(?=[eiy])", "s"), (r"c", "k"),
        (r"dg|g(?=[ei])|j", "J"), (r"ge$", "J"), (r"ie?gh$|eigh$|ee$|ey$|ie$|y$|i$|(?<=s)ea$", "I"),
        (r"ah$", "a"), (r"(?<=[aeiouy])h", ""), (r"(.)\1+", r"\1"), (r"(?<=[^aeiouy])e$", ""),
        (r"z", "s"), (r"w(?=[^aeiouy]|$)", "u"), (r"a[iy]|ei|ey", "E"), (r"ee|ea|ie|y(?=[^aeiou]|$)", "i"),
        (r"oo|ou|ew|ue", "u"), (r"au|aw", "o"), (r"y", "i"), (r"v|f", "v"),
    )
)  # fmt: skip
_LONG_E = re.compile(r"e(?=[^aeiouEI][aeiouEI])")
_MIDDLE = re.compile(r"(?<=[^aeiouEI])[aeiouEI]+(?=[^aeiouEI])")


@lru_cache(maxsize=KEPT)
def key(name: str) -> str:
    """A rough phonetic writing of the name, so that spellings of one sound agree: ``Catherine``/``Kathryn`` nearly,
    ``Philip``/``Filip`` wholly. Upper case marks sounds that English spells with two letters.
    """
    word = plain(name)
    for pattern, sound in _RESPELLED:
        word = pattern.sub(sound, word)
    return word


@lru_cache(maxsize=KEPT)
def skeleton(name: str) -> str:
    """The key with its unstressed middle vowels made one: what stays alike between spellings of a name."""
    sound = key(name)
    first = _MIDDLE.search(sound)
    if first is None:
        return sound
    start = _LONG_E.sub("i", sound[: first.end() + 2])[: first.end()]
    return start + _MIDDLE.sub("e", sound[first.end() :])


_ALIKE = {
    frozenset(pair)
    for pair in (
        *("bp", "dt", "gk", "mn", "lr", "sS", "JC", "sT", "vT", "vb"),
        *("iI", "Ei", "EI", "ea", "ei", "ou", "ao", "Ee", "Ea"),
    )
}
"""Pairs that noise makes one: voiced and unvoiced stops, nasals, liquids, hisses, neighbouring vowels
(after the confusions that Miller and Nicely, 1955, measured for consonants in noise)."""
_VOWELS = frozenset("aeiouEI")


def _swap(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if frozenset((a, b)) in _ALIKE:
        return 0.5
    return 0.7 if a in _VOWELS and b in _VOWELS else 1.0


_SOUNDS = "abcdefghijklmnopqrstuvwxyzSCTJIE"
_COST = {(a, b): _swap(a, b) for a in _SOUNDS for b in _SOUNDS}


def _edits(a: str, b: str) -> float:
    """Levenshtein distance in which sounds that are easily mistaken for one another cost less than one."""
    row = [float(j) for j in range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        left, diagonal = float(i), row[0]
        row[0] = left
        for j, y in enumerate(b, 1):
            swapped = diagonal + _COST[x, y]
            diagonal = row[j]
            left = row[j] = min(swapped, diagonal + 1, left + 1)
    return row[-1]


def apart(a: str, b: str) -> float:
    """How far two names sound from one another: 0 the same, 1 wholly different. Edit distance over the keys by the
    longer one's length, less a little for the same first sound and for the same ending.
    """
    one, other = key(a), key(b)
    longest = max(len(one), len(other))
    if longest == 0 or one == other:
        return 0.0
    far = _edits(one, other) / longest
    if one[:1] == other[:1]:
        far -= 0.12
    if one[-2:] == other[-2:]:
        far -= 0.08
    return min(1.0, max(0.0, far))


NEAR = 0.45
"""Names less far apart than this are easily mistaken across a room. Set by ear on pairs: Nora/Dora, Lena/Lina,
Theo/Leo, Mara/Mona are nearer; Mara/Theodora, Rhoda/Nora, Otis/Amos are farther."""


_WHOLE = 3
"""Sounds from which on a name counts as heard within a longer one."""


def clearance(a: str, b: str) -> float:
    """:func:`apart`, but 0 where one name is the start of the other (``Rosa``/``Rosalind``), and 1 where one of them
    has no Latin letter to compare.
    """
    one, other = key(a), key(b)
    if not one or not other:
        return 1.0
    short, long = sorted((one, other), key=len)
    return 0.0 if len(short) >= _WHOLE and long.startswith(short) else apart(a, b)


def confusable(a: str, b: str) -> bool:
    """Whether one could turn round when the other is called."""
    return clearance(a, b) < NEAR
