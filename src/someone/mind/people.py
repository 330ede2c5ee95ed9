"""The people of a person's life: who they are, how related, by which names, and how often they come up. Pure.

Someone is met by the person's own words: "my brother Theo Lindqvist", "Mara is my sister", "we have a dog called Rex". A
short name and a full name are one person where the relation agrees, or on the person's word ("Bee is short for
Beatrix"). Two people with one name stay two while their relations differ; then a bare name means neither, and she asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from someone.mind.fact_words import KIN, PEOPLES, TITLE
from someone.mind.facts import NAME, NAMES, sentences, tidy
from someone.mind.moments import MomentId
from someone.mind.recall import STOP, is_question

MOST = 400
"""People kept; beyond that, those longest unmentioned are let go of (the journal still has them)."""
SEEN_KEPT = 12
"""The newest mentions kept of each."""
LOOK_AT = 4000
"""Characters of an utterance in which people are looked for."""


class Person(BaseModel):
    """Someone (or an animal) in the person's life.

    ``key``: the moment in which they first came up, and which of its people; opaque, holds no content. ``names``: every
    name, the usual one first; empty for "my sister" whose name is not known. ``relation``: to the person, as one word
    where one fits. ``times``: in how many moments they came up; ``seen``: the newest of these.
    """

    model_config = ConfigDict(frozen=True)

    key: str
    names: tuple[str, ...] = ()
    relation: str = ""
    first_at: datetime
    last_at: datetime
    times: int = 0
    seen: tuple[MomentId, ...] = ()
    met: tuple[MomentId, ...] = ()
    """The moments that said who this is."""

    @property
    def called(self) -> str:
        """How the person calls them: the first name, a title with its name, or "your sister"."""
        if not self.names:
            return f"your {self.relation}"
        first = self.names[0].split()[0]
        return self.names[0] if re.fullmatch(TITLE, first) else first

    @property
    def full(self) -> str:
        """The longest name known."""
        return max(self.names, key=len, default="")

    @property
    def known_as(self) -> str:
        """The name and the relation: "your sister Mara"."""
        return " ".join(
            p for p in (f"your {self.relation}" if self.relation else "", self.called if self.names else "") if p
        )


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody named or related in a sentence. ``name`` "" where only the relation is said; ``full``: this is their
    whole name, whatever they were called before.
    """

    relation: str
    name: str = ""
    full: bool = False


_ONE_WORD = {
    "mother": "mom mum mommy mummy mama", "father": "dad daddy papa", "grandmother": "grandma grandmum gran granny nan nana",
    "grandfather": "grandpa granddad grandad", "husband": "hubby", "girlfriend": "gf", "boyfriend": "bf man",
    "wife": "missus", "friend": "mate pal buddy bestie", "doctor": "gp", "child": "kid toddler",
    "colleague": "coworker co-worker", "flatmate": "roommate housemate", "boss": "manager supervisor",
    "dog": "puppy", "cat": "kitten", "aunt": "auntie", "neighbour": "neighbor", "stepmother": "stepmom stepmum",
    "stepfather": "stepdad", "counsellor": "counselor", "fiancé": "fiance", "fiancée": "fiancee", "twin": "twins",
}  # fmt: skip
_SAME = {other: one for one, others in _ONE_WORD.items() for other in others.split()}
_LIKE: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "wife partner girlfriend fiancée spouse", "husband partner boyfriend fiancé spouse", "daughter child twin baby",
        "son child twin baby", "dog pet", "cat pet", "bird pet parrot budgie", "rabbit pet", "sister sibling twin",
        "brother sibling twin", "therapist counsellor psychiatrist", "ex ex-wife", "ex ex-husband", "mother parent",
        "father parent", "grandson grandchild", "granddaughter grandchild",
    )
)  # fmt: skip
"""Relations that may be said of one and the same."""
_SOLE = frozenset(
    """mother father wife husband partner girlfriend boyfriend fiancé fiancée spouse boss therapist doctor dentist vet
    landlord landlady""".split()  # noqa: SIM905
)
"""Of these there is one at a time: the newest that was named is meant."""
_FAMILY = _SOLE | frozenset(
    """sister brother son daughter grandmother grandfather aunt uncle niece nephew stepmother stepfather ex baby dog
    cat horse mother-in-law father-in-law granddaughter grandson ex-wife ex-husband""".split()  # noqa: SIM905
)
"""Who is somebody also without a name; "my friend" could be anyone."""
_COMMON = frozenset(
    """will mark rose may grace hope joy bill pat art sunny june april august summer dawn faith jack frank rich ray
    gene miles drew chase wren bean sky angel star bear ruby pearl iris ivy lily daisy heather amber crystal melody
    harmony sandy rusty happy lucky bob rob ben gus sue carol peg nick dale glen cliff basil ginger olive honey
    cherry""".split()  # noqa: SIM905
)
"""Names that are words too: they count only with a capital."""

_WHO = rf"(?:my|our) (?P<before>(?:[\w'-]+ ){{0,2}}?)(?P<relation>{KIN})"
_CALLED = rf"(?P<name>{NAMES}|(?<=called )[a-z][\w-]+|(?<=named )[a-z][\w-]+|(?<=name is )[a-z][\w-]+)"
_ALSO = rf"(?:,? and (?P<other>{NAME}|[a-z][\w-]+(?=[.!,]|$)))?"
_I = re.IGNORECASE
_MEETS = (
    re.compile(rf"\b{_WHO}s?(?:'s?)? (?P<full>(?:full|real|whole) )?name(?: is|'s|s are) {_CALLED}", _I),
    re.compile(rf"\b{_WHO}s?(?: is| are| was|'s) (?:called|named) {_CALLED}{_ALSO}", _I),
    re.compile(rf"\b{_WHO}s?,? (?P<name>{NAMES})\b", _I),
    re.compile(rf"^{_WHO}(?: is| was|'s) (?!{PEOPLES})(?P<name>{NAMES})(?=[.,!]|$)", _I),
    re.compile(rf"^(?P<name>{NAMES})(?: and (?P<other>{NAME}))?(?: is| are| was|'s) {_WHO}", _I),
    re.compile(rf"\b(?:a|an|one|two|another|the) (?P<before>(?:\w+ ){{0,2}}?)(?P<relation>{KIN})s? (?:called|named) {_CALLED}{_ALSO}", _I),
    re.compile(rf"^i(?:'m| am) (?P<before>)(?P<relation>married) to (?P<name>{NAMES})", _I),
)  # fmt: skip
_RELATED = re.compile(rf"\b{_WHO}\b(?!-)", _I)
_NOT_MEANT = re.compile(
    r"\b(?:if|imagine|pretend|suppose|supposing|dream(?:s|ed|t)?|let's say|character|in the (?:book|film|movie|novel|game|"
    r"story|show)|joking|kidding)\b|[\"“”«»]",
    _I,
)
_ONE_AND_THE_SAME = (
    re.compile(rf"^(?P<short>{NAMES}) is (?:short for|a nickname for|the nickname of|really) (?P<long>{NAMES})[.!]?$", _I),
    re.compile(rf"^(?P<short>{NAMES}) and (?P<long>{NAMES}) are (?:one and )?the same(?: (?:person|one))?[.!]?$", _I),
    re.compile(rf"^when i say (?P<short>{NAMES}),? i mean (?P<long>{NAMES})[.!]?$", _I),
    re.compile(rf"^(?:we|i|everyone|everybody)(?: all| always| just)? calls? (?P<long>{NAME}) (?P<short>{NAME})[.!]?$", _I),
    re.compile(rf"^(?P<short>{NAMES})'s (?:full|real|whole) name is (?P<long>{NAMES})[.!]?$", _I),
)  # fmt: skip
_TOKEN = re.compile(r"[^\W\d_][\w-]*")


def one_word(relation: str) -> str:
    """The plain word for a relation: "mum" and "mother" are one."""
    bare = relation.lower().replace("best ", "")
    if bare not in _SAME and bare.removesuffix("s") in _SAME:
        bare = bare.removesuffix("s")
    return _SAME.get(bare, bare)


def agree(one: str, other: str) -> bool:
    """Whether two relations may be said of the same person; an unknown one agrees with any."""
    return not one or not other or one == other or any(one in group and other in group for group in _LIKE)


def met_in(clause: str) -> tuple[Met, ...]:
    """Whom a sentence says to be who. Nobody, where it only supposes, quotes or shouts."""
    plain = tidy(clause)
    if not _speaks_of_kin(plain) or _NOT_MEANT.search(plain) or plain.isupper():
        return ()
    found: dict[str, Met] = {}
    for pattern in _MEETS:
        for m in pattern.finditer(plain):
            relation = _relation(m["before"] or "", m["relation"])
            groups = m.groupdict()
            for name in (groups.get("name"), groups.get("other")):
                if name and name.lower() not in found and name.lower() not in STOP:
                    found[name.lower()] = Met(relation, name.removesuffix("'s"), bool(groups.get("full")))
    named = {m.relation for m in found.values()}
    alone = (_relation(m["before"], m["relation"]) for m in _RELATED.finditer(plain))
    unnamed = (Met(r) for r in dict.fromkeys(alone) if r not in named and r in _FAMILY)
    return (*found.values(), *unnamed)


_KIN_WORDS = frozenset(re.findall(r"[a-zé]+", KIN)) | {"married"}
_KIN_BEGINS = ("grand", "step", "half", "foster", "godm", "godf", "gods", "godd", "great-")


def _speaks_of_kin(plain: str) -> bool:
    """Whether any word names a relation at all; most sentences end here."""
    for token in re.findall(r"[a-zé-]+", plain.lower()):
        if token in _KIN_WORDS or token.rstrip("s") in _KIN_WORDS or token.startswith(_KIN_BEGINS) or "-" in token:
            return True
    return False


def _relation(before: str, relation: str) -> str:
    """ "brother's wife" keeps whose wife; "little sister" is a sister."""
    if relation.lower() == "married":
        return "spouse"
    whose = [w for w in before.split() if w.lower().endswith(("'s", "s'")) and w.lower() != "it's"]
    half = [w for w in before.lower().split() if w in ("step", "half", "twin", "foster")]
    return " ".join((*(w.lower() for w in whose), *half, one_word(relation)))


def meet(people: tuple[Person, ...], text: str, at: datetime, moment: MomentId) -> tuple[Person, ...]:
    """The people after these words of the person's: who is newly met, who came up again, who turned out to be one."""
    head = text[:LOOK_AT]
    came_up: dict[str, bool] = {}
    new = 0
    for sentence in sentences(head):
        people = _joined(people, tidy(sentence))
        for met in met_in(sentence):
            person = find(people, met)
            if person is None and not met.name and any(p.relation == met.relation for p in people):
                continue  # one of several brothers: nobody new, and nobody in particular
            if person is None:
                key = f"{moment}.{new}"
                new += 1
                person = Person(key=key, relation=met.relation, first_at=at, last_at=at)
                people = (*people, person)
                came_up[key] = True
            people = _with(people, _told(person, met, moment))
    if not is_question(head):  # who is asked about has not come up by that
        came_up |= {person.key: True for person in mentioned(people, head)}
    return _seen(people, came_up, at, moment) if came_up else people


def _told(person: Person, met: Met, moment: MomentId) -> Person:
    """The person with a name or a relation that was just said; a full name comes after the one used every day."""
    names = person.names
    if met.name and met.name.lower() not in (n.lower() for n in names):
        names = (*names, met.name)
    relation = person.relation or met.relation
    if relation == "spouse" and met.relation:
        relation = met.relation
    if (names, relation) == (person.names, person.relation) and person.met:
        return person
    return person.model_copy(update={"names": names, "relation": relation, "met": (*person.met, moment)[-SEEN_KEPT:]})


def find(people: Sequence[Person], met: Met) -> Person | None:
    """Who is meant among those known, or None for somebody new (or for one of several)."""
    near = [p for p in people if agree(p.relation, met.relation)]
    if met.name and not met.full:
        same = [p for p in near if any(_one_name(n, met.name) for n in p.names)]
        if len(same) == 1:
            return same[0]
        if same:
            return next((p for p in same if p.relation == met.relation), None)
        near = [p for p in near if not p.names and p.relation == met.relation]
        return near[0] if len(near) == 1 else None
    alike = [p for p in near if p.relation == met.relation] or [p for p in near if p.relation and met.relation]
    if len(alike) == 1 or (alike and met.relation in _SOLE):
        return max(alike, key=lambda p: p.first_at)
    return None


def _one_name(known: str, said: str) -> bool:
    """ "Theo" and "Theo Lindqvist" may be one; "Anna Berg" and "Anna Holm" may not."""
    one, other = known.lower().split(), said.lower().split()
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0]) or one == other[-len(one) :]


def named(people: Iterable[Person], name: str) -> tuple[Person, ...]:
    """Everyone who goes by this name; also "sister Mara", "my sister" and "Mara Holm"."""
    words = [w for w in tidy(name).lower().strip(" .!?").split() if w not in ("my", "your", "our", "the")]
    said = " ".join(words).removesuffix("'s")
    known = tuple(people)
    exact = tuple(
        p for p in known if any(n.lower() == said for n in p.names) or f"{p.relation} {p.called}".lower() == said
    )
    if exact:
        return exact
    by_name = tuple(p for p in known if any(_one_name(n, said) for n in p.names))
    return by_name or tuple(p for p in known if p.relation and p.relation == one_word(said))


def mentioned(people: Sequence[Person], text: str) -> tuple[Person, ...]:
    """Who comes up by a name that means one person alone, or by "my" and a relation of which there is one."""
    by_name: dict[str, list[Person]] = {}
    for person in people:
        for first in {n.split()[0].lower() if " " in n and "." not in n else n.lower() for n in person.names}:
            by_name.setdefault(first, []).append(person)
    found: dict[str, Person] = {}
    for m in _TOKEN.finditer(text):
        token = m[0].lower().removesuffix("'s")
        who = by_name.get(token)
        if who and len(who) == 1 and (m[0][0].isupper() or token not in _COMMON):
            found[who[0].key] = who[0]
    plain = tidy(text)
    for m in _RELATED.finditer(plain) if _speaks_of_kin(plain) else ():
        person = find(people, Met(_relation(m["before"], m["relation"])))
        if person is not None:
            found[person.key] = person
    return tuple(found.values())


def merge(people: tuple[Person, ...], kept: str, gone: str) -> tuple[Person, ...]:
    """Two of them are one, under the key ``kept``. Unknown keys change nothing."""
    by_key = {p.key: p for p in people}
    if kept == gone or kept not in by_key or gone not in by_key:
        return people
    one, other = by_key[kept], by_key[gone]
    names = tuple(dict.fromkeys((*one.names, *other.names)))
    joined = one.model_copy(
        update={
            "names": names,
            "relation": one.relation or other.relation,
            "first_at": min(one.first_at, other.first_at),
            "last_at": max(one.last_at, other.last_at),
            "times": one.times + other.times - len(set(one.seen) & set(other.seen)),
            "seen": tuple(sorted({*one.seen, *other.seen}))[-SEEN_KEPT:],
            "met": tuple(sorted({*one.met, *other.met}))[-SEEN_KEPT:],
        }
    )
    return tuple(joined if p.key == kept else p for p in people if p.key != gone)


def _joined(people: tuple[Person, ...], plain: str) -> tuple[Person, ...]:
    """The people after a sentence like "Bee is short for Beatrix"."""
    if " is " not in plain and " same" not in plain and " call" not in plain and " mean " not in plain:
        return people
    for pattern in _ONE_AND_THE_SAME:
        m = pattern.match(plain)
        if m is None:
            continue
        one, other = named(people, m["short"]), named(people, m["long"])
        if len(one) == 1 and len(other) == 1:
            return merge(people, one[0].key, other[0].key)
        known = one or other
        if len(known) == 1:
            new = m["long"] if one else m["short"]
            if new.lower() not in (n.lower() for n in known[0].names):
                return _with(people, known[0].model_copy(update={"names": (*known[0].names, new)}))
    return people


def _with(people: tuple[Person, ...], person: Person) -> tuple[Person, ...]:
    return tuple(person if p.key == person.key else p for p in people)


def _seen(people: tuple[Person, ...], came_up: Iterable[str], at: datetime, moment: MomentId) -> tuple[Person, ...]:
    keys = set(came_up)
    counted = tuple(
        p.model_copy(
            update={"last_at": max(p.last_at, at), "times": p.times + 1, "seen": (*p.seen, moment)[-SEEN_KEPT:]}
        )
        if p.key in keys
        else p
        for p in people
    )
    if len(counted) <= MOST:
        return counted
    oldest = min(counted, key=lambda p: (p.last_at, p.first_at))
    return tuple(p for p in counted if p.key != oldest.key)
