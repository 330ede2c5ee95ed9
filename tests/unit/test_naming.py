"""She chooses her own name: repeatably, out of everybody's way, and with a reason that is true."""

from __future__ import annotations

import random
import re
from collections import Counter
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from someone.mind import naming, naming_words, sounds
from someone.mind.naming import GivenName, NoNameLeft, Wish, choose, mentioned_names

NAMES = naming.parse(files("someone.data").joinpath("names.csv").read_text(encoding="utf-8"))
BY_NAME = {given_name.name: given_name for given_name in NAMES}
KNOWN = naming.lowered(NAMES)
LATEST = max(given_name.peak_year for given_name in NAMES)
WISHES: tuple[Wish, ...] = ("woman", "man", "choose")
FAMILY = ("Theo", "my sister Mara", "Nora", "Samuel", "Grandma Ruth", "Priya", "Björn", "Jean-Luc")

people = st.lists(
    st.one_of(st.text(max_size=30), st.sampled_from(NAMES).map(lambda n: n.name), st.sampled_from(FAMILY)), max_size=6
)
seeds = st.integers(min_value=0, max_value=2**64)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("Mara", 2), ("Theodora", 4), ("June", 1), ("Isolde", 3), ("Maria", 3), ("Leo", 2), ("George", 1), ("Georgia", 2),
        ("Zoë", 2), ("Chloe", 2), ("Joe", 1), ("Noah", 2), ("Joan", 1), ("Joanna", 3), ("Juan", 1), ("Joshua", 3),
        ("Michael", 2), ("Rafael", 3), ("Daniel", 3), ("Juliet", 3), ("Andrea", 3), ("Chelsea", 2), ("Naomi", 3),
        ("James", 1), ("Charles", 1), ("Agnes", 2), ("Dolores", 3), ("Rosemary", 3), ("Katelyn", 2), ("Mable", 2),
        ("Dante", 2), ("Penelope", 4), ("Tanya", 2), ("Maya", 2), ("Ryan", 2), ("Skye", 1), ("Quinn", 1), ("Miguel", 2),
        ("Beatrice", 3), ("Thaddeus", 3), ("Eloise", 3), ("Sebastian", 4), ("Christian", 2), ("Gwen", 1), ("", 1),
    ],
)  # fmt: skip
def test_syllables(name: str, count: int) -> None:
    """The spelling rules give the beats that one hears; Isolde is read as three (i-sol-de)."""
    assert sounds.syllables(name) == count


@pytest.mark.parametrize(
    ("name", "ending", "stress"),
    [
        ("Mara", "vowel", 0), ("Marina", "vowel", 1), ("Odette", "hard", 1), ("Rosalind", "hard", 0),
        ("Wendell", "soft", 0), ("Orlando", "vowel", 1), ("Cordelia", "vowel", 1), ("Irene", "soft", 1),
    ],
)  # fmt: skip
def test_ending_and_stress(name: str, ending: str, stress: int) -> None:
    """The last sound is told apart as vowel, soft or hard, and the stressed syllable is guessed as English has it."""
    sound = sounds.sound_of(name)
    assert (sound.ending, sound.stress) == (ending, stress)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Nora", "Dora", True), ("Lena", "Lina", True), ("Theo", "Leo", True), ("Mara", "Maria", True),
        ("Philip", "Filip", True), ("Rosa", "Rosalind", True), ("Caitlin", "Kaitlyn", True), ("Sam", "Pam", True),
        ("Mara", "Theodora", False), ("Rhoda", "Silas", False), ("Otis", "Amos", False), ("Greta", "Orlando", False),
        ("Mara", "🙂", False), ("", "", False),
    ],
)  # fmt: skip
def test_confusable(one: str, other: str, near: bool) -> None:
    """Names that are mistaken for one another across a room are near, whichever comes first; others are not."""
    assert sounds.confusable(one, other) is near
    assert sounds.confusable(other, one) is near


@settings(max_examples=40, deadline=None)
@given(people, st.sampled_from(WISHES), seeds)
def test_same_arguments_same_name(mentioned: list[str], wish: Wish, seed: int) -> None:
    """One home repeats itself: the choice depends on the arguments alone."""
    assert choose(NAMES, mentioned=mentioned, wish=wish, seed=seed) == choose(
        NAMES, mentioned=list(mentioned), wish=wish, seed=seed
    )


@settings(max_examples=60, deadline=None)
@given(people, st.lists(st.sampled_from(NAMES).map(lambda n: n.name), max_size=20), st.sampled_from(WISHES), seeds)
def test_out_of_the_way(mentioned: list[str], avoid: list[str], wish: Wish, seed: int) -> None:
    """No name offered is one that was avoided or mentioned, sounds like a person, is unfit, or is against the wish."""
    chosen = choose(NAMES, mentioned=mentioned, wish=wish, seed=seed, avoid=avoid)
    called = [word for text in mentioned for word in naming_words.people(text)]
    spoken = {sounds.plain(word) for text in mentioned for word in (text, *naming_words.words(text))}
    assert len(chosen.runners_up) == 4
    for name in (chosen.name, *chosen.runners_up):
        assert name not in avoid
        assert sounds.plain(name) not in spoken
        assert not any(sounds.confusable(name, person) for person in called if len(sounds.plain(person)) > 1)
        assert not naming_words.unfit(name)
        assert wish == "choose" or BY_NAME[name].sex == {"woman": "F", "man": "M"}[wish]


@pytest.mark.parametrize("text", ["", " ", "🙂🙂🙂", "\x00\u202e", "Мара", "x" * 10_000, "Mara loves " * 900, "'-'"])
def test_odd_mentions(text: str) -> None:
    """Empty, foreign, hostile and very long mentions are taken without complaint and without being obeyed."""
    chosen = choose(NAMES, mentioned=[text], wish="choose", seed=7)
    assert chosen.name in BY_NAME
    assert chosen.name != "Mara"


@pytest.mark.parametrize("wish", WISHES)
def test_nearly_everything_avoided(wish: Wish) -> None:
    """With all but three names used up she still takes one of the three, then says plainly that none is left."""
    usable = [n.name for n in NAMES if not naming_words.unfit(n.name) and n.sex == {"man": "M"}.get(wish, "F")]
    left = usable[:2] + usable[-1:]
    avoid = [n.name for n in NAMES if n.name not in left]
    chosen = choose(NAMES, mentioned=FAMILY, wish=wish, seed=1, avoid=avoid)
    assert {chosen.name, *chosen.runners_up} <= set(left)
    with pytest.raises(NoNameLeft):
        choose(NAMES, mentioned=FAMILY, wish=wish, seed=1, avoid=[*avoid, *left])


def test_nearness_gives_way_last() -> None:
    """A name that sounds like a person's is taken only when nothing else is left, and then it claims no distance."""
    only = (GivenName("Dora", "F", 900, 1950),)
    chosen = choose(only, mentioned=["Nora"], wish="woman", seed=1)
    assert chosen.name == "Dora"
    assert "nobody" not in chosen.reason
    with pytest.raises(NoNameLeft):
        choose(only, mentioned=["Dora"], wish="woman", seed=1)
    with pytest.raises(NoNameLeft):
        choose(only, mentioned=[], wish="man", seed=1)


@pytest.mark.parametrize(
    "name",
    [
        "Alexa", "Siri", "Samantha", "Cortana", "Bixby", "Adolf", "Adolph", "Pussy", "Gaylord", "Princess", "Messiah",
        "King", "Will", "Hope", "May", "June", "Grace", "Mark", "Jesus", "Isis", "Aryan", "Karen", "Lolita", "Mercedes",
        "Analisa", "Baby", "Jo", "",
    ],
)  # fmt: skip
def test_unfit(name: str) -> None:
    """Other assistants, tyrants, insults, titles, brands and everyday words are never her name, even as the only one."""
    with pytest.raises(NoNameLeft):
        choose((GivenName(name, "U", 900, 1950),), mentioned=[], wish="choose", seed=1)


def test_choose_again_goes_on_down_the_list() -> None:
    """Each time the offer is turned down, the first runner-up comes next, and nothing is offered twice."""
    offered: list[naming.Naming] = []
    for _ in range(15):
        avoid = [n.name for n in offered]
        offered.append(choose(NAMES, mentioned=FAMILY, wish="woman", seed=5, avoid=avoid))
    assert len({n.name for n in offered}) == 15
    assert all(after.name == before.runners_up[0] for before, after in pairwise(offered))


# --- the reason --------------------------------------------------------------------------------------------------

COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4}


def _true(claim: str, name: str, mentioned: tuple[str, ...]) -> bool:
    """Whether a claim, taken out of its frame, holds of the name, recomputed here. An unknown claim is false."""
    row, sound, low = BY_NAME[name], sounds.sound_of(name), name.lower()
    hard = len(re.findall(r"[bdgkpqjx]|t(?!h)|c(?![eiyh])|(?<!s)ch", re.sub(r"(.)\1|ck|ph|gh", r"\1", low)))
    called = [word for text in mentioned for word in naming_words.people(text)]
    if found := re.fullmatch(r"(one|two|three|four) syllables?", claim):
        return sound.syllables == COUNTS[found[1]]
    if found := re.fullmatch(r"few names end in -([a-z]+)", claim):
        return low.endswith(found[1]) and sum(n.name.lower().endswith(found[1]) for n in NAMES) <= 5
    if found := re.fullmatch(r"its best years were the (\d{4})s, so it follows no fashion", claim):
        return 0 <= row.peak_year - int(found[1]) <= 9 and LATEST - row.peak_year >= 25
    return {
        "an open ending": low[-1] in "aeiouyh",
        "a soft ending": low[-1] in "lmnrsvzfweh" and sound.ending == "soft",
        "not one hard sound": hard == 0,
        "only one hard sound": hard == 1,
        "easy to say half asleep": sound.syllables <= 3 and hard <= 1,
        "you can spell it as you hear it": not re.search(r"(.)\1|[yhxqwz]|[^aeiou]e$", low),
        "few carry it in the American records I read": row.peak_count <= 1000,
        "women and men both carry it": row.sex == "U",
        "it sounds like nobody you have told me about": bool(called)
        and not any(sounds.confusable(name, person) for person in called),
    }.get(claim, False)


def _claims(reason: str) -> list[str]:
    """The claims of a reason, the frames around them taken off."""
    claims: list[str] = []
    for sentence in re.findall(r"[^.]+\.", reason):
        bare = sentence.strip(" .")
        if f"{bare}." == naming_words.CHANCE:
            continue
        said = re.sub(r"^(I like how it sounds: |I went by the sound: |It has )", "", bare)
        if easy := said.endswith(", so it's easy to say half asleep"):
            said = said.removesuffix(", so it's easy to say half asleep")
            claims.append("easy to say half asleep")
        parts = re.split(r", and (?=few|you|its|it |women)", said)
        if len(parts) == 1 and (easy or bare != said or "syllable" in said or "ending" in said or "hard sound" in said):
            parts = said.split(" and ")
        claims += [part[0].lower() + part[1:] for part in parts]
    return claims


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize("mentioned", [(), FAMILY])
def test_the_reason_is_true(wish: Wish, mentioned: tuple[str, ...]) -> None:
    """Every claim of every reason holds of the name, and nothing stands in a reason that is not a checked claim."""
    seen: Counter[str] = Counter()
    for seed in range(60):
        chosen = choose(NAMES, mentioned=mentioned, wish=wish, seed=seed)
        claims = _claims(chosen.reason)
        assert claims or chosen.reason == naming_words.CHANCE
        for claim in claims:
            assert _true(claim, chosen.name, mentioned), (chosen.name, claim, chosen.reason)
        seen.update(re.sub(r"\d{4}|-\w+$", "", claim) for claim in claims)
    assert len(seen) >= 6  # several things are said, not one phrase for all


def test_a_false_claim_would_be_found() -> None:
    """The check above is not empty: it refuses what is not so, and what it does not know."""
    assert not _true("three syllables", "Greta", ())
    assert not _true("it sounds like nobody you have told me about", "Dora", ("Nora",))
    assert not _true("women and men both carry it", "Greta", ())
    assert not _true("I have always loved it", "Greta", ())


def test_the_reason_is_short_and_tells_on_nobody() -> None:
    """One or two sentences, plain, and no mentioned person's name: the reason is kept where no word of theirs may be."""
    for seed in range(60):
        reason = choose(NAMES, mentioned=FAMILY, wish="choose", seed=seed).reason
        assert 1 <= reason.count(".") <= 2
        assert len(reason) <= 150
        assert "!" not in reason
        assert not mentioned_names(reason, KNOWN)


def test_what_led_is_what_is_said() -> None:
    """The reason names the qualities that lead, the strongest first, and chance only where it decided by far."""
    facts = naming_words.Facts(
        sound=sounds.sound_of("Marina"), peak_count=700, peak_year=1958, faded=True, both=False, tail="ina", flock=150,
        people=True, clear=True, close=True, turn=0,
    )  # fmt: skip
    lead: dict[str, float] = dict.fromkeys(map(str, naming.QUALITIES), -0.1)
    assert naming_words.reason(facts, lead | {"rarity": 0.3, "apart": 0.2}) == (
        "Few carry it in the American records I read, and it sounds like nobody you have told me about."
    )
    assert naming_words.reason(facts, lead | {"length": 0.3, "apart": 0.1}).startswith("Three syllables")
    assert naming_words.reason(facts, lead | {"length": 0.1, "chance": 0.4}).endswith(naming_words.CHANCE)
    assert naming_words.CHANCE not in naming_words.reason(facts, lead | {"length": 0.4, "chance": 0.4})
    assert naming_words.reason(facts, lead) == naming_words.CHANCE


def test_weighed_is_whole() -> None:
    """Every quality is accounted for once, in order, with a finding in words; distance counts once people are known."""
    alone = choose(NAMES, mentioned=[], wish="choose", seed=3)
    among = choose(NAMES, mentioned=FAMILY, wish="choose", seed=3)
    for chosen in (alone, among):
        assert tuple(w.quality for w in chosen.weighed) == naming.QUALITIES
        assert all(w.finding for w in chosen.weighed)
    apart = {w.quality: w for w in alone.weighed}["apart"]
    assert (apart.points, apart.finding) == (0.0, "nobody was mentioned")
    assert {w.quality: w.points for w in among.weighed}["apart"] > 0


@pytest.mark.parametrize("wish", WISHES)
def test_two_homes_rarely_share_a_name(wish: Wish) -> None:
    """Over many seeds no name comes up in more than a twentieth, and there are many different ones."""
    drawn = [random.Random(home).getrandbits(63) for home in range(200)]  # as an installation draws its seed
    counts = Counter(choose(NAMES, mentioned=FAMILY, wish=wish, seed=seed).name for seed in drawn)
    assert counts.most_common(1)[0][1] <= len(drawn) / 20
    assert len(counts) >= 60


# --- names in a text ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("My sister Mara and her son Theo.", ("Mara", "Theo")),
        ("my sister mara is great", ("Mara",)),
        ("my brother is called theo, my mum is named ruth", ("Theo", "Ruth")),
        ("her name is nora", ("Nora",)),
        ("I love mara", ()),
        ("Mara's cat. MARA! Mara", ("Mara",)),
        ("Zoë and José", ("Zoë", "José")),
        ("Anna-Lena called", ("Anna", "Lena")),
        ("Will you come? Hope so. I said no.", ()),
        ("I met Will today, and Grace", ("Will", "Grace")),
        ("Mark is my brother. Hope, my aunt, says hi.", ("Mark", "Hope")),
        ("We were in Georgia in June", ()),
        ("my sister will come", ()),
        ("WILL IT RAIN IN MAY", ()),
        ("", ()),
        ("🙂 \x00 Мара 'tis --", ()),
    ],
)
def test_mentioned_names(text: str, found: tuple[str, ...]) -> None:
    """Given names are found by their capital or after a word of relation; everyday words and places are not names."""
    assert mentioned_names(text, KNOWN) == found


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_mentioned_names_of_any_text(text: str) -> None:
    """Any text is read without complaint; what is found is known, stands in the text, and comes once."""
    found = mentioned_names(text, KNOWN)
    assert all(sounds.plain(name) in KNOWN and name.casefold() in text.casefold() for name in found)
    assert len({sounds.plain(name) for name in found}) == len(found)


# --- the list ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["Mara,F,12", "Mara,X,12,1950,", "Mara,F,many,1950,", ""])
def test_parse_names_the_bad_line(line: str) -> None:
    """A line that can't be read stops the parse and is named by its number."""
    with pytest.raises(ValueError, match="line 3"):
        naming.parse(f"name,sex,peak_count,peak_year,respells\nMara,F,900,1950,\n{line}\n")


def test_parse_wants_its_header() -> None:
    """Another file is not taken for a list of names."""
    with pytest.raises(ValueError, match="line 1"):
        naming.parse("")
