"""She chooses her own name. Pure: the names, the seed and what to keep clear of come in, the choice comes out.

What is weighed, in points (about -1..1 each, added up):

    length    two to four syllables, neither very short nor very long in writing
    ending    an open or soft ending lingers, a hard one stops
    flow      the share of the name that sings, and one or two sounds that hold it (see sounds.Sound)
    spelling  who hears it can write it, who reads it can say it
    stress    a name that starts on its strong syllable carries when called
    rarity    known but not common: a plateau over the log of the peak count
    age       long past its fashion, so that it is of no year
    flock     few other names end as it does
    voice     where nothing is wished, a name that women and men carry
    apart     how far it sounds from everyone the person has mentioned
    chance    a hash of seed and name, so that two homes differ and one home repeats

A name that is good enough is good: beyond :data:`GOOD` more points hardly count, and chance decides. The weights are
ours, set by reading many lists of outcomes aloud. The reason she gives is built from the same points
(:mod:`someone.mind.naming_words`), so it can't claim what was not weighed. It never holds a mentioned name: the choice
is kept in the self, where nothing that a person said may be written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from math import log10
from typing import Literal

from someone.mind import naming_words
from someone.mind.sounds import NEAR, clearance, key, plain, sound_of

Wish = Literal["woman", "man", "choose"]
Sex = Literal["F", "M", "U"]
_SEXES: dict[str, Sex] = {"F": "F", "M": "M", "U": "U"}

QUALITIES = ("length", "ending", "flow", "spelling", "stress", "rarity", "age", "flock", "voice", "apart", "chance")
RUNNERS_UP = 4
SHORTLIST = 24
"""How many of the best names are compared with the mentioned ones: the dear part of the work."""
HEARD_AT_MOST = 200
"""Mentioned people that nearness is measured to; equality is avoided with every word."""

FEWEST, MOST = 400, 5000
"""Newborns in the peak year outside of which names are passed over while others are left: unheard of, or everywhere."""
_KNOWN, _COMMON = 500, 3000
"""Peak counts between which a name is known to most and met by few; outside, a point is lost per power of ten."""
FADED = 25
"""Years since its peak before a name is taken while others are left: until then it is of a fashion."""
_TIMELESS_FROM, _TIMELESS_TO = 40, 95
"""Years since the peak between which a name is of no one year and yet not of another age; outside, so much is lost:"""
_PER_YEAR = 0.015

_SHORTEST, _LONGEST = 5, 9
"""Letters of a name that is neither a snippet nor a mouthful."""
_LENGTH = {1: 0.1, 2: 0.4, 3: 0.5, 4: 0.4}
_ENDING = {"vowel": 0.25, "soft": 0.25, "hard": 0.0}
_STOPS = {0: 0.05, 1: 0.1, 2: 0.1}
_RIDDLES = {0: 0.4, 1: 0.3, 2: 0.0}
_FLOCK = (8, 200)
"""Names with one ending up to which it stands alone, and from which on it says nothing any more (-lyn, -ina)."""
_BOTH, _APART, _CHANCE = 0.1, 0.2, 0.9

GOOD = 2.25
"""Points, chance aside, at which a name is good enough. Beyond them only ``_BEYOND`` of each point counts, so that many
good names are left to chance and two homes rarely share one."""
_BEYOND = 0.05


class NoNameLeft(LookupError):
    """Every name of the list that fits the wish was mentioned, offered before, or is unfit."""


@dataclass(frozen=True, slots=True)
class GivenName:
    """A name people carry. ``sex`` is F, M or U (both; the rarer use at least a quarter of the other). ``peak_count``
    newborns in its best year ``peak_year``, in the US. ``respells``: the commoner spelling of the same sound, or "".
    """

    name: str
    sex: Sex
    peak_count: int
    peak_year: int
    respells: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One thing that was weighed: a quality of :data:`QUALITIES`, what was found (plain words), and its ``points``."""

    quality: str
    finding: str
    points: float


@dataclass(frozen=True, slots=True)
class Naming:
    """The choice. ``reason`` one or two sentences in her words; ``runners_up`` the four next best, best first (fewer
    when the list runs out); ``weighed`` one entry a quality, for the chosen name.
    """

    name: str
    reason: str
    runners_up: tuple[str, ...]
    weighed: tuple[Weighed, ...]


def parse(csv_text: str) -> tuple[GivenName, ...]:
    """The names of a CSV with the header ``name,sex,peak_count,peak_year,respells``, in its order.

    The list that ships (``data/names.csv``, commonest first) is made from the national names of the US Social Security
    Administration, 1880 to 2020, which are in the public domain: one row a name, with its best year and how many were
    given it then. A use by the other sex of a quarter or more makes it U. Entries that are no names (``Unknown``,
    ``Babygirl``) are left out; ``respells`` is :func:`someone.mind.sounds.skeleton` shared with a commoner name, or two
    letters swapped in one ten times as common.

    Raises ValueError naming the line that can't be read.
    """
    lines = csv_text.splitlines()
    if not lines or lines[0] != "name,sex,peak_count,peak_year,respells":
        raise ValueError("line 1: not the header of a list of names")
    return tuple(_parsed(number, line) for number, line in enumerate(lines[1:], 2))


def _parsed(number: int, line: str) -> GivenName:
    try:
        name, sex, count, year, respells = line.split(",")
        return GivenName(name, _SEXES[sex], int(count), int(year), respells)
    except (ValueError, KeyError) as e:
        raise ValueError(f"line {number}: {line[:80]!r} is not name,sex,peak_count,peak_year,respells") from e


def choose(
    names: Sequence[GivenName], *, mentioned: Sequence[str], wish: Wish, seed: int, avoid: Sequence[str] = ()
) -> Naming:
    """Choose a name. Deterministic in all its arguments.

    ``mentioned``: names of people (or any text; its words are taken) that the choice must not equal nor sound like.
    ``avoid``: names already offered, never chosen again. ``wish``: "woman" takes names of women, "man" of men,
    "choose" all. When little is left, the rules give way in this order: rarity and age, then nearness in sound;
    never the wish, ``avoid``, equality with a mentioned name, or unfitness. Raises :class:`NoNameLeft`.
    """
    draw = _Draw(names, mentioned, wish, seed, avoid)
    found: list[Candidate] = []
    usual: list[float] = []
    for tier in draw.tiers():
        ranked = sorted((draw.weigh(given) for given in tier), key=_best_first)
        usual = usual or _means(c.points for c in ranked)
        found += _unique(draw.clear_of_people(ranked), found)
        if len(found) > RUNNERS_UP:
            break
    else:
        ranked = sorted((draw.weigh(given) for given in names if draw.fits(given)), key=_best_first)
        found += _unique((c for c in ranked if draw.free(c.given.name)), found)
    if not found:
        raise NoNameLeft("No name is left that fits.")
    return _naming(found[: RUNNERS_UP + 1], usual, draw)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name with its points, one for each of :data:`QUALITIES`."""

    given: GivenName
    points: tuple[float, ...]

    @property
    def merit(self) -> float:
        """What it is worth without chance: the sum of the other points, of which those beyond GOOD count little."""
        earned = sum(self.points[:-1])
        return min(earned, GOOD + _BEYOND * (earned - GOOD))

    @property
    def total(self) -> float:
        return self.merit + self.points[-1]


class _Draw:
    """One choosing: the list, what is kept clear of, and the points that follow."""

    def __init__(
        self, names: Sequence[GivenName], mentioned: Sequence[str], wish: Wish, seed: int, avoid: Sequence[str]
    ) -> None:
        self.names, self.wish = names, wish
        self.latest = max((given.peak_year for given in names), default=0)
        called = dict.fromkeys(plain(word) for text in mentioned for word in naming_words.people(text))
        self.people = tuple(word for word in called if len(word) > 1)[:HEARD_AT_MOST]
        spoken = {plain(word) for text in mentioned for word in (text, *naming_words.words(text))}
        self._taken = spoken | {plain(name) for name in avoid}
        self._offered = {key(name) for name in avoid}
        self._seeded = blake2b(str(seed).encode(), digest_size=8)
        self._tails = Counter(given.name[-3:].lower() for given in names)

    def fits(self, given: GivenName) -> bool:
        return self.wish == "choose" or given.sex == ("F" if self.wish == "woman" else "M")

    def free(self, name: str) -> bool:
        """Neither mentioned nor offered before, and one she would take."""
        return plain(name) not in self._taken and not naming_words.unfit(name)

    def tiers(self) -> Iterator[list[GivenName]]:
        """The names that fit the wish: those of the right rarity and age in their own spelling, then the others."""
        last = self.latest - FADED
        fitting = [g for g in self.names if self.fits(g)]
        suited = [g for g in fitting if FEWEST <= g.peak_count <= MOST and g.peak_year <= last and not g.respells]
        yield suited
        chosen = set(suited)
        yield [g for g in fitting if g not in chosen]

    def flock(self, name: str) -> int:
        """How many names of the list, this one included, end in the same three letters."""
        return self._tails[name[-3:].lower()]

    def weigh(self, given: GivenName) -> Candidate:
        """The points of a name; ``apart`` is measured later, on the shortlist only."""
        digest = self._seeded.copy()
        digest.update(given.name.encode())
        chance = _CHANCE * int.from_bytes(digest.digest(), "big") / 2**64
        voice = _BOTH if self.wish == "choose" and given.sex == "U" else 0.0
        standing = _standing(given.name, given.peak_count, self.latest - given.peak_year)
        return Candidate(given, (*standing, _flock_points(self.flock(given.name)), voice, 0.0, chance))

    def clear_of_people(self, ranked: Iterable[Candidate]) -> list[Candidate]:
        """The shortlist: the best that are free and sound like nobody, weighed with their distance too, best first."""
        kept: list[Candidate] = []
        for candidate in ranked:
            name = candidate.given.name
            if not self.free(name) or key(name) in self._offered:
                continue
            far = self.clearance(name)
            if far < NEAR:
                continue
            points = (*candidate.points[:-2], _APART * far if self.people else 0.0, candidate.points[-1])
            kept.append(Candidate(candidate.given, points))
            if len(kept) == SHORTLIST:
                break
        return sorted(kept, key=_best_first)

    def clearance(self, name: str) -> float:
        """How far the name sounds from the nearest person, 0..1; 1 where nobody was mentioned. Below NEAR, of any person."""
        nearest = 1.0
        for person in self.people:
            nearest = min(nearest, clearance(name, person))
            if nearest < NEAR:
                break
        return nearest


@lru_cache(maxsize=32768)
def _standing(name: str, peak_count: int, age: int) -> tuple[float, ...]:
    """Points for length, ending, flow, spelling, stress, rarity and age: what depends on nobody and no seed."""
    sound = sound_of(name)
    off = max(0.0, log10(_KNOWN / max(1, peak_count)), log10(max(1, peak_count) / _COMMON))
    years = max(0, _TIMELESS_FROM - age, age - _TIMELESS_TO)
    return (
        _LENGTH.get(sound.syllables, -0.6) - (0.0 if _SHORTEST <= len(name) <= _LONGEST else 0.25),
        _ENDING[sound.ending],
        min(0.25, max(0.0, sound.flow - 0.35)) + _STOPS.get(sound.stops, -0.2),
        _RIDDLES.get(sound.riddles, -0.3),
        0.1 if sound.stress == 0 and sound.syllables > 1 else 0.0,
        0.5 - off,
        0.5 - _PER_YEAR * years,
    )


def _flock_points(count: int) -> float:
    alone, many = _FLOCK
    return 0.25 * min(1.0, max(0.0, log10(many / count) / log10(many / alone)))


def _best_first(candidate: Candidate) -> tuple[float, str]:
    return (-candidate.total, candidate.given.name)


def _unique(more: Iterable[Candidate], found: Sequence[Candidate]) -> list[Candidate]:
    """Those of ``more`` that do not sound the same as one of ``found`` or as an earlier one."""
    seen = {key(c.given.name) for c in found}
    return [c for c in more if not (key(c.given.name) in seen or seen.add(key(c.given.name)))]


def _means(points: Iterable[tuple[float, ...]]) -> list[float]:
    rows = list(points)
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)] if rows else []


def _naming(found: Sequence[Candidate], usual: Sequence[float], draw: _Draw) -> Naming:
    """Put the choice into words: each quality by how far it set the winner apart from the usual and the runners-up."""
    first, others = found[0], found[1:]
    beside = _means(c.points for c in others) or list(first.points)
    usual = list(usual) or beside
    usual[-2] = beside[-2]
    lead = {q: p - (u + b) / 2 for q, p, u, b in zip(QUALITIES, first.points, usual, beside, strict=True)}
    name = first.given.name
    facts = naming_words.Facts(
        sound=sound_of(name),
        peak_count=first.given.peak_count,
        peak_year=first.given.peak_year,
        faded=draw.latest - first.given.peak_year >= FADED,
        both=first.given.sex == "U",
        tail=name[-3:].lower(),
        flock=draw.flock(name),
        people=bool(draw.people),
        clear=draw.clearance(name) >= NEAR,
        close=any(c.merit >= first.merit for c in others),
        turn=int(first.points[-1] * 1e6),
    )
    findings = naming_words.findings(facts, draw.wish)
    return Naming(
        name=name,
        reason=naming_words.reason(facts, lead),
        runners_up=tuple(c.given.name for c in others),
        weighed=tuple(Weighed(q, findings[q], round(p, 4)) for q, p in zip(QUALITIES, first.points, strict=True)),
    )


def lowered(names: Iterable[GivenName]) -> frozenset[str]:
    """The list as :func:`mentioned_names` wants it."""
    return frozenset(given.name.lower() for given in names)


mentioned_names = naming_words.mentioned_names
