"""The words around a name: her reason for it, the names she would not take, and the names that a text mentions. Pure.

A reason is put together from phrases, each of which states one thing that was weighed and is true of the name
(:data:`PHRASES`); nothing else enters it but the frames around them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from someone.mind.sounds import Sound, plain


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- names she would not take ------------------------------------------------------------------------------------

EVERYDAY = _set("""
    ace adore aerial africa alias alley ally alma alpha amber america amethyst angel apollo april arch archer arizona
    arrow art artist ash asia atlas august augusta aura austin autumn baby baker bambi bane banks banner barbie barney
    bart basil bay bear beautiful bell berlin berry bess bill birdie bishop blade blaze blessing bliss blossom bob
    booker boston brain branch brook brooks buck bud buddy buffy bunny burl buster cadence cage cairo cam cameo
    candida candy cannon canyon carmel case cash cedar champion chance channel charisma charity charm chase chastity
    che cher cherish cherry china chip chosen christian chuck cinnamon clarity clay cleveland cliff coco colt columbus
    cooper coral cord coy creed crew cross crystal cutter cypress daisy dale dallas dash dawn deacon dean dee deedee
    dell delta denim denver desire destiny dia diamond dick dickie diesel dimple dino dollie dolly don dovie dream
    drew duke dusty dynasty earl early earnest easter easton ebony echo eden egypt elmo elvis ely emerald era eternity
    eve ever fairy faith fannie fanny fawn felicity female fern field florence florida flossie ford forest forrest fox
    fran frank freeman friday gala garland garner garnet gauge gay gaye gene general geneva genie georgia german
    gidget gigi ginger glen glory goddess golden goldie grace grant gray grey griffin gunner guy halo happy harbor
    harden hardy harmony harris haven hawk haze hazel heath heaven homer honesty honey honor hoover hope houston hung
    hunter india indie infant infinity ireland iris israel italy ivy jack jade january jarvis jay jean jersey jet
    jewel jewell job jones jordan journey joy judge june junior juniper justice karma katana kay ken kenya kermit king
    kit kitty kizzy knight knowledge lady lake lance lane lark lavender legacy legend les levy liberty lily link
    lively lon london long lorry lotus lou lourdes love lovely loyal loyalty lucky lulu lupe lux lynn lyric madison
    madonna majesty major male maple mark mars marshall marvel mason mater may memphis merci mercury mercy merlin
    merrily merry meta mickey milan miles mimi minerva miracle missy mitch monday murphy nada nan nana navy neo newton
    nick noble nova novella ocean october odessa olive omega opal oral otis page pam pansy paris parker passion pat
    patience patsy pearl pearlie pearline penny pepper pershing pierce pinkie piper poppy porter precious price prince
    princess promise queen quest quill race rain randy ranger ransom raven ray rebel reed reef reign remedy reno rex
    rich rider ridge riot rise river rivers rob robin rock rocky rod roma roman rome rose rosemary rowdy royal royalty
    ruby rush rusty rye sage said sailor saint salem sandy santa sapphire saturday savanna savannah season serene
    serenity seven shade shasta shepherd sicily sincere sir sire sissy skip sky snow sonny spencer spring star
    sterling stone storm stormy story sue summer summit sunday sunny sunshine sydney tab tad tailor taja taurus tawny
    tea telly temple tequila terra thursday tiara tierra tiger titan tom trace tray treasure trinity true truth
    tuesday turner turquoise unique unknown unnamed urban valencia valor van vanity velvet venus vesta via victor
    victory vienna viola violet virgo viva wade walker ward wednesday west wilder will willie willow windy winter wolf
    worth wren zen zion
    """)
"""Names that are everyday words, places or things: as her name they would break talk, and in a text they may be no
name at all. Found by counting which names stand in lower case in ordinary talk, then judged one by one."""

_UNFIT = _set("""
    abbot adolf adolfo adolph adolphus adonis alexa alexande alexandr alexia alexis alexus alize allah anakin antione
    antionette aria arian armani arya aryan aryana aryanna assa ava bard baron beaver becky benito bentley bich bimbo
    bishop bixby blade brandi brandy buddha buster butch caesar cain camry cannon captain cassandr ceasar cesar chad
    chanel chasity chastity chiquita christ christop christophe claude cletus cleverbot cock colt contina coon cortana
    count courvoisier czar daenerys damien deacon deity delilah dewey dick dickie dior disney dixie doctor dominque
    dong dorthy draco duchess duke dyke earl echo eliza elizabet emmanuel emperor empress fannie fanny felicia fuk
    ganesh gay gaye gaylon gaylord gemini general god golda gucci gunner hal hennessy hermione highness hooker ikea
    immanuel isis jacqueli jacquline jarvis jemima jesus jezebel jihad johnson joi judas judge kaiser karen katniss
    kevin khaleesi king kinky krishna kunta kylo lady laquisha latrina leia lenin lesbia lexa lexus lolita long lord
    lucifer majesty major mamie mammie marquis marquise mary mercedes messiah mohamad mohamed mohammad mohammed mose
    moses muhammad muhammed negro nimrod nivea nomi nova odin oma osama patrica pepper peter phuc pope porsche porsha
    prince princess prophet pussy queen rabbi rama randy regina regis reign remington rex rey rod royal royalty ruger
    saddam saint samantha samatha sambo satan savior saviour semaj semen seymour shaniqua shiva sir siri sophia squire
    stacy stalin stetson sultan tay tequila tesla thor titus trigger tyrone virgin vishnu watson wesson willie willy
    zeus
    """)
"""Names with an unlucky meaning or echo for her: other assistants and films about one, tyrants, insults, holy names,
titles, brands, jokes, weapons, and spellings that were cut short in the records."""

_UNFIT_START = ("alexa", "anal", "aryan", "coon", "titt", "muham", "moham", "samant")


_SHORT = 3
"""Letters of the shortest name she would take."""


def unfit(name: str) -> bool:
    """Whether she would not take this name, whatever its sound."""
    word = plain(name)
    return len(word) < _SHORT or word in EVERYDAY or word in _UNFIT or word.startswith(_UNFIT_START)


# --- her reason --------------------------------------------------------------------------------------------------

FEW = 1000
"""Newborns in its best year up to which she says that few carry a name."""

FEW_ENDINGS = 5
"""Names of the list, itself included, with the same last three letters, up to which she says that few do."""

_COUNT = {1: "one syllable", 2: "two syllables", 3: "three syllables", 4: "four syllables"}
_SOUND = ("length", "flow", "ending")
_OTHER = ("flock", "spelling", "rarity", "age", "voice", "apart")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of the chosen name.

    ``faded``: its peak is long past; ``both``: women and men carry it; ``tail``: its last three letters; ``flock``: how
    many names of the list end so, itself included; ``people``: whether anyone was mentioned; ``clear``: whether it
    sounds like none of them; ``close``: another would have come as far without chance; ``turn`` picks between wordings.
    """

    sound: Sound
    peak_count: int
    peak_year: int
    faded: bool
    both: bool
    tail: str
    flock: int
    people: bool
    clear: bool
    close: bool
    turn: int


def _length(f: Facts) -> str:
    return _COUNT.get(f.sound.syllables, "")


def _ending(f: Facts) -> str:
    return {"vowel": "an open ending", "soft": "a soft ending", "hard": ""}[f.sound.ending]


def _flow(f: Facts) -> str:
    return {0: "not one hard sound", 1: "only one hard sound"}.get(f.sound.stops, "")


def _spelling(f: Facts) -> str:
    return "you can spell it as you hear it" if f.sound.riddles == 0 else ""


def _flock(f: Facts) -> str:
    return f"few names end in -{f.tail}" if f.flock <= FEW_ENDINGS else ""


def _rarity(f: Facts) -> str:
    return "few carry it in the American records I read" if f.peak_count <= FEW else ""


def _age(f: Facts) -> str:
    return f"its best years were the {f.peak_year // 10 * 10}s, so it follows no fashion" if f.faded else ""


def _voice(f: Facts) -> str:
    return "women and men both carry it" if f.both else ""


def _apart(f: Facts) -> str:
    return "it sounds like nobody you have told me about" if f.people and f.clear else ""


PHRASES = {
    "length": _length,
    "ending": _ending,
    "flow": _flow,
    "spelling": _spelling,
    "flock": _flock,
    "rarity": _rarity,
    "age": _age,
    "voice": _voice,
    "apart": _apart,
}
"""What may be said of each quality: a phrase that is true of these facts, or "" where there is nothing to say. Stress and
chance are not among them: stress is only guessed, and chance has a sentence of its own."""

_BY_FAR = 1.5
_SHORT_ENOUGH = 149
"""Characters of a reason that is still said in one breath or two."""
CHANCE = "Others would have suited me as well, so I let chance decide."
EASY_SYLLABLES, EASY_STOPS = 3, 1
"""At most so many, for a name to be called easy to say."""
EASY = ", so it's easy to say half asleep."


def findings(facts: Facts, wish: str) -> dict[str, str]:
    """For each quality, what was found, in plain words."""
    found = {quality: phrase(facts) or "nothing to tell" for quality, phrase in PHRASES.items()}
    found["stress"] = f"I would stress syllable {facts.sound.stress + 1} of {facts.sound.syllables}"
    found["voice"] = found["voice"] if wish == "choose" else f"a name of a {wish}, as wished"
    if not facts.people:
        found["apart"] = "nobody was mentioned"
    elif not facts.clear:
        found["apart"] = "it sounds like somebody who was mentioned"
    return found | {"chance": "chance decided between near equals" if facts.close else "it was ahead without chance"}


def reason(facts: Facts, lead: Mapping[str, float]) -> str:
    """One or two sentences, of the qualities that set the name most apart (``lead``, in points), most telling first.

    That chance decided is said where it led by far more than all else that could be said.
    """
    sounds, others = _telling(_SOUND, facts, lead), _telling(_OTHER, facts, lead)
    weight = sum(max(0.0, lead[q]) for q in (*sounds, *others))
    by_chance = facts.close and lead["chance"] > _BY_FAR * weight
    about_sound = _of_sound(sounds, facts)
    about_rest = CHANCE if by_chance else _of_rest(others, facts)
    if len(about_sound) + len(about_rest) > _SHORT_ENOUGH and not by_chance:
        others = sorted(others, key=lambda q: -lead[q])[:1]
        about_rest = _of_rest(others, facts)
    sentences = [s for s in (about_sound, about_rest) if s]
    if sounds and others and not by_chance and lead[others[0]] > max(lead[q] for q in sounds):
        sentences.reverse()
    return " ".join(sentences) or CHANCE


def _telling(qualities: tuple[str, ...], facts: Facts, lead: Mapping[str, float]) -> list[str]:
    """At most two qualities that are ahead and of which something can be said; in the order of ``qualities``."""
    ahead = [q for q in qualities if lead[q] > 0 and PHRASES[q](facts)]
    best = sorted(ahead, key=lambda q: -lead[q])[:2]
    return [q for q in qualities if q in best]


def _of_sound(qualities: list[str], facts: Facts) -> str:
    if not qualities:
        return ""
    said = " and ".join(PHRASES[q](facts) for q in qualities)
    frames = (f"I like how it sounds: {said}.", f"I went by the sound: {said}.", _sentence(f"it has {said}"))
    if facts.sound.syllables <= EASY_SYLLABLES and facts.sound.stops <= EASY_STOPS:
        frames = (_sentence(said)[:-1] + EASY, frames[0], _sentence(f"it has {said}")[:-1] + EASY)
    return frames[facts.turn % len(frames)]


def _of_rest(qualities: list[str], facts: Facts) -> str:
    return _sentence(", and ".join(PHRASES[q](facts) for q in qualities))


def _sentence(said: str) -> str:
    return f"{said[0].upper()}{said[1:]}." if said else ""


# --- names in a text ---------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?:^|[.!?…:;\n\"“”«»(])\s*$")
_RELATIONS = _set("""
    sister brother mother mom mum mama father dad papa parent wife husband partner fiance fiancee girlfriend boyfriend
    friend bestie mate son daughter child kid baby twin aunt auntie uncle cousin niece nephew grandma grandpa
    grandmother grandfather granny nana boss colleague coworker manager teacher neighbour neighbor roommate flatmate
    housemate ex stepmother stepfather stepson stepdaughter sis bro name named called
    """)
_NOT_CALLED = _RELATIONS | _set("i my our his her their the a an and or is was with of to")
_BETWEEN = frozenset(("is", "was", "named", "called"))
_OF_PLACE_OR_TIME = frozenset(("in", "near", "during", "since", "until"))


def words(text: str) -> tuple[str, ...]:
    """The words of a text, of any script, without their possessive ending: ``Mara's`` -> ``Mara``."""
    return tuple(_POSSESSIVE.sub("", word) for word in _WORD.findall(text))


def people(text: str) -> tuple[str, ...]:
    """The words of a mention that are called out loud: ``my sister Mara`` -> ``Mara``; a single word is taken as it is;
    where nothing is capitalised, every word that names no relation.
    """
    said = [word for word in words(text) if word.casefold() not in _NOT_CALLED]
    capital = [word for word in said if word[0].isupper()]
    return tuple(capital or said)


def mentioned_names(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """Given names that a free text mentions, each once, in order. ``known``: lower-case names.

    A capitalised known name counts; an everyday word (``Will``, ``May``) only where a capital can't come from the start
    of a sentence, or where ``my`` follows soon (``Mark is my brother``); none does after ``in`` or ``since``
    (``in Georgia``). A lower-case one counts after a word of relation (``my sister mara``) and is returned capitalised.
    """
    found: dict[str, str] = {}
    spans = list(_WORD.finditer(text))
    said = [_POSSESSIVE.sub("", span[0]) for span in spans]
    for i, word in enumerate(said):
        for part in (word, *word.split("-")) if "-" in word else (word,):
            low = plain(part)
            if low in known and low not in found and _is_name(part, low, i, said, text[: spans[i].start()][-4:]):
                found[low] = part if part[0].isupper() else part.capitalize()
                if part == word:
                    break
    return tuple(found.values())


def _is_name(part: str, low: str, at: int, said: list[str], before: str) -> bool:
    behind = [w.casefold() for w in said[max(0, at - 3) : at]]
    everyday = low in EVERYDAY
    related = _after_relation(behind)
    if not part[0].isupper():
        return related and not everyday
    if behind and behind[-1] in _OF_PLACE_OR_TIME:
        return False
    if not everyday or related:
        return True
    shouted = len(part) > 1 and part.isupper()
    return not shouted and (not _SENTENCE_END.search(before) or "my" in [w.casefold() for w in said[at + 1 : at + 3]])


def _after_relation(behind: list[str]) -> bool:
    """``sister``, ``sister named``, ``sister is called``, ``name is`` directly before; ``sister is`` alone is not."""
    if not behind:
        return False
    if behind[-1] in _RELATIONS:
        return behind[-1] not in ("named", "called", "name") or len(behind) > 1
    return behind[-1] in _BETWEEN and len(behind) > 1 and behind[-2] == "name"
